/*
 * One row of CSV or JSON Lines at a time, to a sink. CSV: LF line ends, quotes only where RFC 4180 needs them, a leading
 * apostrophe before text that a spreadsheet would take for a formula. JSON Lines: unknown is null, numbers are numbers.
 */
#include "okrbook/write.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct okb_record {
    okb_sink sink;
    okb_export_format format;
    const char *const *columns;
    size_t n_columns;
    size_t at; /* the column that comes next */
    okb_buf row;
    okb_code code; /* of the header row */
};

static bool needs_quotes(okb_span s)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] == ',' || s.p[i] == '"' || s.p[i] == '\n' || s.p[i] == '\r')
            return true;
    return false;
}

static void add_csv(okb_buf *row, okb_span value)
{
    bool is_risky = value.n && strchr("=+-@\t\r", value.p[0]) != NULL;
    if (!needs_quotes(value)) {
        if (is_risky)
            okb_buf_byte(row, '\'');
        okb_buf_add(row, value);
        return;
    }
    okb_buf_byte(row, '"');
    if (is_risky)
        okb_buf_byte(row, '\'');
    while (value.n) {
        size_t quote = okb_span_find(value, OKB_S("\""));
        if (quote == SIZE_MAX) {
            okb_buf_add(row, value);
            break;
        }
        okb_buf_add(row, okb_span_sub(value, 0, quote + 1));
        okb_buf_byte(row, '"');
        value = okb_span_sub(value, quote + 1, value.n);
    }
    okb_buf_byte(row, '"');
}

static void add_json(okb_buf *row, okb_span value)
{
    bool is_whole = okb_utf8_valid(value);
    okb_buf_byte(row, '"');
    for (size_t i = 0; i < value.n; i++) {
        unsigned char c = (unsigned char)value.p[i];
        if (c == '"' || c == '\\') {
            okb_buf_byte(row, '\\');
            okb_buf_byte(row, (char)c);
        } else if (c == '\n')
            okb_buf_add(row, OKB_S("\\n"));
        else if (c == '\t')
            okb_buf_add(row, OKB_S("\\t"));
        else if (c < 0x20 || c == 0x7F)
            okb_buf_printf(row, "\\u%04x", c);
        else if (c >= 0x80 && !is_whole)
            okb_buf_add(row, OKB_S("\\ufffd"));
        else
            okb_buf_byte(row, (char)c);
    }
    okb_buf_byte(row, '"');
}

/* What stands before a value: the separator, and in JSON its key. */
static void open_value(okb_record *record)
{
    okb_buf *row = &record->row;
    if (record->format == OKB_EXPORT_CSV) {
        if (record->at)
            okb_buf_byte(row, ',');
    } else {
        okb_buf_byte(row, record->at ? ',' : '{');
        if (record->at < record->n_columns)
            add_json(row, okb_span_of(record->columns[record->at]));
        okb_buf_byte(row, ':');
    }
    record->at++;
}

okb_record *okb_record_new(okb_sink sink, okb_export_format format, const char *const *columns, size_t n_columns)
{
    okb_record *record = calloc(1, sizeof *record);
    record->sink = sink;
    record->format = format;
    record->columns = columns;
    record->n_columns = n_columns;
    if (format == OKB_EXPORT_CSV) {
        for (size_t i = 0; i < n_columns; i++) {
            if (i)
                okb_buf_byte(&record->row, ',');
            add_csv(&record->row, okb_span_of(columns[i]));
        }
        okb_buf_byte(&record->row, '\n');
        record->code = sink.write(sink.context, okb_buf_span(&record->row));
        record->row.n = 0;
    }
    return record;
}

void okb_record_text(okb_record *record, okb_span value)
{
    open_value(record);
    if (record->format == OKB_EXPORT_CSV)
        add_csv(&record->row, value);
    else if (value.n)
        add_json(&record->row, value);
    else
        okb_buf_add(&record->row, OKB_S("null"));
}

void okb_record_number(okb_record *record, double value)
{
    open_value(record);
    if (isfinite(value))
        okb_buf_printf(&record->row, "%.10g", value == 0 ? 0.0 : value); /* no "-0" */
    else if (record->format == OKB_EXPORT_JSONL)
        okb_buf_add(&record->row, OKB_S("null"));
}

void okb_record_day(okb_record *record, okb_day value)
{
    char text[11] = "";
    if (value != OKB_DAY_NONE)
        okb_day_print(value, text);
    okb_record_text(record, okb_span_of(text));
}

okb_code okb_record_end(okb_record *record, okb_err *err)
{
    if (record->format == OKB_EXPORT_JSONL)
        okb_buf_byte(&record->row, '}');
    okb_buf_byte(&record->row, '\n');
    okb_code code = record->code;
    if (code == OKB_OK && record->at != record->n_columns)
        code = OKB_E_BUG;
    else if (code == OKB_OK)
        code = record->sink.write(record->sink.context, okb_buf_span(&record->row));
    record->row.n = 0;
    record->at = 0;
    if (code == OKB_E_BUG)
        return okb_fail(err, code, "a row has another number of fields than its header");
    return code == OKB_OK ? OKB_OK : okb_fail(err, code, "cannot write the rows");
}

void okb_record_free(okb_record *record)
{
    if (!record)
        return;
    okb_buf_free(&record->row);
    free(record);
}
