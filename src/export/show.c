/* SPDX-License-Identifier: Apache-2.0 */
/* show.c - dossier show: the order of the sections, the state of the story, the key points. */
#include "export/show.h"

/* ---- the head: title, state, what the state rests on --------------------------------------------------- */

size_t ex_in_state(const ds_dossier *d, ds_state state)
{
    size_t n = 0;
    for (size_t i = 0; i < d->ledger.questions_len; i++)
        n += d->ledger.questions[i].state == state;
    return n;
}

static size_t drifts(const ds_dossier *d)
{
    size_t n = 0;
    for (size_t i = 0; i < d->ledger.flags_len; i++)
        n += d->ledger.flags[i].kind == DS_FLAG_DRIFT;
    return n;
}

static size_t both_ways(const ds_dossier *d)
{
    size_t n = 0;
    for (size_t i = 0; i < d->ledger.disputes_len; i++)
        n += d->ledger.disputes[i].verdict == DS_V_CONFLICTS;
    return n;
}

static void put_publishers(ds_buf *b, const ds_dossier *d)
{
    if (d->publishers)
        ex_put_count(b, d->publishers, "publisher", "publishers");
    else
        ds_buf_puts(b, "no publisher named");
}

static void put_flags(ds_buf *b, size_t n, const char *one, const char *many)
{
    if (n == 0)
        return;
    ds_buf_puts(b, ", " EX_RED);
    ex_put_count(b, n, one, many);
    ds_buf_puts(b, EX_PLAIN);
}

static void state_line(ex_page *p)
{
    const ds_dossier *d = p->d;
    ds_buf b = ex_words(p);
    size_t disagree = ex_in_state(d, DS_S_APART) + ex_in_state(d, DS_S_CONFLICT), drifted = drifts(d);
    ex_put_count(&b, d->sources_len, "page", "pages");
    ds_buf_puts(&b, ", ");
    put_publishers(&b, d);
    ds_buf_puts(&b, ", ");
    ex_put_count(&b, d->ledger.origins, "origin", "origins");
    ds_buf_puts(&b, ", ");
    if (disagree)
        ex_put_count(&b, disagree, "disagreement", "disagreements");
    else
        ds_buf_puts(&b, "no disagreement");
    put_flags(&b, d->ledger.flags_len - drifted, "arithmetic flag", "arithmetic flags");
    put_flags(&b, drifted, "drift", "drifts");
    put_flags(&b, both_ways(d), "event told both ways", "events told both ways");
    ex_line(p, 0, ex_take(p, &b));
}

static void put_figures(ds_buf *b, const ds_dossier *d)
{
    size_t named = 0;
    for (size_t i = 0; i < d->rows_len; i++)
        named += ex_named(&d->rows[i].claim);
    if (d->rows_len == 0) {
        ds_buf_puts(b, "No figures in this story. ");
        return;
    }
    ex_put_count(b, d->rows_len, "figure", "figures");
    ds_buf_puts(b, "; ");
    if (named)
        ex_put_grouped(b, named);
    else
        ds_buf_puts(b, "none");
    ds_buf_puts(b, named == 1 || !named ? " has a named holder. " : " have a named holder. ");
}

/* "1 page is dated (B, 7 Feb 2025)", "3 pages are dated (from 7 Feb 2025 to 9 Feb 2025)", "no page is dated". */
static void put_dated(ex_page *p, ds_buf *b)
{
    const ds_dossier *d = p->d;
    const ds_source *first = NULL, *last = NULL;
    size_t n = 0;
    for (size_t i = 0; i < d->sources_len; i++) {
        const ds_source *s = &d->sources[i];
        if (s->published == DS_DAY_NONE)
            continue;
        n++;
        first = !first || s->published < first->published ? s : first;
        last = !last || s->published > last->published ? s : last;
    }
    if (n == 0) {
        ds_buf_puts(b, "no page is dated");
        return;
    }
    if (n == d->sources_len && n > 1)
        ds_buf_puts(b, "all pages are dated (");
    else
        ds_buf_printf(b, n == 1 ? "%zu page is dated (" : "%zu pages are dated (", n);
    if (n == 1) {
        ex_put(b, first->letter);
        ds_buf_puts(b, ", ");
    }
    ex_put_days(b, (ds_days){first->published, last->published}, 0);
    ds_buf_putc(b, ')');
}

static void put_unnamed(ds_buf *b, const ds_dossier *d)
{
    size_t n = 0;
    for (size_t i = 0; i < d->sources_len; i++)
        n += !d->sources[i].publisher.at;
    if (n)
        ds_buf_printf(b, n == 1 ? ", %zu names no publisher" : ", %zu name no publisher", n);
    ds_buf_puts(b, ". ");
}

/* "Not read for figures: A (German), C (French). " */
static void put_unread(ex_page *p, ds_buf *b)
{
    const ds_dossier *d = p->d;
    size_t n = 0;
    for (size_t i = 0; i < d->sources_len; i++) {
        const ds_source *s = &d->sources[i];
        if (ds_language_known(s->language))
            continue;
        ds_str name = ds_language_english(p->a, s->language);
        ds_buf_puts(b, n++ ? ", " : "Not read for figures: ");
        ex_put(b, s->letter);
        ds_buf_puts(b, " (");
        ex_put(b, name);
        ds_buf_putc(b, ')');
    }
    ds_buf_puts(b, n ? ". " : "");
}

static void capital(ds_buf *b, size_t at)
{
    if (at < b->len && b->at[at] >= 'a' && b->at[at] <= 'z')
        b->at[at] = (char)(b->at[at] - ('a' - 'A'));
}

/* "“A dam burst on Sunday.” [A1]" and "World. Keywords: Varn dam, Mirefold" */
static void put_standfirst(ex_page *p)
{
    const ds_dossier *d = p->d;
    ds_buf b = ex_words(p), k = ex_words(p);
    if (d->standfirst.len) {
        ex_put(&b, d->standfirst);
        ds_buf_puts(&b, " " EX_DIM "[");
        ds_buf_put(&b, ex_cites(p, d->standfirst_cites.at, d->standfirst_cites.len, EX_GLUE));
        ds_buf_puts(&b, "]");
        ex_prose(p, 0, ex_take(p, &b));
    }
    for (size_t i = 0; i < d->keywords.len; i++) {
        ds_buf_puts(&k, i ? ", " : EX_DIM "Keywords: ");
        ex_put(&k, d->keywords.at[i]);
    }
    if (d->section.len) {
        ds_buf_puts(&k, d->keywords.len ? "; section: " : EX_DIM "Section: ");
        ex_put(&k, d->section);
    }
    if (k.len)
        ex_prose(p, 0, ex_take(p, &k));
}

void ex_show_head(ex_page *p)
{
    ds_buf title = ex_words(p), b = ex_words(p);
    ds_buf_puts(&title, EX_BOLD);
    ex_put(&title, p->d->title.at ? p->d->title : DS_STR("(no title)"));
    ex_prose(p, 0, ex_take(p, &title));
    put_standfirst(p);
    state_line(p);
    put_figures(&b, p->d);
    size_t sentence = b.len;
    put_dated(p, &b);
    capital(&b, sentence);
    put_unnamed(&b, p->d);
    put_unread(p, &b);
    if (p->d->title_from.at) {
        ds_buf_puts(&b, "Title as in ");
        ex_put(&b, p->d->title_from);
        ds_buf_puts(&b, ".");
    }
    ex_line(p, 0, ex_take(p, &b));
}

/* ---- key points -------------------------------------------------------------------------------------------- */

#define POINT_AT 5
#define POINT_CITES_GAP 3
#define POINT_CITES 6 /* shown of a point; JSON and the web have all */

/* "A1 B2 C3 D4 E5 F6 and 9 more"; two more than fit stand for themselves. */
static ds_str point_cites(ex_page *p, ds_line_cites c, const char *gap)
{
    size_t n = c.len > POINT_CITES + 2 ? POINT_CITES : c.len;
    ds_buf b = ex_words(p);
    ds_buf_put(&b, ex_cites(p, c.at, n, gap));
    if (n < c.len)
        ds_buf_printf(&b, "%sand" EX_GLUE "%zu" EX_GLUE "more", gap, c.len - n);
    return ex_take(p, &b);
}

static void point(ex_page *p, size_t n, const ds_key_point *k)
{
    size_t edge = ex_prose_width(p), after = edge + POINT_CITES_GAP;
    bool wide = ex_wide(p);
    ds_buf text = ex_words(p);
    ex_put(&text, k->text);
    ds_str cites = point_cites(p, k->cites, wide ? " " : EX_GLUE);
    if (!wide && cites.len) {
        ds_buf_puts(&text, " " EX_DIM "[");
        ds_buf_put(&text, cites);
        ds_buf_puts(&text, "]");
    }
    ex_box boxes[] = {{0, 1, k->flagged ? ex_say(p, EX_RED "!") : DS_STR(""), false},
                      {1, 2, ex_say(p, "%zu", n), true},
                      {POINT_AT, edge - POINT_AT, ex_take(p, &text), false},
                      {after, wide ? p->style.width - after : 1, wide ? cites : DS_STR(""), false}};
    ex_row(p, boxes, 4);
}

void ex_show_key_points(ex_page *p)
{
    if (p->d->key_points_len == 0)
        return;
    ex_heading(p, "KEY POINTS");
    for (size_t i = 0; i < p->d->key_points_len; i++)
        point(p, i + 1, &p->d->key_points[i]);
}

/* ---- all of it ------------------------------------------------------------------------------------------------ */

static ds_status show_text(ds_arena *a, const ds_dossier *d, ds_style style, ds_buf *out)
{
    static void (*const sections[])(ex_page *) = {
        ex_show_head,    ex_show_key_points, ex_show_flags,       ex_show_figures,
        ex_show_forces,  ex_show_timeline,   ex_show_sources,     ex_show_holders,
        ex_show_related, ex_show_similar,    ex_show_regroupings, ex_show_left_out,
    };
    ex_page p = ex_page_new(a, d, style, out);
    for (size_t i = 0; i < sizeof sections / sizeof *sections && p.status == DS_OK; i++)
        sections[i](&p);
    return ex_page_end(&p);
}

ds_status ds_export_show(ds_arena *a, const ds_dossier *d, ds_style style, ds_buf *out)
{
    size_t mark = out->len;
    ds_status st;
    if (style.format == DS_FMT_TEXT)
        st = show_text(a, d, style, out);
    else
        st = ex_show_json(a, d, style.parts, out);
    return ex_done(out, mark, st);
}
