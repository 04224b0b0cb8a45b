/*
 * The process's allocator ends the run with status 71 when the system has no more memory. The workbook library crashes or loses
 * content when an allocation fails inside it, so no NULL may ever reach it. Left out under sanitizers, which bring
 * allocators of their own.
 */
#ifndef OKB_SANITIZED

#include <stddef.h>
#include <stdlib.h>

#include "cli.h"

extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t count, size_t size);
extern void *__libc_realloc(void *p, size_t size);

static _Noreturn void out_of_memory(void)
{
    okb_cli_end_at_once(OKB_E_SYSTEM, "out of memory, nothing was written; run it with more memory or fewer inputs");
}

void *malloc(size_t size)
{
    void *p = __libc_malloc(size);
    if (!p)
        out_of_memory();
    return p;
}

void *calloc(size_t count, size_t size)
{
    void *p = __libc_calloc(count, size);
    if (!p)
        out_of_memory();
    return p;
}

void *realloc(void *old, size_t size)
{
    void *p = __libc_realloc(old, size);
    if (!p && size != 0)
        out_of_memory();
    return p;
}

#else
typedef int okb_memory_is_left_to_the_sanitizer;
#endif
