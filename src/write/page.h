/*
 * page: a freely composed part of a sheet (tiles, blocks side by side). Cells are collected in any order and written sorted, so
 * that a streamed sheet takes them too.
 */
#ifndef OKRBOOK_WRITE_PAGE_H
#define OKRBOOK_WRITE_PAGE_H

#include "book.h"

typedef struct okb_page {
    okb_book *book;
    okb_sheet *sheet;
    okb_arena keep; /* texts and formulas until the flush */
    okb_vec cells;
    okb_vec heights;
    okb_vec tables;
} okb_page;

void okb_page_init(okb_page *page, okb_book *book, okb_sheet *sheet);

void okb_page_text(okb_page *page, uint32_t row, uint32_t column, okb_span text, okb_style style, okb_tone tone);
void okb_page_word(okb_page *page, uint32_t row, uint32_t column, const char *text, okb_style style, okb_tone tone);
void okb_page_number(okb_page *page, uint32_t row, uint32_t column, double number, okb_style style, okb_tone tone);
void okb_page_day(okb_page *page, uint32_t row, uint32_t column, okb_day day, okb_style style, okb_tone tone);
/* value NaN: the formula shows nothing now. */
void okb_page_formula(okb_page *page, uint32_t row, uint32_t column, const char *formula, double value, okb_style style,
                      okb_tone tone);
void okb_page_formula_text(okb_page *page, uint32_t row, uint32_t column, const char *formula, okb_span value,
                           okb_style style, okb_tone tone);
void okb_page_link(okb_page *page, uint32_t row, uint32_t column, okb_span target, okb_span text, okb_style style,
                   okb_tone tone);
/* A format without a value: fills and lines that run through. Loses to any other cell in its place. */
void okb_page_fill(okb_page *page, uint32_t row, uint32_t first, uint32_t last, okb_style style, okb_tone tone);
/* Of several heights of one row the largest stands. */
void okb_page_height(okb_page *page, uint32_t row, double points);
/* A block that is a table in the accessible profile: its header row, the row after its last one, and its columns, each of which has a
 * header of its own. */
void okb_page_table(okb_page *page, uint32_t head_row, uint32_t end_row, uint32_t column, uint32_t n_columns);
const char *okb_page_printf(okb_page *page, const char *fmt, ...) OKB_PRINTF(2, 3);

/* Writes everything in order and empties the page. */
void okb_page_flush(okb_page *page);

#endif
