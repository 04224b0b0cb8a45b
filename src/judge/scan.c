/*
 * Runs a language's rules over a prepared text. The trie is walked once at each place where a word or a sign begins; a plain
 * word needs nothing more, other patterns are run only where one of their literals stands. Rules without literals (numbers) are
 * searched for, if a byte that they can begin with is there at all.
 */
#include <stdlib.h>
#include <string.h>

#include "room.h"

bool is_word_byte(char byte, bool has_unicode)
{
    unsigned char b = (unsigned char)byte;
    return (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z') || (b >= '0' && b <= '9') || b == '_' ||
           (has_unicode && b >= 0x80);
}

bool scan_is_undecided(const scan *s, sig signal)
{
    return s->undecided[signal >> 6] >> (signal & 63) & 1;
}

static bool does_apply(const scan *s, const rule *r)
{
    return !r->is_off && (r->kinds == KINDS_ALL || (s->kind != OKB_KIND_NONE && (r->kinds >> s->kind & 1)));
}

static rule_state *state_of(scan *s, uint16_t rule_ix)
{
    rule_state *state = &s->judge->states[rule_ix];
    if (state->epoch != s->judge->epoch)
        *state = (rule_state){s->judge->epoch, 0, false};
    return state;
}

static void note_undecided(scan *s, rule *r)
{
    s->undecided[r->signal >> 6] |= (uint64_t)1 << (r->signal & 63);
    if (++r->n_undecided < s->judge->undecided_max || r->is_off)
        return;
    r->is_off = true;
    okb_diags_add(
        s->judge->diags, OKB_WARNING, r->shown.file, r->shown.line, OKB_S("pattern"),
        "rule '%.*s' met the match limit %u times and is switched off for the rest of the run; make its pattern "
        "simpler",
        OKB_FMT(r->shown.id), r->n_undecided);
}

static void add_hit(scan *s, uint16_t rule_ix, const match *m, bool has_groups)
{
    hit *h = okb_vec_push(&s->hits, hit);
    *h = (hit){.rule_ix = rule_ix,
               .start = (uint16_t)m->start,
               .end = (uint16_t)m->end,
               .signal = (uint8_t)s->judge->rules[rule_ix].signal,
               .captures = OKB_NONE};
    if (has_groups) {
        h->captures = (uint32_t)s->captures.n;
        captures *c = okb_vec_push(&s->captures, captures);
        memcpy(c->from, m->from, sizeof c->from);
        memcpy(c->to, m->to, sizeof c->to);
    }
    state_of(s, rule_ix)->next = m->end > m->start ? m->end : m->start + 1;
}

static void collect(void *context, const trie_leaf *leaf, size_t at, size_t end)
{
    scan *s = context;
    if (leaf->is_gate)
        state_of(s, leaf->rule_ix)->is_open = true;
    else
        *okb_vec_push(&s->candidates, candidate) =
            (candidate){(uint16_t)at, (uint16_t)end, leaf->rule_ix, leaf->order, leaf->is_whole};
}

void scan_locate(scan *s)
{
    const prepared *p = &s->text;
    okb_span folded = {p->folded, p->n};
    s->judge->epoch++;
    s->candidates.n = 0;
    memset(s->present, 0, sizeof s->present);
    bool was_word = false;
    for (size_t i = 0; i < p->n; i++) {
        unsigned char byte = (unsigned char)p->text[i];
        s->present[byte >> 6] |= (uint64_t)1 << (byte & 63);
        bool is_word = is_word_byte((char)byte, false);
        if (is_word ? !was_word : byte < 0x80 ? byte != ' ' : (byte & 0xC0) == 0xC0)
            trie_walk(s->grammar->words, folded, i, collect, s);
        was_word = is_word;
    }
    s->has_digit = (s->present[0] >> '0' & 0x3FF) != 0;
}

void scan_shift(scan *s, size_t n)
{
    candidate *c = s->candidates.items;
    size_t kept = 0;
    for (size_t i = 0; i < s->candidates.n; i++)
        if (c[i].at >= n) {
            c[kept] = c[i];
            c[kept].at = (uint16_t)(c[i].at - n);
            c[kept++].end = (uint16_t)(c[i].end - n);
        }
    s->candidates.n = kept;
}

bool scan_may_match(const scan *s, uint16_t rule_ix)
{
    const rule *r = &s->judge->rules[rule_ix];
    const rule_state *state = &s->judge->states[rule_ix];
    if (r->needs_digit && !s->has_digit)
        return false;
    return !r->has_gate || (state->epoch == s->judge->epoch && state->is_open);
}

/* All of one rule's literals that stand at `at`: the first alternative wins, as in the pattern. */
static void try_located(scan *s, const candidate *items, size_t n, size_t at)
{
    uint16_t rule_ix = items[0].rule_ix;
    rule *r = &s->judge->rules[rule_ix];
    if (!does_apply(s, r) || state_of(s, rule_ix)->next > at)
        return;
    const prepared *p = &s->text;
    const candidate *best = NULL;
    bool must_run = false;
    for (size_t i = 0; i < n; i++) {
        char after = p->text[items[i].end], before = at ? p->text[at - 1] : ' ';
        if (items[i].end > p->n)
            continue;
        if (!items[i].is_whole) {
            must_run = true;
        } else if (s->grammar->has_unicode && ((unsigned char)after >= 0x80 || (unsigned char)before >= 0x80)) {
            must_run = true;
        } else if (!is_word_byte(after, false) && !is_word_byte(before, false)) {
            if (!best || items[i].order < best->order)
                best = &items[i];
        }
    }
    match m = {.start = (uint32_t)at};
    if (!must_run) {
        if (best) {
            m.end = best->end;
            add_hit(s, rule_ix, &m, false);
        }
        return;
    }
    if (!scan_may_match(s, rule_ix))
        return;
    char why[8];
    regex *re = rule_regex(s->judge, r, why, sizeof why);
    if (!re)
        return;
    found result = regex_find(s->judge->engine, re, (okb_span){p->text, p->n}, at, &m);
    if (result == FOUND_HIT)
        add_hit(s, rule_ix, &m, regex_has_groups(re));
    else if (result == FOUND_UNDECIDED)
        note_undecided(s, r);
}

/* The candidates of one place, by rule. */
static void try_place(scan *s, candidate *c, size_t n)
{
    for (size_t i = 1; i < n; i++) {
        candidate it = c[i];
        size_t k = i;
        for (; k && c[k - 1].rule_ix > it.rule_ix; k--)
            c[k] = c[k - 1];
        c[k] = it;
    }
    for (size_t i = 0; i < n;) {
        size_t k = i + 1;
        while (k < n && c[k].rule_ix == c[i].rule_ix)
            k++;
        try_located(s, &c[i], k - i, c[i].at);
        i = k;
    }
}

static void search(scan *s, uint16_t rule_ix)
{
    rule *r = &s->judge->rules[rule_ix];
    const uint64_t *present = s->present;
    if (!does_apply(s, r) || !r->re || !scan_may_match(s, rule_ix) ||
        !((r->first_bytes[0] & present[0]) | (r->first_bytes[1] & present[1]) | (r->first_bytes[2] & present[2]) |
          (r->first_bytes[3] & present[3])))
        return;
    size_t from = 0;
    while (from <= s->text.n) {
        match m;
        found result = regex_find(s->judge->engine, r->re, (okb_span){s->text.text, s->text.n}, from, &m);
        if (result == FOUND_UNDECIDED)
            note_undecided(s, r);
        if (result != FOUND_HIT)
            return;
        if (m.end > m.start)
            add_hit(s, rule_ix, &m, regex_has_groups(r->re));
        from = m.end > from ? m.end : from + 1;
        while (from < s->text.n && ((unsigned char)s->text.text[from] & 0xC0) == 0x80)
            from++;
    }
}

static int by_place(const void *a, const void *b)
{
    const hit *x = a, *y = b;
    if (x->start != y->start)
        return x->start < y->start ? -1 : 1;
    if (x->end != y->end)
        return x->end > y->end ? -1 : 1;
    return x->rule_ix < y->rule_ix ? -1 : x->rule_ix > y->rule_ix;
}

static void sort_hits(scan *s)
{
    hit *hits = s->hits.items;
    if (s->hits.n > 64) {
        qsort(hits, s->hits.n, sizeof *hits, by_place);
        return;
    }
    for (size_t i = 1; i < s->hits.n; i++) {
        hit it = hits[i];
        size_t k = i;
        for (; k && by_place(&hits[k - 1], &it) > 0; k--)
            hits[k] = hits[k - 1];
        hits[k] = it;
    }
}

void scan_text(scan *s)
{
    s->hits.n = s->captures.n = 0;
    candidate *c = s->candidates.items;
    size_t n = s->candidates.n;
    while (n && c[n - 1].at >= s->text.n)
        n--;
    for (size_t i = 0; i < n;) {
        size_t k = i + 1;
        while (k < n && c[k].at == c[i].at)
            k++;
        try_place(s, &c[i], k - i);
        i = k;
    }
    for (uint32_t i = 0; i < s->grammar->n_searched; i++)
        search(s, s->grammar->searched[i]);
    sort_hits(s);
}

void scan_free(scan *s)
{
    okb_vec_free(&s->hits);
    okb_vec_free(&s->captures);
    okb_vec_free(&s->candidates);
    free(s->text.text);
    free(s->text.folded);
    free(s->text.origin);
}
