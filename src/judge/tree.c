/*
 * Reads a pattern into a tree, for its sketch. What a sketch does not follow (lookarounds of several characters, back references,
 * what stands far behind the beginning) is left out in a way that lets it accept more, never less.
 */
#include <string.h>

#include "sketch.h"

typedef struct reader {
    sketch *to;
    okb_arena *scratch;
    okb_span pattern;
    size_t at;
    int depth;
    bool is_failed, has_case;
    uint32_t least;            /* bytes that stand in front at least */
    uint16_t letter_sets[128]; /* of a letter in any case; 0: not made yet */
} reader;

enum { DEPTH_MAX = 60, FOLLOWED_BYTES = 12, NO_BYTE = 256 };
static const uint32_t UNBOUNDED = UINT32_MAX;

static tree *read_either(reader *r);

/* ---- sets of bytes ---------------------------------------------------------------------------------------------- */

static void add_byte(sketch_set *set, unsigned byte)
{
    set->bits[byte >> 6] |= (uint64_t)1 << (byte & 63);
}

static void add_range(sketch_set *set, unsigned from, unsigned to)
{
    for (unsigned byte = from; byte <= to && byte < 128; byte++)
        add_byte(set, byte);
    set->has_others = set->has_others || to >= 128;
}

void okb_set_add_word(sketch_set *set)
{
    add_range(set, '0', '9');
    add_range(set, 'a', 'z');
    add_range(set, 'A', 'Z');
    add_byte(set, '_');
    set->has_others = true;
}

static void add_blanks(sketch_set *set)
{
    add_range(set, 9, 13);
    add_byte(set, ' ');
    set->has_others = true;
}

static bool has_byte(const sketch_set *set, unsigned byte)
{
    return set->bits[byte >> 6] >> (byte & 63) & 1;
}

static void merge(sketch_set *set, const sketch_set *more)
{
    set->bits[0] |= more->bits[0];
    set->bits[1] |= more->bits[1];
    set->has_others = set->has_others || more->has_others;
}

/* Letters in both cases. U+017F and U+212A are other cases of s and k. */
static void ignore_case(sketch_set *set)
{
    for (unsigned low = 'a'; low <= 'z'; low++) {
        if (!has_byte(set, low) && !has_byte(set, low - 32))
            continue;
        add_byte(set, low);
        add_byte(set, low - 32);
        set->has_others = set->has_others || low == 'k' || low == 's';
    }
}

/* Of bytes that stand in texts: the byte 0 is a text's end. What is not followed beyond ASCII is in the other set as well. */
void okb_set_negate(sketch_set *set)
{
    set->bits[0] = ~set->bits[0] & ~(uint64_t)1;
    set->bits[1] = ~set->bits[1];
    set->has_others = true;
}

unsigned okb_set_size(const sketch_set *set)
{
    unsigned n = 0;
    for (unsigned byte = 0; byte < 128; byte++)
        n += has_byte(set, byte);
    return n;
}

static tree *new_tree(reader *r, tree_form form)
{
    tree *t = OKB_NEW(r->scratch, tree);
    t->form = form;
    return t;
}

static tree *bytes_of(reader *r, tree_form form, const sketch_set *set)
{
    tree *t = new_tree(r, form);
    t->set = okb_sketch_set(r->to, set);
    t->least = form == TREE_BYTES;
    return t;
}

static tree *literal_of(reader *r, unsigned char byte)
{
    bool is_letter = (byte | 32) >= 'a' && (byte | 32) <= 'z';
    if (is_letter && !r->has_case && r->letter_sets[byte | 32]) {
        tree *t = new_tree(r, TREE_BYTES);
        t->set = r->letter_sets[byte | 32];
        t->least = 1;
        return t;
    }
    sketch_set set = {.has_others = byte >= 0x80};
    if (byte < 0x80)
        add_byte(&set, byte);
    if (!r->has_case)
        ignore_case(&set);
    tree *t = bytes_of(r, TREE_BYTES, &set);
    if (is_letter && !r->has_case)
        r->letter_sets[byte | 32] = t->set;
    return t;
}

/* ---- reading ---------------------------------------------------------------------------------------------------- */

static bool has_more(const reader *r)
{
    return r->at < r->pattern.n;
}

static char peek(const reader *r, size_t ahead)
{
    return r->at + ahead < r->pattern.n ? r->pattern.p[r->at + ahead] : '\0';
}

static bool is_at(const reader *r, okb_span text)
{
    return okb_span_starts(okb_span_sub(r->pattern, r->at, r->pattern.n), text);
}

/* A whole character; beyond ASCII one is as good as another. The other cases of s and k are not told apart from them. */
static unsigned char read_char(reader *r)
{
    unsigned char first = (unsigned char)r->pattern.p[r->at];
    r->is_failed = r->is_failed || is_at(r, OKB_S("\xC5\xBF")) || is_at(r, OKB_S("\xE2\x84\xAA"));
    r->at++;
    while (first >= 0x80 && has_more(r) && ((unsigned char)peek(r, 0) & 0xC0) == 0x80)
        r->at++;
    return first;
}

static int hex_of(char c)
{
    return c >= '0' && c <= '9' ? c - '0' : (c | 32) >= 'a' && (c | 32) <= 'f' ? (c | 32) - 'a' + 10 : -1;
}

/* An escape that stands for one byte of a set, behind its backslash. False: it stands for something else. */
static bool read_escaped_set(reader *r, sketch_set *set)
{
    char kind = peek(r, 0);
    sketch_set made = {0};
    switch (kind) {
    case 'd':
    case 'D':
        add_range(&made, '0', '9');
        made.has_others = true;
        break;
    case 'w':
    case 'W':
        okb_set_add_word(&made);
        break;
    case 's':
    case 'S':
    case 'h':
        add_blanks(&made);
        break;
    case 'n':
    case 'r':
    case 't':
        add_range(&made, 9, 13);
        break;
    case 'p':
    case 'P':
        add_range(&made, 1, 128);
        if (peek(r, 1) == '{')
            while (has_more(r) && peek(r, 0) != '}')
                r->at++;
        else
            r->at++;
        break;
    case 'x': {
        unsigned code = 0;
        bool has_brace = peek(r, 1) == '{';
        r->at += has_brace ? 2 : 1;
        for (int i = 0; hex_of(peek(r, 0)) >= 0 && (has_brace || i < 2); i++)
            code = code << 4 | (unsigned)hex_of(r->pattern.p[r->at++]);
        r->is_failed = r->is_failed || (has_brace && peek(r, 0) != '}') || code == 0x17F || code == 0x212A;
        r->at -= has_brace ? 0 : 1;
        add_range(&made, code < 128 ? code : 128, code < 128 ? code : 128);
        break;
    }
    default:
        if ((kind >= '0' && kind <= '9') || (kind >= 'a' && kind <= 'z') || (kind >= 'A' && kind <= 'Z') ||
            !has_more(r))
            return false;
        unsigned char byte = read_char(r);
        add_range(&made, byte < 128 ? byte : 128, byte < 128 ? byte : 128);
        r->at--;
        break;
    }
    r->at++;
    if (kind == 'D' || kind == 'W' || kind == 'S')
        okb_set_negate(&made);
    merge(set, &made);
    return true;
}

/* A member of a set: a byte (128: a character beyond ASCII), or NO_BYTE and a set. */
static unsigned read_member(reader *r, sketch_set *set)
{
    if (peek(r, 0) == '[' && peek(r, 1) == ':')
        r->is_failed = true;
    unsigned byte = NO_BYTE;
    if (peek(r, 0) != '\\') {
        byte = read_char(r);
    } else {
        r->at++;
        r->is_failed = r->is_failed || !read_escaped_set(r, set);
        if (okb_set_size(set) == 0 && set->has_others)
            byte = 128;
        else if (okb_set_size(set) == 1 && !set->has_others)
            byte =
                set->bits[0] ? (unsigned)__builtin_ctzll(set->bits[0]) : 64 + (unsigned)__builtin_ctzll(set->bits[1]);
    }
    return byte == NO_BYTE || byte < 128 ? byte : 128;
}

static void read_set(reader *r, sketch_set *set)
{
    *set = (sketch_set){0};
    r->at++;
    bool is_negated = peek(r, 0) == '^', is_first = true;
    bool has_far_range = false;
    r->at += is_negated;
    while (has_more(r) && (is_first || peek(r, 0) != ']') && !r->is_failed) {
        is_first = false;
        sketch_set from = {0}, to = {0};
        unsigned first = read_member(r, &from), last = first;
        if (peek(r, 0) == '-' && peek(r, 1) != ']' && has_more(r)) {
            r->at++;
            last = read_member(r, &to);
            r->is_failed = r->is_failed || first == NO_BYTE || last == NO_BYTE;
            has_far_range = has_far_range || last >= 128;
        }
        if (first == NO_BYTE)
            merge(set, &from);
        else
            add_range(set, first, last);
    }
    r->is_failed = r->is_failed || !has_more(r);
    r->at++;
    /* The other cases of s and k may be in a range. */
    if (has_far_range && !is_negated) {
        add_byte(set, 's');
        add_byte(set, 'k');
        set->has_others = true;
    }
    if (!r->has_case)
        ignore_case(set);
    if (is_negated)
        okb_set_negate(set);
}

static void skip_group(reader *r)
{
    for (int depth = 1; has_more(r) && depth && !r->is_failed;) {
        char byte = peek(r, 0);
        sketch_set ignored;
        if (byte == '[') {
            read_set(r, &ignored);
            continue;
        }
        r->at += byte == '\\' ? 2 : 1;
        depth += byte == '(' ? 1 : byte == ')' ? -1 : 0;
    }
}

/* A lookaround that is about one byte; the reader stands behind its sign, and afterwards behind its bracket. */
static bool read_one_byte(reader *r, sketch_set *set)
{
    size_t from = r->at;
    *set = (sketch_set){0};
    bool is_set = true;
    if (peek(r, 0) == '[') {
        read_set(r, set);
    } else if (peek(r, 0) == '\\') {
        r->at++;
        is_set = read_escaped_set(r, set);
    } else {
        is_set = false;
    }
    if (is_set && !r->is_failed && peek(r, 0) == ')') {
        r->at++;
        return true;
    }
    r->at = from;
    return false;
}

/* What the alternatives of a lookbehind end with, where that are plain characters; what they begin with may be more. */
static bool read_ends(reader *r, sketch_set *set)
{
    size_t from = r->at;
    *set = (sketch_set){0};
    unsigned char last = 0;
    while (has_more(r)) {
        char byte = peek(r, 0);
        if (byte == '|' || byte == ')') {
            if (last == 0 || last >= 0x80)
                break;
            add_byte(set, last);
            last = 0;
            r->at++;
            if (byte == ')') {
                ignore_case(set);
                return true;
            }
        } else if (byte == '[') {
            sketch_set ignored;
            read_set(r, &ignored);
            last = 0;
        } else if (strchr("\\(?*+{.^$", byte)) {
            break;
        } else {
            last = read_char(r);
        }
    }
    r->at = from;
    return false;
}

static tree *read_look(reader *r, bool is_ahead, bool is_wanted)
{
    sketch_set set;
    if (read_one_byte(r, &set)) {
        if (!is_wanted) {
            /* A byte that is not followed, and the end of the text, are no reason to refuse. */
            okb_set_negate(&set);
            add_byte(&set, 0);
        }
        return bytes_of(r, is_ahead ? TREE_AHEAD : TREE_BEHIND, &set);
    }
    if (!is_ahead && is_wanted && read_ends(r, &set))
        return bytes_of(r, TREE_BEHIND, &set);
    if (!is_ahead || !is_wanted) {
        skip_group(r);
        return new_tree(r, TREE_NOTHING);
    }
    tree *t = new_tree(r, TREE_GOES_ON);
    t->a = read_either(r);
    r->is_failed = r->is_failed || peek(r, 0) != ')';
    r->at++;
    return t;
}

static tree *read_group(reader *r)
{
    bool had_case = r->has_case;
    if (is_at(r, OKB_S("(?<="))) {
        r->at += 4;
        return read_look(r, false, true);
    }
    if (is_at(r, OKB_S("(?<!"))) {
        r->at += 4;
        return read_look(r, false, false);
    }
    if (is_at(r, OKB_S("(?=")) || is_at(r, OKB_S("(?!"))) {
        bool is_wanted = peek(r, 2) == '=';
        r->at += 3;
        return read_look(r, true, is_wanted);
    }
    if (is_at(r, OKB_S("(*"))) {
        r->at += 2;
        skip_group(r);
        return new_tree(r, TREE_CUT);
    }
    if (is_at(r, OKB_S("(?:"))) {
        r->at += 3;
    } else if (is_at(r, OKB_S("(?-i:"))) {
        r->at += 5;
        r->has_case = true;
    } else if (is_at(r, OKB_S("(?i:"))) {
        r->at += 4;
        r->has_case = false;
    } else if (is_at(r, OKB_S("(?<"))) {
        while (has_more(r) && peek(r, 0) != '>')
            r->at++;
        r->at++;
    } else if (is_at(r, OKB_S("(?"))) {
        r->is_failed = true;
        return new_tree(r, TREE_CUT);
    } else {
        r->at++;
    }
    tree *t = read_either(r);
    r->is_failed = r->is_failed || peek(r, 0) != ')';
    r->at++;
    r->has_case = had_case;
    return t;
}

static tree *read_escape(reader *r)
{
    sketch_set set = {0};
    r->at++;
    char kind = peek(r, 0);
    if (kind == 'b' || kind == 'B') {
        r->at++;
        return new_tree(r, kind == 'b' ? TREE_BOUNDARY : TREE_NOTHING);
    }
    if (kind == 'A' || kind == 'z' || kind == 'Z') {
        r->at++;
        add_byte(&set, 0);
        return bytes_of(r, kind == 'A' ? TREE_BEHIND : TREE_AHEAD, &set);
    }
    if (kind >= '1' && kind <= '9') {
        r->at++;
        return new_tree(r, TREE_CUT);
    }
    if (!read_escaped_set(r, &set)) {
        r->is_failed = true;
        return new_tree(r, TREE_CUT);
    }
    return bytes_of(r, TREE_BYTES, &set);
}

static tree *read_atom(reader *r)
{
    sketch_set set = {0};
    switch (peek(r, 0)) {
    case '(':
        return read_group(r);
    case '[':
        read_set(r, &set);
        return bytes_of(r, TREE_BYTES, &set);
    case '\\':
        return read_escape(r);
    case '.':
        r->at++;
        add_range(&set, 1, 128);
        return bytes_of(r, TREE_BYTES, &set);
    case '^':
    case '$':
        add_byte(&set, 0);
        return bytes_of(r, r->pattern.p[r->at++] == '^' ? TREE_BEHIND : TREE_AHEAD, &set);
    default:
        return literal_of(r, read_char(r));
    }
}

/* "{2}", "{0,3}", "{2,}" behind an atom. */
static bool read_counts(reader *r, uint32_t *low, uint32_t *high)
{
    size_t at = r->at + 1;
    uint32_t counts[2] = {0, UNBOUNDED};
    int which = 0;
    if (at >= r->pattern.n || r->pattern.p[at] < '0' || r->pattern.p[at] > '9')
        return false;
    for (; at < r->pattern.n && r->pattern.p[at] != '}'; at++) {
        char byte = r->pattern.p[at];
        if (byte == ',' && which == 0) {
            which = 1;
        } else if (byte >= '0' && byte <= '9') {
            uint32_t before = counts[which] == UNBOUNDED ? 0 : counts[which];
            counts[which] = before > 9999 ? before : before * 10 + (uint32_t)(byte - '0');
        } else {
            return false;
        }
    }
    *low = counts[0];
    *high = which ? counts[1] : counts[0];
    r->at = at + 1;
    return true;
}

static tree *read_repeated(reader *r)
{
    tree *of = read_atom(r);
    uint32_t low = 1, high = 1;
    char byte = peek(r, 0);
    if (byte == '?' || byte == '*' || byte == '+') {
        low = byte == '+';
        high = byte == '?' ? 1 : UNBOUNDED;
        r->at++;
    } else if (byte != '{' || !read_counts(r, &low, &high)) {
        return of;
    }
    if (peek(r, 0) == '?' || peek(r, 0) == '+')
        r->at++;
    tree *t = new_tree(r, TREE_REPEAT);
    t->a = of;
    t->low = low;
    t->high = high;
    t->least = low > FOLLOWED_BYTES ? FOLLOWED_BYTES : low * of->least;
    return t;
}

/* To the end of the alternative that the reader is in. */
static void skip_alternative(reader *r)
{
    while (has_more(r) && peek(r, 0) != '|' && peek(r, 0) != ')' && !r->is_failed) {
        sketch_set ignored;
        char byte = peek(r, 0);
        if (byte == '[') {
            read_set(r, &ignored);
            continue;
        }
        r->at += byte == '\\' ? 2 : 1;
        if (byte == '(')
            skip_group(r);
    }
}

static tree *read_sequence(reader *r)
{
    tree *all = NULL;
    uint32_t before = r->least;
    while (has_more(r) && peek(r, 0) != '|' && peek(r, 0) != ')' && !r->is_failed) {
        tree *pair = new_tree(r, TREE_SEQUENCE);
        pair->a = r->least < FOLLOWED_BYTES ? read_repeated(r) : new_tree(r, TREE_CUT);
        pair->b = all;
        all = pair;
        r->least += pair->a->least;
        if (pair->a->form == TREE_CUT)
            skip_alternative(r);
    }
    if (!all)
        all = new_tree(r, TREE_NOTHING);
    all->least = r->least - before;
    r->least = before;
    return all;
}

static tree *read_either(reader *r)
{
    if (++r->depth > DEPTH_MAX)
        r->is_failed = true;
    tree *all = read_sequence(r);
    while (!r->is_failed && peek(r, 0) == '|') {
        r->at++;
        tree *both = new_tree(r, TREE_EITHER);
        both->a = all;
        both->b = read_sequence(r);
        both->least = all->least < both->b->least ? all->least : both->b->least;
        all = both;
    }
    r->depth--;
    return all;
}

const tree *okb_tree_read(sketch *to, okb_span pattern, okb_arena *scratch)
{
    reader r = {.to = to, .scratch = scratch, .pattern = pattern};
    const tree *t = read_either(&r);
    return r.is_failed || has_more(&r) ? NULL : t;
}
