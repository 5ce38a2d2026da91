/* SPDX-License-Identifier: Apache-2.0 */
#include "extract/internal.h"

#define DATE_BYTES 40      /* "first published on Friday, 20 December 2023" names no outlet */
#define OUTLET_MAX_WORDS 6 /* an outlet's name has no more words */
#define TOLD_TIMES                                                                                 \
    2 /* "told X" so often makes X the original publisher of a page that names none */
#define KICKER_WORDS 3 /* "Opinion" above a headline ... */
#define KICKER_ROOM 4  /* ... so many blocks at most */
#define CREDIT_ROOM 3  /* blocks behind the text in which its sources are named */
#define BYLINE_ROOM 3  /* blocks of the body's start and end that may hold a byline */

/* ---- notices ---------------------------------------------------------------------------------------------------- */

/* What stands after `cue` in s (any case); absent if the cue is not there. */
static ds_str after_cue(ds_str s, const char *cue)
{
    ds_str c = ds_str_of(cue);
    for (size_t i = 0; i + c.len <= s.len; i++)
        if (ext_same_fold(ds_str_cut(s, i, i + c.len), c))
            return ds_str_cut(s, i + c.len, s.len);
    return (ds_str){0};
}

static ds_str without_the(ds_str s)
{
    return s.len > 4 && ext_same_fold(ds_str_cut(s, 0, 4), DS_STR("the ")) &&
                   !ext_is_upper((unsigned char)s.at[0])
               ? ds_str_cut(s, 4, s.len)
               : s;
}

/* The outlet that a notice names after a cue: a run of capitalised words. */
static ds_str outlet_after(ds_str s, const char *const *cues)
{
    for (; *cues; cues++) {
        ds_str rest = after_cue(s, *cues);
        if (!rest.at)
            continue;
        rest = without_the(ds_str_trim(rest));
        size_t n = ext_name_run(rest, OUTLET_MAX_WORDS), at = 0;
        ext_date date;
        bool day =
            ext_date_next(ds_str_cut(rest, 0, DATE_BYTES), &at, &date) && date.at.beg < n + 2;
        if (n && !day)
            return ext_trim_punct(ds_str_cut(rest, 0, n));
    }
    return (ds_str){0};
}

/* "Ann Lee, Professor of History, Some University": the person, and the last part as affiliation. */
static ds_status person_and_place(ext_page *p, ext_draft *d, ds_str s)
{
    ds_status st = DS_OK;
    ptrdiff_t comma = ds_str_find(s, DS_STR(","), 0);
    if (comma <= 0 || !ext_person_like(ds_str_trim(ds_str_cut(s, 0, (size_t)comma))))
        return DS_OK;
    ext_strs_add(p->arena, &d->authors, ds_str_trim(ds_str_cut(s, 0, (size_t)comma)), &st);
    size_t last = (size_t)comma + 1;
    for (ptrdiff_t at; (at = ds_str_find(s, DS_STR(", "), last)) >= 0;)
        if (ext_capital(ds_str_trim(ds_str_cut(s, (size_t)at + 2, s.len))))
            last = (size_t)at + 2;
        else
            break;
    ds_str place = ds_str_trim(ds_str_cut(s, last, s.len));
    size_t n = ext_name_run(place, OUTLET_MAX_WORDS);
    if (n && !d->art.affiliation.at)
        ext_set(&d->art.affiliation, &d->extra.from.affiliation,
                ext_trim_punct(ds_str_cut(place, 0, n)), "text");
    if (d->authors.len && !d->extra.from.authors.at)
        d->extra.from.authors = DS_STR("text");
    return st;
}

static ds_status read_opinion(ext_page *p, ext_draft *d, ds_str s)
{
    static const char *const houses[] = {"not necessarily that of ",
                                         "not necessarily those of ",
                                         "do not necessarily reflect the views of ",
                                         "not reflect the views of ",
                                         "not represent the views of ",
                                         "not the views of ",
                                         NULL};
    d->art.kind = DS_KIND_OPINION;
    ds_str house = outlet_after(s, houses);
    if (house.at && !d->art.publisher.at)
        ext_set(&d->art.publisher, &d->extra.from.publisher, house, "text");
    ds_str who = after_cue(s, "of the author, ");
    if (!who.at)
        who = after_cue(s, "by the author, ");
    ptrdiff_t stop = who.at ? ds_str_find(who, DS_STR(", and "), 0) : -1;
    if (who.at)
        return person_and_place(p, d, stop > 0 ? ds_str_cut(who, 0, (size_t)stop) : who);
    return DS_OK;
}

static void read_licence(ext_draft *d, ds_str s)
{
    static const char *const cues[] = {
        "creative commons",       "cc by", "cc-by", "public domain", "open government licence",
        "gnu free documentation", NULL};
    for (size_t i = 0; cues[i] && !d->art.licence.at; i++) {
        ds_str rest = after_cue(s, cues[i]);
        if (!rest.at)
            continue;
        size_t from = s.len - rest.len - strlen(cues[i]), end = s.len - rest.len;
        size_t more = ext_name_run(ds_str_trim(rest), 4);
        if (more && rest.len && (rest.at[0] == ' ' || rest.at[0] == '-'))
            end += (size_t)(ds_str_trim(rest).at - rest.at) + more;
        ext_set(&d->art.licence, &d->extra.from.licence, ext_trim_punct(ds_str_cut(s, from, end)),
                "text");
    }
}

static ds_status read_origin(ext_page *p, ext_draft *d, ds_str s)
{
    static const char *const cues[] = {"republished from ",
                                       "republished with permission from ",
                                       "reprinted from ",
                                       "originally published by ",
                                       "originally published on ",
                                       "originally published in ",
                                       "originally published at ",
                                       "first published by ",
                                       "first published on ",
                                       "first published in ",
                                       "first appeared on ",
                                       "first appeared in ",
                                       "originally appeared on ",
                                       "originally appeared in ",
                                       "first published at ",
                                       "reproduced from ",
                                       "syndicated from ",
                                       "republished by permission of ",
                                       NULL};
    ds_str from = outlet_after(s, cues);
    if (from.at && !d->art.original_publisher.at && !ext_in_host(p, from))
        ext_set(&d->art.original_publisher, &d->extra.from.original_publisher, from, "text");
    read_licence(d, s);
    ptrdiff_t stop = ds_str_find(s, DS_STR(". "),
                                 0); /* "Ann Lee, Lecturer, Some College. This article is ..." */
    return stop > 0 ? person_and_place(p, d, ds_str_cut(s, 0, (size_t)stop)) : DS_OK;
}

static bool starts_fold(ds_str s, const char *word)
{
    return ext_same_fold(ds_str_cut(s, 0, strlen(word)), ds_str_of(word));
}

/* Behind the signs, years and small words before the owner: "(c) Copyright 2019-2024 by The Daily Planet". */
static ds_str behind_signs(ds_str s)
{
    for (size_t skip = 1; s.len && skip;) {
        skip = !ext_capital(s) && (unsigned char)s.at[0] < 0xC3;
        if (starts_fold(s, "copyright") && (s.len == 9 || !ext_is_alnum((unsigned char)s.at[9])))
            skip = 9;
        else if (starts_fold(s, "c) "))
            skip = 2;
        s = ds_str_cut(s, skip, s.len);
    }
    return s;
}

/* "Copyright" without a year, a sign or a claim is a word like others: "Copyright Policy" of a menu. */
static bool claims(ds_str s)
{
    bool digit = false;
    for (size_t i = 0; i < s.len && !digit; i++)
        digit = ext_is_digit((unsigned char)s.at[i]);
    return digit || after_cue(s, "\xC2\xA9").at || after_cue(s, "(c)").at ||
           after_cue(s, "rights reserved").at;
}

/* Is the one word the first of a sentence, "All rights reserved", "Reproduction in whole or in part ..."? */
static bool opens_sentence(ds_str name, ds_str rest)
{
    return ds_str_find(name, DS_STR(" "), 0) < 0 && name.len + 1 < rest.len &&
           rest.at[name.len] == ' ' && ext_is_lower((unsigned char)rest.at[name.len + 1]) &&
           !starts_fold(ds_str_cut(rest, name.len + 1, rest.len), "all rights");
}

/* "(c) 2024 The Daily Planet", "Blog at WordPress.com." */
static void read_publisher(ext_draft *d, ds_str s)
{
    static const struct {
        const char *cue;
        bool bare; /* says enough alone */
    } rows[] = {{"\xC2\xA9", true}, {"copyright", false}, {"(c)", true}, {"blog at ", true}};
    if (d->art.publisher.at)
        return;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        ds_str rest = after_cue(s, rows[i].cue);
        if (!rest.at)
            continue;
        rest = behind_signs(rest);
        ds_str name = ext_trim_punct(ds_str_cut(rest, 0, ext_name_run(rest, OUTLET_MAX_WORDS)));
        ptrdiff_t all = ds_str_find(name, DS_STR(". All"), 0);
        if (all > 0)
            name = ds_str_cut(name, 0, (size_t)all);
        if (name.len > 2 && (rows[i].bare || claims(s)) && !starts_fold(name, "all rights") &&
            !opens_sentence(name, rest))
            ext_set(&d->art.publisher, &d->extra.from.publisher, name, "text");
        return;
    }
}

/* ---- credits --------------------------------------------------------------------------------------------------------- */

/* Names in a list: "The Guardian, South China Post, and Newsweek". */
static ds_status add_outlets(ext_page *p, ext_draft *d, ds_str s)
{
    ds_status st = DS_OK;
    for (size_t i = 0; i < s.len && st == DS_OK;) {
        while (i < s.len && (s.at[i] == ',' || s.at[i] == ' '))
            i++;
        if (ds_str_starts(ds_str_cut(s, i, s.len), DS_STR("and ")))
            i += 4;
        ds_str rest = without_the(ds_str_cut(s, i, s.len));
        size_t skip = (size_t)(rest.at - (s.at + i)), n = ext_name_run(rest, OUTLET_MAX_WORDS);
        if (!n)
            break;
        ext_strs_add(p->arena, &d->credited, ext_trim_punct(ds_str_cut(rest, 0, n)), &st);
        i += skip + n;
    }
    return st;
}

/* "newsweekNEWSWEEK theplanetTHE PLANET": logos whose text is repeated in capitals. */
static ds_status add_logos(ext_page *p, ext_draft *d, ds_str s)
{
    ds_status st = DS_OK;
    for (size_t i = 0; i < s.len && st == DS_OK;) {
        size_t end = i, low = i;
        while (end < s.len && s.at[end] != ' ')
            end++;
        while (low < end && ext_is_lower((unsigned char)s.at[low]))
            low++;
        if (low > i && (end - low) == (low - i) &&
            ext_same_fold(ds_str_cut(s, i, low), ds_str_cut(s, low, end)))
            ext_strs_add(p->arena, &d->credited, ds_str_cut(s, low, end), &st);
        i = end + 1;
    }
    return st;
}

static ds_status read_credit(ext_page *p, ext_draft *d, uint32_t i)
{
    ds_str s = ext_text(p, &p->blocks.at[i]);
    ptrdiff_t colon = ds_str_find(s, DS_STR(":"), 0);
    d->art.kind = d->art.kind == DS_KIND_NEWS ? DS_KIND_DIGEST : d->art.kind;
    if (colon >= 0 && (size_t)colon + 1 < s.len)
        return add_outlets(p, d, ds_str_trim(ds_str_cut(s, (size_t)colon + 1, s.len)));
    return i + 1 < d->end ? add_logos(p, d, ext_text(p, &p->blocks.at[i + 1])) : DS_OK;
}

/* "For more, see the full articles from X, Y, and Z." in the last block of the text. */
static ds_status read_pointer(ext_page *p, ext_draft *d)
{
    static const char *const cues[] = {"full articles from ",    "full article from ",
                                       "full stories from ",     "full reports from ",
                                       "full articles by ",      "original articles from ",
                                       "original reports from ", NULL};
    ds_str s = ext_text(p, &p->blocks.at[d->body.at[d->body.len - 1]]);
    for (size_t i = 0; cues[i]; i++) {
        ds_str rest = after_cue(s, cues[i]);
        if (rest.at)
            return add_outlets(p, d, rest);
    }
    return DS_OK;
}

/* ---- "told X" ------------------------------------------------------------------------------------------------------------ */

/* The outlet to which speakers "told" things at least twice; the commonest, first named on ties. */
static ds_str told_to(ext_page *p, const ext_draft *d)
{
    enum { TOLD_NAMES = 8 };
    struct {
        ds_str name;
        uint32_t times;
    } seen[TOLD_NAMES];
    size_t len = 0, best = 0;
    for (size_t k = 0; k < d->body.len; k++) {
        ds_str s = ext_text(p, &p->blocks.at[d->body.at[k]]);
        for (ptrdiff_t at = 0; (at = ds_str_find(s, DS_STR(" told "), (size_t)at)) >= 0; at += 6) {
            ds_str rest = ds_str_cut(s, (size_t)at + 6, s.len);
            ds_str name = ext_trim_punct(ds_str_cut(rest, 0, ext_name_run(rest, OUTLET_MAX_WORDS)));
            size_t j = 0;
            while (j < len && !ds_str_eq(seen[j].name, name))
                j++;
            if (!name.len || j == TOLD_NAMES)
                continue;
            if (j == len) {
                seen[len].name = name;
                seen[len++].times = 0;
            }
            seen[j].times++;
        }
    }
    for (size_t j = 1; j < len; j++)
        best = seen[j].times > seen[best].times ? j : best;
    return len && seen[best].times >= TOLD_TIMES ? seen[best].name : (ds_str){0};
}

/* ---- all of them ------------------------------------------------------------------------------------------------------- */

/* Of an HTML page: a menu's entry, a caption's source, a rule for comments say nothing of the article. */
static bool of_the_frame(const ext_page *p, const ext_draft *d, uint32_t i)
{
    static const char *const weak[] = {"source", "via", "credit", NULL};
    const ext_block *b = &p->blocks.at[i];
    ds_str s = ext_text(p, b);
    if (b->flags & (EXT_BF_PRUNED | EXT_BF_COMMENT | EXT_BF_RELATED))
        return true;
    if (b->label == EXT_NOTICE && b->cls == EXT_C_OPINION && b->words <= KICKER_WORDS)
        return b->kind == DS_BLOCK_LIST_ITEM || (int64_t)i >= d->title_block ||
               (int64_t)i + KICKER_ROOM < d->title_block;
    if (b->label == EXT_NOTICE && b->cls == EXT_C_OPINION)
        return i < d->body_beg || after_cue(s, "comments").at;
    if (b->label != EXT_CREDIT || after_cue(ds_str_cut(s, 0, 13), "credited from").at)
        return false;
    if (after_cue(ds_str_cut(s, 0, 8), "sources:").at) /* several, right behind the text */
        return i < d->body_end || i >= d->body_end + CREDIT_ROOM ||
               ds_str_find(s, DS_STR(", "), 0) < 0;
    for (size_t k = 0; weak[k]; k++)
        if (after_cue(ds_str_cut(s, 0, strlen(weak[k])), weak[k]).at)
            return true;
    return false;
}

static ds_status read_block(ext_page *p, ext_draft *d, uint32_t i)
{
    const ext_block *b = &p->blocks.at[i];
    ds_str s = ext_text(p, b);
    if (p->html && (b->label == EXT_CREDIT || b->cls == EXT_C_OPINION) && of_the_frame(p, d, i))
        return DS_OK;
    bool near = i < d->body_beg + BYLINE_ROOM || i + BYLINE_ROOM >= d->body_end;
    if (b->label == EXT_BYLINE && near && !d->settled && !d->named &&
        !(p->html && d->authors.len)) /* one byline, or what the head states */
        return ext_add_people(p, d, s);
    if (b->label == EXT_CREDIT)
        return read_credit(p, d, i);
    if (b->label == EXT_NOTICE && b->cls == EXT_C_OPINION)
        return read_opinion(p, d, s);
    if (b->label == EXT_NOTICE)
        return read_origin(p, d, s);
    if (b->cls == EXT_C_LEGAL)
        read_publisher(d, s);
    if (b->cls == EXT_C_RELEASE)
        d->art.kind = DS_KIND_RELEASE;
    return DS_OK;
}

ds_status ext_notices(ext_page *p, ext_draft *d)
{
    size_t c = 0;
    for (uint32_t i = d->beg; i < d->end; i++) {
        while (c < d->comments.len && d->comments.at[c] < i)
            c++;
        bool comment = c < d->comments.len && d->comments.at[c] == i;
        if (!comment || p->blocks.at[i].cls == EXT_C_LEGAL)
            DS_TRY(read_block(p, d, i));
    }
    DS_TRY(read_pointer(p, d));
    if (!d->art.publisher.at && d->title_tail.len)
        ext_set(&d->art.publisher, &d->extra.from.publisher, ext_trim_punct(d->title_tail),
                "title");
    if (!d->art.publisher.at && !d->art.original_publisher.at)
        ext_set(&d->art.original_publisher, &d->extra.from.original_publisher, told_to(p, d),
                "text");
    if (!d->art.original_publisher.len)
        d->extra.from.original_publisher = (ds_str){0};
    return DS_OK;
}
