/* SPDX-License-Identifier: Apache-2.0 */
/* show_sources.c - SOURCES, the related items that they list, and what was left out. */
#include "export/show.h"

#define TEXT_AT 5
#define ADDS_MAX 4 /* figures named after "adds" */

/* ---- one source -------------------------------------------------------------------------------------------- */

static void put_names(ds_buf *b, ds_strs names)
{
    for (size_t i = 0; i < names.len; i++) {
        ds_buf_puts(b, i ? ", " : "");
        ex_put(b, names.at[i]);
    }
}

static ds_str title(ex_page *p, const ds_source *s)
{
    ds_buf b = ex_words(p);
    if (s->title.at) {
        ex_put(&b, s->title);
        return ex_take(p, &b);
    }
    ds_buf_puts(&b, "(no title) “");
    ex_put(&b, s->opening);
    bool cut = s->opening.len && !strchr(".!?", s->opening.at[s->opening.len - 1]);
    bool marked = ds_str_ends(s->opening, DS_STR("…"));
    ds_buf_puts(&b, cut && !marked ? " …”" : "”");
    return ex_take(p, &b);
}

/* "UK Defence Journal, republished from The Conversation (Creative Commons); credits Newsweek" */
static void put_publisher(ds_buf *b, const ds_source *s)
{
    if (s->publisher.at)
        ex_put(b, s->publisher);
    else
        ds_buf_puts(b, "publisher not named");
    if (s->original_publisher.at && !ds_str_eq(s->original_publisher, s->publisher)) {
        ds_buf_puts(b, s->publisher.at ? ", republished from " : "; text from ");
        ex_put(b, s->original_publisher);
    }
    if (s->licence.at) {
        ds_buf_puts(b, " (");
        ex_put(b, s->licence);
        ds_buf_putc(b, ')');
    }
    if (s->credited.len) {
        ds_buf_puts(b, "; credits ");
        put_names(b, s->credited);
    }
}

static void put_kind(ds_buf *b, const ds_source *s)
{
    ds_buf_puts(b, ds_kind_name(s->kind));
    if (s->authors.len) {
        ds_buf_puts(b, " by ");
        put_names(b, s->authors);
    }
    if (s->affiliation.at) {
        ds_buf_puts(b, ", ");
        ex_put(b, s->affiliation);
    }
}

/* "7 Feb 2025"; "undated, not before 28 Jan 2025" where the text itself bounds it. */
static void put_date(ds_buf *b, const ds_source *s)
{
    if (s->published != DS_DAY_NONE) {
        ex_put_days(b, (ds_days){s->published, s->published}, 0);
        return;
    }
    ds_buf_puts(b, "undated");
    if (s->window.lo != DS_DAY_NONE) {
        ds_buf_puts(b, ", not before ");
        ex_put_days(b, (ds_days){s->window.lo, s->window.lo}, 0);
    }
    if (s->window.hi != DS_DAY_NONE) {
        ds_buf_puts(b, s->window.lo != DS_DAY_NONE ? " nor after " : ", not after ");
        ex_put_days(b, (ds_days){s->window.hi, s->window.hi}, 0);
    }
}

static void put_contents(ex_page *p, ds_buf *b, const ds_source *s)
{
    put_kind(b, s);
    ds_buf_puts(b, "; ");
    put_date(b, s);
    ds_buf_puts(b, "; ");
    if (s->figures)
        ex_put_count(b, s->figures, "figure", "figures");
    else if (!ex_put_unread(p, b, s->language))
        ds_buf_puts(b, "no figures");
    if (s->flags) {
        ds_buf_puts(b, ", ");
        ex_put_count(b, s->flags, "flag", "flags");
    }
}

/* What it was the first to tell: "adds up to 1,000 killed; ...". */
static ds_str adds(ex_page *p, uint32_t member)
{
    const ds_source *s = &p->d->sources[member];
    ds_buf b = ex_words(p);
    for (size_t i = 0; i < s->first_len && i < ADDS_MAX; i++) {
        ds_buf_puts(&b, i ? "; " : "adds ");
        ex_put(&b, s->first[i].text);
    }
    if (s->first_len > ADDS_MAX)
        ds_buf_printf(&b, "; and %zu more", s->first_len - ADDS_MAX);
    return ex_take(p, &b);
}

static void source(ex_page *p, uint32_t member)
{
    const ds_source *s = &p->d->sources[member];
    ds_str letter = ex_letter(p, member);
    size_t text = TEXT_AT + (ex_width(letter) > 1 ? ex_width(letter) - 1 : 0);
    size_t edge = ex_wide(p) ? p->style.width : ex_prose_width(p);
    ex_box head[] = {{2, text - 3, letter, false},
                     {text, ex_prose_width(p) - text, title(p, s), false}};
    ds_buf publisher = ex_words(p), contents = ex_words(p);
    put_publisher(&publisher, s);
    ex_row(p, head, 2);
    if (ex_wide(p)) {
        ds_buf_puts(&publisher, "; ");
        put_contents(p, &publisher, s);
    } else {
        put_contents(p, &contents, s);
    }
    ex_box first = {text, edge - text, ex_take(p, &publisher), false};
    ex_box second = {text, edge - text, ex_take(p, &contents), false};
    ex_row(p, &first, 1);
    ex_row(p, &second, 1);
    ex_prose(p, text, adds(p, member));
}

void ex_show_sources(ex_page *p)
{
    if (p->d->sources_len == 0)
        return;
    ex_heading(p, "SOURCES");
    for (size_t i = 0; i < p->d->sources_len; i++)
        source(p, (uint32_t)i);
}

/* ---- related items -------------------------------------------------------------------------------------------- */

void ex_show_related(ex_page *p)
{
    bool any = false;
    for (size_t i = 0; i < p->d->sources_len; i++) {
        const ds_source *s = &p->d->sources[i];
        if (s->related.len == 0)
            continue;
        if (!any)
            ex_heading(p, "SIMILAR NEWS");
        any = true;
        ds_buf b = ex_words(p);
        ds_buf_puts(&b, "Listed by page ");
        ex_put(&b, s->letter);
        ds_buf_putc(&b, ':');
        ex_line(p, 2, ex_take(p, &b));
        for (size_t k = 0; k < s->related.len; k++)
            ex_prose(p, TEXT_AT, ex_own(p, s->related.at[k]));
    }
}

/* ---- what was left out ------------------------------------------------------------------------------------------ */

static void put_left(ds_buf *b, const ds_source *s, size_t *n)
{
    if (s->comments_left_out) {
        ds_buf_puts(b, *n ? ", " : "Left out: ");
        ds_buf_puts(b, "readers’ comments on ");
        ex_put(b, s->letter);
        ds_buf_puts(b, " (");
        ex_put_count(b, s->comments_left_out, "paragraph)", "paragraphs)");
        ++*n;
    }
    if (s->teasers_left_out) {
        ds_buf_puts(b, *n ? ", " : "Left out: ");
        ex_put_count(b, s->teasers_left_out, "teaser on ", "teasers on ");
        ex_put(b, s->letter);
        ++*n;
    }
}

static ds_str rule_of(const ds_dossier *d)
{
    for (size_t i = 0; i < d->ledger.questions_len; i++)
        if (d->ledger.questions[i].estimate.rule.at)
            return d->ledger.questions[i].estimate.rule;
    return (ds_str){0};
}

/* "A12 is sentence 12 of page A: dossier article 1:A12" */
static void put_example(ex_page *p, ds_buf *b)
{
    const ds_dossier *d = p->d;
    if (d->rows_len == 0 || d->rows[0].claim.number == 0)
        return;
    ds_cite cite = {d->rows[0].member, d->rows[0].claim.number};
    ex_put_cite(p, b, cite);
    ds_buf_printf(b, " is sentence %u of page ", cite.sentence);
    ex_put(b, ex_letter(p, cite.member));
    if (d->story) {
        ds_buf_printf(b, ": dossier" EX_GLUE "article" EX_GLUE "%lld:", (long long)d->story);
        ex_put_cite(p, b, cite);
    }
}

void ex_show_left_out(ex_page *p)
{
    ds_buf b = ex_words(p);
    size_t n = 0;
    for (size_t i = 0; i < p->d->sources_len; i++)
        put_left(&b, &p->d->sources[i], &n);
    ds_buf_puts(&b, n ? ". " : "");
    if (rule_of(p->d).at) {
        ds_buf_puts(&b, "Estimates by rule “");
        ex_put(&b, rule_of(p->d));
        ds_buf_puts(&b, "”. ");
    }
    put_example(p, &b);
    if (b.status == DS_OK && b.len == 0)
        return;
    ex_blank(p);
    ex_prose(p, 0, ex_take(p, &b));
}
