/* The accounting of rows: skips, repairs, rejects and notes. */
#include "room.h"

#include <string.h>

okb_file *okb_file_at(okb_normalizer *n, uint32_t file_ix)
{
    return &okb_vec_at(&n->files, okb_file, file_ix);
}

void okb_account_skip(reading *r, const char *reason, uint32_t line)
{
    okb_span text = okb_span_of(reason);
    okb_file_at(r->n, r->file_ix)->skipped++;
    for (size_t i = 0; i < r->skips.n; i++) {
        okb_skip *skip = &okb_vec_at(&r->skips, okb_skip, i);
        if (okb_span_eq(skip->reason, text)) {
            skip->count++;
            return;
        }
    }
    *okb_vec_push(&r->skips, okb_skip) = (okb_skip){text, 1, line};
}

void okb_account_repair(reading *r, const char *what, uint32_t line)
{
    okb_span text = okb_span_of(what);
    okb_file_at(r->n, r->file_ix)->repaired++;
    for (size_t i = 0; i < r->repairs.n; i++) {
        okb_repair_note *note = &okb_vec_at(&r->repairs, okb_repair_note, i);
        if (okb_span_eq(note->what, text)) {
            note->count++;
            return;
        }
    }
    *okb_vec_push(&r->repairs, okb_repair_note) = (okb_repair_note){text, 1, line};
}

void okb_account_reject(reading *r, size_t row_ix, okb_span header, okb_span value, const char *reason)
{
    okb_normalizer *n = r->n;
    okb_reject reject = {.source = {r->file_ix, r->table->rows[row_ix].line},
                         .column = okb_arena_copy(n->keep, header),
                         .value = okb_arena_copy(n->keep, value),
                         .reason = okb_span_of(reason),
                         .row = okb_row_as_csv(r->table, row_ix, n->keep)};
    *okb_vec_push(&n->rejects, okb_reject) = reject;
    okb_file_at(n, r->file_ix)->rejected++;
}

static void account_long_text(okb_normalizer *n, okb_plan *out, okb_source source, const char *name, okb_span text)
{
    if (text.n <= OKB_CELL_UNITS || okb_utf16_units(text) <= OKB_CELL_UNITS)
        return;
    *okb_vec_push(&n->rejects, okb_reject) = (okb_reject){
        .source = source,
        .column = okb_span_of(name),
        .value = text,
        .reason =
            OKB_S("longer than the 32,767 characters of a workbook's cell: used, cut in the workbook, whole here")};
    out->n_long_texts++;
}

void okb_account_long_texts(okb_normalizer *n, okb_plan *out)
{
    for (uint32_t g = 0; g < out->n_goals; g++) {
        const okb_goal *goal = &out->goals[g];
        account_long_text(n, out, goal->source, "title", goal->title);
        account_long_text(n, out, goal->source, "owner", goal->owner);
        account_long_text(n, out, goal->source, "description", goal->description);
        account_long_text(n, out, goal->source, "comment", goal->comment);
        account_long_text(n, out, goal->source, "blocker", goal->blocker);
    }
    for (uint32_t c = 0; c < out->n_checkins; c++) {
        const okb_checkin *checkin = &out->checkins[c];
        account_long_text(n, out, checkin->source, "comment", checkin->comment);
        account_long_text(n, out, checkin->source, "blocker", checkin->blocker);
    }
}

void okb_account_note(okb_normalizer *n, okb_span code, uint32_t record_ix, okb_source source, okb_span header,
                      okb_span evidence)
{
    *okb_vec_push(&n->notes, okb_note) = (okb_note){code, record_ix, source, header, evidence};
}

/* okrs.csv and "okrs (1).csv": read, both, and said, because nothing in them tells which is meant. */
void okb_account_content(reading *r)
{
    okb_normalizer *n = r->n;
    okb_span hash = okb_span_of(r->table->sha256);
    bool is_new = true;
    const uint32_t *first = hash.n ? okb_map_put(n->contents, hash, r->file_ix, &is_new) : NULL;
    if (is_new || !first)
        return;
    okb_span other = okb_file_at(n, *first)->path, path = okb_file_at(n, r->file_ix)->path;
    if (okb_span_eq(other, path))
        return;
    okb_span what = okb_arena_printf(n->keep, "the same content as '%.*s'", OKB_FMT(other));
    *okb_vec_push(&r->repairs, okb_repair_note) = (okb_repair_note){what, 1, 1};
    okb_file_at(n, r->file_ix)->repaired++;
    okb_account_note(n, OKB_S("DAT006"), OKB_NONE, (okb_source){r->file_ix, 1}, (okb_span){NULL, 0},
                     okb_arena_printf(n->keep, "'%.*s' and '%.*s' have the same content: leave one of them out",
                                      OKB_FMT(other), OKB_FMT(path)));
}

static bool needs_quotes(okb_span s, char delimiter)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] == '"' || s.p[i] == '\n' || s.p[i] == '\r' || s.p[i] == delimiter)
            return true;
    return false;
}

okb_span okb_row_as_csv(const okb_table *table, size_t row_ix, okb_arena *keep)
{
    size_t width = okb_table_width(table, row_ix), size = 1;
    for (size_t c = 0; c < width; c++) {
        okb_span cell = okb_table_cell(table, row_ix, c);
        size += cell.n + 3;
        for (size_t i = 0; i < cell.n; i++)
            size += cell.p[i] == '"';
    }
    char *out = okb_arena_alloc(keep, size, 1);
    size_t n = 0;
    for (size_t c = 0; c < width; c++) {
        okb_span cell = okb_table_cell(table, row_ix, c);
        if (c)
            out[n++] = table->delimiter;
        if (!needs_quotes(cell, table->delimiter)) {
            memcpy(out + n, cell.n ? cell.p : "", cell.n);
            n += cell.n;
            continue;
        }
        out[n++] = '"';
        for (size_t i = 0; i < cell.n; i++) {
            if (cell.p[i] == '"')
                out[n++] = '"';
            out[n++] = cell.p[i];
        }
        out[n++] = '"';
    }
    return (okb_span){out, n};
}
