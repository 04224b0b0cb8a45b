/* The rates of a team, and the path of parents to a company objective. */
#include "score_plan.h"

#define COMPANY "team C company\ngoal X kind=objective team=C\n"

static void linked_is_a_path_of_parents_to_a_company_objective(void **state)
{
    (void)state;
    static const plan_row rows[] = {
        {"straight", COMPANY "goal O kind=objective parent=X", NULL, "O.linked=1"},
        {"through its objective", COMPANY "goal O kind=objective parent=X\ngoal K kind=key_result parent=O", NULL,
         "K.linked=1 team.A.linked=1"},
        {"through a company key result",
         COMPANY "goal Y kind=key_result team=C parent=X\ngoal K kind=key_result parent=Y", NULL, "K.linked=1"},
        {"a company key result alone is no objective",
         "team C company\ngoal Y kind=key_result team=C\ngoal K kind=key_result parent=Y", NULL, "K.linked=0"},
        {"by the second parent", COMPANY "goal O kind=objective\ngoal K kind=key_result parent=O;X", NULL,
         "K.linked=1 O.linked=0 team.A.linked=0.5"},
        {"a missing parent", COMPANY "goal K kind=key_result parent=gone", NULL, "K.linked=0 team.A.linked=0"},
        {"a circle",
         COMPANY "goal O kind=objective parent=P circle=yes\ngoal P kind=objective parent=O circle=yes\n"
                 "goal K kind=key_result parent=P",
         NULL, "O.linked=0 P.linked=0 K.linked=0 team.A.linked=0"},
        {"an initiative is not asked", COMPANY "goal O kind=objective parent=X\ngoal I kind=initiative", NULL,
         "team.A.linked=1"},
        {"nor the company", COMPANY "goal O kind=objective parent=X", NULL, "team.C.linked="},
        {"an individual's", COMPANY "goal G kind=goal level=individual\ngoal H kind=goal parent=X", NULL,
         "team.A.linked=0.5"},
        {"no company at all", "goal O kind=objective\ngoal K kind=key_result parent=O", NULL, "team.A.linked=0"},
    };
    CHECK_ROWS(rows);
}

static void rates_have_the_right_numerators(void **state)
{
    (void)state;
    static const plan_row rows[] = {
        {"outcome is of key results",
         "goal K kind=key_result v.class=outcome\ngoal L kind=key_result v.class=output\ngoal G kind=goal "
         "v.class=outcome",
         NULL, "team.A.outcome=0.5"},
        {"no key result, no rate", "goal G kind=goal v.class=outcome", NULL, "team.A.outcome="},
        {"smart",
         "goal K kind=key_result v.S=yes v.M=yes v.T=yes v.A=yes v.R=yes\n"
         "goal L kind=goal v.S=yes v.M=binary v.T=yes\n"
         "goal M kind=goal v.S=yes v.M=yes v.T=yes v.A=no\ngoal N kind=goal v.S=yes v.M=yes v.T=yes v.R=no\n"
         "goal P kind=goal v.S=no v.M=yes v.T=yes\ngoal Q kind=goal v.S=yes v.M=no v.T=yes\n"
         "goal R kind=goal v.S=yes v.M=yes v.T=no\ngoal T kind=goal v.M=yes v.T=yes",
         NULL, "team.A.smart=0.25"},
        {"objectives and initiatives are not asked", "goal O kind=objective owners=1\ngoal I kind=initiative owners=1",
         NULL, "team.A.smart= team.A.owner= team.A.baseline= team.A.checkin= team.A.outcome="},
        {"one owner",
         "goal K kind=key_result owners=1\ngoal L kind=key_result owners=2\ngoal G kind=goal\n"
         "goal H kind=goal owners=1",
         NULL, "team.A.owner=0.5"},
        {"a known start",
         "goal K kind=key_result baseline=1 target=2\ngoal L kind=key_result target=2 v.baseline=1\n"
         "goal M kind=key_result target=2\nin M 2026-07-02 value=1\ngoal N kind=key_result target=2\n"
         "goal P kind=key_result direction=milestone target=1\ngoal G kind=goal",
         NULL, "team.A.baseline=0.75"},
        {"a line to hold is asked too", "goal K kind=key_result direction=at_least target=2", NULL,
         "team.A.baseline=0"},
        {"check-ins are pooled",
         "goal K kind=key_result start=2026-08-01\nin K 2026-08-02 value=1\nin K 2026-08-09 value=1\n"
         "goal L kind=key_result start=2026-07-25\ngoal G kind=goal start=2026-07-10\nin G 2026-07-20 value=1",
         NULL, "team.A.checkin=0.5 K.rate=1 L.rate=0 G.rate=1"},
        {"no complete window", "goal K kind=key_result start=2026-08-14", NULL, "team.A.checkin="},
        {"each cycle on its own",
         "cycle 2026-Q2 2026-04-01 2026-06-30\ngoal K kind=key_result owners=1\ngoal L kind=key_result cycle=2026-Q2",
         NULL, "team.A.owner=1 team.A@2026-Q2.owner=0"},
    };
    CHECK_ROWS(rows);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(linked_is_a_path_of_parents_to_a_company_objective),
        cmocka_unit_test(rates_have_the_right_numerators),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
