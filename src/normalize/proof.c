/*
 * What proves the order of day and month, the decimal mark, and the scale of shares. Never guessed: where the values leave it
 * open the file is refused with the option that settles it.
 */
#include "shape.h"

#include <string.h>

typedef struct evidence {
    uint32_t day_first, month_first, open; /* cells */
    uint32_t year_last;                    /* of these, with a year of four digits at the end */
    uint32_t day_line, month_line, open_line;
    okb_span day_cell, month_cell, open_cell;
} evidence;

static const char *const separator_names[SEPARATORS] = {"'/'", "'.'", "'-'", "blank"};

static void weigh(evidence *e, const date *d, okb_span cell, uint32_t line)
{
    e->year_last += !d->is_short_year;
    if (d->a > 12) {
        if (e->day_first++ == 0) {
            e->day_line = line;
            e->day_cell = cell;
        }
    } else if (d->b > 12) {
        if (e->month_first++ == 0) {
            e->month_line = line;
            e->month_cell = cell;
        }
    } else if (d->a != d->b && e->open++ == 0) {
        e->open_line = line;
        e->open_cell = cell;
    }
}

static void add(evidence *sum, const evidence *e)
{
    if (sum->day_first == 0) {
        sum->day_line = e->day_line;
        sum->day_cell = e->day_cell;
    }
    if (sum->month_first == 0) {
        sum->month_line = e->month_line;
        sum->month_cell = e->month_cell;
    }
    sum->year_last += e->year_last;
    sum->day_first += e->day_first;
    sum->month_first += e->month_first;
    sum->open += e->open;
}

/* One order, or PROVE where there is none or both. */
static okb_date_order verdict(const evidence *e)
{
    if (e->day_first && !e->month_first)
        return OKB_ORDER_DMY;
    if (e->month_first && !e->day_first)
        return OKB_ORDER_MDY;
    return OKB_ORDER_PROVE;
}

static okb_code settle_order(reading *r, column *col, const evidence *own, const evidence *of_separator,
                             const evidence *of_file, int separator, okb_err *err)
{
    if (own->day_first && own->month_first)
        return okb_fail_at(
            err, OKB_E_DATA, r->table->path, own->month_line > own->day_line ? own->month_line : own->day_line,
            col->header,
            "the dates contradict each other: '%.*s' on line %u has the day first, '%.*s' on line %u the month, "
            "say which with --date-order dmy or --date-order mdy",
            OKB_FMT(own->day_cell), own->day_line, OKB_FMT(own->month_cell), own->month_line);
    const evidence *from = own;
    okb_date_order order = verdict(own);
    if (order == OKB_ORDER_PROVE) {
        from = of_separator;
        order = verdict(of_separator);
    }
    if (order == OKB_ORDER_PROVE && !(of_separator->day_first && of_separator->month_first)) {
        from = of_file;
        order = verdict(of_file);
    }
    col->order[separator] = order;
    if (order != OKB_ORDER_PROVE) {
        bool is_day = order == OKB_ORDER_DMY;
        if (own->open || own->day_first || own->month_first)
            col->proof = okb_arena_printf(r->n->keep, "%.*s%sdates with %s have the %s first, proved by line %u: %.*s",
                                          OKB_FMT(col->proof), col->proof.n ? "; " : "", separator_names[separator],
                                          is_day ? "day" : "month", is_day ? from->day_line : from->month_line,
                                          OKB_FMT(is_day ? from->day_cell : from->month_cell));
        return OKB_OK;
    }
    if (own->open)
        return okb_fail_at(
            err, OKB_E_DATA, r->table->path, own->open_line, col->header,
            "'%.*s' can be read with the day or the month first and %s, say which with --date-order dmy or "
            "--date-order mdy",
            OKB_FMT(own->open_cell),
            of_file->day_first ? "other columns of the file contradict each other" : "no date in the file proves it");
    return OKB_OK;
}

static bool in_block(const reading *r, uint32_t row_ix, uint32_t block_ix)
{
    return r->classes[row_ix] == ROW_DATA && r->block_of[row_ix] == block_ix;
}

/* Whether the cell is one date; counts what it proves. */
static bool weigh_cell(reading *r, okb_span cell, uint32_t line, evidence *e)
{
    date d;
    if (cell.n < 6 || (cell.n == 10 && cell.p[4] == '-'))
        return true;
    if (!okb_date_scan(r->n->words, cell, &d))
        return false;
    if (d.is_open)
        weigh(&e[d.separator], &d, cell, line);
    return true;
}

static void gather_dates(reading *r, uint32_t block_ix, uint32_t c, evidence *e)
{
    for (uint32_t i = 0; i < r->table->n_rows; i++) {
        if (!in_block(r, i, block_ix))
            continue;
        okb_span cell = okb_cell_text(r->table, i, c);
        uint32_t line = r->table->rows[i].line;
        okb_span head, tail;
        if (weigh_cell(r, cell, line, e) || !okb_date_halves(cell, &head, &tail))
            continue;
        weigh_cell(r, head, line, e);
        weigh_cell(r, tail, line, e);
    }
}

static okb_code prove_dates(reading *r, okb_err *err)
{
    uint32_t n_columns = 0;
    for (uint32_t i = 0; i < r->n_blocks; i++)
        n_columns += r->blocks[i].n_columns;
    evidence *all = OKB_NEW_N(&r->scratch, evidence, (size_t)n_columns * SEPARATORS + 1);
    evidence of_separator[SEPARATORS] = {0}, of_file = {0};
    uint32_t at = 0;
    for (uint32_t i = 0; i < r->n_blocks; i++)
        for (uint32_t c = 0; c < r->blocks[i].n_columns; c++, at++) {
            const column *col = &r->blocks[i].columns[c];
            evidence *own = &all[(size_t)at * SEPARATORS];
            if ((okb_field_type_of(col->f) == T_DATE && !col->is_wide) || col->is_date_like)
                gather_dates(r, i, c, own);
            if (col->is_wide && col->when.is_open)
                weigh(&own[col->when.separator], &col->when, col->header, r->table->rows[r->blocks[i].header_row].line);
            for (int s = 0; s < SEPARATORS; s++) {
                add(&of_separator[s], &own[s]);
                add(&of_file, &own[s]);
            }
        }
    at = 0;
    for (uint32_t i = 0; i < r->n_blocks; i++) {
        okb_date_order fixed =
            r->n->options.date_order != OKB_ORDER_PROVE ? r->n->options.date_order : r->blocks[i].format->order;
        for (uint32_t c = 0; c < r->blocks[i].n_columns; c++, at++) {
            column *col = &r->blocks[i].columns[c];
            for (int s = 0; s < SEPARATORS; s++) {
                const evidence *own = &all[(size_t)at * SEPARATORS + (size_t)s];
                /* a program that read the export and wrote it again: the format's own order is gone */
                bool is_denied = fixed == OKB_ORDER_YMD && own->year_last && r->n->options.date_order != fixed;
                if (fixed != OKB_ORDER_PROVE && !is_denied) {
                    static const char *const names[] = {"", "day", "month", "year"};
                    col->order[s] = fixed;
                    if (own->open || own->day_first || own->month_first)
                        col->proof =
                            okb_arena_printf(r->n->keep, "dates have the %s first, %s", names[fixed],
                                             r->n->options.date_order != OKB_ORDER_PROVE ? "as --date-order says"
                                                                                         : "as the format has it");
                    continue;
                }
                bool is_used = okb_field_type_of(col->f) == T_DATE || col->is_wide;
                if (!is_used || !(own->open || own->day_first || own->month_first))
                    continue;
                okb_code code = settle_order(r, col, own, &of_separator[s], &of_file, s, err);
                if (code)
                    return code;
            }
        }
    }
    return OKB_OK;
}

/* ---- decimal mark ------------------------------------------------------------------------------------------- */

typedef struct marks {
    uint32_t point, comma, open_comma, open_point;
    uint32_t comma_line, point_line, open_line;
    okb_span comma_cell, point_cell, open_cell;
} marks;

static bool is_figure(const column *col)
{
    field_type type = okb_field_type_of(col->f);
    return type == T_NUMBER || type == T_SHARE;
}

static void gather_marks(reading *r, uint32_t block_ix, uint32_t c, marks *m)
{
    for (uint32_t i = 0; i < r->table->n_rows; i++) {
        if (!in_block(r, i, block_ix))
            continue;
        okb_span cell = okb_cell_text(r->table, i, c);
        if (cell.n < 2 || cell.n > 160 || (!memchr(cell.p, ',', cell.n) && !memchr(cell.p, '.', cell.n)))
            continue;
        uint32_t line = r->table->rows[i].line;
        switch (okb_number_proof(cell)) {
        case MARK_POINT:
            if (m->point++ == 0) {
                m->point_line = line;
                m->point_cell = cell;
            }
            break;
        case MARK_COMMA:
            if (m->comma++ == 0) {
                m->comma_line = line;
                m->comma_cell = cell;
            }
            break;
        case MARK_OPEN_POINT:
        case MARK_OPEN_COMMA:
            if (m->open_comma + m->open_point == 0) {
                m->open_line = line;
                m->open_cell = cell;
            }
            m->open_comma++;
            break;
        case MARK_NONE:
            break;
        }
    }
}

static okb_code settle_mark(reading *r, const block *b, column *col, const marks *own, const marks *of_file,
                            okb_err *err)
{
    char fixed = r->n->options.decimal ? r->n->options.decimal : b->format->decimal;
    const marks *from = own->point || own->comma ? own : of_file;
    if (fixed)
        col->decimal = fixed;
    else if (from->comma && !from->point)
        col->decimal = ',';
    else if (from->comma && from->point && own->open_comma)
        return okb_fail_at(
            err, OKB_E_DATA, r->table->path, own->open_line, col->header,
            "'%.*s' can be read two ways: '%.*s' on line %u has a decimal comma, '%.*s' on line %u a decimal point, "
            "say which with --decimal comma or --decimal point",
            OKB_FMT(own->open_cell), OKB_FMT(from->comma_cell), from->comma_line, OKB_FMT(from->point_cell),
            from->point_line);
    if (fixed && (own->open_comma || own->comma || own->point))
        col->proof = okb_arena_printf(r->n->keep, "decimal %s, %s", fixed == ',' ? "comma" : "point",
                                      r->n->options.decimal ? "as --decimal says" : "as the format has it");
    else if (col->decimal == ',' && (own->open_comma || own->comma))
        col->proof = okb_arena_printf(r->n->keep, "decimal comma, proved by line %u: %.*s", from->comma_line,
                                      OKB_FMT(from->comma_cell));
    else if (own->point || own->comma)
        col->proof =
            okb_arena_printf(r->n->keep, "decimal point%s", own->comma ? " and comma, each cell by its own form" : "");
    return OKB_OK;
}

static okb_code prove_marks(reading *r, okb_err *err)
{
    uint32_t n_columns = 0, at = 0;
    for (uint32_t i = 0; i < r->n_blocks; i++)
        n_columns += r->blocks[i].n_columns;
    marks *all = OKB_NEW_N(&r->scratch, marks, n_columns + 1);
    marks of_file = {0};
    for (uint32_t i = 0; i < r->n_blocks; i++)
        for (uint32_t c = 0; c < r->blocks[i].n_columns; c++, at++) {
            if (!is_figure(&r->blocks[i].columns[c]))
                continue;
            marks *own = &all[at];
            gather_marks(r, i, c, own);
            if (of_file.comma == 0) {
                of_file.comma_line = own->comma_line;
                of_file.comma_cell = own->comma_cell;
            }
            if (of_file.point == 0) {
                of_file.point_line = own->point_line;
                of_file.point_cell = own->point_cell;
            }
            of_file.comma += own->comma;
            of_file.point += own->point;
        }
    at = 0;
    for (uint32_t i = 0; i < r->n_blocks; i++)
        for (uint32_t c = 0; c < r->blocks[i].n_columns; c++, at++)
            if (is_figure(&r->blocks[i].columns[c])) {
                okb_code code = settle_mark(r, &r->blocks[i], &r->blocks[i].columns[c], &all[at], &of_file, err);
                if (code)
                    return code;
            }
    return OKB_OK;
}

/* ---- scale of shares ---------------------------------------------------------------------------------------- */

typedef struct spread {
    uint32_t n, n_percent, n_fractional, n_words;
    double max, min;
} spread;

static spread spread_of(reading *r, uint32_t block_ix, uint32_t c, char decimal)
{
    spread s = {.max = -INFINITY, .min = INFINITY};
    for (uint32_t i = 0; i < r->table->n_rows; i++) {
        if (!in_block(r, i, block_ix))
            continue;
        okb_span cell = okb_cell_text(r->table, i, c);
        number figure;
        if (cell.n == 0)
            continue;
        if (!okb_number_read(r->n->words, cell, decimal, &figure) || figure.form == NUMBER_WORD) {
            s.n_words++;
            continue;
        }
        if (figure.is_percent || figure.form == NUMBER_OF) {
            s.n_percent += figure.is_percent;
            continue;
        }
        s.n++;
        s.n_fractional += figure.value != floor(figure.value);
        s.max = fmax(s.max, figure.value);
        s.min = fmin(s.min, figure.value);
    }
    return s;
}

static scale progress_scale(reading *r, const column *col, const spread *s)
{
    if (s->max > r->n->lim.fraction_max)
        return SCALE_PERCENT;
    if (s->max > 1 && s->n_fractional == 0)
        return SCALE_PERCENT;
    if (s->n_fractional == 0 && (col->hint == SCALE_PERCENT || s->n_percent > 0) && s->max <= 1)
        return SCALE_PERCENT;
    return SCALE_FRACTION;
}

static scale confidence_scale(const column *col, const spread *s)
{
    if (s->max > 10)
        return SCALE_PERCENT;
    if (col->hint == SCALE_FIVE && s->max <= 5)
        return SCALE_FIVE;
    if (col->hint == SCALE_TEN)
        return SCALE_TEN;
    if (col->hint == SCALE_PERCENT && s->n_fractional == 0 && s->max > 1)
        return SCALE_PERCENT;
    return s->max > 5 ? SCALE_TEN : s->max > 1 ? SCALE_FIVE : SCALE_FRACTION;
}

static scale score_scale(reading *r, const column *col, const spread *s)
{
    if (s->max <= r->n->lim.fraction_max && (s->n_fractional || s->max <= 1) &&
        !(col->hint == SCALE_PERCENT && s->n_fractional == 0 && s->max > 0))
        return SCALE_FRACTION;
    return s->max <= 10 && col->hint != SCALE_PERCENT && s->n_percent == 0 ? SCALE_TEN : SCALE_PERCENT;
}

static void prove_scales(reading *r)
{
    static const double factors[] = {1, 1, 0.01, 0.2, 0.1};
    static const char *const readings[] = {"", "0 to 1", "percent, 0 to 100", "1 to 5", "0 to 10"};
    for (uint32_t i = 0; i < r->n_blocks; i++) {
        const format *f = r->blocks[i].format;
        for (uint32_t c = 0; c < r->blocks[i].n_columns; c++) {
            column *col = &r->blocks[i].columns[c];
            if (okb_field_type_of(col->f) != T_SHARE)
                continue;
            scale fixed = col->f == F_PROGRESS ? f->progress : col->f == F_SCORE ? f->score : f->confidence;
            static const char *const names[] = {"prove", "fraction", "percent", "five", "ten"};
            for (int k = 1; k < 5; k++)
                if (okb_span_eq(col->as, okb_span_of(names[k])))
                    fixed = (scale)k;
            bool is_fixed = fixed != SCALE_PROVE;
            spread s = {.max = 0};
            if (!is_fixed) {
                s = spread_of(r, i, c, col->decimal);
                if (s.n == 0)
                    fixed = SCALE_FRACTION;
                else
                    fixed = col->f == F_PROGRESS     ? progress_scale(r, col, &s)
                            : col->f == F_CONFIDENCE ? confidence_scale(col, &s)
                                                     : score_scale(r, col, &s);
            }
            col->factor = factors[fixed];
            if (is_fixed || s.n)
                col->proof = okb_arena_printf(r->n->keep, "%.*s%s%s%s", OKB_FMT(col->proof), col->proof.n ? "; " : "",
                                              readings[fixed], is_fixed ? ", as the format has it" : "");
            else if (s.n_percent)
                col->proof = okb_arena_printf(r->n->keep, "%.*s%spercent signs in the cells", OKB_FMT(col->proof),
                                              col->proof.n ? "; " : "");
            else if (s.n_words)
                col->proof = okb_arena_printf(r->n->keep, "words");
        }
    }
}

okb_code okb_columns_prove(reading *r, okb_err *err)
{
    okb_code code = prove_dates(r, err);
    if (!code)
        code = prove_marks(r, err);
    if (!code)
        prove_scales(r);
    return code;
}
