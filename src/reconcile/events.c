/* SPDX-License-Identifier: Apache-2.0 */
/* events.c - which event a figure is about, as its sentence tells: a total over a longer time, another event than the page's
 * own, how badly people were hurt, the names it shares with other sentences (S4, S9, S10, S11). */
#include "internal.h"

#include <stdlib.h>

#define CUE_WORDS 5   /* the longest cue of lexicon/en/scopes.tsv */
#define START_REACH 6 /* words between "since" and "began" */
#define AMID_REACH 6  /* words from "in" to "crashes": "in three separate Osterby crashes" */
#define OPENING 1     /* words before "crashes" that open a sentence: "Five crashes, 3 dead" */
#define TOTAL_DAYS 28 /* a figure of so many days is a total: "150 this year" */
#define NAMES_MAX 24  /* of one sentence: more is a list, and tells nothing */
#define NAME_LEAST 3  /* bytes; shorter ones are initials */

typedef enum cue_class {
    CUE_SINCE,
    CUE_START,
    CUE_RUNNING,
    CUE_SPELL,
    CUE_OTHER,
    CUE_EVENTS,
    CUE_AMID,
    CUE_SINGLE,
    CUE_ALL,
    CUE_THERE,
    CUE_TAKEN,
    CUE_CRITICAL,
    CUE_SERIOUS,
    CUE_NONE
} cue_class;

static cue_class class_of(ds_str cell)
{
    static const char *const names[] = {"since",  "start",    "running", "spell", "other",
                                        "events", "amid",     "single",  "all",   "there",
                                        "taken",  "critical", "serious"};
    for (int i = 0; i < CUE_NONE; i++)
        if (ds_str_eq(cell, ds_str_of(names[i])))
            return (cue_class)i;
    return CUE_NONE;
}

/* ---- words of a sentence ----------------------------------------------------------------------------------- */

static bool in_word(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           (unsigned char)c >= 0x80 || c == '-';
}

static bool word_from(ds_str s, size_t *i, ds_span *w)
{
    while (*i < s.len && !in_word(s.at[*i]))
        ++*i;
    w->beg = (uint32_t)*i;
    while (*i < s.len && in_word(s.at[*i]))
        ++*i;
    w->end = (uint32_t)*i;
    return w->end > w->beg;
}

/* ---- cues --------------------------------------------------------------------------------------------------- */

typedef struct reading_cues {
    rc *r;
    const ds_table *table;
    const ds_phrases *phrases;
} reading_cues;

/* The longest cue that begins at `beg` of the lower-case `s`; *end is set behind it. */
static cue_class cue_at(const reading_cues *c, ds_str s, uint32_t beg, uint32_t *end)
{
    cue_class found = CUE_NONE;
    size_t i = beg;
    ds_span w;
    for (int n = 0; c->phrases && n < CUE_WORDS && word_from(s, &i, &w); n++) {
        int64_t row = ds_phrase_find(c->phrases, ds_str_cut(s, beg, w.end));
        if (row < 0)
            continue;
        found = class_of(ds_table_cell(c->table, (uint32_t)row, 1));
        *end = w.end;
    }
    return found;
}

/* "since the offensive began": a beginning follows. */
static bool starts_after(const reading_cues *c, ds_str s, uint32_t from)
{
    size_t i = from;
    ds_span w;
    uint32_t end;
    for (int n = 0; n < START_REACH && word_from(s, &i, &w); n++)
        if (cue_at(c, s, w.beg, &end) == CUE_START)
            return true;
    return false;
}

/* "13 days of", "the 12 days of": a number stands before it. */
static bool counted_before(ds_str s, uint32_t at)
{
    while (at > 0 && s.at[at - 1] == ' ')
        at--;
    return at > 0 && s.at[at - 1] >= '0' && s.at[at - 1] <= '9';
}

/* "there were 40 dead" only says that they are. */
static bool only_says_that(ds_str s, uint32_t end)
{
    static const char *const verbs[] = {"is", "are", "was", "were", "has", "have", "had", "would"};
    size_t i = end;
    ds_span w;
    if (!word_from(s, &i, &w))
        return false;
    for (size_t k = 0; k < sizeof verbs / sizeof *verbs; k++)
        if (ds_str_eq(ds_str_cut(s, w.beg, w.end), ds_str_of(verbs[k])))
            return true;
    return false;
}

/* ---- one sentence with its rows --------------------------------------------------------------------------------- */

/* The row whose figure a cue at byte `at` belongs to: the last one before it, else the first behind it. `hurt`: only rows
 * that count injured. */
static rc_row *owner(rc *r, size_t beg, size_t end, uint32_t at, bool hurt)
{
    rc_row *best = NULL;
    for (size_t i = beg; i < end; i++) {
        rc_row *x = &r->rows[i];
        if (hurt && !ds_str_eq(x->measure.name, DS_STR("injured")))
            continue;
        bool before = x->c->figure.end <= at;
        bool held = best && best->c->figure.end <= at;
        if (!best || (before && (!held || x->c->figure.end >= best->c->figure.end)) ||
            (!before && !held && x->c->figure.beg < best->c->figure.beg))
            best = x;
    }
    return best;
}

/* The first row whose figure stands behind byte `at`; NULL: none. */
static rc_row *next_figure(rc *r, size_t beg, size_t end, uint32_t at)
{
    rc_row *best = NULL;
    for (size_t i = beg; i < end; i++) {
        rc_row *x = &r->rows[i];
        if (x->c->figure.beg >= at && (!best || x->c->figure.beg < best->c->figure.beg))
            best = x;
    }
    return best;
}

/* Q10: what a note of correction says that was wrong. */
static void mark_taken(rc *r, size_t beg, size_t end, uint32_t at)
{
    rc_row *x = next_figure(r, beg, end, at);
    if (x)
        x->denied = true;
}

/* "another 25 people" adds to a count, it does not tell of another event. */
static bool opens_figure(const rc *r, size_t beg, size_t end, ds_span cue)
{
    for (size_t i = beg; i < end; i++)
        if (cue.end + 1 >= r->rows[i].c->figure.beg && cue.beg <= r->rows[i].c->figure.end)
            return true;
    return false;
}

static void mark_running(rc *r, size_t beg, size_t end, uint32_t at)
{
    rc_row *x = owner(r, beg, end, at, false);
    if (x)
        x->running = true;
}

static void mark_hurt(rc *r, size_t beg, size_t end, uint32_t at, const char *how)
{
    rc_row *x = owner(r, beg, end, at, true);
    if (x && x->hurt.len == 0)
        x->hurt = ds_str_of(how);
}

/* ---- several events ------------------------------------------------------------------------------------------- */

typedef struct amid { /* the last "in", "after", ... of a clause */
    bool open;        /* one came, and nothing since that closes its phrase */
    bool single;      /* "in one of" */
    int words;        /* since then */
} amid;

static bool clause_ends(ds_str s, uint32_t from, uint32_t to)
{
    for (uint32_t i = from; i < to && i < s.len; i++)
        if (s.at[i] == ',' || s.at[i] == ';' || s.at[i] == ':' || s.at[i] == '.')
            return true;
    return false;
}

/* "the murders of two guards" are told of those two. */
static bool of_follows(ds_str s, uint32_t end)
{
    size_t i = end;
    ds_span w;
    return word_from(s, &i, &w) && ds_str_eq(ds_str_cut(s, w.beg, w.end), DS_STR("of"));
}

/* Is a cue the plural of what happened, after "in" and the like, or the first words of the sentence? */
static bool is_several(ds_str s, amid *m, cue_class class, ds_span cue, uint32_t before, int nth)
{
    if (clause_ends(s, before, cue.beg))
        m->open = false;
    m->words++;
    if (class == CUE_AMID)
        *m = (amid){true, false, 0};
    if (class == CUE_SINGLE)
        m->single = true;
    bool after = m->open && !m->single && m->words <= AMID_REACH;
    return class == CUE_ALL ||
           (class == CUE_EVENTS && (after || nth <= OPENING) && !of_follows(s, cue.end));
}

typedef struct told { /* what a sentence says of its event */
    bool other, takes_up, several;
} told;

static told read_cues(const reading_cues *c, ds_str s, size_t beg, size_t end)
{
    told t = {0};
    ds_span w;
    uint32_t stop = 0, last = 0;
    amid m = {0};
    for (size_t i = 0, n = 0; word_from(s, &i, &w); i = stop > i ? stop : i, n++) {
        cue_class class = cue_at(c, s, w.beg, &stop);
        ds_span cue = {w.beg, class == CUE_NONE ? w.end : stop};
        t.several |= is_several(s, &m, class, cue, last, (int)n);
        last = cue.end;
        if ((class == CUE_SINCE && starts_after(c, s, stop)) || class == CUE_RUNNING ||
            (class == CUE_SPELL && counted_before(s, w.beg)))
            mark_running(c->r, beg, end, w.beg);
        else if (class == CUE_CRITICAL || class == CUE_SERIOUS)
            mark_hurt(c->r, beg, end, w.beg, class == CUE_CRITICAL ? "critical" : "serious");
        else if (class == CUE_TAKEN)
            mark_taken(c->r, beg, end, stop);
        else if (class == CUE_OTHER)
            t.other |= !opens_figure(c->r, beg, end, cue);
        else if (class == CUE_THERE)
            t.takes_up |=
                w.beg == 0 || (ds_str_eq(ds_str_cut(s, cue.beg, cue.end), DS_STR("there")) &&
                               !only_says_that(s, cue.end));
    }
    return t;
}

ds_status rc_taken_before(rc *r, ds_str sentence, uint32_t at, bool *out)
{
    reading_cues c = {r, ds_lexicon_table(r->lex, "scopes"), ds_lexicon_phrases(r->lex, "scopes")};
    ds_str low = ds_ascii_lower(r->a, sentence);
    ds_span w;
    uint32_t stop;
    if (sentence.len && !low.at)
        return DS_NOMEM;
    *out = false;
    for (size_t i = 0; !*out && word_from(low, &i, &w) && w.beg < at;)
        *out = cue_at(&c, low, w.beg, &stop) == CUE_TAKEN;
    return DS_OK;
}

/* ---- names ---------------------------------------------------------------------------------------------------------- */

typedef DS_VEC(uint32_t) hashes;

static int by_hash(const void *pa, const void *pb)
{
    uint32_t x = *(const uint32_t *)pa, y = *(const uint32_t *)pb;
    return (x > y) - (x < y);
}

/* Words with a capital, but for the first of the sentence. */
static ds_status add_names(rc *r, ds_str s, hashes *out)
{
    ds_span w;
    for (size_t i = 0, n = 0; word_from(s, &i, &w); n++) {
        if (n == 0 || w.end - w.beg < NAME_LEAST || s.at[w.beg] < 'A' || s.at[w.beg] > 'Z' ||
            out->len == NAMES_MAX)
            continue;
        ds_str low = ds_ascii_lower(r->a, ds_str_cut(s, w.beg, w.end));
        if (!low.at)
            return DS_NOMEM;
        DS_TRY(DS_PUSH(r->a, out, (uint32_t)ds_hash(low, 0)));
    }
    return DS_OK;
}

static void sort_names(hashes *v)
{
    size_t n = 0;
    if (v->len)
        qsort(v->at, v->len, sizeof *v->at, by_hash);
    for (size_t i = 0; i < v->len; i++)
        if (n == 0 || v->at[n - 1] != v->at[i])
            v->at[n++] = v->at[i];
    v->len = n;
}

/* ---- sentences ------------------------------------------------------------------------------------------------------- */

/* Text of a sentence of a page, absent where the page's text is not at hand. */
static ds_str sentence_text(const rc *r, uint32_t member, uint32_t number)
{
    const ds_reading *x = &r->readings[r->story->members[member].reading];
    for (size_t lo = 0, hi = x->sents_len; lo < hi;) {
        size_t mid = lo + (hi - lo) / 2;
        const ds_sentence *s = &x->sents[mid];
        if (s->number == number && s->span.end <= x->article->text.len)
            return ds_str_at(x->article->text, s->span);
        if (s->number < number)
            lo = mid + 1;
        else
            hi = mid;
    }
    return (ds_str){0};
}

bool rc_over_weeks(const ds_claim *c)
{
    return c->has_when && c->when.lo != DS_DAY_NONE && c->when.hi != DS_DAY_NONE &&
           c->when.hi - c->when.lo + 1 >= TOTAL_DAYS &&
           ds_frac_cmp(rc_stated(&c->value), DS_FRAC(1)) > 0;
}

/* S9: "this year, 150 were killed": a time that is not over when the page says it. */
static bool goes_on(const ds_claim *c)
{
    return rc_over_weeks(c) && c->has_as_of && c->as_of.lo != DS_DAY_NONE &&
           c->when.lo <= c->as_of.lo && c->when.hi >= c->as_of.lo;
}

/* "one of the seven who died in three shootings" is told of one event, whatever the others. */
static bool one_of(const rc_row *x)
{
    return ds_frac_cmp(rc_stated(&x->value), DS_FRAC(1)) == 0 &&
           of_follows(x->c->sentence, x->c->figure.end);
}

/* Rows [beg, end) are of one sentence. */
static ds_status read_sentence(const reading_cues *c, size_t beg, size_t end)
{
    rc *r = c->r;
    const rc_row *x = &r->rows[beg];
    ds_str low = ds_ascii_lower(r->a, x->c->sentence);
    hashes names = {0};
    if (x->c->sentence.len && !low.at)
        return DS_NOMEM;
    told t = read_cues(c, low, beg, end);
    DS_TRY(add_names(r, x->c->sentence, &names));
    if (t.takes_up && x->c->number > 0) { /* "They were among 400 people who slept there" */
        ds_str before = sentence_text(r, x->member, x->c->number - 1);
        ds_str before_low = ds_ascii_lower(r->a, before);
        if (before.len && !before_low.at)
            return DS_NOMEM;
        t.other |= read_cues(c, before_low, 0, 0).other;
        DS_TRY(add_names(r, before, &names));
    }
    sort_names(&names);
    for (size_t i = beg; i < end; i++) {
        r->rows[i].running |= goes_on(r->rows[i].c);
        r->rows[i].other = t.other && !r->rows[i].running;
        r->rows[i].several = t.several && !one_of(&r->rows[i]);
        r->rows[i].names = names.at;
        r->rows[i].names_len = names.len;
    }
    return DS_OK;
}

/* A name that most pages give tells nothing: it is left out of every row. */
static ds_status drop_common(rc *r)
{
    hashes all = {0};
    for (size_t i = 0; i < r->rows_len; i++) {
        bool first = i == 0 || r->rows[i].names != r->rows[i - 1].names;
        for (size_t k = 0; first && k < r->rows[i].names_len; k++)
            DS_TRY(DS_PUSH(r->a, &all, r->rows[i].names[k]));
    }
    if (all.len)
        qsort(all.at, all.len, sizeof *all.at, by_hash);
    size_t sentences = 0;
    for (size_t i = 0; i < r->rows_len; i++)
        sentences += i == 0 || r->rows[i].c->sentence.at != r->rows[i - 1].c->sentence.at;
    size_t most = sentences / RC_NAME_SHARE > 2 ? sentences / RC_NAME_SHARE : 2;
    hashes common = {0};
    for (size_t i = 0, j; i < all.len; i = j) {
        for (j = i; j < all.len && all.at[j] == all.at[i]; j++)
            ;
        if (j - i > most)
            DS_TRY(DS_PUSH(r->a, &common, all.at[i]));
    }
    for (size_t i = 0; i < r->rows_len; i++) {
        rc_row *x = &r->rows[i];
        bool first = i == 0 || x->names != r->rows[i - 1].names;
        size_t n = 0;
        for (size_t k = 0; first && k < x->names_len; k++)
            if (!common.len ||
                !bsearch(&x->names[k], common.at, common.len, sizeof *common.at, by_hash))
                x->names[n++] = x->names[k];
        x->names_len = first ? n : r->rows[i - 1].names_len;
    }
    return DS_OK;
}

static bool same_sentence(const rc_row *x, const rc_row *y)
{
    return x->member == y->member && x->c->number == y->c->number;
}

ds_status rc_events_read(rc *r)
{
    reading_cues c = {r, ds_lexicon_table(r->lex, "scopes"), ds_lexicon_phrases(r->lex, "scopes")};
    for (size_t i = 0, j; i < r->rows_len; i = j) {
        for (j = i; j < r->rows_len && same_sentence(&r->rows[i], &r->rows[j]); j++)
            ;
        DS_TRY(read_sentence(&c, i, j));
    }
    return drop_common(r);
}

size_t rc_names_shared(const rc_row *x, const rc_row *y)
{
    size_t n = 0;
    for (size_t i = 0, j = 0; i < x->names_len && j < y->names_len;) {
        n += x->names[i] == y->names[j];
        uint32_t a = x->names[i], b = y->names[j];
        i += a <= b;
        j += b <= a;
    }
    return n;
}
