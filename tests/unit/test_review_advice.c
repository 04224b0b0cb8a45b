/* Advice: the framework and its reasons, the transition, the goal to rewrite first, the agenda, the benchmarks. */
#include "plan_builder.h"

static const okb_advice *advice_of(const okb_plan *plan, const char *code, const char *team)
{
    for (uint32_t i = 0; i < plan->n_advice; i++) {
        const okb_advice *a = &plan->advice[i];
        okb_span name = a->team_ix == OKB_NONE ? OKB_S("-") : plan->teams[a->team_ix].name;
        if (okb_span_eq(a->code, okb_span_of(code)) && okb_span_eq(name, okb_span_of(team)))
            return a;
    }
    return NULL;
}

static const okb_advice *must_advise(const okb_plan *plan, const char *code, const char *team)
{
    static const okb_advice none;
    const okb_advice *a = advice_of(plan, code, team);
    if (!a)
        fail_msg("no advice %s for %s", code, team);
    return a ? a : &none;
}

static bool holds(okb_span text, const char *part)
{
    return okb_span_find(text, okb_span_of(part)) != SIZE_MAX;
}

#define G(n) "goal G" #n " kind=goal parent=O\n"

static void a_framework_follows_from_size_writing_and_work(void **state)
{
    (void)state;
    static const struct {
        const char *lines, *advice, *reason;
    } rows[] = {
        {"team A size=3", "SMART", "3 people: up to 3"},
        {"team A size=4", "OKR or SMART", "4 people"},
        {"team A size=5", "OKR or SMART", "5 people"},
        {"team A size=6", "OKR", "from 6 on"},
        {"team A size=19", "OKR", "from 6 on"},
        {"team A size=20", "OKR + SMART", "20 people"},
        {"team A size=200", "OKR + SMART", "200 people"},
        {"team A size=201", "OKR", "201 people"},
        {"", "OKR or SMART", ""},
        /* who cannot write a clear goal yet starts with single ones */
        {"K1 vague=yes\nK2 vague=yes\ngoal K3 parent=O", "SMART", "33% of its key results"},
        {"team A size=8\nK1 vague=yes\nK2 vague=yes\ngoal K3 parent=O", "OKR + SMART", "33% of its key results"},
        /* who writes well but is not linked needs direction */
        {"goal K3 parent=O\nresult A linked=1/4", "OKR", "25% of its goals have a path"},
        {"goal K3 parent=O\nresult A linked=4/4", "OKR", "100% of its goals have a path"},
        {"team A size=2\ngoal K3 parent=O\nresult A linked=4/4", "SMART", "2 people"},
        {"K1 class=output\nK2 class=output\ngoal K3 parent=O class=activity", "OKR", "3 of 3 key results"},
        {"K1 title=\"Finish the ISO audit\"\nK2 title=\"Migrate the till\"\nO title=\"Pass compliance checks\"",
         "SMART", "100% of its goals are infrastructure"},
        {"K1 title=\"Explore rye\"\nK2 title=\"Pilot a van\"\nO title=\"Discover new markets\"", "OKR",
         "explore something new"},
        {"K1 level=individual\nK2 level=individual", "SMART", "67% of its goals are those of single persons"},
        {"team A size=3 framework=okr", "SMART", "It works with okr today"},
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        const okb_plan *plan = build_and_review(rows[i].lines);
        const okb_advice *a = must_advise(plan, "ADV01", "A");
        const okb_team_result *team = okb_plan_team_result(plan, 1, plan->cycle_ix);
        assert_non_null(team);
        if (team)
            assert_span(team->advice, rows[i].advice, rows[i].lines);
        if (!holds(a->text, rows[i].advice) || !holds(a->reasons, rows[i].reason))
            fail_msg("row '%s': '%s' because '%s'", rows[i].lines, a->text.p, a->reasons.p);
    }
}

static void every_reason_names_its_article(void **state)
{
    (void)state;
    const okb_plan *plan = build_and_review("team A size=3\nK1 vague=yes\nK2 vague=yes\ngoal K3 parent=O");
    const okb_advice *a = must_advise(plan, "ADV01", "A");
    assert_span(
        a->source,
        "OKRs vs SMART Goals: Which Goal-Setting Framework Should You Use?; OKR vs SMART Goals: Which Works for "
        "Small Teams; OKRs vs. SMART Goals: Which Framework Works Best for You?",
        "sources");
}

static void a_company_is_advised_by_its_people_and_teams(void **state)
{
    (void)state;
    const okb_plan *plan =
        build_and_review("team A size=12\nteam B size=30\nteam D size=9\ngoal B1 team=B parent=C\ngoal "
                         "D1 team=D parent=C");
    const okb_advice *a = must_advise(plan, "ADV01", "-");
    assert_span(a->text, "Quern Mill: OKR + SMART", "text");
    assert_true(holds(a->reasons, "51 people"));
    assert_true(holds(a->reasons, "3 teams work for one company"));
    assert_null(advice_of(plan, "ADV01", "Co"));
    assert_null(advice_of(build_and_review(""), "ADV01", "-"));
}

static void the_transition_has_three_steps(void **state)
{
    (void)state;
    static const struct {
        const char *lines, *code, *part;
    } rows[] = {
        {"goal B1 team=B kind=goal\ngoal B2 team=B kind=goal", "ADV02_1", "keep its SMART goals (2)"},
        {"objective P team=B parent=C\ngoal B1 team=B parent=P\ngoal B2 team=B parent=P\ngoal B3 team=B kind=goal "
         "parent=P "
         "title=\"Sell 40 cakes\"",
         "ADV02_2", "key results of a team objective: \"Sell 40 cakes\". 1 of 1"},
        {"objective P team=B parent=C\ngoal B1 team=B parent=P\ngoal B2 team=B parent=P\ngoal B3 team=B kind=goal "
         "parent=B1",
         "ADV02_4", "keep them (1) as dated"},
        {"objective P team=B parent=C\ngoal B1 team=B parent=P\ngoal B2 team=B parent=P\ngoal B3 team=B kind=goal "
         "parent=P "
         "class=output",
         "ADV02_3", "SMART goals of B that stand alone (1)"},
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        const okb_advice *a = must_advise(build_and_review(rows[i].lines), rows[i].code, "B");
        if (!holds(a->text, rows[i].part))
            fail_msg("%s says '%s'", rows[i].code, a->text.p);
    }
    /* nothing to turn into anything, or a team that should keep what it has */
    const okb_plan *plan = build_and_review("team B size=2\ngoal B1 team=B kind=goal");
    assert_null(advice_of(plan, "ADV02_1", "B"));
    assert_null(advice_of(plan, "ADV02_4", "A"));
}

static void the_goal_with_most_to_mend_is_rewritten_first(void **state)
{
    (void)state;
    const okb_plan *plan = build_and_review("K1 compound=yes\nK2 vague=yes M=no owner=\nO owner=");
    const okb_advice *a = must_advise(plan, "ADV03", "A");
    assert_true(
        okb_span_starts(a->text, OKB_S("\"Raise orders that are complete from 0 to 10\" (Vague). What would you see")));
    assert_true(holds(a->reasons, "Two readers would grade it differently"));
    assert_null(advice_of(plan, "ADV03", "Co"));
    assert_null(advice_of(build_and_review("K1 compound=yes ignore=\"KR015 agreed\""), "ADV03", "A"));
}

static void an_agenda_starts_with_the_widest_gap(void **state)
{
    (void)state;
    const okb_plan *plan = build_and_review(
        "K1 pace=at_risk gap=0.1 scored=0.4 expected=0.5\nK2 pace=off_track gap=0.4 scored=0.1 expected=0.5\n"
        "goal K3 parent=O overdue=yes silent=12 owner=\"Bo Tan\"\ngoal K4 parent=O last_blocker=\"no flour\"");
    const okb_advice *a = must_advise(plan, "ADV04", "A");
    assert_span(a->text,
                "Confidence from 0 to 10 for each key result, one sentence each\n"
                "\"Raise orders that are complete from 0 to 10\": 0.1, 0.5 expected. What would have to happen?\n"
                "\"Raise sacks that leave on time from 0 to 10\": 0.4, 0.5 expected. What would have to happen?\n"
                "\"Raise the yield of line K4 from 0 to 10\" is blocked: no flour. Who can clear it?\n"
                "Not heard of lately (1): \"Raise the yield of line K3 from 0 to 10\"",
                "agenda");
    assert_span(a->reasons, "15 minutes for the team; about 10 minutes of preparation, 5 for each of 2 owners",
                "effort");
}

static void an_agenda_keeps_the_widest_gaps_only(void **state)
{
    (void)state;
    const okb_plan *plan =
        build_and_review("set agenda.items=2\nK1 pace=at_risk gap=0.2\nK2 pace=at_risk gap=0.1\n"
                         "goal K3 parent=O pace=at_risk gap=0.15\ngoal K4 parent=O pace=at_risk gap=0.25");
    const okb_advice *a = must_advise(plan, "ADV04", "A");
    assert_true(holds(a->text, "line K4"));
    assert_true(holds(a->text, "leave on time"));
    assert_false(holds(a->text, "line K3"));
    assert_false(holds(a->text, "complete"));
}

static void benchmarks_stand_beside_the_own_figures(void **state)
{
    (void)state;
    const okb_plan *plan = build_and_review("result A linked=1/4 checkin=3/12");
    assert_true(
        okb_span_starts(must_advise(plan, "ADV05_SIZE", "-")->text, OKB_S("2 key results for each objective here; ")));
    assert_true(holds(must_advise(plan, "ADV05_SIZE", "-")->text, "average 2.9, says one vendor"));
    assert_true(okb_span_starts(must_advise(plan, "ADV05_LINK", "-")->text, OKB_S("75% of the goals here")));
    assert_true(okb_span_starts(must_advise(plan, "ADV05_RHYTHM", "-")->text, OKB_S("25% of the check-ins due")));
    plan = build_and_review("set benchmarks=off\nresult A linked=1/4 checkin=3/12");
    assert_null(advice_of(plan, "ADV05_SIZE", "-"));
}

static void advice_is_no_finding(void **state)
{
    (void)state;
    const okb_plan *plan = build_and_review("team A size=3");
    assert_true(plan->n_advice > 0);
    assert_int_equal(plan->n_findings, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_framework_follows_from_size_writing_and_work),
        cmocka_unit_test(every_reason_names_its_article),
        cmocka_unit_test(a_company_is_advised_by_its_people_and_teams),
        cmocka_unit_test(the_transition_has_three_steps),
        cmocka_unit_test(the_goal_with_most_to_mend_is_rewritten_first),
        cmocka_unit_test(an_agenda_starts_with_the_widest_gap),
        cmocka_unit_test(an_agenda_keeps_the_widest_gaps_only),
        cmocka_unit_test(benchmarks_stand_beside_the_own_figures),
        cmocka_unit_test(advice_is_no_finding),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    build_end();
    return failed;
}
