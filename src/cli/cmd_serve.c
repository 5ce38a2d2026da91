/* SPDX-License-Identifier: Apache-2.0 */
/* cmd_serve.c - dossier serve. */
#include "cli/internal.h"
#include "serve/serve.h"

#include <stdlib.h>

int cli_serve(const cli_options *o)
{
    char *standard = o->db ? NULL : cli_default_db();
    const ds_serve_options s = {.db = o->db ? o->db : standard,
                                .lexicon = o->lexicon,
                                .listen = o->listen,
                                .token_file = o->token_file,
                                .assets = o->assets,
                                .cors = o->cors,
                                .base_url = o->base_url,
                                .hosts = o->hosts,
                                .threads = o->threads,
                                .rate = o->rate,
                                .connections = o->connections,
                                .cache_mb = o->cache_mb,
                                .private = o->private,
                                .quiet = o->quiet};
    ds_serve_why why = {""};
    if (!s.db) {
        cli_say("dossier: there is no home folder; name the store (--db PATH)");
        return CLI_USAGE;
    }
    ds_status st = ds_serve(&s, &why);
    free(standard);
    if (st == DS_OK)
        return CLI_DONE;
    cli_say("dossier serve: %s", why.text);
    return st == DS_BAD ? CLI_USAGE : CLI_STORE;
}
