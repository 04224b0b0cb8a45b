/* Tables from declarations. */
#include "grid.h"
#include "sheets.h"

#include <math.h>
#include <string.h>

static bool is_right(okb_style style)
{
    switch ((int)style) {
    case OKB_STYLE_NUMBER:
    case OKB_STYLE_COUNT:
    case OKB_STYLE_SCORE:
    case OKB_STYLE_DELTA:
    case OKB_STYLE_TREND:
    case OKB_STYLE_RATE:
    case OKB_STYLE_DAY:
    case OKB_STYLE_INPUT:
    case OKB_STYLE_INPUT_SHORT:
    case OKB_STYLE_INPUT_DAY:
    case OKB_STYLE_PLAIN_NUMBER:
    case OKB_STYLE_PLAIN_COUNT:
    case OKB_STYLE_PLAIN_SCORE:
    case OKB_STYLE_PLAIN_RATE:
    case OKB_STYLE_PLAIN_DAY:
        return true;
    default:
        return false;
    }
}

/* Texts right of another column stand one step in, or they would touch what ends there. */
static okb_style set_in(okb_style style, uint32_t column)
{
    if (column == 0)
        return style;
    switch ((int)style) {
    case OKB_STYLE_TEXT:
        return OKB_STYLE_TEXT_LINE;
    case OKB_STYLE_TEXT_WRAP:
        return OKB_STYLE_TEXT_INDENT;
    case OKB_STYLE_REMARK:
        return OKB_STYLE_REMARK_INDENT;
    case OKB_STYLE_PLAIN_TEXT:
        return OKB_STYLE_PLAIN_LINE;
    case OKB_STYLE_PLAIN_WRAP:
        return OKB_STYLE_PLAIN_INDENT;
    default:
        return style;
    }
}

okb_style okb_grid_header_style(const okb_grid_column *column, uint32_t at)
{
    okb_style style = set_in(column->style, at);
    if (is_right(style))
        return OKB_STYLE_HEADER_RIGHT;
    if (style == OKB_STYLE_STATUS || style == OKB_STYLE_HEAT || style == OKB_STYLE_TEXT_CENTRE)
        return OKB_STYLE_HEADER_CENTRE;
    return okb_style_indent(style) ? OKB_STYLE_HEADER_INDENT : OKB_STYLE_HEADER;
}

void okb_grid_head(okb_book *book, okb_sheet *sheet, const okb_grid *grid, uint32_t row)
{
    for (uint32_t c = 0; c < grid->n_columns; c++) {
        const okb_grid_column *column = &grid->columns[c];
        if (column->width > 0)
            okb_sheet_width(book, sheet, c, c, column->width);
        okb_style style = okb_grid_header_style(column, c);
        okb_put_word(book, sheet, row, c, column->header, style, OKB_TONE_BODY);
    }
}

/* The formula with each {Header} replaced by that column's cell in the row. */
static const char *expand(const okb_grid_at *at, const okb_grid *grid, const char *formula)
{
    okb_buf out = {0};
    for (const char *p = formula; *p; p++) {
        const char *end = *p == '{' ? strchr(p, '}') : NULL;
        uint32_t c = 0;
        okb_span name = {p + 1, end ? (size_t)(end - p - 1) : 0};
        while (end && c < grid->n_columns && !okb_span_eq(name, okb_span_of(grid->columns[c].header)))
            c++;
        if (!end || c == grid->n_columns) {
            okb_buf_byte(&out, *p);
            continue;
        }
        okb_buf_add(&out, okb_span_of(okb_book_cell(at->book, at->row, c, false)));
        p = end;
    }
    const char *kept = okb_arena_copy(&at->book->facts.scratch, okb_buf_span(&out)).p;
    okb_buf_free(&out);
    return kept;
}

static void put_field(const okb_grid_at *at, const okb_field *field)
{
    okb_value value = okb_field_value(field, &at->book->facts, at->ix);
    switch (value.kind) {
    case OKB_VALUE_TEXT:
        okb_at_text(at, value.text);
        break;
    case OKB_VALUE_NUMBER:
        okb_at_number(at, value.number);
        break;
    case OKB_VALUE_DAY:
        okb_at_day(at, value.day);
        break;
    case OKB_VALUE_NONE:
        break;
    }
}

uint32_t okb_grid_rows(okb_book *book, okb_sheet *sheet, const okb_grid *grid, uint32_t row, uint32_t from, uint32_t n)
{
    okb_grid_at at = {.book = book, .sheet = sheet, .context = grid->context, .tone = OKB_TONE_BODY};
    for (uint32_t i = 0; i < n && !okb_book_failed(book); i++, row++) {
        okb_facts_rewind(&book->facts);
        at.ix = grid->index ? grid->index[from + i] : from + i;
        at.row = row;
        if (grid->tone)
            at.tone = grid->tone(&at);
        book->row_lines = grid->is_ruled ? 1 : 0;
        for (uint32_t c = 0; c < grid->n_columns; c++) {
            const okb_grid_column *column = &grid->columns[c];
            at.column = c;
            at.width = column->width;
            at.style = column->style;
            uint64_t before = sheet->cells + sheet->blanks;
            if (column->formula)
                okb_put_formula(book, sheet, row, c, expand(&at, grid, column->formula),
                                okb_field_value(column->field, &book->facts, at.ix).number, column->style, at.tone);
            else if (column->field)
                put_field(&at, column->field);
            else
                column->put(&at);
            if (grid->is_ruled && sheet->cells + sheet->blanks == before)
                okb_put_blank(book, sheet, row, c, column->style, at.tone);
        }
        okb_sheet_row_set(book, sheet, row, book->row_lines, grid->level ? grid->level(&at) : 0);
    }
    return row;
}

/* What a total comes to; NaN for the mean of nothing. */
static double total_of(okb_book *book, const okb_grid *grid, const okb_grid_column *column)
{
    double sum = 0;
    uint32_t n = 0;
    for (uint32_t i = 0; i < grid->n_rows && column->field; i++) {
        double number = okb_field_value(column->field, &book->facts, grid->index ? grid->index[i] : i).number;
        if (!isfinite(number))
            continue;
        sum += number;
        n++;
    }
    return column->total == OKB_TOTAL_SUM ? sum : n ? sum / n : NAN;
}

void okb_grid_totals(okb_book *book, okb_sheet *sheet, const okb_grid *grid, uint32_t row, uint32_t first)
{
    for (uint32_t c = 0; c < grid->n_columns; c++) {
        const okb_grid_column *column = &grid->columns[c];
        if (column->total == OKB_TOTAL_NONE || (column->total != OKB_TOTAL_WORD && grid->n_rows == 0)) {
            okb_put_blank(book, sheet, row, c, OKB_STYLE_TOTAL_TEXT, OKB_TONE_BODY);
            continue;
        }
        if (column->total == OKB_TOTAL_WORD) {
            okb_put_word(book, sheet, row, c, "Total", OKB_STYLE_TOTAL_TEXT, OKB_TONE_BODY);
            continue;
        }
        bool is_sum = column->total == OKB_TOTAL_SUM;
        const char *range = okb_book_printf(book, "%s:%s", okb_book_cell(book, first, c, false),
                                            okb_book_cell(book, first + grid->n_rows - 1, c, false));
        okb_put_formula(book, sheet, row, c,
                        is_sum ? okb_book_printf(book, "=SUM(%s)", range)
                               : okb_book_printf(book, "=IF(COUNT(%s)=0,\"\",AVERAGE(%s))", range, range),
                        total_of(book, grid, column), is_sum ? OKB_STYLE_TOTAL_COUNT : OKB_STYLE_TOTAL_SCORE,
                        OKB_TONE_BODY);
    }
}

void okb_grid_mark(okb_book *book, okb_sheet *sheet, const okb_grid *grid, uint32_t head_row, uint32_t end)
{
    okb_span headers[OKB_TABLE_COLUMNS];
    okb_style styles[OKB_TABLE_COLUMNS];
    for (uint32_t c = 0; c < grid->n_columns && c < OKB_TABLE_COLUMNS; c++) {
        headers[c] = okb_span_of(grid->columns[c].header);
        styles[c] = okb_grid_header_style(&grid->columns[c], c);
    }
    okb_sheet_table(book, sheet, head_row, end - 1, 0, headers, styles, grid->n_columns);
}

uint32_t okb_grid_block(okb_book *book, okb_sheet *sheet, uint32_t row, const char *caption, const okb_grid *grid)
{
    okb_put_word(book, sheet, row, 0, caption, OKB_STYLE_SECTION, OKB_TONE_BODY);
    okb_grid_head(book, sheet, grid, row + 1);
    uint32_t end = okb_grid_rows(book, sheet, grid, row + 2, 0, grid->n_rows);
    okb_grid_mark(book, sheet, grid, row + 1, end);
    return end + 1;
}

uint32_t okb_grid_sheet(okb_book *book, okb_sheet *sheet, const okb_grid *grid, uint32_t head_row,
                        uint32_t frozen_columns)
{
    okb_grid_head(book, sheet, grid, head_row);
    uint32_t end = okb_grid_rows(book, sheet, grid, head_row + 1, sheet->first_row, sheet->n_rows);
    okb_sheet_freeze(book, sheet, head_row + 1, frozen_columns);
    okb_sheet_filter(book, sheet, head_row, end - 1, grid->n_columns - 1);
    okb_sheet_print(book, sheet, head_row);
    okb_grid_mark(book, sheet, grid, head_row, end);
    okb_contents_go_on(book, sheet, end + 1);
    return end;
}

uint32_t okb_grid_titled_sheet(okb_book *book, okb_sheet *sheet, const okb_grid *grid, okb_span note,
                               uint32_t frozen_columns, const char *none)
{
    okb_sheet_title(book, sheet, sheet->name, note);
    uint32_t end = okb_grid_sheet(book, sheet, grid, OKB_GRID_HEAD_ROW, frozen_columns);
    if (grid->n_rows == 0)
        okb_put_word(book, sheet, end, 0, none, OKB_STYLE_NOTE, OKB_TONE_BODY);
    if (!okb_book_failed(book))
        worksheet_gridlines(sheet->ws, LXW_HIDE_ALL_GRIDLINES);
    return end;
}

/* What a row can show: a longer text is cut with a word on where it is whole. */
static okb_span shown_text(const okb_grid_at *at, okb_span text, double width)
{
    enum { MOST_LINES = 28 };
    static const char pointer[] = " … (cut here; the export has it whole)";
    uint32_t lines = okb_text_lines(text, width);
    if (lines > MOST_LINES) {
        size_t units = (size_t)((MOST_LINES - 2) * width);
        text = okb_arena_printf(&at->book->facts.scratch, "%.*s%s", OKB_FMT(okb_utf16_head(text, units)), pointer);
        lines = okb_text_lines(text, width);
    }
    if (lines > at->book->row_lines)
        at->book->row_lines = lines;
    return text;
}

void okb_at_text_in(const okb_grid_at *at, okb_span text, okb_style style)
{
    style = set_in(style, at->column);
    const double step = 1.4, bold = 1.05; /* characters of an indent; how much wider bold letters are */
    double width = (at->width - step * okb_style_indent(style)) / (at->tone == OKB_TONE_HEADING ? bold : 1);
    if (okb_style_wraps(style) && (double)text.n > width)
        text = shown_text(at, text, width > 4 ? width : 4);
    else if (okb_style_wraps(style) && at->width > 0 && memchr(text.n ? text.p : "", '\n', text.n))
        text = shown_text(at, text, width > 4 ? width : 4);
    okb_put_text(at->book, at->sheet, at->row, at->column, text, style, at->tone);
}

void okb_at_number_in(const okb_grid_at *at, double number, okb_style style)
{
    okb_put_number(at->book, at->sheet, at->row, at->column, number, style, at->tone);
}

void okb_at_text(const okb_grid_at *at, okb_span text)
{
    okb_at_text_in(at, text, at->style);
}

void okb_at_word(const okb_grid_at *at, const char *text)
{
    okb_at_text_in(at, okb_span_of(text), at->style);
}

void okb_at_number(const okb_grid_at *at, double number)
{
    okb_at_number_in(at, number, at->style);
}

void okb_at_day(const okb_grid_at *at, okb_day day)
{
    okb_put_day(at->book, at->sheet, at->row, at->column, day, at->style, at->tone);
}

okb_span okb_as_sentence(okb_book *book, okb_span message)
{
    if (!message.n || message.p[0] < 'a' || message.p[0] > 'z')
        return message;
    return okb_arena_printf(&book->facts.scratch, "%c%.*s", message.p[0] - 'a' + 'A',
                            OKB_FMT(okb_span_sub(message, 1, message.n)));
}

okb_style okb_field_style(const okb_field *field, bool is_plain)
{
    switch (field->look) {
    case OKB_LOOK_WRAP:
        return is_plain ? OKB_STYLE_PLAIN_WRAP : OKB_STYLE_TEXT_WRAP;
    case OKB_LOOK_NUMBER:
        return is_plain ? OKB_STYLE_PLAIN_NUMBER : OKB_STYLE_NUMBER;
    case OKB_LOOK_COUNT:
        return is_plain ? OKB_STYLE_PLAIN_COUNT : OKB_STYLE_COUNT;
    case OKB_LOOK_SCORE:
        return is_plain ? OKB_STYLE_PLAIN_SCORE : OKB_STYLE_SCORE;
    case OKB_LOOK_RATE:
        return is_plain ? OKB_STYLE_PLAIN_RATE : OKB_STYLE_RATE;
    case OKB_LOOK_DAY:
        return is_plain ? OKB_STYLE_PLAIN_DAY : OKB_STYLE_DAY;
    case OKB_LOOK_TEXT:
    case OKB_LOOK_ID:
        break;
    }
    return is_plain ? OKB_STYLE_PLAIN_TEXT : OKB_STYLE_TEXT;
}
