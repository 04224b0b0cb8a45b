/* Files that no header tells: what is wrong with them, in the words of the person who has the file. */
#include "shape.h"

enum { MOST_ROWS = 60, MOST_NAMED = 6, LONGEST_NAMED = 40, LONG_TEXT = 24 };

/* How many different fields the cells name as headers would; whether a title is among them. */
typedef struct naming {
    uint32_t n_fields;
    bool has_title;
} naming;

static void name_cell(reading *r, okb_span cell, bool seen[F_COUNT][PART_COUNT], naming *out)
{
    if (cell.n == 0 || cell.n > 60)
        return;
    header_hit hit = okb_header_read(r, OKB_S("*"), OKB_FILE_GOALS, cell);
    if (!hit.rule || hit.rule->fields[0] == F_IGNORED)
        return;
    for (uint32_t i = 0; i < hit.rule->n; i++)
        out->has_title = out->has_title || hit.rule->fields[i] == F_TITLE;
    bool *is_known = &seen[hit.rule->fields[0]][hit.rule->parts[0]];
    bool is_one_of_many = hit.rule->parts[0] == PART_NUMBERED && hit.number != OKB_NONE; /* KR1, KR2 */
    out->n_fields += !*is_known || is_one_of_many;
    *is_known = true;
}

static naming names_in_row(reading *r, uint32_t row_ix)
{
    bool seen[F_COUNT][PART_COUNT] = {{false}};
    naming out = {0};
    for (uint32_t c = 0; c < okb_table_width(r->table, row_ix); c++)
        name_cell(r, okb_cell_text(r->table, row_ix, c), seen, &out);
    return out;
}

bool okb_table_is_turned(reading *r, uint32_t header_row)
{
    bool seen[F_COUNT][PART_COUNT] = {{false}};
    naming down = {0};
    uint32_t last = r->table->n_rows < MOST_ROWS ? (uint32_t)r->table->n_rows : MOST_ROWS;
    if (r->table->n_rows > MOST_ROWS) /* a long first column is data */
        return false;
    for (uint32_t i = 0; i < last; i++)
        name_cell(r, okb_cell_text(r->table, i, 0), seen, &down);
    naming across = names_in_row(r, header_row);
    return down.has_title && down.n_fields >= 3 && across.n_fields + 1 < down.n_fields;
}

/* Reads like a sentence, not like a column's name. */
static bool is_statement(okb_span cell)
{
    uint32_t n_words = 1;
    for (size_t i = 0; i < cell.n; i++)
        n_words += cell.p[i] == ' ';
    return cell.n >= LONG_TEXT && n_words >= 4;
}

/* The head of a long text, cut between characters. */
static okb_span shortened(okb_span text)
{
    size_t n = text.n < LONGEST_NAMED ? text.n : LONGEST_NAMED;
    while (n < text.n && n > 0 && ((unsigned char)text.p[n] & 0xC0) == 0x80)
        n--;
    return okb_span_sub(text, 0, n);
}

static okb_span list_cells(reading *r, uint32_t row_ix)
{
    okb_span out = {NULL, 0};
    uint32_t n = 0;
    for (uint32_t c = 0; c < okb_table_width(r->table, row_ix) && n < MOST_NAMED; c++) {
        okb_span cell = okb_text_clean(&r->scratch, okb_cell_text(r->table, row_ix, c), false);
        if (cell.n == 0)
            continue;
        cell = shortened(cell);
        out = okb_arena_printf(&r->scratch, "%.*s%s'%.*s'", OKB_FMT(out), n ? ", " : "", OKB_FMT(cell));
        n++;
    }
    return out;
}

/* A mark that parts each of the first lines into the same number of cells, two or more; 0 where there is none. */
static char foreign_separator(const okb_table *table)
{
    static const char marks[] = "^~:#!";
    enum { MOST_LINES = 10, MOST_COLUMNS = 64 };
    for (const char *mark = marks; *mark; mark++) {
        size_t first = 0, n_rows = 0;
        bool is_even = true;
        for (uint32_t i = 0; i < table->n_rows && n_rows < MOST_LINES; i++) {
            okb_span cell = okb_cell_text(table, i, 0);
            if (okb_row_filled(table, i) == 0)
                continue;
            size_t n = 0;
            for (size_t at = 0; at < cell.n; at++) {
                n += cell.p[at] == *mark;
                /* "KR: forty kayaks" is language */
                is_even = is_even && !(cell.p[at] == *mark && at + 1 < cell.n && cell.p[at + 1] == ' ');
            }
            if (n_rows++ == 0)
                first = n;
            is_even = is_even && n == first;
        }
        if (is_even && n_rows > 1 && first > 0 && first < MOST_COLUMNS)
            return *mark;
    }
    return '\0';
}

okb_code okb_header_missing(reading *r, okb_err *err)
{
    const okb_table *table = r->table;
    uint32_t row_ix = 0, widest = 0;
    for (uint32_t i = 0; i < table->n_rows && i < MOST_ROWS;
         i++) /* the first of the widest rows is most like a header */
        if (okb_row_filled(table, i) > widest) {
            widest = okb_row_filled(table, i);
            row_ix = i;
        }
    uint32_t line = table->n_rows ? table->rows[row_ix].line : 1;
    okb_span none = {NULL, 0};
    if (widest == 0)
        return okb_fail_at(err, OKB_E_DATA, table->path, line, none,
                           "no column holds a goal's title, the file has no text");
    char mark = widest == 1 ? foreign_separator(table) : '\0';
    if (mark)
        return okb_fail_at(
            err, OKB_E_DATA, table->path, line, none,
            "each line is one cell, '%.*s': '%c' seems to part the columns, say so with --delimiter '%c', or "
            "save the file with commas, semicolons or tabs",
            OKB_FMT(shortened(okb_text_clean(&r->scratch, okb_cell_text(table, row_ix, 0), false))), mark, mark);
    for (uint32_t c = 0; c < okb_table_width(table, row_ix); c++) {
        okb_span cell = okb_cell_text(table, row_ix, c);
        if (is_statement(cell))
            return okb_fail_at(
                err, OKB_E_DATA, table->path, line, none,
                "no line names the columns, '%.*s' reads like a goal itself: write the columns' names in a line "
                "above, 'title' over the goals, or judge a bare list with 'okrbook judge'",
                OKB_FMT(shortened(okb_text_clean(&r->scratch, cell, false))));
    }
    if (widest == 1)
        return okb_fail_at(
            err, OKB_E_DATA, table->path, line, none,
            "no line names the columns, the first is %.*s: write 'title' in a line above a bare list, or judge it with "
            "'okrbook judge'; where the line holds several columns, name what parts them with --delimiter",
            OKB_FMT(list_cells(r, row_ix)));
    return okb_fail_at(
        err, OKB_E_DATA, table->path, line, none,
        "no column holds a goal's title among %.*s%s: rename the column with the goals to 'title', or say in a "
        "table what each column is ('okrbook formats --map FILE' writes one to edit, --config reads it)",
        OKB_FMT(list_cells(r, row_ix)), widest > MOST_NAMED ? " ..." : "");
}
