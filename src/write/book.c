/* The guarded cells and the print set-up of sheets. */
#include "book.h"

#include "guard.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

bool okb_book_failed(const okb_book *book)
{
    return book->code != OKB_OK;
}

void okb_book_check(okb_book *book, lxw_error error, const okb_sheet *sheet, const char *what)
{
    if (error == LXW_NO_ERROR || book->code != OKB_OK)
        return;
    book->code = okb_fail(book->err, error == LXW_ERROR_MEMORY_MALLOC_FAILED ? OKB_E_SYSTEM : OKB_E_IO,
                          "cannot %s%s%.*s%s: %s", what, sheet ? " on sheet '" : "", sheet ? (int)sheet->name.n : 0,
                          sheet ? sheet->name.p : "", sheet ? "'" : "", lxw_strerror(error));
}

/* ---- cells ---- */

static lxw_format *format_of(const okb_book *book, okb_style style, okb_tone tone)
{
    return book->formats[style][tone];
}

/* Counts a cell for the check of the finished file, and holds callers to the order that streaming needs. */
static bool begin_cell(okb_book *book, okb_sheet *sheet, uint32_t row)
{
    if (book->code != OKB_OK)
        return false;
    if ((int64_t)row < sheet->last_row) {
        book->code = okb_fail(book->err, OKB_E_BUG, "sheet '%.*s': row %u is written after row %lld",
                              OKB_FMT(sheet->name), row + 1, (long long)sheet->last_row + 1);
        return false;
    }
    if ((int64_t)row > sheet->last_row) {
        sheet->last_row = row;
        sheet->rows++;
    }
    sheet->cells++;
    return true;
}

void okb_put_text(okb_book *book, okb_sheet *sheet, uint32_t row, uint32_t column, okb_span text, okb_style style,
                  okb_tone tone)
{
    bool is_cut;
    if (!text.n)
        return;
    okb_span stored = okb_guard_text(&book->text, text, OKB_CELL_UNITS, &is_cut);
    if (!stored.n || !begin_cell(book, sheet, row))
        return;
    book->cut_texts += is_cut;
    okb_book_check(book,
                   worksheet_write_string(sheet->ws, row, (lxw_col_t)column, stored.p, format_of(book, style, tone)),
                   sheet, "write a text");
}

void okb_put_word(okb_book *book, okb_sheet *sheet, uint32_t row, uint32_t column, const char *text, okb_style style,
                  okb_tone tone)
{
    okb_put_text(book, sheet, row, column, okb_span_of(text), style, tone);
}

void okb_put_number(okb_book *book, okb_sheet *sheet, uint32_t row, uint32_t column, double number, okb_style style,
                    okb_tone tone)
{
    if (!isfinite(number)) {
        book->dropped_numbers += isinf(number) != 0;
        return;
    }
    if (!begin_cell(book, sheet, row))
        return;
    okb_book_check(book,
                   worksheet_write_number(sheet->ws, row, (lxw_col_t)column, number == 0 ? 0.0 : number,
                                          format_of(book, style, tone)),
                   sheet, "write a number");
}

void okb_put_day(okb_book *book, okb_sheet *sheet, uint32_t row, uint32_t column, okb_day day, okb_style style,
                 okb_tone tone)
{
    if (day == OKB_DAY_NONE)
        return;
    int32_t serial = okb_guard_serial(day);
    if (serial > 0) {
        okb_put_number(book, sheet, row, column, serial, style, tone);
        return;
    }
    char text[11];
    okb_day_print(day, text);
    book->odd_days++;
    okb_put_word(book, sheet, row, column, text, style, tone);
}

void okb_put_blank(okb_book *book, okb_sheet *sheet, uint32_t row, uint32_t column, okb_style style, okb_tone tone)
{
    sheet->blanks++;
    if (book->code == OKB_OK)
        okb_book_check(book, worksheet_write_blank(sheet->ws, row, (lxw_col_t)column, format_of(book, style, tone)),
                       sheet, "format a cell");
}

static bool formula_fits(okb_book *book, const okb_sheet *sheet, const char *formula)
{
    if (strlen(formula) <= OKB_FORMULA_BYTES)
        return true;
    if (book->code == OKB_OK)
        book->code = okb_fail(book->err, OKB_E_BUG, "sheet '%.*s': a formula is longer than %d bytes",
                              OKB_FMT(sheet->name), OKB_FORMULA_BYTES);
    return false;
}

void okb_put_formula(okb_book *book, okb_sheet *sheet, uint32_t row, uint32_t column, const char *formula, double value,
                     okb_style style, okb_tone tone)
{
    if (!isfinite(value)) {
        okb_put_formula_text(book, sheet, row, column, formula, (okb_span){NULL, 0}, style, tone);
        return;
    }
    if (!formula_fits(book, sheet, formula) || !begin_cell(book, sheet, row))
        return;
    okb_book_check(book,
                   worksheet_write_formula_num(sheet->ws, row, (lxw_col_t)column, formula, format_of(book, style, tone),
                                               value == 0 ? 0.0 : value),
                   sheet, "write a formula");
}

void okb_put_formula_text(okb_book *book, okb_sheet *sheet, uint32_t row, uint32_t column, const char *formula,
                          okb_span value, okb_style style, okb_tone tone)
{
    okb_span stored = okb_guard_text(&book->text, value, OKB_CELL_UNITS, NULL);
    if (!formula_fits(book, sheet, formula) || !begin_cell(book, sheet, row))
        return;
    okb_book_check(book,
                   worksheet_write_formula_str(sheet->ws, row, (lxw_col_t)column, formula, format_of(book, style, tone),
                                               stored.n ? stored.p : ""),
                   sheet, "write a formula");
}

void okb_put_link(okb_book *book, okb_sheet *sheet, uint32_t row, uint32_t column, okb_span target, okb_span text,
                  okb_style style, okb_tone tone)
{
    if (!target.n || sheet->links >= OKB_SHEET_LINKS) {
        okb_put_text(book, sheet, row, column, text, OKB_STYLE_TEXT, tone);
        return;
    }
    bool is_cut;
    okb_span stored = okb_guard_text(&book->text, text, OKB_CELL_UNITS, &is_cut);
    if (!stored.n || !begin_cell(book, sheet, row))
        return;
    sheet->links++;
    book->cut_texts += is_cut;
    okb_book_check(book,
                   worksheet_write_url_opt(sheet->ws, row, (lxw_col_t)column, target.p, format_of(book, style, tone),
                                           stored.p, NULL),
                   sheet, "write a link");
}

/* ---- sheets ---- */

void okb_sheet_row_height(okb_book *book, okb_sheet *sheet, uint32_t row, double points)
{
    if (book->code == OKB_OK)
        okb_book_check(book, worksheet_set_row(sheet->ws, row, points, NULL), sheet, "set a row's height");
}

void okb_sheet_row_set(okb_book *book, okb_sheet *sheet, uint32_t row, uint32_t lines, uint32_t level)
{
    const double line_points = 13.2, air_points = 4, most_points = 409;
    if (book->code != OKB_OK || (level == 0 && lines == 0))
        return;
    lxw_row_col_options options = {.level = (uint8_t)(level > OKB_OUTLINE_DEPTH ? OKB_OUTLINE_DEPTH : level)};
    double points = lines == 0 ? LXW_DEF_ROW_HEIGHT : lines * line_points + air_points;
    okb_book_check(book,
                   worksheet_set_row_opt(sheet->ws, row, points > most_points ? most_points : points, NULL, &options),
                   sheet, "set a row");
}

void okb_sheet_width(okb_book *book, okb_sheet *sheet, uint32_t first, uint32_t last, double characters)
{
    if (book->code == OKB_OK)
        okb_book_check(book,
                       worksheet_set_column(sheet->ws, (lxw_col_t)first, (lxw_col_t)last, characters,
                                            format_of(book, OKB_STYLE_PLAIN_TEXT, OKB_TONE_BODY)),
                       sheet, "set a column's width");
}

uint32_t okb_sheet_title(okb_book *book, okb_sheet *sheet, okb_span title, okb_span note)
{
    okb_sheet_row_height(book, sheet, 0, 28);
    okb_put_text(book, sheet, 0, 0, title, OKB_STYLE_TITLE, OKB_TONE_BODY);
    okb_put_text(book, sheet, 1, 0, note, OKB_STYLE_NOTE, OKB_TONE_BODY);
    return 3;
}

static const char *footer_text(okb_book *book)
{
    /* & starts a code in a footer; a text of ours or the reader's must not. The library allows 255 characters. */
    okb_buf text = {0};
    okb_span own = book->set.footer.n ? book->set.footer : book->plan->org;
    okb_buf_add(&text, OKB_S("&L&8"));
    okb_span guarded = okb_guard_text(&book->text, own, OKB_NONE, NULL);
    okb_span head = okb_utf16_head(guarded, 80);
    if (head.n && head.p[0] >= '0' && head.p[0] <= '9')
        okb_buf_byte(&text, ' '); /* or it would be read on into the font size */
    for (size_t i = 0; i < head.n; i++) {
        char c = head.p[i];
        if (c == '&')
            okb_buf_byte(&text, '&');
        okb_buf_byte(&text, c == '\n' || c == '\t' ? ' ' : c);
    }
    if (head.n < guarded.n)
        okb_buf_add(&text, OKB_S("…"));
    okb_buf_printf(&text, "&C&8&A&R&8Page &P of &N");
    const char *kept = okb_arena_copy(&book->keep, okb_buf_span(&text)).p;
    okb_buf_free(&text);
    return kept;
}

void okb_sheet_print(okb_book *book, okb_sheet *sheet, int64_t header_row)
{
    if (book->code != OKB_OK)
        return;
    lxw_worksheet *ws = sheet->ws;
    worksheet_set_landscape(ws);
    worksheet_set_paper(ws, book->set.is_letter ? 1 : 9);
    worksheet_set_margins(ws, 0.4, 0.4, 0.45, 0.55);
    worksheet_fit_to_pages(ws, 1, 0);
    if (!book->is_accessible) /* the accessibility checklist wants no footers: readers' aids do not read them */
        okb_book_check(book, worksheet_set_footer(ws, footer_text(book)), sheet, "set the footer");
    if (header_row >= 0)
        okb_book_check(book, worksheet_repeat_rows(ws, (lxw_row_t)header_row, (lxw_row_t)header_row), sheet,
                       "repeat the header row");
}

void okb_sheet_freeze(okb_book *book, okb_sheet *sheet, uint32_t row, uint32_t column)
{
    if (book->code == OKB_OK && !book->is_accessible)
        worksheet_freeze_panes(sheet->ws, row, (lxw_col_t)column);
}

void okb_sheet_filter(okb_book *book, okb_sheet *sheet, uint32_t first_row, uint32_t last_row, uint32_t last_column)
{
    if (book->code == OKB_OK && !book->is_accessible && last_row > first_row)
        okb_book_check(book, worksheet_autofilter(sheet->ws, first_row, 0, last_row, (lxw_col_t)last_column), sheet,
                       "set the filter");
}

void okb_sheet_table(okb_book *book, okb_sheet *sheet, uint32_t head_row, uint32_t last_row, uint32_t column,
                     const okb_span *headers, const okb_style *styles, uint32_t n_columns)
{
    if (book->code != OKB_OK || !book->is_accessible || sheet->is_streamed || last_row <= head_row || n_columns == 0 ||
        n_columns > OKB_TABLE_COLUMNS)
        return;
    lxw_table_column columns[OKB_TABLE_COLUMNS] = {{0}};
    lxw_table_column *pointers[OKB_TABLE_COLUMNS + 1] = {NULL};
    for (uint32_t i = 0; i < n_columns; i++) {
        columns[i].header = okb_book_writable(book, headers[i]);
        columns[i].header_format = format_of(book, styles[i], OKB_TONE_BODY);
        pointers[i] = &columns[i];
    }
    lxw_table_options options = {.no_autofilter = LXW_TRUE,
                                 .no_banded_rows = LXW_TRUE,
                                 .style_type = LXW_TABLE_STYLE_TYPE_LIGHT,
                                 .style_type_number = 1,
                                 .columns = pointers};
    okb_book_check(book,
                   worksheet_add_table(sheet->ws, head_row, (lxw_col_t)column, last_row,
                                       (lxw_col_t)(column + n_columns - 1), &options),
                   sheet, "mark a table");
}

static void colour_where(okb_book *book, okb_sheet *sheet, uint32_t first_row, uint32_t last_row, uint32_t first_column,
                         uint32_t last_column, const char *formula, lxw_format *format)
{
    if (book->code != OKB_OK || last_row < first_row)
        return;
    lxw_conditional_format rule = {.type = LXW_CONDITIONAL_TYPE_FORMULA, .format = format};
    char text[256];
    snprintf(text, sizeof text, "%s", formula);
    rule.value_string = text;
    okb_book_check(book,
                   worksheet_conditional_format_range(sheet->ws, first_row, (lxw_col_t)first_column, last_row,
                                                      (lxw_col_t)last_column, &rule),
                   sheet, "colour cells");
}

void okb_sheet_status_colours_where(okb_book *book, okb_sheet *sheet, uint32_t first_row, uint32_t last_row,
                                    uint32_t column, const char *where)
{
    char formula[160], letters[4];
    okb_column_letters(column, letters);
    for (int i = 0; i < OKB_STATUS_LOOKS; i++) {
        snprintf(formula, sizeof formula, "=AND(LEFT($%s%u,1)=\"%s\",%s)", letters, first_row + 1, okb_looks[i].shape,
                 where);
        colour_where(book, sheet, first_row, last_row, column, column, formula, book->status_formats[i]);
    }
}

void okb_sheet_status_colours(okb_book *book, okb_sheet *sheet, uint32_t first_row, uint32_t last_row, uint32_t column)
{
    okb_sheet_status_colours_where(book, sheet, first_row, last_row, column, "TRUE");
}

void okb_sheet_status_tints(okb_book *book, okb_sheet *sheet, uint32_t first_row, uint32_t last_row, uint32_t column)
{
    static const struct {
        const char *shape;
        int tint;
    } tints[] = {{"▼", 0}, {"✕", 0}, {"●", 1}, {"▲", 2}, {"✓", 2}, {"○", 3}, {"◇", 3}};
    char formula[64], letters[4];
    okb_column_letters(column, letters);
    for (size_t i = 0; i < sizeof tints / sizeof tints[0]; i++) {
        snprintf(formula, sizeof formula, "=LEFT($%s%u,1)=\"%s\"", letters, first_row + 1, tints[i].shape);
        colour_where(book, sheet, first_row, last_row, column, column, formula, book->tint_formats[tints[i].tint]);
    }
}

void okb_sheet_band_colours(okb_book *book, okb_sheet *sheet, uint32_t first_row, uint32_t last_row,
                            uint32_t first_column, uint32_t last_column)
{
    if (!okb_book_sheet(book, OKB_SHEET_METHOD))
        return; /* the thresholds' names live there */
    char formula[128], letters[4];
    okb_column_letters(first_column, letters);
    uint32_t row = first_row + 1;
    snprintf(formula, sizeof formula, "=AND(ISNUMBER(%s%u),ROUND(%s%u,2)<=Red_Max)", letters, row, letters, row);
    colour_where(book, sheet, first_row, last_row, first_column, last_column, formula, book->tint_formats[0]);
    snprintf(formula, sizeof formula, "=AND(ISNUMBER(%s%u),ROUND(%s%u,2)>=Success_Threshold)", letters, row, letters,
             row);
    colour_where(book, sheet, first_row, last_row, first_column, last_column, formula, book->tint_formats[2]);
    snprintf(formula, sizeof formula, "=ISNUMBER(%s%u)", letters, row);
    colour_where(book, sheet, first_row, last_row, first_column, last_column, formula, book->tint_formats[1]);
}

void okb_sheet_score_bars(okb_book *book, okb_sheet *sheet, uint32_t first_row, uint32_t last_row, uint32_t column)
{
    if (book->code != OKB_OK || last_row < first_row)
        return;
    lxw_conditional_format rule = {.type = LXW_CONDITIONAL_DATA_BAR,
                                   .min_rule_type = LXW_CONDITIONAL_RULE_TYPE_NUMBER,
                                   .max_rule_type = LXW_CONDITIONAL_RULE_TYPE_NUMBER,
                                   .min_value = 0,
                                   .max_value = 1,
                                   .bar_color = OKB_BAR,
                                   .data_bar_2010 = LXW_TRUE,
                                   .bar_solid = LXW_TRUE,
                                   .bar_no_border = LXW_TRUE};
    okb_book_check(
        book,
        worksheet_conditional_format_range(sheet->ws, first_row, (lxw_col_t)column, last_row, (lxw_col_t)column, &rule),
        sheet, "draw bars");
    /* The bars stand in an extension that names its own namespace. The library would also mark every row with an attribute of
     * that later version, which the schemas of the first edition refuse. */
    sheet->ws->excel_version = 2007;
}

okb_sheet *okb_book_sheet(okb_book *book, okb_sheet_kind kind)
{
    return book->first_of_kind[kind] == OKB_NONE ? NULL : &book->sheets[book->first_of_kind[kind]];
}

okb_sheet *okb_book_team_sheet(okb_book *book, uint32_t team_ix)
{
    return team_ix >= book->plan->n_teams || book->team_sheet[team_ix] == OKB_NONE
               ? NULL
               : &book->sheets[book->team_sheet[team_ix]];
}

okb_span okb_book_team_link(okb_book *book, uint32_t team_ix)
{
    const okb_sheet *sheet = okb_book_team_sheet(book, team_ix);
    if (sheet)
        return sheet->link;
    if (book->split_names)
        return okb_arena_printf(&book->keep, "external:%.*s", OKB_FMT(book->split_names[team_ix]));
    return (okb_span){NULL, 0};
}

okb_span okb_book_summary_link(okb_book *book)
{
    const okb_sheet *sheet = okb_book_sheet(book, OKB_SHEET_SUMMARY);
    if (sheet)
        return sheet->link;
    if (book->options->is_split)
        return okb_arena_printf(&book->keep, "external:%s", okb_write_split_name(book->plan, OKB_NONE, &book->keep).p);
    return (okb_span){NULL, 0};
}

void okb_column_letters(uint32_t column, char out[4])
{
    char back[4];
    int n = 0;
    for (uint32_t c = column + 1; c > 0 && n < 3; c = (c - 1) / 26)
        back[n++] = (char)('A' + (c - 1) % 26);
    for (int i = 0; i < n; i++)
        out[i] = back[n - 1 - i];
    out[n] = '\0';
}

const char *okb_book_cell(okb_book *book, uint32_t row, uint32_t column, bool is_absolute)
{
    char letters[4];
    okb_column_letters(column, letters);
    const char *fix = is_absolute ? "$" : "";
    return okb_book_printf(book, "%s%s%s%u", fix, letters, fix, row + 1);
}

const char *okb_book_same(okb_book *book, const char *ref)
{
    return okb_book_printf(book, "=IF(COUNT(%s)=0,\"\",%s)", ref, ref);
}

const char *okb_book_printf(okb_book *book, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    okb_span text = okb_arena_vprintf(&book->facts.scratch, fmt, ap);
    va_end(ap);
    return text.p;
}

char *okb_book_writable(okb_book *book, okb_span text)
{
    okb_span guarded = okb_guard_text(&book->text, text, OKB_CELL_UNITS, NULL);
    char *copy = OKB_NEW_N(&book->keep, char, guarded.n + 1);
    if (guarded.n)
        memcpy(copy, guarded.p, guarded.n);
    return copy;
}
