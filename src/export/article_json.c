/* SPDX-License-Identifier: Apache-2.0 */
/* article_json.c - who says what in an article, as JSON (docs/formats/article.md). */
#include "export/article.h"

/* The number of the sentence that a byte lies in; 0 also where there is none. */
static uint32_t number_at(const ds_reading *r, uint32_t byte)
{
    size_t n =
        ex_before(r->sents, r->sents_len, sizeof *r->sents, offsetof(ds_sentence, span), byte + 1);
    return n ? r->sents[n - 1].number : 0;
}

static void span_or_null(ds_json *j, const char *key, ds_span s)
{
    if (ds_span_len(s))
        ds_json_span(j, key, s);
    else
        ds_json_null(j, key);
}

/* The words, for those who have not the article text that spans count in. */
static void text_or_null(ds_json *j, const char *key, const ds_reading *r, ds_span s)
{
    ds_json_str(j, key, ds_span_len(s) ? ds_str_at(r->article->text, s) : (ds_str){0});
}

static void voice(ds_json *j, const ds_reading *r, const ds_voice *v)
{
    ds_json_obj(j, NULL);
    ds_json_int(j, "sentence", number_at(r, v->sentence.beg));
    span_or_null(j, "source", v->source);
    span_or_null(j, "cue", v->cue);
    ds_json_arr(j, "content");
    for (uint32_t i = 0; i < v->content_len; i++)
        ds_json_span(j, NULL, v->content[i]);
    ds_json_end(j, ']');
    text_or_null(j, "source_text", r, v->source);
    text_or_null(j, "cue_text", r, v->cue);
    ds_json_arr(j, "content_text");
    for (uint32_t i = 0; i < v->content_len; i++)
        text_or_null(j, NULL, r, v->content[i]);
    ds_json_end(j, ']');
    ex_json_chain(j, v->said.by, v->said.by_len, NULL, NULL);
    ds_json_str(j, "certainty", ds_str_of(ds_certainty_name(v->said.certainty)));
    ds_json_end(j, '}');
}

static void hedge(ds_json *j, const ds_reading *r, const ds_hedge *h)
{
    ds_json_obj(j, NULL);
    ds_json_int(j, "sentence", number_at(r, h->span.beg));
    ds_json_span(j, "span", h->span);
    text_or_null(j, "words", r, h->span);
    ds_json_str(j, "certainty", ds_str_of(ds_certainty_name(h->certainty)));
    ds_json_str(j, "scope", h->whole ? DS_STR("sentence") : DS_STR("clause"));
    ds_json_end(j, '}');
}

void ex_json_voices(ds_json *j, const ds_reading *r, const ds_voices *v)
{
    if (!v) {
        ds_json_null(j, "attributions");
        ds_json_null(j, "hedges");
        return;
    }
    ds_json_arr(j, "attributions");
    for (size_t i = 0; i < v->len; i++)
        voice(j, r, &v->at[i]);
    ds_json_end(j, ']');
    ds_json_arr(j, "hedges");
    for (size_t i = 0; i < v->hedges_len; i++)
        hedge(j, r, &v->hedges[i]);
    ds_json_end(j, ']');
}
