/*
 * Lays out the tree of a pattern as its sketch: a small machine of states that goes along with every match of the pattern and with
 * little else. A part that is repeated may be laid out several times. sketches.c runs the sketches of many patterns together.
 */
#include "sketch.h"

enum { COPIES_MAX = 8, GROUP_COPIES_MAX = 2, WIDE = 20, WIDEST = 100 };

typedef struct layout {
    sketch *to;
    uint16_t pattern;
} layout;

static uint32_t put(layout *l, state_form form, uint16_t set, uint32_t next, uint32_t other)
{
    *okb_vec_push(&l->to->states, sketch_state) =
        (sketch_state){.form = (uint8_t)form, .rule = l->pattern, .set = set, .next = next, .other = other};
    return (uint32_t)l->to->states.n - 1;
}

static uint32_t choice(layout *l, uint32_t state, uint32_t other)
{
    return other == OKB_NONE ? state : put(l, STATE_EITHER, 0, state, other);
}

static uint32_t lay_out(layout *l, const tree *t, uint32_t next, uint32_t end);

static bool has_wide_repeat(const layout *l, const tree *t)
{
    for (; t; t = t->form == TREE_SEQUENCE || t->form == TREE_EITHER ? t->b : NULL)
        if (t->form == TREE_REPEAT && t->high > COPIES_MAX && t->a->form == TREE_BYTES &&
            okb_set_size(&okb_vec_at(&l->to->sets, sketch_set, t->a->set)) >= WIDE)
            return true;
        else if (t->form != TREE_BYTES && t->a && has_wide_repeat(l, t->a))
            return true;
    return false;
}

static uint32_t lay_out_repeat(layout *l, const tree *t, uint32_t next, uint32_t end)
{
    const tree *of = t->a;
    bool is_single = of->form == TREE_BYTES;
    bool is_wide = is_single && okb_set_size(&okb_vec_at(&l->to->sets, sketch_set, of->set)) >= WIDE;
    uint32_t copies_max = is_wide ? 1 : is_single ? COPIES_MAX : GROUP_COPIES_MAX, low = t->low, high = t->high;
    /* Behind a long stretch of anything, or of any words, a match may go on anywhere. */
    if ((is_wide && high > copies_max && okb_set_size(&okb_vec_at(&l->to->sets, sketch_set, of->set)) >= WIDEST) ||
        (!is_single && high > copies_max && has_wide_repeat(l, of)))
        return end;
    bool is_loop = high > copies_max || (!is_single && high > 1 && !has_wide_repeat(l, of));
    if (low > copies_max)
        low = copies_max;
    if (is_loop) {
        uint32_t again = put(l, STATE_EITHER, 0, 0, next);
        uint32_t entry = lay_out(l, of, again, end);
        okb_vec_at(&l->to->states, sketch_state, again).next = entry;
        next = again;
    } else {
        for (uint32_t i = low; i < high; i++)
            next = put(l, STATE_EITHER, 0, lay_out(l, of, next, end), next);
    }
    for (uint32_t i = 0; i < low; i++)
        next = lay_out(l, of, next, end);
    return next;
}

/* States for t that lead to `next`; end: where a match is certain enough. Returns the first of them. */
static uint32_t lay_out(layout *l, const tree *t, uint32_t next, uint32_t end)
{
    uint32_t first = OKB_NONE;
    switch (t->form) {
    case TREE_BYTES:
        return put(l, STATE_BYTES, t->set, next, 0);
    case TREE_AHEAD:
        return put(l, STATE_AHEAD, t->set, next, 0);
    case TREE_BEHIND:
        return put(l, STATE_BEHIND, t->set, next, 0);
    case TREE_SEQUENCE:
        for (; t; t = t->b)
            next = lay_out(l, t->a, next, end);
        return next;
    case TREE_EITHER:
        for (; t->form == TREE_EITHER; t = t->a)
            first = choice(l, lay_out(l, t->b, next, end), first);
        return choice(l, lay_out(l, t, next, end), first);
    case TREE_REPEAT:
        return lay_out_repeat(l, t, next, end);
    case TREE_BOUNDARY: {
        uint32_t word = put(l, STATE_AHEAD, l->to->word_set, next, 0);
        uint32_t no_word = put(l, STATE_AHEAD, l->to->no_word_set, next, 0);
        return put(l, STATE_BOUNDARY, 0, word, no_word);
    }
    case TREE_GOES_ON:
        return lay_out(l, t->a, end, end);
    case TREE_CUT:
        return end;
    case TREE_NOTHING:
        break;
    }
    return next;
}

uint16_t okb_sketch_set(sketch *to, const sketch_set *set)
{
    for (size_t i = 0; i < to->sets.n; i++) {
        const sketch_set *known = &okb_vec_at(&to->sets, sketch_set, i);
        if (known->bits[0] == set->bits[0] && known->bits[1] == set->bits[1] && known->has_others == set->has_others)
            return (uint16_t)i;
    }
    *okb_vec_push(&to->sets, sketch_set) = *set;
    return (uint16_t)(to->sets.n - 1);
}

void okb_sketch_init(sketch *to)
{
    *to = (sketch){0};
    sketch_set none = {0}, word = {0}, no_word = {0};
    okb_sketch_set(to, &none);
    okb_set_add_word(&word);
    no_word = word;
    okb_set_negate(&no_word);
    no_word.bits[0] |= 1; /* the end of a text */
    to->word_set = okb_sketch_set(to, &word);
    to->no_word_set = okb_sketch_set(to, &no_word);
}

uint32_t okb_sketch_add(sketch *to, const tree *t, uint16_t pattern_ix)
{
    layout l = {to, pattern_ix};
    uint32_t end = put(&l, STATE_END, 0, 0, 0);
    /* A pattern that is not understood may match anywhere. */
    return t ? lay_out(&l, t, end, end) : end;
}

void okb_sketch_free(sketch *to)
{
    okb_vec_free(&to->states);
    okb_vec_free(&to->sets);
}
