/* Workbooks of many shapes are written, verified, and the same again; a damaged one is found out. */
#include "test.h"

#include "okrbook/os.h"
#include "okrbook/write.h"
#include "plan_maker.h"

#include <stdlib.h>
#include <unistd.h>

static char folder[] = "/tmp/okrbook-write-XXXXXX";
static char path[64], other[64];

static int setup(void **state)
{
    (void)state;
    if (!mkdtemp(folder))
        return 1;
    snprintf(path, sizeof path, "%s/a.xlsx", folder);
    snprintf(other, sizeof other, "%s/b.xlsx", folder);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    unlink(path);
    unlink(other);
    return rmdir(folder);
}

typedef struct shape {
    const char *name, *template_name, *profile;
    plan_size size;
    const char *set, *to;
    uint32_t only_team;
    bool is_split;
} shape;

static okb_code write_to(const plan_made *made, const shape *s, const char *to, okb_arena *keep,
                         okb_workbook_counts *counts, okb_err *err)
{
    const okb_workbook_options options = {.path = to,
                                          .scratch_folder = folder,
                                          .settings = made->settings,
                                          .template_name = okb_span_of(s->template_name ? s->template_name : "board"),
                                          .profile = okb_span_of(s->profile ? s->profile : "board"),
                                          .only_team = s->only_team,
                                          .is_split = s->is_split,
                                          .rule_pack = OKB_S("core 1")};
    okb_scratch_begin(folder);
    okb_code code = okb_write_workbook(&made->plan, &options, keep, counts, err);
    if (code == OKB_OK)
        code = okb_scratch_check(err);
    return code;
}

static okb_buf bytes_of(const char *file)
{
    okb_buf all = {0};
    FILE *in = fopen(file, "rb");
    assert_non_null(in);
    char chunk[4096];
    for (size_t n; (n = fread(chunk, 1, sizeof chunk, in)) > 0;)
        okb_buf_add(&all, (okb_span){chunk, n});
    fclose(in);
    return all;
}

static void write_bytes(const char *file, okb_span bytes)
{
    FILE *out = fopen(file, "wb");
    assert_non_null(out);
    assert_int_equal(fwrite(bytes.p, 1, bytes.n, out), bytes.n);
    fclose(out);
}

static void every_shape_is_whole_and_repeats(void **state)
{
    (void)state;
    static const shape shapes[] = {
        {"one goal", NULL, NULL, {1, 1, 0, 0, false}, NULL, NULL, OKB_NONE, false},
        {"a company alone", NULL, NULL, {0, 2, 2, 2, true}, NULL, NULL, OKB_NONE, false},
        {"a few teams", NULL, NULL, {4, 3, 3, 6, true}, NULL, NULL, OKB_NONE, false},
        {"more teams than the Summary shows", NULL, NULL, {40, 1, 2, 2, false}, NULL, NULL, OKB_NONE, false},
        {"streamed", NULL, NULL, {4, 3, 3, 6, true}, "workbook.table_cells", "0", OKB_NONE, false},
        {"short sheets", NULL, NULL, {3, 9, 3, 2, true}, "workbook.sheet_rows", "24", OKB_NONE, false},
        {"few bytes a sheet", NULL, NULL, {3, 9, 3, 2, true}, "workbook.sheet_bytes", "60000", OKB_NONE, false},
        {"few findings a team", NULL, NULL, {2, 3, 4, 0, true}, "workbook.findings_per_team", "3", OKB_NONE, false},
        {"red, amber, green", NULL, NULL, {2, 2, 2, 2, true}, "workbook.palette", "rag", OKB_NONE, false},
        {"letter paper", NULL, NULL, {2, 2, 2, 2, true}, "workbook.paper", "letter", OKB_NONE, false},
        {"a title of its own", NULL, NULL, {2, 2, 2, 2, true}, "workbook.title", "=Q3 & \"more\"", OKB_NONE, false},
        {"a footer with codes", NULL, NULL, {2, 2, 2, 2, true}, "workbook.footer", "&P & 2026", OKB_NONE, false},
        {"missing counts as 0", NULL, NULL, {2, 2, 3, 2, true}, "missing", "zero", OKB_NONE, false},
        {"accessible", NULL, "accessible", {4, 3, 3, 6, true}, NULL, NULL, OKB_NONE, false},
        {"one page", "onepager", NULL, {4, 3, 3, 6, true}, NULL, NULL, OKB_NONE, false},
        {"data only", "data", NULL, {4, 3, 3, 6, true}, NULL, NULL, OKB_NONE, false},
        {"a team's pack", "team", NULL, {4, 3, 3, 6, true}, NULL, NULL, 2, false},
        {"a part of a split", NULL, NULL, {4, 3, 3, 6, true}, NULL, NULL, 2, false},
        {"the summary of a split", NULL, NULL, {4, 3, 3, 6, true}, NULL, NULL, OKB_NONE, true},
    };
    for (size_t i = 0; i < COUNT_OF(shapes); i++) {
        const shape *s = &shapes[i];
        plan_made *made = plan_make(s->size);
        plan_add_findings(made);
        if (s->set)
            made_set(made, s->set, s->to);
        okb_arena keep;
        okb_arena_init(&keep, 0);
        okb_workbook_counts counts;
        okb_err err = {0};
        if (write_to(made, s, path, &keep, &counts, &err) != OKB_OK || okb_write_verify(path, &counts, &err) != OKB_OK)
            fail_msg("%s: %s", s->name, err.text);
        assert_true(counts.n_sheets > 0);
        if (write_to(made, s, other, &keep, &counts, &err) != OKB_OK)
            fail_msg("%s, again: %s", s->name, err.text);
        okb_buf a = bytes_of(path), b = bytes_of(other);
        if (!okb_span_eq(okb_buf_span(&a), okb_buf_span(&b)))
            fail_msg("%s: two runs differ", s->name);
        okb_buf_free(&a);
        okb_buf_free(&b);
        okb_arena_reset(&keep);
        plan_unmake(made);
    }
}

static void nothing_is_lost_where_sheets_are_short(void **state)
{
    (void)state;
    static const shape s = {.only_team = OKB_NONE};
    static const char *const limits[][2] = {{"workbook.sheet_rows", "24"}, {"workbook.sheet_bytes", "60000"}};
    for (size_t k = 0; k < COUNT_OF(limits); k++) {
        plan_made *made = plan_make((plan_size){3, 9, 3, 2, true});
        made_set(made, limits[k][0], limits[k][1]);
        okb_arena keep;
        okb_arena_init(&keep, 0);
        okb_workbook_counts counts;
        okb_err err = {0};
        assert_int_equal(write_to(made, &s, path, &keep, &counts, &err), OKB_OK);
        uint32_t data_rows = 0, data_sheets = 0;
        for (size_t i = 0; i < counts.n_sheets; i++) {
            if (!okb_span_starts(counts.sheets[i].name, OKB_S("Data")))
                continue;
            data_sheets++;
            data_rows += counts.sheets[i].rows - 1;
            assert_true(counts.sheets[i].rows <= 40);
        }
        assert_true(data_sheets > 1);
        /* Each sheet but the last ends in a row that leads to the next. */
        assert_int_equal(data_rows - (data_sheets - 1), made->plan.n_goals);
        okb_arena_reset(&keep);
        plan_unmake(made);
    }
}

static void hostile_texts_are_kept_out_of_formulas_and_names(void **state)
{
    (void)state;
    static const char *const texts[] = {"=1+1",
                                        "History",
                                        "'",
                                        "Summary",
                                        "a\"b",
                                        "[x]:*?/\\",
                                        "\xF0\x9F\x98\x80",
                                        "_x0041_",
                                        "\xFF\xFE",
                                        "&P",
                                        "{=1}",
                                        "http://example.invalid/",
                                        "+49",
                                        ""};
    static const shape s = {.only_team = OKB_NONE};
    for (size_t i = 0; i < COUNT_OF(texts); i++) {
        plan_made *made = plan_make((plan_size){2, 2, 2, 2, true});
        okb_span text = okb_span_of(texts[i]);
        made->plan.org = text;
        made->plan.cycles[0].name = text.n ? text : OKB_S("2026-Q3");
        for (uint32_t t = 0; t < made->plan.n_teams; t++)
            made->plan.teams[t].name = text.n ? text : OKB_S("T");
        for (uint32_t g = 0; g < made->plan.n_goals; g++)
            made->plan.goals[g].title = made->plan.goals[g].owner = made->plan.goals[g].unit = made->plan.goals[g].id =
                text;
        okb_arena keep;
        okb_arena_init(&keep, 0);
        okb_workbook_counts counts;
        okb_err err = {0};
        if (write_to(made, &s, path, &keep, &counts, &err) != OKB_OK || okb_write_verify(path, &counts, &err) != OKB_OK)
            fail_msg("'%s': %s", texts[i], err.text);
        okb_arena_reset(&keep);
        plan_unmake(made);
    }
}

/* Whether a byte is among the last three of a part: they close its stream when every byte of the part has come out with the right
 * checksum, and reading stops there. No other byte may change unseen. */
static bool closes_a_stream(okb_span file, size_t at)
{
    enum { HEADER = 30, AT_SIZE = 18, AT_NAME = 26, AT_EXTRA = 28, CLOSE = 3 };
    const unsigned char *p = (const unsigned char *)file.p;
    for (size_t from = 0; from + HEADER < file.n && memcmp(p + from, "PK\3\4", 4) == 0;) {
        size_t size = p[from + AT_SIZE] | (size_t)p[from + AT_SIZE + 1] << 8 | (size_t)p[from + AT_SIZE + 2] << 16;
        size_t end = from + HEADER + (p[from + AT_NAME] | (size_t)p[from + AT_NAME + 1] << 8) +
                     (p[from + AT_EXTRA] | (size_t)p[from + AT_EXTRA + 1] << 8) + size;
        if (at < end)
            return at + CLOSE >= end;
        from = end;
    }
    return false;
}

static void a_damaged_file_is_found_out(void **state)
{
    (void)state;
    static const shape s = {.only_team = OKB_NONE};
    plan_made *made = plan_make((plan_size){2, 2, 2, 2, true});
    okb_arena keep;
    okb_arena_init(&keep, 0);
    okb_workbook_counts counts;
    okb_err err = {0};
    assert_int_equal(write_to(made, &s, path, &keep, &counts, &err), OKB_OK);
    okb_buf whole = bytes_of(path);
    /* Cut off at any length; a byte turned at places all over the file's parts. */
    for (size_t i = 1; i <= 24; i++) {
        write_bytes(other, (okb_span){whole.p, whole.n * i / 25});
        okb_err why = {0};
        assert_int_equal(okb_write_verify(other, &counts, &why), OKB_E_IO);
    }
    /* Steps that meet every field of the parts' headers and of the list of parts, which takes the last tenth. */
    uint32_t tried = 0;
    for (size_t at = 0; at < whole.n; at += at < whole.n - whole.n / 10 ? 53 : 7, tried++) {
        whole.p[at] = (char)(whole.p[at] ^ 0x55);
        write_bytes(other, okb_buf_span(&whole));
        okb_err why = {0};
        okb_code code = okb_write_verify(other, &counts, &why);
        whole.p[at] = (char)(whole.p[at] ^ 0x55);
        if (code == OKB_OK && !closes_a_stream(okb_buf_span(&whole), at))
            fail_msg("a damaged byte at %zu of %zu was not seen", at, whole.n);
    }
    assert_true(tried >= 1000);
    write_bytes(other, OKB_S(""));
    okb_err why = {0};
    assert_int_equal(okb_write_verify(other, &counts, &why), OKB_E_IO);
    okb_buf_free(&whole);
    okb_arena_reset(&keep);
    plan_unmake(made);
}

static void counts_that_do_not_match_are_found_out(void **state)
{
    (void)state;
    static const shape s = {.only_team = OKB_NONE};
    plan_made *made = plan_make((plan_size){2, 2, 2, 2, true});
    okb_arena keep;
    okb_arena_init(&keep, 0);
    okb_workbook_counts counts;
    okb_err err = {0};
    assert_int_equal(write_to(made, &s, path, &keep, &counts, &err), OKB_OK);
    okb_sheet_count *sheets = OKB_NEW_N(&keep, okb_sheet_count, counts.n_sheets + 1);
    for (int wrong = 0; wrong < 4; wrong++) {
        memcpy(sheets, counts.sheets, counts.n_sheets * sizeof *sheets);
        okb_workbook_counts told = {sheets, counts.n_sheets};
        if (wrong == 0)
            sheets[1].rows++;
        else if (wrong == 1)
            sheets[1].cells--;
        else if (wrong == 2)
            sheets[1].name = OKB_S("Another");
        else
            sheets[told.n_sheets++] = (okb_sheet_count){OKB_S("More"), 0, 0};
        okb_err why = {0};
        assert_int_equal(okb_write_verify(path, &told, &why), OKB_E_IO);
        assert_true(why.text[0] != '\0');
    }
    okb_arena_reset(&keep);
    plan_unmake(made);
}

static void a_folder_that_is_not_there_is_said(void **state)
{
    (void)state;
    static const shape s = {.only_team = OKB_NONE};
    plan_made *made = plan_make((plan_size){1, 1, 1, 0, false});
    okb_arena keep;
    okb_arena_init(&keep, 0);
    okb_workbook_counts counts;
    okb_err err = {0};
    assert_int_equal(write_to(made, &s, "/nowhere/at/all.xlsx", &keep, &counts, &err), OKB_E_CREATE);
    okb_arena_reset(&keep);
    plan_unmake(made);
}

static void split_files_have_names_of_their_own(void **state)
{
    (void)state;
    plan_made *made = plan_make((plan_size){6, 1, 0, 0, false});
    static const char *const names[][2] = {
        {"R&D / core", "r-d-core.xlsx"},  {"Summary", "summary-2.xlsx"}, {"R&D core", "r-d-core-2.xlsx"},
        {"\xC3\x89quipe", "equipe.xlsx"}, {"***", "team.xlsx"},          {"../../etc", "etc.xlsx"}};
    okb_arena keep;
    okb_arena_init(&keep, 0);
    for (uint32_t t = 0; t < 6; t++)
        made->plan.teams[t].name = okb_span_of(names[t][0]);
    for (uint32_t t = 0; t < 6; t++)
        assert_span(okb_write_split_name(&made->plan, t, &keep), names[t][1], names[t][0]);
    assert_span(okb_write_split_name(&made->plan, OKB_NONE, &keep), "summary.xlsx", "summary");
    okb_arena_reset(&keep);
    plan_unmake(made);
}

static void the_headline_tells_the_truth(void **state)
{
    (void)state;
    static const struct {
        plan_size size;
        const char *text;
    } rows[] = {
        {{1, 1, 0, 0, false}, "2026-Q3 has no score yet: it has no key results or goals."},
        {{6, 3, 3, 6, true}, "2026-Q3 stands at 0.51: 5 of 6 teams on track, 1 at risk."},
        {{0, 0, 0, 0, false}, "2026-Q3 has no score yet: it has no key results or goals."},
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        plan_made *made = plan_make(rows[i].size);
        assert_span(okb_write_headline(&made->plan, made->settings, &made->keep), rows[i].text, rows[i].text);
        plan_unmake(made);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_shape_is_whole_and_repeats),
        cmocka_unit_test(nothing_is_lost_where_sheets_are_short),
        cmocka_unit_test(hostile_texts_are_kept_out_of_formulas_and_names),
        cmocka_unit_test(a_damaged_file_is_found_out),
        cmocka_unit_test(counts_that_do_not_match_are_found_out),
        cmocka_unit_test(a_folder_that_is_not_there_is_said),
        cmocka_unit_test(split_files_have_names_of_their_own),
        cmocka_unit_test(the_headline_tells_the_truth),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
