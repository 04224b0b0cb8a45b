/* Whether a statement joins two results or tasks that could be met separately. docs/judging.md has the combinations in prose. */
#include "reading.h"

static bool has_words(const clause *c)
{
    return c->end > c->first + 1;
}

static bool has_joiner_between(const reading *r, size_t from, size_t to)
{
    for (uint32_t ix = 0; ix < r->words.n; ix++) {
        const okb_word *w = word_at(r, ix);
        if (w->start >= from && w->end <= to && (has_flag(w, SIG_JOINER) || has_flag(w, SIG_CONTRAST)))
            return true;
    }
    return false;
}

/* "200 visitors, of whom 50 are new", "40 shops, in 5 towns" */
static bool is_scope_behind(const reading *r, size_t at)
{
    for (uint32_t ix = 0; ix < r->words.n; ix++)
        if (word_at(r, ix)->start > at)
            return has_flag(word_at(r, ix), SIG_SCOPE);
    return false;
}

/* Two numbers joined in one clause: "2 porters and 1 physio", "20 sign-ups, and 6 check-ins". */
static bool has_joined_measures(const reading *r)
{
    const measure *a = NULL;
    for (size_t i = 0; i < r->measures.n; i++) {
        const measure *b = &okb_vec_at(&r->measures, measure, i);
        if (b->is_weak)
            continue;
        const measure *before = a;
        a = b;
        if (!before || before->form == MEASURE_CLOCK || r->scan->text.person == SIG_LEARNER)
            continue;
        bool is_joined = has_joiner_between(r, before->end, b->start);
        /* "20 new customers, 5 of them in Asia" */
        uint32_t behind = 0;
        while (behind < r->words.n && word_at(r, behind)->start < b->end)
            behind++;
        if (!is_joined && behind + 1 < r->words.n && has_flag(word_at(r, behind), SIG_SCOPE) &&
            has_flag(word_at(r, behind + 1), SIG_PRONOUN))
            continue;
        for (size_t k = before->end; k < b->start; k++)
            is_joined = is_joined || r->scan->text.text[k] == ';' || r->scan->text.text[k] == '+' ||
                        (r->scan->text.text[k] == ',' && !is_scope_behind(r, k));
        if (is_joined)
            return true;
    }
    return false;
}

static bool has_comma_in(const reading *r, stretch s)
{
    for (uint32_t ix = s.from; ix + 1 < s.to; ix++)
        if (r->scan->text.text[word_at(r, ix)->end] == ',')
            return true;
    return false;
}

/* "speed and findability": two metrics of one verb; "churn, margin and debt": a list of them. */
static bool has_joined_metrics(reading *r)
{
    const clause *first = clause_at(r, 0);
    stretch object = okb_object_of(r, first);
    if ((first->lead == SIG_NONE && !has_comma_in(r, object)) || first->lead > SIG_VERB_IMPROVE || r->has_target)
        return false;
    for (uint32_t ix = object.from + 1; ix + 1 < object.to; ix++)
        if (has_flag(word_at(r, ix), SIG_JOINER) && has_flag(word_at(r, ix - 1), SIG_METRIC) &&
            (has_flag(word_at(r, ix + 1), SIG_METRIC) ||
             (first->lead == SIG_NONE && ix + 2 < object.to && has_flag(word_at(r, ix + 2), SIG_METRIC)))) {
            okb_answer_because(r, "compound", SIG_JOINER, ix, ix + 1);
            return true;
        }
    return false;
}

static bool is_count(const reading *r, const okb_word *w)
{
    for (size_t i = 0; i < r->measures.n; i++)
        if (okb_vec_at(&r->measures, measure, i).start == w->start)
            return true;
    return false;
}

/* "Faster permits, friendlier counters": two wishes. */
static bool has_joined_wishes(const reading *r)
{
    uint32_t first = r->head_word;
    if (first >= r->words.n || clause_at(r, 0)->lead != SIG_NONE || !has_flag(word_at(r, first), SIG_COMPARATIVE))
        return false;
    for (uint32_t ix = first + 2; ix < r->words.n; ix++) {
        const okb_word *w = word_at(r, ix), *before = word_at(r, ix - 1);
        bool is_joined = has_flag(before, SIG_JOINER) || r->scan->text.text[before->end] == ',';
        if (is_joined && has_flag(w, SIG_COMPARATIVE) && ix + 1 < r->words.n)
            return true;
    }
    return false;
}

/* "45% drop in lapses and clean audit sheets": a number, and a wish beside it. */
static bool has_joined_wish(const reading *r)
{
    if (clause_at(r, 0)->lead != SIG_NONE || r->measures.n == 0)
        return false;
    const uint64_t good = FLAG(SIG_QUALITY) | FLAG(SIG_COMPARATIVE);
    for (uint32_t ix = r->head_word + 2; ix + 1 < r->words.n; ix++)
        if (has_flag(word_at(r, ix - 1), SIG_JOINER) && (word_at(r, ix)->flags & good) &&
            !(word_at(r, ix - 2)->flags & good) &&
            !((word_at(r, ix)->marks | word_at(r, ix - 2)->marks) & MARK_DEADLINE) &&
            word_at(r, ix)->start > okb_vec_at(&r->measures, measure, 0).end)
            return true;
    return false;
}

/* "Grow membership by 15% and event attendance": right behind the number a second metric, without one. */
static bool has_metric_behind(const reading *r)
{
    for (size_t i = 0; i < r->measures.n; i++) {
        const measure *m = &okb_vec_at(&r->measures, measure, i);
        if (m->is_weak || clause_at(r, m->clause_ix)->lead > SIG_VERB_IMPROVE)
            continue;
        uint32_t ix = 0;
        while (ix < r->words.n && word_at(r, ix)->start < m->end)
            ix++;
        if (ix + 1 >= r->words.n || !has_flag(word_at(r, ix), SIG_JOINER))
            continue;
        for (uint32_t k = ix + 1; k < r->words.n && k < ix + 5 && !has_flag(word_at(r, k), SIG_SCOPE); k++)
            if (has_flag(word_at(r, k), SIG_METRIC) && !has_flag(word_at(r, k), SIG_COMPARATIVE))
                return true;
    }
    return false;
}

/* "Repaint the shed + new felt on the roof": a plus between words joins, whatever they are. */
static bool has_plus(const reading *r)
{
    const char *text = r->scan->text.text;
    for (uint32_t ix = r->head_word + 1; ix < r->words.n; ix++) {
        const okb_word *before = word_at(r, ix - 1), *w = word_at(r, ix);
        bool is_plus = w->start == before->end + 3u && text[before->end] == ' ' && text[before->end + 1] == '+';
        if (is_plus && !is_figure(r, ix) && !((before->marks | w->marks) & (MARK_DEADLINE | MARK_PAREN)))
            return true;
    }
    return false;
}

/* "Ship faster, break less", "Restock faster and waste less": two verbs, and how each is to be done. */
static bool has_joined_manners(const reading *r)
{
    const uint64_t manner = FLAG(SIG_COMPARATIVE) | FLAG(SIG_LESS);
    uint32_t head = r->head_word, n = (uint32_t)r->words.n;
    if (n < head + 4 || n > head + 5 || !(word_at(r, head + 1)->flags & manner) ||
        !(word_at(r, n - 1)->flags & manner) || is_figure(r, head))
        return false;
    return n == head + 5 ? has_flag(word_at(r, head + 2), SIG_JOINER)
                         : r->scan->text.text[word_at(r, head + 1)->end] == ',';
}

/* "Launch dark mode, offline sync and widgets": a list of things of two words, or of plural ones; "fast, simple and friendly" is none. */
static bool has_list_of_things(const reading *r, stretch object)
{
    const uint64_t no_thing = FLAG(SIG_QUALITY) | FLAG(SIG_ADJECTIVE) | FLAG(SIG_COMPARATIVE) | FLAG(SIG_SUPERLATIVE) |
                              FLAG(SIG_MEANS) | FLAG(SIG_PURPOSE);
    uint32_t comma = OKB_NONE;
    for (uint32_t ix = object.from; ix + 1 < object.to; ix++) {
        const okb_word *w = word_at(r, ix), *next = word_at(r, ix + 1);
        if (has_flag(w, SIG_SCOPE) || (w->marks & (MARK_PAREN | MARK_DEADLINE)) || is_figure(r, ix))
            return false;
        bool is_listed = r->scan->text.text[w->end] == ',';
        if (is_listed && comma == OKB_NONE) {
            bool is_plural = w->end - w->start > 3 && r->scan->text.folded[w->end - 1] == 's';
            if ((w->flags & no_thing) || (ix == object.from && !is_plural))
                return false;
            comma = ix;
        }
        if (is_listed && (next->flags & no_thing))
            return false;
        if (has_flag(next, SIG_JOINER) && comma != OKB_NONE)
            return ix > comma && ix + 2 < object.to && !(w->flags & no_thing) &&
                   !(word_at(r, ix + 2)->flags & no_thing);
    }
    return false;
}

/* "a stall, a newsletter and a quiz night": things of which each has an article or a number of its own. */
static bool has_joined_things(const reading *r)
{
    const clause *first = clause_at(r, 0);
    if (first->lead != SIG_VERB_MAKE && first->lead != SIG_VERB_OFFER && first->lead != SIG_VERB_RECRUIT &&
        first->lead != SIG_VERB_SIGN && first->lead != SIG_VERB_FINISH && first->lead != SIG_VERB_REACH)
        return false;
    stretch object = okb_object_of(r, first);
    bool has_article = false;
    if (first->lead != SIG_VERB_REACH && has_list_of_things(r, object))
        return true;
    for (uint32_t ix = object.from; ix < object.to; ix++) {
        const okb_word *w = word_at(r, ix);
        bool is_article = (w->end - w->start <= 2 && has_flag(w, SIG_DETERMINER)) || is_count(r, w);
        /* "dark mode + 3 new themes" */
        char sign = w->start > 1 ? r->scan->text.text[w->start - 2] : ' ';
        bool is_joined =
            ix > object.from + 1 && (has_flag(word_at(r, ix - 1), SIG_JOINER) || sign == '+' || sign == '&');
        bool is_more = first->lead != SIG_VERB_REACH && is_count(r, w) && is_joined && !r->has_baseline;
        if (is_more && first->lead_word + 1 == object.from)
            return true;
        /* "training materials and a coaching guide" */
        bool is_one_more = is_article && ix > object.from + 1 && has_flag(word_at(r, ix - 1), SIG_JOINER);
        if (is_one_more && (has_article || (w->end - w->start <= 2 && first->lead != SIG_VERB_REACH)))
            return true;
        has_article = has_article || is_article;
    }
    return false;
}

/* "the stock module by March and the till module by June": what is due on two dates are two things. */
static bool has_joined_deadlines(const reading *r)
{
    for (uint32_t ix = r->head_word + 1; ix + 3 < r->words.n; ix++) {
        if (!(word_at(r, ix - 1)->marks & MARK_DEADLINE) || !has_flag(word_at(r, ix), SIG_JOINER) ||
            (word_at(r, ix)->marks & MARK_DEADLINE))
            continue;
        uint32_t k = ix + 1;
        while (k < r->words.n && !(word_at(r, k)->marks & MARK_DEADLINE))
            k++;
        if (k < r->words.n && k > ix + 2)
            return true;
    }
    return false;
}

static bool is_measure_in(const reading *r, const measure *m, uint32_t from, uint32_t to)
{
    return m->start >= word_at(r, from)->start && m->end <= word_at(r, to - 1)->end && !m->is_weak &&
           !(r->marks[m->start] & (MARK_BASELINE | MARK_PAREN));
}

/* Behind a comma: a metric with a number of its own ("reply rate >6%"), or a thing and what is done with it ("course notes printed"). */
static bool is_result_of_its_own(const reading *r, uint32_t from, uint32_t to)
{
    const uint64_t dependent = FLAG(SIG_SCOPE) | FLAG(SIG_MEANS) | FLAG(SIG_PURPOSE) | FLAG(SIG_CONTRAST) |
                               FLAG(SIG_JOINER) | FLAG(SIG_COMPARATIVE) | FLAG(SIG_LESS) | FLAG(SIG_NOUN_CHANGE) |
                               FLAG(SIG_ADJECTIVE) | FLAG(SIG_QUALITY);
    const okb_word *first = word_at(r, from);
    if (to < from + 2 || (first->flags & dependent) || (first->marks & (MARK_BASELINE | MARK_PAREN | MARK_DEADLINE)))
        return false;
    bool has_metric = false, has_done = false, has_number = false, has_limit = false;
    for (uint32_t ix = from; ix < to; ix++) {
        const okb_word *w = word_at(r, ix);
        has_metric = has_metric || has_flag(w, SIG_METRIC);
        has_done = has_done || (ix > from && (has_flag(w, SIG_DONE_MAKE) || has_flag(w, SIG_DONE_DO)) &&
                                !(w->marks & MARK_PAREN) && !has_flag(word_at(r, ix - 1), SIG_SCOPE));
        has_limit = has_limit || (w->marks & MARK_SERVICE);
    }
    for (size_t i = 0; i < r->measures.n; i++)
        has_number = has_number || is_measure_in(r, &okb_vec_at(&r->measures, measure, i), from, to);
    return (has_metric && has_number && !is_figure(r, from)) ||
           ((has_done || (has_limit && to > from + 3)) && (has_limit || !has_metric));
}

/* "Send bulletins, reply rate >6%": what follows a comma outside a list is a second result. */
static bool has_second_result(const reading *r)
{
    const char *text = r->scan->text.text;
    uint32_t n = (uint32_t)r->words.n;
    bool is_means = false;
    if (r->has_baseline && r->measures.n == 1)
        return false;
    for (uint32_t ix = r->head_word + 2; ix < n; ix++) {
        size_t gap = word_at(r, ix - 1)->end;
        const okb_word *before = word_at(r, ix - 1);
        is_means = (is_means || has_flag(before, SIG_MEANS)) && text[gap] != ';' && text[gap] != '.';
        if (text[gap] != ',' || is_means || (word_at(r, ix)->marks & MARK_PAREN) ||
            (before->marks & (MARK_DEADLINE | MARK_PAREN)))
            continue;
        uint32_t to = ix + 1;
        while (to < n && text[word_at(r, to - 1)->end] != ',')
            to++;
        if (is_result_of_its_own(r, ix, to))
            return true;
    }
    return false;
}

/* "Track spending and cut it by 10%": what is done to the same thing has a number of its own, and the first part none. */
static bool is_change_of_own(const reading *r, size_t clause_ix)
{
    const clause *c = clause_at(r, clause_ix);
    if (c->lead > SIG_VERB_LOWER || clause_at(r, clause_ix - 1)->lead_word == OKB_NONE)
        return false;
    for (size_t i = 0; i < r->measures.n; i++) {
        const measure *m = &okb_vec_at(&r->measures, measure, i);
        if (m->clause_ix == clause_ix && m->is_change)
            return true;
    }
    return false;
}

/* "Against a baseline of 91%, lift ...": words that lead up to the result, and no result themselves. */
static bool is_lead_in(const reading *r, const clause *c)
{
    if (c->first >= r->words.n || c->lead_word != OKB_NONE || c->is_subject_led || c->is_heading || c->end <= c->first)
        return false;
    const okb_word *w = word_at(r, c->first);
    return (w->marks & (MARK_BASELINE | MARK_DEADLINE)) || has_flag(w, SIG_SCOPE) || has_flag(w, SIG_MEANS);
}

/* "climb 5 stairs and rest no more than once": what a learner must keep to while doing it. */
static bool is_condition(const reading *r, const clause *c)
{
    if (r->scan->text.person != SIG_LEARNER || c->is_sentence || c->lead_word == OKB_NONE || c->lead_word + 1 >= c->end)
        return false;
    const okb_word *next = word_at(r, c->lead_word + 1);
    return has_flag(next, SIG_NEGATION) || has_flag(next, SIG_SCOPE);
}

static bool is_result_pair(const clause *a, const clause *b)
{
    return (a->lead == SIG_VERB_RECRUIT || a->lead == SIG_VERB_SIGN || a->lead == SIG_VERB_RAISE) &&
           b->lead == SIG_VERB_KEEP;
}

/* "Back the counter's trade. Hit 115% of plan.": a headline without a number, then what it means. */
static bool is_headline(const reading *r)
{
    if (r->clauses.n != 2)
        return false;
    const clause *a = clause_at(r, 0), *b = clause_at(r, 1);
    if (!b->is_sentence || a->class_ != OKB_OUTCOME || b->first == 0 || a->end - a->first > 6 ||
        r->scan->text.text[word_at(r, b->first - 1)->end] != '.')
        return false;
    for (size_t i = 0; i < r->measures.n; i++)
        if (okb_vec_at(&r->measures, measure, i).clause_ix == 0)
            return false;
    return true;
}

void okb_compound_read(reading *r)
{
    r->compound = OKB_NO;
    if (is_headline(r) && !r->has_several)
        return;
    for (size_t i = 1; i < r->clauses.n; i++) {
        const clause *c = clause_at(r, i);
        if (c->first > 0 && !c->is_sentence && has_flag(word_at(r, c->first - 1), SIG_ALTERNATIVE))
            return;
    }
    for (size_t i = 1; i < r->clauses.n && r->compound == OKB_NO; i++) {
        const clause *before = clause_at(r, i - 1), *c = clause_at(r, i);
        if (!has_words(c) && c->lead_word == OKB_NONE)
            continue;
        if (before->is_step && !is_result_pair(before, c))
            continue;
        /* "Build the app and launch it", "22 of 90 sites have it; make it 60": one thing all along. */
        stretch object = okb_object_of(r, c);
        if (object.from < object.to && has_flag(word_at(r, object.from), SIG_PRONOUN) && !is_change_of_own(r, i))
            continue;
        if (is_lead_in(r, before) || is_condition(r, c))
            continue;
        if (c->is_sentence && c->lead_word == OKB_NONE && r->measures.n < 2)
            continue;
        r->compound = OKB_YES;
        if (c->lead_word != OKB_NONE)
            okb_answer_because(r, "compound", c->lead, c->lead_word, c->lead_word + 1);
    }
    const clause *first = clause_at(r, 0);
    if (r->has_several && !first->is_subject_led &&
        (first->lead == SIG_VERB_MAKE || first->lead == SIG_VERB_RECRUIT || first->lead == SIG_VERB_SIGN))
        r->compound = OKB_YES;
    if (r->compound == OKB_NO &&
        (has_joined_measures(r) || has_joined_metrics(r) || has_joined_things(r) || has_joined_wish(r) ||
         has_joined_wishes(r) || has_metric_behind(r) || has_joined_deadlines(r) || has_second_result(r) ||
         has_plus(r) || has_joined_manners(r)))
        r->compound = OKB_YES;
}
