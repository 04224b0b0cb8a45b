/*
 * Walks the sketches of many patterns along a text at once. The states that they can be in together are made one state when they
 * are first met, and kept: later walks are a look-up for each byte. A machine that has grown too large takes no new states; where
 * it would need one, whatever is still possible is named.
 */
#include <stdlib.h>
#include <string.h>

#include "sketch.h"

enum { STEPS_MAX = 64, JOINT_MAX = 8000, MEMBERS_MAX = 400 * 1000, OTHERS = 128, ANY_BYTE = 256, NOTHING = 1 };
enum {
    LINE_BYTES = 64,
    LINE_EDGES = LINE_BYTES / sizeof(uint16_t),
    LINES_MAX = (OTHERS + 1 + LINE_EDGES - 1) / LINE_EDGES
};

/* With the number of a joint: something was found there, or nothing comes after. NO_ROOM is no joint. */
enum { PAUSE = 0x8000, NO_ROOM = 0xFFFF };

typedef struct joint {
    uint32_t first_member, n_members; /* into members: sketch states, BYTES and AHEAD, in order */
    uint32_t first_found, n_found;    /* into found: rules that may match once this is reached */
} joint;

typedef struct added {
    uint32_t start; /* its first state */
    uint16_t rule_ix;
} added;

struct sketches {
    okb_vec patterns;               /* added; a sketch's rule is a place in it */
    okb_vec joints, members, found; /* joint, uint32_t, uint16_t */
    /* joint, class -> joint and PAUSE; 0: not known. LINE_EDGES classes of each joint stand together: see edge_at. */
    uint16_t *edges[LINES_MAX];
    size_t edges_cap;
    sketch sketch;
    okb_map *known; /* key of a joint -> joint */
    uint32_t *seen; /* by state: turn in which it was met */
    uint32_t turn;
    uint32_t *stack, *next, *taking;
    size_t n_next;
    uint32_t *found_in, *named_in; /* by pattern: the turn, the walk in which it was found */
    uint32_t walk;
    okb_buf key;
    uint8_t class_of[256]; /* of bytes that no set tells apart */
    uint8_t byte_of[130];  /* one of a class */
    uint32_t n_classes, n_lines;
    uint16_t behind[130]; /* joint that a search begins with behind a byte of a class; 0: not known */
    uint16_t *begun;      /* joint behind a byte of a class and by one: before * n_classes + class; 0: not known */
    sketch_set *firsts;   /* by pattern: bytes that a match can begin with */
    bool is_search, has_places, is_ready;
};

sketches *okb_sketches_new(sketches_place where)
{
    sketches *of = calloc(1, sizeof *of);
    if (!of)
        __builtin_trap();
    of->is_search = where == SKETCHES_ANYWHERE;
    of->has_places = where == SKETCHES_PLACES;
    okb_sketch_init(&of->sketch);
    return of;
}

void okb_sketches_free(sketches *of)
{
    if (!of)
        return;
    okb_vec_free(&of->patterns);
    okb_vec_free(&of->joints);
    okb_vec_free(&of->members);
    okb_vec_free(&of->found);
    for (size_t i = 0; i < LINES_MAX; i++)
        free(of->edges[i]);
    okb_sketch_free(&of->sketch);
    okb_map_free(of->known);
    okb_buf_free(&of->key);
    free(of->begun);
    free(of->firsts);
    free(of->seen);
    free(of->stack);
    free(of->next);
    free(of->found_in);
    free(of->named_in);
    free(of->taking);
    free(of);
}

bool okb_sketches_add(sketches *of, okb_span pattern, uint16_t rule_ix, okb_arena *scratch)
{
    const tree *t = pattern.n ? okb_tree_read(&of->sketch, pattern, scratch) : NULL;
    if (of->has_places && pattern.n && (!t || !okb_tree_begins_at_place(&of->sketch, t)))
        return false;
    uint32_t start = okb_sketch_add(&of->sketch, t, (uint16_t)of->patterns.n);
    *okb_vec_push(&of->patterns, added) = (added){start, rule_ix};
    return true;
}

size_t okb_sketches_count(const sketches *of)
{
    return of->patterns.n;
}

/* ---- making ----------------------------------------------------------------------------------------------------- */

static const sketch_state *state_at(const sketches *of, uint32_t ix)
{
    return &okb_vec_at(&of->sketch.states, sketch_state, ix);
}

static uint32_t start_of(const sketches *of, size_t pattern)
{
    return okb_vec_at(&of->patterns, added, pattern).start;
}

static bool set_has(const sketch_set *set, unsigned byte)
{
    return byte >= OTHERS ? set->has_others : set->bits[byte >> 6] >> (byte & 63) & 1;
}

static bool takes(const sketches *of, uint16_t set_ix, unsigned byte)
{
    return set_has(&okb_vec_at(&of->sketch.sets, sketch_set, set_ix), byte);
}

static void tell_classes_apart(sketches *of)
{
    uint8_t class_of[129] = {0};
    unsigned n = 1;
    for (size_t set = 0; set < of->sketch.sets.n; set++) {
        uint8_t split[130] = {0};
        unsigned n_before = n;
        bool has_outside[130] = {false}, has_inside[130] = {false};
        for (unsigned byte = 0; byte <= OTHERS; byte++)
            *(takes(of, (uint16_t)set, byte) ? &has_inside[class_of[byte]] : &has_outside[class_of[byte]]) = true;
        for (unsigned c = 0; c < n_before; c++)
            if (has_inside[c] && has_outside[c])
                split[c] = (uint8_t)n++;
        for (unsigned byte = 0; byte <= OTHERS; byte++)
            if (split[class_of[byte]] && takes(of, (uint16_t)set, byte))
                class_of[byte] = split[class_of[byte]];
    }
    of->n_classes = n;
    of->n_lines = (n + LINE_EDGES - 1) / LINE_EDGES;
    /* Those of the bytes that texts are full of come first: then most steps need the first lines only, which lie together. */
    uint8_t number_of[130] = {0};
    unsigned n_given = 0;
    for (const char *byte = " aeitnorscldpumgvfbhwyxkzqj"; *byte; byte++)
        if (!number_of[class_of[(unsigned char)*byte]])
            number_of[class_of[(unsigned char)*byte]] = (uint8_t)++n_given;
    for (unsigned c = 0; c < n; c++)
        if (!number_of[c])
            number_of[c] = (uint8_t)++n_given;
    for (unsigned byte = 0; byte < 256; byte++)
        of->class_of[byte] = (uint8_t)(number_of[class_of[byte < OTHERS ? byte : OTHERS]] - 1);
    for (unsigned byte = 0; byte <= OTHERS; byte++)
        of->byte_of[of->class_of[byte]] = (uint8_t)byte;
}

static void *room_for(size_t n, size_t size)
{
    void *p = calloc(n + 1, size);
    if (!p)
        __builtin_trap();
    return p;
}

static void note_found(sketches *of, uint16_t pattern)
{
    if (of->found_in[pattern] == of->turn)
        return;
    of->found_in[pattern] = of->turn;
    *okb_vec_push(&of->found, uint16_t) = pattern;
}

/* Follows `ix` as far as it goes without a byte, behind the byte `before`. A sign of what must come is kept for the next step, or
 * looked at now where `ahead` is that byte (else OKB_NONE; ANY_BYTE: passed). */
static void follow(sketches *of, uint32_t ix, unsigned before, unsigned ahead)
{
    size_t n = 0;
    of->stack[n++] = ix;
    while (n) {
        ix = of->stack[--n];
        if (of->seen[ix] == of->turn)
            continue;
        of->seen[ix] = of->turn;
        const sketch_state *s = state_at(of, ix);
        switch ((state_form)s->form) {
        case STATE_BYTES:
            of->next[of->n_next++] = ix;
            break;
        case STATE_EITHER:
            of->stack[n++] = s->next;
            of->stack[n++] = s->other;
            break;
        case STATE_AHEAD:
            if (ahead == OKB_NONE)
                of->next[of->n_next++] = ix;
            else if (ahead == ANY_BYTE || takes(of, s->set, ahead))
                of->stack[n++] = s->next;
            break;
        case STATE_BEHIND:
            if (before == OKB_NONE || takes(of, s->set, before))
                of->stack[n++] = s->next;
            break;
        case STATE_BOUNDARY: {
            bool is_word = takes(of, of->sketch.word_set, before);
            if (before == OKB_NONE || !is_word || before >= OTHERS)
                of->stack[n++] = s->next;
            if (before == OKB_NONE || is_word)
                of->stack[n++] = s->other;
            break;
        }
        case STATE_END:
            note_found(of, s->rule);
            break;
        }
    }
}

static void make_edges(sketches *of, size_t ix)
{
    bool is_full = ix >= of->edges_cap;
    if (is_full)
        of->edges_cap = 2 * of->edges_cap + 64;
    for (size_t line = 0; line < of->n_lines; line++) {
        if (is_full) {
            uint16_t *edges = aligned_alloc(LINE_BYTES, of->edges_cap * LINE_BYTES);
            if (!edges)
                __builtin_trap();
            if (ix)
                memcpy(edges, of->edges[line], ix * LINE_BYTES);
            free(of->edges[line]);
            of->edges[line] = edges;
        }
        memset(of->edges[line] + ix * LINE_EDGES, 0, LINE_BYTES);
    }
}

static uint16_t *edge_at(const sketches *of, uint32_t joint_ix, uint8_t class_)
{
    return &of->edges[class_ / LINE_EDGES][joint_ix * LINE_EDGES + class_ % LINE_EDGES];
}

/* The joint of the states in next and of what was found since `first_found`; NO_ROOM where it would be one too many. */
static uint16_t joint_of(sketches *of, size_t first_found)
{
    size_t n = 0;
    /* A rule that was found need not be followed further. */
    for (size_t i = 0; i < of->n_next; i++)
        if (of->found_in[state_at(of, of->next[i])->rule] != of->turn)
            of->next[n++] = of->next[i];
    size_t n_found = of->found.n - first_found;
    /* A search goes on: behind another byte a match can begin. */
    if (n == 0 && n_found == 0 && !of->is_search)
        return NOTHING | PAUSE;
    uint32_t pause = n_found || (n == 0 && !of->is_search) ? PAUSE : 0;
    of->key.n = 0;
    okb_buf_add(&of->key, (okb_span){(const char *)of->next, n * sizeof *of->next});
    for (size_t i = 0; i < n_found; i++) {
        okb_buf_byte(&of->key, (char)1);
        okb_buf_add(&of->key, (okb_span){(const char *)&okb_vec_at(&of->found, uint16_t, first_found + i), 2});
    }
    bool is_new = false, is_full = of->joints.n >= JOINT_MAX || of->members.n + n > MEMBERS_MAX;
    uint32_t ix = is_full ? okb_map_get(of->known, okb_buf_span(&of->key))
                          : *okb_map_put(of->known, okb_buf_span(&of->key), (uint32_t)of->joints.n, &is_new);
    if (!is_new) {
        of->found.n = first_found;
        return ix == OKB_NONE ? NO_ROOM : (uint16_t)(ix | pause);
    }
    *okb_vec_push(&of->joints, joint) =
        (joint){(uint32_t)of->members.n, (uint32_t)n, (uint32_t)first_found, (uint32_t)n_found};
    for (size_t i = 0; i < n; i++)
        *okb_vec_push(&of->members, uint32_t) = of->next[i];
    make_edges(of, ix);
    return (uint16_t)(ix | pause);
}

static void begin_turn(sketches *of)
{
    of->turn++;
    of->n_next = 0;
}

/* Bytes that a match of a pattern can begin with, wherever it stands. */
static void note_firsts(sketches *of, size_t pattern)
{
    sketch_set *firsts = &of->firsts[pattern];
    size_t first_found = of->found.n;
    begin_turn(of);
    follow(of, start_of(of, pattern), OKB_NONE, ANY_BYTE);
    for (size_t i = 0; i < of->n_next; i++) {
        const sketch_set *set = &okb_vec_at(&of->sketch.sets, sketch_set, state_at(of, of->next[i])->set);
        firsts->bits[0] |= set->bits[0];
        firsts->bits[1] |= set->bits[1];
        firsts->has_others = firsts->has_others || set->has_others;
    }
    if (of->found.n > first_found)
        *firsts = (sketch_set){{UINT64_MAX, UINT64_MAX}, true};
    of->found.n = first_found;
}

static void make_ready(sketches *of)
{
    tell_classes_apart(of);
    size_t n = of->sketch.states.n;
    of->seen = room_for(n, sizeof *of->seen);
    of->stack = room_for(2 * n, sizeof *of->stack);
    of->next = room_for(n, sizeof *of->next);
    of->taking = room_for(n, sizeof *of->taking);
    of->found_in = room_for(of->patterns.n, sizeof *of->found_in);
    of->named_in = room_for(of->patterns.n, sizeof *of->named_in);
    of->known = okb_map_new();
    of->firsts = room_for(of->patterns.n, sizeof *of->firsts);
    of->begun = room_for((size_t)of->n_classes * of->n_classes, sizeof *of->begun);
    for (size_t i = 0; i < of->patterns.n; i++)
        note_firsts(of, i);
    /* 0 stands for a joint that is not known, 1 for the one that nothing comes after. */
    okb_vec_push(&of->joints, joint);
    okb_vec_push(&of->joints, joint);
    make_edges(of, 0);
    make_edges(of, NOTHING);
    for (uint32_t i = 0; i < of->n_classes; i++)
        *edge_at(of, NOTHING, (uint8_t)i) = NOTHING | PAUSE;
    of->is_ready = true;
}

static uint16_t make_start(sketches *of, uint8_t class_)
{
    size_t first_found = of->found.n;
    begin_turn(of);
    for (size_t i = 0; i < of->patterns.n; i++)
        follow(of, start_of(of, i), of->byte_of[class_], OKB_NONE);
    return of->behind[class_] = joint_of(of, first_found);
}

/* What comes of the states in next by a byte; first_found: where what was found on the way to them begins. */
static uint16_t take_byte(sketches *of, unsigned byte, size_t first_found)
{
    size_t n = of->n_next, n_found = of->found.n - first_found;
    memcpy(of->taking, of->next, n * sizeof *of->taking);
    begin_turn(of);
    for (size_t i = 0; i < n_found; i++)
        of->found_in[okb_vec_at(&of->found, uint16_t, first_found + i)] = of->turn;
    for (size_t i = 0; i < n && byte != 0; i++) {
        const sketch_state *s = state_at(of, of->taking[i]);
        if (!takes(of, s->set, byte))
            continue;
        follow(of, s->next, byte, OKB_NONE);
        /* A character beyond ASCII has several bytes. */
        if (byte >= OTHERS && of->seen[of->taking[i]] != of->turn) {
            of->seen[of->taking[i]] = of->turn;
            of->next[of->n_next++] = of->taking[i];
        }
    }
    if (of->is_search && byte != 0)
        for (size_t i = 0; i < of->patterns.n; i++)
            follow(of, start_of(of, i), byte, OKB_NONE);
    return joint_of(of, first_found);
}

/* From a joint by a byte. What waits for a sign of this byte goes on first, then what takes it. */
static uint16_t make_edge(sketches *of, uint16_t from, uint8_t class_)
{
    size_t first_found = of->found.n;
    const joint *j = &okb_vec_at(&of->joints, joint, from);
    begin_turn(of);
    for (uint32_t i = 0; i < j->n_members; i++) {
        uint32_t ix = okb_vec_at(&of->members, uint32_t, j->first_member + i);
        if (state_at(of, ix)->form == STATE_AHEAD) {
            follow(of, ix, OKB_NONE, of->byte_of[class_]);
        } else if (of->seen[ix] != of->turn) {
            of->seen[ix] = of->turn;
            of->next[of->n_next++] = ix;
        }
    }
    uint16_t to = take_byte(of, of->byte_of[class_], first_found);
    return *edge_at(of, from, class_) = to;
}

/* The first byte of a match, behind the one before. */
static uint16_t make_beginning(sketches *of, uint8_t before, uint8_t class_)
{
    size_t first_found = of->found.n;
    unsigned byte = of->byte_of[class_];
    begin_turn(of);
    for (size_t i = 0; i < of->patterns.n; i++)
        if (set_has(&of->firsts[i], byte))
            follow(of, start_of(of, i), of->byte_of[before], byte);
    return of->begun[before * of->n_classes + class_] = take_byte(of, byte, first_found);
}

/* ---- walking ---------------------------------------------------------------------------------------------------- */

/* Each pattern is named once in a walk: the turn tells. */
static size_t name(sketches *of, uint16_t pattern, uint16_t *out, size_t n)
{
    if (of->named_in[pattern] != of->walk)
        out[n++] = okb_vec_at(&of->patterns, added, pattern).rule_ix;
    of->named_in[pattern] = of->walk;
    return n;
}

static size_t name_found(sketches *of, const joint *j, uint16_t *out, size_t n)
{
    for (uint32_t i = 0; i < j->n_found; i++)
        n = name(of, okb_vec_at(&of->found, uint16_t, j->first_found + i), out, n);
    return n;
}

/* Whatever the joint can still come to; a search can come to anything. */
static size_t name_possible(sketches *of, uint32_t ix, uint16_t *out, size_t n)
{
    for (size_t i = 0; (of->is_search || ix == NO_ROOM) && i < of->patterns.n; i++)
        n = name(of, (uint16_t)i, out, n);
    if (of->is_search || ix == NO_ROOM)
        return n;
    const joint *j = &okb_vec_at(&of->joints, joint, ix);
    for (uint32_t i = 0; i < j->n_members; i++)
        n = name(of, state_at(of, okb_vec_at(&of->members, uint32_t, j->first_member + i))->rule, out, n);
    return n;
}

static size_t walk(sketches *of, okb_span text, size_t at, uint16_t *out, size_t n)
{
    size_t end = of->is_search || text.n - at < STEPS_MAX ? text.n + 1 : at + STEPS_MAX;
    uint8_t before = of->class_of[at ? (unsigned char)text.p[at - 1] : 0];
    uint8_t class_ = of->class_of[(unsigned char)text.p[at]];
    uint32_t ix = of->is_search ? of->behind[before] : of->begun[before * of->n_classes + class_];
    if (ix == 0)
        ix = of->is_search ? make_start(of, before) : make_beginning(of, before, class_);
    for (size_t i = of->is_search ? at : at + 1;; i++) {
        if (ix & PAUSE) {
            if (ix == NO_ROOM)
                return name_possible(of, NO_ROOM, out, n);
            ix &= ~(uint32_t)PAUSE;
            const joint *j = &okb_vec_at(&of->joints, joint, ix);
            n = name_found(of, j, out, n);
            if (j->n_members == 0 && !of->is_search)
                return n;
        }
        if (i == end)
            return end > text.n ? n : name_possible(of, ix, out, n);
        class_ = of->class_of[(unsigned char)text.p[i]];
        uint32_t next = *edge_at(of, ix, class_);
        if (next == 0)
            next = make_edge(of, (uint16_t)ix, class_);
        if (next == NO_ROOM)
            return name_possible(of, ix, out, n);
        ix = next;
    }
}

size_t okb_sketches_walk_each(sketches *of, okb_span text, const uint16_t *places, size_t n_places, uint16_t *out)
{
    if (of->patterns.n == 0)
        return 0;
    if (!of->is_ready)
        make_ready(of);
    of->walk++;
    size_t n = 0;
    for (size_t i = 0; i < n_places; i++)
        n = walk(of, text, places[i], out, n);
    return n;
}

size_t okb_sketches_walk(sketches *of, okb_span text, size_t at, uint16_t *out)
{
    uint16_t here = (uint16_t)at;
    return okb_sketches_walk_each(of, text, &here, 1, out);
}
