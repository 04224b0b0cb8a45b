/* The room's inner functions that turn a table into records: blocks, columns, rows, cells. */
#ifndef NORMALIZE_SHAPE_H
#define NORMALIZE_SHAPE_H

#include "room.h"

header_hit okb_header_read(reading *r, okb_span profile, okb_file_kind kind, okb_span cell); /* header.c */

/* offers.c: what a header row offers, read with the aliases of one kind of file. */
typedef struct okb_offer {
    uint32_t n_cells, n_known;
    bool has_title, has_weak_title, has_goal, has_date, has_value, has_goal_data, has_team, has_team_data, has_nested;
    bool has_state_date, has_checkin_date; /* "updated" may be said of a goal as well, "week" of a check-in alone */
} okb_offer;
okb_offer okb_offer_of(reading *r, uint32_t row_ix, okb_span profile, okb_file_kind kind);
/* Is this row a header? Then its format, its kind, and how many of its cells say something (a format's: more than 1000). */
bool okb_header_try(reading *r, uint32_t row_ix, okb_file_kind forced, const format **out_format,
                    okb_file_kind *out_kind, uint32_t *out_known);
/* `id, title, current, updated`: check-ins, or goals with their last values. Each row's own goal says the latter. */
bool okb_header_may_be_goals(reading *r, const block *b);

/* blocks.c */
uint32_t okb_row_filled(const okb_table *table, uint32_t row_ix);
uint32_t okb_row_first_filled(const okb_table *table, uint32_t row_ix);
uint32_t okb_row_indent(const okb_table *table, uint32_t row_ix,
                        uint32_t c); /* leading blanks of a cell, a tab as four */
okb_code okb_blocks_find(reading *r, okb_file_kind forced, okb_err *err) OKB_MUST_USE;

/* plight.c: why no row is a header, and what the person with the file can do. */
okb_code okb_header_missing(reading *r, okb_err *err) OKB_MUST_USE;
/* Whether the names of the fields stand in the first column, one goal a column. */
bool okb_table_is_turned(reading *r, uint32_t header_row);

/* titles.c */
void okb_titles_read(reading *r);                                 /* cycle and team from what stands above the header */
void okb_group_take(reading *r, const block *b, uint32_t row_ix); /* a group's name is a team, a cycle, or neither */

/* columns.c */
void okb_columns_map(reading *r, block *b);     /* header cells to columns with their candidates */
void okb_columns_resolve(reading *r, block *b); /* candidates settled by values */
void okb_columns_report(reading *r);            /* okb_column_use for the Import log */

/* proof.c: date order, decimal mark and scales. OKB_E_DATA where the values prove none. */
okb_code okb_columns_prove(reading *r, okb_err *err) OKB_MUST_USE;

/* rows.c, checkins.c, teams.c */
void okb_goal_row_read(reading *r, const block *b, uint32_t row_ix);
void okb_checkin_row_read(reading *r, const block *b, uint32_t row_ix);
void okb_team_row_read(reading *r, const block *b, uint32_t row_ix);

#endif
