/* SPDX-License-Identifier: Apache-2.0 */
/* read.c - the reader: one page through every stage, to claims. */
#include "engine/internal.h"

#include "annotate/annotate.h"
#include "extract/extract.h"
#include "language/language.h"

static ds_status read_article(ds_arena *a, const ds_page *page, const ds_article *art,
                              const ds_lexicon *lex, ds_reading *out, ds_err *err)
{
    ds_doc doc;
    ds_parse parse;
    ds_marks marks = {0};
    ds_claims claims;
    if (art->text.len > DS_TEXT_MAX)
        return ds_fail(err, DS_LIMIT, DS_TEXT_MAX_WORDS, 0);
    DS_TRY(ds_text_read(a, art, lex, &doc, err));
    DS_TRY(ds_language_read(a, &doc, lex, &parse, err));
    DS_TRY(ds_annotate(a, &doc, &parse, lex, &marks, err));
    DS_TRY(ds_claim_read(a, page, &doc, &parse, &marks, lex, &claims, err));
    *out = (ds_reading){.page = page,
                        .article = art,
                        .sents = doc.sents,
                        .sents_len = doc.sents_len,
                        .claims = claims};
    return DS_OK;
}

ds_status ds_read(ds_arena *a, const ds_page *page, const ds_extractor *x,
                  const ds_host_profile *host, const ds_lexicon *lex, ds_readings *out,
                  ds_str *note, ds_err *err)
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
    for (size_t i = 0; i < articles.len; i++)
        DS_TRY(read_article(a, page, &articles.at[i], lex, &at[i], err));
    *note = notes.text;
    *out = (ds_readings){at, articles.len};
    return got;
}
