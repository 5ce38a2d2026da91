/* SPDX-License-Identifier: Apache-2.0 */
/* Attributions over the parse: who is said to have said what. docs/formats/attribution.md names the forms. */
#include "annotate/attributions_internal.h"

/* ---- spans ---------------------------------------------------------------------------------------------- */

bool word_quoted(const speaker *k, uint32_t w)
{
    return k->s.doc->toks[k->s.doc->words[w].tok].quote != 0;
}

static bool trims(const speaker *k, uint32_t w)
{
    ds_upos u = word_upos(&k->t, w);
    return u == DS_PUNCT && !word_quoted(k, w);
}

/* Words [beg, end) without punctuation at their ends; quotation marks stay. */
ds_span words_span(const speaker *k, words_range r)
{
    while (r.beg < r.end && trims(k, r.beg))
        r.beg++;
    while (r.end > r.beg && trims(k, r.end - 1))
        r.end--;
    if (r.beg >= r.end)
        return (ds_span){0, 0};
    return (ds_span){k->s.doc->words[r.beg].span.beg, k->s.doc->words[r.end - 1].span.end};
}

/* The bit of each class of cues.tsv. */
static void read_classes(speaker *k)
{
    static const struct {
        const char *name;
        unsigned bit;
    } bits[] = {{"speech", C_SPEECH},   {"report", C_REPORT}, {"evidence", C_EVIDENCE},
                {"factive", C_FACTIVE}, {"hedge", C_HEDGE},   {"denial", C_DENIAL},
                {"accuse", C_ACCUSE},   {"warn", C_WARN},     {"question", C_QUESTION},
                {"other", C_OTHER}};
    const ds_classes *classes = ds_phrase_classes(k->s.cues);
    for (uint32_t i = 0; i < classes->len; i++)
        for (size_t b = 0; b < sizeof bits / sizeof *bits; b++)
            if (ds_str_eq(classes->names[i], ds_str_of(bits[b].name)))
                k->class_bits[i] = bits[b].bit;
}

/* ---- emitting -------------------------------------------------------------------------------------------- */

/* The tokens that name the source. */
static source named_tokens(const speaker *k, const said *x)
{
    words_range r = x->name.beg < x->name.end ? x->name : x->source;
    while (r.beg + 1 < r.end && trims(k, r.beg))
        r.beg++;
    while (r.end > r.beg + 1 && trims(k, r.end - 1))
        r.end--;
    source src = {.beg = k->s.doc->words[r.beg].tok, .end = k->s.doc->words[r.end - 1].tok + 1};
    if (x->source.end > r.end + 1 && word_is(&k->t, r.end, ",")) { /* "a resident, Omar Dale" */
        src.name = k->s.doc->words[r.end + 1].tok;
        src.name_end = k->s.doc->words[x->source.end - 1].tok + 1;
    }
    return src;
}

/* Quotations go on over sentences: a part that begins or ends inside one takes all of it. */
static ds_span whole_quotation(const speaker *k, words_range r, ds_span span)
{
    const ds_doc *doc = k->s.doc;
    if (!span.end || r.beg >= r.end)
        return span;
    uint32_t last = doc->words[r.end - 1].tok, first = doc->words[r.beg].tok;
    uint16_t q = doc->toks[last].quote;
    for (uint32_t i = last; q && i < doc->toks_len && doc->toks[i].quote == q; i++)
        span.end = doc->toks[i].span.end;
    q = doc->toks[first].quote;
    for (uint32_t i = first + 1; q && i > 0 && doc->toks[i - 1].quote == q; i--)
        span.beg = doc->toks[i - 1].span.beg;
    return span;
}

/* What was taken for the words of the speaker before turns out to be this one's: "Why?" she asked. */
static void give_back(speaker *k, uint32_t from)
{
    if (!k->found.len)
        return;
    ds_attribution *last = &k->found.at[k->found.len - 1];
    while (last->content_len && last->content[last->content_len - 1].beg >= from &&
           last->content_len > 1)
        last->content_len--;
    ds_span *part = &last->content[last->content_len - 1];
    if (part->end <= from || part->beg >= from)
        return;
    part->end = from;
    while (part->end > part->beg && strchr(" \n\t", k->s.doc->text.at[part->end - 1]))
        part->end--;
}

/* "have not confirmed" leaves it open, "do not believe" denies it, "did not say" says nothing. */
static void negate(const cue *c, ds_attribution *a)
{
    if (!c->negated)
        return;
    if (c->is & C_FACTIVE)
        a->certainty = DS_CERT_UNVERIFIED;
    else if (c->is & C_HEDGE)
        a->certainty = DS_CERT_DENIED;
    else
        a->reportive = false;
}

static ds_status push(speaker *k, const cue *c, const said *x, ds_attribution a)
{
    a.sent = k->t.sent;
    a.cls = c->cls;
    a.inside = -1;
    a.outlet = x->outlet;
    a.reportive = (c->is & REPORTIVE) && (x->strong || x->source.end);
    a.clause = x->strong;
    a.certainty =
        ds_certainty_of(ds_table_cell(k->s.cues_t, c->row, CUE_CERTAINTY), DS_CERT_REPORTED);
    negate(c, &a);
    a.cue = words_span(k, c->at);
    a.source = words_span(k, x->source);
    if (a.source.end) {
        source src = named_tokens(k, x);
        DS_TRY(source_name(&k->s, src, k->found.at, k->found.len, &a));
        a.reportive = a.reportive && (a.kind != DS_HOLDER_ANONYMOUS || (c->is & SHOWING) ||
                                      c->share >= SAYING || can_speak(&k->s, src));
    }
    return DS_PUSH(k->s.arena, &k->found, a);
}

ds_status emit_span(speaker *k, const cue *c, const said *x, ds_span content)
{
    return push(k, c, x, (ds_attribution){.content = {content}, .content_len = 1});
}

ds_status emit(speaker *k, const cue *c, const said *x)
{
    ds_attribution a = {0};
    for (uint32_t i = 0; i < x->parts; i++) {
        ds_span part = whole_quotation(k, x->content[i], words_span(k, x->content[i]));
        bool after = a.content_len && a.content[a.content_len - 1].end >= part.beg;
        if (part.end && !after)
            a.content[a.content_len++] = part;
    }
    if (!a.content_len)
        return DS_OK;
    if (a.content[0].beg < k->s.doc->sents[k->t.sent].span.beg)
        give_back(k, a.content[0].beg);
    return push(k, c, x, a);
}

/* ---- sentences -------------------------------------------------------------------------------------------- */

static bool quoted_through(const speaker *k, const ds_sentence *in)
{
    uint32_t words = 0, inside = 0;
    for (uint32_t i = in->tok; i < in->tok_end; i++)
        if (tok_at(&k->s, i)->kind == DS_TOK_WORD) {
            words++;
            inside += tok_at(&k->s, i)->quote != 0;
        }
    return words > 0 && inside == words;
}

static bool covers(const ds_attribution *a, ds_span s)
{
    for (uint32_t i = 0; i < a->content_len; i++)
        if (a->content[i].beg <= s.beg && a->content[i].end >= s.end)
            return true;
    return false;
}

static bool blank_between(const speaker *k, uint32_t beg, uint32_t end)
{
    for (uint32_t b = beg; b < end; b++)
        if (!strchr(" \n\t", k->s.doc->text.at[b]))
            return false;
    return true;
}

/* Adds what stands behind the content so far; a gap of marks and blanks is closed. */
static void extend(ds_attribution *a, ds_span more)
{
    enum { MARKS = 4 };
    ds_span *last = &a->content[a->content_len - 1];
    if (more.beg <= last->end + MARKS)
        last->end = more.end > last->end ? more.end : last->end;
    else if (a->content_len < 2)
        a->content[a->content_len++] = more;
}

/* The last attribution before `n` that is nobody else's content; NULL: none near by. */
static ds_attribution *outer_before(const speaker *k, size_t n)
{
    for (size_t i = n; i > 0 && n - i < DS_ATTRIBUTIONS_NEAR; i--)
        if (k->found.at[i - 1].inside < 0)
            return &k->found.at[i - 1];
    return NULL;
}

/* A sentence that is quoted through and names nobody goes on what the speaker before it said. */
static void carry_quote(speaker *k, const ds_sentence *in, size_t before)
{
    ds_attribution *last = outer_before(k, before);
    if (k->found.len != before || !last || !last->source.end || !quoted_through(k, in) ||
        covers(last, in->span))
        return;
    const ds_sentence *from = &k->s.doc->sents[last->sent];
    uint32_t end = last->content[last->content_len - 1].end;
    uint32_t reached = end > from->span.end ? end : from->span.end;
    bool direct = last->clause && (last->reportive || ds_str_eq(last->cls, DS_STR("question")));
    if (direct && in->block <= from->block + 1 && in->span.beg >= reached &&
        blank_between(k, reached, in->span.beg))
        extend(last, in->span);
}

/* Quotations of the sentence that nothing has yet are the last speaker's: "he said, but 'as for the dam ...'". */
static void take_quotations(speaker *k, const ds_sentence *in, size_t before)
{
    enum { LEAST = 5 }; /* tokens with the marks: not a word kept at a distance */
    ds_attribution *last = outer_before(k, k->found.len);
    if (k->found.len == before || !last || !last->reportive || !last->source.end)
        return;
    for (uint32_t i = in->tok, end; i < in->tok_end; i = end) {
        for (end = i + 1; end < in->tok_end && tok_at(&k->s, end)->quote == tok_at(&k->s, i)->quote;
             end++)
            continue;
        ds_span s = {tok_at(&k->s, i)->span.beg, tok_at(&k->s, end - 1)->span.end};
        bool taken = !tok_at(&k->s, i)->quote || end - i < LEAST || s.beg < last->cue.end;
        for (size_t a = before; a < k->found.len && !taken; a++)
            taken = covers(&k->found.at[a], s) || ds_span_holds(k->found.at[a].source, s);
        if (!taken)
            extend(last, s);
    }
}

static ds_attribution plain(uint32_t sent, ds_span by, ds_span content)
{
    return (ds_attribution){.sent = sent,
                            .cls = DS_STR("speech"),
                            .cue = by,
                            .content = {content},
                            .content_len = 1,
                            .inside = -1,
                            .reportive = true,
                            .clause = true,
                            .certainty = DS_CERT_REPORTED};
}

static ds_status add_plain(speaker *k, ds_attribution a, uint32_t beg, uint32_t end)
{
    a.source = toks_span(&k->s, beg, end);
    DS_TRY(source_name(&k->s, (source){.beg = beg, .end = end}, k->found.at, k->found.len, &a));
    return DS_PUSH(k->s.arena, &k->found, a);
}

/* The quotation that ends at token `last`. */
static ds_span quotation_to(const speaker *k, uint32_t last)
{
    uint32_t beg = last;
    while (beg > 0 && tok_at(&k->s, beg - 1)->quote == tok_at(&k->s, last)->quote)
        beg--;
    return toks_span(&k->s, beg, last + 1);
}

/* The dash that stands before a name at the sentence's end; in->tok_end: none. */
static uint32_t last_dash(const speaker *k, const ds_sentence *in)
{
    enum { NAME_MOST = 8 };
    for (uint32_t i = in->tok_end; i > in->tok && in->tok_end - i < NAME_MOST; i--)
        if (is_dash(&k->s, i - 1))
            return i < in->tok_end && tok_at(&k->s, i)->flags & DS_TF_CAP ? i - 1 : in->tok_end;
    return in->tok_end;
}

/* "K." - Anna Holm: a dash and a name behind a quotation that ends its paragraph. */
static ds_status dash_speaker(speaker *k, uint32_t sent)
{
    const ds_sentence *in = &k->s.doc->sents[sent];
    uint32_t dash = last_dash(k, in), end = dash + 1;
    bool alone = dash == in->tok; /* the sentence before it is the quotation */
    if (dash == in->tok_end || dash == 0 ||
        (alone && (sent == 0 || k->s.doc->sents[sent - 1].block != in->block)))
        return DS_OK;
    uint32_t last = dash - 1;
    while (last > 0 && tok_at(&k->s, last)->kind == DS_TOK_PUNCT && !tok_at(&k->s, last)->quote)
        last--;
    if (!tok_at(&k->s, last)->quote)
        return DS_OK;
    while (end < in->tok_end && tok_at(&k->s, end)->kind == DS_TOK_WORD &&
           !tok_at(&k->s, end)->quote)
        end++;
    return add_plain(k, plain(sent, tok_at(&k->s, dash)->span, quotation_to(k, last)), dash + 1,
                     end);
}

/* "UPDATE:", "RAW VIDEO:" - what a page calls the words behind it. */
static bool is_heading(const speaker *k, uint32_t beg, uint32_t end)
{
    uint32_t row, n = ds_phrase_at(k->s.labels, k->s.doc->toks, beg, end, &row);
    return n == end - beg && ds_str_eq(ds_table_cell(k->s.labels_t, row, 1), DS_STR("heading"));
}

/* HOLM: K - a transcript: capitals and a colon open what is said up to the paragraph's end. */
static ds_status transcript(speaker *k, uint32_t sent)
{
    enum { LABEL_MOST = 4 };
    const ds_sentence *in = &k->s.doc->sents[sent];
    uint32_t beg = in->tok + (tok_at(&k->s, in->tok)->kind == DS_TOK_PUNCT), colon = beg,
             last = sent;
    while (colon < in->tok_end && colon < beg + LABEL_MOST &&
           tok_at(&k->s, colon)->flags & DS_TF_ALLCAP)
        colon++;
    if (colon == beg || colon + 1 >= in->tok_end || !norm_is(&k->s, colon, ":") ||
        upos_at(&k->s, beg) == DS_VERB || is_heading(k, beg, colon) ||
        in_date(&k->s, colon + 1)) /* "UPDATED: March 14" */
        return DS_OK;
    while (last + 1 < k->s.doc->sents_len && k->s.doc->sents[last + 1].block == in->block)
        last++;
    ds_span content = {tok_at(&k->s, colon + 1)->span.beg, k->s.doc->sents[last].span.end};
    return add_plain(k, plain(sent, tok_at(&k->s, colon)->span, content), beg, colon);
}

/* Holm said: - and what she said is the paragraph behind. */
static ds_status next_paragraph(speaker *k, uint32_t sent)
{
    const ds_sentence *in = &k->s.doc->sents[sent], *next = in + 1;
    if (sent + 1 >= k->s.doc->sents_len || next->block == in->block ||
        !norm_is(&k->s, in->tok_end - 1, ":") || !tok_at(&k->s, next->tok)->quote)
        return DS_OK;
    uint32_t last = next->tok;
    while (last + 1 < k->s.doc->toks_len &&
           tok_at(&k->s, last + 1)->quote == tok_at(&k->s, last)->quote)
        last++;
    return announced(k, toks_span(&k->s, next->tok, last + 1));
}

/* The subject of a sentence, when it can be a person: a name or a pronoun. t.end: none. */
static uint32_t person_of(speaker *k, uint32_t sent)
{
    if (tree_read(&k->t, sent) != DS_OK)
        return k->t.end;
    for (uint32_t w = k->t.beg; w < k->t.end; w++) {
        if (rel_at(&k->t, w) != R_ROOT)
            continue;
        uint32_t s = child_with(&k->t, w, R_NSUBJ);
        bool person = s < k->t.end && (word_upos(&k->t, s) == DS_PROPN || word_is(&k->t, s, "he") ||
                                       word_is(&k->t, s, "she"));
        return person ? s : k->t.end;
    }
    return k->t.end;
}

/* Holm has led the union since 2012. "We will not leave." - the one whom the sentence before is about. */
static ds_status unintroduced(speaker *k, uint32_t sent)
{
    const ds_sentence *in = &k->s.doc->sents[sent];
    if (sent == 0 || in[-1].block != in->block || in[-1].number == 0 || !quoted_through(k, in) ||
        !blank_between(k, in[-1].span.end, in->span.beg) || quoted_through(k, in - 1))
        return DS_OK;
    const ds_attribution *last = outer_before(k, k->found.len);
    if (last && (last->sent + 1 == sent || covers(last, in->span)))
        return DS_OK;
    uint32_t s = person_of(k, sent - 1);
    if (s >= k->t.end)
        return DS_OK;
    words_range r = name_of(k, s);
    ds_span mark = tok_at(&k->s, in->tok)->span;
    return add_plain(k, plain(sent, mark, in->span), k->s.doc->words[r.beg].tok,
                     k->s.doc->words[r.end - 1].tok + 1);
}

/* The attribution with the smallest content that holds the cue of the one at i, or -1. */
static int32_t nested_in(const speaker *k, size_t before, size_t i)
{
    int32_t best = -1;
    uint32_t least = UINT32_MAX;
    for (size_t j = before; j < k->found.len; j++) {
        const ds_attribution *b = &k->found.at[j];
        for (uint32_t p = 0; i != j && p < b->content_len; p++)
            if (ds_span_holds(b->content[p], k->found.at[i].cue) &&
                ds_span_len(b->content[p]) < least) {
                least = ds_span_len(b->content[p]);
                best = (int32_t)j;
            }
    }
    return best;
}

static void drop(speaker *k, size_t before, size_t at)
{
    for (size_t i = before; i < k->found.len; i++) {
        int32_t *inside = &k->found.at[i].inside;
        *inside = *inside == (int32_t)at ? k->found.at[at].inside : *inside;
        *inside -= *inside > (int32_t)at;
    }
    k->found.len--;
    memmove(&k->found.at[at], &k->found.at[at + 1], (k->found.len - at) * sizeof *k->found.at);
}

/* Is i the outer one of j, or of one that j stands in? */
static bool stands_above(const speaker *k, int32_t j, size_t i)
{
    while (j >= 0 && j != (int32_t)i)
        j = k->found.at[j].inside;
    return j == (int32_t)i;
}

/* What somebody wants or does inside of what another said is part of the story, no link of a chain. */
static void nest(speaker *k, size_t before)
{
    for (size_t i = before; i < k->found.len; i++) {
        int32_t outer = k->found.at[i].inside < 0 ? nested_in(k, before, i) : -1;
        if (outer >= 0 && !stands_above(k, outer, i)) /* "..., he says, she said" */
            k->found.at[i].inside = outer;
    }
    for (size_t i = k->found.len; i-- > before;)
        if (k->found.at[i].inside >= 0 && !k->found.at[i].reportive)
            drop(k, before, i);
}

static ds_status sentence_attributions(speaker *k, uint32_t i)
{
    const ds_sentence *in = &k->s.doc->sents[i];
    size_t before = k->found.len;
    ds_status st = tree_read(&k->t, i);
    if (st < 0)
        return st;
    if (st == DS_OK)
        DS_TRY(read_cues(k));
    nest(k, before);
    if (k->found.len == before && st == DS_OK)
        DS_TRY(next_paragraph(k, i));
    if (k->found.len == before)
        DS_TRY(dash_speaker(k, i));
    if (k->found.len == before)
        DS_TRY(transcript(k, i));
    take_quotations(k, in, before);
    carry_quote(k, in, before);
    if (k->found.len == before)
        DS_TRY(unintroduced(k, i));
    return DS_OK;
}

ds_status ds_annotate_attributions(ds_arena *a, const ds_doc *doc, const ds_parse *parse,
                                   const ds_lexicon *lex, ds_marks *out, ds_err *err)
{
    speaker k = {0};
    DS_TRY(scan_open(&k.s, a, doc, parse, lex, out, err));
    read_classes(&k);
    tree_open(&k.t, &k.s);
    for (uint32_t i = 0; i < doc->sents_len; i++)
        if (sentence_attributions(&k, i) < 0)
            return ds_fail(err, DS_NOMEM, "out of memory", 0);
    out->attributions = k.found.at;
    out->attributions_len = k.found.len;
    return DS_OK;
}

ds_status ds_annotate(ds_arena *a, const ds_doc *doc, const ds_parse *parse, const ds_lexicon *lex,
                      ds_marks *out, ds_err *err)
{
    ds_marks marks = {0};
    DS_TRY(ds_annotate_times(a, doc, parse, lex, &marks, err));
    DS_TRY(ds_annotate_quantities(a, doc, parse, lex, &marks, err));
    DS_TRY(ds_annotate_coref(a, doc, parse, lex, &marks, err));
    DS_TRY(ds_annotate_attributions(a, doc, parse, lex, &marks, err));
    *out = marks;
    return DS_OK;
}
