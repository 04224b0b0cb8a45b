/* Charts in one calm style: no frame, few lines, the question as title. */
#include "chart.h"

#include "guard.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Over the highest column that there can be, for its figure. */
static const double headroom = 1.1;

static lxw_chart_font font(double size, uint32_t colour, bool is_bold)
{
    static char name[] = OKB_FONT;
    return (lxw_chart_font){.name = name, .size = size, .color = colour, .bold = is_bold};
}

static void style_axes(lxw_chart *c, const okb_chart *chart)
{
    lxw_chart_font small = font(9, OKB_INK, false);
    lxw_chart_line rule = {.color = OKB_RULE_STRONG, .width = 0.75f}, none = {.none = LXW_TRUE},
                   grid = {.color = OKB_RULE, .width = 0.5f};
    bool is_turned = chart->kind == OKB_CHART_BARS; /* the library swaps the axes of bars */
    lxw_chart_axis *labels = is_turned ? c->y_axis : c->x_axis, *values = is_turned ? c->x_axis : c->y_axis;
    chart_axis_set_num_font(labels, &small);
    chart_axis_set_num_font(values, &small);
    chart_axis_set_line(labels, &rule);
    chart_axis_set_line(values, &none);
    chart_axis_set_major_tick_mark(labels, LXW_CHART_AXIS_TICK_MARK_NONE);
    chart_axis_set_major_tick_mark(values, LXW_CHART_AXIS_TICK_MARK_NONE);
    chart_axis_major_gridlines_set_visible(values, LXW_TRUE);
    chart_axis_major_gridlines_set_line(values, &grid);
    chart_axis_set_min(values, 0);
    if (chart->is_share) {
        chart_axis_set_max(values, 1);
        chart_axis_set_major_unit(values, 0.25);
        chart_axis_set_num_format(values, "0.00");
    } else {
        chart_axis_set_num_format(values, "0");
        if (chart->of > 0)
            chart_axis_set_max(values, ceil(chart->of * headroom));
    }
    if (is_turned)
        chart_axis_set_reverse(labels); /* the first row of the table at the top */
    if (chart->has_labels) {            /* each bar says its value: an axis would say it twice */
        chart_axis_set_label_position(values, LXW_CHART_AXIS_LABEL_POSITION_NONE);
        chart_axis_major_gridlines_set_visible(values, LXW_FALSE);
    }
}

/* Hands the library the points of a range: it would read formulas as 0. */
static void fill_cache(lxw_series_range *range, const okb_chart *chart, const double *values, okb_buf *text)
{
    enum { MOST_POINTS = UINT16_MAX };
    if (!range || !range->data_cache || chart->n_points > MOST_POINTS)
        return;
    range->ignore_cache = LXW_TRUE; /* the library then leaves the points alone */
    range->has_string_cache = values == NULL;
    range->num_data_points = (uint16_t)chart->n_points;
    for (uint32_t i = 0; i < chart->n_points; i++) {
        lxw_series_data_point *point = calloc(1, sizeof *point); /* freed by the library */
        if (!point)
            return;
        if (values) {
            point->no_data = (uint8_t)!isfinite(values[i]);
            point->number = point->no_data ? 0 : values[i];
        } else {
            okb_span label = okb_guard_text(text, chart->labels[i], OKB_CELL_UNITS, NULL);
            point->is_string = LXW_TRUE;
            point->string = calloc(label.n + 1, 1);
            if (point->string && label.n)
                memcpy(point->string, label.p, label.n);
        }
        STAILQ_INSERT_TAIL(range->data_cache, point, list_pointers);
    }
}

static void add_series(okb_book *book, okb_sheet *sheet, lxw_chart *c, const okb_chart *chart,
                       const okb_chart_series *series)
{
    lxw_chart_series *s = chart_add_series(c, chart->cells, series->cells);
    if (!s) {
        okb_book_check(book, LXW_ERROR_MEMORY_MALLOC_FAILED, sheet, "add a chart's series");
        return;
    }
    fill_cache(s->categories, chart, NULL, &book->text);
    fill_cache(s->values, chart, series->values, &book->text);
    if (series->name)
        chart_series_set_name(s, series->name);
    lxw_chart_line line = {.color = series->colour,
                           .width = 2.25f,
                           .dash_type = series->is_dashed ? LXW_CHART_LINE_DASH_DASH : LXW_CHART_LINE_DASH_SOLID};
    lxw_chart_fill fill = {.color = series->colour};
    lxw_chart_font small = font(9, OKB_INK, false);
    if (chart->kind == OKB_CHART_LINES)
        chart_series_set_line(s, &line);
    else
        chart_series_set_fill(s, &fill);
    if (chart->has_labels) {
        chart_series_set_labels(s);
        chart_series_set_labels_font(s, &small);
        chart_series_set_labels_num_format(s, chart->is_share ? "0.00" : "0");
    }
}

const char *okb_chart_cells(okb_book *book, const okb_sheet *sheet, uint32_t first_row, uint32_t first_column,
                            uint32_t last_row, uint32_t last_column)
{
    return okb_book_printf(book, "=%s%s:%s", sheet->ref.p, okb_book_cell(book, first_row, first_column, true),
                           okb_book_cell(book, last_row, last_column, true));
}

void okb_chart_draw(okb_book *book, okb_sheet *sheet, const okb_chart *chart, okb_chart_place place)
{
    static const uint8_t types[] = {LXW_CHART_BAR, LXW_CHART_COLUMN, LXW_CHART_LINE};
    enum { DEFAULT_WIDTH_PX = 480, DEFAULT_HEIGHT_PX = 288, GAP_PERCENT = 60 };
    if (okb_book_failed(book))
        return;
    lxw_chart *c = workbook_add_chart(book->workbook, types[chart->kind]);
    if (!c) {
        okb_book_check(book, LXW_ERROR_MEMORY_MALLOC_FAILED, sheet, "add a chart");
        return;
    }
    for (uint32_t i = 0; i < chart->n_series; i++)
        add_series(book, sheet, c, chart, &chart->series[i]);
    lxw_chart_font title = font(11, OKB_ACCENT, true), small = font(9, OKB_INK, false);
    lxw_chart_line none = {.none = LXW_TRUE};
    if (chart->title_cell) {
        const okb_span text = okb_span_of(chart->question);
        const okb_chart one = {.labels = &text, .n_points = 1};
        chart_title_set_name(c, chart->title_cell);
        fill_cache(c->title.range, &one, NULL, &book->text);
    } else
        chart_title_set_name(c, chart->question);
    chart_title_set_name_font(c, &title);
    chart_chartarea_set_line(c, &none);
    style_axes(c, chart);
    if (chart->n_series > 1) {
        chart_legend_set_position(c, LXW_CHART_LEGEND_BOTTOM);
        chart_legend_set_font(c, &small);
    } else
        chart_legend_set_position(c, LXW_CHART_LEGEND_NONE);
    if (chart->kind != OKB_CHART_LINES && chart->n_series > 0)
        chart_set_series_gap(c, GAP_PERCENT);
    chart_show_blanks_as(c, LXW_CHART_BLANKS_AS_GAP);
    lxw_chart_options options = {.x_offset = place.x_px,
                                 .x_scale = (double)place.width_px / DEFAULT_WIDTH_PX,
                                 .y_scale = (double)place.height_px / DEFAULT_HEIGHT_PX,
                                 .object_position = LXW_OBJECT_MOVE_AND_SIZE,
                                 .description = okb_book_writable(book, okb_span_of(chart->alt))};
    okb_book_check(book, worksheet_insert_chart_opt(sheet->ws, place.row, (lxw_col_t)place.column, c, &options), sheet,
                   "place a chart");
}
