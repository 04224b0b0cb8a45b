/*
 * The answers that are read from the words alone: measurable here, vague and specific in wording.c, compound in compound.c. Each is a small combination of
 * families; docs/judging.md has the same combinations in prose.
 */
#include <math.h>

#include "reading.h"

static stretch whole(const reading *r)
{
    return (stretch){r->head_word, (uint32_t)r->words.n};
}

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
    /* "Build fast, simple tools": no one of them is named. */
    if (c->lead == SIG_VERB_MAKE && object.from < object.to && r->measures.n == 0 &&
        has_flag(word_at(r, object.from), SIG_QUALITY))
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
    /* What has a title of its own is one too. */
    if (thing != OKB_NONE && object.from < thing && word_at(r, object.from)->start &&
        r->scan->text.text[word_at(r, object.from)->start - 1] == '"')
        is_one = true;
    return is_one || okb_signal_has_in(r, okb_rule_without_scope(r, object), SIG_METRIC);
}

/* "Win the county shield", "earn the Gold grade": a prize is won or not. */
static bool is_definite_result(const reading *r, const clause *c)
{
    stretch object = okb_object_of(r, c);
    if (c->lead != SIG_VERB_REACH || object.from >= object.to)
        return false;
    const okb_word *first = word_at(r, object.from);
    uint32_t prize = okb_signal_first_head_in(r, okb_rule_without_scope(r, object), SIG_PRIZE);
    if (!has_flag(first, SIG_DETERMINER) && !first->is_upper && prize == OKB_NONE)
        return false;
    object = okb_rule_without_scope(r, object);
    return !okb_signal_has_in(r, object, SIG_SOFT) && (first->is_upper || !okb_signal_has_in(r, object, SIG_METRIC)) &&
           !okb_signal_has_in(r, object, SIG_QUALITY) && !okb_signal_has_in(r, object, SIG_COMPARATIVE) &&
           !okb_signal_has_in(r, object, SIG_UNDEFINED) && !okb_signal_has_in(r, object, SIG_CAUSE);
}

/* "Give every child a fair start": for all, but nobody can tick how good. Not "no unfair fees": that can be checked. */
static bool is_good_for_all(const reading *r, const clause *c)
{
    stretch object = okb_object_of(r, c);
    bool is_open = c->lead == SIG_VERB_OFFER || c->lead == SIG_VERB_TURN || c->lead == SIG_VERB_IMPROVE ||
                   c->lead == SIG_VERB_RAISE || c->lead == SIG_VERB_EFFORT;
    bool is_change = c->lead == SIG_VERB_IMPROVE || c->lead == SIG_VERB_EFFORT;
    return is_open && !okb_signal_has_in(r, object, SIG_NEGATION) &&
           (is_change || okb_signal_has_in(r, object, SIG_QUALITY) || okb_signal_has_in(r, object, SIG_SOFT) ||
            okb_signal_has_in(r, object, SIG_COMPARATIVE));
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
    if (okb_signal_has_in(r, whole(r), SIG_RHETORIC) ||
        (clause_at(r, 0)->lead == SIG_VERB_WIN && !okb_signal_has_in(r, whole(r), SIG_CHECKABLE)) ||
        clause_at(r, 0)->is_wish)
        return;
    for (size_t i = 0; i < sizeof certain / sizeof *certain; i++)
        for (size_t k = 0; k < r->clauses.n && r->measurable == OKB_NO; k++) {
            const clause *c = clause_at(r, k);
            uint32_t from = c->first, to = c->lead == SIG_NONE ? c->end : okb_object_of(r, c).to;
            /* "Raise profitability": more of a state is not the state. */
            bool is_change = c->lead == SIG_VERB_RAISE || c->lead == SIG_VERB_LOWER || c->lead == SIG_VERB_IMPROVE;
            if (certain[i] == SIG_CHECKABLE && is_change && c->lead_word + 2 <= to)
                from = c->lead_word + 2;
            if (certain[i] == SIG_ABSOLUTE && is_good_for_all(r, c))
                continue;
            if (okb_answer_because(r, "measurable", certain[i], from, to))
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

void okb_answers_read(reading *r)
{
    read_measurable(r);
    okb_wording_read(r);
    okb_compound_read(r);
    r->timebound = r->has_deadline ? OKB_YES : OKB_NO;
    if (r->has_deadline)
        okb_answer_because_hit(r, "timebound", r->deadline_hit);
    if (r->has_baseline)
        okb_answer_because_hit(r, "baseline", r->baseline_hit);
}
