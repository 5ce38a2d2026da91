/* SPDX-License-Identifier: Apache-2.0 */
#include "extract/internal.h"

#define GLUE_TITLE_WORDS 3 /* a title before a glued blurb has more words than this */
#define VOICE_BLOCKS 2     /* fewer blocks say nothing about who speaks */
#define VOICE_PERCENT                                                                              \
    22                 /* share of blocks in the first or second person from which readers speak */
#define VOICE_LOOK 400 /* blocks looked at */

/* ---- related items ---------------------------------------------------------------------------------------- */

/* Where a blurb is glued to its title: "... for AbusesThe leader ..."; 0: nowhere. */
static size_t glue_of(ds_str s)
{
    size_t words = 0, word_at = 0;
    for (size_t i = 1; i < s.len; i++) {
        if (s.at[i] == ' ') {
            words++;
            word_at = i + 1;
        } else if (words >= GLUE_TITLE_WORDS && i > word_at + 2 && ext_glue_at(s, i)) {
            return i;
        }
    }
    return 0;
}

static ds_status add_item(ext_page *p, ext_draft *d, ds_str s)
{
    size_t cut = glue_of(s);
    ds_related item = {.title = cut ? ds_str_cut(s, 0, cut) : s};
    if (cut)
        item.blurb = ds_str_cut(s, cut, s.len);
    return DS_PUSH(p->arena, &d->rail, item);
}

static ds_status read_rail(ext_page *p, ext_draft *d)
{
    for (size_t k = 0; k < d->related.len; k++) {
        const ext_block *b = &p->blocks.at[d->related.at[k]];
        bool item = b->label == EXT_HEADLINE || b->label == EXT_PROSE || b->label == EXT_SENTENCE ||
                    b->label == EXT_BULLET || b->flags & EXT_BF_GLUED;
        if (!item || b->label == EXT_RELATED || b->label == EXT_FURNITURE)
            continue;
        ds_related *last = d->rail.len ? &d->rail.at[d->rail.len - 1] : NULL;
        bool under = k > 0 && d->related.at[k] == d->related.at[k - 1] + 1 &&
                     p->blocks.at[d->related.at[k - 1]].label == EXT_HEADLINE;
        if (b->label == EXT_PROSE && last && !last->blurb.at && under)
            last->blurb = ext_text(p, b);
        else
            DS_TRY(add_item(p, d, ext_text(p, b)));
    }
    return DS_OK;
}

/* ---- readers -------------------------------------------------------------------------------------------------- */

/* First or second person, or a greeting, near the start of the block and outside quotation marks. */
static bool personal(const ext_page *p, const ext_block *b)
{
    char buf[EXT_KEY_BYTES];
    ds_str s = ext_text(p, b);
    size_t n = 0;
    while (n < s.len && n < EXT_KEY_MAX - 8 && s.at[n] != '"' && s.at[n] != '\xE2')
        n++;
    while (n > 0 && n < s.len && s.at[n] != ' ' && s.at[n] != '"' && s.at[n] != '\xE2')
        n--;
    return ext_words_holds(&p->words, ext_key(ds_str_cut(s, 0, n), buf), EXT_C_READER);
}

bool ext_reader_voice(const ext_page *p, uint32_t beg, uint32_t end)
{
    uint32_t seen = 0, said = 0;
    if (end - beg > VOICE_LOOK)
        end = beg + VOICE_LOOK;
    for (uint32_t i = beg; i < end; i++) {
        const ext_block *b = &p->blocks.at[i];
        if (b->label != EXT_PROSE && b->label != EXT_SENTENCE && b->label != EXT_HEADLINE)
            continue;
        seen++;
        said += personal(p, b);
    }
    return seen >= VOICE_BLOCKS && said * 100 >= seen * VOICE_PERCENT;
}

/* "Ann Lee says:" names the author of what follows. */
static ds_str author_of(ds_str s)
{
    static const ds_str tails[] = {DS_STR_INIT(" says:"), DS_STR_INIT(" wrote:"),
                                   DS_STR_INIT(" said:")};
    for (size_t i = 0; i < sizeof tails / sizeof *tails; i++)
        if (ds_str_ends(s, tails[i]) && s.len < 60)
            return ds_str_cut(s, 0, s.len - tails[i].len);
    return (ds_str){0};
}

static ds_status read_comments(ext_page *p, ext_draft *d)
{
    ds_str author = {0};
    for (size_t k = 0; k < d->comments.len; k++) {
        const ext_block *b = &p->blocks.at[d->comments.at[k]];
        ds_str s = ext_text(p, b), name = author_of(s);
        if (b->label == EXT_FURNITURE || b->label == EXT_RULE || b->label == EXT_COMMENTS ||
            b->label == EXT_DATELINE)
            continue;
        if (name.at) {
            author = name;
            continue;
        }
        ds_comment c = {author, s};
        DS_TRY(DS_PUSH(p->arena, &d->said, c));
    }
    return DS_OK;
}

/* Headlines and blurbs that belong to no part of the article. */
static uint32_t count_teasers(const ext_page *p, const ext_draft *d)
{
    uint32_t n = 0;
    for (uint32_t i = d->body_end; i < d->end; i++)
        n += p->blocks.at[i].label == EXT_HEADLINE;
    return n;
}

ds_status ext_tail(ext_page *p, ext_draft *d)
{
    DS_TRY(read_rail(p, d));
    DS_TRY(read_comments(p, d));
    uint32_t inside = (uint32_t)(d->rail.len + d->said.len), all = count_teasers(p, d);
    d->art.teasers = all > inside ? all - inside : 0;
    return DS_OK;
}
