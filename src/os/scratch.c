/*
 * Owns the workbook library's scratch files. The library writes them without looking at the result and reports success on a full
 * disk; it lets a program supply the function that makes them, so that each call passes through here and the first error is kept.
 */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "okrbook/os.h"
#include "path.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* The library's hook has no context, and one workbook is written by one thread of one process. */
static struct {
    char folder[OKB_PATH_BYTES];
    int first_errno;
} scratch;

static void note(int number)
{
    if (scratch.first_errno == 0)
        scratch.first_errno = number != 0 ? number : EIO;
}

void okb_scratch_begin(const char *folder)
{
    scratch.first_errno = 0;
    if (!okb_path_copy(okb_span_of(folder), scratch.folder))
        note(ENAMETOOLONG);
}

okb_code okb_scratch_check(okb_err *err)
{
    if (scratch.first_errno == 0)
        return OKB_OK;
    return okb_fail(err, OKB_E_IO, "cannot write scratch data in '%s': %s; free some space or choose another folder",
                    scratch.folder[0] ? scratch.folder : ".", okb_errno_text(scratch.first_errno));
}

static ssize_t scratch_read(void *cookie, char *out, size_t size)
{
    ssize_t n;
    do
        n = read(*(int *)cookie, out, size);
    while (n < 0 && errno == EINTR);
    if (n < 0)
        note(errno);
    return n;
}

static ssize_t scratch_write(void *cookie, const char *bytes, size_t size)
{
    int number = okb_fd_write_all(*(int *)cookie, (okb_span){bytes, size});
    if (number != 0) {
        note(number);
        return 0; /* fopencookie: an error is 0, never negative */
    }
    return (ssize_t)size;
}

static int scratch_seek(void *cookie, off64_t *offset, int whence)
{
    off64_t at = lseek64(*(int *)cookie, *offset, whence);
    if (at < 0) {
        note(errno);
        return -1;
    }
    *offset = at;
    return 0;
}

static int scratch_close(void *cookie)
{
    int *fd = cookie;
    int result = close(*fd);
    if (result != 0)
        note(errno);
    free(fd);
    return result;
}

/* A file without a name, gone with its last use even when the process is killed. */
static int open_unnamed(const char *folder)
{
    int fd = open(folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    if (fd >= 0 || (errno != EOPNOTSUPP && errno != EISDIR && errno != EINVAL && errno != ENOENT))
        return fd;
    /* File systems without such files: a name for an instant. */
    char name[OKB_PATH_BYTES + 32];
    snprintf(name, sizeof name, "%s/.okrbook-XXXXXX", folder);
    fd = mkostemp(name, O_CLOEXEC);
    if (fd >= 0 && unlink(name) != 0)
        note(errno);
    return fd;
}

/* Called by the workbook library in place of its own; the name and the type are the library's (xlsxwriter/utility.h). */
FILE *lxw_tmpfile(const char *tmpdir);
FILE *lxw_tmpfile(const char *tmpdir)
{
    const char *folder = scratch.folder[0] ? scratch.folder : tmpdir ? tmpdir : ".";
    int *fd = malloc(sizeof *fd);
    if (!fd) {
        note(ENOMEM);
        return NULL;
    }
    *fd = open_unnamed(folder);
    if (*fd < 0) {
        note(errno);
        free(fd);
        return NULL;
    }
    cookie_io_functions_t calls = {scratch_read, scratch_write, scratch_seek, scratch_close};
    FILE *file = fopencookie(fd, "w+", calls);
    if (!file) {
        note(errno);
        close(*fd);
        free(fd);
    }
    return file;
}
