/* The shape and wording of objectives, and what a team takes on. */
#include "plan_builder.h"

static void a_healthy_plan_has_no_findings(void **state)
{
    (void)state;
    const okb_plan *plan = build_and_review("");
    if (plan->n_findings)
        print_findings(plan);
    assert_int_equal(plan->n_findings, 0);
}

static void objectives(void **state)
{
    (void)state;
    static const code_row rows[] = {
        {"OBJ000", "P", "error", "objective P parent=C", "objective P parent=C\ngoal P1 parent=P"},
        {"OBJ000", "P", "info", "objective P parent=C\nobjective Q parent=P\ngoal Q1 parent=Q\ngoal Q2 parent=Q",
         "objective P parent=C\nobjective Q parent=P\ngoal P1 parent=P\ngoal P2 parent=P"},
        {"OBJ000", "P", "error", "objective P parent=C\ngoal P1 parent=P last_status=cancelled",
         "objective P parent=C\ngoal P1 parent=P last_status=done"},
        {"OBJ001", "P", "warning", "objective P parent=C\ngoal P1 parent=P",
         "objective P parent=C\ngoal P1 parent=P\ngoal P2 parent=P"},
        {"OBJ002", "O", "warning", "goal K3 parent=O\ngoal K4 parent=O\ngoal K5 parent=O\ngoal K6 parent=O",
         "goal K3 parent=O\ngoal K4 parent=O\ngoal K5 parent=O"},
        {"OBJ001", "P", "warning", "objective P parent=C\ngoal P1 parent=P kind=initiative\ngoal P2 parent=P",
         "objective P parent=C\ngoal P1 parent=P kind=goal\ngoal P2 parent=P"},
        {"OBJ002", "O", "warning", "set kr.preset=2-3\ngoal K3 parent=O\ngoal K4 parent=O",
         "set kr.preset=2-4\ngoal K3 parent=O\ngoal K4 parent=O"},
        {"OBJ003", "O", "info", "goal K3 parent=O\ngoal K4 parent=O", "goal K3 parent=O"},
        {"OBJ004", "G", "warning", "goal G kind=goal parent=K1\ngoal G1 parent=G",
         "goal G kind=goal parent=K1\ngoal G1 kind=initiative parent=G"},
        {"OBJ010", "O", "warning", "O title=\"Launch the new website\" class=output\nevidence O class words=Launch",
         "O title=\"Deliver a standout bakery experience\" class=outcome vague=yes"},
        {"OBJ010", "O", "warning", "O title=\"Build an email programme\" class=output",
         "O title=\"Build an email programme that converts\" class=output"},
        {"OBJ010", "O", "warning", "O class=activity vague=no", "O class=activity vague=yes"},
        {"OBJ011", "O", "warning", "O title=\"Grow to 40 shops\" said_to=40", "O title=\"Grow into new towns\""},
        {"OBJ011", "O", "warning", "O said_percent=25", "O target=100 baseline=0"},
        {"OBJ012", "O", "info",
         "O title=\"one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
         "seventeen eighteen nineteen\"",
         "O title=\"one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
         "seventeen eighteen\""},
    };
    CHECK_CODES(rows);
}

#define P_OF_A(n) "objective P" #n " parent=C\n"
#define FOUR_MORE P_OF_A(1) P_OF_A(2) P_OF_A(3) P_OF_A(4)
#define KRS_8 "goal L1\ngoal L2\ngoal L3\ngoal L4\ngoal L5\ngoal L6\ngoal L7\n"
#define KRS_14 KRS_8 "goal M1\ngoal M2\ngoal M3\ngoal M4\ngoal M5\ngoal M6\n"

static void loads(void **state)
{
    (void)state;
    static const code_row rows[] = {
        {"TEAM001", "A", "warning", FOUR_MORE P_OF_A(5), FOUR_MORE},
        {"TEAM001", "Co", "warning",
         "objective D team=Co level=company\nobjective E team=Co level=company\nobjective F team=Co level=company",
         "objective D team=Co level=company\nobjective E team=Co level=company"},
        {"TEAM006", "A", "info", P_OF_A(1) P_OF_A(2) P_OF_A(3), P_OF_A(1) P_OF_A(2)},
        {"TEAM002", "A", "warning", KRS_14 "goal N1", KRS_14},
        {"TEAM007", "A", "info", KRS_8 "goal M1", KRS_8},
        {"TEAM003", "A", "warning", "goal K3 parent=O class=output\nK1 class=output",
         "goal K3 parent=O class=outcome\nK1 class=output"},
        {"TEAM004", "A", "warning", "O priority=P1\nK1 priority=P1\nK2 priority=P1\ngoal K3 parent=O priority=P3",
         "O priority=P1\nK1 priority=P1\nK2 priority=P2\ngoal K3 parent=O priority=P3"},
        {"TEAM004", "A", "warning",
         "O priority=high\nK1 priority=High\nK2 priority=high\ngoal K3 parent=O priority=low",
         "C priority=critical\nO priority=high\nK1 priority=high\nK2 priority=high\ngoal K3 parent=O priority=low"},
        {"TEAM008", "A", "info", "result A smart=7/10 linked=6/10", "result A smart=7/10 linked=7/10"},
        {"TEAM008", "A", "info", "result A smart=7/10 linked=6/10", "result A smart=6/10 linked=6/10"},
        {"TEAM009", "A", "info",
         "goal G1 kind=goal parent=K1 class=output\ngoal G2 kind=goal parent=K1 class=output\ngoal G3 kind=goal "
         "parent=K1",
         "goal G1 kind=goal parent=K1 class=output\ngoal G2 kind=goal parent=K1\ngoal G3 kind=goal parent=K1"},
        {"TEAM005", "K1", "warning",
         "K1 scored=0.1 expected=0.5\ngoal I1 kind=initiative parent=K1 last_status=done\ngoal I2 kind=initiative "
         "parent=K1 last_status=done",
         "K1 scored=0.1 expected=0.5\ngoal I1 kind=initiative parent=K1 last_status=done\ngoal I2 kind=initiative "
         "parent=K1 last_status=in_progress"},
    };
    CHECK_CODES(rows);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_healthy_plan_has_no_findings),
        cmocka_unit_test(objectives),
        cmocka_unit_test(loads),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    build_end();
    return failed;
}
