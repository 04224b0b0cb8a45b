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

static const okb_advice *advice_of(const okb_grid_at *at)
{
    return &at->book->plan->advice[at->ix];
}

static void put_team(const okb_grid_at *at)
{
    uint32_t team = advice_of(at)->team_ix;
    okb_at_text(at, team < at->book->plan->n_teams ? at->book->plan->teams[team].name : OKB_S("The company"),
                OKB_STYLE_TEXT_WRAP);
}

static void put_title(const okb_grid_at *at)
{
    okb_at_text(at, advice_of(at)->title, OKB_STYLE_TEXT_WRAP);
}

static void put_text(const okb_grid_at *at)
{
    okb_at_text(at, advice_of(at)->text, OKB_STYLE_TEXT_WRAP);
}

static void put_reasons(const okb_grid_at *at)
{
    okb_at_text(at, advice_of(at)->reasons, OKB_STYLE_TEXT_WRAP);
}

static void put_source(const okb_grid_at *at)
{
    okb_at_text(at, advice_of(at)->source, OKB_STYLE_TEXT_WRAP);
}

static void put_code(const okb_grid_at *at)
{
    okb_at_text(at, advice_of(at)->code, OKB_STYLE_TEXT);
}

static const okb_grid_column columns[] = {
    {"Team", 22, OKB_STYLE_TEXT_WRAP, NULL, put_team, 0},       {"Advice", 30, OKB_STYLE_TEXT_WRAP, NULL, put_title, 0},
    {"What to do", 60, OKB_STYLE_TEXT_WRAP, NULL, put_text, 0}, {"Why", 60, OKB_STYLE_TEXT_WRAP, NULL, put_reasons, 0},
    {"Source", 26, OKB_STYLE_TEXT_WRAP, NULL, put_source, 0},   {"Code", 14, OKB_STYLE_TEXT, NULL, put_code, 0},
};

void okb_sheet_advice_write(okb_book *book, okb_sheet *sheet, okb_rows rows)
{
    uint32_t row = okb_sheet_title(book, sheet, sheet->name, okb_span_of(sheet->answers));
    okb_grid grid = {.columns = columns,
                     .n_columns = sizeof columns / sizeof columns[0],
                     .index = rows.index,
                     .n_rows = rows.n,
                     .is_ruled = true};
    uint32_t end = okb_grid_sheet(book, sheet, &grid, row, 1);
    if (rows.n == 0)
        okb_put_word(book, sheet, end, 0, "There is no advice for these goals.", OKB_STYLE_NOTE, OKB_TONE_BODY);
    if (!okb_book_failed(book))
        worksheet_gridlines(sheet->ws, LXW_HIDE_ALL_GRIDLINES);
}
