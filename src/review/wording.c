/* How a key result or goal is written, and whether its words and numbers agree. KR010 to KR020, and vague objectives. */
#include "room.h"

static bool is_output(okb_class class_)
{
    return class_ == OKB_OUTPUT || class_ == OKB_ACTIVITY;
}

/* A milestone that the input itself calls one, not one that the words only resemble. */
static bool is_declared_milestone(const okb_goal *goal)
{
    return (goal->direction == OKB_MILESTONE && goal->direction_origin == OKB_FROM_COLUMN) ||
           goal->has_metric == OKB_BINARY;
}

/* The one finished thing beside results that it is measured by (articles show exactly that). */
static bool is_milestone_beside_outcomes(const review_run *run, uint32_t goal_ix)
{
    const okb_goal *goal = goal_at(run, goal_ix);
    if (goal->parent_ix == OKB_NONE || run->plan->verdicts[goal_ix].class_ != OKB_OUTPUT)
        return false;
    return run->outputs_below[goal->parent_ix] <= run->limits->milestones_allowed &&
           run->outcomes_below[goal->parent_ix] > 0;
}

static void check_output(review_run *run, uint32_t goal_ix)
{
    const okb_goal *goal = goal_at(run, goal_ix);
    const okb_verdict *verdict = &run->plan->verdicts[goal_ix];
    if (!is_output(verdict->class_) || run->limits->is_output_off)
        return;
    draft d = okb_draft_goal(run, C_KR010, goal_ix);
    d.slots[SLOT_class] = okb_span_of(okb_class_name(verdict->class_));
    d.slots[SLOT_words] = okb_evidence_words(verdict, "class");
    d.evidence = okb_review_printf(run, "%s%s%.*s", okb_class_name(verdict->class_),
                                   okb_evidence_rule(verdict, "class").n ? " by " : "",
                                   OKB_FMT(okb_evidence_rule(verdict, "class")));
    okb_draft_lower(&d, run->limits->output_severity);
    if (goal->kind == OKB_GOAL || okb_goal_is_exempt(goal->ambition) || is_declared_milestone(goal) ||
        is_milestone_beside_outcomes(run, goal_ix))
        okb_draft_lower(&d, OKB_INFO);
    okb_draft_emit(run, &d);
}

static void check_vague(review_run *run, uint32_t goal_ix)
{
    const okb_goal *goal = goal_at(run, goal_ix);
    const okb_verdict *verdict = &run->plan->verdicts[goal_ix];
    if (verdict->vague != OKB_YES)
        return;
    draft d = okb_draft_goal(run, C_KR011, goal_ix);
    okb_span words = okb_evidence_words(verdict, "vague");
    /* The verb of an objective is not what leaves it open. */
    if (goal->kind != OKB_OBJECTIVE || !okb_span_eq(words, okb_evidence_words(verdict, "class")))
        d.slots[SLOT_words] = words;
    d.evidence = okb_evidence_rule(verdict, "vague");
    if (goal->kind == OKB_OBJECTIVE || okb_goal_is_exempt(goal->ambition))
        okb_draft_lower(&d, OKB_INFO);
    okb_draft_emit(run, &d);
}

/* `<number>`: a blank to fill in; `<5` is a bound. */
static okb_span blank_in(okb_span text)
{
    for (size_t at = 0; at + 2 < text.n; at++) {
        size_t end = at + 1;
        while (end < text.n && ((text.p[end] >= 'a' && text.p[end] <= 'z') || text.p[end] == ' '))
            end++;
        if (text.p[at] == '<' && end > at + 1 && end < text.n && text.p[end] == '>')
            return okb_span_sub(text, at, end + 1);
    }
    return (okb_span){NULL, 0};
}

static void check_placeholder(review_run *run, uint32_t goal_ix)
{
    const definition *def = &run->review->definitions[run->review->at[C_KR017]];
    okb_span folded = okb_text_fold(&run->scratch, goal_at(run, goal_ix)->title);
    okb_span words = blank_in(folded);
    if (words.n == 0 && !okb_title_word_in(def->words, folded, &words))
        return;
    draft d = okb_draft_goal(run, C_KR017, goal_ix);
    d.slots[SLOT_words] = words;
    d.evidence = words;
    okb_draft_emit(run, &d);
}

static bool is_threshold(okb_direction direction)
{
    return direction == OKB_AT_LEAST || direction == OKB_AT_MOST;
}

static bool is_known(okb_origin origin)
{
    return origin == OKB_FROM_COLUMN || origin == OKB_FROM_STATEMENT || origin == OKB_FROM_CHECKIN;
}

static bool has_baseline(const review_run *run, uint32_t goal_ix)
{
    const okb_goal *goal = goal_at(run, goal_ix);
    return (!isnan(goal->baseline) && is_known(goal->baseline_origin)) ||
           is_known(run->plan->results[goal_ix].baseline_origin);
}

static void check_number(review_run *run, uint32_t goal_ix)
{
    const okb_goal *goal = goal_at(run, goal_ix);
    if (goal->kind != OKB_KEY_RESULT || run->plan->verdicts[goal_ix].measurable != OKB_NO)
        return;
    draft d = okb_draft_goal(run, C_KR012, goal_ix);
    d.evidence = OKB_S("no number in the text or the columns");
    if (okb_goal_is_exempt(goal->ambition))
        okb_draft_lower(&d, OKB_INFO);
    okb_draft_emit(run, &d);
}

static void check_baseline(review_run *run, uint32_t goal_ix)
{
    const okb_goal *goal = goal_at(run, goal_ix);
    const okb_verdict *verdict = &run->plan->verdicts[goal_ix];
    bool is_relative = verdict->change != OKB_CHANGE_NONE;
    if ((isnan(goal->target) && !is_relative) || goal->direction == OKB_MILESTONE || is_threshold(goal->direction) ||
        has_baseline(run, goal_ix))
        return;
    draft d = okb_draft_goal(run, C_KR013, goal_ix);
    d.slots[SLOT_to] = isnan(goal->target) ? OKB_S("<target>") : okb_slot_number(run, goal->target);
    d.slots[SLOT_unit] = isnan(goal->target) ? (okb_span){NULL, 0} : goal->unit;
    d.evidence = goal->baseline_origin == OKB_FROM_DEFAULT
                     ? OKB_S("counted from 0")
                     : OKB_S("no starting value in the text, columns or check-ins");
    /* What is made or done is counted from nothing, and rightly so. */
    if (is_output(verdict->class_) || okb_goal_is_exempt(goal->ambition))
        okb_draft_lower(&d, OKB_INFO);
    okb_draft_emit(run, &d);
}

static void check_target(review_run *run, uint32_t goal_ix)
{
    const okb_goal *goal = goal_at(run, goal_ix);
    const okb_verdict *verdict = &run->plan->verdicts[goal_ix];
    if (goal->kind != OKB_KEY_RESULT || !isnan(goal->target) || verdict->change != OKB_CHANGE_NONE ||
        goal->direction == OKB_MILESTONE || verdict->compound == OKB_YES || verdict->measurable == OKB_BINARY ||
        (isnan(goal->baseline) && isnan(goal->current)))
        return;
    draft d = okb_draft_goal(run, C_KR014, goal_ix);
    d.evidence = okb_review_printf(run, "baseline %.*s, current %.*s", OKB_FMT(okb_slot_number(run, goal->baseline)),
                                   OKB_FMT(okb_slot_number(run, goal->current)));
    if (okb_goal_is_exempt(goal->ambition))
        okb_draft_lower(&d, OKB_INFO);
    okb_draft_emit(run, &d);
}

static void check_compound(review_run *run, uint32_t goal_ix)
{
    const okb_verdict *verdict = &run->plan->verdicts[goal_ix];
    if (verdict->compound != OKB_YES)
        return;
    draft d = okb_draft_goal(run, C_KR015, goal_ix);
    d.slots[SLOT_words] = okb_evidence_words(verdict, "compound");
    d.evidence = okb_evidence_rule(verdict, "compound");
    okb_draft_emit(run, &d);
}

/* A number with its percent sign, in the word itself or the next one; NaN. The decimal mark is the one that fits. */
static double percentage(okb_span word, okb_span after)
{
    double value;
    while (word.n && (word.p[0] == '(' || word.p[0] == '~'))
        word = okb_span_sub(word, 1, word.n);
    for (int i = 0; i < 2; i++) {
        size_t used = okb_number_scan(word, ".,"[i], &value);
        bool has_sign = used && used < word.n && word.p[used] == '%';
        bool is_followed =
            used && used == word.n && (okb_span_starts(after, OKB_S("%")) || okb_span_starts(after, OKB_S("percent")));
        if (has_sign || is_followed)
            return value;
    }
    return NAN;
}

/* The percentage that a text claims beside its two ends: the one that is neither, next to a word such as `by`. */
static double claimed_percentage(review_run *run, uint32_t goal_ix, double from, double to)
{
    const okb_verdict *verdict = &run->plan->verdicts[goal_ix];
    const definition *def = &run->review->definitions[run->review->at[C_KR016]];
    if (verdict->change == OKB_CHANGE_PERCENT)
        return fabs(verdict->change_by);
    okb_span text = okb_text_fold(&run->scratch, goal_at(run, goal_ix)->title);
    okb_span before = {NULL, 0};
    while (text.n) {
        okb_span word = okb_span_cut(&text, ' ');
        okb_span next = text;
        okb_span after = okb_span_cut(&next, ' ');
        double value = percentage(word, after);
        okb_span ignored;
        if (okb_span_eq(after, OKB_S("%")) || okb_span_starts(after, OKB_S("percent")))
            after = okb_span_cut(&next, ' ');
        if (!isnan(value) && fabs(value - from) > 1e-9 && fabs(value - to) > 1e-9 &&
            (okb_title_word_in(def->words, before, &ignored) || okb_title_word_in(def->words, after, &ignored)))
            return value;
        before = word;
    }
    return NAN;
}

/* "by 40% (from 50 to 20)": what the two ends make, as a share of the first or as points between percentages. */
static void check_percentage(review_run *run, uint32_t goal_ix)
{
    const okb_goal *goal = goal_at(run, goal_ix);
    const okb_verdict *verdict = &run->plan->verdicts[goal_ix];
    double from = !isnan(verdict->baseline)                  ? verdict->baseline
                  : goal->baseline_origin == OKB_FROM_COLUMN ? goal->baseline
                                                             : NAN;
    double to = !isnan(verdict->target) && verdict->change == OKB_CHANGE_NONE ? verdict->target
                : goal->target_origin == OKB_FROM_COLUMN                      ? goal->target
                                                                              : NAN;
    if (isnan(from) || isnan(to) || fabs(from) < 1e-12)
        return;
    double claimed = claimed_percentage(run, goal_ix, from, to);
    double made = fabs(to - from) / fabs(from) * 100;
    if (isnan(claimed) || fabs(made - claimed) <= run->limits->percent_tolerance)
        return;
    bool has_points = okb_span_eq(goal->unit, OKB_S("%")) || okb_span_eq(verdict->unit, OKB_S("%"));
    if (has_points && fabs(fabs(to - from) - claimed) <= run->limits->percent_tolerance)
        return;
    draft d = okb_draft_goal(run, C_KR016, goal_ix);
    d.slots[SLOT_other] = okb_review_printf(run, "%.*s%%", OKB_FMT(okb_slot_number(run, claimed)));
    d.slots[SLOT_from] = okb_slot_number(run, from);
    d.slots[SLOT_to] = okb_slot_number(run, to);
    d.slots[SLOT_count] = okb_slot_number(run, round(made * 10) / 10);
    d.evidence =
        okb_review_printf(run, "says %.*s, makes %.*s%%", OKB_FMT(d.slots[SLOT_other]), OKB_FMT(d.slots[SLOT_count]));
    okb_draft_emit(run, &d);
}

static bool contradicts(okb_direction direction, double baseline, double target)
{
    return (direction == OKB_INCREASE && target < baseline) || (direction == OKB_DECREASE && target > baseline);
}

/* What a verb at either end of the text asks for; the table has those that ask for less with a minus. */
static okb_direction said_direction(review_run *run, okb_span title, okb_span *out)
{
    okb_span words = run->review->definitions[run->review->at[C_KR018]].words;
    okb_span folded = okb_text_fold(&run->scratch, title);
    size_t colon = okb_span_find(folded, OKB_S(": "));
    okb_span head = okb_span_sub(folded, colon == SIZE_MAX ? 0 : colon + 2, folded.n);
    okb_span rest = head;
    okb_span first = okb_span_cut(&rest, ' ');
    okb_span last = first;
    while (rest.n)
        last = okb_span_cut(&rest, ' ');
    while (words.n) {
        okb_span word = okb_span_trim(okb_span_cut(&words, '|'));
        bool is_down = okb_span_starts(word, OKB_S("-"));
        okb_span verb = okb_span_sub(word, is_down, word.n);
        if (!okb_span_eq(first, verb) && !okb_span_eq(last, verb))
            continue;
        *out = verb;
        return is_down ? OKB_DECREASE : OKB_INCREASE;
    }
    return OKB_DIRECTION_NONE;
}

static void check_direction(review_run *run, uint32_t goal_ix)
{
    const okb_goal *goal = goal_at(run, goal_ix);
    okb_span words = {NULL, 0};
    if (isnan(goal->baseline) || isnan(goal->target) || goal->baseline_origin == OKB_FROM_DEFAULT)
        return;
    if (!contradicts(said_direction(run, goal->title, &words), goal->baseline, goal->target)) {
        words = okb_span_of(okb_direction_name(goal->direction));
        if (goal->direction_origin != OKB_FROM_COLUMN || !contradicts(goal->direction, goal->baseline, goal->target))
            return;
    }
    draft d = okb_draft_goal(run, C_KR018, goal_ix);
    d.slots[SLOT_words] = words;
    d.slots[SLOT_from] = okb_slot_number(run, goal->baseline);
    d.slots[SLOT_to] = okb_slot_number(run, goal->target);
    d.evidence = okb_review_printf(run, "%.*s, from %.*s to %.*s", OKB_FMT(words), OKB_FMT(d.slots[SLOT_from]),
                                   OKB_FMT(d.slots[SLOT_to]));
    okb_draft_emit(run, &d);
}

/* 40% beside 0.4, 2M beside 2,000,000: the same figure in another scale is no disagreement. */
static bool differ(double text, double column)
{
    static const double scales[] = {1, 100, 0.01, 1000, 0.001, 1e6, 1e-6};
    if (isnan(text) || isnan(column))
        return false;
    for (size_t i = 0; i < sizeof scales / sizeof *scales; i++)
        if (fabs(text * scales[i] - column) <= 1e-6 * fmax(1, fabs(column)))
            return false;
    return true;
}

static void emit_disagreement(review_run *run, uint32_t goal_ix, const char *field, okb_span text, okb_span column)
{
    draft d = okb_draft_goal(run, C_KR019, goal_ix);
    d.slots[SLOT_field] = okb_span_of(field);
    d.slots[SLOT_from] = text;
    d.slots[SLOT_to] = column;
    d.evidence = okb_review_printf(run, "%s: text %.*s, column %.*s", field, OKB_FMT(text), OKB_FMT(column));
    okb_draft_emit(run, &d);
}

static void check_columns(review_run *run, uint32_t goal_ix)
{
    const okb_goal *goal = goal_at(run, goal_ix);
    const okb_verdict *verdict = &run->plan->verdicts[goal_ix];
    bool is_level = verdict->change == OKB_CHANGE_NONE; /* else the words give a change, not an end */
    if (goal->target_origin == OKB_FROM_COLUMN && is_level && differ(verdict->target, goal->target))
        emit_disagreement(run, goal_ix, "target", okb_slot_number(run, verdict->target),
                          okb_slot_number(run, goal->target));
    else if (goal->baseline_origin == OKB_FROM_COLUMN && differ(verdict->baseline, goal->baseline))
        emit_disagreement(run, goal_ix, "baseline", okb_slot_number(run, verdict->baseline),
                          okb_slot_number(run, goal->baseline));
    else if (goal->due_origin == OKB_FROM_COLUMN && goal->due != OKB_DAY_NONE && verdict->deadline != OKB_DAY_NONE &&
             verdict->deadline != goal->due)
        emit_disagreement(run, goal_ix, "due date", okb_slot_day(run, verdict->deadline), okb_slot_day(run, goal->due));
}

static void check_jargon(review_run *run, uint32_t goal_ix)
{
    okb_span word;
    const definition *def = &run->review->definitions[run->review->at[C_KR020]];
    if (!okb_title_word_in(def->words, okb_text_fold(&run->scratch, goal_at(run, goal_ix)->title), &word))
        return;
    draft d = okb_draft_goal(run, C_KR020, goal_ix);
    d.slots[SLOT_words] = word;
    d.evidence = word;
    okb_draft_emit(run, &d);
}

static void count_classes(review_run *run)
{
    run->outputs_below = OKB_NEW_N(&run->scratch, uint32_t, run->plan->n_goals);
    run->outcomes_below = OKB_NEW_N(&run->scratch, uint32_t, run->plan->n_goals);
    for (uint32_t i = 0; i < run->plan->n_goals; i++) {
        const okb_goal *goal = goal_at(run, i);
        if (goal->kind != OKB_KEY_RESULT || goal->parent_ix == OKB_NONE || !okb_goal_is_alive(run->plan, i))
            continue;
        run->outputs_below[goal->parent_ix] += is_output(run->plan->verdicts[i].class_);
        run->outcomes_below[goal->parent_ix] += run->plan->verdicts[i].class_ == OKB_OUTCOME;
    }
}

void okb_review_wording(review_run *run)
{
    count_classes(run);
    for (uint32_t i = 0; i < run->plan->n_goals; i++) {
        okb_kind kind = goal_at(run, i)->kind;
        if (!okb_goal_is_reviewed(run, i) || (!okb_goal_is_part(kind) && kind != OKB_OBJECTIVE))
            continue;
        check_vague(run, i);
        check_jargon(run, i);
        if (!okb_goal_is_part(kind))
            continue;
        check_output(run, i);
        check_number(run, i);
        check_placeholder(run, i);
        check_baseline(run, i);
        check_target(run, i);
        check_compound(run, i);
        check_percentage(run, i);
        check_direction(run, i);
        check_columns(run, i);
        okb_review_letters(run, i);
    }
}
