/* The five letters of a key result or goal, and what a goal that has them all may still lack. SM0S to SM011. */
#include "room.h"

static void emit_letter(review_run *run, uint32_t goal_ix, finding_code code, okb_span words, okb_severity severity)
{
    const okb_goal *goal = goal_at(run, goal_ix);
    draft d = okb_draft_goal(run, code, goal_ix);
    d.slots[SLOT_words] = words;
    d.evidence = words;
    okb_draft_lower(&d, severity);
    if (okb_goal_is_exempt(goal->ambition))
        okb_draft_lower(&d, OKB_INFO);
    okb_draft_emit(run, &d);
}

/* Precise, and for nothing: every letter but the R, and no parent written at all. */
static bool is_busywork(const review_run *run, uint32_t goal_ix)
{
    const okb_goal *goal = goal_at(run, goal_ix);
    const okb_verdict *verdict = &run->plan->verdicts[goal_ix];
    bool is_measurable = verdict->measurable == OKB_YES || verdict->measurable == OKB_BINARY;
    return goal->kind == OKB_GOAL && goal->n_links == 0 && run->has_company_goals && goal->level != OKB_COMPANY &&
           verdict->specific == OKB_YES && is_measurable && verdict->timebound == OKB_YES &&
           verdict->achievable != OKB_NO && !run->limits->is_smart_only;
}

static void check_dates(review_run *run, uint32_t goal_ix)
{
    const okb_goal *goal = goal_at(run, goal_ix);
    if (goal->start == OKB_DAY_NONE || goal->due == OKB_DAY_NONE || goal->due >= goal->start)
        return;
    draft d = okb_draft_goal(run, C_SM011, goal_ix);
    d.slots[SLOT_from] = okb_slot_day(run, goal->start);
    d.slots[SLOT_to] = okb_slot_day(run, goal->due);
    d.evidence = okb_review_printf(run, "start %.*s, due %.*s", OKB_FMT(d.slots[SLOT_from]), OKB_FMT(d.slots[SLOT_to]));
    okb_draft_emit(run, &d);
}

/* What was out of reach is asked while something can be done about it; afterwards the score tells. */
static bool is_over(const review_run *run, uint32_t goal_ix)
{
    const okb_goal *goal = goal_at(run, goal_ix);
    return okb_cycle_is_closed(run->plan, goal->cycle_ix) ||
           (goal->due != OKB_DAY_NONE && goal->due < run->plan->as_of);
}

void okb_review_letters(review_run *run, uint32_t goal_ix)
{
    const okb_span none = {NULL, 0};
    const okb_verdict *verdict = &run->plan->verdicts[goal_ix];
    bool is_goal = goal_at(run, goal_ix)->kind == OKB_GOAL;
    okb_severity severity = is_goal ? OKB_ERROR : run->limits->smart_severity;
    check_dates(run, goal_ix);
    if (is_busywork(run, goal_ix))
        okb_emit_goal(run, C_SM010, goal_ix, OKB_S("S, M and T yes, no parent"));
    if (!is_goal && run->limits->is_smart_off)
        return;
    /* A key result that is vague or has no number is told so by KR011 and KR012. */
    if (verdict->specific == OKB_NO && (is_goal || verdict->vague != OKB_YES))
        emit_letter(run, goal_ix, C_SM0S, none, severity);
    if (verdict->measurable == OKB_NO && is_goal)
        emit_letter(run, goal_ix, C_SM0M, none, severity);
    if (verdict->achievable == OKB_NO && !is_over(run, goal_ix))
        emit_letter(run, goal_ix, C_SM0A, verdict->achievable_reason, severity);
    if (verdict->relevant == OKB_NO && is_goal && !run->limits->is_smart_only)
        emit_letter(run, goal_ix, C_SM0R, none, severity);
    if (verdict->timebound == OKB_NO)
        emit_letter(run, goal_ix, C_SM0T, none, severity);
}
