/*
 * The hash map from byte strings to numbers: open addressing with linear probing (Knuth, The Art of Computer Programming 3, 6.4,
 * algorithm L). The maps of a large run are in no cache, so that a look-up costs what it waits for memory: once for the slot, which has
 * the hash beside it, and once for the entry, which has its key behind it. A chain would add one for each entry it passes.
 */
#include "okrbook/base.h"

#include <stdlib.h>
#include <string.h>

enum { FIRST_SLOTS = 32 };

typedef struct entry { /* the key's bytes stand behind it */
    size_t n;
    uint32_t value;
} entry;

typedef struct slot {
    entry *entry; /* NULL where it is free */
    uint32_t hash;
} slot;

struct okb_map {
    slot *slots;
    size_t n_slots; /* a power of two, or none yet */
    size_t n;
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
    free(map->slots);
    okb_arena_reset(&map->keys);
    free(map);
}

static uint64_t mix(uint64_t x)
{
    x *= UINT64_C(0x9E3779B97F4A7C15); /* 2^64 over the golden ratio */
    return x ^ x >> 32;
}

static uint32_t hash_of(okb_span key)
{
    uint64_t hash = key.n, word;
    size_t at = 0;
    for (; at + sizeof word <= key.n; at += sizeof word) {
        memcpy(&word, key.p + at, sizeof word);
        hash = mix(hash ^ word);
    }
    for (word = 0; at < key.n; at++)
        word = word << 8 | (unsigned char)key.p[at];
    return (uint32_t)mix(mix(hash ^ word));
}

/* The key's slot, or the free one where it belongs; there is always a free one. */
static slot *find(const okb_map *map, okb_span key, uint32_t hash)
{
    size_t mask = map->n_slots - 1, at = hash & mask;
    for (; map->slots[at].entry; at = (at + 1) & mask) {
        const slot *s = &map->slots[at];
        if (s->hash == hash && s->entry->n == key.n && (key.n == 0 || memcmp(s->entry + 1, key.p, key.n) == 0))
            break;
    }
    return &map->slots[at];
}

static void grow(okb_map *map)
{
    size_t n_slots = map->n_slots ? map->n_slots * 2 : FIRST_SLOTS;
    slot *slots = calloc(n_slots, sizeof *slots);
    if (!slots)
        __builtin_trap();
    for (size_t i = 0; i < map->n_slots; i++) {
        if (!map->slots[i].entry)
            continue;
        size_t at = map->slots[i].hash & (n_slots - 1);
        while (slots[at].entry)
            at = (at + 1) & (n_slots - 1);
        slots[at] = map->slots[i];
    }
    free(map->slots);
    map->slots = slots;
    map->n_slots = n_slots;
}

uint32_t *okb_map_put(okb_map *map, okb_span key, uint32_t value, bool *is_new)
{
    if (map->n >= map->n_slots / 2)
        grow(map);
    uint32_t hash = hash_of(key);
    slot *s = find(map, key, hash);
    if (is_new)
        *is_new = !s->entry;
    if (!s->entry) {
        entry *added = okb_arena_alloc_raw(&map->keys, 1, sizeof *added + key.n);
        *added = (entry){.n = key.n, .value = value};
        if (key.n)
            memcpy(added + 1, key.p, key.n);
        if (key.n > map->longest)
            map->longest = key.n;
        *s = (slot){added, hash};
        map->n++;
    }
    return &s->entry->value;
}

uint32_t okb_map_get(const okb_map *map, okb_span key)
{
    if (map->n == 0 || key.n > map->longest)
        return OKB_NONE;
    const slot *s = find(map, key, hash_of(key));
    return s->entry ? s->entry->value : OKB_NONE;
}

size_t okb_map_count(const okb_map *map)
{
    return map->n;
}
