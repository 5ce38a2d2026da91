/* SPDX-License-Identifier: Apache-2.0 */
#include <jansson.h>
#include <math.h>

#include "train.h"

#define GRAM 4          /* words in a row that are looked for in the gold text */
#define LEAST_WORDS 100 /* shorter gold texts weigh as if they had so many words */
#define LEAST_WEIGHT 0.001
#define PAGE_ARENA ((size_t)1 << 30)

static bool next_word(ds_str s, size_t *i, uint64_t *hash)
{
    while (*i < s.len && !ext_is_alnum((unsigned char)s.at[*i]))
        ++*i;
    size_t beg = *i;
    uint64_t h = 14695981039346656037ull;
    for (; *i < s.len && ext_is_alnum((unsigned char)s.at[*i]); ++*i)
        h = (h ^ (unsigned char)s.at[*i]) * 1099511628211ull;
    *hash = h ^ h >> 29;
    return *i > beg;
}

typedef struct gold {
    ds_map *grams, *lines;
    uint32_t words;
} gold;

static uint64_t put(ds_map *m, uint64_t key, ds_arena *a)
{
    uint64_t *copy = ds_arena_alloc(a, sizeof key);
    *copy = key;
    return ds_map_put(m, (ds_str){(const char *)copy, sizeof key}, 1) == DS_OK;
}

static bool has(ds_map *m, uint64_t key)
{
    return ds_map_get(m, (ds_str){(const char *)&key, sizeof key}, &(uint64_t){0}) == DS_OK;
}

static uint64_t gram(const uint64_t last[GRAM])
{
    uint64_t h = 0;
    for (int k = 0; k < GRAM; k++)
        h = (h ^ last[k]) * 0x9E3779B97F4A7C15ull;
    return h;
}

static void push(uint64_t last[GRAM], uint64_t h)
{
    memmove(last, last + 1, (GRAM - 1) * sizeof *last);
    last[GRAM - 1] = h;
}

static gold read_gold(ds_arena *a, ds_str text)
{
    gold g = {ds_map_new(a, 0), ds_map_new(a, 0), 0};
    uint64_t last[GRAM] = {0}, h;
    for (size_t i = 0; next_word(text, &i, &h);) {
        push(last, h);
        if (++g.words >= GRAM)
            put(g.grams, gram(last), a);
    }
    for (size_t i = 0; i < text.len;) {
        size_t end = i;
        while (end < text.len && text.at[end] != '\n')
            end++;
        put(g.lines, html_text_hash(ds_str_cut(text, i, end)), a);
        i = end + 1;
    }
    return g;
}

/* Share of the block that is in the gold text; short blocks must be a line of it. */
static double share(const gold *g, ds_str text)
{
    uint64_t last[GRAM] = {0}, h;
    uint32_t n = 0, in = 0;
    for (size_t i = 0; next_word(text, &i, &h);) {
        push(last, h);
        in += ++n >= GRAM && has(g->grams, gram(last));
    }
    if (n < GRAM)
        return has(g->lines, html_text_hash(text));
    return (double)in / (n - GRAM + 1);
}

/* The registered part of a host, roughly: its last two labels, three under "co.uk" and the like. */
static unsigned fold_of(const char *url, unsigned folds)
{
    const char *p = strstr(url, "://");
    ds_str host = ds_str_of(p ? p + 3 : url);
    size_t n = 0;
    while (n < host.len && host.at[n] != '/' && host.at[n] != ':' && host.at[n] != '?')
        n++;
    host = ds_str_cut(host, 0, n);
    size_t from = n, dots = 0, label = 0;
    for (; from > 0; from--, label++) {
        if (host.at[from - 1] != '.')
            continue;
        dots++;
        if (dots >= 2 && (dots > 2 || label > 3))
            break;
        label = dots == 1 ? 0 : label;
        label -= label > 0;
    }
    return (unsigned)(ds_hash(ds_str_cut(host, from, n), 7) % folds);
}

typedef struct reader {
    ds_arena *keep;
    const ds_extractor *x;
    const train_kind *kind;
    train_rows *out;
    train_row like; /* what all rows of the page share */
} reader;

static bool add_row(reader *r, const ext_page *p, const gold *g, uint32_t i, const int16_t *f)
{
    const ext_block *b = &p->blocks.at[i];
    train_row row = r->like;
    double share_of = (double)b->words / (g->words > LEAST_WORDS ? g->words : LEAST_WORDS);
    row.words = b->words;
    memcpy(row.f, f, (size_t)r->kind->of->len * sizeof *f);
    row.text = share(g, ext_text(p, b)) >= 0.5;
    row.weight = sqrt(share_of > 1 ? 1 : share_of < LEAST_WEIGHT ? LEAST_WEIGHT : share_of);
    return DS_PUSH(r->keep, r->out, row) >= 0;
}

static bool read_blocks(reader *r, ext_page *p, const gold *g)
{
    ds_str note = {0};
    block_row *rows;
    if (html_prepare(p, &note) < 0 || html_features(p, &rows) < 0)
        return false;
    for (uint32_t i = 0; i < p->content; i++)
        if (rows[i].gate && !add_row(r, p, g, i, rows[i].f))
            return false;
    r->like.page++;
    return true;
}

static bool read_lines(reader *r, ext_page *p, const gold *g)
{
    ext_drafts drafts = {0};
    line_row *rows;
    if (ext_plain_blocks(p) < 0)
        return false;
    ext_label_blocks(p);
    if (ext_segment(p, &drafts) < 0 || line_rows(p, &drafts, &rows) < 0)
        return false;
    for (uint32_t i = 0; i < p->blocks.len; i++)
        if (rows[i].gate && !add_row(r, p, g, i, rows[i].f))
            return false;
    r->like.page++;
    return true;
}

static bool read_page(reader *r, ds_arena *a, ds_str bytes, const gold *g)
{
    for (int gaps = 0; gaps < 1 + r->kind->lines; gaps++) {
        ext_page p = {.arena = a, .words = r->x->words, .model = r->x->model};
        ds_page in = {.bytes = bytes, .fetched = DS_DAY_NONE, .published = DS_DAY_NONE};
        ds_str note = {0};
        bool html = !r->kind->lines;
        if (r->kind->lines && train_render(a, bytes, gaps, &in.bytes) < 0)
            return false;
        p.in = &in;
        if (ext_open(&p, &html, &note, NULL) < 0 ||
            !(r->kind->lines ? read_lines : read_blocks)(r, &p, g))
            return false;
    }
    return true;
}

bool train_show(ds_arena *a, const ds_lexicon *lex, const char *path, const char *page)
{
    ds_extractor *x;
    const char *slash = strrchr(page, '/'), *name = slash ? slash + 1 : page;
    ds_str id = ds_arena_printf(a, "%.*s", (int)strcspn(name, "."), name),
           bytes = train_slurp(a, page), note = {0};
    json_t *all = json_load_file(path, 0, NULL);
    const char *body =
        json_string_value(json_object_get(json_object_get(all, id.at), "articleBody"));
    ds_page in = {.bytes = bytes, .fetched = DS_DAY_NONE, .published = DS_DAY_NONE};
    bool html = true;
    block_row *rows;
    if (!body || ds_extractor_open(a, lex, &x, NULL) < 0)
        return false;
    ext_page p = {.arena = a, .in = &in, .words = x->words, .model = x->model};
    if (ext_open(&p, &html, &note, NULL) < 0 || html_prepare(&p, &note) < 0 ||
        html_features(&p, &rows) < 0)
        return false;
    gold g = read_gold(a, ds_str_of(body));
    printf("headline %lld, named %u, scored %u, prose %u\n", (long long)p.headline, p.root_named,
           p.root_scored, p.prose[p.content]);
    for (uint32_t i = 0; i < p.content; i++) {
        static const int16_t none[BF_COUNT];
        const int16_t *f = rows[i].gate ? rows[i].f : none;
        const ext_block *b = &p.blocks.at[i];
        ds_str s = ds_str_cut(ext_text(&p, b), 0, 90);
        printf("%4u %4u %c%c %3u words, link %3d, tag %2d level %d label %2u flags %04x root %d/%d "
               " %.*s\n",
               i, block_model_p(x->model, &rows[i]), share(&g, ext_text(&p, b)) >= 0.5 ? '+' : '-',
               rows[i].gate ? ' ' : '!', b->words, f[BF_LINK], f[BF_TAG], b->level, b->label,
               b->flags, f[BF_NAMED], f[BF_SCORED], DS_FMT(s));
        for (int k = 0; getenv("FEATURES") && k < BF_COUNT; k++)
            printf(" %s=%d%s", block_features.names[k], f[k], k + 1 < BF_COUNT ? "" : "\n");
    }
    return true;
}

bool train_read(ds_arena *keep, const ds_lexicon *lex, const train_kind *kind, const char *path,
                const char *dir, unsigned folds_n, unsigned set, FILE *folds, train_rows *out)
{
    ds_extractor *x;
    ds_err err = {0};
    json_t *all = json_load_file(path, 0, NULL), *page;
    const char *id;
    if (!all || ds_extractor_open(keep, lex, &x, &err) < 0) {
        fprintf(stderr, "train: %s: %s\n", path, all ? err.what : "no JSON");
        json_decref(all);
        return false;
    }
    bool ok = true;
    reader r = {.keep = keep, .x = x, .kind = kind, .out = out, .like.set = (uint8_t)set};
    r.like.page = out->len ? out->at[out->len - 1].page + 1 : 0;
    json_object_foreach(all, id, page)
    {
        ds_arena *a = ds_arena_new(0, PAGE_ARENA);
        const char *body = json_string_value(json_object_get(page, "articleBody"));
        const char *url = json_string_value(json_object_get(page, "url"));
        ds_str file = ds_arena_printf(a, "%s/%s.html", dir, id);
        ds_str bytes = train_slurp(a, file.at);
        r.like.fold = (uint8_t)fold_of(url ? url : id, folds_n);
        gold g = read_gold(a, ds_str_of(body ? body : ""));
        if (!body || !bytes.len || !read_page(&r, a, bytes, &g)) {
            fprintf(stderr, "train: %s: cannot be read\n", file.at);
            ok = false;
        }
        fprintf(folds, "%s\t%u\n", id, r.like.fold);
        ds_arena_free(a);
    }
    json_decref(all);
    return ok;
}
