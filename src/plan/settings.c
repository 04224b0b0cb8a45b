/* The settings table: every threshold with its unit, range, default, source rules and meaning. */
#include "okrbook/plan.h"
#include "okrbook/table.h"

#include <math.h>

struct okb_settings {
    okb_arena *keep;
    okb_setting *items;
    size_t n;
};

enum { NAME, TYPE, UNIT, RANGE, DEFAULT, RULES, MEANING, COLUMNS };
static const char *const column_names[COLUMNS] = {"name", "type", "unit", "range", "default", "rules", "meaning"};

static size_t find(const okb_settings *settings, okb_span name)
{
    for (size_t low = 0, high = settings->n; low < high;) {
        size_t mid = low + (high - low) / 2;
        int order = okb_span_cmp(settings->items[mid].name, name);
        if (order == 0)
            return mid;
        if (order < 0)
            low = mid + 1;
        else
            high = mid;
    }
    return SIZE_MAX;
}

static bool read_number(okb_span text, double *out)
{
    text = okb_span_trim(text);
    size_t used = okb_number_scan(text, '.', out);
    return used != 0 && used == text.n;
}

static okb_span choice_of(okb_span range, okb_span value)
{
    while (range.n) {
        okb_span word = okb_span_trim(okb_span_cut(&range, '|'));
        if (okb_span_eq(word, value))
            return word;
    }
    return (okb_span){NULL, 0};
}

/* The word of a choice that is meant: itself, or the one that says yes or no in the setting's own way. */
static okb_span meant_choice(okb_span range, okb_span value)
{
    static const char *const pairs[][2] = {{"yes", "no"}, {"on", "off"}, {"true", "false"}, {"1", "0"}};
    enum { N_PAIRS = sizeof pairs / sizeof *pairs, N_WORDS = N_PAIRS - 1 /* figures are never a setting's own yes */ };
    okb_span word = choice_of(range, value);
    for (size_t i = 0; i < N_PAIRS && word.n == 0; i++)
        for (size_t side = 0; side < 2; side++)
            if (okb_span_eq(value, okb_span_of(pairs[i][side])))
                for (size_t k = 0; k < N_WORDS && word.n == 0; k++)
                    word = choice_of(range, okb_span_of(pairs[k][side]));
    return word;
}

static okb_code put(okb_setting *setting, okb_arena *keep, okb_span value, okb_err *err)
{
    double number = NAN;
    switch (setting->type) {
    case OKB_SETTING_NUMBER:
        if (!read_number(value, &number))
            return okb_fail(err, OKB_E_CONFIG, "setting '%.*s' needs a number, not '%.*s'", OKB_FMT(setting->name),
                            OKB_FMT(value));
        if ((!isnan(setting->low) && number < setting->low) || (!isnan(setting->high) && number > setting->high))
            return okb_fail(err, OKB_E_CONFIG, "setting '%.*s' is out of range: '%.*s', allowed is %.*s",
                            OKB_FMT(setting->name), OKB_FMT(value), OKB_FMT(setting->range));
        break;
    case OKB_SETTING_CHOICE: {
        okb_span word = meant_choice(setting->range, value);
        if (word.n == 0)
            return okb_fail(err, OKB_E_CONFIG, "setting '%.*s' cannot be '%.*s', choose one of %.*s",
                            OKB_FMT(setting->name), OKB_FMT(value), OKB_FMT(setting->range));
        value = word;
        break;
    }
    case OKB_SETTING_TEXT:
        break;
    }
    setting->number = number;
    setting->text = okb_arena_copy(keep, value);
    return OKB_OK;
}

static bool read_range(okb_setting *setting)
{
    setting->low = setting->high = NAN;
    if (setting->range.n == 0 || setting->type != OKB_SETTING_NUMBER)
        return true;
    size_t dots = okb_span_find(setting->range, OKB_S(".."));
    if (dots == SIZE_MAX)
        return false;
    okb_span low = okb_span_sub(setting->range, 0, dots);
    okb_span high = okb_span_sub(setting->range, dots + 2, setting->range.n);
    return (low.n == 0 || read_number(low, &setting->low)) && (high.n == 0 || read_number(high, &setting->high));
}

static void load_row(okb_settings *settings, const okb_table *table, size_t row_ix, okb_diags *diags)
{
    uint32_t line = table->rows[row_ix].line;
    okb_span cells[COLUMNS];
    for (size_t i = 0; i < COLUMNS; i++)
        cells[i] = okb_arena_copy(settings->keep, okb_span_trim(okb_table_cell(table, row_ix, i)));
    okb_setting *setting = &settings->items[settings->n];
    *setting = (okb_setting){.name = cells[NAME],
                             .unit = cells[UNIT],
                             .range = cells[RANGE],
                             .default_text = cells[DEFAULT],
                             .rules = cells[RULES],
                             .meaning = cells[MEANING]};
    if (okb_span_eq(cells[TYPE], OKB_S("number")))
        setting->type = OKB_SETTING_NUMBER;
    else if (okb_span_eq(cells[TYPE], OKB_S("choice")))
        setting->type = OKB_SETTING_CHOICE;
    else if (okb_span_eq(cells[TYPE], OKB_S("text")))
        setting->type = OKB_SETTING_TEXT;
    else {
        okb_diags_add(diags, OKB_ERROR, table->path, line, OKB_S("type"), "'%.*s' is not number, choice or text",
                      OKB_FMT(cells[TYPE]));
        return;
    }
    okb_err why = {0};
    if (!read_range(setting))
        okb_diags_add(diags, OKB_ERROR, table->path, line, OKB_S("range"), "'%.*s' is not of the form low..high",
                      OKB_FMT(setting->range));
    else if (settings->n && okb_span_cmp(settings->items[settings->n - 1].name, setting->name) >= 0)
        okb_diags_add(diags, OKB_ERROR, table->path, line, OKB_S("name"), "'%.*s' is out of order or stands twice",
                      OKB_FMT(setting->name));
    else if (put(setting, settings->keep, setting->default_text, &why) != OKB_OK)
        okb_diags_add(diags, OKB_ERROR, table->path, line, OKB_S("default"), "%s", why.text);
    else
        settings->n++;
}

okb_code okb_settings_load(const okb_table *table, okb_arena *keep, okb_diags *diags, okb_settings **out, okb_err *err)
{
    for (size_t i = 0; i < COLUMNS; i++)
        if (table->n_rows == 0 ||
            !okb_span_eq(okb_span_trim(okb_table_cell(table, 0, i)), okb_span_of(column_names[i])))
            return okb_fail_at(err, OKB_E_CONFIG, table->path, 1, okb_span_of(column_names[i]),
                               "column %zu must be '%s'", i + 1, column_names[i]);
    okb_settings *settings = OKB_NEW(keep, okb_settings);
    settings->keep = keep;
    settings->items = OKB_NEW_N(keep, okb_setting, table->n_rows);
    size_t mistakes_before = diags->items.n;
    for (size_t row_ix = 1; row_ix < table->n_rows; row_ix++)
        load_row(settings, table, row_ix, diags);
    if (diags->items.n != mistakes_before)
        return okb_fail(err, OKB_E_CONFIG, "the settings table has mistakes");
    *out = settings;
    return OKB_OK;
}

okb_code okb_settings_set(okb_settings *settings, okb_span name, okb_span value, okb_span by, okb_err *err)
{
    size_t ix = find(settings, okb_span_trim(name));
    if (ix == SIZE_MAX)
        return okb_fail(err, OKB_E_CONFIG, "there is no setting '%.*s', see 'okrbook init' for the table of settings",
                        OKB_FMT(name));
    okb_setting *setting = &settings->items[ix];
    okb_code code = put(setting, settings->keep, okb_span_trim(value), err);
    if (code != OKB_OK)
        return code;
    setting->is_changed = !okb_span_eq(setting->text, setting->default_text);
    setting->changed_by = okb_arena_copy(settings->keep, by);
    return OKB_OK;
}

double okb_setting_number(const okb_settings *settings, const char *name)
{
    size_t ix = find(settings, okb_span_of(name));
    return ix == SIZE_MAX ? NAN : settings->items[ix].number;
}

okb_span okb_setting_text(const okb_settings *settings, const char *name)
{
    size_t ix = find(settings, okb_span_of(name));
    return ix == SIZE_MAX ? (okb_span){NULL, 0} : settings->items[ix].text;
}

bool okb_setting_is(const okb_settings *settings, const char *name, const char *value)
{
    return okb_span_eq(okb_setting_text(settings, name), okb_span_of(value));
}

size_t okb_settings_count(const okb_settings *settings)
{
    return settings->n;
}

const okb_setting *okb_settings_at(const okb_settings *settings, size_t ix)
{
    return &settings->items[ix];
}
