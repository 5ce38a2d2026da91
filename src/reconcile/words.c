/* SPDX-License-Identifier: Apache-2.0 */
/* words.c - measures with the wording of their questions, and the subjects that claims count. */
#include "internal.h"

struct rc_words {
    const ds_table *measures, *questions, *nouns;
    const ds_table *cues;
    const ds_phrases *actors, *cue_words;
    ds_map *measure_rows, *question_rows, *noun_rows; /* first column -> row */
};

static ds_status index_table(ds_arena *a, const ds_table *t, ds_map **out)
{
    ds_map *m = ds_map_new(a, 0);
    if (!m)
        return DS_NOMEM;
    for (uint32_t i = 0; t && i < t->rows; i++) {
        uint64_t there;
        ds_str key = ds_table_cell(t, i, 0);
        if (ds_map_get(m, key, &there) != DS_OK)
            DS_TRY(ds_map_put(m, key, i));
    }
    *out = m;
    return DS_OK;
}

ds_status rc_words_new(ds_arena *a, const ds_lexicon *lex, rc_words **out)
{
    rc_words *w = ds_arena_alloc(a, sizeof *w);
    if (!w)
        return DS_NOMEM;
    w->measures = ds_lexicon_table(lex, "measures");
    w->questions = ds_lexicon_table(lex, "questions");
    w->nouns = ds_lexicon_table(lex, "nouns");
    w->cues = ds_lexicon_table(lex, "cues");
    w->actors = ds_lexicon_phrases(lex, "actors");
    w->cue_words = ds_lexicon_phrases(lex, "cues");
    DS_TRY(index_table(a, w->measures, &w->measure_rows));
    DS_TRY(index_table(a, w->questions, &w->question_rows));
    DS_TRY(index_table(a, w->nouns, &w->noun_rows));
    *out = w;
    return DS_OK;
}

/* The cell of a named column; empty where the table, the row or the column is missing. */
static ds_str cell(const ds_table *t, const ds_map *rows, ds_str key, const char *column)
{
    uint64_t row;
    int col = t ? ds_table_column(t, ds_str_of(column)) : -1;
    if (col < 0 || ds_map_get(rows, key, &row) != DS_OK)
        return DS_STR("");
    return ds_table_cell(t, (uint32_t)row, (uint32_t)col);
}

static int small_number(ds_str s)
{
    ds_frac n;
    return ds_frac_parse(s, &n) == DS_OK && n.den == 1 && n.num >= 0 && n.num < 10000 ? (int)n.num
                                                                                      : 0;
}

/* "12 guards, he said": the verb tells who speaks, nothing of what is counted. */
static bool only_says(const rc_words *w, ds_str verb)
{
    int64_t row = w->cue_words ? ds_phrase_find(w->cue_words, verb) : -1;
    int pos = ds_table_column(w->cues, DS_STR("pos"));
    int class = ds_table_column(w->cues, DS_STR("class"));
    return row >= 0 && pos >= 0 && class >= 0 &&
           ds_str_eq(ds_table_cell(w->cues, (uint32_t)row, (uint32_t)pos), DS_STR("verb")) &&
           ds_str_eq(ds_table_cell(w->cues, (uint32_t)row, (uint32_t) class), DS_STR("speech"));
}

/* The row of lexicon/en/questions.tsv for a measure of the open vocabulary. */
static ds_str open_row(const rc_words *w, ds_str measure, const rc_subject *s, bool amount)
{
    if (amount)
        return DS_STR("*much");
    bool itself = s && (ds_str_eq(measure, s->lemma) || ds_str_ends(s->phrase, measure));
    return !itself && !only_says(w, measure) ? DS_STR("*") : DS_STR("*plain");
}

rc_measure rc_measure_of(const rc_words *w, ds_str measure)
{
    return rc_measure_asked(w, measure, NULL, false);
}

rc_measure rc_measure_asked(const rc_words *w, ds_str measure, const rc_subject *s, bool amount)
{
    uint64_t row;
    bool own = ds_map_get(w->question_rows, measure, &row) == DS_OK;
    ds_str key = own ? measure : open_row(w, measure, s, amount);
    rc_measure m = {.name = measure};
    m.question = cell(w->questions, w->question_rows, key, "question");
    m.share = cell(w->questions, w->question_rows, key, "share");
    m.label = cell(w->questions, w->question_rows, key, "label");
    m.verb = cell(w->questions, w->question_rows, key, "verb");
    m.weight = small_number(cell(w->questions, w->question_rows, key, "weight"));
    m.asks = cell(w->questions, w->question_rows, key, "asks");
    if (m.asks.len == 0)
        m.asks = measure;
    m.unit = cell(w->measures, w->measure_rows, measure, "unit");
    m.family = cell(w->measures, w->measure_rows, measure, "family");
    m.rank = small_number(cell(w->measures, w->measure_rows, measure, "rank"));
    m.rising = ds_str_eq(cell(w->measures, w->measure_rows, measure, "kind"), DS_STR("flow"));
    return m;
}

/* ---- subjects ------------------------------------------------------------------------------------------- */

/* Words that end the head's part of a noun phrase. */
static const ds_str closers[] = {
    DS_STR_INIT("of"),     DS_STR_INIT("in"),    DS_STR_INIT("from"),   DS_STR_INIT("at"),
    DS_STR_INIT("on"),     DS_STR_INIT("for"),   DS_STR_INIT("with"),   DS_STR_INIT("who"),
    DS_STR_INIT("that"),   DS_STR_INIT("which"), DS_STR_INIT("by"),     DS_STR_INIT("to"),
    DS_STR_INIT("near"),   DS_STR_INIT("among"), DS_STR_INIT("across"), DS_STR_INIT("since"),
    DS_STR_INIT("inside"), DS_STR_INIT("after"), DS_STR_INIT("during"), DS_STR_INIT("under"),
    DS_STR_INIT("and"),    DS_STR_INIT("or"),    DS_STR_INIT("over"),   DS_STR_INIT("between"),
};

/* Heads that say nothing of who is counted. */
static const ds_str generals[] = {
    DS_STR_INIT("people"), DS_STR_INIT("victim"),     DS_STR_INIT("casualty"),
    DS_STR_INIT("other"),  DS_STR_INIT("human"),      DS_STR_INIT("number"),
    DS_STR_INIT("one"),    DS_STR_INIT("individual"),
};

static bool in_list(ds_str s, const ds_str *list, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (ds_str_eq(list[i], s))
            return true;
    return false;
}
#define IN_LIST(s, list) in_list((s), (list), sizeof(list) / sizeof *(list))

static bool is_word_byte(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (unsigned char)c >= 0x80 ||
           c == '-' || c == '\'';
}

/* The next word of a lower-case phrase. */
static bool next_word(ds_str s, size_t *i, ds_str *out)
{
    while (*i < s.len && !is_word_byte(s.at[*i]))
        ++*i;
    size_t beg = *i;
    while (*i < s.len && is_word_byte(s.at[*i]))
        ++*i;
    *out = ds_str_cut(s, beg, *i);
    return *i > beg;
}

bool rc_words_hold(ds_str x, ds_str y)
{
    ds_str want, have;
    for (size_t i = 0; next_word(y, &i, &want);) {
        bool found = false;
        for (size_t j = 0; !found && next_word(x, &j, &have);)
            found = ds_str_eq(want, have);
        if (!found)
            return false;
    }
    return true;
}

bool rc_same_words(ds_str x, ds_str y)
{
    return rc_words_hold(x, y) && rc_words_hold(y, x);
}

/* Last word before the first closer from *i on; moves *i to the closer. */
static ds_str head_word(ds_str s, size_t *i, ds_str *closer)
{
    ds_str w, head = DS_STR("");
    *closer = DS_STR("");
    while (next_word(s, i, &w)) {
        if (IN_LIST(w, closers)) {
            *closer = w;
            if (head.len)
                break;
            continue;
        }
        head = w;
    }
    return head;
}

/* True when the last words of `s` that end at `end` are a demonym ("south africans"): people of an actor. */
static bool is_demonym(const rc_words *w, ds_str s, size_t end)
{
    for (size_t beg = end; w->actors && beg-- > 0;)
        if ((beg == 0 || s.at[beg - 1] == ' ') &&
            ds_phrase_find(w->actors, ds_str_cut(s, beg, end)) >= 0)
            return true;
    return false;
}

/* S2: the class of a head, "soldier" for troops and servicemen. */
static ds_status head_class(ds_arena *a, const rc_words *w, const ds_lexicon *lex, ds_str head,
                            ds_str *out, ds_str *group)
{
    ds_str lemma = ds_text_lemma(a, lex, head, false);
    if (!lemma.at)
        return DS_NOMEM;
    ds_str class = cell(w->nouns, w->noun_rows, lemma, "class");
    ds_str canon = cell(w->nouns, w->noun_rows, lemma, "canon");
    if (class.len == 0) {
        class = cell(w->nouns, w->noun_rows, head, "class");
        canon = cell(w->nouns, w->noun_rows, head, "canon");
    }
    *group = class;
    *out = canon.len ? canon : lemma;
    return DS_OK;
}

/* "members of one family" counts by the family: a head that only portions gives way to what follows "of". */
static bool portions(ds_str class, ds_str head)
{
    return ds_str_eq(class, DS_STR("number")) || ds_str_eq(class, DS_STR("group")) ||
           ds_str_eq(head, DS_STR("member"));
}

ds_status rc_subject_read(ds_arena *a, const rc_words *w, const ds_lexicon *lex, ds_str subject,
                          ds_str actor, rc_subject *out)
{
    rc_subject s = {.actor = DS_STR(""),
                    .head = DS_STR(""),
                    .phrase = DS_STR(""),
                    .lemma = DS_STR(""),
                    .class = DS_STR("")};
    if (actor.len && !(s.actor = ds_ascii_lower(a, actor)).at)
        return DS_NOMEM;
    if (subject.len && !(s.phrase = ds_ascii_lower(a, subject)).at)
        return DS_NOMEM;
    size_t i = 0;
    ds_str closer, head = head_word(s.phrase, &i, &closer), class = DS_STR("");
    if (head.len) {
        size_t end = (size_t)(head.at - s.phrase.at) + head.len;
        DS_TRY(head_class(a, w, lex, head, &s.head, &class));
        if (portions(class, s.head) && ds_str_eq(closer, DS_STR("of"))) {
            ds_str object = head_word(s.phrase, &i, &closer);
            if (object.len)
                DS_TRY(head_class(a, w, lex, object, &s.head, &class));
        } else if (s.actor.len && class.len == 0 && is_demonym(w, s.phrase, end)) {
            s.head = DS_STR("people");
        }
    }
    s.lemma = s.head;
    s.class = class;
    s.general = s.head.len == 0 || IN_LIST(s.head, generals) || ds_str_eq(class, DS_STR("number"));
    if (s.general)
        s.head = DS_STR("");
    *out = s;
    return DS_OK;
}
