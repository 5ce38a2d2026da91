/* SPDX-License-Identifier: Apache-2.0 */
/* test_words.c WORDS SENTENCES: both are examples of lexicon/en, cuts.examples.tsv and edges.examples.tsv. */
#include "text/test_text.h"

#include <stdlib.h>

enum { LINE = 2048 };

static const char *words_file, *sentences_file;

static ds_str print_words(ds_arena *a, const ds_doc *doc)
{
    ds_buf b = ds_buf_new(a);
    for (size_t i = 0; i < doc->words_len; i++) {
        const ds_word *w = &doc->words[i];
        ds_buf_puts(&b, i ? " " : "");
        if (w->flags & DS_WF_SAME)
            ds_buf_putc(&b, '+');
        else if (!(w->flags & DS_WF_SPACE))
            ds_buf_putc(&b, '_');
        ds_buf_put(&b, ds_str_at(doc->text, w->span));
    }
    return ds_buf_str(&b);
}

static ds_str print_sentences(ds_arena *a, const ds_doc *doc)
{
    ds_buf b = ds_buf_new(a);
    for (size_t k = 0; k < doc->sents_len; k++) {
        bool glued = k && doc->sents[k].span.beg == doc->sents[k - 1].span.end;
        ds_buf_puts(&b, !k ? "" : glued ? "|" : " | ");
        ds_buf_put(&b, ds_str_at(doc->text, doc->sents[k].span));
    }
    return ds_buf_str(&b);
}

/* ---- examples ------------------------------------------------------------------------------------------------ */

/* Takes the bars out of "one. | two.|three", in place. */
static void unmark(char *line)
{
    char *to = line;
    for (const char *at = line; *at; at++)
        if (*at == '|')
            at += to > line && to[-1] == ' ' && at[1] == ' ';
        else
            *to++ = *at;
    *to = '\0';
}

/* Is the example as it should be? What it is instead is said. */
static bool agrees(ds_arena *a, const char *text, const char *want,
                   ds_str (*print)(ds_arena *a, const ds_doc *doc), const char *where)
{
    ds_doc doc;
    assert_int_equal(read_text(a, text, DS_PART_BODY, &doc, NULL), DS_OK);
    ds_str got = print(a, &doc);
    if (strcmp(got.at, want) != 0)
        print_message("%s: %s, not %s\n", where, got.at, want);
    return strcmp(got.at, want) == 0;
}

static void read_examples(const char *path, bool sentences)
{
    FILE *f = fopen(path, "rb");
    assert_non_null(f);
    char line[LINE], text[LINE];
    unsigned known = 0, failed = 0, number = 0;
    ds_arena *a = ds_arena_new(0, TEST_BUDGET);
    while (fgets(line, sizeof line, f)) {
        number++;
        line[strcspn(line, "\n")] = '\0';
        if (line[0] == '#' || !line[0])
            continue;
        bool broken = line[0] == '!';
        char *want = line + (broken ? 2 : 0), *tab = strchr(line, '\t');
        snprintf(text, sizeof text, "%.*s", (int)strcspn(want, "\t"), want);
        if (sentences)
            unmark(text);
        ds_str where = ds_arena_printf(a, "%s:%u", path, number);
        bool good = agrees(a, text, sentences ? want : tab + 1,
                           sentences ? print_sentences : print_words, where.at);
        failed += !good && !broken;
        known += broken && !good;
        ds_arena_reset(a);
    }
    print_message("%s: %u examples wrong, %u more known to be\n", path, failed, known);
    fclose(f);
    ds_arena_free(a);
    assert_int_equal(failed, 0);
}

static void test_words(void **state)
{
    (void)state;
    read_examples(words_file, false);
}

static void test_sentences(void **state)
{
    (void)state;
    read_examples(sentences_file, true);
}

/* ---- what no table can hold ---------------------------------------------------------------------------------- */

static void test_without_width(void **state)
{
    (void)state;
    static const struct {
        const char *text, *want;
    } cases[] = {
        {"a\xE2\x80\x8B"
         "b and c\xE2\x80\x8B",
         "a\xE2\x80\x8B _b and c\xE2\x80\x8B"},
        {"\xE2\x80\xA2 One \xE2\x80\xA2 Two", "\xE2\x80\xA2 One \xE2\x80\xA2 Two"},
        {" \xE2\x80\xA2 ", ""},
        {"", ""},
    };
    ds_arena *a = ds_arena_new(0, TEST_BUDGET);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_true(agrees(a, cases[i].text, cases[i].want, print_words, "marks"));
    ds_arena_free(a);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_words),
                                       cmocka_unit_test(test_sentences),
                                       cmocka_unit_test(test_without_width)};
    words_file = argc > 2 ? argv[1] : "";
    sentences_file = argc > 2 ? argv[2] : "";
    return cmocka_run_group_tests(tests, open_words, close_words);
}
