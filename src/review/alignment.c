/* Where a goal hangs: its parents, its path to the company's objectives, the depth and breadth of the cascade. ALN001 to ALN009. */
#include "room.h"

static void check_missing_parents(review_run *run, uint32_t goal_ix)
{
    const okb_goal *goal = goal_at(run, goal_ix);
    for (uint32_t i = 0; i < goal->n_links; i++) {
        if (goal->links[i].goal_ix != OKB_NONE)
            continue;
        draft d = okb_draft_goal(run, C_ALN002, goal_ix);
        d.slots[SLOT_other] = goal->links[i].ref;
        d.evidence = goal->links[i].ref;
        if (goal->parent_ix != OKB_NONE) /* another parent was found */
            okb_draft_lower(&d, OKB_INFO);
        okb_draft_emit(run, &d);
        return;
    }
}

static void check_circle(review_run *run, uint32_t goal_ix)
{
    const okb_goal *goal = goal_at(run, goal_ix);
    if (!goal->is_in_circle)
        return;
    draft d = okb_draft_goal(run, C_ALN004, goal_ix);
    for (uint32_t i = 0; i < goal->n_links && !d.slots[SLOT_other].n; i++)
        if (goal->links[i].goal_ix != OKB_NONE && goal_at(run, goal->links[i].goal_ix)->is_in_circle)
            d.slots[SLOT_other] = goal_at(run, goal->links[i].goal_ix)->title;
    d.evidence = d.slots[SLOT_other];
    okb_draft_emit(run, &d);
}

/* The goal above has the same gap and tells it: closing it there closes it here. */
static bool inherits_gap(const review_run *run, uint32_t goal_ix)
{
    uint32_t parent_ix = goal_at(run, goal_ix)->parent_ix;
    return parent_ix != OKB_NONE && is_reported(run, parent_ix) && !run->plan->results[parent_ix].is_linked &&
           goal_at(run, parent_ix)->level != OKB_COMPANY;
}

static void check_path(review_run *run, uint32_t goal_ix)
{
    const okb_goal *goal = goal_at(run, goal_ix);
    if (goal->kind == OKB_INITIATIVE || goal->level == OKB_COMPANY || !run->has_company_goals ||
        run->plan->results[goal_ix].is_linked || run->limits->is_smart_only)
        return;
    draft d = okb_draft_goal(run, C_ALN001, goal_ix);
    d.evidence = goal->n_links == 0            ? OKB_S("no parent")
                 : goal->is_in_circle          ? OKB_S("parents run in a circle")
                 : goal->parent_ix == OKB_NONE ? OKB_S("parent not found")
                                               : OKB_S("the path ends below the company");
    if (goal->kind == OKB_GOAL || inherits_gap(run, goal_ix))
        okb_draft_lower(&d, OKB_INFO);
    okb_draft_emit(run, &d);
}

static void check_levels(review_run *run, uint32_t goal_ix)
{
    const okb_goal *goal = goal_at(run, goal_ix);
    if (goal->parent_ix == OKB_NONE || goal->level == OKB_LEVEL_NONE)
        return;
    const okb_goal *parent = goal_at(run, goal->parent_ix);
    if (parent->level == OKB_LEVEL_NONE || parent->level <= goal->level)
        return;
    draft d = okb_draft_goal(run, C_ALN003, goal_ix);
    d.slots[SLOT_from] = okb_span_of(okb_level_name(goal->level));
    d.slots[SLOT_to] = okb_span_of(okb_level_name(parent->level));
    d.slots[SLOT_other] = parent->title;
    d.evidence = okb_review_printf(run, "%s under %s", okb_level_name(goal->level), okb_level_name(parent->level));
    okb_draft_emit(run, &d);
}

/* Objectives on the way from each goal to its top, itself included. Each asks its parent once. */
static uint32_t *objective_depths(review_run *run)
{
    const okb_plan *plan = run->plan;
    uint32_t *depth = OKB_NEW_N(&run->scratch, uint32_t, plan->n_goals);
    bool *is_known = OKB_NEW_N(&run->scratch, bool, plan->n_goals);
    uint32_t *path = OKB_NEW_N(&run->scratch, uint32_t, plan->n_goals);
    for (uint32_t i = 0; i < plan->n_goals; i++) {
        uint32_t n = 0;
        uint32_t at = i;
        for (; at != OKB_NONE && !is_known[at]; at = plan->goals[at].parent_ix) {
            is_known[at] = true;
            path[n++] = at;
        }
        uint32_t above = at == OKB_NONE ? 0 : depth[at];
        while (n > 0) {
            uint32_t goal_ix = path[--n];
            above += plan->goals[goal_ix].kind == OKB_OBJECTIVE;
            depth[goal_ix] = above;
        }
    }
    return depth;
}

static void check_depth(review_run *run, uint32_t goal_ix, const uint32_t *depth)
{
    if (goal_at(run, goal_ix)->kind != OKB_OBJECTIVE || depth[goal_ix] <= run->limits->depth_max)
        return;
    draft d = okb_draft_goal(run, C_ALN005, goal_ix);
    d.slots[SLOT_count] = okb_review_printf(run, "%u", depth[goal_ix]);
    d.slots[SLOT_limit] = okb_slot_number(run, run->limits->depth_max);
    d.evidence = okb_review_printf(run, "objectives on the path %u", depth[goal_ix]);
    okb_draft_emit(run, &d);
}

static void check_fanout(review_run *run, uint32_t goal_ix)
{
    const okb_goal *goal = goal_at(run, goal_ix);
    uint32_t n = 0;
    if (goal->kind != OKB_OBJECTIVE)
        return;
    for (uint32_t i = 0; i < goal->n_children; i++)
        n += goal_at(run, goal->children[i])->kind == OKB_OBJECTIVE;
    if (n <= run->limits->fanout_max)
        return;
    draft d = okb_draft_goal(run, C_ALN009, goal_ix);
    d.slots[SLOT_count] = okb_review_printf(run, "%u", n);
    d.slots[SLOT_limit] = okb_slot_number(run, run->limits->fanout_max);
    d.evidence = okb_review_printf(run, "objectives right below %u", n);
    okb_draft_emit(run, &d);
}

static void check_initiative(review_run *run, uint32_t goal_ix)
{
    const okb_goal *goal = goal_at(run, goal_ix);
    if (goal->kind != OKB_INITIATIVE || goal->parent_ix == OKB_NONE ||
        goal_at(run, goal->parent_ix)->kind != OKB_OBJECTIVE)
        return;
    draft d = okb_draft_goal(run, C_ALN008, goal_ix);
    d.slots[SLOT_other] = goal_at(run, goal->parent_ix)->title;
    d.evidence = OKB_S("parent is an objective");
    okb_draft_emit(run, &d);
}

static bool has_reported_goals(const review_run *run)
{
    for (uint32_t i = 0; i < run->plan->n_teams; i++)
        if (run->teams[i].first_goal != OKB_NONE)
            return true;
    return false;
}

void okb_review_alignment(review_run *run)
{
    const uint32_t *depth = objective_depths(run);
    for (uint32_t i = 0; i < run->plan->n_goals; i++) {
        if (!okb_goal_is_reviewed(run, i))
            continue;
        check_missing_parents(run, i);
        check_circle(run, i);
        check_path(run, i);
        check_levels(run, i);
        check_depth(run, i, depth);
        check_fanout(run, i);
        check_initiative(run, i);
    }
    if (!run->has_company_goals && !run->limits->is_smart_only && has_reported_goals(run)) {
        draft d = okb_draft_team(run, C_ALN007, OKB_NONE);
        d.evidence = OKB_S("company objectives 0");
        okb_draft_emit(run, &d);
    }
}
