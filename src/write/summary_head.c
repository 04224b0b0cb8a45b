/* The head and the foot of the Summary: title, headline, tiles, what the figures rest on. */
#include "summary_page.h"
#include "summary_words.h"

#include <math.h>

/* ---- head: title, headline, tiles ---- */

static void add_score(double score, double *sum, uint32_t *n)
{
    if (!isfinite(score))
        return;
    *sum += score;
    *n += 1;
}

/* The cells whose mean the overall score is, and that mean; NULL where it follows from cells of no one column. */
static const char *overall_range(okb_summary *s, double *sum, uint32_t *n)
{
    const okb_plan *plan = plan_of(s);
    const okb_summary_facts *f = &s->facts;
    if (plan->overall_is_company) {
        for (uint32_t i = 0; i < f->n_objectives; i++)
            add_score(okb_facts_result(&s->book->facts, f->objectives[i])->score, sum, n);
        return f->n_objectives <= SHOWN_OBJECTIVES
                   ? okb_summary_range(s, s->objectives_first, s->objectives_last, COL_LEFT + 1)
                   : NULL;
    }
    for (uint32_t i = 0; i < plan->n_team_results; i++)
        if (plan->team_results[i].cycle_ix == plan->cycle_ix)
            add_score(plan->team_results[i].score, sum, n);
    if (f->n_teams && f->n_teams == f->n_all_teams)
        return okb_summary_range(s, s->teams_first, s->teams_last, s->teams_column + 1);
    return okb_contents_range(s->book, OKB_CONTENTS_SCORE);
}

/* The mean of the company's objectives or of the teams, live; the score itself where more goes into it. */
static void write_overall(okb_summary *s, uint32_t row, uint32_t column, okb_style style)
{
    const okb_plan *plan = plan_of(s);
    double sum = 0;
    uint32_t n = 0;
    const char *range = overall_range(s, &sum, &n);
    bool is_same = n ? fabs(sum / n - plan->overall) <= 1e-9 : !isfinite(plan->overall);
    s->book->overall_is_live = range && is_same;
    if (s->book->overall_is_live)
        okb_page_formula(&s->page, row, column,
                         okb_page_printf(&s->page, "=IF(COUNT(%s)=0,\"\",AVERAGE(%s))", range, range), plan->overall,
                         style, OKB_TONE_BODY);
    else
        okb_page_number(&s->page, row, column, plan->overall, style, OKB_TONE_BODY);
    s->book->overall_cell =
        okb_arena_printf(&s->book->keep, "%s%s", s->sheet->ref.p, okb_summary_cell(s, row, column)).p;
}

/* The cells that sentences can be worked out from. */
static okb_live_cells live_cells(okb_summary *s)
{
    const okb_summary_facts *f = &s->facts;
    okb_live_cells cells = {.overall = NULL};
    if (isfinite(plan_of(s)->overall))
        cells.overall = okb_summary_cell(s, s->overall_row, s->overall_column);
    if (f->n_teams && f->n_teams == f->n_all_teams)
        cells.statuses = okb_summary_range(s, s->teams_first, s->teams_last, s->teams_column + 4);
    else if (f->n_teams)
        cells.statuses = okb_contents_range(s->book, OKB_CONTENTS_STATUS);
    cells.won = okb_teams_sum(s->book, OKB_FIGURE_WON);
    cells.missed = okb_teams_sum(s->book, OKB_FIGURE_MISSED);
    cells.checkins_made = okb_checkins_range(s->book, false);
    cells.checkins_due = okb_checkins_range(s->book, true);
    return cells;
}

void okb_summary_sentence(okb_summary *s, uint32_t row, uint32_t column, okb_sentence sentence, okb_style style)
{
    if (sentence.formula)
        okb_page_formula_text(&s->page, row, column, sentence.formula, sentence.text, style, OKB_TONE_BODY);
    else
        okb_page_text(&s->page, row, column, sentence.text, style, OKB_TONE_BODY);
}

static okb_sentence plain(const char *text)
{
    return (okb_sentence){okb_span_of(text), NULL};
}

typedef struct tile {
    uint32_t first, last; /* columns */
    const char *label;
    okb_sentence figure; /* empty: the overall score */
    okb_sentence note;
} tile;

static const char *expected_note(okb_summary *s)
{
    const okb_plan *plan = plan_of(s);
    if (!isfinite(plan->overall_expected))
        return okb_page_printf(&s->page, "%u of %u scored", plan->overall_scored, plan->overall_parts);
    return okb_page_printf(&s->page, "%.2f expected by now; %u of %u scored",
                           okb_round_half_up(plan->overall_expected, 2), plan->overall_scored, plan->overall_parts);
}

static const char *previous_note(okb_summary *s, bool has_change)
{
    const okb_plan *plan = plan_of(s);
    if (!has_change)
        return "no earlier cycle to compare";
    return okb_page_printf(&s->page, "%.*s stood at %.2f",
                           OKB_FMT(plan->cycles[plan->cycles[plan->cycle_ix].previous_ix].name),
                           okb_round_half_up(s->facts.previous, 2));
}

enum { TILE_SCORE, TILE_CHANGE, TILE_TEAMS, TILE_WON, TILE_MISSED, TILE_CHECKINS, TILES };

static const char *missed_note(okb_summary *s)
{
    const okb_summary_facts *f = &s->facts;
    const char *when = f->is_over ? "the cycle is over" : "at this pace";
    if (f->n_parts == f->n_scored)
        return when;
    return okb_page_printf(&s->page, "%s; %u %s no score", when, f->n_parts - f->n_scored,
                           f->n_parts - f->n_scored == 1 ? "has" : "have");
}

static void make_tiles(okb_summary *s, tile out[TILES])
{
    okb_page *page = &s->page;
    const okb_plan *plan = plan_of(s);
    const okb_summary_facts *f = &s->facts;
    okb_live_cells cells = live_cells(s);
    okb_sentence change = okb_change_make(plan, f, cells, &page->keep);
    out[TILE_SCORE] = (tile){0, 0, "Overall score, 0 to 1",
                             isfinite(plan->overall) ? plain(NULL) : plain("No score yet"), plain(expected_note(s))};
    out[TILE_CHANGE] = (tile){1, 3, "Against last cycle", change.text.n ? change : plain("–"),
                              plain(previous_note(s, change.text.n > 0))};
    out[TILE_TEAMS] = (tile){4, 6, "Teams on track", okb_on_track_make(f, cells, &page->keep),
                             okb_not_on_track_make(f, cells, &page->keep)};
    out[TILE_WON] = (tile){8, 8, "Won already", okb_count_make(f->n_met, f->n_parts, cells.won, &page->keep),
                           plain("key results and goals")};
    out[TILE_MISSED] =
        (tile){9, 11, f->is_over ? "Missed" : "Will miss",
               okb_count_make(f->n_missing, f->n_parts, cells.missed, &page->keep), plain(missed_note(s))};
    out[TILE_CHECKINS] =
        (tile){12, 14, "Checked in on time", okb_checked_in_make(f, cells, &page->keep),
               plain(f->checkin_of ? okb_page_printf(page, "%u of %u check-ins due", f->checkin_n, f->checkin_of)
                                   : "no check-in was due")};
}

static void write_figure(okb_summary *s, uint32_t row, uint32_t column, const tile *t, okb_style text, okb_style number)
{
    if (t->figure.text.n)
        okb_summary_sentence(s, row, column, t->figure, text);
    else
        write_overall(s, row, column, number);
}

void okb_summary_tiles(okb_summary *s, uint32_t row)
{
    enum { LABEL_POINTS = 18, FIGURE_POINTS = 28 };
    okb_page *page = &s->page;
    tile tiles[TILES];
    s->overall_row = row + 1;
    s->overall_column = COL_LEFT;
    make_tiles(s, tiles);
    s->won_cell = okb_summary_cell(s, row + 1, tiles[TILE_WON].first);
    s->missed_cell = okb_summary_cell(s, row + 1, tiles[TILE_MISSED].first);
    okb_page_height(page, row, LABEL_POINTS);
    okb_page_height(page, row + 1, FIGURE_POINTS);
    okb_page_height(page, row + 2, LABEL_POINTS);
    for (size_t i = 0; i < TILES; i++) {
        const tile *t = &tiles[i];
        okb_page_word(page, row, t->first, t->label, OKB_STYLE_TILE_LABEL, OKB_TONE_BODY);
        write_figure(s, row + 1, t->first, t, OKB_STYLE_TILE_TEXT, OKB_STYLE_TILE_NUMBER);
        okb_summary_sentence(s, row + 2, t->first, t->note, OKB_STYLE_TILE_NOTE);
        okb_page_fill(page, row, t->first, t->last, OKB_STYLE_TILE_LABEL, OKB_TONE_BODY);
        okb_page_fill(page, row + 1, t->first, t->last, OKB_STYLE_TILE_TEXT, OKB_TONE_BODY);
        okb_page_fill(page, row + 2, t->first, t->last, OKB_STYLE_TILE_NOTE, OKB_TONE_BODY);
    }
}

void okb_summary_tile_list(okb_summary *s, uint32_t row)
{
    okb_page *page = &s->page;
    tile tiles[TILES];
    s->overall_row = row + 1;
    s->overall_column = COL_LEFT + 1;
    make_tiles(s, tiles);
    s->won_cell = okb_summary_cell(s, row + 1 + TILE_WON, COL_LEFT + 1);
    s->missed_cell = okb_summary_cell(s, row + 1 + TILE_MISSED, COL_LEFT + 1);
    okb_page_word(page, row, COL_LEFT, "Figure", OKB_STYLE_HEADER, OKB_TONE_BODY);
    okb_page_word(page, row, COL_LEFT + 1, "Value", OKB_STYLE_HEADER_RIGHT, OKB_TONE_BODY);
    okb_page_word(page, row, COL_LEFT + 2, "Note", OKB_STYLE_HEADER_INDENT, OKB_TONE_BODY);
    for (uint32_t i = 0; i < TILES; i++) {
        okb_page_word(page, row + 1 + i, COL_LEFT, tiles[i].label, OKB_STYLE_TEXT, OKB_TONE_BODY);
        write_figure(s, row + 1 + i, COL_LEFT + 1, &tiles[i], OKB_STYLE_TEXT_RIGHT, OKB_STYLE_SCORE);
        okb_summary_sentence(s, row + 1 + i, COL_LEFT + 2, tiles[i].note, OKB_STYLE_TEXT_LINE);
    }
    okb_page_table(page, row, row + 1 + TILES, COL_LEFT, 3);
}

/* A long title is set smaller, so that it ends on the page and before the logo; what is longer still says that it goes on. */
static void write_page_title(okb_summary *s, okb_span title)
{
    static const struct {
        okb_style style;
        size_t units;
    } sizes[] = {{OKB_STYLE_TITLE, 90}, {OKB_STYLE_HEADLINE, 130}};
    enum { SIZES = sizeof sizes / sizeof sizes[0] };
    size_t at = 0;
    while (at + 1 < SIZES && okb_utf16_head(title, sizes[at].units).n < title.n)
        at++;
    okb_span head = okb_utf16_head(title, sizes[at].units);
    okb_page_word(&s->page, 0, 0, okb_page_printf(&s->page, "%.*s%s", OKB_FMT(head), head.n < title.n ? "…" : ""),
                  sizes[at].style, OKB_TONE_BODY);
}

void okb_summary_title(okb_summary *s)
{
    okb_page *page = &s->page;
    const okb_plan *plan = plan_of(s);
    const okb_summary_facts *f = &s->facts;
    char day[11];
    okb_day_print(okb_book_as_of(s->book), day);
    okb_span title = s->book->set.title;
    okb_page_height(page, 0, 30);
    okb_page_height(page, 1, 26);
    okb_page_height(page, 2, 20);
    okb_page_height(page, 3, 8);
    if (!title.n)
        title = okb_span_of(okb_page_printf(page, "%.*s%sGoals and key results, %.*s", OKB_FMT(plan->org),
                                            plan->org.n ? ": " : "", OKB_FMT(plan->cycles[plan->cycle_ix].name)));
    write_page_title(s, title);
    okb_summary_sentence(s, 1, COL_LEFT, okb_headline_make(plan, f, live_cells(s), &page->keep), OKB_STYLE_HEADLINE);
    okb_summary_sentence(s, 2, COL_LEFT, okb_state_make(f, day, s->won_cell, s->missed_cell, &page->keep),
                         OKB_STYLE_SUBHEAD);
}

/* ---- foot ---- */

uint32_t okb_summary_foot(okb_summary *s, uint32_t row)
{
    okb_page *page = &s->page;
    const okb_summary_facts *f = &s->facts;
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
