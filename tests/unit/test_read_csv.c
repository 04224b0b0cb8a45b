/* Cells, rows and their physical lines. */
#include "test.h"

#include <stdlib.h>

#include "okrbook/read.h"

/* The table as one text: rows as LINE:cell|cell, quoted cells in <>, ended by a blank line's count; or the error as !LINE:text. */
static okb_span shown(okb_arena *keep, okb_span bytes, const okb_read_options *options)
{
    okb_table table;
    okb_err err = {.code = OKB_OK};
    okb_buf out = {NULL, 0, 0};
    if (okb_read_table(bytes, OKB_S("f.csv"), options, keep, &table, &err) != OKB_OK) {
        okb_span text = okb_arena_printf(keep, "!%u:%s", err.line, err.text);
        return text;
    }
    for (size_t i = 0; i < table.n_rows; i++) {
        okb_buf_printf(&out, "%s%u:", i ? " " : "", table.rows[i].line);
        for (size_t j = 0; j < table.rows[i].n_cells; j++) {
            bool is_quoted = table.cells[table.rows[i].first_cell + j].is_quoted;
            okb_buf_printf(&out, "%s%s%.*s%s", j ? "|" : "", is_quoted ? "<" : "",
                           OKB_FMT(okb_table_cell(&table, i, j)), is_quoted ? ">" : "");
        }
    }
    if (table.blank_lines)
        okb_buf_printf(&out, " blank %u from %u", table.blank_lines, table.first_blank_line);
    okb_span text = okb_arena_copy(keep, okb_buf_span(&out));
    okb_buf_free(&out);
    return text;
}

static void rows_know_their_physical_line(void **state)
{
    (void)state;
    static const struct {
        const char *text, *expected;
    } rows[] = {
        {"a,b\nc,d\n", "1:a|b 2:c|d"},
        {"a,b\nc,d", "1:a|b 2:c|d"},
        {"a,b\r\nc,d\r\n", "1:a|b 2:c|d"},
        {"a,b\rc,d\r", "1:a|b 2:c|d"},
        {"a,b\n\n\nc,d\n", "1:a|b 4:c|d blank 2 from 2"},
        {"a,b\r\n\r\nc,d\r\n\r\n", "1:a|b 3:c|d blank 2 from 2"},
        {"\n\na,b\n", "3:a|b blank 2 from 1"},
        {"a,b\n  \t \nc,d", "1:a|b 3:c|d blank 1 from 2"},
        {"a,b\nc,d\n   ", "1:a|b 2:c|d"},
        {"a,\"x\ny\"\nc,d\n", "1:a|<x\ny> 3:c|d"},
        {"a,\"x\r\ny\r\nz\"\r\nc,d\r\n", "1:a|<x\r\ny\r\nz> 4:c|d"},
        {"a,\"x\ry\"\rc,d", "1:a|<x\ry> 3:c|d"},
        {"\"a\n\n\nb\",c\n\"d\",e\n", "1:<a\n\n\nb>|c 5:<d>|e"},
        {"a\r\r\nb\r\r\n", "1:a 3:b blank 2 from 2"},
        {"a,b\n\r\nc,d\n\r\n", "1:a|b 3:c|d blank 2 from 2"},
        {"sep=;\na;b\n\"x\ny\";c\nd;e", "2:a|b 3:<x\ny>|c 5:d|e"},
        {"sep=;\r\na;b\r\n", "2:a|b"},
    };
    okb_arena keep;
    okb_arena_init(&keep, 0);
    for (size_t i = 0; i < COUNT_OF(rows); i++)
        assert_span(shown(&keep, okb_span_of(rows[i].text), NULL), rows[i].expected, rows[i].text);
    okb_arena_reset(&keep);
}

static void cells_keep_what_is_theirs(void **state)
{
    (void)state;
    static const struct {
        const char *text, *expected;
    } rows[] = {
        {"a,,c\n,,\n", "1:a||c 2:||"},
        {"a,b,\n", "1:a|b|"},
        {"a,b,", "1:a|b|"},
        {",", "1:|"},
        {"\"\",\"\"\n", "1:<>|<>"},
        {"\"a,b\",c\n", "1:<a,b>|c"},
        {"\"say \"\"no\"\"\",c\n", "1:<say \"no\">|c"},
        {"\"\"\"\",c\n", "1:<\">|c"},
        {"\"a\"\"b\",\"c\"\"\"\"d\",e\n", "1:<a\"b>|<c\"\"d>|e"},
        {" a , b\tc ,d\n", "1: a | b\tc |d"},
        {"a,   ,b\n", "1:a|   |b"},
        {"a, \"b,c\" ,d\n", "1:a|<b,c>|d"},
        {"\"a\" ,\"b\"  \n c", "1:<a>|<b> 2: c"},
        {"5\" pipe,3\n", "1:5\" pipe|3"},
        {"a\"b\"c,\"d\"\n", "1:a\"b\"c|<d>"},
        {"x,say \"a\nb,c\n", "1:x|say \"a 2:b|c"},
        {"x, \"North Star\" metric,y\n", "1:x| \"North Star\" metric|y"},
        {"x, \"lone\nb,c\n", "1:x| \"lone 2:b|c"},
        {"x, \"lone", "1:x| \"lone"},
        {"x,a\"", "1:x|a\""},
        {"x,a\"\ny,\"b\"\"c\"", "1:x|a\" 2:y|<b\"c>"},
        {"a\\\"b,c\n", "1:a\\\"b|c"},
        {"a,b\n1\n1,2,3\n", "1:a|b 2:1 3:1|2|3"},
        {"\"a\";\"b;c\"\n\"d\";e\n", "1:<a>|<b;c> 2:<d>|e"},
    };
    okb_arena keep;
    okb_arena_init(&keep, 0);
    for (size_t i = 0; i < COUNT_OF(rows); i++)
        assert_span(shown(&keep, okb_span_of(rows[i].text), NULL), rows[i].expected, rows[i].text);
    okb_arena_reset(&keep);
}

static void a_broken_quote_refuses_the_file_where_it_opens(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        uint32_t line;
        const char *column, *words;
    } rows[] = {
        {"a,b\nc,\"d\ne,f\n", 2, "b", "never closed"},
        {"a,b\nc,\"d", 2, "b", "never closed"},
        {"\"", 1, "", "never closed"},
        {"\n\n\"a\nb", 3, "", "never closed"},
        {"a,b\n\"x\ny\",\"z\nq", 3, "b", "never closed"},
        {"Goal,Owner\n\"Open the \"kiosk,Ann\n", 2, "Goal", "text follows the closing quote"},
        {"Goal,Owner\nx,\"a\" b\n", 2, "Owner", "text follows the closing quote"},
        {"Goal,Owner\nx,\"a\ny,\"b\",\nz\n", 2, "Owner", "on line 3"},
        {"Report\nGoal,Owner\nx,\"a\" b\n", 3, "", "in column 2"},
    };
    okb_arena keep;
    okb_arena_init(&keep, 0);
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        okb_table table;
        okb_err err = {.code = OKB_OK};
        okb_code code = okb_read_table(okb_span_of(rows[i].text), OKB_S("f.csv"), NULL, &keep, &table, &err);
        if (code != OKB_E_DATA || err.line != rows[i].line || strcmp(err.column, rows[i].column) != 0 ||
            !strstr(err.text, rows[i].words) || strcmp(err.file, "f.csv") != 0)
            fail_msg("'%s': code %d, %s:%u: '%s': %s", rows[i].text, code, err.file, err.line, err.column, err.text);
    }
    okb_arena_reset(&keep);
}

/* A text of `n` rows of `columns` cells with `size` bytes each. */
static okb_span sheet(okb_arena *keep, size_t n, size_t columns, size_t size, bool is_quoted)
{
    okb_buf out = {NULL, 0, 0};
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < columns; j++) {
            if (is_quoted)
                okb_buf_byte(&out, '"');
            for (size_t k = 0; k < size; k++)
                okb_buf_byte(&out, 'x');
            if (is_quoted)
                okb_buf_byte(&out, '"');
            okb_buf_byte(&out, j + 1 < columns ? ',' : '\n');
        }
    okb_span text = okb_arena_copy(keep, okb_buf_span(&out));
    okb_buf_free(&out);
    return text;
}

static void limits_hold_at_both_sides(void **state)
{
    (void)state;
    enum { FIELD = 70000, COLUMNS = 5, ROWS = 7 };
    static const struct {
        size_t rows, columns, size;
        bool is_quoted, is_fine;
        const char *words;
    } cases[] = {
        {1, 2, FIELD - 1, false, true, ""},
        {1, 2, FIELD, false, true, ""},
        {1, 2, FIELD + 1, false, false, "70000"},
        {1, 2, FIELD - 1, true, true, ""},
        {1, 2, FIELD, true, true, ""},
        {1, 2, FIELD + 1, true, false, "70000"},
        {1, 2, FIELD * 3, true, false, "70000"},
        {3, COLUMNS - 1, 1, false, true, ""},
        {3, COLUMNS, 1, false, true, ""},
        {3, COLUMNS + 1, 1, false, false, "5 columns"},
        {ROWS - 1, 2, 1, true, true, ""},
        {ROWS, 2, 1, true, true, ""},
        {ROWS + 1, 2, 1, true, false, "7 rows"},
    };
    okb_arena keep;
    okb_arena_init(&keep, 0);
    const okb_read_options options = {.limits = {.field_bytes = FIELD, .columns = COLUMNS, .rows = ROWS}};
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        okb_span text = sheet(&keep, cases[i].rows, cases[i].columns, cases[i].size, cases[i].is_quoted);
        okb_table table;
        okb_err err = {.code = OKB_OK};
        okb_code code = okb_read_table(text, OKB_S("f.csv"), &options, &keep, &table, &err);
        if ((code == OKB_OK) != cases[i].is_fine || (code != OKB_OK && !strstr(err.text, cases[i].words)))
            fail_msg("case %zu: code %d: %s", i, code, err.text);
        if (code == OKB_OK && (table.n_rows != cases[i].rows || table.n_cells != cases[i].rows * cases[i].columns ||
                               okb_table_cell(&table, 0, 1).n != cases[i].size))
            fail_msg("case %zu: %zu rows, %zu cells", i, table.n_rows, table.n_cells);
    }
    okb_arena_reset(&keep);
}

/* What looks like the end of a limit but is none, and the other way round. */
static void limits_measure_cells_not_what_libcsv_holds(void **state)
{
    (void)state;
    static const struct {
        const char *text, *expected;
    } rows[] = {
        {"x, \"lone\n12345,67890\n12345,67890\n", "1:x| \"lone 2:12345|67890 3:12345|67890"},
        {"a,          ", "!1:the field in column 2 has more than 8 bytes; shorten it or raise limit.field_bytes"},
        {"a,        ", "1:a|        "},
        {"a, \"12345678\" ", "1:a|<12345678>"},
        {"a,\"1234\"\"78\"", "1:a|<1234\"78>"},
        {"a,\"123456789\"",
         "!1:the field in column 2 has more than 8 bytes: its quote opens on this line and may not be "
         "closed; shorten it or raise limit.field_bytes"},
    };
    okb_arena keep;
    okb_arena_init(&keep, 0);
    const okb_read_options options = {.limits = {.field_bytes = 8}};
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        /* Of exactly the text's size, so that a sanitizer sees a step beyond. */
        size_t n = strlen(rows[i].text);
        char *exact = malloc(n);
        memcpy(exact, rows[i].text, n);
        assert_span(shown(&keep, (okb_span){exact, n}, &options), rows[i].expected, rows[i].text);
        free(exact);
    }
    okb_arena_reset(&keep);
}

static void a_file_over_its_limit_is_not_read(void **state)
{
    (void)state;
    okb_arena keep;
    okb_arena_init(&keep, 0);
    for (size_t limit = 7; limit <= 9; limit++) {
        okb_table table;
        okb_err err = {.code = OKB_OK};
        okb_read_options options = {.limits = {.file_bytes = limit}};
        okb_code code = okb_read_table(OKB_S("a,b\nc,d\n"), OKB_S("f.csv"), &options, &keep, &table, &err);
        assert_int_equal(code, limit < 8 ? OKB_E_DATA : OKB_OK);
    }
    okb_arena_reset(&keep);
}

/* One row is longer than what libcsv is fed at a time, and each kind of cell crosses the border. */
static void cells_may_cross_the_chunks(void **state)
{
    (void)state;
    okb_arena keep;
    okb_arena_init(&keep, 0);
    static const char *const ends[] = {",\"a\"\"b\"", ",a\"b", ", \"c\" ", ", \"d\" e", ",\"f\r\ng\"", "\r\nh"};
    for (size_t e = 0; e < COUNT_OF(ends); e++)
        for (size_t pad = 65536 - 10; pad <= 65536; pad++) {
            okb_buf text = {NULL, 0, 0};
            for (size_t i = 0; i < pad; i++)
                okb_buf_byte(&text, 'x');
            okb_buf_printf(&text, "%s,z\ny,1\n", ends[e]);
            okb_table table, small;
            okb_err err = {.code = OKB_OK};
            assert_int_equal(okb_read_table(okb_buf_span(&text), OKB_S("f"), NULL, &keep, &table, &err), OKB_OK);
            okb_span tail = okb_span_sub(okb_buf_span(&text), pad - 1, text.n);
            assert_int_equal(okb_read_table(tail, OKB_S("f"), NULL, &keep, &small, &err), OKB_OK);
            assert_int_equal(table.n_cells, small.n_cells);
            for (size_t row = 0; row < small.n_rows; row++) {
                assert_int_equal(table.rows[row].line, small.rows[row].line);
                for (size_t j = row == 0; j < small.rows[row].n_cells; j++)
                    if (!okb_span_eq(okb_table_cell(&table, row, j), okb_table_cell(&small, row, j)))
                        fail_msg("'%s' after %zu bytes: cell %zu differs", ends[e], pad, j);
            }
            okb_buf_free(&text);
            okb_arena_reset(&keep);
        }
}

static void a_row_goes_back_to_what_stood_in_the_file(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        size_t row_ix;
        const char *line;
    } rows[] = {
        {"a,b\nc,\"d, \"\"e\"\"\",f\n", 1, "c,\"d, \"\"e\"\"\",f"},
        {"a;b\n\"\";1,5\n", 1, "\"\";1,5"},
        {"a,b\n5\" pipe,\"x\ny\"\n", 1, "5\" pipe,\"x\ny\""},
        {"a\tb\n c \t\n", 1, " c \t"},
        {"a,b\n", 0, "a,b"},
        {"a,b\n", 1, ""},
    };
    okb_arena keep;
    okb_arena_init(&keep, 0);
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        okb_table table;
        okb_err err = {.code = OKB_OK};
        assert_int_equal(okb_read_table(okb_span_of(rows[i].text), OKB_S("f"), NULL, &keep, &table, &err), OKB_OK);
        assert_span(okb_table_row_csv(&table, rows[i].row_ix, &keep), rows[i].line, rows[i].text);
    }
    okb_arena_reset(&keep);
}

static void a_text_in_constant_memory_is_left_alone(void **state)
{
    (void)state;
    static const char text[] = "a,b\n\"x \"\"y\"\"\",\"z\"\n";
    char before[sizeof text];
    memcpy(before, text, sizeof text);
    okb_arena keep;
    okb_arena_init(&keep, 0);
    okb_table table;
    okb_err err = {.code = OKB_OK};
    assert_int_equal(okb_read_table(OKB_S(text), OKB_S("f"), NULL, &keep, &table, &err), OKB_OK);
    assert_span(okb_table_cell(&table, 1, 0), "x \"y\"", "unescaped");
    assert_memory_equal(before, text, sizeof text);
    okb_arena_reset(&keep);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_know_their_physical_line),
        cmocka_unit_test(cells_keep_what_is_theirs),
        cmocka_unit_test(a_broken_quote_refuses_the_file_where_it_opens),
        cmocka_unit_test(limits_hold_at_both_sides),
        cmocka_unit_test(limits_measure_cells_not_what_libcsv_holds),
        cmocka_unit_test(a_file_over_its_limit_is_not_read),
        cmocka_unit_test(cells_may_cross_the_chunks),
        cmocka_unit_test(a_row_goes_back_to_what_stood_in_the_file),
        cmocka_unit_test(a_text_in_constant_memory_is_left_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
