/* SPDX-License-Identifier: Apache-2.0 */
/* byline.c - who wrote a text without tags: the lines between its title and where it sets in.
 *
 * Method   the bylines there, without the dates behind the names; else a line that is a name, right above a date. Where there is
 *          one, bylines elsewhere on the page are those of other articles
 */
#include "extract/internal.h"

#define ROOM 10     /* lines below the title */
#define INTO_TEXT 2 /* lines of the text that may hold the byline */
#define BYLINES 3   /* lines with names in a row */
#define NAME_WORDS 4

static bool dated(const ext_block *b)
{
    return b->label == EXT_DATELINE || b->flags & EXT_BF_DATE;
}

/* "By Ann Lee May 3, 2031" without its date. */
static ds_str without_date(ds_str s)
{
    size_t i = 0;
    ext_date date;
    while (ext_date_next(s, &i, &date))
        if (date.month && date.at.beg > 3)
            return ds_str_trim(ds_str_cut(s, 0, date.at.beg));
    return s;
}

static bool is_name(const ext_page *p, const ext_block *b)
{
    char buf[EXT_KEY_BYTES];
    ds_str s = without_date(ext_text(p, b));
    while (s.len && (s.at[s.len - 1] == '-' || s.at[s.len - 1] == '|' || s.at[s.len - 1] == ' '))
        s.len--;
    return b->words <= NAME_WORDS + 4 && s.len && ext_person_like(s) &&
           ext_words_end(&p->words, ext_key(s, buf)) == EXT_C_NONE &&
           ext_words_hints(&p->words, ext_key(s, buf)) == 0;
}

ds_status ext_bylines(ext_page *p, ext_draft *d)
{
    if (d->title_block < 0 || !d->body.len)
        return DS_OK;
    uint32_t from = (uint32_t)d->title_block + 1, end = from + ROOM, found = 0;
    uint32_t text = d->body_beg > from ? d->body_beg + INTO_TEXT : from + ROOM;
    end = end < text ? end : text;
    end = end < d->end ? end : d->end;
    for (uint32_t i = from; i < end && found < BYLINES; i++) {
        const ext_block *b = &p->blocks.at[i];
        size_t before = d->authors.len;
        if (b->label != EXT_BYLINE)
            continue;
        DS_TRY(ext_add_people(p, d, without_date(ext_text(p, b))));
        found += d->authors.len > before;
    }
    for (uint32_t i = from; i < end && !found; i++) {
        const ext_block *b = &p->blocks.at[i];
        bool above_date = i + 1 < p->blocks.len && dated(b + 1) && b[1].words <= 12;
        size_t before = d->authors.len;
        if (!(above_date || b->flags & EXT_BF_DATE) || !is_name(p, b))
            continue;
        DS_TRY(ext_add_people(p, d, without_date(ext_text(p, b))));
        found += d->authors.len > before;
    }
    d->named = found > 0;
    return DS_OK;
}
