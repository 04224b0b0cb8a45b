/* Each encoding, told from the bytes or named; what cannot be decoded; what is no text. */
#include "test.h"

#include <iconv.h>

#include "okrbook/read.h"

/* Literals may hold NUL bytes. */
#define B(literal)                                                                                                     \
    {                                                                                                                  \
        (literal), sizeof(literal) - 1                                                                                 \
    }

typedef struct bytes {
    const char *p;
    size_t n;
} bytes;

/* ENCODING: the cells of all rows, joined; then each repair as *WHATxCOUNT@LINE (its first two words); or !CODE LINE. */
static okb_span shown(okb_arena *keep, bytes b, const char *encoding)
{
    okb_table table;
    okb_err err = {.code = OKB_OK};
    const okb_read_options options = {.encoding = okb_span_of(encoding)};
    okb_code code = okb_read_table((okb_span){b.p, b.n}, OKB_S("f.csv"), &options, keep, &table, &err);
    if (code != OKB_OK)
        return okb_arena_printf(keep, "!%d %u", (int)code, err.line);
    okb_buf out = {NULL, 0, 0};
    okb_buf_printf(&out, "%.*s: ", OKB_FMT(table.encoding));
    for (size_t i = 0; i < table.n_rows; i++)
        for (size_t j = 0; j < table.rows[i].n_cells; j++)
            okb_buf_printf(&out, "%.*s|", OKB_FMT(okb_table_cell(&table, i, j)));
    for (size_t i = 0; i < table.n_repairs; i++)
        okb_buf_printf(&out, " *%.*s x%u@%u", OKB_FMT(table.repairs[i].what), table.repairs[i].count,
                       table.repairs[i].first_line);
    okb_span text = okb_arena_copy(keep, okb_buf_span(&out));
    okb_buf_free(&out);
    return text;
}

#define REPLACED " *byte that is not in the encoding replaced "
#define CUT_OFF " *character cut off at the end replaced "

static void the_encoding_is_told_from_the_bytes(void **state)
{
    (void)state;
    static const struct {
        bytes in;
        const char *expected;
    } rows[] = {
        {B("a,b\n1,2\n"), "UTF-8: a|b|1|2|"},
        {B("\xEF\xBB\xBF"
           "a,b\n"),
         "UTF-8: a|b|"},
        {B("\xEF\xBB\xBF\"a\",b\n"), "UTF-8: a|b|"},
        {B("\xEF\xBB\xBF\xEF\xBB\xBF\"a\",b\n"), "UTF-8: a|b|"},
        {B("Zo\xC3\xAB,\xE2\x82\xAC 5,\xF0\x9F\x8E\xAF\n"), "UTF-8: Zo\xC3\xAB|\xE2\x82\xAC 5|\xF0\x9F\x8E\xAF|"},
        {B("Zo\xEB,\x80 5,\x93x\x94\n"), "windows-1252: Zo\xC3\xAB|\xE2\x82\xAC 5|\xE2\x80\x9Cx\xE2\x80\x9D|"},
        {B("a,\xE4\n\xFC;\xDF\n"), "windows-1252: a|\xC3\xA4|\xC3\xBC;\xC3\x9F|"},
        {B("a,b\nc,\x81\n"), "windows-1252: a|b|c|\xEF\xBF\xBD|" REPLACED "x1@2"},
        {B("\xFF\xFE"
           "a\0,\0b\0\n\0"),
         "UTF-16LE: a|b|"},
        {B("\xFE\xFF\0a\0,\0b\0\n"), "UTF-16BE: a|b|"},
        {B("a\0,\0\xE9\0\n\0"), "UTF-16LE: a|\xC3\xA9|"},
        {B("\0a\0,\0\xE9\0\n"), "UTF-16BE: a|\xC3\xA9|"},
        {B("a\0"), "UTF-16LE: a|"},
        {B("\0a"), "UTF-16BE: a|"},
        {B("a\0,\0\0\x30\x01\x30\x01\x30\x01\x30,\0\x01\x30\n\0"),
         "UTF-16LE: a|\xE3\x80\x80\xE3\x80\x81\xE3\x80\x81\xE3\x80\x81|\xE3\x80\x81|"},
        {B("\xFF\xFE\0\0a\0\0\0,\0\0\0b\0\0\0"), "UTF-32LE: a|b|"},
        {B("\0\0\xFE\xFF\0\0\0a\0\0\0,\0\0\0b"), "UTF-32BE: a|b|"},
        {B("a\0\0\0,\0\0\0b\0\0\0\n\0\0\0"), "UTF-32LE: a|b|"},
        {B("\0\0\0a\0\0\0,\0\0\0b\0\0\0\n"), "UTF-32BE: a|b|"},
        /* Units whose bytes are a comma, a quote or a line end: U+2C22, U+0A0A, U+0D2C. */
        {B("\xFF\xFE"
           "a\0,\0\x22\x2C\n\x0A,\x0D,\0b\0\n\0"),
         "UTF-16LE: a|\xE2\xB0\xA2\xE0\xA8\x8A\xE0\xB4\xAC|b|"},
    };
    okb_arena keep;
    okb_arena_init(&keep, 0);
    for (size_t i = 0; i < COUNT_OF(rows); i++)
        assert_span(shown(&keep, rows[i].in, NULL), rows[i].expected, rows[i].expected);
    okb_arena_reset(&keep);
}

static void what_is_no_character_is_replaced_and_counted(void **state)
{
    (void)state;
    static const struct {
        bytes in;
        const char *encoding, *expected;
    } rows[] = {
        /* More good sequences than bad ones: UTF-8 that a program cut at 255 bytes or glued. */
        {B("\xC3\xA4,\xC3\xB6\nx,\xC3\n"), NULL, "UTF-8: \xC3\xA4|\xC3\xB6|x|\xEF\xBF\xBD|" REPLACED "x1@2"},
        {B("\xC3\xA4\xC3\xB6,\xE2\x82\n"), NULL, "UTF-8: \xC3\xA4\xC3\xB6|\xEF\xBF\xBD|" REPLACED "x1@1"},
        {B("\xC3\xA4\xC3\xB6\xC3\xBC,\xED\xA0\x80\n"), NULL,
         "windows-1252: \xC3\x83\xC2\xA4\xC3\x83\xC2\xB6\xC3\x83\xC2\xBC"
         "|\xC3\xAD\xC2\xA0\xE2\x82\xAC|"
         " *text looks decoded twice x1@1"},
        {B("a,\xC3\xA4\xC3\xB6\xC3\xBC\xC3\x9F\n\xC0\xAF,\xF5\n"), NULL,
         "UTF-8: a|\xC3\xA4\xC3\xB6\xC3\xBC\xC3\x9F|\xEF\xBF\xBD\xEF\xBF\xBD|\xEF\xBF\xBD|" REPLACED "x3@2"},
        /* As many bad ones as good ones: not UTF-8. */
        {B("\xC3\xA4,\xE4\n"), NULL, "windows-1252: \xC3\x83\xC2\xA4|\xC3\xA4| *text looks decoded twice x1@1"},
        {B("a,b\n\xE4\n"), "UTF-8", "UTF-8: a|b|\xEF\xBF\xBD|" REPLACED "x1@2"},
        {B("\xFF\xFE"
           "a\0,\0b\0\n\0c"),
         NULL, "UTF-16LE: a|b|\xEF\xBF\xBD|" CUT_OFF "x1@2"},
        {B("\xFF\xFE"
           "a\0\n\0\x00\xD8"
           "b\0,\0\x00\xDC\n\0"),
         NULL,
         "UTF-16LE: a|\xEF\xBF\xBD"
         "b|\xEF\xBF\xBD|" REPLACED "x2@2"},
        {B("\xFF\xFE"
           "a\0,\0\x3C\xD8"),
         NULL, "UTF-16LE: a|\xEF\xBF\xBD|" CUT_OFF "x1@1"},
        {B("\xFF\xFE\0\0a\0\0\0,\0\0\0\0\0\x11\0b\0\0\0"), NULL,
         "UTF-32LE: a|\xEF\xBF\xBD"
         "b|" REPLACED "x1@1"},
        {B("a,b\n\x83\x5C,\x83\xFF\n"), "SHIFT_JIS",
         "SHIFT_JIS: a|b|\xE3\x82\xBD|\xEF\xBF\xBD\xEF\xBF\xBD|" REPLACED "x2@2"},
    };
    okb_arena keep;
    okb_arena_init(&keep, 0);
    for (size_t i = 0; i < COUNT_OF(rows); i++)
        assert_span(shown(&keep, rows[i].in, rows[i].encoding), rows[i].expected, rows[i].expected);
    okb_arena_reset(&keep);
}

static void any_encoding_may_be_named(void **state)
{
    (void)state;
    static const struct {
        bytes in;
        const char *encoding, *expected;
    } rows[] = {
        {B("Ziel,Gr\xF6\xDF"
           "e\n"),
         "iso-8859-1",
         "iso-8859-1: Ziel|Gr\xC3\xB6\xC3\x9F"
         "e|"},
        {B("\xE8,\xBF\n"), "ISO-8859-2", "ISO-8859-2: \xC4\x8D|\xC5\xBC|"},
        {B("\x94,\x84\n"), "CP850", "CP850: \xC3\xB6|\xC3\xA4|"},
        {B("\xF3\xC5\xCC\xD8\n"), "KOI8-R", "KOI8-R: \xD0\xA1\xD0\xB5\xD0\xBB\xD1\x8C|"},
        /* The trail byte of the first character is a backslash, of the second a pipe. */
        {B("\x83\x5C|\x83\x7C\n"), "SHIFT_JIS", "SHIFT_JIS: \xE3\x82\xBD|\xE3\x83\x9D|"},
        {B("\xC4\xBF,\xB1\xEA\n"), "GB18030", "GB18030: \xE7\x9B\xAE|\xE6\xA0\x87|"},
        {B("a\0,\0b\0"), "UTF-16LE", "UTF-16LE: a|b|"},
        {B("\x1B$B%=\x1B(B,x\n"), "ISO-2022-JP", "ISO-2022-JP: \xE3\x82\xBD|x|"},
        {B("\xC0\xFA\n"), "euc_jp", "euc_jp: \xE7\x85\xBD|"},
        {B("a,\xC3\xA4\n"), "utf8", "utf8: a|\xC3\xA4|"},
        /* A mark says more than a name that was given for every file of the run. */
        {B("\xEF\xBB\xBF"
           "a,\xC3\xA4\n"),
         "iso-8859-1", "UTF-8: a|\xC3\xA4|"},
        {B("\xFF\xFE"
           "a\0,\0b\0"),
         "iso-8859-1", "UTF-16LE: a|b|"},
        {B("a,b\n"), "no-such-charset", "!64 0"},
        {B("a,b\n"), "UTF-8//IGNORE", "!64 0"},
        {B("a,b\n"), "../x", "!64 0"},
        {B("a,b\n"), "a-name-that-is-far-longer-than-any-encoding-was-ever-called-by-anyone", "!64 0"},
    };
    okb_arena keep;
    okb_arena_init(&keep, 0);
    for (size_t i = 0; i < COUNT_OF(rows); i++)
        assert_span(shown(&keep, rows[i].in, rows[i].encoding), rows[i].expected, rows[i].expected);
    okb_arena_reset(&keep);
}

static void what_is_no_text_is_refused_with_its_line(void **state)
{
    (void)state;
    static const struct {
        bytes in;
        const char *expected;
    } rows[] = {
        {B(""), "!65 0"},
        {B("\xEF\xBB\xBF"), "!65 0"},
        {B("\n \r\n\t\n"), "!65 0"},
        {B("a,b\nc,d\ne,f\0\n"), "!65 3"},
        {B("a,b\r\nc,\"\r\n\0\"\n"), "!65 3"},
        {B("PK\x03\x04\x14\0\x06\0"), "!65 1"},
        {B("\x89PNG\r\n\x1A\n\0\0\0\rIHDR"), "!65 1"},
        {B("%PDF-1.7\n"), "!65 1"},
        {B("\xEF\xBB\xBF \n<!doctype html>\n<p>Sign in"), "!65 1"},
        {B("[{\"a\": 1}]\n"), "!65 1"},
        {B("a,b\n\x01\x02\x03\x04\n"), "!65 2"},
        {B("a,b\nc,d\x01\ne,f and much more text\n"), "UTF-8: a|b|c|d\x01|e|f and much more text|"},
        {B("\xEF\xBB\xBF"
           "a,b\n\xEF\xBB\xBF\"a\",b\nc,\xEF\xBB\xBF\n"),
         "UTF-8: a|b|a|b|c|\xEF\xBB\xBF| *byte order mark inside the file dropped x1@2"},
        {B("a,b\r\xEF\xBB\xBF\xEF\xBB\xBF"
           "c,d\n\xEF\xBB\xBF\n\xEF\xBB\xBF"),
         "UTF-8: a|b|\xEF\xBB\xBF"
         "c|d| *byte order mark inside the file dropped x3@2"},
        {B("a,b\n\x1A"), "UTF-8: a|b| *end-of-file mark dropped x1@2"},
        {B("\xFF\xFE"
           "a\0,\0b\0\n\0\0\0"),
         "!65 2"},
        {B("abc\0"
           "def"),
         "!65 1"},
        {B("\xFF\xFE"
           "id,value\nA,1\n"),
         "!65 1"}, /* marks that lie */
        {B("\0\0\xFE\xFF"
           "id,value\nA,1\n"),
         "!65 1"},
        {B("a\v\f,b\n"), "UTF-8: a\v\f|b|"},
    };
    okb_arena keep;
    okb_arena_init(&keep, 0);
    for (size_t i = 0; i < COUNT_OF(rows); i++)
        assert_span(shown(&keep, rows[i].in, NULL), rows[i].expected, rows[i].expected);
    okb_arena_reset(&keep);
}

#define TWICE(count_at) " *text looks decoded twice " count_at

static void text_decoded_twice_is_seen_and_left_alone(void **state)
{
    (void)state;
    static const struct {
        const char *in, *repairs;
    } rows[] = {
        {"M\xC3\x83\xC2\xBCnchen", TWICE("x1@2")}, /* u umlaut */
        {"caf\xC3\x83\xC2\xA9\nna\xC3\x83\xC2\xAFve\nplain", TWICE("x2@2")},
        {"\xC3\x83\xC2\xA9\xC3\x83\xC2\xA9", TWICE("x1@2")},  /* two on a line */
        {"\xC3\xA2\xE2\x82\xAC\xE2\x84\xA2s", TWICE("x1@2")}, /* right quote: a circumflex, euro, trademark */
        {"\xC3\xB0\xC5\xB8\xC5\xBD\xC2\xAF", TWICE("x1@2")},  /* dart emoji */
        {"\xC3\x90\xC2\xA6\xC3\x90\xC2\xB5\xC3\x90\xC2\xBB\xC3\x91\xC5\x92", TWICE("x1@2")}, /* Cyrillic */
        {"\xC3\x83\xC2\xA0 la carte", TWICE("x1@2")}, /* a grave: A tilde and a no-break space */
        {"M\xC3\xBCnchen, caf\xC3\xA9, na\xC3\xAFve, \xE2\x82\xAC 5", ""},
        {"Spa\xC3\x9F\xE2\x80\x9C", ""}, /* sharp s before a German closing quote */
        {"CAF\xC3\x89\xC2\xBB \xC2\xAB"
         "B\xC3\x89\xC2\xAB",
         ""}, /* a capital before and after guillemets */
        {"CAF\xC3\x89\xC2\xA0: \xC3\x80\xC2\xA0"
         "5",
         ""},                                                        /* French no-break spaces */
        {"S\xC3\x83O PAULO, IRM\xC3\x83, MA\xC3\x87\xC3\x83S", ""},  /* A tilde in Portuguese */
        {"\xC3\x82 la fin, \xC3\xA2ge, \xC3\xA2\xE2\x82\xAC 5", ""}, /* a circumflex, euro, blank */
    };
    okb_arena keep;
    okb_arena_init(&keep, 0);
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        okb_span text = okb_arena_printf(&keep, "title\n\"%s\"\n", rows[i].in);
        okb_span got = shown(&keep, (bytes){text.p, text.n}, NULL);
        okb_span want = okb_arena_printf(&keep, "UTF-8: title|%s|%s", rows[i].in, rows[i].repairs);
        assert_span(got, want.p, rows[i].in);
    }
    okb_arena_reset(&keep);
}

/* The same text in every encoding that can hold it gives the same table. */
static void one_text_in_many_encodings_is_one_table(void **state)
{
    (void)state;
    static const char text[] = "Ziel;Verantwortlich;Stand\r\n"
                               "\"Gr\xC3\xB6\xC3\x9F"
                               "e \xC3\xA4ndern; \"\"schnell\"\"\";J\xC3\xBCrgen;1,5\r\n"
                               "\"zwei\r\nZeilen\";\xC3\x89lise;\xC2\xBD\r\n";
    static const char *const encodings[] = {"UTF-8",    "UTF-16LE", "UTF-16BE",    "UTF-32LE",
                                            "UTF-32BE", "CP1252",   "ISO-8859-15", "UTF-7"};
    okb_arena keep;
    okb_arena_init(&keep, 0);
    for (size_t i = 0; i < COUNT_OF(encodings); i++) {
        iconv_t to = iconv_open(encodings[i], "UTF-8");
        assert_true(to != (iconv_t)-1);
        char source[sizeof text], encoded[4 * sizeof text], *in = source, *out = encoded;
        memcpy(source, text, sizeof text);
        /* ISO-8859-15 has no one half. */
        size_t left = i == 6 ? sizeof text - 1 - 5 : sizeof text - 1, room = sizeof encoded;
        assert_int_equal(iconv(to, &in, &left, &out, &room), 0);
        iconv(to, NULL, NULL, &out, &room);
        iconv_close(to);
        okb_table table;
        okb_err err = {.code = OKB_OK};
        const okb_read_options options = {.encoding = i >= 6 ? okb_span_of(encodings[i]) : OKB_S("")};
        if (okb_read_table((okb_span){encoded, sizeof encoded - room}, OKB_S("f"), &options, &keep, &table, &err) !=
            OKB_OK)
            fail_msg("%s: %s", encodings[i], err.text);
        assert_int_equal(table.n_rows, 3);
        assert_int_equal(table.rows[2].line, 3);
        assert_int_equal(table.delimiter, ';');
        assert_span(okb_table_cell(&table, 1, 0),
                    "Gr\xC3\xB6\xC3\x9F"
                    "e \xC3\xA4ndern; \"schnell\"",
                    encodings[i]);
        assert_span(okb_table_cell(&table, 1, 1), "J\xC3\xBCrgen", encodings[i]);
        assert_span(okb_table_cell(&table, 2, 0), "zwei\r\nZeilen", encodings[i]);
        assert_span(okb_table_cell(&table, 2, 1), "\xC3\x89lise", encodings[i]);
    }
    okb_arena_reset(&keep);
}

static void the_digest_is_of_the_bytes_on_disk_also_of_a_refused_file(void **state)
{
    (void)state;
    static const bytes files[] = {B("\xFF\xFE"
                                    "a\0,\0b\0\n\0"),
                                  B("a,\"b\"\"c\"\n"), B("a,\"b\"\"c\",\"d\n")};
    okb_arena keep;
    okb_arena_init(&keep, 0);
    for (size_t i = 0; i < COUNT_OF(files); i++) {
        okb_span own = okb_arena_copy(&keep, (okb_span){files[i].p, files[i].n});
        char expected[65];
        okb_sha256_hex(own, expected);
        okb_table table;
        okb_err err = {.code = OKB_OK};
        const okb_read_options options = {.may_overwrite = true};
        okb_code code = okb_read_table(own, OKB_S("f"), &options, &keep, &table, &err);
        assert_int_equal(code, i == 2 ? OKB_E_DATA : OKB_OK);
        assert_string_equal(table.sha256, expected);
    }
    okb_arena_reset(&keep);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_encoding_is_told_from_the_bytes),
        cmocka_unit_test(what_is_no_character_is_replaced_and_counted),
        cmocka_unit_test(any_encoding_may_be_named),
        cmocka_unit_test(what_is_no_text_is_refused_with_its_line),
        cmocka_unit_test(text_decoded_twice_is_seen_and_left_alone),
        cmocka_unit_test(one_text_in_many_encodings_is_one_table),
        cmocka_unit_test(the_digest_is_of_the_bytes_on_disk_also_of_a_refused_file),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
