/* Scores by team and cycle. The reported cycle's column is live; the others are closed and stand as they were computed. */
#include "chart.h"
#include "grid.h"
#include "sheets.h"

#include <math.h>

enum { MOST_CYCLES = 40 };

typedef struct history {
    uint32_t cycles[MOST_CYCLES];
    uint32_t n_cycles;
} history;

okb_rows okb_sheet_history_rows(okb_book *book, okb_arena *keep)
{
    const okb_plan *plan = book->plan;
    uint32_t only = book->options->only_team;
    bool *has_result = OKB_NEW_N(keep, bool, (size_t)plan->n_teams + 1);
    for (uint32_t i = 0; i < plan->n_team_results; i++)
        has_result[plan->team_results[i].team_ix] = true;
    uint32_t *index = OKB_NEW_N(keep, uint32_t, (size_t)plan->n_teams + 1), n = 0;
    /* The company first, so that the teams' mean is of one run of cells. */
    for (int is_company = 1; is_company >= 0; is_company--)
        for (uint32_t t = 0; t < plan->n_teams; t++)
            if (has_result[t] && plan->teams[t].is_company == is_company && (only == OKB_NONE || only == t))
                index[n++] = t;
    return (okb_rows){index, n};
}

/* The cycles that have a score, the latest ones where there are more than fit. */
static void choose_cycles(const okb_plan *plan, history *out)
{
    bool *is_used = NULL;
    okb_arena scratch;
    okb_arena_init(&scratch, 0);
    is_used = OKB_NEW_N(&scratch, bool, (size_t)plan->n_cycles + 1);
    for (uint32_t i = 0; i < plan->n_team_results; i++)
        is_used[plan->team_results[i].cycle_ix] = true;
    uint32_t n = 0;
    for (uint32_t c = 0; c < plan->n_cycles; c++)
        n += is_used[c];
    uint32_t skip = n > MOST_CYCLES ? n - MOST_CYCLES : 0;
    for (uint32_t c = 0; c < plan->n_cycles; c++) {
        if (!is_used[c])
            continue;
        if (skip > 0)
            skip--;
        else
            out->cycles[out->n_cycles++] = c;
    }
    okb_arena_reset(&scratch);
}

static void put_team(const okb_grid_at *at)
{
    okb_put_link(at->book, at->sheet, at->row, at->column, okb_book_team_link(at->book, at->ix),
                 at->book->plan->teams[at->ix].name, OKB_STYLE_LINK, at->tone);
}

static void put_cycle(const okb_grid_at *at)
{
    const history *h = at->context;
    uint32_t cycle_ix = h->cycles[at->column - 1];
    const okb_team_result *r = okb_plan_team_result(at->book->plan, at->ix, cycle_ix);
    if (!r)
        return;
    const char *ref =
        cycle_ix == at->book->plan->cycle_ix ? okb_team_figure_ref(at->book, at->ix, OKB_FIGURE_SCORE) : NULL;
    if (ref)
        okb_put_formula(at->book, at->sheet, at->row, at->column, okb_book_same(at->book, ref), r->score,
                        OKB_STYLE_SCORE, at->tone);
    else
        okb_at_number(at, r->score);
}

static void put_change(const okb_grid_at *at)
{
    const history *h = at->context;
    const okb_team_result *now = okb_plan_team_result(at->book->plan, at->ix, h->cycles[h->n_cycles - 1]);
    const okb_team_result *before = okb_plan_team_result(at->book->plan, at->ix, h->cycles[h->n_cycles - 2]);
    double value = now && before ? now->score - before->score : NAN;
    const char *a = okb_book_cell(at->book, at->row, at->column - 1, false);
    const char *b = okb_book_cell(at->book, at->row, at->column - 2, false);
    okb_put_formula(at->book, at->sheet, at->row, at->column,
                    okb_book_printf(at->book, "=IF(COUNT(%s,%s)<2,\"\",%s-%s)", a, b, a, b), value, OKB_STYLE_TREND,
                    at->tone);
}

typedef struct means {
    uint32_t first, row; /* of the teams, of the means */
    double values[MOST_CYCLES];
    okb_span labels[MOST_CYCLES];
} means;

static double mean_of(const okb_plan *plan, okb_rows rows, uint32_t cycle_ix)
{
    double sum = 0;
    uint32_t n = 0;
    for (uint32_t i = 0; i < rows.n; i++) {
        const okb_team_result *r = okb_plan_team_result(plan, rows.index[i], cycle_ix);
        if (plan->teams[rows.index[i]].is_company || !r || !isfinite(r->score))
            continue;
        sum += r->score;
        n++;
    }
    return n ? sum / n : NAN;
}

static void write_means(okb_book *book, okb_sheet *sheet, const history *h, okb_rows rows, means *m)
{
    okb_put_word(book, sheet, m->row, 0, "Mean of the teams", OKB_STYLE_TOTAL_TEXT, OKB_TONE_BODY);
    for (uint32_t c = 0; c < h->n_cycles; c++) {
        const char *range = okb_book_printf(book, "%s:%s", okb_book_cell(book, m->first, c + 1, false),
                                            okb_book_cell(book, m->row - 1, c + 1, false));
        m->labels[c] = book->plan->cycles[h->cycles[c]].name;
        m->values[c] = mean_of(book->plan, rows, h->cycles[c]);
        okb_put_formula(book, sheet, m->row, c + 1,
                        okb_book_printf(book, "=IF(COUNT(%s)=0,\"\",AVERAGE(%s))", range, range), m->values[c],
                        OKB_STYLE_TOTAL_SCORE, OKB_TONE_BODY);
    }
    if (h->n_cycles > 1)
        okb_put_blank(book, sheet, m->row, h->n_cycles + 1, OKB_STYLE_TOTAL_TEXT, OKB_TONE_BODY);
}

/* Beside a narrow table; below a wide one there would be no end of it. */
static void draw(okb_book *book, okb_sheet *sheet, const history *h, uint32_t head_row, const means *m)
{
    enum { WIDEST = 12, WIDTH_PX = 560, HEIGHT_PX = 280 };
    if (h->n_cycles < 2 || h->n_cycles > WIDEST || book->is_accessible)
        return;
    const okb_chart_series series = {NULL, okb_chart_cells(book, sheet, m->row, 1, m->row, h->n_cycles), m->values,
                                     okb_palette_of(book->set.is_rag)->series[0], false};
    const okb_chart chart = {.kind = OKB_CHART_COLUMNS,
                             .question = "Are the teams getting better?",
                             .alt = "Column chart of the mean score of the teams, cycle by cycle.",
                             .cells = okb_chart_cells(book, sheet, head_row, 1, head_row, h->n_cycles),
                             .labels = m->labels,
                             .n_points = h->n_cycles,
                             .series = &series,
                             .n_series = 1,
                             .is_share = true,
                             .has_labels = true};
    okb_chart_draw(book, sheet, &chart, (okb_chart_place){head_row, h->n_cycles + 3, 0, WIDTH_PX, HEIGHT_PX});
}

void okb_sheet_history_write(okb_book *book, okb_sheet *sheet, okb_rows rows)
{
    const okb_plan *plan = book->plan;
    history h = {.n_cycles = 0};
    choose_cycles(plan, &h);
    okb_grid_column columns[MOST_CYCLES + 2];
    uint32_t n = 0;
    columns[n++] = (okb_grid_column){.header = "Team", .width = 30, .style = OKB_STYLE_LINK, .put = put_team};
    for (uint32_t c = 0; c < h.n_cycles; c++)
        columns[n++] = (okb_grid_column){
            .header = plan->cycles[h.cycles[c]].name.p, .width = 11, .style = OKB_STYLE_SCORE, .put = put_cycle};
    if (h.n_cycles > 1)
        columns[n++] =
            (okb_grid_column){.header = "Last change", .width = 12, .style = OKB_STYLE_TREND, .put = put_change};
    const okb_grid grid = {
        .columns = columns, .n_columns = n, .context = &h, .index = rows.index, .n_rows = rows.n, .is_ruled = true};
    uint32_t end = okb_grid_titled_sheet(
        book, sheet, &grid,
        h.n_cycles > 1
            ? okb_span_of(sheet->answers)
            : OKB_S("Is each team getting better from cycle to cycle?  ·  the input has one cycle only, so there is "
                    "nothing to compare yet"),
        1, "No team has a score.");
    if (rows.n && sheet->part + 1 == sheet->n_parts && sheet->n_parts == 1) {
        okb_sheet_band_colours(book, sheet, OKB_GRID_FIRST_ROW, end - 1, 1, h.n_cycles);
        bool has_company = plan->teams[rows.index[0]].is_company;
        means m = {.first = OKB_GRID_FIRST_ROW + (has_company && rows.n > 1 ? 1u : 0u), .row = end};
        if (rows.n > 1)
            write_means(book, sheet, &h, rows, &m);
        if (rows.n > 2)
            draw(book, sheet, &h, OKB_GRID_HEAD_ROW, &m);
    }
}
