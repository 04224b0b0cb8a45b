/*
 * styles: every format of the workbook, made once, and the two palettes. One font, few colours.
 */
#ifndef OKRBOOK_WRITE_STYLES_H
#define OKRBOOK_WRITE_STYLES_H

#include "okrbook/plan.h"

/* What a cell is; how it looks follows. */
typedef enum okb_style {
    OKB_STYLE_TITLE,
    OKB_STYLE_NOTE, /* under a title: muted */
    OKB_STYLE_HEADLINE,
    OKB_STYLE_SUBHEAD, /* muted line under the headline */
    OKB_STYLE_SECTION, /* names a block of a sheet */
    OKB_STYLE_TILE_LABEL,
    OKB_STYLE_TILE_NUMBER, /* 0.00 */
    OKB_STYLE_TILE_TEXT,
    OKB_STYLE_TILE_NOTE,
    OKB_STYLE_HEADER, /* of a column of text */
    OKB_STYLE_HEADER_INDENT,
    OKB_STYLE_HEADER_RIGHT, /* of a column of numbers */
    OKB_STYLE_HEADER_CENTRE,
    OKB_STYLE_HEADER_LINE, /* not wrapped: runs over empty cells */
    OKB_STYLE_TEXT,
    OKB_STYLE_TEXT_WRAP,
    OKB_STYLE_TEXT_CENTRE,
    OKB_STYLE_TEXT_RIGHT,
    OKB_STYLE_ABSENT,      /* a mark where a column of numbers has none */
    OKB_STYLE_TEXT_LINE,   /* not wrapped, one step in */
    OKB_STYLE_TEXT_INDENT, /* wrapped, one step in */
    OKB_STYLE_TEXT_INDENT2,
    OKB_STYLE_TEXT_INDENT3,
    OKB_STYLE_TEXT_INDENT4,
    OKB_STYLE_REMARK, /* wrapped, never bold */
    OKB_STYLE_REMARK_INDENT,
    OKB_STYLE_LINK,
    OKB_STYLE_LINK_WRAP,
    OKB_STYLE_NUMBER, /* as many decimals as it has */
    OKB_STYLE_NUMBER_LEFT,
    OKB_STYLE_COUNT, /* 1,234 */
    OKB_STYLE_SCORE, /* 0.00 */
    OKB_STYLE_DELTA, /* +0.05 */
    OKB_STYLE_TREND, /* shape and number */
    OKB_STYLE_RATE,  /* 0% */
    OKB_STYLE_DAY,
    OKB_STYLE_STATUS,      /* centred word with its shape */
    OKB_STYLE_HEAT,        /* a score in a heatmap: centred, small */
    OKB_STYLE_INPUT,       /* a number that a reader may change */
    OKB_STYLE_INPUT_SHORT, /* the same for a figure with a long tail: two decimals, four below one */
    OKB_STYLE_INPUT_DAY,
    OKB_STYLE_PLAIN_TEXT, /* the same without a rule below, for long tables */
    OKB_STYLE_PLAIN_LINE, /* one step in */
    OKB_STYLE_PLAIN_WRAP,
    OKB_STYLE_PLAIN_INDENT,
    OKB_STYLE_PLAIN_NUMBER,
    OKB_STYLE_PLAIN_COUNT,
    OKB_STYLE_PLAIN_SCORE,
    OKB_STYLE_PLAIN_RATE,
    OKB_STYLE_PLAIN_DAY,
    OKB_STYLE_LINK_PLAIN,
    OKB_STYLE_FIGURE_LABEL, /* of a figure above a table */
    OKB_STYLE_FIGURE_TEXT,
    OKB_STYLE_TOTAL_TEXT,
    OKB_STYLE_TOTAL_COUNT,
    OKB_STYLE_TOTAL_SCORE,
    OKB_STYLES
} okb_style;

typedef enum okb_tone {
    OKB_TONE_BODY,
    OKB_TONE_HEADING, /* bold on a light band */
    OKB_TONE_MUTED,
    OKB_TONE_OPEN, /* without the rule below: figures that stand free */
    OKB_TONES
} okb_tone;

/* The looks of a status: word, shape and colour together. */
typedef enum okb_status_look {
    OKB_LOOK_NO_DATA,
    OKB_LOOK_TOO_EARLY,
    OKB_LOOK_ON_TRACK,
    OKB_LOOK_AT_RISK,
    OKB_LOOK_OFF_TRACK,
    OKB_LOOK_DONE,
    OKB_LOOK_MISSED,
    OKB_STATUS_LOOKS
} okb_status_look;

typedef struct okb_look {
    const char *shape;        /* one character */
    const char *words;        /* shape, blank, word */
    uint32_t fill[2], ink[2]; /* 0xRRGGBB: colour-blind-safe, red-amber-green */
} okb_look;

extern const okb_look okb_looks[OKB_STATUS_LOOKS];
okb_status_look okb_look_of_pace(okb_pace pace);
/* The words of a stated status: shape and word; empty for none. */
const char *okb_status_words(okb_status status);

/* The colours of red, amber and green for whole areas, and those of charts. */
typedef struct okb_palette {
    uint32_t tint[3];   /* pale, for whole areas; dark ink on all */
    uint32_t series[3]; /* main, second, third */
} okb_palette;
const okb_palette *okb_palette_of(bool is_rag);

enum okb_colour {
    OKB_INK = 0x1F2933,
    OKB_INK_MUTED = 0x56616E,
    OKB_INK_LINK = 0x0B4F8A,
    OKB_TINT_GREY = 0xEEF0F3,
    OKB_INK_INPUT = 0x1D4E89, /* figures that a reader may change */
    OKB_RULE = 0xD8DDE3,
    OKB_RULE_STRONG = 0x8A94A0,
    OKB_BAND = 0xEEF2F6,
    OKB_TILE = 0xF4F6F9,
    OKB_BAR = 0xB9CDE3,
    OKB_ACCENT = 0x12355B,
    OKB_PAPER = 0xFFFFFF
};

/* Contrast of two colours as WCAG 2 defines it, 1 to 21. */
double okb_colour_contrast(uint32_t a, uint32_t b);

#define OKB_FONT "Calibri"

/* Whether a style wraps its text, and how many steps it is set in. */
bool okb_style_wraps(okb_style style);
uint32_t okb_style_indent(okb_style style);

struct okb_book;
/* Makes every format. */
void okb_styles_make(struct okb_book *book);

#endif
