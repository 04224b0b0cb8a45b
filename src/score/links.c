/*
 * Links between goals, seen from the parent's side: who stands below whom, and who has a path of parents to a company
 * objective. Searches start at the top and go down once over every link, so circles end them and order does not matter.
 */
#include "internal.h"
#include "okrbook/score.h"

#include <math.h>

static double link_weight(const okb_goal *child, const okb_link *link)
{
    double weight = isnan(link->weight) ? child->weight : link->weight;
    return isnan(weight) ? 1 : weight;
}

void okb_graph_build(const okb_plan *plan, okb_arena *scratch, okb_graph *out)
{
    uint32_t n = plan->n_goals;
    /* seen[p] is the last child + 1 that linked to p: a parent that is named twice counts once. */
    uint32_t *seen = OKB_NEW_N(scratch, uint32_t, n);
    out->first = OKB_NEW_N(scratch, uint32_t, (size_t)n + 2);
    for (uint32_t child = 0; child < n; child++)
        for (uint32_t i = 0; i < plan->goals[child].n_links; i++) {
            uint32_t parent = plan->goals[child].links[i].goal_ix;
            if (parent >= n || parent == child || seen[parent] == child + 1)
                continue;
            seen[parent] = child + 1;
            out->first[parent + 2]++;
        }
    for (uint32_t i = 2; i < n + 2; i++)
        out->first[i] += out->first[i - 1];
    out->children = OKB_NEW_N(scratch, uint32_t, out->first[n + 1]);
    out->weights = OKB_NEW_N(scratch, double, out->first[n + 1]);
    for (uint32_t i = 0; i < n; i++)
        seen[i] = 0;
    for (uint32_t child = 0; child < n; child++)
        for (uint32_t i = 0; i < plan->goals[child].n_links; i++) {
            const okb_link *link = &plan->goals[child].links[i];
            if (link->goal_ix >= n || link->goal_ix == child || seen[link->goal_ix] == child + 1)
                continue;
            seen[link->goal_ix] = child + 1;
            uint32_t at = out->first[link->goal_ix + 1]++;
            out->children[at] = child;
            out->weights[at] = link_weight(&plan->goals[child], link);
        }
}

void okb_graph_mark_linked(const okb_plan *plan, const okb_graph *graph, okb_arena *scratch)
{
    uint32_t *queue = OKB_NEW_N(scratch, uint32_t, plan->n_goals);
    bool *is_queued = OKB_NEW_N(scratch, bool, plan->n_goals);
    uint32_t n = 0;
    for (uint32_t i = 0; i < plan->n_goals; i++)
        if (plan->goals[i].level == OKB_COMPANY && plan->goals[i].kind == OKB_OBJECTIVE) {
            is_queued[i] = true;
            queue[n++] = i;
        }
    for (uint32_t at = 0; at < n; at++)
        for (uint32_t e = graph->first[queue[at]]; e < graph->first[queue[at] + 1]; e++) {
            uint32_t child = graph->children[e];
            if (plan->goals[child].is_in_circle)
                continue;
            plan->results[child].is_linked = true;
            if (!is_queued[child]) {
                is_queued[child] = true;
                queue[n++] = child;
            }
        }
}

bool *okb_graph_below(const okb_plan *plan, const okb_graph *graph, okb_kind kind, okb_arena *scratch)
{
    bool *is_below = OKB_NEW_N(scratch, bool, plan->n_goals);
    uint32_t *queue = OKB_NEW_N(scratch, uint32_t, plan->n_goals);
    bool *is_queued = OKB_NEW_N(scratch, bool, plan->n_goals);
    uint32_t n = 0;
    for (uint32_t i = 0; i < plan->n_goals; i++)
        if (plan->goals[i].kind == kind) {
            is_queued[i] = true;
            queue[n++] = i;
        }
    for (uint32_t at = 0; at < n; at++) {
        const okb_goal *parent = &plan->goals[queue[at]];
        for (uint32_t e = graph->first[queue[at]]; e < graph->first[queue[at] + 1]; e++) {
            uint32_t child = graph->children[e];
            if (plan->goals[child].team_ix != parent->team_ix || plan->goals[child].cycle_ix != parent->cycle_ix)
                continue;
            is_below[child] = true;
            if (!is_queued[child]) {
                is_queued[child] = true;
                queue[n++] = child;
            }
        }
    }
    return is_below;
}

/* One objective on the way down: which of its links comes next. */
typedef struct step {
    uint32_t goal_ix, next_edge;
} step;

typedef struct descent {
    const okb_plan *plan;
    const okb_graph *graph;
    uint32_t *number, *lowest; /* order of discovery from 1, and the earliest one that can be reached */
    uint32_t *open;            /* discovered, component not yet closed */
    step *steps;
    uint32_t n_numbered, n_open, n_steps, n_components;
} descent;

static void walk_enter(descent *walk, uint32_t goal_ix)
{
    walk->number[goal_ix] = walk->lowest[goal_ix] = ++walk->n_numbered;
    walk->open[walk->n_open++] = goal_ix;
    walk->steps[walk->n_steps++] = (step){goal_ix, walk->graph->first[goal_ix]};
}

/* The next child objective of the team below the step, or OKB_NONE. */
static uint32_t walk_next(const descent *walk, step *at)
{
    const okb_goal *parent = &walk->plan->goals[at->goal_ix];
    while (at->next_edge < walk->graph->first[at->goal_ix + 1]) {
        uint32_t child = walk->graph->children[at->next_edge++];
        if (walk->plan->goals[child].kind == OKB_OBJECTIVE && walk->plan->goals[child].team_ix == parent->team_ix)
            return child;
    }
    return OKB_NONE;
}

static void keep_lower(uint32_t *lowest, uint32_t other)
{
    if (other < *lowest)
        *lowest = other;
}

uint32_t okb_graph_objectives(const okb_plan *plan, const okb_graph *graph, uint32_t *order, uint32_t *component,
                              okb_arena *scratch)
{
    uint32_t n = plan->n_goals, n_ordered = 0;
    descent walk = {.plan = plan,
                    .graph = graph,
                    .number = OKB_NEW_N(scratch, uint32_t, n),
                    .lowest = OKB_NEW_N(scratch, uint32_t, n),
                    .open = OKB_NEW_N(scratch, uint32_t, n),
                    .steps = OKB_NEW_N(scratch, step, n)};
    for (uint32_t i = 0; i < n; i++)
        component[i] = OKB_NONE;
    for (uint32_t root = 0; root < n; root++) {
        if (plan->goals[root].kind != OKB_OBJECTIVE || walk.number[root])
            continue;
        walk_enter(&walk, root);
        while (walk.n_steps) {
            step *at = &walk.steps[walk.n_steps - 1];
            uint32_t goal_ix = at->goal_ix, child = walk_next(&walk, at);
            if (child != OKB_NONE && !walk.number[child])
                walk_enter(&walk, child);
            else if (child != OKB_NONE && component[child] == OKB_NONE)
                keep_lower(&walk.lowest[goal_ix], walk.number[child]);
            if (child != OKB_NONE)
                continue;
            walk.n_steps--;
            if (walk.n_steps)
                keep_lower(&walk.lowest[walk.steps[walk.n_steps - 1].goal_ix], walk.lowest[goal_ix]);
            if (walk.lowest[goal_ix] != walk.number[goal_ix])
                continue;
            uint32_t closed;
            do {
                closed = walk.open[--walk.n_open];
                component[closed] = walk.n_components;
                order[n_ordered++] = closed;
            } while (closed != goal_ix);
            walk.n_components++;
        }
    }
    return n_ordered;
}
