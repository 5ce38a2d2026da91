/* SPDX-License-Identifier: Apache-2.0 */
/* tables.c - a finished story as tables for spreadsheets: questions, answers, verdicts, origins, holders, flags, timeline,
 * similar stories, sources (docs/formats/export.md). Claims are claim_rows.c. */
#include "export/internal.h"

/* One row after the other, a cell at a time. */
typedef struct writer {
    ds_arena *a;
    const ds_dossier *d;
    ds_format format;
    ds_buf *out;
    bool begun; /* the row has a cell */
} writer;

/* ---- cells ----------------------------------------------------------------------------------------------- */

static void text(writer *w, ds_str s)
{
    ex_cell(w->out, w->format, !w->begun, s);
    w->begun = true;
}

static void made(writer *w, ds_buf *b)
{
    if (b->status != DS_OK)
        w->out->status = b->status;
    text(w, b->len ? ds_buf_str(b) : (ds_str){0});
}

static void number(writer *w, uint64_t n)
{
    ds_buf b = ds_buf_new(w->a);
    ds_buf_printf(&b, "%llu", (unsigned long long)n);
    made(w, &b);
}

static void frac(writer *w, bool has, ds_frac v)
{
    ds_buf b = ds_buf_new(w->a);
    if (has)
        ds_frac_print(&b, v, EX_DECIMALS);
    made(w, &b);
}

static void truth(writer *w, bool v)
{
    text(w, v ? DS_STR("true") : DS_STR("false"));
}

static void day(writer *w, ds_day v)
{
    ds_buf b = ds_buf_new(w->a);
    if (v != DS_DAY_NONE)
        ds_day_print(&b, v);
    made(w, &b);
}

static void days(writer *w, bool has, ds_days v)
{
    day(w, has ? v.lo : DS_DAY_NONE);
    day(w, has ? v.hi : DS_DAY_NONE);
}

static void strs(writer *w, ds_strs list, const char *between)
{
    ds_buf b = ds_buf_new(w->a);
    for (size_t i = 0; i < list.len; i++) {
        ds_buf_puts(&b, i ? between : "");
        ds_buf_put(&b, list.at[i]);
    }
    made(w, &b);
}

/* "A3 B9" */
static void cites(writer *w, const ds_cite *at, size_t n)
{
    ds_buf b = ds_buf_new(w->a);
    for (size_t i = 0; i < n; i++) {
        ds_buf_puts(&b, i ? " " : "");
        ds_buf_put(&b, ex_letter_of(w->d, at[i].member));
        ds_buf_printf(&b, "%u", at[i].sentence);
    }
    made(w, &b);
}

static void claim_ids(writer *w, const uint32_t *rows, size_t n)
{
    ds_buf b = ds_buf_new(w->a);
    for (size_t i = 0; i < n; i++) {
        ds_buf_puts(&b, i ? " " : "");
        ds_buf_put(&b, w->d->rows[rows[i]].claim.id);
    }
    made(w, &b);
}

static void end(writer *w)
{
    ds_buf_putc(w->out, '\n');
    w->begun = false;
}

/* ---- rows ------------------------------------------------------------------------------------------------ */

static ds_status questions(writer *w)
{
    for (size_t i = 0; i < w->d->ledger.questions_len; i++) {
        const ds_question *q = &w->d->ledger.questions[i];
        const ds_estimate *e = &q->estimate;
        text(w, q->id);
        text(w, q->text);
        text(w, q->label);
        text(w, q->measure);
        text(w, q->subject);
        text(w, q->unit);
        strs(w, (ds_strs){q->per, q->per_len}, " ");
        text(w, ds_str_of(ds_scope_name(q->scope)));
        text(w, ds_str_of(ds_state_name(q->state)));
        frac(w, q->has_factor, q->factor);
        number(w, q->answers_len);
        number(w, q->origins_len);
        frac(w, e->has_low, e->low);
        frac(w, e->has_best, e->best);
        frac(w, e->has_high, e->high);
        text(w, e->rule);
        text(w, e->why);
        end(w);
    }
    return w->out->status;
}

static void answer(writer *w, const ds_question *q, size_t i, const ds_str *ids)
{
    const ds_answer *x = &q->answers[i];
    ds_buf origins = ds_buf_new(w->a);
    for (size_t k = 0; k < x->origins_len; k++) {
        ds_buf_puts(&origins, k ? " " : "");
        ds_buf_put(&origins, ids[x->origins[k]]);
    }
    text(w, q->id);
    number(w, i);
    frac(w, x->value.has_low, x->value.low);
    frac(w, x->value.has_best, x->value.best);
    frac(w, x->value.has_high, x->value.high);
    text(w, ds_str_of(ds_bound_name(x->value.bound)));
    text(w, q->unit);
    truth(w, x->wider);
    truth(w, x->planned);
    truth(w, x->superseded);
    truth(w, x->flagged);
    made(w, &origins);
    claim_ids(w, x->rows, x->rows_len);
    end(w);
}

static ds_status answers(writer *w)
{
    for (size_t i = 0; i < w->d->ledger.questions_len; i++) {
        const ds_question *q = &w->d->ledger.questions[i];
        const ds_str *ids = ex_origin_ids(w->a, w->d, q);
        if (!ids)
            return DS_NOMEM;
        for (size_t k = 0; k < q->answers_len; k++)
            answer(w, q, k, ids);
    }
    return w->out->status;
}

static ds_status verdicts(writer *w)
{
    for (size_t i = 0; i < w->d->ledger.questions_len; i++) {
        const ds_question *q = &w->d->ledger.questions[i];
        for (size_t k = 0; k < q->pairs_len; k++) {
            text(w, q->id);
            number(w, q->pairs[k].a);
            number(w, q->pairs[k].b);
            text(w, ds_str_of(ds_verdict_name(q->pairs[k].verdict)));
            text(w, q->pairs[k].why);
            end(w);
        }
    }
    return w->out->status;
}

static ds_status origins(writer *w)
{
    for (size_t i = 0; i < w->d->ledger.questions_len; i++) {
        const ds_question *q = &w->d->ledger.questions[i];
        const ds_str *ids = ex_origin_ids(w->a, w->d, q);
        if (!ids)
            return DS_NOMEM;
        for (size_t k = 0; k < q->origins_len; k++) {
            const ds_origin *o = &q->origins[k];
            text(w, q->id);
            text(w, ids[k]);
            text(w, o->name);
            text(w, ds_str_of(ds_holder_kind_name(o->kind)));
            text(w, ex_letter_of(w->d, o->member));
            text(w, o->why);
            text(w, ex_holder_id(w->d, o->holder));
            end(w);
        }
    }
    return w->out->status;
}

static ds_status holders(writer *w)
{
    ex_held held = ex_held_rows(w->a, w->d);
    if (!held.first)
        return DS_NOMEM;
    for (size_t i = 0; i < w->d->who.holders_len; i++) {
        const ds_holder *h = &w->d->who.holders[i];
        ds_buf pages = ds_buf_new(w->a);
        for (size_t k = 0; k < h->members_len; k++) {
            ds_buf_puts(&pages, k ? " " : "");
            ds_buf_put(&pages, ex_letter_of(w->d, h->members[k]));
        }
        text(w, h->id);
        text(w, h->name);
        text(w, ds_str_of(ds_holder_kind_name(h->kind)));
        made(w, &pages);
        number(w, held.first[i + 1] - held.first[i]);
        end(w);
    }
    return w->out->status;
}

static ds_status flags(writer *w)
{
    for (size_t i = 0; i < w->d->ledger.flags_len; i++) {
        const ds_flag *f = &w->d->ledger.flags[i];
        bool share = f->kind == DS_FLAG_SHARE;
        text(w, ds_str_of(ds_flag_kind_name(f->kind)));
        text(w, f->finding);
        frac(w, share, f->share);
        frac(w, share, f->base);
        frac(w, f->stated.den != 0, f->stated);
        frac(w, f->kind != DS_FLAG_DRIFT && f->expected.den != 0, f->expected);
        cites(w, f->cites, 2);
        claim_ids(w, f->rows, f->rows_len);
        end(w);
    }
    return w->out->status;
}

static ds_status timeline(writer *w)
{
    for (size_t i = 0; i < w->d->timeline_len; i++) {
        const ds_event *e = &w->d->timeline[i];
        days(w, e->has_when, e->when);
        text(w, e->when_words);
        text(w, e->text);
        text(w, ds_str_of(ds_certainty_name(e->certainty)));
        cites(w, e->cites.at, e->cites.len);
        end(w);
    }
    return w->out->status;
}

/* The standfirst first. */
static ds_status key_points(writer *w)
{
    const ds_dossier *d = w->d;
    if (d->standfirst.len) {
        text(w, DS_STR("standfirst"));
        text(w, d->standfirst);
        truth(w, false);
        cites(w, d->standfirst_cites.at, d->standfirst_cites.len);
        text(w, (ds_str){0});
        end(w);
    }
    for (size_t i = 0; i < d->key_points_len; i++) {
        const ds_key_point *k = &d->key_points[i];
        ds_buf ids = ds_buf_new(w->a);
        for (size_t n = 0; n < k->questions_len; n++) {
            ds_buf_puts(&ids, n ? " " : "");
            ds_buf_put(&ids, d->ledger.questions[k->questions[n]].id);
        }
        text(w, DS_STR("key point"));
        text(w, k->text);
        truth(w, k->flagged);
        cites(w, k->cites.at, k->cites.len);
        made(w, &ids);
        end(w);
    }
    return w->out->status;
}

static void firsts(writer *w, const ds_source *s)
{
    ds_buf b = ds_buf_new(w->a);
    for (size_t i = 0; i < s->first_len; i++) {
        ds_buf_puts(&b, i ? "; " : "");
        ds_buf_put(&b, s->first[i].text);
    }
    made(w, &b);
}

static void source(writer *w, const ds_source *s)
{
    text(w, s->letter);
    text(w, s->doc);
    text(w, s->page_sha256);
    text(w, s->title);
    strs(w, s->authors, "; ");
    text(w, s->publisher);
    text(w, s->original_publisher);
    text(w, ds_str_of(ds_kind_name(s->kind)));
    text(w, s->language);
    strs(w, s->credited, "; ");
    day(w, s->published);
    text(w, s->published_from);
    days(w, true, s->window);
    number(w, s->sentences);
    number(w, s->figures);
    number(w, s->flags);
    number(w, s->comments_left_out);
    number(w, s->teasers_left_out);
    firsts(w, s);
    end(w);
}

static ds_status sources(writer *w)
{
    for (size_t i = 0; i < w->d->sources_len; i++)
        source(w, &w->d->sources[i]);
    return w->out->status;
}

static ds_status similar(writer *w)
{
    for (size_t i = 0; i < w->d->similar_len; i++) {
        const ds_similar *s = &w->d->similar[i];
        const bool dated = s->days.lo != DS_DAY_NONE || s->days.hi != DS_DAY_NONE;
        number(w, (uint64_t)s->story);
        number(w, (uint64_t)(s->likeness * 100 + 0.5));
        days(w, dated, s->days);
        text(w, s->publisher);
        text(w, s->title);
        text(w, s->blurb);
        end(w);
    }
    return w->out->status;
}

/* ---- the tables ------------------------------------------------------------------------------------------- */

typedef struct table {
    const char *name, *columns; /* the names of the columns, with blanks between */
    ds_status (*rows)(writer *w);
} table;

static const table tables[] = {
    {"questions",
     "id text label measure subject unit per scope state factor answers origins low best high rule "
     "why",
     questions},
    {"answers",
     "question answer low best high bound unit wider planned superseded flagged origins claims",
     answers},
    {"verdicts", "question a b verdict why", verdicts},
    {"origins", "question id name kind page why holder_id", origins},
    {"holders", "id name kind pages claims", holders},
    {"flags", "kind finding share base stated expected sentences claims", flags},
    {"timeline", "from to words text certainty sentences", timeline},
    {"similar", "story likeness from to publisher title blurb", similar},
    {"sources",
     "page doc sha256 title authors publisher original_publisher kind language credited published "
     "published_from window_from window_to sentences figures flags comments_left_out "
     "teasers_left_out first",
     sources},
    {"key_points", "kind text flagged sentences questions", key_points},
};
#define TABLES (sizeof tables / sizeof *tables)

static void header(writer *w, const char *columns)
{
    for (const char *at = columns; *at;) {
        size_t n = strcspn(at, " ");
        text(w, (ds_str){at, n});
        at += n + (at[n] == ' ');
    }
    end(w);
}

ds_status ex_table(ds_arena *a, const ds_dossier *d, const char *name, ds_format format,
                   ds_buf *out)
{
    writer w = {.a = a, .d = d, .format = format, .out = out};
    size_t i = 0;
    while (i < TABLES && strcmp(tables[i].name, name) != 0)
        i++;
    if (i == TABLES)
        return DS_BAD;
    header(&w, tables[i].columns);
    return tables[i].rows(&w);
}

/* ---- dossier export --------------------------------------------------------------------------------------- */

const char *ds_export_table_name(size_t i)
{
    return i == 0 ? "claims" : i <= TABLES ? tables[i - 1].name : NULL;
}

ds_status ds_export_table(ds_arena *a, const ds_dossier *d, const char *name, ds_format format,
                          ds_buf *out)
{
    static const ds_claim_filter all = {.flagged = false};
    size_t mark = out->len;
    ds_status st = strcmp(name, "claims") == 0 ? ex_claims_table(a, d, &all, format, out)
                                               : ex_table(a, d, name, format, out);
    return ex_done(out, mark, st);
}
