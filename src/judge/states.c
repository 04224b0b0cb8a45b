/*
 * The class of clauses that tell how things are rather than what to do: "faster permits", "game runs at 60 fps", "all sites have a
 * fire plan", "complaints: fewer than 6".
 */
#include "reading.h"

okb_class okb_class_decide(clause *c, okb_class class_, uint32_t at)
{
    c->class_word = at;
    return class_;
}

/* Up to what says where or of what, but past the "of" of "12 of 16 wells". */
static stretch head_part(const reading *r, stretch s)
{
    for (uint32_t ix = s.from + 1; ix < s.to; ix++)
        if (has_flag(word_at(r, ix), SIG_SCOPE) && !is_figure(r, ix - 1)) {
            s.to = ix;
            break;
        }
    return s;
}

/* "Game runs at 60 fps", "Customers find answers in a minute": how things are. Not the runs of "three training runs". */
static uint32_t predicate_in(const reading *r, stretch s)
{
    const char *text = r->scan->text.folded;
    for (uint32_t ix = s.from + 1; ix + 1 < s.to; ix++) {
        const okb_word *w = word_at(r, ix), *before = word_at(r, ix - 1), *next = word_at(r, ix + 1);
        if (has_flag(before, SIG_SCOPE) && !(ix >= s.from + 2 && is_figure(r, ix - 2)))
            return OKB_NONE;
        if (!has_flag(w, SIG_PREDICATE) || (next->marks & MARK_DEADLINE) || (w->marks & MARK_PAREN))
            continue;
        bool is_singular = text[w->end - 1] == 's', is_many = text[before->end - 1] == 's';
        if (is_singular != is_many || !has_flag(w, SIG_EVENT))
            return ix;
    }
    return OKB_NONE;
}

/* The "have" of "all sites have a fire plan". OKB_NONE: there is none, or nothing stands before it. */
static uint32_t had_in(const reading *r, stretch s)
{
    for (uint32_t ix = s.from + 1; ix + 1 < s.to; ix++)
        if (has_flag(word_at(r, ix), SIG_VERB_STATE) && has_flag(word_at(r, ix), SIG_VERB_DO) &&
            has_flag(word_at(r, ix + 1), SIG_DETERMINER))
            return ix;
    return OKB_NONE;
}

okb_class okb_class_of_state(const reading *r, clause *c)
{
    stretch all = {c->first, c->end}, head = head_part(r, all);
    /* "Faster permits", "Delightful first week": a wish about how things are. */
    uint64_t wish = FLAG(SIG_COMPARATIVE) | FLAG(SIG_QUALITY) | FLAG(SIG_SUPERLATIVE);
    if (all.from < all.to && (word_at(r, all.from)->flags & wish))
        return okb_class_decide(c, OKB_OUTCOME, all.from);
    /* "Don't buy coffee out", "never eat at the desk": a habit to keep. */
    const okb_word *first = word_at(r, all.from < all.to ? all.from : 0);
    if (has_flag(first, SIG_ABSOLUTE) && !has_flag(first, SIG_DETERMINER) && !has_flag(first, SIG_NEGATION) &&
        all.from + 1 < all.to && has_flag(word_at(r, all.from + 1), SIG_VERB_DO) && !okb_stretch_has_effect(r, all))
        return okb_class_decide(c, OKB_ACTIVITY, all.from);
    uint32_t there = okb_signal_first_in(r, all, SIG_EXISTS), predicate = predicate_in(r, all);
    if (there != OKB_NONE && there > all.from)
        return okb_class_decide(
            c, okb_stretch_has_effect(r, all) || okb_stretch_has_case_limit(r, all) ? OKB_OUTCOME : OKB_OUTPUT, there);
    /* "Sales and service have a shared process", "the site meets WCAG 2.1", "each manager holds weekly talks" */
    stretch told = {(predicate == OKB_NONE ? had_in(r, all) : predicate) + 1, all.to};
    if (told.from > 0 && told.from < told.to && !okb_stretch_has_effect(r, all) &&
        !okb_stretch_has_case_limit(r, all)) {
        stretch had = okb_rule_without_scope(r, told);
        bool is_standard =
            predicate != OKB_NONE && word_at(r, told.from)->is_upper && (word_at(r, told.from)->marks & MARK_NAME);
        uint32_t event = okb_signal_first_head_in(r, had, SIG_EVENT),
                 made = okb_signal_first_head_in(r, had, SIG_ARTEFACT);
        c->is_subject_led = true;
        if (is_standard || okb_signal_first_head_in(r, had, SIG_CERTIFICATE) != OKB_NONE)
            return okb_class_decide(c, OKB_OUTPUT, told.from);
        if (predicate == OKB_NONE && made != OKB_NONE && !okb_signal_has_in(r, had, SIG_METRIC))
            return okb_class_decide(c, OKB_OUTPUT, made);
        if (predicate != OKB_NONE && event != OKB_NONE && made == OKB_NONE && !okb_signal_has_in(r, had, SIG_METRIC) &&
            (has_flag(word_at(r, predicate), SIG_VERB_DO) || r->has_frequency))
            return okb_class_decide(c, OKB_ACTIVITY, event);
    }
    /* "The advisory board meets quarterly" */
    if (predicate != OKB_NONE && predicate + 2 == all.to && (word_at(r, predicate + 1)->marks & MARK_FREQUENCY) &&
        !okb_signal_has_in(r, all, SIG_METRIC))
        return okb_class_decide(c, OKB_ACTIVITY, predicate);
    if (predicate != OKB_NONE || okb_stretch_has_case_limit(r, all))
        return okb_class_decide(c, OKB_OUTCOME, predicate);
    /* "Grade 6 or better in maths" */
    for (uint32_t ix = all.from + 1; ix + 1 < all.to; ix++)
        if (has_flag(word_at(r, ix), SIG_ALTERNATIVE) && has_flag(word_at(r, ix + 1), SIG_COMPARATIVE))
            return okb_class_decide(c, OKB_OUTCOME, ix + 1);
    /* "Sacks that leave on time": how it goes, not what is made. */
    uint32_t checkable = okb_signal_first_in(r, all, SIG_CHECKABLE);
    if (checkable != OKB_NONE && !has_flag(word_at(r, checkable), SIG_CERTIFICATE) &&
        !okb_signal_has_in(r, all, SIG_NOUN_MAKE))
        return okb_class_decide(c, OKB_OUTCOME, checkable);
    static const struct {
        sig signal;
        okb_class class_;
    } order[] = {{SIG_OWN_ACTION, OKB_ACTIVITY}, {SIG_NOUN_CHANGE, OKB_OUTCOME}, {SIG_NOUN_MAKE, OKB_OUTPUT},
                 {SIG_CERTIFICATE, OKB_OUTPUT},  {SIG_METRIC, OKB_OUTCOME},      {SIG_CUSTOMER, OKB_OUTCOME},
                 {SIG_COMPARATIVE, OKB_OUTCOME}, {SIG_SUPERLATIVE, OKB_OUTCOME}, {SIG_EVENT, OKB_ACTIVITY},
                 {SIG_STAFF, OKB_OUTPUT},        {SIG_ARTEFACT, OKB_OUTPUT},     {SIG_SOFT, OKB_OUTCOME}};
    uint32_t metric = okb_signal_first_in(r, all, SIG_METRIC), rhetoric = okb_signal_first_in(r, all, SIG_RHETORIC);
    if (rhetoric != OKB_NONE)
        return okb_class_decide(c, OKB_OUTCOME, rhetoric);
    /* "Gym three times a week": the times are a habit's. */
    bool is_habit = metric != OKB_NONE && (word_at(r, metric)->marks & MARK_FREQUENCY);
    if (is_habit && r->measures.n && !okb_stretch_has_effect(r, all))
        return okb_class_decide(c, OKB_ACTIVITY, metric);
    /* "Card readers for 100% of the pitches": a thing, and how far it goes. */
    uint32_t thing = okb_signal_first_head_in(r, head, SIG_ARTEFACT);
    if (thing != OKB_NONE && metric == OKB_NONE && head.to < all.to && !okb_stretch_has_effect(r, head) &&
        okb_stretch_is_all(r, (stretch){head.to, all.to}))
        return okb_class_decide(c, OKB_OUTPUT, thing);
    if (okb_stretch_has_effect(r, all) || (metric != OKB_NONE && r->measures.n) ||
        (r->has_baseline && okb_stretch_has_size(r, all)))
        return okb_class_decide(c, OKB_OUTCOME, metric);
    /* "Employee engagement survey": the last word tells what it is. */
    const okb_word *last = head.to > head.from ? word_at(r, head.to - 1) : first;
    const uint64_t things = FLAG(SIG_ARTEFACT) | FLAG(SIG_EVENT);
    if (r->measures.n == 0 && metric != OKB_NONE && metric + 1 < head.to && (last->flags & things) &&
        !(last->flags & (FLAG(SIG_METRIC) | FLAG(SIG_SOFT) | FLAG(SIG_NOUN_CHANGE))))
        return okb_class_decide(c, has_flag(last, SIG_ARTEFACT) ? OKB_OUTPUT : OKB_ACTIVITY, head.to - 1);
    for (size_t i = 0; i < sizeof order / sizeof *order; i++) {
        bool is_of_head = order[i].signal == SIG_EVENT || order[i].signal == SIG_STAFF ||
                          order[i].signal == SIG_ARTEFACT || order[i].signal == SIG_OWN_ACTION;
        uint32_t at = okb_signal_first_in(r, is_of_head ? head : all, order[i].signal);
        /* "A full-time fundraiser in post" */
        const okb_word *article = word_at(r, all.from);
        bool is_one = order[i].signal == SIG_STAFF && has_flag(article, SIG_DETERMINER) &&
                      article->end - article->start <= 2 && at != OKB_NONE && at + 1 == head.to;
        bool is_people = order[i].signal == SIG_STAFF || order[i].signal == SIG_CUSTOMER;
        if (at != OKB_NONE && !(is_people && r->measures.n == 0 && !is_one))
            return okb_class_decide(c, order[i].class_, at);
    }
    return okb_class_decide(c, OKB_OUTCOME, OKB_NONE);
}

bool okb_class_has_from_to(const reading *r, const clause *c)
{
    for (size_t i = 0; i < r->measures.n; i++) {
        const measure *m = &okb_vec_at(&r->measures, measure, i);
        if (m->is_end && r->has_baseline && clause_at(r, m->clause_ix) == c)
            return true;
    }
    return false;
}

/* "max 2", "zero": nobody makes or does a thing in order to have few of it. */
static bool is_kept_down(const reading *r, const clause *c)
{
    for (size_t i = 0; i < r->measures.n; i++) {
        const measure *m = &okb_vec_at(&r->measures, measure, i);
        if (clause_at(r, m->clause_ix) == c && (m->bound < 0 || m->is_zero_word || m->value == 0))
            return true;
    }
    return false;
}

/* What a name stands for in front of its number: "Workshops held: 8", "New recipes: 12", "Complaints: fewer than 6". */
okb_class okb_class_of_heading(const reading *r, clause *c)
{
    stretch name = {c->first, c->first + 1};
    while (name.to < c->end && r->scan->text.text[word_at(r, name.to - 1)->end] != ':')
        name.to++;
    uint32_t metric = okb_signal_first_in(r, name, SIG_METRIC), made = okb_signal_first_in(r, name, SIG_DONE_MAKE),
             done = okb_signal_first_in(r, name, SIG_DONE_DO);
    stretch thing = okb_rule_without_scope(r, name);
    bool is_falling = r->has_baseline && r->has_target && r->target < r->baseline;
    stretch value = {name.to, c->end};
    bool is_rate = okb_stretch_has_effect(r, value) && !okb_stretch_is_all(r, value) && !r->has_baseline;
    if (metric != OKB_NONE || okb_stretch_has_rate(r, value) || is_rate || is_kept_down(r, c) || is_falling)
        return okb_class_decide(c, OKB_OUTCOME, metric);
    if (done == OKB_NONE)
        done = okb_signal_first_head_in(r, thing, SIG_EVENT);
    if (made == OKB_NONE)
        made = okb_signal_first_head_in(r, thing, SIG_ARTEFACT);
    if (made == OKB_NONE)
        made = okb_signal_first_head_in(r, thing, SIG_STAFF);
    if (made != OKB_NONE)
        return okb_class_decide(c, OKB_OUTPUT, made);
    return okb_class_decide(c, done == OKB_NONE ? OKB_OUTCOME : OKB_ACTIVITY, done);
}
