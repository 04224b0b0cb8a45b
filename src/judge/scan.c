/*
 * Runs a language's rules over a prepared text. Plain words are found by a trie at each place where a word or a sign begins; other
 * patterns are run where their sketches say that they can match. Only what may begin elsewhere is searched for.
 */
#include <stdlib.h>
#include <string.h>

#include "room.h"

bool okb_scan_is_undecided(const scan *s, sig signal)
{
    return s->undecided[signal >> 6] >> (signal & 63) & 1;
}

static rule_state *state_of(scan *s, uint16_t rule_ix)
{
    rule_state *state = &s->judge->states[rule_ix];
    if (state->epoch != s->judge->epoch) {
        state->epoch = s->judge->epoch;
        state->next = state->tried = 0;
    }
    return state;
}

static bool does_apply(const scan *s, const rule_state *state)
{
    return !state->is_off && (state->kinds == KINDS_ALL || (s->kind != OKB_KIND_NONE && (state->kinds >> s->kind & 1)));
}

static void note_undecided(scan *s, rule *r)
{
    s->undecided[r->signal >> 6] |= (uint64_t)1 << (r->signal & 63);
    if (++r->n_undecided < s->judge->undecided_max || r->is_off)
        return;
    r->is_off = state_of(s, (uint16_t)(r - s->judge->rules))->is_off = true;
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
    state_of(s, rule_ix)->next = (uint16_t)(m->end > m->start ? m->end : m->start + 1);
}

static void locate_at(scan *s, size_t at)
{
    place found_here[PLACES_MAX];
    size_t n = okb_trie_walk(s->grammar->words, (okb_span){s->text.folded, s->text.n}, at, found_here);
    for (size_t i = 0; i < n; i++)
        *okb_vec_push(&s->places, place) = found_here[i];
    *okb_vec_push(&s->starts, uint16_t) = (uint16_t)at;
}

void okb_scan_locate(scan *s)
{
    const prepared *p = &s->text;
    s->judge->epoch++;
    s->places.n = s->starts.n = 0;
    s->has_digit = false;
    bool was_word = false;
    for (size_t i = 0; i < p->n; i++) {
        unsigned char byte = (unsigned char)p->text[i];
        bool is_word = is_word_byte((char)byte, false);
        bool is_digit = byte >= '0' && byte <= '9';
        s->has_digit = s->has_digit || is_digit;
        /* A figure inside a word ("Rope6") is a place too. */
        if (is_word       ? !was_word || (is_digit && p->text[i - 1] > '9')
            : byte < 0x80 ? byte != ' '
                          : (byte & 0xC0) == 0xC0)
            locate_at(s, i);
        was_word = is_word;
    }
}

void okb_scan_shift(scan *s, size_t n)
{
    place *p = s->places.items;
    size_t kept = 0;
    for (size_t i = 0; i < s->places.n; i++)
        if (p[i].at >= n) {
            p[kept] = p[i];
            p[kept].at = (uint16_t)(p[i].at - n);
            p[kept++].end = (uint16_t)(p[i].end - n);
        }
    s->places.n = kept;
    uint16_t *starts = s->starts.items;
    kept = 0;
    for (size_t i = 0; i < s->starts.n; i++)
        if (starts[i] >= n)
            starts[kept++] = (uint16_t)(starts[i] - n);
    s->starts.n = kept;
}

static void run_at(scan *s, uint16_t rule_ix, size_t at)
{
    rule *r = &s->judge->rules[rule_ix];
    rule_state *state = state_of(s, rule_ix);
    if (state->tried == at + 1)
        return;
    state->tried = (uint16_t)(at + 1);
    char why[8];
    match m;
    regex *re = okb_rule_regex(s->judge, r, s->text.is_ascii, why, sizeof why);
    if (!re)
        return;
    found result = okb_regex_find(s->judge->engine, re, (okb_span){s->text.text, s->text.n}, at, &m);
    if (result == FOUND_HIT)
        add_hit(s, rule_ix, &m, okb_regex_has_groups(re));
    else if (result == FOUND_UNDECIDED)
        note_undecided(s, r);
}

/* What literals of one length lead to. Called with the longest first, so that of a rule's plain words the longest counts. */
static void try_place(scan *s, const place *p)
{
    char after = s->text.text[p->end], before = p->at ? s->text.text[p->at - 1] : ' ';
    bool is_foreign = s->grammar->has_unicode && ((unsigned char)after >= 0x80 || (unsigned char)before >= 0x80);
    /* As \b has it: behind "d'" a word must follow. */
    bool is_bounded = is_word_byte(after, false) != is_word_byte(s->text.text[p->end - 1], true) &&
                      is_word_byte(before, false) != is_word_byte(s->text.text[p->at], true);
    for (uint16_t i = 0; i < p->n; i++) {
        const trie_leaf *leaf = &p->leaves[i];
        if (!is_bounded && !is_foreign)
            continue;
        const rule_state *state = state_of(s, leaf->rule_ix);
        if (!does_apply(s, state) || state->next > p->at)
            continue;
        if (!is_foreign) {
            match m = {.start = p->at, .end = p->end};
            add_hit(s, leaf->rule_ix, &m, false);
        } else {
            run_at(s, leaf->rule_ix, p->at);
        }
    }
}

/* Patterns whose sketches say that they can match here. */
static void try_start(scan *s, size_t at)
{
    const uint16_t *candidates = s->grammar->candidates;
    size_t n = okb_sketches_walk(s->grammar->located, (okb_span){s->text.text, s->text.n}, at, s->grammar->candidates);
    for (size_t i = 0; i < n; i++) {
        const rule_state *state = state_of(s, candidates[i]);
        if (does_apply(s, state) && state->next <= at)
            run_at(s, candidates[i], at);
    }
}

static void search(scan *s, uint16_t rule_ix)
{
    rule *r = &s->judge->rules[rule_ix];
    char why[8];
    regex *re =
        does_apply(s, state_of(s, rule_ix)) ? okb_rule_regex(s->judge, r, s->text.is_ascii, why, sizeof why) : NULL;
    if (!re)
        return;
    size_t from = 0;
    while (from <= s->text.n) {
        match m;
        found result = okb_regex_find(s->judge->engine, re, (okb_span){s->text.text, s->text.n}, from, &m);
        if (result == FOUND_UNDECIDED)
            note_undecided(s, r);
        if (result != FOUND_HIT)
            return;
        if (m.end > m.start)
            add_hit(s, rule_ix, &m, okb_regex_has_groups(re));
        from = m.end > from ? m.end : from + 1;
        while (from < s->text.n && ((unsigned char)s->text.text[from] & 0xC0) == 0x80)
            from++;
    }
}

/* By start, longer first, then rule. */
static uint64_t place_key(const hit *h)
{
    return (uint64_t)h->start << 32 | (uint64_t)(uint16_t)~h->end << 16 | h->rule_ix;
}

static int by_place(const void *a, const void *b)
{
    uint64_t x = place_key(a), y = place_key(b);
    return x < y ? -1 : x > y;
}

static void sort_hits(scan *s)
{
    hit *hits = s->hits.items;
    if (s->hits.n > 96) {
        qsort(hits, s->hits.n, sizeof *hits, by_place);
        return;
    }
    for (size_t i = 1; i < s->hits.n; i++) {
        uint64_t key = place_key(&hits[i]);
        if (place_key(&hits[i - 1]) <= key)
            continue;
        hit it = hits[i];
        size_t k = i;
        for (; k && place_key(&hits[k - 1]) > key; k--)
            hits[k] = hits[k - 1];
        hits[k] = it;
    }
}

void okb_scan_text(scan *s)
{
    s->hits.n = s->captures.n = 0;
    const place *places = s->places.items;
    for (size_t i = 0; i < s->places.n;) {
        size_t k = i + 1;
        while (k < s->places.n && places[k].at == places[i].at)
            k++;
        for (size_t longest = k; longest > i; longest--)
            if (places[longest - 1].end <= s->text.n)
                try_place(s, &places[longest - 1]);
        i = k;
    }
    const uint16_t *starts = s->starts.items;
    for (size_t i = 0; i < s->starts.n && starts[i] < s->text.n; i++)
        try_start(s, starts[i]);
    size_t n = okb_sketches_walk(s->grammar->searched, (okb_span){s->text.text, s->text.n}, 0, s->grammar->candidates);
    for (size_t i = 0; i < n; i++)
        search(s, s->grammar->candidates[i]);
    sort_hits(s);
}

void okb_scan_free(scan *s)
{
    okb_vec_free(&s->hits);
    okb_vec_free(&s->captures);
    okb_vec_free(&s->places);
    okb_vec_free(&s->starts);
    free(s->text.text);
    free(s->text.folded);
    free(s->text.origin);
}
