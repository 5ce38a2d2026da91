/* SPDX-License-Identifier: Apache-2.0 */
#include "extract/internal.h"

#define NEAR_BLOCKS 4 /* blocks of the body's start in whose midst a date line may stand */
#define WEEKDAY_YEARS                                                                              \
    11              /* a weekday with a day of the month comes back after 11 years at the latest */
#define CUE_WORDS 3 /* "Last updated": a block of its own */
#define SENTENCE_REACH 400 /* bytes around a date in which its sentence is looked for */
#define BEFORE_BYTES 40    /* words before a date that say what it is */

/* ---- what the text itself bounds ------------------------------------------------------------------------ */

/* The sentence around [at], as far as it reaches. */
static ds_span sentence_at(ds_str s, ds_span at)
{
    size_t beg = at.beg, end = at.end;
    size_t least = beg > SENTENCE_REACH ? beg - SENTENCE_REACH : 0;
    size_t most = s.len - end > SENTENCE_REACH ? end + SENTENCE_REACH : s.len;
    while (beg > least &&
           !(s.at[beg - 1] == ' ' && beg > 1 && (s.at[beg - 2] == '.' || s.at[beg - 2] == '?')))
        beg--;
    while (end < most && !(s.at[end] == '.' && (end + 1 == s.len || s.at[end + 1] == ' ')))
        end++;
    return (ds_span){(uint32_t)beg, (uint32_t)end};
}

/* The sentence around [at] is about what is to come: "will", "by", "until". */
static bool of_the_future(const ext_page *p, ds_str s, ds_span at)
{
    char buf[EXT_KEY_BYTES];
    static const ds_str limits[] = {DS_STR_INIT("by "),   DS_STR_INIT("until "),
                                    DS_STR_INIT("till "), DS_STR_INIT("before "),
                                    DS_STR_INIT("for "),  DS_STR_INIT("through ")};
    for (size_t i = 0; i < sizeof limits / sizeof *limits; i++)
        if (at.beg >= limits[i].len &&
            ext_same_fold(ds_str_cut(s, at.beg - limits[i].len, at.beg), limits[i]))
            return true;
    ds_span sentence = sentence_at(s, at);
    size_t end = sentence.end;
    for (size_t i = sentence.beg;
         i < end;) { /* piece by piece: a sentence may be longer than a key */
        size_t cut = end - i > EXT_KEY_MAX - 8 ? i + EXT_KEY_MAX - 8 : end;
        while (cut < end && cut > i + 1 && s.at[cut] != ' ')
            cut--;
        if (ext_words_holds(&p->words, ext_key(ds_str_cut(s, i, cut), buf), EXT_C_FUTURE))
            return true;
        i = cut > i ? cut : end;
    }
    return false;
}

/* The sentence tells what was: "was", "had", a word in -ed. A year alone is as often one to come ("trends in 2027",
 * "the best of 2026"). */
static bool tells_past(ds_str s, ds_span at)
{
    static const ds_str past[] = {DS_STR_INIT("was"),   DS_STR_INIT("were"),  DS_STR_INIT("had"),
                                  DS_STR_INIT("did"),   DS_STR_INIT("has"),   DS_STR_INIT("have"),
                                  DS_STR_INIT("since"), DS_STR_INIT("began"), DS_STR_INIT("built"),
                                  DS_STR_INIT("born"),  DS_STR_INIT("made"),  DS_STR_INIT("held"),
                                  DS_STR_INIT("won"),   DS_STR_INIT("lost"),  DS_STR_INIT("left"),
                                  DS_STR_INIT("found"), DS_STR_INIT("went"),  DS_STR_INIT("fell"),
                                  DS_STR_INIT("rose"),  DS_STR_INIT("took"),  DS_STR_INIT("came")};
    ds_str x = ds_str_at(s, sentence_at(s, at));
    for (size_t i = 0; i < x.len;) {
        size_t end = i;
        while (end < x.len && ext_is_alnum((unsigned char)x.at[end]))
            end++;
        ds_str w = ds_str_cut(x, i, end);
        if (w.len >= 5 && ds_str_ends(w, DS_STR("ed")))
            return true;
        for (size_t k = 0; w.len && k < sizeof past / sizeof *past; k++)
            if (ext_same_fold(w, past[k]))
                return true;
        i = end > i ? end : i + 1;
    }
    return false;
}

/* A year alone counts only behind a word that makes it one: "in 2024", "late 2024". */
static bool year_word_before(ds_str s, uint32_t at)
{
    static const ds_str cues[] = {
        DS_STR_INIT("in "),  DS_STR_INIT("late "),  DS_STR_INIT("early "),
        DS_STR_INIT("mid-"), DS_STR_INIT("since "), DS_STR_INIT("during "),
        DS_STR_INIT("of "),  DS_STR_INIT("late-"),  DS_STR_INIT("early-")};
    for (size_t i = 0; i < sizeof cues / sizeof *cues; i++)
        if (at >= cues[i].len && ext_same_fold(ds_str_cut(s, at - cues[i].len, at), cues[i]))
            return true;
    return false;
}

/* The latest explicit date of a block, with its words. */
static void latest_in(const ext_page *p, const ext_block *b, ds_day *latest, ds_str *words)
{
    ds_str s = ext_text(p, b);
    ext_date d;
    for (size_t i = 0; ext_date_next(s, &i, &d);) {
        ds_day day = ext_date_first(&d);
        if (day == DS_DAY_NONE || (*latest != DS_DAY_NONE && day <= *latest))
            continue;
        if (!d.month && (!year_word_before(s, d.at.beg) || !tells_past(s, d.at)))
            continue;
        if (of_the_future(p, s, d.at))
            continue;
        *latest = day;
        *words = ds_str_at(s, d.at);
    }
}

/* Last day of the period that a date names. */
static ds_day last_day(const ext_date *d)
{
    if (!d->year || d->day)
        return ext_date_full(d);
    int year = d->month && d->month < 12 ? d->year : d->year + 1;
    ds_day next = ds_day_of(year, d->month && d->month < 12 ? d->month + 1 : 1, 1);
    return next == DS_DAY_NONE ? next : next - 1;
}

/* "... the 2025 summit will ...": the sentence was written before the end of what it names. "Would" and "was to" tell
 * nothing, nor do the words of others. */
static bool will_be(ds_str s, ds_span at)
{
    ds_span x = sentence_at(s, at);
    ds_str sentence = ds_str_at(s, x);
    for (size_t i = 0; i < sentence.len; i++)
        if (sentence.at[i] == '"' || (unsigned char)sentence.at[i] == 0xE2) /* quotes, dashes */
            return false;
    return ds_str_find(sentence, DS_STR(" will "), 0) >= 0 &&
           ds_str_find(sentence, DS_STR("said"), 0) < 0;
}

/* The earliest day by which the page must have been written, by what it says of the future. */
static ds_day earliest_future(const ext_page *p, const ext_draft *d, ds_str *words)
{
    ds_day earliest = DS_DAY_NONE;
    for (size_t k = 0; k < d->body.len; k++) {
        ds_str s = ext_text(p, &p->blocks.at[d->body.at[k]]);
        ext_date x;
        for (size_t i = 0; ext_date_next(s, &i, &x);) {
            ds_day day = x.year ? last_day(&x) : DS_DAY_NONE;
            if (day == DS_DAY_NONE || (earliest != DS_DAY_NONE && day >= earliest) ||
                !will_be(s, x.at))
                continue;
            earliest = day;
            *words = ds_str_at(s, x.at);
        }
    }
    return earliest;
}

/* Everything but comments and dates that a copyright line may give. */
static ds_day latest_date(const ext_page *p, const ext_draft *d, ds_str *words)
{
    ds_day latest = DS_DAY_NONE;
    size_t c = 0;
    for (uint32_t i = d->beg; i < d->end; i++) {
        while (c < d->comments.len && d->comments.at[c] < i)
            c++;
        bool comment = c < d->comments.len && d->comments.at[c] == i;
        if (!comment && p->blocks.at[i].cls != EXT_C_LEGAL)
            latest_in(p, &p->blocks.at[i], &latest, words);
    }
    return latest;
}

/* ---- date lines ---------------------------------------------------------------------------------------------- */

/* "Friday, February 07": the first such Friday not before `latest`; without a bound the last one up to `fetched`. */
static ds_day day_by_weekday(const ext_date *d, ds_day latest, ds_day fetched)
{
    int year, month, day, step = latest != DS_DAY_NONE ? 1 : -1;
    ds_day from = latest != DS_DAY_NONE ? latest : fetched;
    if (from == DS_DAY_NONE)
        return DS_DAY_NONE;
    ds_day_split(from, &year, &month, &day);
    for (int n = 0; n <= WEEKDAY_YEARS; n++, year += step) {
        ds_day got = ds_day_of(year, d->month, d->day);
        if (got != DS_DAY_NONE && ds_day_weekday(got) == d->weekday &&
            (step > 0 ? got >= from : got <= from))
            return got;
    }
    return DS_DAY_NONE;
}

static bool says_updated(const ext_page *p, ds_str s, uint32_t at)
{
    char buf[EXT_KEY_BYTES];
    size_t from = at > BEFORE_BYTES ? at - BEFORE_BYTES : 0;
    return ext_words_holds(&p->words, ext_key(ds_str_cut(s, from, at), buf), EXT_C_UPDATED);
}

/* "Updated" in a short block of its own before the line. */
static bool updated_before(const ext_page *p, const ext_block *b)
{
    const ext_block *before = b > p->blocks.at ? b - 1 : NULL;
    ds_str s = before ? ext_text(p, before) : (ds_str){0};
    return before && before->words <= CUE_WORDS && says_updated(p, s, (uint32_t)s.len);
}

/* Takes the dates of one line into the draft. */
static void read_line(ext_page *p, ext_draft *d, const ext_block *b, ds_day latest)
{
    ds_str s = ext_text(p, b);
    ext_date date;
    for (size_t i = 0; ext_date_next(s, &i, &date);) {
        ds_day day = ext_date_full(&date);
        const char *from = "byline date";
        if (day == DS_DAY_NONE && date.month && date.day && !date.year && date.weekday >= 0) {
            day = day_by_weekday(&date, latest, p->in->fetched);
            from = "byline weekday";
        }
        if (day == DS_DAY_NONE)
            continue;
        bool changed =
            says_updated(p, s, date.at.beg) || (date.at.beg == 0 && updated_before(p, b));
        if (changed) {
            if (d->art.modified == DS_DAY_NONE) {
                d->art.modified = day;
                d->extra.from.modified = DS_STR("byline date");
            }
        } else if (d->art.published == DS_DAY_NONE) {
            d->art.published = day;
            d->art.published_from = ds_str_of(from);
            d->art.window_from = ds_str_at(s, date.at);
        }
    }
}

static void read_lines(ext_page *p, ext_draft *d, ds_day latest)
{
    uint32_t last = d->body.at[0] + NEAR_BLOCKS, n = d->end < last ? d->end : last;
    bool titled = !p->html && d->title_block >= d->beg && d->title_block < n;
    uint32_t title = titled ? (uint32_t)d->title_block : d->beg;
    for (uint32_t k = d->beg; k < n;
         k++) { /* from the title on, then above it: there stands today's date too */
        uint32_t i = k - d->beg < n - title ? title + (k - d->beg) : k - (n - title);
        const ext_block *b = &p->blocks.at[i];
        bool line = b->label == EXT_DATELINE || b->label == EXT_BYLINE ||
                    b->label == EXT_FURNITURE || b->label == EXT_SHORT;
        if (line && b->flags & EXT_BF_DATE)
            read_line(p, d, b, latest);
    }
}

/* /2024/05/17/ or /2024-05-17 in the page's address. */
static ds_day day_in_url(ds_str url)
{
    for (size_t i = 0; url.at && i + 11 <= url.len; i++) {
        ds_str s = ds_str_cut(url, i, i + 11);
        if (s.at[0] != '/' || (s.at[5] != '/' && s.at[5] != '-') || s.at[8] != s.at[5])
            continue;
        char text[11] = {0};
        memcpy(text, s.at + 1, 10);
        text[4] = text[7] = '-';
        ds_day day = DS_DAY_NONE;
        if (ds_day_parse((ds_str){text, 10}, &day) == DS_OK)
            return day;
    }
    return DS_DAY_NONE;
}

static bool after(ds_day a, ds_day b)
{
    return a != DS_DAY_NONE && b != DS_DAY_NONE && a > b;
}

/* From the latest day that the text names to the day of fetching. A day of change is a later end of publication, but
 * then the text may be younger than its first day: it gives no beginning. */
static void set_window(ext_page *p, ext_draft *d, ds_day latest, ds_str words)
{
    ds_day changed = d->art.modified, fetched = p->in->fetched;
    if (d->art.published != DS_DAY_NONE) {
        d->art.window = (ds_days){d->art.published, d->art.published};
        return;
    }
    ds_str future = {0};
    ds_day until = earliest_future(p, d, &future);
    if (until != DS_DAY_NONE && !after(latest, until) && !after(until, fetched)) {
        fetched = until;
        words = latest != DS_DAY_NONE ? words : future;
    }
    bool bounded = p->html && changed != DS_DAY_NONE && !after(changed, fetched);
    d->art.window = bounded ? (ds_days){DS_DAY_NONE, changed} : (ds_days){latest, fetched};
    d->art.window_from = bounded ? DS_STR("modified") : words;
    if (after(d->art.window.lo, d->art.window.hi))
        d->art.window.lo = DS_DAY_NONE;
}

ds_status ext_dates(ext_page *p, ext_draft *d)
{
    ds_str words = {0};
    ds_day url = day_in_url(p->in->url), latest = DS_DAY_NONE;
    if (p->in->published != DS_DAY_NONE) {
        d->art.published = p->in->published;
        d->art.published_from = DS_STR("input");
        d->art.window_from = DS_STR("input");
    }
    if (d->art.published == DS_DAY_NONE && url != DS_DAY_NONE) {
        d->art.published = url;
        d->art.published_from = DS_STR("url");
        d->art.window_from = p->in->url;
    }
    if (d->art.published == DS_DAY_NONE)
        latest = latest_date(p, d, &words);
    if (!d->settled)
        read_lines(p, d, latest);
    set_window(p, d, latest, words);
    return DS_OK;
}
