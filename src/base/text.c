/* Cleaning, folding and measuring UTF-8 text, by utf8proc where ASCII does not settle it. */
#include "okrbook/base.h"

#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

static bool is_ascii(okb_span s)
{
    for (size_t i = 0; i < s.n; i++)
        if ((unsigned char)s.p[i] >= 0x80)
            return false;
    return true;
}

bool okb_utf8_valid(okb_span s)
{
    const utf8proc_uint8_t *p = (const utf8proc_uint8_t *)s.p;
    for (size_t at = 0; at < s.n;) {
        if (p[at] < 0x80) {
            at++;
            continue;
        }
        utf8proc_int32_t c;
        utf8proc_ssize_t used = utf8proc_iterate(p + at, (utf8proc_ssize_t)(s.n - at), &c);
        if (used <= 0)
            return false;
        at += (size_t)used;
    }
    return true;
}

static bool is_blank_point(utf8proc_int32_t c)
{
    return c == ' ' || c == '\t' || c == 0xA0 || c == 0x202F || c == 0x3000 || (c >= 0x2000 && c <= 0x200A);
}

static bool is_dropped_point(utf8proc_int32_t c)
{
    return (c < 0x20 && c != '\n') || (c >= 0x7F && c < 0xA0) || c == 0xFEFF || c == 0xFFFE || c == 0xFFFF ||
           c == 0x200B;
}

/* Writes the cleaned form of s, at most s.n bytes, to out. */
static size_t squeeze(okb_span s, bool keep_lines, char *out)
{
    size_t n = 0;
    bool pending = false;
    const utf8proc_uint8_t *p = (const utf8proc_uint8_t *)s.p;
    for (size_t at = 0; at < s.n;) {
        utf8proc_int32_t c = p[at];
        utf8proc_ssize_t used = 1;
        if (c >= 0x80)
            used = utf8proc_iterate(p + at, (utf8proc_ssize_t)(s.n - at), &c);
        if (used <= 0) { /* readers hand over valid text; a stray byte is dropped */
            at++;
            continue;
        }
        size_t size = (size_t)used;
        if (c == '\r')
            c = at + 1 < s.n && p[at + 1] == '\n' ? ' ' : '\n';
        if (c == '\n' && keep_lines) {
            if (n && out[n - 1] != '\n')
                out[n++] = '\n';
            pending = false;
        } else if (c == '\n' || is_blank_point(c)) {
            pending = true;
        } else if (!is_dropped_point(c)) {
            if (pending && n && out[n - 1] != '\n')
                out[n++] = ' ';
            pending = false;
            if (used == 1)
                out[n++] = (char)c;
            else {
                memmove(out + n, p + at, size); /* may be the same buffer */
                n += size;
            }
        }
        at += size;
    }
    while (n && out[n - 1] == '\n')
        n--;
    return n;
}

/* Printable ASCII without runs of blanks: most texts, and nothing to do. */
static bool is_clean(okb_span s)
{
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        if (c < ' ' || c >= 0x7F || (c == ' ' && i + 1 < s.n && s.p[i + 1] == ' '))
            return false;
    }
    return true;
}

/* Whether all characters are of blocks whose characters are composed already and join with none of their own kind: Latin with its
 * accents, Cyrillic, dashes and quotes, Chinese and Japanese characters, whole Hangul syllables, pictures. Then the text is in NFC. */
static bool is_composed(okb_span s)
{
    const unsigned char *p = (const unsigned char *)s.p;
    for (size_t at = 0; at < s.n;) {
        unsigned char c = p[at];
        if (c < 0x80) {
            at++;
        } else if (c < 0xCC) { /* U+0080 to U+02FF */
            at += 2;
        } else if (c == 0xD0 || c == 0xD1) { /* U+0400 to U+047F */
            at += 2;
        } else if (c == 0xE2 && at + 1 < s.n && (p[at + 1] == 0x80 || p[at + 1] == 0x82 || p[at + 1] == 0x86)) {
            at += 3;                         /* punctuation, currency, arrows */
        } else if (c >= 0xE5 && c <= 0xE9) { /* U+5000 to U+9FFF */
            at += 3;
        } else if (c == 0xF0 && at + 1 < s.n && p[at + 1] == 0x9F) { /* U+1F000 to U+1FFFF */
            at += 4;
        } else {
            return false;
        }
    }
    return true;
}

okb_span okb_text_clean(okb_arena *keep, okb_span s, bool keep_lines)
{
    s = okb_span_trim(s);
    if (is_clean(s))
        return okb_arena_copy(keep, s);
    char *out = okb_arena_alloc_raw(keep, s.n + 1, 1);
    size_t n = squeeze(s, keep_lines, out);
    out[n] = '\0';
    okb_span squeezed = {out, n};
    if (is_composed(squeezed))
        return squeezed;
    utf8proc_uint8_t *composed = NULL;
    utf8proc_ssize_t size =
        utf8proc_map((const utf8proc_uint8_t *)out, (utf8proc_ssize_t)n, &composed, UTF8PROC_STABLE | UTF8PROC_COMPOSE);
    if (size >= 0)
        squeezed = okb_arena_copy(keep, (okb_span){(const char *)composed, (size_t)size});
    free(composed);
    return squeezed;
}

static char fold_byte(char c)
{
    if (c >= 'A' && c <= 'Z')
        return (char)(c + 32);
    if (c == '_' || c == '-' || c == '\n' || c == '\r' || c == '\t')
        return ' ';
    return c;
}

static okb_span drop_tail_marks(okb_span s)
{
    while (s.n && (s.p[s.n - 1] == ':' || s.p[s.n - 1] == '*' || s.p[s.n - 1] == ' '))
        s.n--;
    while (s.n && s.p[0] == ' ') {
        s.p++;
        s.n--;
    }
    return s;
}

static okb_span fold(okb_arena *keep, okb_span s, utf8proc_option_t more)
{
    s = okb_span_trim(s);
    utf8proc_uint8_t *mapped = NULL;
    if (!is_ascii(s)) {
        utf8proc_ssize_t size = utf8proc_map((const utf8proc_uint8_t *)s.p, (utf8proc_ssize_t)s.n, &mapped,
                                             UTF8PROC_STABLE | UTF8PROC_DECOMPOSE | UTF8PROC_CASEFOLD |
                                                 UTF8PROC_STRIPMARK | UTF8PROC_IGNORE | more);
        if (size >= 0)
            s = (okb_span){(const char *)mapped, (size_t)size};
    }
    char *out = okb_arena_alloc_raw(keep, s.n + 1, 1);
    for (size_t i = 0; i < s.n; i++)
        out[i] = fold_byte(s.p[i]);
    size_t n = squeeze((okb_span){out, s.n}, false, out);
    free(mapped);
    okb_span folded = drop_tail_marks((okb_span){out, n});
    /* Terminated also where marks were dropped at the end. */
    out[(size_t)(folded.p - out) + folded.n] = '\0';
    return folded;
}

okb_span okb_text_fold(okb_arena *keep, okb_span s)
{
    return fold(keep, s, (utf8proc_option_t)0);
}

okb_span okb_text_fold_wide(okb_arena *keep, okb_span s)
{
    enum { HIRAGANA_FIRST = 0x3041, HIRAGANA_LAST = 0x3096, TO_KATAKANA = 0x60, DOTLESS_I = 0x131 };
    okb_span folded = fold(keep, s, UTF8PROC_COMPAT);
    if (is_ascii(folded))
        return folded;
    char *out = okb_arena_alloc(keep, folded.n + 1, 1);
    size_t n = 0;
    for (size_t at = 0; at < folded.n;) {
        utf8proc_int32_t c;
        utf8proc_ssize_t used =
            utf8proc_iterate((const utf8proc_uint8_t *)folded.p + at, (utf8proc_ssize_t)(folded.n - at), &c);
        if (used <= 0) { /* no character: the byte stays */
            out[n++] = folded.p[at++];
            continue;
        }
        at += (size_t)used;
        if (c >= HIRAGANA_FIRST && c <= HIRAGANA_LAST)
            c += TO_KATAKANA; /* as many bytes */
        n += (size_t)utf8proc_encode_char(c == DOTLESS_I ? 'i' : c, (utf8proc_uint8_t *)out + n);
    }
    out[n] = '\0';
    return (okb_span){out, n};
}

bool okb_text_same(okb_span a, okb_span b)
{
    if (okb_span_eq(a, b))
        return true;
    okb_arena scratch;
    okb_arena_init(&scratch, 1024);
    bool same = okb_span_eq(okb_text_fold(&scratch, a), okb_text_fold(&scratch, b));
    okb_arena_reset(&scratch);
    return same;
}

size_t okb_utf16_units(okb_span s)
{
    size_t units = 0;
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        if ((c & 0xC0) != 0x80)
            units += c >= 0xF0 ? 2 : 1;
    }
    return units;
}

okb_span okb_utf16_head(okb_span s, size_t units)
{
    size_t taken = 0, end = 0;
    while (end < s.n) {
        unsigned char c = (unsigned char)s.p[end];
        size_t cost = c >= 0xF0 ? 2 : 1;
        if (taken + cost > units)
            break;
        taken += cost;
        end++;
        while (end < s.n && ((unsigned char)s.p[end] & 0xC0) == 0x80)
            end++;
    }
    return (okb_span){s.p, end};
}
