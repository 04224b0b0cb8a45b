/* The Summary as it is being composed: shared by the files that write its blocks. */
#ifndef OKRBOOK_WRITE_SUMMARY_PAGE_H
#define OKRBOOK_WRITE_SUMMARY_PAGE_H

#include "summary_words.h"

enum {
    COL_LEFT = 0, /* wide text, then six narrow columns */
    COL_GAP = 7,
    COL_RIGHT = 8, /* wide text, then six narrow columns */
    COL_LAST = 14,
    COL_FIGURES = 16, /* behind the charts, outside the printed page */
    TILES_ROW = 4,
    SHOWN_OBJECTIVES = 8
};

#define LEFT_WIDTH 50
#define RIGHT_WIDTH 31

/* Widths of the page's columns in characters, and what a run of them takes on the screen. */
extern const double okb_summary_widths[COL_LAST + 1];
int okb_summary_px(uint32_t first, uint32_t last);

typedef struct okb_summary {
    okb_page page;
    okb_book *book;
    okb_sheet *sheet;
    okb_summary_facts facts;
    uint32_t overall_row, overall_column;
    const char *won_cell, *missed_cell;         /* of the tiles; kept until the page is flushed */
    uint32_t objectives_first, objectives_last; /* rows of the table; last < first: none */
    uint32_t teams_first, teams_last, teams_column;
    uint32_t risks_first;
    uint32_t answers_row, weeks_row, bands_row, figures_column; /* of the figures behind the charts */
    okb_sentence answers[OKB_ANSWERS];                          /* the charts' titles */
} okb_summary;

static inline const okb_plan *plan_of(const okb_summary *s)
{
    return s->book->plan;
}

/* "C7" and "C7:C12"; rows and columns 0-based. Kept until the page is flushed. */
const char *okb_summary_cell(okb_summary *s, uint32_t row, uint32_t column);
const char *okb_summary_range(okb_summary *s, uint32_t first, uint32_t last, uint32_t column);
/* Height of a row of that many lines of the body's size. */
double okb_summary_points(uint32_t lines);

/* Blocks. Each is written from row, column on and returns the first free row. */
uint32_t okb_summary_objectives(okb_summary *s, uint32_t row, uint32_t column);
uint32_t okb_summary_teams(okb_summary *s, uint32_t row, uint32_t column);
uint32_t okb_summary_risks(okb_summary *s, uint32_t row, uint32_t column);
uint32_t okb_summary_asks(okb_summary *s, uint32_t row, uint32_t column);
uint32_t okb_summary_foot(okb_summary *s, uint32_t row);
/* After the objectives and the teams, whose rows the formulas of the tiles and the headline point to. */
void okb_summary_tiles(okb_summary *s, uint32_t row);
/* The tiles as a table, for readers who are read to. */
void okb_summary_tile_list(okb_summary *s, uint32_t row);
void okb_summary_title(okb_summary *s);
void okb_summary_sentence(okb_summary *s, uint32_t row, uint32_t column, okb_sentence sentence, okb_style style);
/* The figures behind the charts. Returns the first free row. */
uint32_t okb_summary_figures(okb_summary *s, uint32_t row, uint32_t column);
/* The charts, after the figures: the teams' beside the block at block_row where there is room, the others at band_row. Returns the
 * rows of the band. */
uint32_t okb_summary_charts(okb_summary *s, uint32_t block_row, uint32_t band_row);
/* "... 289 more teams: see Contents" */
okb_span okb_summary_more_teams(okb_summary *s);

#endif
