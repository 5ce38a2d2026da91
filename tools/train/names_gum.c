/* SPDX-License-Identifier: Apache-2.0 */
/* names_gum.c - names out of the mentions of entities in the treebank GUM: those whose head is a PROPN, without what describes
 * them ("conquistador leader Montejo" is Montejo; "Los Angeles, California" are two). */
#include <stdlib.h>

#include "conllu.h"
#include "files.h"
#include "names.h"

enum { MENTIONS_MOST = 512, COUNTRY_WORDS = 8 };

typedef struct mention {
    ds_str id, type;
    uint32_t beg, end; /* words of the sentence; end 0: still open */
} mention;

typedef struct row {
    ds_str form;
    uint32_t head; /* from 1; 0: root */
    bool propn, det, space;
} row;

typedef struct gum {
    names_builder b;
    DS_VEC(row) rows;
    mention mentions[MENTIONS_MOST];
    size_t mentions_len;
    bool glue; /* no space before the next word */
} gum;

/* ---- the column: "(1-person-new", "(2-place-...)", "1)" ------------------------------------------------------ */

static ds_str piece(ds_str s, size_t n)
{
    size_t beg = 0;
    for (size_t i = 0; i <= s.len; i++) {
        if (i < s.len && s.at[i] != '-')
            continue;
        if (n-- == 0)
            return ds_str_cut(s, beg, i);
        beg = i + 1;
    }
    return (ds_str){0};
}

static void open_mention(gum *g, ds_str body, bool one_word)
{
    uint32_t at = (uint32_t)g->rows.len;
    if (g->mentions_len < MENTIONS_MOST)
        g->mentions[g->mentions_len++] =
            (mention){piece(body, 0), piece(body, 1), at, one_word ? at + 1 : 0};
}

static void close_mention(gum *g, ds_str id)
{
    for (size_t k = g->mentions_len; k-- > 0;)
        if (!g->mentions[k].end && ds_str_eq(g->mentions[k].id, id)) {
            g->mentions[k].end = (uint32_t)g->rows.len + 1;
            return;
        }
}

static void read_entities(gum *g, ds_str e)
{
    for (size_t i = 0, end; i < e.len; i = end) {
        bool opens = e.at[i] == '(';
        for (end = i + 1; end < e.len && e.at[end] != '(' && e.at[end] != ')';)
            end++;
        bool closes = end < e.len && e.at[end] == ')';
        if (opens)
            open_mention(g, ds_str_cut(e, i + 1, end), closes);
        else
            close_mention(g, ds_str_cut(e, i, end));
        end += closes;
    }
}

/* ---- names ------------------------------------------------------------------------------------------------- */

static int type_of(ds_str t)
{
    static const struct {
        const char *name;
        ds_name_type type;
    } types[] = {
        {"person", DS_NAME_PERSON}, {"organization", DS_NAME_ORG}, {"place", DS_NAME_PLACE},
        {"event", DS_NAME_OTHER},   {"object", DS_NAME_OTHER},     {"abstract", DS_NAME_OTHER},
        {"animal", DS_NAME_OTHER},  {"plant", DS_NAME_OTHER},      {"substance", DS_NAME_OTHER}};
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (ds_str_eq(t, ds_str_of(types[i].name)))
            return (int)types[i].type;
    return -1; /* times */
}

static bool one_of(ds_str s, const char *const *list)
{
    for (; *list; list++)
        if (ds_str_eq(s, ds_str_of(*list)))
            return true;
    return false;
}

static bool of_name(const gum *g, uint32_t i)
{
    const row *r = &g->rows.at[i];
    char c = r->form.at[0];
    return r->propn || (i > 0 && ((c >= 'A' && c <= 'Z') || (unsigned char)c >= 0xC3)) ||
           (c >= '0' && c <= '9');
}

/* Words in small letters inside names. */
static bool joins(const gum *g, uint32_t i, bool person)
{
    static const char *const any[] = {"-",   "of",  "the", "and", "&",  "for",           "de",
                                      "la",  "del", "du",  "des", "al", "\xE2\x80\x93",  "bin",
                                      "von", "van", "der", "el",  "'s", "\xE2\x80\x99s", "on",
                                      "di",  "da",  NULL};
    static const char *const persons[] = {"-",   "de",  "la", "del", "al", "bin", "von",
                                          "van", "der", "el", "da",  "di", NULL};
    return one_of(g->rows.at[i].form, person ? persons : any);
}

/* "Turkey 's Foreign Ministry": Turkey is a mention of its own; "People 's Daily" is one name. */
static bool parts(const gum *g, uint32_t i)
{
    ds_str s = g->rows.at[i].form;
    if (!ds_str_eq(s, DS_STR("'s")) && !ds_str_eq(s, DS_STR("\xE2\x80\x99s")))
        return false;
    for (size_t k = 0; k < g->mentions_len; k++)
        if (g->mentions[k].end == i || g->mentions[k].end == i + 1)
            return true;
    return false;
}

static uint32_t head_of(const gum *g, const mention *m)
{
    for (uint32_t i = m->beg; i < m->end; i++)
        if (g->rows.at[i].head <= m->beg || g->rows.at[i].head > m->end)
            return i;
    return m->end;
}

/* From the head to both sides, as far as capitals and what joins them go. */
static bool cut_name(const gum *g, mention *m)
{
    bool person = type_of(m->type) == DS_NAME_PERSON;
    uint32_t head = m->end ? head_of(g, m) : 0, beg = head, end = head + 1;
    if (type_of(m->type) < 0 || !m->end || head == m->end || !g->rows.at[head].propn)
        return false;
    for (uint32_t i = head; i-- > m->beg && (of_name(g, i) || joins(g, i, person)) && !parts(g, i);)
        beg = of_name(g, i) && !g->rows.at[i].det ? i : beg;
    for (uint32_t i = head + 1; i < m->end && (of_name(g, i) || joins(g, i, person)); i++)
        end = of_name(g, i) ? i + 1 : end;
    m->beg = beg;
    m->end = end;
    return true;
}

/* The treebank calls countries organizations where they act. */
static bool is_country(const gum *g, const mention *m)
{
    gz_word w[COUNTRY_WORDS];
    gz_marks marks[COUNTRY_WORDS] = {{0, 0, 0}};
    uint32_t n = m->end - m->beg;
    if (n > COUNTRY_WORDS)
        return false;
    for (uint32_t i = 0; i < n; i++)
        w[i] = (gz_word){gz_key(g->rows.at[m->beg + i].form), true, true};
    ds_gazetteer_mark(g->b.s->g, w, n, marks);
    return (n > 1 ? marks[0].beg & marks[n - 1].in : marks[0].one) & GZ_BIT(GZ_COUNTRY);
}

static int longer_first(const void *a, const void *b)
{
    const mention *x = a, *y = b;
    uint32_t m = x->end - x->beg, n = y->end - y->beg;
    if (m != n)
        return m > n ? -1 : 1;
    return x->beg < y->beg ? -1 : x->beg > y->beg;
}

static void label(gum *g, const mention *m, size_t base)
{
    uint16_t *allowed = g->b.allowed.at + base;
    int t = type_of(m->type);
    for (uint32_t i = m->beg; i < m->end; i++)
        if (allowed[i] != names_bit(0))
            return;
    if (t == DS_NAME_ORG && is_country(g, m))
        t = DS_NAME_PLACE;
    for (uint32_t i = m->beg; i < m->end; i++)
        allowed[i] = names_bit(nm_label((ds_name_type)t, i > m->beg));
}

static void end_sentence(gum *g)
{
    mention names[MENTIONS_MOST];
    size_t len = 0, base = g->b.words.len;
    for (size_t i = 0; i < g->rows.len; i++)
        names_add(&g->b, g->rows.at[i].form, g->rows.at[i].space, names_bit(0));
    for (size_t k = 0; k < g->mentions_len; k++) {
        names[len] = g->mentions[k];
        len += cut_name(g, &names[len]);
    }
    qsort(names, len, sizeof *names, longer_first);
    for (size_t k = 0; k < len; k++)
        label(g, &names[k], base);
    names_end_sentence(&g->b);
    g->rows.len = 0;
    g->mentions_len = 0;
}

static void read_word(gum *g, const conllu_row *r)
{
    ds_str misc = r->column[CONLLU_COLUMNS - 1], upos = r->column[CONLLU_UPOS];
    ptrdiff_t e = ds_str_find(misc, DS_STR("Entity="), 0),
              bar = e < 0 ? -1 : ds_str_find(misc, DS_STR("|"), (size_t)e);
    if (e >= 0)
        read_entities(g, ds_str_cut(misc, (size_t)e + 7, bar < 0 ? misc.len : (size_t)bar));
    row w = {.form = r->column[CONLLU_FORM],
             .head = (uint32_t)strtoul(r->column[CONLLU_HEAD].at, NULL, 10),
             .propn = ds_str_eq(upos, DS_STR("PROPN")),
             .det = ds_str_eq(upos, DS_STR("DET")),
             .space = !g->glue};
    g->glue = ds_str_find(misc, DS_STR("SpaceAfter=No"), 0) >= 0;
    train_must(DS_PUSH(g->b.s->a, &g->rows, w) == DS_OK);
}

bool names_read_gum(names_source *s, const char *path)
{
    gum g = {.b = {.s = s, .set = NAMES_GUM}};
    ds_str text = train_slurp(s->a, path);
    conllu_row r;
    for (size_t at = 0; conllu_next(text, &at, &r);) {
        if (r.kind == CONLLU_END)
            end_sentence(&g);
        else if (r.kind == CONLLU_WORD)
            read_word(&g, &r);
        else if (ds_str_starts(r.line, DS_STR("# newdoc")))
            names_end_doc(&g.b);
    }
    end_sentence(&g);
    names_end_doc(&g.b);
    if (!text.at)
        fprintf(stderr, "train: %s: cannot be read\n", path);
    return text.at;
}
