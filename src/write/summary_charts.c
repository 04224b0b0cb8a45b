/* The charts of the Summary, each the answer to a question, and the figures behind them. */
#include "chart.h"
#include "summary_page.h"

#include <math.h>

enum {
    BAND_ROWS = 11, /* of the band of charts */
    BAND_HEIGHT_PX = 212,
    GAP_PX = 8,
    ROW_PX = 24, /* of a row of the teams */
    LEAST_TALL_ROWS = 8,
    LEAST_WEEKS = 3
};

static void header(okb_summary *s, uint32_t row, uint32_t column, const char *text, okb_style style)
{
    okb_page_word(&s->page, row, column, text, style, OKB_TONE_BODY);
}

/* The sum over all teams, live where their sheets are here. */
static void write_count(okb_summary *s, uint32_t row, uint32_t column, okb_figure figure, double n)
{
    const char *sum = okb_teams_sum(s->book, figure);
    if (sum)
        okb_page_formula(&s->page, row, column, okb_page_printf(&s->page, "=%s", sum), n, OKB_STYLE_COUNT,
                         OKB_TONE_BODY);
    else
        okb_page_number(&s->page, row, column, n, OKB_STYLE_COUNT, OKB_TONE_BODY);
}

uint32_t okb_summary_figures(okb_summary *s, uint32_t row, uint32_t column)
{
    okb_page *page = &s->page;
    okb_page_word(page, row++, column, "Figures behind the charts", OKB_STYLE_SECTION, OKB_TONE_BODY);
    s->answers_row = row;
    if (s->facts.n_teams)
        s->answers[OKB_ANSWER_TEAMS] = okb_who_is_where_make(
            plan_of(s), &s->facts, okb_summary_range(s, s->teams_first, s->teams_last, s->teams_column),
            okb_summary_range(s, s->teams_first, s->teams_last, s->teams_column + 1), &page->keep);
    s->answers[OKB_ANSWER_WEEKS] = okb_getting_better_make(&s->facts, &page->keep);
    s->answers[OKB_ANSWER_MISSED] = okb_missed_make(&s->facts, s->missed_cell, &page->keep);
    for (uint32_t i = 0; i < OKB_ANSWERS; i++)
        okb_summary_sentence(s, row++, column, s->answers[i], OKB_STYLE_PLAIN_TEXT);
    header(s, ++row, column, "Week to", OKB_STYLE_HEADER);
    header(s, row, column + 1, "Score", OKB_STYLE_HEADER_RIGHT);
    header(s, row, column + 2, "Expected", OKB_STYLE_HEADER_RIGHT);
    s->figures_column = column;
    s->weeks_row = ++row;
    for (uint32_t w = 0; w < s->facts.n_weeks; w++, row++) {
        char day[11];
        okb_day_print(s->facts.weeks[w].end, day);
        okb_page_word(page, row, column, day + 5, OKB_STYLE_TEXT, OKB_TONE_BODY);
        okb_page_number(page, row, column + 1, s->facts.weeks[w].score, OKB_STYLE_SCORE, OKB_TONE_BODY);
        okb_page_number(page, row, column + 2, s->facts.weeks[w].expected, OKB_STYLE_SCORE, OKB_TONE_BODY);
    }
    okb_page_table(page, s->weeks_row - 1, row, column, 3);
    row++;
    header(s, row, column, "Band", OKB_STYLE_HEADER);
    header(s, row, column + 1, "Today", OKB_STYLE_HEADER_RIGHT);
    header(s, row, column + 2, "Forecast", OKB_STYLE_HEADER_RIGHT);
    s->bands_row = ++row;
    for (uint32_t b = 0; b < OKB_GRADES; b++, row++) {
        okb_summary_sentence(
            s, row, column,
            (okb_sentence){okb_grade_label(s->book, (okb_grade)b), okb_grade_formula(s->book, (okb_grade)b)},
            OKB_STYLE_TEXT);
        write_count(s, row, column + 1, (okb_figure)(OKB_FIGURE_NOW + b), s->facts.now[b]);
        write_count(s, row, column + 2, (okb_figure)(OKB_FIGURE_THEN + b), s->facts.then[b]);
    }
    okb_page_table(page, s->bands_row - 1, row, column, 3);
    return row;
}

static const char *cells(okb_summary *s, uint32_t first_row, uint32_t n, uint32_t column)
{
    return okb_chart_cells(s->book, s->sheet, first_row, column, first_row + n - 1, column);
}

/* Where a chart's title is worked out; NULL where it stands as it is. */
static const char *answer_cell(okb_summary *s, uint32_t at)
{
    return s->answers[at].formula
               ? okb_book_printf(s->book, "=%s%s", s->sheet->ref.p,
                                 okb_book_cell(s->book, s->answers_row + at, s->figures_column, true))
               : NULL;
}

static void draw_teams(okb_summary *s, okb_chart_place place)
{
    uint32_t n = s->facts.n_teams;
    okb_span *labels = OKB_NEW_N(&s->page.keep, okb_span, n);
    double *scores = OKB_NEW_N(&s->page.keep, double, n);
    for (uint32_t i = 0; i < n; i++) {
        const okb_summary_team *team = &s->facts.teams[i];
        labels[i] = team->team_ix == OKB_NONE ? okb_summary_more_teams(s) : plan_of(s)->teams[team->team_ix].name;
        scores[i] = team->result ? team->result->score : NAN;
    }
    const okb_chart_series series = {NULL, cells(s, s->teams_first, n, s->teams_column + 1), scores,
                                     okb_palette_of(s->book->set.is_rag)->series[0], false};
    const okb_chart chart = {.kind = OKB_CHART_BARS,
                             .question = s->answers[OKB_ANSWER_TEAMS].text.p,
                             .title_cell = answer_cell(s, OKB_ANSWER_TEAMS),
                             .alt = "Bar chart of the score of each team in the table of teams, 0 to 1.",
                             .cells = cells(s, s->teams_first, n, s->teams_column),
                             .labels = labels,
                             .n_points = n,
                             .series = &series,
                             .n_series = 1,
                             .is_share = true,
                             .has_labels = true};
    okb_chart_draw(s->book, s->sheet, &chart, place);
}

static void draw_weeks(okb_summary *s, okb_chart_place place)
{
    const okb_palette *palette = okb_palette_of(s->book->set.is_rag);
    uint32_t n = s->facts.n_weeks, column = s->figures_column;
    okb_span *labels = OKB_NEW_N(&s->page.keep, okb_span, n);
    double *scores = OKB_NEW_N(&s->page.keep, double, n), *expected = OKB_NEW_N(&s->page.keep, double, n);
    for (uint32_t w = 0; w < n; w++) {
        char day[11];
        okb_day_print(s->facts.weeks[w].end, day);
        labels[w] = okb_arena_copy(&s->page.keep, okb_span_of(day + 5));
        scores[w] = s->facts.weeks[w].score;
        expected[w] = s->facts.weeks[w].expected;
    }
    const okb_chart_series series[] = {
        {"Score", cells(s, s->weeks_row, n, column + 1), scores, palette->series[0], false},
        {"Expected", cells(s, s->weeks_row, n, column + 2), expected, palette->series[1], true}};
    const okb_chart chart = {
        .kind = OKB_CHART_LINES,
        .question = s->answers[OKB_ANSWER_WEEKS].text.p,
        .title_cell = answer_cell(s, OKB_ANSWER_WEEKS),
        .alt = "Line chart of the mean score of goals with a check-in, week by week, beside what was expected of them.",
        .cells = cells(s, s->weeks_row, n, column),
        .labels = labels,
        .n_points = n,
        .series = series,
        .n_series = 2,
        .is_share = true};
    okb_chart_draw(s->book, s->sheet, &chart, place);
}

static void draw_bands(okb_summary *s, okb_chart_place place)
{
    const okb_palette *palette = okb_palette_of(s->book->set.is_rag);
    uint32_t column = s->figures_column;
    okb_span labels[OKB_GRADES];
    double now[OKB_GRADES], then[OKB_GRADES];
    for (uint32_t b = 0; b < OKB_GRADES; b++) {
        labels[b] = okb_grade_label(s->book, (okb_grade)b);
        now[b] = s->facts.now[b];
        then[b] = s->facts.then[b];
    }
    const okb_chart_series series[] = {
        {"Today", cells(s, s->bands_row, OKB_GRADES, column + 1), now, palette->series[1], false},
        {"Forecast at the due date", cells(s, s->bands_row, OKB_GRADES, column + 2), then, palette->series[0], false}};
    const okb_chart chart = {.kind = OKB_CHART_COLUMNS,
                             .question = s->answers[OKB_ANSWER_MISSED].text.p,
                             .title_cell = answer_cell(s, OKB_ANSWER_MISSED),
                             .alt = "Column chart of how many key results and goals are red, amber, green or without a "
                                    "score, today and by forecast "
                                    "at their due dates.",
                             .cells = cells(s, s->bands_row, OKB_GRADES, column),
                             .labels = labels,
                             .n_points = OKB_GRADES,
                             .series = series,
                             .n_series = 2,
                             .of = s->facts.n_parts,
                             .has_labels = true};
    okb_chart_draw(s->book, s->sheet, &chart, place);
}

uint32_t okb_summary_charts(okb_summary *s, uint32_t block_row, uint32_t band_row)
{
    uint32_t weeks = 0;
    for (uint32_t w = 0; w < s->facts.n_weeks; w++)
        weeks += isfinite(s->facts.weeks[w].score) ? 1 : 0;
    bool has_score = false;
    for (uint32_t t = 0; t < s->facts.n_teams; t++)
        has_score = has_score || (s->facts.teams[t].result && isfinite(s->facts.teams[t].result->score));
    bool has_teams = s->facts.n_teams > 1 && has_score, has_weeks = weeks >= LEAST_WEEKS,
         has_bands = s->facts.n_parts > 1;
    /* Where no company objectives take the left side, the teams' chart does. */
    bool is_tall = has_teams && s->facts.n_objectives == 0 && s->facts.n_teams >= LEAST_TALL_ROWS;
    if (is_tall)
        draw_teams(s, (okb_chart_place){block_row + 2, COL_LEFT, 0, okb_summary_px(COL_LEFT, COL_GAP - 1),
                                        (int)s->facts.n_teams * ROW_PX});
    int n = (has_teams && !is_tall) + has_weeks + has_bands;
    if (n == 0)
        return 0;
    int all = okb_summary_px(COL_LEFT, COL_LAST), width = (all - (n - 1) * GAP_PX) / n, x = 0;
    if (n == 1)
        width = all / 2;
    if (has_teams && !is_tall) {
        draw_teams(s, (okb_chart_place){band_row, COL_LEFT, x, width, BAND_HEIGHT_PX});
        x += width + GAP_PX;
    }
    if (has_weeks) {
        draw_weeks(s, (okb_chart_place){band_row, COL_LEFT, x, width, BAND_HEIGHT_PX});
        x += width + GAP_PX;
    }
    if (has_bands)
        draw_bands(s, (okb_chart_place){band_row, COL_LEFT, x, width, BAND_HEIGHT_PX});
    return BAND_ROWS;
}
