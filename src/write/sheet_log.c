/* The Import log: every file with the account of its rows, how each column was read, what was skipped and mended, and every rejected
 * row as it stood in the file. Blocks one below the other share the sheet's columns. */
#include "grid.h"
#include "sheets.h"

enum { INPUT_HEAD_ROW = 4, LOG_COLUMNS = 13, REJECT_COLUMNS = 6 };

/* Characters; the blocks share the sheet's columns. */
enum { WIDTH_FILE = 46, WIDTH_KIND = 12, WIDTH_WHAT = 24, WIDTH_HOW = 30 };
static const double widths[LOG_COLUMNS] = {WIDTH_FILE, WIDTH_KIND, WIDTH_WHAT, WIDTH_HOW, 13, 9, 9,
                                           9,          10,         10,         10,        13, 66};

/* A line of a block: of which file, and which of its notes or columns. */
typedef struct log_line {
    uint32_t file_ix;
    const char *kind;
    okb_span what;
    uint32_t count, first_line;
    const okb_column_use *use;
} log_line;

typedef struct log_lines {
    log_line *notes, *columns;
    uint32_t n_notes, n_columns;
} log_lines;

static log_lines lines_of(const okb_plan *plan, okb_arena *keep)
{
    log_lines all = {0};
    for (uint32_t i = 0; i < plan->n_files; i++) {
        all.n_notes += plan->files[i].n_skips + plan->files[i].n_repairs;
        all.n_columns += plan->files[i].n_columns;
    }
    if (!keep)
        return all;
    all.notes = OKB_NEW_N(keep, log_line, (size_t)all.n_notes + 1);
    all.columns = OKB_NEW_N(keep, log_line, (size_t)all.n_columns + 1);
    log_line *note = all.notes, *column = all.columns;
    for (uint32_t i = 0; i < plan->n_files; i++) {
        const okb_file *f = &plan->files[i];
        for (uint32_t k = 0; k < f->n_skips; k++)
            *note++ = (log_line){i, "skipped", f->skips[k].reason, f->skips[k].count, f->skips[k].first_line, NULL};
        for (uint32_t k = 0; k < f->n_repairs; k++)
            *note++ = (log_line){i, "mended", f->repairs[k].what, f->repairs[k].count, f->repairs[k].first_line, NULL};
        for (uint32_t k = 0; k < f->n_columns; k++)
            *column++ = (log_line){.file_ix = i, .use = &f->columns[k]};
    }
    return all;
}

/* Rows above the first rejected row: title, inputs and total, skips and repairs, columns; each block has a caption, a header and a
 * row of air. */
static uint32_t head_rows(const okb_plan *plan)
{
    log_lines all = lines_of(plan, NULL);
    return INPUT_HEAD_ROW + 1 + plan->n_files + 2 + 3 + all.n_notes + 3 + all.n_columns + 2;
}

okb_rows okb_sheet_log_rows(okb_book *book, okb_arena *keep)
{
    (void)keep;
    return (okb_rows){NULL, head_rows(book->plan) + book->plan->n_rejects};
}

/* ---- the files ---- */

static void get_unaccounted(okb_facts *facts, uint32_t ix, okb_value *out)
{
    const okb_file *f = &facts->plan->files[ix];
    okb_value_number(out, (double)f->rows - f->used - f->merged - f->rejected);
}

static const okb_field unaccounted = {OKB_FIELD_BY(OKB_VALUE_NUMBER, get_unaccounted)};

static uint32_t write_files(okb_book *book, okb_sheet *sheet)
{
    static const char *const heads[LOG_COLUMNS] = {"File",     "Kind",        "Format", "Encoding", "Delimiter",
                                                   "Rows",     "Used",        "Merged", "Rejected", "Skipped",
                                                   "Repaired", "Unaccounted", "SHA-256"};
    enum { UNACCOUNTED = LOG_COLUMNS - 2 };
    okb_field_list list = okb_input_fields();
    okb_grid_column columns[LOG_COLUMNS];
    for (uint32_t c = 0; c < LOG_COLUMNS; c++) {
        const okb_field *field = &list.fields[c < UNACCOUNTED ? c : UNACCOUNTED];
        bool is_count = field->look == OKB_LOOK_COUNT;
        columns[c] = (okb_grid_column){.header = heads[c],
                                       .width = widths[c],
                                       .style = is_count ? OKB_STYLE_COUNT : OKB_STYLE_TEXT_WRAP,
                                       .field = field,
                                       .total = is_count ? OKB_TOTAL_SUM
                                                : c == 0 ? OKB_TOTAL_WORD
                                                         : OKB_TOTAL_NONE};
    }
    /* The account of each file's rows stands before its hash, which nobody reads across. */
    columns[UNACCOUNTED].style = OKB_STYLE_COUNT;
    columns[UNACCOUNTED].field = &unaccounted;
    columns[UNACCOUNTED].formula = "={Rows}-{Used}-{Merged}-{Rejected}";
    columns[UNACCOUNTED].total = OKB_TOTAL_SUM;
    const okb_grid grid = {
        .columns = columns, .n_columns = LOG_COLUMNS, .n_rows = book->plan->n_files, .is_ruled = true};
    okb_put_word(book, sheet, INPUT_HEAD_ROW - 1, 0, "Files", OKB_STYLE_SECTION, OKB_TONE_BODY);
    okb_grid_head(book, sheet, &grid, INPUT_HEAD_ROW);
    uint32_t row = okb_grid_rows(book, sheet, &grid, INPUT_HEAD_ROW + 1, 0, grid.n_rows);
    okb_grid_mark(book, sheet, &grid, INPUT_HEAD_ROW, row);
    okb_grid_totals(book, sheet, &grid, row, INPUT_HEAD_ROW + 1);
    return row + 2;
}

/* ---- what was skipped and mended, and how columns were read ---- */

static const log_line *line_of(const okb_grid_at *at)
{
    return (const log_line *)at->context + at->ix;
}

static void put_file(const okb_grid_at *at)
{
    okb_at_text(at, okb_facts_file(&at->book->facts, line_of(at)->file_ix));
}

static void put_kind(const okb_grid_at *at)
{
    okb_at_word(at, line_of(at)->kind);
}

static void put_what(const okb_grid_at *at)
{
    okb_at_text(at, line_of(at)->what);
}

static void put_count(const okb_grid_at *at)
{
    okb_at_number(at, line_of(at)->count);
}

static void put_first_line(const okb_grid_at *at)
{
    if (line_of(at)->first_line)
        okb_at_number(at, line_of(at)->first_line);
}

static void put_as(const okb_grid_at *at)
{
    okb_at_text(at, line_of(at)->use->field.n ? line_of(at)->use->field : OKB_S("not used"));
}

static void put_header(const okb_grid_at *at)
{
    okb_at_text(at, line_of(at)->use->header);
}

static void put_reading(const okb_grid_at *at)
{
    okb_at_text(at, line_of(at)->use->reading);
}

static okb_tone column_tone(const okb_grid_at *at)
{
    return line_of(at)->use->field.n ? OKB_TONE_BODY : OKB_TONE_MUTED;
}

static uint32_t write_head(okb_book *book, okb_sheet *sheet)
{
    static const okb_grid_column notes[] = {
        {"File", WIDTH_FILE, OKB_STYLE_TEXT_WRAP, .put = put_file},
        {"Kind", WIDTH_KIND, OKB_STYLE_TEXT_WRAP, .put = put_kind},
        {"What", WIDTH_WHAT, OKB_STYLE_TEXT_WRAP, .put = put_what},
        {"Times", 0, OKB_STYLE_COUNT, .put = put_count},
        {"First line", 0, OKB_STYLE_COUNT, .put = put_first_line},
    };
    static const okb_grid_column uses[] = {
        {"File", WIDTH_FILE, OKB_STYLE_PLAIN_WRAP, .put = put_file},
        {"Read as", 0, OKB_STYLE_PLAIN_TEXT, .put = put_as},
        {"Column", 0, OKB_STYLE_PLAIN_TEXT, .put = put_header},
        {"How", 0, OKB_STYLE_PLAIN_TEXT, .put = put_reading},
    };
    log_lines all = lines_of(book->plan, &book->keep);
    const okb_grid note_grid = {.columns = notes,
                                .n_columns = sizeof notes / sizeof notes[0],
                                .context = all.notes,
                                .n_rows = all.n_notes,
                                .is_ruled = true};
    const okb_grid use_grid = {.columns = uses,
                               .n_columns = sizeof uses / sizeof uses[0],
                               .context = all.columns,
                               .n_rows = all.n_columns,
                               .tone = column_tone};
    okb_sheet_title(book, sheet, sheet->name, okb_span_of(sheet->answers));
    uint32_t row = write_files(book, sheet);
    row = okb_grid_block(book, sheet, row, all.n_notes ? "Skipped and mended" : "Skipped and mended: nothing",
                         &note_grid);
    return okb_grid_block(book, sheet, row, "How each column was read", &use_grid);
}

/* The raw row comes last, where it may run on over empty columns; the reason stands where it has room to be read. */
static void write_rejects(okb_book *book, okb_sheet *sheet, uint32_t row, uint32_t from, uint32_t n)
{
    enum { FILE_, LINE, COLUMN, VALUE, REASON, ROW };
    static const struct {
        const char *head;
        okb_style style;
        uint8_t field;
    } defs[REJECT_COLUMNS] = {
        {"File", OKB_STYLE_PLAIN_WRAP, FILE_},    {"Line", OKB_STYLE_PLAIN_COUNT, LINE},
        {"Column", OKB_STYLE_PLAIN_WRAP, COLUMN}, {"Reason", OKB_STYLE_PLAIN_WRAP, REASON},
        {"Value", OKB_STYLE_PLAIN_WRAP, VALUE},   {"Raw row", OKB_STYLE_PLAIN_TEXT, ROW},
    };
    okb_field_list list = okb_reject_fields();
    okb_grid_column columns[REJECT_COLUMNS];
    for (uint32_t c = 0; c < REJECT_COLUMNS; c++)
        columns[c] = (okb_grid_column){.header = defs[c].head,
                                       .width = c == REJECT_COLUMNS - 1 ? 0 : widths[c],
                                       .style = defs[c].style,
                                       .field = &list.fields[defs[c].field]};
    const okb_grid grid = {.columns = columns, .n_columns = REJECT_COLUMNS, .n_rows = book->plan->n_rejects};
    okb_grid_head(book, sheet, &grid, row);
    uint32_t end = okb_grid_rows(book, sheet, &grid, row + 1, from, n);
    okb_sheet_filter(book, sheet, row, end - 1, grid.n_columns - 1);
    okb_grid_mark(book, sheet, &grid, row, end);
}

void okb_sheet_log_write(okb_book *book, okb_sheet *sheet, okb_rows rows)
{
    (void)rows;
    for (uint32_t c = 0; c < LOG_COLUMNS; c++)
        okb_sheet_width(book, sheet, c, c, widths[c]);
    uint32_t head = head_rows(book->plan), row = sheet->part == 0 ? write_head(book, sheet) : 0;
    /* This part's share of the rejects. */
    uint32_t from = sheet->first_row > head ? sheet->first_row - head : 0;
    uint32_t end = sheet->first_row + sheet->n_rows;
    uint32_t to = end > head ? end - head : 0;
    okb_put_word(book, sheet, row, 0, book->plan->n_rejects ? "Rejected rows" : "Rejected rows: none",
                 OKB_STYLE_SECTION, OKB_TONE_BODY);
    if (to > from)
        write_rejects(book, sheet, row + 1, from, to - from);
    okb_contents_go_on(book, sheet, row + 1 + (to > from ? to - from : 0) + 2);
    okb_sheet_print(book, sheet, sheet->part == 0 ? 0 : -1);
    if (sheet->part == 0)
        okb_sheet_freeze(book, sheet, 1, 0);
    if (!okb_book_failed(book))
        worksheet_gridlines(sheet->ws, LXW_HIDE_ALL_GRIDLINES);
}
