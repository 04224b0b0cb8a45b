/*
 * Ambition over cycles: habits of a team's closed cycles, targets that were known before, key results that come back.
 * AMB001 to AMB008. Of teams, never of persons.
 */
#include "room.h"

/* The scored stretch key results of one team in one closed cycle. */
typedef struct history {
    uint32_t n, n_full, n_low, n_cluster;
    double sum;
} history;

static bool is_counted(const review_run *run, uint32_t goal_ix)
{
    const okb_goal *goal = goal_at(run, goal_ix);
    const okb_result *result = &run->plan->results[goal_ix];
    return goal->kind == OKB_KEY_RESULT && goal->ambition != OKB_COMMITTED && !isnan(result->score) &&
           !result->is_left_out && okb_goal_is_alive(run->plan, goal_ix) &&
           okb_cycle_is_closed(run->plan, goal->cycle_ix);
}

/* By place in team_results. */
static history *histories(review_run *run)
{
    const okb_plan *plan = run->plan;
    history *all = OKB_NEW_N(&run->scratch, history, plan->n_team_results);
    for (uint32_t i = 0; i < plan->n_goals; i++) {
        if (!is_counted(run, i))
            continue;
        const okb_team_result *team = okb_plan_team_result(plan, plan->goals[i].team_ix, plan->goals[i].cycle_ix);
        if (!team)
            continue;
        history *at = &all[team - plan->team_results];
        double score = okb_round_half_up(plan->results[i].score, 2);
        at->n++;
        at->sum += plan->results[i].score;
        at->n_full += plan->results[i].score >= 1;
        at->n_low += plan->results[i].score < run->limits->band_red;
        at->n_cluster += score >= run->limits->cluster_low && score <= run->limits->cluster_high;
    }
    return all;
}

static const history *history_of(const review_run *run, const history *all, uint32_t team_ix, uint32_t cycle_ix)
{
    static const history none = {0};
    const okb_team_result *team = okb_plan_team_result(run->plan, team_ix, cycle_ix);
    return team ? &all[team - run->plan->team_results] : &none;
}

static uint32_t last_closed(const okb_plan *plan)
{
    return okb_cycle_is_closed(plan, plan->cycle_ix) ? plan->cycle_ix : plan->cycles[plan->cycle_ix].previous_ix;
}

static draft draft_habit(review_run *run, finding_code code, uint32_t team_ix, uint32_t count)
{
    draft d = okb_draft_team(run, code, team_ix);
    if (run->teams[team_ix].first_goal != OKB_NONE)
        d.source = goal_at(run, run->teams[team_ix].first_goal)->source;
    d.slots[SLOT_count] = okb_review_printf(run, "%u", count);
    return d;
}

static void emit_habit(review_run *run, finding_code code, uint32_t team_ix, uint32_t n_cycles, uint32_t n)
{
    draft d = draft_habit(run, code, team_ix, n_cycles);
    d.slots[SLOT_limit] = okb_slot_number(run, run->limits->band_red);
    d.evidence = okb_review_printf(run, "closed cycles %u, key results %u", n_cycles, n);
    okb_draft_emit(run, &d);
}

static void emit_single(review_run *run, finding_code code, uint32_t team_ix, const history *at, uint32_t cycle_ix)
{
    draft d = draft_habit(run, code, team_ix, at->n);
    d.slots[SLOT_cycle] = run->plan->cycles[cycle_ix].name;
    d.slots[SLOT_score] = okb_slot_number(run, okb_round_half_up(at->sum / at->n, 2));
    d.evidence = okb_review_printf(run, "mean %.*s of %u key results", OKB_FMT(d.slots[SLOT_score]), at->n);
    okb_draft_emit(run, &d);
}

static void check_team(review_run *run, const history *all, uint32_t team_ix)
{
    const review_limits *limits = run->limits;
    uint32_t n_cycles = 0, n_full = 0, n_low = 0, n_krs = 0, n_full_krs = 0, n_low_krs = 0, n_cluster = 0;
    bool is_full = true, is_low = true;
    uint32_t newest = last_closed(run->plan);
    for (uint32_t at = newest; at != OKB_NONE; at = run->plan->cycles[at].previous_ix) {
        const history *past = history_of(run, all, team_ix, at);
        if (past->n == 0 || n_cycles == run->plan->n_cycles)
            break;
        n_cycles++;
        n_krs += past->n;
        n_cluster += past->n_cluster;
        is_full = is_full && past->n >= limits->consistency_min && past->n_full == past->n;
        is_low = is_low && past->n >= limits->consistency_min && past->n_low == past->n;
        n_full += is_full;
        n_low += is_low;
        n_full_krs += is_full ? past->n : 0;
        n_low_krs += is_low ? past->n : 0;
    }
    if (n_full >= limits->consistency_cycles)
        emit_habit(run, C_AMB001, team_ix, n_full, n_full_krs);
    if (n_low >= limits->consistency_cycles)
        emit_habit(run, C_AMB002, team_ix, n_low, n_low_krs);
    if (n_cycles >= limits->consistency_cycles && n_krs >= limits->consistency_min &&
        n_cluster >= limits->cluster_share * n_krs) {
        draft d = draft_habit(run, C_AMB003, team_ix, n_cluster);
        d.slots[SLOT_limit] = okb_review_printf(run, "%u", n_krs);
        d.slots[SLOT_from] = okb_slot_number(run, limits->cluster_low);
        d.slots[SLOT_to] = okb_slot_number(run, limits->cluster_high);
        d.evidence = okb_review_printf(run, "%u of %u in %u cycles", n_cluster, n_krs, n_cycles);
        okb_draft_emit(run, &d);
    }
    if (n_cycles != 1 || n_krs < limits->consistency_min)
        return;
    const history *only = history_of(run, all, team_ix, newest);
    if (only->sum >= limits->single_high * only->n)
        emit_single(run, C_AMB007, team_ix, only, newest);
    else if (only->sum < limits->band_red * only->n)
        emit_single(run, C_AMB008, team_ix, only, newest);
}

/* ---- targets that were known ------------------------------------------------------------------------------------- */

static bool is_reached(double value, double baseline, double target)
{
    return target >= baseline ? value >= target : value <= target;
}

static bool has_moving_target(const okb_goal *goal, const okb_result *result)
{
    return goal->kind == OKB_KEY_RESULT && goal->direction != OKB_MILESTONE && goal->direction != OKB_AT_LEAST &&
           goal->direction != OKB_AT_MOST && !isnan(result->baseline) && !isnan(result->target) &&
           (result->baseline < result->target || result->baseline > result->target);
}

/* The first day whose value is at or past the target; the as-of date where only the row says so. */
static okb_day first_reached(const okb_plan *plan, const okb_goal *goal, const okb_result *result)
{
    bool has_value = false;
    for (uint32_t i = 0; i < goal->n_checkins; i++) {
        const okb_checkin *checkin = &plan->checkins[goal->first_checkin + i];
        if (isnan(checkin->value) || checkin->date > result->as_of)
            continue;
        has_value = true;
        if (is_reached(checkin->value, result->baseline, result->target))
            return checkin->date;
    }
    return has_value ? OKB_DAY_NONE : result->as_of;
}

static void check_half_time(review_run *run, uint32_t goal_ix)
{
    const okb_goal *goal = goal_at(run, goal_ix);
    const okb_result *result = &run->plan->results[goal_ix];
    if (!(result->score >= 1) || !has_moving_target(goal, result) || goal->start == OKB_DAY_NONE ||
        goal->due == OKB_DAY_NONE || goal->due <= goal->start)
        return;
    okb_day day = first_reached(run->plan, goal, result);
    if (day == OKB_DAY_NONE ||
        !((double)(day - goal->start) < run->limits->half_time * (double)(goal->due - goal->start)))
        return;
    draft d = okb_draft_goal(run, C_AMB004, goal_ix);
    d.slots[SLOT_date] = okb_slot_day(run, day);
    d.evidence = okb_review_printf(run, "target %.*s, reached %.*s", OKB_FMT(okb_slot_number(run, result->target)),
                                   OKB_FMT(d.slots[SLOT_date]));
    okb_draft_emit(run, &d);
}

/* ---- key results that come back ------------------------------------------------------------------------------------ */

/* What earlier cycles reached on a measure: the ends of the range of last values. */
typedef struct measure {
    double low, high;
    uint32_t low_ix, high_ix;
} measure;

static okb_span team_title(review_run *run, uint32_t goal_ix, okb_span title)
{
    return okb_review_printf(run, "%u\n%.*s", goal_at(run, goal_ix)->team_ix, OKB_FMT(title));
}

static bool is_earlier(const review_run *run, uint32_t goal_ix)
{
    const okb_cycle *cycle = &run->plan->cycles[goal_at(run, goal_ix)->cycle_ix];
    const okb_cycle *reported = &run->plan->cycles[run->plan->cycle_ix];
    return cycle->due != OKB_DAY_NONE && reported->start != OKB_DAY_NONE && cycle->due < reported->start;
}

static void remember(review_run *run, uint32_t goal_ix, okb_map *by_title, okb_map *by_measure, okb_vec *measures)
{
    double value = run->plan->results[goal_ix].current;
    okb_span title = goal_at(run, goal_ix)->title;
    bool is_new;
    uint32_t *same =
        okb_map_put(by_title, team_title(run, goal_ix, okb_text_fold(&run->scratch, title)), goal_ix, &is_new);
    if (!is_new && run->plan->cycles[goal_at(run, *same)->cycle_ix].start <
                       run->plan->cycles[goal_at(run, goal_ix)->cycle_ix].start)
        *same = goal_ix;
    if (isnan(value))
        return;
    uint32_t ix = *okb_map_put(by_measure, team_title(run, goal_ix, okb_title_key(&run->scratch, title)),
                               (uint32_t)measures->n, &is_new);
    if (is_new)
        *okb_vec_push(measures, measure) = (measure){value, value, goal_ix, goal_ix};
    measure *at = &okb_vec_at(measures, measure, ix);
    if (value < at->low) {
        at->low = value;
        at->low_ix = goal_ix;
    }
    if (value > at->high) {
        at->high = value;
        at->high_ix = goal_ix;
    }
}

static bool same_number(double a, double b)
{
    return (isnan(a) && isnan(b)) || fabs(a - b) <= 1e-9 * fmax(1, fabs(a));
}

static void check_repeat(review_run *run, uint32_t goal_ix, const okb_map *by_title)
{
    okb_span folded = okb_text_fold(&run->scratch, goal_at(run, goal_ix)->title);
    uint32_t before_ix = okb_map_get(by_title, team_title(run, goal_ix, folded));
    if (before_ix == OKB_NONE || !same_number(goal_at(run, before_ix)->target, goal_at(run, goal_ix)->target))
        return;
    draft d = okb_draft_goal(run, C_AMB005, goal_ix);
    d.slots[SLOT_cycle] = run->plan->cycles[goal_at(run, before_ix)->cycle_ix].name;
    d.evidence =
        okb_review_printf(run, "%.*s in %.*s", OKB_FMT(goal_at(run, before_ix)->id), OKB_FMT(d.slots[SLOT_cycle]));
    okb_draft_emit(run, &d);
}

static void check_known(review_run *run, uint32_t goal_ix, const okb_map *by_measure, const okb_vec *measures)
{
    const okb_result *result = &run->plan->results[goal_ix];
    if (!has_moving_target(goal_at(run, goal_ix), result))
        return;
    okb_span key = okb_title_key(&run->scratch, goal_at(run, goal_ix)->title);
    uint32_t ix = okb_map_get(by_measure, team_title(run, goal_ix, key));
    if (ix == OKB_NONE || okb_span_find(key, OKB_S(" ")) == SIZE_MAX)
        return;
    const measure *at = &okb_vec_at(measures, measure, ix);
    double best = result->target > result->baseline ? at->high : at->low;
    uint32_t best_ix = result->target > result->baseline ? at->high_ix : at->low_ix;
    if (!is_reached(best, result->baseline, result->target))
        return;
    draft d = okb_draft_goal(run, C_AMB006, goal_ix);
    d.slots[SLOT_from] = okb_slot_number(run, best);
    d.slots[SLOT_to] = okb_slot_number(run, result->target);
    d.slots[SLOT_cycle] = run->plan->cycles[goal_at(run, best_ix)->cycle_ix].name;
    d.evidence = okb_review_printf(run, "target %.*s, %.*s in %.*s", OKB_FMT(d.slots[SLOT_to]),
                                   OKB_FMT(d.slots[SLOT_from]), OKB_FMT(d.slots[SLOT_cycle]));
    okb_draft_emit(run, &d);
}

void okb_review_ambition(review_run *run)
{
    const history *all = histories(run);
    for (uint32_t i = 0; i < run->plan->n_teams; i++)
        check_team(run, all, i);
    okb_map *by_title = okb_map_new();
    okb_map *by_measure = okb_map_new();
    okb_vec measures = {0};
    for (uint32_t i = 0; i < run->plan->n_goals; i++) {
        if (!okb_goal_is_alive(run->plan, i) || goal_at(run, i)->kind != OKB_KEY_RESULT)
            continue;
        check_half_time(run, i); /* of every cycle */
        if (is_earlier(run, i))
            remember(run, i, by_title, by_measure, &measures);
    }
    for (uint32_t i = 0; i < run->plan->n_goals && okb_map_count(by_title); i++) {
        if (!okb_goal_is_reviewed(run, i) || goal_at(run, i)->kind != OKB_KEY_RESULT)
            continue;
        check_repeat(run, i, by_title);
        check_known(run, i, by_measure, &measures);
    }
    okb_vec_free(&measures);
    okb_map_free(by_measure);
    okb_map_free(by_title);
}
