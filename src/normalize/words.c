/* The words table: what a product's or a person's word means, by family. */
#include "room.h"

#include <stdlib.h>
#include <string.h>

static const char *const family_names[W_COUNT] = {
    [W_STATUS] = "status",
    [W_CONFIDENCE] = "confidence",
    [W_KIND] = "kind",
    [W_LEVEL] = "level",
    [W_AMBITION] = "ambition",
    [W_DIRECTION] = "direction",
    [W_MISSING] = "missing",
    [W_MILESTONE] = "milestone",
    [W_MONTH] = "month",
    [W_WEEKDAY] = "weekday",
    [W_ZONE] = "zone",
    [W_METRIC] = "metric",
    [W_SCALE] = "scale",
    [W_CURRENCY] = "currency",
    [W_BOUND] = "bound",
    [W_CYCLE] = "cycle",
    [W_COMPANY] = "company",
    [W_TOTAL] = "total",
    [W_GROUP] = "group",
    [W_FILE] = "file",
    [W_HEADER] = "header",
    [W_PERIOD] = "period",
    [W_ACTION] = "action",
    [W_TITLE] = "title",
    [W_MARK] = "mark",
    [W_DATE] = "date",
    [W_CHECKIN] = "checkin",
    [W_JOIN] = "join",
    [W_TITLE_KIND] = "title_kind",
    [W_DEPARTMENT] = "department",
};

/* Longer texts are no words of the table; they are not looked up and not remembered. */
enum { LONGEST_WORD = 64, MOST_REMEMBERED = 1 << 12, LONGEST_PHRASE = 400 };
/* Signs of a family's words: enough that a text which is no word seldom has the sign of one. */
enum { N_SIGNS = 1 << 12, BITS = 64 };

struct words {
    okb_vec list;    /* word */
    okb_map *folded; /* family byte + folded text -> index into list */
    okb_map *seen;   /* family byte + raw text -> index + 1, 0 for none */
    okb_arena keep;
    okb_arena scratch;
    uint64_t signs[W_COUNT][N_SIGNS / BITS];
    size_t longest[W_COUNT]; /* of the bytes that folding leaves as they are */
    int first_month;         /* of the fiscal year; 0: January */
};

static int family_parse(okb_span name)
{
    for (int i = 0; i < W_COUNT; i++)
        if (okb_span_eq(name, okb_span_of(family_names[i])))
            return i;
    return -1;
}

/* The value as a code where the family has a closed list; -1 where the value is not of the list. */
static int code_of(word_family family, okb_span value)
{
    int code;
    switch ((int)family) {
    case W_STATUS:
        code = (int)okb_status_parse(value);
        break;
    case W_KIND:
    case W_TITLE_KIND:
        code = (int)okb_kind_parse(value);
        break;
    case W_LEVEL:
        code = (int)okb_level_parse(value);
        break;
    case W_AMBITION:
        code = (int)okb_ambition_parse(value);
        break;
    case W_DIRECTION:
    case W_BOUND:
        code = (int)okb_direction_parse(value);
        break;
    default:
        return 0;
    }
    return code || value.n == 0 ? code : -1;
}

static bool needs_number(word_family family)
{
    return family == W_CONFIDENCE || family == W_MILESTONE || family == W_MONTH || family == W_ZONE ||
           family == W_SCALE || family == W_CYCLE;
}

static okb_span make_key(char *buffer, size_t size, word_family family, okb_span text)
{
    if (text.n + 1 > size)
        return (okb_span){NULL, 0};
    buffer[0] = (char)('A' + (int)family);
    if (text.n)
        memcpy(buffer + 1, text.p, text.n);
    return (okb_span){buffer, text.n + 1};
}

/* What folding may drop, or turn into a blank. */
static bool is_foldable(unsigned char c)
{
    return c <= ' ' || c == 0x7F || c == '_' || c == '-' || c == ':' || c == '*';
}

/* A number that is equal for texts with the same folded form: made of what folding leaves. False where it has more than
 * `most` such bytes, or one that is not ASCII, which folding may turn into anything. */
static bool sign_of(okb_span text, size_t most, uint32_t *out, bool *out_is_ascii)
{
    uint32_t sign = 0;
    size_t lasting = 0;
    *out_is_ascii = true;
    for (size_t i = 0; i < text.n; i++) {
        unsigned char c = (unsigned char)text.p[i];
        if (c >= 0x80) {
            *out_is_ascii = false;
            return false;
        }
        if (is_foldable(c))
            continue;
        if (++lasting > most)
            return false;
        sign = (sign + (c >= 'A' && c <= 'Z' ? c + 32u : c)) * 0x9E3779B1u;
    }
    *out = sign >> 20;
    return true;
}

/* Most cells are no word of the family, and their sign shows it without a walk through the maps. */
static bool may_be_word(const words *w, word_family family, okb_span text)
{
    uint32_t sign;
    bool is_ascii;
    if (!sign_of(text, w->longest[family], &sign, &is_ascii))
        return !is_ascii;
    return w->signs[family][sign / BITS] >> sign % BITS & 1;
}

static void load_row(words *w, const okb_table *table, size_t row_ix, const uint32_t at[3], okb_diags *diags)
{
    uint32_t line = table->rows[row_ix].line;
    okb_span family_text = okb_span_trim(okb_table_cell(table, row_ix, at[0]));
    okb_span text = okb_span_trim(okb_table_cell(table, row_ix, at[1]));
    okb_span value = okb_span_trim(okb_table_cell(table, row_ix, at[2]));
    if (family_text.n == 0 && text.n == 0)
        return;
    int family = family_parse(family_text);
    if (family < 0) {
        okb_diags_add(diags, OKB_ERROR, table->path, line, OKB_S("family"), "no family of words is called '%.*s'",
                      OKB_FMT(family_text));
        return;
    }
    int code = code_of((word_family)family, value);
    double figure = NAN;
    size_t used = okb_number_scan(value, '.', &figure);
    if (code < 0 || (needs_number((word_family)family) && (used == 0 || used != value.n))) {
        okb_diags_add(diags, OKB_ERROR, table->path, line, OKB_S("value"),
                      "'%.*s' is no %s, write one of the known ones", OKB_FMT(value), family_names[family]);
        return;
    }
    char buffer[LONGEST_WORD + 2];
    okb_span key = make_key(buffer, sizeof buffer, (word_family)family, okb_text_fold(&w->scratch, text));
    if (key.n == 0) {
        okb_diags_add(diags, OKB_ERROR, table->path, line, OKB_S("word"), "'%.*s' is longer than %d bytes",
                      OKB_FMT(text), LONGEST_WORD);
        return;
    }
    uint32_t sign;
    bool is_ascii;
    if (sign_of(okb_span_sub(key, 1, key.n), LONGEST_WORD, &sign, &is_ascii))
        w->signs[family][sign / BITS] |= (uint64_t)1 << sign % BITS;
    if (key.n - 1 > w->longest[family])
        w->longest[family] = key.n - 1;
    word *item = okb_vec_push(&w->list, word);
    *item = (word){okb_arena_copy(&w->keep, value), used == value.n && used ? figure : NAN, code};
    /* A later table's row takes the place of an earlier one. */
    *okb_map_put(w->folded, key, 0, NULL) = (uint32_t)(w->list.n - 1);
}

static bool find_columns(const okb_table *table, const char *const *names, size_t n, uint32_t *at, okb_diags *diags)
{
    bool ok = true;
    for (size_t i = 0; i < n; i++) {
        at[i] = OKB_NONE;
        for (uint32_t c = 0; c < okb_table_width(table, 0); c++)
            if (okb_span_eq(okb_span_trim(okb_table_cell(table, 0, c)), okb_span_of(names[i])))
                at[i] = c;
        if (at[i] == OKB_NONE) {
            ok = false;
            okb_diags_add(diags, OKB_ERROR, table->path, 1, okb_span_of(names[i]), "the table has no column '%s'",
                          names[i]);
        }
    }
    return ok;
}

okb_code okb_words_new(const okb_table *tables, size_t n_tables, okb_arena *keep, okb_diags *diags, words **out,
                       okb_err *err)
{
    static const char *const names[] = {"family", "word", "value"};
    words *w = OKB_NEW(keep, words);
    okb_arena_init(&w->keep, 0);
    okb_arena_init(&w->scratch, 0);
    w->folded = okb_map_new();
    w->seen = okb_map_new();
    size_t before = diags->items.n;
    for (size_t t = 0; t < n_tables; t++) {
        uint32_t at[3];
        if (!find_columns(&tables[t], names, 3, at, diags))
            continue;
        for (size_t r = 1; r < tables[t].n_rows; r++)
            load_row(w, &tables[t], r, at, diags);
    }
    okb_arena_reset(&w->scratch);
    *out = w;
    if (diags->items.n > before)
        return okb_fail(err, OKB_E_CONFIG, "the words table has %zu mistakes", diags->items.n - before);
    return OKB_OK;
}

void okb_words_free(words *w)
{
    if (!w)
        return;
    okb_map_free(w->folded);
    okb_map_free(w->seen);
    okb_vec_free(&w->list);
    okb_arena_reset(&w->keep);
    okb_arena_reset(&w->scratch);
}

/* Bytes of a picture at the start of s: arrows, clocks, shapes, dingbats, emoji, and what joins them. 0 where there is none. */
static size_t picture_at(okb_span s)
{
    const unsigned char *p = (const unsigned char *)s.p;
    if (s.n >= 4 && p[0] == 0xF0 && p[1] == 0x9F)
        return 4;
    if (s.n < 3)
        return 0;
    bool is_symbol = p[0] == 0xE2 && ((p[1] >= 0x86 && p[1] <= 0x87) || (p[1] >= 0x8C && p[1] <= 0x8F) ||
                                      (p[1] >= 0x96 && p[1] <= 0x9E) || (p[1] >= 0xAC && p[1] <= 0xAF));
    bool is_joint = (p[0] == 0xE2 && p[1] == 0x80 && p[2] == 0x8D) || (p[0] == 0xE2 && p[1] == 0x83) ||
                    (p[0] == 0xEF && p[1] == 0xB8 && p[2] >= 0x80 && p[2] <= 0x8F);
    return is_symbol || is_joint ? 3 : 0;
}

okb_span okb_without_pictures(okb_arena *scratch, okb_span text)
{
    size_t first = 0;
    while (first < text.n && !((unsigned char)text.p[first] >= 0xE2 && picture_at(okb_span_sub(text, first, text.n))))
        first++;
    if (first == text.n)
        return text;
    char *out = okb_arena_alloc(scratch, text.n + 1, 1);
    size_t n = 0;
    for (size_t i = 0; i < text.n;) {
        size_t size = picture_at(okb_span_sub(text, i, text.n));
        if (size)
            i += size;
        else
            out[n++] = text.p[i++];
    }
    return okb_span_trim((okb_span){out, n});
}

/* The whole text, else what is left of it without its pictures. */
static uint32_t look_up(words *w, word_family family, okb_span text)
{
    char buffer[4 * LONGEST_WORD + 2];
    okb_span key = make_key(buffer, sizeof buffer, family, okb_text_fold(&w->scratch, text));
    uint32_t at = key.n ? okb_map_get(w->folded, key) : OKB_NONE;
    if (at != OKB_NONE)
        return at;
    okb_span bare = okb_without_pictures(&w->scratch, text);
    if (bare.n == 0 || bare.n == text.n)
        return OKB_NONE;
    key = make_key(buffer, sizeof buffer, family, okb_text_fold(&w->scratch, bare));
    return key.n ? okb_map_get(w->folded, key) : OKB_NONE;
}

const word *okb_words_find(words *w, word_family family, okb_span text)
{
    char buffer[LONGEST_WORD + 2];
    if (!may_be_word(w, family, text))
        return NULL;
    okb_span raw = make_key(buffer, sizeof buffer, family, text);
    if (raw.n == 0)
        return NULL;
    uint32_t seen = okb_map_get(w->seen, raw);
    if (seen != OKB_NONE)
        return seen ? &okb_vec_at(&w->list, word, seen - 1) : NULL;
    uint32_t at = look_up(w, family, text);
    if (okb_map_count(w->seen) < MOST_REMEMBERED)
        okb_map_put(w->seen, raw, at == OKB_NONE ? 0 : at + 1, NULL);
    okb_arena_reset(&w->scratch);
    return at == OKB_NONE ? NULL : &okb_vec_at(&w->list, word, at);
}

const word *okb_words_find_head(words *w, word_family family, okb_span text)
{
    const word *whole = okb_words_find(w, family, text);
    if (whole || text.n > LONGEST_PHRASE)
        return whole;
    size_t from = 0; /* "1 - On track", "2. At risk" */
    while (from < text.n && text.p[from] >= '0' && text.p[from] <= '9')
        from++;
    while (from > 0 && from < text.n && strchr(" .)-:", text.p[from]))
        from++;
    text = okb_span_sub(text, from, text.n);
    if (from && (whole = okb_words_find(w, family, text)) != NULL)
        return whole;
    static const char *const marks[] = {" - ", " \xE2\x80\x93 ", " \xE2\x80\x94 ", ":", " (", ",", ";", "\n", ". "};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        size_t cut = okb_span_find(text, okb_span_of(marks[i]));
        const word *found = cut == SIZE_MAX || cut == 0 ? NULL : okb_words_find(w, family, okb_span_sub(text, 0, cut));
        if (found)
            return found;
    }
    return NULL;
}

void okb_words_fiscal(words *w, int first_month)
{
    w->first_month = first_month;
}

int okb_words_first_month(const words *w)
{
    return w->first_month ? w->first_month : 1;
}

bool okb_words_missing(words *w, okb_span text)
{
    if (text.n == 0)
        return true;
    if (text.n > 32)
        return false;
    /* Numbers are by far the most frequent cells and never a word for nothing, but for the year 1. */
    if ((text.p[0] >= '1' && text.p[0] <= '9') || (text.p[0] == '0' && text.n > 1 && text.p[1] != '0'))
        return false;
    if (okb_words_find(w, W_MISSING, text))
        return true;
    bool only_marks = true;
    for (size_t i = 0; i < text.n && only_marks; i++)
        only_marks = text.p[i] == '-' || text.p[i] == '_' || text.p[i] == ' ';
    return only_marks;
}
