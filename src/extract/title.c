/* SPDX-License-Identifier: Apache-2.0 */
#include "extract/internal.h"

#define TITLE_SCAN 200 /* blocks of a head that are compared with each other */
#define TITLE_LOOK 80  /* blocks above the text in which its title is looked for */
#define TITLE_MAX_WORDS 28
/* Points below which a line is no title: short and far away, nothing shared. */
#define TITLE_LEAST 0
#define TITLE_WORD_BYTES 4    /* shorter words are in every text */
#define TITLE_TEXT 6          /* blocks of the text that a title shares words with ... */
#define TITLE_TEXT_BYTES 1500 /* ... and bytes of each */
#define BYLINE_ROOM 4         /* blocks between a title and its byline */

static const ext_block *block(const ext_page *p, size_t i)
{
    return &p->blocks.at[i];
}

static bool same_line(const ext_page *p, uint32_t a, uint32_t b)
{
    return ext_same_fold(ext_text(p, block(p, a)), ext_text(p, block(p, b)));
}

/* Length of the title in "TITLE - SITE" or "TITLE | SITE", 0 if there is no such tail; the last separator counts. */
size_t ext_title_tail(ds_str s, ds_str *tail)
{
    static const ds_str seps[] = {DS_STR_INIT(" - "),
                                  DS_STR_INIT(" | "),
                                  DS_STR_INIT(" \xE2\x80\x93 "),
                                  DS_STR_INIT(" \xE2\x80\x94 "),
                                  DS_STR_INIT(" :: "),
                                  DS_STR_INIT(" \xC2\xBB ")};
    size_t best = 0;
    for (size_t k = 0; k < sizeof seps / sizeof *seps; k++) {
        ptrdiff_t at = -1;
        for (size_t i = 0; (at = ds_str_find(s, seps[k], i)) >= 0; i = (size_t)at + 1)
            if ((size_t)at > best) {
                best = (size_t)at;
                *tail = ds_str_cut(s, best + seps[k].len, s.len);
            }
    }
    return best;
}

/* The line of the head that another line repeats with a site's name behind it. */
static int64_t repeated_title(const ext_page *p, ext_draft *d)
{
    for (uint32_t i = d->beg; i < d->body_beg; i++) {
        ds_str s = ext_text(p, block(p, i)), tail = {0};
        size_t n = block(p, i)->words > 2 ? ext_title_tail(s, &tail) : 0;
        for (uint32_t j = d->beg; j < d->body_beg; j++) {
            ds_str t = ext_text(p, block(p, j));
            if (j != i && n && ext_same_fold(ds_str_cut(s, 0, n), t)) {
                d->title_tail = tail;
                return j;
            }
        }
    }
    return -1;
}

/* Does the start of the text hold the word? */
static bool says_word(const ext_page *p, const ext_draft *d, ds_str w)
{
    size_t end = d->body_beg + TITLE_TEXT;
    for (size_t k = d->body_beg; k < end && k < p->blocks.len; k++) {
        ds_str t = ds_str_cut(ext_text(p, block(p, k)), 0, TITLE_TEXT_BYTES);
        for (size_t i = 0; i + w.len <= t.len && i < t.len; i++)
            if (ext_lower(t.at[i]) == ext_lower(w.at[0]) &&
                (i == 0 || !ext_is_alnum((unsigned char)t.at[i - 1])) &&
                ext_same_fold(ds_str_cut(t, i, i + w.len), w))
                return true;
    }
    return false;
}

/* Words of four letters and more of the line that the start of the text says too, in percent. */
static uint32_t shared_words(const ext_page *p, const ext_draft *d, ds_str s)
{
    uint32_t all = 0, shared = 0;
    for (size_t i = 0; i < s.len;) {
        while (i < s.len && !ext_is_alnum((unsigned char)s.at[i]))
            i++;
        size_t end = i;
        while (end < s.len && ext_is_alnum((unsigned char)s.at[end]))
            end++;
        if (end - i >= TITLE_WORD_BYTES) {
            all++;
            shared += says_word(p, d, ds_str_cut(s, i, end));
        }
        i = end;
    }
    return all ? 100 * shared / all : 0;
}

/* A byline or a date comes within a few blocks below the line. */
static bool signed_below(const ext_page *p, const ext_draft *d, uint32_t i)
{
    for (uint32_t k = i + 1; k < d->body_beg && k <= i + BYLINE_ROOM; k++)
        if (block(p, k)->label == EXT_BYLINE || block(p, k)->label == EXT_DATELINE)
            return true;
    return false;
}

static bool repeated(const ext_page *p, const ext_draft *d, uint32_t i)
{
    for (uint32_t k = d->beg; k < d->body_beg; k++)
        if (k != i && same_line(p, i, k))
            return true;
    return false;
}

/* How much a line above the text looks like its title, in points: what it shares with the text counts most, then its
 * length, a byline below, a repetition, nearness. */
static int32_t title_score(const ext_page *p, const ext_draft *d, uint32_t i)
{
    const ext_block *b = block(p, i);
    int32_t score = (int32_t)shared_words(p, d, ext_text(p, b));
    score += b->words >= 5 && b->words <= 20 ? 25 : b->words < 4 ? -50 : 0;
    score += signed_below(p, d, i) ? 25 : 0;
    score += b->words >= 4 && repeated(p, d, i) ? 15 : 0;
    uint32_t away = d->body_beg - i;
    return score - (int32_t)(away < 4 ? 0 : 2 * (away - 3));
}

static bool may_be_title(const ext_page *p, uint32_t i)
{
    const ext_block *b = block(p, i);
    ds_str s = ext_text(p, b);
    if (b->kind == DS_BLOCK_LIST_ITEM || b->words > TITLE_MAX_WORDS || b->flags & EXT_BF_SAID)
        return false;
    bool asks = s.len && (s.at[s.len - 1] == '?' || s.at[s.len - 1] == '!');
    return b->label == EXT_HEADLINE ||
           ((b->label == EXT_SENTENCE || b->label == EXT_PROSE) && asks);
}

/* The likeliest headline above the text; the upper one of equals. -1: none. */
static int64_t likely_title(const ext_page *p, const ext_draft *d)
{
    int64_t best = -1;
    int32_t most = TITLE_LEAST;
    for (uint32_t i = d->body_beg, n = 0; i-- > d->beg && n < TITLE_LOOK; n++) {
        int32_t score = may_be_title(p, i) ? title_score(p, d, i) : INT32_MIN;
        if (score > most || (score == most && best >= 0)) {
            best = i;
            most = score;
        }
    }
    return best;
}

void ext_pick_title(const ext_page *p, ext_draft *d)
{
    ext_draft near = *d;
    if (near.body_beg - near.beg > TITLE_SCAN)
        near.beg = near.body_beg - TITLE_SCAN;
    d->title_block = repeated_title(p, &near);
    d->title_tail = near.title_tail;
    if (d->title_block < 0)
        d->title_block = likely_title(p, &near);
    if (d->title_block < 0)
        return;
    ds_str s = ext_text(p, block(p, (size_t)d->title_block)), tail = {0};
    size_t n = ext_title_tail(s, &tail);
    if (n && !d->title_tail.at && ds_str_find(s, DS_STR(" | "), 0) >= 0) {
        s = ds_str_cut(s, 0, n);
        d->title_tail = tail;
    }
    d->art.title = s;
    d->extra.from.title = DS_STR("text");
}
