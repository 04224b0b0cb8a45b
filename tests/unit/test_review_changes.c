/* What changed since an earlier run, and since the last cycle. */
#include "plan_builder.h"

static void changes(void **state)
{
    (void)state;
    static const code_row rows[] = {
        {"CHG001", "K1", "warning", "before: K1 target=20", "before: K1 target=10"},
        {"CHG001", "K1", "warning", "before: K1 baseline=1", "before: K1 current=1"},
        {"CHG001", "K1", "warning", "before: K1 target=20", "before: K1 target="},
        {"CHG001", "K1", "warning", "before: K1 target=20", "before: O target=20"},
        {"CHG002", "K1", "warning", "before: K1 due=2026-08-31", "before: K1 due=2026-09-30"},
        {"CHG003", "K1", "info", "before: K1 owner=\"Bo Tan\"", "before: K1 owner=\"ada quist\""},
        {"CHG004", "K1", "warning", "K1 weight=1\nbefore: K1 weight=3", "before: K1 weight=3"},
        {"CHG005", "K1", "warning", "before: K1 ambition=committed", "before: K1 ambition=committed kind=goal"},
        {"CHG005", "K1", "info", "K1 ambition=committed\nbefore: K1 ambition=stretch", "before: K1 ambition=stretch"},
        {"CHG011", "a1", "info",
         "goal a1 team=B parent=O title=\"Bake rye\"\nbefore: goal b2 parent=O title=\"Bake rye\"",
         "goal a1 parent=O title=\"Bake rye\"\nbefore: goal b2 parent=O title=\"Bake rye\""},
        {"CHG006", "K3", "info", "goal K3 parent=O\nbefore:", "goal K3 parent=O\nbefore: goal K3 parent=O"},
        {"CHG007", "A", "info", "before: goal K3 parent=O", "goal K3 parent=O\nbefore: goal K3 parent=O"},
        {"CHG010", "K1", "info", "before: K1 title=\"Bake more\"", "before: K1 owner=\"Bo Tan\""},
    };
    CHECK_CODES(rows);
}

static const okb_change_row *find_change(const okb_plan *plan, const char *code, const char *id)
{
    for (uint32_t i = 0; i < plan->n_changes; i++)
        if (okb_span_eq(plan->changes[i].code, okb_span_of(code)) &&
            okb_span_eq(plan->changes[i].goal_id, okb_span_of(id)))
            return &plan->changes[i];
    return NULL;
}

static const okb_change_row *change_of(const okb_plan *plan, const char *code, const char *id)
{
    static const okb_change_row none;
    const okb_change_row *found = find_change(plan, code, id);
    if (found)
        return found;
    fail_msg("no change %s of %s", code, id);
    return &none;
}

static void a_moved_target_is_scored_against_the_original(void **state)
{
    (void)state;
    const okb_plan *plan = build_and_review("before: K1 target=20");
    const okb_change_row *row = change_of(plan, "CHG001", "K1");
    assert_span(row->field, "target", "field");
    assert_span(row->before, "20", "before");
    assert_span(row->after, "10", "after");
    assert_span(row->since, "previous run", "since");
    assert_near(row->score_now, 0.5, "now");
    assert_near(row->score_original, 0.25, "original");
    assert_true(okb_span_find(must_find(plan, "CHG001", "K1")->message, OKB_S("at 0.25 instead of 0.5")) != SIZE_MAX);
}

static void status_and_band_are_told_without_a_finding(void **state)
{
    (void)state;
    const okb_plan *plan = build_and_review("K1 last_status=at_risk\nbefore: K1 last_status=on_track");
    assert_span(change_of(plan, "CHG008", "K1")->before, "on_track", "status");
    assert_null(finding_of(plan, "CHG008", "K1"));
    assert_null(find_change(plan, "CHG009", "K1"));
    assert_int_equal(plan->n_findings, 0);
    plan = build_and_review("K1 band=amber\nbefore: K1 band=green");
    assert_span(change_of(plan, "CHG009", "K1")->before, "green", "band");
    assert_span(change_of(plan, "CHG009", "K1")->after, "amber", "band");
    assert_null(find_change(plan, "CHG008", "K1"));
    assert_int_equal(plan->n_findings, 0);
    plan = build_and_review("K1 band=amber last_status=at_risk\nbefore: K1 band=amber last_status=at_risk");
    assert_int_equal(plan->n_changes, 0);
}

static void moved_steps_to_a_target_are_a_moved_target(void **state)
{
    (void)state;
    const okb_plan *plan = build_and_review("K1 phase=2026-08-01:3\nbefore: K1 phase=2026-08-01:5");
    assert_span(change_of(plan, "CHG001", "K1")->before, "2026-08-01: 5", "before");
    assert_non_null(finding_of(plan, "CHG001", "K1"));
    plan = build_and_review("K1 phase=2026-08-01:3\nbefore: K1 phase=2026-08-01:3");
    assert_int_equal(plan->n_changes, 0);
    plan = build_and_review("K1 phase=2026-08-01:3\nbefore: K1");
    assert_non_null(change_of(plan, "CHG001", "K1"));
    assert_int_equal(plan->n_findings, 0);
}

static void a_goal_with_another_id_is_found_by_its_words(void **state)
{
    (void)state;
    const okb_plan *plan = build_and_review("goal a1 parent=O title=\"Loaves sold from 4 to 9\" target=9\n"
                                            "before: goal b2 parent=O title=\"Loaves sold from 4 to 12\" target=12");
    assert_non_null(finding_of(plan, "CHG001", "a1"));
    assert_null(finding_of(plan, "CHG006", "a1"));
    assert_null(finding_of(plan, "CHG007", "A"));
}

static void words_that_two_goals_share_find_nothing(void **state)
{
    (void)state;
    const okb_plan *plan = build_and_review("goal a1 parent=O title=\"Loaves sold from 4 to 9\"\n"
                                            "goal a2 parent=O title=\"Loaves sold from 1 to 2\"\n"
                                            "before: goal b2 parent=O title=\"Loaves sold from 4 to 12\"");
    assert_non_null(finding_of(plan, "CHG006", "a1"));
    assert_non_null(finding_of(plan, "CHG006", "a2"));
    assert_non_null(finding_of(plan, "CHG007", "A"));
}

static void the_last_cycle_is_told_without_findings(void **state)
{
    (void)state;
    const okb_plan *plan = build_and_review("cycle 2026-Q2 2026-04-01 2026-06-30\ngoal L1 cycle=2026-Q2 parent=O "
                                            "title=\"Loaves sold from 4 to 9\" target=9\n"
                                            "goal L2 parent=O title=\"Loaves sold from 8 to 12\" target=12 baseline=8");
    const okb_change_row *row = change_of(plan, "CHG001", "L2");
    assert_span(row->since, "2026-Q2", "since");
    assert_true(isnan(row->score_original));
    assert_null(finding_of(plan, "CHG001", "L2"));
}

static void an_earlier_run_of_another_cycle_makes_nothing_new(void **state)
{
    (void)state;
    const okb_plan *plan = build_and_review(
        "before: cycle 2026-Q2 2026-04-01 2026-06-30\nbefore: C cycle=2026-Q2\nbefore: C1 cycle=2026-Q2\nbefore: C2 "
        "cycle=2026-Q2\nbefore: O cycle=2026-Q2\nbefore: K1 cycle=2026-Q2\nbefore: K2 cycle=2026-Q2");
    assert_int_equal(plan->n_findings, 0);
    assert_int_equal(plan->n_changes, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(changes),
        cmocka_unit_test(a_moved_target_is_scored_against_the_original),
        cmocka_unit_test(status_and_band_are_told_without_a_finding),
        cmocka_unit_test(moved_steps_to_a_target_are_a_moved_target),
        cmocka_unit_test(a_goal_with_another_id_is_found_by_its_words),
        cmocka_unit_test(words_that_two_goals_share_find_nothing),
        cmocka_unit_test(the_last_cycle_is_told_without_findings),
        cmocka_unit_test(an_earlier_run_of_another_cycle_makes_nothing_new),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    build_end();
    return failed;
}
