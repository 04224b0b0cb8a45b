/* The Import log: every file with the account of its rows, how each column was read, what was skipped and mended, and every rejected
 * row as it stood in the file. */
#include "grid.h"
#include "page.h"
#include "sheets.h"

enum { LOG_COLUMNS = 12, INPUT_ROWS_COLUMN = 5, INPUT_FIRST_ROW = 5 };

static uint32_t notes_of(const okb_file *file)
{
    return file->n_skips + file->n_repairs;
}

typedef struct log_size {
    uint32_t n_files, n_notes, n_columns;
} log_size;

static log_size size_of(const okb_plan *plan)
{
    log_size size = {plan->n_files, 0, 0};
    for (uint32_t i = 0; i < plan->n_files; i++) {
        size.n_notes += notes_of(&plan->files[i]);
        size.n_columns += plan->files[i].n_columns;
    }
    return size;
}

/* Rows above the first rejected row: title, inputs and total, skips and repairs, columns; each block has a caption, a header and a
 * row of air. */
static uint32_t head_rows(const okb_plan *plan)
{
    log_size size = size_of(plan);
    return INPUT_FIRST_ROW + size.n_files + 2 + 3 + size.n_notes + 3 + size.n_columns + 2;
}

okb_rows okb_sheet_log_rows(okb_book *book, okb_arena *keep)
{
    (void)keep;
    return (okb_rows){NULL, head_rows(book->plan) + book->plan->n_rejects};
}

static void header(okb_page *page, uint32_t row, uint32_t column, const char *text, bool is_number)
{
    okb_page_word(page, row, column, text, is_number ? OKB_STYLE_HEADER_RIGHT : OKB_STYLE_HEADER, OKB_TONE_BODY);
}

static void put_value(okb_page *page, uint32_t row, uint32_t column, const okb_field *field, const okb_value *value)
{
    okb_style style = okb_field_style(field, false);
    if (field->look == OKB_LOOK_ID && column > 0) /* right of a number */
        style = OKB_STYLE_TEXT_LINE;
    if (value->kind == OKB_VALUE_NUMBER)
        okb_page_number(page, row, column, value->number, style, OKB_TONE_BODY);
    else if (value->kind == OKB_VALUE_TEXT)
        okb_page_text(page, row, column, value->text, style, OKB_TONE_BODY);
    else
        okb_page_fill(page, row, column, column, style, OKB_TONE_BODY);
}

static uint32_t write_inputs(okb_page *page)
{
    okb_book *book = page->book;
    const okb_plan *plan = book->plan;
    okb_field_list list = okb_input_fields();
    uint32_t row = INPUT_FIRST_ROW, last = INPUT_FIRST_ROW + plan->n_files;
    okb_page_word(page, row - 2, 0, "Files", OKB_STYLE_SECTION, OKB_TONE_BODY);
    /* The sum of each file's rows stands before its hash, which nobody reads across. */
    uint32_t hash = (uint32_t)list.n - 1;
    for (uint32_t c = 0; c < hash; c++)
        header(page, row - 1, c, list.fields[c].name, list.fields[c].kind == OKB_VALUE_NUMBER);
    okb_page_word(page, row - 1, hash + 1, list.fields[hash].name, OKB_STYLE_HEADER_INDENT, OKB_TONE_BODY);
    header(page, row - 1, hash, "unaccounted", true);
    for (uint32_t i = 0; i < plan->n_files; i++, row++) {
        for (uint32_t c = 0; c < list.n; c++) {
            okb_value value = okb_field_value(&list.fields[c], &book->facts, i);
            put_value(page, row, c == hash ? hash + 1 : c, &list.fields[c], &value);
        }
        const okb_file *f = &plan->files[i];
        okb_page_formula(page, row, hash, okb_page_printf(page, "=F%u-G%u-H%u-I%u", row + 1, row + 1, row + 1, row + 1),
                         (double)f->rows - f->used - f->merged - f->rejected, OKB_STYLE_COUNT, OKB_TONE_BODY);
    }
    okb_page_table(page, INPUT_FIRST_ROW - 1, row, 0, LOG_COLUMNS + 1);
    okb_page_word(page, row, 0, "Total", OKB_STYLE_TOTAL_TEXT, OKB_TONE_BODY);
    okb_page_fill(page, row, 1, INPUT_ROWS_COLUMN - 1, OKB_STYLE_TOTAL_TEXT, OKB_TONE_BODY);
    double sums[7] = {0};
    for (uint32_t i = 0; i < plan->n_files; i++) {
        const okb_file *f = &plan->files[i];
        const double counts[7] = {f->rows,
                                  f->used,
                                  f->merged,
                                  f->rejected,
                                  f->skipped,
                                  f->repaired,
                                  (double)f->rows - f->used - f->merged - f->rejected};
        for (int k = 0; k < 7; k++)
            sums[k] += counts[k];
    }
    for (uint32_t k = 0; k < 7; k++) {
        char letters[4];
        okb_column_letters(INPUT_ROWS_COLUMN + k, letters);
        if (plan->n_files)
            okb_page_formula(page, row, INPUT_ROWS_COLUMN + k,
                             okb_page_printf(page, "=SUM(%s%u:%s%u)", letters, INPUT_FIRST_ROW + 1, letters, last),
                             sums[k], OKB_STYLE_TOTAL_COUNT, OKB_TONE_BODY);
    }
    okb_page_fill(page, row, INPUT_ROWS_COLUMN + 7, INPUT_ROWS_COLUMN + 7, OKB_STYLE_TOTAL_TEXT, OKB_TONE_BODY);
    return row + 2;
}

static void note_row(okb_page *page, uint32_t row, okb_span file, const char *kind, okb_span what, uint32_t count,
                     uint32_t line)
{
    okb_page_text(page, row, 0, file, OKB_STYLE_TEXT, OKB_TONE_BODY);
    okb_page_word(page, row, 1, kind, OKB_STYLE_TEXT, OKB_TONE_BODY);
    okb_page_text(page, row, 2, what, OKB_STYLE_TEXT, OKB_TONE_BODY);
    okb_page_number(page, row, 3, count, OKB_STYLE_COUNT, OKB_TONE_BODY);
    if (line)
        okb_page_number(page, row, 4, line, OKB_STYLE_COUNT, OKB_TONE_BODY);
    else
        okb_page_fill(page, row, 4, 4, OKB_STYLE_COUNT, OKB_TONE_BODY);
}

static uint32_t write_notes(okb_page *page, uint32_t row)
{
    const okb_plan *plan = page->book->plan;
    okb_page_word(page, row, 0, "Skipped and mended", OKB_STYLE_SECTION, OKB_TONE_BODY);
    row++;
    header(page, row, 0, "file", false);
    header(page, row, 1, "kind", false);
    header(page, row, 2, "what", false);
    header(page, row, 3, "times", true);
    header(page, row, 4, "first line", true);
    uint32_t head_row = row++;
    for (uint32_t i = 0; i < plan->n_files; i++) {
        const okb_file *f = &plan->files[i];
        okb_span name = okb_facts_file(&page->book->facts, i);
        for (uint32_t k = 0; k < f->n_skips; k++)
            note_row(page, row++, name, "skipped", f->skips[k].reason, f->skips[k].count, f->skips[k].first_line);
        for (uint32_t k = 0; k < f->n_repairs; k++)
            note_row(page, row++, name, "mended", f->repairs[k].what, f->repairs[k].count, f->repairs[k].first_line);
    }
    okb_page_table(page, head_row, row, 0, 5);
    return row + 1;
}

static uint32_t write_columns(okb_page *page, uint32_t row)
{
    const okb_plan *plan = page->book->plan;
    okb_page_word(page, row, 0, "How each column was read", OKB_STYLE_SECTION, OKB_TONE_BODY);
    row++;
    header(page, row, 0, "file", false);
    header(page, row, 1, "as", false);
    header(page, row, 2, "column", false);
    okb_page_word(page, row, 3, "reading", OKB_STYLE_HEADER_LINE, OKB_TONE_BODY);
    uint32_t head_row = row++;
    for (uint32_t i = 0; i < plan->n_files; i++) {
        const okb_file *f = &plan->files[i];
        for (uint32_t k = 0; k < f->n_columns; k++, row++) {
            const okb_column_use *use = &f->columns[k];
            okb_tone tone = use->field.n ? OKB_TONE_BODY : OKB_TONE_MUTED;
            okb_page_text(page, row, 0, okb_facts_file(&page->book->facts, i), OKB_STYLE_PLAIN_TEXT, tone);
            okb_page_text(page, row, 1, use->field.n ? use->field : OKB_S("not used"), OKB_STYLE_PLAIN_TEXT, tone);
            okb_page_text(page, row, 2, use->header, OKB_STYLE_PLAIN_TEXT, tone);
            okb_page_text(page, row, 3, use->reading, OKB_STYLE_PLAIN_TEXT, tone);
        }
    }
    okb_page_table(page, head_row, row, 0, 4);
    return row + 1;
}

static uint32_t write_head(okb_book *book, okb_sheet *sheet)
{
    okb_page page;
    okb_page_init(&page, book, sheet);
    okb_page_height(&page, 0, 28);
    okb_page_text(&page, 0, 0, sheet->name, OKB_STYLE_TITLE, OKB_TONE_BODY);
    okb_page_word(&page, 1, 0, sheet->answers, OKB_STYLE_NOTE, OKB_TONE_BODY);
    uint32_t row = write_inputs(&page);
    row = write_notes(&page, row);
    row = write_columns(&page, row);
    okb_page_flush(&page);
    okb_facts_rewind(&book->facts);
    return row;
}

void okb_sheet_log_write(okb_book *book, okb_sheet *sheet, okb_rows rows)
{
    (void)rows;
    static const double widths[LOG_COLUMNS + 1] = {58, 16, 26, 15, 14, 10, 10, 10, 11, 11, 11, 13, 70};
    for (uint32_t c = 0; c <= LOG_COLUMNS; c++)
        okb_sheet_width(book, sheet, c, c, widths[c]);
    uint32_t head = head_rows(book->plan), row = sheet->part == 0 ? write_head(book, sheet) : 0;
    /* This part's share of the rejects. */
    uint32_t from = sheet->first_row > head ? sheet->first_row - head : 0;
    uint32_t end = sheet->first_row + sheet->n_rows;
    uint32_t to = end > head ? end - head : 0;
    okb_field_list list = okb_reject_fields();
    okb_grid_column columns[8] = {{0}};
    for (size_t i = 0; i < list.n && i < 8; i++)
        columns[i] = (okb_grid_column){.header = list.fields[i].name,
                                       .style = i == 1 ? OKB_STYLE_PLAIN_COUNT : OKB_STYLE_PLAIN_TEXT,
                                       .field = &list.fields[i]};
    okb_grid grid = {.columns = columns, .n_columns = (uint32_t)list.n, .n_rows = book->plan->n_rejects};
    okb_put_word(book, sheet, row, 0, book->plan->n_rejects ? "Rejected rows" : "Rejected rows: none",
                 OKB_STYLE_SECTION, OKB_TONE_BODY);
    if (to > from) {
        okb_grid_head(book, sheet, &grid, row + 1);
        uint32_t last = okb_grid_rows(book, sheet, &grid, row + 2, from, to - from);
        okb_sheet_filter(book, sheet, row + 1, last - 1, grid.n_columns - 1);
        okb_span headers[8];
        okb_style styles[8];
        for (size_t i = 0; i < list.n && i < 8; i++) {
            headers[i] = okb_span_of(list.fields[i].name);
            styles[i] = i == 1 ? OKB_STYLE_HEADER_RIGHT : OKB_STYLE_HEADER;
        }
        okb_sheet_table(book, sheet, row + 1, last - 1, 0, headers, styles, grid.n_columns);
    }
    okb_sheet_print(book, sheet, -1);
    if (!okb_book_failed(book))
        worksheet_gridlines(sheet->ws, LXW_HIDE_ALL_GRIDLINES);
}
