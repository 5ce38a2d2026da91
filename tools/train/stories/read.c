/* SPDX-License-Identifier: Apache-2.0 */
/* read.c - articles of known story become marks, once, in a file: reading takes longer than all that follows. */
#include <jansson.h>
#include <stdlib.h>

#include "../files.h"
#include "engine/engine.h"
#include "intake/intake.h"
#include "stories.h"

typedef struct reader {
    ds_arena *kept, *arena;
    ds_lexicon *lex;
    ds_language *grammar;
    ds_extractor *extractor;
    FILE *out;
} reader;

static bool open_reader(reader *r)
{
    ds_err err = {0};
    r->kept = ds_arena_new(0, (size_t)1 << 30);
    r->arena = ds_arena_new(0, (size_t)1 << 30);
    bool ok = r->kept && r->arena &&
              ds_lexicon_open(r->kept, (ds_str){0}, &r->lex, &err) == DS_OK &&
              ds_language_open(r->kept, r->lex, &r->grammar, &err) == DS_OK &&
              ds_extractor_open(r->kept, r->lex, &r->extractor, &err) == DS_OK;
    if (!ok)
        fprintf(stderr, "train-stories: %s\n", err.what ? err.what : "no memory left");
    return ok;
}

/* The first of the names that the object has with text. */
static ds_str field(const json_t *o, const char *const *names)
{
    for (; *names; names++) {
        const json_t *v = json_object_get(o, *names);
        if (json_is_string(v) && json_string_length(v))
            return (ds_str){json_string_value(v), json_string_length(v)};
    }
    return (ds_str){0};
}

#define FIELD(o, ...) field(o, (const char *const[]){__VA_ARGS__, NULL})

static bool put(FILE *f, ds_str s)
{
    uint32_t n = (uint32_t)s.len;
    return fwrite(&n, sizeof n, 1, f) == 1 && (!n || fwrite(s.at, n, 1, f) == 1);
}

/* Marks of a page; absent where it is no article. */
static ds_str marks_of(reader *r, const json_t *o, ds_str text)
{
    ds_page page = {.name = FIELD(o, "id"),
                    .bytes = text,
                    .media = DS_STR("text/plain"),
                    .fetched = DS_DAY_NONE,
                    .came = DS_CAME_JSON_LINE,
                    .title = FIELD(o, "title"),
                    .publisher = FIELD(o, "source", "outlet"),
                    .url = FIELD(o, "url"),
                    .published = DS_DAY_NONE};
    ds_readings got;
    ds_str note, date = FIELD(o, "date", "pub_date");
    ds_err err = {0};
    page.sha256 = ds_sha256_hex(r->arena, text);
    if (date.at)
        ds_day_parse(date, &page.published);
    ds_status st =
        ds_read(r->arena, &page, r->extractor, NULL, r->lex, r->grammar, &got, &note, &err);
    if (st == DS_OK && got.len)
        return got.at[0].marks;
    fprintf(stderr, "train-stories: %.*s: %s\n", DS_FMT(page.name),
            err.what ? err.what : "no article");
    return (ds_str){0};
}

/* Of a text without a title its first line stands for one. */
static ds_str headline_of(const json_t *o)
{
    ds_str title = FIELD(o, "title"), text = FIELD(o, "text");
    if (title.len || !text.len)
        return title;
    const char *end = memchr(text.at, '\n', text.len);
    return end && end > text.at ? ds_str_cut(text, 0, (size_t)(end - text.at)) : text;
}

static bool read_line(reader *r, ds_str set, const char *line, size_t len)
{
    json_t *o = json_loadb(line, len, 0, NULL);
    if (!o)
        return false;
    ds_str title = headline_of(o), text = FIELD(o, "text");
    ds_str id = FIELD(o, "id"), story = FIELD(o, "story", "id"),
           group = FIELD(o, "group", "story", "id");
    ds_arena_reset(r->arena);
    ds_str whole = marks_of(r, o, text.len ? text : title);
    json_object_set_new(o, "title", json_stringn(title.at, title.len));
    title = FIELD(o, "title"); /* the one before is gone */
    ds_str head = marks_of(r, o, title);
    bool ok = true;
    if (whole.at && head.at)
        ok = put(r->out, set) && put(r->out, id) && put(r->out, story) && put(r->out, group) &&
             put(r->out, whole) && put(r->out, head);
    json_decref(o);
    return ok;
}

static bool read_file(reader *r, ds_str set, const char *path)
{
    ds_str all = train_slurp(r->kept, path);
    bool ok = all.at != NULL;
    for (size_t beg = 0, n; ok && beg < all.len; beg += n + 1) {
        const char *end = memchr(all.at + beg, '\n', all.len - beg);
        n = end ? (size_t)(end - all.at) - beg : all.len - beg;
        ok = n == 0 || read_line(r, set, all.at + beg, n);
    }
    if (!ok)
        fprintf(stderr, "train-stories: %s: cannot be read, or not JSON lines\n", path);
    return ok;
}

int st_read(const char *out, char **args, int n)
{
    reader r = {0};
    bool ok = open_reader(&r);
    r.out = ok ? fopen(out, "wb") : NULL;
    for (int i = 0; r.out && ok && i < n; i++) {
        const char *eq = strchr(args[i], '=');
        ok = eq && read_file(&r, (ds_str){args[i], (size_t)(eq - args[i])}, eq + 1);
    }
    ok = ok && r.out;
    if (r.out && fclose(r.out))
        ok = false;
    ds_lexicon_close(r.lex);
    ds_arena_free(r.arena);
    ds_arena_free(r.kept);
    return !ok;
}

static bool take(ds_str all, size_t *at, ds_str *out)
{
    uint32_t n;
    if (all.len - *at < sizeof n)
        return false;
    memcpy(&n, all.at + *at, sizeof n);
    *at += sizeof n;
    if (all.len - *at < n)
        return false;
    *out = (ds_str){all.at + *at, n};
    *at += n;
    return true;
}

bool st_load(ds_arena *a, const char *path, st_docs *out)
{
    ds_str all = train_slurp(a, path), whole, head;
    bool ok = all.at != NULL;
    for (size_t at = 0; ok && at < all.len;) {
        st_doc d;
        ok = take(all, &at, &d.set) && take(all, &at, &d.id) && take(all, &at, &d.story) &&
             take(all, &at, &d.group) && take(all, &at, &whole) && take(all, &at, &head) &&
             ds_story_marks_get(a, whole, &d.marks, NULL) == DS_OK &&
             ds_story_marks_get(a, head, &d.title, NULL) == DS_OK && DS_PUSH(a, out, d) == DS_OK;
    }
    if (!ok)
        fprintf(stderr, "train-stories: %s: not a file of marks\n", path);
    return ok;
}
