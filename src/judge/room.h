/*
 * What the files of the judge room share: signals, compiled rules, hits of rules on a text, words, clauses, measures.
 * Private to src/judge. docs/judging.md says how the parts make a verdict.
 */
#ifndef OKB_JUDGE_ROOM_H
#define OKB_JUDGE_ROOM_H

#include "okrbook/judge.h"

/* ---- signals: the families of rules ------------------------------------------------------------------------- */

/* Their names, in this order, stand in signals.c. */
typedef enum sig {
    SIG_NONE,
    SIG_PART,
    SIG_LANGUAGE,
    SIG_NUMBER_WORD,
    SIG_NUMBER_ZERO,
    SIG_MAGNITUDE,
    SIG_MONTH,
    SIG_PERIOD,
    SIG_SEASON,
    SIG_DECORATION,
    SIG_STATUS_NOTE,
    SIG_LABEL_KEY_RESULT,
    SIG_LABEL_OBJECTIVE,
    SIG_LABEL_GOAL,
    SIG_LABEL_TASK,
    SIG_OWNER,
    SIG_OPENER,
    SIG_FIRST_PERSON,
    SIG_LEARNER,
    SIG_NAME,
    SIG_PLACEHOLDER,
    SIG_FROM_TO,
    SIG_BASELINE,
    SIG_QUANTITY,
    SIG_RANK,
    SIG_DURATION,
    SIG_MULTIPLE,
    SIG_DESCRIPTIVE,
    SIG_STATED_TARGET,
    SIG_FREQUENCY,
    SIG_SERVICE_LEVEL,
    SIG_DEADLINE,
    SIG_NOT_DEADLINE,
    SIG_LOOK_BACK,
    SIG_CHANGE,
    SIG_AT_MOST,
    SIG_AT_LEAST,
    SIG_UNIT,
    SIG_CURRENCY,
    SIG_COACH,
    SIG_SCALE,
    /* word families: these flag the words that they match (SIG_FIRST_WORD and up) */
    SIG_VERB_RAISE,
    SIG_VERB_LOWER,
    SIG_VERB_REACH,
    SIG_VERB_KEEP,
    SIG_VERB_IMPROVE,
    SIG_VERB_BECOME,
    SIG_VERB_TURN,
    SIG_VERB_END,
    SIG_VERB_MAKE,
    SIG_VERB_OFFER,
    SIG_VERB_DO,
    SIG_VERB_EFFORT,
    SIG_VERB_SERVE,
    SIG_VERB_RECRUIT,
    SIG_VERB_SIGN, /* "sign up", "enrol": those who come from outside, or one's own people */
    SIG_VERB_FINISH,
    SIG_VERB_LEARN,
    SIG_VERB_WIN,
    SIG_VERB_OTHER,
    SIG_VERB_STATE,
    SIG_DONE_MAKE,
    SIG_DONE_DO,
    SIG_NOUN_MAKE,
    SIG_NOUN_CHANGE,
    SIG_METRIC,
    SIG_SOFT,
    SIG_GENERIC,
    SIG_ARTEFACT,
    SIG_EVENT,
    SIG_CAUSE,
    SIG_STAFF,
    SIG_CUSTOMER,
    SIG_OWN_ACTION,
    SIG_CERTIFICATE,
    SIG_UNDEFINED,
    SIG_QUALITY,
    SIG_COMPARATIVE,
    SIG_SUPERLATIVE,
    SIG_ABSOLUTE,
    SIG_CHECKABLE,
    SIG_HEDGE,
    SIG_DANGLING,
    SIG_JOINER,
    SIG_CONTRAST,
    SIG_MEANS,
    SIG_PURPOSE,
    SIG_SCOPE,
    SIG_DETERMINER,
    SIG_LESS,
    SIG_RHETORIC,
    SIG_ALTERNATIVE,
    SIG_WISH,        /* "that converts", "people rave about": how good a thing is to be */
    SIG_MANNER,      /* "sleep better", "finish strong": how well, not what */
    SIG_METRIC_HEAD, /* the last word of a metric's name: "pick rate", "build time" */
    SIG_PREDICATE,   /* "runs at", "falls to": a verb that says how things are */
    SIG_PRONOUN,     /* "it", "them": what was named before */
    SIG_NEGATION,    /* "no", "zero", "nobody" */
    SIG_EXISTS,      /* "is live", "exists": a made thing is there */
    SIG_ADJECTIVE,   /* "complete", "secure": a quality that looks like a verb */
    SIG_SETTLING, /* "define", "agree", "fix": what comes of it is a decision, a text or a repair, whatever it is about */
    SIG_PRIZE,    /* "shield", "promotion", "tender": won or not */
    SIG_COUNT
} sig;

enum { SIG_FIRST_WORD = SIG_VERB_RAISE };
#define FLAG(signal) ((uint64_t)1 << (unsigned)((signal)-SIG_FIRST_WORD))
_Static_assert(SIG_COUNT - SIG_FIRST_WORD <= 64, "word families fill one mask");

const char *okb_signal_name(sig signal);
sig okb_signal_parse(okb_span name); /* SIG_NONE where there is no such signal */

/* ---- regex.c: the only meeting with PCRE2 -------------------------------------------------------------------- */

/* The named groups that a pattern may use; what each stands for is told in docs/judging.md. */
typedef enum group {
    GROUP_N,
    GROUP_UNIT,
    GROUP_FROM,
    GROUP_FROM_UNIT,
    GROUP_TO,
    GROUP_DAY,
    GROUP_MONTH,
    GROUP_YEAR,
    GROUP_QUARTER,
    GROUP_HALF,
    GROUP_WEEK,
    GROUP_COUNT,
    GROUP_PERIOD,
    GROUP_EDGE,
    GROUP_SEASON,
    GROUP_DATE,
    GROUP_BEFORE,
    GROUP_NEXT,
    GROUP_MAX
} group;

typedef struct regex regex;
typedef struct regex_engine regex_engine;

typedef struct regex_limits {
    uint32_t match, depth, heap_kib;
    bool has_jit;
} regex_limits;

typedef enum found { FOUND_UNDECIDED = -1, FOUND_MISS = 0, FOUND_HIT = 1 } found;

/* Byte ranges of a hit; a group that took no part has start == end == 0. */
typedef struct match {
    uint32_t start, end;
    uint16_t from[GROUP_MAX], to[GROUP_MAX];
} match;

regex_engine *okb_regex_engine_new(const regex_limits *limits);
void okb_regex_engine_free(regex_engine *engine);
/* The texts that a pattern is compiled for: ASCII only, which is the fastest; UTF-8; UTF-8 with word characters of all scripts. */
typedef enum regex_text { TEXT_ASCII, TEXT_UTF8, TEXT_UNICODE } regex_text;
/* Compiles a pattern, caseless. Anchored ones match only where they are asked to. NULL, with the reason in why, when it does not
 * compile, is too big, or names an unknown group. */
regex *okb_regex_new(regex_engine *engine, okb_span pattern, bool is_anchored, regex_text text, char *why,
                     size_t why_size);
void okb_regex_free(regex *re);
bool okb_regex_has_groups(const regex *re);
found okb_regex_find(regex_engine *engine, regex *re, okb_span text, size_t from, match *out);

/* ---- literals.c: patterns that are nothing but words ------------------------------------------------------------- */

typedef struct literal {
    okb_span text; /* lower case */
    bool is_whole; /* this text between word boundaries is a match as it is; all of a pattern's literals are, or none */
} literal;

typedef struct literals {
    const literal *items; /* in order of their texts; none: the pattern is something else */
    size_t n;
} literals;

enum { LITERALS_MAX = 800, LITERAL_MAX_BYTES = 40 };

void okb_literals_of(okb_span pattern, okb_arena *scratch, literals *out);

/* ---- trie.c: rules that are plain words ------------------------------------------------------------------------------ */

typedef struct trie trie;
/* What a text leads to: the rule, and whether the literal is the whole match. */
typedef struct trie_leaf {
    uint16_t rule_ix;
    bool is_whole;
} trie_leaf;

/* A literal that stands at `at` and ends at `end`, and what it leads to. */
typedef struct place {
    const trie_leaf *leaves;
    uint16_t at, end, n;
} place;

enum { PLACES_MAX = LITERAL_MAX_BYTES };
trie *okb_trie_new(void);
void okb_trie_free(trie *t);
void okb_trie_add(trie *t, okb_span text, trie_leaf leaf);
void okb_trie_seal(trie *t); /* no more adding; walking from now on */
/* Writes to out the literals with leaves that stand at `at`, shortest first, and returns how many. folded is lower case, and
 * folded.p[folded.n] is 0. */
size_t okb_trie_walk(const trie *t, okb_span folded, size_t at, place out[PLACES_MAX]);

/* ---- sketches.c: which patterns can match here ----------------------------------------------------------------- */

/*
 * Many patterns as one machine that is walked along a text: it tells which of them may match, so that only those are run. It
 * may name a pattern that does not match, never leave one out that does.
 */
typedef struct sketches sketches;
/* Where the walks begin, and with them the matches: where the caller says; at places (see okb_scan_locate); or anywhere behind. */
typedef enum sketches_place { SKETCHES_HERE, SKETCHES_PLACES, SKETCHES_ANYWHERE } sketches_place;
sketches *okb_sketches_new(sketches_place place);
void okb_sketches_free(sketches *of);
/* Before the first walk. An empty pattern may match wherever it is asked for. False, and nothing is added: a match of the pattern
 * may begin elsewhere than at a place. */
bool okb_sketches_add(sketches *of, okb_span pattern, uint16_t rule_ix, okb_arena *scratch);
size_t okb_sketches_count(const sketches *of);
/* Writes the rules that may match in text at `at` to out, which has room for okb_sketches_count. text.p[text.n] is 0. The walk
 * takes a bounded number of steps, a search one a byte. */
size_t okb_sketches_walk(sketches *of, okb_span text, size_t at, uint16_t *out);
/* The same from each of n places; a rule is named once. */
size_t okb_sketches_walk_each(sketches *of, okb_span text, const uint16_t *places, size_t n_places, uint16_t *out);

/* ---- pack.c: rules out of tables ------------------------------------------------------------------------------------ */

enum { KINDS_ALL = 0 };

typedef struct rule {
    okb_rule shown;
    okb_span example_hit, example_miss;
    okb_span expanded; /* the pattern with its {{parts}} put in */
    sig signal;
    uint32_t kinds;    /* bits of okb_kind; KINDS_ALL: applies to all */
    uint16_t language; /* into judge->languages */
    bool is_from_user; /* of a pack after the first of its language */
    bool is_located;   /* tried at the places of a text; else searched for */
    bool is_off;
    uint32_t n_undecided;
    regex *re;       /* NULL until it is needed */
    regex *ascii_re; /* the same for texts of nothing but ASCII; may be re itself */
} rule;

typedef struct grammar {
    okb_span language;
    trie *words;
    sketches *located;    /* other rules that begin at places */
    sketches *searched;   /* rules that begin anywhere */
    sketches *heads;      /* rules about the head of the text */
    sketches *notes;      /* rules about its tail */
    uint16_t *candidates; /* what a walk over one of them names */
    okb_map *lexicon;     /* "signal:word" -> rule, for number words, magnitudes, months, periods and seasons */
    bool has_kinds;       /* some rules apply to some kinds only */
    bool has_unicode;     /* word characters beyond ASCII */
} grammar;

/* What a scan asks of a rule at every place, together in few bytes. */
typedef struct rule_state {
    uint32_t epoch; /* of the scan that next and tried are of */
    uint16_t next;  /* where it may match next */
    uint16_t tried; /* 1 + where its pattern was run last */
    bool is_off;    /* as the rule has it */
    uint8_t kinds;
} rule_state;

enum { LANGUAGES_MAX = 16 };

typedef struct okb_bench okb_bench; /* the buffers of the statement at hand: judge.c */

/* Thresholds of achievable: settings achievable.* */
typedef struct letters_limits {
    double headroom_max, lift_max, pace_max, history_min, history_cycles, elapsed_min, days_min;
} letters_limits;

struct okb_judge {
    rule *rules;
    uint32_t n_rules;
    okb_rule *shown; /* the rules as okb_judge_rules gives them */
    grammar grammars[LANGUAGES_MAX];
    uint32_t n_grammars;
    trie *language_words;
    regex_engine *engine;
    okb_diags *diags; /* of okb_judge_new: a rule that was switched off while judging is reported there */
    okb_arena *keep;
    okb_arena scratch; /* while the packs are read */
    okb_bench *bench;
    size_t text_bytes;
    uint32_t undecided_max;
    int first_month;       /* setting cycle.first_month */
    bool is_prefilter_off; /* every rule is searched for; the verdicts are the same, accents in English apart */
    uint16_t *scales;      /* rules of the family scale */
    uint32_t n_scales;
    rule_state *states; /* of the scan going on, by rule */
    uint32_t epoch;
    letters_limits letters;
};

/* Reads the packs into judge->rules (replaced and switched off ones left out). False where there were mistakes; all are in diags. */
bool okb_pack_read(struct okb_judge *judge, const okb_pack *packs, size_t n_packs, okb_diags *diags);
/* Puts {{part}} and {{family}} references in. A mistake is reported with the rule's place. */
bool okb_pack_expand(struct okb_judge *judge, uint16_t language_ix, okb_diags *diags);
/* Builds what tells languages apart, and the grammars of the first language and of those with rules of a user. */
bool okb_grammar_build(struct okb_judge *judge, okb_diags *diags);
/* Builds the tries and lists of a language, unless they are there. */
bool okb_grammar_ready(struct okb_judge *judge, uint16_t language_ix, okb_diags *diags);
bool okb_signal_is_lexical(sig signal); /* read through the lexicon, not looked for in texts */
bool okb_signal_is_head(sig signal);    /* tried at the head or tail only */
bool okb_signal_is_scanned(sig signal); /* looked for in the whole text */
void okb_letters_read_settings(letters_limits *limits, const okb_settings *settings);
/* The rule of a word of a lexical family; NULL where there is none. word is folded. */
const rule *okb_lexicon_find(const struct okb_judge *judge, const grammar *g, sig signal, okb_span word);
/* The rule's compiled pattern for all texts, or for those of ASCII, compiled at first use; NULL when it does not compile (why says
 * so). */
regex *okb_rule_regex(struct okb_judge *judge, rule *r, bool is_ascii, char *why, size_t why_size);
/* Runs the examples of one rule; returns how many were run. */
size_t okb_rule_test(struct okb_judge *judge, rule *r, okb_diags *diags);

/* ---- prepare.c: the text as the rules see it -------------------------------------------------------------------------- */

/*
 * text: typographic quotes, dashes and blanks made plain, bullets, labels and status notes cut off; folded: the same in lower
 * case; origin[i]: where byte i of text stood in the statement. Both are terminated. head: where the sentence proper begins in
 * text, behind an owner ("COO:") and an opener ("We will").
 */
typedef struct prepared {
    okb_span raw; /* the statement, cut at the limit */
    char *text, *folded;
    uint16_t *origin; /* [n + 1] */
    size_t n, cap, head;
    okb_kind label;                   /* named by the text itself: "KR2:", "Objective:", "Goal 2:", "Action:" */
    uint32_t label_rule, person_rule; /* into rules, OKB_NONE */
    sig person;                       /* SIG_FIRST_PERSON, SIG_LEARNER or SIG_NONE */
    bool is_ascii;                    /* the whole text */
    bool is_cut;                      /* the statement is longer than judge.text_limit */
} prepared;

/* The words of the statement that text[start..end) came from. */
okb_span okb_prepared_words(const prepared *p, size_t start, size_t end);

/* ---- scan.c: all hits of all rules on a text ------------------------------------------------------------------------------ */

typedef struct hit {
    uint16_t rule_ix, start, end;
    uint8_t signal;
    uint32_t captures; /* into scan->captures; OKB_NONE: no groups */
} hit;

typedef struct captures {
    uint16_t from[GROUP_MAX], to[GROUP_MAX];
} captures;

/* Kept from statement to statement, so that a statement costs no allocation. */
typedef struct scan {
    struct okb_judge *judge;
    const grammar *grammar;
    prepared text;
    okb_vec hits;     /* hit, by start, longer first, then rule */
    okb_vec captures; /* captures */
    okb_vec places;   /* place, by at, then end */
    okb_vec starts;   /* uint16_t: the places, in order */
    bool has_digit;
    uint64_t undecided[2]; /* signals with a rule that met a limit */
    okb_kind kind;         /* which rules apply; NONE: those for all kinds */
} scan;

/* Fills scan->text and scan->grammar from a statement. */
void okb_prepare_text(scan *s, okb_span statement, okb_span language);
/* The same without looking for labels, openers and notes: for the rules' own examples. */
void okb_prepare_plain(scan *s, okb_span statement, uint16_t language_ix);
/* Puts the head behind a hit that begins there ("By May, "), and behind the openers that follow it. */
void okb_prepare_move_head(scan *s, size_t to);
/* Finds the places of the text: where a word begins, figures behind a letter ("B2B"), and signs but the blank; and the literals that
 * stand there. Before the ends are stripped. */
void okb_scan_locate(scan *s);
/* Takes n bytes off the front of what was located. */
void okb_scan_shift(scan *s, size_t n);
void okb_scan_text(scan *s);
void okb_scan_free(scan *s);
bool okb_scan_is_undecided(const scan *s, sig signal);

static inline bool is_word_byte(char byte, bool has_unicode)
{
    unsigned char b = (unsigned char)byte, letter = (unsigned char)(b | 32);
    return (letter >= 'a' && letter <= 'z') || (b >= '0' && b <= '9') || b == '_' || (has_unicode && b >= 0x80);
}

/* The grammar of a statement: the one asked for, else told from its words. */
const grammar *okb_language_of(struct okb_judge *judge, okb_span wanted, okb_span folded);

#endif
