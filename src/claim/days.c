/* SPDX-License-Identifier: Apache-2.0 */
/* days.c - which sentences say on which day something was. */
#include "claim/internal.h"
#include "language/language.h"

/* "on 3 May", "Tuesday", "last night": a day, and no clock time that leans on another ("14:10 GMT"). */
static bool names_a_day(const ds_time *t)
{
    bool is_date = t->type == DS_TIME_DATE || t->type == DS_TIME_TIME;
    bool leans = t->grain == DS_GRAIN_MINUTE && t->anchor != DS_ANCHOR_ABSOLUTE;
    bool day = t->grain != DS_GRAIN_NONE && t->grain <= DS_GRAIN_DAY && t->role == DS_WHEN_AT;
    return is_date && day && !leans && !t->vague && !t->inferred && t->days.lo != DS_DAY_NONE &&
           t->days.lo == t->days.hi;
}

static bool has_clock(const claimer *c, const ds_time *t)
{
    const ds_time *end = c->marks->times + c->marks->times_len, *x = t;
    while (x > c->marks->times && x[-1].sent == t->sent)
        x--;
    while (x < end && x->sent == t->sent && x->grain != DS_GRAIN_MINUTE)
        x++;
    return x < end && x->sent == t->sent;
}

/* "Last updated at 11:50 GMT, Friday, 29 January 2010": who tells of today gives no year. A day more or less, with a clock time:
 * where it was printed is not where it was written. */
static bool is_stamp(const claimer *c, const ds_time *t)
{
    int64_t off = (int64_t)t->days.lo - c->doc->article->published;
    if (t->anchor != DS_ANCHOR_ABSOLUTE || c->doc->article->published == DS_DAY_NONE)
        return false;
    return off == 0 || (off >= -1 && off <= 1 && has_clock(c, t));
}

/* "I": somebody speaks, with quotation marks or without. */
static bool speaks(const claimer *c, const ds_sentence *s)
{
    const ds_phrases *words = ds_lexicon_phrases(c->lex, "coref");
    const ds_table *rows = words ? ds_phrases_table(words) : NULL;
    int class = rows ? ds_table_column(rows, DS_STR("class")) : -1;
    for (uint32_t i = s->tok, row; class >= 0 && i < s->tok_end; i++)
        if (ds_phrase_at(words, c->doc->toks, i, i + 1, &row) &&
            ds_str_eq(ds_table_cell(rows, row, (uint32_t) class), DS_STR("first")))
            return true;
    return false;
}

/* What a speaker calls today is the day of the speech. */
static bool told_by_another(const claimer *c, const ds_time *t)
{
    return t->anchor != DS_ANCHOR_ABSOLUTE &&
           (c->doc->toks[t->tok].quote != 0 || speaks(c, &c->doc->sents[t->sent]));
}

/* "Today, those objections seem quaint": with verbs of the present alone a sentence of the page's own day says how things are, not
 * what happened. */
static bool is_state(const claimer *c, const ds_time *t)
{
    static const char *const telling[] = {"VBD", "VBN", "VBG", "MD"};
    const ds_sentence *s = &c->doc->sents[t->sent];
    bool present = false;
    if (t->days.lo != c->doc->article->published)
        return false;
    for (uint32_t w = s->word; w < s->word_end; w++) {
        const char *tag = ds_xpos_name(c->parse->nodes[w].xpos);
        for (size_t i = 0; i < sizeof telling / sizeof *telling; i++)
            if (strcmp(tag, telling[i]) == 0)
                return false;
        present |= strcmp(tag, "VBZ") == 0 || strcmp(tag, "VBP") == 0;
    }
    return present;
}

/* Titles and captions have no sentence that says what was on that day. */
static bool told_in(ds_part part)
{
    return part == DS_PART_BODY || part == DS_PART_KEY_POINT || part == DS_PART_STANDFIRST;
}

static bool heads_sentence(const claimer *c, const ds_time *t)
{
    return t->anchor == DS_ANCHOR_ABSOLUTE && t->tok == c->doc->sents[t->sent].tok;
}

typedef DS_VEC(ds_told_day) told_days;

static bool there_already(const told_days *v, const ds_time *t)
{
    for (size_t i = v->len; i > 0 && v->at[i - 1].sentence == t->sent; i--)
        if (v->at[i - 1].day == t->days.lo)
            return true;
    return false;
}

static ds_status read_days(claimer *c, told_days *v)
{
    for (size_t i = 0; i < c->marks->times_len; i++) {
        const ds_time *t = &c->marks->times[i];
        ds_said said;
        if (!names_a_day(t) || is_stamp(c, t) || told_by_another(c, t) || is_state(c, t) ||
            !told_in(c->doc->sents[t->sent].part) || there_already(v, t))
            continue;
        c->sent = &c->doc->sents[t->sent];
        DS_TRY(said_of(c, t->span, &said));
        DS_TRY(DS_PUSH(c->arena, v,
                       ((ds_told_day){t->sent, t->days.lo, heads_sentence(c, t), said.certainty})));
    }
    return DS_OK;
}

ds_status ds_claim_days(ds_arena *a, const ds_doc *doc, const ds_parse *parse,
                        const ds_marks *marks, const ds_lexicon *lex, ds_told_days *out,
                        ds_err *err)
{
    claimer c = {.arena = a, .doc = doc, .parse = parse, .marks = marks, .lex = lex};
    told_days v = {0};
    DS_TRY(open_tables(&c, err));
    if (read_days(&c, &v) < 0)
        return ds_fail(err, DS_NOMEM, "out of memory", 0);
    *out = (ds_told_days){v.at, v.len};
    return DS_OK;
}
