/* SPDX-License-Identifier: Apache-2.0 */
/* Arenas: blocks in a chain, a budget over what is handed out, poison under ASan. */
#include "base/base.h"

#include <stdio.h>
#include <stdlib.h>

#if defined(__SANITIZE_ADDRESS__)
#define DS_ASAN 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define DS_ASAN 1
#endif
#endif
#ifdef DS_ASAN
#include <sanitizer/asan_interface.h>
#define POISON(p, n) ASAN_POISON_MEMORY_REGION(p, n)
#define UNPOISON(p, n) ASAN_UNPOISON_MEMORY_REGION(p, n)
#define GAP 16 /* bytes of poison after each allocation: overruns inside the arena become visible */
#else
#define POISON(p, n) ((void)(p), (void)(n))
#define UNPOISON(p, n) ((void)(p), (void)(n))
#define GAP 0
#endif

#define ALIGN 16
#define DEFAULT_BLOCK                                                                              \
    ((size_t)64 << 10) /* bytes: holds the small scratch of one request without a second block */
#define MAX_ALLOC                                                                                  \
    ((size_t)1 << 38) /* bytes of one block; sanitizers abort on what no machine has */
#define MAX_BLOCK ((size_t)4 << 20) /* blocks double up to here */

typedef struct block {
    struct block *next;
    size_t cap, used;
    size_t pad;
} block;

struct ds_arena {
    block *first, *last;
    size_t next_block, max_bytes, handed;
};

static char *block_bytes(block *b)
{
    return (char *)(b + 1);
}

static size_t round_up(size_t n)
{
    return (n + (ALIGN - 1)) & ~(size_t)(ALIGN - 1);
}

static block *block_new(size_t cap)
{
    if (cap > MAX_ALLOC)
        return NULL;
    block *b = malloc(sizeof *b + cap);
    if (!b)
        return NULL;
    *b = (block){.cap = cap};
    POISON(block_bytes(b), cap);
    return b;
}

ds_arena *ds_arena_new(size_t first_block, size_t max_bytes)
{
    ds_arena *a = malloc(sizeof *a);
    if (!a)
        return NULL;
    *a = (ds_arena){.max_bytes = max_bytes,
                    .next_block = round_up(first_block ? first_block : DEFAULT_BLOCK)};
    return a;
}

void ds_arena_free(ds_arena *a)
{
    if (!a)
        return;
    for (block *b = a->first, *next; b; b = next) {
        next = b->next;
        UNPOISON(block_bytes(b), b->cap);
        free(b);
    }
    free(a);
}

void ds_arena_freep(ds_arena **a)
{
    ds_arena_free(*a);
    *a = NULL;
}

void ds_arena_reset(ds_arena *a)
{
    if (!a->first)
        return;
    for (block *b = a->first->next, *next; b; b = next) {
        next = b->next;
        UNPOISON(block_bytes(b), b->cap);
        free(b);
    }
    a->first->next = NULL;
    a->first->used = 0;
    POISON(block_bytes(a->first), a->first->cap);
    a->last = a->first;
    a->handed = 0;
}

static bool room_for(ds_arena *a, size_t need)
{
    if (a->last && a->last->cap - a->last->used >= need)
        return true;
    size_t cap = a->next_block > need ? a->next_block : need;
    block *b = block_new(cap);
    if (!b)
        return false;
    if (a->last)
        a->last->next = b;
    else
        a->first = b;
    a->last = b;
    if (a->next_block < MAX_BLOCK)
        a->next_block *= 2;
    return true;
}

void *ds_arena_raw(ds_arena *a, size_t bytes)
{
    if (bytes > SIZE_MAX / 2 || round_up(bytes) > a->max_bytes - a->handed)
        return NULL;
    size_t need = round_up(bytes) + GAP;
    if (!room_for(a, need))
        return NULL;
    char *p = block_bytes(a->last) + a->last->used;
    a->last->used += need;
    a->handed += round_up(bytes);
    UNPOISON(p, bytes);
    return p;
}

void *ds_arena_alloc(ds_arena *a, size_t bytes)
{
    void *p = ds_arena_raw(a, bytes);
    if (p && bytes)
        memset(p, 0, bytes);
    return p;
}

void *ds_arena_calloc(ds_arena *a, size_t count, size_t size)
{
    size_t bytes;
    if (__builtin_mul_overflow(count, size, &bytes))
        return NULL;
    return ds_arena_alloc(a, bytes);
}

static bool is_last(const ds_arena *a, const char *old, size_t old_bytes)
{
    return a->last && old &&
           old + round_up(old_bytes) + GAP == block_bytes(a->last) + a->last->used;
}

void *ds_arena_grow(ds_arena *a, void *old, size_t old_bytes, size_t new_bytes)
{
    if (new_bytes <= old_bytes)
        return old;
    if (new_bytes > SIZE_MAX / 2)
        return NULL;
    size_t more = round_up(new_bytes) - round_up(old_bytes);
    if (is_last(a, old, old_bytes) && a->last->cap - a->last->used >= more) {
        if (more > a->max_bytes - a->handed)
            return NULL;
        a->last->used += more;
        a->handed += more;
        UNPOISON(old, new_bytes);
        memset((char *)old + old_bytes, 0, new_bytes - old_bytes);
        return old;
    }
    void *p = ds_arena_alloc(a, new_bytes);
    if (p && old_bytes) {
        memcpy(p, old, old_bytes);
        POISON(old, old_bytes); /* a pointer kept into what moved is a bug */
    }
    return p;
}

size_t ds_arena_used(const ds_arena *a)
{
    return a->handed;
}

ds_str ds_arena_str(ds_arena *a, ds_str s)
{
    if (!s.at)
        return s;
    char *p = ds_arena_alloc(a, s.len + 1);
    if (!p)
        return (ds_str){0};
    memcpy(p, s.at, s.len);
    return (ds_str){p, s.len};
}

ds_str ds_arena_printf(ds_arena *a, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    int n = vsnprintf(NULL, 0, fmt, ap);
    va_end(ap);
    char *p = n < 0 ? NULL : ds_arena_alloc(a, (size_t)n + 1);
    if (!p)
        return (ds_str){0};
    va_start(ap, fmt);
    vsnprintf(p, (size_t)n + 1, fmt, ap);
    va_end(ap);
    return (ds_str){p, (size_t)n};
}
