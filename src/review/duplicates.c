/*
 * Nearly the same goal in two teams. Titles are folded, stripped of numbers and small words, and cut into words and word
 * pairs; titles that share a band of minimal hashes are compared (Broder 1997, Indyk and Motwani 1998). A bucket
 * remembers two titles of different teams, so a title that thousands of teams use costs no more than one that two use.
 */
#include "room.h"

#include <stdlib.h>

enum { BANDS = 8, ROWS = 2, MOST_WORDS = 40 };

typedef struct sketch {
    uint32_t goal_ix;
    uint32_t first, n; /* its shingles, ascending and distinct */
    uint32_t twin;     /* into the sketches; OKB_NONE */
    double share;      /* of shingles in common with its twin */
} sketch;

typedef struct bucket {
    uint64_t key;          /* 0: free */
    uint32_t first, other; /* two sketches of different teams */
} bucket;

typedef struct twins {
    review_run *run;
    okb_vec sketches; /* sketch */
    okb_vec shingles; /* uint32_t */
    bucket *buckets;
    size_t mask;
} twins;

static uint32_t hash_text(okb_span s, uint32_t hash)
{
    for (size_t i = 0; i < s.n; i++)
        hash = (hash ^ (unsigned char)s.p[i]) * 16777619U;
    return hash;
}

/* A finalizer that spreads every bit over all others (Murmur3's). */
static uint32_t mix(uint32_t h)
{
    h = (h ^ (h >> 16)) * 0x85EBCA6BU;
    h = (h ^ (h >> 13)) * 0xC2B2AE35U;
    return h ^ (h >> 16);
}

static int compare_hash(const void *pa, const void *pb)
{
    const uint32_t *a = pa, *b = pb;
    return *a < *b ? -1 : *a > *b;
}

static okb_map *small_words(review_run *run)
{
    okb_map *map = okb_map_new();
    okb_span words = run->review->definitions[run->review->at[C_ALN006]].words;
    while (words.n)
        okb_map_put(map, okb_span_trim(okb_span_cut(&words, '|')), 1, NULL);
    return map;
}

/* `renewals` and `renewal` are one word. */
static okb_span without_plural(okb_span word)
{
    if (word.n > 4 && word.p[word.n - 1] == 's' && word.p[word.n - 2] != 's')
        word.n--;
    return word;
}

static void add_sketch(twins *t, uint32_t goal_ix, const okb_map *small)
{
    uint32_t hashes[2 * MOST_WORDS];
    uint32_t n = 0, n_words = 0, before = 0;
    okb_span rest = okb_title_key(&t->run->scratch, goal_at(t->run, goal_ix)->title);
    while (rest.n && n_words < MOST_WORDS) {
        okb_span word = okb_span_cut(&rest, ' ');
        if (okb_map_get(small, word) != OKB_NONE)
            continue;
        uint32_t hash = hash_text(without_plural(word), 2166136261U);
        hashes[n++] = hash;
        if (n_words++)
            hashes[n++] = mix(before) ^ hash;
        before = hash;
    }
    if (n_words < t->run->limits->duplicate_words)
        return;
    qsort(hashes, n, sizeof *hashes, compare_hash);
    sketch *made = okb_vec_push(&t->sketches, sketch);
    *made = (sketch){.goal_ix = goal_ix, .first = (uint32_t)t->shingles.n, .twin = OKB_NONE};
    for (uint32_t i = 0; i < n; i++)
        if (i == 0 || hashes[i] != hashes[i - 1]) {
            *okb_vec_push(&t->shingles, uint32_t) = hashes[i];
            made->n++;
        }
}

static sketch *sketch_at(twins *t, uint32_t ix)
{
    return &okb_vec_at(&t->sketches, sketch, ix);
}

static uint32_t team_of(twins *t, uint32_t ix)
{
    return goal_at(t->run, sketch_at(t, ix)->goal_ix)->team_ix;
}

/* Shingles in common by all shingles (Jaccard). */
static double similarity(twins *t, const sketch *a, const sketch *b)
{
    const uint32_t *x = (const uint32_t *)t->shingles.items + a->first;
    const uint32_t *y = (const uint32_t *)t->shingles.items + b->first;
    uint32_t i = 0, j = 0, common = 0;
    while (i < a->n && j < b->n) {
        common += x[i] == y[j];
        uint32_t left = x[i], right = y[j];
        i += left <= right;
        j += right <= left;
    }
    return (double)common / (double)(a->n + b->n - common);
}

/* One stands above the other: that is a cascade, not a double. */
static bool is_above(const review_run *run, uint32_t upper_ix, uint32_t goal_ix)
{
    uint32_t at = goal_at(run, goal_ix)->parent_ix;
    for (int steps = 0; at != OKB_NONE && steps < 16; steps++, at = goal_at(run, at)->parent_ix)
        if (at == upper_ix)
            return true;
    return false;
}

static void compare_pair(twins *t, uint32_t a_ix, uint32_t b_ix)
{
    sketch *a = sketch_at(t, a_ix), *b = sketch_at(t, b_ix);
    if (a->twin == b_ix || goal_at(t->run, a->goal_ix)->kind != goal_at(t->run, b->goal_ix)->kind ||
        is_above(t->run, a->goal_ix, b->goal_ix) || is_above(t->run, b->goal_ix, a->goal_ix))
        return;
    double share = similarity(t, a, b);
    if (share < t->run->limits->duplicate_share)
        return;
    if (a->twin == OKB_NONE || share > a->share) {
        a->twin = b_ix;
        a->share = share;
    }
    if (b->twin == OKB_NONE || share > b->share) {
        b->twin = a_ix;
        b->share = share;
    }
}

static void put(twins *t, uint64_t key, uint32_t ix)
{
    size_t at = mix((uint32_t)(key ^ (key >> 32))) & t->mask;
    while (t->buckets[at].key != 0 && t->buckets[at].key != key)
        at = (at + 1) & t->mask;
    bucket *b = &t->buckets[at];
    if (b->key == 0) {
        *b = (bucket){key, ix, OKB_NONE};
        return;
    }
    if (team_of(t, b->first) != team_of(t, ix)) {
        compare_pair(t, b->first, ix);
        b->other = ix;
    } else if (b->other != OKB_NONE) {
        compare_pair(t, b->other, ix);
    }
}

static void put_bands(twins *t, uint32_t ix)
{
    const sketch *s = sketch_at(t, ix);
    const uint32_t *shingles = (const uint32_t *)t->shingles.items + s->first;
    for (uint32_t band = 0; band < BANDS; band++) {
        uint64_t key = 0;
        for (uint32_t row = 0; row < ROWS; row++) {
            uint32_t seed = mix(band * ROWS + row + 1);
            uint32_t least = UINT32_MAX;
            for (uint32_t i = 0; i < s->n; i++) {
                uint32_t hash = mix(shingles[i] ^ seed);
                least = hash < least ? hash : least;
            }
            key = key << 32 | least;
        }
        put(t, (key ^ ((uint64_t)(band + 1) * 0x9E3779B97F4A7C15U)) | 1, ix);
    }
}

static void emit_twin(twins *t, uint32_t ix)
{
    const sketch *s = sketch_at(t, ix);
    if (s->twin == OKB_NONE)
        return;
    const okb_goal *other = goal_at(t->run, sketch_at(t, s->twin)->goal_ix);
    draft d = okb_draft_goal(t->run, C_ALN006, s->goal_ix);
    d.slots[SLOT_other] = other->title;
    d.slots[SLOT_team] = t->run->plan->teams[other->team_ix].name;
    d.evidence = okb_review_printf(t->run, "%.*s, %.*s in common", OKB_FMT(other->id),
                                   OKB_FMT(okb_slot_share(t->run, s->share)));
    okb_draft_emit(t->run, &d);
}

void okb_review_duplicates(review_run *run)
{
    twins t = {.run = run};
    okb_map *small = small_words(run);
    for (uint32_t i = 0; i < run->plan->n_goals; i++) {
        const okb_goal *goal = goal_at(run, i);
        if (okb_goal_is_reviewed(run, i) && goal->level != OKB_COMPANY &&
            (okb_goal_is_part(goal->kind) || goal->kind == OKB_OBJECTIVE))
            add_sketch(&t, i, small);
    }
    okb_map_free(small);
    size_t size = 64;
    while (size < t.sketches.n * BANDS * 2)
        size *= 2;
    t.mask = size - 1;
    t.buckets = calloc(size, sizeof *t.buckets);
    if (!t.buckets)
        __builtin_trap();
    for (uint32_t i = 0; i < t.sketches.n; i++)
        put_bands(&t, i);
    for (uint32_t i = 0; i < t.sketches.n; i++)
        emit_twin(&t, i);
    free(t.buckets);
    okb_vec_free(&t.shingles);
    okb_vec_free(&t.sketches);
}
