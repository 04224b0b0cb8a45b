/* Work in forked processes, and the scratch files of the workbook library. */
#include "test.h"

#include <dirent.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

#include "okrbook/os.h"

enum { PIECES = 30 };

/* Memory that the workers share with the test. */
typedef struct board {
    int done[PIECES];
    pid_t pids[PIECES];
    int fails_at, also_fails_at, dies_at, dies_of, ends_at;
} board;

static okb_code work(void *context, size_t ix, okb_err *err)
{
    board *b = context;
    b->done[ix]++;
    b->pids[ix] = getpid();
    if ((int)ix == b->dies_at)
        raise(b->dies_of);
    if ((int)ix == b->ends_at) {
        okb_os_worker_tell(OKB_E_SYSTEM, "ended on the way");
        _exit(OKB_E_SYSTEM);
    }
    if ((int)ix == b->fails_at) {
        usleep(20000); /* the later one fails first in time */
        return okb_fail_at(err, OKB_E_IO, OKB_S("team.csv"), 7, OKB_S("Owner"), "piece %zu failed", ix);
    }
    if ((int)ix == b->also_fails_at)
        return okb_fail(err, OKB_E_CREATE, "piece %zu failed", ix);
    if (b->also_fails_at >= 0 && (int)ix > b->also_fails_at)
        usleep(30000);
    return OKB_OK;
}

static board *new_board(void)
{
    board *b = mmap(NULL, sizeof *b, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    assert_true(b != MAP_FAILED);
    b->fails_at = b->also_fails_at = b->dies_at = b->ends_at = -1;
    return b;
}

static void every_piece_is_done_once(void **state)
{
    (void)state;
    const int jobs[] = {-1, 0, 1, 2, 3, 64, 1000};
    for (size_t i = 0; i < COUNT_OF(jobs); i++) {
        board *b = new_board();
        okb_err err = {.code = OKB_OK};
        assert_int_equal(okb_os_fork_each(PIECES, jobs[i], work, b, &err), OKB_OK);
        for (size_t k = 0; k < PIECES; k++) {
            assert_int_equal(b->done[k], 1);
            assert_int_equal(b->pids[k] == getpid(), jobs[i] <= 1);
        }
        munmap(b, sizeof *b);
    }
    okb_err err = {.code = OKB_OK};
    assert_int_equal(okb_os_fork_each(0, 4, work, NULL, &err), OKB_OK);
}

static void the_error_with_the_lowest_index_comes_back_whole(void **state)
{
    (void)state;
    for (int jobs = 1; jobs <= 4; jobs++) {
        board *b = new_board();
        b->fails_at = 5;
        b->also_fails_at = 6;
        okb_err err = {.code = OKB_OK};
        assert_int_equal(okb_os_fork_each(PIECES, jobs, work, b, &err), OKB_E_IO);
        assert_int_equal(err.code, OKB_E_IO);
        assert_string_equal(err.text, "piece 5 failed");
        assert_string_equal(err.file, "team.csv");
        assert_string_equal(err.column, "Owner");
        assert_int_equal(err.line, 7);
        for (size_t k = 0; k < PIECES; k++)
            assert_true(k <= 5 ? b->done[k] == 1 : b->done[k] <= 1);
        assert_int_equal(b->done[PIECES - 1], 0); /* long after the failure */
        munmap(b, sizeof *b);
    }
}

static void a_worker_that_dies_is_an_error_of_ours(void **state)
{
    (void)state;
    board *b = new_board();
    b->dies_at = 2;
    b->dies_of = SIGKILL;
    okb_err err = {.code = OKB_OK};
    assert_int_equal(okb_os_fork_each(PIECES, 2, work, b, &err), OKB_E_SYSTEM);
    assert_non_null(strstr(err.text, "was killed"));
    b->dies_of = SIGALRM;
    err = (okb_err){.code = OKB_OK};
    assert_int_equal(okb_os_fork_each(PIECES, 2, work, b, &err), OKB_E_BUG);
    assert_non_null(strstr(err.text, "signal 14"));
    munmap(b, sizeof *b);
}

static void a_worker_that_ends_at_once_says_why(void **state)
{
    (void)state;
    board *b = new_board();
    b->ends_at = 2;
    okb_err err = {.code = OKB_OK};
    assert_int_equal(okb_os_fork_each(PIECES, 2, work, b, &err), OKB_E_SYSTEM);
    assert_string_equal(err.text, "ended on the way");
    assert_false(okb_os_worker_tell(OKB_E_SYSTEM, "no worker"));
    munmap(b, sizeof *b);
}

static void without_more_processes_the_work_is_done_here(void **state)
{
    (void)state;
    struct rlimit before;
    assert_int_equal(getrlimit(RLIMIT_NOFILE, &before), 0);
    struct rlimit none = {3, before.rlim_max}; /* no number left for a pipe */
    board *b = new_board();
    okb_err err = {.code = OKB_OK};
    assert_int_equal(setrlimit(RLIMIT_NOFILE, &none), 0);
    okb_code code = okb_os_fork_each(PIECES, 4, work, b, &err);
    assert_int_equal(setrlimit(RLIMIT_NOFILE, &before), 0);
    assert_int_equal(code, OKB_OK);
    for (size_t k = 0; k < PIECES; k++)
        assert_int_equal(b->done[k], 1);
    munmap(b, sizeof *b);
}

/* ---- scratch files ------------------------------------------------------------------------------------------- */

FILE *lxw_tmpfile(const char *tmpdir);

static size_t count_files(const char *path)
{
    DIR *folder = opendir(path);
    size_t n = 0;
    while (folder && readdir(folder))
        n++;
    closedir(folder);
    return n - 2;
}

static void scratch_files_have_no_name_and_keep_their_bytes(void **state)
{
    (void)state;
    char folder[] = "/tmp/okrbook-test-XXXXXX", line[32];
    assert_non_null(mkdtemp(folder));
    okb_scratch_begin(folder);
    FILE *file = lxw_tmpfile("/no-such-folder");
    assert_non_null(file);
    assert_int_equal(count_files(folder), 0);
    for (int i = 0; i < 100000; i++)
        fprintf(file, "line %d\n", i);
    rewind(file);
    for (int i = 0; i < 100000; i++) {
        char expected[32];
        snprintf(expected, sizeof expected, "line %d\n", i);
        assert_non_null(fgets(line, sizeof line, file));
        assert_string_equal(line, expected);
    }
    assert_null(fgets(line, sizeof line, file));
    assert_int_equal(fseek(file, -6, SEEK_END), 0);
    assert_non_null(fgets(line, sizeof line, file));
    assert_string_equal(line, "99999\n");
    assert_int_equal(fclose(file), 0);
    okb_err err = {.code = OKB_OK};
    assert_int_equal(okb_scratch_check(&err), OKB_OK);
    assert_int_equal(count_files(folder), 0);
    rmdir(folder);
}

static void a_scratch_error_is_kept_though_nobody_looks(void **state)
{
    (void)state;
    okb_scratch_begin("/tmp");
    struct rlimit before;
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
    struct rlimit small = {1 << 16, before.rlim_max};
    signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
    FILE *file = lxw_tmpfile(NULL);
    assert_non_null(file);
    for (int i = 0; i < 5000000; i++) /* more than memory is taken for */
        fputs("more than fits\n", file);
    fflush(file);
    rewind(file);
    fclose(file);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
    okb_err err = {.code = OKB_OK};
    assert_int_equal(okb_scratch_check(&err), OKB_E_IO);
    assert_non_null(strstr(err.text, "file too large"));

    okb_scratch_begin("/tmp");
    assert_int_equal(okb_scratch_check(&err), OKB_OK);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_piece_is_done_once),
        cmocka_unit_test(the_error_with_the_lowest_index_comes_back_whole),
        cmocka_unit_test(a_worker_that_dies_is_an_error_of_ours),
        cmocka_unit_test(a_worker_that_ends_at_once_says_why),
        cmocka_unit_test(without_more_processes_the_work_is_done_here),
        cmocka_unit_test(scratch_files_have_no_name_and_keep_their_bytes),
        cmocka_unit_test(a_scratch_error_is_kept_though_nobody_looks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
