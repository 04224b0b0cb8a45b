/* Cycle names and their days; names of the closed lists. */
#include "test.h"

#include "okrbook/plan.h"

static okb_arena arena;

static void cycle_names_are_read_in_every_known_form(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int first_month;
        const char *name, *start, *due;
    } rows[] = {
        {"Q1 2025", 1, "2025-Q1", "2025-01-01", "2025-03-31"},
        {"2025 Q4", 1, "2025-Q4", "2025-10-01", "2025-12-31"},
        {"2026-Q3", 1, "2026-Q3", "2026-07-01", "2026-09-30"},
        {"2026Q3", 1, "2026-Q3", "2026-07-01", "2026-09-30"},
        {"Q3 Y2026", 1, "2026-Q3", "2026-07-01", "2026-09-30"},
        {"Q3 FY26", 1, "2026-Q3", "2026-07-01", "2026-09-30"},
        {"Q3 FY26", 4, "2026-Q3", "2025-10-01", "2025-12-31"},
        {"2025/26", 4, "2026", "2025-04-01", "2026-03-31"},
        {"FY25/26", 4, "2026", "2025-04-01", "2026-03-31"},
        {"2025-2026", 9, "2026", "2025-09-01", "2026-08-31"},
        {"Q1 FY2026-27", 4, "2027-Q1", "2026-04-01", "2026-06-30"},
        {"2025/12", 4, "2025-12", "2025-12-01", "2025-12-31"},
        {"Q1 '26", 1, "2026-Q1", "2026-01-01", "2026-03-31"},
        {"H1 FY26", 1, "2026-H1", "2026-01-01", "2026-06-30"},
        {"Y2025", 1, "2025", "2025-01-01", "2025-12-31"},
        {"Annual 2025", 1, "2025", "2025-01-01", "2025-12-31"},
        {"FY2026", 7, "2026", "2025-07-01", "2026-06-30"},
        {"2026-08", 1, "2026-08", "2026-08-01", "2026-08-31"},
        {"August 2026", 1, "2026-08", "2026-08-01", "2026-08-31"},
        {"Q1 2023 - Jan-Mar", 1, "2023-Q1", "2023-01-01", "2023-03-31"},
        {"T2 2026", 1, "2026-T2", "2026-05-01", "2026-08-31"},
        {"2026", 1, "2026", "2026-01-01", "2026-12-31"},
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        okb_cycle cycle;
        char day[11];
        if (!okb_cycle_parse(okb_span_of(rows[i].text), rows[i].first_month, &arena, &cycle))
            fail_msg("'%s' is not read", rows[i].text);
        assert_span(cycle.name, rows[i].name, rows[i].text);
        okb_day_print(cycle.start, day);
        assert_string_equal(day, rows[i].start);
        okb_day_print(cycle.due, day);
        assert_string_equal(day, rows[i].due);
    }
}

static void other_texts_are_no_cycle(void **state)
{
    (void)state;
    static const char *const rows[] = {"",        "Rolling",    "Q5 2026",     "Q1",
                                       "2026-13", "Q1 Q2 2026", "Growth 2026", "12",
                                       "2025/26", "2025/27",    "Q1 FY2025-26"};
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        okb_cycle cycle;
        if (okb_cycle_parse(okb_span_of(rows[i]), 1, &arena, &cycle))
            fail_msg("'%s' is read as '%s'", rows[i], cycle.name.p);
    }
}

static void a_day_lies_in_its_cycle(void **state)
{
    (void)state;
    static const struct {
        int y, m, d, months, first;
        const char *name;
    } rows[] = {
        {2026, 8, 28, 3, 1, "2026-Q3"},  {2026, 3, 31, 3, 4, "2026-Q4"}, {2026, 4, 1, 3, 4, "2027-Q1"},
        {2026, 12, 31, 6, 1, "2026-H2"}, {2026, 2, 1, 12, 7, "2026"},    {2026, 2, 28, 1, 4, "2026-02"},
        {2026, 9, 1, 4, 1, "2026-T3"},
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        okb_day day = okb_day_of(rows[i].y, rows[i].m, rows[i].d);
        okb_cycle cycle = okb_cycle_of(day, rows[i].months, rows[i].first, &arena);
        assert_span(cycle.name, rows[i].name, rows[i].name);
        assert_true(cycle.start <= day && day <= cycle.due);
    }
}

static void words_and_values_agree(void **state)
{
    (void)state;
    for (int i = 1; i <= OKB_POSTPONED; i++)
        assert_int_equal(okb_status_parse(okb_span_of(okb_status_name((okb_status)i))), i);
    assert_int_equal(okb_status_parse(OKB_S("Off-Track")), OKB_OFF_TRACK);
    assert_int_equal(okb_kind_parse(OKB_S("Key Result")), OKB_KEY_RESULT);
    assert_int_equal(okb_kind_parse(OKB_S("epic")), OKB_KIND_NONE);
    assert_string_equal(okb_answer_name(OKB_UNKNOWN), "unknown");
    assert_string_equal(okb_class_name(OKB_CLASS_NONE), "");
}

static int teardown(void **state)
{
    (void)state;
    okb_arena_reset(&arena);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cycle_names_are_read_in_every_known_form),
        cmocka_unit_test(other_texts_are_no_cycle),
        cmocka_unit_test(a_day_lies_in_its_cycle),
        cmocka_unit_test(words_and_values_agree),
    };
    return cmocka_run_group_tests_name("plan calendar", tests, NULL, teardown);
}
