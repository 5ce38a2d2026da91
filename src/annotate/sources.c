/* SPDX-License-Identifier: Apache-2.0 */
/* Who a source phrase is: kind, full name on the page, normal name. */
#include "annotate/sources_internal.h"

typedef enum role_class {
    ROLE_NO,
    ROLE_ROLE,
    ROLE_OUTLET,
    ROLE_ANONYMOUS,
    ROLE_EVIDENCE,
    ROLE_UNNAMED
} role_class;

static role_class role_of(const scan *s, uint32_t i)
{
    ds_str lemma = ds_text_lemma(s->arena, s->lex, norm_at(s, i), false);
    int64_t row = lemma.at ? ds_phrase_find(s->roles, lemma) : -1;
    if (row < 0)
        row = ds_phrase_find(s->roles, norm_at(s, i));
    if (row < 0)
        return ROLE_NO;
    ds_str kind = ds_table_cell(s->roles_t, (uint32_t)row, 1);
    if (ds_str_eq(kind, DS_STR("role")))
        return ROLE_ROLE;
    return ds_str_eq(kind, DS_STR("outlet"))     ? ROLE_OUTLET
           : ds_str_eq(kind, DS_STR("evidence")) ? ROLE_EVIDENCE
           : ds_str_eq(kind, DS_STR("unnamed"))  ? ROLE_UNNAMED
                                                 : ROLE_ANONYMOUS;
}

static bool capital(const scan *s, uint32_t i)
{
    return (tok_at(s, i)->flags & DS_TF_CAP) && tok_at(s, i)->kind == DS_TOK_WORD;
}

/* Text of tokens as a name: without an opening article, without a closing possessive. */
static ds_str name_text(const scan *s, uint32_t beg, uint32_t end)
{
    while (beg + 1 < end && upos_at(s, beg) == DS_DET)
        beg++;
    ds_str text = ds_str_at(s->doc->text, toks_span(s, beg, end));
    if (tok_at(s, end - 1)->flags & DS_TF_POSSESSIVE) {
        ptrdiff_t cut = (ptrdiff_t)text.len;
        while (cut > 0 && (unsigned char)text.at[cut - 1] != '\'' && text.at[cut - 1] != '\x99')
            cut--;
        if (cut > 0)
            text.len = (size_t)cut - (text.at[cut - 1] == '\'' ? 1 : 3);
    }
    return ds_arena_str(s->arena, text);
}

static bool is_acronym_only(const scan *s, uint32_t i, int64_t row)
{
    return ds_str_eq(ds_table_cell(s->actors_t, (uint32_t)row, 2), DS_STR("acronym")) &&
           !(tok_at(s, i)->flags & DS_TF_ALLCAP);
}

/* Normal name of the longest actor phrase that is all of [beg, end), articles aside. */
static ds_str actor_of(const scan *s, uint32_t beg, uint32_t end)
{
    while (beg < end && upos_at(s, beg) == DS_DET)
        beg++;
    uint32_t row;
    if (beg < end && ds_phrase_at(s->actors, s->doc->toks, beg, end, &row) == end - beg &&
        !is_acronym_only(s, beg, row))
        return ds_table_cell(s->actors_t, row, 1);
    return (ds_str){0};
}

static uint32_t head_of(const scan *s, source src, uint32_t *end)
{
    uint32_t k = src.beg;
    while (k < src.end && upos_at(s, k) == DS_DET)
        k++;
    noun_phrase np = noun_phrase_at(s, k, src.end);
    *end = np.end > k ? np.end : src.end;
    return np.head == UINT32_MAX ? *end - 1 : np.head;
}
/* The person's name in "Danish President Anna Holm": what follows the last title or role. */
static bool person_part(const scan *s, uint32_t beg, uint32_t end, uint32_t *from)
{
    uint32_t last_role = UINT32_MAX;
    const ds_name *body = name_in(s, beg, end, DS_NAME_ORG);
    for (uint32_t i = beg; i < end; i++) {
        role_class role = role_of(s, i);
        if ((role == ROLE_ROLE || role == ROLE_OUTLET) &&
            !(body && ds_span_holds(body->span, tok_at(s, i)->span)))
            last_role = i; /* "the Daily News" is no daily named News */
    }
    if (last_role == UINT32_MAX || last_role + 1 >= end)
        return false;
    for (uint32_t i = last_role + 1; i < end; i++)
        if (!capital(s, i))
            return false;
    *from = last_role + 1;
    return true;
}

/* "unnamed officials", "one anonymous diplomat". */
static bool kept_unnamed(const scan *s, uint32_t beg, uint32_t end)
{
    for (uint32_t i = beg; i < end; i++)
        if (role_of(s, i) == ROLE_UNNAMED)
            return true;
    return false;
}

static void set_holder(ds_attribution *out, ds_holder_kind kind, ds_str name, ds_str holder)
{
    out->kind = kind;
    out->name = name;
    out->holder = holder.at ? holder : (kind == DS_HOLDER_NAMED ? name : (ds_str){0});
}

/* he, she, they, it, who: the last source of a fitting kind. */
static void resolve_pronoun(const scan *s, uint32_t tok, const ds_attribution *earlier, size_t n,
                            ds_attribution *out)
{
    bool person = norm_is(s, tok, "he") || norm_is(s, tok, "she");
    for (size_t i = n; i > 0 && n - i < DS_ATTRIBUTIONS_NEAR; i--) {
        const ds_attribution *e = &earlier[i - 1];
        if (e->kind == DS_HOLDER_NONE || !e->name.at)
            continue;
        bool spaced = ds_str_find(e->name, DS_STR(" "), 0) > 0;
        if (person && (e->kind != DS_HOLDER_NAMED || !spaced))
            continue;
        set_holder(out, e->kind, e->name, e->holder);
        return;
    }
    out->kind = DS_HOLDER_ANONYMOUS;
    out->name = name_text(s, tok, tok + 1);
}

/* The body behind a document, tokens [beg, end) with the head `head`. False: nobody who can speak. */
static bool issuer(const scan *s, uint32_t beg, uint32_t end, uint32_t head, ds_attribution *out)
{
    bool named = false;
    for (uint32_t i = beg; i < end; i++)
        named |= upos_at(s, i) == DS_PROPN;
    if (head == UINT32_MAX || (!named && role_of(s, head) != ROLE_ROLE))
        return false;
    ds_str name = name_text(s, beg, end), actor = actor_of(s, beg, end);
    if (named && end == beg + 1 && !actor.at) /* "memos written by Holm" */
        name = whole_person(s, name, tok_at(s, beg)->span.beg);
    set_holder(out, named ? DS_HOLDER_NAMED : DS_HOLDER_ROLE, name, actor);
    return true;
}

/* "Estimates from Ukraine", "a statement by the ministry", "the ministry's figures": the document speaks for the one it comes from. */
static bool evidence_from(const scan *s, uint32_t head, uint32_t np_end, source src,
                          ds_attribution *out)
{
    const ds_name *before = name_in(s, src.beg, head, DS_NAME_ORG);
    for (uint32_t i = src.beg; i < head; i++) {
        ds_span at = tok_at(s, i)->span;
        bool within = before && ds_span_holds(before->span, at) && before->span.end > at.end;
        if (!(tok_at(s, i)->flags & DS_TF_POSSESSIVE) || within)
            continue;
        uint32_t end = i + 1;
        while (end < head && capital(s, end)) /* "a Holm's Purse release" */
            end++;
        return issuer(s, src.beg, end, end - 1, out);
    }
    bool close = before && (before->span.end + 1 == tok_at(s, head)->span.beg ||
                            (before->span.end + 1 == tok_at(s, head - 1)->span.beg &&
                             upos_at(s, head - 1) == DS_NOUN));
    if (close) { /* "the Courier article", "a Holm Trust press release" */
        set_holder(out, DS_HOLDER_NAMED, text_of_name(s, before), actor_of(s, src.beg, head));
        return true;
    }
    if (np_end + 2 < src.end && upos_at(s, np_end) == DS_VERB &&
        (norm_is(s, np_end + 1, "by") || norm_is(s, np_end + 1, "in")))
        np_end++; /* "a toll released by the company" */
    if (np_end + 1 >= src.end)
        return false;
    bool within = norm_is(s, np_end, "in"); /* "a report in the Courier", not "in Varn" */
    if (!within && !norm_is(s, np_end, "from") && !norm_is(s, np_end, "by") &&
        !norm_is(s, np_end, "of"))
        return false;
    noun_phrase np = noun_phrase_at(s, np_end + 1, src.end);
    const ds_name *body = name_in(s, np_end + 1, src.end, DS_NAME_ORG);
    if (body && np.head != UINT32_MAX && ds_span_holds(body->span, tok_at(s, np.head)->span)) {
        set_holder(out, DS_HOLDER_NAMED, text_of_name(s, body), actor_of(s, np.beg, np.end));
        return true; /* "a study by the University of Halvet" */
    }
    return !within && issuer(s, np.beg, np.end, np.head, out);
}

/* The token that begins at a byte or holds it. */
static uint32_t tok_of_byte(const scan *s, uint32_t byte)
{
    size_t lo = 0, hi = s->doc->toks_len;
    while (lo < hi) {
        size_t mid = (lo + hi) / 2;
        if (s->doc->toks[mid].span.end <= byte)
            lo = mid + 1;
        else
            hi = mid;
    }
    return (uint32_t)lo;
}

ds_str last_outlet(const scan *s, uint32_t at)
{
    enum { BACK = 48 }; /* names */
    size_t n = name_from(s, at);
    for (size_t i = n; i > 0 && n - i < BACK; i--) {
        const ds_name *name = &s->parse->names[i - 1];
        uint32_t tok = tok_of_byte(s, name->span.beg);
        if (name->type != DS_NAME_PERSON && tok > 0 && role_of(s, tok - 1) == ROLE_OUTLET)
            return text_of_name(s, name);
    }
    return (ds_str){0};
}

/* Does the sentence of an earlier attribution speak of the document: "in a statement", "reported"? */
static bool speaks_of(const scan *s, const ds_attribution *e, ds_str document)
{
    const ds_sentence *in = &s->doc->sents[e->sent];
    for (uint32_t i = in->tok; i < in->tok_end; i++) {
        ds_span at = tok_at(s, i)->span;
        bool cue = ds_span_holds(e->cue, at) && ds_str_starts(norm_at(s, i), document);
        bool in_one = ds_str_eq(norm_at(s, i), document) && i >= in->tok + 2 &&
                      norm_is(s, i - 2, "in"); /* "in a statement" */
        if (cue || in_one)
            return true;
    }
    return false;
}

/* "The statement said": whoever spoke last in a statement. */
static bool document_of(const scan *s, uint32_t head, const ds_attribution *earlier, size_t n,
                        ds_attribution *out)
{
    enum { BACK = 8, SENTENCES = 6 };
    for (size_t i = n; i > 0 && n - i < BACK; i--) {
        const ds_attribution *e = &earlier[i - 1];
        if (e->sent + SENTENCES < out->sent)
            return false;
        if (e->sent < out->sent && e->kind == DS_HOLDER_NAMED &&
            speaks_of(s, e, norm_at(s, head))) {
            set_holder(out, DS_HOLDER_NAMED, e->name, e->holder);
            return true;
        }
    }
    return false;
}

/* A source phrase with what is known of it. */
typedef struct phrase {
    source src;
    uint32_t np_end, head; /* end of the noun phrase at its start; the noun */
    role_class role;       /* of the head */
    const ds_attribution *earlier;
    size_t n; /* of `earlier` */
} phrase;

static phrase phrase_of_source(const scan *s, source src, const ds_attribution *earlier, size_t n)
{
    phrase p = {.src = src, .earlier = earlier, .n = n};
    p.head = head_of(s, src, &p.np_end);
    p.role = role_of(s, p.head);
    bool name = p.head > src.beg && capital(s, p.head) &&
                !(tok_at(s, p.head)->flags & DS_TF_ALLCAP) && p.role != ROLE_ROLE;
    if (name) /* the Geological Survey is no survey, the Post no post */
        p.role = ROLE_NO;
    return p;
}

static bool is_document(const phrase *p)
{
    return p->role == ROLE_EVIDENCE || p->role == ROLE_ANONYMOUS;
}

/* By who is who on the page: a pronoun or a noun that stands for somebody with a name. */
static bool stands_for(const scan *s, const phrase *p, ds_attribution *out)
{
    source src = p->src;
    const ds_mention *m = ds_mention_at(s->marks, toks_span(s, src.beg, src.end));
    ds_str name = ds_mention_name(s->marks, m);
    if (!m || m->form == DS_MENTION_NAME || !name.at ||
        m->span.end != toks_span(s, src.beg, src.end).end)
        return false;
    ds_str norm = ds_text_norm(s->arena, name);
    int64_t row = norm.at ? ds_phrase_find(s->actors, norm) : -1;
    bool single = row < 0 && ds_str_find(name, DS_STR(" "), 0) < 0;
    set_holder(out, DS_HOLDER_NAMED, single ? whole_person(s, name, m->span.beg) : name,
               row < 0 ? (ds_str){0} : ds_table_cell(s->actors_t, (uint32_t)row, 1));
    return true;
}

/* A definite phrase without a name of its own ("the president", not "a president"). */
static bool definite(const scan *s, uint32_t beg, uint32_t head)
{
    return beg < head &&
           (norm_is(s, beg, "the") || norm_is(s, beg, "his") || norm_is(s, beg, "her") ||
            norm_is(s, beg, "its") || norm_is(s, beg, "their"));
}

/* The person that an apposition names: "a resident, Omar Dale". */
static const ds_name *name_beside(const scan *s, source src)
{
    const ds_name *n =
        src.name_end > src.name ? name_in(s, src.name, src.name_end, DS_NAME_PERSON) : NULL;
    return n && n->span.beg == tok_at(s, src.name)->span.beg ? n : NULL;
}

/* Is the name what the phrase is about: "Mayor Anna Holm", "a ministry of health spokesman Omar Dale", not "a spokesman for Dale"? */
static bool is_head(const scan *s, const ds_name *n, source src, uint32_t head)
{
    if (ds_span_holds(n->span, tok_at(s, head)->span))
        return true;
    uint32_t first = src.beg;
    while (first < src.end && tok_at(s, first)->span.end <= n->span.beg)
        first++;
    if (first > src.beg + 1 && norm_is(s, first - 1, "as") && norm_is(s, first - 2, "such"))
        return true; /* "experts such as Anna Holm" */
    bool ends = tok_at(s, src.end - 1)->span.end <= n->span.end + 2; /* a possessive is no end */
    return ends && !(tok_at(s, src.end - 1)->flags & DS_TF_POSSESSIVE) && first > src.beg &&
           upos_at(s, first - 1) != DS_ADP && upos_at(s, first - 1) != DS_CCONJ;
}

/* By the names on the page: a person in the phrase or beside it, or whom its role stands for. */
static bool known_person(const scan *s, const phrase *p, ds_attribution *out)
{
    source src = p->src;
    uint32_t head = p->head;
    const ds_name *n = name_in(s, src.beg, src.end, DS_NAME_PERSON);
    if (!n || !is_head(s, n, src, head)) /* "Holm's office", "a spokesman for Holm" */
        n = name_beside(s, src);
    ds_str name = {0};
    if (n)
        name = whole_person(s, text_of_name(s, n), n->span.beg);
    else if (definite(s, src.beg, head) && head + 1 == src.end)
        name = person_of_role(s, src.beg + 1, head);
    if (!name.at)
        return false;
    set_holder(out, DS_HOLDER_NAMED, name, (ds_str){0});
    return true;
}

/* "Doctors in Holmstad", "a family in the suburbs of Holmstad": the place of those who have no name. */
static bool place_behind(const scan *s, uint32_t head, uint32_t i)
{
    static const char *const places[] = {"in", "near", "around", "outside", "across", "inside"};
    for (uint32_t k = head + 1; k < i; k++)
        for (size_t p = 0; upos_at(s, k) == DS_ADP && p < sizeof places / sizeof *places; p++)
            if (norm_is(s, k, places[p]))
                return true;
    return false;
}

/* Has coref.tsv the noun in this class? */
static bool comes_back_to(const scan *s, ds_str lemma, const char *cls)
{
    int64_t row = lemma.at ? ds_phrase_find(s->coref, lemma) : -1;
    return row >= 0 && ds_str_eq(ds_table_cell(s->coref_t, (uint32_t)row, 1), ds_str_of(cls));
}

/* Persons by what they are: "a militant", "relatives"; nouns.tsv, coref.tsv. */
static bool is_person(const scan *s, uint32_t head)
{
    ds_str lemma;
    ds_noun_class cls = noun_class_of(s, (noun_phrase){head, head + 1, head}, &lemma);
    if (cls == DS_NC_PERSON || cls == DS_NC_SOLDIER || cls == DS_NC_GROUP)
        return true;
    return comes_back_to(s, lemma, "person");
}

/* Does the phrase name somebody or something, but for the place where they are? Bodies are known by theirs: "the regional hospital in
 * Holmstad". */
static bool names_one(const scan *s, source src, uint32_t head)
{
    ds_str lemma = ds_text_lemma(s->arena, s->lex, norm_at(s, head), false);
    bool body = comes_back_to(s, lemma, "org");
    for (uint32_t i = src.beg; i < src.end; i++) {
        bool proper = upos_at(s, i) == DS_PROPN ||
                      (capital(s, i) && !(tok_at(s, i)->flags & DS_TF_FIRST)) || is_named(s, i);
        if (proper && (body || upos_at(s, head) != DS_NOUN || !place_behind(s, head, i)))
            return true;
    }
    return false;
}

bool can_speak(const scan *s, source src)
{
    uint32_t np_end, head = head_of(s, src, &np_end);
    ds_upos u = upos_at(s, head);
    if (u != DS_NOUN || role_of(s, head) != ROLE_NO || is_person(s, head) ||
        names_one(s, src, head))
        return true;
    ds_str lemma = ds_text_lemma(s->arena, s->lex, norm_at(s, head), false);
    return comes_back_to(s, lemma, "org") || comes_back_to(s, lemma, "country") ||
           comes_back_to(s, lemma, "anyorg");
}

/* "the statement", "the newspaper": nothing but the noun. */
static bool alone(const scan *s, const phrase *p)
{
    return definite(s, p->src.beg, p->head) && p->head == p->src.beg + 1 &&
           p->src.end == p->head + 1;
}

static bool pronoun(const scan *s, const phrase *p, ds_attribution *out)
{
    if (p->src.beg + 1 != p->src.end || upos_at(s, p->src.beg) != DS_PRON)
        return false;
    resolve_pronoun(s, p->src.beg, p->earlier, p->n, out);
    return true;
}

/* "Danish President Anna Holm", where the name itself is not known as one. */
static bool behind_role(const scan *s, const phrase *p, ds_attribution *out)
{
    uint32_t from;
    if (!person_part(s, p->src.beg, p->np_end, &from))
        return false;
    set_holder(out, DS_HOLDER_NAMED,
               whole_person(s, name_text(s, from, p->np_end), tok_at(s, from)->span.beg),
               (ds_str){0});
    return true;
}

static bool issued(const scan *s, const phrase *p, ds_attribution *out)
{
    return is_document(p) && evidence_from(s, p->head, p->np_end, p->src, out);
}

static bool spoken_of(const scan *s, const phrase *p, ds_attribution *out)
{
    return is_document(p) && alone(s, p) && document_of(s, p->head, p->earlier, p->n, out);
}

static bool outlet(const scan *s, const phrase *p, ds_attribution *out)
{
    ds_str paper = {0};
    if (p->role == ROLE_OUTLET && alone(s, p))
        paper = last_outlet(s, tok_at(s, p->src.beg)->span.beg);
    if (paper.at)
        set_holder(out, DS_HOLDER_NAMED, paper, (ds_str){0});
    return paper.at != NULL;
}

/* "Local reports" at the head of a sentence are "local reports" anywhere else; "Turkish officials" stay. */
static ds_status in_small(const scan *s, uint32_t beg, ds_str *name)
{
    uint8_t flags = tok_at(s, beg)->flags;
    ds_upos tag = upos_at(s, beg);
    bool common = tag == DS_NOUN || tag == DS_VERB || role_of(s, beg) != ROLE_NO;
    if (!(flags & DS_TF_FIRST) || (flags & DS_TF_ALLCAP) || !common || tag == DS_PROPN ||
        ds_phrase_find(s->actors, norm_at(s, beg)) >= 0 || name->at[0] < 'A' || name->at[0] > 'Z')
        return DS_OK;
    char *small = ds_arena_calloc(s->arena, name->len + 1, 1);
    if (!small)
        return DS_NOMEM;
    memcpy(small, name->at, name->len);
    small[0] = (char)(small[0] - 'A' + 'a');
    name->at = small;
    return DS_OK;
}

/* By its own words. */
static ds_status own_words(const scan *s, const phrase *p, ds_attribution *out)
{
    ds_str actor = actor_of(s, p->src.beg, p->np_end), name = name_text(s, p->src.beg, p->src.end);
    if (!name.at)
        return DS_NOMEM;
    ds_holder_kind kind = DS_HOLDER_ANONYMOUS;
    if (is_document(p) || kept_unnamed(s, p->src.beg, p->np_end))
        kind = DS_HOLDER_ANONYMOUS;
    else if (names_one(s, p->src, p->head))
        kind = DS_HOLDER_NAMED;
    else if (p->role == ROLE_ROLE || is_person(s, p->head))
        kind = DS_HOLDER_ROLE;
    if (kind != DS_HOLDER_NAMED && upos_at(s, p->src.beg) != DS_DET)
        DS_TRY(in_small(s, p->src.beg, &name));
    bool one = kind == DS_HOLDER_NAMED && p->np_end == p->src.end && p->np_end == p->src.beg + 1 &&
               !actor.at;
    set_holder(out, kind, one ? whole_person(s, name, tok_at(s, p->src.beg)->span.beg) : name,
               actor);
    return DS_OK;
}

ds_status source_name(const scan *s, source src, const ds_attribution *earlier, size_t n,
                      ds_attribution *out)
{
    static bool (*const ways[])(const scan *, const phrase *, ds_attribution *) = {
        known_person, stands_for, pronoun, behind_role, issued, spoken_of, outlet};
    phrase p = phrase_of_source(s, src, earlier, n);
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++)
        if (ways[i](s, &p, out))
            return DS_OK;
    return own_words(s, &p, out);
}
