/* Owns how a text's fields are separated: Excel's `sep=` line, else a vote of its first records. */
#include "parts.h"

#include <ctype.h>
#include <string.h>

enum {
    SAMPLE_RECORDS = 50,
    SAMPLE_BYTES = 1 << 20, /* an unclosed quote must not make the vote read the whole file */
    N_CANDIDATES = 4,
    COUNT_CAP = 1 << 20
};

static const char candidates[N_CANDIDATES] = {',', ';', '\t', '|'}; /* of equals the earlier wins */

static int candidate_ix(char c)
{
    for (int i = 0; i < N_CANDIDATES; i++)
        if (candidates[i] == c)
            return i;
    return -1;
}

static bool is_end(char c)
{
    return c == '\n' || c == '\r';
}

/* How often each candidate stands outside quotes, for each record that is not blank. */
typedef struct sample {
    uint32_t count[SAMPLE_RECORDS][N_CANDIDATES];
    size_t n;
    size_t all[N_CANDIDATES];
    size_t in_numbers[N_CANDIDATES]; /* those between two digits */
} sample;

/* Past the quote that closes the field which opens at `at`, or past the end. */
static size_t skip_quoted(okb_span text, size_t at)
{
    at++;
    while (at < text.n) {
        const char *quote = memchr(text.p + at, '"', text.n - at);
        if (!quote)
            break;
        at = (size_t)(quote - text.p) + 1;
        if (at == text.n || text.p[at] != '"')
            return at;
        at++;
    }
    return text.n;
}

static bool is_in_number(okb_span text, size_t at)
{
    return at > 0 && at + 1 < text.n && isdigit((unsigned char)text.p[at - 1]) &&
           isdigit((unsigned char)text.p[at + 1]);
}

static void take_sample(okb_span text, sample *out)
{
    memset(out, 0, sizeof *out);
    if (text.n > SAMPLE_BYTES)
        text.n = SAMPLE_BYTES;
    size_t at = 0;
    while (at < text.n && out->n < SAMPLE_RECORDS) {
        uint32_t *count = out->count[out->n];
        bool is_blank = true, at_start = true;
        while (at < text.n && !is_end(text.p[at])) {
            char c = text.p[at];
            int ix = candidate_ix(c);
            if (c == '"' && at_start) {
                /* A quoted field begins after any candidate: which one separates is not known yet. */
                at = skip_quoted(text, at);
                at_start = is_blank = false;
                continue;
            }
            if (ix >= 0 && count[ix] < COUNT_CAP) {
                count[ix]++;
                out->all[ix]++;
                out->in_numbers[ix] += is_in_number(text, at);
            }
            at_start = ix >= 0 || (at_start && c == ' ');
            is_blank = is_blank && (c == ' ' || c == '\t');
            at++;
        }
        if (!is_blank)
            out->n++;
        else
            memset(count, 0, sizeof out->count[0]);
        while (at < text.n && is_end(text.p[at]))
            at++;
    }
}

/* How well one candidate splits the sample: the share of records that agree on a width; more for a greater width; less the
 * later it first appears (a header separates, while a decimal comma waits for the numbers) and the more often it stands
 * inside a number. */
static double score_of(const sample *s, int ix)
{
    uint32_t mode = 0;
    size_t hits = 0, first = 0;
    for (size_t i = 0; i < s->n; i++) {
        uint32_t width = s->count[i][ix];
        if (width == 0)
            continue;
        size_t same = 0, earliest = i;
        for (size_t j = 0; j < s->n; j++)
            if (s->count[j][ix] == width) {
                same++;
                if (j < earliest)
                    earliest = j;
            }
        if (same > hits || (same == hits && width > mode)) {
            mode = width;
            hits = same;
            first = earliest;
        }
    }
    if (hits == 0)
        return 0.0;
    double share = (double)hits / (double)s->n;
    double width = (double)mode / ((double)mode + 1.0);
    double in_numbers = (double)s->in_numbers[ix] / (double)s->all[ix];
    return share * width * (1.0 - in_numbers * 0.75) / (1.0 + (double)first / 3.0);
}

static char vote(okb_span text)
{
    sample s;
    take_sample(text, &s);
    char best = ',';
    double best_score = 0.0;
    for (int i = 0; i < N_CANDIDATES; i++) {
        double score = score_of(&s, i);
        if (score > best_score) {
            best_score = score;
            best = candidates[i];
        }
    }
    return best;
}

/* Excel's first line `sep=X`, in quotes or not, with the delimiters that a program may have filled the row with. */
static bool cut_sep_line(okb_span text, char *delimiter, size_t *skip_bytes)
{
    size_t end = 0;
    while (end < text.n && !is_end(text.p[end]))
        end++;
    okb_span line = okb_span_sub(text, 0, end);
    bool is_quoted = okb_span_starts(line, OKB_S("\""));
    if (is_quoted)
        line = okb_span_sub(line, 1, line.n);
    if (line.n < 5 || !okb_text_same(okb_span_sub(line, 0, 3), OKB_S("sep")) || line.p[3] != '=')
        return false;
    char c = line.p[4];
    size_t at = 5;
    if (c == '\\' && line.n > 5 && line.p[5] == 't') {
        c = '\t';
        at = 6;
    }
    if (isalnum((unsigned char)c) || (unsigned char)c >= 0x80 || c == '"' || c == '\0')
        return false;
    if (is_quoted && at < line.n && line.p[at] == '"')
        at++;
    for (; at < line.n; at++)
        if (line.p[at] != c && line.p[at] != ' ' && line.p[at] != ',' && line.p[at] != ';')
            return false;
    *delimiter = c;
    *skip_bytes = end;
    if (end < text.n)
        *skip_bytes += text.p[end] == '\r' && end + 1 < text.n && text.p[end + 1] == '\n' ? 2 : 1;
    return true;
}

okb_code okb_dialect_find(okb_span text, okb_span path, char forced, okb_dialect *out, okb_err *err)
{
    *out = (okb_dialect){',', 0, 0};
    char named = 0;
    if (cut_sep_line(text, &named, &out->skip_bytes))
        out->skip_lines = 1;
    if (forced)
        named = forced;
    if (named == '"' || is_end(named) || (unsigned char)named >= 0x80)
        return okb_fail_at(err, OKB_E_USAGE, path, 0, (okb_span){NULL, 0},
                           "the delimiter is a quote, a line end or no single byte; give another with --delimiter");
    out->delimiter = named ? named : vote(text);
    return OKB_OK;
}
