/* SPDX-License-Identifier: Apache-2.0 */
/* server.c - from options to a listening server, its clock, and its end. */
#include "serve/internal.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netdb.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#define BACKLOG 512

static bool say_why(ds_serve_why *why, const char *what, const char *reason)
{
    snprintf(why->text, sizeof why->text, "%s: %s", what, reason);
    return false;
}

/* ---- the socket ------------------------------------------------------------------------------------------------------ */

/* "127.0.0.1:8080", "[::1]:8080", "localhost:0" */
static bool split_listen(const char *text, sv_guard *g)
{
    const char *colon = strrchr(text, ':');
    size_t len = colon ? (size_t)(colon - text) : 0;
    if (!len || len >= sizeof g->host || strlen(colon + 1) >= sizeof g->port || !colon[1])
        return false;
    snprintf(g->host, sizeof g->host, "%.*s", (int)len, text);
    snprintf(g->port, sizeof g->port, "%s", colon + 1);
    return true;
}

/* A socket that listens there, or the negative of errno. */
static int open_socket(const struct addrinfo *ai)
{
    int fd = socket(ai->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0), yes = 1,
        keep = SV_SEND_BUFFER;
    if (fd < 0)
        return -errno;
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    setsockopt(fd, SOL_SOCKET, SO_SNDBUF, &keep, sizeof keep); /* connections inherit it */
    if (bind(fd, ai->ai_addr, ai->ai_addrlen) == 0 && listen(fd, BACKLOG) == 0)
        return fd;
    const int errnum = errno;
    close(fd);
    return -errnum;
}

static bool listen_at(sv_server *s, const char *text, ds_serve_why *why)
{
    sv_guard *g = &s->guard;
    struct addrinfo hints = {.ai_socktype = SOCK_STREAM, .ai_flags = AI_PASSIVE | AI_NUMERICSERV},
                    *ai = NULL;
    char bare[64];
    if (!split_listen(text, g))
        return say_why(why, text, "an address is written HOST:PORT");
    snprintf(bare, sizeof bare, "%s", *g->host == '[' ? g->host + 1 : g->host);
    bare[strcspn(bare, "]")] = 0;
    if (getaddrinfo(bare, g->port, &hints, &ai) != 0 || !ai)
        return say_why(why, text, "no such address");
    g->loopback = sv_is_loopback(ai->ai_addr);
    if (!g->loopback && !g->has_token) {
        freeaddrinfo(ai);
        return say_why(why, text, "others may reach it there: give a token (--token-file)");
    }
    s->listening = open_socket(ai);
    freeaddrinfo(ai);
    return s->listening >= 0 || say_why(why, text, strerror(-s->listening));
}

static void find_port(sv_server *s)
{
    union {
        struct sockaddr any;
        struct sockaddr_in v4;
        struct sockaddr_in6 v6;
    } at = {.v6 = {0}};
    socklen_t len = sizeof at;
    if (getsockname(s->listening, &at.any, &len) != 0)
        return;
    unsigned port = ntohs(at.any.sa_family == AF_INET ? at.v4.sin_port : at.v6.sin6_port);
    snprintf(s->guard.port, sizeof s->guard.port, "%u", port);
}

/* ---- beginning ----------------------------------------------------------------------------------------------------------- */

static void set_locks(sv_server *s)
{
    pthread_mutex_init(&s->guard.lock, NULL);
    pthread_mutex_init(&s->log.lock, NULL);
    pthread_mutex_init(&s->hub.lock, NULL);
    pthread_mutex_init(&s->kitchen, NULL);
    pthread_mutex_init(&s->links_lock, NULL);
    pthread_cond_init(&s->ordered, NULL);
}

/* As many descriptors as we may have: a connection is one. */
static void raise_limit(void)
{
    struct rlimit l;
    if (getrlimit(RLIMIT_NOFILE, &l) == 0 && l.rlim_cur < l.rlim_max) {
        l.rlim_cur = l.rlim_max < 65536 ? l.rlim_max : 65536;
        setrlimit(RLIMIT_NOFILE, &l);
    }
}

/* As browsers send it: one that ends in a slash, or names two, never matches. */
static bool is_origin(const char *text)
{
    const char *name = strstr(text, "://");
    return strcmp(text, "*") == 0 ||
           (name && name > text && name[3] && !strpbrk(name + 3, "/ ,") && !strpbrk(text, "\r\n"));
}

static bool set_up(sv_server *s, ds_serve_why *why)
{
    const ds_serve_options *o = s->options;
    sv_guard *g = &s->guard;
    if (o->token_file && sv_guard_token(g, o->token_file, why) != DS_OK)
        return false;
    if (o->private && !g->has_token)
        return say_why(why, "--private", "it needs a --token-file");
    if (o->cors && !is_origin(o->cors))
        return say_why(why, "--cors", "an origin is written https://NAME[:PORT], or *");
    if (o->base_url && strlen(o->base_url) >= sizeof s->base_url)
        return say_why(why, "--base-url", "longer than 255 bytes");
    if (getentropy(&g->seed, sizeof g->seed) != 0)
        return say_why(why, "random numbers", strerror(errno));
    g->hosts = o->hosts;
    g->rate = o->rate ? o->rate : SV_RATE;
    g->rate_given = o->rate != 0;
    s->log.quiet = o->quiet;
    s->hub.next = 1;
    s->jobs_end = &s->jobs;
    if (!listen_at(s, o->listen ? o->listen : "127.0.0.1:8080", why))
        return false;
    g->private = o->private || !g->loopback;
    find_port(s);
    if (o->base_url)
        snprintf(s->base_url, sizeof s->base_url, "%s", o->base_url);
    else
        snprintf(s->base_url, sizeof s->base_url, "http://%s:%s", g->host, g->port);
    raise_limit();
    size_t cache = (size_t)(o->cache_mb ? o->cache_mb : SV_CACHE_MB) << 20;
    return sv_cache_init(&s->cache, cache) || say_why(why, "cache", "no memory left");
}

/* ---- the clock: this thread waits for signals, and looks at the store in between ------------------------------------------- */

static bool stop_came(const sigset_t *set)
{
    struct timespec wait = {0, SV_LOOK_MS * 1000000L};
    int sig = sigtimedwait(set, NULL, &wait);
    return sig == SIGTERM || sig == SIGINT;
}

static void run(sv_server *s, sv_watch *w, const sigset_t *set)
{
    int64_t ping = sv_now_ms(), sweep = ping;
    while (!stop_came(set)) {
        int64_t now = sv_now_ms();
        sv_watch_look(w);
        sv_log_flush(s);
        if (now - sweep >= 1000) {
            sv_links_sweep(s);
            sweep = now;
        }
        if (now - ping >= SV_PING_MS) {
            sv_hub_ping(s);
            ping = now;
        }
    }
}

/* Connections that are in the middle of a request. */
static bool is_busy(sv_server *s)
{
    bool busy = false;
    pthread_mutex_lock(&s->links_lock);
    for (const sv_link *l = s->links; l && !busy; l = l->after)
        busy = atomic_load(&l->busy);
    pthread_mutex_unlock(&s->links_lock);
    return busy;
}

static void stop(sv_server *s)
{
    sv_http_quiet(s);
    sv_hub_close(s);
    sv_cooks_stop(s);
    for (int64_t end = sv_now_ms() + SV_STOP_MS; is_busy(s) && sv_now_ms() < end;)
        usleep(10000);
    sv_http_stop(s);
    sv_log_flush(s);
}

static void free_all(sv_server *s)
{
    if (s->listening >= 0)
        close(s->listening);
    if (s->cache.buckets)
        sv_cache_free(&s->cache);
    sv_pages_free(&s->pages);
    sv_hub_free(&s->hub);
    free(s->log.at);
    free(s);
}

static bool start(sv_server *s, sv_watch *w, ds_serve_why *why)
{
    if (!w)
        return say_why(why, "serve", "no memory left");
    sv_watch_look(w);
    if (!sv_cooks_start(s))
        return say_why(why, "serve", "no thread can be started");
    return sv_http_start(s, why);
}

ds_status ds_serve(const ds_serve_options *o, ds_serve_why *why)
{
    sigset_t set;
    sv_server *s = calloc(1, sizeof *s);
    if (!s)
        return say_why(why, "serve", "no memory left"), DS_NOMEM;
    s->options = o;
    s->listening = -1;
    set_locks(s);
    sigemptyset(&set);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, SIGINT);
    pthread_sigmask(SIG_BLOCK, &set, NULL); /* all threads inherit it */
    signal(SIGPIPE, SIG_IGN);
    if (!set_up(s, why) || !sv_pages_open(s, o->assets, why)) {
        free_all(s);
        return DS_BAD;
    }
    sv_watch *w = sv_watch_new(s);
    bool good = start(s, w, why);
    if (good) {
        sv_say("dossier: http://%s:%s/", s->guard.host, s->guard.port);
        run(s, w, &set);
        stop(s);
        sv_say("dossier: stopped");
    } else {
        sv_cooks_stop(s);
    }
    sv_watch_free(w);
    free_all(s);
    return good ? DS_OK : DS_IO;
}
