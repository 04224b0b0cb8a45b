/* What completes a goal: its statement, its place, its cycle, and the defaults. Origins: 1 column, 2 statement, 3 cycle. */
#include "score_plan.h"

static void kind_is_told_by_the_place_and_then_by_the_statement(void **state)
{
    (void)state;
    static const plan_row rows[] = {
        {"a row with children", "goal X v.kind=goal\ngoal Y parent=X", NULL, "X.kind=objective Y.kind=key_result"},
        {"a column wins", "goal X kind=goal\ngoal Y kind=initiative parent=X", NULL, "X.kind=goal Y.kind=initiative"},
        {"under a goal the statement decides", "goal X kind=goal\ngoal Y parent=X v.kind=initiative", NULL,
         "Y.kind=initiative"},
        {"a middle row has children", "goal X\ngoal Y parent=X\ngoal Z parent=Y", NULL,
         "X.kind=objective Y.kind=objective Z.kind=key_result"},
        {"the second parent is the objective",
         "goal X kind=key_result\ngoal O kind=objective\ngoal Y parent=X;O "
         "v.kind=goal",
         NULL, "Y.kind=key_result"},
        {"a missing parent says nothing", "goal Y parent=nobody v.kind=objective", NULL, "Y.kind=objective"},
        {"the statement", "goal X v.kind=key_result", NULL, "X.kind=key_result"},
        {"nothing at all", "goal X", NULL, "X.kind=goal"},
    };
    CHECK_ROWS(rows);
}

static void level_and_ambition_have_defaults(void **state)
{
    (void)state;
    static const plan_row rows[] = {
        {"team", "goal X kind=goal", NULL, "X.level=team X.ambition=committed"},
        {"company team", "team C company\ngoal X kind=objective team=C", NULL, "X.level=company X.ambition=stretch"},
        {"stated", "goal X kind=key_result level=individual ambition=learning", NULL,
         "X.level=individual X.ambition=learning"},
        {"key result", "goal X kind=key_result", NULL, "X.ambition=stretch"},
        {"initiative", "goal X kind=initiative", NULL, "X.ambition=committed"},
    };
    CHECK_ROWS(rows);
}

static void dates_come_from_column_statement_and_cycle(void **state)
{
    (void)state;
    static const plan_row rows[] = {
        {"cycle", "goal K kind=goal", NULL, "K.start=2026-07-01 K.due=2026-09-30 K.due_from=3"},
        {"statement", "goal K kind=goal v.deadline=2026-08-31", NULL, "K.due=2026-08-31 K.due_from=2"},
        {"column", "goal K kind=goal due=2026-09-15 v.deadline=2026-08-31", NULL, "K.due=2026-09-15 K.due_from=1"},
        {"a deadline before the start is none", "goal K kind=goal v.deadline=2026-06-30", NULL,
         "K.due=2026-09-30 K.due_from=3"},
        {"a deadline on the start", "goal K kind=goal start=2026-08-01 v.deadline=2026-08-01", NULL,
         "K.due=2026-08-01"},
    };
    CHECK_ROWS(rows);
}

static void numbers_come_from_the_statement_where_columns_are_empty(void **state)
{
    (void)state;
    static const plan_row rows[] = {
        {"from and to", "goal K kind=key_result current=40 v.baseline=34 v.target=50 v.unit=%", NULL,
         "K.baseline=34 K.target=50 K.score=0.375 K.unit=% K.target_from=2 K.from=2"},
        {"columns win",
         "goal K kind=key_result current=40 baseline=30 target=60 unit=pts v.baseline=34 v.target=50 "
         "v.unit=%",
         NULL, "K.baseline=30 K.target=60 K.score=1/3 K.unit=pts K.target_from=1 K.from=1"},
        {"one of each", "goal K kind=key_result current=40 target=54 v.baseline=34 v.target=50", NULL, "K.score=0.3"},
        {"by 25 percent", "goal K kind=key_result baseline=80 current=90 v.target=25 v.percent=25", NULL,
         "K.target=100 K.score=0.5"},
        {"down by 25 percent", "goal K kind=key_result baseline=80 current=70 v.percent=-25", NULL,
         "K.target=60 K.score=0.5 K.direction=decrease"},
        {"by four points", "goal K kind=key_result v.baseline=20 current=22 v.points=4", NULL,
         "K.target=24 K.score=0.5"},
        {"doubled", "goal K kind=key_result baseline=10 current=15 v.factor=2", NULL, "K.target=20 K.score=0.5"},
        {"by an early check-in",
         "goal K kind=key_result v.percent=50\nin K 2026-07-02 value=20\nin K 2026-08-01 value=25", NULL,
         "K.target=30 K.score=0.5"},
        {"a change of nothing known", "goal K kind=key_result current=15 v.target=25 v.percent=25 progress=0.3", NULL,
         "K.target= K.score=0.3 K.is_stated=1"},
        {"a column target beats a change", "goal K kind=key_result baseline=80 target=90 current=85 v.percent=25", NULL,
         "K.target=90 K.score=0.5"},
    };
    CHECK_ROWS(rows);
}

static void direction_is_stated_or_follows_the_numbers(void **state)
{
    (void)state;
    static const plan_row rows[] = {
        {"up", "goal K kind=key_result baseline=1 target=2", NULL, "K.direction=increase"},
        {"down", "goal K kind=key_result baseline=2 target=1", NULL, "K.direction=decrease"},
        {"statement", "goal K kind=key_result target=2 v.direction=decrease", NULL, "K.direction=decrease K.score="},
        {"column", "goal K kind=key_result target=2 direction=increase v.direction=decrease", NULL,
         "K.direction=increase"},
        {"a line to hold", "goal K kind=key_result target=99 current=98 v.direction=at_least", NULL,
         "K.direction=at_least K.score=0"},
        {"at least, but with a start, is a way",
         "goal K kind=key_result baseline=90 target=99 current=96 "
         "v.direction=at_least",
         NULL, "K.direction=increase K.score=2/3"},
        {"unless the column says it", "goal K kind=key_result baseline=90 target=99 current=96 direction=at_least",
         NULL, "K.direction=at_least K.score=0"},
        {"at the target from the start", "goal K kind=key_result baseline=99 target=99 current=98 v.direction=at_least",
         NULL, "K.direction=at_least K.score=0"},
        {"a deliverable that is done", "goal K kind=key_result status=done v.direction=milestone", NULL,
         "K.direction=milestone K.score=1"},
        {"a deliverable with progress", "goal K kind=key_result progress=0.4 v.direction=milestone", NULL,
         "K.direction=milestone K.score=0.4"},
        {"a deliverable of which nothing is known", "goal K kind=key_result status=on_track v.direction=milestone",
         NULL, "K.direction= K.score="},
        {"a deliverable with a number", "goal K kind=key_result target=3 current=1 status=done v.direction=milestone",
         NULL, "K.direction=increase K.score=1/3"},
        {"a yes or no column", "goal K kind=key_result metric=binary", NULL, "K.direction=milestone K.score=0"},
        {"no target, no direction", "goal K kind=key_result current=3", NULL, "K.direction="},
        {"an objective is no milestone", "goal K kind=objective status=done v.direction=milestone", NULL,
         "K.direction= K.score="},
    };
    CHECK_ROWS(rows);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(kind_is_told_by_the_place_and_then_by_the_statement),
        cmocka_unit_test(level_and_ambition_have_defaults),
        cmocka_unit_test(dates_come_from_column_statement_and_cycle),
        cmocka_unit_test(numbers_come_from_the_statement_where_columns_are_empty),
        cmocka_unit_test(direction_is_stated_or_follows_the_numbers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
