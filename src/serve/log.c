/* SPDX-License-Identifier: Apache-2.0 */
/* log.c - a line a request on standard error, written in blocks; counters, and the two texts that are made of them. */
#include "serve/internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#define LOG_BLOCK ((size_t)64 << 10)
#define LINE_MAX_BYTES ((size_t)SV_TARGET_MAX * 4 + 256)

int64_t sv_now_us(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

int64_t sv_now_ms(void)
{
    return sv_now_us() / 1000;
}

void sv_say(const char *fmt, ...)
{
    char line[1024];
    va_list args;
    va_start(args, fmt);
    int n = vsnprintf(line, sizeof line - 1, fmt, args);
    va_end(args);
    size_t len = n < 0 ? 0 : (size_t)n < sizeof line - 2 ? (size_t)n : sizeof line - 2;
    line[len++] = '\n';
    ssize_t put = write(STDERR_FILENO, line, len);
    (void)put;
}

/* ---- the access log --------------------------------------------------------------------------------------------------- */

static void flush(sv_log *l)
{
    for (size_t at = 0; at < l->len;) {
        ssize_t put = write(STDERR_FILENO, l->at + at, l->len - at);
        if (put <= 0)
            break;
        at += (size_t)put;
    }
    l->len = 0;
}

void sv_log_flush(sv_server *s)
{
    pthread_mutex_lock(&s->log.lock);
    flush(&s->log);
    pthread_mutex_unlock(&s->log.lock);
}

/* What a client sent as it came, without what could end the line or the quotes, or move a terminal's cursor. */
static size_t put_sent(char *out, const char *sent)
{
    static const char digits[] = "0123456789abcdef";
    size_t n = 0;
    for (const unsigned char *c = (const unsigned char *)sent; *c; c++) {
        if (*c > 0x20 && *c < 0x7f && *c != '"' && *c != '\\') {
            out[n++] = (char)*c;
            continue;
        }
        out[n++] = '\\';
        out[n++] = 'x';
        out[n++] = digits[*c >> 4];
        out[n++] = digits[*c & 15];
    }
    return n;
}

static size_t put_time(char *out, size_t room)
{
    struct timespec t;
    struct tm utc;
    clock_gettime(CLOCK_REALTIME, &t);
    gmtime_r(&t.tv_sec, &utc);
    size_t n = strftime(out, room, "%Y-%m-%dT%H:%M:%S", &utc);
    return n + (size_t)snprintf(out + n, room - n, ".%03ldZ", t.tv_nsec / 1000000);
}

void sv_log_request(sv_server *s, const sv_conn *c)
{
    sv_log *l = &s->log;
    if (l->quiet)
        return;
    pthread_mutex_lock(&l->lock);
    if (!l->at && (l->at = malloc(LOG_BLOCK)))
        l->cap = LOG_BLOCK;
    if (l->len + LINE_MAX_BYTES > l->cap)
        flush(l);
    if (l->at) {
        char *at = l->at + l->len;
        size_t n = put_time(at, 64);
        n += (size_t)snprintf(at + n, 96, " %s \"", c->addr);
        n += put_sent(at + n, *c->method ? c->method : "-");
        at[n++] = ' ';
        n += put_sent(at + n, c->target ? c->target : "-");
        n += (size_t)snprintf(at + n, 96, "\" %d %zu %.1fms %s\n", c->status, c->bytes,
                              (double)(sv_now_us() - c->began_us) / 1000, c->how ? c->how : "-");
        l->len += n;
    }
    pthread_mutex_unlock(&l->lock);
}

/* ---- counters ------------------------------------------------------------------------------------------------------------ */

static const unsigned bounds_ms[SV_TIMES] = {1, 5, 10, 25, 50, 100, 250, 1000};

static size_t route_number(const sv_conn *c)
{
    return c->request.route  ? (size_t)(c->request.route - sv_routes)
           : c->status < 400 ? sv_routes_len
                             : sv_routes_len + 1;
}

void sv_count(sv_server *s, const sv_conn *c)
{
    sv_counters *n = &s->counters;
    int64_t us = sv_now_us() - c->began_us;
    size_t at = 0;
    int hundred = c->status / 100;
    atomic_fetch_add(&n->requests[route_number(c)][hundred >= 0 && hundred < 6 ? hundred : 0], 1);
    atomic_fetch_add(&n->bytes, c->bytes);
    if (c->request.route && c->request.route->how == SV_STREAM)
        return; /* how long it stayed open says nothing */
    while (at < SV_TIMES && us > (int64_t)bounds_ms[at] * 1000)
        at++;
    atomic_fetch_add(&n->times[at], 1);
    atomic_fetch_add(&n->micros, (unsigned long)us);
}

static void put_requests(ds_buf *b, const sv_counters *n)
{
    ds_buf_puts(b, "# HELP dossier_http_requests_total Requests answered.\n"
                   "# TYPE dossier_http_requests_total counter\n");
    for (size_t r = 0; r < sv_routes_len + 2; r++)
        for (int hundred = 0; hundred < 6; hundred++) {
            unsigned long v = atomic_load(&n->requests[r][hundred]);
            const char *name = r < sv_routes_len    ? sv_routes[r].name
                               : r == sv_routes_len ? "pages"
                                                    : "other";
            if (v)
                ds_buf_printf(b, "dossier_http_requests_total{route=\"%s\",status=\"%dxx\"} %lu\n",
                              name, hundred, v);
        }
}

static void put_times(ds_buf *b, const sv_counters *n)
{
    unsigned long sum = 0;
    ds_buf_puts(
        b, "# HELP dossier_http_request_seconds From the request's first line to its last byte.\n"
           "# TYPE dossier_http_request_seconds histogram\n");
    for (size_t i = 0; i < SV_TIMES; i++) {
        sum += atomic_load(&n->times[i]);
        ds_buf_printf(b, "dossier_http_request_seconds_bucket{le=\"%g\"} %lu\n",
                      bounds_ms[i] / 1000.0, sum);
    }
    sum += atomic_load(&n->times[SV_TIMES]);
    ds_buf_printf(b, "dossier_http_request_seconds_bucket{le=\"+Inf\"} %lu\n", sum);
    ds_buf_printf(b, "dossier_http_request_seconds_sum %.6f\n",
                  (double)atomic_load(&n->micros) / 1e6);
    ds_buf_printf(b, "dossier_http_request_seconds_count %lu\n", sum);
}

static void put_one(ds_buf *b, const char *name, const char *type, const char *help, long long v)
{
    ds_buf_printf(b, "# HELP dossier_%s %s\n# TYPE dossier_%s %s\ndossier_%s %lld\n", name, help,
                  name, type, name, v);
}

static char *copy_text(ds_buf *b, size_t *len)
{
    ds_str text = ds_buf_str(b);
    *len = text.len;
    return text.at ? strndup(text.at, text.len) : NULL;
}

char *sv_metrics_text(sv_server *s, size_t *len)
{
    DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, (size_t)1 << 20);
    sv_counters *n = &s->counters;
    if (!a)
        return NULL;
    ds_buf b = ds_buf_new(a);
    put_requests(&b, n);
    put_times(&b, n);
    pthread_mutex_lock(&s->kitchen);
    size_t cached = s->cache.len, cached_bytes = s->cache.bytes, jobs = s->jobs_len;
    pthread_mutex_unlock(&s->kitchen);
    pthread_mutex_lock(&s->hub.lock);
    size_t streams = s->hub.len;
    pthread_mutex_unlock(&s->hub.lock);
    const struct {
        const char *name, *type, *help;
        long long value;
    } all[] = {
        {"http_sent_bytes_total", "counter", "Bytes of bodies.", (long long)n->bytes},
        {"http_connections", "gauge", "Open connections.", n->connections},
        {"http_connections_swept_total", "counter", "Connections ended for being too slow.",
         (long long)n->swept},
        {"answers_hit_total", "counter", "Answers that were ready.", (long long)n->hits},
        {"answers_stale_total", "counter", "Answers given while they were looked at again.",
         (long long)n->stale},
        {"answers_missed_total", "counter", "Requests that waited for their answer to be made.",
         (long long)n->misses},
        {"answers_made_total", "counter", "Answers made.", (long long)n->made},
        {"answers_kept", "gauge", "Answers kept ready.", (long long)cached},
        {"answers_kept_bytes", "gauge", "Bytes of them.", (long long)cached_bytes},
        {"answers_waiting", "gauge", "Answers that wait to be made.", (long long)jobs},
        {"refused_rate_total", "counter", "Requests beyond the rate.", (long long)n->refused_rate},
        {"refused_token_total", "counter", "Requests without the right token.",
         (long long)n->refused_token},
        {"refused_share_total", "counter", "Connections beyond the share of one address.",
         (long long)n->refused_share},
        {"refused_busy_total", "counter", "Requests refused for want of room.",
         (long long)n->refused_busy},
        {"streams", "gauge", "Open event streams.", (long long)streams},
        {"events_total", "counter", "Events told.", (long long)n->events},
        {"store_readable", "gauge", "1: the store can be read.", s->store >= 0},
        {"store_articles", "gauge", "Articles of finished stories.", s->articles},
        {"store_stories", "gauge", "Finished stories.", s->stories},
        {"inbox_waiting", "gauge", "Articles that wait to be read.", s->waiting},
    };
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        put_one(&b, all[i].name, all[i].type, all[i].help, all[i].value);
    return copy_text(&b, len);
}

char *sv_health_text(sv_server *s, int *status, size_t *len)
{
    DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(1024, 65536);
    int store = atomic_load(&s->store);
    *status = store < 0 ? 503 : 200;
    if (!a)
        return NULL;
    ds_buf b = ds_buf_new(a);
    ds_json j = ds_json_new(&b);
    ds_json_obj(&j, NULL);
    ds_json_str(&j, "status", store > 0 ? DS_STR("ok") : DS_STR("empty"));
    ds_json_str(&j, "version", ds_str_of(dossier_version()));
    ds_json_int(&j, "articles", s->articles);
    ds_json_int(&j, "stories", s->stories);
    ds_json_int(&j, "inbox", s->waiting);
    ds_json_end(&j, '}');
    ds_buf_putc(&b, '\n');
    return copy_text(&b, len);
}
