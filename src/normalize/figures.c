/* Cells of figures and days: numbers with their units, shares by their column's scale, dates by their column's order. */
#include "draft.h"

#include <math.h>
#include <string.h>

/* ---- numbers ------------------------------------------------------------------------------------------------ */

void okb_cell_unit(draft *d, okb_span unit, okb_normalizer *n)
{
    okb_goal *g = &d->rec.goal;
    if (unit.n && g->unit.n == 0) {
        g->unit = okb_keep_repeated(n, unit);
        g->unit_origin = OKB_FROM_COLUMN;
    }
    if (okb_span_eq(unit, OKB_S("%")))
        d->rec.is_percent = true;
}

void okb_goal_direction(okb_goal *g, okb_direction direction)
{
    if (direction && !g->direction) {
        g->direction = direction;
        g->direction_origin = OKB_FROM_COLUMN;
    }
}

static void set_value(double *slot, okb_origin *from, double value)
{
    if (isnan(*slot) && !isnan(value)) {
        *slot = value;
        *from = OKB_FROM_COLUMN;
    }
}

void okb_goal_milestone(okb_goal *g)
{
    g->has_metric = OKB_BINARY;
    okb_goal_direction(g, OKB_MILESTONE);
}

void okb_cell_number(reading *r, draft *d, size_t row_ix, const column *col, okb_span text)
{
    okb_goal *g = &d->rec.goal;
    number figure;
    if (!okb_number_read(r->n->words, text, col->decimal, &figure) &&
        !(col->f == F_MEASURE && okb_number_find(r->n->words, text, col->decimal, &figure))) {
        okb_cell_problem(r, d, row_ix, col, text, "number not understood");
        return;
    }
    if (figure.form == NUMBER_WORD) { /* Yes, Done, Fait: no figure, but done or not done */
        okb_goal_milestone(g);
        if (col->f == F_CURRENT && isnan(g->progress))
            d->done = figure.value;
        return;
    }
    switch ((int)col->f) {
    case F_BASELINE:
        set_value(&g->baseline, &g->baseline_origin, figure.value);
        break;
    case F_TARGET:
        if (figure.form == NUMBER_FROM_TO) {
            set_value(&g->baseline, &g->baseline_origin, figure.value);
            set_value(&g->target, &g->target_origin, figure.second);
        } else {
            set_value(&g->target, &g->target_origin, figure.value);
        }
        okb_goal_direction(g, figure.bound);
        break;
    case F_CURRENT:
        set_value(&g->current, &g->current_origin, figure.value);
        if (figure.form == NUMBER_OF)
            set_value(&g->target, &g->target_origin, figure.second);
        if (!isnan(figure.share) && isnan(g->progress))
            g->progress = figure.share;
        break;
    case F_MEASURE:
        if (figure.form == NUMBER_FROM_TO) {
            set_value(&g->baseline, &g->baseline_origin, figure.value);
            set_value(&g->target, &g->target_origin, figure.second);
        } else if (figure.form == NUMBER_OF) {
            set_value(&g->current, &g->current_origin, figure.value);
            set_value(&g->target, &g->target_origin, figure.second);
        } else {
            set_value(&g->target, &g->target_origin, figure.value);
            okb_goal_direction(g, figure.bound);
        }
        break;
    default:
        break;
    }
    okb_cell_unit(d, figure.unit.n ? figure.unit : col->unit, r->n);
}

double okb_share_read(reading *r, const column *col, okb_span text)
{
    if (col->f == F_CONFIDENCE) {
        const word *w = okb_words_find(r->n->words, W_CONFIDENCE, text);
        if (w)
            return w->number;
    }
    number figure;
    if (!okb_number_read(r->n->words, text, col->decimal, &figure))
        return NAN;
    if (figure.is_percent)
        return figure.value / 100;
    if (figure.form == NUMBER_OF && figure.second > 0)
        return figure.value / figure.second;
    if (figure.form == NUMBER_WORD)
        return figure.value;
    /* 38.02521008 in percent: dividing is more exact than multiplying by a hundredth. */
    return col->factor == 0.01  ? figure.value / 100
           : col->factor == 0.1 ? figure.value / 10
           : col->factor == 0.2 ? figure.value / 5
                                : figure.value;
}

void okb_cell_share(reading *r, draft *d, size_t row_ix, const column *col, okb_span text)
{
    okb_goal *g = &d->rec.goal;
    double *slot = col->f == F_PROGRESS ? &g->progress : col->f == F_SCORE ? &g->score : &g->confidence;
    if (!isnan(*slot))
        return;
    double share = okb_share_read(r, col, text);
    if (isnan(share)) {
        const word *status = okb_words_find(r->n->words, W_STATUS, text);
        if (status && col->f != F_CONFIDENCE) {
            if (!g->status)
                g->status = (okb_status)status->code;
            okb_account_repair(r, "status word in a column of figures", r->table->rows[row_ix].line);
            return;
        }
        okb_cell_problem(r, d, row_ix, col, text, "number not understood");
        return;
    }
    *slot = share;
}

/* ---- dates -------------------------------------------------------------------------------------------------- */

/* A range of days whose order the column tells. */
static bool column_range(reading *r, const column *col, okb_span text, date *out)
{
    okb_span head, tail;
    date from, to;
    if (!okb_date_halves(text, &head, &tail) || !okb_column_date(r, col, head, &from) ||
        !okb_column_date(r, col, tail, &to) || from.is_range || to.is_range || from.first == OKB_DAY_NONE ||
        to.last == OKB_DAY_NONE)
        return false;
    *out = (date){.first = from.first, .last = to.last, .is_range = true, .has_year = true};
    return true;
}

bool okb_column_date(reading *r, const column *col, okb_span text, date *out)
{
    if (!okb_date_scan(r->n->words, text, out)) {
        if (column_range(r, col, text, out))
            return true;
        /* "Ada Brandt Jun 12, 2026 9:04 AM": who did it stands before the date. */
        if (col->f != F_UPDATED)
            return false;
        okb_span rest = text;
        for (int i = 0; i < 5 && rest.n; i++) {
            okb_span_cut(&rest, ' ');
            if (rest.n && okb_date_scan(r->n->words, rest, out))
                break;
        }
        if (rest.n == 0 || out->first == OKB_DAY_NONE)
            return false;
    }
    if (out->is_open) {
        okb_day day = okb_date_settle(out, col->order[out->separator]);
        if (day == OKB_DAY_NONE)
            return false;
        out->first = out->last = day;
        out->is_open = false;
    }
    return true;
}

void okb_cell_date(reading *r, draft *d, size_t row_ix, const column *col, okb_span text)
{
    okb_goal *g = &d->rec.goal;
    date when;
    if (okb_span_eq(col->as, OKB_S("weak")) && g->due != OKB_DAY_NONE)
        return;
    if (!okb_column_date(r, col, text, &when)) {
        if (okb_span_eq(col->as, OKB_S("weak")))
            return;
        okb_cell_problem(r, d, row_ix, col, text, "date not understood");
        return;
    }
    if (when.first == OKB_DAY_NONE) { /* no year: settled when the cycle is known */
        okb_cycle c = r->origin.has_cycle ? r->origin.cycle : (okb_cycle){.start = OKB_DAY_NONE, .due = OKB_DAY_NONE};
        when.first = when.last = okb_date_complete(&when, c.start, c.due, r->n->options.as_of);
        if (when.first == OKB_DAY_NONE)
            return;
    }
    switch ((int)col->f) {
    case F_START:
        if (g->start == OKB_DAY_NONE)
            g->start = when.first;
        if (when.is_range && g->due == OKB_DAY_NONE)
            g->due = when.last;
        break;
    case F_DUE:
        if (g->due == OKB_DAY_NONE)
            g->due = when.last;
        if (when.is_range && g->start == OKB_DAY_NONE)
            g->start = when.first;
        break;
    case F_SPAN:
        if (g->start == OKB_DAY_NONE)
            g->start = when.first;
        if (g->due == OKB_DAY_NONE && (when.is_range || when.last > when.first))
            g->due = when.last;
        break;
    case F_UPDATED:
    case F_DATE:
        if (g->updated == OKB_DAY_NONE)
            g->updated = when.last;
        break;
    case F_CHECKIN_DATE:
        d->checkin_date = when.last;
        if (g->updated == OKB_DAY_NONE)
            g->updated = when.last;
        break;
    case F_COMPLETED:
        d->completed = when.last;
        break;
    default:
        break;
    }
    if (g->start != OKB_DAY_NONE)
        g->start_origin = OKB_FROM_COLUMN;
    if (g->due != OKB_DAY_NONE)
        g->due_origin = OKB_FROM_COLUMN;
}
