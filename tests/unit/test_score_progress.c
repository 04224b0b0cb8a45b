/* Progress of one goal: raw, score, baselines, thresholds, milestones, stated against computed. */
#include "score_plan.h"

static void raw_is_the_way_gone_in_both_directions(void **state)
{
    (void)state;
    static const plan_row rows[] = {
        {"increase", "goal K kind=key_result baseline=20 target=60 current=30", NULL, "K.raw=0.25 K.score=0.25"},
        {"decrease", "goal K kind=key_result baseline=100 target=60 current=80", NULL,
         "K.raw=0.5 K.score=0.5 K.direction=decrease"},
        {"past the target", "goal K kind=key_result baseline=100 target=60 current=50", NULL,
         "K.raw=1.25 K.score=1 K.band=exceeded"},
        {"on the target", "goal K kind=key_result baseline=100 target=60 current=60", NULL,
         "K.raw=1 K.score=1 K.band=green"},
        {"backwards", "goal K kind=key_result baseline=20 target=60 current=10", NULL, "K.raw=-0.25 K.score=0"},
        {"below zero", "goal K kind=key_result baseline=-10 target=10 current=-5", NULL, "K.raw=0.25"},
        {"no target", "goal K kind=key_result baseline=20 current=30", NULL, "K.raw= K.score= K.band= K.met="},
        {"no current value", "goal K kind=key_result baseline=20 target=30", NULL, "K.raw= K.score= K.zero=0"},
        {"an initiative is measured too", "goal I kind=initiative baseline=0 target=4 current=1", NULL, "I.score=0.25"},
    };
    CHECK_ROWS(rows);
}

static void current_is_the_latest_value_up_to_the_day(void **state)
{
    (void)state;
#define K "goal K kind=key_result baseline=0 target=10 current=9\n"
    static const plan_row rows[] = {
        {"the column where no check-in is", K, NULL, "K.score=0.9"},
        {"a check-in beats the column", K "in K 2026-08-01 value=4", NULL, "K.score=0.4"},
        {"the latest of two", K "in K 2026-08-08 value=5\nin K 2026-08-01 value=4", NULL, "K.score=0.5"},
        {"one on the as-of date", K "in K 2026-08-15 value=6\nin K 2026-08-01 value=4", NULL, "K.score=0.6"},
        {"none after the as-of date", K "in K 2026-08-16 value=6\nin K 2026-08-01 value=4", NULL, "K.score=0.4"},
        {"the later row of a day", K "in K 2026-08-01 value=4\nin K 2026-08-01 value=3", NULL, "K.score=0.3"},
        {"a later one without a value", K "in K 2026-08-01 value=4\nin K 2026-08-08 confidence=0.5", NULL,
         "K.score=0.4"},
        {"only later ones leave the column", K "in K 2026-08-16 value=6", NULL, "K.score=0.9"},
        {"one before the start counts", K "in K 2026-06-20 value=2", NULL, "K.score=0.2"},
    };
#undef K
    CHECK_ROWS(rows);
}

static void a_missing_baseline_is_an_early_check_in_or_zero(void **state)
{
    (void)state;
    /* The quarter has 91 days from start to due: the first tenth ends with 10 July. */
#define K "goal K kind=key_result target=50 current=35 "
    static const plan_row rows[] = {
        {"zero for an increase", K "direction=increase", NULL, "K.score=0.7 K.from=5 K.baseline="},
        {"zero where nothing says the direction", K, NULL, "K.score=0.7 K.direction=increase"},
        {"an early check-in", K "\nin K 2026-07-10 value=20\nin K 2026-08-01 value=35", NULL,
         "K.score=0.5 K.from=4 K.baseline="},
        {"a day late", K "\nin K 2026-07-11 value=20\nin K 2026-08-01 value=35", NULL, "K.score=0.7 K.from=5"},
        {"on the start", K "\nin K 2026-07-01 value=20\nin K 2026-08-01 value=35", NULL, "K.score=0.5"},
        {"not before the start", K "\nin K 2026-06-30 value=10\nin K 2026-07-02 value=20\nin K 2026-08-01 value=35",
         NULL, "K.score=0.5"},
        {"the later row of the first day",
         K "\nin K 2026-07-02 value=10\nin K 2026-07-02 value=20\nin K 2026-08-01 value=35", NULL, "K.score=0.5"},
        {"the first of two early ones",
         K "\nin K 2026-07-02 value=20\nin K 2026-07-09 value=30\nin K 2026-08-01 value=35", NULL, "K.score=0.5"},
        {"the only check-in is the start", K "\nin K 2026-07-02 value=20", NULL, "K.score=0"},
        {"exactly a tenth",
         "goal K kind=key_result target=50 start=2026-07-01 due=2026-07-31\nin K 2026-07-04 value=20", NULL,
         "K.score=0 K.from=4"},
        {"past a tenth", "goal K kind=key_result target=50 start=2026-07-01 due=2026-07-31\nin K 2026-07-05 value=20",
         NULL, "K.score=0.4 K.from=5"},
        {"a wider early part", K "\nin K 2026-07-11 value=20\nin K 2026-08-01 value=35", "baseline.early=0.2",
         "K.score=0.5"},
        {"the column beats an early check-in", K "baseline=30\nin K 2026-07-02 value=20\nin K 2026-08-01 value=35",
         NULL, "K.score=0.25 K.from=1"},
        {"a decrease has no zero", "goal K kind=key_result target=5 current=8 direction=decrease", NULL,
         "K.score= K.from=0"},
        {"but a stated value", "goal K kind=key_result target=5 current=8 direction=decrease progress=0.4", NULL,
         "K.score=0.4 K.raw=0.4 K.is_stated=1"},
        {"a decrease with an early check-in",
         "goal K kind=key_result target=5 direction=decrease progress=0.4\nin K 2026-07-02 value=10\nin K 2026-08-01 "
         "value=8",
         NULL, "K.score=0.4 K.is_stated=0"},
        {"an early check-in tells the direction",
         "goal K kind=key_result target=5\nin K 2026-07-02 value=10\nin K 2026-08-01 value=8", NULL,
         "K.score=0.4 K.direction=decrease"},
        {"a target of zero tells none", "goal K kind=key_result target=0 current=4", NULL, "K.score= K.direction="},
    };
#undef K
    CHECK_ROWS(rows);
}

static void a_target_on_the_baseline_is_met_or_not(void **state)
{
    (void)state;
#define K "goal K kind=key_result baseline=10 target=10 "
    static const plan_row rows[] = {
        {"at it", K "current=10 direction=increase", NULL, "K.raw=1"},
        {"past it", K "current=11 direction=increase", NULL, "K.raw=1 K.band=green"},
        {"short of it", K "current=9 direction=increase", NULL, "K.raw=0"},
        {"down, at it", K "current=10 direction=decrease", NULL, "K.raw=1"},
        {"down, past it", K "current=9 direction=decrease", NULL, "K.raw=1"},
        {"down, short of it", K "current=11 direction=decrease", NULL, "K.raw=0"},
        {"up where nothing is said", K "current=9", NULL, "K.raw=0 K.direction=increase"},
    };
#undef K
    CHECK_ROWS(rows);
}

static void thresholds_are_met_or_not(void **state)
{
    (void)state;
#define LEAST "goal K kind=key_result direction=at_least target=90 "
#define MOST_5 "goal K kind=key_result direction=at_most target=5 "
#define THREE "\nin K 2026-07-20 value=95\nin K 2026-07-27 value=80\nin K 2026-08-03 value=90"
    static const plan_row rows[] = {
        {"on it", LEAST "current=90", NULL, "K.raw=1 K.score=1"},
        {"below it", LEAST "current=89.9", NULL, "K.raw=0 K.score=0"},
        {"above it is not exceeded", LEAST "current=99", NULL, "K.raw=1 K.band=green"},
        {"on it, exclusive", LEAST "current=90", "threshold.inclusive=no", "K.raw=0"},
        {"above it, exclusive", LEAST "current=90.1", "threshold.inclusive=no", "K.raw=1"},
        {"at most, on it", MOST_5 "current=5", NULL, "K.raw=1"},
        {"at most, above it", MOST_5 "current=5.1", NULL, "K.raw=0"},
        {"at most, on it, exclusive", MOST_5 "current=5", "threshold.inclusive=no", "K.raw=0"},
        {"at most, below it, exclusive", MOST_5 "current=4", "threshold.inclusive=no", "K.raw=1"},
        {"the last value", LEAST THREE, NULL, "K.raw=1"},
        {"the share of days", LEAST THREE, "threshold.mode=share", "K.raw=2/3 K.score=2/3"},
        {"the share of days, exclusive", LEAST THREE, "threshold.mode=share;threshold.inclusive=no", "K.raw=1/3"},
        {"the worst day", LEAST THREE, "threshold.mode=worst", "K.raw=0"},
        {"the worst day holds", MOST_5 "\nin K 2026-07-20 value=5\nin K 2026-07-27 value=4", "threshold.mode=worst",
         "K.raw=1"},
        {"a day counts once", LEAST "\nin K 2026-07-20 value=80\nin K 2026-07-20 value=95\nin K 2026-07-27 value=80",
         "threshold.mode=share", "K.raw=0.5"},
        {"share of the column's one value", LEAST "current=95", "threshold.mode=share", "K.raw=1"},
        {"a baseline does not make it a way", LEAST "baseline=80 current=85", NULL, "K.raw=0"},
        {"without a value the stated one", LEAST "progress=0.6", NULL, "K.raw=0.6 K.is_stated=1"},
        {"without a target the stated one", "goal K kind=key_result direction=at_least current=4 score=0.6", NULL,
         "K.raw=0.6"},
    };
#undef LEAST
#undef MOST_5
#undef THREE
    CHECK_ROWS(rows);
}

static void milestones_are_done_or_as_far_as_stated(void **state)
{
    (void)state;
#define M "goal K kind=key_result direction=milestone "
    static const plan_row rows[] = {
        {"done", M "status=done", NULL, "K.raw=1 K.is_stated=0 K.forecast="},
        {"done beats progress", M "status=done progress=0.4", NULL, "K.raw=1"},
        {"progress", M "status=on_track progress=0.4", NULL, "K.raw=0.4 K.is_stated=1"},
        {"progress before score", M "progress=0.4 score=0.9", NULL, "K.raw=0.4"},
        {"score where there is no progress", M "score=0.9", NULL, "K.raw=0.9"},
        {"nothing is zero", M, NULL, "K.raw=0 K.score=0"},
        {"missed is zero", M "status=missed", NULL, "K.raw=0"},
        {"done by a check-in", M "status=on_track\nin K 2026-08-01 status=done", NULL, "K.raw=1"},
        {"done only later", M "\nin K 2026-08-20 status=done", NULL, "K.raw=0"},
        {"the check-in's progress before the row's", M "progress=0.4\nin K 2026-08-01 progress=0.5", NULL, "K.raw=0.5"},
        {"its number reached", M "baseline=0 target=1 current=1", NULL, "K.raw=1"},
        {"its number not reached", M "baseline=0 target=1 current=0", NULL, "K.raw=0"},
    };
#undef M
    CHECK_ROWS(rows);
}

static void learning_and_directional_goals_have_no_score(void **state)
{
    (void)state;
#define K "goal K kind=key_result baseline=0 target=10 current=5 "
    static const plan_row rows[] = {
        {"learning", K "ambition=learning", NULL, "K.score= K.raw= K.left_out=1 K.zero="},
        {"directional", K "ambition=directional score=0.5", NULL, "K.score= K.left_out=1"},
        {"stretch", K "ambition=stretch", NULL, "K.score=0.5 K.left_out=0 K.zero=0.5"},
    };
#undef K
    CHECK_ROWS(rows);
}

static void a_metric_beats_what_is_stated(void **state)
{
    (void)state;
#define K "goal K kind=key_result "
    static const plan_row rows[] = {
        {"the metric", K "baseline=0 target=10 current=5 score=0.9 progress=0.8", NULL,
         "K.raw=0.5 K.is_stated=0 K.stated=0.9"},
        {"score before progress", K "score=0.9 progress=0.8", NULL, "K.raw=0.9 K.is_stated=1"},
        {"progress where there is no score", K "progress=0.8", NULL, "K.raw=0.8"},
        {"a check-in's before the row's", K "score=0.9\nin K 2026-08-01 score=0.6", NULL, "K.raw=0.6"},
        {"the latest check-in's", K "\nin K 2026-08-08 score=0.7\nin K 2026-08-01 score=0.6", NULL, "K.raw=0.7"},
        {"the later row of a day", K "\nin K 2026-08-08 score=0.7\nin K 2026-08-08 score=0.6", NULL, "K.raw=0.6"},
        {"not one after the day", K "score=0.9\nin K 2026-08-16 score=0.6", NULL, "K.raw=0.9"},
        {"the row's score before a check-in's progress", K "score=0.9\nin K 2026-08-01 progress=0.6", NULL,
         "K.raw=0.9"},
        {"a check-in's progress before the row's", K "progress=0.9\nin K 2026-08-01 progress=0.6", NULL, "K.raw=0.6"},
        {"above one", K "progress=1.2", NULL, "K.raw=1.2 K.score=1 K.band=exceeded"},
        {"nothing at all", K, NULL, "K.raw= K.score= K.pace=no_data K.is_stated=0"},
    };
#undef K
    CHECK_ROWS(rows);
}

static void the_last_word_is_the_check_in_s(void **state)
{
    (void)state;
#define K "goal K kind=key_result status=on_track confidence=0.9\n"
    static const plan_row rows[] = {
        {"the row's", K, NULL, "K.confidence=0.9 K.trend= K.last_status=on_track K.checkins=0 K.last_checkin="},
        {"a check-in's", K "in K 2026-08-01 confidence=0.4 status=at_risk comment=slow", NULL,
         "K.confidence=0.4 K.trend= K.last_status=at_risk K.checkins=1 K.last_checkin=2026-08-01 "
         "K.last_comment=slow"},
        {"trend over two", K "in K 2026-08-01 confidence=0.4\nin K 2026-08-08 confidence=0.6", NULL,
         "K.confidence=0.6 K.trend=0.2"},
        {"trend over the three before",
         K "in K 2026-07-10 confidence=0.9\nin K 2026-07-17 confidence=0.1\nin K 2026-07-24 confidence=0.2\n"
           "in K 2026-07-31 confidence=0.3\nin K 2026-08-07 confidence=0.6",
         NULL, "K.trend=0.4 K.checkins=5"},
        {"over the one before by a setting",
         K "in K 2026-07-24 confidence=0.2\nin K 2026-07-31 confidence=0.3\nin K 2026-08-07 confidence=0.6",
         "confidence.before=1", "K.trend=0.3"},
        {"one without a confidence is passed over",
         K "in K 2026-08-01 confidence=0.4\nin K 2026-08-08 value=3\nin K 2026-08-12 confidence=0.6", NULL,
         "K.confidence=0.6 K.trend=0.2 K.checkins=3"},
        {"the later row of a day", K "in K 2026-08-01 confidence=0.4\nin K 2026-08-01 confidence=0.6", NULL,
         "K.confidence=0.6 K.trend="},
        {"none after the day", K "in K 2026-08-01 confidence=0.4\nin K 2026-08-16 confidence=0.6", NULL,
         "K.confidence=0.4 K.checkins=1"},
    };
#undef K
    CHECK_ROWS(rows);
}

static void shared_formulas_stand_alone(void **state)
{
    (void)state;
    assert_near(okb_score_raw(20, 60, 30, OKB_INCREASE), 0.25, "increase");
    assert_near(okb_score_raw(60, 20, 50, OKB_DIRECTION_NONE), 0.25, "no direction");
    assert_near(okb_score_raw(NAN, 90, 90, OKB_AT_LEAST), 1, "at least");
    assert_near(okb_score_raw(NAN, 90, 90, OKB_INCREASE), NAN, "no baseline");
    assert_near(okb_score_raw(0, 1, 1, OKB_MILESTONE), NAN, "a milestone is no metric");
    assert_near(okb_score_raw(0, 1e-320, 1e300, OKB_INCREASE), NAN, "beyond numbers");
    assert_near(okb_score_clip(-0.5), 0, "below");
    assert_near(okb_score_clip(1.5), 1, "above");
    assert_near(okb_score_clip(NAN), NAN, "unknown");
    assert_false(signbit(okb_score_clip(-0.0)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(raw_is_the_way_gone_in_both_directions),
        cmocka_unit_test(current_is_the_latest_value_up_to_the_day),
        cmocka_unit_test(a_missing_baseline_is_an_early_check_in_or_zero),
        cmocka_unit_test(a_target_on_the_baseline_is_met_or_not),
        cmocka_unit_test(thresholds_are_met_or_not),
        cmocka_unit_test(milestones_are_done_or_as_far_as_stated),
        cmocka_unit_test(learning_and_directional_goals_have_no_score),
        cmocka_unit_test(a_metric_beats_what_is_stated),
        cmocka_unit_test(the_last_word_is_the_check_in_s),
        cmocka_unit_test(shared_formulas_stand_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
