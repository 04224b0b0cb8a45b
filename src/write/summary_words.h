/* The sentences of the Summary, as text and as formulas that say the same from live cells. */
#ifndef OKRBOOK_WRITE_SUMMARY_WORDS_H
#define OKRBOOK_WRITE_SUMMARY_WORDS_H

#include "summary.h"

/* Where the figures of a sentence stand; NULL where they do not stand in cells. */
typedef struct okb_live_cells {
    const char *overall;                      /* one cell */
    const char *statuses;                     /* the column of all teams' statuses */
    const char *won, *missed;                 /* sums over all teams */
    const char *checkins_made, *checkins_due; /* columns of all key results and goals */
} okb_live_cells;

typedef struct okb_sentence {
    okb_span text;
    const char *formula; /* NULL: the sentence has nothing to be worked out from */
} okb_sentence;

/* "2026-Q3 stands at 0.62, up 0.05 on 2026-Q2: 4 of 7 teams on track, 2 at risk, 1 off track." */
okb_sentence okb_headline_make(const okb_plan *plan, const okb_summary_facts *facts, okb_live_cells cells,
                               okb_arena *keep);
/* "+0.05" against the cycle before; empty where there is none. */
okb_sentence okb_change_make(const okb_plan *plan, const okb_summary_facts *facts, okb_live_cells cells,
                             okb_arena *keep);
/* "4 of 7" teams on track or done. */
okb_sentence okb_on_track_make(const okb_summary_facts *facts, okb_live_cells cells, okb_arena *keep);
/* "2 at risk, 1 off track" */
okb_sentence okb_not_on_track_make(const okb_summary_facts *facts, okb_live_cells cells, okb_arena *keep);
/* "12 of 40" key results and goals; sum NULL: as a text. */
okb_sentence okb_count_make(uint32_t n, uint32_t of, const char *sum, okb_arena *keep);
/* "64%" of the check-ins that were due; a dash where none was. */
okb_sentence okb_checked_in_make(const okb_summary_facts *facts, okb_live_cells cells, okb_arena *keep);
/* The line under the headline: what is won, what will be missed, what is silent. The cells hold "12 of 40". */
okb_sentence okb_state_make(const okb_summary_facts *facts, const char *day, const char *won_cell,
                            const char *missed_cell, okb_arena *keep);

/* Titles of the charts: the question, and what the chart answers. names and scores: the cells of the teams that are shown. */
enum { OKB_ANSWER_TEAMS, OKB_ANSWER_WEEKS, OKB_ANSWER_MISSED, OKB_ANSWERS };
okb_sentence okb_who_is_where_make(const okb_plan *plan, const okb_summary_facts *facts, const char *names,
                                   const char *scores, okb_arena *keep);
okb_sentence okb_getting_better_make(const okb_summary_facts *facts, okb_arena *keep);
okb_sentence okb_missed_make(const okb_summary_facts *facts, const char *missed_cell, okb_arena *keep);

#endif
