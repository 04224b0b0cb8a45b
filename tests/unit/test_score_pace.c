/* Expected progress, bands, success, met, pace, and the status words of other products. */
#include "score_plan.h"

static void bands_are_told_after_rounding_half_up(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        double score, raw;
        okb_band band;
    } rows[] = {
        {"none", NAN, NAN, OKB_BAND_NONE},
        {"zero", 0, 0, OKB_RED},
        {"red", 0.30, 0.30, OKB_RED},
        {"red by rounding", 0.304, 0.304, OKB_RED},
        {"amber by rounding", 0.305, 0.305, OKB_AMBER},
        {"amber", 0.31, 0.31, OKB_AMBER},
        {"below green", 0.694, 0.694, OKB_AMBER},
        {"green by rounding", 0.695, 0.695, OKB_GREEN},
        {"green", 0.70, 0.70, OKB_GREEN},
        {"full", 1, 1, OKB_GREEN},
        {"exceeded", 1, 1.01, OKB_EXCEEDED},
        {"a roll-up has no raw", 0.5, NAN, OKB_AMBER},
    };
    okb_arena arena;
    okb_arena_init(&arena, 0);
    const okb_settings *settings = settings_of(&arena, "");
    for (size_t i = 0; i < COUNT_OF(rows); i++)
        if (okb_score_band(rows[i].score, rows[i].raw, settings) != rows[i].band)
            fail_msg("row '%s': %s", rows[i].name, okb_band_name(okb_score_band(rows[i].score, rows[i].raw, settings)));
    settings = settings_of(&arena, "band.red=0.4;band.green=0.8");
    assert_int_equal(okb_score_band(0.4, 0.4, settings), OKB_RED);
    assert_int_equal(okb_score_band(0.79, 0.79, settings), OKB_AMBER);
    assert_int_equal(okb_score_band(0.80, 0.80, settings), OKB_GREEN);
    okb_arena_reset(&arena);
}

static void bands_that_overlap_are_a_mistake_in_the_settings(void **state)
{
    (void)state;
    okb_plan *plan = plan_of("goal K kind=key_result progress=0.5", "");
    okb_arena arena;
    okb_arena_init(&arena, 0);
    static const char *const sets[] = {"band.red=0.7;band.green=0.7", "status.preset=viva;preset.viva=whatever",
                                       "status.preset=viva;preset.viva=gap <=x On track, At risk",
                                       "status.preset=viva;preset.viva=gap <=0 On track, <=0.2 Behind",
                                       "status.preset=viva;preset.viva=gap On track, At risk"};
    for (size_t i = 0; i < COUNT_OF(sets); i++) {
        okb_err err = {0};
        if (okb_score_plan(plan, settings_of(&arena, sets[i]), &arena, &err) != OKB_E_CONFIG || err.text[0] == 0)
            fail_msg("'%s' is taken", sets[i]);
    }
    okb_arena_reset(&arena);
}

static void expected_is_the_time_gone_by(void **state)
{
    (void)state;
#define K(start, due) "goal K kind=key_result start=" start " due=" due " progress=0.5"
    static const plan_row rows[] = {
        {"half", K("2026-08-05", "2026-08-25"), NULL, "K.expected=0.5 K.gap=0"},
        {"first day", K("2026-08-15", "2026-08-25"), NULL, "K.expected=0"},
        {"before", K("2026-08-20", "2026-08-25"), NULL, "K.expected=0 K.pace=too_early"},
        {"last day", K("2026-08-05", "2026-08-15"), NULL, "K.expected=1"},
        {"after", K("2026-08-01", "2026-08-10"), NULL, "K.expected=1"},
        {"one day, before it", K("2026-08-16", "2026-08-16"), NULL, "K.expected=0"},
        {"one day, on it", K("2026-08-15", "2026-08-15"), NULL, "K.expected=1 K.met=pending"},
        {"one day, after it", K("2026-08-14", "2026-08-14"), NULL, "K.expected=1 K.met=no"},
        {"due before start, before it", K("2026-08-30", "2026-08-16"), NULL, "K.expected=0"},
        {"due before start, after it", K("2026-08-30", "2026-08-10"), NULL, "K.expected=1"},
        {"the cycle's days", "goal K kind=key_result", NULL, "K.start=2026-07-01 K.due=2026-09-30 K.expected=45/91"},
        {"an objective's too", "goal O kind=objective", NULL, "O.expected=45/91"},
    };
#undef K
    CHECK_ROWS(rows);
}

static void pace_takes_the_first_that_holds(void **state)
{
    (void)state;
/* Half of the time has gone by. */
#define K "goal K kind=key_result start=2026-08-05 due=2026-08-25 "
#define G "goal K kind=goal start=2026-08-05 due=2026-08-25 "
#define OVER "goal K kind=key_result start=2026-08-01 due=2026-08-14 "
    static const plan_row rows[] = {
        {"ahead", K "progress=0.9", NULL, "K.pace=on_track"},
        {"a little behind", K "progress=0.45", NULL, "K.pace=on_track"},
        {"behind", K "progress=0.44", NULL, "K.pace=at_risk"},
        {"a quarter behind", K "progress=0.25", NULL, "K.pace=at_risk"},
        {"far behind", K "progress=0.24", NULL, "K.pace=off_track"},
        {"done at any time", K "progress=1", NULL, "K.pace=done K.met=yes"},
        {"done too early", "goal K kind=key_result start=2026-08-14 due=2026-12-31 progress=1.1", NULL,
         "K.pace=done K.met=yes"},
        {"success is not done", K "progress=0.7", NULL, "K.pace=on_track K.met=yes"},
        {"no data", K, NULL, "K.pace=no_data K.met="},
        {"no data after the due date", OVER, NULL, "K.pace=no_data K.met= K.postmortem=0"},
        {"success after the due date", OVER "progress=0.7", NULL, "K.pace=done K.met=yes"},
        {"success by rounding", OVER "progress=0.695", NULL, "K.pace=done K.met=yes"},
        {"none after the due date", OVER "progress=0.694", NULL, "K.pace=missed K.met=no K.postmortem=0"},
        {"committed needs it all", OVER "ambition=committed progress=0.999", NULL,
         "K.pace=missed K.met=no K.postmortem=1"},
        {"committed has it all", OVER "ambition=committed progress=1", NULL, "K.pace=done K.met=yes K.postmortem=0"},
        {"a goal is committed", G "progress=0.9", NULL, "K.met=pending K.ambition=committed K.postmortem=0"},
        {"a stretch goal", G "ambition=stretch progress=0.9", NULL, "K.met=yes"},
        {"on the due date", "goal K kind=key_result start=2026-08-01 due=2026-08-15 progress=0.6", NULL,
         "K.pace=off_track K.met=pending"},
        {"a tenth of the time", "goal K kind=key_result start=2026-08-13 due=2026-09-02 progress=0", NULL,
         "K.expected=0.1 K.pace=at_risk"},
        {"less than a tenth", "goal K kind=key_result start=2026-08-13 due=2026-09-03 progress=0", NULL,
         "K.pace=too_early"},
        {"a wider early part", "goal K kind=key_result start=2026-08-13 due=2026-09-02 progress=0",
         "pace.too_early=0.2", "K.pace=too_early"},
        {"other gaps", K "progress=0.44", "pace.on_track=0.06", "K.pace=on_track"},
        {"other gaps beyond", K "progress=0.3", "pace.at_risk=0.1", "K.pace=off_track"},
        {"a looser commitment", OVER "ambition=committed progress=0.95", "success.committed=0.95", "K.met=yes"},
        {"an objective",
         "goal K kind=objective start=2026-08-05 due=2026-08-25\ngoal L kind=key_result parent=K "
         "progress=0.2",
         NULL, "K.pace=off_track K.band=red K.met=pending K.gap=0.3 K.ambition=stretch"},
    };
#undef K
#undef G
#undef OVER
    CHECK_ROWS(rows);
}

static void presets_give_the_products_words(void **state)
{
    (void)state;
    static const struct {
        double expected, score;
        const char *viva, *engagedly, *upraise, *oboard, *mooncamp;
    } rows[] = {
        {0.70, 0.50, "Behind", "Behind", "At risk", "On track", "Progressing"},
        {0.50, 0.45, "Behind", "On track", "Lagging", "On track", "On track"},
        {0.20, 0.05, "Behind", "On track", "At risk", "At risk", "Off track"},
        {0.90, 0.72, "Behind", "Behind", "Lagging", "On track", "Progressing"},
        {0.50, 0.50, "On track", "On track", "On track", "On track", "On track"},
        {0.50, 0.25, "Behind", "Behind", "At risk", "Behind", "Off track"},
        {0.50, 0.24, "At risk", "Behind", "At risk", "Behind", "Off track"},
        {0.80, 0.47, "At risk", "Behind", "At risk", "Behind", "Off track"},
        {0.80, 0.46, "At risk", "At risk", "At risk", "Behind", "Off track"},
        {0.80, 0.60, "Behind", "Behind", "At risk", "On track", "Progressing"},
        {0.00, 0.00, "On track", "On track", "On track", "On track", "On track"},
        {0.60, 0.00, "At risk", "At risk", "At risk", "At risk", "Off track"},
    };
    okb_arena arena;
    okb_arena_init(&arena, 0);
    const okb_settings *settings = settings_of(&arena, "");
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        char row[64];
        snprintf(row, sizeof row, "%g of %g", rows[i].score, rows[i].expected);
#define WORDS(preset) okb_score_preset_status(OKB_S(preset), rows[i].score, rows[i].expected, settings)
        assert_span(WORDS("viva"), rows[i].viva, row);
        assert_span(WORDS("engagedly"), rows[i].engagedly, row);
        assert_span(WORDS("upraise"), rows[i].upraise, row);
        assert_span(WORDS("oboard"), rows[i].oboard, row);
        assert_span(WORDS("mooncamp"), rows[i].mooncamp, row);
#undef WORDS
    }
    assert_span(okb_score_preset_status(OKB_S("viva"), NAN, 0.5, settings), "", "no score");
    assert_span(okb_score_preset_status(OKB_S("okrbook"), 0.5, 0.5, settings), "", "no product");
    settings = settings_of(&arena, "preset.viva=ratio >0.5 Fine, <0.1 Dead, Slow");
    assert_span(okb_score_preset_status(OKB_S("viva"), 0.2, 0.5, settings), "Slow", "own rule");
    assert_span(okb_score_preset_status(OKB_S("viva"), 0.01, 0.5, settings), "Dead", "own rule");
    okb_arena_reset(&arena);
}

static void the_goals_that_products_disagree_about_come_first(void **state)
{
    (void)state;
/* Half of the period has gone by. */
#define G(id, rest) "goal " id " kind=key_result start=2026-08-05 due=2026-08-25 " rest "\n"
    const okb_plan *plan =
        plan_of(G("SAME", "progress=0.5") G("ODD", "progress=0.3") G("FULL", "progress=1")
                    G("NONE", "") "goal I kind=initiative start=2026-08-05 due=2026-08-25 progress=0.3",
                "");
    assert_int_equal(plan->n_comparisons, 2);
    assert_span(plan->goals[plan->comparisons[0].goal_ix].id, "ODD", "first");
    static const char *const products[] = {"Viva Goals", "Engagedly", "UpRaise", "Oboard", "Mooncamp"};
    static const char *const words[] = {"Behind", "Behind", "At risk", "Behind", "Off track"};
    for (int i = 0; i < OKB_PRODUCTS; i++) {
        assert_span(plan->products[i], products[i], "product");
        assert_span(plan->comparisons[0].words[i], words[i], products[i]);
        assert_span(plan->comparisons[1].words[i], "On track", products[i]);
    }
    plan = plan_of(G("SAME", "progress=0.5") G("ODD", "progress=0.3"), "preset.compared=1");
    assert_int_equal(plan->n_comparisons, 1);
#undef G
}

static void a_preset_tells_the_pace(void **state)
{
    (void)state;
#define K "goal K kind=key_result start=2026-08-05 due=2026-08-25 "
    static const plan_row rows[] = {
        {"own", K "progress=0.45", "status.preset=okrbook", "K.pace=on_track"},
        {"viva, behind", K "progress=0.45", "status.preset=viva", "K.pace=at_risk"},
        {"viva, at risk", K "progress=0.24", "status.preset=viva", "K.pace=off_track"},
        {"oboard, on track", K "progress=0.35", "status.preset=oboard", "K.pace=on_track"},
        {"upraise, lagging", K "progress=0.45", "status.preset=upraise", "K.pace=at_risk"},
        {"engagedly, behind", K "progress=0.3", "status.preset=engagedly", "K.pace=at_risk"},
        {"mooncamp, off track", K "progress=0.3", "status.preset=mooncamp", "K.pace=off_track"},
        {"done stays done", K "progress=1", "status.preset=mooncamp", "K.pace=done"},
        {"too early stays too early", "goal K kind=key_result start=2026-08-14 due=2026-12-31 progress=0",
         "status.preset=mooncamp", "K.pace=too_early"},
        {"missed stays missed", "goal K kind=key_result start=2026-08-01 due=2026-08-14 progress=0.6",
         "status.preset=mooncamp", "K.pace=missed"},
    };
#undef K
    CHECK_ROWS(rows);
}

static void targets_on_the_way_bend_what_is_expected(void **state)
{
    (void)state;
/* 20 days from the start to the due date, half of them gone by. */
#define K "goal K kind=key_result start=2026-08-05 due=2026-08-25 baseline=0 target=100 direction=increase "
    static const plan_row rows[] = {
        {"none", K "current=20", NULL, "K.expected=0.5 K.pace=off_track"},
        {"before one", K "current=20 phase=2026-08-20:30", NULL, "K.expected=0.2 K.gap=0 K.pace=on_track"},
        {"on its day", K "current=20 phase=2026-08-15:30", NULL, "K.expected=0.3 K.pace=at_risk"},
        {"after one", K "current=20 phase=2026-08-10:70", NULL, "K.expected=0.8 K.pace=off_track"},
        {"between two", K "current=20 phase=2026-08-13:10 phase=2026-08-18:60", NULL, "K.expected=0.3"},
        {"downwards",
         "goal K kind=key_result start=2026-08-05 due=2026-08-25 baseline=100 target=60 direction=decrease "
         "current=90 phase=2026-08-15:90",
         NULL, "K.expected=0.25 K.score=0.25 K.pace=on_track"},
        {"nothing below nothing", K "current=20 phase=2026-08-15:-30", NULL, "K.expected=0"},
        {"nor above all", K "current=20 phase=2026-08-15:130", NULL, "K.expected=1"},
        {"outside the period", K "current=20 phase=2026-08-05:90 phase=2026-08-25:10", NULL, "K.expected=0.5"},
        {"without a start counted from",
         "goal K kind=key_result start=2026-08-05 due=2026-08-25 target=100 direction=decrease progress=0.2 "
         "phase=2026-08-15:90",
         NULL, "K.expected=0.5"},
        {"a line to hold has no way",
         "goal K kind=key_result start=2026-08-05 due=2026-08-25 baseline=0 target=100 direction=at_least current=20 "
         "phase=2026-08-15:30",
         NULL, "K.expected=0.5"},
        {"too early is told by the days", K "current=0 phase=2026-08-15:1", NULL, "K.expected=0.01 K.pace=on_track"},
        {"after the due date", "as_of 2026-08-26\n" K "current=20 phase=2026-08-15:30", NULL, "K.expected=1"},
        {"the team's mean",
         K "current=20 phase=2026-08-15:30\ngoal G kind=goal progress=0.5 start=2026-08-05 due=2026-08-25", NULL,
         "team.A.expected=0.4"},
    };
#undef K
    CHECK_ROWS(rows);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bands_are_told_after_rounding_half_up),
        cmocka_unit_test(bands_that_overlap_are_a_mistake_in_the_settings),
        cmocka_unit_test(expected_is_the_time_gone_by),
        cmocka_unit_test(pace_takes_the_first_that_holds),
        cmocka_unit_test(presets_give_the_products_words),
        cmocka_unit_test(the_goals_that_products_disagree_about_come_first),
        cmocka_unit_test(a_preset_tells_the_pace),
        cmocka_unit_test(targets_on_the_way_bend_what_is_expected),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
