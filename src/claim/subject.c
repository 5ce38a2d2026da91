/* SPDX-License-Identifier: Apache-2.0 */
/* The counted thing, resolved: "South African troops" -> subject "South African soldiers", actor "South Africa". */
#include "claim/internal.h"

#include <ctype.h>

typedef struct words { /* tokens of a noun phrase and the actor word inside it */
    uint32_t beg, end;
    uint32_t actor_beg, actor_end; /* equal: none */
    uint32_t actor_row;
} words;

static words phrase_words(const claimer *c, ds_span noun)
{
    words w = {token_at_byte(c, noun.beg), token_at_byte(c, noun.end), 0, 0, 0};
    for (uint32_t i = w.beg; i < w.end; i++) {
        uint32_t row, n = ds_phrase_at(c->actors_p, c->doc->toks, i, w.end, &row);
        ds_str kind = n ? ds_table_cell(c->actors_t, row, 2) : (ds_str){0};
        bool acronym =
            ds_str_eq(kind, DS_STR("acronym")) && !(c->doc->toks[i].flags & DS_TF_ALLCAP);
        if (n && !acronym && !ds_str_eq(kind, DS_STR("region"))) {
            w.actor_beg = i;
            w.actor_end = i + n;
            w.actor_row = row;
            break;
        }
    }
    return w;
}

/* The adjective of an actor ("Russia" -> "Russian"): the first adjective row of that actor, with a capital. */
static ds_str adjective_of(const claimer *c, ds_str actor)
{
    for (uint32_t r = 0; r < c->actors_t->rows; r++) {
        if (!ds_str_eq(ds_table_cell(c->actors_t, r, 1), actor) ||
            !ds_str_eq(ds_table_cell(c->actors_t, r, 2), DS_STR("adjective")))
            continue;
        ds_str word = ds_table_cell(c->actors_t, r, 0);
        ds_buf b = ds_buf_new(c->arena);
        for (size_t i = 0; i < word.len; i++) {
            bool first = i == 0 || word.at[i - 1] == ' ';
            bool small = word.at[i] >= 'a' && word.at[i] <= 'z';
            ds_buf_putc(&b, first && small ? (char)(word.at[i] - ('a' - 'A')) : word.at[i]);
        }
        return ds_buf_str(&b);
    }
    return actor;
}

static ds_str canon_head(const claimer *c, ds_str head)
{
    int64_t row = ds_phrase_find(c->nouns_p, head);
    ds_str canon = row >= 0 ? ds_table_cell(c->nouns_t, (uint32_t)row, 2) : (ds_str){0};
    return canon.at && canon.len ? canon : head;
}

static ds_str plural(const claimer *c, ds_str head)
{
    static const struct {
        const char *one, *many;
    } odd[] = {{"people", "people"},       {"man", "men"},
               {"woman", "women"},         {"child", "children"},
               {"aircraft", "aircraft"},   {"police", "police"},
               {"military", "military"},   {"staff", "staff"},
               {"personnel", "personnel"}, {"cattle", "cattle"},
               {"livestock", "livestock"}, {"sheep", "sheep"},
               {"deer", "deer"},           {"family", "families"},
               {"baby", "babies"},         {"prisoner of war", "prisoners of war"},
               {"body", "bodies"},         {"wife", "wives"},
               {"thief", "thieves"},       {"knife", "knives"}};
    for (size_t i = 0; i < sizeof odd / sizeof *odd; i++)
        if (ds_str_eq(head, ds_str_of(odd[i].one)))
            return ds_str_of(odd[i].many);
    if (ds_str_ends(head, DS_STR("s")))
        return head;
    if (ds_str_ends(head, DS_STR("man")) && !ds_str_ends(head, DS_STR("human")))
        return ds_arena_printf(c->arena, "%.*smen", (int)head.len - 3, head.at);
    if (head.len > 1 && head.at[head.len - 1] == 'y' && !strchr("aeiou", head.at[head.len - 2]))
        return ds_arena_printf(c->arena, "%.*sies", (int)head.len - 1, head.at);
    bool es = ds_str_ends(head, DS_STR("sh")) || ds_str_ends(head, DS_STR("ch")) ||
              ds_str_ends(head, DS_STR("x"));
    return ds_arena_printf(c->arena, "%.*s%s", DS_FMT(head), es ? "es" : "s");
}

/* One of the last claims of the article about people of that actor (any actor when it is absent). */
static const ds_claim *earlier(const claimer *c, ds_str actor, uint32_t since_sentence)
{
    size_t beg = look_back_to(c->claims.len);
    for (size_t i = c->claims.len; i > beg; i--) {
        const ds_claim *e = &c->claims.at[i - 1];
        if (e->number < since_sentence || !e->subject.at)
            continue;
        bool person = ds_str_eq(e->unit, DS_STR("person")) || ds_str_eq(e->unit, DS_STR("ratio"));
        if (person && (!actor.at || ds_str_eq(e->actor, actor)))
            return e;
    }
    return NULL;
}

/* As names are written: "who" is not the World Health Organization, "us" no country. */
static bool is_written_as_name(const claimer *c, uint32_t tok, ds_str kind)
{
    unsigned want = ds_str_eq(kind, DS_STR("acronym")) ? DS_TF_ALLCAP : DS_TF_CAP;
    return (c->doc->toks[tok].flags & want) != 0;
}

/* Who acts on the counted ones: "Russia has been recruiting 20,000 soldiers" counts Russians. */
static ds_str agent_actor(const claimer *c, const trigger *t)
{
    if (t->tok == UINT32_MAX || t->pos != TP_VERB)
        return (ds_str){0};
    static const char *const own[] = {"recruited", "deployed", "losses",
                                      "withdrawn", "trained",  "reinforcement"};
    ds_str measure = ds_table_cell(c->triggers_t, t->row, 1);
    bool fits = false;
    for (size_t i = 0; i < sizeof own / sizeof *own; i++)
        fits |= ds_str_eq(measure, ds_str_of(own[i]));
    uint32_t i = t->tok;
    while (fits && i > c->sent->tok && (upos_at(c, i - 1) == DS_AUX || upos_at(c, i - 1) == DS_ADV))
        i--;
    for (uint32_t back = i; fits && back > c->sent->tok && back + 3 > i; back--) {
        uint32_t row;
        if (ds_phrase_at(c->actors_p, c->doc->toks, back - 1, i, &row) == i - (back - 1) &&
            is_written_as_name(c, back - 1, ds_table_cell(c->actors_t, row, 2)))
            return ds_table_cell(c->actors_t, row, 1);
    }
    return (ds_str){0};
}

/* First actor of the sentence before the figure: the subject of a count that names none. */
static ds_str sentence_actor(const claimer *c, const ds_quantity *q)
{
    for (uint32_t i = c->sent->tok; i < q->tok; i++) {
        uint32_t row, n = ds_phrase_at(c->actors_p, c->doc->toks, i, q->tok, &row);
        ds_str kind = n ? ds_table_cell(c->actors_t, row, 2) : (ds_str){0};
        if (n && is_written_as_name(c, i, kind) &&
            (ds_str_eq(kind, DS_STR("adjective")) || ds_str_eq(kind, DS_STR("country"))))
            return ds_table_cell(c->actors_t, row, 1);
    }
    return (ds_str){0};
}

static void inherit(const ds_claim *from, ds_claim *out)
{
    out->subject = from->subject;
    out->actor = from->actor;
}

/* Words that make the counted ones a part: "special forces", "the first group". */
static bool marks_part(ds_str head)
{
    return ds_str_eq(head, DS_STR("special force"));
}

/* Is the head of the counted phrase the trigger itself: "one POW", "12 fatalities"? Then it does not say of whom. */
static bool names_measure(const trigger *t, const words *w)
{
    return t->tok != UINT32_MAX && t->pos == TP_NOUN && t->end == w->end;
}

static const ds_claim *same_measure(const claimer *c, const trigger *t)
{
    ds_str measure = ds_table_cell(c->triggers_t, t->row, 1);
    size_t beg = look_back_to(c->claims.len);
    for (size_t i = c->claims.len; i > beg; i--)
        if (ds_str_eq(c->claims.at[i - 1].measure, measure) && c->claims.at[i - 1].subject.at)
            return &c->claims.at[i - 1];
    return NULL;
}

static ds_str with_first(const claimer *c, ds_str s, int (*how)(int))
{
    ds_str out = ds_arena_str(c->arena, s);
    if (out.at && out.len)
        ((char *)out.at)[0] = (char)how((unsigned char)out.at[0]);
    return out;
}

/* "two Varners", whom no list knows: as the text writes them, where it does not write every word so. */
static ds_str as_written(const claimer *c, const ds_quantity *q, ds_str head)
{
    words w = phrase_words(c, q->noun);
    bool known = ds_phrase_find(c->nouns_p, q->head) >= 0;
    bool may =
        !known && c->sent->part != DS_PART_TITLE && w.end > w.beg && w.end - 1 > c->sent->tok;
    if (!may || !(c->doc->toks[w.end - 1].flags & DS_TF_CAP) || upos_at(c, w.end - 1) != DS_PROPN)
        return head;
    return with_first(c, head, toupper);
}

static ds_status from_phrase(claimer *c, const ds_quantity *q, const trigger *t, ds_claim *out)
{
    words w = phrase_words(c, q->noun);
    ds_str kind =
        w.actor_end > w.actor_beg ? ds_table_cell(c->actors_t, w.actor_row, 2) : (ds_str){0};
    if (kind.at)
        out->actor = ds_table_cell(c->actors_t, w.actor_row, 1);
    bool person = q->cls == DS_NC_PERSON || q->cls == DS_NC_SOLDIER;
    if (kind.at &&
        ds_str_eq(
            kind,
            DS_STR("demonym"))) { /* "two South Africans": as earlier, where the page has told */
        const ds_claim *e = earlier(c, out->actor, 0);
        out->subject =
            e ? e->subject
              : ds_arena_str(c->arena, ds_str_cut(c->doc->text, c->doc->toks[w.actor_beg].span.beg,
                                                  c->doc->toks[w.actor_end - 1].span.end));
        return out->subject.at ? DS_OK : DS_NOMEM;
    }
    const ds_claim *same = !kind.at && names_measure(t, &w) ? same_measure(c, t) : NULL;
    if (same) {
        inherit(same, out);
        return DS_OK;
    }
    ds_str head = plural(c, canon_head(c, q->head));
    head = head.at ? as_written(c, q, head) : head;
    if (!head.at)
        return DS_NOMEM;
    if (!kind.at && person) {
        ds_str agent = agent_actor(c, t);
        if (!agent.at && q->cls == DS_NC_SOLDIER) {
            const ds_claim *e = earlier(c, (ds_str){0}, c->sent->number ? c->sent->number - 1 : 0);
            agent = e ? e->actor : sentence_actor(c, q);
        }
        out->actor = agent;
    }
    out->part_of_whole = marks_part(q->head);
    if (out->actor.at && person) {
        out->subject = ds_arena_printf(c->arena, "%.*s %.*s", DS_FMT(adjective_of(c, out->actor)),
                                       DS_FMT(head));
    } else if (person || q->kind == DS_Q_COUNT) {
        out->subject = head;
    } else {
        out->subject = ds_arena_str(c->arena, ds_str_at(c->doc->text, q->noun));
    }
    return out->subject.at ? DS_OK : DS_NOMEM;
}

/* The noun phrase after "of" behind a measure, {0,0} if none. */
static ds_span after_of(const claimer *c, const ds_quantity *q)
{
    uint32_t i = q->tok_end;
    if (i + 1 >= c->sent->tok_end || !norm_is(c, i, "of"))
        return (ds_span){0, 0};
    uint32_t beg = ++i;
    while (beg < c->sent->tok_end && upos_at(c, beg) == DS_DET)
        beg++;
    for (i = beg; i < c->sent->tok_end; i++)
        if (upos_at(c, i) != DS_NOUN && upos_at(c, i) != DS_PROPN && upos_at(c, i) != DS_ADJ)
            break;
    return i > beg ? (ds_span){c->doc->toks[beg].span.beg, c->doc->toks[i - 1].span.end}
                   : (ds_span){0, 0};
}

/* The subject of the clause for measures of length, time and money: "They were transported nearly 7,000 km". */
static ds_status of_clause(claimer *c, const ds_quantity *q, ds_claim *out)
{
    ds_span of = after_of(c, q); /* "three years of war", "7,000 km of road" */
    if (of.end) {
        out->subject = ds_arena_str(c->arena, ds_str_at(c->doc->text, of));
        return out->subject.at ? DS_OK : DS_NOMEM;
    }
    const ds_claim *e = NULL;
    if (upos_at(c, c->sent->tok) == DS_PRON)
        e = earlier(c, (ds_str){0}, c->sent->number ? c->sent->number - 1 : 0);
    if (e) {
        inherit(e, out);
        return DS_OK;
    }
    uint32_t i = c->sent->tok;
    while (i < q->tok && upos_at(c, i) != DS_NOUN && upos_at(c, i) != DS_PROPN)
        i++;
    uint32_t end = i;
    while (end < q->tok &&
           (upos_at(c, end) == DS_NOUN || upos_at(c, end) == DS_PROPN || upos_at(c, end) == DS_ADJ))
        end++;
    if (end > i) {
        ds_str said =
            ds_str_cut(c->doc->text, c->doc->toks[i].span.beg, c->doc->toks[end - 1].span.end);
        bool opens = i == c->sent->tok && upos_at(c, i) == DS_NOUN && said.len > 1 &&
                     said.at[1] >= 'a' && said.at[1] <= 'z';
        out->subject = opens ? with_first(c, said, tolower) : ds_arena_str(c->arena, said);
    }
    out->actor = sentence_actor(c, q);
    return DS_OK;
}

ds_status subject_of(claimer *c, const ds_quantity *q, const trigger *t, ds_claim *out)
{
    /* "16 tugs, and 10 are sunk": of things that the figure before it counted, the words are known without a phrase */
    bool things = q->head.at && !ds_str_eq(q->unit, DS_STR("person"));
    bool refers =
        (!q->noun.end && !things) || q->cls == DS_NC_NUMBER || (q->anaphor && q->cls == DS_NC_NONE);
    if (q->kind == DS_Q_COUNT || q->kind == DS_Q_RATIO) {
        if (!refers)
            return from_phrase(c, q, t, out);
        if (q->implicit && q->delta) { /* with himself they are no longer his sons alone */
            out->subject = DS_STR("people");
            return DS_OK;
        }
        const ds_claim *e = earlier(c, (ds_str){0}, c->sent->number > 2 ? c->sent->number - 2 : 0);
        if (!e)
            e = earlier(c, (ds_str){0}, 0);
        if (e) {
            inherit(e, out);
            return DS_OK;
        }
        out->subject = DS_STR("people");
        return DS_OK;
    }
    return of_clause(c, q, out);
}
