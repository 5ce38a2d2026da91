/* SPDX-License-Identifier: Apache-2.0 */
/* speakers.c - which organizations a named holder speaks for, as the sentences with figures introduce them (O7): "Ada Holm of the
 * Vask Relief Agency", "Vask Relief Agency spokeswoman Ada Holm", "the agency's head, Ada Holm". */
#include "internal.h"

#define REACH 12     /* words between a name and the organization that introduces it */
#define BODY_WORDS 4 /* the longest organization looked up */

typedef struct texts {
    const ds_table *actors;
    const ds_phrases *actors_p, *roles_p;
    ds_map *names; /* last two words of a holder, lower case -> holder */
} texts;

typedef struct sentence_words {
    ds_str low;
    DS_VEC(ds_span) at;
} sentence_words;

static bool in_word(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           (unsigned char)c >= 0x80 || c == '-' || c == '.';
}

static ds_status split(ds_arena *a, ds_str low, sentence_words *out)
{
    *out = (sentence_words){.low = low};
    for (size_t i = 0; i < low.len;) {
        while (i < low.len && !in_word(low.at[i]))
            i++;
        size_t beg = i, end;
        while (i < low.len && in_word(low.at[i]))
            i++;
        for (end = i; end > beg && low.at[end - 1] == '.';)
            end--;
        if (end > beg)
            DS_TRY(DS_PUSH(a, &out->at, ((ds_span){(uint32_t)beg, (uint32_t)end})));
    }
    return DS_OK;
}

static ds_str word_at(const sentence_words *s, size_t i)
{
    return ds_str_at(s->low, s->at.at[i]);
}

/* Bytes between two words: a comma ends an apposition. */
static bool comma_between(const sentence_words *s, size_t i, size_t j)
{
    return ds_str_find(ds_str_cut(s->low, s->at.at[i].end, s->at.at[j].beg), DS_STR(","), 0) >= 0;
}

/* Normal name of the organization that begins at word i, absent if none does; *n is how many words it has. */
static ds_str body_at(const texts *t, const sentence_words *s, size_t i, size_t *n)
{
    ds_str found = {0};
    for (size_t k = i; k < s->at.len && k < i + BODY_WORDS; k++) {
        int64_t row =
            ds_phrase_find(t->actors_p, ds_str_cut(s->low, s->at.at[i].beg, s->at.at[k].end));
        ds_str kind = row >= 0 ? ds_table_cell(t->actors, (uint32_t)row, 2) : (ds_str){0};
        if (ds_str_eq(kind, DS_STR("organization"))) {
            found = ds_table_cell(t->actors, (uint32_t)row, 1);
            *n = k - i + 1;
        }
    }
    return found;
}

static bool is_role(const texts *t, ds_str word)
{
    return ds_phrase_find(t->roles_p, word) >= 0;
}

static bool links(ds_str word)
{
    static const char *const words[] = {"of", "from", "for", "at", "with"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (ds_str_eq(word, ds_str_of(words[i])))
            return true;
    return false;
}

static ds_status add_body(rc *r, uint32_t holder, ds_str body)
{
    rc_bodies *b = &r->bodies[holder];
    for (size_t i = 0; i < b->len; i++)
        if (ds_str_eq(b->at[i], body))
            return DS_OK;
    return DS_PUSH(r->a, b, body);
}

/* "Ada Holm, head of operations for the Agency": the name ends at word i, the apposition runs to the next comma. */
static ds_status read_after(rc *r, const texts *t, const sentence_words *s, size_t i, uint32_t h)
{
    bool comma = i < s->at.len && comma_between(s, i - 1, i), role = false;
    if (i >= s->at.len || (!comma && !links(word_at(s, i))))
        return DS_OK;
    for (size_t k = i; k < s->at.len && k < i + REACH; k++) {
        size_t n = 1;
        if (k > i && comma_between(s, k - 1, k))
            break;
        role |= !comma || is_role(t, word_at(s, k));
        ds_str body = body_at(t, s, k, &n);
        if (body.len && role)
            DS_TRY(add_body(r, h, body));
        k += n - 1;
    }
    return DS_OK;
}

/* "Agency spokeswoman Ada Holm", "the Agency's head, Ada Holm": the name begins at word i. */
static ds_status read_before(rc *r, const texts *t, const sentence_words *s, size_t i, uint32_t h)
{
    bool role = false;
    size_t from = i > REACH ? i - REACH : 0, n;
    for (size_t k = i; k-- > from;) {
        if (k + 1 < i && comma_between(s, k, k + 1))
            break;
        role |= is_role(t, word_at(s, k));
        ds_str body = role ? body_at(t, s, k, &n) : (ds_str){0};
        if (body.len)
            DS_TRY(add_body(r, h, body));
    }
    return DS_OK;
}

static ds_status read_sentence(rc *r, const texts *t, ds_str sentence)
{
    sentence_words s;
    ds_str low = ds_ascii_lower(r->a, sentence);
    if (sentence.len && !low.at)
        return DS_NOMEM;
    DS_TRY(split(r->a, low, &s));
    for (size_t i = 0; i + 1 < s.at.len; i++) {
        uint64_t h;
        ds_str two = ds_str_cut(low, s.at.at[i].beg, s.at.at[i + 1].end);
        if (ds_map_get(t->names, two, &h) != DS_OK)
            continue;
        DS_TRY(read_before(r, t, &s, i, (uint32_t)h));
        DS_TRY(read_after(r, t, &s, i + 2, (uint32_t)h));
    }
    return DS_OK;
}

/* The last two words of a name of two or more; absent: it has fewer. */
static ds_str last_two(ds_str low)
{
    size_t i = low.len;
    int blanks = 0;
    while (i > 0 && (blanks += low.at[i - 1] == ' ') < 2)
        i--;
    return blanks ? ds_str_cut(low, i, low.len) : (ds_str){0};
}

static ds_status know_holders(rc *r, texts *t)
{
    const ds_who *who = &r->story->who;
    for (uint32_t h = 0; h < who->holders_len; h++) {
        if (who->holders[h].kind != DS_HOLDER_NAMED)
            continue;
        ds_str low = ds_ascii_lower(r->a, who->holders[h].name);
        if (!low.at)
            return DS_NOMEM;
        int64_t row = ds_phrase_find(t->actors_p, low);
        if (row >= 0 &&
            ds_str_eq(ds_table_cell(t->actors, (uint32_t)row, 2), DS_STR("organization")))
            DS_TRY(add_body(r, h, ds_table_cell(t->actors, (uint32_t)row, 1)));
        else if (last_two(low).len)
            DS_TRY(ds_map_put(t->names, last_two(low), h));
    }
    return DS_OK;
}

ds_status rc_speakers_read(rc *r)
{
    texts t = {ds_lexicon_table(r->lex, "actors"), ds_lexicon_phrases(r->lex, "actors"),
               ds_lexicon_phrases(r->lex, "roles"), ds_map_new(r->a, 0)};
    r->bodies = ds_arena_calloc(r->a, r->story->who.holders_len, sizeof *r->bodies);
    if (!t.names || !r->bodies)
        return DS_NOMEM;
    if (!t.actors || !t.actors_p || !t.roles_p)
        return DS_OK;
    DS_TRY(know_holders(r, &t));
    for (size_t i = 0; i < r->rows_len; i++) {
        const rc_row *x = &r->rows[i];
        bool again =
            i > 0 && r->rows[i - 1].member == x->member && r->rows[i - 1].c->number == x->c->number;
        if (!again)
            DS_TRY(read_sentence(r, &t, x->c->sentence));
    }
    return DS_OK;
}
