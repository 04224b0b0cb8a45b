/* The findings table: what each code says, how grave it is, and which other code says more about the same. */
#include "room.h"

enum { CODE, FAMILY, SEVERITY, WEIGHT, TITLE, MESSAGE, WHY, QUESTION, PATTERN, WORDS, COVERED_BY, RULES, COLUMNS };
static const char *const column_names[COLUMNS] = {"code", "family",   "severity", "weight", "title",      "message",
                                                  "why",  "question", "pattern",  "words",  "covered_by", "rules"};

#define CODE_NAME(code) #code,
static const char *const code_names[CODE_COUNT] = {FINDING_CODES(CODE_NAME)};

typedef struct reader {
    okb_review *review;
    const okb_table *table;
    okb_diags *diags;
    size_t column[COLUMNS]; /* where each stands, SIZE_MAX where it does not */
} reader;

static bool read_header(reader *rd)
{
    const okb_table *table = rd->table;
    bool is_good = table->n_rows > 0;
    for (size_t i = 0; i < COLUMNS; i++)
        rd->column[i] = SIZE_MAX;
    for (size_t at = 0; at < okb_table_width(table, 0); at++) {
        okb_span name = okb_span_trim(okb_table_cell(table, 0, at));
        size_t i = 0;
        while (i < COLUMNS && !okb_text_same(name, okb_span_of(column_names[i])))
            i++;
        if (i < COLUMNS && rd->column[i] == SIZE_MAX) {
            rd->column[i] = at;
            continue;
        }
        okb_diags_add(rd->diags, OKB_ERROR, table->path, 1, name,
                      i < COLUMNS ? "the column stands twice" : "a table of findings has no such column");
        is_good = false;
    }
    if (rd->column[CODE] == SIZE_MAX) {
        okb_diags_add(rd->diags, OKB_ERROR, table->path, 1, OKB_S("code"), "a table of findings needs this column");
        is_good = false;
    }
    return is_good;
}

static okb_span cell(const reader *rd, size_t row_ix, size_t column)
{
    if (rd->column[column] == SIZE_MAX)
        return (okb_span){NULL, 0};
    return okb_span_trim(okb_table_cell(rd->table, row_ix, rd->column[column]));
}

static void mistake(const reader *rd, size_t row_ix, size_t column, const char *what, okb_span value)
{
    okb_diags_add(rd->diags, OKB_ERROR, rd->table->path, rd->table->rows[row_ix].line,
                  okb_span_of(column_names[column]), "%s: '%.*s'", what, OKB_FMT(value));
}

static void read_severity(const reader *rd, size_t row_ix, okb_finding_def *def)
{
    okb_span word = cell(rd, row_ix, SEVERITY);
    if (word.n == 0)
        return;
    def->is_off = okb_text_same(word, OKB_S("off"));
    if (def->is_off)
        return;
    for (int severity = OKB_INFO; severity <= OKB_ERROR; severity++)
        if (okb_text_same(word, okb_span_of(okb_severity_name((okb_severity)severity)))) {
            def->severity = (okb_severity)severity;
            return;
        }
    mistake(rd, row_ix, SEVERITY, "not error, warning, info or off", word);
}

static void read_weight(const reader *rd, size_t row_ix, okb_finding_def *def)
{
    okb_span word = cell(rd, row_ix, WEIGHT);
    double weight;
    if (word.n == 0)
        return;
    if (okb_number_scan(word, '.', &weight) != word.n || weight < 0 || weight > 100)
        mistake(rd, row_ix, WEIGHT, "not a number from 0 to 100", word);
    else
        def->weight = weight;
}

/* An empty cell leaves what an earlier table said. */
static void read_text(const reader *rd, size_t row_ix, size_t column, okb_span *out)
{
    okb_span text = cell(rd, row_ix, column);
    if (text.n == 0)
        return;
    okb_span wrong =
        column == MESSAGE || column == QUESTION || column == PATTERN ? okb_template_mistake(text) : OKB_S("");
    if (wrong.n)
        mistake(rd, row_ix, column, "no such slot", wrong);
    *out = okb_arena_copy(rd->review->keep, text);
}

static void read_row(const reader *rd, size_t row_ix)
{
    okb_review *review = rd->review;
    okb_span code = cell(rd, row_ix, CODE);
    if (code.n == 0) {
        mistake(rd, row_ix, CODE, "a finding needs a code", code);
        return;
    }
    bool is_new;
    uint32_t ix = *okb_map_put(review->by_code, code, review->n_definitions, &is_new);
    definition *d = &review->definitions[ix];
    if (is_new) {
        const okb_span none = okb_arena_copy(review->keep, OKB_S(""));
        *d = (definition){.shown = {.code = okb_arena_copy(review->keep, code),
                                    .family = none,
                                    .title = none,
                                    .why = none,
                                    .question = none,
                                    .pattern = none,
                                    .rules = none,
                                    .message = none,
                                    .severity = OKB_WARNING},
                          .words = none,
                          .empty = none,
                          .covered_by = none};
        review->n_definitions++;
    }
    read_severity(rd, row_ix, &d->shown);
    read_weight(rd, row_ix, &d->shown);
    read_text(rd, row_ix, FAMILY, &d->shown.family);
    read_text(rd, row_ix, TITLE, &d->shown.title);
    read_text(rd, row_ix, MESSAGE, &d->shown.message);
    read_text(rd, row_ix, WHY, &d->shown.why);
    read_text(rd, row_ix, QUESTION, &d->shown.question);
    read_text(rd, row_ix, PATTERN, &d->shown.pattern);
    read_text(rd, row_ix, WORDS, &d->words);
    read_text(rd, row_ix, COVERED_BY, &d->covered_by);
    read_text(rd, row_ix, RULES, &d->shown.rules);
    d->asked = okb_arena_printf(review->keep, "%.*s%s%.*s", OKB_FMT(d->shown.question), d->shown.pattern.n ? " " : "",
                                OKB_FMT(d->shown.pattern));
    if (d->shown.message.n == 0)
        mistake(rd, row_ix, MESSAGE, "a finding needs a message", code);
}

static void resolve_covers(okb_review *review, okb_span path, okb_diags *diags)
{
    for (uint32_t i = 0; i < review->n_definitions; i++) {
        definition *d = &review->definitions[i];
        d->covers = OKB_NEW_N(review->keep, uint32_t, d->covered_by.n + 1);
        okb_span codes = d->covered_by;
        for (okb_span code = okb_silence_next(&codes); code.n; code = okb_silence_next(&codes)) {
            uint32_t ix = okb_map_get(review->by_code, code);
            if (ix == OKB_NONE)
                okb_diags_add(diags, OKB_ERROR, path, 0, OKB_S("covered_by"),
                              "'%.*s' is covered by '%.*s', which is no code", OKB_FMT(d->shown.code), OKB_FMT(code));
            else
                d->covers[d->n_covers++] = ix;
        }
    }
}

okb_code okb_definitions_load(okb_review *review, const okb_table *tables, size_t n_tables, okb_diags *diags,
                              okb_err *err)
{
    size_t n_rows = 0;
    size_t mistakes_before = diags->items.n;
    for (size_t i = 0; i < n_tables; i++)
        n_rows += tables[i].n_rows;
    review->definitions = OKB_NEW_N(review->keep, definition, n_rows);
    review->by_code = okb_map_new();
    for (size_t i = 0; i < n_tables; i++) {
        reader rd = {.review = review, .table = &tables[i], .diags = diags};
        if (!read_header(&rd))
            continue;
        for (size_t row_ix = 1; row_ix < tables[i].n_rows; row_ix++)
            read_row(&rd, row_ix);
    }
    if (diags->items.n == mistakes_before && n_tables)
        resolve_covers(review, tables[n_tables - 1].path, diags);
    if (diags->items.n != mistakes_before)
        return okb_fail(err, OKB_E_CONFIG, "the table of findings has mistakes");
    for (int code = 0; code < CODE_COUNT; code++) {
        review->at[code] = okb_map_get(review->by_code, okb_span_of(code_names[code]));
        if (review->at[code] == OKB_NONE)
            return okb_fail(err, OKB_E_CONFIG, "the table of findings has no row for '%s'", code_names[code]);
    }
    review->shown = OKB_NEW_N(review->keep, okb_finding_def, review->n_definitions);
    for (uint32_t i = 0; i < review->n_definitions; i++)
        review->shown[i] = review->definitions[i].shown;
    return OKB_OK;
}
