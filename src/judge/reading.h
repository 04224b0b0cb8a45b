/*
 * What is read out of the hits: words with their families, marked stretches, clauses, measures, dates. Private to src/judge.
 */
#ifndef OKB_JUDGE_READING_H
#define OKB_JUDGE_READING_H

#include "room.h"

/* Stretches of the text in which a number is not a measure of the goal, or not its target. */
enum {
    MARK_NAME = 1,        /* ISO 27001, B2B, Windows 11 */
    MARK_PLACEHOLDER = 2, /* XX percent */
    MARK_DEADLINE = 4,
    MARK_SERVICE = 8,    /* within 24 hours */
    MARK_LOOK_BACK = 16, /* in the last 2 seasons */
    MARK_PAREN = 32,
    MARK_DESCRIPTIVE = 64, /* >250K each, for the over 65s */
    MARK_FREQUENCY = 128,
    MARK_NOT_DEADLINE = 256,
    MARK_BASELINE = 512,
    MARK_CHANGE = 1024,
    MARK_AT_MOST = 2048, /* on the byte behind "at most " */
    MARK_AT_LEAST = 4096,
    MARK_BESIDE = 8192 /* describes something, unless it is the only number */
};

typedef struct okb_word {
    uint64_t flags; /* FLAG(signal) of the word families */
    uint16_t start, end;
    uint16_t marks; /* of its first byte */
    bool is_upper;  /* begins with a capital letter */
} okb_word;

typedef enum form { FORM_NONE, FORM_BASE, FORM_ING, FORM_DONE } form;

/* A part of the statement with a verb of its own. */
typedef struct clause {
    uint32_t first, end; /* words [first, end) */
    uint32_t lead_word;  /* OKB_NONE: no verb was found */
    sig lead;            /* family of its verb */
    form form;
    bool is_sentence;    /* begins a sentence of its own */
    bool is_step;        /* its verb has no object of its own: "plan and open ..." */
    bool is_verb_last;   /* "Wartezeit auf 6 Tage senken": what it works on stands before the verb */
    bool is_subject_led; /* something stands before its verb: "90% of fines are settled" */
    bool is_heading;     /* a name, a colon and a number: "Cleaning complaints: fewer than 6" */
    bool is_wish;        /* says how good something is to be: "A product people rave about" */
    okb_class class_;
    uint32_t class_word; /* word that decided the class; OKB_NONE */
} clause;

typedef enum measure_form {
    MEASURE_COUNT,
    MEASURE_PERCENT,
    MEASURE_POINTS,
    MEASURE_MONEY,
    MEASURE_FACTOR, /* double, 3x, by a third */
    MEASURE_RANK,   /* top 3, second place */
    MEASURE_RANGE,  /* 30-35, between 3 and 5 */
    MEASURE_CLOCK,  /* 3:15, a grade from A to F: no number to read */
    MEASURE_WORD
} measure_form;

typedef struct measure {
    uint16_t start, end;
    uint16_t rule_ix;
    measure_form form;
    double value;  /* NaN: none to read */
    okb_span unit; /* in the prepared text */
    uint32_t clause_ix;
    bool is_change; /* by 40%, 30% fewer */
    bool is_down;   /* a change written with a minus */
    bool is_zero_word;
    int bound;    /* -1: at most, 1: at least, 0 */
    bool is_weak; /* a condition, a size in brackets, each: a target only if there is no other */
    bool is_end;  /* the end of a from-to */
} measure;

typedef struct reading {
    scan *scan;
    okb_vec words, clauses, measures;
    uint16_t *marks; /* by byte of the prepared text */
    size_t marks_cap;

    bool has_deadline;
    uint32_t deadline_hit; /* into hits */
    okb_day deadline;
    bool has_frequency;
    uint32_t frequency_hit;
    bool has_placeholder; /* for a number or a thing; a blank date only leaves the date open */
    uint32_t placeholder_hit;

    bool has_baseline;
    double baseline;
    uint32_t baseline_hit;
    okb_span baseline_unit;

    bool has_target;    /* at least one */
    bool has_several;   /* targets */
    uint32_t target_ix; /* into measures; OKB_NONE */
    double target;
    uint32_t head_word;

    okb_class class_;
    okb_kind kind;
    okb_answer measurable, specific, vague, compound, timebound;
    okb_vec evidence; /* okb_evidence; its spans are kept by the caller's arena later */
    okb_arena *keep;
} reading;

void okb_words_read(reading *r);
void okb_marks_read(reading *r, const okb_statement *statement);
void okb_clauses_read(reading *r);
void okb_measures_read(reading *r);
okb_day okb_date_resolve(const scan *s, const hit *h, okb_day start, okb_day due);
/* The value of a number as written ("1,200", "4.6/5", "$2M", "three", "twenty-five days ..."); NaN where there is none. unit, if not
 * NULL, gets the currency before it or the unit behind it, and used the bytes that belong to number and unit. */
double okb_number_in_words(const okb_judge *judge, const grammar *g, okb_span text, okb_span *unit, size_t *used);

void okb_class_read(reading *r); /* class of each clause and of the whole; how the statement is read as a kind */
okb_class okb_class_decide(clause *c, okb_class class_, uint32_t at); /* class_, noted as decided by word at */
okb_class okb_class_of_state(const reading *r, clause *c);            /* of a clause that has no verb of work */
okb_class okb_class_of_heading(const reading *r, clause *c);          /* of a name, a colon and its number */
bool okb_class_has_from_to(const reading *r, const clause *c);        /* "from 5 to 9" in this clause */
void okb_kind_read(reading *r);
void okb_answers_read(reading *r); /* all answers: measurable and timebound, and the two below */
void okb_wording_read(reading *r); /* vague, specific */
void okb_compound_read(reading *r);

void okb_reading_reset(reading *r, okb_arena *keep);
void okb_reading_free(reading *r);
double okb_factor_read(const reading *r,
                       const measure *m); /* double is 2, halve 0.5, by a third ... NaN where it is not told */
void okb_verdict_make(reading *r, const okb_statement *statement, okb_arena *keep, okb_verdict *out);
okb_span okb_suggestion_make(const reading *r, const okb_verdict *verdict, okb_kind given, okb_arena *keep);

/* Notes why a verdict fell: the first hit of a family in words [from, to), or a hit by its place in the list. */
bool okb_answer_because(reading *r, const char *verdict, sig signal, size_t from_word, size_t to_word);
void okb_answer_because_hit(reading *r, const char *verdict, uint32_t hit_ix);

/* The words of a clause behind its verb, up to what says how or what for. */
typedef struct stretch {
    uint32_t from, to;
} stretch;
stretch okb_object_of(const reading *r, const clause *c);
bool okb_signal_has_in(const reading *r, stretch s, sig signal);
uint32_t okb_signal_first_in(const reading *r, stretch s, sig signal); /* OKB_NONE */
uint32_t okb_signal_first_head_in(const reading *r, stretch s,
                                  sig signal);               /* the same, where the noun ends its group */
stretch okb_rule_without_scope(const reading *r, stretch s); /* up to the first "for", "in", "of" ... */
/* Numbers in a stretch: one that says how much changed or what effect there is; a share, price or points; a limit for each case
 * ("within 72 hours"); 100% of things; an effect or a metric with a number; money; a count with a unit; counts without a unit only. */
bool okb_stretch_has_effect(const reading *r, stretch s);
bool okb_stretch_has_rate(const reading *r, stretch s);
bool okb_stretch_has_case_limit(const reading *r, stretch s);
bool okb_stretch_is_all(const reading *r, stretch s);
bool okb_stretch_has_result(const reading *r, stretch s);
bool okb_stretch_has_money(const reading *r, stretch s);
bool okb_stretch_has_size(const reading *r, stretch s);
bool okb_stretch_counts_pieces(const reading *r, stretch s);

static inline clause *clause_at(const reading *r, size_t ix)
{
    return &okb_vec_at(&r->clauses, clause, ix);
}

static inline const okb_word *word_at(const reading *r, size_t ix)
{
    return &okb_vec_at(&r->words, okb_word, ix);
}

static inline bool has_flag(const okb_word *w, sig signal)
{
    return (w->flags & FLAG(signal)) != 0;
}

static inline bool is_figure(const reading *r, size_t ix)
{
    char byte = r->scan->text.text[word_at(r, ix)->start];
    return byte >= '0' && byte <= '9';
}

#endif
