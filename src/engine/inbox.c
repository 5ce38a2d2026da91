/* SPDX-License-Identifier: Apache-2.0 */
/* inbox.c - articles put into the inbox: each is looked at before it is acknowledged, so that what waits can be read. */
#include "engine/internal.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>

struct dossier_inbox {
    ds_arena *arena, *scratch; /* of the object; of one call */
    ds_store *store;
    char error[256];
};

static dossier_status say(dossier_inbox *i, dossier_status st, const char *what)
{
    snprintf(i->error, sizeof i->error, "%s", what);
    return st;
}

static dossier_status say_err(dossier_inbox *i, ds_status st, const ds_err *err)
{
    return say(i, st == DS_NOMEM ? DOSSIER_NOMEM : DOSSIER_IO, err->what ? err->what : "failed");
}

dossier_status dossier_inbox_open(const char *db, bool create, dossier_inbox **out)
{
    dossier_inbox *i = calloc(1, sizeof *i);
    ds_err err = {0};
    *out = i;
    if (!i)
        return DOSSIER_NOMEM;
    i->arena = ds_arena_new(0, DS_OBJECT_BUDGET);
    i->scratch = ds_arena_new(0, DS_PAGE_BUDGET);
    if (!i->arena || !i->scratch)
        return say(i, DOSSIER_NOMEM, "no memory left");
    ds_status st = ds_inbox_open(i->arena, ds_str_of(db), create, &i->store, &err);
    if (st == DS_NONE)
        return say(i, DOSSIER_NOTHING, "there is no inbox");
    return st < 0 ? say_err(i, st, &err) : DOSSIER_OK;
}

void dossier_inbox_close(dossier_inbox *i)
{
    if (!i)
        return;
    ds_store_close(i->store);
    ds_arena_free(i->arena);
    ds_arena_free(i->scratch);
    free(i);
}

const char *dossier_inbox_error(const dossier_inbox *i)
{
    return i ? i->error : "no memory left";
}

/* ---- what is to go in ------------------------------------------------------------------------------------ */

typedef struct arrivals {
    ds_arena *a;
    DS_VEC(ds_str) lines;
} arrivals;

static dossier_status take(dossier_inbox *i, arrivals *v, ds_str line)
{
    ds_err err = {0};
    ds_status st = v->lines.len < DOSSIER_INBOX_MOST
                       ? ds_intake_check_line(v->a, line, &err)
                       : ds_fail(&err, DS_LIMIT, "too many at once", 0);
    if (st < 0) {
        snprintf(i->error, sizeof i->error, "article %zu: %s", v->lines.len + 1,
                 err.what ? err.what : "no memory left");
        return (dossier_status)st;
    }
    return DS_PUSH(v->a, &v->lines, line) < 0 ? say(i, DOSSIER_NOMEM, "no memory left")
                                              : DOSSIER_OK;
}

static dossier_status take_lines(dossier_inbox *i, arrivals *v, ds_str text)
{
    for (size_t beg = 0; beg < text.len;) {
        ptrdiff_t found = ds_str_find(text, DS_STR("\n"), beg);
        size_t end = found < 0 ? text.len : (size_t)found;
        ds_str line = ds_str_trim(ds_str_cut(text, beg, end));
        beg = end + 1;
        dossier_status ok = line.len ? take(i, v, line) : DOSSIER_OK;
        if (ok != DOSSIER_OK)
            return ok;
    }
    return DOSSIER_OK;
}

static dossier_status take_object(dossier_inbox *i, arrivals *v, const json_t *o)
{
    char *text = json_dumps(o, JSON_COMPACT);
    ds_str line = ds_arena_str(v->a, ds_str_of(text));
    free(text);
    return line.at ? take(i, v, line)
                   : say(i, DOSSIER_BAD, "not an article that can be written as one line");
}

static dossier_status take_json(dossier_inbox *i, arrivals *v, ds_str text)
{
    json_error_t e;
    ds_err err = {0};
    if (ds_intake_check_values(text, &err) != DS_OK)
        return say(i, DOSSIER_LIMIT, err.what);
    json_t *all =
        json_loadb(text.at ? text.at : "", text.len, JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL, &e);
    dossier_status ok = DOSSIER_OK;
    if (json_is_array(all))
        for (size_t k = 0; ok == DOSSIER_OK && k < json_array_size(all); k++)
            ok = take_object(i, v, json_array_get(all, k));
    else if (json_is_object(all))
        ok = take_object(i, v, all);
    else
        ok = say(i, DOSSIER_BAD, all ? "neither an article nor a list of them" : "not JSON");
    json_decref(all);
    return ok;
}

dossier_status dossier_inbox_put(dossier_inbox *i, const char *at, size_t len, bool lines,
                                 dossier_accepted *out)
{
    arrivals v = {.a = i->scratch};
    size_t bad, known = 0;
    ds_err err = {0};
    ds_str text = {at ? at : "", len};
    ds_arena_reset(i->scratch);
    if (!i->store)
        return say(i, DOSSIER_IO, "the inbox is not open");
    if (ds_utf8_check(text, &bad) != DS_OK)
        return say(i, DOSSIER_BAD, "not UTF-8");
    dossier_status ok = lines ? take_lines(i, &v, text) : take_json(i, &v, text);
    if (ok == DOSSIER_OK && !v.lines.len)
        ok = say(i, DOSSIER_BAD, "no article in it");
    if (ok != DOSSIER_OK)
        return ok;
    int64_t waiting = 0;
    ds_status st = ds_inbox_put(i->store, v.lines.at, v.lines.len, &known, &err);
    if (st == DS_OK)
        st = ds_inbox_waiting(i->store, &waiting, &err);
    if (st < 0)
        return say_err(i, st, &err);
    *out = (dossier_accepted){v.lines.len, known, waiting};
    return DOSSIER_OK;
}

dossier_status dossier_inbox_waiting(dossier_inbox *i, int64_t *out)
{
    ds_err err = {0};
    if (!i->store)
        return say(i, DOSSIER_NOTHING, "there is no inbox");
    ds_status st = ds_inbox_waiting(i->store, out, &err);
    return st < 0 ? say_err(i, st, &err) : DOSSIER_OK;
}
