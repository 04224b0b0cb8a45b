/*
 * facts: look-ups over a finished plan that several sheets and exports share, and the values that go into cells.
 * Knows nothing of workbooks.
 */
#ifndef OKRBOOK_WRITE_FACTS_H
#define OKRBOOK_WRITE_FACTS_H

#include "okrbook/base.h"
#include "okrbook/plan.h"

#include <stddef.h>

typedef struct okb_facts {
    const okb_plan *plan;
    okb_arena keep;    /* the look-ups */
    okb_arena scratch; /* composed texts; okb_facts_rewind gives it back */
    /* Findings by goal: those of goal g are by_goal[first[g] .. first[g + 1]), as indexes into plan->findings. */
    uint32_t *first;
    uint32_t *by_goal;
    uint32_t *top;        /* [n_goals] the loud finding of the lowest rank; OKB_NONE */
    bool *is_name_shared; /* [n_files] another file has the same name, so that its path is shown */
} okb_facts;

void okb_facts_init(okb_facts *facts, const okb_plan *plan);
void okb_facts_free(okb_facts *facts);
/* Drops composed texts; call between rows. */
void okb_facts_rewind(okb_facts *facts);

/* The file's name, or its path where two inputs have the same name; empty for OKB_NONE. */
okb_span okb_facts_file(const okb_facts *facts, uint32_t file_ix);
const okb_verdict *okb_facts_verdict(const okb_facts *facts, uint32_t goal_ix); /* never NULL */
const okb_result *okb_facts_result(const okb_facts *facts, uint32_t goal_ix);   /* never NULL */
/* Whether a team stands among the teams: the company does where the overall score is the teams' and it has a score of its own. */
bool okb_facts_is_listed(const okb_facts *facts, const okb_team_result *result);
/* What a finding says where its goal's title stands beside it: its message, or the one that speaks for several goals, without that
 * title. */
okb_span okb_facts_about(const okb_facts *facts, const okb_finding *finding, okb_span message);
/* The coach's question alone, without the pattern to rewrite by. */
okb_span okb_facts_asked(const okb_finding *finding);
/* Stated value of a check-in: the progress that its numbers give, clipped; NaN where they give none. */
double okb_facts_checkin_score(const okb_facts *facts, const okb_checkin *checkin);

typedef enum okb_value_kind { OKB_VALUE_NONE, OKB_VALUE_TEXT, OKB_VALUE_NUMBER, OKB_VALUE_DAY } okb_value_kind;

/* What a field says of a row. A number that is NaN and a day that is none are written as nothing. */
typedef struct okb_value {
    okb_value_kind kind;
    double number;
    okb_day day;
    okb_span text;
} okb_value;

static inline void okb_value_text(okb_value *out, okb_span text)
{
    out->kind = text.n ? OKB_VALUE_TEXT : OKB_VALUE_NONE;
    out->text = text;
}

static inline void okb_value_word(okb_value *out, const char *word)
{
    okb_value_text(out, okb_span_of(word));
}

static inline void okb_value_number(okb_value *out, double number)
{
    out->kind = OKB_VALUE_NUMBER;
    out->number = number;
}

static inline void okb_value_day(okb_value *out, okb_day day)
{
    out->kind = OKB_VALUE_DAY;
    out->day = day;
}

typedef enum okb_field_look {
    OKB_LOOK_TEXT,
    OKB_LOOK_WRAP,
    OKB_LOOK_ID, /* monospaced by nature: ids, hashes, codes */
    OKB_LOOK_NUMBER,
    OKB_LOOK_COUNT,
    OKB_LOOK_SCORE,
    OKB_LOOK_RATE,
    OKB_LOOK_DAY
} okb_field_look;

/* What a member of a row's struct is. */
typedef enum okb_member { OKB_MEMBER_SPAN, OKB_MEMBER_DOUBLE, OKB_MEMBER_UINT32, OKB_MEMBER_DAY } okb_member;

/* A column that an export writes and a sheet shows. Where a member of the row's struct has it, its declaration is all there is to it:
 *     {"owner", 20, OKB_LOOK_TEXT, OKB_FIELD_OF(goal_row, okb_goal, owner)},
 * What has to be worked out has a function of its own:
 *     {"kind", 12, OKB_LOOK_TEXT, OKB_FIELD_BY(OKB_VALUE_TEXT, get_kind)}, */
typedef struct okb_field {
    const char *name;
    double width; /* in characters, on a sheet */
    okb_field_look look;
    okb_value_kind kind; /* of its values: an empty number is not an empty text in JSON's types alone */
    void (*get)(okb_facts *facts, uint32_t ix, okb_value *out);
    const void *(*row)(const okb_facts *facts, uint32_t ix); /* never NULL; used where get is NULL */
    okb_member member;
    size_t offset; /* of the member in that row */
} okb_field;

#define OKB_FIELD_BY(kind_, get_) .kind = (kind_), .get = (get_)
#define OKB_FIELD_OF(row_, type, name_)                                                                                \
    .kind = _Generic(((type *)0)->name_, okb_span                                                                      \
                     : OKB_VALUE_TEXT, double                                                                          \
                     : OKB_VALUE_NUMBER, uint32_t                                                                      \
                     : OKB_VALUE_NUMBER, okb_day                                                                       \
                     : OKB_VALUE_DAY),                                                                                 \
    .row = (row_),                                                                                                     \
    .member = _Generic(((type *)0)->name_, okb_span                                                                    \
                       : OKB_MEMBER_SPAN, double                                                                       \
                       : OKB_MEMBER_DOUBLE, uint32_t                                                                   \
                       : OKB_MEMBER_UINT32, okb_day                                                                    \
                       : OKB_MEMBER_DAY),                                                                              \
    .offset = offsetof(type, name_)

/* Rows of fields about a goal: the goal, its result, its team. */
const void *okb_goal_row(const okb_facts *facts, uint32_t goal_ix);
const void *okb_goal_result_row(const okb_facts *facts, uint32_t goal_ix);
const void *okb_goal_team_row(const okb_facts *facts, uint32_t goal_ix);

/* What the field says of row ix; of kind NONE, NaN and no day where it says nothing. */
okb_value okb_field_value(const okb_field *field, okb_facts *facts, uint32_t ix);

typedef struct okb_field_list {
    const okb_field *fields;
    size_t n;
} okb_field_list;

okb_field_list okb_goal_fields(const okb_plan *plan); /* ix: into goals */
okb_field_list okb_checkin_fields(void);              /* ix: into checkins */
okb_field_list okb_team_fields(void);                 /* ix: into team_results */
okb_field_list okb_finding_fields(void);              /* ix: into findings */
okb_field_list okb_input_fields(void);                /* ix: into files */
okb_field_list okb_reject_fields(void);               /* ix: into rejects */

#endif
