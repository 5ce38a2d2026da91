/* SPDX-License-Identifier: Apache-2.0 */
/* names_look.c - what a word itself shows: case, shape, ends; runs of capitals; where names may be at all. */
#include "language/fold.h"
#include "language/names.h"

#include <unicode/uchar.h>

enum {
    NEAR = 2,       /* words beside a capitalised one that may belong to its name */
    JOIN_MOST = 3,  /* small words in a row inside a run: "of the", "de la" */
    LOUD_LEAST = 3, /* words of a sentence that is loud */
    TAIL_MOST = 6,  /* bytes of the second half of a given name: "Chih-hsin" */
    LONG_WORD = 64, /* letters that are looked at */
};

/* ---- one word ---------------------------------------------------------------------------------------- */

typedef struct spelt { /* a word, letter by letter */
    uint32_t low[LONG_WORD], kinds[LONG_WORD];
    size_t len;
} spelt;

static uint32_t hash_of(const uint32_t *c, size_t beg, size_t end, uint32_t seed)
{
    uint32_t h = 2166136261u ^ seed;
    for (size_t i = beg; i < end; i++)
        h = (h ^ c[i]) * 16777619u;
    return h | 1;
}

/* X x d for letters and digits, ASCII marks as they are. */
static uint32_t kind_of(uint32_t c)
{
    if (c < 0x80)
        return c >= 'A' && c <= 'Z'   ? 'X'
               : c >= 'a' && c <= 'z' ? 'x'
               : c >= '0' && c <= '9' ? 'd'
                                      : c;
    return u_isupper((UChar32)c) ? 'X' : u_isalpha((UChar32)c) ? 'x' : '.';
}

static void spell(ds_str s, spelt *out)
{
    out->len = 0;
    for (size_t i = 0; i < s.len && out->len < LONG_WORD; out->len++) {
        size_t at = i;
        out->kinds[out->len] = kind_of(ds_utf8_next(s, &at));
        uint32_t low = fold_next(s, &i);
        out->low[out->len] = low >= '0' && low <= '9' ? '0' : low;
    }
}

static uint32_t end_of(const spelt *w, size_t letters)
{
    return w->len > letters ? hash_of(w->low, w->len - letters, w->len, 200) : 0;
}

void nm_ends(ds_str word, uint32_t first[3], uint32_t last[3])
{
    spelt s;
    spell(word, &s);
    for (size_t k = 0; k < 3; k++) {
        first[k] = s.len > k + 2 ? hash_of(s.low, 0, k + 2, 100) : 0;
        last[k] = end_of(&s, k + 2);
    }
}

uint32_t nm_low(ds_str word)
{
    spelt s;
    spell(word, &s);
    return hash_of(s.low, 0, s.len, 0);
}

/* "McDonald" XxXx, "U.S." X.X., "1,200" d,d: letters of one kind in a row as one, but up to three capitals at the start. */
static uint32_t shape_of(const spelt *w)
{
    uint32_t out[LONG_WORD];
    size_t n = 0;
    for (size_t i = 0; i < w->len; i++) {
        bool again = n > 0 && out[n - 1] == w->kinds[i];
        if (!again || (w->kinds[i] == 'X' && n < 3))
            out[n++] = w->kinds[i];
    }
    return hash_of(out, 0, n, 7);
}

static unsigned case_of(const spelt *w)
{
    size_t upper = 0, letters = 0;
    unsigned flags = 0;
    for (size_t i = 0; i < w->len; i++) {
        bool up = w->kinds[i] == 'X', letter = up || w->kinds[i] == 'x';
        if (up && letters == 0 && (i == 0 || w->kinds[i - 1] != 'd'))
            flags |= NM_CAP;
        upper += up;
        letters += letter;
    }
    flags |= letters ? NM_WORD : 0;
    flags |= letters >= 2 && upper == letters ? NM_ALLCAP : 0;
    return flags;
}

static uint8_t class_of(const nm_classes *c, uint32_t low)
{
    if (!c->mask)
        return 0;
    for (uint32_t i = (low * 0x9E3779B1u >> 8) & c->mask; c->slots[i]; i = (i + 1) & c->mask)
        if ((c->slots[i] ^ low) >> 8 == 0)
            return (uint8_t)c->slots[i];
    return 0;
}

static void look_at(const nm_classes *c, nm_word *w)
{
    spelt s;
    spell(w->text, &s);
    w->key = gz_key(w->text);
    w->low = hash_of(s.low, 0, s.len, 0);
    w->shape = shape_of(&s);
    w->cls = class_of(c, w->low);
    w->flags = (uint16_t)((w->flags & NM_SPACE) | case_of(&s));
    w->end = end_of(&s, 3);
}

/* Words of closed classes; but "US" is not "us". */
static void take_marks(nm_word *w, gz_marks marks)
{
    bool other = marks.one & (GZ_BIT(GZ_FEATURES) - 1);
    w->gz = marks;
    if (marks.one & GZ_BIT(GZ_CLOSED) && !(w->flags & NM_ALLCAP && other))
        w->flags |= NM_CLOSED;
    if (marks.one & GZ_BIT(GZ_JOIN))
        w->flags |= NM_JOIN;
}

/* ---- sentences ------------------------------------------------------------------------------------------- */

static void find_phrases(const ds_gazetteer *g, nm_text *t, const nm_range *s, gz_word *words,
                         gz_marks *marks)
{
    size_t n = s->end - s->beg;
    nm_word *w = t->words + s->beg;
    for (size_t i = 0; i < n; i++)
        words[i] = (gz_word){w[i].key, w[i].flags & NM_CAP, w[i].flags & NM_ALLCAP};
    memset(marks, 0, n * sizeof *marks);
    ds_gazetteer_mark(g, words, n, marks);
    for (size_t i = 0; i < n; i++)
        take_marks(&w[i], marks[i]);
}

static bool is_mark(const nm_word *w)
{
    return !(w->flags & NM_WORD) && (w->text.at[0] < '0' || w->text.at[0] > '9');
}

static void find_first(nm_text *t, const nm_range *s)
{
    uint32_t i = s->beg;
    while (i < s->end && is_mark(&t->words[i]))
        i++;
    if (i < s->end)
        t->words[i].flags |= NM_FIRST;
}

/* Headlines: "Troops Leave Varn". */
static void find_loud(nm_text *t, const nm_range *s)
{
    size_t words = 0, caps = 0;
    for (uint32_t i = s->beg; i < s->end; i++) {
        const nm_word *w = &t->words[i];
        bool counts = (w->flags & NM_WORD) && !(w->flags & (NM_CLOSED | NM_JOIN));
        words += counts;
        caps += counts && (w->flags & NM_CAP);
    }
    for (uint32_t i = s->beg; i < s->end && words >= LOUD_LEAST && caps == words; i++)
        t->words[i].flags |= NM_LOUD;
}

static bool in_run(const nm_word *w)
{
    return (w->flags & NM_CAP) && !((w->flags & NM_CLOSED) && (w->flags & NM_FIRST));
}

/* "Ing-wen", "Jae-in", but not "Oxford-trained", "London-led": short, glued to a capitalised word by a hyphen, and no word
 * that ends compounds. */
static bool is_tail(const nm_word *w)
{
    ds_str s = w->text;
    return (w[0].flags & NM_WORD) && !(w[0].flags & (NM_CAP | NM_SPACE)) &&
           !(w[-1].flags & NM_SPACE) && w[-1].text.at[0] == '-' && s.len <= TAIL_MOST &&
           !ds_str_ends(s, DS_STR("ed")) && !ds_str_ends(s, DS_STR("ing")) &&
           !(w[0].gz.one & GZ_BIT(GZ_TAIL));
}

/* Index behind the run that begins at i. */
static uint32_t run_end(const nm_text *t, uint32_t i, uint32_t end)
{
    uint32_t last = i + 1;
    for (uint32_t k = i + 1; k < end && k - last <= JOIN_MOST; k++) {
        if (k == last + 1 && is_tail(&t->words[k]))
            t->words[k].flags |= NM_TAIL;
        if (in_run(&t->words[k]) || t->words[k].flags & NM_TAIL)
            last = k + 1;
        else if (!(t->words[k].flags & NM_JOIN))
            break;
    }
    return last;
}

static ds_status find_runs(ds_arena *a, nm_text *t, const nm_range *s, size_t *cap)
{
    for (uint32_t i = s->beg, end; i < s->end; i = end) {
        end = i + 1;
        t->words[i].run = 0;
        if (!in_run(&t->words[i]))
            continue;
        end = run_end(t, i, s->end);
        if (t->runs_len == *cap)
            DS_TRY(ds_vec_room(a, (void **)&t->runs, t->runs_len, cap, sizeof *t->runs));
        for (uint32_t k = i; k < end; k++)
            t->words[k].run = (uint32_t)t->runs_len;
        t->runs[t->runs_len++] = (nm_range){i, end};
    }
    return DS_OK;
}

/* A few words without capitals are names: "coronavirus", "sub-Saharan Africa". */
static bool may_name(const nm_word *w)
{
    return (w->flags & NM_CAP) ||
           (w->gz.one | w->gz.beg) & (GZ_BIT(GZ_GROUP) | GZ_BIT(GZ_OTHERWORD) | GZ_BIT(GZ_WORLD));
}

static void find_near(nm_text *t, const nm_range *s)
{
    for (uint32_t i = s->beg; i < s->end; i++) {
        if (!may_name(&t->words[i]))
            continue;
        for (uint32_t k = i > s->beg + NEAR ? i - NEAR : s->beg; k < s->end && k <= i + NEAR; k++)
            t->near[k / 64] |= 1ull << (k % 64);
    }
}

static uint32_t longest(const nm_text *t)
{
    uint32_t n = 0;
    for (size_t i = 0; i < t->sents_len; i++)
        n = t->sents[i].end - t->sents[i].beg > n ? t->sents[i].end - t->sents[i].beg : n;
    return n;
}

ds_status nm_look(ds_arena *a, const ds_gazetteer *g, const nm_classes *c, nm_text *t)
{
    size_t cap = 0, most = longest(t);
    gz_word *words = ds_arena_calloc(a, most, sizeof *words);
    gz_marks *marks = ds_arena_calloc(a, most, sizeof *marks);
    t->near = ds_arena_calloc(a, t->len / 64 + 1, sizeof *t->near);
    t->runs = NULL;
    t->runs_len = 0;
    DS_TRY(ds_vec_room(a, (void **)&t->runs, 0, &cap, sizeof *t->runs));
    if (!words || !marks || !t->near)
        return DS_NOMEM;
    t->runs[t->runs_len++] = (nm_range){0, 0};
    for (size_t i = 0; i < t->len; i++)
        look_at(c, &t->words[i]);
    for (size_t i = 0; i < t->sents_len; i++) {
        const nm_range *s = &t->sents[i];
        find_phrases(g, t, s, words, marks);
        find_first(t, s);
        find_loud(t, s);
        DS_TRY(find_runs(a, t, s, &cap));
        find_near(t, s);
    }
    return nm_look_around(a, t);
}
