/*
 * The Summary: one landscape page for a reader with four minutes. Headline, tiles, company objectives beside the teams, three charts
 * that answer a question each, risks beside asks, and what the figures rest on. The accessible profile has the same blocks one
 * below the other, without charts.
 */
#include "chart.h"
#include "summary_page.h"

#include <math.h>

enum { CHART_ROWS = 11, CHART_WIDTH_PX = 560, CHART_HEIGHT_PX = 212 };

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

static void header(okb_summary *s, uint32_t row, uint32_t column, const char *text, okb_style style)
{
    okb_page_word(&s->page, row, column, text, style, OKB_TONE_BODY);
}

/* ---- charts and their figures ---- */

static uint32_t scored_weeks(const okb_summary *s)
{
    uint32_t n = 0;
    for (uint32_t w = 0; w < s->facts.n_weeks; w++)
        n += isfinite(s->facts.weeks[w].score) ? 1 : 0;
    return n;
}

static void write_figures(okb_summary *s, uint32_t row, uint32_t column)
{
    okb_page *page = &s->page;
    static const char *const bands[] = {"Red", "Amber", "Green", "No score"};
    okb_page_word(page, row++, column, "Figures behind the charts", OKB_STYLE_SECTION, OKB_TONE_BODY);
    header(s, row, column, "Week to", OKB_STYLE_HEADER);
    header(s, row, column + 1, "Score", OKB_STYLE_HEADER_RIGHT);
    header(s, row, column + 2, "Expected", OKB_STYLE_HEADER_RIGHT);
    s->weeks_row = ++row;
    for (uint32_t w = 0; w < s->facts.n_weeks; w++, row++) {
        char day[11];
        okb_day_print(s->facts.weeks[w].end, day);
        okb_page_word(page, row, column, day + 5, OKB_STYLE_TEXT, OKB_TONE_BODY);
        okb_page_number(page, row, column + 1, s->facts.weeks[w].score, OKB_STYLE_SCORE, OKB_TONE_BODY);
        okb_page_number(page, row, column + 2, s->facts.weeks[w].expected, OKB_STYLE_SCORE, OKB_TONE_BODY);
    }
    row++;
    header(s, row, column, "Band", OKB_STYLE_HEADER);
    header(s, row, column + 1, "Today", OKB_STYLE_HEADER_RIGHT);
    header(s, row, column + 2, "Forecast", OKB_STYLE_HEADER_RIGHT);
    s->bands_row = ++row;
    for (uint32_t b = 0; b < 4; b++, row++) {
        okb_page_word(page, row, column, bands[b], OKB_STYLE_TEXT, OKB_TONE_BODY);
        okb_page_number(page, row, column + 1, s->facts.now[b], OKB_STYLE_COUNT, OKB_TONE_BODY);
        okb_page_number(page, row, column + 2, s->facts.then[b], OKB_STYLE_COUNT, OKB_TONE_BODY);
    }
}

static void draw_charts(okb_summary *s, uint32_t row)
{
    const okb_palette *palette = okb_palette_of(s->book->set.is_rag);
    const okb_chart_series team_series[] = {{NULL, s->teams_column + 1, palette->series[0], false}};
    const okb_chart_series week_series[] = {{"Score", COL_FIGURES + 1, palette->series[0], false},
                                            {"Expected", COL_FIGURES + 2, palette->series[1], true}};
    const okb_chart_series band_series[] = {{"Today", COL_FIGURES + 1, palette->series[1], false},
                                            {"Forecast at the due date", COL_FIGURES + 2, palette->series[0], false}};
    const okb_chart teams = {OKB_CHART_BARS,
                             "Who is where?",
                             "Bar chart of the score of each team in the table of teams, 0 to 1.",
                             s->sheet,
                             s->teams_first,
                             s->teams_last,
                             s->teams_column,
                             team_series,
                             1,
                             true,
                             true};
    const okb_chart weeks = {
        OKB_CHART_LINES,
        "Is it getting better?",
        "Line chart of the mean score of goals with a check-in, week by week, beside what was expected.",
        s->sheet,
        s->weeks_row,
        s->weeks_row + (s->facts.n_weeks ? s->facts.n_weeks - 1 : 0),
        COL_FIGURES,
        week_series,
        2,
        true,
        false};
    const okb_chart bands = {
        OKB_CHART_COLUMNS,
        "What will be missed?",
        "Column chart of how many key results and goals are red, amber, green or without a score, today and "
        "at the due date by forecast.",
        s->sheet,
        s->bands_row,
        s->bands_row + 3,
        COL_FIGURES,
        band_series,
        2,
        false,
        true};
    int x = 0;
    if (s->facts.n_teams) {
        okb_chart_draw(s->book, s->sheet, &teams, row, 0, x, CHART_WIDTH_PX, CHART_HEIGHT_PX);
        x += CHART_WIDTH_PX + 8;
    }
    if (scored_weeks(s) > 1) {
        okb_chart_draw(s->book, s->sheet, &weeks, row, 0, x, CHART_WIDTH_PX, CHART_HEIGHT_PX);
        x += CHART_WIDTH_PX + 8;
    }
    if (s->facts.n_parts)
        okb_chart_draw(s->book, s->sheet, &bands, row, 0, x, CHART_WIDTH_PX, CHART_HEIGHT_PX);
}

/* ---- the page ---- */

/* Width and height of a PNG; false where it is none. */
static bool png_size(okb_span png, double *width, double *height)
{
    if (png.n < 24 || !okb_span_starts(png, OKB_S("\x89PNG\r\n\x1a\n")))
        return false;
    const unsigned char *p = (const unsigned char *)png.p + 16;
    *width = (double)((uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3]);
    *height = (double)((uint32_t)p[4] << 24 | (uint32_t)p[5] << 16 | (uint32_t)p[6] << 8 | p[7]);
    return *width > 0 && *height > 0;
}

static void place_logo(okb_summary *s)
{
    enum { LOGO_WIDTH_PX = 180, LOGO_HEIGHT_PX = 44 };
    okb_span logo = s->book->options->logo;
    double width, height;
    if (okb_book_failed(s->book) || s->book->is_accessible || !png_size(logo, &width, &height))
        return;
    double scale = fmin(LOGO_WIDTH_PX / width, LOGO_HEIGHT_PX / height);
    lxw_image_options options = {
        .x_scale = scale,
        .y_scale = scale,
        .x_offset = 2,
        .y_offset = 4,
        .description = okb_book_writable(
            s->book, okb_span_of(okb_page_printf(&s->page, "Logo of %.*s", OKB_FMT(plan_of(s)->org))))};
    okb_book_check(
        s->book,
        worksheet_insert_image_buffer_opt(s->sheet->ws, 0, 12, (const unsigned char *)logo.p, logo.n, &options),
        s->sheet, "place the logo");
}

static uint32_t at_least(uint32_t a, uint32_t b)
{
    return a > b ? a : b;
}

static uint32_t write_board(okb_summary *s)
{
    uint32_t row = 8;
    okb_page_height(&s->page, 7, 10);
    uint32_t left = okb_summary_objectives(s, row, COL_LEFT), right = okb_summary_teams(s, row, COL_RIGHT);
    okb_summary_tiles(s, 4);
    okb_summary_title(s);
    row = at_least(left, right);
    okb_page_height(&s->page, row++, 10);
    write_figures(s, 8, COL_FIGURES);
    draw_charts(s, row);
    row += CHART_ROWS;
    left = okb_summary_risks(s, row, COL_LEFT);
    right = okb_summary_asks(s, row, COL_RIGHT);
    row = at_least(left, right);
    okb_page_height(&s->page, row++, 8);
    return okb_summary_foot(s, row);
}

static uint32_t write_stacked(okb_summary *s)
{
    uint32_t row = okb_summary_objectives(s, 8, COL_LEFT) + 1;
    row = okb_summary_teams(s, row, COL_LEFT) + 1;
    okb_summary_tiles(s, 4);
    okb_summary_title(s);
    row = okb_summary_risks(s, row, COL_LEFT) + 1;
    row = okb_summary_asks(s, row, COL_LEFT) + 1;
    row = okb_summary_foot(s, row) + 1;
    write_figures(s, row, COL_LEFT);
    return s->bands_row + 4;
}

void okb_sheet_summary_write(okb_book *book, okb_sheet *sheet, okb_rows rows)
{
    (void)rows;
    okb_summary s = {.book = book, .sheet = sheet};
    okb_page_init(&s.page, book, sheet);
    okb_summary_gather(book, &s.facts);
    static const double widths[COL_LAST + 1] = {LEFT_WIDTH, 9, 10, 9, 13, 11, 17, 3, RIGHT_WIDTH, 9, 10, 9, 13, 11, 11};
    for (uint32_t c = 0; c <= COL_LAST; c++)
        okb_sheet_width(book, sheet, c, c, book->is_accessible && c == COL_GAP ? 10 : widths[c]);
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
