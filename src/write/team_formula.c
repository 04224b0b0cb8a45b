/*
 * The formulas of a team's sheet. Each is made together with the value that it has, worked out here in the same steps; where
 * that differs from the score of the plan (a rule that no short formula can tell), the sheet shows the plan's number.
 */
#include "sheet_team.h"

#include <math.h>

uint32_t okb_team_row(const okb_sheet *sheet, uint32_t line_ix)
{
    if (line_ix < sheet->first_row || line_ix - sheet->first_row >= sheet->n_rows)
        return OKB_NONE;
    return OKB_TEAM_FIRST_ROW + (line_ix - sheet->first_row);
}

static const char *cell(const okb_team_view *view, uint32_t line_ix, uint32_t column)
{
    return okb_book_cell(view->book, okb_team_row(view->sheet, line_ix), column, false);
}

static double clipped(double value)
{
    return value < 0 ? 0 : value > 1 ? 1 : value;
}

static double rounded(double value)
{
    return floor(value * 1e9 + 0.5) / 1e9;
}

/* ---- a goal's own score ---- */

static bool is_metric(const okb_goal *goal, const okb_result *result)
{
    return !result->is_stated && goal->direction != OKB_MILESTONE && isfinite(result->target) &&
           isfinite(result->current) && goal->ambition != OKB_LEARNING && goal->ambition != OKB_DIRECTIONAL;
}

static okb_live threshold_formula(const okb_team_view *view, uint32_t line_ix, const okb_goal *goal,
                                  const okb_result *result)
{
    okb_book *book = view->book;
    const char *current = cell(view, line_ix, TEAM_CURRENT), *target = cell(view, line_ix, TEAM_TARGET);
    bool is_least = goal->direction == OKB_AT_LEAST;
    const char *sign =
        is_least ? (book->set.threshold_is_inclusive ? ">=" : ">") : (book->set.threshold_is_inclusive ? "<=" : "<");
    bool is_met = is_least ? result->current > result->target : result->current < result->target;
    is_met = is_met || (book->set.threshold_is_inclusive && result->current == result->target);
    return (okb_live){
        okb_book_printf(book, "=IF(COUNT(%s,%s)<2,\"\",IF(%s%s%s,1,0))", current, target, current, sign, target),
        is_met};
}

static okb_live linear_formula(const okb_team_view *view, uint32_t line_ix, const okb_goal *goal,
                               const okb_result *result)
{
    const char *b = cell(view, line_ix, TEAM_BASELINE), *c = cell(view, line_ix, TEAM_CURRENT),
               *t = cell(view, line_ix, TEAM_TARGET);
    bool is_down = goal->direction == OKB_DECREASE;
    double value = result->target == result->baseline
                       ? (is_down ? result->current <= result->target : result->current >= result->target)
                       : clipped((result->current - result->baseline) / (result->target - result->baseline));
    return (okb_live){okb_book_printf(view->book,
                                      "=IF(COUNT(%s,%s,%s)<3,\"\",IF(%s=%s,IF(%s%s%s,1,0),"
                                      "MAX(0,MIN(1,(%s-%s)/(%s-%s)))))",
                                      b, c, t, b, t, c, is_down ? "<=" : ">=", t, c, b, t, b),
                      value};
}

static okb_live stated_formula(const okb_team_view *view, uint32_t line_ix, double stated)
{
    const char *s = cell(view, line_ix, TEAM_STATED);
    return (okb_live){okb_book_printf(view->book, "=IF(COUNT(%s)=0,\"\",MAX(0,MIN(1,%s)))", s, s),
                      isfinite(stated) ? clipped(stated) : NAN};
}

static okb_live own_formula(const okb_team_view *view, uint32_t line_ix, const okb_goal *goal, const okb_result *result)
{
    if (!is_metric(goal, result))
        return stated_formula(view, line_ix, result->raw);
    if (goal->direction == OKB_AT_LEAST || goal->direction == OKB_AT_MOST)
        return threshold_formula(view, line_ix, goal, result);
    if (isfinite(result->baseline))
        return linear_formula(view, line_ix, goal, result);
    return stated_formula(view, line_ix, result->raw);
}

/* ---- means ---- */

/* Weight with which a line counts in the objective above it; 0 where it does not. */
static double part_weight(const okb_team_view *view, uint32_t line_ix)
{
    const okb_line *line = &view->layout->lines[line_ix];
    const okb_result *result = okb_facts_result(&view->book->facts, line->goal_ix);
    double weight = okb_goal_weight(view->book->plan, line->goal_ix);
    return result->is_left_out || weight < 0 ? 0 : weight;
}

typedef struct mean {
    double sum, weight, zero_sum, all_weight;
} mean;

static void mean_add(mean *m, double weight, double score, double zero)
{
    m->all_weight += weight;
    m->zero_sum += weight * (isfinite(zero) ? zero : 0);
    if (!isfinite(score))
        return;
    m->weight += weight;
    m->sum += weight * score;
}

static mean mean_of_parts(const okb_team_view *view, uint32_t line_ix)
{
    const okb_line *line = &view->layout->lines[line_ix];
    mean m = {0};
    for (uint32_t at = line->first_part; line->first_part != OKB_NONE && at <= line->last_part; at++) {
        const okb_line *part = &view->layout->lines[at];
        if (part->role != OKB_LINE_PART || part->parent_line != line_ix)
            continue;
        const okb_result *result = okb_facts_result(&view->book->facts, part->goal_ix);
        mean_add(&m, part_weight(view, at), result->score, result->score_missing_zero);
    }
    return m;
}

static mean mean_of_children(const okb_team_view *view, uint32_t line_ix)
{
    const okb_line *line = &view->layout->lines[line_ix];
    mean m = {0};
    for (uint32_t at = line->first_child; at != OKB_NONE; at = view->layout->lines[at].next_sibling) {
        const okb_line *child = &view->layout->lines[at];
        const okb_result *result = okb_facts_result(&view->book->facts, child->goal_ix);
        mean_add(&m, part_weight(view, at), result->score, result->score_missing_zero);
    }
    return m;
}

/* Whether all lines that the objective's mean is of stand on this part of the sheet. */
static bool is_whole_here(const okb_team_view *view, uint32_t line_ix)
{
    const okb_line *line = &view->layout->lines[line_ix];
    if (view->sheet->n_parts == 1)
        return true;
    return line->first_child == OKB_NONE &&
           (line->first_part == OKB_NONE || okb_team_row(view->sheet, line->last_part) != OKB_NONE);
}

typedef struct range {
    const char *weights, *scores;
} range;

static range parts_range(const okb_team_view *view, uint32_t line_ix, uint32_t column)
{
    const okb_line *line = &view->layout->lines[line_ix];
    okb_book *book = view->book;
    return (range){
        okb_book_printf(book, "%s:%s", cell(view, line->first_part, TEAM_WEIGHT),
                        cell(view, line->last_part, TEAM_WEIGHT)),
        okb_book_printf(book, "%s:%s", cell(view, line->first_part, column), cell(view, line->last_part, column))};
}

/* Sums over the child objectives, cell by cell, because their own parts stand between them. */
typedef struct child_sums {
    okb_buf sum, weight;
    bool fits;
} child_sums;

static child_sums children_terms(const okb_team_view *view, uint32_t line_ix, uint32_t column, bool counts_missing)
{
    const okb_line *line = &view->layout->lines[line_ix];
    child_sums terms = {.fits = true};
    for (uint32_t at = line->first_child; at != OKB_NONE; at = view->layout->lines[at].next_sibling) {
        const char *plus = terms.sum.n ? "+" : "", *weight = cell(view, at, TEAM_WEIGHT),
                   *score = cell(view, at, column);
        okb_buf_printf(&terms.sum, "%sN(%s)*N(%s)", plus, weight, score);
        if (counts_missing)
            okb_buf_printf(&terms.weight, "%sN(%s)", plus, weight);
        else
            okb_buf_printf(&terms.weight, "%sN(%s)*COUNT(%s)", plus, weight, score);
    }
    terms.fits = terms.sum.n + 2 * terms.weight.n < OKB_FORMULA_BYTES - 512;
    return terms;
}

/* IF(weight=0,other,sum/weight), from the innermost case out. */
static const char *ratio(okb_book *book, const char *sum, const char *weight, const char *other)
{
    return okb_book_printf(book, "IF((%s)=0,%s,(%s)/(%s))", weight, other, sum, weight);
}

static okb_live objective_formula(const okb_team_view *view, uint32_t line_ix, bool counts_missing)
{
    okb_book *book = view->book;
    const okb_line *line = &view->layout->lines[line_ix];
    const okb_result *result = okb_facts_result(&book->facts, line->goal_ix);
    if (!is_whole_here(view, line_ix))
        return (okb_live){NULL, NAN};
    if (line->first_part == OKB_NONE && line->first_child == OKB_NONE && !isfinite(result->stated))
        return (okb_live){NULL, NAN}; /* nothing to work it out from */
    uint32_t column = counts_missing ? TEAM_ZERO : TEAM_SCORE;
    mean parts = mean_of_parts(view, line_ix), children = mean_of_children(view, line_ix);
    double parts_weight = counts_missing ? parts.all_weight : parts.weight;
    double children_weight = counts_missing ? children.all_weight : children.weight;
    okb_live live = {counts_missing ? "0" : "\"\"", counts_missing ? 0 : NAN};
    if (isfinite(result->stated)) {
        const char *stated = cell(view, line_ix, TEAM_STATED);
        live.formula = okb_book_printf(book, "IF(COUNT(%s)=0,%s,MAX(0,MIN(1,%s)))", stated, live.formula, stated);
        live.value = clipped(result->stated);
    }
    if (line->first_child != OKB_NONE) {
        child_sums terms = children_terms(view, line_ix, column, counts_missing);
        if (terms.fits)
            live.formula = ratio(book, terms.sum.p, terms.weight.p, live.formula);
        okb_buf_free(&terms.sum);
        okb_buf_free(&terms.weight);
        if (!terms.fits)
            return (okb_live){NULL, NAN};
        if (children_weight > 0)
            live.value = (counts_missing ? children.zero_sum : children.sum) / children_weight;
    }
    if (line->first_part != OKB_NONE) {
        range r = parts_range(view, line_ix, column);
        const char *sum = okb_book_printf(book, "SUMPRODUCT(%s,%s)", r.weights, r.scores);
        const char *weight = counts_missing ? okb_book_printf(book, "SUM(%s)", r.weights)
                                            : okb_book_printf(book, "SUMIF(%s,\">=0\",%s)", r.scores, r.weights);
        live.formula = ratio(book, sum, weight, live.formula);
        if (parts_weight > 0)
            live.value = (counts_missing ? parts.zero_sum : parts.sum) / parts_weight;
    }
    live.formula = okb_book_printf(book, "=%s", live.formula);
    return live;
}

/* ---- what the sheet shows ---- */

static bool agrees(double a, double b)
{
    return (isnan(a) && isnan(b)) || fabs(a - b) <= 1e-9;
}

static okb_live held_to(okb_live live, double truth)
{
    if (live.formula && !agrees(live.value, truth))
        live.formula = NULL;
    live.value = live.formula && isfinite(live.value) ? live.value : truth;
    return live;
}

okb_live okb_team_score_formula(const okb_team_view *view, uint32_t line_ix)
{
    const okb_line *line = &view->layout->lines[line_ix];
    const okb_goal *goal = &view->book->plan->goals[line->goal_ix];
    const okb_result *result = okb_facts_result(&view->book->facts, line->goal_ix);
    if (line->role != OKB_LINE_OBJECTIVE)
        return held_to(own_formula(view, line_ix, goal, result), result->score);
    if (view->book->set.missing_blocks)
        return (okb_live){NULL, result->score};
    return held_to(objective_formula(view, line_ix, view->book->set.missing_is_zero), result->score);
}

okb_live okb_team_zero_formula(const okb_team_view *view, uint32_t line_ix)
{
    const okb_line *line = &view->layout->lines[line_ix];
    const okb_result *result = okb_facts_result(&view->book->facts, line->goal_ix);
    if (result->is_left_out)
        return (okb_live){NULL, NAN};
    if (line->role == OKB_LINE_OBJECTIVE)
        return held_to(objective_formula(view, line_ix, true), result->score_missing_zero);
    okb_live live = {okb_book_printf(view->book, "=N(%s)", cell(view, line_ix, TEAM_SCORE)),
                     isfinite(result->score) ? result->score : 0};
    return held_to(live, result->score_missing_zero);
}

okb_live okb_team_expected_formula(const okb_team_view *view, uint32_t line_ix)
{
    okb_book *book = view->book;
    const okb_line *line = &view->layout->lines[line_ix];
    const okb_goal *goal = &book->plan->goals[line->goal_ix];
    const okb_result *result = okb_facts_result(&book->facts, line->goal_ix);
    if (goal->start == OKB_DAY_NONE || goal->due == OKB_DAY_NONE)
        return (okb_live){NULL, result->expected};
    const char *start = cell(view, line_ix, TEAM_START), *due = cell(view, line_ix, TEAM_DUE),
               *as_of = okb_param_ref(book, OKB_PARAM_AS_OF);
    okb_live live = {okb_book_printf(book, "=IF(%s>%s,MAX(0,MIN(1,(%s-%s)/(%s-%s))),IF(%s>=%s,1,0))", due, start, as_of,
                                     start, due, start, as_of, due),
                     okb_goal_elapsed(goal, okb_book_as_of(book))};
    return held_to(live, result->expected);
}

/* ---- forecast ---- */

/* Where the run rate tells it, the forecast follows from the cells; a slope of check-ins does not, and stands as a number. */
okb_live okb_team_forecast_formula(const okb_team_view *view, uint32_t line_ix)
{
    okb_book *book = view->book;
    const okb_line *line = &view->layout->lines[line_ix];
    const okb_goal *goal = &book->plan->goals[line->goal_ix];
    const okb_result *r = okb_facts_result(&book->facts, line->goal_ix);
    okb_day as_of = okb_book_as_of(book);
    okb_live live = {NULL, r->forecast};
    if (!isfinite(r->forecast) || !is_metric(goal, r) || !isfinite(r->baseline) || goal->start == OKB_DAY_NONE ||
        goal->due == OKB_DAY_NONE || as_of <= goal->start)
        return live;
    const char *b = cell(view, line_ix, TEAM_BASELINE), *c = cell(view, line_ix, TEAM_CURRENT),
               *t = cell(view, line_ix, TEAM_TARGET), *start = cell(view, line_ix, TEAM_START),
               *due = cell(view, line_ix, TEAM_DUE), *day = okb_param_ref(book, OKB_PARAM_AS_OF);
    double then = r->current + (r->current - r->baseline) / (as_of - goal->start) * (goal->due - as_of);
    const char *value = okb_book_printf(book, "(%s+(%s-%s)/(%s-%s)*(%s-%s))", c, c, b, day, start, due, day);
    bool is_limit = goal->direction == OKB_AT_LEAST || goal->direction == OKB_AT_MOST;
    bool is_down = goal->direction == OKB_AT_MOST || goal->direction == OKB_DECREASE;
    bool is_strict = is_limit && !book->set.threshold_is_inclusive;
    bool is_met = is_down ? then < r->target : then > r->target;
    is_met = is_met || (!is_strict && then == r->target);
    const char *met = okb_book_printf(book, "IF(%s%s%s%s,1,0)", value, is_down ? "<" : ">", is_strict ? "" : "=", t);
    double score = is_met;
    const char *scored = met;
    if (!is_limit) {
        if (r->target != r->baseline)
            score = clipped((then - r->baseline) / (r->target - r->baseline));
        scored = okb_book_printf(book, "IF(%s=%s,%s,MAX(0,MIN(1,(%s-%s)/(%s-%s))))", b, t, met, value, b, t, b);
    }
    bool is_over = goal->due < as_of;
    live.formula = okb_book_printf(book, "=IF(COUNT(%s,%s,%s)<3,\"\",IF(%s>%s,%s,IF(%s<=%s,\"\",%s)))", b, c, t, day,
                                   due, cell(view, line_ix, TEAM_SCORE), day, start, scored);
    live.value = is_over ? r->score : score;
    return held_to(live, r->forecast);
}

/* ---- status ---- */

static double shown(double score)
{
    return okb_round_half_up(score, 2);
}

okb_pace okb_live_pace(const okb_book *book, double score, double expected, okb_day due, okb_ambition ambition)
{
    if (!isfinite(score))
        return OKB_PACE_NO_DATA;
    if (rounded(score) >= 1)
        return OKB_PACE_DONE;
    if (due != OKB_DAY_NONE && due < okb_book_as_of(book)) {
        bool is_success =
            ambition == OKB_STRETCH ? shown(score) >= book->set.green_min : rounded(score) >= book->set.committed_min;
        return is_success ? OKB_PACE_DONE : OKB_PACE_MISSED;
    }
    if (!isfinite(expected))
        return OKB_PACE_NO_DATA;
    if (rounded(expected) < book->set.too_early_share)
        return OKB_PACE_TOO_EARLY;
    double gap = rounded(expected - score);
    return gap <= book->set.gap_on_track  ? OKB_PACE_ON_TRACK
           : gap <= book->set.gap_at_risk ? OKB_PACE_AT_RISK
                                          : OKB_PACE_OFF_TRACK;
}

const char *okb_status_formula(okb_book *book, const char *score, const char *expected, const char *due,
                               okb_ambition ambition)
{
    bool is_stretch = ambition == OKB_STRETCH;
    return okb_book_printf(
        book,
        "=IF(COUNT(%s)=0,\"%s\",IF(ROUND(%s,9)>=1,\"%s\",IF(%s<%s,IF(ROUND(%s,%d)>=%s,\"%s\",\"%s\"),"
        "IF(ROUND(%s,9)<%s,\"%s\",IF(ROUND(%s-%s,9)<=%s,\"%s\",IF(ROUND(%s-%s,9)<=%s,\"%s\",\"%s\"))))))",
        score, okb_looks[OKB_LOOK_NO_DATA].words, score, okb_looks[OKB_LOOK_DONE].words, due,
        okb_param_ref(book, OKB_PARAM_AS_OF), score, is_stretch ? 2 : 9,
        okb_param_ref(book, is_stretch ? OKB_PARAM_SUCCESS : OKB_PARAM_COMMITTED), okb_looks[OKB_LOOK_DONE].words,
        okb_looks[OKB_LOOK_MISSED].words, expected, okb_param_ref(book, OKB_PARAM_TOO_EARLY),
        okb_looks[OKB_LOOK_TOO_EARLY].words, expected, score, okb_param_ref(book, OKB_PARAM_GAP_ON_TRACK),
        okb_looks[OKB_LOOK_ON_TRACK].words, expected, score, okb_param_ref(book, OKB_PARAM_GAP_AT_RISK),
        okb_looks[OKB_LOOK_AT_RISK].words, okb_looks[OKB_LOOK_OFF_TRACK].words);
}

const char *okb_team_status_formula(const okb_team_view *view, uint32_t line_ix)
{
    okb_book *book = view->book;
    const okb_line *line = &view->layout->lines[line_ix];
    const okb_goal *goal = &book->plan->goals[line->goal_ix];
    const okb_result *result = okb_facts_result(&book->facts, line->goal_ix);
    if (book->set.is_preset || goal->due == OKB_DAY_NONE || !isfinite(result->expected) ||
        okb_live_pace(book, result->score, result->expected, goal->due, goal->ambition) != result->pace)
        return NULL;
    return okb_status_formula(book, cell(view, line_ix, TEAM_SCORE), cell(view, line_ix, TEAM_EXPECTED),
                              cell(view, line_ix, TEAM_DUE), goal->ambition);
}
