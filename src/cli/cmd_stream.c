/* SPDX-License-Identifier: Apache-2.0 */
/* cmd_stream.c - read, annotate and parse: lines to standard output as they come, no store. */
#include "cli/internal.h"

static int to_stdout(const char *at, size_t len, void *ctx)
{
    (void)ctx;
    return cli_put(at, len);
}

static int outcome(const dossier *d, dossier_status st, const dossier_report *r)
{
    if (st == DOSSIER_IO)
        return CLI_DONE; /* standard output: the flush at the end says it */
    if (st != DOSSIER_OK)
        return cli_fail(d, st);
    if (r->stopped)
        return CLI_STOPPED;
    bool only_empty = r->failed == r->no_pages && !r->pages;
    if (r->failed && !only_empty)
        return CLI_SOME_FAILED;
    return r->articles ? CLI_DONE : CLI_NOTHING;
}

int cli_read(const cli_options *o)
{
    dossier *d;
    dossier_report r = {0};
    cli_progress p;
    dossier_view v = cli_view(o);
    int status = cli_open(o, DOSSIER_NO_STORE, &d);
    if (status != CLI_DONE)
        return status;
    cli_progress_begin(&p);
    dossier_status st =
        dossier_read(d, o->args, o->args_len, &v, to_stdout, cli_progress_tell, &p, &r);
    cli_progress_end(&p);
    status = outcome(d, st, &r);
    dossier_close(d);
    return status;
}

int cli_profile(const cli_options *o)
{
    dossier *d;
    dossier_report r = {0};
    dossier_text t = {NULL, 0};
    cli_progress p;
    int status = cli_open(o, DOSSIER_NO_STORE, &d);
    if (status != CLI_DONE)
        return status;
    cli_progress_begin(&p);
    dossier_status st = dossier_profile(d, o->args, o->args_len, cli_progress_tell, &p, &r, &t);
    cli_progress_end(&p);
    status = outcome(d, st, &r);
    if (st == DOSSIER_OK && !r.stopped)
        cli_put(t.at, t.len);
    dossier_text_free(&t);
    dossier_close(d);
    return status;
}

int cli_annotate(const cli_options *o)
{
    dossier *d;
    dossier_report r = {0};
    cli_progress p;
    int status = cli_open(o, DOSSIER_NO_STORE, &d);
    if (status != CLI_DONE)
        return status;
    cli_progress_begin(&p);
    dossier_status st = dossier_annotate(d, o->args, o->args_len, o->layers, o->chars, to_stdout,
                                         cli_progress_tell, &p, &r);
    cli_progress_end(&p);
    status = outcome(d, st, &r);
    dossier_close(d);
    return status;
}

int cli_parse_texts(const cli_options *o)
{
    dossier *d;
    dossier_report r = {0};
    cli_progress p;
    const dossier_parsing how = {o->input, o->tags_only};
    int status = cli_open(o, DOSSIER_NO_STORE, &d);
    if (status != CLI_DONE)
        return status;
    cli_progress_begin(&p);
    dossier_status st =
        dossier_parse(d, o->args, o->args_len, &how, to_stdout, cli_progress_tell, &p, &r);
    cli_progress_end(&p);
    status = outcome(d, st, &r);
    dossier_close(d);
    return status;
}
