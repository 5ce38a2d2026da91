/* SPDX-License-Identifier: Apache-2.0 */
/* language.c - which language a text is in. */
#include "text/internal.h"

/* cld2 reads at most this much: the start of an article says enough, and the rest costs time. */
enum {
    LANGUAGE_BYTES = 2048,
    LANGUAGE_LEAST = 64, /* shorter: cld2 takes "Deputy Sheriff" for Uzbek, and is sure of it */
};

/* The commonest words of English; a third of the words of most texts. No other language comes near both
 * shares below, and a look at words costs a hundredth of what cld2 takes. */
// clang-format off
static const char commonest[26][8][6] = { /* by first letter */
    ['a' - 'a'] = {"and", "a", "as", "at", "are", "an"}, ['b' - 'a'] = {"by", "be", "but"}, ['f' - 'a'] = {"for", "from"},
    ['h' - 'a'] = {"has", "he", "his", "have"}, ['i' - 'a'] = {"in", "is", "it", "i"}, ['n' - 'a'] = {"not"},
    ['o' - 'a'] = {"of", "on"}, ['s' - 'a'] = {"said"},
    ['t' - 'a'] = {"the", "to", "that", "this", "they", "their"}, ['w' - 'a'] = {"was", "with", "who", "will", "which", "we"},
    ['y' - 'a'] = {"you"},
};
// clang-format on
enum {
    ENGLISH_WORDS = 100,      /* shorter texts are left to cld2 */
    ENGLISH_PERCENT = 24,     /* of the words are among the commonest ... */
    ENGLISH_THE_PERMILLE = 15 /* ... and so many are "the" */
};

/* `word`: in lower case, zeros behind it. */
static bool common_word(const char word[8])
{
    const char(*row)[6] = commonest[word[0] - 'a'];
    for (; **row; row++)
        if (memcmp(*row, word, sizeof *row) == 0)
            return true;
    return false;
}

static bool plain_english(ds_str text)
{
    size_t words = 0, common = 0, the = 0;
    for (size_t i = 0; i < text.len;) {
        char word[8] = {0};
        size_t n = 0;
        bool whole = true;
        while (i < text.len && (unsigned char)text.at[i] <= ' ')
            i++;
        for (; i < text.len && (unsigned char)text.at[i] > ' '; i++) {
            char c = text.at[i] >= 'A' && text.at[i] <= 'Z' ? (char)(text.at[i] + 32) : text.at[i];
            whole &= c >= 'a' && c <= 'z' && n < 5;
            if (whole)
                word[n++] = c;
        }
        words++;
        if (!whole || !n)
            continue;
        common += common_word(word);
        the += n == 3 && memcmp(word, "the", 3) == 0;
    }
    return words >= ENGLISH_WORDS && common * 100 >= words * ENGLISH_PERCENT &&
           the * 1000 >= words * ENGLISH_THE_PERMILLE;
}

ds_str ds_text_language(ds_str text)
{
    // clang-format off
    static const struct { const char *cld2, *bcp47; } renamed[] = {{"iw", "he"}, {"jw", "jv"}, {"sh", "sr-Latn"}};
    // clang-format on
    size_t len = text.len < LANGUAGE_BYTES ? text.len : LANGUAGE_BYTES;
    while (len > 0 && len < text.len && ((unsigned char)text.at[len] & 0xC0) == 0x80)
        len--; /* cld2 wants whole code points */
    bool valid = text.at && len &&
                 ds_utf8_check((ds_str){text.at, len}, NULL) == DS_OK; /* cld2 wants that too */
    if (valid && plain_english((ds_str){text.at, len}))
        return DS_STR("en");
    const char *code = valid ? ds_cld2_language(text.at, (int)len) : NULL;
    if (!code || (len < LANGUAGE_LEAST && strcmp(code, "en") != 0))
        return DS_STR("und");
    for (size_t i = 0; i < sizeof renamed / sizeof *renamed; i++)
        if (strcmp(code, renamed[i].cld2) == 0)
            return ds_str_of(renamed[i].bcp47);
    return ds_str_of(code);
}
