/*
 * libFuzzer target: any bytes as an input file. Besides not crashing, every table must hold together, every row must read back to
 * itself, and the place of a chunk's border must make no difference.
 *
 * The last two bytes choose the options, so that the seeds are plain files.
 */
#include <stdlib.h>
#include <string.h>

#include "okrbook/read.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool holds)
{
    if (!holds)
        __builtin_trap();
}

static void arena_exact(okb_arena *arena)
{
    okb_arena_init(arena, 1); /* blocks of exactly the size asked for, so that the sanitizer sees their ends */
}

/* Reads through memory of exactly the text's size. */
static okb_code read_exact(okb_span bytes, const okb_read_options *options, okb_arena *keep, char **exact,
                           okb_table *out, okb_err *err)
{
    *exact = malloc(bytes.n ? bytes.n : 1);
    must(*exact != NULL);
    if (bytes.n)
        memcpy(*exact, bytes.p, bytes.n);
    *err = (okb_err){.code = OKB_OK};
    okb_code code = okb_read_table((okb_span){*exact, bytes.n}, OKB_S("f.csv"), options, keep, out, err);
    must(code == OKB_OK || code == OKB_E_DATA || code == OKB_E_USAGE);
    must(code == err->code);
    must(options->may_overwrite || bytes.n == 0 || memcmp(*exact, bytes.p, bytes.n) == 0);
    return code;
}

static void check_table(const okb_table *table, const okb_read_limits *limits)
{
    unsigned char touched = 0;
    size_t next_cell = 0;
    uint32_t line = 0;
    must(table->n_rows > 0 && (limits->rows == 0 || table->n_rows <= limits->rows));
    for (size_t i = 0; i < table->n_rows; i++) {
        const okb_row *row = &table->rows[i];
        must(row->line > line && row->n_cells > 0 && row->first_cell == next_cell);
        must(limits->columns == 0 || row->n_cells <= limits->columns);
        line = row->line;
        next_cell += row->n_cells;
        for (size_t j = 0; j < row->n_cells; j++) {
            const okb_cell *cell = &table->cells[row->first_cell + j];
            must((size_t)cell->offset + cell->size <= table->text.n);
            must(limits->field_bytes == 0 || cell->size <= limits->field_bytes);
            okb_span text = okb_table_cell(table, i, j);
            for (size_t k = 0; k < text.n; k++)
                touched = (unsigned char)(touched + (unsigned char)text.p[k]);
            must(okb_utf8_valid(text));
            must(text.n == 0 || !memchr(text.p, '\0', text.n));
        }
    }
    must(next_cell == table->n_cells);
    must((table->blank_lines == 0) == (table->first_blank_line == 0));
    for (size_t i = 0; i < table->n_repairs; i++)
        must(table->repairs[i].what.n && table->repairs[i].count && table->repairs[i].first_line);
    volatile unsigned char sink = touched;
    (void)sink;
}

/* A mark or a `sep=` line means something at the start alone, Ctrl-Z at the end. */
static bool depends_on_place(okb_span text)
{
    return okb_text_same(okb_span_sub(text, 0, 3), OKB_S("sep")) ||
           okb_text_same(okb_span_sub(text, 0, 4), OKB_S("\"sep")) || okb_span_starts(text, OKB_S("\xEF\xBB\xBF")) ||
           okb_span_starts(text, OKB_S("\xFF\xFE")) || okb_span_starts(text, OKB_S("\xFE\xFF")) ||
           okb_span_starts(text, OKB_S("\0\0\xFE\xFF")) || okb_span_ends(text, OKB_S("\x1A"));
}

/* Control bytes may be few in a file and many in one of its rows, and a row may start like a file of another kind. */
static bool is_about_bytes(const okb_err *err)
{
    return strstr(err->text, "binary") || strstr(err->text, "not CSV");
}

static void same_rows(const okb_table *a, size_t from, const okb_table *b, uint32_t lines)
{
    must(a->n_rows == from + b->n_rows);
    for (size_t i = 0; i < b->n_rows; i++) {
        must(a->rows[from + i].n_cells == b->rows[i].n_cells);
        must(a->rows[from + i].line == b->rows[i].line + lines);
        for (size_t j = 0; j < b->rows[i].n_cells; j++) {
            must(okb_span_eq(okb_table_cell(a, from + i, j), okb_table_cell(b, i, j)));
            must(a->cells[a->rows[from + i].first_cell + j].is_quoted == b->cells[b->rows[i].first_cell + j].is_quoted);
        }
    }
}

static void check_rows_read_back(const okb_table *table)
{
    const okb_read_options options = {.encoding = OKB_S("UTF-8"), .delimiter = table->delimiter};
    for (size_t i = 0; i < table->n_rows && i < 5; i++) {
        okb_arena keep;
        arena_exact(&keep);
        okb_span line = okb_table_row_csv(table, i, &keep);
        okb_table again;
        okb_err err;
        char *exact = NULL;
        if (!depends_on_place(line)) {
            if (read_exact(line, &options, &keep, &exact, &again, &err) == OKB_OK) {
                okb_row row = table->rows[i];
                row.line = 1;
                okb_table one = *table;
                one.rows = &row;
                one.n_rows = 1;
                same_rows(&again, 0, &one, 0);
            } else {
                must(is_about_bytes(&err));
            }
        }
        free(exact);
        okb_arena_reset(&keep);
    }
}

/* The same text behind a row so long that a chunk ends inside the text. */
static void check_chunk_border(okb_span text, char delimiter, uint8_t shift)
{
    enum { CHUNK_BYTES = 1 << 16 };
    static char padding[CHUNK_BYTES];
    if (depends_on_place(text) || text.n == 0)
        return;
    size_t n = CHUNK_BYTES - shift % text.n;
    memset(padding, 'x', n);
    padding[n - 1] = '\n';
    okb_buf padded = {NULL, 0, 0};
    okb_buf_add(&padded, (okb_span){padding, n});
    okb_buf_add(&padded, text);

    const okb_read_options options = {.encoding = OKB_S("UTF-8"), .delimiter = delimiter};
    okb_arena keep;
    arena_exact(&keep);
    okb_table plain, moved;
    okb_err err, moved_err;
    char *exact = NULL, *moved_exact = NULL;
    okb_code code = read_exact(text, &options, &keep, &exact, &plain, &err);
    okb_code moved_code = read_exact(okb_buf_span(&padded), &options, &keep, &moved_exact, &moved, &moved_err);
    if (code == OKB_OK && moved_code == OKB_OK)
        same_rows(&moved, 1, &plain, 1);
    else if (code == moved_code)
        must(err.line == 0 || is_about_bytes(&err) || moved_err.line == err.line + 1);
    else /* control bytes are a smaller share of the longer text, and a blank text is empty alone */
        must(is_about_bytes(&err) || strstr(err.text, "empty"));
    free(exact);
    free(moved_exact);
    okb_buf_free(&padded);
    okb_arena_reset(&keep);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const encodings[] = {"",          "",         "",       "UTF-8",       "windows-1252",
                                            "SHIFT_JIS", "UTF-16LE", "UTF-16", "ISO-2022-JP", "GB18030",
                                            "UTF-32BE",  "nonsense"};
    static const char delimiters[] = {0, 0, 0, ',', ';', '\t', '|', ' ', '\x01', '"'};
    if (size < 2)
        return 0;
    uint8_t first = data[size - 2], second = data[size - 1];
    okb_span bytes = {(const char *)data, size - 2};
    okb_read_options options = {.encoding = okb_span_of(encodings[first % (sizeof encodings / sizeof *encodings)]),
                                .delimiter = delimiters[second % sizeof delimiters],
                                .may_overwrite = (first & 0x80) != 0};
    if (second & 0x80)
        options.limits = (okb_read_limits){.file_bytes = 3000, .field_bytes = 40, .rows = 9, .columns = 7};

    okb_arena keep;
    arena_exact(&keep);
    okb_table table;
    okb_err err;
    char *exact = NULL;
    if (read_exact(bytes, &options, &keep, &exact, &table, &err) == OKB_OK) {
        check_table(&table, &options.limits);
        check_rows_read_back(&table);
    }
    free(exact);
    okb_arena_reset(&keep);
    err = (okb_err){.code = OKB_OK};
    options.may_overwrite = false; /* the fuzzer's bytes are its own */
    if (okb_read_lines(bytes, OKB_S("f.txt"), &options, &keep, &table, &err) == OKB_OK) {
        check_table(&table, &(okb_read_limits){.field_bytes = options.limits.field_bytes});
        must(table.n_cells == table.n_rows);
    }
    okb_arena_reset(&keep);
    if (first % 8 == 0)
        check_chunk_border(bytes, ',', second);
    return 0;
}
