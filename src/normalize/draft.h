/* A goal while the cells of its row are read. */
#ifndef NORMALIZE_DRAFT_H
#define NORMALIZE_DRAFT_H

#include "shape.h"

enum { DRAFT_REFS = 8, DRAFT_PROBLEMS = 8 };

typedef struct draft_problem {
    okb_span column, value;
    const char *what;
} draft_problem;

typedef struct draft {
    record rec;
    ref refs[DRAFT_REFS];
    uint32_t n_refs;
    draft_problem problems[DRAFT_PROBLEMS];
    uint32_t n_problems;
    okb_day checkin_date, completed;
    okb_span checkin_note, unknown_status, section; /* borrowed */
    double done;                                    /* 1 or 0 of a milestone's word; NaN */
    okb_level default_level;
    okb_span title_raw; /* with its line breaks; borrowed */
    bool is_used, says_kind, is_deleted, is_filled;
    bool has_code; /* its head or id says the kind, and not what it belongs to: O1, KR2 */
} draft;

void okb_draft_init(draft *d, const reading *r, size_t row_ix);
void okb_draft_ref(draft *d, okb_span text, ref_kind kind, bool is_child, bool is_alternate);
void okb_draft_kind(reading *r, draft *d, okb_kind otherwise); /* by the title's head, the section, else otherwise */
uint32_t okb_draft_push(reading *r, draft *d); /* to records, with its refs and notes; returns the record's index */

void okb_record_index_id(okb_normalizer *n, okb_arena *scratch, uint32_t ix); /* once it has an id */
void okb_draft_share_down(draft *from, draft *to); /* team, cycle, level: of all goals of a row */
void okb_draft_move_into(draft *from, draft *to);  /* the row's own columns, where the goal has none */
void okb_draft_move_refs(draft *from, draft *to);

/* place.c */
void okb_place_find(reading *r, const block *b, uint32_t level, draft *d);
void okb_place_remember(reading *r, const block *b, uint32_t ix);
void okb_place_remember_level(reading *r, uint32_t level, uint32_t ix);
uint32_t okb_place_indent_level(reading *r, uint32_t indent);

/* split.c: the key results in a cell; 1 or less where it holds one */
size_t okb_split_results(reading *r, const column *col, okb_span text, okb_span *out, size_t most);
size_t okb_split_statement(reading *r, okb_span text, okb_span *out, size_t most);

/* figures.c */
void okb_cell_number(reading *r, draft *d, size_t row_ix, const column *col, okb_span text);
void okb_cell_share(reading *r, draft *d, size_t row_ix, const column *col, okb_span text);
void okb_cell_date(reading *r, draft *d, size_t row_ix, const column *col, okb_span text);
void okb_cell_unit(draft *d, okb_span unit, okb_normalizer *n);
void okb_goal_direction(okb_goal *g, okb_direction direction);
void okb_goal_milestone(okb_goal *g);

/* cells.c */
void okb_cell_apply(reading *r, draft *d, size_t row_ix, const column *col, okb_span text);
void okb_cell_problem(reading *r, draft *d, size_t row_ix, const column *col, okb_span value, const char *what);
double okb_share_read(reading *r, const column *col, okb_span text);
bool okb_column_date(reading *r, const column *col, okb_span text, date *out);
okb_span okb_without_link(okb_span text);
okb_span okb_keep_comment(okb_normalizer *n, okb_span text, okb_span *blocker);

/* phases.c: targets on the way */
enum { PHASES_MAX = 64 };
typedef struct phase_list {
    okb_phase items[PHASES_MAX];
    uint32_t n, n_dropped;
} phase_list;
void okb_cell_phases(reading *r, draft *d, size_t row_ix, const column *col, okb_span text);
void okb_phases_add(phase_list *list, okb_day day, double target); /* of two on a day the later call stands */
/* Gives the goal the list, unless it has one. */
void okb_phases_keep(reading *r, const phase_list *list, uint32_t line, okb_goal *goal);

/* checkins.c, checkin_cells.c, comments.c: check-ins that stand in a goal's row */
void okb_row_checkins_read(reading *r, const block *b, size_t row_ix, uint32_t record_ix, const draft *d);
bool okb_task_checkin_read(reading *r, const block *b, size_t row_ix,
                           const draft *d); /* a task that reports on a goal */
void okb_checkin_cell_read(reading *r, const column *col, size_t row_ix, uint32_t record_ix, okb_span text);
void okb_checkin_json_read(reading *r, size_t row_ix, uint32_t record_ix, okb_span text);
checkin_record *okb_checkin_push(reading *r, size_t row_ix, uint32_t ref_ix);
uint32_t okb_ref_to_record(reading *r, uint32_t record_ix);

#endif
