/* Errors and diagnostics. */
#include "okrbook/base.h"

#include <stdio.h>
#include <string.h>

static void copy_cut(char *out, size_t out_size, okb_span s)
{
    size_t n = s.n < out_size - 1 ? s.n : out_size - 1;
    if (n)
        memcpy(out, s.p, n);
    /* Not in the middle of a character: a continuation byte cut off would garble the terminal. */
    while (n && n < s.n && ((unsigned char)s.p[n] & 0xC0) == 0x80)
        n--;
    out[n] = '\0';
}

static okb_code fail_with(okb_err *err, okb_code code, okb_span file, uint32_t line, okb_span column, const char *fmt,
                          va_list ap) OKB_PRINTF(6, 0);

static okb_code fail_with(okb_err *err, okb_code code, okb_span file, uint32_t line, okb_span column, const char *fmt,
                          va_list ap)
{
    if (err && err->code == OKB_OK) {
        err->code = code;
        err->line = line;
        copy_cut(err->file, sizeof err->file, file);
        copy_cut(err->column, sizeof err->column, column);
        vsnprintf(err->text, sizeof err->text, fmt, ap);
    }
    return code;
}

okb_code okb_fail(okb_err *err, okb_code code, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    fail_with(err, code, (okb_span){NULL, 0}, 0, (okb_span){NULL, 0}, fmt, ap);
    va_end(ap);
    return code;
}

okb_code okb_fail_at(okb_err *err, okb_code code, okb_span file, uint32_t line, okb_span column, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    fail_with(err, code, file, line, column, fmt, ap);
    va_end(ap);
    return code;
}

void okb_diags_add(okb_diags *diags, okb_severity severity, okb_span file, uint32_t line, okb_span column,
                   const char *fmt, ...)
{
    okb_diag *diag = okb_vec_push(&diags->items, okb_diag);
    diag->severity = severity;
    diag->file = okb_arena_copy(diags->keep, file);
    diag->line = line;
    diag->column = okb_arena_copy(diags->keep, column);
    va_list ap;
    va_start(ap, fmt);
    diag->text = okb_arena_vprintf(diags->keep, fmt, ap);
    va_end(ap);
}
