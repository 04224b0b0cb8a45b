/* Where the tables of a file begin and end: header lines under title rows, repeated and changing headers, sections, groups, totals. */
#include "shape.h"

#include <string.h>

static block *add_block(reading *r, uint32_t header_row)
{
    if (!r->blocks) /* pointers into it stay good */
        r->blocks = OKB_NEW_N(&r->scratch, block, r->n->lim.blocks + 1);
    block *b = &r->blocks[r->n_blocks++];
    *b = (block){.header_row = header_row, .outer = OKB_NONE};
    return b;
}

static bool is_section(const okb_table *table, uint32_t row_ix)
{
    if (okb_row_filled(table, row_ix) != 1)
        return false;
    okb_span head = okb_cell_text(table, row_ix, okb_row_first_filled(table, row_ix));
    return okb_span_starts(head, OKB_S("## ")) || okb_span_starts(head, OKB_S("# "));
}

/* What a section's name says of the table under it: "## Check-ins". */
static okb_file_kind kind_of_section(reading *r, uint32_t row_ix)
{
    okb_span text = okb_cell_text(r->table, row_ix, okb_row_first_filled(r->table, row_ix));
    while (text.n && (text.p[0] == '#' || text.p[0] == ' '))
        text = okb_span_sub(text, 1, text.n);
    if (okb_words_find(r->n->words, W_CHECKIN, text))
        return OKB_FILE_CHECKINS;
    const word *group = okb_words_find(r->n->words, W_GROUP, text);
    return group && okb_span_eq(group->text, OKB_S("team")) ? OKB_FILE_TEAMS : OKB_FILE_UNKNOWN;
}

static bool try_header_as(reading *r, uint32_t row_ix, okb_file_kind forced, okb_file_kind hinted,
                          const format **out_format, okb_file_kind *out_kind, uint32_t *out_known)
{
    if (forced == OKB_FILE_UNKNOWN && hinted != OKB_FILE_UNKNOWN &&
        okb_header_try(r, row_ix, hinted, out_format, out_kind, out_known))
        return true;
    return okb_header_try(r, row_ix, forced, out_format, out_kind, out_known);
}

static bool find_header(reading *r, uint32_t from, uint32_t to, okb_file_kind forced, uint32_t *out_row,
                        const format **out_format, okb_file_kind *out_kind)
{
    uint32_t best_known = 0, widest_above = 0;
    uint32_t last = from + r->n->lim.header_rows < to ? from + r->n->lim.header_rows : to;
    bool after_section = false;
    okb_file_kind hinted = OKB_FILE_UNKNOWN;
    for (uint32_t i = from; i < last; i++) {
        const format *f;
        okb_file_kind kind;
        uint32_t known;
        if (is_section(r->table, i)) {
            if (best_known)
                break;
            after_section = true;
            hinted = kind_of_section(r, i);
            continue;
        }
        uint32_t filled = okb_row_filled(r->table, i), above = widest_above;
        widest_above = filled > widest_above ? filled : widest_above;
        if (!try_header_as(r, i, forced, hinted, &f, &kind, &known) || known <= best_known)
            continue;
        /* A row of data may hold a word that heads a column elsewhere: "Key Result" as the kind of a goal. */
        if (known < 1000 && filled >= 4 && above + 1 >= filled && known * 3 < filled)
            continue;
        /* One word alone is a header only where the rows under it are as narrow. */
        if (filled == 1 && i + 1 < to && okb_row_filled(r->table, i + 1) > 1)
            continue;
        best_known = known;
        *out_row = i;
        *out_format = f;
        *out_kind = kind;
        if (known > 1000 || after_section)
            break;
    }
    return best_known > 0;
}

uint32_t okb_row_filled(const okb_table *table, uint32_t row_ix)
{
    uint32_t n = 0;
    for (size_t c = 0; c < okb_table_width(table, row_ix); c++)
        n += okb_cell_text(table, row_ix, c).n > 0;
    return n;
}

uint32_t okb_row_first_filled(const okb_table *table, uint32_t row_ix)
{
    for (uint32_t c = 0; c < okb_table_width(table, row_ix); c++)
        if (okb_cell_text(table, row_ix, c).n > 0)
            return c;
    return OKB_NONE;
}

uint32_t okb_row_indent(const okb_table *table, uint32_t row_ix, uint32_t c)
{
    okb_span cell = okb_table_cell(table, row_ix, c);
    uint32_t n = 0;
    for (size_t i = 0; i < cell.n; i++) {
        if (cell.p[i] == ' ')
            n++;
        else if (cell.p[i] == '\t')
            n += 4;
        else if (i + 1 < cell.n && memcmp(cell.p + i, "\xC2\xA0", 2) == 0) {
            n++;
            i++;
        } else
            break;
    }
    return n;
}

static bool same_header(reading *r, const block *b, uint32_t row_ix)
{
    size_t width = okb_table_width(r->table, b->header_row), other = okb_table_width(r->table, row_ix);
    size_t n = width > other ? width : other;
    for (size_t c = 0; c < n; c++) {
        okb_span a = okb_cell_text(r->table, b->header_row, c), x = okb_cell_text(r->table, row_ix, c);
        if (!okb_span_eq(a, x) && !okb_text_same(a, x))
            return false;
    }
    return true;
}

static bool has_digit_first(okb_span s)
{
    return s.n && ((s.p[0] >= '0' && s.p[0] <= '9') || s.p[0] == '-' || s.p[0] == '$');
}

/* A cheap look before the dear one: no figures, several words, none long. */
static bool could_be_header(const reading *r, uint32_t row_ix)
{
    uint32_t filled = 0;
    for (size_t c = 0; c < okb_table_width(r->table, row_ix); c++) {
        okb_span cell = okb_cell_text(r->table, row_ix, c);
        if (has_digit_first(cell) || cell.n > 60)
            return false;
        filled += cell.n > 0;
    }
    return filled >= 2;
}

static bool is_new_header(reading *r, const block *now, uint32_t row_ix, bool is_expected, okb_file_kind hinted,
                          const format **out_format, okb_file_kind *out_kind, bool *out_nested)
{
    if (!could_be_header(r, row_ix))
        return false;
    uint32_t known;
    okb_offer o = okb_offer_of(r, row_ix, now->format->name, now->kind);
    *out_nested = o.has_nested;
    if (o.has_nested && o.has_title) {
        *out_format = now->format;
        *out_kind = now->kind;
        return true;
    }
    if (!is_expected && (o.n_cells < 3 || o.n_known * 10 < o.n_cells * 7))
        return false;
    return try_header_as(r, row_ix, OKB_FILE_UNKNOWN, hinted, out_format, out_kind, &known);
}

/* ---- classes of rows ---------------------------------------------------------------------------------------- */

static const word *first_word_of(reading *r, word_family family, okb_span text)
{
    const word *whole = okb_words_find(r->n->words, family, text);
    if (whole)
        return whole;
    size_t n = 0;
    while (n < text.n && text.p[n] != ' ' && text.p[n] != ':' && text.p[n] != '(')
        n++;
    return n < text.n && text.p[n] == ':' ? okb_words_find(r->n->words, family, okb_span_sub(text, 0, n)) : NULL;
}

/* "Exported by Lia on 28.08.2026": two words that stand under a table, and a date or a name behind them. */
static bool is_footer(reading *r, okb_span text)
{
    size_t blanks = 0, n = 0;
    bool has_digit = false;
    for (size_t i = 0; i < text.n; i++) {
        has_digit = has_digit || (text.p[i] >= '0' && text.p[i] <= '9');
        if (text.p[i] == ' ' && ++blanks == 2)
            n = i;
    }
    return has_digit && n && okb_words_find(r->n->words, W_TOTAL, okb_span_sub(text, 0, n));
}

static bool names_a_group(reading *r, okb_span text)
{
    if (text.n && text.p[text.n - 1] == ':')
        return true;
    okb_span rest = text;
    while (rest.n) {
        okb_span token = okb_span_cut(&rest, ' ');
        if (okb_words_find(r->n->words, W_GROUP, token) && (rest.n == 0 || token.p == text.p))
            return true;
    }
    return false;
}

static const column *column_at(const block *b, uint32_t c)
{
    return c < b->n_columns ? &b->columns[c] : NULL;
}

static bool is_title_column(const column *col)
{
    return col && col->f == F_TITLE;
}

/* Sales, Support, "Warehouse North": a few words over the rows of a team, where one of them is a department's usual name. */
static bool heads_a_team(reading *r, block *b, uint32_t c, okb_span text)
{
    enum { MOST_WORDS = 3 };
    if (b->heads == 0) {
        b->heads = -1;
        for (uint32_t i = b->header_row + 1; i < r->table->n_rows && b->heads < 0; i++)
            if (okb_row_filled(r->table, i) == 1 &&
                okb_words_find(r->n->words, W_DEPARTMENT, okb_cell_text(r->table, i, c)))
                b->heads = 1;
        for (uint32_t i = 0; i < b->n_columns; i++)
            if (b->columns[i].f == F_TEAM)
                b->heads = -1;
    }
    size_t n_words = 1;
    for (size_t i = 0; i < text.n; i++) {
        n_words += text.p[i] == ' ';
        if (text.p[i] >= '0' && text.p[i] <= '9')
            return false;
    }
    return b->heads > 0 && n_words <= MOST_WORDS;
}

/* "* without the school contracts": nothing but such lines and blanks follow. */
static bool is_footnote(reading *r, uint32_t row_ix, okb_span text)
{
    if (!okb_span_starts(text, OKB_S("*")) && !okb_span_starts(text, OKB_S("\xE2\x80\xA0")))
        return false;
    enum { MOST_NOTES = 64 };
    uint32_t i = row_ix + 1;
    while (i < r->table->n_rows && i - row_ix < MOST_NOTES && okb_row_filled(r->table, i) <= 1)
        i++;
    return i == r->table->n_rows;
}

/* One cell alone in its row. */
static row_class class_of_single(reading *r, block *b, uint32_t row_ix, uint32_t c)
{
    okb_span text = okb_cell_text(r->table, row_ix, c);
    const column *col = column_at(b, c);
    if (b->n_columns <= 1)
        return ROW_DATA;
    if (okb_words_missing(r->n->words, text))
        return ROW_BLANK;
    if (first_word_of(r, W_TOTAL, text) || is_footer(r, text) || is_footnote(r, row_ix, text))
        return ROW_TOTAL;
    if (col && col->f == F_TEAM)
        return ROW_GROUP;
    if (is_title_column(col) && b->kind == OKB_FILE_GOALS) {
        uint32_t next = row_ix + 1;
        while (next < r->table->n_rows && okb_row_filled(r->table, next) == 0)
            next++;
        if (next < r->table->n_rows && same_header(r, b, next))
            return ROW_GROUP;
        if (b->format->team == TEAM_GROUP && c == 0 && next < r->table->n_rows && okb_row_filled(r->table, next) > 1 &&
            b->n_columns > 4)
            return ROW_GROUP;
        bool is_lone_title = col->p == PART_ROW || col->p == PART_OBJECTIVE;
        if (is_lone_title && heads_a_team(r, b, c, text))
            return ROW_GROUP;
        return is_lone_title && col->p == PART_ROW && names_a_group(r, text) ? ROW_GROUP : ROW_DATA;
    }
    if (col && (col->f == F_ROW_ID))
        return okb_number_proof(text) == MARK_NONE && has_digit_first(text) ? ROW_BLANK : ROW_GROUP;
    if (b->kind != OKB_FILE_GOALS || (col && col->f == F_ID))
        return ROW_DATA;
    number figure;
    bool is_figure = okb_number_read(r->n->words, text, '.', &figure) && figure.form != NUMBER_WORD;
    if (is_figure && !(col && okb_field_type_of(col->f) == T_DATE))
        return ROW_TOTAL;
    if (c > 0 && col && col->f != F_NONE && col->f != F_IGNORED)
        return ROW_DATA;
    return c == 0 ? ROW_GROUP : ROW_TITLE;
}

static bool has_word_of(reading *r, word_family family, okb_span text)
{
    okb_span rest = text;
    while (rest.n)
        if (okb_words_find(r->n->words, family, okb_span_cut(&rest, ' ')))
            return true;
    return false;
}

/* Sums and averages: no text but the word for it, figures in the rest. */
static bool is_total(reading *r, const block *b, uint32_t row_ix, uint32_t first)
{
    bool says_total = false, has_figure = false;
    for (uint32_t c = first; c < okb_table_width(r->table, row_ix); c++) {
        okb_span cell = okb_cell_text(r->table, row_ix, c);
        if (cell.n == 0 || okb_words_missing(r->n->words, cell))
            continue;
        const column *col = column_at(b, c);
        if (c == first &&
            (first_word_of(r, W_TOTAL, cell) || (col && col->f == F_TEAM && has_word_of(r, W_TOTAL, cell)))) {
            says_total = true;
            continue;
        }
        number figure;
        bool is_id = col && (col->f == F_ID || col->f == F_ROW_ID || col->f == F_OUTLINE);
        bool is_figure =
            okb_number_read(r->n->words, cell, '.', &figure) && figure.form != NUMBER_WORD && figure.unit.n <= 3;
        date day;
        bool is_day = b->format->team == TEAM_GROUP && okb_date_scan(r->n->words, cell, &day); /* sums of timelines */
        if ((!is_figure && !is_day) || is_id)
            return false;
        has_figure = true;
    }
    return has_figure || says_total;
}

static bool all_missing(reading *r, const block *b, uint32_t row_ix)
{
    for (uint32_t c = 0; c < okb_table_width(r->table, row_ix); c++) {
        okb_span cell = okb_cell_text(r->table, row_ix, c);
        const column *col = column_at(b, c);
        if (!okb_words_missing(r->n->words, cell) && !(col && col->f == F_ROW_ID))
            return false;
    }
    return true;
}

static row_class class_of_row(reading *r, block *b, uint32_t row_ix)
{
    uint32_t filled = okb_row_filled(r->table, row_ix);
    if (filled == 0)
        return ROW_BLANK;
    uint32_t first = okb_row_first_filled(r->table, row_ix);
    okb_span head = okb_cell_text(r->table, row_ix, first);
    if (is_section(r->table, row_ix))
        return ROW_SECTION;
    if (okb_span_eq(head, okb_cell_text(r->table, b->header_row, first)) && same_header(r, b, row_ix))
        return ROW_HEADER;
    if (filled == 1)
        return class_of_single(r, b, row_ix, first);
    if (b->kind == OKB_FILE_GOALS) {
        if (is_total(r, b, row_ix, first))
            return ROW_TOTAL;
        if (all_missing(r, b, row_ix))
            return ROW_BLANK;
    }
    return ROW_DATA;
}

static void mark_titles(reading *r, uint32_t from, uint32_t to)
{
    for (uint32_t i = from; i < to; i++)
        r->classes[i] = okb_row_filled(r->table, i) == 0 ? ROW_BLANK : ROW_TITLE;
    if (to > from && r->n_blocks && r->blocks[r->n_blocks - 1].format->team == TEAM_GROUP &&
        okb_row_filled(r->table, to - 1) == 1)
        r->classes[to - 1] = ROW_GROUP;
}

/* A header that stood before, with the same columns: its rows go on under it. */
static uint32_t same_block(reading *r, uint32_t row_ix, bool is_nested, uint32_t outer)
{
    enum { MOST_COMPARED = 32 };
    for (uint32_t i = r->n_blocks, steps = 0; i-- > 0 && steps < MOST_COMPARED; steps++)
        if (r->blocks[i].is_nested == is_nested && r->blocks[i].outer == outer && same_header(r, &r->blocks[i], row_ix))
            return i;
    return OKB_NONE;
}

okb_code okb_blocks_find(reading *r, okb_file_kind forced, okb_err *err)
{
    uint32_t n_rows = (uint32_t)r->table->n_rows, at = 0;
    r->classes = OKB_NEW_N(&r->scratch, uint8_t, n_rows + 1);
    r->block_of = OKB_NEW_N(&r->scratch, uint32_t, n_rows + 1);
    uint32_t header = 0;
    const format *f = NULL;
    okb_file_kind kind = OKB_FILE_UNKNOWN;
    if (!find_header(r, 0, n_rows, forced, &header, &f, &kind))
        return okb_header_missing(r, err);
    if (f->n_signature == 0 && kind == OKB_FILE_GOALS && okb_table_is_turned(r, header))
        return okb_fail_at(
            err, OKB_E_DATA, r->table->path, r->table->rows[header].line, (okb_span){NULL, 0},
            "the names of the fields stand in the first column and each goal in a column of its own: turn the "
            "sheet (copy, then paste special with 'transpose') and save it again");
    block *b = add_block(r, header);
    b->format = f;
    b->kind = kind;
    mark_titles(r, 0, header);
    r->classes[header] = ROW_HEADER;
    okb_columns_map(r, b);
    b->may_be_goals = forced == OKB_FILE_UNKNOWN && okb_header_may_be_goals(r, b);
    uint32_t now = 0;
    bool expects_header = false;
    okb_file_kind hinted = OKB_FILE_UNKNOWN;
    for (at = header + 1; at < n_rows; at++) {
        block *current = &r->blocks[now];
        r->block_of[at] = now;
        row_class class = class_of_row(r, current, at);
        if (class == ROW_DATA || class == ROW_TOTAL) {
            bool is_nested = false;
            if (current->is_nested && okb_cell_text(r->table, at, 0).n > 0 && current->outer != OKB_NONE) {
                if (same_header(r, &r->blocks[current->outer], at)) {
                    now = current->outer;
                    r->block_of[at] = now;
                    r->classes[at] = ROW_HEADER;
                    continue;
                }
                if (!is_new_header(r, &r->blocks[current->outer], at, false, OKB_FILE_UNKNOWN, &f, &kind, &is_nested)) {
                    now = current->outer;
                    r->block_of[at] = now;
                    r->classes[at] = (uint8_t)class_of_row(r, &r->blocks[now], at);
                    continue;
                }
            }
            if (r->n_blocks < r->n->lim.blocks &&
                is_new_header(r, current, at, expects_header, hinted, &f, &kind, &is_nested)) {
                uint32_t outer = is_nested ? (current->is_nested ? current->outer : now) : OKB_NONE;
                expects_header = false;
                r->classes[at] = ROW_HEADER;
                uint32_t known_block = same_block(r, at, is_nested, outer);
                if (known_block != OKB_NONE) {
                    now = known_block;
                    r->block_of[at] = now;
                    continue;
                }
                b = add_block(r, at);
                b->format = f;
                b->kind = kind;
                b->is_nested = is_nested;
                b->outer = outer;
                now = r->n_blocks - 1;
                r->block_of[at] = now;
                okb_columns_map(r, b);
                continue;
            }
        }
        if (class == ROW_SECTION) {
            expects_header = true;
            hinted = kind_of_section(r, at);
        } else if (class != ROW_BLANK)
            expects_header = expects_header && class != ROW_DATA;
        r->classes[at] = (uint8_t) class;
    }
    return OKB_OK;
}
