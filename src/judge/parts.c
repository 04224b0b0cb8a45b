/*
 * Puts named parts into patterns: `{{number}}` stands for the pattern of the part with that id, `{{month}}` for all patterns of
 * the family of that name, one after the other. So a number or a month is described once in a table.
 */
#include <string.h>

#include "room.h"

enum { EXPANDED_MAX = 32 * 1024, DEPTH_MAX = 8, PATTERN_MAX = 4096 };

typedef struct expansion {
    okb_judge *judge;
    okb_diags *diags;
    const rule *of;
    okb_buf text;
    bool is_ok;
} expansion;

static void complain(expansion *x, const char *what, okb_span subject)
{
    if (x->is_ok)
        okb_diags_add(x->diags, OKB_ERROR, x->of->shown.file, x->of->shown.line, OKB_S("pattern"),
                      "rule '%.*s': %s '%.*s'", OKB_FMT(x->of->shown.id), what, OKB_FMT(subject));
    x->is_ok = false;
}

static void expand(expansion *x, okb_span pattern, int depth);

static void expand_name(expansion *x, okb_span name, int depth)
{
    bool is_found = false;
    okb_buf_add(&x->text, OKB_S("(?:"));
    sig family = okb_signal_parse(name);
    for (uint32_t ix = 0; ix < x->judge->n_rules && x->is_ok; ix++) {
        const rule *r = &x->judge->rules[ix];
        if (r->language != x->of->language)
            continue;
        bool is_part = r->signal == SIG_PART && okb_span_eq(r->shown.id, name);
        bool is_family = family != SIG_NONE && okb_signal_is_lexical(family) && r->signal == family;
        if (!is_part && !is_family)
            continue;
        if (is_found)
            okb_buf_byte(&x->text, '|');
        is_found = true;
        expand(x, r->shown.pattern, depth + 1);
    }
    okb_buf_byte(&x->text, ')');
    if (!is_found)
        complain(x, "there is no part or family", name);
}

static void expand(expansion *x, okb_span pattern, int depth)
{
    if (depth > DEPTH_MAX || x->text.n > EXPANDED_MAX) {
        complain(x, "its parts go too deep, at", okb_span_sub(pattern, 0, 40));
        return;
    }
    while (pattern.n && x->is_ok) {
        size_t open = okb_span_find(pattern, OKB_S("{{"));
        size_t close = open == SIZE_MAX ? SIZE_MAX : okb_span_find(okb_span_sub(pattern, open, pattern.n), OKB_S("}}"));
        if (close == SIZE_MAX) {
            okb_buf_add(&x->text, pattern);
            return;
        }
        okb_buf_add(&x->text, okb_span_sub(pattern, 0, open));
        expand_name(x, okb_span_sub(pattern, open + 2, open + close), depth);
        pattern = okb_span_sub(pattern, open + close + 2, pattern.n);
    }
}

bool okb_pack_expand(okb_judge *judge, uint16_t language_ix, okb_diags *diags)
{
    bool is_ok = true;
    for (uint32_t ix = 0; ix < judge->n_rules; ix++) {
        rule *r = &judge->rules[ix];
        if (r->language != language_ix)
            continue;
        expansion x = {.judge = judge, .diags = diags, .of = r, .is_ok = true};
        if (r->shown.pattern.n > PATTERN_MAX)
            complain(&x, "its pattern is longer than 4096 bytes:", okb_span_sub(r->shown.pattern, 0, 40));
        else if (okb_span_find(r->shown.pattern, OKB_S("{{")) == SIZE_MAX)
            r->expanded = r->shown.pattern;
        else {
            expand(&x, r->shown.pattern, 0);
            r->expanded = okb_arena_copy(judge->keep, okb_buf_span(&x.text));
        }
        okb_buf_free(&x.text);
        is_ok = is_ok && x.is_ok;
    }
    return is_ok;
}
