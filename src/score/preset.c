/*
 * The status words of other products, from the rules that they document. A rule is a setting of its own
 * (preset.viva ...): what is measured, then the steps from the best word to the worst.
 */
#include "internal.h"
#include "okrbook/score.h"

#include <math.h>
#include <stdlib.h>

static const struct {
    const char *name, *title, *setting;
} products[OKB_PRODUCTS] = {
    {"viva", "Viva Goals", "preset.viva"},       {"engagedly", "Engagedly", "preset.engagedly"},
    {"upraise", "UpRaise", "preset.upraise"},    {"oboard", "Oboard", "preset.oboard"},
    {"mooncamp", "Mooncamp", "preset.mooncamp"},
};

static okb_compare compare_cut(okb_span *text)
{
    okb_compare compare = OKB_COMPARE_ANY;
    if (okb_span_starts(*text, OKB_S("<")))
        compare = OKB_LESS;
    else if (okb_span_starts(*text, OKB_S(">")))
        compare = OKB_MORE;
    else
        return OKB_COMPARE_ANY;
    *text = okb_span_sub(*text, 1, text->n);
    if (!okb_span_starts(*text, OKB_S("=")))
        return compare;
    *text = okb_span_sub(*text, 1, text->n);
    return compare == OKB_LESS ? OKB_LESS_EQUAL : OKB_MORE_EQUAL;
}

bool okb_status_rule_parse(okb_span text, okb_status_rule *out)
{
    *out = (okb_status_rule){0};
    text = okb_span_trim(text);
    okb_span measure = okb_span_cut(&text, ' ');
    out->is_ratio = okb_span_eq(measure, OKB_S("ratio"));
    if (!out->is_ratio && !okb_span_eq(measure, OKB_S("gap")))
        return false;
    while (text.n) {
        if (out->n_steps == OKB_STATUS_STEPS)
            return false;
        okb_span step = okb_span_trim(okb_span_cut(&text, ','));
        okb_compare compare = compare_cut(&step);
        double limit = NAN;
        if (compare != OKB_COMPARE_ANY) {
            step = okb_span_trim(step);
            size_t used = okb_number_scan(step, '.', &limit);
            if (used == 0)
                return false;
            step = okb_span_trim(okb_span_sub(step, used, step.n));
        }
        /* Only the last step takes what is left, and it always does. */
        if (step.n == 0 || (compare == OKB_COMPARE_ANY) != (text.n == 0))
            return false;
        out->steps[out->n_steps].compare = compare;
        out->steps[out->n_steps].limit = limit;
        out->steps[out->n_steps++].words = step;
    }
    return out->n_steps >= 2;
}

static bool holds(okb_compare compare, double value, double limit)
{
    switch (compare) {
    case OKB_LESS:
        return value < limit - OKB_SCORE_EPSILON;
    case OKB_LESS_EQUAL:
        return value <= limit + OKB_SCORE_EPSILON;
    case OKB_MORE:
        return value > limit + OKB_SCORE_EPSILON;
    case OKB_MORE_EQUAL:
        return value >= limit - OKB_SCORE_EPSILON;
    case OKB_COMPARE_ANY:
        break;
    }
    return true;
}

uint32_t okb_status_rule_step(const okb_status_rule *rule, double score, double expected)
{
    /* Nothing is expected yet: whatever there is, is enough. */
    double ratio = expected > 0 ? score / expected : INFINITY;
    double value = rule->is_ratio ? ratio : expected - score;
    for (uint32_t i = 0; i + 1 < rule->n_steps; i++)
        if (holds(rule->steps[i].compare, value, rule->steps[i].limit))
            return i;
    return rule->n_steps - 1;
}

bool okb_status_rule_of(okb_span preset, const okb_settings *settings, okb_status_rule *out)
{
    for (size_t i = 0; i < OKB_PRODUCTS; i++)
        if (okb_span_eq(preset, okb_span_of(products[i].name)))
            return okb_status_rule_parse(okb_setting_text(settings, products[i].setting), out);
    return false;
}

okb_span okb_score_preset_status(okb_span preset, double score, double expected, const okb_settings *settings)
{
    okb_status_rule rule;
    if (isnan(score) || isnan(expected) || !okb_status_rule_of(preset, settings, &rule))
        return (okb_span){NULL, 0};
    return rule.steps[okb_status_rule_step(&rule, score, expected)].words;
}

/* ---- the same goals under all of them --------------------------------------------------------------------------- */

typedef struct candidate {
    uint32_t goal_ix, n_verdicts;
    double gap;
} candidate;

static int by_disagreement(const void *a, const void *b)
{
    const candidate *left = a, *right = b;
    if (left->n_verdicts != right->n_verdicts)
        return left->n_verdicts > right->n_verdicts ? -1 : 1;
    if (left->gap < right->gap || left->gap > right->gap)
        return left->gap > right->gap ? -1 : 1;
    return left->goal_ix < right->goal_ix ? -1 : left->goal_ix > right->goal_ix;
}

/* How many of well, behind and badly the products say. */
static uint32_t count_verdicts(const okb_status_rule *rules, const okb_result *result)
{
    bool is_said[3] = {false};
    for (size_t i = 0; i < OKB_PRODUCTS; i++) {
        uint32_t step = okb_status_rule_step(&rules[i], result->score, result->expected);
        is_said[step == 0 ? 0 : step + 1 == rules[i].n_steps ? 2 : 1] = true;
    }
    return (uint32_t)is_said[0] + is_said[1] + is_said[2];
}

okb_code okb_score_compare(okb_plan *plan, const okb_settings *settings, okb_arena *keep, okb_arena *scratch,
                           okb_err *err)
{
    okb_status_rule rules[OKB_PRODUCTS];
    for (size_t i = 0; i < OKB_PRODUCTS; i++) {
        plan->products[i] = okb_span_of(products[i].title);
        if (!okb_status_rule_parse(okb_setting_text(settings, products[i].setting), &rules[i]))
            return okb_fail(err, OKB_E_CONFIG,
                            "setting '%s' is no rule, write it like 'gap <=0 On track, <=0.25 Behind, At risk'",
                            products[i].setting);
    }
    candidate *all = OKB_NEW_N(scratch, candidate, plan->n_goals);
    uint32_t n = 0;
    for (uint32_t i = 0; i < plan->n_goals; i++) {
        const okb_result *result = &plan->results[i];
        bool is_running =
            result->pace == OKB_PACE_ON_TRACK || result->pace == OKB_PACE_AT_RISK || result->pace == OKB_PACE_OFF_TRACK;
        if (is_running && plan->goals[i].cycle_ix == plan->cycle_ix && plan->goals[i].kind != OKB_INITIATIVE)
            all[n++] = (candidate){i, count_verdicts(rules, result), result->gap};
    }
    if (n)
        qsort(all, n, sizeof *all, by_disagreement);
    uint32_t most = (uint32_t)okb_setting_number(settings, "preset.compared");
    n = n < most ? n : most;
    okb_comparison *rows = OKB_NEW_N(keep, okb_comparison, n);
    for (uint32_t i = 0; i < n; i++) {
        const okb_result *result = &plan->results[all[i].goal_ix];
        rows[i].goal_ix = all[i].goal_ix;
        for (size_t p = 0; p < OKB_PRODUCTS; p++)
            rows[i].words[p] = rules[p].steps[okb_status_rule_step(&rules[p], result->score, result->expected)].words;
    }
    plan->comparisons = rows;
    plan->n_comparisons = n;
    return OKB_OK;
}
