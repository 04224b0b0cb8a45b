/* What holds for every plan: scores stay between 0 and 1, missing parts never raise one, and the order of rows is nothing. */
#include "score_plan.h"

#define PLANS 300
#define GOALS 24

/* A fixed sequence, so that a failure can be run again. */
static uint32_t pick(uint64_t *seed, uint32_t below)
{
    *seed = *seed * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(*seed >> 33) % below;
}

static const char *one_of(uint64_t *seed, const char *const *words, size_t n)
{
    return words[pick(seed, (uint32_t)n)];
}

#define ONE_OF(seed, words) one_of((seed), (words), COUNT_OF(words))

static void write_goal(uint64_t *seed, uint32_t ix, okb_buf *out)
{
    static const char *const kinds[] = {"objective",  "objective", "key_result", "key_result",
                                        "key_result", "goal",      "initiative"};
    static const char *const ambitions[] = {"", "", "", " ambition=committed", " ambition=learning"};
    static const char *const directions[] = {
        "", "", "", " direction=decrease", " direction=at_least", " direction=milestone", " direction=increase"};
    static const char *const cycles[] = {"", "", "", " cycle=2026-Q2"};
    static const char *const teams[] = {"A", "A", "B", "C"};
    okb_buf_printf(out, "goal G%u kind=%s team=%s%s%s%s", ix, ONE_OF(seed, kinds), ONE_OF(seed, teams),
                   ONE_OF(seed, cycles), ONE_OF(seed, ambitions), ONE_OF(seed, directions));
    if (pick(seed, 3)) {
        okb_buf_printf(out, " parent=G%u", pick(seed, GOALS + 2));
        if (pick(seed, 4) == 0)
            okb_buf_printf(out, ";G%u*%u", pick(seed, GOALS), pick(seed, 3));
    }
    if (pick(seed, 3))
        okb_buf_printf(out, " baseline=%d", (int)pick(seed, 40) - 10);
    if (pick(seed, 4))
        okb_buf_printf(out, " target=%d", (int)pick(seed, 40) - 10);
    if (pick(seed, 3))
        okb_buf_printf(out, " current=%d", (int)pick(seed, 60) - 20);
    if (pick(seed, 4) == 0)
        okb_buf_printf(out, " weight=%u", pick(seed, 4));
    if (pick(seed, 3) == 0)
        okb_buf_printf(out, " progress=%u.%u", pick(seed, 2), pick(seed, 10));
    okb_buf_byte(out, '\n');
}

/* The goals in the given order, then check-ins, whose order among themselves never changes. */
static void write_plan(uint64_t seed, const uint32_t *order, okb_buf *out)
{
    okb_buf goals[GOALS] = {{0}};
    for (uint32_t i = 0; i < GOALS; i++)
        write_goal(&seed, i, &goals[i]);
    out->n = 0;
    okb_buf_printf(out, "cycle 2026-Q2 2026-04-01 2026-06-30\nteam C company\nteam B\n");
    for (uint32_t i = 0; i < GOALS; i++)
        okb_buf_add(out, okb_buf_span(&goals[order[i]]));
    for (uint32_t i = 0; i < 60; i++)
        okb_buf_printf(out, "in G%u 2026-0%u-%02u value=%d confidence=0.%u\n", pick(&seed, GOALS), 4 + pick(&seed, 5),
                       1 + pick(&seed, 28), (int)pick(&seed, 40) - 10, pick(&seed, 10));
    for (uint32_t i = 0; i < GOALS; i++)
        okb_buf_free(&goals[i]);
}

static void assert_between(double value, double low, double high, const char *what, uint64_t seed)
{
    if (!isnan(value) && !(value >= low && value <= high))
        fail_msg("plan %llu: %s is %g", (unsigned long long)seed, what, value);
}

static void scores_stay_between_zero_and_one(void **state)
{
    (void)state;
    static const char *const modes[] = {"", "missing=zero", "missing=block", "threshold.mode=share",
                                        "status.preset=oboard"};
    uint32_t order[GOALS];
    for (uint32_t i = 0; i < GOALS; i++)
        order[i] = i;
    okb_buf text = {0};
    for (uint64_t seed = 1; seed <= PLANS; seed++) {
        write_plan(seed, order, &text);
        okb_plan *plan = plan_of(text.p, modes[seed % COUNT_OF(modes)]);
        for (uint32_t i = 0; i < plan->n_goals; i++) {
            const okb_result *result = &plan->results[i];
            assert_between(result->score, 0, 1, "score", seed);
            assert_between(result->score_missing_zero, 0, 1, "score with missing as zero", seed);
            assert_between(result->expected, 0, 1, "expected", seed);
            assert_between(result->forecast, 0, 1, "forecast", seed);
            assert_between(result->checkin_rate, 0, 1, "check-in rate", seed);
            if (plan->goals[i].kind != OKB_OBJECTIVE)
                assert_near(result->score, okb_score_clip(result->raw), "score is raw clipped");
            assert_int_equal(isnan(result->score), result->band == OKB_BAND_NONE);
            assert_int_equal(isnan(result->score), result->met == OKB_MET_NONE);
            assert_true(result->n_scored <= result->n_parts && result->windows_hit <= result->windows);
        }
        for (uint32_t i = 0; i < plan->n_team_results; i++) {
            const okb_team_result *team = &plan->team_results[i];
            assert_between(team->score, 0, 1, "team", seed);
            if (seed % COUNT_OF(modes) != 2 && !isnan(team->score))
                assert_between(team->score_missing_zero, 0, team->score + 1e-12, "missing as zero above the score",
                               seed);
            assert_true(team->n_scored <= team->n_parts);
        }
    }
    okb_buf_free(&text);
}

static void the_order_of_goals_changes_nothing(void **state)
{
    (void)state;
    static const char *const fields[] = {"score", "raw",    "zero",     "expected", "forecast",
                                         "rate",  "linked", "left_out", "n_parts",  "trend"};
    okb_buf text = {0};
    for (uint64_t seed = 1; seed <= PLANS; seed++) {
        uint32_t order[GOALS];
        double before[GOALS][COUNT_OF(fields)], team_before = NAN, overall_before = NAN;
        for (uint32_t i = 0; i < GOALS; i++)
            order[i] = i;
        for (int round = 0; round < 2; round++) {
            write_plan(seed, order, &text);
            okb_plan *plan = plan_of(text.p, "");
            for (uint32_t i = 0; i < GOALS; i++)
                for (size_t f = 0; f < COUNT_OF(fields); f++) {
                    char name[32];
                    snprintf(name, sizeof name, "G%u.%s", i, fields[f]);
                    double now = look(plan, okb_span_of(name)).number;
                    if (round == 0)
                        before[i][f] = now;
                    else
                        assert_near(now, before[i][f], name);
                }
            const okb_team_result *team = plan->n_team_results ? &plan->team_results[0] : NULL;
            if (round == 1) {
                assert_near(team ? team->score : NAN, team_before, "team");
                assert_near(plan->overall, overall_before, "overall");
            }
            team_before = team ? team->score : NAN;
            overall_before = plan->overall;
            uint64_t shuffle = seed * 77;
            for (uint32_t i = GOALS - 1; i > 0; i--) {
                uint32_t other = pick(&shuffle, i + 1), held = order[i];
                order[i] = order[other];
                order[other] = held;
            }
        }
    }
    okb_buf_free(&text);
}

static int by_value(const void *a, const void *b)
{
    const double *left = a, *right = b;
    return *left < *right ? -1 : *left > *right;
}

static void the_slope_is_the_sorted_middle(void **state)
{
    (void)state;
    okb_buf text = {0};
    for (uint64_t round = 1; round <= PLANS; round++) {
        uint64_t seed = round;
        uint32_t n = 3 + pick(&seed, 9);
        double values[12], slopes[66];
        size_t n_slopes = 0;
        text.n = 0;
        okb_buf_printf(&text, "goal K kind=key_result baseline=0 target=100\n");
        for (uint32_t i = 0; i < n; i++) {
            values[i] = pick(&seed, 5);
            okb_buf_printf(&text, "in K 2026-08-%02u value=%g\n", 1 + i, values[i]);
            for (uint32_t j = 0; j < i; j++)
                slopes[n_slopes++] = (values[i] - values[j]) / (i - j);
        }
        qsort(slopes, n_slopes, sizeof *slopes, by_value);
        double middle = (slopes[(n_slopes - 1) / 2] + slopes[n_slopes / 2]) / 2;
        okb_plan *plan = plan_of(text.p, "");
        assert_near(plan->results[0].weekly_rate, middle * 7, "slope");
    }
    okb_buf_free(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(scores_stay_between_zero_and_one),
        cmocka_unit_test(the_order_of_goals_changes_nothing),
        cmocka_unit_test(the_slope_is_the_sorted_middle),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
