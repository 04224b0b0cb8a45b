/*
 * Completes goals before scoring: what the columns leave open comes from the statement's verdict, then from the goal's place, its
 * cycle and the defaults. Columns win. Each value keeps its origin.
 */
#include "internal.h"
#include "okrbook/score.h"

#include <math.h>

/* ---- kind, level, ambition -------------------------------------------------------------------------------------- */

static void resolve_kinds(okb_plan *plan, okb_arena *scratch)
{
    bool *has_children = OKB_NEW_N(scratch, bool, plan->n_goals);
    for (uint32_t i = 0; i < plan->n_goals; i++)
        for (uint32_t k = 0; k < plan->goals[i].n_links; k++) {
            uint32_t parent = plan->goals[i].links[k].goal_ix;
            if (parent < plan->n_goals && parent != i)
                has_children[parent] = true;
        }
    for (uint32_t i = 0; i < plan->n_goals; i++)
        if (plan->goals[i].kind == OKB_KIND_NONE && has_children[i])
            plan->goals[i].kind = OKB_OBJECTIVE;
    for (uint32_t i = 0; i < plan->n_goals; i++) {
        okb_goal *goal = &plan->goals[i];
        if (goal->kind != OKB_KIND_NONE)
            continue;
        for (uint32_t k = 0; k < goal->n_links && goal->kind == OKB_KIND_NONE; k++) {
            uint32_t parent = goal->links[k].goal_ix;
            if (parent < plan->n_goals && parent != i && plan->goals[parent].kind == OKB_OBJECTIVE)
                goal->kind = OKB_KEY_RESULT;
        }
        if (goal->kind == OKB_KIND_NONE && plan->verdicts)
            goal->kind = plan->verdicts[i].kind_read;
        if (goal->kind == OKB_KIND_NONE)
            goal->kind = OKB_GOAL;
    }
}

static okb_ambition default_ambition(okb_kind kind)
{
    return kind == OKB_OBJECTIVE || kind == OKB_KEY_RESULT ? OKB_STRETCH : OKB_COMMITTED;
}

/* ---- dates ------------------------------------------------------------------------------------------------------ */

static void resolve_dates(okb_goal *goal, const okb_verdict *verdict, const okb_cycle *cycle, double early_share)
{
    if (goal->start != OKB_DAY_NONE && goal->start_origin == OKB_FROM_NOWHERE)
        goal->start_origin = OKB_FROM_COLUMN;
    if (goal->due != OKB_DAY_NONE && goal->due_origin == OKB_FROM_NOWHERE)
        goal->due_origin = OKB_FROM_COLUMN;
    if (goal->start == OKB_DAY_NONE && cycle->start != OKB_DAY_NONE) {
        goal->start = cycle->start;
        goal->start_origin = OKB_FROM_CYCLE;
    }
    if (goal->due != OKB_DAY_NONE)
        return;
    /* A deadline before the start is a mistake for a finding, not a period to measure by; an objective's words paint a picture
     * ("vans that start in January"), and it ends with its cycle. */
    bool is_usable = verdict && goal->kind != OKB_OBJECTIVE && verdict->deadline != OKB_DAY_NONE &&
                     (goal->start == OKB_DAY_NONE || verdict->deadline >= goal->start);
    /* Beside a metric of its own, a day so soon after the start is each case's limit ("repairs back within 5 days"). */
    if (is_usable && !isnan(goal->target) && cycle->due != OKB_DAY_NONE && goal->start != OKB_DAY_NONE &&
        verdict->deadline - goal->start < early_share * (cycle->due - goal->start))
        is_usable = false;
    if (is_usable) {
        goal->due = verdict->deadline;
        goal->due_origin = OKB_FROM_STATEMENT;
    } else if (cycle->due != OKB_DAY_NONE) {
        goal->due = cycle->due;
        goal->due_origin = OKB_FROM_CYCLE;
    }
}

/* ---- numbers ---------------------------------------------------------------------------------------------------- */

static double changed_level(double baseline, okb_change change, double by)
{
    switch (change) {
    case OKB_CHANGE_PERCENT:
        return baseline * (1 + by / 100);
    case OKB_CHANGE_POINTS:
        return baseline + by;
    case OKB_CHANGE_FACTOR:
        return baseline * by;
    case OKB_CHANGE_NONE:
        break;
    }
    return NAN;
}

static void resolve_numbers(okb_goal *goal, const okb_verdict *verdict, double early)
{
    if (!isnan(goal->baseline) && goal->baseline_origin == OKB_FROM_NOWHERE)
        goal->baseline_origin = OKB_FROM_COLUMN;
    if (!isnan(goal->target) && goal->target_origin == OKB_FROM_NOWHERE)
        goal->target_origin = OKB_FROM_COLUMN;
    if (!isnan(goal->current) && goal->current_origin == OKB_FROM_NOWHERE)
        goal->current_origin = OKB_FROM_COLUMN;
    if (goal->unit.n && goal->unit_origin == OKB_FROM_NOWHERE)
        goal->unit_origin = OKB_FROM_COLUMN;
    if (!verdict)
        return;
    if (isnan(goal->baseline) && !isnan(verdict->baseline)) {
        goal->baseline = verdict->baseline;
        goal->baseline_origin = OKB_FROM_STATEMENT;
    }
    if (isnan(goal->target)) {
        double target = verdict->target;
        if (verdict->change != OKB_CHANGE_NONE)
            target = changed_level(isnan(goal->baseline) ? early : goal->baseline, verdict->change, verdict->change_by);
        if (!isnan(target)) {
            goal->target = target;
            goal->target_origin = OKB_FROM_STATEMENT;
        }
    }
    if (goal->unit.n == 0 && verdict->unit.n) {
        goal->unit = verdict->unit;
        goal->unit_origin = OKB_FROM_STATEMENT;
    }
}

/* Without a target, a statement that names a deliverable is a milestone once the row says how far it is. */
static bool is_stated_milestone(const okb_plan *plan, const okb_goal *goal, const okb_verdict *verdict)
{
    if (goal->kind == OKB_OBJECTIVE || !isnan(goal->target))
        return false;
    if (goal->has_metric == OKB_BINARY)
        return true;
    if (verdict->direction != OKB_MILESTONE)
        return false;
    bool is_done = goal->status == OKB_DONE;
    for (uint32_t i = 0; i < goal->n_checkins; i++)
        is_done |= plan->checkins[goal->first_checkin + i].status == OKB_DONE;
    return is_done || !isnan(goal->progress);
}

static void resolve_direction(const okb_plan *plan, okb_goal *goal, const okb_verdict *verdict, double early)
{
    if (goal->direction != OKB_DIRECTION_NONE) {
        if (goal->direction_origin == OKB_FROM_NOWHERE)
            goal->direction_origin = OKB_FROM_COLUMN;
        return;
    }
    double baseline = isnan(goal->baseline) ? early : goal->baseline;
    bool moves = !isnan(baseline) && !isnan(goal->target) && (baseline < goal->target || baseline > goal->target);
    okb_direction direction = OKB_DIRECTION_NONE;
    if (verdict)
        direction = verdict->direction;
    if (verdict && is_stated_milestone(plan, goal, verdict)) {
        goal->direction = OKB_MILESTONE;
        goal->direction_origin = goal->has_metric == OKB_BINARY ? OKB_FROM_COLUMN : OKB_FROM_STATEMENT;
        return;
    }
    /* "at least 50" with a start of 30 is a way to go, not a line to hold. */
    bool is_threshold = direction == OKB_AT_LEAST || direction == OKB_AT_MOST;
    if (direction == OKB_MILESTONE || (is_threshold && !isnan(goal->baseline) && moves))
        direction = OKB_DIRECTION_NONE;
    if (direction != OKB_DIRECTION_NONE) {
        goal->direction = direction;
        goal->direction_origin = OKB_FROM_STATEMENT;
        return;
    }
    if (isnan(goal->target) || (!moves && goal->target <= 0))
        return;
    goal->direction = moves && goal->target < baseline ? OKB_DECREASE : OKB_INCREASE;
    goal->direction_origin = OKB_FROM_DEFAULT;
}

okb_code okb_score_resolve(okb_plan *plan, const okb_settings *settings, okb_arena *keep, okb_err *err)
{
    (void)keep;
    okb_limits limits;
    okb_code code = okb_limits_read(settings, &limits, err);
    if (code != OKB_OK)
        return code;
    okb_arena scratch;
    okb_arena_init(&scratch, 0);
    okb_series series;
    okb_series_new(plan, &scratch, &series);
    resolve_kinds(plan, &scratch);
    for (uint32_t i = 0; i < plan->n_goals; i++) {
        okb_goal *goal = &plan->goals[i];
        const okb_verdict *verdict = plan->verdicts ? &plan->verdicts[i] : NULL;
        if (goal->level == OKB_LEVEL_NONE)
            goal->level = plan->teams[goal->team_ix].is_company ? OKB_COMPANY : OKB_TEAM;
        if (goal->ambition == OKB_AMBITION_NONE)
            goal->ambition = default_ambition(goal->kind);
        resolve_dates(goal, verdict, &plan->cycles[goal->cycle_ix], limits.baseline_share);
        okb_series_fill(plan, goal, okb_clock_of(plan, goal->cycle_ix).as_of, &series);
        double early = okb_series_early(&series, goal->start, goal->due, limits.baseline_share);
        resolve_numbers(goal, verdict, early);
        resolve_direction(plan, goal, verdict, early);
    }
    okb_arena_reset(&scratch);
    return OKB_OK;
}
