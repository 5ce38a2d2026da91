/* SPDX-License-Identifier: Apache-2.0 */
/* names.c - the words that outputs use for enum values (docs/formats/claim.md), and an article's way back to its page. */
#include "text/text.h"

#define COUNT(list) (sizeof(list) / sizeof *(list))

static const char *const part_names[] = {"title", "standfirst", "key_point", "body", "caption"};
static const char *const kind_names[] = {"news", "opinion", "digest", "live", "press release"};
static const char *const bound_names[] = {"exact",     "about",  "at_least", "at_most", "more_than",
                                          "less_than", "almost", "range",    "vague"};
static const char *const holder_names[] = {"none", "named", "role", "anonymous"};
static const char *const certainty_names[] = {"asserted", "reported",   "estimated", "planned",
                                              "possible", "unverified", "denied"};

static const char *const type_names[] = {"DATE", "TIME", "DURATION", "SET"};
static const char *const role_names[] = {"at", "since", "until", "by"};
static const char *const anchor_names[] = {"none", "absolute", "publication", "reference", "event"};
static const char *const grain_names[] = {"none", "minute", "daypart", "day",    "weekend",
                                          "week", "month",  "quarter", "season", "half",
                                          "year", "decade", "century"};

static const char *const form_names[] = {"name", "nominal", "pronoun"};
static const char *const gender_names[] = {"none", "male", "female"};

static const char *name_of(const char *const *names, size_t len, unsigned i)
{
    return i < len ? names[i] : "?";
}

const char *ds_part_name(ds_part p)
{
    return name_of(part_names, COUNT(part_names), (unsigned)p);
}

const char *ds_kind_name(ds_article_kind k)
{
    return name_of(kind_names, COUNT(kind_names), (unsigned)k);
}

const char *ds_mention_form_name(ds_mention_form f)
{
    return name_of(form_names, COUNT(form_names), (unsigned)f);
}

const char *ds_gender_name(ds_gender g)
{
    return name_of(gender_names, COUNT(gender_names), (unsigned)g);
}

const char *ds_bound_name(ds_bound b)
{
    return name_of(bound_names, COUNT(bound_names), (unsigned)b);
}

const char *ds_holder_kind_name(ds_holder_kind k)
{
    return name_of(holder_names, COUNT(holder_names), (unsigned)k);
}

const char *ds_certainty_name(ds_certainty c)
{
    return name_of(certainty_names, COUNT(certainty_names), (unsigned)c);
}

ds_certainty ds_certainty_of(ds_str name, ds_certainty other)
{
    for (size_t i = 0; i < COUNT(certainty_names); i++)
        if (ds_str_eq(name, ds_str_of(certainty_names[i])))
            return (ds_certainty)i;
    return other;
}

/* First run that ends behind `at`. */
static size_t first_run(const ds_article *art, uint32_t at)
{
    size_t lo = 0, hi = art->runs_len;
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        if (art->runs[mid].text.end > at)
            hi = mid;
        else
            lo = mid + 1;
    }
    return lo;
}

ds_span ds_article_source(const ds_article *art, ds_span text)
{
    ds_span hull = {0, 0};
    for (size_t i = first_run(art, text.beg); i < art->runs_len && art->runs[i].text.beg < text.end;
         i++) {
        ds_run r = art->runs[i];
        if (!ds_span_meets(r.text, text))
            continue;
        ds_span p = r.page;
        if (ds_span_len(r.text) == ds_span_len(r.page)) { /* the same bytes: cut to what is asked */
            if (text.beg > r.text.beg)
                p.beg += text.beg - r.text.beg;
            if (text.end < r.text.end)
                p.end -= r.text.end - text.end;
        }
        if (hull.end == 0)
            hull = p;
        hull.beg = p.beg < hull.beg ? p.beg : hull.beg;
        hull.end = p.end > hull.end ? p.end : hull.end;
    }
    return hull;
}

const char *ds_time_type_name(ds_time_type t)
{
    return name_of(type_names, COUNT(type_names), (unsigned)t);
}

const char *ds_time_role_name(ds_time_role r)
{
    return name_of(role_names, COUNT(role_names), (unsigned)r);
}

const char *ds_time_anchor_name(ds_time_anchor a)
{
    return name_of(anchor_names, COUNT(anchor_names), (unsigned)a);
}

const char *ds_time_grain_name(ds_time_grain g)
{
    return name_of(grain_names, COUNT(grain_names), (unsigned)g);
}
