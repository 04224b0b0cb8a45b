/* Arenas and growing arrays: what is cleared, what stays where it is, and room that is made ahead. */
#include "test.h"

#include <stdlib.h>

#include "okrbook/base.h"

/* Leaves bytes that are not zero where the next blocks will come from. */
static void soil(size_t size)
{
    char *bytes = malloc(size);
    assert_non_null(bytes);
    memset(bytes, 0xA5, size);
    free(bytes);
}

static void cleared_pieces_are_zero_and_raw_ones_are_apart(void **state)
{
    (void)state;
    static const size_t sizes[] = {1, 15, 16, 17, 4000, 5000, 100000, 3};
    okb_arena arena;
    okb_arena_init(&arena, 0);
    unsigned char *raw[COUNT_OF(sizes)];
    for (size_t i = 0; i < COUNT_OF(sizes); i++) {
        soil(sizes[i] + 64);
        raw[i] = OKB_RAW_N(&arena, unsigned char, sizes[i]);
        memset(raw[i], (int)i + 1, sizes[i]);
        const unsigned char *cleared = OKB_NEW_N(&arena, unsigned char, sizes[i]);
        for (size_t k = 0; k < sizes[i]; k++)
            assert_int_equal(cleared[k], 0);
        assert_int_equal((uintptr_t)raw[i] % 16, 0);
    }
    for (size_t i = 0; i < COUNT_OF(sizes); i++)
        for (size_t k = 0; k < sizes[i]; k++)
            assert_int_equal(raw[i][k], i + 1);
    okb_arena_reset(&arena);
    assert_int_equal(arena.used_bytes, 0);
}

static void reserved_items_stay_where_they_are(void **state)
{
    (void)state;
    okb_vec vec = {0};
    *okb_vec_push(&vec, int) = 7;
    okb_vec_reserve(&vec, 1000, sizeof(int));
    const void *place = vec.items;
    for (int i = 0; i < 1000; i++) {
        int *item = okb_vec_push(&vec, int);
        assert_int_equal(*item, 0);
        *item = i;
    }
    assert_ptr_equal(vec.items, place);
    okb_vec_reserve(&vec, 0, sizeof(int)); /* nothing to do */
    assert_ptr_equal(vec.items, place);
    for (int i = 1000; i < 5000; i++)
        *okb_vec_push(&vec, int) = i;
    assert_int_equal(vec.n, 5001);
    assert_int_equal(okb_vec_at(&vec, int, 0), 7);
    for (size_t i = 1; i < vec.n; i++)
        assert_int_equal(okb_vec_at(&vec, int, i), i - 1);
    okb_vec_free(&vec);
    assert_int_equal(vec.n, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cleared_pieces_are_zero_and_raw_ones_are_apart),
        cmocka_unit_test(reserved_items_stay_where_they_are),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
