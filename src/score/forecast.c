/*
 * Where a metric will stand on its due date, and how fast it would have to move. Theil-Sen: the median of the slopes between
 * all pairs of days, which one wild value cannot bend (Theil 1950, Sen 1968).
 */
#include "internal.h"
#include "okrbook/score.h"

#include <math.h>

void okb_slopes_new(uint32_t most_days, const okb_limits *limits, okb_arena *scratch, okb_slopes *out)
{
    size_t n = most_days < limits->forecast_max_days ? most_days : limits->forecast_max_days;
    out->items = OKB_NEW_N(scratch, double, n > 1 ? n * (n - 1) / 2 : 0);
}

static void swap(double *a, double *b)
{
    double held = *a;
    *a = *b;
    *b = held;
}

/* Puts the k-th smallest where it would stand if items were sorted, smaller ones before it. Linear on average. */
static double select_nth(double *items, size_t n, size_t k)
{
    size_t low = 0, high = n - 1;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (items[mid] < items[low])
            swap(&items[mid], &items[low]);
        if (items[high] < items[low])
            swap(&items[high], &items[low]);
        if (items[high] < items[mid])
            swap(&items[high], &items[mid]);
        double pivot = items[mid];
        size_t i = low, j = high;
        while (i <= j) {
            while (items[i] < pivot)
                i++;
            while (pivot < items[j])
                j--;
            if (i > j)
                break;
            swap(&items[i], &items[j]);
            i++;
            if (j == 0)
                break;
            j--;
        }
        if (k <= j)
            high = j;
        else if (k >= i)
            low = i;
        else
            break;
    }
    return items[k];
}

static double median(double *items, size_t n)
{
    double upper = select_nth(items, n, n / 2);
    if (n % 2)
        return upper;
    double lower = items[0];
    for (size_t i = 1; i < n / 2; i++)
        if (items[i] > lower)
            lower = items[i];
    return lower + (upper - lower) / 2;
}

double okb_theil_sen(const okb_series *series, uint32_t max_days, okb_slopes *slopes)
{
    uint32_t first = series->n > max_days ? series->n - max_days : 0;
    size_t n = 0;
    for (uint32_t i = first; i < series->n; i++)
        for (uint32_t j = i + 1; j < series->n; j++)
            slopes->items[n++] = (series->values[j] - series->values[i]) / (series->days[j] - series->days[i]);
    return n ? median(slopes->items, n) : NAN;
}

/* Units a day, or NaN where neither check-ins nor the time gone by say it. */
static double slope_of(const okb_goal *goal, const okb_series *series, okb_day as_of, const okb_limits *limits,
                       okb_slopes *slopes, const okb_result *result)
{
    if (series->n >= limits->forecast_min_days)
        return okb_theil_sen(series, limits->forecast_max_days, slopes);
    if (goal->start == OKB_DAY_NONE || as_of <= goal->start)
        return NAN;
    return (result->current - result->baseline) / (as_of - goal->start);
}

static double per_week(double goal_value, double current, okb_day days_left, double sign)
{
    double missing = goal_value - current;
    if (isnan(missing) || days_left <= 0)
        return NAN;
    return missing * sign <= 0 ? 0 : missing / days_left * 7;
}

static void measure_movement(const okb_series *series, okb_day as_of, const okb_limits *limits, okb_result *result)
{
    bool is_flat = series->n >= limits->flat_days;
    for (uint32_t i = 0; i < series->n; i++) {
        if (series->days[i] <= as_of - limits->movement_days)
            result->movement = series->values[series->n - 1] - series->values[i];
        if (series->values[i] != series->values[0])
            is_flat = false;
    }
    result->is_flat = is_flat;
}

void okb_score_forecast(const okb_goal *goal, const okb_series *series, okb_clock clock, const okb_limits *limits,
                        okb_slopes *slopes, okb_result *result)
{
    measure_movement(series, clock.as_of, limits, result);
    bool is_metric =
        goal->kind != OKB_OBJECTIVE && goal->direction != OKB_MILESTONE && !result->is_stated && !isnan(result->score);
    if (!is_metric || goal->due == OKB_DAY_NONE)
        return;
    double slope = slope_of(goal, series, clock.as_of, limits, slopes, result);
    result->weekly_rate = slope * 7;
    if (okb_clock_is_over(clock, goal->due)) {
        result->forecast_value = result->current;
        result->forecast = result->score;
        return;
    }
    okb_day days_left = goal->due - clock.as_of;
    result->forecast_value = result->current + slope * days_left;
    result->forecast =
        okb_score_clip(okb_score_raw_at(goal, result->baseline, result->target, result->forecast_value, limits));
    if (goal->direction == OKB_AT_LEAST || goal->direction == OKB_AT_MOST)
        return;
    double sign = goal->direction == OKB_DECREASE || result->target < result->baseline ? -1 : 1;
    double share = goal->ambition == OKB_STRETCH ? limits->green_min : limits->committed_min;
    result->rate_to_target = per_week(result->target, result->current, days_left, sign);
    result->rate_to_success =
        per_week(result->baseline + share * (result->target - result->baseline), result->current, days_left, sign);
}
