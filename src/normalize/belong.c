/* Where each goal belongs: team, level, cycle and kind, from its own cells, its parents, and its file. */
#include "finish.h"

#include <stdlib.h>
#include <string.h>

static uint32_t team_named(second *s, okb_span name)
{
    okb_arena a;
    okb_arena_init(&a, 256);
    bool is_new;
    uint32_t *at = okb_map_put(s->team_ix, okb_text_fold(&a, name), (uint32_t)s->teams.n, &is_new);
    uint32_t ix = *at;
    okb_arena_reset(&a);
    if (is_new) {
        bool is_company = okb_words_find(s->n->words, W_COMPANY, name) != NULL ||
                          (s->n->options.org.n && okb_text_same(name, s->n->options.org));
        okb_span kept = okb_text_clean(s->n->keep, name, false);
        *okb_vec_push(&s->teams, okb_team) =
            (okb_team){.name = kept, .parent_ix = OKB_NONE, .size = NAN, .is_company = is_company};
    }
    return ix;
}

/* A blank cell in a team column, or a format without one, leaves the goal with its parent; other files name their team. */
static bool takes_parents_team(const second *s, const record *rec)
{
    const origin *o = &okb_vec_at(&s->n->origins, origin, rec->goal.source.file_ix);
    return rec->above != OKB_NONE || o->has_team_column || o->rule == TEAM_PARENT || o->team.n == 0;
}

static okb_span files_team(const second *s, const record *rec)
{
    const origin *o = &okb_vec_at(&s->n->origins, origin, rec->goal.source.file_ix);
    return o->team.n ? o->team : o->name;
}

/* Key results that say no level are of their objective's. */
static void inherit_levels(second *s)
{
    for (uint32_t i = 0; i < s->n_records; i++) {
        record *rec = record_at(s, i);
        uint32_t up = s->parent[i];
        if (rec->stands_for == OKB_NONE && !rec->goal.level && rec->team.n == 0 && up != OKB_NONE &&
            (rec->goal.kind == OKB_KEY_RESULT || rec->goal.kind == OKB_INITIATIVE) &&
            record_at(s, up)->goal.level == OKB_COMPANY && takes_parents_team(s, rec))
            rec->goal.level = OKB_COMPANY;
    }
}

/* The nearest record upward that says its own team; OKB_NONE where the file's name has to. */
static uint32_t team_giver(second *s, uint32_t ix, uint32_t *giver)
{
    uint32_t at = ix, found = OKB_NONE;
    while (at != OKB_NONE) {
        if (giver[at] != OKB_NONE - 1) {
            found = giver[at];
            break;
        }
        const record *rec = record_at(s, at);
        if (rec->team.n || rec->goal.level == OKB_COMPANY) {
            found = at;
            break;
        }
        uint32_t up = s->parent[at];
        if (!takes_parents_team(s, rec) || up == OKB_NONE) {
            found = at;
            break;
        }
        at = up;
    }
    for (uint32_t back = ix; back != OKB_NONE && giver[back] == OKB_NONE - 1; back = s->parent[back]) {
        giver[back] = found;
        if (back == found || back == at)
            break;
    }
    return found;
}

void okb_belong_teams(second *s)
{
    okb_arena *stage = &s->n->stage;
    inherit_levels(s);
    s->team_ix = okb_map_new();
    s->team_of = OKB_NEW_N(stage, uint32_t, s->n_records + 1);
    uint32_t *giver = OKB_NEW_N(stage, uint32_t, s->n_records + 1);
    for (uint32_t i = 0; i < s->n_records; i++)
        giver[i] = OKB_NONE - 1;
    for (uint32_t i = 0; i < s->n_records; i++) {
        record *rec = record_at(s, i);
        s->team_of[i] = OKB_NONE;
        if (rec->stands_for != OKB_NONE)
            continue;
        uint32_t from = team_giver(s, i, giver);
        const record *source = from == OKB_NONE ? rec : record_at(s, from);
        if (source != rec && source->goal.level == OKB_COMPANY) /* alignment with the company makes nobody part of it */
            source = rec;
        if (source->team.n)
            s->team_of[i] = team_named(s, source->team);
        else if (source->goal.level == OKB_COMPANY)
            s->team_of[i] = team_named(s, OKB_S("Company"));
        else
            s->team_of[i] = team_named(s, files_team(s, source));
        if (okb_vec_at(&s->teams, okb_team, s->team_of[i]).is_company && !rec->goal.level)
            rec->goal.level = OKB_COMPANY;
    }
}

/* ---- cycles ------------------------------------------------------------------------------------------------- */

static uint32_t cycle_put(second *s, const okb_cycle *cycle)
{
    okb_arena a;
    okb_arena_init(&a, 256);
    bool is_new;
    uint32_t *at = okb_map_put(s->cycle_ix, okb_text_fold(&a, cycle->name), (uint32_t)s->cycles.n, &is_new);
    uint32_t ix = *at;
    okb_arena_reset(&a);
    if (is_new)
        *okb_vec_push(&s->cycles, okb_cycle) = *cycle;
    return ix;
}

static uint32_t cycle_of_day(second *s, okb_day day)
{
    okb_cycle c = okb_cycle_of(day, s->n->lim.cycle_months, s->n->lim.cycle_first_month, s->n->keep);
    return cycle_put(s, &c);
}

/* The shortest usual cycle, from the set length on, that holds both days; else the one that holds the due date. */
static uint32_t cycle_of_days(second *s, okb_day start, okb_day due)
{
    static const int lengths[] = {1, 3, 4, 6, 12};
    const limits *lim = &s->n->lim;
    for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++) {
        if (lengths[i] < lim->cycle_months || (lengths[i] == 4 && lim->cycle_months != 4))
            continue;
        okb_cycle c = okb_cycle_of(due, lengths[i], lim->cycle_first_month, &s->n->stage);
        if (c.start <= start && c.due >= due) {
            c.name = okb_arena_copy(s->n->keep, c.name);
            return cycle_put(s, &c);
        }
    }
    return cycle_of_day(s, due);
}

/* The cycle that the cell names; OKB_NONE where it names none. */
static uint32_t cycle_written(second *s, const record *rec, okb_map *known)
{
    if (rec->cycle.n == 0)
        return OKB_NONE;
    const word *length = okb_words_find(s->n->words, W_CYCLE, rec->cycle);
    if (length) { /* Quarterly: the dates say which */
        okb_day day = rec->goal.start != OKB_DAY_NONE ? rec->goal.start : rec->goal.due;
        if (day == OKB_DAY_NONE)
            return OKB_NONE;
        okb_cycle c = okb_cycle_of(day, (int)length->number, s->n->lim.cycle_first_month, s->n->keep);
        return cycle_put(s, &c);
    }
    const origin *o = &okb_vec_at(&s->n->origins, origin, rec->goal.source.file_ix);
    okb_day around = rec->goal.due != OKB_DAY_NONE     ? rec->goal.due
                     : rec->goal.start != OKB_DAY_NONE ? rec->goal.start
                     : o->has_cycle                    ? o->cycle.start
                                                       : s->n->options.as_of;
    int year, month, mday;
    okb_day_split(around, &year, &month, &mday);
    okb_span key = okb_arena_printf(&s->n->stage, "%d-%d\x1f%.*s", year, month, OKB_FMT(rec->cycle));
    bool is_new;
    uint32_t *at = okb_map_put(known, key, OKB_NONE, &is_new);
    if (!is_new)
        return *at;
    okb_cycle c = {.name = rec->cycle, .start = OKB_DAY_NONE, .due = OKB_DAY_NONE, .previous_ix = OKB_NONE};
    date when;
    if (!okb_cycle_named(s->n, rec->cycle, around, s->n->keep, &c) && okb_date_scan(s->n->words, rec->cycle, &when) &&
        when.is_range) {
        c.start = when.first;
        c.due = when.last;
    }
    uint32_t ix = cycle_put(s, &c);
    *okb_map_put(known, key, ix, NULL) = ix;
    return ix;
}

/* What the goals below say of the cycle of one that says nothing itself. */
typedef struct below {
    okb_span cycle;
    okb_day start, due;
} below;

static below *gather_below(second *s)
{
    below *all = OKB_NEW_N(&s->n->stage, below, (size_t)s->n_records + 1);
    for (uint32_t i = 0; i < s->n_records; i++)
        all[i].start = all[i].due = OKB_DAY_NONE;
    for (uint32_t i = 0; i < s->n_records; i++) {
        const record *rec = record_at(s, i);
        uint32_t up = s->parent[i];
        if (up == OKB_NONE || rec->stands_for != OKB_NONE)
            continue;
        if (all[up].cycle.n == 0)
            all[up].cycle = rec->cycle;
        okb_day from = rec->goal.start != OKB_DAY_NONE ? rec->goal.start : rec->goal.due;
        okb_day to = rec->goal.due != OKB_DAY_NONE ? rec->goal.due : rec->goal.start;
        if (from != OKB_DAY_NONE && (all[up].start == OKB_DAY_NONE || from < all[up].start))
            all[up].start = from;
        if (to != OKB_DAY_NONE && (all[up].due == OKB_DAY_NONE || to > all[up].due))
            all[up].due = to;
    }
    return all;
}

/* Without a cycle's name and without parents that know: own days, the file's cycle, days of what stands below, the as-of date. */
static uint32_t cycle_alone(second *s, uint32_t ix, const below *under, okb_map *known)
{
    const record *rec = record_at(s, ix);
    const okb_goal *g = &rec->goal;
    const origin *o = &okb_vec_at(&s->n->origins, origin, g->source.file_ix);
    okb_day day = g->due != OKB_DAY_NONE ? g->due : g->start;
    if (g->start != OKB_DAY_NONE && g->due != OKB_DAY_NONE)
        return cycle_of_days(s, g->start < g->due ? g->start : g->due, g->due);
    if (o->has_cycle && (day == OKB_DAY_NONE || (day >= o->cycle.start && day <= o->cycle.due)))
        return cycle_put(s, &o->cycle);
    if (day == OKB_DAY_NONE && under->cycle.n) {
        record as_below = *rec;
        as_below.cycle = under->cycle;
        uint32_t cycle = cycle_written(s, &as_below, known);
        if (cycle != OKB_NONE)
            return cycle;
    }
    if (day == OKB_DAY_NONE && under->start != OKB_DAY_NONE)
        return cycle_of_days(s, under->start, under->due);
    if (day == OKB_DAY_NONE && rec->wide_to != OKB_DAY_NONE)
        return cycle_of_days(s, rec->wide_from, rec->wide_to);
    return cycle_of_day(s, day == OKB_DAY_NONE ? s->n->options.as_of : day);
}

void okb_belong_cycles(second *s)
{
    okb_map *known = okb_map_new();
    s->cycle_ix = okb_map_new();
    s->cycle_of = OKB_NEW_N(&s->n->stage, uint32_t, s->n_records + 1);
    uint32_t *path = OKB_NEW_N(&s->n->stage, uint32_t, s->n_records + 1);
    const below *under = gather_below(s);
    for (uint32_t i = 0; i < s->n_records; i++)
        s->cycle_of[i] = OKB_NONE;
    for (uint32_t i = 0; i < s->n_records; i++) {
        if (record_at(s, i)->stands_for != OKB_NONE)
            continue;
        /* Upward to the first that knows its cycle, then down again. */
        uint32_t n_path = 0, at = i, cycle = OKB_NONE;
        while (cycle == OKB_NONE) {
            const record *rec = record_at(s, at);
            if (s->cycle_of[at] != OKB_NONE) {
                cycle = s->cycle_of[at];
                break;
            }
            path[n_path++] = at;
            cycle = cycle_written(s, rec, known);
            bool has_days = rec->goal.start != OKB_DAY_NONE && rec->goal.due != OKB_DAY_NONE;
            if (cycle == OKB_NONE && (has_days || s->parent[at] == OKB_NONE))
                cycle = cycle_alone(s, at, &under[at], known);
            if (cycle == OKB_NONE)
                at = s->parent[at];
        }
        for (uint32_t k = 0; k < n_path; k++)
            s->cycle_of[path[k]] = cycle;
    }
    okb_map_free(known);
    /* A name that says no days lasts as long as its goals do. */
    for (uint32_t i = 0; i < s->n_records; i++) {
        if (s->cycle_of[i] == OKB_NONE)
            continue;
        okb_cycle *c = &okb_vec_at(&s->cycles, okb_cycle, s->cycle_of[i]);
        const okb_goal *g = &record_at(s, i)->goal;
        if (c->months)
            continue;
        if (g->start != OKB_DAY_NONE && (c->start == OKB_DAY_NONE || g->start < c->start))
            c->start = g->start;
        if (g->due != OKB_DAY_NONE && (c->due == OKB_DAY_NONE || g->due > c->due))
            c->due = g->due;
    }
    for (size_t i = 0; i < s->cycles.n; i++) {
        okb_cycle *c = &okb_vec_at(&s->cycles, okb_cycle, i);
        okb_day day = c->start != OKB_DAY_NONE ? c->start : c->due != OKB_DAY_NONE ? c->due : s->n->options.as_of;
        okb_cycle around = okb_cycle_of(day, s->n->lim.cycle_months, s->n->lim.cycle_first_month, &s->n->stage);
        if (c->start == OKB_DAY_NONE)
            c->start = c->due != OKB_DAY_NONE && c->due < around.start ? c->due : around.start;
        if (c->due == OKB_DAY_NONE || c->due < c->start)
            c->due = around.due > c->start ? around.due : c->start;
    }
}

static int compare_cycles(const void *a, const void *b)
{
    const okb_cycle *x = a, *y = b;
    if (x->start != y->start)
        return x->start < y->start ? -1 : 1;
    if (x->due != y->due)
        return x->due < y->due ? -1 : 1;
    return okb_span_cmp(x->name, y->name);
}

/* Puts the cycles in order and finds each one's predecessor; the records' indexes follow. Returns nothing but order. */
uint32_t okb_cycles_sort(second *s, okb_plan *plan)
{
    okb_normalizer *n = s->n;
    uint32_t n_cycles = (uint32_t)s->cycles.n;
    okb_cycle *sorted = OKB_NEW_N(n->keep, okb_cycle, n_cycles + 1);
    /* months carries the old index through the sort, in a copy. */
    uint32_t *old_to_new = OKB_NEW_N(&n->stage, uint32_t, n_cycles + 1),
             *months = OKB_NEW_N(&n->stage, uint32_t, n_cycles + 1);
    for (uint32_t i = 0; i < n_cycles; i++) {
        sorted[i] = okb_vec_at(&s->cycles, okb_cycle, i);
        months[i] = sorted[i].months;
        sorted[i].months = i;
    }
    qsort(sorted, n_cycles, sizeof *sorted, compare_cycles);
    for (uint32_t i = 0; i < n_cycles; i++) {
        old_to_new[sorted[i].months] = i;
        sorted[i].months = months[sorted[i].months];
        sorted[i].previous_ix = OKB_NONE;
    }
    for (uint32_t i = 0; i < n_cycles; i++)
        for (uint32_t k = i; k-- > 0 && sorted[i].previous_ix == OKB_NONE;)
            if (sorted[k].months == sorted[i].months && sorted[k].due < sorted[i].start && sorted[i].months)
                sorted[i].previous_ix = k;
    for (uint32_t i = 0; i < s->n_records; i++)
        if (s->cycle_of[i] != OKB_NONE)
            s->cycle_of[i] = old_to_new[s->cycle_of[i]];
    plan->cycles = sorted;
    plan->n_cycles = n_cycles;
    return n_cycles;
}

/* ---- kinds and levels --------------------------------------------------------------------------------------- */

static bool is_canonical(const second *s, uint32_t record_ix)
{
    uint32_t file_ix = record_at(s, record_ix)->goal.source.file_ix;
    return okb_span_eq(okb_vec_at(&s->n->files, okb_file, file_ix).format, OKB_S("canonical"));
}

void okb_belong_kinds(second *s)
{
    uint8_t *has_child = OKB_NEW_N(&s->n->stage, uint8_t, s->n_records + 1);
    for (uint32_t i = 0; i < s->n_records; i++)
        if (record_at(s, i)->stands_for == OKB_NONE && s->parent[i] != OKB_NONE)
            has_child[s->parent[i]] = 1;
    for (uint32_t i = 0; i < s->n_records; i++)
        if (!record_at(s, i)->goal.kind && has_child[i])
            record_at(s, i)->goal.kind = OKB_OBJECTIVE;
    /* A goal with key results under it is what others call an objective; the canonical columns mean what they say. */
    for (uint32_t i = 0; i < s->n_records; i++) {
        uint32_t up = s->parent[i];
        if (record_at(s, i)->stands_for == OKB_NONE && up != OKB_NONE && record_at(s, i)->goal.kind == OKB_KEY_RESULT &&
            record_at(s, up)->goal.kind == OKB_GOAL && !is_canonical(s, up))
            record_at(s, up)->goal.kind = OKB_OBJECTIVE;
    }
    for (uint32_t i = 0; i < s->n_records; i++) {
        okb_goal *g = &record_at(s, i)->goal;
        if (!g->kind && s->parent[i] != OKB_NONE && record_at(s, s->parent[i])->goal.kind == OKB_OBJECTIVE)
            g->kind = OKB_KEY_RESULT;
    }
    /* A team whose goals are all the company's is where the company's goals stand. */
    uint32_t n_teams = (uint32_t)s->teams.n;
    uint32_t *n_company = OKB_NEW_N(&s->n->stage, uint32_t, n_teams + 1),
             *n_other = OKB_NEW_N(&s->n->stage, uint32_t, n_teams + 1);
    for (uint32_t i = 0; i < s->n_records; i++) {
        const record *rec = record_at(s, i);
        if (rec->stands_for != OKB_NONE || s->team_of[i] == OKB_NONE)
            continue;
        uint32_t up = s->parent[i];
        bool is_company =
            rec->goal.level == OKB_COMPANY || (!rec->goal.level && up != OKB_NONE && s->team_of[up] == s->team_of[i] &&
                                               record_at(s, up)->goal.level == OKB_COMPANY);
        if (is_company)
            n_company[s->team_of[i]]++;
        else
            n_other[s->team_of[i]]++;
    }
    for (uint32_t t = 0; t < n_teams; t++)
        if (n_company[t] && !n_other[t])
            okb_vec_at(&s->teams, okb_team, t).is_company = true;
}
