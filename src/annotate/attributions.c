/* SPDX-License-Identifier: Apache-2.0 */
/* Attributions by cue patterns: who is said to have said what. docs/formats/attribution.md numbers the patterns. */
#include "annotate/internal.h"

typedef struct cue {   /* a cue word in place */
    uint32_t tok, end; /* tokens of the cue phrase */
    uint32_t row;      /* in cues.tsv */
    ds_str cls;
    bool told, negated;
} cue;

typedef struct speaker {
    scan s;
    DS_VEC(ds_attribution) found;
    uint32_t sent, beg, end;
} speaker;

static bool comma(const speaker *k, uint32_t i)
{
    return norm_is(&k->s, i, ",");
}

static bool quote_mark(const speaker *k, uint32_t i)
{
    static const char *const marks[] = {
        "\"", "'", "\xE2\x80\x9C", "\xE2\x80\x9D", "\xE2\x80\x98", "\xE2\x80\x99"};
    ds_str text = ds_str_at(k->s.doc->text, tok_at(&k->s, i)->span);
    for (size_t m = 0; m < sizeof marks / sizeof *marks; m++)
        if (ds_str_eq(text, ds_str_of(marks[m])))
            return true;
    return false;
}

static bool pos_is(const speaker *k, uint32_t row, const char *pos)
{
    return ds_str_eq(ds_table_cell(k->s.cues_t, row, 1), ds_str_of(pos));
}

/* Row of this phrase with the wanted part of speech, or -1. */
static int64_t cue_row(const speaker *k, uint32_t row, const char *pos)
{
    ds_str phrase = ds_table_cell(k->s.cues_t, row, 0);
    for (uint32_t r = row;
         r < k->s.cues_t->rows && ds_str_eq(ds_table_cell(k->s.cues_t, r, 0), phrase); r++)
        if (pos_is(k, r, pos))
            return r;
    return -1;
}

static ds_certainty certainty_of(ds_str name)
{
    for (int c = DS_CERT_ASSERTED; c <= DS_CERT_DENIED; c++)
        if (ds_str_eq(name, ds_str_of(ds_certainty_name((ds_certainty)c))))
            return (ds_certainty)c;
    return DS_CERT_REPORTED;
}

/* The phrase right of a preposition, with prepositional parts: "reports out of the Ukraine"; an appositive name after a
 * comma: "the Danish president, Anna Holm". False: nothing there. */
static bool source_after(const speaker *k, uint32_t i, source *out)
{
    noun_phrase np = noun_phrase_at(&k->s, i, k->end);
    if (np.head == UINT32_MAX) {
        if (i < k->end && upos_at(&k->s, i) == DS_PRON && form_at(&k->s, i) != DS_FORM_REL) {
            *out = (source){.beg = i, .end = i + 1};
            return true;
        }
        return false;
    }
    *out = (source){.beg = np.beg, .end = np.end};
    for (uint32_t e = np.end;
         e + 1 < k->end && upos_at(&k->s, e) == DS_ADP && !in_date(&k->s, e + 1);) {
        uint32_t n = e + 1;
        if (upos_at(&k->s, n) == DS_ADP)
            n++; /* "out of" */
        noun_phrase more = noun_phrase_at(&k->s, n, k->end);
        bool date = more.head != UINT32_MAX && in_date(&k->s, more.head);
        if (more.head == UINT32_MAX || date || more.end - more.beg > 6)
            break;
        out->end = e = more.end;
    }
    uint32_t c = np.end;
    if (c + 1 < k->end && comma(k, c) && upos_at(&k->s, np.head) == DS_NOUN &&
        upos_at(&k->s, c + 1) == DS_PROPN) {
        noun_phrase app = noun_phrase_at(&k->s, c + 1, k->end);
        if (app.head != UINT32_MAX) {
            out->name = app.beg;
            out->name_end = app.end;
        }
    }
    return true;
}

/* Back over auxiliaries, adverbs and negations to the first token of the verb group. */
static uint32_t verb_group(const speaker *k, uint32_t verb, bool *negated)
{
    uint32_t i = verb;
    while (i > k->beg) {
        ds_upos u = upos_at(&k->s, i - 1);
        if (u == DS_PART && norm_is(&k->s, i - 1, "to"))
            break;
        if (u != DS_AUX && u != DS_ADV && u != DS_PART)
            break;
        if (u == DS_PART || ds_str_ends(norm_at(&k->s, i - 1), DS_STR("n't")))
            *negated = true;
        i--;
    }
    return i;
}

/* The subject left of a verb group that begins at `at`. */
static bool source_before(const speaker *k, uint32_t at, source *out)
{
    if (at == k->beg)
        return false;
    uint32_t i = at;
    if (upos_at(&k->s, i - 1) == DS_PRON) {
        if (form_at(&k->s, i - 1) ==
            DS_FORM_REL) { /* "the ministry, which said": the phrase before */
            i--;
            if (i > k->beg && comma(k, i - 1))
                i--;
            noun_phrase np = noun_phrase_before(&k->s, k->beg, i);
            *out = (source){.beg = np.beg, .end = i};
            return np.head != UINT32_MAX;
        }
        *out = (source){.beg = i - 1, .end = i};
        return true;
    }
    if (comma(k, i - 1)) { /* "X, a Y at Z, said" */
        uint32_t c = i - 1;
        while (c > k->beg && !comma(k, c - 1))
            c--;
        if (c <= k->beg + 1)
            return false;
        noun_phrase np = noun_phrase_before(&k->s, k->beg, c - 1);
        *out = (source){.beg = np.beg, .end = c - 1};
        return np.head != UINT32_MAX;
    }
    if (i > k->beg + 1 && norm_is(&k->s, i - 1, ")")) { /* "the institute (RUSI) said" */
        while (i > k->beg && !norm_is(&k->s, i, "("))
            i--;
    }
    noun_phrase np = noun_phrase_before(&k->s, k->beg, i);
    if (np.head == UINT32_MAX)
        return false;
    *out = (source){.beg = np.beg, .end = i};
    while (out->beg > k->beg + 1 && upos_at(&k->s, out->beg - 1) == DS_ADP &&
           !in_date(&k->s, np.head)) {
        uint32_t p = out->beg - 1;
        if (p > k->beg && upos_at(&k->s, p - 1) == DS_ADP)
            p--;
        noun_phrase more = noun_phrase_before(&k->s, k->beg, p);
        if (more.head == UINT32_MAX || in_date(&k->s, more.head))
            break;
        out->beg = more.beg;
        np = more;
    }
    return true;
}

/* Is there a clause of its own (a verb) in [i, end)? */
static bool has_verb(const speaker *k, uint32_t i, uint32_t end)
{
    for (; i < end; i++)
        if (upos_at(&k->s, i) == DS_VERB || upos_at(&k->s, i) == DS_AUX)
            return true;
    return false;
}

static bool is_cue_verb(const speaker *k, uint32_t i)
{
    if (upos_at(&k->s, i) != DS_VERB)
        return false;
    uint32_t row;
    return ds_phrase_at(k->s.cues, k->s.parse->lemmas, i, i + 1, &row) == 1 &&
           (cue_row(k, row, "verb") >= 0 || cue_row(k, row, "told") >= 0);
}

/* End of the content that begins at i: the sentence's end, or a coordinate clause with a source of its own. */
static uint32_t content_end(const speaker *k, uint32_t i)
{
    for (uint32_t c = i; c + 2 < k->end; c++) {
        bool semicolon = norm_is(&k->s, c, ";");
        if (!semicolon && !comma(k, c))
            continue;
        if (norm_is(&k->s, c + 1, "according"))
            return c;
        bool but = norm_is(&k->s, c + 1, "but") || norm_is(&k->s, c + 1, "while") ||
                   norm_is(&k->s, c + 1, "whereas");
        bool and = norm_is(&k->s, c + 1, "and");
        if (!semicolon && !but && !and)
            continue;
        for (uint32_t v = c + 2; v < k->end && v < c + 12; v++) {
            if (comma(k, v))
                break;
            if (is_cue_verb(k, v) && (but || semicolon || form_at(&k->s, v) != DS_FORM_GER))
                return c;
        }
    }
    uint32_t end = k->end;
    while (end > i && tok_at(&k->s, end - 1)->kind == DS_TOK_PUNCT && !quote_mark(k, end - 1))
        end--;
    return end;
}

static ds_status emit(speaker *k, const cue *c, const source *src, ds_span first, ds_span second,
                      ds_str outlet)
{
    ds_attribution a = {.sent = k->sent, .cls = c->cls, .inside = -1, .outlet = outlet};
    a.certainty = certainty_of(ds_table_cell(k->s.cues_t, c->row, 3));
    if (c->negated && ds_str_eq(c->cls, DS_STR("factive")))
        a.certainty = DS_CERT_UNVERIFIED;
    a.cue = toks_span(&k->s, c->tok, c->end);
    a.content[0] = first;
    a.content[1] = second;
    a.content_len = second.end ? 2 : 1;
    a.source = toks_span(&k->s, src->beg, src->end);
    DS_TRY(source_name(&k->s, *src, k->found.at, k->found.len, &a));
    return DS_PUSH(k->s.arena, &k->found, a);
}

/* A1  "According to X, K"   A2  "K, according to X" */
static ds_status according(speaker *k, const cue *c)
{
    source src;
    if (!source_after(k, c->end, &src))
        return DS_OK;
    uint32_t after = src.name_end > src.end ? src.name_end : src.end;
    bool leads = c->tok == k->beg || (c->tok == k->beg + 1 && !has_verb(k, k->beg, c->tok));
    ds_span none = {0, 0};
    if (leads) {
        uint32_t i = after;
        while (i < k->end && !comma(k, i) && i < after + 12)
            i++;
        if (i < k->end && comma(k, i))
            return emit(k, c, &src, toks_span(&k->s, i + 1, content_end(k, i + 1)), none,
                        (ds_str){0});
        return emit(k, c, &src, toks_span(&k->s, after, content_end(k, after)), none, (ds_str){0});
    }
    uint32_t beg = k->beg;
    for (uint32_t i = c->tok; i > k->beg; i--)
        if (norm_is(&k->s, i - 1, ";")) {
            beg = i;
            break;
        }
    uint32_t end = c->tok;
    while (end > beg && comma(k, end - 1))
        end--;
    return emit(k, c, &src, toks_span(&k->s, beg, end), none, (ds_str){0});
}

/* The addressee of "told": "told Newsweek that". A name becomes the outlet. Returns the token after it. */
static uint32_t addressee(const speaker *k, uint32_t i, ds_str *outlet)
{
    noun_phrase np = noun_phrase_at(&k->s, i, k->end);
    if (np.head == UINT32_MAX)
        return i < k->end && upos_at(&k->s, i) == DS_PRON ? i + 1 : i;
    if (upos_at(&k->s, np.head) == DS_PROPN) {
        uint32_t beg = np.beg;
        while (beg < np.end && upos_at(&k->s, beg) == DS_DET &&
               !(tok_at(&k->s, beg)->flags & DS_TF_CAP))
            beg++;
        *outlet = ds_str_at(k->s.doc->text, toks_span(&k->s, beg, np.end));
    }
    return np.end;
}

/* Weak cues ("show", "know", "count") want a that-clause or a clause with a verb after them. */
static bool content_follows(const speaker *k, const cue *c, uint32_t i)
{
    if (i >= k->end)
        return false;
    if (norm_is(&k->s, i, "that") || quote_mark(k, i) || norm_is(&k->s, i, ":"))
        return true;
    bool strong = ds_str_eq(c->cls, DS_STR("speech"));
    ds_upos u = upos_at(&k->s, i);
    bool opens = u == DS_DET || u == DS_PRON || u == DS_NOUN || u == DS_PROPN || u == DS_ADJ ||
                 u == DS_NUM || u == DS_SYM || u == DS_ADV || norm_is(&k->s, i, "some") ||
                 tok_at(&k->s, i)->quote != 0;
    if (u == DS_ADP && !strong)
        return norm_is(&k->s, i, "on") || norm_is(&k->s, i, "up") || norm_is(&k->s, i, "at");
    if (!opens && !(strong && u == DS_ADP))
        return false;
    if (ds_str_eq(c->cls, DS_STR("hedge")) || ds_str_eq(c->cls, DS_STR("evidence")) ||
        ds_str_eq(c->cls, DS_STR("report")))
        return true;
    return has_verb(k, i, k->end);
}

/* S3  "K, said X": the speaker follows the verb. */
static bool inverted(const speaker *k, const cue *c, uint32_t group, source *src)
{
    if (group == k->beg || c->told || !ds_str_eq(c->cls, DS_STR("speech")) ||
        form_at(&k->s, c->tok) == DS_FORM_GER)
        return false;
    if (!comma(k, group - 1) && !quote_mark(k, group - 1))
        return false;
    if (c->end >= k->end || norm_is(&k->s, c->end, "that") || !source_after(k, c->end, src))
        return false;
    return src->end == k->end || tok_at(&k->s, src->end)->kind == DS_TOK_PUNCT ||
           !has_verb(k, src->end, k->end);
}

/* Content before a speaker that closes the sentence ("K, X said."), with what is quoted after it. */
static ds_status content_before(speaker *k, const cue *c, const source *src, uint32_t stop,
                                uint32_t after, ds_str outlet)
{
    uint32_t end = stop;
    while (end > k->beg && comma(k, end - 1))
        end--;
    ds_span first = toks_span(&k->s, k->beg, end), second = {0, 0};
    for (uint32_t i = after; i < k->end; i++)
        if (quote_mark(k, i)) {
            second = toks_span(&k->s, i, k->end);
            break;
        }
    return emit(k, c, src, first, second, outlet);
}

/* S1  "X said (that) K"   S2  "K, X said"   S3  "K, said X"   S4  "estimates claiming that K" */
static ds_status spoken(speaker *k, cue *c)
{
    uint32_t group = verb_group(k, c->tok, &c->negated);
    source src;
    ds_str outlet = {0};
    if (c->negated && !ds_str_eq(c->cls, DS_STR("factive")))
        return DS_OK;
    if (inverted(k, c, group, &src))
        return content_before(k, c, &src, group, src.end, outlet);
    if (form_at(&k->s, c->tok) == DS_FORM_INF && group > k->beg && norm_is(&k->s, group - 1, "to"))
        return DS_OK;
    bool passive = false;
    for (uint32_t i = group; i < c->tok; i++)
        passive |=
            form_at(&k->s, c->tok) == DS_FORM_PART &&
            (norm_is(&k->s, i, "is") || norm_is(&k->s, i, "are") || norm_is(&k->s, i, "was") ||
             norm_is(&k->s, i, "were") || norm_is(&k->s, i, "been") || norm_is(&k->s, i, "being") ||
             norm_is(&k->s, i, "be"));
    if (passive)
        return DS_OK;
    uint32_t at = c->end;
    if (c->told)
        at = addressee(k, at, &outlet);
    bool participle =
        form_at(&k->s, c->tok) == DS_FORM_GER && group > k->beg && comma(k, group - 1);
    if (participle) {
        if (!k->found.len || k->found.at[k->found.len - 1].sent != k->sent)
            return DS_OK; /* "..., saying that": the sentence's speaker, where it has one */
        ds_attribution a = k->found.at[k->found.len - 1];
        a.cue = toks_span(&k->s, c->tok, c->end);
        a.content[0] = toks_span(&k->s, at, content_end(k, at));
        a.content_len = 1;
        return DS_PUSH(k->s.arena, &k->found, a);
    }
    if (!source_before(k, group, &src))
        return DS_OK;
    bool closes = at >= k->end || ((tok_at(&k->s, at)->kind == DS_TOK_PUNCT &&
                                    !norm_is(&k->s, at, ":") && !quote_mark(k, at)) ||
                                   (upos_at(&k->s, at) == DS_ADP && !has_verb(k, at, k->end)));
    bool parted = src.beg > k->beg && (comma(k, src.beg - 1) || quote_mark(k, src.beg - 1));
    if (parted && closes)
        return content_before(k, c, &src, src.beg, at, outlet);
    if (!content_follows(k, c, at) && !(c->told && at < k->end))
        return DS_OK;
    while (at < k->end && (norm_is(&k->s, at, "that") || norm_is(&k->s, at, ":") || comma(k, at)))
        at++;
    return emit(k, c, &src, toks_span(&k->s, at, content_end(k, at)), (ds_span){0, 0}, outlet);
}

/* B1  "K, as confirmed by X" */
static ds_status by_source(speaker *k, const cue *c)
{
    source src;
    if (!source_after(k, c->end, &src))
        return DS_OK;
    uint32_t end = c->tok;
    while (end > k->beg && (comma(k, end - 1) || norm_is(&k->s, end - 1, "as")))
        end--;
    return emit(k, c, &src, toks_span(&k->s, k->beg, end), (ds_span){0, 0}, (ds_str){0});
}

static ds_status try_cue(speaker *k, uint32_t i, uint32_t *next)
{
    uint32_t row, n = ds_phrase_at(k->s.cues, k->s.doc->toks, i, k->end, &row);
    int64_t r = n ? cue_row(k, row, "prep") : -1;
    cue c = {.tok = i, .end = i + n};
    if (r < 0 && n)
        r = cue_row(k, row, "by");
    if (r >= 0) {
        c.row = (uint32_t)r;
        c.cls = ds_table_cell(k->s.cues_t, c.row, 2);
        *next = i + n;
        return pos_is(k, c.row, "prep") ? according(k, &c) : by_source(k, &c);
    }
    if (!is_cue_verb(k, i))
        return DS_OK;
    ds_phrase_at(k->s.cues, k->s.parse->lemmas, i, i + 1, &row);
    r = cue_row(k, row, "verb");
    c.told = r < 0;
    c.row = (uint32_t)(r < 0 ? cue_row(k, row, "told") : r);
    c.end = i + 1;
    c.cls = ds_table_cell(k->s.cues_t, c.row, 2);
    return spoken(k, &c);
}

static bool quoted_through(const speaker *k)
{
    uint32_t words = 0, inside = 0;
    for (uint32_t i = k->beg; i < k->end; i++)
        if (tok_at(&k->s, i)->kind == DS_TOK_WORD) {
            words++;
            inside += tok_at(&k->s, i)->quote != 0;
        }
    return words > 0 && inside == words;
}

/* Q1  a sentence that is quoted through and names nobody belongs to the speaker of the sentence before it. */
static ds_status carry_quote(speaker *k, size_t before)
{
    if (k->found.len != before || !k->found.len || !quoted_through(k))
        return DS_OK;
    const ds_attribution *last = &k->found.at[k->found.len - 1];
    if (last->sent + 1 != k->sent || !ds_str_eq(last->cls, DS_STR("speech")))
        return DS_OK;
    ds_attribution a = *last;
    a.sent = k->sent;
    a.content[0] = toks_span(&k->s, k->beg, k->end);
    a.content_len = 1;
    return DS_PUSH(k->s.arena, &k->found, a);
}

static ds_status sentence_attributions(speaker *k)
{
    size_t before = k->found.len;
    for (uint32_t i = k->beg; i < k->end;) {
        uint32_t next = i + 1;
        if (!tok_at(&k->s, i)->quote)
            DS_TRY(try_cue(k, i, &next));
        i = next;
    }
    DS_TRY(carry_quote(k, before));
    for (size_t i = before; i < k->found.len;
         i++) /* nesting: the smallest content that holds the cue */
        for (size_t j = before; j < k->found.len; j++)
            if (i != j && ds_span_holds(k->found.at[j].content[0], k->found.at[i].cue) &&
                k->found.at[i].inside < 0)
                k->found.at[i].inside = (int32_t)j;
    return DS_OK;
}

ds_status ds_annotate_attributions(ds_arena *a, const ds_doc *doc, const ds_parse *parse,
                                   const ds_lexicon *lex, ds_marks *out, ds_err *err)
{
    speaker k = {0};
    DS_TRY(scan_open(&k.s, a, doc, parse, lex, out, err));
    for (uint32_t i = 0; i < doc->sents_len; i++) {
        k.sent = i;
        k.beg = doc->sents[i].tok;
        k.end = doc->sents[i].tok_end;
        if (sentence_attributions(&k) < 0)
            return ds_fail(err, DS_NOMEM, "out of memory", 0);
    }
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
    DS_TRY(ds_annotate_attributions(a, doc, parse, lex, &marks, err));
    *out = marks;
    return DS_OK;
}
