/* What is won and what will be missed: of each key result and goal, of a team, and of all teams together. */
#include "sheet_team.h"

#include <math.h>

static double rounded_for(okb_ambition ambition, double score)
{
    return okb_round_half_up(score, ambition == OKB_STRETCH ? 2 : 9);
}

/* Whether it is a key result or goal that counts. */
static bool is_part(const okb_book *book, uint32_t goal_ix)
{
    okb_kind kind = book->plan->goals[goal_ix].kind;
    return (kind == OKB_KEY_RESULT || kind == OKB_GOAL) && !okb_facts_result(&book->facts, goal_ix)->is_left_out;
}

okb_outlook okb_goal_outlook(const okb_book *book, uint32_t goal_ix)
{
    const okb_goal *goal = &book->plan->goals[goal_ix];
    const okb_result *r = okb_facts_result(&book->facts, goal_ix);
    okb_outlook o = {NAN, NAN};
    if (!is_part(book, goal_ix))
        return o;
    double then = isfinite(r->forecast) ? r->forecast : r->score;
    double success = goal->ambition == OKB_STRETCH ? book->set.green_min : book->set.committed_min;
    bool is_won = r->met == OKB_MET_YES;
    if (isfinite(r->score))
        o.won = is_won;
    if (isfinite(then))
        o.missed = !is_won && rounded_for(goal->ambition, then) < success;
    return o;
}

okb_grade okb_grade_of(const okb_book *book, double score)
{
    if (!isfinite(score))
        return OKB_GRADE_NONE;
    double shown = okb_round_half_up(score, 2);
    return shown <= book->set.red_max     ? OKB_GRADE_RED
           : shown >= book->set.green_min ? OKB_GRADE_GREEN
                                          : OKB_GRADE_AMBER;
}

static const struct {
    const char *words; /* before the bound */
    okb_param bound;   /* OKB_PARAMS: none */
} bands[OKB_GRADES] = {[OKB_GRADE_RED] = {"Red ≤ ", OKB_PARAM_RED_MAX},
                       [OKB_GRADE_AMBER] = {"Amber", OKB_PARAMS},
                       [OKB_GRADE_GREEN] = {"Green ≥ ", OKB_PARAM_SUCCESS},
                       [OKB_GRADE_NONE] = {"No score", OKB_PARAMS}};

okb_span okb_grade_label(okb_book *book, okb_grade band)
{
    if (bands[band].bound == OKB_PARAMS)
        return okb_span_of(bands[band].words);
    return okb_span_of(okb_book_printf(book, "%s%.2f", bands[band].words,
                                       okb_round_half_up(okb_param_value(book, bands[band].bound), 2)));
}

const char *okb_grade_formula(okb_book *book, okb_grade band)
{
    if (bands[band].bound == OKB_PARAMS || !okb_book_sheet(book, OKB_SHEET_METHOD))
        return NULL;
    return okb_book_printf(book, "=\"%s\"&FIXED(%s,2)", bands[band].words, okb_param_name(bands[band].bound));
}

okb_team_outlook okb_team_outlook_sum(const okb_book *book, uint32_t team_ix)
{
    const okb_layout *layout = &book->layouts[team_ix];
    okb_team_outlook sum = {0};
    for (uint32_t i = 0; i < layout->n_lines; i++) {
        uint32_t goal_ix = layout->lines[i].goal_ix;
        if (goal_ix == OKB_NONE || !is_part(book, goal_ix))
            continue;
        const okb_result *r = okb_facts_result(&book->facts, goal_ix);
        okb_outlook o = okb_goal_outlook(book, goal_ix);
        sum.n++;
        sum.won += o.won > 0;
        sum.missed += o.missed > 0;
        sum.now[okb_grade_of(book, r->score)]++;
        sum.then[okb_grade_of(book, isfinite(r->forecast) ? r->forecast : r->score)]++;
    }
    return sum;
}

/* ---- formulas of a line ---- */

static const char *cell(const okb_team_view *view, uint32_t line_ix, uint32_t column)
{
    return okb_book_cell(view->book, okb_team_row(view->sheet, line_ix), column, false);
}

static okb_param success_of(const okb_goal *goal)
{
    return goal->ambition == OKB_STRETCH ? OKB_PARAM_SUCCESS : OKB_PARAM_COMMITTED;
}

okb_live okb_team_won_formula(const okb_team_view *view, uint32_t line_ix)
{
    okb_book *book = view->book;
    uint32_t goal_ix = view->layout->lines[line_ix].goal_ix;
    const okb_goal *goal = &book->plan->goals[goal_ix];
    if (!is_part(book, goal_ix))
        return (okb_live){NULL, NAN};
    double truth = okb_goal_outlook(book, goal_ix).won, score = okb_facts_result(&book->facts, goal_ix)->score;
    bool is_success = rounded_for(goal->ambition, score) >= okb_param_value(book, success_of(goal));
    if (isfinite(truth) && is_success != (truth > 0))
        return (okb_live){NULL, truth};
    const char *s = cell(view, line_ix, TEAM_SCORE);
    return (okb_live){okb_book_printf(book, "=IF(COUNT(%s)=0,\"\",IF(ROUND(%s,%d)>=%s,1,0))", s, s,
                                      goal->ambition == OKB_STRETCH ? 2 : 9, okb_param_ref(book, success_of(goal))),
                      truth};
}

okb_live okb_team_missed_formula(const okb_team_view *view, uint32_t line_ix)
{
    okb_book *book = view->book;
    uint32_t goal_ix = view->layout->lines[line_ix].goal_ix;
    const okb_goal *goal = &book->plan->goals[goal_ix];
    if (!is_part(book, goal_ix))
        return (okb_live){NULL, NAN};
    double truth = okb_goal_outlook(book, goal_ix).missed;
    const char *f = cell(view, line_ix, TEAM_FORECAST), *s = cell(view, line_ix, TEAM_SCORE);
    return (okb_live){
        okb_book_printf(book, "=IF(COUNT(%s,%s)=0,\"\",IF(N(%s)=1,0,IF(ROUND(IF(COUNT(%s)=0,%s,%s),%d)<%s,1,0)))", f, s,
                        cell(view, line_ix, TEAM_WON), f, s, f, goal->ambition == OKB_STRETCH ? 2 : 9,
                        okb_param_ref(book, success_of(goal))),
        truth};
}

/* ---- all teams ---- */

/* The company's cell after the teams' column, where it does not stand in it. */
static const char *contents_sum(okb_book *book, okb_figure figure)
{
    const okb_plan *plan = book->plan;
    const char *range =
        okb_contents_range(book, figure == OKB_FIGURE_WON      ? OKB_CONTENTS_WON
                                 : figure == OKB_FIGURE_MISSED ? OKB_CONTENTS_MISSED
                                                               : OKB_CONTENTS_NOW + (figure - OKB_FIGURE_NOW));
    if (!range)
        return NULL;
    const char *sum = okb_book_printf(book, "SUM(%s)", range);
    for (uint32_t t = 0; t < plan->n_teams; t++) {
        const okb_team_result *r = okb_plan_team_result(plan, t, plan->cycle_ix);
        if (plan->teams[t].is_company && book->layouts[t].n_lines && !(r && okb_facts_is_listed(&book->facts, r)))
            sum = okb_book_printf(book, "%s+%s", sum, okb_team_figure_ref(book, t, figure));
    }
    return sum;
}

const char *okb_teams_sum(okb_book *book, okb_figure figure)
{
    enum { ROOM = OKB_FORMULA_BYTES - 1024 }; /* the rest is for what is made of the sum */
    okb_buf sum = {0};
    bool is_whole = true;
    for (uint32_t t = 0; t < book->plan->n_teams && is_whole; t++) {
        if (book->layouts[t].n_lines == 0)
            continue;
        const char *ref = okb_team_figure_ref(book, t, figure);
        is_whole = ref != NULL;
        if (is_whole && sum.n < ROOM)
            okb_buf_printf(&sum, "%s%s", sum.n ? "+" : "", ref);
    }
    const char *kept = NULL;
    if (is_whole && sum.n >= ROOM)
        kept = contents_sum(book, figure);
    else if (is_whole && sum.n)
        kept = okb_book_printf(book, "%s", sum.p);
    okb_buf_free(&sum);
    return kept;
}
