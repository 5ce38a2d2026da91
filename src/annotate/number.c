/* SPDX-License-Identifier: Apache-2.0 */
/* Numerals: digits, words, magnitudes, fractions, vague words. */
#include "annotate/internal.h"

typedef enum word_number {
    WN_NONE,
    WN_UNIT,
    WN_TEN,
    WN_HUNDRED,
    WN_MAGNITUDE,
    WN_FRACTION,
    WN_DOZEN,
    WN_VAGUE
} word_number;

static const struct {
    const char *name;
    word_number cls;
} number_classes[] = {{"unit", WN_UNIT},         {"ten", WN_TEN},
                      {"hundred", WN_HUNDRED},   {"magnitude", WN_MAGNITUDE},
                      {"fraction", WN_FRACTION}, {"dozen", WN_DOZEN},
                      {"vague", WN_VAGUE}};

ds_value exact_value(ds_frac f)
{
    return (ds_value){
        .low = f, .best = f, .high = f, .has_low = true, .has_best = true, .has_high = true};
}

static bool cell_frac(ds_str cell, ds_frac *out)
{
    ptrdiff_t slash = ds_str_find(cell, DS_STR("/"), 0);
    if (slash < 0)
        return ds_frac_parse(cell, out) == DS_OK;
    ds_frac num, den;
    return ds_frac_parse(ds_str_cut(cell, 0, (size_t)slash), &num) == DS_OK &&
           ds_frac_parse(ds_str_cut(cell, (size_t)slash + 1, cell.len), &den) == DS_OK &&
           ds_frac_div(num, den, out) == DS_OK;
}

static word_number row_class(const scan *s, uint32_t row)
{
    ds_str cls = ds_table_cell(s->numbers_t, row, 1);
    for (size_t i = 0; i < sizeof number_classes / sizeof *number_classes; i++)
        if (ds_str_eq(cls, ds_str_of(number_classes[i].name)))
            return number_classes[i].cls;
    return WN_NONE;
}

/* Class and value of one number word. */
static word_number word_class(const scan *s, ds_str norm, ds_frac *value)
{
    int64_t row = ds_phrase_find(s->numbers, norm);
    if (row < 0 || !cell_frac(ds_table_cell(s->numbers_t, (uint32_t)row, 2), value))
        return WN_NONE;
    return row_class(s, (uint32_t)row);
}

/* Sum of what words have said so far: "three hundred | and fifty | thousand". */
typedef struct adder {
    ds_frac total, group;
    bool any, units, tens; /* a unit or ten stands in the group: no other may follow */
} adder;

static bool add_word(adder *n, word_number cls, ds_frac v)
{
    switch (cls) {
    case WN_UNIT:
        if (n->units)
            return false;
        n->units = true;
        n->any = true;
        return ds_frac_add(n->group, v, &n->group) == DS_OK;
    case WN_TEN:
        if (n->units || n->tens)
            return false;
        n->tens = true;
        n->any = true;
        return ds_frac_add(n->group, v, &n->group) == DS_OK;
    case WN_HUNDRED:
    case WN_DOZEN:
        if (!n->any || n->group.num == 0)
            return false;
        n->units = n->tens = false;
        return ds_frac_mul(n->group, v, &n->group) == DS_OK;
    case WN_MAGNITUDE:
        if (!n->any || n->group.num == 0)
            return false;
        n->units = n->tens = false;
        if (ds_frac_mul(n->group, v, &n->group) < 0 ||
            ds_frac_add(n->total, n->group, &n->total) < 0)
            return false;
        n->group = DS_FRAC(0);
        return true;
    default:
        return false;
    }
}

/* "twenty-five", "two-thirds": the parts of a hyphenated word. */
static bool add_hyphenated(const scan *s, adder *n, ds_str norm, bool *ratio)
{
    ptrdiff_t cut = ds_str_find(norm, DS_STR("-"), 0);
    if (cut <= 0)
        return false;
    ds_frac a, b;
    word_number ca = word_class(s, ds_str_cut(norm, 0, (size_t)cut), &a);
    word_number cb = word_class(s, ds_str_cut(norm, (size_t)cut + 1, norm.len), &b);
    if (ca == WN_TEN && cb == WN_UNIT)
        return add_word(n, ca, a) && add_word(n, cb, b);
    if (ca == WN_UNIT && cb == WN_FRACTION && !n->any) {
        *ratio = true;
        n->any = true;
        return ds_frac_mul(a, b, &n->group) == DS_OK;
    }
    return false;
}

/* "350K", "2.5m", "12,000": digits with an optional magnitude glued on. */
static bool read_digits(const scan *s, ds_str text, ds_frac *out)
{
    char digits[40];
    size_t n = 0, i = 0;
    for (; i < text.len && n < sizeof digits; i++) {
        char c = text.at[i];
        if (c == ',')
            continue;
        if ((c < '0' || c > '9') && c != '.')
            break;
        digits[n++] = c;
    }
    while (n && digits[n - 1] == '.')
        n--;
    if (!n || ds_frac_parse((ds_str){digits, n}, out) != DS_OK)
        return false;
    if (i == text.len)
        return true;
    ds_frac times;
    ds_str tail = ds_ascii_lower(s->arena, ds_str_cut(text, i, text.len));
    return tail.at && word_class(s, tail, &times) == WN_MAGNITUDE &&
           ds_frac_mul(*out, times, out) == DS_OK;
}

static bool vague_at(const scan *s, uint32_t i, uint32_t end, numeral *out)
{
    uint32_t row, n = ds_phrase_at(s->numbers, s->doc->toks, i, end, &row);
    if (!n || row_class(s, row) != WN_VAGUE)
        return false;
    ds_value v = {.has_low = true, .has_high = true, .bound = DS_BOUND_VAGUE};
    if (!cell_frac(ds_table_cell(s->numbers_t, row, 2), &v.low) ||
        !cell_frac(ds_table_cell(s->numbers_t, row, 3), &v.high))
        return false;
    if (i + n + 1 < end && norm_is(s, i, "a") && norm_is(s, i + n, "of"))
        n++; /* "a couple of" */
    *out = (numeral){.tok = i, .end = i + n, .value = v};
    return true;
}

/* Does a fraction word at i stand for a share (not "a third time", "the fifth")? */
static bool share_follows(const scan *s, uint32_t next, uint32_t end)
{
    if (next >= end)
        return true;
    if (norm_is(s, next, "of") || tok_at(s, next)->kind == DS_TOK_PUNCT)
        return true;
    return upos_at(s, next) == DS_VERB || upos_at(s, next) == DS_AUX || upos_at(s, next) == DS_ADP;
}

static bool fraction_at(const scan *s, uint32_t i, uint32_t end, numeral *out)
{
    ds_frac v, times = DS_FRAC(1);
    uint32_t k = i;
    bool article = false;
    if (norm_is(s, k, "a") || norm_is(s, k, "an")) {
        article = true;
        k++;
    } else if (word_class(s, norm_at(s, k), &v) == WN_UNIT) {
        article = true;
        times = v;
        k++;
    }
    if (k >= end || word_class(s, norm_at(s, k), &v) != WN_FRACTION)
        return false;
    bool half = v.den == 2;
    if (!half && (!article || !share_follows(s, k + 1, end)))
        return false;
    if (half && k + 1 < end && norm_is(s, k + 1, "-"))
        return false;
    if (half && !article && k > 0 &&
        (norm_is(s, k - 1, "first") || norm_is(s, k - 1, "second") || norm_is(s, k - 1, "other")))
        return false;
    if (ds_frac_mul(times, v, &v) < 0)
        return false;
    *out = (numeral){.tok = i, .end = k + 1, .value = exact_value(v), .ratio = true};
    ds_frac big; /* "half a million" */
    if (half && k + 2 < end && norm_is(s, k + 1, "a") &&
        word_class(s, norm_at(s, k + 2), &big) >= WN_HUNDRED &&
        word_class(s, norm_at(s, k + 2), &big) != WN_FRACTION && ds_frac_mul(v, big, &v) == DS_OK)
        *out = (numeral){.tok = i, .end = k + 3, .value = exact_value(v)};
    return true;
}

/* "one in five", "one out of ten". */
static bool one_in_at(const scan *s, uint32_t i, uint32_t end, numeral *out)
{
    ds_frac a, b;
    uint32_t k = i + 1;
    if (k + 1 >= end || word_class(s, norm_at(s, i), &a) != WN_UNIT)
        return false;
    if (norm_is(s, k, "out") && norm_is(s, k + 1, "of"))
        k++;
    else if (!norm_is(s, k, "in"))
        return false;
    if (++k >= end)
        return false;
    bool number = tok_at(s, k)->kind == DS_TOK_NUMBER
                      ? read_digits(s, norm_at(s, k), &b) && b.num < 1000
                      : word_class(s, norm_at(s, k), &b) == WN_UNIT;
    if (!number || in_date(s, k) || ds_frac_cmp(a, b) >= 0 || ds_frac_div(a, b, &a) < 0)
        return false;
    *out = (numeral){.tok = i, .end = k + 1, .value = exact_value(a), .ratio = true};
    return true;
}

static bool digits_at(const scan *s, uint32_t i, uint32_t end, numeral *out)
{
    ds_frac v, times;
    if (tok_at(s, i)->kind != DS_TOK_NUMBER || !read_digits(s, norm_at(s, i), &v))
        return false;
    uint32_t k = i + 1;
    /* "11 000": groups of three after a space */
    while (k < end && tok_at(s, k)->kind == DS_TOK_NUMBER && norm_at(s, k).len == 3 &&
           norm_at(s, k - 1).len <= 3 && tok_at(s, k)->span.beg - tok_at(s, k - 1)->span.end <= 2 &&
           v.den == 1 && v.num > 0) {
        ds_frac group;
        if (!read_digits(s, norm_at(s, k), &group) || ds_frac_mul(v, DS_FRAC(1000), &v) < 0 ||
            ds_frac_add(v, group, &v) < 0)
            return false;
        k++;
    }
    while (k < end && tok_at(s, k)->kind == DS_TOK_WORD) {
        word_number cls = word_class(s, norm_at(s, k), &times);
        if ((cls != WN_MAGNITUDE && cls != WN_HUNDRED && cls != WN_DOZEN) ||
            ds_frac_mul(v, times, &v) < 0)
            break;
        k++;
    }
    *out = (numeral){.tok = i, .end = k, .value = exact_value(v)};
    return true;
}

static bool words_at(const scan *s, uint32_t i, uint32_t end, numeral *out)
{
    adder n = {DS_FRAC(0), DS_FRAC(0), false, false, false};
    uint32_t k = i, last = i;
    bool ratio = false;
    ds_frac v;
    if ((norm_is(s, k, "a") || norm_is(s, k, "an")) && k + 1 < end) { /* "a hundred", "a dozen" */
        word_number next = word_class(s, norm_at(s, k + 1), &v);
        if (next != WN_HUNDRED && next != WN_MAGNITUDE && next != WN_DOZEN)
            return false;
        if (norm_at(s, k + 1).len < 3)
            return false;
        n.group = DS_FRAC(1);
        n.any = true;
        k++;
    }
    for (; k < end && tok_at(s, k)->kind == DS_TOK_WORD; k++) {
        if (n.any && norm_is(s, k, "and") && k + 1 < end) {
            word_number next = word_class(s, norm_at(s, k + 1), &v);
            bool hundreds = n.group.num >= 100 || n.total.num > 0;
            ptrdiff_t cut = ds_str_find(norm_at(s, k + 1), DS_STR("-"), 0);
            if (cut > 0) /* "ninety-nine" */
                next = word_class(s, ds_str_cut(norm_at(s, k + 1), 0, (size_t)cut), &v);
            if (!hundreds || (next != WN_UNIT && next != WN_TEN) || n.units || n.tens)
                break;
            continue;
        }
        word_number cls = word_class(s, norm_at(s, k), &v);
        if (norm_at(s, k).len < 3 && cls == WN_MAGNITUDE)
            break;
        if (cls == WN_NONE ? !add_hyphenated(s, &n, norm_at(s, k), &ratio) : !add_word(&n, cls, v))
            break;
        last = k + 1;
        if (ratio)
            break;
    }
    if (!n.any || last == i || ds_frac_add(n.total, n.group, &n.total) < 0)
        return false;
    *out = (numeral){.tok = i, .end = last, .value = exact_value(n.total), .ratio = ratio};
    out->one = last == i + 1 && norm_is(s, i, "one");
    return true;
}

/* "two and a half million", "one and a half". */
static void and_a_half(const scan *s, uint32_t end, numeral *n)
{
    uint32_t k = n->end;
    ds_frac v, half;
    if (k + 2 >= end || !norm_is(s, k, "and") || !norm_is(s, k + 1, "a") ||
        word_class(s, norm_at(s, k + 2), &half) != WN_FRACTION)
        return;
    if (ds_frac_add(n->value.best, half, &v) < 0)
        return;
    n->end = k + 3;
    ds_frac times;
    if (n->end < end && word_class(s, norm_at(s, n->end), &times) == WN_MAGNITUDE &&
        ds_frac_mul(v, times, &v) == DS_OK)
        n->end++;
    n->value = exact_value(v);
    n->one = false;
}

bool numeral_at(const scan *s, uint32_t i, uint32_t end, numeral *out)
{
    if (in_date(s, i))
        return false;
    if (vague_at(s, i, end, out) || one_in_at(s, i, end, out) || fraction_at(s, i, end, out))
        return true;
    if (!digits_at(s, i, end, out) && !words_at(s, i, end, out))
        return false;
    and_a_half(s, end, out);
    return true;
}
