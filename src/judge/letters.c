/*
 * Achievable and relevant: told from data, never from words. Each answer says what it rests on; without evidence it is unknown, and
 * says what is missing. Thresholds are the settings achievable.*.
 */
#include <math.h>

#include "room.h"

typedef struct opinion {
    okb_answer answer;
    okb_span reason;
} opinion;

void okb_letters_read_settings(letters_limits *limits, const okb_settings *settings)
{
    limits->headroom_max = okb_setting_number(settings, "achievable.headroom_max");
    limits->lift_max = okb_setting_number(settings, "achievable.lift_max");
    limits->pace_max = okb_setting_number(settings, "achievable.pace_max");
    limits->history_min = okb_setting_number(settings, "achievable.history_min");
    limits->elapsed_min = okb_setting_number(settings, "achievable.elapsed_min");
    limits->days_min = okb_setting_number(settings, "achievable.days_min");
    limits->history_cycles = okb_setting_number(settings, "achievable.history_cycles");
}

/* The end of a metric's scale in the direction of the target: 100 or 0 for percent, what a rule of the family `scale` says for
 * others; NaN where the scale is open. */
static double scale_end(const okb_judge *judge, const okb_goal *goal, const okb_result *result)
{
    bool is_up = result->target > result->baseline;
    if (okb_span_find(goal->unit, OKB_S("%")) != SIZE_MAX)
        return is_up ? 100 : 0;
    for (uint32_t ix = 0; ix < judge->n_scales; ix++) {
        const rule *r = &judge->rules[judge->scales[ix]];
        match m;
        if (r->re && okb_regex_find(judge->engine, r->re, goal->title, 0, &m) == FOUND_HIT)
            return is_up ? r->shown.weight : 0;
    }
    return NAN;
}

/* Needed against observed pace, once enough of the period has gone by. */
static opinion by_pace(const letters_limits *limits, const okb_goal *goal, const okb_result *result, okb_arena *keep)
{
    double days_left = (double)(goal->due - result->as_of), length = (double)(goal->due - goal->start);
    double elapsed = length > 0 ? 1 - days_left / length : 1;
    if (!isfinite(result->weekly_rate) || !isfinite(result->current) || elapsed < limits->elapsed_min || days_left <= 0)
        return (opinion){0};
    double needed = (result->target - result->current) / days_left * 7, observed = result->weekly_rate;
    if (needed == 0)
        return (opinion){0};
    if (observed * needed <= 0)
        return (opinion){OKB_NO, okb_arena_printf(keep, "moves %.3g a week, needs %.3g", observed, needed)};
    double times = needed / observed;
    okb_span reason = okb_arena_printf(keep, "moves %.3g a week, needs %.3g", observed, needed);
    return (opinion){times > limits->pace_max ? OKB_NO : OKB_YES, reason};
}

/* How far the target goes: into the headroom of a bounded scale, or in times of the starting value. */
static opinion by_lift(const okb_judge *judge, const okb_goal *goal, const okb_result *result, okb_arena *keep)
{
    const letters_limits *limits = &judge->letters;
    if (!isfinite(result->baseline) || !isfinite(result->target) || result->baseline == result->target ||
        goal->baseline_origin == OKB_FROM_DEFAULT)
        return (opinion){0};
    double end = scale_end(judge, goal, result);
    if (isfinite(end)) {
        double room = end - result->baseline, share = (result->target - result->baseline) / room;
        /* Everything or nothing is a matter of completeness, which the headroom says nothing of. */
        if (room == 0 || share == 1)
            return (opinion){0};
        if (share > 1 || share < 0)
            return (opinion){OKB_NO, okb_arena_printf(keep, "target %.6g is outside the scale, which ends at %.6g",
                                                      result->target, end)};
        okb_span reason = okb_arena_printf(keep, "asks for %.0f%% of the headroom between %.6g and %.6g", share * 100,
                                           result->baseline, end);
        return (opinion){share > limits->headroom_max ? OKB_NO : OKB_YES, reason};
    }
    if (result->baseline <= 0 || result->target <= 0)
        return (opinion){0};
    double times =
        result->target > result->baseline ? result->target / result->baseline : result->baseline / result->target;
    if (times <= limits->lift_max)
        return (opinion){0};
    return (opinion){
        OKB_NO, okb_arena_printf(keep, "from %.6g to %.6g is %.1f times", result->baseline, result->target, times)};
}

static opinion by_history(const okb_judge *judge, const okb_plan *plan, const okb_goal *goal, okb_arena *keep)
{
    double sum = 0;
    int n = 0, left = (int)judge->letters.history_cycles;
    uint32_t cycle_ix = plan->cycles[goal->cycle_ix].previous_ix;
    for (; cycle_ix != OKB_NONE && left > 0; cycle_ix = plan->cycles[cycle_ix].previous_ix, left--) {
        const okb_team_result *past = okb_plan_team_result(plan, goal->team_ix, cycle_ix);
        if (past && isfinite(past->score)) {
            sum += past->score;
            n++;
        }
    }
    if (n == 0)
        return (opinion){0};
    double mean = sum / n;
    okb_span reason =
        okb_arena_printf(keep, "the team scored %.2f on average in %d earlier cycle%s", mean, n, n == 1 ? "" : "s");
    return (opinion){mean < judge->letters.history_min ? OKB_NO : OKB_YES, reason};
}

static opinion achievable(const okb_judge *judge, const okb_plan *plan, uint32_t ix, okb_arena *keep)
{
    const okb_goal *goal = &plan->goals[ix];
    const okb_result *result = &plan->results[ix];
    if (goal->kind != OKB_KEY_RESULT && goal->kind != OKB_GOAL)
        return (opinion){OKB_UNKNOWN, OKB_S("asked of key results and goals only")};
    if (result->met == OKB_MET_YES)
        return (opinion){OKB_YES, OKB_S("reached")};
    if (goal->start != OKB_DAY_NONE && goal->due != OKB_DAY_NONE && goal->due < goal->start)
        return (opinion){OKB_NO, OKB_S("due before it starts")};
    if (goal->due != OKB_DAY_NONE && result->as_of != OKB_DAY_NONE && result->as_of > goal->due)
        return isfinite(result->score) ? (opinion){OKB_NO, okb_arena_printf(keep, "not reached by the due date: %.0f%%",
                                                                            result->score * 100)}
                                       : (opinion){OKB_UNKNOWN, OKB_S("the due date is over and there is no score")};
    bool has_days = goal->start != OKB_DAY_NONE && goal->due != OKB_DAY_NONE && result->as_of != OKB_DAY_NONE;
    opinion pace = has_days ? by_pace(&judge->letters, goal, result, keep) : (opinion){0};
    if (pace.answer != OKB_UNKNOWN)
        return pace;
    if (has_days && goal->due - result->as_of < judge->letters.days_min && isfinite(result->gap) && result->gap > 0.5)
        return (opinion){OKB_NO, okb_arena_printf(keep, "%d days left at %.0f%%", (int)(goal->due - result->as_of),
                                                  result->score * 100)};
    opinion lift = by_lift(judge, goal, result, keep);
    if (lift.answer == OKB_NO)
        return lift;
    opinion history = by_history(judge, plan, goal, keep);
    if (history.answer == OKB_NO || lift.answer == OKB_UNKNOWN)
        return history.answer != OKB_UNKNOWN
                   ? history
                   : (opinion){OKB_UNKNOWN, OKB_S("no check-ins, no starting value and no earlier cycles to tell by")};
    return lift;
}

static opinion relevant(const okb_plan *plan, uint32_t ix, bool has_company)
{
    const okb_goal *goal = &plan->goals[ix];
    if (!has_company)
        return (opinion){OKB_UNKNOWN, OKB_S("there are no company goals in the input")};
    if (goal->level == OKB_COMPANY)
        return (opinion){OKB_YES, OKB_S("a goal of the company itself")};
    if (plan->results[ix].is_linked)
        return (opinion){OKB_YES, OKB_S("a path of parents reaches a company objective")};
    if (goal->is_in_circle)
        return (opinion){OKB_NO, OKB_S("its parents form a circle")};
    return (opinion){OKB_NO,
                     goal->n_links ? OKB_S("its parents reach no company objective") : OKB_S("it has no parent")};
}

okb_code okb_judge_letters(okb_judge *judge, okb_plan *plan, okb_arena *keep, okb_err *err)
{
    (void)err;
    bool has_company = false;
    for (uint32_t ix = 0; ix < plan->n_goals && !has_company; ix++)
        has_company = plan->goals[ix].level == OKB_COMPANY;
    for (uint32_t ix = 0; ix < plan->n_goals; ix++) {
        okb_verdict *verdict = &plan->verdicts[ix];
        opinion a = achievable(judge, plan, ix, keep), r = relevant(plan, ix, has_company);
        verdict->achievable = a.answer;
        verdict->achievable_reason = a.reason;
        verdict->relevant = r.answer;
        verdict->relevant_reason = r.reason;
    }
    return OKB_OK;
}
