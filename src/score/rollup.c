/* Means over parts: objectives, teams, the whole. A roll-up stays within a team. SPEC section 5, "Roll-up". */
#include "internal.h"
#include "okrbook/score.h"

#include <math.h>
#include <stdlib.h>

/* A weighted mean in the making. Parts come in the order of the goals, so sums do not depend on anything else. */
typedef struct part_mean {
    double weight, sum;          /* scored parts */
    double all_weight, zero_sum; /* all parts, unscored ones as 0 */
    double worst;
    uint32_t n_parts, n_scored;
} part_mean;

static const part_mean no_parts = {.worst = NAN};

static void mean_add(part_mean *mean, double weight, double score, double zero)
{
    mean->n_parts++;
    mean->all_weight += weight;
    mean->zero_sum += weight * (isnan(zero) ? 0 : zero);
    if (isnan(score))
        return;
    mean->n_scored++;
    mean->weight += weight;
    mean->sum += weight * score;
    if (isnan(mean->worst) || score < mean->worst)
        mean->worst = score;
}

static double mean_plain(const part_mean *mean)
{
    return mean->n_scored ? okb_score_clip(mean->sum / mean->weight) : NAN;
}

static double mean_zero(const part_mean *mean)
{
    return mean->n_parts ? okb_score_clip(mean->zero_sum / mean->all_weight) : NAN;
}

/* The score that the setting asks for. */
static double mean_by_mode(const part_mean *mean, okb_missing_mode mode)
{
    switch (mode) {
    case OKB_MISSING_ZERO:
        return mean_zero(mean);
    case OKB_MISSING_BLOCK:
        return mean->n_scored < mean->n_parts ? NAN : mean_plain(mean);
    case OKB_MISSING_EXCLUDE:
        break;
    }
    return mean_plain(mean);
}

/* ---- objectives ------------------------------------------------------------------------------------------------- */

static void rate_objective(const okb_goal *objective, const part_mean *parts, const part_mean *children,
                           const okb_limits *limits, okb_result *result)
{
    const part_mean *basis = parts->n_scored || !children->n_scored ? parts : children;
    /* Where missing parts count or block, what the objective is made of is its parts, scored or not. */
    const part_mean *first = parts->n_parts ? parts : children;
    const part_mean *shown = basis->n_parts ? basis : first;
    result->n_parts = shown->n_parts;
    result->n_scored = shown->n_scored;
    result->worst = shown->worst;
    bool is_open = objective->ambition == OKB_LEARNING || objective->ambition == OKB_DIRECTIONAL;
    result->is_left_out = okb_score_is_outside(objective, result, limits) || (is_open && !basis->n_scored);
    if (is_open && !basis->n_scored)
        return;
    double stated = okb_score_clip(result->stated);
    result->score_missing_zero = first->n_parts ? mean_zero(first) : isnan(stated) ? 0 : stated;
    const part_mean *made_of = limits->missing == OKB_MISSING_EXCLUDE ? basis : first;
    if (limits->missing == OKB_MISSING_EXCLUDE ? made_of->n_scored : made_of->n_parts) {
        result->score = mean_by_mode(made_of, limits->missing);
        return;
    }
    result->score = stated;
    result->raw = result->stated;
    result->is_stated = !isnan(stated);
}

void okb_rollup_objectives(okb_plan *plan, const okb_graph *graph, const okb_limits *limits, okb_arena *scratch)
{
    uint32_t *order = OKB_NEW_N(scratch, uint32_t, plan->n_goals);
    uint32_t *component = OKB_NEW_N(scratch, uint32_t, plan->n_goals);
    uint32_t n = okb_graph_objectives(plan, graph, order, component, scratch);
    for (uint32_t at = 0; at < n; at++) {
        uint32_t ix = order[at];
        part_mean parts = no_parts, children = no_parts;
        for (uint32_t e = graph->first[ix]; e < graph->first[ix + 1]; e++) {
            uint32_t child_ix = graph->children[e];
            const okb_goal *child = &plan->goals[child_ix];
            const okb_result *result = &plan->results[child_ix];
            if (child->team_ix != plan->goals[ix].team_ix || !(graph->weights[e] > 0) ||
                okb_score_is_outside(child, result, limits))
                continue;
            if (child->kind == OKB_KEY_RESULT || child->kind == OKB_GOAL)
                mean_add(&parts, graph->weights[e], result->score, result->score_missing_zero);
            else if (child->kind == OKB_OBJECTIVE && component[child_ix] != component[ix] && !result->is_left_out)
                mean_add(&children, graph->weights[e], result->score, result->score_missing_zero);
        }
        rate_objective(&plan->goals[ix], &parts, &children, limits, &plan->results[ix]);
    }
}

/* ---- teams ------------------------------------------------------------------------------------------------------ */

typedef struct place {
    uint32_t cycle_ix, team_ix, goal_ix;
} place;

static int by_number(uint32_t a, uint32_t b)
{
    return a < b ? -1 : a > b;
}

static int by_place(const void *a, const void *b)
{
    const place *left = a, *right = b;
    int order = by_number(left->cycle_ix, right->cycle_ix);
    if (order == 0)
        order = by_number(left->team_ix, right->team_ix);
    return order ? order : by_number(left->goal_ix, right->goal_ix);
}

okb_team_result *okb_team_result_find(const okb_plan *plan, uint32_t team_ix, uint32_t cycle_ix)
{
    for (uint32_t low = 0, high = plan->n_team_results; low < high;) {
        uint32_t mid = low + (high - low) / 2;
        okb_team_result *team = &plan->team_results[mid];
        int order = by_number(team->cycle_ix, cycle_ix);
        if (order == 0)
            order = by_number(team->team_ix, team_ix);
        if (order == 0)
            return team;
        if (order < 0)
            low = mid + 1;
        else
            high = mid;
    }
    return NULL;
}

static void count_kind(okb_team_result *team, okb_kind kind)
{
    switch (kind) {
    case OKB_OBJECTIVE:
        team->n_objectives++;
        break;
    case OKB_KEY_RESULT:
        team->n_key_results++;
        break;
    case OKB_GOAL:
        team->n_goals++;
        break;
    case OKB_INITIATIVE:
        team->n_initiatives++;
        break;
    case OKB_KIND_NONE:
        break;
    }
}

/* What a team's mean is of: its objectives, and its goals and key results without an objective of the team above them.
 * Goals under a key result of the team never count. */
static bool is_team_part(const okb_goal *goal, bool is_below_objective, bool is_below_key_result)
{
    if (goal->kind == OKB_OBJECTIVE)
        return true;
    if (is_below_objective)
        return false;
    return goal->kind == OKB_KEY_RESULT || (goal->kind == OKB_GOAL && !is_below_key_result);
}

typedef struct team_sums {
    part_mean scores;
    double expected, confidence;
    uint32_t n_expected, n_confidence;
} team_sums;

static void finish_team(const okb_plan *plan, const team_sums *sums, const okb_limits *limits, okb_team_result *team)
{
    const okb_cycle *cycle = &plan->cycles[team->cycle_ix];
    team->n_parts = sums->scores.n_parts;
    team->n_scored = sums->scores.n_scored;
    team->score = mean_by_mode(&sums->scores, limits->missing);
    team->score_missing_zero = mean_zero(&sums->scores);
    team->worst = sums->scores.worst;
    team->expected = sums->n_expected ? sums->expected / sums->n_expected : NAN;
    team->confidence = sums->n_confidence ? sums->confidence / sums->n_confidence : NAN;
    team->band = okb_band_of(team->score, team->score, limits);
    team->pace =
        okb_pace_of(team->score, team->expected, team->expected, okb_is_success(team->score, OKB_STRETCH, limits),
                    okb_clock_is_over(okb_clock_of(plan, team->cycle_ix), cycle->due), limits);
    team->previous_score = team->change = NAN;
    team->outcome_rate = team->smart_rate = team->checkin_rate = NAN;
    team->linked_rate = team->owner_rate = team->baseline_rate = NAN;
}

static void add_to_team(const okb_plan *plan, uint32_t goal_ix, const okb_limits *limits, team_sums *sums)
{
    const okb_goal *goal = &plan->goals[goal_ix];
    const okb_result *result = &plan->results[goal_ix];
    if (okb_score_is_outside(goal, result, limits) || (goal->kind == OKB_OBJECTIVE && result->is_left_out))
        return;
    mean_add(&sums->scores, 1, result->score, result->score_missing_zero);
    if (!isnan(result->score) && !isnan(result->expected)) {
        sums->expected += result->expected;
        sums->n_expected++;
    }
}

static void compare_with_previous(okb_plan *plan)
{
    for (uint32_t i = 0; i < plan->n_team_results; i++) {
        okb_team_result *team = &plan->team_results[i];
        uint32_t previous_ix = plan->cycles[team->cycle_ix].previous_ix;
        const okb_team_result *previous =
            previous_ix < plan->n_cycles ? okb_team_result_find(plan, team->team_ix, previous_ix) : NULL;
        if (!previous)
            continue;
        team->previous_score = previous->score;
        team->change = team->score - previous->score;
    }
}

/* Mean of the company's objectives of the reported cycle if any has a score, else of the teams. */
static void rate_whole(okb_plan *plan, const okb_limits *limits)
{
    team_sums whole = {.scores = no_parts};
    for (uint32_t i = 0; i < plan->n_goals; i++)
        if (plan->goals[i].cycle_ix == plan->cycle_ix && plan->goals[i].level == OKB_COMPANY &&
            plan->goals[i].kind == OKB_OBJECTIVE)
            add_to_team(plan, i, limits, &whole);
    plan->overall_is_company = whole.scores.n_scored > 0;
    if (!plan->overall_is_company) {
        whole = (team_sums){.scores = no_parts};
        for (uint32_t i = 0; i < plan->n_team_results; i++) {
            const okb_team_result *team = &plan->team_results[i];
            if (team->cycle_ix != plan->cycle_ix || team->n_parts == 0)
                continue;
            bool is_scored = team->n_scored > 0 && !isnan(team->score);
            mean_add(&whole.scores, 1, is_scored ? team->score : NAN, team->score_missing_zero);
            if (is_scored && !isnan(team->expected)) {
                whole.expected += team->expected;
                whole.n_expected++;
            }
        }
    }
    plan->overall = mean_by_mode(&whole.scores, limits->missing);
    plan->overall_missing_zero = mean_zero(&whole.scores);
    plan->overall_expected = whole.n_expected ? whole.expected / whole.n_expected : NAN;
    plan->overall_scored = whole.scores.n_scored;
    plan->overall_parts = whole.scores.n_parts;
}

void okb_rollup_teams(okb_plan *plan, const okb_graph *graph, const okb_limits *limits, okb_arena *keep,
                      okb_arena *scratch)
{
    bool *is_below_objective = okb_graph_below(plan, graph, OKB_OBJECTIVE, scratch);
    bool *is_below_key_result = okb_graph_below(plan, graph, OKB_KEY_RESULT, scratch);
    place *places = OKB_NEW_N(scratch, place, plan->n_goals);
    for (uint32_t i = 0; i < plan->n_goals; i++)
        places[i] = (place){plan->goals[i].cycle_ix, plan->goals[i].team_ix, i};
    if (plan->n_goals)
        qsort(places, plan->n_goals, sizeof *places, by_place);
    plan->team_results = OKB_NEW_N(keep, okb_team_result, plan->n_goals);
    plan->n_team_results = 0;
    for (uint32_t i = 0; i < plan->n_goals;) {
        okb_team_result *team = &plan->team_results[plan->n_team_results++];
        *team = (okb_team_result){.team_ix = places[i].team_ix, .cycle_ix = places[i].cycle_ix};
        team_sums sums = {.scores = no_parts};
        for (; i < plan->n_goals && places[i].team_ix == team->team_ix && places[i].cycle_ix == team->cycle_ix; i++) {
            uint32_t goal_ix = places[i].goal_ix;
            const okb_goal *goal = &plan->goals[goal_ix];
            count_kind(team, goal->kind);
            if (is_team_part(goal, is_below_objective[goal_ix], is_below_key_result[goal_ix]))
                add_to_team(plan, goal_ix, limits, &sums);
            double confidence = plan->results[goal_ix].confidence;
            if ((goal->kind == OKB_KEY_RESULT || goal->kind == OKB_GOAL) && !isnan(confidence)) {
                sums.confidence += confidence;
                sums.n_confidence++;
            }
        }
        finish_team(plan, &sums, limits, team);
    }
    compare_with_previous(plan);
    rate_whole(plan, limits);
}
