/* SPDX-License-Identifier: Apache-2.0 */
/* ledgers [--rule NAME] [--digest] INPUT... - the ledger of each INPUT (a folder of pages, or JSON lines), whose articles are taken to be one
 * story, whatever they say: for data in which people have said what belongs together. A line of JSON each, in order:
 * {"story": INPUT, "questions": [...], "claims": [...], "timeline": [...]}, as `dossier questions`, `claims` and `timeline` print them;
 * with --digest {"story": INPUT, "show": {...}, "sentences": [[[NUMBER, PART, TEXT], ...], ...]}: what `dossier show` prints, and what
 * each page says, in order of the letters.
 * Exit status: 0 done, 1 an input or the word lists cannot be read, 2 bad usage. */
#include "engine/engine.h"
#include "intake/intake.h"

#include <stdio.h>

enum { ARENA_MOST = 1 << 30 };

typedef struct reader {
    ds_arena *kept, *arena; /* of the program, of one story */
    ds_lexicon *lex;
    ds_language *grammar;
    ds_extractor *extractor;
    ds_str rule;
    bool digest;
} reader;

typedef DS_VEC(ds_reading) reading_vec;

static bool open_reader(reader *r, ds_err *err)
{
    r->kept = ds_arena_new(0, ARENA_MOST);
    r->arena = ds_arena_new(0, ARENA_MOST);
    return r->kept && r->arena &&
           ds_lexicon_open(r->kept, (ds_str){NULL, 0}, &r->lex, err) == DS_OK &&
           ds_language_open(r->kept, r->lex, &r->grammar, err) == DS_OK &&
           ds_extractor_open(r->kept, r->lex, &r->extractor, err) == DS_OK;
}

/* All articles of the page behind those in *v. DS_NONE: the page has none. */
static ds_status read_page(reader *r, const ds_page *page, reading_vec *v, ds_err *err)
{
    ds_readings got;
    ds_str note;
    ds_status st =
        ds_read(r->arena, page, r->extractor, NULL, r->lex, r->grammar, &got, &note, err);
    for (size_t i = 0; st == DS_OK && i < got.len; i++)
        DS_TRY(DS_PUSH(r->arena, v, got.at[i]));
    return st;
}

static ds_status read_pages(reader *r, const char *input, reading_vec *v, ds_err *err)
{
    ds_intake *in;
    ds_str name;
    DS_TRY(ds_intake_open(r->arena, &input, 1, DS_DAY_NONE, &in, err));
    ds_status st = DS_OK;
    while (st >= 0) {
        ds_page *page = ds_arena_calloc(r->arena, 1, sizeof *page);
        st = page ? ds_intake_next(in, r->arena, page, &name, err) : DS_NOMEM;
        if (st == DS_NONE)
            break;
        if (st >= 0)
            st = read_page(r, page, v, err);
    }
    ds_intake_close(in);
    return st < 0 ? st : DS_OK;
}

static ds_status reckon(reader *r, const reading_vec *v, ds_dossier *out, ds_err *err)
{
    ds_story story;
    ds_ledger ledger = {0};
    DS_TRY(ds_story_given(r->arena, v->at, v->len, &story, err));
    DS_TRY(ds_story_who(r->arena, v->at, r->lex, &story, err));
    DS_TRY(ds_reconcile(r->arena, v->at, &story, r->lex, r->rule, &ledger, err));
    return ds_digest(r->arena, v->at, &story, &ledger, r->lex, out, err);
}

/* Line breaks of a printed array are only for the eye. */
static void put_array(const char *key, ds_str array)
{
    printf(",\"%s\":", key);
    for (size_t i = 0; i < array.len; i++)
        putchar(array.at[i] == '\n' ? ' ' : array.at[i]);
    if (!array.len)
        fputs("[]", stdout);
}

static void put_sentences(ds_json *j, const reading_vec *v)
{
    ds_json_arr(j, NULL);
    for (size_t i = 0; i < v->len; i++) {
        const ds_reading *r = &v->at[i];
        ds_json_arr(j, NULL);
        for (size_t k = 0; k < r->sents_len; k++) {
            ds_json_arr(j, NULL);
            ds_json_int(j, NULL, r->sents[k].number);
            ds_json_str(j, NULL, ds_str_of(ds_part_name(r->sents[k].part)));
            ds_json_str(j, NULL, ds_str_trim(ds_str_at(r->article->text, r->sents[k].span)));
            ds_json_end(j, ']');
        }
        ds_json_end(j, ']');
    }
    ds_json_end(j, ']');
}

static ds_status print_digest(reader *r, const char *input, const reading_vec *v,
                              const ds_dossier *d, ds_err *err)
{
    const ds_style json = {80, false, true, DS_FMT_JSON};
    ds_buf name = ds_buf_new(r->arena), show = ds_buf_new(r->arena), says = ds_buf_new(r->arena);
    ds_json j = ds_json_new(&name), k = ds_json_new(&says);
    ds_json_str(&j, NULL, ds_str_of(input));
    put_sentences(&k, v);
    if (name.status < 0 || says.status < 0 || ds_export_show(r->arena, d, json, &show) < 0)
        return ds_fail(err, DS_NOMEM, "out of memory", 0);
    printf("{\"story\":%.*s", DS_FMT(ds_buf_str(&name)));
    put_array("show", ds_buf_str(&show));
    put_array("sentences", ds_buf_str(&says));
    puts("}");
    return DS_OK;
}

static ds_status print(reader *r, const char *input, const ds_dossier *d, ds_err *err)
{
    const ds_style json = {80, false, true, DS_FMT_JSON};
    ds_buf name = ds_buf_new(r->arena), questions = ds_buf_new(r->arena),
           claims = ds_buf_new(r->arena), timeline = ds_buf_new(r->arena);
    ds_json j = ds_json_new(&name);
    ds_json_str(&j, NULL, ds_str_of(input));
    if (name.status < 0 ||
        ds_export_questions(r->arena, d, (ds_str){NULL, 0}, json, &questions) < 0 ||
        ds_export_claims(r->arena, d, NULL, json, &claims) < 0 ||
        ds_export_timeline(r->arena, d, json, &timeline) < 0)
        return ds_fail(err, DS_NOMEM, "out of memory", 0);
    printf("{\"story\":%.*s", DS_FMT(ds_buf_str(&name)));
    put_array("questions", ds_buf_str(&questions));
    put_array("claims", ds_buf_str(&claims));
    put_array("timeline", ds_buf_str(&timeline));
    puts("}");
    return DS_OK;
}

static ds_status story(reader *r, const char *input, ds_err *err)
{
    reading_vec v = {0};
    ds_dossier d = {0};
    ds_arena_reset(r->arena);
    DS_TRY(read_pages(r, input, &v, err));
    DS_TRY(reckon(r, &v, &d, err));
    return r->digest ? print_digest(r, input, &v, &d, err) : print(r, input, &d, err);
}

static int all(reader *r, char **inputs, int n)
{
    for (int i = 0; i < n; i++) {
        ds_err err = {0};
        if (story(r, inputs[i], &err) < 0) {
            fprintf(stderr, "ledgers: %s: %s\n", inputs[i], err.what ? err.what : "failed");
            return 1;
        }
    }
    return 0;
}

int main(int argc, char **argv)
{
    reader r = {.rule = DS_STR("range")};
    ds_err err = {0};
    int first = 1;
    if (argc > 2 && strcmp(argv[1], "--rule") == 0) {
        r.rule = ds_str_of(argv[2]);
        first = 3;
    }
    if (argc > first && strcmp(argv[first], "--digest") == 0) {
        r.digest = true;
        first++;
    }
    if (argc <= first || argv[first][0] == '-') {
        fprintf(stderr, "usage: ledgers [--rule NAME] [--digest] INPUT...\n");
        return 2;
    }
    int st = 1;
    if (open_reader(&r, &err))
        st = all(&r, argv + first, argc - first);
    else
        fprintf(stderr, "ledgers: %s\n", err.what ? err.what : "out of memory");
    ds_lexicon_close(r.lex);
    ds_arena_free(r.arena);
    ds_arena_free(r.kept);
    return st;
}
