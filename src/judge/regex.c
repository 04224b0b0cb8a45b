/*
 * Compiles and runs patterns. The only file that knows PCRE2.
 *
 * Guards: no \C, at most 100 nested parentheses, 32 groups, 64 KiB of code; limits on matching, depth and heap. A limit that
 * is met is FOUND_UNDECIDED, never a miss.
 */
#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "room.h"

enum {
    NEST_MAX = 100,
    GROUPS_MAX = 32,
    CODE_BYTES_MAX = 64 * 1024,
    JIT_STACK_MIN = 32 * 1024,
    JIT_STACK_MAX = 1024 * 1024,
    /* Making machine code costs as much as that many runs of the interpreter. */
    JIT_AFTER = 100
};

struct regex_engine {
    pcre2_compile_context *compile;
    pcre2_match_context *match;
    pcre2_match_data *data;
    pcre2_jit_stack *stack;
    bool has_jit;
};

struct regex {
    pcre2_code *code;
    uint8_t numbers[GROUP_MAX]; /* group number of each name, 0 where the pattern has none */
    uint32_t n_runs;
    bool has_groups, is_jit;
};

static const char *const group_names[GROUP_MAX] = {"n",      "unit", "from",    "from_unit", "to",     "day",
                                                   "month",  "year", "quarter", "half",      "week",   "count",
                                                   "period", "edge", "season",  "date",      "before", "next"};

regex_engine *okb_regex_engine_new(const regex_limits *limits)
{
    regex_engine *engine = calloc(1, sizeof *engine);
    if (!engine)
        return NULL;
    engine->compile = pcre2_compile_context_create(NULL);
    engine->match = pcre2_match_context_create(NULL);
    engine->data = pcre2_match_data_create(GROUPS_MAX + 1, NULL);
    if (limits->has_jit)
        engine->stack = pcre2_jit_stack_create(JIT_STACK_MIN, JIT_STACK_MAX, NULL);
    if (!engine->compile || !engine->match || !engine->data) {
        okb_regex_engine_free(engine);
        return NULL;
    }
    engine->has_jit = engine->stack != NULL;
    pcre2_set_parens_nest_limit(engine->compile, NEST_MAX);
    pcre2_set_match_limit(engine->match, limits->match);
    pcre2_set_depth_limit(engine->match, limits->depth);
    pcre2_set_heap_limit(engine->match, limits->heap_kib);
    if (engine->has_jit)
        pcre2_jit_stack_assign(engine->match, NULL, engine->stack);
    return engine;
}

void okb_regex_engine_free(regex_engine *engine)
{
    if (!engine)
        return;
    if (engine->stack)
        pcre2_jit_stack_free(engine->stack);
    pcre2_match_data_free(engine->data);
    pcre2_match_context_free(engine->match);
    pcre2_compile_context_free(engine->compile);
    free(engine);
}

static bool find_groups(regex *re, char *why, size_t why_size)
{
    uint32_t n_names = 0, entry_size = 0;
    PCRE2_SPTR table = NULL;
    pcre2_pattern_info(re->code, PCRE2_INFO_NAMECOUNT, &n_names);
    pcre2_pattern_info(re->code, PCRE2_INFO_NAMEENTRYSIZE, &entry_size);
    pcre2_pattern_info(re->code, PCRE2_INFO_NAMETABLE, &table);
    for (uint32_t i = 0; i < n_names; i++) {
        PCRE2_SPTR entry = table + (size_t)i * entry_size;
        const char *name = (const char *)entry + 2;
        int ix = 0;
        while (ix < GROUP_MAX && strcmp(group_names[ix], name) != 0)
            ix++;
        if (ix == GROUP_MAX) {
            snprintf(why, why_size, "unknown group '%s'", name);
            return false;
        }
        re->numbers[ix] = (uint8_t)(entry[0] << 8 | entry[1]);
        re->has_groups = true;
    }
    return true;
}

/* For a text without them, characters beyond ASCII are as good as a control byte, which no text has either. */
static void replace_far_characters(okb_span pattern, okb_buf *out)
{
    for (size_t i = 0; i < pattern.n; i++)
        if ((unsigned char)pattern.p[i] < 0x80)
            okb_buf_byte(out, pattern.p[i]);
        else if (((unsigned char)pattern.p[i] & 0xC0) == 0xC0)
            okb_buf_byte(out, '\x01');
}

static pcre2_code *compile(regex_engine *engine, okb_span pattern, bool is_anchored, regex_text text, int *error,
                           PCRE2_SIZE *offset)
{
    uint32_t options = PCRE2_CASELESS | PCRE2_NEVER_BACKSLASH_C | (text == TEXT_ASCII ? 0 : PCRE2_UTF);
    if (is_anchored)
        options |= PCRE2_ANCHORED;
    if (text == TEXT_UNICODE)
        options |= PCRE2_UCP;
    okb_buf plain = {0};
    if (text == TEXT_ASCII)
        replace_far_characters(pattern, &plain);
    okb_span compiled = text == TEXT_ASCII ? okb_buf_span(&plain) : pattern;
    pcre2_code *code =
        pcre2_compile((PCRE2_SPTR)(compiled.n ? compiled.p : ""), compiled.n, options, error, offset, engine->compile);
    okb_buf_free(&plain);
    return code;
}

regex *okb_regex_new(regex_engine *engine, okb_span pattern, bool is_anchored, regex_text text, char *why,
                     size_t why_size)
{
    if (pattern.n >= 2 && pattern.p[0] == '(' && pattern.p[1] == '*') {
        snprintf(why, why_size, "a pattern must not begin with '(*'");
        return NULL;
    }
    int error = 0;
    PCRE2_SIZE offset = 0;
    pcre2_code *code = compile(engine, pattern, is_anchored, text, &error, &offset);
    if (!code) {
        PCRE2_UCHAR message[160] = {0};
        pcre2_get_error_message(error, message, sizeof message);
        snprintf(why, why_size, "%s (at character %zu of the pattern)", (const char *)message, (size_t)offset + 1);
        return NULL;
    }
    size_t size_bytes = 0;
    uint32_t groups = 0;
    pcre2_pattern_info(code, PCRE2_INFO_SIZE, &size_bytes);
    pcre2_pattern_info(code, PCRE2_INFO_CAPTURECOUNT, &groups);
    regex *re = calloc(1, sizeof *re);
    if (!re || size_bytes > CODE_BYTES_MAX || groups > GROUPS_MAX) {
        snprintf(why, why_size, "the pattern is too big: %zu bytes compiled, %u groups; at most %d and %d", size_bytes,
                 groups, CODE_BYTES_MAX, GROUPS_MAX);
        pcre2_code_free(code);
        free(re);
        return NULL;
    }
    re->code = code;
    if (!find_groups(re, why, why_size)) {
        okb_regex_free(re);
        return NULL;
    }
    return re;
}

void okb_regex_free(regex *re)
{
    if (!re)
        return;
    pcre2_code_free(re->code);
    free(re);
}

bool okb_regex_has_groups(const regex *re)
{
    return re->has_groups;
}

static int match_compiled(regex_engine *engine, regex *re, okb_span text, size_t from)
{
    return pcre2_jit_match(re->code, (PCRE2_SPTR)text.p, text.n, from, 0, engine->data, engine->match);
}

static int match_interpreted(regex_engine *engine, regex *re, okb_span text, size_t from)
{
    return pcre2_match(re->code, (PCRE2_SPTR)text.p, text.n, from, PCRE2_NO_JIT, engine->data, engine->match);
}

/* Where memory cannot be made executable this fails, and the interpreter does the work. */
static void make_machine_code(regex *re)
{
    re->is_jit = pcre2_jit_compile(re->code, PCRE2_JIT_COMPLETE) == 0;
}

/* The two ways meet their limits at different depths: one that can decide is enough. */
static int run(regex_engine *engine, regex *re, okb_span text, size_t from)
{
    if (engine->has_jit && re->n_runs < JIT_AFTER && ++re->n_runs == JIT_AFTER)
        make_machine_code(re);
    if (re->is_jit) {
        int rc = match_compiled(engine, re, text, from);
        return rc == PCRE2_ERROR_JIT_STACKLIMIT ? match_interpreted(engine, re, text, from) : rc;
    }
    int rc = match_interpreted(engine, re, text, from);
    if (rc >= PCRE2_ERROR_NOMATCH || !engine->has_jit)
        return rc;
    re->n_runs = JIT_AFTER;
    make_machine_code(re);
    return re->is_jit ? match_compiled(engine, re, text, from) : rc;
}

found okb_regex_find(regex_engine *engine, regex *re, okb_span text, size_t from, match *out)
{
    int rc = run(engine, re, text.n ? text : (okb_span){"", 0}, from);
    if (rc == PCRE2_ERROR_NOMATCH)
        return FOUND_MISS;
    if (rc < 0)
        return FOUND_UNDECIDED;
    const PCRE2_SIZE *ovector = pcre2_get_ovector_pointer(engine->data);
    out->start = (uint32_t)ovector[0];
    out->end = (uint32_t)(ovector[1] < ovector[0] ? ovector[0] : ovector[1]);
    if (re->has_groups) {
        memset(out->from, 0, sizeof out->from);
        memset(out->to, 0, sizeof out->to);
        for (int ix = 0; ix < GROUP_MAX; ix++) {
            uint8_t number = re->numbers[ix];
            if (!number)
                continue;
            bool is_set = number && number < rc && ovector[2 * number] != PCRE2_UNSET;
            out->from[ix] = is_set ? (uint16_t)ovector[2 * number] : 0;
            out->to[ix] = is_set ? (uint16_t)ovector[2 * number + 1] : 0;
        }
    }
    return FOUND_HIT;
}
