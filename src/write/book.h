/*
 * book: an open workbook, its sheets and its guarded cells. Everything that goes into a cell passes here, so that the guards stand
 * in one place: text (length in UTF-16 units, control bytes, bad UTF-8, _xHHHH_), numbers (finite), days (what Excel can
 * show), formulas (ours only, with their cached value) and the return code of every call of the library.
 *
 * The first failure is kept in book->err; later calls do nothing. Cells of a sheet are written in order of row, then
 * column, because a streamed sheet has no way back.
 */
#ifndef OKRBOOK_WRITE_BOOK_H
#define OKRBOOK_WRITE_BOOK_H

#include "facts.h"
#include "okrbook/write.h"
#include "styles.h"

#include <xlsxwriter.h>

enum {
    OKB_NAME_UNITS = 31,      /* of a sheet's name */
    OKB_FORMULA_BYTES = 8192, /* of a formula */
    OKB_SHEET_ROWS = 1048576, /* rows of a sheet */
    OKB_SHEET_LINKS = 65530,  /* hyperlinks of a sheet */
    OKB_OUTLINE_DEPTH = 7,    /* outline levels of a row */
    OKB_TABLE_COLUMNS = 80    /* that a table of ours may have */
};

typedef enum okb_sheet_kind {
    OKB_SHEET_SUMMARY,
    OKB_SHEET_CONTENTS,
    OKB_SHEET_COMPANY,
    OKB_SHEET_TEAM,
    OKB_SHEET_ALIGNMENT,
    OKB_SHEET_CHECKINS,
    OKB_SHEET_FINDINGS,
    OKB_SHEET_CHANGES,
    OKB_SHEET_HISTORY,
    OKB_SHEET_ADVICE,
    OKB_SHEET_DATA,
    OKB_SHEET_LOG,
    OKB_SHEET_METHOD,
    OKB_SHEET_KINDS
} okb_sheet_kind;

typedef struct okb_sheet {
    okb_sheet_kind kind;
    uint32_t team_ix;           /* of a team sheet, else OKB_NONE */
    okb_span name;              /* as the tab shows it */
    okb_span ref;               /* 'Name'! for formulas */
    okb_span link;              /* internal:'Name'!A1 */
    const char *answers;        /* the question that the sheet answers */
    uint32_t part, n_parts;     /* 0-based; a table too long for a sheet goes on in the next part */
    uint32_t first_row, n_rows; /* of the table's rows: those that this part holds */
    bool is_streamed;
    lxw_worksheet *ws;
    uint32_t rows;
    uint64_t cells;  /* with a value */
    uint64_t blanks; /* with a format alone */
    uint32_t links;
    int64_t last_row;
} okb_sheet;

/* What the settings say, read once. */
typedef struct okb_book_settings {
    bool is_rag, is_letter, has_benchmarks;
    bool missing_is_zero, missing_blocks;
    bool is_preset; /* a product's own status rules are in force */
    bool threshold_is_last, threshold_is_inclusive;
    okb_span title, footer;
    double red_max, green_min, committed_min;
    double gap_on_track, gap_at_risk, too_early_share, stated_gap;
    uint32_t sheet_bytes, sheet_rows, table_cells, findings_per_team, scoreboard_rows, contents_from, risks;
} okb_book_settings;

/* Which rows a sheet of a table shows; index NULL: all of 0..n-1. Found once, kept with the book. */
typedef struct okb_rows {
    const uint32_t *index;
    uint32_t n;
} okb_rows;

struct okb_layout;

typedef struct okb_book {
    lxw_workbook *workbook;
    const okb_plan *plan;
    const okb_workbook_options *options;
    okb_book_settings set;
    okb_facts facts;
    okb_arena keep; /* names and formulas; until the workbook is closed */
    okb_buf text;   /* the guarded form of one text */
    okb_err *err;
    okb_code code;
    lxw_format *formats[OKB_STYLES][OKB_TONES];
    lxw_format *status_formats[OKB_STATUS_LOOKS];
    lxw_format *tint_formats[4]; /* red, amber, green, grey */
    okb_sheet *sheets;
    uint32_t n_sheets;
    uint32_t first_of_kind[OKB_SHEET_KINDS]; /* into sheets; OKB_NONE where this workbook has none */
    uint32_t *team_sheet;                    /* [n_teams] into sheets; OKB_NONE */
    const okb_span *split_names;             /* [n_teams + 1] files of a split, in its summary; NULL elsewhere */
    const struct okb_layout *layouts;        /* [n_teams] */
    okb_rows rows_of_kind[OKB_SHEET_KINDS];
    uint64_t text_bytes; /* of the goals' free texts */
    bool is_streamed, is_accessible;
    okb_day as_of;                                 /* that the reported cycle's scores were computed for */
    uint32_t row_lines;                            /* that the row being written needs */
    uint32_t cut_texts, dropped_numbers, odd_days; /* what the guards had to change */
    uint32_t live_rollups, fixed_rollups;
    const char *overall_cell; /* of the Summary; NULL where there is none */
    bool overall_is_live;
} okb_book;

bool okb_book_failed(const okb_book *book);
/* Keeps the library's error with what we were doing. */
void okb_book_check(okb_book *book, lxw_error error, const okb_sheet *sheet, const char *what);

/* ---- cells ---- */

/* style, tone: as styles.h lists them. Unknown values write nothing. */
void okb_put_text(okb_book *book, okb_sheet *sheet, uint32_t row, uint32_t column, okb_span text, okb_style style,
                  okb_tone tone);
void okb_put_word(okb_book *book, okb_sheet *sheet, uint32_t row, uint32_t column, const char *text, okb_style style,
                  okb_tone tone);
void okb_put_number(okb_book *book, okb_sheet *sheet, uint32_t row, uint32_t column, double number, okb_style style,
                    okb_tone tone);
void okb_put_day(okb_book *book, okb_sheet *sheet, uint32_t row, uint32_t column, okb_day day, okb_style style,
                 okb_tone tone);
void okb_put_blank(okb_book *book, okb_sheet *sheet, uint32_t row, uint32_t column, okb_style style, okb_tone tone);
/* A formula of ours with the value that it has now; NaN: it shows nothing. */
void okb_put_formula(okb_book *book, okb_sheet *sheet, uint32_t row, uint32_t column, const char *formula, double value,
                     okb_style style, okb_tone tone);
void okb_put_formula_text(okb_book *book, okb_sheet *sheet, uint32_t row, uint32_t column, const char *formula,
                          okb_span value, okb_style style, okb_tone tone);
/* A link to a sheet of this workbook, or a plain text where the sheet has all the links it may have. */
void okb_put_link(okb_book *book, okb_sheet *sheet, uint32_t row, uint32_t column, okb_span target, okb_span text,
                  okb_style style, okb_tone tone);

/* ---- sheets ---- */

void okb_sheet_row_height(okb_book *book, okb_sheet *sheet, uint32_t row, double points);
/* Height and outline level of a row in one; 0 lines leave the height alone. */
void okb_sheet_row_set(okb_book *book, okb_sheet *sheet, uint32_t row, uint32_t lines, uint32_t level);
/* Lines that a text of the body's size takes in a column of that many characters, wrapped. Words stay whole where they fit; wide
 * scripts break anywhere. */
uint32_t okb_text_lines(okb_span text, double characters);
void okb_sheet_width(okb_book *book, okb_sheet *sheet, uint32_t first, uint32_t last, double characters);
/* Title in A1 and the question that the sheet answers in A2. Returns the first free row. */
uint32_t okb_sheet_title(okb_book *book, okb_sheet *sheet, okb_span title, okb_span note);
/* What every sheet has: paper, landscape, one page wide, footer, A1. header_row < 0: no rows repeat on each page. */
void okb_sheet_print(okb_book *book, okb_sheet *sheet, int64_t header_row);
void okb_sheet_freeze(okb_book *book, okb_sheet *sheet, uint32_t row, uint32_t column);
void okb_sheet_filter(okb_book *book, okb_sheet *sheet, uint32_t first_row, uint32_t last_row, uint32_t last_column);
/* Marks a block as a table with one header row, in the accessible profile; elsewhere it does nothing. headers are unique texts, in the
 * styles that they were written in. */
void okb_sheet_table(okb_book *book, okb_sheet *sheet, uint32_t head_row, uint32_t last_row, uint32_t column,
                     const okb_span *headers, const okb_style *styles, uint32_t n_columns);
/* Colours by the shape that a status begins with, and the bars of scores. */
void okb_sheet_status_colours(okb_book *book, okb_sheet *sheet, uint32_t first_row, uint32_t last_row, uint32_t column);
/* The same where `where` holds: the left side of a condition on the first row, like $S11="Objective". */
void okb_sheet_status_colours_where(okb_book *book, okb_sheet *sheet, uint32_t first_row, uint32_t last_row,
                                    uint32_t column, const char *where);
void okb_sheet_score_bars(okb_book *book, okb_sheet *sheet, uint32_t first_row, uint32_t last_row, uint32_t column);
/* The same in pale colours: for what is not the heart of the matter. */
void okb_sheet_status_tints(okb_book *book, okb_sheet *sheet, uint32_t first_row, uint32_t last_row, uint32_t column);
/* Pale colours by the bands of Red_Max and Success_Threshold. */
void okb_sheet_band_colours(okb_book *book, okb_sheet *sheet, uint32_t first_row, uint32_t last_row,
                            uint32_t first_column, uint32_t last_column);

/* The sheet of a kind, or NULL where this workbook has none. */
okb_sheet *okb_book_sheet(okb_book *book, okb_sheet_kind kind);
/* The sheet of a team, or NULL. */
okb_sheet *okb_book_team_sheet(okb_book *book, uint32_t team_ix);
/* Where a team is shown: on a sheet of this workbook, in a file beside it, or (an empty span) nowhere. */
okb_span okb_book_team_link(okb_book *book, uint32_t team_ix);
/* The Summary of this workbook, or that of the split it is part of; an empty span where there is none. */
okb_span okb_book_summary_link(okb_book *book);

/* "C7", "$C$7" and "AA7" style references; row and column 0-based. Valid until the facts are rewound. */
const char *okb_book_cell(okb_book *book, uint32_t row, uint32_t column, bool is_absolute);
/* printf; valid until the facts are rewound, which happens between the rows of a table. */
/* A formula that repeats the number of another cell; an empty cell would come out as 0, so that it stays empty. */
const char *okb_book_same(okb_book *book, const char *ref);
const char *okb_book_printf(okb_book *book, const char *fmt, ...) OKB_PRINTF(2, 3);
/* A guarded copy that the library may hold by a pointer to char. Kept until the workbook is closed. */
char *okb_book_writable(okb_book *book, okb_span text);
/* A column's letters: "A", "AB". */
void okb_column_letters(uint32_t column, char out[4]);

#endif
