/*
 * Outcome, output or activity: of each clause by its verb's family and what the verb works on, of the statement by the highest
 * commitment among its clauses (outcome before output before activity). Then how the statement is read as a kind.
 */
#include <math.h>

#include "reading.h"

/* "... to bring a 15% rise": a purpose with a number is a commitment. */
static bool has_quantified_purpose(const reading *r, const clause *c, stretch object)
{
    stretch rest = {object.to, c->end};
    if (rest.from >= rest.to || !has_flag(word_at(r, rest.from), SIG_PURPOSE))
        return false;
    if (okb_stretch_has_effect(r, rest) || (okb_stretch_has_result(r, rest) && r->measures.n > 0))
        return true;
    /* "... that brings 200 sign-ups" */
    for (uint32_t ix = rest.from + 1; ix < rest.to; ix++)
        if (has_flag(word_at(r, ix), SIG_CUSTOMER) && is_figure(r, ix - 1))
            return true;
    return false;
}

/* What is made may be a state rather than a thing: a culture, an experience, a reputation. */
static okb_class class_of_making(const reading *r, clause *c, stretch object)
{
    bool is_settling = c->lead_word != OKB_NONE && has_flag(word_at(r, c->lead_word), SIG_SETTLING);
    /* "Fix the top 5 bugs" counts repairs, "fix 80% of bugs" and "within a day" tell how well. */
    bool is_counted = is_settling && !okb_stretch_has_effect(r, object) && !okb_stretch_has_case_limit(r, object) &&
                      !c->is_subject_led;
    if ((okb_stretch_has_result(r, object) && !is_counted) || has_quantified_purpose(r, c, object))
        return okb_class_decide(c, OKB_OUTCOME, okb_signal_first_in(r, object, SIG_METRIC));
    /* "Define our positioning", "fix the issues": the decision or the repair is what there is in the end. */
    if (is_settling)
        return okb_class_decide(c, OKB_OUTPUT, c->lead_word);
    stretch thing = okb_rule_without_scope(r, object);
    uint32_t artefact = okb_signal_first_head_in(r, thing, SIG_ARTEFACT);
    uint32_t cause = okb_signal_first_head_in(r, thing, SIG_CAUSE), soft = okb_signal_first_head_in(r, thing, SIG_SOFT);
    if (cause != OKB_NONE && r->measures.n == 0 && (artefact == OKB_NONE || artefact >= cause))
        return okb_class_decide(c, OKB_OUTCOME, cause);
    if (soft != OKB_NONE && artefact == OKB_NONE)
        return okb_class_decide(c, OKB_OUTCOME, soft);
    return okb_class_decide(c, OKB_OUTPUT, c->lead_word);
}

/* "Increase the number of features shipped", "raise workshops from 4 to 8": more of what the team makes or does itself. */
static okb_class class_of_counted(const reading *r, clause *c, stretch object)
{
    if (c->lead != SIG_VERB_RAISE || r->measures.n == 0 || okb_stretch_has_rate(r, object))
        return OKB_CLASS_NONE;
    stretch thing = object;
    for (uint32_t ix = thing.from; ix + 1 < thing.to && ix < object.from + 3; ix++)
        if (has_flag(word_at(r, ix), SIG_METRIC_HEAD) && has_flag(word_at(r, ix + 1), SIG_SCOPE))
            thing.from = ix + 2;
    thing = okb_rule_without_scope(r, thing);
    static const sig others[] = {SIG_METRIC, SIG_CUSTOMER, SIG_SOFT, SIG_CAUSE, SIG_QUALITY};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (okb_signal_has_in(r, thing, others[i]))
            return OKB_CLASS_NONE;
    uint32_t made = okb_signal_first_in(r, thing, SIG_DONE_MAKE), done = okb_signal_first_in(r, thing, SIG_DONE_DO);
    /* A list or a fund that grows by a tenth or by money is somebody's, not a pile of pieces. */
    if (made == OKB_NONE && okb_stretch_counts_pieces(r, object))
        made = okb_signal_first_head_in(r, thing, SIG_ARTEFACT);
    if (made != OKB_NONE)
        return okb_class_decide(c, OKB_OUTPUT, made);
    if (done == OKB_NONE)
        done = okb_signal_first_head_in(r, thing, SIG_EVENT);
    return done == OKB_NONE ? OKB_CLASS_NONE : okb_class_decide(c, OKB_ACTIVITY, done);
}

/* "Ensure that all licensed premises are inspected", "get 80% of managers trained": the participle tells the work, whatever verb
 * sees to it. OKB_NONE: there is none, or it belongs to a name ("the approved list"). */
static uint32_t done_in(const reading *r, stretch object)
{
    const uint64_t verbs = FLAG(SIG_DONE_MAKE) - 1, done = FLAG(SIG_DONE_MAKE) | FLAG(SIG_DONE_DO);
    bool has_thing = false;
    for (uint32_t ix = object.from + 1; ix < object.to; ix++) {
        const okb_word *w = word_at(r, ix), *before = word_at(r, ix - 1);
        bool is_state = has_flag(before, SIG_VERB_STATE);
        has_thing = has_thing || r->scan->text.folded[before->end - 1] == 's' || is_state;
        bool is_behind = is_state || (r->scan->text.folded[before->end - 1] == 's' && !has_flag(before, SIG_SCOPE));
        bool is_done = (w->flags & done) && !(w->flags & verbs);
        /* "100% of managers complete training" */
        is_done = is_done || (has_flag(w, SIG_VERB_FINISH) && ix + 1 < object.to && !has_flag(before, SIG_DETERMINER));
        if (has_thing && is_behind && is_done && !(w->marks & MARK_PAREN) && !has_flag(w, SIG_CHECKABLE))
            return ix;
    }
    return OKB_NONE;
}

static bool is_habit(const reading *r, const clause *c, stretch object)
{
    if (okb_signal_has_in(r, object, SIG_CUSTOMER) || okb_signal_has_in(r, object, SIG_ARTEFACT) ||
        okb_signal_has_in(r, object, SIG_CHECKABLE))
        return false;
    bool is_often = false;
    for (uint32_t ix = object.from; ix < object.to; ix++) {
        is_often = is_often || (word_at(r, ix)->marks & MARK_FREQUENCY);
        if (has_flag(word_at(r, ix), SIG_METRIC) && !(word_at(r, ix)->marks & MARK_FREQUENCY))
            return false;
    }
    if (!is_often)
        return false;
    for (size_t i = 0; i < r->measures.n; i++) {
        const measure *m = &okb_vec_at(&r->measures, measure, i);
        if (!m->is_weak && clause_at(r, m->clause_ix) == c && !(r->marks[m->start] & MARK_FREQUENCY))
            return false;
    }
    return true;
}

static okb_class class_of_change(const reading *r, clause *c, stretch object)
{
    uint32_t own = okb_signal_first_in(r, okb_rule_without_scope(r, object), SIG_OWN_ACTION), made = OKB_NONE;
    if (own != OKB_NONE)
        return okb_class_decide(c, OKB_ACTIVITY, own);
    okb_class counted = class_of_counted(r, c, object);
    if (counted != OKB_CLASS_NONE)
        return counted;
    bool is_seen_to = (c->lead == SIG_VERB_REACH || c->lead == SIG_VERB_KEEP) && !c->is_subject_led;
    uint32_t done = is_seen_to ? done_in(r, object) : OKB_NONE;
    bool is_rate = okb_stretch_has_effect(r, object) && !okb_stretch_is_all(r, object);
    if (done != OKB_NONE && !is_rate && !okb_stretch_has_case_limit(r, object) &&
        !okb_signal_has_in(r, (stretch){object.from, done}, SIG_METRIC) &&
        !okb_signal_has_in(r, (stretch){object.from, done}, SIG_NEGATION)) {
        c->is_subject_led = true;
        return okb_class_decide(c, has_flag(word_at(r, done), SIG_DONE_DO) ? OKB_ACTIVITY : OKB_OUTPUT, done);
    }
    /* "Get to the pool three times each week": how often is a habit's, where there is no metric. */
    if (c->lead == SIG_VERB_REACH && !okb_stretch_has_effect(r, object) && is_habit(r, c, object))
        return okb_class_decide(c, OKB_ACTIVITY, c->lead_word);
    if (okb_stretch_has_effect(r, object) || (c->is_subject_led && c->lead_word > c->first + 1))
        return okb_class_decide(c, OKB_OUTCOME, c->lead_word);
    stretch head = okb_rule_without_scope(r, object);
    bool is_metric = okb_signal_first_head_in(r, head, SIG_METRIC) != OKB_NONE ||
                     okb_signal_first_head_in(r, head, SIG_CUSTOMER) != OKB_NONE;
    /* "Extend the help pages": what can be made can be made longer. */
    bool is_making = c->lead_word != OKB_NONE && has_flag(word_at(r, c->lead_word), SIG_VERB_MAKE);
    if (is_making && !is_metric && okb_signal_first_head_in(r, head, SIG_ARTEFACT) != OKB_NONE)
        return okb_class_decide(c, OKB_OUTPUT, c->lead_word);
    if (c->lead == SIG_VERB_REACH && okb_signal_first_head_in(r, head, SIG_PRIZE) != OKB_NONE)
        return okb_class_decide(c, OKB_OUTCOME, c->lead_word);
    /* "Ensure a smooth launch of the app" */
    if (c->lead == SIG_VERB_REACH || c->lead == SIG_VERB_KEEP)
        made = okb_signal_first_head_in(r, head, SIG_NOUN_MAKE);
    if (made != OKB_NONE && !is_metric && !has_flag(word_at(r, made), SIG_SOFT))
        return okb_class_decide(c, OKB_OUTPUT, made);
    /* "Reach WCAG 2.2 AA": the name of a standard. */
    if (c->lead == SIG_VERB_REACH && object.from < object.to && (word_at(r, object.from)->marks & MARK_NAME))
        return okb_class_decide(c, OKB_OUTPUT, c->lead_word);
    if (c->lead == SIG_VERB_REACH || c->lead == SIG_VERB_KEEP) {
        made = okb_signal_first_in(r, object, SIG_CERTIFICATE);
        if (made != OKB_NONE)
            return okb_class_decide(c, OKB_OUTPUT, made);
        /* "Qualify 4 new referees" */
        uint32_t staff = okb_signal_first_head_in(r, okb_rule_without_scope(r, object), SIG_STAFF);
        if (c->lead == SIG_VERB_REACH && staff != OKB_NONE && r->measures.n &&
            !okb_signal_has_in(r, object, SIG_METRIC) && !okb_signal_has_in(r, object, SIG_CUSTOMER))
            return okb_class_decide(c, OKB_OUTPUT, staff);
        /* "Close the drill report", "get a dog": a thing, not a metric and nobody's custom. */
        stretch thing = okb_rule_without_scope(r, object);
        made = c->lead == SIG_VERB_REACH ? okb_signal_first_head_in(r, thing, SIG_ARTEFACT) : OKB_NONE;
        if (made != OKB_NONE && !okb_signal_has_in(r, thing, SIG_METRIC) && !okb_signal_has_in(r, thing, SIG_CUSTOMER))
            return okb_class_decide(c, OKB_OUTPUT, made);
    }
    return okb_class_decide(c, OKB_OUTCOME, c->lead_word);
}

static bool has_measure_behind(const reading *r, uint32_t ix)
{
    size_t at = word_at(r, ix)->end;
    for (size_t i = 0; i < r->measures.n; i++) {
        const measure *m = &okb_vec_at(&r->measures, measure, i);
        if (m->start > at && m->start < at + 12 && !m->is_weak)
            return true;
    }
    return false;
}

static okb_class class_of_doing(const reading *r, clause *c, stretch object)
{
    if (has_quantified_purpose(r, c, object))
        return okb_class_decide(c, OKB_OUTCOME, object.to);
    for (size_t i = 0; i < r->measures.n; i++)
        if (okb_vec_at(&r->measures, measure, i).form == MEASURE_CLOCK)
            return okb_class_decide(c, OKB_OUTCOME, c->lead_word);
    if (okb_stretch_has_case_limit(r, object) || okb_stretch_has_money(r, object))
        return okb_class_decide(c, OKB_OUTCOME, c->lead_word);
    uint32_t metric = okb_signal_first_in(r, object, SIG_METRIC);
    bool has_event = okb_signal_has_in(r, object, SIG_EVENT) || okb_signal_has_in(r, object, SIG_OWN_ACTION);
    /* "Run at a load factor of 0.8": the number is the metric's. */
    bool is_people = metric != OKB_NONE && has_flag(word_at(r, metric), SIG_CUSTOMER);
    if (metric != OKB_NONE && !has_event &&
        (okb_stretch_has_effect(r, object) || (!is_people && has_measure_behind(r, metric))))
        return okb_class_decide(c, OKB_OUTCOME, metric);
    /* "Support farm success": to help is effort, whatever it is for. */
    if (c->lead == SIG_VERB_EFFORT && r->measures.n == 0)
        return okb_class_decide(c, OKB_ACTIVITY, c->lead_word);
    uint32_t quality = okb_signal_first_in(r, object, SIG_QUALITY);
    if (quality != OKB_NONE && quality <= object.from + 1 && !has_event &&
        !has_flag(word_at(r, quality), SIG_COMPARATIVE))
        return okb_class_decide(c, OKB_OUTCOME, quality);
    /* "Have a more diverse team": to have is no effort. */
    bool is_having = has_flag(word_at(r, c->lead_word), SIG_VERB_STATE) && !has_event;
    if (is_having && r->measures.n == 0 && quality != OKB_NONE)
        return okb_class_decide(c, OKB_OUTCOME, quality);
    return okb_class_decide(c, OKB_ACTIVITY, c->lead_word);
}

/* "Answer 80% of letters" and "reply within an hour" say how well the work goes; "resolve 10 bugs" how much of it is done. */
static okb_class class_of_serving(const reading *r, clause *c, stretch object)
{
    if (okb_stretch_has_effect(r, object) || okb_stretch_has_case_limit(r, object) ||
        okb_signal_has_in(r, object, SIG_METRIC))
        return okb_class_decide(c, OKB_OUTCOME, c->lead_word);
    /* "Serve every customer as a guest": how people are treated. */
    if (r->measures.n == 0 && okb_signal_has_in(r, okb_rule_without_scope(r, object), SIG_CUSTOMER))
        return okb_class_decide(c, OKB_OUTCOME, c->lead_word);
    return okb_class_decide(c, okb_signal_has_in(r, object, SIG_EVENT) ? OKB_ACTIVITY : OKB_OUTPUT, c->lead_word);
}

static bool is_count_at(const reading *r, size_t at)
{
    for (size_t i = 0; i < r->measures.n; i++)
        if (okb_vec_at(&r->measures, measure, i).start == at)
            return true;
    return false;
}

/* "Make the stall magnetic" turns something into a state; "make a map" makes a thing. */
static okb_class class_of_turning(const reading *r, clause *c, stretch object)
{
    static const sig states[] = {SIG_QUALITY, SIG_COMPARATIVE, SIG_SUPERLATIVE, SIG_SOFT, SIG_RHETORIC};
    if (okb_signal_has_in(r, object, SIG_OWN_ACTION))
        return okb_class_decide(c, OKB_ACTIVITY, okb_signal_first_in(r, object, SIG_OWN_ACTION));
    /* "Make the price list available to partners" */
    uint32_t there = okb_signal_first_in(r, object, SIG_EXISTS);
    if (there != OKB_NONE && there > object.from)
        return okb_class_decide(c, OKB_OUTPUT, there);
    for (size_t i = 0; i < sizeof states / sizeof *states; i++) {
        uint32_t at = okb_signal_first_in(r, object, states[i]);
        if (at != OKB_NONE)
            return okb_class_decide(c, OKB_OUTCOME, at);
    }
    if (object.from >= object.to)
        return okb_class_decide(c, OKB_OUTCOME, c->lead_word);
    const okb_word *first = word_at(r, object.from);
    const char *text = r->scan->text.text + first->start;
    bool is_new_thing = (text[0] >= '0' && text[0] <= '9') || (first->start && text[-1] == '"') ||
                        (has_flag(first, SIG_DETERMINER) && first->end - first->start <= 2) ||
                        is_count_at(r, first->start);
    /* "Make 20 calls a day" */
    uint32_t event = okb_signal_first_head_in(r, okb_rule_without_scope(r, object), SIG_EVENT);
    if (is_new_thing && event != OKB_NONE && !has_flag(word_at(r, event), SIG_ARTEFACT))
        return okb_class_decide(c, OKB_ACTIVITY, event);
    return is_new_thing ? class_of_making(r, c, object) : okb_class_decide(c, OKB_OUTCOME, c->lead_word);
}

/* Where a clause says how good something is to be, and leaves open what is done for it: "an offer that converts", "sleep better",
 * "a safe, clean town". OKB_NONE: it does not. */
static uint32_t wish_in(const reading *r, const clause *c)
{
    const uint64_t work = FLAG(SIG_VERB_MAKE) | FLAG(SIG_VERB_OFFER) | FLAG(SIG_VERB_FINISH) | FLAG(SIG_VERB_RECRUIT) |
                          FLAG(SIG_VERB_SIGN) | FLAG(SIG_VERB_TURN) | FLAG(SIG_VERB_OTHER);
    const uint64_t doing = work | FLAG(SIG_VERB_DO) | FLAG(SIG_VERB_SERVE);
    const uint64_t good = FLAG(SIG_QUALITY) | FLAG(SIG_COMPARATIVE) | FLAG(SIG_SUPERLATIVE);
    uint64_t lead = c->lead == SIG_NONE ? 0 : FLAG(c->lead);
    stretch object = okb_object_of(r, c), all = {c->first, c->end}, thing = okb_rule_without_scope(r, object);
    if (r->measures.n || r->has_deadline || r->has_frequency)
        return OKB_NONE;
    uint32_t wish = okb_signal_first_in(r, all, SIG_WISH);
    if (wish != OKB_NONE && (lead == 0 || (lead & work)))
        return wish;
    if ((lead & doing) && thing.from < thing.to && has_flag(word_at(r, thing.to - 1), SIG_MANNER))
        return thing.to - 1;
    if (lead || okb_signal_has_in(r, all, SIG_DONE_MAKE) || okb_signal_has_in(r, all, SIG_EXISTS))
        return OKB_NONE;
    uint32_t ix = all.from;
    while (ix + 1 < all.to && has_flag(word_at(r, ix), SIG_DETERMINER) && !has_flag(word_at(r, ix), SIG_NEGATION))
        ix++;
    return ix < all.to && (word_at(r, ix)->flags & good) ? ix : OKB_NONE;
}

/* Staff is hired: a step. Customers are won: a result, and who signs in numbers is a customer unless the table knows better. */
static okb_class class_of_recruiting(const reading *r, clause *c, stretch object)
{
    /* "Fill vacancies in 45 days on average" */
    if (okb_stretch_has_case_limit(r, object))
        return okb_class_decide(c, OKB_OUTCOME, c->lead_word);
    /* "Fill 90% of vacancies from within" */
    if (okb_stretch_has_rate(r, object) && !okb_stretch_is_all(r, object))
        return okb_class_decide(c, OKB_OUTCOME, c->lead_word);
    if (okb_signal_has_in(r, object, SIG_STAFF))
        return okb_class_decide(c, OKB_OUTPUT, c->lead_word);
    stretch thing = okb_rule_without_scope(r, object);
    uint32_t customer = okb_signal_first_head_in(r, thing, SIG_CUSTOMER);
    /* "Sign a framework contract": one paper, not custom in numbers. */
    if (r->measures.n == 0 && customer != OKB_NONE && has_flag(word_at(r, customer), SIG_ARTEFACT))
        return okb_class_decide(c, OKB_OUTPUT, c->lead_word);
    if (c->lead == SIG_VERB_SIGN && customer != OKB_NONE)
        return okb_class_decide(c, OKB_OUTCOME, customer);
    if (okb_signal_first_head_in(r, thing, SIG_ARTEFACT) != OKB_NONE)
        return okb_class_decide(c, OKB_OUTPUT, c->lead_word);
    customer = okb_signal_first_in(r, object, SIG_CUSTOMER);
    if (customer != OKB_NONE)
        return okb_class_decide(c, OKB_OUTCOME, customer);
    bool is_counted = false;
    for (uint32_t ix = thing.from; ix < thing.to; ix++)
        is_counted = is_counted || is_figure(r, ix);
    return okb_class_decide(c, c->lead == SIG_VERB_SIGN && is_counted ? OKB_OUTCOME : OKB_OUTPUT, c->lead_word);
}

/* "Paint more", "write every day", "stop skipping lunch": the verb is all there is. */
static bool is_bare_doing(const reading *r, const clause *c, stretch object)
{
    const uint64_t made = FLAG(SIG_VERB_MAKE) | FLAG(SIG_VERB_OTHER);
    if (c->lead_word == OKB_NONE || !(FLAG(c->lead) & made) || object.from >= object.to || c->is_subject_led)
        return false;
    const okb_word *first = word_at(r, object.from);
    bool is_last = object.from + 1 >= object.to || has_flag(word_at(r, object.from + 1), SIG_SCOPE);
    return is_last && has_flag(first, SIG_COMPARATIVE) && !has_flag(first, SIG_ARTEFACT);
}

/* "Stop skipping lunch", "avoid eating late", "start running": a habit. Not "stop losing customers": nobody does that on purpose. */
static bool is_habit_changed(const reading *r, const clause *c, stretch object)
{
    if ((c->lead != SIG_VERB_END && c->lead != SIG_VERB_MAKE) || c->lead_word == OKB_NONE || object.from >= object.to)
        return false;
    const okb_word *first = word_at(r, object.from);
    okb_span text = {r->scan->text.folded + first->start, (size_t)(first->end - first->start)};
    return okb_span_ends(text, OKB_S("ing")) && has_flag(first, SIG_VERB_DO) && !has_flag(first, SIG_METRIC) &&
           !okb_stretch_has_effect(r, object);
}

/* "Ship faster", "load faster and spill less": how, and no word of what. */
static bool is_manner_only(const reading *r, stretch object)
{
    if (object.from >= object.to)
        return false;
    const okb_word *w = word_at(r, object.from);
    bool is_last = object.from + 1 == object.to || r->scan->text.text[w->end] == ',' ||
                   has_flag(word_at(r, object.from + 1), SIG_JOINER);
    return is_last && has_flag(w, SIG_COMPARATIVE) && has_flag(w, SIG_QUALITY);
}

static okb_class class_of(const reading *r, clause *c)
{
    stretch object = okb_object_of(r, c);
    if (is_bare_doing(r, c, object) || is_habit_changed(r, c, object))
        return okb_class_decide(c, OKB_ACTIVITY, c->lead_word);
    if (c->is_heading)
        return okb_class_of_heading(r, c);
    /* "Have a succession plan for each director", "have my statement proofread" */
    stretch had = okb_rule_without_scope(r, object);
    stretch subject = {c->first, c->lead_word == OKB_NONE ? c->first : c->lead_word};
    bool is_had = c->lead == SIG_VERB_DO && has_flag(word_at(r, c->lead_word), SIG_VERB_STATE);
    /* "2,500 families have safe water": how many are better off. */
    if (is_had && c->is_subject_led && r->measures.n && okb_signal_has_in(r, subject, SIG_CUSTOMER) &&
        !okb_stretch_is_all(r, subject) && okb_signal_first_head_in(r, had, SIG_EVENT) == OKB_NONE)
        return okb_class_decide(c, OKB_OUTCOME, c->lead_word);
    /* "have 90% pass the exam" */
    if (is_had && !c->is_subject_led && okb_stretch_has_rate(r, object) && !okb_stretch_is_all(r, object))
        return okb_class_decide(c, OKB_OUTCOME, c->lead_word);
    if (is_had && !okb_signal_has_in(r, had, SIG_EVENT) &&
        (okb_signal_has_in(r, had, SIG_ARTEFACT) || okb_signal_has_in(r, object, SIG_DONE_MAKE)))
        return okb_class_decide(c, OKB_OUTPUT, c->lead_word);
    if (c->is_subject_led && c->lead_word == OKB_NONE)
        return okb_class_of_state(r, c);
    uint32_t wish = wish_in(r, c);
    c->is_wish = wish != OKB_NONE;
    if (c->is_wish)
        return okb_class_decide(c, OKB_OUTCOME, wish);
    /* A metric that will go from here to there, whatever its verb. */
    if (c->is_subject_led && okb_class_has_from_to(r, c) &&
        !okb_signal_has_in(r, (stretch){c->first, c->end}, SIG_OWN_ACTION))
        return okb_class_decide(c, OKB_OUTCOME, okb_signal_first_in(r, (stretch){c->first, c->end}, SIG_METRIC));
    /* A learner who can do something has changed; one who attends something has been busy. */
    bool is_attending = c->lead == SIG_VERB_DO && okb_signal_has_in(r, okb_rule_without_scope(r, object), SIG_EVENT);
    if (r->scan->text.person == SIG_LEARNER && !is_attending)
        return okb_class_decide(c, OKB_OUTCOME, c->lead_word);
    /* "100% of drivers hold a valid card" */
    if (c->lead == SIG_VERB_KEEP && c->is_subject_led && okb_stretch_is_all(r, subject) &&
        (okb_signal_first_head_in(r, had, SIG_ARTEFACT) != OKB_NONE || okb_signal_has_in(r, had, SIG_CERTIFICATE)))
        return okb_class_decide(c, OKB_OUTPUT, c->lead_word);
    /* "Hold margin at 62%" keeps a level, "hold 9 drop-ins" holds meetings. */
    if (c->lead == SIG_VERB_KEEP && has_flag(word_at(r, c->lead_word), SIG_VERB_DO) &&
        (!okb_signal_has_in(r, object, SIG_METRIC) ||
         okb_signal_has_in(r, okb_rule_without_scope(r, object), SIG_EVENT)))
        return class_of_doing(r, c, object);
    if ((c->lead == SIG_VERB_MAKE || c->lead == SIG_VERB_DO || c->lead == SIG_VERB_TURN) &&
        okb_class_has_from_to(r, c) && okb_signal_has_in(r, okb_rule_without_scope(r, object), SIG_METRIC) &&
        !okb_signal_has_in(r, object, SIG_OWN_ACTION))
        return okb_class_decide(c, OKB_OUTCOME, c->lead_word);
    switch ((int)c->lead) {
    case SIG_VERB_RAISE:
    case SIG_VERB_LOWER:
    case SIG_VERB_REACH:
    case SIG_VERB_KEEP:
    case SIG_VERB_IMPROVE:
    case SIG_VERB_END:
        return class_of_change(r, c, object);
    case SIG_VERB_SERVE:
        return class_of_serving(r, c, object);
    case SIG_VERB_BECOME:
    case SIG_VERB_WIN:
    case SIG_VERB_LEARN:
        return okb_class_decide(c, OKB_OUTCOME, c->lead_word);
    case SIG_VERB_TURN:
        return class_of_turning(r, c, object);
    case SIG_VERB_MAKE:
        if (is_manner_only(r, object))
            return okb_class_decide(c, OKB_OUTCOME, object.from);
        /* "Fewer than 3 faults found" */
        if (c->is_subject_led && subject.from < subject.to && has_flag(word_at(r, subject.from), SIG_LESS))
            return okb_class_decide(c, OKB_OUTCOME, subject.from);
        /* "Sew for 25 minutes before supper" */
        if (object.from + 1 < object.to && has_flag(word_at(r, object.from), SIG_SCOPE) &&
            is_figure(r, object.from + 1) && r->has_frequency)
            return okb_class_decide(c, OKB_ACTIVITY, c->lead_word);
        return class_of_making(r, c, object);
    case SIG_VERB_OTHER: {
        stretch thing = okb_rule_without_scope(r, object);
        uint32_t event = okb_signal_first_head_in(r, thing, SIG_EVENT),
                 metric = okb_signal_first_head_in(r, thing, SIG_METRIC);
        if (event != OKB_NONE)
            return okb_class_decide(c, OKB_ACTIVITY, event);
        if (metric != OKB_NONE && !okb_signal_has_in(r, thing, SIG_ARTEFACT))
            return okb_class_decide(c, OKB_OUTCOME, metric);
        return class_of_making(r, c, object);
    }
    case SIG_VERB_OFFER: {
        uint32_t event = okb_signal_first_head_in(r, object, SIG_EVENT);
        if (event != OKB_NONE && !okb_signal_has_in(r, (stretch){object.from, event}, SIG_ARTEFACT))
            return okb_class_decide(c, OKB_ACTIVITY, event);
        uint32_t quality = okb_signal_first_in(r, object, SIG_QUALITY);
        if (quality == OKB_NONE)
            quality = okb_signal_first_in(r, object, SIG_SUPERLATIVE);
        if (quality != OKB_NONE && !okb_signal_has_in(r, object, SIG_ARTEFACT))
            return okb_class_decide(c, OKB_OUTCOME, quality);
        return class_of_making(r, c, object);
    }
    case SIG_VERB_RECRUIT:
    case SIG_VERB_SIGN:
        return class_of_recruiting(r, c, object);
    case SIG_VERB_FINISH: {
        /* "60% of sign-ups finish onboarding": how many get there is a rate, unless they are the staff. */
        if (c->is_subject_led && okb_stretch_has_effect(r, subject) && !okb_signal_has_in(r, subject, SIG_STAFF))
            return okb_class_decide(c, OKB_OUTCOME, c->lead_word);
        /* Hours of a course and sessions every week are effort, the course itself is done or not. */
        bool is_habit = r->has_frequency && okb_signal_first_head_in(r, object, SIG_EVENT) != OKB_NONE;
        if (is_habit || okb_stretch_has_size(r, object) || okb_signal_has_in(r, object, SIG_OWN_ACTION))
            return okb_class_decide(c, OKB_ACTIVITY, c->lead_word);
        return class_of_making(r, c, object);
    }
    case SIG_VERB_DO:
    case SIG_VERB_EFFORT:
        return class_of_doing(r, c, object);
    case SIG_DONE_MAKE: {
        /* A share of things done is how well the work goes; a share of people trained is how far it got. */
        bool is_share = okb_stretch_has_effect(r, subject) && !okb_stretch_is_all(r, subject) &&
                        !okb_signal_has_in(r, subject, SIG_STAFF) && !okb_signal_has_in(r, subject, SIG_CUSTOMER);
        if (is_share || okb_stretch_has_result(r, object) || okb_signal_has_in(r, subject, SIG_NEGATION))
            return okb_class_decide(c, OKB_OUTCOME, c->lead_word);
        return okb_class_decide(c, OKB_OUTPUT, c->lead_word);
    }
    case SIG_DONE_DO:
        /* "80% of foster homes visited": how far the work got; within how long is how well it goes. */
        if (okb_stretch_has_case_limit(r, (stretch){c->first, c->end}) ||
            okb_signal_has_in(r, (stretch){c->first, c->lead_word}, SIG_METRIC) || okb_stretch_has_result(r, object) ||
            okb_signal_has_in(r, (stretch){c->first, c->lead_word}, SIG_NEGATION))
            return okb_class_decide(c, OKB_OUTCOME, c->lead_word);
        return okb_class_decide(c, OKB_ACTIVITY, c->lead_word);
    default:
        return okb_class_of_state(r, c);
    }
}

/* "Design, build and test the new portal": what the steps work on is a thing, not an event. */
static bool is_of_things(const reading *r, const clause *c)
{
    stretch thing = okb_rule_without_scope(r, okb_object_of(r, c));
    return okb_signal_first_head_in(r, thing, SIG_ARTEFACT) != OKB_NONE && !okb_signal_has_in(r, thing, SIG_EVENT) &&
           !okb_signal_has_in(r, thing, SIG_METRIC);
}

void okb_class_read(reading *r)
{
    r->class_ = OKB_CLASS_NONE;
    const clause *decisive = NULL;
    for (size_t i = 0; i < r->clauses.n; i++) {
        clause *c = clause_at(r, i);
        bool is_step = c->is_step && i + 1 < r->clauses.n;
        if (is_step && c->lead != SIG_VERB_RECRUIT && c->lead != SIG_VERB_SIGN &&
            !(c->lead == SIG_VERB_MAKE && is_of_things(r, clause_at(r, i + 1))))
            continue;
        if (i > 0 && c->lead_word == OKB_NONE && c->is_sentence && c->end - c->first < 2)
            continue;
        /* "Publish a roadmap and keep it up to date": the same thing, kept as it was made. */
        stretch kept = okb_object_of(r, c);
        if (i > 0 && c->lead == SIG_VERB_KEEP && r->class_ != OKB_CLASS_NONE && kept.from < kept.to &&
            has_flag(word_at(r, kept.from), SIG_PRONOUN) && !okb_stretch_has_effect(r, kept))
            continue;
        /* "Hire and train 12 agents": the hiring has the second verb's object. */
        c->class_ = is_step ? okb_class_decide(c, OKB_OUTPUT, c->lead_word) : class_of(r, c);
        if (r->class_ == OKB_CLASS_NONE || c->class_ < r->class_) {
            r->class_ = c->class_;
            decisive = c;
        }
    }
    if (!decisive) {
        r->class_ = OKB_OUTCOME;
        return;
    }
    if (decisive->class_word == OKB_NONE)
        return;
    for (int signal = SIG_FIRST_WORD; signal < SIG_COUNT; signal++)
        if (has_flag(word_at(r, decisive->class_word), (sig)signal) &&
            okb_answer_because(r, "class", (sig)signal, decisive->class_word, decisive->class_word + 1))
            return;
}

/* More or less of something is a result to reach, also where the team counts its own pieces of work. */
static bool is_metric_change(const clause *first)
{
    return first && (first->lead == SIG_VERB_RAISE || first->lead == SIG_VERB_LOWER) && first->form != FORM_ING;
}

/* The rules of levels, first that fires: the text's own word, a person's own goal, a deadline with something to hold, then class. */
void okb_kind_read(reading *r)
{
    const prepared *p = &r->scan->text;
    const clause *first = r->clauses.n ? clause_at(r, 0) : NULL;
    bool has_metric = okb_signal_has_in(r, (stretch){r->head_word, (uint32_t)r->words.n}, SIG_METRIC);
    bool is_end_state = first && (first->is_subject_led || first->form == FORM_DONE);
    if (p->label != OKB_KIND_NONE)
        r->kind = p->label == OKB_INITIATIVE && r->has_deadline ? OKB_GOAL : p->label;
    else if (p->person != SIG_NONE)
        r->kind = OKB_GOAL;
    else if (r->has_deadline && (r->measurable != OKB_NO || r->class_ != OKB_OUTCOME || has_metric))
        r->kind = OKB_GOAL;
    else if (is_metric_change(first) && r->measurable == OKB_YES)
        r->kind = OKB_KEY_RESULT;
    else if (r->class_ == OKB_OUTCOME)
        r->kind = r->measurable == OKB_NO ? OKB_OBJECTIVE : OKB_KEY_RESULT;
    else
        r->kind = is_end_state && r->measurable != OKB_NO ? OKB_KEY_RESULT : OKB_INITIATIVE;
}
