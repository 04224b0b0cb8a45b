/*
 * Owns replacing a file whole. The temporary file beside the target is also the lock: whoever holds its kernel lock writes. The
 * lock dies with the process, so a killed run leaves at most a file that the next run takes over, and a finished run leaves
 * nothing, because the temporary file has become the target.
 */
#include "okrbook/os.h"
#include "path.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    LINKS_MAX = 40,      /* as the kernel counts */
    TAKE_ATTEMPTS = 100, /* each one lost means that another run has just finished */
    OUTFILES_MAX = 8,    /* open at once in one process */
    NAME_BYTES = 255,
    NAME_HEAD_BYTES = 220 /* of a name too long for its prefix and suffix; a digest keeps the rest apart */
};

struct okb_outfile {
    int fd; /* of the temporary file; holds the lock */
    int folder_fd;
    char *temp;            /* path as the target's, for the workbook library */
    const char *temp_name; /* in its folder */
    char *target;
    const char *target_name; /* in its folder */
    size_t slot;             /* in `pending` */
};

/* Files neither committed nor abandoned, for a handler that ends the run. A slot is filled last and emptied first. */
static okb_outfile *volatile pending[OUTFILES_MAX];

/* ---- the target --------------------------------------------------------------------------------------------- */

static const char *name_in(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

/* Follows links at the end of `path`, so that a link stays a link and its file is replaced. */
static okb_code follow_links(char path[OKB_PATH_BYTES], okb_err *err)
{
    for (int i = 0; i < LINKS_MAX; i++) {
        struct stat info;
        if (lstat(path, &info) != 0 || !S_ISLNK(info.st_mode))
            return OKB_OK;
        char link[OKB_PATH_BYTES];
        ssize_t n = readlink(path, link, sizeof link - 1);
        if (n < 0)
            return okb_fail(err, OKB_E_CREATE, "cannot follow the link '%s': %s; name the file itself", path,
                            okb_errno_text(errno));
        link[n] = '\0';
        size_t head = link[0] == '/' ? 0 : (size_t)(name_in(path) - path);
        if (head + (size_t)n >= OKB_PATH_BYTES)
            break;
        memcpy(path + head, link, (size_t)n + 1);
    }
    return okb_fail(err, OKB_E_CREATE,
                    "cannot follow the link '%s': too many links or too long a path; name the file itself", path);
}

static okb_code check_target(const char *path, okb_err *err)
{
    struct stat info;
    if (*name_in(path) == '\0')
        return okb_fail(err, OKB_E_CREATE, "cannot create '%s': it names a folder; name a file", path);
    if (stat(path, &info) != 0) {
        if (errno == ENOENT)
            return OKB_OK;
        return okb_fail(err, OKB_E_CREATE, "cannot create '%s': %s; check the path", path, okb_errno_text(errno));
    }
    if (S_ISDIR(info.st_mode))
        return okb_fail(err, OKB_E_CREATE, "cannot create '%s': it is a folder; name a file", path);
    if (!S_ISREG(info.st_mode))
        return okb_fail(err, OKB_E_CREATE, "cannot replace '%s': it is no regular file; name a file", path);
    if (faccessat(AT_FDCWD, path, W_OK, AT_EACCESS) != 0)
        return okb_fail(err, OKB_E_CREATE, "cannot replace '%s': %s; let this user write it, or name another file",
                        path, okb_errno_text(errno));
    return OKB_OK;
}

/* ---- the temporary file ------------------------------------------------------------------------------------- */

static okb_span temp_path(okb_arena *keep, const char *target)
{
    const char *name = name_in(target);
    int head = (int)(name - target);
    if (strlen(name) + strlen("..part") <= NAME_BYTES)
        return okb_arena_printf(keep, "%.*s.%s.part", head, target, name);
    char digest[65];
    okb_sha256_hex(okb_span_of(name), digest);
    return okb_arena_printf(keep, "%.*s.%.*s-%.16s.part", head, target, NAME_HEAD_BYTES, name, digest);
}

static bool is_same_file(const struct stat *a, const struct stat *b)
{
    return a->st_dev == b->st_dev && a->st_ino == b->st_ino;
}

/* Whether the name still leads to the open file, and nothing else does. */
static bool is_still_there(int folder_fd, const char *name, int fd)
{
    struct stat here, there;
    return fstat(fd, &here) == 0 && S_ISREG(here.st_mode) && here.st_nlink == 1 &&
           fstatat(folder_fd, name, &there, AT_SYMLINK_NOFOLLOW) == 0 && is_same_file(&here, &there);
}

/*
 * Opens the temporary file, locked and empty. A new one is made exclusively; one that is there was left by a killed run or is
 * another run's, and the lock tells which. Between opening and locking the other run may have finished and taken its file away:
 * then the lock is on a file without that name, and it starts over.
 */
static okb_code take_temp(okb_outfile *file, okb_err *err)
{
    for (int i = 0; i < TAKE_ATTEMPTS; i++) {
        int fd = openat(file->folder_fd, file->temp_name, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
        bool is_new = fd >= 0, is_left = !is_new && errno == EEXIST;
        if (is_left)
            fd = openat(file->folder_fd, file->temp_name, O_RDWR | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
        if (fd < 0 && is_left && errno == ENOENT)
            continue;
        if (fd < 0 && is_left)
            return okb_fail(err, OKB_E_CREATE, "cannot take over '%s': %s; remove it", file->temp,
                            okb_errno_text(errno));
        if (fd < 0)
            return okb_fail(err, OKB_E_CREATE, "cannot create '%s': %s; check its folder", file->target,
                            okb_errno_text(errno));
        if (flock(fd, LOCK_EX | LOCK_NB) != 0) {
            int number = errno;
            if (is_new && number != EWOULDBLOCK)
                unlinkat(file->folder_fd, file->temp_name, 0);
            close(fd);
            if (number == EWOULDBLOCK)
                return okb_fail(err, OKB_E_BUSY, "another run is writing '%s'; wait for it to end", file->target);
            return okb_fail(err, OKB_E_CREATE, "cannot lock '%s': %s; choose a folder on another disk", file->temp,
                            okb_errno_text(number));
        }
        if (is_still_there(file->folder_fd, file->temp_name, fd)) {
            /* The umask may have taken the owner's own rights away, and a killed run may have set the target's. */
            if (ftruncate(fd, 0) == 0 && fchmod(fd, 0600) == 0) {
                file->fd = fd;
                return OKB_OK;
            }
            int number = errno;
            unlinkat(file->folder_fd, file->temp_name, 0);
            close(fd);
            return okb_fail(err, OKB_E_CREATE, "cannot clear '%s': %s; remove it", file->temp, okb_errno_text(number));
        }
        struct stat info;
        bool is_strange = fstat(fd, &info) == 0 && info.st_nlink > 0 && (!S_ISREG(info.st_mode) || info.st_nlink > 1);
        close(fd);
        if (is_strange)
            return okb_fail(err, OKB_E_CREATE, "cannot use '%s': it is no file of this program's; remove it",
                            file->temp);
    }
    return okb_fail(err, OKB_E_BUSY, "other runs keep writing '%s'; wait for them to end", file->target);
}

okb_code okb_outfile_open(okb_span path, okb_arena *keep, okb_outfile **out, okb_err *err)
{
    char target[OKB_PATH_BYTES];
    if (path.n == 0 || !okb_path_copy(path, target))
        return okb_fail(err, OKB_E_CREATE, "cannot create a file with a path of %zu bytes; name another", path.n);
    okb_code code = follow_links(target, err);
    if (code == OKB_OK)
        code = check_target(target, err);
    if (code != OKB_OK)
        return code;

    size_t slot = 0;
    while (slot < OUTFILES_MAX && pending[slot])
        slot++;
    if (slot == OUTFILES_MAX)
        return okb_fail(err, OKB_E_BUG, "cannot create '%s': too many files are open for writing", target);

    okb_outfile *file = OKB_NEW(keep, okb_outfile);
    file->slot = slot;
    okb_span name = okb_arena_copy(keep, okb_span_of(target));
    okb_span temp = temp_path(keep, target);
    size_t head = (size_t)(name_in(target) - target);
    file->target = okb_arena_alloc(keep, name.n + 1, 1);
    memcpy(file->target, name.p, name.n);
    file->temp = okb_arena_alloc(keep, temp.n + 1, 1);
    memcpy(file->temp, temp.p, temp.n);
    file->target_name = file->target + head;
    file->temp_name = file->temp + head;

    okb_span folder = head ? okb_arena_copy(keep, (okb_span){target, head}) : OKB_S(".");
    file->folder_fd = open(folder.p, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (file->folder_fd < 0)
        return okb_fail(err, OKB_E_CREATE, "cannot create '%s': its folder: %s; make the folder, or name another",
                        target, okb_errno_text(errno));
    /* A signal that came between the file and its entry among the pending ones would leave it. */
    sigset_t all, before;
    sigfillset(&all);
    (void)sigprocmask(SIG_BLOCK, &all, &before);
    code = take_temp(file, err);
    if (code == OKB_OK)
        pending[slot] = file;
    (void)sigprocmask(SIG_SETMASK, &before, NULL);
    if (code != OKB_OK) {
        close(file->folder_fd);
        return code;
    }
    *out = file;
    return OKB_OK;
}

const char *okb_outfile_temp_path(const okb_outfile *file)
{
    return file->temp;
}

okb_code okb_outfile_write(okb_outfile *file, okb_span bytes, okb_err *err)
{
    int number = okb_fd_write_all(file->fd, bytes);
    if (number != 0)
        return okb_fail(err, OKB_E_IO, "cannot write '%s': %s; free some space or check the disk", file->target,
                        okb_errno_text(number));
    return OKB_OK;
}

/* ---- the end ------------------------------------------------------------------------------------------------ */

static void remove_temp(const okb_outfile *file)
{
    if (is_still_there(file->folder_fd, file->temp_name, file->fd))
        unlinkat(file->folder_fd, file->temp_name, 0);
}

static void release(okb_outfile *file)
{
    pending[file->slot] = NULL;
    close(file->fd);
    close(file->folder_fd);
    file->fd = file->folder_fd = -1;
}

/* The old file's mode, and its owner where that is allowed; 0644 for a new file whatever the umask. */
static int set_rights(const okb_outfile *file)
{
    struct stat old, mine;
    mode_t mode = 0644;
    if (fstatat(file->folder_fd, file->target_name, &old, 0) == 0) {
        mode = old.st_mode & 0777;
        bool is_other = fstat(file->fd, &mine) == 0 && (mine.st_uid != old.st_uid || mine.st_gid != old.st_gid);
        if (is_other && fchown(file->fd, old.st_uid, old.st_gid) != 0 && errno != EPERM)
            return errno;
    } else if (errno != ENOENT) {
        return errno; /* a private file must not come back readable to all */
    }
    return fchmod(file->fd, mode) == 0 ? 0 : errno;
}

/* Some network and user-space file systems cannot sync a folder and say so. */
static int sync_folder(const okb_outfile *file)
{
    if (fsync(file->folder_fd) == 0 || errno == EINVAL || errno == EOPNOTSUPP || errno == ENOSYS)
        return 0;
    return errno;
}

static okb_code fail_commit(const okb_outfile *file, okb_code code, const char *what, int number, okb_err *err)
{
    return okb_fail(err, code, "cannot %s '%s': %s; check the disk and the folder's rights", what, file->target,
                    okb_errno_text(number));
}

static okb_code finish(okb_outfile *file, okb_err *err)
{
    if (!is_still_there(file->folder_fd, file->temp_name, file->fd))
        return okb_fail(err, OKB_E_CREATE, "cannot finish '%s': '%s' was moved or replaced meanwhile; run again",
                        file->target, file->temp);
    int number = set_rights(file);
    if (number != 0)
        return fail_commit(file, OKB_E_IO, "set the rights of", number, err);
    if (fsync(file->fd) != 0)
        return fail_commit(file, OKB_E_IO, "sync", errno, err);
    if (renameat(file->folder_fd, file->temp_name, file->folder_fd, file->target_name) != 0)
        return fail_commit(file, OKB_E_CREATE, "replace", errno, err);
    /* From here the new file stands in the old one's place, whole; only its lasting through a power cut is open. */
    number = sync_folder(file);
    return number == 0 ? OKB_OK : fail_commit(file, OKB_E_IO, "sync the folder of", number, err);
}

okb_code okb_outfile_commit(okb_outfile *file, okb_err *err)
{
    okb_code code = finish(file, err);
    if (code != OKB_OK)
        remove_temp(file);
    release(file);
    return code;
}

void okb_outfile_abandon(okb_outfile *file)
{
    if (!file)
        return;
    remove_temp(file);
    release(file);
}

void okb_outfile_drop_all(void)
{
    for (size_t i = 0; i < OUTFILES_MAX; i++)
        if (pending[i])
            remove_temp(pending[i]);
}
