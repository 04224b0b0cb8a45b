/* What a text means: a goal's id, row number, title, number inside the title, or address. */
#include "finish.h"

#include <string.h>

enum { PAGE_DIGITS = 32 };

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* The number at a title's head: "KR2.1 Second order" -> "2.1", "1. Win" -> "1". 0 bytes where there is none. */
size_t okb_title_code(okb_normalizer *n, okb_span title, okb_kind *out_kind, okb_span *out)
{
    size_t at = 0;
    while (at < title.n && at < 12 && is_letter(title.p[at]))
        at++;
    okb_span letters = okb_span_sub(title, 0, at);
    const word *kind = letters.n ? okb_words_find(n->words, W_TITLE_KIND, letters) : NULL;
    if (letters.n && !kind)
        return 0;
    *out_kind = kind ? (okb_kind)kind->code : OKB_KIND_NONE;
    if (letters.n && at + 1 < title.n && (title.p[at] == ' ' || title.p[at] == '-') && is_digit(title.p[at + 1]))
        at++; /* "KR 2.1", "O-3" */
    size_t from = at;
    while (at < title.n && (is_digit(title.p[at]) ||
                            (title.p[at] == '.' && at > from && at + 1 < title.n && is_digit(title.p[at + 1]))))
        at++;
    if (at == from || at - from > 12)
        return 0;
    *out = okb_span_sub(title, from, at);
    bool has_dot = memchr(out->p, '.', out->n) != NULL;
    size_t end = at;
    while (end < title.n && (title.p[end] == ':' || title.p[end] == '.' || title.p[end] == ')' || title.p[end] == ' ' ||
                             title.p[end] == '-'))
        end++;
    if (end == title.n)
        return end; /* the code alone, as a reference */
    if (end == at)
        return 0;
    /* "40 tastings" is no numbered title: bare figures need a mark or a point. */
    if (letters.n == 0 && !has_dot && title.p[at] == ' ')
        return 0;
    return end;
}

bool okb_whole_code(okb_normalizer *n, okb_span text, okb_kind *out_kind, okb_span *out)
{
    size_t used = text.n ? okb_title_code(n, text, out_kind, out) : 0;
    return used == text.n && used && out->p + out->n == text.p + text.n;
}

/* The number that places a goal: at its title's head, else its id, else the row's own number. */
static bool record_code(okb_normalizer *n, const record *rec, okb_kind *out_kind, okb_span *out)
{
    okb_span title = rec->goal.title;
    size_t head = okb_title_code(n, title, out_kind, out);
    if (head && head < title.n)
        return true;
    return okb_whole_code(n, rec->goal.id, out_kind, out) || okb_whole_code(n, rec->row_ref, out_kind, out);
}

static okb_span keyed(okb_arena *a, uint32_t file_ix, okb_span text)
{
    return okb_arena_printf(a, "%u\x1f%.*s", file_ix, OKB_FMT(text));
}

/* How a page's address writes its title: letters and figures of ASCII, the rest one dash. */
static okb_span slug_of(okb_arena *a, okb_span text)
{
    char *out = okb_arena_alloc(a, text.n + 1, 1);
    size_t n = 0;
    for (size_t i = 0; i < text.n; i++) {
        char c = text.p[i];
        if (c >= 'A' && c <= 'Z')
            c = (char)(c + 32);
        if (is_digit(c) || is_letter(c))
            out[n++] = c;
        else if (n && out[n - 1] != '-')
            out[n++] = '-';
    }
    while (n && out[n - 1] == '-')
        n--;
    return (okb_span){out, n};
}

void okb_resolve_init(second *s)
{
    okb_normalizer *n = s->n;
    s->codes = okb_map_new();
    s->bare = okb_map_new();
    s->slugs = okb_map_new();
    s->pages = okb_map_new();
    okb_arena a;
    okb_arena_init(&a, 0);
    for (uint32_t i = 0; i < s->n_records; i++) {
        const record *rec = record_at(s, i);
        okb_span code;
        okb_kind kind;
        /* "KR1" without a point counts on its own: it is no place for others. */
        if (record_code(n, rec, &kind, &code) && (kind != OKB_KEY_RESULT || memchr(code.p, '.', code.n)))
            okb_map_put(s->codes, keyed(&a, rec->goal.source.file_ix, code), i, NULL);
        size_t head = okb_title_code(n, rec->goal.title, &kind, &code);
        if (head && head < rec->goal.title.n)
            okb_map_put(s->bare, okb_text_fold(&a, okb_span_sub(rec->goal.title, head, rec->goal.title.n)), i, NULL);
        if (i % 512 == 0)
            okb_arena_reset(&a);
    }
    okb_arena_reset(&a);
}

void okb_resolve_free(second *s)
{
    okb_map_free(s->codes);
    okb_map_free(s->bare);
    okb_map_free(s->slugs);
    okb_map_free(s->pages);
    okb_vec_free(&s->page_titles);
}

/* Of several goals the one that stands nearest: same file, an objective, same cycle and team; then the first. */
static uint32_t nearest(second *s, uint32_t first, bool by_title, uint32_t file_ix, uint32_t self, okb_span above)
{
    uint32_t best = OKB_NONE;
    int best_score = -1;
    const record *from = self == OKB_NONE ? NULL : record_at(s, self);
    okb_arena a;
    okb_arena_init(&a, 512);
    okb_span above_key = above.n ? okb_text_fold(&a, above) : above;
    uint32_t steps = 0;
    for (uint32_t i = first; i != OKB_NONE && steps < s->n->lim.title_chain; steps++) {
        const record *rec = record_at(s, i);
        uint32_t at = settled(s, i), next = by_title ? rec->next_title : rec->next_id;
        if (at != self) {
            int score = 1;
            score += rec->goal.source.file_ix == file_ix ? 8 : 0;
            if (from) {
                score += rec->goal.kind != OKB_KEY_RESULT && rec->goal.kind != OKB_INITIATIVE ? 4 : 0;
                score += from->cycle.n && okb_span_eq(from->cycle, rec->cycle) ? 2 : 0;
                score += from->team.n && okb_span_eq(from->team, rec->team) ? 2 : 0;
            } else if (above_key.n) {
                uint32_t up = rec->above;
                score += up != OKB_NONE && okb_span_eq(record_at(s, up)->title_key, above_key) ? 16 : 0;
            } else {
                score += rec->goal.kind == OKB_KEY_RESULT ? 1 : 0;
            }
            if (score > best_score || (score == best_score && at < best)) {
                best = at;
                best_score = score;
            }
        }
        i = next;
    }
    okb_arena_reset(&a);
    return best;
}

/* A page's address ends in its title's letters and 32 hex digits: *out_slug and the digits. */
static okb_span page_of(okb_span address, okb_span *out_slug)
{
    okb_span path = address;
    size_t query = okb_span_find(path, OKB_S("?"));
    if (query != SIZE_MAX)
        path = okb_span_sub(path, 0, query);
    size_t slash = path.n;
    while (slash > 0 && path.p[slash - 1] != '/')
        slash--;
    path = okb_span_sub(path, slash, path.n);
    *out_slug = path;
    if (path.n < PAGE_DIGITS)
        return (okb_span){NULL, 0};
    *out_slug = okb_span_sub(path, 0, path.n > PAGE_DIGITS ? path.n - PAGE_DIGITS - 1 : 0);
    return okb_span_sub(path, path.n - PAGE_DIGITS, path.n);
}

void okb_resolve_learn_page(second *s, okb_span title, okb_span address)
{
    okb_span slug, page = page_of(address, &slug);
    bool is_new;
    if (page.n == 0 || title.n == 0)
        return;
    okb_map_put(s->pages, page, (uint32_t)s->page_titles.n, &is_new);
    if (is_new)
        *okb_vec_push(&s->page_titles, okb_span) = title;
}

/* By a title that another cell gives the same page, else by the title's letters in the address. */
static uint32_t by_address(second *s, okb_span text, uint32_t file_ix, uint32_t self)
{
    if (!okb_span_starts(text, OKB_S("http")))
        return OKB_NONE;
    okb_arena a;
    okb_arena_init(&a, 0);
    okb_span slug, page = page_of(text, &slug);
    uint32_t known = page.n ? okb_map_get(s->pages, page) : OKB_NONE, at = OKB_NONE;
    if (known != OKB_NONE) {
        uint32_t first = okb_map_get(s->n->titles, okb_text_fold(&a, okb_vec_at(&s->page_titles, okb_span, known)));
        at = first == OKB_NONE ? first : nearest(s, first, true, file_ix, self, (okb_span){NULL, 0});
    }
    if (at == OKB_NONE && slug.n) {
        if (okb_map_count(s->slugs) == 0)
            for (uint32_t i = 0; i < s->n_records; i++)
                okb_map_put(s->slugs, slug_of(&a, record_at(s, i)->goal.title), i, NULL);
        at = okb_map_get(s->slugs, slug_of(&a, slug));
        at = at == OKB_NONE ? at : settled(s, at);
    }
    okb_arena_reset(&a);
    return at == self ? OKB_NONE : at;
}

/* The name of a file that holds one key figure ends in the goal's title. */
static uint32_t by_file_name(second *s, okb_span stem, uint32_t file_ix)
{
    for (size_t at = 0; at < stem.n; at++) {
        if (at > 0 && stem.p[at - 1] != '_' && stem.p[at - 1] != '-' && stem.p[at - 1] != ' ')
            continue;
        okb_arena a;
        okb_arena_init(&a, 512);
        uint32_t first = okb_map_get(s->n->titles, okb_text_fold(&a, okb_span_sub(stem, at, stem.n)));
        okb_arena_reset(&a);
        if (first != OKB_NONE)
            return nearest(s, first, true, file_ix, OKB_NONE, (okb_span){NULL, 0});
    }
    return OKB_NONE;
}

static uint32_t by_id(second *s, okb_span folded, uint32_t file_ix, uint32_t self)
{
    uint32_t first = okb_map_get(s->n->ids, folded);
    return first == OKB_NONE ? first : nearest(s, first, false, file_ix, self, (okb_span){NULL, 0});
}

uint32_t okb_resolve_goal(second *s, okb_span text, okb_span above, uint32_t file_ix, uint32_t self, ref_kind kind)
{
    okb_normalizer *n = s->n;
    text = okb_span_trim(text);
    if (text.n == 0)
        return OKB_NONE;
    if (kind == REF_FILE)
        return by_file_name(s, text, file_ix);
    okb_arena a;
    okb_arena_init(&a, 1024);
    okb_span folded = okb_text_fold(&a, text);
    uint32_t found = OKB_NONE;
    if (kind == REF_ROW) {
        found = okb_map_get(n->rows, keyed(&a, file_ix, folded));
        found = found == OKB_NONE ? found : settled(s, found);
    }
    if (found == OKB_NONE && kind == REF_ANY)
        found = by_id(s, folded, file_ix, self);
    if (found == OKB_NONE && kind == REF_ANY) {
        found = okb_map_get(n->rows, keyed(&a, file_ix, folded));
        found = found == OKB_NONE ? found : settled(s, found);
    }
    if (found == OKB_NONE && kind != REF_ROW) {
        uint32_t first = okb_map_get(n->titles, folded);
        found = first == OKB_NONE ? first : nearest(s, first, true, file_ix, self, above);
    }
    if (found == OKB_NONE && kind == REF_TITLE)
        found = by_id(s, folded, file_ix, self);
    if (found == OKB_NONE && kind != REF_ROW)
        found = by_address(s, text, file_ix, self);
    okb_span code;
    okb_kind ignored;
    size_t head = found == OKB_NONE && kind != REF_ROW ? okb_title_code(n, text, &ignored, &code) : 0;
    if (head) {
        if (head < text.n) { /* numbered here, not there */
            uint32_t first = okb_map_get(n->titles, okb_text_fold(&a, okb_span_sub(text, head, text.n)));
            found = first == OKB_NONE ? first : nearest(s, first, true, file_ix, self, above);
        } else {
            found = okb_map_get(s->codes, keyed(&a, file_ix, code));
            found = found == OKB_NONE ? found : settled(s, found);
        }
    }
    if (found == OKB_NONE && kind != REF_ROW) { /* numbered there, not here */
        found = okb_map_get(s->bare, folded);
        found = found == OKB_NONE ? found : settled(s, found);
    }
    okb_arena_reset(&a);
    return found == self ? OKB_NONE : found;
}

uint32_t okb_resolve_code_parent(second *s, uint32_t self)
{
    const record *rec = record_at(s, self);
    okb_span code;
    okb_kind kind;
    if (!record_code(s->n, rec, &kind, &code))
        return OKB_NONE;
    size_t dot = code.n;
    while (dot > 0 && code.p[dot - 1] != '.')
        dot--;
    if (dot < 2)
        return OKB_NONE;
    okb_arena a;
    okb_arena_init(&a, 256);
    uint32_t at = okb_map_get(s->codes, keyed(&a, rec->goal.source.file_ix, okb_span_sub(code, 0, dot - 1)));
    okb_arena_reset(&a);
    at = at == OKB_NONE ? at : settled(s, at);
    return at == self ? OKB_NONE : at;
}
