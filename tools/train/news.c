/* SPDX-License-Identifier: Apache-2.0 */
/* news.c - plain English paragraphs out of collections of articles, for learning without labels.
 *
 * A paragraph is one line of an article, white space folded. It is left out if it came before (same words), if it has
 * fewer than WORDS_LEAST words, or if WORDS_RUN words of it in a row stand in a text that must not be learned from (a
 * shorter one: all its words). Words are compared in lower case, without punctuation. */
#include <jansson.h>

#include "train.h"

enum { WORDS_LEAST = 4, WORDS_RUN = 8 };

typedef struct news {
    ds_arena *a;     /* of the maps and their keys */
    ds_map *without; /* hashes of runs of words, and of all words of shorter lines */
    ds_map *seen;    /* hashes of paragraphs */
    FILE *out;       /* NULL: lines are for `without` */
    size_t paragraphs, words, repeats, shared, foreign;
} news;

/* ---- words ------------------------------------------------------------------------------------- */

typedef struct hashes { /* of the words of one line */
    uint64_t *at;
    size_t len;
} hashes;

static bool word_byte(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c < 0;
}

static hashes words_of(ds_arena *a, ds_str line)
{
    hashes h = {ds_arena_raw(a, (line.len / 2 + 1) * sizeof *h.at), 0};
    ds_str low = ds_ascii_lower(a, line);
    for (size_t i = 0; h.at && low.at && i < low.len;) {
        size_t beg = i;
        while (i < low.len && word_byte(low.at[i]))
            i++;
        if (i > beg)
            h.at[h.len++] = ds_hash(ds_str_cut(low, beg, i), 0);
        else
            i++;
    }
    return h;
}

static ds_str bytes_of(const uint64_t *at, size_t len)
{
    return (ds_str){(const char *)at, len * sizeof *at};
}

static bool put(news *n, ds_map *m, uint64_t hash)
{
    ds_str key = ds_arena_str(n->a, bytes_of(&hash, 1));
    return key.at && ds_map_put(m, key, 1) == DS_OK;
}

static bool has(const ds_map *m, uint64_t hash)
{
    uint64_t v;
    return ds_map_get(m, bytes_of(&hash, 1), &v) == DS_OK;
}

/* Hash of the i-th run of words of a line: all of them where there are no more than WORDS_RUN. */
static size_t runs_len(hashes h)
{
    return h.len > WORDS_RUN ? h.len - WORDS_RUN + 1 : 1;
}

static uint64_t run_at(hashes h, size_t i)
{
    return ds_hash(bytes_of(h.at + i, h.len > WORDS_RUN ? WORDS_RUN : h.len), 1);
}

static bool shares(const news *n, hashes h)
{
    for (size_t i = 0; i < runs_len(h); i++)
        if (has(n->without, run_at(h, i)))
            return true;
    return false;
}

/* ---- lines --------------------------------------------------------------------------------------- */

/* White space and control characters folded to one space. */
static ds_str folded(ds_arena *a, ds_str line)
{
    ds_buf b = ds_buf_new(a);
    bool gap = false;
    for (size_t i = 0; i < line.len;) {
        size_t beg = i;
        uint32_t c = ds_utf8_next(line, &i);
        bool space = c <= ' ' || (c >= 0x7F && c <= 0xA0) || c == 0x200B || c == 0xFEFF;
        if (!space && gap && b.len)
            ds_buf_putc(&b, ' ');
        if (!space)
            ds_buf_put(&b, ds_str_cut(line, beg, i));
        gap = space;
    }
    return ds_buf_str(&b);
}

static bool take_line(news *n, ds_arena *a, ds_str line)
{
    ds_str text = folded(a, line);
    hashes h = words_of(a, text);
    uint64_t all = ds_hash(bytes_of(h.at, h.len), 2);
    if (!text.at || !h.at)
        return false;
    if (!n->out) {
        for (size_t i = 0; i < runs_len(h); i++)
            if (h.len && !put(n, n->without, run_at(h, i)))
                return false;
        return true;
    }
    bool again = has(n->seen, all), shared = !again && h.len >= WORDS_LEAST && shares(n, h);
    n->repeats += again;
    n->shared += shared;
    if (again || shared || h.len < WORDS_LEAST)
        return true;
    n->paragraphs++;
    n->words += h.len;
    return put(n, n->seen, all) && fprintf(n->out, "%.*s\n", DS_FMT(text)) > 0;
}

static bool take_text(news *n, ds_arena *a, ds_str text)
{
    if (ds_utf8_check(text, NULL) != DS_OK)
        return true;
    for (size_t i = 0; i < text.len; i++) {
        size_t beg = i;
        while (i < text.len && text.at[i] != '\n')
            i++;
        if (!take_line(n, a, ds_str_cut(text, beg, i)))
            return false;
    }
    return true;
}

/* ---- files --------------------------------------------------------------------------------------- */

static ds_str field(const json_t *o, const char *name)
{
    return ds_str_of(json_string_value(json_object_get(o, name)));
}

/* The title stands first, as on its page. A headline alone is too short to be told from other languages. */
static bool take_article(news *n, const json_t *o)
{
    static const char *const names[] = {"title", "text", "articleBody"};
    DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, (size_t)1 << 30);
    ds_buf b = ds_buf_new(a);
    size_t body = 0;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        ds_str s = field(o, names[i]);
        body += i && s.len;
        ds_buf_put(&b, s.at ? s : DS_STR(""));
        ds_buf_putc(&b, '\n');
    }
    ds_str text = ds_buf_str(&b);
    bool foreign = n->out && body && !ds_str_eq(ds_text_language(text), DS_STR("en"));
    n->foreign += foreign;
    return text.at && (foreign || take_text(n, a, text));
}

/* One object a line. */
static bool take_json_lines(news *n, ds_str text)
{
    for (size_t i = 0; i < text.len; i++) {
        size_t beg = i;
        while (i < text.len && text.at[i] != '\n')
            i++;
        json_t *o = json_loadb(text.at + beg, i - beg, JSON_ALLOW_NUL, NULL);
        bool ok = o && take_article(n, o);
        json_decref(o);
        if (!ok)
            return false;
    }
    return true;
}

/* {id: article}, in the order of the file. */
static bool take_json(news *n, ds_str text)
{
    json_t *all = json_loadb(text.at, text.len, JSON_ALLOW_NUL, NULL), *o;
    const char *id;
    bool ok = json_is_object(all);
    json_object_foreach(all, id, o) ok = ok && take_article(n, o);
    json_decref(all);
    return ok;
}

/* The "# text = " lines of CoNLL-U, or any lines. */
static bool take_lines(news *n, ds_str text, ds_str prefix)
{
    for (size_t i = 0; i < text.len; i++) {
        size_t beg = i;
        while (i < text.len && text.at[i] != '\n')
            i++;
        DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, (size_t)1 << 30);
        ds_str line = ds_str_cut(text, beg, i);
        if (ds_str_starts(line, prefix) && !take_line(n, a, ds_str_cut(line, prefix.len, line.len)))
            return false;
    }
    return true;
}

static bool take_file(news *n, const char *path)
{
    DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, (size_t)1 << 30);
    ds_str text = train_slurp(a, path), name = ds_str_of(path);
    bool ok = text.at &&
              (ds_str_ends(name, DS_STR(".jsonl"))    ? take_json_lines(n, text)
               : ds_str_ends(name, DS_STR(".json"))   ? take_json(n, text)
               : ds_str_ends(name, DS_STR(".conllu")) ? take_lines(n, text, DS_STR("# text = "))
                                                      : take_lines(n, text, DS_STR("")));
    if (!ok)
        fprintf(stderr, "train: %s: cannot be read\n", path);
    return ok;
}

int train_news(const char *out, char **args, int args_n)
{
    DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, (size_t)1 << 30);
    news n = {.a = a, .without = ds_map_new(a, 0), .seen = ds_map_new(a, 0)};
    bool ok = n.without && n.seen;
    int split = 0;
    while (split < args_n && strcmp(args[split], "--") != 0)
        split++;
    for (int i = 0; ok && i < split; i++)
        ok = take_file(&n, args[i]);
    n.out = fopen(out, "w");
    for (int i = split + 1; ok && n.out && i < args_n; i++)
        ok = take_file(&n, args[i]);
    if (!n.out || fclose(n.out) || !ok) {
        fprintf(stderr, "train: %s: cannot be written\n", out);
        return 1;
    }
    fprintf(stderr,
            "train: %zu words in %zu paragraphs; left out: %zu that came before, %zu that share "
            "words with texts kept for "
            "measuring, %zu articles in other languages\n",
            n.words, n.paragraphs, n.repeats, n.shared, n.foreign);
    return 0;
}
