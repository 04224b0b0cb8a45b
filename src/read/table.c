/* Owns the order of the steps from bytes to a table, and a row's way back to CSV. */
#include "parts.h"

#include <string.h>

static const char MARK_DROPPED[] = "end-of-file mark dropped";

/* DOS programs end a text with Ctrl-Z. */
static void drop_end_mark(okb_span *text, okb_repairs *repairs)
{
    if (text->n == 0 || text->p[text->n - 1] != '\x1A')
        return;
    okb_repairs_add(repairs, MARK_DROPPED, 1, okb_line_at(*text, text->n - 1));
    while (text->n && text->p[text->n - 1] == '\x1A')
        text->n--;
}

okb_code okb_read_table(okb_span bytes, okb_span path, const okb_read_options *options, okb_arena *keep, okb_table *out,
                        okb_err *err)
{
    static const okb_read_options none = {.delimiter = 0};
    const okb_span no_column = {NULL, 0};
    if (!options)
        options = &none;
    okb_table table = {.path = okb_arena_copy(keep, path)};
    okb_sha256_hex(bytes, table.sha256); /* before a cell is unescaped in place */
    memcpy(out->sha256, table.sha256, sizeof out->sha256);
    if (bytes.n == 0)
        return okb_fail_at(err, OKB_E_DATA, path, 0, no_column, "the file is empty; export it again");
    if (options->limits.file_bytes && bytes.n > options->limits.file_bytes)
        return okb_fail_at(err, OKB_E_DATA, path, 0, no_column,
                           "the file has more than %zu bytes; split it or raise limit.file_bytes",
                           options->limits.file_bytes);
    okb_repairs *repairs = OKB_NEW(keep, okb_repairs);
    okb_decoded decoded;
    okb_code code = okb_decode(bytes, path, options, keep, repairs, &decoded, err);
    if (code != OKB_OK)
        return code;
    drop_end_mark(&decoded.text, repairs);
    okb_dialect dialect;
    code = okb_dialect_find(decoded.text, path, options->delimiter, &dialect, err);
    if (code == OKB_OK)
        code = okb_refuse_binary(decoded.text, path, dialect.delimiter, err);
    if (code != OKB_OK)
        return code;
    okb_note_decoded_twice(decoded.text, repairs);
    code = okb_csv_parse(&decoded, &dialect, &options->limits, keep, repairs, &table, err);
    if (code != OKB_OK)
        return code;
    if (table.n_rows == 0)
        return okb_fail_at(err, OKB_E_DATA, path, 0, no_column,
                           "the file is empty but for blank lines; export it again");
    table.encoding = okb_arena_copy(keep, decoded.encoding);
    table.repairs = repairs->items;
    table.n_repairs = repairs->n;
    *out = table;
    return OKB_OK;
}

okb_span okb_table_row_csv(const okb_table *table, size_t row_ix, okb_arena *keep)
{
    if (row_ix >= table->n_rows)
        return (okb_span){NULL, 0};
    okb_buf line = {NULL, 0, 0};
    const okb_row *row = &table->rows[row_ix];
    for (size_t i = 0; i < row->n_cells; i++) {
        const okb_cell *cell = &table->cells[row->first_cell + i];
        okb_span text = okb_table_cell(table, row_ix, i);
        if (i)
            okb_buf_byte(&line, table->delimiter);
        if (!cell->is_quoted) {
            okb_buf_add(&line, text);
            continue;
        }
        okb_buf_byte(&line, '"');
        while (text.n) {
            const char *quote = memchr(text.p, '"', text.n);
            size_t n = quote ? (size_t)(quote - text.p) + 1 : text.n;
            okb_buf_add(&line, okb_span_sub(text, 0, n));
            if (quote)
                okb_buf_byte(&line, '"');
            text = okb_span_sub(text, n, text.n);
        }
        okb_buf_byte(&line, '"');
    }
    okb_span out = okb_arena_copy(keep, okb_buf_span(&line));
    okb_buf_free(&line);
    return out;
}
