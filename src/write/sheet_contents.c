/* The list of sheets of a long workbook, and the scoreboard of all its teams. */
#include "grid.h"
#include "page.h"
#include "sheets.h"

#include <math.h>

enum {
    COL_NAME,
    COL_SCORE,
    COL_LAST,
    COL_CHANGE,
    COL_STATUS,
    COL_WON,
    COL_MISSED,
    COL_CHECKINS,
    COL_LINKED,
    COL_ERRORS,
    COL_WARNINGS,
    COL_COUNT,
    COL_NOW = OKB_CONTENTS_NOW, /* key results and goals by band, beside what is printed */
    COL_END = COL_NOW + 2 * OKB_GRADES
};

static void header(okb_page *page, uint32_t row)
{
    static const char *const heads[COL_COUNT] = {"Sheet",     "Score",     "Last cycle", "Change", "Status",  "Won",
                                                 "Will miss", "Check-ins", "Linked",     "Errors", "Warnings"};
    for (uint32_t c = 0; c < COL_COUNT; c++)
        okb_page_word(page, row, c, heads[c],
                      c == COL_NAME     ? OKB_STYLE_HEADER
                      : c == COL_STATUS ? OKB_STYLE_HEADER_CENTRE
                                        : OKB_STYLE_HEADER_RIGHT,
                      OKB_TONE_BODY);
    static const char *const bands[] = {"Red", "Amber", "Green", "No score"};
    for (uint32_t i = 0; i < 2 * OKB_GRADES; i++)
        okb_page_word(page, row, COL_NOW + i,
                      okb_page_printf(page, "%s: %s", i < OKB_GRADES ? "Today" : "Forecast", bands[i % OKB_GRADES]),
                      OKB_STYLE_HEADER_RIGHT, OKB_TONE_BODY);
}

/* A dash marks a figure that there is none of. */
static void number_or_mark(okb_page *page, uint32_t row, uint32_t column, double number, okb_style style)
{
    if (isfinite(number))
        okb_page_number(page, row, column, number, style, OKB_TONE_BODY);
    else
        okb_page_word(page, row, column, "–", OKB_STYLE_ABSENT, OKB_TONE_BODY);
}

static void team_row(okb_page *page, uint32_t row, const okb_sheet *of)
{
    okb_book *book = page->book;
    const okb_plan *plan = book->plan;
    const okb_team_result *r = okb_plan_team_result(plan, of->team_ix, plan->cycle_ix);
    okb_page_link(page, row, COL_NAME, of->link, of->name, OKB_STYLE_LINK, OKB_TONE_BODY);
    if (!r || of->part > 0)
        return;
    okb_page_formula(
        page, row, COL_SCORE,
        okb_page_printf(page, "%s", okb_book_same(book, okb_team_figure_ref(book, of->team_ix, OKB_FIGURE_SCORE))),
        r->score, OKB_STYLE_SCORE, OKB_TONE_BODY);
    number_or_mark(page, row, COL_LAST, r->previous_score, OKB_STYLE_SCORE);
    if (!isfinite(r->previous_score))
        number_or_mark(page, row, COL_CHANGE, NAN, OKB_STYLE_DELTA);
    else
        okb_page_formula(
            page, row, COL_CHANGE,
            okb_page_printf(page, "=IF(COUNT(B%u,C%u)<2,\"\",B%u-C%u)", row + 1, row + 1, row + 1, row + 1), r->change,
            OKB_STYLE_DELTA, OKB_TONE_BODY);
    okb_page_formula_text(page, row, COL_STATUS,
                          okb_page_printf(page, "=%s", okb_team_figure_ref(book, of->team_ix, OKB_FIGURE_STATUS)),
                          okb_span_of(okb_looks[okb_look_of_pace(r->pace)].words), OKB_STYLE_STATUS, OKB_TONE_BODY);
    okb_team_outlook outlook = okb_team_outlook_sum(book, of->team_ix);
    okb_page_formula(page, row, COL_WON,
                     okb_page_printf(page, "=%s", okb_team_figure_ref(book, of->team_ix, OKB_FIGURE_WON)), outlook.won,
                     OKB_STYLE_COUNT, OKB_TONE_BODY);
    okb_page_formula(page, row, COL_MISSED,
                     okb_page_printf(page, "=%s", okb_team_figure_ref(book, of->team_ix, OKB_FIGURE_MISSED)),
                     outlook.missed, OKB_STYLE_COUNT, OKB_TONE_BODY);
    number_or_mark(page, row, COL_CHECKINS, r->checkin_rate, OKB_STYLE_RATE);
    number_or_mark(page, row, COL_LINKED, r->linked_rate, OKB_STYLE_RATE);
    okb_page_number(page, row, COL_ERRORS, r->n_errors, OKB_STYLE_COUNT, OKB_TONE_BODY);
    okb_page_number(page, row, COL_WARNINGS, r->n_warnings, OKB_STYLE_COUNT, OKB_TONE_BODY);
    for (uint32_t i = 0; i < 2 * OKB_GRADES; i++)
        okb_page_formula(
            page, row, COL_NOW + i,
            okb_page_printf(page, "=%s", okb_team_figure_ref(book, of->team_ix, (okb_figure)(OKB_FIGURE_NOW + i))),
            (i < OKB_GRADES ? outlook.now : outlook.then)[i % OKB_GRADES], OKB_STYLE_COUNT, OKB_TONE_BODY);
    static const okb_style styles[COL_COUNT] = {
        [COL_SCORE] = OKB_STYLE_SCORE,   [COL_LAST] = OKB_STYLE_SCORE,  [COL_CHANGE] = OKB_STYLE_DELTA,
        [COL_STATUS] = OKB_STYLE_STATUS, [COL_WON] = OKB_STYLE_COUNT,   [COL_MISSED] = OKB_STYLE_COUNT,
        [COL_CHECKINS] = OKB_STYLE_RATE, [COL_LINKED] = OKB_STYLE_RATE, [COL_ERRORS] = OKB_STYLE_COUNT,
        [COL_WARNINGS] = OKB_STYLE_COUNT};
    for (uint32_t c = 1; c < COL_COUNT; c++)
        okb_page_fill(page, row, c, c, styles[c], OKB_TONE_BODY);
}

/* Where things stand on the sheet: it is read by formulas that are written before it. */
typedef struct contents_rows {
    uint32_t general, head, first, last; /* last < first: no team has a sheet */
    bool is_plain;                       /* every team has one sheet */
} contents_rows;

enum { FIRST_ROW = 3 };

static bool is_listed(const okb_book *book, const okb_sheet *of)
{
    if (of->team_ix == OKB_NONE)
        return false;
    const okb_team_result *r = okb_plan_team_result(book->plan, of->team_ix, book->plan->cycle_ix);
    return of->kind == OKB_SHEET_TEAM || (r && okb_facts_is_listed(&book->facts, r));
}

static contents_rows rows_of(const okb_book *book)
{
    contents_rows r = {.general = FIRST_ROW + 1, .is_plain = true};
    uint32_t general = 0, teams = 0;
    for (uint32_t i = 0; i < book->n_sheets; i++) {
        const okb_sheet *of = &book->sheets[i];
        if (is_listed(book, of)) {
            teams++;
            r.is_plain = r.is_plain && of->n_parts == 1;
        } else if (of->kind != OKB_SHEET_CONTENTS)
            general++;
    }
    r.head = r.general + general + 1;
    r.first = r.head + 1;
    r.last = r.head + teams;
    return r;
}

const char *okb_contents_range(okb_book *book, uint32_t column)
{
    const okb_sheet *sheet = okb_book_sheet(book, OKB_SHEET_CONTENTS);
    contents_rows r = rows_of(book);
    if (!sheet || !r.is_plain || r.last < r.first)
        return NULL;
    return okb_book_printf(book, "%s%s:%s", sheet->ref.p, okb_book_cell(book, r.first, column, true),
                           okb_book_cell(book, r.last, column, true));
}

void okb_sheet_contents_write(okb_book *book, okb_sheet *sheet, okb_rows rows)
{
    (void)rows;
    okb_page page;
    okb_page_init(&page, book, sheet);
    static const double widths[COL_COUNT] = {36, 10, 11, 10, 15, 9, 10, 11, 10, 10, 11};
    for (uint32_t c = 0; c < COL_COUNT; c++)
        okb_sheet_width(book, sheet, c, c, widths[c]);
    okb_sheet_width(book, sheet, COL_COUNT, COL_COUNT, 3);
    okb_sheet_width(book, sheet, COL_NOW, COL_END - 1, 11);
    okb_page_height(&page, 0, 28);
    okb_page_word(&page, 0, 0, "Contents", OKB_STYLE_TITLE, OKB_TONE_BODY);
    okb_page_word(&page, 1, 0, sheet->answers, OKB_STYLE_NOTE, OKB_TONE_BODY);
    contents_rows at = rows_of(book);
    okb_page_word(&page, FIRST_ROW, 0, "About everyone", OKB_STYLE_SECTION, OKB_TONE_BODY);
    header(&page, at.head);
    uint32_t general = at.general, team = at.first;
    for (uint32_t i = 0; i < book->n_sheets; i++) {
        const okb_sheet *of = &book->sheets[i];
        if (is_listed(book, of))
            team_row(&page, team++, of);
        else if (of != sheet) {
            okb_page_link(&page, general, 0, of->link, of->name, OKB_STYLE_LINK_PLAIN, OKB_TONE_BODY);
            okb_page_word(&page, general++, 1, of->answers, OKB_STYLE_PLAIN_TEXT, OKB_TONE_BODY);
        }
    }
    okb_page_table(&page, at.head, at.last + 1, 0, COL_COUNT);
    okb_page_table(&page, at.head, at.last + 1, COL_NOW, COL_END - COL_NOW);
    okb_page_flush(&page);
    okb_sheet_freeze(book, sheet, 0, 1);
    okb_sheet_filter(book, sheet, at.head, at.last, COL_COUNT - 1);
    okb_sheet_print(book, sheet, at.head);
    if (at.last >= at.first) {
        okb_sheet_status_colours(book, sheet, at.first, at.last, COL_STATUS);
        okb_sheet_score_bars(book, sheet, at.first, at.last, COL_SCORE);
    }
    if (!okb_book_failed(book))
        worksheet_gridlines(sheet->ws, LXW_HIDE_ALL_GRIDLINES);
    if (!okb_book_failed(book))
        okb_book_check(book, worksheet_print_area(sheet->ws, 0, 0, at.last, COL_COUNT - 1), sheet,
                       "set the print area");
}
