/*
 * The keyword prefilter: all literals of all rules of a language in one trie, walked once at each word start. It says
 * which rules can match here, so that only those patterns are run.
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

typedef struct node {
    uint64_t classes; /* of the edges' bytes; edges stand in the order of their classes */
    uint32_t first_edge, first_leaf;
    uint32_t tail; /* into tails: bytes that must follow before the node's leaves and edges count */
    uint16_t n_leaves;
    uint8_t n_tail;
    uint8_t n_rare; /* edges of the class of all other bytes, behind the rest */
} node;

/* Letters and figures have classes of their own, and so have the signs below; all other bytes share one. */
enum { CLASS_RARE = 63 };
static const char signs[] = " -'/.,%&+($<>=:#*;";

struct trie {
    okb_vec building, building_leaves;
    node *nodes;
    unsigned char *bytes; /* of the edges */
    uint32_t *targets;
    trie_leaf *leaves;
    char *tails;
    uint32_t n_nodes;
    uint32_t roots[256];
    uint8_t class_of[256];
};

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
    free(t->targets);
    free(t->leaves);
    free(t->tails);
    free(t);
}

void okb_trie_add(trie *t, okb_span text, trie_leaf leaf)
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
    build_leaf *kept = okb_vec_push(&t->building_leaves, build_leaf);
    kept->leaf = leaf;
    kept->next = okb_vec_at(&t->building, build_node, at).first_leaf;
    okb_vec_at(&t->building, build_node, at).first_leaf = (uint32_t)t->building_leaves.n;
}

typedef struct sealing {
    trie *t;
    uint32_t edge, leaf, tail;
} sealing;

static const build_node *built(const trie *t, uint32_t ix)
{
    return &okb_vec_at(&t->building, build_node, ix);
}

/* Lays out the node that stands for `from`, swallowing the chain of only children below it. Returns where it stands. Depth is at
 * most the length of a literal. */
static uint32_t seal_node(sealing *s, uint32_t from)
{
    trie *t = s->t;
    uint32_t at = t->n_nodes++;
    node *to = &t->nodes[at];
    to->tail = s->tail;
    while (from != 0 && !built(t, from)->first_leaf && built(t, from)->child &&
           !built(t, built(t, from)->child)->sibling) {
        from = built(t, from)->child;
        t->tails[s->tail++] = (char)built(t, from)->byte;
        to->n_tail++;
    }
    to->first_leaf = s->leaf;
    for (uint32_t kept = built(t, from)->first_leaf; kept;
         kept = okb_vec_at(&t->building_leaves, build_leaf, kept - 1).next) {
        t->leaves[s->leaf++] = okb_vec_at(&t->building_leaves, build_leaf, kept - 1).leaf;
        to->n_leaves++;
    }
    to->first_edge = s->edge;
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
    for (uint32_t k = 0; k < n; k++)
        t->bytes[s->edge + k] = built(t, children[k])->byte;
    s->edge += n;
    uint32_t first_edge = to->first_edge;
    for (uint32_t k = 0; k < n; k++)
        t->targets[first_edge + k] = seal_node(s, children[k]);
    return at;
}

void okb_trie_seal(trie *t)
{
    size_t n_nodes = t->building.n, n_leaves = t->building_leaves.n;
    t->nodes = calloc(n_nodes + 1, sizeof *t->nodes);
    t->bytes = calloc(n_nodes + 1, 1);
    t->targets = calloc(n_nodes + 1, sizeof *t->targets);
    t->leaves = calloc(n_leaves + 1, sizeof *t->leaves);
    t->tails = calloc(n_nodes + 1, 1);
    if (!t->nodes || !t->bytes || !t->targets || !t->leaves || !t->tails)
        __builtin_trap();
    sealing s = {.t = t};
    seal_node(&s, 0);
    const node *root = &t->nodes[0];
    for (int i = 0; i < __builtin_popcountll(root->classes) + root->n_rare; i++)
        t->roots[t->bytes[i]] = t->targets[i];
    okb_vec_free(&t->building);
    okb_vec_free(&t->building_leaves);
}

void okb_trie_walk(const trie *t, okb_span folded, size_t at,
                   void (*visit)(void *context, const trie_leaf *leaves, size_t n, size_t at, size_t end),
                   void *context)
{
    uint32_t ix = t->roots[(unsigned char)folded.p[at]];
    size_t i = at + 1;
    while (ix) {
        const node *here = &t->nodes[ix];
        if (here->n_tail) {
            if (folded.n - i < here->n_tail || memcmp(folded.p + i, t->tails + here->tail, here->n_tail) != 0)
                return;
            i += here->n_tail;
        }
        if (here->n_leaves)
            visit(context, t->leaves + here->first_leaf, here->n_leaves, at, i);
        if (i >= folded.n)
            return;
        unsigned char wanted = (unsigned char)folded.p[i++];
        uint64_t bit = (uint64_t)1 << t->class_of[wanted];
        if (here->classes & bit) {
            ix = t->targets[here->first_edge + (uint32_t)__builtin_popcountll(here->classes & (bit - 1))];
            continue;
        }
        if (bit >> CLASS_RARE == 0 || here->n_rare == 0)
            return;
        uint32_t edge = here->first_edge + (uint32_t)__builtin_popcountll(here->classes), end = edge + here->n_rare;
        while (edge < end && t->bytes[edge] != wanted)
            edge++;
        ix = edge < end ? t->targets[edge] : 0;
    }
}
