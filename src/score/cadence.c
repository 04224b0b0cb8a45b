/* The rhythm of check-ins: complete windows, on time and late, and how long a goal has been silent. */
#include "internal.h"
#include "okrbook/score.h"

#include <math.h>

static bool has_cadence(okb_kind kind)
{
    return kind == OKB_KEY_RESULT || kind == OKB_GOAL;
}

/* Windows of `cadence` days from the start whose last day is over, none reaching past the due date. */
static uint32_t complete_windows(okb_day start, okb_day due, okb_day as_of, okb_day cadence)
{
    okb_day last = as_of < due ? as_of : due;
    return last < start ? 0 : (uint32_t)((last - start + 1) / cadence);
}

static void count_windows(const okb_plan *plan, const okb_goal *goal, okb_day as_of, okb_day cadence,
                          const okb_limits *limits, okb_result *result)
{
    result->windows = complete_windows(goal->start, goal->due, as_of, cadence);
    int64_t last_window = -1;
    for (uint32_t i = 0; i < goal->n_checkins; i++) {
        okb_day date = plan->checkins[goal->first_checkin + i].date;
        if (date > as_of)
            break;
        if (date < goal->start)
            continue;
        int64_t window = (date - goal->start) / cadence;
        if (window == last_window)
            continue;
        /* One that comes within the grace days after a window without any is that window's late one. */
        bool is_late = (date - goal->start) % cadence < limits->grace && window > 0 && last_window != window - 1;
        if (is_late && window - 1 < result->windows)
            result->windows_late++;
        if (window < result->windows)
            result->windows_hit++;
        last_window = window;
    }
    if (result->windows)
        result->checkin_rate = (double)result->windows_hit / result->windows;
}

static bool is_finished(const okb_goal *goal, okb_clock clock, const okb_result *result)
{
    return okb_clock_is_over(clock, goal->due) || clock.is_closed || result->score >= 1 ||
           result->last_status == OKB_DONE || result->last_status == OKB_MISSED ||
           result->last_status == OKB_CANCELLED || result->last_status == OKB_POSTPONED;
}

void okb_score_cadence(const okb_plan *plan, const okb_goal *goal, okb_clock clock, const okb_limits *limits,
                       okb_result *result)
{
    okb_day since = result->last_checkin != OKB_DAY_NONE ? result->last_checkin : goal->start;
    if (since != OKB_DAY_NONE && since < clock.as_of)
        result->days_silent = (uint32_t)(clock.as_of - since);
    if (!has_cadence(goal->kind))
        return;
    bool is_okr = goal->kind == OKB_KEY_RESULT;
    okb_day cadence = is_okr ? limits->cadence_okr : limits->cadence_smart;
    if (goal->start != OKB_DAY_NONE && goal->due != OKB_DAY_NONE)
        count_windows(plan, goal, clock.as_of, cadence, limits, result);
    if (is_finished(goal, clock, result))
        return;
    result->is_overdue = result->days_silent > (uint32_t)(cadence + limits->grace);
    result->is_stalled = result->days_silent > (uint32_t)(is_okr ? limits->stalled_okr : limits->stalled_smart);
}
