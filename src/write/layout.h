/*
 * layout: which line of a team's sheet each goal of the reported cycle stands on, decided before the first cell is written, so that
 * formulas above can point to lines below. Knows nothing of cells.
 */
#ifndef OKRBOOK_WRITE_LAYOUT_H
#define OKRBOOK_WRITE_LAYOUT_H

#include "facts.h"

typedef enum okb_line_role {
    OKB_LINE_OBJECTIVE,
    OKB_LINE_PART,   /* a key result or goal directly under an objective: counts in its mean */
    OKB_LINE_BELOW,  /* initiatives, and whatever is under a part: never counts in an objective */
    OKB_LINE_ALONE,  /* a goal or key result without an objective of the team above it */
    OKB_LINE_SECTION /* a caption between blocks */
} okb_line_role;

typedef struct okb_line {
    uint32_t goal_ix;                 /* OKB_NONE for a section */
    uint32_t parent_line;             /* OKB_NONE at the top */
    uint32_t ordinal;                 /* among its siblings, 1 first */
    uint32_t first_part, last_part;   /* of an objective: the lines that its parts stand in; OKB_NONE without parts */
    uint32_t first_child, last_child; /* of an objective: its child objectives, linked by next_sibling; OKB_NONE */
    uint32_t next_sibling;
    uint16_t depth;
    uint8_t role;        /* okb_line_role */
    bool counts_in_team; /* its score is part of the team's mean */
} okb_line;

typedef struct okb_layout {
    okb_line *lines;
    uint32_t n_lines;
    uint32_t n_goals;
} okb_layout;

/* One layout a team, in `keep`. An objective is followed by its parts (each with what is under it), its initiatives, then its child
 * objectives; then come the goals without an objective, then the other initiatives. */
okb_layout *okb_layouts_make(const okb_plan *plan, okb_arena *keep);

/* "O2", "KR2.1", "I2.1.1": the number that a line shows. */
okb_span okb_line_label(const okb_plan *plan, const okb_layout *layout, uint32_t line_ix, okb_arena *scratch);

/* The caption of a section line. */
const char *okb_section_title(const okb_plan *plan, const okb_layout *layout, uint32_t line_ix);

/* The weight with which a goal counts in its parent's mean: the link's, else its own, else 1. */
double okb_goal_weight(const okb_plan *plan, uint32_t goal_ix);

#endif
