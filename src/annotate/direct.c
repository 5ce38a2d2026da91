/* SPDX-License-Identifier: Apache-2.0 */
/* direct.c - what is said beside a cue: "K," said X. X said, "K." "K1," X said, "K2." K, X said. Parsers stumble over these, so
 * this goes by what stands next to what. */
#include "annotate/attributions_internal.h"

enum {
    LEAST_WORDS = 2, /* of a quotation that somebody is said to have said */
    BETWEEN_MOST =
        8, /* words between the cue and the quotation behind it: "told reporters on Friday," */
    SPEAKER_MOST = 40
};

static bool is_mark(const speaker *k, uint32_t w)
{
    return word_upos(&k->t, w) == DS_PUNCT;
}

/* Where what is said may begin: sentences end inside of quotations ("Why?" she asked), paragraphs do not. */
static uint32_t floor_of(const speaker *k)
{
    const ds_sentence *sents = k->s.doc->sents;
    uint32_t i = k->t.sent;
    while (i > 0 && sents[i - 1].block == sents[k->t.sent].block &&
           word_quoted(k, sents[i].word - 1))
        i--;
    return sents[i].word;
}

/* The quoted stretch that ends before word w with only punctuation between. */
static bool quoted_before(const speaker *k, uint32_t w, words_range *out)
{
    uint32_t end = w, floor = floor_of(k);
    while (end > floor && !word_quoted(k, end - 1) && is_mark(k, end - 1))
        end--;
    uint32_t beg = end;
    while (beg > floor && word_quoted(k, beg - 1))
        beg--;
    *out = (words_range){beg, end};
    if (end < beg + LEAST_WORDS + 2) /* with its marks */
        return false;
    return end > k->t.beg || word_is(&k->t, end - 2, "?") || word_is(&k->t, end - 2, "!");
}

static bool pauses(const speaker *k, uint32_t w)
{
    return word_is(&k->t, w, ",") || word_is(&k->t, w, ":");
}

/* The quoted stretch that begins at word w, or behind a comma or colon up to `reach` words on. */
static bool quoted_behind(const speaker *k, uint32_t w, uint32_t reach, words_range *out)
{
    uint32_t beg = w, most = w + reach;
    while (beg < k->t.end && beg < most && !word_quoted(k, beg))
        beg++;
    while (beg < k->t.end && !word_quoted(k, beg) && is_mark(k, beg))
        beg++;
    if (beg > w && !pauses(k, beg - 1))
        return false;
    uint32_t end = beg;
    while (end < k->t.end && word_quoted(k, end))
        end++;
    *out = (words_range){beg, end};
    return end >= beg + LEAST_WORDS + 1;
}

static bool names_somebody(const speaker *k, uint32_t w)
{
    ds_upos u = word_upos(&k->t, w);
    return u == DS_NOUN || u == DS_PROPN || u == DS_PRON;
}

/* The word of [beg, end) that hangs outside, when somebody can be meant by it. */
uint32_t head_in(const speaker *k, uint32_t beg, uint32_t end)
{
    for (uint32_t w = beg; w < end; w++) {
        uint32_t h = head_at(&k->t, w);
        if (names_somebody(k, w) && (h < beg || h >= end))
            return w;
    }
    return k->t.end;
}

static bool verb_in(const speaker *k, uint32_t beg, uint32_t end)
{
    for (uint32_t w = beg; w < end; w++)
        if (word_is(&k->t, w, ",")) /* an insert: "Holm, who runs the mill, said" */
            return false;
        else if (word_upos(&k->t, w) == DS_VERB)
            return true;
    return false;
}

static void trim(const speaker *k, words_range *r)
{
    while (r->beg < r->end && is_mark(k, r->beg))
        r->beg++;
    while (r->end > r->beg && is_mark(k, r->end - 1))
        r->end--;
}

/* "K," S V: what stands between the quotation and the cue. */
static bool speaker_between(const speaker *k, const cue *c, words_range *quote, words_range *who)
{
    uint32_t w = c->at.beg;
    while (w > k->t.beg && c->at.beg - w < SPEAKER_MOST && !word_quoted(k, w - 1))
        w--;
    if (w == c->at.beg || !quoted_before(k, w, quote))
        return false;
    *who = (words_range){w, c->at.beg};
    trim(k, who);
    return who->beg < who->end &&
           word_upos(&k->t, who->beg) != DS_ADP && /* "K" about the bombing, adding */
           !verb_in(k, who->beg, who->end) && head_in(k, who->beg, who->end) < k->t.end;
}

/* "K," V S: the phrase behind the cue. */
static bool speaker_behind(const speaker *k, const cue *c, words_range *quote, words_range *who)
{
    if (!quoted_before(k, c->at.beg, quote) || c->at.end >= k->t.end)
        return false;
    uint32_t end = c->at.end;
    while (end < k->t.end && !word_quoted(k, end) && end < c->at.end + SPEAKER_MOST)
        end++;
    uint32_t w = c->at.end;
    while (w < end && !names_somebody(k, w) && word_upos(&k->t, w) != DS_VERB)
        w++;
    if (w == end || !names_somebody(k, w))
        return false;
    for (uint32_t h = head_at(&k->t, w); h < end && h > c->word; h = head_at(&k->t, h))
        w = names_somebody(k, h) ? h : w; /* "61-year-old Anna Holm" */
    uint32_t last = high(&k->t, w) < end ? high(&k->t, w) : end;
    *who = (words_range){c->at.end, last > w ? last : w + 1};
    trim(k, who);
    return who->beg < who->end;
}

static void part(said *x, words_range r)
{
    if (x->parts < 2)
        x->content[x->parts++] = r;
}

static bool inside_quotation(const speaker *k, const said *x)
{
    return x->source.beg < x->source.end && word_quoted(k, x->source.beg);
}

/* Said X: "K." */
static bool speaker_before_colon(const speaker *k, const cue *c, uint32_t quote, said *x)
{
    words_range who = {c->at.end, quote};
    trim(k, &who);
    uint32_t noun = who.beg < who.end ? head_in(k, who.beg, who.end) : k->t.end;
    if (noun == k->t.end || verb_in(k, who.beg, who.end))
        return false;
    x->source = x->name = who;
    return true;
}

bool any_verb_in(const speaker *k, uint32_t beg, uint32_t end)
{
    for (uint32_t w = beg; w < end; w++)
        if (word_upos(&k->t, w) == DS_VERB || word_upos(&k->t, w) == DS_AUX)
            return true;
    return false;
}

/* "For now, Holm said the deal, which is fair, offers more" */
static bool clause_behind(const speaker *k, const cue *c)
{
    for (uint32_t d = first_child(&k->t, c->word); d < k->t.end; d = next_child(&k->t, d))
        if (rel_at(&k->t, d) == R_CCOMP && low(&k->t, d) == c->at.end && !is_mark(k, c->at.end))
            return true;
    return false;
}

static uint32_t next_comma(const speaker *k, uint32_t w)
{
    while (w < k->t.end && !word_is(&k->t, w, ","))
        w++;
    return w;
}

/* The nearest comma before word w, or the sentence's first word. */
static uint32_t comma_before(const speaker *k, uint32_t w)
{
    while (w > k->t.beg && !word_is(&k->t, w - 1, ","))
        w--;
    return w > k->t.beg ? w - 1 : w;
}

/* Where the phrase of the speaker begins: behind the comma before the cue, with no verb between. t.end: it does not. */
static uint32_t speaker_from(const speaker *k, const cue *c)
{
    uint32_t w = c->at.beg;
    if (w > k->t.beg && word_is(&k->t, w - 1, ",")) /* "the mayor, Tilda Hask, said" */
        w = comma_before(k, w - 1);
    while (w > k->t.beg && c->at.beg - w < SPEAKER_MOST && !word_is(&k->t, w - 1, ","))
        w--;
    if (word_upos(&k->t, w) == DS_CCONJ) /* "the city paid, and the board added more" */
        return k->t.end;
    bool open =
        w > k->t.beg && w < c->at.beg && !any_verb_in(k, w, c->at.beg) && !word_quoted(k, w);
    return open && head_in(k, w, c->at.beg) < k->t.end ? w : k->t.end;
}

bool direct_speech(const speaker *k, const cue *c, said *x)
{
    words_range quote, who, more;
    bool before = speaker_between(k, c, &quote, &who) || speaker_behind(k, c, &quote, &who);
    if (before && clause_behind(k, c) && !any_verb_in(k, quote.beg, quote.end))
        return false; /* on "News Sunday," Holm said she would stay */
    if (before) {
        uint32_t core = who.end > c->at.end ? who.end : c->at.end;
        bool within = x->source.beg >= who.beg && x->source.end <= who.end && x->source.end;
        if (!within) {
            uint32_t noun = head_in(k, who.beg, who.end);
            x->source = who;
            x->name = noun < k->t.end ? name_of(k, noun) : who;
            x->name.end = x->name.end < who.end ? x->name.end : who.end;
        }
        x->parts = 0;
        part(x, quote);
        if (quoted_behind(k, core, BETWEEN_MOST, &more))
            part(x, more);
        return x->strong = true;
    }
    if (!quoted_behind(k, c->at.end, BETWEEN_MOST, &quote))
        return false;
    if (!x->source.end && !speaker_before_colon(k, c, quote.beg, x))
        return false;
    if (inside_quotation(k, x))
        return false;
    if (verb_in(k, c->at.end, quote.beg))
        return false;
    x->parts = 0;
    uint32_t from = speaker_from(k, c);
    if (from < k->t.end && from > k->t.beg && any_verb_in(k, k->t.beg, from - 1))
        part(x, (words_range){k->t.beg,
                              from - 1}); /* "They cost little, Holm said, \"less than rain\"" */
    part(x, quote);
    return x->strong = true;
}

bool quoted_clause_before(const speaker *k, const cue *c, said *x)
{
    enum { CLAUSE_LEAST = 6 }; /* words with the marks: a title of a song has fewer */
    words_range quote, who;
    if (!speaker_between(k, c, &quote, &who) || quote.end < quote.beg + CLAUSE_LEAST)
        return false;
    if (any_verb_in(k, quote.end, c->at.beg)) /* "K," X said as police tracked alongside */
        return false;
    uint32_t stop = quote.end - 2; /* before the mark that closes */
    if (!word_is(&k->t, stop, ",") && !word_is(&k->t, stop, "?") && !word_is(&k->t, stop, "!"))
        return false;
    x->parts = 0;
    part(x, quote);
    return x->strong = true;
}

/* "K, said X, ...": who stands behind the cue; false: nobody, or a clause. */
static bool speaker_after(const speaker *k, const cue *c, words_range *who)
{
    uint32_t end = next_comma(k, c->at.end);
    *who = (words_range){c->at.end, end};
    trim(k, who);
    return c->at.beg > k->t.beg && word_is(&k->t, c->at.beg - 1, ",") && who->beg < who->end &&
           !any_verb_in(k, who->beg, who->end) && head_in(k, who->beg, who->end) < k->t.end;
}

static void speaker_is(const speaker *k, words_range who, said *x)
{
    uint32_t noun = head_in(k, who.beg, who.end);
    if (x->source.end && x->source.beg >= who.beg && x->source.end <= who.end)
        return;
    x->source = who;
    x->name = name_of(k, noun);
    if (x->name.beg < who.beg || x->name.end > who.end)
        x->name = who;
}

bool clause_before(const speaker *k, const cue *c, said *x)
{
    words_range who;
    uint32_t s = subject_word(&k->t, c->word);
    bool relative =
        s < k->t.end && relative_pronoun(&k->t, s); /* "a group that has claimed the town" */
    if (relative || that_follows(k, c)) /* "announced that one girl, Amina Holm, had been found" */
        return false;
    uint32_t before = c->at.beg - (c->at.beg > k->t.beg), comma;
    bool closed = true; /* "The boats, Holm said, were", not "For now, Holm said the boats were" */
    if (speaker_after(k, c, &who)) {
        comma = next_comma(k, who.end);
    } else {
        uint32_t from = speaker_from(k, c);
        if (from == k->t.end)
            return false;
        who = (words_range){from, c->at.beg};
        before = from - 1;
        comma = next_comma(k, c->at.end);
        closed = comma == c->at.end;
        if (any_verb_in(k, c->at.end, comma))
            return false;
    }
    if (before > k->t.beg && relative_pronoun(&k->t, before - 1)) /* "which, Holm said, is full" */
        return false;
    bool after = any_verb_in(k, comma, k->t.end), ahead = any_verb_in(k, k->t.beg, before);
    if ((!after && !ahead) || (!ahead && !closed))
        return false;
    speaker_is(k, who, x);
    x->parts = 0;
    part(x, (words_range){k->t.beg, before});
    if (after)
        part(x, (words_range){comma, k->t.end});
    return x->strong = true;
}
