/*
 * Owns the way from a file's bytes to UTF-8: byte order marks, UTF-16 and UTF-32 told from their zero bytes, strict UTF-8,
 * Windows-1252 as the fallback, and any other encoding by name through iconv. What cannot be decoded becomes U+FFFD and
 * is counted.
 */
#include "parts.h"

#include <ctype.h>
#include <errno.h>
#include <iconv.h>
#include <string.h>

static const char REPLACED[] = "byte that is not in the encoding replaced";
static const char CUT_OFF[] = "character cut off at the end replaced";

enum {
    GUESS_BYTES = 1 << 16, /* what the guess at wide characters looks at */
    WIDE_ZERO_SHARE = 8,   /* of UTF-16 units one in eight is ASCII at least: delimiters, digits, line ends */
    WIDE_STRAY_SHARE = 4,  /* zero bytes on the other side: of U+3000 and the like, one in four at most */
    NARROW_SHARE = 2,      /* of pairs of bytes, two in three of which are ASCII in a text that is not wide */
    NARROW_PARTS = 3,
    ENCODING_NAME_BYTES = 64,
    STEP_BYTES = 1 << 15
};

#define REPLACEMENT OKB_S("\xEF\xBF\xBD")

/* ---- UTF-8 -------------------------------------------------------------------------------------------------- */

/* The well-formed sequence at p, or 0; *used is its size, or that of the ill-formed head that one U+FFFD stands for. Ranges: Unicode
 * standard, table 3-7. */
static bool is_sequence(const unsigned char *p, size_t left, size_t *used)
{
    unsigned char low = 0x80, high = 0xBF;
    size_t size;
    *used = 1;
    if (p[0] >= 0xC2 && p[0] <= 0xDF) {
        size = 2;
    } else if (p[0] >= 0xE0 && p[0] <= 0xEF) {
        size = 3;
        if (p[0] == 0xE0)
            low = 0xA0;
        if (p[0] == 0xED)
            high = 0x9F;
    } else if (p[0] >= 0xF0 && p[0] <= 0xF4) {
        size = 4;
        if (p[0] == 0xF0)
            low = 0x90;
        if (p[0] == 0xF4)
            high = 0x8F;
    } else {
        return false;
    }
    while (*used < size && *used < left && p[*used] >= low && p[*used] <= high) {
        ++*used;
        low = 0x80;
        high = 0xBF;
    }
    return *used == size;
}

/* The first byte at or after `at` that is not ASCII. */
static size_t skip_ascii(okb_span s, size_t at)
{
    while (at + 8 <= s.n) {
        uint64_t eight;
        memcpy(&eight, s.p + at, 8);
        if (eight & UINT64_C(0x8080808080808080))
            break;
        at += 8;
    }
    while (at < s.n && (unsigned char)s.p[at] < 0x80)
        at++;
    return at;
}

typedef struct utf8_count {
    size_t good, bad; /* sequences beyond ASCII, ill-formed heads */
    size_t first_bad;
} utf8_count;

static utf8_count utf8_scan(okb_span s)
{
    utf8_count count = {0, 0, SIZE_MAX};
    for (size_t at = skip_ascii(s, 0); at < s.n; at = skip_ascii(s, at)) {
        size_t used;
        if (is_sequence((const unsigned char *)s.p + at, s.n - at, &used)) {
            count.good++;
        } else {
            if (count.bad++ == 0)
                count.first_bad = at;
        }
        at += used;
    }
    return count;
}

static okb_span utf8_mend(okb_span s, utf8_count count, okb_arena *keep, okb_repairs *repairs)
{
    okb_repairs_add(repairs, REPLACED, count.bad, okb_line_at(s, count.first_bad));
    char *out = okb_arena_alloc_raw(keep, s.n + 2 * count.bad + 1, 1);
    size_t n = 0;
    for (size_t at = 0; at < s.n;) {
        size_t next = skip_ascii(s, at), used = 0;
        bool is_good = true;
        if (next < s.n) {
            is_good = is_sequence((const unsigned char *)s.p + next, s.n - next, &used);
            if (is_good)
                next += used;
        }
        memcpy(out + n, s.p + at, next - at);
        n += next - at;
        at = next;
        if (!is_good) {
            memcpy(out + n, REPLACEMENT.p, REPLACEMENT.n);
            n += REPLACEMENT.n;
            at += used;
        }
    }
    out[n] = '\0';
    return (okb_span){out, n};
}

/* ---- Windows-1252 ------------------------------------------------------------------------------------------- */

/* 80 to 9F as Microsoft's table best-fits them; 0 where it defines nothing. The rest are their own code points. */
static const uint16_t windows_1252[32] = {0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
                                          0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0,      0x017D, 0,
                                          0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
                                          0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};

static size_t put_point(char *out, unsigned point)
{
    if (point < 0x80) {
        out[0] = (char)point;
        return 1;
    }
    if (point < 0x800) {
        out[0] = (char)(0xC0 | (point >> 6));
        out[1] = (char)(0x80 | (point & 0x3F));
        return 2;
    }
    out[0] = (char)(0xE0 | (point >> 12));
    out[1] = (char)(0x80 | ((point >> 6) & 0x3F));
    out[2] = (char)(0x80 | (point & 0x3F));
    return 3;
}

static okb_span decode_1252(okb_span s, okb_arena *keep, okb_repairs *repairs)
{
    size_t high = 0;
    for (size_t i = 0; i < s.n; i++)
        high += (unsigned char)s.p[i] >= 0x80;
    char *out = okb_arena_alloc_raw(keep, s.n + 2 * high + 1, 1);
    size_t n = 0, bad = 0, first_bad = 0;
    for (size_t at = 0; at < s.n;) {
        size_t next = skip_ascii(s, at);
        memcpy(out + n, s.p + at, next - at);
        n += next - at;
        at = next;
        if (at == s.n)
            break;
        unsigned c = (unsigned char)s.p[at];
        unsigned point = c < 0xA0 ? windows_1252[c - 0x80] : c;
        if (point == 0) {
            point = 0xFFFD;
            if (bad++ == 0)
                first_bad = at;
        }
        n += put_point(out + n, point);
        at++;
    }
    if (bad)
        okb_repairs_add(repairs, REPLACED, bad, okb_line_at(s, first_bad));
    out[n] = '\0';
    return (okb_span){out, n};
}

/* ---- iconv -------------------------------------------------------------------------------------------------- */

/* Bytes of one unit, by which to step over what is no character: the encodings of Unicode that are not made of bytes. */
static size_t unit_of(const char *name)
{
    if (strstr(name, "32") || strstr(name, "UCS-4") || strstr(name, "ucs-4"))
        return 4;
    return strstr(name, "UTF-16") || strstr(name, "utf-16") || strstr(name, "UCS-2") || strstr(name, "ucs-2") ? 2 : 1;
}

static void note_bad(okb_repairs *repairs, const char *what, okb_buf *text)
{
    okb_repairs_add(repairs, what, 1, okb_line_at(okb_buf_span(text), text->n));
    okb_buf_add(text, REPLACEMENT);
}

/* Feeds all of s to the converter, in steps of one output buffer. */
static void convert(iconv_t converter, okb_span s, size_t unit, okb_buf *text, okb_repairs *repairs)
{
    char step[STEP_BYTES];
    /* iconv's prototype lacks the const that its contract has. */
    char *in;
    memcpy(&in, &s.p, sizeof in);
    size_t left = s.n;
    bool is_flushing = false;
    for (;;) {
        char *out = step;
        size_t room = sizeof step;
        size_t got = iconv(converter, is_flushing ? NULL : &in, is_flushing ? NULL : &left, &out, &room);
        int number = errno;
        okb_buf_add(text, (okb_span){step, sizeof step - room});
        if (got != (size_t)-1) {
            if (is_flushing)
                return;
            is_flushing = true; /* an encoding with shifts may owe a last sequence */
        } else if (number == EILSEQ && left) {
            note_bad(repairs, REPLACED, text);
            size_t skip = unit < left ? unit : left;
            in += skip;
            left -= skip;
        } else if (number != E2BIG) {
            if (!is_flushing)
                note_bad(repairs, CUT_OFF, text);
            return;
        }
    }
}

static bool is_plain_name(okb_span name)
{
    if (name.n == 0 || name.n >= ENCODING_NAME_BYTES)
        return false;
    for (size_t i = 0; i < name.n; i++)
        if (!isalnum((unsigned char)name.p[i]) && !strchr("-_:.+()", name.p[i]))
            return false;
    return true;
}

/* As given, then with other joints: euc_jp and cp-1252 are EUC-JP and CP1252 to iconv. name: the one that it knows. */
static iconv_t open_converter(okb_span encoding, char name[ENCODING_NAME_BYTES])
{
    static const char joints[] = {0, '-', '\1'}; /* leave, replace, drop */
    iconv_t converter = (iconv_t)-1;
    /* A slash would hand iconv options of its own ("//IGNORE") instead of a name. */
    if (!is_plain_name(encoding))
        return converter;
    for (size_t k = 0; k < sizeof joints && converter == (iconv_t)-1; k++) {
        size_t n = 0;
        for (size_t i = 0; i < encoding.n; i++) {
            bool is_joint = encoding.p[i] == '_' || encoding.p[i] == '-';
            if (!is_joint || joints[k] == 0)
                name[n++] = encoding.p[i];
            else if (joints[k] == '-')
                name[n++] = '-';
        }
        name[n] = '\0';
        converter = n ? iconv_open("UTF-8", name) : converter;
    }
    return converter;
}

static okb_code decode_iconv(okb_span s, okb_span encoding, okb_arena *keep, okb_repairs *repairs, okb_span *out,
                             okb_err *err)
{
    char name[ENCODING_NAME_BYTES] = "";
    iconv_t converter = open_converter(encoding, name);
    if (converter == (iconv_t)-1)
        return okb_fail(err, OKB_E_USAGE, "unknown encoding '%.*s'; give a name that `iconv -l` lists",
                        OKB_FMT(encoding));
    okb_buf text = {NULL, 0, 0};
    convert(converter, s, unit_of(name), &text, repairs);
    iconv_close(converter);
    *out = okb_arena_copy(keep, okb_buf_span(&text));
    okb_buf_free(&text);
    return OKB_OK;
}

/* ---- choosing ----------------------------------------------------------------------------------------------- */

static okb_span marked_encoding(okb_span bytes, size_t *mark_bytes)
{
    static const struct {
        char mark[5];
        unsigned char size;
        const char *name;
    } marks[] = {
        {"\xEF\xBB\xBF", 3, "UTF-8"},        {"\xFF\xFE\x00\x00", 4, "UTF-32LE"}, /* before UTF-16LE, whose mark it starts with */
        {"\x00\x00\xFE\xFF", 4, "UTF-32BE"}, {"\xFF\xFE", 2, "UTF-16LE"},         {"\xFE\xFF", 2, "UTF-16BE"},
    };
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (okb_span_starts(bytes, (okb_span){marks[i].mark, marks[i].size})) {
            *mark_bytes = marks[i].size;
            return okb_span_of(marks[i].name);
        }
    *mark_bytes = 0;
    return (okb_span){NULL, 0};
}

static bool is_ascii_text(char c)
{
    return (c >= ' ' && c <= '~') || c == '\t' || c == '\n' || c == '\r';
}

/* Two bytes of ASCII are a character of its own in UTF-16, but a text that is mostly such is ASCII with stray NUL bytes or a wrong
 * mark. */
static bool is_narrow(okb_span bytes)
{
    size_t n = bytes.n < GUESS_BYTES ? bytes.n & ~(size_t)1 : GUESS_BYTES, pairs = 0;
    for (size_t i = 0; i < n; i += 2)
        pairs += is_ascii_text(bytes.p[i]) && is_ascii_text(bytes.p[i + 1]);
    return n != 0 && pairs * NARROW_PARTS >= n / 2 * NARROW_SHARE;
}

static okb_span guessed_wide(okb_span bytes)
{
    size_t zeros[4] = {0, 0, 0, 0};
    size_t n = bytes.n < GUESS_BYTES ? bytes.n & ~(size_t)1 : GUESS_BYTES;
    for (size_t i = 0; i < n; i++)
        zeros[i & 3] += bytes.p[i] == '\0';
    size_t even = zeros[0] + zeros[2], odd = zeros[1] + zeros[3], units = n / 4;
    if (even + odd == 0 || is_narrow(bytes))
        return (okb_span){NULL, 0};
    if (units && bytes.n % 4 == 0) {
        if (zeros[3] == units && zeros[2] == units && zeros[0] == 0)
            return OKB_S("UTF-32LE");
        if (zeros[0] == units && zeros[1] == units && zeros[3] == 0)
            return OKB_S("UTF-32BE");
    }
    units = n / 2;
    if (odd && odd * WIDE_ZERO_SHARE >= units && even * WIDE_STRAY_SHARE <= odd)
        return OKB_S("UTF-16LE");
    if (even && even * WIDE_ZERO_SHARE >= units && odd * WIDE_STRAY_SHARE <= even)
        return OKB_S("UTF-16BE");
    return (okb_span){NULL, 0};
}

static bool is_named_utf8(okb_span name)
{
    return okb_text_same(name, OKB_S("UTF-8")) || okb_text_same(name, OKB_S("UTF8"));
}

okb_code okb_decode(okb_span bytes, okb_span path, const okb_read_options *options, okb_arena *keep,
                    okb_repairs *repairs, okb_decoded *out, okb_err *err)
{
    size_t mark_bytes;
    okb_span name = marked_encoding(bytes, &mark_bytes);
    okb_span rest = okb_span_sub(bytes, mark_bytes, bytes.n);
    if (name.n && mark_bytes != 3 && is_narrow(rest))
        return okb_fail_at(err, OKB_E_DATA, path, 1, (okb_span){NULL, 0},
                           "the file starts with the mark of %.*s, but its text is not in it; save it as UTF-8",
                           OKB_FMT(name));
    if (name.n == 0)
        name = options->encoding;
    if (name.n == 0)
        name = guessed_wide(bytes);

    *out = (okb_decoded){rest, name, options->may_overwrite};
    if (name.n && !is_named_utf8(name)) {
        okb_code code = decode_iconv(rest, name, keep, repairs, &out->text, err);
        if (code != OKB_OK)
            return code;
        out->is_own = true;
    } else {
        utf8_count count = utf8_scan(rest);
        bool is_utf8 = count.bad == 0 || name.n != 0 || count.good > count.bad;
        if (!is_utf8) {
            okb_note_foreign(rest, repairs);
            out->text = decode_1252(rest, keep, repairs);
        } else if (count.bad)
            out->text = utf8_mend(rest, count, keep, repairs);
        if (count.bad)
            out->is_own = true;
        if (name.n == 0)
            out->encoding = is_utf8 ? OKB_S("UTF-8") : OKB_S("windows-1252");
    }
    if (out->text.n > UINT32_MAX)
        return okb_fail_at(err, OKB_E_DATA, path, 0, (okb_span){NULL, 0},
                           "the file has %zu bytes of text, more than 4 GiB; split it", out->text.n);
    return OKB_OK;
}
