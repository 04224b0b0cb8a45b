/* The Checks block: what the sheets show, made a second time from the Data sheet. Every difference should be nothing. */
#include "sheet_method.h"
#include "sheet_team.h"

#include <math.h>
#include <string.h>

enum {
    MOST_COMPARISONS =
        20000000,   /* a recalculation of more would take minutes: then each team looks at its own rows alone */
    MOST_PIECES = 8 /* of a formula over rows that stand on several Data sheets */
};

/* Rows of the tidy table, 0-based over all its parts; last < first: none. */
typedef struct data_rows {
    uint32_t first, last;
} data_rows;

/* The columns of those rows that stand on one Data sheet: 'Data'!$A$2:$A$60. */
typedef struct piece {
    const char *cycle, *team, *level, *kind, *score;
} piece;

typedef struct data_ref {
    uint32_t n_pieces; /* 0: the rows cannot be looked at */
    piece pieces[MOST_PIECES];
} data_ref;

static uint32_t field_column(const okb_plan *plan, const char *name)
{
    okb_field_list list = okb_goal_fields(plan);
    for (uint32_t i = 0; i < list.n; i++)
        if (strcmp(list.fields[i].name, name) == 0)
            return i;
    return 0;
}

static const char *data_range(okb_page *page, const okb_sheet *data, data_rows rows, const char *field)
{
    enum { HEAD_ROWS = 1 };
    char letters[4];
    okb_column_letters(field_column(page->book->plan, field), letters);
    return okb_page_printf(page, "%s$%s$%u:$%s$%u", data->ref.p, letters, rows.first - data->first_row + HEAD_ROWS + 1,
                           letters, rows.last - data->first_row + HEAD_ROWS + 1);
}

static data_ref data_of(okb_page *page, data_rows rows)
{
    okb_book *book = page->book;
    data_ref ref = {0};
    uint32_t at = book->first_of_kind[OKB_SHEET_DATA];
    for (; at < book->n_sheets && book->sheets[at].kind == OKB_SHEET_DATA && rows.first <= rows.last; at++) {
        const okb_sheet *data = &book->sheets[at];
        uint32_t end = data->first_row + data->n_rows;
        if (data->n_rows == 0 || end <= rows.first || data->first_row > rows.last)
            continue;
        if (ref.n_pieces == MOST_PIECES)
            return (data_ref){0};
        data_rows here = {rows.first > data->first_row ? rows.first : data->first_row,
                          rows.last < end - 1 ? rows.last : end - 1};
        ref.pieces[ref.n_pieces++] = (piece){.cycle = data_range(page, data, here, "cycle"),
                                             .team = data_range(page, data, here, "team"),
                                             .level = data_range(page, data, here, "level"),
                                             .kind = data_range(page, data, here, "kind"),
                                             .score = data_range(page, data, here, "computed_score")};
    }
    return ref;
}

/* The rows of each team in the reported cycle, from its first to its last, and in [n_teams] all there are. */
static data_rows *rows_of_teams(okb_page *page)
{
    okb_book *book = page->book;
    const okb_plan *plan = book->plan;
    okb_rows all = okb_contents_rows(book, OKB_SHEET_DATA);
    data_rows *rows = OKB_NEW_N(&page->keep, data_rows, (size_t)plan->n_teams + 1);
    for (uint32_t t = 0; t <= plan->n_teams; t++)
        rows[t] = (data_rows){1, 0};
    for (uint32_t i = 0; i < all.n; i++) {
        const okb_goal *goal = &plan->goals[all.index ? all.index[i] : i];
        if (goal->cycle_ix != plan->cycle_ix)
            continue;
        data_rows *of = &rows[goal->team_ix];
        *of = (data_rows){of->first > of->last ? i : of->first, i};
    }
    if (all.n)
        rows[plan->n_teams] = (data_rows){0, all.n - 1};
    return rows;
}

/* What a SUMPRODUCT over the rows of a piece sums up; the context is what it is about. */
typedef const char *terms_of(okb_page *page, const piece *at, const void *context);

/* The same over every piece, joined by plus signs. */
static const char *sum_of(okb_page *page, const data_ref *data, terms_of *terms, const void *context)
{
    const char *sum = "";
    for (uint32_t i = 0; i < data->n_pieces; i++)
        sum = okb_page_printf(page, "%s%sSUMPRODUCT(%s)", sum, i ? "+" : "", terms(page, &data->pieces[i], context));
    return sum;
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

/* A team's goals in the reported cycle; the context is its sheet. */
static const char *team_terms(okb_page *page, const piece *at, const void *context)
{
    const okb_sheet *sheet = context;
    return okb_page_printf(page, "(%s=Cycle_Name)*(%s=%s$A$1)", at->cycle, at->team, sheet->ref.p);
}

static const char *team_scores(okb_page *page, const piece *at, const void *context)
{
    return okb_page_printf(page, "%s*(%s=\"objective\"),%s", team_terms(page, at, context), at->kind, at->score);
}

static const char *team_scored(okb_page *page, const piece *at, const void *context)
{
    return okb_page_printf(page, "%s*(%s=\"objective\")*(%s<>\"\")", team_terms(page, at, context), at->kind,
                           at->score);
}

static const char *company_scores(okb_page *page, const piece *at, const void *context)
{
    (void)context;
    return okb_page_printf(page, "(%s=Cycle_Name)*(%s=\"company\")*(%s=\"objective\"),%s", at->cycle, at->level,
                           at->kind, at->score);
}

static const char *company_scored(okb_page *page, const piece *at, const void *context)
{
    (void)context;
    return okb_page_printf(page, "(%s=Cycle_Name)*(%s=\"company\")*(%s=\"objective\")*(%s<>\"\")", at->cycle, at->level,
                           at->kind, at->score);
}

static const char *mean_again(okb_page *page, const data_ref *data, terms_of *scores, terms_of *scored,
                              const void *context)
{
    return okb_page_printf(page, "=IFERROR((%s)/(%s),0)", sum_of(page, data, scores, context),
                           sum_of(page, data, scored, context));
}

static uint32_t check_team(okb_page *page, uint32_t row, const data_ref *data, const okb_sheet *sheet)
{
    okb_book *book = page->book;
    okb_span name = book->plan->teams[sheet->team_ix].name;
    uint32_t n = book->layouts[sheet->team_ix].n_goals;
    check_row(page, row, okb_page_printf(page, "%.*s: goals", OKB_FMT(name)),
              okb_page_printf(page, "=COUNTA(%s)", team_range(page, sheet, TEAM_ID)), n,
              okb_page_printf(page, "=%s", sum_of(page, data, team_terms, sheet)), n, OKB_STYLE_COUNT);
    double mean = objectives_mean(book, sheet->team_ix);
    check_row(page, row + 1, okb_page_printf(page, "%.*s: mean of objectives", OKB_FMT(name)),
              okb_page_printf(page, "=IFERROR(AVERAGEIF(%s,\"Objective\",%s),0)", team_range(page, sheet, TEAM_KIND),
                              team_range(page, sheet, TEAM_SCORE)),
              mean, mean_again(page, data, team_scores, team_scored, sheet), mean, OKB_STYLE_SCORE);
    return row + 2;
}

static uint32_t not_checked(okb_page *page, uint32_t row, const char *text)
{
    okb_page_word(page, row, 0, text, OKB_STYLE_PLAIN_TEXT, OKB_TONE_MUTED);
    return row + 1;
}

/* Spreadsheets do not agree on which names are equal: of two that some take for one, neither is looked up by its name. */
static okb_map *count_names(okb_page *page)
{
    const okb_plan *plan = page->book->plan;
    okb_map *names = okb_map_new();
    for (uint32_t t = 0; t < plan->n_teams; t++) {
        bool is_new;
        uint32_t *n = okb_map_put(names, okb_text_fold_wide(&page->keep, plan->teams[t].name), 1, &is_new);
        *n += is_new ? 0 : 1;
    }
    return names;
}

static uint32_t check_teams(okb_page *page, uint32_t row, const data_rows *rows)
{
    okb_book *book = page->book;
    const okb_plan *plan = book->plan;
    bool is_small = (uint64_t)plan->n_teams * plan->n_goals <= MOST_COMPARISONS;
    data_ref all = data_of(page, rows[plan->n_teams]);
    is_small = is_small && all.n_pieces == 1;
    okb_map *names = count_names(page);
    for (uint32_t i = 0; i < book->n_sheets; i++) {
        const okb_sheet *sheet = &book->sheets[i];
        if (sheet->team_ix == OKB_NONE || sheet->part > 0)
            continue;
        okb_span name = plan->teams[sheet->team_ix].name;
        data_ref own = is_small ? all : data_of(page, rows[sheet->team_ix]);
        if (okb_map_get(names, okb_text_fold_wide(&page->keep, name)) > 1)
            row = not_checked(page, row,
                              okb_page_printf(page,
                                              "%.*s: not checked, another team's name reads the same to some programs",
                                              OKB_FMT(name)));
        else if (sheet->n_parts > 1 || own.n_pieces == 0)
            row = not_checked(
                page, row,
                okb_page_printf(page, "%.*s: not checked, its goals stand on too many sheets", OKB_FMT(name)));
        else
            row = check_team(page, row, &own, sheet);
    }
    okb_map_free(names);
    if (!is_small)
        row = not_checked(page, row,
                          "Each team is looked up in its own rows of the tidy table, which has to stay in its order.");
    return row;
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
    const data_rows *rows_of = rows_of_teams(page);
    data_ref data = data_of(page, rows_of[plan->n_teams]);
    okb_page_word(page, row++, 0, "Checks: figures made a second time; every difference should be 0", OKB_STYLE_SECTION,
                  OKB_TONE_BODY);
    okb_page_word(page, row, 0, "Check", OKB_STYLE_HEADER, OKB_TONE_BODY);
    okb_page_word(page, row, 1, "On the sheets", OKB_STYLE_HEADER_RIGHT, OKB_TONE_BODY);
    okb_page_word(page, row, 2, "Made again", OKB_STYLE_HEADER_RIGHT, OKB_TONE_BODY);
    okb_page_word(page, row, 3, "Difference", OKB_STYLE_HEADER_INDENT, OKB_TONE_BODY);
    uint32_t total_row = ++row, first = ++row;
    if (book->overall_cell && data.n_pieces && plan->overall_is_company && isfinite(plan->overall) &&
        !book->set.missing_is_zero && !book->set.missing_blocks && book->overall_is_live) {
        check_row(page, row++, "Overall score", okb_page_printf(page, "=%s", book->overall_cell), plan->overall,
                  mean_again(page, &data, company_scores, company_scored, NULL), plan->overall, OKB_STYLE_SCORE);
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
    if (data.n_pieces && !has_empty_id(plan))
        row = check_teams(page, row, rows_of);
    const char *differences = okb_page_printf(page, "D%u:D%u", first + 1, row > first ? row : first + 1);
    okb_page_word(page, total_row, 0, "All differences", OKB_STYLE_TEXT, OKB_TONE_HEADING);
    okb_page_fill(page, total_row, 1, 2, OKB_STYLE_TEXT, OKB_TONE_HEADING);
    okb_page_formula(page, total_row, 3,
                     okb_page_printf(page, "=SUMIF(%s,\">0\")-SUMIF(%s,\"<0\")", differences, differences), 0,
                     OKB_STYLE_NUMBER_LEFT, OKB_TONE_HEADING);
    okb_page_table(page, total_row - 1, row, 0, 4);
    return row + 1;
}
