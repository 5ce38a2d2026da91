/* SPDX-License-Identifier: Apache-2.0 */
/* article.c - one article by "1:B", "1:B9", or its document's name. */
#include "engine/internal.h"

typedef struct reference {
    int64_t story;
    ds_str letter;
    int32_t sentence; /* -1: all */
} reference;

static size_t digits(ds_str s, size_t at, int64_t *out)
{
    int64_t v = 0;
    size_t i = at;
    for (; i < s.len && s.at[i] >= '0' && s.at[i] <= '9' && v < INT32_MAX / 10; i++)
        v = v * 10 + (s.at[i] - '0');
    *out = v;
    return i - at;
}

/* "1:B9". DS_NONE: not of that form. */
static ds_status parse(ds_str ref, reference *out)
{
    int64_t story, sentence = -1;
    size_t at = digits(ref, 0, &story);
    if (!at || at >= ref.len || ref.at[at] != ':')
        return DS_NONE;
    size_t beg = ++at;
    while (at < ref.len && ref.at[at] >= 'A' && ref.at[at] <= 'Z')
        at++;
    ds_str letter = ds_str_cut(ref, beg, at);
    if (!letter.len)
        return DS_NONE;
    if (at < ref.len && at + digits(ref, at, &sentence) != ref.len)
        return DS_NONE;
    *out = (reference){story, letter, (int32_t)sentence};
    return DS_OK;
}

/* ---- what is there instead ------------------------------------------------------------------------------ */

static dossier_status say_no_page(dossier *d, ds_arena *a, const reference *r)
{
    ds_dossier file;
    ds_err err = {0};
    ds_status st = ds_store_story(d->store, a, r->story, &file, &err);
    if (st < 0)
        return ds_say_store(d, st, &err);
    if (st == DS_NONE)
        return ds_say(d, DOSSIER_NOTHING, "no story %lld (dossier stories)", (long long)r->story);
    if (file.sources_len == 1)
        return ds_say(d, DOSSIER_NOTHING, "no page %.*s in story %lld; it has %.*s",
                      DS_FMT(r->letter), (long long)r->story, DS_FMT(file.sources[0].letter));
    return ds_say(d, DOSSIER_NOTHING, "no page %.*s in story %lld; it has %.*s to %.*s",
                  DS_FMT(r->letter), (long long)r->story, DS_FMT(file.sources[0].letter),
                  DS_FMT(file.sources[file.sources_len - 1].letter));
}

static bool has_sentence(const ds_reading *r, int32_t number, uint32_t *last)
{
    bool found = false;
    for (size_t i = 0; i < r->sents_len; i++) {
        found = found || r->sents[i].number == (uint32_t)number;
        *last = r->sents[i].number > *last ? r->sents[i].number : *last;
    }
    return found;
}

/* ---- who says what ------------------------------------------------------------------------------------------ */

/* The store keeps who stands behind figures only: for the rest the text is read once more, by the word lists at hand.
 * *out NULL: its language is not read. */
static dossier_status voices_of(dossier *d, ds_arena *a, const ds_article *art,
                                const ds_voices **out)
{
    ds_err err = {0};
    dossier_status ok = ds_need_words(d);
    if (ok != DOSSIER_OK)
        return ok;
    ds_voices *v = ds_arena_calloc(a, 1, sizeof *v);
    if (!v)
        return ds_say_nomem(d);
    ds_status st = ds_read_voices(a, art, d->lexicon, d->language, v, &err);
    *out = st == DS_OK ? v : NULL;
    if (st == DS_NOMEM)
        return ds_say_nomem(d);
    return st < 0 ? ds_say(d, (dossier_status)st, "%s", ds_reason(st, &err)) : DOSSIER_OK;
}

/* ---- the command ------------------------------------------------------------------------------------------ */

static dossier_status print(dossier *d, ds_arena *a, const ds_reading *reading, const reference *r,
                            const dossier_view *v, dossier_text *out)
{
    uint32_t last = 0;
    if (r->sentence >= 0 && !has_sentence(reading, r->sentence, &last))
        return ds_say(d, DOSSIER_NOTHING, "no sentence %.*s%d; its last is %u", DS_FMT(r->letter),
                      r->sentence, last);
    const ds_voices *voices = NULL;
    dossier_status ok = voices_of(d, a, reading->article, &voices);
    if (ok != DOSSIER_OK)
        return ok;
    ds_buf b = ds_buf_new(a);
    const ds_article_view view = {v->figures, r->sentence, d->reader};
    ds_status st = ds_export_article(a, reading, voices, r->letter, view, ds_style_of(v), &b);
    if (st == DS_NONE)
        return ds_say(d, DOSSIER_NOTHING, "no figures in this article");
    return st < 0 ? ds_say_store(d, st, &(ds_err){0}) : ds_hand_out(d, &b, out);
}

/* r: {0} for a document's name. */
static dossier_status load(dossier *d, ds_arena *a, const char *ref, reference *r, ds_reading *out)
{
    ds_err err = {0};
    bool lettered = parse(ds_str_of(ref), r) == DS_OK;
    ds_status st = lettered ? ds_store_article(d->store, a, r->story, r->letter, out, &err)
                            : ds_store_article_of(d->store, a, ds_str_of(ref), out, &err);
    if (st < 0)
        return ds_say_store(d, st, &err);
    if (st == DS_NONE)
        return lettered ? say_no_page(d, a, r)
                        : ds_say(d, DOSSIER_NOTHING,
                                 "no article %s; write 1:B, or its name as it was added", ref);
    return DOSSIER_OK;
}

/* What changed from version to version. */
static dossier_status print_versions(dossier *d, ds_arena *a, const ds_reading *reading,
                                     const dossier_view *v, dossier_text *out)
{
    ds_stored all;
    ds_err err = {0};
    ds_status st = ds_store_versions(d->store, a, reading, &all, &err);
    if (st < 0)
        return ds_say_store(d, st, &err);
    const ds_reading **at = ds_arena_calloc(a, all.len, sizeof *at);
    if (!at || st == DS_NONE)
        return ds_say_nomem(d);
    for (size_t i = 0; i < all.len; i++)
        at[i] = &all.at[i];
    ds_buf b = ds_buf_new(a);
    st = ds_export_versions(a, at, all.len, ds_style_of(v), &b);
    return st < 0 ? ds_say_store(d, st, &err) : ds_hand_out(d, &b, out);
}

dossier_status dossier_article(dossier *d, const char *ref, const dossier_view *v,
                               dossier_text *out)
{
    DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, DS_VIEW_BUDGET);
    reference r = {.letter = {NULL, 0}, .sentence = -1};
    ds_reading reading;
    if (!a)
        return ds_say_nomem(d);
    if (!d->store)
        return ds_say(d, DOSSIER_BAD, "no store is open");
    if (v->format != DOSSIER_TEXT && v->format != DOSSIER_JSON)
        return ds_say(d, DOSSIER_BAD, "--format: an article is printed as text or json");
    dossier_status ok = load(d, a, ref, &r, &reading);
    if (ok != DOSSIER_OK)
        return ok;
    return v->versions ? print_versions(d, a, &reading, v, out) : print(d, a, &reading, &r, v, out);
}

/* ---- the article for a page in a browser ----------------------------------------------------------------------- */

/* DS_NONE of the store is no fault: an article may wait for its story. */
static dossier_status place_of(dossier *d, ds_arena *a, const ds_reading *reading,
                               const reference *r, ds_article_place *out)
{
    ds_err err = {0};
    *out = (ds_article_place){r->story, r->letter};
    if (r->story)
        return DOSSIER_OK;
    ds_status st = ds_store_place_of(d->store, a, reading->article->doc, out, &err);
    return st < 0 ? ds_say_store(d, st, &err) : DOSSIER_OK;
}

dossier_status dossier_article_page(dossier *d, const char *ref, dossier_text *out)
{
    DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, DS_VIEW_BUDGET);
    reference r = {.letter = {NULL, 0}, .sentence = -1};
    ds_reading reading;
    ds_article_place place;
    const ds_voices *voices = NULL;
    if (!a)
        return ds_say_nomem(d);
    if (!d->store)
        return ds_say(d, DOSSIER_BAD, "no store is open");
    dossier_status ok = load(d, a, ref, &r, &reading);
    if (ok == DOSSIER_OK)
        ok = place_of(d, a, &reading, &r, &place);
    if (ok == DOSSIER_OK)
        ok = voices_of(d, a, reading.article, &voices);
    if (ok != DOSSIER_OK)
        return ok;
    ds_buf b = ds_buf_new(a);
    return ds_export_article_page(&reading, voices, &place, &b) < 0 ? ds_say_nomem(d)
                                                                    : ds_hand_out(d, &b, out);
}
