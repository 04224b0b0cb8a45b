/*
 * Plans for the tests of the review room. Every plan starts healthy: the team Co has the company objective C with C1 and C2,
 * the team A has the objective O under it with K1 and K2, the day is 2026-08-15 in 2026-Q3, and no rule has anything to say.
 * A test changes it by lines:
 *
 *   K1 title="Launch the portal" class=output       changes a goal, what was judged of it and what was scored
 *   goal K3 parent=O kind=key_result                adds one, healthy unless told otherwise
 *   in K1 2026-07-08 value=3 confidence=0.6         a check-in
 *   evidence K1 class words="Launch" rule=OUT-1     what the judge would give as a reason
 *   team B size=4   cycle 2026-Q2 2026-04-01 2026-06-30   as_of 2026-10-02   result A linked=1/4
 *   note DAT000 K1 column=Bonus evidence="..."      what the import noticed
 *   set kr.max=4                                    a setting
 *   before: O target=9                              the same for the plan of an earlier run, which is otherwise alike
 *
 * Cells with blanks stand in quotes.
 */
#ifndef OKRBOOK_PLAN_BUILDER_H
#define OKRBOOK_PLAN_BUILDER_H

#include "plan_fields.h"

/* ---- things ---------------------------------------------------------------------------------------------------------- */

static uint32_t build_goal(plan_build *b, okb_span id)
{
    uint32_t ix = b->plan.n_goals++;
    okb_span none = okb_arena_copy(&b->arena, OKB_S(""));
    okb_goal *g = &b->goals[ix];
    *g = (okb_goal){.id = id,
                    .title = okb_arena_printf(&b->arena, "Raise the yield of line %.*s from 0 to 10", OKB_FMT(id)),
                    .description = none,
                    .creator = none,
                    .comment = none,
                    .blocker = none,
                    .priority = none,
                    .ignore = none,
                    .unit = none,
                    .level = OKB_TEAM,
                    .kind = OKB_KEY_RESULT,
                    .ambition = OKB_STRETCH,
                    .direction = OKB_INCREASE,
                    .cycle_ix = b->plan.cycle_ix,
                    .team_ix = build_team(b, OKB_S("A")),
                    .start = b->cycles[b->plan.cycle_ix].start,
                    .due = b->cycles[b->plan.cycle_ix].due,
                    .updated = OKB_DAY_NONE,
                    .baseline = 0,
                    .target = 10,
                    .current = 5,
                    .baseline_origin = OKB_FROM_COLUMN,
                    .target_origin = OKB_FROM_COLUMN,
                    .direction_origin = OKB_FROM_STATEMENT,
                    .due_origin = OKB_FROM_CYCLE,
                    .weight = NAN,
                    .progress = NAN,
                    .score = NAN,
                    .confidence = NAN,
                    .parent_ix = OKB_NONE,
                    .source = {0, ix + 2}};
    build_owner(g, okb_arena_copy(&b->arena, OKB_S("Ada Quist")));
    b->verdicts[ix] = (okb_verdict){.class_ = OKB_OUTCOME,
                                    .specific = OKB_YES,
                                    .measurable = OKB_YES,
                                    .timebound = OKB_YES,
                                    .vague = OKB_NO,
                                    .compound = OKB_NO,
                                    .baseline = 0,
                                    .target = 10,
                                    .change_by = NAN,
                                    .deadline = OKB_DAY_NONE,
                                    .achievable_reason = none,
                                    .relevant_reason = none};
    b->results[ix] = (okb_result){.raw = 0.5,
                                  .score = 0.5,
                                  .stated = NAN,
                                  .baseline = 0,
                                  .target = 10,
                                  .current = 5,
                                  .baseline_origin = OKB_FROM_COLUMN,
                                  .expected = 0.5,
                                  .gap = 0,
                                  .band = OKB_AMBER,
                                  .pace = OKB_PACE_ON_TRACK,
                                  .met = OKB_MET_PENDING,
                                  .n_checkins = 4,
                                  .last_checkin = b->plan.as_of - 3,
                                  .days_silent = 3,
                                  .last_comment = none,
                                  .last_blocker = none,
                                  .is_linked = true,
                                  .as_of = b->plan.as_of};
    return ix;
}

static void build_objective(plan_build *b, okb_span id, const char *title)
{
    uint32_t ix = build_goal(b, id);
    b->goals[ix].kind = OKB_OBJECTIVE;
    b->goals[ix].title = okb_span_of(title);
    b->goals[ix].direction = OKB_DIRECTION_NONE;
    b->goals[ix].baseline = b->goals[ix].target = b->goals[ix].current = NAN;
    b->verdicts[ix].baseline = b->verdicts[ix].target = NAN;
    b->verdicts[ix].measurable = OKB_NO;
}

static void build_base(plan_build *b)
{
    b->plan.as_of = okb_day_of(2026, 8, 15);
    b->cycles[0] = (okb_cycle){.name = OKB_S("2026-Q3"),
                               .start = okb_day_of(2026, 7, 1),
                               .due = okb_day_of(2026, 9, 30),
                               .months = 3,
                               .previous_ix = OKB_NONE};
    b->plan.n_cycles = 1;
    build_team(b, OKB_S("Co"));
    b->teams[0].is_company = true;
    build_team(b, OKB_S("A"));
    build_objective(b, OKB_S("C"), "Be the mill that bakers trust");
    build_goal(b, OKB_S("C1"));
    build_goal(b, OKB_S("C2"));
    for (uint32_t i = 0; i < 3; i++) {
        b->goals[i].team_ix = 0;
        b->goals[i].level = OKB_COMPANY;
    }
    build_objective(b, OKB_S("O"), "Let every sack leave on the day it is ordered");
    build_goal(b, OKB_S("K1"));
    build_goal(b, OKB_S("K2"));
    b->goals[4].title = OKB_S("Raise sacks that leave on time from 0 to 10");
    b->goals[5].title = OKB_S("Raise orders that are complete from 0 to 10");
    b->parents[1] = b->parents[2] = b->parents[3] = OKB_S("C");
    b->parents[4] = b->parents[5] = OKB_S("O");
}

static void build_checkin(plan_build *b, okb_span rest)
{
    uint32_t goal_ix = build_find(b, build_word(b, &rest));
    assert_int_not_equal(goal_ix, OKB_NONE);
    okb_span none = okb_arena_copy(&b->arena, OKB_S(""));
    okb_checkin *c = &b->checkins[b->plan.n_checkins++];
    *c = (okb_checkin){.goal_ix = goal_ix,
                       .date = build_day(build_word(b, &rest)),
                       .value = NAN,
                       .progress = NAN,
                       .score = NAN,
                       .confidence = NAN,
                       .source = {0, b->plan.n_checkins},
                       .comment = none,
                       .blocker = none,
                       .author = none};
    while ((rest = okb_span_trim(rest)).n) {
        okb_span value = build_word(b, &rest);
        okb_span key = okb_span_cut(&value, '=');
        if (IS("blocker"))
            c->blocker = value;
        else if (IS("value"))
            c->value = build_number(value);
        else if (IS("score"))
            c->score = build_number(value);
        else if (IS("confidence"))
            c->confidence = build_number(value);
        else
            fail_msg("no field '%.*s'", OKB_FMT(key));
    }
}

static void build_evidence(plan_build *b, okb_span rest)
{
    uint32_t ix = build_find(b, build_word(b, &rest));
    assert_int_not_equal(ix, OKB_NONE);
    okb_verdict *v = &b->verdicts[ix];
    okb_evidence *list = OKB_NEW_N(&b->arena, okb_evidence, v->n_evidence + 1);
    if (v->n_evidence)
        memcpy(list, v->evidence, v->n_evidence * sizeof *list);
    okb_evidence *e = &list[v->n_evidence++];
    e->signal = build_word(b, &rest);
    e->rule = e->words = okb_arena_copy(&b->arena, OKB_S(""));
    v->evidence = list;
    while ((rest = okb_span_trim(rest)).n) {
        okb_span value = build_word(b, &rest);
        okb_span key = okb_span_cut(&value, '=');
        if (IS("words"))
            e->words = value;
        else
            e->rule = value;
    }
}

static void build_result(plan_build *b, okb_span rest)
{
    uint32_t n = b->n_rates++;
    b->rates[n].team = build_word(b, &rest);
    while ((rest = okb_span_trim(rest)).n) {
        okb_span value = build_word(b, &rest);
        okb_span key = okb_span_cut(&value, '=');
        uint32_t part = (uint32_t)build_number(okb_span_cut(&value, '/'));
        uint32_t whole = (uint32_t)build_number(value);
        if (IS("linked")) {
            b->rates[n].linked_n = part;
            b->rates[n].linked_of = whole;
        } else if (IS("smart")) {
            b->rates[n].smart_n = part;
            b->rates[n].smart_of = whole;
        } else {
            b->rates[n].checkin_n = part;
            b->rates[n].checkin_of = whole;
        }
    }
}

static void build_team_line(plan_build *b, okb_span rest)
{
    okb_team *team = &b->teams[build_team(b, build_word(b, &rest))];
    while ((rest = okb_span_trim(rest)).n) {
        okb_span value = build_word(b, &rest);
        okb_span key = okb_span_cut(&value, '=');
        if (IS("size"))
            team->size = build_number(value);
        else if (IS("framework"))
            team->framework = value;
        else
            fail_msg("no field '%.*s'", OKB_FMT(key));
    }
}

/* Cycles are given newest first: each is the one before the last one given. */
static void build_cycle_line(plan_build *b, okb_span rest)
{
    uint32_t ix = b->plan.n_cycles++;
    okb_span name = build_word(b, &rest);
    okb_day start = build_day(build_word(b, &rest));
    b->cycles[ix] = (okb_cycle){
        .name = name, .start = start, .due = build_day(build_word(b, &rest)), .months = 3, .previous_ix = OKB_NONE};
    b->cycles[ix - 1].previous_ix = ix;
}

static void build_note(plan_build *b, okb_span rest)
{
    okb_note *note = &b->notes[b->plan.n_notes++];
    okb_span none = okb_arena_copy(&b->arena, OKB_S(""));
    note->code = build_word(b, &rest);
    note->goal_ix = build_find(b, build_word(b, &rest));
    note->source = (okb_source){0, 7};
    note->column = note->evidence = none;
    while ((rest = okb_span_trim(rest)).n) {
        okb_span value = build_word(b, &rest);
        okb_span key = okb_span_cut(&value, '=');
        if (IS("column"))
            note->column = value;
        else
            note->evidence = value;
    }
}

static void build_line(plan_build *b, okb_span line)
{
    okb_span rest = line;
    okb_span key = build_word(b, &rest);
    uint32_t ix = build_find(b, key);
    if (ix != OKB_NONE)
        build_fields(b, ix, rest);
    else if (IS("goal"))
        build_fields(b, build_goal(b, build_word(b, &rest)), rest);
    else if (IS("objective")) {
        okb_span id = build_word(b, &rest);
        build_objective(b, id, "Let nobody wait for flour");
        build_fields(b, b->plan.n_goals - 1, rest);
    } else if (IS("in"))
        build_checkin(b, rest);
    else if (IS("evidence"))
        build_evidence(b, rest);
    else if (IS("team"))
        build_team_line(b, rest);
    else if (IS("cycle"))
        build_cycle_line(b, rest);
    else if (IS("as_of"))
        b->plan.as_of = build_day(build_word(b, &rest));
    else if (IS("result"))
        build_result(b, rest);
    else if (IS("note"))
        build_note(b, rest);
    else
        fail_msg("no such line: '%.*s'", OKB_FMT(line));
}

/* ---- the whole --------------------------------------------------------------------------------------------------------- */

static int build_by_goal(const void *pa, const void *pb)
{
    const okb_checkin *a = pa, *b = pb;
    if (a->goal_ix != b->goal_ix)
        return a->goal_ix < b->goal_ix ? -1 : 1;
    return a->date < b->date ? -1 : a->date > b->date;
}

static void build_links(plan_build *b)
{
    okb_plan *plan = &b->plan;
    for (uint32_t i = 0; i < plan->n_goals; i++) {
        okb_span refs = b->circles[i].n ? b->circles[i] : b->parents[i];
        okb_link *links = OKB_NEW_N(&b->arena, okb_link, refs.n + 1);
        uint32_t n = 0;
        while (refs.n) {
            okb_span ref = okb_span_cut(&refs, ';');
            links[n] = (okb_link){ref, build_find(b, ref), NAN};
            if (links[n].goal_ix != OKB_NONE && b->goals[i].parent_ix == OKB_NONE && !b->circles[i].n)
                b->goals[i].parent_ix = links[n].goal_ix;
            n++;
        }
        b->goals[i].links = links;
        b->goals[i].n_links = n;
        b->goals[i].is_in_circle = b->circles[i].n != 0;
    }
    for (uint32_t i = 0; i < plan->n_goals; i++) {
        uint32_t *children = OKB_NEW_N(&b->arena, uint32_t, plan->n_goals);
        uint32_t n = 0;
        for (uint32_t j = 0; j < plan->n_goals; j++)
            if (b->goals[j].parent_ix == i)
                children[n++] = j;
        b->goals[i].children = children;
        b->goals[i].n_children = n;
    }
    qsort(b->checkins, plan->n_checkins, sizeof *b->checkins, build_by_goal);
    for (uint32_t i = plan->n_checkins; i-- > 0;) {
        b->goals[b->checkins[i].goal_ix].first_checkin = i;
        b->goals[b->checkins[i].goal_ix].n_checkins++;
    }
    okb_team_result *results = OKB_NEW_N(&b->arena, okb_team_result, (size_t)plan->n_cycles * plan->n_teams);
    for (uint32_t cycle = 0; cycle < plan->n_cycles; cycle++)
        for (uint32_t team = 0; team < plan->n_teams; team++) {
            okb_team_result *r = &results[plan->n_team_results++];
            *r = (okb_team_result){.team_ix = team, .cycle_ix = cycle};
            for (uint32_t i = 0; i < b->n_rates && cycle == plan->cycle_ix; i++)
                if (okb_span_eq(b->rates[i].team, b->teams[team].name)) {
                    r->linked_n = b->rates[i].linked_n;
                    r->linked_of = b->rates[i].linked_of;
                    r->checkin_n = b->rates[i].checkin_n;
                    r->checkin_of = b->rates[i].checkin_of;
                    r->smart_n = b->rates[i].smart_n;
                    r->smart_of = b->rates[i].smart_of;
                }
        }
    plan->team_results = results;
}

static okb_plan *build_start(plan_build *b)
{
    okb_arena_reset(&b->arena);
    memset(b, 0, sizeof *b);
    okb_arena_init(&b->arena, 0);
    b->plan = (okb_plan){.org = OKB_S("Quern Mill"),
                         .goals = b->goals,
                         .checkins = b->checkins,
                         .teams = b->teams,
                         .cycles = b->cycles,
                         .verdicts = b->verdicts,
                         .results = b->results,
                         .notes = b->notes};
    build_base(b);
    return &b->plan;
}

static plan_build build_now, build_before;
static okb_review *build_review;

static okb_table *build_table(okb_arena *arena, const char *name)
{
    static const okb_read_options options = {.encoding = {"UTF-8", 5}, .delimiter = ','};
    okb_table *table = OKB_NEW(arena, okb_table);
    okb_err err = {0};
    okb_span bytes = okb_builtin_bytes(name);
    if (okb_read_table(bytes, okb_span_of(name), &options, arena, table, &err) != OKB_OK)
        fail_msg("%s: %s", name, err.text);
    return table;
}

static okb_settings *build_settings(okb_arena *arena)
{
    okb_settings *settings = NULL;
    okb_diags diags = {.keep = arena};
    okb_err err = {0};
    if (okb_settings_load(build_table(arena, "settings.csv"), arena, &diags, &settings, &err) != OKB_OK)
        fail_msg("settings: %s: %s", err.text, diags.items.n ? okb_vec_at(&diags.items, okb_diag, 0).text.p : "");
    return settings;
}

/* Builds the plan of these lines and reviews it. One at a time. */
static inline const okb_plan *build_and_review(const char *lines)
{
    okb_review_free(build_review);
    build_start(&build_now);
    build_start(&build_before);
    okb_arena *arena = &build_now.arena;
    okb_settings *settings = build_settings(arena);
    okb_err err = {0};
    okb_diags diags = {.keep = arena};
    bool has_before = false;
    okb_span rest = okb_span_of(lines);
    while (rest.n) {
        okb_span line = okb_span_trim(okb_span_cut(&rest, '\n'));
        if (okb_span_starts(line, OKB_S("set "))) {
            okb_span value = okb_span_sub(line, 4, line.n);
            okb_span name = okb_span_cut(&value, '=');
            if (okb_settings_set(settings, name, value, OKB_S("--set"), &err) != OKB_OK)
                fail_msg("%s", err.text);
        } else if (okb_span_starts(line, OKB_S("before:"))) {
            has_before = true;
            line = okb_span_trim(okb_span_sub(line, 7, line.n));
            if (line.n)
                build_line(&build_before, line);
        } else if (line.n)
            build_line(&build_now, line);
    }
    build_links(&build_now);
    build_links(&build_before);
    if (okb_review_new(build_table(arena, "findings.csv"), 1, settings, arena, &diags, &build_review, &err) != OKB_OK)
        fail_msg("findings: %s: %s", err.text, diags.items.n ? okb_vec_at(&diags.items, okb_diag, 0).text.p : "");
    if (okb_review_plan(build_review, &build_now.plan, has_before ? &build_before.plan : NULL, arena, &err) != OKB_OK)
        fail_msg("%s", err.text);
    return &build_now.plan;
}

static inline void build_end(void)
{
    okb_review_free(build_review);
    build_review = NULL;
    okb_arena_reset(&build_now.arena);
    okb_arena_reset(&build_before.arena);
}

/* ---- looking at findings ------------------------------------------------------------------------------------------------ */

/* The finding of the code at a goal (its id), a team (its name) or the whole ("-"); NULL where there is none. */
static inline const okb_finding *finding_of(const okb_plan *plan, const char *code, const char *place)
{
    for (uint32_t i = 0; i < plan->n_findings; i++) {
        const okb_finding *f = &plan->findings[i];
        okb_span where = f->goal_ix != OKB_NONE   ? plan->goals[f->goal_ix].id
                         : f->team_ix != OKB_NONE ? plan->teams[f->team_ix].name
                                                  : OKB_S("-");
        if (okb_span_eq(f->def->code, okb_span_of(code)) && okb_span_eq(where, okb_span_of(place)))
            return f;
    }
    return NULL;
}

/* The same where it must be there. */
static inline const okb_finding *must_find(const okb_plan *plan, const char *code, const char *place)
{
    static okb_finding none;
    const okb_finding *found = finding_of(plan, code, place);
    if (!found)
        fail_msg("%s is not found at %s", code, place);
    return found ? found : &none;
}

static inline void print_findings(const okb_plan *plan)
{
    for (uint32_t i = 0; i < plan->n_findings; i++)
        fprintf(stderr, "# %s %s: %s\n", plan->findings[i].def->code.p, okb_severity_name(plan->findings[i].severity),
                plan->findings[i].message.p);
}

/* One thing that trips a code, and its nearest neighbour that does not. */
typedef struct code_row {
    const char *code, *place;
    const char *severity;
    const char *trips;     /* lines */
    const char *neighbour; /* lines */
} code_row;

static inline void check_codes(const code_row *rows, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const okb_plan *plan = build_and_review(rows[i].trips);
        const okb_finding *finding = finding_of(plan, rows[i].code, rows[i].place);
        if (!finding) {
            print_findings(plan);
            fail_msg("%s is not found at %s after: %s", rows[i].code, rows[i].place, rows[i].trips);
            return;
        }
        if (strcmp(okb_severity_name(finding->severity), rows[i].severity) != 0)
            fail_msg("%s is %s, expected %s, after: %s", rows[i].code, okb_severity_name(finding->severity),
                     rows[i].severity, rows[i].trips);
        if (okb_span_find(finding->message, OKB_S("{")) != SIZE_MAX || finding->message.n == 0)
            fail_msg("%s says '%s'", rows[i].code, finding->message.p);
        plan = build_and_review(rows[i].neighbour);
        finding = finding_of(plan, rows[i].code, rows[i].place);
        if (finding)
            fail_msg("%s is found at %s although: %s\n%s", rows[i].code, rows[i].place, rows[i].neighbour,
                     finding->message.p);
    }
}

#define CHECK_CODES(rows) check_codes((rows), COUNT_OF(rows))

#endif
