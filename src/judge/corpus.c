/*
 * Compares verdicts with a labelled table and prints what agrees: precision, recall and F1 of each answer, the confusion of those
 * with more than two values, and the numbers read. Statements are judged from their text alone.
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "reading.h"

enum { VALUES_MAX = 4, SIGNALS_MAX = 8 };

typedef struct compared {
    const char *column;
    const char *values[VALUES_MAX]; /* the first n_values; precision and recall are of the first */
    size_t n_values;
    bool is_macro;                         /* F1 is the mean over the values */
    size_t counts[VALUES_MAX][VALUES_MAX]; /* [label][verdict] */
    uint32_t column_ix;
} compared;

typedef struct comparison {
    okb_judge *judge;
    const okb_table *labels;
    okb_sink sink;
    okb_code code;
    okb_arena keep;
    bool is_verbose;
    compared items[SIGNALS_MAX];
    size_t n_items;
    uint32_t id, text, kind, language, target_value, baseline_value;
    size_t n_rows, numbers_of[2], numbers_right[2];
} comparison;

static void print(comparison *c, const char *fmt, ...) OKB_PRINTF(2, 3);
static void print(comparison *c, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    okb_span line = okb_arena_vprintf(&c->keep, fmt, ap);
    va_end(ap);
    if (c->code == OKB_OK)
        c->code = c->sink.write(c->sink.context, line);
}

static uint32_t column_of(const okb_table *labels, const char *name)
{
    for (uint32_t ix = 0; ix < okb_table_width(labels, 0); ix++)
        if (okb_text_same(okb_table_cell(labels, 0, ix), okb_span_of(name)))
            return ix;
    return OKB_NONE;
}

static const char *said(const okb_verdict *v, const char *column)
{
    if (!strcmp(column, "level"))
        return v->kind_read == OKB_INITIATIVE ? "task" : okb_kind_name(v->kind_read);
    if (!strcmp(column, "class"))
        return okb_class_name(v->class_);
    if (!strcmp(column, "measurable"))
        return okb_answer_name(v->measurable);
    if (!strcmp(column, "specific"))
        return okb_answer_name(v->specific);
    if (!strcmp(column, "timebound"))
        return okb_answer_name(v->timebound);
    if (!strcmp(column, "vague"))
        return okb_answer_name(v->vague);
    if (!strcmp(column, "compound"))
        return okb_answer_name(v->compound);
    for (uint32_t i = 0; i < v->n_evidence; i++)
        if (okb_span_eq(v->evidence[i].signal, OKB_S("baseline")))
            return "yes";
    return "no";
}

static void set_up(comparison *c)
{
    static const compared kinds[SIGNALS_MAX] = {
        {.column = "measurable", .values = {"yes", "binary", "no"}, .n_values = 3, .is_macro = true},
        {.column = "timebound", .values = {"yes", "no"}, .n_values = 2},
        {.column = "baseline", .values = {"yes", "no"}, .n_values = 2},
        {.column = "compound", .values = {"yes", "no"}, .n_values = 2},
        {.column = "specific", .values = {"yes", "no"}, .n_values = 2},
        {.column = "vague", .values = {"yes", "no"}, .n_values = 2},
        {.column = "class", .values = {"outcome", "output", "activity"}, .n_values = 3, .is_macro = true},
        {.column = "level", .values = {"objective", "key_result", "goal", "task"}, .n_values = 4, .is_macro = true}};
    for (size_t i = 0; i < SIGNALS_MAX; i++) {
        uint32_t ix = column_of(c->labels, kinds[i].column);
        if (ix == OKB_NONE)
            continue;
        c->items[c->n_items] = kinds[i];
        c->items[c->n_items++].column_ix = ix;
    }
    c->id = column_of(c->labels, "id");
    c->text = column_of(c->labels, "text");
    c->kind = column_of(c->labels, "kind");
    c->language = column_of(c->labels, "lang");
    c->target_value = column_of(c->labels, "target_value");
    c->baseline_value = column_of(c->labels, "baseline_value");
}

static okb_span cell(const comparison *c, size_t row_ix, uint32_t column_ix)
{
    return column_ix == OKB_NONE ? (okb_span){NULL, 0} : okb_span_trim(okb_table_cell(c->labels, row_ix, column_ix));
}

static void differ(comparison *c, size_t row_ix, const char *what, okb_span label, okb_span verdict)
{
    if (c->is_verbose)
        print(c, "%-8.*s %-15s label %-10.*s verdict %-10.*s %.*s\n", OKB_FMT(cell(c, row_ix, c->id)), what,
              OKB_FMT(label), OKB_FMT(verdict), OKB_FMT(cell(c, row_ix, c->text)));
}

static void compare_number(comparison *c, size_t row_ix, int which, uint32_t column_ix, double value)
{
    if (column_ix == OKB_NONE)
        return;
    okb_span label = cell(c, row_ix, column_ix);
    okb_span verdict = okb_number_print(&c->keep, value);
    double wanted = NAN;
    if (label.n)
        okb_number_scan(label, '.', &wanted);
    bool is_right = isnan(wanted) ? isnan(value) : wanted == value || fabs(wanted - value) <= 1e-9 * fabs(wanted);
    c->numbers_of[which]++;
    c->numbers_right[which] += is_right;
    if (!is_right)
        differ(c, row_ix, which ? "baseline_value" : "target_value", label, verdict);
}

static void compare_row(comparison *c, size_t row_ix, okb_err *err)
{
    okb_statement statement = {.text = cell(c, row_ix, c->text),
                               .start = OKB_DAY_NONE,
                               .due = OKB_DAY_NONE,
                               .text_only = true,
                               .language = cell(c, row_ix, c->language)};
    okb_verdict v;
    statement.kind = okb_kind_parse(cell(c, row_ix, c->kind));
    if (!statement.text.n)
        return;
    c->code = okb_judge_statement(c->judge, &statement, &c->keep, &v, err);
    if (c->code != OKB_OK)
        return;
    c->n_rows++;
    for (size_t i = 0; i < c->n_items; i++) {
        compared *item = &c->items[i];
        okb_span label = cell(c, row_ix, item->column_ix), verdict = okb_span_of(said(&v, item->column));
        size_t a = 0, b = 0;
        while (a < item->n_values && !okb_text_same(label, okb_span_of(item->values[a])))
            a++;
        while (b < item->n_values && !okb_text_same(verdict, okb_span_of(item->values[b])))
            b++;
        if (a < item->n_values && b < item->n_values)
            item->counts[a][b]++;
        if (a != b)
            differ(c, row_ix, item->column, label, verdict);
    }
    compare_number(c, row_ix, 0, c->target_value, v.target);
    compare_number(c, row_ix, 1, c->baseline_value, v.baseline);
}

typedef struct rates {
    double precision, recall, f1;
    size_t n;
} rates;

static rates rates_of(const compared *item, size_t value)
{
    size_t n_hits = item->counts[value][value], said_so = 0, is_so = 0;
    for (size_t k = 0; k < item->n_values; k++) {
        said_so += item->counts[k][value];
        is_so += item->counts[value][k];
    }
    rates out = {said_so ? (double)n_hits / (double)said_so : 0, is_so ? (double)n_hits / (double)is_so : 0, 0, is_so};
    if (out.precision + out.recall > 0)
        out.f1 = 2 * out.precision * out.recall / (out.precision + out.recall);
    return out;
}

static void print_item(comparison *c, const compared *item)
{
    double sum = 0;
    size_t n = 0;
    for (size_t value = 0; value < item->n_values; value++) {
        rates rate = rates_of(item, value);
        if (rate.n) {
            sum += rate.f1;
            n++;
        }
        if (item->is_macro || value == 0 || item->n_values == 2)
            print(c, "%-12s %-12s %9.3f %9.3f %9.3f %7zu\n", value ? "" : item->column, item->values[value],
                  rate.precision, rate.recall, rate.f1, rate.n);
    }
    if (item->is_macro && n)
        print(c, "%-12s %-12s %9s %9s %9.3f\n", "", "macro", "", "", sum / (double)n);
}

static void print_confusion(comparison *c, const compared *item)
{
    print(c, "\n%-12s", item->column);
    for (size_t k = 0; k < item->n_values; k++)
        print(c, " %12s", item->values[k]);
    print(c, "  <- verdict\n");
    for (size_t a = 0; a < item->n_values; a++) {
        print(c, "%12s", item->values[a]);
        for (size_t b = 0; b < item->n_values; b++)
            print(c, " %12zu", item->counts[a][b]);
        print(c, "\n");
    }
}

okb_code okb_judge_corpus(okb_judge *judge, const okb_table *labels, bool is_verbose, okb_sink sink, okb_err *err)
{
    comparison c = {.judge = judge, .labels = labels, .sink = sink, .is_verbose = is_verbose};
    okb_arena_init(&c.keep, 0);
    set_up(&c);
    if (labels->n_rows == 0 || c.text == OKB_NONE || c.n_items == 0)
        return okb_fail_at(
            err, OKB_E_DATA, labels->path, labels->n_rows ? labels->rows[0].line : 0, OKB_S("text"),
            "no labels to compare with, give a CSV with the columns text and class, measurable, timebound ...");
    for (size_t row_ix = 1; row_ix < labels->n_rows && c.code == OKB_OK; row_ix++)
        compare_row(&c, row_ix, err);
    if (is_verbose)
        print(&c, "\n");
    print(&c, "%-12s %-12s %9s %9s %9s %7s\n", "signal", "value", "precision", "recall", "F1", "labels");
    for (size_t i = 0; i < c.n_items; i++)
        print_item(&c, &c.items[i]);
    static const char *const numbers[] = {"target", "baseline"};
    for (int which = 0; which < 2; which++)
        if (c.numbers_of[which])
            print(&c, "%-12s %-12s %9.3f %9s %9s %7zu\n", numbers[which], "exact",
                  (double)c.numbers_right[which] / (double)c.numbers_of[which], "", "", c.numbers_of[which]);
    for (size_t i = 0; i < c.n_items; i++)
        print_confusion(&c, &c.items[i]);
    print(&c, "\n%zu statements\n", c.n_rows);
    okb_code code = c.code;
    okb_arena_reset(&c.keep);
    return code == OKB_OK ? OKB_OK : okb_fail(err, code, "the comparison cannot be written");
}
