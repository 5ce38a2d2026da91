/* SPDX-License-Identifier: Apache-2.0 */
/* stream.c - read and annotate: pages in, lines out, no store. */
#include "engine/internal.h"

#include "annotate/annotate.h"
#include "extract/extract.h"
#include "language/language.h"

/* ---- read: only extraction ------------------------------------------------------------------------------ */

static ds_status extract_into(ds_job *job, const ds_streaming *s)
{
    ds_articles articles = {0};
    ds_extract_notes notes = {{NULL, 0}};
    ds_status got = ds_extract(job->arena, &job->page, s->d->extractor, s->d->profile, &articles,
                               &notes, &job->err);
    DS_TRY(got);
    job->note = notes.text;
    job->articles = articles.len;
    for (size_t i = 0; i < articles.len; i++)
        DS_TRY(ds_export_read(job->arena, &articles.at[i], s->style, &job->out));
    return got;
}

static void read_job(ds_job *job, void *ctx)
{
    job->out = ds_buf_new(job->arena);
    job->status = extract_into(job, ctx);
}

/* ---- profile: the blocks of pages ----------------------------------------------------------------------- */

static void profile_job(ds_job *job, void *ctx)
{
    const ds_streaming *s = ctx;
    job->blocks = (ds_host_profile){NULL, 0};
    job->status = ds_extract_host(job->arena, &job->page, s->d->extractor, &job->blocks, &job->err);
    if (job->status == DS_NONE)
        job->err = (ds_err){.what = "names no site; passed over"};
    job->articles = job->status == DS_OK;
}

/* ---- annotate: the text as it is, a block a line ----------------------------------------------------------- */

typedef DS_VEC(ds_block) blocks;

static ds_status push_block(ds_arena *a, blocks *v, size_t beg, size_t end)
{
    const ds_block block = {DS_PART_BODY, DS_BLOCK_PARAGRAPH, {(uint32_t)beg, (uint32_t)end}};
    return beg < end ? DS_PUSH(a, v, block) : DS_OK;
}

static ds_status lines_of(ds_arena *a, ds_str text, ds_article *art)
{
    blocks v = {0};
    size_t beg = 0;
    for (size_t i = 0; i < text.len; i++) {
        if (text.at[i] != '\n')
            continue;
        DS_TRY(push_block(a, &v, beg, i));
        beg = i + 1;
    }
    DS_TRY(push_block(a, &v, beg, text.len));
    art->blocks = v.at;
    art->blocks_len = v.len;
    return DS_OK;
}

static ds_status article_of(ds_arena *a, const ds_page *page, ds_article *out, ds_err *err)
{
    size_t bad = 0;
    if (page->bytes.len > DS_TEXT_MAX)
        return ds_fail(err, DS_LIMIT, DS_TEXT_MAX_WORDS, 0);
    if (ds_utf8_check(page->bytes, &bad) != DS_OK)
        return ds_fail(err, DS_BAD, "not UTF-8", bad);
    *out = (ds_article){.doc = page->name,
                        .n = 1,
                        .main = true,
                        .text = page->bytes,
                        .body = {0, (uint32_t)page->bytes.len},
                        .published = page->published,
                        .published_from = DS_STR("input"),
                        .window = {page->published, page->published},
                        .modified = DS_DAY_NONE,
                        .language = DS_STR("en")};
    return lines_of(a, page->bytes, out);
}

/* The layers asked for and those that they rest on. */
static ds_status read_layers(ds_arena *a, const ds_streaming *s, const ds_doc *doc,
                             const ds_parse *parse, ds_marks *marks, ds_err *err)
{
    const ds_lexicon *lex = s->d->lexicon;
    if (s->layers & DS_LAYER_COREF)
        return ds_annotate_settled(a, doc, parse, lex, marks, err);
    if (s->layers & DS_LAYER_ATTRIBUTIONS)
        return ds_annotate(a, doc, parse, lex, marks, err);
    if (s->layers & (DS_LAYER_TIMES | DS_LAYER_QUANTITIES))
        DS_TRY(ds_annotate_times(a, doc, parse, lex, marks, err));
    return s->layers & DS_LAYER_QUANTITIES ? ds_annotate_quantities(a, doc, parse, lex, marks, err)
                                           : DS_OK;
}

static ds_status annotate_into(ds_job *job, const ds_streaming *s)
{
    ds_arena *a = job->arena;
    const ds_lexicon *lex = s->d->lexicon;
    ds_article art;
    ds_doc doc;
    ds_parse parse;
    ds_marks marks = {0};
    DS_TRY(article_of(a, &job->page, &art, &job->err));
    DS_TRY(ds_text_read(a, &art, lex, &doc, &job->err));
    DS_TRY(ds_language_read(a, &doc, s->d->language, DS_DEPTH_NEEDED, &parse, &job->err));
    if (s->layers & ~(unsigned)DS_LAYER_TIMES) /* ages read names too */
        DS_TRY(ds_language_names(a, &doc, s->d->language, &parse, &job->err));
    DS_TRY(read_layers(a, s, &doc, &parse, &marks, &job->err));
    job->articles = 1;
    DS_TRY(ds_export_annotate(a, job->page.name, &doc, &parse, &marks, s->layers, s->chars, lex,
                              &job->out));
    if (job->out.len && job->out.at[job->out.len - 1] != '\n')
        ds_buf_putc(&job->out, '\n');
    return job->out.status;
}

static void annotate_job(ds_job *job, void *ctx)
{
    job->out = ds_buf_new(job->arena);
    job->status = annotate_into(job, ctx);
}

/* ---- out, in input order ------------------------------------------------------------------------------------ */

static ds_status tell(const ds_streaming *s, const ds_job *job, size_t total, const char *what,
                      bool failed)
{
    const dossier_progress p = {s->done, total, what ? job->name.at : NULL, what, failed};
    return ds_wants_stop(s->cb, s->ctx, &p) ? DS_NONE : DS_OK;
}

ds_status ds_stream_put(ds_streaming *s, const char *at, size_t len)
{
    s->sink_failed = s->sink_failed || (len && s->sink(at, len, s->ctx) != 0);
    return s->sink_failed ? DS_IO : DS_OK;
}

static ds_status take_in(ds_streaming *s, ds_job *job, size_t total)
{
    if (job->status < 0) {
        s->report->failed++;
        s->report->no_pages += job->err.what == ds_intake_no_pages;
        return tell(s, job, total, ds_reason(job->status, &job->err), true);
    }
    s->report->pages++;
    s->report->articles += job->articles;
    s->report->no_article += job->articles == 0;
    for (size_t i = 0; i < job->blocks.len; i++)
        DS_TRY(DS_PUSH(s->kept, &s->blocks, job->blocks.blocks[i]));
    DS_TRY(ds_stream_put(s, job->out.at, job->out.len));
    if (job->status == DS_NONE)
        return tell(s, job, total, job->err.what ? job->err.what : "no article", false);
    return tell(s, job, total, job->note.at, false);
}

ds_status ds_stream_take(ds_job *job, size_t total, void *streaming)
{
    ds_streaming *s = streaming;
    s->done++;
    ds_status st = take_in(s, job, total);
    s->report->stopped = s->report->stopped || st == DS_NONE;
    return st;
}

dossier_status ds_stream_run(ds_streaming *s, const char *const *paths, size_t n,
                             const ds_work *work)
{
    DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, DS_LIST_BUDGET);
    dossier *d = s->d;
    ds_intake *in = NULL;
    *s->report = (dossier_report){0};
    if (!a)
        return ds_say_nomem(d);
    if (!d->extractor)
        return ds_say(d, DOSSIER_BAD, "opened for reading a store only");
    dossier_status ok = ds_open_inputs(d, a, paths, n, &in);
    if (ok != DOSSIER_OK)
        return ok;
    ds_intake_as(in, s->kind);
    ds_status st = ds_line_run(in, d->jobs, work, s);
    ds_intake_close(in);
    if (s->sink_failed)
        return ds_say(d, DOSSIER_IO, "the output cannot be written");
    return st < 0 ? ds_say_nomem(d) : DOSSIER_OK;
}

dossier_status dossier_read(dossier *d, const char *const *paths, size_t n, const dossier_view *v,
                            dossier_sink sink, dossier_on_progress cb, void *ctx,
                            dossier_report *out)
{
    static const ds_work work = {NULL, read_job, ds_stream_take};
    ds_streaming s = {.d = d, .sink = sink, .cb = cb, .ctx = ctx, .report = out};
    if (v->format != DOSSIER_TEXT && v->format != DOSSIER_JSONL)
        return ds_say(d, DOSSIER_BAD, "--format: articles are printed as text or jsonl");
    s.style = ds_style_of(v);
    return ds_stream_run(&s, paths, n, &work);
}

dossier_status dossier_annotate(dossier *d, const char *const *paths, size_t n, unsigned layers,
                                bool chars, dossier_sink sink, dossier_on_progress cb, void *ctx,
                                dossier_report *out)
{
    static const ds_work work = {NULL, annotate_job, ds_stream_take};
    ds_streaming s = {.d = d,
                      .layers = layers,
                      .chars = chars,
                      .sink = sink,
                      .cb = cb,
                      .ctx = ctx,
                      .report = out};
    return ds_stream_run(&s, paths, n, &work);
}

dossier_status dossier_profile(dossier *d, const char *const *paths, size_t n,
                               dossier_on_progress cb, void *ctx, dossier_report *out,
                               dossier_text *text)
{
    static const ds_work work = {NULL, profile_job, ds_stream_take};
    DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, DS_LIST_BUDGET);
    ds_streaming s = {.d = d, .cb = cb, .ctx = ctx, .report = out, .kept = a};
    ds_host_profile x;
    *text = (dossier_text){NULL, 0};
    if (!a)
        return ds_say_nomem(d);
    dossier_status ok = ds_stream_run(&s, paths, n, &work);
    if (ok != DOSSIER_OK)
        return ok;
    ds_buf b = ds_buf_new(a);
    ds_host_profile_make(s.blocks.at, s.blocks.len, &x);
    return ds_host_profile_print(&x, &b) == DS_OK ? ds_hand_out(d, &b, text) : ds_say_nomem(d);
}
