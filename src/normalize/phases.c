/* Targets on the way: `2026-07-31: 40; 2026-08-31: 60` in a cell, or a column of targets for each month or week. */
#include "draft.h"

void okb_phases_add(phase_list *list, okb_day day, double target)
{
    uint32_t at = list->n;
    while (at > 0 && list->items[at - 1].day > day)
        at--;
    if (at > 0 && list->items[at - 1].day == day) {
        list->items[at - 1].target = target;
        return;
    }
    if (list->n == PHASES_MAX) {
        list->n_dropped++;
        return;
    }
    for (uint32_t i = list->n++; i > at; i--)
        list->items[i] = list->items[i - 1];
    list->items[at] = (okb_phase){day, target};
}

void okb_phases_keep(reading *r, const phase_list *list, uint32_t line, okb_goal *goal)
{
    if (list->n_dropped)
        okb_account_repair(r, "more targets on the way than are kept", line);
    if (list->n == 0 || goal->n_phases)
        return;
    okb_phase *kept = OKB_NEW_N(r->n->keep, okb_phase, list->n);
    for (uint32_t i = 0; i < list->n; i++)
        kept[i] = list->items[i];
    goal->phases = kept;
    goal->n_phases = list->n;
}

/* The last place of the mark; SIZE_MAX. */
static size_t last_mark(okb_span text, okb_span mark)
{
    size_t found = SIZE_MAX;
    for (size_t from = 0; from < text.n;) {
        size_t at = okb_span_find(okb_span_sub(text, from, text.n), mark);
        if (at == SIZE_MAX)
            break;
        found = from + at;
        from = found + 1;
    }
    return found;
}

static bool read_pair(reading *r, const column *col, okb_span day_text, okb_span value_text, phase_list *list)
{
    date when;
    number value;
    if (!okb_column_date(r, col, okb_span_trim(day_text), &when) || when.is_plain_number ||
        !okb_number_read(r->n->words, okb_span_trim(value_text), col->decimal, &value))
        return false;
    if (when.first == OKB_DAY_NONE) {
        okb_cycle c = r->origin.has_cycle ? r->origin.cycle : (okb_cycle){.start = OKB_DAY_NONE, .due = OKB_DAY_NONE};
        when.last = okb_date_complete(&when, c.start, c.due, r->n->options.as_of);
    }
    if (when.last == OKB_DAY_NONE)
        return false;
    okb_phases_add(list, when.last, value.value);
    return true;
}

/* `DAY: VALUE`, `DAY = VALUE`, `DAY -> VALUE`, `VALUE by DAY`, `VALUE @ DAY`. */
static bool read_entry(reading *r, const column *col, okb_span entry, phase_list *list)
{
    static const char *const marks[] = {"->", "→", "=", ":", " by ", " on ", "@"};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        okb_span mark = okb_span_of(marks[i]);
        size_t at = last_mark(entry, mark);
        if (at == SIZE_MAX)
            continue;
        okb_span head = okb_span_sub(entry, 0, at), tail = okb_span_sub(entry, at + mark.n, entry.n);
        if (read_pair(r, col, head, tail, list) || read_pair(r, col, tail, head, list))
            return true;
    }
    return false;
}

void okb_cell_phases(reading *r, draft *d, size_t row_ix, const column *col, okb_span text)
{
    phase_list list = {.n = 0};
    for (size_t from = 0, at = 0; at <= text.n; at++) {
        if (at < text.n && text.p[at] != ';' && text.p[at] != '\n' && text.p[at] != '|')
            continue;
        okb_span entry = okb_span_trim(okb_span_sub(text, from, at));
        from = at + 1;
        if (entry.n && !read_entry(r, col, entry, &list))
            okb_cell_problem(r, d, row_ix, col, entry, "target on the way not understood");
    }
    okb_phases_keep(r, &list, r->table->rows[row_ix].line, &d->rec.goal);
}
