/* SPDX-License-Identifier: Apache-2.0 */
/* test_annotate.c - who says what, as dossier annotate gives it: sources with their kind, name, outlet and certainty, and quotations. */
#include "dossier/dossier.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>
#include <jansson.h>

#define ATTRIBUTIONS 4u /* the layer */
#define TOLD_MAX 1024

static const struct {
    const char *text;
    const char *said; /* SOURCE|CUE|KIND|NAME|OUTLET|CERTAINTY[|not reportive], joined by "; " */
    const char *
        quotes; /* QUOTE|SPEAKER|NAME, joined by "; "; behind "! " a known failure, which must fail */
} rows[] = {
    /* kinds, outlets, certainty */
    {"Officials said the dam may break.", "Officials|said|role|officials|-|reported", ""},
    {"The army denied that it shelled the bridge.", "The army|denied|role|army|-|denied", ""},
    {"According to the UN, the road is closed.", "the UN|According to|named|UN|-|reported", ""},
    {"Anna Holm ordered them to leave the town.",
     "Anna Holm|ordered|named|Anna Holm|-|planned|not reportive", ""},
    {"\"The bridge will hold,\" Anna Holm told Orpress.",
     "Anna Holm|told|named|Anna Holm|Orpress|reported",
     "\"The bridge will hold,\"|Anna Holm|Anna Holm"},
    /* pronouns and short names */
    {"Petro Varensky is a baker. \"I saw the water come over the wall,\" he said.",
     "he|said|named|Petro Varensky|-|reported",
     "\"I saw the water come over the wall,\"|he|Petro Varensky"},
    {"NATO said: \"We will not send any more ships.\"", "NATO|said|named|NATO|-|reported",
     "\"We will not send any more ships.\"|NATO|NATO"},
    /* one who says what another says */
    {"Anna Holm says she knows that \"the river will win this time\".",
     "Anna Holm|says|named|Anna Holm|-|reported; she|knows|named|Anna Holm|-|reported",
     "\"the river will win this time\"|Anna Holm|Anna Holm"},
    {"Petro Varensky said NATO says \"no ships will come this year\".",
     "Petro Varensky|said|named|Petro Varensky|-|reported; NATO|says|named|NATO|-|reported",
     "! \"no ships will come this year\"|NATO|NATO"},
    {"Petro Varensky said NATO had told him that \"no ships will come this year\".",
     "Petro Varensky|said|named|Petro Varensky|-|reported; NATO|had told|named|NATO|-|reported",
     "! \"no ships will come this year\"|NATO|NATO"},
    {"Anna Holm said the mayor told her: \"You must leave the town tonight.\"",
     "Anna Holm|said|named|Anna Holm|-|reported; the mayor|told|role|mayor|-|reported",
     "! \"You must leave the town tonight.\"|the mayor|mayor"},
    /* no quotations: titles, and a word or two */
    {"Anna Holm said she had read \"The Face of the River\" twice.",
     "Anna Holm|said|named|Anna Holm|-|reported; she|had read|named|Anna Holm|-|reported", ""},
    {"Anna Holm said it was \"a shame\".", "Anna Holm|said|named|Anna Holm|-|reported", ""},
};
#define ROWS (sizeof rows / sizeof *rows)

static char folder[64];

static int enter(void **state)
{
    (void)state;
    snprintf(folder, sizeof folder, "/tmp/dossier-annotate-XXXXXX");
    return mkdtemp(folder) && chdir(folder) == 0 ? 0 : -1;
}

static int leave(void **state)
{
    (void)state;
    return remove("in.jsonl") == 0 && chdir("/") == 0 && rmdir(folder) == 0 ? 0 : -1;
}

/* ---- what a line of the output says, in the notation of the rows -------------------------------------------- */

static void add(char *to, const char *words, size_t len)
{
    size_t used = strlen(to);
    assert_true(used + len < TOLD_MAX);
    memcpy(to + used, words, len);
    to[used + len] = 0;
}

static void put(char *to, const char *words)
{
    add(to, words, strlen(words));
}

static void put_span(char *to, const char *text, const json_t *span)
{
    json_int_t beg = json_integer_value(json_array_get(span, 0)),
               end = json_integer_value(json_array_get(span, 1));
    add(to, text + beg, (size_t)(end - beg));
}

/* The first of a list of spans; none: "-". */
static void put_first(char *to, const char *text, const json_t *of, const char *key)
{
    const json_t *spans = json_object_get(of, key);
    if (json_array_size(spans))
        put_span(to, text, json_array_get(spans, 0));
    else
        put(to, "-");
}

static void put_string(char *to, const json_t *of, const char *key)
{
    const json_t *value = json_object_get(of, key);
    assert_true(json_is_string(value) || json_is_null(value));
    put(to, "|");
    put(to, json_is_string(value) ? json_string_value(value) : "-");
}

static void put_said(char *to, const char *text, const json_t *said)
{
    static const char *const keys[] = {"kind", "name", "outlet", "certainty"};
    put(to, *to ? "; " : "");
    put_first(to, text, said, "source");
    put(to, "|");
    put_first(to, text, said, "cue");
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        put_string(to, said, keys[i]);
    assert_true(json_is_boolean(json_object_get(said, "reportive")));
    put(to, json_is_true(json_object_get(said, "reportive")) ? "" : "|not reportive");
}

static void put_quote(char *to, const char *text, const json_t *quote)
{
    put(to, *to ? "; " : "");
    put_span(to, text, json_object_get(quote, "quote"));
    put(to, "|");
    put_first(to, text, quote, "speaker");
    put_string(to, quote, "speaker_name");
}

/* ---- the rows --------------------------------------------------------------------------------------------------- */

static unsigned differs(const char *text, const char *want, const char *got)
{
    bool broken = strncmp(want, "! ", 2) == 0;
    bool same = strcmp(want + (broken ? 2 : 0), got) == 0;
    if (same != broken)
        return 0;
    print_error("%s\n  want %s\n  got  %s\n", text, want, got);
    return 1;
}

typedef struct lines {
    size_t n;
    unsigned wrong;
} lines;

static int check_line(const char *at, size_t len, void *ctx)
{
    lines *l = ctx;
    char said[TOLD_MAX] = "", quotes[TOLD_MAX] = "";
    const char *text = rows[l->n].text;
    json_t *j = json_loadb(at, len, JSON_REJECT_DUPLICATES, NULL), *each;
    size_t i;
    assert_true(j && l->n < ROWS);
    json_array_foreach(json_object_get(j, "attributions"), i, each) put_said(said, text, each);
    json_array_foreach(json_object_get(j, "quotes"), i, each) put_quote(quotes, text, each);
    l->wrong += differs(text, rows[l->n].said, said);
    l->wrong += differs(text, rows[l->n].quotes, quotes);
    l->n++;
    json_decref(j);
    return 0;
}

static void write_rows(void)
{
    FILE *f = fopen("in.jsonl", "wb");
    assert_non_null(f);
    for (size_t i = 0; i < ROWS; i++) {
        json_t *line = json_pack("{ss, ss}", "id", "x", "text", rows[i].text);
        assert_int_equal(json_dumpf(line, f, JSON_COMPACT), 0);
        fputc('\n', f);
        json_decref(line);
    }
    assert_int_equal(fclose(f), 0);
}

static void who_says_what(void **state)
{
    static const char *const paths[] = {"in.jsonl"};
    lines l = {0, 0};
    dossier *d;
    dossier_report r;
    (void)state;
    write_rows();
    assert_int_equal(dossier_open(&(dossier_options){.jobs = 1}, DOSSIER_NO_STORE, &d), DOSSIER_OK);
    assert_int_equal(dossier_annotate(d, paths, 1, ATTRIBUTIONS, false, check_line, NULL, &l, &r),
                     DOSSIER_OK);
    dossier_close(d);
    assert_int_equal(l.n, ROWS);
    assert_int_equal(l.wrong, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(who_says_what, enter, leave),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
