/* Columns of a block: from header cells to fields, and false friends settled by what stands under them. */
#include "shape.h"

#include <string.h>

static uint32_t widest_row(const okb_table *table, uint32_t from)
{
    uint32_t widest = 0;
    for (size_t i = from; i < table->n_rows; i++)
        if (table->rows[i].n_cells > widest)
            widest = table->rows[i].n_cells;
    return widest;
}

static void take_rule(column *col, const column_rule *rule, uint32_t candidate)
{
    col->f = rule->fields[candidate];
    col->p = rule->parts[candidate];
    col->as = rule->as;
}

/* Until the values are looked at, a heading that may be the title's is. */
static uint32_t title_candidate(const column_rule *rule)
{
    for (uint32_t i = 0; i < rule->n; i++)
        if (rule->fields[i] == F_TITLE)
            return i;
    return 0;
}

void okb_columns_map(reading *r, block *b)
{
    uint32_t width = (uint32_t)okb_table_width(r->table, b->header_row);
    const column_rule *unnamed = okb_profiles_rule(r->n->profiles, b->format->name, b->kind, (okb_span){NULL, 0});
    if (unnamed) {
        uint32_t widest = widest_row(r->table, b->header_row);
        width = widest > width ? widest : width;
    }
    b->n_columns = width;
    b->columns = OKB_NEW_N(&r->scratch, column, width + 1);
    uint32_t n_wide = 0;
    for (uint32_t c = 0; c < width; c++) {
        column *col = &b->columns[c];
        okb_span cell = okb_cell_text(r->table, b->header_row, c);
        header_hit hit = okb_header_read(r, b->format->name, b->kind, cell);
        *col = (column){.header = okb_text_clean(r->n->keep, cell, false),
                        .rule = hit.rule,
                        .number = hit.number,
                        .unit = hit.unit,
                        .hint = hit.hint,
                        .is_wide = hit.is_wide,
                        .when = hit.when,
                        .week = hit.week,
                        .week_is_iso = hit.week_is_iso,
                        .decimal = '.',
                        .factor = 1};
        if (hit.rule)
            take_rule(col, hit.rule, title_candidate(hit.rule));
        if (hit.is_numbered)
            col->p = PART_NUMBERED;
        if (hit.is_wide) {
            n_wide++;
            col->p = PART_WIDE;
            if (!hit.rule)
                col->f = F_CURRENT;
        }
    }
    for (uint32_t c = 0; c < width && n_wide == 1; c++) /* one month alone is no series */
        if (b->columns[c].is_wide) {
            b->columns[c].is_wide = false;
            b->columns[c].f = F_NONE;
            b->columns[c].p = PART_ROW;
        }
}

/* ---- what the values say ------------------------------------------------------------------------------------ */

typedef struct sample {
    uint32_t n; /* cells that say something */
    uint32_t numbers, dates, confidences, references, words[W_COUNT], spaced, open_dates;
} sample;

/* An id (`obj-7`, `1.2`, `OKR-12`) or a link to another page; a statement is neither. */
static bool is_reference(okb_span cell)
{
    if (okb_span_find(cell, OKB_S("(http")) != SIZE_MAX || okb_span_starts(cell, OKB_S("http")))
        return true;
    bool has_digit = false;
    for (size_t i = 0; i < cell.n; i++) {
        char c = cell.p[i];
        bool is_digit = c >= '0' && c <= '9';
        if (!is_digit && !(c >= 'a' && c <= 'z') && !(c >= 'A' && c <= 'Z') && c != '-' && c != '.' && c != '_' &&
            c != '#')
            return false;
        has_digit = has_digit || is_digit;
    }
    return has_digit && cell.n <= 20;
}

static bool look_for_date(reading *r, okb_span cell, date *day, sample *s)
{
    bool is_date = okb_date_scan(r->n->words, cell, day);
    s->dates += is_date;
    s->open_dates += is_date && day->is_open;
    return is_date;
}

typedef void (*look)(reading *r, okb_span cell, sample *s);

static void look_at_all(reading *r, okb_span cell, sample *s)
{
    words *w = r->n->words;
    static const word_family families[] = {W_STATUS,    W_KIND,       W_LEVEL,  W_AMBITION,
                                           W_DIRECTION, W_CONFIDENCE, W_METRIC, W_ACTION};
    number figure;
    date day;
    bool is_date = look_for_date(r, cell, &day, s);
    bool is_number = okb_number_read(w, cell, '.', &figure);
    s->numbers += is_number && !(is_date && !day.is_plain_number);
    for (size_t i = 0; i < sizeof families / sizeof *families; i++)
        s->words[families[i]] += (families[i] == W_STATUS ? okb_words_find_head(w, W_STATUS, cell)
                                                          : okb_words_find(w, families[i], cell)) != NULL;
    s->confidences += is_number || okb_words_find(w, W_CONFIDENCE, cell);
    s->references += is_reference(cell);
}

static void look_at_date(reading *r, okb_span cell, sample *s)
{
    date day;
    (void)look_for_date(r, cell, &day, s);
}

static void look_at_name(reading *r, okb_span cell, sample *s)
{
    (void)r;
    for (size_t i = 0; i < cell.n; i++)
        if (cell.p[i] >= '0' && cell.p[i] <= '9') {
            s->numbers++;
            break;
        }
    s->spaced += memchr(cell.p, ' ', cell.n) && !memchr(cell.p, ',', cell.n);
}

static sample sample_of(reading *r, const block *b, uint32_t block_ix, uint32_t c, look look_at)
{
    sample s = {0};
    for (uint32_t i = b->header_row + 1; i < r->table->n_rows && s.n < r->n->lim.sample_rows; i++) {
        if (r->classes[i] != ROW_DATA || r->block_of[i] != block_ix)
            continue;
        okb_span cell = okb_cell_text(r->table, i, c);
        if (okb_words_missing(r->n->words, cell))
            continue;
        s.n++;
        look_at(r, cell, &s);
    }
    return s;
}

static double fit(const sample *s, field f)
{
    if (s->n == 0)
        return 0;
    uint32_t hits = 0;
    switch (okb_field_type_of(f)) {
    case T_NUMBER:
        hits = s->numbers;
        break;
    case T_SHARE:
        hits = f == F_CONFIDENCE ? s->confidences : s->numbers;
        break;
    case T_DATE:
        hits = s->dates;
        break;
    case T_WORD:
        hits = s->words[okb_field_family(f)];
        break;
    case T_TEXT:
        hits = f == F_UNIT ? s->words[W_METRIC] : s->n;
        break;
    case T_REF:
        hits = s->references;
        break;
    case T_CELL:
    case T_NONE:
        hits = s->n;
        break;
    }
    return (double)hits / s->n;
}

static void settle(reading *r, block *b, uint32_t block_ix, uint32_t c)
{
    column *col = &b->columns[c];
    if (!col->rule || col->rule->n < 2)
        return;
    sample s = sample_of(r, b, block_ix, c, look_at_all);
    uint32_t best = 0;
    double best_fit = -1;
    for (uint32_t i = 0; i < col->rule->n; i++) {
        double share = fit(&s, col->rule->fields[i]);
        if (share >= r->n->lim.column_fit) {
            best = i;
            best_fit = share;
            break;
        }
        if (share > best_fit) {
            best = i;
            best_fit = share;
        }
    }
    bool is_numbered = col->p == PART_NUMBERED, is_wide = col->is_wide;
    take_rule(col, col->rule, best);
    if (is_numbered)
        col->p = PART_NUMBERED;
    if (is_wide)
        col->p = PART_WIDE;
    if (s.n && best_fit < r->n->lim.word_fit && okb_field_type_of(col->f) != T_TEXT)
        col->f = F_NONE;
}

static uint32_t find_column(const block *b, field f, part p)
{
    for (uint32_t c = 0; c < b->n_columns; c++)
        if (b->columns[c].f == f && b->columns[c].p == p)
            return c;
    return OKB_NONE;
}

/* The share of a column's cells that are numbers of goals and nothing else: O1, KR1.2. */
static bool holds_codes(reading *r, const block *b, uint32_t block_ix, uint32_t c)
{
    uint32_t n = 0, n_codes = 0;
    for (uint32_t i = b->header_row + 1; i < r->table->n_rows && n < r->n->lim.sample_rows; i++) {
        if (r->classes[i] != ROW_DATA || r->block_of[i] != block_ix)
            continue;
        okb_span cell = okb_cell_text(r->table, i, c), code;
        okb_kind kind;
        if (okb_words_missing(r->n->words, cell))
            continue;
        n++;
        n_codes += okb_whole_code(r->n, cell, &kind, &code) && kind != OKB_KIND_NONE;
    }
    return n && n_codes >= r->n->lim.column_fit * n;
}

/* Under "O/KR" stand numbers or kinds, and the text beside them is the title, whatever its name: "Description", "What". */
static void settle_codes(reading *r, block *b, uint32_t block_ix)
{
    if (b->kind != OKB_FILE_GOALS || b->format->n_signature)
        return;
    bool has_title = false;
    uint32_t text = OKB_NONE;
    for (uint32_t c = 0; c < b->n_columns; c++) {
        column *col = &b->columns[c];
        if (col->f == F_TITLE && col->p == PART_ROW && holds_codes(r, b, block_ix, c))
            col->f = F_ROW_ID;
        has_title = has_title || col->f == F_TITLE;
        if (text == OKB_NONE && col->f == F_DESCRIPTION && col->p == PART_ROW)
            text = c;
    }
    if (!has_title && text != OKB_NONE)
        b->columns[text].f = F_TITLE;
}

/* "Name", and the name of a metric: the goal's only where nothing else is. */
static bool is_weak_title(const column *col)
{
    return okb_span_eq(col->as, OKB_S("weak")) || okb_span_eq(col->as, OKB_S("metric"));
}

/* A weak name for the title ("Name") gives way to a plain one: then it is the owner's. But beside an objective alone it is the
 * title, where an owner or a kind stands apart. */
static void settle_weak_titles(reading *r, block *b, uint32_t block_ix)
{
    bool has_row_title = false, has_objective = false, has_result = false;
    for (uint32_t c = 0; c < b->n_columns; c++) {
        const column *col = &b->columns[c];
        if (col->f != F_TITLE || is_weak_title(col))
            continue;
        has_row_title = has_row_title || col->p == PART_ROW || col->p == PART_TREE;
        has_objective = has_objective || col->p == PART_OBJECTIVE;
        has_result = has_result || col->p == PART_KEY_RESULT;
    }
    bool has_owner = find_column(b, F_OWNER, PART_ROW) != OKB_NONE,
         has_kind = find_column(b, F_KIND, PART_ROW) != OKB_NONE;
    if (!has_row_title && !has_result && (!has_objective || has_owner || has_kind))
        return;
    for (uint32_t c = 0; c < b->n_columns; c++) {
        column *col = &b->columns[c];
        if (col->f != F_TITLE || !is_weak_title(col))
            continue;
        bool may_be_person = !has_owner && okb_span_eq(col->as, OKB_S("weak"));
        if (may_be_person && b->kind == OKB_FILE_CHECKINS) /* "Week 30": the name of the check-in itself */
            may_be_person = sample_of(r, b, block_ix, c, look_at_name).numbers == 0;
        col->f = may_be_person ? F_OWNER : F_NONE;
    }
}

/* `Goal, Key Result`: the goal is the objective of its row. */
static void settle_parts(block *b)
{
    bool has_result = find_column(b, F_TITLE, PART_KEY_RESULT) != OKB_NONE;
    bool has_objective = find_column(b, F_TITLE, PART_OBJECTIVE) != OKB_NONE;
    uint32_t row_title = find_column(b, F_TITLE, PART_ROW);
    if (row_title != OKB_NONE && !has_objective && has_result)
        b->columns[row_title].p = PART_OBJECTIVE;
    else if (row_title != OKB_NONE && has_objective && !has_result)
        b->columns[row_title].p = PART_KEY_RESULT;
}

/* A check-in's own id gives way to its goal's. */
static void settle_checkin_ids(block *b)
{
    bool has_plain = false;
    for (uint32_t c = 0; c < b->n_columns; c++)
        has_plain = has_plain || (b->columns[c].f == F_GOAL && !okb_span_eq(b->columns[c].as, OKB_S("weak")));
    for (uint32_t c = 0; c < b->n_columns && has_plain; c++)
        if (b->columns[c].f == F_GOAL && okb_span_eq(b->columns[c].as, OKB_S("weak")))
            b->columns[c].f = F_NONE;
}

static int year_in(okb_span header)
{
    for (size_t i = 0; i + 4 <= header.n; i++) {
        const char *p = header.p + i;
        bool is_year = p[0] == '2' && p[1] == '0' && p[2] >= '0' && p[2] <= '9' && p[3] >= '0' && p[3] <= '9';
        if (is_year && (i + 4 == header.n || p[4] < '0' || p[4] > '9') && (i == 0 || p[-1] < '0' || p[-1] > '9'))
            return 2000 + (p[2] - '0') * 10 + (p[3] - '0');
    }
    return 0;
}

/* "2025 Actual" beside "YTD Actual" or "2026 Actual" is where the metric came from. */
static void settle_years(reading *r, block *b)
{
    int year, month, mday, n_current = 0;
    okb_day_split(r->n->options.as_of, &year, &month, &mday);
    if (find_column(b, F_BASELINE, PART_ROW) != OKB_NONE)
        return;
    for (uint32_t c = 0; c < b->n_columns; c++)
        n_current += b->columns[c].f == F_CURRENT && b->columns[c].p == PART_ROW;
    for (uint32_t c = 0; c < b->n_columns && n_current > 1; c++) {
        column *col = &b->columns[c];
        int of = col->f == F_CURRENT && col->p == PART_ROW ? year_in(col->header) : 0;
        if (of && of < year) {
            col->f = F_BASELINE;
            return;
        }
    }
}

/* "Objective owner" beside a plain title is the row's owner. */
static void settle_orphan_parts(block *b)
{
    static const part parts[] = {PART_OBJECTIVE, PART_KEY_RESULT, PART_INITIATIVE};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        if (find_column(b, F_TITLE, parts[i]) != OKB_NONE)
            continue;
        for (uint32_t c = 0; c < b->n_columns; c++)
            if (b->columns[c].p == parts[i] && b->columns[c].f != F_NONE)
                b->columns[c].p = PART_ROW;
    }
}

/* Merged cells arrive as a value and blanks: never the same value twice running. */
static bool looks_merged(reading *r, const block *b, uint32_t block_ix, uint32_t c)
{
    okb_span last = {NULL, 0};
    bool was_filled = false, has_blank_under = false;
    for (uint32_t i = b->header_row + 1; i < r->table->n_rows; i++) {
        if (r->classes[i] != ROW_DATA || r->block_of[i] != block_ix)
            continue;
        okb_span cell = okb_cell_text(r->table, i, c);
        if (cell.n == 0) {
            has_blank_under = has_blank_under || last.n > 0;
            was_filled = false;
            continue;
        }
        if (was_filled && okb_span_eq(cell, last))
            return false;
        last = cell;
        was_filled = true;
    }
    return has_blank_under;
}

static void settle_fill(reading *r, block *b, uint32_t block_ix)
{
    if (b->format->no_fill)
        return;
    bool has_two_titles =
        find_column(b, F_TITLE, PART_KEY_RESULT) != OKB_NONE || find_column(b, F_TITLE, PART_INITIATIVE) != OKB_NONE;
    for (uint32_t c = 0; c < b->n_columns; c++) {
        column *col = &b->columns[c];
        if (col->f == F_TITLE && has_two_titles && (col->p == PART_OBJECTIVE || col->p == PART_KEY_RESULT))
            col->is_filled = true;
        else if ((col->f == F_TEAM || col->f == F_CYCLE) && col->p == PART_ROW &&
                 (b->format->n_signature == 0 || has_two_titles))
            col->is_filled = looks_merged(r, b, block_ix, c);
    }
}

/* Titles set in by blanks, in a sheet that has no other way to say what belongs to what. */
static void settle_indent(reading *r, block *b, uint32_t block_ix)
{
    if (b->has_field[F_PARENT] || b->has_field[F_PARENT_ROW] || b->has_field[F_OUTLINE] || b->format->n_signature)
        return;
    uint32_t c = find_column(b, F_TITLE, PART_ROW), n_set_in = 0, n = 0;
    if (c == OKB_NONE)
        return;
    for (uint32_t i = b->header_row + 1; i < r->table->n_rows; i++) {
        if (r->classes[i] != ROW_DATA || r->block_of[i] != block_ix)
            continue;
        uint32_t indent = okb_row_indent(r->table, i, c);
        if (n++ == 0 && indent > 0)
            return;
        n_set_in += indent > 1;
    }
    b->columns[c].is_indented = n_set_in * 4 >= n;
}

void okb_columns_resolve(reading *r, block *b)
{
    uint32_t block_ix = (uint32_t)(b - r->blocks);
    for (uint32_t c = 0; c < b->n_columns; c++)
        settle(r, b, block_ix, c);
    settle_codes(r, b, block_ix);
    settle_checkin_ids(b);
    settle_years(r, b);
    settle_weak_titles(r, b, block_ix);
    settle_parts(b);
    settle_orphan_parts(b);
    settle_fill(r, b, block_ix);
    for (uint32_t c = 0; c < b->n_columns; c++) {
        column *col = &b->columns[c];
        if (col->f == F_NONE && !col->is_wide) {
            sample s = sample_of(r, b, block_ix, c, look_at_date);
            col->is_date_like = s.open_dates > 0 && s.dates * 10 >= s.n * 8;
        } else if (col->f == F_OWNER || col->f == F_AUTHOR) {
            sample s = sample_of(r, b, block_ix, c, look_at_name);
            col->is_full_name = s.spaced * 2 > s.n;
        }
    }
    for (uint32_t c = 0; c < b->n_columns; c++) {
        const column *col = &b->columns[c];
        if (col->f == F_NONE)
            continue;
        b->has_field[col->f] = true;
        b->has_weak = b->has_weak || (col->f != F_TITLE && okb_span_eq(col->as, OKB_S("weak")));
        b->uses_part[col->p] = true;
        if (col->f == F_TITLE)
            b->has_part[col->p] = true;
        if (col->p == PART_NUMBERED && col->number != OKB_NONE && col->number > b->top_number)
            b->top_number = col->number;
        b->fills_team = b->fills_team || (col->f == F_TEAM && col->is_filled);
        b->fills_cycle = b->fills_cycle || (col->f == F_CYCLE && col->is_filled);
        b->fills_objective = b->fills_objective || (col->f == F_TITLE && col->p == PART_OBJECTIVE && col->is_filled);
    }
    settle_indent(r, b, block_ix);
    uint32_t team = find_column(b, F_TEAM, PART_ROW), result = find_column(b, F_TITLE, PART_KEY_RESULT);
    b->team_is_results = team != OKB_NONE && result != OKB_NONE && team > result;
    if (b->kind == OKB_FILE_CHECKINS) { /* the goal's columns name it here */
        for (uint32_t c = 0; c < b->n_columns; c++)
            if (b->columns[c].f == F_OWNER)
                b->columns[c].f = F_AUTHOR;
    }
}

void okb_columns_report(reading *r)
{
    okb_map *seen = okb_map_new();
    for (uint32_t i = 0; i < r->n_blocks; i++) {
        const block *b = &r->blocks[i];
        for (uint32_t c = 0; c < b->n_columns; c++) {
            const column *col = &b->columns[c];
            if (col->header.n == 0 && col->f == F_NONE)
                continue;
            const char *name =
                col->f == F_IGNORED || col->f == F_PAY || col->f == F_NESTED ? "" : okb_field_name(col->f);
            static const char *const of_part[PART_COUNT] = {[PART_ROW] = "",
                                                            [PART_OBJECTIVE] = "objective",
                                                            [PART_KEY_RESULT] = "key result",
                                                            [PART_INITIATIVE] = "initiative",
                                                            [PART_NUMBERED] = "key result",
                                                            [PART_TREE] = "outline",
                                                            [PART_WIDE] = "check-in"};
            okb_span proof = col->proof;
            if (name[0] && of_part[col->p][0])
                proof = okb_arena_printf(r->n->keep, "of the %s%s%.*s", of_part[col->p], proof.n ? "; " : "",
                                         OKB_FMT(proof));
            if (col->is_filled)
                proof = okb_arena_printf(r->n->keep, "%.*s%sblank cells take the value above", OKB_FMT(proof),
                                         proof.n ? "; " : "");
            if (col->f == F_PAY)
                proof = OKB_S("pay or rating: not read, not kept");
            okb_span key =
                okb_arena_printf(&r->scratch, "%.*s\x1f%s\x1f%.*s", OKB_FMT(col->header), name, OKB_FMT(proof));
            bool is_new;
            okb_map_put(seen, key, 0, &is_new);
            if (is_new)
                *okb_vec_push(&r->columns, okb_column_use) =
                    (okb_column_use){.header = okb_arena_copy(r->n->keep, col->header),
                                     .field = okb_span_of(name),
                                     .table_field = okb_field_print(r->n->keep, col->f, col->p),
                                     .table_as = okb_arena_copy(r->n->keep, col->as),
                                     .reading = proof};
        }
    }
    okb_map_free(seen);
}
