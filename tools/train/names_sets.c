/* SPDX-License-Identifier: Apache-2.0 */
/* names_sets.c - documents with labels, and sets of two columns. Labels that a set does not know stay open. */
#include "files.h"
#include "names.h"

enum { BLOCK = 12 }; /* sentences that are taken for one document where the set does not say */

/* ---- building -------------------------------------------------------------------------------------------- */

void names_add(names_builder *b, ds_str word, bool space, uint16_t allowed)
{
    nm_word w = {.text = ds_arena_str(b->s->a, word), .flags = space ? NM_SPACE : 0};
    train_must(w.text.at && DS_PUSH(b->s->a, &b->words, w) == DS_OK &&
               DS_PUSH(b->s->a, &b->allowed, allowed) == DS_OK);
}

void names_end_sentence(names_builder *b)
{
    uint32_t beg = b->sents.len ? b->sents.at[b->sents.len - 1].end : 0;
    nm_range s = {beg, (uint32_t)b->words.len};
    train_must(s.beg == s.end || DS_PUSH(b->s->a, &b->sents, s) == DS_OK);
}

static bool is_one(uint16_t allowed, bool inside)
{
    for (unsigned l = 1; l < NM_LABELS; l++)
        if (allowed == names_bit((uint8_t)l))
            return nm_inside(l) == inside;
    return false;
}

static bool is_title(const nm_word *w)
{
    return nm_marks(w) & (GZ_BIT(GZ_TITLE) | GZ_BIT(GZ_ROLE)) && !(w->gz.one & GZ_BIT(GZ_GIVEN));
}

/* "President Yoon" is the name Yoon, "the President" none. */
static void strip_titles(names_builder *b, const nm_text *t, size_t beg, size_t end)
{
    const uint16_t person = names_bit(nm_label(DS_NAME_PERSON, false)), none = names_bit(0);
    size_t i = beg;
    if (end == beg + 1) {
        if (is_title(&t->words[beg]) && !(t->words[beg].gz.one & GZ_BIT(GZ_FAMILY)))
            b->allowed.at[beg] = none;
        return;
    }
    while (i + 1 < end && is_title(&t->words[i]))
        b->allowed.at[i++] = none;
    b->allowed.at[i] = person;
}

/* What may stand where a set says "no name". */
static uint16_t open_label(const names_builder *b, const nm_word *w, uint16_t allowed)
{
    const uint16_t group = names_bit(nm_label(DS_NAME_GROUP, false)),
                   on = names_bit(nm_label(DS_NAME_OTHER, true));
    if (!(w->flags & NM_CAP))
        return names_bit(0) | (allowed != names_bit(0) && w->flags & NM_JOIN ? on : 0);
    if (w->flags & NM_CLOSED && w->flags & NM_FIRST)
        return names_bit(0);
    if (w->gz.one & (GZ_BIT(GZ_ADJECTIVE) | GZ_BIT(GZ_PEOPLE)))
        return (uint16_t)(group | (w->gz.one & GZ_BIT(GZ_FAMILY) ? names_bit(0) : 0));
    if (w->gz.one & GZ_BIT(GZ_GROUP) && b->set != NAMES_WIKIGOLD)
        return allowed | group;
    return allowed;
}

static bool is_group(const nm_word *w)
{
    return w->flags & NM_CAP && w->gz.one & GZ_GROUPS && !(w->gz.one & GZ_PLACES);
}

static void mend_name(names_builder *b, const nm_text *t, size_t beg, size_t end)
{
    const uint16_t group = names_bit(nm_label(DS_NAME_GROUP, false));
    if (b->allowed.at[beg] == names_bit(nm_label(DS_NAME_PERSON, false)))
        strip_titles(b, t, beg, end);
    if (end == beg + 1 && is_group(&t->words[beg]) &&
        b->allowed.at[beg] != names_bit(nm_label(DS_NAME_ORG, false)))
        b->allowed.at[beg] = group;
}

static void mend(names_builder *b, const nm_text *t)
{
    for (size_t i = 0, end; i < t->len; i = end) {
        end = i + 1;
        if (is_one(b->allowed.at[i], false)) {
            while (end < t->len && is_one(b->allowed.at[end], true))
                end++;
            mend_name(b, t, i, end);
        } else if (b->allowed.at[i] & names_bit(0)) {
            b->allowed.at[i] = open_label(b, &t->words[i], b->allowed.at[i]);
        }
    }
}

void names_end_doc(names_builder *b)
{
    names_doc d = {.set = b->set, .weight = 1};
    if (b->words.len) {
        d.text = (nm_text){.words = b->words.at,
                           .len = b->words.len,
                           .sents = b->sents.at,
                           .sents_len = b->sents.len};
        train_must(nm_look(b->s->a, b->s->g, b->s->classes, &d.text) == DS_OK);
        mend(b, &d.text);
        d.allowed = b->allowed.at;
        train_must(DS_PUSH(b->s->a, b->s->out, d) == DS_OK);
    }
    *b = (names_builder){.s = b->s, .set = b->set};
}

/* ---- two columns ------------------------------------------------------------------------------------------ */

static int type_of(ds_str label)
{
    static const struct {
        const char *name;
        ds_name_type type;
    } types[] = {{"PER", DS_NAME_PERSON},
                 {"ORG", DS_NAME_ORG},
                 {"LOC", DS_NAME_PLACE},
                 {"MISC", DS_NAME_OTHER}};
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (ds_str_eq(label, ds_str_of(types[i].name)))
            return (int)types[i].type;
    return -1;
}

/* Cut at hyphens, as the program cuts words: "techno-based". */
static void add_pieces(names_builder *b, ds_str word, uint16_t one, uint16_t on)
{
    size_t beg = 0;
    for (size_t i = 0; i <= word.len; i++) {
        bool hyphen = i > 0 && i + 1 < word.len && word.at[i] == '-' && word.at[i - 1] != '-' &&
                      word.at[i + 1] != '-';
        if (i < word.len && !hyphen)
            continue;
        names_add(b, ds_str_cut(word, beg, i), beg == 0, one);
        one = on;
        if (hyphen)
            names_add(b, ds_str_cut(word, i, i + 1), false, on);
        beg = i + 1;
    }
}

static void add_line(names_builder *b, ds_str line, ds_str *last)
{
    const uint16_t none = b->set == NAMES_UNER
                              ? names_bit(0) | names_bit(nm_label(DS_NAME_OTHER, false)) |
                                    names_bit(nm_label(DS_NAME_OTHER, true))
                              : names_bit(0);
    size_t gap = 0;
    while (gap < line.len && line.at[gap] != ' ' && line.at[gap] != '\t')
        gap++;
    ds_str word = ds_str_cut(line, 0, gap), label = ds_str_cut(line, gap + 1, line.len),
           type = ds_str_cut(label, 2, label.len);
    int t = type_of(type);
    if (t < 0) {
        *last = (ds_str){0};
        add_pieces(b, word, none, none);
        return;
    }
    bool inside = label.at[0] == 'I' && ds_str_eq(*last, type);
    *last = type;
    add_pieces(b, word, names_bit(nm_label((ds_name_type)t, inside)),
               names_bit(nm_label((ds_name_type)t, true)));
}

bool names_read_columns(names_source *s, const char *path, names_set set)
{
    names_builder b = {.s = s, .set = set};
    ds_str text = train_slurp(s->a, path), last = {0};
    size_t sents = 0;
    for (size_t beg = 0, end; beg < text.len; beg = end + 1) {
        for (end = beg; end < text.len && text.at[end] != '\n';)
            end++;
        ds_str line = ds_str_trim(ds_str_cut(text, beg, end));
        if (line.len) {
            add_line(&b, line, &last);
            continue;
        }
        names_end_sentence(&b);
        last = (ds_str){0};
        if (++sents % BLOCK == 0)
            names_end_doc(&b);
    }
    names_end_sentence(&b);
    names_end_doc(&b);
    if (!text.at)
        fprintf(stderr, "train: %s: cannot be read\n", path);
    return text.at;
}
