/* The cells of a team's lines: each function writes what one column says of a line. Sections have a caption only. */
#include "sheet_team.h"

#include <math.h>

bool okb_team_has_tail(double value)
{
    const double kept = 1e4; /* four decimals are shown as they are */
    return isfinite(value) && fabs(value) < kept && fabs(value * kept - round(value * kept)) > 1e-6;
}

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
    okb_at_text(at, okb_line_label(at->book->plan, view->layout, at->ix, &at->book->facts.scratch));
}

static void put_title(const okb_grid_at *at)
{
    const okb_goal *goal = goal_of(at);
    const okb_line *line = line_of(at);
    if (line->goal_ix == OKB_NONE) {
        okb_at_text_in(at, okb_span_of(okb_section_title(at->book->plan, view_of(at)->layout, at->ix)), OKB_STYLE_TEXT);
        return;
    }
    static const okb_style steps[] = {OKB_STYLE_TEXT_INDENT, OKB_STYLE_TEXT_INDENT2, OKB_STYLE_TEXT_INDENT3,
                                      OKB_STYLE_TEXT_INDENT4};
    enum { DEEPEST = sizeof steps / sizeof steps[0] - 1 };
    okb_at_text_in(at, goal->title, steps[line->depth < DEEPEST ? line->depth : DEEPEST]);
}

static void put_owner(const okb_grid_at *at)
{
    const okb_goal *goal = goal_of(at);
    if (goal)
        okb_at_text(at, goal->owner);
}

/* The figure that the score was computed from, else the one of the input. */
static void put_input(const okb_grid_at *at, double used, double given)
{
    double value = isfinite(used) ? used : given;
    okb_at_number_in(at, value, okb_team_has_tail(value) ? OKB_STYLE_INPUT_SHORT : OKB_STYLE_INPUT);
}

static void put_baseline(const okb_grid_at *at)
{
    const okb_goal *goal = goal_of(at);
    if (goal)
        put_input(at, result_of(at)->baseline, goal->baseline);
}

static void put_current(const okb_grid_at *at)
{
    const okb_goal *goal = goal_of(at);
    if (goal)
        put_input(at, result_of(at)->current, goal->current);
}

static void put_target(const okb_grid_at *at)
{
    const okb_goal *goal = goal_of(at);
    if (goal)
        put_input(at, result_of(at)->target, goal->target);
}

static void put_unit(const okb_grid_at *at)
{
    const okb_goal *goal = goal_of(at);
    if (goal)
        okb_at_text(at, goal->unit);
}

static void put_live(const okb_grid_at *at, okb_live live, okb_style style)
{
    if (live.formula)
        okb_put_formula(at->book, at->sheet, at->row, at->column, live.formula, live.value, style, at->tone);
    else
        okb_at_number_in(at, live.value, style);
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
        at->book->fixed_rollups += isfinite(live.value) ? 1 : 0;
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
    if (!is_scored_line(at)) { /* an initiative is done or not; it is not measured against a pace */
        okb_at_word(at, okb_status_words(result->last_status ? result->last_status : goal->status));
        return;
    }
    const char *formula = okb_team_status_formula(view_of(at), at->ix);
    const char *words = okb_looks[okb_look_of_pace(result->pace)].words;
    if (formula)
        okb_put_formula_text(at->book, at->sheet, at->row, at->column, formula, okb_span_of(words), OKB_STYLE_STATUS,
                             at->tone);
    else
        okb_at_word(at, words);
}

static void put_forecast(const okb_grid_at *at)
{
    const okb_goal *goal = goal_of(at);
    if (goal)
        put_live(at, okb_team_forecast_formula(view_of(at), at->ix), OKB_STYLE_SCORE);
}

static void put_confidence(const okb_grid_at *at)
{
    const okb_goal *goal = goal_of(at);
    if (goal)
        okb_at_number(at, result_of(at)->confidence);
}

/* A trend that is shown as 0.00 points nowhere. */
static double shown_trend(double trend)
{
    double shown = okb_round_half_up(fabs(trend), 2);
    return isfinite(trend) ? trend < 0 ? -shown : shown : NAN;
}

static void put_trend(const okb_grid_at *at)
{
    const okb_goal *goal = goal_of(at);
    if (goal)
        okb_at_number(at, shown_trend(result_of(at)->confidence_trend));
}

static void put_last(const okb_grid_at *at)
{
    const okb_goal *goal = goal_of(at);
    if (goal)
        okb_at_day(at, result_of(at)->last_checkin);
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
    okb_at_text(at, okb_arena_printf(&at->book->facts.scratch, "%.*s%s%.*s%s%.*s", OKB_FMT(head), head.n ? ": " : "",
                                     OKB_FMT(comment),
                                     !blocker.n  ? ""
                                     : comment.n ? "\nBlocked: "
                                                 : "Blocked: ",
                                     OKB_FMT(blocker)));
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
    okb_at_text(at, okb_arena_printf(&at->book->facts.scratch, "%c %c %c %c %c", letter(v->specific, 'S'),
                                     letter(v->measurable, 'M'), letter(v->achievable, 'A'), letter(v->relevant, 'R'),
                                     letter(v->timebound, 'T')));
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
    okb_span message = okb_as_sentence(at->book, okb_facts_about(&at->book->facts, finding, finding->message));
    okb_span question = okb_facts_asked(finding);
    okb_at_text(at, okb_arena_printf(&at->book->facts.scratch, "%.*s%s%.*s", OKB_FMT(message),
                                     message.n && question.n ? "\n" : "", OKB_FMT(question)));
}

static void put_kind(const okb_grid_at *at)
{
    const okb_goal *goal = goal_of(at);
    static const char *const words[] = {"", "Objective", "Key result", "Goal", "Initiative"};
    if (goal)
        okb_at_word(at, words[goal->kind]);
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
    okb_at_word(at, counts_in(at));
}

static void put_way(const okb_grid_at *at)
{
    const okb_goal *goal = goal_of(at);
    static const char *const words[] = {"", "↑ increase", "↓ decrease", "≥ at least", "≤ at most", "✓ milestone"};
    if (goal)
        okb_at_word(at, words[goal->direction]);
}

static void put_weight(const okb_grid_at *at)
{
    const okb_line *line = line_of(at);
    bool is_part = line->role == OKB_LINE_PART || (line->role == OKB_LINE_OBJECTIVE && line->parent_line != OKB_NONE);
    if (is_part && !result_of(at)->is_left_out)
        okb_at_number(at, okb_goal_weight(at->book->plan, line->goal_ix));
}

/* Where the score does not come from a metric: what it comes from. */
static void put_stated(const okb_grid_at *at)
{
    const okb_goal *goal = goal_of(at);
    if (!goal)
        return;
    const okb_result *result = result_of(at);
    if (goal->kind == OKB_OBJECTIVE)
        okb_at_number(at, result->stated);
    else if (result->is_stated || goal->direction == OKB_MILESTONE)
        okb_at_number(at, result->raw);
}

static void put_zero(const okb_grid_at *at)
{
    if (is_scored_line(at))
        put_live(at, okb_team_zero_formula(view_of(at), at->ix), OKB_STYLE_SCORE);
}

static void put_won(const okb_grid_at *at)
{
    if (is_scored_line(at))
        put_live(at, okb_team_won_formula(view_of(at), at->ix), OKB_STYLE_COUNT);
}

static void put_missed(const okb_grid_at *at)
{
    if (is_scored_line(at))
        put_live(at, okb_team_missed_formula(view_of(at), at->ix), OKB_STYLE_COUNT);
}

static void put_reported(const okb_grid_at *at)
{
    const okb_goal *goal = goal_of(at);
    if (!goal)
        return;
    okb_status status = result_of(at)->last_status ? result_of(at)->last_status : goal->status;
    okb_at_word(at, okb_status_words(status));
}

static void put_start(const okb_grid_at *at)
{
    const okb_goal *goal = goal_of(at);
    if (goal)
        okb_at_day(at, goal->start);
}

static void put_due(const okb_grid_at *at)
{
    const okb_goal *goal = goal_of(at);
    if (goal)
        okb_at_day(at, goal->due);
}

static void put_ambition(const okb_grid_at *at)
{
    const okb_goal *goal = goal_of(at);
    if (goal)
        okb_at_word(at, okb_ambition_name(goal->ambition));
}

static void put_id(const okb_grid_at *at)
{
    const okb_goal *goal = goal_of(at);
    if (goal)
        okb_at_text(at, goal->id);
}

const okb_grid_column okb_team_columns[TEAM_COLUMNS] = {
    [TEAM_NUMBER] = {"No.", 6, OKB_STYLE_TEXT, .put = put_number},
    [TEAM_TITLE] = {"Objective, key result, initiative", 42, OKB_STYLE_TEXT_WRAP, .put = put_title},
    [TEAM_OWNER] = {"Owner", 14, OKB_STYLE_REMARK, .put = put_owner},
    [TEAM_BASELINE] = {"Baseline", 9, OKB_STYLE_INPUT, .put = put_baseline},
    [TEAM_CURRENT] = {"Now", 9, OKB_STYLE_INPUT, .put = put_current},
    [TEAM_TARGET] = {"Target", 9, OKB_STYLE_INPUT, .put = put_target},
    [TEAM_UNIT] = {"Unit", 11, OKB_STYLE_REMARK_INDENT, .put = put_unit},
    [TEAM_SCORE] = {"Score", 8, OKB_STYLE_SCORE, .put = put_score},
    [TEAM_STATUS] = {"Status", 12, OKB_STYLE_STATUS, .put = put_status},
    [TEAM_FORECAST] = {"Forecast", 9, OKB_STYLE_SCORE, .put = put_forecast},
    [TEAM_CONFIDENCE] = {"Confidence", 11, OKB_STYLE_RATE, .put = put_confidence},
    [TEAM_TREND] = {"Trend", 8, OKB_STYLE_TREND, .put = put_trend},
    [TEAM_NOTE] = {"Last note", 30, OKB_STYLE_REMARK_INDENT, .put = put_note},
    [TEAM_SMART] = {"SMART", 9, OKB_STYLE_TEXT_CENTRE, .put = put_smart},
    [TEAM_ASK] = {"What matters most, and what to ask", 40, OKB_STYLE_REMARK, .put = put_ask},
    [TEAM_EXPECTED] = {"Expected by now", 10, OKB_STYLE_SCORE, .put = put_expected},
    [TEAM_LAST] = {"Last check-in", 11, OKB_STYLE_DAY, .put = put_last},
    [TEAM_KIND] = {"Kind", 11, OKB_STYLE_TEXT, .put = put_kind},
    [TEAM_COUNTS] = {"Counts in", 11, OKB_STYLE_TEXT, .put = put_counts},
    [TEAM_WAY] = {"Direction", 12, OKB_STYLE_TEXT, .put = put_way},
    [TEAM_WEIGHT] = {"Weight", 8, OKB_STYLE_INPUT, .put = put_weight},
    [TEAM_STATED] = {"Stated score", 9, OKB_STYLE_INPUT, .put = put_stated},
    [TEAM_ZERO] = {"Score, missing as 0", 10, OKB_STYLE_SCORE, .put = put_zero},
    [TEAM_WON] = {"Won", 8, OKB_STYLE_COUNT, .put = put_won},
    [TEAM_MISSED] = {"Will miss", 8, OKB_STYLE_COUNT, .put = put_missed},
    [TEAM_REPORTED] = {"Reported status", 15, OKB_STYLE_STATUS, .put = put_reported},
    [TEAM_START] = {"Start", 11, OKB_STYLE_INPUT_DAY, .put = put_start},
    [TEAM_DUE] = {"Due", 11, OKB_STYLE_INPUT_DAY, .put = put_due},
    [TEAM_AMBITION] = {"Ambition", 11, OKB_STYLE_TEXT, .put = put_ambition},
    [TEAM_ID] = {"Id", 14, OKB_STYLE_TEXT, .put = put_id},
};
