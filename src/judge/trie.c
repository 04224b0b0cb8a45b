/*
 * The keyword prefilter: all literals of all rules of a language in one trie, walked once at each word start. It says
 * which rules can match here, so that only those patterns are run.
 *
 * Sealed, a node's edges stand side by side, so that walking touches little memory.
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
    uint32_t first_edge, first_leaf;
    uint16_t n_edges, n_leaves;
} node;

struct trie {
    okb_vec building, building_leaves;
    node *nodes;
    unsigned char *bytes; /* of the edges */
    uint32_t *targets;
    trie_leaf *leaves;
    uint32_t roots[256];
};

trie *trie_new(void)
{
    trie *t = calloc(1, sizeof *t);
    if (t)
        okb_vec_push(&t->building, build_node);
    return t;
}

void trie_free(trie *t)
{
    if (!t)
        return;
    okb_vec_free(&t->building);
    okb_vec_free(&t->building_leaves);
    free(t->nodes);
    free(t->bytes);
    free(t->targets);
    free(t->leaves);
    free(t);
}

void trie_add(trie *t, okb_span text, trie_leaf leaf)
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

void trie_seal(trie *t)
{
    size_t n_nodes = t->building.n, n_leaves = t->building_leaves.n;
    t->nodes = calloc(n_nodes, sizeof *t->nodes);
    t->bytes = calloc(n_nodes + 1, 1);
    t->targets = calloc(n_nodes + 1, sizeof *t->targets);
    t->leaves = calloc(n_leaves + 1, sizeof *t->leaves);
    if (!t->nodes || !t->bytes || !t->targets || !t->leaves)
        return;
    uint32_t edge = 0, leaf = 0;
    for (uint32_t ix = 0; ix < n_nodes; ix++) {
        const build_node *from = &okb_vec_at(&t->building, build_node, ix);
        node *to = &t->nodes[ix];
        to->first_edge = edge;
        for (uint32_t child = from->child; child; child = okb_vec_at(&t->building, build_node, child).sibling) {
            t->bytes[edge] = okb_vec_at(&t->building, build_node, child).byte;
            t->targets[edge++] = child;
            to->n_edges++;
        }
        to->first_leaf = leaf;
        for (uint32_t kept = from->first_leaf; kept;
             kept = okb_vec_at(&t->building_leaves, build_leaf, kept - 1).next) {
            t->leaves[leaf++] = okb_vec_at(&t->building_leaves, build_leaf, kept - 1).leaf;
            to->n_leaves++;
        }
    }
    for (uint32_t i = 0; i < t->nodes[0].n_edges; i++)
        t->roots[t->bytes[i]] = t->targets[i];
    okb_vec_free(&t->building);
    okb_vec_free(&t->building_leaves);
}

void trie_walk(const trie *t, okb_span folded, size_t at,
               void (*visit)(void *context, const trie_leaf *leaf, size_t at, size_t end), void *context)
{
    uint32_t ix = t->roots[(unsigned char)folded.p[at]];
    size_t i = at;
    while (ix) {
        const node *here = &t->nodes[ix];
        i++;
        for (uint16_t k = 0; k < here->n_leaves; k++)
            visit(context, &t->leaves[here->first_leaf + k], at, i);
        if (i >= folded.n || !here->n_edges)
            return;
        const unsigned char *edges = t->bytes + here->first_edge;
        unsigned char wanted = (unsigned char)folded.p[i];
        uint16_t k = 0;
        while (k < here->n_edges && edges[k] != wanted)
            k++;
        ix = k < here->n_edges ? t->targets[here->first_edge + k] : 0;
    }
}
