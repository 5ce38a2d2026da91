/* SPDX-License-Identifier: Apache-2.0 */
/* fuzz_opposites.c - two pages of any text, cut at the first blank line, on two days. Deeds stand in order, lie in their sentences, are
 * told of somebody and dated; disputes cite sentences that there are, the earlier first; the same input gives the same. */
#include "annotate/annotate.h"
#include "language/language.h"
#include "reconcile/reconcile.h"

#include <stdlib.h>

#define CHECK(e)                                                                                   \
    do {                                                                                           \
        if (!(e))                                                                                  \
            abort();                                                                               \
    } while (0)

enum { BUDGET = 64 << 20, PAGES = 2, FIRST_DAY = 22000 };

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

static ds_lexicon *lexicon;
static ds_language *grammar;

static void open_words(void)
{
    static ds_arena *home;
    if (home)
        return;
    home = ds_arena_new(0, (size_t)BUDGET);
    CHECK(home && ds_lexicon_open(home, (ds_str){0}, &lexicon, NULL) == DS_OK);
    CHECK(ds_language_open(home, lexicon, &grammar, NULL) == DS_OK);
}

static void check_deeds(const ds_reading *r)
{
    for (size_t i = 0; i < r->deeds.len; i++) {
        const ds_deed *d = &r->deeds.at[i];
        CHECK(d->words.beg < d->words.end && d->words.end <= d->sentence.len);
        CHECK(d->pair.len && d->who.len && d->when.lo != DS_DAY_NONE && d->when.lo <= d->when.hi);
        CHECK(i == 0 || r->deeds.at[i - 1].number <= d->number);
        CHECK(d->certainty <= DS_CERT_REPORTED || (d->certainty == DS_CERT_DENIED && d->negated));
    }
}

static ds_status read_page(ds_arena *a, ds_str text, ds_day day, ds_reading *out)
{
    ds_article *art = ds_arena_calloc(a, 1, sizeof *art);
    ds_doc doc;
    ds_parse parse;
    ds_marks marks = {0};
    if (!art)
        return DS_NOMEM;
    DS_TRY(ds_text_paragraphs(a, text, art, NULL));
    art->doc = DS_STR("page");
    art->published = day;
    art->window = (ds_days){day, day};
    DS_TRY(ds_text_read(a, art, lexicon, &doc, NULL));
    DS_TRY(ds_language_read(a, &doc, grammar, DS_DEPTH_HEADS, &parse, NULL));
    DS_TRY(ds_language_names(a, &doc, grammar, &parse, NULL));
    DS_TRY(ds_annotate(a, &doc, &parse, lexicon, &marks, NULL));
    *out = (ds_reading){.article = art, .sents = doc.sents, .sents_len = doc.sents_len};
    return ds_claim_deeds(a, &doc, &parse, &marks, lexicon, &out->deeds, NULL);
}

static ds_status run(ds_arena *a, ds_str text, ds_ledger *out)
{
    ptrdiff_t cut = ds_str_find(text, DS_STR("\n\n"), 0);
    size_t end = cut < 0 ? text.len : (size_t)cut;
    ds_reading *readings = ds_arena_calloc(a, PAGES, sizeof *readings);
    ds_member *members = ds_arena_calloc(a, PAGES, sizeof *members);
    if (!readings || !members)
        return DS_NOMEM;
    DS_TRY(read_page(a, ds_str_cut(text, 0, end), FIRST_DAY, &readings[0]));
    DS_TRY(read_page(a, ds_str_cut(text, end, text.len), FIRST_DAY + 1, &readings[1]));
    members[0] = (ds_member){0, DS_STR("A")};
    members[1] = (ds_member){1, DS_STR("B")};
    for (int i = 0; i < PAGES; i++)
        check_deeds(&readings[i]);
    ds_story story = {.members = members, .members_len = PAGES};
    return ds_reconcile(a, readings, &story, lexicon, (ds_str){0}, out, NULL);
}

static void check_disputes(const ds_ledger *l)
{
    for (size_t i = 0; i < l->disputes_len; i++) {
        const ds_dispute *d = &l->disputes[i];
        CHECK(d->verdict == DS_V_CONFLICTS || d->verdict == DS_V_UPDATES);
        CHECK(d->about.len && d->finding.len);
        CHECK(i == 0 || l->disputes[i - 1].verdict >= d->verdict);
        for (int k = 0; k < 2; k++)
            CHECK(d->sides[k].cite.member < PAGES &&
                  d->sides[k].words.end <= d->sides[k].sentence.len);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    static ds_arena *a;
    open_words();
    if (!a)
        a = ds_arena_new(0, (size_t)4 * BUDGET);
    CHECK(a);
    ds_ledger first = {0}, again = {0};
    ds_str text = {(const char *)bytes, len};
    if (run(a, text, &first) == DS_OK && run(a, text, &again) == DS_OK) {
        check_disputes(&first);
        CHECK(first.disputes_len == again.disputes_len);
        for (size_t i = 0; i < first.disputes_len; i++)
            CHECK(ds_str_eq(first.disputes[i].finding, again.disputes[i].finding));
    }
    ds_arena_reset(a);
    return 0;
}
