/* SPDX-License-Identifier: Apache-2.0 */
#include "digest/digest.h"
#include "reconcile/test_readings.h"

static const told rows[] = {
    {'A', 1, "deployed", "Norlandish soldiers", "~1000", "", "when=2031-05-01"},
    {'A', 2, "killed", "Norlandish soldiers", "40", "Mayor Oda", "when=2031-05-03"},
    {'B', 4, "deployed", "Norlandish soldiers", "~1200", "", ""},
    {'B', 5, "killed", "Norlandish soldiers", "<=1/2", "estimates",
     "of=2 derived=600 cert=estimated"},
    {'B', 5, "killed", "Norlandish soldiers", "~60", "estimates", "equals=3 cert=estimated"},
    {'C', 2, "distance", "road", "7", "", "unit=km when=2031-05-02"},
};

static void finish(ds_arena *a, world **w, ds_ledger *l, ds_dossier *d)
{
    *w = told_world(a, rows, sizeof rows / sizeof *rows);
    assert_int_equal(ds_reconcile(a, (*w)->readings, &(*w)->story, (*w)->lex, (ds_str){0}, l, NULL),
                     DS_OK);
    assert_int_equal(ds_digest(a, (*w)->readings, &(*w)->story, l, (*w)->lex, d, NULL), DS_OK);
}

static const ds_key_point *point_with(const ds_dossier *d, const char *words)
{
    for (size_t i = 0; i < d->key_points_len; i++)
        if (ds_str_find(d->key_points[i].text, ds_str_of(words), 0) >= 0)
            return &d->key_points[i];
    return NULL;
}

static void key_points_cite_what_they_say(void **state)
{
    (void)state;
    DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, 1 << 24);
    world *w;
    ds_ledger l;
    ds_dossier d;
    finish(a, &w, &l, &d);
    assert_true(d.key_points_len > 0 && d.key_points_len <= 9);
    for (size_t i = 0; i < d.key_points_len; i++)
        assert_true(d.key_points[i].cites.len > 0); /* a line that cannot cite is not shown */
    const ds_key_point *killed = point_with(&d, "Norlandish soldiers killed: ");
    assert_non_null(killed);
    assert_int_equal(killed->cites.at[0].member, 0);
    assert_int_equal(killed->cites.at[0].sentence, 2);
}

static void a_sum_that_does_not_add_up_is_a_key_point(void **state)
{
    (void)state;
    DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, 1 << 24);
    world *w;
    ds_ledger l;
    ds_dossier d;
    finish(a, &w, &l, &d);
    const ds_key_point *sum = point_with(&d, "B against itself");
    assert_non_null(sum);
    assert_true(sum->flagged);
    assert_true(ds_str_find(sum->text, DS_STR("600"), 0) >= 0);
}

static void the_timeline_holds_what_happened_in_order(void **state)
{
    (void)state;
    DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, 1 << 24);
    world *w;
    ds_ledger l;
    ds_dossier d;
    finish(a, &w, &l, &d);
    assert_int_equal(d.timeline_len,
                     2); /* the length of the road is no event; undated rows have no line */
    assert_true(ds_str_starts(d.timeline[0].text, DS_STR("about 1,000 Norlandish soldiers sent")));
    assert_true(ds_str_starts(d.timeline[1].text, DS_STR("40 Norlandish soldiers killed")));
    assert_true(d.timeline[0].when.lo < d.timeline[1].when.lo);
    assert_int_equal(d.timeline[1].cites.at[0].sentence, 2);
}

/* ---- days that sentences tell of -------------------------------------------------------------------- */

typedef struct day_told { /* a sentence of a page, the day that it tells of, heads or not */
    char page;
    const char *day, *words;
    bool heads;
} day_told;

static const day_told sayings[] = {
    {'A', "2031-05-02", "The bridge over the Orsen was closed by the council on Friday.", false},
    {'A', "2031-05-03", "Forty soldiers were killed on Saturday, said Mayor Oda.", false},
    {'A', "2031-04-02", "She had bought a coat on 2 April.", false},
    {'B', "2031-05-02", "On Friday the council closed the bridge over the river Orsen.", false},
    {'B', "2031-05-03", "On Saturday rain fell.", false},
    {'C', "2031-04-20", "20 April 2031 The council buys land for a new bridge.", true},
};

/* The sentences become those of the pages, numbered from 1; those without a day tell of none. */
static void let_tell(world *w, const day_told *say, size_t len)
{
    for (size_t p = 0; p < w->story.members_len; p++) {
        ds_sentence *s = ds_arena_calloc(w->a, 8, sizeof *s);
        ds_told_day *t = ds_arena_calloc(w->a, 8, sizeof *t);
        ds_buf text = ds_buf_new(w->a);
        uint32_t n = 0, days = 0;
        assert_true(s && t);
        for (size_t i = 0; i < len; i++) {
            if (say[i].page != (char)('A' + p))
                continue;
            uint32_t beg = (uint32_t)text.len;
            ds_buf_puts(&text, say[i].words);
            s[n] = (ds_sentence){
                .span = {beg, (uint32_t)text.len}, .number = n + 1, .part = DS_PART_BODY};
            t[days] = (ds_told_day){.sentence = n, .heads = say[i].heads};
            if (say[i].day)
                assert_int_equal(ds_day_parse(ds_str_of(say[i].day), &t[days++].day), DS_OK);
            n++;
        }
        w->articles[p].text = ds_buf_str(&text);
        w->articles[p].language = DS_STR("en");
        w->readings[p].sents = s;
        w->readings[p].sents_len = n;
        w->readings[p].days = (ds_told_days){t, days};
    }
}

static void let_pages_tell(world *w)
{
    let_tell(w, sayings, sizeof sayings / sizeof *sayings);
}

static ds_str timeline_text(ds_arena *a, const ds_dossier *d)
{
    ds_buf b = ds_buf_new(a);
    for (size_t i = 0; i < d->timeline_len; i++) {
        const ds_event *e = &d->timeline[i];
        ds_buf_printf(&b, "%.*s %.*s", DS_FMT(e->when_words), DS_FMT(e->text));
        for (size_t k = 0; k < e->cites.len; k++)
            ds_buf_printf(&b, " %c%u", 'A' + (int)e->cites.at[k].member, e->cites.at[k].sentence);
        ds_buf_putc(&b, '\n');
    }
    return ds_buf_str(&b);
}

static void what_pages_tell_of_a_day_is_one_line(void **state)
{
    (void)state;
    static const char want[] =
        "20 Apr “20 April 2031 The council buys land for a new bridge.” C1\n"
        "1 May about 1,000 Norlandish soldiers sent A1\n"
        "2 May “The bridge over the Orsen was closed by the council on Friday.” A1 B1\n"
        "3 May 40 Norlandish soldiers killed (Mayor Oda) A2\n";
    DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, 1 << 24);
    world *w = told_world(a, rows, sizeof rows / sizeof *rows);
    ds_ledger l;
    ds_dossier d;
    let_pages_tell(w);
    assert_int_equal(ds_reconcile(a, w->readings, &w->story, w->lex, (ds_str){0}, &l, NULL), DS_OK);
    assert_int_equal(ds_digest(a, w->readings, &w->story, &l, w->lex, &d, NULL), DS_OK);
    assert_string_equal(timeline_text(a, &d).at, want);
}

/* A day that one page tells of in passing, once the other's sentence is a copy of it. */
static void a_copied_sentence_makes_no_day_count(void **state)
{
    (void)state;
    static const ds_copy copy = {0, 1, 1, 1, 12};
    DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, 1 << 24);
    world *w = told_world(a, rows, sizeof rows / sizeof *rows);
    ds_ledger l;
    ds_dossier d;
    let_pages_tell(w);
    w->story.copies = &copy;
    w->story.copies_len = 1;
    assert_int_equal(ds_reconcile(a, w->readings, &w->story, w->lex, (ds_str){0}, &l, NULL), DS_OK);
    assert_int_equal(ds_digest(a, w->readings, &w->story, &l, w->lex, &d, NULL), DS_OK);
    assert_true(ds_str_find(timeline_text(a, &d), DS_STR("2 May"), 0) < 0);
}

static void a_day_that_is_no_sentence_is_passed_over(void **state)
{
    (void)state;
    static const ds_told_day damaged[] = {{.sentence = 99, .day = 1}};
    DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, 1 << 24);
    world *w = told_world(a, rows, sizeof rows / sizeof *rows);
    ds_ledger l;
    ds_dossier d;
    w->readings[0].days = (ds_told_days){damaged, 1};
    assert_int_equal(ds_reconcile(a, w->readings, &w->story, w->lex, (ds_str){0}, &l, NULL), DS_OK);
    assert_int_equal(ds_digest(a, w->readings, &w->story, &l, w->lex, &d, NULL), DS_OK);
    assert_int_equal(d.timeline_len, 2);
}

static void sources_stand_in_order_of_the_members(void **state)
{
    (void)state;
    DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, 1 << 24);
    world *w;
    ds_ledger l;
    ds_dossier d;
    finish(a, &w, &l, &d);
    assert_int_equal(d.sources_len, 3);
    assert_true(ds_str_eq(d.sources[1].letter, DS_STR("B")));
    assert_int_equal(d.sources[0].figures, 2);
    assert_int_equal(d.rows_len, sizeof rows / sizeof *rows);
}

/* Page A came last: it is C now. */
static void let_a_come_last(world *w)
{
    ds_reading first = w->readings[0];
    w->readings[0] = w->readings[1];
    w->readings[1] = w->readings[2];
    w->readings[2] = first;
    for (uint32_t m = 0; m < 3; m++) {
        w->members[m].reading = (m + 2) % 3;
        w->members[m].letter = ds_str_of(&"A\0B\0C"[2 * w->members[m].reading]);
    }
}

static bool same_row(const ds_dossier *d, uint32_t i, const ds_dossier *e, uint32_t k)
{
    const ds_claim *x = &d->rows[i].claim, *y = &e->rows[k].claim;
    return ds_str_eq(x->doc, y->doc) && x->number == y->number && x->value.bound == y->value.bound;
}

static bool holds_row(const ds_dossier *d, uint32_t i, const ds_dossier *e, const uint32_t *list,
                      size_t len)
{
    for (size_t k = 0; k < len; k++)
        if (same_row(d, i, e, list[k]))
            return true;
    return false;
}

static void what_points_at_rows_follows_them(void **state)
{
    (void)state;
    DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, 1 << 24);
    world *w;
    ds_ledger l;
    ds_dossier d, e;
    finish(a, &w, &l, &d);
    let_a_come_last(w);
    assert_int_equal(ds_digest(a, w->readings, &w->story, &l, w->lex, &e, NULL), DS_OK);
    assert_true(ds_str_eq(e.rows[0].claim.doc, DS_STR("B")));
    assert_true(d.ledger.forces_len > 0 && e.ledger.forces_len == d.ledger.forces_len);
    for (size_t i = 0; i < d.ledger.forces_len; i++) {
        const ds_force *f = &d.ledger.forces[i], *g = &e.ledger.forces[i];
        assert_int_equal(f->rows_len, g->rows_len);
        for (size_t k = 0; k < f->rows_len; k++)
            assert_true(holds_row(&d, f->rows[k], &e, g->rows, g->rows_len));
    }
    size_t ties = 0;
    for (size_t i = 0; i < d.ledger.questions_len; i++)
        for (size_t k = 0; k < d.ledger.questions[i].ties_len; k++, ties++) {
            const ds_tie *t = &d.ledger.questions[i].ties[k], *u = &e.ledger.questions[i].ties[k];
            assert_true(same_row(&d, t->row, &e, u->row) && same_row(&d, t->with, &e, u->with));
        }
    assert_true(ties > 0);
}

/* ---- how key points are worded ---------------------------------------------------------------------- */

static const struct {
    told rows[6];
    const char *dates[3]; /* of pages A, B, C */
    const char *line;
} wordings[] = {
    {{{'A', 1, "killed", "people", "12", "", ""}, {'B', 1, "killed", "people", "12", "", ""}},
     {NULL},
     "Killed: 12, say two origins on two pages."},
    {{{'A', 1, "killed", "people", "12", "Mayor Oda", ""},
      {'B', 1, "killed", "people", "30", "Anna Holm", ""}},
     {NULL},
     "Killed: 12 (Mayor Oda) or 30 (Anna Holm); no two origins agree."},
    {{{'A', 1, "killed", "people", "12", "Mayor Oda", ""},
      {'B', 1, "killed", "people", "12", "Petro Varensky", ""},
      {'C', 2, "killed", "people", ">=30", "Anna Holm", ""}},
     {NULL},
     "Killed: 12, say two origins on two pages; another: at least 30 (Anna Holm)."},
    {{{'A', 1, "killed", "people", "12", "Mayor Oda", "asof=2031-05-01"},
      {'B', 1, "killed", "people", "30", "Mayor Oda", "asof=2031-05-04"},
      {'B', 2, "killed", "people", "30", "Anna Holm", "asof=2031-05-04"}},
     {"2031-05-01", "2031-05-04", NULL},
     "Killed: 30, say two origins on one page; updated on 4 May from 12."},
    {{{'A', 1, "killed", "people", "1", "Mayor Oda", "asof=2031-05-01"}, /* told of one of them */
      {'B', 1, "killed", "people", "30", "Mayor Oda", "asof=2031-05-04"},
      {'B', 2, "killed", "people", "30", "Anna Holm", "asof=2031-05-04"}},
     {"2031-05-01", "2031-05-04", NULL},
     "Killed: 30, say two origins on one page."},
    {{{'A', 1, "killed", "people", "12", "Mayor Oda", ""},
      {'B', 1, "killed", "people", "40", "Anna Holm", "cert=possible"}},
     {NULL},
     "Killed: 12, according to Mayor Oda. Planned or possible: 40 (Anna Holm, possible)."},
};

static void points_are_worded_so(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof wordings / sizeof *wordings; i++) {
        DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, 1 << 24);
        world *w = told_world(a, wordings[i].rows, told_count(wordings[i].rows, 6));
        ds_dossier d;
        for (size_t p = 0; p < w->story.members_len; p++)
            if (wordings[i].dates[p])
                assert_int_equal(
                    ds_day_parse(ds_str_of(wordings[i].dates[p]), &w->articles[p].published),
                    DS_OK);
        ds_ledger l = told_ledger(w, (ds_str){0});
        assert_int_equal(ds_digest(a, w->readings, &w->story, &l, w->lex, &d, NULL), DS_OK);
        assert_true(d.key_points_len > 0);
        assert_string_equal(ds_arena_printf(a, "%.*s", DS_FMT(d.key_points[0].text)).at,
                            wordings[i].line);
        assert_int_equal(d.key_points[0].questions_len, 1);
    }
}

/* ---- what pages say ------------------------------------------------------------------------------------- */

static const told paid[] = {
    {'A', 2, "cost", "bridge", "50", "", "unit=EUR"},
    {'B', 2, "cost", "bridge", "70", "Anna Holm", "unit=EUR"},
};

static const day_told bridge[] = {
    {'A', NULL,
     "OSTERBY, Orsenia (Orpress) — The council of Osterby opened a bridge over the Orsen.", false},
    {'A', NULL, "Whoever crosses the bridge pays 50 euros a year to the council.", false},
    {'A', NULL, "Petro Varensky was the first to cross the river with his horses.", false},
    {'A', NULL, "He would not say more.", false},
    {'B', NULL, "Osterby has a bridge over the Orsen again, the council said.", false},
    {'B', NULL, "Each year the council takes 70 euros for the bridge, said Anna Holm.", false},
    {'B', NULL, "The first to cross the river were the horses of Petro Varensky.", false},
};

typedef struct page_story { /* rows with their figures' words, and the sentences of the pages */
    const told *rows;
    const char *const *figures; /* of each row */
    size_t rows_len;
    const day_told *says;
    size_t says_len;
} page_story;

static void read_story(ds_arena *a, const page_story *in, world **w, ds_ledger *l, ds_dossier *d)
{
    *w = told_world(a, in->rows, in->rows_len);
    let_tell(*w, in->says, in->says_len);
    for (size_t i = 0; i < in->rows_len; i++) {
        ds_row *r = &(*w)->story.rows[i];
        const ds_sentence *s = &(*w)->readings[r->member].sents[r->claim.number - 1];
        r->claim.sentence = ds_str_at((*w)->articles[r->member].text, s->span);
        ptrdiff_t at = ds_str_find(r->claim.sentence, ds_str_of(in->figures[i]), 0);
        assert_true(at >= 0);
        r->claim.figure =
            (ds_span){(uint32_t)at, (uint32_t)(at + (ptrdiff_t)strlen(in->figures[i]))};
    }
    *l = told_ledger(*w, (ds_str){0});
    assert_int_equal(ds_digest(a, (*w)->readings, &(*w)->story, l, (*w)->lex, d, NULL), DS_OK);
}

static void read_bridge(ds_arena *a, world **w, ds_ledger *l, ds_dossier *d)
{
    static const char *const figures[] = {"50 euros", "70 euros"};
    static const page_story in = {paid, figures, 2, bridge, sizeof bridge / sizeof *bridge};
    read_story(a, &in, w, l, d);
}

/* What most pages tell takes the figure in it along: no second point quotes another page for it. */
static void a_figure_goes_behind_the_sentence_that_has_it(void **state)
{
    (void)state;
    static const told crossed[] = {
        {'A', 2, "cross", "horses", "9", "", "unit=horse"},
        {'B', 2, "cross", "horses", "9", "", "unit=horse"},
        {'C', 2, "cross", "horses", "7", "", "unit=horse"},
    };
    static const char *const figures[] = {"nine horses", "nine horses", "seven horses"};
    static const day_told says[] = {
        {'A', NULL, "The council of Osterby opened a bridge over the Orsen.", false},
        {'A', NULL, "Petro Varensky was the first to cross the river with nine horses.", false},
        {'B', NULL, "Osterby has a bridge over the Orsen again, the council said.", false},
        {'B', NULL, "The first to cross the river were nine horses of Petro Varensky.", false},
        {'C', NULL, "A bridge over the Orsen is open in Osterby.", false},
        {'C', NULL, "First to cross the river was Petro Varensky with seven horses.", false},
    };
    static const page_story in = {crossed, figures, 3, says, sizeof says / sizeof *says};
    DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, 1 << 24);
    world *w;
    ds_ledger l;
    ds_dossier d;
    read_story(a, &in, &w, &l, &d);
    const ds_key_point *horses = point_with(&d, "horses");
    assert_non_null(horses);
    assert_string_equal(ds_arena_printf(a, "%.*s", DS_FMT(horses->text)).at,
                        "“The first to cross the river were nine horses of Petro Varensky.” ‘nine "
                        "horses’: two origins on two pages; another: 7 (C in its own voice).");
    assert_int_equal(horses->questions_len, 1);
    assert_int_equal(horses->cites.len, 3);
    for (size_t i = 0; i < d.key_points_len; i++)
        assert_true(&d.key_points[i] == horses ||
                    ds_str_find(d.key_points[i].text, DS_STR("horses"), 0) < 0);
}

/* Money is told in the words of a page, with what the others give; and what both pages tell without a figure, once. */
static void points_quote_where_a_figure_needs_its_words(void **state)
{
    (void)state;
    static const char quoted[] =
        "“Whoever crosses the bridge pays 50 euros a year to the council.” ‘50 euros’; "
        "elsewhere: €70 (Anna Holm); no two origins agree.";
    DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, 1 << 24);
    world *w;
    ds_ledger l;
    ds_dossier d;
    read_bridge(a, &w, &l, &d);
    const ds_key_point *money = point_with(&d, "euros"), *horses = point_with(&d, "horses");
    assert_true(money && horses);
    assert_string_equal(ds_arena_printf(a, "%.*s", DS_FMT(money->text)).at, quoted);
    assert_int_equal(money->cites.len, 2);
    assert_int_equal(horses->cites.len, 2);
    for (size_t i = 0; i < d.key_points_len;
         i++) /* no page's first sentence, none that leans on another */
        assert_true(ds_str_find(d.key_points[i].text, DS_STR("opened"), 0) < 0 &&
                    ds_str_find(d.key_points[i].text, DS_STR("He would"), 0) < 0);
}

static void a_story_says_what_it_is_about(void **state)
{
    (void)state;
    DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, 1 << 24);
    world *w;
    ds_ledger l;
    ds_dossier d;
    read_bridge(a, &w, &l, &d);
    assert_true(
        ds_str_eq(d.title, DS_STR("Osterby has a bridge over the Orsen again, the council said")));
    assert_true(ds_str_eq(d.standfirst,
                          DS_STR("“The council of Osterby opened a bridge over the Orsen.”")));
    assert_int_equal(d.standfirst_cites.at[0].member, 0);
    ds_buf b = ds_buf_new(a);
    for (size_t i = 0; i < d.keywords.len; i++)
        ds_buf_printf(&b, "%.*s ", DS_FMT(d.keywords.at[i]));
    assert_string_equal(ds_buf_str(&b).at,
                        "Osterby council bridge Petro Varensky Orsen horses cross river ");
}

static void pages_are_credited_with_what_they_told_first(void **state)
{
    (void)state;
    static const told counted[] = {
        {'A', 1, "killed", "people", "12", "", ""},
        {'B', 1, "killed", "people", "12", "", ""},
        {'B', 2, "killed", "people", "30", "Anna Holm", ""},
        {'C', 1, "killed", "people", "30", "", ""},
    };
    DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, 1 << 24);
    world *w = told_world(a, counted, 4);
    ds_dossier d;
    w->articles[0].published = ds_day_of(2031, 5, 3); /* B had the 12 a day earlier */
    w->articles[1].published = ds_day_of(2031, 5, 2);
    ds_ledger l = told_ledger(w, (ds_str){0});
    assert_int_equal(ds_digest(a, w->readings, &w->story, &l, w->lex, &d, NULL), DS_OK);
    assert_int_equal(d.sources[0].first_len, 0);
    assert_int_equal(d.sources[1].first_len, 2);
    assert_true(ds_str_eq(d.sources[1].first[0].text, DS_STR("12 people killed")));
    assert_int_equal(d.sources[1].first[1].cite.sentence, 2);
    assert_int_equal(d.sources[2].first_len, 0); /* undated: by arrival */
}

/* What was so yesterday heads no story: neither title nor standfirst has a figure that an update took the place of. */
static void old_figures_do_not_lead(void **state)
{
    (void)state;
    static const told counted[] = {
        {'A', 1, "killed", "people", "12", "Mayor Oda", "asof=2031-05-01"},
        {'B', 1, "killed", "people", "30", "Mayor Oda", "asof=2031-05-04"},
    };
    static const day_told says[] = {
        {'A', NULL, "Twelve people were killed when the bridge at Osterby fell, said Mayor Oda.",
         false},
        {'B', NULL, "Thirty people were killed at the bridge, said Mayor Oda.", false},
    };
    DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, 1 << 24);
    world *w = told_world(a, counted, 2);
    ds_dossier d;
    let_tell(w, says, 2);
    w->articles[0].published = ds_day_of(2031, 5, 1);
    w->articles[1].published = ds_day_of(2031, 5, 4);
    ds_ledger l = told_ledger(w, (ds_str){0});
    assert_int_equal(ds_digest(a, w->readings, &w->story, &l, w->lex, &d, NULL), DS_OK);
    assert_true(ds_str_find(d.standfirst, DS_STR("Thirty"), 0) > 0 || d.standfirst.len == 0);
    assert_true(ds_str_starts(d.title, DS_STR("Thirty")));
}

static void hunger_leaves_the_output_alone(void **state)
{
    (void)state;
    DS_AUTO(ds_arena_freep) ds_arena *home = ds_arena_new(0, 1 << 24);
    world *w = told_world(home, rows, sizeof rows / sizeof *rows);
    ds_ledger l;
    let_pages_tell(w);
    assert_int_equal(ds_reconcile(home, w->readings, &w->story, w->lex, (ds_str){0}, &l, NULL),
                     DS_OK);
    bool done = false;
    for (size_t budget = 0; !done && budget < 1u << 20; budget += 61) {
        DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(256, budget);
        ds_dossier d = {0};
        ds_status st = ds_digest(a, w->readings, &w->story, &l, w->lex, &d, NULL);
        if (st == DS_OK) {
            assert_int_equal(d.timeline_len, 4);
            done = true;
        } else {
            assert_int_equal(st, DS_NOMEM);
            assert_null(d.sources);
        }
    }
    assert_true(done);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(key_points_cite_what_they_say),
        cmocka_unit_test(a_sum_that_does_not_add_up_is_a_key_point),
        cmocka_unit_test(the_timeline_holds_what_happened_in_order),
        cmocka_unit_test(what_pages_tell_of_a_day_is_one_line),
        cmocka_unit_test(a_copied_sentence_makes_no_day_count),
        cmocka_unit_test(a_day_that_is_no_sentence_is_passed_over),
        cmocka_unit_test(sources_stand_in_order_of_the_members),
        cmocka_unit_test(what_points_at_rows_follows_them),
        cmocka_unit_test(points_are_worded_so),
        cmocka_unit_test(points_quote_where_a_figure_needs_its_words),
        cmocka_unit_test(a_figure_goes_behind_the_sentence_that_has_it),
        cmocka_unit_test(a_story_says_what_it_is_about),
        cmocka_unit_test(pages_are_credited_with_what_they_told_first),
        cmocka_unit_test(old_figures_do_not_lead),
        cmocka_unit_test(hunger_leaves_the_output_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
