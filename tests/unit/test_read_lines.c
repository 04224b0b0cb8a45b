/* Plain lines as rows: bare statements, one a line. */
#include "test.h"

#include "okrbook/read.h"

static void each_line_is_a_row_of_one_cell(void **state)
{
    (void)state;
    okb_arena keep;
    okb_arena_init(&keep, 0);
    okb_table table;
    okb_err err = {0};
    okb_span bytes = OKB_S("\xEF\xBB\xBF"
                           "Reach 40%, up from 30%\r\n\n  \n\"Win\" the market\rLast; one");
    assert_int_equal(okb_read_lines(bytes, OKB_S("-"), NULL, &keep, &table, &err), OKB_OK);
    static const struct {
        const char *text;
        uint32_t line;
    } rows[] = {{"Reach 40%, up from 30%", 1}, {"\"Win\" the market", 4}, {"Last; one", 5}};
    assert_int_equal(table.n_rows, COUNT_OF(rows));
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        assert_int_equal(okb_table_width(&table, i), 1);
        assert_int_equal(table.rows[i].line, rows[i].line);
        assert_span(okb_table_cell(&table, i, 0), rows[i].text, rows[i].text);
    }
    okb_arena_reset(&keep);
}

static void what_holds_no_line_is_refused(void **state)
{
    (void)state;
    static const struct {
        const char *bytes;
        size_t n;
    } rows[] = {{"", 0}, {"\n \r\n", 4}, {"PK\x03\x04\0\0\0\0\0\0", 10}};
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        okb_arena keep;
        okb_arena_init(&keep, 0);
        okb_table table;
        okb_err err = {0};
        assert_int_equal(okb_read_lines((okb_span){rows[i].bytes, rows[i].n}, OKB_S("x"), NULL, &keep, &table, &err),
                         OKB_E_DATA);
        okb_arena_reset(&keep);
    }
}

static void a_long_line_is_refused_with_its_place(void **state)
{
    (void)state;
    okb_arena keep;
    okb_arena_init(&keep, 0);
    okb_read_options options = {.limits.field_bytes = 4};
    okb_table table;
    okb_err err = {0};
    assert_int_equal(okb_read_lines(OKB_S("four\nfives\n"), OKB_S("x"), &options, &keep, &table, &err), OKB_E_DATA);
    assert_int_equal(err.line, 2);
    okb_arena_reset(&keep);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_line_is_a_row_of_one_cell),
        cmocka_unit_test(what_holds_no_line_is_refused),
        cmocka_unit_test(a_long_line_is_refused_with_its_place),
    };
    return cmocka_run_group_tests_name("read lines", tests, NULL, NULL);
}
