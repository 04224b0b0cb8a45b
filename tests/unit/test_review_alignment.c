/* Parents, paths, cascades, and goals that two teams share without knowing. */
#include "plan_builder.h"

static void alignment(void **state)
{
    (void)state;
    static const code_row rows[] = {
        {"ALN001", "O", "warning", "O linked=no parent=", "O linked=yes parent="},
        {"ALN001", "K1", "info", "O linked=no parent=\nK1 linked=no", "O linked=no parent=\nK1 linked=yes"},
        {"ALN001", "K1", "warning", "K1 linked=no parent=", "set smart.only=on\nK1 linked=no parent="},
        {"ALN001", "G", "info", "goal G kind=goal linked=no", "goal G kind=initiative linked=no"},
        {"ALN001", "O", "warning", "O linked=no parent=", "C linked=no"},
        {"ALN002", "K1", "warning", "K1 parent=NOWHERE", "K1 parent=C1"},
        {"ALN002", "K1", "info", "K1 parent=O;NOWHERE", "K1 parent=O;C1"},
        {"ALN003", "O", "warning", "goal I level=individual kind=objective\nO parent=I",
         "goal I level=team kind=objective\nO parent=I"},
        {"ALN003", "C1", "warning", "C1 parent=O", "K1 parent=C"},
        {"ALN004", "K1", "error", "K1 circle=K2\nK2 circle=K1", "K1 parent=O"},
        {"ALN005", "R", "info", "objective P parent=O\nobjective R parent=P", "objective P parent=O\ngoal R parent=P"},
        {"ALN005", "P", "info", "set align.depth=2\nobjective P parent=O", "set align.depth=3\nobjective P parent=O"},
        {"ALN006", "K1", "info",
         "K1 title=\"Raise renewals of the flour plan from 71% to 80%\"\ngoal B1 team=B parent=C "
         "title=\"Renewal of the flour plan from 70% to 82%\"",
         "K1 title=\"Raise renewals of the flour plan from 71% to 80%\"\ngoal B1 team=A parent=C "
         "title=\"Renewals of the flour plan from 70% to 82%\""},
        {"ALN006", "K1", "info",
         "K1 title=\"Raise renewals of the flour plan\"\ngoal B1 team=B parent=C title=\"Raise renewals of the flour "
         "plan\"",
         "K1 title=\"Raise renewals of the flour plan\"\ngoal B1 team=B parent=K1 title=\"Raise renewals of the flour "
         "plan\""},
        {"ALN006", "K1", "info",
         "K1 title=\"Raise renewals of the flour plan\"\ngoal B1 team=B parent=C title=\"Raise renewals of the flour "
         "plan\"",
         "K1 title=\"Raise renewals of the flour plan\"\ngoal B1 team=B parent=C title=\"Cut refunds of the bread "
         "plan\""},
        {"ALN006", "K1", "info", "K1 title=\"Reduce churn\"\ngoal B1 team=B parent=C title=\"Reduce churn\"",
         "K1 title=\"Churn\"\ngoal B1 team=B parent=C title=\"Churn\""},
        {"ALN007", "-", "info", "C level=team team=A\nC1 level=team team=A\nC2 level=team team=A", ""},
        {"ALN008", "I", "info", "goal I kind=initiative parent=O", "goal I kind=initiative parent=K1"},
        {"ALN009", "C", "info", "set align.fanout=1\nobjective P parent=C", "set align.fanout=2\nobjective P parent=C"},
    };
    CHECK_CODES(rows);
}

static void both_sides_of_a_double_are_told(void **state)
{
    (void)state;
    const okb_plan *plan = build_and_review("K1 title=\"Raise renewals of the flour plan\"\n"
                                            "goal B1 team=B parent=C title=\"Raise renewals of the flour plan\"");
    assert_true(okb_span_find(must_find(plan, "ALN006", "K1")->message, OKB_S("of B")) != SIZE_MAX);
    assert_true(okb_span_find(must_find(plan, "ALN006", "B1")->message, OKB_S("of A")) != SIZE_MAX);
}

/* One title in a thousand teams: every one has a double, and the buckets do not compare all with all. */
static void a_title_that_every_team_has_is_told_to_every_team(void **state)
{
    (void)state;
    static char lines[1 << 16];
    size_t n = 0;
    for (int i = 0; i < 50; i++)
        n += (size_t)snprintf(lines + n, sizeof lines - n,
                              "goal T%d team=T%d parent=C title=\"Answer letters of bakers within one day\"\n", i, i);
    const okb_plan *plan = build_and_review(lines);
    uint32_t found = 0;
    for (uint32_t i = 0; i < plan->n_findings; i++)
        found += okb_span_eq(plan->findings[i].def->code, OKB_S("ALN006"));
    assert_int_equal(found, 50);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(alignment),
        cmocka_unit_test(both_sides_of_a_double_are_told),
        cmocka_unit_test(a_title_that_every_team_has_is_told_to_every_team),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    build_end();
    return failed;
}
