/* SPDX-License-Identifier: Apache-2.0 */
/* Who a source phrase is: kind, full name on the page, normal name. */
#include "annotate/internal.h"

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

/* ---- names that the language stage found ------------------------------------------------------------------ */

/* The first name that begins at or behind a byte. */
static size_t name_from(const scan *s, uint32_t byte)
{
    size_t lo = 0, hi = s->parse->names_len;
    while (lo < hi) {
        size_t mid = (lo + hi) / 2;
        if (s->parse->names[mid].span.beg < byte)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo;
}

/* The names around a byte that may be its full form: so many that a page of news has fewer, and no page grows faster than its length. */
static void names_near(const scan *s, uint32_t byte, size_t *beg, size_t *end)
{
    enum { BEFORE = 1024, BEHIND = 256 };
    size_t at = name_from(s, byte);
    *beg = at > BEFORE ? at - BEFORE : 0;
    *end = at + BEHIND < s->parse->names_len ? at + BEHIND : s->parse->names_len;
}

/* The first name of this type that begins in [beg, end) tokens, or NULL. */
static const ds_name *name_in(const scan *s, uint32_t beg, uint32_t end, ds_name_type type)
{
    ds_span in = toks_span(s, beg, end);
    for (size_t i = name_from(s, in.beg);
         i < s->parse->names_len && s->parse->names[i].span.beg < in.end; i++)
        if (s->parse->names[i].type == type)
            return &s->parse->names[i];
    return NULL;
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

static ds_str text_of_name(const scan *s, const ds_name *n)
{
    return ds_str_at(s->doc->text, n->span);
}

/* Is the token part of a name of a person, a body or a place? */
static bool is_named(const scan *s, uint32_t i)
{
    for (int type = DS_NAME_PERSON; type <= DS_NAME_PLACE; type++) {
        const ds_name *n = name_in(s, i, i + 1, (ds_name_type)type);
        if (n && n->span.beg == tok_at(s, i)->span.beg)
            return true;
    }
    return false;
}

static bool last_word_of(ds_str longer, ds_str word)
{
    return longer.len > word.len && ds_str_ends(longer, word) &&
           longer.at[longer.len - word.len - 1] == ' ';
}

static bool has_word(ds_str text, ds_str word)
{
    for (ptrdiff_t at = ds_str_find(text, word, 0); at >= 0;
         at = ds_str_find(text, word, (size_t)at + 1)) {
        size_t end = (size_t)at + word.len;
        if ((at == 0 || text.at[at - 1] == ' ') && (end == text.len || text.at[end] == ' '))
            return true;
    }
    return false;
}

/* "Geng", "Cubillo": a family name may come first, or before another one. The one person on the page whose name has the word; the
 * word itself: none, or several. */
static ds_str person_with(const scan *s, ds_str word, size_t beg, size_t end)
{
    ds_str best = word;
    for (size_t i = beg; i < end; i++) {
        ds_str other = text_of_name(s, &s->parse->names[i]);
        if (s->parse->names[i].type != DS_NAME_PERSON || other.len == word.len ||
            !has_word(other, word))
            continue;
        if (!has_word(best, other) && !has_word(other, best))
            return word;
        best = other.len > best.len ? other : best;
    }
    return best;
}

/* Persons who share a last name, told apart by their first names. */
typedef struct namesakes {
    struct namesake {
        ds_str first, whole; /* `whole`: the longest form */
        uint32_t count;
        bool titled; /* has the role that the last name alone comes with */
        bool roles;  /* has any */
    } at[8];
    size_t len;
} namesakes;

static ds_str first_word(ds_str name)
{
    ptrdiff_t blank = ds_str_find(name, DS_STR(" "), 0);
    return blank < 0 ? name : ds_str_cut(name, 0, (size_t)blank);
}

static ds_str role_text(const scan *s, const ds_name *n)
{
    return n->role.end ? ds_str_at(s->doc->text, n->role) : (ds_str){0};
}

static void add_namesake(namesakes *all, ds_str whole, ds_str role, ds_str title)
{
    ds_str first = first_word(whole);
    size_t k = 0;
    while (k < all->len && !ds_str_eq(all->at[k].first, first))
        k++;
    if (k == sizeof all->at / sizeof *all->at)
        return;
    struct namesake *n = &all->at[k];
    if (k == all->len)
        *n = (struct namesake){.first = first, .whole = whole}, all->len++;
    n->count++;
    n->whole = whole.len > n->whole.len ? whole : n->whole;
    n->roles |= role.len > 0;
    n->titled |= title.len && ds_str_find(role, title, 0) >= 0;
}

/* A last name alone stands for the person of that last name whom the page names most in full; in the longest form. "President Holm",
 * before any Holm is named in full, is none of those with other roles. */
static ds_str whole_person(const scan *s, ds_str name, uint32_t byte)
{
    namesakes all = {.len = 0};
    ds_str title = {0};
    size_t beg, end, best = SIZE_MAX;
    names_near(s, byte, &beg, &end);
    for (size_t i = beg; i < end; i++) {
        const ds_name *n = &s->parse->names[i];
        ds_str other = text_of_name(s, n);
        if (n->type != DS_NAME_PERSON)
            continue;
        if (!all.len && !title.at && ds_str_eq(other, name))
            title = role_text(s, n);
        if (last_word_of(other, name))
            add_namesake(&all, other, role_text(s, n), title);
    }
    for (size_t k = 0; k < all.len; k++) {
        const struct namesake *n = &all.at[k];
        bool other = title.len && n->roles && !n->titled;
        if (!other && (best == SIZE_MAX || n->count > all.at[best].count))
            best = k;
    }
    if (best < all.len)
        return all.at[best].whole;
    return all.len ? name : person_with(s, name, beg, end);
}

static bool word_in(ds_str text, ds_str word)
{
    for (size_t beg = 0, end; beg < text.len; beg = end + 1) {
        for (end = beg; end < text.len && text.at[end] != ' '; end++)
            continue;
        bool same = end - beg == word.len;
        for (size_t i = 0; same && i < word.len; i++)
            same = (text.at[beg + i] | 32) == (word.at[i] | 32);
        if (same)
            return true;
    }
    return false;
}

/* The word of a role that says what somebody is: the last one before "of", "for", "at", "in" or a comma. */
static ds_str head_of_role(ds_str role)
{
    static const char *const ends[] = {" of ", " for ", " at ", " in ", " with ", ","};
    size_t end = role.len, beg;
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        ptrdiff_t at = ds_str_find(role, ds_str_of(ends[i]), 0);
        end = at > 0 && (size_t)at < end ? (size_t)at : end;
    }
    for (beg = end; beg > 0 && role.at[beg - 1] != ' '; beg--)
        continue;
    return ds_str_cut(role, beg, end);
}

/* Are all words of [beg, head] in the role that a name comes with? "The UN official" is whoever has another office there. */
static bool role_fits(const scan *s, ds_str role, uint32_t beg, uint32_t head)
{
    bool any = head > beg && norm_is(s, head, "official");
    if (!any && !word_in(head_of_role(role), norm_at(s, head)))
        return false; /* "the ministry" is not the ministry's spokesman */
    for (uint32_t i = beg; i <= head; i++)
        if (!(any && i == head) && !word_in(role, norm_at(s, i)))
            return false;
    return true;
}

/* "the president", "the Ukrainian president": the one person on the page whose role has these words. Absent: none, or several. */
static ds_str person_of_role(const scan *s, uint32_t beg, uint32_t head)
{
    ds_str found = {0};
    size_t first, end;
    names_near(s, tok_at(s, head)->span.beg, &first, &end);
    for (size_t i = first; i < end; i++) {
        const ds_name *n = &s->parse->names[i];
        if (n->type != DS_NAME_PERSON || !n->role.end ||
            !role_fits(s, ds_str_at(s->doc->text, n->role), beg, head))
            continue;
        ds_str whole = whole_person(s, text_of_name(s, n), n->span.beg);
        if (found.at && !ds_str_eq(found, whole))
            return (ds_str){0};
        found = whole;
    }
    return found;
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
    set_holder(out, named ? DS_HOLDER_NAMED : DS_HOLDER_ROLE, name_text(s, beg, end),
               actor_of(s, beg, end));
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
        if ((tok_at(s, i)->flags & DS_TF_POSSESSIVE) && !within)
            return issuer(s, src.beg, i + 1, i, out);
    }
    bool close = before && (before->span.end + 1 == tok_at(s, head)->span.beg ||
                            (before->span.end + 1 == tok_at(s, head - 1)->span.beg &&
                             upos_at(s, head - 1) == DS_NOUN));
    if (close) { /* "the Courier article", "a Holm Trust press release" */
        set_holder(out, DS_HOLDER_NAMED, text_of_name(s, before), actor_of(s, src.beg, head));
        return true;
    }
    if (np_end + 2 < src.end && upos_at(s, np_end) == DS_VERB && norm_is(s, np_end + 1, "by"))
        np_end++; /* "a toll released by the company" */
    if (np_end + 1 >= src.end ||
        (!norm_is(s, np_end, "from") && !norm_is(s, np_end, "by") && !norm_is(s, np_end, "of")))
        return false;
    noun_phrase np = noun_phrase_at(s, np_end + 1, src.end);
    const ds_name *body = name_in(s, np_end + 1, src.end, DS_NAME_ORG);
    if (body && np.head != UINT32_MAX && ds_span_holds(body->span, tok_at(s, np.head)->span)) {
        set_holder(out, DS_HOLDER_NAMED, text_of_name(s, body), actor_of(s, np.beg, np.end));
        return true; /* "a study by the University of Halvet" */
    }
    return issuer(s, np.beg, np.end, np.head, out);
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

/* By who is who on the page: a pronoun or a noun that stands for somebody with a name. */
static bool stands_for(const scan *s, source src, ds_attribution *out)
{
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
static bool known_person(const scan *s, source src, ds_attribution *out)
{
    uint32_t np_end, head = head_of(s, src, &np_end);
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

/* "Doctors in Gaza", "a family in the suburbs of New York": the place of those who have no name. */
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

ds_status source_name(const scan *s, source src, const ds_attribution *earlier, size_t n,
                      ds_attribution *out)
{
    if (known_person(s, src, out) || stands_for(s, src, out))
        return DS_OK;
    if (src.beg + 1 == src.end && upos_at(s, src.beg) == DS_PRON) {
        resolve_pronoun(s, src.beg, earlier, n, out);
        return DS_OK;
    }
    uint32_t np_end, head = head_of(s, src, &np_end), from;
    role_class role = role_of(s, head);
    if (head > src.beg && capital(s, head) && !(tok_at(s, head)->flags & DS_TF_ALLCAP) &&
        (role == ROLE_EVIDENCE || role == ROLE_ANONYMOUS || role == ROLE_OUTLET))
        role = ROLE_NO; /* the Geological Survey is no survey, the Post no post */
    if (person_part(s, src.beg, np_end, &from)) {
        set_holder(out, DS_HOLDER_NAMED,
                   whole_person(s, name_text(s, from, np_end), tok_at(s, from)->span.beg),
                   (ds_str){0});
        return DS_OK;
    }
    if ((role == ROLE_EVIDENCE || role == ROLE_ANONYMOUS) &&
        evidence_from(s, head, np_end, src, out))
        return DS_OK;
    if (definite(s, src.beg, head) && head == src.beg + 1 && src.end == head + 1 &&
        (role == ROLE_EVIDENCE || role == ROLE_ANONYMOUS) && document_of(s, head, earlier, n, out))
        return DS_OK;
    if (role == ROLE_OUTLET && definite(s, src.beg, head) && src.end == head + 1) {
        ds_str paper = last_outlet(s, tok_at(s, src.beg)->span.beg);
        if (paper.at) {
            set_holder(out, DS_HOLDER_NAMED, paper, (ds_str){0});
            return DS_OK;
        }
    }
    ds_str actor = actor_of(s, src.beg, np_end), name = name_text(s, src.beg, src.end);
    if (!name.at)
        return DS_NOMEM;
    bool proper = names_one(s, src, head);
    if (role == ROLE_EVIDENCE || role == ROLE_ANONYMOUS || kept_unnamed(s, src.beg, np_end)) {
        set_holder(out, DS_HOLDER_ANONYMOUS, name, actor);
    } else if (role == ROLE_ROLE && !capital(s, head)) {
        set_holder(out, proper ? DS_HOLDER_NAMED : DS_HOLDER_ROLE, name, actor);
    } else if (proper) {
        bool one = np_end == src.end && np_end == src.beg + 1 && !actor.at;
        set_holder(out, DS_HOLDER_NAMED,
                   one ? whole_person(s, name, tok_at(s, src.beg)->span.beg) : name, actor);
    } else {
        bool persons = role == ROLE_ROLE || is_person(s, head);
        set_holder(out, persons ? DS_HOLDER_ROLE : DS_HOLDER_ANONYMOUS, name, actor);
    }
    return DS_OK;
}
