/* The tidy table: every goal of every cycle, the columns of `export goals`, for pivot tables. */
#include "grid.h"
#include "sheets.h"

#include <string.h>

enum { MOST_COLUMNS = 64 };

okb_rows okb_sheet_data_rows(okb_book *book, okb_arena *keep)
{
    const okb_plan *plan = book->plan;
    uint32_t only = book->options->only_team;
    if (only == OKB_NONE)
        return (okb_rows){NULL, plan->n_goals};
    uint32_t *index = OKB_NEW_N(keep, uint32_t, plan->n_goals), n = 0;
    for (uint32_t g = 0; g < plan->n_goals; g++)
        if (plan->goals[g].team_ix == only)
            index[n++] = g;
    return (okb_rows){index, n};
}

/* A table gives readers names for the columns; a streamed sheet cannot have one and gets a filter. */
static void add_table(okb_book *book, okb_sheet *sheet, const okb_grid *grid, uint32_t last_row)
{
    lxw_table_column columns[MOST_COLUMNS] = {{0}};
    lxw_table_column *pointers[MOST_COLUMNS + 1] = {NULL};
    for (uint32_t i = 0; i < grid->n_columns; i++) {
        columns[i].header = okb_book_writable(book, okb_span_of(grid->columns[i].header));
        columns[i].header_format = book->formats[okb_grid_header_style(&grid->columns[i], i)][OKB_TONE_BODY];
        pointers[i] = &columns[i];
    }
    lxw_table_options options = {
        .name = okb_book_writable(book, sheet->part ? okb_arena_printf(&book->keep, "Goals_%u", sheet->part + 1)
                                                    : OKB_S("Goals")),
        .style_type = LXW_TABLE_STYLE_TYPE_LIGHT,
        .style_type_number = 1,
        .no_autofilter = book->is_accessible,
        .columns = pointers};
    okb_book_check(book, worksheet_add_table(sheet->ws, 0, 0, last_row, (lxw_col_t)(grid->n_columns - 1), &options),
                   sheet, "add the table");
}

/* On paper a page as wide as all columns would be too small to read: what was given is printed, what was computed is for pivots. */
static uint32_t last_printed(okb_field_list list)
{
    for (uint32_t i = 0; i < list.n; i++)
        if (strcmp(list.fields[i].name, "status") == 0)
            return i;
    return (uint32_t)list.n - 1;
}

void okb_sheet_data_write(okb_book *book, okb_sheet *sheet, okb_rows rows)
{
    okb_field_list list = okb_goal_fields(book->plan);
    okb_grid_column columns[MOST_COLUMNS] = {{0}};
    if (list.n > MOST_COLUMNS) {
        book->code = okb_fail(book->err, OKB_E_BUG, "the Data sheet has more columns than its writer has room for");
        return;
    }
    for (size_t i = 0; i < list.n; i++)
        columns[i] = (okb_grid_column){.header = list.fields[i].name,
                                       .width = list.fields[i].width,
                                       .style = okb_field_style(&list.fields[i], true),
                                       .field = &list.fields[i]};
    okb_grid grid = {.columns = columns, .n_columns = (uint32_t)list.n, .index = rows.index, .n_rows = sheet->n_rows};
    okb_grid_head(book, sheet, &grid, 0);
    uint32_t end = okb_grid_rows(book, sheet, &grid, 1, sheet->first_row, sheet->n_rows);
    if (okb_book_failed(book))
        return;
    okb_sheet_freeze(book, sheet, 1, 0);
    if (!sheet->is_streamed && sheet->n_rows)
        add_table(book, sheet, &grid, end - 1);
    else
        okb_sheet_filter(book, sheet, 0, end - 1, (uint32_t)list.n - 1);
    okb_contents_go_on(book, sheet, end + 1);
    okb_sheet_print(book, sheet, 0);
    okb_book_check(book, worksheet_print_area(sheet->ws, 0, 0, end - 1, (lxw_col_t)last_printed(list)), sheet,
                   "set the print area");
}
