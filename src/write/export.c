/* The exports: a table's fields, row by row, to a sink. */
#include "okrbook/write.h"

#include "facts.h"

#include <math.h>
#include <stdlib.h>

static okb_code export_rows(okb_facts *facts, okb_field_list list, uint32_t n_rows, okb_export_format format,
                            okb_sink sink, okb_err *err)
{
    const char *names[64];
    if (list.n > sizeof names / sizeof names[0])
        return okb_fail(err, OKB_E_BUG, "an export has more columns than its writer has room for");
    for (size_t i = 0; i < list.n; i++)
        names[i] = list.fields[i].name;
    okb_record *record = okb_record_new(sink, format, names, list.n);
    okb_code code = OKB_OK;
    for (uint32_t ix = 0; ix < n_rows && code == OKB_OK; ix++) {
        for (size_t i = 0; i < list.n; i++) {
            okb_value value = okb_field_value(&list.fields[i], facts, ix);
            if (list.fields[i].kind == OKB_VALUE_NUMBER)
                okb_record_number(record, value.kind == OKB_VALUE_NUMBER ? value.number : NAN);
            else if (list.fields[i].kind == OKB_VALUE_DAY)
                okb_record_day(record, value.day);
            else
                okb_record_text(record, value.kind == OKB_VALUE_TEXT ? value.text : (okb_span){NULL, 0});
        }
        code = okb_record_end(record, err);
        okb_facts_rewind(facts);
    }
    okb_record_free(record);
    return code;
}

okb_code okb_write_export(const okb_plan *plan, okb_export_table table, okb_export_format format, okb_sink sink,
                          okb_err *err)
{
    okb_field_list list = {NULL, 0};
    uint32_t n_rows = 0;
    switch (table) {
    case OKB_EXPORT_GOALS:
        list = okb_goal_fields(plan);
        n_rows = plan->n_goals;
        break;
    case OKB_EXPORT_CHECKINS:
        list = okb_checkin_fields();
        n_rows = plan->n_checkins;
        break;
    case OKB_EXPORT_TEAMS:
        list = okb_team_fields();
        n_rows = plan->n_team_results;
        break;
    case OKB_EXPORT_FINDINGS:
        list = okb_finding_fields();
        n_rows = plan->n_findings;
        break;
    case OKB_EXPORT_INPUTS:
        list = okb_input_fields();
        n_rows = plan->n_files;
        break;
    case OKB_EXPORT_REJECTS:
        list = okb_reject_fields();
        n_rows = plan->n_rejects;
        break;
    }
    okb_facts facts;
    okb_facts_init(&facts, plan);
    okb_code code = export_rows(&facts, list, n_rows, format, sink, err);
    okb_facts_free(&facts);
    return code;
}

/* The evidence in one cell: `measurable: quantity.percent "40%"; timebound: deadline.by-date "by June 30"`. */
static void print_evidence(okb_buf *out, const okb_verdict *verdict)
{
    for (uint32_t i = 0; i < verdict->n_evidence; i++) {
        const okb_evidence *e = &verdict->evidence[i];
        okb_buf_printf(out, "%s%.*s: %.*s", i ? "; " : "", OKB_FMT(e->signal), OKB_FMT(e->rule));
        if (e->words.n)
            okb_buf_printf(out, " \"%.*s\"", OKB_FMT(e->words));
    }
}

static const char *yes_no(okb_answer answer)
{
    return answer == OKB_YES ? "yes" : answer == OKB_BINARY ? "binary" : "no";
}

okb_code okb_write_verdicts(const okb_span *ids, const okb_span *texts, const okb_kind *kinds,
                            const okb_verdict *verdicts, size_t n, okb_export_format format, okb_sink sink,
                            okb_err *err)
{
    static const char *const columns[] = {"id",        "text",     "kind",     "class",     "specific", "measurable",
                                          "timebound", "vague",    "compound", "baseline",  "target",   "unit",
                                          "direction", "deadline", "evidence", "suggestion"};
    okb_record *record = okb_record_new(sink, format, columns, sizeof columns / sizeof columns[0]);
    okb_buf evidence = {0};
    okb_code code = OKB_OK;
    for (size_t i = 0; i < n && code == OKB_OK; i++) {
        const okb_verdict *v = &verdicts[i];
        okb_record_text(record, ids ? ids[i] : (okb_span){NULL, 0});
        okb_record_text(record, texts[i]);
        okb_record_text(record, okb_span_of(okb_kind_name(kinds && kinds[i] ? kinds[i] : v->kind_read)));
        okb_record_text(record, okb_span_of(okb_class_name(v->class_)));
        okb_record_text(record, okb_span_of(yes_no(v->specific)));
        okb_record_text(record, okb_span_of(yes_no(v->measurable)));
        okb_record_text(record, okb_span_of(yes_no(v->timebound)));
        okb_record_text(record, okb_span_of(yes_no(v->vague)));
        okb_record_text(record, okb_span_of(yes_no(v->compound)));
        okb_record_number(record, v->baseline);
        okb_record_number(record, v->target);
        okb_record_text(record, v->unit);
        okb_record_text(record, okb_span_of(okb_direction_name(v->direction)));
        okb_record_day(record, v->deadline);
        evidence.n = 0;
        print_evidence(&evidence, v);
        okb_record_text(record, okb_buf_span(&evidence));
        okb_record_text(record, v->suggestion);
        code = okb_record_end(record, err);
    }
    okb_buf_free(&evidence);
    okb_record_free(record);
    return code;
}
