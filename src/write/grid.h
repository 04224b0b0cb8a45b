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
    okb_style style; /* of the column */
    double width;    /* of the column, in characters */
} okb_grid_at;

/* What stands in a column below the last row: the word "Total", or a live sum or mean of the numbers that its field gives. */
typedef enum okb_total { OKB_TOTAL_NONE, OKB_TOTAL_WORD, OKB_TOTAL_SUM, OKB_TOTAL_MEAN } okb_total;

/*
 * {"Owner", 16, OKB_STYLE_TEXT_WRAP, .field = OKB_FIELD(goal_row, okb_goal, owner)},
 * {"Unaccounted", 12, OKB_STYLE_COUNT, .field = &missing, .formula = "={Rows}-{Used}-{Rejected}", .total = OKB_TOTAL_SUM},
 */
typedef struct okb_grid_column {
    const char *header; /* unique in its grid */
    double width;       /* in characters; 0 leaves the sheet's width alone */
    okb_style style;
    const okb_field *field;             /* where the values come from ... */
    void (*put)(const okb_grid_at *at); /* ... or a writer of the cell; one that writes nothing leaves it empty */
    const char *formula; /* live: {Header} is that column's cell of the same row; the field's number is cached */
    okb_total total;
} okb_grid_column;

/* A field that is a member of a row's struct and has no name of its own. */
#define OKB_FIELD(row_, type, name_)                                                                                   \
    &(const okb_field)                                                                                                 \
    {                                                                                                                  \
        OKB_FIELD_OF(row_, type, name_)                                                                                \
    }

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
/* A row of live totals over the grid's rows, the first of which is sheet row `first`. */
void okb_grid_totals(okb_book *book, okb_sheet *sheet, const okb_grid *grid, uint32_t row, uint32_t first);
/* Marks a head and the rows below it, up to the one before `end`, as a table in the accessible profile. */
void okb_grid_mark(okb_book *book, okb_sheet *sheet, const okb_grid *grid, uint32_t head_row, uint32_t end);
/* The style of a column's header. */
okb_style okb_grid_header_style(const okb_grid_column *column, uint32_t at);
/* A block of a sheet: caption, head, all rows, a row of air. Returns the first free row. */
uint32_t okb_grid_block(okb_book *book, okb_sheet *sheet, uint32_t row, const char *caption, const okb_grid *grid);
/* Head, rows of this part of the sheet, freeze, filter, repeated header. Returns the first free row. */
uint32_t okb_grid_sheet(okb_book *book, okb_sheet *sheet, const okb_grid *grid, uint32_t head_row,
                        uint32_t frozen_columns);

/* A sheet that is one table: its name, the note under it, the grid, and a sentence where there are no rows. The first row of the grid
 * is OKB_GRID_FIRST_ROW. Returns the first free row. */
enum { OKB_GRID_HEAD_ROW = 3, OKB_GRID_FIRST_ROW };
uint32_t okb_grid_titled_sheet(okb_book *book, okb_sheet *sheet, const okb_grid *grid, okb_span note,
                               uint32_t frozen_columns, const char *none);

/* The cell that a column's writer is at, in the column's style, or in another. A text that wraps makes its row as high as it needs. */
void okb_at_text(const okb_grid_at *at, okb_span text);
void okb_at_word(const okb_grid_at *at, const char *text);
void okb_at_number(const okb_grid_at *at, double number);
void okb_at_day(const okb_grid_at *at, okb_day day);
void okb_at_text_in(const okb_grid_at *at, okb_span text, okb_style style);
void okb_at_number_in(const okb_grid_at *at, double number, okb_style style);

/* A message as a sentence: messages begin small because they follow a place elsewhere. Valid until the facts are rewound. */
okb_span okb_as_sentence(okb_book *book, okb_span message);

/* The style in which a field is shown. */
okb_style okb_field_style(const okb_field *field, bool is_plain);

#endif
