/*
 * read: bytes -> tables. Encoding, dialect, CSV with right line numbers. The only room that knows libcsv and iconv.
 */
#ifndef OKRBOOK_READ_H
#define OKRBOOK_READ_H

#include "okrbook/base.h"
#include "okrbook/table.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Ceilings; the defaults are rows of the settings table (limit.*). */
typedef struct okb_read_limits {
    size_t file_bytes, field_bytes;
    uint32_t rows, columns;
} okb_read_limits;

typedef struct okb_read_options {
    okb_span encoding; /* empty: told from the bytes */
    char delimiter;    /* 0: told from the text */
    okb_read_limits limits;
} okb_read_options;

/*
 * Turns a file's bytes into a table, kept in `keep` (the text is a copy only where it had to be decoded or unquoted).
 *
 * Encoding: BOMs; UTF-16 without BOM from its zero bytes; strict UTF-8; else windows-1252; or as options say (iconv).
 * Dialect: an Excel `sep=X` line, else the delimiter of , ; tab | that splits the first lines most evenly.
 * Text that looks decoded twice is counted in the repairs as seen, and left alone.
 *
 * Errors (the file is refused as a whole, err has file and line): OKB_E_DATA for a binary file, an empty one, an unclosed quote
 * (the line where it opened), text after a closing quote, a field or row over the limits; OKB_E_USAGE for an encoding iconv
 * does not know.
 */
okb_code okb_read_table(okb_span bytes, okb_span path, const okb_read_options *options, okb_arena *keep, okb_table *out,
                        okb_err *err) OKB_MUST_USE;

/* The same for plain lines: each non-blank line is a row of one cell, quotes and delimiters are text. For bare statements. */
okb_code okb_read_lines(okb_span bytes, okb_span path, const okb_read_options *options, okb_arena *keep, okb_table *out,
                        okb_err *err) OKB_MUST_USE;

/* The raw row as one line of CSV, for the rejects. Kept. */
okb_span okb_table_row_csv(const okb_table *table, size_t row_ix, okb_arena *keep);

#ifdef __cplusplus
}
#endif

#endif
