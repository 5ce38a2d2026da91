/* SPDX-License-Identifier: Apache-2.0 */
#include "internal.h"

enum { SCRATCH_MOST = 1 << 30 }; /* bytes: some hundred thousand pages in one story */

static ds_status run(const dg *d, ds_dossier *out)
{
    dg_sentences all;
    DS_TRY(dg_read_sentences(d, &all));
    DS_TRY(dg_sources(d, out));
    DS_TRY(dg_firsts(d, out));
    DS_TRY(dg_title(d, &all, out));
    DS_TRY(dg_standfirst(d, &all, out));
    DS_TRY(dg_keywords(d, out));
    DS_TRY(dg_section(d, out));
    DS_TRY(dg_key_points(d, &all, out));
    DS_TRY(dg_timeline(d, out));
    return dg_by_arrival(d, out);
}

ds_status ds_digest(ds_arena *a, const ds_reading *readings, const ds_story *story,
                    const ds_ledger *ledger, const ds_lexicon *lex, ds_dossier *out, ds_err *err)
{
    dg d = {.a = a, .readings = readings, .story = story, .ledger = ledger};
    d.questions = ds_lexicon_table(lex, "questions");
    d.measures = ds_lexicon_table(lex, "measures");
    ds_dossier x = {.rows = story->rows,
                    .rows_len = story->rows_len,
                    .ledger = *ledger,
                    .copies = story->copies,
                    .copies_len = story->copies_len,
                    .overlaps = story->overlaps,
                    .overlaps_len = story->overlaps_len,
                    .who = story->who};
    DS_AUTO(ds_arena_freep) ds_arena *scratch = ds_arena_new(0, SCRATCH_MOST);
    d.scratch = scratch;
    ds_status st = scratch ? dg_read_classes(&d, ds_lexicon_table(lex, "digest")) : DS_NOMEM;
    if (st >= 0)
        st = run(&d, &x);
    if (st < 0)
        return ds_fail(err, st, "out of memory", 0);
    *out = x;
    return DS_OK;
}
