/*
 * Rule tables -> rules: columns, ids, families, kinds, replacing and switching off. Reports every mistake with its place.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "room.h"

typedef enum column {
    COL_ID,
    COL_SIGNAL,
    COL_WEIGHT,
    COL_APPLIES_TO,
    COL_PATTERN,
    COL_MESSAGE,
    COL_QUESTION,
    COL_EXAMPLE_HIT,
    COL_EXAMPLE_MISS,
    COL_SOURCE,
    COL_COUNT
} column;

static const char *const column_names[COL_COUNT] = {"id",      "signal",   "weight",      "applies_to",   "pattern",
                                                    "message", "question", "example_hit", "example_miss", "source"};

typedef struct reading {
    okb_judge *judge;
    okb_diags *diags;
    const okb_table *table;
    okb_vec *rules; /* rule */
    okb_map *ids;   /* "language id" -> index into rules */
    uint32_t columns[COL_COUNT];
    uint16_t language;
    bool is_from_user, is_ok;
} reading;

static void mistake(reading *rd, uint32_t line, column col, const char *what, okb_span subject)
{
    okb_diags_add(rd->diags, OKB_ERROR, rd->table->path, line, okb_span_of(column_names[col]), "%s '%.*s'", what,
                  OKB_FMT(subject));
    rd->is_ok = false;
}

static bool read_header(reading *rd)
{
    for (int col = 0; col < COL_COUNT; col++)
        rd->columns[col] = OKB_NONE;
    if (rd->table->n_rows == 0)
        return false;
    uint32_t line = rd->table->rows[0].line;
    bool is_ok = true;
    for (size_t ix = 0; ix < okb_table_width(rd->table, 0); ix++) {
        okb_span name = okb_span_trim(okb_table_cell(rd->table, 0, ix));
        int col = 0;
        while (col < COL_COUNT && !okb_text_same(name, okb_span_of(column_names[col])))
            col++;
        if (col < COL_COUNT) {
            rd->columns[col] = (uint32_t)ix;
        } else if (name.n) {
            okb_diags_add(rd->diags, OKB_ERROR, rd->table->path, line, name,
                          "unknown column '%.*s' in the rules table; rename or remove it", OKB_FMT(name));
            is_ok = false;
        }
    }
    static const column needed[] = {COL_ID, COL_SIGNAL, COL_PATTERN};
    for (size_t i = 0; i < sizeof needed / sizeof *needed; i++)
        if (rd->columns[needed[i]] == OKB_NONE) {
            okb_diags_add(rd->diags, OKB_ERROR, rd->table->path, line, okb_span_of(column_names[needed[i]]),
                          "column '%s' is missing in the rules table; add it", column_names[needed[i]]);
            is_ok = false;
        }
    rd->is_ok = rd->is_ok && is_ok;
    return rd->columns[COL_ID] != OKB_NONE && rd->columns[COL_SIGNAL] != OKB_NONE &&
           rd->columns[COL_PATTERN] != OKB_NONE;
}

static okb_span cell(const reading *rd, size_t row_ix, column col)
{
    if (rd->columns[col] == OKB_NONE)
        return (okb_span){NULL, 0};
    return okb_arena_copy(rd->judge->keep, okb_span_trim(okb_table_cell(rd->table, row_ix, rd->columns[col])));
}

static uint32_t read_kinds(reading *rd, okb_span text, uint32_t line)
{
    uint32_t kinds = KINDS_ALL;
    okb_span rest = text;
    while (rest.n) {
        okb_span word = okb_span_cut(&rest, ' ');
        while (word.n && (word.p[word.n - 1] == ';' || word.p[word.n - 1] == ','))
            word.n--;
        if (!word.n)
            continue;
        okb_kind kind = okb_kind_parse(word);
        if (kind == OKB_KIND_NONE)
            mistake(rd, line, COL_APPLIES_TO, "objective, key_result, goal or initiative expected, not", word);
        kinds |= kind == OKB_KIND_NONE ? 0u : 1u << kind;
    }
    return kinds;
}

static double read_weight(reading *rd, okb_span text, uint32_t line)
{
    double weight = 1;
    if (!text.n)
        return weight;
    if (okb_number_scan(text, '.', &weight) != text.n || !isfinite(weight))
        mistake(rd, line, COL_WEIGHT, "weight is not a number:", text);
    return weight;
}

static void read_row(reading *rd, size_t row_ix)
{
    uint32_t line = rd->table->rows[row_ix].line;
    rule r = {0};
    r.shown = (okb_rule){.id = cell(rd, row_ix, COL_ID),
                         .signal = cell(rd, row_ix, COL_SIGNAL),
                         .applies_to = cell(rd, row_ix, COL_APPLIES_TO),
                         .pattern = cell(rd, row_ix, COL_PATTERN),
                         .message = cell(rd, row_ix, COL_MESSAGE),
                         .question = cell(rd, row_ix, COL_QUESTION),
                         .source = cell(rd, row_ix, COL_SOURCE),
                         .language = rd->judge->grammars[rd->language].language,
                         .file = okb_arena_copy(rd->judge->keep, rd->table->path),
                         .line = line};
    r.example_hit = cell(rd, row_ix, COL_EXAMPLE_HIT);
    r.example_miss = cell(rd, row_ix, COL_EXAMPLE_MISS);
    r.language = rd->language;
    r.is_from_user = rd->is_from_user;
    if (!r.shown.id.n && !r.shown.signal.n && !r.shown.pattern.n)
        return;
    if (!r.shown.id.n) {
        mistake(rd, line, COL_ID, "a rule without an id, pattern", r.shown.pattern);
        return;
    }
    r.shown.weight = read_weight(rd, cell(rd, row_ix, COL_WEIGHT), line);
    r.kinds = read_kinds(rd, r.shown.applies_to, line);
    r.signal = okb_signal_parse(r.shown.signal);
    r.is_off = r.shown.weight == 0;
    if (!r.is_off && r.signal == SIG_NONE)
        mistake(rd, line, COL_SIGNAL, "unknown signal", r.shown.signal);
    if (!r.is_off && !r.shown.pattern.n)
        mistake(rd, line, COL_PATTERN, "no pattern for rule", r.shown.id);
    if (!r.is_off && !rd->is_from_user && (!r.example_hit.n || !r.example_miss.n))
        mistake(rd, line, r.example_hit.n ? COL_EXAMPLE_MISS : COL_EXAMPLE_HIT, "no example for rule", r.shown.id);

    okb_span key = okb_arena_printf(&rd->judge->scratch, "%u %.*s", (unsigned)rd->language, OKB_FMT(r.shown.id));
    bool is_new = false;
    uint32_t *at = okb_map_put(rd->ids, key, (uint32_t)rd->rules->n, &is_new);
    if (is_new) {
        *okb_vec_push(rd->rules, rule) = r;
        return;
    }
    rule *before = &okb_vec_at(rd->rules, rule, *at);
    if (okb_span_eq(before->shown.file, rd->table->path)) {
        okb_diags_add(rd->diags, OKB_ERROR, rd->table->path, line, okb_span_of("id"),
                      "rule '%.*s' is there twice; it stands on line %u already", OKB_FMT(r.shown.id),
                      before->shown.line);
        rd->is_ok = false;
        return;
    }
    /* A row that gives nothing but id and weight 0 switches off what is there. */
    if (r.is_off)
        before->is_off = true;
    else
        *before = r;
}

static uint16_t language_ix(okb_judge *judge, okb_span language, bool *is_known)
{
    for (uint32_t ix = 0; ix < judge->n_grammars; ix++)
        if (okb_text_same(judge->grammars[ix].language, language)) {
            *is_known = true;
            return (uint16_t)ix;
        }
    *is_known = false;
    if (judge->n_grammars == LANGUAGES_MAX)
        return LANGUAGES_MAX;
    grammar *g = &judge->grammars[judge->n_grammars];
    g->language = okb_arena_copy(judge->keep, language);
    g->has_unicode = !okb_text_same(language, OKB_S("en"));
    return (uint16_t)judge->n_grammars++;
}

bool okb_pack_read(okb_judge *judge, const okb_pack *packs, size_t n_packs, okb_diags *diags)
{
    okb_vec rules = {0};
    reading rd = {.judge = judge, .diags = diags, .rules = &rules, .ids = okb_map_new(), .is_ok = true};
    for (size_t ix = 0; ix < n_packs; ix++) {
        rd.table = packs[ix].table;
        rd.language = language_ix(judge, packs[ix].language.n ? packs[ix].language : OKB_S("en"), &rd.is_from_user);
        if (rd.language == LANGUAGES_MAX) {
            okb_diags_add(diags, OKB_ERROR, rd.table->path, 0, (okb_span){NULL, 0},
                          "more than %d languages of rules; leave '%.*s' out", LANGUAGES_MAX,
                          OKB_FMT(packs[ix].language));
            rd.is_ok = false;
        } else if (read_header(&rd)) {
            for (size_t row_ix = 1; row_ix < rd.table->n_rows; row_ix++)
                read_row(&rd, row_ix);
        }
    }
    judge->rules = OKB_NEW_N(judge->keep, rule, rules.n ? rules.n : 1);
    for (size_t ix = 0; ix < rules.n; ix++)
        if (!okb_vec_at(&rules, rule, ix).is_off)
            judge->rules[judge->n_rules++] = okb_vec_at(&rules, rule, ix);
    if (judge->n_rules >= UINT16_MAX) {
        okb_diags_add(diags, OKB_ERROR, (okb_span){NULL, 0}, 0, (okb_span){NULL, 0},
                      "more than %d rules; leave some out", UINT16_MAX - 1);
        rd.is_ok = false;
    }
    okb_map_free(rd.ids);
    okb_vec_free(&rules);
    return rd.is_ok;
}
