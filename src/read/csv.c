/*
 * Owns the cells and rows of a text. libcsv says where fields and rows end; this file follows it through the text with a cursor,
 * so that each cell is a slice of the text (nothing is copied but what must be unescaped) and each row knows its physical line.
 *
 * libcsv in strict mode refuses quotes in the middle of an unquoted field, which exports are full of (a 5" pipe): such a field is
 * fed with another quote character, one that UTF-8 cannot hold.
 */
#include "parts.h"

#include <csv.h>
#include <stdlib.h>
#include <string.h>

static const char BLANKS_DROPPED[] = "blanks around a quoted field dropped";
static const char QUOTE_KEPT[] = "quote inside an unquoted field kept";

enum {
    CHUNK_BYTES = 1 << 16, /* callbacks cannot stop the parser, so a limit stops it within one chunk */
    NO_QUOTE = 0xFF,
    CELL_BYTES_MAX = INT32_MAX
};

typedef struct reader {
    struct csv_parser parser;
    okb_span text; /* as decoded, without the `sep=` line */
    char *own;     /* the text where it may be written to; NULL until a cell needs it */
    okb_arena *keep;
    okb_repairs *repairs;
    const okb_read_limits *limits;
    okb_span path;
    okb_err *err;
    char delimiter;

    size_t cursor; /* the next byte that no callback has told of */
    uint32_t line; /* of the cursor */
    bool is_at_row_start;
    bool is_literal; /* the current field is taken without regard to quotes */
    okb_code code;   /* set by a callback: the parse is over */

    okb_cell *cells;
    size_t n_cells, cap_cells;
    okb_row *rows;
    size_t n_rows, cap_rows;
    uint32_t row_line, row_cells;
    uint32_t blank_lines, first_blank_line;
} reader;

/* libcsv passes its reallocation no context. */
static _Thread_local size_t field_cap;

static void *capped_realloc(void *p, size_t size)
{
    return size > field_cap ? NULL : realloc(p, size);
}

static bool is_blank(const reader *r, char c)
{
    return (c == ' ' || c == '\t') && c != r->delimiter;
}

static bool is_end(char c)
{
    return c == '\n' || c == '\r';
}

static size_t skip_blanks(const reader *r, size_t at)
{
    while (at < r->text.n && is_blank(r, r->text.p[at]))
        at++;
    return at;
}

/* Past the line end at `at`. */
static size_t skip_end(const reader *r, size_t at)
{
    bool is_pair = r->text.p[at] == '\r' && at + 1 < r->text.n && r->text.p[at + 1] == '\n';
    return at + (is_pair ? 2 : 1);
}

/* libcsv passes over lines of nothing or blanks without a word. */
static void pass_blank_lines(reader *r)
{
    for (;;) {
        size_t at = skip_blanks(r, r->cursor);
        if (at >= r->text.n || !is_end(r->text.p[at]))
            return;
        if (r->blank_lines++ == 0)
            r->first_blank_line = r->line;
        r->line++;
        r->cursor = skip_end(r, at);
    }
}

static void begin_row(reader *r)
{
    if (!r->is_at_row_start)
        return;
    pass_blank_lines(r);
    r->is_at_row_start = false;
    r->row_line = r->line;
    r->row_cells = 0;
}

/* The name that a person knows the current column by: the first row's cell, where that row is no lone title. */
static okb_span column_name(const reader *r)
{
    if (r->n_rows == 0 || r->rows[0].n_cells < 2 || r->row_cells >= r->rows[0].n_cells)
        return (okb_span){NULL, 0};
    okb_cell cell = r->cells[r->row_cells];
    const char *text = r->own ? r->own : r->text.p;
    return okb_span_trim((okb_span){text + cell.offset, cell.size});
}

static bool is_quote_at(const reader *r, size_t at)
{
    return at < r->text.n && r->text.p[at] == '"';
}

static void fail_field_size(reader *r)
{
    bool is_quoted = is_quote_at(r, skip_blanks(r, r->cursor));
    r->code = okb_fail_at(r->err, OKB_E_DATA, r->path, r->line, column_name(r),
                          "the field in column %u has more than %zu bytes%s; shorten it or raise limit.field_bytes",
                          r->row_cells + 1, r->limits->field_bytes,
                          is_quoted ? ": its quote opens on this line and may not be closed" : "");
}

static void broken(reader *r)
{
    r->code = okb_fail_at(r->err, OKB_E_BUG, r->path, r->line, (okb_span){NULL, 0},
                          "the reader lost its place at byte %zu; report this file", r->cursor);
}

static uint32_t inner_line_ends(const char *p, size_t n)
{
    if (!memchr(p, '\n', n) && !memchr(p, '\r', n))
        return 0;
    return (uint32_t)okb_line_ends((okb_span){p, n});
}

static char *own_text(reader *r)
{
    if (!r->own) {
        r->own = okb_arena_alloc_raw(r->keep, r->text.n + 1, 1);
        memcpy(r->own, r->text.p, r->text.n);
        r->own[r->text.n] = '\0';
    }
    return r->own;
}

static void add_cell(reader *r, size_t offset, size_t size, bool is_quoted)
{
    if ((r->limits->field_bytes && size > r->limits->field_bytes) || size > CELL_BYTES_MAX) {
        fail_field_size(r);
        return;
    }
    if (r->limits->columns && r->row_cells == r->limits->columns) {
        r->code = okb_fail_at(r->err, OKB_E_DATA, r->path, r->row_line, (okb_span){NULL, 0},
                              "the row has more than %u columns; check the delimiter, or raise limit.columns",
                              r->limits->columns);
        return;
    }
    if (r->n_cells == r->cap_cells) {
        broken(r);
        return;
    }
    r->cells[r->n_cells++] =
        (okb_cell){.offset = (uint32_t)offset, .size = (uint32_t)size & INT32_MAX, .is_quoted = is_quoted};
    r->row_cells++;
}

static void on_field(void *value, size_t n, void *context)
{
    reader *r = context;
    if (r->code != OKB_OK)
        return;
    begin_row(r);
    size_t start = r->cursor, at = skip_blanks(r, start), end;
    bool is_quoted = is_quote_at(r, at) && !r->is_literal;
    r->is_literal = false;
    if (is_quoted) {
        size_t quotes = okb_count_byte((okb_span){value, n}, '"');
        size_t inside = at + 1;
        end = inside + n + quotes + 1;
        if (end > r->text.n) {
            broken(r);
            return;
        }
        if (quotes)
            memcpy(own_text(r) + inside, value, n);
        size_t after = skip_blanks(r, end);
        if (at != start || after != end)
            okb_repairs_add(r->repairs, BLANKS_DROPPED, 1, r->line);
        add_cell(r, inside, n, true);
        if (r->code != OKB_OK)
            return;
        if (n)
            r->line += inner_line_ends(value, n);
        end = after;
    } else {
        /* libcsv leaves the blanks around it out; they are the cell's all the same. */
        end = skip_blanks(r, at + n);
        if (at + n > r->text.n) {
            broken(r);
            return;
        }
        add_cell(r, start, end - start, false);
        if (r->code != OKB_OK)
            return;
    }
    r->cursor = end;
    if (end < r->text.n && r->text.p[end] == r->delimiter)
        r->cursor++;
    else if (end < r->text.n && !is_end(r->text.p[end]))
        broken(r);
}

static void on_row(int end, void *context)
{
    reader *r = context;
    if (r->code != OKB_OK)
        return;
    if (r->limits->rows && r->n_rows == r->limits->rows) {
        r->code = okb_fail_at(r->err, OKB_E_DATA, r->path, r->row_line, (okb_span){NULL, 0},
                              "the file has more than %u rows; split it or raise limit.rows", r->limits->rows);
        return;
    }
    if (r->n_rows == r->cap_rows) {
        broken(r);
        return;
    }
    r->rows[r->n_rows++] =
        (okb_row){.first_cell = r->n_cells - r->row_cells, .n_cells = r->row_cells, .line = r->row_line};
    r->is_at_row_start = true;
    if (end == -1)
        return;
    if (r->cursor >= r->text.n || !is_end(r->text.p[r->cursor])) {
        broken(r);
        return;
    }
    r->cursor = skip_end(r, r->cursor);
    r->line++;
}

static void start_parser(reader *r)
{
    csv_init(&r->parser, CSV_STRICT | CSV_STRICT_FINI);
    csv_set_delim(&r->parser, (unsigned char)r->delimiter);
    csv_set_blk_size(&r->parser, r->text.n < CHUNK_BYTES ? r->text.n + 2 : CHUNK_BYTES);
    csv_set_realloc_func(&r->parser, capped_realloc);
}

/* Where the field that holds the byte at `from` ends when quotes mean nothing. */
static size_t literal_end(const reader *r, size_t from)
{
    while (from < r->text.n && !is_end(r->text.p[from]) && r->text.p[from] != r->delimiter)
        from++;
    return from;
}

/* Feeds text[from..to); returns where libcsv stopped. */
static size_t feed(reader *r, size_t from, size_t to)
{
    while (from < to && r->code == OKB_OK) {
        size_t n = to - from < CHUNK_BYTES ? to - from : CHUNK_BYTES;
        size_t used = csv_parse(&r->parser, r->text.p + from, n, on_field, on_row, r);
        from += used;
        if (used != n)
            break;
    }
    return from;
}

static void fail_quote(reader *r, size_t at)
{
    okb_span rest = okb_span_sub(r->text, r->cursor, at);
    uint32_t line = r->line + (uint32_t)okb_line_ends(rest);
    if (line == r->line)
        r->code = okb_fail_at(r->err, OKB_E_DATA, r->path, line, column_name(r),
                              "text follows the closing quote of the field in column %u; double the quotes inside it",
                              r->row_cells + 1);
    else
        r->code = okb_fail_at(r->err, OKB_E_DATA, r->path, r->line, column_name(r),
                              "the quote that opens here in column %u is not closed properly: text follows the next "
                              "quote, on line %u; close it, or double the quotes inside the field",
                              r->row_cells + 1, line);
}

static void fail_field(reader *r, size_t at)
{
    if (at < r->text.n && csv_error(&r->parser) != CSV_EPARSE)
        fail_field_size(r);
    else if (at < r->text.n)
        fail_quote(r, at);
    else
        r->code = okb_fail_at(r->err, OKB_E_DATA, r->path, r->line, column_name(r),
                              "the quote that opens here in column %u is never closed; close it, or double it if it "
                              "is text",
                              r->row_cells + 1);
}

/*
 * libcsv refused the byte at `at`, or the end of the text. Where the field is unquoted to us, it is taken up to its end without
 * regard to quotes; returns where to go on. Everything else sets r->code.
 */
static size_t take_literally(reader *r, size_t at)
{
    begin_row(r);
    size_t opening = skip_blanks(r, r->cursor);
    bool is_quoted = is_quote_at(r, opening);
    bool is_too_long = at < r->text.n && csv_error(&r->parser) != CSV_EPARSE;
    size_t from = at;
    if ((is_quoted && opening == r->cursor) || (is_too_long && !is_quoted)) {
        fail_field(r, at);
        return at;
    }
    if (is_quoted) {
        /* Blanks, then a quote that does not close the field: words in quotes that begin a sentence. Start the field anew. */
        csv_free(&r->parser);
        start_parser(r);
        from = r->cursor;
    }
    okb_repairs_add(r->repairs, QUOTE_KEPT, 1, r->line);
    r->is_literal = true;
    csv_set_quote(&r->parser, NO_QUOTE);
    size_t end = literal_end(r, from);
    size_t stop = feed(r, from, end);
    csv_set_quote(&r->parser, CSV_QUOTE);
    if (stop != end && r->code == OKB_OK)
        fail_field_size(r);
    return end;
}

static void parse(reader *r)
{
    size_t at = 0;
    while (r->code == OKB_OK) {
        at = feed(r, at, r->text.n);
        if (r->code != OKB_OK)
            return;
        if (at == r->text.n && csv_fini(&r->parser, on_field, on_row, r) == 0) {
            if (r->is_at_row_start)
                pass_blank_lines(r);
            return;
        }
        at = take_literally(r, at);
    }
}

/* Room for every cell and row that the text can hold, so that nothing moves while it is read; pages that are not used cost nothing. */
static void make_room(reader *r)
{
    size_t ends = okb_count_byte(r->text, '\n') + okb_count_byte(r->text, '\r');
    size_t cells = okb_count_byte(r->text, r->delimiter) + ends + 1;
    size_t rows = ends + 1;
    if (r->limits->rows && rows > (size_t)r->limits->rows + 1)
        rows = (size_t)r->limits->rows + 1;
    if (r->limits->columns && cells / r->limits->columns > rows)
        cells = rows * r->limits->columns;
    r->cap_cells = cells;
    r->cap_rows = rows;
    r->cells = OKB_RAW_N(r->keep, okb_cell, cells);
    r->rows = OKB_RAW_N(r->keep, okb_row, rows);
}

okb_code okb_csv_parse(const okb_decoded *decoded, const okb_dialect *dialect, const okb_read_limits *limits,
                       okb_arena *keep, okb_repairs *repairs, okb_table *out, okb_err *err)
{
    reader r = {.text = okb_span_sub(decoded->text, dialect->skip_bytes, decoded->text.n),
                .keep = keep,
                .repairs = repairs,
                .limits = limits,
                .path = out->path,
                .err = err,
                .delimiter = dialect->delimiter,
                .line = dialect->skip_lines + 1,
                .is_at_row_start = true};
    if (decoded->is_own)
        memcpy(&r.own, &r.text.p, sizeof r.own); /* the span's const is for readers */
    make_room(&r);
    field_cap = limits->field_bytes ? limits->field_bytes + 2 : SIZE_MAX; /* the closing quote and the byte behind it */
    start_parser(&r);
    parse(&r);
    csv_free(&r.parser);
    if (r.code != OKB_OK)
        return r.code;
    out->text = r.own ? (okb_span){r.own, r.text.n} : r.text;
    out->delimiter = r.delimiter;
    out->cells = r.cells;
    out->n_cells = r.n_cells;
    out->rows = r.rows;
    out->n_rows = r.n_rows;
    out->blank_lines = r.blank_lines;
    out->first_blank_line = r.first_blank_line;
    return OKB_OK;
}
