/* SPDX-License-Identifier: Apache-2.0 */
/* Who says what on a page, and which words make it less certain: for views of its text. */
#include "claim/internal.h"

typedef struct listener {
    claimer c;
    DS_VEC(ds_voice) voices;
    DS_VEC(ds_hedge) hedges;
} listener;

/* ---- voices ----------------------------------------------------------------------------------------- */

/* The first token of a content; its sentence becomes the one at hand. {0,0}: there is none. Whole contents are often read a
 * little too far ("12 died, AFP reported"), first words hardly ever. */
static ds_span first_word(claimer *c, ds_span content)
{
    uint32_t tok = token_at_byte(c, content.beg), sent;
    if (tok == c->doc->toks_len || c->doc->toks[tok].span.beg >= content.end)
        return (ds_span){0, 0};
    ds_span word = c->doc->toks[tok].span;
    sent = sentence_at_byte(c, word.beg);
    if (sent == c->doc->sents_len || !ds_span_holds(c->doc->sents[sent].span, word))
        return (ds_span){0, 0};
    c->sent = &c->doc->sents[sent];
    return word;
}

/* Who says words may quote others who say them too ("'...', the army said, AFP reported" is the army's and AFP's): of one
 * voice, those before it go. */
static void cut_before(const claimer *c, const ds_attribution *a, ds_said *said)
{
    ds_str cue = ds_str_at(c->doc->text, a->cue);
    for (size_t i = 0; i < said->by_len; i++) {
        if (!ds_str_eq(said->by[i].cue, cue) || !ds_str_eq(said->by[i].name, a->name))
            continue;
        said->by += i;
        said->by_len -= i;
        return;
    }
}

static ds_status voice(listener *l, const ds_attribution *a)
{
    ds_voice v = {.sentence = l->c.doc->sents[a->sent].span,
                  .source = a->source,
                  .cue = a->cue,
                  .content = {a->content[0], a->content[1]},
                  .content_len = a->content_len,
                  .cue_says = a->certainty};
    if (!a->reportive || !a->content_len)
        return DS_OK;
    ds_span word = first_word(&l->c, a->content[0]);
    if (!ds_span_len(word))
        return DS_OK;
    DS_TRY(said_of(&l->c, word, &v.said));
    cut_before(&l->c, a, &v.said);
    return DS_PUSH(l->c.arena, &l->voices, v);
}

/* ---- hedges ------------------------------------------------------------------------------------------ */

static bool meet(ds_span a, ds_span b)
{
    return a.beg < b.end && b.beg < a.end;
}

/* What a cue says of its content is said by the voice. */
static bool in_cue(const claimer *c, uint32_t sent, ds_span words)
{
    size_t beg, end;
    ds_attributions_near(c->marks, sent, &beg, &end);
    for (size_t i = beg; i < end; i++)
        if (c->marks->attributions[i].reportive && meet(c->marks->attributions[i].cue, words))
            return true;
    return false;
}

static ds_status hedge(listener *l, uint32_t sent, uint32_t row, ds_span words)
{
    const ds_table *t = l->c.certainty_t;
    ds_hedge h = {.span = words,
                  .certainty = ds_certainty_of(ds_table_cell(t, row, 1), DS_CERT_ASSERTED),
                  .whole = ds_str_eq(ds_table_cell(t, row, 2), DS_STR("sentence"))};
    return in_cue(&l->c, sent, words) ? DS_OK : DS_PUSH(l->c.arena, &l->hedges, h);
}

static ds_status hedges_of(listener *l, uint32_t sent)
{
    claimer *c = &l->c;
    const ds_token *toks = c->doc->toks;
    c->sent = &c->doc->sents[sent];
    for (uint32_t i = c->sent->tok; i < c->sent->tok_end;) {
        uint32_t row, n = hedge_at(c, i, &row);
        if (n)
            DS_TRY(hedge(l, sent, row, (ds_span){toks[i].span.beg, toks[i + n - 1].span.end}));
        i += n ? n : 1;
    }
    return DS_OK;
}

/* ---- all ---------------------------------------------------------------------------------------------- */

static ds_status listen(listener *l)
{
    const ds_marks *m = l->c.marks;
    for (size_t i = 0; i < m->attributions_len; i++)
        DS_TRY(voice(l, &m->attributions[i]));
    for (uint32_t i = 0; i < l->c.doc->sents_len; i++)
        DS_TRY(hedges_of(l, i));
    return DS_OK;
}

ds_status ds_claim_voices(ds_arena *a, const ds_doc *doc, const ds_parse *parse,
                          const ds_marks *marks, const ds_lexicon *lex, ds_voices *out, ds_err *err)
{
    listener l = {.c = {.arena = a, .doc = doc, .parse = parse, .marks = marks, .lex = lex}};
    DS_TRY(open_tables(&l.c, err));
    if (listen(&l) < 0)
        return ds_fail(err, DS_NOMEM, "out of memory", 0);
    *out = (ds_voices){
        .at = l.voices.at, .len = l.voices.len, .hedges = l.hedges.at, .hedges_len = l.hedges.len};
    return DS_OK;
}
