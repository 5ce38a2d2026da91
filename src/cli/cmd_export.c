/* SPDX-License-Identifier: Apache-2.0 */
/* cmd_export.c - all of a story, to standard output or as files of a folder. */
#include "cli/internal.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

typedef struct target {
    const char *folder; /* NULL: standard output */
    const char *ending; /* "csv" */
    size_t tables;      /* so far */
    bool failed;        /* said */
} target;

/* Tables behind each other: a line with the name, the table, an empty line between. */
static int to_stdout(target *t, const char *name, const char *at, size_t len)
{
    if (strcmp(t->ending, "json") != 0)
        cli_putf("%s[%s]\n", t->tables++ ? "\n" : "", name);
    return cli_put(at, len);
}

static int say_failed(target *t, const char *path)
{
    cli_say("%s: %s", path, strerror(errno));
    t->failed = true;
    return -1;
}

/* Whole or not at all: what is there already stays until the new file is complete. */
static int to_file(target *t, const char *path, const char *part, const char *at, size_t len)
{
    FILE *f = fopen(part, "wb");
    if (!f)
        return say_failed(t, path);
    bool whole = fwrite(at, 1, len, f) == len;
    whole = fclose(f) == 0 && whole;
    if (whole && rename(part, path) == 0)
        return 0;
    say_failed(t, path);
    remove(part);
    return -1;
}

/* With the first table: a story that is not there leaves no folder. */
static int make_folder(target *t)
{
    struct stat is;
    if (t->tables++ || (stat(t->folder, &is) == 0 && S_ISDIR(is.st_mode)) ||
        mkdir(t->folder, 0777) == 0)
        return 0;
    return say_failed(t, t->folder);
}

static int put(const char *name, const char *at, size_t len, void *ctx)
{
    target *t = ctx;
    char *path = NULL, *part = NULL;
    int done = -1;
    if (!t->folder)
        return to_stdout(t, name, at, len);
    if (make_folder(t) != 0)
        return -1;
    if (asprintf(&path, "%s/%s.%s", t->folder, name, t->ending) < 0)
        return say_failed(t, t->folder);
    if (asprintf(&part, "%s.part", path) < 0)
        say_failed(t, path);
    else
        done = to_file(t, path, part, at, len);
    free(part);
    free(path);
    return done;
}

int cli_export(const cli_options *o)
{
    dossier *d;
    int64_t story;
    dossier_view v = cli_view(o);
    target t = {.folder = o->output, .ending = o->format == DOSSIER_JSON ? "json" : "csv"};
    int status = cli_read_story(o, &story);
    if (status == CLI_DONE)
        status = cli_open(o, DOSSIER_READ, &d);
    if (status != CLI_DONE)
        return status;
    dossier_status st = dossier_export(d, story, &v, put, &t);
    if (st != DOSSIER_OK)
        status = t.failed || (st == DOSSIER_IO && !t.folder) ? CLI_STORE : cli_fail(d, st);
    dossier_close(d);
    return status;
}
