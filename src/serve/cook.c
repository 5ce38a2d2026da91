/* SPDX-License-Identifier: Apache-2.0 */
/* cook.c - threads that read the store. One answer is made once, however many wait for it; one that is of a story is only looked at
 * again when the store changed, and made anew when the story did. */
#include "serve/internal.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define COOK_ARENA ((size_t)64 << 20) /* bytes for what is around the library's own answer */

void sv_fail(sv_made *out, int status, const char *code, const char *fmt, ...)
{
    va_list args;
    out->status = status;
    out->code = code;
    va_start(args, fmt);
    vsnprintf(out->message, sizeof out->message, fmt, args);
    va_end(args);
}

/* ---- ordering -------------------------------------------------------------------------------------------------- */

static void free_job(sv_job *j)
{
    if (!j)
        return;
    sv_answer_drop(j->old);
    free(j->target);
    free(j->key);
    free(j);
}

/* One that makes the same answer, waiting or in hand. */
static sv_job *job_of(const sv_server *s, ds_str key, uint64_t hash)
{
    sv_job *const lists[] = {s->jobs, s->cooking};
    for (size_t i = 0; i < 2; i++)
        for (sv_job *j = lists[i]; j; j = j->next)
            if (j->hash == hash && j->key && ds_str_eq(ds_str_of(j->key), key))
                return j;
    return NULL;
}

static sv_job *new_job(const sv_request *r, const char *target, const char *method, uint64_t hash)
{
    sv_job *j = calloc(1, sizeof *j);
    if (!j)
        return NULL;
    j->target = strdup(target);
    j->key = strndup(r->key.at, r->key.len);
    j->hash = hash;
    snprintf(j->method, sizeof j->method, "%s", method);
    if (j->target && j->key)
        return j;
    free_job(j);
    return NULL;
}

static void wait_for(sv_job *j, sv_conn *c)
{
    c->next_waiter = j->waiters;
    j->waiters = c;
    MHD_suspend_connection(c->c);
}

bool sv_order(sv_server *s, const sv_request *r, sv_conn *c, sv_answer *old, uint64_t hash)
{
    bool posted = r->route->how == SV_POSTED;
    sv_job *j = posted ? NULL : job_of(s, r->key, hash);
    if (s->closing)
        return false;
    if (!j) {
        j = s->jobs_len < SV_JOBS_MAX ? new_job(r, c->target, c->method, hash) : NULL;
        if (!j)
            return false;
        j->old = sv_answer_ref(old);
        j->only = posted ? c : NULL;
        *s->jobs_end = j;
        s->jobs_end = &j->next;
        s->jobs_len++;
        pthread_cond_signal(&s->ordered);
    }
    if (!old || posted)
        wait_for(j, c);
    else
        old->refreshing = true;
    return true;
}

/* ---- the store of a cook --------------------------------------------------------------------------------------- */

/* Opens it where it is not, or where another file has its name now. */
static bool open_store(sv_cook *k)
{
    sv_server *s = k->server;
    uint64_t epoch = atomic_load(&s->epoch);
    if (k->d && k->epoch == epoch)
        return true;
    dossier_close(k->d);
    const dossier_options o = {.db = s->options->db, .lexicon = s->options->lexicon, .jobs = 1};
    dossier_status st = dossier_open(&o, DOSSIER_READ, &k->d);
    k->epoch = epoch;
    if (st < 0 && !k->told)
        sv_say("%s", dossier_error(k->d));
    k->told = st < 0;
    if (st == DOSSIER_OK)
        return true;
    dossier_close(k->d);
    k->d = NULL;
    return st == DOSSIER_NOTHING; /* no store is a store without anything */
}

/* Is what was made before still right? */
static bool still_right(sv_cook *k, const sv_answer *old)
{
    char stamp[DOSSIER_STAMP];
    return old && old->story && *old->stamp && k->d &&
           dossier_stamp(k->d, old->story, stamp) == DOSSIER_OK && strcmp(stamp, old->stamp) == 0;
}

static sv_answer *cook(sv_cook *k, const sv_job *j, sv_made *made)
{
    sv_uri uri;
    sv_request r;
    sv_refusal no;
    ds_arena_reset(k->arena);
    const char *why = sv_uri_parse(k->arena, ds_str_of(j->target), &uri);
    const char *query = strchr(j->target, '?');
    k->query = query ? query : "";
    if (why || !sv_route_find(k->arena, j->method, &uri, &r, &no))
        sv_fail(made, 400, "bad_request", "%s", why ? why : no.message);
    else
        r.route->make(k, &r, made);
    sv_answer *a = sv_answer_made(k->server, made);
    dossier_text_free(&made->body);
    return a;
}

/* ---- one job ------------------------------------------------------------------------------------------------------ */

static void keep(sv_server *s, sv_answer *a, const sv_made *made, const sv_job *j,
                 uint64_t revision)
{
    a->story = made->story;
    memcpy(a->stamp, made->stamp, sizeof a->stamp);
    a->revision = revision;
    a->checked_ms = sv_now_ms();
    if (!j->only && a->status == 200)
        sv_cache_put(&s->cache, a, ds_str_of(j->key), j->hash);
}

static void take_from(sv_job **list, const sv_job *j)
{
    while (*list != j)
        list = &(*list)->next;
    *list = j->next;
}

static void wake(sv_conn *waiters, sv_answer *a)
{
    for (sv_conn *c = waiters, *next; c; c = next) {
        next = c->next_waiter; /* once it is resumed, it is not ours */
        c->answer = sv_answer_ref(a);
        MHD_resume_connection(c->c);
    }
}

static void finish(sv_cook *k, sv_job *j, sv_answer *a, const sv_made *made, uint64_t revision)
{
    sv_server *s = k->server;
    pthread_mutex_lock(&s->kitchen);
    take_from(&s->cooking, j);
    if (j->old)
        j->old->refreshing = false;
    if (a && a == j->old) {
        a->revision = revision;
        a->checked_ms = sv_now_ms();
    } else if (a) {
        keep(s, a, made, j, revision);
    }
    sv_conn *waiters = j->waiters;
    pthread_mutex_unlock(&s->kitchen);
    wake(waiters, a);
}

static sv_answer *try_job(sv_cook *k, const sv_job *j, sv_made *made)
{
    *made = (sv_made){.status = 200};
    if (!open_store(k)) {
        sv_fail(made, 503, "store_failed", "the store cannot be read just now");
        return sv_answer_made(k->server, made);
    }
    if (still_right(k, j->old))
        return sv_answer_ref(j->old);
    k->body = j->only ? j->only->body : NULL;
    k->body_len = j->only ? j->only->body_len : 0;
    k->body_type = j->only ? j->only->body_type : NULL;
    atomic_fetch_add(&k->server->counters.made, 1);
    return cook(k, j, made);
}

static void do_job(sv_cook *k, sv_job *j)
{
    sv_made made;
    uint64_t revision = atomic_load(
        &k->server->revision); /* before the store is read: what is newer is looked at once more */
    sv_answer *a = try_job(k, j, &made);
    for (int i = 1; i < SV_TRIES && made.code && strcmp(made.code, "store_failed") == 0; i++) {
        sv_answer_drop(a);
        dossier_close(k->d);
        k->d = NULL;
        usleep(SV_TRY_MS * 1000);
        a = try_job(k, j, &made);
    }
    if (!a)
        sv_say("dossier serve: no memory left for an answer");
    finish(k, j, a, &made, revision);
    sv_answer_drop(a);
    free_job(j);
}

static sv_job *await_job(sv_server *s)
{
    pthread_mutex_lock(&s->kitchen);
    while (!s->jobs && !s->closing)
        pthread_cond_wait(&s->ordered, &s->kitchen);
    sv_job *j = s->jobs;
    if (j) {
        s->jobs = j->next;
        if (!s->jobs)
            s->jobs_end = &s->jobs;
        s->jobs_len--;
        j->next = s->cooking;
        s->cooking = j;
    }
    pthread_mutex_unlock(&s->kitchen);
    return j;
}

static void *run(void *arg)
{
    sv_cook *k = arg;
    for (sv_job *j; (j = await_job(k->server));)
        do_job(k, j);
    dossier_close(k->d);
    dossier_inbox_close(k->inbox);
    return NULL;
}

bool sv_cooks_start(sv_server *s)
{
    for (; s->cooks_len < SV_COOKS; s->cooks_len++) {
        sv_cook *k = &s->cooks[s->cooks_len];
        *k = (sv_cook){.server = s, .arena = ds_arena_new(0, COOK_ARENA)};
        if (!k->arena || pthread_create(&k->thread, NULL, run, k) != 0) {
            ds_arena_free(k->arena);
            return false;
        }
    }
    return true;
}

/* What waits is still made: there is little of it. */
void sv_cooks_stop(sv_server *s)
{
    pthread_mutex_lock(&s->kitchen);
    s->closing = true;
    pthread_cond_broadcast(&s->ordered);
    pthread_mutex_unlock(&s->kitchen);
    for (unsigned i = 0; i < s->cooks_len; i++) {
        pthread_join(s->cooks[i].thread, NULL);
        ds_arena_free(s->cooks[i].arena);
    }
    s->cooks_len = 0;
}
