/* Check-in windows, late ones, silence. */
#include "score_plan.h"

/* Day 15 of the period on 2026-08-15: two windows are complete on the 14th, the third on the 21st. */
#define K "goal K kind=key_result start=2026-08-01 due=2026-08-31 "

static void complete_windows_are_counted_from_the_start(void **state)
{
    (void)state;
    static const plan_row rows[] = {
        {"none seen", K, NULL, "K.windows=2 K.hit=0 K.rate=0"},
        {"both", K "\nin K 2026-08-07 value=1\nin K 2026-08-08 value=1", NULL, "K.hit=2 K.rate=1"},
        {"one twice", K "\nin K 2026-08-01 value=1\nin K 2026-08-07 value=1", NULL, "K.hit=1 K.rate=0.5"},
        {"any row counts", K "\nin K 2026-08-03 comment=hello", NULL, "K.hit=1"},
        {"not one before the start", K "\nin K 2026-07-31 value=1", NULL, "K.hit=0 K.checkins=1"},
        {"not one in an open window", K "\nin K 2026-08-15 value=1", NULL, "K.hit=0 K.windows=2"},
        {"complete on its last day", "as_of 2026-08-21\n" K "\nin K 2026-08-21 value=1", NULL, "K.windows=3 K.hit=1"},
        {"not the day before", "as_of 2026-08-20\n" K, NULL, "K.windows=2"},
        {"none in the first week", "as_of 2026-08-06\n" K, NULL, "K.windows=0 K.rate="},
        {"none before the start", "as_of 2026-07-30\n" K, NULL, "K.windows=0 K.rate="},
        {"none past the due date", "goal K kind=key_result start=2026-08-01 due=2026-08-13", NULL, "K.windows=1"},
        {"one up to the due date", "goal K kind=key_result start=2026-08-01 due=2026-08-07", NULL, "K.windows=1"},
        {"thirteen in a quarter", "as_of 2026-09-30\ngoal K kind=key_result", NULL, "K.windows=13"},
        {"a goal's month",
         "as_of 2026-08-31\ngoal K kind=goal start=2026-08-01 due=2026-12-31\nin K 2026-08-20 value=1", NULL,
         "K.windows=1 K.rate=1"},
        {"a goal's month is not over", "as_of 2026-08-30\ngoal K kind=goal start=2026-08-01 due=2026-12-31", NULL,
         "K.windows=0"},
        {"an objective has none", "goal K kind=objective start=2026-08-01", NULL, "K.windows=0 K.rate="},
        {"an initiative has none", "goal K kind=initiative start=2026-08-01", NULL, "K.windows=0 K.rate="},
        {"every two weeks", K, "cadence.okr=14", "K.windows=1"},
    };
    CHECK_ROWS(rows);
}

static void a_check_in_within_the_grace_days_is_late(void **state)
{
    (void)state;
    static const plan_row rows[] = {
        {"on time", K "\nin K 2026-08-07 value=1\nin K 2026-08-09 value=1", NULL, "K.late=0 K.hit=2"},
        {"late for the first", K "\nin K 2026-08-10 value=1", NULL, "K.late=1 K.hit=1"},
        {"too late for it", K "\nin K 2026-08-11 value=1", NULL, "K.late=0 K.hit=1"},
        {"late for the last, in an open window", K "\nin K 2026-08-03 value=1\nin K 2026-08-15 value=1", NULL,
         "K.late=1 K.hit=1"},
        {"counted once", K "\nin K 2026-08-08 value=1\nin K 2026-08-09 value=1", NULL, "K.late=1"},
        {"no grace", K "\nin K 2026-08-08 value=1", "cadence.grace=0", "K.late=0"},
    };
    CHECK_ROWS(rows);
}

static void silence_makes_overdue_and_then_stalled(void **state)
{
    (void)state;
#define LAST(day) "goal K kind=key_result\nin K " day " value=1"
#define GOAL(day) "goal K kind=goal start=2026-01-01 due=2026-12-31\nin K " day " value=1"
    static const plan_row rows[] = {
        {"ten days", LAST("2026-08-05"), NULL, "K.silent=10 K.overdue=0 K.stalled=0"},
        {"eleven", LAST("2026-08-04"), NULL, "K.silent=11 K.overdue=1 K.stalled=0"},
        {"fourteen", LAST("2026-08-01"), NULL, "K.overdue=1 K.stalled=0"},
        {"fifteen", LAST("2026-07-31"), NULL, "K.silent=15 K.overdue=1 K.stalled=1"},
        {"a goal, 34 days", GOAL("2026-07-12"), NULL, "K.silent=34 K.overdue=0"},
        {"a goal, 35 days", GOAL("2026-07-11"), NULL, "K.overdue=1 K.stalled=0"},
        {"a goal, 62 days", GOAL("2026-06-14"), NULL, "K.silent=62 K.stalled=0"},
        {"a goal, 63 days", GOAL("2026-06-13"), NULL, "K.stalled=1"},
        {"silent since the start", "goal K kind=key_result start=2026-08-04", NULL, "K.silent=11 K.overdue=1"},
        {"just started", "goal K kind=key_result start=2026-08-05", NULL, "K.silent=10 K.overdue=0"},
        {"not started", "goal K kind=key_result start=2026-08-20", NULL, "K.silent=0 K.overdue=0"},
        {"done", "goal K kind=key_result status=done", NULL, "K.overdue=0 K.silent=45"},
        {"cancelled", "goal K kind=key_result status=cancelled", NULL, "K.overdue=0"},
        {"reached", "goal K kind=key_result baseline=0 target=1 current=1", NULL, "K.overdue=0"},
        {"past its due date", "goal K kind=key_result due=2026-08-14", NULL, "K.overdue=0"},
        {"on its due date", "goal K kind=key_result due=2026-08-15", NULL, "K.overdue=1"},
        {"an objective is never overdue", "goal K kind=objective", NULL, "K.overdue=0 K.silent=45"},
        {"a cycle that is over",
         "cycle 2026-Q2 2026-04-01 2026-06-30\ngoal K kind=key_result cycle=2026-Q2 "
         "due=2026-07-15",
         NULL, "K.overdue=0"},
        {"longer grace", LAST("2026-08-04"), "cadence.grace=4", "K.overdue=0"},
        {"a shorter limit", LAST("2026-08-04"), "cadence.stalled_okr=10", "K.stalled=1"},
    };
#undef LAST
#undef GOAL
    CHECK_ROWS(rows);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(complete_windows_are_counted_from_the_start),
        cmocka_unit_test(a_check_in_within_the_grace_days_is_late),
        cmocka_unit_test(silence_makes_overdue_and_then_stalled),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
