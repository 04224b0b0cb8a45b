/*
 * A team's sheet (and the company's, which is the same): its figures, then objectives as headings with key results, goals and
 * initiatives under them. Made for a check-in of fifteen minutes; what is printed ends where the workings begin.
 */
#include "sheet_team.h"
#include "page.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static const okb_line *line_of(const okb_grid_at *at)
{
    const okb_team_view *view = at->context;
    return &view->layout->lines[at->ix];
}

static okb_tone tone_of(const okb_grid_at *at)
{
    const okb_line *line = line_of(at);
    if (line->role == OKB_LINE_OBJECTIVE || line->role == OKB_LINE_SECTION)
        return OKB_TONE_HEADING;
    return at->book->plan->goals[line->goal_ix].kind == OKB_INITIATIVE ? OKB_TONE_MUTED : OKB_TONE_BODY;
}

static uint32_t level_of(const okb_grid_at *at)
{
    return line_of(at)->depth;
}

static okb_span note_of(okb_page *page, const okb_team_view *view)
{
    const okb_plan *plan = view->book->plan;
    const okb_team *team = &plan->teams[view->team_ix];
    char day[11];
    okb_day_print(okb_book_as_of(view->book), day);
    okb_buf text = {0};
    okb_buf_printf(&text, "%.*s as of %s", OKB_FMT(plan->cycles[plan->cycle_ix].name), day);
    if (team->lead.n)
        okb_buf_printf(&text, "  ·  led by %.*s", OKB_FMT(team->lead));
    if (isfinite(team->size))
        okb_buf_printf(&text, "  ·  %.10g people", team->size);
    if (view->sheet->n_parts > 1)
        okb_buf_printf(&text, "  ·  sheet %u of %u", view->sheet->part + 1, view->sheet->n_parts);
    okb_span kept = okb_arena_copy(&page->keep, okb_buf_span(&text));
    okb_buf_free(&text);
    return kept;
}

static void write_head(const okb_team_view *view)
{
    okb_book *book = view->book;
    const okb_plan *plan = book->plan;
    okb_page page;
    okb_page_init(&page, book, view->sheet);
    okb_page_height(&page, 0, 28);
    okb_page_text(&page, 0, 0, plan->teams[view->team_ix].name, OKB_STYLE_TITLE, OKB_TONE_OPEN);
    okb_page_text(&page, 1, 0, note_of(&page, view), OKB_STYLE_NOTE, OKB_TONE_OPEN);
    okb_span summary = okb_book_summary_link(book);
    if (summary.n)
        okb_page_link(&page, 1, TEAM_ASK, summary, OKB_S("Back to the Summary"), OKB_STYLE_LINK_PLAIN, OKB_TONE_OPEN);
    const okb_team_result *result = okb_plan_team_result(plan, view->team_ix, plan->cycle_ix);
    if (result)
        okb_team_figures_write(&page, view, result);
    okb_page_flush(&page);
}

/* Characters that a figure takes, grouped as the format groups it. */
static double figure_width(double value)
{
    if (!isfinite(value))
        return 0;
    char text[64];
    double size = fabs(value);
    int n = size >= 10000              ? snprintf(text, sizeof text, "%.0f", value)
            : okb_team_has_tail(value) ? snprintf(text, sizeof text, "%.*f", size < 1 ? 4 : 2, value)
                                       : snprintf(text, sizeof text, "%.10g", value);
    return n + (size >= 10000 ? floor((log10(size)) / 3) : 0);
}

/* Columns of figures are as wide as their widest one. */
static void fit_columns(const okb_team_view *view, okb_grid_column *columns)
{
    const double air = 2, most = 24;
    for (uint32_t i = 0; i < view->sheet->n_rows; i++) {
        const okb_line *line = &view->layout->lines[view->sheet->first_row + i];
        if (line->goal_ix == OKB_NONE)
            continue;
        const okb_goal *goal = &view->book->plan->goals[line->goal_ix];
        const okb_result *r = okb_facts_result(&view->book->facts, line->goal_ix);
        const double widths[3] = {fmax(figure_width(r->baseline), figure_width(goal->baseline)),
                                  fmax(figure_width(r->current), figure_width(goal->current)),
                                  fmax(figure_width(r->target), figure_width(goal->target))};
        for (uint32_t k = 0; k < 3; k++)
            columns[TEAM_BASELINE + k].width = fmax(columns[TEAM_BASELINE + k].width, fmin(widths[k] + air, most));
    }
}

void okb_sheet_team_write(okb_book *book, okb_sheet *sheet, okb_rows rows)
{
    (void)rows;
    okb_team_view view = {book, sheet, &book->layouts[sheet->team_ix], sheet->team_ix};
    okb_grid_column columns[TEAM_COLUMNS];
    memcpy(columns, okb_team_columns, sizeof columns);
    fit_columns(&view, columns);
    okb_grid grid = {.columns = columns,
                     .n_columns = TEAM_COLUMNS,
                     .context = &view,
                     .n_rows = sheet->n_rows,
                     .tone = tone_of,
                     .level = level_of,
                     .is_ruled = true};
    write_head(&view);
    okb_facts_rewind(&book->facts);
    uint32_t end = okb_grid_sheet(book, sheet, &grid, OKB_TEAM_HEAD_ROW, 2);
    if (okb_book_failed(book))
        return;
    uint32_t last = end - 1;
    okb_sheet_status_colours(book, sheet, OKB_TEAM_FIGURE_ROW + 2, OKB_TEAM_FIGURE_ROW + 2, TEAM_OWNER);
    /* Strong colours for the objectives, pale ones under them: the eye goes from the whole to its parts. */
    char where[48], kind[4];
    okb_column_letters(TEAM_KIND, kind);
    snprintf(where, sizeof where, "$%s%u=\"Objective\"", kind, OKB_TEAM_FIRST_ROW + 1);
    okb_sheet_status_colours_where(book, sheet, OKB_TEAM_FIRST_ROW, last, TEAM_STATUS, where);
    okb_sheet_status_tints(book, sheet, OKB_TEAM_FIRST_ROW, last, TEAM_STATUS);
    okb_sheet_score_bars(book, sheet, OKB_TEAM_FIRST_ROW, last, TEAM_SCORE);
    worksheet_outline_settings(sheet->ws, LXW_TRUE, LXW_FALSE, LXW_TRUE, LXW_FALSE);
    worksheet_gridlines(sheet->ws, LXW_HIDE_ALL_GRIDLINES);
    okb_book_check(book, worksheet_print_area(sheet->ws, 0, 0, last, TEAM_PRINTED - 1), sheet, "set the print area");
}
