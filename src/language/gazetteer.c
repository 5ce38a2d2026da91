/* SPDX-License-Identifier: Apache-2.0 */
#include "language/gazetteer.h"

#include "language/fold.h"
#include "language/language.h"

#define MAGIC "GAZETT1\n"
#define CAPS_SALT 0x51ed270bu /* first link of short phrases in capitals: "US" */
#define CAPS_MOST 6           /* letters */
#define SETS_MOST 4096
#define SLOTS_LOG2_MOST 24

typedef struct
    head { /* at the start of the section; sets and slots follow, each at a multiple of 64 */
    char magic[8];
    uint32_t sets, slots_log2;
    char pad[48];
} head;

_Static_assert(sizeof(head) == 64 && sizeof(gz_slot) == 8, "read in place");

uint32_t gz_key(ds_str word)
{
    uint32_t h = 2166136261u;
    for (size_t i = 0; i < word.len;) {
        uint32_t c = fold_next(word, &i);
        if (c != '.' || word.len == 1)
            h = (h ^ c) * 16777619u;
    }
    return h;
}

static uint64_t chain(uint64_t h, uint32_t key)
{
    h = (h ^ key) * 0x9E3779B97F4A7C15ull;
    return h ^ h >> 29;
}

static uint32_t check_of(uint64_t h)
{
    uint32_t c = (uint32_t)(h >> 32);
    return c ? c : 1;
}

/* The slot of a hash, or the free one where it would be. At least one slot is free. */
static uint32_t find(const gz_slot *slots, uint32_t mask, uint64_t h)
{
    uint32_t at = (uint32_t)h & mask;
    while (slots[at].hash && slots[at].hash != check_of(h))
        at = (at + 1) & mask;
    return at;
}

/* ---- open ---------------------------------------------------------------------------------------------- */

static size_t round_up(size_t n)
{
    return (n + 63) / 64 * 64;
}

ds_status ds_gazetteer_open(ds_str section, ds_gazetteer *out, ds_err *err)
{
    const head *h = (const void *)section.at;
    if (section.len < sizeof *h || memcmp(h->magic, MAGIC, sizeof h->magic) != 0)
        return ds_fail(err, DS_BAD, "gazetteer: not a section of phrases", 0);
    if (h->sets == 0 || h->sets > SETS_MOST || h->slots_log2 > SLOTS_LOG2_MOST)
        return ds_fail(err, DS_BAD, "gazetteer: sizes out of bounds", 8);
    size_t slots_at = sizeof *h + round_up(h->sets * sizeof(uint32_t));
    uint32_t len = 1u << h->slots_log2, free_slots = 0;
    if (section.len != slots_at + len * sizeof(gz_slot))
        return ds_fail(err, DS_BAD, "gazetteer: sizes do not fit", 8);
    *out = (ds_gazetteer){(const uint32_t *)(const void *)(section.at + sizeof *h),
                          (const gz_slot *)(const void *)(section.at + slots_at), h->sets, len - 1};
    for (uint32_t i = 0; i < len && !free_slots; i++)
        free_slots += out->slots[i].hash == 0;
    return free_slots ? DS_OK : ds_fail(err, DS_BAD, "gazetteer: no slot is free", slots_at);
}

/* ---- mark ---------------------------------------------------------------------------------------------- */

static uint32_t set(const ds_gazetteer *g, uint16_t number)
{
    return number < g->sets_len ? g->sets[number] : 0;
}

/* Of the phrases that begin at words[0]: the longest of each class. */
static void mark_from(const ds_gazetteer *g, uint64_t h, const gz_word *words, size_t len,
                      gz_marks *out)
{
    uint32_t ends[GZ_PHRASE_MOST] = {0}, seen = 0;
    size_t n = 0;
    for (; n < len && n < GZ_PHRASE_MOST; n++) {
        h = chain(h, words[n].key);
        const gz_slot *s = &g->slots[find(g->slots, g->mask, h)];
        if (!s->hash)
            break;
        uint32_t any = set(g, s->any);
        ends[n] = (any | (words[0].cap ? set(g, s->cap) : 0)) & ~GZ_GOES_ON;
        if (!(any & GZ_GOES_ON)) {
            n++;
            break;
        }
    }
    while (n-- > 0) {
        uint32_t bits = ends[n] & ~seen;
        seen |= bits;
        if (n == 0)
            out[0].one |= bits;
        else
            out[0].beg |= bits;
        for (size_t j = 1; bits && j <= n; j++)
            out[j].in |= bits;
    }
}

void ds_gazetteer_mark(const ds_gazetteer *g, const gz_word *words, size_t len, gz_marks *out)
{
    for (size_t i = 0; i < len; i++) {
        mark_from(g, 0, words + i, len - i, out + i);
        if (words[i].allcap)
            mark_from(g, CAPS_SALT, words + i, 1, out + i);
    }
}

/* ---- phrases -------------------------------------------------------------------------------------------- */

/* Words of a phrase as texts are cut: hyphens and a final 's are words. 0: too many. */
static size_t cut(ds_str s, ds_str out[GZ_PHRASE_MOST])
{
    size_t n = 0, beg = 0;
    for (size_t i = 0; i <= s.len; i++) {
        char c = i < s.len ? s.at[i] : ' ';
        bool ending = c == '\'' && i > beg && i + 1 < s.len && s.at[i + 1] == 's' &&
                      (i + 2 == s.len || s.at[i + 2] == ' ');
        if (c != ' ' && c != '-' && !ending)
            continue;
        if (n + 2 > GZ_PHRASE_MOST)
            return 0;
        if (i > beg)
            out[n++] = ds_str_cut(s, beg, i);
        if (c == '-')
            out[n++] = ds_str_cut(s, i, i + 1);
        beg = ending ? i : i + 1;
        i += ending;
    }
    return n;
}

static bool in_capitals(ds_str s)
{
    size_t letters = 0;
    for (size_t i = 0; i < s.len; i++) {
        if (s.at[i] == '.')
            continue;
        if (s.at[i] < 'A' || s.at[i] > 'Z')
            return false;
        letters++;
    }
    return letters >= 2 && letters <= CAPS_MOST;
}

/* Capitals without case marks, and what is no ASCII, count. */
static bool begins_high(ds_str s)
{
    return (s.at[0] >= 'A' && s.at[0] <= 'Z') || (unsigned char)s.at[0] >= 0x80;
}

/* ---- look up ------------------------------------------------------------------------------------------- */

uint32_t ds_gazetteer_find(const ds_gazetteer *g, const gz_word *words, size_t len)
{
    uint64_t h = 0;
    uint32_t bits = 0;
    for (size_t n = 0; n < len; n++) {
        h = chain(h, words[n].key);
        const gz_slot *s = &g->slots[find(g->slots, g->mask, h)];
        if (!s->hash)
            return 0;
        bits = set(g, s->any) | (words[0].cap ? set(g, s->cap) : 0);
    }
    if (len == 1 && words[0].allcap) {
        const gz_slot *s = &g->slots[find(g->slots, g->mask, chain(CAPS_SALT, words[0].key))];
        bits |= s->hash ? set(g, s->any) | set(g, s->cap) : 0;
    }
    return bits & ~GZ_GOES_ON;
}

static uint32_t listed_as(uint32_t bits)
{
    static const struct {
        uint32_t of, as;
    } table[] = {
        {GZ_BIT(GZ_COUNTRY), DS_LISTED_COUNTRY},
        {GZ_BIT(GZ_WORLD), DS_LISTED_WORLD},
        {GZ_BIT(GZ_NATURE), DS_LISTED_NATURE},
        {GZ_BIT(GZ_REGION), DS_LISTED_REGION},
        {GZ_BIT(GZ_CITY), DS_LISTED_CITY},
        {GZ_BIT(GZ_LANDMARK), DS_LISTED_LANDMARK},
        {GZ_BIT(GZ_GIVEN), DS_LISTED_GIVEN},
        {GZ_BIT(GZ_FAMILY), DS_LISTED_FAMILY},
        {GZ_ORGS, DS_LISTED_ORG},
        {GZ_BIT(GZ_ORGEND), DS_LISTED_ORGWORD},
        {GZ_BIT(GZ_PLACEWORD) | GZ_BIT(GZ_FACILITY), DS_LISTED_PLACEWORD},
        {GZ_BIT(GZ_TITLE) | GZ_BIT(GZ_ROLE) | GZ_BIT(GZ_HONORIFIC), DS_LISTED_TITLE},
        {GZ_BIT(GZ_PARTICLE) | GZ_BIT(GZ_JOIN), DS_LISTED_PARTICLE},
        {GZ_BIT(GZ_TIME), DS_LISTED_TIME},
    };
    uint32_t out = 0;
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        out |= bits & table[i].of ? table[i].as : 0;
    return out;
}

uint32_t ds_language_listed(const ds_lexicon *lex, ds_str phrase)
{
    ds_gazetteer g;
    ds_str words[GZ_PHRASE_MOST];
    gz_word keys[GZ_PHRASE_MOST];
    size_t n = phrase.len ? cut(phrase, words) : 0;
    if (ds_gazetteer_open(ds_lexicon_section(lex, "gazetteer"), &g, NULL) != DS_OK)
        return 0;
    for (size_t i = 0; i < n; i++)
        keys[i] = (gz_word){gz_key(words[i]), begins_high(words[i]), in_capitals(words[i])};
    return n ? listed_as(ds_gazetteer_find(&g, keys, n)) : 0;
}

/* ---- make ---------------------------------------------------------------------------------------------- */

static const struct {
    const char *table, *kind;
    uint8_t cls;
} kinds[] = {
    {"countries", "country", GZ_COUNTRY},
    {"countries", "long", GZ_COUNTRY},
    {"countries", "capital", GZ_CITY},
    {"countries", "adjective", GZ_ADJECTIVE},
    {"countries", "people", GZ_PEOPLE},
    {"places", "world", GZ_WORLD},
    {"places", "water", GZ_NATURE},
    {"places", "mountain", GZ_NATURE},
    {"places", "island", GZ_NATURE},
    {"places", "region", GZ_REGION},
    {"places", "city", GZ_CITY},
    {"places", "landmark", GZ_LANDMARK},
    {"persons", "given", GZ_GIVEN},
    {"persons", "family", GZ_FAMILY},
    {"organizations", "org", GZ_ORG},
    {"organizations", "media", GZ_MEDIA},
    {"organizations", "company", GZ_COMPANY},
    {"organizations", "team", GZ_TEAM},
    {"namewords", "orgend", GZ_ORGEND},
    {"namewords", "placeword", GZ_PLACEWORD},
    {"namewords", "facility", GZ_FACILITY},
    {"namewords", "otherword", GZ_OTHERWORD},
    {"namewords", "title", GZ_TITLE},
    {"namewords", "role", GZ_ROLE},
    {"namewords", "group", GZ_GROUP},
    {"namewords", "particle", GZ_PARTICLE},
    {"namewords", "time", GZ_TIME},
    {"namewords", "closed", GZ_CLOSED},
    {"namewords", "join", GZ_JOIN},
    {"namewords", "tail", GZ_TAIL},
    {"namewords", "speech", GZ_SPEECH},
    {"namewords", "near", GZ_NEAR},
    {"namewords", "honorific", GZ_HONORIFIC},
    {"namewords", "modifier", GZ_MODIFIER},
};
const char *const gz_tables[] = {"countries",     "places",    "persons",
                                 "organizations", "namewords", NULL};

typedef struct maker {
    struct {
        uint64_t hash;
        uint32_t any, cap;
    } * slots; /* as gz_slot, but with whole hashes and masks */
    uint32_t mask;
    size_t used;
} maker;

static void put(maker *m, ds_str phrase, uint32_t bit)
{
    ds_str words[GZ_PHRASE_MOST];
    size_t n = cut(phrase, words);
    bool small = !begins_high(phrase);
    uint64_t h = n == 1 && in_capitals(phrase) ? CAPS_SALT : 0;
    for (size_t k = 0; k < n; k++) {
        h = chain(h, gz_key(words[k]));
        uint32_t at = (uint32_t)h & m->mask;
        while (m->slots[at].hash && m->slots[at].hash != h)
            at = (at + 1) & m->mask;
        m->used += m->slots[at].hash == 0;
        m->slots[at].hash = h;
        if (k + 1 < n)
            m->slots[at].any |= GZ_GOES_ON;
        else if (small)
            m->slots[at].any |= bit;
        else
            m->slots[at].cap |= bit;
    }
}

static uint32_t bit_of(ds_str table, ds_str kind)
{
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (ds_str_eq(table, ds_str_of(kinds[i].table)) &&
            ds_str_eq(kind, ds_str_of(kinds[i].kind)))
            return GZ_BIT(kinds[i].cls);
    return 0;
}

static ds_status gather(ds_arena *a, const ds_table *tables, size_t n, maker *m, ds_err *err)
{
    size_t most = 0, cap = 64;
    for (size_t i = 0; i < n; i++)
        most += (size_t)tables[i].rows * GZ_PHRASE_MOST;
    while (cap < most)
        cap *= 2;
    m->slots = ds_arena_calloc(a, cap, sizeof *m->slots);
    if (!m->slots)
        return ds_fail(err, DS_NOMEM, "out of memory", 0);
    m->mask = (uint32_t)cap - 1;
    for (size_t i = 0; i < n; i++)
        for (uint32_t r = 0; r < tables[i].rows; r++) {
            uint32_t bit = bit_of(tables[i].name, ds_table_cell(&tables[i], r, 1));
            if (!bit)
                return ds_fail(err, DS_BAD, "gazetteer: a table or kind that it does not know", r);
            put(m, ds_table_cell(&tables[i], r, 0), bit);
        }
    return DS_OK;
}

static ds_status number(uint32_t mask, uint32_t sets[SETS_MOST], uint32_t *len, uint16_t *out)
{
    for (*out = 0; *out < *len; ++*out)
        if (sets[*out] == mask)
            return DS_OK;
    if (*len == SETS_MOST)
        return DS_LIMIT;
    sets[(*len)++] = mask;
    return DS_OK;
}

ds_status ds_gazetteer_make(ds_arena *a, const ds_table *tables, size_t n, ds_str *out, ds_err *err)
{
    maker m = {0};
    head h = {.magic = MAGIC, .sets = 1};
    DS_TRY(gather(a, tables, n, &m, err));
    while ((1ull << h.slots_log2) * 3 < m.used * 4 + 4)
        h.slots_log2++;
    uint32_t len = 1u << h.slots_log2;
    uint32_t *sets = ds_arena_calloc(a, SETS_MOST, sizeof *sets);
    gz_slot *slots = ds_arena_calloc(a, len, sizeof *slots);
    if (!sets || !slots)
        return ds_fail(err, DS_NOMEM, "out of memory", 0);
    for (uint32_t i = 0; i <= m.mask; i++) {
        if (!m.slots[i].hash)
            continue;
        gz_slot *s = &slots[find(slots, len - 1, m.slots[i].hash)];
        s->hash = check_of(m.slots[i].hash);
        if (number(m.slots[i].any, sets, &h.sets, &s->any) < 0 ||
            number(m.slots[i].cap, sets, &h.sets, &s->cap) < 0)
            return ds_fail(err, DS_LIMIT, "gazetteer: too many sets of classes", 0);
    }
    size_t slots_at = sizeof h + round_up(h.sets * sizeof *sets),
           total = slots_at + len * sizeof *slots;
    char *at = ds_arena_alloc(a, total);
    if (!at)
        return ds_fail(err, DS_NOMEM, "out of memory", 0);
    memcpy(at, &h, sizeof h);
    memcpy(at + sizeof h, sets, h.sets * sizeof *sets);
    memcpy(at + slots_at, slots, len * sizeof *slots);
    *out = (ds_str){at, total};
    return DS_OK;
}
