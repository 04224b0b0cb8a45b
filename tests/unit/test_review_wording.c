/* How key results and goals are written, and the five letters. */
#include "plan_builder.h"

static void wording(void **state)
{
    (void)state;
    static const code_row rows[] = {
        {"KR010", "K1", "warning", "K1 class=activity", "K1 class=outcome"},
        /* one milestone beside outcomes is a note; the second one is not */
        {"KR010", "K1", "info", "K1 class=output\nset kr.milestones_allowed=1", "set kr.output=off\nK1 class=output"},
        {"KR010", "K1", "warning", "K1 class=output\nK2 class=output", "K1 class=outcome\nK2 class=output"},
        {"KR010", "K1", "info", "K1 class=output direction=milestone direction_origin=column\nK2 class=output",
         "K1 class=outcome direction=milestone direction_origin=column"},
        {"KR010", "G", "info", "goal G kind=goal parent=K1 class=output", "goal G kind=goal parent=K1"},
        {"KR011", "K1", "warning", "K1 vague=yes", "K1 vague=unknown"},
        {"KR011", "O", "info", "O vague=yes", "O vague=no"},
        {"KR012", "K1", "warning", "K1 M=no", "K1 M=binary"},
        {"KR012", "K1", "info", "K1 M=no ambition=learning", "K1 M=yes ambition=learning"},
        {"KR013", "K1", "warning", "K1 baseline_origin=default from_origin=default",
         "K1 baseline_origin=nowhere from_origin=checkin"},
        {"KR013", "K1", "warning", "K1 baseline= baseline_origin=nowhere from_origin=nowhere",
         "K1 baseline= baseline_origin=nowhere from_origin=nowhere direction=at_least"},
        {"KR013", "K1", "info", "K1 class=output baseline_origin=default from_origin=default",
         "K1 class=output target= target_origin=nowhere baseline_origin=nowhere from_origin=nowhere"},
        {"KR013", "K1", "warning", "K1 target= said_percent=25 baseline= baseline_origin=nowhere from_origin=nowhere",
         "K1 target= baseline= baseline_origin=nowhere from_origin=nowhere"},
        {"KR014", "K1", "warning", "K1 target= said_to=", "K1 target= said_to= said_percent=20"},
        {"KR014", "K1", "warning", "K1 target= said_to= baseline=", "K1 target= said_to= baseline= current="},
        {"KR015", "K1", "warning", "K1 compound=yes", "K1 compound=no"},
        {"KR016", "K1", "warning",
         "K1 title=\"Reduce failed deliveries by 40% (from 50 to 20 per month)\" said_from=50 said_to=20 baseline=50 "
         "target=20",
         "K1 title=\"Reduce failed deliveries by 60% (from 50 to 20 per month)\" said_from=50 said_to=20 baseline=50 "
         "target=20"},
        {"KR016", "K1", "warning",
         "K1 title=\"Reduce tickets from new users by 40% (from 320/month to 150/month)\" said_from=320 said_to=150",
         "K1 title=\"Reduce tickets from new users by 40% (from 320/month to 192/month)\" said_from=320 said_to=192"},
        {"KR016", "K1", "warning",
         "K1 title=\"Raise the share by 25%\" said_from= said_to= said_percent=25 baseline=40 target=60",
         "K1 title=\"Raise the share by 20 %\" said_from= said_to= baseline=40 target=60 unit=%"},
        {"KR016", "K1", "warning", "K1 title=\"12,5 % mehr als bisher, von 100 auf 120\" said_from=100 said_to=120",
         "K1 title=\"20 % mehr als bisher, von 100 auf 120\" said_from=100 said_to=120"},
        {"KR017", "K1", "warning", "K1 title=\"Increase organic traffic by X%\"",
         "K1 title=\"Increase organic traffic by 10%\""},
        {"KR017", "K1", "warning", "K1 title=\"Raise sign-ups to <number>\"", "K1 title=\"Keep errors <5 a day\""},
        {"KR018", "K1", "warning", "K1 title=\"Reduce sacks that are late\" baseline=0 target=10",
         "K1 title=\"Reduce sacks that are late\" baseline=10 target=0"},
        {"KR018", "K1", "warning", "K1 direction=decrease direction_origin=column title=Lateness",
         "K1 direction=increase direction_origin=column title=Lateness"},
        {"KR019", "K1", "warning", "K1 said_to=12 target=10", "K1 said_to=0.1 target=10"},
        {"KR019", "K1", "warning", "K1 said_to=40 target=20", "K1 said_to=40 said_percent=40 target=20"},
        {"KR019", "K1", "warning", "K1 said_from=3 baseline=2", "K1 said_from=2 baseline=2"},
        {"KR019", "K1", "warning", "K1 said_by=2026-08-31 due=2026-09-30 due_origin=column",
         "K1 said_by=2026-08-31 due=2026-09-30 due_origin=cycle"},
        {"KR020", "K1", "info", "K1 title=\"Leverage synergies between the shops\"",
         "K1 title=\"Share ovens between the shops\""},
    };
    CHECK_CODES(rows);
}

static void letters(void **state)
{
    (void)state;
    static const code_row rows[] = {
        {"SM0S", "K1", "warning", "K1 S=no", "K1 S=no vague=yes"},
        {"SM0S", "G", "warning", "goal G kind=goal parent=K1 S=no vague=yes", "goal G kind=goal parent=K1 S=unknown"},
        {"SM0M", "G", "warning", "goal G kind=goal parent=K1 M=no", "goal G kind=goal parent=K1 M=binary"},
        {"SM0A", "K1", "warning", "K1 A=no", "K1 A=unknown"},
        {"SM0A", "K1", "warning", "K1 A=no due=2026-08-15", "K1 A=no due=2026-08-14"},
        {"SM0A", "K1", "info", "set kr.smart=info\nK1 A=no", "set kr.smart=off\nK1 A=no"},
        {"SM0R", "G", "info", "goal G kind=goal R=no linked=no", "goal G kind=goal R=unknown linked=no"},
        {"SM0T", "K1", "warning", "K1 T=no", "K1 T=yes"},
        {"SM010", "G", "warning", "goal G kind=goal linked=no", "goal G kind=goal linked=no T=no"},
        {"SM010", "G", "warning", "goal G kind=goal linked=no M=binary", "goal G kind=goal parent=K1"},
        {"SM011", "K1", "error", "K1 start=2026-09-30 due=2026-07-01", "K1 start=2026-07-01 due=2026-07-01"},
    };
    CHECK_CODES(rows);
}

static void owners(void **state)
{
    (void)state;
    static const code_row rows[] = {
        {"OWN001", "K1", "error", "K1 owner=", "K1 owner=\"Bo Tan\""},
        {"OWN001", "G", "warning", "goal G kind=goal parent=K1 owner=", "goal G kind=initiative parent=K1 owner="},
        {"OWN002", "K1", "warning", "K1 owner=\"Bo Tan; Ada Quist\"", "O owner=\"Bo Tan; Ada Quist\""},
        {"OWN003", "K1", "warning", "K1 owner=A", "K1 owner=Ada"},
        {"OWN003", "K1", "warning", "K1 owner=\"Ovens team\"", "K1 owner=\"Steam Oven\""},
        {"OWN004", "O", "info", "O owner=", "O owner=Ada"},
        {"PRV002", "K1", "info", "K1 level=individual", "set individual.okr=on\nK1 level=individual"},
        {"PRV002", "K1", "info", "K1 level=individual", "K1 level=individual kind=goal"},
        {"OWN005", "Co", "warning", "goal K3 parent=O\ngoal K4 parent=O\ngoal K5 parent=O\ngoal K6 parent=O",
         "goal K3 parent=O\ngoal K4 parent=O\ngoal K5 parent=O\ngoal K6 parent=O owner=\"Bo Tan\""},
    };
    CHECK_CODES(rows);
}

static void the_owner_who_set_the_goal_is_told_only_where_asked_for(void **state)
{
    (void)state;
    assert_null(finding_of(build_and_review("K1 creator=\"Ada Quist\""), "OWN006", "K1"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(wording),
        cmocka_unit_test(letters),
        cmocka_unit_test(owners),
        cmocka_unit_test(the_owner_who_set_the_goal_is_told_only_where_asked_for),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    build_end();
    return failed;
}
