/* The same goal twice: joined by id, else by title, team and cycle. The newer value stands; where they disagree a note says so. */
#include "finish.h"

#include <string.h>

/* Which of two records is the newer: by the day of the last change, else by the later file, else the later row. */
static bool is_newer(const second *s, uint32_t a, uint32_t b, bool *is_dated)
{
    const okb_goal *x = &record_at(s, a)->goal, *y = &record_at(s, b)->goal;
    *is_dated = x->updated != OKB_DAY_NONE && y->updated != OKB_DAY_NONE && x->updated != y->updated;
    if (*is_dated)
        return x->updated > y->updated;
    if (x->source.file_ix != y->source.file_ix)
        return x->source.file_ix > y->source.file_ix;
    return a > b;
}

typedef struct joining {
    second *s;
    okb_goal *into;
    const okb_goal *newer, *older;
    bool is_dated;
    okb_buf said; /* what they disagree on */
    uint32_t n_said;
} joining;

static void disagree(joining *j, const char *name, okb_span newer, okb_span older)
{
    if (j->n_said++ >= 4)
        return;
    okb_buf_printf(&j->said, "%s%s '%.*s' stands, '%.*s' does not", j->n_said > 1 ? "; " : "", name, OKB_FMT(newer),
                   OKB_FMT(older));
}

static void join_text(joining *j, const char *name, size_t offset, bool is_told)
{
    const okb_span *newer = (const void *)((const char *)j->newer + offset),
                   *older = (const void *)((const char *)j->older + offset);
    okb_span *into = (void *)((char *)j->into + offset);
    okb_span stands = newer->n ? *newer : *older;
    if (newer->n && older->n && is_told && !okb_text_same(*newer, *older))
        disagree(j, name, *newer, *older);
    *into = stands;
}

static void join_number(joining *j, const char *name, size_t offset, bool is_told)
{
    double newer = *(const double *)(const void *)((const char *)j->newer + offset);
    double older = *(const double *)(const void *)((const char *)j->older + offset);
    double *into = (void *)((char *)j->into + offset);
    if (!isnan(newer) && !isnan(older) && newer != older && (is_told || !j->is_dated)) {
        okb_arena *keep = &j->s->n->stage;
        disagree(j, name, okb_number_print(keep, newer), okb_number_print(keep, older));
    }
    *into = isnan(newer) ? older : newer;
}

static void join_day(joining *j, const char *name, size_t offset)
{
    okb_day newer = *(const okb_day *)(const void *)((const char *)j->newer + offset);
    okb_day older = *(const okb_day *)(const void *)((const char *)j->older + offset);
    okb_day *into = (void *)((char *)j->into + offset);
    if (newer != OKB_DAY_NONE && older != OKB_DAY_NONE && newer != older) {
        char a[11], b[11];
        okb_day_print(newer, a);
        okb_day_print(older, b);
        disagree(j, name, okb_arena_copy(&j->s->n->stage, okb_span_of(a)),
                 okb_arena_copy(&j->s->n->stage, okb_span_of(b)));
    }
    *into = newer == OKB_DAY_NONE ? older : newer;
}

#define AT(name) offsetof(okb_goal, name)
#define JOIN_CODE(name) j->into->name = j->newer->name ? j->newer->name : j->older->name

static void join_goals(joining *j)
{
    bool is_one_file = j->newer->source.file_ix == j->older->source.file_ix;
    if (is_one_file && !j->is_dated && j->newer->title.n && j->older->title.n) {
        /* Two rows of one file that claim one id: the first named it. */
        if (!okb_text_same(j->newer->title, j->older->title))
            disagree(j, "title", j->older->title, j->newer->title);
        j->into->title = j->older->title;
    } else {
        join_text(j, "title", AT(title), true);
    }
    join_text(j, "description", AT(description), false);
    join_text(j, "comment", AT(comment), false);
    join_text(j, "blocker", AT(blocker), false);
    join_text(j, "priority", AT(priority), false);
    join_text(j, "unit", AT(unit), true);
    join_text(j, "creator", AT(creator), false);
    okb_span ignore = j->newer->ignore.n ? j->newer->ignore : j->older->ignore;
    uint32_t n_owners = j->newer->owner.n ? j->newer->n_owners : j->older->n_owners;
    join_text(j, "owner", AT(owner), true);
    j->into->ignore = ignore;
    j->into->n_owners = n_owners;
    const okb_goal *phased = j->newer->n_phases ? j->newer : j->older;
    j->into->n_phases = phased->n_phases;
    j->into->phases = phased->phases;
    join_number(j, "baseline", AT(baseline), true);
    join_number(j, "target", AT(target), true);
    join_number(j, "current", AT(current), true);
    join_number(j, "weight", AT(weight), true);
    join_number(j, "progress", AT(progress), true);
    join_number(j, "score", AT(score), true);
    join_number(j, "confidence", AT(confidence), true);
    join_day(j, "start", AT(start));
    join_day(j, "due", AT(due));
    if (j->newer->status && j->older->status && j->newer->status != j->older->status)
        disagree(j, "status", okb_span_of(okb_status_name(j->newer->status)),
                 okb_span_of(okb_status_name(j->older->status)));
    JOIN_CODE(level);
    JOIN_CODE(kind);
    JOIN_CODE(ambition);
    JOIN_CODE(direction);
    JOIN_CODE(status);
    JOIN_CODE(has_metric);
    JOIN_CODE(baseline_origin);
    JOIN_CODE(target_origin);
    JOIN_CODE(current_origin);
    JOIN_CODE(unit_origin);
    JOIN_CODE(direction_origin);
    JOIN_CODE(start_origin);
    JOIN_CODE(due_origin);
    j->into->updated = j->newer->updated > j->older->updated ? j->newer->updated : j->older->updated;
}

/* `other` is joined to `into`, which keeps its place in the order. */
static void join(second *s, uint32_t into, uint32_t other, okb_span by)
{
    okb_normalizer *n = s->n;
    bool is_dated;
    bool other_is_newer = is_newer(s, other, into, &is_dated);
    record *a = record_at(s, into), *b = record_at(s, other);
    okb_goal first = a->goal, second_goal = b->goal;
    okb_goal joined = first;
    joining j = {.s = s,
                 .into = &joined,
                 .newer = other_is_newer ? &second_goal : &first,
                 .older = other_is_newer ? &first : &second_goal,
                 .is_dated = is_dated};
    join_goals(&j);
    a->goal = joined;
    if (!a->goal.id.n)
        a->goal.id = b->goal.id;
    if (a->team.n == 0 || (other_is_newer && b->team.n))
        a->team = b->team.n ? b->team : a->team;
    if (a->cycle.n == 0 || (other_is_newer && b->cycle.n))
        a->cycle = b->cycle.n ? b->cycle : a->cycle;
    if (b->n_refs && (a->n_refs == 0 || other_is_newer)) {
        a->first_ref = b->first_ref;
        a->n_refs = b->n_refs;
    }
    if (a->above == OKB_NONE)
        a->above = b->above;
    a->made_by_row = a->made_by_row || b->made_by_row;
    a->is_percent = a->is_percent || b->is_percent;
    b->stands_for = into;
    if (b->counts_row) {
        b->counts_row = false;
        okb_file *file = okb_file_at(n, b->goal.source.file_ix);
        file->used--;
        file->merged++;
    }
    if (j.n_said)
        okb_account_note(n, OKB_S("DAT001"), into, second_goal.source, (okb_span){NULL, 0},
                         okb_arena_printf(n->keep, "joined by %.*s with line %u of %.*s: %.*s", OKB_FMT(by),
                                          first.source.line, OKB_FMT(okb_file_at(n, first.source.file_ix)->name),
                                          OKB_FMT(okb_buf_span(&j.said))));
    okb_buf_free(&j.said);
}

static uint32_t n_links_of(const second *s, uint32_t ix)
{
    return s->first_link[ix + 1] - s->first_link[ix];
}

/* What the joined row stands under, where the row that stays names nothing. */
static void take_links(second *s, uint32_t into, uint32_t other)
{
    enum { MOST_ABOVE = 256 };
    if (n_links_of(s, s->links_of[into]) || !n_links_of(s, s->links_of[other]))
        return;
    uint32_t steps = 0;
    for (uint32_t up = settled(s, s->parent[other]); up != OKB_NONE; up = settled(s, s->parent[up]))
        if (up == into || steps++ > MOST_ABOVE)
            return;
    s->links_of[into] = s->links_of[other];
    s->parent[into] = s->parent[other];
}

static okb_span team_hint(const second *s, const record *rec)
{
    return rec->team.n ? rec->team : okb_vec_at(&s->n->origins, origin, rec->goal.source.file_ix).team;
}

/* One id in two files means one goal, unless nothing else of them agrees. */
static bool same_by_id(const second *s, uint32_t a, uint32_t b)
{
    const record *x = record_at(s, a), *y = record_at(s, b);
    if (x->goal.source.file_ix == y->goal.source.file_ix)
        return true;
    if (okb_span_eq(x->title_key, y->title_key))
        return true;
    return okb_text_same(team_hint(s, x), team_hint(s, y));
}

void okb_merge_by_id(second *s)
{
    enum { MOST_HEADS = 16 };
    okb_arena a;
    okb_arena_init(&a, 0);
    okb_map *heads = okb_map_new(); /* folded id and turn -> record */
    for (uint32_t i = 0; i < s->n_records; i++) {
        record *rec = record_at(s, i);
        if (rec->goal.id.n == 0 || rec->stands_for != OKB_NONE)
            continue;
        okb_span id = okb_text_fold(&a, rec->goal.id);
        for (int turn = 0; turn < MOST_HEADS; turn++) {
            bool is_new;
            uint32_t *head = okb_map_put(heads, okb_arena_printf(&a, "%d\x1f%.*s", turn, OKB_FMT(id)), i, &is_new);
            if (is_new)
                break;
            if (same_by_id(s, *head, i)) {
                join(s, *head, i, OKB_S("id"));
                break;
            }
        }
        if (i % 512 == 511)
            okb_arena_reset(&a);
    }
    okb_map_free(heads);
    okb_arena_reset(&a);
}

void okb_merge_named(second *s)
{
    for (uint32_t i = 0; i < s->n_records; i++) {
        record *rec = record_at(s, i);
        if (rec->made_by_row || rec->stands_for != OKB_NONE)
            continue;
        uint32_t best = OKB_NONE, steps = 0;
        int best_score = -1;
        for (uint32_t at = okb_map_get(s->n->titles, rec->title_key); at != OKB_NONE && steps < s->n->lim.title_chain;
             steps++) {
            const record *other = record_at(s, at);
            uint32_t next = other->next_title;
            bool is_fit = at != i && other->made_by_row && other->stands_for == OKB_NONE &&
                          other->goal.kind != OKB_KEY_RESULT && other->goal.kind != OKB_INITIATIVE;
            int score = (okb_span_eq(other->team, rec->team) ? 2 : 0) + (okb_span_eq(other->cycle, rec->cycle) ? 1 : 0);
            if (is_fit && (score > best_score || (score == best_score && at < best))) {
                best = at;
                best_score = score;
            }
            at = next;
        }
        if (best != OKB_NONE)
            rec->stands_for = best;
    }
}

/* Of one title, team and cycle: one goal, unless both have ids of their own or stand under different parents. */
static bool same_by_title(const second *s, uint32_t a, uint32_t b)
{
    const record *x = record_at(s, a), *y = record_at(s, b);
    if (x->goal.id.n && y->goal.id.n)
        return false;
    if (x->goal.kind && y->goal.kind && x->goal.kind != y->goal.kind)
        return false;
    uint32_t up = s->parent[a], other_up = s->parent[b];
    if (up == OKB_NONE || other_up == OKB_NONE)
        return x->goal.source.file_ix != y->goal.source.file_ix || up == other_up;
    return settled(s, up) == settled(s, other_up) ||
           okb_span_eq(record_at(s, up)->title_key, record_at(s, other_up)->title_key);
}

void okb_merge_by_title(second *s)
{
    enum { MOST_HEADS = 16 };
    okb_arena a;
    okb_arena_init(&a, 0);
    okb_map *heads = okb_map_new();
    for (uint32_t i = 0; i < s->n_records; i++) {
        record *rec = record_at(s, i);
        if (rec->stands_for != OKB_NONE)
            continue;
        for (int turn = 0; turn < MOST_HEADS; turn++) {
            okb_span key = okb_arena_printf(&a, "%d\x1f%u\x1f%u\x1f%.*s", turn, s->team_of[i], s->cycle_of[i],
                                            OKB_FMT(rec->title_key));
            bool is_new;
            uint32_t *head = okb_map_put(heads, key, i, &is_new);
            if (is_new)
                break;
            if (same_by_title(s, *head, i)) {
                join(s, *head, i, OKB_S("title, team and cycle"));
                take_links(s, *head, i);
                break;
            }
        }
        if (i % 512 == 511)
            okb_arena_reset(&a);
    }
    okb_map_free(heads);
    okb_arena_reset(&a);
}
