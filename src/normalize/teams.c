/* Teams: the rows of a teams file, and the team that a file's name gives. */
#include "finish.h"
#include "shape.h"

#include <string.h>

void okb_team_row_read(reading *r, const block *b, uint32_t row_ix)
{
    okb_normalizer *n = r->n;
    team_row row = {.team = {.parent_ix = OKB_NONE, .size = NAN}, .source = {r->file_ix, r->table->rows[row_ix].line}};
    okb_span header = {NULL, 0};
    for (uint32_t c = 0; c < b->n_columns; c++) {
        const column *col = &b->columns[c];
        okb_span text = okb_cell_text(r->table, row_ix, c);
        if (col->f == F_TEAM)
            header = col->header;
        if (okb_words_missing(n->words, text))
            continue;
        number figure;
        switch ((int)col->f) {
        case F_TEAM:
            if (row.team.name.n == 0)
                row.team.name = okb_keep_repeated(n, text);
            break;
        case F_PARENT:
            row.parent = okb_keep_repeated(n, text);
            break;
        case F_SIZE:
            if (okb_number_read(n->words, text, col->decimal, &figure) && figure.value >= 0)
                row.team.size = figure.value;
            else
                okb_account_repair(r, "team size not understood", r->table->rows[row_ix].line);
            break;
        case F_FRAMEWORK:
            row.team.framework = okb_keep_repeated(n, text);
            break;
        case F_LEAD:
        case F_OWNER:
            if (row.team.lead.n == 0)
                row.team.lead = okb_keep_repeated(n, text);
            break;
        default:
            break;
        }
    }
    if (row.team.name.n == 0) {
        okb_account_reject(r, row_ix, header, (okb_span){NULL, 0}, "the row names no team");
        return;
    }
    *okb_vec_push(&n->teams, team_row) = row;
    okb_file_at(n, r->file_ix)->used++;
}

static bool is_hex(okb_span s)
{
    if (s.n < 8)
        return false;
    bool has_digit = false;
    for (size_t i = 0; i < s.n; i++) {
        bool digit = s.p[i] >= '0' && s.p[i] <= '9';
        has_digit = has_digit || digit;
        if (!digit && !(s.p[i] >= 'a' && s.p[i] <= 'f') && !(s.p[i] >= 'A' && s.p[i] <= 'F'))
            return false;
    }
    return has_digit;
}

static bool is_figures(okb_span s)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] < '0' || s.p[i] > '9')
            return false;
    return s.n > 0;
}

okb_span okb_file_stem(okb_span name)
{
    size_t dot = name.n;
    for (size_t i = name.n; i-- > 0;)
        if (name.p[i] == '.') {
            dot = i;
            break;
        }
    return dot > 0 ? okb_span_sub(name, 0, dot) : name;
}

/* A letter or a figure; dashes and quotes beyond ASCII are none. */
static bool is_name_byte(okb_span s, size_t at)
{
    unsigned char c = (unsigned char)s.p[at];
    if (c < 0x80)
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    return c != 0xE2 && (at == 0 || (unsigned char)s.p[at - 1] != 0xE2) &&
           (at < 2 || (unsigned char)s.p[at - 2] != 0xE2);
}

static okb_span stem_words(okb_normalizer *n, okb_span stem, bool keep_words)
{
    okb_buf out = {0};
    size_t from = 0;
    for (size_t i = 0; i <= stem.n; i++) {
        bool is_cut = i == stem.n || stem.p[i] == '-' || stem.p[i] == '_' || stem.p[i] == ' ' || stem.p[i] == '.';
        if (!is_cut)
            continue;
        okb_span token = okb_span_sub(stem, from, i);
        from = i + 1;
        bool is_quarter = token.n == 2 && strchr("QqHh", token.p[0]) && token.p[1] >= '1' && token.p[1] <= '4';
        if (token.n == 0 || is_quarter || is_hex(token) || (is_figures(token) && token.n != 1) ||
            (!keep_words && okb_words_find(n->words, W_FILE, token)))
            continue;
        bool says_something = false; /* a dash between a name and a date is none of the name */
        for (size_t k = 0; k < token.n; k++)
            says_something = says_something || is_name_byte(token, k);
        if (!says_something)
            continue;
        if (out.n)
            okb_buf_byte(&out, ' ');
        okb_buf_add(&out, token);
    }
    okb_span kept = okb_keep_text(n, okb_buf_span(&out), false);
    okb_buf_free(&out);
    return kept;
}

/*
 * growth-team_okrs_2026-Q3.csv -> "growth team": words of export programs, cycles, dates and hashes are no part of a team's name.
 * Empty where nothing is left.
 */
okb_span okb_team_of_file(okb_normalizer *n, okb_span name)
{
    return stem_words(n, okb_file_stem(name), false);
}

/* What a file is called when its name holds no team's: its words without hashes and dates, else the name. */
okb_span okb_name_of_file(okb_normalizer *n, okb_span name)
{
    okb_span words_of_it = stem_words(n, okb_file_stem(name), true);
    return words_of_it.n ? words_of_it : okb_file_stem(name);
}

okb_span okb_team_of_title(okb_normalizer *n, okb_span title)
{
    enum { MOST_WORDS = 3 };
    okb_span name = stem_words(n, title, false);
    size_t n_words = name.n > 0;
    for (size_t i = 0; i < name.n; i++)
        n_words += name.p[i] == ' ';
    return n_words <= MOST_WORDS && !memchr(name.n ? name.p : "", ':', name.n) ? name : (okb_span){NULL, 0};
}
