/* SPDX-License-Identifier: Apache-2.0 */
/* assets.c - the pages: embedded ones, or those of a folder; each a finished answer from the start. */
#include "serve/internal.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

extern const char sv_openapi[];
extern const uint64_t sv_openapi_len;

/* A file of a page is no larger. */
#define ASSET_MAX ((off_t)16 << 20)
#define FOREVER "public, max-age=31536000, immutable"

static const char *type_of(const char *name)
{
    static const char *const types[][2] = {
        {".html", "text/html; charset=utf-8"},
        {".js", "text/javascript; charset=utf-8"},
        {".css", "text/css; charset=utf-8"},
        {".json", "application/json"},
        {".svg", "image/svg+xml"},
        {".png", "image/png"},
        {".ico", "image/x-icon"},
        {".woff2", "font/woff2"},
        {".txt", "text/plain; charset=utf-8"},
        {".webmanifest", "application/manifest+json"},
        {".map", "application/json"},
    };
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (ds_str_ends(ds_str_of(name), ds_str_of(types[i][0])))
            return types[i][1];
    return "application/octet-stream";
}

/* Names under assets/ hold a hash of the content: what they name never changes. */
static sv_kind kind_of(const sv_server *s, const char *name)
{
    bool named_by_content = strncmp(name, "assets/", 7) == 0;
    bool html = ds_str_ends(ds_str_of(name), DS_STR(".html"));
    return (sv_kind){.status = 200,
                     .type = type_of(name),
                     .cache_control = named_by_content     ? FOREVER
                                      : s->guard.has_token ? "private, no-cache"
                                                           : "no-cache",
                     .html = html,
                     .etag = true};
}

static bool add_page(sv_pages *p, const char *name, sv_answer *answer)
{
    sv_page *at = answer ? realloc(p->at, (p->len + 1) * sizeof *at) : NULL;
    char *path = NULL;
    if (!at || asprintf(&path, "/%s", name) < 0) {
        p->at = at ? at : p->at;
        sv_answer_drop(answer);
        return false;
    }
    p->at = at;
    p->at[p->len++] = (sv_page){path, answer};
    if (strcmp(name, "index.html") == 0)
        p->index = answer;
    return true;
}

static bool add_embedded(sv_server *s)
{
    for (const sv_asset *a = sv_embedded; a->name; a++) {
        sv_kind kind = kind_of(s, a->name);
        kind.type = a->type;
        if (!add_page(&s->pages, a->name,
                      sv_answer_of(s, kind, a->at, a->len, a->gzip, a->gzip_len, a->hash)))
            return false;
    }
    return true;
}

/* ---- a folder instead --------------------------------------------------------------------------------------------- */

static char *read_file(const char *path, size_t *len)
{
    struct stat st;
    FILE *f = fopen(path, "re");
    char *at = NULL;
    if (f && fstat(fileno(f), &st) == 0 && S_ISREG(st.st_mode) && st.st_size <= ASSET_MAX &&
        (at = malloc((size_t)st.st_size + 1)))
        *len = fread(at, 1, (size_t)st.st_size, f);
    if (f)
        fclose(f);
    return at;
}

/* The files of one folder, and of assets/ in it. */
static bool add_folder(sv_server *s, const char *folder, const char *prefix)
{
    DIR *dir = opendir(folder);
    bool good = dir != NULL;
    for (struct dirent *e; good && (e = readdir(dir));) {
        char path[4096], name[512];
        size_t len = 0;
        if (*e->d_name == '.')
            continue;
        snprintf(path, sizeof path, "%s/%s", folder, e->d_name);
        snprintf(name, sizeof name, "%s%s", prefix, e->d_name);
        if (!*prefix && strcmp(e->d_name, "assets") == 0) {
            good = add_folder(s, path, "assets/");
            continue;
        }
        char *at = read_file(path, &len);
        if (at)
            good = add_page(&s->pages, name, sv_answer_new(s, kind_of(s, name), at, len));
    }
    if (dir)
        closedir(dir);
    return good;
}

static int by_name(const void *a, const void *b)
{
    return strcmp(((const sv_page *)a)->name, ((const sv_page *)b)->name);
}

static sv_answer *no_pages(const sv_server *s)
{
    static const char text[] =
        "dossier: this build has no pages; the API is described at /api/openapi.json\n";
    sv_kind kind = {
        .status = 404, .type = "text/plain; charset=utf-8", .cache_control = "no-cache"};
    return sv_answer_of(s, kind, text, sizeof text - 1, NULL, 0, NULL);
}

bool sv_pages_open(sv_server *s, const char *folder, ds_serve_why *why)
{
    sv_pages *p = &s->pages;
    sv_kind kind = {
        .status = 200, .type = "application/json", .cache_control = "no-cache", .etag = true};
    char *copy = malloc(sv_openapi_len);
    if (copy)
        memcpy(copy, sv_openapi, sv_openapi_len);
    p->description = copy ? sv_answer_new(s, kind, copy, sv_openapi_len) : NULL;
    if (!p->description || !(folder ? add_folder(s, folder, "") : add_embedded(s))) {
        snprintf(why->text, sizeof why->text, "%s: cannot be read: %s", folder ? folder : "pages",
                 strerror(errno));
        return false;
    }
    if (!p->index && !add_page(p, "", no_pages(s)))
        return false;
    if (!p->index)
        p->index = p->at[p->len - 1].answer;
    qsort(p->at, p->len, sizeof *p->at, by_name);
    return true;
}

void sv_pages_free(sv_pages *p)
{
    for (size_t i = 0; i < p->len; i++) {
        sv_answer_drop(p->at[i].answer);
        free(p->at[i].name);
    }
    free(p->at);
    sv_answer_drop(p->description);
}

sv_answer *sv_pages_find(const sv_pages *p, ds_str path)
{
    for (size_t lo = 0, hi = p->len; lo < hi;) {
        size_t mid = (lo + hi) / 2;
        int c = ds_str_cmp(path, ds_str_of(p->at[mid].name));
        if (c == 0)
            return p->at[mid].answer;
        if (c < 0)
            hi = mid;
        else
            lo = mid + 1;
    }
    return NULL;
}
