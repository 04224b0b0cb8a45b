/*
 * What the files of the review room share: the codes, the settings read once, the drafts that become findings, and what
 * is counted about teams on the way. Private to src/review. docs/rules.md says what each code looks at.
 */
#ifndef OKB_REVIEW_ROOM_H
#define OKB_REVIEW_ROOM_H

#include "okrbook/review.h"

#include <math.h>

/* ---- codes: each is a row of the findings table ---------------------------------------------------------------- */

/* clang-format off */
#define FINDING_CODES(X) \
    X(OBJ000) X(OBJ001) X(OBJ002) X(OBJ003) X(OBJ004) X(OBJ010) X(OBJ011) X(OBJ012) \
    X(KR010) X(KR011) X(KR012) X(KR013) X(KR014) X(KR015) X(KR016) X(KR017) X(KR018) X(KR019) X(KR020) \
    X(SM0S) X(SM0M) X(SM0A) X(SM0R) X(SM0T) X(SM010) X(SM011) \
    X(OWN001) X(OWN002) X(OWN003) X(OWN004) X(OWN005) X(OWN006) \
    X(ALN001) X(ALN002) X(ALN003) X(ALN004) X(ALN005) X(ALN006) X(ALN007) X(ALN008) X(ALN009) \
    X(AMB001) X(AMB002) X(AMB003) X(AMB004) X(AMB005) X(AMB006) X(AMB007) X(AMB008) \
    X(SCO001) X(SCO002) X(SCO003) X(SCO004) X(SCO005) X(SCO006) \
    X(CHK001) X(CHK002) X(CHK003) X(CHK004) X(CHK005) X(CHK006) X(CHK007) \
    X(CHG001) X(CHG002) X(CHG003) X(CHG004) X(CHG005) X(CHG006) X(CHG007) X(CHG008) X(CHG009) X(CHG010) X(CHG011) \
    X(TEAM001) X(TEAM002) X(TEAM003) X(TEAM004) X(TEAM005) X(TEAM006) X(TEAM007) X(TEAM008) X(TEAM009) \
    X(PRV002) \
    X(DAT000) X(DAT051) X(DAT052) X(DAT053) X(DAT054) \
    X(ADV01) X(ADV01_SMALL) X(ADV01_BETWEEN) X(ADV01_LARGE) X(ADV01_SCALING) X(ADV01_TEAMS) X(ADV01_UNCLEAR) \
    X(ADV01_UNALIGNED) X(ADV01_ALIGNED) X(ADV01_OUTPUTS) X(ADV01_OPERATIONS) X(ADV01_DISCOVERY) X(ADV01_PEOPLE) \
    X(ADV01_ANNUAL) X(ADV01_STATED) \
    X(ADV02_1) X(ADV02_2) X(ADV02_3) X(ADV02_4) X(ADV03) X(ADV04) X(ADV04_GOAL) X(ADV04_BLOCKER) X(ADV04_SILENT) \
    X(ADV04_CONFIDENCE) X(ADV04_EFFORT) X(ADV05_SIZE) X(ADV05_LINK) X(ADV05_RHYTHM)
/* clang-format on */

#define FINDING_ENUM(code) C_##code,
typedef enum finding_code { FINDING_CODES(FINDING_ENUM) CODE_COUNT } finding_code;

/* ---- slots: the names in braces that a message or question may have ---------------------------------------------- */

/* clang-format off */
#define FINDING_SLOTS(X) \
    X(title) X(team) X(owner) X(words) X(class) X(count) X(limit) X(from) X(to) X(other) X(date) X(unit) X(field) \
    X(score) X(expected) X(days) X(cycle) X(list)
/* clang-format on */

#define SLOT_ENUM(name) SLOT_##name,
typedef enum finding_slot { FINDING_SLOTS(SLOT_ENUM) SLOT_COUNT } finding_slot;

/* Fills a template: {name} gives way to its slot; a part in [brackets] is left out where a slot in it is empty. */
okb_span okb_template_fill(okb_span template, const okb_span slots[SLOT_COUNT], okb_arena *keep);
/* The first name in braces that is no slot, or the empty span. */
okb_span okb_template_mistake(okb_span template);
bool okb_template_has_slots(okb_span template);

/* ---- definitions --------------------------------------------------------------------------------------------------- */

typedef struct definition {
    okb_finding_def shown;
    okb_span words;      /* words that the rule looks for, joined by | */
    okb_span covered_by; /* codes that say more about the same: this one then stands behind */
    uint32_t *covers;    /* the same, into the definitions */
    uint32_t n_covers;
    okb_span asked; /* question and pattern, joined once */
    okb_span empty;
} definition;

typedef struct review_limits {
    double kr_min, kr_max, kr_ideal_max, milestones_allowed;
    double objectives_ideal_max, objectives_max, company_max;
    double track_ideal, track_max;
    double todo_share, todo_min;
    double priority_share, priority_min;
    double busy_done, busy_min, busy_score;
    double objective_words;
    double owner_max;
    double depth_max, fanout_max;
    double duplicate_share, duplicate_words;
    double percent_tolerance;
    double consistency_cycles, consistency_min, single_high;
    double cluster_low, cluster_high, cluster_share;
    double half_time;
    double score_differs, progress_max;
    double start_days, forgotten_share, cadence_okr, cadence_smart, cadence_grace;
    double band_red, band_green;
    double per_team, group_from, group_names;
    double smart_max, okr_min, okr_teams, scaling_min, scaling_max, clear_min, linked_min, work_share;
    double agenda_minutes, agenda_member_minutes, agenda_items;
    bool has_individual_okr, has_benchmarks, is_smart_only;
    okb_severity output_severity, smart_severity;
    bool is_output_off, is_smart_off;
} review_limits;

struct okb_review {
    const okb_settings *settings;
    okb_arena *keep;
    definition *definitions; /* by code */
    okb_finding_def *shown;  /* the same, as handed out */
    uint32_t n_definitions;
    okb_map *by_code; /* into definitions */
    uint32_t at[CODE_COUNT];
    review_limits limits;
};

okb_code okb_definitions_load(okb_review *review, const okb_table *tables, size_t n_tables, okb_diags *diags,
                              okb_err *err) OKB_MUST_USE;
void okb_review_limits_read(const okb_settings *settings, review_limits *out);

/* ---- one run --------------------------------------------------------------------------------------------------------- */

/* What is counted about a team in the reported cycle, by team_ix. */
typedef struct team_facts {
    uint32_t n_objectives, n_key_results, n_goals; /* alive ones */
    uint32_t n_outputs, n_outcomes;                /* key results by class */
    uint32_t n_vague, n_judged;                    /* key results and goals */
    uint32_t n_smart_outputs;                      /* goals that are deliverables */
    uint32_t n_standalone_smart;                   /* goals without a key result above them */
    uint32_t n_checkins, n_confident, n_blockers;  /* check-ins of the cycle */
    uint32_t n_priority, n_top_priority;
    uint32_t first_goal; /* the first of the team in the cycle, for a place to show; OKB_NONE */
} team_facts;

typedef struct review_run {
    okb_review *review;
    const review_limits *limits;
    okb_plan *plan;
    const okb_plan *previous;
    okb_arena *keep;
    okb_arena scratch;
    okb_vec findings;                         /* okb_finding */
    okb_vec advice;                           /* okb_advice */
    okb_vec changes;                          /* okb_change_row */
    okb_map *silenced;                        /* "goal_ix code" of what an ignore cell silenced */
    team_facts *teams;                        /* [n_teams] */
    uint32_t *outputs_below, *outcomes_below; /* [n_goals]: alive key results right below, by class */
    okb_span *todo_lists;                     /* [n_teams]: the first outputs among the key results, quoted */
    bool has_company_goals;                   /* a company objective in any cycle of the input */
} review_run;

/* A finding on its way: start one, fill slots and evidence, then emit it. */
typedef struct draft {
    finding_code code;
    const definition *definition;
    okb_severity severity;
    uint32_t team_ix, cycle_ix, goal_ix;
    okb_source source;
    okb_span evidence;
    okb_span slots[SLOT_COUNT];
} draft;

draft okb_draft_goal(const review_run *run, finding_code code, uint32_t goal_ix);
draft okb_draft_team(const review_run *run, finding_code code, uint32_t team_ix);
/* The severity is lowered to `severity`, never raised. */
void okb_draft_lower(draft *d, okb_severity severity);
void okb_draft_emit(review_run *run, const draft *d);
/* Same, where nothing needs to be filled in beside the title. */
void okb_emit_goal(review_run *run, finding_code code, uint32_t goal_ix, okb_span evidence);

okb_span okb_slot_number(review_run *run, double value);
okb_span okb_slot_share(review_run *run, double fraction); /* 44% */
okb_span okb_slot_day(review_run *run, okb_day day);
okb_span okb_slot_title(okb_arena *keep, okb_span title); /* shortened for a line */
/* Quoted titles in a row; those beyond `most` are told by an ellipsis. */
typedef struct title_list {
    okb_span text;
    uint32_t n;
} title_list;
void okb_title_list_add(review_run *run, title_list *list, okb_span title, double most);
okb_span okb_review_printf(review_run *run, const char *fmt, ...) OKB_PRINTF(2, 3);

/* ---- silence.c: the ignore cell -------------------------------------------------------------------------------------- */

typedef struct silence {
    okb_span codes; /* as written, at the head of the cell */
    okb_span reason;
    okb_day until; /* last day that it holds; OKB_DAY_NONE: for good */
    bool has_until;
} silence;

silence okb_silence_read(okb_span cell, okb_arena *scratch);
bool okb_silence_is_over(const review_run *run, const silence *s);
bool okb_silence_names(const silence *s, okb_span code);
/* Cuts the next code of the list, empty at its end. */
okb_span okb_silence_next(okb_span *codes);
void okb_review_silences(review_run *run); /* cells that do not do what they say */

/* ---- rank.c: what covers what, ranks, counts, order --------------------------------------------------------------------- */

void okb_review_rank(review_run *run);

/* ---- the rules, and what they count first ------------------------------------------------------------------------------ */

void okb_count_teams(review_run *run);

void okb_review_objectives(review_run *run);
void okb_review_wording(review_run *run);
void okb_review_letters(review_run *run, uint32_t goal_ix);
void okb_review_owners(review_run *run);
void okb_review_alignment(review_run *run);
void okb_review_duplicates(review_run *run);
void okb_review_ambition(review_run *run);
void okb_review_scoring(review_run *run);
void okb_review_cadence(review_run *run);
void okb_review_teams(review_run *run);
void okb_review_changes(review_run *run);
void okb_review_data(review_run *run);
void okb_review_advice(review_run *run);

/* What the goals of a team are about. */
typedef struct work_facts {
    uint32_t n, n_operations, n_discovery, n_individual;
} work_facts;
void okb_advise_frameworks(review_run *run);
/* Fills the message of a row of advice; the source is the row's own where none is given. */
void okb_advice_add(review_run *run, finding_code code, uint32_t team_ix, const okb_span slots[SLOT_COUNT],
                    okb_span reasons, okb_span source);

/* ---- questions about goals ------------------------------------------------------------------------------------------------ */

static inline const okb_goal *goal_at(const review_run *run, uint32_t goal_ix)
{
    return &run->plan->goals[goal_ix];
}

static inline bool is_reported(const review_run *run, uint32_t goal_ix)
{
    return run->plan->goals[goal_ix].cycle_ix == run->plan->cycle_ix;
}

/* Cancelled and postponed goals are no longer coached. */
bool okb_goal_is_alive(const okb_plan *plan, uint32_t goal_ix);
/* In the reported cycle and alive. */
bool okb_goal_is_reviewed(const review_run *run, uint32_t goal_ix);
bool okb_goal_is_part(okb_kind kind);           /* key result or goal */
bool okb_goal_is_exempt(okb_ambition ambition); /* learning and directional */
bool okb_cycle_is_closed(const okb_plan *plan, uint32_t cycle_ix);
double okb_elapsed_share(const okb_plan *plan, uint32_t goal_ix); /* of the goal's period at its as-of date; NaN */
/* The words that made the judge say `signal`; empty where it gave none. */
okb_span okb_evidence_words(const okb_verdict *verdict, const char *signal);
okb_span okb_evidence_rule(const okb_verdict *verdict, const char *signal);
/* True when one of the words (joined by |) stands in the folded text as whole words; *out is the word. */
bool okb_title_word_in(okb_span words, okb_span folded, okb_span *out);

/* Folded, without its numbers: the same measure in another cycle has the same key. */
okb_span okb_title_key(okb_arena *keep, okb_span title);

#endif
