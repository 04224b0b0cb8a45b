/*
 * The status words of other products, from the rules that they document. A rule is a setting of its own
 * (preset.viva ...): what is measured, then the steps from the best word to the worst.
 */
#include "internal.h"
#include "okrbook/score.h"

#include <math.h>

static const struct {
    const char *name, *setting;
} products[] = {
    {"engagedly", "preset.engagedly"}, {"mooncamp", "preset.mooncamp"}, {"oboard", "preset.oboard"},
    {"upraise", "preset.upraise"},     {"viva", "preset.viva"},
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
    for (size_t i = 0; i < sizeof products / sizeof products[0]; i++)
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
