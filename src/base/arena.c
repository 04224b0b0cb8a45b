/* Arenas, growing arrays and growing strings. Allocation never returns NULL: see base.h. */
#include "okrbook/base.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DEFAULT_BLOCK_BYTES = 1 << 12, LARGEST_BLOCK_BYTES = 1 << 22, ALIGN_BYTES = 16 };

struct okb_block {
    okb_block *next;
    size_t used;
    size_t size;
    size_t unused_; /* keeps the bytes behind the header aligned */
};

/* Under the program's own allocator this never sees NULL (src/cli/memory.c). Elsewhere, in a test or a fuzzer, a failed allocation
 * ends in a trap rather than in silence. */
static void *must(void *p)
{
    if (!p)
        __builtin_trap();
    return p;
}

void okb_arena_init(okb_arena *arena, size_t block_bytes)
{
    *arena = (okb_arena){NULL, 0, block_bytes, block_bytes};
}

void okb_arena_reset(okb_arena *arena)
{
    for (okb_block *block = arena->head; block;) {
        okb_block *next = block->next;
        free(block);
        block = next;
    }
    arena->head = NULL;
    arena->used_bytes = 0;
    /* Scratch arenas are reset for each row: a block that once grew large would be zeroed for each of them. */
    arena->block_bytes = arena->first_bytes;
}

static void *block_data(okb_block *block)
{
    return block + 1;
}

static okb_block *block_new(size_t size)
{
    okb_block *block = must(malloc(sizeof *block + size));
    *block = (okb_block){.size = size};
    return block;
}

void *okb_arena_alloc_raw(okb_arena *arena, size_t count, size_t size_bytes)
{
    if (size_bytes != 0 && count > (SIZE_MAX / 4) / size_bytes)
        must(NULL);
    size_t need = (count * size_bytes + ALIGN_BYTES - 1) & ~(size_t)(ALIGN_BYTES - 1);
    if (need == 0)
        need = ALIGN_BYTES;
    arena->used_bytes += need;
    okb_block *head = arena->head;
    if (head && head->size - head->used >= need) {
        char *p = (char *)block_data(head) + head->used;
        head->used += need;
        return p;
    }
    if (arena->block_bytes == 0)
        arena->block_bytes = DEFAULT_BLOCK_BYTES;
    if (head && need > arena->block_bytes / 4) {
        /* A large piece gets a block of its own behind the head, so that the head's free rest stays in use. */
        okb_block *own = block_new(need);
        own->used = need;
        own->next = head->next;
        head->next = own;
        return block_data(own);
    }
    okb_block *block = block_new(need > arena->block_bytes ? need : arena->block_bytes);
    if (arena->block_bytes < LARGEST_BLOCK_BYTES)
        arena->block_bytes *= 2;
    block->used = need;
    block->next = head;
    arena->head = block;
    return block_data(block);
}

void *okb_arena_alloc(okb_arena *arena, size_t count, size_t size_bytes)
{
    void *p = okb_arena_alloc_raw(arena, count, size_bytes);
    /* Here and not a block at a time: what is cleared is written next, and is at hand then. */
    memset(p, 0, count * size_bytes);
    return p;
}

okb_span okb_arena_copy(okb_arena *arena, okb_span s)
{
    char *p = okb_arena_alloc_raw(arena, s.n + 1, 1);
    if (s.n)
        memcpy(p, s.p, s.n);
    p[s.n] = '\0';
    return (okb_span){p, s.n};
}

okb_span okb_arena_vprintf(okb_arena *arena, const char *fmt, va_list ap)
{
    va_list again;
    va_copy(again, ap);
    char small[256];
    int n = vsnprintf(small, sizeof small, fmt, ap);
    size_t size = n > 0 ? (size_t)n : 0;
    char *p = okb_arena_alloc_raw(arena, size + 1, 1);
    if (size < sizeof small)
        memcpy(p, small, size + 1);
    else
        vsnprintf(p, size + 1, fmt, again);
    va_end(again);
    return (okb_span){p, size};
}

okb_span okb_arena_printf(okb_arena *arena, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    okb_span s = okb_arena_vprintf(arena, fmt, ap);
    va_end(ap);
    return s;
}

static void vec_resize(okb_vec *vec, size_t cap, size_t size_bytes)
{
    vec->items = must(realloc(vec->items, cap * size_bytes));
    vec->cap = cap;
    vec->size_bytes = size_bytes;
}

void okb_vec_reserve(okb_vec *vec, size_t more, size_t size_bytes)
{
    if (more > SIZE_MAX / 4 / size_bytes)
        must(NULL);
    if (vec->cap - vec->n < more)
        vec_resize(vec, vec->n + more, size_bytes);
}

void okb_vec_grow(okb_vec *vec, size_t size_bytes)
{
    vec_resize(vec, vec->cap ? vec->cap * 2 : 16, size_bytes);
}

void okb_vec_free(okb_vec *vec)
{
    free(vec->items);
    *vec = (okb_vec){NULL, 0, 0, 0};
}

static void buf_reserve(okb_buf *buf, size_t more)
{
    if (buf->cap - buf->n > more)
        return;
    size_t cap = buf->cap ? buf->cap : 128;
    while (cap - buf->n <= more)
        cap *= 2;
    buf->p = must(realloc(buf->p, cap));
    buf->cap = cap;
}

void okb_buf_add(okb_buf *buf, okb_span s)
{
    buf_reserve(buf, s.n);
    if (s.n)
        memcpy(buf->p + buf->n, s.p, s.n);
    buf->n += s.n;
    buf->p[buf->n] = '\0';
}

void okb_buf_byte(okb_buf *buf, char byte)
{
    buf_reserve(buf, 1);
    buf->p[buf->n++] = byte;
    buf->p[buf->n] = '\0';
}

void okb_buf_printf(okb_buf *buf, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    va_list again;
    va_copy(again, ap);
    char small[512];
    int n = vsnprintf(small, sizeof small, fmt, ap);
    size_t size = n > 0 ? (size_t)n : 0;
    buf_reserve(buf, size + 1);
    if (size < sizeof small)
        memcpy(buf->p + buf->n, small, size + 1);
    else
        vsnprintf(buf->p + buf->n, size + 1, fmt, again);
    buf->n += size;
    va_end(again);
    va_end(ap);
}

okb_span okb_buf_span(const okb_buf *buf)
{
    return (okb_span){buf->p, buf->n};
}

void okb_buf_free(okb_buf *buf)
{
    free(buf->p);
    *buf = (okb_buf){NULL, 0, 0};
}
