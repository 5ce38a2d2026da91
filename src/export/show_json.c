/* SPDX-License-Identifier: Apache-2.0 */
/* show_json.c - dossier show as one JSON object (docs/formats/show.md). */
#include "export/internal.h"

static void cites(ds_json *j, const ds_dossier *d, ds_line_cites list)
{
    ds_json_arr(j, "cites");
    for (size_t i = 0; i < list.len; i++) {
        uint32_t m = list.at[i].member;
        ds_json_obj(j, NULL);
        ds_json_str(j, "page", m < d->sources_len ? d->sources[m].letter : (ds_str){0});
        ds_json_int(j, "sentence", list.at[i].sentence);
        ds_json_end(j, '}');
    }
    ds_json_end(j, ']');
}

static void key_points(ds_json *j, const ds_dossier *d)
{
    ds_json_arr(j, "key_points");
    for (size_t i = 0; i < d->key_points_len; i++) {
        ds_json_obj(j, NULL);
        ds_json_str(j, "text", d->key_points[i].text);
        ds_json_bool(j, "flagged", d->key_points[i].flagged);
        cites(j, d, d->key_points[i].cites);
        ds_json_arr(j, "questions");
        for (size_t k = 0; k < d->key_points[i].questions_len; k++)
            ds_json_str(j, NULL, d->ledger.questions[d->key_points[i].questions[k]].id);
        ds_json_end(j, ']');
        ds_json_end(j, '}');
    }
    ds_json_end(j, ']');
}

static void flags(ds_json *j, const ds_dossier *d)
{
    ds_json_int(j, "sums_checked", d->ledger.sums_checked);
    ds_json_arr(j, "flags");
    for (size_t i = 0; i < d->ledger.flags_len; i++)
        ex_json_flag(j, d, &d->ledger.flags[i]);
    ds_json_end(j, ']');
}

static void telling(ds_json *j, const ds_dossier *d, const ds_telling *t)
{
    ds_json_obj(j, NULL);
    ds_json_str(j, "page", d->sources[t->cite.member].letter);
    ds_json_int(j, "number", t->cite.sentence);
    ds_json_str(j, "sentence", t->sentence);
    ds_json_str(j, "words", ds_str_at(t->sentence, t->words));
    ds_json_str(j, "holder", t->holder);
    ds_json_days(j, "days", true, t->days);
    ds_json_end(j, '}');
}

static void disputes(ds_json *j, const ds_dossier *d)
{
    ds_json_arr(j, "disputes");
    for (size_t i = 0; i < d->ledger.disputes_len; i++) {
        const ds_dispute *x = &d->ledger.disputes[i];
        ds_json_obj(j, NULL);
        ds_json_str(j, "verdict", ds_str_of(ds_verdict_name(x->verdict)));
        ds_json_str(j, "pair", x->pair);
        ds_json_str(j, "about", x->about);
        ds_json_str(j, "finding", x->finding);
        ds_json_arr(j, "sides");
        for (int k = 0; k < 2; k++)
            telling(j, d, &x->sides[k]);
        ds_json_end(j, ']');
        cites(j, d, (ds_line_cites){x->more, x->more_len});
        ds_json_end(j, '}');
    }
    ds_json_end(j, ']');
}

static ds_status questions(ds_json *j, ds_arena *a, const ds_dossier *d)
{
    ds_json_arr(j, "questions");
    for (size_t i = 0; i < d->ledger.questions_len; i++)
        DS_TRY(ex_json_question(j, a, d, &d->ledger.questions[i]));
    ds_json_end(j, ']');
    return DS_OK;
}

void ex_json_event(ds_json *j, const ds_dossier *d, size_t i)
{
    const ds_event *e = &d->timeline[i];
    ds_json_obj(j, NULL);
    ds_json_days(j, "when", e->has_when, e->when);
    ds_json_str(j, "words", e->when_words);
    ds_json_str(j, "text", e->text);
    ds_json_str(j, "certainty", ds_str_of(ds_certainty_name(e->certainty)));
    cites(j, d, e->cites);
    ds_json_end(j, '}');
}

static void amount(ds_json *j, const char *key, const ds_amount *a)
{
    ds_json_obj(j, key);
    ex_json_frac(j, "low", a->has_low, a->low);
    ex_json_frac(j, "high", a->has_high, a->high);
    ds_json_end(j, '}');
}

static void force(ds_json *j, const ds_dossier *d, const ds_force *f)
{
    ds_json_obj(j, NULL);
    ds_json_str(j, "actor", f->actor);
    ds_json_day(j, "day", f->day);
    amount(j, "sent", &f->sent);
    amount(j, "killed", &f->killed);
    amount(j, "injured", &f->injured);
    amount(j, "captured", &f->captured);
    amount(j, "missing", &f->missing);
    amount(j, "lost", &f->lost);
    amount(j, "withdrawn", &f->withdrawn);
    amount(j, "remains", &f->remains);
    ds_json_arr(j, "claims");
    for (size_t i = 0; i < f->rows_len; i++)
        ds_json_str(j, NULL, d->rows[f->rows[i]].claim.id);
    ds_json_end(j, ']');
    ds_json_end(j, '}');
}

static void forces(ds_json *j, const ds_dossier *d)
{
    ds_json_arr(j, "forces");
    for (size_t i = 0; i < d->ledger.forces_len; i++)
        force(j, d, &d->ledger.forces[i]);
    ds_json_end(j, ']');
}

static void timeline(ds_json *j, const ds_dossier *d)
{
    ds_json_arr(j, "timeline");
    for (size_t i = 0; i < d->timeline_len; i++)
        ex_json_event(j, d, i);
    ds_json_end(j, ']');
}

static void source_names(ds_json *j, const ds_source *s)
{
    ds_json_str(j, "page", s->letter);
    ds_json_str(j, "doc", s->doc);
    ds_json_str(j, "sha256", s->page_sha256);
    ds_json_str(j, "title", s->title);
    ds_json_str(j, "opening", s->opening);
    ex_json_strs(j, "authors", s->authors);
    ds_json_str(j, "publisher", s->publisher);
    ds_json_str(j, "original_publisher", s->original_publisher);
    ds_json_str(j, "affiliation", s->affiliation);
    ds_json_str(j, "licence", s->licence);
    ds_json_str(j, "section", s->section);
    ds_json_str(j, "kind", ds_str_of(ds_kind_name(s->kind)));
    ds_json_str(j, "language", s->language);
    ex_json_strs(j, "credited", s->credited);
}

static void firsts(ds_json *j, const ds_dossier *d, const ds_source *s)
{
    ds_json_arr(j, "first");
    for (size_t i = 0; i < s->first_len; i++) {
        ds_json_obj(j, NULL);
        ds_json_str(j, "text", s->first[i].text);
        cites(j, d, (ds_line_cites){&s->first[i].cite, 1});
        ds_json_end(j, '}');
    }
    ds_json_end(j, ']');
}

void ex_json_source(ds_json *j, const ds_dossier *d, size_t i)
{
    const ds_source *s = &d->sources[i];
    bool bounded = s->window.lo != DS_DAY_NONE || s->window.hi != DS_DAY_NONE;
    ds_json_obj(j, NULL);
    source_names(j, s);
    ds_json_day(j, "published", s->published);
    ds_json_str(j, "published_from", s->published_from);
    ds_json_days(j, "published_window", bounded, s->window);
    ds_json_str(j, "window_from", s->window_from);
    ds_json_int(j, "sentences", s->sentences);
    ds_json_int(j, "figures", s->figures);
    ds_json_int(j, "flags", s->flags);
    ds_json_int(j, "comments_left_out", s->comments_left_out);
    ds_json_int(j, "teasers_left_out", s->teasers_left_out);
    ex_json_strs(j, "related", s->related);
    firsts(j, d, s);
    ds_json_end(j, '}');
}

static void sources(ds_json *j, const ds_dossier *d)
{
    ds_json_arr(j, "sources");
    for (size_t i = 0; i < d->sources_len; i++)
        ex_json_source(j, d, i);
    ds_json_end(j, ']');
}

static void copies(ds_json *j, const ds_dossier *d)
{
    ds_json_arr(j, "copies");
    for (size_t i = 0; i < d->copies_len; i++) {
        const ds_copy *c = &d->copies[i];
        ds_json_obj(j, NULL);
        ds_json_str(j, "from",
                    c->from_member < d->sources_len ? d->sources[c->from_member].letter
                                                    : (ds_str){0});
        ds_json_int(j, "from_sentence", c->from_sentence);
        ds_json_str(j, "to",
                    c->to_member < d->sources_len ? d->sources[c->to_member].letter : (ds_str){0});
        ds_json_int(j, "to_sentence", c->to_sentence);
        ds_json_int(j, "words", c->words);
        ds_json_end(j, '}');
    }
    ds_json_end(j, ']');
}

static void two(ds_json *j, const char *key, uint32_t x, uint32_t y)
{
    ds_json_arr(j, key);
    ds_json_int(j, NULL, x);
    ds_json_int(j, NULL, y);
    ds_json_end(j, ']');
}

static void overlap(ds_json *j, const ds_dossier *d, const ds_overlap *o)
{
    const ds_shared *s = &o->shared;
    ds_json_obj(j, NULL);
    ds_json_str(j, "first", ex_letter_of(d, o->members[0]));
    ds_json_str(j, "second", ex_letter_of(d, o->members[1]));
    ds_json_bool(j, "order_known", o->known);
    ds_json_str(j, "kind", ds_str_of(ds_overlap_kind_name(s->kind)));
    two(j, "words", s->words[0], s->words[1]);
    two(j, "of", s->of[0], s->of[1]);
    ds_json_arr(j, "passages");
    for (size_t i = 0; i < s->passages_len; i++) {
        const ds_span *at = s->passages[i].at;
        ds_json_obj(j, NULL);
        two(j, "first", at[0].beg, at[0].end);
        two(j, "second", at[1].beg, at[1].end);
        ds_json_int(j, "words", s->passages[i].words);
        ds_json_end(j, '}');
    }
    ds_json_end(j, ']');
    ds_json_end(j, '}');
}

static void overlaps(ds_json *j, const ds_dossier *d)
{
    ds_json_arr(j, "overlaps");
    for (size_t i = 0; i < d->overlaps_len; i++)
        overlap(j, d, &d->overlaps[i]);
    ds_json_end(j, ']');
}

static void standfirst(ds_json *j, const ds_dossier *d)
{
    if (!d->standfirst.len) {
        ds_json_null(j, "standfirst");
        return;
    }
    ds_json_obj(j, "standfirst");
    ds_json_str(j, "text", d->standfirst);
    cites(j, d, d->standfirst_cites);
    ds_json_end(j, '}');
}

static void head(ds_json *j, const ds_dossier *d)
{
    if (d->story)
        ds_json_int(j, "story", d->story);
    else
        ds_json_null(j, "story");
    ds_json_str(j, "title", d->title);
    ds_json_str(j, "title_from", d->title_from);
    standfirst(j, d);
    ds_json_str(j, "section", d->section);
    ex_json_strs(j, "keywords", d->keywords);
    ds_json_int(j, "pages", (int64_t)d->sources_len);
    ds_json_int(j, "publishers", d->publishers);
    ds_json_int(j, "origins", d->ledger.origins);
    ds_json_int(j, "figures", (int64_t)d->rows_len);
    ds_json_int(j, "conflicts", (int64_t)ex_in_state(d, DS_S_CONFLICT));
    ds_json_int(j, "apart", (int64_t)ex_in_state(d, DS_S_APART));
}

/* Is `name` among the words of `parts`, which commas part? */
static bool among(const char *parts, const char *name)
{
    size_t len = strlen(name);
    for (const char *at = parts; at;) {
        size_t n = strcspn(at, ",");
        if (n == len && memcmp(at, name, n) == 0)
            return true;
        at = at[n] ? at + n + 1 : NULL;
    }
    return !parts;
}

static void similar(ds_json *j, const ds_dossier *d)
{
    ds_json_arr(j, "similar");
    for (size_t i = 0; i < d->similar_len; i++)
        ex_json_similar(j, d, i);
    ds_json_end(j, ']');
}

static void claims(ds_json *j, const ds_dossier *d)
{
    ds_json_arr(j, "claims");
    for (size_t i = 0; i < d->rows_len; i++)
        ex_json_claim(j, d, &d->rows[i]);
    ds_json_end(j, ']');
}

#define PART(name)                                                                                 \
    static ds_status part_##name(ds_json *j, ds_arena *a, const ds_dossier *d)                     \
    {                                                                                              \
        (void)a;                                                                                   \
        name(j, d);                                                                                \
        return DS_OK;                                                                              \
    }
PART(key_points)
PART(flags)
PART(disputes)
PART(forces)
PART(timeline)
PART(sources)
PART(copies)
PART(overlaps)
PART(similar)
PART(claims)

static ds_status part_regroupings(ds_json *j, ds_arena *a, const ds_dossier *d)
{
    ds_json_arr(j, "regroupings");
    for (size_t i = 0; i < d->regroupings_len; i++)
        ex_json_regrouping(j, a, &d->regroupings[i]);
    ds_json_end(j, ']');
    return DS_OK;
}

static ds_status part_questions(ds_json *j, ds_arena *a, const ds_dossier *d)
{
    return questions(j, a, d);
}

static ds_status part_holders(ds_json *j, ds_arena *a, const ds_dossier *d)
{
    return ex_json_who(j, a, d);
}

ds_status ex_show_json(ds_arena *a, const ds_dossier *d, const char *parts, ds_buf *out)
{
    static const struct {
        const char *name;
        ds_status (*put)(ds_json *j, ds_arena *a, const ds_dossier *d);
    } all[] = {
        {"key_points", part_key_points},   {"flags", part_flags},
        {"disputes", part_disputes},       {"questions", part_questions},
        {"forces", part_forces},           {"timeline", part_timeline},
        {"sources", part_sources},         {"copies", part_copies},
        {"overlaps", part_overlaps},       {"similar", part_similar},
        {"regroupings", part_regroupings}, {"holders", part_holders},
        {"claims", part_claims},
    };
    ds_json j = ds_json_new(out);
    ds_json_obj(&j, NULL);
    head(&j, d);
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (among(parts, all[i].name))
            DS_TRY(all[i].put(&j, a, d));
    ds_json_end(&j, '}');
    ds_buf_putc(out, '\n');
    return out->status;
}
