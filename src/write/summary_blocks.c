/* The tables of the Summary: company objectives, teams, risks, asks. */
#include "sheet_team.h"
#include "summary_page.h"

#include <math.h>

static void header(okb_summary *s, uint32_t row, uint32_t column, const char *text, okb_style style)
{
    okb_page_word(&s->page, row, column, text, style, OKB_TONE_BODY);
}

/* ---- company objectives ---- */

/* The line of a goal in its team's layout; OKB_NONE. */
static uint32_t line_of(const okb_summary *s, uint32_t goal_ix)
{
    const okb_layout *layout = &s->book->layouts[plan_of(s)->goals[goal_ix].team_ix];
    for (uint32_t i = 0; i < layout->n_lines; i++)
        if (layout->lines[i].goal_ix == goal_ix)
            return i;
    return OKB_NONE;
}

static double last_score(const okb_summary *s, uint32_t goal_ix)
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

/* A number, or a mark that there is none: an empty cell would look forgotten. */
static void number_or_mark(okb_summary *s, uint32_t row, uint32_t column, double value, okb_style style)
{
    if (isfinite(value))
        okb_page_number(&s->page, row, column, value, style, OKB_TONE_BODY);
    else
        okb_page_word(&s->page, row, column, "–", OKB_STYLE_ABSENT, OKB_TONE_BODY);
}

static void live_or_number(okb_summary *s, uint32_t row, uint32_t column, const char *ref, double value,
                           okb_style style)
{
    if (ref)
        okb_page_formula(&s->page, row, column, okb_page_printf(&s->page, "%s", okb_book_same(s->book, ref)), value,
                         style, OKB_TONE_BODY);
    else
        number_or_mark(s, row, column, value, style);
    okb_page_fill(&s->page, row, column, column, style, OKB_TONE_BODY);
}

static void live_or_words(okb_summary *s, uint32_t row, uint32_t column, const char *ref, const char *words)
{
    if (ref)
        okb_page_formula_text(&s->page, row, column, okb_page_printf(&s->page, "=%s", ref), okb_span_of(words),
                              OKB_STYLE_STATUS, OKB_TONE_BODY);
    else
        okb_page_word(&s->page, row, column, words, OKB_STYLE_STATUS, OKB_TONE_BODY);
}

static void change_cell(okb_summary *s, uint32_t row, uint32_t column, double now, double before)
{
    if (isfinite(before)) {
        const char *a = okb_summary_cell(s, row, column - 2), *b = okb_summary_cell(s, row, column - 1);
        okb_page_formula(&s->page, row, column, okb_page_printf(&s->page, "=IF(COUNT(%s,%s)<2,\"\",%s-%s)", a, b, a, b),
                         now - before, OKB_STYLE_DELTA, OKB_TONE_BODY);
    } else
        number_or_mark(s, row, column, NAN, OKB_STYLE_DELTA);
}

/* An objective's own confidence, else the mean of its key results'. */
static double confidence_of(const okb_summary *s, uint32_t goal_ix)
{
    const okb_goal *goal = &plan_of(s)->goals[goal_ix];
    double own = okb_facts_result(&s->book->facts, goal_ix)->confidence, sum = 0;
    uint32_t n = 0;
    for (uint32_t i = 0; !isfinite(own) && i < goal->n_children; i++) {
        const okb_goal *child = &plan_of(s)->goals[goal->children[i]];
        double confidence = okb_facts_result(&s->book->facts, goal->children[i])->confidence;
        if (child->kind != OKB_KEY_RESULT || child->team_ix != goal->team_ix || !isfinite(confidence))
            continue;
        sum += confidence;
        n++;
    }
    return n ? sum / n : own;
}

uint32_t okb_summary_objectives(okb_summary *s, uint32_t row, uint32_t column)
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
    static const char *const heads[] = {"Objective", "Score", "Last cycle", "Change", "Status", "Confidence", "Owner"};
    for (uint32_t i = 0; i < 7; i++)
        header(s, row, column + i, heads[i],
               i == 0   ? OKB_STYLE_HEADER
               : i == 6 ? OKB_STYLE_HEADER_INDENT
               : i == 4 ? OKB_STYLE_HEADER_CENTRE
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
        number_or_mark(s, row, column + 2, before, OKB_STYLE_SCORE);
        change_cell(s, row, column + 3, r->score, before);
        live_or_words(s, row, column + 4, status, okb_looks[okb_look_of_pace(r->pace)].words);
        number_or_mark(s, row, column + 5, confidence_of(s, goal_ix), OKB_STYLE_RATE);
        okb_page_text(page, row, column + 6, goal->owner, OKB_STYLE_TEXT_INDENT, OKB_TONE_BODY);
        okb_page_fill(page, row, column + 6, column + 6, OKB_STYLE_TEXT_INDENT, OKB_TONE_BODY);
        okb_page_height(page, row, okb_summary_points(okb_text_lines(goal->title, LEFT_WIDTH)));
        s->objectives_last = row;
    }
    okb_page_table(page, s->objectives_first - 1, row, column, 7);
    return row;
}

/* ---- teams ---- */

okb_span okb_summary_more_teams(okb_summary *s)
{
    return okb_arena_printf(&s->page.keep, "… %u more%s", s->facts.n_all_teams - s->facts.n_teams + 1,
                            okb_book_sheet(s->book, OKB_SHEET_CONTENTS)  ? ": see Contents"
                            : okb_book_sheet(s->book, OKB_SHEET_HISTORY) ? ": see History by cycle"
                                                                         : "");
}

uint32_t okb_summary_teams(okb_summary *s, uint32_t row, uint32_t column)
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
        const okb_summary_team *team = &s->facts.teams[i];
        if (team->team_ix == OKB_NONE) {
            const okb_sheet *contents = okb_book_sheet(s->book, OKB_SHEET_CONTENTS);
            okb_page_link(page, row, column, contents ? contents->link : (okb_span){NULL, 0}, okb_summary_more_teams(s),
                          OKB_STYLE_LINK, OKB_TONE_BODY);
            okb_page_fill(page, row, column + 1, column + 6, OKB_STYLE_TEXT, OKB_TONE_BODY);
            continue;
        }
        const okb_team_result *r = team->result;
        okb_page_link(page, row, column, okb_book_team_link(s->book, team->team_ix),
                      plan_of(s)->teams[team->team_ix].name, OKB_STYLE_LINK, OKB_TONE_BODY);
        live_or_number(s, row, column + 1, okb_team_figure_ref(s->book, team->team_ix, OKB_FIGURE_SCORE), r->score,
                       OKB_STYLE_SCORE);
        number_or_mark(s, row, column + 2, r->previous_score, OKB_STYLE_SCORE);
        change_cell(s, row, column + 3, r->score, r->previous_score);
        live_or_words(s, row, column + 4, okb_team_figure_ref(s->book, team->team_ix, OKB_FIGURE_STATUS),
                      okb_looks[okb_look_of_pace(r->pace)].words);
        number_or_mark(s, row, column + 5, r->checkin_rate, OKB_STYLE_RATE);
        number_or_mark(s, row, column + 6, r->confidence, OKB_STYLE_RATE);
        okb_page_height(page, row, okb_summary_points(1));
    }
    s->teams_last = row - 1;
    okb_page_table(page, s->teams_first - 1, row, column, 7);
    return row;
}

/* ---- risks and asks ---- */

uint32_t okb_summary_risks(okb_summary *s, uint32_t row, uint32_t column)
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
    static const char *const heads[] = {
        "Goal, and its next step or last note", "Score", "Expected", "Forecast", "Status", "Confidence", "Owner"};
    for (uint32_t i = 0; i < 7; i++)
        header(s, row, column + i, heads[i],
               i == 0   ? OKB_STYLE_HEADER
               : i == 6 ? OKB_STYLE_HEADER_INDENT
               : i == 4 ? OKB_STYLE_HEADER_CENTRE
                        : OKB_STYLE_HEADER_RIGHT);
    s->risks_first = ++row;
    for (uint32_t i = 0; i < s->facts.n_risks; i++, row++) {
        uint32_t goal_ix = s->facts.risks[i], line = line_of(s, goal_ix);
        const okb_goal *goal = &plan->goals[goal_ix];
        const okb_result *r = okb_facts_result(&s->book->facts, goal_ix);
        okb_span note = r->last_comment.n ? r->last_comment : goal->comment, next = okb_summary_next_step(note);
        okb_span told = next.n ? next : note, shown = okb_utf16_head(told, 110);
        const char *text = okb_page_printf(page, "%.*s: %.*s\n%s%.*s%s", OKB_FMT(plan->teams[goal->team_ix].name),
                                           OKB_FMT(okb_utf16_head(goal->title, 90)),
                                           next.n   ? "Next: "
                                           : note.n ? "Last note: "
                                                    : "No note in the check-ins",
                                           OKB_FMT(shown), shown.n < told.n ? "…" : "");
        okb_page_word(page, row, column, text, OKB_STYLE_TEXT_WRAP, OKB_TONE_BODY);
        live_or_number(s, row, column + 1,
                       line == OKB_NONE ? NULL : okb_team_line_ref(s->book, goal_ix, line, TEAM_SCORE), r->score,
                       OKB_STYLE_SCORE);
        live_or_number(s, row, column + 2,
                       line == OKB_NONE ? NULL : okb_team_line_ref(s->book, goal_ix, line, TEAM_EXPECTED), r->expected,
                       OKB_STYLE_SCORE);
        number_or_mark(s, row, column + 3, r->forecast, OKB_STYLE_SCORE);
        live_or_words(s, row, column + 4,
                      line == OKB_NONE ? NULL : okb_team_line_ref(s->book, goal_ix, line, TEAM_STATUS),
                      okb_looks[okb_look_of_pace(r->pace)].words);
        number_or_mark(s, row, column + 5, confidence_of(s, goal_ix), OKB_STYLE_RATE);
        okb_page_text(page, row, column + 6, goal->owner, OKB_STYLE_TEXT_INDENT, OKB_TONE_BODY);
        okb_page_fill(page, row, column + 6, column + 6, OKB_STYLE_TEXT_INDENT, OKB_TONE_BODY);
        okb_page_height(page, row, okb_summary_points(okb_text_lines(okb_span_of(text), LEFT_WIDTH)));
    }
    okb_page_table(page, s->risks_first - 1, row, column, 7);
    return row;
}

uint32_t okb_summary_asks(okb_summary *s, uint32_t row, uint32_t column)
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
    header(s, row, column + 1, "Team, owner, date", OKB_STYLE_HEADER_LINE);
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
        okb_page_height(page, row, okb_summary_points(okb_text_lines(shown, RIGHT_WIDTH)));
    }
    okb_page_table(page, row - s->facts.n_asks - 1, row, column, 2);
    if (s->facts.n_all_asks > s->facts.n_asks) {
        okb_page_word(page, row, column,
                      okb_page_printf(page, "… and %u more on the team sheets", s->facts.n_all_asks - s->facts.n_asks),
                      OKB_STYLE_NOTE, OKB_TONE_BODY);
        row++;
    }
    return row;
}
