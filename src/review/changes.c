/*
 * What changed since an earlier run, and since the last cycle: a ledger of moved goalposts. CHG001 to CHG011. A goal is
 * found again by cycle and id; one that has none, by its words without their numbers.
 */
#include "room.h"

typedef struct pair {
    const okb_plan *before_plan;
    uint32_t now_ix, before_ix;
    okb_span since;
    bool is_last_cycle; /* another cycle: nothing was moved, it is only told */
    double original;    /* score against the original target and baseline */
} pair;

static const okb_goal *before_of(const pair *p)
{
    return &p->before_plan->goals[p->before_ix];
}

static bool is_same(double a, double b)
{
    return (isnan(a) && isnan(b)) || fabs(a - b) <= 1e-9 * fmax(1, fabs(a));
}

static okb_span kept_number(review_run *run, double value)
{
    return okb_number_print(run->keep, value);
}

static okb_span kept_day(review_run *run, okb_day day)
{
    return okb_arena_copy(run->keep, okb_slot_day(run, day));
}

static okb_change_row *add_row(review_run *run, finding_code code, const okb_goal *goal, okb_span team)
{
    okb_change_row *row = okb_vec_push(&run->changes, okb_change_row);
    const okb_span none = run->review->definitions[0].empty;
    *row = (okb_change_row){.code = run->review->definitions[run->review->at[code]].shown.code,
                            .goal_ix = OKB_NONE,
                            .goal_id = goal->id,
                            .title = goal->title,
                            .team = team,
                            .field = none,
                            .before = none,
                            .after = none,
                            .score_now = NAN,
                            .score_original = NAN};
    return row;
}

static void add_change(review_run *run, const pair *p, finding_code code, const char *field, okb_span before,
                       okb_span after)
{
    const okb_goal *goal = goal_at(run, p->now_ix);
    okb_change_row *row = add_row(run, code, goal, run->plan->teams[goal->team_ix].name);
    row->goal_ix = p->now_ix;
    row->field = okb_arena_copy(run->keep, okb_span_of(field));
    row->before = okb_arena_copy(run->keep, before);
    row->after = okb_arena_copy(run->keep, after);
    row->score_now = run->plan->results[p->now_ix].score;
    row->score_original = p->original;
    row->since = p->since;
}

static draft draft_change(review_run *run, const pair *p, finding_code code, const char *field, okb_span before,
                          okb_span after)
{
    draft d = okb_draft_goal(run, code, p->now_ix);
    d.slots[SLOT_field] = okb_span_of(field);
    d.slots[SLOT_from] = before;
    d.slots[SLOT_to] = after;
    d.evidence = okb_review_printf(run, "%s: %.*s to %.*s", field, OKB_FMT(before), OKB_FMT(after));
    return d;
}

/* The row, and outside the last cycle the finding. */
static void tell_change(review_run *run, const pair *p, finding_code code, const char *field, okb_span before,
                        okb_span after)
{
    add_change(run, p, code, field, before, after);
    if (p->is_last_cycle || before.n == 0 || after.n == 0)
        return;
    draft d = draft_change(run, p, code, field, before, after);
    okb_draft_emit(run, &d);
}

/* ---- the fields --------------------------------------------------------------------------------------------------- */

static double score_against(const review_run *run, const pair *p)
{
    const okb_goal *before = before_of(p);
    const okb_goal *now = goal_at(run, p->now_ix);
    const okb_result *result = &run->plan->results[p->now_ix];
    double baseline = isnan(before->baseline) ? result->baseline : before->baseline;
    double current = isnan(result->current) ? now->current : result->current;
    if (isnan(before->target) || isnan(current))
        return NAN;
    if (before->direction == OKB_AT_LEAST)
        return current >= before->target;
    if (before->direction == OKB_AT_MOST)
        return current <= before->target;
    if (isnan(baseline) || is_same(baseline, before->target))
        return NAN;
    return fmin(1, fmax(0, (current - baseline) / (before->target - baseline)));
}

/* Where the target stands, moving the steps to it moves what is expected by now. */
static void compare_phases(review_run *run, const pair *p)
{
    okb_span before = okb_goal_phases_print(before_of(p), run->keep);
    okb_span now = okb_goal_phases_print(goal_at(run, p->now_ix), run->keep);
    if (!p->is_last_cycle && !okb_span_eq(before, now))
        tell_change(run, p, C_CHG001, "phased targets", before, now);
}

static void compare_numbers(review_run *run, pair *p)
{
    const okb_goal *before = before_of(p), *now = goal_at(run, p->now_ix);
    if (now->kind == OKB_OBJECTIVE) /* exports give objectives a target of their own that means nothing, 0 to 100 */
        return;
    bool has_target = !is_same(before->target, now->target);
    bool has_baseline = !is_same(before->baseline, now->baseline) && !p->is_last_cycle;
    if (!has_target && !has_baseline) {
        compare_phases(run, p);
        return;
    }
    p->original = p->is_last_cycle ? NAN : score_against(run, p);
    if (has_target)
        add_change(run, p, C_CHG001, "target", kept_number(run, before->target), kept_number(run, now->target));
    if (has_baseline)
        add_change(run, p, C_CHG001, "baseline", kept_number(run, before->baseline), kept_number(run, now->baseline));
    bool was_known = has_target ? !isnan(before->target) : !isnan(before->baseline);
    double score = run->plan->results[p->now_ix].score;
    double original = p->original;
    p->original = NAN; /* of these two fields only */
    if (p->is_last_cycle || !was_known)
        return;
    draft d = draft_change(run, p, C_CHG001, has_target ? "target" : "baseline",
                           okb_slot_number(run, has_target ? before->target : before->baseline),
                           okb_slot_number(run, has_target ? now->target : now->baseline));
    if (!isnan(original) && !isnan(score)) {
        d.slots[SLOT_score] = okb_slot_number(run, okb_round_half_up(original, 2));
        d.slots[SLOT_expected] = okb_slot_number(run, okb_round_half_up(score, 2));
    }
    okb_draft_emit(run, &d);
}

/* The bar that a goal has where nobody says another. */
static okb_ambition default_ambition(okb_kind kind)
{
    return kind == OKB_GOAL ? OKB_COMMITTED : OKB_STRETCH;
}

/* Resolved goals do not say whether their ambition was stated; one that is the default of its kind may only have been silent. */
static void compare_ambition(review_run *run, const pair *p)
{
    const okb_goal *before = before_of(p), *now = goal_at(run, p->now_ix);
    const okb_span from = okb_span_of(okb_ambition_name(before->ambition));
    const okb_span to = okb_span_of(okb_ambition_name(now->ambition));
    if (before->ambition == now->ambition || before->kind != now->kind)
        return;
    add_change(run, p, C_CHG005, "ambition", from, to);
    if (p->is_last_cycle || from.n == 0 || to.n == 0)
        return;
    draft d = draft_change(run, p, C_CHG005, "ambition", from, to);
    if (before->ambition == default_ambition(before->kind))
        okb_draft_lower(&d, OKB_INFO);
    okb_draft_emit(run, &d);
}

/* An export without weights says nothing about them. */
static void compare_weight(review_run *run, const pair *p)
{
    double before = before_of(p)->weight, now = goal_at(run, p->now_ix)->weight;
    if (!isnan(before) && !isnan(now) && !is_same(before, now))
        tell_change(run, p, C_CHG004, "weight", kept_number(run, before), kept_number(run, now));
}

/* What happens to goals anyway: told in the ledger, no finding. */
static void compare_course(review_run *run, const pair *p)
{
    const okb_result *before = &p->before_plan->results[p->before_ix];
    const okb_result *now = &run->plan->results[p->now_ix];
    if (before->last_status != now->last_status)
        add_change(run, p, C_CHG008, "status", okb_span_of(okb_status_name(before->last_status)),
                   okb_span_of(okb_status_name(now->last_status)));
    if (before->band != now->band)
        add_change(run, p, C_CHG009, "band", okb_span_of(okb_band_name(before->band)),
                   okb_span_of(okb_band_name(now->band)));
}

static void compare_pair(review_run *run, pair *p)
{
    const okb_goal *before = before_of(p), *now = goal_at(run, p->now_ix);
    compare_numbers(run, p);
    if (!p->is_last_cycle && before->due != now->due)
        tell_change(run, p, C_CHG002, "due", kept_day(run, before->due), kept_day(run, now->due));
    if (!okb_text_same(before->owner, now->owner))
        tell_change(run, p, C_CHG003, "owner", before->owner, now->owner);
    compare_weight(run, p);
    compare_ambition(run, p);
    if (p->is_last_cycle)
        return;
    compare_course(run, p);
    if (!okb_text_same(before->title, now->title))
        tell_change(run, p, C_CHG010, "title", before->title, now->title);
    okb_span team_before = p->before_plan->teams[before->team_ix].name;
    okb_span team_now = run->plan->teams[now->team_ix].name;
    if (!okb_text_same(team_before, team_now))
        tell_change(run, p, C_CHG011, "team", team_before, team_now);
}

/* ---- finding goals again --------------------------------------------------------------------------------------------- */

static okb_span id_key(review_run *run, const okb_plan *plan, uint32_t goal_ix)
{
    const okb_goal *goal = &plan->goals[goal_ix];
    return okb_review_printf(run, "%.*s\n%.*s", OKB_FMT(plan->cycles[goal->cycle_ix].name), OKB_FMT(goal->id));
}

/* Kind, team and words without numbers; without the team for goals that changed it. */
static okb_span words_key(review_run *run, const okb_plan *plan, uint32_t goal_ix, bool has_team)
{
    const okb_goal *goal = &plan->goals[goal_ix];
    const okb_span none = {NULL, 0};
    okb_span team = has_team ? okb_text_fold(&run->scratch, plan->teams[goal->team_ix].name) : none;
    return okb_review_printf(run, "%d\n%.*s\n%.*s", (int)goal->kind, OKB_FMT(team),
                             OKB_FMT(okb_title_key(&run->scratch, goal->title)));
}

/* By words; those that several goals share match nothing. */
static const uint32_t ambiguous = OKB_NONE - 1;

static void put_words(okb_map *map, okb_span key, uint32_t goal_ix)
{
    bool is_new;
    uint32_t *value = okb_map_put(map, key, goal_ix, &is_new);
    if (!is_new)
        *value = ambiguous;
}

static bool is_of_reported_cycle(const review_run *run, const okb_plan *previous, uint32_t goal_ix)
{
    return okb_span_eq(previous->cycles[previous->goals[goal_ix].cycle_ix].name,
                       run->plan->cycles[run->plan->cycle_ix].name);
}

/* The earlier goal of each goal of the reported cycle, OKB_NONE where there is none; which earlier ones were found. */
typedef struct matches {
    uint32_t *found;
    bool *is_found;
    uint32_t n_before; /* earlier goals of the reported cycle */
} matches;

static void match_ids(review_run *run, matches *m)
{
    okb_map *by_id = okb_map_new();
    for (uint32_t i = 0; i < run->previous->n_goals; i++) {
        okb_map_put(by_id, id_key(run, run->previous, i), i, NULL);
        m->n_before += is_of_reported_cycle(run, run->previous, i);
    }
    for (uint32_t i = 0; i < run->plan->n_goals; i++) {
        m->found[i] = okb_map_get(by_id, id_key(run, run->plan, i));
        if (m->found[i] != OKB_NONE)
            m->is_found[m->found[i]] = true;
    }
    okb_map_free(by_id);
}

static void match_words(review_run *run, matches *m, bool has_team)
{
    const okb_plan *plan = run->plan, *previous = run->previous;
    okb_map *before = okb_map_new(), *now = okb_map_new();
    for (uint32_t i = 0; i < plan->n_goals; i++)
        if (m->found[i] == OKB_NONE && is_reported(run, i))
            put_words(now, words_key(run, plan, i, has_team), i);
    for (uint32_t i = 0; i < previous->n_goals && okb_map_count(now); i++)
        if (!m->is_found[i] && is_of_reported_cycle(run, previous, i))
            put_words(before, words_key(run, previous, i, has_team), i);
    for (uint32_t i = 0; i < plan->n_goals && okb_map_count(before); i++) {
        if (m->found[i] != OKB_NONE || !is_reported(run, i))
            continue;
        okb_span key = words_key(run, plan, i, has_team);
        uint32_t before_ix = okb_map_get(before, key);
        if (before_ix >= previous->n_goals || okb_map_get(now, key) != i)
            continue;
        m->found[i] = before_ix;
        m->is_found[before_ix] = true;
    }
    okb_map_free(before);
    okb_map_free(now);
}

static void tell_new(review_run *run, uint32_t goal_ix, okb_span since)
{
    const okb_goal *goal = goal_at(run, goal_ix);
    okb_change_row *row = add_row(run, C_CHG006, goal, run->plan->teams[goal->team_ix].name);
    row->goal_ix = goal_ix;
    row->score_now = run->plan->results[goal_ix].score;
    row->since = since;
    okb_emit_goal(run, C_CHG006, goal_ix, since);
}

static void tell_dropped(review_run *run, uint32_t before_ix, const okb_map *teams, okb_span since)
{
    const okb_plan *previous = run->previous;
    const okb_goal *goal = &previous->goals[before_ix];
    okb_span team = previous->teams[goal->team_ix].name;
    add_row(run, C_CHG007, goal, team)->since = since;
    draft d = okb_draft_team(run, C_CHG007, okb_map_get(teams, okb_text_fold(&run->scratch, team)));
    d.slots[SLOT_title] = goal->title;
    d.evidence = goal->id;
    okb_draft_emit(run, &d);
}

static void compare_runs(review_run *run)
{
    const okb_plan *plan = run->plan, *previous = run->previous;
    const okb_span since = okb_arena_copy(run->keep, OKB_S("previous run"));
    matches m = {OKB_NEW_N(&run->scratch, uint32_t, plan->n_goals), OKB_NEW_N(&run->scratch, bool, previous->n_goals),
                 0};
    match_ids(run, &m);
    match_words(run, &m, true);
    match_words(run, &m, false);
    for (uint32_t i = 0; i < plan->n_goals; i++) {
        pair p = {previous, i, m.found[i], since, false, NAN};
        if (m.found[i] != OKB_NONE && is_reported(run, i))
            compare_pair(run, &p);
        else if (is_reported(run, i) && m.n_before > 0)
            tell_new(run, i, since);
    }
    okb_map *teams = okb_map_new();
    for (uint32_t i = 0; i < plan->n_teams; i++)
        okb_map_put(teams, okb_text_fold(&run->scratch, plan->teams[i].name), i, NULL);
    for (uint32_t i = 0; i < previous->n_goals; i++)
        if (!m.is_found[i] && is_of_reported_cycle(run, previous, i))
            tell_dropped(run, i, teams, since);
    okb_map_free(teams);
}

/* Goals that the cycle before had in the same words. */
static void compare_cycles(review_run *run)
{
    okb_plan *plan = run->plan;
    uint32_t last_ix = plan->cycles[plan->cycle_ix].previous_ix;
    if (last_ix == OKB_NONE)
        return;
    okb_map *by_words = okb_map_new();
    for (uint32_t i = 0; i < plan->n_goals; i++)
        if (plan->goals[i].cycle_ix == last_ix)
            put_words(by_words, words_key(run, plan, i, true), i);
    for (uint32_t i = 0; i < plan->n_goals && okb_map_count(by_words); i++) {
        if (!is_reported(run, i) || goal_at(run, i)->kind == OKB_INITIATIVE)
            continue;
        uint32_t before = okb_map_get(by_words, words_key(run, plan, i, true));
        pair p = {plan, i, before, plan->cycles[last_ix].name, true, NAN};
        if (before < plan->n_goals)
            compare_pair(run, &p);
    }
    okb_map_free(by_words);
}

void okb_review_changes(review_run *run)
{
    if (run->previous)
        compare_runs(run);
    if (run->plan->n_goals)
        compare_cycles(run);
}
