/* Goals by week: the score at each week's last check-in, coloured by band; an empty week had none. */
#include "grid.h"
#include "sheets.h"

#include <math.h>

enum { COL_STATE = 3, COL_MADE = 5, COL_DUE, FIRST_WEEK_COLUMN, MOST_WEEKS = 60 };

typedef struct heatmap {
    okb_book *book;
    okb_day start;
    uint32_t n_weeks;
} heatmap;

okb_rows okb_sheet_checkins_rows(okb_book *book, okb_arena *keep)
{
    const okb_plan *plan = book->plan;
    uint32_t only = book->options->only_team;
    uint32_t *index = OKB_NEW_N(keep, uint32_t, (size_t)plan->n_goals + 1), n = 0;
    for (uint32_t g = 0; g < plan->n_goals; g++) {
        const okb_goal *goal = &plan->goals[g];
        if (goal->cycle_ix == plan->cycle_ix && (goal->kind == OKB_KEY_RESULT || goal->kind == OKB_GOAL) &&
            (only == OKB_NONE || goal->team_ix == only))
            index[n++] = g;
    }
    return (okb_rows){index, n};
}

const char *okb_checkins_range(okb_book *book, bool is_due)
{
    const okb_sheet *sheet = okb_book_sheet(book, OKB_SHEET_CHECKINS);
    if (!sheet || sheet->n_parts > 1 || sheet->n_rows == 0)
        return NULL;
    uint32_t column = is_due ? COL_DUE : COL_MADE;
    return okb_book_printf(book, "%s%s:%s", sheet->ref.p, okb_book_cell(book, OKB_GRID_FIRST_ROW, column, true),
                           okb_book_cell(book, OKB_GRID_HEAD_ROW + sheet->n_rows, column, true));
}

static const okb_goal *goal_of(const okb_grid_at *at)
{
    return &at->book->plan->goals[at->ix];
}

static void put_state(const okb_grid_at *at)
{
    const okb_result *r = okb_facts_result(&at->book->facts, at->ix);
    okb_at_word(at, r->is_stalled                     ? "▼ silent"
                    : r->is_overdue                   ? "● overdue"
                    : r->last_checkin != OKB_DAY_NONE ? "▲ up to date"
                                                      : "○ none yet");
}

static void put_made(const okb_grid_at *at)
{
    const okb_result *r = okb_facts_result(&at->book->facts, at->ix);
    if (r->windows)
        okb_at_number(at, r->windows_hit);
}

static void put_due(const okb_grid_at *at)
{
    const okb_result *r = okb_facts_result(&at->book->facts, at->ix);
    if (r->windows)
        okb_at_number(at, r->windows);
}

static void put_week(const okb_grid_at *at)
{
    const heatmap *map = at->context;
    const okb_plan *plan = at->book->plan;
    const okb_goal *goal = goal_of(at);
    okb_day first = map->start + (okb_day)(at->column - FIRST_WEEK_COLUMN) * 7;
    if (first > okb_book_as_of(at->book)) {
        okb_put_blank(at->book, at->sheet, at->row, at->column, OKB_STYLE_HEAT, OKB_TONE_HEADING);
        return;
    }
    uint32_t low = goal->first_checkin, high = goal->first_checkin + goal->n_checkins;
    while (low < high) { /* the first check-in after the week */
        uint32_t mid = low + (high - low) / 2;
        if (plan->checkins[mid].date < first + 7)
            low = mid + 1;
        else
            high = mid;
    }
    for (; low > goal->first_checkin && plan->checkins[low - 1].date >= first; low--) {
        if (plan->checkins[low - 1].date > okb_book_as_of(at->book))
            continue;
        double score = okb_facts_checkin_score(&at->book->facts, &plan->checkins[low - 1]);
        if (isfinite(score))
            okb_at_number(at, score);
        else
            okb_at_word(at, "✓");
        return;
    }
}

static const okb_grid_column fixed[FIRST_WEEK_COLUMN] = {
    {"Team", 18, OKB_STYLE_TEXT, .field = OKB_FIELD(okb_goal_team_row, okb_team, name)},
    {"Key result or goal", 50, OKB_STYLE_TEXT_WRAP, .field = OKB_FIELD(okb_goal_row, okb_goal, title)},
    {"Owner", 19, OKB_STYLE_TEXT_WRAP, .field = OKB_FIELD(okb_goal_row, okb_goal, owner)},
    {"Check-ins", 14, OKB_STYLE_STATUS, .put = put_state},
    {"Last check-in", 12, OKB_STYLE_DAY, .field = OKB_FIELD(okb_goal_result_row, okb_result, last_checkin)},
    [COL_MADE] = {"On time", 8, OKB_STYLE_COUNT, .put = put_made},
    [COL_DUE] = {"Of due", 7, OKB_STYLE_COUNT, .put = put_due},
};

void okb_sheet_checkins_write(okb_book *book, okb_sheet *sheet, okb_rows rows)
{
    const okb_plan *plan = book->plan;
    const okb_cycle *cycle = &plan->cycles[plan->cycle_ix];
    okb_grid_column columns[FIRST_WEEK_COLUMN + MOST_WEEKS];
    heatmap map = {book, cycle->start, 0};
    for (uint32_t c = 0; c < FIRST_WEEK_COLUMN; c++)
        columns[c] = fixed[c];
    if (cycle->start != OKB_DAY_NONE && cycle->due != OKB_DAY_NONE)
        for (okb_day day = cycle->start; day <= cycle->due && map.n_weeks < MOST_WEEKS; day += 7) {
            char text[11];
            okb_day_print(day, text);
            columns[FIRST_WEEK_COLUMN + map.n_weeks++] =
                (okb_grid_column){.header = okb_arena_printf(&book->keep, "%.5s", text + 5).p,
                                  .width = 6.5,
                                  .style = OKB_STYLE_HEAT,
                                  .put = put_week};
        }
    okb_grid grid = {.columns = columns,
                     .n_columns = FIRST_WEEK_COLUMN + map.n_weeks,
                     .context = &map,
                     .index = rows.index,
                     .n_rows = rows.n,
                     .is_ruled = !sheet->is_streamed};
    uint32_t end = okb_grid_titled_sheet(
        book, sheet, &grid,
        okb_arena_printf(&book->keep,
                         "%s  ·  score at the last check-in of each week, weeks by their first day; ✓ a check-in "
                         "without a figure; empty: none; grey: still to come",
                         sheet->answers),
        2, "No key result or goal in this cycle.");
    if (rows.n == 0)
        return;
    okb_sheet_status_tints(book, sheet, OKB_GRID_FIRST_ROW, end - 1, COL_STATE);
    if (map.n_weeks)
        okb_sheet_band_colours(book, sheet, OKB_GRID_FIRST_ROW, end - 1, FIRST_WEEK_COLUMN,
                               FIRST_WEEK_COLUMN + map.n_weeks - 1);
}
