/* Owns the order of the steps from bytes to a table, and a row's way back to CSV. */
#include "parts.h"

#include <string.h>

static const okb_span no_column;

/* The steps before rows: hash, ceilings, encoding. Fills the table's path and hash also where it fails. */
static okb_code decode_file(okb_span bytes, okb_span path, const okb_read_options *options, okb_arena *keep,
                            okb_repairs *repairs, okb_table *table, okb_decoded *decoded, okb_err *err)
{
    *table = (okb_table){.path = okb_arena_copy(keep, path)};
    okb_sha256_hex(bytes, table->sha256); /* before a cell is unescaped in place */
    if (bytes.n == 0)
        return okb_fail_at(err, OKB_E_DATA, path, 0, no_column, "the file is empty; export it again");
    if (options->limits.file_bytes && bytes.n > options->limits.file_bytes)
        return okb_fail_at(err, OKB_E_DATA, path, 0, no_column,
                           "the file has more than %zu bytes; split it or raise limit.file_bytes",
                           options->limits.file_bytes);
    okb_code code = okb_refuse_known_type(bytes, path, err);
    if (code == OKB_OK)
        code = okb_decode(bytes, path, options, keep, repairs, decoded, err);
    if (code == OKB_OK)
        okb_drop_marks(decoded, keep, repairs);
    return code;
}

static okb_code finish_table(const okb_decoded *decoded, const okb_repairs *repairs, okb_arena *keep, okb_table *table,
                             okb_err *err)
{
    if (table->n_rows == 0)
        return okb_fail_at(err, OKB_E_DATA, table->path, 0, no_column,
                           "the file is empty but for blank lines; export it again");
    table->encoding = okb_arena_copy(keep, decoded->encoding);
    table->repairs = repairs->items;
    table->n_repairs = repairs->n;
    return OKB_OK;
}

static const okb_read_options no_options;

okb_code okb_read_table(okb_span bytes, okb_span path, const okb_read_options *options, okb_arena *keep, okb_table *out,
                        okb_err *err)
{
    if (!options)
        options = &no_options;
    okb_repairs *repairs = OKB_NEW(keep, okb_repairs);
    okb_table table;
    okb_decoded decoded;
    okb_dialect dialect;
    okb_code code = decode_file(bytes, path, options, keep, repairs, &table, &decoded, err);
    memcpy(out->sha256, table.sha256, sizeof out->sha256);
    if (code == OKB_OK)
        code = okb_dialect_find(decoded.text, path, options->delimiter, &dialect, err);
    if (code == OKB_OK)
        code = okb_refuse_binary(decoded.text, path, dialect.delimiter, err);
    if (code != OKB_OK)
        return code;
    okb_note_decoded_twice(decoded.text, repairs);
    code = okb_csv_parse(&decoded, &dialect, &options->limits, keep, repairs, &table, err);
    if (code == OKB_OK)
        code = finish_table(&decoded, repairs, keep, &table, err);
    if (code == OKB_OK)
        *out = table;
    return code;
}

/* Past the line's end at `at`, which may be the text's. */
static size_t after_line_end(okb_span text, size_t at)
{
    if (at + 1 < text.n && text.p[at] == '\r' && text.p[at + 1] == '\n')
        return at + 2;
    return at + 1;
}

okb_code okb_read_lines(okb_span bytes, okb_span path, const okb_read_options *options, okb_arena *keep, okb_table *out,
                        okb_err *err)
{
    if (!options)
        options = &no_options;
    okb_repairs *repairs = OKB_NEW(keep, okb_repairs);
    okb_decoded decoded;
    okb_code code = decode_file(bytes, path, options, keep, repairs, out, &decoded, err);
    if (code == OKB_OK)
        code = okb_refuse_binary(decoded.text, path, '\t', err);
    if (code != OKB_OK)
        return code;
    okb_span text = decoded.text;
    size_t most = okb_line_ends(text) + 1;
    okb_cell *cells = OKB_NEW_N(keep, okb_cell, most);
    okb_row *rows = OKB_NEW_N(keep, okb_row, most);
    size_t n = 0;
    uint32_t line = 1;
    for (size_t from = 0, to; from < text.n; from = after_line_end(text, to), line++) {
        to = from;
        while (to < text.n && text.p[to] != '\n' && text.p[to] != '\r')
            to++;
        if (okb_span_trim(okb_span_sub(text, from, to)).n == 0)
            continue;
        if (options->limits.field_bytes && to - from > options->limits.field_bytes)
            return okb_fail_at(err, OKB_E_DATA, path, line, no_column,
                               "the line has more than %zu bytes; shorten it or raise limit.field_bytes",
                               options->limits.field_bytes);
        cells[n] = (okb_cell){.offset = (uint32_t)from, .size = (uint32_t)(to - from) & INT32_MAX};
        rows[n] = (okb_row){.first_cell = n, .n_cells = 1, .line = line};
        n++;
    }
    out->text = text;
    out->cells = cells;
    out->rows = rows;
    out->n_cells = out->n_rows = n;
    return finish_table(&decoded, repairs, keep, out, err);
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
