/* SPDX-License-Identifier: Apache-2.0 */
/* reread.c - all pages of the store read anew by the present reader, and grouped anew. What was cut off goes on where it was. */
#include "engine/internal.h"

typedef struct rereading {
    dossier *d;
    dossier_on_progress cb;
    void *ctx;
    dossier_report *report;
    ds_grouper *grouper;
    int64_t from;       /* id of the last page that was handed to a reader */
    int64_t pages;      /* to be read */
    size_t done, batch; /* of them; since the last commit */
    bool open;          /* a batch is */
    ds_err err;
} rereading;

/* ---- pages ---------------------------------------------------------------------------------------------------- */

static ds_status next(void *from, ds_job *job)
{
    rereading *r = from;
    ds_stored_page p;
    ds_status got = ds_store_next_page(r->d->store, job->arena, r->from, &p, &job->err);
    if (got != DS_OK)
        return got;
    r->from = job->stored = p.id;
    job->newest = p.newest;
    job->page = p.page;
    job->name = p.page.name;
    return DS_OK;
}

static size_t total(const void *from)
{
    const rereading *r = from;
    return (size_t)r->pages;
}

static void read_job(ds_job *job, void *ctx)
{
    const rereading *r = ctx;
    job->status = ds_read(job->arena, &job->page, r->d->extractor, r->d->profile, r->d->lexicon,
                          r->d->language, &job->readings, &job->note, &job->err);
}

/* ---- batches ---------------------------------------------------------------------------------------------------- */

static ds_status begin(rereading *r)
{
    if (r->open)
        return DS_OK;
    DS_TRY(ds_store_begin(r->d->store, &r->err));
    r->open = true;
    return DS_OK;
}

static ds_status commit(rereading *r)
{
    if (!r->open)
        return DS_OK;
    DS_TRY(ds_grouper_flush(r->grouper, &r->err));
    r->open = false;
    r->batch = 0;
    return ds_store_commit(r->d->store, &r->err);
}

static ds_status put_readings(rereading *r, const ds_job *job)
{
    for (size_t i = 0; i < job->readings.len; i++) {
        int64_t id;
        DS_TRY(ds_store_put_reading(r->d->store, job->stored, &job->readings.at[i], &id, &r->err));
        if (job->newest)
            DS_TRY(ds_grouper_put(r->grouper, job->stored, id, &job->readings.at[i], &r->err));
        r->report->articles += job->newest;
        r->report->figures += job->newest ? job->readings.at[i].claims.len : 0;
    }
    return DS_OK;
}

/* A page that cannot be read any more keeps its bytes, and has no article. */
static ds_status put_page(rereading *r, const ds_job *job)
{
    DS_TRY(begin(r));
    DS_TRY(ds_store_forget_articles(r->d->store, job->stored, r->d->reader, &r->err));
    if (job->status >= 0)
        DS_TRY(put_readings(r, job));
    if (!job->newest)
        DS_TRY(ds_store_hide_page(r->d->store, job->stored, &r->err));
    ds_grouper_reread_to(r->grouper, job->stored);
    return ++r->batch < DS_COMMIT_PAGES ? DS_OK : commit(r);
}

static ds_status take(ds_job *job, size_t inputs, void *ctx)
{
    rereading *r = ctx;
    const bool failed = job->status < 0;
    if (job->failed_input) {
        r->err = job->err;
        return job->status; /* the store's own */
    }
    DS_TRY(put_page(r, job));
    r->report->pages++;
    r->report->failed += failed;
    r->report->no_article += !failed && !job->readings.len;
    dossier_progress p = {++r->done, inputs, NULL, NULL, false};
    if (failed) {
        p.name = job->name.at;
        p.what = ds_reason(job->status, &job->err);
        p.failed = true;
    }
    if (!ds_wants_stop(r->cb, r->ctx, &p))
        return DS_OK;
    r->report->stopped = true;
    return DS_NONE;
}

/* ---- the whole --------------------------------------------------------------------------------------------------- */

static ds_status open_grouper(rereading *r)
{
    ds_grouper_close(r->grouper);
    r->grouper = NULL;
    return ds_grouper_open(r->d->store, r->d->model, &r->grouper, &r->err);
}

static ds_status start(rereading *r)
{
    DS_TRY(open_grouper(r));
    if (ds_grouper_reread(r->grouper) < 0) {
        DS_TRY(ds_store_begin(r->d->store, &r->err));
        r->open = true;
        DS_TRY(ds_store_reread_begin(r->d->store, &r->err));
        r->open = false;
        DS_TRY(ds_store_commit(r->d->store, &r->err));
        DS_TRY(open_grouper(r));
    }
    r->from = ds_grouper_reread(r->grouper);
    return ds_store_count_pages(r->d->store, r->from, &r->pages, &r->err);
}

static ds_status count_stories(rereading *r)
{
    ds_story_count n;
    DS_TRY(ds_store_count_stories(r->d->store, 0, &n, &r->err));
    r->report->stories = (size_t)n.stories;
    return DS_OK;
}

static ds_status finish(rereading *r)
{
    DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, DS_BATCH_BUDGET);
    if (!a)
        return DS_NOMEM;
    DS_TRY(commit(r));
    DS_TRY(begin(r));
    DS_TRY(ds_store_reread_end(r->d->store, a, &r->err));
    DS_TRY(open_grouper(r));
    DS_TRY(ds_regroup(r->d, r->grouper, &r->err));
    DS_TRY(count_stories(r));
    return commit(r);
}

ds_status ds_reread(dossier *d, dossier_on_progress cb, void *ctx, dossier_report *out, ds_err *err)
{
    static const ds_work work = {NULL, read_job, take};
    rereading r = {.d = d, .cb = cb, .ctx = ctx, .report = out};
    ds_status st = start(&r);
    if (st >= 0)
        st = ds_line_feed(&(ds_feed){next, total, &r}, d->jobs, &work, &r);
    if (st >= 0)
        st = out->stopped ? commit(&r) : finish(&r);
    if (r.open)
        ds_store_abort(d->store);
    ds_grouper_close(r.grouper);
    *err = r.err;
    return st;
}

ds_status ds_rereading(dossier *d, ds_err *err)
{
    DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, DS_VIEW_BUDGET);
    ds_grouping head;
    if (!a)
        return ds_fail(err, DS_NOMEM, "no memory left", 0);
    ds_status got = ds_store_grouping(d->store, a, &head, err);
    return got == DS_OK && head.reread < 0 ? DS_NONE : got;
}

dossier_status dossier_reread(dossier *d, dossier_on_progress cb, void *ctx, dossier_report *out)
{
    ds_err err = {0};
    *out = (dossier_report){0};
    if (d->mode != DOSSIER_WRITE || !d->store)
        return ds_say(d, DOSSIER_BAD, "the store is not open for writing");
    ds_status st = ds_reread(d, cb, ctx, out, &err);
    return st < 0 ? ds_say_store(d, st, &err) : DOSSIER_OK;
}
