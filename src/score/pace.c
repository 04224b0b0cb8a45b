/* What a score means on a day: expected progress, band, success, met, and pace. SPEC section 5, "Judgement of a score". */
#include "internal.h"
#include "okrbook/score.h"

#include <math.h>

okb_band okb_band_of(double score, double raw, const okb_limits *limits)
{
    if (isnan(score))
        return OKB_BAND_NONE;
    if (raw > 1)
        return OKB_EXCEEDED;
    double shown = okb_round_half_up(score, 2);
    if (shown >= limits->green_min - OKB_SCORE_EPSILON)
        return OKB_GREEN;
    return shown <= limits->red_max + OKB_SCORE_EPSILON ? OKB_RED : OKB_AMBER;
}

bool okb_is_success(double score, okb_ambition ambition, const okb_limits *limits)
{
    if (isnan(score))
        return false;
    if (ambition == OKB_STRETCH)
        return okb_band_of(score, score, limits) >= OKB_GREEN;
    return score >= limits->committed_min - OKB_SCORE_EPSILON;
}

okb_pace okb_pace_of(double score, double expected, double elapsed, bool is_success, bool is_over,
                     const okb_limits *limits)
{
    if (isnan(score))
        return OKB_PACE_NO_DATA;
    if (score >= 1 - OKB_SCORE_EPSILON)
        return OKB_PACE_DONE;
    if (is_over)
        return is_success ? OKB_PACE_DONE : OKB_PACE_MISSED;
    if (isnan(expected))
        return OKB_PACE_NO_DATA;
    if (elapsed < limits->early_share - OKB_SCORE_EPSILON)
        return OKB_PACE_TOO_EARLY;
    if (limits->has_preset) {
        uint32_t step = okb_status_rule_step(&limits->preset, score, expected);
        return step == 0                            ? OKB_PACE_ON_TRACK
               : step + 1 == limits->preset.n_steps ? OKB_PACE_OFF_TRACK
                                                    : OKB_PACE_AT_RISK;
    }
    double gap = expected - score;
    if (gap <= limits->gap_on_track + OKB_SCORE_EPSILON)
        return OKB_PACE_ON_TRACK;
    return gap <= limits->gap_at_risk + OKB_SCORE_EPSILON ? OKB_PACE_AT_RISK : OKB_PACE_OFF_TRACK;
}

void okb_score_judge(const okb_goal *goal, okb_clock clock, const okb_limits *limits, okb_result *result)
{
    bool is_over = okb_clock_is_over(clock, goal->due);
    bool is_success = okb_is_success(result->score, goal->ambition, limits);
    double elapsed = okb_goal_elapsed(goal, clock.as_of);
    result->expected = okb_goal_expected(goal, result->baseline, clock.as_of);
    result->gap = result->expected - result->score;
    result->band = okb_band_of(result->score, result->raw, limits);
    result->pace = okb_pace_of(result->score, result->expected, elapsed, is_success, is_over, limits);
    result->met = isnan(result->score) ? OKB_MET_NONE
                  : is_success         ? OKB_MET_YES
                  : is_over            ? OKB_MET_NO
                                       : OKB_MET_PENDING;
    result->needs_postmortem = goal->ambition == OKB_COMMITTED && result->met == OKB_MET_NO;
}

/* ---- the same, for the tests ------------------------------------------------------------------- */

okb_band okb_score_band(double score, double raw, const okb_settings *settings)
{
    okb_limits limits;
    okb_err ignored = {0};
    return okb_limits_read(settings, &limits, &ignored) == OKB_OK ? okb_band_of(score, raw, &limits) : OKB_BAND_NONE;
}
