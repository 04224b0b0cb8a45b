/* The Method sheet: the parameters by name, the formulas in words, the Checks, the settings in force and the input files. */
#include "sheet_method.h"

#include "okrbook/version.h"

#include <math.h>

enum { PARAM_HEAD_ROW = 4, COLUMN_NAME = 0, COLUMN_VALUE = 1, COLUMN_UNIT = 2, COLUMN_MEANING = 3 };

static const char *const param_meanings[OKB_PARAMS] = {
    [OKB_PARAM_CYCLE_NAME] = "The reported cycle",
    [OKB_PARAM_AS_OF] = "The day that scores and expected progress are for",
    [OKB_PARAM_CYCLE_END] = "Last day of the reported cycle",
    [OKB_PARAM_RED_MAX] = "Highest score that is red, after rounding to two decimals",
    [OKB_PARAM_SUCCESS] = "Lowest score that is green; success for a stretch goal",
    [OKB_PARAM_COMMITTED] = "Lowest score that is success for a committed goal",
    [OKB_PARAM_GAP_ON_TRACK] = "Largest gap between expected and score that is on track",
    [OKB_PARAM_GAP_AT_RISK] = "Largest gap that is at risk; beyond it is off track",
    [OKB_PARAM_TOO_EARLY] = "Share of the period before which no pace is told",
};

static void header(okb_page *page, uint32_t row, uint32_t column, const char *text, bool is_number)
{
    okb_page_word(page, row, column, text,
                  is_number    ? OKB_STYLE_HEADER_RIGHT
                  : column > 0 ? OKB_STYLE_HEADER_INDENT
                               : OKB_STYLE_HEADER,
                  OKB_TONE_BODY);
}

static uint32_t write_params(okb_page *page)
{
    okb_book *book = page->book;
    okb_page_word(page, PARAM_HEAD_ROW - 1, 0, "Parameters: change one here and the sheets follow", OKB_STYLE_SECTION,
                  OKB_TONE_BODY);
    header(page, PARAM_HEAD_ROW, COLUMN_NAME, "Name", false);
    header(page, PARAM_HEAD_ROW, COLUMN_VALUE, "Value", true);
    header(page, PARAM_HEAD_ROW, COLUMN_UNIT, "Unit", false);
    header(page, PARAM_HEAD_ROW, COLUMN_MEANING, "Meaning", false);
    for (uint32_t p = 0; p < OKB_PARAMS; p++) {
        uint32_t row = PARAM_HEAD_ROW + 1 + p;
        bool is_day = p == OKB_PARAM_AS_OF || p == OKB_PARAM_CYCLE_END;
        okb_page_word(page, row, COLUMN_NAME, okb_param_name((okb_param)p), OKB_STYLE_TEXT, OKB_TONE_BODY);
        okb_page_number(page, row, COLUMN_VALUE, okb_param_value(book, (okb_param)p),
                        is_day ? OKB_STYLE_INPUT_DAY : OKB_STYLE_INPUT, OKB_TONE_BODY);
        if (p == OKB_PARAM_CYCLE_NAME)
            okb_page_text(page, row, COLUMN_VALUE, book->plan->cycles[book->plan->cycle_ix].name, OKB_STYLE_TEXT_RIGHT,
                          OKB_TONE_BODY);
        okb_page_word(page, row, COLUMN_UNIT,
                      p == OKB_PARAM_CYCLE_NAME  ? "name"
                      : is_day                   ? "day"
                      : p == OKB_PARAM_TOO_EARLY ? "share"
                                                 : "score",
                      OKB_STYLE_TEXT_LINE, OKB_TONE_BODY);
        okb_page_word(page, row, COLUMN_MEANING, param_meanings[p], OKB_STYLE_TEXT_LINE, OKB_TONE_BODY);
        if (!okb_book_failed(book))
            okb_book_check(book,
                           workbook_define_name(book->workbook, okb_param_name((okb_param)p),
                                                okb_page_printf(page, "=%s%s", page->sheet->ref.p,
                                                                okb_book_cell(book, row, COLUMN_VALUE, true))),
                           page->sheet, "define a name");
    }
    okb_page_table(page, PARAM_HEAD_ROW, PARAM_HEAD_ROW + 1 + OKB_PARAMS, 0, 4);
    return PARAM_HEAD_ROW + 1 + OKB_PARAMS + 1;
}

typedef struct method_line {
    const char *subject, *text;
} method_line;

static const method_line method_lines[] = {
    {"Score of a key result or goal", "(now − baseline) / (target − baseline), cut to 0..1; the same for a rise and a "
                                      "fall. Progress beyond the target is shown, "
                                      "never averaged in."},
    {"At least, at most", "1 where the last value meets the target, else 0."},
    {"Milestone", "1 when done, else the stated progress, else 0."},
    {"No metric",
     "The stated score, else the stated progress. A learning or directional goal has no score and is left out."},
    {"Score of an objective", "Weighted mean of its scored key results and of the goals directly under it; without "
                              "any, of its scored child objectives; "
                              "else what it states. Initiatives never count."},
    {"Score of a team",
     "Plain mean of all its objectives and of its goals and key results without an objective of the team."},
    {"Overall score", "Mean of the company's objectives if any has a score, else of the teams."},
    {"Expected by now",
     "(as of − start) / (due − start), cut to 0..1; with phased targets the straight line over them."},
    {"Status", "✓ Done at score 1 or with success after the due date; ✕ Missed after it without; ◇ Too early in the "
               "first part of the "
               "period; else by the gap between expected and score: ▲ On track, ● At risk, ▼ Off track. ○ No data "
               "without a score."},
    {"Forecast", "The value at the due date if it goes on as it did (median of the slopes between check-ins, else the "
                 "run rate), then scored."},
    {"Confidence and its trend", "The last one stated, and how it stands against the mean of up to three before."},
    {"SMART", "S specific, M measurable, A achievable, R relevant, T time-bound: the letter for yes, - for no, ? for "
              "not known."},
    {"Figures in blue ink", "Inputs. Change one and everything that follows from it is worked out again."},
    {"Status colours", "Always with a word and a shape, so that a printout without colour says the same."},
};

static uint32_t write_formulas(okb_page *page, uint32_t row)
{
    okb_page_word(page, row, 0, "How each figure is made", OKB_STYLE_SECTION, OKB_TONE_BODY);
    row++;
    for (size_t i = 0; i < sizeof method_lines / sizeof method_lines[0]; i++, row++) {
        okb_page_word(page, row, 0, method_lines[i].subject, OKB_STYLE_PLAIN_TEXT, OKB_TONE_BODY);
        okb_page_word(page, row, 1, method_lines[i].text, OKB_STYLE_PLAIN_TEXT, OKB_TONE_BODY);
    }
    return row + 1;
}

/* The same goals under the documented rule of each product, so that nobody is surprised by another tool's colour. */
static uint32_t write_comparison(okb_page *page, uint32_t row)
{
    const okb_plan *plan = page->book->plan;
    if (plan->n_comparisons == 0)
        return row;
    okb_page_word(page, row++, 0, "The same goals under the rules of other products", OKB_STYLE_SECTION, OKB_TONE_BODY);
    header(page, row, 0, "Goal", false);
    header(page, row, 1, "Expected", true);
    header(page, row, 2, "Score", true);
    header(page, row, 3, "Status", false);
    uint32_t head_row = row++;
    for (uint32_t i = 0; i < plan->n_comparisons; i++, row++) {
        const okb_comparison *line = &plan->comparisons[i];
        const okb_result *result = okb_facts_result(&page->book->facts, line->goal_ix);
        okb_page_text(page, row, 0, plan->goals[line->goal_ix].title, OKB_STYLE_TEXT, OKB_TONE_BODY);
        okb_page_number(page, row, 1, result->expected, OKB_STYLE_SCORE, OKB_TONE_BODY);
        okb_page_number(page, row, 2, result->score, OKB_STYLE_SCORE, OKB_TONE_BODY);
        const char *words = okb_page_printf(page, "here: %s", okb_looks[okb_look_of_pace(result->pace)].words);
        for (size_t p = 0; p < OKB_PRODUCTS; p++)
            words =
                okb_page_printf(page, "%s · %.*s: %.*s", words, OKB_FMT(plan->products[p]), OKB_FMT(line->words[p]));
        okb_page_word(page, row, 3, words, OKB_STYLE_TEXT, OKB_TONE_BODY);
    }
    okb_page_table(page, head_row, row, 0, 4);
    return row + 1;
}

static void fact(okb_page *page, uint32_t row, const char *label, okb_span value)
{
    okb_page_word(page, row, 0, label, OKB_STYLE_PLAIN_TEXT, OKB_TONE_BODY);
    okb_page_text(page, row, 1, value, OKB_STYLE_PLAIN_TEXT, OKB_TONE_BODY);
}

static uint32_t write_run(okb_page *page, uint32_t row)
{
    okb_book *book = page->book;
    const okb_plan *plan = book->plan;
    char day[11];
    okb_day_print(plan->as_of, day);
    okb_page_word(page, row++, 0, "This run", OKB_STYLE_SECTION, OKB_TONE_BODY);
    fact(page, row++, "Program", okb_span_of("okrbook " OKB_VERSION));
    fact(page, row++, "Rule pack", book->options->rule_pack);
    fact(page, row++, "Organization", plan->org);
    fact(page, row++, "As of", okb_span_of(day));
    fact(page, row++, "Reported cycle", plan->cycles[plan->cycle_ix].name);
    fact(page, row++, "Template and profile",
         okb_span_of(okb_page_printf(page, "%.*s, %.*s", OKB_FMT(book->options->template_name),
                                     OKB_FMT(book->options->profile))));
    if (book->cut_texts)
        fact(
            page, row++, "Texts cut",
            okb_span_of(okb_page_printf(page, "%u texts longer than a cell holds end in a cut mark", book->cut_texts)));
    if (book->fixed_rollups)
        fact(page, row++, "Scores as numbers",
             okb_span_of(
                 okb_page_printf(page,
                                 "%u scores follow a rule that no short formula tells (several parents, a share of "
                                 "check-ins) and stand as numbers; %u are live",
                                 book->fixed_rollups, book->live_rollups)));
    return row + 1;
}

static uint32_t write_settings(okb_page *page, uint32_t row)
{
    const okb_settings *settings = page->book->options->settings;
    okb_page_word(page, row++, 0, "Settings in force", OKB_STYLE_SECTION, OKB_TONE_BODY);
    header(page, row, 0, "Setting", false);
    header(page, row, 1, "Value", true);
    header(page, row, 2, "Unit", false);
    header(page, row, 3, "Meaning", false);
    uint32_t head_row = row++;
    for (size_t i = 0; i < okb_settings_count(settings); i++, row++) {
        const okb_setting *s = okb_settings_at(settings, i);
        okb_tone tone = s->is_changed ? OKB_TONE_HEADING : OKB_TONE_BODY;
        okb_page_text(page, row, 0, s->name, OKB_STYLE_TEXT, tone);
        if (s->type == OKB_SETTING_NUMBER && isfinite(s->number))
            okb_page_number(page, row, 1, s->number, OKB_STYLE_NUMBER, tone);
        else
            okb_page_text(page, row, 1, s->text, OKB_STYLE_TEXT_RIGHT, tone);
        okb_page_fill(page, row, 1, 3, OKB_STYLE_TEXT, tone);
        okb_page_text(page, row, 2, s->unit, OKB_STYLE_TEXT, tone);
        okb_page_text(page, row, 3,
                      s->is_changed
                          ? okb_span_of(okb_page_printf(page, "%.*s (changed from %.*s by %.*s)", OKB_FMT(s->meaning),
                                                        OKB_FMT(s->default_text), OKB_FMT(s->changed_by)))
                          : s->meaning,
                      OKB_STYLE_TEXT, tone);
    }
    okb_page_table(page, head_row, row, 0, 4);
    return row + 1;
}

static uint32_t write_inputs(okb_page *page, uint32_t row)
{
    const okb_plan *plan = page->book->plan;
    okb_page_word(page, row++, 0, "Input files", OKB_STYLE_SECTION, OKB_TONE_BODY);
    header(page, row, 0, "File", false);
    header(page, row, 1, "Rows", true);
    header(page, row, 2, "Format", false);
    header(page, row, 3, "SHA-256", false);
    uint32_t head_row = row++;
    for (uint32_t i = 0; i < plan->n_files; i++, row++) {
        const okb_file *file = &plan->files[i];
        okb_page_text(page, row, 0, okb_facts_file(&page->book->facts, i), OKB_STYLE_TEXT, OKB_TONE_BODY);
        okb_page_number(page, row, 1, file->rows, OKB_STYLE_COUNT, OKB_TONE_BODY);
        okb_page_text(page, row, 2, file->is_refused ? OKB_S("refused") : file->format, OKB_STYLE_TEXT, OKB_TONE_BODY);
        okb_page_word(page, row, 3, file->sha256, OKB_STYLE_TEXT, OKB_TONE_BODY);
    }
    okb_page_table(page, head_row, row, 0, 4);
    return row + 1;
}

void okb_sheet_method_write(okb_book *book, okb_sheet *sheet, okb_rows rows)
{
    (void)rows;
    okb_page page;
    okb_page_init(&page, book, sheet);
    okb_sheet_width(book, sheet, 0, 0, 34);
    okb_sheet_width(book, sheet, 1, 1, 16);
    okb_sheet_width(book, sheet, 2, 2, 20);
    okb_sheet_width(book, sheet, 3, 3, 100);
    okb_sheet_width(book, sheet, 4, 6, 14);
    okb_page_height(&page, 0, 28);
    okb_page_word(&page, 0, 0, "Method", OKB_STYLE_TITLE, OKB_TONE_BODY);
    okb_page_word(&page, 1, 0, sheet->answers, OKB_STYLE_NOTE, OKB_TONE_BODY);
    uint32_t row = write_params(&page);
    row = okb_method_checks(&page, row);
    row = write_formulas(&page, row);
    row = write_comparison(&page, row);
    row = write_run(&page, row);
    row = write_settings(&page, row);
    (void)write_inputs(&page, row);
    okb_page_flush(&page);
    okb_sheet_print(book, sheet, -1);
    if (!okb_book_failed(book))
        worksheet_gridlines(sheet->ws, LXW_HIDE_ALL_GRIDLINES);
}
