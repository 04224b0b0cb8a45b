/*
 * Plans in a few words, for the tests of the scoring room. A plan is text, a line a thing:
 *
 *   as_of 2026-08-15
 *   cycle 2026-Q3 2026-07-01 2026-09-30 previous=2026-Q2
 *   team Growth company
 *   goal K1 kind=key_result parent=O1;O2*3 baseline=0 target=10 current=5 v.class=outcome
 *   in K1 2026-07-08 value=3 confidence=0.6 status=done
 *
 * Without such lines there are the team A, the cycle 2026-Q3 and the day 2026-08-15. An expectation is text too:
 * "K1.score=0.5 K1.pace=on_track team.A.score=0.5 overall=0.5"; a name with nothing behind its = expects an unknown value.
 */
#ifndef OKRBOOK_SCORE_PLAN_H
#define OKRBOOK_SCORE_PLAN_H

#include "test.h"

#include "okrbook/plan.h"
#include "okrbook/score.h"
#include "okrbook/table.h"
#include "okrbook/tables.h"

#include <stdlib.h>

#define MOST 1024

typedef struct plan_sketch {
    okb_arena arena;
    okb_plan plan;
    okb_settings *settings;
    okb_goal goals[MOST];
    okb_checkin checkins[MOST];
    okb_team teams[MOST];
    okb_cycle cycles[MOST];
    okb_verdict verdicts[MOST];
    okb_span parents[MOST], previous[MOST];
} plan_sketch;

/* ---- words ------------------------------------------------------------------------------------------------------ */

static okb_span cut_word(okb_span *rest)
{
    *rest = okb_span_trim(*rest);
    return okb_span_trim(okb_span_cut(rest, ' '));
}

static double number_of(okb_span text)
{
    double value = NAN;
    if (okb_number_scan(text, '.', &value) != text.n)
        fail_msg("'%.*s' is no number", OKB_FMT(text));
    return value;
}

static okb_day day_of(okb_span text)
{
    char copy[11] = {0};
    if (text.n != 10)
        fail_msg("'%.*s' is no day", OKB_FMT(text));
    memcpy(copy, text.p, 10);
    return okb_day_of(atoi(copy), atoi(copy + 5), atoi(copy + 8));
}

static okb_answer answer_of(okb_span text)
{
    return okb_span_eq(text, OKB_S("yes"))      ? OKB_YES
           : okb_span_eq(text, OKB_S("binary")) ? OKB_BINARY
           : okb_span_eq(text, OKB_S("no"))     ? OKB_NO
                                                : OKB_UNKNOWN;
}

/* ---- settings --------------------------------------------------------------------------------------------------- */

/* The settings table is plain enough to be cut here, so that these tests need no other room. */
static okb_settings *settings_of(okb_arena *arena, const char *sets)
{
    okb_span rest = okb_builtin_bytes("settings.csv");
    okb_table table = {.path = OKB_S("settings.csv"), .text = rest};
    okb_row *rows = OKB_NEW_N(arena, okb_row, 1000);
    okb_cell *cells = OKB_NEW_N(arena, okb_cell, 7000);
    while (rest.n) {
        okb_span line = okb_span_cut(&rest, '\n');
        rows[table.n_rows] = (okb_row){.first_cell = table.n_cells, .line = (uint32_t)table.n_rows + 1};
        while (line.n || rows[table.n_rows].n_cells < 7) {
            okb_span cell;
            if (okb_span_starts(line, OKB_S("\""))) {
                line = okb_span_sub(line, 1, line.n);
                cell = okb_span_cut(&line, '"');
                okb_span_cut(&line, ',');
            } else
                cell = okb_span_cut(&line, ',');
            uint32_t offset = cell.n ? (uint32_t)(cell.p - table.text.p) : 0;
            cells[table.n_cells++] = (okb_cell){.offset = offset, .size = (uint32_t)cell.n & 0x7fffffff};
            rows[table.n_rows].n_cells++;
        }
        table.n_rows++;
    }
    table.rows = rows;
    table.cells = cells;
    okb_settings *settings = NULL;
    okb_diags diags = {.keep = arena};
    okb_err err = {0};
    if (okb_settings_load(&table, arena, &diags, &settings, &err) != OKB_OK)
        fail_msg("settings: %s: %s", err.text, diags.items.n ? okb_vec_at(&diags.items, okb_diag, 0).text.p : "");
    okb_span list = okb_span_of(sets);
    while (list.n) {
        okb_span set = okb_span_trim(okb_span_cut(&list, ';'));
        okb_span name = okb_span_cut(&set, '=');
        if (okb_settings_set(settings, name, set, OKB_S("--set"), &err) != OKB_OK)
            fail_msg("%s", err.text);
    }
    return settings;
}

/* ---- building --------------------------------------------------------------------------------------------------- */

static okb_goal *goal_named(plan_sketch *sketch, okb_span id)
{
    for (uint32_t i = 0; i < sketch->plan.n_goals; i++)
        if (okb_span_eq(sketch->goals[i].id, id))
            return &sketch->goals[i];
    return NULL;
}

static uint32_t team_named(plan_sketch *sketch, okb_span name)
{
    for (uint32_t i = 0; i < sketch->plan.n_teams; i++)
        if (okb_span_eq(sketch->teams[i].name, name))
            return i;
    sketch->teams[sketch->plan.n_teams] = (okb_team){.name = name, .parent_ix = OKB_NONE, .size = NAN};
    return sketch->plan.n_teams++;
}

static uint32_t cycle_named(const plan_sketch *sketch, okb_span name)
{
    for (uint32_t i = 0; i < sketch->plan.n_cycles; i++)
        if (okb_span_eq(sketch->cycles[i].name, name))
            return i;
    return OKB_NONE;
}

static void set_verdict(okb_verdict *verdict, okb_span key, okb_span value)
{
    if (okb_span_eq(key, OKB_S("class")))
        verdict->class_ = okb_class_parse(value);
    else if (okb_span_eq(key, OKB_S("kind")))
        verdict->kind_read = okb_kind_parse(value);
    else if (okb_span_eq(key, OKB_S("S")))
        verdict->specific = answer_of(value);
    else if (okb_span_eq(key, OKB_S("M")))
        verdict->measurable = answer_of(value);
    else if (okb_span_eq(key, OKB_S("A")))
        verdict->achievable = answer_of(value);
    else if (okb_span_eq(key, OKB_S("R")))
        verdict->relevant = answer_of(value);
    else if (okb_span_eq(key, OKB_S("T")))
        verdict->timebound = answer_of(value);
    else if (okb_span_eq(key, OKB_S("baseline")))
        verdict->baseline = number_of(value);
    else if (okb_span_eq(key, OKB_S("target")))
        verdict->target = number_of(value);
    else if (okb_span_eq(key, OKB_S("unit")))
        verdict->unit = value;
    else if (okb_span_eq(key, OKB_S("direction")))
        verdict->direction = okb_direction_parse(value);
    else if (okb_span_eq(key, OKB_S("deadline")))
        verdict->deadline = day_of(value);
    else if (okb_span_eq(key, OKB_S("percent")) || okb_span_eq(key, OKB_S("points")) ||
             okb_span_eq(key, OKB_S("factor"))) {
        verdict->change = key.p[1] == 'e'   ? OKB_CHANGE_PERCENT
                          : key.p[1] == 'o' ? OKB_CHANGE_POINTS
                                            : OKB_CHANGE_FACTOR;
        verdict->change_by = number_of(value);
    } else
        fail_msg("no verdict field '%.*s'", OKB_FMT(key));
}

/* phase=2026-08-15:30, in the order of their days */
static void add_phase(plan_sketch *sketch, okb_goal *goal, okb_span value)
{
    okb_phase *phases = OKB_NEW_N(&sketch->arena, okb_phase, goal->n_phases + 1);
    for (uint32_t i = 0; i < goal->n_phases; i++)
        phases[i] = goal->phases[i];
    okb_day day = day_of(okb_span_cut(&value, ':'));
    phases[goal->n_phases++] = (okb_phase){day, number_of(value)};
    goal->phases = phases;
}

static void set_goal(plan_sketch *sketch, okb_goal *goal, okb_span key, okb_span value)
{
    size_t ix = (size_t)(goal - sketch->goals);
    if (okb_span_eq(key, OKB_S("kind")))
        goal->kind = okb_kind_parse(value);
    else if (okb_span_eq(key, OKB_S("team")))
        goal->team_ix = team_named(sketch, value);
    else if (okb_span_eq(key, OKB_S("cycle")))
        goal->cycle_ix = cycle_named(sketch, value);
    else if (okb_span_eq(key, OKB_S("level")))
        goal->level = okb_level_parse(value);
    else if (okb_span_eq(key, OKB_S("parent")))
        sketch->parents[ix] = value;
    else if (okb_span_eq(key, OKB_S("ambition")))
        goal->ambition = okb_ambition_parse(value);
    else if (okb_span_eq(key, OKB_S("direction")))
        goal->direction = okb_direction_parse(value);
    else if (okb_span_eq(key, OKB_S("status")))
        goal->status = okb_status_parse(value);
    else if (okb_span_eq(key, OKB_S("start")))
        goal->start = day_of(value);
    else if (okb_span_eq(key, OKB_S("due")))
        goal->due = day_of(value);
    else if (okb_span_eq(key, OKB_S("baseline")))
        goal->baseline = number_of(value);
    else if (okb_span_eq(key, OKB_S("target")))
        goal->target = number_of(value);
    else if (okb_span_eq(key, OKB_S("current")))
        goal->current = number_of(value);
    else if (okb_span_eq(key, OKB_S("phase")))
        add_phase(sketch, goal, value);
    else if (okb_span_eq(key, OKB_S("weight")))
        goal->weight = number_of(value);
    else if (okb_span_eq(key, OKB_S("progress")))
        goal->progress = number_of(value);
    else if (okb_span_eq(key, OKB_S("score")))
        goal->score = number_of(value);
    else if (okb_span_eq(key, OKB_S("confidence")))
        goal->confidence = number_of(value);
    else if (okb_span_eq(key, OKB_S("unit")))
        goal->unit = value;
    else if (okb_span_eq(key, OKB_S("owners")))
        goal->n_owners = (uint32_t)number_of(value);
    else if (okb_span_eq(key, OKB_S("circle")))
        goal->is_in_circle = true;
    else if (okb_span_eq(key, OKB_S("metric")))
        goal->has_metric = answer_of(value);
    else if (okb_span_starts(key, OKB_S("v.")))
        set_verdict(&sketch->verdicts[ix], okb_span_sub(key, 2, key.n), value);
    else
        fail_msg("no goal field '%.*s'", OKB_FMT(key));
}

static void add_goal(plan_sketch *sketch, okb_span rest)
{
    uint32_t ix = sketch->plan.n_goals++;
    okb_goal *goal = &sketch->goals[ix];
    *goal = (okb_goal){.id = cut_word(&rest),
                       .start = OKB_DAY_NONE,
                       .due = OKB_DAY_NONE,
                       .updated = OKB_DAY_NONE,
                       .baseline = NAN,
                       .target = NAN,
                       .current = NAN,
                       .weight = NAN,
                       .progress = NAN,
                       .score = NAN,
                       .confidence = NAN,
                       .parent_ix = OKB_NONE};
    goal->title = goal->id;
    goal->cycle_ix = sketch->plan.cycle_ix;
    sketch->verdicts[ix] = (okb_verdict){.baseline = NAN, .target = NAN, .deadline = OKB_DAY_NONE, .change_by = NAN};
    while ((rest = okb_span_trim(rest)).n) {
        okb_span value = cut_word(&rest);
        okb_span key = okb_span_cut(&value, '=');
        set_goal(sketch, goal, key, value);
    }
}

static void add_checkin(plan_sketch *sketch, okb_span rest)
{
    okb_span id = cut_word(&rest);
    okb_goal *goal = goal_named(sketch, id);
    if (!goal)
        fail_msg("check-in of no goal '%.*s'", OKB_FMT(id));
    uint32_t at = sketch->plan.n_checkins++;
    okb_checkin *checkin = &sketch->checkins[at];
    *checkin = (okb_checkin){.goal_ix = (uint32_t)(goal - sketch->goals),
                             .date = day_of(cut_word(&rest)),
                             .value = NAN,
                             .progress = NAN,
                             .score = NAN,
                             .confidence = NAN,
                             .source = {.line = at}};
    while ((rest = okb_span_trim(rest)).n) {
        okb_span value = cut_word(&rest);
        okb_span key = okb_span_cut(&value, '=');
        if (okb_span_eq(key, OKB_S("status")))
            checkin->status = okb_status_parse(value);
        else if (okb_span_eq(key, OKB_S("comment")))
            checkin->comment = value;
        else {
            double *field = okb_span_eq(key, OKB_S("value"))        ? &checkin->value
                            : okb_span_eq(key, OKB_S("progress"))   ? &checkin->progress
                            : okb_span_eq(key, OKB_S("score"))      ? &checkin->score
                            : okb_span_eq(key, OKB_S("confidence")) ? &checkin->confidence
                                                                    : NULL;
            if (!field)
                fail_msg("no check-in field '%.*s'", OKB_FMT(key));
            else
                *field = number_of(value);
        }
    }
}

static int by_goal_date_input(const void *a, const void *b)
{
    const okb_checkin *left = a, *right = b;
    if (left->goal_ix != right->goal_ix)
        return left->goal_ix < right->goal_ix ? -1 : 1;
    if (left->date != right->date)
        return left->date < right->date ? -1 : 1;
    return left->source.line < right->source.line ? -1 : left->source.line > right->source.line;
}

static void link_up(plan_sketch *sketch)
{
    okb_plan *plan = &sketch->plan;
    for (uint32_t i = 0; i < plan->n_goals; i++) {
        okb_span list = sketch->parents[i];
        okb_link *links = OKB_NEW_N(&sketch->arena, okb_link, list.n + 1);
        uint32_t n = 0;
        while (list.n) {
            okb_span weight = okb_span_cut(&list, ';');
            okb_span ref = okb_span_cut(&weight, '*');
            const okb_goal *parent = goal_named(sketch, ref);
            links[n++] = (okb_link){ref, parent ? (uint32_t)(parent - sketch->goals) : OKB_NONE,
                                    weight.n ? number_of(weight) : NAN};
        }
        sketch->goals[i].links = links;
        sketch->goals[i].n_links = n;
    }
    for (uint32_t i = 0; i < plan->n_cycles; i++)
        plan->cycles[i].previous_ix = cycle_named(sketch, sketch->previous[i]);
    qsort(sketch->checkins, plan->n_checkins, sizeof(okb_checkin), by_goal_date_input);
    for (uint32_t i = plan->n_checkins; i-- > 0;) {
        okb_goal *goal = &sketch->goals[sketch->checkins[i].goal_ix];
        goal->first_checkin = i;
        goal->n_checkins++;
    }
}

static void sketch_line(plan_sketch *sketch, okb_span line)
{
    okb_plan *plan = &sketch->plan;
    okb_span word = cut_word(&line);
    if (word.n == 0)
        return;
    if (okb_span_eq(word, OKB_S("as_of")))
        plan->as_of = day_of(cut_word(&line));
    else if (okb_span_eq(word, OKB_S("cycle"))) {
        okb_span name = cut_word(&line);
        uint32_t ix = cycle_named(sketch, name);
        if (ix == OKB_NONE)
            ix = plan->n_cycles++;
        okb_cycle *cycle = &sketch->cycles[ix];
        cycle->name = name;
        cycle->start = day_of(cut_word(&line));
        cycle->due = day_of(cut_word(&line));
        sketch->previous[ix] = okb_span_sub(cut_word(&line), strlen("previous="), SIZE_MAX);
    } else if (okb_span_eq(word, OKB_S("team"))) {
        uint32_t ix = team_named(sketch, cut_word(&line));
        sketch->teams[ix].is_company = okb_span_eq(cut_word(&line), OKB_S("company"));
    } else if (okb_span_eq(word, OKB_S("goal")))
        add_goal(sketch, line);
    else if (okb_span_eq(word, OKB_S("in")))
        add_checkin(sketch, line);
    else
        fail_msg("no such line: '%.*s'", OKB_FMT(word));
}

/* Reads, resolves and scores. The result is static: one sketch at a time. */
static okb_plan *plan_of(const char *text, const char *sets)
{
    static plan_sketch made;
    okb_arena_reset(&made.arena);
    made = (plan_sketch){.arena = made.arena};
    okb_plan *plan = &made.plan;
    *plan = (okb_plan){.as_of = okb_day_of(2026, 8, 15),
                       .goals = made.goals,
                       .checkins = made.checkins,
                       .teams = made.teams,
                       .cycles = made.cycles,
                       .verdicts = made.verdicts};
    made.settings = settings_of(&made.arena, sets);
    sketch_line(&made, OKB_S("cycle 2026-Q3 2026-07-01 2026-09-30"));
    team_named(&made, OKB_S("A"));
    okb_span rest = okb_span_of(text);
    while (rest.n)
        sketch_line(&made, okb_span_cut(&rest, '\n'));
    link_up(&made);
    okb_err err = {0};
    if (okb_score_resolve(plan, made.settings, &made.arena, &err) != OKB_OK ||
        okb_score_plan(plan, made.settings, &made.arena, &err) != OKB_OK ||
        okb_score_rates(plan, made.settings, &err) != OKB_OK)
        fail_msg("%s", err.text);
    return plan;
}

/* ---- expectations ------------------------------------------------------------------------------------------------ */

typedef struct seen {
    double number;
    const char *word; /* NULL: a number */
} seen;

static seen seen_number(double number)
{
    return (seen){number, NULL};
}

static seen seen_word(const char *word)
{
    return (seen){NAN, word};
}

static seen seen_day(okb_day day)
{
    static char text[11];
    okb_day_print(day, text);
    return seen_word(text);
}

#define FIELD(name, value)                                                                                             \
    if (okb_span_eq(field, OKB_S(name)))                                                                               \
    return (value)

static seen goal_field(const okb_goal *goal, const okb_result *result, okb_span field)
{
    FIELD("score", seen_number(result->score));
    FIELD("raw", seen_number(result->raw));
    FIELD("zero", seen_number(result->score_missing_zero));
    FIELD("expected", seen_number(result->expected));
    FIELD("gap", seen_number(result->gap));
    FIELD("stated", seen_number(result->stated));
    FIELD("is_stated", seen_number(result->is_stated));
    FIELD("left_out", seen_number(result->is_left_out));
    FIELD("n_scored", seen_number(result->n_scored));
    FIELD("n_parts", seen_number(result->n_parts));
    FIELD("worst", seen_number(result->worst));
    FIELD("used_baseline", seen_number(result->baseline));
    FIELD("from", seen_number(result->baseline_origin));
    FIELD("band", seen_word(okb_band_name(result->band)));
    FIELD("pace", seen_word(okb_pace_name(result->pace)));
    FIELD("met", seen_word(okb_met_name(result->met)));
    FIELD("postmortem", seen_number(result->needs_postmortem));
    FIELD("forecast", seen_number(result->forecast));
    FIELD("forecast_value", seen_number(result->forecast_value));
    FIELD("weekly_rate", seen_number(result->weekly_rate));
    FIELD("rate_to_target", seen_number(result->rate_to_target));
    FIELD("rate_to_success", seen_number(result->rate_to_success));
    FIELD("movement", seen_number(result->movement));
    FIELD("flat", seen_number(result->is_flat));
    FIELD("confidence", seen_number(result->confidence));
    FIELD("trend", seen_number(result->confidence_trend));
    FIELD("checkins", seen_number(result->n_checkins));
    FIELD("last_checkin", seen_day(result->last_checkin));
    FIELD("last_status", seen_word(okb_status_name(result->last_status)));
    FIELD("last_comment", seen_word(result->last_comment.n ? result->last_comment.p : ""));
    FIELD("windows", seen_number(result->windows));
    FIELD("hit", seen_number(result->windows_hit));
    FIELD("late", seen_number(result->windows_late));
    FIELD("rate", seen_number(result->checkin_rate));
    FIELD("silent", seen_number(result->days_silent));
    FIELD("overdue", seen_number(result->is_overdue));
    FIELD("stalled", seen_number(result->is_stalled));
    FIELD("linked", seen_number(result->is_linked));
    FIELD("as_of", seen_day(result->as_of));
    FIELD("kind", seen_word(okb_kind_name(goal->kind)));
    FIELD("level", seen_word(okb_level_name(goal->level)));
    FIELD("ambition", seen_word(okb_ambition_name(goal->ambition)));
    FIELD("direction", seen_word(okb_direction_name(goal->direction)));
    FIELD("start", seen_day(goal->start));
    FIELD("due", seen_day(goal->due));
    FIELD("baseline", seen_number(goal->baseline));
    FIELD("target", seen_number(goal->target));
    FIELD("unit", seen_word(goal->unit.n ? goal->unit.p : ""));
    FIELD("target_from", seen_number(goal->target_origin));
    FIELD("due_from", seen_number(goal->due_origin));
    fail_msg("no field '%.*s'", OKB_FMT(field));
    return seen_number(NAN);
}

static seen team_field(const okb_team_result *team, okb_span field)
{
    FIELD("score", seen_number(team->score));
    FIELD("zero", seen_number(team->score_missing_zero));
    FIELD("expected", seen_number(team->expected));
    FIELD("pace", seen_word(okb_pace_name(team->pace)));
    FIELD("band", seen_word(okb_band_name(team->band)));
    FIELD("worst", seen_number(team->worst));
    FIELD("scored", seen_number(team->n_scored));
    FIELD("parts", seen_number(team->n_parts));
    FIELD("objectives", seen_number(team->n_objectives));
    FIELD("key_results", seen_number(team->n_key_results));
    FIELD("goals", seen_number(team->n_goals));
    FIELD("initiatives", seen_number(team->n_initiatives));
    FIELD("outcome", seen_number(team->outcome_rate));
    FIELD("smart", seen_number(team->smart_rate));
    FIELD("checkin", seen_number(team->checkin_rate));
    FIELD("linked", seen_number(team->linked_rate));
    FIELD("owner", seen_number(team->owner_rate));
    FIELD("baseline", seen_number(team->baseline_rate));
    FIELD("confidence", seen_number(team->confidence));
    FIELD("previous", seen_number(team->previous_score));
    FIELD("change", seen_number(team->change));
    fail_msg("no field '%.*s'", OKB_FMT(field));
    return seen_number(NAN);
}

/* "K1.score", "team.A.score" (reported cycle), "team.A@2026-Q2.score", "overall", "overall_zero" ... */
static seen look(const okb_plan *plan, okb_span name)
{
    okb_span field = name;
    FIELD("overall", seen_number(plan->overall));
    FIELD("overall_zero", seen_number(plan->overall_missing_zero));
    FIELD("overall_expected", seen_number(plan->overall_expected));
    FIELD("overall_scored", seen_number(plan->overall_scored));
    FIELD("overall_parts", seen_number(plan->overall_parts));
    FIELD("overall_is_company", seen_number(plan->overall_is_company));
    FIELD("teams", seen_number(plan->n_team_results));
    okb_span owner = okb_span_cut(&field, '.');
    if (okb_span_eq(owner, OKB_S("team"))) {
        okb_span cycle = okb_span_cut(&field, '.');
        okb_span team = okb_span_cut(&cycle, '@');
        for (uint32_t i = 0; i < plan->n_team_results; i++) {
            const okb_team_result *result = &plan->team_results[i];
            bool is_cycle =
                cycle.n ? okb_span_eq(plan->cycles[result->cycle_ix].name, cycle) : result->cycle_ix == plan->cycle_ix;
            if (is_cycle && okb_span_eq(plan->teams[result->team_ix].name, team))
                return team_field(result, field);
        }
    }
    for (uint32_t i = 0; i < plan->n_goals; i++)
        if (okb_span_eq(plan->goals[i].id, owner))
            return goal_field(&plan->goals[i], &plan->results[i], field);
    fail_msg("nothing is called '%.*s'", OKB_FMT(name));
    return seen_number(NAN);
}

static inline void assert_expected(const okb_plan *plan, const char *expected, const char *row)
{
    okb_span rest = okb_span_of(expected);
    while ((rest = okb_span_trim(rest)).n) {
        okb_span value = cut_word(&rest);
        okb_span name = okb_span_cut(&value, '=');
        seen got = look(plan, name);
        double want = NAN;
        if (got.word) {
            okb_span word = okb_span_of(got.word);
            if (word.n > value.n && word.p[value.n] == ' ')
                word.n = value.n;
            if (!okb_span_eq(word, value))
                fail_msg("row '%s': %.*s is '%s', expected '%.*s'", row, OKB_FMT(name), got.word, OKB_FMT(value));
            continue;
        }
        if (value.n) {
            okb_span divisor = value;
            want = number_of(okb_span_cut(&divisor, '/'));
            if (divisor.n)
                want /= number_of(divisor);
        }
        if (isnan(want) ? !isnan(got.number) : !(fabs(got.number - want) <= 1e-9))
            fail_msg("row '%s': %.*s is %.12g, expected '%.*s'", row, OKB_FMT(name), got.number, OKB_FMT(value));
    }
}

typedef struct plan_row {
    const char *name, *plan, *sets, *expected;
} plan_row;

static inline void check_rows(const plan_row *rows, size_t n)
{
    for (size_t i = 0; i < n; i++)
        assert_expected(plan_of(rows[i].plan, rows[i].sets ? rows[i].sets : ""), rows[i].expected, rows[i].name);
}

#define CHECK_ROWS(rows) check_rows((rows), COUNT_OF(rows))

#endif
