/* Each goal's line of sight to a company objective, and what has none. Links are alignment, not arithmetic. */
#include "grid.h"
#include "sheets.h"

static bool is_listed(const okb_book *book, uint32_t g)
{
    const okb_goal *goal = &book->plan->goals[g];
    uint32_t only = book->options->only_team;
    return goal->cycle_ix == book->plan->cycle_ix && goal->kind != OKB_INITIATIVE && goal->level != OKB_COMPANY &&
           (only == OKB_NONE || goal->team_ix == only);
}

/* What is unlinked first: it is what the sheet is read for. */
okb_rows okb_sheet_alignment_rows(okb_book *book, okb_arena *keep)
{
    const okb_plan *plan = book->plan;
    uint32_t *index = OKB_NEW_N(keep, uint32_t, (size_t)plan->n_goals + 1), n = 0;
    for (int linked = 0; linked <= 1; linked++)
        for (uint32_t g = 0; g < plan->n_goals; g++)
            if (is_listed(book, g) && okb_facts_result(&book->facts, g)->is_linked == linked)
                index[n++] = g;
    return (okb_rows){index, n};
}

static const okb_goal *goal_of(const okb_grid_at *at)
{
    return &at->book->plan->goals[at->ix];
}

/* The company objective at the head of the path of parents; OKB_NONE. */
static uint32_t root_of(const okb_plan *plan, uint32_t goal_ix)
{
    uint32_t steps = 0;
    for (uint32_t g = plan->goals[goal_ix].parent_ix; g != OKB_NONE && steps < plan->n_goals;
         g = plan->goals[g].parent_ix, steps++)
        if (plan->goals[g].level == OKB_COMPANY && plan->goals[g].kind == OKB_OBJECTIVE)
            return g;
    return OKB_NONE;
}

static void put_linked(const okb_grid_at *at)
{
    okb_at_word(at, okb_facts_result(&at->book->facts, at->ix)->is_linked ? "▲ linked" : "▼ not linked");
}

static void put_kind(const okb_grid_at *at)
{
    static const char *const words[] = {"", "Objective", "Key result", "Goal", "Initiative"};
    okb_at_word(at, words[goal_of(at)->kind]);
}

static void put_parent(const okb_grid_at *at)
{
    uint32_t parent = goal_of(at)->parent_ix;
    if (parent != OKB_NONE)
        okb_at_text(at, at->book->plan->goals[parent].title);
}

static const char *reason_of(const okb_grid_at *at)
{
    const okb_goal *goal = goal_of(at);
    if (goal->is_in_circle)
        return "none: its parents form a circle";
    if (goal->n_links == 0 && goal->parent_ix == OKB_NONE)
        return "none: no parent is given";
    if (goal->n_links > 0 && goal->parent_ix == OKB_NONE)
        return okb_book_printf(at->book, "none: parent '%.*s' is not in the input", OKB_FMT(goal->links[0].ref));
    return "none: its parents reach no company objective";
}

/* The objective, or why there is none. */
static void put_root(const okb_grid_at *at)
{
    uint32_t root = root_of(at->book->plan, at->ix);
    if (!okb_facts_result(&at->book->facts, at->ix)->is_linked)
        okb_at_word(at, reason_of(at));
    else if (root != OKB_NONE)
        okb_at_text(at, at->book->plan->goals[root].title);
}

static const okb_grid_column columns[] = {
    {"Line of sight", 13, OKB_STYLE_STATUS, .put = put_linked},
    {"Team", 16, OKB_STYLE_TEXT_WRAP, .field = OKB_FIELD(okb_goal_team_row, okb_team, name)},
    {"Kind", 11, OKB_STYLE_TEXT, .put = put_kind},
    {"Goal", 50, OKB_STYLE_TEXT_WRAP, .field = OKB_FIELD(okb_goal_row, okb_goal, title)},
    {"Owner", 17, OKB_STYLE_TEXT_WRAP, .field = OKB_FIELD(okb_goal_row, okb_goal, owner)},
    {"Score", 9, OKB_STYLE_SCORE, .field = OKB_FIELD(okb_goal_result_row, okb_result, score)},
    {"Directly under", 48, OKB_STYLE_TEXT_WRAP, .put = put_parent},
    {"Company objective", 51, OKB_STYLE_TEXT_WRAP, .put = put_root},
};

void okb_sheet_alignment_write(okb_book *book, okb_sheet *sheet, okb_rows rows)
{
    uint32_t linked = 0;
    for (uint32_t i = 0; i < rows.n; i++)
        linked += okb_facts_result(&book->facts, rows.index[i])->is_linked;
    okb_grid grid = {.columns = columns,
                     .n_columns = sizeof columns / sizeof columns[0],
                     .index = rows.index,
                     .n_rows = rows.n,
                     .is_ruled = !sheet->is_streamed};
    uint32_t end = okb_grid_titled_sheet(
        book, sheet, &grid,
        okb_arena_printf(&book->keep, "%s  ·  %u of %u objectives, key results and goals are linked", sheet->answers,
                         linked, rows.n),
        0, "No team has a goal in this cycle.");
    if (rows.n)
        okb_sheet_status_tints(book, sheet, OKB_GRID_FIRST_ROW, end - 1, 0);
}
