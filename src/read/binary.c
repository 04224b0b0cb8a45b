/* Owns telling text from files that are none, by their first bytes, NUL bytes and control bytes. */
#include "parts.h"

#include <string.h>

/* Text has next to no control bytes; compressed or encrypted bytes have one in nine. */
enum { CONTROL_SHARE = 10 };

static const okb_span no_column = {NULL, 0};

okb_code okb_refuse_known_type(okb_span bytes, okb_span path, okb_err *err)
{
    static const struct {
        char head[16];
        bool is_text;
        const char *name;
    } types[] = {
        {"PK\x03\x04", false, "an XLSX workbook or another ZIP archive"},
        {"\xD0\xCF\x11\xE0", false, "an old Excel workbook or another Office document"},
        {"%PDF-", false, "a PDF document"},
        {"\x1F\x8B", false, "a gzip archive"},
        {"\x89PNG", false, "a PNG picture"},
        {"\xFF\xD8\xFF", false, "a JPEG picture"},
        {"<!DOCTYPE", true, "a web page"}, /* mostly the page that asks to sign in */
        {"<html", true, "a web page"},
        {"<?xml", true, "an XML document"},
        {"{\\rtf", true, "an RTF document"},
        {"{\"", true, "a JSON document"},
        {"[{\"", true, "a JSON document"},
    };
    okb_span text = okb_span_trim(bytes);
    for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
        okb_span head = okb_span_of(types[i].head);
        if (!types[i].is_text && okb_span_starts(bytes, head))
            return okb_fail_at(err, OKB_E_DATA, path, 1, no_column,
                               "the file is binary, not text: it starts like %s; save or export it as CSV",
                               types[i].name);
        if (types[i].is_text && okb_text_same(okb_span_sub(text, 0, head.n), head))
            return okb_fail_at(err, OKB_E_DATA, path, 1, no_column, "the file is %s, not CSV; export it as CSV again",
                               types[i].name);
    }
    return OKB_OK;
}

static bool is_control(unsigned char c)
{
    return c < 0x20 && (c < '\t' || c > '\r');
}

static size_t count_controls(okb_span s)
{
    size_t count = 0, i = 0;
    while (i < s.n) {
        uint64_t eight;
        if (i + 8 <= s.n) {
            memcpy(&eight, s.p + i, 8);
            /* No byte below 0x20 among these eight. */
            if (((eight - UINT64_C(0x2020202020202020)) & ~eight & UINT64_C(0x8080808080808080)) == 0) {
                i += 8;
                continue;
            }
        }
        for (size_t end = i + 8 < s.n ? i + 8 : s.n; i < end; i++)
            count += is_control((unsigned char)s.p[i]);
    }
    return count;
}

okb_code okb_refuse_binary(okb_span bytes, okb_span path, char delimiter, okb_err *err)
{
    const char *nul = bytes.n ? memchr(bytes.p, '\0', bytes.n) : NULL;
    if (nul)
        return okb_fail_at(err, OKB_E_DATA, path, okb_line_at(bytes, (size_t)(nul - bytes.p)), no_column,
                           "the file is binary, not text: this line holds a NUL byte; export it as CSV again");
    size_t controls = count_controls(bytes);
    if (controls * CONTROL_SHARE <= bytes.n)
        return OKB_OK;
    /* Rare: only now is it worth looking at each one. A control byte may be the delimiter that was asked for. */
    size_t first = SIZE_MAX;
    for (size_t i = 0; i < bytes.n; i++) {
        if (!is_control((unsigned char)bytes.p[i]))
            continue;
        if (delimiter && bytes.p[i] == delimiter)
            controls--;
        else if (first == SIZE_MAX)
            first = i;
    }
    if (controls * CONTROL_SHARE <= bytes.n)
        return OKB_OK;
    return okb_fail_at(err, OKB_E_DATA, path, okb_line_at(bytes, first), no_column,
                       "the file is binary, not text: %zu of its %zu bytes are control bytes, the first on this line; "
                       "export it as CSV again",
                       controls, bytes.n);
}
