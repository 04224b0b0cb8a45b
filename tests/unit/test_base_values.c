/* Numbers, days and rounding. */
#include "test.h"

static void numbers_are_read_up_to_their_end(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        char decimal;
        size_t used;
        double value;
    } rows[] = {
        {"42", '.', 2, 42},
        {"1,234.5", '.', 7, 1234.5},
        {"1.234,5", ',', 7, 1234.5},
        {"1 234,5", ',', 7, 1234.5},
        {"1'234'567", '.', 9, 1234567},
        {"1\xC2\xA0"
         "500",
         '.', 6, 1500},
        {"-3", '.', 2, -3},
        {"\xE2\x88\x92"
         "3",
         '.', 4, -3},
        {"+7", '.', 2, 7},
        {".5", '.', 2, 0.5},
        {"6,5", '.', 1, 6},
        {"6.5", ',', 1, 6},
        {"12,34", '.', 2, 12},
        {"1,2345", '.', 1, 1},
        {"1,234,56", '.', 5, 1234},
        {"1.20987E+15", '.', 11, 1.20987e15},
        {"5e", '.', 1, 5},
        {"1e999", '.', 0, 0},
        {"40%", '.', 2, 40},
        {"-0", '.', 2, 0},
        {"abc", '.', 0, 0},
        {"", '.', 0, 0},
        {"-", '.', 0, 0},
        {"0x1F", '.', 1, 0},
        {"nan", '.', 0, 0},
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        double value = 0;
        size_t used = okb_number_scan(okb_span_of(rows[i].text), rows[i].decimal, &value);
        if (used != rows[i].used)
            fail_msg("'%s': used %zu, expected %zu", rows[i].text, used, rows[i].used);
        assert_near(value, rows[i].value, rows[i].text);
    }
}

static void halves_round_up_also_where_binary_falls_short(void **state)
{
    (void)state;
    static const struct {
        double value;
        int digits;
        double rounded;
    } rows[] = {{0.695, 2, 0.70},  {0.694999, 2, 0.69}, {0.305, 2, 0.31},
                {0.3049, 2, 0.30}, {1.005, 2, 1.01},    {0, 2, 0}};
    for (size_t i = 0; i < COUNT_OF(rows); i++)
        assert_near(okb_round_half_up(rows[i].value, rows[i].digits), rows[i].rounded, "rounding");
}

static void days_match_the_calendar(void **state)
{
    (void)state;
    static const struct {
        int y, m, d;
        okb_day day;
        int weekday;
    } rows[] = {{1970, 1, 1, 0, 4},      {1969, 12, 31, -1, 3},   {2000, 2, 29, 11016, 2},
                {2026, 8, 28, 20693, 5}, {1900, 3, 1, -25508, 4}, {2100, 2, 28, 47540, 7}};
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        okb_day day = okb_day_of(rows[i].y, rows[i].m, rows[i].d);
        assert_int_equal(day, rows[i].day);
        assert_int_equal(okb_day_weekday(day), rows[i].weekday);
        int y, m, d;
        okb_day_split(day, &y, &m, &d);
        assert_int_equal(y * 10000 + m * 100 + d, rows[i].y * 10000 + rows[i].m * 100 + rows[i].d);
    }
    assert_int_equal(okb_day_of(2026, 2, 29), OKB_DAY_NONE);
    assert_int_equal(okb_day_of(2026, 13, 1), OKB_DAY_NONE);
    assert_int_equal(okb_day_of(1899, 12, 31), OKB_DAY_NONE);
}

static void weeks_and_months_end_where_they_should(void **state)
{
    (void)state;
    assert_int_equal(okb_day_iso_week(2026, 1), okb_day_of(2025, 12, 29));
    assert_int_equal(okb_day_iso_week(2026, 53), okb_day_of(2026, 12, 28));
    assert_int_equal(okb_day_iso_week(2025, 53), OKB_DAY_NONE);
    assert_int_equal(okb_day_add_months(okb_day_of(2026, 1, 31), 1), okb_day_of(2026, 2, 28));
    assert_int_equal(okb_day_add_months(okb_day_of(2026, 3, 31), -13), okb_day_of(2025, 2, 28));
    assert_int_equal(okb_day_month_end(2024, 2), okb_day_of(2024, 2, 29));
    char text[11];
    okb_day_print(okb_day_of(2026, 3, 7), text);
    assert_string_equal(text, "2026-03-07");
    okb_day_print(OKB_DAY_NONE, text);
    assert_string_equal(text, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_are_read_up_to_their_end),
        cmocka_unit_test(halves_round_up_also_where_binary_falls_short),
        cmocka_unit_test(days_match_the_calendar),
        cmocka_unit_test(weeks_and_months_end_where_they_should),
    };
    return cmocka_run_group_tests_name("base values", tests, NULL, NULL);
}
