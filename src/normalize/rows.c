/* Rows to goals: which goals a row names and what its cells say of each. */
#include "draft.h"

#include <string.h>

enum { MOST_NUMBERED = 64, MOST_SPLIT = 40 };

struct row_drafts {
    draft part[PART_COUNT];
    draft *numbered; /* [MOST_NUMBERED], by number; NULL where the layout has none */
    uint32_t top_number;
    uint32_t tree_level; /* 1-based column of the tree that holds the title; 0 none */
};

static struct row_drafts *begin_row(reading *r, const block *b, size_t row_ix)
{
    if (!r->drafts)
        r->drafts = OKB_NEW(&r->scratch, struct row_drafts);
    struct row_drafts *rows = r->drafts;
    okb_draft_init(&rows->part[PART_ROW], r, row_ix);
    for (int p = PART_ROW + 1; p < PART_COUNT; p++)
        if (b->uses_part[p])
            okb_draft_init(&rows->part[p], r, row_ix);
    if (b->uses_part[PART_NUMBERED] && !rows->numbered)
        rows->numbered = OKB_NEW_N(&r->scratch, draft, MOST_NUMBERED);
    for (uint32_t i = 0; b->uses_part[PART_NUMBERED] && i <= b->top_number && i < MOST_NUMBERED; i++)
        okb_draft_init(&rows->numbered[i], r, row_ix);
    rows->top_number = b->uses_part[PART_NUMBERED] ? b->top_number : 0;
    rows->tree_level = 0;
    return rows;
}

/* Weak columns speak only where the plain ones left a blank. */
static void read_cells(reading *r, const block *b, size_t row_ix, struct row_drafts *rows, bool is_weak)
{
    for (uint32_t c = 0; c < b->n_columns; c++) {
        const column *col = &b->columns[c];
        if (col->f <= F_PAY || col->is_wide || col->f == F_CHECKIN || col->f == F_COMMENTS || col->f == F_NESTED)
            continue;
        if (is_weak != (okb_span_eq(col->as, OKB_S("weak")) && col->f != F_TITLE))
            continue;
        okb_span text = okb_cell_text(r->table, row_ix, c);
        if (text.n == 0 && okb_span_eq(col->as, OKB_S("blank-is-zero")))
            text = OKB_S("0");
        if (text.n == 0 || (col->f != F_TITLE && okb_words_missing(r->n->words, text)))
            continue;
        draft *d = &rows->part[col->p];
        if (col->p == PART_TREE) {
            if (rows->tree_level)
                continue;
            rows->tree_level = col->number == OKB_NONE ? 1 : col->number + 1;
            d = &rows->part[PART_ROW];
        } else if (col->p == PART_NUMBERED) {
            if (col->number >= MOST_NUMBERED)
                continue;
            d = &rows->numbered[col->number];
        }
        okb_cell_apply(r, d, row_ix, col, text);
    }
}

static const column *title_column(const block *b, part p)
{
    for (uint32_t c = 0; c < b->n_columns; c++)
        if (b->columns[c].f == F_TITLE && b->columns[c].p == p)
            return &b->columns[c];
    return NULL;
}

static void reject_untitled(reading *r, const block *b, size_t row_ix)
{
    const column *col = NULL;
    for (int p = PART_ROW; p < PART_COUNT && !col; p++)
        col = title_column(b, (part)p);
    uint32_t c = col ? (uint32_t)(col - b->columns) : 0;
    okb_span value = okb_cell_text(r->table, row_ix, c);
    okb_account_reject(r, row_ix, col ? col->header : (okb_span){NULL, 0}, value,
                       value.n ? "the title is a placeholder" : "the row has no title");
}

/* Blanks that stand for the value above: groups, merged cells of team and cycle, the objective over its key results. */
static void fill_down(reading *r, const block *b, struct row_drafts *rows, size_t row_ix)
{
    draft *row = &rows->part[PART_ROW], *objective = &rows->part[PART_OBJECTIVE];
    uint32_t line = r->table->rows[row_ix].line;
    if (row->rec.team.n == 0 && r->group.n)
        row->rec.team = r->group;
    if (row->rec.cycle.n == 0 && r->group_cycle.n)
        row->rec.cycle = r->group_cycle;
    if (b->fills_team) {
        if (row->rec.team.n == 0 && r->filled_team.n) {
            row->rec.team = r->filled_team;
            okb_account_repair(r, "blank team filled from above", line);
        }
        r->filled_team = row->rec.team;
    }
    if (b->fills_cycle) {
        if (row->rec.cycle.n == 0 && r->filled_cycle.n) {
            row->rec.cycle = r->filled_cycle;
            okb_account_repair(r, "blank cycle filled from above", line);
        }
        r->filled_cycle = row->rec.cycle;
    }
    if (!b->has_part[PART_OBJECTIVE])
        return;
    if (objective->rec.goal.title.n) {
        r->filled_objective = objective->rec.goal.title;
        r->filled_objective_id = objective->rec.goal.id;
        r->filled_objective_team = objective->rec.team.n ? objective->rec.team : row->rec.team;
        r->filled_objective_cycle = objective->rec.cycle.n ? objective->rec.cycle : row->rec.cycle;
    } else if (r->filled_objective.n && b->fills_objective) {
        objective->rec.goal.title = r->filled_objective;
        objective->rec.goal.id = r->filled_objective_id;
        objective->rec.team = r->filled_objective_team;
        objective->rec.cycle = r->filled_objective_cycle;
        objective->is_filled = true;
        if (row->rec.team.n == 0)
            row->rec.team = r->filled_objective_team;
        if (row->rec.cycle.n == 0)
            row->rec.cycle = r->filled_objective_cycle;
        okb_account_repair(r, "blank objective filled from above", line);
    }
}

static void count_used(okb_normalizer *n, uint32_t file_ix, uint32_t record_ix)
{
    okb_vec_at(&n->records, record, record_ix).counts_row = true;
    okb_file_at(n, file_ix)->used++;
}

static void push_numbered(reading *r, const block *b, struct row_drafts *rows, uint32_t above, draft *row)
{
    for (uint32_t i = 0; b->uses_part[PART_NUMBERED] && i <= rows->top_number && i < MOST_NUMBERED; i++) {
        draft *d = &rows->numbered[i];
        if (d->rec.goal.title.n == 0)
            continue;
        okb_draft_share_down(row, d);
        if (d->rec.goal.owner.n == 0) {
            d->rec.goal.owner = row->rec.goal.owner;
            d->rec.goal.n_owners = row->rec.goal.n_owners;
        }
        if (d->rec.goal.start == OKB_DAY_NONE && d->rec.goal.due == OKB_DAY_NONE) {
            d->rec.goal.start = row->rec.goal.start;
            d->rec.goal.due = row->rec.goal.due;
            d->rec.goal.start_origin = row->rec.goal.start_origin;
            d->rec.goal.due_origin = row->rec.goal.due_origin;
        }
        if (!d->rec.goal.kind)
            d->rec.goal.kind = OKB_KEY_RESULT;
        d->rec.above = above;
        d->rec.made_by_row = true;
        okb_place_remember(r, b, okb_draft_push(r, d));
    }
}

/* Several key results of one cell: the first keeps the row's figures only where it is alone. */
static void push_split(reading *r, const block *b, const draft *from, uint32_t above, const okb_span *titles,
                       size_t from_ix, size_t n, size_t row_ix)
{
    for (size_t i = from_ix; i < n; i++) {
        draft d;
        okb_draft_init(&d, r, row_ix);
        d.rec.goal.title = okb_keep_text(r->n, titles[i], false);
        d.rec.goal.kind = OKB_KEY_RESULT;
        d.rec.team = from->rec.team;
        d.rec.cycle = from->rec.cycle;
        d.rec.goal.level = from->rec.goal.level;
        d.rec.goal.owner = from->rec.goal.owner;
        d.rec.goal.n_owners = from->rec.goal.n_owners;
        d.rec.goal.start = from->rec.goal.start;
        d.rec.goal.due = from->rec.goal.due;
        d.rec.goal.start_origin = from->rec.goal.start_origin;
        d.rec.goal.due_origin = from->rec.goal.due_origin;
        d.rec.above = above;
        d.rec.made_by_row = true;
        okb_place_remember(r, b, okb_draft_push(r, &d));
    }
}

static bool names_numbered(const block *b, const struct row_drafts *rows)
{
    for (uint32_t i = 0; b->uses_part[PART_NUMBERED] && i <= rows->top_number && i < MOST_NUMBERED; i++)
        if (rows->numbered[i].rec.goal.title.n)
            return true;
    return false;
}

/* One title a row. */
static void read_single(reading *r, const block *b, struct row_drafts *rows, size_t row_ix)
{
    okb_normalizer *n = r->n;
    draft *row = &rows->part[PART_ROW];
    if (row->rec.goal.title.n == 0) {
        reject_untitled(r, b, row_ix);
        return;
    }
    if (okb_task_checkin_read(r, b, row_ix, row))
        return;
    okb_span parts[MOST_SPLIT];
    size_t n_parts = okb_split_statement(r, row->title_raw, parts, MOST_SPLIT);
    if (n_parts > 1) {
        row->rec.goal.title = okb_keep_text(n, parts[0], false);
        okb_account_repair(r, "several key results in a cell, each made a goal", r->table->rows[row_ix].line);
    }
    if (names_numbered(b, rows))
        row->rec.goal.kind = OKB_OBJECTIVE;
    okb_kind by_place = b->is_nested ? OKB_KEY_RESULT : r->has_nested ? OKB_OBJECTIVE : b->format->default_kind;
    const column *title = title_column(b, PART_ROW);
    if (title && okb_span_eq(title->as, OKB_S("metric")) && !by_place) /* a KPI of a list of them */
        by_place = OKB_GOAL;
    okb_draft_kind(r, row, n_parts > 1 || names_numbered(b, rows) ? OKB_OBJECTIVE : by_place);
    row->default_level = b->format->default_level;
    uint32_t level = rows->tree_level;
    if (title && title->is_indented)
        level = okb_place_indent_level(r, okb_row_indent(r->table, (uint32_t)row_ix, (uint32_t)(title - b->columns)));
    okb_place_find(r, b, level, row);
    row->rec.made_by_row = true;
    uint32_t ix = okb_draft_push(r, row);
    okb_place_remember_level(r, level, ix);
    okb_place_remember(r, b, ix);
    count_used(n, r->file_ix, ix);
    okb_row_checkins_read(r, b, row_ix, ix, row);
    push_numbered(r, b, rows, ix, row);
    if (n_parts > 1)
        push_split(r, b, row, ix, parts, 1, n_parts, row_ix);
}

/* ---- objective, key result and initiative in columns of one row --------------------------------------------- */

/* Later rows may fill what the first left blank. */
static void complete_record(okb_normalizer *n, okb_arena *scratch, uint32_t ix, draft *d)
{
    record *rec = &okb_vec_at(&n->records, record, ix);
    draft into = {.rec = *rec, .n_refs = DRAFT_REFS, .n_problems = DRAFT_PROBLEMS};
    bool had_id = rec->goal.id.n > 0;
    okb_draft_move_into(d, &into);
    *rec = into.rec;
    if (!had_id && rec->goal.id.n)
        okb_record_index_id(n, scratch, ix);
}

/* The record of the objective that this row names: a new one, or the one that an earlier row made. */
static uint32_t objective_record(reading *r, const block *b, draft *d, okb_span own_id, bool is_row, bool *out_new)
{
    okb_normalizer *n = r->n;
    okb_arena *a = &r->row;
    okb_span key =
        okb_arena_printf(a, "%u\x1f%.*s\x1f%.*s\x1f%.*s\x1f%.*s", r->file_ix, OKB_FMT(okb_text_fold(a, own_id)),
                         OKB_FMT(okb_text_fold(a, b->team_is_results ? (okb_span){NULL, 0} : d->rec.team)),
                         OKB_FMT(okb_text_fold(a, d->rec.cycle)), OKB_FMT(okb_text_fold(a, d->rec.goal.title)));
    uint32_t known = okb_map_get(n->places, key);
    /* Two ids are two goals, whatever they are called. */
    if (known != OKB_NONE && d->rec.goal.id.n && okb_vec_at(&n->records, record, known).goal.id.n &&
        !okb_text_same(d->rec.goal.id, okb_vec_at(&n->records, record, known).goal.id))
        known = OKB_NONE;
    *out_new = known == OKB_NONE;
    if (known != OKB_NONE) {
        complete_record(n, a, known, d);
        return known;
    }
    if (!d->rec.goal.kind)
        d->rec.goal.kind = OKB_OBJECTIVE;
    d->rec.made_by_row = is_row;
    uint32_t ix = okb_draft_push(r, d);
    *okb_map_put(n->places, key, ix, NULL) = ix;
    return ix;
}

static uint32_t push_result(reading *r, const block *b, draft *result, uint32_t above, size_t row_ix, bool is_lowest)
{
    okb_span parts[MOST_SPLIT];
    const column *col = title_column(b, PART_KEY_RESULT);
    size_t n_parts = okb_split_results(r, col, result->title_raw, parts, MOST_SPLIT);
    if (!result->rec.goal.kind)
        result->rec.goal.kind = OKB_KEY_RESULT;
    result->rec.above = above;
    result->rec.made_by_row = true;
    if (n_parts > 1) {
        result->rec.goal.title = okb_keep_text(r->n, parts[0], false);
        okb_account_repair(r, "several key results in a cell, each made a goal", r->table->rows[row_ix].line);
    }
    uint32_t ix = okb_draft_push(r, result);
    okb_place_remember(r, b, ix);
    if (is_lowest)
        okb_row_checkins_read(r, b, row_ix, ix, result);
    if (n_parts > 1)
        push_split(r, b, result, above, parts, 1, n_parts, row_ix);
    return ix;
}

static void read_layers(reading *r, const block *b, struct row_drafts *rows, size_t row_ix)
{
    okb_normalizer *n = r->n;
    draft *row = &rows->part[PART_ROW];
    draft *objective = b->uses_part[PART_OBJECTIVE] && rows->part[PART_OBJECTIVE].rec.goal.title.n
                           ? &rows->part[PART_OBJECTIVE]
                           : NULL;
    draft *result = b->uses_part[PART_KEY_RESULT] && rows->part[PART_KEY_RESULT].rec.goal.title.n
                        ? &rows->part[PART_KEY_RESULT]
                        : NULL;
    draft *initiative = b->uses_part[PART_INITIATIVE] && rows->part[PART_INITIATIVE].rec.goal.title.n
                            ? &rows->part[PART_INITIATIVE]
                            : NULL;
    draft *lowest = result ? result : initiative ? initiative : objective && !objective->is_filled ? objective : NULL;
    if (!lowest) {
        reject_untitled(r, b, row_ix);
        return;
    }
    if (objective && lowest != objective) { /* what the objective supports stands in the row of its key result */
        okb_draft_move_refs(row, objective);
        okb_draft_share_down(row, objective);
    }
    okb_span own_id = objective ? objective->rec.goal.id : (okb_span){NULL, 0};
    okb_draft_move_into(row, lowest);
    if (initiative && initiative != lowest)
        okb_draft_share_down(row, initiative);
    uint32_t above = OKB_NONE, counted = OKB_NONE;
    bool is_new = false;
    if (objective) {
        above = objective_record(r, b, objective, own_id, lowest == objective || !b->format->only_names, &is_new);
        r->last_objective = above;
        if (lowest == objective) {
            if (is_new)
                counted = above;
            okb_row_checkins_read(r, b, row_ix, above, objective);
            push_numbered(r, b, rows, above, row);
        }
    }
    if (result) {
        above = push_result(r, b, result, above, row_ix, true);
        counted = above;
        push_numbered(r, b, rows, above, row);
    } else if (initiative && r->last_result != OKB_NONE && b->has_part[PART_KEY_RESULT]) {
        above = r->last_result; /* the key result's cell is merged over its initiatives */
    }
    if (initiative) {
        if (!initiative->rec.goal.kind)
            initiative->rec.goal.kind = OKB_INITIATIVE;
        initiative->rec.above = above;
        initiative->rec.made_by_row = true;
        uint32_t ix = okb_draft_push(r, initiative);
        if (counted == OKB_NONE)
            counted = ix;
        if (lowest == initiative)
            okb_row_checkins_read(r, b, row_ix, ix, initiative);
    }
    if (counted == OKB_NONE)
        okb_file_at(n, r->file_ix)->merged++;
    else
        count_used(n, r->file_ix, counted);
}

void okb_goal_row_read(reading *r, const block *b, uint32_t row_ix)
{
    struct row_drafts *rows = begin_row(r, b, row_ix);
    read_cells(r, b, row_ix, rows, false);
    if (b->has_weak)
        read_cells(r, b, row_ix, rows, true);
    if (rows->part[PART_ROW].is_deleted) {
        uint32_t c = 0;
        while (c + 1 < b->n_columns && b->columns[c].f != F_ACTION)
            c++;
        okb_account_reject(r, row_ix, b->columns[c].header, okb_cell_text(r->table, row_ix, c),
                           "the row is marked for deletion");
        return;
    }
    fill_down(r, b, rows, row_ix);
    if (b->has_part[PART_OBJECTIVE] || b->has_part[PART_KEY_RESULT] || b->has_part[PART_INITIATIVE])
        read_layers(r, b, rows, row_ix);
    else
        read_single(r, b, rows, row_ix);
}
