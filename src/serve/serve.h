/* SPDX-License-Identifier: Apache-2.0 */
/* serve.h - the server behind `dossier serve`: what the store holds, over HTTP.
 *
 * Layer    serve; uses base and the public API (dossier/dossier.h)
 * Method   libmicrohttpd, epoll, a few threads that never touch the store: finished answers (bytes, gzip, ETag) are kept while
 *          the store, or the story they are of, is as it was; what is not there yet is made by other threads ("cooks") while its
 *          connection is suspended. docs/serve.md; src/serve/openapi.json is the contract
 * Input    HTTP from anywhere: hostile
 * Errors   the reason in *why (static, or in `room`); DS_BAD: an option, DS_IO: the socket or a file
 * Threads  runs its own; returns when SIGTERM or SIGINT came and what was in hand is answered
 */
#ifndef DS_SERVE_H
#define DS_SERVE_H

#include "base/base.h"

typedef struct ds_serve_options { /* NULL and 0: the default */
    const char *db, *lexicon;
    const char *listen; /* HOST:PORT; 127.0.0.1:8080; port 0 takes a free one */
    const char *
        token_file; /* its first line is the token; without: nothing can be added, and loopback only */
    const char *assets;   /* folder that replaces the embedded pages */
    const char *cors;     /* value of Access-Control-Allow-Origin; without: none */
    const char *base_url; /* what feeds put before their links; http://HOST:PORT */
    const char *hosts;    /* further names of this server in Host, with commas */
    unsigned threads;     /* that speak HTTP; 2 */
    unsigned
        rate; /* requests a second of one address; 100, of loopback no bound unless it is given */
    unsigned connections; /* at once; 1024 */
    unsigned cache_mb;    /* of finished answers; 64 */
    bool private; /* the token for reading too; always so where others than this machine may come */
    bool quiet;   /* no access log */
} ds_serve_options;

typedef struct ds_serve_why {
    char text[256];
} ds_serve_why;

ds_status ds_serve(const ds_serve_options *o, ds_serve_why *why);

#endif
