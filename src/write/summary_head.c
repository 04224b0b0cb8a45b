/* The head and the foot of the Summary: title, headline, tiles, what the figures rest on. */
#include "summary_page.h"
#include "summary_words.h"

#include <math.h>

/* ---- head: title, headline, tiles ---- */

/* The mean of the shown objectives or teams where that is the overall score; the score itself where more go into it. */
static void write_overall(okb_summary *s, uint32_t row, uint32_t column)
{
    const okb_plan *plan = plan_of(s);
    const okb_summary_facts *f = &s->facts;
    const char *range = NULL;
    double sum = 0;
    uint32_t n = 0;
    if (plan->overall_is_company && f->n_objectives <= SHOWN_OBJECTIVES) {
        for (uint32_t i = 0; i < f->n_objectives; i++) {
            double score = okb_facts_result(&s->book->facts, f->objectives[i])->score;
            sum += isfinite(score) ? score : 0;
            n += isfinite(score) ? 1 : 0;
        }
        range = okb_summary_range(s, s->objectives_first, s->objectives_last, COL_LEFT + 1);
    } else if (!plan->overall_is_company && f->n_teams == f->n_all_teams && f->n_teams) {
        for (uint32_t i = 0; i < f->n_teams; i++) {
            double score = f->teams[i].result->score;
            sum += isfinite(score) ? score : 0;
            n += isfinite(score) ? 1 : 0;
        }
        range = okb_summary_range(s, s->teams_first, s->teams_last, s->teams_column + 1);
    }
    bool is_same = n ? fabs(sum / n - plan->overall) <= 1e-9 : !isfinite(plan->overall);
    s->book->overall_is_live = range && is_same;
    if (s->book->overall_is_live)
        okb_page_formula(&s->page, row, column,
                         okb_page_printf(&s->page, "=IF(COUNT(%s)=0,\"\",AVERAGE(%s))", range, range), plan->overall,
                         OKB_STYLE_TILE_NUMBER, OKB_TONE_BODY);
    else
        okb_page_number(&s->page, row, column, plan->overall, OKB_STYLE_TILE_NUMBER, OKB_TONE_BODY);
    s->book->overall_cell =
        okb_arena_printf(&s->book->keep, "%s%s", s->sheet->ref.p, okb_summary_cell(s, row, column)).p;
}

/* The cells that sentences can be worked out from. */
static okb_live_cells live_cells(okb_summary *s)
{
    const okb_summary_facts *f = &s->facts;
    okb_live_cells cells = {NULL, NULL};
    if (isfinite(plan_of(s)->overall))
        cells.overall = okb_summary_cell(s, s->overall_row, COL_LEFT);
    if (f->n_teams && f->n_teams == f->n_all_teams)
        cells.statuses = okb_summary_range(s, s->teams_first, s->teams_last, s->teams_column + 4);
    return cells;
}

static void write_sentence(okb_summary *s, uint32_t row, uint32_t column, okb_sentence sentence, okb_style style)
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
    const char *note;
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

void okb_summary_tiles(okb_summary *s, uint32_t row)
{
    okb_page *page = &s->page;
    const okb_plan *plan = plan_of(s);
    const okb_summary_facts *f = &s->facts;
    s->overall_row = row + 1;
    okb_live_cells cells = live_cells(s);
    okb_sentence change = okb_change_make(plan, f, cells, &page->keep);
    uint32_t off = f->paces[OKB_PACE_OFF_TRACK] + f->paces[OKB_PACE_MISSED];
    const tile tiles[] = {
        {0, 0, "Overall score, 0 to 1", isfinite(plan->overall) ? plain(NULL) : plain("No score yet"),
         expected_note(s)},
        {1, 3, "Against last cycle", change.text.n ? change : plain("–"), previous_note(s, change.text.n > 0)},
        {4, 6, "Teams on track", okb_on_track_make(f, cells, &page->keep),
         okb_page_printf(page, "%u at risk, %u off track", f->paces[OKB_PACE_AT_RISK], off)},
        {8, 8, "Won already", plain(okb_page_printf(page, "%u of %u", f->n_met, f->n_parts)),
         "key results and goals that have met success"},
        {9, 11, "Will miss", plain(okb_page_printf(page, "%u of %u", f->n_missing, f->n_scored)), "at the pace so far"},
        {12, 14, "Checked in on time",
         plain(f->checkin_of ? okb_page_printf(page, "%.0f%%", 100.0 * f->checkin_n / f->checkin_of) : "–"),
         f->checkin_of ? okb_page_printf(page, "%u of %u check-ins due", f->checkin_n, f->checkin_of)
                       : "no check-in was due"},
    };
    okb_page_height(page, row, 18);
    okb_page_height(page, row + 1, 28);
    okb_page_height(page, row + 2, 18);
    for (size_t i = 0; i < sizeof tiles / sizeof tiles[0]; i++) {
        const tile *t = &tiles[i];
        okb_page_word(page, row, t->first, t->label, OKB_STYLE_TILE_LABEL, OKB_TONE_BODY);
        if (t->figure.text.n)
            write_sentence(s, row + 1, t->first, t->figure, OKB_STYLE_TILE_TEXT);
        else
            write_overall(s, row + 1, t->first);
        okb_page_word(page, row + 2, t->first, t->note, OKB_STYLE_TILE_NOTE, OKB_TONE_BODY);
        okb_page_fill(page, row, t->first, t->last, OKB_STYLE_TILE_LABEL, OKB_TONE_BODY);
        okb_page_fill(page, row + 1, t->first, t->last, OKB_STYLE_TILE_TEXT, OKB_TONE_BODY);
        okb_page_fill(page, row + 2, t->first, t->last, OKB_STYLE_TILE_NOTE, OKB_TONE_BODY);
    }
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
    okb_page_word(page, 0, 0,
                  title.n ? title.p
                          : okb_page_printf(page, "%.*s%sGoals and key results, %.*s", OKB_FMT(plan->org),
                                            plan->org.n ? ": " : "", OKB_FMT(plan->cycles[plan->cycle_ix].name)),
                  OKB_STYLE_TITLE, OKB_TONE_BODY);
    write_sentence(s, 1, COL_LEFT, okb_headline_make(plan, f, live_cells(s), &page->keep), OKB_STYLE_HEADLINE);
    okb_page_word(
        page, 2, 0,
        okb_page_printf(page,
                        "As of %s. %u of %u key results and goals have met success, %u will miss at the pace so far, "
                        "%u have gone silent; %u have a score.",
                        day, f->n_met, f->n_parts, f->n_missing, f->n_stalled, f->n_scored),
        OKB_STYLE_SUBHEAD, OKB_TONE_BODY);
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
