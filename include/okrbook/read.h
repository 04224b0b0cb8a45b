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

/* Ceilings; the defaults are rows of the settings table (limit.*). 0 means no limit. */
typedef struct okb_read_limits {
    size_t file_bytes, field_bytes;
    uint32_t rows, columns;
} okb_read_limits;

typedef struct okb_read_options {
    okb_span encoding;  /* empty: told from the bytes */
    char delimiter;     /* 0: told from the text */
    bool may_overwrite; /* the bytes are the caller's to give away: cells are unescaped in place instead of in a copy */
    okb_read_limits limits;
} okb_read_options;

/*
 * Turns a file's bytes into a table. Cells are slices of `bytes` where these are UTF-8 and nothing must be unescaped, so `bytes`
 * must live as long as the table; everything else is kept in `keep`. `bytes` is written to only where options allow it. options NULL: no limits.
 *
 * Encoding: a byte order mark; else as options say (iconv); else UTF-16 or UTF-32 from its zero bytes; UTF-8; Windows-1252. A text
 * with more good sequences of UTF-8 than bad ones is UTF-8 with the bad ones replaced by U+FFFD (a program cut a text in the
 * middle of a character). Text that looks decoded twice is counted in the repairs by line, and left alone.
 * Dialect: options, an Excel `sep=X` line, else the delimiter of , ; tab | that splits the first records most evenly.
 * Cells: blanks of an unquoted cell are its own; blanks around a quoted one are dropped and counted. A quote inside an unquoted
 * cell is text. Lines of nothing but blanks are not rows.
 *
 * Errors (the file is refused as a whole, err has file and line): OKB_E_DATA for a binary file, an empty one, an unclosed quote
 * (the line where it opened), text after a closing quote, a field or row over the limits; OKB_E_USAGE for an encoding iconv
 * does not know and a delimiter that cannot be one. out->sha256 is set even then, and nothing else.
 */
okb_code okb_read_table(okb_span bytes, okb_span path, const okb_read_options *options, okb_arena *keep, okb_table *out,
                        okb_err *err) OKB_MUST_USE;

/* The same for plain lines: each non-blank line is a row of one cell, quotes and delimiters are text. For bare statements. */
okb_code okb_read_lines(okb_span bytes, okb_span path, const okb_read_options *options, okb_arena *keep, okb_table *out,
                        okb_err *err) OKB_MUST_USE;

/* The row as it stood in the file, decoded, with its delimiter and quotes and without its line end; for the rejects. Kept. */
okb_span okb_table_row_csv(const okb_table *table, size_t row_ix, okb_arena *keep);

#ifdef __cplusplus
}
#endif

#endif
