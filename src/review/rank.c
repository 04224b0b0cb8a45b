/*
 * The order of findings: which of them say what another says better, which repeat one of the team, their ranks, and the
 * counts of the teams. Everything by sorting, so that no team's findings are compared pair by pair.
 */
#include "room.h"

#include <stdlib.h>

/* What is needed to order a finding, beside the finding itself. */
typedef struct entry {
    uint32_t ix;      /* into run->findings */
    bool is_covered;  /* another finding of the goal or its team says more */
    bool is_repeated; /* behind the first of its group */
} entry;

static okb_finding *finding_at(review_run *run, uint32_t ix)
{
    return &okb_vec_at(&run->findings, okb_finding, ix);
}

static int compare_number(uint32_t a, uint32_t b)
{
    return a < b ? -1 : a > b;
}

/* What matters more comes first. */
static int compare_gravity(const okb_finding *a, const okb_finding *b)
{
    if (a->is_silenced != b->is_silenced)
        return a->is_silenced ? 1 : -1;
    if (a->severity != b->severity)
        return a->severity > b->severity ? -1 : 1;
    if (a->def->weight > b->def->weight || a->def->weight < b->def->weight)
        return a->def->weight > b->def->weight ? -1 : 1;
    return 0;
}

static int compare_place(const okb_finding *a, const okb_finding *b)
{
    int order = compare_number(a->team_ix, b->team_ix);
    if (!order)
        order = compare_number(a->goal_ix, b->goal_ix);
    if (!order)
        order = okb_span_cmp(a->def->code, b->def->code);
    if (!order)
        order = compare_number(a->cycle_ix, b->cycle_ix);
    if (!order)
        order = compare_number(a->source.file_ix, b->source.file_ix);
    if (!order)
        order = compare_number(a->source.line, b->source.line);
    if (!order)
        order = okb_span_cmp(a->message, b->message);
    return order;
}

static int compare_output(const void *a, const void *b)
{
    return compare_place(a, b);
}

/* qsort gives its comparison no context: the findings stand still while entries are sorted, so a pointer serves. */
typedef struct keyed {
    const okb_finding *finding;
    entry entry;
} keyed;

static int compare_by_code(const void *pa, const void *pb)
{
    const keyed *a = pa, *b = pb;
    int order = compare_number(a->finding->team_ix, b->finding->team_ix);
    if (!order)
        order = compare_number(a->finding->cycle_ix, b->finding->cycle_ix);
    if (!order)
        order = okb_span_cmp(a->finding->def->code, b->finding->def->code);
    if (!order)
        order = a->entry.is_covered - b->entry.is_covered;
    if (!order)
        order = compare_gravity(a->finding, b->finding);
    return order ? order : compare_number(a->entry.ix, b->entry.ix);
}

static int compare_by_rank(const void *pa, const void *pb)
{
    const keyed *a = pa, *b = pb;
    int order = compare_number(a->finding->team_ix, b->finding->team_ix);
    if (!order)
        order = compare_number(a->finding->cycle_ix, b->finding->cycle_ix);
    if (!order)
        order = a->finding->is_silenced - b->finding->is_silenced;
    if (!order)
        order = (a->entry.is_covered || a->entry.is_repeated) - (b->entry.is_covered || b->entry.is_repeated);
    if (!order)
        order = compare_gravity(a->finding, b->finding);
    return order ? order : compare_number(a->entry.ix, b->entry.ix);
}

static int compare_by_goal(const void *pa, const void *pb)
{
    const keyed *a = pa, *b = pb;
    int order = compare_number(a->finding->goal_ix, b->finding->goal_ix);
    if (!order)
        order = a->finding->is_silenced - b->finding->is_silenced;
    if (!order)
        order = a->entry.is_covered - b->entry.is_covered;
    if (!order)
        order = compare_gravity(a->finding, b->finding);
    return order ? order : compare_number(a->entry.ix, b->entry.ix);
}

static bool same_group(const okb_finding *a, const okb_finding *b)
{
    return a->team_ix == b->team_ix && a->cycle_ix == b->cycle_ix && a->def == b->def;
}

/*
 * Marks the findings that another one of their goal, or one of their team as such, covers. Findings stand by team and goal,
 * so a stamp for each definition says whether the goal or team at hand has it; silenced ones cover nothing.
 */
typedef struct covers {
    uint32_t *of_team, *of_goal; /* [n_definitions]: number of the team or goal that has it */
} covers;

static uint32_t definition_ix(const review_run *run, const okb_finding *finding)
{
    return (uint32_t)(finding->def - run->review->shown);
}

static bool is_covered(const review_run *run, const covers *c, const okb_finding *finding, uint32_t team, uint32_t goal)
{
    const definition *d = &run->review->definitions[definition_ix(run, finding)];
    for (uint32_t i = 0; i < d->n_covers; i++)
        if ((finding->goal_ix != OKB_NONE && c->of_goal[d->covers[i]] == goal) ||
            (finding->cycle_ix == run->plan->cycle_ix && c->of_team[d->covers[i]] == team))
            return true;
    return false;
}

static void mark_goal(review_run *run, keyed *items, uint32_t from, uint32_t to, covers *c, uint32_t team)
{
    uint32_t goal = from + 1;
    for (uint32_t i = from; i < to; i++)
        if (!items[i].finding->is_silenced && items[i].finding->goal_ix != OKB_NONE)
            c->of_goal[definition_ix(run, items[i].finding)] = goal;
    for (uint32_t i = from; i < to; i++)
        items[i].entry.is_covered = is_covered(run, c, items[i].finding, team, goal);
}

static void mark_team(review_run *run, keyed *items, uint32_t from, uint32_t to, covers *c)
{
    uint32_t team = from + 1;
    for (uint32_t i = from; i < to; i++)
        if (!items[i].finding->is_silenced && items[i].finding->goal_ix == OKB_NONE)
            c->of_team[definition_ix(run, items[i].finding)] = team;
    for (uint32_t at = from, end; at < to; at = end) {
        for (end = at; end < to && items[end].finding->goal_ix == items[at].finding->goal_ix; end++)
            ;
        mark_goal(run, items, at, end, c, team);
    }
}

static void mark_covered(review_run *run, keyed *items)
{
    uint32_t n = (uint32_t)run->findings.n;
    covers c = {OKB_NEW_N(&run->scratch, uint32_t, run->review->n_definitions),
                OKB_NEW_N(&run->scratch, uint32_t, run->review->n_definitions)};
    for (uint32_t from = 0, to; from < n; from = to) {
        for (to = from; to < n && items[to].finding->team_ix == items[from].finding->team_ix; to++)
            ;
        mark_team(run, items, from, to, &c);
    }
}

/* The first of a group speaks for all of it, and keeps its own message. What is about no goal has no title to name. */
static void tell_group(review_run *run, const keyed *group, uint32_t n)
{
    title_list names = {{NULL, 0}, 0};
    for (uint32_t i = 1; i < n && names.n <= run->limits->group_names; i++)
        if (group[i].finding->goal_ix != OKB_NONE)
            okb_title_list_add(run, &names, goal_at(run, group[i].finding->goal_ix)->title, run->limits->group_names);
    okb_finding *first = finding_at(run, group[0].entry.ix);
    okb_span slots[SLOT_COUNT] = {{NULL, 0}};
    slots[SLOT_words] = first->message;
    slots[SLOT_count] = okb_review_printf(run, "%u", n - 1);
    slots[SLOT_list] = names.text;
    first->grouped =
        okb_template_fill(okb_setting_text(run->review->settings, "findings.group_text"), slots, run->keep);
}

/* Within items sorted by team, cycle and code: the rest of a group stands behind its first. */
static void mark_groups(review_run *run, keyed *items)
{
    uint32_t n = (uint32_t)run->findings.n;
    for (uint32_t from = 0, to; from < n; from = to) {
        const okb_finding *first = items[from].finding;
        uint32_t n_open = 0;
        for (to = from; to < n && same_group(first, items[to].finding); to++)
            n_open += !items[to].finding->is_silenced && !items[to].entry.is_covered;
        if (n_open < (uint32_t)run->limits->group_from || n_open < 2)
            continue;
        for (uint32_t i = from + 1; i < to; i++)
            items[i].entry.is_repeated = true;
        tell_group(run, items + from, n_open);
    }
}

static void give_ranks(review_run *run, keyed *items)
{
    uint32_t n = (uint32_t)run->findings.n;
    uint32_t rank = 0;
    for (uint32_t i = 0; i < n; i++) {
        const okb_finding *finding = items[i].finding;
        bool is_first = i == 0 || finding->team_ix != items[i - 1].finding->team_ix ||
                        finding->cycle_ix != items[i - 1].finding->cycle_ix;
        if (is_first) /* what is over is not for the first sight */
            rank = finding->cycle_ix == run->plan->cycle_ix ? 0 : (uint32_t)run->limits->per_team;
        rank++;
        bool is_behind = items[i].entry.is_covered || items[i].entry.is_repeated || finding->is_silenced;
        if (is_behind && rank <= (uint32_t)run->limits->per_team)
            rank = (uint32_t)run->limits->per_team + 1;
        finding_at(run, items[i].entry.ix)->rank = rank;
    }
}

static void give_goal_ranks(review_run *run, keyed *items)
{
    uint32_t rank = 0;
    for (uint32_t i = 0; i < run->findings.n; i++) {
        uint32_t goal_ix = items[i].finding->goal_ix;
        rank = i && goal_ix == items[i - 1].finding->goal_ix ? rank + 1 : 1;
        finding_at(run, items[i].entry.ix)->goal_rank = goal_ix == OKB_NONE ? 0 : rank;
    }
}

static okb_team_result *team_result(okb_plan *plan, uint32_t team_ix, uint32_t cycle_ix)
{
    const okb_team_result *found = okb_plan_team_result(plan, team_ix, cycle_ix);
    return found ? &plan->team_results[found - plan->team_results] : NULL;
}

static void count(review_run *run)
{
    for (uint32_t i = 0; i < run->plan->n_team_results; i++)
        run->plan->team_results[i].n_errors = run->plan->team_results[i].n_warnings = 0;
    for (uint32_t i = 0; i < run->findings.n; i++) {
        const okb_finding *finding = finding_at(run, i);
        okb_team_result *result =
            finding->team_ix == OKB_NONE ? NULL : team_result(run->plan, finding->team_ix, finding->cycle_ix);
        if (!result || finding->is_silenced)
            continue;
        result->n_errors += finding->severity == OKB_ERROR;
        result->n_warnings += finding->severity == OKB_WARNING;
    }
}

void okb_review_rank(review_run *run)
{
    uint32_t n = (uint32_t)run->findings.n;
    if (n == 0)
        return;
    qsort(run->findings.items, n, sizeof(okb_finding), compare_output);
    keyed *items = OKB_NEW_N(&run->scratch, keyed, n);
    for (uint32_t i = 0; i < n; i++)
        items[i] = (keyed){finding_at(run, i), {.ix = i}};
    mark_covered(run, items);
    qsort(items, n, sizeof *items, compare_by_code);
    mark_groups(run, items);
    qsort(items, n, sizeof *items, compare_by_rank);
    give_ranks(run, items);
    qsort(items, n, sizeof *items, compare_by_goal);
    give_goal_ranks(run, items);
    count(run);
}
