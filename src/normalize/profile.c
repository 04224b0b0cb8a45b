/* The columns table: formats with their signatures, and what each header means in each of them. */
#include "room.h"

#include <string.h>

enum { T_PROFILE, T_TABLE, T_HEADER, T_FIELD, T_AS, T_NOTE, T_COLUMNS };

static const char *const column_names[T_COLUMNS] = {"profile", "table", "header", "field", "as", "note"};

struct profiles {
    okb_vec formats;         /* format */
    okb_vec rules;           /* column_rule */
    okb_vec wrappers;        /* okb_span: folded, with one * */
    okb_map *builtin, *user; /* profile, kind, folded header -> rule */
    okb_arena keep;
    okb_arena scratch;
};

static char kind_mark(okb_file_kind kind)
{
    return (char)('0' + (int)kind);
}

static bool kind_parse(okb_span text, okb_file_kind *out)
{
    static const char *const names[] = {"*", "goals", "checkins", "teams"};
    for (int i = 0; i < 4; i++)
        if (okb_span_eq(text, okb_span_of(names[i]))) {
            *out = (okb_file_kind)i;
            return true;
        }
    return false;
}

static okb_span rule_key(okb_arena *scratch, okb_span profile, okb_file_kind kind, okb_span folded)
{
    char *p = okb_arena_alloc(scratch, profile.n + folded.n + 3, 1);
    size_t n = 0;
    memcpy(p, profile.n ? profile.p : "", profile.n);
    n += profile.n;
    p[n++] = '\x1f';
    p[n++] = kind_mark(kind);
    memcpy(p + n, folded.n ? folded.p : "", folded.n);
    return (okb_span){p, n + folded.n};
}

static bool one_of(okb_span text, const char *const *names, int n, int *out)
{
    for (int i = 0; i < n; i++)
        if (okb_span_eq(text, okb_span_of(names[i]))) {
            *out = i;
            return true;
        }
    return false;
}

/* One `name=value` of a format row. */
static bool set_option(format *f, okb_span name, okb_span value)
{
    static const char *const orders[] = {"prove", "dmy", "mdy", "ymd"};
    static const char *const scales[] = {"prove", "fraction", "percent", "five", "ten"};
    static const char *const teams[] = {"column", "file", "group", "parent"};
    static const char *const marks[] = {"point", "comma"};
    static const char *const answers[] = {"no", "yes"};
    int at;
    if (okb_span_eq(name, OKB_S("dates")) && one_of(value, orders, 4, &at))
        f->order = (okb_date_order)at;
    else if (okb_span_eq(name, OKB_S("progress")) && one_of(value, scales, 5, &at))
        f->progress = (scale)at;
    else if (okb_span_eq(name, OKB_S("score")) && one_of(value, scales, 5, &at))
        f->score = (scale)at;
    else if (okb_span_eq(name, OKB_S("confidence")) && one_of(value, scales, 5, &at))
        f->confidence = (scale)at;
    else if (okb_span_eq(name, OKB_S("team")) && one_of(value, teams, 4, &at))
        f->team = (team_rule)at;
    else if (okb_span_eq(name, OKB_S("decimal")) && one_of(value, marks, 2, &at))
        f->decimal = at ? ',' : '.';
    else if (okb_span_eq(name, OKB_S("kind")) && okb_kind_parse(value))
        f->default_kind = okb_kind_parse(value);
    else if (okb_span_eq(name, OKB_S("level")) && okb_level_parse(value))
        f->default_level = okb_level_parse(value);
    else if (okb_span_eq(name, OKB_S("parent")) && okb_span_eq(value, OKB_S("order")))
        f->parent_by_order = true;
    else if (okb_span_eq(name, OKB_S("key")) && okb_span_eq(value, OKB_S("file")))
        f->is_file_key = true;
    else if (okb_span_eq(name, OKB_S("fill")) && one_of(value, answers, 2, &at))
        f->no_fill = at == 0;
    else if (okb_span_eq(name, OKB_S("only")) && one_of(value, answers, 2, &at))
        f->is_subset = at == 1;
    else if (okb_span_eq(name, OKB_S("objective")) && okb_span_eq(value, OKB_S("named")))
        f->only_names = true;
    else
        return false;
    return true;
}

static void load_format(profiles *p, const okb_table *table, size_t row_ix, const okb_span *cells, okb_file_kind kind,
                        okb_diags *diags)
{
    uint32_t line = table->rows[row_ix].line;
    format f = {.name = okb_arena_copy(&p->keep, cells[T_PROFILE]),
                .signature_text = okb_arena_copy(&p->keep, cells[T_HEADER]),
                .kind = kind,
                .line = line,
                .file = table->path};
    okb_span rest = cells[T_HEADER];
    size_t most = 1;
    for (size_t i = 0; i < rest.n; i++)
        most += rest.p[i] == '|';
    f.signature = OKB_NEW_N(&p->keep, okb_span, most);
    while (rest.n) {
        okb_span header = okb_span_trim(okb_span_cut(&rest, '|'));
        if (header.n)
            f.signature[f.n_signature++] = okb_text_fold(&p->keep, header);
    }
    okb_span note = cells[T_NOTE];
    size_t colon = okb_span_find(note, OKB_S(": "));
    f.title = okb_arena_copy(&p->keep, colon == SIZE_MAX ? note : okb_span_sub(note, 0, colon));
    f.note = okb_arena_copy(&p->keep, colon == SIZE_MAX ? (okb_span){NULL, 0} : okb_span_sub(note, colon + 2, note.n));
    rest = cells[T_AS];
    while (rest.n) {
        okb_span option = okb_span_cut(&rest, ' ');
        okb_span value = option, name = okb_span_cut(&value, '=');
        if (option.n && !set_option(&f, name, value))
            okb_diags_add(diags, OKB_ERROR, table->path, line, OKB_S("as"), "'%.*s' is no option of a format",
                          OKB_FMT(option));
    }
    *okb_vec_push(&p->formats, format) = f;
}

static bool load_candidates(column_rule *rule, okb_span text)
{
    while (text.n) {
        okb_span name = okb_span_trim(okb_span_cut(&text, '|'));
        if (rule->n == CANDIDATES || !okb_field_parse(name, &rule->fields[rule->n], &rule->parts[rule->n]))
            return false;
        rule->n++;
    }
    return rule->n > 0;
}

static void load_row(profiles *p, const okb_table *table, size_t row_ix, const uint32_t *at, bool is_user,
                     okb_diags *diags)
{
    okb_span cells[T_COLUMNS];
    bool is_empty = true;
    for (int i = 0; i < T_COLUMNS; i++) {
        cells[i] = at[i] == OKB_NONE ? (okb_span){NULL, 0} : okb_span_trim(okb_table_cell(table, row_ix, at[i]));
        is_empty = is_empty && cells[i].n == 0;
    }
    /* A mapping that is still to be filled in: the column is read as without the row. */
    bool is_open = is_user && cells[T_FIELD].n == 0 && cells[T_HEADER].n != 0;
    if (is_empty || is_open)
        return;
    uint32_t line = table->rows[row_ix].line;
    okb_file_kind kind;
    if (!kind_parse(cells[T_TABLE].n ? cells[T_TABLE] : OKB_S("*"), &kind)) {
        okb_diags_add(diags, OKB_ERROR, table->path, line, OKB_S("table"),
                      "'%.*s' is none of goals, checkins, teams, *", OKB_FMT(cells[T_TABLE]));
        return;
    }
    if (okb_span_eq(cells[T_FIELD], OKB_S("format"))) {
        load_format(p, table, row_ix, cells, kind, diags);
        return;
    }
    column_rule rule = {.as = okb_arena_copy(&p->keep, cells[T_AS]), .is_user = is_user};
    okb_span folded = okb_text_fold(&p->scratch, cells[T_HEADER]);
    if (okb_span_eq(cells[T_FIELD], OKB_S("wrapper"))) {
        if (okb_span_find(folded, OKB_S("*")) == SIZE_MAX) /* a star at the end is dropped in folding */
            folded = okb_arena_printf(&p->keep, "%.*s*", OKB_FMT(folded));
        *okb_vec_push(&p->wrappers, okb_span) = okb_arena_copy(&p->keep, folded);
        return;
    }
    if (!load_candidates(&rule, cells[T_FIELD])) {
        okb_diags_add(diags, OKB_ERROR, table->path, line, OKB_S("field"), "no field is called '%.*s'",
                      OKB_FMT(cells[T_FIELD]));
        return;
    }
    *okb_vec_push(&p->rules, column_rule) = rule;
    okb_span key = rule_key(&p->scratch, cells[T_PROFILE].n ? cells[T_PROFILE] : OKB_S("*"), kind, folded);
    *okb_map_put(is_user ? p->user : p->builtin, key, 0, NULL) = (uint32_t)(p->rules.n - 1);
}

okb_code okb_profiles_new(const okb_table *tables, size_t n_tables, okb_arena *keep, okb_diags *diags, profiles **out,
                          okb_err *err)
{
    profiles *p = OKB_NEW(keep, profiles);
    okb_arena_init(&p->keep, 0);
    okb_arena_init(&p->scratch, 0);
    p->builtin = okb_map_new();
    p->user = okb_map_new();
    size_t before = diags->items.n;
    for (size_t t = 0; t < n_tables; t++) {
        uint32_t at[T_COLUMNS];
        for (int i = 0; i < T_COLUMNS; i++) {
            at[i] = OKB_NONE;
            for (uint32_t c = 0; c < okb_table_width(&tables[t], 0); c++)
                if (okb_text_same(okb_table_cell(&tables[t], 0, c), okb_span_of(column_names[i])))
                    at[i] = c;
        }
        if (at[T_HEADER] == OKB_NONE || at[T_FIELD] == OKB_NONE) {
            okb_diags_add(diags, OKB_ERROR, tables[t].path, 1, (okb_span){NULL, 0},
                          "a columns table needs the columns 'header' and 'field'");
            continue;
        }
        for (size_t r = 1; r < tables[t].n_rows; r++)
            load_row(p, &tables[t], r, at, t > 0, diags);
    }
    okb_arena_reset(&p->scratch);
    *out = p;
    if (diags->items.n > before)
        return okb_fail(err, OKB_E_CONFIG, "the columns table has %zu mistakes", diags->items.n - before);
    return OKB_OK;
}

void okb_profiles_free(profiles *p)
{
    if (!p)
        return;
    okb_map_free(p->builtin);
    okb_map_free(p->user);
    okb_vec_free(&p->formats);
    okb_vec_free(&p->rules);
    okb_vec_free(&p->wrappers);
    okb_arena_reset(&p->keep);
    okb_arena_reset(&p->scratch);
}

size_t okb_profiles_formats(const profiles *p, const format **out)
{
    *out = p->formats.items;
    return p->formats.n;
}

size_t okb_profiles_wrappers(const profiles *p, const okb_span **out)
{
    *out = p->wrappers.items;
    return p->wrappers.n;
}

const format *okb_profiles_find(const profiles *p, okb_span name)
{
    for (size_t i = 0; i < p->formats.n; i++)
        if (okb_span_eq(okb_vec_at(&p->formats, format, i).name, name))
            return &okb_vec_at(&p->formats, format, i);
    return NULL;
}

const column_rule *okb_profiles_rule(profiles *p, okb_span profile, okb_file_kind kind, okb_span folded)
{
    const column_rule *found = NULL;
    for (int pass = 0; pass < 2 && !found; pass++) {
        const okb_map *map = pass == 0 ? p->user : p->builtin;
        if (okb_map_count(map) == 0)
            continue;
        for (int turn = 0; turn < 4 && !found; turn++) {
            okb_span name = turn < 2 ? profile : OKB_S("*");
            okb_span key = rule_key(&p->scratch, name, turn % 2 == 0 ? kind : OKB_FILE_UNKNOWN, folded);
            uint32_t at = okb_map_get(map, key);
            if (at != OKB_NONE)
                found = &okb_vec_at(&p->rules, column_rule, at);
        }
    }
    okb_arena_reset(&p->scratch);
    return found;
}
