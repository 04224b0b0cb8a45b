/*
 * Cuts a statement into clauses: parts with a verb of their own. "Hire two nurses and train the night crew" has two; "Plan and
 * open a tasting room" has two steps of one; "Cut returns by checking parcels" has one, because means and purposes belong to what
 * they serve.
 */
#include "reading.h"

static const uint64_t verb_flags =
    FLAG(SIG_VERB_RAISE) | FLAG(SIG_VERB_LOWER) | FLAG(SIG_VERB_REACH) | FLAG(SIG_VERB_KEEP) | FLAG(SIG_VERB_IMPROVE) |
    FLAG(SIG_VERB_BECOME) | FLAG(SIG_VERB_TURN) | FLAG(SIG_VERB_END) | FLAG(SIG_VERB_MAKE) | FLAG(SIG_VERB_OFFER) |
    FLAG(SIG_VERB_DO) | FLAG(SIG_VERB_EFFORT) | FLAG(SIG_VERB_SERVE) | FLAG(SIG_VERB_RECRUIT) | FLAG(SIG_VERB_SIGN) |
    FLAG(SIG_VERB_FINISH) | FLAG(SIG_VERB_LEARN) | FLAG(SIG_VERB_WIN);
static const uint64_t done_flags = FLAG(SIG_DONE_MAKE) | FLAG(SIG_DONE_DO);
static const uint64_t noun_flags = FLAG(SIG_METRIC) | FLAG(SIG_SOFT) | FLAG(SIG_ARTEFACT) | FLAG(SIG_EVENT);

static bool ends_with(const reading *r, const okb_word *w, const char *tail)
{
    okb_span text = {r->scan->text.folded + w->start, (size_t)(w->end - w->start)};
    return okb_span_ends(text, okb_span_of(tail));
}

static okb_span gap_before(const reading *r, size_t ix)
{
    size_t from = ix ? word_at(r, ix - 1)->end : 0;
    return (okb_span){r->scan->text.text + from, word_at(r, ix)->start - from};
}

static bool gap_has(const reading *r, size_t ix, const char *bytes)
{
    okb_span gap = gap_before(r, ix);
    for (size_t i = 0; i < gap.n; i++)
        for (const char *b = bytes; *b; b++)
            if (gap.p[i] == *b)
                return true;
    return false;
}

static bool is_adverb(const reading *r, size_t ix)
{
    const okb_word *w = word_at(r, ix);
    return w->end - w->start > 4 && ends_with(r, w, "ly") && !(w->flags & (verb_flags | noun_flags));
}

/* The family of the verb at a word; the first in the order of the families wins. */
static sig verb_at(const reading *r, size_t ix)
{
    uint64_t flags = word_at(r, ix)->flags & (verb_flags | done_flags);
    /* Service verbs are a second reading of others ("complete 80% of ..."). */
    if (flags & ~FLAG(SIG_VERB_SERVE))
        flags &= ~FLAG(SIG_VERB_SERVE);
    for (int signal = SIG_VERB_RAISE; flags && signal <= SIG_DONE_DO; signal++)
        if (flags & FLAG(signal))
            return (sig)signal;
    return SIG_NONE;
}

static form form_at(const reading *r, size_t ix)
{
    const okb_word *w = word_at(r, ix);
    if (w->flags & verb_flags)
        return ends_with(r, w, "ing") ? FORM_ING : FORM_BASE;
    return w->flags & done_flags ? FORM_DONE : FORM_NONE;
}

/* "Grade 6": a rank, not an order. */
static bool is_in_rank(const reading *r, const okb_word *w)
{
    for (size_t k = 0; k < r->scan->hits.n; k++) {
        const hit *h = &okb_vec_at(&r->scan->hits, hit, k);
        if (h->signal == SIG_RANK && h->start <= w->end + 1u && h->end > w->end)
            return true;
    }
    return false;
}

/* "Insulate the pump house": a word of no family in front of an article or a number can only be an order. */
static bool is_unknown_verb(const reading *r, uint32_t ix, uint32_t end)
{
    const okb_word *w = word_at(r, ix);
    /* "File two pieces", "contract the growers": at the start also a thing's name is an order, where it can have an object. */
    const uint64_t nouns = FLAG(SIG_ARTEFACT) | FLAG(SIG_CUSTOMER) | FLAG(SIG_STAFF);
    bool is_noun = (w->flags & nouns) && ix == r->head_word && !ends_with(r, w, "s") && ix + 2 < end &&
                   !has_flag(word_at(r, ix + 2), SIG_SCOPE) && !(word_at(r, ix + 1)->marks & MARK_DEADLINE) &&
                   !has_flag(word_at(r, ix + 1), SIG_ABSOLUTE);
    uint64_t known = w->flags & ~(FLAG(SIG_VERB_OTHER) | (is_noun ? nouns : 0));
    if (known || ix + 1 >= end || gap_before(r, ix + 1).n != 1)
        return false;
    char first = r->scan->text.text[w->start];
    if (!((first | 32) >= 'a' && (first | 32) <= 'z') || w->end - w->start < 3)
        return false;
    if (is_in_rank(r, w) || (w->marks & MARK_DEADLINE))
        return false;
    const okb_word *next = word_at(r, ix + 1);
    char byte = r->scan->text.text[next->start];
    /* "mom and dad every Sunday": a noun, and when. */
    if (ix > r->head_word && (next->marks & (MARK_DEADLINE | MARK_FREQUENCY)))
        return false;
    return has_flag(w, SIG_VERB_OTHER) || (has_flag(next, SIG_DETERMINER) && !has_flag(next, SIG_SCOPE)) ||
           (byte >= '0' && byte <= '9' && !(next->marks & MARK_NAME));
}

/* "pick rate 88 to 110", "Offer acceptance rate: 90%": what looks like a verb is part of a metric's name, and its value follows. */
static bool is_part_of_name(const reading *r, uint32_t ix, uint32_t end)
{
    const uint64_t change = FLAG(SIG_VERB_RAISE) | FLAG(SIG_VERB_LOWER) | FLAG(SIG_VERB_IMPROVE);
    const uint64_t breaks = FLAG(SIG_DETERMINER) | FLAG(SIG_SCOPE) | FLAG(SIG_JOINER) | FLAG(SIG_MEANS);
    const okb_word *w = word_at(r, ix);
    if (w->flags & change)
        return false;
    for (uint32_t k = ix + 1; k < end && k <= ix + 3; k++) {
        const okb_word *part = word_at(r, k);
        if (gap_before(r, k).n != 1 || (part->flags & breaks) || is_figure(r, k))
            return false;
        /* "pick errors down by half" */
        if (k == ix + 1 && k + 1 < end && has_flag(part, SIG_METRIC) && has_flag(word_at(r, k + 1), SIG_LESS) &&
            !(w->flags & (FLAG(SIG_VERB_REACH) | FLAG(SIG_VERB_KEEP) | FLAG(SIG_VERB_TURN))))
            return true;
        if (!has_flag(part, SIG_METRIC_HEAD))
            continue;
        if (k + 1 >= end)
            return false;
        const okb_word *next = word_at(r, k + 1);
        bool is_work = (w->flags & (FLAG(SIG_VERB_DO) | FLAG(SIG_VERB_EFFORT))) && !has_flag(w, SIG_METRIC);
        bool has_value = gap_has(r, k + 1, ":<>=") || is_figure(r, k + 1) || has_flag(next, SIG_PREDICATE) ||
                         has_flag(next, SIG_VERB_STATE);
        bool is_figure_behind = k + 2 < end && is_figure(r, k + 2);
        return has_value || (has_flag(next, SIG_SCOPE) && r->scan->has_digit && (!is_work || is_figure_behind));
    }
    return false;
}

/* "Planning applications decided within 8 weeks": a name and what has happened to it. */
static bool is_subject_of_done(const reading *r, uint32_t ix, uint32_t end)
{
    const okb_word *w = word_at(r, ix);
    if (!ends_with(r, w, "ing") && !(w->flags & noun_flags))
        return false;
    for (uint32_t k = ix + 1; k < end && k <= ix + 3; k++) {
        const okb_word *part = word_at(r, k);
        if (gap_before(r, k).n != 1 || has_flag(part, SIG_DETERMINER) || has_flag(part, SIG_SCOPE) || is_figure(r, k))
            return false;
        /* "Training completed by all new starters" */
        if (k == ix + 1 && ends_with(r, w, "ing") && has_flag(w, SIG_EVENT) && (part->flags & done_flags) &&
            !(part->flags & verb_flags))
            return true;
        if ((part->flags & done_flags) && !(part->flags & verb_flags))
            return k > ix + 1 &&
                   (ends_with(r, word_at(r, k - 1), "s") ||
                    (has_flag(w, SIG_ARTEFACT) && has_flag(word_at(r, k - 1), SIG_ARTEFACT))) &&
                   (k + 1 >= end || has_flag(word_at(r, k + 1), SIG_SCOPE) ||
                    (word_at(r, k + 1)->marks & MARK_SERVICE));
    }
    return false;
}

/* The verb of a clause that begins at `from`: there, or behind adverbs; not a noun that looks like a verb. */
static uint32_t lead_from(const reading *r, uint32_t from, uint32_t end)
{
    uint32_t ix = from;
    while (ix < end && ix < from + 2 && is_adverb(r, ix))
        ix++;
    if (ix < end && is_unknown_verb(r, ix, end))
        return ix;
    if (ix >= end || !(word_at(r, ix)->flags & (verb_flags | done_flags)))
        return OKB_NONE;
    /* "Support NPS from 32 to 50", "Return rate under 5%": a noun in front of a metric. */
    const okb_word *w = word_at(r, ix), *next = ix + 1 < end ? word_at(r, ix + 1) : w;
    const uint64_t change = FLAG(SIG_VERB_RAISE) | FLAG(SIG_VERB_LOWER) | FLAG(SIG_VERB_IMPROVE);
    if ((w->flags & noun_flags) && !(w->flags & change) && has_flag(next, SIG_METRIC) && next != w &&
        r->scan->has_digit)
        return OKB_NONE;
    /* "Onboarding that feels easy", "The audit closes with 3 findings" */
    bool is_named = next != w && ((has_flag(next, SIG_WISH) && ends_with(r, w, "ing")) ||
                                  (has_flag(next, SIG_PREDICATE) && ends_with(r, next, "s") && !(w->flags & change) &&
                                   !(next->flags & noun_flags)));
    if (is_named || is_part_of_name(r, ix, end) || is_subject_of_done(r, ix, end))
        return OKB_NONE;
    return ix;
}

static bool is_to(const reading *r, uint32_t ix)
{
    const okb_word *w = word_at(r, ix);
    return has_flag(w, SIG_SCOPE) && w->end - w->start == 2 &&
           okb_span_eq((okb_span){r->scan->text.folded + w->start, 2}, OKB_S("to"));
}

/* A word that may be a noun is a verb only where an object can follow: not before a joiner, a comma, a verb or the end. */
static bool has_object(const reading *r, uint32_t lead, uint32_t end)
{
    uint32_t next = lead + 1;
    while (next < end && (word_at(r, next)->flags & verb_flags) && !gap_has(r, next, ",;.(") &&
           word_at(r, next)->flags == word_at(r, lead)->flags)
        next++;
    if (next >= end || gap_has(r, next, ",;.:&+/"))
        return false;
    /* "work with finance to roll out a policy": a purpose is no object. */
    bool is_purpose = is_to(r, next) && next + 1 < end && (word_at(r, next + 1)->flags & verb_flags) &&
                      !(word_at(r, next + 1)->flags & noun_flags);
    return !is_purpose && !has_flag(word_at(r, next), SIG_JOINER);
}

static clause *add_clause(reading *r, uint32_t first, uint32_t lead)
{
    clause *c = okb_vec_push(&r->clauses, clause);
    c->first = first;
    c->lead_word = lead;
    c->class_word = OKB_NONE;
    if (lead != OKB_NONE) {
        c->lead = verb_at(r, lead);
        c->form = form_at(r, lead);
        if (c->lead == SIG_NONE) {
            c->lead = SIG_VERB_OTHER;
            c->form = ends_with(r, word_at(r, lead), "ing") ? FORM_ING : FORM_BASE;
        }
        c->is_subject_led = lead > first + 2 || c->form == FORM_DONE;
    }
    return c;
}

/* In a sentence without a verb in front: the first participle, or the first verb behind a helping verb or a subject. */
static uint32_t predicate_of(const reading *r, uint32_t first, uint32_t end)
{
    for (uint32_t ix = first; ix < end; ix++) {
        const okb_word *w = word_at(r, ix);
        if (w->marks & MARK_PAREN)
            continue;
        if (ix > first && has_flag(w, SIG_MEANS))
            return OKB_NONE;
        if (has_flag(w, SIG_CHECKABLE) && !(w->flags & done_flags))
            continue;
        /* "Safe and connected streets" */
        if (ix > first + 1 && ix + 1 < end && has_flag(word_at(r, ix - 1), SIG_JOINER) &&
            (word_at(r, ix - 2)->flags & (FLAG(SIG_QUALITY) | FLAG(SIG_ADJECTIVE))) &&
            !has_flag(word_at(r, ix + 1), SIG_SCOPE))
            continue;
        if (ix > first && has_flag(w, SIG_VERB_FINISH) && !(w->flags & noun_flags))
            return ix;
        if (has_flag(w, SIG_VERB_STATE)) {
            /* "has an executive sponsor": behind an article comes a noun. */
            uint64_t follows = done_flags | (has_flag(w, SIG_VERB_DO) ? 0 : verb_flags);
            for (uint32_t k = ix + 1; k < end && k < ix + 5 && !has_flag(word_at(r, k), SIG_DETERMINER); k++)
                if ((word_at(r, k)->flags & follows) && !has_flag(word_at(r, k), SIG_CHECKABLE))
                    return k;
            continue;
        }
        if ((w->flags & done_flags) && ix + 1 <= end && (ix > first || !(ix + 1 < end)))
            return ix;
    }
    return OKB_NONE;
}

static bool is_same_form(const clause *a, form b)
{
    return a->form == FORM_NONE || a->form == b || (a->is_subject_led && b == FORM_BASE);
}

/* What stands between two clauses. A phrase is "as well as", "in addition to". */
typedef enum link { LINK_JOINER, LINK_PHRASE, LINK_COMMA } link;

/* "accurate and complete records", "clean, tidy and stocked": two adjectives, of which one looks like a verb. */
static bool is_adjective(const reading *r, const clause *open, uint32_t lead)
{
    if (open->lead_word == OKB_NONE || lead < open->lead_word + 2 || lead + 1 >= r->words.n ||
        !has_flag(word_at(r, lead), SIG_ADJECTIVE))
        return false;
    const okb_word *before = word_at(r, lead - 1), *next = word_at(r, lead + 1);
    if (has_flag(before, SIG_JOINER))
        before = word_at(r, lead - 2);
    return (before->flags & (FLAG(SIG_QUALITY) | FLAG(SIG_ADJECTIVE))) && !has_flag(next, SIG_DETERMINER) &&
           !is_figure(r, lead + 1);
}

static bool is_by(const reading *r, uint32_t ix, uint32_t end)
{
    if (ix >= end)
        return false;
    const okb_word *w = word_at(r, ix);
    bool is_word = okb_span_eq((okb_span){r->scan->text.folded + w->start, (size_t)(w->end - w->start)}, OKB_S("by"));
    return is_word && ix + 1 < end && is_figure(r, ix + 1);
}

/* Does a clause begin at word ix, behind a joiner or a comma? */
static bool begins_clause(const reading *r, const clause *open, uint32_t ix, uint32_t end, link how, uint32_t *lead)
{
    uint32_t from = ix;
    if (from < end && has_flag(word_at(r, from), SIG_SCOPE))
        return false;
    *lead = lead_from(r, from, end);
    if (*lead == OKB_NONE)
        return false;
    const okb_word *w = word_at(r, *lead);
    form f = form_at(r, *lead);
    if (f == FORM_NONE)
        f = ends_with(r, w, "ing") ? FORM_ING : FORM_BASE;
    bool is_ing_behind = how == LINK_PHRASE && f == FORM_ING;
    if (f == FORM_DONE || (!is_same_form(open, f) && !is_ing_behind))
        return false;
    if ((w->marks & MARK_PAREN) || !has_object(r, *lead, end) || is_adjective(r, open, *lead))
        return false;
    const okb_word *next = word_at(r, *lead + 1 < end ? *lead + 1 : *lead);
    /* "can read and write by age 8": two verbs of one kind, and neither with an object. */
    bool is_pair = how == LINK_JOINER && ix >= 2 && *lead == ix && open->lead_word != ix - 2 &&
                   (word_at(r, ix - 2)->flags & verb_flags) && !(word_at(r, ix - 2)->flags & noun_flags);
    if (is_pair && has_flag(next, SIG_SCOPE))
        return false;
    /* "scrap and rework by 15%": how much the nouns before it change. */
    if (verb_at(r, *lead) > SIG_VERB_IMPROVE && (w->flags & verb_flags) && is_by(r, *lead + 1, end))
        return false;
    char byte = r->scan->text.text[next->start];
    bool has_article = has_flag(next, SIG_DETERMINER) || (byte >= '0' && byte <= '9');
    bool may_be_noun = (w->flags & noun_flags) != 0;
    /* What looks like a noun, or follows a clause without a verb, needs an article or a number to be a verb. */
    return has_article || (!(may_be_noun && how == LINK_COMMA) && open->form != FORM_NONE);
}

static bool has_figure_behind(const reading *r, uint32_t ix, uint32_t end)
{
    for (; ix < end && !gap_has(r, ix + 1 < end ? ix + 1 : ix, ";.!?"); ix++)
        if (is_figure(r, ix) && !(word_at(r, ix)->marks & (MARK_DEADLINE | MARK_NAME)))
            return true;
    return false;
}

/* "while raising morale" is a second result; "without cutting corners" and "while keeping quality" only hold back the first, unless
 * they say how much. */
static bool is_result_of_contrast(const reading *r, uint32_t at, uint32_t lead, uint32_t end)
{
    if (lead == OKB_NONE || verb_at(r, lead) >= SIG_VERB_IMPROVE)
        return false;
    bool is_restraint = verb_at(r, lead) == SIG_VERB_KEEP || has_flag(word_at(r, at - 1), SIG_NEGATION);
    return !is_restraint || has_figure_behind(r, lead + 1, end);
}

/* Where verbs stand last, as in "Wartezeit auf 6 Tage senken". */
static uint32_t last_verb(const reading *r, uint32_t first, uint32_t end)
{
    if (!r->scan->grammar->has_unicode || end <= first + 1)
        return OKB_NONE;
    for (uint32_t ix = end; ix > first && ix + 3 > end; ix--)
        if (word_at(r, ix - 1)->flags & verb_flags)
            return ix - 1;
    return OKB_NONE;
}

static void close_clause(reading *r, uint32_t end)
{
    clause *c = &okb_vec_at(&r->clauses, clause, r->clauses.n - 1);
    c->end = end;
    if (c->lead_word != OKB_NONE || c->is_heading)
        return;
    for (uint32_t k = c->first + 1; k < end; k++)
        if (has_flag(word_at(r, k), SIG_EXISTS) && !(word_at(r, k)->marks & MARK_PAREN)) {
            c->is_subject_led = true;
            return;
        }
    uint32_t ix = last_verb(r, c->first, end);
    c->is_verb_last = ix != OKB_NONE;
    if (ix == OKB_NONE)
        ix = predicate_of(r, c->first, end);
    if (ix == OKB_NONE)
        return;
    c->lead_word = ix;
    c->lead = verb_at(r, ix);
    c->form = form_at(r, ix);
    c->is_subject_led = !c->is_verb_last;
}

/* "get 1,500 downloads", "have more energy": not a helping verb, but what is to be had. */
static bool is_state_with_object(const reading *r, uint32_t ix)
{
    if (!has_flag(word_at(r, ix), SIG_VERB_STATE) || ix + 1 >= r->words.n)
        return false;
    const okb_word *next = word_at(r, ix + 1);
    return (word_at(r, ix)->flags & verb_flags) && (is_figure(r, ix + 1) || has_flag(next, SIG_COMPARATIVE));
}

/* A verb in the form of the clause's own cannot belong to "by ...ing" or "through ...". */
static bool is_order(const reading *r, const clause *open, uint32_t at, uint32_t n)
{
    uint32_t lead = lead_from(r, at, n);
    return lead == at && open->form == FORM_BASE && form_at(r, lead) == FORM_BASE &&
           !(word_at(r, lead)->flags & noun_flags) && has_object(r, lead, n);
}

/* "Teach 200 parents to read labels and enrol 50 families": each order has its own number. */
static bool has_number_each(const reading *r, const clause *open, uint32_t ix, uint32_t at, uint32_t n)
{
    return at + 1 < n && is_figure(r, at + 1) && !(word_at(r, at + 1)->marks & MARK_DEADLINE) &&
           has_figure_behind(r, open->first, ix);
}

/* "Design, build and test": no object before the next joiner. In "stop smoking" the second verb is the object. */
static bool is_all_verbs(const reading *r, uint32_t from, uint32_t to)
{
    /* "draft, consult on and adopt" */
    if (to > from + 2 && has_flag(word_at(r, to - 1), SIG_SCOPE))
        to--;
    for (uint32_t ix = from + 1; ix < to; ix++)
        if (!(word_at(r, ix)->flags & verb_flags) || is_figure(r, ix) || form_at(r, ix) != form_at(r, from))
            return false;
    return true;
}

static bool is_number_hit(const hit *h)
{
    return h->signal == SIG_QUANTITY || h->signal == SIG_MULTIPLE || h->signal == SIG_RANK || h->signal == SIG_FROM_TO;
}

/* "Cleaning complaints: fewer than 6": a name, a colon, and nothing but a bound in front of the number. */
static bool is_heading(const reading *r, uint32_t first)
{
    enum { NAME_WORDS = 8, BOUND_WORDS = 3 };
    uint32_t n = (uint32_t)r->words.n, ix = first + 1;
    while (ix < n && ix <= first + NAME_WORDS && !gap_has(r, ix, ":")) {
        if (gap_has(r, ix, ",;.!?") || has_flag(word_at(r, ix), SIG_DETERMINER))
            return false;
        ix++;
    }
    if (ix >= n || ix > first + NAME_WORDS || !gap_has(r, ix, ":"))
        return false;
    const okb_word *name = word_at(r, first);
    if ((name->flags & (FLAG(SIG_VERB_RAISE) | FLAG(SIG_VERB_LOWER) | FLAG(SIG_VERB_IMPROVE))) ||
        (ix == first + 1 && (name->flags & verb_flags)))
        return false;
    size_t from = word_at(r, ix - 1)->end, to = r->scan->text.n;
    for (uint32_t k = ix; k < n && k <= ix + BOUND_WORDS; k++)
        if ((word_at(r, k)->flags & (verb_flags | noun_flags | FLAG(SIG_CUSTOMER) | FLAG(SIG_STAFF))) ||
            k == ix + BOUND_WORDS) {
            to = word_at(r, k)->start;
            break;
        }
    for (size_t k = 0; k < r->scan->hits.n; k++) {
        const hit *h = &okb_vec_at(&r->scan->hits, hit, k);
        if (is_number_hit(h) && h->start >= from && h->start < to &&
            !(r->marks[h->start] & (MARK_NAME | MARK_DEADLINE)))
            return true;
    }
    return false;
}

static void add_first_clause(reading *r, uint32_t head, uint32_t n)
{
    bool is_named = head < n && is_heading(r, head);
    clause *c = add_clause(r, head, is_named ? OKB_NONE : lead_from(r, head, n));
    c->is_sentence = true;
    c->is_heading = is_named;
}

void okb_clauses_read(reading *r)
{
    r->clauses.n = 0;
    uint32_t n = (uint32_t)r->words.n, head = 0;
    while (head < n && word_at(r, head)->start < r->scan->text.head)
        head++;
    r->head_word = head;
    add_first_clause(r, head, n);
    bool is_means = false, is_purpose = false;
    for (uint32_t ix = head + 1; ix < n; ix++) {
        const okb_word *w = word_at(r, ix);
        if (w->marks & MARK_PAREN)
            continue;
        clause *open = &okb_vec_at(&r->clauses, clause, r->clauses.n - 1);
        bool is_sentence = gap_has(r, ix, ";!?") || (gap_has(r, ix, ".") && (w->is_upper || gap_before(r, ix).n > 2));
        if (is_sentence) {
            close_clause(r, ix);
            add_clause(r, ix, lead_from(r, ix, n))->is_sentence = true;
            is_means = is_purpose = false;
            continue;
        }
        if (has_flag(w, SIG_MEANS) || has_flag(w, SIG_PURPOSE))
            is_means = true;
        is_purpose = is_purpose || has_flag(w, SIG_PURPOSE);
        bool is_joiner = has_flag(w, SIG_JOINER) || has_flag(w, SIG_ALTERNATIVE),
             is_comma = gap_has(r, ix, ",+&") || gap_has(r, ix, "/");
        bool is_contrast = has_flag(w, SIG_CONTRAST);
        if (!is_joiner && !is_comma && !is_contrast)
            continue;
        uint32_t at = is_joiner || is_contrast ? ix + 1 : ix, lead = OKB_NONE;
        link how = !is_joiner ? LINK_COMMA : at < n && has_flag(word_at(r, at), SIG_JOINER) ? LINK_PHRASE : LINK_JOINER;
        if (open->lead_word == OKB_NONE && is_joiner && at + 1 < n && last_verb(r, open->first, ix) == ix - 1) {
            close_clause(r, ix);
            add_clause(r, at, lead_from(r, at, n));
            is_means = false;
            ix = at;
            continue;
        }
        /* "and will plan", "and to have halved" */
        while (is_joiner && at + 1 < n && at < ix + 4 && !is_state_with_object(r, at) &&
               (has_flag(word_at(r, at), SIG_VERB_STATE) || is_to(r, at) || has_flag(word_at(r, at), SIG_JOINER)))
            at++;
        /* "and by 2030 halve the rest" */
        while (is_joiner && at > ix && at + 1 < n && (word_at(r, at)->marks & MARK_DEADLINE))
            at++;
        if (at >= n)
            break;
        if (is_contrast) {
            lead = lead_from(r, at, n);
            if (!is_result_of_contrast(r, at, lead, n))
                continue;
        } else if (is_means && !is_comma &&
                   !(is_joiner && is_order(r, open, at, n) && (!is_purpose || has_number_each(r, open, ix, at, n)))) {
            /* What is joined inside "by ..." or "to ..." serves the same end. */
            continue;
        } else if (is_means && form_at(r, lead_from(r, at, n) == OKB_NONE ? at : lead_from(r, at, n)) != open->form) {
            continue;
        } else if (!begins_clause(r, open, at, n, how, &lead)) {
            continue;
        }
        /* "Initiate and keep up a talk": one word in front of the joiner is a verb too, known or not. */
        open->is_step =
            (open->lead_word != OKB_NONE && !open->is_subject_led && is_all_verbs(r, open->lead_word, ix)) ||
            (open->lead_word == OKB_NONE && is_joiner && ix == open->first + 1);
        close_clause(r, at);
        add_clause(r, at, lead);
        is_means = false;
        ix = at;
    }
    close_clause(r, n);
}
