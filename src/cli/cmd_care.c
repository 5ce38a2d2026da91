/* SPDX-License-Identifier: Apache-2.0 */
/* cmd_care.c - verify, remove and reread. */
#include "cli/internal.h"

int cli_verify(const cli_options *o)
{
    dossier *d;
    dossier_text t = {NULL, 0};
    char digest[65] = "";
    int status = cli_open(o, DOSSIER_READ, &d);
    if (status != CLI_DONE)
        return status;
    dossier_status st = dossier_verify(d, digest, &t);
    if (t.at)
        cli_put(t.at, t.len);
    if (st != DOSSIER_OK)
        status = cli_fail(d, st);
    else
        cli_putf("%s\n", o->digest
                             ? digest
                             : "nothing wrong: pages, spans, claims and stories hold together");
    dossier_text_free(&t);
    dossier_close(d);
    return status;
}

int cli_remove(const cli_options *o)
{
    dossier *d;
    int status = cli_open(o, DOSSIER_WRITE, &d);
    if (status != CLI_DONE)
        return status;
    dossier_status st = dossier_remove(d, o->args[0]);
    if (st == DOSSIER_OK)
        cli_putf("removed %s\n", o->args[0]);
    else
        status = cli_fail(d, st);
    dossier_close(d);
    return status;
}

static void put_count(const char *before, size_t n, const char *one, const char *many)
{
    char at[CLI_COUNT];
    cli_putf("%s%s %s", before, cli_count(at, n), n == 1 ? one : many);
}

static int put_reread(const dossier_report *r, const cli_progress *p)
{
    char at[CLI_COUNT], of[CLI_COUNT];
    if (r->stopped) {
        cli_say("stopped at %s of %s pages.\nRun it again to go on; until then what is printed is "
                "as it was.",
                cli_count(at, p->done), cli_count(of, p->total));
        return CLI_STOPPED;
    }
    put_count("read ", r->pages, "page", "pages");
    put_count(": ", r->articles, "article", "articles");
    put_count(", ", r->figures, "figure", "figures");
    put_count(", ", r->stories, "story", "stories");
    if (r->failed)
        put_count("; ", r->failed, "page failed", "pages failed");
    cli_putf("\n");
    return r->failed ? CLI_SOME_FAILED : CLI_DONE;
}

int cli_reread(const cli_options *o)
{
    dossier *d;
    dossier_report r;
    cli_progress p;
    int status = cli_open(o, DOSSIER_WRITE, &d);
    if (status != CLI_DONE)
        return status;
    cli_progress_begin(&p);
    dossier_status st = dossier_reread(d, cli_progress_tell, &p, &r);
    cli_progress_end(&p);
    status = st == DOSSIER_OK ? put_reread(&r, &p) : cli_fail(d, st);
    dossier_close(d);
    return status;
}
