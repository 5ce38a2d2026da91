/* SPDX-License-Identifier: Apache-2.0 */
/* parse.c - texts or given words in, sentences in CoNLL-U out, piece by piece. */
#include "engine/internal.h"

#include "language/language.h"

#include <stdio.h>

static ds_status print(const ds_streaming *s, ds_job *job, const ds_doc *doc,
                       const ds_conllu *given)
{
    ds_arena *a = job->arena;
    ds_parse parse;
    DS_TRY(ds_language_read(a, doc, s->d->language, s->tags_only ? DS_DEPTH_TAGS : DS_DEPTH_HEADS,
                            &parse, &job->err));
    job->articles = doc->sents_len > 0;
    return ds_export_conllu(a, doc, &parse, given, job->page.line <= 1, &job->out, &job->numbers);
}

/* The job's name becomes "words.conllu:12", by the line in the piece, from 1. */
static void name_line(ds_job *job, size_t line)
{
    ds_str name =
        ds_arena_printf(job->arena, "%.*s:%zu", DS_FMT(job->page.name), job->page.line + line - 1);
    if (name.at)
        job->name = name;
}

static size_t line_of(ds_str text, size_t at)
{
    size_t line = 1;
    for (size_t i = 0; i < at && i < text.len; i++)
        line += text.at[i] == '\n';
    return line;
}

static ds_status parse_text(const ds_streaming *s, ds_job *job)
{
    ds_article art;
    ds_doc doc;
    if (job->page.bytes.len > DS_TEXT_MAX)
        return ds_fail(&job->err, DS_LIMIT, DS_TEXT_MAX_WORDS, 0);
    ds_status st = ds_text_paragraphs(job->arena, job->page.bytes, &art, &job->err);
    if (st == DS_BAD && job->page.line)
        name_line(job, line_of(job->page.bytes, job->err.at));
    DS_TRY(st);
    art.doc = job->page.name;
    DS_TRY(ds_text_read(job->arena, &art, s->d->lexicon, &doc, &job->err));
    return print(s, job, &doc, NULL);
}

static ds_status parse_conllu(const ds_streaming *s, ds_job *job)
{
    ds_conllu given;
    ds_status st = ds_conllu_read(job->arena, job->page.bytes, s->d->lexicon, &given, &job->err);
    if (st < 0 && job->err.at)
        name_line(job, job->err.at);
    DS_TRY(st);
    return print(s, job, &given.doc, &given);
}

static void parse_job(ds_job *job, void *ctx)
{
    const ds_streaming *s = ctx;
    job->out = ds_buf_new(job->arena);
    job->status = s->kind == DS_INTAKE_CONLLU ? parse_conllu(s, job) : parse_text(s, job);
}

/* ---- out, in input order, with the sentences numbered ------------------------------------------------------- */

static ds_status put_numbered(ds_streaming *s, const ds_job *job)
{
    size_t beg = 0;
    for (size_t i = 0; i < job->numbers.len; i++) {
        char number[24];
        int len = snprintf(number, sizeof number, "%zu", ++s->sentences);
        DS_TRY(ds_stream_put(s, job->out.at + beg, job->numbers.at[i] - beg));
        DS_TRY(ds_stream_put(s, number, (size_t)len));
        beg = job->numbers.at[i];
    }
    return ds_stream_put(s, job->out.at + beg, job->out.len - beg);
}

/* After a piece that failed, the rest of its input is left out. */
static bool left_out(ds_streaming *s, const ds_job *job)
{
    if (job->page.line <= 1)
        s->failed = (ds_str){NULL, 0};
    if (ds_str_eq(s->failed, job->page.name))
        return true;
    if (job->status < 0 && job->page.name.at)
        s->failed = ds_arena_str(s->kept, job->page.name);
    return false;
}

static ds_status parse_take(ds_job *job, size_t total, void *ctx)
{
    ds_streaming *s = ctx;
    if (job->page.name.at && left_out(s, job))
        return DS_OK;
    if (job->status == DS_OK)
        DS_TRY(put_numbered(s, job));
    job->out.len = 0;
    return ds_stream_take(job, total, s);
}

dossier_status dossier_parse(dossier *d, const char *const *paths, size_t n,
                             const dossier_parsing *how, dossier_sink sink, dossier_on_progress cb,
                             void *ctx, dossier_report *out)
{
    static const ds_intake_kind kinds[] = {DS_INTAKE_TEXTS, DS_INTAKE_LINES, DS_INTAKE_CONLLU};
    static const ds_work work = {NULL, parse_job, parse_take};
    DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, DS_LIST_BUDGET);
    if (!a)
        return ds_say_nomem(d);
    ds_streaming s = {.d = d,
                      .kind = kinds[how->input],
                      .tags_only = how->tags_only,
                      .kept = a,
                      .sink = sink,
                      .cb = cb,
                      .ctx = ctx,
                      .report = out};
    return ds_stream_run(&s, paths, n, &work);
}
