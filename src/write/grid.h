/*
 * grid: a table on a sheet, from a declaration. A column is one line: header, width, style, and where its values come from (a field of
 * an export, or a function of its own). Rows go out in order, so that any table can be streamed.
 */
#ifndef OKRBOOK_WRITE_GRID_H
#define OKRBOOK_WRITE_GRID_H

#include "book.h"

/* Where a cell is being written. */
typedef struct okb_grid_at {
    okb_book *book;
    okb_sheet *sheet;
    const void *context;
    uint32_t ix;  /* of the item, through the grid's index */
    uint32_t row; /* of the sheet, 0-based */
    uint32_t column;
    okb_tone tone;
    double width; /* of the column, in characters */
} okb_grid_at;

typedef enum okb_total { OKB_TOTAL_NONE, OKB_TOTAL_SUM, OKB_TOTAL_WORD } okb_total;

typedef struct okb_grid_column {
    const char *header;
    double width;
    okb_style style;
    const okb_field *field;             /* either a field of an export ... */
    void (*put)(const okb_grid_at *at); /* ... or a writer of the cell; one that writes nothing leaves it empty */
    okb_total total;
} okb_grid_column;

typedef struct okb_grid {
    const okb_grid_column *columns;
    uint32_t n_columns;
    const void *context;
    const uint32_t *index; /* item of each row; NULL: the row's number itself */
    uint32_t n_rows;
    okb_tone (*tone)(const okb_grid_at *at);  /* NULL: body */
    uint32_t (*level)(const okb_grid_at *at); /* outline level; NULL: none */
    bool is_ruled;                            /* empty cells are formatted too, so that lines and bands run through */
} okb_grid;

/* Column widths, header row; columns of numbers have their header at the right. */
void okb_grid_head(okb_book *book, okb_sheet *sheet, const okb_grid *grid, uint32_t row);
/* Rows from..from+n-1 of the grid, from sheet row `row` on. Returns the first free row. */
uint32_t okb_grid_rows(okb_book *book, okb_sheet *sheet, const okb_grid *grid, uint32_t row, uint32_t from, uint32_t n);
/* A row of live totals over first..last. */
void okb_grid_totals(okb_book *book, okb_sheet *sheet, const okb_grid *grid, uint32_t row, uint32_t first,
                     uint32_t last);
/* Head, rows of this part of the sheet, freeze, filter, repeated header. Returns the first free row. */
uint32_t okb_grid_sheet(okb_book *book, okb_sheet *sheet, const okb_grid *grid, uint32_t head_row,
                        uint32_t frozen_columns);

/* The cell that a column's writer is at. */
void okb_at_text(const okb_grid_at *at, okb_span text, okb_style style);
void okb_at_word(const okb_grid_at *at, const char *text, okb_style style);
void okb_at_number(const okb_grid_at *at, double number, okb_style style);
void okb_at_day(const okb_grid_at *at, okb_day day, okb_style style);

/* A message as a sentence: messages begin small because they follow a place elsewhere. Valid until the facts are rewound. */
okb_span okb_as_sentence(okb_book *book, okb_span message);

/* The style in which a field is shown. */
okb_style okb_field_style(const okb_field *field, bool is_plain);

#endif
