/*
 * Lets the Nth input or output call fail (failpoint.h says how it is chosen). Watched are the calls that the program and
 * its libraries make by name: on descriptors, on names, and on the streams that are opened by name (the zip library's).
 * Streams over the program's own scratch files are watched where they reach their descriptors.
 */
#define _GNU_SOURCE
#include "failpoint.h"

#include <dirent.h>
#include <dlfcn.h>
#include <stdarg.h>
#include <stdio.h>
#include <sys/file.h>
#include <sys/stat.h>

/* The function that stands behind the one that is replaced, looked up once. */
#define NEXT(type, name)                                                                                               \
    static __typeof__(type) next;                                                                                      \
    if (!next)                                                                                                         \
    *(void **)&next = dlsym(RTLD_NEXT, name)

/* Half-done and interrupted calls are for reads and writes; elsewhere those modes do nothing. */
static bool is_hit_for_good(void)
{
    return point_is_hit() && point.mode != FAIL_SHORT && point.mode != FAIL_INTERRUPT;
}

static int refuse(int usual)
{
    errno = point.number ? point.number : usual;
    return -1;
}

/* ---- descriptors -------------------------------------------------------------------------------------------- */

#define TRANSFER(name, bytes_type)                                                                                     \
    ssize_t name(int fd, bytes_type bytes, size_t size)                                                                \
    {                                                                                                                  \
        NEXT(ssize_t (*)(int, bytes_type, size_t), #name);                                                             \
        if (!point_is_hit())                                                                                           \
            return next(fd, bytes, size);                                                                              \
        if (point.mode == FAIL_SHORT)                                                                                  \
            return next(fd, bytes, size > 1 ? size / 2 : size);                                                        \
        return refuse(point.mode == FAIL_INTERRUPT ? EINTR : TRANSFER_ERRNO);                                          \
    }
#define TRANSFER_ERRNO EIO
TRANSFER(read, void *)
#undef TRANSFER_ERRNO
#define TRANSFER_ERRNO ENOSPC
TRANSFER(write, const void *)

int close(int fd)
{
    NEXT(int (*)(int), "close");
    /* The kernel gives the descriptor back also where it reports an error. */
    int result = next(fd);
    return is_hit_for_good() ? refuse(EIO) : result;
}

int fsync(int fd)
{
    NEXT(int (*)(int), "fsync");
    return is_hit_for_good() ? refuse(EIO) : next(fd);
}

int ftruncate(int fd, off_t size)
{
    NEXT(int (*)(int, off_t), "ftruncate");
    return is_hit_for_good() ? refuse(EIO) : next(fd, size);
}

int ftruncate64(int fd, off64_t size)
{
    NEXT(int (*)(int, off64_t), "ftruncate64");
    return is_hit_for_good() ? refuse(EIO) : next(fd, size);
}

off_t lseek(int fd, off_t offset, int whence)
{
    NEXT(off_t(*)(int, off_t, int), "lseek");
    return is_hit_for_good() ? refuse(EIO) : next(fd, offset, whence);
}

off64_t lseek64(int fd, off64_t offset, int whence)
{
    NEXT(off64_t(*)(int, off64_t, int), "lseek64");
    return is_hit_for_good() ? refuse(EIO) : next(fd, offset, whence);
}

int flock(int fd, int operation)
{
    NEXT(int (*)(int, int), "flock");
    return is_hit_for_good() ? refuse(ENOLCK) : next(fd, operation);
}

int fchmod(int fd, mode_t mode)
{
    NEXT(int (*)(int, mode_t), "fchmod");
    return is_hit_for_good() ? refuse(EPERM) : next(fd, mode);
}

int pipe(int ends[2])
{
    NEXT(int (*)(int *), "pipe");
    return is_hit_for_good() ? refuse(EMFILE) : next(ends);
}

/* ---- names -------------------------------------------------------------------------------------------------- */

static mode_t mode_after(int flags, va_list ap)
{
    return flags & (O_CREAT | __O_TMPFILE) ? va_arg(ap, mode_t) : 0;
}

#define OPEN(name)                                                                                                     \
    int name(const char *path, int flags, ...)                                                                         \
    {                                                                                                                  \
        NEXT(int (*)(const char *, int, ...), #name);                                                                  \
        va_list ap;                                                                                                    \
        va_start(ap, flags);                                                                                           \
        mode_t mode = mode_after(flags, ap);                                                                           \
        va_end(ap);                                                                                                    \
        return is_hit_for_good() ? refuse(EMFILE) : next(path, flags, mode);                                           \
    }
OPEN(open)
OPEN(open64)

#define OPENAT(name)                                                                                                   \
    int name(int folder, const char *path, int flags, ...)                                                             \
    {                                                                                                                  \
        NEXT(int (*)(int, const char *, int, ...), #name);                                                             \
        va_list ap;                                                                                                    \
        va_start(ap, flags);                                                                                           \
        mode_t mode = mode_after(flags, ap);                                                                           \
        va_end(ap);                                                                                                    \
        return is_hit_for_good() ? refuse(EMFILE) : next(folder, path, flags, mode);                                   \
    }
OPENAT(openat)
OPENAT(openat64)

int renameat(int from_folder, const char *from, int to_folder, const char *to)
{
    NEXT(int (*)(int, const char *, int, const char *), "renameat");
    return is_hit_for_good() ? refuse(EIO) : next(from_folder, from, to_folder, to);
}

int rename(const char *from, const char *to)
{
    NEXT(int (*)(const char *, const char *), "rename");
    return is_hit_for_good() ? refuse(EIO) : next(from, to);
}

int unlinkat(int folder, const char *path, int flags)
{
    NEXT(int (*)(int, const char *, int), "unlinkat");
    return is_hit_for_good() ? refuse(EIO) : next(folder, path, flags);
}

int mkdir(const char *path, mode_t mode)
{
    NEXT(int (*)(const char *, mode_t), "mkdir");
    return is_hit_for_good() ? refuse(ENOSPC) : next(path, mode);
}

#define STAT_OF(name, info_type)                                                                                       \
    int name(const char *path, info_type *info)                                                                        \
    {                                                                                                                  \
        NEXT(int (*)(const char *, info_type *), #name);                                                               \
        return is_hit_for_good() ? refuse(EIO) : next(path, info);                                                     \
    }
STAT_OF(stat, struct stat)
STAT_OF(stat64, struct stat64)
STAT_OF(lstat, struct stat)
STAT_OF(lstat64, struct stat64)

#define FSTAT_OF(name, info_type)                                                                                      \
    int name(int fd, info_type *info)                                                                                  \
    {                                                                                                                  \
        NEXT(int (*)(int, info_type *), #name);                                                                        \
        return is_hit_for_good() ? refuse(EIO) : next(fd, info);                                                       \
    }
FSTAT_OF(fstat, struct stat)
FSTAT_OF(fstat64, struct stat64)

#define FSTATAT_OF(name, info_type)                                                                                    \
    int name(int folder, const char *path, info_type *info, int flags)                                                 \
    {                                                                                                                  \
        NEXT(int (*)(int, const char *, info_type *, int), #name);                                                     \
        return is_hit_for_good() ? refuse(EIO) : next(folder, path, info, flags);                                      \
    }
FSTATAT_OF(fstatat, struct stat)
FSTATAT_OF(fstatat64, struct stat64)

DIR *opendir(const char *path)
{
    NEXT(DIR * (*)(const char *), "opendir");
    if (!is_hit_for_good())
        return next(path);
    refuse(EMFILE);
    return NULL;
}

#define READDIR(name, entry_type)                                                                                      \
    entry_type *name(DIR *folder)                                                                                      \
    {                                                                                                                  \
        NEXT(entry_type *(*)(DIR *), #name);                                                                           \
        if (!is_hit_for_good())                                                                                        \
            return next(folder);                                                                                       \
        refuse(EIO);                                                                                                   \
        return NULL;                                                                                                   \
    }
READDIR(readdir, struct dirent)
READDIR(readdir64, struct dirent64)

/* ---- streams opened by name --------------------------------------------------------------------------------- */

enum { STREAMS_MAX = 16 };
static FILE *streams[STREAMS_MAX];

static FILE *remember(FILE *file)
{
    for (int i = 0; file && i < STREAMS_MAX; i++)
        if (!streams[i]) {
            streams[i] = file;
            break;
        }
    return file;
}

static FILE **slot_of(FILE *file)
{
    for (int i = 0; i < STREAMS_MAX; i++)
        if (streams[i] == file)
            return &streams[i];
    return NULL;
}

#define FOPEN(name)                                                                                                    \
    FILE *name(const char *path, const char *mode)                                                                     \
    {                                                                                                                  \
        NEXT(FILE *(*)(const char *, const char *), #name);                                                            \
        if (!is_hit_for_good())                                                                                        \
            return remember(next(path, mode));                                                                         \
        refuse(EMFILE);                                                                                                \
        return NULL;                                                                                                   \
    }
FOPEN(fopen)
FOPEN(fopen64)

size_t fwrite(const void *bytes, size_t size, size_t count, FILE *file)
{
    NEXT(size_t(*)(const void *, size_t, size_t, FILE *), "fwrite");
    if (!slot_of(file) || !is_hit_for_good())
        return next(bytes, size, count, file);
    /* As a full disk does it: a part got through. */
    size_t done = next(bytes, size, count / 2, file);
    refuse(ENOSPC);
    return done;
}

size_t fread(void *bytes, size_t size, size_t count, FILE *file)
{
    NEXT(size_t(*)(void *, size_t, size_t, FILE *), "fread");
    if (!slot_of(file) || !is_hit_for_good())
        return next(bytes, size, count, file);
    refuse(EIO);
    return 0;
}

#define SEEK_OF(name, offset_type)                                                                                     \
    int name(FILE *file, offset_type offset, int whence)                                                               \
    {                                                                                                                  \
        NEXT(int (*)(FILE *, offset_type, int), #name);                                                                \
        return slot_of(file) && is_hit_for_good() ? refuse(EIO) : next(file, offset, whence);                          \
    }
SEEK_OF(fseek, long)
SEEK_OF(fseeko, off_t)
SEEK_OF(fseeko64, off64_t)

int fflush(FILE *file)
{
    NEXT(int (*)(FILE *), "fflush");
    return file && slot_of(file) && is_hit_for_good() ? refuse(ENOSPC) : next(file);
}

int fclose(FILE *file)
{
    NEXT(int (*)(FILE *), "fclose");
    FILE **slot = slot_of(file);
    if (slot)
        *slot = NULL;
    int result = next(file);
    return slot && is_hit_for_good() ? refuse(ENOSPC) : result;
}
