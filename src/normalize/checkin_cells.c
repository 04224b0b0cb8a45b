/* A whole check-in in one cell, as Viva Goals, Ally.io and Jira write it, and the comments that ClickUp writes as JSON. */
#include "draft.h"

#include <jansson.h>
#include <string.h>

static size_t find_last(okb_span s, okb_span tail)
{
    for (size_t at = s.n >= tail.n ? s.n - tail.n + 1 : 0; at-- > 0;)
        if (memcmp(s.p + at, tail.p, tail.n) == 0)
            return at;
    return SIZE_MAX;
}

/* What stands behind `label` up to the next `end`, or to the end. */
static okb_span labelled(okb_span s, const char *label, const char *end)
{
    okb_span mark = okb_span_of(label);
    size_t at = okb_span_find(s, mark);
    if (at == SIZE_MAX)
        return (okb_span){NULL, 0};
    okb_span rest = okb_span_sub(s, at + mark.n, s.n);
    size_t stop = okb_span_find(rest, okb_span_of(end));
    return okb_span_trim(okb_span_sub(rest, 0, stop == SIZE_MAX ? rest.n : stop));
}

static okb_day day_of(reading *r, const column *col, okb_span text)
{
    date when;
    if (!okb_date_scan(r->n->words, text, &when))
        return OKB_DAY_NONE;
    return when.is_open ? okb_date_settle(&when, col ? col->order[when.separator] : OKB_ORDER_PROVE) : when.last;
}

static checkin_record *begin(reading *r, size_t row_ix, uint32_t record_ix, okb_day day)
{
    if (day == OKB_DAY_NONE) {
        okb_account_repair(r, "check-in without a readable date left out", r->table->rows[row_ix].line);
        return NULL;
    }
    checkin_record *rec = okb_checkin_push(r, row_ix, okb_ref_to_record(r, record_ix));
    rec->c.date = day;
    return rec;
}

static void set_status(reading *r, checkin_record *rec, okb_span text)
{
    const word *status = okb_words_find(r->n->words, W_STATUS, text);
    if (status)
        rec->c.status = (okb_status)status->code;
}

static void set_value(reading *r, checkin_record *rec, okb_span text)
{
    number figure;
    if (okb_number_read(r->n->words, text, '.', &figure)) {
        rec->c.value = figure.value;
        rec->is_percent = figure.is_percent;
    }
}

/* The note is free text and may hold `;` and even `Status:`, so the cell is cut from both ends. */
static void read_viva(reading *r, const column *col, size_t row_ix, uint32_t record_ix, okb_span text)
{
    okb_span note_mark = OKB_S("; Note: "), metric_mark = OKB_S("; Metric Name: ");
    size_t note_at = okb_span_find(text, note_mark), metric_at = find_last(text, metric_mark);
    okb_span head = okb_span_sub(text, 0, note_at == SIZE_MAX ? text.n : note_at);
    okb_span tail = metric_at == SIZE_MAX ? (okb_span){NULL, 0} : okb_span_sub(text, metric_at, text.n);
    checkin_record *rec = begin(r, row_ix, record_ix, day_of(r, col, labelled(head, "Checkin Date: ", ";")));
    if (!rec)
        return;
    rec->c.author = okb_keep_repeated(r->n, labelled(head, "; User: ", ";"));
    set_status(r, rec, labelled(tail, "; Status: ", ";"));
    set_value(r, rec, labelled(tail, "; Current Value: ", ";"));
    if (note_at == SIZE_MAX)
        return;
    size_t from = note_at + note_mark.n, to = metric_at != SIZE_MAX && metric_at >= from ? metric_at : text.n;
    if (metric_at != SIZE_MAX && metric_at < from) /* `Note: ; Metric Name:` shares its blank */
        to = from;
    okb_span note = okb_span_trim(okb_span_sub(text, from, to));
    if (note.n)
        rec->c.comment = okb_keep_comment(r->n, note, &rec->c.blocker);
}

static void read_ally(reading *r, const column *col, size_t row_ix, uint32_t record_ix, okb_span text)
{
    okb_span rest = text;
    okb_span first = okb_span_trim(okb_span_cut(&rest, '\n'));
    size_t close = okb_span_find(first, OKB_S("]"));
    if (first.n == 0 || first.p[0] != '[' || close == SIZE_MAX) {
        okb_account_repair(r, "check-in cell not understood", r->table->rows[row_ix].line);
        return;
    }
    checkin_record *rec = begin(r, row_ix, record_ix, day_of(r, col, okb_span_sub(first, 1, close)));
    if (!rec)
        return;
    rec->c.author = okb_keep_repeated(r->n, okb_span_trim(okb_span_sub(first, close + 1, first.n)));
    size_t metric_at = find_last(rest, OKB_S("Metric Name:")), status_at = find_last(rest, OKB_S("Status:"));
    size_t end = metric_at != SIZE_MAX ? metric_at : status_at != SIZE_MAX ? status_at : rest.n;
    okb_span note = okb_span_trim(okb_span_sub(rest, 0, end));
    if (okb_span_starts(note, OKB_S("Note:")))
        note = okb_span_trim(okb_span_sub(note, 5, note.n));
    if (note.n)
        rec->c.comment = okb_keep_comment(r->n, note, &rec->c.blocker);
    okb_span tail = okb_span_sub(rest, end, rest.n);
    set_status(r, rec, labelled(tail, "Status:", "\n"));
    set_value(r, rec, labelled(tail, "Current Value:", "\n"));
}

/* `date;author;text` with `;` in the text too. */
static void read_jira(reading *r, const column *col, size_t row_ix, uint32_t record_ix, okb_span text)
{
    okb_span rest = text;
    okb_span day = okb_span_trim(okb_span_cut(&rest, ';'));
    okb_span author = okb_span_trim(okb_span_cut(&rest, ';'));
    checkin_record *rec = begin(r, row_ix, record_ix, day_of(r, col, day));
    if (!rec)
        return;
    rec->c.author = okb_keep_repeated(r->n, author);
    rec->c.comment = okb_keep_comment(r->n, okb_span_trim(rest), &rec->c.blocker);
}

void okb_checkin_cell_read(reading *r, const column *col, size_t row_ix, uint32_t record_ix, okb_span text)
{
    if (okb_span_starts(text, OKB_S("Checkin Date:")))
        read_viva(r, col, row_ix, record_ix, text);
    else if (text.p[0] == '[')
        read_ally(r, col, row_ix, record_ix, text);
    else if (memchr(text.p, ';', text.n))
        read_jira(r, col, row_ix, record_ix, text);
    else
        okb_account_repair(r, "check-in cell not understood", r->table->rows[row_ix].line);
}

static okb_span text_of(const json_t *object, const char *name)
{
    const json_t *value = json_object_get(object, name);
    return json_is_string(value) ? (okb_span){json_string_value(value), json_string_length(value)}
                                 : (okb_span){NULL, 0};
}

/* `7 of 12. Two more verbal.`: a count at the head of a comment is the value. */
static void value_from_text(reading *r, checkin_record *rec, okb_span text)
{
    size_t end = 0;
    while (end < text.n && !strchr(";\n", text.p[end]) &&
           !(strchr(".,", text.p[end]) && (end + 1 == text.n || text.p[end + 1] == ' ')))
        end++;
    number figure;
    if (end && okb_number_read(r->n->words, okb_span_sub(text, 0, end), '.', &figure) && figure.form == NUMBER_OF)
        rec->c.value = figure.value;
}

void okb_checkin_json_read(reading *r, size_t row_ix, uint32_t record_ix, okb_span text)
{
    json_error_t error;
    json_t *list = json_loadb(text.p, text.n, 0, &error);
    if (!json_is_array(list)) {
        if (list)
            json_decref(list);
        okb_account_repair(r, "comments not understood", r->table->rows[row_ix].line);
        return;
    }
    for (size_t i = json_array_size(list); i-- > 0;) { /* newest first in the cell */
        const json_t *item = json_array_get(list, i);
        okb_span comment = text_of(item, "text");
        date when;
        okb_day day = OKB_DAY_NONE;
        if (okb_date_scan(r->n->words, okb_span_trim(text_of(item, "date")), &when))
            day = when.is_open ? okb_date_settle(&when, r->comment_order) : when.last;
        checkin_record *rec = begin(r, row_ix, record_ix, day);
        if (!rec)
            continue;
        rec->c.author = okb_keep_repeated(r->n, text_of(item, "by"));
        if (comment.n)
            rec->c.comment = okb_keep_comment(r->n, comment, &rec->c.blocker);
        value_from_text(r, rec, comment);
    }
    json_decref(list);
}
