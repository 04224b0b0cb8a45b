/* Loads the tables in force. See config.h. */
#include "config.h"

#include "okrbook/os.h"
#include "okrbook/read.h"
#include "okrbook/tables.h"

static const okb_read_options table_options = {.encoding = {"UTF-8", 5}, .delimiter = ','};

/* One mistake that stops a table becomes a diagnostic, so that the other tables' mistakes are still reported. */
static okb_code report(okb_diags *diags, okb_err *why, okb_span path)
{
    okb_diags_add(diags, OKB_ERROR, why->file[0] ? okb_span_of(why->file) : path, why->line, okb_span_of(why->column),
                  "%s", why->text);
    *why = (okb_err){0};
    return OKB_E_CONFIG;
}

static okb_code read_builtin(const char *name, okb_arena *keep, okb_table *out, okb_err *err)
{
    okb_span bytes = okb_builtin_bytes(name);
    if (bytes.n == 0)
        return okb_fail(err, OKB_E_BUG, "the table '%s' is not in the program", name);
    return okb_read_table(bytes, okb_span_of(name), &table_options, keep, out, err);
}

/* Reads FOLDER/name into *out if it is there. */
static okb_code read_user(okb_span folder, const char *name, okb_arena *keep, okb_diags *diags, okb_table *out,
                          bool *is_there)
{
    *is_there = false;
    if (folder.n == 0)
        return OKB_OK;
    okb_span path = okb_arena_printf(keep, "%.*s/%s", OKB_FMT(folder), name);
    if (okb_os_path_kind(path) == OKB_PATH_MISSING)
        return OKB_OK;
    okb_err why = {0};
    okb_span bytes;
    if (okb_os_read_file(path, (size_t)1 << 26, keep, &bytes, &why) != OKB_OK)
        return report(diags, &why, path);
    okb_read_options options = {0};
    if (okb_read_table(bytes, path, &options, keep, out, &why) != OKB_OK)
        return report(diags, &why, path);
    *is_there = true;
    return OKB_OK;
}

static size_t column_ix(const okb_table *table, okb_span name)
{
    for (size_t i = 0; i < okb_table_width(table, 0); i++)
        if (okb_text_same(okb_table_cell(table, 0, i), name))
            return i;
    return SIZE_MAX;
}

/* A user's settings table: `name` and `value`, or the table that `init` wrote with its `default` column edited. */
static void apply_settings(const okb_table *table, okb_settings *settings, okb_diags *diags)
{
    size_t name_ix = column_ix(table, OKB_S("name"));
    size_t value_ix = column_ix(table, OKB_S("value"));
    if (value_ix == SIZE_MAX)
        value_ix = column_ix(table, OKB_S("default"));
    if (name_ix == SIZE_MAX || value_ix == SIZE_MAX) {
        okb_diags_add(diags, OKB_ERROR, table->path, 1, OKB_S("name"),
                      "a settings table needs the columns 'name' and 'value' (or 'default')");
        return;
    }
    for (size_t row_ix = 1; row_ix < table->n_rows; row_ix++) {
        okb_span name = okb_table_cell(table, row_ix, name_ix);
        okb_err why = {0};
        if (okb_settings_set(settings, name, okb_table_cell(table, row_ix, value_ix), table->path, &why) != OKB_OK)
            okb_diags_add(diags, OKB_ERROR, table->path, table->rows[row_ix].line, OKB_S(""), "%s", why.text);
    }
}

static void apply_sets(const okb_span *sets, size_t n_sets, okb_settings *settings, okb_diags *diags)
{
    for (size_t i = 0; i < n_sets; i++) {
        okb_span value = sets[i];
        okb_err why = {0};
        okb_span name = okb_span_cut(&value, '=');
        if (okb_settings_set(settings, name, value, OKB_S("--set"), &why) != OKB_OK)
            okb_diags_add(diags, OKB_ERROR, OKB_S("--set"), 0, OKB_S(""), "%s", why.text);
    }
}

/* A table that the box has once and the user may add to. */
static okb_code load_pair(const char *name, okb_span folder, okb_arena *keep, okb_diags *diags, okb_table pair[2],
                          size_t *n, okb_err *err)
{
    okb_code code = read_builtin(name, keep, &pair[0], err);
    if (code != OKB_OK)
        return code;
    bool is_there;
    *n = 1;
    if (read_user(folder, name, keep, diags, &pair[1], &is_there) == OKB_OK && is_there)
        *n = 2;
    return OKB_OK;
}

/* rules.csv is English; rules-XX.csv is for the language XX. */
static okb_span pack_language(const char *name)
{
    okb_span s = okb_span_of(name);
    if (okb_span_starts(s, OKB_S("rules-")) && s.n > 10)
        return okb_span_sub(s, 6, s.n - 4);
    return OKB_S("en");
}

static bool add_pack(okb_config *config, const okb_table *table, okb_span language)
{
    if (config->n_packs == OKB_CONFIG_TABLES)
        return false;
    config->pack_tables[config->n_packs] = *table;
    config->packs[config->n_packs] = (okb_pack){&config->pack_tables[config->n_packs], language};
    config->n_packs++;
    return true;
}

static okb_code add_builtin_pack(const char *name, okb_arena *keep, okb_config *config, okb_err *err)
{
    okb_table table;
    okb_code code = read_builtin(name, keep, &table, err);
    if (code == OKB_OK && !add_pack(config, &table, pack_language(name)))
        code = okb_fail(err, OKB_E_BUG, "more rule packs than there is room for");
    return code;
}

static okb_code load_packs(okb_span folder, okb_arena *keep, okb_diags *diags, okb_config *config, okb_err *err)
{
    /* English first: the first pack judges what no language's words claim. */
    okb_code code = add_builtin_pack("rules.csv", keep, config, err);
    for (const okb_builtin *builtin = okb_builtins; code == OKB_OK && builtin->name; builtin++)
        if (okb_span_starts(okb_span_of(builtin->name), OKB_S("rules-")))
            code = add_builtin_pack(builtin->name, keep, config, err);
    if (code != OKB_OK)
        return code;
    if (folder.n == 0)
        return OKB_OK;
    const okb_span suffix = OKB_S(".csv");
    okb_span *paths;
    size_t n;
    code = okb_os_list_folder(folder, &suffix, 1, keep, &paths, &n, err);
    if (code != OKB_OK)
        return code;
    for (size_t i = 0; i < n; i++) {
        okb_span name = paths[i];
        while (okb_span_find(name, OKB_S("/")) != SIZE_MAX)
            okb_span_cut(&name, '/');
        okb_table table;
        bool is_there;
        if (!okb_span_starts(name, OKB_S("rules")) ||
            read_user(folder, okb_arena_copy(keep, name).p, keep, diags, &table, &is_there) != OKB_OK || !is_there)
            continue;
        if (!add_pack(config, &table, pack_language(okb_arena_copy(keep, name).p)))
            okb_diags_add(diags, OKB_ERROR, paths[i], 0, OKB_S(""), "more than %d rule packs", OKB_CONFIG_TABLES);
    }
    return OKB_OK;
}

okb_code okb_config_load(okb_span folder, const okb_span *sets, size_t n_sets, okb_arena *keep, okb_diags *diags,
                         okb_config *out, okb_err *err)
{
    *out = (okb_config){0};
    if (folder.n && okb_os_path_kind(folder) != OKB_PATH_FOLDER)
        return okb_fail(err, OKB_E_CONFIG, "'%.*s' is not a folder, --config takes the folder that holds the tables",
                        OKB_FMT(folder));
    okb_table settings;
    okb_code code = read_builtin("settings.csv", keep, &settings, err);
    if (code == OKB_OK)
        code = okb_settings_load(&settings, keep, diags, &out->settings, err);
    if (code != OKB_OK)
        return code;
    size_t mistakes_before = diags->items.n;
    bool is_there;
    if (read_user(folder, "settings.csv", keep, diags, &settings, &is_there) == OKB_OK && is_there)
        apply_settings(&settings, out->settings, diags);
    apply_sets(sets, n_sets, out->settings, diags);
    code = load_pair("columns.csv", folder, keep, diags, out->columns, &out->n_columns, err);
    if (code == OKB_OK)
        code = load_pair("words.csv", folder, keep, diags, out->words, &out->n_words, err);
    if (code == OKB_OK)
        code = load_pair("findings.csv", folder, keep, diags, out->findings, &out->n_findings, err);
    if (code == OKB_OK)
        code = load_packs(folder, keep, diags, out, err);
    if (code == OKB_OK && diags->items.n != mistakes_before)
        code = okb_fail(err, OKB_E_CONFIG, "the configuration has mistakes");
    return code;
}
