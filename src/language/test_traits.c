/* SPDX-License-Identifier: Apache-2.0 */
#include "language/traits.h"

#include <setjmp.h>
#include <stdio.h>

#include <cmocka.h>

static const struct {
    const char *word, *norm;
    ds_case shape;
    const char *piece[DS_FEATURE_PIECES];
} rows[] = {
    {"dam", "dam", DS_CASE_LOWER, {"am", "dam", "dam", "dam"}},
    {"Varn", "varn", DS_CASE_CAP, {"rn", "arn", "varn", "var"}},
    {"A", "a", DS_CASE_ONE, {"a", "a", "a", "a"}},
    {"NATO", "nato", DS_CASE_UPPER, {"to", "ato", "nato", "nat"}},
    {"U.S.", "u.s.", DS_CASE_UPPER, {"s.", ".s.", "u.s.", "u.s"}},
    {"McCain", "mccain", DS_CASE_MIXED, {"in", "ain", "cain", "mcc"}},
    {"12", "00", DS_CASE_DIGITS, {"00", "00", "00", "00"}},
    {"12,345", "00,000", DS_CASE_NUMBER, {"00", "000", ",000", "00,"}},
    {"T-72", "t-00", DS_CASE_CODE, {"00", "-00", "t-00", "t-0"}},
    {"—", "-", DS_CASE_MARKS, {"-", "-", "-", "-"}},
    {"“", "\"", DS_CASE_MARKS, {"\"", "\"", "\"", "\""}},
    {"n’t", "n't", DS_CASE_LOWER, {"'t", "n't", "n't", "n't"}},
    {"Élodie", "élodie", DS_CASE_CAP, {"ie", "die", "odie", "élo"}},
    {"Čapek", "čapek", DS_CASE_CAP, {"ek", "pek", "apek", "čap"}},
    {"уже", "уже", DS_CASE_LOWER, {"же", "уже", "уже", "уже"}},
    {"平壌", "平壌", DS_CASE_OTHER, {"平壌", "平壌", "平壌", "平壌"}},
    {"", "", DS_CASE_MARKS, {"", "", "", ""}},
};

static void test_words(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        ds_feature f;
        ds_feature_of(ds_str_of(rows[i].word), &f);
        char norm[DS_FEATURE_MOST + 1] = {0};
        memcpy(norm, f.norm, f.len);
        assert_string_equal(norm, rows[i].norm);
        assert_int_equal(f.shape, rows[i].shape);
        for (int p = 0; p < DS_FEATURE_PIECES; p++)
            assert_true(ds_str_eq(ds_feature_piece(&f, p), ds_str_of(rows[i].piece[p])));
    }
}

static void test_long_words_keep_both_ends(void **state)
{
    (void)state;
    char word[300];
    ds_feature f;
    memset(word, 'x', sizeof word);
    memcpy(word, "Begin", 5);
    memcpy(word + sizeof word - 3, "end", 3);
    ds_feature_of((ds_str){word, sizeof word}, &f);
    assert_int_equal(f.len, DS_FEATURE_MOST);
    assert_memory_equal(f.norm, "begin", 5);
    assert_memory_equal(f.norm + DS_FEATURE_MOST - 3, "end", 3);
}

static ds_sentence_case case_of(const char *const *words, size_t n)
{
    ds_feature f[16];
    for (size_t i = 0; i < n; i++)
        ds_feature_of(ds_str_of(words[i]), &f[i]);
    return ds_feature_sentence(f, n);
}

static void test_sentences(void **state)
{
    (void)state;
    static const char *const plain[] = {"Troops", "from", "Varn", "were", "sent", "home"};
    static const char *const title[] = {"Troops", "From", "Varn", "Sent", "Home"};
    static const char *const upper[] = {"TROOPS", "SENT", "HOME", "TODAY"};
    assert_int_equal(case_of(plain, 6), DS_SENTENCE_PLAIN);
    assert_int_equal(case_of(title, 5), DS_SENTENCE_TITLE);
    assert_int_equal(case_of(upper, 4), DS_SENTENCE_UPPER);
    assert_int_equal(case_of(title, 1), DS_SENTENCE_PLAIN);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_words),
        cmocka_unit_test(test_long_words_keep_both_ends),
        cmocka_unit_test(test_sentences),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
