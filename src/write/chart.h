/* chart: the few kinds of chart that the workbook draws, in one style, each with an alternative text. */
#ifndef OKRBOOK_WRITE_CHART_H
#define OKRBOOK_WRITE_CHART_H

#include "book.h"

typedef enum okb_chart_kind { OKB_CHART_BARS, OKB_CHART_COLUMNS, OKB_CHART_LINES } okb_chart_kind;

/* Cells of a chart with what they show now, because viewers that do not calculate draw from it. */
typedef struct okb_chart_series {
    const char *name;     /* for the legend; NULL for none */
    const char *cells;    /* 'Sheet'!$B$2:$B$9 */
    const double *values; /* [n_points]; NaN for none */
    uint32_t colour;      /* 0xRRGGBB */
    bool is_dashed;
} okb_chart_series;

typedef struct okb_chart {
    okb_chart_kind kind;
    const char *question;   /* the chart's title: a question, and its answer in the figures */
    const char *title_cell; /* 'Sheet'!$Q$9, where the title is worked out; NULL: it stands as it is */
    const char *alt;        /* what a reader who does not see it is told */
    const char *cells;      /* of the categories */
    const okb_span *labels; /* [n_points] */
    uint32_t n_points;
    const okb_chart_series *series;
    uint32_t n_series;
    double of;       /* no value can pass it, whatever is edited: the scale ends above it; 0: as the reader sees fit */
    bool is_share;   /* the values run from 0 to 1 */
    bool has_labels; /* each value is printed at its bar */
} okb_chart;

typedef struct okb_chart_place {
    uint32_t row, column; /* of the top left corner ... */
    int x_px;             /* ... and so many pixels on */
    int width_px, height_px;
} okb_chart_place;

void okb_chart_draw(okb_book *book, okb_sheet *sheet, const okb_chart *chart, okb_chart_place place);

/* 'Sheet'!$B$2:$B$9 of a column or of a row. Valid until the facts are rewound. */
const char *okb_chart_cells(okb_book *book, const okb_sheet *sheet, uint32_t first_row, uint32_t first_column,
                            uint32_t last_row, uint32_t last_column);

#endif
