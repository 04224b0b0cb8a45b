/*
 * A team's sheet (and the company's, which is the same): its figures, then objectives as headings with key results, goals and
 * initiatives under them. Made for a check-in of fifteen minutes; what is printed ends where the workings begin.
 */
#include "sheet_team.h"
#include "page.h"

#include <math.h>

static const okb_team_view *view_of(const okb_grid_at *at)
{
    return at->context;
}

static const okb_line *line_of(const okb_grid_at *at)
{
    return &view_of(at)->layout->lines[at->ix];
}

static const okb_goal *goal_of(const okb_grid_at *at)
{
    uint32_t goal_ix = line_of(at)->goal_ix;
    return goal_ix == OKB_NONE ? NULL : &at->book->plan->goals[goal_ix];
}

static const okb_result *result_of(const okb_grid_at *at)
{
    return okb_facts_result(&at->book->facts, line_of(at)->goal_ix);
}

/* ---- cells: each writes what a column says of a line; sections have a caption only ---- */

static void put_number(const okb_grid_at *at)
{
    const okb_team_view *view = view_of(at);
    okb_at_text(at, okb_line_label(at->book->plan, view->layout, at->ix, &at->book->facts.scratch), OKB_STYLE_TEXT);
}

static void put_title(const okb_grid_at *at)
{
    const okb_goal *goal = goal_of(at);
    const okb_line *line = line_of(at);
    if (line->goal_ix == OKB_NONE) {
        okb_at_word(at, okb_section_title(at->book->plan, view_of(at)->layout, at->ix), OKB_STYLE_TEXT);
        return;
    }
    okb_style style = line->depth == 0   ? OKB_STYLE_TEXT_WRAP
                      : line->depth == 1 ? OKB_STYLE_TEXT_INDENT
                      : line->depth == 2 ? OKB_STYLE_TEXT_INDENT2
                                         : OKB_STYLE_TEXT_INDENT3;
    okb_at_text(at, goal->title, style);
}

static void put_owner(const okb_grid_at *at)
{
    const okb_goal *goal = goal_of(at);
    if (goal)
        okb_at_text(at, goal->owner, OKB_STYLE_TEXT_WRAP);
}

static void put_baseline(const okb_grid_at *at)
{
    const okb_goal *goal = goal_of(at);
    if (goal)
        okb_at_number(at, isfinite(result_of(at)->baseline) ? result_of(at)->baseline : goal->baseline,
                      OKB_STYLE_INPUT);
}

static void put_current(const okb_grid_at *at)
{
    const okb_goal *goal = goal_of(at);
    if (goal)
        okb_at_number(at, isfinite(result_of(at)->current) ? result_of(at)->current : goal->current, OKB_STYLE_INPUT);
}

static void put_target(const okb_grid_at *at)
{
    const okb_goal *goal = goal_of(at);
    if (goal)
        okb_at_number(at, isfinite(result_of(at)->target) ? result_of(at)->target : goal->target, OKB_STYLE_INPUT);
}

static void put_unit(const okb_grid_at *at)
{
    const okb_goal *goal = goal_of(at);
    if (goal)
        okb_at_text(at, goal->unit, OKB_STYLE_TEXT_INDENT);
}

static void put_live(const okb_grid_at *at, okb_live live, okb_style style)
{
    if (live.formula)
        okb_put_formula(at->book, at->sheet, at->row, at->column, live.formula, live.value, style, at->tone);
    else
        okb_at_number(at, live.value, style);
}

static bool is_scored_line(const okb_grid_at *at)
{
    const okb_goal *goal = goal_of(at);
    return goal && goal->kind != OKB_INITIATIVE;
}

static void put_score(const okb_grid_at *at)
{
    const okb_goal *goal = goal_of(at);
    if (!goal)
        return;
    okb_live live = okb_team_score_formula(view_of(at), at->ix);
    if (!is_scored_line(at) && !isfinite(live.value))
        return; /* an initiative has a score only where the input states one */
    if (live.formula)
        at->book->live_rollups++;
    else
        at->book->fixed_rollups += isfinite(live.value);
    put_live(at, live, OKB_STYLE_SCORE);
}

static void put_expected(const okb_grid_at *at)
{
    if (is_scored_line(at))
        put_live(at, okb_team_expected_formula(view_of(at), at->ix), OKB_STYLE_SCORE);
}

static void put_status(const okb_grid_at *at)
{
    const okb_goal *goal = goal_of(at);
    if (!goal)
        return;
    const okb_result *result = result_of(at);
    if (!is_scored_line(at) && !isfinite(result->score)) {
        okb_at_word(at, okb_status_words(goal->status), OKB_STYLE_STATUS);
        return;
    }
    const char *formula = okb_team_status_formula(view_of(at), at->ix);
    const char *words = okb_looks[okb_look_of_pace(result->pace)].words;
    if (formula)
        okb_put_formula_text(at->book, at->sheet, at->row, at->column, formula, okb_span_of(words), OKB_STYLE_STATUS,
                             at->tone);
    else
        okb_at_word(at, words, OKB_STYLE_STATUS);
}

static void put_forecast(const okb_grid_at *at)
{
    const okb_goal *goal = goal_of(at);
    if (goal)
        okb_at_number(at, result_of(at)->forecast, OKB_STYLE_SCORE);
}

static void put_confidence(const okb_grid_at *at)
{
    const okb_goal *goal = goal_of(at);
    if (goal)
        okb_at_number(at, result_of(at)->confidence, OKB_STYLE_RATE);
}

static void put_trend(const okb_grid_at *at)
{
    const okb_goal *goal = goal_of(at);
    if (goal)
        okb_at_number(at, result_of(at)->confidence_trend, OKB_STYLE_TREND);
}

static void put_last(const okb_grid_at *at)
{
    const okb_goal *goal = goal_of(at);
    if (goal)
        okb_at_day(at, result_of(at)->last_checkin, OKB_STYLE_DAY);
}

static void put_note(const okb_grid_at *at)
{
    const okb_goal *goal = goal_of(at);
    if (!goal)
        return;
    const okb_result *result = result_of(at);
    okb_span blocker = result->last_blocker.n ? result->last_blocker : goal->blocker;
    okb_span comment = result->last_comment.n ? result->last_comment : goal->comment;
    char day[11] = "";
    okb_day_print(result->last_checkin, day);
    okb_span head = comment.n || blocker.n ? okb_span_of(day) : (okb_span){NULL, 0};
    okb_at_text(at,
                okb_arena_printf(&at->book->facts.scratch, "%.*s%s%.*s%s%.*s", OKB_FMT(head), head.n ? ": " : "",
                                 OKB_FMT(comment),
                                 !blocker.n  ? ""
                                 : comment.n ? "\nBlocked: "
                                             : "Blocked: ",
                                 OKB_FMT(blocker)),
                OKB_STYLE_TEXT_INDENT);
}

/* A letter for yes, a point for no, a question mark for not known. */
static char letter(okb_answer answer, char yes)
{
    return answer == OKB_YES || answer == OKB_BINARY ? yes : answer == OKB_NO ? '-' : '?';
}

static void put_smart(const okb_grid_at *at)
{
    const okb_goal *goal = goal_of(at);
    if (!goal || goal->kind == OKB_OBJECTIVE || goal->kind == OKB_INITIATIVE || !at->book->plan->verdicts)
        return;
    const okb_verdict *v = okb_facts_verdict(&at->book->facts, line_of(at)->goal_ix);
    okb_at_text(at,
                okb_arena_printf(&at->book->facts.scratch, "%c %c %c %c %c", letter(v->specific, 'S'),
                                 letter(v->measurable, 'M'), letter(v->achievable, 'A'), letter(v->relevant, 'R'),
                                 letter(v->timebound, 'T')),
                OKB_STYLE_TEXT_CENTRE);
}

static void put_ask(const okb_grid_at *at)
{
    const okb_goal *goal = goal_of(at);
    if (!goal)
        return;
    uint32_t top = at->book->facts.top[line_of(at)->goal_ix];
    if (top == OKB_NONE)
        return;
    const okb_finding *finding = &at->book->plan->findings[top];
    okb_at_text(at,
                okb_arena_printf(&at->book->facts.scratch, "%.*s%s%.*s",
                                 OKB_FMT(okb_as_sentence(at->book, finding->message)),
                                 finding->message.n && finding->question.n ? "\n" : "", OKB_FMT(finding->question)),
                OKB_STYLE_TEXT_WRAP);
}

static void put_kind(const okb_grid_at *at)
{
    const okb_goal *goal = goal_of(at);
    static const char *const words[] = {"", "Objective", "Key result", "Goal", "Initiative"};
    if (goal)
        okb_at_word(at, words[goal->kind], OKB_STYLE_TEXT);
}

static const char *counts_in(const okb_grid_at *at)
{
    const okb_line *line = line_of(at);
    if (line->goal_ix == OKB_NONE || result_of(at)->is_left_out)
        return "";
    return line->counts_in_team ? "Team" : line->role == OKB_LINE_PART ? "Objective" : "";
}

static void put_counts(const okb_grid_at *at)
{
    okb_at_word(at, counts_in(at), OKB_STYLE_TEXT);
}

static void put_way(const okb_grid_at *at)
{
    const okb_goal *goal = goal_of(at);
    static const char *const words[] = {"", "↑ increase", "↓ decrease", "≥ at least", "≤ at most", "✓ milestone"};
    if (goal)
        okb_at_word(at, words[goal->direction], OKB_STYLE_TEXT);
}

static void put_weight(const okb_grid_at *at)
{
    const okb_line *line = line_of(at);
    bool is_part = line->role == OKB_LINE_PART || (line->role == OKB_LINE_OBJECTIVE && line->parent_line != OKB_NONE);
    if (is_part && !result_of(at)->is_left_out)
        okb_at_number(at, okb_goal_weight(at->book->plan, line->goal_ix), OKB_STYLE_INPUT);
}

/* Where the score does not come from a metric: what it comes from. */
static void put_stated(const okb_grid_at *at)
{
    const okb_goal *goal = goal_of(at);
    if (!goal)
        return;
    const okb_result *result = result_of(at);
    if (goal->kind == OKB_OBJECTIVE)
        okb_at_number(at, result->stated, OKB_STYLE_INPUT);
    else if (result->is_stated || goal->direction == OKB_MILESTONE)
        okb_at_number(at, result->raw, OKB_STYLE_INPUT);
}

static void put_zero(const okb_grid_at *at)
{
    if (is_scored_line(at))
        put_live(at, okb_team_zero_formula(view_of(at), at->ix), OKB_STYLE_SCORE);
}

static void put_reported(const okb_grid_at *at)
{
    const okb_goal *goal = goal_of(at);
    if (!goal)
        return;
    okb_status status = result_of(at)->last_status ? result_of(at)->last_status : goal->status;
    okb_at_word(at, okb_status_words(status), OKB_STYLE_STATUS);
}

static void put_start(const okb_grid_at *at)
{
    const okb_goal *goal = goal_of(at);
    if (goal)
        okb_at_day(at, goal->start, OKB_STYLE_INPUT_DAY);
}

static void put_due(const okb_grid_at *at)
{
    const okb_goal *goal = goal_of(at);
    if (goal)
        okb_at_day(at, goal->due, OKB_STYLE_INPUT_DAY);
}

static void put_ambition(const okb_grid_at *at)
{
    const okb_goal *goal = goal_of(at);
    if (goal)
        okb_at_word(at, okb_ambition_name(goal->ambition), OKB_STYLE_TEXT);
}

static void put_id(const okb_grid_at *at)
{
    const okb_goal *goal = goal_of(at);
    if (goal)
        okb_at_text(at, goal->id, OKB_STYLE_TEXT);
}

static const okb_grid_column columns[TEAM_COLUMNS] = {
    [TEAM_NUMBER] = {"No.", 7, OKB_STYLE_TEXT, NULL, put_number, 0},
    [TEAM_TITLE] = {"Objective, key result, initiative", 40, OKB_STYLE_TEXT_WRAP, NULL, put_title, 0},
    [TEAM_OWNER] = {"Owner", 13, OKB_STYLE_TEXT_WRAP, NULL, put_owner, 0},
    [TEAM_BASELINE] = {"Baseline", 9, OKB_STYLE_INPUT, NULL, put_baseline, 0},
    [TEAM_CURRENT] = {"Now", 9, OKB_STYLE_INPUT, NULL, put_current, 0},
    [TEAM_TARGET] = {"Target", 9, OKB_STYLE_INPUT, NULL, put_target, 0},
    [TEAM_UNIT] = {"Unit", 9, OKB_STYLE_TEXT_INDENT, NULL, put_unit, 0},
    [TEAM_SCORE] = {"Score", 9, OKB_STYLE_SCORE, NULL, put_score, 0},
    [TEAM_STATUS] = {"Status", 13, OKB_STYLE_STATUS, NULL, put_status, 0},
    [TEAM_FORECAST] = {"Forecast", 9, OKB_STYLE_SCORE, NULL, put_forecast, 0},
    [TEAM_CONFIDENCE] = {"Confidence", 11, OKB_STYLE_RATE, NULL, put_confidence, 0},
    [TEAM_TREND] = {"Trend", 8, OKB_STYLE_TREND, NULL, put_trend, 0},
    [TEAM_NOTE] = {"Last note", 28, OKB_STYLE_TEXT_INDENT, NULL, put_note, 0},
    [TEAM_SMART] = {"SMART", 10, OKB_STYLE_TEXT_CENTRE, NULL, put_smart, 0},
    [TEAM_ASK] = {"What matters most, and what to ask", 38, OKB_STYLE_TEXT_WRAP, NULL, put_ask, 0},
    [TEAM_EXPECTED] = {"Expected by now", 10, OKB_STYLE_SCORE, NULL, put_expected, 0},
    [TEAM_LAST] = {"Last check-in", 11, OKB_STYLE_DAY, NULL, put_last, 0},
    [TEAM_KIND] = {"Kind", 11, OKB_STYLE_TEXT, NULL, put_kind, 0},
    [TEAM_COUNTS] = {"Counts in", 11, OKB_STYLE_TEXT, NULL, put_counts, 0},
    [TEAM_WAY] = {"Direction", 12, OKB_STYLE_TEXT, NULL, put_way, 0},
    [TEAM_WEIGHT] = {"Weight", 8, OKB_STYLE_INPUT, NULL, put_weight, 0},
    [TEAM_STATED] = {"Stated score", 9, OKB_STYLE_INPUT, NULL, put_stated, 0},
    [TEAM_ZERO] = {"Score, missing as 0", 10, OKB_STYLE_SCORE, NULL, put_zero, 0},
    [TEAM_REPORTED] = {"Reported status", 15, OKB_STYLE_STATUS, NULL, put_reported, 0},
    [TEAM_START] = {"Start", 11, OKB_STYLE_INPUT_DAY, NULL, put_start, 0},
    [TEAM_DUE] = {"Due", 11, OKB_STYLE_INPUT_DAY, NULL, put_due, 0},
    [TEAM_AMBITION] = {"Ambition", 11, OKB_STYLE_TEXT, NULL, put_ambition, 0},
    [TEAM_ID] = {"Id", 14, OKB_STYLE_TEXT, NULL, put_id, 0},
};

static okb_tone tone_of(const okb_grid_at *at)
{
    const okb_line *line = line_of(at);
    if (line->role == OKB_LINE_OBJECTIVE || line->role == OKB_LINE_SECTION)
        return OKB_TONE_HEADING;
    const okb_goal *goal = goal_of(at);
    return goal && goal->kind == OKB_INITIATIVE ? OKB_TONE_MUTED : OKB_TONE_BODY;
}

static uint32_t level_of(const okb_grid_at *at)
{
    return line_of(at)->depth;
}

/* ---- the figures above ---- */

typedef struct figure_place {
    uint32_t label_column, value_column;
} figure_place;

enum { FIGURE_BLOCKS = 4, FIGURE_ROWS = 5 };
static const figure_place places[FIGURE_BLOCKS] = {
    {TEAM_TITLE, TEAM_OWNER}, {TEAM_BASELINE, TEAM_SCORE}, {TEAM_STATUS, TEAM_TREND}, {TEAM_NOTE, TEAM_SMART}};

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

/* A formula where it comes to the plan's figure, the figure itself where it does not. */
static void figure_live(okb_page *page, const okb_team_view *view, uint32_t row, uint32_t column, const char *formula,
                        double value, double truth, okb_style style)
{
    bool is_live = view->sheet->n_parts == 1 && is_close(value, truth);
    if (is_live)
        okb_page_formula(page, row, column, formula, value, style, OKB_TONE_OPEN);
    else
        okb_page_number(page, row, column, truth, style, OKB_TONE_OPEN);
}

static void figure_label(okb_page *page, uint32_t block, uint32_t at, const char *label)
{
    okb_page_word(page, OKB_TEAM_FIGURE_ROW + at, places[block].label_column, label, OKB_STYLE_FIGURE_LABEL,
                  OKB_TONE_OPEN);
}

static void figure_rate(okb_page *page, uint32_t block, uint32_t at, const char *label, uint32_t n, uint32_t of,
                        double rate)
{
    figure_label(page, block, at, okb_page_printf(page, "%s (%u of %u)", label, n, of));
    okb_page_number(page, OKB_TEAM_FIGURE_ROW + at, places[block].value_column, rate, OKB_STYLE_RATE, OKB_TONE_OPEN);
}

static void write_figures(okb_page *page, const okb_team_view *view, const okb_team_result *t)
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
    okb_page_number(page, row + 3, c, t->previous_score, OKB_STYLE_SCORE, OKB_TONE_OPEN);
    figure_label(page, 0, 4, "Change");
    if (isfinite(t->previous_score))
        okb_page_formula(page, row + 4, c,
                         okb_page_printf(page, "=IF(COUNT(%s,%s)<2,\"\",%s-%s)", okb_book_cell(book, row, c, false),
                                         okb_book_cell(book, row + 3, c, false), okb_book_cell(book, row, c, false),
                                         okb_book_cell(book, row + 3, c, false)),
                         t->change, OKB_STYLE_DELTA, OKB_TONE_OPEN);
    c = places[1].value_column;
    figure_label(page, 1, 0, okb_page_printf(page, "Scored (of %u)", t->n_parts));
    figure_live(page, view, row, c, okb_page_printf(page, "=SUMPRODUCT((%s=\"Team\")*ISNUMBER(%s))", counts, score),
                m.n_scored, t->n_scored, OKB_STYLE_COUNT);
    figure_label(page, 1, 1, "Score, missing as 0");
    figure_live(
        page, view, row + 1, c,
        okb_page_printf(page, "=IFERROR(AVERAGEIF(%s,\"Team\",%s),\"\")", counts, column_range(view, TEAM_ZERO)),
        m.zero, t->score_missing_zero, OKB_STYLE_SCORE);
    figure_label(page, 1, 2, "Confidence");
    okb_page_number(page, row + 2, c, t->confidence, OKB_STYLE_RATE, OKB_TONE_OPEN);
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
    figure_label(page, 3, 2, "Framework advised");
    okb_page_text(page, row + 2, places[3].value_column, t->advice, OKB_STYLE_FIGURE_TEXT, OKB_TONE_OPEN);
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
    okb_sheet *summary = okb_book_sheet(book, OKB_SHEET_SUMMARY);
    if (summary)
        okb_page_link(&page, 1, TEAM_ASK, summary->link, OKB_S("Back to the Summary"), OKB_STYLE_LINK_PLAIN,
                      OKB_TONE_OPEN);
    const okb_team_result *result = okb_plan_team_result(plan, view->team_ix, plan->cycle_ix);
    if (result)
        write_figures(&page, view, result);
    okb_page_flush(&page);
}

void okb_sheet_team_write(okb_book *book, okb_sheet *sheet, okb_rows rows)
{
    (void)rows;
    okb_team_view view = {book, sheet, &book->layouts[sheet->team_ix], sheet->team_ix};
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
    okb_sheet_status_colours(book, sheet, OKB_TEAM_FIRST_ROW, last, TEAM_STATUS);
    okb_sheet_score_bars(book, sheet, OKB_TEAM_FIRST_ROW, last, TEAM_SCORE);
    worksheet_outline_settings(sheet->ws, LXW_TRUE, LXW_FALSE, LXW_TRUE, LXW_FALSE);
    worksheet_gridlines(sheet->ws, LXW_HIDE_ALL_GRIDLINES);
    okb_book_check(book, worksheet_print_area(sheet->ws, 0, 0, last, TEAM_PRINTED - 1), sheet, "set the print area");
}

/* ---- what other sheets point to ---- */

const char *okb_team_figure_ref(okb_book *book, uint32_t team_ix, okb_figure figure)
{
    const okb_sheet *sheet = okb_book_team_sheet(book, team_ix);
    if (!sheet)
        return NULL;
    return okb_book_printf(book, "%s%s", sheet->ref.p,
                           okb_book_cell(book, OKB_TEAM_FIGURE_ROW + (uint32_t)figure, places[0].value_column, true));
}

const char *okb_team_line_ref(okb_book *book, uint32_t goal_ix, uint32_t line_ix, uint32_t column)
{
    okb_sheet *sheet = okb_book_team_sheet(book, book->plan->goals[goal_ix].team_ix);
    if (!sheet)
        return NULL;
    uint32_t row = okb_team_row(sheet, line_ix);
    return row == OKB_NONE ? NULL : okb_book_printf(book, "%s%s", sheet->ref.p, okb_book_cell(book, row, column, true));
}
