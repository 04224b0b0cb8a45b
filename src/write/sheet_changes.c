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

static void put_field(const okb_grid_at *at)
{
    const okb_change_row *change = change_of(at);
    okb_span words = change->field.n               ? change->field
                     : change->goal_ix == OKB_NONE ? OKB_S("goal dropped")
                                                   : OKB_S("new goal");
    okb_at_text(at, words);
}

/* A number as a number, a status as people write it: on_track is "on track". */
static void put_state(const okb_grid_at *at, okb_span value)
{
    okb_span field = change_of(at)->field;
    static const char *const numbers[] = {"baseline", "target", "weight"};
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
        double number;
        if (okb_span_eq(field, okb_span_of(numbers[i])) && value.n && okb_number_scan(value, '.', &number) == value.n) {
            okb_at_number_in(at, number, OKB_STYLE_NUMBER_LEFT);
            return;
        }
    }
    if (okb_span_eq(field, OKB_S("status")) && value.n) {
        char *words = OKB_NEW_N(&at->book->facts.scratch, char, value.n + 1);
        for (size_t i = 0; i < value.n; i++)
            words[i] = value.p[i] == '_' ? ' ' : value.p[i];
        value.p = words;
    }
    okb_at_text(at, value);
}

static void put_before(const okb_grid_at *at)
{
    put_state(at, change_of(at)->before);
}

static void put_after(const okb_grid_at *at)
{
    put_state(at, change_of(at)->after);
}

static const void *change_row(const okb_facts *facts, uint32_t ix)
{
    return &facts->plan->changes[ix];
}

#define CHANGE(name) .field = OKB_FIELD(change_row, okb_change_row, name)

static const okb_grid_column columns[] = {
    {"Team", 18, OKB_STYLE_TEXT_WRAP, CHANGE(team)},
    {"Goal", 56, OKB_STYLE_TEXT_WRAP, CHANGE(title)},
    {"What", 14, OKB_STYLE_TEXT, .put = put_field},
    {"Before", 24, OKB_STYLE_TEXT_WRAP, .put = put_before},
    {"Now", 24, OKB_STYLE_TEXT_WRAP, .put = put_after},
    {"Since", 16, OKB_STYLE_TEXT, CHANGE(since)},
    {"Score", 9, OKB_STYLE_SCORE, CHANGE(score_now)},
    {"Score by the first target", 13, OKB_STYLE_SCORE, CHANGE(score_original)},
    {"Code", 9, OKB_STYLE_TEXT, CHANGE(code)},
};

void okb_sheet_changes_write(okb_book *book, okb_sheet *sheet, okb_rows rows)
{
    const okb_grid grid = {.columns = columns,
                           .n_columns = sizeof columns / sizeof columns[0],
                           .index = rows.index,
                           .n_rows = rows.n,
                           .is_ruled = true};
    okb_grid_titled_sheet(book, sheet, &grid, okb_span_of(sheet->answers), 2,
                          "No change was found. Give the goals of an earlier run with --previous to compare with it.");
}
