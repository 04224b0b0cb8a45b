/* Orders a team's goals into lines. Without recursion: nesting is the input's to choose. */
#include "layout.h"

#include <math.h>
#include <string.h>

typedef struct todo {
    uint32_t goal_ix;
    uint32_t parent_line;
    uint32_t ordinal;
    uint16_t depth;
    bool is_below_objective, is_below_key_result;
} todo;

typedef struct maker {
    const okb_plan *plan;
    okb_vec lines; /* okb_line */
    okb_vec stack; /* todo, the next one last */
} maker;

static const char alone_title[] = "Goals without an objective";
static const char initiatives_title[] = "Initiatives without a goal";

static bool is_family(const okb_goal *goal, const okb_goal *other)
{
    return goal->team_ix == other->team_ix && goal->cycle_ix == other->cycle_ix;
}

/* The parent that a goal stands under on its team's sheet, or NULL: an objective under a key result is a block of its own. */
static const okb_goal *parent_on_sheet(const okb_plan *plan, const okb_goal *goal)
{
    if (goal->parent_ix == OKB_NONE)
        return NULL;
    const okb_goal *parent = &plan->goals[goal->parent_ix];
    if (!is_family(goal, parent) || (goal->kind == OKB_OBJECTIVE && parent->kind != OKB_OBJECTIVE))
        return NULL;
    return parent;
}

static okb_line_role role_of(const maker *m, const okb_goal *goal, const todo *at)
{
    if (goal->kind == OKB_OBJECTIVE)
        return OKB_LINE_OBJECTIVE;
    if (goal->kind == OKB_INITIATIVE || goal->kind == OKB_KIND_NONE)
        return OKB_LINE_BELOW;
    if (at->parent_line != OKB_NONE) {
        const okb_line *parent = &okb_vec_at(&m->lines, okb_line, at->parent_line);
        if (parent->role == OKB_LINE_OBJECTIVE)
            return OKB_LINE_PART;
    }
    bool counts = !at->is_below_objective && (goal->kind == OKB_KEY_RESULT || !at->is_below_key_result);
    return counts ? OKB_LINE_ALONE : OKB_LINE_BELOW;
}

static void push(maker *m, todo item)
{
    *okb_vec_push(&m->stack, todo) = item;
}

/* Rank in which an objective's children stand; lower first. */
static int child_rank(const okb_goal *child)
{
    return child->kind == OKB_OBJECTIVE ? 2 : child->kind == OKB_INITIATIVE ? 1 : 0;
}

static void push_children(maker *m, uint32_t line_ix, const todo *at)
{
    const okb_plan *plan = m->plan;
    const okb_goal *goal = &plan->goals[at->goal_ix];
    size_t base = m->stack.n;
    uint32_t ordinal = 0;
    bool below_objective = at->is_below_objective || goal->kind == OKB_OBJECTIVE;
    bool below_key_result = at->is_below_key_result || goal->kind == OKB_KEY_RESULT;
    for (int rank = 0; rank <= 2; rank++)
        for (uint32_t i = 0; i < goal->n_children; i++) {
            const okb_goal *child = &plan->goals[goal->children[i]];
            if (child_rank(child) != rank || parent_on_sheet(plan, child) != goal)
                continue;
            push(m, (todo){goal->children[i], line_ix, ++ordinal,
                           (uint16_t)(at->depth < UINT16_MAX ? at->depth + 1 : UINT16_MAX), below_objective,
                           below_key_result});
        }
    /* The stack gives the last one first. */
    todo *items = m->stack.items;
    for (size_t a = base, b = m->stack.n; a + 1 < b; a++, b--) {
        todo swap = items[a];
        items[a] = items[b - 1];
        items[b - 1] = swap;
    }
}

static const okb_line no_line = {.goal_ix = OKB_NONE,
                                 .parent_line = OKB_NONE,
                                 .first_part = OKB_NONE,
                                 .last_part = OKB_NONE,
                                 .first_child = OKB_NONE,
                                 .last_child = OKB_NONE,
                                 .next_sibling = OKB_NONE,
                                 .role = OKB_LINE_SECTION};

static void add_section(maker *m)
{
    *okb_vec_push(&m->lines, okb_line) = no_line;
}

/* Tells the objective above of a part or a child objective that now has its line. */
static void tell_parent(maker *m, uint32_t line_ix)
{
    okb_line *line = &okb_vec_at(&m->lines, okb_line, line_ix);
    if (line->parent_line == OKB_NONE)
        return;
    okb_line *parent = &okb_vec_at(&m->lines, okb_line, line->parent_line);
    if (line->role == OKB_LINE_PART) {
        if (parent->first_part == OKB_NONE)
            parent->first_part = line_ix;
        parent->last_part = line_ix;
    } else if (line->role == OKB_LINE_OBJECTIVE) {
        if (parent->first_child == OKB_NONE)
            parent->first_child = line_ix;
        else
            okb_vec_at(&m->lines, okb_line, parent->last_child).next_sibling = line_ix;
        parent->last_child = line_ix;
    }
}

static void add_tree(maker *m, uint32_t goal_ix, uint32_t ordinal)
{
    push(m, (todo){goal_ix, OKB_NONE, ordinal, 0, false, false});
    while (m->stack.n) {
        todo at = okb_vec_at(&m->stack, todo, m->stack.n - 1);
        m->stack.n--;
        const okb_goal *goal = &m->plan->goals[at.goal_ix];
        okb_line_role role = role_of(m, goal, &at);
        uint32_t line_ix = (uint32_t)m->lines.n;
        okb_line *line = okb_vec_push(&m->lines, okb_line);
        *line = no_line;
        line->goal_ix = at.goal_ix;
        line->parent_line = at.parent_line;
        line->ordinal = at.ordinal;
        line->depth = at.depth;
        line->role = (uint8_t)role;
        line->counts_in_team = role == OKB_LINE_OBJECTIVE || role == OKB_LINE_ALONE;
        tell_parent(m, line_ix);
        push_children(m, line_ix, &at);
    }
}

/* What stands at the top of a team's sheet, in three passes. */
static int top_rank(const okb_goal *goal)
{
    return goal->kind == OKB_OBJECTIVE ? 0 : goal->kind == OKB_INITIATIVE || goal->kind == OKB_KIND_NONE ? 2 : 1;
}

static void make_team(maker *m, const uint32_t *goals, uint32_t n, okb_layout *out, okb_arena *keep)
{
    m->lines.n = 0;
    for (int rank = 0; rank <= 2; rank++) {
        uint32_t ordinal = 0;
        bool is_first = true;
        for (uint32_t i = 0; i < n; i++) {
            const okb_goal *goal = &m->plan->goals[goals[i]];
            if (top_rank(goal) != rank || parent_on_sheet(m->plan, goal))
                continue;
            if (is_first && rank > 0)
                add_section(m);
            is_first = false;
            add_tree(m, goals[i], ++ordinal);
        }
    }
    out->n_lines = (uint32_t)m->lines.n;
    out->n_goals = n;
    out->lines = OKB_NEW_N(keep, okb_line, m->lines.n);
    if (m->lines.n)
        memcpy(out->lines, m->lines.items, m->lines.n * sizeof(okb_line));
}

okb_layout *okb_layouts_make(const okb_plan *plan, okb_arena *keep)
{
    okb_layout *layouts = OKB_NEW_N(keep, okb_layout, (size_t)plan->n_teams + 1);
    okb_arena scratch;
    okb_arena_init(&scratch, 0);
    uint32_t *first = OKB_NEW_N(&scratch, uint32_t, (size_t)plan->n_teams + 2);
    uint32_t *order = OKB_NEW_N(&scratch, uint32_t, (size_t)plan->n_goals + 1);
    for (uint32_t g = 0; g < plan->n_goals; g++)
        if (plan->goals[g].cycle_ix == plan->cycle_ix)
            first[plan->goals[g].team_ix + 2]++;
    for (uint32_t t = 0; t < plan->n_teams; t++)
        first[t + 1] += first[t];
    for (uint32_t g = 0; g < plan->n_goals; g++)
        if (plan->goals[g].cycle_ix == plan->cycle_ix)
            order[first[plan->goals[g].team_ix + 1]++] = g;
    maker m = {.plan = plan};
    for (uint32_t t = 0; t < plan->n_teams; t++)
        make_team(&m, order + first[t], first[t + 1] - first[t], &layouts[t], keep);
    okb_vec_free(&m.lines);
    okb_vec_free(&m.stack);
    okb_arena_reset(&scratch);
    return layouts;
}

static const char *prefix_of(okb_kind kind)
{
    switch (kind) {
    case OKB_OBJECTIVE:
        return "O";
    case OKB_KEY_RESULT:
        return "KR";
    case OKB_GOAL:
        return "G";
    case OKB_INITIATIVE:
        return "I";
    case OKB_KIND_NONE:
        break;
    }
    return "";
}

okb_span okb_line_label(const okb_plan *plan, const okb_layout *layout, uint32_t line_ix, okb_arena *scratch)
{
    enum { SHOWN = 5 }; /* deeper lines show their nearest ancestors only */
    const okb_line *line = &layout->lines[line_ix];
    if (line->goal_ix == OKB_NONE)
        return (okb_span){NULL, 0};
    uint32_t path[SHOWN];
    int n = 0;
    for (uint32_t at = line_ix; at != OKB_NONE && n < SHOWN; at = layout->lines[at].parent_line)
        path[n++] = layout->lines[at].ordinal;
    okb_buf label = {0};
    okb_buf_add(&label, okb_span_of(prefix_of(plan->goals[line->goal_ix].kind)));
    while (n-- > 0) {
        okb_buf_printf(&label, "%u", path[n]);
        if (n > 0)
            okb_buf_byte(&label, '.');
    }
    okb_span kept = okb_arena_copy(scratch, okb_buf_span(&label));
    okb_buf_free(&label);
    return kept;
}

const char *okb_section_title(const okb_plan *plan, const okb_layout *layout, uint32_t line_ix)
{
    uint32_t next = line_ix + 1;
    if (next < layout->n_lines && layout->lines[next].goal_ix != OKB_NONE &&
        top_rank(&plan->goals[layout->lines[next].goal_ix]) == 2)
        return initiatives_title;
    return alone_title;
}

double okb_goal_weight(const okb_plan *plan, uint32_t goal_ix)
{
    const okb_goal *goal = &plan->goals[goal_ix];
    for (uint32_t i = 0; i < goal->n_links; i++)
        if (goal->links[i].goal_ix == goal->parent_ix && goal->parent_ix != OKB_NONE && isfinite(goal->links[i].weight))
            return goal->links[i].weight;
    return isfinite(goal->weight) ? goal->weight : 1;
}
