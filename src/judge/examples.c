/* Runs the rules' own examples: through the pattern alone, and through the scan that judging uses. Both must agree. */
#include <stdlib.h>
#include <string.h>

#include "reading.h"

static bool does_scan_hit(okb_judge *judge, const rule *r, okb_span text)
{
    scan s = {.judge = judge, .kind = r->kinds == KINDS_ALL ? OKB_KIND_NONE : OKB_OBJECTIVE};
    for (int kind = OKB_OBJECTIVE; r->kinds != KINDS_ALL && kind <= OKB_INITIATIVE; kind++)
        if (r->kinds >> kind & 1)
            s.kind = (okb_kind)kind;
    okb_prepare_plain(&s, text, r->language);
    okb_scan_text(&s);
    bool is_hit = false;
    for (size_t i = 0; i < s.hits.n; i++)
        is_hit = is_hit || &judge->rules[okb_vec_at(&s.hits, hit, i).rule_ix] == r;
    okb_scan_free(&s);
    return is_hit;
}

static bool does_pattern_hit(okb_judge *judge, const rule *r, okb_span text)
{
    char why[160];
    bool is_anchored = okb_signal_is_head(r->signal) && r->signal != SIG_STATUS_NOTE;
    regex_text kind = judge->grammars[r->language].has_unicode ? TEXT_UNICODE : TEXT_UTF8;
    regex *re = okb_regex_new(judge->engine, r->expanded, is_anchored, kind, why, sizeof why);
    if (!re)
        return false;
    scan s = {.judge = judge};
    okb_prepare_plain(&s, text, r->language);
    match m;
    found result = okb_regex_find(judge->engine, re, (okb_span){s.text.text, s.text.n}, 0, &m);
    okb_regex_free(re);
    okb_scan_free(&s);
    return result == FOUND_HIT && m.end > m.start;
}

static void report(okb_diags *diags, const rule *r, const char *column, const char *what, okb_span text)
{
    okb_diags_add(diags, OKB_ERROR, r->shown.file, r->shown.line, okb_span_of(column), "rule '%.*s' %s '%.*s'",
                  OKB_FMT(r->shown.id), what, OKB_FMT(text));
}

size_t okb_rule_test(okb_judge *judge, rule *r, okb_diags *diags)
{
    char why[256];
    size_t n = 0;
    bool is_scanned = okb_signal_is_scanned(r->signal);
    if (!r->re && !okb_rule_regex(judge, r, false, why, sizeof why)) {
        okb_diags_add(diags, OKB_ERROR, r->shown.file, r->shown.line, OKB_S("pattern"),
                      "rule '%.*s' does not compile: %s", OKB_FMT(r->shown.id), why);
        return 0;
    }
    if (r->example_hit.n) {
        n++;
        bool is_hit = does_pattern_hit(judge, r, r->example_hit);
        if (!is_hit)
            report(diags, r, "example_hit", "does not match its own example", r->example_hit);
        else if (is_scanned && !does_scan_hit(judge, r, r->example_hit))
            report(diags, r, "example_hit", "is not found by the prefilter in its own example", r->example_hit);
    }
    if (r->example_miss.n) {
        n++;
        if (does_pattern_hit(judge, r, r->example_miss) || (is_scanned && does_scan_hit(judge, r, r->example_miss)))
            report(diags, r, "example_miss", "matches the example that it must miss:", r->example_miss);
    }
    return n;
}
