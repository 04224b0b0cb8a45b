/*
 * All rules of a language that are nothing but words, in one trie that is walked once at each place of a text. Other patterns are the
 * sketches' matter.
 *
 * Sealed, a node knows its edges by a mask of byte classes, and chains without a choice are one comparison: walking touches
 * little memory.
 */
#include <stdlib.h>
#include <string.h>

#include "room.h"

typedef struct build_node {
    uint32_t child, sibling; /* 0: none */
    uint32_t first_leaf;     /* into build leaves + 1, 0: none */
    unsigned char byte;
} build_node;

typedef struct build_leaf {
    trie_leaf leaf;
    uint32_t next; /* + 1 */
} build_leaf;

enum { TAIL_HERE = 4 };

typedef struct node {
    uint64_t classes; /* of the edges' bytes; the children stand one behind the other in the order of these classes */
    uint32_t first_child, first_leaf;
    /* Bytes that must follow before the node's leaves and edges count: up to four are kept here, more in tails. */
    union {
        char bytes[TAIL_HERE];
        uint32_t at;
    } tail;
    uint16_t n_leaves;
    uint8_t n_tail;
    uint8_t n_rare; /* children by bytes of the class of all others, behind the rest */
} node;

/* Letters and figures have classes of their own, and so have the signs below; all other bytes share one. */
enum { CLASS_RARE = 63 };
static const char signs[] = " -'/.,%&+($<>=:#*;";

struct trie {
    okb_vec building, building_leaves;
    node *nodes;
    unsigned char *bytes; /* that lead to the nodes */
    trie_leaf *leaves;
    char *tails;
    uint32_t n_nodes;
    uint32_t roots[256];
    uint64_t seconds[CLASS_RARE + 1]; /* classes of the second bytes of literals, by that of the first */
    uint8_t class_of[256];
};

static uint32_t count_bits(uint64_t x)
{
    x -= x >> 1 & UINT64_C(0x5555555555555555);
    x = (x & UINT64_C(0x3333333333333333)) + (x >> 2 & UINT64_C(0x3333333333333333));
    x = (x + (x >> 4)) & UINT64_C(0x0F0F0F0F0F0F0F0F);
    return (uint32_t)(x * UINT64_C(0x0101010101010101) >> 56);
}

trie *okb_trie_new(void)
{
    trie *t = calloc(1, sizeof *t);
    if (!t)
        __builtin_trap();
    okb_vec_push(&t->building, build_node);
    memset(t->class_of, CLASS_RARE, sizeof t->class_of);
    uint8_t next = 0;
    for (int byte = 'a'; byte <= 'z'; byte++)
        t->class_of[byte] = next++;
    for (int byte = '0'; byte <= '9'; byte++)
        t->class_of[byte] = next++;
    for (const char *sign = signs; *sign; sign++)
        t->class_of[(unsigned char)*sign] = next++;
    return t;
}

void okb_trie_free(trie *t)
{
    if (!t)
        return;
    okb_vec_free(&t->building);
    okb_vec_free(&t->building_leaves);
    free(t->nodes);
    free(t->bytes);
    free(t->leaves);
    free(t->tails);
    free(t);
}

static uint32_t place_of(trie *t, okb_span text)
{
    uint32_t at = 0;
    for (size_t i = 0; i < text.n; i++) {
        unsigned char byte = (unsigned char)text.p[i];
        uint32_t child = okb_vec_at(&t->building, build_node, at).child;
        while (child && okb_vec_at(&t->building, build_node, child).byte != byte)
            child = okb_vec_at(&t->building, build_node, child).sibling;
        if (!child) {
            child = (uint32_t)t->building.n;
            build_node *fresh = okb_vec_push(&t->building, build_node);
            fresh->byte = byte;
            fresh->sibling = okb_vec_at(&t->building, build_node, at).child;
            okb_vec_at(&t->building, build_node, at).child = child;
        }
        at = child;
    }
    return at;
}

void okb_trie_add(trie *t, okb_span text, trie_leaf leaf)
{
    uint32_t at = place_of(t, text);
    if (text.n)
        t->seconds[t->class_of[(unsigned char)text.p[0]]] |=
            text.n > 1 ? (uint64_t)1 << t->class_of[(unsigned char)text.p[1]] : UINT64_MAX;
    build_leaf *kept = okb_vec_push(&t->building_leaves, build_leaf);
    kept->leaf = leaf;
    kept->next = okb_vec_at(&t->building, build_node, at).first_leaf;
    okb_vec_at(&t->building, build_node, at).first_leaf = (uint32_t)t->building_leaves.n;
}

typedef struct sealing {
    trie *t;
    uint32_t leaf, tail;
} sealing;

static const build_node *built(const trie *t, uint32_t ix)
{
    return &okb_vec_at(&t->building, build_node, ix);
}

/* Swallows the chain of only children below `from`; returns its end. */
static uint32_t seal_tail(sealing *s, uint32_t from, node *to)
{
    trie *t = s->t;
    uint32_t at = s->tail;
    while (from != 0 && !built(t, from)->first_leaf && built(t, from)->child &&
           !built(t, built(t, from)->child)->sibling) {
        from = built(t, from)->child;
        t->tails[at++] = (char)built(t, from)->byte;
    }
    to->n_tail = (uint8_t)(at - s->tail);
    if (to->n_tail <= TAIL_HERE) {
        memcpy(to->tail.bytes, t->tails + s->tail, to->n_tail);
    } else {
        to->tail.at = s->tail;
        s->tail = at;
    }
    return from;
}

/* Lays out the node that stands for `from` at `at`. Depth is at most the length of a literal. */
static void seal_node(sealing *s, uint32_t from, uint32_t at)
{
    trie *t = s->t;
    node *to = &t->nodes[at];
    from = seal_tail(s, from, to);
    to->first_leaf = s->leaf;
    for (uint32_t kept = built(t, from)->first_leaf; kept;
         kept = okb_vec_at(&t->building_leaves, build_leaf, kept - 1).next) {
        t->leaves[s->leaf++] = okb_vec_at(&t->building_leaves, build_leaf, kept - 1).leaf;
        to->n_leaves++;
    }
    uint32_t children[256], n = 0;
    for (uint32_t child = built(t, from)->child; child; child = built(t, child)->sibling) {
        uint8_t class_ = t->class_of[built(t, child)->byte];
        uint32_t k = n++;
        for (; k && t->class_of[built(t, children[k - 1])->byte] > class_; k--)
            children[k] = children[k - 1];
        children[k] = child;
        if (class_ == CLASS_RARE)
            to->n_rare++;
        else
            to->classes |= (uint64_t)1 << class_;
    }
    uint32_t first_child = to->first_child = t->n_nodes;
    t->n_nodes += n;
    for (uint32_t k = 0; k < n; k++) {
        t->bytes[first_child + k] = built(t, children[k])->byte;
        seal_node(s, children[k], first_child + k);
    }
}

void okb_trie_seal(trie *t)
{
    size_t n_nodes = t->building.n, n_leaves = t->building_leaves.n;
    t->nodes = calloc(n_nodes + 1, sizeof *t->nodes);
    t->bytes = calloc(n_nodes + 1, 1);
    t->leaves = calloc(n_leaves + 1, sizeof *t->leaves);
    t->tails = calloc(n_nodes + 1, 1);
    if (!t->nodes || !t->bytes || !t->leaves || !t->tails)
        __builtin_trap();
    sealing s = {.t = t};
    t->n_nodes = 1;
    seal_node(&s, 0, 0);
    const node *root = &t->nodes[0];
    for (uint32_t i = 0; i < count_bits(root->classes) + root->n_rare; i++)
        t->roots[t->bytes[root->first_child + i]] = root->first_child + i;
    okb_vec_free(&t->building);
    okb_vec_free(&t->building_leaves);
}

/* The text's end is a byte 0, which is in no tail. */
static bool has_tail(const trie *t, const node *here, const char *text)
{
    const char *tail = here->n_tail <= TAIL_HERE ? here->tail.bytes : t->tails + here->tail.at;
    for (size_t i = 0; i < here->n_tail; i++)
        if (text[i] != tail[i])
            return false;
    return true;
}

size_t okb_trie_walk(const trie *t, okb_span folded, size_t at, place out[PLACES_MAX])
{
    size_t n = 0;
    unsigned char first = (unsigned char)folded.p[at], second = (unsigned char)folded.p[first ? at + 1 : at];
    if (!(t->seconds[t->class_of[first]] >> t->class_of[second] & 1))
        return 0;
    uint32_t ix = t->roots[first];
    for (size_t i = at + 1; ix && n < PLACES_MAX;) {
        const node *here = &t->nodes[ix];
        if (!has_tail(t, here, folded.p + i))
            break;
        i += here->n_tail;
        if (here->n_leaves)
            out[n++] = (place){t->leaves + here->first_leaf, (uint16_t)at, (uint16_t)i, here->n_leaves};
        unsigned char wanted = (unsigned char)folded.p[i++];
        uint64_t bit = (uint64_t)1 << t->class_of[wanted];
        if (here->classes & bit) {
            ix = here->first_child + count_bits(here->classes & (bit - 1));
            continue;
        }
        if (bit >> CLASS_RARE == 0 || here->n_rare == 0)
            break;
        uint32_t child = here->first_child + count_bits(here->classes), end = child + here->n_rare;
        while (child < end && t->bytes[child] != wanted)
            child++;
        ix = child < end ? child : 0;
    }
    return n;
}
