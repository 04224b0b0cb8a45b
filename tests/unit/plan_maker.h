/*
 * A finished plan of any size, made by hand, for the tests of what is written: teams with objectives, key results and initiatives,
 * weekly check-ins, verdicts, scores and findings. The arithmetic is the plain case of SPEC section 5, so that formulas have
 * something to be held to. Two calls with the same numbers give the same plan.
 */
#ifndef OKRBOOK_PLAN_MAKER_H
#define OKRBOOK_PLAN_MAKER_H

#include "okrbook/plan.h"
#include "okrbook/table.h"
#include "okrbook/tables.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef struct plan_made {
    okb_arena keep;
    okb_plan plan;
    okb_settings *settings;
    okb_finding_def defs[3];
} plan_made;

/* ---- settings: the table in the box is plain enough to be cut here, quotes included -------------------------------- */

static okb_settings *made_settings(okb_arena *keep)
{
    okb_span text = okb_arena_copy(keep, okb_builtin_bytes("settings.csv"));
    enum { MOST_ROWS = 1000, MOST_CELLS = 8000 };
    okb_row *rows = OKB_NEW_N(keep, okb_row, MOST_ROWS);
    okb_cell *cells = OKB_NEW_N(keep, okb_cell, MOST_CELLS);
    okb_table table = {.path = OKB_S("settings.csv"), .text = text, .rows = rows, .cells = cells};
    size_t at = 0;
    uint32_t line = 1;
    while (at < text.n) {
        rows[table.n_rows] = (okb_row){.first_cell = table.n_cells, .line = line++};
        for (bool is_last = false; !is_last;) {
            bool is_quoted = at < text.n && text.p[at] == '"';
            size_t from = is_quoted ? ++at : at;
            while (at < text.n && (is_quoted ? text.p[at] != '"' : text.p[at] != ',' && text.p[at] != '\n'))
                at++;
            cells[table.n_cells++] = (okb_cell){(uint32_t)from, (uint32_t)(at - from) & 0x7FFFFFFF, is_quoted};
            rows[table.n_rows].n_cells++;
            at += is_quoted;
            is_last = at >= text.n || text.p[at] == '\n';
            at++;
        }
        table.n_rows++;
    }
    okb_diags diags = {.keep = keep};
    okb_err err = {0};
    okb_settings *settings = NULL;
    if (okb_settings_load(&table, keep, &diags, &settings, &err) != OKB_OK)
        abort();
    okb_vec_free(&diags.items);
    return settings;
}

static inline void made_set(plan_made *made, const char *name, const char *value)
{
    okb_err err = {0};
    if (okb_settings_set(made->settings, okb_span_of(name), okb_span_of(value), OKB_S("test"), &err) != OKB_OK)
        abort();
}

/* ---- arithmetic ------------------------------------------------------------------------------------------------- */

static double made_clip(double x)
{
    return x < 0 ? 0 : x > 1 ? 1 : x;
}

static okb_pace made_pace(double score, double expected)
{
    if (isnan(score))
        return OKB_PACE_NO_DATA;
    if (score >= 1)
        return OKB_PACE_DONE;
    double gap = expected - score;
    return gap <= 0.05 + 1e-9 ? OKB_PACE_ON_TRACK : gap <= 0.25 + 1e-9 ? OKB_PACE_AT_RISK : OKB_PACE_OFF_TRACK;
}

static okb_result made_result(const okb_plan *plan, const okb_goal *goal)
{
    okb_result r = {.raw = NAN,
                    .score = NAN,
                    .score_missing_zero = NAN,
                    .stated = NAN,
                    .worst = NAN,
                    .gap = NAN,
                    .forecast_value = NAN,
                    .forecast = NAN,
                    .weekly_rate = NAN,
                    .rate_to_target = NAN,
                    .rate_to_success = NAN,
                    .movement = NAN,
                    .confidence = NAN,
                    .confidence_trend = NAN,
                    .checkin_rate = NAN,
                    .last_checkin = OKB_DAY_NONE,
                    .as_of = plan->as_of};
    r.baseline = goal->baseline;
    r.target = goal->target;
    r.current = goal->current;
    r.expected = made_clip((double)(plan->as_of - goal->start) / (goal->due - goal->start));
    r.raw = (goal->current - goal->baseline) / (goal->target - goal->baseline);
    r.score = isnan(r.raw) ? NAN : made_clip(r.raw);
    return r;
}

static void made_finish(okb_plan *plan, uint32_t g)
{
    okb_result *r = &plan->results[g];
    const okb_goal *goal = &plan->goals[g];
    double weight = 0, sum = 0, zero = 0;
    if (goal->kind == OKB_OBJECTIVE) {
        r->score = NAN;
        for (uint32_t i = 0; i < goal->n_children; i++) {
            const okb_goal *child = &plan->goals[goal->children[i]];
            if (child->team_ix != goal->team_ix || child->kind != OKB_KEY_RESULT)
                continue;
            double w = isnan(child->weight) ? 1 : child->weight, score = plan->results[goal->children[i]].score;
            r->n_parts++;
            zero += w;
            if (isnan(score))
                continue;
            r->n_scored++;
            weight += w;
            sum += w * score;
        }
        r->score = weight > 0 ? sum / weight : NAN;
        r->score_missing_zero = zero > 0 ? sum / zero : 0;
        r->raw = NAN;
    } else
        r->score_missing_zero = isnan(r->score) ? 0 : r->score;
    r->gap = r->expected - r->score;
    r->pace = made_pace(r->score, r->expected);
    r->met = isnan(r->score) ? OKB_MET_NONE : okb_round_half_up(r->score, 2) >= 0.7 ? OKB_MET_YES : OKB_MET_PENDING;
    double shown = isnan(r->score) ? NAN : okb_round_half_up(r->score, 2);
    r->band = isnan(shown) ? OKB_BAND_NONE : shown <= 0.3 ? OKB_RED : shown >= 0.7 ? OKB_GREEN : OKB_AMBER;
}

static void made_team_result(okb_plan *plan, okb_team_result *t)
{
    double sum = 0, zero = 0, expected = 0, confidence = 0;
    uint32_t n_confidence = 0;
    for (uint32_t g = 0; g < plan->n_goals; g++) {
        const okb_goal *goal = &plan->goals[g];
        const okb_result *r = &plan->results[g];
        if (goal->team_ix != t->team_ix || goal->cycle_ix != t->cycle_ix)
            continue;
        t->n_objectives += goal->kind == OKB_OBJECTIVE;
        t->n_key_results += goal->kind == OKB_KEY_RESULT;
        t->n_initiatives += goal->kind == OKB_INITIATIVE;
        if (goal->kind == OKB_KEY_RESULT && !isnan(r->confidence)) {
            confidence += r->confidence;
            n_confidence++;
        }
        if (goal->kind != OKB_OBJECTIVE)
            continue;
        t->n_parts++;
        zero += r->score_missing_zero;
        if (isnan(r->score))
            continue;
        t->n_scored++;
        sum += r->score;
        expected += r->expected;
    }
    t->score = t->n_scored ? sum / t->n_scored : NAN;
    t->score_missing_zero = t->n_parts ? zero / t->n_parts : NAN;
    t->expected = t->n_scored ? expected / t->n_scored : NAN;
    t->confidence = n_confidence ? confidence / n_confidence : NAN;
    t->pace = made_pace(t->score, t->expected);
    t->previous_score = t->change = NAN;
    t->outcome_rate = t->smart_rate = t->checkin_rate = t->linked_rate = t->owner_rate = t->baseline_rate = NAN;
    t->linked_n = t->linked_of = t->n_objectives;
    t->linked_rate = t->linked_of ? 1 : NAN;
}

/* ---- the plan --------------------------------------------------------------------------------------------------- */

typedef struct plan_size {
    uint32_t n_teams, objectives, key_results, checkins; /* a team, an objective, a key result */
    bool has_company;
} plan_size;

static okb_goal made_goal(plan_made *made, uint32_t team_ix, okb_kind kind, const char *title, uint32_t n)
{
    const okb_cycle *cycle = &made->plan.cycles[0];
    okb_goal goal = {.id = okb_arena_printf(&made->keep, "G%05u", n),
                     .title = okb_arena_printf(&made->keep, "%s %u", title, n),
                     .owner = okb_arena_printf(&made->keep, "Owner %u", n % 7),
                     .n_owners = 1,
                     .team_ix = team_ix,
                     .level = made->plan.teams[team_ix].is_company ? OKB_COMPANY : OKB_TEAM,
                     .kind = kind,
                     .ambition = OKB_STRETCH,
                     .start = cycle->start,
                     .due = cycle->due,
                     .updated = OKB_DAY_NONE,
                     .baseline = NAN,
                     .target = NAN,
                     .current = NAN,
                     .weight = NAN,
                     .progress = NAN,
                     .score = NAN,
                     .confidence = NAN,
                     .parent_ix = OKB_NONE,
                     .source = {0, n + 2}};
    return goal;
}

static void made_checkins(plan_made *made, uint32_t goal_ix, uint32_t n)
{
    okb_plan *plan = &made->plan;
    okb_goal *goal = &plan->goals[goal_ix];
    okb_result *r = &plan->results[goal_ix];
    goal->first_checkin = plan->n_checkins;
    for (uint32_t i = 0; i < n; i++) {
        double share = (double)(i + 1) / n;
        plan->checkins[plan->n_checkins++] =
            (okb_checkin){.goal_ix = goal_ix,
                          .date = goal->start + 7 * (okb_day)(i + 1) - 3,
                          .value = goal->baseline + (goal->current - goal->baseline) * share,
                          .progress = NAN,
                          .score = NAN,
                          .confidence = 0.5,
                          .comment = OKB_S("Going on as planned. Next: show it to two customers."),
                          .source = {0, i + 2}};
    }
    goal->n_checkins = n;
    if (!n)
        return;
    r->n_checkins = n;
    r->last_checkin = plan->checkins[plan->n_checkins - 1].date;
    r->last_comment = plan->checkins[plan->n_checkins - 1].comment;
    r->confidence = 0.5;
    r->confidence_trend = goal_ix % 3 == 0 ? 0.1 : goal_ix % 3 == 1 ? -0.1 : 0;
    r->forecast = made_clip(r->raw * 1.3);
}

static plan_made *plan_make(plan_size size)
{
    plan_made *made = calloc(1, sizeof *made);
    if (!made)
        abort();
    okb_arena_init(&made->keep, 0);
    made->settings = made_settings(&made->keep);
    okb_plan *plan = &made->plan;
    uint32_t n_teams = size.n_teams + size.has_company;
    uint32_t per_objective = 1 + size.key_results + 1, most = n_teams * size.objectives * per_objective;
    plan->org = OKB_S("Acme & Söhne");
    plan->as_of = okb_day_of(2026, 8, 15);
    plan->cycles = OKB_NEW_N(&made->keep, okb_cycle, 1);
    plan->n_cycles = 1;
    plan->cycles[0] = (okb_cycle){OKB_S("2026-Q3"), okb_day_of(2026, 7, 1), okb_day_of(2026, 9, 30), 3, OKB_NONE};
    plan->teams = OKB_NEW_N(&made->keep, okb_team, n_teams);
    plan->n_teams = n_teams;
    for (uint32_t t = 0; t < n_teams; t++) {
        bool is_company = size.has_company && t == 0;
        plan->teams[t] = (okb_team){.name = is_company ? OKB_S("Acme") : okb_arena_printf(&made->keep, "Team %u", t),
                                    .parent_ix = OKB_NONE,
                                    .size = NAN,
                                    .is_company = is_company};
    }
    plan->goals = OKB_NEW_N(&made->keep, okb_goal, most + 1);
    plan->results = OKB_NEW_N(&made->keep, okb_result, most + 1);
    plan->verdicts = OKB_NEW_N(&made->keep, okb_verdict, most + 1);
    plan->checkins = OKB_NEW_N(&made->keep, okb_checkin, (size_t)most * size.checkins + 1);
    for (uint32_t t = 0; t < n_teams; t++)
        for (uint32_t o = 0; o < size.objectives; o++) {
            uint32_t objective = plan->n_goals;
            uint32_t *children = OKB_NEW_N(&made->keep, uint32_t, per_objective);
            plan->goals[plan->n_goals++] = made_goal(made, t, OKB_OBJECTIVE, "Make customers glad", objective);
            for (uint32_t k = 0; k < size.key_results; k++) {
                uint32_t g = plan->n_goals++;
                okb_goal goal = made_goal(made, t, OKB_KEY_RESULT, "Increase the share of answers within a day to", g);
                goal.parent_ix = objective;
                goal.depth = 1;
                goal.direction = OKB_INCREASE;
                goal.unit = OKB_S("%");
                goal.baseline = 10 + k;
                goal.target = 50 + o;
                goal.current = (g * 7 + t) % 11 == 0 ? NAN : (double)(10 + (g * 13 + t * 5) % 45);
                goal.weight = k == 1 ? 2 : NAN;
                plan->goals[g] = goal;
                children[k] = g;
            }
            uint32_t last = plan->n_goals++;
            plan->goals[last] = made_goal(made, t, OKB_INITIATIVE, "Train the support desk", last);
            plan->goals[last].parent_ix = objective;
            plan->goals[last].depth = 1;
            plan->goals[last].status = OKB_IN_PROGRESS;
            children[size.key_results] = last;
            plan->goals[objective].children = children;
            plan->goals[objective].n_children = size.key_results + 1;
        }
    for (uint32_t g = 0; g < plan->n_goals; g++) {
        plan->results[g] = made_result(plan, &plan->goals[g]);
        plan->verdicts[g] = (okb_verdict){.class_ = OKB_OUTCOME,
                                          .specific = OKB_YES,
                                          .measurable = OKB_YES,
                                          .timebound = OKB_YES,
                                          .baseline = NAN,
                                          .target = NAN,
                                          .deadline = OKB_DAY_NONE};
        if (plan->goals[g].kind == OKB_KEY_RESULT && !isnan(plan->goals[g].current))
            made_checkins(made, g, size.checkins);
    }
    for (uint32_t g = 0; g < plan->n_goals; g++)
        made_finish(plan, g);
    plan->team_results = OKB_NEW_N(&made->keep, okb_team_result, n_teams);
    for (uint32_t t = 0; t < n_teams; t++) {
        plan->team_results[t] = (okb_team_result){.team_ix = t, .cycle_ix = 0};
        made_team_result(plan, &plan->team_results[t]);
    }
    plan->n_team_results = n_teams;
    double sum = 0, expected = 0;
    plan->overall_is_company = size.has_company;
    for (uint32_t i = 0; i < (size.has_company ? plan->n_goals : n_teams); i++) {
        if (size.has_company && (plan->goals[i].team_ix != 0 || plan->goals[i].kind != OKB_OBJECTIVE))
            continue;
        plan->overall_parts++;
        double score = size.has_company ? plan->results[i].score : plan->team_results[i].score;
        if (isnan(score))
            continue;
        plan->overall_scored++;
        sum += score;
        expected += size.has_company ? plan->results[i].expected : plan->team_results[i].expected;
    }
    plan->overall = plan->overall_scored ? sum / plan->overall_scored : NAN;
    plan->overall_expected = plan->overall_scored ? expected / plan->overall_scored : NAN;
    okb_file *file = OKB_NEW(&made->keep, okb_file);
    *file = (okb_file){.path = OKB_S("in/goals.csv"),
                       .name = OKB_S("goals.csv"),
                       .kind = OKB_FILE_GOALS,
                       .format = OKB_S("canonical"),
                       .encoding = OKB_S("UTF-8"),
                       .delimiter = ',',
                       .rows = plan->n_goals,
                       .used = plan->n_goals,
                       .sha256 = "00"};
    plan->files = file;
    plan->n_files = 1;
    return made;
}

/* Gives every key result a finding, and its team's findings their ranks. */
static inline void plan_add_findings(plan_made *made)
{
    okb_plan *plan = &made->plan;
    made->defs[0] = (okb_finding_def){.code = OKB_S("KR013"), .family = OKB_S("KR"), .severity = OKB_WARNING};
    okb_finding *findings = OKB_NEW_N(&made->keep, okb_finding, (size_t)plan->n_goals + 1);
    uint32_t n = 0, rank = 0;
    for (uint32_t g = 0; g < plan->n_goals; g++) {
        rank = g && plan->goals[g].team_ix == plan->goals[g - 1].team_ix ? rank : 0;
        if (plan->goals[g].kind != OKB_KEY_RESULT)
            continue;
        findings[n++] = (okb_finding){.def = &made->defs[0],
                                      .severity = OKB_WARNING,
                                      .team_ix = plan->goals[g].team_ix,
                                      .cycle_ix = 0,
                                      .goal_ix = g,
                                      .source = plan->goals[g].source,
                                      .evidence = OKB_S("target 50"),
                                      .message = OKB_S("the starting value is not known"),
                                      .question = OKB_S("Where does it stand today?"),
                                      .rank = ++rank};
    }
    plan->findings = findings;
    plan->n_findings = n;
}

static void plan_unmake(plan_made *made)
{
    okb_arena_reset(&made->keep);
    free(made);
}

#endif
