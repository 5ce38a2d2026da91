/* SPDX-License-Identifier: Apache-2.0 */
/* norm.c - the key under which words are looked up: lower case, NFC, straight apostrophes, plain hyphens. */
#include "text/internal.h"

#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>

/* Below U+0300 there are no combining marks: such text is in NFC already. */
enum { FIRST_MARK = 0x300 };

static uint32_t norm_point(uint32_t c)
{
    if (ds_cp_apostrophe(c) || c == 0x2018 || c == 0x02BC)
        return '\'';
    if (ds_cp_hyphen(c))
        return '-';
    if (c < 0x80)
        return c >= 'A' && c <= 'Z' ? c + 32 : c;
    return (uint32_t)u_tolower((UChar32)c);
}

/* NFC by way of UTF-16, as ICU's C interface wants it. Leaves *s alone where ICU fails. */
static ds_status compose(ds_arena *a, ds_str *s)
{
    UErrorCode e = U_ZERO_ERROR;
    const UNormalizer2 *nfc = unorm2_getNFCInstance(&e);
    if (U_FAILURE(e) || s->len > INT32_MAX / 8)
        return DS_LIMIT;
    int32_t cap = (int32_t)s->len * 3 + 1, n = 0, m = 0,
            bytes = 0; /* NFC grows UTF-16 by 3 at most */
    UChar *wide = ds_arena_calloc(a, (size_t)cap, sizeof *wide);
    UChar *composed = ds_arena_calloc(a, (size_t)cap, sizeof *composed);
    char *out = ds_arena_alloc(a, (size_t)cap * 3);
    if (!wide || !composed || !out)
        return DS_NOMEM;
    u_strFromUTF8(wide, cap, &n, s->at, (int32_t)s->len, &e);
    m = unorm2_normalize(nfc, wide, n, composed, cap, &e);
    u_strToUTF8(out, cap * 3, &bytes, composed, m, &e);
    if (U_SUCCESS(e))
        *s = (ds_str){out, (size_t)bytes};
    return DS_OK;
}

static bool is_plain(ds_str s)
{
    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.at[i];
        if (c >= 0x80 || (c >= 'A' && c <= 'Z'))
            return false;
    }
    return true;
}

ds_str ds_text_norm(ds_arena *a, ds_str s)
{
    if (!s.at || is_plain(s))
        return s;
    ds_buf b = ds_buf_new(a);
    bool marks = false;
    for (size_t i = 0; i < s.len;) {
        uint32_t c = ds_cp_at(s, i, &i);
        if (ds_cp_classify(c) == DS_CP_IGNORE)
            continue;
        marks = marks || c >= FIRST_MARK;
        ds_buf_utf8(&b, norm_point(c));
    }
    ds_str out = ds_buf_str(&b);
    if (out.at && marks && compose(a, &out) == DS_NOMEM)
        return (ds_str){0};
    return out;
}

/* ---- tokens ------------------------------------------------------------------------------------------- */

/* Length of the possessive ending of a word's bytes: "'s" 2, "s'" 1, 0 for none. The apostrophe may be curly, and a
 * blank may come before it ("Russia 's"). *blank = the bytes of that blank. */
static size_t possessive_len(ds_str w)
{
    size_t n = w.len;
    uint32_t last = ds_cp_before(w, n);
    if (ds_cp_apostrophe(last)) { /* soldiers' */
        size_t at = ds_utf8_prev(w, n);
        return at > 0 ? n - at : 0;
    }
    if (last != 's' && last != 'S')
        return 0;
    size_t at = n - 1;
    if (at == 0 || !ds_cp_apostrophe(ds_cp_before(w, at)))
        return 0;
    at = ds_utf8_prev(w, at);
    while (at > 0 && ds_cp_space(ds_cp_before(w, at)))
        at = ds_utf8_prev(w, at);
    return at > 0 ? n - at : 0;
}

static uint8_t case_flags(ds_str w)
{
    uint32_t letters = 0, upper = 0;
    uint8_t flags = 0;
    for (size_t i = 0; i < w.len;) {
        uint32_t c = ds_cp_at(w, i, &i);
        if (ds_cp_classify(c) != DS_CP_LETTER)
            continue;
        bool up = ds_cp_upper(c);
        if (letters == 0 && up)
            flags |= DS_TF_CAP;
        letters++;
        upper += up;
    }
    if (letters >= 2 && upper == letters)
        flags |= DS_TF_ALLCAP;
    return flags;
}

/* Copies w lower-cased into the block's buffer; blanks inside (damage) are dropped. */
static ds_str lower_ascii(ds_scan *s, ds_str w)
{
    char *to = s->norms + s->norms_len;
    size_t n = 0;
    for (size_t i = 0; i < w.len; i++) {
        char c = w.at[i];
        if (c != ' ')
            to[n++] = c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
    }
    s->norms_len += n;
    return (ds_str){to, n};
}

static bool is_ascii(ds_str s)
{
    for (size_t i = 0; i < s.len; i++)
        if ((unsigned char)s.at[i] >= 0x80)
            return false;
    return true;
}

/* Behind the last digit up to two bytes may stand: "usd10m", "40th". */
static bool ends_in_digits(ds_str norm)
{
    enum { REACH = 3 };
    for (size_t k = 1; k <= REACH && k <= norm.len; k++)
        if (norm.at[norm.len - k] >= '0' && norm.at[norm.len - k] <= '9')
            return true;
    return false;
}

ds_status ds_token_norm(ds_scan *s, ds_token *t)
{
    ds_str w = ds_str_at(s->text, t->span);
    if (t->kind == DS_TOK_WORD || t->kind == DS_TOK_NUMBER) {
        size_t cut = possessive_len(w);
        if (cut) {
            ds_str bare = ds_str_cut(w, 0, w.len - cut);
            if (t->kind == DS_TOK_WORD)
                t->flags |= case_flags(bare);
            /* "it's", "that's": short for "is", not possessive; the norm keeps it. */
            ds_str whole = ds_text_norm(s->arena, w);
            if (!whole.at)
                return DS_NOMEM;
            if (!ds_edge_is(s->lex, whole, DS_STR("contraction"))) {
                t->flags |= DS_TF_POSSESSIVE;
                w = bare;
            }
        } else if (t->kind == DS_TOK_WORD) {
            t->flags |= case_flags(w);
        }
    }
    bool joined = (t->flags & DS_TF_JOINED) != 0;
    if (is_ascii(w)) {
        t->norm = !joined && is_plain(w) ? w : lower_ascii(s, w);
    } else {
        if (joined) { /* a blank inside, or one that the possessive took along */
            ds_buf b = ds_buf_new(s->arena);
            for (size_t i = 0; i < w.len;) {
                uint32_t c = ds_cp_at(w, i, &i);
                if (!ds_cp_space(c))
                    ds_buf_utf8(&b, c);
            }
            w = ds_buf_str(&b);
        }
        t->norm = ds_text_norm(s->arena, w);
    }
    if (!t->norm.at)
        return DS_NOMEM;
    if (ends_in_digits(t->norm))
        t->flags |= DS_TF_DIGIT;
    t->hash = ds_norm_hash(t->norm);
    t->starts = ds_norm_starts(s->lex, t->norm, t->hash);
    return DS_OK;
}
