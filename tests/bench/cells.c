/* See cells.h. Knows the XML as libxlsxwriter writes it, not XML at large. */
#define _GNU_SOURCE /* memmem */
#include "cells.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <unzip.h>

static _Noreturn void fail(const char *what)
{
    fprintf(stderr, "floor: %s\n", what);
    exit(1);
}

/* ---- growing arrays ------------------------------------------------------------------------------------------- */

static void *grow(void *items, size_t n, size_t *cap, size_t size)
{
    if (n < *cap)
        return items;
    *cap = *cap ? *cap * 2 : 1024;
    items = realloc(items, *cap * size);
    if (!items)
        fail("out of memory");
    return items;
}

typedef struct reader {
    book *out;
    size_t cap_sheets, cap_cells, cap_text;
    uint64_t *shared; /* offsets of the shared strings */
    size_t n_shared, cap_shared;
} reader;

static void text_byte(reader *r, char c)
{
    r->out->text = grow(r->out->text, r->out->n_text, &r->cap_text, 1);
    r->out->text[r->out->n_text++] = c;
}

/* The bytes from..to with their entities resolved, kept without a terminator. */
static void text_add(reader *r, const char *from, const char *to)
{
    static const struct {
        const char *name;
        char c;
    } entities[] = {{"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'}, {"&quot;", '"'}, {"&apos;", '\''}, {"&#xA;", '\n'}};
    while (from < to) {
        size_t used = 0;
        if (*from == '&')
            for (size_t i = 0; used == 0 && i < sizeof entities / sizeof *entities; i++)
                if (strncmp(from, entities[i].name, strlen(entities[i].name)) == 0) {
                    text_byte(r, entities[i].c);
                    used = strlen(entities[i].name);
                }
        if (used == 0) {
            text_byte(r, *from);
            used = 1;
        }
        from += used;
    }
}

static uint64_t text_of(reader *r, const char *from, const char *to)
{
    uint64_t at = r->out->n_text;
    text_add(r, from, to);
    text_byte(r, '\0');
    return at;
}

/* ---- a little XML --------------------------------------------------------------------------------------------- */

/* The start of the value of attribute `name` (given as ` name="`) inside the tag tag..end; NULL where it has none. */
static const char *attribute(const char *tag, const char *end, const char *name)
{
    size_t n = strlen(name);
    for (const char *p = tag; p + n < end; p++)
        if (memcmp(p, name, n) == 0)
            return p + n;
    return NULL;
}

/* The content of the first element `open`..`close` between from and to; false where there is none. */
static int element(const char *from, const char *to, const char *open, const char *close, const char **content,
                   const char **content_end)
{
    const char *tag = memmem(from, (size_t)(to - from), open, strlen(open));
    if (!tag)
        return 0;
    const char *start = memchr(tag, '>', (size_t)(to - tag));
    if (!start || start[-1] == '/')
        return 0;
    *content = start + 1;
    *content_end = memmem(*content, (size_t)(to - *content), close, strlen(close));
    return *content_end != NULL;
}

static void parse_shared(reader *r, const char *p, const char *end)
{
    while ((p = memmem(p, (size_t)(end - p), "<si>", 4)) != NULL) {
        const char *stop = memmem(p, (size_t)(end - p), "</si>", 5);
        if (!stop)
            fail("the shared strings are cut");
        r->shared = grow(r->shared, r->n_shared, &r->cap_shared, sizeof *r->shared);
        r->shared[r->n_shared++] = r->out->n_text;
        const char *from, *to;
        for (const char *at = p; element(at, stop, "<t", "</t>", &from, &to); at = to)
            text_add(r, from, to);
        text_byte(r, '\0');
        p = stop;
    }
}

static void parse_sheet_names(reader *r, const char *p, const char *end)
{
    while ((p = memmem(p, (size_t)(end - p), "<sheet ", 7)) != NULL) {
        const char *close = memchr(p, '>', (size_t)(end - p));
        const char *name = close ? attribute(p, close, " name=\"") : NULL;
        if (!name)
            fail("a sheet has no name");
        r->out->sheets = grow(r->out->sheets, r->out->n_sheets, &r->cap_sheets, sizeof *r->out->sheets);
        r->out->sheets[r->out->n_sheets++] = (sheet){text_of(r, name, memchr(name, '"', (size_t)(close - name))), 0, 0};
        p = close;
    }
}

static void parse_styles(reader *r, const char *p, const char *end)
{
    const char *styles = memmem(p, (size_t)(end - p), "<cellXfs count=\"", 16);
    r->out->n_styles = styles ? (uint16_t)strtoul(styles + 16, NULL, 10) : 1;
}

static void parse_cell(reader *r, const char *tag, const char *close, const char *stop)
{
    r->out->cells = grow(r->out->cells, r->out->n_cells, &r->cap_cells, sizeof *r->out->cells);
    cell *c = &r->out->cells[r->out->n_cells++];
    *c = (cell){.kind = CELL_BLANK};
    const char *p = attribute(tag, close, " r=\"");
    if (!p)
        fail("a cell has no place");
    uint32_t column = 0;
    for (; *p >= 'A' && *p <= 'Z'; p++)
        column = column * 26 + (uint32_t)(*p - 'A' + 1);
    c->column = (uint16_t)(column - 1);
    c->row = (uint32_t)strtoul(p, NULL, 10) - 1;
    const char *style = attribute(tag, close, " s=\""), *type = attribute(tag, close, " t=\"");
    c->style = style ? (uint16_t)strtoul(style, NULL, 10) : 0;
    if (!stop)
        return;
    const char *from, *to;
    int has_formula = element(close + 1, stop, "<f", "</f>", &from, &to);
    if (has_formula)
        c->formula = text_of(r, from, to);
    if (type && strncmp(type, "inlineStr", 9) == 0 && element(close + 1, stop, "<t", "</t>", &from, &to)) {
        c->kind = CELL_TEXT;
        c->text = text_of(r, from, to);
        return;
    }
    if (!element(close + 1, stop, "<v", "</v>", &from, &to))
        return;
    if (type && strncmp(type, "s\"", 2) == 0) {
        size_t ix = strtoul(from, NULL, 10);
        if (ix >= r->n_shared)
            fail("a shared string is missing");
        c->kind = CELL_TEXT;
        c->text = r->shared[ix];
    } else if (type && strncmp(type, "str\"", 4) == 0) {
        c->kind = CELL_FORMULA_TEXT;
        c->text = text_of(r, from, to);
    } else {
        c->kind = has_formula ? CELL_FORMULA_NUMBER : type && *type == 'b' ? CELL_BOOLEAN : CELL_NUMBER;
        c->number = strtod(from, NULL);
    }
}

static void parse_sheet(reader *r, size_t ix, const char *p, const char *end)
{
    if (ix >= r->out->n_sheets)
        fail("a sheet is not in the workbook's list");
    r->out->sheets[ix].first_cell = r->out->n_cells;
    while ((p = memmem(p, (size_t)(end - p), "<c ", 3)) != NULL) {
        const char *close = memchr(p, '>', (size_t)(end - p));
        const char *stop = NULL;
        if (close && close[-1] != '/')
            stop = memmem(close, (size_t)(end - close), "</c>", 4);
        if (!close || (close[-1] != '/' && !stop))
            fail("a sheet is cut");
        parse_cell(r, p, close, stop);
        p = stop ? stop : close;
    }
    r->out->sheets[ix].n_cells = r->out->n_cells - r->out->sheets[ix].first_cell;
}

/* ---- the parts ------------------------------------------------------------------------------------------------ */

static void parse_part(reader *r, const char *name, const char *bytes, size_t size, int is_second)
{
    static const char sheets[] = "xl/worksheets/sheet";
    const char *end = bytes + size;
    if (is_second) {
        if (strncmp(name, sheets, sizeof sheets - 1) == 0)
            parse_sheet(r, strtoul(name + sizeof sheets - 1, NULL, 10) - 1, bytes, end);
    } else if (strcmp(name, "xl/sharedStrings.xml") == 0)
        parse_shared(r, bytes, end);
    else if (strcmp(name, "xl/workbook.xml") == 0)
        parse_sheet_names(r, bytes, end);
    else if (strcmp(name, "xl/styles.xml") == 0)
        parse_styles(r, bytes, end);
}

static void read_parts(reader *r, const char *path, int is_second)
{
    unzFile archive = unzOpen64(path);
    if (!archive)
        fail("the workbook cannot be opened");
    char *bytes = NULL, name[256];
    size_t cap = 0;
    for (int status = unzGoToFirstFile(archive); status == UNZ_OK; status = unzGoToNextFile(archive)) {
        unz_file_info64 info;
        if (unzGetCurrentFileInfo64(archive, &info, name, sizeof name, NULL, 0, NULL, 0) != UNZ_OK ||
            unzOpenCurrentFile(archive) != UNZ_OK)
            fail("a part cannot be opened");
        if (info.uncompressed_size + 1 > cap) {
            cap = info.uncompressed_size + 1;
            bytes = realloc(bytes, cap);
            if (!bytes)
                fail("out of memory");
        }
        size_t n = 0;
        for (int got = 1; got > 0 && n < info.uncompressed_size; n += (size_t)got) {
            size_t rest = info.uncompressed_size - n;
            got = unzReadCurrentFile(archive, bytes + n, rest < (1 << 20) ? (unsigned)rest : 1 << 20);
            if (got < 0)
                fail("a part cannot be read");
        }
        bytes[n] = '\0';
        parse_part(r, name, bytes, n, is_second);
        unzCloseCurrentFile(archive);
    }
    free(bytes);
    unzClose(archive);
}

book *book_read(const char *path)
{
    book *out = calloc(1, sizeof *out);
    if (!out)
        fail("out of memory");
    reader r = {.out = out};
    /* Names and strings may stand behind the sheets that need them. */
    read_parts(&r, path, 0);
    read_parts(&r, path, 1);
    free(r.shared);
    return out;
}
