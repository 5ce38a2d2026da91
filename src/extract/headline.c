/* SPDX-License-Identifier: Apache-2.0 */
/* headline.c - which line above a text is its title.
 *
 * Method   every line from the page's (or the article before's) end to where the text sets in is a candidate; points for
 *          the words that it shares with the start of the text, for its length, for a byline below, for a repetition,
 *          against distance, names, credits and lines that want something. Of a title and the standfirst below it the
 *          upper one wins
 */
#include "extract/internal.h"

#define SCAN 240    /* lines above the text that are looked at */
#define INTO_TEXT 3 /* lines of the text among which a title may stand, behind a stray first one */
#define START_BLOCKS 8   /* blocks of the text whose words count ... */
#define START_BYTES 1500 /* ... and bytes of each */
#define WORD_BITS (1u << 14)
#define WORD_BYTES 4     /* shorter words are in every text */
#define SETS_IN_WORDS 40 /* words of body lines close together where the text sets in */
#define SETS_IN_GAP 3
#define SIGNED_WITHIN 6
#define PAIR_WITHIN 3  /* a standfirst follows its title within so many lines */
#define PAIR_SHARE 30  /* percent of words that the upper line of a pair shares with the text */
#define PAIR_POINTS 45 /* ... and points that it may have less than the lower one */
#define LEAST_POINTS 25
/* Points, set by reading what was taken for a title on the development pages put into text. A share of words gives 0 to
 * 100. */
#define WORDS_MOST 28 /* longer lines are no title */
#define FIT_LEAST 5   /* words that most titles have ... */
#define FIT_MOST 18
#define FITS 30     /* ... are worth so much */
#define FEW 4       /* fewer words: a name, a section */
#define SIGNED 25   /* a byline below; above it speaks against the line */
#define STOPS 25    /* a full stop speaks against it */
#define REPEATED 15 /* the line stands twice above the text */
#define IN_PATH 40  /* a path ("Home / News / TITLE") ends with it */
#define NEAR 5      /* lines above the text that cost nothing; each more costs a point ... */
#define FAR_MOST 40 /* ... up to so many */

typedef struct seeker {
    const ext_page *p;
    const ext_draft *d;
    uint32_t beg, text; /* candidates from, and the block where the text sets in */
    uint64_t said[WORD_BITS / 64];
} seeker;

static const ext_block *block(const seeker *s, uint32_t i)
{
    return &s->p->blocks.at[i];
}

/* The next word of the text in lower case, as a hash; 0: no more. *long_: it has WORD_BYTES or more. */
static uint64_t next_word(ds_str t, size_t *i, bool *long_)
{
    char low[48];
    size_t n = 0, from;
    while (*i < t.len && !ext_is_alnum((unsigned char)t.at[*i]))
        ++*i;
    for (from = *i; *i < t.len && ext_is_alnum((unsigned char)t.at[*i]); ++*i)
        if (n < sizeof low)
            low[n++] = ext_lower(t.at[*i]);
    if (*i == from)
        return 0;
    *long_ = n >= WORD_BYTES || ext_is_digit((unsigned char)low[0]);
    if (n > WORD_BYTES && low[n - 1] == 's') /* plurals and third persons as one */
        n--;
    return ds_hash((ds_str){low, n}, 0) | 1;
}

static void learn_words(seeker *s)
{
    size_t n = 0;
    for (size_t k = 0; k < s->d->body.len && n < START_BLOCKS; k++) {
        uint32_t i = s->d->body.at[k];
        if (i < s->text)
            continue;
        ds_str t = ds_str_cut(ext_text(s->p, block(s, i)), 0, START_BYTES);
        bool long_;
        n++;
        for (size_t at = 0; at < t.len;) {
            uint64_t h = next_word(t, &at, &long_) >> 1;
            s->said[h % WORD_BITS / 64] |= 1ull << h % 64;
        }
    }
}

/* Long words of the line that the start of the text says too, in percent. */
static int shared_words(const seeker *s, uint32_t i)
{
    ds_str t = ext_text(s->p, block(s, i));
    int all = 0, shared = 0;
    bool long_ = false;
    for (size_t at = 0; at < t.len;) {
        uint64_t h = next_word(t, &at, &long_);
        if (!h || !long_)
            continue;
        h >>= 1;
        all++;
        shared += (s->said[h % WORD_BITS / 64] >> h % 64 & 1) != 0;
    }
    return all ? 100 * shared / all : 0;
}

/* Where body lines stand close together for the first time. */
static uint32_t sets_in(const ext_page *p, const ext_draft *d)
{
    for (size_t k = 0; k < d->body.len; k++) {
        uint32_t words = 0;
        for (size_t j = k; j < d->body.len && words < SETS_IN_WORDS; j++) {
            if (j > k && d->body.at[j] - d->body.at[j - 1] > SETS_IN_GAP)
                break;
            words += p->blocks.at[d->body.at[j]].words;
        }
        if (words >= SETS_IN_WORDS)
            return d->body.at[k];
    }
    return d->body_beg;
}

/* "Home / News / ...", "Blog > Region": where the page stands on its site. */
static bool is_path(ds_str t)
{
    static const ds_str seps[] = {DS_STR_INIT(" / "),
                                  DS_STR_INIT(" > "),
                                  DS_STR_INIT("\xC2\xBB"),
                                  DS_STR_INIT("\xE2\x80\xBA"),
                                  DS_STR_INIT(" \xE2\x80\xA2 "),
                                  DS_STR_INIT(" \xC2\xB7 ")};
    for (size_t k = 0; k < sizeof seps / sizeof *seps; k++) {
        ptrdiff_t at = ds_str_find(t, seps[k], 0);
        if (at > 0 && (ds_str_find(t, seps[k], (size_t)at + 1) > 0 || at < 12))
            return true;
    }
    return false;
}

static bool candidate(const seeker *s, uint32_t i)
{
    const ext_block *b = block(s, i);
    ds_str t = ext_text(s->p, b);
    if (b->kind == DS_BLOCK_LIST_ITEM || b->words > WORDS_MOST || b->words < 2 || !t.len ||
        is_path(t))
        return false;
    bool asks = t.at[t.len - 1] == '?' || t.at[t.len - 1] == '!';
    switch (b->label) {
    case EXT_HEADLINE:
        return true;
    case EXT_SHORT:
        return b->words >= 2;
    case EXT_SENTENCE:
    case EXT_PROSE:
        return asks || b->words <= 20 || !(b->flags & EXT_BF_STOP);
    default:
        return false;
    }
}

/* A byline, a date, or a lone "By" whose name stands on the next line. */
static bool signature(const seeker *s, uint32_t i)
{
    const ext_block *b = block(s, i);
    return b->label == EXT_BYLINE || b->label == EXT_DATELINE ||
           (b->flags & EXT_BF_DATE && b->words > 4) ||
           (b->words == 1 && ext_same_fold(ext_text(s->p, b), DS_STR("by")));
}

static bool signed_below(const seeker *s, uint32_t i)
{
    for (uint32_t k = i + 1; k < s->text + 1 && k <= i + SIGNED_WITHIN; k++)
        if (signature(s, k))
            return true;
    return false;
}

static bool signed_above(const seeker *s, uint32_t i)
{
    for (uint32_t k = i; k-- > s->beg && i - k <= SIGNED_WITHIN;)
        if (signature(s, k))
            return true;
    return false;
}

static bool repeated(const seeker *s, uint32_t i)
{
    for (uint32_t k = s->beg; k < s->text; k++)
        if (k != i && ext_same_fold(ext_text(s->p, block(s, i)), ext_text(s->p, block(s, k))))
            return true;
    return false;
}

/* Another line ends with it: "Home / News / TITLE". */
static bool ends_a_path(const seeker *s, uint32_t i)
{
    ds_str t = ext_text(s->p, block(s, i));
    for (uint32_t k = s->beg; k < s->text; k++) {
        ds_str u = ext_text(s->p, block(s, k));
        if (u.len > t.len + 3 && u.len < 4 * t.len + 160 &&
            ext_same_fold(ds_str_cut(u, u.len - t.len, u.len), t))
            return true;
    }
    return false;
}

/* Credits, names, and lines that want something. */
static int against(const seeker *s, uint32_t i)
{
    static const struct {
        ext_class cls;
        int points;
    } rows[] = {{EXT_C_IMAGE, 60}, {EXT_C_BIO, 50},   {EXT_C_SUBSCRIBE, 40}, {EXT_C_COOKIE, 60},
                {EXT_C_LEGAL, 40}, {EXT_C_SHARE, 30}, {EXT_C_AD, 20},        {EXT_C_COMMENTS, 10}};
    char buf[EXT_KEY_BYTES];
    ds_str t = ext_text(s->p, block(s, i)), key = ext_key(t, buf);
    uint64_t all = ext_words_all(&s->p->words, key) | ext_words_hints(&s->p->words, key);
    int points = 0;
    for (size_t k = 0; k < sizeof rows / sizeof *rows; k++)
        points += all >> rows[k].cls & 1 ? rows[k].points : 0;
    return points + (ext_person_like(t) ? 25 : 0);
}

static int points_of(const seeker *s, uint32_t i)
{
    const ext_block *b = block(s, i);
    int points = shared_words(s, i);
    points += b->words >= FIT_LEAST && b->words <= FIT_MOST ? FITS : b->words < FEW ? -FITS : 0;
    points += b->label == EXT_HEADLINE ? 10 : b->label == EXT_SHORT ? -10 : -15;
    points += signed_below(s, i) ? SIGNED : 0;
    points -= signed_above(s, i) ? SIGNED : 0;
    points -= b->flags & EXT_BF_STOP && ds_str_ends(ext_text(s->p, b), DS_STR(".")) ? STOPS : 0;
    points += b->words >= FEW && repeated(s, i) ? REPEATED : 0;
    points += b->words >= 3 && ends_a_path(s, i) ? IN_PATH : 0;
    uint32_t away = s->text > i ? s->text - i : 0;
    int far = away > NEAR ? (int)(away - NEAR) : 0;
    points -= far < FAR_MOST ? far : FAR_MOST;
    return points - against(s, i);
}

/* The line above `i` that it is a standfirst of; `i`: none. */
static uint32_t upper_of(const seeker *s, uint32_t i)
{
    int least = points_of(s, i) - PAIR_POINTS;
    for (uint32_t k = i; k-- > s->beg && i - k <= PAIR_WITHIN;) {
        if (ds_str_ends(ext_text(s->p, block(s, k)), ext_text(s->p, block(s, i))))
            continue;
        if (candidate(s, k) && block(s, k)->words >= 4 && shared_words(s, k) >= PAIR_SHARE &&
            points_of(s, k) >= least)
            return k;
    }
    return i;
}

static void take(ext_page *p, ext_draft *d, uint32_t i)
{
    ds_str s = ext_text(p, &p->blocks.at[i]), tail = {0};
    size_t n = ext_title_tail(s, &tail);
    d->title_block = i;
    d->title_tail = (ds_str){0};
    if (n && ds_str_find(s, DS_STR(" | "), 0) >= 0) {
        s = ds_str_cut(s, 0, n);
        d->title_tail = tail;
    }
    d->art.title = s;
    d->extra.from.title = DS_STR("text");
}

ds_status ext_headline(ext_page *p, ext_draft *d)
{
    if (d->title_tail.at || !d->body.len) /* "TITLE - SITE" says it */
        return DS_OK;
    seeker *s = ds_arena_calloc(p->arena, 1, sizeof *s);
    if (!s)
        return DS_NOMEM;
    *s = (seeker){.p = p, .d = d, .text = sets_in(p, d)};
    s->beg = s->text > d->beg + SCAN ? s->text - SCAN : d->beg;
    learn_words(s);
    int most = LEAST_POINTS;
    int64_t best = -1;
    for (uint32_t i = s->beg; i < s->text; i++) {
        int points = candidate(s, i) ? points_of(s, i) : most;
        if (points > most) {
            best = i;
            most = points;
        }
    }
    if (best >= 0)
        take(p, d, upper_of(s, (uint32_t)best));
    return DS_OK;
}
