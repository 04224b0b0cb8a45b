/* Owns reading a file whole, and noticing that it changed meanwhile. */
#include "okrbook/os.h"
#include "path.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

enum {
    READ_STEP_BYTES = 1 << 20,
    WRITER_WAIT_SECONDS = 10, /* for a named pipe that no program has opened to write to */
    WRITER_LOOK_MS = 50
};

static okb_code refuse_open(const char *path, int number, okb_err *err)
{
    const char *advice = "check it";
    switch (number) {
    case ENOENT:
    case ENOTDIR:
        advice = "check the path";
        break;
    case EACCES:
    case EPERM:
        advice = "let this user read it";
        break;
    case EMFILE:
    case ENFILE:
        advice = "raise the limit on open files";
        break;
    default:
        break;
    }
    return okb_fail(err, OKB_E_INPUT, "cannot open '%s': %s; %s", path, okb_errno_text(number), advice);
}

static okb_code refuse_size(const char *path, size_t max_bytes, okb_err *err)
{
    return okb_fail(err, OKB_E_INPUT,
                    "cannot read '%s': it has more than %zu bytes; split it, or raise limit.file_bytes", path,
                    max_bytes);
}

static okb_code refuse_change(const char *path, okb_err *err)
{
    return okb_fail(err, OKB_E_INPUT, "cannot use '%s': it changed while it was read; run again when it is finished",
                    path);
}

static okb_code refuse_read(const char *path, int number, okb_err *err)
{
    if (number == EBADF)
        return okb_fail(err, OKB_E_INPUT, "cannot read '%s': standard input is closed; name a file", path);
    return okb_fail(err, OKB_E_IO, "cannot read '%s': %s; check the disk or the program that writes it", path,
                    okb_errno_text(number));
}

static ssize_t read_some(int fd, char *out, size_t size)
{
    ssize_t n;
    do
        n = read(fd, out, size);
    while (n < 0 && errno == EINTR);
    return n;
}

/* A device never ends or answers a person's keys; only a terminal and the empty device are inputs someone may mean. */
static bool is_readable_kind(int fd, const struct stat *info)
{
    if (S_ISREG(info->st_mode) || S_ISFIFO(info->st_mode))
        return true;
    if (fd == STDIN_FILENO && !S_ISDIR(info->st_mode))
        return true;
    return S_ISCHR(info->st_mode) && (isatty(fd) || info->st_rdev == makedev(1, 3));
}

static bool is_same_state(const struct stat *a, const struct stat *b)
{
    return a->st_size == b->st_size && a->st_mtim.tv_sec == b->st_mtim.tv_sec &&
           a->st_mtim.tv_nsec == b->st_mtim.tv_nsec;
}

/*
 * Returns once the pipe has a writer, or had one. Reading is the only way to tell a writer that is silent so far from none, so a
 * byte that comes just then goes to `begun`. After that the pipe is read as long as the writer takes, as any other would.
 */
static okb_code wait_for_writer(int fd, const char *path, okb_buf *begun, okb_err *err)
{
    const double until = okb_os_clock() + WRITER_WAIT_SECONDS;
    for (;;) {
        struct pollfd look = {fd, POLLIN, 0};
        if (poll(&look, 1, WRITER_LOOK_MS) != 0)
            break;
        char byte;
        ssize_t n = read_some(fd, &byte, 1);
        if (n > 0)
            okb_buf_add(begun, (okb_span){&byte, 1});
        if (n != 0)
            break;
        if (okb_os_clock() > until)
            return okb_fail(err, OKB_E_INPUT,
                            "cannot read '%s': no program writes to the pipe; start the one that does first", path);
    }
    return OKB_OK;
}

/* From here reads wait for their bytes. */
static okb_code block_again(int fd, const char *path, okb_err *err)
{
    int flags = fcntl(fd, F_GETFL);
    if (flags < 0 || fcntl(fd, F_SETFL, flags & ~O_NONBLOCK) != 0)
        return refuse_read(path, errno, err);
    return OKB_OK;
}

/* Bytes whose number is not known before; what has been read of them is in `all`, which is emptied. */
static okb_code read_stream(int fd, const char *path, size_t max_bytes, okb_buf all, okb_arena *keep, okb_span *out,
                            okb_err *err)
{
    okb_code code = OKB_OK;
    char *step = malloc(READ_STEP_BYTES);
    if (!step) {
        okb_buf_free(&all);
        return okb_fail(err, OKB_E_SYSTEM, "cannot read '%s': out of memory; free some", path);
    }
    for (;;) {
        ssize_t n = read_some(fd, step, READ_STEP_BYTES);
        if (n < 0) {
            code = refuse_read(path, errno, err);
            break;
        }
        if (n == 0)
            break;
        if ((size_t)n > max_bytes - all.n) {
            code = refuse_size(path, max_bytes, err);
            break;
        }
        okb_buf_add(&all, (okb_span){step, (size_t)n});
    }
    free(step);
    if (code == OKB_OK)
        *out = okb_arena_copy(keep, okb_buf_span(&all));
    okb_buf_free(&all);
    return code;
}

static okb_code read_regular(int fd, const char *path, size_t size, okb_arena *keep, okb_span *out, okb_err *err)
{
    char *bytes = okb_arena_alloc_raw(keep, size + 1, 1);
    size_t done = 0;
    /* One byte more than the size is asked for, so that growth shows. */
    while (done <= size) {
        ssize_t n = read_some(fd, bytes + done, size + 1 - done);
        if (n < 0)
            return refuse_read(path, errno, err);
        if (n == 0)
            break;
        done += (size_t)n;
    }
    if (done != size)
        return refuse_change(path, err);
    bytes[size] = '\0';
    *out = (okb_span){bytes, size};
    return OKB_OK;
}

static okb_code read_open(int fd, const char *path, size_t max_bytes, okb_arena *keep, okb_span *out, okb_err *err)
{
    struct stat before;
    if (fstat(fd, &before) != 0)
        return refuse_read(path, errno, err);
    if (S_ISDIR(before.st_mode))
        return okb_fail(err, OKB_E_INPUT, "cannot read '%s': it is a folder; name a file", path);
    if (!is_readable_kind(fd, &before))
        return okb_fail(err, OKB_E_INPUT, "cannot read '%s': it is neither a file nor a pipe; name a file", path);
    /* Files of the kernel's own (/proc) say 0 and have bytes all the same, so they are read as streams. */
    if (!S_ISREG(before.st_mode) || before.st_size == 0) {
        okb_buf begun = {NULL, 0, 0};
        okb_code code = OKB_OK;
        if (S_ISFIFO(before.st_mode) && fd != STDIN_FILENO)
            code = wait_for_writer(fd, path, &begun, err);
        if (code == OKB_OK && fd != STDIN_FILENO)
            code = block_again(fd, path, err);
        if (code == OKB_OK)
            code = read_stream(fd, path, max_bytes, begun, keep, out, err);
        struct stat after;
        if (code == OKB_OK && S_ISREG(before.st_mode) && (fstat(fd, &after) != 0 || !is_same_state(&before, &after)))
            code = refuse_change(path, err);
        return code;
    }
    if ((uintmax_t)before.st_size > max_bytes)
        return refuse_size(path, max_bytes, err);
    okb_code code = read_regular(fd, path, (size_t)before.st_size, keep, out, err);
    if (code != OKB_OK)
        return code;
    struct stat after;
    if (fstat(fd, &after) != 0)
        return refuse_read(path, errno, err);
    return is_same_state(&before, &after) ? OKB_OK : refuse_change(path, err);
}

okb_code okb_os_read_file(okb_span path, size_t max_bytes, okb_arena *keep, okb_span *out, okb_err *err)
{
    if (max_bytes == 0)
        max_bytes = SIZE_MAX - 1;
    if (okb_span_eq(path, OKB_S("-")))
        return read_open(STDIN_FILENO, "-", max_bytes, keep, out, err);
    char name[OKB_PATH_BYTES];
    if (!okb_path_copy(path, name))
        return okb_fail(err, OKB_E_INPUT, "cannot open a path of %zu bytes; name a shorter one", path.n);
    int fd = open(name, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK); /* a pipe must not hold the open */
    if (fd < 0)
        return refuse_open(name, errno, err);
    okb_code code = read_open(fd, name, max_bytes, keep, out, err);
    close(fd);
    return code;
}

okb_code okb_os_file_age(okb_span path, int64_t now_seconds, int64_t *out_seconds, okb_err *err)
{
    char name[OKB_PATH_BYTES];
    struct stat info;
    if (okb_span_eq(path, OKB_S("-"))) {
        if (fstat(STDIN_FILENO, &info) != 0)
            return refuse_read("-", errno, err);
        *out_seconds = S_ISREG(info.st_mode) ? now_seconds - (int64_t)info.st_mtime : 0;
        return OKB_OK;
    }
    if (!okb_path_copy(path, name))
        return okb_fail(err, OKB_E_INPUT, "cannot open a path of %zu bytes; name a shorter one", path.n);
    if (stat(name, &info) != 0)
        return refuse_open(name, errno, err);
    *out_seconds = S_ISREG(info.st_mode) ? now_seconds - (int64_t)info.st_mtime : 0;
    return OKB_OK;
}
