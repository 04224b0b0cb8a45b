/* The figures above a team's lines, and where other sheets find them. */
#include "page.h"
#include "sheet_team.h"

#include <math.h>

typedef struct figure_place {
    uint32_t label_column, value_column;
} figure_place;

/* The last two are the bands, beside what is printed. */
enum { BLOCK_NOW = 4, BLOCK_THEN, FIGURE_BLOCKS };
static const figure_place places[FIGURE_BLOCKS] = {{TEAM_TITLE, TEAM_OWNER},
                                                   {TEAM_BASELINE, TEAM_SCORE},
                                                   {TEAM_STATUS, TEAM_TREND},
                                                   {TEAM_NOTE, TEAM_SMART},
                                                   [BLOCK_NOW] = {TEAM_KIND, TEAM_COUNTS},
                                                   [BLOCK_THEN] = {TEAM_KIND, TEAM_WAY}};

static const char *column_range(const okb_team_view *view, uint32_t column)
{
    char letters[4];
    okb_column_letters(column, letters);
    return okb_book_printf(view->book, "$%s$%u:$%s$%u", letters, OKB_TEAM_FIRST_ROW + 1, letters,
                           OKB_TEAM_FIRST_ROW + view->sheet->n_rows);
}

static bool is_close(double a, double b)
{
    return (isnan(a) && isnan(b)) || fabs(a - b) <= 1e-9;
}

/* What the formulas of the figures come to, worked out from the lines. */
typedef struct team_means {
    double score, zero, expected, confidence;
    uint32_t n_scored, n_parts;
} team_means;

static team_means means_of(const okb_team_view *view)
{
    const okb_book *book = view->book;
    double score = 0, zero = 0, expected = 0, confidence = 0;
    uint32_t n_expected = 0, n_confidence = 0;
    team_means m = {0};
    for (uint32_t i = 0; i < view->layout->n_lines; i++) {
        const okb_line *line = &view->layout->lines[i];
        if (line->goal_ix == OKB_NONE)
            continue;
        const okb_goal *goal = &book->plan->goals[line->goal_ix];
        const okb_result *r = okb_facts_result(&book->facts, line->goal_ix);
        if ((goal->kind == OKB_KEY_RESULT || goal->kind == OKB_GOAL) && isfinite(r->confidence)) {
            confidence += r->confidence;
            n_confidence++;
        }
        if (!line->counts_in_team || r->is_left_out)
            continue;
        m.n_parts++;
        zero += isfinite(r->score_missing_zero) ? r->score_missing_zero : 0;
        if (!isfinite(r->score))
            continue;
        m.n_scored++;
        score += r->score;
        if (isfinite(r->expected)) {
            expected += r->expected;
            n_expected++;
        }
    }
    m.score = m.n_scored ? score / m.n_scored : NAN;
    m.zero = m.n_parts ? zero / m.n_parts : NAN;
    m.expected = n_expected ? expected / n_expected : NAN;
    m.confidence = n_confidence ? confidence / n_confidence : NAN;
    return m;
}

/* A number, or a mark that there is none. */
static void figure_number(okb_page *page, uint32_t row, uint32_t column, double value, okb_style style)
{
    if (isfinite(value))
        okb_page_number(page, row, column, value, style, OKB_TONE_OPEN);
    else
        okb_page_word(page, row, column, "–", OKB_STYLE_FIGURE_TEXT, OKB_TONE_OPEN);
}

/* A formula where it comes to the plan's figure, the figure itself where it does not. */
static void figure_live(okb_page *page, const okb_team_view *view, uint32_t row, uint32_t column, const char *formula,
                        double value, double truth, okb_style style)
{
    bool is_live = view->sheet->n_parts == 1 && is_close(value, truth);
    if (is_live)
        okb_page_formula(page, row, column, formula, value, style, OKB_TONE_OPEN);
    else
        figure_number(page, row, column, truth, style);
}

static void figure_label(okb_page *page, uint32_t block, uint32_t at, const char *label)
{
    okb_page_word(page, OKB_TEAM_FIGURE_ROW + at, places[block].label_column, label, OKB_STYLE_FIGURE_LABEL,
                  OKB_TONE_OPEN);
}

static void figure_rate(okb_page *page, uint32_t block, uint32_t at, const char *label, uint32_t n, uint32_t of,
                        double rate)
{
    figure_label(page, block, at, of ? okb_page_printf(page, "%s (%u of %u)", label, n, of) : label);
    if (of)
        okb_page_number(page, OKB_TEAM_FIGURE_ROW + at, places[block].value_column, rate, OKB_STYLE_RATE,
                        OKB_TONE_OPEN);
    else
        okb_page_word(page, OKB_TEAM_FIGURE_ROW + at, places[block].value_column, "–", OKB_STYLE_FIGURE_TEXT,
                      OKB_TONE_OPEN);
}

/* ---- key results and goals by band ---- */

/* How many lines with a number in `counted` have one in `column` that the band's bounds take in. */
static const char *count_in(const okb_team_view *view, okb_grade band, const char *counted, const char *column,
                            const char *and_too)
{
    okb_book *book = view->book;
    const char *red = okb_param_ref(book, OKB_PARAM_RED_BELOW), *green = okb_param_ref(book, OKB_PARAM_GREEN_FROM);
    const char *bounds = band == OKB_GRADE_RED ? okb_book_printf(book, "%s,\"<\"&%s", column, red)
                         : band == OKB_GRADE_GREEN
                             ? okb_book_printf(book, "%s,\">=\"&%s", column, green)
                             : okb_book_printf(book, "%s,\">=\"&%s,%s,\"<\"&%s", column, red, column, green);
    return okb_book_printf(book, "COUNTIFS(%s,\">=0\",%s%s)", counted, bounds, and_too);
}

/* A line without a forecast stands with its score. */
static const char *band_count_formula(const okb_team_view *view, okb_grade band, bool is_forecast)
{
    okb_book *book = view->book;
    const char *score = column_range(view, TEAM_SCORE);
    if (!is_forecast)
        return okb_book_printf(book, "=%s", count_in(view, band, column_range(view, TEAM_WON), score, ""));
    const char *counted = column_range(view, TEAM_MISSED), *forecast = column_range(view, TEAM_FORECAST);
    return okb_book_printf(book, "=%s+%s-%s", count_in(view, band, counted, forecast, ""),
                           count_in(view, band, counted, score, ""),
                           count_in(view, band, counted, score, okb_book_printf(book, ",%s,\">=0\"", forecast)));
}

static void write_bands(okb_page *page, const okb_team_view *view, const okb_team_outlook *outlook)
{
    okb_book *book = view->book;
    uint32_t row = OKB_TEAM_FIGURE_ROW, label = places[BLOCK_NOW].label_column;
    static const char *const heads[] = {"Today", "Forecast"};
    okb_page_word(page, row, label, "Band", OKB_STYLE_HEADER, OKB_TONE_OPEN);
    for (uint32_t k = 0; k < 2; k++)
        okb_page_word(page, row, places[BLOCK_NOW + k].value_column, heads[k], OKB_STYLE_HEADER_RIGHT, OKB_TONE_OPEN);
    for (uint32_t b = 0; b < OKB_GRADES; b++) {
        const char *bound = okb_grade_formula(book, (okb_grade)b);
        row = OKB_TEAM_FIGURE_ROW + 1 + b;
        if (bound)
            okb_page_formula_text(page, row, label, bound, okb_grade_label(book, (okb_grade)b), OKB_STYLE_PLAIN_TEXT,
                                  OKB_TONE_OPEN);
        else
            okb_page_text(page, row, label, okb_grade_label(book, (okb_grade)b), OKB_STYLE_PLAIN_TEXT, OKB_TONE_OPEN);
        for (uint32_t k = 0; k < 2; k++) {
            uint32_t column = places[BLOCK_NOW + k].value_column;
            const char *above =
                okb_book_printf(book, "%s:%s", okb_book_cell(book, OKB_TEAM_FIGURE_ROW + 1, column, false),
                                okb_book_cell(book, OKB_TEAM_FIGURE_ROW + OKB_GRADE_NONE, column, false));
            double n = (k ? outlook->then : outlook->now)[b];
            figure_live(page, view, row, column,
                        b == OKB_GRADE_NONE ? okb_book_printf(book, "=%u-SUM(%s)", outlook->n, above)
                                            : band_count_formula(view, (okb_grade)b, k > 0),
                        n, n, OKB_STYLE_COUNT);
        }
    }
    okb_page_table(page, OKB_TEAM_FIGURE_ROW, OKB_TEAM_FIGURE_ROW + 1 + OKB_GRADES, label, 3);
}

void okb_team_figures_write(okb_page *page, const okb_team_view *view, const okb_team_result *t)
{
    okb_book *book = view->book;
    const char *counts = column_range(view, TEAM_COUNTS), *score = column_range(view, TEAM_SCORE);
    team_means m = means_of(view);
    uint32_t row = OKB_TEAM_FIGURE_ROW, c = places[0].value_column;
    bool by_mean = !book->set.missing_is_zero && !book->set.missing_blocks;
    figure_label(page, 0, 0, "Score");
    figure_live(page, view, row, c,
                okb_page_printf(page, "=IFERROR(AVERAGEIF(%s,\"Team\",%s),\"\")", counts,
                                by_mean ? score : column_range(view, TEAM_ZERO)),
                by_mean ? m.score : m.zero, t->score, OKB_STYLE_SCORE);
    figure_label(page, 0, 1, "Expected by now");
    figure_live(page, view, row + 1, c,
                okb_page_printf(page, "=IFERROR(AVERAGEIFS(%s,%s,\"Team\",%s,\">=0\"),\"\")",
                                column_range(view, TEAM_EXPECTED), counts, score),
                m.expected, t->expected, OKB_STYLE_SCORE);
    figure_label(page, 0, 2, "Status");
    const okb_cycle *cycle = &book->plan->cycles[t->cycle_ix];
    const char *words = okb_looks[okb_look_of_pace(t->pace)].words;
    if (!book->set.is_preset && isfinite(t->expected) &&
        okb_live_pace(book, t->score, t->expected, cycle->due, OKB_STRETCH) == t->pace)
        okb_page_formula_text(page, row + 2, c,
                              okb_status_formula(book, okb_book_cell(book, row, c, false),
                                                 okb_book_cell(book, row + 1, c, false),
                                                 okb_param_ref(book, OKB_PARAM_CYCLE_END), OKB_STRETCH),
                              okb_span_of(words), OKB_STYLE_STATUS, OKB_TONE_OPEN);
    else
        okb_page_word(page, row + 2, c, words, OKB_STYLE_STATUS, OKB_TONE_OPEN);
    figure_label(page, 0, 3, "Last cycle");
    figure_number(page, row + 3, c, t->previous_score, OKB_STYLE_SCORE);
    figure_label(page, 0, 4, "Change");
    if (isfinite(t->previous_score))
        okb_page_formula(page, row + 4, c,
                         okb_page_printf(page, "=IF(COUNT(%s,%s)<2,\"\",%s-%s)", okb_book_cell(book, row, c, false),
                                         okb_book_cell(book, row + 3, c, false), okb_book_cell(book, row, c, false),
                                         okb_book_cell(book, row + 3, c, false)),
                         t->change, OKB_STYLE_DELTA, OKB_TONE_OPEN);
    else
        figure_number(page, row + 4, c, NAN, OKB_STYLE_DELTA);
    c = places[1].value_column;
    figure_label(page, 1, 0, okb_page_printf(page, "Scored (of %u)", t->n_parts));
    figure_live(page, view, row, c, okb_page_printf(page, "=COUNTIFS(%s,\"Team\",%s,\">=0\")", counts, score),
                m.n_scored, t->n_scored, OKB_STYLE_COUNT);
    figure_label(page, 1, 1, "Score, missing as 0");
    figure_live(
        page, view, row + 1, c,
        okb_page_printf(page, "=IFERROR(AVERAGEIF(%s,\"Team\",%s),\"\")", counts, column_range(view, TEAM_ZERO)),
        m.zero, t->score_missing_zero, OKB_STYLE_SCORE);
    figure_label(page, 1, 2, "Confidence");
    figure_number(page, row + 2, c, t->confidence, OKB_STYLE_RATE);
    figure_label(page, 1, 3, "Objectives, key results");
    okb_page_text(page, row + 3, c, okb_span_of(okb_page_printf(page, "%u, %u", t->n_objectives, t->n_key_results)),
                  OKB_STYLE_FIGURE_TEXT, OKB_TONE_OPEN);
    figure_label(page, 1, 4, "Goals, initiatives");
    okb_page_text(page, row + 4, c, okb_span_of(okb_page_printf(page, "%u, %u", t->n_goals, t->n_initiatives)),
                  OKB_STYLE_FIGURE_TEXT, OKB_TONE_OPEN);
    figure_rate(page, 2, 0, "Checked in on time", t->checkin_n, t->checkin_of, t->checkin_rate);
    figure_rate(page, 2, 1, "Linked to the company", t->linked_n, t->linked_of, t->linked_rate);
    figure_rate(page, 2, 2, "One owner", t->owner_n, t->owner_of, t->owner_rate);
    figure_rate(page, 2, 3, "Baseline known", t->baseline_n, t->baseline_of, t->baseline_rate);
    figure_label(page, 2, 4, "Errors, warnings");
    okb_page_text(page, row + 4, places[2].value_column,
                  okb_span_of(okb_page_printf(page, "%u, %u", t->n_errors, t->n_warnings)), OKB_STYLE_FIGURE_TEXT,
                  OKB_TONE_OPEN);
    figure_rate(page, 3, 0, "Outcomes, not tasks", t->outcome_n, t->outcome_of, t->outcome_rate);
    figure_rate(page, 3, 1, "SMART", t->smart_n, t->smart_of, t->smart_rate);
    if (t->advice.n)
        figure_label(page, 3, 2, okb_page_printf(page, "Framework advised: %.*s", OKB_FMT(t->advice)));
    okb_team_outlook outlook = okb_team_outlook_sum(book, view->team_ix);
    c = places[3].value_column;
    figure_label(page, 3, 3, okb_page_printf(page, "Won already (of %u)", outlook.n));
    figure_live(page, view, row + 3, c, okb_page_printf(page, "=SUM(%s)", column_range(view, TEAM_WON)), outlook.won,
                outlook.won, OKB_STYLE_COUNT);
    figure_label(page, 3, 4, okb_page_printf(page, "Will miss (of %u)", outlook.n));
    figure_live(page, view, row + 4, c, okb_page_printf(page, "=SUM(%s)", column_range(view, TEAM_MISSED)),
                outlook.missed, outlook.missed, OKB_STYLE_COUNT);
    write_bands(page, view, &outlook);
}

/* ---- what other sheets point to ---- */

const char *okb_team_figure_ref(okb_book *book, uint32_t team_ix, okb_figure figure)
{
    const okb_sheet *sheet = okb_book_team_sheet(book, team_ix);
    if (!sheet)
        return NULL;
    static const struct {
        uint8_t block, at;
    } stands[OKB_FIGURE_NOW] = {
        [OKB_FIGURE_SCORE] = {0, 0}, [OKB_FIGURE_EXPECTED] = {0, 1}, [OKB_FIGURE_STATUS] = {0, 2},
        [OKB_FIGURE_LAST] = {0, 3},  [OKB_FIGURE_CHANGE] = {0, 4},   [OKB_FIGURE_WON] = {3, 3},
        [OKB_FIGURE_MISSED] = {3, 4}};
    uint32_t block, at;
    if (figure >= OKB_FIGURE_NOW) {
        block = figure >= OKB_FIGURE_THEN ? BLOCK_THEN : BLOCK_NOW;
        at = 1 + (figure - OKB_FIGURE_NOW) % OKB_GRADES;
    } else {
        block = stands[figure].block;
        at = stands[figure].at;
    }
    return okb_book_printf(book, "%s%s", sheet->ref.p,
                           okb_book_cell(book, OKB_TEAM_FIGURE_ROW + at, places[block].value_column, true));
}

const char *okb_team_line_ref(okb_book *book, uint32_t goal_ix, uint32_t line_ix, uint32_t column)
{
    okb_sheet *sheet = okb_book_team_sheet(book, book->plan->goals[goal_ix].team_ix);
    if (!sheet)
        return NULL;
    uint32_t row = okb_team_row(sheet, line_ix);
    return row == OKB_NONE ? NULL : okb_book_printf(book, "%s%s", sheet->ref.p, okb_book_cell(book, row, column, true));
}
