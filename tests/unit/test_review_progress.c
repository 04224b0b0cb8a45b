/* What scores, reports and check-ins say, and what a team's past says about its ambition. */
#include "plan_builder.h"

static void scoring(void **state)
{
    (void)state;
    static const code_row rows[] = {
        {"SCO001", "K1", "error", "K1 score=7", "K1 score=1"},
        {"SCO001", "K1", "error", "K1 progress=70", "K1 progress=1.2"},
        {"SCO001", "K1", "error", "in K1 2026-08-01 confidence=8", "in K1 2026-08-01 confidence=0.8"},
        {"SCO002", "K1", "warning", "as_of 2026-10-02\nK1 scored=", "as_of 2026-10-02\nK1 scored=0"},
        {"SCO002", "K1", "warning", "as_of 2026-10-02\nK1 scored=", "as_of 2026-09-30\nK1 scored="},
        {"SCO002", "K1", "warning", "as_of 2026-10-02\nK1 scored=", "as_of 2026-10-02\nK1 scored= left_out=yes"},
        {"SCO002", "L", "warning", "cycle 2026-Q2 2026-04-01 2026-06-30\ngoal L cycle=2026-Q2 scored=",
         "cycle 2026-Q2 2026-04-01 2026-06-30\ngoal L cycle=2026-Q2 scored=0.4"},
        {"SCO003", "K1", "warning", "K1 postmortem=yes scored=0.8", "K1 postmortem=no scored=0.8"},
        {"SCO004", "K1", "warning", "K1 stated=0.85 scored=0.44", "K1 stated=0.45 scored=0.4"},
        {"SCO004", "K1", "warning", "K1 stated=0.46 scored=0.4", "K1 stated=0.85 scored=0.44 is_stated=yes"},
        {"SCO004", "K1", "warning", "K1 stated=1.2 scored=1 raw=1.1", "K1 stated=1.2 scored=1 raw=1.2"},
        {"SCO005", "K1", "warning", "K1 last_status=on_track pace=off_track scored=0.2 expected=0.6",
         "K1 last_status=on_track pace=at_risk scored=0.4 expected=0.6"},
        {"SCO005", "O", "warning", "O last_status=on_track pace=off_track scored=0.2 expected=0.6",
         "O last_status=off_track pace=off_track scored=0.2 expected=0.6"},
        {"SCO006", "K1", "warning", "K1 due=2026-07-31 last_status=in_progress", "K1 due=2026-07-31 last_status=done"},
        {"SCO006", "K1", "warning", "K1 due=2026-08-14", "K1 due=2026-08-15"},
    };
    CHECK_CODES(rows);
}

static void cadence(void **state)
{
    (void)state;
    static const code_row rows[] = {
        {"CHK001", "K1", "warning", "K1 overdue=yes silent=12", "K1 overdue=no silent=9"},
        {"CHK001", "K1", "warning", "K1 overdue=yes silent=12", "K1 overdue=yes stalled=yes silent=20"},
        {"CHK002", "K1", "warning", "K1 overdue=yes stalled=yes silent=20", "K1 overdue=yes silent=14"},
        {"CHK003", "K1", "warning", "K1 overdue=yes stalled=yes silent=45 checkins=0", "K1 silent=8 checkins=0"},
        {"CHK003", "G", "warning", "goal G kind=goal parent=K1 overdue=yes silent=45 checkins=0 due=2026-12-31",
         "goal G kind=goal parent=K1 overdue=yes silent=45 checkins=0 due=2026-08-31"},
        {"CHK004", "G", "warning", "goal G kind=goal parent=K1 overdue=yes silent=45 checkins=0 due=2026-08-31",
         "goal G kind=goal parent=K1 overdue=yes silent=45 checkins=1 due=2026-08-31"},
        {"CHK005", "A", "info", "in K1 2026-08-10 value=3", "in K1 2026-08-10 value=3 confidence=0.5"},
        {"CHK006", "K1", "warning", "K1 flat=yes", "K1 flat=yes scored=1"},
        {"CHK007", "K1", "info", "K1 last_status=not_started start=2026-08-07",
         "K1 last_status=not_started start=2026-08-08"},
    };
    CHECK_CODES(rows);
}

#define PAST                                                                                                           \
    "cycle 2026-Q2 2026-04-01 2026-06-30\ncycle 2026-Q1 2026-01-01 2026-03-31\n"                                       \
    "goal L1 cycle=2026-Q2\ngoal L2 cycle=2026-Q2\ngoal L3 cycle=2026-Q2\n"                                            \
    "goal M1 cycle=2026-Q1\ngoal M2 cycle=2026-Q1\ngoal M3 cycle=2026-Q1\n"
#define L(a, b, c) "L1 scored=" #a "\nL2 scored=" #b "\nL3 scored=" #c "\n"
#define M(a, b, c) "M1 scored=" #a "\nM2 scored=" #b "\nM3 scored=" #c "\n"

static void ambition(void **state)
{
    (void)state;
    static const code_row rows[] = {
        {"AMB001", "A", "warning", PAST L(1, 1, 1) M(1, 1, 1), PAST L(1, 1, 1) M(1, 1, 0.99)},
        {"AMB001", "A", "warning", PAST L(1, 1, 1) M(1, 1, 1), PAST L(1, 1, 1) M(1, 1, 1) "L1 ambition=committed\n"},
        {"AMB002", "A", "warning", PAST L(0.1, 0.2, 0.29) M(0, 0.1, 0.1), PAST L(0.1, 0.2, 0.3) M(0, 0.1, 0.1)},
        {"AMB003", "A", "warning", PAST L(0.7, 0.71, 0.7) M(0.75, 0.7, 0.5), PAST L(0.7, 0.71, 0.7) M(0.76, 0.7, 0.5)},
        {"AMB003", "A", "warning", PAST L(0.7, 0.71, 0.7) M(0.75, 0.7, 0.5),
         "cycle 2026-Q2 2026-04-01 2026-06-30\ngoal L1 cycle=2026-Q2\ngoal L2 cycle=2026-Q2\ngoal L3 cycle=2026-Q2\n" L(
             0.7, 0.7, 0.7)},
        {"AMB004", "K1", "info", "K1 scored=1\nin K1 2026-08-05 value=10 confidence=0.9",
         "K1 scored=1\nin K1 2026-08-05 value=9 confidence=0.9\nin K1 2026-08-16 value=10 confidence=0.9"},
        {"AMB004", "K1", "info", "K1 scored=1 scored_as_of=2026-08-01", "K1 scored=1 scored_as_of=2026-08-16"},
        {"AMB004", "K1", "info", "K1 scored=1 scored_as_of=2026-08-01",
         "K1 scored=1 scored_as_of=2026-08-01 direction=at_least"},
        {"AMB005", "K1", "info", PAST "K1 title=\"Bake fifty loaves\"\nL1 title=\"Bake fifty loaves\"",
         PAST "K1 title=\"Bake fifty loaves\"\nL1 title=\"Bake fifty loaves\" target=9"},
        {"AMB006", "K1", "info",
         PAST "K1 title=\"Loaves a day from 5 to 10\"\nL1 title=\"Loaves a day from 2 to 8\" value=10.5",
         PAST "K1 title=\"Loaves a day from 5 to 10\"\nL1 title=\"Loaves a day from 2 to 8\" value=9.5"},
        {"AMB007", "A", "info",
         "cycle 2026-Q2 2026-04-01 2026-06-30\ngoal L1 cycle=2026-Q2\ngoal L2 cycle=2026-Q2\ngoal L3 cycle=2026-Q2\n" L(
             1, 1, 0.9),
         "cycle 2026-Q2 2026-04-01 2026-06-30\ngoal L1 cycle=2026-Q2\ngoal L2 cycle=2026-Q2\ngoal L3 cycle=2026-Q2\n" L(
             1, 1, 0.8)},
        {"AMB008", "A", "info",
         "cycle 2026-Q2 2026-04-01 2026-06-30\ngoal L1 cycle=2026-Q2\ngoal L2 cycle=2026-Q2\ngoal L3 cycle=2026-Q2\n" L(
             0.1, 0.1, 0.4),
         "cycle 2026-Q2 2026-04-01 2026-06-30\ngoal L1 cycle=2026-Q2\ngoal L2 cycle=2026-Q2\ngoal L3 cycle=2026-Q2\n" L(
             0.1, 0.4, 0.4)},
    };
    CHECK_CODES(rows);
}

/* Structure and wording of a cycle that is over can no longer be changed. */
static void cycles_that_are_over_are_not_coached(void **state)
{
    (void)state;
    const okb_plan *plan = build_and_review("cycle 2026-Q2 2026-04-01 2026-06-30\nobjective P cycle=2026-Q2 linked=no\n"
                                            "goal L cycle=2026-Q2 owner= class=output vague=yes overdue=yes");
    if (plan->n_findings)
        print_findings(plan);
    assert_int_equal(plan->n_findings, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(scoring),
        cmocka_unit_test(cadence),
        cmocka_unit_test(ambition),
        cmocka_unit_test(cycles_that_are_over_are_not_coached),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    build_end();
    return failed;
}
