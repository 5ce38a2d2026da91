/* SPDX-License-Identifier: Apache-2.0 */
/* answer.c - a finished answer: its responses with all headers, ready to be queued any number of times; and the cache of them. */
#include "serve/internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <zlib.h>

#define PAGES_POLICY                                                                               \
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "              \
    "font-src 'self'; connect-src 'self'; manifest-src 'self'; base-uri 'none'; "                  \
    "form-action 'self'; frame-ancestors 'none'"
#define DATA_POLICY                                                                                \
    "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

void sv_put_headers(const sv_server *s, struct MHD_Response *r, bool html)
{
    static const char *const all[][2] = {
        {"X-Content-Type-Options", "nosniff"},
        {"X-Frame-Options", "DENY"},
        {"Referrer-Policy", "no-referrer"},
        {"Cross-Origin-Opener-Policy", "same-origin"},
    };
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        MHD_add_response_header(r, all[i][0], all[i][1]);
    MHD_add_response_header(r, "Content-Security-Policy", html ? PAGES_POLICY : DATA_POLICY);
    MHD_add_response_header(r, "Cross-Origin-Resource-Policy",
                            s->options->cors ? "cross-origin" : "same-origin");
    if (!s->options->cors)
        return;
    MHD_add_response_header(r, "Access-Control-Allow-Origin", s->options->cors);
    MHD_add_response_header(r, "Access-Control-Expose-Headers", "ETag, Location");
}

/* ---- making one --------------------------------------------------------------------------------------------- */

typedef struct part { /* of an answer: one of its encodings */
    const char *at;
    size_t len;
    enum MHD_ResponseMemoryMode mode;
    bool gzip;
} part;

static struct MHD_Response *response(const sv_server *s, const sv_kind *k, const char *etag,
                                     part body)
{
    struct MHD_Response *r = MHD_create_response_from_buffer(body.len, (void *)body.at, body.mode);
    char text[96];
    if (!r)
        return NULL;
    sv_put_headers(s, r, k->html);
    MHD_add_response_header(r, "Vary",
                            s->options->cors ? "Accept-Encoding, Origin" : "Accept-Encoding");
    MHD_add_response_header(r, "Cache-Control", k->cache_control ? k->cache_control : "no-cache");
    if (k->type)
        MHD_add_response_header(r, "Content-Type", k->type);
    if (k->location)
        MHD_add_response_header(r, "Location", k->location);
    if (body.gzip)
        MHD_add_response_header(r, "Content-Encoding", "gzip");
    if (etag) {
        snprintf(text, sizeof text, "W/\"%s\"",
                 etag); /* weak: gzip or not, it is the same answer */
        MHD_add_response_header(r, "ETag", text);
    }
    if (k->file) {
        snprintf(text, sizeof text, "attachment; filename=\"%s\"", k->file);
        MHD_add_response_header(r, "Content-Disposition", text);
    }
    return r;
}

static sv_answer *new_answer(const sv_server *s, const sv_kind *k, part plain, part gzip,
                             const char *etag)
{
    sv_answer *a = calloc(1, sizeof *a);
    if (!a)
        return NULL;
    a->refs = 1;
    a->status = k->status;
    snprintf(a->etag, sizeof a->etag, "%s", etag ? etag : "");
    a->plain_len = plain.len;
    a->gzip_len = gzip.len;
    a->plain = response(s, k, etag, plain);
    if (!a->plain) {
        free(a);
        return NULL;
    }
    a->gzip = gzip.at ? response(s, k, etag, gzip) : NULL;
    if (etag) {
        sv_kind same = {.cache_control = k->cache_control, .html = k->html};
        a->same = response(s, &same, etag, (part){"", 0, MHD_RESPMEM_PERSISTENT, false});
    }
    return a;
}

/* malloc; NULL: not worth it, or no memory. */
static char *compress_body(const char *at, size_t len, size_t *out_len)
{
    z_stream z = {0};
    if (len < SV_GZIP_FROM || len > UINT32_MAX ||
        deflateInit2(&z, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) != Z_OK)
        return NULL;
    size_t room = deflateBound(&z, len);
    char *out = malloc(room);
    z.next_in = (unsigned char *)at;
    z.avail_in = (unsigned)len;
    z.next_out = (unsigned char *)out;
    z.avail_out = (unsigned)room;
    int rc = out ? deflate(&z, Z_FINISH) : Z_MEM_ERROR;
    *out_len = z.total_out;
    deflateEnd(&z);
    if (rc == Z_STREAM_END && *out_len < len)
        return out;
    free(out);
    return NULL;
}

sv_answer *sv_answer_new(const sv_server *s, sv_kind kind, char *body, size_t len)
{
    char etag[40];
    size_t gzip_len = 0;
    char *gzip = compress_body(body, len, &gzip_len);
    if (gzip) { /* it lives long: no more room than it needs */
        char *fit = realloc(gzip, gzip_len);
        gzip = fit ? fit : gzip;
    }
    ds_str all = {body, len};
    snprintf(etag, sizeof etag, "%016llx%016llx", (unsigned long long)ds_hash(all, 1),
             (unsigned long long)ds_hash(all, 2));
    sv_answer *a =
        new_answer(s, &kind, (part){body, len, MHD_RESPMEM_MUST_FREE, false},
                   (part){gzip, gzip_len, MHD_RESPMEM_MUST_FREE, true}, kind.etag ? etag : NULL);
    if (!a)
        free(body);
    if (gzip && (!a || !a->gzip))
        free(gzip);
    return a;
}

sv_answer *sv_answer_of(const sv_server *s, sv_kind kind, const char *at, size_t len,
                        const char *gzip, size_t gzip_len, const char *etag)
{
    return new_answer(s, &kind, (part){at, len, MHD_RESPMEM_PERSISTENT, false},
                      (part){gzip_len ? gzip : NULL, gzip_len, MHD_RESPMEM_PERSISTENT, true}, etag);
}

#define JSON "application/json"

sv_answer *sv_answer_error(const sv_server *s, int status, const char *code, const char *message)
{
    DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(2048, 65536);
    if (!a)
        return NULL;
    ds_buf b = ds_buf_new(a);
    ds_json j = ds_json_new(&b);
    ds_json_obj(&j, NULL);
    ds_json_obj(&j, "error");
    ds_json_str(&j, "code", ds_str_of(code));
    ds_json_str(&j, "message", ds_str_of(message));
    ds_json_end(&j, '}');
    ds_json_end(&j, '}');
    ds_buf_putc(&b, '\n');
    ds_str text = ds_buf_str(&b);
    char *body = text.at ? strndup(text.at, text.len) : NULL;
    sv_kind kind = {.status = status, .type = JSON, .cache_control = "no-store"};
    return body ? sv_answer_new(s, kind, body, text.len) : NULL;
}

sv_answer *sv_answer_made(const sv_server *s, sv_made *made)
{
    sv_kind kind = {.status = made->status,
                    .type = made->type ? made->type : JSON,
                    .cache_control = s->guard.has_token ? "private, no-cache" : "no-cache",
                    .file = made->file,
                    .etag = made->status == 200};
    if (made->code)
        return sv_answer_error(s, made->status, made->code, made->message);
    if (made->status == 301) {
        kind.location = made->location;
        kind.type = NULL;
        return sv_answer_of(s, kind, "", 0, NULL, 0, NULL);
    }
    dossier_text body = made->body;
    made->body = (dossier_text){NULL, 0};
    return body.at ? sv_answer_new(s, kind, body.at, body.len) : NULL;
}

sv_answer *sv_answer_ref(sv_answer *a)
{
    if (a)
        atomic_fetch_add(&a->refs, 1);
    return a;
}

void sv_answer_drop(sv_answer *a)
{
    if (!a || atomic_fetch_sub(&a->refs, 1) != 1)
        return;
    if (a->plain)
        MHD_destroy_response(a->plain);
    if (a->gzip)
        MHD_destroy_response(a->gzip);
    if (a->same)
        MHD_destroy_response(a->same);
    free(a->key);
    free(a);
}

/* ---- the cache ------------------------------------------------------------------------------------------------ */

#define ANSWER_COST 4096 /* bytes that an answer takes beside its bodies: responses and headers */

static size_t cost(const sv_answer *a)
{
    return a->plain_len + a->gzip_len + ANSWER_COST;
}

bool sv_cache_init(sv_cache *c, size_t most_bytes)
{
    *c = (sv_cache){.most = most_bytes, .buckets_len = 8192};
    c->buckets = calloc(c->buckets_len, sizeof *c->buckets);
    return c->buckets != NULL;
}

static sv_answer **bucket(const sv_cache *c, uint64_t hash)
{
    return &c->buckets[hash & (c->buckets_len - 1)];
}

static void unlink_answer(sv_cache *c, sv_answer *a)
{
    *(a->newer ? &a->newer->older : &c->newest) = a->older;
    *(a->older ? &a->older->newer : &c->oldest) = a->newer;
    a->newer = a->older = NULL;
}

static void link_newest(sv_cache *c, sv_answer *a)
{
    a->older = c->newest;
    a->newer = NULL;
    *(c->newest ? &c->newest->newer : &c->oldest) = a;
    c->newest = a;
}

static void cache_drop(sv_cache *c, sv_answer *a)
{
    sv_answer **at = bucket(c, a->hash);
    while (*at != a)
        at = &(*at)->next;
    *at = a->next;
    unlink_answer(c, a);
    c->bytes -= cost(a);
    c->len--;
    sv_answer_drop(a);
}

void sv_cache_free(sv_cache *c)
{
    while (c->oldest)
        cache_drop(c, c->oldest);
    free(c->buckets);
}

static sv_answer *find(const sv_cache *c, ds_str key, uint64_t hash)
{
    sv_answer *a = *bucket(c, hash);
    while (a && (a->hash != hash || !ds_str_eq(ds_str_of(a->key), key)))
        a = a->next;
    return a;
}

sv_answer *sv_cache_find(sv_cache *c, ds_str key, uint64_t hash)
{
    sv_answer *a = find(c, key, hash);
    if (a && c->newest != a) {
        unlink_answer(c, a);
        link_newest(c, a);
    }
    return a;
}

void sv_cache_put(sv_cache *c, sv_answer *a, ds_str key, uint64_t hash)
{
    sv_answer *old = find(c, key, hash);
    if (old)
        cache_drop(c, old);
    if (cost(a) > c->most / 4 || !(a->key = strndup(key.at, key.len)))
        return;
    a->hash = hash;
    a->next = *bucket(c, hash);
    *bucket(c, hash) = sv_answer_ref(a);
    link_newest(c, a);
    c->bytes += cost(a);
    c->len++;
    while (c->bytes > c->most && c->oldest != a)
        cache_drop(c, c->oldest); // NOLINT(clang-analyzer-unix.Malloc): it does not follow the list
}
