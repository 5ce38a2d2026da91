/* SPDX-License-Identifier: Apache-2.0 */
/* article_voices.c - the lines under a sentence: who says it, through whom, how surely. */
#include "export/article.h"

#define LINES_MOST EX_HEARD_MOST
/* Words quoted for one chain; more tell nothing new. */
#define CUES_MOST 3
/* What a holder says beside those whom it quotes: from here on it has a line of its own. */
#define OWN_WORDS 3

typedef struct chain {
    const ds_link *by; /* nearest to the fact first */
    size_t len;        /* 0: the page's own voice */
} chain;

typedef struct line {
    chain chain;
    uint32_t voices;     /* bits over ex_heard.voices */
    bool figures;        /* a figure rests on it */
    ds_certainty lo, hi; /* of its figures */
    bool hidden;
} line;

typedef struct lines { /* under one sentence */
    const ex_heard *h;
    const ds_claim *const *figures;
    size_t figures_len;
    line at[LINES_MOST];
    size_t len;
} lines;

static bool is_letter(char c)
{
    uint8_t u = (uint8_t)c;
    return u >= 0x80 || (u >= '0' && u <= '9') || ((u | 0x20) >= 'a' && (u | 0x20) <= 'z');
}

/* ---- chains -------------------------------------------------------------------------------------------------- */

static bool same_holder(const ds_link *a, const ds_link *b)
{
    return ds_str_eq(a->name, b->name) || (a->holder.len && ds_str_eq(a->holder, b->holder));
}

/* Do the last links of a agree with all of b? */
static bool ends_in(chain a, chain b)
{
    if (b.len > a.len)
        return false;
    for (size_t i = 0, skip = a.len - b.len; i < b.len; i++)
        if (!same_holder(&a.by[skip + i], &b.by[i]))
            return false;
    return true;
}

static bool same(chain a, chain b)
{
    return a.len == b.len && ends_in(a, b);
}

static chain chain_of(const ds_voice *v)
{
    return (chain){v->said.by, v->said.by_len};
}

static chain chain_behind(const ds_claim *c)
{
    return (chain){c->said_by, c->said_by_len};
}

/* Is one the beginning of the other? Who passes a figure on may be read further than for the words around it, or less far. */
static bool begin_alike(chain a, chain b)
{
    size_t n = a.len < b.len ? a.len : b.len;
    return n > 0 && same((chain){a.by, n}, (chain){b.by, n});
}

/* The first line whose chain is like c. NULL: none. */
static line *line_like(lines *l, bool (*like)(chain a, chain b), chain c)
{
    for (size_t i = 0; i < l->len; i++)
        if (like(l->at[i].chain, c))
            return &l->at[i];
    return NULL;
}

/* Of a figure. NULL: it has none yet. */
static line *known_line(lines *l, chain c)
{
    line *at = line_like(l, same, c);
    return at ? at : line_like(l, begin_alike, c);
}

/* NULL: there is room for no more. */
static line *line_of(lines *l, chain c)
{
    line *at = line_like(l, same, c);
    if (at || l->len == LINES_MOST)
        return at;
    l->at[l->len] = (line){.chain = c};
    return &l->at[l->len++];
}

/* ---- where words belong ------------------------------------------------------------------------------------------ */

static bool holds(const ds_voice *v, ds_span words)
{
    for (uint32_t i = 0; i < v->content_len; i++)
        if (ds_span_holds(v->content[i], words))
            return true;
    return false;
}

static bool speaks_in(const ds_voice *v, ds_span s)
{
    for (uint32_t i = 0; i < v->content_len; i++)
        if (v->content[i].beg < s.end && s.beg < v->content[i].end)
            return true;
    return false;
}

static uint32_t size_of(const ds_voice *v)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < v->content_len; i++)
        n += ds_span_len(v->content[i]);
    return n;
}

/* Is a nearer to the words that both hold? Contents read too far may be larger than those around them, so chains come first. */
static bool nearer(const ds_voice *a, const ds_voice *b)
{
    if (a->said.by_len != b->said.by_len)
        return a->said.by_len > b->said.by_len;
    return size_of(a) < size_of(b);
}

/* Bits of the voices that words belong to: those whose source they are part of ("estimates from the ministry"), else the
 * nearest of those that hold them. */
static uint32_t owners(const ex_heard *h, ds_span words)
{
    uint32_t bits = 0;
    const ds_voice *best = NULL;
    for (uint32_t i = 0; i < h->voices_len; i++)
        bits |= ds_span_holds(h->voices[i]->source, words) ? 1u << i : 0;
    for (uint32_t i = 0; !bits && i < h->voices_len; i++)
        if (holds(h->voices[i], words) && (!best || nearer(h->voices[i], best)))
            best = h->voices[i];
    for (uint32_t i = 0; best && i < h->voices_len; i++)
        bits |= holds(h->voices[i], words) && !nearer(best, h->voices[i]) ? 1u << i : 0;
    return bits;
}

/* A hedge of the whole sentence reaches all that is said in it, unless somebody says the hedge. */
static bool weakens(const lines *l, const line *at, const ds_hedge *hedge)
{
    uint32_t by = owners(l->h, hedge->span);
    if (by)
        return (by & at->voices) != 0;
    return at->chain.len == 0 || hedge->whole;
}

/* ---- which lines there are ------------------------------------------------------------------------------------------ */

static void add_voices(lines *l)
{
    for (uint32_t i = 0; i < l->h->voices_len; i++) {
        const ds_voice *v = l->h->voices[i];
        line *at = speaks_in(v, l->h->span) ? line_of(l, chain_of(v)) : NULL;
        if (at)
            at->voices |= 1u << i;
    }
}

static void add_figures(lines *l)
{
    for (size_t i = 0; i < l->figures_len; i++) {
        const ds_claim *c = l->figures[i];
        chain by = chain_behind(c);
        line *at = known_line(l, by);
        at = at ? at : line_of(l, by);
        if (!at)
            continue;
        at->chain = by.len > at->chain.len ? by : at->chain;
        at->lo = !at->figures || c->certainty < at->lo ? c->certainty : at->lo;
        at->hi = !at->figures || c->certainty > at->hi ? c->certainty : at->hi;
        at->figures = true;
    }
}

/* Hedges in the page's own words; those of the whole sentence only where nothing else is said in it. */
static void add_own(lines *l)
{
    bool alone = l->len == 0;
    for (size_t i = 0; i < l->h->hedges_len; i++) {
        const ds_hedge *hedge = &l->h->hedges[i];
        if (!owners(l->h, hedge->span) && (alone || !hedge->whole))
            line_of(l, (chain){NULL, 0});
    }
}

/* Is the byte part of what a voice says, or of its source or cue? */
static bool in_voice(const ds_voice *v, uint32_t at)
{
    ds_span byte = {at, at + 1};
    return holds(v, byte) || ds_span_holds(v->source, byte) || ds_span_holds(v->cue, byte);
}

static bool in_any(const ex_heard *h, uint32_t voices, uint32_t at, bool said)
{
    ds_span byte = {at, at + 1};
    for (uint32_t i = 0; i < h->voices_len; i++)
        if ((voices >> i & 1) && (said ? holds(h->voices[i], byte) : in_voice(h->voices[i], at)))
            return true;
    return false;
}

/* How many words of the sentence a holder says itself, beside `inner`. */
static size_t own_words(const ex_reader *rd, const ex_heard *h, const line *outer,
                        const line *inner)
{
    size_t n = 0;
    bool within = false;
    for (uint32_t i = h->span.beg; i < h->span.end; i++) {
        bool own = is_letter(rd->r->article->text.at[i]) && in_any(h, outer->voices, i, true) &&
                   !in_any(h, inner->voices, i, false);
        n += own && !within;
        within = own;
    }
    return n;
}

/* Who only passes on what another line has already needs no line. */
static void hide(const ex_reader *rd, lines *l)
{
    for (size_t i = 0; i < l->len; i++) {
        line *outer = &l->at[i];
        for (size_t k = 0; k < l->len && !outer->figures && outer->chain.len; k++) {
            const line *inner = &l->at[k];
            if (inner->chain.len > outer->chain.len && ends_in(inner->chain, outer->chain) &&
                own_words(rd, l->h, outer, inner) < OWN_WORDS)
                outer->hidden = true;
        }
    }
}

/* ---- words ------------------------------------------------------------------------------------------------------------ */

static void put_level(ds_buf *b, ds_certainty c)
{
    ds_buf_puts(b, c > DS_CERT_REPORTED ? EX_RED : EX_PLAIN);
    ds_buf_puts(b, ds_certainty_name(c));
    ds_buf_puts(b, EX_PLAIN);
}

static const char *mark_of(const ds_link *link)
{
    return link->kind == DS_HOLDER_NAMED || link->holder.len ? "●" : "○";
}

typedef struct quoted { /* “said”, “added”: each once */
    ds_buf *b;
    ds_str seen[CUES_MOST];
    size_t len;
} quoted;

/* A colon is no word. */
static void put_quoted(quoted *q, ds_str words)
{
    bool known = !words.len || !is_letter(words.at[0]) || q->len == CUES_MOST;
    for (size_t i = 0; i < q->len && !known; i++)
        known = ds_str_eq(q->seen[i], words);
    if (known)
        return;
    ds_buf_puts(q->b, q->len ? ", “" : EX_DIM " (“");
    ex_put(q->b, words);
    ds_buf_puts(q->b, "”");
    q->seen[q->len++] = words;
}

static void end_quoted(quoted *q)
{
    if (q->len)
        ds_buf_puts(q->b, ")" EX_PLAIN);
}

/* What some voices' cues say, at the weakest. */
static ds_certainty cue_level(const lines *l, uint32_t voices)
{
    ds_certainty level = DS_CERT_ASSERTED;
    for (uint32_t i = 0; i < l->h->voices_len; i++)
        if ((voices >> i & 1) && l->h->voices[i]->cue_says > level)
            level = l->h->voices[i]->cue_says;
    return level;
}

static uint32_t voices_of(const lines *l, chain c)
{
    uint32_t bits = 0;
    for (uint32_t i = 0; i < l->h->voices_len; i++)
        bits |= same(chain_of(l->h->voices[i]), c) ? 1u << i : 0;
    return bits;
}

static ds_certainty plainest(const line *at)
{
    return at->chain.len ? DS_CERT_REPORTED : DS_CERT_ASSERTED;
}

static void put_cue_level(ds_buf *b, const line *at, ds_certainty level, uint32_t *told)
{
    if (level <= plainest(at))
        return;
    ds_buf_puts(b, ", ");
    put_level(b, level);
    *told |= 1u << level;
}

static ds_str voice_cue(const ex_reader *rd, const ds_voice *v)
{
    return v->said.by_len ? v->said.by[0].cue : ds_str_at(rd->r->article->text, v->cue);
}

static void quote_hedges(const ex_reader *rd, const lines *l, const line *at, ds_certainty c,
                         quoted *q)
{
    for (size_t i = 0; i < l->h->hedges_len; i++) {
        const ds_hedge *h = &l->h->hedges[i];
        if (h->certainty == c && weakens(l, at, h))
            put_quoted(q, ds_str_at(rd->r->article->text, h->span));
    }
}

/* ", denied (“denies”)", " (“said”)": what the nearest holder's cues say, with the words that say no less. */
static void put_cues(const ex_reader *rd, const lines *l, const line *at, uint32_t *told, ds_buf *b)
{
    quoted q = {.b = b};
    ds_certainty level = cue_level(l, at->voices);
    put_cue_level(b, at, level, told);
    for (uint32_t i = 0; i < l->h->voices_len; i++)
        if (at->voices >> i & 1)
            put_quoted(&q, voice_cue(rd, l->h->voices[i]));
    if (!q.len && at->chain.len)
        put_quoted(&q, at->chain.by[0].cue);
    if (level > plainest(at))
        quote_hedges(rd, l, at, level, &q);
    end_quoted(&q);
}

/* "via ● Orpress (“reported”)"; the outlet that somebody told has the cue of who told it. */
static void put_link(const ex_reader *rd, const lines *l, const line *at, size_t k, uint32_t *told,
                     ds_buf *b)
{
    const ds_link *link = &at->chain.by[k];
    quoted q = {.b = b};
    ds_buf_puts(b, ", via ");
    ds_buf_puts(b, mark_of(link));
    ds_buf_puts(b, EX_GLUE);
    ds_buf_put(b, ex_link_name(rd->p, link));
    chain rest = {link, at->chain.len - k};
    put_cue_level(b, at, cue_level(l, voices_of(l, rest)), told);
    if (!ds_str_eq(link->cue, link[-1].cue))
        put_quoted(&q, link->cue);
    end_quoted(&q);
}

/* ---- how surely --------------------------------------------------------------------------------------------------------- */

static bool has_hedge(const lines *l, const line *at, ds_certainty c)
{
    for (size_t i = 0; i < l->h->hedges_len; i++)
        if (l->h->hedges[i].certainty == c && weakens(l, at, &l->h->hedges[i]))
            return true;
    return false;
}

/* "the 60% ", where not all figures of the line are equally sure. */
static void put_figures(lines *l, const line *at, ds_certainty c, ds_buf *b)
{
    const char *gap = "";
    for (size_t i = 0; i < l->figures_len; i++) {
        const ds_claim *f = l->figures[i];
        if (f->certainty != c || known_line(l, chain_behind(f)) != at)
            continue;
        ds_buf_puts(b, gap);
        ds_value_table(b, &f->value, f->unit);
        gap = ", ";
    }
    ds_buf_puts(b, *gap ? " " : "");
}

static bool counts(lines *l, const line *at, ds_certainty c)
{
    for (size_t i = 0; i < l->figures_len; i++)
        if (l->figures[i]->certainty == c && known_line(l, chain_behind(l->figures[i])) == at)
            return true;
    return false;
}

/* ", possible (“may”)", "; 300 estimated (“believed”)". Figures are as sure as they say: a word that is weaker than all of
 * them belongs to something else. */
static void put_certainty(const ex_reader *rd, lines *l, const line *at, uint32_t told, ds_buf *b)
{
    bool mixed = at->figures && at->lo != at->hi;
    for (int i = DS_CERT_DENIED; i > (int)plainest(at); i--) {
        ds_certainty c = (ds_certainty)i;
        bool counted = counts(l, at, c), some = mixed && counted;
        quoted q = {.b = b};
        if ((told >> c & 1) || (!counted && !has_hedge(l, at, c)))
            continue;
        ds_buf_puts(b, at->figures && c > at->hi ? "; elsewhere " : some ? "; " : ", ");
        if (some)
            put_figures(l, at, c, b);
        put_level(b, c);
        quote_hedges(rd, l, at, c, &q);
        end_quoted(&q);
    }
}

static void put_line(const ex_reader *rd, lines *l, const line *at)
{
    ex_page *p = rd->p;
    const ds_link *first = at->chain.by;
    ds_buf b = ex_words(p);
    uint32_t told = 0; /* bits over ds_certainty */
    ds_buf_put(&b, at->chain.len ? ex_link_name(p, first) : DS_STR("own voice"));
    put_cues(rd, l, at, &told, &b);
    for (size_t k = 1; k < at->chain.len; k++)
        put_link(rd, l, at, k, &told, &b);
    put_certainty(rd, l, at, told, &b);
    size_t col = EX_TEXT_AT + 2;
    ex_box boxes[] = {{EX_TEXT_AT, 1, ds_str_of(at->chain.len ? mark_of(first) : "○"), false},
                      {col, ex_prose_width(p) - col, ex_take(p, &b), false}};
    ex_row(p, boxes, 2);
}

void ex_put_voices(const ex_reader *rd, const ex_heard *h, const ds_claim *const *figures, size_t n)
{
    lines l = {.h = h, .figures = figures, .figures_len = n};
    add_voices(&l);
    add_figures(&l);
    add_own(&l);
    hide(rd, &l);
    for (size_t i = 0; i < l.len && rd->p->status == DS_OK; i++)
        if (!l.at[i].hidden)
            put_line(rd, &l, &l.at[i]);
}
