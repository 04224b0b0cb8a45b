/*
 * Owns the workbook library's scratch files. The library writes them without looking at the result and reports success on a full
 * disk; it lets a program supply the function that makes them, so that each call passes through here and the first error is kept.
 *
 * They begin in memory, mostly in what the inputs gave back: the library writes each row, reads it and writes it again, and through
 * the kernel that cost a tenth of a large run. What does not fit goes on in an unnamed file.
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

enum { MEMORY_BYTES = 1 << 26, PIECE_BYTES = 1 << 16 };

/* The library's hook has no context, and one workbook is written by one thread of one process. */
static struct {
    char folder[OKB_PATH_BYTES];
    int first_errno;
    size_t memory_bytes; /* in the pieces of all files */
} scratch;

typedef struct scratch_file {
    int fd;         /* -1 while it is in memory */
    okb_vec pieces; /* char *, PIECE_BYTES each */
    size_t at, size;
} scratch_file;

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

/* ---- in memory ---- */

static char *piece_of(const scratch_file *file, size_t at, size_t *out_rest)
{
    *out_rest = PIECE_BYTES - at % PIECE_BYTES;
    return okb_vec_at(&file->pieces, char *, at / PIECE_BYTES) + at % PIECE_BYTES;
}

static bool has_room(scratch_file *file, size_t end)
{
    while (file->pieces.n * PIECE_BYTES < end) {
        char *piece = scratch.memory_bytes < MEMORY_BYTES ? malloc(PIECE_BYTES) : NULL;
        if (!piece)
            return false;
        scratch.memory_bytes += PIECE_BYTES;
        *okb_vec_push(&file->pieces, char *) = piece;
    }
    return true;
}

static void release_memory(scratch_file *file)
{
    for (size_t i = 0; i < file->pieces.n; i++)
        free(okb_vec_at(&file->pieces, char *, i));
    scratch.memory_bytes -= file->pieces.n * PIECE_BYTES;
    okb_vec_free(&file->pieces);
}

static int move_to_disk(scratch_file *file)
{
    const char *folder = scratch.folder[0] ? scratch.folder : ".";
    int number = 0;
    file->fd = open_unnamed(folder);
    if (file->fd < 0)
        return errno;
    for (size_t done = 0; done < file->size && number == 0;) {
        size_t rest, left = file->size - done;
        char *piece = piece_of(file, done, &rest);
        size_t n = left < rest ? left : rest;
        number = okb_fd_write_all(file->fd, (okb_span){piece, n});
        done += n;
    }
    if (number == 0 && lseek64(file->fd, (off64_t)file->at, SEEK_SET) < 0)
        number = errno;
    release_memory(file);
    return number;
}

/* ---- what a stream calls ---- */

static ssize_t scratch_read(void *cookie, char *out, size_t size)
{
    scratch_file *file = cookie;
    if (file->fd < 0) {
        size_t done = 0, rest;
        if (size > file->size - file->at)
            size = file->size - file->at;
        for (size_t n; done < size; done += n, file->at += n) {
            const char *piece = piece_of(file, file->at, &rest);
            n = size - done < rest ? size - done : rest;
            memcpy(out + done, piece, n);
        }
        return (ssize_t)done;
    }
    ssize_t n;
    do
        n = read(file->fd, out, size);
    while (n < 0 && errno == EINTR);
    if (n < 0)
        note(errno);
    return n;
}

static ssize_t scratch_write(void *cookie, const char *bytes, size_t size)
{
    scratch_file *file = cookie;
    int number = file->fd < 0 && !has_room(file, file->at + size) ? move_to_disk(file) : 0;
    if (number == 0 && file->fd >= 0)
        number = okb_fd_write_all(file->fd, (okb_span){bytes, size});
    if (number != 0) {
        note(number);
        return 0; /* fopencookie: an error is 0, never negative */
    }
    for (size_t done = 0, n, rest; file->fd < 0 && done < size; done += n, file->at += n) {
        char *piece = piece_of(file, file->at, &rest);
        n = size - done < rest ? size - done : rest;
        memcpy(piece, bytes + done, n);
    }
    if (file->at > file->size)
        file->size = file->at;
    return (ssize_t)size;
}

static int scratch_seek(void *cookie, off64_t *offset, int whence)
{
    scratch_file *file = cookie;
    if (file->fd < 0) {
        off64_t from = whence == SEEK_SET ? 0 : (off64_t)(whence == SEEK_CUR ? file->at : file->size);
        if (*offset < -from || *offset > (off64_t)file->size - from) { /* a gap would need zeros */
            note(EINVAL);
            return -1;
        }
        file->at = (size_t)(from + *offset);
        *offset = (off64_t)file->at;
        return 0;
    }
    off64_t at = lseek64(file->fd, *offset, whence);
    if (at < 0) {
        note(errno);
        return -1;
    }
    *offset = at;
    return 0;
}

static int scratch_close(void *cookie)
{
    scratch_file *file = cookie;
    int result = file->fd < 0 ? 0 : close(file->fd);
    if (result != 0)
        note(errno);
    release_memory(file);
    free(file);
    return result;
}

/* Called by the workbook library in place of its own; the name and the type are the library's (xlsxwriter/utility.h). */
FILE *lxw_tmpfile(const char *tmpdir);
FILE *lxw_tmpfile(const char *tmpdir)
{
    (void)tmpdir; /* okb_scratch_begin has told the folder */
    scratch_file *scratch_one = calloc(1, sizeof *scratch_one);
    if (!scratch_one) {
        note(ENOMEM);
        return NULL;
    }
    scratch_one->fd = -1;
    cookie_io_functions_t calls = {scratch_read, scratch_write, scratch_seek, scratch_close};
    FILE *file = fopencookie(scratch_one, "w+", calls);
    if (!file) {
        note(errno);
        free(scratch_one);
    }
    return file;
}
