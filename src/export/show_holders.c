/* SPDX-License-Identifier: Apache-2.0 */
/* show_holders.c - who stands behind the figures: origins down, pages across, figures in the cells. */
#include "export/show.h"

#define NAME_AT 4
#define NAME_MAX 27
#define NAME_W_WIDE 40
#define CELL 4
#define VALUES_MIN 14 /* below it the figures themselves are left out */
#define VALUES_SHOWN 5

/* ---- gathering -------------------------------------------------------------------------------------------- */

typedef struct holder { /* an origin of the story; all pages in their own voice are one line */
    ds_str id, name;
    ds_holder_kind kind;
    uint32_t origins, total, pages, member;
    uint32_t *cells; /* figures on each page */
    ds_str values;
} holder;

typedef struct holders {
    holder *at;
    size_t len;
} holders;

/* By origin; what belongs to none of those with a holder is a page's own voice. */
static holder *find(holders *h, const ds_row *row)
{
    holder *own = NULL;
    for (size_t i = 0; i < h->len; i++) {
        if (ds_str_eq(h->at[i].id, row->origin))
            return &h->at[i];
        if (h->at[i].kind == DS_HOLDER_NONE)
            own = &h->at[i];
    }
    return row->claim.said_by_len ? NULL : own;
}

static ds_holder_kind kind_of(const ds_claim *c)
{
    if (ex_named(c))
        return DS_HOLDER_NAMED;
    return c->said_by_len ? DS_HOLDER_ANONYMOUS : DS_HOLDER_NONE;
}

static holder *add(ex_page *p, holders *h, const ds_row *row)
{
    holder *at = &h->at[h->len];
    *at = (holder){.id = row->origin, .kind = kind_of(&row->claim), .member = row->member};
    at->name = at->kind == DS_HOLDER_NONE ? DS_STR("own voice") : ex_holder(p, row);
    at->cells = ds_arena_calloc(p->a, p->d->sources_len, sizeof *at->cells);
    if (!at->cells) {
        p->status = DS_NOMEM;
        return NULL;
    }
    h->len++;
    return at;
}

/* An origin that has a name in one place has it everywhere. */
static void rename_by(ex_page *p, holder *h, const ds_row *row)
{
    if (h->kind != DS_HOLDER_ANONYMOUS || !ex_named(&row->claim))
        return;
    h->kind = DS_HOLDER_NAMED;
    h->name = ex_holder(p, row);
}

static void count(holder *h, const ds_row *row)
{
    h->pages += h->cells[row->member] == 0;
    h->cells[row->member]++;
    h->total++;
}

/* Rows with a holder come first: a page may repeat one in its own voice, and that is no origin of its own. */
static void gather_rows(ex_page *p, holders *h, bool held)
{
    for (size_t i = 0; i < p->d->rows_len && p->status == DS_OK; i++) {
        const ds_row *row = &p->d->rows[i];
        if ((row->claim.said_by_len > 0) != held)
            continue;
        holder *at = find(h, row);
        if (!at)
            at = add(p, h, row);
        if (!at || row->member >= p->d->sources_len)
            continue;
        rename_by(p, at, row);
        count(at, row);
    }
}

static void gather(ex_page *p, holders *h)
{
    h->at = ds_arena_calloc(p->a, p->d->rows_len, sizeof *h->at);
    if (!h->at)
        p->status = DS_NOMEM;
    gather_rows(p, h, true);
    gather_rows(p, h, false);
}

/* Pages in their own voice stand on one line, but each is an origin. */
static void count_own_voices(holders *h)
{
    for (size_t i = 0; i < h->len; i++)
        h->at[i].origins = h->at[i].kind == DS_HOLDER_NONE ? h->at[i].pages : 1;
}

static int rank(const holder *h)
{
    return h->kind == DS_HOLDER_NAMED ? 0 : h->kind == DS_HOLDER_NONE ? 2 : 1;
}

/* Named holders first, then unnamed ones, own voices last; on more pages first; then by page. */
static bool goes_before(const holder *a, const holder *b)
{
    if (rank(a) != rank(b))
        return rank(a) < rank(b);
    if (a->kind == DS_HOLDER_NAMED && a->pages != b->pages)
        return a->pages > b->pages;
    return a->member < b->member;
}

static void order(holders *h)
{
    for (size_t i = 1; i < h->len; i++) {
        holder moved = h->at[i];
        size_t k = i;
        for (; k > 0 && goes_before(&moved, &h->at[k - 1]); k--)
            h->at[k] = h->at[k - 1];
        h->at[k] = moved;
    }
}

/* ---- their figures ------------------------------------------------------------------------------------------ */

/* "43 killed", "up to half of 11,000". */
static ds_str figure(ex_page *p, const ds_claim *c)
{
    ds_buf b = ex_words(p);
    ds_buf_put(&b, ex_counted(p, &c->value, c->unit, c));
    if (ds_str_eq(c->unit, DS_STR("ratio")) && c->of >= 0 && (size_t)c->of < p->d->rows_len) {
        const ds_claim *base = &p->d->rows[c->of].claim;
        const ds_value *v = &base->value;
        ds_frac number = base->has_derived ? base->derived
                         : v->has_best     ? v->best
                         : v->has_low      ? v->low
                                           : v->high;
        ds_buf_puts(&b, " of ");
        ds_buf_put(&b, ex_number(p, number, base->unit));
    }
    return ex_take(p, &b);
}

/* "2 captured; up to 3,000": each once, in the order of the pages. */
static ds_str values_of(ex_page *p, const holder *h)
{
    ds_str seen[VALUES_SHOWN];
    size_t n = 0;
    ds_buf b = ex_words(p);
    for (size_t i = 0; i < p->d->rows_len; i++) {
        const ds_row *row = &p->d->rows[i];
        if (!ds_str_eq(row->origin, h->id))
            continue;
        ds_str f = figure(p, &row->claim);
        bool known = false;
        for (size_t k = 0; k < n && !known; k++)
            known = ds_str_eq(seen[k], f);
        if (known)
            continue;
        if (n == VALUES_SHOWN) {
            ds_buf_puts(&b, "; …");
            break;
        }
        seen[n++] = f;
        ds_buf_puts(&b, n > 1 ? "; " : "");
        ds_buf_put(&b, f);
    }
    return ex_take(p, &b);
}

/* ---- the matrix ------------------------------------------------------------------------------------------------ */

typedef struct grid {
    bool values; /* room for the figures */
    size_t name_w, cells, values_at, values_w;
    size_t per_line; /* pages side by side */
} grid;

static grid lay_out(const ex_page *p, size_t name_w)
{
    size_t width = p->style.width, pages = p->d->sources_len, need = pages * CELL;
    grid g = {.name_w = name_w > NAME_MAX ? NAME_MAX : name_w};
    if (ex_wide(p) && NAME_AT + NAME_W_WIDE + need + VALUES_MIN < width) {
        g.name_w = NAME_W_WIDE - 2;
        g.cells = NAME_AT + NAME_W_WIDE;
        g.values_at = g.cells + need + 3;
        g.values_w = width - g.values_at;
        g.values = true;
        g.per_line = pages;
        return g;
    }
    size_t after = NAME_AT + g.name_w + 1;
    g.per_line = (width - after) / CELL < pages ? (width - after) / CELL : pages;
    g.cells = width - g.per_line * CELL;
    g.values_at = after;
    g.values_w = g.cells > after + 1 ? g.cells - after - 1 : 0;
    g.values = g.per_line == pages && g.values_w >= VALUES_MIN;
    return g;
}

static ds_str cell(ex_page *p, const holder *h, size_t page)
{
    ds_buf b = ex_words(p);
    if (!h)
        ex_put(&b, p->d->sources[page].letter);
    else if (h->cells[page])
        ex_put_grouped(&b, h->cells[page]);
    else
        ds_buf_puts(&b, EX_DIM "·");
    return ex_take(p, &b);
}

/* Cells of pages [from, to), each right-aligned in its column; glue, so that they stay where they are. */
static ds_str cells(ex_page *p, const holder *h, size_t from, size_t to)
{
    ds_buf b = ex_words(p);
    for (size_t i = from; i < to; i++) {
        ds_str text = cell(p, h, i);
        size_t width = ex_width(text), pad = width < CELL ? CELL - width : 1;
        ds_buf_puts(&b, EX_PLAIN);
        ds_buf_rep(&b, EX_GLUE, pad);
        ds_buf_put(&b, text);
    }
    return ex_take(p, &b);
}

static bool is_alone(const holders *all, const holder *h)
{
    for (size_t i = 0; i < all->len; i++)
        if (&all->at[i] != h && ds_str_eq(all->at[i].name, h->name))
            return false;
    return true;
}

/* "intelligence reports (B)" where page A has such reports too: they are not the same. */
static ds_str name_of(ex_page *p, const holders *all, const holder *h)
{
    ds_buf b = ex_words(p);
    ex_put(&b, h->name);
    if (h->kind == DS_HOLDER_NONE)
        ds_buf_printf(&b, h->origins == 1 ? " (%u origin)" : " (%u origins)", h->origins);
    else if (!is_alone(all, h)) {
        ds_buf_puts(&b, " (");
        ex_put(&b, ex_letter(p, h->member));
        ds_buf_putc(&b, ')');
    }
    return ex_take(p, &b);
}

/* Cells begin with glue, which a line of its own would lose: they hang on the row's last box. */
static void line(ex_page *p, const grid *g, const holders *all, const holder *h, size_t from)
{
    size_t pages = p->d->sources_len, to = from + g->per_line < pages ? from + g->per_line : pages;
    ds_str dot = !h || from ? DS_STR("") : h->kind == DS_HOLDER_NAMED ? DS_STR("●") : DS_STR("○");
    ds_str name = !h || from ? DS_STR("") : name_of(p, all, h);
    ds_str values = g->values && h && h->kind != DS_HOLDER_NONE && !from ? h->values : DS_STR("");
    ex_box boxes[] = {{2, 1, dot, false},
                      {NAME_AT, g->name_w, name, false},
                      {g->cells, (to - from) * CELL, cells(p, h, from, to), true},
                      {g->values_at, g->values_w, values, false}};
    if (!h && from == 0) {
        boxes[0] = (ex_box){0, g->cells, ex_say(p, EX_BOLD "Who stands behind the figures"), false};
        boxes[1].text = DS_STR("");
    }
    if (g->values_at < g->cells) { /* boxes must go left to right */
        ex_box swap = boxes[2];
        boxes[2] = boxes[3];
        boxes[3] = swap;
    }
    ex_row(p, boxes, 4);
}

static void print(ex_page *p, holders *h)
{
    size_t name_w = 0;
    for (size_t i = 0; i < h->len; i++) {
        size_t w = ex_width(name_of(p, h, &h->at[i]));
        name_w = w > name_w ? w : name_w;
        h->at[i].values = values_of(p, &h->at[i]);
    }
    grid g = lay_out(p, name_w);
    for (size_t from = 0; from < p->d->sources_len && g.per_line; from += g.per_line) {
        ex_blank(p);
        line(p, &g, h, NULL, from);
        for (size_t i = 0; i < h->len; i++)
            line(p, &g, h, &h->at[i], from);
    }
}

/* ---- what was copied, and what may have been ------------------------------------------------------------------- */

#define COPIES_SHOWN 4

/* "B repeats A word for word.", "71% of the words of B stand in A, which was first." */
static void put_overlap(ex_page *p, ds_buf *b, const ds_overlap *o)
{
    const ds_shared *s = &o->shared;
    ds_str letter[2] = {ex_letter_of(p->d, o->members[0]), ex_letter_of(p->d, o->members[1])};
    uint64_t x = (uint64_t)s->words[0] * s->of[1], y = (uint64_t)s->words[1] * s->of[0];
    int more =
        y > x || (y == x && o->known); /* more of it stands in the other; of equals the later one */
    unsigned percent = s->of[more] ? (unsigned)(100 * (uint64_t)s->words[more] / s->of[more]) : 0;
    const char *order = !o->known ? "" : more ? ", which was first" : ", which came later";
    if (s->kind == DS_OVERLAP_EXACT && o->known)
        ds_buf_printf(b, "%.*s repeats %.*s word for word. ", DS_FMT(letter[1]), DS_FMT(letter[0]));
    else if (s->kind == DS_OVERLAP_EXACT)
        ds_buf_printf(b, "%.*s and %.*s are the same word for word. ", DS_FMT(letter[0]),
                      DS_FMT(letter[1]));
    else if (s->kind == DS_OVERLAP_PART)
        ds_buf_printf(b, "%.*s and %.*s share a passage of %u words. ", DS_FMT(letter[0]),
                      DS_FMT(letter[1]), s->longest);
    else
        ds_buf_printf(b, "%u%% of the words of %.*s stand in %.*s%s. ", percent,
                      DS_FMT(letter[more]), DS_FMT(letter[1 - more]), order);
}

static void put_overlaps(ex_page *p, ds_buf *b)
{
    const ds_dossier *d = p->d;
    for (size_t i = 0; i < d->overlaps_len && i < COPIES_SHOWN; i++)
        put_overlap(p, b, &d->overlaps[i]);
    if (d->overlaps_len > COPIES_SHOWN) {
        ds_buf_puts(b, "So it is with ");
        ex_put_count(b, d->overlaps_len - COPIES_SHOWN, "more pair. ", "more pairs. ");
    }
}

static void put_copies(ex_page *p, ds_buf *b)
{
    const ds_dossier *d = p->d;
    if (d->copies_len == 0 && d->overlaps_len == 0 && d->sources_len > 1)
        ds_buf_puts(b, "No page repeats a sentence of another. ");
    for (size_t i = 0; i < d->copies_len && i < COPIES_SHOWN; i++) {
        const ds_copy *c = &d->copies[i];
        ex_put_cite(p, b, (ds_cite){c->to_member, c->to_sentence});
        ds_buf_puts(b, " repeats ");
        ex_put_cite(p, b, (ds_cite){c->from_member, c->from_sentence});
        ds_buf_printf(b, " (%u words in a row). ", c->words);
    }
    if (d->copies_len > COPIES_SHOWN) {
        ds_buf_puts(b, "So do ");
        ex_put_count(b, d->copies_len - COPIES_SHOWN, "more sentence. ", "more sentences. ");
    }
}

static bool published_by(const ds_source *s, ds_str name)
{
    return ds_str_eq(s->publisher, name) || ds_str_eq(s->original_publisher, name);
}

/* "B credits Orpress, whose text A is: where B names no holder it may repeat A." */
static void put_credits(ex_page *p, ds_buf *b)
{
    for (size_t i = 0; i < p->d->sources_len; i++) {
        const ds_source *s = &p->d->sources[i];
        for (size_t c = 0; c < s->credited.len; c++) {
            for (size_t k = 0; k < p->d->sources_len; k++) {
                const ds_source *other = &p->d->sources[k];
                if (k == i || !published_by(other, s->credited.at[c]))
                    continue;
                ex_put(b, s->letter);
                ds_buf_puts(b, " credits ");
                ex_put(b, s->credited.at[c]);
                ds_buf_puts(b, ", whose text ");
                ex_put(b, other->letter);
                ds_buf_puts(b, " is: where ");
                ex_put(b, s->letter);
                ds_buf_puts(b, " names no holder it may repeat ");
                ex_put(b, other->letter);
                ds_buf_puts(b, ". ");
            }
        }
    }
}

#define NAMES_SHOWN 4

static void put_naming(ex_page *p, ds_buf *b, const ds_naming *n)
{
    ex_put(b, n->words);
    ds_buf_puts(b, " (");
    ex_put_cite(p, b, (ds_cite){n->member, n->sentence});
    ds_buf_putc(b, ')');
}

/* "Ilsa Marnn (E7) is taken for Ilsa Marn (A22): spelling." Other ways of writing go without saying. */
static void put_joined(ex_page *p, ds_buf *b)
{
    size_t n = 0;
    for (size_t i = 0; i < p->d->who.joins_len; i++) {
        const ds_join *x = &p->d->who.joins[i];
        if (x->rule == DS_BY_WRITING || n++ >= NAMES_SHOWN)
            continue;
        put_naming(p, b, &x->form);
        ds_buf_puts(b, " is taken for ");
        put_naming(p, b, &x->with);
        ds_buf_printf(b, ": %s. ", ds_holder_rule_name(x->rule));
    }
    if (n > NAMES_SHOWN) {
        ex_put_count(b, n - NAMES_SHOWN, "more name is", "more names are");
        ds_buf_puts(b, " taken for another. ");
    }
}

/* Of each holder the origin of the first claim that it holds; absent: it only passes on what others hold. */
static const ds_str *origins_of(ex_page *p)
{
    ds_str *out = ds_arena_calloc(p->a, p->d->who.holders_len, sizeof *out);
    if (!out)
        p->status = DS_NOMEM;
    for (size_t i = 0; out && i < p->d->rows_len; i++) {
        const ds_row *row = &p->d->rows[i];
        if (!row->holders_len)
            continue;
        ds_str *origin = &out[row->holders[ds_holding_link(&row->claim)]];
        if (!origin->at)
            *origin = row->origin;
    }
    return out;
}

static bool one_origin(const ds_str *origins, const ds_unsure *u)
{
    ds_str x = origins[u->holders[0]], y = origins[u->holders[1]];
    return x.at && y.at && ds_str_eq(x, y);
}

/* Not of those that a copied sentence made one origin after all. */
static void put_not_joined(ex_page *p, ds_buf *b)
{
    const ds_who *w = &p->d->who;
    const ds_str *origins = origins_of(p);
    size_t n = 0;
    for (size_t i = 0; origins && i < w->unsure_len; i++) {
        const ds_unsure *u = &w->unsure[i];
        if (one_origin(origins, u) || n++ >= NAMES_SHOWN)
            continue;
        ds_buf_puts(b, "Not joined: ");
        put_naming(p, b, &u->form);
        ds_buf_puts(b, " and ");
        put_naming(p, b, &u->with);
        ds_buf_puts(b, ": ");
        ex_put(b, u->why);
        ds_buf_puts(b, ". ");
    }
    if (n > NAMES_SHOWN) {
        ds_buf_puts(b, "Nor are ");
        ex_put_count(b, n - NAMES_SHOWN, "more pair. ", "more pairs. ");
    }
}

void ex_show_holders(ex_page *p)
{
    holders h = {0};
    if (p->d->rows_len == 0)
        return;
    gather(p, &h);
    if (p->status != DS_OK)
        return;
    count_own_voices(&h);
    order(&h);
    print(p, &h);
    ds_buf b = ex_words(p);
    put_joined(p, &b);
    put_not_joined(p, &b);
    put_overlaps(p, &b);
    put_copies(p, &b);
    put_credits(p, &b);
    ex_prose(p, 2, ex_take(p, &b));
}
