/* SPDX-License-Identifier: Apache-2.0 */
/* line.c - a ring of jobs: the calling thread fills it and empties it in order, readers work in between. The order of
 * filling and taking does not depend on which reader is fast, so nothing in the result does. */
#include "engine/internal.h"

#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

typedef struct line {
    const ds_work *work;
    void *ctx;
    ds_job *ring;
    size_t len, jobs;
    size_t filled, begun, taken; /* jobs so far; all under `lock` once readers run */
    size_t bytes;                /* of the pages between filled and taken */
    bool closing;
    pthread_mutex_t lock;
    pthread_cond_t filled_one, done_one;
} line;

unsigned ds_jobs(unsigned asked)
{
    if (!asked) {
        long cores = sysconf(_SC_NPROCESSORS_ONLN);
        asked = cores > 0 ? (unsigned)(cores < DS_JOBS_MAX ? cores : DS_JOBS_MAX) : 1;
    }
    return asked < DS_JOBS_MAX ? asked : DS_JOBS_MAX;
}

static ds_job *slot(const line *l, size_t n)
{
    return &l->ring[n % l->len];
}

/* ---- readers ----------------------------------------------------------------------------------------- */

/* The next job that wants reading; NULL: there will be none. Called under the lock. Jobs that were done from the start may
 * be taken, and their slots filled again, before a reader wakes: those are behind it. */
static ds_job *await_job(line *l)
{
    for (;;) {
        if (l->begun < l->taken)
            l->begun = l->taken;
        while (l->begun < l->filled) {
            ds_job *job = slot(l, l->begun++);
            if (!job->done)
                return job;
        }
        if (l->closing)
            return NULL;
        pthread_cond_wait(&l->filled_one, &l->lock);
    }
}

static void *reader(void *arg)
{
    line *l = arg;
    pthread_mutex_lock(&l->lock);
    for (ds_job *job; (job = await_job(l));) {
        pthread_mutex_unlock(&l->lock);
        l->work->read(job, l->ctx);
        pthread_mutex_lock(&l->lock);
        job->done = true;
        pthread_cond_signal(&l->done_one);
    }
    pthread_mutex_unlock(&l->lock);
    return NULL;
}

/* Signals are for the caller's thread. */
static unsigned start(line *l, pthread_t *threads, unsigned n)
{
    sigset_t all, before;
    unsigned begun = 0;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    while (begun < n && pthread_create(&threads[begun], NULL, reader, l) == 0)
        begun++;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return begun;
}

static void stop(line *l, pthread_t *threads, unsigned n)
{
    pthread_mutex_lock(&l->lock);
    l->closing = true;
    l->begun = l->filled; /* what no reader has begun is dropped */
    pthread_cond_broadcast(&l->filled_one);
    pthread_mutex_unlock(&l->lock);
    for (unsigned i = 0; i < n; i++)
        pthread_join(threads[i], NULL);
}

/* ---- the calling thread --------------------------------------------------------------------------------- */

/* One more input into the ring; false: there is none. The slot is free, no reader sees it yet. */
static bool fill(line *l, const ds_feed *in)
{
    ds_job *job = slot(l, l->filled);
    ds_arena *a = job->arena;
    ds_arena_reset(a);
    *job = (ds_job){.arena = a};
    job->status = in->next(in->from, job);
    if (job->status == DS_NONE)
        return false;
    job->failed_input = job->status < 0;
    l->bytes += job->page.bytes.len;
    if (!job->failed_input)
        job->name = job->page.name;
    job->passed_over = !job->failed_input && l->work->wanted && !l->work->wanted(job, l->ctx);
    job->done = job->failed_input || job->passed_over;
    pthread_mutex_lock(&l->lock);
    l->filled++;
    pthread_cond_signal(&l->filled_one);
    pthread_mutex_unlock(&l->lock);
    return true;
}

static ds_job *await_done(line *l)
{
    ds_job *job = slot(l, l->taken);
    pthread_mutex_lock(&l->lock);
    while (!job->done)
        pthread_cond_wait(&l->done_one, &l->lock);
    pthread_mutex_unlock(&l->lock);
    return job;
}

/* Total of inputs for progress: never less than those that went through. */
static size_t total_of(const ds_feed *in, const line *l)
{
    size_t known = in->total(in->from);
    return known > l->filled ? known : l->filled;
}

/* Every reader has a page, and more are only kept ready while they are small. */
static bool has_room(const line *l)
{
    size_t waiting = l->filled - l->taken;
    return waiting < l->len && (waiting <= l->jobs || l->bytes < l->jobs * DS_QUEUE_BYTES);
}

static ds_status feed(line *l, const ds_feed *in)
{
    bool more = true;
    for (;;) {
        while (more && has_room(l))
            more = fill(l, in);
        if (l->taken == l->filled)
            return DS_OK;
        ds_job *job = await_done(l);
        ds_status st = l->work->take(job, total_of(in, l), l->ctx);
        l->bytes -= job->page.bytes.len;
        ds_arena_reset(job->arena);
        pthread_mutex_lock(&l->lock);
        l->taken++;
        pthread_mutex_unlock(&l->lock);
        DS_TRY(st);
        more = more && st != DS_NONE;
    }
}

static ds_status make_ring(line *l, unsigned jobs)
{
    l->jobs = jobs;
    l->len = (size_t)jobs * DS_QUEUE_PER_JOB;
    l->ring = calloc(l->len, sizeof *l->ring);
    for (size_t i = 0; l->ring && i < l->len; i++) {
        l->ring[i].arena = ds_arena_new(DS_PAGE_BLOCK, DS_PAGE_BUDGET);
        if (!l->ring[i].arena)
            return DS_NOMEM;
    }
    return l->ring ? DS_OK : DS_NOMEM;
}

static void free_ring(line *l)
{
    for (size_t i = 0; l->ring && i < l->len; i++)
        ds_arena_free(l->ring[i].arena);
    free(l->ring);
}

ds_status ds_line_feed(const ds_feed *in, unsigned jobs, const ds_work *work, void *ctx)
{
    pthread_t threads[DS_JOBS_MAX];
    line l = {.work = work,
              .ctx = ctx,
              .lock = PTHREAD_MUTEX_INITIALIZER,
              .filled_one = PTHREAD_COND_INITIALIZER,
              .done_one = PTHREAD_COND_INITIALIZER};
    ds_status st = make_ring(&l, jobs);
    if (st == DS_OK) {
        unsigned running = start(&l, threads, jobs);
        st = running ? feed(&l, in) : DS_NOMEM;
        stop(&l, threads, running);
    }
    free_ring(&l);
    return st;
}

static ds_status next_input(void *from, ds_job *job)
{
    return ds_intake_next(from, job->arena, &job->page, &job->name, &job->err);
}

static size_t inputs(const void *from)
{
    return ds_intake_total(from);
}

ds_status ds_line_run(ds_intake *in, unsigned jobs, const ds_work *work, void *ctx)
{
    return ds_line_feed(&(ds_feed){next_input, inputs, in}, jobs, work, ctx);
}
