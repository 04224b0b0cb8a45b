/* The hash map from byte strings to numbers: uthash behind four functions. */
#include "okrbook/base.h"

#include <stdlib.h>
#include <string.h>

/* The library's conversions are its own business. */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wconversion"
#pragma GCC diagnostic ignored "-Wsign-conversion"
#pragma GCC diagnostic ignored "-Wcast-qual"
#pragma GCC diagnostic ignored "-Wimplicit-fallthrough"
/* Its own way out would be exit(); the process's allocator never lets it come to that. */
#define uthash_fatal(message) __builtin_trap()
#include <uthash.h>

typedef struct entry {
    okb_span key;
    uint32_t value;
    UT_hash_handle hh;
} entry;

struct okb_map {
    entry *table;
    okb_arena keys;
    size_t longest; /* key: what is longer is not looked for */
};

okb_map *okb_map_new(void)
{
    okb_map *map = calloc(1, sizeof *map);
    if (!map)
        __builtin_trap();
    okb_arena_init(&map->keys, 0);
    return map;
}

void okb_map_free(okb_map *map)
{
    if (!map)
        return;
    HASH_CLEAR(hh, map->table);
    okb_arena_reset(&map->keys);
    free(map);
}

/* uthash reads the key's bytes even where there are none. */
static okb_span safe_key(okb_span key)
{
    return key.n ? key : (okb_span){"", 0};
}

uint32_t *okb_map_put(okb_map *map, okb_span key, uint32_t value, bool *is_new)
{
    key = safe_key(key);
    entry *found = NULL;
    unsigned hash;
    HASH_VALUE(key.p, key.n, hash);
    HASH_FIND_BYHASHVALUE(hh, map->table, key.p, key.n, hash, found);
    if (is_new)
        *is_new = !found;
    if (!found) {
        found = okb_arena_alloc(&map->keys, 1, sizeof *found + key.n + 1);
        memcpy(found + 1, key.p, key.n); /* behind its entry, so that both come from memory at once */
        found->key = (okb_span){(const char *)(found + 1), key.n};
        found->value = value;
        if (key.n > map->longest)
            map->longest = key.n;
        HASH_ADD_KEYPTR_BYHASHVALUE(hh, map->table, found->key.p, found->key.n, hash, found);
    }
    return &found->value;
}

uint32_t okb_map_get(const okb_map *map, okb_span key)
{
    key = safe_key(key);
    entry *found = NULL;
    if (key.n > map->longest)
        return OKB_NONE;
    HASH_FIND(hh, map->table, key.p, key.n, found);
    return found ? found->value : OKB_NONE;
}

size_t okb_map_count(const okb_map *map)
{
    return HASH_COUNT(map->table);
}

#pragma GCC diagnostic pop
