/*
 * Lets the Nth allocation fail (failpoint.h says how it is chosen). The program brings its own malloc, which stands on
 * libc's inner names, so those are what is replaced here.
 */
#define _GNU_SOURCE
#include "failpoint.h"

#include <dlfcn.h>
#include <stddef.h>

void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *old, size_t size);

/* What is asked for while the real functions are being looked up comes from here and is never given back. */
static char early[4096] __attribute__((aligned(16)));
static size_t early_used;
static bool is_looking;

static void *early_alloc(size_t size)
{
    size_t from = early_used;
    early_used += (size + 15) & ~(size_t)15;
    return early_used <= sizeof early ? early + from : NULL;
}

static void *real(const char *name)
{
    is_looking = true;
    void *found = dlsym(RTLD_NEXT, name);
    is_looking = false;
    return found;
}

void *__libc_malloc(size_t size)
{
    static void *(*next)(size_t);
    if (is_looking)
        return early_alloc(size);
    if (!next)
        *(void **)&next = real("__libc_malloc");
    return point_is_hit() ? NULL : next(size);
}

void *__libc_calloc(size_t count, size_t size)
{
    static void *(*next)(size_t, size_t);
    if (is_looking)
        return early_alloc(count * size);
    if (!next)
        *(void **)&next = real("__libc_calloc");
    return point_is_hit() ? NULL : next(count, size);
}

void *__libc_realloc(void *old, size_t size)
{
    static void *(*next)(void *, size_t);
    if (!next)
        *(void **)&next = real("__libc_realloc");
    return point_is_hit() ? NULL : next(old, size);
}
