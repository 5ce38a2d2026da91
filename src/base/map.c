/* SPDX-License-Identifier: Apache-2.0 */
/* Open addressing over an array of slots in insertion order. */
#include "base/base.h"

#include <xxhash.h>

#define FIRST_TABLE 16 /* places; at most half are filled */

struct ds_map {
    ds_arena *arena;
    uint64_t seed;
    DS_VEC(ds_map_slot) slots;
    uint32_t *table; /* slot number + 1, 0: free */
    size_t places;   /* a power of two */
};

uint64_t ds_hash(ds_str s, uint64_t seed)
{
    return XXH3_64bits_withSeed(s.at ? s.at : "", s.len, seed);
}

ds_map *ds_map_new(ds_arena *a, uint64_t seed)
{
    ds_map *m = ds_arena_alloc(a, sizeof *m);
    uint32_t *table = m ? ds_arena_calloc(a, FIRST_TABLE, sizeof *table) : NULL;
    if (!table)
        return NULL;
    m->arena = a;
    m->seed = seed;
    m->table = table;
    m->places = FIRST_TABLE;
    return m;
}

/* The place where key stands, or the free one where it would. */
static size_t place_of(const ds_map *m, ds_str key)
{
    size_t i = ds_hash(key, m->seed) & (m->places - 1);
    while (m->table[i] && !ds_str_eq(m->slots.at[m->table[i] - 1].key, key))
        i = (i + 1) & (m->places - 1);
    return i;
}

static ds_status widen(ds_map *m)
{
    if ((m->slots.len + 1) * 2 <= m->places)
        return DS_OK;
    uint32_t *table = ds_arena_calloc(m->arena, m->places * 2, sizeof *table);
    if (!table)
        return DS_NOMEM;
    m->table = table;
    m->places *= 2;
    for (size_t s = 0; s < m->slots.len; s++)
        m->table[place_of(m, m->slots.at[s].key)] = (uint32_t)s + 1;
    return DS_OK;
}

ds_status ds_map_put(ds_map *m, ds_str key, uint64_t value)
{
    size_t i = place_of(m, key);
    if (m->table[i]) {
        m->slots.at[m->table[i] - 1].value = value;
        return DS_OK;
    }
    if (m->slots.len >= UINT32_MAX - 1)
        return DS_NOMEM;
    DS_TRY(widen(m));
    DS_TRY(DS_PUSH(m->arena, &m->slots, ((ds_map_slot){key, value})));
    m->table[place_of(m, key)] = (uint32_t)m->slots.len;
    return DS_OK;
}

ds_status ds_map_get(const ds_map *m, ds_str key, uint64_t *out)
{
    size_t i = place_of(m, key);
    if (!m->table[i])
        return DS_NONE;
    *out = m->slots.at[m->table[i] - 1].value;
    return DS_OK;
}

size_t ds_map_len(const ds_map *m)
{
    return m->slots.len;
}

const ds_map_slot *ds_map_slots(const ds_map *m)
{
    return m->slots.at;
}
