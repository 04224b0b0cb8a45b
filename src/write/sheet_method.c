/* The Method sheet: the parameters by name, the formulas in words, the Checks, the settings in force and the input files. */
#include "sheet_method.h"
#include "grid.h"

#include "okrbook/version.h"

#include <math.h>
#include <string.h>

enum { PARAM_HEAD_ROW = 4, COLUMN_NAME = 0, COLUMN_VALUE = 1, COLUMN_UNIT = 2, COLUMN_MEANING = 3 };
/* Characters; the blocks share the sheet's columns. */
enum { WIDTH_NAME = 42, WIDTH_VALUE = 18, WIDTH_UNIT = 18, WIDTH_MEANING = 96 };

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
    [OKB_PARAM_RED_BELOW] = "An unrounded score below this rounds to red; follows from Red_Max",
    [OKB_PARAM_GREEN_FROM] = "An unrounded score from this on rounds to green; follows from Success_Threshold",
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
        const char *formula = okb_param_formula((okb_param)p);
        if (formula)
            okb_page_formula(page, row, COLUMN_VALUE, formula, okb_param_value(book, (okb_param)p), OKB_STYLE_NUMBER,
                             OKB_TONE_BODY);
        else
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

/* A subject, and the lines of what is said of it. */
typedef struct method_line {
    const char *subject, *text;
} method_line;

static const method_line method_lines[] = {
    {"Score of a key result or goal", "(now − baseline) / (target − baseline), cut to 0..1; the same for a rise and a "
                                      "fall.\nProgress beyond the target is shown, never averaged in."},
    {"At least, at most", "1 where the last value meets the target, else 0."},
    {"Milestone", "1 when done, else the stated progress, else 0."},
    {"No metric",
     "The stated score, else the stated progress. A learning or directional goal has no score and is left out."},
    {"Score of an objective", "Weighted mean of its scored key results and of the goals directly under it;\nwithout "
                              "any, of its scored child objectives; else what it states. Initiatives never count."},
    {"Score of a team",
     "Plain mean of all its objectives and of its goals and key results without an objective of the team."},
    {"Overall score", "Mean of the company's objectives if any has a score, else of the teams."},
    {"Bands",
     "A grade of the score alone: red up to Red_Max, green from Success_Threshold, amber between, after rounding to "
     "two decimals.\nEarly in a period a score can be red and its status on track: the status compares it with what is "
     "expected by now."},
    {"Expected by now",
     "(as of − start) / (due − start), cut to 0..1; with phased targets the straight line over them."},
    {"Status",
     "By the gap between expected and score: ▲ On track, ● At risk, ▼ Off track; ○ No data without a score; ◇ "
     "Too early in the first part of the period.\n✓ Done at score 1, or with success after the due date; ✕ "
     "Missed after it without."},
    {"Forecast", "The value at the due date if it goes on as it did (median of the slopes between check-ins, else the "
                 "run rate), then scored."},
    {"Won; will miss", "Won: success is reached. Will miss: the forecast at the due date, or without one the score "
                       "after it, is below success."},
    {"Confidence and its trend", "The last one stated, and how it stands against the mean of up to three before."},
    {"SMART", "S specific, M measurable, A achievable, R relevant, T time-bound: the letter for yes, - for no, ? for "
              "not known."},
    {"Figures in blue ink", "Inputs. Change one and everything that follows from it is worked out again."},
    {"Status colours", "Always with a word and a shape, so that a printout without colour says the same."},
};

static uint32_t write_formulas(okb_book *book, okb_sheet *sheet, uint32_t row)
{
    okb_put_word(book, sheet, row++, 0, "How each figure is made", OKB_STYLE_SECTION, OKB_TONE_BODY);
    for (size_t i = 0; i < sizeof method_lines / sizeof method_lines[0]; i++) {
        okb_put_word(book, sheet, row, 0, method_lines[i].subject, OKB_STYLE_PLAIN_TEXT, OKB_TONE_BODY);
        for (const char *text = method_lines[i].text; text; row++) {
            const char *end = strchr(text, '\n');
            okb_put_text(book, sheet, row, 1, (okb_span){text, end ? (size_t)(end - text) : strlen(text)},
                         OKB_STYLE_PLAIN_TEXT, OKB_TONE_BODY);
            text = end ? end + 1 : NULL;
        }
    }
    return row + 1;
}

/* ---- the same goals under the documented rule of each product, so that nobody is surprised by another tool's colour ---- */

static const void *compared_goal(const okb_facts *facts, uint32_t ix)
{
    return okb_goal_row(facts, facts->plan->comparisons[ix].goal_ix);
}

static const void *compared_result(const okb_facts *facts, uint32_t ix)
{
    return okb_goal_result_row(facts, facts->plan->comparisons[ix].goal_ix);
}

static void put_words(const okb_grid_at *at)
{
    const okb_plan *plan = at->book->plan;
    const okb_comparison *line = &plan->comparisons[at->ix];
    okb_pace pace = okb_facts_result(&at->book->facts, line->goal_ix)->pace;
    const char *words = okb_book_printf(at->book, "here: %s", okb_looks[okb_look_of_pace(pace)].words);
    for (size_t p = 0; p < OKB_PRODUCTS; p++)
        words =
            okb_book_printf(at->book, "%s · %.*s: %.*s", words, OKB_FMT(plan->products[p]), OKB_FMT(line->words[p]));
    okb_at_word(at, words);
}

static uint32_t write_comparison(okb_book *book, okb_sheet *sheet, uint32_t row)
{
    const okb_grid_column columns[] = {
        {"Goal", WIDTH_NAME, OKB_STYLE_TEXT_WRAP, .field = OKB_FIELD(compared_goal, okb_goal, title)},
        {"Expected", 0, OKB_STYLE_SCORE, .field = OKB_FIELD(compared_result, okb_result, expected)},
        {"Score", 0, OKB_STYLE_SCORE, .field = OKB_FIELD(compared_result, okb_result, score)},
        {"Status", WIDTH_MEANING, OKB_STYLE_TEXT_WRAP, .put = put_words},
    };
    const okb_grid grid = {.columns = columns,
                           .n_columns = sizeof columns / sizeof columns[0],
                           .n_rows = book->plan->n_comparisons,
                           .is_ruled = true};
    return grid.n_rows ? okb_grid_block(book, sheet, row, "The same goals under the rules of other products", &grid)
                       : row;
}

/* ---- this run ---- */

static void fact(okb_book *book, okb_sheet *sheet, uint32_t row, const char *label, okb_span value)
{
    okb_put_word(book, sheet, row, 0, label, OKB_STYLE_PLAIN_TEXT, OKB_TONE_BODY);
    okb_put_text(book, sheet, row, 1, value, OKB_STYLE_PLAIN_TEXT, OKB_TONE_BODY);
}

static uint32_t write_run(okb_book *book, okb_sheet *sheet, uint32_t row)
{
    const okb_plan *plan = book->plan;
    char day[11];
    okb_day_print(plan->as_of, day);
    okb_put_word(book, sheet, row++, 0, "This run", OKB_STYLE_SECTION, OKB_TONE_BODY);
    fact(book, sheet, row++, "Program", okb_span_of("okrbook " OKB_VERSION));
    if (book->options->rule_pack.n)
        fact(book, sheet, row++, "Rule pack", book->options->rule_pack);
    fact(book, sheet, row++, "Organization", plan->org.n ? plan->org : OKB_S("not named"));
    fact(book, sheet, row++, "As of", okb_span_of(day));
    fact(book, sheet, row++, "Reported cycle", plan->cycles[plan->cycle_ix].name);
    fact(book, sheet, row++, "Template and profile",
         okb_span_of(okb_book_printf(book, "%.*s, %.*s", OKB_FMT(book->options->template_name),
                                     OKB_FMT(book->options->profile))));
    if (book->cut_texts)
        fact(
            book, sheet, row++, "Texts cut",
            okb_span_of(okb_book_printf(book, "%u texts longer than a cell holds end in a cut mark", book->cut_texts)));
    if (book->fixed_rollups)
        fact(book, sheet, row++, "Scores as numbers",
             okb_span_of(okb_book_printf(book,
                                         "%u scores follow a rule that no short formula tells (several parents, a "
                                         "share of check-ins) and stand as numbers; %u are live",
                                         book->fixed_rollups, book->live_rollups)));
    return row + 1;
}

/* ---- settings and inputs ---- */

static const okb_setting *setting_of(const okb_grid_at *at)
{
    return okb_settings_at(at->context, at->ix);
}

static okb_tone setting_tone(const okb_grid_at *at)
{
    return setting_of(at)->is_changed ? OKB_TONE_HEADING : OKB_TONE_BODY;
}

static void put_setting(const okb_grid_at *at)
{
    okb_at_text(at, setting_of(at)->name);
}

static void put_value(const okb_grid_at *at)
{
    const okb_setting *s = setting_of(at);
    if (s->type == OKB_SETTING_NUMBER && isfinite(s->number))
        okb_at_number(at, s->number);
    else
        okb_at_text_in(at, s->text, OKB_STYLE_TEXT_RIGHT);
}

static void put_unit(const okb_grid_at *at)
{
    okb_at_text(at, setting_of(at)->unit);
}

static void put_meaning(const okb_grid_at *at)
{
    const okb_setting *s = setting_of(at);
    okb_at_text(at, s->is_changed
                        ? okb_span_of(okb_book_printf(at->book, "%.*s (changed from %.*s by %.*s)", OKB_FMT(s->meaning),
                                                      OKB_FMT(s->default_text), OKB_FMT(s->changed_by)))
                        : s->meaning);
}

static uint32_t write_settings(okb_book *book, okb_sheet *sheet, uint32_t row)
{
    static const okb_grid_column columns[] = {
        {"Setting", WIDTH_NAME, OKB_STYLE_TEXT_WRAP, .put = put_setting},
        {"Value", WIDTH_VALUE, OKB_STYLE_NUMBER, .put = put_value},
        {"Unit", WIDTH_UNIT, OKB_STYLE_TEXT_WRAP, .put = put_unit},
        {"Meaning", WIDTH_MEANING, OKB_STYLE_TEXT_WRAP, .put = put_meaning},
    };
    const okb_settings *settings = book->options->settings;
    const okb_grid grid = {.columns = columns,
                           .n_columns = sizeof columns / sizeof columns[0],
                           .context = settings,
                           .n_rows = (uint32_t)okb_settings_count(settings),
                           .tone = setting_tone,
                           .is_ruled = true};
    return okb_grid_block(book, sheet, row, "Settings in force", &grid);
}

static void put_file(const okb_grid_at *at)
{
    okb_at_text(at, okb_facts_file(&at->book->facts, at->ix));
}

static void put_format(const okb_grid_at *at)
{
    const okb_file *file = &at->book->plan->files[at->ix];
    okb_at_text(at, file->is_refused ? OKB_S("refused") : file->format);
}

static void put_hash(const okb_grid_at *at)
{
    okb_at_word(at, at->book->plan->files[at->ix].sha256);
}

static const void *file_row(const okb_facts *facts, uint32_t ix)
{
    return &facts->plan->files[ix];
}

static uint32_t write_inputs(okb_book *book, okb_sheet *sheet, uint32_t row)
{
    const okb_grid_column columns[] = {
        {"File", WIDTH_NAME, OKB_STYLE_TEXT_WRAP, .put = put_file},
        {"Rows", WIDTH_VALUE, OKB_STYLE_COUNT, .field = OKB_FIELD(file_row, okb_file, rows)},
        {"Format", WIDTH_UNIT, OKB_STYLE_TEXT_WRAP, .put = put_format},
        {"SHA-256", WIDTH_MEANING, OKB_STYLE_TEXT, .put = put_hash},
    };
    const okb_grid grid = {.columns = columns,
                           .n_columns = sizeof columns / sizeof columns[0],
                           .n_rows = book->plan->n_files,
                           .is_ruled = true};
    return okb_grid_block(book, sheet, row, "Input files", &grid);
}

void okb_sheet_method_write(okb_book *book, okb_sheet *sheet, okb_rows rows)
{
    (void)rows;
    okb_page page;
    okb_page_init(&page, book, sheet);
    static const double widths[] = {WIDTH_NAME, WIDTH_VALUE, WIDTH_UNIT, WIDTH_MEANING};
    for (uint32_t c = 0; c < sizeof widths / sizeof widths[0]; c++)
        okb_sheet_width(book, sheet, c, c, widths[c]);
    okb_page_height(&page, 0, 28);
    okb_page_word(&page, 0, 0, "Method", OKB_STYLE_TITLE, OKB_TONE_BODY);
    okb_page_word(&page, 1, 0, sheet->answers, OKB_STYLE_NOTE, OKB_TONE_BODY);
    uint32_t row = okb_method_checks(&page, write_params(&page));
    okb_page_flush(&page);
    /* What a reader may change, how it is worked out, and what the run was made from each begin a page. */
    lxw_row_t breaks[] = {row, 0, 0};
    row = write_formulas(book, sheet, row);
    row = write_comparison(book, sheet, row);
    breaks[1] = row;
    row = write_run(book, sheet, row);
    row = write_inputs(book, sheet, row);
    (void)write_settings(book, sheet, row);
    okb_sheet_print(book, sheet, 0);
    okb_sheet_freeze(book, sheet, 1, 0);
    if (!okb_book_failed(book)) {
        worksheet_set_h_pagebreaks(sheet->ws, breaks);
        worksheet_gridlines(sheet->ws, LXW_HIDE_ALL_GRIDLINES);
    }
}
