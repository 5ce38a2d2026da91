/* SPDX-License-Identifier: Apache-2.0 */
/* watch.c - looks at the store several times a second: whether it changed, and what is new in it. */
#include "serve/internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

/* Numbers by number, open addressing; 0 is no key. */
typedef struct numbers {
    struct {
        uint64_t key, value;
    } * at;
    size_t len, cap; /* cap: a power of two, or 0 */
} numbers;

typedef struct seen {
    int64_t story;
    uint64_t stamp; /* hash of it */
} seen;
typedef struct seen_list {
    seen *at;
    size_t len, cap;
} seen_list;

struct sv_watch {
    sv_server *server;
    dossier *d;
    dev_t device;
    ino_t file;
    int64_t version, last_article;
    int64_t news_ms;       /* when it was last looked for */
    bool compared;         /* there is something to compare with */
    bool due;              /* the store changed since */
    seen_list before, now; /* all stories, by number */
    numbers figures;       /* by question: hash of what it says */
    bool failed;
    dossier_inbox *inbox; /* NULL: there is none yet */
    int64_t inbox_ms;
};

/* ---- numbers ------------------------------------------------------------------------------------------------------- */

static size_t place(const numbers *n, uint64_t key)
{
    size_t i = (size_t)(key * 0x9E3779B97F4A7C15u) & (n->cap - 1);
    while (n->at[i].key && n->at[i].key != key)
        i = (i + 1) & (n->cap - 1);
    return i;
}

static bool widen(numbers *n)
{
    numbers wide = {.cap = n->cap ? n->cap * 2 : 1024};
    wide.at = calloc(wide.cap, sizeof *wide.at);
    if (!wide.at)
        return false;
    for (size_t i = 0; i < n->cap; i++)
        if (n->at[i].key)
            wide.at[place(&wide, n->at[i].key)] = n->at[i];
    wide.len = n->len;
    free(n->at);
    *n = wide;
    return true;
}

/* Sets it; true when it was another value, or none. */
static bool put(numbers *n, uint64_t key, uint64_t value)
{
    key = key ? key : 1;
    if (n->len * 4 >= n->cap * 3 && !widen(n))
        return false;
    size_t i = place(n, key);
    bool same = n->at[i].key && n->at[i].value == value;
    n->len += !n->at[i].key;
    n->at[i].key = key;
    n->at[i].value = value;
    return !same;
}

/* ---- what is new ----------------------------------------------------------------------------------------------------- */

static int on_story(int64_t story, const char *stamp, void *ctx)
{
    seen_list *l = &((sv_watch *)ctx)->now;
    if (l->len == l->cap) {
        size_t cap = l->cap ? l->cap * 2 : 1024;
        seen *at = realloc(l->at, cap * sizeof *at);
        if (!at)
            return 1;
        l->at = at;
        l->cap = cap;
    }
    l->at[l->len++] = (seen){story, ds_hash(ds_str_of(stamp), 0)};
    return 0;
}

static int on_figure(int64_t story, uint64_t question, uint64_t value, void *ctx)
{
    sv_watch *w = ctx;
    (void)story;
    put(&w->figures, question, value);
    return 0;
}

/* event, story, name, value: a figure is told only when it changed. */
static int on_news(const char *event, int64_t story, uint64_t name, uint64_t value,
                   const char *json, void *ctx)
{
    sv_watch *w = ctx;
    bool figure = strcmp(event, "figure") == 0;
    if (!figure || put(&w->figures, name, value))
        sv_hub_put(w->server, event, story, json);
    return 0;
}

static void tell_story(sv_watch *w, int64_t story, const char *change)
{
    char json[160];
    if (*change != 'g') {
        dossier_story_news(w->d, story, change, w->last_article, on_news, w);
        return;
    }
    snprintf(
        json, sizeof json,
        "{\"story\":%lld,\"title\":null,\"pages\":0,\"figures\":0,\"flags\":0,\"change\":\"gone\"}",
        (long long)story);
    sv_hub_put(w->server, "story", story, json);
}

/* The next story that differs between the two lists, which go by number; NULL: none does. */
static const char *next_change(const sv_watch *w, size_t *i, size_t *k, int64_t *story)
{
    const seen_list *old = &w->before, *now = &w->now;
    while (*i < old->len || *k < now->len) {
        bool gone = *k == now->len || (*i < old->len && old->at[*i].story < now->at[*k].story);
        bool fresh = !gone && (*i == old->len || now->at[*k].story < old->at[*i].story);
        bool same = !gone && !fresh && old->at[*i].stamp == now->at[*k].stamp;
        *story = gone ? old->at[*i].story : now->at[*k].story;
        *i += !fresh;
        *k += !gone;
        if (!same)
            return gone ? "gone" : fresh ? "new" : "changed";
    }
    return NULL;
}

/* More than streams can be told of one by one: they load everything anew. */
static bool is_much(const sv_watch *w)
{
    size_t i = 0, k = 0, n = 0;
    int64_t story;
    while (n <= SV_NEWS_MOST && next_change(w, &i, &k, &story))
        n++;
    return n > SV_NEWS_MOST;
}

static void tell(sv_watch *w)
{
    size_t i = 0, k = 0;
    int64_t story;
    if (is_much(w)) {
        dossier_each_figure(w->d, on_figure, w);
        sv_hub_put(w->server, "reset", 0, "{}");
        return;
    }
    for (const char *change; (change = next_change(w, &i, &k, &story));)
        tell_story(w, story, change);
}

static void look_for_news(sv_watch *w, int64_t last_article)
{
    w->now.len = 0;
    if (dossier_each_story(w->d, on_story, w) != DOSSIER_OK)
        return;
    if (w->compared)
        tell(w);
    else
        dossier_each_figure(w->d, on_figure, w);
    seen_list spare = w->before;
    w->before = w->now;
    w->now = spare;
    w->compared = true;
    w->last_article = last_article;
    w->due = false;
}

/* ---- the store --------------------------------------------------------------------------------------------------------- */

static void forget(sv_watch *w)
{
    dossier_close(w->d);
    w->d = NULL;
    w->version = -1;
}

/* Another file under the name, or none: all that is open is of a store that is gone. */
static void look_at_file(sv_watch *w)
{
    sv_server *s = w->server;
    struct stat st = {0};
    bool there = stat(s->options->db, &st) == 0;
    if ((there ? st.st_ino : 0) == w->file && (there ? st.st_dev : 0) == w->device)
        return;
    w->file = there ? st.st_ino : 0;
    w->device = there ? st.st_dev : 0;
    forget(w);
    atomic_fetch_add(&s->epoch, 1);
    atomic_fetch_add(&s->revision, 1);
}

static bool open_store(sv_watch *w)
{
    const dossier_options o = {.db = w->server->options->db, .jobs = 1};
    if (w->d)
        return true;
    dossier_status st = w->file ? dossier_open(&o, DOSSIER_READ, &w->d) : DOSSIER_NOTHING;
    if (st == DOSSIER_OK)
        return true;
    if (st != DOSSIER_NOTHING && !w->failed)
        sv_say("%s", dossier_error(w->d));
    w->failed = st != DOSSIER_NOTHING;
    w->compared = w->compared || st == DOSSIER_NOTHING; /* with nothing: all that comes is new */
    atomic_store(&w->server->store, st == DOSSIER_NOTHING ? 0 : -1);
    forget(w);
    return false;
}

static void look_inside(sv_watch *w)
{
    sv_server *s = w->server;
    dossier_sizes n = {0};
    int64_t version = 0;
    if (dossier_revision(w->d, &version) != DOSSIER_OK) {
        atomic_store(&s->store, -1);
        forget(w);
        return;
    }
    if (version != w->version && dossier_sizes_of(w->d, &n) == DOSSIER_OK) {
        atomic_store(&s->articles, n.articles);
        atomic_store(&s->stories, n.stories);
        atomic_fetch_add(&s->revision, 1);
        w->version = version;
        w->due = true;
    }
    atomic_store(&s->store, 1);
    w->failed = false;
    int64_t now = sv_now_ms();
    if (w->due && now - w->news_ms >= SV_NEWS_MS && dossier_sizes_of(w->d, &n) == DOSSIER_OK) {
        w->news_ms = now;
        look_for_news(w, n.last_article);
    }
}

static void look_at_inbox(sv_watch *w)
{
    int64_t waiting = 0, now = sv_now_ms();
    if (now - w->inbox_ms < SV_NEWS_MS)
        return;
    w->inbox_ms = now;
    if (!w->inbox && dossier_inbox_open(w->server->options->db, false, &w->inbox) != DOSSIER_OK) {
        dossier_inbox_close(w->inbox);
        w->inbox = NULL;
        return;
    }
    if (dossier_inbox_waiting(w->inbox, &waiting) == DOSSIER_OK)
        atomic_store(&w->server->waiting, waiting);
}

void sv_watch_look(sv_watch *w)
{
    look_at_file(w);
    look_at_inbox(w);
    if (open_store(w))
        look_inside(w);
}

sv_watch *sv_watch_new(sv_server *s)
{
    sv_watch *w = calloc(1, sizeof *w);
    if (w)
        *w = (sv_watch){.server = s, .version = -1, .news_ms = -SV_NEWS_MS};
    return w;
}

void sv_watch_free(sv_watch *w)
{
    if (!w)
        return;
    dossier_close(w->d);
    dossier_inbox_close(w->inbox);
    free(w->before.at);
    free(w->now.at);
    free(w->figures.at);
    free(w);
}
