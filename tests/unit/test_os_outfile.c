/* A file replaced whole: what stands in the folder at each moment. */
#include "test.h"

#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "okrbook/os.h"

typedef struct place {
    okb_arena keep;
    char folder[64];
    char target[96];
} place;

static int enter(void **state)
{
    place *p = calloc(1, sizeof *p);
    okb_arena_init(&p->keep, 0);
    snprintf(p->folder, sizeof p->folder, "/tmp/okrbook-test-XXXXXX");
    if (!mkdtemp(p->folder))
        return -1;
    snprintf(p->target, sizeof p->target, "%s/out.xlsx", p->folder);
    *state = p;
    return 0;
}

/* How many files of any name stand in the folder. */
static size_t count_files(const place *p)
{
    DIR *folder = opendir(p->folder);
    size_t n = 0;
    for (const struct dirent *entry; folder && (entry = readdir(folder)) != NULL;)
        n += strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0;
    closedir(folder);
    return n;
}

static int leave(void **state)
{
    place *p = *state;
    DIR *folder = opendir(p->folder);
    for (const struct dirent *entry; folder && (entry = readdir(folder)) != NULL;)
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
            unlinkat(dirfd(folder), entry->d_name, 0);
    closedir(folder);
    rmdir(p->folder);
    okb_arena_reset(&p->keep);
    free(p);
    return 0;
}

static void put(const char *path, const char *text, mode_t mode)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, text, strlen(text)), (ssize_t)strlen(text));
    assert_int_equal(fchmod(fd, mode), 0);
    close(fd);
}

static void assert_content(place *p, const char *path, const char *expected)
{
    okb_span got;
    okb_err err = {.code = OKB_OK};
    assert_int_equal(okb_os_read_file(okb_span_of(path), 0, &p->keep, &got, &err), OKB_OK);
    assert_span(got, expected, path);
}

static mode_t mode_of(const char *path)
{
    struct stat info;
    return stat(path, &info) == 0 ? info.st_mode & 07777 : 0;
}

static okb_outfile *opened(place *p, const char *path)
{
    okb_outfile *file = NULL;
    okb_err err = {.code = OKB_OK};
    if (okb_outfile_open(okb_span_of(path), &p->keep, &file, &err) != OKB_OK)
        fail_msg("open: %s", err.text);
    return file;
}

static void write_and_commit(place *p, const char *path, const char *text)
{
    okb_err err = {.code = OKB_OK};
    okb_outfile *file = opened(p, path);
    assert_int_equal(okb_outfile_write(file, okb_span_of(text), &err), OKB_OK);
    if (okb_outfile_commit(file, &err) != OKB_OK)
        fail_msg("commit: %s", err.text);
}

static void a_new_file_is_readable_whatever_the_umask(void **state)
{
    place *p = *state;
    const mode_t masks[] = {0, 022, 077, 0777};
    for (size_t i = 0; i < COUNT_OF(masks); i++) {
        mode_t before = umask(masks[i]);
        unlink(p->target);
        write_and_commit(p, p->target, "new");
        umask(before);
        assert_content(p, p->target, "new");
        assert_int_equal(mode_of(p->target), 0644);
        assert_int_equal(count_files(p), 1);
    }
}

static void an_old_file_is_replaced_whole_and_keeps_its_mode(void **state)
{
    place *p = *state;
    const mode_t modes[] = {0600, 0640, 0664, 0755};
    for (size_t i = 0; i < COUNT_OF(modes); i++) {
        put(p->target, "a longer old text", modes[i]);
        okb_err err = {.code = OKB_OK};
        okb_outfile *file = opened(p, p->target);
        assert_int_equal(okb_outfile_write(file, OKB_S("ne"), &err), OKB_OK);
        assert_int_equal(okb_outfile_write(file, OKB_S("w"), &err), OKB_OK);
        assert_content(p, p->target, "a longer old text");
        assert_int_equal(okb_outfile_commit(file, &err), OKB_OK);
        assert_content(p, p->target, "new");
        assert_int_equal(mode_of(p->target), modes[i]);
        assert_int_equal(count_files(p), 1);
    }
}

static void another_program_may_write_to_the_temporary_path(void **state)
{
    place *p = *state;
    okb_err err = {.code = OKB_OK};
    okb_outfile *file = opened(p, p->target);
    FILE *stream = fopen(okb_outfile_temp_path(file), "wb");
    assert_non_null(stream);
    fputs("by the library", stream);
    assert_int_equal(fclose(stream), 0);
    assert_int_equal(okb_outfile_commit(file, &err), OKB_OK);
    assert_content(p, p->target, "by the library");
    assert_int_equal(count_files(p), 1);
}

static void abandoning_leaves_the_old_file(void **state)
{
    place *p = *state;
    okb_err err = {.code = OKB_OK};
    put(p->target, "old", 0644);
    okb_outfile *file = opened(p, p->target);
    assert_int_equal(okb_outfile_write(file, OKB_S("new"), &err), OKB_OK);
    okb_outfile_abandon(file);
    assert_content(p, p->target, "old");
    assert_int_equal(count_files(p), 1);
}

static void a_second_run_is_told_that_the_output_is_busy(void **state)
{
    place *p = *state;
    char other[128];
    snprintf(other, sizeof other, "%s/other.xlsx", p->folder);
    okb_outfile *file = opened(p, p->target), *second = NULL;
    okb_err err = {.code = OKB_OK};
    assert_int_equal(okb_outfile_open(okb_span_of(p->target), &p->keep, &second, &err), OKB_E_BUSY);
    assert_non_null(strstr(err.text, "another run"));
    write_and_commit(p, other, "beside it"); /* another output in the folder is nobody's lock */
    err = (okb_err){.code = OKB_OK};
    assert_int_equal(okb_outfile_write(file, OKB_S("first"), &err), OKB_OK);
    assert_int_equal(okb_outfile_commit(file, &err), OKB_OK);
    assert_content(p, p->target, "first");
    write_and_commit(p, p->target, "second");
    assert_content(p, p->target, "second");
    assert_int_equal(count_files(p), 2);
}

static void what_a_killed_run_left_is_taken_over(void **state)
{
    place *p = *state;
    put(p->target, "old", 0644);
    pid_t pid = fork();
    if (pid == 0) {
        okb_err err = {.code = OKB_OK};
        okb_outfile *file = opened(p, p->target);
        if (okb_outfile_write(file, OKB_S("half of a much longer text"), &err) == OKB_OK)
            raise(SIGKILL);
        _exit(1);
    }
    int status;
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_true(WIFSIGNALED(status));
    assert_int_equal(count_files(p), 2);
    assert_content(p, p->target, "old");
    write_and_commit(p, p->target, "new");
    assert_content(p, p->target, "new");
    assert_int_equal(count_files(p), 1);
}

static void a_link_stays_and_its_file_is_replaced(void **state)
{
    place *p = *state;
    char link[128], deeper[128];
    snprintf(link, sizeof link, "%s/link", p->folder);
    snprintf(deeper, sizeof deeper, "%s/deeper", p->folder);
    assert_int_equal(symlink("out.xlsx", link), 0);
    assert_int_equal(symlink(link, deeper), 0);
    write_and_commit(p, deeper, "new"); /* leads nowhere yet */
    assert_content(p, p->target, "new");
    write_and_commit(p, link, "newer");
    assert_content(p, p->target, "newer");
    struct stat info;
    assert_int_equal(lstat(link, &info), 0);
    assert_true(S_ISLNK(info.st_mode));
    assert_int_equal(count_files(p), 3);
}

static void a_name_of_full_length_has_room_for_its_temporary_one(void **state)
{
    place *p = *state;
    char target[512];
    int n = snprintf(target, sizeof target, "%s/", p->folder);
    memset(target + n, 'n', 255);
    target[n + 255] = '\0';
    write_and_commit(p, target, "long");
    assert_content(p, target, "long");
    assert_int_equal(count_files(p), 1);
}

static void what_cannot_be_an_output_is_refused(void **state)
{
    place *p = *state;
    char loop[128], fifo[128], planted[128], under[128], victim[128];
    snprintf(loop, sizeof loop, "%s/loop", p->folder);
    snprintf(fifo, sizeof fifo, "%s/fifo", p->folder);
    snprintf(under, sizeof under, "%s/file/out.xlsx", p->folder);
    snprintf(planted, sizeof planted, "%s/.out.xlsx.part", p->folder);
    snprintf(victim, sizeof victim, "%s/file", p->folder);
    assert_int_equal(symlink("loop", loop), 0);
    assert_int_equal(mkfifo(fifo, 0600), 0);
    put(victim, "mine", 0600);
    const struct {
        const char *path, *words;
    } rows[] = {{"", "path"},
                {p->folder, "folder"},
                {"/tmp/", "folder"},
                {"/dev/null", "regular"},
                {"/no-such-folder/x", "folder"},
                {under, "not a directory"},
                {loop, "links"},
                {fifo, "regular"}};
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        okb_outfile *file = NULL;
        okb_err err = {.code = OKB_OK};
        okb_code code = okb_outfile_open(okb_span_of(rows[i].path), &p->keep, &file, &err);
        if (code != OKB_E_CREATE || !strstr(err.text, rows[i].words))
            fail_msg("'%s': code %d: %s", rows[i].path, code, err.text);
    }
    /* A link or a second name planted where the temporary file goes must not lead the writer elsewhere. */
    for (int i = 0; i < 2; i++) {
        okb_outfile *file = NULL;
        okb_err err = {.code = OKB_OK};
        assert_int_equal(i == 0 ? symlink(victim, planted) : link(victim, planted), 0);
        assert_int_equal(okb_outfile_open(okb_span_of(p->target), &p->keep, &file, &err), OKB_E_CREATE);
        assert_content(p, victim, "mine");
        unlink(planted);
    }
}

static void a_temporary_file_that_was_replaced_is_not_committed(void **state)
{
    place *p = *state;
    put(p->target, "old", 0644);
    okb_err err = {.code = OKB_OK};
    okb_outfile *file = opened(p, p->target);
    unlink(okb_outfile_temp_path(file));
    put(okb_outfile_temp_path(file), "somebody else's", 0644);
    assert_int_equal(okb_outfile_commit(file, &err), OKB_E_CREATE);
    assert_content(p, p->target, "old");
}

/* Many runs for one output: each either replaces it whole or is told that it is busy. */
static void runs_that_meet_never_mix(void **state)
{
    place *p = *state;
    enum { RUNS = 8, ROUNDS = 40 };
    pid_t pids[RUNS];
    for (int i = 0; i < RUNS; i++) {
        pids[i] = fork();
        if (pids[i] != 0)
            continue;
        int done = 0;
        for (int round = 0; round < ROUNDS; round++) {
            okb_arena keep;
            okb_arena_init(&keep, 0);
            okb_outfile *file = NULL;
            okb_err err = {.code = OKB_OK};
            okb_code code = okb_outfile_open(okb_span_of(p->target), &keep, &file, &err);
            if (code == OKB_OK) {
                char text[2] = {(char)('a' + i), '\0'};
                for (int k = 0; k < 50 && code == OKB_OK; k++)
                    code = okb_outfile_write(file, okb_span_of(text), &err);
                if (code == OKB_OK)
                    code = okb_outfile_commit(file, &err);
                done++;
            }
            okb_arena_reset(&keep);
            if (code != OKB_OK && code != OKB_E_BUSY)
                _exit(1);
        }
        _exit(done > 0 ? 0 : 2);
    }
    for (int i = 0; i < RUNS; i++) {
        int status;
        assert_int_equal(waitpid(pids[i], &status, 0), pids[i]);
        assert_true(WIFEXITED(status) && WEXITSTATUS(status) != 1);
    }
    okb_span text;
    okb_err err = {.code = OKB_OK};
    assert_int_equal(okb_os_read_file(okb_span_of(p->target), 0, &p->keep, &text, &err), OKB_OK);
    assert_int_equal(text.n, 50);
    for (size_t i = 1; i < text.n; i++)
        assert_int_equal(text.p[i], text.p[0]);
    assert_int_equal(count_files(p), 1);
}

#define IN_A_FOLDER(test) cmocka_unit_test_setup_teardown(test, enter, leave)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_A_FOLDER(a_new_file_is_readable_whatever_the_umask),
        IN_A_FOLDER(an_old_file_is_replaced_whole_and_keeps_its_mode),
        IN_A_FOLDER(another_program_may_write_to_the_temporary_path),
        IN_A_FOLDER(abandoning_leaves_the_old_file),
        IN_A_FOLDER(a_second_run_is_told_that_the_output_is_busy),
        IN_A_FOLDER(what_a_killed_run_left_is_taken_over),
        IN_A_FOLDER(a_link_stays_and_its_file_is_replaced),
        IN_A_FOLDER(a_name_of_full_length_has_room_for_its_temporary_one),
        IN_A_FOLDER(what_cannot_be_an_output_is_refused),
        IN_A_FOLDER(a_temporary_file_that_was_replaced_is_not_committed),
        IN_A_FOLDER(runs_that_meet_never_mix),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
