/* SPDX-License-Identifier: Apache-2.0 */
/* test_help.h - what every article must be, for tests and the fuzz target. */
#ifndef DS_EXTRACT_TEST_HELP_H
#define DS_EXTRACT_TEST_HELP_H

#include "extract/extract.h"

#include <stdio.h>
#include <stdlib.h>

/* The word lists and weights that are built in, opened once and never closed. */
static inline const ds_extractor *extractor(void)
{
    static ds_arena *kept;
    static ds_extractor *x;
    ds_lexicon *lex;
    if (x)
        return x;
    kept = ds_arena_new(0, (size_t)64 << 20);
    if (!kept || ds_lexicon_open(kept, (ds_str){0}, &lex, NULL) != DS_OK ||
        ds_extractor_open(kept, lex, &x, NULL) != DS_OK)
        abort();
    return x;
}

/* Ends a fuzz target that found something. */
static inline void require(bool holds, const char *wrong)
{
    if (holds)
        return;
    fprintf(stderr, "%s\n", wrong);
    abort();
}

static inline ds_page page_of(ds_str bytes)
{
    return (ds_page){
        .name = DS_STR("page"), .bytes = bytes, .fetched = DS_DAY_NONE, .published = DS_DAY_NONE};
}

static inline const char *wrong_runs(const ds_page *page, const ds_article *art)
{
    uint32_t last = 0;
    for (size_t i = 0; i < art->runs_len; i++) {
        ds_span text = art->runs[i].text, from = art->runs[i].page;
        if (text.beg < last || text.end <= text.beg || text.end > art->text.len)
            return "runs are not in text order";
        if (from.end <= from.beg || from.end > page->bytes.len)
            return "a run leaves the page";
        last = text.end;
        if (ds_span_len(text) == ds_span_len(from) &&
            page->bytes.at[from.beg] != art->text.at[text.beg] &&
            (unsigned char)art->text.at[text.beg] < 0x80 && /* not one converted character */
            ds_utf8_check(page->bytes, &(size_t){0}) == DS_OK &&
            !memchr(page->bytes.at, 0, page->bytes.len))
            return "a run of equal lengths has other bytes";
    }
    return NULL;
}

static inline const char *wrong_blocks(const ds_article *art)
{
    uint32_t at = 0;
    ds_part part = DS_PART_TITLE;
    for (size_t i = 0; i < art->blocks_len; i++) {
        const ds_block *b = &art->blocks[i];
        if (b->span.beg != at || b->span.end <= b->span.beg)
            return "blocks do not tile the text";
        if (b->part < part)
            return "parts are out of order";
        if (b->part == DS_PART_BODY && !ds_span_holds(art->body, b->span))
            return "the body leaves out a body block";
        if (memchr(art->text.at + b->span.beg, '\n', ds_span_len(b->span)))
            return "a block holds a line end";
        part = b->part;
        at = b->span.end + 1;
    }
    return at == art->text.len + 1 ? NULL : "blocks end before the text";
}

/* What is wrong with an article; NULL: nothing. */
static inline const char *wrong_article(const ds_page *page, const ds_article *art)
{
    size_t bad;
    if (!art->text.len || ds_utf8_check(art->text, &bad) != DS_OK ||
        memchr(art->text.at, 0, art->text.len))
        return "the text is no UTF-8 or holds a zero byte";
    if (art->body.end <= art->body.beg || art->body.end > art->text.len)
        return "the body is empty or leaves the text";
    const char *wrong = wrong_blocks(art);
    return wrong ? wrong : wrong_runs(page, art);
}

/* What ds_extract handed out keeps its contract. */
static inline void require_result(const ds_page *page, ds_status st, const ds_articles *arts,
                                  const ds_err *err)
{
    require(st != DS_OK || arts->len, "no article, but no word of it");
    require(st == DS_OK || (!arts->len && (st == DS_NOMEM || err->what)),
            "an error without its reason");
    for (size_t i = 0; i < arts->len; i++) {
        const char *wrong = wrong_article(page, &arts->at[i]);
        require(!wrong, wrong);
    }
}

#endif
