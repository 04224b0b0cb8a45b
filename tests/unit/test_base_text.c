/* Spans, folding, UTF-16 lengths, arenas, maps and errors. */
#include "test.h"

static okb_arena arena;

static int setup(void **state)
{
    (void)state;
    okb_arena_init(&arena, 64); /* small, so that blocks change often */
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    okb_arena_reset(&arena);
    return 0;
}

static void names_fold_to_one_form(void **state)
{
    (void)state;
    static const char *const rows[][2] = {
        {"  Start_Date ", "start date"},
        {"\xEF\xBB\xBFTitle:", "title"},
        {"Key-Result *", "key result"},
        {"\xC3\x89quipe", "equipe"},
        {"Stra\xC3\x9F"
         "e",
         "strasse"},
        {"Note (%)", "note (%)"},
        {"Target\n100%", "target 100%"},
        {"a\t\tb", "a b"},
        {"", ""},
        {"***", ""},
        {"\xE2\x84\xAB", "a"}, /* the Angstrom sign */
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++)
        assert_span(okb_text_fold(&arena, okb_span_of(rows[i][0])), rows[i][1], rows[i][0]);
    assert_true(okb_text_same(OKB_S("Z\xC3\xBCrich  Office"), OKB_S("zurich office")));
    assert_false(okb_text_same(OKB_S("1.10"), OKB_S("1.1")));
}

static void wide_folding_takes_more_forms_for_one(void **state)
{
    (void)state;
    static const char *const rows[][2] = {
        {"\xEF\xBC\xB3\xEF\xBC\xA1les", "sales"},                 /* full width */
        {"\xEF\xBD\xBC\xEF\xBD\xB0", "\xE3\x82\xB7\xE3\x83\xBC"}, /* half-width katakana */
        {"\xE3\x81\x97\xE3\x83\xBC", "\xE3\x82\xB7\xE3\x83\xBC"}, /* hiragana */
        {"\xEF\xAC\x81rst", "first"},                             /* the ligature fi */
        {"\xC4\xB0st\xC4\xB1", "isti"},                           /* I with a dot, i without one */
        {"Stra\xC3\x9F"
         "e",
         "strasse"},
        {"Plain_Name", "plain name"},
        {"bad \xFF byte", "bad byte"},
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++)
        assert_span(okb_text_fold_wide(&arena, okb_span_of(rows[i][0])), rows[i][1], rows[i][0]);
    assert_false(okb_text_same(OKB_S("\xEF\xBC\xB3\xEF\xBC\xA1les"), OKB_S("sales")));
}

static void cleaning_keeps_what_a_reader_sees(void **state)
{
    (void)state;
    static const struct {
        const char *in;
        bool lines;
        const char *out;
    } rows[] = {
        {"  two  blanks ", false, "two blanks"},
        {"a\r\nb", true, "a\nb"},
        {"a\r\nb", false, "a b"},
        {"a\rb", true, "a\nb"},
        {"bell\x07!", false, "bell!"},
        {"e\xCC\x81", false, "\xC3\xA9"}, /* composed */
        {"\xF0\x9F\x9A\x80 up", false, "\xF0\x9F\x9A\x80 up"},
        {"x\n\n\ny\n", true, "x\ny"},
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++)
        assert_span(okb_text_clean(&arena, okb_span_of(rows[i].in), rows[i].lines), rows[i].out, rows[i].in);
}

static void utf16_is_counted_as_a_spreadsheet_does(void **state)
{
    (void)state;
    assert_int_equal(okb_utf16_units(OKB_S("a\xC3\xA9\xF0\x9F\x9A\x80")), 4);
    assert_span(okb_utf16_head(OKB_S("a\xF0\x9F\x9A\x80"
                                     "b"),
                               2),
                "a", "emoji does not fit");
    assert_span(okb_utf16_head(OKB_S("a\xF0\x9F\x9A\x80"
                                     "b"),
                               3),
                "a\xF0\x9F\x9A\x80", "emoji fits");
    assert_true(okb_utf8_valid(OKB_S("\xF4\x8F\xBF\xBF")));
    assert_false(okb_utf8_valid(OKB_S("\xED\xA0\x80")));
    assert_false(okb_utf8_valid(OKB_S("\xC0\xAF")));
    assert_false(okb_utf8_valid(OKB_S("abc\xE2\x82")));
}

static void spans_cut_and_find(void **state)
{
    (void)state;
    okb_span rest = OKB_S("a,b,,c");
    assert_span(okb_span_cut(&rest, ','), "a", "first");
    assert_span(okb_span_cut(&rest, ','), "b", "second");
    assert_span(okb_span_cut(&rest, ','), "", "empty one");
    assert_span(okb_span_cut(&rest, ','), "c", "last");
    assert_int_equal(rest.n, 0);
    assert_int_equal(okb_span_find(OKB_S("aaab"), OKB_S("ab")), 2);
    assert_int_equal(okb_span_find(OKB_S("ab"), OKB_S("abc")), SIZE_MAX);
    assert_true(okb_span_cmp(OKB_S("a"), OKB_S("ab")) < 0);
    assert_span(okb_span_trim(OKB_S("\xC2\xA0 x\xE2\x80\xAF\r\n")), "x", "blanks beyond ASCII");
}

static void maps_keep_the_first_value_and_survive_growth(void **state)
{
    (void)state;
    okb_map *map = okb_map_new();
    bool is_new = false;
    for (uint32_t i = 0; i < 5000; i++) {
        okb_span key = okb_arena_printf(&arena, "key %u", i);
        assert_int_equal(*okb_map_put(map, key, i, &is_new), i);
        assert_true(is_new);
    }
    assert_int_equal(*okb_map_put(map, OKB_S("key 17"), 99, &is_new), 17);
    assert_false(is_new);
    assert_int_equal(okb_map_get(map, OKB_S("key 4999")), 4999);
    assert_int_equal(okb_map_get(map, OKB_S("absent")), OKB_NONE);
    okb_map_put(map, (okb_span){NULL, 0}, 3, NULL);
    assert_int_equal(okb_map_get(map, OKB_S("")), 3);
    assert_int_equal(okb_map_count(map), 5001);
    okb_map_free(map);
}

static void the_first_error_wins(void **state)
{
    (void)state;
    okb_err err = {0};
    assert_int_equal(okb_fail_at(&err, OKB_E_DATA, OKB_S("a.csv"), 7, OKB_S("Due"), "cannot read '%s'", "x"),
                     OKB_E_DATA);
    assert_int_equal(okb_fail(&err, OKB_E_BUG, "later"), OKB_E_BUG);
    assert_string_equal(err.text, "cannot read 'x'");
    assert_string_equal(err.file, "a.csv");
    assert_int_equal(err.line, 7);
    assert_int_equal(err.code, OKB_E_DATA);
}

static void hashes_are_the_standard_ones(void **state)
{
    (void)state;
    char hex[65];
    okb_sha256_hex(OKB_S("abc"), hex);
    assert_string_equal(hex, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    okb_sha256_hex((okb_span){NULL, 0}, hex);
    assert_string_equal(hex, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_fold_to_one_form),
        cmocka_unit_test(wide_folding_takes_more_forms_for_one),
        cmocka_unit_test(cleaning_keeps_what_a_reader_sees),
        cmocka_unit_test(utf16_is_counted_as_a_spreadsheet_does),
        cmocka_unit_test(spans_cut_and_find),
        cmocka_unit_test(maps_keep_the_first_value_and_survive_growth),
        cmocka_unit_test(the_first_error_wins),
        cmocka_unit_test(hashes_are_the_standard_ones),
    };
    return cmocka_run_group_tests_name("base text", tests, setup, teardown);
}
