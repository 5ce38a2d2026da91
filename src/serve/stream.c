/* SPDX-License-Identifier: Apache-2.0 */
/* stream.c - Server-Sent Events: a stream that has nothing to say is a suspended connection and some hundred bytes, no thread. */
#include "serve/internal.h"

#include <stdio.h>
#include <stdlib.h>

#define BOOT_DIGITS 8

/* Numbers count from 1 in each run of the server: this names the run. */
static const char *boot(void)
{
    static char name[BOOT_DIGITS + 1];
    if (!*name)
        snprintf(name, sizeof name, "%08llx", (unsigned long long)(sv_now_us() & 0xffffffff));
    return name;
}

static sv_event *kept(sv_hub *h, uint64_t number)
{
    return &h->kept[number % SV_EVENTS_KEPT];
}

/* ---- what is sent ------------------------------------------------------------------------------------------------- */

/* Copies what is left of a text; true when all of it went. */
static bool copy_rest(sv_stream *st, const char *text, size_t len, char *out, size_t most,
                      size_t *put)
{
    size_t n = len - st->sent < most ? len - st->sent : most;
    memcpy(out, text + st->sent, n);
    st->sent += n;
    *put = n;
    if (st->sent < len)
        return false;
    st->sent = 0;
    return true;
}

/* The next event that concerns the stream; NULL: none. */
static const sv_event *next_event(sv_hub *h, sv_stream *st)
{
    for (; st->next < h->next; st->next++) {
        const sv_event *e = kept(h, st->next);
        if (!st->story || !e->story || e->story == st->story)
            return e;
    }
    return NULL;
}

static size_t send_some(sv_hub *h, sv_stream *st, char *out, size_t most)
{
    static const char reset[] = "event: reset\ndata: {}\n\n", ping[] = ":\n\n";
    size_t put = 0;
    if (st->greeting) {
        if (copy_rest(st, st->greeting, strlen(st->greeting), out, most, &put)) {
            free(st->greeting);
            st->greeting = NULL;
        }
        return put;
    }
    if (!st->sent && h->next - st->next > SV_EVENTS_KEPT) { /* what it wants is gone */
        if (copy_rest(st, reset, sizeof reset - 1, out, most, &put))
            st->next = h->next;
        st->sent = 0;
        return put;
    }
    const sv_event *e = next_event(h, st);
    if (e) {
        if (copy_rest(st, e->text, e->len, out, most, &put))
            st->next++;
    } else if (st->ping && copy_rest(st, ping, sizeof ping - 1, out, most, &put)) {
        st->ping = false;
    }
    return put;
}

static ssize_t read_stream(void *cls, uint64_t at, char *out, size_t most)
{
    sv_stream *st = cls;
    sv_hub *h = &st->server->hub;
    (void)at;
    pthread_mutex_lock(&h->lock);
    bool torn = st->sent && !st->greeting &&
                h->next - st->next > SV_EVENTS_KEPT; /* amid an event that is gone */
    ssize_t put = h->closing ? MHD_CONTENT_READER_END_OF_STREAM
                  : torn     ? MHD_CONTENT_READER_END_WITH_ERROR
                             : (ssize_t)send_some(h, st, out, most);
    if (!put) {
        st->asleep = true;
        MHD_suspend_connection(st->c);
    }
    pthread_mutex_unlock(&h->lock);
    return put;
}

static void free_stream(void *cls)
{
    sv_stream *st = cls;
    sv_hub *h = &st->server->hub;
    pthread_mutex_lock(&h->lock);
    *(st->before ? &st->before->after : &h->streams) = st->after;
    if (st->after)
        st->after->before = st->before;
    h->len--;
    pthread_mutex_unlock(&h->lock);
    free(st->greeting);
    free(st);
}

/* ---- a new one ------------------------------------------------------------------------------------------------------ */

/* "BOOT-NUMBER" of the last event that was seen: the one after it. Another run, or nonsense: everything is to be loaded anew. */
static char *greet(sv_server *s, sv_stream *st, const char *seen)
{
    char *text = NULL;
    char *end;
    uint64_t number = 0;
    bool ours = seen && strncmp(seen, boot(), BOOT_DIGITS) == 0 && seen[BOOT_DIGITS] == '-';
    if (ours) {
        number = strtoull(seen + BOOT_DIGITS + 1, &end, 10);
        ours = !*end && number < s->hub.next;
    }
    st->next = ours ? number + 1 : s->hub.next;
    int n = asprintf(
        &text,
        "retry: 3000\nid: %s-%llu\nevent: hello\ndata: {\"version\":\"%s\",\"articles\":%lld,"
        "\"stories\":%lld}\n\n%s",
        boot(), (unsigned long long)st->next - 1, dossier_version(), (long long)s->articles,
        (long long)s->stories, seen && !ours ? "event: reset\ndata: {}\n\n" : "");
    return n < 0 ? NULL : text;
}

static bool has_share(const sv_hub *h, uint64_t who)
{
    size_t n = 0;
    for (const sv_stream *st = who ? h->streams : NULL; st; st = st->after)
        n += st->who == who;
    return n < SV_STREAMS / SV_SHARE;
}

static sv_stream *new_stream(sv_server *s, sv_conn *c, int64_t story)
{
    sv_hub *h = &s->hub;
    const union MHD_ConnectionInfo *peer =
        MHD_get_connection_info(c->c, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
    uint64_t who = sv_guard_who(&s->guard, peer ? peer->client_addr : NULL);
    sv_stream *st = calloc(1, sizeof *st);
    if (!st)
        return NULL;
    *st = (sv_stream){.server = s, .c = c->c, .who = who, .story = story};
    pthread_mutex_lock(&h->lock);
    bool room = h->len < SV_STREAMS && !h->closing && has_share(h, who);
    if (room)
        st->greeting =
            greet(s, st, MHD_lookup_connection_value(c->c, MHD_HEADER_KIND, "Last-Event-ID"));
    if (room && st->greeting) {
        st->after = h->streams;
        if (h->streams)
            h->streams->before = st;
        h->streams = st;
        h->len++;
    }
    pthread_mutex_unlock(&h->lock);
    if (st->greeting)
        return st;
    free(st);
    return NULL;
}

enum MHD_Result sv_stream_begin(sv_server *s, sv_conn *c, const sv_request *r)
{
    sv_stream *st = new_stream(s, c, r->number[0]);
    if (!st) {
        atomic_fetch_add(&s->counters.refused_busy, 1);
        c->answer = sv_answer_error(s, 503, "busy", "too many event streams");
        return c->answer ? sv_send(c, c->answer) : MHD_NO;
    }
    struct MHD_Response *out =
        MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, 1024, read_stream, st, free_stream);
    if (!out) {
        free_stream(st);
        return MHD_NO;
    }
    sv_put_headers(s, out, false);
    MHD_add_response_header(out, "Content-Type", "text/event-stream");
    MHD_add_response_header(out, "Cache-Control", "no-store");
    MHD_add_response_header(out, "X-Accel-Buffering", "no");
    c->done = true;
    c->status = 200;
    c->how = "stream";
    enum MHD_Result queued = MHD_queue_response(c->c, 200, out);
    MHD_destroy_response(out);
    return queued;
}

/* ---- to all of them ---------------------------------------------------------------------------------------------------- */

static void wake(sv_stream *st)
{
    if (!st->asleep)
        return;
    st->asleep = false;
    MHD_resume_connection(st->c);
}

void sv_hub_put(sv_server *s, const char *event, int64_t story, const char *json)
{
    sv_hub *h = &s->hub;
    char *text = NULL;
    pthread_mutex_lock(&h->lock);
    int n = asprintf(&text, "id: %s-%llu\nevent: %s\ndata: %s\n\n", boot(),
                     (unsigned long long)h->next, event, json);
    if (n > 0) {
        sv_event *e = kept(h, h->next);
        free(e->text);
        *e = (sv_event){h->next++, story, text, (size_t)n};
        atomic_fetch_add(&s->counters.events, 1);
        for (sv_stream *st = h->streams; st; st = st->after)
            if (!story || !st->story || st->story == story)
                wake(st);
    }
    pthread_mutex_unlock(&h->lock);
}

void sv_hub_ping(sv_server *s)
{
    pthread_mutex_lock(&s->hub.lock);
    for (sv_stream *st = s->hub.streams; st; st = st->after) {
        st->ping = true;
        wake(st);
    }
    pthread_mutex_unlock(&s->hub.lock);
}

void sv_hub_close(sv_server *s)
{
    pthread_mutex_lock(&s->hub.lock);
    s->hub.closing = true;
    for (sv_stream *st = s->hub.streams; st; st = st->after)
        wake(st);
    pthread_mutex_unlock(&s->hub.lock);
}

void sv_hub_free(sv_hub *h)
{
    for (size_t i = 0; i < SV_EVENTS_KEPT; i++)
        free(h->kept[i].text);
}
