/* SPDX-License-Identifier: Apache-2.0 */
/* persons.c - full names of persons that leave out given names or a second family name, or have only initials of them. */
#include "story/who.h"

static bool is_full(const form *f)
{
    return f->whole && f->n->to - f->n->from > 1 &&
           (f->n->cls == NAME_PERSON || f->n->cls == NAME_UNKNOWN);
}

/* ---- given names ----------------------------------------------------------------------------------------- */

static const name_word *given(const form *f, uint32_t i)
{
    return &f->n->word[f->n->from + i];
}

static uint32_t givens(const form *f)
{
    return f->n->to - f->n->from - 1;
}

static bool same_given(const name_word *x, const name_word *y)
{
    if ((x->is | y->is) & W_INITIAL)
        return x->spelling.len && y->spelling.len && x->spelling.at[0] == y->spelling.at[0];
    return ds_str_eq(x->spelling, y->spelling);
}

/* Are all given names of x, in order, among those of y from number `from` on? */
static bool among(const form *x, const form *y, uint32_t from)
{
    uint32_t k = from;
    for (uint32_t i = 0; i < givens(x); i++, k++) {
        while (k < givens(y) && !same_given(given(x, i), given(y, k)))
            k++;
        if (k >= givens(y))
            return false;
    }
    return true;
}

typedef enum fit {
    FIT_NOT,
    FIT_PERHAPS,
    FIT_WELL,
    FIT_SHARED /* well, but one page has both */
} fit;

/* "W. Mark Holm" fits "William Mark Holm" and "Mark Holm" well: the first names agree, or the one left out is an initial. "Mark Holm"
 * may be "William Mark Holm". */
static fit fit_of(const form *x, const form *y)
{
    if (givens(x) > givens(y)) {
        const form *z = x;
        x = y;
        y = z;
    }
    if (!among(x, y, 0))
        return FIT_NOT;
    bool first = same_given(given(x, 0), given(y, 0));
    return first || given(y, 0)->is & W_INITIAL ? FIT_WELL : FIT_PERHAPS;
}

typedef struct bearers { /* of one last name */
    bucket_roots all;
    uint8_t fit[BUCKET_MOST][BUCKET_MOST]; /* of k < i at [i][k] */
    uint8_t part[BUCKET_MOST]; /* those that fit each other, through others too, have one number */
} bearers;

static void merge_parts(bearers *b, uint8_t from, uint8_t to)
{
    for (uint32_t i = 0; i < b->all.len; i++)
        if (b->part[i] == from)
            b->part[i] = to;
}

static void fit_bearers(const who *w, bearers *b)
{
    for (uint32_t i = 0; i < b->all.len; i++) {
        b->part[i] = (uint8_t)i;
        for (uint32_t k = 0; k < i; k++) {
            b->fit[i][k] =
                (uint8_t)fit_of(who_form(w, b->all.form[i]), who_form(w, b->all.form[k]));
            if (b->fit[i][k] == FIT_WELL &&
                who_shared_page(w, b->all.form[i], b->all.form[k]) != WHO_NONE)
                b->fit[i][k] = FIT_SHARED;
            if (b->fit[i][k] == FIT_WELL)
                merge_parts(b, b->part[i], b->part[k]);
        }
    }
}

/* Does anybody in the part not fit another in it? */
static bool torn(const bearers *b, uint8_t part)
{
    for (uint32_t i = 0; i < b->all.len; i++)
        for (uint32_t k = 0; k < i; k++)
            if (b->part[i] == part && b->part[k] == part &&
                (b->fit[i][k] == FIT_NOT || b->fit[i][k] == FIT_SHARED))
                return true;
    return false;
}

/* All but the vowels, h, s for z: "Kristen", "Kristin"; "Elisabeth", "Elizabeth". */
static bool sounds_like(const name_word *x, const name_word *y)
{
    static const ds_str vowels = DS_STR_INIT("aeiouh");
    ds_str s = x->spelling, t = y->spelling;
    size_t i = 0, k = 0, n = 0;
    for (;; i++, k++, n++) {
        while (i < s.len && i > 0 && memchr(vowels.at, s.at[i], vowels.len))
            i++;
        while (k < t.len && k > 0 && memchr(vowels.at, t.at[k], vowels.len))
            k++;
        if (i >= s.len || k >= t.len)
            return n > 2 && i >= s.len && k >= t.len;
        if ((s.at[i] == 'z' ? 's' : s.at[i]) != (t.at[k] == 'z' ? 's' : t.at[k]))
            return false;
    }
}

static ds_status join_pair(who *w, const bearers *b, uint32_t i, uint32_t k)
{
    uint32_t x = b->all.form[i], y = b->all.form[k];
    const name *nx = who_form(w, x)->n, *ny = who_form(w, y)->n;
    bool one = nx->cls == NAME_PERSON || ny->cls == NAME_PERSON;
    bool both = nx->cls == NAME_PERSON && ny->cls == NAME_PERSON;
    if (one && b->fit[i][k] == FIT_SHARED)
        return who_apart_on_page(w, x, y, who_shared_page(w, x, y));
    if (one && b->fit[i][k] == FIT_WELL)
        return torn(b, b->part[i]) ? who_apart(w, x, y, DS_STR("the given names fit two"))
                                   : who_unite_unless_shared(w, x, y, DS_BY_GIVEN);
    if (both && b->fit[i][k] == FIT_PERHAPS && b->part[i] != b->part[k])
        return who_apart(w, x, y, DS_STR("one has another given name first"));
    if (both && b->fit[i][k] == FIT_NOT &&
        sounds_like(given(who_form(w, x), 0), given(who_form(w, y), 0)))
        return who_apart(w, x, y, DS_STR("their given names differ"));
    return DS_OK;
}

static ds_status join_bearers(who *w, const bucket *with)
{
    bearers b = {.all = bucket_holders(w, with)};
    if (b.all.too_many)
        return DS_OK;
    fit_bearers(w, &b);
    for (uint32_t i = 1; i < b.all.len; i++)
        for (uint32_t k = 0; k < i; k++)
            DS_TRY(join_pair(w, &b, i, k));
    return DS_OK;
}

/* ---- a second family name ---------------------------------------------------------------------------------- */

/* The full name that is left without the last name, or WHO_NONE. */
static ds_status shorter_of(who *w, ds_map *full, uint32_t i, uint32_t *out)
{
    const name *n = who_form(w, i)->n;
    uint64_t at;
    *out = WHO_NONE;
    if (!is_full(who_form(w, i)) || n->cls != NAME_PERSON || n->to - n->from < 3)
        return DS_OK;
    ds_str key = name_spelling(w->a, n, n->from, n->to - 1);
    if (!key.at)
        return DS_NOMEM;
    bool there = ds_map_get(full, key, &at) == DS_OK;
    if (there && who_form(w, (uint32_t)at)->n->cls == NAME_PERSON)
        *out = (uint32_t)at;
    return DS_OK;
}

/* "Luis Solano Rivera" is "Luis Solano", unless there is a "Luis Solano Prado" too. */
static ds_status join_families(who *w, ds_map *full)
{
    uint32_t *shorter = ds_arena_calloc(w->a, w->forms.len, sizeof *shorter);
    uint32_t *longer = ds_arena_calloc(w->a, w->forms.len, sizeof *longer); /* plus 1; of shorter */
    bool *several = ds_arena_calloc(w->a, w->forms.len, sizeof *several);
    if (!shorter || !longer || !several)
        return DS_NOMEM;
    for (uint32_t i = 0; i < w->forms.len; i++) {
        DS_TRY(shorter_of(w, full, i, &shorter[i]));
        uint32_t s = shorter[i];
        if (s == WHO_NONE)
            continue;
        several[s] |= longer[s] && who_root(w, longer[s] - 1) != who_root(w, i);
        longer[s] = i + 1;
    }
    for (uint32_t i = 0; i < w->forms.len; i++)
        if (shorter[i] != WHO_NONE && several[shorter[i]])
            DS_TRY(who_apart(w, i, shorter[i], DS_STR("two have another family name behind it")));
        else if (shorter[i] != WHO_NONE)
            DS_TRY(who_unite_unless_shared(w, i, shorter[i], DS_BY_FAMILY));
    return DS_OK;
}

/* ---- what only looks alike ------------------------------------------------------------------------------------ */

static bool one_letter_apart(ds_str x, ds_str y)
{
    size_t min = x.len < y.len ? x.len : y.len, max = x.len < y.len ? y.len : x.len;
    size_t head = 0, tail = 0;
    if (min < WHO_LONG_NAME || max - min > 1)
        return false;
    while (head < min && x.at[head] == y.at[head])
        head++;
    while (tail < min - head && x.at[x.len - 1 - tail] == y.at[y.len - 1 - tail])
        tail++;
    return head + tail + 1 >= max;
}

static ds_status tell_alike(who *w, const bucket *with)
{
    bucket_roots b = bucket_holders(w, with);
    for (uint32_t i = 1; i < b.len && !b.too_many; i++)
        for (uint32_t k = 0; k < i; k++) {
            const name *x = who_form(w, b.form[i])->n, *y = who_form(w, b.form[k])->n;
            if (one_letter_apart(x->word[x->to - 1].spelling, y->word[y->to - 1].spelling))
                DS_TRY(who_apart(w, b.form[i], b.form[k],
                                 DS_STR("the last names differ in a letter")));
        }
    return DS_OK;
}

/* ---- all -------------------------------------------------------------------------------------------------------- */

static ds_status each(who *w, const buckets *b, ds_status (*what)(who *, const bucket *))
{
    for (size_t i = 0; i < b->all.len; i++)
        DS_TRY(what(w, &b->all.at[i]));
    return DS_OK;
}

ds_status who_persons(who *w)
{
    buckets last = {0}, first = {0};
    ds_map *full = ds_map_new(w->a, 0);
    if (!full)
        return DS_NOMEM;
    for (uint32_t i = 0; i < w->forms.len; i++) {
        const form *f = who_form(w, i);
        uint64_t at;
        if (!is_full(f))
            continue;
        const name *n = f->n;
        ds_str key = name_spelling(w->a, n, n->from, n->to);
        DS_TRY(buckets_put(w->a, &last, n->word[n->to - 1].spelling, i));
        DS_TRY(buckets_put(w->a, &first, name_spelling(w->a, n, n->from, n->to - 1), i));
        if (!key.at)
            return DS_NOMEM;
        if (ds_map_get(full, key, &at) == DS_NONE)
            DS_TRY(ds_map_put(full, key, i));
    }
    DS_TRY(each(w, &last, join_bearers));
    DS_TRY(join_families(w, full));
    return each(w, &first, tell_alike);
}
