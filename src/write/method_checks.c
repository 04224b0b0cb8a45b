/* The Checks block: what the sheets show, made a second time from the Data sheet. Every difference should be nothing. */
#include "sheet_method.h"
#include "sheet_team.h"

#include <math.h>
#include <string.h>

/* Beyond this many comparisons a recalculation would take minutes; the totals are still checked. */
enum { MOST_COMPARISONS = 20000000 };

typedef struct data_ref {
    const char *cycle, *team, *level, *kind, *score; /* 'Data'!$A$2:$A$60 */
    bool is_whole;
} data_ref;

static uint32_t field_column(const okb_plan *plan, const char *name)
{
    okb_field_list list = okb_goal_fields(plan);
    for (uint32_t i = 0; i < list.n; i++)
        if (strcmp(list.fields[i].name, name) == 0)
            return i;
    return 0;
}

static const char *data_range(okb_page *page, const okb_sheet *data, const char *field)
{
    char letters[4];
    okb_column_letters(field_column(page->book->plan, field), letters);
    return okb_page_printf(page, "%s$%s$2:$%s$%u", data->ref.p, letters, letters, data->n_rows + 1);
}

static data_ref data_of(okb_page *page)
{
    const okb_sheet *data = okb_book_sheet(page->book, OKB_SHEET_DATA);
    data_ref ref = {0};
    if (!data || data->n_parts > 1 || data->n_rows == 0)
        return ref;
    ref.cycle = data_range(page, data, "cycle");
    ref.team = data_range(page, data, "team");
    ref.level = data_range(page, data, "level");
    ref.kind = data_range(page, data, "kind");
    ref.score = data_range(page, data, "computed_score");
    ref.is_whole = true;
    return ref;
}

static void check_row(okb_page *page, uint32_t row, const char *label, const char *shown, double shown_value,
                      const char *again, double again_value, okb_style style)
{
    okb_page_word(page, row, 0, label, OKB_STYLE_TEXT, OKB_TONE_BODY);
    okb_page_formula(page, row, 1, shown, shown_value, style, OKB_TONE_BODY);
    okb_page_formula(page, row, 2, again, again_value, style, OKB_TONE_BODY);
    okb_page_formula(page, row, 3, okb_page_printf(page, "=ROUND(B%u-C%u,9)", row + 1, row + 1),
                     shown_value - again_value == 0 ? 0 : floor((shown_value - again_value) * 1e9 + 0.5) / 1e9,
                     OKB_STYLE_NUMBER_LEFT, OKB_TONE_BODY);
}

/* Mean of a team's objectives with a score, and how many lines have a goal. */
static double objectives_mean(const okb_book *book, uint32_t team_ix)
{
    double sum = 0;
    uint32_t n = 0;
    const okb_layout *layout = &book->layouts[team_ix];
    for (uint32_t i = 0; i < layout->n_lines; i++) {
        if (layout->lines[i].role != OKB_LINE_OBJECTIVE)
            continue;
        double score = okb_facts_result(&book->facts, layout->lines[i].goal_ix)->score;
        if (isfinite(score)) {
            sum += score;
            n++;
        }
    }
    return n ? sum / n : 0;
}

static const char *team_range(okb_page *page, const okb_sheet *sheet, uint32_t column)
{
    char letters[4];
    okb_column_letters(column, letters);
    return okb_page_printf(page, "%s$%s$%u:$%s$%u", sheet->ref.p, letters, OKB_TEAM_FIRST_ROW + 1, letters,
                           OKB_TEAM_FIRST_ROW + sheet->n_rows);
}

static uint32_t check_team(okb_page *page, uint32_t row, const data_ref *data, const okb_sheet *sheet)
{
    okb_book *book = page->book;
    const okb_plan *plan = book->plan;
    okb_span name = plan->teams[sheet->team_ix].name;
    const char *where = okb_page_printf(page, "(%s=Cycle_Name)*(%s=%s$A$1)", data->cycle, data->team, sheet->ref.p);
    uint32_t n = book->layouts[sheet->team_ix].n_goals;
    check_row(page, row, okb_page_printf(page, "%.*s: goals", OKB_FMT(name)),
              okb_page_printf(page, "=COUNTA(%s)", team_range(page, sheet, TEAM_ID)), n,
              okb_page_printf(page, "=SUMPRODUCT(%s)", where), n, OKB_STYLE_COUNT);
    double mean = objectives_mean(book, sheet->team_ix);
    const char *again = okb_page_printf(page, "%s*(%s=\"objective\")", where, data->kind);
    check_row(page, row + 1, okb_page_printf(page, "%.*s: mean of objectives", OKB_FMT(name)),
              okb_page_printf(page, "=IFERROR(AVERAGEIF(%s,\"Objective\",%s),0)", team_range(page, sheet, TEAM_KIND),
                              team_range(page, sheet, TEAM_SCORE)),
              mean,
              okb_page_printf(page, "=IFERROR(SUMPRODUCT(%s,%s)/SUMPRODUCT(%s*(%s<>\"\")),0)", again, data->score,
                              again, data->score),
              mean, OKB_STYLE_SCORE);
    return row + 2;
}

static bool has_empty_id(const okb_plan *plan)
{
    for (uint32_t g = 0; g < plan->n_goals; g++)
        if (!plan->goals[g].id.n)
            return true;
    return false;
}

uint32_t okb_method_checks(okb_page *page, uint32_t row)
{
    okb_book *book = page->book;
    const okb_plan *plan = book->plan;
    data_ref data = data_of(page);
    okb_page_word(page, row++, 0, "Checks: figures made a second time; every difference should be 0", OKB_STYLE_SECTION,
                  OKB_TONE_BODY);
    okb_page_word(page, row, 0, "Check", OKB_STYLE_HEADER, OKB_TONE_BODY);
    okb_page_word(page, row, 1, "On the sheets", OKB_STYLE_HEADER_RIGHT, OKB_TONE_BODY);
    okb_page_word(page, row, 2, "Made again", OKB_STYLE_HEADER_RIGHT, OKB_TONE_BODY);
    okb_page_word(page, row, 3, "Difference", OKB_STYLE_HEADER_INDENT, OKB_TONE_BODY);
    uint32_t total_row = ++row, first = ++row;
    if (book->overall_cell && data.is_whole && plan->overall_is_company && isfinite(plan->overall) &&
        !book->set.missing_is_zero && !book->set.missing_blocks && book->overall_is_live) {
        const char *where = okb_page_printf(page, "(%s=Cycle_Name)*(%s=\"company\")*(%s=\"objective\")", data.cycle,
                                            data.level, data.kind);
        check_row(page, row++, "Overall score", okb_page_printf(page, "=%s", book->overall_cell), plan->overall,
                  okb_page_printf(page, "=IFERROR(SUMPRODUCT(%s,%s)/SUMPRODUCT(%s*(%s<>\"\")),0)", where, data.score,
                                  where, data.score),
                  plan->overall, OKB_STYLE_SCORE);
    }
    const okb_sheet *log = okb_book_sheet(book, OKB_SHEET_LOG);
    if (log && plan->n_files) {
        uint64_t rows = 0, told = 0;
        for (uint32_t i = 0; i < plan->n_files; i++) {
            rows += plan->files[i].rows;
            told += (uint64_t)plan->files[i].used + plan->files[i].merged + plan->files[i].rejected;
        }
        uint32_t last = 5 + plan->n_files; /* the files stand from row 6 of the log on */
        check_row(page, row++, "Input rows: used, merged or rejected",
                  okb_page_printf(page, "=SUM(%sF6:F%u)", log->ref.p, last), (double)rows,
                  okb_page_printf(page, "=SUM(%sG6:I%u)", log->ref.p, last), (double)told, OKB_STYLE_COUNT);
    }
    uint64_t comparisons = (uint64_t)plan->n_teams * plan->n_goals;
    if (data.is_whole && comparisons <= MOST_COMPARISONS && !has_empty_id(plan))
        for (uint32_t i = 0; i < book->n_sheets; i++) {
            const okb_sheet *sheet = &book->sheets[i];
            if (sheet->team_ix != OKB_NONE && sheet->n_parts == 1)
                row = check_team(page, row, &data, sheet);
        }
    else
        okb_page_word(page, row++, 0, "The sheets are too large for a check of each team.", OKB_STYLE_PLAIN_TEXT,
                      OKB_TONE_MUTED);
    const char *differences = okb_page_printf(page, "D%u:D%u", first + 1, row > first ? row : first + 1);
    okb_page_word(page, total_row, 0, "All differences", OKB_STYLE_TEXT, OKB_TONE_HEADING);
    okb_page_fill(page, total_row, 1, 2, OKB_STYLE_TEXT, OKB_TONE_HEADING);
    okb_page_formula(page, total_row, 3,
                     okb_page_printf(page, "=SUMIF(%s,\">0\")-SUMIF(%s,\"<0\")", differences, differences), 0,
                     OKB_STYLE_NUMBER_LEFT, OKB_TONE_HEADING);
    okb_page_table(page, total_row - 1, row, 0, 4);
    return row + 1;
}
