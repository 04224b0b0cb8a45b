/* What stands above what by place: order, nested blocks, the column or the indent of a title. */
#include "draft.h"

static void by_order(reading *r, const block *b, draft *d)
{
    if (d->n_refs || d->rec.above != OKB_NONE)
        return;
    if (b->is_nested) {
        d->rec.above = r->outer_record;
        return;
    }
    bool is_ordered = b->format->parent_by_order ||
                      (b->format->n_signature == 0 && b->has_field[F_KIND] && !b->has_field[F_PARENT] &&
                       !b->has_field[F_PARENT_ROW] && !b->has_field[F_CHILDREN] && !b->has_field[F_OUTLINE]);
    if (!is_ordered && !(d->has_code && b->format->n_signature == 0 && !b->has_field[F_PARENT]))
        return;
    if (d->rec.goal.kind == OKB_KEY_RESULT)
        d->rec.above = r->last_objective;
    else if (d->rec.goal.kind == OKB_INITIATIVE)
        d->rec.above = r->last_result != OKB_NONE ? r->last_result : r->last_objective;
}

void okb_place_find(reading *r, const block *b, uint32_t level, draft *d)
{
    for (uint32_t up = level; up > 1 && level < TREE_LEVELS; up--)
        if (r->tree[up - 1] != OKB_NONE) {
            d->rec.above = r->tree[up - 1];
            break;
        }
    by_order(r, b, d);
}

void okb_place_remember(reading *r, const block *b, uint32_t ix)
{
    okb_kind kind = okb_vec_at(&r->n->records, record, ix).goal.kind;
    if (!b->is_nested)
        r->outer_record = ix;
    if (kind == OKB_OBJECTIVE || (kind == OKB_GOAL && b->format->parent_by_order)) {
        r->last_objective = ix;
        r->last_result = OKB_NONE;
    } else if (kind == OKB_KEY_RESULT) {
        r->last_result = ix;
    }
}

void okb_place_remember_level(reading *r, uint32_t level, uint32_t ix)
{
    if (level == 0 || level >= TREE_LEVELS)
        return;
    r->tree[level] = ix;
    for (uint32_t down = level + 1; down < TREE_LEVELS; down++)
        r->tree[down] = OKB_NONE;
}

uint32_t okb_place_indent_level(reading *r, uint32_t indent)
{
    uint32_t level = 1;
    while (level < TREE_LEVELS - 1 && r->tree[level] != OKB_NONE && r->indents[level] < indent)
        level++;
    r->indents[level] = indent;
    return level;
}
