/* chart: the few kinds of chart that the workbook draws, in one style, each with an alternative text. */
#ifndef OKRBOOK_WRITE_CHART_H
#define OKRBOOK_WRITE_CHART_H

#include "book.h"

typedef enum okb_chart_kind { OKB_CHART_BARS, OKB_CHART_COLUMNS, OKB_CHART_LINES } okb_chart_kind;

typedef struct okb_chart_series {
    const char *name; /* for the legend; NULL for none */
    uint32_t column;  /* of the values */
    uint32_t colour;  /* 0xRRGGBB */
    bool is_dashed;
} okb_chart_series;

typedef struct okb_chart {
    okb_chart_kind kind;
    const char *question;                       /* the chart's title */
    const char *alt;                            /* what a reader who does not see it is told */
    const okb_sheet *data;                      /* the sheet that its cells are on */
    uint32_t first_row, last_row, label_column; /* categories */
    const okb_chart_series *series;
    uint32_t n_series;
    bool is_share;   /* the values run from 0 to 1 */
    bool has_labels; /* each value is printed at its bar */
} okb_chart;

/* Draws it on sheet with its top left corner at row, column plus x pixels. */
void okb_chart_draw(okb_book *book, okb_sheet *sheet, const okb_chart *chart, uint32_t row, uint32_t column, int x_px,
                    int width_px, int height_px);

#endif
