/* What a team takes on: its load, its focus, and whether its work moves anything. TEAM001 to TEAM009. */
#include "room.h"

static draft draft_load(review_run *run, finding_code code, uint32_t team_ix, uint32_t n, double limit)
{
    draft d = okb_draft_team(run, code, team_ix);
    d.source = goal_at(run, run->teams[team_ix].first_goal)->source;
    d.slots[SLOT_count] = okb_review_printf(run, "%u", n);
    d.slots[SLOT_limit] = okb_slot_number(run, limit);
    d.evidence = okb_review_printf(run, "%u of at most %.*s", n, OKB_FMT(d.slots[SLOT_limit]));
    return d;
}

static void emit_load(review_run *run, finding_code code, uint32_t team_ix, uint32_t n, double limit)
{
    draft d = draft_load(run, code, team_ix, n, limit);
    okb_draft_emit(run, &d);
}

static void check_objectives(review_run *run, uint32_t team_ix)
{
    uint32_t n = run->teams[team_ix].n_objectives;
    const review_limits *limits = run->limits;
    double most = run->plan->teams[team_ix].is_company ? limits->company_max : limits->objectives_max;
    if (n > most)
        emit_load(run, C_TEAM001, team_ix, n, most);
    else if (n > limits->objectives_ideal_max)
        emit_load(run, C_TEAM006, team_ix, n, limits->objectives_ideal_max);
}

static void check_tracked(review_run *run, uint32_t team_ix)
{
    uint32_t n = run->teams[team_ix].n_key_results + run->teams[team_ix].n_goals;
    const review_limits *limits = run->limits;
    if (n >= limits->track_max)
        emit_load(run, C_TEAM002, team_ix, n, limits->track_max - 1);
    else if (n > limits->track_ideal)
        emit_load(run, C_TEAM007, team_ix, n, limits->track_ideal);
}

static void check_todo(review_run *run, uint32_t team_ix, const title_list *todos)
{
    const team_facts *team = &run->teams[team_ix];
    if (team->n_key_results < run->limits->todo_min ||
        !(team->n_outputs > run->limits->todo_share * team->n_key_results))
        return;
    draft d = draft_load(run, C_TEAM003, team_ix, team->n_outputs, team->n_key_results);
    d.evidence =
        okb_review_printf(run, "outputs and activities %u of %u key results", team->n_outputs, team->n_key_results);
    d.slots[SLOT_list] = todos->text;
    okb_draft_emit(run, &d);
}

static void check_direction(review_run *run, uint32_t team_ix)
{
    const okb_team_result *result = okb_plan_team_result(run->plan, team_ix, run->plan->cycle_ix);
    const review_limits *limits = run->limits;
    if (!result || !run->has_company_goals || limits->is_smart_only || result->smart_of < limits->todo_min ||
        result->linked_of < limits->todo_min || result->smart_n < limits->clear_min * result->smart_of ||
        result->linked_n >= limits->linked_min * result->linked_of)
        return;
    draft d = draft_load(run, C_TEAM008, team_ix, result->linked_n, result->linked_of);
    d.slots[SLOT_score] = okb_slot_share(run, (double)result->smart_n / result->smart_of);
    d.slots[SLOT_expected] = okb_slot_share(run, (double)result->linked_n / result->linked_of);
    d.evidence = okb_review_printf(run, "smart %u of %u, linked %u of %u", result->smart_n, result->smart_of,
                                   result->linked_n, result->linked_of);
    okb_draft_emit(run, &d);
}

static void check_deliverables(review_run *run, uint32_t team_ix)
{
    const team_facts *team = &run->teams[team_ix];
    if (team->n_goals < run->limits->todo_min || !(team->n_smart_outputs > run->limits->todo_share * team->n_goals))
        return;
    draft d = draft_load(run, C_TEAM009, team_ix, team->n_smart_outputs, team->n_goals);
    d.evidence = okb_review_printf(run, "outputs and activities %u of %u goals", team->n_smart_outputs, team->n_goals);
    okb_draft_emit(run, &d);
}

/* ---- priorities -------------------------------------------------------------------------------------------------- */

/* Place of a priority in the table's list, highest first; OKB_NONE where it is not in it. */
static uint32_t priority_place(review_run *run, okb_span priority)
{
    okb_span words = run->review->definitions[run->review->at[C_TEAM004]].words;
    okb_span folded = okb_text_fold(&run->scratch, priority);
    for (uint32_t place = 0; words.n; place++)
        if (okb_span_eq(okb_span_trim(okb_span_cut(&words, '|')), folded))
            return place;
    return OKB_NONE;
}

static void check_priorities(review_run *run)
{
    uint32_t *places = OKB_NEW_N(&run->scratch, uint32_t, run->plan->n_goals);
    okb_map *known = okb_map_new();
    uint32_t top = OKB_NONE;
    okb_span name = {NULL, 0};
    for (uint32_t i = 0; i < run->plan->n_goals; i++) {
        okb_span priority = goal_at(run, i)->priority;
        places[i] = OKB_NONE;
        if (priority.n == 0 || !okb_goal_is_reviewed(run, i))
            continue;
        bool is_new;
        uint32_t *place = okb_map_put(known, priority, OKB_NONE, &is_new);
        if (is_new)
            *place = priority_place(run, priority);
        places[i] = *place;
        if (places[i] < top) {
            top = places[i];
            name = priority;
        }
    }
    for (uint32_t i = 0; i < run->plan->n_goals; i++) {
        if (goal_at(run, i)->priority.n == 0 || !okb_goal_is_reviewed(run, i))
            continue;
        team_facts *team = &run->teams[goal_at(run, i)->team_ix];
        team->n_priority++;
        team->n_top_priority += top != OKB_NONE && places[i] == top;
    }
    for (uint32_t i = 0; i < run->plan->n_teams; i++) {
        const team_facts *team = &run->teams[i];
        if (team->n_priority < run->limits->priority_min ||
            !(team->n_top_priority > run->limits->priority_share * team->n_priority))
            continue;
        draft d = draft_load(run, C_TEAM004, i, team->n_top_priority, team->n_priority);
        d.slots[SLOT_words] = name;
        d.evidence = okb_review_printf(run, "%u of %u are %.*s", team->n_top_priority, team->n_priority, OKB_FMT(name));
        okb_draft_emit(run, &d);
    }
    okb_map_free(known);
}

/* ---- busy, not moving ---------------------------------------------------------------------------------------------- */

static void check_busy(review_run *run, uint32_t goal_ix)
{
    const okb_goal *goal = goal_at(run, goal_ix);
    const okb_result *result = &run->plan->results[goal_ix];
    uint32_t n = 0, n_done = 0;
    for (uint32_t i = 0; i < goal->n_children; i++) {
        uint32_t child_ix = goal->children[i];
        if (goal_at(run, child_ix)->kind != OKB_INITIATIVE || !okb_goal_is_alive(run->plan, child_ix))
            continue;
        n++;
        n_done += run->plan->results[child_ix].last_status == OKB_DONE || run->plan->results[child_ix].score >= 1;
    }
    if (n < run->limits->busy_min || n_done < run->limits->busy_done * n ||
        !(result->score < run->limits->busy_score) || !(result->expected > result->score))
        return;
    draft d = okb_draft_goal(run, C_TEAM005, goal_ix);
    d.slots[SLOT_count] = okb_review_printf(run, "%u", n_done);
    d.slots[SLOT_limit] = okb_review_printf(run, "%u", n);
    d.slots[SLOT_score] = okb_slot_number(run, okb_round_half_up(result->score, 2));
    d.evidence =
        okb_review_printf(run, "initiatives done %u of %u, score %.*s", n_done, n, OKB_FMT(d.slots[SLOT_score]));
    okb_draft_emit(run, &d);
}

/* The outputs among the key results of each team, for the message. */
static title_list *list_todos(review_run *run)
{
    title_list *lists = OKB_NEW_N(&run->scratch, title_list, run->plan->n_teams);
    for (uint32_t i = 0; i < run->plan->n_goals; i++) {
        const okb_goal *goal = goal_at(run, i);
        okb_class class_ = run->plan->verdicts[i].class_;
        if (okb_goal_is_reviewed(run, i) && goal->kind == OKB_KEY_RESULT &&
            (class_ == OKB_OUTPUT || class_ == OKB_ACTIVITY))
            okb_title_list_add(run, &lists[goal->team_ix], goal->title, run->limits->group_names);
    }
    return lists;
}

void okb_review_teams(review_run *run)
{
    const title_list *todos = list_todos(run);
    for (uint32_t i = 0; i < run->plan->n_teams; i++) {
        if (run->teams[i].first_goal == OKB_NONE)
            continue;
        check_objectives(run, i);
        check_tracked(run, i);
        check_todo(run, i, &todos[i]);
        check_direction(run, i);
        check_deliverables(run, i);
    }
    check_priorities(run);
    for (uint32_t i = 0; i < run->plan->n_goals; i++)
        if (okb_goal_is_reviewed(run, i) && goal_at(run, i)->n_children && goal_at(run, i)->kind != OKB_INITIATIVE)
            check_busy(run, i);
}
