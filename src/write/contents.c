/* Which sheets a workbook has, in order, with their names and parts; and the names of the files of a split workbook. */
#include "guard.h"
#include "sheets.h"

#include <string.h>

const okb_sheet_def okb_sheet_defs[OKB_SHEET_KINDS] = {
    [OKB_SHEET_SUMMARY] = {"Summary", "Where do we stand, what is won, what is at risk, what is asked of us?", 0, 14,
                           NULL, okb_sheet_summary_write},
    [OKB_SHEET_CONTENTS] = {"Contents", "Which sheets are there, and how does every team stand?", 0, 14, NULL,
                            okb_sheet_contents_write},
    [OKB_SHEET_COMPANY] = {"Company", "Which outcomes matter most right now, and how will we measure progress?",
                           OKB_TEAM_FIRST_ROW, 27, NULL, okb_sheet_team_write},
    [OKB_SHEET_TEAM] = {"", "How is each goal going, and which one question is worth asking?", OKB_TEAM_FIRST_ROW, 27,
                        NULL, okb_sheet_team_write},
    [OKB_SHEET_ALIGNMENT] = {"Alignment", "Which company objective does each goal serve, and which serve none?", 4, 10,
                             okb_sheet_alignment_rows, okb_sheet_alignment_write},
    [OKB_SHEET_CHECKINS] = {"Check-ins", "Which goals moved, week by week, and which are silent?", 4, 24,
                            okb_sheet_checkins_rows, okb_sheet_checkins_write},
    [OKB_SHEET_FINDINGS] = {"Findings", "What should be mended first, and what would you ask?", 4, 11,
                            okb_sheet_findings_rows, okb_sheet_findings_write},
    [OKB_SHEET_CHANGES] = {"Changes", "What changed since the last report: targets, owners, dates, scores?", 4, 10,
                           okb_sheet_changes_rows, okb_sheet_changes_write},
    /* Excel keeps "History" for itself. */
    [OKB_SHEET_HISTORY] = {"History by cycle", "Is each team getting better from cycle to cycle?", 4, 12,
                           okb_sheet_history_rows, okb_sheet_history_write},
    [OKB_SHEET_ADVICE] = {"Advice", "Which way of setting goals fits each team, and what should be rewritten first?", 4,
                          6, okb_sheet_advice_rows, okb_sheet_advice_write},
    [OKB_SHEET_DATA] = {"Data", "Every goal of every cycle, one row each, for pivot tables.", 1, 49,
                        okb_sheet_data_rows, okb_sheet_data_write},
    [OKB_SHEET_LOG] = {"Import log", "What happened to every row of every input file?", 0, 12, okb_sheet_log_rows,
                       okb_sheet_log_write},
    [OKB_SHEET_METHOD] = {"Method", "How is each figure made, under which settings, from which files?", 0, 8, NULL,
                          okb_sheet_method_write},
};

/* ---- which kinds a template has ---- */

static bool is_template(const okb_book *book, const char *name)
{
    return okb_span_eq(book->options->template_name, okb_span_of(name));
}

static bool is_one_team(const okb_book *book)
{
    return book->options->only_team != OKB_NONE;
}

static bool has_kind(const okb_book *book, okb_sheet_kind kind)
{
    const okb_plan *plan = book->plan;
    if (is_template(book, "onepager"))
        return kind == OKB_SHEET_SUMMARY;
    if (is_template(book, "data"))
        return kind == OKB_SHEET_DATA || kind == OKB_SHEET_LOG || kind == OKB_SHEET_METHOD;
    if (is_one_team(book) || is_template(book, "team"))
        return kind != OKB_SHEET_SUMMARY && kind != OKB_SHEET_CONTENTS && kind != OKB_SHEET_LOG;
    if (kind == OKB_SHEET_TEAM)
        return !book->options->is_split;
    if (kind == OKB_SHEET_CONTENTS)
        return false; /* decided once the others are counted */
    if (kind == OKB_SHEET_CHANGES)
        return plan->n_changes > 0 || plan->n_cycles > 1;
    return true;
}

static bool shows_team(const okb_book *book, uint32_t team_ix)
{
    if (is_one_team(book) && book->options->only_team != team_ix)
        return false;
    return book->layouts[team_ix].n_lines > 0;
}

/* ---- the list ---- */

okb_rows okb_contents_rows(const okb_book *book, okb_sheet_kind kind)
{
    return book->rows_of_kind[kind];
}

/* Rows of the Data sheet that stay under the bytes that a part of the file may have, by the mean row. */
static uint32_t data_room(const okb_book *book, uint32_t n_rows)
{
    enum { CELL_BYTES = 48 }; /* markup and a short value */
    uint64_t row_bytes = (uint64_t)CELL_BYTES * okb_sheet_defs[OKB_SHEET_DATA].n_columns;
    row_bytes += n_rows ? book->text_bytes / n_rows : 0;
    uint64_t rows = book->set.sheet_bytes / row_bytes;
    return rows < 1 ? 1 : rows > OKB_SHEET_ROWS ? OKB_SHEET_ROWS : (uint32_t)rows;
}

static uint64_t count_text_bytes(const okb_plan *plan)
{
    uint64_t bytes = 0;
    for (uint32_t g = 0; g < plan->n_goals; g++) {
        const okb_goal *goal = &plan->goals[g];
        bytes += goal->title.n + goal->description.n + goal->comment.n + goal->blocker.n + goal->owner.n;
    }
    return bytes;
}

static void add_sheet(okb_book *book, okb_vec *sheets, okb_sheet_kind kind, uint32_t team_ix, uint32_t n_rows)
{
    const okb_sheet_def *def = &okb_sheet_defs[kind];
    /* Two rows are kept free for a total or a pointer below the table. */
    uint32_t around = def->head_rows + 2;
    uint32_t room = book->set.sheet_rows > around ? book->set.sheet_rows - around : 1;
    if (kind == OKB_SHEET_DATA && data_room(book, n_rows) < room)
        room = data_room(book, n_rows);
    uint32_t n_parts = n_rows > room ? (n_rows + room - 1) / room : 1;
    for (uint32_t part = 0; part < n_parts; part++) {
        uint32_t from = part * room;
        *okb_vec_push(sheets, okb_sheet) = (okb_sheet){.kind = kind,
                                                       .team_ix = team_ix,
                                                       .answers = def->answers,
                                                       .part = part,
                                                       .n_parts = n_parts,
                                                       .first_row = from,
                                                       .n_rows = n_rows - from < room ? n_rows - from : room,
                                                       .last_row = -1};
    }
}

static void list_sheets(okb_book *book, okb_vec *sheets)
{
    const okb_plan *plan = book->plan;
    for (int k = 0; k < OKB_SHEET_KINDS; k++) {
        okb_sheet_kind kind = (okb_sheet_kind)k;
        if (!has_kind(book, kind))
            continue;
        if (kind == OKB_SHEET_COMPANY || kind == OKB_SHEET_TEAM) {
            for (uint32_t t = 0; t < plan->n_teams; t++)
                if (plan->teams[t].is_company == (kind == OKB_SHEET_COMPANY) && shows_team(book, t))
                    add_sheet(book, sheets, kind, t, book->layouts[t].n_lines);
            continue;
        }
        if (okb_sheet_defs[kind].rows)
            book->rows_of_kind[kind] = okb_sheet_defs[kind].rows(book, &book->keep);
        add_sheet(book, sheets, kind, OKB_NONE, book->rows_of_kind[kind].n);
    }
}

/* A long workbook gets a list of its sheets, after the Summary. */
static void add_contents(okb_book *book, okb_vec *sheets)
{
    if (sheets->n <= book->set.contents_from || okb_vec_at(sheets, okb_sheet, 0).kind != OKB_SHEET_SUMMARY)
        return;
    add_sheet(book, sheets, OKB_SHEET_CONTENTS, OKB_NONE, 0);
    okb_sheet *items = sheets->items;
    okb_sheet contents = items[sheets->n - 1];
    memmove(items + 2, items + 1, (sheets->n - 2) * sizeof *items);
    items[1] = contents;
}

/* 'Name'! with apostrophes doubled, for formulas. */
static okb_span quoted(okb_book *book, okb_span name)
{
    okb_buf text = {0};
    okb_buf_byte(&text, '\'');
    for (size_t i = 0; i < name.n; i++) {
        if (name.p[i] == '\'')
            okb_buf_byte(&text, '\'');
        okb_buf_byte(&text, name.p[i]);
    }
    okb_buf_add(&text, OKB_S("'!"));
    okb_span kept = okb_arena_copy(&book->keep, okb_buf_span(&text));
    okb_buf_free(&text);
    return kept;
}

/* Fixed names first: a team called "Summary" gets the other name, not the Summary. */
static void name_sheets(okb_book *book)
{
    okb_map *taken = okb_map_new();
    for (int is_team = 0; is_team <= 1; is_team++)
        for (uint32_t i = 0; i < book->n_sheets; i++) {
            okb_sheet *sheet = &book->sheets[i];
            if ((sheet->kind == OKB_SHEET_TEAM) != is_team)
                continue;
            okb_span wish =
                is_team ? book->plan->teams[sheet->team_ix].name : okb_span_of(okb_sheet_defs[sheet->kind].name);
            sheet->name = okb_guard_sheet_name(&book->keep, taken, wish);
            sheet->ref = quoted(book, sheet->name);
            sheet->link = okb_arena_printf(&book->keep, "internal:%sA1", sheet->ref.p);
        }
    okb_map_free(taken);
}

static void index_sheets(okb_book *book)
{
    for (int k = 0; k < OKB_SHEET_KINDS; k++)
        book->first_of_kind[k] = OKB_NONE;
    book->team_sheet = OKB_NEW_N(&book->keep, uint32_t, (size_t)book->plan->n_teams + 1);
    for (uint32_t t = 0; t < book->plan->n_teams; t++)
        book->team_sheet[t] = OKB_NONE;
    for (uint32_t i = book->n_sheets; i-- > 0;) {
        const okb_sheet *sheet = &book->sheets[i];
        book->first_of_kind[sheet->kind] = i;
        if (sheet->team_ix != OKB_NONE)
            book->team_sheet[sheet->team_ix] = i;
    }
}

void okb_contents_plan(okb_book *book)
{
    okb_vec sheets = {0};
    book->text_bytes = count_text_bytes(book->plan);
    list_sheets(book, &sheets);
    add_contents(book, &sheets);
    book->n_sheets = (uint32_t)sheets.n;
    book->sheets = OKB_NEW_N(&book->keep, okb_sheet, sheets.n);
    if (sheets.n)
        memcpy(book->sheets, sheets.items, sheets.n * sizeof(okb_sheet));
    okb_vec_free(&sheets);
    name_sheets(book);
    index_sheets(book);
    if (book->options->is_split && !is_one_team(book))
        book->split_names = okb_write_split_names(book->plan, &book->keep);
}

void okb_contents_go_on(okb_book *book, okb_sheet *sheet, uint32_t row)
{
    if (sheet->part + 1 >= sheet->n_parts)
        return;
    const okb_sheet *next = sheet + 1;
    okb_put_link(book, sheet, row, 0, next->link,
                 okb_arena_printf(&book->keep, "Continued on the sheet %.*s (%u of %u)", OKB_FMT(next->name),
                                  next->part + 1, next->n_parts),
                 OKB_STYLE_LINK_PLAIN, OKB_TONE_BODY);
}

/* ---- files of a split workbook ---- */

/* Lower case, letters and digits of any script, everything else one hyphen: allowed on every file system. */
static okb_span file_stem(okb_span name, okb_arena *keep)
{
    okb_span folded = okb_text_fold(keep, name);
    okb_buf stem = {0};
    for (size_t i = 0; i < folded.n; i++) {
        unsigned char c = (unsigned char)folded.p[i];
        bool is_kept = c >= 0x80 || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        if (is_kept)
            okb_buf_byte(&stem, (char)c);
        else if (stem.n && stem.p[stem.n - 1] != '-')
            okb_buf_byte(&stem, '-');
    }
    while (stem.n && stem.p[stem.n - 1] == '-')
        stem.n--;
    okb_span kept = okb_utf16_head(okb_buf_span(&stem), 60);
    kept = okb_arena_copy(keep, kept.n ? kept : OKB_S("team"));
    okb_buf_free(&stem);
    return kept;
}

static const okb_span summary_file = {"summary.xlsx", 12};

const okb_span *okb_write_split_names(const okb_plan *plan, okb_arena *keep)
{
    okb_span *names = OKB_NEW_N(keep, okb_span, (size_t)plan->n_teams + 1);
    okb_map *taken = okb_map_new();
    (void)okb_map_put(taken, OKB_S("summary"), 2, NULL);
    for (uint32_t t = 0; t < plan->n_teams; t++) {
        okb_span base = file_stem(plan->teams[t].name, keep), stem = base;
        bool is_new;
        (void)okb_map_put(taken, base, 2, &is_new);
        while (!is_new) {
            stem = okb_arena_printf(keep, "%s-%u", base.p, okb_map_get(taken, base));
            *okb_map_put(taken, base, 2, NULL) += 1;
            (void)okb_map_put(taken, stem, 2, &is_new);
        }
        names[t] = okb_arena_printf(keep, "%.*s.xlsx", OKB_FMT(stem));
    }
    okb_map_free(taken);
    names[plan->n_teams] = okb_arena_copy(keep, summary_file);
    return names;
}

okb_span okb_write_split_name(const okb_plan *plan, uint32_t team_ix, okb_arena *keep)
{
    return team_ix == OKB_NONE ? okb_arena_copy(keep, summary_file) : okb_write_split_names(plan, keep)[team_ix];
}
