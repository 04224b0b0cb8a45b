/* Advice, never a finding: which framework fits a team and why, the next step of a transition, what to rewrite first. */
#include "grid.h"
#include "sheets.h"

okb_rows okb_sheet_advice_rows(okb_book *book, okb_arena *keep)
{
    const okb_plan *plan = book->plan;
    uint32_t only = book->options->only_team;
    uint32_t *index = OKB_NEW_N(keep, uint32_t, (size_t)plan->n_advice + 1), n = 0;
    for (uint32_t i = 0; i < plan->n_advice; i++) {
        const okb_advice *a = &plan->advice[i];
        bool is_current = a->cycle_ix == OKB_NONE || a->cycle_ix == plan->cycle_ix;
        if (is_current && (only == OKB_NONE || a->team_ix == only))
            index[n++] = i;
    }
    return (okb_rows){index, n};
}

static const void *advice_row(const okb_facts *facts, uint32_t ix)
{
    return &facts->plan->advice[ix];
}

static void put_team(const okb_grid_at *at)
{
    uint32_t team = at->book->plan->advice[at->ix].team_ix;
    okb_at_text(at, team < at->book->plan->n_teams ? at->book->plan->teams[team].name : OKB_S("The company"));
}

#define ADVICE(name) .field = OKB_FIELD(advice_row, okb_advice, name)

static const okb_grid_column columns[] = {
    {"Team", 18, OKB_STYLE_TEXT_WRAP, .put = put_team},    {"Advice", 26, OKB_STYLE_TEXT_WRAP, ADVICE(title)},
    {"What to do", 64, OKB_STYLE_TEXT_WRAP, ADVICE(text)}, {"Why", 62, OKB_STYLE_TEXT_WRAP, ADVICE(reasons)},
    {"Source", 34, OKB_STYLE_TEXT_WRAP, ADVICE(source)},   {"Code", 14, OKB_STYLE_TEXT, ADVICE(code)},
};

void okb_sheet_advice_write(okb_book *book, okb_sheet *sheet, okb_rows rows)
{
    const okb_grid grid = {.columns = columns,
                           .n_columns = sizeof columns / sizeof columns[0],
                           .index = rows.index,
                           .n_rows = rows.n,
                           .is_ruled = true};
    okb_grid_titled_sheet(book, sheet, &grid, okb_span_of(sheet->answers), 1, "There is no advice for these goals.");
}
