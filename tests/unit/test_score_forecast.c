/* Forecasts, the rates that are needed, and what moved. */
#include "score_plan.h"

/* 20 days in all, 10 gone by, 10 left. */
#define K "goal K kind=key_result start=2026-08-05 due=2026-08-25 baseline=0 target=100 "

static void a_forecast_follows_the_median_slope(void **state)
{
    (void)state;
    static const plan_row rows[] = {
        {"a straight line", K "\nin K 2026-08-05 value=0\nin K 2026-08-10 value=10\nin K 2026-08-15 value=20", NULL,
         "K.weekly_rate=14 K.forecast_value=40 K.forecast=0.4"},
        /* slopes 2, 10 and 6 */
        {"an outlier does not bend it",
         K "\nin K 2026-08-05 value=0\nin K 2026-08-10 value=10\nin K 2026-08-15 value=60", NULL,
         "K.weekly_rate=42 K.forecast_value=120 K.forecast=1"},
        {"an even number of slopes",
         K "\nin K 2026-08-07 value=2\nin K 2026-08-09 value=6\nin K 2026-08-11 value=8\nin K 2026-08-15 value=12",
         NULL, "K.weekly_rate=7.875 K.forecast_value=23.25"},
        {"days, not rows",
         K "\nin K 2026-08-05 value=0\nin K 2026-08-10 value=90\nin K 2026-08-10 value=10\n"
           "in K 2026-08-15 value=20",
         NULL, "K.forecast_value=40"},
        {"none after the day",
         K "\nin K 2026-08-05 value=0\nin K 2026-08-10 value=10\nin K 2026-08-15 value=20\n"
           "in K 2026-08-16 value=90",
         NULL, "K.forecast_value=40"},
        {"it falls below zero", K "\nin K 2026-08-05 value=20\nin K 2026-08-10 value=10\nin K 2026-08-15 value=0", NULL,
         "K.forecast_value=-20 K.forecast=0"},
        {"the last days by a setting",
         K "\nin K 2026-08-05 value=0\nin K 2026-08-13 value=10\nin K 2026-08-14 value=11\nin K 2026-08-15 value=12",
         "forecast.max_days=3", "K.weekly_rate=7 K.forecast_value=22"},
        {"on the way down",
         "goal K kind=key_result start=2026-08-05 due=2026-08-25 baseline=100 target=60\n"
         "in K 2026-08-05 value=100\nin K 2026-08-10 value=95\nin K 2026-08-15 value=90",
         NULL, "K.forecast_value=80 K.forecast=0.5"},
    };
    CHECK_ROWS(rows);
}

static void with_fewer_days_it_follows_the_run_rate(void **state)
{
    (void)state;
    static const plan_row rows[] = {
        {"the column", K "current=30", NULL, "K.weekly_rate=21 K.forecast_value=60 K.forecast=0.6"},
        {"two days", K "\nin K 2026-08-06 value=25\nin K 2026-08-15 value=30", NULL, "K.forecast_value=60"},
        {"three rows on two days", K "\nin K 2026-08-06 value=25\nin K 2026-08-15 value=29\nin K 2026-08-15 value=30",
         NULL, "K.forecast_value=60"},
        {"two days are enough by a setting", K "\nin K 2026-08-10 value=25\nin K 2026-08-15 value=30",
         "forecast.min_days=2", "K.forecast_value=40"},
        {"on the start", "goal K kind=key_result start=2026-08-15 due=2026-08-25 baseline=0 target=100 current=5", NULL,
         "K.forecast= K.forecast_value= K.score=0.05"},
        {"before the start", "goal K kind=key_result start=2026-08-20 due=2026-08-25 baseline=0 target=100 current=5",
         NULL, "K.forecast="},
        {"before the start with three days",
         "goal K kind=key_result start=2026-08-20 due=2026-08-25 baseline=0 target=100\nin K 2026-08-05 value=0\n"
         "in K 2026-08-10 value=10\nin K 2026-08-15 value=20",
         NULL, "K.forecast_value=40"},
        {"the baseline of zero", "goal K kind=key_result start=2026-08-05 due=2026-08-25 target=100 current=30", NULL,
         "K.forecast=0.6"},
    };
    CHECK_ROWS(rows);
}

static void only_metrics_that_move_are_forecast(void **state)
{
    (void)state;
    static const plan_row rows[] = {
        {"a milestone", K "direction=milestone progress=0.4", NULL, "K.forecast="},
        {"a stated one", "goal K kind=key_result progress=0.4", NULL, "K.forecast= K.weekly_rate="},
        {"an unscored one", "goal K kind=key_result target=5", NULL, "K.forecast="},
        {"a learning one", K "ambition=learning current=5", NULL, "K.forecast="},
        {"an objective", "goal O kind=objective\ngoal L kind=key_result parent=O progress=0.4", NULL, "O.forecast="},
        {"a threshold that is left",
         "goal K kind=key_result direction=at_least target=90 start=2026-08-05 due=2026-08-25\n"
         "in K 2026-08-05 value=98\nin K 2026-08-10 value=95\nin K 2026-08-15 value=92",
         NULL, "K.score=1 K.forecast_value=86 K.forecast=0"},
        {"a threshold without a start", "goal K kind=key_result direction=at_least target=90 current=95", NULL,
         "K.score=1 K.forecast="},
        {"a threshold with a start", K "direction=at_least current=60", NULL,
         "K.score=0 K.forecast_value=120 K.forecast=1"},
        {"after the due date the score",
         "goal K kind=key_result start=2026-08-01 due=2026-08-14 baseline=0 target=100 "
         "current=30",
         NULL, "K.forecast=0.3 K.rate_to_target="},
        {"on the due date", "goal K kind=key_result start=2026-08-05 due=2026-08-15 baseline=0 target=100 current=30",
         NULL, "K.forecast=0.3 K.rate_to_target="},
    };
    CHECK_ROWS(rows);
}

static void needed_rates_are_units_a_week_from_today(void **state)
{
    (void)state;
    static const plan_row rows[] = {
        {"to target and to success", K "current=30", NULL, "K.rate_to_target=49 K.rate_to_success=28"},
        {"committed", K "current=30 ambition=committed", NULL, "K.rate_to_success=49"},
        {"success reached", K "current=80", NULL, "K.rate_to_target=14 K.rate_to_success=0"},
        {"target passed", K "current=120", NULL, "K.rate_to_target=0"},
        {"on the way down", "goal K kind=key_result start=2026-08-05 due=2026-08-25 baseline=100 target=60 current=90",
         NULL, "K.rate_to_target=-21 K.rate_to_success=-12.6"},
    };
    CHECK_ROWS(rows);
}

static void movement_is_seen(void **state)
{
    (void)state;
    static const plan_row rows[] = {
        {"two weeks", K "\nin K 2026-07-25 value=3\nin K 2026-08-01 value=10\nin K 2026-08-14 value=25", NULL,
         "K.movement=15 K.flat=0"},
        {"nothing before", K "\nin K 2026-08-02 value=10\nin K 2026-08-14 value=25", NULL, "K.movement="},
        {"silence", K "\nin K 2026-07-25 value=3", NULL, "K.movement=0"},
        {"flat", K "\nin K 2026-07-25 value=3\nin K 2026-08-01 value=3\nin K 2026-08-14 value=3", NULL,
         "K.movement=0 K.flat=1"},
        {"two days prove nothing", K "\nin K 2026-08-01 value=3\nin K 2026-08-14 value=3", NULL, "K.flat=0"},
        {"up and down", K "\nin K 2026-07-25 value=3\nin K 2026-08-01 value=4\nin K 2026-08-14 value=3", NULL,
         "K.flat=0"},
    };
    CHECK_ROWS(rows);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_forecast_follows_the_median_slope),
        cmocka_unit_test(with_fewer_days_it_follows_the_run_rate),
        cmocka_unit_test(only_metrics_that_move_are_forecast),
        cmocka_unit_test(needed_rates_are_units_a_week_from_today),
        cmocka_unit_test(movement_is_seen),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
