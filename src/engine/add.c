/* SPDX-License-Identifier: Apache-2.0 */
/* add.c - pages into the store: committed every DS_COMMIT_PAGES; then the stories that changed are finished. */
#include "engine/internal.h"

typedef struct adding {
    dossier *d;
    dossier_on_progress cb;
    void *ctx;
    dossier_report *report; /* what is certain: committed */
    dossier_report batch;   /* since the last commit */
    ds_grouper *grouper;
    size_t done;     /* inputs that went through */
    bool open;       /* a batch is */
    ds_err err;      /* of the store */
    ds_store *inbox; /* NULL: nothing waits */
    ds_arena *arena; /* of the whole run */
    DS_VEC(int64_t)
    waited; /* lines of the inbox that were taken in, in order: the first pages of the run */
    size_t emptied; /* of them, gone from the inbox */
} adding;

static bool wanted(ds_job *job, void *ctx)
{
    adding *add = ctx;
    ds_err err;
    return ds_store_known(add->d->store, &job->page, add->d->reader, &err) != DS_OK;
}

static void read_job(ds_job *job, void *ctx)
{
    const adding *add = ctx;
    job->status = ds_read(job->arena, &job->page, add->d->extractor, add->d->profile,
                          add->d->lexicon, add->d->language, &job->readings, &job->note, &job->err);
}

/* ---- the inbox --------------------------------------------------------------------------------------- */

static ds_status next_waiting(void *ctx, ds_arena *a, ds_str *line, ds_str *name, ds_err *err)
{
    adding *add = ctx;
    int64_t id, last = add->waited.len ? add->waited.at[add->waited.len - 1] : 0;
    ds_status got = ds_inbox_next(add->inbox, a, last, &id, line, err);
    if (got != DS_OK)
        return got;
    *name = ds_arena_printf(a, "inbox:%lld", (long long)id);
    return name->at ? DS_PUSH(add->arena, &add->waited, id) : DS_NOMEM;
}

static ds_status open_inbox(adding *add, ds_intake *in)
{
    int64_t waiting = 0;
    ds_status got = ds_inbox_open(add->arena, add->d->db, false, &add->inbox, &add->err);
    if (got != DS_OK)
        return got;
    DS_TRY(ds_inbox_waiting(add->inbox, &waiting, &add->err));
    if (waiting)
        ds_intake_first(in, next_waiting, add, (size_t)waiting);
    return DS_OK;
}

/* What the store has now, or never will have, waits no longer. */
static ds_status empty_inbox(adding *add)
{
    size_t taken = add->done < add->waited.len ? add->done : add->waited.len;
    if (taken == add->emptied)
        return DS_OK;
    add->emptied = taken;
    return ds_inbox_done(add->inbox, add->waited.at[taken - 1], &add->err);
}

/* ---- batches ------------------------------------------------------------------------------------------ */

static void count(dossier_report *sum, const dossier_report *part)
{
    sum->pages += part->pages;
    sum->articles += part->articles;
    sum->figures += part->figures;
    sum->known += part->known;
    sum->no_article += part->no_article;
}

static ds_status begin(adding *add)
{
    if (add->open)
        return DS_OK;
    DS_TRY(ds_store_begin(add->d->store, &add->err));
    add->open = true;
    return DS_OK;
}

static ds_status commit(adding *add)
{
    if (add->open) {
        DS_TRY(ds_grouper_flush(add->grouper, &add->err));
        add->open = false;
        DS_TRY(ds_store_commit(add->d->store, &add->err));
    }
    count(add->report, &add->batch);
    add->batch = (dossier_report){0};
    return empty_inbox(add);
}

/* ---- one page ------------------------------------------------------------------------------------------ */

static ds_status put_readings(adding *add, const ds_job *job, int64_t page_id)
{
    add->batch.pages++;
    add->batch.no_article += job->readings.len == 0;
    for (size_t i = 0; i < job->readings.len; i++) {
        int64_t id;
        DS_TRY(ds_store_put_reading(add->d->store, page_id, &job->readings.at[i], &id, &add->err));
        DS_TRY(ds_grouper_put(add->grouper, page_id, id, &job->readings.at[i], &add->err));
        add->batch.articles++;
        add->batch.figures += job->readings.at[i].claims.len;
    }
    return DS_OK;
}

static ds_status put(adding *add, const ds_job *job)
{
    int64_t page_id;
    DS_TRY(begin(add));
    ds_status st =
        ds_store_put_page(add->d->store, &job->page, add->d->reader, &page_id, &add->err);
    if (st == DS_NONE)
        add->batch.known++;
    if (st != DS_OK)
        return st;
    DS_TRY(put_readings(add, job, page_id));
    return add->batch.pages >= DS_COMMIT_PAGES ? commit(add) : DS_OK;
}

/* A name and what to say about it: a failure or a note. DS_NONE: stop. */
static ds_status tell(adding *add, const ds_job *job, size_t total, const char *what, bool failed)
{
    dossier_progress p = {add->done, total, job->name.at, what, failed};
    return ds_wants_stop(add->cb, add->ctx, &p) ? DS_NONE : DS_OK;
}

static ds_status tell_failure(adding *add, const ds_job *job, size_t total)
{
    add->report->failed++;
    add->report->no_pages += job->err.what == ds_intake_no_pages;
    return tell(add, job, total, ds_reason(job->status, &job->err), true);
}

static ds_status tell_note(adding *add, const ds_job *job, size_t total)
{
    if (job->status == DS_NONE) {
        ds_str said = ds_arena_printf(job->arena, "%s; page kept",
                                      job->err.what ? job->err.what : "no article");
        return tell(add, job, total, said.at ? said.at : "no article; page kept", false);
    }
    return job->note.at ? tell(add, job, total, job->note.at, false) : DS_OK;
}

/* A page that was known when it came may have been replaced by one before it in the line. */
static bool still_known(adding *add, ds_job *job)
{
    if (!wanted(job, add))
        return true;
    read_job(job, add);
    return false;
}

static ds_status take_page(adding *add, ds_job *job, size_t total)
{
    if (job->passed_over && still_known(add, job)) {
        add->batch.known++;
        return DS_OK;
    }
    if (job->status < 0)
        return tell_failure(add, job, total);
    DS_TRY(put(add, job));
    return tell_note(add, job, total);
}

static ds_status take(ds_job *job, size_t total, void *ctx)
{
    adding *add = ctx;
    add->done++;
    ds_status st = job->failed_input ? tell_failure(add, job, total) : take_page(add, job, total);
    if (st != DS_OK) {
        add->report->stopped = add->report->stopped || st == DS_NONE;
        return st;
    }
    dossier_progress p = {add->done, total, NULL, NULL, false};
    if (!ds_wants_stop(add->cb, add->ctx, &p))
        return DS_OK;
    add->report->stopped = true;
    return DS_NONE;
}

/* ---- the end -------------------------------------------------------------------------------------------- */

static ds_status finish(adding *add)
{
    ds_story_count before, after, fresh;
    DS_TRY(begin(add));
    DS_TRY(ds_store_count_stories(add->d->store, 0, &before, &add->err));
    DS_TRY(ds_regroup(add->d, add->grouper, &add->err));
    DS_TRY(ds_store_count_stories(add->d->store, 0, &after, &add->err));
    DS_TRY(ds_store_count_stories(add->d->store, before.last, &fresh, &add->err));
    add->report->stories = (size_t)after.stories;
    add->report->stories_new = (size_t)fresh.stories;
    return commit(add);
}

static dossier_status run(adding *add, ds_intake *in)
{
    static const ds_work work = {wanted, read_job, take};
    dossier_report reread = {0};
    ds_status st = ds_rereading(add->d, &add->err);
    if (st == DS_OK)
        st = ds_reread(add->d, add->cb, add->ctx, &reread, &add->err);
    if (reread.stopped) {
        add->report->stopped = true;
        return st < 0 ? ds_say_store(add->d, st, &add->err) : DOSSIER_OK;
    }
    if (st >= 0)
        st = ds_grouper_open(add->d->store, add->d->model, &add->grouper, &add->err);
    if (st >= 0)
        st = open_inbox(add, in);
    if (st >= 0)
        st = ds_line_run(in, add->d->jobs, &work, add);
    if (st >= 0)
        st = finish(add);
    if (add->open)
        ds_store_abort(add->d->store);
    ds_grouper_close(add->grouper);
    return st < 0 ? ds_say_store(add->d, st, &add->err) : DOSSIER_OK;
}

dossier_status dossier_add(dossier *d, const char *const *paths, size_t n, dossier_on_progress cb,
                           void *ctx, dossier_report *out)
{
    DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, DS_LIST_BUDGET);
    adding add = {.d = d, .cb = cb, .ctx = ctx, .report = out, .arena = a};
    ds_intake *in = NULL;
    *out = (dossier_report){0};
    if (!a)
        return ds_say_nomem(d);
    if (d->mode != DOSSIER_WRITE || !d->store)
        return ds_say(d, DOSSIER_BAD, "the store is not open for writing");
    ds_err err = {0};
    ds_status opened = ds_intake_open(a, paths, n, d->as_of, &in, &err);
    dossier_status st = opened < 0
                            ? ds_say(d, (dossier_status)opened, "%s", ds_reason(opened, &err))
                            : run(&add, in);
    ds_intake_close(in);
    ds_store_close(add.inbox);
    return st;
}
