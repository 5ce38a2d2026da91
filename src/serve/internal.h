/* SPDX-License-Identifier: Apache-2.0 */
/* internal.h - the server's parts: finished answers, cooks that make them, streams, the watcher of the store. */
#ifndef DS_SERVE_INTERNAL_H
#define DS_SERVE_INTERNAL_H

#include "dossier/dossier.h"
#include "serve/serve.h"
#include "serve/uri.h"

#include <microhttpd.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdatomic.h>

typedef struct sv_server sv_server;
typedef struct sv_conn sv_conn;

int64_t sv_now_ms(void); /* monotonic */
int64_t sv_now_us(void);

/* ---- finished answers (answer.c) --------------------------------------------------------------------------- */

/* What a cook made. */
typedef struct sv_made {
    int status; /* 200, 202, 301, or an error with code and message */
    const char *type;
    const char *file;  /* name for Content-Disposition, or NULL */
    dossier_text body; /* goes into the answer */
    const char *code;
    char message[256];
    const char *location; /* in the cook's arena */
    int64_t story;        /* while its stamp is the same, so is the answer; 0: while the store is */
    char stamp[DOSSIER_STAMP];
} sv_made;

typedef struct sv_answer {
    atomic_int refs;
    int status;
    struct MHD_Response *plain, *gzip, *same; /* same: 304. gzip, same: may be NULL */
    size_t plain_len, gzip_len;
    char etag[40]; /* without quotes */
    /* below: of answers in the cache; under its lock */
    char *key;
    uint64_t hash;
    int64_t story;
    char stamp[DOSSIER_STAMP];
    uint64_t revision; /* of the store, for which it is known to be right */
    int64_t checked_ms;
    bool refreshing;
    struct sv_answer *next, *newer, *older;
} sv_answer;

typedef struct sv_kind { /* of an answer */
    int status;
    const char *type, *cache_control, *file, *location;
    bool html, etag;
} sv_kind;

/* Takes `body` (malloc); NULL: no memory, body is freed. */
sv_answer *sv_answer_new(const sv_server *s, sv_kind kind, char *body, size_t len);
/* From bytes that stay; gzip may be NULL. */
sv_answer *sv_answer_of(const sv_server *s, sv_kind kind, const char *at, size_t len,
                        const char *gzip, size_t gzip_len, const char *etag);
sv_answer *sv_answer_error(const sv_server *s, int status, const char *code, const char *message);
sv_answer *sv_answer_made(const sv_server *s, sv_made *made); /* takes made->body */
sv_answer *sv_answer_ref(sv_answer *a);
void sv_answer_drop(sv_answer *a); /* NULL is fine */
/* Security headers, and those of CORS. */
void sv_put_headers(const sv_server *s, struct MHD_Response *r, bool html);

/* The cache: under s->kitchen. */
typedef struct sv_cache {
    sv_answer **buckets;
    size_t buckets_len; /* a power of two */
    sv_answer *newest, *oldest;
    size_t bytes, most, len;
} sv_cache;
bool sv_cache_init(sv_cache *c, size_t most_bytes);
void sv_cache_free(sv_cache *c);
sv_answer *sv_cache_find(sv_cache *c, ds_str key, uint64_t hash); /* and makes it the newest */
/* Takes a reference of its own; replaces the one of the same key. */
void sv_cache_put(sv_cache *c, sv_answer *a, ds_str key, uint64_t hash);

/* ---- cooks (cook.c) ------------------------------------------------------------------------------------------ */

typedef struct sv_cook {
    sv_server *server;
    const char *query;    /* of the request in hand as it came, with its ?; or "" */
    dossier *d;           /* NULL: there is no store yet */
    dossier_inbox *inbox; /* NULL: not yet needed */
    bool told;            /* why the store cannot be opened; once is enough */
    uint64_t epoch;
    ds_arena *arena;
    pthread_t thread;
    const char *body; /* of the request, SV_POSTED */
    size_t body_len;
    const char *body_type;
} sv_cook;

typedef struct sv_job {
    char *target, method[8];
    char *key;
    uint64_t hash;
    sv_answer *old;   /* to be looked at again, or NULL; a reference */
    sv_conn *waiters; /* suspended */
    sv_conn *only;    /* SV_POSTED: nobody else's */
    bool begun;
    struct sv_job *next;
} sv_job;

/* Under s->kitchen. false: too many wait. c NULL: only to see whether `old` is still right. */
bool sv_order(sv_server *s, const sv_request *r, sv_conn *c, sv_answer *old, uint64_t hash);
bool sv_cooks_start(sv_server *s);
void sv_cooks_stop(sv_server *s); /* those who wait get 503 */
/* An error in the shape of all errors. */
void sv_fail(sv_made *out, int status, const char *code, const char *fmt, ...)
    __attribute__((format(printf, 4, 5)));

/* ---- events (stream.c) --------------------------------------------------------------------------------------- */

typedef struct sv_event {
    uint64_t number;
    int64_t story; /* 0: concerns all */
    char *text;    /* as it goes out; malloc */
    size_t len;
} sv_event;

typedef struct sv_stream {
    sv_server *server;
    struct MHD_Connection *c;
    uint64_t who;      /* sv_guard_who */
    int64_t story;     /* 0: all */
    uint64_t next;     /* number of the event that it wants */
    bool asleep, ping; /* asleep: its connection is suspended */
    char *greeting;
    size_t sent; /* of the text that it is at */
    struct sv_stream *before, *after;
} sv_stream;

typedef struct sv_hub {
    pthread_mutex_t lock;
    sv_event kept[SV_EVENTS_KEPT]; /* ring */
    uint64_t next;                 /* number of the next event; from 1 */
    sv_stream *streams;
    size_t len;
    bool closing;
} sv_hub;

enum MHD_Result sv_stream_begin(sv_server *s, sv_conn *c, const sv_request *r);
void sv_hub_put(sv_server *s, const char *event, int64_t story, const char *json);
void sv_hub_ping(sv_server *s);
void sv_hub_close(sv_server *s); /* streams end */
void sv_hub_free(sv_hub *h);

/* ---- what is new (watch.c) ------------------------------------------------------------------------------------ */

/* One look at the store; makes s->revision and the sizes right, and tells streams. The first fills what is compared with. */
typedef struct sv_watch sv_watch;
sv_watch *sv_watch_new(sv_server *s);
void sv_watch_look(sv_watch *w);
void sv_watch_free(sv_watch *w);

/* ---- who may (guard.c) ------------------------------------------------------------------------------------------ */

#define SV_BUCKETS 4096
typedef struct sv_bucket { /* what those whose addresses share a bucket may ask yet */
    float left;
    int64_t at_ms; /* 0: nobody asked */
} sv_bucket;

typedef struct sv_guard {
    bool has_token, loopback;
    bool private;            /* reading needs the token too */
    unsigned char token[32]; /* SHA-256 of it */
    uint64_t seed;           /* so that nobody can tell which addresses share a bucket */
    const char *hosts;
    char port[8], host[64]; /* as listened on */
    unsigned rate;
    bool rate_given;
    pthread_mutex_t lock;
    sv_bucket buckets[SV_BUCKETS];
} sv_guard;

ds_status sv_guard_token(sv_guard *g, const char *path, ds_serve_why *why);
/* `header` is that of Authorization, or NULL. bearer: only as bearer token. */
bool sv_token_right(const sv_guard *g, const char *header, bool bearer);
bool sv_host_right(const sv_guard *g, const char *host);
/* A number for the address, of IPv6 for its network; 0: one that is not counted. */
uint64_t sv_guard_who(const sv_guard *g, const struct sockaddr *who);
/* false: too many. cost in requests. */
bool sv_rate_take(sv_guard *g, const struct sockaddr *who, float cost);
bool sv_is_loopback(const struct sockaddr *who);

/* ---- connections and requests (http.c) ---------------------------------------------------------------------------- */

typedef struct sv_link { /* a connection */
    int fd;
    uint64_t who;             /* sv_guard_who */
    _Atomic int64_t since_ms; /* that the client is waited for; 0: it is not */
    _Atomic int64_t most_ms;
    atomic_bool busy; /* a request is whole, its answer is not out */
    struct sv_link *before, *after;
} sv_link;

struct sv_conn { /* a request */
    sv_server *server;
    struct MHD_Connection *c;
    ds_arena *arena; /* NULL until it is begun */
    char *target;
    char method[8], addr[INET6_ADDRSTRLEN];
    sv_request request;
    sv_answer *answer;
    const sv_answer *sent;
    char *body;
    const char *body_type;
    size_t body_len, body_cap;
    int64_t began_us;
    int status;
    size_t bytes;
    bool begun, done;
    const char *how; /* of the log: hit, stale, made, ... */
    sv_conn *next_waiter;
};

bool sv_http_start(sv_server *s, ds_serve_why *why);
void sv_http_quiet(sv_server *s); /* takes no new connections */
void sv_http_stop(sv_server *s);
void sv_links_sweep(sv_server *s); /* ends those whose request takes too long */
enum MHD_Result sv_send(sv_conn *r, sv_answer *a);

/* ---- log and counters (log.c) ---------------------------------------------------------------------------------------- */

typedef struct sv_log {
    pthread_mutex_t lock;
    bool quiet;
    char *at;
    size_t len, cap;
} sv_log;
void sv_log_request(sv_server *s, const sv_conn *c);
void sv_log_flush(sv_server *s);
void sv_say(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

#define SV_ROUTES_MAX 32
#define SV_TIMES 8
typedef struct sv_counters {
    atomic_ulong
        requests[SV_ROUTES_MAX + 2]
                [6]; /* by route (then pages and assets, others) and hundred of the status */
    atomic_ulong times[SV_TIMES + 1], micros, bytes;
    atomic_ulong hits, stale, misses, made, refused_rate, refused_token, refused_busy,
        refused_share, swept, events;
    atomic_long connections, bodies;
} sv_counters;
void sv_count(sv_server *s, const sv_conn *c);
char *sv_metrics_text(sv_server *s, size_t *len); /* malloc; NULL: no memory */
char *sv_health_text(sv_server *s, int *status, size_t *len);

/* ---- the pages (assets.c) --------------------------------------------------------------------------------------------- */

typedef struct sv_asset { /* what tools/assets generates */
    const char *name;     /* "index.html", "assets/app-1f2e3d.js" */
    const char *type;
    const char *at, *gzip;
    size_t len, gzip_len; /* gzip_len 0: not worth it */
    const char *hash;     /* hex, of the bytes */
} sv_asset;
extern const sv_asset sv_embedded[]; /* ends with a NULL name */

typedef struct sv_page {
    char *name; /* "/assets/..." */
    sv_answer *answer;
} sv_page;
typedef struct sv_pages {
    sv_page *at;
    size_t len;
    sv_answer *index, *description; /* description: openapi.json */
} sv_pages;
bool sv_pages_open(sv_server *s, const char *folder, ds_serve_why *why);
void sv_pages_free(sv_pages *p);
sv_answer *sv_pages_find(const sv_pages *p, ds_str path); /* NULL: none */

/* ---- all of it -------------------------------------------------------------------------------------------------------------- */

struct sv_server {
    const ds_serve_options *options;
    char base_url[256];
    int listening;
    struct MHD_Daemon *daemon;
    sv_guard guard;
    sv_log log;
    sv_counters counters;
    sv_pages pages;
    sv_hub hub;

    pthread_mutex_t kitchen; /* cache and jobs */
    pthread_cond_t ordered;
    sv_cache cache;
    sv_job *jobs, **jobs_end, *cooking;
    size_t jobs_len;
    sv_cook cooks[SV_COOKS];
    unsigned cooks_len;
    bool closing;

    _Atomic uint64_t revision, epoch; /* of the store; epoch: another file under its name */
    _Atomic int64_t articles, stories, waiting;
    _Atomic int store; /* 0 no store yet, 1 there, -1 cannot be read */

    pthread_mutex_t links_lock;
    sv_link *links;
};

#endif
