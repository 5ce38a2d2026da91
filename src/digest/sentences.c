/* SPDX-License-Identifier: Apache-2.0 */
/* sentences.c - the sentences of all pages, how much of the story each tells, and which tell the same. */
#include "internal.h"

#include <stdlib.h>

enum {
    WORD_BYTES = 4,  /* shorter words are mostly function words */
    WORDS_MOST = 48, /* that count of a sentence */
    PAGES_CAP = 8,   /* a word on more pages says no more */
    SCORE_BASE = 6,  /* words: of two sentences with the same share the longer tells more */
    QUOTE_LEAST = 7, /* words of a sentence that is shown */
    QUOTE_MOST = 40,
    QUOTE_BYTES = 300,
    DATELINE_CAPITALS = 3, /* that a dateline begins with */
    DATELINE_BYTES = 48,
    SAME_WORDS = 3, /* that two sentences share at least when they tell the same ... */
};
/* ... and the part of all their words: 2 / 5. */
enum { SAME_SHARE = 2, SAME_OF = 5 };

/* ---- words --------------------------------------------------------------------------------------------- */

static bool in_word(unsigned char c)
{
    return c >= 0x80 || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* An s at the end is left out: "robbers", "robber". */
static ds_str lowered(ds_str w, char low[32])
{
    size_t n = w.len < 32 ? w.len : 32;
    for (size_t i = 0; i < n; i++)
        low[i] = (char)(w.at[i] >= 'A' && w.at[i] <= 'Z' ? w.at[i] + ('a' - 'A') : w.at[i]);
    return (ds_str){low, n};
}

static uint64_t stem_hash(ds_str low)
{
    bool s = low.len > WORD_BYTES && low.at[low.len - 1] == 's' && low.at[low.len - 2] != 's';
    return ds_hash(ds_str_cut(low, 0, low.len - s), 0);
}

/* "US" is not us. */
static bool is_initials(ds_str w)
{
    for (size_t i = 0; i < w.len; i++)
        if (w.at[i] < 'A' || w.at[i] > 'Z')
            return false;
    return w.len > 1;
}

static ds_status read_words(const dg *d, dg_sentence *s)
{
    uint64_t word[WORDS_MOST];
    size_t n = 0;
    for (size_t i = 0, j; i < s->words.len; i = j + 1) {
        for (j = i; j < s->words.len && in_word((unsigned char)s->words.at[j]); j++)
            ;
        if (j == i)
            continue;
        char room[32];
        ds_str w = ds_str_cut(s->words, i, j), low = lowered(w, room);
        unsigned cls = is_initials(w) ? 0 : dg_word_classes(d, low);
        s->first_classes |= s->length == 0 ? cls : 0;
        s->classes |= cls;
        s->length += i == 0 || s->words.at[i - 1] == ' ' || s->length == 0;
        if (j - i >= WORD_BYTES && !(cls & DG_COMMON) && n < WORDS_MOST)
            word[n++] = stem_hash(low);
    }
    size_t len = ds_unique_u64(word, n);
    uint64_t *at = ds_arena_calloc(d->scratch, len, sizeof *at);
    if (!at)
        return DS_NOMEM;
    if (len)
        memcpy(at, word, len * sizeof *at);
    s->hash = at;
    s->hashes = (uint32_t)len;
    return DS_OK;
}

static uint32_t shared(const dg_sentence *a, const dg_sentence *b)
{
    uint32_t n = 0;
    for (uint32_t i = 0, k = 0; i < a->hashes && k < b->hashes;) {
        if (a->hash[i] == b->hash[k]) {
            n++;
            i++;
            k++;
        } else if (a->hash[i] < b->hash[k]) {
            i++;
        } else {
            k++;
        }
    }
    return n;
}

uint32_t dg_shared_words(const dg_sentence *a, const dg_sentence *b)
{
    return shared(a, b);
}

bool dg_same_told(const dg_sentence *a, const dg_sentence *b)
{
    uint32_t n = shared(a, b);
    return n >= SAME_WORDS && 2 * n * SAME_OF >= (a->hashes + b->hashes) * SAME_SHARE;
}

uint32_t dg_pages_telling(const dg_sentences *all, const dg_sentence *s)
{
    uint32_t n = 0, last = UINT32_MAX;
    for (size_t i = 0; i < all->len; i++) {
        const dg_sentence *x = &all->at[i];
        bool tells = x == s || (x->member != s->member && x->part != DS_PART_TITLE && !x->copied &&
                                dg_same_told(s, x));
        if (!tells || x->member == last)
            continue;
        last = x->member;
        n++;
    }
    return n;
}

/* ---- what stands by itself ------------------------------------------------------------------------------ */

/* Quotation marks that open and close inside. */
static bool balanced(ds_str s)
{
    int depth = 0;
    size_t straight = 0;
    for (size_t i = 0; i < s.len; i++) {
        straight += s.at[i] == '"';
        if (ds_str_starts(ds_str_cut(s, i, s.len), DS_STR("“")))
            depth++;
        else if (ds_str_starts(ds_str_cut(s, i, s.len), DS_STR("”")) && --depth < 0)
            return false;
    }
    return depth == 0 && straight % 2 == 0 && ds_str_find(s, DS_STR("``"), 0) < 0 &&
           ds_str_find(s, DS_STR("''"), 0) < 0;
}

/* Mostly capitals: a transcript, a heading. */
static bool shouts(ds_str s)
{
    size_t large = 0, small = 0;
    for (size_t i = 0; i < s.len; i++) {
        large += s.at[i] >= 'A' && s.at[i] <= 'Z';
        small += s.at[i] >= 'a' && s.at[i] <= 'z';
    }
    return large > small;
}

/* It begins and ends as sentences do, and nothing in it is damaged. */
static bool is_whole(ds_str w)
{
    bool ends = ds_str_ends(w, DS_STR(".")) || ds_str_ends(w, DS_STR(".”")) ||
                ds_str_ends(w, DS_STR(".\""));
    bool begins = w.len && ((w.at[0] >= 'A' && w.at[0] <= 'Z') || ds_str_starts(w, DS_STR("“")));
    bool damaged = ds_str_find(w, DS_STR("\xEF\xBF\xBD"), 0) >= 0 || memchr(w.at, '\n', w.len);
    return begins && ends && !damaged && balanced(w) && !shouts(w);
}

static bool stands_alone(const dg_sentence *s)
{
    return s->whole && s->words.len <= QUOTE_BYTES && s->length >= QUOTE_LEAST &&
           s->length <= QUOTE_MOST && !(s->first_classes & DG_LEANS) && !(s->classes & DG_READER);
}

/* ---- all of them ------------------------------------------------------------------------------------------ */

typedef DS_VEC(dg_sentence) sentences;

/* A sentence that goes on in the next one: "worth over $2." "5 million". */
static bool is_torn(ds_str next)
{
    return next.len &&
           ((next.at[0] >= '0' && next.at[0] <= '9') || (next.at[0] >= 'a' && next.at[0] <= 'z'));
}

static ds_status add_page(const dg *d, uint32_t m, sentences *v)
{
    const ds_reading *r = &d->readings[d->story->members[m].reading];
    uint32_t bodies = 0;
    for (size_t i = 0; i < r->sents_len && i < DG_PAGE_SENTENCES && v->len < DG_STORY_SENTENCES;
         i++) {
        const ds_sentence *x = &r->sents[i];
        dg_sentence s = {.member = m, .number = x->number, .part = x->part};
        s.words = ds_str_trim(ds_str_at(r->article->text, x->span));
        s.body = x->part == DS_PART_BODY ? ++bodies : 0;
        DS_TRY(read_words(d, &s));
        s.whole = ds_language_known(r->article->language) && s.words.len && is_whole(s.words);
        s.alone = stands_alone(&s);
        if (v->len && v->at[v->len - 1].member == m && is_torn(s.words))
            v->at[v->len - 1].whole = v->at[v->len - 1].alone = false;
        DS_TRY(DS_PUSH(d->scratch, v, s));
    }
    return DS_OK;
}

typedef struct posting {
    uint64_t word;
    uint32_t member, sentence;
} posting;

static int by_word(const void *pa, const void *pb)
{
    const posting *a = pa, *b = pb;
    if (a->word != b->word)
        return a->word < b->word ? -1 : 1;
    return (a->sentence > b->sentence) - (a->sentence < b->sentence);
}

/* Adds to each sentence with words [beg, end), which are one word: on how many other pages it stands; in a story of one page, in how
 * many other sentences. */
static void weigh_word(const posting *p, size_t beg, size_t end, bool one_page, sentences *v)
{
    uint32_t n = 0;
    for (size_t i = beg; i < end; i++)
        n += one_page || i == beg || p[i].member != p[i - 1].member;
    n = n - 1 < PAGES_CAP ? n - 1 : PAGES_CAP;
    for (size_t i = beg; i < end; i++)
        v->at[p[i].sentence].score += n * 100;
}

static ds_status weigh(const dg *d, sentences *v)
{
    size_t n = 0, len = 0;
    for (size_t i = 0; i < v->len; i++)
        n += v->at[i].hashes;
    posting *p = ds_arena_calloc(d->scratch, n, sizeof *p);
    if (!p)
        return DS_NOMEM;
    for (size_t i = 0; i < v->len; i++)
        for (uint32_t k = 0; k < v->at[i].hashes; k++)
            p[len++] = (posting){v->at[i].hash[k], v->at[i].member, (uint32_t)i};
    if (len)
        qsort(p, len, sizeof *p, by_word);
    for (size_t i = 0, j; i < len; i = j) {
        for (j = i; j < len && p[j].word == p[i].word; j++)
            ;
        weigh_word(p, i, j, d->story->members_len < 2, v);
    }
    for (size_t i = 0; i < v->len; i++)
        v->at[i].score /= v->at[i].hashes + SCORE_BASE;
    return DS_OK;
}

/* Sentences with figures that an update took the place of. */
static void mark_stale(const dg *d, const dg_sentences *all)
{
    for (size_t i = 0; i < d->ledger->questions_len; i++) {
        const ds_question *q = &d->ledger->questions[i];
        for (size_t k = 0; k < q->answers_len; k++)
            for (size_t r = 0; q->answers[k].superseded && r < q->answers[k].rows_len; r++) {
                const ds_row *row = &d->story->rows[q->answers[k].rows[r]];
                dg_sentence *s = dg_sentence_at(all, row->member, row->claim.number);
                if (s)
                    s->stale = true;
            }
    }
}

ds_status dg_read_sentences(const dg *d, dg_sentences *out)
{
    sentences v = {0};
    for (uint32_t m = 0; m < d->story->members_len; m++)
        DS_TRY(add_page(d, m, &v));
    DS_TRY(weigh(d, &v));
    for (size_t i = 0; i < v.len; i++)
        v.at[i].copied = dg_is_copied(d, v.at[i].member, v.at[i].number);
    *out = (dg_sentences){v.at, v.len};
    mark_stale(d, out);
    return DS_OK;
}

dg_sentence *dg_sentence_at(const dg_sentences *all, uint32_t member, uint32_t number)
{
    size_t lo = 0, hi = all->len;
    while (lo < hi) {
        size_t mid = (lo + hi) / 2;
        const dg_sentence *s = &all->at[mid];
        if (s->member < member || (s->member == member && s->number < number))
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo < all->len && all->at[lo].member == member && all->at[lo].number == number
               ? &all->at[lo]
               : NULL;
}

/* "OSTERBY, Orsenia (Orpress) — The bridge": without what stands before the dash. */
static ds_str without_dateline(ds_str s)
{
    static const char *const dashes[] = {" — ", " – ", " -- ", " - ", "--", " | "};
    size_t large = 0;
    while (large < s.len && s.at[large] >= 'A' && s.at[large] <= 'Z')
        large++;
    if (large < DATELINE_CAPITALS)
        return s;
    for (size_t k = 0; k < sizeof dashes / sizeof *dashes; k++) {
        ds_str dash = ds_str_of(dashes[k]);
        ptrdiff_t at = ds_str_find(s, dash, 0);
        size_t end = at < 0 ? s.len : (size_t)at + dash.len;
        if (at > 0 && at <= DATELINE_BYTES && end < s.len && s.at[end] >= 'A' && s.at[end] <= 'Z')
            return ds_str_cut(s, end, s.len);
    }
    return s;
}

void dg_put_quote(ds_buf *b, ds_str s)
{
    bool open = false;
    s = without_dateline(s);
    ds_buf_puts(b, "“");
    for (size_t i = 0; i < s.len; i++) {
        ds_str rest = ds_str_cut(s, i, s.len);
        if (s.at[i] == '"') {
            ds_buf_puts(b, open ? "’" : "‘");
            open = !open;
        } else if (ds_str_starts(rest, DS_STR("“")) || ds_str_starts(rest, DS_STR("”"))) {
            ds_buf_puts(b, ds_str_starts(rest, DS_STR("“")) ? "‘" : "’");
            i += DS_STR("“").len - 1;
        } else {
            ds_buf_putc(b, s.at[i]);
        }
    }
    ds_buf_puts(b, "”");
}
