/* Reads the cells of a workbook that libxlsxwriter wrote, so that floor.c can write the very same ones again. */
#ifndef OKRBOOK_BENCH_CELLS_H
#define OKRBOOK_BENCH_CELLS_H

#include <stddef.h>
#include <stdint.h>

typedef enum cell_kind {
    CELL_BLANK,
    CELL_NUMBER,
    CELL_TEXT,
    CELL_BOOLEAN,
    CELL_FORMULA_NUMBER,
    CELL_FORMULA_TEXT
} cell_kind;

/* Texts are offsets into book.text, each terminated. */
typedef struct cell {
    double number;
    uint64_t text;    /* of a text, or a formula's cached one */
    uint64_t formula; /* without its = */
    uint32_t row;
    uint16_t column;
    uint16_t style;
    cell_kind kind;
} cell;

typedef struct sheet {
    uint64_t name; /* offset into book.text */
    size_t first_cell, n_cells;
} sheet;

typedef struct book {
    sheet *sheets;
    size_t n_sheets;
    cell *cells; /* sheet by sheet, row by row */
    size_t n_cells;
    char *text;
    size_t n_text;
    uint16_t n_styles;
} book;

/* Ends the program with a message where the workbook cannot be read. */
book *book_read(const char *path);

#endif
