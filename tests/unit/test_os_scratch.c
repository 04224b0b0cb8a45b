/* Scratch files of the workbook library: in memory first, then on disk, the same to whoever reads them. */
#include "test.h"

#include "okrbook/os.h"

FILE *lxw_tmpfile(const char *tmpdir);

enum { BLOCK = 8192, MANY_BLOCKS = 12000 }; /* more bytes than are kept in memory */

static void fill(char *block, size_t ix)
{
    for (size_t i = 0; i < BLOCK; i++)
        block[i] = (char)((ix * 31 + i * 7) >> 3);
}

static void write_blocks(FILE *file, size_t n)
{
    char block[BLOCK];
    for (size_t ix = 0; ix < n; ix++) {
        fill(block, ix);
        assert_int_equal(fwrite(block, 1, BLOCK, file), BLOCK);
    }
}

static void check_blocks(FILE *file, size_t n)
{
    char block[BLOCK], want[BLOCK];
    rewind(file);
    for (size_t ix = 0; ix < n; ix++) {
        fill(want, ix);
        assert_int_equal(fread(block, 1, BLOCK, file), BLOCK);
        assert_memory_equal(block, want, BLOCK);
    }
    assert_int_equal(fread(block, 1, BLOCK, file), 0);
}

static void what_is_written_is_read_from_memory_and_from_disk(void **state)
{
    (void)state;
    static const size_t sizes[] = {0, 1, 8, 9, 500, MANY_BLOCKS};
    okb_err err = {0};
    okb_scratch_begin("/tmp");
    for (size_t i = 0; i < COUNT_OF(sizes); i++) {
        FILE *file = lxw_tmpfile(NULL);
        assert_non_null(file);
        write_blocks(file, sizes[i]);
        check_blocks(file, sizes[i]);
        assert_int_equal(fclose(file), 0);
    }
    assert_int_equal(okb_scratch_check(&err), OKB_OK);
}

static void a_place_is_found_again_and_written_over(void **state)
{
    (void)state;
    static const size_t sizes[] = {40, MANY_BLOCKS};
    for (size_t i = 0; i < COUNT_OF(sizes); i++) {
        char bytes[4] = "";
        okb_err err = {0};
        okb_scratch_begin("/tmp");
        FILE *file = lxw_tmpfile(NULL);
        assert_non_null(file);
        write_blocks(file, sizes[i]);
        assert_int_equal(fseek(file, 65534, SEEK_SET), 0); /* over the edge of a piece */
        assert_int_equal(fwrite("abcd", 1, 4, file), 4);
        assert_int_equal(fseek(file, -4, SEEK_CUR), 0);
        assert_int_equal(fread(bytes, 1, 4, file), 4);
        assert_memory_equal(bytes, "abcd", 4);
        assert_int_equal(fseek(file, 0, SEEK_END), 0);
        assert_int_equal(ftell(file), (long)(sizes[i] * BLOCK));
        assert_int_equal(fclose(file), 0);
        assert_int_equal(okb_scratch_check(&err), OKB_OK);
    }
}

/* One file takes all the memory there is for them; the others do without it until it is closed. */
static void files_share_the_memory(void **state)
{
    (void)state;
    okb_err err = {0};
    okb_scratch_begin("/tmp");
    FILE *large = lxw_tmpfile(NULL), *small = lxw_tmpfile(NULL);
    write_blocks(large, 4000);
    write_blocks(small, 5000);
    check_blocks(large, 4000);
    check_blocks(small, 5000);
    assert_int_equal(fclose(large), 0);
    assert_int_equal(fclose(small), 0);
    okb_scratch_begin("/no/such/folder");
    FILE *again = lxw_tmpfile(NULL);
    write_blocks(again, 4000);
    check_blocks(again, 4000);
    assert_int_equal(fclose(again), 0);
    assert_int_equal(okb_scratch_check(&err), OKB_OK);
}

static void what_cannot_go_to_disk_is_an_error(void **state)
{
    (void)state;
    okb_err err = {0};
    okb_scratch_begin("/no/such/folder");
    FILE *file = lxw_tmpfile(NULL);
    assert_non_null(file);
    char block[BLOCK];
    for (size_t ix = 0; ix < MANY_BLOCKS; ix++) {
        fill(block, ix);
        (void)!fwrite(block, 1, BLOCK, file);
    }
    (void)fclose(file);
    assert_int_equal(okb_scratch_check(&err), OKB_E_IO);
    assert_non_null(strstr(err.text, "cannot write scratch data in '/no/such/folder'"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_written_is_read_from_memory_and_from_disk),
        cmocka_unit_test(a_place_is_found_again_and_written_over),
        cmocka_unit_test(files_share_the_memory),
        cmocka_unit_test(what_cannot_go_to_disk_is_an_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
