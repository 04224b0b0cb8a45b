/* The progress of one goal: what its check-ins and its row say, and raw and score out of that. SPEC section 5. */
#include "internal.h"
#include "okrbook/score.h"

#include <math.h>

/* ---- check-ins ------------------------------------------------------------------------------------------------ */

void okb_series_new(const okb_plan *plan, okb_arena *scratch, okb_series *out)
{
    uint32_t most = 0;
    for (uint32_t i = 0; i < plan->n_goals; i++)
        if (plan->goals[i].n_checkins > most)
            most = plan->goals[i].n_checkins;
    *out = (okb_series){OKB_NEW_N(scratch, okb_day, most), OKB_NEW_N(scratch, double, most), most};
}

void okb_series_fill(const okb_plan *plan, const okb_goal *goal, okb_day as_of, okb_series *series)
{
    series->n = 0;
    for (uint32_t i = 0; i < goal->n_checkins; i++) {
        const okb_checkin *checkin = &plan->checkins[goal->first_checkin + i];
        if (checkin->date > as_of)
            break;
        if (isnan(checkin->value))
            continue;
        if (series->n && series->days[series->n - 1] == checkin->date)
            series->n--;
        series->days[series->n] = checkin->date;
        series->values[series->n++] = checkin->value;
    }
}

double okb_series_early(const okb_series *series, okb_day start, okb_day due, double share)
{
    if (start == OKB_DAY_NONE || due == OKB_DAY_NONE)
        return NAN;
    for (uint32_t i = 0; i < series->n; i++) {
        if (series->days[i] < start)
            continue;
        return series->days[i] - start <= share * (due - start) + OKB_SCORE_EPSILON ? series->values[i] : NAN;
    }
    return NAN;
}

/* The last one and the ones before it, of one number a day. */
typedef struct last_ones {
    double ring[16];
    okb_day day;
    uint32_t n;
} last_ones;

static void tail_add(last_ones *tail, okb_day day, double value)
{
    if (isnan(value))
        return;
    if (tail->n && tail->day == day)
        tail->n--;
    tail->ring[tail->n % 16] = value;
    tail->day = day;
    tail->n++;
}

static double tail_last(const last_ones *tail)
{
    return tail->n ? tail->ring[(tail->n - 1) % 16] : NAN;
}

static double tail_trend(const last_ones *tail, uint32_t most_before)
{
    uint32_t before = tail->n ? tail->n - 1 : 0;
    if (before > most_before)
        before = most_before;
    if (before == 0)
        return NAN;
    double sum = 0;
    for (uint32_t i = 0; i < before; i++)
        sum += tail->ring[(tail->n - 2 - i) % 16];
    return tail_last(tail) - sum / before;
}

double okb_score_state(const okb_plan *plan, const okb_goal *goal, okb_clock clock, const okb_limits *limits,
                       okb_result *result)
{
    *result = (okb_result){.raw = NAN,
                           .score = NAN,
                           .score_missing_zero = NAN,
                           .stated = NAN,
                           .worst = NAN,
                           .baseline = NAN,
                           .target = NAN,
                           .current = NAN,
                           .expected = NAN,
                           .gap = NAN,
                           .forecast_value = NAN,
                           .forecast = NAN,
                           .weekly_rate = NAN,
                           .rate_to_target = NAN,
                           .rate_to_success = NAN,
                           .movement = NAN,
                           .confidence = NAN,
                           .confidence_trend = NAN,
                           .checkin_rate = NAN,
                           .last_checkin = OKB_DAY_NONE,
                           .last_status = goal->status,
                           .last_comment = goal->comment,
                           .last_blocker = goal->blocker,
                           .as_of = clock.as_of};
    double score = NAN, progress = NAN;
    last_ones confidence = {.n = 0};
    for (uint32_t i = 0; i < goal->n_checkins; i++) {
        const okb_checkin *checkin = &plan->checkins[goal->first_checkin + i];
        if (checkin->date > clock.as_of)
            break;
        result->n_checkins++;
        result->last_checkin = checkin->date;
        if (!isnan(checkin->score))
            score = checkin->score;
        if (!isnan(checkin->progress))
            progress = checkin->progress;
        if (checkin->status != OKB_STATUS_NONE)
            result->last_status = checkin->status;
        if (checkin->comment.n)
            result->last_comment = checkin->comment;
        if (checkin->blocker.n)
            result->last_blocker = checkin->blocker;
        tail_add(&confidence, checkin->date, checkin->confidence);
    }
    if (isnan(score))
        score = goal->score;
    if (isnan(progress))
        progress = goal->progress;
    result->stated = isnan(score) ? progress : score;
    result->confidence = confidence.n ? tail_last(&confidence) : goal->confidence;
    result->confidence_trend = tail_trend(&confidence, limits->confidence_before);
    return progress;
}

/* ---- the formulas ---------------------------------------------------------------------------------------------- */

static bool meets(double value, double target, bool is_at_least, bool is_inclusive)
{
    if (is_at_least)
        return is_inclusive ? value >= target : value > target;
    return is_inclusive ? value <= target : value < target;
}

static double raw_of(double baseline, double target, double value, okb_direction direction, bool is_inclusive)
{
    if (isnan(target) || isnan(value))
        return NAN;
    double raw = NAN;
    switch (direction) {
    case OKB_AT_LEAST:
    case OKB_AT_MOST:
        return meets(value, target, direction == OKB_AT_LEAST, is_inclusive) ? 1 : 0;
    case OKB_MILESTONE:
        return NAN;
    case OKB_DIRECTION_NONE:
    case OKB_INCREASE:
    case OKB_DECREASE:
        if (isnan(baseline))
            return NAN;
        if (baseline == target)
            return meets(value, target, direction != OKB_DECREASE, true) ? 1 : 0;
        raw = (value - baseline) / (target - baseline);
        return isfinite(raw) ? raw : NAN;
    }
    return NAN;
}

double okb_score_raw(double baseline, double target, double current, okb_direction direction)
{
    return raw_of(baseline, target, current, direction, true);
}

double okb_score_clip(double value)
{
    if (isnan(value))
        return NAN;
    return value <= 0 ? 0 : value >= 1 ? 1 : value; /* <= so that -0.0 is 0 */
}

double okb_score_raw_at(const okb_goal *goal, double baseline, double target, double value, const okb_limits *limits)
{
    return raw_of(baseline, target, value, goal->direction, limits->is_threshold_inclusive);
}

/* A threshold over all days with a value: the share of days that met it, or whether all did. */
static double threshold_over_days(const okb_goal *goal, const okb_series *series, const okb_limits *limits)
{
    uint32_t met = 0;
    for (uint32_t i = 0; i < series->n; i++)
        met += meets(series->values[i], goal->target, goal->direction == OKB_AT_LEAST, limits->is_threshold_inclusive);
    if (limits->threshold_mode == OKB_THRESHOLD_WORST)
        return met == series->n ? 1 : 0;
    return (double)met / series->n;
}

static bool is_done(const okb_goal *goal, const okb_result *result)
{
    return goal->status == OKB_DONE || result->last_status == OKB_DONE ||
           (!isnan(goal->target) && !isnan(result->current) && result->current >= goal->target);
}

static void score_milestone(const okb_goal *goal, double progress, okb_result *result)
{
    if (is_done(goal, result)) {
        result->raw = 1;
        return;
    }
    double stated = isnan(progress) ? result->stated : progress;
    result->is_stated = !isnan(stated);
    result->raw = result->is_stated ? stated : 0;
}

static double raw_by_metric(const okb_goal *goal, const okb_series *series, const okb_limits *limits,
                            const okb_result *result)
{
    bool is_threshold = goal->direction == OKB_AT_LEAST || goal->direction == OKB_AT_MOST;
    if (is_threshold && limits->threshold_mode != OKB_THRESHOLD_LAST && series->n && !isnan(goal->target))
        return threshold_over_days(goal, series, limits);
    return okb_score_raw_at(goal, result->baseline, result->target, result->current, limits);
}

void okb_score_progress(const okb_goal *goal, const okb_series *series, double stated_progress,
                        const okb_limits *limits, okb_result *result)
{
    result->current = series->n ? series->values[series->n - 1] : goal->current;
    result->target = goal->target;
    result->baseline = goal->baseline;
    result->baseline_origin = isnan(goal->baseline)                       ? OKB_FROM_NOWHERE
                              : goal->baseline_origin == OKB_FROM_NOWHERE ? OKB_FROM_COLUMN
                                                                          : goal->baseline_origin;
    if (isnan(result->baseline)) {
        result->baseline = okb_series_early(series, goal->start, goal->due, limits->baseline_share);
        if (!isnan(result->baseline))
            result->baseline_origin = OKB_FROM_CHECKIN;
        else if (goal->direction == OKB_INCREASE && !isnan(goal->target)) {
            result->baseline = 0;
            result->baseline_origin = OKB_FROM_DEFAULT;
        }
    }
    result->is_left_out = goal->ambition == OKB_LEARNING || goal->ambition == OKB_DIRECTIONAL || goal->weight == 0 ||
                          okb_score_is_outside(goal, result, limits);
    if (goal->ambition == OKB_LEARNING || goal->ambition == OKB_DIRECTIONAL)
        return;
    if (goal->direction == OKB_MILESTONE)
        score_milestone(goal, stated_progress, result);
    else {
        result->raw = raw_by_metric(goal, series, limits, result);
        if (isnan(result->raw)) {
            result->raw = result->stated;
            result->is_stated = !isnan(result->stated);
        }
    }
    result->score = okb_score_clip(result->raw);
    if (!okb_score_is_outside(goal, result, limits))
        result->score_missing_zero = isnan(result->score) ? 0 : result->score;
}

bool okb_score_is_outside(const okb_goal *goal, const okb_result *result, const okb_limits *limits)
{
    if (goal->kind != OKB_OBJECTIVE && (goal->ambition == OKB_LEARNING || goal->ambition == OKB_DIRECTIONAL))
        return true;
    if (limits->counts_cancelled)
        return false;
    return result->last_status == OKB_CANCELLED || result->last_status == OKB_POSTPONED;
}
