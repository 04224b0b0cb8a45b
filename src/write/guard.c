/* The guards of a workbook's texts, names and days. */
#include "guard.h"

#include <string.h>

static const char cut_mark[] = " \xE2\x80\xA6 [cut]";

static bool is_hex(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'F') || (c >= 'a' && c <= 'f');
}

/* Whether _xHHHH_ stands at `at`: spreadsheets decode it to a character. */
static bool is_escape(okb_span s, size_t at)
{
    return at + 7 <= s.n && s.p[at] == '_' && s.p[at + 1] == 'x' && is_hex(s.p[at + 2]) && is_hex(s.p[at + 3]) &&
           is_hex(s.p[at + 4]) && is_hex(s.p[at + 5]) && s.p[at + 6] == '_';
}

/* Bytes of the UTF-8 character at `at`, 0 where there is none that may stand in XML. */
static size_t char_bytes(okb_span s, size_t at)
{
    unsigned char lead = (unsigned char)s.p[at];
    size_t n = lead < 0x80 ? 1 : lead < 0xC2 ? 0 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : lead < 0xF5 ? 4 : 0;
    if (n == 0 || at + n > s.n || !okb_utf8_valid((okb_span){s.p + at, n}))
        return 0;
    return n;
}

static bool is_noncharacter(okb_span s, size_t at, size_t n)
{
    return n == 3 && memcmp(s.p + at, "\xEF\xBF", 2) == 0 &&
           ((unsigned char)s.p[at + 2] == 0xBE || (unsigned char)s.p[at + 2] == 0xBF);
}

static bool is_dropped(unsigned char c)
{
    return (c < 0x20 && c != '\n' && c != '\t') || c == 0x7F;
}

/* Most texts are plain: one pass tells. */
static bool is_plain(okb_span s, size_t units)
{
    if (s.n > units)
        return false;
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        if (c >= 0x80 || is_dropped(c) || c == '\r' || (c == '_' && is_escape(s, i)))
            return false;
    }
    return true;
}

static void add_guarded(okb_buf *buf, okb_span s, bool escapes)
{
    for (size_t i = 0; i < s.n;) {
        unsigned char c = (unsigned char)s.p[i];
        if (c >= 0x80) {
            size_t n = char_bytes(s, i);
            if (n == 0) {
                okb_buf_add(buf, OKB_S("\xEF\xBF\xBD"));
                i++;
                continue;
            }
            if (!is_noncharacter(s, i, n))
                okb_buf_add(buf, (okb_span){s.p + i, n});
            i += n;
            continue;
        }
        if (c == '\r') {
            if (i + 1 >= s.n || s.p[i + 1] != '\n')
                okb_buf_byte(buf, '\n');
        } else if (escapes && c == '_' && is_escape(s, i))
            okb_buf_add(buf, OKB_S("_x005F_"));
        else if (!is_dropped(c))
            okb_buf_byte(buf, (char)c);
        i++;
    }
}

okb_span okb_guard_text(okb_buf *buf, okb_span s, size_t units, bool *is_cut)
{
    if (is_cut)
        *is_cut = false;
    buf->n = 0;
    if (is_plain(s, units)) {
        if (s.n && s.p[s.n] == '\0')
            return s;
        okb_buf_add(buf, s);
        return okb_buf_span(buf);
    }
    add_guarded(buf, s, true);
    okb_span stored = okb_buf_span(buf);
    if (okb_utf16_units(stored) <= units)
        return stored;
    size_t room = units > 8 ? units - 8 : 0; /* the mark is eight units long */
    buf->n = okb_utf16_head(stored, room).n;
    okb_buf_add(buf, OKB_S(cut_mark));
    if (is_cut)
        *is_cut = true;
    return okb_buf_span(buf);
}

/* ---- sheet names ---- */

/* A clean wish: forbidden characters become blanks, ends are trimmed of blanks and apostrophes. Readers do not agree on _xHHHH_ in a
 * name, escaped or not, so that its first letter goes. */
static okb_span name_clean(okb_arena *keep, okb_span wish)
{
    okb_buf buf = {0};
    add_guarded(&buf, wish, false);
    okb_span safe = okb_buf_span(&buf);
    char *bytes = OKB_NEW_N(keep, char, safe.n + 1);
    for (size_t i = 0; i < safe.n; i++)
        bytes[i] = strchr("[]:*?/\\\n\t", safe.p[i]) || is_escape(safe, i) ? ' ' : safe.p[i];
    okb_buf_free(&buf);
    okb_span name = okb_text_clean(keep, (okb_span){bytes, safe.n}, false);
    for (;;) {
        okb_span before = name;
        name = okb_span_trim(name);
        while (name.n && name.p[0] == '\'')
            name = okb_span_sub(name, 1, name.n);
        while (name.n && name.p[name.n - 1] == '\'')
            name = okb_span_sub(name, 0, name.n - 1);
        if (name.n == before.n)
            return name;
    }
}

static okb_span name_fit(okb_span name, size_t units)
{
    okb_span head = okb_span_trim(okb_utf16_head(name, units));
    while (head.n && head.p[head.n - 1] == '\'')
        head = okb_span_trim(okb_span_sub(head, 0, head.n - 1));
    return head;
}

/* The key under which names clash. Excel tells neither case nor width nor the kana apart; folding drops more than that, so that
 * look-alikes are kept apart too. A name of nothing but dropped characters is its own key. */
static okb_span name_key(okb_arena *keep, okb_span name)
{
    okb_span key = okb_text_fold_wide(keep, name);
    return key.n ? key : name;
}

okb_span okb_guard_sheet_name(okb_arena *keep, okb_map *taken, okb_span wish)
{
    const size_t limit = 31;
    okb_span clean = name_clean(keep, wish);
    if (clean.n == 0)
        clean = OKB_S("Unnamed");
    okb_span base = name_fit(clean, limit);
    okb_span name = base;
    /* Excel keeps this word for itself. */
    bool is_free = !okb_text_same(name, OKB_S("history")) && okb_map_get(taken, name_key(keep, name)) == OKB_NONE;
    okb_span key = name_key(keep, base);
    /* The number to try next is kept with the name, so that a thousand equal names do not try a million. */
    uint32_t next = 2;
    if (!is_free && okb_map_get(taken, key) != OKB_NONE)
        next = okb_map_get(taken, key);
    while (!is_free) {
        okb_span tail = okb_arena_printf(keep, " (%u)", next++);
        name = okb_arena_printf(keep, "%.*s%s", OKB_FMT(name_fit(clean, limit - tail.n)), tail.p);
        is_free = okb_map_get(taken, name_key(keep, name)) == OKB_NONE;
    }
    *okb_map_put(taken, key, next, NULL) = next;
    (void)okb_map_put(taken, name_key(keep, name), 2, NULL);
    return okb_arena_copy(keep, name);
}

/* ---- days ---- */

int32_t okb_guard_serial(okb_day day)
{
    if (day == OKB_DAY_NONE)
        return 0;
    okb_day first = okb_day_of(1900, 1, 1), leap = okb_day_of(1900, 3, 1), last = okb_day_of(9999, 12, 31);
    if (day < first || day > last)
        return 0;
    /* Spreadsheets count a 29 February 1900 that never was. */
    return day - first + (day < leap ? 1 : 2);
}

static uint32_t big_endian(const char *at)
{
    const unsigned char *p = (const unsigned char *)at;
    return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

bool okb_guard_png(okb_span png, double *width, double *height)
{
    enum { MAGIC = 8, HEAD = 8, CHECK = 4, IHDR = 13, MOST_PIXELS = 100000 };
    bool has_picture = false;
    if (!okb_span_starts(png, OKB_S("\x89PNG\r\n\x1a\n")))
        return false;
    for (size_t at = MAGIC; png.n - at >= HEAD + CHECK;) {
        size_t size = big_endian(png.p + at);
        okb_span kind = okb_span_sub(png, at + 4, at + HEAD);
        if (size > png.n - at - HEAD - CHECK)
            return false;
        if (at == MAGIC) {
            if (!okb_span_eq(kind, OKB_S("IHDR")) || size != IHDR)
                return false;
            *width = big_endian(png.p + at + HEAD);
            *height = big_endian(png.p + at + HEAD + 4);
            if (*width < 1 || *height < 1 || *width > MOST_PIXELS || *height > MOST_PIXELS)
                return false;
        }
        has_picture = has_picture || okb_span_eq(kind, OKB_S("IDAT"));
        if (okb_span_eq(kind, OKB_S("IEND")))
            return has_picture;
        at += HEAD + size + CHECK;
    }
    return false;
}
