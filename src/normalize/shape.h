/* The room's inner functions that turn a table into records: blocks, columns, rows, cells. */
#ifndef NORMALIZE_SHAPE_H
#define NORMALIZE_SHAPE_H

#include "room.h"

header_hit okb_header_read(reading *r, okb_span profile, okb_file_kind kind, okb_span cell); /* header.c */

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
