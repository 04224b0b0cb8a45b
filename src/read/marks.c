/* Owns the marks that programs leave in texts: byte order marks where files were joined, Ctrl-Z at the end. */
#include "parts.h"

#include <string.h>

static const char INNER_DROPPED[] = "byte order mark inside the file dropped";
static const char END_DROPPED[] = "end-of-file mark dropped";

#define MARK OKB_S("\xEF\xBB\xBF")

/* The next mark at the start of a line at or after `at`, or the text's size. Elsewhere it is a character like others. */
static size_t find_mark(okb_span text, size_t at)
{
    while (at < text.n) {
        const char *hit = memchr(text.p + at, MARK.p[0], text.n - at);
        if (!hit)
            break;
        at = (size_t)(hit - text.p);
        bool is_at_start = at == 0 || text.p[at - 1] == '\n' || text.p[at - 1] == '\r';
        if (is_at_start && okb_span_starts(okb_span_sub(text, at, text.n), MARK))
            return at;
        at++;
    }
    return text.n;
}

/* Without the mark the first name of a joined file's header would be another name, and a quote behind it no quote. */
static void drop_inner_marks(okb_decoded *decoded, okb_arena *keep, okb_repairs *repairs)
{
    okb_span text = decoded->text;
    size_t at = find_mark(text, 0), count = 0;
    if (at == text.n)
        return;
    uint32_t line = okb_line_at(text, at);
    char *out;
    if (decoded->is_own) {
        memcpy(&out, &text.p, sizeof out); /* the span's const is for readers */
    } else {
        out = okb_arena_alloc_raw(keep, text.n, 1);
        memcpy(out, text.p, at);
    }
    size_t n = at;
    while (at < text.n) {
        size_t from = at + MARK.n;
        count++;
        at = find_mark(text, from);
        memmove(out + n, text.p + from, at - from);
        n += at - from;
    }
    okb_repairs_add(repairs, INNER_DROPPED, count, line);
    decoded->text = (okb_span){out, n};
    decoded->is_own = true;
}

static void drop_end_mark(okb_decoded *decoded, okb_repairs *repairs)
{
    okb_span *text = &decoded->text;
    if (text->n == 0 || text->p[text->n - 1] != '\x1A')
        return;
    okb_repairs_add(repairs, END_DROPPED, 1, okb_line_at(*text, text->n - 1));
    while (text->n && text->p[text->n - 1] == '\x1A')
        text->n--;
}

void okb_drop_marks(okb_decoded *decoded, okb_arena *keep, okb_repairs *repairs)
{
    while (okb_span_starts(decoded->text, MARK)) /* a program that marks what is marked leaves two */
        decoded->text = okb_span_sub(decoded->text, MARK.n, decoded->text.n);
    drop_inner_marks(decoded, keep, repairs);
    drop_end_mark(decoded, repairs);
}
