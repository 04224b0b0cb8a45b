/* Owns what stands at a path: its kind, a folder's files, a new folder. */
#include "okrbook/os.h"
#include "path.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

bool okb_os_same_file(okb_span a, okb_span b)
{
    char first[OKB_PATH_BYTES], second[OKB_PATH_BYTES];
    struct stat x, y;
    return okb_path_copy(a, first) && okb_path_copy(b, second) && stat(first, &x) == 0 && stat(second, &y) == 0 &&
           x.st_dev == y.st_dev && x.st_ino == y.st_ino;
}

okb_path_kind okb_os_path_kind(okb_span path)
{
    char name[OKB_PATH_BYTES];
    struct stat info;
    if (!okb_path_copy(path, name) || stat(name, &info) != 0)
        return OKB_PATH_MISSING;
    if (S_ISREG(info.st_mode))
        return OKB_PATH_FILE;
    return S_ISDIR(info.st_mode) ? OKB_PATH_FOLDER : OKB_PATH_OTHER;
}

static bool ends_in(const char *name, const okb_span *suffixes, size_t n_suffixes)
{
    size_t size = strlen(name);
    for (size_t i = 0; i < n_suffixes; i++)
        if (size > suffixes[i].n && strncasecmp(name + size - suffixes[i].n, suffixes[i].p, suffixes[i].n) == 0)
            return true;
    return false;
}

static int compare_spans(const void *a, const void *b)
{
    return okb_span_cmp(*(const okb_span *)a, *(const okb_span *)b);
}

/* A link that leads nowhere counts as a file, so that reading it says so instead of passing it over. */
static bool is_a_file(const char *path)
{
    struct stat info;
    return stat(path, &info) != 0 || S_ISREG(info.st_mode);
}

static okb_code list_open(DIR *folder, const char *path, const okb_span *suffixes, size_t n_suffixes, okb_arena *keep,
                          okb_vec *names, okb_err *err)
{
    size_t size = strlen(path);
    const char *slash = size && path[size - 1] == '/' ? "" : "/";
    for (;;) {
        errno = 0;
        const struct dirent *entry = readdir(folder);
        if (!entry)
            break;
        /* Dot files are the system's and other programs' own (a Mac's ._goals.csv is binary). */
        if (entry->d_name[0] == '.' || !ends_in(entry->d_name, suffixes, n_suffixes))
            continue;
        okb_span full = okb_arena_printf(keep, "%s%s%s", path, slash, entry->d_name);
        if (is_a_file(full.p))
            *okb_vec_push(names, okb_span) = full;
    }
    if (errno != 0)
        return okb_fail(err, OKB_E_IO, "cannot list '%s': %s; check the disk", path, okb_errno_text(errno));
    return OKB_OK;
}

okb_code okb_os_list_folder(okb_span path, const okb_span *suffixes, size_t n_suffixes, okb_arena *keep, okb_span **out,
                            size_t *out_n, okb_err *err)
{
    char name[OKB_PATH_BYTES];
    if (!okb_path_copy(path, name))
        return okb_fail(err, OKB_E_INPUT, "cannot open a path of %zu bytes; name a shorter one", path.n);
    DIR *folder = opendir(name);
    if (!folder)
        return okb_fail(err, OKB_E_INPUT, "cannot open the folder '%s': %s; check the path and its rights", name,
                        okb_errno_text(errno));
    okb_vec names = {NULL, 0, 0, 0};
    okb_code code = list_open(folder, name, suffixes, n_suffixes, keep, &names, err);
    closedir(folder);
    if (code == OKB_OK) {
        *out = OKB_NEW_N(keep, okb_span, names.n);
        if (names.n) {
            memcpy(*out, names.items, names.n * sizeof(okb_span));
            qsort(*out, names.n, sizeof(okb_span), compare_spans);
        }
        *out_n = names.n;
    }
    okb_vec_free(&names);
    return code;
}

okb_code okb_os_make_folder(okb_span path, okb_err *err)
{
    char name[OKB_PATH_BYTES];
    if (!okb_path_copy(path, name))
        return okb_fail(err, OKB_E_CREATE, "cannot create a path of %zu bytes; name a shorter one", path.n);
    if (mkdir(name, 0777) == 0)
        return OKB_OK;
    int number = errno;
    struct stat info;
    if (number == EEXIST && stat(name, &info) == 0 && S_ISDIR(info.st_mode))
        return OKB_OK;
    return okb_fail(err, OKB_E_CREATE, "cannot create the folder '%s': %s; check the path and its rights", name,
                    okb_errno_text(number));
}
