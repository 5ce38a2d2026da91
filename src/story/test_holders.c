/* SPDX-License-Identifier: Apache-2.0 */
/* Who is who over pages: each rule with a case that it joins and one that it leaves apart. Names and events are invented. */
#include "story/story.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

enum { LINKS = 10, PAGES = 4 };

typedef struct holder_case {
    const char *links
        [LINKS]; /* "B Ilsa Marn": page and holder; in lower case behind the page: nobody named; "A x|Y": normal name Y */
    const char *texts[PAGES]; /* of pages A, B, ...; NULL: empty */
    const char *
        expected; /* "form/rule/with" of each join, "form?with: why" of each pair left apart; then names of holders */
} holder_case;

// clang-format off
static const holder_case cases[] = {
    /* one name is one holder; an unnamed one stays on its page */
    {{"A Ilsa Marn", "B Ilsa Marn"}, {0}, "Ilsa Marn"},
    {{"A officials", "B officials"}, {0}, "officials; officials"},
    {{"A Norland Post", "B officials", "B Norland Post"}, {0}, "Norland Post; officials"},
    /* writing */
    {{"A Oskar Mining", "B Oskar Mining Inc."}, {0}, "B:Oskar Mining Inc./writing/A:Oskar Mining. Oskar Mining Inc."},
    {{"A The Talvik Times", "B Talvik Times"}, {0}, "B:Talvik Times/writing/A:The Talvik Times. The Talvik Times"},
    {{"A NORDA", "B N.O.R.D.A."}, {0}, "B:N.O.R.D.A./writing/A:NORDA. NORDA"},
    {{"A NORDA", "B Norda"}, {0}, "B:Norda/writing/A:NORDA. NORDA"},
    {{"A Reuters", "B Reuters news agency"}, {0}, "B:Reuters news agency/writing/A:Reuters. Reuters"},
    /* title */
    {{"A Governor Ilsa Marn", "B Ilsa Marn"}, {0}, "B:Ilsa Marn/title/A:Governor Ilsa Marn. Ilsa Marn"},
    {{"A Oskar Mining CEO Pia Lund", "B Pia Lund"}, {0}, "B:Pia Lund/title/A:Oskar Mining CEO Pia Lund. Pia Lund"},
    {{"A Anna King", "B Anna Baker King"}, {0}, "B:Anna Baker King/given names/A:Anna King. Anna Baker King"},
    {{"A Red Lantern Society", "B spokesman for the Red Lantern Society|spokesman for the Red Lantern Society"}, {0},
     "B:spokesman for the Red Lantern Society/title/A:Red Lantern Society. Red Lantern Society"},
    {{"A NORDA", "B NORDA spokeswoman"}, {0}, "B:NORDA spokeswoman/title/A:NORDA. NORDA"},
    {{"A Ilsa Marn", "A spokesman for Ilsa Marn|spokesman for Ilsa Marn"}, {0}, "Ilsa Marn; spokesman for Ilsa Marn"},
    {{"A General Motors", "B Motors"}, {0}, "General Motors; Motors"},
    /* normal name, country */
    {{"A the agency|South Korean intelligence", "B National Intelligence Service|South Korean intelligence"}, {0},
     "B:National Intelligence Service/normal name/A:the agency. South Korean intelligence"},
    {{"A Norwegian army", "B Norway's army"}, {0}, "B:Norway's army/country/A:Norwegian army. Norwegian army"},
    {{"A Norwegian government", "B Norway"}, {0}, "B:Norway/country/A:Norwegian government. Norway"},
    {{"A Norwegian army", "B Swedish army"}, {0}, "Norwegian army; Swedish army"},
    {{"A Norwegians", "B Norway"}, {0}, "Norwegians; Norway"},
    /* accents and hyphens; spelling */
    {{"A Jürgen Müller", "B Jurgen Muller"}, {0}, "B:Jurgen Muller/accents and hyphens/A:Jürgen Müller. Jürgen Müller"},
    {{"A Kim Jae-un", "B Kim Jae Un"}, {0}, "B:Kim Jae Un/accents and hyphens/A:Kim Jae-un. Kim Jae Un"},
    {{"A Petro Varensky", "B Petro Varenskyy"}, {0}, "B:Petro Varenskyy/spelling/A:Petro Varensky. Petro Varensky"},
    {{"A Petro Varenskiy", "B Petro Varenskii"}, {0}, "B:Petro Varenskii/spelling/A:Petro Varenskiy. Petro Varenskiy"},
    {{"A Aleksei Kharlin", "B Alexey Harlin"}, {0}, "B:Alexey Harlin/spelling/A:Aleksei Kharlin. Aleksei Kharlin"},
    {{"A Mahmoud Qasim", "B Mahmud Kasim"}, {0}, "B:Mahmud Kasim/spelling/A:Mahmoud Qasim. Mahmoud Qasim"},
    {{"A Hans Schroeder", "B Hans Schröder"}, {0}, "B:Hans Schröder/spelling/A:Hans Schroeder. Hans Schroeder"},
    {{"A Talvik Defence Centre", "B Talvik Defense Center"}, {0},
     "B:Talvik Defense Center/spelling/A:Talvik Defence Centre. Talvik Defence Centre"},
    {{"A Petro Varensky", "A Petro Varenskyy"}, {0}, "A:Petro Varenskyy?A:Petro Varensky: A has both. Petro Varensky; Petro Varenskyy"},
    {{"A Petro Varensky", "B Governor Petro Varensky", "B Petro Varenskyy"}, {0},
     "B:Governor Petro Varensky/title/A:Petro Varensky, B:Petro Varenskyy?A:Petro Varensky: B has both. Petro Varensky; Petro Varenskyy"},
    {{"A Louis Solano", "B Luis Solano"}, {0}, "Louis Solano; Luis Solano"},
    {{"A Anna Korvina", "B Anna Korvine"}, {0}, "B:Anna Korvine?A:Anna Korvina: the last names differ in a letter. Anna Korvina; Anna Korvine"},
    /* given names */
    {{"A Mark Talvik", "B Mark P. Talvik"}, {0}, "B:Mark P. Talvik/given names/A:Mark Talvik. Mark P. Talvik"},
    {{"A W. Mark Talvik", "B William Mark Talvik", "C Mark Talvik"}, {0},
     "B:William Mark Talvik/given names/A:W. Mark Talvik, C:Mark Talvik/given names/A:W. Mark Talvik. W. Mark Talvik"},
    {{"A Anna Talvik", "B A. Talvik", "C Alice Talvik"}, {0},
     "B:A. Talvik?A:Anna Talvik: the given names fit two, C:Alice Talvik?B:A. Talvik: the given names fit two. Anna Talvik; A. Talvik; Alice Talvik"},
    {{"A Anna Talvik", "A Anna Maria Talvik", "B A. Talvik"}, {0},
     "A:Anna Maria Talvik?A:Anna Talvik: A has both, B:A. Talvik?A:Anna Talvik: the given names fit two, "
     "B:A. Talvik?A:Anna Maria Talvik: the given names fit two. Anna Talvik; Anna Maria Talvik; A. Talvik"},
    {{"A Mark Talvik", "B William Mark Talvik"}, {0},
     "B:William Mark Talvik?A:Mark Talvik: one has another given name first. Mark Talvik; William Mark Talvik"},
    {{"A Kristen Talvik", "B Kristin Talvik"}, {0},
     "B:Kristin Talvik?A:Kristen Talvik: their given names differ. Kristen Talvik; Kristin Talvik"},
    /* family names */
    {{"A Luis Solano", "B Luis Solano Rivera"}, {0}, "B:Luis Solano Rivera/family names/A:Luis Solano. Luis Solano Rivera"},
    {{"A Luis Solano", "B Luis Solano Rivera", "C Luis Solano Prado"}, {0},
     "B:Luis Solano Rivera?A:Luis Solano: two have another family name behind it, "
     "C:Luis Solano Prado?A:Luis Solano: two have another family name behind it. Luis Solano; Luis Solano Rivera; Luis Solano Prado"},
    /* brackets, initials */
    {{"A Talvik Rescue Service", "B TRS"}, {"", "The Talvik Rescue Service (TRS) sent dogs."},
     "B:TRS/brackets/A:Talvik Rescue Service [B1]. Talvik Rescue Service"},
    {{"A Talvik Rescue Service", "B TRS"}, {"", "Dogs came from the Talvik Rescue Service (TRS)."},
     "B:TRS/brackets/A:Talvik Rescue Service [B1]. Talvik Rescue Service"},
    {{"A Organisation for Talvik", "B OFT", "A Oskar Ferry Team"}, {"", "The Organization for Talvik (OFT) sent dogs. The Oskar Ferry Team (OFT) too."},
     "B:OFT?A:Organisation for Talvik: the pages spell it out to several names, "
     "B:OFT?A:Oskar Ferry Team: the pages spell it out to several names. Organisation for Talvik; OFT; Oskar Ferry Team"},
    {{"A Talvik Rescue Service", "B TRS"}, {0}, "B:TRS/initials/A:Talvik Rescue Service. Talvik Rescue Service"},
    {{"A Talvik Rescue Service", "B TRS", "A Talvik Railway Service"}, {0},
     "B:TRS?A:Talvik Rescue Service: its letters fit several names, "
     "B:TRS?A:Talvik Railway Service: its letters fit several names. Talvik Rescue Service; TRS; Talvik Railway Service"},
    /* country left out */
    {{"A Norwegian Rescue Council", "B Rescue Council"}, {0},
     "B:Rescue Council/country left out/A:Norwegian Rescue Council. Norwegian Rescue Council"},
    {{"A Norwegian Rescue Council", "B Rescue Council"}, {"", "", "The Swedish Rescue Council sent dogs, the Norwegian Rescue Council a boat."},
     "B:Rescue Council?A:Norwegian Rescue Council: several countries have one. Norwegian Rescue Council; Rescue Council"},
    {{"A Norwegian Rescue Council", "B Rescue Council"}, {"", "", "The Swedish Rescue Councillor came by boat."},
     "B:Rescue Council/country left out/A:Norwegian Rescue Council. Norwegian Rescue Council"},
    {{"A Norwegian Rescue Council", "B Rescue Council"}, {"", "", "The Swedish Rescue Council's dogs came by boat."},
     "B:Rescue Council?A:Norwegian Rescue Council: several countries have one. Norwegian Rescue Council; Rescue Council"},
    {{"A Norwegian Rescue Council", "A Norwegian Rescue Corps", "A Norwegian Rescue Bureau", "A Norwegian Rescue Authority", "A Norwegian Rescue Board", "A Norwegian Rescue Office", "A Norwegian Rescue Service", "A Norwegian Rescue Society", "A Norwegian Rescue Agency",
      "B Rescue Agency"}, {0},
     "B:Rescue Agency?A:Norwegian Rescue Agency: too many names begin alike. Norwegian Rescue Council; Norwegian Rescue Corps; Norwegian Rescue Bureau; Norwegian Rescue Authority; Norwegian Rescue Board; Norwegian Rescue Office; Norwegian Rescue Service; Norwegian Rescue Society; Norwegian Rescue Agency; Rescue Agency"},
    /* last name */
    {{"A Ilsa Marn", "B Marn"}, {0}, "B:Marn/last name/A:Ilsa Marn. Ilsa Marn"},
    {{"A Kim Jae-un", "B Kim"}, {0}, "B:Kim/last name/A:Kim Jae-un. Kim Jae-un"},
    {{"A Xi Jinpan", "B Jinpan", "C Xi"}, {0}, "B:Jinpan/last name/A:Xi Jinpan. Xi Jinpan; Xi"},
    {{"A Ilsa Marn", "B Marn", "C Per Marn"}, {0},
     "B:Marn?A:Ilsa Marn: two are named Marn, B:Marn?C:Per Marn: two are named Marn. Ilsa Marn; Marn; Per Marn"},
    {{"A Ilsa Marn", "B Marn"}, {"", "", "A farmer, Peter Marn, saw it."},
     "B:Marn?A:Ilsa Marn: two are named Marn. Ilsa Marn; Marn"},
    {{"A Marn", "B Marn"}, {0}, "B:Marn/one word/A:Marn. Marn"},
    {{"A Marn", "B Marn"}, {"", "", "Peter Marn and Anna Marn saw it."}, "B:Marn?A:Marn: two are named Marn. Marn; Marn"},
    {{"A Mark", "B Mark"}, {0}, "B:Mark?A:Mark: a first name alone. Mark; Mark"},
    /* title and last name */
    {{"A Ilsa Marn", "B Marn", "C Per Marn"}, {"Governor Ilsa Marn spoke.", "It was late, Governor Marn said.", "The farmer Per Marn saw it."},
     "B:Marn/title and last name/A:Ilsa Marn. Ilsa Marn; Per Marn"},
    {{"A Ilsa Marn", "B Governor Marn", "C Per Marn"}, {"Governor Ilsa Marn spoke."},
     "B:Governor Marn/title and last name/A:Ilsa Marn. Ilsa Marn; Per Marn"},
    {{"A Ilsa Marn", "B Governor Marn", "C Per Marn"}, {"Governor Ilsa Marn spoke.", "", "Governor Per Marn spoke."},
     "B:Governor Marn?A:Ilsa Marn: two are named Marn, B:Governor Marn?C:Per Marn: two are named Marn. Ilsa Marn; Governor Marn; Per Marn"},
    /* no names */
    {{"A Talvik officials", "B Talvik officials"}, {0},
     "B:Talvik officials?A:Talvik officials: words for somebody, no name. Talvik officials; Talvik officials"},
    {{"A Ministry", "B Ministry"}, {0}, "B:Ministry?A:Ministry: words for somebody, no name. Ministry; Ministry"},
    {{"A Monday", "A Joe Talvik's men"}, {0}, "Monday; Joe Talvik's men"},
};
// clang-format on

/* ---- the story of a case ----------------------------------------------------------------------------------- */

typedef struct world {
    ds_reading readings[PAGES];
    ds_member members[PAGES];
    ds_row rows[LINKS];
    ds_story story;
} world;

static ds_link *link_of(ds_arena *a, const char *z)
{
    ds_link *l = ds_arena_alloc(a, sizeof *l);
    const char *bar = strchr(z, '|');
    assert_non_null(l);
    l->name = bar ? (ds_str){z, (size_t)(bar - z)} : ds_str_of(z);
    bool named = bar || (z[0] >= 'A' && z[0] <= 'Z');
    l->kind = named ? DS_HOLDER_NAMED : DS_HOLDER_ANONYMOUS;
    if (named)
        l->holder = bar ? ds_str_of(bar + 1) : l->name;
    return l;
}

/* A page of sentences, which end in stops with a blank behind them. */
static ds_reading page_of(ds_arena *a, const char *text)
{
    ds_article *art = ds_arena_alloc(a, sizeof *art);
    ds_sentence *s = ds_arena_calloc(a, 8, sizeof *s);
    ds_reading r = {.article = art, .sents = s};
    assert_true(art && s);
    art->text = ds_str_of(text ? text : "");
    for (size_t beg = 0; beg < art->text.len;) {
        ptrdiff_t end = ds_str_find(art->text, DS_STR(". "), beg);
        size_t to = end < 0 ? art->text.len : (size_t)end + 1;
        s[r.sents_len] = (ds_sentence){.span = {(uint32_t)beg, (uint32_t)to},
                                       .number = (uint32_t)r.sents_len + 1};
        r.sents_len++;
        beg = to + 1;
    }
    return r;
}

static world *world_of(ds_arena *a, const holder_case *c)
{
    static const ds_str letters[PAGES] = {DS_STR_INIT("A"), DS_STR_INIT("B"), DS_STR_INIT("C"),
                                          DS_STR_INIT("D")};
    world *w = ds_arena_alloc(a, sizeof *w);
    assert_non_null(w);
    for (uint32_t i = 0; i < PAGES; i++) {
        w->readings[i] = page_of(a, c->texts[i]);
        w->members[i] = (ds_member){i, letters[i]};
    }
    size_t n = 0;
    for (; n < LINKS && c->links[n]; n++) {
        w->rows[n] = (ds_row){.member = (uint32_t)(c->links[n][0] - 'A'), .place = -1};
        w->rows[n].claim.number = (uint32_t)n + 1;
        w->rows[n].claim.said_by = link_of(a, c->links[n] + 2);
        w->rows[n].claim.said_by_len = 1;
    }
    w->story =
        (ds_story){.members = w->members, .members_len = PAGES, .rows = w->rows, .rows_len = n};
    return w;
}

/* ---- what came of it --------------------------------------------------------------------------------------- */

static void put_naming(ds_buf *b, const ds_naming *n)
{
    ds_buf_printf(b, "%c:%.*s", (char)('A' + n->member), DS_FMT(n->words));
}

static ds_str print_who(ds_arena *a, const ds_who *w)
{
    ds_buf b = ds_buf_new(a);
    for (size_t i = 0; i < w->joins_len; i++) {
        const ds_join *j = &w->joins[i];
        ds_buf_puts(&b, i ? ", " : "");
        put_naming(&b, &j->form);
        ds_buf_printf(&b, "/%s/", ds_holder_rule_name(j->rule));
        put_naming(&b, &j->with);
        if (j->proof.words.at)
            ds_buf_printf(&b, " [%c%u]", (char)('A' + j->proof.member), j->proof.sentence);
    }
    for (size_t i = 0; i < w->unsure_len; i++) {
        const ds_unsure *u = &w->unsure[i];
        ds_buf_puts(&b, i + w->joins_len ? ", " : "");
        put_naming(&b, &u->form);
        ds_buf_putc(&b, '?');
        put_naming(&b, &u->with);
        ds_buf_printf(&b, ": %.*s", DS_FMT(u->why));
    }
    ds_buf_puts(&b, w->joins_len + w->unsure_len ? ". " : "");
    for (size_t i = 0; i < w->holders_len; i++)
        ds_buf_printf(&b, "%s%.*s", i ? "; " : "", DS_FMT(w->holders[i].name));
    return ds_buf_str(&b);
}

static void every_rule_joins_and_leaves_apart(void **state)
{
    ds_lexicon *lex = *state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, 1 << 22);
        world *w = world_of(a, &cases[i]);
        assert_int_equal(ds_story_who(a, w->readings, lex, &w->story, NULL), DS_OK);
        ds_str got = print_who(a, &w->story.who);
        assert_string_equal(got.at, cases[i].expected);
    }
}

/* Ids count from h1 in order of the first mention; rows point at them; pages are listed once. */
static void rows_know_their_holders(void **state)
{
    static const holder_case c = {
        {"A Ilsa Marn", "A officials", "B Marn", "B officials", "C Ilsa Marn"}, {0}, NULL};
    static const uint32_t of_row[] = {0, 1, 0, 2, 0};
    DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, 1 << 22);
    world *w = world_of(a, &c);
    assert_int_equal(ds_story_who(a, w->readings, *state, &w->story, NULL), DS_OK);
    assert_int_equal(w->story.who.holders_len, 3);
    for (size_t i = 0; i < 5; i++) {
        assert_int_equal(w->rows[i].holders_len, 1);
        assert_int_equal(w->rows[i].holders[0], of_row[i]);
    }
    const ds_holder *h = w->story.who.holders;
    assert_string_equal(h[0].id.at, "h1");
    assert_string_equal(h[2].id.at, "h3");
    assert_int_equal(h[0].members_len, 3);
    assert_int_equal(h[0].kind, DS_HOLDER_NAMED);
    assert_int_equal(h[1].kind, DS_HOLDER_ANONYMOUS);
    assert_int_equal(w->story.who.joins[0].holder, 0);
    assert_true(ds_str_eq(w->rows[2].claim.said_by[0].holder, DS_STR("Marn")));
}

/* ---- places --------------------------------------------------------------------------------------------------- */

static const struct {
    const char *words, *id, *name, *kind;
} places[] = {
    {"Norway", "p1", "Norway", "country"},
    {"the Netherlands", "p2", "Netherlands", "country"},
    {"Netherlands", "p2", "Netherlands", "country"},
    {"Britain", "p3", "United Kingdom", "country"},
    {"United Kingdom", "p3", "United Kingdom", "country"},
    {"Talvik", NULL, "Talvik", "not in the lists"},
};

static void places_of_one_reading_are_joined(void **state)
{
    DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, 1 << 22);
    world *w = world_of(a, &(holder_case){.links = {"A x", "B x", "C x", "A x", "B x", "C x"}});
    for (size_t i = 0; i < 6; i++)
        w->rows[i].claim.where = ds_str_of(places[i].words);
    assert_int_equal(ds_story_who(a, w->readings, *state, &w->story, NULL), DS_OK);
    for (size_t i = 0; i < 6; i++) {
        const ds_place *p = &w->story.who.places[w->rows[i].place];
        assert_true(ds_str_eq(p->id, ds_str_of(places[i].id)));
        assert_true(ds_str_eq(p->name, ds_str_of(places[i].name)));
        assert_true(ds_str_eq(p->kind, ds_str_of(places[i].kind)));
    }
}

/* ---- limits ----------------------------------------------------------------------------------------------------- */

static void hunger_leaves_the_story_alone(void **state)
{
    DS_AUTO(ds_arena_freep) ds_arena *home = ds_arena_new(0, 1 << 22);
    bool done = false;
    world *w = world_of(home, &cases[sizeof cases / sizeof *cases - 5]);
    const ds_story before = w->story;
    for (size_t budget = 0; !done && budget < 1u << 22; budget += budget < 4096 ? 61 : 4099) {
        DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(256, budget);
        ds_status st = ds_story_who(a, w->readings, *state, &w->story, NULL);
        done = st == DS_OK;
        if (done) {
            assert_string_equal(print_who(home, &w->story.who).at,
                                cases[sizeof cases / sizeof *cases - 5].expected);
            break;
        }
        assert_int_equal(st, DS_NOMEM);
        assert_memory_equal(&before, &w->story, sizeof before);
        assert_null(w->rows[0].holders);
    }
    assert_true(done);
}

/* Everybody has one last name: nobody can tell, and it takes no time to say so. */
static void many_of_one_name_stay_apart(void **state)
{
    enum { MANY = 20000 };
    DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, (size_t)1 << 30);
    world *w = world_of(a, &(holder_case){.links = {"A Marn"}});
    ds_row *rows = ds_arena_calloc(a, MANY, sizeof *rows);
    assert_non_null(rows);
    for (uint32_t i = 0; i < MANY; i++) {
        ds_str z = ds_arena_printf(a, i % 2 ? "X%u Marn" : "Marn", i);
        rows[i] = (ds_row){.member = i * PAGES / MANY, .place = -1};
        rows[i].claim.said_by = link_of(a, z.at);
        rows[i].claim.said_by_len = 1;
    }
    w->story.rows = rows;
    w->story.rows_len = MANY;
    assert_int_equal(ds_story_who(a, w->readings, *state, &w->story, NULL), DS_OK);
    assert_int_equal(w->story.who.joins_len, 0);
    assert_int_equal(w->story.who.holders_len, MANY / 2 + PAGES);
    assert_true(ds_str_eq(w->story.who.unsure[0].why, DS_STR("many are named Marn")));
}

static ds_arena *words; /* of the lexicon */

static int open_lexicon(void **state)
{
    words = ds_arena_new(0, (size_t)1 << 28);
    return words && ds_lexicon_open(words, (ds_str){0}, (ds_lexicon **)state, NULL) == DS_OK ? 0
                                                                                             : -1;
}

static int close_lexicon(void **state)
{
    (void)state;
    ds_arena_free(words);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_rule_joins_and_leaves_apart),
        cmocka_unit_test(rows_know_their_holders),
        cmocka_unit_test(places_of_one_reading_are_joined),
        cmocka_unit_test(hunger_leaves_the_story_alone),
        cmocka_unit_test(many_of_one_name_stay_apart),
    };
    return cmocka_run_group_tests(tests, open_lexicon, close_lexicon);
}
