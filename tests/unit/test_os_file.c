/* Reading files of every kind, listing folders, and the machine's own figures. */
#include "test.h"

#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "okrbook/os.h"

typedef struct place {
    okb_arena keep;
    char folder[64];
} place;

static int enter(void **state)
{
    place *p = calloc(1, sizeof *p);
    okb_arena_init(&p->keep, 0);
    snprintf(p->folder, sizeof p->folder, "/tmp/okrbook-test-XXXXXX");
    *state = p;
    return mkdtemp(p->folder) ? 0 : -1;
}

static int leave(void **state)
{
    place *p = *state;
    char command[128];
    snprintf(command, sizeof command, "rm -rf '%s'", p->folder);
    int status = system(command);
    okb_arena_reset(&p->keep);
    free(p);
    return status;
}

static const char *in_folder(place *p, const char *name)
{
    return okb_arena_printf(&p->keep, "%s/%s", p->folder, name).p;
}

static void put(const char *path, size_t size)
{
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    for (size_t i = 0; i < size; i++)
        putc("0123456789"[i % 10], file);
    assert_int_equal(fclose(file), 0);
}

static void a_file_is_read_whole_up_to_the_limit(void **state)
{
    place *p = *state;
    const char *path = in_folder(p, "f");
    static const struct {
        size_t size, limit;
        okb_code code;
    } rows[] = {{0, 0, OKB_OK},
                {0, 1, OKB_OK},
                {1, 0, OKB_OK},
                {9, 10, OKB_OK},
                {10, 10, OKB_OK},
                {11, 10, OKB_E_INPUT},
                {5000000, 0, OKB_OK},
                {5000000, 5000000, OKB_OK},
                {5000000, 4999999, OKB_E_INPUT}};
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        put(path, rows[i].size);
        okb_span got = {NULL, 0};
        okb_err err = {.code = OKB_OK};
        assert_int_equal(okb_os_read_file(okb_span_of(path), rows[i].limit, &p->keep, &got, &err), rows[i].code);
        if (rows[i].code != OKB_OK) {
            assert_non_null(strstr(err.text, "limit.file_bytes"));
            continue;
        }
        assert_int_equal(got.n, rows[i].size);
        for (size_t k = 0; k < got.n; k++)
            if (got.p[k] != "0123456789"[k % 10])
                fail_msg("byte %zu of %zu differs", k, got.n);
    }
}

static void *feed_pipe(void *path)
{
    put(path, 300000);
    return NULL;
}

static void a_pipe_is_read_to_its_end_and_within_the_limit(void **state)
{
    place *p = *state;
    const char *path = in_folder(p, "pipe");
    assert_int_equal(mkfifo(path, 0600), 0);
    for (int i = 0; i < 2; i++) {
        pthread_t thread;
        signal(SIGPIPE, SIG_IGN);
        char name[128];
        snprintf(name, sizeof name, "%s", path);
        assert_int_equal(pthread_create(&thread, NULL, feed_pipe, name), 0);
        okb_span got = {NULL, 0};
        okb_err err = {.code = OKB_OK};
        size_t limit = i == 0 ? 300000 : 0;
        assert_int_equal(okb_os_read_file(okb_span_of(path), limit, &p->keep, &got, &err), OKB_OK);
        assert_int_equal(got.n, 300000);
        assert_int_equal(got.p[299999], '9');
        pthread_join(thread, NULL);
    }
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    assert_int_equal(write(ends[1], "0123456789", 10), 10);
    close(ends[1]);
    int saved = dup(STDIN_FILENO);
    dup2(ends[0], STDIN_FILENO);
    okb_span got = {NULL, 0};
    okb_err err = {.code = OKB_OK};
    okb_code code = okb_os_read_file(OKB_S("-"), 9, &p->keep, &got, &err);
    dup2(saved, STDIN_FILENO);
    close(saved);
    close(ends[0]);
    assert_int_equal(code, OKB_E_INPUT);
}

static void what_cannot_be_read_says_why(void **state)
{
    place *p = *state;
    char long_path[5000];
    memset(long_path, 'x', sizeof long_path - 1);
    long_path[sizeof long_path - 1] = '\0';
    const char *loop = in_folder(p, "loop");
    assert_int_equal(symlink(loop, loop), 0);
    const struct {
        const char *path, *words;
    } rows[] = {
        {in_folder(p, "missing"), "no such file or directory; check the path"},
        {in_folder(p, "missing/below"), "no such file"},
        {p->folder, "it is a folder; name a file"},
        {"/dev/zero", "neither a file nor a pipe"},
        {loop, "symbolic links"},
        {long_path, "shorter"},
        {"", "no such file"},
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        okb_span got = {NULL, 0};
        okb_err err = {.code = OKB_OK};
        okb_code code = okb_os_read_file(okb_span_of(rows[i].path), 1 << 20, &p->keep, &got, &err);
        if (code != OKB_E_INPUT || !strstr(err.text, rows[i].words))
            fail_msg("'%.40s': code %d: %s", rows[i].path, code, err.text);
    }
    okb_span got = {NULL, 0};
    okb_err err = {.code = OKB_OK};
    assert_int_equal(okb_os_read_file((okb_span){"a\0b", 3}, 0, &p->keep, &got, &err), OKB_E_INPUT);
    err = (okb_err){.code = OKB_OK};
    assert_int_equal(okb_os_read_file(OKB_S("/dev/null"), 0, &p->keep, &got, &err), OKB_OK);
    assert_int_equal(got.n, 0);
    assert_int_equal(okb_os_read_file(OKB_S("/proc/self/stat"), 0, &p->keep, &got, &err), OKB_OK);
    assert_true(got.n > 0);
}

static void an_unreadable_file_is_told_apart(void **state)
{
    place *p = *state;
    const char *path = in_folder(p, "secret");
    put(path, 1);
    chmod(path, 0);
    chmod(p->folder, 0755);
    pid_t pid = fork();
    if (pid == 0) {
        if (geteuid() == 0 && setuid(65534) != 0)
            _exit(9);
        okb_span got;
        okb_err err = {.code = OKB_OK};
        okb_code code = okb_os_read_file(okb_span_of(path), 0, &p->keep, &got, &err);
        _exit(code == OKB_E_INPUT && strstr(err.text, "permission denied; let this user read it") ? 0 : 1);
    }
    int status;
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 0);
}

/* A writer that appends and cuts all the time: each read is either refused or of one of the states the file really had. */
static void a_file_that_changes_while_it_is_read_is_refused(void **state)
{
    place *p = *state;
    enum { SMALL = 4000000, LARGE = 8000000, ROUNDS = 200 };
    const char *path = in_folder(p, "moving");
    put(path, SMALL);
    pid_t pid = fork();
    if (pid == 0) {
        int fd = open(path, O_WRONLY);
        for (int i = 0; fd >= 0; i++) {
            struct timespec pause = {0, 300000};
            if (ftruncate(fd, i & 1 ? LARGE : SMALL) != 0)
                break;
            nanosleep(&pause, NULL);
        }
        _exit(0);
    }
    int refused = 0;
    for (int i = 0; i < ROUNDS; i++) {
        okb_span got = {NULL, 0};
        okb_err err = {.code = OKB_OK};
        okb_code code = okb_os_read_file(okb_span_of(path), 0, &p->keep, &got, &err);
        if (code == OKB_OK) {
            assert_true(got.n == SMALL || got.n == LARGE);
        } else {
            assert_int_equal(code, OKB_E_INPUT);
            assert_non_null(strstr(err.text, "changed while it was read"));
            refused++;
        }
        okb_arena_reset(&p->keep);
        path = in_folder(p, "moving");
    }
    kill(pid, SIGKILL);
    waitpid(pid, NULL, 0);
    assert_true(refused > 0);
}

static void ages_are_measured_from_the_given_moment(void **state)
{
    place *p = *state;
    const char *path = in_folder(p, "old");
    put(path, 1);
    const struct timespec times[2] = {{1000000, 0}, {1000000, 0}};
    assert_int_equal(utimensat(AT_FDCWD, path, times, 0), 0);
    int64_t age = -1;
    okb_err err = {.code = OKB_OK};
    assert_int_equal(okb_os_file_age(okb_span_of(path), 1003600, &age, &err), OKB_OK);
    assert_int_equal(age, 3600);
    assert_int_equal(okb_os_file_age(okb_span_of(in_folder(p, "missing")), 0, &age, &err), OKB_E_INPUT);
    assert_true(okb_os_now_seconds() > 1700000000);
    double before = okb_os_clock();
    assert_true(before > 0 && okb_os_clock() >= before);
}

static void a_folder_lists_its_files_in_order(void **state)
{
    place *p = *state;
    static const char *const names[] = {"b.csv",       "a.CSV", "Z.csv", "c.tsv",    "d.txt",
                                        ".hidden.csv", "csv",   ".csv",  "e.csv.bak"};
    for (size_t i = 0; i < COUNT_OF(names); i++)
        put(in_folder(p, names[i]), 1);
    assert_int_equal(mkdir(in_folder(p, "folder.csv"), 0700), 0);
    assert_int_equal(mkfifo(in_folder(p, "pipe.csv"), 0600), 0);
    assert_int_equal(symlink("nowhere", in_folder(p, "broken.csv")), 0);
    assert_int_equal(symlink("d.txt", in_folder(p, "link.csv")), 0);
    const okb_span suffixes[] = {OKB_S(".csv"), OKB_S(".tsv")};
    okb_span *got;
    size_t n = 0;
    okb_err err = {.code = OKB_OK};
    for (int i = 0; i < 2; i++) {
        const char *path = i == 0 ? p->folder : in_folder(p, "");
        assert_int_equal(okb_os_list_folder(okb_span_of(path), suffixes, 2, &p->keep, &got, &n, &err), OKB_OK);
        static const char *const expected[] = {"Z.csv", "a.CSV", "b.csv", "broken.csv", "c.tsv", "link.csv"};
        assert_int_equal(n, COUNT_OF(expected));
        for (size_t k = 0; k < n; k++)
            assert_span(got[k], in_folder(p, expected[k]), expected[k]);
    }
    assert_int_equal(okb_os_list_folder(okb_span_of(in_folder(p, "none")), suffixes, 2, &p->keep, &got, &n, &err),
                     OKB_E_INPUT);
}

static void paths_have_kinds(void **state)
{
    place *p = *state;
    put(in_folder(p, "f"), 1);
    assert_int_equal(symlink("f", in_folder(p, "l")), 0);
    okb_err err = {.code = OKB_OK};
    assert_int_equal(okb_os_make_folder(okb_span_of(in_folder(p, "d")), &err), OKB_OK);
    assert_int_equal(okb_os_make_folder(okb_span_of(in_folder(p, "d")), &err), OKB_OK);
    assert_int_equal(okb_os_make_folder(okb_span_of(in_folder(p, "f")), &err), OKB_E_CREATE);
    err = (okb_err){.code = OKB_OK};
    assert_int_equal(okb_os_make_folder(okb_span_of(in_folder(p, "no/such")), &err), OKB_E_CREATE);
    const struct {
        const char *path;
        okb_path_kind kind;
    } rows[] = {{in_folder(p, "f"), OKB_PATH_FILE},   {in_folder(p, "l"), OKB_PATH_FILE},
                {in_folder(p, "d"), OKB_PATH_FOLDER}, {in_folder(p, "x"), OKB_PATH_MISSING},
                {"/dev/null", OKB_PATH_OTHER},        {"", OKB_PATH_MISSING}};
    for (size_t i = 0; i < COUNT_OF(rows); i++)
        assert_int_equal(okb_os_path_kind(okb_span_of(rows[i].path)), rows[i].kind);
    assert_true(okb_os_same_file(okb_span_of(in_folder(p, "f")), okb_span_of(in_folder(p, "d/../l"))));
    assert_false(okb_os_same_file(okb_span_of(in_folder(p, "f")), okb_span_of(in_folder(p, "d"))));
}

static void the_limit_on_open_files_can_be_raised(void **state)
{
    (void)state;
    struct rlimit before;
    assert_int_equal(getrlimit(RLIMIT_NOFILE, &before), 0);
    struct rlimit low = {64, before.rlim_max};
    assert_int_equal(setrlimit(RLIMIT_NOFILE, &low), 0);
    assert_int_equal(okb_os_raise_open_files(32), 64);
    assert_int_equal(okb_os_raise_open_files(200), 200);
    assert_true(okb_os_raise_open_files(SIZE_MAX) >= 200);
    assert_int_equal(setrlimit(RLIMIT_NOFILE, &before), 0);
    assert_true(okb_os_cpu_count() >= 1);
    assert_int_equal(okb_os_env("OKRBOOK_NO_SUCH_VARIABLE").n, 0);
}

/* Closed streams: no file may land on their numbers, and a write to the output must still fail. */
static void closed_streams_are_settled(void **state)
{
    (void)state;
    pid_t pid = fork();
    if (pid == 0) {
        for (int fd = 0; fd < 3; fd++)
            close(fd);
        okb_err err = {.code = OKB_OK};
        if (okb_os_settle_streams(&err) != OKB_OK)
            _exit(1);
        int fd = open("/dev/null", O_RDONLY);
        char byte = 'x';
        _exit(fd < 3 ? 2 : write(1, &byte, 1) >= 0 ? 3 : read(0, &byte, 1) >= 0 ? 4 : okb_os_is_terminal(1) ? 5 : 0);
    }
    int status;
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_int_equal(WEXITSTATUS(status), 0);
}

#define IN_A_FOLDER(test) cmocka_unit_test_setup_teardown(test, enter, leave)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_A_FOLDER(a_file_is_read_whole_up_to_the_limit),
        IN_A_FOLDER(a_pipe_is_read_to_its_end_and_within_the_limit),
        IN_A_FOLDER(what_cannot_be_read_says_why),
        IN_A_FOLDER(an_unreadable_file_is_told_apart),
        IN_A_FOLDER(a_file_that_changes_while_it_is_read_is_refused),
        IN_A_FOLDER(ages_are_measured_from_the_given_moment),
        IN_A_FOLDER(a_folder_lists_its_files_in_order),
        IN_A_FOLDER(paths_have_kinds),
        cmocka_unit_test(the_limit_on_open_files_can_be_raised),
        cmocka_unit_test(closed_streams_are_settled),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
