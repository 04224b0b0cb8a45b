/* Links: the parts of a parent cell, what they resolve to, circles, and the one parent of each goal. */
#include "finish.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_PARTS = 64 };

typedef struct part_text {
    okb_span title, id, address;
    double weight;
} part_text;

/* `Title(weight: 14.29%, Id: 2295776)`, several joined by ` / `. Titles hold brackets and slashes themselves. */
static size_t weighted_parts(okb_span cell, part_text *out, size_t most)
{
    size_t n = 0;
    okb_span rest = cell, mark = OKB_S("(weight:");
    while (rest.n && n < most) {
        size_t at = okb_span_find(rest, mark);
        size_t close = at == SIZE_MAX ? SIZE_MAX : okb_span_find(okb_span_sub(rest, at, rest.n), OKB_S(")"));
        if (close == SIZE_MAX)
            break;
        okb_span inner = okb_span_sub(rest, at + mark.n, at + close);
        okb_span id = inner, weight = okb_span_cut(&id, ',');
        size_t colon = okb_span_find(id, OKB_S(":"));
        if (colon == SIZE_MAX) /* a bracket of the title's own: nothing else can be known */
            break;
        part_text found = {.title = okb_span_trim(okb_span_sub(rest, 0, at)),
                           .id = okb_span_trim(okb_span_sub(id, colon + 1, id.n)),
                           .weight = NAN};
        double value;
        weight = okb_span_trim(weight);
        size_t used = okb_number_scan(weight, '.', &value);
        if (used)
            found.weight = used < weight.n && weight.p[used] == '%' ? value / 100 : value;
        out[n++] = found;
        rest = okb_span_trim(okb_span_sub(rest, at + close + 1, rest.n));
        if (rest.n && (rest.p[0] == '/' || rest.p[0] == ',' || rest.p[0] == ';'))
            rest = okb_span_trim(okb_span_sub(rest, 1, rest.n));
    }
    return n;
}

/* `Title (https://...), Other, with comma (https://...)`. */
static size_t address_parts(okb_span cell, part_text *out, size_t most)
{
    size_t n = 0;
    okb_span rest = cell;
    while (rest.n && n < most) {
        size_t at = okb_span_find(rest, OKB_S(" (http"));
        if (at == SIZE_MAX) {
            if (okb_span_trim(rest).n)
                out[n++] = (part_text){.title = okb_span_trim(rest), .weight = NAN};
            break;
        }
        size_t close = okb_span_find(okb_span_sub(rest, at, rest.n), OKB_S(")"));
        out[n++] = (part_text){.title = okb_span_trim(okb_span_sub(rest, 0, at)),
                               .address = okb_span_sub(rest, at + 2, close == SIZE_MAX ? rest.n : at + close),
                               .weight = NAN};
        rest = close == SIZE_MAX ? (okb_span){NULL, 0} : okb_span_trim(okb_span_sub(rest, at + close + 1, rest.n));
        if (rest.n && rest.p[0] == ',')
            rest = okb_span_trim(okb_span_sub(rest, 1, rest.n));
    }
    return n;
}

static size_t cut_at(okb_span cell, const char *mark, part_text *out, size_t most)
{
    size_t n = 0, size = strlen(mark);
    okb_span rest = cell;
    for (;;) {
        size_t at = okb_span_find(rest, okb_span_of(mark));
        okb_span piece = okb_span_trim(at == SIZE_MAX ? rest : okb_span_sub(rest, 0, at));
        if (piece.n && n < most)
            out[n++] = (part_text){.title = piece, .weight = NAN};
        if (at == SIZE_MAX)
            return n;
        rest = okb_span_sub(rest, at + size, rest.n);
    }
}

static uint32_t resolve_part(second *s, const part_text *named, const ref *cell, uint32_t self)
{
    okb_span none = {NULL, 0};
    uint32_t at = named->id.n ? okb_resolve_goal(s, named->id, none, cell->file_ix, self, REF_ANY) : OKB_NONE;
    if (at == OKB_NONE && named->title.n)
        at = okb_resolve_goal(s, named->title, none, cell->file_ix, self, named->id.n ? REF_TITLE : cell->kind);
    if (at != OKB_NONE || named->id.n || cell->kind == REF_ROW)
        return at;
    /* `Grow the box (G-12)`, `[G-12] Grow the box`, `G-12 - Grow the box` */
    okb_span text = named->title;
    if (text.n > 2 && text.p[text.n - 1] == ')') {
        size_t open = text.n;
        while (open > 0 && text.p[open - 1] != '(')
            open--;
        if (open > 1) {
            at = okb_resolve_goal(s, okb_span_sub(text, open, text.n - 1), none, cell->file_ix, self, REF_ANY);
            if (at == OKB_NONE)
                at = okb_resolve_goal(s, okb_span_sub(text, 0, open - 1), none, cell->file_ix, self, REF_ANY);
        }
    }
    static const char *const marks[] = {" - ", ": ", " \xE2\x80\x93 ", "] "};
    for (size_t i = 0; i < 4 && at == OKB_NONE; i++) {
        size_t cut = okb_span_find(text, okb_span_of(marks[i]));
        if (cut == SIZE_MAX || cut == 0)
            continue;
        okb_span head = okb_span_sub(text, text.p[0] == '[' ? 1 : 0, cut);
        at = okb_resolve_goal(s, head, none, cell->file_ix, self, REF_ANY);
        if (at == OKB_NONE)
            at = okb_resolve_goal(s, okb_span_sub(text, cut + strlen(marks[i]), text.n), none, cell->file_ix, self,
                                  REF_ANY);
    }
    return at;
}

static void add_link(okb_vec *links, uint32_t from, okb_span text, uint32_t to, double weight)
{
    *okb_vec_push(links, link_row) = (link_row){from, {text, to, weight}};
}

/* The goals that one cell names; links are added for each, resolved or not. */
static void links_of_cell(second *s, uint32_t self, const ref *cell, okb_vec *links)
{
    part_text parts[MOST_PARTS];
    size_t n;
    if (okb_span_find(cell->text, OKB_S("(weight:")) != SIZE_MAX &&
        (n = weighted_parts(cell->text, parts, MOST_PARTS)) > 0) {
        for (size_t i = 0; i < n; i++)
            add_link(links, self, okb_arena_copy(s->n->keep, parts[i].id.n ? parts[i].id : parts[i].title),
                     resolve_part(s, &parts[i], cell, self), parts[i].weight);
        return;
    }
    if (okb_span_find(cell->text, OKB_S(" (http")) != SIZE_MAX) {
        n = address_parts(cell->text, parts, MOST_PARTS);
        for (size_t i = 0; i < n; i++)
            add_link(links, self, okb_arena_copy(s->n->keep, parts[i].title), resolve_part(s, &parts[i], cell, self),
                     NAN);
        return;
    }
    part_text whole = {.title = cell->text, .weight = NAN};
    uint32_t at = resolve_part(s, &whole, cell, self);
    if (at != OKB_NONE) {
        add_link(links, self, cell->text, at, NAN);
        return;
    }
    static const char *const marks[] = {"\n", ";", ", ", " / ", ",", "|"};
    for (size_t m = 0; m < sizeof marks / sizeof *marks; m++) {
        n = cut_at(cell->text, marks[m], parts, MOST_PARTS);
        if (n < 2)
            continue;
        uint32_t targets[MOST_PARTS];
        size_t n_found = 0;
        for (size_t i = 0; i < n; i++) {
            targets[i] = resolve_part(s, &parts[i], cell, self);
            n_found += targets[i] != OKB_NONE;
        }
        /* A comma may belong to a title; where no part is known it stays one reference. */
        if (n_found == 0 && m > 1)
            continue;
        for (size_t i = 0; i < n; i++)
            add_link(links, self, okb_arena_copy(s->n->keep, parts[i].title), targets[i], NAN);
        return;
    }
    add_link(links, self, cell->text, OKB_NONE, NAN);
}

static void drop_link(okb_vec *links, size_t at)
{
    memmove(&okb_vec_at(links, link_row, at), &okb_vec_at(links, link_row, at + 1),
            (links->n - at - 1) * sizeof(link_row));
    links->n--;
}

/* Columns that name the same parent in different ways: what the best of them leaves unfound is missing, what the others do not
 * find is not. */
static void links_of_alternates(second *s, uint32_t self, okb_vec *links)
{
    const record *rec = record_at(s, self);
    uint32_t best = OKB_NONE;
    size_t best_found = 0;
    for (int pass = 0; pass < 2; pass++)
        for (uint32_t i = 0; i < rec->n_refs; i++) {
            ref cell = okb_vec_at(&s->n->refs, ref, rec->first_ref + i);
            if (!cell.is_alternate || cell.is_child)
                continue;
            size_t before = links->n, n_found = 0;
            links_of_cell(s, self, &cell, links);
            for (size_t k = before; k < links->n; k++)
                n_found += okb_vec_at(links, link_row, k).link.goal_ix != OKB_NONE;
            if (pass == 0) {
                links->n = before;
                if (best == OKB_NONE || n_found > best_found) {
                    best = i;
                    best_found = n_found;
                }
                continue;
            }
            for (size_t k = links->n; i != best && k-- > before;)
                if (okb_vec_at(links, link_row, k).link.goal_ix == OKB_NONE)
                    drop_link(links, k);
        }
}

/* What stands above by place comes first, then what the cells name; one link to one goal. */
static void add_own_links(second *s, uint32_t self, okb_vec *links, okb_vec *down)
{
    const record *rec = record_at(s, self);
    size_t from = links->n;
    for (uint32_t i = 0; i < rec->n_refs; i++) {
        ref cell = okb_vec_at(&s->n->refs, ref, rec->first_ref + i);
        if (cell.is_child)
            links_of_cell(s, self, &cell, down);
        else if (!cell.is_alternate)
            links_of_cell(s, self, &cell, links);
    }
    links_of_alternates(s, self, links);
    uint32_t above = rec->above == OKB_NONE ? OKB_NONE : settled(s, rec->above);
    if (links->n == from && above == OKB_NONE)
        above = okb_resolve_code_parent(s, self);
    if (above != OKB_NONE && above != self) {
        /* What stands above by place is the first parent. */
        okb_vec_push(links, link_row);
        memmove(&okb_vec_at(links, link_row, from + 1), &okb_vec_at(links, link_row, from),
                (links->n - 1 - from) * sizeof(link_row));
        const okb_goal *g = &record_at(s, above)->goal;
        okb_vec_at(links, link_row, from) = (link_row){self, {g->id.n ? g->id : g->title, above, NAN}};
    }
    for (size_t k = from; k < links->n; k++)
        for (size_t j = links->n; j-- > k + 1;) {
            uint32_t a = okb_vec_at(links, link_row, k).link.goal_ix, b = okb_vec_at(links, link_row, j).link.goal_ix;
            if (a == OKB_NONE || a != b)
                continue;
            if (isnan(okb_vec_at(links, link_row, k).link.weight))
                okb_vec_at(links, link_row, k).link.weight = okb_vec_at(links, link_row, j).link.weight;
            drop_link(links, j);
        }
}

static void settle_links(second *s, okb_vec *links)
{
    s->first_link = OKB_NEW_N(&s->n->stage, uint32_t, (size_t)s->n_records + 2);
    s->links = OKB_NEW_N(&s->n->stage, link_row, links->n + 1);
    for (size_t i = 0; i < links->n; i++)
        s->first_link[okb_vec_at(links, link_row, i).from + 1]++;
    for (uint32_t i = 0; i < s->n_records; i++)
        s->first_link[i + 1] += s->first_link[i];
    s->links_of = OKB_NEW_N(&s->n->stage, uint32_t, (size_t)s->n_records + 1);
    for (uint32_t i = 0; i < s->n_records; i++)
        s->links_of[i] = i;
    uint32_t *at = OKB_NEW_N(&s->n->stage, uint32_t, (size_t)s->n_records + 1);
    memcpy(at, s->first_link, s->n_records * sizeof *at);
    for (size_t i = 0; i < links->n; i++) {
        const link_row *row = &okb_vec_at(links, link_row, i);
        s->links[at[row->from]++] = *row;
    }
}

static bool has_link(second *s, const okb_vec *links, size_t from, size_t to, uint32_t target)
{
    (void)s;
    for (size_t i = from; i < to; i++)
        if (okb_vec_at(links, link_row, i).link.goal_ix == target)
            return true;
    return false;
}

static void learn_pages(second *s)
{
    for (size_t i = 0; i < s->n->refs.n; i++) {
        okb_span text = okb_vec_at(&s->n->refs, ref, i).text;
        part_text parts[MOST_PARTS];
        if (okb_span_find(text, OKB_S(" (http")) == SIZE_MAX)
            continue;
        size_t n = address_parts(text, parts, MOST_PARTS);
        for (size_t k = 0; k < n; k++)
            okb_resolve_learn_page(s, parts[k].title, parts[k].address);
    }
}

void okb_links_build(second *s)
{
    learn_pages(s);
    okb_vec links = {0}, down = {0};
    size_t *first = OKB_NEW_N(&s->n->stage, size_t, (size_t)s->n_records + 1);
    for (uint32_t i = 0; i < s->n_records; i++) {
        first[i] = links.n;
        if (record_at(s, i)->stands_for == OKB_NONE)
            add_own_links(s, i, &links, &down);
    }
    first[s->n_records] = links.n;
    size_t n_up = links.n;
    for (size_t i = 0; i < down.n; i++) {
        const link_row *row = &okb_vec_at(&down, link_row, i);
        uint32_t child = row->link.goal_ix;
        if (child == OKB_NONE ||
            has_link(s, &links, first[child], child + 1 <= s->n_records ? first[child + 1] : n_up, row->from))
            continue;
        const okb_goal *g = &record_at(s, row->from)->goal;
        add_link(&links, child, g->id.n ? g->id : g->title, row->from, NAN);
    }
    settle_links(s, &links);
    okb_vec_free(&links);
    okb_vec_free(&down);
}

/* ---- circles ------------------------------------------------------------------------------------------------ */

/* Marks every record on a circle of the chosen parents; true where there was one. */
static bool mark_circles(second *s, uint32_t *seen, uint8_t *on_circle)
{
    bool any = false;
    memset(seen, 0, s->n_records * sizeof *seen);
    memset(on_circle, 0, s->n_records);
    for (uint32_t i = 0; i < s->n_records; i++) {
        uint32_t at = i;
        while (at != OKB_NONE && seen[at] == 0) {
            seen[at] = i + 1;
            at = s->parent[at];
        }
        if (at == OKB_NONE || seen[at] != i + 1)
            continue;
        any = true;
        for (uint32_t member = at; !on_circle[member]; member = s->parent[member])
            on_circle[member] = 1;
    }
    return any;
}

void okb_links_parents(second *s)
{
    okb_arena *stage = &s->n->stage;
    uint32_t n = s->n_records;
    s->parent = OKB_NEW_N(stage, uint32_t, n + 1);
    s->in_circle = OKB_NEW_N(stage, uint8_t, n + 1);
    uint32_t *next = OKB_NEW_N(stage, uint32_t, n + 1), *seen = OKB_NEW_N(stage, uint32_t, n + 1);
    uint8_t *on_circle = OKB_NEW_N(stage, uint8_t, n + 1);
    for (uint32_t i = 0; i < n; i++) {
        next[i] = s->first_link[i];
        s->parent[i] = OKB_NONE;
    }
    for (bool first = true;; first = false) {
        for (uint32_t i = 0; i < n; i++) {
            if (!first && !on_circle[i])
                continue;
            s->parent[i] = OKB_NONE;
            if (!first)
                s->in_circle[i] = 1;
            while (next[i] < s->first_link[i + 1] && s->parent[i] == OKB_NONE) {
                uint32_t to = s->links[next[i]++].link.goal_ix;
                if (to != OKB_NONE && to != i)
                    s->parent[i] = to;
            }
        }
        if (!mark_circles(s, seen, on_circle))
            return;
    }
}
