/* SPDX-License-Identifier: Apache-2.0 */
/* http.c - one request: what is refused at once, its body, its answer; and the connections behind them.
 *
 * libmicrohttpd calls `handle` when the headers are there, with each piece of the body, and when the request is whole. An answer that is
 * queued before that makes it close the connection: this is done only where a body would come that nobody wants. */
#include "serve/internal.h"

#include <arpa/inet.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <strings.h>
#include <sys/socket.h>

/* ---- connections ----------------------------------------------------------------------------------------------------- */

static sv_link *link_of(struct MHD_Connection *c)
{
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(c, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
    return info ? info->socket_context : NULL;
}

static void set_busy(struct MHD_Connection *c, bool busy)
{
    sv_link *l = link_of(c);
    if (l)
        atomic_store(&l->busy, busy);
}

/* The client has so long, for what it sends or for what it takes; 0: it is not waited for. */
static void expect(struct MHD_Connection *c, int64_t most_ms)
{
    sv_link *l = link_of(c);
    if (!l)
        return;
    atomic_store(&l->most_ms, most_ms);
    atomic_store(&l->since_ms, most_ms ? sv_now_ms() : 0);
}

static const struct sockaddr *address_of(struct MHD_Connection *c)
{
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(c, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
    return info ? info->client_addr : NULL;
}

static unsigned connections(const sv_server *s)
{
    return s->options->connections ? s->options->connections : SV_CONNECTIONS;
}

/* Before a connection is taken: has its address its share already? */
static enum MHD_Result may_connect(void *cls, const struct sockaddr *addr, socklen_t len)
{
    sv_server *s = cls;
    uint64_t who = sv_guard_who(&s->guard, addr);
    unsigned n = 0, share = connections(s) / SV_SHARE;
    (void)len;
    if (!who)
        return MHD_YES;
    pthread_mutex_lock(&s->links_lock);
    for (const sv_link *l = s->links; l; l = l->after)
        n += l->who == who;
    pthread_mutex_unlock(&s->links_lock);
    if (n < (share > SV_SHARE_LEAST ? share : SV_SHARE_LEAST))
        return MHD_YES;
    atomic_fetch_add(&s->counters.refused_share, 1);
    return MHD_NO;
}

static void link_begin(sv_server *s, struct MHD_Connection *c, void **context)
{
    const union MHD_ConnectionInfo *fd =
        MHD_get_connection_info(c, MHD_CONNECTION_INFO_CONNECTION_FD);
    sv_link *l = calloc(1, sizeof *l);
    *context = l;
    atomic_fetch_add(&s->counters.connections, 1);
    if (!l || !fd)
        return;
    l->fd = fd->connect_fd;
    l->who = sv_guard_who(&s->guard, address_of(c));
    l->most_ms = SV_HEADER_MS;
    l->since_ms = sv_now_ms();
    pthread_mutex_lock(&s->links_lock);
    l->after = s->links;
    if (s->links)
        s->links->before = l;
    s->links = l;
    pthread_mutex_unlock(&s->links_lock);
}

static void link_end(sv_server *s, sv_link *l)
{
    atomic_fetch_sub(&s->counters.connections, 1);
    if (!l)
        return;
    pthread_mutex_lock(&s->links_lock);
    *(l->before ? &l->before->after : &s->links) = l->after;
    if (l->after)
        l->after->before = l->before;
    pthread_mutex_unlock(&s->links_lock);
    free(l);
}

static void on_connection(void *cls, struct MHD_Connection *c, void **context,
                          enum MHD_ConnectionNotificationCode code)
{
    if (code == MHD_CONNECTION_NOTIFY_STARTED)
        link_begin(cls, c, context);
    else
        link_end(cls, *context);
}

/* A connection is in the list only while its descriptor is open: link_end comes before it is closed. */
void sv_links_sweep(sv_server *s)
{
    const struct linger now_or_never = {1, 0}; /* what the kernel has yet to send goes too */
    int64_t now = sv_now_ms();
    pthread_mutex_lock(&s->links_lock);
    for (sv_link *l = s->links; l; l = l->after) {
        int64_t since = atomic_load(&l->since_ms);
        if (!since || now - since < atomic_load(&l->most_ms))
            continue;
        setsockopt(l->fd, SOL_SOCKET, SO_LINGER, &now_or_never, sizeof now_or_never);
        shutdown(l->fd, SHUT_RDWR);
        atomic_store(&l->since_ms, 0);
        atomic_fetch_add(&s->counters.swept, 1);
    }
    pthread_mutex_unlock(&s->links_lock);
}

/* ---- a request begins and ends ------------------------------------------------------------------------------------------ */

static void *on_target(void *cls, const char *target, struct MHD_Connection *c)
{
    sv_conn *r = calloc(1, sizeof *r);
    size_t params = 0;
    if (!r)
        return NULL;
    r->server = cls;
    r->c = c;
    r->began_us = sv_now_us();
    r->target = strndup(target, SV_TARGET_MAX + 1);
    for (const char *at = target; (at = strchr(at, '&')); at++)
        params++;
    expect(c, params > SV_PARAMS_FATAL ? 1 : SV_HEADER_MS);
    return r;
}

static void on_completed(void *cls, struct MHD_Connection *c, void **context,
                         enum MHD_RequestTerminationCode code)
{
    sv_server *s = cls;
    sv_conn *r = *context;
    (void)code;
    if (!r)
        return;
    expect(c, SV_IDLE_S * 1000 + SV_HEADER_MS);
    set_busy(c, false);
    if (r->status) {
        sv_count(s, r);
        sv_log_request(s, r);
    }
    atomic_fetch_sub(&s->counters.bodies, (long)r->body_cap);
    sv_answer_drop(r->answer);
    ds_arena_free(r->arena);
    free(r->target);
    free(r->body);
    free(r);
    *context = NULL;
}

static const char *header(const sv_conn *r, const char *name)
{
    return MHD_lookup_connection_value(r->c, MHD_HEADER_KIND, name);
}

static const struct sockaddr *peer(const sv_conn *r)
{
    return address_of(r->c);
}

/* ---- answers -------------------------------------------------------------------------------------------------------------- */

static bool accepts_gzip(const sv_conn *r)
{
    const char *h = header(r, MHD_HTTP_HEADER_ACCEPT_ENCODING);
    const char *at = h ? strcasestr(h, "gzip") : NULL;
    if (!at)
        return false;
    at += 4 + strspn(at + 4, " ");
    return strncmp(at, ";q=0", 4) != 0 ||
           (at[4] == '.' && strspn(at + 5, "0") != strcspn(at + 5, ",; "));
}

static bool is_same(const sv_conn *r, const sv_answer *a)
{
    const char *h = a->same ? header(r, MHD_HTTP_HEADER_IF_NONE_MATCH) : NULL;
    return h && (strstr(h, a->etag) || strcmp(h, "*") == 0);
}

enum MHD_Result sv_send(sv_conn *r, sv_answer *a)
{
    bool gzip = false, same = is_same(r, a);
    struct MHD_Response *out = same ? a->same : a->plain;
    r->done = true;
    r->status = same ? MHD_HTTP_NOT_MODIFIED : a->status;
    if (!same && a->gzip && (gzip = accepts_gzip(r)))
        out = a->gzip;
    r->bytes = same || strcmp(r->method, "HEAD") == 0 ? 0 : gzip ? a->gzip_len : a->plain_len;
    expect(r->c, SV_TAKING_MS + (int64_t)(r->bytes / SV_TAKING_BYTES));
    return MHD_queue_response(r->c, (unsigned)r->status, out);
}

/* Sets the answer: an error, with one header more where `name` is not NULL. */
static void refuse(sv_conn *r, int status, const char *code, const char *message, const char *name,
                   const char *value)
{
    sv_answer_drop(r->answer);
    r->answer = sv_answer_error(r->server, status, code, message);
    r->how = "refused";
    if (!r->answer || !name)
        return;
    MHD_add_response_header(r->answer->plain, name, value);
    if (r->answer->gzip)
        MHD_add_response_header(r->answer->gzip, name, value);
}

static void refuse_busy(sv_conn *r, const char *message)
{
    atomic_fetch_add(&r->server->counters.refused_busy, 1);
    refuse(r, 503, "busy", message, MHD_HTTP_HEADER_RETRY_AFTER, "1");
}

static enum MHD_Result give(sv_conn *r)
{
    return r->answer ? sv_send(r, r->answer) : MHD_NO;
}

/* ---- what is refused before anything is done -------------------------------------------------------------------------------- */

static bool within_rate(sv_conn *r)
{
    if (sv_rate_take(&r->server->guard, peer(r), 1))
        return true;
    atomic_fetch_add(&r->server->counters.refused_rate, 1);
    refuse(r, 429, "rate_limited", "too many requests from this address",
           MHD_HTTP_HEADER_RETRY_AFTER, "1");
    return false;
}

static bool has_token(sv_conn *r, const sv_uri *uri)
{
    sv_guard *g = &r->server->guard;
    bool post = strcmp(r->method, "POST") == 0;
    if (post && !g->has_token) {
        refuse(r, 403, "forbidden", "adding is off: the server has no --token-file", NULL, NULL);
        return false;
    }
    if (!post && (!g->private || ds_str_eq(uri->path, DS_STR("/health"))))
        return true;
    if (sv_token_right(g, header(r, MHD_HTTP_HEADER_AUTHORIZATION), post))
        return true;
    sv_rate_take(g, peer(r), SV_WRONG_TOKEN);
    atomic_fetch_add(&r->server->counters.refused_token, 1);
    refuse(r, 401, "unauthorized", "a token is needed", MHD_HTTP_HEADER_WWW_AUTHENTICATE,
           post ? "Bearer realm=\"dossier\"" : "Basic realm=\"dossier\", charset=\"UTF-8\"");
    return false;
}

static bool good_body(sv_conn *r)
{
    const char *length = header(r, MHD_HTTP_HEADER_CONTENT_LENGTH);
    const char *type = header(r, MHD_HTTP_HEADER_CONTENT_TYPE);
    if (length && strtoull(length, NULL, 10) > SV_BODY_MAX) {
        refuse(r, 413, "too_large", "a body has at most 8 MB", NULL, NULL);
        return false;
    }
    if (strcmp(r->method, "POST") != 0)
        return true;
    size_t n = type ? strcspn(type, "; ") : 0;
    ds_str name = {type, n};
    if (!ds_str_eq(name, DS_STR("application/json")) &&
        !ds_str_eq(name, DS_STR("application/x-ndjson"))) {
        refuse(r, 415, "unsupported_type", "the body is application/json or application/x-ndjson",
               NULL, NULL);
        return false;
    }
    const char *coding = header(r, MHD_HTTP_HEADER_CONTENT_ENCODING);
    if (coding && strcasecmp(coding, "identity") != 0) {
        refuse(r, 415, "unsupported_type", "the body comes as it is, not compressed", NULL, NULL);
        return false;
    }
    r->body_type = name.len == 16 ? "application/json" : "application/x-ndjson";
    return true;
}

/* Browsers ask first whether a page of another site may. */
static bool is_preflight(sv_conn *r)
{
    sv_server *s = r->server;
    if (!s->options->cors || strcmp(r->method, "OPTIONS") != 0)
        return false;
    sv_kind kind = {.status = 204};
    r->answer = sv_answer_of(s, kind, "", 0, NULL, 0, NULL);
    if (!r->answer)
        return true;
    MHD_add_response_header(r->answer->plain, "Access-Control-Allow-Methods", "GET, HEAD, POST");
    MHD_add_response_header(r->answer->plain, "Access-Control-Allow-Headers",
                            "Authorization, Content-Type, If-None-Match");
    MHD_add_response_header(r->answer->plain, "Access-Control-Max-Age", "3600");
    return true;
}

/* The pages: any path that is not the API's. */
static void find_page(sv_conn *r, const sv_uri *uri)
{
    sv_pages *p = &r->server->pages;
    bool read = strcmp(r->method, "GET") == 0 || strcmp(r->method, "HEAD") == 0;
    sv_answer *page = sv_pages_find(p, uri->path);
    if (!read)
        refuse(r, 405, "method_not_allowed", "not with this method", MHD_HTTP_HEADER_ALLOW,
               "GET, HEAD");
    else if (page || !sv_is_api(uri->path))
        r->answer = sv_answer_ref(page ? page : p->index);
    else
        refuse(r, 404, "not_found", "no such path", NULL, NULL);
}

static void find_route(sv_conn *r, const sv_uri *uri)
{
    sv_refusal no;
    if (!sv_is_api(uri->path) || ds_str_starts(uri->path, DS_STR("/assets/"))) {
        find_page(r, uri);
        return;
    }
    if (sv_route_find(r->arena, r->method, uri, &r->request, &no))
        return;
    const char *allow = no.allow && strcmp(no.allow, "POST") == 0 ? "POST" : "GET, HEAD";
    r->request.route = NULL;
    refuse(r, no.status, no.code, no.message, no.allow ? MHD_HTTP_HEADER_ALLOW : NULL, allow);
}

/* Headers of which two could be understood in two ways. */
typedef struct framing {
    unsigned hosts, lengths, codings;
    bool chunked;
} framing;

static enum MHD_Result count_header(void *cls, enum MHD_ValueKind kind, const char *name,
                                    const char *value)
{
    framing *f = cls;
    (void)kind;
    f->hosts += strcasecmp(name, MHD_HTTP_HEADER_HOST) == 0;
    f->lengths += strcasecmp(name, MHD_HTTP_HEADER_CONTENT_LENGTH) == 0;
    if (strcasecmp(name, MHD_HTTP_HEADER_TRANSFER_ENCODING) == 0) {
        f->codings++;
        f->chunked = value && strcasecmp(value, "chunked") == 0;
    }
    return MHD_YES;
}

static bool is_framed(sv_conn *r, const char *version)
{
    framing f = {0};
    MHD_get_connection_values(r->c, MHD_HEADER_KIND, count_header, &f);
    const char *why =
        f.hosts > 1 || (!f.hosts && strcmp(version, "HTTP/1.1") == 0) ? "Host is given once"
        : f.lengths + f.codings > 1 ? "Content-Length or Transfer-Encoding: one of them, once"
        : f.codings && !f.chunked   ? "Transfer-Encoding is chunked or not there"
                                    : NULL;
    if (why)
        refuse(r, 400, "bad_request", why, NULL, NULL);
    return !why;
}

static void look(sv_conn *r, const char *version)
{
    sv_guard *g = &r->server->guard;
    sv_uri uri;
    if (!within_rate(r) || !is_framed(r, version))
        return;
    if (!sv_host_right(g, header(r, MHD_HTTP_HEADER_HOST))) {
        refuse(r, 421, "misdirected", "Host is none of this server's names (--host)", NULL, NULL);
        return;
    }
    if (strlen(r->target) > SV_TARGET_MAX) {
        refuse(r, 414, "uri_too_long", "path and query have at most 4096 bytes", NULL, NULL);
        return;
    }
    const char *why = sv_uri_parse(r->arena, ds_str_of(r->target), &uri);
    if (why) {
        refuse(r, 400, "bad_request", why, NULL, NULL);
        return;
    }
    if (is_preflight(r) || !has_token(r, &uri) || !good_body(r))
        return;
    find_route(r, &uri);
}

static enum MHD_Result begin(sv_conn *r, const char *method, const char *version)
{
    const struct sockaddr *who = peer(r);
    const void *from =
        who && who->sa_family == AF_INET
            ? (const void *)&((const struct sockaddr_in *)(const void *)who)->sin_addr
        : who ? (const void *)&((const struct sockaddr_in6 *)(const void *)who)->sin6_addr
              : NULL;
    r->begun = true;
    snprintf(r->method, sizeof r->method, "%s", method);
    if (from)
        inet_ntop(who->sa_family, from, r->addr, sizeof r->addr);
    r->arena = ds_arena_new(4096, (size_t)1 << 20);
    if (!r->arena || !r->target)
        return MHD_NO;
    expect(r->c, SV_ARRIVAL_MS);
    look(r, version);
    bool body = header(r, MHD_HTTP_HEADER_TRANSFER_ENCODING) != NULL;
    const char *length = header(r, MHD_HTTP_HEADER_CONTENT_LENGTH);
    body = body || (length && strcmp(length, "0") != 0);
    return r->answer && body && r->answer->status >= 400 ? give(r) : MHD_YES;
}

/* ---- the body -------------------------------------------------------------------------------------------------------------------- */

static bool has_room(sv_conn *r, size_t more)
{
    sv_server *s = r->server;
    size_t want = r->body_len + more;
    if (want <= r->body_cap)
        return true;
    size_t cap = r->body_cap ? r->body_cap * 2 : 16384;
    while (cap < want)
        cap *= 2;
    long all = atomic_fetch_add(&s->counters.bodies, (long)(cap - r->body_cap)) +
               (long)(cap - r->body_cap);
    char *at = all > (long)SV_BODIES_MAX ? NULL : realloc(r->body, cap);
    if (!at) {
        atomic_fetch_sub(&s->counters.bodies, (long)(cap - r->body_cap));
        return false;
    }
    r->body = at;
    r->body_cap = cap;
    return true;
}

/* What nobody wants is passed over; an endless one ends by SV_ARRIVAL_MS. */
static enum MHD_Result take_body(sv_conn *r, const char *at, size_t *len)
{
    size_t n = *len;
    *len = 0;
    bool wanted = !r->answer && r->request.route && r->request.route->how == SV_POSTED;
    if (!wanted)
        return MHD_YES;
    if (r->body_len + n > SV_BODY_MAX) {
        refuse(r, 413, "too_large", "a body has at most 8 MB", NULL, NULL);
        return MHD_YES;
    }
    if (!has_room(r, n)) {
        refuse_busy(r, "too much is being sent at once");
        return MHD_YES;
    }
    memcpy(r->body + r->body_len, at, n);
    r->body_len += n;
    return MHD_YES;
}

/* ---- the answer ------------------------------------------------------------------------------------------------------------------- */

static void look_in_cache(sv_conn *r)
{
    sv_server *s = r->server;
    uint64_t hash = ds_hash(r->request.key, s->guard.seed);
    sv_answer *a = NULL;
    pthread_mutex_lock(&s->kitchen);
    if (r->request.route->how == SV_MADE)
        a = sv_cache_find(&s->cache, r->request.key, hash);
    bool fresh = a && a->revision == atomic_load(&s->revision);
    bool stale = a && !fresh && sv_now_ms() - a->checked_ms < SV_STALE_MS;
    if (stale && !a->refreshing)
        sv_order(s, &r->request, r, a, hash);
    if (fresh || stale) {
        r->answer = sv_answer_ref(a);
        r->how = fresh ? "hit" : "stale";
    } else if (!sv_order(s, &r->request, r, NULL, hash)) {
        r->how = "busy";
    } else {
        r->how = "made";
    }
    pthread_mutex_unlock(&s->kitchen);
}

static enum MHD_Result serve_made(sv_conn *r)
{
    sv_counters *n = &r->server->counters;
    look_in_cache(r);
    if (strcmp(r->how, "busy") == 0)
        refuse_busy(r, "too much to do just now");
    atomic_fetch_add(*r->how == 'h' ? &n->hits : *r->how == 's' ? &n->stale : &n->misses, 1);
    return strcmp(r->how, "made") == 0 ? MHD_YES
                                       : give(r); /* suspended: it comes back with its answer */
}

static enum MHD_Result serve_text(sv_conn *r, char *text, size_t len, int status, const char *type)
{
    sv_kind kind = {.status = status, .type = type, .cache_control = "no-store"};
    r->answer = text ? sv_answer_new(r->server, kind, text, len) : NULL;
    return give(r);
}

static enum MHD_Result respond(sv_conn *r)
{
    sv_server *s = r->server;
    size_t len = 0;
    int status = 200;
    char *text;
    if (r->answer)
        return give(r);
    switch (r->request.route->how) {
    case SV_MADE:
    case SV_POSTED:
        return serve_made(r);
    case SV_STREAM:
        return sv_stream_begin(s, r, &r->request);
    case SV_HEALTH:
        text = sv_health_text(s, &status, &len);
        if (status == 200)
            return serve_text(r, text, len, status, "application/json");
        free(text);
        refuse(r, 503, "store_failed", "the store cannot be read", NULL, NULL);
        return give(r);
    case SV_METRICS:
        text = sv_metrics_text(s, &len);
        return serve_text(r, text, len, status, "text/plain; version=0.0.4; charset=utf-8");
    case SV_ASSET:
        r->answer = sv_answer_ref(s->pages.description);
        return give(r);
    }
    return MHD_NO;
}

static enum MHD_Result handle(void *cls, struct MHD_Connection *c, const char *url,
                              const char *method, const char *version, const char *upload,
                              size_t *upload_len, void **context)
{
    sv_conn *r = *context;
    (void)cls, (void)c, (void)url;
    if (!r)
        return MHD_NO;
    if (!r->begun)
        return begin(r, method, version);
    if (*upload_len)
        return take_body(r, upload, upload_len);
    if (r->done)
        return MHD_YES;
    expect(r->c, 0);
    set_busy(r->c, true);
    return r->how && strcmp(r->how, "made") == 0 ? give(r) : respond(r);
}

/* ---- the daemon ------------------------------------------------------------------------------------------------------------------------ */

/* Decoding is ours: a NUL byte must not end a path. */
static size_t as_it_is(void *cls, struct MHD_Connection *c, char *s)
{
    (void)cls, (void)c;
    return strlen(s);
}

static void no_log(void *cls, const char *fmt, va_list args)
{
    (void)cls, (void)fmt, (void)args;
}

bool sv_http_start(sv_server *s, ds_serve_why *why)
{
    const ds_serve_options *o = s->options;
    unsigned threads = o->threads ? o->threads : SV_THREADS;
    struct MHD_OptionItem options[] = {
        {MHD_OPTION_THREAD_POOL_SIZE, (intptr_t)threads, NULL},
        {MHD_OPTION_END, 0, NULL},
    };
    if (threads < 2)
        options[0] = options[1];
    s->daemon = MHD_start_daemon(
        MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ERROR_LOG, 0,
        may_connect, s, handle, s, MHD_OPTION_EXTERNAL_LOGGER, no_log, NULL,
        MHD_OPTION_LISTEN_SOCKET, s->listening, MHD_OPTION_CONNECTION_LIMIT, connections(s),
        MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)SV_IDLE_S, MHD_OPTION_CONNECTION_MEMORY_LIMIT,
        SV_CONNECTION_BYTES, MHD_OPTION_URI_LOG_CALLBACK, on_target, s,
        MHD_OPTION_UNESCAPE_CALLBACK, as_it_is, NULL, MHD_OPTION_NOTIFY_COMPLETED, on_completed, s,
        MHD_OPTION_NOTIFY_CONNECTION, on_connection, s, MHD_OPTION_ARRAY, options, MHD_OPTION_END);
    if (s->daemon)
        return true;
    snprintf(why->text, sizeof why->text, "no thread can be started: %s", strerror(errno));
    return false;
}

void sv_http_quiet(sv_server *s)
{
    MHD_quiesce_daemon(s->daemon);
}

void sv_http_stop(sv_server *s)
{
    if (s->daemon)
        MHD_stop_daemon(s->daemon);
    s->daemon = NULL;
}
