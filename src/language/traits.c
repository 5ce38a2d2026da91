/* SPDX-License-Identifier: Apache-2.0 */
#include "language/traits.h"

#include <unicode/uchar.h>

typedef struct look {
    uint32_t letters, uppers, lowers, digits, marks;
    bool cap; /* the first letter is one */
} look;

static void see_letter(look *l, bool upper, bool lower)
{
    if (!l->letters && !l->digits)
        l->cap = upper;
    l->letters++;
    l->uppers += upper;
    l->lowers += lower;
}

/* One spelling for marks that mean the same. */
static const char *plain_mark(uint32_t c)
{
    switch (c) {
    case 0x2018:
    case 0x2019:
    case 0x02BC:
    case 0x00B4:
    case 0x0060:
        return "'";
    case 0x201C:
    case 0x201D:
    case 0x00AB:
    case 0x00BB:
        return "\"";
    case 0x2010:
    case 0x2011:
    case 0x2012:
    case 0x2013:
    case 0x2014:
    case 0x2015:
    case 0x2212:
        return "-";
    case 0x2026:
        return "...";
    default:
        return NULL;
    }
}

static size_t put_utf8(uint32_t c, char out[4])
{
    if (c < 0x80)
        return out[0] = (char)c, 1;
    if (c < 0x800)
        return out[0] = (char)(0xC0 | c >> 6), out[1] = (char)(0x80 | (c & 63)), 2;
    if (c < 0x10000)
        return out[0] = (char)(0xE0 | c >> 12), out[1] = (char)(0x80 | (c >> 6 & 63)),
               out[2] = (char)(0x80 | (c & 63)), 3;
    return out[0] = (char)(0xF0 | c >> 18), out[1] = (char)(0x80 | (c >> 12 & 63)),
           out[2] = (char)(0x80 | (c >> 6 & 63)), out[3] = (char)(0x80 | (c & 63)), 4;
}

/* Appends; of a word that is too long the last quarter is overwritten, so that its end shows. */
static void put(ds_feature *f, const char *s, size_t n)
{
    enum { TAIL = DS_FEATURE_MOST / 4 };
    if (f->len + n > DS_FEATURE_MOST) {
        memmove(f->norm + DS_FEATURE_MOST - TAIL, f->norm + f->len - (TAIL - n), TAIL - n);
        f->len = (uint8_t)(DS_FEATURE_MOST - n);
    }
    memcpy(f->norm + f->len, s, n);
    f->len = (uint8_t)(f->len + n);
}

static void take_wide(ds_feature *f, look *l, uint32_t c)
{
    char out[4];
    const char *mark = plain_mark(c);
    if (mark) {
        l->marks++;
        put(f, mark, strlen(mark));
    } else if (u_isdigit((UChar32)c)) {
        l->digits++;
        put(f, "0", 1);
    } else {
        if (u_isalpha((UChar32)c))
            see_letter(l, u_isupper((UChar32)c), u_islower((UChar32)c));
        else
            l->marks++;
        put(f, out, put_utf8((uint32_t)u_tolower((UChar32)c), out));
    }
}

static void take_ascii(ds_feature *f, look *l, char c)
{
    bool upper = c >= 'A' && c <= 'Z', lower = c >= 'a' && c <= 'z', digit = c >= '0' && c <= '9';
    if (upper || lower)
        see_letter(l, upper, lower);
    l->digits += digit;
    l->marks += !upper && !lower && !digit;
    char out = upper ? (char)(c | 32) : digit ? '0' : c == '`' ? '\'' : c;
    if (f->len < DS_FEATURE_MOST)
        f->norm[f->len++] = out;
    else
        put(f, &out, 1);
}

static ds_case case_of(const look *l)
{
    if (!l->letters)
        return !l->digits ? DS_CASE_MARKS : l->marks ? DS_CASE_NUMBER : DS_CASE_DIGITS;
    if (l->digits)
        return DS_CASE_CODE;
    if (!l->uppers)
        return l->lowers ? DS_CASE_LOWER : DS_CASE_OTHER;
    if (l->letters == 1)
        return DS_CASE_ONE;
    if (l->uppers == l->letters)
        return DS_CASE_UPPER;
    return l->cap && l->uppers == 1 ? DS_CASE_CAP : DS_CASE_MIXED;
}

void ds_feature_of(ds_str word, ds_feature *out)
{
    look l = {0};
    out->len = 0;
    for (size_t i = 0; i < word.len;) {
        if ((unsigned char)word.at[i] < 0x80)
            take_ascii(out, &l, word.at[i++]);
        else
            take_wide(out, &l, ds_utf8_next(word, &i));
    }
    out->shape = (uint8_t)case_of(&l);
}

ds_sentence_case ds_feature_sentence(const ds_feature *words, size_t n)
{
    enum { LONG = 4, FEWEST = 3 };
    size_t longs = 0, caps = 0, uppers = 0;
    for (size_t i = 0; i < n; i++) {
        if (words[i].len < LONG || words[i].shape > DS_CASE_MIXED)
            continue;
        longs++;
        uppers += words[i].shape == DS_CASE_UPPER;
        caps += words[i].shape != DS_CASE_LOWER;
    }
    if (longs < FEWEST)
        return DS_SENTENCE_PLAIN;
    return uppers * 5 >= longs * 4 ? DS_SENTENCE_UPPER
           : caps * 5 >= longs * 4 ? DS_SENTENCE_TITLE
                                   : DS_SENTENCE_PLAIN;
}

static bool inside(char c) /* of a character of several bytes, behind its first */
{
    return ((unsigned char)c & 0xC0) == 0x80;
}

ds_str ds_feature_piece(const ds_feature *f, int piece)
{
    static const uint8_t chars[DS_FEATURE_PIECES] = {2, 3, 4, 3};
    size_t i = 0;
    if (piece == DS_FEATURE_PIECES - 1) {
        for (int k = 0; k < chars[piece] && i < f->len; k++)
            for (i++; i < f->len && inside(f->norm[i]); i++)
                ;
        return (ds_str){f->norm, i};
    }
    i = f->len;
    for (int k = 0; k < chars[piece] && i > 0; k++)
        for (i--; i > 0 && inside(f->norm[i]); i--)
            ;
    return (ds_str){f->norm + i, f->len - i};
}
