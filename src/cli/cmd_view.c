/* SPDX-License-Identifier: Apache-2.0 */
/* cmd_view.c - stories, show, timeline, sources, similar, claims, questions, article: ask the library, print what it says. */
#include "cli/internal.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int print(dossier *d, dossier_status st, dossier_text *t)
{
    int status = st == DOSSIER_OK ? CLI_DONE : cli_fail(d, st);
    if (st == DOSSIER_OK)
        cli_put(t->at, t->len);
    dossier_text_free(t);
    dossier_close(d);
    return status;
}

int cli_read_story(const cli_options *o, int64_t *out)
{
    char *end;
    *out = 0;
    if (!o->args_len)
        return CLI_DONE;
    errno = 0;
    long long v = strtoll(o->args[0], &end, 10);
    if (errno || end == o->args[0] || *end || v <= 0) {
        cli_say("“%s” is no story; they are numbered (dossier stories)", o->args[0]);
        return CLI_USAGE;
    }
    *out = v;
    return CLI_DONE;
}

typedef dossier_status (*story_view)(dossier *d, int64_t story, const dossier_view *v,
                                     dossier_text *out);

static int view_story(const cli_options *o, story_view view, const dossier_view *v)
{
    dossier *d;
    dossier_text t = {NULL, 0};
    int64_t story;
    int status = cli_read_story(o, &story);
    if (status == CLI_DONE)
        status = cli_open(o, DOSSIER_READ, &d);
    if (status != CLI_DONE)
        return status;
    if (story && dossier_moved(d, story, &story) == DOSSIER_OK)
        cli_say("story %s is part of story %lld now", o->args[0], (long long)story);
    return print(d, view(d, story, v, &t), &t);
}

int cli_stories(const cli_options *o)
{
    dossier *d;
    dossier_text t = {NULL, 0};
    dossier_view v = cli_view(o);
    v.articles = o->articles;
    int status = cli_open(o, DOSSIER_READ, &d);
    return status == CLI_DONE ? print(d, dossier_stories(d, &v, &t), &t) : status;
}

int cli_show(const cli_options *o)
{
    dossier_view v = cli_view(o);
    return view_story(o, dossier_show, &v);
}

int cli_timeline(const cli_options *o)
{
    dossier_view v = cli_view(o);
    return view_story(o, dossier_timeline, &v);
}

int cli_sources(const cli_options *o)
{
    dossier_view v = cli_view(o);
    return view_story(o, dossier_sources, &v);
}

int cli_similar(const cli_options *o)
{
    dossier_view v = cli_view(o);
    return view_story(o, dossier_similar, &v);
}

int cli_claims(const cli_options *o)
{
    dossier_view v = cli_view(o);
    return view_story(o, dossier_claims, &v);
}

int cli_questions(const cli_options *o)
{
    dossier_view v = cli_view(o);
    v.measure = o->only;
    return view_story(o, dossier_questions, &v);
}

int cli_article(const cli_options *o)
{
    dossier *d;
    dossier_text t = {NULL, 0};
    dossier_view v = cli_view(o);
    int status = cli_open(o, DOSSIER_READ, &d);
    return status == CLI_DONE ? print(d, dossier_article(d, o->args[0], &v, &t), &t) : status;
}

/* Was a word that the shell left whole though it has blanks a phrase in quotes? 'a OR b' was not. */
static bool is_phrase(const char *word)
{
    return strpbrk(word, " \t") && !strpbrk(word, "\":") && !strstr(word, " OR ") &&
           !strstr(word, " | ");
}

/* WORDS as one query. */
static char *join_words(const char *const *words, size_t n)
{
    size_t len = 1, at = 0;
    for (size_t i = 0; i < n; i++)
        len += strlen(words[i]) + 3;
    char *all = calloc(len, 1);
    for (size_t i = 0; all && i < n; i++) {
        bool phrase = n > 1 && is_phrase(words[i]), none = phrase && *words[i] == '-';
        at += (size_t)snprintf(all + at, len - at, phrase ? "%s%s\"%s\"" : "%s%s%s", i ? " " : "",
                               none ? "-" : "", words[i] + none);
    }
    return all;
}

int cli_search(const cli_options *o)
{
    dossier *d;
    dossier_text t = {NULL, 0};
    dossier_view v = cli_view(o);
    char *query = join_words(o->args, o->args_len);
    const dossier_query q = {
        .query = query, .cursor = o->cursor, .newest = o->newest, .limit = o->limit};
    if (!query) {
        cli_say("dossier search: no memory left");
        return CLI_STORE;
    }
    int status = cli_open(o, DOSSIER_READ, &d);
    if (status == CLI_DONE)
        status = print(d, dossier_search(d, &q, &v, &t), &t);
    free(query);
    return status;
}
