/*
 * The Summary: one landscape page for a reader with four minutes. Headline, tiles, company objectives beside the teams, three charts
 * that answer a question each, risks beside asks, and what the figures rest on. The accessible profile has the same blocks one
 * below the other, without charts.
 */
#include "guard.h"
#include "summary_page.h"

#include <math.h>

const char *okb_summary_cell(okb_summary *s, uint32_t row, uint32_t column)
{
    char letters[4];
    okb_column_letters(column, letters);
    return okb_page_printf(&s->page, "%s%u", letters, row + 1);
}

const char *okb_summary_range(okb_summary *s, uint32_t first, uint32_t last, uint32_t column)
{
    return okb_page_printf(&s->page, "%s:%s", okb_summary_cell(s, first, column), okb_summary_cell(s, last, column));
}

double okb_summary_points(uint32_t lines)
{
    return lines <= 1 ? 18 : lines * 13.2 + 5;
}

const double okb_summary_widths[COL_LAST + 1] = {LEFT_WIDTH,  8, 10, 9, 12, 11, 16, 2,
                                                 RIGHT_WIDTH, 8, 10, 9, 12, 11, 11};

int okb_summary_px(uint32_t first, uint32_t last)
{
    enum { DIGIT_PX = 7, PADDING_PX = 5 };
    int px = 0;
    for (uint32_t c = first; c <= last; c++)
        px += (int)(okb_summary_widths[c] * DIGIT_PX) + PADDING_PX;
    return px;
}

/* ---- the page ---- */

/* In the corner at the right, as large as the head has room for. */
static void place_logo(okb_summary *s)
{
    enum { LOGO_COLUMN = 12, LOGO_WIDTH_PX = 180, LOGO_HEIGHT_PX = 44 };
    okb_span logo = s->book->options->logo;
    double width, height;
    if (okb_book_failed(s->book) || s->book->is_accessible || !okb_guard_png(logo, &width, &height))
        return;
    double scale = fmin(LOGO_WIDTH_PX / width, LOGO_HEIGHT_PX / height);
    lxw_image_options options = {
        .x_scale = scale,
        .y_scale = scale,
        .x_offset = (int32_t)(okb_summary_px(LOGO_COLUMN, COL_LAST) - width * scale),
        .y_offset = 4,
        .description = okb_book_writable(
            s->book, okb_span_of(okb_page_printf(&s->page, "Logo of %.*s", OKB_FMT(plan_of(s)->org))))};
    okb_book_check(s->book,
                   worksheet_insert_image_buffer_opt(s->sheet->ws, 0, LOGO_COLUMN, (const unsigned char *)logo.p,
                                                     logo.n, &options),
                   s->sheet, "place the logo");
}

static uint32_t at_least(uint32_t a, uint32_t b)
{
    return a > b ? a : b;
}

static uint32_t write_board(okb_summary *s)
{
    enum { FIRST_ROW = 8, AIR_POINTS = 10 };
    uint32_t row = FIRST_ROW;
    okb_page_height(&s->page, row - 1, AIR_POINTS);
    uint32_t left = okb_summary_objectives(s, row, COL_LEFT), right = okb_summary_teams(s, row, COL_RIGHT);
    okb_summary_tiles(s, TILES_ROW);
    okb_summary_title(s);
    row = at_least(left, right);
    okb_page_height(&s->page, row++, AIR_POINTS);
    okb_summary_figures(s, FIRST_ROW, COL_FIGURES);
    row += okb_summary_charts(s, FIRST_ROW, row);
    left = okb_summary_risks(s, row, COL_LEFT);
    right = okb_summary_asks(s, row, COL_RIGHT);
    row = at_least(left, right);
    okb_page_height(&s->page, row++, AIR_POINTS);
    return okb_summary_foot(s, row);
}

/* The same blocks one below the other at the left edge, every one a table. */
static uint32_t write_stacked(okb_summary *s)
{
    enum { FIRST_ROW = 12 };
    uint32_t row = okb_summary_objectives(s, FIRST_ROW, COL_LEFT) + 1;
    row = okb_summary_teams(s, row, COL_LEFT) + 1;
    okb_summary_tile_list(s, TILES_ROW);
    okb_summary_title(s);
    row = okb_summary_risks(s, row, COL_LEFT) + 1;
    row = okb_summary_asks(s, row, COL_LEFT) + 1;
    row = okb_summary_foot(s, row) + 1;
    return okb_summary_figures(s, row, COL_LEFT);
}

void okb_sheet_summary_write(okb_book *book, okb_sheet *sheet, okb_rows rows)
{
    (void)rows;
    okb_summary s = {.book = book, .sheet = sheet};
    okb_page_init(&s.page, book, sheet);
    okb_summary_gather(book, &s.facts);
    for (uint32_t c = 0; c <= COL_LAST; c++)
        okb_sheet_width(book, sheet, c, c, book->is_accessible && c == COL_GAP ? 10 : okb_summary_widths[c]);
    if (!book->is_accessible)
        okb_sheet_width(book, sheet, COL_FIGURES, COL_FIGURES + 2, 10);
    uint32_t last = book->is_accessible ? write_stacked(&s) : write_board(&s);
    place_logo(&s);
    okb_page_flush(&s.page);
    okb_sheet_print(book, sheet, -1);
    if (!okb_book_failed(book)) {
        if (s.objectives_last >= s.objectives_first) {
            okb_sheet_status_colours(book, sheet, s.objectives_first, s.objectives_last, COL_LEFT + 4);
            okb_sheet_score_bars(book, sheet, s.objectives_first, s.objectives_last, COL_LEFT + 1);
        }
        if (s.facts.n_teams) {
            okb_sheet_status_colours(book, sheet, s.teams_first, s.teams_last, s.teams_column + 4);
            okb_sheet_score_bars(book, sheet, s.teams_first, s.teams_last, s.teams_column + 1);
        }
        if (s.facts.n_risks)
            okb_sheet_status_colours(book, sheet, s.risks_first, s.risks_first + s.facts.n_risks - 1, COL_LEFT + 4);
        if (!book->is_accessible) {
            worksheet_gridlines(sheet->ws, LXW_HIDE_ALL_GRIDLINES);
            worksheet_fit_to_pages(sheet->ws, 1, 1);
            worksheet_center_horizontally(sheet->ws);
            okb_book_check(book, worksheet_print_area(sheet->ws, 0, 0, last, COL_LAST), sheet, "set the print area");
        }
    }
    okb_summary_release(&s.facts);
}
