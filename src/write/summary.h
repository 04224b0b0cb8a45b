/* What the Summary tells, gathered from the plan before any cell is placed. */
#ifndef OKRBOOK_WRITE_SUMMARY_H
#define OKRBOOK_WRITE_SUMMARY_H

#include "page.h"
#include "sheets.h"

enum { SUMMARY_WEEKS = 60 };

/* A line of the scoreboard; team_ix OKB_NONE is the pointer to the teams that are not shown. */
typedef struct okb_summary_team {
    uint32_t team_ix;
    const okb_team_result *result;
} okb_summary_team;

typedef struct okb_summary_week {
    okb_day end;
    double score, expected; /* means over the goals that have a score by then; NaN */
    uint32_t n;
} okb_summary_week;

typedef struct okb_summary_facts {
    okb_arena keep;
    uint32_t *objectives; /* the company's, of the reported cycle; goal indexes */
    uint32_t n_objectives;
    okb_summary_team *teams; /* as shown */
    uint32_t n_teams;
    uint32_t n_all_teams; /* with goals in the cycle, without the company */
    uint32_t paces[7];    /* of all teams, by okb_pace */
    uint32_t *risks;      /* goal indexes, the worst first */
    uint32_t n_risks, n_all_risks;
    uint32_t *asks; /* goals with a blocker, the newest first */
    uint32_t n_asks, n_all_asks;
    okb_summary_week weeks[SUMMARY_WEEKS];
    uint32_t n_weeks;
    uint32_t n_parts, n_scored;                 /* key results and goals of the cycle */
    uint32_t n_met, n_missing;                  /* met; forecast below success */
    uint32_t n_forecast;                        /* goals that have a forecast */
    uint32_t now[OKB_GRADES], then[OKB_GRADES]; /* goals by band, today and at the due date */
    uint32_t n_stalled;
    uint32_t n_cancelled;           /* or postponed */
    bool is_over;                   /* the cycle's last day has come */
    uint32_t windows_n, windows_of; /* check-ins made and due of the same goals */
    uint32_t checkin_n, checkin_of, linked_n, linked_of;
    uint32_t errors, warnings;
    uint64_t rows, rejected;
    uint32_t n_key_results, n_objectives_all;
    double previous; /* overall score of the cycle before; NaN */
} okb_summary_facts;

void okb_summary_gather(okb_book *book, okb_summary_facts *out);
void okb_summary_release(okb_summary_facts *facts);

/* The next step that a note names ("Next: ..."), or an empty span. */
okb_span okb_summary_next_step(okb_span note);

#endif
