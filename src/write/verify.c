/*
 * Reads a finished workbook back. Its maker reports success for a cut-off file, so its word is not taken: each part has to inflate with
 * its checksum and end with its closing tag, and the sheets have to hold as many rows and cells as were written.
 */
#include "okrbook/write.h"

#include <stdlib.h>
#include <string.h>

#include <unzip.h>

enum { CHUNK_BYTES = 65536, TAIL_BYTES = 64, NAME_BYTES = 256 };

/* What is seen of one XML part while it streams by. */
typedef struct part {
    char name[NAME_BYTES];
    uint32_t sheet; /* number in the name, 1-based; 0 where it is no sheet */
    char root[64];  /* name of the outermost element */
    char tail[TAIL_BYTES];
    size_t tail_n;
    char head[CHUNK_BYTES / 32];
    size_t head_n;
    uint64_t cells;
    uint32_t rows;
    bool row_counts; /* the row that is open has a cell with a value */
    char tag[8];     /* the tag that is being read, its first bytes */
    size_t tag_n;
    bool in_tag;
} part;

/* Counts what a tag says, once its first bytes are known. Cells without a value end in "/>" and have no </c>. */
static void end_tag(part *p)
{
    if (p->tag_n >= 2 && memcmp(p->tag, "/c", 2) == 0 && (p->tag_n == 2 || p->tag[2] == '>')) {
        p->cells++;
        if (!p->row_counts) {
            p->row_counts = true;
            p->rows++;
        }
    } else if (p->tag_n >= 3 && memcmp(p->tag, "row", 3) == 0 && (p->tag_n == 3 || p->tag[3] == ' '))
        p->row_counts = false;
}

static void scan_sheet(part *p, const char *bytes, size_t n)
{
    const char *at = bytes, *end = bytes + n;
    while (at < end) {
        if (!p->in_tag) {
            at = memchr(at, '<', (size_t)(end - at));
            if (!at)
                return;
            p->in_tag = true;
            p->tag_n = 0;
            at++;
            continue;
        }
        const char *close = memchr(at, '>', (size_t)(end - at));
        size_t have = (size_t)((close ? close : end) - at), room = sizeof p->tag - p->tag_n;
        size_t take = have < room ? have : room;
        memcpy(p->tag + p->tag_n, at, take);
        p->tag_n += take;
        if (!close)
            return;
        end_tag(p);
        p->in_tag = false;
        at = close + 1;
    }
}

static void keep_ends(part *p, const char *bytes, size_t n)
{
    size_t room = sizeof p->head - p->head_n;
    size_t take = n < room ? n : room;
    memcpy(p->head + p->head_n, bytes, take);
    p->head_n += take;
    if (n >= TAIL_BYTES) {
        memcpy(p->tail, bytes + n - TAIL_BYTES, TAIL_BYTES);
        p->tail_n = TAIL_BYTES;
        return;
    }
    size_t keep = p->tail_n + n > TAIL_BYTES ? TAIL_BYTES - n : p->tail_n;
    memmove(p->tail, p->tail + p->tail_n - keep, keep);
    memcpy(p->tail + keep, bytes, n);
    p->tail_n = keep + n;
}

/* The outermost element: the first tag that is neither a declaration nor a comment. */
static void find_root(part *p)
{
    p->root[0] = '\0';
    for (size_t i = 0; i + 1 < p->head_n; i++) {
        if (p->head[i] != '<' || p->head[i + 1] == '?' || p->head[i + 1] == '!')
            continue;
        size_t n = 0;
        for (size_t k = i + 1; k < p->head_n && n + 1 < sizeof p->root; k++) {
            char c = p->head[k];
            if (c == ' ' || c == '>' || c == '/' || c == '\n' || c == '\r' || c == '\t')
                break;
            p->root[n++] = c;
        }
        p->root[n] = '\0';
        return;
    }
}

static bool is_closed(part *p)
{
    find_root(p);
    size_t n = strlen(p->root);
    size_t tail_n = p->tail_n;
    while (tail_n && (p->tail[tail_n - 1] == '\n' || p->tail[tail_n - 1] == '\r' || p->tail[tail_n - 1] == ' '))
        tail_n--;
    if (n == 0 || tail_n < 2)
        return false;
    if (tail_n >= n + 3 && p->tail[tail_n - 1] == '>' && memcmp(p->tail + tail_n - 1 - n, p->root, n) == 0 &&
        memcmp(p->tail + tail_n - 3 - n, "</", 2) == 0)
        return true;
    /* An element without content: the part is that one tag. */
    return p->head_n < sizeof p->head && memcmp(p->tail + tail_n - 2, "/>", 2) == 0 &&
           strstr(p->head, p->root) != NULL && tail_n <= p->head_n;
}

static bool ends_with(const char *text, const char *tail)
{
    size_t n = strlen(text), m = strlen(tail);
    return n >= m && memcmp(text + n - m, tail, m) == 0;
}

static bool is_xml(const char *name)
{
    return ends_with(name, ".xml") || ends_with(name, ".rels") || ends_with(name, ".vml");
}

/* ---- the list of sheets ---- */

/* Compares an XML attribute's value with a plain name, one character of the name after the other. */
static bool is_name(const char *value, size_t n, okb_span name)
{
    static const struct {
        const char *entity;
        char c;
    } entities[] = {{"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'}, {"&quot;", '"'}, {"&apos;", '\''}};
    size_t at = 0;
    for (size_t i = 0; i < name.n; i++) {
        if (at >= n)
            return false;
        if (value[at] != '&') {
            if (value[at++] != name.p[i])
                return false;
            continue;
        }
        bool is_found = false;
        for (size_t k = 0; k < sizeof entities / sizeof entities[0] && !is_found; k++) {
            size_t m = strlen(entities[k].entity);
            if (name.p[i] == entities[k].c && at + m <= n && memcmp(value + at, entities[k].entity, m) == 0) {
                at += m;
                is_found = true;
            }
        }
        if (!is_found)
            return false;
    }
    return at == n;
}

static bool sheets_match(const okb_buf *xml, const okb_workbook_counts *counts)
{
    okb_span rest = okb_buf_span(xml);
    for (size_t i = 0; i < counts->n_sheets; i++) {
        size_t at = okb_span_find(rest, OKB_S("<sheet name=\""));
        if (at == SIZE_MAX)
            return false;
        rest = okb_span_sub(rest, at + 13, rest.n);
        size_t quote = okb_span_find(rest, OKB_S("\""));
        if (quote == SIZE_MAX || !is_name(rest.p, quote, counts->sheets[i].name))
            return false;
    }
    return okb_span_find(rest, OKB_S("<sheet name=\"")) == SIZE_MAX;
}

/* ---- the archive ---- */

typedef struct reader {
    const char *path;
    zlib_filefunc64_def files; /* the library's way to files */
    voidpf raw;                /* the same file, for what the library does not look at */
    unz_file_info64 first;     /* what the list says of the first part */
    bool has_first;
    const okb_workbook_counts *counts;
    okb_err *err;
    uint32_t n_seen; /* sheets */
    bool *is_seen;
    okb_buf workbook_xml;
    char *chunk;
} reader;

static okb_code refuse(const reader *r, const char *name, const char *why)
{
    return okb_fail(r->err, OKB_E_IO, "the finished workbook is not whole: '%s' %s; the disk may be full or failing",
                    name, why);
}

static uint32_t sheet_number(const char *name)
{
    static const char folder[] = "xl/worksheets/sheet";
    if (strncmp(name, folder, sizeof folder - 1) != 0)
        return 0;
    char *end = NULL;
    unsigned long number = strtoul(name + sizeof folder - 1, &end, 10);
    return strcmp(end, ".xml") == 0 && number <= UINT32_MAX ? (uint32_t)number : 0;
}

static okb_code check_sheet(reader *r, const part *p)
{
    if (p->sheet > r->counts->n_sheets || r->is_seen[p->sheet - 1])
        return refuse(r, p->name, "is one sheet too many");
    const okb_sheet_count *want = &r->counts->sheets[p->sheet - 1];
    r->is_seen[p->sheet - 1] = true;
    r->n_seen++;
    if (p->rows == want->rows && p->cells == want->cells)
        return OKB_OK;
    return okb_fail(
        r->err, OKB_E_IO,
        "the finished workbook is not whole: sheet '%.*s' has %u rows and %llu cells, but %u and %llu were written",
        OKB_FMT(want->name), p->rows, (unsigned long long)p->cells, want->rows, (unsigned long long)want->cells);
}

static uint32_t little(const unsigned char *bytes, int n)
{
    uint32_t value = 0;
    while (n-- > 0)
        value = value << 8 | bytes[n];
    return value;
}

static bool read_raw(const reader *r, ZPOS64_T at, int origin, void *out, size_t n)
{
    const zlib_filefunc64_def *f = &r->files;
    return f->zseek64_file(f->opaque, r->raw, at, origin) == 0 &&
           f->zread_file(f->opaque, r->raw, out, (uLong)n) == (uLong)n;
}

/* A part's own header says once more what the list of parts says. The library compares sizes and checksum; other readers may go by the
 * name, the flags or the version that stand here. Called before the part's first byte is read. */
static bool is_header_right(reader *r, unzFile archive, const part *p, const unz_file_info64 *info)
{
    enum { HEADER = 30, AT_VERSION = 4, AT_FLAGS = 6, AT_DATE = 10, VERSION_ZIP64 = 45 };
    unsigned char header[HEADER + NAME_BYTES];
    size_t name_n = strlen(p->name);
    int extra = unzGetLocalExtrafield(archive, NULL, 0);
    ZPOS64_T data = unzGetCurrentFileZStreamPos64(archive);
    size_t before = HEADER + name_n + (extra > 0 ? (size_t)extra : 0);
    if (extra < 0 || data < before || info->size_filename != name_n)
        return false;
    if (!read_raw(r, data - before, ZLIB_FILEFUNC_SEEK_SET, header, HEADER + name_n))
        return false;
    uint32_t version = little(header + AT_VERSION, 2);
    return (version == info->version_needed || version == VERSION_ZIP64) &&
           little(header + AT_FLAGS, 2) == info->flag && little(header + AT_DATE, 4) == info->dosDate &&
           memcmp(header + HEADER, p->name, name_n) == 0;
}

/* What the list says of each part beside its sizes is the same for all, but for the mark that tells text from pictures. */
static bool is_entry_right(reader *r, const unz_file_info64 *info)
{
    enum {
        FIRST_DAY = 1 << 5 | 1, /* 1 January 1980: no file tells when it was made */
        MOST_EXTRA = 32         /* what sizes beyond 4 GB take */
    };
    if (!r->has_first) {
        r->first = *info;
        r->has_first = true;
    }
    return info->version == r->first.version && info->flag == r->first.flag && info->disk_num_start == 0 &&
           info->internal_fa <= 1 && info->external_fa == r->first.external_fa &&
           info->dosDate == (uLong)FIRST_DAY << 16 && info->size_file_comment == 0 &&
           info->size_file_extra <= MOST_EXTRA;
}

/* The archive ends where it says that it ends. */
static bool is_end_right(const reader *r)
{
    enum { END = 22, AT_COMMENT = 20 };
    unsigned char end[END];
    return read_raw(r, (ZPOS64_T)-END, ZLIB_FILEFUNC_SEEK_END, end, END) && memcmp(end, "PK\5\6", 4) == 0 &&
           little(end + AT_COMMENT, 2) == 0;
}

static okb_code read_part(reader *r, unzFile archive, part *p, const unz_file_info64 *info)
{
    bool is_text = is_xml(p->name), is_list = strcmp(p->name, "xl/workbook.xml") == 0;
    if (unzOpenCurrentFile(archive) != UNZ_OK)
        return refuse(r, p->name, "cannot be opened");
    if (!is_entry_right(r, info) || !is_header_right(r, archive, p, info)) {
        unzCloseCurrentFile(archive);
        return refuse(r, p->name, "has a header that differs from the list of parts");
    }
    ZPOS64_T left = info->uncompressed_size;
    for (;;) {
        int n = unzReadCurrentFile(archive, r->chunk, CHUNK_BYTES);
        if (n == 0)
            break;
        if (n < 0) {
            unzCloseCurrentFile(archive);
            return refuse(r, p->name, "cannot be inflated");
        }
        left -= (ZPOS64_T)n;
        if (is_text)
            keep_ends(p, r->chunk, (size_t)n);
        if (p->sheet)
            scan_sheet(p, r->chunk, (size_t)n);
        if (is_list)
            okb_buf_add(&r->workbook_xml, (okb_span){r->chunk, (size_t)n});
    }
    /* The checksum is compared here, but only where every byte came: a damaged stream may end early without an error. */
    if (unzCloseCurrentFile(archive) != UNZ_OK || left != 0)
        return refuse(r, p->name, "has not the bytes that were written");
    if (is_text && !is_closed(p))
        return refuse(r, p->name, "ends before its closing tag");
    return p->sheet ? check_sheet(r, p) : OKB_OK;
}

static okb_code read_archive(reader *r, unzFile archive)
{
    part *p = calloc(1, sizeof *p);
    if (!p)
        __builtin_trap();
    okb_code code = OKB_OK;
    int status = unzGoToFirstFile(archive);
    for (; code == OKB_OK && status == UNZ_OK; status = unzGoToNextFile(archive)) {
        unz_file_info64 info;
        memset(p, 0, sizeof *p);
        if (unzGetCurrentFileInfo64(archive, &info, p->name, sizeof p->name - 1, NULL, 0, NULL, 0) != UNZ_OK) {
            code = refuse(r, "archive", "has a part without a name");
            break;
        }
        p->sheet = sheet_number(p->name);
        code = read_part(r, archive, p, &info);
    }
    if (code == OKB_OK && status != UNZ_END_OF_LIST_OF_FILE)
        code = refuse(r, "archive", "has a list of parts that breaks off");
    free(p);
    return code;
}

okb_code okb_write_verify(const char *path, const okb_workbook_counts *counts, okb_err *err)
{
    reader r = {.path = path, .counts = counts, .err = err};
    unzFile archive = unzOpen64(path);
    if (!archive)
        return okb_fail(err, OKB_E_IO,
                        "the finished workbook '%s' cannot be read back; the disk may be full or failing", path);
    fill_fopen64_filefunc(&r.files);
    r.raw = r.files.zopen64_file(r.files.opaque, path, ZLIB_FILEFUNC_MODE_READ | ZLIB_FILEFUNC_MODE_EXISTING);
    r.is_seen = calloc(counts->n_sheets + 1, sizeof *r.is_seen);
    r.chunk = malloc(CHUNK_BYTES);
    if (!r.is_seen || !r.chunk)
        __builtin_trap();
    okb_code code = !r.raw             ? refuse(&r, "archive", "cannot be opened again")
                    : is_end_right(&r) ? read_archive(&r, archive)
                                       : refuse(&r, "archive", "has a list of parts that does not end with the file");
    if (code == OKB_OK && r.n_seen != counts->n_sheets)
        code = okb_fail(err, OKB_E_IO, "the finished workbook is not whole: %u sheets of %zu are there", r.n_seen,
                        counts->n_sheets);
    if (code == OKB_OK && !sheets_match(&r.workbook_xml, counts))
        code = refuse(&r, "xl/workbook.xml", "does not list the sheets that were written");
    unzClose(archive);
    if (r.raw)
        (void)r.files.zclose_file(r.files.opaque, r.raw);
    okb_buf_free(&r.workbook_xml);
    free(r.chunk);
    free(r.is_seen);
    return code;
}
