/* SPDX-License-Identifier: Apache-2.0 */
/* html_days.c - days of publication and change of an HTML page.
 *
 * Method   what the page states, by trust: <meta>, JSON-LD, microdata, other vocabularies, <time>; then the date line
 *          at the headline, then the page's address. A stated day in Greenwich time gives way to its neighbour if the
 *          date line or the address prints that: readers count in local days. A day of change is never one of publication
 */
#include "extract/html.h"

#define LINE_WORDS 30 /* a date line has no more words */
#define MAST_WORDS 8  /* of a line that holds little but its date */
#define LINE_DATES 4
#define PROSE_MOST 2    /* paragraphs below the headline after which no date line comes */
#define CUE_WORDS 3     /* "Last updated": a block of its own */
#define CUE_BYTES 40    /* words before a date that say what it is */
#define YEAR_LEAST 1995 /* addresses give no earlier year */

static bool near_day(ds_day a, ds_day b)
{
    return a != DS_DAY_NONE && b != DS_DAY_NONE && a - b <= 1 && b - a <= 1;
}

/* ---- addresses -------------------------------------------------------------------------------------------------- */

static int digits_at(ds_str s, size_t i, size_t n)
{
    int v = 0;
    if (i + n > s.len)
        return -1;
    for (size_t k = i; k < i + n; k++) {
        if (!ext_is_digit((unsigned char)s.at[k]))
            return -1;
        v = v * 10 + (s.at[k] - '0');
    }
    return v;
}

static bool digit_at(ds_str s, size_t i)
{
    return i < s.len && ext_is_digit((unsigned char)s.at[i]);
}

/* Month of "/10/", "/9/", "/oct/", "/october/" at i; *next: behind its separator. */
static int month_part(ds_str s, size_t i, char sep, size_t *next)
{
    char low[16];
    size_t end = i;
    while (end < s.len && s.at[end] != sep && end - i < sizeof low) {
        low[end - i] = ext_lower(s.at[end]);
        end++;
    }
    if (end >= s.len || s.at[end] != sep || end == i)
        return 0;
    *next = end + 1;
    int v = end - i <= 2 ? digits_at(s, i, end - i) : -1;
    return v > 0 ? v : end - i > 2 ? ext_month((ds_str){low, end - i}, false) : 0;
}

/* "2023/11/05", "2023-11-05", "20231105" at i. */
static ds_day day_at(ds_str s, size_t i)
{
    int year = digits_at(s, i, 4), month, day;
    size_t k;
    if (year < YEAR_LEAST || year > 2099)
        return DS_DAY_NONE;
    char sep = i + 4 < s.len ? s.at[i + 4] : 0;
    if (digit_at(s, i + 4)) {
        month = digits_at(s, i + 4, 2);
        day = digits_at(s, i + 6, 2);
        return month > 0 && day > 0 ? ds_day_of(year, month, day) : DS_DAY_NONE;
    }
    if (sep != '/' && sep != '-' && sep != '_')
        return DS_DAY_NONE;
    month = month_part(s, i + 5, sep, &k);
    size_t n = month && digit_at(s, k) ? 1 + digit_at(s, k + 1) : 0;
    if (!n || digit_at(s, k + n))
        return DS_DAY_NONE;
    day = digits_at(s, k, n);
    return month > 0 && day > 0 ? ds_day_of(year, month, day) : DS_DAY_NONE;
}

/* The first date in an address behind its host. `stamp`: more digits may follow, as in names of files. */
ds_day html_day_in_url(ds_str url, bool stamp)
{
    ptrdiff_t host = ds_str_find(url, DS_STR("://"), 0);
    for (size_t i = host < 0 ? 0 : (size_t)host + 3; i + 8 <= url.len; i++) {
        if (!ext_is_digit((unsigned char)url.at[i]) ||
            (i > 0 && ext_is_alnum((unsigned char)url.at[i - 1])))
            continue;
        size_t n = 0;
        while (digit_at(url, i + n))
            n++;
        bool fits = n == 4 || n == 8 || (stamp && (n == 14 || n == 17 || n == 12));
        ds_day day = fits ? day_at(url, i) : DS_DAY_NONE;
        if (day != DS_DAY_NONE)
            return day;
        i += n - 1;
    }
    return DS_DAY_NONE;
}

/* ---- what the page prints ----------------------------------------------------------------------------------------- */

typedef struct printed {
    ds_day published, modified;
    ds_str words;   /* that give the first */
    bool headline;  /* they stand in the headline: no date line */
    ds_day address; /* the day in the page's address */
} printed;

static bool says_updated(const ext_page *p, ds_str s, uint32_t at)
{
    char buf[EXT_KEY_BYTES];
    size_t from = at > CUE_BYTES ? at - CUE_BYTES : 0;
    return ext_words_holds(&p->words, ext_key(ds_str_cut(s, from, at), buf), EXT_C_UPDATED);
}

/* Of two readings the one that another statement of the page bears out. */
static ds_day reading(const ext_page *p, const ext_day *d, ds_day address)
{
    const ext_meta *m = &p->meta;
    if (d->other == DS_DAY_NONE || near_day(address, d->day))
        return d->day;
    if (near_day(address, d->other))
        return d->other;
    for (size_t by = 0; by < EXT_BY_COUNT; by++) {
        if (near_day(m->published[by].day, d->day) || near_day(m->modified[by].day, d->day))
            return d->day;
        if (near_day(m->published[by].day, d->other) || near_day(m->modified[by].day, d->other))
            return d->other;
    }
    return d->day;
}

/* "Updated" may stand in a block of its own before the date. */
static bool updated_before(const ext_page *p, uint32_t block)
{
    char buf[EXT_KEY_BYTES];
    const ext_block *b = block > 0 ? &p->blocks.at[block - 1] : NULL;
    return b && b->words <= CUE_WORDS &&
           ext_words_holds(&p->words, ext_key(ext_text(p, b), buf), EXT_C_UPDATED);
}

/* No date without a digit; digits of other scripts are no ASCII. */
static bool may_hold_date(ds_str s)
{
    for (size_t i = 0; i < s.len; i++)
        if (ext_is_digit((unsigned char)s.at[i]) || (unsigned char)s.at[i] >= 0x80)
            return true;
    return false;
}

/* Takes the dates of a block; of running text only a day of change ("Last updated: 3 May 2024. If you ..."). */
static ds_status read_line(ext_page *p, uint32_t block, bool prose, printed *out)
{
    ds_str s = {0};
    ext_day days[LINE_DATES];
    if (!may_hold_date(ext_text(p, &p->blocks.at[block])))
        return DS_OK;
    DS_TRY(html_line(p, block, DS_STR(" "), &s));
    size_t n = ext_days(s, &p->meta.locale, days, LINE_DATES);
    for (size_t i = 0; i < n; i++) {
        uint32_t at = days[i].at.beg;
        bool changed = says_updated(p, s, at) || (at == 0 && updated_before(p, block));
        ds_day *into = changed ? &out->modified : &out->published;
        if (*into != DS_DAY_NONE || (prose && !changed))
            continue;
        *into = reading(p, &days[i], out->address);
        if (!changed)
            out->words = ds_str_at(s, days[i].at);
    }
    return DS_OK;
}

static bool date_line(const ext_block *b, uint16_t headline)
{
    const uint16_t out = (EXT_BF_COMMENT | EXT_BF_RELATED) & ~headline;
    return b->words <= LINE_WORDS && b->label != EXT_BULLET && !(b->flags & out);
}

/* Dates printed below the headline, before the text is well under way; else above it. */
static ds_status printed_near(ext_page *p, const ext_draft *d, printed *out)
{
    uint32_t beg, end, from, prose = 0;
    out->published = out->modified = DS_DAY_NONE;
    html_near_title(p, d, &beg, &end);
    from = d->title_block >= beg && d->title_block < end ? (uint32_t)d->title_block : beg;
    uint16_t headline = p->blocks.at[from].flags;
    bool titled = from == d->title_block;
    for (uint32_t i = from + titled; i < end && prose < PROSE_MOST; i++) {
        const ext_block *b = &p->blocks.at[i];
        prose += i > from && b->label == EXT_PROSE && !(b->flags & EXT_BF_CAPTION);
        if (date_line(b, headline))
            DS_TRY(read_line(p, i, b->label == EXT_PROSE && i > from, out));
    }
    for (uint32_t i = from; i-- > beg && out->published == DS_DAY_NONE;)
        if (date_line(&p->blocks.at[i], headline))
            DS_TRY(read_line(p, i, p->blocks.at[i].label == EXT_PROSE, out));
    if (!titled || out->published != DS_DAY_NONE)
        return DS_OK;
    out->headline = true;
    return read_line(p, from, false, out);
}

/* ---- the choice ------------------------------------------------------------------------------------------------------ */

static const ext_by order[] = {EXT_BY_META, EXT_BY_LD, EXT_BY_MICRO, EXT_BY_OTHER, EXT_BY_TIME};

/* <time> elements near the headline count as statements. */
static void take_times(ext_page *p, const ext_draft *d)
{
    ext_meta *m = &p->meta;
    uint32_t beg, end;
    html_near_title(p, d, &beg, &end);
    if (beg >= end)
        return;
    uint32_t from = p->blocks.at[beg].first, to = p->blocks.at[end - 1].first;
    for (size_t i = 0; i < m->times.len; i++) {
        const ext_time *t = &m->times.at[i];
        ext_when *into = t->changed ? &m->modified[EXT_BY_TIME] : &m->published[EXT_BY_TIME];
        if (t->node >= from && t->node <= to && into->day == DS_DAY_NONE)
            *into = t->when;
    }
}

/* The most trusted statement, or -1. */
static int best_of(const ext_when *said)
{
    for (size_t i = 0; i < sizeof order / sizeof *order; i++)
        if (said[order[i]].day != DS_DAY_NONE)
            return (int)order[i];
    return -1;
}

static void set_day(ext_draft *d, ds_day day, const char *from, ds_str words)
{
    d->art.published = day;
    d->art.published_from = ds_str_of(from);
    d->art.window_from = words;
}

void html_page_day(const ext_page *p, ext_draft *d)
{
    int by = best_of(p->meta.published), changed = best_of(p->meta.modified);
    d->art.published = d->art.modified = DS_DAY_NONE;
    if (by >= 0) {
        set_day(d, p->meta.published[by].day, html_by_name((ext_by)by), p->meta.published[by].time);
        d->extra.published_time = p->meta.published[by].time;
    }
    if (changed >= 0) {
        d->art.modified = p->meta.modified[changed].day;
        d->extra.from.modified = ds_str_of(html_by_name((ext_by)changed));
        d->extra.modified_time = p->meta.modified[changed].time;
    }
}

/* The day that all <time> elements of the page agree on. */
static ds_day only_time(const ext_meta *m)
{
    ds_day day = DS_DAY_NONE;
    for (size_t i = 0; i < m->times.len; i++) {
        const ext_time *t = &m->times.at[i];
        if (t->changed)
            continue;
        if (day != DS_DAY_NONE && day != t->when.day)
            return DS_DAY_NONE;
        day = t->when.day;
    }
    return day;
}

/* What the page prints or its address says against what it states. */
static void settle(const ext_page *p, ext_draft *d, const printed *line, ds_str url)
{
    const ext_meta *m = &p->meta;
    ds_day stated = d->art.published, day;
    if (line->published != DS_DAY_NONE &&
        (stated == DS_DAY_NONE || (near_day(line->published, stated) && !line->headline)) &&
        (line->address == DS_DAY_NONE || near_day(line->address, line->published)))
        set_day(d, line->published, "byline date", line->words);
    else if (line->address != DS_DAY_NONE)
        set_day(d, line->address, "url", url);
    else if (stated != DS_DAY_NONE)
        d->art.published = html_local_day(p, &m->published[best_of(m->published)]);
    else if ((day = only_time(m)) != DS_DAY_NONE && !near_day(day, line->modified) &&
             !near_day(day, d->art.modified))
        set_day(d, day, "time", (ds_str){0});
}

/* The only full day in short lines of the page, readers' part and rails apart: pages that date themselves elsewhere. */
static ds_status only_line(ext_page *p, ext_draft *d)
{
    ds_day day = DS_DAY_NONE;
    ds_str words = {0};
    for (uint32_t i = 0; i < p->content; i++) {
        const ext_block *b = &p->blocks.at[i];
        printed line = {.published = DS_DAY_NONE, .modified = DS_DAY_NONE, .address = DS_DAY_NONE};
        if (b->words > MAST_WORDS || b->label == EXT_PROSE ||
            b->flags & (EXT_BF_COMMENT | EXT_BF_RELATED))
            continue;
        DS_TRY(read_line(p, i, false, &line));
        if (line.modified != DS_DAY_NONE && d->art.modified == DS_DAY_NONE) {
            d->art.modified = line.modified;
            d->extra.from.modified = DS_STR("text");
        }
        if (line.published == DS_DAY_NONE)
            continue;
        if (day != DS_DAY_NONE && day != line.published)
            return DS_OK;
        day = line.published;
        words = line.words;
    }
    if (day != DS_DAY_NONE && d->art.modified == DS_DAY_NONE)
        set_day(d, day, "text", words);
    return DS_OK;
}

ds_status html_days(ext_page *p, ext_draft *d)
{
    ext_meta *m = &p->meta;
    ds_str url = p->in->url.len ? p->in->url : m->canonical.len ? m->canonical : m->og_url;
    printed line = {.address = html_day_in_url(url, false)};
    DS_TRY(printed_near(p, d, &line));
    take_times(p, d);
    if (line.published == DS_DAY_NONE && line.modified != DS_DAY_NONE &&
        near_day(m->published[EXT_BY_TIME].day, line.modified)) {
        m->modified[EXT_BY_TIME] = m->published[EXT_BY_TIME]; /* its words say "updated" */
        m->published[EXT_BY_TIME].day = DS_DAY_NONE;
    }
    html_page_day(p, d);
    settle(p, d, &line, url);
    if (d->art.published == DS_DAY_NONE)
        DS_TRY(only_line(p, d));
    if (d->art.modified == DS_DAY_NONE && line.modified != DS_DAY_NONE) {
        d->art.modified = line.modified;
        d->extra.from.modified = DS_STR("byline date");
    }
    return DS_OK;
}
