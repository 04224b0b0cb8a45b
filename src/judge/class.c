/*
 * Outcome, output or activity: of each clause by its verb's family and what the verb works on, of the statement by the highest
 * commitment among its clauses (outcome before output before activity). Then how the statement is read as a kind.
 */
#include <math.h>

#include "reading.h"

stretch okb_object_of(const reading *r, const clause *c)
{
    stretch s = {c->lead_word == OKB_NONE ? c->first : c->lead_word + 1, c->end};
    if (c->is_verb_last)
        s = (stretch){c->first, c->lead_word};
    /* A phrasal verb ("set up") flags its second word too. */
    while (c->lead_word != OKB_NONE && s.from < s.to && has_flag(word_at(r, s.from), c->lead) &&
           !(word_at(r, s.from)->flags & (FLAG(SIG_METRIC) | FLAG(SIG_ARTEFACT) | FLAG(SIG_EVENT))))
        s.from++;
    for (uint32_t ix = s.from; ix < s.to; ix++)
        if (has_flag(word_at(r, ix), SIG_MEANS) || has_flag(word_at(r, ix), SIG_PURPOSE) ||
            has_flag(word_at(r, ix), SIG_CONTRAST)) {
            s.to = ix;
            break;
        }
    return s;
}

uint32_t okb_signal_first_in(const reading *r, stretch s, sig signal)
{
    for (uint32_t ix = s.from; ix < s.to && ix < r->words.n; ix++)
        if (has_flag(word_at(r, ix), signal))
            return ix;
    return OKB_NONE;
}

bool okb_signal_has_in(const reading *r, stretch s, sig signal)
{
    return okb_signal_first_in(r, s, signal) != OKB_NONE;
}

static bool is_plain_noun(const okb_word *w)
{
    return !(w->flags & (FLAG(SIG_SCOPE) | FLAG(SIG_JOINER) | FLAG(SIG_MEANS) | FLAG(SIG_PURPOSE) | FLAG(SIG_CONTRAST) |
                         FLAG(SIG_VERB_STATE)));
}

/* The last word of its group: "culture" in "a safety culture", not in "a culture survey". */
static bool is_group_end(const reading *r, uint32_t ix, uint32_t end)
{
    if (ix + 1 >= end)
        return true;
    const okb_word *next = word_at(r, ix + 1);
    for (size_t i = word_at(r, ix)->end; i < next->start; i++)
        if (r->scan->text.text[i] != ' ')
            return true;
    return !is_plain_noun(next);
}

uint32_t okb_signal_first_head_in(const reading *r, stretch s, sig signal)
{
    for (uint32_t ix = s.from; ix < s.to && ix < r->words.n; ix++)
        if (has_flag(word_at(r, ix), signal) && is_group_end(r, ix, s.to))
            return ix;
    return OKB_NONE;
}

stretch okb_rule_without_scope(const reading *r, stretch s)
{
    for (uint32_t ix = s.from; ix < s.to; ix++)
        if (has_flag(word_at(r, ix), SIG_SCOPE) && ix > s.from) {
            s.to = ix;
            break;
        }
    return s;
}

/* A number that says how much changed or what effect there is, rather than how many pieces are made. */
static bool is_effect(const measure *m)
{
    return m->form == MEASURE_PERCENT || m->form == MEASURE_POINTS || m->form == MEASURE_MONEY ||
           m->form == MEASURE_FACTOR || m->form == MEASURE_RANK;
}

static bool has_effect(const reading *r, stretch s)
{
    if (s.from >= s.to)
        return false;
    size_t from = word_at(r, s.from)->start, to = word_at(r, s.to - 1)->end;
    for (size_t i = 0; i < r->measures.n; i++) {
        const measure *m = &okb_vec_at(&r->measures, measure, i);
        if (m->start >= from && m->end <= to && (is_effect(m) || m->is_end) && !(r->marks[m->start] & MARK_SERVICE))
            return true;
    }
    return false;
}

/* "within 72 hours": how fast something is done each time is a quality of the work. */
static bool has_case_limit(const reading *r, stretch s)
{
    for (uint32_t ix = s.from; ix < s.to; ix++)
        if (word_at(r, ix)->marks & MARK_SERVICE)
            return true;
    return false;
}

/* "to 100% of the staff" says how far a thing goes, not what it does. */
static bool is_share_of(const reading *r, const measure *m)
{
    bool is_reach = m->start >= 3 && okb_span_eq((okb_span){r->scan->text.folded + m->start - 3, 3}, OKB_S("to "));
    return (is_reach || m->value == 100) &&
           okb_span_starts((okb_span){r->scan->text.folded + m->end, r->scan->text.n - m->end}, OKB_S(" of "));
}

/* "with 3K+ visits a month", "at 4.2 rating": a number and a metric behind what is made. */
static bool has_effect_on_metric(const reading *r, stretch s)
{
    if (has_case_limit(r, s))
        return true;
    if (s.from >= s.to)
        return false;
    for (size_t i = 0; i < r->measures.n; i++) {
        const measure *m = &okb_vec_at(&r->measures, measure, i);
        if (m->start >= word_at(r, s.from)->start && m->end <= word_at(r, s.to - 1)->end && is_effect(m) &&
            m->form != MEASURE_RANK && !is_share_of(r, m) && !(r->marks[m->start] & MARK_SERVICE))
            return true;
    }
    for (size_t i = 0; i < r->measures.n; i++) {
        const measure *m = &okb_vec_at(&r->measures, measure, i);
        if (m->start < word_at(r, s.from)->end || m->start > word_at(r, s.to - 1)->end || m->is_weak)
            continue;
        for (uint32_t ix = s.from; ix < s.to; ix++) {
            const okb_word *w = word_at(r, ix);
            if (w->start >= m->end && w->start < m->end + 25 && has_flag(w, SIG_METRIC))
                return true;
        }
    }
    return false;
}

/* "... to bring a 15% rise": a purpose with a number is a commitment. */
static bool has_quantified_purpose(const reading *r, const clause *c, stretch object)
{
    stretch rest = {object.to, c->end};
    return rest.from < rest.to && has_flag(word_at(r, rest.from), SIG_PURPOSE) && has_effect(r, rest);
}

static bool has_money(const reading *r, stretch s)
{
    for (size_t i = 0; i < r->measures.n && s.from < s.to; i++) {
        const measure *m = &okb_vec_at(&r->measures, measure, i);
        if (m->start >= word_at(r, s.from)->start && m->end <= word_at(r, s.to - 1)->end && m->form == MEASURE_MONEY)
            return true;
    }
    return false;
}

static bool has_time_or_distance(const reading *r, stretch s)
{
    for (size_t i = 0; i < r->measures.n && s.from < s.to; i++) {
        const measure *m = &okb_vec_at(&r->measures, measure, i);
        if (m->start >= word_at(r, s.from)->start && m->end <= word_at(r, s.to - 1)->end && m->unit.n &&
            m->form == MEASURE_COUNT)
            return true;
    }
    return false;
}

static okb_class decide(const reading *r, clause *c, okb_class class_, uint32_t at)
{
    (void)r;
    c->class_word = at;
    return class_;
}

/* What is made may be a state rather than a thing: a culture, an experience, a reputation. */
static okb_class class_of_making(const reading *r, clause *c, stretch object)
{
    if (has_effect_on_metric(r, object) || has_quantified_purpose(r, c, object))
        return decide(r, c, OKB_OUTCOME, okb_signal_first_in(r, object, SIG_METRIC));
    stretch thing = okb_rule_without_scope(r, object);
    uint32_t artefact = okb_signal_first_head_in(r, thing, SIG_ARTEFACT);
    uint32_t cause = okb_signal_first_head_in(r, thing, SIG_CAUSE), soft = okb_signal_first_head_in(r, thing, SIG_SOFT);
    if (cause != OKB_NONE && r->measures.n == 0 && (artefact == OKB_NONE || artefact > cause))
        return decide(r, c, OKB_OUTCOME, cause);
    if (soft != OKB_NONE && artefact == OKB_NONE)
        return decide(r, c, OKB_OUTCOME, soft);
    return decide(r, c, OKB_OUTPUT, c->lead_word);
}

static okb_class class_of_change(const reading *r, clause *c, stretch object)
{
    uint32_t own = okb_signal_first_in(r, okb_rule_without_scope(r, object), SIG_OWN_ACTION), made = OKB_NONE;
    if (own != OKB_NONE)
        return decide(r, c, OKB_ACTIVITY, own);
    if (has_effect(r, object))
        return decide(r, c, OKB_OUTCOME, c->lead_word);
    /* "Reach WCAG 2.2 AA": the name of a standard. */
    if (c->lead == SIG_VERB_REACH && object.from < object.to && (word_at(r, object.from)->marks & MARK_NAME))
        return decide(r, c, OKB_OUTPUT, c->lead_word);
    if (c->lead == SIG_VERB_REACH || c->lead == SIG_VERB_KEEP) {
        made = okb_signal_first_in(r, object, SIG_CERTIFICATE);
        if (made != OKB_NONE)
            return decide(r, c, OKB_OUTPUT, made);
        /* "Close the drill report", "get a dog": a thing, not a metric and nobody's custom. */
        stretch thing = okb_rule_without_scope(r, object);
        made = c->lead == SIG_VERB_REACH ? okb_signal_first_head_in(r, thing, SIG_ARTEFACT) : OKB_NONE;
        if (made != OKB_NONE && !okb_signal_has_in(r, thing, SIG_METRIC) && !okb_signal_has_in(r, thing, SIG_CUSTOMER))
            return decide(r, c, OKB_OUTPUT, made);
    }
    return decide(r, c, OKB_OUTCOME, c->lead_word);
}

static okb_class class_of_verbless(const reading *r, clause *c)
{
    stretch all = {c->first, c->end};
    /* "Faster permits", "Delightful first week": a wish about how things are. */
    uint64_t wish = FLAG(SIG_COMPARATIVE) | FLAG(SIG_QUALITY) | FLAG(SIG_SUPERLATIVE);
    if (all.from < all.to && (word_at(r, all.from)->flags & wish))
        return decide(r, c, OKB_OUTCOME, all.from);
    static const struct {
        sig signal;
        okb_class class_;
    } order[] = {{SIG_OWN_ACTION, OKB_ACTIVITY}, {SIG_NOUN_CHANGE, OKB_OUTCOME}, {SIG_NOUN_MAKE, OKB_OUTPUT},
                 {SIG_CERTIFICATE, OKB_OUTPUT},  {SIG_METRIC, OKB_OUTCOME},      {SIG_CUSTOMER, OKB_OUTCOME},
                 {SIG_COMPARATIVE, OKB_OUTCOME}, {SIG_SUPERLATIVE, OKB_OUTCOME}, {SIG_EVENT, OKB_ACTIVITY},
                 {SIG_STAFF, OKB_OUTPUT},        {SIG_ARTEFACT, OKB_OUTPUT},     {SIG_SOFT, OKB_OUTCOME}};
    uint32_t metric = okb_signal_first_in(r, all, SIG_METRIC), rhetoric = okb_signal_first_in(r, all, SIG_RHETORIC);
    if (rhetoric != OKB_NONE)
        return decide(r, c, OKB_OUTCOME, rhetoric);
    if (has_effect(r, all) || (metric != OKB_NONE && r->measures.n))
        return decide(r, c, OKB_OUTCOME, metric);
    for (size_t i = 0; i < sizeof order / sizeof *order; i++) {
        uint32_t at = okb_signal_first_in(r, all, order[i].signal);
        bool is_people = order[i].signal == SIG_STAFF || order[i].signal == SIG_CUSTOMER;
        if (at != OKB_NONE && !(is_people && r->measures.n == 0))
            return decide(r, c, order[i].class_, at);
    }
    return decide(r, c, OKB_OUTCOME, OKB_NONE);
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
        return decide(r, c, OKB_OUTCOME, object.to);
    for (size_t i = 0; i < r->measures.n; i++)
        if (okb_vec_at(&r->measures, measure, i).form == MEASURE_CLOCK)
            return decide(r, c, OKB_OUTCOME, c->lead_word);
    if (has_case_limit(r, object) || has_money(r, object))
        return decide(r, c, OKB_OUTCOME, c->lead_word);
    uint32_t metric = okb_signal_first_in(r, object, SIG_METRIC);
    bool has_event = okb_signal_has_in(r, object, SIG_EVENT) || okb_signal_has_in(r, object, SIG_OWN_ACTION);
    /* "Run at a load factor of 0.8": the number is the metric's. */
    if (metric != OKB_NONE && !has_event && (has_effect(r, object) || has_measure_behind(r, metric)))
        return decide(r, c, OKB_OUTCOME, metric);
    uint32_t quality = okb_signal_first_in(r, object, SIG_QUALITY);
    if (quality != OKB_NONE && quality <= object.from + 1 && !has_event &&
        !has_flag(word_at(r, quality), SIG_COMPARATIVE))
        return decide(r, c, OKB_OUTCOME, quality);
    return decide(r, c, OKB_ACTIVITY, c->lead_word);
}

/* "Answer 80% of letters" and "reply within an hour" say how well the work goes; "resolve 10 bugs" how much of it is done. */
static okb_class class_of_serving(const reading *r, clause *c, stretch object)
{
    if (has_effect(r, object) || has_case_limit(r, object) || okb_signal_has_in(r, object, SIG_METRIC))
        return decide(r, c, OKB_OUTCOME, c->lead_word);
    return decide(r, c, okb_signal_has_in(r, object, SIG_EVENT) ? OKB_ACTIVITY : OKB_OUTPUT, c->lead_word);
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
        return decide(r, c, OKB_ACTIVITY, okb_signal_first_in(r, object, SIG_OWN_ACTION));
    for (size_t i = 0; i < sizeof states / sizeof *states; i++) {
        uint32_t at = okb_signal_first_in(r, object, states[i]);
        if (at != OKB_NONE)
            return decide(r, c, OKB_OUTCOME, at);
    }
    if (object.from >= object.to)
        return decide(r, c, OKB_OUTCOME, c->lead_word);
    const okb_word *first = word_at(r, object.from);
    const char *text = r->scan->text.text + first->start;
    bool is_new_thing = (text[0] >= '0' && text[0] <= '9') || (first->start && text[-1] == '"') ||
                        (has_flag(first, SIG_DETERMINER) && first->end - first->start <= 2) ||
                        is_count_at(r, first->start);
    return is_new_thing ? class_of_making(r, c, object) : decide(r, c, OKB_OUTCOME, c->lead_word);
}

static bool has_from_to(const reading *r, const clause *c)
{
    for (size_t i = 0; i < r->measures.n; i++) {
        const measure *m = &okb_vec_at(&r->measures, measure, i);
        if (m->is_end && r->has_baseline && clause_at(r, m->clause_ix) == c)
            return true;
    }
    return false;
}

static okb_class class_of(const reading *r, clause *c)
{
    stretch object = okb_object_of(r, c);
    /* A metric that will go from here to there, whatever its verb. */
    if (c->is_subject_led && has_from_to(r, c) && !okb_signal_has_in(r, (stretch){c->first, c->end}, SIG_OWN_ACTION))
        return decide(r, c, OKB_OUTCOME, okb_signal_first_in(r, (stretch){c->first, c->end}, SIG_METRIC));
    /* A learner who can do something has changed; one who attends something has been busy. */
    bool is_attending = c->lead == SIG_VERB_DO && okb_signal_has_in(r, okb_rule_without_scope(r, object), SIG_EVENT);
    if (r->scan->text.person == SIG_LEARNER && !is_attending)
        return decide(r, c, OKB_OUTCOME, c->lead_word);
    /* "Hold margin at 62%" keeps a level, "hold 9 drop-ins" holds meetings. */
    if (c->lead == SIG_VERB_KEEP && has_flag(word_at(r, c->lead_word), SIG_VERB_DO) &&
        (!okb_signal_has_in(r, object, SIG_METRIC) ||
         okb_signal_has_in(r, okb_rule_without_scope(r, object), SIG_EVENT)))
        return class_of_doing(r, c, object);
    if ((c->lead == SIG_VERB_MAKE || c->lead == SIG_VERB_DO || c->lead == SIG_VERB_TURN) && has_from_to(r, c) &&
        okb_signal_has_in(r, okb_rule_without_scope(r, object), SIG_METRIC) &&
        !okb_signal_has_in(r, object, SIG_OWN_ACTION))
        return decide(r, c, OKB_OUTCOME, c->lead_word);
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
        return decide(r, c, OKB_OUTCOME, c->lead_word);
    case SIG_VERB_TURN:
        return class_of_turning(r, c, object);
    case SIG_VERB_MAKE:
        return class_of_making(r, c, object);
    case SIG_VERB_OTHER: {
        stretch thing = okb_rule_without_scope(r, object);
        uint32_t event = okb_signal_first_head_in(r, thing, SIG_EVENT),
                 metric = okb_signal_first_head_in(r, thing, SIG_METRIC);
        if (event != OKB_NONE)
            return decide(r, c, OKB_ACTIVITY, event);
        if (metric != OKB_NONE && !okb_signal_has_in(r, thing, SIG_ARTEFACT))
            return decide(r, c, OKB_OUTCOME, metric);
        return class_of_making(r, c, object);
    }
    case SIG_VERB_OFFER: {
        uint32_t event = okb_signal_first_head_in(r, object, SIG_EVENT);
        if (event != OKB_NONE && !okb_signal_has_in(r, object, SIG_ARTEFACT))
            return decide(r, c, OKB_ACTIVITY, event);
        uint32_t quality = okb_signal_first_in(r, object, SIG_QUALITY);
        if (quality != OKB_NONE && !okb_signal_has_in(r, object, SIG_ARTEFACT))
            return decide(r, c, OKB_OUTCOME, quality);
        return class_of_making(r, c, object);
    }
    case SIG_VERB_RECRUIT: {
        uint32_t customer = okb_signal_first_in(r, object, SIG_CUSTOMER);
        if (customer != OKB_NONE && !okb_signal_has_in(r, object, SIG_STAFF) &&
            okb_signal_first_head_in(r, okb_rule_without_scope(r, object), SIG_ARTEFACT) == OKB_NONE)
            return decide(r, c, OKB_OUTCOME, customer);
        return decide(r, c, OKB_OUTPUT, c->lead_word);
    }
    case SIG_VERB_FINISH: {
        /* Hours of a course are effort, the course itself is done or not. */
        if (has_time_or_distance(r, object) || okb_signal_has_in(r, object, SIG_OWN_ACTION))
            return decide(r, c, OKB_ACTIVITY, c->lead_word);
        return class_of_making(r, c, object);
    }
    case SIG_VERB_DO:
    case SIG_VERB_EFFORT:
        return class_of_doing(r, c, object);
    case SIG_DONE_MAKE: {
        stretch subject = {c->first, c->lead_word};
        /* A share of things done is how well the work goes; a share of people trained is how far it got. */
        bool is_share = has_effect(r, subject) && !okb_signal_has_in(r, subject, SIG_STAFF) &&
                        !okb_signal_has_in(r, subject, SIG_CUSTOMER);
        if (is_share || has_effect_on_metric(r, object))
            return decide(r, c, OKB_OUTCOME, c->lead_word);
        return decide(r, c, OKB_OUTPUT, c->lead_word);
    }
    case SIG_DONE_DO:
        if (has_effect(r, (stretch){c->first, c->lead_word}) || has_effect_on_metric(r, object))
            return decide(r, c, OKB_OUTCOME, c->lead_word);
        return decide(r, c, OKB_ACTIVITY, c->lead_word);
    default:
        return class_of_verbless(r, c);
    }
}

void okb_class_read(reading *r)
{
    r->class_ = OKB_CLASS_NONE;
    const clause *decisive = NULL;
    for (size_t i = 0; i < r->clauses.n; i++) {
        clause *c = clause_at(r, i);
        if (c->is_step && i + 1 < r->clauses.n)
            continue;
        if (i > 0 && c->lead_word == OKB_NONE && c->is_sentence && c->end - c->first < 2)
            continue;
        c->class_ = class_of(r, c);
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

/* The rules of levels, first that fires: the text's own word, a person's own goal, a deadline with something to hold, then class. */
void okb_kind_read(reading *r)
{
    const prepared *p = &r->scan->text;
    const clause *first = r->clauses.n ? clause_at(r, 0) : NULL;
    bool has_metric = okb_signal_has_in(r, (stretch){r->head_word, (uint32_t)r->words.n}, SIG_METRIC);
    bool is_end_state = first && (first->is_subject_led || first->form == FORM_DONE);
    if (p->label != OKB_KIND_NONE)
        r->kind = p->label;
    else if (p->person != SIG_NONE)
        r->kind = OKB_GOAL;
    else if (r->has_deadline && (r->measurable != OKB_NO || r->class_ != OKB_OUTCOME || has_metric))
        r->kind = OKB_GOAL;
    else if (r->class_ == OKB_OUTCOME)
        r->kind = r->measurable == OKB_NO ? OKB_OBJECTIVE : OKB_KEY_RESULT;
    else
        r->kind = is_end_state && r->measurable != OKB_NO ? OKB_KEY_RESULT : OKB_INITIATIVE;
}
