/* Whether a statement joins two results or tasks that could be met separately. docs/judging.md has the combinations in prose. */
#include "reading.h"

static bool has_words(const clause *c)
{
    return c->end > c->first + 1;
}

/* Two numbers joined in one clause: "2 porters and 1 physio", "20 sign-ups, and 6 check-ins". */
static bool has_joined_measures(const reading *r)
{
    for (size_t i = 0; i + 1 < r->measures.n; i++) {
        const measure *a = &okb_vec_at(&r->measures, measure, i), *b = a + 1;
        if (a->is_weak || b->is_weak || a->form == MEASURE_CLOCK || r->scan->text.person == SIG_LEARNER)
            continue;
        bool is_joined = false;
        for (uint32_t ix = 0; ix < r->words.n; ix++) {
            const okb_word *w = word_at(r, ix);
            if (w->start < a->end || w->end > b->start)
                continue;
            if (has_flag(w, SIG_JOINER) || has_flag(w, SIG_CONTRAST))
                is_joined = true;
        }
        for (size_t k = a->end; k < b->start; k++)
            is_joined = is_joined || r->scan->text.text[k] == ';' || r->scan->text.text[k] == ',' ||
                        r->scan->text.text[k] == '+';
        if (is_joined)
            return true;
    }
    return false;
}

/* "speed and findability": two metrics of one verb. */
static bool has_joined_metrics(reading *r)
{
    const clause *first = clause_at(r, 0);
    stretch object = okb_object_of(r, first);
    if (first->lead == SIG_NONE || first->lead > SIG_VERB_IMPROVE || r->has_target)
        return false;
    for (uint32_t ix = object.from + 1; ix + 1 < object.to; ix++)
        if (has_flag(word_at(r, ix), SIG_JOINER) && has_flag(word_at(r, ix - 1), SIG_METRIC) &&
            has_flag(word_at(r, ix + 1), SIG_METRIC)) {
            okb_answer_because(r, "compound", SIG_JOINER, ix, ix + 1);
            return true;
        }
    return false;
}

/* "a stall, a newsletter and a quiz night": things of which each has an article of its own. */
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

static bool has_joined_things(const reading *r)
{
    const clause *first = clause_at(r, 0);
    if (first->lead != SIG_VERB_MAKE && first->lead != SIG_VERB_OFFER && first->lead != SIG_VERB_RECRUIT &&
        first->lead != SIG_VERB_FINISH && first->lead != SIG_VERB_REACH)
        return false;
    stretch object = okb_object_of(r, first);
    bool has_article = false;
    for (uint32_t ix = object.from; ix < object.to; ix++) {
        const okb_word *w = word_at(r, ix);
        bool is_article = (w->end - w->start <= 2 && has_flag(w, SIG_DETERMINER)) || is_count(r, w);
        if (is_article && has_article && ix > object.from && has_flag(word_at(r, ix - 1), SIG_JOINER))
            return true;
        has_article = has_article || is_article;
    }
    return false;
}

static bool is_result_pair(const clause *a, const clause *b)
{
    return (a->lead == SIG_VERB_RECRUIT || a->lead == SIG_VERB_RAISE) && b->lead == SIG_VERB_KEEP;
}

void okb_compound_read(reading *r)
{
    r->compound = OKB_NO;
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
        if (c->is_sentence && c->lead_word == OKB_NONE && r->measures.n < 2)
            continue;
        r->compound = OKB_YES;
        if (c->lead_word != OKB_NONE)
            okb_answer_because(r, "compound", c->lead, c->lead_word, c->lead_word + 1);
    }
    const clause *first = clause_at(r, 0);
    if (r->has_several && !first->is_subject_led && (first->lead == SIG_VERB_MAKE || first->lead == SIG_VERB_RECRUIT))
        r->compound = OKB_YES;
    if (r->compound == OKB_NO &&
        (has_joined_measures(r) || has_joined_metrics(r) || has_joined_things(r) || has_joined_wishes(r)))
        r->compound = OKB_YES;
}
