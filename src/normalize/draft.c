/* A draft of a goal: how it begins, how what a row says of several goals is shared out, how it becomes a record. */
#include "draft.h"

#include <string.h>

void okb_draft_init(draft *d, const reading *r, size_t row_ix)
{
    memset(d, 0, sizeof *d);
    okb_goal *g = &d->rec.goal;
    g->start = g->due = g->updated = OKB_DAY_NONE;
    g->baseline = g->target = g->current = g->weight = g->progress = g->score = g->confidence = NAN;
    g->team_ix = g->cycle_ix = g->parent_ix = OKB_NONE;
    g->source = (okb_source){r->file_ix, r->table->rows[row_ix].line};
    d->rec.above = d->rec.stands_for = d->rec.next_id = d->rec.next_title = OKB_NONE;
    d->rec.wide_from = d->rec.wide_to = OKB_DAY_NONE;
    d->checkin_date = d->completed = OKB_DAY_NONE;
    d->done = NAN;
}

static okb_span file_key(okb_arena *scratch, uint32_t file_ix, okb_span text)
{
    return okb_arena_printf(scratch, "%u\x1f%.*s", file_ix, OKB_FMT(okb_text_fold(scratch, text)));
}

void okb_record_index_id(okb_normalizer *n, okb_arena *scratch, uint32_t ix)
{
    record *rec = &okb_vec_at(&n->records, record, ix);
    bool is_new;
    uint32_t *first = okb_map_put(n->ids, okb_text_fold(scratch, rec->goal.id), ix, &is_new);
    if (!is_new) {
        rec->next_id = *first;
        *first = ix;
    }
}

static void index_record(okb_normalizer *n, okb_arena *scratch, uint32_t ix)
{
    record *rec = &okb_vec_at(&n->records, record, ix);
    bool is_new;
    if (rec->goal.id.n)
        okb_record_index_id(n, scratch, ix);
    if (rec->row_ref.n)
        okb_map_put(n->rows, file_key(scratch, rec->goal.source.file_ix, rec->row_ref), ix, NULL);
    uint32_t *first = okb_map_put(n->titles, rec->title_key, ix, &is_new);
    if (!is_new) {
        rec->next_title = *first;
        *first = ix;
    }
}

/* `O1`, `KR2.1` in the column of ids or numbers: as good as a column of kinds. */
static void kind_from_code(okb_normalizer *n, draft *d)
{
    okb_goal *g = &d->rec.goal;
    okb_span code;
    okb_kind kind;
    if (okb_whole_code(n, g->id, &kind, &code) || okb_whole_code(n, d->rec.row_ref, &kind, &code))
        g->kind = kind;
    d->has_code = g->kind && !memchr(code.p, '.', code.n);
}

/* `O1: ...`, `KR2.1 ...`, `KR: ...`: the words before say the kind. */
static void kind_from_title(okb_normalizer *n, draft *d)
{
    okb_goal *g = &d->rec.goal;
    size_t letters = 0, at;
    okb_span t = g->title;
    while (letters < t.n &&
           ((t.p[letters] >= 'a' && t.p[letters] <= 'z') || (t.p[letters] >= 'A' && t.p[letters] <= 'Z')))
        letters++;
    at = letters;
    if (letters == 0 || letters > 12)
        return;
    if (at < t.n && t.p[at] == ' ')
        at++;
    size_t digits = at;
    while (digits < t.n && ((t.p[digits] >= '0' && t.p[digits] <= '9') || (t.p[digits] == '.' && digits > at)))
        digits++;
    bool has_number = digits > at, has_colon = digits < t.n && t.p[digits] == ':';
    if (!has_colon && !(has_number && at == letters))
        return;
    okb_span head = okb_span_sub(t, 0, letters);
    const word *kind = okb_words_find(n->words, W_TITLE_KIND, head);
    if (kind)
        g->kind = (okb_kind)kind->code;
    d->has_code = kind && !memchr(t.p + at, '.', digits - at);
}

void okb_draft_kind(reading *r, draft *d, okb_kind otherwise)
{
    okb_goal *g = &d->rec.goal;
    if (g->kind || d->says_kind)
        return;
    kind_from_title(r->n, d);
    if (!g->kind)
        kind_from_code(r->n, d);
    if (!g->kind && d->section.n) { /* a list called Objectives */
        const word *kind = okb_words_find(r->n->words, W_KIND, d->section);
        if (kind)
            g->kind = (okb_kind)kind->code;
    }
    if (!g->kind)
        g->kind = otherwise;
}

uint32_t okb_draft_push(reading *r, draft *d)
{
    okb_normalizer *n = r->n;
    okb_goal *g = &d->rec.goal;
    if (d->completed != OKB_DAY_NONE && !g->status)
        g->status = OKB_DONE;
    if (!g->level)
        g->level = d->default_level;
    if (isnan(g->progress))
        g->progress = d->done;
    if (d->unknown_status.n && !g->status) {
        okb_account_repair(r, "status not known", g->source.line);
        if (d->n_problems < DRAFT_PROBLEMS)
            d->problems[d->n_problems++] =
                (draft_problem){OKB_S("status"), okb_arena_copy(n->keep, d->unknown_status), "status not known"};
    }
    d->rec.title_key = okb_text_fold(&n->stage, g->title);
    d->rec.first_ref = (uint32_t)n->refs.n;
    d->rec.n_refs = d->n_refs;
    for (uint32_t i = 0; i < d->n_refs; i++) {
        d->refs[i].file_ix = r->file_ix;
        *okb_vec_push(&n->refs, ref) = d->refs[i];
    }
    uint32_t ix = (uint32_t)n->records.n;
    *okb_vec_push(&n->records, record) = d->rec;
    index_record(n, &r->scratch, ix);
    for (uint32_t i = 0; i < d->n_problems; i++)
        okb_account_note(n, OKB_S("DAT002"), ix, g->source, d->problems[i].column,
                         okb_arena_printf(n->keep, "%s: '%.*s'", d->problems[i].what, OKB_FMT(d->problems[i].value)));
    return ix;
}

/* What the row says of all its goals, and what belongs to the lowest of them alone. */
void okb_draft_share_down(draft *from, draft *to)
{
    if (to->rec.team.n == 0)
        to->rec.team = from->rec.team;
    if (to->rec.cycle.n == 0)
        to->rec.cycle = from->rec.cycle;
    if (!to->rec.goal.level)
        to->rec.goal.level = from->rec.goal.level;
}

#define TAKE_TEXT(name)                                                                                                \
    if (to->rec.goal.name.n == 0)                                                                                      \
    to->rec.goal.name = from->rec.goal.name
#define TAKE_CODE(name)                                                                                                \
    if (!to->rec.goal.name)                                                                                            \
    to->rec.goal.name = from->rec.goal.name
#define TAKE_VALUE(name)                                                                                               \
    if (isnan(to->rec.goal.name))                                                                                      \
    to->rec.goal.name = from->rec.goal.name
#define TAKE_DAY(name)                                                                                                 \
    if (to->rec.goal.name == OKB_DAY_NONE)                                                                             \
    to->rec.goal.name = from->rec.goal.name

/* Gives the row's own columns to the goal they speak of. */
void okb_draft_move_into(draft *from, draft *to)
{
    okb_draft_share_down(from, to);
    TAKE_TEXT(id);
    TAKE_TEXT(description);
    if (to->rec.goal.owner.n == 0) {
        to->rec.goal.owner = from->rec.goal.owner;
        to->rec.goal.n_owners = from->rec.goal.n_owners;
    }
    TAKE_TEXT(creator);
    TAKE_TEXT(comment);
    TAKE_TEXT(blocker);
    TAKE_TEXT(priority);
    TAKE_TEXT(ignore);
    if (to->rec.goal.n_phases == 0) {
        to->rec.goal.phases = from->rec.goal.phases;
        to->rec.goal.n_phases = from->rec.goal.n_phases;
    }
    TAKE_TEXT(unit);
    TAKE_CODE(unit_origin);
    TAKE_CODE(kind);
    TAKE_CODE(ambition);
    TAKE_CODE(direction);
    TAKE_CODE(direction_origin);
    TAKE_CODE(status);
    TAKE_CODE(has_metric);
    TAKE_DAY(start);
    TAKE_DAY(due);
    TAKE_DAY(updated);
    TAKE_CODE(start_origin);
    TAKE_CODE(due_origin);
    TAKE_VALUE(baseline);
    TAKE_VALUE(target);
    TAKE_VALUE(current);
    TAKE_CODE(baseline_origin);
    TAKE_CODE(target_origin);
    TAKE_CODE(current_origin);
    TAKE_VALUE(weight);
    TAKE_VALUE(progress);
    TAKE_VALUE(score);
    TAKE_VALUE(confidence);
    if (to->rec.row_ref.n == 0)
        to->rec.row_ref = from->rec.row_ref;
    to->rec.is_percent = to->rec.is_percent || from->rec.is_percent;
    for (uint32_t i = 0; i < from->n_problems && to->n_problems < DRAFT_PROBLEMS; i++)
        to->problems[to->n_problems++] = from->problems[i];
    for (uint32_t i = 0; i < from->n_refs; i++)
        okb_draft_ref(to, from->refs[i].text, from->refs[i].kind, from->refs[i].is_child, from->refs[i].is_alternate);
    if (to->checkin_date == OKB_DAY_NONE)
        to->checkin_date = from->checkin_date;
    if (to->completed == OKB_DAY_NONE)
        to->completed = from->completed;
    if (isnan(to->done))
        to->done = from->done;
    if (to->checkin_note.n == 0)
        to->checkin_note = from->checkin_note;
    if (to->unknown_status.n == 0)
        to->unknown_status = from->unknown_status;
    if (to->section.n == 0)
        to->section = from->section;
    to->is_used = to->is_used || from->is_used;
    to->says_kind = to->says_kind || from->says_kind;
}

/* The links of a row with an objective in it are the objective's. */
void okb_draft_move_refs(draft *from, draft *to)
{
    for (uint32_t i = 0; i < from->n_refs; i++)
        okb_draft_ref(to, from->refs[i].text, from->refs[i].kind, from->refs[i].is_child, from->refs[i].is_alternate);
    from->n_refs = 0;
}
