/* SPDX-License-Identifier: Apache-2.0 */
/* open.c - the library object of a command, and its failures as exit statuses. */
#include "cli/internal.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int cli_fail(const dossier *d, dossier_status st)
{
    cli_say("%s", dossier_error(d));
    switch (st) {
    case DOSSIER_NOTHING:
        return CLI_NOTHING;
    case DOSSIER_BAD:
        return CLI_USAGE;
    default:
        return CLI_STORE;
    }
}

static int say_open(const dossier *d, dossier_status st, const char *db, dossier_mode mode)
{
    const char *why = dossier_error(d);
    if (st == DOSSIER_NOTHING && db && access(db, F_OK) != 0) {
        cli_say("%s: no store there; add pages first (dossier --db %s add FOLDER)", db, db);
        return CLI_NOTHING;
    }
    if (st == DOSSIER_IO && mode == DOSSIER_WRITE && !strstr(why, "unchanged")) {
        cli_say("%s; nothing was added", why);
        return CLI_STORE;
    }
    return cli_fail(d, st);
}

int cli_open(const cli_options *o, dossier_mode mode, dossier **out)
{
    char *standard = NULL;
    dossier_options wanted = {.db = o->db,
                              .lexicon = o->lexicon,
                              .profile = o->profile,
                              .as_of = o->as_of,
                              .jobs = o->jobs};
    if (mode != DOSSIER_NO_STORE && !o->db) {
        standard = cli_default_db();
        wanted.db = standard;
        if (!standard) {
            cli_say("dossier: there is no home folder; name the store (--db PATH)");
            return CLI_USAGE;
        }
    }
    dossier_status st = dossier_open(&wanted, mode, out);
    int status = st == DOSSIER_OK ? CLI_DONE : say_open(*out, st, o->db, mode);
    free(standard);
    if (status != CLI_DONE) {
        dossier_close(*out);
        *out = NULL;
    }
    return status;
}
