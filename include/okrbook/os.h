/*
 * os: the only POSIX calls. Reads files, lists folders, tells the day, holds a lock, replaces a file whole.
 */
#ifndef OKRBOOK_OS_H
#define OKRBOOK_OS_H

#include "okrbook/base.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Reads a regular file, a pipe or "-" (standard input) whole into the arena; terminated. Refuses more than max_bytes (0: no
 * limit), a file whose size or time changed while it was read, and a named pipe that no program opens to write to for ten seconds.
 * Errors: OKB_E_INPUT, OKB_E_IO. */
okb_code okb_os_read_file(okb_span path, size_t max_bytes, okb_arena *keep, okb_span *out, okb_err *err) OKB_MUST_USE;
/* Seconds since the file was last modified, measured against `now_seconds`; 0 for a pipe. */
okb_code okb_os_file_age(okb_span path, int64_t now_seconds, int64_t *out_seconds, okb_err *err) OKB_MUST_USE;

typedef enum okb_path_kind { OKB_PATH_MISSING, OKB_PATH_FILE, OKB_PATH_FOLDER, OKB_PATH_OTHER } okb_path_kind;
okb_path_kind okb_os_path_kind(okb_span path);
/* Whether both paths lead to one existing file, under whatever names. */
bool okb_os_same_file(okb_span a, okb_span b);
/* The files in a folder whose names end in one of the suffixes (compared without case) and do not begin with a dot, sorted
 * by bytes; full paths, kept. A link that leads nowhere is listed, so that reading it tells. */
okb_code okb_os_list_folder(okb_span path, const okb_span *suffixes, size_t n_suffixes, okb_arena *keep, okb_span **out,
                            size_t *out_n, okb_err *err) OKB_MUST_USE;

/* What errno says, in lower case. Borrowed, valid until the next call. */
const char *okb_errno_text(int number);
int64_t okb_os_now_seconds(void);      /* UTC, since 1970; the wall clock */
double okb_os_clock(void);             /* monotonic seconds, for budgets and progress */
okb_span okb_os_env(const char *name); /* borrowed; empty where unset */
int okb_os_cpu_count(void);
/* Lets the heap reach ahead in large pages and keep what it has; to be called once, first. */
void okb_os_settle_memory(void);
/* Raises the limit on open files to at least n if the hard limit allows; returns the limit in force. */
size_t okb_os_raise_open_files(size_t n);
bool okb_os_is_terminal(int fd);
/* Opens 0, 1 and 2 on /dev/null where they are closed, so that no output file can land on them. Writing to such a standard
 * output still fails. */
okb_code okb_os_settle_streams(okb_err *err) OKB_MUST_USE;
okb_code okb_os_make_folder(okb_span path, okb_err *err) OKB_MUST_USE; /* mkdir; an existing folder is fine */

/*
 * Replacing a file whole: open takes a kernel lock for `path` (OKB_E_BUSY where another run holds it), clears what a
 * killed run left, and makes an empty temporary file `.NAME.part` beside the target, which is what the lock is on; outputs of other
 * names in the folder are free. A link at `path` is followed and stays. The caller opens the temporary path, writes and closes
 * (truncating is fine, replacing the file is not), or uses okb_outfile_write; commit syncs the file, keeps the old file's mode and
 * owner (0644 for a new one whatever the umask), renames and syncs the folder. abandon removes the temporary file; NULL is
 * fine. Either must be called once; both release the lock; neither leaves anything behind. Errors: OKB_E_CREATE (a folder, a
 * device, no rights), OKB_E_BUSY, OKB_E_IO.
 */
typedef struct okb_outfile okb_outfile;
okb_code okb_outfile_open(okb_span path, okb_arena *keep, okb_outfile **out, okb_err *err) OKB_MUST_USE;
const char *okb_outfile_temp_path(const okb_outfile *file);
okb_code okb_outfile_write(okb_outfile *file, okb_span bytes,
                           okb_err *err) OKB_MUST_USE; /* for text outputs: appends */
okb_code okb_outfile_commit(okb_outfile *file, okb_err *err) OKB_MUST_USE;
void okb_outfile_abandon(okb_outfile *file);
/* Removes the temporary file of each outfile that is neither committed nor abandoned. For a process that ends at once; may be
 * called in a signal handler. */
void okb_outfile_drop_all(void);

/*
 * The scratch files of the workbook library come from here (os/scratch.c defines the library's lxw_tmpfile). They lie in memory as
 * far as 64 MB go, the rest in unnamed files in the output's folder, whose first write error is kept, because the library does not look.
 */
void okb_scratch_begin(const char *folder);
/* OKB_E_IO with the reason if any scratch file failed since begin. */
okb_code okb_scratch_check(okb_err *err) OKB_MUST_USE;

/* Runs `work(context, ix)` for ix 0..n-1, each in a forked process, at most `jobs` at once (64 at most); jobs 1 runs them here, one
 * after the other. What a piece leaves in memory is lost with its process. After a failure no further piece begins; of several the
 * error with the lowest index is carried back whole. A worker that is killed is OKB_E_SYSTEM, one
 * that another signal ends OKB_E_BUG. */
okb_code okb_os_fork_each(size_t n, int jobs, okb_code (*work)(void *context, size_t ix, okb_err *err), void *context,
                          okb_err *err) OKB_MUST_USE;
/* In a worker of okb_os_fork_each that must end at once: hands its last words to the run, which tells them. False in any other
 * process. May be called in a signal handler. */
bool okb_os_worker_tell(okb_code code, const char *text);

#ifdef __cplusplus
}
#endif

#endif
