/* What may stand in a workbook: texts, sheet names, days, colours. */
#include "test.h"

#include "../../src/write/guard.h"
#include "../../src/write/styles.h"

#include <stdlib.h>

static okb_arena arena;
static okb_buf buf;

static int setup(void **state)
{
    (void)state;
    okb_arena_init(&arena, 0);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    okb_arena_reset(&arena);
    okb_buf_free(&buf);
    return 0;
}

static void texts_are_stored_so_that_they_read_back_as_they_were(void **state)
{
    (void)state;
    static const char *const rows[][2] = {
        {"plain", "plain"},
        {"a\r\nb\rc\nd", "a\nb\nc\nd"},
        {"bell\x07 and tab\t", "bell and tab\t"},
        {"_x0041_", "_x005F_x0041_"},
        {"_x0041_x0042_", "_x005F_x0041_x005F_x0042_"},
        {"_x12345_ _xGGGG_ _x004_", "_x12345_ _xGGGG_ _x004_"},
        {"\xEF\xBF\xBE\xEF\xBF\xBF!", "!"},
        {"bad \xFF byte", "bad \xEF\xBF\xBD byte"},
        {"half \xC3", "half \xEF\xBF\xBD"},
        {"surrogate \xED\xA0\x80", "surrogate \xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD"},
        {"=1+1", "=1+1"},
        {"\xF0\x9F\x9A\x80", "\xF0\x9F\x9A\x80"},
        {"\xD8\xB9\xD8\xB1\xD8\xA8\xD9\x8A", "\xD8\xB9\xD8\xB1\xD8\xA8\xD9\x8A"},
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++)
        assert_span(okb_guard_text(&buf, okb_span_of(rows[i][0]), 32767, NULL), rows[i][1], rows[i][0]);
}

static void a_text_that_needs_nothing_is_not_copied(void **state)
{
    (void)state;
    okb_span text = okb_arena_copy(&arena, OKB_S("as it is"));
    assert_ptr_equal(okb_guard_text(&buf, text, 32767, NULL).p, text.p);
}

/* n times one character. */
static okb_span many(const char *character, size_t n)
{
    size_t size = strlen(character);
    char *bytes = OKB_NEW_N(&arena, char, n *size + 1);
    for (size_t i = 0; i < n; i++)
        memcpy(bytes + i * size, character, size);
    return (okb_span){bytes, n * size};
}

static void long_texts_end_in_a_mark_within_the_limit(void **state)
{
    (void)state;
    static const struct {
        const char *character;
        size_t n;
        bool is_cut;
    } rows[] = {{"a", 32767, false},
                {"a", 32768, true},
                {"\xF0\x9F\x98\x80", 16383, false},
                {"\xF0\x9F\x98\x80", 16384, true},
                {"\r\n", 32767, false},
                {"\xC3\xA9", 40000, true}};
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        bool is_cut;
        okb_span stored = okb_guard_text(&buf, many(rows[i].character, rows[i].n), 32767, &is_cut);
        assert_int_equal(is_cut, rows[i].is_cut);
        assert_true(okb_utf16_units(stored) <= 32767);
        assert_true(okb_utf8_valid(stored));
        assert_int_equal(okb_span_ends(stored, OKB_S("[cut]")), rows[i].is_cut);
    }
}

static void sheet_names_are_allowed_and_unique(void **state)
{
    (void)state;
    static const char *const rows[][2] = {
        {"Growth", "Growth"},
        {"growth", "growth (2)"},
        {"GROWTH", "GROWTH (3)"},
        {"Growth (2)", "Growth (2) (2)"},
        {"R&D [core]: a/b\\c*d?", "R&D core a b c d"},
        {"'quoted'", "quoted"},
        {"'  'nested' '", "nested"},
        {"", "Unnamed"},
        {"  ", "Unnamed (2)"},
        {"[]", "Unnamed (3)"},
        {"History", "History (2)"},
        {"history", "history (3)"},
        {"\xC3\x89quipe", "\xC3\x89quipe"},
        {"\xC3\xA9quipe", "\xC3\xA9quipe (2)"},
        {"A name of more than thirty-one characters", "A name of more than thirty-one"},
        {"A name of more than thirty-one letters", "A name of more than thirty- (2)"},
        {"tab\there", "tab here"},
        {"\xE9\x83\xA8\xE9\x96\x80", "\xE9\x83\xA8\xE9\x96\x80"},
        {"_x0041_", "x0041_"},
        {"_x0041_x0042_ b", "x0041 x0042_ b"},
        {"_x00_", "_x00_"},
        {"Sales", "Sales"},
        {"\xEF\xBC\xB3\xEF\xBC\xA1les", "\xEF\xBC\xB3\xEF\xBC\xA1les (2)"}, /* full width */
        {"\xE3\x82\xB7\xE3\x83\xBC", "\xE3\x82\xB7\xE3\x83\xBC"},
        {"\xE3\x81\x97\xE3\x83\xBC", "\xE3\x81\x97\xE3\x83\xBC (2)"}, /* the other kana */
        {"\xC4\xB0z", "\xC4\xB0z"},
        {"\xC4\xB1Z", "\xC4\xB1Z (2)"}, /* one letter in Turkish, two to a spreadsheet */
    };
    okb_map *taken = okb_map_new();
    for (size_t i = 0; i < COUNT_OF(rows); i++)
        assert_span(okb_guard_sheet_name(&arena, taken, okb_span_of(rows[i][0])), rows[i][1], rows[i][0]);
    okb_map_free(taken);
}

static void sheet_names_are_counted_in_utf16(void **state)
{
    (void)state;
    okb_map *taken = okb_map_new();
    for (int i = 0; i < 3; i++) {
        okb_span name = okb_guard_sheet_name(&arena, taken, many("\xF0\x9F\x98\x80", 31));
        assert_true(okb_utf16_units(name) <= 31);
        assert_true(okb_utf8_valid(name));
    }
    okb_map_free(taken);
}

static void a_thousand_equal_names_take_a_thousand_steps(void **state)
{
    (void)state;
    okb_map *taken = okb_map_new(), *seen = okb_map_new();
    for (int i = 0; i < 5000; i++) {
        okb_span name = okb_guard_sheet_name(&arena, taken, OKB_S("The same name for every team there is"));
        bool is_new;
        (void)okb_map_put(seen, name, 1, &is_new);
        assert_true(is_new);
        assert_true(okb_utf16_units(name) <= 31);
    }
    okb_map_free(seen);
    okb_map_free(taken);
}

static void days_have_the_numbers_that_spreadsheets_give_them(void **state)
{
    (void)state;
    static const struct {
        int year, month, day, serial;
    } rows[] = {{1900, 1, 1, 1},     {1900, 2, 28, 59},    {1900, 3, 1, 61},
                {1970, 1, 1, 25569}, {2026, 8, 28, 46262}, {9999, 12, 31, 2958465}};
    for (size_t i = 0; i < COUNT_OF(rows); i++)
        assert_int_equal(okb_guard_serial(okb_day_of(rows[i].year, rows[i].month, rows[i].day)), rows[i].serial);
    assert_int_equal(okb_guard_serial(OKB_DAY_NONE), 0);
    assert_int_equal(okb_guard_serial(okb_day_of(1900, 1, 1) - 1), 0);
    assert_int_equal(okb_guard_serial(okb_day_of(9999, 12, 31) + 1), 0);
}

static void colours_can_be_read_on_each_other(void **state)
{
    (void)state;
    const double least = 4.5; /* WCAG 2, level AA */
    for (int rag = 0; rag < 2; rag++) {
        for (int i = 0; i < OKB_STATUS_LOOKS; i++)
            assert_true(okb_colour_contrast(okb_looks[i].fill[rag], okb_looks[i].ink[rag]) >= least);
        for (int i = 0; i < 3; i++)
            assert_true(okb_colour_contrast(okb_palette_of(rag)->tint[i], OKB_INK) >= least);
    }
    static const uint32_t inks[] = {OKB_INK, OKB_INK_MUTED, OKB_INK_LINK, OKB_INK_INPUT, OKB_ACCENT};
    static const uint32_t grounds[] = {OKB_PAPER, OKB_BAND, OKB_TILE, OKB_TINT_GREY};
    for (size_t i = 0; i < COUNT_OF(inks); i++)
        for (size_t k = 0; k < COUNT_OF(grounds); k++)
            assert_true(okb_colour_contrast(inks[i], grounds[k]) >= least);
    assert_true(okb_colour_contrast(OKB_BAR, OKB_INK) >= least); /* figures stand on the bars */
    assert_near(okb_colour_contrast(0x000000, 0xFFFFFF), 21, "black on white");
}

static void every_status_has_a_shape_of_its_own(void **state)
{
    (void)state;
    for (int i = 0; i < OKB_STATUS_LOOKS; i++)
        for (int k = 0; k < i; k++)
            assert_string_not_equal(okb_looks[i].shape, okb_looks[k].shape);
}

static void a_logo_is_a_whole_png(void **state)
{
    (void)state;
    static const char png[] = "\x89PNG\r\n\x1a\n"
                              "\0\0\0\rIHDR\0\0\x01\x2c\0\0\0\x40\x08\x02\0\0\0CRC."
                              "\0\0\0\x04IDAT....CRC."
                              "\0\0\0\0IENDCRC.";
    const okb_span whole = {png, sizeof png - 1};
    double width = 0, height = 0;
    assert_true(okb_guard_png(whole, &width, &height));
    assert_int_equal(width, 300);
    assert_int_equal(height, 64);
    for (size_t n = 0; n < whole.n; n++)
        assert_false(okb_guard_png(okb_span_sub(whole, 0, n), &width, &height));
    assert_false(okb_guard_png(OKB_S("\xff\xd8\xff\xe0 a photograph with another name"), &width, &height));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(texts_are_stored_so_that_they_read_back_as_they_were),
        cmocka_unit_test(a_text_that_needs_nothing_is_not_copied),
        cmocka_unit_test(long_texts_end_in_a_mark_within_the_limit),
        cmocka_unit_test(sheet_names_are_allowed_and_unique),
        cmocka_unit_test(sheet_names_are_counted_in_utf16),
        cmocka_unit_test(a_thousand_equal_names_take_a_thousand_steps),
        cmocka_unit_test(days_have_the_numbers_that_spreadsheets_give_them),
        cmocka_unit_test(colours_can_be_read_on_each_other),
        cmocka_unit_test(every_status_has_a_shape_of_its_own),
        cmocka_unit_test(a_logo_is_a_whole_png),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
