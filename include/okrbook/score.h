/*
 * score: plan -> scores. Pure arithmetic of SPEC section 5: progress, pace, roll-up, forecast, cadence.
 */
#ifndef OKRBOOK_SCORE_H
#define OKRBOOK_SCORE_H

#include "okrbook/base.h"
#include "okrbook/plan.h"

#ifdef __cplusplus
extern "C" {
#endif

/*
 * Completes each goal from its verdict and its cycle: kind by the program's reading where nothing else says it, baseline, target, unit,
 * direction and deadline from the statement where the columns are empty (columns win), start and due from the cycle, level and
 * ambition defaults. Records the origin of each value.
 */
okb_code okb_score_resolve(okb_plan *plan, const okb_settings *settings, okb_arena *keep, okb_err *err) OKB_MUST_USE;

/* Scores every goal and team of every cycle into plan->results and plan->team_results; a closed cycle as of its end. */
okb_code okb_score_plan(okb_plan *plan, const okb_settings *settings, okb_arena *keep, okb_err *err) OKB_MUST_USE;

/* The rates of a team that need verdicts' letters and scores: outcome, smart, linked, owner, baseline, check-in. After
 * okb_judge_letters. */
okb_code okb_score_rates(okb_plan *plan, const okb_settings *settings, okb_err *err) OKB_MUST_USE;

/* Formulas that the workbook shows, shared with it and its tests. */
double okb_score_raw(double baseline, double target, double current, okb_direction direction);
double okb_score_clip(double value);
okb_band okb_score_band(double score, double raw, const okb_settings *settings);
/* The pace that another product would show ("viva", "engagedly", "upraise", "oboard", "mooncamp"), in that product's words. */
okb_span okb_score_preset_status(okb_span preset, double score, double expected, const okb_settings *settings);

#ifdef __cplusplus
}
#endif

#endif
