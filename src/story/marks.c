/* SPDX-License-Identifier: Apache-2.0 */
#include "story/marks.h"

#include <stdlib.h>

enum {
    WORD_MOST = 48,    /* bytes of a word that count; longer ones are addresses */
    STEM_LEAST = 4,    /* letters that a stem keeps */
    CLAIMS_MOST = 255, /* what a count is cut at */
    RUN_MOST = 20000,  /* words of a text that are looked at */
};

typedef DS_VEC(ds_mark_term) terms;

typedef struct marker {
    ds_arena *a;
    const ds_marks_from *from;
    const ds_lexicon *lex;
    const ds_phrases *regions, *actors, *labels;
    terms v;
    uint32_t body_words;
    ds_mark_facts facts;
} marker;

/* ---- words ------------------------------------------------------------------------------------------------ */

static bool ends(const char *w, size_t n, const char *end, size_t len)
{
    return n >= len + STEM_LEAST - 1 && memcmp(w + n - len, end, len) == 0;
}

/* So that "kills", "killed", "killing" are one: endings of English alone, cut by rule, whatever the word is. A wrong stem does
 * no harm as long as it is the same on all pages. */
static size_t stem(char *w, size_t n)
{
    if (ends(w, n, "'s", 2))
        n -= 2;
    if (ends(w, n, "ies", 3) || ends(w, n, "ied", 3)) {
        w[n - 3] = 'y';
        return n - 2;
    }
    if (ends(w, n, "sses", 4) || ends(w, n, "ches", 4) || ends(w, n, "shes", 4))
        n -= 2;
    else if (n > STEM_LEAST - 1 && w[n - 1] == 's' && w[n - 2] != 's' && w[n - 2] != 'u' &&
             w[n - 2] != 'i')
        n--;
    if (ends(w, n, "ing", 3) && n > 5)
        n -= 3;
    else if (ends(w, n, "ed", 2) && n > 4)
        n -= 2;
    else if (ends(w, n, "ers", 3))
        n--;
    if (n > STEM_LEAST && w[n - 1] == w[n - 2] && w[n - 1] != 'l' && w[n - 1] != 's')
        n--;
    if (n > STEM_LEAST && w[n - 1] == 'e')
        n--;
    return n;
}

static uint32_t hash_of(ds_str s, uint64_t kind)
{
    uint32_t h = (uint32_t)(ds_hash(s, kind) >> 32);
    return h ? h : 1;
}

enum kind { OF_WORD, OF_BIGRAM, OF_KEY, OF_STREET, OF_REGION, OF_COUNTRY, OF_SOURCE };

/* 0: no word that counts. */
static uint32_t word_hash(const ds_token *t)
{
    char w[WORD_MOST];
    size_t n = t->norm.len;
    if ((t->kind != DS_TOK_WORD && t->kind != DS_TOK_NUMBER) || n < 2 || n > WORD_MOST)
        return 0;
    memcpy(w, t->norm.at, n);
    if (t->kind == DS_TOK_WORD)
        n = stem(w, n);
    return hash_of((ds_str){w, n}, OF_WORD);
}

static uint32_t mixed(uint32_t x, uint32_t y, enum kind k)
{
    uint32_t two[2] = {x, y};
    return hash_of((ds_str){(const char *)two, sizeof two}, k);
}

static ds_status put_term(marker *m, uint32_t hash, bool body, unsigned flags)
{
    return hash ? DS_PUSH(m->a, &m->v, ((ds_mark_term){hash, body, (uint8_t)flags})) : DS_OK;
}

static unsigned token_flags(const ds_token *t)
{
    unsigned flags = t->kind == DS_TOK_NUMBER ? DS_MARK_NUMBER : 0;
    return (t->flags & (DS_TF_CAP | DS_TF_FIRST)) == DS_TF_CAP ? flags | DS_MARK_CAP : flags;
}

static ds_status put_sentence(marker *m, const ds_token *toks, uint32_t beg, uint32_t end,
                              bool title)
{
    uint32_t last = 0;
    for (uint32_t i = beg; i < end && m->body_words < RUN_MOST; i++) {
        uint32_t h = word_hash(&toks[i]);
        if (toks[i].kind == DS_TOK_PUNCT)
            last = 0;
        if (!h)
            continue;
        unsigned flags = token_flags(&toks[i]);
        if (title || m->body_words < DS_MARK_LEAD_WORDS)
            flags |= DS_MARK_LEAD;
        if (title)
            flags |= DS_MARK_TITLE;
        else
            m->body_words++;
        DS_TRY(put_term(m, h, !title, flags));
        if (last)
            DS_TRY(put_term(m, mixed(last, h, OF_BIGRAM), !title,
                            DS_MARK_BIGRAM | (flags & (DS_MARK_TITLE | DS_MARK_LEAD))));
        last = h;
    }
    return DS_OK;
}

/* "Troops Withdrawn From Front": capitals there tell nothing. */
static bool title_case(const ds_doc *d)
{
    uint32_t words = 0, caps = 0;
    for (size_t i = 0; i < d->toks_len; i++)
        if (d->toks[i].kind == DS_TOK_WORD && d->toks[i].norm.len > 3) {
            words++;
            caps += d->toks[i].flags & DS_TF_CAP ? 1 : 0;
        }
    return caps * 2 > words;
}

static ds_status put_title(marker *m, ds_err *err)
{
    ds_article t;
    ds_doc d;
    ds_str title = m->from->doc->article->title;
    if (!title.len)
        return DS_OK;
    DS_TRY(ds_text_paragraphs(m->a, title, &t, err));
    DS_TRY(ds_text_read(m->a, &t, m->lex, &d, err));
    size_t first = m->v.len;
    for (size_t i = 0; i < d.sents_len; i++)
        DS_TRY(put_sentence(m, d.toks, d.sents[i].tok, d.sents[i].tok_end, true));
    if (title_case(&d))
        for (size_t i = first; i < m->v.len; i++)
            m->v.at[i].flags &= (uint8_t)~DS_MARK_CAP;
    return DS_OK;
}

/* A text that only says its title is none. */
static bool only_title(const ds_doc *d)
{
    ds_str body = ds_str_trim(ds_str_at(d->text, d->article->body));
    return d->article->title.len && ds_str_eq(body, ds_str_trim(d->article->title));
}

static ds_status put_words(marker *m, ds_err *err)
{
    const ds_doc *d = m->from->doc;
    if (only_title(d))
        return put_title(m, err);
    for (size_t i = 0; i < d->sents_len; i++)
        if (d->sents[i].part != DS_PART_TITLE)
            DS_TRY(put_sentence(m, d->toks, d->sents[i].tok, d->sents[i].tok_end, false));
    m->facts.words = (uint16_t)(m->body_words > UINT16_MAX ? UINT16_MAX : m->body_words);
    return put_title(m, err);
}

/* ---- names -------------------------------------------------------------------------------------------------- */

static uint32_t span_token(const ds_doc *d, const ds_sentence *s, uint32_t byte)
{
    uint32_t i = s->tok;
    while (i < s->tok_end && d->toks[i].span.end <= byte)
        i++;
    return i;
}

static ds_status put_name(marker *m, const ds_name *n)
{
    const ds_doc *d = m->from->doc;
    const ds_sentence *s = &d->sents[n->sent];
    unsigned flags = DS_MARK_CAP | (n->type == DS_NAME_PERSON  ? DS_MARK_NAME
                                    : n->type == DS_NAME_PLACE ? DS_MARK_PLACE
                                                               : 0);
    uint32_t first = 0, last = 0, beg = span_token(d, s, n->span.beg);
    if (n->type == DS_NAME_GROUP)
        return DS_OK;
    for (uint32_t i = beg; i < s->tok_end && d->toks[i].span.beg < n->span.end; i++) {
        uint32_t h = word_hash(&d->toks[i]);
        if (!h)
            continue;
        /* Counted with the sentence already. */
        DS_TRY(put_term(m, h, false, flags));
        first = first ? first : h;
        last = h;
    }
    if (first == last)
        return DS_OK;
    return put_term(m, mixed(first, last, OF_KEY), true,
                    flags | DS_MARK_KEY | (m->body_words < DS_MARK_LEAD_WORDS ? DS_MARK_LEAD : 0));
}

/* ---- places -------------------------------------------------------------------------------------------------- */

static void add16(uint16_t *list, size_t n, uint16_t v)
{
    for (size_t i = 0; i < n; i++) {
        if (!list[i])
            list[i] = v;
        if (list[i] == v)
            return;
    }
}

static void add8(uint8_t *list, size_t n, uint8_t v)
{
    for (size_t i = 0; i < n; i++) {
        if (!list[i])
            list[i] = v;
        if (list[i] == v)
            return;
    }
}

static void add_day(ds_mark_facts *f, ds_day d, bool absolute)
{
    if (absolute && d > f->latest) /* DS_DAY_NONE is less than any */
        f->latest = d;
    for (size_t i = 0; i < DS_MARK_DAYS; i++) {
        if (f->days[i] == DS_DAY_NONE)
            f->days[i] = d;
        if (f->days[i] != d)
            continue;
        f->absolute = (uint8_t)(f->absolute | absolute << i);
        return;
    }
}

static uint16_t short_hash(ds_str s, enum kind k)
{
    uint16_t h = (uint16_t)hash_of(s, k);
    return h ? h : 1;
}

/* A phrase of `p` at a token with a capital; *row says which. */
static uint32_t named_at(const ds_phrases *p, const ds_token *toks, uint32_t i, uint32_t end,
                         uint32_t *row)
{
    if (!p || !(toks[i].flags & DS_TF_CAP) || !(toks[i].starts & ds_phrases_bit(p)))
        return 0;
    return ds_phrase_at(p, toks, i, end, row);
}

enum { REGION_KIND = 1, REGION_OF = 2, ACTOR_NAME = 1, ACTOR_KIND = 2 };

static void put_places(marker *m, const ds_token *toks, uint32_t beg, uint32_t end)
{
    static const char *const of_country[] = {"country", "adjective", "demonym", "capital"};
    for (uint32_t i = beg, n, row; i < end; i += n ? n : 1) {
        n = named_at(m->regions, toks, i, end, &row);
        if (n) {
            ds_str of = ds_table_cell(ds_phrases_table(m->regions), row, REGION_OF);
            add16(m->facts.regions, DS_MARK_REGIONS, short_hash(of, OF_REGION));
            continue;
        }
        n = named_at(m->actors, toks, i, end, &row);
        for (size_t k = 0; n && k < sizeof of_country / sizeof *of_country; k++)
            if (ds_str_eq(ds_table_cell(ds_phrases_table(m->actors), row, ACTOR_KIND),
                          ds_str_of(of_country[k])))
                add16(m->facts.countries, DS_MARK_COUNTRIES,
                      short_hash(ds_table_cell(ds_phrases_table(m->actors), row, ACTOR_NAME),
                                 OF_COUNTRY));
    }
}

static bool is_street_word(const marker *m, const ds_token *t)
{
    enum { SIDE = 1 };
    if (!m->labels || !(t->flags & DS_TF_CAP))
        return false;
    int64_t row = ds_phrase_find(m->labels, t->norm);
    return row >= 0 && ds_str_eq(ds_table_cell(ds_phrases_table(m->labels), (uint32_t)row, SIDE),
                                 DS_STR("after"));
}

/* "the 4100 block of Fremont Avenue North": Fremont. */
static void put_streets(marker *m, const ds_token *toks, uint32_t beg, uint32_t end)
{
    for (uint32_t i = beg + 1; i < end; i++) {
        const ds_token *name = &toks[i - 1];
        if (!is_street_word(m, &toks[i]) || !(name->flags & (DS_TF_CAP | DS_TF_DIGIT)))
            continue;
        add16(m->facts.streets, DS_MARK_STREETS, short_hash(name->norm, OF_STREET));
    }
}

/* ---- days and figures ------------------------------------------------------------------------------------------ */

static void put_times(marker *m)
{
    const ds_marks *ms = m->from->marks;
    for (size_t i = 0; i < ms->times_len; i++) {
        const ds_time *t = &ms->times[i];
        if (t->type == DS_TIME_TIME && t->grain == DS_GRAIN_MINUTE) {
            ptrdiff_t at = ds_str_find(t->value, DS_STR("T"), 0);
            ds_str clock = ds_str_cut(t->value, (size_t)(at + 1), t->value.len);
            if (at >= 0 && clock.len >= 5 && clock.at[2] == ':')
                add16(m->facts.clocks, DS_MARK_CLOCKS,
                      (uint16_t)(1 + ((clock.at[0] - '0') * 10 + clock.at[1] - '0') * 60 +
                                 (clock.at[3] - '0') * 10 + clock.at[4] - '0'));
        }
        if (t->vague || t->days.lo == DS_DAY_NONE || t->days.hi == DS_DAY_NONE)
            continue;
        if (t->days.lo == t->days.hi && t->grain <= DS_GRAIN_DAY)
            add_day(&m->facts, t->days.lo, t->anchor == DS_ANCHOR_ABSOLUTE);
        if (t->grain == DS_GRAIN_YEAR && t->days.hi - t->days.lo < 366) {
            int y, mo, d;
            ds_day_split(t->days.lo, &y, &mo, &d);
            if (y > 0)
                add16(m->facts.years, DS_MARK_YEARS, (uint16_t)y);
        }
    }
}

static bool whole(const ds_value *v, uint8_t *out)
{
    ds_frac x = v->has_best ? v->best : v->has_low ? v->low : (ds_frac){0, 1};
    if (x.den != 1 || x.num < 1)
        return false;
    *out = (uint8_t)(x.num > CLAIMS_MOST ? CLAIMS_MOST : x.num);
    return true;
}

static void put_ages(marker *m)
{
    const ds_marks *ms = m->from->marks;
    uint8_t age;
    for (size_t i = 0; i < ms->quantities_len; i++)
        if (ms->quantities[i].kind == DS_Q_AGE && whole(&ms->quantities[i].value, &age))
            add8(m->facts.ages, DS_MARK_AGES, age);
}

static void put_claims(marker *m)
{
    uint8_t n;
    for (size_t i = 0; i < m->from->claims.len; i++) {
        const ds_claim *c = &m->from->claims.at[i];
        if (!ds_str_eq(c->unit, DS_STR("person")) || c->certainty == DS_CERT_PLANNED ||
            c->certainty == DS_CERT_DENIED || !whole(&c->value, &n))
            continue;
        if (ds_str_eq(c->measure, DS_STR("killed")))
            add8(m->facts.killed, DS_MARK_COUNTS, n);
        if (ds_str_eq(c->measure, DS_STR("injured")))
            add8(m->facts.injured, DS_MARK_COUNTS, n);
    }
}

/* ---- all ---------------------------------------------------------------------------------------------------------- */

static int by_hash(const void *pa, const void *pb)
{
    const ds_mark_term *a = pa, *b = pb;
    return (a->hash > b->hash) - (a->hash < b->hash);
}

static void fold(terms *v)
{
    size_t out = 0;
    if (v->len)
        qsort(v->at, v->len, sizeof *v->at, by_hash);
    for (size_t i = 0, j; i < v->len; i = j) {
        uint32_t n = 0;
        ds_mark_term t = v->at[i];
        for (j = i; j < v->len && v->at[j].hash == t.hash; j++) {
            n += v->at[j].body;
            t.flags |= v->at[j].flags;
        }
        t.body = (uint8_t)(n > UINT8_MAX ? UINT8_MAX : n);
        v->at[out++] = t;
    }
    v->len = out;
}

static ds_day day_of(const ds_article *art)
{
    return art->published != DS_DAY_NONE      ? art->published
           : art->window.lo == art->window.hi ? art->window.lo
                                              : DS_DAY_NONE;
}

ds_status ds_story_marks_make(ds_arena *a, const ds_marks_from *from, const ds_lexicon *lex,
                              ds_story_marks *out, ds_err *err)
{
    const ds_doc *d = from->doc;
    marker m = {.a = a, .from = from, .lex = lex};
    m.facts.day = day_of(d->article);
    m.facts.latest = DS_DAY_NONE;
    for (size_t i = 0; i < DS_MARK_DAYS; i++)
        m.facts.days[i] = DS_DAY_NONE;
    m.facts.source = from->publisher.len ? hash_of(from->publisher, OF_SOURCE) : 0;
    if (lex) {
        m.regions = ds_lexicon_phrases(lex, "regions");
        m.actors = ds_lexicon_phrases(lex, "actors");
        m.labels = ds_lexicon_phrases(lex, "labels");
    }
    ds_status st = put_words(&m, err);
    for (size_t i = 0; st == DS_OK && from->parse && i < from->parse->names_len; i++)
        st = put_name(&m, &from->parse->names[i]);
    if (st < 0)
        return ds_fail(err, st, "out of memory", 0);
    for (size_t i = 0; i < d->sents_len; i++) {
        put_places(&m, d->toks, d->sents[i].tok, d->sents[i].tok_end);
        put_streets(&m, d->toks, d->sents[i].tok, d->sents[i].tok_end);
    }
    if (from->marks) {
        put_times(&m);
        put_ages(&m);
    }
    put_claims(&m);
    fold(&m.v);
    *out = (ds_story_marks){m.facts, m.v.at, (uint32_t)m.v.len};
    return DS_OK;
}

/* ---- bytes ---------------------------------------------------------------------------------------------------- */

enum { MARKS_VERSION = 1 };

static void put_number(ds_buf *b, uint64_t v, size_t width)
{
    for (size_t i = 0; i < width; i++)
        ds_buf_putc(b, (char)(v >> (8 * i)));
}

static void put_list16(ds_buf *b, const uint16_t *v, size_t n)
{
    for (size_t i = 0; i < n; i++)
        put_number(b, v[i], 2);
}

static void put_list8(ds_buf *b, const uint8_t *v, size_t n)
{
    ds_buf_put(b, (ds_str){(const char *)v, n});
}

void ds_story_marks_put(ds_buf *b, const ds_story_marks *m)
{
    const ds_mark_facts *f = &m->facts;
    put_number(b, MARKS_VERSION, 1);
    put_number(b, (uint32_t)f->day, 4);
    put_number(b, f->source, 4);
    put_number(b, (uint32_t)f->latest, 4);
    for (size_t i = 0; i < DS_MARK_DAYS; i++)
        put_number(b, (uint32_t)f->days[i], 4);
    put_list16(b, f->regions, DS_MARK_REGIONS);
    put_list16(b, f->countries, DS_MARK_COUNTRIES);
    put_list16(b, f->streets, DS_MARK_STREETS);
    put_list16(b, f->clocks, DS_MARK_CLOCKS);
    put_list16(b, f->years, DS_MARK_YEARS);
    put_number(b, f->words, 2);
    put_list8(b, f->killed, DS_MARK_COUNTS);
    put_list8(b, f->injured, DS_MARK_COUNTS);
    put_list8(b, f->ages, DS_MARK_AGES);
    put_number(b, f->absolute, 1);
    put_number(b, m->len, 4);
    for (uint32_t i = 0; i < m->len; i++) {
        put_number(b, m->terms[i].hash, 4);
        put_number(b, m->terms[i].body, 1);
        put_number(b, m->terms[i].flags, 1);
    }
}

typedef struct cursor {
    ds_str bytes;
    size_t at;
    bool bad;
} cursor;

static uint64_t get_number(cursor *c, size_t width)
{
    uint64_t v = 0;
    if (c->bytes.len - c->at < width) {
        c->bad = true;
        return 0;
    }
    for (size_t i = 0; i < width; i++)
        v |= (uint64_t)(unsigned char)c->bytes.at[c->at++] << (8 * i);
    return v;
}

static void get_list16(cursor *c, uint16_t *v, size_t n)
{
    for (size_t i = 0; i < n; i++)
        v[i] = (uint16_t)get_number(c, 2);
}

static void get_list8(cursor *c, uint8_t *v, size_t n)
{
    for (size_t i = 0; i < n; i++)
        v[i] = (uint8_t)get_number(c, 1);
}

static void get_facts(cursor *c, ds_mark_facts *f)
{
    f->day = (ds_day)(uint32_t)get_number(c, 4);
    f->source = (uint32_t)get_number(c, 4);
    f->latest = (ds_day)(uint32_t)get_number(c, 4);
    for (size_t i = 0; i < DS_MARK_DAYS; i++)
        f->days[i] = (ds_day)(uint32_t)get_number(c, 4);
    get_list16(c, f->regions, DS_MARK_REGIONS);
    get_list16(c, f->countries, DS_MARK_COUNTRIES);
    get_list16(c, f->streets, DS_MARK_STREETS);
    get_list16(c, f->clocks, DS_MARK_CLOCKS);
    get_list16(c, f->years, DS_MARK_YEARS);
    f->words = (uint16_t)get_number(c, 2);
    get_list8(c, f->killed, DS_MARK_COUNTS);
    get_list8(c, f->injured, DS_MARK_COUNTS);
    get_list8(c, f->ages, DS_MARK_AGES);
    f->absolute = (uint8_t)get_number(c, 1);
}

ds_status ds_story_marks_get(ds_arena *a, ds_str bytes, ds_story_marks *out, ds_err *err)
{
    enum { TERM_BYTES = 6 };
    cursor c = {bytes, 0, false};
    ds_story_marks m = {0};
    if (get_number(&c, 1) != MARKS_VERSION)
        return ds_fail(err, DS_BAD, "no marks of this version", 0);
    get_facts(&c, &m.facts);
    m.len = (uint32_t)get_number(&c, 4);
    if (c.bad || bytes.len - c.at != (uint64_t)m.len * TERM_BYTES)
        return ds_fail(err, DS_BAD, "marks are cut off, or more than marks", c.at);
    ds_mark_term *t = ds_arena_calloc(a, m.len, sizeof *t);
    if (!t)
        return ds_fail(err, DS_NOMEM, "out of memory", 0);
    for (uint32_t i = 0; i < m.len; i++) {
        t[i].hash = (uint32_t)get_number(&c, 4);
        t[i].body = (uint8_t)get_number(&c, 1);
        t[i].flags = (uint8_t)get_number(&c, 1);
        if (i && t[i - 1].hash >= t[i].hash)
            return ds_fail(err, DS_BAD, "marks are not in order", c.at);
    }
    m.terms = t;
    *out = m;
    return DS_OK;
}
