/* SPDX-License-Identifier: Apache-2.0 */
/* sayings.c - what happened on a day, in a sentence that a page has: one for each event, with the sentences that tell of it elsewhere. */
#include "internal.h"

#include <stdlib.h>

enum {
    WORD_BYTES = 4,    /* shorter words are mostly function words */
    WORDS_MOST = 48,   /* that count of a sentence */
    EVENTS_MOST = 64,  /* of a day, before the rest is passed over */
    MEMBERS_MOST = 32, /* of an event that are looked at for the best sentence */
    SAYING_WORDS = 36, /* a longer sentence tells more than the event */
    SAYING_LEAST = 6,
    SAYING_BYTES = 280, /* of a line */
};

/* Part of their rarer words that sentences of one day share when they tell of one event: 2 / 10. */
enum { SAME_SHARE = 2, SAME_OF = 10 };

typedef struct saying {
    const dg_mention *m;
    const uint64_t *word; /* ascending, each once */
    const uint8_t *rare;  /* of each */
    uint32_t words, rarity;
} saying;

typedef struct event {
    uint32_t lead;            /* its first sentence, index into the day's sayings */
    uint32_t pages;           /* that tell of it in their own words */
    uint32_t sentences, told; /* all of them; those that a line with a figure cites */
    bool heads;               /* a chronicle has it */
    uint32_t last;            /* page counted last */
    uint32_t support;         /* how much of it the day's other sentences say */
    uint32_t best, score;
} event;

/* ---- words --------------------------------------------------------------------------------------------- */

static bool in_word(unsigned char c)
{
    return c >= 0x80 || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static uint64_t word_hash(ds_str w)
{
    char low[32];
    size_t n = w.len < sizeof low ? w.len : sizeof low;
    for (size_t i = 0; i < n; i++)
        low[i] = (char)(w.at[i] >= 'A' && w.at[i] <= 'Z' ? w.at[i] + ('a' - 'A') : w.at[i]);
    return ds_hash((ds_str){low, n}, 0);
}

static ds_status read_words(ds_arena *a, saying *s)
{
    uint64_t word[WORDS_MOST];
    size_t n = 0;
    ds_str t = s->m->words;
    for (size_t i = 0, j; i < t.len && n < WORDS_MOST; i = j + 1) {
        for (j = i; j < t.len && in_word((unsigned char)t.at[j]); j++)
            ;
        if (j - i >= WORD_BYTES)
            word[n++] = word_hash(ds_str_cut(t, i, j));
    }
    n = ds_unique_u64(word, n);
    uint64_t *at = ds_arena_calloc(a, n, sizeof *at);
    if (!at)
        return DS_NOMEM;
    if (n)
        memcpy(at, word, n * sizeof *at);
    s->word = at;
    s->words = (uint32_t)n;
    return DS_OK;
}

/* How many times the sentences of all days must be halved until one is left that has the word. */
static uint8_t rarity_of(const dg_sayings *all, uint64_t word)
{
    size_t lo = 0, hi = all->len;
    while (lo < hi) {
        size_t mid = (lo + hi) / 2;
        if (all->at[mid].hash < word)
            lo = mid + 1;
        else
            hi = mid;
    }
    uint32_t in = lo < all->len && all->at[lo].hash == word ? all->at[lo].sentences : 1;
    uint8_t bits = 0;
    for (size_t n = all->sentences / in; n > 1; n /= 2)
        bits++;
    return bits;
}

static ds_status weigh_words(ds_arena *a, const dg_sayings *all, saying *s)
{
    uint8_t *rare = ds_arena_calloc(a, s->words, sizeof *rare);
    if (!rare)
        return DS_NOMEM;
    for (uint32_t i = 0; i < s->words; i++) {
        rare[i] = rarity_of(all, s->word[i]);
        s->rarity += rare[i];
    }
    s->rare = rare;
    return DS_OK;
}

/* ---- one event ----------------------------------------------------------------------------------------- */

static uint32_t shared_rarity(const saying *x, const saying *y)
{
    uint32_t sum = 0;
    for (uint32_t i = 0, j = 0; i < x->words && j < y->words;)
        if (x->word[i] == y->word[j]) {
            sum += x->rare[i];
            i++, j++;
        } else if (x->word[i] < y->word[j]) {
            i++;
        } else {
            j++;
        }
    return sum;
}

static bool same_event(const saying *x, const saying *y)
{
    uint32_t shared = shared_rarity(x, y);
    return shared && 2 * shared * SAME_OF >= (x->rarity + y->rarity) * SAME_SHARE;
}

static void take_in(event *e, const saying *s)
{
    e->sentences++;
    e->told += s->m->told;
    e->heads |= s->m->heads;
    if (!s->m->copied && e->last != s->m->member) {
        e->pages++;
        e->last = s->m->member;
    }
}

/* of[i]: event of the day's i-th sentence; EVENTS_MOST: none. */
static size_t find_events(const saying *v, size_t n, uint32_t *of, event events[EVENTS_MOST])
{
    uint32_t len = 0;
    for (uint32_t i = 0; i < n; i++) {
        uint32_t e = 0;
        while (e < len && !same_event(&v[events[e].lead], &v[i]))
            e++;
        of[i] = e;
        if (e == EVENTS_MOST)
            continue;
        if (e == len)
            events[len++] = (event){.lead = i, .last = UINT32_MAX, .best = i};
        take_in(&events[e], &v[i]);
    }
    return len;
}

/* Of events that one page each tells the best is that whose words the others have too. */
static void find_support(const saying *v, size_t n, event *events, size_t len)
{
    for (size_t e = 0; e < len; e++)
        for (size_t i = 0; i < n && i < EVENTS_MOST; i++) {
            const saying *s = &v[events[e].lead];
            if (i != events[e].lead)
                events[e].support += 100 * shared_rarity(s, &v[i]) / (s->rarity + v[i].rarity + 1);
        }
}

static uint32_t count_words(ds_str s)
{
    uint32_t n = 0;
    for (size_t i = 0; i < s.len; i++)
        n += in_word((unsigned char)s.at[i]) && (i == 0 || s.at[i - 1] == ' ');
    return n;
}

/* The sentence that says most of what the others say, and not much else. */
static void find_best(const saying *v, size_t n, const uint32_t *of, uint32_t e, event *ev)
{
    uint32_t member[MEMBERS_MOST], len = 0;
    for (uint32_t i = ev->lead; i < n && len < MEMBERS_MOST; i++)
        if (of[i] == e)
            member[len++] = i;
    for (uint32_t i = 0; i < len; i++) {
        const saying *s = &v[member[i]];
        uint32_t score = 0, words = count_words(s->m->words);
        for (uint32_t k = 0; k < len; k++)
            if (k != i)
                score +=
                    100 * shared_rarity(s, &v[member[k]]) / (s->rarity + v[member[k]].rarity + 1);
        score = score + 1;
        if (words < SAYING_LEAST || words > SAYING_WORDS)
            score /= 2;
        if (s->m->certainty > DS_CERT_REPORTED)
            score /= 2;
        if (score > ev->score) {
            ev->score = score;
            ev->best = member[i];
        }
    }
}

/* ---- lines --------------------------------------------------------------------------------------------- */

static ds_status quoted(ds_arena *a, ds_str s, ds_str *out)
{
    ds_buf b = ds_buf_new(a);
    size_t end = s.len;
    if (s.len > SAYING_BYTES)
        for (end = SAYING_BYTES; end > 0 && s.at[end] != ' '; end--)
            ;
    ds_buf_puts(&b, "“");
    ds_buf_put(&b, ds_str_cut(s, 0, end ? end : s.len));
    ds_buf_puts(&b, end < s.len ? " …”" : "”");
    return ds_buf_take(&b, out);
}

static ds_status cite_all(const dg *d, const saying *v, size_t n, const uint32_t *of, uint32_t e,
                          ds_line_cites *out)
{
    dg_cites cites = {0};
    for (size_t i = 0; i < n; i++)
        if (of[i] == e) /* in order of member and sentence */
            DS_TRY(DS_PUSH(d->a, &cites, ((ds_cite){v[i].m->member, v[i].m->number})));
    *out = (ds_line_cites){cites.at, cites.len};
    return DS_OK;
}

static int by_pages(const void *pa, const void *pb)
{
    const event *const *a = pa, *const *b = pb;
    const event *x = *a, *y = *b;
    if (x->pages != y->pages)
        return x->pages > y->pages ? -1 : 1;
    if (x->heads != y->heads)
        return x->heads ? -1 : 1;
    if (x->support != y->support)
        return x->support > y->support ? -1 : 1;
    return (x->lead > y->lead) - (x->lead < y->lead);
}

/* Events that a line should tell, those of most pages first. A day that no line tells has one in any case. */
static size_t worth_telling(event *events, size_t len, bool told, const event *out[EVENTS_MOST])
{
    size_t n = 0;
    for (size_t i = 0; i < len; i++)
        if (events[i].told * 2 < events[i].sentences + (events[i].told == 0) &&
            events[i].pages > 0 && (!told || events[i].pages > 1))
            out[n++] = &events[i];
    if (n)
        qsort(out, n, sizeof *out, by_pages);
    size_t kept = 0;
    while (kept < n && kept < DG_SAYINGS_A_DAY &&
           (kept == 0 || out[kept]->pages > 1 || out[kept]->heads))
        kept++;
    return kept;
}

static ds_status day_sayings(const dg *d, const dg_days *days, const dg_day *day,
                             const dg_sayings *all, saying **out)
{
    saying *v = ds_arena_calloc(d->a, day->end - day->beg, sizeof *v);
    if (!v)
        return DS_NOMEM;
    for (size_t i = day->beg; i < day->end; i++) {
        saying *s = &v[i - day->beg];
        s->m = &days->mentions[i];
        DS_TRY(read_words(d->a, s));
        DS_TRY(weigh_words(d->a, all, s));
    }
    *out = v;
    return DS_OK;
}

ds_status dg_read_sayings(const dg *d, const dg_days *days, dg_sayings *out)
{
    DS_VEC(uint64_t) words = {0};
    DS_VEC(dg_word) v = {0};
    for (size_t i = 0; i < days->mentions_len; i++) {
        saying s = {.m = &days->mentions[i]};
        DS_TRY(read_words(d->a, &s));
        for (uint32_t k = 0; k < s.words; k++)
            DS_TRY(DS_PUSH(d->a, &words, s.word[k]));
    }
    ds_sort_u64(words.at, words.len);
    for (size_t i = 0, j; i < words.len; i = j) {
        for (j = i; j < words.len && words.at[j] == words.at[i]; j++)
            ;
        DS_TRY(DS_PUSH(d->a, &v, ((dg_word){words.at[i], (uint32_t)(j - i)})));
    }
    *out = (dg_sayings){v.at, v.len, days->mentions_len};
    return DS_OK;
}

ds_status dg_tell_day(const dg *d, const dg_days *days, const dg_day *day, const dg_sayings *all,
                      bool told, ds_event out[DG_SAYINGS_A_DAY], size_t *len)
{
    event events[EVENTS_MOST];
    const event *best[EVENTS_MOST];
    saying *v;
    size_t n = day->end - day->beg;
    uint32_t *of = ds_arena_calloc(d->a, n, sizeof *of);
    if (!of)
        return DS_NOMEM;
    DS_TRY(day_sayings(d, days, day, all, &v));
    size_t found = find_events(v, n, of, events);
    find_support(v, n, events, found);
    size_t kept = worth_telling(events, found, told, best);
    for (size_t i = 0; i < kept; i++) {
        uint32_t e = (uint32_t)(best[i] - events);
        find_best(v, n, of, e, &events[e]);
        const dg_mention *m = v[events[e].best].m;
        out[i] =
            (ds_event){.has_when = true, .when = {day->day, day->day}, .certainty = m->certainty};
        DS_TRY(quoted(d->a, m->words, &out[i].text));
        DS_TRY(cite_all(d, v, n, of, e, &out[i].cites));
    }
    *len = kept;
    return DS_OK;
}
