/* Which delimiter a text is split by. */
#include "test.h"

#include "okrbook/read.h"

typedef struct sample {
    const char *what, *text;
    char expected;
} sample;

static void check(const sample *rows, size_t n)
{
    okb_arena keep;
    okb_arena_init(&keep, 0);
    for (size_t i = 0; i < n; i++) {
        okb_table table;
        okb_err err = {.code = OKB_OK};
        if (okb_read_table(okb_span_of(rows[i].text), OKB_S("f.csv"), NULL, &keep, &table, &err) != OKB_OK)
            fail_msg("%s: %s", rows[i].what, err.text);
        if (table.delimiter != rows[i].expected)
            fail_msg("%s: got '%c', expected '%c'", rows[i].what, table.delimiter, rows[i].expected);
    }
    okb_arena_reset(&keep);
}

static void the_delimiter_is_voted(void **state)
{
    (void)state;
    static const sample rows[] = {
        {"comma", "Goal,Owner\nA,Ann\n", ','},
        {"semicolon", "Goal;Owner\nA;Ann\n", ';'},
        {"tab", "Goal\tOwner\nA\tAnn\n", '\t'},
        {"pipe", "Goal|Owner\nA|Ann\n", '|'},
        {"one column", "Goal\nA\nB\n", ','},
        {"one line", "Goal;Owner", ';'},
        {"German numbers", "Ziel;Start;Soll\nUmsatz;1,5;2,5\nKosten;3,5;1,5\nMarge;0,5;1,5\n", ';'},
        {"German numbers, two columns", "Ziel;Wert\nUmsatz;1,5\nKosten;2,5\nMarge;3,5\n", ';'},
        {"thousands, two columns", "Goal;Value\nA;1,234,567\nB;2,345,678\nC;3,456,789\n", ';'},
        {"numbers alone", "a,b\n1,2\n3,4\n5,6\n", ','},
        {"commas in every text", "Titel;Name\nBauen, testen;Jan\nKaufen, mieten;Eva\nMalen, kleben;Udo\n", ';'},
        {"commas here and there", "Titel;Name\nBauen, testen, ausliefern;Jan\nKaufen;Eva\nMalen, kleben;Udo\n", ';'},
        {"semicolons in quoted cells", "Goal,Log\n\"A\",\"Date: 1; Note: x; y\"\n\"B\",\"Date: 2; Note: z; w\"\n", ','},
        {"semicolons in unquoted cells", "Goal,Log,Owner\nA,Date: 1; Note: x; y,Ann\nB,Date: 2; Note: z; w,Bob\n", ','},
        {"a title above", "OKR tracking\n\nGoal;Owner;Due\nA;Ann;x\nB;Bob;y\n", ';'},
        {"a title with a comma above", "OKR tracking, team Sales\nGoal;Owner;Due\nA, B;Ann;1,5\nB;Bob;2,5\nC;Cy;3,5\n",
         ';'},
        {"two titles with commas",
         "OKRs, Sales\nQ3, 2026\nZiel;Name;Wert;Soll\nA;Ann;1,5;x\nB;Bob;2,5;y\nC;Cyd;3,5;z\n", ';'},
        {"rows cut short", "Goal,Owner,Due,Note\nA\nB,Ann\nC,Bob,2026-01-02\nD,Eve,2026-01-02,n\n", ','},
        {"line breaks in quotes", "Goal;Note\n\"A\";\"one, two\nthree, four\nfive, six\"\n\"B\";\"x\"\n", ';'},
        {"tabs with commas", "Goal\tNote\nA\tone, two, three\nB\tfour, five\n", '\t'},
        {"pipes inside", "Goal,Path\nA,Home | Web | Shop\nB,Home | App\n", ','},
        {"blank after the comma, then a quote", "Goal, Note\nA, \"x; y; z\"\nB, \"v; w; u\"\n", ','},
        {"equal claims", "a,b;c\nd,e;f\n", ','},
        {"CR only", "Goal;Owner\rA;Ann\r", ';'},
    };
    check(rows, COUNT_OF(rows));
}

static void the_sep_line_decides(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        char delimiter;
        uint32_t first_line;
        const char *first_cell;
    } rows[] = {
        {"sep=;\na,b;c\n", ';', 2, "a,b"},         {"sep=;\r\na,b;c\r\n", ';', 2, "a,b"},
        {"SEP=|\na,b|c\n", '|', 2, "a,b"},         {"\"sep=;\"\na,b;c\n", ';', 2, "a,b"},
        {"sep=\t\na,b\tc\n", '\t', 2, "a,b"},      {"sep=\\t\na,b\tc\n", '\t', 2, "a,b"},
        {"sep=^\na,b^c\n", '^', 2, "a,b"},         {"sep==\na,b=c\n", '=', 2, "a,b"},
        {"sep=,,,,\na;b,c\n", ',', 2, "a;b"},      {"\xEF\xBB\xBFsep=;\na,b;c\n", ';', 2, "a,b"},
        {"sep=;\n\na,b;c\n", ';', 3, "a,b"},       {"sep=\na,b\n", ',', 1, "sep="},
        {"sep=x\na,b\n", ',', 1, "sep=x"},         {"sep=,x\na;b\n", ',', 1, "sep="},
        {"separate;b\nc;d\n", ';', 1, "separate"}, {"a,b\nsep=;\n", ',', 1, "a"},
    };
    okb_arena keep;
    okb_arena_init(&keep, 0);
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        okb_table table;
        okb_err err = {.code = OKB_OK};
        assert_int_equal(okb_read_table(okb_span_of(rows[i].text), OKB_S("f"), NULL, &keep, &table, &err), OKB_OK);
        if (table.delimiter != rows[i].delimiter || table.rows[0].line != rows[i].first_line)
            fail_msg("'%s': '%c', line %u", rows[i].text, table.delimiter, table.rows[0].line);
        assert_span(okb_table_cell(&table, 0, 0), rows[i].first_cell, rows[i].text);
    }
    okb_arena_reset(&keep);
}

static void the_option_decides_over_all(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        char forced;
        const char *first_cell;
        okb_code code;
    } rows[] = {
        {"a,b;c\nd,e;f\n", ';', "a,b", OKB_OK},
        {"sep=;\na,b;c\n", ',', "a", OKB_OK},
        {"a\x01"
         "b\n",
         '\x01', "a", OKB_OK},
        {"a\x1F"
         "b\nc\x1F"
         "d\n",
         '\x1F', "a", OKB_OK},
        {"a b\n", ' ', "a", OKB_OK},
        {"a,b\n", '"', "", OKB_E_USAGE},
        {"a,b\n", '\n', "", OKB_E_USAGE},
        {"a,b\n", '\r', "", OKB_E_USAGE},
        {"a,b\n", '\xE9', "", OKB_E_USAGE},
    };
    okb_arena keep;
    okb_arena_init(&keep, 0);
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        okb_table table;
        okb_err err = {.code = OKB_OK};
        const okb_read_options options = {.delimiter = rows[i].forced};
        assert_int_equal(okb_read_table(okb_span_of(rows[i].text), OKB_S("f"), &options, &keep, &table, &err),
                         rows[i].code);
        if (rows[i].code == OKB_OK)
            assert_span(okb_table_cell(&table, 0, 0), rows[i].first_cell, rows[i].text);
    }
    okb_arena_reset(&keep);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_delimiter_is_voted),
        cmocka_unit_test(the_sep_line_decides),
        cmocka_unit_test(the_option_decides_over_all),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
