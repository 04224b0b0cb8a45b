/* Means over parts: objectives, teams, the whole, and the cycles before. */
#include "score_plan.h"

#define O "goal O kind=objective\n"

static void an_objective_is_the_weighted_mean_of_its_parts(void **state)
{
    (void)state;
    static const plan_row rows[] = {
        {"plain", O "goal K1 kind=key_result parent=O progress=0.2\ngoal K2 kind=key_result parent=O progress=0.7",
         NULL, "O.score=0.45 O.n_scored=2 O.n_parts=2 O.worst=0.2 O.raw= O.forecast="},
        {"weighted",
         O "goal K1 kind=key_result parent=O progress=0.2 weight=3\ngoal K2 kind=key_result parent=O progress=0.8",
         NULL, "O.score=0.35"},
        {"a weight of nothing",
         O "goal K1 kind=key_result parent=O progress=0.2 weight=0\ngoal K2 kind=key_result parent=O progress=0.8",
         NULL, "O.score=0.8 O.n_parts=1 K1.left_out=1 K1.score=0.2"},
        {"a weight written in the link",
         O "goal K1 kind=key_result parent=O*3 weight=1 progress=0.2\ngoal K2 kind=key_result parent=O progress=0.8",
         NULL, "O.score=0.35"},
        {"a goal directly under it",
         O "goal K1 kind=key_result parent=O progress=0.2\ngoal G kind=goal parent=O progress=0.8", NULL,
         "O.score=0.5"},
        {"a goal under a key result never counts",
         O "goal K1 kind=key_result parent=O progress=0.2\ngoal G kind=goal parent=K1 progress=0.8", NULL,
         "O.score=0.2 O.n_parts=1"},
        {"an initiative never counts",
         O "goal K1 kind=key_result parent=O progress=0.2\ngoal I kind=initiative parent=O progress=0.8", NULL,
         "O.score=0.2"},
        {"what is above the target is no more than one",
         O "goal K1 kind=key_result parent=O progress=1.6\ngoal K2 kind=key_result parent=O progress=0", NULL,
         "O.score=0.5 O.band=amber"},
        {"a learning one is no part",
         O "goal K1 kind=key_result parent=O progress=0.2\ngoal K2 kind=key_result parent=O ambition=learning "
           "progress=0.9",
         NULL, "O.score=0.2 O.n_parts=1 O.zero=0.2"},
        {"a part named twice counts once",
         O "goal K1 kind=key_result parent=O;O progress=0.2\ngoal K2 kind=key_result parent=O progress=0.8", NULL,
         "O.score=0.5 O.n_parts=2"},
        {"two objectives of the team share a key result",
         O "goal P kind=objective\ngoal K kind=key_result parent=O;P progress=0.4", NULL, "O.score=0.4 P.score=0.4"},
        {"another team's key result is alignment",
         O "goal K1 kind=key_result parent=O progress=0.2\ngoal K2 kind=key_result parent=O team=B progress=0.8", NULL,
         "O.score=0.2 O.n_parts=1"},
        {"a cancelled one counts",
         O "goal K1 kind=key_result parent=O progress=0.2\ngoal K2 kind=key_result parent=O status=cancelled "
           "progress=0.8",
         NULL, "O.score=0.5"},
        {"unless the settings leave it out",
         O "goal K1 kind=key_result parent=O progress=0.2\ngoal K2 kind=key_result parent=O status=cancelled "
           "progress=0.8",
         "rollup.cancelled=exclude", "O.score=0.2 O.n_parts=1 K2.score=0.8 K2.left_out=1"},
        {"a postponed one by its last check-in",
         O "goal K1 kind=key_result parent=O progress=0.2\ngoal K2 kind=key_result parent=O progress=0.8\n"
           "in K2 2026-08-01 status=postponed",
         "rollup.cancelled=exclude", "O.score=0.2"},
    };
    CHECK_ROWS(rows);
}

static void an_objective_without_scored_parts_looks_below_and_then_at_itself(void **state)
{
    (void)state;
#define CHILDREN                                                                                                       \
    "goal C1 kind=objective parent=O\ngoal K1 kind=key_result parent=C1 progress=0.4\n"                                \
    "goal C2 kind=objective parent=O weight=3\ngoal K2 kind=key_result parent=C2 progress=0.8\n"
    static const plan_row rows[] = {
        {"child objectives, weighted", O CHILDREN, NULL, "O.score=0.7 O.n_scored=2 O.n_parts=2 O.worst=0.4"},
        {"not beside scored key results", O CHILDREN "goal K kind=key_result parent=O progress=0.1", NULL,
         "O.score=0.1"},
        {"beside an unscored key result", O CHILDREN "goal K kind=key_result parent=O", NULL, "O.score=0.7 O.zero=0"},
        {"not what it states", "goal O kind=objective score=0.9\n" CHILDREN, NULL, "O.score=0.7 O.is_stated=0"},
        {"an unscored child is passed over", O CHILDREN "goal C3 kind=objective parent=O", NULL,
         "O.score=0.7 O.n_scored=2 O.n_parts=3 O.zero=0.56"},
        {"a child of another team is alignment",
         O "goal C1 kind=objective parent=O team=B\ngoal K1 kind=key_result parent=C1 team=B progress=0.4", NULL,
         "O.score= C1.score=0.4"},
        {"three levels",
         O "goal C kind=objective parent=O\ngoal D kind=objective parent=C\n"
           "goal K kind=key_result parent=D progress=0.3",
         NULL, "O.score=0.3 C.score=0.3 D.score=0.3"},
        {"three levels, written from below",
         "goal K kind=key_result parent=D progress=0.3\ngoal D kind=objective parent=C\ngoal C kind=objective "
         "parent=O\n" O,
         NULL, "O.score=0.3"},
        {"what it states", "goal O kind=objective score=0.6 progress=0.5", NULL,
         "O.score=0.6 O.raw=0.6 O.is_stated=1 O.zero=0.6"},
        {"what it states above one", "goal O kind=objective progress=1.2", NULL, "O.score=1 O.raw=1.2 O.band=exceeded"},
        {"what its check-in states", "goal O kind=objective progress=0.5\nin O 2026-08-01 progress=0.4", NULL,
         "O.score=0.4"},
        {"what it states beside an unscored key result",
         "goal O kind=objective score=0.6\ngoal K kind=key_result parent=O", NULL,
         "O.score=0.6 O.n_scored=0 O.n_parts=1 O.zero=0"},
        {"nothing", O, NULL, "O.score= O.zero=0 O.pace=no_data"},
        {"its own numbers are not arithmetic", "goal O kind=objective baseline=0 target=10 current=5", NULL,
         "O.score="},
        {"a directional objective is what its parts are",
         "goal O kind=objective ambition=directional\ngoal K kind=key_result parent=O progress=0.3", NULL,
         "O.score=0.3 O.left_out=0"},
        {"a directional objective without them is left out", "goal O kind=objective ambition=directional", NULL,
         "O.score= O.left_out=1"},
        {"whatever it states", "goal O kind=objective ambition=learning score=0.3", NULL,
         "O.score= O.raw= O.left_out=1 team.A.score= team.A.parts=0"},
        {"also where missing counts as nothing",
         "goal O kind=objective ambition=learning score=0.3\ngoal K kind=key_result parent=O", "missing=zero",
         "O.score= O.left_out=1 team.A.score= team.A.parts=0"},
    };
#undef CHILDREN
    CHECK_ROWS(rows);
}

static void objectives_in_a_circle_count_on_their_own(void **state)
{
    (void)state;
    static const plan_row rows[] = {
        {"two under each other",
         "goal P kind=objective parent=Q circle=yes\ngoal Q kind=objective parent=P circle=yes\n"
         "goal K kind=key_result parent=Q progress=0.4",
         NULL, "P.score= Q.score=0.4"},
        {"one above the circle",
         "goal P kind=objective parent=Q;O\ngoal Q kind=objective parent=P\ngoal K kind=key_result parent=Q "
         "progress=0.4\ngoal L kind=key_result parent=P progress=0.6\n" O,
         NULL, "O.score=0.6 P.score=0.6 Q.score=0.4"},
        {"its own parent", "goal P kind=objective parent=P score=0.5", NULL, "P.score=0.5"},
    };
    CHECK_ROWS(rows);
}

static void missing_parts_are_left_out_or_zero_or_block(void **state)
{
    (void)state;
#define HALF O "goal K1 kind=key_result parent=O progress=0.6\ngoal K2 kind=key_result parent=O\n"
#define NONE "goal O kind=objective score=0.5\ngoal K kind=key_result parent=O\n"
    static const plan_row rows[] = {
        {"left out", HALF, NULL, "O.score=0.6 O.zero=0.3 O.n_scored=1 O.n_parts=2 team.A.score=0.6 team.A.zero=0.3"},
        {"zero", HALF, "missing=zero",
         "O.score=0.3 O.zero=0.3 O.n_scored=1 team.A.score=0.3 team.A.scored=1 K2.score="},
        {"block", HALF, "missing=block",
         "O.score= O.zero=0.3 O.n_scored=1 team.A.score= team.A.zero=0.3 team.A.scored=0 team.A.parts=1 "
         "team.A.expected="},
        {"nothing missing, block", O "goal K1 kind=key_result parent=O progress=0.6", "missing=block",
         "O.score=0.6 team.A.score=0.6"},
        {"none scored, stated", NONE, NULL, "O.score=0.5 O.zero=0"},
        {"none scored, zero", NONE, "missing=zero", "O.score=0 O.zero=0 O.n_scored=0 team.A.scored=1"},
        {"none scored, block", NONE, "missing=block", "O.score= team.A.score="},
        {"no part to be missing", "goal O kind=objective score=0.5", "missing=zero", "O.score=0.5"},
        {"nor to block", "goal O kind=objective score=0.5", "missing=block", "O.score=0.5"},
        {"an objective without anything, zero", O "goal P kind=objective score=0.5", "missing=zero",
         "O.score= team.A.score=0.25 team.A.scored=1"},
        {"an objective without anything, left out", O "goal P kind=objective score=0.5", NULL,
         "team.A.score=0.5 team.A.zero=0.25 team.A.scored=1 team.A.parts=2"},
        {"learning blocks nothing",
         O "goal K1 kind=key_result parent=O progress=0.6\ngoal K2 kind=key_result parent=O "
           "ambition=learning\ngoal G kind=goal ambition=directional",
         "missing=block", "O.score=0.6 team.A.score=0.6 team.A.parts=1"},
        {"nor counts as zero",
         O "goal K1 kind=key_result parent=O progress=0.6\ngoal K2 kind=key_result parent=O "
           "ambition=learning\ngoal G kind=goal ambition=directional",
         "missing=zero", "O.score=0.6 team.A.score=0.6"},
        {"a blocked child blocks",
         O "goal C kind=objective parent=O\ngoal K1 kind=key_result parent=C progress=0.6\n"
           "goal K2 kind=key_result parent=C",
         "missing=block", "C.score= O.score="},
        {"zero inside child objectives",
         O "goal C kind=objective parent=O\ngoal K1 kind=key_result parent=C progress=0.6\n"
           "goal K2 kind=key_result parent=C",
         NULL, "O.score=0.6 O.zero=0.3 team.A.zero=0.3"},
    };
#undef HALF
#undef NONE
    CHECK_ROWS(rows);
}

static void a_team_is_the_plain_mean_of_objectives_and_standalone_goals(void **state)
{
    (void)state;
#define O4 "goal O kind=objective weight=5\ngoal K kind=key_result parent=O progress=0.4\n"
    static const plan_row rows[] = {
        {"objective and standalone goal", O4 "goal G kind=goal progress=0.8", NULL,
         "team.A.score=0.6 team.A.scored=2 team.A.parts=2 team.A.worst=0.4 team.A.objectives=1 team.A.key_results=1 "
         "team.A.goals=1"},
        {"standalone key result", O4 "goal L kind=key_result progress=0.8", NULL, "team.A.score=0.6"},
        {"no initiative", O4 "goal I kind=initiative progress=0.8", NULL, "team.A.score=0.4 team.A.initiatives=1"},
        {"child objectives count beside their parent",
         O4 "goal C kind=objective parent=O\ngoal L kind=key_result parent=C progress=0.8", NULL,
         "O.score=0.4 team.A.score=0.6 team.A.parts=2"},
        {"a goal under a key result", O4 "goal G kind=goal parent=K progress=0.8", NULL, "team.A.score=0.4"},
        {"a goal under a standalone key result",
         "goal L kind=key_result progress=0.4\ngoal G kind=goal parent=L progress=0.8", NULL,
         "team.A.score=0.4 team.A.parts=1"},
        {"a key result under a key result of an objective", O4 "goal L kind=key_result parent=K progress=0.8", NULL,
         "O.score=0.4 team.A.score=0.4"},
        {"a key result under another team's objective",
         "team C company\ngoal X kind=objective team=C\ngoal L kind=key_result parent=X progress=0.8", NULL,
         "X.score= team.A.score=0.8 team.A.parts=1 team.C.score="},
        {"a goal under another team's key result",
         "goal X kind=key_result team=B progress=0.1\ngoal G kind=goal parent=X progress=0.8", NULL,
         "team.A.score=0.8 team.B.score=0.1"},
        {"a key result under its own and the company's objective",
         "team C company\ngoal X kind=objective team=C\n" O4 "goal L kind=key_result parent=X;O progress=0.8", NULL,
         "O.score=0.6 team.A.score=0.6 team.A.parts=1"},
        {"expected is of what is scored",
         O4 "goal G kind=goal progress=0.8 start=2026-08-05 due=2026-08-25\ngoal H kind=goal start=2026-07-01 "
            "due=2026-08-01",
         NULL,
         "team.A.score=0.6 team.A.expected=181/364 team.A.scored=2 team.A.parts=3 team.A.pace=on_track "
         "team.A.band=amber"},
        {"nothing scored", "goal G kind=goal", NULL,
         "team.A.score= team.A.zero=0 team.A.expected= team.A.pace=no_data team.A.scored=0"},
        {"confidence is the mean of the last ones",
         O4 "goal G kind=goal confidence=0.4\ngoal H kind=key_result confidence=0.9\nin H 2026-08-01 confidence=0.8",
         NULL, "team.A.confidence=0.6"},
    };
#undef O4
    CHECK_ROWS(rows);
}

static void the_whole_is_the_company_s_objectives_else_the_teams(void **state)
{
    (void)state;
#define TEAMS "goal G kind=goal team=A progress=0.2\ngoal H kind=goal team=B progress=0.6\ngoal J kind=goal team=B\n"
    static const plan_row rows[] = {
        {"teams", TEAMS, NULL,
         "overall=0.4 overall_zero=0.25 overall_is_company=0 overall_scored=2 overall_parts=2 overall_expected=45/91"},
        {"company objectives",
         TEAMS "team C company\ngoal X kind=objective team=C progress=0.9\ngoal Y kind=objective team=C", NULL,
         "overall=0.9 overall_zero=0.45 overall_is_company=1 overall_scored=1 overall_parts=2"},
        {"company objectives without a score", TEAMS "team C company\ngoal X kind=objective team=C", NULL,
         "overall=0.4 overall_is_company=0 overall_parts=3"},
        {"a company goal is no objective", TEAMS "team C company\ngoal X kind=goal team=C progress=0.7", NULL,
         "overall=0.5 overall_is_company=0"},
        {"zero", TEAMS, "missing=zero", "overall=0.25"},
        {"nothing", "goal G kind=goal", NULL, "overall= overall_zero=0 overall_scored=0"},
    };
#undef TEAMS
    CHECK_ROWS(rows);
}

static void cycles_that_are_over_stand_as_of_their_end(void **state)
{
    (void)state;
#define Q2 "cycle 2026-Q2 2026-04-01 2026-06-30\ncycle 2026-Q3 2026-07-01 2026-09-30 previous=2026-Q2\n"
    static const plan_row rows[] = {
        {"values up to the end",
         Q2
         "goal K kind=key_result cycle=2026-Q2 baseline=0 target=10\nin K 2026-06-30 value=6\nin K 2026-07-02 value=9",
         NULL, "K.score=0.6 K.as_of=2026-06-30 K.expected=1 K.checkins=1 K.last_checkin=2026-06-30"},
        {"the last day is over", Q2 "goal K kind=key_result cycle=2026-Q2 progress=0.6", NULL,
         "K.pace=missed K.met=no K.postmortem=0"},
        {"with success", Q2 "goal K kind=key_result cycle=2026-Q2 progress=0.7", NULL, "K.pace=done K.met=yes"},
        {"a committed one", Q2 "goal G kind=goal cycle=2026-Q2 progress=0.9", NULL, "G.met=no G.postmortem=1"},
        {"due after the end", Q2 "goal K kind=key_result cycle=2026-Q2 due=2026-07-31 progress=0.6", NULL,
         "K.met=pending K.expected=90/121"},
        {"a cycle that ends today is not over", "as_of 2026-09-30\ngoal K kind=key_result progress=0.6", NULL,
         "K.met=pending K.pace=off_track K.expected=1"},
        {"a day later it is", "as_of 2026-10-01\ngoal K kind=key_result progress=0.6", NULL,
         "K.met=no K.pace=missed K.as_of=2026-09-30"},
        {"last score and change",
         Q2 "goal J kind=key_result cycle=2026-Q2 progress=0.5\ngoal K kind=key_result progress=0.8\n"
            "goal L kind=key_result team=B progress=0.8",
         NULL,
         "team.A.previous=0.5 team.A.change=0.3 team.B.previous= team.B.change= team.A@2026-Q2.score=0.5 "
         "team.A@2026-Q2.previous= teams=3"},
        {"a year's objective has the quarter's key results",
         "cycle 2026 2026-01-01 2026-12-31\ngoal O kind=objective cycle=2026\ngoal K kind=key_result parent=O "
         "progress=0.8",
         NULL, "O.score=0.8 team.A.score=0.8 team.A@2026.score=0.8"},
        {"the team's pace", Q2 "goal J kind=key_result cycle=2026-Q2 progress=0.5", NULL, "team.A@2026-Q2.pace=missed"},
    };
#undef Q2
    CHECK_ROWS(rows);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_objective_is_the_weighted_mean_of_its_parts),
        cmocka_unit_test(an_objective_without_scored_parts_looks_below_and_then_at_itself),
        cmocka_unit_test(objectives_in_a_circle_count_on_their_own),
        cmocka_unit_test(missing_parts_are_left_out_or_zero_or_block),
        cmocka_unit_test(a_team_is_the_plain_mean_of_objectives_and_standalone_goals),
        cmocka_unit_test(the_whole_is_the_company_s_objectives_else_the_teams),
        cmocka_unit_test(cycles_that_are_over_stand_as_of_their_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
