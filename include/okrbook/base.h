/*
 * base: spans, arenas, errors, a hash map, text folding, numbers and days.
 *
 * Everything else stands on this room. It does no input or output, never ends the process and knows nothing of
 * goals. Third-party code is met through one file each: utf8proc (text.c), nettle (sha256.c).
 */
#ifndef OKRBOOK_BASE_H
#define OKRBOOK_BASE_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(__GNUC__)
#define OKB_MUST_USE __attribute__((warn_unused_result))
#define OKB_PRINTF(fmt_ix, arg_ix) __attribute__((format(printf, fmt_ix, arg_ix)))
#else
#define OKB_MUST_USE
#define OKB_PRINTF(fmt_ix, arg_ix)
#endif

/* No such element: the value of an index field that points nowhere. */
#define OKB_NONE UINT32_MAX

/* ---- spans ------------------------------------------------------------------------------------------------ */

/* Borrowed bytes, not necessarily terminated. A span never owns. {NULL, 0} is the empty span. */
typedef struct okb_span {
    const char *p;
    size_t n;
} okb_span;

/* A span over a string literal. */
#define OKB_S(literal) ((okb_span){(literal), sizeof(literal) - 1})

/* printf arguments for "%.*s". */
#define OKB_FMT(s) (int)(s).n, (s).n ? (s).p : ""

okb_span okb_span_of(const char *text); /* NULL gives the empty span */
bool okb_span_eq(okb_span a, okb_span b);
int okb_span_cmp(okb_span a, okb_span b); /* byte order; a total order */
okb_span okb_span_trim(okb_span s);       /* blanks, tabs, CR, LF, NBSP and BOM at both ends */
bool okb_span_starts(okb_span s, okb_span head);
bool okb_span_ends(okb_span s, okb_span tail);
size_t okb_span_find(okb_span s, okb_span part); /* offset, or SIZE_MAX */
/* Cuts *rest at the first separator byte: returns what stands before it and leaves what stands after. */
okb_span okb_span_cut(okb_span *rest, char separator);
okb_span okb_span_sub(okb_span s, size_t from, size_t to);

/* ---- arenas ----------------------------------------------------------------------------------------------- */

/*
 * Memory, zeroed unless it is asked for raw, that is given back all at once. Allocation never returns NULL: where the system has no more, the
 * process's allocator ends the run with status 71 (src/cli/memory.c), because the workbook library cannot survive
 * a failed allocation either. `scratch` parameters are rewound by the callee, `keep` parameters hold results.
 */
typedef struct okb_block okb_block;
typedef struct okb_arena {
    okb_block *head;
    size_t used_bytes;  /* handed out since init or reset */
    size_t block_bytes; /* size of the next block: grows with the arena; 0 takes the default */
    size_t first_bytes; /* size of the first block, also after a reset */
} okb_arena;

void okb_arena_init(okb_arena *arena, size_t block_bytes);
void okb_arena_reset(okb_arena *arena); /* gives everything back and leaves the arena usable */
void *okb_arena_alloc(okb_arena *arena, size_t count, size_t size_bytes);
#define OKB_NEW(arena, type) ((type *)okb_arena_alloc((arena), 1, sizeof(type)))
#define OKB_NEW_N(arena, type, count) ((type *)okb_arena_alloc((arena), (count), sizeof(type)))
/* The same with bytes that hold anything: for what is written before it is read, as whole files and their cells are. */
void *okb_arena_alloc_raw(okb_arena *arena, size_t count, size_t size_bytes);
#define OKB_RAW_N(arena, type, count) ((type *)okb_arena_alloc_raw((arena), (count), sizeof(type)))
/* A terminated copy kept in the arena; .p[.n] is NUL, also for the empty span. */
okb_span okb_arena_copy(okb_arena *arena, okb_span s);
okb_span okb_arena_printf(okb_arena *arena, const char *fmt, ...) OKB_PRINTF(2, 3);
okb_span okb_arena_vprintf(okb_arena *arena, const char *fmt, va_list ap) OKB_PRINTF(2, 0);

/*
 * A growing array on the heap: `okb_vec_push(&v, type)` returns a zeroed new last element.
 * The items move when it grows. Release with okb_vec_free.
 */
typedef struct okb_vec {
    void *items;
    size_t n;
    size_t cap;
    size_t size_bytes;
} okb_vec;
void okb_vec_grow(okb_vec *vec, size_t size_bytes);
static inline void *okb_vec_next(okb_vec *vec, size_t size_bytes)
{
    if (vec->n == vec->cap)
        okb_vec_grow(vec, size_bytes);
    return memset((char *)vec->items + vec->n++ * size_bytes, 0, size_bytes);
}
#define okb_vec_push(vec, type) ((type *)okb_vec_next((vec), sizeof(type)))
/* Room for `more` further elements, where their number is known before: then the items do not move while they are pushed. */
void okb_vec_reserve(okb_vec *vec, size_t more, size_t size_bytes);
#define okb_vec_at(vec, type, ix) (((type *)(vec)->items)[ix])
void okb_vec_free(okb_vec *vec);

/* A growing byte string on the heap, always terminated once something was added. */
typedef struct okb_buf {
    char *p;
    size_t n;
    size_t cap;
} okb_buf;
void okb_buf_add(okb_buf *buf, okb_span s);
void okb_buf_byte(okb_buf *buf, char byte);
void okb_buf_printf(okb_buf *buf, const char *fmt, ...) OKB_PRINTF(2, 3);
okb_span okb_buf_span(const okb_buf *buf);
void okb_buf_free(okb_buf *buf);

/* ---- errors ----------------------------------------------------------------------------------------------- */

/* Codes are the exit statuses that they end in. */
typedef enum okb_code {
    OKB_OK = 0,
    OKB_E_USAGE = 64,  /* wrong call */
    OKB_E_DATA = 65,   /* no usable data */
    OKB_E_INPUT = 66,  /* input cannot be read */
    OKB_E_BUG = 70,    /* a broken invariant of ours */
    OKB_E_SYSTEM = 71, /* out of memory or another refusal by the system */
    OKB_E_CREATE = 73, /* output cannot be created */
    OKB_E_IO = 74,     /* reading or writing failed on the way */
    OKB_E_BUSY = 75,   /* another run holds the output's lock */
    OKB_E_CONFIG = 78  /* bad configuration */
} okb_code;

/* This call cannot go on. The first error wins; text is lower case, says what failed and what to do. */
typedef struct okb_err {
    okb_code code;
    char file[512];
    uint32_t line;    /* 1-based; 0 where there is none */
    char column[128]; /* the column's name; empty where there is none */
    char text[1024];
} okb_err;

/* Fills *err unless it already holds an error; returns code, so that `return okb_fail(...)` reads well. */
okb_code okb_fail(okb_err *err, okb_code code, const char *fmt, ...) OKB_PRINTF(3, 4);
okb_code okb_fail_at(okb_err *err, okb_code code, okb_span file, uint32_t line, okb_span column, const char *fmt, ...)
    OKB_PRINTF(6, 7);

typedef enum okb_severity { OKB_INFO = 0, OKB_WARNING = 1, OKB_ERROR = 2 } okb_severity;

/* Something about a place in an input or a table, while the run goes on. Spans are kept in the list's arena. */
typedef struct okb_diag {
    okb_severity severity;
    okb_span file;
    uint32_t line;
    okb_span column;
    okb_span text;
} okb_diag;

typedef struct okb_diags {
    okb_arena *keep;
    okb_vec items; /* okb_diag, in the order they were added */
} okb_diags;
void okb_diags_add(okb_diags *diags, okb_severity severity, okb_span file, uint32_t line, okb_span column,
                   const char *fmt, ...) OKB_PRINTF(6, 7);

/* ---- map -------------------------------------------------------------------------------------------------- */

/* From byte strings to 32-bit numbers. Keys are copied into the map's arena. Iteration is not offered: hash order must
 * reach no output. */
typedef struct okb_map okb_map;
okb_map *okb_map_new(void);
void okb_map_free(okb_map *map);
/* Finds key or adds it with `value`; returns where its value stands (valid until the next call). *is_new may be NULL. */
uint32_t *okb_map_put(okb_map *map, okb_span key, uint32_t value, bool *is_new);
uint32_t okb_map_get(const okb_map *map, okb_span key); /* OKB_NONE where there is none */
size_t okb_map_count(const okb_map *map);

/* ---- text ------------------------------------------------------------------------------------------------- */

bool okb_utf8_valid(okb_span s); /* strict: no overlong forms, no surrogates, up to U+10FFFF */
/* NFC, control bytes and U+FFFE/U+FFFF dropped, runs of blanks made one, trimmed. Line breaks stay when keep_lines. */
okb_span okb_text_clean(okb_arena *keep, okb_span s, bool keep_lines);
/* For comparing names and headers: clean, case-folded, accents stripped, `_`, `-`, line breaks and blank runs one blank,
 * trailing `:` and `*` dropped. Pure ASCII takes a fast path. */
okb_span okb_text_fold(okb_arena *keep, okb_span s);
/* The same, and forms that some programs take for one are one: full and half width, ligatures, hiragana and katakana, dotless i. */
okb_span okb_text_fold_wide(okb_arena *keep, okb_span s);
bool okb_text_same(okb_span a, okb_span b); /* equal when folded; no allocation for ASCII */
size_t okb_utf16_units(okb_span s);         /* length as Excel counts it */
/* The longest head of s of at most `units` UTF-16 units that ends on a character boundary. */
okb_span okb_utf16_head(okb_span s, size_t units);

/* ---- SHA-256 ---------------------------------------------------------------------------------------------- */

void okb_sha256_hex(okb_span s, char out_hex[65]);

/* ---- numbers ---------------------------------------------------------------------------------------------- */

/*
 * Reads one plain number at the start of s: optional sign (+ - U+2212), digits with the grouping that goes with
 * `decimal` ('.' groups by comma, ',' by point; blank, NBSP, U+202F and apostrophe group in both), fraction, and an
 * exponent. No locale, no hex, no inf or nan. Returns the bytes used, 0 where there is no number; *out only then written.
 */
size_t okb_number_scan(okb_span s, char decimal, double *out);
/* As `export` prints numbers: %.10g with a point; empty for NaN. */
okb_span okb_number_print(okb_arena *keep, double value);
/* Round half up to `digits` decimals, guarded against 0.695 standing as 0.69499...: SPEC section 5, bands. */
double okb_round_half_up(double value, int digits);

/* ---- days ------------------------------------------------------------------------------------------------- */

/* Days since 1970-01-01, proleptic Gregorian, UTC. OKB_DAY_NONE where there is none. */
typedef int32_t okb_day;
#define OKB_DAY_NONE INT32_MIN
okb_day okb_day_of(int year, int month, int day); /* OKB_DAY_NONE unless it is a real date in 1900..9999 */
void okb_day_split(okb_day day, int *year, int *month, int *mday);
int okb_day_weekday(okb_day day);                    /* ISO: 1 Monday .. 7 Sunday */
okb_day okb_day_add_months(okb_day day, int months); /* clamps to the month's last day */
okb_day okb_day_month_end(int year, int month);
okb_day okb_day_iso_week(int year, int week);  /* the Monday of that ISO week; OKB_DAY_NONE unless it exists */
void okb_day_print(okb_day day, char out[11]); /* 2026-08-28, empty for none */

/* ---- sinks ------------------------------------------------------------------------------------------------ */

/* Where a writer's bytes go: the command line gives stdout, tests give a buffer. */
typedef struct okb_sink {
    okb_code (*write)(void *context, okb_span bytes);
    void *context;
} okb_sink;

#ifdef __cplusplus
}
#endif

#endif
