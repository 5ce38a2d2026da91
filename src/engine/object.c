/* SPDX-License-Identifier: Apache-2.0 */
/* object.c - the object behind the public API: opened, asked for its reason, closed. */
#include "engine/internal.h"

#include <stdio.h>
#include <stdlib.h>

const char *dossier_version(void)
{
    return DOSSIER_VERSION;
}

const char *dossier_error(const dossier *d)
{
    return d ? d->error : "no memory left";
}

void dossier_text_free(dossier_text *t)
{
    if (!t)
        return;
    free(t->at);
    *t = (dossier_text){NULL, 0};
}

void dossier_close(dossier *d)
{
    if (!d)
        return;
    ds_store_close(d->store);
    ds_lexicon_close(d->lexicon);
    ds_arena_free(d->arena);
    free(d);
}

/* ---- words ------------------------------------------------------------------------------------------ */

dossier_status ds_say(dossier *d, dossier_status st, const char *fmt, ...)
{
    va_list args;
    va_start(args, fmt);
    vsnprintf(d->error, sizeof d->error, fmt, args);
    va_end(args);
    return st;
}

dossier_status ds_say_nomem(dossier *d)
{
    return ds_say(d, DOSSIER_NOMEM, "no memory left");
}

const char *ds_reason(ds_status st, const ds_err *err)
{
    if (st == DS_NOMEM)
        return "needs more memory than one page may have; kept out";
    if (err && err->what)
        return err->what;
    return st == DS_LIMIT ? "too large; kept out"
           : st == DS_IO  ? "cannot be read"
                          : "cannot be read; kept out";
}

dossier_status ds_say_store(dossier *d, ds_status st, const ds_err *err)
{
    if (st == DS_NOMEM)
        return ds_say_nomem(d);
    return ds_say(d, DOSSIER_IO, "%.*s: %s", DS_FMT(d->db), err->what ? err->what : "failed");
}

/* ---- opening ------------------------------------------------------------------------------------------ */

static dossier_status say_words(dossier *d, ds_status st, const ds_err *err)
{
    if (st == DS_NOMEM)
        return ds_say_nomem(d);
    return ds_say(d, DOSSIER_BAD, "%s", err->what ? err->what : "the word lists cannot be read");
}

dossier_status ds_need_words(dossier *d)
{
    ds_err err = {0};
    if (d->language)
        return DOSSIER_OK;
    ds_status st = d->lexicon ? DS_OK : ds_lexicon_open(d->arena, d->folder, &d->lexicon, &err);
    if (st < 0)
        return say_words(d, st, &err);
    st = ds_language_open(d->arena, d->lexicon, &d->language, &err);
    if (st < 0 && st != DS_NOMEM)
        return ds_say(d, DOSSIER_BAD, "%.*s%slanguage.pack: %s", DS_FMT(d->folder),
                      d->folder.at ? "/" : "", err.what);
    d->reckoner = d->reader =
        ds_arena_printf(d->arena, "%s+%.*s", DOSSIER_VERSION, DS_FMT(ds_lexicon_hash(d->lexicon)));
    return st < 0 || !d->reader.at ? ds_say_nomem(d) : DOSSIER_OK;
}

static dossier_status open_reader(dossier *d, const char *profile)
{
    ds_err err = {0};
    dossier_status ok = ds_need_words(d);
    if (ok != DOSSIER_OK)
        return ok;
    ds_status st = ds_extractor_open(d->arena, d->lexicon, &d->extractor, &err);
    if (st >= 0)
        st = ds_cluster_model_open(d->arena, ds_lexicon_section(d->lexicon, "stories"), &d->model,
                                   &err);
    return st < 0 ? say_words(d, st, &err) : ds_open_profile(d, profile);
}

static dossier_status open_store(dossier *d)
{
    ds_err err = {0};
    ds_store_mode mode = d->mode == DOSSIER_READ ? DS_STORE_READ : DS_STORE_WRITE;
    ds_status st = ds_store_open(d->arena, d->db, mode, &d->store, &err);
    if (st == DS_NONE)
        return ds_say(d, DOSSIER_NOTHING,
                      "the store is empty: add pages first (dossier add FOLDER)");
    return st < 0 ? ds_say_store(d, st, &err) : DOSSIER_OK;
}

static dossier_status open_parts(dossier *d, const dossier_options *o)
{
    d->as_of = DS_DAY_NONE;
    if (o->as_of && ds_day_parse(ds_str_of(o->as_of), &d->as_of) != DS_OK)
        return ds_say(d, DOSSIER_BAD, "--as-of %s: a day is written YYYY-MM-DD", o->as_of);
    if (o->lexicon && !(d->folder = ds_arena_str(d->arena, ds_str_of(o->lexicon))).at)
        return ds_say_nomem(d);
    if (d->mode != DOSSIER_READ) {
        dossier_status st = open_reader(d, o->profile);
        if (st != DOSSIER_OK)
            return st;
    }
    if (d->mode == DOSSIER_NO_STORE)
        return DOSSIER_OK;
    if (!o->db)
        return ds_say(d, DOSSIER_BAD, "no store was named");
    d->db = ds_arena_str(d->arena, ds_str_of(o->db));
    return d->db.at ? open_store(d) : ds_say_nomem(d);
}

dossier_status dossier_open(const dossier_options *o, dossier_mode mode, dossier **out)
{
    dossier *d = calloc(1, sizeof *d);
    *out = NULL;
    if (!d)
        return DOSSIER_NOMEM;
    d->arena = ds_arena_new(0, DS_OBJECT_BUDGET);
    if (!d->arena) {
        free(d);
        return DOSSIER_NOMEM;
    }
    d->mode = mode;
    d->jobs = ds_jobs(o->jobs);
    *out = d;
    return open_parts(d, o);
}

/* ---- shared by the commands ------------------------------------------------------------------------- */

dossier_status ds_open_inputs(dossier *d, ds_arena *a, const char *const *paths, size_t n,
                              ds_intake **out)
{
    static const char *const standard[] = {"-"};
    ds_err err = {0};
    ds_status st = ds_intake_open(a, n ? paths : standard, n ? n : 1, d->as_of, out, &err);
    return st < 0 ? ds_say(d, (dossier_status)st, "%s", ds_reason(st, &err)) : DOSSIER_OK;
}

dossier_status ds_hand_out(dossier *d, ds_buf *b, dossier_text *out)
{
    ds_str s = ds_buf_str(b);
    if (!s.at)
        return ds_say_nomem(d);
    char *at = malloc(s.len + 1);
    if (!at)
        return ds_say_nomem(d);
    memcpy(at, s.at, s.len);
    at[s.len] = 0;
    *out = (dossier_text){at, s.len};
    return DOSSIER_OK;
}

bool ds_wants_stop(dossier_on_progress cb, void *ctx, const dossier_progress *p)
{
    return cb && cb(p, ctx) != 0;
}
