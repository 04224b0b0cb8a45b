/*
 * Tells whether each match of a pattern begins at a place: where a word begins, at a figure behind a letter, or at a sign. Such a
 * pattern is tried at the places of a text, any other must be searched for.
 */
#include "sketch.h"

/* What is known of the byte before. */
typedef enum guard { GUARD_NONE, GUARD_LETTER, GUARD_NO_WORD } guard;

/* What comes behind a tree. */
typedef struct rest {
    const tree *next;
    const struct rest *after;
} rest;

static bool has_any(const sketch_set *set, const sketch_set *of)
{
    return (set->bits[0] & of->bits[0]) || (set->bits[1] & of->bits[1]);
}

static const sketch_set blank = {{(uint64_t)1 << ' ', 0}, false};
static const sketch_set digits = {{(uint64_t)0x3FF << '0', 0}, false};
static const sketch_set letters = {{0, UINT64_C(0x07FFFFFE87FFFFFE)}, false}; /* and the underscore */

/* A byte beyond ASCII is no word byte here, and a place. */
static bool is_place(const sketch_set *set, guard before)
{
    if (has_any(set, &blank))
        return false;
    if (before == GUARD_NO_WORD)
        return true;
    return !has_any(set, &letters) && (before == GUARD_LETTER || !has_any(set, &digits));
}

static guard guard_behind(const sketch_set *set, guard before)
{
    if (!has_any(set, &letters) && !has_any(set, &digits))
        return GUARD_NO_WORD;
    return before == GUARD_NONE && !has_any(set, &digits) ? GUARD_LETTER : before;
}

static bool begins(const sketch *of, const tree *t, guard before, const rest *after);

static bool goes_on(const sketch *of, guard before, const rest *after)
{
    return after && begins(of, after->next, before, after->after);
}

/* A sequence is linked from its last element to its first. */
static bool sequence_begins(const sketch *of, const tree *t, guard before, const rest *after)
{
    if (!t->b)
        return begins(of, t->a, before, after);
    rest last = {t->a, after};
    return sequence_begins(of, t->b, before, &last);
}

static bool begins(const sketch *of, const tree *t, guard before, const rest *after)
{
    switch (t->form) {
    case TREE_BYTES:
        return is_place(&okb_vec_at(&of->sets, sketch_set, t->set), before);
    case TREE_SEQUENCE:
        return sequence_begins(of, t, before, after);
    case TREE_EITHER:
        return begins(of, t->b, before, after) && begins(of, t->a, before, after);
    case TREE_REPEAT:
        return begins(of, t->a, before, after) && (t->low > 0 || goes_on(of, before, after));
    case TREE_BOUNDARY:
        /* A word that begins, or a sign behind one that ended. */
        return goes_on(of, GUARD_NO_WORD, after);
    case TREE_BEHIND:
        return goes_on(of, guard_behind(&okb_vec_at(&of->sets, sketch_set, t->set), before), after);
    case TREE_GOES_ON:
        return begins(of, t->a, before, NULL) || goes_on(of, before, after);
    case TREE_AHEAD:
    case TREE_NOTHING:
        return goes_on(of, before, after);
    case TREE_CUT:
        break;
    }
    return false;
}

bool okb_tree_begins_at_place(const sketch *of, const tree *t)
{
    return begins(of, t, GUARD_NONE, NULL);
}
