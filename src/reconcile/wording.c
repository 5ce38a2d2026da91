/* SPDX-License-Identifier: Apache-2.0 */
/* wording.c - the text, label and id of a question, from the templates of lexicon/en/questions.tsv (W1 to W5). */
#include "internal.h"

/* ---- subject --------------------------------------------------------------------------------------------------- */

/* How many rows of the question have each subject, word for word. */
static ds_status count_subjects(rc *r, const rc_question *g, ds_map **out)
{
    ds_map *m = ds_map_new(r->a, 0);
    if (!m)
        return DS_NOMEM;
    for (size_t i = 0; i < g->len; i++) {
        ds_str subject = r->rows[g->rows[i]].c->subject;
        uint64_t n = 0;
        if (!subject.len)
            continue;
        (void)ds_map_get(m, subject, &n);
        DS_TRY(ds_map_put(m, subject, n + 1));
    }
    *out = m;
    return DS_OK;
}

/* The more particular subject first: one with an actor, and then a head of its own; then the more frequent ("my neighbours"
 * on one page do not name what nine pages call people), then the earlier. */
static ds_status speaking_row(rc *r, const rc_question *g, const rc_row **out)
{
    const rc_row *best = &r->rows[g->rows[0]];
    uint64_t best_n = 0;
    int best_rank = -1;
    ds_map *counts;
    DS_TRY(count_subjects(r, g, &counts));
    for (size_t i = 0; i < g->len; i++) {
        const rc_row *x = &r->rows[g->rows[i]];
        int rank = (x->subject.actor.len > 0) * (1 + !x->subject.general) + 4 * !x->wider;
        uint64_t n = 0;
        (void)ds_map_get(counts, x->c->subject, &n);
        if (x->c->subject.len && (rank > best_rank || (rank == best_rank && n > best_n))) {
            best = x;
            best_rank = rank;
            best_n = n;
        }
    }
    *out = best;
    return DS_OK;
}

static ds_str subject_text(const rc_row *x)
{
    bool share = ds_str_eq(x->unit, DS_STR("ratio"));
    if (share && x->c->of_words.len)
        return x->c->of_words;
    if (x->c->subject.len)
        return x->c->subject;
    return ds_str_eq(x->unit, DS_STR("person")) || x->unit.len == 0 ? DS_STR("people") : x->unit;
}

/* Is it measured, not counted? */
static bool is_amount(const rc *r, const rc_row *x)
{
    ds_unit unit;
    return ds_unit_of(r->a, r->lex, x->unit, &unit) &&
           !ds_str_eq(unit.dimension, DS_STR("multiple"));
}

/* "5 days" of nothing else: "How long?", not "How long: day?" */
static ds_str asked_text(const rc *r, const rc_row *x)
{
    bool nothing = !x->c->subject.len || ds_str_eq(x->subject.lemma, x->unit);
    return nothing && is_amount(r, x) ? DS_STR("") : subject_text(x);
}

/* ---- templates -------------------------------------------------------------------------------------------------- */

static bool is_definite(ds_str subject)
{
    static const char *const words[] = {"the ", "their ", "his ",  "her ",
                                        "its ", "these ", "those "};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (ds_str_starts(subject, ds_str_of(words[i])))
            return true;
    return false;
}

/* "How many" and "the damaged houses" want an "of"; what leads to nobody goes. */
static void put_subject(ds_buf *b, ds_str subject)
{
    static const char *const joints[] = {": ", ", "};
    if (is_definite(subject) && ds_str_ends(ds_buf_str(b), DS_STR("How many ")))
        ds_buf_puts(b, "of ");
    for (size_t i = 0; !subject.len && i < sizeof joints / sizeof *joints; i++)
        if (ds_str_ends(ds_buf_str(b), ds_str_of(joints[i])))
            b->len -= 2;
    ds_buf_put(b, subject);
}

/* `hurt`: "critical" is told before the last word, "people critically injured". */
static void put_template(ds_buf *b, ds_str t, ds_str subject, ds_str measure, ds_str hurt)
{
    size_t last = t.len;
    while (last > 0 && t.at[last - 1] != ' ')
        last--;
    for (size_t i = 0; i < t.len;) {
        ds_str rest = ds_str_cut(t, i, t.len);
        if (i == last && hurt.len)
            ds_buf_puts(b, ds_str_eq(hurt, DS_STR("critical")) ? "critically " : "seriously ");
        if (ds_str_starts(rest, DS_STR("{subject}"))) {
            put_subject(b, subject);
            i += 9;
        } else if (ds_str_starts(rest, DS_STR("{measure}"))) {
            ds_buf_put(b, measure);
            i += 9;
        } else {
            ds_buf_putc(b, t.at[i++]);
        }
    }
}

static void put_per(ds_buf *b, const ds_claim *c)
{
    if (c->per_len == 0)
        return;
    if (c->per_len == 1) {
        bool an = ds_str_eq(c->per[0], DS_STR("hour"));
        ds_buf_printf(b, " %s %.*s", an ? "an" : "a", DS_FMT(c->per[0]));
        return;
    }
    ds_buf_printf(b, " per %.*s and %.*s", DS_FMT(c->per[0]), DS_FMT(c->per[1]));
}

/* What sets the scope apart, said before the question mark. */
static void put_scope(ds_buf *b, const rc *r, const rc_question *g, const rc_row *x)
{
    bool first = r->delta_base[x - r->rows];
    if (ds_str_starts(x->scope, DS_STR("year ")))
        ds_buf_printf(b, " in %.*s", DS_FMT(ds_str_cut(x->scope, 5, x->scope.len)));
    else if (ds_str_eq(x->scope, DS_STR("more")))
        ds_buf_puts(b, ds_str_eq(x->c->measure, DS_STR("reinforcement")) ? "" : " in addition");
    else if (first && !x->c->part_of_whole)
        ds_buf_puts(b, " at first");
    else if (ds_str_starts(x->scope, DS_STR("part")) && x->c->of_words.len)
        ds_buf_printf(b, " (of %.*s)", DS_FMT(x->c->of_words));
    else if (g->split && x->running)
        ds_buf_puts(b, " in all");
    else if (g->split && x->c->where.len)
        ds_buf_printf(b, " in %.*s", DS_FMT(x->c->where));
    else if (g->scope == DS_SCOPE_SEVERAL)
        ds_buf_puts(b, " in several events");
    else if (g->scope == DS_SCOPE_TURN)
        ds_buf_puts(b, " in one of several events");
    if (g->scope == DS_SCOPE_EARLIER)
        ds_buf_puts(b, " earlier");
}

/* `t` with everything that belongs to the question put before its closing question mark. */
static ds_status fill(rc *r, const rc_question *g, const rc_row *x, ds_str t, ds_str measure,
                      ds_str *out)
{
    ds_buf b = ds_buf_new(r->a);
    bool asks = ds_str_ends(t, DS_STR("?"));
    put_template(&b, ds_str_cut(t, 0, t.len - asks), asked_text(r, x), measure, x->hurt);
    put_per(&b, x->c);
    put_scope(&b, r, g, x);
    ds_buf_puts(&b, asks ? "?" : "");
    DS_TRY(ds_buf_take(&b, out));
    *out = ds_str_trim(*out);
    return DS_OK;
}

/* ---- id --------------------------------------------------------------------------------------------------------- */

static ds_status make_id(rc *r, const rc_question *g, const rc_row *x, const ds_question *q,
                         ds_str *out)
{
    ds_str scope = g->split ? (x->place.len ? x->place : x->subject.phrase) : DS_STR("");
    ds_str key =
        ds_arena_printf(r->a, "%.*s\t%.*s\t%.*s\t%.*s\t%.*s\t%.*s\t%.*s", DS_FMT(q->measure),
                        DS_FMT(x->subject.actor), DS_FMT(x->subject.head), DS_FMT(x->unit),
                        DS_FMT(x->per), DS_FMT(x->scope), DS_FMT(scope));
    if (!key.at)
        return DS_NOMEM;
    *out = ds_arena_printf(r->a, "q%08x", (unsigned)ds_hash(key, 0));
    return out->at ? DS_OK : DS_NOMEM;
}

ds_status rc_word(rc *r, const rc_question *g, ds_question *q)
{
    const rc_row *x;
    DS_TRY(speaking_row(r, g, &x));
    rc_measure m = rc_measure_asked(r->words, q->measure, &x->subject, is_amount(r, x));
    bool share = ds_str_eq(x->unit, DS_STR("ratio"));
    q->subject = subject_text(x);
    q->unit = x->unit;
    q->per_len = x->c->per_len;
    q->per[0] = x->c->per[0];
    q->per[1] = x->c->per[1];
    DS_TRY(fill(r, g, x, share && m.share.len ? m.share : m.question, q->measure, &q->text));
    DS_TRY(fill(r, g, x, m.label, q->measure, &q->label));
    return make_id(r, g, x, q, &q->id);
}

/* ---- two questions, one text -------------------------------------------------------------------------------------- */

static bool taken(const ds_map *texts, ds_str text)
{
    uint64_t at;
    return ds_map_get(texts, text, &at) == DS_OK;
}

/* " in Vask", " (in 2019)", " (B9)": the first of them that the row has. */
static ds_status tell_apart(rc *r, const ds_map *texts, ds_str text, const rc_row *x, uint32_t row,
                            ds_str *out)
{
    bool asks = ds_str_ends(text, DS_STR("?"));
    ds_str stem = ds_str_cut(text, 0, text.len - asks);
    const char *mark = asks ? "?" : "";
    ds_str with = {0};
    if (x->c->where.len)
        with = ds_arena_printf(r->a, "%.*s in %.*s%s", DS_FMT(stem), DS_FMT(x->c->where), mark);
    if ((!with.at || taken(texts, with)) && x->c->when_words.len)
        with = ds_arena_printf(r->a, "%.*s (%.*s)%s", DS_FMT(stem), DS_FMT(x->c->when_words), mark);
    if (!with.at || taken(texts, with)) {
        ds_cite c = rc_cite(r, row);
        with = ds_arena_printf(r->a, "%.*s (%.*s%u)%s", DS_FMT(stem),
                               DS_FMT(rc_letter(r, c.member)), c.sentence, mark);
    }
    *out = with;
    return with.at ? DS_OK : DS_NOMEM;
}

static ds_status id_apart(rc *r, ds_map *ids, ds_question *q)
{
    uint64_t at;
    while (ds_map_get(ids, q->id, &at) == DS_OK) {
        ds_str key = ds_arena_printf(r->a, "%.*s\t%.*s", DS_FMT(q->id), DS_FMT(q->text));
        q->id = ds_arena_printf(r->a, "q%08x", (unsigned)ds_hash(key, 0));
        if (!key.at || !q->id.at)
            return DS_NOMEM;
    }
    return ds_map_put(ids, q->id, 1);
}

ds_status rc_word_apart(rc *r, ds_question *q, size_t n)
{
    ds_map *texts = ds_map_new(r->a, 0), *labels = ds_map_new(r->a, 0), *ids = ds_map_new(r->a, 0);
    if (!texts || !labels || !ids)
        return DS_NOMEM;
    for (size_t i = 0; i < n; i++) {
        uint32_t row = q[i].answers[0].rows[0];
        if (taken(texts, q[i].text))
            DS_TRY(tell_apart(r, texts, q[i].text, &r->rows[row], row, &q[i].text));
        if (taken(labels, q[i].label))
            DS_TRY(tell_apart(r, labels, q[i].label, &r->rows[row], row, &q[i].label));
        DS_TRY(ds_map_put(texts, q[i].text, 1));
        DS_TRY(ds_map_put(labels, q[i].label, 1));
        DS_TRY(id_apart(r, ids, &q[i]));
    }
    return DS_OK;
}
