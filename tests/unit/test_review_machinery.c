/* Messages, silence, ranks, counts, notes of the import, and the findings table itself. */
#include "plan_builder.h"

static void messages_are_filled_from_the_table(void **state)
{
    (void)state;
    const okb_plan *plan = build_and_review(
        "K1 title=\"Launch redesigned onboarding\" class=activity\nevidence K1 class words=Launch rule=X1");
    const okb_finding *f = must_find(plan, "KR010", "K1");
    assert_span(f->message, "\"Launch redesigned onboarding\" reads as activity (\"Launch\"), not as a result",
                "message");
    assert_span(f->evidence, "activity by X1", "evidence");
    assert_true(okb_span_find(f->question, OKB_S("Try: <metric> from <baseline> to <target> by <date>")) != SIZE_MAX);
    assert_int_equal(f->source.line, 6);
    plan = build_and_review("K1 class=activity title=Launch");
    assert_span(must_find(plan, "KR010", "K1")->message, "\"Launch\" reads as activity, not as a result", "no words");
}

static void a_long_title_is_cut_at_a_word(void **state)
{
    (void)state;
    const okb_plan *plan = build_and_review("K1 vague=yes title=\"Make the whole of the northern valley the place "
                                            "where people who care for bread go to buy "
                                            "their flour and meet\"");
    assert_true(okb_span_find(must_find(plan, "KR011", "K1")->message, OKB_S("…\" leaves open")) != SIZE_MAX);
}

static void an_ignore_cell_silences(void **state)
{
    (void)state;
    static const struct {
        const char *cell, *reason;
        bool is_silenced;
    } rows[] = {
        {"KR010 agreed with the sponsor", "agreed with the sponsor", true},
        {"kr010: agreed", "agreed", true},
        {"OBJ011, KR010 - agreed (see minutes)", "agreed (see minutes)", true},
        {"KR010", "", true},
        {"KR011 agreed", "", false},
        {"agreed with KR010", "", false},
        {"KR010 pilot until 2026-08-15", "pilot until 2026-08-15", true},
        {"KR010 pilot until 2026-08-14", "", false},
        {"KR010 pilot until 2026-Q3", "pilot until 2026-Q3", true},
        {"KR010 pilot until 2026-Q2.", "", false},
        {"KR010 until the audit is over", "until the audit is over", true},
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        char lines[200];
        snprintf(lines, sizeof lines, "K1 class=activity ignore=\"%s\"", rows[i].cell);
        const okb_plan *plan = build_and_review(lines);
        const okb_finding *f = must_find(plan, "KR010", "K1");
        if (f->is_silenced != rows[i].is_silenced)
            fail_msg("row '%s'", rows[i].cell);
        assert_span(f->silenced_reason, rows[i].reason, rows[i].cell);
        const okb_team_result *team = okb_plan_team_result(plan, 1, plan->cycle_ix);
        assert_non_null(team);
        if (team && rows[i].is_silenced && rows[i].reason[0])
            assert_int_equal(team->n_warnings, 0);
    }
}

static void ignore_cells_that_do_not_do_what_they_say_are_told(void **state)
{
    (void)state;
    static const code_row rows[] = {
        {"DAT051", "K1", "warning", "K1 class=activity ignore=\"agreed\"", "K1 class=activity ignore=\"KR010 agreed\""},
        {"DAT052", "K1", "info", "K1 class=activity ignore=\"KR010 agreed until 2026-08-14\"",
         "K1 class=activity ignore=\"KR010 agreed until 2026-08-15\""},
        {"DAT053", "K1", "warning", "K1 class=activity ignore=\"KR010\"", "K1 class=activity ignore=\"KR010 agreed\""},
        {"DAT053", "K1", "warning", "K1 class=activity ignore=\"KR010 until 2026-09-30\"",
         "K1 class=activity ignore=\"KR010 agreed until 2026-09-30\""},
        {"DAT054", "K1", "info", "K1 ignore=\"KR010 agreed\"", "K1 class=output ignore=\"KR010 agreed\""},
        {"DAT000", "-", "warning", "note DAT999 - evidence=odd", "note PRV001 - column=Bonus evidence=Bonus"},
        {"DAT001", "K1", "warning", "note DAT001 K1 evidence=\"current 71 and 74\"", "note DAT001 K2 evidence=x"},
        {"DAT002", "-", "warning", "note DAT002 - column=Due evidence=\"no date: 'soon'\"", ""},
        {"DAT003", "K1", "warning", "note DAT003 K1 column=id evidence=\"'7' is the id of another goal too\"", ""},
        {"DAT005", "-", "warning", "note DAT005 - evidence=\"text decoded twice\"", ""},
        {"DAT006", "-", "warning", "note DAT006 - evidence=\"the same bytes\"", ""},
        {"DAT007", "-", "warning", "note DAT007 - evidence=\"text looks like another encoding\"", ""},
        {"PRV001", "-", "error", "note PRV001 - column=Bonus evidence=Bonus", ""},
    };
    CHECK_CODES(rows);
}

static void the_first_of_many_speaks_for_all(void **state)
{
    (void)state;
    const okb_plan *plan = build_and_review("K1 overdue=yes checkins=0 silent=45\nK2 overdue=yes checkins=0 silent=45\n"
                                            "goal K3 parent=O overdue=yes checkins=0 silent=45 owner=\nO owner=");
    const okb_finding *first = must_find(plan, "CHK003", "K1");
    assert_span(first->message,
                "\"Raise sacks that leave on time from 0 to 10\" has had no check-in since it began 45 days ago",
                "message");
    assert_span(
        first->grouped,
        "\"Raise sacks that leave on time from 0 to 10\" has had no check-in since it began 45 days ago; the same "
        "holds for 2 more: \"Raise orders that are complete from 0 to 10\", \"Raise the yield of line K3 from 0 to "
        "10\"",
        "grouped");
    assert_int_equal(must_find(plan, "CHK003", "K2")->grouped.n, 0);
    assert_int_equal(must_find(plan, "OWN001", "K3")->rank, 1);
    assert_int_equal(first->rank, 2);
    assert_int_equal(must_find(plan, "OWN004", "O")->rank, 3);
    assert_int_equal(must_find(plan, "CHK003", "K2")->rank, 6);
    assert_int_equal(must_find(plan, "CHK003", "K3")->rank, 7);
    assert_int_equal(must_find(plan, "OWN001", "K3")->goal_rank, 1);
    assert_int_equal(must_find(plan, "CHK003", "K3")->goal_rank, 2);
}

static void a_lone_finding_speaks_for_itself(void **state)
{
    (void)state;
    const okb_plan *plan = build_and_review("K1 overdue=yes checkins=0 silent=45");
    assert_int_equal(must_find(plan, "CHK003", "K1")->grouped.n, 0);
}

static void what_another_finding_says_better_stands_behind(void **state)
{
    (void)state;
    const okb_plan *plan = build_and_review("K1 parent=NOWHERE linked=no");
    assert_int_equal(must_find(plan, "ALN002", "K1")->rank, 1);
    assert_int_equal(must_find(plan, "ALN001", "K1")->rank, 6);
    /* a team that reads like a to-do list says so once */
    plan = build_and_review("K1 class=output\nK2 class=output\ngoal K3 parent=O class=output");
    assert_int_equal(must_find(plan, "TEAM003", "A")->rank, 1);
    assert_true(must_find(plan, "KR010", "K1")->rank > 5);
    /* another goal's, another team's, or a silenced one covers nothing */
    plan = build_and_review("K1 linked=no\nK2 parent=NOWHERE");
    assert_true(must_find(plan, "ALN001", "K1")->rank <= 5);
    plan = build_and_review("K1 parent=NOWHERE linked=no ignore=\"ALN002 comes next week\"");
    assert_true(must_find(plan, "ALN001", "K1")->rank <= 5);
    plan = build_and_review("K1 class=output\nK2 class=output\ngoal K3 parent=O class=output\nC1 class=activity");
    assert_int_equal(must_find(plan, "KR010", "C1")->rank, 1);
}

static void ranks_are_given_by_team_and_cycle(void **state)
{
    (void)state;
    const okb_plan *plan = build_and_review("K1 class=activity\nC1 class=activity\nK2 owner=");
    assert_int_equal(must_find(plan, "OWN001", "K2")->rank, 1);
    assert_int_equal(must_find(plan, "KR010", "K1")->rank, 2);
    assert_int_equal(must_find(plan, "KR010", "C1")->rank, 1);
    for (uint32_t i = 1; i < plan->n_findings; i++) {
        const okb_finding *a = &plan->findings[i - 1], *b = &plan->findings[i];
        assert_true(a->team_ix < b->team_ix || (a->team_ix == b->team_ix && a->goal_ix <= b->goal_ix));
    }
}

static void what_is_over_is_not_for_the_first_sight(void **state)
{
    (void)state;
    const okb_plan *plan =
        build_and_review("cycle 2026-Q2 2026-04-01 2026-06-30\ngoal L cycle=2026-Q2 scored=\nK1 vague=yes");
    assert_int_equal(must_find(plan, "KR011", "K1")->rank, 1);
    assert_int_equal(must_find(plan, "SCO002", "L")->rank, 6);
}

static void teams_are_counted(void **state)
{
    (void)state;
    const okb_plan *plan = build_and_review("K1 class=activity owner=\nK2 vague=yes\nO owner=");
    const okb_team_result *team = okb_plan_team_result(plan, 1, plan->cycle_ix);
    assert_non_null(team);
    if (!team)
        return;
    assert_int_equal(team->n_errors, 1);
    assert_int_equal(team->n_warnings, 2);
}

static void cancelled_goals_are_not_coached(void **state)
{
    (void)state;
    const okb_plan *plan = build_and_review("goal K3 parent=O class=output owner= vague=yes last_status=cancelled\n"
                                            "goal K4 parent=O class=output owner= vague=yes status=postponed");
    if (plan->n_findings)
        print_findings(plan);
    assert_int_equal(plan->n_findings, 0);
}

/* ---- the table ------------------------------------------------------------------------------------------------------- */

static okb_code load(okb_arena *arena, const char *text, okb_diags *diags, okb_review **review)
{
    static okb_table tables[2];
    okb_err err = {0};
    tables[0] = *build_table(arena, "findings.csv");
    assert_int_equal(okb_read_table(okb_span_of(text), OKB_S("mine/findings.csv"), NULL, arena, &tables[1], &err),
                     OKB_OK);
    return okb_review_new(tables, 2, build_settings(arena), arena, diags, review, &err);
}

static void a_company_changes_words_and_severities_by_code(void **state)
{
    (void)state;
    okb_arena arena;
    okb_arena_init(&arena, 0);
    okb_diags diags = {.keep = &arena};
    okb_review *review = NULL;
    assert_int_equal(
        load(&arena, "code,severity,message\nKR010,error,\"{title}: what changes?\"\nOWN006,info,\n", &diags, &review),
        OKB_OK);
    const okb_finding_def *defs;
    size_t n = okb_review_defs(review, &defs);
    for (size_t i = 0; i < n; i++) {
        if (okb_span_eq(defs[i].code, OKB_S("KR010"))) {
            assert_int_equal(defs[i].severity, OKB_ERROR);
            assert_span(defs[i].message, "{title}: what changes?", "message");
            assert_true(defs[i].question.n > 0);
        }
        if (okb_span_eq(defs[i].code, OKB_S("OWN006")))
            assert_false(defs[i].is_off);
    }
    okb_review_free(review);
    okb_vec_free(&diags.items);
    okb_arena_reset(&arena);
}

static void mistakes_in_a_table_are_all_told(void **state)
{
    (void)state;
    static const struct {
        const char *text, *column, *part;
        size_t n;
    } rows[] = {
        {"code,severity\nKR010,loud\n", "severity", "loud", 1},
        {"code,message\nKR010,\"{titel} is wrong\"\n", "message", "titel", 1},
        {"code,colour\nKR010,red\n", "colour", "no such column", 1},
        {"severity\nerror\n", "code", "needs this column", 1},
        {"code,weight\nKR010,heavy\n", "weight", "heavy", 1},
        {"code,severity,weight\nKR010,loud,200\nKR011,off,1\n", "weight", "200", 2},
        {"code,covered_by\nKR010,TEAM003 KR999\n", "covered_by", "KR999", 1},
        {"code,severity\nNEW001,info\n", "message", "needs a message", 1},
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        okb_arena arena;
        okb_arena_init(&arena, 0);
        okb_diags diags = {.keep = &arena};
        okb_review *review = NULL;
        assert_int_equal(load(&arena, rows[i].text, &diags, &review), OKB_E_CONFIG);
        assert_null(review);
        assert_int_equal(diags.items.n, rows[i].n);
        const okb_diag *last = &okb_vec_at(&diags.items, okb_diag, diags.items.n - 1);
        assert_span(last->column, rows[i].column, rows[i].text);
        assert_span(last->file, "mine/findings.csv", rows[i].text);
        if (okb_span_find(last->text, okb_span_of(rows[i].part)) == SIZE_MAX)
            fail_msg("row '%s' says '%s'", rows[i].text, last->text.p);
        okb_vec_free(&diags.items);
        okb_arena_reset(&arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(messages_are_filled_from_the_table),
        cmocka_unit_test(a_long_title_is_cut_at_a_word),
        cmocka_unit_test(an_ignore_cell_silences),
        cmocka_unit_test(ignore_cells_that_do_not_do_what_they_say_are_told),
        cmocka_unit_test(the_first_of_many_speaks_for_all),
        cmocka_unit_test(a_lone_finding_speaks_for_itself),
        cmocka_unit_test(what_another_finding_says_better_stands_behind),
        cmocka_unit_test(ranks_are_given_by_team_and_cycle),
        cmocka_unit_test(what_is_over_is_not_for_the_first_sight),
        cmocka_unit_test(teams_are_counted),
        cmocka_unit_test(cancelled_goals_are_not_coached),
        cmocka_unit_test(a_company_changes_words_and_severities_by_code),
        cmocka_unit_test(mistakes_in_a_table_are_all_told),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    build_end();
    return failed;
}
