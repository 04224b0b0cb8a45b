/* Collects cells in any order, writes them sorted. */
#include "page.h"

#include <math.h>
#include <stdlib.h>

typedef enum cell_kind {
    CELL_FILL,
    CELL_TEXT,
    CELL_NUMBER,
    CELL_DAY,
    CELL_FORMULA,
    CELL_FORMULA_TEXT,
    CELL_LINK
} cell_kind;

typedef struct cell {
    uint32_t row, column;
    size_t at; /* order of arrival: the first value of a place stands */
    cell_kind kind;
    okb_style style;
    okb_tone tone;
    double number;
    okb_day day;
    okb_span text, target;
    const char *formula;
} cell;

typedef struct height {
    uint32_t row;
    double points;
} height;

typedef struct table {
    uint32_t head_row, end_row, column, n_columns;
} table;

void okb_page_init(okb_page *page, okb_book *book, okb_sheet *sheet)
{
    *page = (okb_page){.book = book, .sheet = sheet};
    okb_arena_init(&page->keep, 0);
}

static cell *add(okb_page *page, uint32_t row, uint32_t column, cell_kind kind, okb_style style, okb_tone tone)
{
    cell *c = okb_vec_push(&page->cells, cell);
    *c = (cell){.row = row,
                .column = column,
                .at = page->cells.n,
                .kind = kind,
                .style = style,
                .tone = tone,
                .number = NAN,
                .day = OKB_DAY_NONE};
    return c;
}

void okb_page_text(okb_page *page, uint32_t row, uint32_t column, okb_span text, okb_style style, okb_tone tone)
{
    if (text.n)
        add(page, row, column, CELL_TEXT, style, tone)->text = okb_arena_copy(&page->keep, text);
}

void okb_page_word(okb_page *page, uint32_t row, uint32_t column, const char *text, okb_style style, okb_tone tone)
{
    okb_page_text(page, row, column, okb_span_of(text), style, tone);
}

void okb_page_number(okb_page *page, uint32_t row, uint32_t column, double number, okb_style style, okb_tone tone)
{
    if (isfinite(number))
        add(page, row, column, CELL_NUMBER, style, tone)->number = number;
}

void okb_page_day(okb_page *page, uint32_t row, uint32_t column, okb_day day, okb_style style, okb_tone tone)
{
    if (day != OKB_DAY_NONE)
        add(page, row, column, CELL_DAY, style, tone)->day = day;
}

void okb_page_formula(okb_page *page, uint32_t row, uint32_t column, const char *formula, double value, okb_style style,
                      okb_tone tone)
{
    cell *c = add(page, row, column, CELL_FORMULA, style, tone);
    c->formula = okb_arena_copy(&page->keep, okb_span_of(formula)).p;
    c->number = value;
}

void okb_page_formula_text(okb_page *page, uint32_t row, uint32_t column, const char *formula, okb_span value,
                           okb_style style, okb_tone tone)
{
    cell *c = add(page, row, column, CELL_FORMULA_TEXT, style, tone);
    c->formula = okb_arena_copy(&page->keep, okb_span_of(formula)).p;
    c->text = okb_arena_copy(&page->keep, value);
}

void okb_page_link(okb_page *page, uint32_t row, uint32_t column, okb_span target, okb_span text, okb_style style,
                   okb_tone tone)
{
    if (!text.n)
        return;
    cell *c = add(page, row, column, CELL_LINK, style, tone);
    c->text = okb_arena_copy(&page->keep, text);
    c->target = target.n ? okb_arena_copy(&page->keep, target) : (okb_span){NULL, 0};
}

void okb_page_fill(okb_page *page, uint32_t row, uint32_t first, uint32_t last, okb_style style, okb_tone tone)
{
    for (uint32_t column = first; column <= last; column++)
        (void)add(page, row, column, CELL_FILL, style, tone);
}

void okb_page_height(okb_page *page, uint32_t row, double points)
{
    *okb_vec_push(&page->heights, height) = (height){row, points};
}

void okb_page_table(okb_page *page, uint32_t head_row, uint32_t end_row, uint32_t column, uint32_t n_columns)
{
    if (end_row > head_row + 1)
        *okb_vec_push(&page->tables, table) = (table){head_row, end_row, column, n_columns};
}

const char *okb_page_printf(okb_page *page, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    okb_span text = okb_arena_vprintf(&page->keep, fmt, ap);
    va_end(ap);
    return text.p;
}

/* By place; in one place, values before fills, then by arrival. */
static int by_place(const void *a, const void *b)
{
    const cell *x = a, *y = b;
    if (x->row != y->row)
        return x->row < y->row ? -1 : 1;
    if (x->column != y->column)
        return x->column < y->column ? -1 : 1;
    if ((x->kind == CELL_FILL) != (y->kind == CELL_FILL))
        return x->kind == CELL_FILL ? 1 : -1;
    return x->at < y->at ? -1 : x->at > y->at;
}

static int by_row(const void *a, const void *b)
{
    const height *x = a, *y = b;
    if (x->row != y->row)
        return x->row < y->row ? -1 : 1;
    return x->points < y->points ? -1 : x->points > y->points;
}

static void write_cell(okb_page *page, const cell *c)
{
    okb_book *book = page->book;
    okb_sheet *sheet = page->sheet;
    switch (c->kind) {
    case CELL_TEXT:
        okb_put_text(book, sheet, c->row, c->column, c->text, c->style, c->tone);
        break;
    case CELL_NUMBER:
        okb_put_number(book, sheet, c->row, c->column, c->number, c->style, c->tone);
        break;
    case CELL_DAY:
        okb_put_day(book, sheet, c->row, c->column, c->day, c->style, c->tone);
        break;
    case CELL_FORMULA:
        okb_put_formula(book, sheet, c->row, c->column, c->formula, c->number, c->style, c->tone);
        break;
    case CELL_FORMULA_TEXT:
        okb_put_formula_text(book, sheet, c->row, c->column, c->formula, c->text, c->style, c->tone);
        break;
    case CELL_LINK:
        okb_put_link(book, sheet, c->row, c->column, c->target, c->text, c->style, c->tone);
        break;
    case CELL_FILL:
        okb_put_blank(book, sheet, c->row, c->column, c->style, c->tone);
        break;
    }
}

/* The header's texts are among the page's cells, which are sorted by now. */
static void mark_table(okb_page *page, const table *t)
{
    okb_span headers[OKB_TABLE_COLUMNS];
    okb_style styles[OKB_TABLE_COLUMNS];
    uint32_t n = 0;
    for (size_t i = 0; i < page->cells.n && n < OKB_TABLE_COLUMNS; i++) {
        const cell *c = &okb_vec_at(&page->cells, cell, i);
        if (c->row == t->head_row && c->kind == CELL_TEXT && c->column == t->column + n && n < t->n_columns) {
            headers[n] = c->text;
            styles[n++] = c->style;
        }
    }
    if (n == t->n_columns)
        okb_sheet_table(page->book, page->sheet, t->head_row, t->end_row - 1, t->column, headers, styles, n);
}

void okb_page_flush(okb_page *page)
{
    cell *cells = page->cells.items;
    height *heights = page->heights.items;
    if (page->cells.n)
        qsort(cells, page->cells.n, sizeof *cells, by_place);
    if (page->heights.n)
        qsort(heights, page->heights.n, sizeof *heights, by_row);
    size_t h = 0;
    for (size_t i = 0; i < page->cells.n; i++) {
        for (; h < page->heights.n && heights[h].row <= cells[i].row; h++)
            okb_sheet_row_height(page->book, page->sheet, heights[h].row, heights[h].points);
        if (i > 0 && cells[i].row == cells[i - 1].row && cells[i].column == cells[i - 1].column)
            continue;
        write_cell(page, &cells[i]);
    }
    for (; h < page->heights.n; h++)
        okb_sheet_row_height(page->book, page->sheet, heights[h].row, heights[h].points);
    for (size_t i = 0; i < page->tables.n; i++)
        mark_table(page, &okb_vec_at(&page->tables, table, i));
    okb_vec_free(&page->tables);
    okb_vec_free(&page->cells);
    okb_vec_free(&page->heights);
    okb_arena_reset(&page->keep);
}
