/* The scoring stage in order: settings, every goal on its own, objectives, teams, and the whole. */
#include "okrbook/score.h"
#include "internal.h"

#include <math.h>

static okb_day days_of(const okb_settings *settings, const char *name)
{
    return (okb_day)okb_setting_number(settings, name);
}

static uint32_t count_of(const okb_settings *settings, const char *name)
{
    return (uint32_t)okb_setting_number(settings, name);
}

okb_code okb_limits_read(const okb_settings *settings, okb_limits *out, okb_err *err)
{
    *out = (okb_limits){
        .red_max = okb_setting_number(settings, "band.red"),
        .green_min = okb_setting_number(settings, "band.green"),
        .committed_min = okb_setting_number(settings, "success.committed"),
        .gap_on_track = okb_setting_number(settings, "pace.on_track"),
        .gap_at_risk = okb_setting_number(settings, "pace.at_risk"),
        .early_share = okb_setting_number(settings, "pace.too_early"),
        .baseline_share = okb_setting_number(settings, "baseline.early"),
        .threshold_mode = okb_setting_is(settings, "threshold.mode", "share")   ? OKB_THRESHOLD_SHARE
                          : okb_setting_is(settings, "threshold.mode", "worst") ? OKB_THRESHOLD_WORST
                                                                                : OKB_THRESHOLD_LAST,
        .is_threshold_inclusive = okb_setting_is(settings, "threshold.inclusive", "yes"),
        .missing = okb_setting_is(settings, "missing", "zero")    ? OKB_MISSING_ZERO
                   : okb_setting_is(settings, "missing", "block") ? OKB_MISSING_BLOCK
                                                                  : OKB_MISSING_EXCLUDE,
        .counts_cancelled = okb_setting_is(settings, "rollup.cancelled", "count"),
        .cadence_okr = days_of(settings, "cadence.okr"),
        .cadence_smart = days_of(settings, "cadence.smart"),
        .grace = days_of(settings, "cadence.grace"),
        .stalled_okr = days_of(settings, "cadence.stalled_okr"),
        .stalled_smart = days_of(settings, "cadence.stalled_smart"),
        .forecast_min_days = count_of(settings, "forecast.min_days"),
        .forecast_max_days = count_of(settings, "forecast.max_days"),
        .flat_days = count_of(settings, "movement.flat_days"),
        .confidence_before = count_of(settings, "confidence.before"),
        .movement_days = days_of(settings, "movement.days"),
    };
    if (out->red_max >= out->green_min)
        return okb_fail(err, OKB_E_CONFIG, "setting 'band.red' is %g, it must be below 'band.green', which is %g",
                        out->red_max, out->green_min);
    if (okb_setting_is(settings, "status.preset", "okrbook"))
        return OKB_OK;
    okb_span preset = okb_setting_text(settings, "status.preset");
    out->has_preset = okb_status_rule_of(preset, settings, &out->preset);
    if (!out->has_preset)
        return okb_fail(err, OKB_E_CONFIG,
                        "setting 'preset.%.*s' is no rule, write it like 'gap <=0 On track, <=0.25 Behind, At risk'",
                        OKB_FMT(preset));
    return OKB_OK;
}

okb_clock okb_clock_of(const okb_plan *plan, uint32_t cycle_ix)
{
    okb_day due = plan->cycles[cycle_ix].due;
    if (due != OKB_DAY_NONE && due < plan->as_of)
        return (okb_clock){due, true};
    return (okb_clock){plan->as_of, false};
}

bool okb_clock_is_over(okb_clock clock, okb_day due)
{
    return due != OKB_DAY_NONE && (due < clock.as_of || (clock.is_closed && due == clock.as_of));
}

okb_code okb_score_plan(okb_plan *plan, const okb_settings *settings, okb_arena *keep, okb_err *err)
{
    okb_limits limits;
    okb_code code = okb_limits_read(settings, &limits, err);
    if (code != OKB_OK)
        return code;
    okb_arena scratch;
    okb_arena_init(&scratch, 0);
    okb_series series;
    okb_slopes slopes;
    okb_graph graph;
    okb_series_new(plan, &scratch, &series);
    okb_slopes_new(series.n, &limits, &scratch, &slopes);
    okb_graph_build(plan, &scratch, &graph);

    plan->results = OKB_NEW_N(keep, okb_result, plan->n_goals);
    for (uint32_t i = 0; i < plan->n_goals; i++) {
        const okb_goal *goal = &plan->goals[i];
        okb_result *result = &plan->results[i];
        okb_clock clock = okb_clock_of(plan, goal->cycle_ix);
        double stated_progress = okb_score_state(plan, goal, clock, &limits, result);
        okb_series_fill(plan, goal, clock.as_of, &series);
        if (goal->kind != OKB_OBJECTIVE)
            okb_score_progress(goal, &series, stated_progress, &limits, result);
    }
    okb_rollup_objectives(plan, &graph, &limits, &scratch);
    for (uint32_t i = 0; i < plan->n_goals; i++) {
        const okb_goal *goal = &plan->goals[i];
        okb_result *result = &plan->results[i];
        okb_clock clock = okb_clock_of(plan, goal->cycle_ix);
        okb_score_judge(goal, clock, &limits, result);
        okb_series_fill(plan, goal, clock.as_of, &series);
        okb_score_forecast(goal, &series, clock, &limits, &slopes, result);
        okb_score_cadence(plan, goal, clock, &limits, result);
    }
    okb_graph_mark_linked(plan, &graph, &scratch);
    okb_rollup_teams(plan, &graph, &limits, keep, &scratch);
    code = okb_score_compare(plan, settings, keep, &scratch, err);
    okb_arena_reset(&scratch);
    return code;
}
