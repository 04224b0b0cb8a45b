/*
 * The table between read and the stages: rows of cells over one text, with the line each row began on.
 * Plain data; also the form in which the editable tables (rules, columns, words, settings, findings) travel.
 */
#ifndef OKRBOOK_TABLE_H
#define OKRBOOK_TABLE_H

#include "okrbook/base.h"

#ifdef __cplusplus
extern "C" {
#endif

/* A cell: bytes text.p[offset .. offset+size). Eight bytes a cell, because check-in files have millions. */
typedef struct okb_cell {
    uint32_t offset;
    uint32_t size : 31;
    uint32_t is_quoted : 1;
} okb_cell;

typedef struct okb_row {
    size_t first_cell; /* into cells */
    uint32_t n_cells;
    uint32_t line; /* physical line of its first byte, 1-based; CR, LF and CRLF each end one line */
} okb_row;

/* How often the reader mended something, and where it first did ("nul byte dropped", "text decoded twice" ...). */
typedef struct okb_repair {
    okb_span what;
    uint32_t count;
    uint32_t first_line;
} okb_repair;

typedef struct okb_table {
    okb_span path; /* as given on the command line, "-" for standard input */
    okb_span text; /* UTF-8 */
    const okb_cell *cells;
    size_t n_cells;
    const okb_row *rows; /* blank lines are not rows */
    size_t n_rows;
    okb_span encoding; /* UTF-8 | UTF-16LE | UTF-16BE | windows-1252 | as given by --encoding */
    char delimiter;    /* ',' ';' '\t' '|' ... */
    uint32_t blank_lines;
    uint32_t first_blank_line;
    const okb_repair *repairs;
    size_t n_repairs;
    char sha256[65]; /* of the bytes as they were on disk */
} okb_table;

static inline okb_span okb_table_cell(const okb_table *table, size_t row_ix, size_t column_ix)
{
    const okb_row *row = &table->rows[row_ix];
    if (column_ix >= row->n_cells)
        return (okb_span){NULL, 0};
    const okb_cell *cell = &table->cells[row->first_cell + column_ix];
    return (okb_span){table->text.p + cell->offset, cell->size};
}

/* The number of cells in row_ix, 0 past the end. */
static inline size_t okb_table_width(const okb_table *table, size_t row_ix)
{
    return row_ix < table->n_rows ? table->rows[row_ix].n_cells : 0;
}

#ifdef __cplusplus
}
#endif

#endif
