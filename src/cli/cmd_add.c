/* SPDX-License-Identifier: Apache-2.0 */
/* cmd_add.c - dossier add, and the one line that tells what came of it. */
#include "cli/internal.h"

#include <stdlib.h>
#include <string.h>

static void put_count(const char *before, size_t n, const char *one, const char *many)
{
    char at[CLI_COUNT];
    cli_putf("%s%s %s", before, cli_count(at, n), n == 1 ? one : many);
}

static void put_stories(const dossier_report *r)
{
    if (r->stories_new == r->stories && r->stories)
        put_count(", ", r->stories_new, "story", "stories");
    else
        put_count(", ", r->stories_new, "new story", "new stories");
}

static void put_failed(const dossier_report *r)
{
    if (!r->failed)
        return;
    put_count("; ", r->failed, "input ", "inputs ");
    cli_putf("%s", cli_red("failed"));
}

/* added 1 page: 1 article, 0 figures, 0 new stories; 3 inputs failed */
static void put_added(const dossier_report *r)
{
    put_count("added ", r->pages, "page", "pages");
    put_count(": ", r->articles, "article", "articles");
    if (r->articles) {
        put_count(", ", r->figures, "figure", "figures");
        put_stories(r);
    }
    if (r->known)
        put_count("; ", r->known, "page already in the store", "pages already in the store");
}

static void put_report(const dossier_report *r, bool nothing_asked)
{
    if (r->pages)
        put_added(r);
    else if (r->known)
        put_count("nothing new: ", r->known, "page already in the store",
                  "pages already in the store");
    else if (r->failed > r->no_pages)
        cli_putf("nothing added");
    else if (nothing_asked)
        cli_putf("nothing waits in the inbox");
    else
        return;
    put_failed(r);
    cli_putf("\n");
}

static int outcome(const dossier_report *r)
{
    bool only_empty = r->failed == r->no_pages && !r->pages && !r->known;
    if (r->failed && !only_empty)
        return CLI_SOME_FAILED;
    return r->articles || r->known ? CLI_DONE : CLI_NOTHING;
}

/* stopped at 51,204 of 98,771 pages; those are stored. */
static void say_cut(const char *what, size_t done, const cli_progress *p)
{
    char of[CLI_COUNT], at[CLI_COUNT];
    cli_say("%s %s of %s pages; those are stored.\nRun it again to go on.", what,
            cli_count(at, done), cli_count(of, p->total));
}

static int fail(const dossier *d, dossier_status st, const dossier_report *r, const cli_progress *p)
{
    if (st == DOSSIER_IO && strstr(dossier_error(d), ": disk full")) {
        say_cut("disk full after", r->pages + r->known, p);
        return CLI_STORE;
    }
    return cli_fail(d, st);
}

/* Without a PATH only the inbox is read: is there one? */
static bool has_inbox(const cli_options *o)
{
    char *standard = o->db ? NULL : cli_default_db();
    const char *db = o->db ? o->db : standard;
    dossier_inbox *inbox = NULL;
    bool there = db && dossier_inbox_open(db, false, &inbox) != DOSSIER_NOTHING;
    dossier_inbox_close(inbox);
    free(standard);
    return there;
}

int cli_add(const cli_options *o)
{
    dossier *d;
    dossier_report r;
    cli_progress p;
    if (!o->args_len && !has_inbox(o)) {
        cli_say("usage: dossier add PATH... [OPTION...]");
        return CLI_USAGE;
    }
    int status = cli_open(o, DOSSIER_WRITE, &d);
    if (status != CLI_DONE)
        return status;
    cli_progress_begin(&p);
    dossier_status st = dossier_add(d, o->args, o->args_len, cli_progress_tell, &p, &r);
    cli_progress_end(&p);
    if (st != DOSSIER_OK) {
        status = fail(d, st, &r, &p);
    } else if (r.stopped) {
        say_cut("stopped at", p.done, &p);
        status = CLI_STOPPED;
    } else {
        put_report(&r, !o->args_len);
        status = outcome(&r);
    }
    dossier_close(d);
    return status;
}
