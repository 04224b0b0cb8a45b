/* What stands above a table and between its rows: titles that name the cycle or the team, and the names of groups. */
#include "finish.h"
#include "shape.h"

#include <string.h>

enum { LONGEST_TITLE = 200 };

/* A group's name is a team, a cycle, or neither. */
void okb_group_take(reading *r, const block *b, uint32_t row_ix)
{
    okb_normalizer *n = r->n;
    okb_span text = okb_cell_text(r->table, row_ix, okb_row_first_filled(r->table, row_ix));
    while (text.n && (text.p[text.n - 1] == ':' || text.p[text.n - 1] == ' '))
        text.n--;
    okb_cycle cycle;
    r->group = r->group_cycle = (okb_span){NULL, 0};
    r->filled_objective = (okb_span){NULL, 0};
    r->filled_team = r->filled_cycle = (okb_span){NULL, 0};
    if (okb_cycle_named(n, text, n->options.as_of, &r->scratch, &cycle)) {
        r->group_cycle = okb_keep_repeated(n, text);
        return;
    }
    const word *kind = okb_words_find(n->words, W_GROUP, text);
    if ((kind && okb_span_eq(kind->text, OKB_S("none"))) || okb_words_find(n->words, W_STATUS, text) ||
        okb_words_find(n->words, W_KIND, text))
        return;
    /* "Team: Growth" */
    okb_span tail = text, head = okb_span_cut(&tail, ':');
    if (okb_span_trim(tail).n && okb_words_find(n->words, W_GROUP, okb_span_trim(head)))
        text = okb_span_trim(tail);
    if (b->format->team == TEAM_GROUP || b->format->n_signature == 0)
        r->group = okb_keep_repeated(n, text);
}

/* "Team: Growth", or Team and Growth in two cells: what a line above the header says of the whole file. */
static void take_label(reading *r, okb_span label, okb_span value)
{
    okb_normalizer *n = r->n;
    while (label.n && (label.p[label.n - 1] == ':' || label.p[label.n - 1] == ' '))
        label.n--;
    if (label.n == 0 || value.n == 0 || okb_words_missing(n->words, value))
        return;
    header_hit hit = okb_header_read(r, OKB_S("*"), OKB_FILE_GOALS, label);
    field f = hit.rule ? hit.rule->fields[0] : F_NONE;
    if (f == F_TEAM)
        r->origin.team = okb_keep_repeated(n, value);
    else if (f == F_CYCLE && !r->origin.has_cycle)
        r->origin.has_cycle = okb_cycle_named(n, value, n->options.as_of, n->keep, &r->origin.cycle);
}

static void read_labels(reading *r, uint32_t row_ix)
{
    uint32_t first = okb_row_first_filled(r->table, row_ix), filled = okb_row_filled(r->table, row_ix);
    if (filled == 0 || filled > 2)
        return;
    okb_span text = okb_cell_text(r->table, row_ix, first);
    if (filled == 1) {
        okb_span tail = text, head = okb_span_cut(&tail, ':');
        if (text.n < LONGEST_TITLE)
            take_label(r, okb_span_trim(head), okb_span_trim(tail));
        return;
    }
    for (uint32_t c = first + 1; c < okb_table_width(r->table, row_ix); c++) {
        okb_span value = okb_cell_text(r->table, row_ix, c);
        if (value.n) {
            take_label(r, text, value);
            return;
        }
    }
}

void okb_titles_read(reading *r)
{
    uint32_t header = r->blocks[0].header_row;
    for (uint32_t i = 0; i < header; i++)
        read_labels(r, i);
    for (uint32_t i = 0; i < header; i++)
        for (uint32_t c = 0; c < okb_table_width(r->table, i); c++) {
            okb_span text = okb_cell_text(r->table, i, c);
            if (text.n == 0 || text.n >= LONGEST_TITLE)
                continue;
            if (!r->origin.has_cycle)
                r->origin.has_cycle = okb_cycle_in_text(r->n, text, r->n->options.as_of, r->n->keep, &r->origin.cycle);
            /* A file called "OKRs 2026" is of the team that its first title names: "Growth Team OKRs Q3 2026". */
            if (r->origin.team.n == 0 && c == 0 && !r->blocks[0].has_field[F_TEAM])
                r->origin.team = okb_team_of_title(r->n, text);
        }
}
