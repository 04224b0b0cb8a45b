/*
 * The Summary: one landscape page for a reader with four minutes. Headline, tiles, company objectives beside the teams, three charts
 * that answer a question each, risks beside asks, and what the figures rest on. The accessible profile has the same blocks one
 * below the other, without charts.
 */
#include "chart.h"
#include "sheet_team.h"
#include "summary.h"

#include <math.h>

enum {
    COL_LEFT = 0, /* wide text, then five narrow columns */
    COL_GAP = 6,
    COL_RIGHT = 7, /* wide text, then six narrow columns */
    COL_LAST = 13,
    COL_FIGURES = 15, /* behind the charts, outside the printed page */
    CHART_ROWS = 11,
    SHOWN_OBJECTIVES = 8,
    CHART_WIDTH_PX = 535,
    CHART_HEIGHT_PX = 212
};

#define LEFT_WIDTH 52
#define RIGHT_WIDTH 46

typedef struct summary {
    okb_page page;
    okb_book *book;
    okb_sheet *sheet;
    summary_facts facts;
    uint32_t overall_row;
    uint32_t objectives_first, objectives_last; /* rows of the table; last < first: none */
    uint32_t teams_first, teams_last, teams_column;
    uint32_t risks_first;
    uint32_t weeks_row, bands_row; /* of the figures behind the charts */
} summary;

/* Height of a row of that many lines of the body's size. */
static double row_points(uint32_t lines)
{
    return lines <= 1 ? 18 : lines * 13.2 + 5;
}

static const okb_plan *plan_of(const summary *s)
{
    return s->book->plan;
}

static const char *address(summary *s, uint32_t row, uint32_t column)
{
    char letters[4];
    okb_column_letters(column, letters);
    return okb_page_printf(&s->page, "%s%u", letters, row + 1);
}

static const char *address_range(summary *s, uint32_t first, uint32_t last, uint32_t column)
{
    return okb_page_printf(&s->page, "%s:%s", address(s, first, column), address(s, last, column));
}

static void header(summary *s, uint32_t row, uint32_t column, const char *text, okb_style style)
{
    okb_page_word(&s->page, row, column, text, style, OKB_TONE_BODY);
}

static okb_span cycle_name(const summary *s)
{
    return plan_of(s)->cycles[plan_of(s)->cycle_ix].name;
}

static okb_span previous_name(const summary *s)
{
    uint32_t before = plan_of(s)->cycles[plan_of(s)->cycle_ix].previous_ix;
    return before < plan_of(s)->n_cycles ? plan_of(s)->cycles[before].name : (okb_span){NULL, 0};
}

/* A text inside a formula: quotes doubled. */
static const char *in_quotes(summary *s, okb_span text)
{
    okb_buf out = {0};
    for (size_t i = 0; i < text.n; i++) {
        if (text.p[i] == '"')
            okb_buf_byte(&out, '"');
        okb_buf_byte(&out, text.p[i]);
    }
    const char *kept = okb_arena_copy(&s->page.keep, okb_buf_span(&out)).p;
    okb_buf_free(&out);
    return kept;
}

/* ---- company objectives ---- */

/* The line of a goal in its team's layout; OKB_NONE. */
static uint32_t line_of(const summary *s, uint32_t goal_ix)
{
    const okb_layout *layout = &s->book->layouts[plan_of(s)->goals[goal_ix].team_ix];
    for (uint32_t i = 0; i < layout->n_lines; i++)
        if (layout->lines[i].goal_ix == goal_ix)
            return i;
    return OKB_NONE;
}

static double last_score(const summary *s, uint32_t goal_ix)
{
    /* The same objective in the cycle before, told by its title within the team. */
    const okb_plan *plan = plan_of(s);
    uint32_t before = plan->cycles[plan->cycle_ix].previous_ix;
    const okb_goal *goal = &plan->goals[goal_ix];
    for (uint32_t g = 0; before < plan->n_cycles && g < plan->n_goals; g++) {
        const okb_goal *old = &plan->goals[g];
        if (old->cycle_ix == before && old->level == OKB_COMPANY && old->kind == OKB_OBJECTIVE &&
            old->team_ix == goal->team_ix && okb_text_same(old->title, goal->title))
            return okb_facts_result(&s->book->facts, g)->score;
    }
    return NAN;
}

static void live_or_number(summary *s, uint32_t row, uint32_t column, const char *ref, double value, okb_style style)
{
    if (ref)
        okb_page_formula(&s->page, row, column, okb_page_printf(&s->page, "=%s", ref), value, style, OKB_TONE_BODY);
    else
        okb_page_number(&s->page, row, column, value, style, OKB_TONE_BODY);
    okb_page_fill(&s->page, row, column, column, style, OKB_TONE_BODY);
}

static void live_or_words(summary *s, uint32_t row, uint32_t column, const char *ref, const char *words)
{
    if (ref)
        okb_page_formula_text(&s->page, row, column, okb_page_printf(&s->page, "=%s", ref), okb_span_of(words),
                              OKB_STYLE_STATUS, OKB_TONE_BODY);
    else
        okb_page_word(&s->page, row, column, words, OKB_STYLE_STATUS, OKB_TONE_BODY);
}

static void change_cell(summary *s, uint32_t row, uint32_t column, double now, double before)
{
    if (isfinite(before)) {
        const char *a = address(s, row, column - 2), *b = address(s, row, column - 1);
        okb_page_formula(&s->page, row, column, okb_page_printf(&s->page, "=IF(COUNT(%s,%s)<2,\"\",%s-%s)", a, b, a, b),
                         now - before, OKB_STYLE_DELTA, OKB_TONE_BODY);
    } else
        okb_page_fill(&s->page, row, column, column, OKB_STYLE_DELTA, OKB_TONE_BODY);
}

static uint32_t write_objectives(summary *s, uint32_t row, uint32_t column)
{
    okb_page *page = &s->page;
    okb_page_word(page, row, column, "Company objectives", OKB_STYLE_SECTION, OKB_TONE_BODY);
    okb_page_height(page, row++, 20);
    s->objectives_first = row + 1;
    s->objectives_last = row;
    if (s->facts.n_objectives == 0) {
        okb_page_word(page, row, column, "The input has no company objectives for this cycle.", OKB_STYLE_NOTE,
                      OKB_TONE_BODY);
        return row + 1;
    }
    static const char *const heads[] = {"Objective", "Score", "Last cycle", "Change", "Status", "Owner"};
    for (uint32_t i = 0; i < 6; i++)
        header(s, row, column + i, heads[i],
               i == 0 || i == 5 ? OKB_STYLE_HEADER
               : i == 4         ? OKB_STYLE_HEADER_CENTRE
                                : OKB_STYLE_HEADER_RIGHT);
    row++;
    for (uint32_t i = 0; i < s->facts.n_objectives; i++, row++) {
        if (i == SHOWN_OBJECTIVES) {
            okb_page_text(page, row, column,
                          okb_span_of(okb_page_printf(page, "… and %u more on the sheet Company",
                                                      s->facts.n_objectives - SHOWN_OBJECTIVES)),
                          OKB_STYLE_NOTE, OKB_TONE_BODY);
            return row + 1;
        }
        uint32_t goal_ix = s->facts.objectives[i], line = line_of(s, goal_ix);
        const okb_goal *goal = &plan_of(s)->goals[goal_ix];
        const okb_result *r = okb_facts_result(&s->book->facts, goal_ix);
        const char *score = line == OKB_NONE ? NULL : okb_team_line_ref(s->book, goal_ix, line, TEAM_SCORE);
        const char *status = line == OKB_NONE ? NULL : okb_team_line_ref(s->book, goal_ix, line, TEAM_STATUS);
        okb_page_text(page, row, column, goal->title, OKB_STYLE_TEXT_WRAP, OKB_TONE_BODY);
        live_or_number(s, row, column + 1, score, r->score, OKB_STYLE_SCORE);
        double before = last_score(s, goal_ix);
        okb_page_number(page, row, column + 2, before, OKB_STYLE_SCORE, OKB_TONE_BODY);
        okb_page_fill(page, row, column + 2, column + 2, OKB_STYLE_SCORE, OKB_TONE_BODY);
        change_cell(s, row, column + 3, r->score, before);
        live_or_words(s, row, column + 4, status, okb_looks[okb_look_of_pace(r->pace)].words);
        okb_page_text(page, row, column + 5, goal->owner, OKB_STYLE_TEXT_INDENT, OKB_TONE_BODY);
        okb_page_fill(page, row, column + 5, column + 5, OKB_STYLE_TEXT_INDENT, OKB_TONE_BODY);
        okb_page_height(page, row, row_points(okb_text_lines(goal->title, LEFT_WIDTH)));
        s->objectives_last = row;
    }
    return row;
}

/* ---- teams ---- */

static okb_span team_link(summary *s, uint32_t team_ix)
{
    const okb_sheet *sheet = okb_book_team_sheet(s->book, team_ix);
    if (sheet)
        return sheet->link;
    if (s->book->options->is_split)
        return okb_span_of(
            okb_page_printf(&s->page, "external:%s", okb_write_split_name(plan_of(s), team_ix, &s->page.keep).p));
    return (okb_span){NULL, 0};
}

static uint32_t write_teams(summary *s, uint32_t row, uint32_t column)
{
    okb_page *page = &s->page;
    okb_page_word(page, row, column, "Teams", OKB_STYLE_SECTION, OKB_TONE_BODY);
    okb_page_height(page, row++, 20);
    static const char *const heads[] = {"Team", "Score", "Last cycle", "Change", "Status", "Check-ins", "Confidence"};
    for (uint32_t i = 0; i < 7; i++)
        header(s, row, column + i, heads[i],
               i == 0   ? OKB_STYLE_HEADER
               : i == 4 ? OKB_STYLE_HEADER_CENTRE
                        : OKB_STYLE_HEADER_RIGHT);
    row++;
    s->teams_first = row;
    s->teams_column = column;
    for (uint32_t i = 0; i < s->facts.n_teams; i++, row++) {
        const summary_team *team = &s->facts.teams[i];
        if (team->team_ix == OKB_NONE) {
            const okb_sheet *contents = okb_book_sheet(s->book, OKB_SHEET_CONTENTS);
            okb_page_link(page, row, column, contents ? contents->link : (okb_span){NULL, 0},
                          okb_span_of(okb_page_printf(page, "… %u more teams between: see Contents",
                                                      s->facts.n_all_teams - s->facts.n_teams + 1)),
                          OKB_STYLE_LINK, OKB_TONE_BODY);
            okb_page_fill(page, row, column + 1, column + 6, OKB_STYLE_TEXT, OKB_TONE_BODY);
            continue;
        }
        const okb_team_result *r = team->result;
        okb_page_link(page, row, column, team_link(s, team->team_ix), plan_of(s)->teams[team->team_ix].name,
                      OKB_STYLE_LINK, OKB_TONE_BODY);
        live_or_number(s, row, column + 1, okb_team_figure_ref(s->book, team->team_ix, OKB_FIGURE_SCORE), r->score,
                       OKB_STYLE_SCORE);
        okb_page_number(page, row, column + 2, r->previous_score, OKB_STYLE_SCORE, OKB_TONE_BODY);
        okb_page_fill(page, row, column + 2, column + 2, OKB_STYLE_SCORE, OKB_TONE_BODY);
        change_cell(s, row, column + 3, r->score, r->previous_score);
        live_or_words(s, row, column + 4, okb_team_figure_ref(s->book, team->team_ix, OKB_FIGURE_STATUS),
                      okb_looks[okb_look_of_pace(r->pace)].words);
        okb_page_number(page, row, column + 5, r->checkin_rate, OKB_STYLE_RATE, OKB_TONE_BODY);
        okb_page_fill(page, row, column + 5, column + 5, OKB_STYLE_RATE, OKB_TONE_BODY);
        okb_page_number(page, row, column + 6, r->confidence, OKB_STYLE_RATE, OKB_TONE_BODY);
        okb_page_fill(page, row, column + 6, column + 6, OKB_STYLE_RATE, OKB_TONE_BODY);
        okb_page_height(page, row, row_points(1));
    }
    s->teams_last = row - 1;
    return row;
}

/* ---- risks and asks ---- */

static uint32_t write_risks(summary *s, uint32_t row, uint32_t column)
{
    okb_page *page = &s->page;
    const okb_plan *plan = plan_of(s);
    okb_page_text(page, row, column,
                  okb_span_of(s->facts.n_all_risks > s->facts.n_risks
                                  ? okb_page_printf(page, "Top risks (%u of %u goals at risk or off track)",
                                                    s->facts.n_risks, s->facts.n_all_risks)
                                  : "Top risks"),
                  OKB_STYLE_SECTION, OKB_TONE_BODY);
    okb_page_height(page, row++, 20);
    if (s->facts.n_risks == 0) {
        okb_page_word(page, row, column,
                      s->facts.n_scored ? "No goal with a score is at risk or off track."
                                        : "No goal has a score to judge by.",
                      OKB_STYLE_NOTE, OKB_TONE_BODY);
        return row + 1;
    }
    static const char *const heads[] = {"Goal and next step", "Score", "Expected", "Forecast", "Status", "Owner"};
    for (uint32_t i = 0; i < 6; i++)
        header(s, row, column + i, heads[i],
               i == 0 || i == 5 ? OKB_STYLE_HEADER
               : i == 4         ? OKB_STYLE_HEADER_CENTRE
                                : OKB_STYLE_HEADER_RIGHT);
    s->risks_first = ++row;
    for (uint32_t i = 0; i < s->facts.n_risks; i++, row++) {
        uint32_t goal_ix = s->facts.risks[i], line = line_of(s, goal_ix);
        const okb_goal *goal = &plan->goals[goal_ix];
        const okb_result *r = okb_facts_result(&s->book->facts, goal_ix);
        okb_span next = summary_next_step(r->last_comment.n ? r->last_comment : goal->comment);
        okb_span shown = okb_utf16_head(next, 110);
        const char *text = okb_page_printf(page, "%.*s: %.*s\n%s%.*s%s", OKB_FMT(plan->teams[goal->team_ix].name),
                                           OKB_FMT(okb_utf16_head(goal->title, 90)),
                                           next.n ? "Next: " : "No next step in the check-ins", OKB_FMT(shown),
                                           shown.n < next.n ? "…" : "");
        okb_page_word(page, row, column, text, OKB_STYLE_TEXT_WRAP, OKB_TONE_BODY);
        live_or_number(s, row, column + 1,
                       line == OKB_NONE ? NULL : okb_team_line_ref(s->book, goal_ix, line, TEAM_SCORE), r->score,
                       OKB_STYLE_SCORE);
        live_or_number(s, row, column + 2,
                       line == OKB_NONE ? NULL : okb_team_line_ref(s->book, goal_ix, line, TEAM_EXPECTED), r->expected,
                       OKB_STYLE_SCORE);
        okb_page_number(page, row, column + 3, r->forecast, OKB_STYLE_SCORE, OKB_TONE_BODY);
        okb_page_fill(page, row, column + 3, column + 3, OKB_STYLE_SCORE, OKB_TONE_BODY);
        live_or_words(s, row, column + 4,
                      line == OKB_NONE ? NULL : okb_team_line_ref(s->book, goal_ix, line, TEAM_STATUS),
                      okb_looks[okb_look_of_pace(r->pace)].words);
        okb_page_text(page, row, column + 5, goal->owner, OKB_STYLE_TEXT_INDENT, OKB_TONE_BODY);
        okb_page_fill(page, row, column + 5, column + 5, OKB_STYLE_TEXT_INDENT, OKB_TONE_BODY);
        okb_page_height(page, row, row_points(okb_text_lines(okb_span_of(text), LEFT_WIDTH)));
    }
    return row;
}

static uint32_t write_asks(summary *s, uint32_t row, uint32_t column)
{
    okb_page *page = &s->page;
    const okb_plan *plan = plan_of(s);
    okb_page_word(page, row, column, "Asks and blockers", OKB_STYLE_SECTION, OKB_TONE_BODY);
    okb_page_height(page, row++, 20);
    if (s->facts.n_asks == 0) {
        okb_page_word(page, row, column, "No blocker was reported in the check-ins.", OKB_STYLE_NOTE, OKB_TONE_BODY);
        return row + 1;
    }
    header(s, row, column, "What stands in the way", OKB_STYLE_HEADER);
    header(s, row, column + 1, "Of which team, reported by, when", OKB_STYLE_HEADER_LINE);
    for (uint32_t c = column + 2; c <= column + 6; c++)
        okb_page_fill(page, row, c, c, OKB_STYLE_HEADER_LINE, OKB_TONE_BODY);
    row++;
    for (uint32_t i = 0; i < s->facts.n_asks; i++, row++) {
        uint32_t goal_ix = s->facts.asks[i];
        const okb_goal *goal = &plan->goals[goal_ix];
        const okb_result *r = okb_facts_result(&s->book->facts, goal_ix);
        okb_span blocker = r->last_blocker.n ? r->last_blocker : goal->blocker;
        okb_span shown = okb_utf16_head(blocker, 150);
        char day[11] = "";
        if (r->last_checkin != OKB_DAY_NONE)
            okb_day_print(r->last_checkin, day);
        okb_page_word(page, row, column,
                      okb_page_printf(page, "%.*s%s", OKB_FMT(shown), shown.n < blocker.n ? "…" : ""),
                      OKB_STYLE_TEXT_WRAP, OKB_TONE_BODY);
        okb_page_word(page, row, column + 1,
                      okb_page_printf(page, "%.*s%s%.*s%s%s", OKB_FMT(plan->teams[goal->team_ix].name),
                                      goal->owner.n ? ", " : "", OKB_FMT(okb_utf16_head(goal->owner, 30)),
                                      day[0] ? ", " : "", day),
                      OKB_STYLE_TEXT, OKB_TONE_BODY);
        okb_page_fill(page, row, column + 2, column + 6, OKB_STYLE_TEXT, OKB_TONE_BODY);
        okb_page_height(page, row, row_points(okb_text_lines(shown, RIGHT_WIDTH)));
    }
    if (s->facts.n_all_asks > s->facts.n_asks) {
        okb_page_word(page, row, column,
                      okb_page_printf(page, "… and %u more on the team sheets", s->facts.n_all_asks - s->facts.n_asks),
                      OKB_STYLE_NOTE, OKB_TONE_BODY);
        row++;
    }
    return row;
}

/* ---- head: title, headline, tiles ---- */

static void write_overall(summary *s, uint32_t row, uint32_t column)
{
    const okb_plan *plan = plan_of(s);
    const char *formula = NULL;
    double sum = 0;
    uint32_t n = 0;
    if (plan->overall_is_company && s->facts.n_objectives <= SHOWN_OBJECTIVES) {
        for (uint32_t i = 0; i < s->facts.n_objectives; i++) {
            double score = okb_facts_result(&s->book->facts, s->facts.objectives[i])->score;
            if (isfinite(score)) {
                sum += score;
                n++;
            }
        }
        formula = address_range(s, s->objectives_first, s->objectives_last, 1);
    } else if (!plan->overall_is_company && s->facts.n_teams == s->facts.n_all_teams && s->facts.n_teams) {
        for (uint32_t i = 0; i < s->facts.n_teams; i++)
            if (isfinite(s->facts.teams[i].result->score)) {
                sum += s->facts.teams[i].result->score;
                n++;
            }
        formula = address_range(s, s->teams_first, s->teams_last, s->teams_column + 1);
    }
    bool is_same = (n == 0 && !isfinite(plan->overall)) || (n && fabs(sum / n - plan->overall) <= 1e-9);
    s->book->overall_is_live = formula && is_same;
    if (s->book->overall_is_live)
        okb_page_formula(&s->page, row, column,
                         okb_page_printf(&s->page, "=IF(COUNT(%s)=0,\"\",AVERAGE(%s))", formula, formula),
                         plan->overall, OKB_STYLE_TILE_NUMBER, OKB_TONE_BODY);
    else
        okb_page_number(&s->page, row, column, plan->overall, OKB_STYLE_TILE_NUMBER, OKB_TONE_BODY);
    s->book->overall_cell = okb_arena_printf(&s->book->keep, "%s%s", s->sheet->ref.p, address(s, row, column)).p;
}

typedef struct tile {
    uint32_t first, last; /* columns */
    const char *label, *text, *note;
} tile;

static void write_tiles(summary *s, uint32_t row)
{
    okb_page *page = &s->page;
    const okb_plan *plan = plan_of(s);
    const summary_facts *f = &s->facts;
    okb_span before = previous_name(s);
    double change = plan->overall - f->previous;
    uint32_t on = f->paces[OKB_PACE_ON_TRACK] + f->paces[OKB_PACE_DONE];
    uint32_t off = f->paces[OKB_PACE_OFF_TRACK] + f->paces[OKB_PACE_MISSED];
    const tile tiles[] = {
        {0, 0, "Overall score, 0 to 1", isfinite(plan->overall) ? NULL : "No score yet",
         isfinite(plan->overall_expected)
             ? okb_page_printf(page, "expected by now %.2f; %u of %u scored",
                               okb_round_half_up(plan->overall_expected, 2), plan->overall_scored, plan->overall_parts)
             : okb_page_printf(page, "%u of %u scored", plan->overall_scored, plan->overall_parts)},
        {1, 3, "Against last cycle",
         isfinite(change) ? okb_page_printf(page, "%s%.2f",
                                            change < -0.005  ? "−"
                                            : change < 0.005 ? "±"
                                                             : "+",
                                            fabs(change))
                          : "–",
         isfinite(change)
             ? okb_page_printf(page, "%.*s stood at %.2f", OKB_FMT(before), okb_round_half_up(f->previous, 2))
             : "no earlier cycle to compare"},
        {4, 5, "Teams on track", okb_page_printf(page, "%u of %u", on, f->n_all_teams),
         okb_page_printf(page, "%u at risk, %u off track", f->paces[OKB_PACE_AT_RISK], off)},
        {7, 7, "Won already", okb_page_printf(page, "%u of %u", f->n_met, f->n_parts),
         "key results and goals that have met success"},
        {8, 10, "Will miss", okb_page_printf(page, "%u of %u", f->n_missing, f->n_scored), "at the pace so far"},
        {11, 13, "Checked in on time",
         f->checkin_of ? okb_page_printf(page, "%.0f%%", 100.0 * f->checkin_n / f->checkin_of) : "–",
         f->checkin_of ? okb_page_printf(page, "%u of %u check-ins due", f->checkin_n, f->checkin_of)
                       : "no check-in was due"},
    };
    okb_page_height(page, row, 18);
    okb_page_height(page, row + 1, 28);
    okb_page_height(page, row + 2, 18);
    for (size_t i = 0; i < sizeof tiles / sizeof tiles[0]; i++) {
        const tile *t = &tiles[i];
        okb_page_word(page, row, t->first, t->label, OKB_STYLE_TILE_LABEL, OKB_TONE_BODY);
        if (t->text)
            okb_page_word(page, row + 1, t->first, t->text, OKB_STYLE_TILE_TEXT, OKB_TONE_BODY);
        else
            write_overall(s, row + 1, t->first);
        okb_page_word(page, row + 2, t->first, t->note, OKB_STYLE_TILE_NOTE, OKB_TONE_BODY);
        okb_page_fill(page, row, t->first, t->last, OKB_STYLE_TILE_LABEL, OKB_TONE_BODY);
        okb_page_fill(page, row + 1, t->first, t->last, OKB_STYLE_TILE_TEXT, OKB_TONE_BODY);
        okb_page_fill(page, row + 2, t->first, t->last, OKB_STYLE_TILE_NOTE, OKB_TONE_BODY);
    }
    s->overall_row = row + 1;
}

static const char *fixed2(summary *s, double value)
{
    return okb_page_printf(&s->page, "%.2f", okb_round_half_up(value, 2));
}

/* What the headline says of the change, in words: ", up 0.05 on 2026-Q2". */
static const char *change_words(summary *s, double change, okb_span before)
{
    double shown = okb_round_half_up(fabs(change), 2);
    if (shown == 0)
        return okb_page_printf(&s->page, ", level with %.*s", OKB_FMT(before));
    return okb_page_printf(&s->page, ", %s %.2f on %.*s", change > 0 ? "up" : "down", shown, OKB_FMT(before));
}

static const char *team_words(summary *s)
{
    const summary_facts *f = &s->facts;
    uint32_t on = f->paces[OKB_PACE_ON_TRACK] + f->paces[OKB_PACE_DONE];
    uint32_t off = f->paces[OKB_PACE_OFF_TRACK] + f->paces[OKB_PACE_MISSED], risk = f->paces[OKB_PACE_AT_RISK];
    uint32_t early = f->paces[OKB_PACE_TOO_EARLY], none = f->paces[OKB_PACE_NO_DATA];
    if (f->n_all_teams == 0)
        return "";
    if (f->n_all_teams == 1)
        return okb_page_printf(&s->page, "; its one team, %.*s, is %s",
                               OKB_FMT(plan_of(s)->teams[f->teams[0].team_ix].name),
                               on      ? "on track"
                               : risk  ? "at risk"
                               : off   ? "off track"
                               : early ? "too early to judge"
                                       : "without a score");
    okb_buf text = {0};
    okb_buf_printf(&text, ": %u of %u teams on track", on, f->n_all_teams);
    if (risk)
        okb_buf_printf(&text, ", %u at risk", risk);
    if (off)
        okb_buf_printf(&text, ", %u off track", off);
    if (early)
        okb_buf_printf(&text, ", %u too early to judge", early);
    if (none)
        okb_buf_printf(&text, ", %u without a score", none);
    const char *kept = okb_arena_copy(&s->page.keep, okb_buf_span(&text)).p;
    okb_buf_free(&text);
    return kept;
}

static void write_headline(summary *s, uint32_t row)
{
    okb_page *page = &s->page;
    const okb_plan *plan = plan_of(s);
    const summary_facts *f = &s->facts;
    const char *cycle = in_quotes(s, cycle_name(s));
    if (!isfinite(plan->overall)) {
        okb_page_word(page, row, 0,
                      okb_page_printf(page, "%.*s has no score yet%s.", OKB_FMT(cycle_name(s)),
                                      f->n_parts ? ": no key result has a baseline, a target and a current value" : ""),
                      OKB_STYLE_HEADLINE, OKB_TONE_BODY);
        return;
    }
    const char *teams = team_words(s), *overall = address(s, s->overall_row, 0);
    const char *change = isfinite(f->previous) ? change_words(s, plan->overall - f->previous, previous_name(s)) : "";
    const char *live_change = "";
    if (isfinite(f->previous)) {
        const char *before = in_quotes(s, previous_name(s)), *was = okb_page_printf(page, "%.15g", f->previous);
        live_change = okb_page_printf(page,
                                      "&IF(ROUND(ABS(%s-%s),2)=0,\", level with \",IF(%s>%s,\", up \",\", down \")&"
                                      "FIXED(ABS(%s-%s),2)&\" on \")&\"%s\"",
                                      overall, was, overall, was, overall, was, before);
    }
    okb_page_formula_text(page, row, 0,
                          okb_page_printf(page, "=\"%s stands at \"&FIXED(%s,2)%s&\"%s.\"", cycle, overall, live_change,
                                          in_quotes(s, okb_span_of(teams))),
                          okb_span_of(okb_page_printf(page, "%.*s stands at %s%s%s.", OKB_FMT(cycle_name(s)),
                                                      fixed2(s, plan->overall), change, teams)),
                          OKB_STYLE_HEADLINE, OKB_TONE_BODY);
}

static void write_head(summary *s)
{
    okb_page *page = &s->page;
    const okb_plan *plan = plan_of(s);
    const summary_facts *f = &s->facts;
    char day[11];
    okb_day_print(okb_book_as_of(s->book), day);
    okb_span title = s->book->set.title;
    okb_page_height(page, 0, 30);
    okb_page_height(page, 1, 26);
    okb_page_height(page, 2, 20);
    okb_page_height(page, 3, 8);
    okb_page_word(page, 0, 0,
                  title.n ? title.p
                          : okb_page_printf(page, "%.*s%sGoals and key results, %.*s", OKB_FMT(plan->org),
                                            plan->org.n ? ": " : "", OKB_FMT(cycle_name(s))),
                  OKB_STYLE_TITLE, OKB_TONE_BODY);
    write_headline(s, 1);
    okb_page_word(
        page, 2, 0,
        okb_page_printf(page,
                        "As of %s. %u of %u key results and goals have met success, %u will miss at the pace so far, "
                        "%u have gone silent; %u have a score.",
                        day, f->n_met, f->n_parts, f->n_missing, f->n_stalled, f->n_scored),
        OKB_STYLE_SUBHEAD, OKB_TONE_BODY);
}

/* ---- foot ---- */

static uint32_t write_foot(summary *s, uint32_t row)
{
    okb_page *page = &s->page;
    const summary_facts *f = &s->facts;
    okb_page_word(
        page, row++, 0,
        okb_page_printf(page,
                        "Data quality: %u of %u key results and goals have a score; %llu of %llu input rows were used "
                        "or merged, %llu rejected (Import log); %u errors and %u warnings (Findings).",
                        f->n_scored, f->n_parts, (unsigned long long)(f->rows - f->rejected),
                        (unsigned long long)f->rows, (unsigned long long)f->rejected, f->errors, f->warnings),
        OKB_STYLE_NOTE, OKB_TONE_BODY);
    if (s->book->set.has_benchmarks) {
        const char *mean =
            f->n_objectives_all ? okb_page_printf(page, "%.1f", (double)f->n_key_results / f->n_objectives_all) : "–";
        const char *unlinked =
            f->linked_of ? okb_page_printf(page, "%.0f%%", 100.0 * (f->linked_of - f->linked_n) / f->linked_of) : "–";
        okb_page_word(page, row++, 0,
                      okb_page_printf(
                          page,
                          "Benchmarks, a vendor's (OKRs Tool, 2026, 200+ organizations): 2.9 key results an objective "
                          "(here %s); 65%% of teams see goals not clearly linked (here %s of goals); weekly check-ins "
                          "go with 43%% more goals completed.",
                          mean, unlinked),
                      OKB_STYLE_NOTE, OKB_TONE_BODY);
    }
    return row;
}

/* ---- charts and their figures ---- */

static uint32_t scored_weeks(const summary *s)
{
    uint32_t n = 0;
    for (uint32_t w = 0; w < s->facts.n_weeks; w++)
        n += isfinite(s->facts.weeks[w].score);
    return n;
}

static void write_figures(summary *s, uint32_t row, uint32_t column)
{
    okb_page *page = &s->page;
    static const char *const bands[] = {"Red", "Amber", "Green", "No score"};
    okb_page_word(page, row++, column, "Figures behind the charts", OKB_STYLE_SECTION, OKB_TONE_BODY);
    header(s, row, column, "Week to", OKB_STYLE_HEADER);
    header(s, row, column + 1, "Score", OKB_STYLE_HEADER_RIGHT);
    header(s, row, column + 2, "Expected", OKB_STYLE_HEADER_RIGHT);
    s->weeks_row = ++row;
    for (uint32_t w = 0; w < s->facts.n_weeks; w++, row++) {
        char day[11];
        okb_day_print(s->facts.weeks[w].end, day);
        okb_page_word(page, row, column, day + 5, OKB_STYLE_TEXT, OKB_TONE_BODY);
        okb_page_number(page, row, column + 1, s->facts.weeks[w].score, OKB_STYLE_SCORE, OKB_TONE_BODY);
        okb_page_number(page, row, column + 2, s->facts.weeks[w].expected, OKB_STYLE_SCORE, OKB_TONE_BODY);
    }
    row++;
    header(s, row, column, "Band", OKB_STYLE_HEADER);
    header(s, row, column + 1, "Today", OKB_STYLE_HEADER_RIGHT);
    header(s, row, column + 2, "Forecast", OKB_STYLE_HEADER_RIGHT);
    s->bands_row = ++row;
    for (uint32_t b = 0; b < 4; b++, row++) {
        okb_page_word(page, row, column, bands[b], OKB_STYLE_TEXT, OKB_TONE_BODY);
        okb_page_number(page, row, column + 1, s->facts.now[b], OKB_STYLE_COUNT, OKB_TONE_BODY);
        okb_page_number(page, row, column + 2, s->facts.then[b], OKB_STYLE_COUNT, OKB_TONE_BODY);
    }
}

static void draw_charts(summary *s, uint32_t row)
{
    const okb_palette *palette = okb_palette_of(s->book->set.is_rag);
    const okb_chart_series team_series[] = {{NULL, s->teams_column + 1, palette->series[0], false}};
    const okb_chart_series week_series[] = {{"Score", COL_FIGURES + 1, palette->series[0], false},
                                            {"Expected", COL_FIGURES + 2, palette->series[1], true}};
    const okb_chart_series band_series[] = {{"Today", COL_FIGURES + 1, palette->series[1], false},
                                            {"Forecast at the due date", COL_FIGURES + 2, palette->series[0], false}};
    const okb_chart teams = {OKB_CHART_BARS,
                             "Who is where?",
                             "Bar chart of the score of each team in the table of teams, 0 to 1.",
                             s->sheet,
                             s->teams_first,
                             s->teams_last,
                             s->teams_column,
                             team_series,
                             1,
                             true,
                             true};
    const okb_chart weeks = {
        OKB_CHART_LINES,
        "Is it getting better?",
        "Line chart of the mean score of goals with a check-in, week by week, beside what was expected.",
        s->sheet,
        s->weeks_row,
        s->weeks_row + (s->facts.n_weeks ? s->facts.n_weeks - 1 : 0),
        COL_FIGURES,
        week_series,
        2,
        true,
        false};
    const okb_chart bands = {
        OKB_CHART_COLUMNS,
        "What will be missed?",
        "Column chart of how many key results and goals are red, amber, green or without a score, today and "
        "at the due date by forecast.",
        s->sheet,
        s->bands_row,
        s->bands_row + 3,
        COL_FIGURES,
        band_series,
        2,
        false,
        true};
    int x = 0;
    if (s->facts.n_teams) {
        okb_chart_draw(s->book, s->sheet, &teams, row, 0, x, CHART_WIDTH_PX, CHART_HEIGHT_PX);
        x += CHART_WIDTH_PX + 8;
    }
    if (scored_weeks(s) > 1) {
        okb_chart_draw(s->book, s->sheet, &weeks, row, 0, x, CHART_WIDTH_PX, CHART_HEIGHT_PX);
        x += CHART_WIDTH_PX + 8;
    }
    if (s->facts.n_parts)
        okb_chart_draw(s->book, s->sheet, &bands, row, 0, x, CHART_WIDTH_PX, CHART_HEIGHT_PX);
}

/* ---- the page ---- */

/* Width and height of a PNG; false where it is none. */
static bool png_size(okb_span png, double *width, double *height)
{
    if (png.n < 24 || !okb_span_starts(png, OKB_S("\x89PNG\r\n\x1a\n")))
        return false;
    const unsigned char *p = (const unsigned char *)png.p + 16;
    *width = (double)((uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3]);
    *height = (double)((uint32_t)p[4] << 24 | (uint32_t)p[5] << 16 | (uint32_t)p[6] << 8 | p[7]);
    return *width > 0 && *height > 0;
}

static void place_logo(summary *s)
{
    enum { LOGO_WIDTH_PX = 180, LOGO_HEIGHT_PX = 44 };
    okb_span logo = s->book->options->logo;
    double width, height;
    if (okb_book_failed(s->book) || s->book->is_accessible || !png_size(logo, &width, &height))
        return;
    double scale = fmin(LOGO_WIDTH_PX / width, LOGO_HEIGHT_PX / height);
    lxw_image_options options = {
        .x_scale = scale,
        .y_scale = scale,
        .x_offset = 2,
        .y_offset = 4,
        .description = okb_book_writable(
            s->book, okb_span_of(okb_page_printf(&s->page, "Logo of %.*s", OKB_FMT(plan_of(s)->org))))};
    okb_book_check(
        s->book,
        worksheet_insert_image_buffer_opt(s->sheet->ws, 0, 11, (const unsigned char *)logo.p, logo.n, &options),
        s->sheet, "place the logo");
}

static uint32_t at_least(uint32_t a, uint32_t b)
{
    return a > b ? a : b;
}

static uint32_t write_board(summary *s)
{
    uint32_t row = 8;
    okb_page_height(&s->page, 7, 10);
    uint32_t left = write_objectives(s, row, COL_LEFT), right = write_teams(s, row, COL_RIGHT);
    write_tiles(s, 4);
    write_head(s);
    row = at_least(left, right);
    okb_page_height(&s->page, row++, 10);
    write_figures(s, 8, COL_FIGURES);
    draw_charts(s, row);
    row += CHART_ROWS;
    left = write_risks(s, row, COL_LEFT);
    right = write_asks(s, row, COL_RIGHT);
    row = at_least(left, right);
    okb_page_height(&s->page, row++, 8);
    return write_foot(s, row);
}

static uint32_t write_stacked(summary *s)
{
    uint32_t row = write_objectives(s, 8, COL_LEFT) + 1;
    row = write_teams(s, row, COL_LEFT) + 1;
    write_tiles(s, 4);
    write_head(s);
    row = write_risks(s, row, COL_LEFT) + 1;
    row = write_asks(s, row, COL_LEFT) + 1;
    row = write_foot(s, row) + 1;
    write_figures(s, row, COL_LEFT);
    return s->bands_row + 4;
}

void okb_sheet_summary_write(okb_book *book, okb_sheet *sheet, okb_rows rows)
{
    (void)rows;
    summary s = {.book = book, .sheet = sheet};
    okb_page_init(&s.page, book, sheet);
    summary_facts_gather(book, &s.facts);
    static const double widths[COL_LAST + 1] = {LEFT_WIDTH, 9, 9, 9, 13, 18, 3, RIGHT_WIDTH, 9, 9, 9, 13, 11, 12};
    for (uint32_t c = 0; c <= COL_LAST; c++)
        okb_sheet_width(book, sheet, c, c, book->is_accessible && c == COL_GAP ? 10 : widths[c]);
    if (!book->is_accessible)
        okb_sheet_width(book, sheet, COL_FIGURES, COL_FIGURES + 2, 10);
    uint32_t last = book->is_accessible ? write_stacked(&s) : write_board(&s);
    place_logo(&s);
    okb_page_flush(&s.page);
    okb_sheet_print(book, sheet, -1);
    if (!okb_book_failed(book)) {
        if (s.objectives_last >= s.objectives_first) {
            okb_sheet_status_colours(book, sheet, s.objectives_first, s.objectives_last, COL_LEFT + 4);
            okb_sheet_score_bars(book, sheet, s.objectives_first, s.objectives_last, COL_LEFT + 1);
        }
        if (s.facts.n_teams) {
            okb_sheet_status_colours(book, sheet, s.teams_first, s.teams_last, s.teams_column + 4);
            okb_sheet_score_bars(book, sheet, s.teams_first, s.teams_last, s.teams_column + 1);
        }
        if (s.facts.n_risks)
            okb_sheet_status_colours(book, sheet, s.risks_first, s.risks_first + s.facts.n_risks - 1, COL_LEFT + 4);
        if (!book->is_accessible) {
            worksheet_gridlines(sheet->ws, LXW_HIDE_ALL_GRIDLINES);
            worksheet_fit_to_pages(sheet->ws, 1, 1);
            worksheet_center_horizontally(sheet->ws);
            okb_book_check(book, worksheet_print_area(sheet->ws, 0, 0, last, COL_LAST), sheet, "set the print area");
        }
    }
    summary_facts_free(&s.facts);
}
