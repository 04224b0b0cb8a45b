/* Check-ins: a row each, a column a week, or the columns of the goal's own row. */
#include "draft.h"

#include <string.h>

checkin_record *okb_checkin_push(reading *r, size_t row_ix, uint32_t ref_ix)
{
    checkin_record *rec = okb_vec_push(&r->n->checkins, checkin_record);
    rec->c = (okb_checkin){.goal_ix = ref_ix,
                           .date = OKB_DAY_NONE,
                           .value = NAN,
                           .progress = NAN,
                           .score = NAN,
                           .confidence = NAN,
                           .source = {r->file_ix, r->table->rows[row_ix].line}};
    rec->raw = OKB_NONE;
    return rec;
}

uint32_t okb_ref_to_record(reading *r, uint32_t record_ix)
{
    okb_vec *refs = &r->n->refs;
    if (refs->n) {
        const ref *last = &okb_vec_at(refs, ref, refs->n - 1);
        if (last->kind == REF_RECORD && last->record == record_ix)
            return (uint32_t)(refs->n - 1);
    }
    *okb_vec_push(refs, ref) = (ref){.kind = REF_RECORD, .record = record_ix, .file_ix = r->file_ix, .was_known = true};
    return (uint32_t)(refs->n - 1);
}

/* One ref for equal cells of a file. */
static uint32_t goal_ref(reading *r, okb_span text, okb_span above, okb_span column_header, ref_kind kind)
{
    okb_normalizer *n = r->n;
    char buffer[512];
    okb_span key = {buffer, 0};
    if (text.n + above.n + 16 < sizeof buffer) {
        uint32_t file_ix = r->file_ix;
        memcpy(buffer, &file_ix, sizeof file_ix);
        buffer[4] = (char)kind;
        memcpy(buffer + 5, above.n ? above.p : "", above.n);
        buffer[5 + above.n] = '\x1f';
        memcpy(buffer + 6 + above.n, text.n ? text.p : "", text.n);
        key.n = 6 + above.n + text.n;
    } else {
        key = okb_arena_printf(&r->row, "%u\x1f%.*s\x1f%.*s", r->file_ix, OKB_FMT(above), OKB_FMT(text));
    }
    bool is_new;
    uint32_t *at = okb_map_put(n->checkin_refs, key, (uint32_t)n->refs.n, &is_new);
    if (!is_new)
        return *at;
    okb_span folded = okb_text_fold(&r->row, text);
    *okb_vec_push(&n->refs, ref) =
        (ref){.text = okb_keep_text(n, text, true),
              .above = okb_keep_text(n, above, false),
              .column = okb_keep_repeated(n, column_header),
              .file_ix = r->file_ix,
              .record = OKB_NONE,
              .kind = kind,
              .was_known = okb_map_get(n->ids, folded) != OKB_NONE || okb_map_get(n->titles, folded) != OKB_NONE};
    return (uint32_t)(n->refs.n - 1);
}

/* A row whose goal is not known yet may have to be shown among the rejects. */
static void keep_raw(reading *r, checkin_record *rec, size_t row_ix)
{
    okb_normalizer *n = r->n;
    if (okb_vec_at(&n->refs, ref, rec->c.goal_ix).was_known)
        return;
    rec->raw = (uint32_t)n->raws.n;
    okb_span raw = okb_row_as_csv(r->table, row_ix, n->keep);
    *okb_vec_push(&n->raws, okb_span) = raw;
}

static void cell_note(reading *r, size_t row_ix, const column *col, okb_span text, const char *what)
{
    uint32_t line = r->table->rows[row_ix].line;
    okb_account_repair(r, what, line);
    if (r->n_cell_notes++ < r->n->lim.cell_notes)
        okb_account_note(r->n, OKB_S("DAT002"), OKB_NONE, (okb_source){r->file_ix, line}, col->header,
                         okb_arena_printf(r->n->keep, "%s: '%.*s'", what, OKB_FMT(text)));
}

/* One cell of a check-in. */
static void apply(reading *r, checkin_record *rec, size_t row_ix, const column *col, okb_span text)
{
    okb_normalizer *n = r->n;
    okb_checkin *c = &rec->c;
    switch ((int)col->f) {
    case F_CURRENT: {
        number figure;
        if (!okb_number_read(n->words, text, col->decimal, &figure)) {
            cell_note(r, row_ix, col, text, "number not understood");
        } else if (figure.form == NUMBER_WORD) { /* done, not yet */
            if (isnan(c->progress))
                c->progress = figure.value;
        } else if (isnan(c->value)) {
            c->value = figure.value;
            rec->is_percent = figure.is_percent;
            if (!isnan(figure.share) && isnan(c->progress))
                c->progress = figure.share;
        }
        break;
    }
    case F_PROGRESS:
    case F_SCORE:
    case F_CONFIDENCE: {
        double share = okb_share_read(r, col, text);
        const word *status = isnan(share) ? okb_words_find_head(n->words, W_STATUS, text) : NULL;
        double *slot = col->f == F_PROGRESS ? &c->progress : col->f == F_SCORE ? &c->score : &c->confidence;
        if (isnan(share) && !status)
            cell_note(r, row_ix, col, text, "number not understood");
        else if (status && !c->status)
            c->status = (okb_status)status->code;
        else if (isnan(*slot))
            *slot = share;
        break;
    }
    case F_STATUS: {
        const word *status = okb_words_find_head(n->words, W_STATUS, text);
        if (!status)
            cell_note(r, row_ix, col, text, "status not known");
        else if (!c->status)
            c->status = (okb_status)status->code;
        break;
    }
    case F_COMMENT:
        if (c->comment.n == 0)
            c->comment = okb_keep_comment(n, text, &c->blocker);
        break;
    case F_BLOCKER:
        c->blocker = okb_keep_text(n, text, true);
        break;
    case F_AUTHOR:
        if (c->author.n == 0)
            c->author = okb_keep_repeated(n, text);
        break;
    default:
        break;
    }
}

void okb_checkin_row_read(reading *r, const block *b, uint32_t row_ix)
{
    okb_span goal = {NULL, 0}, result = {NULL, 0}, objective = {NULL, 0};
    okb_span goal_header = {NULL, 0}, result_header = {NULL, 0}, objective_header = {NULL, 0};
    okb_day day = OKB_DAY_NONE;
    const column *date_column = NULL;
    okb_span date_cell = {NULL, 0};
    for (uint32_t c = 0; c < b->n_columns; c++) {
        const column *col = &b->columns[c];
        if (col->f == F_NONE)
            continue;
        okb_span text;
        if (col->f == F_GOAL || col->f == F_TITLE || col->f == F_DATE)
            text = okb_without_link(okb_cell_text(r->table, row_ix, c));
        else
            continue;
        if (col->f == F_DATE) {
            date when;
            if (!date_column)
                date_column = col;
            if (okb_words_missing(r->n->words, text) || day != OKB_DAY_NONE)
                continue;
            if (date_cell.n == 0)
                date_cell = text;
            if (okb_column_date(r, col, text, &when) && when.last != OKB_DAY_NONE)
                day = when.last;
        } else if (okb_words_missing(r->n->words, text)) {
            continue;
        } else if (col->f == F_GOAL) {
            if (goal.n == 0) {
                goal = text;
                goal_header = col->header;
            }
        } else if (col->p == PART_OBJECTIVE) {
            objective = text;
            objective_header = col->header;
        } else if (result.n == 0) {
            result = text;
            result_header = col->header;
        }
    }
    if (day == OKB_DAY_NONE) {
        okb_account_reject(r, row_ix, date_column ? date_column->header : (okb_span){NULL, 0}, date_cell,
                           date_cell.n ? "the date is not understood" : "a check-in needs a date");
        return;
    }
    uint32_t ref_ix;
    if (goal.n)
        ref_ix = goal_ref(r, goal, (okb_span){NULL, 0}, goal_header, REF_ANY);
    else if (result.n)
        ref_ix = goal_ref(r, result, objective, result_header, REF_TITLE);
    else if (objective.n)
        ref_ix = goal_ref(r, objective, (okb_span){NULL, 0}, objective_header, REF_TITLE);
    else if (b->format->is_file_key)
        ref_ix = goal_ref(r, r->file_stem, (okb_span){NULL, 0}, (okb_span){NULL, 0}, REF_FILE);
    else {
        okb_account_reject(r, row_ix, (okb_span){NULL, 0}, (okb_span){NULL, 0}, "the check-in names no goal");
        return;
    }
    checkin_record *rec = okb_checkin_push(r, row_ix, ref_ix);
    rec->c.date = day;
    rec->counts_row = true;
    keep_raw(r, rec, row_ix);
    for (uint32_t c = 0; c < b->n_columns; c++) {
        const column *col = &b->columns[c];
        if (col->f < F_TEAM || col->f == F_DATE)
            continue;
        okb_span text = okb_cell_text(r->table, row_ix, c);
        if (!okb_words_missing(r->n->words, text))
            apply(r, rec, row_ix, col, text);
    }
    okb_file_at(r->n, r->file_ix)->used++;
}

/* ---- a column a week or month ------------------------------------------------------------------------------- */

/* The days within which weeks and months without a year lie: the goal's cycle, else the file's, else the as-of date's. */
static okb_cycle window_of(reading *r, const record *rec)
{
    okb_cycle c;
    const limits *lim = &r->n->lim;
    okb_day near = rec->goal.due != OKB_DAY_NONE     ? rec->goal.due
                   : rec->goal.start != OKB_DAY_NONE ? rec->goal.start
                   : r->origin.has_cycle             ? r->origin.cycle.start
                                                     : r->n->options.as_of;
    if (rec->cycle.n && okb_cycle_named(r->n, rec->cycle, near, &r->row, &c))
        return c;
    if (rec->goal.start != OKB_DAY_NONE && rec->goal.due != OKB_DAY_NONE)
        return (okb_cycle){.start = rec->goal.start, .due = rec->goal.due};
    if (r->origin.has_cycle)
        return r->origin.cycle;
    okb_day day = rec->goal.due != OKB_DAY_NONE     ? rec->goal.due
                  : rec->goal.start != OKB_DAY_NONE ? rec->goal.start
                                                    : r->n->options.as_of;
    return okb_cycle_of(day, lim->cycle_months, lim->cycle_first_month, &r->row);
}

/* Whether the week columns are weeks of the year: all of them lie in the window, or the window has not so many weeks. */
static bool weeks_are_iso(const block *b, const okb_cycle *window, int year)
{
    bool all = true;
    uint32_t top_week = 0, weeks_of_window = (uint32_t)(window->due - window->start) / 7 + 1;
    for (uint32_t c = 0; c < b->n_columns; c++) {
        uint32_t week = b->columns[c].is_wide ? b->columns[c].week : 0;
        if (!week)
            continue;
        if (week > top_week)
            top_week = week;
        okb_day monday = okb_day_iso_week(year, (int)week);
        all = all && monday != OKB_DAY_NONE && monday + 6 >= window->start && monday <= window->due;
    }
    return all || top_week > weeks_of_window;
}

static okb_day wide_day(const reading *r, const column *col, const okb_cycle *window, bool is_iso, int year)
{
    if (col->week) {
        if (!is_iso)
            return window->start + (okb_day)(col->week * 7) - 1;
        okb_day monday = okb_day_iso_week(year, (int)col->week);
        return monday == OKB_DAY_NONE ? OKB_DAY_NONE : monday + 6;
    }
    if (col->when.is_open)
        return okb_date_settle(&col->when, col->order[col->when.separator]);
    if (col->when.first == OKB_DAY_NONE)
        return okb_date_complete(&col->when, window->start, window->due, r->n->options.as_of);
    return col->when.last;
}

static void wide_read(reading *r, const block *b, size_t row_ix, uint32_t record_ix)
{
    okb_normalizer *n = r->n;
    size_t from = n->checkins.n;
    okb_cycle window = window_of(r, &okb_vec_at(&n->records, record, record_ix));
    int year, month, mday;
    okb_day_split(window.due, &year, &month, &mday);
    bool is_iso = weeks_are_iso(b, &window, year);
    phase_list phases = {.n = 0};
    for (uint32_t c = 0; c < b->n_columns; c++) {
        const column *col = &b->columns[c];
        if (!col->is_wide || col->f == F_NONE)
            continue;
        okb_span text = okb_cell_text(r->table, row_ix, c);
        if (okb_words_missing(n->words, text))
            continue;
        okb_day day = wide_day(r, col, &window, is_iso, year);
        if (day == OKB_DAY_NONE)
            continue;
        if (col->f == F_TARGET) {
            number target;
            if (okb_number_read(n->words, text, col->decimal, &target))
                okb_phases_add(&phases, day, target.value);
            continue;
        }
        checkin_record *rec = NULL;
        for (size_t i = from; i < n->checkins.n && !rec; i++)
            if (okb_vec_at(&n->checkins, checkin_record, i).c.date == day)
                rec = &okb_vec_at(&n->checkins, checkin_record, i);
        if (!rec)
            rec = okb_checkin_push(r, row_ix, okb_ref_to_record(r, record_ix));
        rec->c.date = day;
        if (!col->week && (col->when.is_open || col->when.first != OKB_DAY_NONE)) { /* a heading with its year */
            record *goal = &okb_vec_at(&n->records, record, record_ix);
            if (goal->wide_from == OKB_DAY_NONE || day < goal->wide_from)
                goal->wide_from = day;
            if (goal->wide_to == OKB_DAY_NONE || day > goal->wide_to)
                goal->wide_to = day;
        }
        apply(r, rec, row_ix, col, text);
    }
    okb_phases_keep(r, &phases, r->table->rows[row_ix].line, &okb_vec_at(&n->records, record, record_ix).goal);
}

/* ---- the goal's own row ------------------------------------------------------------------------------------- */

void okb_row_checkins_read(reading *r, const block *b, size_t row_ix, uint32_t record_ix, const draft *d)
{
    okb_normalizer *n = r->n;
    size_t before = n->checkins.n;
    if (b->has_field[F_CHECKIN] || b->has_field[F_COMMENTS])
        for (uint32_t c = b->n_columns;
             c-- > 0;) { /* the newest stands first: from the right, so that input order is time's */
            const column *col = &b->columns[c];
            if (col->f != F_CHECKIN && col->f != F_COMMENTS)
                continue;
            okb_span text = okb_cell_text(r->table, row_ix, c);
            if (okb_words_missing(n->words, text))
                continue;
            if (col->f == F_COMMENTS)
                okb_checkin_json_read(r, row_ix, record_ix, text);
            else
                okb_checkin_cell_read(r, col, row_ix, record_ix, text);
        }
    if (b->uses_part[PART_WIDE])
        wide_read(r, b, row_ix, record_ix);
    /* A day alone says when something changed; with a note or, in a hand-made sheet, a value beside it it is a check-in. */
    const okb_goal *said = &okb_vec_at(&n->records, record, record_ix).goal;
    bool says_something = b->format->n_signature == 0 && (!isnan(said->current) || said->comment.n);
    if (d->checkin_date == OKB_DAY_NONE || !(b->has_field[F_CHECKIN_NOTE] || says_something))
        return;
    for (size_t i = before; i < n->checkins.n; i++)
        if (okb_vec_at(&n->checkins, checkin_record, i).c.date == d->checkin_date)
            return;
    checkin_record *own = okb_checkin_push(r, row_ix, okb_ref_to_record(r, record_ix));
    const okb_goal *g = &okb_vec_at(&n->records, record, record_ix).goal;
    own->is_own_row = true;
    own->c.date = d->checkin_date;
    own->c.value = g->current;
    own->c.progress = g->progress;
    own->c.confidence = g->confidence;
    own->c.status = g->status;
    if (d->checkin_note.n)
        own->c.comment = okb_keep_comment(n, d->checkin_note, &own->c.blocker);
    else if (says_something) {
        own->c.comment = g->comment;
        own->c.blocker = g->blocker;
    }
}

/* ---- a task that reports on a goal -------------------------------------------------------------------------- */

/* `Check-in 2026-W22`, `Week 3: 82%`: what stands behind the head. */
static bool is_report_title(reading *r, okb_span title, okb_span *out_tail, bool *out_is_period)
{
    words *w = r->n->words;
    for (size_t at = title.n; at > 0; at--) {
        if (at < title.n && title.p[at] != ' ' && title.p[at] != ':')
            continue;
        okb_span head = okb_span_sub(title, 0, at), tail = okb_span_trim(okb_span_sub(title, at, title.n));
        const word *report = okb_words_find(w, W_CHECKIN, head);
        if (report && okb_span_eq(report->text, OKB_S("task"))) {
            *out_tail = tail;
            *out_is_period = false;
            return true;
        }
    }
    okb_span tail = title, head = okb_span_cut(&tail, ':');
    size_t letters = 0;
    while (letters < head.n && head.p[letters] != ' ')
        letters++;
    okb_span figure = okb_span_trim(okb_span_sub(head, letters, head.n));
    bool only_digits = figure.n > 0 && figure.n <= 2;
    for (size_t i = 0; i < figure.n; i++)
        only_digits = only_digits && figure.p[i] >= '0' && figure.p[i] <= '9';
    number value;
    if (!tail.n || !only_digits || !okb_words_find(w, W_PERIOD, okb_span_sub(head, 0, letters)) ||
        !okb_number_read(w, okb_span_trim(tail), '.', &value))
        return false;
    *out_tail = okb_span_trim(tail);
    *out_is_period = true;
    return true;
}

/* Letters of a list's name without the picture before it. */
static okb_span without_picture(okb_span s)
{
    while (s.n && ((unsigned char)s.p[0] >= 0xE2 || (unsigned char)s.p[0] == ' ')) {
        size_t size = (unsigned char)s.p[0] >= 0xF0 ? 4 : (unsigned char)s.p[0] >= 0xE2 ? 3 : 1;
        s = okb_span_sub(s, size < s.n ? size : s.n, s.n);
    }
    return okb_span_trim(s);
}

static bool is_separator(char c)
{
    return c == ',' || c == ';' || c == '\n';
}

bool okb_task_checkin_read(reading *r, const block *b, size_t row_ix, const draft *d)
{
    okb_normalizer *n = r->n;
    if (!b->has_field[F_SECTION] && !b->has_field[F_PARENT])
        return false;
    okb_span tail;
    bool is_period;
    if (!is_report_title(r, d->rec.goal.title, &tail, &is_period))
        return false;
    const okb_goal *g = &d->rec.goal;
    okb_span text = is_period ? tail : g->description.n ? g->description : g->comment;
    okb_span rest = text, head = is_period ? (okb_span){NULL, 0} : okb_span_trim(okb_span_cut(&rest, ':'));
    uint32_t ref_ix;
    if (d->n_refs)
        ref_ix = goal_ref(r, d->refs[0].text, (okb_span){NULL, 0}, OKB_S("parent_id"), REF_ANY);
    else if (is_period && d->section.n)
        ref_ix = goal_ref(r, without_picture(d->section), (okb_span){NULL, 0}, OKB_S("section"), REF_TITLE);
    else if (rest.n && head.n <= 120)
        ref_ix = goal_ref(r, head, (okb_span){NULL, 0}, OKB_S("comment"), REF_ANY);
    else
        return false;
    if (d->n_refs || is_period)
        rest = text;
    date when;
    okb_day day = g->due;
    if (day == OKB_DAY_NONE && tail.n && okb_date_scan(n->words, tail, &when) && !when.is_open)
        day = when.last;
    if (day == OKB_DAY_NONE)
        day = d->completed != OKB_DAY_NONE ? d->completed : g->updated;
    if (day == OKB_DAY_NONE)
        return false;
    checkin_record *rec = okb_checkin_push(r, row_ix, ref_ix);
    rec->c.date = day;
    rec->counts_row = true;
    rec->c.author = g->owner;
    rest = okb_span_trim(rest);
    size_t end = 0;
    while (end < rest.n &&
           !(is_separator(rest.p[end]) && (end + 1 == rest.n || rest.p[end] == '\n' || rest.p[end + 1] == ' ')))
        end++;
    number figure;
    if (okb_number_read(n->words, okb_span_trim(okb_span_sub(rest, 0, end)), '.', &figure) &&
        figure.form != NUMBER_WORD) {
        rec->c.value = figure.value;
        rec->is_percent = figure.is_percent;
        rest = okb_span_trim(okb_span_sub(rest, end < rest.n ? end + 1 : end, rest.n));
    }
    if (!is_period && rest.n)
        rec->c.comment = okb_keep_comment(n, rest, &rec->c.blocker);
    keep_raw(r, rec, row_ix);
    okb_file_at(n, r->file_ix)->used++;
    return true;
}
