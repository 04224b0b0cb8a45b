/* Targets on the way to the target, and the progress that they make expected. Shared by whoever scores, compares or draws. */
#include "okrbook/plan.h"

#include <math.h>

static double clip(double share)
{
    return share < 0 ? 0 : share > 1 ? 1 : share;
}

double okb_goal_elapsed(const okb_goal *goal, okb_day day)
{
    if (goal->start == OKB_DAY_NONE || goal->due == OKB_DAY_NONE)
        return NAN;
    if (goal->due <= goal->start)
        return day < goal->due ? 0 : 1;
    return clip((double)(day - goal->start) / (double)(goal->due - goal->start));
}

static bool has_way(const okb_goal *goal, double baseline)
{
    double lift = goal->target - baseline;
    return goal->n_phases && isfinite(lift) && (lift < 0 || lift > 0) &&
           (goal->direction == OKB_INCREASE || goal->direction == OKB_DECREASE);
}

double okb_goal_expected(const okb_goal *goal, double baseline, okb_day day)
{
    double elapsed = okb_goal_elapsed(goal, day);
    if (!has_way(goal, baseline) || !(elapsed > 0 && elapsed < 1))
        return elapsed;
    okb_day from = goal->start, to = goal->due;
    double low = 0, high = 1;
    for (uint32_t i = 0; i < goal->n_phases; i++) {
        const okb_phase *phase = &goal->phases[i];
        if (phase->day <= goal->start || phase->day >= goal->due)
            continue;
        double share = (phase->target - baseline) / (goal->target - baseline);
        if (phase->day > day) {
            to = phase->day;
            high = share;
            break;
        }
        from = phase->day;
        low = share;
    }
    return clip(low + (high - low) * (double)(day - from) / (double)(to - from));
}

okb_span okb_goal_phases_print(const okb_goal *goal, okb_arena *keep)
{
    okb_buf text = {0};
    okb_buf_add(&text, (okb_span){NULL, 0});
    for (uint32_t i = 0; i < goal->n_phases; i++) {
        char day[11];
        okb_day_print(goal->phases[i].day, day);
        okb_buf_add(&text, i ? OKB_S("; ") : (okb_span){NULL, 0});
        okb_buf_add(&text, okb_span_of(day));
        okb_buf_add(&text, OKB_S(": "));
        okb_buf_add(&text, okb_number_print(keep, goal->phases[i].target));
    }
    okb_span kept = okb_arena_copy(keep, okb_buf_span(&text));
    okb_buf_free(&text);
    return kept;
}
