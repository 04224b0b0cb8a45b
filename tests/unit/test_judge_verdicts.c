/* The judge's contract: modes agree, limits are errors and no misses, users' mistakes are all told. */
#include "test.h"

#include "okrbook/judge.h"
#include "okrbook/read.h"
#include "okrbook/tables.h"

typedef struct bench {
    okb_arena keep;
    okb_diags diags;
    okb_settings *settings;
    okb_table rules;
} bench;

static okb_table table_of(okb_arena *keep, okb_span bytes, const char *name)
{
    okb_table table;
    okb_err err = {0};
    okb_read_options options = {.encoding = {"UTF-8", 5}, .delimiter = ','};
    assert_int_equal(okb_read_table(bytes, okb_span_of(name), &options, keep, &table, &err), OKB_OK);
    return table;
}

static int setup(void **state)
{
    static bench b;
    memset(&b, 0, sizeof b);
    okb_arena_init(&b.keep, 0);
    b.diags.keep = &b.keep;
    okb_table settings = table_of(&b.keep, okb_builtin_bytes("settings.csv"), "settings.csv");
    b.rules = table_of(&b.keep, okb_builtin_bytes("rules.csv"), "rules.csv");
    okb_err err = {0};
    assert_int_equal(okb_settings_load(&settings, &b.keep, &b.diags, &b.settings, &err), OKB_OK);
    *state = &b;
    return 0;
}

static int teardown(void **state)
{
    bench *b = *state;
    okb_vec_free(&b->diags.items);
    okb_arena_reset(&b->keep);
    return 0;
}

static void set(bench *b, const char *name, const char *value)
{
    okb_err err = {0};
    assert_int_equal(okb_settings_set(b->settings, okb_span_of(name), okb_span_of(value), OKB_S("test"), &err), OKB_OK);
}

static okb_judge *judge_of(bench *b, const okb_table *more)
{
    okb_pack packs[] = {{&b->rules, OKB_S("en")}, {more, OKB_S("en")}};
    okb_judge *judge = NULL;
    okb_err err = {0};
    okb_code code = okb_judge_new(packs, more ? 2 : 1, b->settings, &b->keep, &b->diags, &judge, &err);
    if (code != OKB_OK)
        fail_msg("%s", err.text);
    return judge;
}

static okb_verdict verdict_of(bench *b, okb_judge *judge, const char *text)
{
    okb_statement statement = {
        .text = okb_span_of(text), .start = okb_day_of(2026, 7, 1), .due = okb_day_of(2026, 9, 30), .text_only = true};
    okb_verdict verdict;
    okb_err err = {0};
    assert_int_equal(okb_judge_statement(judge, &statement, &b->keep, &verdict, &err), OKB_OK);
    return verdict;
}

static void numbers_and_days_are_read_from_the_words(void **state)
{
    bench *b = *state;
    okb_judge *judge = judge_of(b, NULL);
    static const struct {
        const char *text;
        double baseline, target;
        okb_direction direction;
        const char *deadline;
    } rows[] = {
        {"Increase NPS from 30 to 50 by end of Q3", 30, 50, OKB_INCREASE, "2026-09-30"},
        {"Grow mid-market ARR from $2M to $3.2M", 2e6, 3.2e6, OKB_INCREASE, ""},
        {"Average response time from 12h to 4h", 12, 4, OKB_DECREASE, ""},
        {"Achieve an onboarding NPS of 55 (currently 38)", 38, 55, OKB_INCREASE, ""},
        {"Reduce setup from 7 steps to 3 steps by September 18", 7, 3, OKB_DECREASE, "2026-09-18"},
        {"Resolve 90% of tickets within 24 hours", NAN, 90, OKB_DIRECTION_NONE, ""},
        {"Reach ISO 27001 certification", NAN, NAN, OKB_DIRECTION_NONE, ""},
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        okb_verdict verdict = verdict_of(b, judge, rows[i].text);
        char day[11];
        okb_day_print(verdict.deadline, day);
        assert_near(verdict.baseline, rows[i].baseline, rows[i].text);
        assert_near(verdict.target, rows[i].target, rows[i].text);
        if (rows[i].direction != OKB_DIRECTION_NONE && verdict.direction != rows[i].direction)
            fail_msg("'%s': %s", rows[i].text, okb_direction_name(verdict.direction));
        if (strcmp(day, rows[i].deadline) != 0)
            fail_msg("'%s': deadline '%s'", rows[i].text, day);
    }
    okb_judge_free(judge);
}

static void every_answer_names_its_rule_and_words(void **state)
{
    bench *b = *state;
    okb_judge *judge = judge_of(b, NULL);
    okb_verdict verdict = verdict_of(b, judge, "Launch redesigned onboarding");
    assert_int_equal(verdict.class_, OKB_OUTPUT);
    assert_int_equal(verdict.measurable, OKB_BINARY);
    assert_true(verdict.suggestion.n > 0);
    bool names_class = false;
    for (uint32_t i = 0; i < verdict.n_evidence; i++)
        names_class |= okb_span_eq(verdict.evidence[i].signal, OKB_S("class")) && verdict.evidence[i].rule.n &&
                       okb_span_eq(verdict.evidence[i].words, OKB_S("Launch"));
    assert_true(names_class);
    assert_int_equal(verdict_of(b, judge, "Improve the experience").vague, OKB_YES);
    assert_int_equal(verdict_of(b, judge, "Improve the experience").measurable, OKB_NO);
    okb_judge_free(judge);
}

static void both_modes_give_the_same_verdicts(void **state)
{
    bench *b = *state;
    okb_table labels = table_of(&b->keep,
                                OKB_S("text\n"
                                      "Cut crash reports per 1,000 meters from 12 to 4\n"
                                      "Hold 9 parent drop-ins by June 22\n"
                                      "Become the best-loved boat company on the coast\n"
                                      "Recruit 2 porters and 1 physio while keeping cost flat\n"
                                      "Double weekly active users within 60 days\n"),
                                "texts");
    set(b, "judge.jit", "on");
    okb_judge *fast = judge_of(b, NULL);
    set(b, "judge.jit", "off");
    set(b, "judge.prefilter", "off");
    okb_judge *slow = judge_of(b, NULL);
    for (size_t row_ix = 1; row_ix < labels.n_rows; row_ix++) {
        const char *text = okb_arena_copy(&b->keep, okb_table_cell(&labels, row_ix, 0)).p;
        okb_verdict x = verdict_of(b, fast, text), y = verdict_of(b, slow, text);
        assert_int_equal(x.class_, y.class_);
        assert_int_equal(x.kind_read, y.kind_read);
        assert_int_equal(x.measurable, y.measurable);
        assert_int_equal(x.timebound, y.timebound);
        assert_int_equal(x.vague, y.vague);
        assert_int_equal(x.compound, y.compound);
        assert_int_equal(x.specific, y.specific);
        assert_near(x.target, y.target, text);
        assert_int_equal(x.n_evidence, y.n_evidence);
    }
    okb_judge_free(fast);
    okb_judge_free(slow);
}

static void a_pattern_at_its_limit_leaves_the_answer_open(void **state)
{
    bench *b = *state;
    okb_table evil =
        table_of(&b->keep,
                 OKB_S("id,signal,weight,applies_to,pattern,message,question,example_hit,example_miss,source\n"
                       "evil.one,hedge,1,,(?:a|aa)+(?:a|aa)+(?:a|aa)+(?<!aaaaa)!,,,aaaa!,bbbb,\n"),
                 "evil.csv");
    set(b, "judge.match_limit", "1000");
    okb_judge *judge = judge_of(b, &evil);
    okb_verdict verdict =
        verdict_of(b, judge, "Raise aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa! from 1 to 2");
    assert_true(verdict.is_undecided);
    assert_false(verdict_of(b, judge, "Raise it from 1 to 2").is_undecided);
    okb_judge_free(judge);
}

static void all_mistakes_of_a_table_are_told_at_once(void **state)
{
    bench *b = *state;
    okb_table mine =
        table_of(&b->keep,
                 OKB_S("id,signal,weight,applies_to,pattern,message,question,example_hit,example_miss,source\n"
                       "my.broken,vague,1,,(unclosed,,,x,y,\n"
                       "my.strange,no_such_signal,1,,x,,,x,y,\n"
                       "my.example,vague,1,,\\bsynergy\\b,,,nothing here,y,\n"),
                 "mine.csv");
    okb_pack packs[] = {{&b->rules, OKB_S("en")}, {&mine, OKB_S("en")}};
    okb_judge *judge = NULL;
    okb_err err = {0};
    assert_int_equal(okb_judge_new(packs, 2, b->settings, &b->keep, &b->diags, &judge, &err), OKB_E_CONFIG);
    bool told[3] = {false};
    for (size_t i = 0; i < b->diags.items.n; i++) {
        const okb_diag *diag = &okb_vec_at(&b->diags.items, okb_diag, i);
        assert_span(diag->file, "mine.csv", "file");
        if (diag->line >= 2 && diag->line <= 4)
            told[diag->line - 2] = true;
    }
    assert_true(told[0] && told[1] && told[2]);
    okb_judge_free(judge);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(numbers_and_days_are_read_from_the_words, setup, teardown),
        cmocka_unit_test_setup_teardown(every_answer_names_its_rule_and_words, setup, teardown),
        cmocka_unit_test_setup_teardown(both_modes_give_the_same_verdicts, setup, teardown),
        cmocka_unit_test_setup_teardown(a_pattern_at_its_limit_leaves_the_answer_open, setup, teardown),
        cmocka_unit_test_setup_teardown(all_mistakes_of_a_table_are_told_at_once, setup, teardown),
    };
    return cmocka_run_group_tests_name("judge verdicts", tests, NULL, NULL);
}
