/*
 * The model: what the inputs say, what was judged, scored and found. Plain data that the stages fill in turn:
 *
 *   normalize  goals, check-ins, teams, cycles, files, rejects, notes
 *   judge      verdicts[goal]
 *   score      results[goal], team_results
 *   review     findings, advice, changes
 *
 * A stage reads what earlier stages wrote and writes its own part only. Everything is kept in the run's arena, so spans
 * inside live as long as the plan; all spans here are terminated (.p[.n] is NUL) unless empty.
 *
 * Unknown numbers are NaN, unknown days OKB_DAY_NONE, unknown indexes OKB_NONE, unknown texts empty.
 * Fractions (progress, score, confidence, rates) are 0 to 1; a percent metric keeps its figures (82% is 82).
 */
#ifndef OKRBOOK_PLAN_H
#define OKRBOOK_PLAN_H

#include "okrbook/base.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ---- closed lists: the canonical words are in src/plan/names.c, in this order ------------------------------- */

typedef enum okb_level { OKB_LEVEL_NONE, OKB_COMPANY, OKB_TEAM, OKB_INDIVIDUAL } okb_level;
typedef enum okb_kind { OKB_KIND_NONE, OKB_OBJECTIVE, OKB_KEY_RESULT, OKB_GOAL, OKB_INITIATIVE } okb_kind;
typedef enum okb_ambition { OKB_AMBITION_NONE, OKB_STRETCH, OKB_COMMITTED, OKB_LEARNING, OKB_DIRECTIONAL } okb_ambition;
typedef enum okb_direction {
    OKB_DIRECTION_NONE,
    OKB_INCREASE,
    OKB_DECREASE,
    OKB_AT_LEAST,
    OKB_AT_MOST,
    OKB_MILESTONE
} okb_direction;
typedef enum okb_status {
    OKB_STATUS_NONE,
    OKB_NOT_STARTED,
    OKB_IN_PROGRESS,
    OKB_ON_TRACK,
    OKB_AT_RISK,
    OKB_OFF_TRACK,
    OKB_DONE,
    OKB_MISSED,
    OKB_CANCELLED,
    OKB_POSTPONED
} okb_status;
typedef enum okb_class { OKB_CLASS_NONE, OKB_OUTCOME, OKB_OUTPUT, OKB_ACTIVITY } okb_class;
typedef enum okb_answer { OKB_UNKNOWN, OKB_NO, OKB_YES, OKB_BINARY } okb_answer;
typedef enum okb_band { OKB_BAND_NONE, OKB_RED, OKB_AMBER, OKB_GREEN, OKB_EXCEEDED } okb_band;
typedef enum okb_pace {
    OKB_PACE_NO_DATA,
    OKB_PACE_TOO_EARLY,
    OKB_PACE_ON_TRACK,
    OKB_PACE_AT_RISK,
    OKB_PACE_OFF_TRACK,
    OKB_PACE_DONE,
    OKB_PACE_MISSED
} okb_pace;
typedef enum okb_met { OKB_MET_NONE, OKB_MET_YES, OKB_MET_PENDING, OKB_MET_NO } okb_met;
/* Where a resolved value came from. */
typedef enum okb_origin {
    OKB_FROM_NOWHERE,
    OKB_FROM_COLUMN,
    OKB_FROM_STATEMENT,
    OKB_FROM_CYCLE,
    OKB_FROM_CHECKIN,
    OKB_FROM_DEFAULT /* a baseline of 0 for an increase that gives none */
} okb_origin;

const char *okb_level_name(okb_level value);
const char *okb_kind_name(okb_kind value); /* objective | key_result | goal | initiative; "" for none; so for all */
const char *okb_ambition_name(okb_ambition value);
const char *okb_direction_name(okb_direction value);
const char *okb_status_name(okb_status value);
const char *okb_class_name(okb_class value);
const char *okb_answer_name(okb_answer value); /* unknown | no | yes | binary */
const char *okb_band_name(okb_band value);
const char *okb_pace_name(okb_pace value);
const char *okb_met_name(okb_met value);
const char *okb_severity_name(okb_severity value);
/* The value of a canonical word, folded; 0 (none) where the word is not one of the list. */
okb_level okb_level_parse(okb_span word);
okb_kind okb_kind_parse(okb_span word);
okb_ambition okb_ambition_parse(okb_span word);
okb_direction okb_direction_parse(okb_span word);
okb_status okb_status_parse(okb_span word);
okb_class okb_class_parse(okb_span word);

/* ---- what the inputs say ------------------------------------------------------------------------------------ */

typedef struct okb_source {
    uint32_t file_ix; /* into files */
    uint32_t line;    /* 1-based */
} okb_source;

/* A link to a parent as written, and what it resolved to. The first resolved link is the goal's parent. */
typedef struct okb_link {
    okb_span ref;     /* id or title, as written */
    uint32_t goal_ix; /* OKB_NONE: not found in the input */
    double weight;    /* written inside the parent cell; NaN where none is */
} okb_link;

/* A target on the way: what is to be reached by the end of the day. */
typedef struct okb_phase {
    okb_day day;
    double target;
} okb_phase;

typedef struct okb_goal {
    okb_span id;
    okb_span title;
    okb_span description;
    okb_span owner; /* several: joined by "; " */
    uint32_t n_owners;
    okb_span creator;
    okb_span comment;
    okb_span blocker;
    okb_span priority;
    okb_span ignore; /* the cell as written: codes, then a reason, optionally "until DATE" */
    okb_span unit;
    uint32_t team_ix;  /* into teams; never OKB_NONE */
    uint32_t cycle_ix; /* into cycles; never OKB_NONE */
    okb_level level;
    okb_kind kind; /* NONE until resolved where neither column, profile nor place in the hierarchy says it */
    okb_ambition ambition;
    okb_direction direction;
    okb_status status;
    okb_day start, due, updated;
    double baseline, target, current;   /* as the columns give them, until resolved */
    double weight;                      /* NaN: not stated */
    double progress, score, confidence; /* as stated */
    okb_origin baseline_origin, target_origin, current_origin, unit_origin, direction_origin, start_origin, due_origin;
    const okb_phase *phases; /* ascending by day, one a day; the target itself stands at the due date */
    uint32_t n_phases;
    okb_answer has_metric; /* unknown; a check-in file or profile may say that the metric is a yes/no milestone */

    const okb_link *links;
    uint32_t n_links;
    uint32_t parent_ix; /* first resolved link that makes no circle; OKB_NONE at the top */
    bool is_in_circle;
    const uint32_t *children; /* goal indexes whose parent_ix is this goal, ascending */
    uint32_t n_children;
    uint32_t first_checkin; /* into checkins; those of one goal stand together, by date then input order */
    uint32_t n_checkins;
    uint32_t depth; /* 0 at the top, along parent_ix */
    okb_source source;
} okb_goal;

typedef struct okb_checkin {
    uint32_t goal_ix;
    okb_day date;
    double value, progress, score, confidence; /* NaN where not stated */
    okb_status status;
    okb_source source;
    okb_span comment, blocker, author;
} okb_checkin;

typedef struct okb_team {
    okb_span name;
    uint32_t parent_ix; /* into teams, OKB_NONE at the top */
    double size;        /* people; NaN unknown */
    okb_span framework; /* as stated: okr | smart | ... */
    okb_span lead;
    bool is_company; /* the team that company-level goals stand under */
} okb_team;

typedef struct okb_cycle {
    okb_span name;        /* 2026-Q3, 2026-H1, 2026, 2026-08, or as written where it is none of these */
    okb_day start, due;   /* first and last day */
    uint32_t months;      /* 3 for a quarter; 0 not known */
    uint32_t previous_ix; /* the latest cycle of the same length that ended before this one started; OKB_NONE */
} okb_cycle;

typedef enum okb_file_kind { OKB_FILE_UNKNOWN, OKB_FILE_GOALS, OKB_FILE_CHECKINS, OKB_FILE_TEAMS } okb_file_kind;

/* How one column was read: for the Import log and `okrbook formats`. */
typedef struct okb_column_use {
    okb_span header;
    okb_span field; /* canonical column; empty: not used */
    /* What the columns table calls it; empty where a number in the header says it (KR 2, week 14). And its column `as`. */
    okb_span table_field, table_as;
    okb_span reading; /* "dates day first, proved by line 14: 23/04/2026", "percent, 0 to 100", ... */
} okb_column_use;

typedef struct okb_skip {
    okb_span reason; /* blank line | title | repeated header | group name | total | ... */
    uint32_t count;
    uint32_t first_line;
} okb_skip;

typedef struct okb_repair_note {
    okb_span what;
    uint32_t count;
    uint32_t first_line;
} okb_repair_note;

typedef struct okb_file {
    okb_span path; /* as given */
    okb_span name; /* without its folders */
    okb_file_kind kind;
    okb_span format; /* profile name: canonical, viva-goals, ... */
    okb_span format_reason;
    okb_span encoding;
    char delimiter;
    uint32_t header_line;
    uint32_t rows, used, merged, rejected; /* rows = used + merged + rejected */
    uint32_t skipped, repaired;
    const okb_column_use *columns;
    uint32_t n_columns;
    const okb_skip *skips;
    uint32_t n_skips;
    const okb_repair_note *repairs;
    uint32_t n_repairs;
    char sha256[65];
    bool is_refused; /* as a whole; the reason is in the diagnostics and the rejects */
} okb_file;

enum { OKB_CELL_UNITS = 32767 }; /* UTF-16 units that a workbook's cell holds */

typedef struct okb_reject {
    okb_source source;
    okb_span column;
    okb_span value;
    okb_span reason;
    okb_span row; /* the raw row as CSV */
} okb_reject;

/* Something normalize saw that is worth a finding: merged goals that disagree, a pay column, a decoded-twice text ... */
typedef struct okb_note {
    okb_span code;    /* a code of the findings table */
    uint32_t goal_ix; /* OKB_NONE: about the file */
    okb_source source;
    okb_span column;
    okb_span evidence;
} okb_note;

/* ---- judge -------------------------------------------------------------------------------------------------- */

/* Why a signal or verdict fell: the rule's id and the words of the statement that it matched. */
typedef struct okb_evidence {
    okb_span signal; /* class, measurable, quantity, deadline ... */
    okb_span rule;
    okb_span words;
} okb_evidence;

typedef enum okb_change { OKB_CHANGE_NONE, OKB_CHANGE_PERCENT, OKB_CHANGE_POINTS, OKB_CHANGE_FACTOR } okb_change;

typedef struct okb_verdict {
    okb_class class_;
    okb_kind kind_read; /* the program's reading of the statement */
    okb_answer specific, measurable, achievable, relevant, timebound, vague, compound;
    double baseline, target; /* as written in the statement; NaN where none or several */
    okb_span unit;
    okb_direction direction;
    okb_day deadline;  /* resolved within the cycle; OKB_DAY_NONE */
    okb_change change; /* target is not a level but a change: by 25%, by 4 points, doubled */
    double change_by;  /* 25, 4, 2; signed by the direction */
    okb_span achievable_reason, relevant_reason;
    const okb_evidence *evidence;
    uint32_t n_evidence;
    okb_span suggestion; /* the coach's question and pattern in the goal's own words; empty where nothing is wrong */
    okb_span language;   /* pack that judged it: en, de, fr, es */
    bool is_undecided;   /* a pattern met its limit: some answers are unknown */
} okb_verdict;

/* ---- score -------------------------------------------------------------------------------------------------- */

typedef struct okb_result {
    double raw, score;                /* raw unclipped; score 0..1, NaN not scored */
    double score_missing_zero;        /* unscored parts as 0; for a goal without parts: 0 where unscored */
    bool is_left_out;                 /* learning, directional, weight 0, cancelled ...: never counted as missing */
    bool is_stated;                   /* no metric could be computed; raw is what the input states */
    double stated;                    /* what the input states (score before progress, check-in before row); NaN none */
    uint32_t n_scored, n_parts;       /* of an objective's roll-up: "n of m scored" */
    double worst;                     /* lowest score among the parts */
    double baseline, target, current; /* the values that raw was computed from; NaN where unused */
    okb_origin baseline_origin;
    double expected, gap;
    okb_band band;
    okb_pace pace;
    okb_met met;
    bool needs_postmortem;                  /* committed, due and not met */
    double forecast_value, forecast;        /* value at the due date; scored and clipped */
    double weekly_rate;                     /* observed, units a week */
    double rate_to_target, rate_to_success; /* units a week needed from the as-of date */
    double movement;                        /* value change in the last 14 days; NaN unknown */
    double confidence, confidence_trend;
    uint32_t n_checkins; /* on or before the as-of date */
    okb_day last_checkin;
    okb_status last_status; /* the latest stated one: a check-in's before the row's */
    okb_span last_comment, last_blocker;
    uint32_t windows, windows_hit, windows_late; /* complete cadence windows, with a check-in, late */
    double checkin_rate;
    uint32_t days_silent; /* since the last check-in, or since the start */
    bool is_overdue, is_stalled;
    bool is_linked; /* a path of parents reaches a company objective */
    bool is_flat;   /* no movement in the whole elapsed cycle although checked in */
    okb_day as_of;  /* the day it was computed for: the run's, or the end of a closed cycle */
} okb_result;

/* One team in one cycle. Rates are NaN where their denominator is 0. */
typedef struct okb_team_result {
    uint32_t team_ix, cycle_ix;
    uint32_t n_objectives, n_key_results, n_goals, n_initiatives;
    uint32_t n_parts, n_scored; /* what the team's mean is of */
    double score, score_missing_zero, expected;
    okb_pace pace;
    okb_band band;
    double worst;
    uint32_t outcome_n, outcome_of, smart_n, smart_of, checkin_n, checkin_of, linked_n, linked_of, owner_n, owner_of,
        baseline_n, baseline_of;
    double outcome_rate, smart_rate, checkin_rate, linked_rate, owner_rate, baseline_rate;
    double confidence;             /* mean of the last ones */
    double previous_score, change; /* of the team's previous cycle */
    uint32_t n_errors, n_warnings; /* filled by review */
    okb_span advice;               /* filled by review: OKR | SMART | ... */
} okb_team_result;

/* The status that other products would show for a goal, in their words. */
enum { OKB_PRODUCTS = 5 };
typedef struct okb_comparison {
    uint32_t goal_ix;
    okb_span words[OKB_PRODUCTS];
} okb_comparison;

/* ---- review ------------------------------------------------------------------------------------------------- */

/* A row of the findings table: what a code means. */
typedef struct okb_finding_def {
    okb_span code, family, title, message, why, question, pattern, rules; /* message, question, pattern: with {slots} */
    okb_severity severity;
    double weight; /* 0 to 100: what matters more comes first among equal severities */
    bool is_off;
} okb_finding_def;

typedef struct okb_finding {
    const okb_finding_def *def;
    okb_severity severity; /* may be lower than the definition's */
    uint32_t team_ix, cycle_ix;
    uint32_t goal_ix;  /* OKB_NONE: about the team, the file or the company */
    okb_source source; /* file_ix OKB_NONE: about no file */
    okb_span evidence, message, question;
    okb_span
        grouped; /* of the first of several goals of a team with the same code: the message that speaks for all; else empty */
    bool is_silenced;
    okb_span silenced_reason;
    uint32_t rank; /* within its team and cycle, 1 first; what matters most. Repeats stand behind findings.per_team */
    uint32_t goal_rank; /* within its goal, 1 first; 0 without a goal */
} okb_finding;

typedef struct okb_advice {
    okb_span code;              /* ADV... */
    uint32_t team_ix, cycle_ix; /* team OKB_NONE: the company */
    okb_span title, text, reasons, source;
} okb_advice;

typedef struct okb_change_row {
    okb_span code;    /* CHG... */
    uint32_t goal_ix; /* in this plan; OKB_NONE: dropped */
    okb_span goal_id, title, team;
    okb_span field, before, after;
    double score_now, score_original; /* against the original target */
    okb_span since;                   /* "previous run" or the earlier cycle's name */
} okb_change_row;

/* The share of the goal's period that has gone by at the end of the day, 0 to 1; NaN where a date is not known. With start = due:
 * 0 before that day, 1 from it on. */
double okb_goal_elapsed(const okb_goal *goal, okb_day day);
/* The progress expected on the day: the elapsed share, or for a metric with targets on the way, straight lines between them. */
double okb_goal_expected(const okb_goal *goal, double baseline, okb_day day);
/* `2026-07-31: 40; 2026-08-31: 60`, kept; empty where the goal has none. */
okb_span okb_goal_phases_print(const okb_goal *goal, okb_arena *keep);

/* ---- the whole ---------------------------------------------------------------------------------------------- */

typedef struct okb_plan {
    okb_span org;
    okb_day as_of;
    uint32_t cycle_ix; /* the reported cycle */

    okb_goal *goals; /* in output order: team, objective, its children, as in the input */
    uint32_t n_goals;
    okb_checkin *checkins; /* by goal, date, input order */
    uint32_t n_checkins;
    okb_team *teams; /* in output order: first appearance */
    uint32_t n_teams;
    okb_cycle *cycles; /* by start, then length, then name */
    uint32_t n_cycles;
    okb_file *files; /* in the order given */
    uint32_t n_files;
    const okb_reject *rejects; /* by file, line */
    uint32_t n_rejects;
    uint32_t n_long_texts; /* of the rejects: texts longer than a workbook's cell, whole here; their rows are used */
    const okb_note *notes;
    uint32_t n_notes;

    okb_verdict *verdicts;         /* [n_goals] */
    okb_result *results;           /* [n_goals] */
    okb_team_result *team_results; /* by cycle, then team */
    uint32_t n_team_results;
    /* The reported cycle's overall score: mean of company objectives, else of teams. */
    double overall, overall_missing_zero, overall_expected;
    uint32_t overall_scored, overall_parts;
    bool overall_is_company;
    /* Running goals of the reported cycle under every product's rule, those first that the products disagree about most. */
    okb_span products[OKB_PRODUCTS];
    const okb_comparison *comparisons;
    uint32_t n_comparisons;

    const okb_finding *findings; /* by team, goal, code */
    uint32_t n_findings;
    const okb_advice *advice;
    uint32_t n_advice;
    const okb_change_row *changes;
    uint32_t n_changes;
} okb_plan;

const okb_team_result *okb_plan_team_result(const okb_plan *plan, uint32_t team_ix, uint32_t cycle_ix); /* or NULL */

/* ---- settings ----------------------------------------------------------------------------------------------- */

typedef enum okb_setting_type { OKB_SETTING_NUMBER, OKB_SETTING_CHOICE, OKB_SETTING_TEXT } okb_setting_type;

typedef struct okb_setting {
    okb_span name, unit, range, default_text, text, rules, meaning; /* text: the value in force */
    okb_setting_type type;
    double number, low, high; /* number: the value in force */
    bool is_changed;
    okb_span changed_by; /* "--set" or the configuration file */
} okb_setting;

typedef struct okb_settings okb_settings;

struct okb_table;
/*
 * Reads the settings table (name,type,unit,range,default,rules,meaning), kept in `keep`. Every mistake is added to
 * diags; returns OKB_E_CONFIG when there was one.
 */
okb_code okb_settings_load(const struct okb_table *table, okb_arena *keep, okb_diags *diags, okb_settings **out,
                           okb_err *err) OKB_MUST_USE;
/* Puts a value in force: checked against type and range. by: "--set" or a file. */
okb_code okb_settings_set(okb_settings *settings, okb_span name, okb_span value, okb_span by,
                          okb_err *err) OKB_MUST_USE;
/* The number in force; the name must be a row of the settings table (a test holds all uses in the sources to that). */
double okb_setting_number(const okb_settings *settings, const char *name);
okb_span okb_setting_text(const okb_settings *settings, const char *name);
bool okb_setting_is(const okb_settings *settings, const char *name, const char *value);
size_t okb_settings_count(const okb_settings *settings);
const okb_setting *okb_settings_at(const okb_settings *settings, size_t ix);

/* ---- calendar ----------------------------------------------------------------------------------------------- */

/*
 * Reads a cycle's name in any of the known forms: `Q1 2025`, `2025 Q4`, `2026-Q3`, `Q3 Y2025`, `Q3 FY26`, `H1 FY26`, `Y2025`,
 * `Annual 2025`, `FY2026`, `2025/26`, `Q1 FY2025-26` (two years only where first_month is not January), `2026`, `2026-08`,
 * `August 2026`, `Q1 2023 - Jan-Mar`. first_month 1..12 is the fiscal year's first
 * month; a fiscal year is named by the calendar year in which it ends (settings cycle.first_month). Returns false where it is none
 * of these; then *out is untouched. out->name is the canonical name, kept.
 */
bool okb_cycle_parse(okb_span text, int first_month, okb_arena *keep, okb_cycle *out);
/* The cycle of `months` length that holds the day. */
okb_cycle okb_cycle_of(okb_day day, int months, int first_month, okb_arena *keep);

#ifdef __cplusplus
}
#endif

#endif
