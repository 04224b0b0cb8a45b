/* The second pass: records of all files to one plan. */
#ifndef NORMALIZE_FINISH_H
#define NORMALIZE_FINISH_H

#include "room.h"

/* teams.c */
okb_span okb_file_stem(okb_span name);
okb_span okb_team_of_file(okb_normalizer *n, okb_span name);
okb_span okb_team_of_title(okb_normalizer *n,
                           okb_span title); /* empty where the words that are left are many or none */
okb_span okb_name_of_file(okb_normalizer *n, okb_span name);

/* A link of a record, before links are handed out to goals. */
typedef struct link_row {
    uint32_t from; /* record */
    okb_link link; /* goal_ix: record, or OKB_NONE */
} link_row;

/* What the second pass knows of all records; everything lives in the normalizer's stage arena. */
typedef struct second {
    okb_normalizer *n;
    uint32_t n_records;
    okb_map *codes;       /* file, number of a title ("2.1" of "KR2.1 ...") -> record */
    okb_map *bare;        /* folded title without its number -> record */
    okb_map *slugs;       /* title as a link's address writes it -> record */
    okb_map *pages;       /* a page's number, the end of its address -> page_titles */
    okb_vec page_titles;  /* okb_span */
    link_row *links;      /* by record */
    uint32_t *first_link; /* [n_records + 1] into links */
    uint32_t *links_of;   /* [n_records] the record whose links a record has: its own, or those of one joined to it */
    uint32_t *parent;     /* [n_records] first link that makes no circle; OKB_NONE */
    uint8_t *in_circle;
    okb_vec teams;  /* okb_team, by first appearance */
    okb_vec cycles; /* okb_cycle */
    okb_map *team_ix, *cycle_ix;
    uint32_t *team_of, *cycle_of; /* [n_records] */
    uint32_t *final;              /* record -> goal of the plan, OKB_NONE where it is none */
} second;

static inline record *record_at(const second *s, uint32_t ix)
{
    return &okb_vec_at(&s->n->records, record, ix);
}

/* The record that a merged one stands for. */
static inline uint32_t settled(const second *s, uint32_t ix)
{
    while (ix != OKB_NONE && record_at(s, ix)->stands_for != OKB_NONE)
        ix = record_at(s, ix)->stands_for;
    return ix;
}

/* resolve.c */
void okb_resolve_init(second *s);
void okb_resolve_free(second *s);
/* The record that a text means, seen from a file (and from the record `self`, which it never is). */
uint32_t okb_resolve_goal(second *s, okb_span text, okb_span above, uint32_t file_ix, uint32_t self, ref_kind kind);
void okb_resolve_learn_page(second *s, okb_span title, okb_span address); /* `Title (https://...)` was seen */
uint32_t okb_resolve_code_parent(second *s, uint32_t self);               /* "KR2.1 ..." stands under "O2 ..." */

/* links.c */
void okb_links_build(second *s);
void okb_links_parents(second *s); /* circles and parents */

/* merge.c */
void okb_merge_by_id(second *s);
void okb_merge_named(second *s);    /* objectives that a key result's row only names */
void okb_merge_by_title(second *s); /* needs teams and cycles */

/* belong.c */
void okb_belong_teams(second *s);
void okb_belong_cycles(second *s);
void okb_belong_kinds(second *s);
uint32_t okb_cycles_sort(second *s, okb_plan *plan);

/* plan.c */
okb_code okb_plan_build(second *s, okb_plan *out, okb_err *err) OKB_MUST_USE;
void okb_plan_checkins(second *s, okb_plan *out);
void okb_plan_ids(second *s);

#endif
