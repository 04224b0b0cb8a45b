/*
 * Sketches of patterns: a machine of states that goes along with every match, and with little else. tree.c reads a pattern, sketch.c
 * lays it out, sketches.c runs many of them. Private to these three.
 */
#ifndef OKB_JUDGE_SKETCH_H
#define OKB_JUDGE_SKETCH_H

#include "room.h"

/* A set of ASCII bytes; the byte 0 is the end of a text. Beyond ASCII there are others or none. */
typedef struct sketch_set {
    uint64_t bits[2];
    bool has_others;
} sketch_set;

typedef enum state_form {
    STATE_BYTES,    /* takes a byte of the set */
    STATE_EITHER,   /* goes on with both, without a byte */
    STATE_AHEAD,    /* goes on if the next byte is of the set */
    STATE_BEHIND,   /* goes on if the byte before is of the set */
    STATE_BOUNDARY, /* behind a word byte `other`, else `next`; behind one beyond ASCII both */
    STATE_END       /* the rule may match */
} state_form;

typedef struct sketch_state {
    uint8_t form;
    uint16_t rule, set;
    uint32_t next, other;
} sketch_state;

typedef struct sketch {
    okb_vec states, sets; /* sketch_state, sketch_set */
    uint16_t word_set, no_word_set;
} sketch;

typedef enum tree_form {
    TREE_NOTHING,
    TREE_BYTES,
    TREE_SEQUENCE, /* b, then a: last things first, as they are laid out */
    TREE_EITHER,   /* a or b; only a may be another choice */
    TREE_REPEAT,   /* a, low to high times */
    TREE_BOUNDARY,
    TREE_AHEAD,   /* the next byte is of the set */
    TREE_BEHIND,  /* the byte before is of the set */
    TREE_GOES_ON, /* a must follow; what comes then is not followed */
    TREE_CUT      /* whatever follows */
} tree_form;

typedef struct tree {
    tree_form form;
    uint16_t set;
    uint32_t low, high;
    uint32_t least; /* bytes that it takes at least */
    struct tree *a, *b;
} tree;

/* The tree of a pattern, in scratch, with its sets in `to`; NULL where the pattern has something that is not understood. */
const tree *okb_tree_read(sketch *to, okb_span pattern, okb_arena *scratch);

void okb_set_add_word(sketch_set *set); /* what \w stands for */
void okb_set_negate(sketch_set *set);
unsigned okb_set_size(const sketch_set *set); /* ASCII bytes in it */

bool okb_tree_begins_at_place(const sketch *of, const tree *t); /* begin.c; places are told in room.h */

void okb_sketch_init(sketch *to);
/* Adds the sketch of a pattern, whose states bear its number; returns the first of them. t: its tree; NULL where there is none. */
uint32_t okb_sketch_add(sketch *to, const tree *t, uint16_t pattern_ix);
uint16_t okb_sketch_set(sketch *to, const sketch_set *set); /* a set's number; equal ones share it */
void okb_sketch_free(sketch *to);

#endif
