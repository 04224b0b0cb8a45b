/* Private to read: what its files hand to one another. */
#ifndef OKRBOOK_SRC_READ_PARTS_H
#define OKRBOOK_SRC_READ_PARTS_H

#include "okrbook/read.h"

/* Repairs as they are counted: one entry for each kind, in the order in which they were first seen. */
enum { MAX_REPAIRS = 12 };
typedef struct okb_repairs {
    okb_repair items[MAX_REPAIRS];
    size_t n;
} okb_repairs;
/* what: a literal. Counts `count` more of it, the first of them on `line`. */
/* Bytes that are to be read as Windows-1252: counts the signs of Mac OS Roman and of code page 850. */
void okb_note_foreign(okb_span bytes, okb_repairs *repairs);
void okb_repairs_add(okb_repairs *repairs, const char *what, size_t count, uint32_t line);

/* How often the byte stands in s. */
size_t okb_count_byte(okb_span s, char byte);
/* Line ends in text; CR, LF and CRLF are one each. */
size_t okb_line_ends(okb_span text);
/* The line that the byte at `offset` stands on, 1-based. */
uint32_t okb_line_at(okb_span text, size_t offset);

/* encoding.c: bytes -> UTF-8. is_own: text may be written to. */
typedef struct okb_decoded {
    okb_span text;
    okb_span encoding;
    bool is_own;
} okb_decoded;
okb_code okb_decode(okb_span bytes, okb_span path, const okb_read_options *options, okb_arena *keep,
                    okb_repairs *repairs, okb_decoded *out, okb_err *err) OKB_MUST_USE;

/* marks.c: drops byte order marks at the start and at line starts, and Ctrl-Z at the end. */
void okb_drop_marks(okb_decoded *decoded, okb_arena *keep, okb_repairs *repairs);

/* binary.c: refuses what is no CSV text. Line numbers are those of the text. */
okb_code okb_refuse_known_type(okb_span bytes, okb_span path, okb_err *err) OKB_MUST_USE; /* by its first bytes */
okb_code okb_refuse_binary(okb_span text, okb_span path, char delimiter, okb_err *err) OKB_MUST_USE;

/* twice.c: counts the lines with text that was decoded twice. */
void okb_note_decoded_twice(okb_span text, okb_repairs *repairs);

/* dialect.c */
typedef struct okb_dialect {
    char delimiter;
    size_t skip_bytes;   /* the `sep=` line with its end */
    uint32_t skip_lines; /* 1 where there is one */
} okb_dialect;
okb_code okb_dialect_find(okb_span text, okb_span path, char forced, okb_dialect *out, okb_err *err) OKB_MUST_USE;

/* csv.c: text -> cells and rows of *out. Where a cell must be unescaped it is written into the text if that is own, else into a
 * copy in `keep`; out->text says which. */
okb_code okb_csv_parse(const okb_decoded *decoded, const okb_dialect *dialect, const okb_read_limits *limits,
                       okb_arena *keep, okb_repairs *repairs, okb_table *out, okb_err *err) OKB_MUST_USE;

#endif
