/* SPDX-License-Identifier: Apache-2.0 */
/* care.c - verify and remove. */
#include "engine/internal.h"

static ds_status remove_in(dossier *d, ds_str name, ds_err *err)
{
    ds_grouper *g;
    ds_status st = ds_store_remove(d->store, name, err);
    if (st != DS_OK)
        return st;
    DS_TRY(ds_grouper_open(d->store, d->model, &g, err));
    st = ds_regroup(d, g, err);
    ds_grouper_close(g);
    return st;
}

dossier_status dossier_remove(dossier *d, const char *name)
{
    ds_err err = {0};
    if (d->mode != DOSSIER_WRITE || !d->store)
        return ds_say(d, DOSSIER_BAD, "the store is not open for writing");
    dossier_report reread = {0};
    ds_status st = ds_rereading(d, &err);
    if (st == DS_OK)
        st = ds_reread(d, NULL, NULL, &reread, &err);
    if (st >= 0)
        st = ds_store_begin(d->store, &err);
    if (st == DS_OK)
        st = remove_in(d, ds_str_of(name), &err);
    if (st == DS_OK)
        st = ds_store_commit(d->store, &err);
    else
        ds_store_abort(d->store);
    if (st == DS_NONE)
        return ds_say(d, DOSSIER_NOTHING, "no page %s in the store", name);
    return st < 0 ? ds_say_store(d, st, &err) : DOSSIER_OK;
}

static void put_problems(ds_buf *b, const ds_strs *what, uint32_t problems)
{
    for (size_t i = 0; i < what->len; i++) {
        ds_buf_put(b, what->at[i]);
        ds_buf_puts(b, "\n");
    }
    if (problems > what->len)
        ds_buf_printf(b, "and %zu more\n", problems - what->len);
}

dossier_status dossier_verify(dossier *d, char *digest, dossier_text *out)
{
    DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, DS_VIEW_BUDGET);
    ds_err err = {0};
    ds_strs what = {0};
    ds_str hex;
    uint32_t problems = 0;
    *out = (dossier_text){NULL, 0};
    if (!a)
        return ds_say_nomem(d);
    if (!d->store)
        return ds_say(d, DOSSIER_BAD, "no store is open");
    ds_status st = ds_store_verify(d->store, a, &problems, &what, &hex, &err);
    if (st < 0)
        return ds_say_store(d, st, &err);
    if (digest) {
        memcpy(digest, hex.at, hex.len);
        digest[hex.len] = 0;
    }
    if (!problems)
        return DOSSIER_OK;
    ds_buf b = ds_buf_new(a);
    put_problems(&b, &what, problems);
    dossier_status ok = ds_hand_out(d, &b, out);
    return ok == DOSSIER_OK ? ds_say(d, DOSSIER_IO, "%.*s: %u problems", DS_FMT(d->db), problems)
                            : ok;
}
