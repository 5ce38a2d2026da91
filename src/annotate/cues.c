/* SPDX-License-Identifier: Apache-2.0 */
/* cues.c - words that introduce what somebody said, and who that is. */
#include "annotate/attributions_internal.h"

static bool pos_is(const speaker *k, uint32_t row, const char *pos)
{
    return ds_str_eq(ds_table_cell(k->s.cues_t, row, CUE_POS), ds_str_of(pos));
}

/* Row of this phrase with one of two parts of speech, or -1. */
static int64_t cue_row(const speaker *k, int64_t row, const char *pos, const char *other)
{
    if (row < 0)
        return -1;
    ds_str phrase = ds_table_cell(k->s.cues_t, (uint32_t)row, 0);
    for (uint32_t r = (uint32_t)row;
         r < k->s.cues_t->rows && ds_str_eq(ds_table_cell(k->s.cues_t, r, 0), phrase); r++)
        if (pos_is(k, r, pos) || (other && pos_is(k, r, other)))
            return r;
    return -1;
}

static uint32_t share_of(const speaker *k, uint32_t row)
{
    ds_frac f;
    return ds_frac_parse(ds_table_cell(k->s.cues_t, row, CUE_SHARE), &f) == DS_OK ? (uint32_t)f.num
                                                                                  : 0;
}

static cue cue_at(const speaker *k, uint32_t w, uint32_t row)
{
    return (cue){.word = w,
                 .at = {w, w + 1},
                 .row = row,
                 .cls = ds_table_cell(k->s.cues_t, row, CUE_CLASS),
                 .is = k->class_bits[ds_phrase_classes(k->s.cues)->codes[row]],
                 .share = share_of(k, row),
                 .told = pos_is(k, row, "told")};
}

/* Shares that a cue needs, by what it introduces: the surer the form, the fewer. Ten more or less of any of them moves the F of
 * linked attributions in PolNeAR's development half by .2 at most: none is fitted. */
enum {
    SURE = 70,        /* a verb that is a cue wherever it stands */
    VERB_CLAUSE = 25, /* with a clause or quotation */
    VERB_PHRASE = 45, /* with a mere phrase */
    SPEECH_PHRASE =
        60, /* the same for verbs of speech, which take phrases of other kinds: "spoke of" */
    NOUN_PHRASE = 30, /* with a phrase and a source */
    ADJ_CLAUSE = 15,
    ADJ_PHRASE = 60,
    ING = 80, /* "-ing" without a clause, which mostly is like a preposition */
};
enum { AS_SAYING = 12 }; /* words from whom somebody quotes to "as saying" */

/* ---- verbs ------------------------------------------------------------------------------------------------ */

static bool to_infinitive(const tree *t, uint32_t w)
{
    uint32_t m = child_with(t, w, R_MARK);
    return m < t->end && word_is(t, m, "to");
}

/* The verb with what stands right before it: auxiliaries, "not", adverbs; and its particle: "points out". */
static void take_group(const speaker *k, cue *c)
{
    const tree *t = &k->t;
    for (uint32_t d = first_child(t, c->word); d < t->end && d < c->word; d = next_child(t, d)) {
        rel r = rel_at(t, d);
        if (word_is(t, d, "not") || word_is(t, d, "n't") || word_is(t, d, "never"))
            c->negated = true;
        c->passive |= r == R_AUX_PASS;
    }
    c->passive |= child_with(t, c->word, R_NSUBJ_PASS) < t->end ||
                  child_with(t, c->word, R_OBL_AGENT) < t->end;
    c->passive |= rel_at(t, c->word) == R_ACL && subject_word(t, c->word) == t->end &&
                  !ds_str_ends(word_text(t, c->word), DS_STR("ing")) && !to_infinitive(t, c->word);
    uint32_t particle = child_with(t, c->word, R_COMPOUND);
    if (particle == c->at.end && word_upos(t, particle) == DS_ADP)
        c->at.end++;
    while (c->at.beg > t->beg) {
        uint32_t b = c->at.beg - 1;
        rel r = rel_at(t, b);
        if (head_at(t, b) != c->word ||
            (r != R_AUX && r != R_AUX_PASS && r != R_ADVMOD && !word_is(t, b, "not")))
            break;
        c->at.beg = b;
    }
}

bool cue_has(const speaker *k, ds_str phrase, const char *pos)
{
    return cue_row(k, ds_phrase_find(k->s.cues, phrase), pos, NULL) >= 0;
}

/* "added 101", "claimed 12 lives": verbs, and verbs with an object, that say nothing of a mere phrase. */
static bool acts(const speaker *k, const cue *c, const said *x)
{
    const tree *t = &k->t;
    uint32_t object = child_with(t, c->word, R_OBJ);
    ds_str verb = word_lemma(t, c->word);
    if (x->strong)
        return false;
    if (cue_has(k, verb, "clause") || object == t->end)
        return cue_has(k, verb, "clause");
    ds_str both =
        ds_arena_printf(k->s.arena, "%.*s %.*s", DS_FMT(verb), DS_FMT(word_lemma(t, object)));
    return both.at && cue_has(k, both, "clause");
}

static uint32_t least_share(const cue *c, const said *x)
{
    if (x->strong)
        return VERB_CLAUSE;
    return c->is & (C_SPEECH | C_EVIDENCE) ? SPEECH_PHRASE : VERB_PHRASE;
}

/* Can the source speak? Names, persons and groups can, and what shows something; a bare "that" hardly. */
static bool speaks(const speaker *k, const said *x, const cue *c)
{
    static const char *const mute[] = {"that", "this", "there", "what", "something", "nothing"};
    static const char *const vague[] = {"it", "you"};
    const tree *t = &k->t;
    if (x->name.end == x->name.beg + 1 && in_date(&k->s, k->s.doc->words[x->name.beg].tok))
        return false; /* "yesterday" */
    if (x->name.end != x->name.beg + 1)
        return true;
    for (size_t i = 0; i < sizeof mute / sizeof *mute; i++)
        if (word_is(t, x->name.beg, mute[i]))
            return (c->is & SHOWING) && x->strong;
    for (size_t i = 0; i < sizeof vague / sizeof *vague; i++)
        if (word_is(t, x->name.beg, vague[i]))
            return x->strong;
    return true;
}

/* The first figure that begins in the span ends in it. */
static bool has_figure(const speaker *k, ds_span in)
{
    size_t lo = 0, hi = k->s.marks->quantities_len;
    while (lo < hi) {
        size_t mid = (lo + hi) / 2;
        if (k->s.marks->quantities[mid].number.beg < in.beg)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo < k->s.marks->quantities_len && k->s.marks->quantities[lo].number.end <= in.end;
}

/* "Estimates put the number at 300", "counts 52 dead": verbs that say little but of figures (cues.tsv: at, figure). */
static bool puts_figure(const speaker *k, const cue *c)
{
    enum { FIGURE_MOST = 5 }; /* words: "at around 12.5 million dollars" */
    const tree *t = &k->t;
    ds_str verb = word_lemma(t, c->word);
    uint32_t object = child_with(t, c->word, R_OBJ);
    if (object == t->end || object < c->word)
        return false;
    if (cue_has(k, verb, "figure"))
        return has_figure(k, words_span(k, (words_range){low(t, object), high(t, object)}));
    bool at = cue_has(k, verb, "at");
    for (uint32_t w = object; at && w + 1 < t->end && !word_is(t, w, ","); w++) {
        uint32_t end = w + 1 + FIGURE_MOST < t->end ? w + 1 + FIGURE_MOST : t->end;
        if (word_is(t, w, "at") && has_figure(k, words_span(k, (words_range){w + 1, end})))
            return true;
    }
    return false;
}

/* "regarding", "considering", "including" what follows: nobody does. */
static bool like_a_preposition(const speaker *k, const cue *c, const said *x)
{
    static const char *const always[] = {"regard", "consider", "concern", "include", "follow"};
    const tree *t = &k->t;
    rel r = rel_at(t, c->word);
    bool ing = ds_str_ends(word_text(t, c->word), DS_STR("ing")) &&
               child_with(t, c->word, R_AUX) == t->end;
    if (!ing || r == R_ROOT || r == R_CONJ)
        return false;
    for (size_t i = 0; i < sizeof always / sizeof *always; i++)
        if (ds_str_eq(word_lemma(t, c->word), ds_str_of(always[i])))
            return true;
    return !x->strong && c->share < ING && !(c->is & (C_SPEECH | C_REPORT));
}

static ds_status verbal(speaker *k, uint32_t w, uint32_t row)
{
    cue c = cue_at(k, w, row);
    said x = {0};
    take_group(k, &c);
    find_source(k, &c, &x);
    if (c.passive && !quoted_by(k, &c, &x))
        find_agent(k, &c, &x);
    bool saying = quotes_somebody(&k->t, w) && c.at.end + 1 < k->t.end &&
                  word_is(&k->t, c.at.end, "as") && word_is(&k->t, c.at.end + 1, "saying");
    c.at.end += saying ? 2 : 0; /* "was quoted as saying" */
    bool beside = (c.is & QUOTING) &&
                  (direct_speech(k, &c, &x) || (c.share >= SURE && clause_before(k, &c, &x)));
    bool said_so = beside || verb_content(k, &c, &x);
    bool lost = !said_so || child_with(&k->t, w, R_IOBJ) < k->t.end || c.told ||
                ds_str_eq(word_lemma(&k->t, w), DS_STR("say")); /* nobody says a thing that does */
    if (lost && !(said_so && x.strong) && x.source.end && (c.told || c.share >= SAYING))
        said_so |= rest_said(k, &c, &x);
    if (!said_so)
        return DS_OK;
    if (c.share < least_share(&c, &x) && !puts_figure(k, &c))
        return DS_OK;
    if (to_infinitive(&k->t, w) && !x.strong)
        return DS_OK;
    if (!x.source.end && !c.passive)
        return DS_OK;
    if (like_a_preposition(k, &c, &x) || acts(k, &c, &x))
        return DS_OK;
    if (x.source.end && !speaks(k, &x, &c))
        return DS_OK;
    if (c.told)
        addressee(k, &c, &x);
    spoken_to(k, &c, &x);
    quoted_there(k, &x);
    return emit(k, &c, &x);
}

/* "We won't leave," Holm sang: any verb can stand beside a quotation that ends in a comma, or in a mark of its own. */
static ds_status unknown_verb(speaker *k, uint32_t w)
{
    int64_t row = ds_phrase_find(k->s.cues, DS_STR("say"));
    if (row < 0 || (w == k->t.beg || w + 1 == k->t.end))
        return DS_OK;
    cue c = cue_at(k, w, (uint32_t)row);
    said x = {0};
    take_group(k, &c);
    find_source(k, &c, &x);
    return x.source.end && quoted_clause_before(k, &c, &x) ? emit(k, &c, &x) : DS_OK;
}

static bool cue_reports(const speaker *k, int64_t row)
{
    row = cue_row(k, row, "verb", "told");
    return row >= 0 && (cue_at(k, 0, (uint32_t)row).is & REPORTIVE);
}

/* "Some, he continues, are late": a short subject and its verb between commas are who says the rest, whatever the verb. */
static bool between_commas(const speaker *k, uint32_t w)
{
    enum { NAME_MOST = 3 }; /* words */
    const tree *t = &k->t;
    uint32_t beg = w;
    while (beg > t->beg && w - beg < NAME_MOST &&
           (word_upos(t, beg - 1) == DS_PROPN || word_upos(t, beg - 1) == DS_PRON))
        beg--;
    return beg < w && beg > t->beg + 1 && word_is(t, beg - 1, ",") && w + 1 < t->end &&
           word_is(t, w + 1, ",");
}

static ds_status parenthetical(speaker *k, uint32_t w)
{
    int64_t row = ds_phrase_find(k->s.cues, DS_STR("say"));
    cue c = cue_at(k, w, row < 0 ? 0 : (uint32_t)row);
    said x = {0};
    find_source(k, &c, &x);
    return row >= 0 && clause_before(k, &c, &x) ? emit(k, &c, &x) : DS_OK;
}

/* ---- nouns, adjectives -------------------------------------------------------------------------------------- */

/* "Holm denied reports that 12 had died": not hers. */
static bool speaks_of_others(const speaker *k, uint32_t verb)
{
    int64_t row = cue_row(k, ds_phrase_find(k->s.cues, word_lemma(&k->t, verb)), "verb", NULL);
    return row >= 0 && (cue_at(k, verb, (uint32_t)row).is & (C_DENIAL | C_FACTIVE));
}

static void noun_source(const speaker *k, const cue *c, said *x)
{
    const tree *t = &k->t;
    for (uint32_t d = first_child(t, c->word); d < t->end; d = next_child(t, d)) {
        bool by = rel_at(t, d) == R_NMOD &&
                  (word_is(t, low(t, d), "by") || word_is(t, low(t, d), "from"));
        if (rel_at(t, d) != R_NMOD_POSS && !by)
            continue;
        if (by)
            agent_is(k, d, x);
        else
            source_is(k, d, t->end, x);
        if (!by && x->source.end > x->source.beg + 1 && word_text(t, x->source.end - 1).len <= 4 &&
            word_upos(t, x->source.end - 1) == DS_PART)
            x->source.end = x->name.end = x->source.end - 1;
        return;
    }
    uint32_t verb = head_at(t, c->word);
    if (verb < t->end && rel_at(t, c->word) == R_OBJ && subject_word(t, verb) < verb &&
        !speaks_of_others(k, verb))
        source_is(k, subject_word(t, verb), verb, x);
}

/* "reports that", "estimates of": the document itself is all that is known of who says it. */
static bool speaks_itself(const cue *c, const said *x)
{
    return x->strong && (c->is & (SHOWING | C_HEDGE));
}

static ds_status nominal(speaker *k, uint32_t w, uint32_t row)
{
    cue c = cue_at(k, w, row);
    said x = {0};
    if (!noun_content(k, &c, &x))
        return DS_OK;
    noun_source(k, &c, &x);
    bool sourced = x.source.end > 0;
    uint32_t verb = rel_at(&k->t, w) == R_OBJ ? head_at(&k->t, w) : k->t.end;
    if (!sourced && !(c.is & SHOWING) && verb < k->t.end && speaks_of_others(k, verb))
        return DS_OK; /* "denies claims that": nobody's */
    if (!sourced && speaks_itself(&c, &x)) {
        x.name = name_of(k, w);
        x.name.end = x.content[0].beg < x.name.end ? x.content[0].beg : x.name.end;
        x.source = x.name;
    }
    if (!x.strong && (!sourced || c.share < NOUN_PHRASE))
        return DS_OK;
    return emit(k, &c, &x);
}

static ds_status adjectival(speaker *k, uint32_t w, uint32_t row)
{
    cue c = cue_at(k, w, row);
    said x = {0};
    find_source(k, &c, &x);
    if (!x.source.end || !verb_content(k, &c, &x))
        return DS_OK;
    if (c.share < (x.strong ? ADJ_CLAUSE : ADJ_PHRASE))
        return DS_OK;
    return emit(k, &c, &x);
}

/* ---- prepositions -------------------------------------------------------------------------------------------- */

static uint32_t behind_semicolon(const tree *t, uint32_t w)
{
    while (w > t->beg && !word_is(t, w - 1, ";"))
        w--;
    return w;
}

/* The noun of the first phrase in [beg, end), whatever it hangs on: "a Courier database tracking such deaths". t.end: none. */
static uint32_t noun_in(const speaker *k, uint32_t beg, uint32_t end)
{
    uint32_t w = beg;
    while (w < end && word_upos(&k->t, w) != DS_NOUN && word_upos(&k->t, w) != DS_PROPN)
        w++;
    while (w + 1 < end &&
           (word_upos(&k->t, w + 1) == DS_NOUN || word_upos(&k->t, w + 1) == DS_PROPN))
        w++;
    return w < end ? w : k->t.end;
}

/* "according to X": what stands before it, up to a semicolon, or behind it where it opens the sentence. */
static ds_status according(speaker *k, uint32_t w, uint32_t n, uint32_t row)
{
    const tree *t = &k->t;
    cue c = cue_at(k, w, row);
    said x = {.strong = true};
    c.at.end = w + n;
    uint32_t stop = c.at.end;
    while (stop < t->end && !word_is(t, stop, ",") && !word_is(t, stop, ";"))
        stop++;
    uint32_t noun = head_in(k, c.at.end, stop);
    if (noun == t->end)
        noun = noun_in(k, c.at.end, stop);
    if (noun == t->end)
        return DS_OK;
    x.name = name_of(k, noun);
    x.name.beg = x.name.beg < c.at.end ? c.at.end : x.name.beg;
    x.name.end = x.name.end < stop ? x.name.end : stop;
    x.source = (words_range){c.at.end, high(t, noun) > stop ? high(t, noun) : stop};
    if (any_verb_in(k, stop, x.source.end))
        x.source.end = stop;
    bool leads = w < t->beg + 2;
    bool relative =
        stop + 1 < t->end && (word_is(t, stop + 1, "which") || word_is(t, stop + 1, "who"));
    bool after = stop < t->end && !relative && any_verb_in(k, stop, t->end);
    if (!leads && !(w > t->beg + 1 && word_is(t, w - 2, "that")))
        x.content[x.parts++] = (words_range){behind_semicolon(t, w), w};
    if (leads || (after && word_is(t, w - 1, ",") && word_is(t, stop, ",")))
        x.content[x.parts++] = (words_range){x.source.end, t->end};
    return emit(k, &c, &x);
}

/* "Experts note that the army is slow", "The obituary points out that he was passed over": a noun does not have a subject and a
 * clause, and a sentence has a verb. */
static bool is_misread_verb(const tree *t, uint32_t w)
{
    uint32_t clause = child_with(t, w, R_CCOMP), that = that_clause(t, w);
    if (child_with(t, w, R_COP) < t->end)
        return false;
    bool subject = clause < t->end && clause > w && subject_word(t, w) < w;
    bool verbless = rel_at(t, w) == R_ROOT && that < t->end &&
                    child_with(t, that, R_MARK) < t->end && low(t, w) + 1 < w &&
                    ds_str_ends(word_text(t, w), DS_STR("s"));
    return verbless || (subject && child_with(t, w, R_DET) == t->end);
}

/* "..., the Courier reports.": a noun at the end of a sentence, behind a comma and a name, is a verb that parsers do not see. */
static bool ends_sentence(const speaker *k, uint32_t w)
{
    const tree *t = &k->t;
    uint32_t beg = w;
    bool last = w + 1 == t->end || (w + 2 == t->end && word_upos(t, w + 1) == DS_PUNCT);
    while (last && beg > t->beg && !word_is(t, beg - 1, ","))
        beg--;
    if (!last || beg + 1 >= w + 1 || beg <= t->beg + 1 || any_verb_in(k, beg, w) ||
        !any_verb_in(k, t->beg, beg - 1))
        return false;
    ds_upos u = word_upos(t, w - 1);
    bool form = ds_str_ends(word_text(t, w), DS_STR("s")) || word_upos(t, beg) != DS_DET;
    return form && (u == DS_PROPN || u == DS_NOUN);
}

static ds_status final_verb(speaker *k, uint32_t w, uint32_t row)
{
    cue c = cue_at(k, w, row);
    said x = {.strong = true, .parts = 1};
    uint32_t beg = w;
    while (!word_is(&k->t, beg - 1, ","))
        beg--;
    if (c.share < SURE || !(c.is & REPORTIVE))
        return DS_OK;
    x.source = x.name = (words_range){beg, w};
    x.content[0] = (words_range){k->t.beg, beg - 1};
    return emit(k, &c, &x);
}

static ds_status try_word(speaker *k, uint32_t w)
{
    ds_upos u = word_upos(&k->t, w);
    if (word_is(&k->t, w, "according") && w + 1 < k->t.end && word_is(&k->t, w + 1, "to")) {
        int64_t row = cue_row(k, ds_phrase_find(k->s.cues, DS_STR("according to")), "prep", NULL);
        return row < 0 ? DS_OK : according(k, w, 2, (uint32_t)row);
    }
    if (w + 1 < k->t.end && word_is(&k->t, w, "think") && word_is(&k->t, w + 1, "tank"))
        return DS_OK;
    rel r = rel_at(&k->t, w);
    if ((u != DS_VERB && u != DS_NOUN && u != DS_ADJ) ||
        (u == DS_VERB && (r == R_AMOD || r == R_COMPOUND))) /* "counting systems" */
        return DS_OK;
    int64_t row = ds_phrase_find(k->s.cues, word_lemma(&k->t, w));
    if (row < 0)
        return u == DS_VERB ? unknown_verb(k, w) : DS_OK;
    if (u == DS_NOUN && is_misread_verb(&k->t, w))
        u = DS_VERB;
    int64_t verb = u == DS_NOUN && ends_sentence(k, w) ? cue_row(k, row, "verb", NULL) : -1;
    if (verb >= 0)
        return final_verb(k, w, (uint32_t)verb);
    if (u == DS_VERB && in_person(&k->s, k->s.doc->words[w].tok))
        return DS_OK; /* "Anna Felt died" is no feeling */
    if (u == DS_VERB && row >= 0 && !cue_reports(k, row) && between_commas(k, w))
        return parenthetical(k, w);
    row = u == DS_VERB ? cue_row(k, row, "verb", "told")
                       : cue_row(k, row, u == DS_NOUN ? "noun" : "adj", NULL);
    if (row < 0)
        return u == DS_VERB ? unknown_verb(k, w) : DS_OK;
    return u == DS_VERB   ? verbal(k, w, (uint32_t)row)
           : u == DS_NOUN ? nominal(k, w, (uint32_t)row)
                          : adjectival(k, w, (uint32_t)row);
}

bool quotes_somebody(const tree *t, uint32_t w)
{
    ds_str lemma = word_lemma(t, w);
    return word_upos(t, w) == DS_VERB &&
           (ds_str_eq(lemma, DS_STR("cite")) || ds_str_eq(lemma, DS_STR("quote")));
}

/* The attribution of this sentence whose cue holds the word; or the last one with words of its own. -1: none. */
static int32_t attribution_of(const speaker *k, size_t before, uint32_t word)
{
    for (size_t i = before; i < k->found.len; i++)
        if (word < k->t.end && ds_span_holds(k->found.at[i].cue, k->s.doc->words[word].span))
            return (int32_t)i;
    return k->found.len > before ? (int32_t)k->found.len - 1 : -1;
}

/* "AFP reported, citing police, that ...": the police say it, nearer to the fact than AFP. */
static ds_status citing(speaker *k, uint32_t w, size_t before)
{
    const tree *t = &k->t;
    int64_t row = cue_row(k, ds_phrase_find(k->s.cues, word_lemma(t, w)), "verb", NULL);
    uint32_t whom = child_with(t, w, R_OBJ);
    int32_t outer = attribution_of(k, before, head_at(t, w));
    if (row < 0 || whom == t->end || whom < w || outer < 0 || child_with(t, w, R_AUX) < t->end)
        return DS_OK;
    cue c = cue_at(k, w, (uint32_t)row);
    said x = {.strong = true};
    source_is(k, whom, t->end, &x);
    ds_attribution reported = k->found.at[outer];
    DS_TRY(emit_span(k, &c, &x, reported.content[0]));
    ds_attribution *a = &k->found.at[k->found.len - 1];
    a->content[1] = reported.content[1];
    a->content_len = reported.content_len;
    a->inside = outer;
    return DS_OK;
}

/* "State media quoted the governor as saying that ...": the governor says it; state media are where. */
static bool quoted_saying(const speaker *k, uint32_t w, uint32_t *verb, uint32_t *whom)
{
    const tree *t = &k->t;
    *whom = child_with(t, w, R_OBJ);
    if (*whom == t->end || subject_word(t, w) == t->end)
        return false;
    for (uint32_t v = *whom + 1; v < t->end && v < *whom + AS_SAYING; v++)
        if (word_is(t, v, "saying") && word_is(t, v - 1, "as")) {
            *verb = v;
            return true;
        }
    return false;
}

static ds_status said_through(speaker *k, uint32_t w, uint32_t verb, uint32_t whom)
{
    const tree *t = &k->t;
    int64_t row = cue_row(k, ds_phrase_find(k->s.cues, DS_STR("say")), "verb", NULL);
    if (row < 0)
        return DS_OK;
    cue c = cue_at(k, verb, (uint32_t)row);
    said x = {.strong = true, .parts = 1};
    x.content[0] = any_verb_in(k, verb + 1, t->end)
                       ? (words_range){verb + 1, t->end}
                       : (words_range){t->beg, low(t, subject_word(t, w))};
    source_is(k, whom, verb, &x);
    x.outlet = outlet_name(k, name_of(k, subject_word(t, w)));
    return emit(k, &c, &x);
}

/* "K," The Courier cited the minister: she says it; the paper is where. */
static bool cited_beside(speaker *k, uint32_t w, cue *c, said *x)
{
    const tree *t = &k->t;
    int64_t row = cue_row(k, ds_phrase_find(k->s.cues, word_lemma(t, w)), "verb", NULL);
    uint32_t whom = child_with(t, w, R_OBJ), who = subject_word(t, w);
    if (row < 0 || whom == t->end || whom < w || who == t->end)
        return false;
    *c = cue_at(k, w, (uint32_t)row);
    *x = (said){.strong = true};
    find_source(k, c, x);
    if (!x->source.end || !direct_speech(k, c, x) || x->content[0].end > w)
        return false;
    x->outlet = outlet_name(k, name_of(k, who));
    source_is(k, whom, t->end, x);
    return true;
}

/* "was quoted as saying": one cue, not two. */
static bool said_already(const tree *t, uint32_t w)
{
    uint32_t h = head_at(t, w);
    return h < t->end && word_is(t, w, "saying") && quotes_somebody(t, h) &&
           child_with(t, h, R_NSUBJ_PASS) < t->end;
}

ds_status read_cues(speaker *k)
{
    size_t before = k->found.len;
    uint32_t verb = k->t.end, whom;
    cue c;
    said x;
    for (uint32_t w = k->t.beg; w < k->t.end; w++) {
        if (word_quoted(k, w) || w == verb)
            continue;
        if (!quotes_somebody(&k->t, w)) {
            DS_TRY(said_already(&k->t, w) ? DS_OK : try_word(k, w));
            continue;
        }
        if (quoted_saying(k, w, &verb, &whom))
            DS_TRY(said_through(k, w, verb, whom));
        else if (cited_beside(k, w, &c, &x))
            DS_TRY(emit(k, &c, &x));
        else if (!ds_str_ends(word_text(&k->t, w), DS_STR("ing")))
            DS_TRY(try_word(k, w));
    }
    size_t own = k->found.len;
    for (uint32_t w = k->t.beg; own > before && w < k->t.end; w++)
        if (!word_quoted(k, w) && quotes_somebody(&k->t, w) &&
            ds_str_ends(word_text(&k->t, w), DS_STR("ing")))
            DS_TRY(citing(k, w, before));
    return DS_OK;
}

/* One that introduces what stands behind the sentence; false: it has no subject. */
static bool announces(const speaker *k, uint32_t w, int64_t row, cue *c, said *x)
{
    if (row < 0)
        return false;
    *c = cue_at(k, w, (uint32_t)row);
    *x = (said){.strong = true};
    take_group(k, c);
    find_source(k, c, x);
    return x->source.end > 0;
}

ds_status announced(speaker *k, ds_span content)
{
    cue c;
    said x;
    for (uint32_t w = k->t.end; w-- > k->t.beg;)
        if (word_upos(&k->t, w) == DS_VERB &&
            announces(k, w,
                      cue_row(k, ds_phrase_find(k->s.cues, word_lemma(&k->t, w)), "verb", "told"),
                      &c, &x))
            return emit_span(k, &c, &x, content);
    int64_t say = cue_row(k, ds_phrase_find(k->s.cues, DS_STR("say")), "verb", NULL);
    for (uint32_t w = k->t.beg; w < k->t.end; w++) /* "Holm made this comment:" */
        if (rel_at(&k->t, w) == R_ROOT && announces(k, w, say, &c, &x))
            return emit_span(k, &c, &x, content);
    return DS_OK;
}
