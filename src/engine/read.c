/* SPDX-License-Identifier: Apache-2.0 */
/* read.c - the reader: one page through every stage, to claims. */
#include "engine/internal.h"

#include "annotate/annotate.h"
#include "extract/extract.h"

typedef struct read_doc { /* what is read from the words of an article */
    ds_doc doc;
    ds_parse parse;
    ds_marks marks;
} read_doc;

static ds_status annotate(ds_arena *a, const ds_lexicon *lex, const ds_language *l, read_doc *r,
                          ds_err *err)
{
    r->marks = (ds_marks){0};
    DS_TRY(ds_language_read(a, &r->doc, l, DS_DEPTH_NEEDED, &r->parse, err));
    DS_TRY(ds_language_names(a, &r->doc, l, &r->parse, err));
    return ds_annotate(a, &r->doc, &r->parse, lex, &r->marks, err);
}

static ds_status put_marks(ds_arena *a, const read_doc *r, const ds_page *page,
                           const ds_claims *claims, const ds_lexicon *lex, ds_str *out, ds_err *err)
{
    const ds_article *art = r->doc.article;
    ds_marks_from from = {.doc = &r->doc,
                          .parse = lex ? &r->parse : NULL,
                          .marks = lex ? &r->marks : NULL,
                          .claims = *claims,
                          .publisher = art->publisher.len ? art->publisher : page->publisher};
    ds_story_marks marks;
    DS_TRY(ds_story_marks_make(a, &from, lex, &marks, err));
    ds_buf b = ds_buf_new(a);
    ds_story_marks_put(&b, &marks);
    *out = ds_buf_str(&b);
    return out->at ? DS_OK : ds_fail(err, DS_NOMEM, "no memory left", 0);
}

/* lex: of the article's language, NULL where there is none: then it has sentences and no claims. */
static ds_status read_article(ds_arena *a, const ds_page *page, const ds_article *art,
                              const ds_lexicon *lex, const ds_language *l, ds_reading *out,
                              ds_err *err)
{
    read_doc r;
    ds_claims claims = {0};
    ds_str marks;
    ds_told_days days = {0};
    ds_deeds deeds = {0};
    if (art->text.len > DS_TEXT_MAX)
        return ds_fail(err, DS_LIMIT, DS_TEXT_MAX_WORDS, 0);
    DS_TRY(ds_text_read(a, art, lex, &r.doc, err));
    if (lex) {
        DS_TRY(annotate(a, lex, l, &r, err));
        DS_TRY(ds_claim_read(a, page, &r.doc, &r.parse, &r.marks, lex, &claims, err));
        DS_TRY(ds_claim_days(a, &r.doc, &r.parse, &r.marks, lex, &days, err));
        DS_TRY(ds_claim_deeds(a, &r.doc, &r.parse, &r.marks, lex, &deeds, err));
    }
    DS_TRY(put_marks(a, &r, page, &claims, lex, &marks, err));
    *out = (ds_reading){.page = page,
                        .article = art,
                        .sents = r.doc.sents,
                        .sents_len = r.doc.sents_len,
                        .claims = claims,
                        .days = days,
                        .deeds = deeds,
                        .marks = marks};
    return DS_OK;
}

/* Appends to a note that there may be: "in German, which is not read for figures". */
static ds_str note_language(ds_arena *a, ds_str note, ds_str language)
{
    ds_str name = ds_language_english(a, language);
    return ds_arena_printf(a, "%.*s%sin %.*s, which is not read for figures", DS_FMT(note),
                           note.len ? "; " : "", DS_FMT(name));
}

ds_status ds_read(ds_arena *a, const ds_page *page, const ds_extractor *x,
                  const ds_host_profile *host, const ds_lexicon *lex, const ds_language *l,
                  ds_readings *out, ds_str *note, ds_err *err)
{
    ds_articles articles = {0};
    ds_extract_notes notes = {{NULL, 0}};
    /* All of a plain page may be text: no need to look. */
    if (page->bytes.len > DS_TEXT_MAX && ds_str_eq(page->media, DS_STR("text/plain")))
        return ds_fail(err, DS_LIMIT, DS_TEXT_MAX_WORDS, 0);
    ds_status got = ds_extract(a, page, x, host, &articles, &notes, err);
    DS_TRY(got);
    ds_reading *at = ds_arena_calloc(a, articles.len, sizeof *at);
    if (!at)
        return ds_fail(err, DS_NOMEM, "no memory left", 0);
    const ds_article *unread = NULL;
    for (size_t i = 0; i < articles.len; i++) {
        const ds_lexicon *words = ds_lexicon_for(lex, articles.at[i].language);
        DS_TRY(read_article(a, page, &articles.at[i], words, l, &at[i], err));
        unread = words || unread ? unread : &articles.at[i];
    }
    *note = unread ? note_language(a, notes.text, unread->language) : notes.text;
    *out = (ds_readings){at, articles.len};
    return got;
}

ds_status ds_read_voices(ds_arena *a, const ds_article *art, const ds_lexicon *lex,
                         const ds_language *l, ds_voices *out, ds_err *err)
{
    read_doc r;
    const ds_lexicon *words = ds_lexicon_for(lex, art->language);
    if (!words)
        return DS_NONE;
    DS_TRY(ds_text_read(a, art, words, &r.doc, err));
    DS_TRY(annotate(a, words, l, &r, err));
    return ds_claim_voices(a, &r.doc, &r.parse, &r.marks, words, out, err);
}
