/* Records to the plan: the order of output, ids, links, check-ins, teams, and the proof that no row was lost. */
#include "finish.h"

#include <stdlib.h>
#include <string.h>

/* ---- order -------------------------------------------------------------------------------------------------- */

/* Goals in the order team, objective, its children, as in the input: a walk down from each team's roots. */
static uint32_t *order_of(second *s, const uint8_t *is_kept, uint32_t *out_n)
{
    okb_arena *stage = &s->n->stage;
    uint32_t n = s->n_records, n_teams = (uint32_t)s->teams.n, count = 0;
    uint32_t *first_child = OKB_NEW_N(stage, uint32_t, n + 1), *next = OKB_NEW_N(stage, uint32_t, n + 1);
    uint32_t *first_root = OKB_NEW_N(stage, uint32_t, n_teams + 1), *order = OKB_NEW_N(stage, uint32_t, n + 1);
    uint32_t *pile = OKB_NEW_N(stage, uint32_t, n + 1);
    for (uint32_t i = 0; i < n; i++)
        first_child[i] = next[i] = OKB_NONE;
    for (uint32_t t = 0; t < n_teams; t++)
        first_root[t] = OKB_NONE;
    for (uint32_t i = n; i-- > 0;) { /* backwards, so that the lists run forwards */
        if (!is_kept[i])
            continue;
        uint32_t up = s->parent[i];
        bool is_inside = up != OKB_NONE && is_kept[up] && s->team_of[up] == s->team_of[i];
        uint32_t *list = is_inside ? &first_child[up] : &first_root[s->team_of[i]];
        next[i] = *list;
        *list = i;
    }
    for (uint32_t t = 0; t < n_teams; t++)
        for (uint32_t root = first_root[t]; root != OKB_NONE; root = next[root]) {
            uint32_t depth = 0;
            order[count++] = root;
            if (first_child[root] != OKB_NONE)
                pile[depth++] = first_child[root];
            while (depth) {
                uint32_t at = pile[--depth];
                order[count++] = at;
                if (next[at] != OKB_NONE)
                    pile[depth++] = next[at];
                if (first_child[at] != OKB_NONE)
                    pile[depth++] = first_child[at];
            }
        }
    *out_n = count;
    return order;
}

/* --team: the goals of these teams, and what they stand under with its own key results, so that their links still lead somewhere and
 * an objective that they serve is scored as it is. */
static void filter_teams(second *s, uint8_t *is_kept)
{
    enum { SERVED = 2 };
    const okb_normalize_options *o = &s->n->options;
    if (o->n_teams == 0)
        return;
    uint8_t *is_wanted = OKB_NEW_N(&s->n->stage, uint8_t, s->teams.n + 1);
    for (size_t t = 0; t < s->teams.n; t++)
        for (size_t k = 0; k < o->n_teams; k++)
            if (okb_text_same(okb_vec_at(&s->teams, okb_team, t).name, o->teams[k]))
                is_wanted[t] = 1;
    for (uint32_t i = 0; i < s->n_records; i++)
        is_kept[i] = is_kept[i] && is_wanted[s->team_of[i]];
    for (uint32_t i = 0; i < s->n_records; i++) {
        if (!is_kept[i])
            continue;
        for (uint32_t up = s->parent[i]; up != OKB_NONE && !is_kept[up]; up = s->parent[up])
            is_kept[up] = SERVED;
    }
    for (uint32_t i = 0; i < s->n_records; i++) {
        uint32_t up = s->parent[i];
        if (!is_kept[i] && record_at(s, i)->stands_for == OKB_NONE && up != OKB_NONE && is_kept[up] == SERVED &&
            s->team_of[up] == s->team_of[i])
            is_kept[i] = 1;
    }
}

/* ---- ids ---------------------------------------------------------------------------------------------------- */

void okb_plan_ids(second *s)
{
    okb_normalizer *n = s->n;
    okb_map *taken = okb_map_new();
    okb_arena a;
    okb_arena_init(&a, 0);
    for (int pass = 0; pass < 3; pass++) /* ids of the input, then row numbers, then made ones */
        for (uint32_t i = 0; i < s->n_records; i++) {
            record *rec = record_at(s, i);
            if (rec->stands_for != OKB_NONE)
                continue;
            bool is_new = false;
            if (pass == 0 && rec->goal.id.n) {
                okb_map_put(taken, okb_text_fold(&a, rec->goal.id), i, &is_new);
                if (!is_new) {
                    okb_account_note(
                        n, OKB_S("DAT003"), i, rec->goal.source, OKB_S("id"),
                        okb_arena_printf(n->keep, "'%.*s' is the id of another goal too", OKB_FMT(rec->goal.id)));
                    rec->goal.id = (okb_span){NULL, 0};
                }
            } else if (pass == 1 && rec->goal.id.n == 0 && rec->row_ref.n) {
                okb_map_put(taken, okb_text_fold(&a, rec->row_ref), i, &is_new);
                if (is_new)
                    rec->goal.id = rec->row_ref;
            } else if (pass == 2 && rec->goal.id.n == 0) {
                okb_span cycle = okb_vec_at(&s->cycles, okb_cycle, s->cycle_of[i]).name;
                okb_span team = okb_vec_at(&s->teams, okb_team, s->team_of[i]).name;
                uint32_t up = s->parent[i];
                okb_span above = up == OKB_NONE ? (okb_span){NULL, 0} : record_at(s, up)->title_key;
                okb_span text =
                    okb_arena_printf(&a, "%.*s\n%.*s\n%.*s\n%.*s", OKB_FMT(okb_text_fold(&a, cycle)),
                                     OKB_FMT(okb_text_fold(&a, team)), OKB_FMT(above), OKB_FMT(rec->title_key));
                char hex[65];
                okb_sha256_hex(text, hex);
                okb_span id = okb_arena_copy(n->keep, (okb_span){hex, 8});
                okb_map_put(taken, id, i, &is_new);
                for (uint32_t counter = 2; !is_new; counter++) {
                    id = okb_arena_printf(n->keep, "%.8s-%u", hex, counter);
                    okb_map_put(taken, okb_text_fold(&a, id), i, &is_new);
                }
                rec->goal.id = id;
            }
            if (i % 512 == 511)
                okb_arena_reset(&a);
        }
    okb_map_free(taken);
    okb_arena_reset(&a);
}

/* ---- goals -------------------------------------------------------------------------------------------------- */

static void build_links(second *s, okb_plan *out, const uint32_t *order)
{
    okb_arena *keep = s->n->keep;
    uint32_t n_links = 0;
    for (uint32_t g = 0; g < out->n_goals; g++)
        n_links += s->first_link[s->links_of[order[g]] + 1] - s->first_link[s->links_of[order[g]]];
    okb_link *all = OKB_NEW_N(keep, okb_link, n_links + 1);
    uint32_t at = 0;
    for (uint32_t g = 0; g < out->n_goals; g++) {
        okb_goal *goal = &out->goals[g];
        uint32_t rec = order[g], from = at;
        goal->links = &all[at];
        uint32_t of = s->links_of[rec];
        for (uint32_t k = s->first_link[of]; k < s->first_link[of + 1]; k++) {
            okb_link link = s->links[k].link;
            uint32_t to = link.goal_ix == OKB_NONE ? OKB_NONE : settled(s, link.goal_ix);
            if (to == rec)
                continue;
            bool is_twice = false;
            for (uint32_t j = from; j < at; j++)
                is_twice = is_twice || (to != OKB_NONE && s->final[to] != OKB_NONE && all[j].goal_ix == s->final[to]);
            if (is_twice)
                continue;
            link.goal_ix = to == OKB_NONE ? OKB_NONE : s->final[to];
            if (link.goal_ix != OKB_NONE && record_at(s, to)->goal.id.n)
                link.ref = record_at(s, to)->goal.id;
            if (to == s->parent[rec] && isnan(goal->weight) && !isnan(link.weight))
                goal->weight = link.weight;
            all[at++] = link;
        }
        goal->n_links = at - from;
    }
}

static void build_children(second *s, okb_plan *out)
{
    okb_arena *keep = s->n->keep;
    uint32_t *all = OKB_NEW_N(keep, uint32_t, out->n_goals + 1);
    uint32_t at = 0;
    for (uint32_t g = 0; g < out->n_goals; g++)
        if (out->goals[g].parent_ix != OKB_NONE)
            out->goals[out->goals[g].parent_ix].n_children++;
    uint32_t *cursor = OKB_NEW_N(&s->n->stage, uint32_t, out->n_goals + 1);
    for (uint32_t g = 0; g < out->n_goals; g++) {
        out->goals[g].children = &all[at];
        cursor[g] = at;
        at += out->goals[g].n_children;
    }
    for (uint32_t g = 0; g < out->n_goals; g++)
        if (out->goals[g].parent_ix != OKB_NONE)
            all[cursor[out->goals[g].parent_ix]++] = g;
    /* Depth along parents: each goal is settled once. */
    uint32_t *path = OKB_NEW_N(&s->n->stage, uint32_t, out->n_goals + 1);
    uint8_t *is_known = OKB_NEW_N(&s->n->stage, uint8_t, out->n_goals + 1);
    for (uint32_t g = 0; g < out->n_goals; g++) {
        uint32_t n_path = 0, up = g;
        while (up != OKB_NONE && !is_known[up]) {
            path[n_path++] = up;
            up = out->goals[up].parent_ix;
        }
        uint32_t depth = up == OKB_NONE ? 0 : out->goals[up].depth + 1;
        while (n_path) {
            okb_goal *goal = &out->goals[path[--n_path]];
            goal->depth = depth++;
            is_known[path[n_path]] = 1;
        }
    }
}

static void build_teams(second *s, okb_plan *out)
{
    okb_normalizer *n = s->n;
    okb_arena a;
    okb_arena_init(&a, 0);
    for (size_t i = 0; i < n->teams.n; i++) {
        const team_row *row = &okb_vec_at(&n->teams, team_row, i);
        bool is_new;
        uint32_t *at = okb_map_put(s->team_ix, okb_text_fold(&a, row->team.name), (uint32_t)s->teams.n, &is_new);
        if (is_new)
            *okb_vec_push(&s->teams, okb_team) = row->team;
        okb_team *team = &okb_vec_at(&s->teams, okb_team, *at);
        if (!isnan(row->team.size))
            team->size = row->team.size;
        if (row->team.framework.n)
            team->framework = row->team.framework;
        if (row->team.lead.n)
            team->lead = row->team.lead;
    }
    for (size_t i = 0; i < n->teams.n; i++) {
        const team_row *row = &okb_vec_at(&n->teams, team_row, i);
        uint32_t at = okb_map_get(s->team_ix, okb_text_fold(&a, row->team.name));
        uint32_t up = row->parent.n ? okb_map_get(s->team_ix, okb_text_fold(&a, row->parent)) : OKB_NONE;
        if (up != at && up != OKB_NONE)
            okb_vec_at(&s->teams, okb_team, at).parent_ix = up;
    }
    okb_arena_reset(&a);
    /* A team above itself is above nothing. */
    for (uint32_t t = 0; t < s->teams.n; t++) {
        uint32_t steps = 0, up = t;
        while (up != OKB_NONE && steps++ <= s->teams.n)
            up = okb_vec_at(&s->teams, okb_team, up).parent_ix;
        if (up != OKB_NONE)
            okb_vec_at(&s->teams, okb_team, t).parent_ix = OKB_NONE;
    }
    out->n_teams = (uint32_t)s->teams.n;
    out->teams = OKB_NEW_N(n->keep, okb_team, out->n_teams + 1);
    if (out->n_teams)
        memcpy(out->teams, s->teams.items, out->n_teams * sizeof *out->teams);
}

static okb_code find_cycle(second *s, okb_plan *out, okb_err *err)
{
    okb_normalizer *n = s->n;
    out->cycle_ix = OKB_NONE;
    if (n->options.cycle.n) {
        okb_cycle wanted = {.name = n->options.cycle};
        (void)okb_cycle_parse(n->options.cycle, n->lim.cycle_first_month, n->keep, &wanted);
        for (uint32_t i = 0; i < out->n_cycles; i++)
            if (okb_text_same(out->cycles[i].name, wanted.name))
                out->cycle_ix = i;
        if (out->cycle_ix == OKB_NONE)
            return okb_fail(err, OKB_E_DATA, "no goal is of the cycle '%.*s', the latest in the input is '%.*s'",
                            OKB_FMT(n->options.cycle), OKB_FMT(out->cycles[out->n_cycles - 1].name));
        return OKB_OK;
    }
    uint32_t latest = OKB_NONE;
    for (uint32_t i = 0; i < out->n_cycles; i++) {
        const okb_cycle *c = &out->cycles[i];
        if (c->start <= out->as_of && c->due >= out->as_of) {
            bool is_usual = c->months == (uint32_t)n->lim.cycle_months;
            const okb_cycle *best = out->cycle_ix == OKB_NONE ? NULL : &out->cycles[out->cycle_ix];
            bool best_usual = best && best->months == (uint32_t)n->lim.cycle_months;
            if (!best || (is_usual && !best_usual) ||
                (is_usual == best_usual && c->due - c->start < best->due - best->start))
                out->cycle_ix = i;
        }
        if (latest == OKB_NONE || c->due > out->cycles[latest].due ||
            (c->due == out->cycles[latest].due && c->start > out->cycles[latest].start))
            latest = i;
    }
    if (out->cycle_ix == OKB_NONE)
        out->cycle_ix = latest;
    return OKB_OK;
}

okb_code okb_plan_build(second *s, okb_plan *out, okb_err *err)
{
    okb_normalizer *n = s->n;
    uint8_t *is_kept = OKB_NEW_N(&n->stage, uint8_t, s->n_records + 1);
    for (uint32_t i = 0; i < s->n_records; i++)
        is_kept[i] = record_at(s, i)->stands_for == OKB_NONE;
    filter_teams(s, is_kept);
    okb_cycles_sort(s, out);
    uint32_t *order = order_of(s, is_kept, &out->n_goals);
    s->final = OKB_NEW_N(&n->stage, uint32_t, s->n_records + 1);
    for (uint32_t i = 0; i < s->n_records; i++)
        s->final[i] = OKB_NONE;
    for (uint32_t g = 0; g < out->n_goals; g++)
        s->final[order[g]] = g;
    out->goals = OKB_NEW_N(n->keep, okb_goal, out->n_goals + 1);
    for (uint32_t g = 0; g < out->n_goals; g++) {
        uint32_t rec = order[g];
        out->goals[g] = record_at(s, rec)->goal;
        okb_goal *goal = &out->goals[g];
        goal->team_ix = s->team_of[rec];
        goal->cycle_ix = s->cycle_of[rec];
        goal->is_in_circle = s->in_circle[rec];
        goal->parent_ix = s->parent[rec] == OKB_NONE ? OKB_NONE : s->final[s->parent[rec]];
    }
    build_links(s, out, order);
    build_children(s, out);
    build_teams(s, out);
    return out->n_cycles ? find_cycle(s, out, err) : OKB_OK;
}

/* ---- check-ins ---------------------------------------------------------------------------------------------- */

typedef struct dated {
    okb_day date;
    uint32_t ix; /* input order */
} dated;

static int compare_dated(const void *a, const void *b)
{
    const dated *x = a, *y = b;
    if (x->date != y->date)
        return x->date < y->date ? -1 : 1;
    return x->ix < y->ix ? -1 : x->ix > y->ix;
}

/* One goal's check-ins while they are handed out. */
typedef struct series {
    checkin_record *all;
    const dated *items;
    uint32_t n;
} series;

static checkin_record *series_at(const series *s, uint32_t i)
{
    return &s->all[s->items[i].ix];
}

/*
 * 0.86 among 84% and 88 is 86: a bare figure far below both ends of a percent metric, beside others that are not. And 12% on a metric
 * that runs from 0.1 to 0.15 is 0.12.
 */
static void fit_percents(second *s, const okb_goal *goal, const record *rec, const series *of)
{
    if (isnan(goal->target) || isnan(goal->baseline))
        return;
    double low = fmin(fabs(goal->baseline), fabs(goal->target)), high = fmax(fabs(goal->baseline), fabs(goal->target));
    if (low == 0)
        low = high;
    double floor_of_scale = low / s->n->lim.percent_gap;
    bool has_percents = rec->is_percent && !isnan(goal->current) && fabs(goal->current) >= floor_of_scale;
    for (uint32_t i = 0; rec->is_percent && i < of->n && !has_percents; i++) {
        const checkin_record *c = series_at(of, i);
        has_percents = !isnan(c->c.value) && (c->is_percent || fabs(c->c.value) >= floor_of_scale);
    }
    for (uint32_t i = 0; i < of->n; i++) {
        checkin_record *c = series_at(of, i);
        bool is_share = rec->is_percent && has_percents && !c->is_percent && c->c.value > 0 && c->c.value <= 1 &&
                        c->c.value < floor_of_scale;
        bool is_percent = !rec->is_percent && c->is_percent && high <= 1 && high > 0;
        if (isnan(c->c.value) || (!is_share && !is_percent))
            continue;
        c->c.value = is_share ? c->c.value * 100 : c->c.value / 100;
        okb_file_at(s->n, c->c.source.file_ix)->repaired++;
    }
}

/* What the goal's own row says of its last check-in, where the check-in itself is there as well. */
static bool is_told_twice(const series *of, uint32_t i)
{
    const checkin_record *own = series_at(of, i);
    if (!own->is_own_row)
        return false;
    for (uint32_t k = i; k-- > 0 && series_at(of, k)->c.date == own->c.date;)
        if (!series_at(of, k)->is_own_row)
            return true;
    for (uint32_t k = i + 1; k < of->n && series_at(of, k)->c.date == own->c.date; k++)
        if (!series_at(of, k)->is_own_row)
            return true;
    return false;
}

static bool same_checkin(const okb_checkin *a, const okb_checkin *b)
{
    bool same_value = a->value == b->value || (isnan(a->value) && isnan(b->value));
    bool same_progress = a->progress == b->progress || (isnan(a->progress) && isnan(b->progress));
    return a->source.file_ix != b->source.file_ix && a->date == b->date && same_value && same_progress &&
           a->status == b->status && okb_span_eq(a->comment, b->comment);
}

static void reject_checkin(second *s, const checkin_record *c, const ref *to)
{
    okb_normalizer *n = s->n;
    okb_file *file = okb_file_at(n, c->c.source.file_ix);
    if (!c->counts_row)
        return;
    file->used--;
    file->rejected++;
    okb_span raw = c->raw == OKB_NONE ? (okb_span){NULL, 0} : okb_vec_at(&n->raws, okb_span, c->raw);
    *okb_vec_push(&n->rejects, okb_reject) =
        (okb_reject){.source = c->c.source,
                     .column = to->column,
                     .value = to->text,
                     .reason = OKB_S("no goal of that id or title is in the input"),
                     .row = raw};
}

void okb_plan_checkins(second *s, okb_plan *out)
{
    okb_normalizer *n = s->n;
    for (size_t i = 0; i < n->refs.n; i++) {
        ref *r = &okb_vec_at(&n->refs, ref, i);
        if (r->kind == REF_RECORD)
            r->record = settled(s, r->record);
    }
    checkin_record *all = n->checkins.items;
    uint32_t n_all = (uint32_t)n->checkins.n;
    uint8_t *is_tried = OKB_NEW_N(&n->stage, uint8_t, n->refs.n + 1);
    uint32_t *goal_of = OKB_NEW_N(&n->stage, uint32_t, (size_t)n_all + 1);
    uint32_t *start = OKB_NEW_N(&n->stage, uint32_t, (size_t)out->n_goals + 2);
    for (uint32_t i = 0; i < n_all; i++) {
        ref *to = &okb_vec_at(&n->refs, ref, all[i].c.goal_ix);
        if (!is_tried[all[i].c.goal_ix]) {
            is_tried[all[i].c.goal_ix] = 1;
            if (to->kind != REF_RECORD)
                to->record = okb_resolve_goal(s, to->text, to->above, to->file_ix, OKB_NONE, to->kind);
        }
        goal_of[i] = OKB_NONE;
        if (to->record == OKB_NONE) {
            reject_checkin(s, &all[i], to);
            continue;
        }
        uint32_t goal = s->final[to->record];
        if (goal == OKB_NONE) /* of a team that the filter left out */
            continue;
        /* A roll-up's last check-in is its children's. */
        if (all[i].is_own_row && out->goals[goal].n_children && all[i].c.comment.n == 0)
            continue;
        goal_of[i] = goal;
        start[goal + 1]++;
    }
    for (uint32_t g = 0; g < out->n_goals; g++)
        start[g + 1] += start[g];
    uint32_t n_kept = start[out->n_goals];
    dated *sorted = OKB_NEW_N(&n->stage, dated, (size_t)n_kept + 1);
    uint32_t *cursor = OKB_NEW_N(&n->stage, uint32_t, (size_t)out->n_goals + 1);
    memcpy(cursor, start, out->n_goals * sizeof *cursor);
    for (uint32_t i = 0; i < n_all; i++)
        if (goal_of[i] != OKB_NONE)
            sorted[cursor[goal_of[i]]++] = (dated){all[i].c.date, i};
    out->checkins = OKB_NEW_N(n->keep, okb_checkin, (size_t)n_kept + 1);
    uint32_t at = 0;
    for (uint32_t g = 0; g < out->n_goals; g++) {
        qsort(sorted + start[g], start[g + 1] - start[g], sizeof *sorted, compare_dated);
        okb_goal *goal = &out->goals[g];
        const series of = {all, sorted + start[g], start[g + 1] - start[g]};
        goal->first_checkin = at;
        if (of.n)
            fit_percents(s, goal, record_at(s, okb_vec_at(&n->refs, ref, series_at(&of, 0)->c.goal_ix).record), &of);
        for (uint32_t k = 0; k < of.n; k++) {
            const checkin_record *c = series_at(&of, k);
            if (is_told_twice(&of, k))
                continue;
            if (at > goal->first_checkin && same_checkin(&out->checkins[at - 1], &c->c)) {
                if (c->counts_row) {
                    okb_file *file = okb_file_at(n, c->c.source.file_ix);
                    file->used--;
                    file->merged++;
                }
                continue;
            }
            out->checkins[at] = c->c;
            out->checkins[at++].goal_ix = g;
        }
        goal->n_checkins = at - goal->first_checkin;
    }
    out->n_checkins = at;
}
