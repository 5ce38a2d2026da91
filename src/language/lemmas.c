/* SPDX-License-Identifier: Apache-2.0 */
#include "language/lemmas.h"

#include "language/language.h"

#include <unicode/uchar.h>

enum { WORD_MOST = 96 }; /* bytes; longer words are their own lemmas */

_Static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "sections are read in place");
_Static_assert(sizeof(ds_lemma_root) == 24 && sizeof(ds_lemma_edit) == 8, "as the format says");

/* ---- opening --------------------------------------------------------------------------------------- */

static ds_status bad(ds_err *err, const char *what)
{
    return ds_fail(err, DS_BAD, what, 0);
}

static bool edits_good(const ds_lemmas *m)
{
    for (uint32_t i = 0; i < m->head.edits; i++) {
        const ds_lemma_edit *e = &m->edits[i];
        ds_str text = {m->text + e->text, e->len};
        if (e->text > m->head.text || e->len > m->head.text - e->text || e->cas >= DS_LEMMA_CASES ||
            ds_utf8_check(text, NULL) != DS_OK)
            return false;
    }
    return true;
}

static bool nodes_good(const ds_lemmas *m)
{
    if (m->head.roots > m->head.nodes || m->first[0] != m->head.roots)
        return false;
    for (uint32_t i = 0; i < m->head.nodes; i++)
        if (m->first[i] > m->first[i + 1] || m->first[i + 1] > m->head.nodes ||
            (m->edit_of[i] != DS_LEMMA_NO_EDIT && m->edit_of[i] >= m->head.edits))
            return false;
    return m->first[m->head.nodes] == m->head.nodes;
}

static bool roots_good(ds_lemmas *m)
{
    for (uint32_t i = 0; i < m->head.roots; i++) {
        const ds_lemma_root *r = &m->roots[i];
        uint8_t xpos = ds_xpos_of((ds_str){r->xpos, strnlen(r->xpos, sizeof r->xpos)});
        if (r->group >= DS_LEMMA_GROUPS || xpos >= DS_LEMMA_XPOS_MOST)
            return false;
        for (int k = 0; k < DS_LOOKS; k++)
            if (r->cases[k] >= DS_LEMMA_CASES)
                return false;
        m->root_of[xpos][r->group] = (uint8_t)(i + 1);
    }
    return true;
}

/* Tags without a tree: names take that of NNP, auxiliaries that of other words. */
static void fill_roots(ds_lemmas *m)
{
    uint8_t name = m->root_of[ds_xpos_of(DS_STR("NNP"))][DS_LEMMA_NAME];
    for (int x = 0; x < DS_LEMMA_XPOS_MOST; x++) {
        uint8_t *of = m->root_of[x];
        of[DS_LEMMA_NAME] = of[DS_LEMMA_NAME] ? of[DS_LEMMA_NAME] : name;
        of[DS_LEMMA_AUX] = of[DS_LEMMA_AUX] ? of[DS_LEMMA_AUX] : of[DS_LEMMA_OTHER];
    }
}

ds_status ds_lemmas_open(ds_str section, ds_lemmas *out, ds_err *err)
{
    ds_lemmas m = {0};
    if (section.len < sizeof m.head || (uintptr_t)section.at % 4)
        return bad(err, "lemma: cut off");
    memcpy(&m.head, section.at, sizeof m.head);
    uint64_t roots = sizeof m.head, edits = roots + (uint64_t)m.head.roots * sizeof *m.roots,
             first = edits + (uint64_t)m.head.edits * sizeof *m.edits,
             edit_of = first + ((uint64_t)m.head.nodes + 1) * sizeof *m.first,
             byte = edit_of + (uint64_t)m.head.nodes * sizeof *m.edit_of,
             text = byte + m.head.nodes;
    if (text + m.head.text != section.len || m.head.roots > UINT8_MAX - 1)
        return bad(err, "lemma: its parts do not fill it");
    m.roots = (const ds_lemma_root *)(section.at + roots);
    m.edits = (const ds_lemma_edit *)(section.at + edits);
    m.first = (const uint32_t *)(section.at + first);
    m.edit_of = (const uint16_t *)(section.at + edit_of);
    m.byte = (const uint8_t *)(section.at + byte);
    m.text = section.at + text;
    if (!edits_good(&m) || !nodes_good(&m) || !roots_good(&m))
        return bad(err, "lemma: an entry is out of range");
    fill_roots(&m);
    *out = m;
    return DS_OK;
}

/* ---- letters --------------------------------------------------------------------------------------- */

ds_lemma_group ds_lemma_group_of(uint8_t upos)
{
    return upos == DS_PROPN ? DS_LEMMA_NAME : upos == DS_AUX ? DS_LEMMA_AUX : DS_LEMMA_OTHER;
}

typedef struct letters {
    size_t all, uppers, lowers;
    bool first; /* is upper */
} letters;

static void see(letters *l, bool upper, bool lower)
{
    l->first = l->all ? l->first : upper;
    l->all++;
    l->uppers += upper;
    l->lowers += lower;
}

static letters letters_of(ds_str form)
{
    letters l = {0};
    for (size_t i = 0; i < form.len;) {
        unsigned char c = (unsigned char)form.at[i];
        if (c < 0x80) {
            i++;
            if ((c | 32) >= 'a' && (c | 32) <= 'z')
                see(&l, c < 'a', c >= 'a');
        } else {
            UChar32 wide = (UChar32)ds_utf8_next(form, &i);
            if (u_isalpha(wide))
                see(&l, u_isupper(wide), u_islower(wide));
        }
    }
    return l;
}

ds_lemma_look ds_lemma_look_of(ds_str form)
{
    letters l = letters_of(form);
    if (!l.all)
        return DS_LOOK_NONE;
    if (!l.uppers)
        return DS_LOOK_LOWER;
    if (l.all == 1)
        return DS_LOOK_ONE;
    if (l.uppers == l.all) {
        size_t more = l.all - 2, most = DS_LOOK_UPPER_MORE - DS_LOOK_UPPER_2;
        return (ds_lemma_look)(DS_LOOK_UPPER_2 + (more < most ? more : most));
    }
    return l.first && l.uppers == 1 ? DS_LOOK_CAP : DS_LOOK_MIXED;
}

static size_t put_utf8(UChar32 c, char *out)
{
    size_t n = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
    static const unsigned char lead[5] = {0, 0, 0xC0, 0xE0, 0xF0};
    for (size_t i = n; i-- > 1; c >>= 6)
        out[i] = (char)(0x80 | (c & 63));
    out[0] = (char)(lead[n] | c);
    return n;
}

size_t ds_lemma_lower(ds_str form, char *out, size_t room)
{
    size_t n = 0;
    for (size_t i = 0; i < form.len;) {
        char c = form.at[i];
        if (n + 4 > room)
            return 0;
        if (c >= 0) {
            out[n++] = c >= 'A' && c <= 'Z' ? (char)(c | 32) : c;
            i++;
        } else {
            n += put_utf8(u_tolower((UChar32)ds_utf8_next(form, &i)), out + n);
        }
    }
    return n;
}

/* ---- the tree --------------------------------------------------------------------------------------- */

static uint32_t child(const ds_lemmas *m, uint32_t node, uint8_t byte)
{
    enum { MANY = 8 }; /* children from which on a call is faster than a loop */
    uint32_t beg = m->first[node], end = m->first[node + 1];
    if (end - beg >= MANY) {
        const uint8_t *at = memchr(m->byte + beg, byte, end - beg);
        return at ? (uint32_t)(at - m->byte) : 0;
    }
    while (beg < end && m->byte[beg] < byte)
        beg++;
    return beg < end && m->byte[beg] == byte ? beg : 0;
}

/* The edit of the longest ending known; *whole: it is the word's own. */
static const ds_lemma_edit *find(const ds_lemmas *m, uint32_t node, ds_str low, bool *whole)
{
    uint16_t best = m->edit_of[node];
    *whole = false;
    for (size_t i = low.len; i-- > 0;) {
        uint32_t next = child(m, node, (uint8_t)low.at[i]);
        if (!next)
            return best == DS_LEMMA_NO_EDIT ? NULL : &m->edits[best];
        node = next;
        best = m->edit_of[node] == DS_LEMMA_NO_EDIT ? best : m->edit_of[node];
    }
    node = child(m, node, DS_LEMMA_END);
    if (node && m->edit_of[node] != DS_LEMMA_NO_EDIT) {
        best = m->edit_of[node];
        *whole = true;
    }
    return best == DS_LEMMA_NO_EDIT ? NULL : &m->edits[best];
}

/* ---- the lemma --------------------------------------------------------------------------------------- */

/* "12,000" -> "12000" */
static bool grouped(ds_str form)
{
    bool comma = false;
    for (size_t i = 0; i < form.len; i++) {
        comma |= form.at[i] == ',' && i;
        if ((form.at[i] < '0' || form.at[i] > '9') && form.at[i] != ',' && form.at[i] != '.')
            return false;
    }
    return comma && form.at[form.len - 1] != ',';
}

static ds_str ungroup(ds_arena *a, ds_str form)
{
    char *at = ds_arena_raw(a, form.len);
    size_t n = 0;
    for (size_t i = 0; at && i < form.len; i++)
        if (form.at[i] != ',')
            at[n++] = form.at[i];
    return (ds_str){at, n};
}

static ds_str upper(ds_arena *a, ds_str low, bool all)
{
    char *at = ds_arena_raw(a, low.len * 3 + 4);
    size_t n = 0, i = 0;
    for (bool first = true; at && i < low.len; first = false) {
        UChar32 c = (UChar32)ds_utf8_next(low, &i);
        n += put_utf8(all || first ? u_toupper(c) : c, at + n);
    }
    return (ds_str){at, n};
}

/* `stem` of the word as it stands where the case is kept, else of the word in lower case. */
static ds_str build(ds_arena *a, ds_str stem, ds_str text, ds_lemma_case cas)
{
    ds_str s = stem;
    if (text.len) {
        char *at = ds_arena_raw(a, stem.len + text.len);
        if (!at)
            return (ds_str){0};
        if (stem.len)
            memcpy(at, stem.at, stem.len);
        memcpy(at + stem.len, text.at, text.len);
        s = (ds_str){at, stem.len + text.len};
    }
    return cas == DS_LEMMA_TITLE || cas == DS_LEMMA_UPPER ? upper(a, s, cas == DS_LEMMA_UPPER) : s;
}

static bool shortened(ds_str s, size_t cut, ds_str *out)
{
    if (cut > s.len || (cut && cut < s.len && ((unsigned char)s.at[s.len - cut] & 0xC0) == 0x80))
        return false;
    *out = ds_str_cut(s, 0, s.len - cut);
    return true;
}

static ds_lemma_case case_of(const ds_lemma_root *r, const ds_lemma_edit *e, bool whole,
                             ds_lemma_look look, bool shouted)
{
    // NOLINTNEXTLINE(clang-analyzer-core.NullDereference): a whole form was found with its edit
    if (whole && e->must)
        return (ds_lemma_case)e->cas;
    if (shouted && look >= DS_LOOK_UPPER_2 && look <= DS_LOOK_UPPER_MORE)
        look = DS_LOOK_UPPER_MORE;
    ds_lemma_case c = (ds_lemma_case)r->cases[look];
    return c != DS_LEMMA_ASK ? c : e ? (ds_lemma_case)e->cas : DS_LEMMA_LOWER;
}

static ds_str edited(ds_arena *a, const ds_lemma_edit *e, ds_str text, ds_lemma_case cas,
                     ds_str form, ds_str low)
{
    /* The word itself where its case is kept or is lower: then the lemma may be a piece of it. */
    bool own =
        low.len == form.len && (cas == DS_LEMMA_KEEP || memcmp(low.at, form.at, low.len) == 0);
    ds_str stem;
    if (e && e->cut == DS_LEMMA_ALL)
        return text.len ? text : form;
    if (!shortened(own ? form : low, e ? e->cut : 0, &stem) || !(stem.len + text.len))
        return form;
    ds_str out = build(a, stem, text, cas);
    return !own && out.at == low.at ? ds_arena_str(a, out) : out;
}

ds_str ds_lemma_edited(ds_arena *a, const ds_lemma_edit *e, ds_str text, ds_lemma_case cas,
                       ds_str form)
{
    char room[WORD_MOST];
    ds_str low = {room, ds_lemma_lower(form, room, sizeof room)};
    return low.len ? edited(a, e, text, cas, form, low) : form;
}

ds_str ds_lemmatize(ds_arena *a, const ds_lemmas *m, ds_str form, uint8_t upos, uint8_t xpos,
                    bool shouted)
{
    char room[WORD_MOST];
    uint8_t root = xpos < DS_LEMMA_XPOS_MOST ? m->root_of[xpos][ds_lemma_group_of(upos)] : 0;
    ds_str low = {room, ds_lemma_lower(form, room, sizeof room)};
    bool whole;
    if (!low.len || !root)
        return form;
    if (upos == DS_NUM && grouped(form))
        return ungroup(a, form);
    const ds_lemma_edit *e = find(m, root - 1u, low, &whole);
    ds_str text = e ? (ds_str){m->text + e->text, e->len} : (ds_str){0};
    ds_lemma_case cas = case_of(&m->roots[root - 1], e, whole, ds_lemma_look_of(form), shouted);
    return edited(a, e, text, cas, form, low);
}
