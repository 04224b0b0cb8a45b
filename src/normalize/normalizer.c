/* The room's interface: tables in, one file after the other, and the plan out. */
#include "finish.h"
#include "shape.h"

#include <stdlib.h>
#include <string.h>

/* A choice of numbers. */
static int choice_of(const okb_settings *settings, const char *name)
{
    double value = 0;
    (void)okb_number_scan(okb_setting_text(settings, name), '.', &value);
    return (int)value;
}

static limits read_limits(const okb_settings *settings)
{
    return (limits){
        .column_fit = okb_setting_number(settings, "columns.fit"),
        .word_fit = okb_setting_number(settings, "columns.floor"),
        .sample_rows = (uint32_t)okb_setting_number(settings, "columns.sample"),
        .header_rows = (uint32_t)okb_setting_number(settings, "header.rows"),
        .fraction_max = okb_setting_number(settings, "progress.fraction_max"),
        .percent_gap = okb_setting_number(settings, "percent.gap"),
        .cycle_months = choice_of(settings, "cycle.months"),
        .cycle_first_month = (int)okb_setting_number(settings, "cycle.first_month"),
        .title_chain = (uint32_t)okb_setting_number(settings, "match.candidates"),
        .blocks = (uint32_t)okb_setting_number(settings, "header.blocks"),
        .cell_notes = (uint32_t)okb_setting_number(settings, "notes.cells"),
    };
}

static void list_formats(okb_normalizer *n)
{
    const format *formats;
    size_t count = okb_profiles_formats(n->profiles, &formats);
    n->formats = OKB_NEW_N(n->keep, okb_format, count + 1);
    for (size_t i = 0; i < count; i++)
        n->formats[i] = (okb_format){formats[i].name, formats[i].title, formats[i].signature_text, formats[i].note};
    n->n_formats = count;
}

okb_code okb_normalizer_new(const okb_table *columns, size_t n_columns, const okb_table *words_tables, size_t n_words,
                            const okb_settings *settings, const okb_normalize_options *options, okb_arena *keep,
                            okb_diags *diags, okb_normalizer **out, okb_err *err)
{
    okb_normalizer *n = OKB_NEW(keep, okb_normalizer);
    n->keep = keep;
    n->diags = diags;
    n->options = *options;
    n->settings = settings;
    n->lim = read_limits(settings);
    okb_arena_init(&n->stage, 0);
    n->ids = okb_map_new();
    n->titles = okb_map_new();
    n->rows = okb_map_new();
    n->places = okb_map_new();
    n->texts = okb_map_new();
    n->checkin_refs = okb_map_new();
    n->contents = okb_map_new();
    okb_code code = okb_words_new(words_tables, n_words, keep, diags, &n->words, err);
    okb_code other = okb_profiles_new(columns, n_columns, keep, diags, &n->profiles, err);
    if (!code)
        code = other;
    if (!code && options->format.n && !okb_profiles_find(n->profiles, options->format))
        code = okb_fail(err, OKB_E_USAGE, "--input-format '%.*s' is no known format, 'okrbook formats' lists them",
                        OKB_FMT(options->format));
    if (code) {
        okb_normalizer_free(n);
        return code;
    }
    okb_words_fiscal(n->words, n->lim.cycle_first_month);
    list_formats(n);
    *out = n;
    return OKB_OK;
}

static void end_waiting(okb_normalizer *n, bool reads_rows);

/* What the files have left, once the plan is made of it: as much again as the plan. */
static void release_records(okb_normalizer *n)
{
    okb_map **const maps[] = {&n->ids, &n->titles, &n->rows, &n->places, &n->texts, &n->checkin_refs, &n->contents};
    for (size_t i = 0; i < sizeof maps / sizeof *maps; i++) {
        okb_map_free(*maps[i]);
        *maps[i] = NULL;
    }
    okb_vec *const vecs[] = {&n->files, &n->origins, &n->records, &n->refs,  &n->checkins,
                             &n->raws,  &n->rejects, &n->notes,   &n->teams, &n->kept};
    for (size_t i = 0; i < sizeof vecs / sizeof *vecs; i++)
        okb_vec_free(vecs[i]);
    okb_arena_reset(&n->stage);
}

void okb_normalizer_free(okb_normalizer *n)
{
    if (!n)
        return;
    end_waiting(n, false);
    okb_words_free(n->words);
    okb_profiles_free(n->profiles);
    release_records(n);
    n->words = NULL;
    n->profiles = NULL;
}

size_t okb_normalizer_formats(const okb_normalizer *n, const okb_format **out)
{
    *out = n->formats;
    return n->n_formats;
}

/* ---- one file ----------------------------------------------------------------------------------------------- */

static okb_span base_name(okb_span path)
{
    size_t at = path.n;
    while (at > 0 && path.p[at - 1] != '/')
        at--;
    return okb_span_sub(path, at, path.n);
}

static okb_file *new_file(okb_normalizer *n, okb_span path)
{
    okb_file *file = okb_vec_push(&n->files, okb_file);
    file->path = okb_arena_copy(n->keep, path);
    file->name = base_name(file->path);
    *okb_vec_push(&n->origins, origin) = (origin){.cycle = {.start = OKB_DAY_NONE, .due = OKB_DAY_NONE}};
    return file;
}

static void begin(reading *r, okb_normalizer *n, const okb_table *table)
{
    *r = (reading){.n = n, .table = table, .file_ix = (uint32_t)n->files.n};
    okb_arena_init(&r->scratch, 0);
    okb_arena_init(&r->row, 0);
    okb_file *file = new_file(n, table->path);
    file->encoding = okb_arena_copy(n->keep, table->encoding);
    file->delimiter = table->delimiter;
    memcpy(file->sha256, table->sha256, sizeof file->sha256);
    r->file_stem = okb_file_stem(file->name);
    r->last_objective = r->last_result = r->outer_record = OKB_NONE;
    for (int i = 0; i < TREE_LEVELS; i++)
        r->tree[i] = OKB_NONE;
    r->origin = (origin){.cycle = {.start = OKB_DAY_NONE, .due = OKB_DAY_NONE}};
    r->origin.team = okb_team_of_file(n, file->name);
    r->origin.name = okb_span_eq(file->path, OKB_S("-")) ? OKB_S("standard input") : okb_name_of_file(n, file->name);
    r->origin.has_cycle = okb_cycle_in_text(n, r->file_stem, n->options.as_of, n->keep, &r->origin.cycle);
    for (size_t i = 0; i < table->n_repairs; i++) {
        *okb_vec_push(&r->repairs, okb_repair_note) = (okb_repair_note){
            okb_arena_copy(n->keep, table->repairs[i].what), table->repairs[i].count, table->repairs[i].first_line};
        okb_file_at(n, r->file_ix)->repaired += table->repairs[i].count;
        bool is_twice = okb_span_find(table->repairs[i].what, OKB_S("twice")) != SIZE_MAX;
        if (is_twice || okb_span_find(table->repairs[i].what, OKB_S("another encoding")) != SIZE_MAX)
            okb_account_note(n, is_twice ? OKB_S("DAT005") : OKB_S("DAT007"), OKB_NONE,
                             (okb_source){r->file_ix, table->repairs[i].first_line}, (okb_span){NULL, 0},
                             okb_arena_copy(n->keep, table->repairs[i].what));
    }
    okb_account_content(r);
    if (table->blank_lines) {
        *okb_vec_push(&r->skips, okb_skip) =
            (okb_skip){OKB_S("blank line"), table->blank_lines, table->first_blank_line};
        okb_file_at(n, r->file_ix)->skipped += table->blank_lines;
    }
}

static void *keep_vec(okb_normalizer *n, const okb_vec *vec, size_t size)
{
    void *kept = okb_arena_alloc(n->keep, vec->n + 1, size);
    if (vec->n)
        memcpy(kept, vec->items, vec->n * size);
    return kept;
}

static void end(reading *r)
{
    okb_normalizer *n = r->n;
    okb_file *file = okb_file_at(n, r->file_ix);
    file->columns = keep_vec(n, &r->columns, sizeof(okb_column_use));
    file->n_columns = (uint32_t)r->columns.n;
    file->skips = keep_vec(n, &r->skips, sizeof(okb_skip));
    file->n_skips = (uint32_t)r->skips.n;
    file->repairs = keep_vec(n, &r->repairs, sizeof(okb_repair_note));
    file->n_repairs = (uint32_t)r->repairs.n;
    okb_vec_at(&n->origins, origin, r->file_ix) = r->origin;
    okb_vec_free(&r->columns);
    okb_vec_free(&r->skips);
    okb_vec_free(&r->repairs);
    okb_arena_reset(&r->scratch);
    okb_arena_reset(&r->row);
}

static const char *const class_reasons[] = {[ROW_DATA] = "",
                                            [ROW_BLANK] = "blank line",
                                            [ROW_TITLE] = "title",
                                            [ROW_HEADER] = "repeated header",
                                            [ROW_GROUP] = "group name",
                                            [ROW_TOTAL] = "total",
                                            [ROW_SECTION] = "section name"};

static void report_format(reading *r)
{
    okb_normalizer *n = r->n;
    okb_file *file = okb_file_at(n, r->file_ix);
    const block *b = &r->blocks[0];
    file->kind = b->kind;
    for (uint32_t i = 1; i < r->n_blocks && file->kind != OKB_FILE_GOALS; i++)
        if (r->blocks[i].kind == OKB_FILE_GOALS)
            file->kind = OKB_FILE_GOALS;
    file->format = b->format->name;
    file->header_line = r->table->rows[b->header_row].line;
    if (n->options.format.n)
        file->format_reason = okb_arena_printf(n->keep, "--input-format says so");
    else if (b->format->n_signature)
        file->format_reason = okb_arena_printf(n->keep, "line %u has the headers %.*s", file->header_line,
                                               OKB_FMT(b->format->signature_text));
    else
        file->format_reason = okb_arena_printf(
            n->keep, "no known product's headers: line %u is read by the headers' words", file->header_line);
}

static void note_pay(reading *r)
{
    for (uint32_t i = 0; i < r->n_blocks; i++)
        for (uint32_t c = 0; c < r->blocks[i].n_columns; c++) {
            const column *col = &r->blocks[i].columns[c];
            if (col->f == F_PAY)
                okb_account_note(r->n, OKB_S("PRV001"), OKB_NONE,
                                 (okb_source){r->file_ix, r->table->rows[r->blocks[i].header_row].line},
                                 okb_arena_copy(r->n->keep, col->header), okb_arena_copy(r->n->keep, col->header));
        }
}

static void read_rows(reading *r)
{
    okb_file *file = okb_file_at(r->n, r->file_ix);
    if (r->blocks[0].kind == OKB_FILE_CHECKINS)
        okb_vec_reserve(&r->n->checkins, r->table->n_rows, sizeof(checkin_record));
    for (uint32_t i = 0; i < r->table->n_rows; i++) {
        const block *b = &r->blocks[r->block_of[i]];
        uint32_t line = r->table->rows[i].line;
        if (i == r->blocks[0].header_row)
            continue;
        if (r->classes[i] != ROW_DATA) {
            if (r->classes[i] == ROW_GROUP)
                okb_group_take(r, b, i);
            okb_account_skip(r, class_reasons[r->classes[i]], line);
            continue;
        }
        file->rows++;
        if (b->kind == OKB_FILE_GOALS)
            okb_goal_row_read(r, b, i);
        else if (b->kind == OKB_FILE_CHECKINS)
            okb_checkin_row_read(r, b, i);
        else
            okb_team_row_read(r, b, i);
        if (i % 512 == 511)
            okb_arena_reset(&r->row);
        if (r->table->rows[i].n_cells > b->n_columns) {
            bool says_more = false;
            for (uint32_t c = b->n_columns; c < r->table->rows[i].n_cells; c++)
                says_more = says_more || okb_cell_text(r->table, i, c).n > 0;
            if (says_more)
                okb_account_repair(r, "row wider than the header, what is beyond it is not read", line);
        }
    }
}

static okb_code read_file(reading *r, okb_file_kind forced, okb_err *err)
{
    okb_code code = okb_blocks_find(r, forced, err);
    if (code)
        return code;
    for (uint32_t i = 0; i < r->n_blocks; i++)
        okb_columns_resolve(r, &r->blocks[i]);
    code = okb_columns_prove(r, err);
    report_format(r);
    okb_columns_report(r);
    if (code)
        return code;
    okb_titles_read(r);
    const block *b = &r->blocks[0];
    r->origin.rule = b->format->team;
    r->origin.has_team_column = b->has_field[F_TEAM];
    r->comment_order = r->n->options.date_order != OKB_ORDER_PROVE ? r->n->options.date_order : b->format->order;
    for (uint32_t i = 0; i < r->n_blocks; i++)
        r->has_nested = r->has_nested || r->blocks[i].is_nested;
    note_pay(r);
    return OKB_OK;
}

/* A file of nothing but check-ins, while no goal is known yet. */
static bool should_wait(const reading *r)
{
    if (!r->n->options.may_wait || r->n->records.n)
        return false;
    for (uint32_t i = 0; i < r->n_blocks; i++)
        if (r->blocks[i].kind != OKB_FILE_CHECKINS)
            return false;
    return true;
}

/* Where no file has goals, one that may be goals as well as check-ins is. */
static void read_as_goals(reading *r)
{
    if (r->n->records.n || !r->blocks[0].may_be_goals)
        return;
    okb_err ignored = {0};
    for (int turn = 0; turn < 2; turn++) { /* what cannot be read as goals stays what it was */
        r->blocks = NULL;
        r->n_blocks = 0;
        r->columns.n = 0;
        if (read_file(r, turn == 0 ? OKB_FILE_GOALS : OKB_FILE_CHECKINS, &ignored) == OKB_OK)
            return;
    }
}

static void end_waiting(okb_normalizer *n, bool reads_rows)
{
    for (size_t i = 0; i < n->waiting.n && reads_rows; i++) {
        read_as_goals(&okb_vec_at(&n->waiting, reading, i));
    }
    for (size_t i = 0; i < n->waiting.n; i++) {
        reading *r = &okb_vec_at(&n->waiting, reading, i);
        if (reads_rows)
            read_rows(r);
        end(r);
    }
    okb_vec_free(&n->waiting);
}

/* A refused file's rows are rejects, each with the reason. */
static void refuse_rows(reading *r, const okb_err *err)
{
    okb_file *file = okb_file_at(r->n, r->file_ix);
    okb_span reason = okb_arena_copy(r->n->keep, okb_span_of(err->text));
    uint32_t header = r->n_blocks ? r->blocks[0].header_row : 0;
    file->is_refused = true;
    file->used = file->merged = file->rows = file->rejected = 0;
    for (uint32_t i = 0; i < r->table->n_rows; i++) {
        uint32_t line = r->table->rows[i].line;
        if (r->n_blocks && i == header)
            continue;
        if (r->n_blocks && r->classes[i] != ROW_DATA) {
            okb_account_skip(r, class_reasons[r->classes[i]], line);
            continue;
        }
        if (okb_row_filled(r->table, i) == 0) {
            okb_account_skip(r, "blank line", line);
            continue;
        }
        file->rows++;
        file->rejected++;
        okb_span header_text =
            line == err->line ? okb_arena_copy(r->n->keep, okb_span_of(err->column)) : (okb_span){NULL, 0};
        okb_span raw = okb_row_as_csv(r->table, i, r->n->keep);
        *okb_vec_push(&r->n->rejects, okb_reject) =
            (okb_reject){{r->file_ix, line}, header_text, {NULL, 0}, reason, raw};
    }
}

okb_code okb_normalizer_add(okb_normalizer *n, const okb_table *table, okb_file_kind forced, okb_err *err)
{
    reading r;
    begin(&r, n, table);
    okb_err own = {0};
    okb_code code = read_file(&r, forced, &own);
    if (code) {
        refuse_rows(&r, &own);
        if (!err->code)
            *err = own;
    } else if (should_wait(&r)) {
        *okb_vec_push(&n->waiting, reading) = r;
        return OKB_OK;
    } else {
        read_rows(&r);
    }
    end(&r);
    return code;
}

bool okb_normalizer_is_waiting(const okb_normalizer *n)
{
    return n->waiting.n && okb_vec_at(&n->waiting, reading, n->waiting.n - 1).file_ix + 1 == n->files.n;
}

void okb_normalizer_refuse(okb_normalizer *n, okb_span path, const char sha256[65], const okb_err *why)
{
    okb_file *file = new_file(n, path);
    if (sha256)
        memcpy(file->sha256, sha256, sizeof file->sha256);
    file->is_refused = true;
    okb_span reason = okb_arena_copy(n->keep, okb_span_of(why->text));
    *okb_vec_push(&n->rejects, okb_reject) = (okb_reject){{(uint32_t)(n->files.n - 1), why->line},
                                                          okb_arena_copy(n->keep, okb_span_of(why->column)),
                                                          {NULL, 0},
                                                          reason,
                                                          {NULL, 0}};
}

/* ---- the second pass ---------------------------------------------------------------------------------------- */

typedef struct ranked_reject {
    okb_reject reject;
    uint32_t ix;
} ranked_reject;

static int compare_rejects(const void *a, const void *b)
{
    const ranked_reject *x = a, *y = b;
    if (x->reject.source.file_ix != y->reject.source.file_ix)
        return x->reject.source.file_ix < y->reject.source.file_ix ? -1 : 1;
    if (x->reject.source.line != y->reject.source.line)
        return x->reject.source.line < y->reject.source.line ? -1 : 1;
    return x->ix < y->ix ? -1 : x->ix > y->ix;
}

static void give_files(okb_normalizer *n, okb_plan *out)
{
    out->files = keep_vec(n, &n->files, sizeof(okb_file));
    out->n_files = (uint32_t)n->files.n;
    ranked_reject *ranked = OKB_NEW_N(&n->stage, ranked_reject, n->rejects.n + 1);
    for (uint32_t i = 0; i < n->rejects.n; i++)
        ranked[i] = (ranked_reject){okb_vec_at(&n->rejects, okb_reject, i), i};
    qsort(ranked, n->rejects.n, sizeof *ranked, compare_rejects);
    okb_reject *rejects = OKB_NEW_N(n->keep, okb_reject, n->rejects.n + 1);
    for (uint32_t i = 0; i < n->rejects.n; i++)
        rejects[i] = ranked[i].reject;
    out->rejects = rejects;
    out->n_rejects = (uint32_t)n->rejects.n;
}

static void give_notes(second *s, okb_plan *out)
{
    okb_normalizer *n = s->n;
    okb_note *notes = keep_vec(n, &n->notes, sizeof(okb_note));
    for (size_t i = 0; i < n->notes.n; i++)
        if (notes[i].goal_ix != OKB_NONE && s->final)
            notes[i].goal_ix = s->final[settled(s, notes[i].goal_ix)];
    out->notes = notes;
    out->n_notes = (uint32_t)n->notes.n;
}

static okb_code check_rows(const okb_plan *plan, okb_err *err)
{
    for (uint32_t i = 0; i < plan->n_files; i++) {
        const okb_file *f = &plan->files[i];
        if (f->rows != f->used + f->merged + f->rejected)
            return okb_fail(err, OKB_E_BUG, "'%.*s' has %u rows, but %u used, %u merged and %u rejected",
                            OKB_FMT(f->path), f->rows, f->used, f->merged, f->rejected);
    }
    return OKB_OK;
}

void okb_normalizer_settle(okb_normalizer *n)
{
    end_waiting(n, true);
}

okb_code okb_normalizer_finish(okb_normalizer *n, okb_plan *out, okb_err *err)
{
    okb_normalizer_settle(n);
    second s = {.n = n, .n_records = (uint32_t)n->records.n};
    *out = (okb_plan){.org = okb_arena_copy(n->keep, n->options.org), .as_of = n->options.as_of, .cycle_ix = OKB_NONE};
    okb_resolve_init(&s);
    okb_merge_by_id(&s);
    okb_merge_named(&s);
    okb_links_build(&s);
    okb_links_parents(&s);
    okb_belong_teams(&s);
    okb_belong_cycles(&s);
    okb_merge_by_title(&s);
    for (uint32_t i = 0; i < s.n_records; i++)
        s.parent[i] = settled(&s, s.parent[i]);
    okb_belong_kinds(&s);
    okb_plan_ids(&s);
    okb_code code = okb_plan_build(&s, out, err);
    if (!code)
        okb_plan_checkins(&s, out);
    if (!code)
        okb_account_long_texts(n, out);
    give_files(n, out);
    give_notes(&s, out);
    okb_resolve_free(&s);
    okb_map_free(s.team_ix);
    okb_map_free(s.cycle_ix);
    okb_vec_free(&s.teams);
    okb_vec_free(&s.cycles);
    if (!code)
        code = check_rows(out, err);
    if (!code && out->n_goals == 0)
        code = okb_fail(err, OKB_E_DATA,
                        n->options.n_teams && s.n_records ? "no goal is of the teams that --team names"
                        : n->checkins.n ? "the input has check-ins but no goals, give the file with the goals as well"
                                        : "the input has no goals");
    release_records(n);
    return code;
}
