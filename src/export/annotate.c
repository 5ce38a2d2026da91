/* SPDX-License-Identifier: Apache-2.0 */
/* annotate.c - the marks of one document as a JSON object, in the conventions of the public benches. */
#include "export/internal.h"

/* What every layer writes through: the JSON, the text, and offsets in code points where those were asked for. */
typedef struct marker {
    ds_json *json;
    ds_arena *a;
    const ds_doc *doc;
    const ds_parse *parse;
    const uint32_t *chars;    /* code points before byte i; NULL: offsets stay bytes */
    const ds_lexicon *lex;    /* names of units; may be NULL */
    const ds_phrases *closed; /* words.tsv: the closed word classes; may be NULL */
} marker;

static const uint32_t *code_points(ds_arena *a, ds_str text)
{
    uint32_t *before = ds_arena_calloc(a, text.len + 1, sizeof *before);
    uint32_t n = 0;
    if (!before)
        return NULL;
    for (size_t i = 0; i < text.len; i++) {
        before[i] = n;
        bool last = i + 1 == text.len || ((uint8_t)text.at[i + 1] & 0xC0) != 0x80;
        n += last;
    }
    before[text.len] = n;
    return before;
}

static uint32_t offset(const marker *m, uint32_t byte)
{
    size_t at = byte < m->doc->text.len ? byte : m->doc->text.len;
    return m->chars ? m->chars[at] : (uint32_t)at;
}

static void ends(marker *m, ds_span s)
{
    ds_json_int(m->json, "start", offset(m, s.beg));
    ds_json_int(m->json, "end", offset(m, s.end));
}

/* ---- times ---------------------------------------------------------------------------------------- */

/* Its days, and what they rest on. */
static void resolved(marker *m, const ds_time *t)
{
    bool has = t->days.lo != DS_DAY_NONE || t->days.hi != DS_DAY_NONE;
    ds_json_days(m->json, "days", has, t->days);
    ds_json_str(m->json, "grain", ds_str_of(ds_time_grain_name(t->grain)));
    ds_json_str(m->json, "anchor", ds_str_of(ds_time_anchor_name(t->anchor)));
    ds_json_str(m->json, "role", ds_str_of(ds_time_role_name(t->role)));
    ds_json_bool(m->json, "inferred", t->inferred);
    ds_json_bool(m->json, "vague", t->vague);
    if (t->zone.at)
        ds_json_str(m->json, "zone", t->zone);
    if (!ds_span_len(t->event))
        return;
    ds_json_span(m->json, "event", (ds_span){offset(m, t->event.beg), offset(m, t->event.end)});
    ds_json_arr(m->json, "offset");
    ds_json_int(m->json, NULL, t->offset.lo);
    ds_json_int(m->json, NULL, t->offset.hi);
    ds_json_end(m->json, ']');
}

static void times(marker *m, const ds_marks *marks)
{
    ds_json_arr(m->json, "timex");
    for (size_t i = 0; i < marks->times_len; i++) {
        const ds_time *t = &marks->times[i];
        ds_json_obj(m->json, NULL);
        ends(m, t->span);
        ds_json_str(m->json, "type", ds_str_of(ds_time_type_name(t->type)));
        ds_json_str(m->json, "value", t->value);
        ds_json_str(m->json, "mod", t->mod);
        resolved(m, t);
        ds_json_end(m->json, '}');
    }
    ds_json_end(m->json, ']');
}

/* ---- quantities ----------------------------------------------------------------------------------- */

static ds_str words_of(const marker *m, ds_span s)
{
    return ds_str_at(m->doc->text, s);
}

/* Words of the closed classes name nothing: "of", "the", "their". */
static bool names_nothing(const marker *m, ds_str norm)
{
    return m->closed && ds_phrase_find(m->closed, norm) >= 0;
}

/* A counted noun is its own unit: "3,000 commercial fishermen" is 3000 "commercial fisherman". */
static void noun_unit(const marker *m, const ds_quantity *q, ds_buf *b)
{
    uint32_t last = q->tok_end;
    for (uint32_t t = q->tok; t < q->tok_end; t++)
        if (ds_span_holds(q->noun, m->doc->toks[t].span))
            last = t;
    for (uint32_t t = q->tok; t < last; t++) {
        const ds_token *tok = &m->doc->toks[t];
        if (tok->kind == DS_TOK_PUNCT || !ds_span_holds(q->noun, tok->span) ||
            names_nothing(m, tok->norm))
            continue;
        ds_buf_put(b, tok->norm);
        ds_buf_putc(b, ' ');
    }
    ds_buf_put(b, q->head);
}

static ds_str name_of(const marker *m, ds_str code)
{
    ds_unit u;
    return m->lex && ds_unit_of(m->a, m->lex, code, &u) ? u.name : code;
}

static void per(const marker *m, const ds_quantity *q, ds_buf *b)
{
    for (uint32_t i = 0; i < q->per_len; i++) {
        ds_buf_puts(b, " per ");
        ds_buf_put(b, name_of(m, q->per[i]));
    }
}

static void share_unit(const marker *m, const ds_quantity *q, ds_buf *b)
{
    ds_buf_puts(b, q->percent ? "percentage" : "% ");
    if (!q->percent && q->head.at && ds_span_len(q->noun))
        noun_unit(m, q, b);
    else if (!q->percent)
        ds_buf_putc(b, '-');
}

static void count_unit(const marker *m, const ds_quantity *q, ds_buf *b)
{
    ds_unit u;
    if (m->lex && ds_unit_of(m->a, m->lex, q->unit, &u))
        ds_buf_put(b, u.name); /* "58 times" */
    else if (q->head.at && ds_span_len(q->noun))
        noun_unit(m, q, b);
    else
        ds_buf_putc(b, '-');
}

static ds_str unit_name(const marker *m, const ds_quantity *q)
{
    ds_buf b = ds_buf_new(m->a);
    if (q->kind == DS_Q_AGE) {
        ds_buf_put(&b, q->unit.at ? q->unit : DS_STR("year"));
        ds_buf_puts(&b, " of age");
    } else if (q->kind == DS_Q_RATIO) {
        share_unit(m, q, &b);
    } else if (q->kind == DS_Q_COUNT) {
        count_unit(m, q, &b);
    } else {
        ds_buf_put(&b, name_of(m, q->unit));
    }
    per(m, q, &b);
    return ds_buf_str(&b);
}

#define DECIMALS 12 /* the benches compare to five figures; 1/128 has seven */

static void scaled(marker *m, const char *key, ds_frac v, ds_frac scale)
{
    ds_frac product;
    ds_json_places(m->json, key, ds_frac_mul(v, scale, &product) == DS_OK ? product : v, DECIMALS);
}

/* "dozens" is [12, 120], "thousands" [1000, 10000]: one order of magnitude, where the ledger begins at two of them. */
static void vague(marker *m, const ds_value *v)
{
    ds_frac half = v->low, above = v->high;
    ds_frac_div(v->low, DS_FRAC(2), &half);
    ds_frac_add(v->high, DS_FRAC(1), &above);
    bool dozens = ds_frac_cmp(v->low, DS_FRAC(24)) == 0;
    ds_json_frac(m->json, NULL, half);
    ds_json_frac(m->json, NULL, dozens ? DS_FRAC(120) : above);
}

#define FEW 10 /* below it ("several", "a few") a vague value is no order of magnitude */

static bool by_order(const ds_value *v)
{
    return v->bound == DS_BOUND_VAGUE && v->has_low && v->has_high &&
           ds_frac_cmp(v->low, DS_FRAC(FEW)) >= 0;
}

static void value(marker *m, const ds_value *v, ds_frac scale)
{
    bool range = v->has_low && v->has_high && !v->has_best;
    if (!range && (v->has_best || v->has_low || v->has_high)) {
        scaled(m, "value", v->has_best ? v->best : v->has_low ? v->low : v->high, scale);
        return;
    }
    ds_json_arr(m->json, "value");
    if (by_order(v)) {
        vague(m, v);
    } else {
        scaled(m, NULL, v->low, scale);
        scaled(m, NULL, v->high, scale);
    }
    ds_json_end(m->json, ']');
}

/* A verb's trend wins over "about", not over "more than"; ranges have none. */
static const char *change(const ds_quantity *q)
{
    ds_bound b = q->value.bound;
    bool about = b == DS_BOUND_EXACT || b == DS_BOUND_ABOUT || b == DS_BOUND_ALMOST;
    if (q->trend != DS_TREND_NONE && !q->trend_named && about && q->was < 0)
        return q->trend == DS_TREND_UP ? "up" : "down";
    if (q->rough)
        return "~";
    switch (b) {
    case DS_BOUND_ABOUT:
    case DS_BOUND_ALMOST:
        return "~";
    case DS_BOUND_AT_LEAST:
    case DS_BOUND_MORE_THAN:
        return ">";
    case DS_BOUND_AT_MOST:
    case DS_BOUND_LESS_THAN:
        return "<";
    default:
        return "=";
    }
}

/* What the quantity is about, as far as it is marked: the base of a ratio, the noun beside a measure. */
static void concepts(marker *m, const ds_quantity *q)
{
    ds_span about = q->kind == DS_Q_RATIO   ? q->base
                    : q->kind == DS_Q_COUNT ? (ds_span){0, 0}
                                            : q->noun;
    bool any = false;
    ds_json_arr(m->json, "concepts");
    for (size_t t = 0; ds_span_len(about) && t < m->doc->toks_len; t++) {
        const ds_token *tok = &m->doc->toks[t];
        if (!ds_span_holds(about, tok->span) || tok->kind == DS_TOK_PUNCT ||
            names_nothing(m, tok->norm))
            continue;
        ds_json_str(m->json, NULL, words_of(m, tok->span));
        any = true;
    }
    if (!any)
        ds_json_str(m->json, NULL, DS_STR("-"));
    ds_json_end(m->json, ']');
}

/* "from A to B" is one pair [A, B] there, also where it falls. */
static ds_value pair_value(const ds_marks *marks, const ds_quantity *q)
{
    ds_value v = q->value;
    if (q->was < 0)
        return v;
    v.low = marks->quantities[q->was].value.best;
    v.high = v.has_best ? v.best : v.high;
    v.has_low = v.has_high = true;
    v.has_best = false;
    v.bound = DS_BOUND_RANGE;
    return v;
}

static ds_status quantity(marker *m, const ds_marks *marks, const ds_quantity *q)
{
    ds_value shown = pair_value(marks, q);
    ds_str unit = unit_name(m, q);
    ds_frac scale = DS_FRAC(q->percent ? 100 : 1);
    if (!unit.at)
        return DS_NOMEM;
    ds_json_obj(m->json, NULL);
    ends(m, q->span);
    value(m, &shown, scale);
    ds_json_str(m->json, "unit", unit.len ? unit : DS_STR("-"));
    ds_json_str(m->json, "change", ds_str_of(change(q)));
    concepts(m, q);
    ds_json_end(m->json, '}');
    return DS_OK;
}

/* "several" and "a few", age brackets ("men aged 18 to 34"), durations that only describe ("a five-year plan") and what no numeral says are none there; the
 * first of "from A to B" is in the second. */
static bool counts_there(const ds_marks *marks, size_t i)
{
    const ds_quantity *q = &marks->quantities[i];
    bool few = q->value.bound == DS_BOUND_VAGUE && !by_order(&q->value) &&
               ds_frac_cmp(q->value.low, q->value.high) < 0;
    bool first = i + 1 < marks->quantities_len && marks->quantities[i + 1].was == (int32_t)i;
    bool bracket = q->kind == DS_Q_AGE && q->value.bound == DS_BOUND_RANGE && !q->attribute;
    return !few && !first && !bracket && !q->implicit &&
           !(q->attribute && q->kind == DS_Q_DURATION);
}

static ds_status quantities(marker *m, const ds_marks *marks)
{
    ds_json_arr(m->json, "quantities");
    for (size_t i = 0; i < marks->quantities_len; i++)
        if (counts_there(marks, i))
            DS_TRY(quantity(m, marks, &marks->quantities[i]));
    ds_json_end(m->json, ']');
    return DS_OK;
}

/* ---- attributions ---------------------------------------------------------------------------------- */

static void spans(marker *m, const char *key, const ds_span *at, size_t n)
{
    ds_json_arr(m->json, key);
    for (size_t i = 0; i < n; i++)
        if (ds_span_len(at[i]))
            ds_json_span(m->json, NULL, (ds_span){offset(m, at[i].beg), offset(m, at[i].end)});
    ds_json_end(m->json, ']');
}

static void attributions(marker *m, const ds_marks *marks)
{
    ds_json_arr(m->json, "attributions");
    for (size_t i = 0; i < marks->attributions_len; i++) {
        const ds_attribution *at = &marks->attributions[i];
        if (at->inside >= 0 && !at->clause)
            continue; /* links of chains alone */
        ds_json_obj(m->json, NULL);
        spans(m, "source", &at->source, 1);
        spans(m, "cue", &at->cue, 1);
        spans(m, "content", at->content, at->content_len);
        ds_json_str(m->json, "kind", ds_str_of(ds_holder_kind_name(at->kind)));
        ds_json_str(m->json, "name", at->name);
        ds_json_str(m->json, "outlet", at->outlet);
        ds_json_str(m->json, "certainty", ds_str_of(ds_certainty_name(at->certainty)));
        ds_json_bool(m->json, "reportive", at->reportive);
        ds_json_end(m->json, '}');
    }
    ds_json_end(m->json, ']');
}

/* ---- quotes ------------------------------------------------------------------------------------------- */

#define QUOTE_WORDS                                                                                \
    3 /* shorter ones are names and single words that somebody keeps at a distance */

static uint32_t shared(const ds_attribution *a, ds_span quote)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < a->content_len; i++) {
        uint32_t beg = a->content[i].beg > quote.beg ? a->content[i].beg : quote.beg;
        uint32_t end = a->content[i].end < quote.end ? a->content[i].end : quote.end;
        n += end > beg ? end - beg : 0;
    }
    return n;
}

/* The sentence that a byte lies in, or the last before it. */
static uint32_t sentence_at(const ds_doc *doc, uint32_t byte)
{
    size_t lo = 0, hi = doc->sents_len;
    while (lo < hi) {
        size_t mid = (lo + hi) / 2;
        if (doc->sents[mid].span.beg <= byte)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo ? (uint32_t)lo - 1 : 0;
}

/* "she": one word, and a pronoun. */
static bool is_pronoun(const marker *m, const ds_attribution *a)
{
    const ds_sentence *s = &m->doc->sents[a->sent];
    uint32_t w = ds_doc_word_at(m->doc, s, a->source.beg);
    return m->parse->nodes && w < s->word_end && m->doc->words[w].span.end >= a->source.end &&
           m->parse->nodes[w].upos == DS_PRON;
}

/* Whose content holds most of the quotation; of several that hold the same, the nearest to it. NULL: nobody's. */
static const ds_attribution *speaker_of(const marker *m, const ds_marks *marks, ds_span quote,
                                        uint32_t sent)
{
    const ds_attribution *best = NULL;
    uint32_t most = 0;
    size_t beg, end;
    ds_attributions_near(marks, sent, &beg, &end);
    for (size_t i = beg; i < end; i++) {
        const ds_attribution *a = &marks->attributions[i];
        uint32_t n = a->source.end ? shared(a, quote) : 0;
        if (n > most) {
            most = n;
            best = a;
        }
    }
    /* "Holm says she knows that 'the river will win'" are Holm's words */
    while (best && best->inside >= 0 && is_pronoun(m, best))
        best = &marks->attributions[best->inside];
    return best;
}

/* \"Face of the River\": the name of a programme, a book, a song. */
static bool is_title(const marker *m, uint32_t beg, uint32_t end)
{
    enum { TITLE_MOST = 8, SMALL = 3 }; /* words; letters of "of", "the", "and" */
    uint32_t words = 0, capitals = 0;
    for (uint32_t i = beg; i < end; i++) {
        const ds_token *t = &m->doc->toks[i];
        if (t->kind != DS_TOK_WORD)
            continue;
        words++;
        capitals += (t->flags & DS_TF_CAP) != 0;
        if (!(t->flags & DS_TF_CAP) && t->norm.len > SMALL)
            return false;
    }
    return words <= TITLE_MOST && 2 * capitals >= words;
}

static void quote(marker *m, const ds_marks *marks, uint32_t beg, uint32_t end)
{
    ds_span span = {m->doc->toks[beg].span.beg, m->doc->toks[end - 1].span.end};
    uint32_t words = 0;
    for (uint32_t i = beg; i < end; i++)
        words += m->doc->toks[i].kind <= DS_TOK_NUMBER;
    bool said = words >= QUOTE_WORDS && !is_title(m, beg, end);
    const ds_attribution *by =
        said ? speaker_of(m, marks, span, sentence_at(m->doc, span.end)) : NULL;
    if (!by)
        return;
    ds_json_obj(m->json, NULL);
    ds_json_span(m->json, "quote", (ds_span){offset(m, span.beg), offset(m, span.end)});
    spans(m, "speaker", &by->source, 1);
    ds_json_str(m->json, "speaker_name", by->name);
    ds_json_end(m->json, '}');
}

/* Quotations of three words and more whose speaker is known. */
static void quotes(marker *m, const ds_marks *marks)
{
    ds_json_arr(m->json, "quotes");
    for (uint32_t i = 0, end; i < m->doc->toks_len; i = end) {
        uint16_t number = m->doc->toks[i].quote;
        for (end = i + 1; end < m->doc->toks_len && m->doc->toks[end].quote == number; end++)
            continue;
        if (number)
            quote(m, marks, i, end);
    }
    ds_json_end(m->json, ']');
}

/* ---- entities ---------------------------------------------------------------------------------------- */

static const char *const entity_types[] = {"person", "organization", "place", "norp", "misc"};

static void entities(marker *m)
{
    const ds_parse *parse = m->parse;
    ds_json_arr(m->json, "entities");
    for (size_t i = 0; i < parse->names_len; i++) {
        const ds_name *n = &parse->names[i];
        ds_json_obj(m->json, NULL);
        ends(m, n->span);
        ds_json_str(m->json, "type", ds_str_of(entity_types[n->type]));
        if (n->role.end)
            ds_json_span(m->json, "role",
                         (ds_span){offset(m, n->role.beg), offset(m, n->role.end)});
        ds_json_end(m->json, '}');
    }
    ds_json_end(m->json, ']');
}

/* ---- coref -------------------------------------------------------------------------------------------- */

static void mentions(marker *m, const ds_marks *marks)
{
    ds_json_arr(m->json, "mentions");
    for (size_t i = 0; i < marks->mentions_len; i++) {
        const ds_mention *x = &marks->mentions[i];
        ds_json_obj(m->json, NULL);
        ends(m, x->span);
        ds_json_str(m->json, "type", ds_str_of(entity_types[marks->entities[x->entity].type]));
        ds_json_int(m->json, "entity", x->entity + 1);
        ds_json_str(m->json, "form", ds_str_of(ds_mention_form_name(x->form)));
        ds_json_span(m->json, "head", (ds_span){offset(m, x->head.beg), offset(m, x->head.end)});
        ds_json_end(m->json, '}');
    }
    ds_json_end(m->json, ']');
}

/* Whom the page names, and by what. */
static void resolved_names(marker *m, const ds_marks *marks)
{
    ds_json_arr(m->json, "chains");
    for (size_t i = 0; i < marks->entities_len; i++) {
        const ds_entity *e = &marks->entities[i];
        ds_json_obj(m->json, NULL);
        ds_json_int(m->json, "entity", (int64_t)i + 1);
        ds_json_str(m->json, "name", e->name);
        ds_json_str(m->json, "type", ds_str_of(entity_types[e->type]));
        ds_json_str(m->json, "gender", ds_str_of(ds_gender_name(e->gender)));
        ds_json_int(m->json, "mentions", e->mentions);
        ds_json_end(m->json, '}');
    }
    ds_json_end(m->json, ']');
}

static ds_status document(marker *m, ds_str id, const ds_marks *marks, uint32_t layers)
{
    ds_json_obj(m->json, NULL);
    ds_json_str(m->json, "id", id);
    ds_json_str(m->json, "doc_id", id);
    if (layers & DS_LAYER_TIMES)
        times(m, marks);
    if (layers & DS_LAYER_QUANTITIES)
        DS_TRY(quantities(m, marks));
    if (layers & DS_LAYER_ATTRIBUTIONS) {
        attributions(m, marks);
        quotes(m, marks);
    }
    if (layers & DS_LAYER_ENTITIES)
        entities(m);
    if (layers & DS_LAYER_COREF) {
        mentions(m, marks);
        resolved_names(m, marks);
    }
    ds_json_end(m->json, '}');
    return DS_OK;
}

ds_status ds_export_annotate(ds_arena *a, ds_str id, const ds_doc *doc, const ds_parse *parse,
                             const ds_marks *marks, uint32_t layers, bool chars,
                             const ds_lexicon *lex, ds_buf *out)
{
    size_t mark = out->len;
    ds_json j = ds_json_new(out);
    marker m = {.json = &j, .a = a, .doc = doc, .parse = parse};
    m.lex = lex;
    m.closed = lex ? ds_lexicon_phrases(lex, "words") : NULL;
    m.chars = chars ? code_points(a, doc->text) : NULL;
    if (chars && !m.chars)
        return DS_NOMEM;
    ds_status st = document(&m, id, marks, layers);
    ds_buf_putc(out, '\n');
    return ex_done(out, mark, st);
}
