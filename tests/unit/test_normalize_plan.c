/* Tables become plans: dates, numbers, words, links, accounting. Each case is a small file. */
#include "test.h"

#include <stdio.h>
#include <string.h>

#include "okrbook/normalize.h"
#include "okrbook/read.h"
#include "okrbook/tables.h"

typedef struct bench {
    okb_arena keep;
    okb_diags diags;
    okb_settings *settings;
    okb_table columns, words;
    okb_plan plan;
    okb_err err;
} bench;

static okb_table builtin_table(okb_arena *keep, const char *name)
{
    okb_table table;
    okb_err err = {0};
    okb_read_options options = {.encoding = {"UTF-8", 5}, .delimiter = ','};
    assert_int_equal(okb_read_table(okb_builtin_bytes(name), okb_span_of(name), &options, keep, &table, &err), OKB_OK);
    return table;
}

static int setup(void **state)
{
    static bench b;
    memset(&b, 0, sizeof b);
    okb_arena_init(&b.keep, 0);
    b.diags.keep = &b.keep;
    okb_table settings = builtin_table(&b.keep, "settings.csv");
    b.columns = builtin_table(&b.keep, "columns.csv");
    b.words = builtin_table(&b.keep, "words.csv");
    assert_int_equal(okb_settings_load(&settings, &b.keep, &b.diags, &b.settings, &b.err), OKB_OK);
    *state = &b;
    return 0;
}

static int teardown(void **state)
{
    bench *b = *state;
    okb_vec_free(&b->diags.items);
    okb_arena_reset(&b->keep);
    return 0;
}

/* Reads `csv` as one file; returns what normalize says, with the file's own error where it was refused. */
static okb_code plan_of(bench *b, const char *csv, okb_date_order order)
{
    okb_normalize_options options = {.date_order = order, .as_of = okb_day_of(2026, 8, 28)};
    okb_normalizer *normalizer = NULL;
    okb_table table;
    b->err = (okb_err){0};
    b->plan = (okb_plan){0};
    assert_int_equal(okb_normalizer_new(&b->columns, 1, &b->words, 1, b->settings, &options, &b->keep, &b->diags,
                                        &normalizer, &b->err),
                     OKB_OK);
    assert_int_equal(okb_read_table(okb_span_of(csv), OKB_S("Sales.csv"), NULL, &b->keep, &table, &b->err), OKB_OK);
    okb_code code = okb_normalizer_add(normalizer, &table, OKB_FILE_UNKNOWN, &b->err);
    okb_err finish_err = {0};
    okb_code finished = okb_normalizer_finish(normalizer, &b->plan, &finish_err);
    okb_normalizer_free(normalizer);
    for (uint32_t i = 0; i < b->plan.n_files; i++) {
        const okb_file *file = &b->plan.files[i];
        assert_int_equal(file->rows, file->used + file->merged + file->rejected);
    }
    return code != OKB_OK ? code : finished;
}

static const okb_goal *goal_named(const bench *b, const char *title)
{
    for (uint32_t i = 0; i < b->plan.n_goals; i++)
        if (okb_span_eq(b->plan.goals[i].title, okb_span_of(title)))
            return &b->plan.goals[i];
    fail_msg("no goal '%s'", title);
    return NULL;
}

static void dates_are_read_in_every_proved_form(void **state)
{
    bench *b = *state;
    static const struct {
        const char *due, *proof, *day; /* proof: another date of the same column */
    } rows[] = {
        {"2026-09-03", "2026-09-30", "2026-09-03"},
        {"03/09/2026", "30/09/2026", "2026-09-03"},
        {"09/03/2026", "09/30/2026", "2026-09-03"},
        {"03.09.2026", "30.09.2026", "2026-09-03"},
        {"3-Sep-26", "30-Sep-26", "2026-09-03"},
        {"September 3, 2026", "June 1, 2026", "2026-09-03"},
        {"Q3 2026", "Q2 2026", "2026-09-30"},
        {"2026-W36", "2026-W37", "2026-09-06"},
        {"2026-09-03T10:00:00Z", "2026-09-30", "2026-09-03"},
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        okb_span csv = okb_arena_printf(&b->keep, "Title,Due date\nA,\"%s\"\nB,\"%s\"\n", rows[i].due, rows[i].proof);
        if (plan_of(b, csv.p, OKB_ORDER_PROVE) != OKB_OK)
            fail_msg("'%s': %s", rows[i].due, b->err.text);
        char day[11];
        okb_day_print(goal_named(b, "A")->due, day);
        if (strcmp(day, rows[i].day) != 0)
            fail_msg("'%s' is read as '%s'", rows[i].due, day);
    }
}

static void an_unproved_order_is_refused_and_settled_by_the_option(void **state)
{
    bench *b = *state;
    const char *csv = "Title,Due date\nA,03/04/2026\nB,05/06/2026\n";
    assert_int_equal(plan_of(b, csv, OKB_ORDER_PROVE), OKB_E_DATA);
    assert_non_null(strstr(b->err.text, "--date-order"));
    assert_int_equal(b->plan.files[0].rejected, 2);
    assert_int_equal(plan_of(b, csv, OKB_ORDER_MDY), OKB_OK);
    assert_int_equal(goal_named(b, "A")->due, okb_day_of(2026, 3, 4));
    assert_int_equal(plan_of(b, csv, OKB_ORDER_DMY), OKB_OK);
    assert_int_equal(goal_named(b, "A")->due, okb_day_of(2026, 4, 3));
}

static void a_range_is_settled_by_what_its_days_prove(void **state)
{
    bench *b = *state;
    static const char *const rows[] = {"01/04/2026 - 30/06/2026",
                                       "01.04.2026 - 30.06.2026",
                                       "01/04/2026 \xE2\x86\x92 30/06/2026",
                                       "01/04/2026 \xE2\x80\x93 30/06/2026",
                                       "2026-04-01 - 2026-06-30",
                                       "April 1, 2026 \xE2\x86\x92 June 30, 2026"};
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        okb_span csv = okb_arena_printf(&b->keep, "Title,Time Span\nA,\"%s\"\n", rows[i]);
        if (plan_of(b, csv.p, OKB_ORDER_PROVE) != OKB_OK)
            fail_msg("'%s': %s", rows[i], b->err.text);
        assert_int_equal(goal_named(b, "A")->start, okb_day_of(2026, 4, 1));
        assert_int_equal(goal_named(b, "A")->due, okb_day_of(2026, 6, 30));
    }
    assert_int_equal(plan_of(b, "Title,Time Span\nA,01/04/2026 - 05/06/2026\n", OKB_ORDER_PROVE), OKB_E_DATA);
    assert_non_null(strstr(b->err.text, "--date-order"));
}

static void numbers_keep_their_figures(void **state)
{
    bench *b = *state;
    static const struct {
        const char *cell;
        double value;
    } rows[] = {{"1,234.5", 1234.5},
                {"40%", 40},
                {"$2M", 2e6},
                {"\xE2\x82\xAC"
                 "3.2k",
                 3200},
                {"12h", 12},
                {"320/month", 320},
                {"(15)", -15},
                {"\xE2\x88\x92"
                 "3",
                 -3},
                {"13 (74%)", 13},
                {"n/a", NAN},
                {"TBD", NAN},
                {"1.31 K", 1310},
                {"3 days", 3},
                {"5.", 5},
                {"12,345.67-", -12345.67},
                {"$-5", -5},
                {"3\xC2\xBD", 3.5},
                {"3:1", 3},
                {"#DIV/0!", NAN},
                /* text, whatever a C library makes of it */
                {"0x10", NAN},
                {"0b101", NAN},
                {"1e999", NAN},
                {"Infinity", NAN},
                {"1_000", NAN},
                {"12:30", NAN},
                {"--5", NAN},
                {"(-5)", NAN},
                {"5\xC2\xB2", NAN},
                {"5\xE2\x80\x93", NAN}};
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        okb_span csv = okb_arena_printf(&b->keep, "Title,Target\nA,\"%s\"\nB,7.5\n", rows[i].cell);
        assert_int_equal(plan_of(b, csv.p, OKB_ORDER_PROVE), OKB_OK);
        assert_near(goal_named(b, "A")->target, rows[i].value, rows[i].cell);
    }
}

static void status_words_meet_on_one_list(void **state)
{
    bench *b = *state;
    static const struct {
        const char *word;
        okb_status status;
    } rows[] = {{"On Track", OKB_ON_TRACK}, {"Behind", OKB_AT_RISK},     {"Red", OKB_OFF_TRACK},
                {"Closed", OKB_DONE},       {"active", OKB_IN_PROGRESS}, {"Abandoned", OKB_CANCELLED},
                {"Blocked", OKB_OFF_TRACK}, {"Postponed", OKB_POSTPONED}};
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        okb_span csv = okb_arena_printf(&b->keep, "Title,Status\nA,%s\n", rows[i].word);
        assert_int_equal(plan_of(b, csv.p, OKB_ORDER_PROVE), OKB_OK);
        if (goal_named(b, "A")->status != rows[i].status)
            fail_msg("'%s' is read as '%s'", rows[i].word, okb_status_name(goal_named(b, "A")->status));
    }
}

static void links_resolve_whatever_the_order(void **state)
{
    bench *b = *state;
    assert_int_equal(plan_of(b,
                             "id,parent_id,kind,title\n"
                             "K1,O1,key_result,Child before its parent\n"
                             "O1,,objective,Parent\n"
                             "K2,O9,key_result,Parent missing\n"
                             "A,B,key_result,Ring one\n"
                             "B,A,objective,Ring two\n"
                             "0031,O1,key_result,Zeros stay\n",
                             OKB_ORDER_PROVE),
                     OKB_OK);
    const okb_goal *parent = goal_named(b, "Parent");
    uint32_t parent_ix = (uint32_t)(parent - b->plan.goals);
    assert_int_equal(goal_named(b, "Child before its parent")->parent_ix, parent_ix);
    assert_int_equal(parent->n_children, 2);
    assert_int_equal(goal_named(b, "Parent missing")->parent_ix, OKB_NONE);
    assert_int_equal(goal_named(b, "Parent missing")->n_links, 1);
    assert_true(goal_named(b, "Ring one")->is_in_circle);
    assert_true(goal_named(b, "Ring two")->is_in_circle);
    assert_false(parent->is_in_circle);
    assert_span(goal_named(b, "Zeros stay")->id, "0031", "id");
}

static void a_hand_made_sheet_gives_objectives_and_key_results(void **state)
{
    bench *b = *state;
    assert_int_equal(plan_of(b,
                             "Goals of the quarter,,\n"
                             "\n"
                             "Objective,Key Result,Target\n"
                             "Grow,Win 10 customers,10\n"
                             ",Keep 95% of them,95%\n"
                             "Average,,52\n",
                             OKB_ORDER_PROVE),
                     OKB_OK);
    assert_int_equal(b->plan.n_goals, 3);
    assert_int_equal(goal_named(b, "Grow")->kind, OKB_OBJECTIVE);
    assert_int_equal(goal_named(b, "Grow")->n_children, 2);
    assert_near(goal_named(b, "Keep 95% of them")->target, 95, "percent keeps its figure");
    assert_int_equal(b->plan.files[0].rows, 2);
    assert_int_equal(b->plan.files[0].header_line, 3);
}

static void the_same_goal_twice_is_merged_and_nothing_is_lost(void **state)
{
    bench *b = *state;
    assert_int_equal(plan_of(b,
                             "id,title,owner,target,current,updated\n"
                             "G1,Reach 40 stores,Ada,40,12,2026-08-01\n"
                             "G1,Reach 40 stores,Ada,40,15,2026-08-20\n"
                             ",,Bea,40,9,\n",
                             OKB_ORDER_PROVE),
                     OKB_OK);
    assert_int_equal(b->plan.n_goals, 1);
    assert_near(b->plan.goals[0].current, 15, "the newer value wins");
    assert_int_equal(b->plan.files[0].used, 1);
    assert_int_equal(b->plan.files[0].merged, 1);
    assert_int_equal(b->plan.files[0].rejected, 1);
    assert_int_equal(b->plan.rejects[0].source.line, 4);
}

static void a_text_that_no_cell_holds_is_whole_among_the_rejects(void **state)
{
    bench *b = *state;
    static char csv[2 * OKB_CELL_UNITS + 256];
    int n = snprintf(csv, sizeof csv, "title,owner,target,current\nReach 40 stores,Ada,40,12\nReach 9 towns ");
    memset(csv + n, 'x', OKB_CELL_UNITS);
    snprintf(csv + n + OKB_CELL_UNITS, sizeof csv - (size_t)n - OKB_CELL_UNITS, ",Bea,9,1\n");
    assert_int_equal(plan_of(b, csv, OKB_ORDER_PROVE), OKB_OK);
    assert_int_equal(b->plan.n_goals, 2);
    assert_int_equal(b->plan.files[0].used, 2);
    assert_int_equal(b->plan.files[0].rejected, 0);
    assert_int_equal(b->plan.n_rejects, 1);
    assert_int_equal(b->plan.n_long_texts, 1);
    assert_int_equal(b->plan.rejects[0].source.line, 3);
    assert_int_equal(b->plan.rejects[0].value.n, OKB_CELL_UNITS + strlen("Reach 9 towns "));
}

static void a_file_without_a_title_is_refused(void **state)
{
    bench *b = *state;
    assert_int_equal(plan_of(b, "a,b\n1,2\n", OKB_ORDER_PROVE), OKB_E_DATA);
    assert_true(b->plan.files[0].is_refused);
    assert_int_equal(b->plan.n_goals, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(dates_are_read_in_every_proved_form),
        cmocka_unit_test(an_unproved_order_is_refused_and_settled_by_the_option),
        cmocka_unit_test(a_range_is_settled_by_what_its_days_prove),
        cmocka_unit_test(numbers_keep_their_figures),
        cmocka_unit_test(status_words_meet_on_one_list),
        cmocka_unit_test(links_resolve_whatever_the_order),
        cmocka_unit_test(a_hand_made_sheet_gives_objectives_and_key_results),
        cmocka_unit_test(the_same_goal_twice_is_merged_and_nothing_is_lost),
        cmocka_unit_test(a_text_that_no_cell_holds_is_whole_among_the_rejects),
        cmocka_unit_test(a_file_without_a_title_is_refused),
    };
    return cmocka_run_group_tests_name("normalize plan", tests, setup, teardown);
}
