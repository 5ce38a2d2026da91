/* SPDX-License-Identifier: Apache-2.0 */
/* fuzz_overlap.c - two texts, a form feed between them. Whatever they are: what is shared is no more than there is, passages lie in
 * order inside of both and hold the words that they count, a text is itself, and the order of the two does not matter to the counts. */
#include "story/overlap.h"

#include <stdlib.h>

#define CHECK(e)                                                                                   \
    do {                                                                                           \
        if (!(e))                                                                                  \
            abort();                                                                               \
    } while (0)

enum { BUDGET = 64 << 20, LONGEST = 1 << 16 };

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

static ds_wording worded(ds_arena *a, ds_str text)
{
    ds_wording w;
    CHECK(ds_wording_read(a, text, (ds_span){0, (uint32_t)text.len}, &w) == DS_OK);
    for (size_t i = 0; i < w.len; i++)
        CHECK(w.at[i].at.beg < w.at[i].at.end && w.at[i].at.end <= text.len &&
              (i == 0 || w.at[i - 1].at.end <= w.at[i].at.beg));
    return w;
}

static uint32_t words_in(const ds_wording *w, ds_span at)
{
    uint32_t n = 0;
    for (size_t i = 0; i < w->len; i++)
        n += ds_span_holds(at, w->at[i].at);
    return n;
}

static void check_pair(ds_arena *a, const ds_wording *x, const ds_wording *y)
{
    ds_shared s, t;
    const ds_wording *both[] = {x, y};
    CHECK(ds_overlap_measure(a, x, y, &s) == DS_OK && ds_overlap_measure(a, y, x, &t) == DS_OK);
    CHECK(s.kind == t.kind || s.longest != t.longest);
    for (int k = 0; k < 2; k++) {
        CHECK(s.of[k] == both[k]->len && s.words[k] <= s.of[k] && s.words[k] == t.words[1 - k]);
        for (size_t i = 0; i < s.passages_len; i++)
            CHECK(s.passages[i].words <= words_in(both[k], s.passages[i].at[k]));
    }
    for (size_t i = 1; i < s.passages_len; i++)
        CHECK(s.passages[i - 1].at[1].end <= s.passages[i].at[1].beg);
}

static void check_index(ds_arena *a, const ds_wording *x)
{
    ds_overlap_index *in;
    ds_overlap_marks m;
    const ds_overlap_near *near;
    size_t len;
    CHECK(ds_overlap_open(a, 64, &in) == DS_OK && ds_overlap_mark(a, x, &m) == DS_OK);
    CHECK((m.len == 0) == (x->len == 0) && m.len <= DS_OVERLAP_MARKS);
    ds_overlap_add(in, &m, 7);
    CHECK(ds_overlap_find(a, in, &m, &near, &len) == DS_OK && len == (m.len > 0));
    CHECK(len == 0 || (near[0].text == 7 && near[0].marks <= m.len));
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, BUDGET);
    ds_str all = {(const char *)bytes, len < LONGEST ? len : LONGEST};
    CHECK(a);
    ptrdiff_t cut = ds_str_find(all, DS_STR("\f"), 0);
    size_t at = cut < 0 ? all.len : (size_t)cut;
    ds_wording x = worded(a, ds_str_cut(all, 0, at)),
               y = worded(a, ds_str_cut(all, at + (cut >= 0), all.len));
    check_pair(a, &x, &y);
    check_pair(a, &x, &x);
    check_index(a, &x);
    check_index(a, &y);
    return 0;
}
