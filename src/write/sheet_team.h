/* The columns of a team's sheet. What is printed tells how the goals go; what stands right of it shows how the scores are made. */
#ifndef OKRBOOK_WRITE_SHEET_TEAM_H
#define OKRBOOK_WRITE_SHEET_TEAM_H

#include "grid.h"
#include "layout.h"
#include "page.h"
#include "sheets.h"

enum okb_team_column {
    TEAM_NUMBER,
    TEAM_TITLE,
    TEAM_OWNER,
    TEAM_BASELINE,
    TEAM_CURRENT,
    TEAM_TARGET,
    TEAM_UNIT,
    TEAM_SCORE,
    TEAM_STATUS,
    TEAM_FORECAST,
    TEAM_CONFIDENCE,
    TEAM_TREND,
    TEAM_NOTE,
    TEAM_SMART,
    TEAM_ASK,
    TEAM_PRINTED,
    TEAM_EXPECTED = TEAM_PRINTED,
    TEAM_LAST,
    TEAM_KIND,
    TEAM_COUNTS,
    TEAM_WAY,
    TEAM_WEIGHT,
    TEAM_STATED,
    TEAM_ZERO,
    TEAM_WON,
    TEAM_MISSED,
    TEAM_REPORTED,
    TEAM_START,
    TEAM_DUE,
    TEAM_AMBITION,
    TEAM_ID,
    TEAM_COLUMNS
};

/* What the writers of the cells need of a team's sheet. */
typedef struct okb_team_view {
    okb_book *book;
    okb_sheet *sheet;
    const okb_layout *layout;
    uint32_t team_ix;
} okb_team_view;

/* A formula and the value that it has; formula NULL: there is none that gives the score, so the number itself is written. */
typedef struct okb_live {
    const char *formula;
    double value;
} okb_live;

extern const okb_grid_column okb_team_columns[TEAM_COLUMNS];

/* Whether a figure has more decimals than a reader wants to see: the cell keeps it whole and shows it short. */
bool okb_team_has_tail(double value);

/* The figures above the lines. */
void okb_team_figures_write(okb_page *page, const okb_team_view *view, const okb_team_result *t);

/* Sheet row of a line of this part; OKB_NONE where it stands on another part. */
uint32_t okb_team_row(const okb_sheet *sheet, uint32_t line_ix);

okb_live okb_team_score_formula(const okb_team_view *view, uint32_t line_ix);
okb_live okb_team_zero_formula(const okb_team_view *view, uint32_t line_ix);
okb_live okb_team_forecast_formula(const okb_team_view *view, uint32_t line_ix);
okb_live okb_team_expected_formula(const okb_team_view *view, uint32_t line_ix);
/* The words of the pace; formula NULL where the rules in force are not those of the formula. */
const char *okb_team_status_formula(const okb_team_view *view, uint32_t line_ix);

okb_live okb_team_won_formula(const okb_team_view *view, uint32_t line_ix);
okb_live okb_team_missed_formula(const okb_team_view *view, uint32_t line_ix);

/* The pace that the status formula comes to. */
okb_pace okb_live_pace(const okb_book *book, double score, double expected, okb_day due, okb_ambition ambition);
/* The formula of a status over cells: score, expected, due. */
const char *okb_status_formula(okb_book *book, const char *score, const char *expected, const char *due,
                               okb_ambition ambition);

#endif
