/* What is answered of a statement: its class and level, compound, the language that judges it; and the two letters from data. */
#include "test.h"

#include "okrbook/judge.h"
#include "okrbook/read.h"
#include "okrbook/tables.h"

enum { PACKS = 4 };

typedef struct bench {
    okb_arena keep;
    okb_diags diags;
    okb_settings *settings;
    okb_table tables[PACKS];
    okb_judge *judge;
} bench;

static const char *const pack_names[PACKS] = {"rules.csv", "rules-de.csv", "rules-es.csv", "rules-fr.csv"};
static const char *const languages[PACKS] = {"en", "de", "es", "fr"};

static okb_table table_of(okb_arena *keep, okb_span bytes, const char *name)
{
    okb_table table;
    okb_err err = {0};
    okb_read_options options = {.encoding = {"UTF-8", 5}, .delimiter = ','};
    assert_int_equal(okb_read_table(bytes, okb_span_of(name), &options, keep, &table, &err), OKB_OK);
    return table;
}

static okb_code start_judge(bench *b, const okb_table *mine, okb_err *err)
{
    okb_pack packs[PACKS + 1];
    for (size_t i = 0; i < PACKS; i++)
        packs[i] = (okb_pack){&b->tables[i], okb_span_of(languages[i])};
    packs[PACKS] = (okb_pack){mine, OKB_S("en")};
    return okb_judge_new(packs, mine ? PACKS + 1 : PACKS, b->settings, &b->keep, &b->diags, &b->judge, err);
}

static int setup(void **state)
{
    static bench b;
    memset(&b, 0, sizeof b);
    okb_arena_init(&b.keep, 0);
    b.diags.keep = &b.keep;
    okb_table settings = table_of(&b.keep, okb_builtin_bytes("settings.csv"), "settings.csv");
    okb_err err = {0};
    assert_int_equal(okb_settings_load(&settings, &b.keep, &b.diags, &b.settings, &err), OKB_OK);
    for (size_t i = 0; i < PACKS; i++)
        b.tables[i] = table_of(&b.keep, okb_builtin_bytes(pack_names[i]), pack_names[i]);
    if (start_judge(&b, NULL, &err) != OKB_OK)
        fail_msg("%s", err.text);
    *state = &b;
    return 0;
}

static int teardown(void **state)
{
    bench *b = *state;
    okb_judge_free(b->judge);
    okb_vec_free(&b->diags.items);
    okb_arena_reset(&b->keep);
    return 0;
}

static okb_verdict verdict_in(bench *b, const char *text, const char *language)
{
    okb_statement statement = {.text = okb_span_of(text),
                               .start = OKB_DAY_NONE,
                               .due = OKB_DAY_NONE,
                               .text_only = true,
                               .language = okb_span_of(language)};
    okb_verdict verdict;
    okb_err err = {0};
    assert_int_equal(okb_judge_statement(b->judge, &statement, &b->keep, &verdict, &err), OKB_OK);
    return verdict;
}

static void class_and_level_are_read_from_the_words(void **state)
{
    static const struct {
        const char *text;
        okb_class class_;
        okb_kind kind;
    } rows[] = {
        /* a metric and its value, whatever its first word looks like */
        {"Cleaning complaints: fewer than 6", OKB_OUTCOME, OKB_KEY_RESULT},
        {"Average response time under 2 h", OKB_OUTCOME, OKB_KEY_RESULT},
        {"Pick rate from 88 to 110 lines per hour", OKB_OUTCOME, OKB_KEY_RESULT},
        {"Time to hire for engineers from 74 to 50 days", OKB_OUTCOME, OKB_KEY_RESULT},
        {"Planning applications decided within 8 weeks", OKB_OUTCOME, OKB_KEY_RESULT},
        {"No pressure sores acquired on the ward", OKB_OUTCOME, OKB_KEY_RESULT},
        {"Deliver 15% growth in repeat orders", OKB_OUTCOME, OKB_KEY_RESULT},
        {"60% of sign-ups finish onboarding", OKB_OUTCOME, OKB_KEY_RESULT},
        /* what is counted decides, not the verb */
        {"Increase the number of features shipped from 3 to 5", OKB_OUTPUT, OKB_KEY_RESULT},
        {"Case studies published: 12", OKB_OUTPUT, OKB_INITIATIVE},
        {"Workshops held: 8", OKB_ACTIVITY, OKB_INITIATIVE},
        {"Hold 12 workshops", OKB_ACTIVITY, OKB_INITIATIVE},
        {"Hold 12 workshops by 3 May", OKB_ACTIVITY, OKB_GOAL},
        {"Hire and train 12 support agents", OKB_OUTPUT, OKB_INITIATIVE},
        {"Sign up 40 schools", OKB_OUTCOME, OKB_KEY_RESULT},
        {"Sign 30 new fish farms", OKB_OUTCOME, OKB_KEY_RESULT},
        {"Sign up 12 volunteers", OKB_OUTPUT, OKB_INITIATIVE},
        {"Sign the lease", OKB_OUTPUT, OKB_INITIATIVE},
        {"Runbooks exist for every tier-1 service", OKB_OUTPUT, OKB_KEY_RESULT},
        /* how good something is to be, and no thing to finish */
        {"A product people rave about", OKB_OUTCOME, OKB_OBJECTIVE},
        {"Build an email programme that converts", OKB_OUTCOME, OKB_OBJECTIVE},
        {"A safe, clean and welcoming town centre", OKB_OUTCOME, OKB_OBJECTIVE},
        {"Sleep better", OKB_OUTCOME, OKB_OBJECTIVE},
        {"Build a customer data platform", OKB_OUTPUT, OKB_INITIATIVE},
        /* the text's own word for its level wins */
        {"KR2: Introduce audio guides by 3 August", OKB_OUTPUT, OKB_KEY_RESULT},
        {"Objective - Reach 40 members", OKB_OUTCOME, OKB_OBJECTIVE},
        {"Goal 2: Reach 40 members", OKB_OUTCOME, OKB_GOAL},
        {"Action: coach the night crew", OKB_ACTIVITY, OKB_INITIATIVE},
        {"I want to cook more", OKB_ACTIVITY, OKB_GOAL},
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        okb_verdict v = verdict_in(*state, rows[i].text, "");
        if (v.class_ != rows[i].class_ || v.kind_read != rows[i].kind)
            fail_msg("'%s' is read as %s, %s", rows[i].text, okb_class_name(v.class_), okb_kind_name(v.kind_read));
    }
}

static void two_results_are_told_from_one(void **state)
{
    static const struct {
        const char *text;
        okb_answer compound;
    } rows[] = {
        {"Hire two porters and one cook", OKB_YES},
        {"Cut bed-blocking days by 20% and lift approval to 88%", OKB_YES},
        {"Send fortnightly bulletins, reply rate >6%", OKB_YES},
        {"Publish the donor report online and get 1,500 downloads", OKB_YES},
        {"Ship dark mode + 3 new themes", OKB_YES},
        {"Attract and keep top talent", OKB_YES},
        {"Vacancy rate 9% to 5%; arrears from £88k to £50k", OKB_YES},
        {"Grow gross profit 8% while keeping returns under 3%", OKB_YES},
        {"Design, build and test the new portal", OKB_NO},
        {"Build the app and launch it", OKB_NO},
        {"Improve quality of care through training and audits", OKB_NO},
        {"Write a paper or give a talk", OKB_NO},
        {"A homely, quiet and cheerful ward", OKB_NO},
        {"20 new customers, 5 of them in Asia", OKB_NO},
        {"Increase fill rate from 83% to 91%", OKB_NO},
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++)
        if (verdict_in(*state, rows[i].text, "").compound != rows[i].compound)
            fail_msg("'%s': not %s", rows[i].text, okb_answer_name(rows[i].compound));
}

static void one_pack_judges_a_statement(void **state)
{
    static const struct {
        const char *text, *wanted, *language;
    } rows[] = {
        {"Raise repeat visits to 30% by the end of the year", "", "en"},
        {"Die Wartezeit von 12 auf 6 Tage senken", "", "de"},
        {"Augmenter le taux de réponse de 20 % à 35 % avant la fin du trimestre", "", "fr"},
        {"Reducir las quejas de los clientes un 20 % antes de fin de año", "", "es"},
        /* foreign names in an English sentence do not move it; nothing to tell by is English */
        {"Grow sales of the Schlosshotel by 20% in the spring", "", "en"},
        {"NPS 18 -> 33", "", "en"},
        {"", "", "en"},
        /* the language that is asked for wins, and one that nobody knows is told from the text */
        {"NPS 18 -> 33", "de", "de"},
        {"Die Wartezeit von 12 auf 6 Tage senken", "xx", "de"},
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++)
        assert_span(verdict_in(*state, rows[i].text, rows[i].wanted).language, rows[i].language, rows[i].text);
}

static void mistakes_of_one_table_are_told_in_one_run(void **state)
{
    bench *b = *state;
    okb_table mine =
        table_of(&b->keep,
                 OKB_S("id,signal,weight,applies_to,pattern,message,question,example_hit,example_miss,source\n"
                       "my.fine,undefined,1,,\\bsynergi\\w+,,,Use synergies,Use the van,\n"
                       "my.broken,undefined,1,,(unclosed,,,x,y,\n"
                       "my.family,no_such_family,1,,x,,,x,y,\n"
                       "my.weight,undefined,heavy,,x,,,x,y,\n"
                       "my.kind,undefined,1,vision,x,,,x,y,\n"
                       "my.part,undefined,1,,{{no_such_part}},,,x,y,\n"
                       "my.example,undefined,1,,\\bsynergy\\b,,,nothing here,y,\n"
                       "my.fine,undefined,1,,twice,,,twice,once,\n"),
                 "mine.csv");
    okb_judge *before = b->judge;
    okb_err err = {0};
    assert_int_equal(start_judge(b, &mine, &err), OKB_E_CONFIG);
    b->judge = before;
    bool told[10] = {false};
    for (size_t i = 0; i < b->diags.items.n; i++) {
        const okb_diag *diag = &okb_vec_at(&b->diags.items, okb_diag, i);
        assert_span(diag->file, "mine.csv", "file");
        assert_true(diag->line < COUNT_OF(told));
        told[diag->line] = true;
    }
    assert_false(told[2]);
    for (uint32_t line = 3; line <= 9; line++)
        if (!told[line])
            fail_msg("nothing is said of line %u", line);
}

/* ---- the letters from data ------------------------------------------------------------------------------------- */

/* A key result of a quarter, half way through, that says nothing about itself. */
static void blank(okb_goal *goal, okb_result *result)
{
    *goal = (okb_goal){.kind = OKB_KEY_RESULT,
                       .level = OKB_TEAM,
                       .title = OKB_S("Sign-ups"),
                       .start = okb_day_of(2026, 7, 1),
                       .due = okb_day_of(2026, 9, 30),
                       .parent_ix = OKB_NONE,
                       .baseline = NAN,
                       .target = NAN,
                       .current = NAN};
    *result = (okb_result){.score = NAN,
                           .gap = NAN,
                           .baseline = NAN,
                           .target = NAN,
                           .current = NAN,
                           .weekly_rate = NAN,
                           .as_of = okb_day_of(2026, 8, 15)};
}

typedef struct letters_case {
    double baseline, target, current, weekly_rate, score, history;
    const char *unit;
    okb_kind kind;
    okb_day as_of;
    okb_met met;
    okb_answer achievable;
    const char *reason; /* a part of it */
} letters_case;

static okb_verdict letters_of(bench *b, okb_goal *goal, okb_result *result, double history)
{
    okb_cycle cycles[] = {{.name = OKB_S("2026-Q2"), .previous_ix = OKB_NONE}, {.name = OKB_S("2026-Q3")}};
    okb_team teams[] = {{.name = OKB_S("Web"), .parent_ix = OKB_NONE}};
    okb_team_result past[] = {{.score = history}};
    okb_verdict verdict = {0};
    okb_err err = {0};
    goal->cycle_ix = 1;
    okb_plan plan = {.goals = goal,
                     .n_goals = 1,
                     .teams = teams,
                     .n_teams = 1,
                     .cycles = cycles,
                     .n_cycles = 2,
                     .results = result,
                     .verdicts = &verdict,
                     .team_results = past,
                     .n_team_results = isnan(history) ? 0u : 1u};
    assert_int_equal(okb_judge_letters(b->judge, &plan, &b->keep, &err), OKB_OK);
    return verdict;
}

static void achievable_rests_on_data_alone(void **state)
{
    bench *b = *state;
    const letters_case rows[] = {
        {NAN, NAN, NAN, NAN, NAN, NAN, "", OKB_KEY_RESULT, 0, 0, OKB_UNKNOWN, "no check-ins"},
        {NAN, NAN, NAN, NAN, NAN, NAN, "", OKB_OBJECTIVE, 0, 0, OKB_UNKNOWN, "key results and goals only"},
        {20, 30, NAN, NAN, NAN, NAN, "%", OKB_KEY_RESULT, 0, 0, OKB_YES, "headroom"},
        {20, 99, NAN, NAN, NAN, NAN, "%", OKB_KEY_RESULT, 0, 0, OKB_NO, "headroom"},
        {20, 130, NAN, NAN, NAN, NAN, "%", OKB_KEY_RESULT, 0, 0, OKB_NO, "outside the scale"},
        {10, 10000, NAN, NAN, NAN, NAN, "", OKB_KEY_RESULT, 0, 0, OKB_NO, "times"},
        {10, 20, 15, 1, 0.5, NAN, "", OKB_KEY_RESULT, 0, 0, OKB_YES, "moves 1 a week"},
        {10, 200, 15, 1, 0.03, NAN, "", OKB_KEY_RESULT, 0, 0, OKB_NO, "moves 1 a week"},
        {10, 20, 8, -1, 0, NAN, "", OKB_GOAL, 0, 0, OKB_NO, "moves -1 a week"},
        {NAN, NAN, NAN, NAN, NAN, 0.9, "", OKB_KEY_RESULT, 0, 0, OKB_YES, "scored 0.90"},
        {NAN, NAN, NAN, NAN, NAN, 0.05, "", OKB_KEY_RESULT, 0, 0, OKB_NO, "scored 0.05"},
        {10, 20, 14, NAN, 0.4, NAN, "", OKB_KEY_RESULT, 20800, 0, OKB_NO, "not reached by the due date: 40%"},
        {NAN, NAN, NAN, NAN, NAN, NAN, "", OKB_KEY_RESULT, 20800, 0, OKB_UNKNOWN, "there is no score"},
        {10, 20, 21, NAN, 1, NAN, "", OKB_KEY_RESULT, 0, OKB_MET_YES, OKB_YES, "reached"},
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        okb_goal goal;
        okb_result result;
        blank(&goal, &result);
        goal.kind = rows[i].kind;
        goal.unit = okb_span_of(rows[i].unit);
        result.baseline = goal.baseline = rows[i].baseline;
        result.target = goal.target = rows[i].target;
        result.current = rows[i].current;
        result.weekly_rate = rows[i].weekly_rate;
        result.score = rows[i].score;
        result.met = rows[i].met;
        goal.baseline_origin = isnan(rows[i].baseline) ? OKB_FROM_NOWHERE : OKB_FROM_COLUMN;
        if (rows[i].as_of)
            result.as_of = rows[i].as_of;
        okb_verdict v = letters_of(b, &goal, &result, rows[i].history);
        if (v.achievable != rows[i].achievable ||
            okb_span_find(v.achievable_reason, okb_span_of(rows[i].reason)) == SIZE_MAX)
            fail_msg("case %zu: %s, because '%.*s'", i, okb_answer_name(v.achievable), OKB_FMT(v.achievable_reason));
    }
}

static void relevant_rests_on_links_alone(void **state)
{
    bench *b = *state;
    okb_goal goals[4];
    okb_result results[4];
    okb_verdict verdicts[4];
    okb_err err = {0};
    okb_cycle cycles[] = {{.name = OKB_S("2026-Q3"), .previous_ix = OKB_NONE}};
    okb_team teams[] = {{.name = OKB_S("Web"), .parent_ix = OKB_NONE}};
    okb_link link = {.goal_ix = OKB_NONE};
    memset(verdicts, 0, sizeof verdicts);
    for (size_t i = 0; i < COUNT_OF(goals); i++)
        blank(&goals[i], &results[i]);
    goals[0].level = OKB_COMPANY;
    results[1].is_linked = true;
    goals[2].links = &link;
    goals[2].n_links = 1;
    okb_plan plan = {.goals = goals,
                     .n_goals = COUNT_OF(goals),
                     .teams = teams,
                     .n_teams = 1,
                     .cycles = cycles,
                     .n_cycles = 1,
                     .results = results,
                     .verdicts = verdicts};
    static const struct {
        okb_answer relevant;
        const char *reason;
    } rows[] = {{OKB_YES, "a goal of the company itself"},
                {OKB_YES, "a path of parents reaches a company objective"},
                {OKB_NO, "its parents reach no company objective"},
                {OKB_NO, "it has no parent"}};
    assert_int_equal(okb_judge_letters(b->judge, &plan, &b->keep, &err), OKB_OK);
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        assert_int_equal(verdicts[i].relevant, rows[i].relevant);
        assert_span(verdicts[i].relevant_reason, rows[i].reason, "reason");
    }
    goals[3].is_in_circle = true;
    assert_int_equal(okb_judge_letters(b->judge, &plan, &b->keep, &err), OKB_OK);
    assert_span(verdicts[3].relevant_reason, "its parents form a circle", "reason");
    goals[0].level = OKB_TEAM;
    assert_int_equal(okb_judge_letters(b->judge, &plan, &b->keep, &err), OKB_OK);
    assert_int_equal(verdicts[1].relevant, OKB_UNKNOWN);
    assert_span(verdicts[1].relevant_reason, "there are no company goals in the input", "reason");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(class_and_level_are_read_from_the_words, setup, teardown),
        cmocka_unit_test_setup_teardown(two_results_are_told_from_one, setup, teardown),
        cmocka_unit_test_setup_teardown(one_pack_judges_a_statement, setup, teardown),
        cmocka_unit_test_setup_teardown(mistakes_of_one_table_are_told_in_one_run, setup, teardown),
        cmocka_unit_test_setup_teardown(achievable_rests_on_data_alone, setup, teardown),
        cmocka_unit_test_setup_teardown(relevant_rests_on_links_alone, setup, teardown),
    };
    return cmocka_run_group_tests_name("answers", tests, NULL, NULL);
}
