/*
 * The floor that okrbook is measured against: the cells of a finished workbook, written again straight through
 * libxlsxwriter with nothing else to do. They are read first and only the writing is timed.
 *
 * usage: floor BOOK.xlsx OUT.xlsx      prints cells, seconds, and the megabytes that the writing added to the peak
 */
#include "cells.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

#include <xlsxwriter.h>

static double clock_seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static double peak_megabytes(void)
{
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return (double)usage.ru_maxrss / 1024;
}

static void check(lxw_error error)
{
    if (error != LXW_NO_ERROR) {
        fprintf(stderr, "floor: %s\n", lxw_strerror(error));
        exit(1);
    }
}

static void write_cell(lxw_worksheet *out, const book *b, const cell *c, lxw_format *format)
{
    const char *text = b->text + c->text, *formula = b->text + c->formula;
    switch (c->kind) {
    case CELL_BLANK:
        check(worksheet_write_blank(out, c->row, c->column, format));
        break;
    case CELL_NUMBER:
        check(worksheet_write_number(out, c->row, c->column, c->number, format));
        break;
    case CELL_BOOLEAN:
        check(worksheet_write_boolean(out, c->row, c->column, (int)c->number, format));
        break;
    case CELL_TEXT:
        check(worksheet_write_string(out, c->row, c->column, text, format));
        break;
    case CELL_FORMULA_NUMBER:
        check(worksheet_write_formula_num(out, c->row, c->column, formula, format, c->number));
        break;
    case CELL_FORMULA_TEXT:
        check(worksheet_write_formula_str(out, c->row, c->column, formula, format, text));
        break;
    }
}

static void write_book(const book *b, const char *path)
{
    lxw_workbook_options options = {.constant_memory = LXW_TRUE};
    lxw_workbook *out = workbook_new_opt(path, &options);
    lxw_format **formats = calloc(b->n_styles, sizeof *formats);
    if (!out || !formats) {
        fputs("floor: out of memory\n", stderr);
        exit(1);
    }
    /* As many formats as the workbook has, each different; style 0 is none. */
    for (uint16_t i = 1; i < b->n_styles; i++) {
        formats[i] = workbook_add_format(out);
        format_set_font_color(formats[i], i);
    }
    for (size_t i = 0; i < b->n_sheets; i++) {
        const sheet *s = &b->sheets[i];
        lxw_worksheet *sheet_out = workbook_add_worksheet(out, b->text + s->name);
        for (size_t k = s->first_cell; k < s->first_cell + s->n_cells; k++)
            write_cell(sheet_out, b, &b->cells[k], formats[b->cells[k].style]);
    }
    check(workbook_close(out));
    free(formats);
}

int main(int argc, char **argv)
{
    if (argc != 3) {
        fputs("usage: floor BOOK.xlsx OUT.xlsx\n", stderr);
        return 2;
    }
    book *b = book_read(argv[1]);
    /* The loader's own peak must not hide the writer's. */
    FILE *reset = fopen("/proc/self/clear_refs", "w");
    if (reset) {
        fputs("5", reset);
        fclose(reset);
    }
    double before = peak_megabytes(), began = clock_seconds();
    write_book(b, argv[2]);
    double seconds = clock_seconds() - began;
    printf("%zu %.4f %.0f\n", b->n_cells, seconds, peak_megabytes() - before);
    return 0;
}
