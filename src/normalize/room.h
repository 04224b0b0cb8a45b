/*
 * What the files of this room share: fields, words, profiles, the reading of numbers and dates, blocks of a table, and
 * the records that a file's rows become before the second pass makes a plan of them.
 */
#ifndef NORMALIZE_ROOM_H
#define NORMALIZE_ROOM_H

#include "okrbook/base.h"
#include "okrbook/normalize.h"
#include "okrbook/plan.h"
#include "okrbook/table.h"

#include <math.h>

/* ---- fields (fields.c) -------------------------------------------------------------------------------------- */

/* What a column can mean. The names are those of the columns table. */
typedef enum field {
    F_NONE,
    F_IGNORED, /* known, and left out on purpose */
    F_PAY,     /* pay, bonus, rating: never kept */
    F_TITLE,
    F_ID,
    F_ROW_ID,  /* numbers rows of this file alone */
    F_OUTLINE, /* 1.2.10: its own number and its place */
    F_PARENT,
    F_PARENT_ROW,
    F_CHILDREN,
    F_GOAL, /* of a check-in: the goal's id or title */
    F_TEAM,
    F_CYCLE,
    F_LEVEL,
    F_KIND,
    F_OWNER,
    F_CREATOR,
    F_AUTHOR,
    F_START,
    F_DUE,
    F_SPAN,
    F_UPDATED,
    F_DATE,
    F_CHECKIN_DATE, /* last check-in, in the goal's own row */
    F_CHECKIN_NOTE,
    F_COMPLETED,
    F_BASELINE,
    F_TARGET,
    F_CURRENT,
    F_PHASES,  /* targets on the way, with their days */
    F_MEASURE, /* "31% -> 60%", "< 10", "done / not done" in one cell */
    F_UNIT,
    F_DIRECTION,
    F_AMBITION,
    F_WEIGHT,
    F_PROGRESS,
    F_SCORE,
    F_CONFIDENCE,
    F_STATUS,
    F_PRIORITY,
    F_DESCRIPTION,
    F_COMMENT,
    F_BLOCKER,
    F_IGNORE,
    F_CHECKIN,  /* a whole check-in in a cell */
    F_COMMENTS, /* check-ins as JSON */
    F_ACTION,   /* edit, delete */
    F_SECTION,  /* a list or section a task stands in */
    F_NESTED,   /* first header cell of a nested block */
    F_SIZE,
    F_FRAMEWORK,
    F_LEAD,
    F_COUNT
} field;

typedef enum field_type { T_NONE, T_TEXT, T_REF, T_NUMBER, T_SHARE, T_DATE, T_WORD, T_CELL } field_type;

/* Which of the goals of a row a column speaks of. */
typedef enum part {
    PART_ROW, /* the lowest one named in the row */
    PART_OBJECTIVE,
    PART_KEY_RESULT,
    PART_INITIATIVE,
    PART_NUMBERED, /* key_result_1_..., KR1: number tells which */
    PART_TREE,     /* the title stands in the column of its level */
    PART_WIDE,     /* a column a week or month */
    PART_COUNT
} part;

typedef enum word_family {
    W_STATUS,
    W_CONFIDENCE,
    W_KIND,
    W_LEVEL,
    W_AMBITION,
    W_DIRECTION,
    W_MISSING,
    W_MILESTONE,
    W_MONTH,
    W_WEEKDAY,
    W_ZONE,
    W_METRIC,
    W_SCALE,
    W_CURRENCY,
    W_BOUND,
    W_CYCLE,
    W_COMPANY,
    W_TOTAL,
    W_GROUP,
    W_FILE,
    W_HEADER,
    W_PERIOD,
    W_ACTION,
    W_TITLE,
    W_TITLE_KIND,
    W_MARK,
    W_DATE,
    W_CHECKIN,
    W_JOIN,       /* what stands between two people: and, & */
    W_DEPARTMENT, /* sales, support: a heading over the rows of a team */
    W_COUNT
} word_family;

const char *okb_field_name(field f);
field_type okb_field_type_of(field f);
word_family okb_field_family(field f); /* of T_WORD fields */
/* Reads `objective.owner`, `kr#.title`, `key_result`, `week#`, `target`. False where it is none. */
bool okb_field_parse(okb_span name, field *out_field, part *out_part);
/* The name that okb_field_parse reads; empty for the parts that a number in the header tells apart. */
okb_span okb_field_print(okb_arena *keep, field f, part p);

/* ---- words (words.c) ---------------------------------------------------------------------------------------- */

typedef struct words words;

typedef struct word {
    okb_span text; /* the value column */
    double number; /* the value as a number; NaN where it is none */
    int code;      /* the value as a code of the family's list (status, kind ...); 0 where it has none */
} word;

okb_code okb_words_new(const okb_table *tables, size_t n_tables, okb_arena *keep, okb_diags *diags, words **out,
                       okb_err *err) OKB_MUST_USE;
void okb_words_free(words *w);
/* The row of `family` that is this text, folded; NULL where there is none. Repeated texts cost one hash. */
const word *okb_words_find(words *w, word_family family, okb_span text);
/* The same, else the word that the text begins with, up to a mark: "On track - two more to sign", "1. At risk (since May)". */
const word *okb_words_find_head(words *w, word_family family, okb_span text);
/* The fiscal year's first month, 1..12, by which quarters and halves in date cells are read. */
void okb_words_fiscal(words *w, int first_month);
int okb_words_first_month(const words *w);
/* Without emoji, arrows and shapes; the text itself where there is none. */
okb_span okb_without_pictures(okb_arena *scratch, okb_span text);
/* Empty, `-`, `n/a`, `null`, `#REF!`, `[]` ...: says nothing. */
bool okb_words_missing(words *w, okb_span text);

/* ---- numbers (numbers.c) ------------------------------------------------------------------------------------ */

typedef enum number_form { NUMBER_PLAIN, NUMBER_RANGE, NUMBER_FROM_TO, NUMBER_OF, NUMBER_WORD } number_form;

typedef struct number {
    double value;
    double second;       /* the range's end, the `to`, or the `of`; NaN */
    double share;        /* `13 (74%)`: 0.74; NaN */
    okb_span unit;       /* borrowed or of the words table; "%" for percents */
    okb_direction bound; /* `< 10`: at_most */
    number_form form;
    bool is_percent;
} number;

/* What a cell's first number proves about the decimal mark. */
typedef enum mark_proof { MARK_NONE, MARK_POINT, MARK_COMMA, MARK_OPEN_POINT, MARK_OPEN_COMMA } mark_proof;
mark_proof okb_number_proof(okb_span text);
/* decimal: the column's mark, used where the cell does not prove its own. */
bool okb_number_read(words *w, okb_span text, char decimal, number *out);
/* The figures inside a sentence that tells a measure: "median answer from 6 h to 2 h", "60 tickets a week". False where there is
 * none, or several that are no from and to. */
bool okb_number_find(words *w, okb_span text, char decimal, number *out);

/* ---- dates (dates.c) ---------------------------------------------------------------------------------------- */

enum { TREE_LEVELS = 32 };
enum { SEPARATORS = 4 }; /* '/', '.', '-', blank */

typedef struct date {
    okb_day first, last; /* the same but for periods and ranges; OKB_DAY_NONE while the order is open */
    bool is_open;        /* a and b are day and month, in one order or the other */
    bool is_range;       /* two days in the cell */
    bool has_year;
    bool is_short_year;   /* of an open one: written with two digits, so that it may stand first */
    bool is_plain_number; /* a serial or an epoch: only where the column is known to hold dates */
    uint8_t a, b, separator;
    int year;
    int shift;       /* days to add for the zone */
    int month, mday; /* without a year */
} date;

bool okb_date_scan(words *w, okb_span text, date *out);
bool okb_date_scan_one(words *w, okb_span text, date *out); /* date_forms.c: no range */
/* The two days of a range as they are written; false where there is no mark of a range. Days whose order is open are settled one by
 * one, by the column. */
bool okb_date_halves(okb_span text, okb_span *head, okb_span *tail);
/* Settles an open date; OKB_DAY_NONE where the order makes no day of it. */
okb_day okb_date_settle(const date *d, okb_date_order order);
/* A date without a year in the year that puts it nearest to the window; the window may be unknown (OKB_DAY_NONE). */
okb_day okb_date_complete(const date *d, okb_day from, okb_day to, okb_day as_of);
int okb_date_separator_index(char c);

/* ---- profiles (profile.c) ----------------------------------------------------------------------------------- */

typedef enum team_rule { TEAM_COLUMN, TEAM_FILE, TEAM_GROUP, TEAM_PARENT } team_rule;
typedef enum scale { SCALE_PROVE, SCALE_FRACTION, SCALE_PERCENT, SCALE_FIVE, SCALE_TEN } scale;

typedef struct format {
    okb_span name, title, note;
    okb_span signature_text;
    okb_span *signature; /* folded headers, all there */
    uint32_t n_signature;
    okb_file_kind kind;
    okb_date_order order;
    char decimal;
    scale progress, score, confidence;
    okb_kind default_kind;
    okb_level default_level;
    team_rule team;
    bool parent_by_order;
    bool is_file_key; /* the file's name is the goal */
    bool no_fill;     /* blank cells mean blank */
    bool is_subset;   /* only the signature's headers, no others */
    bool only_names;  /* the objective's column names a goal of another file */
    uint32_t line;
    okb_span file;
} format;

enum { CANDIDATES = 4 };

typedef struct column_rule {
    field fields[CANDIDATES];
    part parts[CANDIDATES];
    uint32_t n;
    okb_span as;     /* percent, fraction, ten, five, relation ... */
    bool is_wrapper; /* `custom field (*)`: what stands inside is looked up */
    bool is_user;
} column_rule;

typedef struct profiles profiles;

okb_code okb_profiles_new(const okb_table *tables, size_t n_tables, okb_arena *keep, okb_diags *diags, profiles **out,
                          okb_err *err) OKB_MUST_USE;
void okb_profiles_free(profiles *p);
size_t okb_profiles_formats(const profiles *p, const format **out);
const format *okb_profiles_find(const profiles *p, okb_span name); /* NULL */
/* The rule for a folded header in a profile and kind of file, then for all; NULL. */
const column_rule *okb_profiles_rule(profiles *p, okb_span profile, okb_file_kind kind, okb_span folded);
size_t okb_profiles_wrappers(const profiles *p, const okb_span **out);

/* A header cell as understood: its rule, its number, and what its words add. */
typedef struct header_hit {
    const column_rule *rule;
    uint32_t number;  /* of `kr 2 target`; OKB_NONE */
    bool is_numbered; /* the rule speaks of one part of a numbered group */
    okb_span unit;    /* "(k€)" */
    scale hint;       /* "(1-10)", "%" */
    bool is_wide;     /* a week, month or day */
    date when;
    uint32_t week; /* a week without its year; 0 */
    bool week_is_iso;
} header_hit;

/* ---- settings ----------------------------------------------------------------------------------------------- */

typedef struct limits {
    double column_fit, word_fit;
    uint32_t sample_rows, header_rows;
    double fraction_max, percent_gap;
    int cycle_months, cycle_first_month;
    double serial_low, serial_high;
    uint32_t title_chain, cell_notes, blocks;
} limits;

/* ---- blocks: one header and the rows under it (header.c, columns.c) ---------------------------------------- */

typedef struct column {
    okb_span header; /* as in the file, cleaned; kept */
    const column_rule *rule;
    field f;
    part p;
    uint32_t number;
    okb_span as;
    okb_span unit; /* from the header's brackets */
    scale hint;
    double factor; /* of shares: what a bare figure is multiplied with */
    char decimal;
    okb_date_order order[SEPARATORS];
    bool is_wide, week_is_iso;
    date when;
    uint32_t week;
    bool is_filled;    /* blanks take the value above */
    bool is_date_like; /* not used, but its dates may prove the file's order */
    bool is_indented;  /* leading blanks of its titles are their level */
    bool is_full_name; /* people's names of two words: a comma in them may turn one name round */
    okb_span proof;    /* for the report */
} column;

typedef struct block {
    uint32_t header_row; /* row_ix */
    okb_file_kind kind;
    const format *format;
    okb_span format_reason;
    column *columns;
    uint32_t n_columns;
    okb_span section;           /* "## Goals" */
    bool has_part[PART_COUNT];  /* parts that a title column speaks of */
    bool uses_part[PART_COUNT]; /* parts that any column speaks of */
    bool fills_team, fills_cycle, fills_objective;
    bool has_weak;
    bool team_is_results; /* the team stands behind the key result: it is the key result's, not the objective's */
    uint32_t top_number;  /* of numbered groups */
    bool has_field[F_COUNT];
    int8_t heads;      /* lone titles head the rows of teams: 1, they do not: -1, not looked at: 0 */
    bool is_nested;    /* its rows hang under the last row of the block before */
    uint32_t outer;    /* block that a nested one returns to */
    bool may_be_goals; /* check-ins by their headers, but each row may as well be a goal with its last value */
} block;

typedef enum row_class { ROW_DATA, ROW_BLANK, ROW_TITLE, ROW_HEADER, ROW_GROUP, ROW_TOTAL, ROW_SECTION } row_class;

/* ---- records ------------------------------------------------------------------------------------------------ */

/* A reference to a goal as written in a cell. Resolved in the second pass. */
typedef enum ref_kind { REF_ANY, REF_ROW, REF_TITLE, REF_FILE, REF_RECORD } ref_kind;

typedef struct ref {
    okb_span text;
    okb_span above; /* of a check-in: the objective's title */
    uint32_t file_ix;
    uint32_t record; /* resolved; OKB_NONE */
    ref_kind kind;
    bool is_child;     /* points down: the other goal is the child */
    bool is_alternate; /* another column's way of naming the same parent */
    okb_span column;   /* where it stood */
    bool was_known;    /* a goal of that id or title had been read before */
} ref;

/* What a file gives the goals in it that do not say it themselves. */
typedef struct origin {
    okb_span team;   /* from the file's name; empty where it says none */
    okb_span name;   /* what stands in for it */
    okb_cycle cycle; /* from title rows or the file's name */
    bool has_cycle;
    bool has_team_column;
    team_rule rule;
} origin;

/* Beside a goal until the plan is made. */
typedef struct record {
    okb_goal goal;
    okb_span team, cycle; /* as written */
    okb_span row_ref;     /* the row's number or outline, file-local */
    okb_span title_key;   /* folded title */
    uint32_t first_ref, n_refs;
    uint32_t above;               /* parent by place: a record, or OKB_NONE */
    uint32_t next_id, next_title; /* chains of the indexes */
    uint32_t stands_for;          /* the record it was merged into, or OKB_NONE */
    okb_day wide_from, wide_to;
    bool made_by_row; /* false: only named in another goal's row */
    bool is_local_id; /* a row number: the same one in another file is another goal */
    bool is_percent;  /* its metric is written with % */
    bool counts_row;  /* the row it was made of is counted as used by it */
} record;

typedef struct checkin_record {
    okb_checkin c;   /* goal_ix: index of a ref until resolved */
    uint32_t raw;    /* into raws, OKB_NONE */
    bool is_own_row; /* made of the goal row's own columns */
    bool is_percent;
    bool counts_row; /* its row is counted by it */
} checkin_record;

struct okb_normalizer {
    okb_arena *keep;
    okb_diags *diags;
    okb_arena stage; /* until the end of finish */
    okb_normalize_options options;
    const okb_settings *settings;
    limits lim;
    words *words;
    profiles *profiles;
    okb_format *formats;
    size_t n_formats;

    okb_vec files;         /* okb_file */
    okb_vec origins;       /* origin, one a file */
    okb_vec records;       /* record */
    okb_vec refs;          /* ref: links of goals, then those of check-ins */
    okb_vec checkins;      /* checkin_record */
    okb_vec raws;          /* okb_span: raw rows that may still be rejected */
    okb_vec waiting;       /* reading: files of check-ins that came before any goal */
    okb_vec rejects;       /* okb_reject */
    okb_vec notes;         /* okb_note; goal_ix is a record until the plan is made */
    okb_vec teams;         /* team_row */
    okb_vec kept;          /* okb_span: texts that repeat */
    okb_map *ids;          /* folded id -> first record; the chain runs through next_id */
    okb_map *titles;       /* folded title -> first record; through next_title */
    okb_map *rows;         /* file, row number -> record */
    okb_map *places;       /* file, team, cycle, title of an objective that rows repeat -> record */
    okb_map *texts;        /* raw text -> kept */
    okb_map *contents;     /* hash of a file -> file_ix */
    okb_map *checkin_refs; /* file, goal as written -> ref */
};

/* A row of a teams file. */
typedef struct team_row {
    okb_team team;
    okb_span parent;
    okb_source source;
} team_row;

/* One file while it is read. */
typedef struct reading {
    okb_normalizer *n;
    const okb_table *table;
    okb_arena scratch; /* until the file is read */
    okb_arena row;     /* given back every thousand rows */
    uint32_t file_ix;
    okb_file *file; /* moves when files grows: fetch it by file_at */
    block *blocks;
    uint32_t n_blocks;
    uint8_t *classes;   /* row_class of each row */
    uint32_t *block_of; /* per row */
    origin origin;
    okb_span group;
    okb_span group_cycle;
    okb_day as_of;
    okb_vec skips, repairs, columns;                   /* okb_skip, okb_repair_note, okb_column_use */
    uint32_t last_objective, last_result, last_record; /* by place: records, or OKB_NONE */
    uint32_t outer_record;                             /* the item that a nested block hangs under */
    okb_span filled_team, filled_cycle;
    okb_span filled_objective, filled_objective_id, filled_objective_team, filled_objective_cycle;
    uint32_t tree[TREE_LEVELS]; /* the last record of each level; 1-based */
    uint32_t indents[TREE_LEVELS];
    struct row_drafts *drafts;
    okb_span file_stem;
    bool has_nested; /* items with subitems under them: a board */
    uint32_t n_cell_notes;
    okb_date_order comment_order; /* of dates inside JSON */
} reading;

/* ---- cycles.c ---------------------------------------------------------------------------------------------- */

/* The cycle that a text names, as okb_cycle_parse or in other words; a quarter without its year is in the year around the
 * given day (OKB_DAY_NONE: then it is none). And the first that is named in a running text. */
bool okb_cycle_named(okb_normalizer *n, okb_span text, okb_day around, okb_arena *keep, okb_cycle *out);
bool okb_cycle_in_text(okb_normalizer *n, okb_span text, okb_day around, okb_arena *keep, okb_cycle *out);

/* ---- resolve.c --------------------------------------------------------------------------------------------- */

/* The number at a title's head ("KR2.1 Second order": 2.1, "1. Win": 1), and the kind that its letters say; the bytes
 * of the head, 0 where there is none. And a text that is nothing but such a number. */
size_t okb_title_code(okb_normalizer *n, okb_span title, okb_kind *out_kind, okb_span *out);
bool okb_whole_code(okb_normalizer *n, okb_span text, okb_kind *out_kind, okb_span *out);

/* ---- cells -------------------------------------------------------------------------------------------------- */

/* A cell's text: trimmed, `="0031"` unwrapped, our own defusing apostrophe removed. */
okb_span okb_cell_text(const okb_table *table, size_t row_ix, size_t column_ix);
okb_span okb_keep_text(okb_normalizer *n, okb_span text, bool keep_lines); /* cleaned and kept; empty stays empty */
okb_span okb_keep_repeated(okb_normalizer *n, okb_span text);              /* the same, one copy for equal texts */

/* ---- account.c ---------------------------------------------------------------------------------------------- */

void okb_account_skip(reading *r, const char *reason, uint32_t line);
void okb_account_repair(reading *r, const char *what, uint32_t line);
void okb_account_content(reading *r); /* notes a file whose bytes another file of the run has too */
/* Texts of goals and check-ins that no cell of a workbook holds, each whole, among the rejects. Their rows stay used. */
void okb_account_long_texts(okb_normalizer *n, okb_plan *out);
void okb_account_reject(reading *r, size_t row_ix, okb_span column, okb_span value, const char *reason);
void okb_account_note(okb_normalizer *n, okb_span code, uint32_t record_ix, okb_source source, okb_span column,
                      okb_span evidence);
okb_span okb_row_as_csv(const okb_table *table, size_t row_ix, okb_arena *keep);
okb_file *okb_file_at(okb_normalizer *n, uint32_t file_ix);

#endif
