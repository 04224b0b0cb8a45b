/*
 * What the files of this room share: the settings read once, the clock of a cycle, the days with a value, and the links seen
 * from the parent's side. Nothing here leaves the room.
 */
#ifndef OKRBOOK_SCORE_INTERNAL_H
#define OKRBOOK_SCORE_INTERNAL_H

#include "okrbook/base.h"
#include "okrbook/plan.h"

/* Two fractions that differ by less than this are the same: (0.55 - 0.50) is 0.05, whatever the last bit says. */
#define OKB_SCORE_EPSILON 1e-9

typedef enum okb_threshold_mode { OKB_THRESHOLD_LAST, OKB_THRESHOLD_SHARE, OKB_THRESHOLD_WORST } okb_threshold_mode;
typedef enum okb_missing_mode { OKB_MISSING_EXCLUDE, OKB_MISSING_ZERO, OKB_MISSING_BLOCK } okb_missing_mode;

/* ---- preset.c: the rule behind a status word ------------------------------------------------------------------ */

typedef enum okb_compare { OKB_COMPARE_ANY, OKB_LESS, OKB_LESS_EQUAL, OKB_MORE, OKB_MORE_EQUAL } okb_compare;

#define OKB_STATUS_STEPS 8

/* Steps from the best to the worst; the first that holds gives the words. */
typedef struct okb_status_rule {
    bool is_ratio; /* score / expected; else expected - score */
    uint32_t n_steps;
    struct {
        okb_compare compare;
        double limit;
        okb_span words;
    } steps[OKB_STATUS_STEPS];
} okb_status_rule;

/* Reads "gap <=0 On track, <=0.25 Behind, At risk". Returns false where the text is none. */
bool okb_status_rule_parse(okb_span text, okb_status_rule *out);
/* The index of the step that holds. */
uint32_t okb_status_rule_step(const okb_status_rule *rule, double score, double expected);
/* The rule of a product; false where the name is no product or its text is no rule. */
bool okb_status_rule_of(okb_span preset, const okb_settings *settings, okb_status_rule *out);
/* Fills products and comparisons of a scored plan. */
okb_code okb_score_compare(okb_plan *plan, const okb_settings *settings, okb_arena *keep, okb_arena *scratch,
                           okb_err *err) OKB_MUST_USE;

/* ---- score.c: the settings, read once ---------------------------------------------------------------------------- */

typedef struct okb_limits {
    double red_max, green_min, committed_min;
    double gap_on_track, gap_at_risk, early_share, baseline_share;
    okb_threshold_mode threshold_mode;
    bool is_threshold_inclusive;
    okb_missing_mode missing;
    bool counts_cancelled;
    okb_day cadence_okr, cadence_smart, grace, stalled_okr, stalled_smart;
    uint32_t forecast_min_days, forecast_max_days, flat_days, confidence_before;
    okb_day movement_days;
    bool has_preset;
    okb_status_rule preset;
} okb_limits;

okb_code okb_limits_read(const okb_settings *settings, okb_limits *out, okb_err *err) OKB_MUST_USE;

/* The day that a cycle's goals are computed for: the run's, or the last day of a cycle that is over. */
typedef struct okb_clock {
    okb_day as_of;
    bool is_closed; /* the whole of as_of is over, so a due date on it is over too */
} okb_clock;

okb_clock okb_clock_of(const okb_plan *plan, uint32_t cycle_ix);
bool okb_clock_is_over(okb_clock clock, okb_day due);

/* ---- progress.c --------------------------------------------------------------------------------------------------- */

/* The days with a check-in value on or before the as-of date, ascending; of two rows on a day the later stands. */
typedef struct okb_series {
    okb_day *days;
    double *values;
    uint32_t n;
} okb_series;

void okb_series_new(const okb_plan *plan, okb_arena *scratch, okb_series *out); /* room for any goal's check-ins */
void okb_series_fill(const okb_plan *plan, const okb_goal *goal, okb_day as_of, okb_series *series);

/* The value of the first day in the first part of the period, not before its start; NaN where there is none. */
double okb_series_early(const okb_series *series, okb_day start, okb_day due, double share);

/* What the check-ins and the row say: stated, confidence and its trend, last status, comment, blocker, counts. Returns the
 * stated progress, which a milestone prefers to a stated score. */
double okb_score_state(const okb_plan *plan, const okb_goal *goal, okb_clock clock, const okb_limits *limits,
                       okb_result *result);
/* raw, score and the values they come from, of anything that is no objective. */
void okb_score_progress(const okb_goal *goal, const okb_series *series, double stated_progress,
                        const okb_limits *limits, okb_result *result);
/* raw of a goal at a value, with its baseline and target; NaN where it cannot be computed. */
double okb_score_raw_at(const okb_goal *goal, double baseline, double target, double value, const okb_limits *limits);
/* learning and directional goals, and cancelled ones where the settings say so: no part of any mean. */
bool okb_score_is_outside(const okb_goal *goal, const okb_result *result, const okb_limits *limits);

/* ---- pace.c ------------------------------------------------------------------------------------------------------- */

okb_band okb_band_of(double score, double raw, const okb_limits *limits);
bool okb_is_success(double score, okb_ambition ambition, const okb_limits *limits);
/* elapsed: the share of the period that has gone by; it is expected but for targets on the way. */
okb_pace okb_pace_of(double score, double expected, double elapsed, bool is_success, bool is_over,
                     const okb_limits *limits);
/* expected, gap, band, pace, met and postmortem of a goal whose score stands. */
void okb_score_judge(const okb_goal *goal, okb_clock clock, const okb_limits *limits, okb_result *result);

/* ---- forecast.c --------------------------------------------------------------------------------------------------- */

/* Room for the slopes of one goal: days x (days - 1) / 2 of them, so days are bounded by forecast.max_days. */
typedef struct okb_slopes {
    double *items;
} okb_slopes;

void okb_slopes_new(uint32_t most_days, const okb_limits *limits, okb_arena *scratch, okb_slopes *out);
/* The median of the slopes between all pairs of days, in units a day; at least two days. */
double okb_theil_sen(const okb_series *series, uint32_t max_days, okb_slopes *slopes);
void okb_score_forecast(const okb_goal *goal, const okb_series *series, okb_clock clock, const okb_limits *limits,
                        okb_slopes *slopes, okb_result *result);

/* ---- cadence.c ---------------------------------------------------------------------------------------------------- */

void okb_score_cadence(const okb_plan *plan, const okb_goal *goal, okb_clock clock, const okb_limits *limits,
                       okb_result *result);

/* ---- links.c ------------------------------------------------------------------------------------------------------ */

/* Every resolved link, seen from the parent: children[first[p] .. first[p + 1]), ascending, each once. */
typedef struct okb_graph {
    uint32_t *first; /* [n_goals + 1] */
    uint32_t *children;
    double *weights; /* the link's, else the child's, else 1 */
} okb_graph;

void okb_graph_build(const okb_plan *plan, okb_arena *scratch, okb_graph *out);
/* Marks is_linked in the results. */
void okb_graph_mark_linked(const okb_plan *plan, const okb_graph *graph, okb_arena *scratch);
/* Marks every goal that stands under a goal of `kind` of the same team and cycle, however far below. */
bool *okb_graph_below(const okb_plan *plan, const okb_graph *graph, okb_kind kind, okb_arena *scratch);

/*
 * Objectives of one team under each other: order lists every objective, child objectives before their parents, and returns
 * how many there are; those on a circle share a component, and links inside a component are no roll-up.
 */
uint32_t okb_graph_objectives(const okb_plan *plan, const okb_graph *graph, uint32_t *order, uint32_t *component,
                              okb_arena *scratch);

/* ---- rollup.c, teams.c -------------------------------------------------------------------------------------------- */

/* Scores of objectives, by the setting `missing`. */
void okb_rollup_objectives(okb_plan *plan, const okb_graph *graph, const okb_limits *limits, okb_arena *scratch);
/* Team results of every cycle, and the overall score of the reported one. After the objectives were judged. */
void okb_rollup_teams(okb_plan *plan, const okb_graph *graph, const okb_limits *limits, okb_arena *keep,
                      okb_arena *scratch);
/* The team's result in a cycle by binary search; NULL where the team has no goal there. */
okb_team_result *okb_team_result_find(const okb_plan *plan, uint32_t team_ix, uint32_t cycle_ix);

#endif
