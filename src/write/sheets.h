/*
 * sheets: what the workbook is made of. Each kind of sheet is a file with one writer; the table in contents.c names them in order.
 */
#ifndef OKRBOOK_WRITE_SHEETS_H
#define OKRBOOK_WRITE_SHEETS_H

#include "book.h"
#include "layout.h"

/* Named parameters: cells of the Method sheet that formulas everywhere refer to. */
typedef enum okb_param {
    OKB_PARAM_CYCLE_NAME, /* a text: okb_param_value is NaN */
    OKB_PARAM_AS_OF,
    OKB_PARAM_CYCLE_END,
    OKB_PARAM_RED_MAX,
    OKB_PARAM_SUCCESS,
    OKB_PARAM_COMMITTED,
    OKB_PARAM_GAP_ON_TRACK,
    OKB_PARAM_GAP_AT_RISK,
    OKB_PARAM_TOO_EARLY,
    OKB_PARAM_RED_BELOW, /* worked out from Red_Max and Success_Threshold: an unrounded score is in the band from here on */
    OKB_PARAM_GREEN_FROM,
    OKB_PARAMS
} okb_param;

/* The parameter's name, or its value where this workbook has no Method sheet. Valid until the facts are rewound. */
const char *okb_param_ref(okb_book *book, okb_param param);
double okb_param_value(const okb_book *book, okb_param param);
const char *okb_param_name(okb_param param);
/* The formula of a parameter that follows from others; NULL for one that a reader may change. */
const char *okb_param_formula(okb_param param);
/* The day that the reported cycle's scores were computed for. */
okb_day okb_book_as_of(const okb_book *book);

typedef struct okb_sheet_def {
    const char *name;
    const char *answers;
    uint32_t head_rows;                                /* rows above the table's first */
    uint32_t n_columns;                                /* for the estimate of cells */
    okb_rows (*rows)(okb_book *book, okb_arena *keep); /* NULL: not a table of unknown length */
    void (*write)(okb_book *book, okb_sheet *sheet, okb_rows rows);
} okb_sheet_def;

extern const okb_sheet_def okb_sheet_defs[OKB_SHEET_KINDS];

/* Plans the sheets: which there are, their names, and the parts of those that are too long for one. */
void okb_contents_plan(okb_book *book);
okb_rows okb_contents_rows(const okb_book *book, okb_sheet_kind kind);
/* Below a table that goes on on the next sheet: a link to it. Elsewhere it does nothing. */
void okb_contents_go_on(okb_book *book, okb_sheet *sheet, uint32_t row);

/* ---- where other sheets find a team's figures ---- */

enum {
    OKB_TEAM_FIGURE_ROW = 3, /* of the first figure */
    OKB_TEAM_HEAD_ROW = 9,
    OKB_TEAM_FIRST_ROW = 10
};

/* The band of a score that is rounded to two decimals. */
typedef enum okb_grade { OKB_GRADE_RED, OKB_GRADE_AMBER, OKB_GRADE_GREEN, OKB_GRADE_NONE, OKB_GRADES } okb_grade;
okb_grade okb_grade_of(const okb_book *book, double score);
/* "Red ≤ 0.30", "Amber", "Green ≥ 0.70", "No score": the bands by their names and bounds. Valid until the facts are rewound. */
okb_span okb_grade_label(okb_book *book, okb_grade band);
/* The same live, where the bound is a named cell; else NULL. */
const char *okb_grade_formula(okb_book *book, okb_grade band);

typedef enum okb_figure {
    OKB_FIGURE_SCORE,
    OKB_FIGURE_EXPECTED,
    OKB_FIGURE_STATUS,
    OKB_FIGURE_LAST,
    OKB_FIGURE_CHANGE,
    OKB_FIGURE_WON,
    OKB_FIGURE_MISSED,
    OKB_FIGURE_NOW, /* and the OKB_GRADES from it on: key results and goals by band, today */
    OKB_FIGURE_THEN = OKB_FIGURE_NOW + OKB_GRADES, /* by forecast */
    OKB_FIGURES = OKB_FIGURE_THEN + OKB_GRADES
} okb_figure;
/* 'Growth'!$C$4, or NULL where the team has no sheet here. Valid until the facts are rewound. */
const char *okb_team_figure_ref(okb_book *book, uint32_t team_ix, okb_figure figure);
/* The cell of a goal's line on its team's sheet, or NULL. */
const char *okb_team_line_ref(okb_book *book, uint32_t goal_ix, uint32_t line_ix, uint32_t column);

/* "'Growth'!$N$7+'Product'!$N$7": a figure of all teams with goals, the company among them; NULL where one has no sheet here. Valid
 * until the facts are rewound. */
const char *okb_teams_sum(okb_book *book, okb_figure figure);

/* Whether a key result or goal is won, and whether it will miss its success at the pace so far: 1 or 0; NaN where it is not known or
 * does not count. */
typedef struct okb_outlook {
    double won, missed;
} okb_outlook;
okb_outlook okb_goal_outlook(const okb_book *book, uint32_t goal_ix);
/* The sums over a team's lines. */
typedef struct okb_team_outlook {
    uint32_t n; /* key results and goals that count */
    uint32_t won, missed;
    uint32_t now[OKB_GRADES], then[OKB_GRADES]; /* by band today, and by forecast at the due date */
} okb_team_outlook;
okb_team_outlook okb_team_outlook_sum(const okb_book *book, uint32_t team_ix);

/* Columns of all listed teams on the Contents sheet: 'Contents'!$B$14:$B$313; NULL without such a sheet or where a team has
 * several sheets. Valid until the facts are rewound. */
enum {
    OKB_CONTENTS_SCORE = 1,
    OKB_CONTENTS_STATUS = 4,
    OKB_CONTENTS_WON = 5,
    OKB_CONTENTS_MISSED = 6,
    OKB_CONTENTS_NOW = 12
};
const char *okb_contents_range(okb_book *book, uint32_t column);

/* The check-ins made and due of all key results and goals: a column of the Check-ins sheet; NULL where it is not whole. Valid until
 * the facts are rewound. */
const char *okb_checkins_range(okb_book *book, bool is_due);

/* ---- writers ---- */

void okb_sheet_summary_write(okb_book *book, okb_sheet *sheet, okb_rows rows);
void okb_sheet_contents_write(okb_book *book, okb_sheet *sheet, okb_rows rows);
void okb_sheet_team_write(okb_book *book, okb_sheet *sheet, okb_rows rows);
void okb_sheet_alignment_write(okb_book *book, okb_sheet *sheet, okb_rows rows);
void okb_sheet_checkins_write(okb_book *book, okb_sheet *sheet, okb_rows rows);
void okb_sheet_findings_write(okb_book *book, okb_sheet *sheet, okb_rows rows);
void okb_sheet_changes_write(okb_book *book, okb_sheet *sheet, okb_rows rows);
void okb_sheet_history_write(okb_book *book, okb_sheet *sheet, okb_rows rows);
void okb_sheet_advice_write(okb_book *book, okb_sheet *sheet, okb_rows rows);
void okb_sheet_data_write(okb_book *book, okb_sheet *sheet, okb_rows rows);
void okb_sheet_log_write(okb_book *book, okb_sheet *sheet, okb_rows rows);
void okb_sheet_method_write(okb_book *book, okb_sheet *sheet, okb_rows rows);

okb_rows okb_sheet_alignment_rows(okb_book *book, okb_arena *keep);
okb_rows okb_sheet_checkins_rows(okb_book *book, okb_arena *keep);
okb_rows okb_sheet_findings_rows(okb_book *book, okb_arena *keep);
okb_rows okb_sheet_changes_rows(okb_book *book, okb_arena *keep);
okb_rows okb_sheet_history_rows(okb_book *book, okb_arena *keep);
okb_rows okb_sheet_advice_rows(okb_book *book, okb_arena *keep);
okb_rows okb_sheet_data_rows(okb_book *book, okb_arena *keep);
okb_rows okb_sheet_log_rows(okb_book *book, okb_arena *keep);

#endif
