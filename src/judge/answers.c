/*
 * The answers that are read from the words alone: measurable, vague, specific, compound. Each is a small combination of families;
 * docs/judging.md has the same combinations in prose.
 */
#include <math.h>

#include "reading.h"

static stretch whole(const reading *r)
{
    return (stretch){r->head_word, (uint32_t)r->words.n};
}

static bool is_plain_modifier(const okb_word *w)
{
    return !(w->flags &
             (FLAG(SIG_GENERIC) | FLAG(SIG_QUALITY) | FLAG(SIG_DETERMINER) | FLAG(SIG_COMPARATIVE) | FLAG(SIG_HEDGE) |
              FLAG(SIG_SUPERLATIVE) | FLAG(SIG_JOINER) | FLAG(SIG_SCOPE) | FLAG(SIG_METRIC)));
}

/* A metric that says whose, where or which: "repeat visits", "turnout for the clean-ups", not "turnover". */
static bool has_named_metric(reading *r, const clause *c)
{
    stretch object = okb_object_of(r, c);
    bool is_about_things =
        (c->lead >= SIG_VERB_MAKE && c->lead <= SIG_VERB_LEARN && c->lead != SIG_VERB_DO) || c->lead == SIG_VERB_OTHER;
    bool is_comparison =
        c->lead == SIG_NONE && object.from < object.to && has_flag(word_at(r, object.from), SIG_COMPARATIVE);
    bool is_habit = c->lead == SIG_VERB_DO && okb_signal_has_in(r, object, SIG_COMPARATIVE);
    if (is_about_things || is_comparison || is_habit)
        return false;
    for (uint32_t ix = object.from; ix < object.to; ix++) {
        const okb_word *w = word_at(r, ix);
        if (!has_flag(w, SIG_METRIC) || (w->marks & MARK_PAREN))
            continue;
        uint32_t first = ix, last = ix;
        while (last + 1 < object.to && has_flag(word_at(r, last + 1), SIG_METRIC))
            last++;
        uint32_t modifiers = 0;
        for (uint32_t k = first; k > object.from && modifiers < 3; k--) {
            const okb_word *before = word_at(r, k - 1);
            if (before->flags & (FLAG(SIG_SCOPE) | FLAG(SIG_JOINER)))
                break;
            modifiers += is_plain_modifier(before);
        }
        bool has_scope = last + 1 < c->end && has_flag(word_at(r, last + 1), SIG_SCOPE) && last + 2 < c->end &&
                         !has_flag(word_at(r, last + 1), SIG_MEANS) && !(word_at(r, last + 1)->marks & MARK_DEADLINE);
        bool is_generic = has_flag(w, SIG_GENERIC);
        if (has_scope || modifiers >= (is_generic ? 2u : 1u) || (!is_generic && last > first)) {
            okb_answer_because(r, "specific", SIG_METRIC, ix, ix + 1);
            return true;
        }
        ix = last;
    }
    return false;
}

/* "Reduce single-use plastic in the canteen": more or less of a thing, and where. */
static bool has_scoped_amount(const reading *r, const clause *c)
{
    const uint64_t unclear = FLAG(SIG_SOFT) | FLAG(SIG_GENERIC) | FLAG(SIG_QUALITY) | FLAG(SIG_COMPARATIVE) |
                             FLAG(SIG_UNDEFINED) | FLAG(SIG_CAUSE) | FLAG(SIG_SUPERLATIVE) | FLAG(SIG_HEDGE) |
                             FLAG(SIG_DANGLING);
    if (c->lead != SIG_VERB_RAISE && c->lead != SIG_VERB_LOWER)
        return false;
    stretch object = okb_object_of(r, c);
    for (uint32_t ix = object.from; ix < object.to; ix++) {
        const okb_word *w = word_at(r, ix);
        if (has_flag(w, SIG_SCOPE))
            return ix > object.from + 1 && ix + 1 < c->end && !(w->marks & MARK_DEADLINE);
        if (w->flags & unclear)
            return false;
    }
    return false;
}

/* ---- measurable --------------------------------------------------------------------------------------------- */

/* Something that is there or not there in the end: made, opened, certified; not an open heap of things. */
static bool is_definite_output(const reading *r, const clause *c)
{
    stretch object = okb_object_of(r, c);
    if (r->has_placeholder)
        return false;
    bool is_undefined = okb_signal_has_in(r, object, SIG_UNDEFINED) || okb_signal_has_in(r, object, SIG_DANGLING) ||
                        okb_signal_has_in(r, object, SIG_HEDGE) || okb_signal_has_in(r, object, SIG_COMPARATIVE);
    if (c->lead == SIG_VERB_SERVE && !okb_signal_has_in(r, object, SIG_DETERMINER))
        return false;
    /* Beside a result, an open heap of things ("and renew classrooms") settles nothing. */
    if (r->class_ == OKB_OUTCOME && !okb_signal_has_in(r, object, SIG_DETERMINER))
        return false;
    return !is_undefined;
}

static bool is_definite_activity(const reading *r, const clause *c)
{
    stretch object = okb_object_of(r, c);
    if (c->lead == SIG_VERB_EFFORT || okb_signal_has_in(r, object, SIG_COMPARATIVE) ||
        okb_signal_has_in(r, object, SIG_UNDEFINED))
        return false;
    uint32_t event = okb_signal_first_in(r, object, SIG_EVENT),
             artefact = okb_signal_first_in(r, okb_rule_without_scope(r, object), SIG_ARTEFACT);
    uint32_t determiner = okb_signal_first_in(r, object, SIG_DETERMINER), thing = event < artefact ? event : artefact;
    bool is_one = thing != OKB_NONE && determiner != OKB_NONE && determiner < thing;
    return is_one || okb_signal_has_in(r, okb_rule_without_scope(r, object), SIG_METRIC);
}

/* "Win the county shield", "earn the Gold grade": a prize is won or not. */
static bool is_definite_result(const reading *r, const clause *c)
{
    stretch object = okb_object_of(r, c);
    if (c->lead != SIG_VERB_REACH || object.from >= object.to)
        return false;
    const okb_word *first = word_at(r, object.from);
    if (!has_flag(first, SIG_DETERMINER) && !first->is_upper)
        return false;
    object = okb_rule_without_scope(r, object);
    return !okb_signal_has_in(r, object, SIG_SOFT) && (first->is_upper || !okb_signal_has_in(r, object, SIG_METRIC)) &&
           !okb_signal_has_in(r, object, SIG_QUALITY) && !okb_signal_has_in(r, object, SIG_COMPARATIVE) &&
           !okb_signal_has_in(r, object, SIG_UNDEFINED) && !okb_signal_has_in(r, object, SIG_CAUSE);
}

static void read_measurable(reading *r)
{
    if (r->has_target || r->has_baseline) {
        r->measurable = OKB_YES;
        return;
    }
    if (r->has_frequency) {
        r->measurable = OKB_YES;
        okb_answer_because_hit(r, "measurable", r->frequency_hit);
        return;
    }
    r->measurable = OKB_NO;
    static const sig certain[] = {SIG_ABSOLUTE, SIG_CHECKABLE};
    if (okb_signal_has_in(r, whole(r), SIG_RHETORIC) || clause_at(r, 0)->lead == SIG_VERB_WIN)
        return;
    for (size_t i = 0; i < sizeof certain / sizeof *certain; i++)
        for (size_t k = 0; k < r->clauses.n && r->measurable == OKB_NO; k++) {
            const clause *c = clause_at(r, k);
            if (okb_answer_because(r, "measurable", certain[i], c->first, okb_object_of(r, c).to))
                r->measurable = OKB_BINARY;
        }
    /* A learner who does a thing has done it or not, unless it is about doing it better. */
    const clause *first = clause_at(r, 0);
    if (r->scan->text.person == SIG_LEARNER && r->measurable == OKB_NO && first->lead == SIG_VERB_DO &&
        !okb_signal_has_in(r, whole(r), SIG_COMPARATIVE) && !okb_signal_has_in(r, whole(r), SIG_QUALITY)) {
        r->measurable = OKB_BINARY;
        okb_answer_because(r, "measurable", first->lead, first->lead_word, first->lead_word + 1);
    }
    for (size_t i = 0; i < r->clauses.n && r->measurable == OKB_NO; i++) {
        const clause *c = clause_at(r, i);
        bool is_certain = (c->class_ == OKB_OUTPUT && is_definite_output(r, c)) ||
                          (c->class_ == OKB_ACTIVITY && is_definite_activity(r, c)) || c->lead == SIG_VERB_END ||
                          (c->class_ == OKB_OUTCOME && is_definite_result(r, c));
        if (!is_certain)
            continue;
        r->measurable = OKB_BINARY;
        if (c->lead_word != OKB_NONE)
            okb_answer_because(r, "measurable", c->lead, c->lead_word, c->lead_word + 1);
    }
}

/* ---- vague and specific -------------------------------------------------------------------------------------- */

static void read_wording(reading *r)
{
    const clause *first = clause_at(r, 0);
    bool is_named = false;
    r->vague = OKB_NO;
    r->specific = OKB_YES;
    for (size_t i = 0; i < r->clauses.n && !is_named; i++)
        is_named = has_named_metric(r, clause_at(r, i)) || has_scoped_amount(r, clause_at(r, i));
    if (r->measurable != OKB_NO) {
        bool is_undefined = okb_answer_because(r, "specific", SIG_DANGLING, r->head_word, r->words.n) ||
                            (!is_named && okb_answer_because(r, "specific", SIG_UNDEFINED, r->head_word, r->words.n));
        r->specific = is_undefined ? OKB_NO : OKB_YES;
        bool is_change =
            first->lead == SIG_VERB_RAISE || first->lead == SIG_VERB_LOWER || first->lead == SIG_VERB_IMPROVE;
        if (is_undefined && is_change && okb_answer_because(r, "vague", SIG_UNDEFINED, r->head_word, r->words.n))
            r->vague = OKB_YES;
        return;
    }
    if (okb_answer_because(r, "specific", SIG_RHETORIC, r->head_word, r->words.n))
        return;
    bool is_best_for = first->lead == SIG_VERB_TURN && okb_signal_has_in(r, whole(r), SIG_SUPERLATIVE) &&
                       okb_signal_has_in(r, okb_object_of(r, first), SIG_SCOPE);
    bool is_role = first->lead == SIG_VERB_WIN || first->lead == SIG_VERB_BECOME || is_best_for;
    if (is_role && !okb_signal_has_in(r, whole(r), SIG_COMPARATIVE) && r->scan->text.person == SIG_NONE &&
        (first->lead == SIG_VERB_WIN || okb_signal_has_in(r, whole(r), SIG_SUPERLATIVE) ||
         okb_signal_has_in(r, okb_object_of(r, first), SIG_DETERMINER))) {
        r->specific = OKB_NO;
        okb_answer_because(r, "specific", first->lead, first->lead_word, first->lead_word + 1);
        return;
    }
    if (first->lead == SIG_VERB_LEARN) {
        r->specific = OKB_NO;
        okb_answer_because(r, "specific", SIG_VERB_LEARN, first->lead_word, first->lead_word + 1);
        return;
    }
    if (is_named)
        return;
    if (r->class_ != OKB_OUTCOME && r->has_placeholder) {
        r->specific = OKB_NO;
        okb_answer_because_hit(r, "specific", r->placeholder_hit);
        return;
    }
    if (r->class_ == OKB_ACTIVITY && first->lead != SIG_VERB_EFFORT &&
        !okb_signal_has_in(r, whole(r), SIG_COMPARATIVE) && !okb_signal_has_in(r, whole(r), SIG_UNDEFINED) &&
        !okb_signal_has_in(r, whole(r), SIG_QUALITY) && !okb_signal_has_in(r, okb_object_of(r, first), SIG_SOFT))
        return;
    r->vague = OKB_YES;
    r->specific = OKB_NO;
    static const sig reasons[] = {SIG_QUALITY, SIG_SOFT, SIG_COMPARATIVE, SIG_SUPERLATIVE, SIG_UNDEFINED, SIG_GENERIC};
    bool is_told = first->lead_word != OKB_NONE &&
                   okb_answer_because(r, "vague", first->lead, first->lead_word, first->lead_word + 1);
    for (size_t i = 0; i < sizeof reasons / sizeof *reasons; i++)
        is_told = okb_answer_because(r, "vague", reasons[i], r->head_word, r->words.n) || is_told;
}

/* ---- compound --------------------------------------------------------------------------------------------------- */

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

static void read_compound(reading *r)
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

void okb_answers_read(reading *r)
{
    read_measurable(r);
    read_wording(r);
    read_compound(r);
    r->timebound = r->has_deadline ? OKB_YES : OKB_NO;
    if (r->has_deadline)
        okb_answer_because_hit(r, "timebound", r->deadline_hit);
    if (r->has_baseline)
        okb_answer_because_hit(r, "baseline", r->baseline_hit);
}
