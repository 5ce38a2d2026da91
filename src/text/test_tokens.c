/* SPDX-License-Identifier: Apache-2.0 */
#include "text/test_text.h"

/* Norms between bars; behind them W N S P and the flags: ^ cap, ^^ all caps, ' possessive, + joined. */
static ds_str print_tokens(ds_arena *a, const ds_doc *doc)
{
    ds_buf b = ds_buf_new(a);
    for (size_t i = 0; i < doc->toks_len; i++) {
        const ds_token *t = &doc->toks[i];
        ds_buf_printf(&b, "%s%.*s/%c%s%s%s", i ? " " : "", DS_FMT(t->norm), "WNSP"[t->kind],
                      t -> flags &DS_TF_ALLCAP ? "^^" : (t->flags & DS_TF_CAP ? "^" : ""),
                      t->flags &DS_TF_POSSESSIVE ? "'" : "", t->flags &DS_TF_JOINED ? "+" : "");
    }
    return ds_buf_str(&b);
}

static const struct {
    const char *text, *want;
} cases[] = {
    // clang-format off
    {"Twelve boats sank.", "twelve/W^ boats/W sank/W ./P"},
    {"12,000 of 1.28 million", "12,000/N of/W 1.28/N million/W"},
    {"12,34 and 1,000,000", "12/N ,/P 34/N and/W 1,000,000/N"},
    {"1,00,000 rupees", "1,00,000/N rupees/W"},
    {"350K on the 40th", "350k/N on/W the/W 40th/N"},
    {"a T26 and an F-16", "a/W t26/W^ and/W an/W f-16/W^"},
    {"twenty-five de\xE2\x80\x91mined zones", "twenty-five/W de-mined/W zones/W"},
    {"14-year-old", "14/N -/P year-old/W"},
    {"1950-53", "1950/N -/P 53/N"},
    {"at 10:30 a.m. on 1/28/25", "at/W 10:30/N a.m./W on/W 1/28/25/N"},
    {"$2,000, 40% and \xE2\x82\xAC" "33bn", "$/S 2,000/N ,/P 40/N %/S and/W \xE2\x82\xAC/S 33bn/N"},
    {"deployed\xE2\x80\x94" "around -- it...", "deployed/W \xE2\x80\x94/P around/W --/P it/W .../P"},
    {"the crew's oars, the rowers' oars", "the/W crew/W' oars/W ,/P the/W rowers/W' oars/W"},
    {"It's Norway\xE2\x80\x99s, don\xE2\x80\x99t", "it's/W^ norway/W^' ,/P don't/W"},
    {"the U.S. and U.S.-led AT&T", "the/W u.s./W^^ and/W u.s.-led/W^ at&t/W^^"},
    {"Dr. Ola J. R. Vik Jr. spoke", "dr./W^ ola/W^ j./W^ r./W^ vik/W^ jr./W^ spoke/W"},
    {"No. 5 said no.", "no./W^ 5/N said/W no/W ./P"},
    {"Ola n miners, Latvia 's coast", "ola/W^ n/W miners/W ,/P latvia/W^'+ coast/W"},
    {"Sent as re enforcements, co operation", "sent/W^ as/W reenforcements/W+ ,/P cooperation/W+"},
    {"in re cases, you 're electing", "in/W re/W cases/W ,/P you/W '/P re/W electing/W"},
    {"Lithuania n miners and Brazil ian farms", "lithuanian/W^+ miners/W and/W brazilian/W^+ farms/W"},
    {"rock 'n' roll", "rock/W '/P n/W '/P roll/W"},
    {"ferries.Harbours", "ferries/W ./P harbours/W^"},
    {"E.g. PLAN.DOC, ola.Vik@a.org", "e.g./W^ plan.doc/W^^ ,/P ola.vik@a.org/W"},
    {"What is known (c. 1900)", "what/W^ is/W known/W (/P c./W 1900/N )/P"},
    {"see example.org now", "see/W example.org/W now/W"},
    {"https://a.example/b?c=1, then", "https://a.example/b?c=1/W ,/P then/W"},
    {"\xC3\x89tienne paid \xC2\xBD", "\xC3\xA9tienne/W^ paid/W \xC2\xBD/N"},
    {"the 1990s, 2025's", "the/W 1990s/N ,/P 2025/N'"},
    {"3million", "3/N million/W"},
    {"", ""},
    {" \t ", ""},
    // clang-format on
};

static void test_tokens(void **state)
{
    (void)state;
    ds_arena *a = ds_arena_new(0, TEST_BUDGET);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ds_doc doc;
        assert_int_equal(read_text(a, cases[i].text, DS_PART_BODY, &doc, NULL), DS_OK);
        assert_string_equal(print_tokens(a, &doc).at, cases[i].want);
        ds_arena_reset(a);
    }
    ds_arena_free(a);
}

static void test_digits_near_the_end(void **state)
{
    (void)state;
    ds_arena *a = ds_arena_new(0, TEST_BUDGET);
    ds_doc doc;
    const char *yes = "12 40th USD10m sub-500 T26 1990s 350K 2025's 1/28/25",
               *no = "twelve T26-bomber USD10bill \xC2\xBD % sub a";
    assert_int_equal(read_text(a, yes, DS_PART_BODY, &doc, NULL), DS_OK);
    assert_int_equal(doc.toks_len, 9);
    for (size_t i = 0; i < doc.toks_len; i++)
        assert_true(doc.toks[i].flags & DS_TF_DIGIT);
    assert_int_equal(read_text(a, no, DS_PART_BODY, &doc, NULL), DS_OK);
    assert_int_equal(doc.toks_len, 7);
    for (size_t i = 0; i < doc.toks_len; i++)
        assert_false(doc.toks[i].flags & DS_TF_DIGIT);
    ds_arena_free(a);
}

/* A little bit of everything, over rising budgets: out of memory, or the whole answer; *out untouched before that. */
static void test_starved(void **state)
{
    (void)state;
    static const char text[] =
        "Dr. Vik's \xE2\x80\x9C"
        "12,000\xE2\x80\x9D caf\xC3\xA9s sold A\xCC\x8A, Norway 's best.Then 5.";
    bool done = false;
    for (size_t budget = 0; budget < 65536 && !done; budget += budget < 256 ? 1 : 64) {
        ds_arena *a = ds_arena_new(0, budget);
        ds_doc doc = {.toks_len = 77};
        ds_err err = {0};
        ds_status st = a ? read_text(a, text, DS_PART_BODY, &doc, &err) : DS_NOMEM;
        if (st == DS_NOMEM)
            assert_int_equal(doc.toks_len, 77);
        else
            assert_int_equal(st, DS_OK);
        done = st == DS_OK;
        ds_arena_free(a);
    }
    assert_true(done);
}

static void test_refused(void **state)
{
    (void)state;
    ds_arena *a = ds_arena_new(0, TEST_BUDGET);
    ds_doc doc;
    ds_err err = {0};
    assert_int_equal(read_text(a, "bad \xFF byte", DS_PART_BODY, &doc, &err), DS_BAD);
    assert_int_equal(err.at, 4);
    ds_arena_free(a);
}

static void test_norm(void **state)
{
    (void)state;
    ds_arena *a = ds_arena_new(0, TEST_BUDGET);
    assert_string_equal(ds_text_norm(a, DS_STR("Kim\xE2\x80\x99s CO\xE2\x80\x90OP")).at,
                        "kim's co-op");
    assert_true(ds_str_eq(ds_text_norm(a, DS_STR("A\xCC\x8A")),
                          DS_STR("\xC3\xA5"))); /* a and ring: one letter */
    ds_arena_free(a);
}

static void test_language(void **state)
{
    (void)state;
    // clang-format off
    static const struct { const char *text, *want; } texts[] = {
        {"The harbour master said on Friday that the ferry would sail again after the storm had passed.", "en"},
        {"Der Hafenmeister sagte am Freitag, die F\xC3\xA4hre werde nach dem Sturm wieder fahren.", "de"},
        {"", "und"}, {"1 2 3", "und"}, {"Deputy Sheriff", "und"},
    };
    // clang-format on
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        assert_string_equal(ds_text_language(ds_str_of(texts[i].text)).at, texts[i].want);
    assert_string_equal(ds_text_language(DS_STR("a\0b \0")).at, "und"); /* it ends */
}

static void test_language_names(void **state)
{
    (void)state;
    // clang-format off
    static const struct { const char *code, *name; bool known; } rows[] = {
        {"en", "English", true}, {"und", NULL, true}, {"de", "German", false}, {"zh-Hant", "Chinese (Traditional)", false},
        {"nb", NULL, false}, {"x-klingon-and-a-very-long-private-tag", NULL, false}, {"", NULL, false},
    };
    // clang-format on
    ds_arena *a = ds_arena_new(0, TEST_BUDGET);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        ds_str code = ds_str_of(rows[i].code);
        assert_int_equal(ds_language_known(code), rows[i].known);
        assert_ptr_equal(ds_lexicon_for(words, code), rows[i].known ? words : NULL);
        if (rows[i].name)
            assert_string_equal(ds_language_english(a, code).at, rows[i].name);
        else
            assert_non_null(ds_language_english(a, code).at);
    }
    assert_true(ds_language_known((ds_str){0}));
    ds_arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_tokens),         cmocka_unit_test(test_digits_near_the_end),
        cmocka_unit_test(test_starved),        cmocka_unit_test(test_refused),
        cmocka_unit_test(test_norm),           cmocka_unit_test(test_language),
        cmocka_unit_test(test_language_names),
    };
    return cmocka_run_group_tests(tests, open_words, close_words);
}
