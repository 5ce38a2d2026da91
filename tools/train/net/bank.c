/* SPDX-License-Identifier: Apache-2.0 */
#include "bank.h"

#include <stdlib.h>

#include "../conllu.h"
#include "../files.h"

static void *must(void *p)
{
    if (!p) {
        fputs("train: no memory left\n", stderr);
        exit(1);
    }
    return p;
}

static void ok(ds_status st)
{
    must(st == DS_OK ? &st : NULL);
}

static uint16_t name_of(ds_arena *a, bank_names *n, ds_str name, bool grow)
{
    uint64_t id;
    if (ds_map_get(n->ids, name, &id) == DS_OK)
        return (uint16_t)id;
    if (!grow || n->all.len >= NOTHING)
        return NOTHING;
    ds_str own = ds_arena_str(a, name);
    ok(ds_map_put(n->ids, own, n->all.len));
    ok(DS_PUSH(a, &n->all, own));
    return (uint16_t)(n->all.len - 1);
}

typedef struct reading {
    ds_arena *arena;
    bank_names *tags, *rels;
    bool grow;
    bank *out;
    DS_VEC(bank_word) words;
} reading;

static void end_sentence(reading *r)
{
    bank_sentence s = {ds_arena_calloc(r->arena, r->words.len + 1, sizeof *s.words),
                       (uint32_t)r->words.len};
    if (s.len && s.len <= SENTENCE_MOST) {
        memcpy(must(s.words), r->words.at, s.len * sizeof *s.words);
        ok(DS_PUSH(r->arena, &r->out->all, s));
        r->out->words += s.len;
    }
    r->words.len = 0;
}

static void take_word(reading *r, const ds_str column[CONLLU_COLUMNS])
{
    char tag[64];
    bank_word w = {.form = ds_arena_str(r->arena, column[CONLLU_FORM])};
    snprintf(tag, sizeof tag, "%.*s %.*s", DS_FMT(column[CONLLU_UPOS]),
             DS_FMT(column[CONLLU_XPOS]));
    ds_feature_of(w.form, &w.look);
    w.tag = name_of(r->arena, r->tags, ds_str_of(tag), r->grow);
    w.rel = name_of(r->arena, r->rels, column[CONLLU_REL], r->grow);
    unsigned long head = strtoul(column[CONLLU_HEAD].at, NULL, 10);
    w.head = head && head <= SENTENCE_MOST ? (uint16_t)(head - 1) : ROOT;
    ok(DS_PUSH(r->arena, &r->words, w));
}

/* absent: said on stderr */
static ds_str slurp(ds_arena *a, const char *path)
{
    ds_str text = train_slurp(a, path);
    if (!text.at)
        fprintf(stderr, "train-net: %s: cannot be read\n", path);
    return text;
}

static bool next_line(ds_str text, size_t *at, ds_str *line)
{
    if (*at >= text.len)
        return false;
    ptrdiff_t nl = ds_str_find(text, DS_STR("\n"), *at);
    size_t end = nl < 0 ? text.len : (size_t)nl;
    *line = ds_str_cut(text, *at, end);
    *at = end + 1;
    return true;
}

bool bank_read(ds_arena *a, const char *path, bool grow, bank_names *tags, bank_names *rels,
               bank *out)
{
    ds_str text = slurp(a, path);
    reading r = {a, tags, rels, grow, out, {0}};
    conllu_row row;
    if (!text.at)
        return false;
    for (size_t at = 0; conllu_next(text, &at, &row);)
        if (row.kind == CONLLU_WORD)
            take_word(&r, row.column);
        else if (row.kind == CONLLU_END)
            end_sentence(&r);
    end_sentence(&r);
    return true;
}

/* The sentences of one paragraph; what is made on the way dies with its own arena. */
static void take_paragraph(ds_arena *a, ds_arena *own, const ds_lexicon *lex, ds_str text,
                           uint32_t least, uint32_t most, bank *out)
{
    ds_block block = {DS_PART_BODY, DS_BLOCK_PARAGRAPH, {0, (uint32_t)text.len}};
    ds_article art = {.text = text, .blocks = &block, .blocks_len = 1};
    ds_doc doc;
    if (ds_text_read(own, &art, lex, &doc, NULL) < 0)
        return;
    for (size_t k = 0; k < doc.sents_len; k++) {
        uint32_t beg = doc.sents[k].word, n = doc.sents[k].word_end - beg;
        if (n < least || n > most)
            continue;
        bank_sentence s = {must(ds_arena_calloc(a, n, sizeof *s.words)), n};
        for (uint32_t i = 0; i < n; i++) {
            s.words[i] = (bank_word){.tag = NOTHING, .rel = NOTHING, .head = ROOT};
            ds_feature_of(ds_str_at(text, doc.words[beg + i].span), &s.words[i].look);
        }
        ok(DS_PUSH(a, &out->all, s));
        out->words += n;
    }
}

bool bank_read_plain(ds_arena *a, const ds_lexicon *lex, const char *path, uint32_t least,
                     uint32_t most, bank *out)
{
    DS_AUTO(ds_arena_freep) ds_arena *own = must(ds_arena_new(1 << 20, (size_t)1 << 30));
    ds_str text = slurp(a, path), line;
    if (!text.at)
        return false;
    for (size_t at = 0; next_line(text, &at, &line);) {
        take_paragraph(a, own, lex, line, least, most, out);
        ds_arena_reset(own);
    }
    return true;
}

/* ---- rows ------------------------------------------------------------------------------------------- */

static const char kinds[] = "w234p"; /* word, pieces */

static ds_str key_of(char kind, ds_str s, char out[DS_FEATURE_MOST + 2])
{
    out[0] = kind;
    out[1] = ':';
    memcpy(out + 2, s.at, s.len);
    return (ds_str){out, s.len + 2};
}

static ds_str part(const ds_feature *f, int kind)
{
    return kind ? ds_feature_piece(f, kind - 1) : (ds_str){f->norm, f->len};
}

static void add_row(bank_rows *r, ds_str key)
{
    uint64_t id;
    if (ds_map_get(r->ids, key, &id) != DS_OK)
        ok(ds_map_put(r->ids, ds_arena_str(r->arena, key), r->len++));
}

static void count(ds_arena *a, ds_map *counts, ds_str key)
{
    uint64_t n;
    if (ds_map_get(counts, key, &n) == DS_OK)
        ok(ds_map_put(counts, key, n + 1));
    else
        ok(ds_map_put(counts, ds_arena_str(a, key), 1));
}

static void rows_of_source(bank_rows *r, const bank_source *s)
{
    DS_AUTO(ds_arena_freep) ds_arena *a = must(ds_arena_new(0, (size_t)8 << 30));
    char key[DS_FEATURE_MOST + 2];
    ds_map *counts = must(ds_map_new(a, 0));
    for (size_t i = 0; i < s->bank->all.len; i++)
        for (uint32_t k = 0; k < s->bank->all.at[i].len; k++)
            for (int kind = 0; kinds[kind]; kind++)
                count(a, counts,
                      key_of(kinds[kind], part(&s->bank->all.at[i].words[k].look, kind), key));
    const ds_map_slot *slot = ds_map_slots(counts);
    for (size_t i = 0; i < ds_map_len(counts); i++)
        if (slot[i].value >= (slot[i].key.at[0] == 'w' ? s->least_word : s->least_piece))
            add_row(r, slot[i].key);
}

static bool read_classes(ds_arena *a, const char *path, bank_rows *r)
{
    ds_str text = slurp(a, path), line;
    char key[32];
    if (!text.at)
        return false;
    for (size_t at = 0; next_line(text, &at, &line);) {
        ptrdiff_t tab = ds_str_find(line, DS_STR("\t"), 0);
        if (tab <= 0)
            continue;
        unsigned long id = strtoul(line.at + tab + 1, NULL, 10);
        ok(ds_map_put(r->classes, ds_str_cut(line, 0, (size_t)tab), id + 1));
        snprintf(key, sizeof key, "c:%lu", id);
        add_row(r, ds_str_of(key));
    }
    return true;
}

bool bank_rows_make(ds_arena *a, const bank_source *sources, size_t n, const char *classes,
                    bank_rows *out)
{
    char key[32];
    *out = (bank_rows){a, must(ds_map_new(a, 0)), must(ds_map_new(a, 0)), 2, 1};
    for (uint32_t s = 0; s < DS_SHAPES; s++) {
        snprintf(key, sizeof key, "s:%u", s);
        add_row(out, ds_str_of(key));
    }
    for (size_t i = 0; i < n; i++)
        rows_of_source(out, &sources[i]);
    return !classes || read_classes(a, classes, out);
}

static uint32_t row_or(const bank_rows *r, ds_str key, uint32_t otherwise)
{
    uint64_t id;
    return ds_map_get(r->ids, key, &id) == DS_OK ? (uint32_t)id : otherwise;
}

int bank_form_rows(const bank_rows *r, const ds_feature *f, uint32_t row[FEATURES])
{
    char key[DS_FEATURE_MOST + 2];
    uint64_t cls;
    int n = 0;
    for (int kind = 0; kinds[kind]; kind++, n++)
        row[n] = row_or(r, key_of(kinds[kind], part(f, kind), key), kind ? 0 : r->unknown);
    row[n] = 0;
    if (ds_map_get(r->classes, (ds_str){f->norm, f->len}, &cls) == DS_OK) {
        snprintf(key, sizeof key, "c:%u", (unsigned)cls - 1);
        row[n] = row_or(r, ds_str_of(key), 0);
    }
    return n + 1;
}

static net_target sure(uint16_t what)
{
    return (net_target){{what, NOTHING, NOTHING, NOTHING}, {1}};
}

void bank_lay(ds_arena *a, const bank_rows *r, const bank_sentence *s, net_sentence *out)
{
    ds_feature *looks = must(ds_arena_calloc(a, s->len, sizeof *looks));
    *out = (net_sentence){must(ds_arena_calloc(a, s->len, sizeof *out->words)), s->len};
    for (uint32_t i = 0; i < s->len; i++)
        looks[i] = s->words[i].look;
    ds_sentence_case sc = ds_feature_sentence(looks, s->len);
    for (uint32_t i = 0; i < s->len; i++) {
        net_word *w = &out->words[i];
        char key[32];
        int n = bank_form_rows(r, &looks[i], w->row);
        snprintf(key, sizeof key, "s:%u", ds_feature_shape(looks[i].shape, i == 0, sc));
        w->row[n] = row_or(r, ds_str_of(key), 0);
        w->tag = sure(s->words[i].tag);
        w->head = sure(s->words[i].head);
        w->rel = sure(s->words[i].rel);
        w->rel_head = s->words[i].head;
    }
}
