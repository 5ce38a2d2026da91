/* SPDX-License-Identifier: Apache-2.0 */
/* article_ink.c - the voices and hedges of a sentence, and its text in ink. */
#include "export/article.h"

static bool meet(ds_span a, ds_span b)
{
    return a.beg < b.end && b.beg < a.end;
}

/* ---- what belongs to a sentence --------------------------------------------------------------------------- */

static bool touches(const ds_voice *v, ds_span s)
{
    bool said = false;
    for (uint32_t i = 0; i < v->content_len && !said; i++)
        said = meet(v->content[i], s);
    return said || meet(v->source, s) || meet(v->cue, s);
}

size_t ex_before(const void *things, size_t n, size_t size, size_t at, uint32_t byte)
{
    size_t lo = 0, hi = n;
    while (lo < hi) {
        size_t mid = (lo + hi) / 2;
        ds_span s;
        memcpy(&s, (const char *)things + mid * size + at, sizeof s);
        if (s.beg < byte)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo;
}

/* The window of ds_attributions_near. */
static void hear_voices(const ds_reading *r, const ds_voices *v, const ds_sentence *s, ex_heard *h)
{
    size_t last = (size_t)(s - r->sents) + DS_ATTRIBUTIONS_BEHIND;
    last = last < r->sents_len ? last : r->sents_len - 1;
    size_t end = ex_before(v->at, v->len, sizeof *v->at, offsetof(ds_voice, sentence),
                           r->sents[last].span.beg + 1);
    size_t beg = end > DS_ATTRIBUTIONS_NEAR ? end - DS_ATTRIBUTIONS_NEAR : 0;
    for (size_t i = beg; i < end && h->voices_len < EX_HEARD_MOST; i++)
        if (touches(&v->at[i], s->span))
            h->voices[h->voices_len++] = &v->at[i];
}

static size_t hedges_before(const ds_voices *v, uint32_t byte)
{
    return ex_before(v->hedges, v->hedges_len, sizeof *v->hedges, offsetof(ds_hedge, span), byte);
}

ex_heard ex_hear(const ds_reading *r, const ds_voices *v, const ds_sentence *s)
{
    uint32_t len = (uint32_t)r->article->text.len; /* a damaged store may say more */
    ex_heard h = {
        .span = {s->span.beg < len ? s->span.beg : len, s->span.end < len ? s->span.end : len}};
    if (!v)
        return h;
    hear_voices(r, v, s, &h);
    size_t beg = hedges_before(v, s->span.beg), end = hedges_before(v, s->span.end);
    h.hedges = v->hedges + beg;
    h.hedges_len = end - beg;
    return h;
}

bool ex_hears(const ex_heard *h)
{
    return h->voices_len || h->hedges_len;
}

/* ---- ink ------------------------------------------------------------------------------------------------------ */

static void paint(char *ink, ds_span sentence, ds_span words, const char *with)
{
    uint32_t beg = words.beg > sentence.beg ? words.beg : sentence.beg;
    uint32_t end = words.end < sentence.end ? words.end : sentence.end;
    if (beg < end)
        memset(ink + (beg - sentence.beg), with[0], end - beg);
}

/* Later ones lie over earlier ones: a name that hedges ("estimates by the army") stays a name. */
static void paint_all(char *ink, const ex_heard *h)
{
    for (size_t i = 0; i < h->hedges_len; i++)
        paint(ink, h->span, h->hedges[i].span,
              h->hedges[i].certainty > DS_CERT_REPORTED ? EX_RED : EX_DIM);
    for (size_t i = 0; i < h->voices_len; i++)
        paint(ink, h->span, h->voices[i]->cue,
              h->voices[i]->cue_says > DS_CERT_REPORTED ? EX_RED : EX_DIM);
    for (size_t i = 0; i < h->voices_len; i++)
        paint(ink, h->span, h->voices[i]->source, EX_BOLD);
}

ds_str ex_inked(const ex_reader *rd, const ex_heard *h, const char *base)
{
    ex_page *p = rd->p;
    ds_str text = ds_str_at(rd->r->article->text, h->span);
    char *ink = ds_arena_alloc(p->a, text.len + 1);
    ds_buf b = ex_words(p);
    if (!ink) {
        p->status = DS_NOMEM;
        return DS_STR("");
    }
    memset(ink, base[0], text.len);
    paint_all(ink, h);
    for (size_t beg = 0, end; beg < text.len; beg = end) {
        for (end = beg + 1; end < text.len && ink[end] == ink[beg];)
            end++;
        ds_buf_putc(&b, ink[beg]);
        ex_put(&b, ds_str_cut(text, beg, end));
    }
    return ex_take(p, &b);
}
