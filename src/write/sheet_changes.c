/* What changed: against an earlier run (targets, owners, dates) and against the last cycle. */
#include "grid.h"
#include "sheets.h"

okb_rows okb_sheet_changes_rows(okb_book *book, okb_arena *keep)
{
    const okb_plan *plan = book->plan;
    uint32_t only = book->options->only_team;
    if (only == OKB_NONE)
        return (okb_rows){NULL, plan->n_changes};
    uint32_t *index = OKB_NEW_N(keep, uint32_t, (size_t)plan->n_changes + 1), n = 0;
    for (uint32_t i = 0; i < plan->n_changes; i++)
        if (okb_span_eq(plan->changes[i].team, plan->teams[only].name))
            index[n++] = i;
    return (okb_rows){index, n};
}

static const okb_change_row *change_of(const okb_grid_at *at)
{
    return &at->book->plan->changes[at->ix];
}

static void put_team(const okb_grid_at *at)
{
    okb_at_text(at, change_of(at)->team, OKB_STYLE_TEXT_WRAP);
}

static void put_title(const okb_grid_at *at)
{
    okb_at_text(at, change_of(at)->title, OKB_STYLE_TEXT_WRAP);
}

static void put_field(const okb_grid_at *at)
{
    const okb_change_row *change = change_of(at);
    okb_span words = change->field.n               ? change->field
                     : change->goal_ix == OKB_NONE ? OKB_S("goal dropped")
                                                   : OKB_S("new goal");
    okb_at_text(at, words, OKB_STYLE_TEXT);
}

/* A status as people write it: on_track is "on track". */
static void put_state(const okb_grid_at *at, okb_span value)
{
    if (okb_span_eq(change_of(at)->field, OKB_S("status")) && value.n) {
        char *words = OKB_NEW_N(&at->book->facts.scratch, char, value.n + 1);
        for (size_t i = 0; i < value.n; i++)
            words[i] = value.p[i] == '_' ? ' ' : value.p[i];
        value.p = words;
    }
    okb_at_text(at, value, OKB_STYLE_TEXT_WRAP);
}

static void put_before(const okb_grid_at *at)
{
    put_state(at, change_of(at)->before);
}

static void put_after(const okb_grid_at *at)
{
    put_state(at, change_of(at)->after);
}

static void put_since(const okb_grid_at *at)
{
    okb_at_text(at, change_of(at)->since, OKB_STYLE_TEXT);
}

static void put_now(const okb_grid_at *at)
{
    okb_at_number(at, change_of(at)->score_now, OKB_STYLE_SCORE);
}

static void put_original(const okb_grid_at *at)
{
    okb_at_number(at, change_of(at)->score_original, OKB_STYLE_SCORE);
}

static void put_code(const okb_grid_at *at)
{
    okb_at_text(at, change_of(at)->code, OKB_STYLE_TEXT);
}

static const okb_grid_column columns[] = {
    {"Team", 20, OKB_STYLE_TEXT_WRAP, NULL, put_team, 0},
    {"Goal", 48, OKB_STYLE_TEXT_WRAP, NULL, put_title, 0},
    {"What", 14, OKB_STYLE_TEXT, NULL, put_field, 0},
    {"Before", 22, OKB_STYLE_TEXT_WRAP, NULL, put_before, 0},
    {"Now", 22, OKB_STYLE_TEXT_WRAP, NULL, put_after, 0},
    {"Since", 16, OKB_STYLE_TEXT, NULL, put_since, 0},
    {"Score", 9, OKB_STYLE_SCORE, NULL, put_now, 0},
    {"Score by the first target", 13, OKB_STYLE_SCORE, NULL, put_original, 0},
    {"Code", 9, OKB_STYLE_TEXT, NULL, put_code, 0},
};

void okb_sheet_changes_write(okb_book *book, okb_sheet *sheet, okb_rows rows)
{
    uint32_t row = okb_sheet_title(book, sheet, sheet->name, okb_span_of(sheet->answers));
    okb_grid grid = {.columns = columns,
                     .n_columns = sizeof columns / sizeof columns[0],
                     .index = rows.index,
                     .n_rows = rows.n,
                     .is_ruled = true};
    uint32_t end = okb_grid_sheet(book, sheet, &grid, row, 2);
    if (rows.n == 0)
        okb_put_word(book, sheet, end, 0,
                     "No change was found. Give the goals of an earlier run with --previous to compare with it.",
                     OKB_STYLE_NOTE, OKB_TONE_BODY);
    if (!okb_book_failed(book))
        worksheet_gridlines(sheet->ws, LXW_HIDE_ALL_GRIDLINES);
}
