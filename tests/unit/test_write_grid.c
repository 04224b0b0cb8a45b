/* A table declared in a few lines is written and read back from the file: header, widths, formats, live formulas, totals. */
#include "test.h"

#include "../../src/write/grid.h"

#include <minizip/unzip.h>
#include <stdlib.h>
#include <unistd.h>

static char path[] = "/tmp/okrbook-grid-XXXXXX";

static int setup(void **state)
{
    (void)state;
    int file = mkstemp(path);
    return file < 0 ? 1 : close(file);
}

static int teardown(void **state)
{
    (void)state;
    return unlink(path);
}

/* ---- the table: a line a column ---- */

static const void *file_row(const okb_facts *facts, uint32_t ix)
{
    return &facts->plan->files[ix];
}

static void get_left(okb_facts *facts, uint32_t ix, okb_value *out)
{
    const okb_file *file = &facts->plan->files[ix];
    okb_value_number(out, (double)file->rows - file->used);
}

static const okb_field left = {OKB_FIELD_BY(OKB_VALUE_NUMBER, get_left)};

#define FILE_OF(name) .field = OKB_FIELD(file_row, okb_file, name)

static const okb_grid_column columns[] = {
    {"File", 24, OKB_STYLE_TEXT_WRAP, FILE_OF(name), .total = OKB_TOTAL_WORD},
    {"Rows", 9, OKB_STYLE_COUNT, FILE_OF(rows), .total = OKB_TOTAL_SUM},
    {"Used", 9, OKB_STYLE_COUNT, FILE_OF(used), .total = OKB_TOTAL_MEAN},
    {"Left", 11, OKB_STYLE_COUNT, .field = &left, .formula = "={Rows}-{Used}", .total = OKB_TOTAL_SUM},
    {"Format", 12, OKB_STYLE_TEXT, FILE_OF(format)},
};

static okb_buf part_of(const char *name)
{
    okb_buf all = {0};
    unzFile zip = unzOpen64(path);
    assert_non_null(zip);
    assert_int_equal(unzLocateFile(zip, name, 1), UNZ_OK);
    assert_int_equal(unzOpenCurrentFile(zip), UNZ_OK);
    char chunk[4096];
    for (int n; (n = unzReadCurrentFile(zip, chunk, sizeof chunk)) > 0;)
        okb_buf_add(&all, (okb_span){chunk, (size_t)n});
    unzCloseCurrentFile(zip);
    unzClose(zip);
    okb_buf_byte(&all, '\0');
    return all;
}

static void write_table(okb_plan *plan, uint32_t n_rows)
{
    okb_err err = {0};
    okb_workbook_options options = {.only_team = OKB_NONE};
    okb_book book = {.plan = plan, .options = &options, .err = &err};
    okb_arena_init(&book.keep, 0);
    okb_facts_init(&book.facts, plan);
    lxw_workbook_options how = {.constant_memory = LXW_TRUE};
    book.workbook = workbook_new_opt(path, &how);
    okb_styles_make(&book);
    okb_sheet sheet = {.kind = OKB_SHEET_LOG, .name = OKB_S("Files"), .last_row = -1};
    sheet.ws = workbook_add_worksheet(book.workbook, "Files");
    const okb_grid grid = {.columns = columns, .n_columns = COUNT_OF(columns), .n_rows = n_rows, .is_ruled = true};
    uint32_t end = okb_grid_block(&book, &sheet, 0, "Inputs", &grid);
    assert_int_equal(end, n_rows + 3);
    okb_grid_totals(&book, &sheet, &grid, end - 1, 2);
    assert_int_equal(book.code, OKB_OK);
    assert_int_equal(workbook_close(book.workbook), LXW_NO_ERROR);
    okb_buf_free(&book.text);
    okb_facts_free(&book.facts);
    okb_arena_reset(&book.keep);
}

/* The format code of a cell: its style's number format. */
static void assert_format(const char *sheet, const char *styles, const char *cell, const char *code)
{
    char mark[32];
    snprintf(mark, sizeof mark, "<c r=\"%s\" s=\"", cell);
    const char *at = strstr(sheet, mark);
    assert_non_null(at);
    long style = strtol(at + strlen(mark), NULL, 10);
    const char *xf = strstr(styles, "<cellXfs");
    for (long i = 0; i <= style && xf; i++)
        xf = strstr(xf + 1, "<xf ");
    assert_non_null(xf);
    const char *id = strstr(xf, "numFmtId=\"");
    assert_non_null(id);
    snprintf(mark, sizeof mark, "<numFmt numFmtId=\"%ld\"", strtol(id + 10, NULL, 10));
    const char *format = strstr(styles, mark);
    assert_non_null(format);
    const char *text = strstr(format, "formatCode=\"") + 12;
    assert_memory_equal(text, code, strlen(code));
}

static okb_file files[] = {
    {.name = {"goals.csv", 9}, .rows = 1200, .used = 1190, .format = {"sheet", 5}},
    {.name = {"check-ins of all teams and of the company.csv", 45}, .rows = 40, .used = 40},
    {.name = {"=1+1", 4}, .rows = 5, .used = 1, .format = {"asana", 5}},
};

static void a_declared_table_is_read_back(void **state)
{
    (void)state;
    okb_plan plan = {.files = files, .n_files = COUNT_OF(files)};
    write_table(&plan, COUNT_OF(files));
    okb_buf sheet = part_of("xl/worksheets/sheet1.xml"), styles = part_of("xl/styles.xml");
    static const struct {
        const char *what, *xml;
    } rows[] = {
        {"caption", "<t>Inputs</t>"},
        {"first header", "<c r=\"A2\""},
        {"header's word", "<t>Left</t>"},
        {"width of the first column", "<col min=\"1\" max=\"1\" width=\"24.7109375\""},
        {"width of the fourth", "<col min=\"4\" max=\"4\" width=\"11.7109375\""},
        {"text of a member", "<t>goals.csv</t>"},
        {"text that looks like a formula stays text", "<t>=1+1</t>"},
        {"number of a member", "<v>1200</v>"},
        {"live formula with its value", "<f>B3-C3</f><v>10</v>"},
        {"live formula of the last row", "<f>B5-C5</f><v>4</v>"},
        {"total's word", "<t>Total</t>"},
        {"sum", "<f>SUM(B3:B5)</f><v>1245</v>"},
        {"mean", "AVERAGE(C3:C5)"},
        {"sum of formulas", "<f>SUM(D3:D5)</f><v>14</v>"},
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++)
        if (!strstr(sheet.p, rows[i].xml))
            fail_msg("%s: the sheet has no '%s'", rows[i].what, rows[i].xml);
    assert_format(sheet.p, styles.p, "B3", "#,##0_)");
    assert_format(sheet.p, styles.p, "D4", "#,##0_)");
    assert_format(sheet.p, styles.p, "B6", "#,##0_)");
    /* The name that does not fit on a line makes its row higher than the others. */
    assert_non_null(strstr(sheet.p, "<row r=\"4\" ht=\"30.4\""));
    assert_non_null(strstr(sheet.p, "<row r=\"3\" ht=\"17.2\""));
    /* An empty member leaves a cell with a format and no value, so that rules run through. */
    const char *empty = strstr(sheet.p, "<c r=\"E4\" s=\"");
    assert_non_null(empty);
    assert_ptr_equal(strchr(empty, '>') - 1, strchr(empty, '/'));
    okb_buf_free(&sheet);
    okb_buf_free(&styles);
}

static void a_table_without_rows_has_a_head_and_no_sums(void **state)
{
    (void)state;
    okb_plan plan = {.files = files, .n_files = 0};
    write_table(&plan, 0);
    okb_buf sheet = part_of("xl/worksheets/sheet1.xml");
    assert_non_null(strstr(sheet.p, "<t>Left</t>"));
    assert_non_null(strstr(sheet.p, "<t>Total</t>"));
    assert_null(strstr(sheet.p, "<f>"));
    okb_buf_free(&sheet);
}

static void lines_follow_the_widths_of_letters(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        double characters;
        uint32_t lines;
    } rows[] = {
        {"", 10, 1},
        {"one", 10, 1},
        {"two\nlines", 10, 2},
        {"illicit illicit", 10, 1},       /* narrow letters */
        {"MAMMOTH MAMMOTH", 10, 2},       /* wide ones */
        {"0123456789 0123456789", 11, 2}, /* a digit takes a character */
        {"成長チームの名前です", 10, 3},  /* wide scripts take two, and break anywhere */
        {"unbreakableunbreakableunbreakable", 10, 3},
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        uint32_t lines = okb_text_lines(okb_span_of(rows[i].text), rows[i].characters);
        if (lines != rows[i].lines)
            fail_msg("'%s' in %g: %u lines, expected %u", rows[i].text, rows[i].characters, lines, rows[i].lines);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_declared_table_is_read_back),
        cmocka_unit_test(a_table_without_rows_has_a_head_and_no_sums),
        cmocka_unit_test(lines_follow_the_widths_of_letters),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
