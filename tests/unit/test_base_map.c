/* The hash map against what was put into it: many keys, keys that are near each other, odd keys. */
#include "test.h"

#include "okrbook/base.h"

enum { MANY = 50000 };

static okb_span key_of(char *buffer, size_t size, const char *head, unsigned i)
{
    int n = snprintf(buffer, size, "%s%u", head, i);
    return (okb_span){buffer, (size_t)n};
}

static void every_key_is_found_again_with_its_value(void **state)
{
    (void)state;
    static const char *const heads[] = {"", "KR-", "goals whose ids are longer than a few words, number "};
    for (size_t f = 0; f < COUNT_OF(heads); f++) {
        char buffer[100];
        bool is_new;
        okb_map *map = okb_map_new();
        for (unsigned i = 0; i < MANY; i++) {
            assert_int_equal(okb_map_get(map, key_of(buffer, sizeof buffer, heads[f], i)), OKB_NONE);
            assert_int_equal(*okb_map_put(map, key_of(buffer, sizeof buffer, heads[f], i), i * 3, &is_new), i * 3);
            assert_true(is_new);
        }
        assert_int_equal(okb_map_count(map), MANY);
        for (unsigned i = 0; i < MANY; i++) {
            assert_int_equal(okb_map_get(map, key_of(buffer, sizeof buffer, heads[f], i)), i * 3);
            assert_int_equal(*okb_map_put(map, key_of(buffer, sizeof buffer, heads[f], i), 7, &is_new), i * 3);
            assert_false(is_new);
        }
        assert_int_equal(okb_map_count(map), MANY);
        okb_map_free(map);
    }
}

static void keys_differ_in_length_and_in_every_byte(void **state)
{
    (void)state;
    char bytes[40] = {0};
    okb_map *map = okb_map_new();
    for (size_t n = 0; n <= sizeof bytes; n++) /* zeros alone */
        *okb_map_put(map, (okb_span){n ? bytes : NULL, n}, 0, NULL) = (uint32_t)n;
    for (size_t at = 0; at < sizeof bytes; at++) {
        bytes[at] = (char)0xFF;
        assert_int_equal(okb_map_get(map, (okb_span){bytes, sizeof bytes}), OKB_NONE);
        *okb_map_put(map, (okb_span){bytes, sizeof bytes}, 0, NULL) = (uint32_t)(1000 + at);
        bytes[at] = 0;
    }
    for (size_t n = 0; n <= sizeof bytes; n++)
        assert_int_equal(okb_map_get(map, (okb_span){bytes, n}), n);
    for (size_t at = 0; at < sizeof bytes; at++) {
        bytes[at] = (char)0xFF;
        assert_int_equal(okb_map_get(map, (okb_span){bytes, sizeof bytes}), 1000 + at);
        bytes[at] = 0;
    }
    okb_map_free(map);
}

static void an_empty_map_holds_nothing(void **state)
{
    (void)state;
    okb_map *map = okb_map_new();
    assert_int_equal(okb_map_count(map), 0);
    assert_int_equal(okb_map_get(map, OKB_S("a")), OKB_NONE);
    assert_int_equal(okb_map_get(map, (okb_span){NULL, 0}), OKB_NONE);
    okb_map_free(map);
    okb_map_free(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_key_is_found_again_with_its_value),
        cmocka_unit_test(keys_differ_in_length_and_in_every_byte),
        cmocka_unit_test(an_empty_map_holds_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
