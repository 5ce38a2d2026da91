/* SPDX-License-Identifier: Apache-2.0 */
/* fuzz_holders.c - lines are holders ("Ilsa Marn"; "Oslo|Norway": with a normal name) until an empty one, then
 * pages of text. Whatever they are: every row has a holder and a place that there is, every holder stands on a page, joins come in order
 * of holder, nobody is kept apart from himself, and the same input gives the same holders. */
#include "story/story.h"

#include <stdlib.h>

#define CHECK(e)                                                                                   \
    do {                                                                                           \
        if (!(e))                                                                                  \
            abort();                                                                               \
    } while (0)

enum { BUDGET = 64 << 20, PAGES = 4, ROWS_MOST = 64 };

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

static ds_str next_line(ds_str *rest)
{
    ptrdiff_t end = ds_str_find(*rest, DS_STR("\n"), 0);
    size_t n = end < 0 ? rest->len : (size_t)end;
    ds_str line = ds_str_cut(*rest, 0, n);
    *rest = ds_str_cut(*rest, n + (end >= 0), rest->len);
    return line;
}

static ds_row row_of(ds_arena *a, ds_str line, uint32_t i)
{
    ds_row r = {.member = i * PAGES / ROWS_MOST, .place = -1};
    ds_link *l = ds_arena_alloc(a, sizeof *l);
    CHECK(l);
    ptrdiff_t bar = ds_str_find(line, DS_STR("|"), 0);
    l->kind = line.len % 3 ? DS_HOLDER_NAMED : DS_HOLDER_ANONYMOUS;
    l->name = bar < 0 ? line : ds_str_cut(line, 0, (size_t)bar);
    if (bar >= 0)
        l->holder = ds_str_cut(line, (size_t)bar + 1, line.len);
    r.claim.said_by = l;
    r.claim.said_by_len = 1;
    r.claim.where = line;
    return r;
}

static void check_who(const ds_story *s)
{
    const ds_who *w = &s->who;
    for (size_t i = 0; i < s->rows_len; i++) {
        CHECK(s->rows[i].holders_len == 1 && s->rows[i].holders[0] < w->holders_len);
        CHECK(s->rows[i].place < (int32_t)w->places_len);
    }
    for (size_t i = 0; i < w->holders_len; i++)
        CHECK(w->holders[i].members_len > 0 && w->holders[i].id.at);
    for (size_t i = 0; i < w->joins_len; i++)
        CHECK(w->joins[i].holder < w->holders_len && w->joins[i].form.words.at &&
              (i == 0 || w->joins[i - 1].holder <= w->joins[i].holder));
    for (size_t i = 0; i < w->unsure_len; i++)
        CHECK(w->unsure[i].holders[0] != w->unsure[i].holders[1]);
}

static size_t read_rows(ds_arena *a, ds_str *rest, ds_row *rows)
{
    size_t n = 0;
    while (n < ROWS_MOST && rest->len) {
        ds_str line = next_line(rest);
        if (line.len == 0)
            break;
        rows[n] = row_of(a, line, (uint32_t)n);
        n++;
    }
    return n;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    static ds_arena *words, *a;
    static ds_lexicon *lex;
    if (!lex) {
        words = ds_arena_new(0, (size_t)4 * BUDGET);
        a = ds_arena_new(0, BUDGET);
        CHECK(words && a && ds_lexicon_open(words, (ds_str){0}, &lex, NULL) == DS_OK);
    }
    ds_str rest = {(const char *)bytes, len};
    ds_row rows[ROWS_MOST], again[ROWS_MOST];
    size_t n = read_rows(a, &rest, rows);
    memcpy(again, rows, n * sizeof *rows);
    ds_article art = {.text = rest};
    ds_sentence sent = {.span = {0, (uint32_t)rest.len}, .number = 1};
    ds_reading reading = {.article = &art, .sents = &sent, .sents_len = rest.len > 0};
    ds_member members[PAGES] = {
        {0, DS_STR("A")}, {0, DS_STR("B")}, {0, DS_STR("C")}, {0, DS_STR("D")}};
    ds_story s = {.members = members, .members_len = PAGES, .rows = rows, .rows_len = n}, t = s;
    t.rows = again;
    ds_status st = ds_story_who(a, &reading, lex, &s, NULL);
    if (st == DS_OK && ds_story_who(a, &reading, lex, &t, NULL) == DS_OK) {
        check_who(&s);
        CHECK(s.who.holders_len == t.who.holders_len && s.who.joins_len == t.who.joins_len);
        for (size_t i = 0; i < s.who.holders_len; i++)
            CHECK(ds_str_eq(s.who.holders[i].name, t.who.holders[i].name));
    }
    ds_arena_reset(a);
    return 0;
}
