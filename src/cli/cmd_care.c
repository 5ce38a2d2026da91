/* SPDX-License-Identifier: Apache-2.0 */
/* cmd_care.c - verify and remove. */
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
