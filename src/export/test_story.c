/* SPDX-License-Identifier: Apache-2.0 */
/* test_story.c - an invented story for the tests: the fire in the Vask tunnel, as four pages tell it. */
#include "export/test_fixture.h"

#include <setjmp.h>

#include <cmocka.h>

#define LEN(a) (sizeof(a) / sizeof *(a))
#define N DS_HOLDER_NAMED
#define U DS_HOLDER_ANONYMOUS

/* ---- claims -------------------------------------------------------------------------------------------------- */

// clang-format off
static const fx_claim claims[] = {
    {0, 2, "At least 40 people were killed when a night train caught fire in the Vask tunnel, the Norland Fire Service said.", "At least 40 people", "killed", "passengers", "person", {DS_BOUND_AT_LEAST, 40, 0, 0}, .from = "2031-03-02", .to = "2031-03-02", .holder = "Norland Fire Service", .cue = "said", .kind = N, .certainty = DS_CERT_REPORTED, .question = "q1", .origin = "o1"},
    {0, 3, "About 600 passengers were aboard, and nearly 200 of them were hurt.", "About 600 passengers", "aboard", "passengers", "person", {DS_BOUND_ABOUT, 600, 0, 0}, .question = "q3", .origin = "o2"},
    {0, 3, "About 600 passengers were aboard, and nearly 200 of them were hurt.", "nearly 200 of them", "injured", "passengers", "person", {DS_BOUND_ALMOST, 200, 0, 0}, .question = "q4", .origin = "o2"},
    {0, 5, "Transport minister Ansgar Lund said that two people were missing.", "two people", "missing", "people", "person", {DS_BOUND_EXACT, 2, 0, 0}, .from = "2031-03-03", .to = "2031-03-03", .holder = "Ansgar Lund", .cue = "said", .kind = N, .certainty = DS_CERT_REPORTED, .question = "q6", .origin = "o3"},
    {0, 6, "The tunnel, almost 7 kilometres long, was opened in 2009 at a cost of $1.28 million a day.", "almost 7 kilometres", "length", "the tunnel", "km", {DS_BOUND_ALMOST, 7, 0, 0}, .question = "q7", .origin = "o2"},
    {0, 6, "The tunnel, almost 7 kilometres long, was opened in 2009 at a cost of $1.28 million a day.", "$1.28 million a day", "cost", "the works", "USD", {DS_BOUND_EXACT, 1280000, 0, 0}, .per = {"day"}, .from = "2009-01-01", .to = "2009-12-31", .question = "q8", .origin = "o2"},
    {1, 1, "Some 52 passengers were killed, according to rescue workers.", "Some 52 passengers", "killed", "passengers", "person", {DS_BOUND_ABOUT, 52, 0, 0}, .holder = "rescue workers", .cue = "according to", .kind = U, .certainty = DS_CERT_REPORTED, .question = "q1", .origin = "o4", .flag = "drift B4", .part = DS_PART_KEY_POINT},
    {1, 3, "The train was carrying around 640 people from Halden to the coast when the fire broke out.", "around 640 people", "aboard", "passengers", "person", {DS_BOUND_ABOUT, 640, 0, 0}, .question = "q3", .origin = "o5"},
    {1, 4, "Counting is made harder by the heat, but rescue workers believe that up to a quarter of those on board—some 52 passengers—were killed or injured before the doors could be opened, and that the number will not rise by much.", "up to a quarter of those on board", "casualties", "passengers", "ratio", {DS_BOUND_AT_MOST, 1, 0, 4}, .of = 8, .derived = 160, .holder = "rescue workers", .cue = "believe", .kind = U, .certainty = DS_CERT_ESTIMATED, .question = "q2", .origin = "o4", .flag = "sum B4"},
    {1, 4, "Counting is made harder by the heat, but rescue workers believe that up to a quarter of those on board—some 52 passengers—were killed or injured before the doors could be opened, and that the number will not rise by much.", "some 52 passengers", "casualties", "passengers", "person", {DS_BOUND_ABOUT, 52, 0, 0}, .holder = "rescue workers", .cue = "believe", .kind = U, .certainty = DS_CERT_ESTIMATED, .question = "q2", .origin = "o4", .flag = "sum B4"},
    {1, 6, "Mr Lund said that two were still missing on Tuesday.", "two", "missing", "people", "person", {DS_BOUND_EXACT, 2, 0, 0}, .from = "2031-03-04", .to = "2031-03-04", .holder = "Lund", .cue = "said", .kind = N, .certainty = DS_CERT_REPORTED, .question = "q6", .origin = "o3"},
    {2, 4, "More than 60 people lost their lives; dozens were injured.", "More than 60 people", "killed", "people", "person", {DS_BOUND_MORE_THAN, 60, 0, 0}, .question = "q1", .origin = "o6"},
    {2, 4, "More than 60 people lost their lives; dozens were injured.", "dozens", "injured", "people", "person", {DS_BOUND_VAGUE, 24, 99, 0}, .question = "q4", .origin = "o6"},
    {2, 7, "A third of the 600 aboard, it is feared, will need treatment for years.", "A third", "losses", "passengers", "ratio", {DS_BOUND_ABOUT, 1, 0, 3}, .of = 15, .derived = 200, .certainty = DS_CERT_POSSIBLE, .question = "q2", .origin = "o6"},
    {2, 7, "A third of the 600 aboard, it is feared, will need treatment for years.", "600", "aboard", "passengers", "person", {DS_BOUND_EXACT, 600, 0, 0}, .question = "q3", .origin = "o6"},
    {2, 9, "Freight makes up more than 60% of the traffic, and the tunnel will stay closed for some six months.", "more than 60% of the traffic", "share", "freight", "ratio", {DS_BOUND_MORE_THAN, 3, 0, 5}, .of_words = "the traffic", .question = "q9", .origin = "o6"},
    {2, 9, "Freight makes up more than 60% of the traffic, and the tunnel will stay closed for some six months.", "some six months", "duration", "the closure", "month", {DS_BOUND_ABOUT, 6, 0, 0}, .certainty = DS_CERT_PLANNED, .question = "q10", .origin = "o6"},
    {3, 1, "Forty-three people died in the Vask tunnel, Mr Lund told Vask Radio.", "Forty-three people", "killed", "people", "person", {DS_BOUND_EXACT, 43, 0, 0}, .from = "2031-03-05", .to = "2031-03-05", .holder = "Ansgar Lund", .cue = "told", .kind = N, .certainty = DS_CERT_REPORTED, .question = "q1", .origin = "o3"},
    {3, 3, "Vask General Hospital took in 80 to 120 people on Sunday, and another 25 or so since.", "80 to 120 people", "injured", "people", "person", {DS_BOUND_RANGE, 80, 120, 0}, .from = "2031-03-02", .to = "2031-03-02", .holder = "Vask General Hospital", .kind = N, .certainty = DS_CERT_REPORTED, .question = "q4", .origin = "o7"},
    {3, 3, "Vask General Hospital took in 80 to 120 people on Sunday, and another 25 or so since.", "another 25 or so", "injured", "people", "person", {DS_BOUND_ABOUT, 25, 0, 0}, .delta_of = 19, .derived = 125, .from = "2031-03-02", .holder = "Vask General Hospital", .kind = N, .certainty = DS_CERT_REPORTED, .question = "q4", .origin = "o7"},
    {3, 5, "Up to 300 villagers may have to leave their homes, the minister added.", "Up to 300 villagers", "evacuated", "villagers", "person", {DS_BOUND_AT_MOST, 300, 0, 0}, .words = "next week", .holder = "Ansgar Lund", .cue = "added", .kind = N, .certainty = DS_CERT_POSSIBLE, .question = "q5", .origin = "o3"},
    {3, 6, "Unconfirmed reports speak of 5,000 people aboard on some nights.", "5,000 people", "aboard", "people", "person", {DS_BOUND_EXACT, 5000, 0, 0}, .holder = "unconfirmed reports", .cue = "speak", .kind = U, .certainty = DS_CERT_UNVERIFIED, .question = "q3", .origin = "o8"},
};

/* ---- questions ----------------------------------------------------------------------------------------------- */

static const fx_question questions[] = {
    {"q2", "How many were killed or injured?", "killed or injured", "casualties", "passengers", "person", .answers = {
        {{DS_BOUND_ABOUT, 52, 0, 0}, .rows = {10}, .origins = {1}, .flagged = true},
        {{DS_BOUND_AT_MOST, 160, 0, 0}, .rows = {9}, .origins = {1}, .flagged = true},
        {{DS_BOUND_ABOUT, 200, 0, 0}, .rows = {14}, .origins = {2}, .wider = true}},
     .origins = {{"rescue workers", U, 1}, {NULL, DS_HOLDER_NONE, 2}},
     .pairs = {{0, 1, DS_V_REFINES, "about 52 lies within up to 160"}, {0, 2, DS_V_CONFLICTS, "about 52 and about 200 do not meet"}},
     .low = "52", .high = "160", .why = "C counts more than killed and injured, so it is left out of the estimate",
     .state = DS_S_CONFLICT, .factor = {200, 52}, .flags = {1, 2}},
    {"q1", "How many passengers of the night train were killed in the Vask tunnel?", "killed", "killed", "passengers", "person", .answers = {
        {{DS_BOUND_AT_LEAST, 40, 0, 0}, .rows = {1}, .origins = {1}},
        {{DS_BOUND_EXACT, 43, 0, 0}, .rows = {18}, .origins = {2}},
        {{DS_BOUND_ABOUT, 52, 0, 0}, .rows = {7}, .origins = {3}},
        {{DS_BOUND_MORE_THAN, 60, 0, 0}, .rows = {12}, .origins = {4}}},
     .origins = {{"Norland Fire Service", N, 0}, {"Ansgar Lund", N, 3}, {"rescue workers", U, 1}, {NULL, DS_HOLDER_NONE, 2}},
     .pairs = {{0, 1, DS_V_UPDATES, "43 (5 Mar) is later than at least 40 (2 Mar)"}, {1, 2, DS_V_CONFLICTS, "43 and about 52 do not meet"}},
     .low = "40", .why = "no two origins agree", .state = DS_S_CONFLICT, .factor = {3, 2}, .flags = {2}},
    {"q4", "How many were injured?", "injured", "injured", "passengers", "person", .answers = {
        {{DS_BOUND_VAGUE, 24, 99, 0}, .rows = {13}, .origins = {1}},
        {{DS_BOUND_RANGE, 80, 120, 0}, .rows = {19}, .origins = {2}},
        {{DS_BOUND_ABOUT, 125, 0, 0}, .rows = {20}, .origins = {2}},
        {{DS_BOUND_ALMOST, 200, 0, 0}, .rows = {3}, .origins = {3}}},
     .origins = {{NULL, DS_HOLDER_NONE, 2}, {"Vask General Hospital", N, 3}, {NULL, DS_HOLDER_NONE, 0}},
     .low = "24", .high = "200", .why = "no two origins agree", .state = DS_S_APART, .factor = {25, 12}},
    {"q3", "How many were aboard?", "aboard", "aboard", "passengers", "person", .answers = {
        {{DS_BOUND_ABOUT, 600, 0, 0}, .rows = {2, 15}, .origins = {1, 2}},
        {{DS_BOUND_ABOUT, 640, 0, 0}, .rows = {8}, .origins = {3}},
        {{DS_BOUND_EXACT, 5000, 0, 0}, .rows = {22}, .origins = {4}}},
     .origins = {{NULL, DS_HOLDER_NONE, 0}, {NULL, DS_HOLDER_NONE, 2}, {NULL, DS_HOLDER_NONE, 1}, {"unconfirmed reports", U, 3}},
     .low = "600", .best = "600", .high = "5000", .why = "600 has two origins; about 640 overlaps", .state = DS_S_APART, .factor = {25, 3}},
    {"q5", "How many have to leave their homes?", "evacuated", "evacuated", "villagers", "person", .answers = {
        {{DS_BOUND_AT_MOST, 300, 0, 0}, .rows = {21}, .origins = {1}}}, .origins = {{"Ansgar Lund", N, 3}},
     .high = "300", .state = DS_S_ONE_ORIGIN},
    {"q6", "How many are missing?", "missing", "missing", "people", "person", .answers = {
        {{DS_BOUND_EXACT, 2, 0, 0}, .rows = {4, 11}, .origins = {1}}}, .origins = {{"Ansgar Lund", N, 0}},
     .low = "2", .best = "2", .high = "2", .state = DS_S_ONE_ORIGIN},
    {"q7", "How long is the tunnel?", "length of the tunnel", "length", "the tunnel", "km", .answers = {
        {{DS_BOUND_ALMOST, 7, 0, 0}, .rows = {5}, .origins = {1}}}, .origins = {{NULL, DS_HOLDER_NONE, 0}}, .high = "7", .state = DS_S_ONE_PAGE},
    {"q8", "What did the works cost?", "cost of the works", "cost", "the works", "USD", .per = {"day"}, .answers = {
        {{DS_BOUND_EXACT, 1280000, 0, 0}, .rows = {6}, .origins = {1}}}, .origins = {{NULL, DS_HOLDER_NONE, 0}}, .low = "1280000", .best = "1280000", .high = "1280000", .state = DS_S_ONE_PAGE},
    {"q9", "What share of the traffic is freight?", "share of freight", "share", "freight", "ratio", .answers = {
        {{DS_BOUND_MORE_THAN, 3, 0, 5}, .rows = {16}, .origins = {1}}}, .origins = {{NULL, DS_HOLDER_NONE, 2}}, .low = "0.6", .state = DS_S_ONE_PAGE},
    {"q10", "How long will it stay closed?", "time that it stays closed", "duration", "the closure", "month", .answers = {
        {{DS_BOUND_ABOUT, 6, 0, 0}, .rows = {17}, .origins = {1}}}, .origins = {{NULL, DS_HOLDER_NONE, 2}}, .low = "6", .best = "6", .high = "6", .state = DS_S_ONE_PAGE},
};

/* ---- flags, lines ---------------------------------------------------------------------------------------------- */

static const ds_flag flags[] = {
    {.kind = DS_FLAG_SHARE, .share = {1, 4}, .base = {640, 1}, .stated = {52, 1}, .expected = {160, 1}, .rows = {8, 7, 9}, .rows_len = 3,
     .cites = {{1, 3}, {1, 4}}, .finding = DS_STR_INIT("B against itself: 52 is not a quarter of 640")},
    {.kind = DS_FLAG_DRIFT, .stated = {52, 1}, .expected = {52, 1}, .rows = {9, 6}, .rows_len = 2,
     .cites = {{1, 4}, {1, 1}}, .finding = DS_STR_INIT("B again: same number, other measure")},
};

static const ds_cite cites[] = {{0, 2}, {1, 1}, {2, 4}, {3, 1}, {1, 3}, {1, 4}, {0, 5}, {1, 6}, {3, 5}};

static const uint32_t told[] = {0, 1};
static const ds_str story_words[] = {DS_STR_INIT("Vask"), DS_STR_INIT("tunnel"), DS_STR_INIT("Ansgar Lund")};
static const ds_first first_a[] = {{DS_STR_INIT("at least 40 passengers killed"), {0, 2}}, {DS_STR_INIT("2 people missing"), {0, 5}}};
static const ds_first first_d[] = {{DS_STR_INIT("43 passengers killed"), {3, 1}}};

static const ds_key_point key_points[] = {
    {DS_STR_INIT("Killed: 43 says the minister, at least 40 the fire service; about 52 and over 60 are given without a name."), false, {cites, 4}, told, 2},
    {DS_STR_INIT("B contradicts itself: a quarter of its 640 is 160, but the same sentence says some 52."), true, {cites + 4, 2}, NULL, 0},
    {DS_STR_INIT("Two people are missing: two pages, one origin, Ansgar Lund."), false, {cites + 6, 2}, told + 1, 1},
    {DS_STR_INIT("Up to 300 villagers may have to leave their homes."), false, {cites + 8, 1}, NULL, 0},
};

#define DAY(d) ds_day_of(2031, 3, (d))

static void fill_timeline(ds_event *at)
{
    at[0] = (ds_event){true, {ds_day_of(2009, 1, 1), ds_day_of(2009, 12, 31)}, DS_STR("2009"), DS_STR("the tunnel opened"), DS_CERT_ASSERTED, {cites, 1}};
    at[1] = (ds_event){true, {DAY(2), DAY(2)}, DS_STR("2 Mar"), DS_STR("at least 40 passengers killed in the Vask tunnel (Norland Fire Service)"), DS_CERT_REPORTED, {cites, 1}};
    at[2] = (ds_event){true, {DAY(4), DAY(4)}, DS_STR("4 Mar"), DS_STR("two still missing (Ansgar Lund)"), DS_CERT_REPORTED, {cites + 6, 2}};
    at[3] = (ds_event){true, {DAY(5), DAY(5)}, DS_STR("5 Mar"), DS_STR("43 killed (Ansgar Lund)"), DS_CERT_REPORTED, {cites + 3, 1}};
    at[4] = (ds_event){false, DS_DAYS_NONE, DS_STR("next week"), DS_STR("up to 300 villagers may have to leave their homes (Ansgar Lund)"), DS_CERT_POSSIBLE, {cites + 8, 1}};
    at[5] = (ds_event){false, DS_DAYS_NONE, {0}, DS_STR("the tunnel will stay closed for about 6 months"), DS_CERT_PLANNED, {cites + 2, 1}};
}

static const ds_str authors_a[] = {DS_STR_INIT("Ida Holm")};
static const ds_str authors_c[] = {DS_STR_INIT("P. Ørsted"), DS_STR_INIT("Marie Noël")};
static const ds_str credited_b[] = {DS_STR_INIT("The Norland Courier"), DS_STR_INIT("Vask Radio")};
static const ds_str related_d[] = {DS_STR_INIT("Trains to the coast run again"), DS_STR_INIT("What we know about the fire of 2019, and why nothing that was promised after it has been built")};
static const ds_copy copies[] = {{0, 6, 2, 8, 19}};
static const ds_passage passages[] = {{{{10, 90}, {30, 110}}, 19}};
static const ds_overlap overlaps[] = {
    {{0, 2}, true, {DS_OVERLAP_INSIDE, {60, 61}, {240, 100}, passages, 1, 19}}};

static void fill_sources(ds_source *at)
{
    at[0] = (ds_source){.letter = DS_STR("A"), .doc = DS_STR("courier.html"), .title = DS_STR("Fire in the Vask rail tunnel: what we know"), .publisher = DS_STR("The Norland Courier"), .authors = {authors_a, 1}, .published = DAY(3), .published_from = DS_STR("meta"), .window = {DAY(3), DAY(3)}, .sentences = 7, .figures = 6};
    at[1] = (ds_source){.letter = DS_STR("B"), .doc = DS_STR("digest.txt"), .opening = DS_STR("Rescue workers have reached the last coach of"), .credited = {credited_b, 2}, .kind = DS_KIND_DIGEST, .published = DS_DAY_NONE, .window = {DAY(4), DS_DAY_NONE}, .window_from = DS_STR("Tuesday"), .sentences = 8, .figures = 5, .flags = 2};
    at[2] = (ds_source){.letter = DS_STR("C"), .doc = DS_STR("review.html"), .title = DS_STR("The tunnel that nobody wanted to pay for \033[31m\001twice"), .publisher = DS_STR("Harbour Review"), .original_publisher = DS_STR("Open Wire"), .licence = DS_STR("CC BY 4.0"), .affiliation = DS_STR("University of Halden"), .authors = {authors_c, 2}, .kind = DS_KIND_OPINION, .published = DS_DAY_NONE, .window = DS_DAYS_NONE, .sentences = 21, .figures = 6, .comments_left_out = 12};
    at[3] = (ds_source){.letter = DS_STR("D"), .doc = DS_STR("radio.html"), .title = DS_STR("Lund: 43 dead, evacuation possible"), .publisher = DS_STR("Vask Radio"), .published = DAY(5), .published_from = DS_STR("time"), .window = {DAY(5), DAY(5)}, .sentences = 9, .figures = 5, .teasers_left_out = 4, .related = {related_d, 2}};
}
// clang-format on

/* ---- who is who ------------------------------------------------------------------------------------------------- */

static const uint32_t pages[] = {0, 1, 3};
static const ds_holder holders[] = {
    {DS_STR_INIT("h1"), DS_STR_INIT("Norland Fire Service"), N, pages, 1},
    {DS_STR_INIT("h2"), DS_STR_INIT("Ansgar Lund"), N, pages, 3},
    {DS_STR_INIT("h3"), DS_STR_INIT("rescue workers"), U, pages + 1, 1},
    {DS_STR_INIT("h4"), DS_STR_INIT("Vask General Hospital"), N, pages + 2, 1},
    {DS_STR_INIT("h5"), DS_STR_INIT("unconfirmed reports"), U, pages + 2, 1},
};
static const ds_join joins[] = {
    {1, DS_BY_LAST, {DS_STR_INIT("Lund"), 1, 6}, {DS_STR_INIT("Ansgar Lund"), 0, 5}, {{0}, 0, 0}},
};
static const ds_unsure unsure[] = {
    {{2, 4},
     {DS_STR_INIT("rescue workers"), 1, 1},
     {DS_STR_INIT("unconfirmed reports"), 3, 6},
     DS_STR_INIT("words for somebody, no name")},
};
static const ds_place places[] = {
    {DS_STR_INIT("p1"), DS_STR_INIT("Norland"), DS_STR_INIT("country")},
    {{0}, DS_STR_INIT("Vask"), DS_STR_INIT("not in the lists")},
};

static uint32_t holder_of(ds_str name)
{
    for (uint32_t i = 0; i < LEN(holders); i++)
        if (ds_str_eq(holders[i].name, name))
            return i;
    return 1;
}

static const ds_row *rows_of(ds_arena *a, const ds_source *sources)
{
    ds_row *rows = ds_arena_calloc(a, LEN(claims), sizeof *rows);
    uint32_t *of = ds_arena_calloc(a, LEN(claims), sizeof *of);
    assert_true(rows && of);
    memcpy(rows, fx_rows(a, claims, LEN(claims), sources), LEN(claims) * sizeof *rows);
    for (size_t i = 0; i < LEN(claims); i++) {
        if (rows[i].claim.said_by_len == 0)
            continue;
        of[i] = holder_of(rows[i].claim.said_by[0].name);
        rows[i].holders = &of[i];
        rows[i].holders_len = 1;
    }
    rows[0].claim.where = DS_STR("Norland");
    rows[0].place = 0;
    rows[17].claim.where = DS_STR("Vask");
    rows[17].place = 1;
    return rows;
}

static const ds_question *questions_of(ds_arena *a)
{
    const ds_question *q = fx_questions(a, questions, LEN(questions));
    for (size_t i = 0; i < LEN(questions); i++)
        for (size_t k = 0; k < q[i].origins_len; k++) {
            ds_origin *o = (ds_origin *)&q[i].origins[k]; /* ours, from the arena */
            if (o->kind != DS_HOLDER_NONE)
                o->holder = (int32_t)holder_of(o->name);
        }
    return q;
}

/* The rescuers of Norland on two days; the rows are any that have sentences. */
static const ds_force *forces_of(ds_arena *a)
{
    static const uint32_t rows[] = {0, 1, 7};
    ds_force *at = ds_arena_calloc(a, 2, sizeof *at);
    assert_non_null(at);
    for (size_t i = 0; i < 2; i++) {
        ds_frac lost = DS_FRAC(i ? 9 : 4);
        at[i] = (ds_force){.actor = DS_STR("Norland"),
                           .day = i ? DS_DAY_NONE : DAY(3),
                           .sent = {true, true, DS_FRAC(120), DS_FRAC(1300)},
                           .killed = {true, i == 0, lost, lost},
                           .lost = {true, i == 0, lost, lost},
                           .rows = rows,
                           .rows_len = LEN(rows)};
        at[i].remains = (ds_amount){i == 0, true, DS_FRAC(116), DS_FRAC(i ? 1291 : 1296)};
    }
    return at;
}

ds_dossier fx_story(ds_arena *a)
{
    ds_source *sources = ds_arena_calloc(a, 4, sizeof *sources);
    ds_event *timeline = ds_arena_calloc(a, 6, sizeof *timeline);
    assert_true(sources && timeline);
    fill_sources(sources);
    fill_timeline(timeline);
    sources[0].first = first_a;
    sources[0].first_len = LEN(first_a);
    sources[3].first = first_d;
    sources[3].first_len = LEN(first_d);
    ds_dossier d = {.story = 1,
                    .title = sources[0].title,
                    .title_from = DS_STR("A"),
                    .standfirst = DS_STR("“A train caught fire in the Vask tunnel.”"),
                    .standfirst_cites = {cites, 1},
                    .keywords = {story_words, LEN(story_words)},
                    .section = DS_STR("Norland"),
                    .sources = sources,
                    .sources_len = 4,
                    .rows = rows_of(a, sources),
                    .rows_len = LEN(claims),
                    .key_points = key_points,
                    .key_points_len = LEN(key_points),
                    .timeline = timeline,
                    .timeline_len = 6,
                    .publishers = 3,
                    .copies = copies,
                    .copies_len = 1,
                    .overlaps = overlaps,
                    .overlaps_len = 1,
                    .who = {holders, LEN(holders), joins, LEN(joins), unsure, LEN(unsure), places,
                            LEN(places)}};
    d.ledger = (ds_ledger){.questions = questions_of(a),
                           .questions_len = LEN(questions),
                           .flags = flags,
                           .flags_len = LEN(flags),
                           .forces = forces_of(a),
                           .forces_len = 2,
                           .sums_checked = 3,
                           .origins = 8};
    return d;
}

/* ---- one page of it ------------------------------------------------------------------------------------------------ */

/* The blocks of page D, one sentence a line; a blank line ends a block. */
static const char *const parts[][2] = {
    {"t", "Lund: 43 dead, evacuation possible"},
    {"s", "The minister speaks of the fire service’s “finest hour”."},
    {"k", "Forty-three people died in the Vask tunnel, Mr Lund told Vask Radio."},
    {"b", "The night train stood for two hours."},
    {"b", "Vask General Hospital took in 80 to 120 people on Sunday, and another 25 or so since."},
    {"h", "Villages above the tunnel"},
    {"b",
     "Up to 300 villagers may have to leave their homes, the minister added. The rock is still "
     "hot. Nobody "
     "knows for how long."},
    {"b", "Unconfirmed reports speak of 5,000 people aboard on some nights."},
    {"b",
     "The railway denies that the doors were locked, an agency reported, citing two guards. "
     "This could not be verified. It added that the rails were cut in three places and that the "
     "guards complain of the smoke. The second tube might open in May."},
    {"c", "The north portal on Sunday. Photo: Ida Holm"},
};

static ds_part part_of(char c)
{
    return c == 't'   ? DS_PART_TITLE
           : c == 's' ? DS_PART_STANDFIRST
           : c == 'k' ? DS_PART_KEY_POINT
           : c == 'c' ? DS_PART_CAPTION
                      : DS_PART_BODY;
}

static void add_sentences(ds_reading *r, ds_sentence *sents, uint32_t block, ds_str text,
                          ds_span span, ds_part part)
{
    for (uint32_t beg = span.beg; beg < span.end;) {
        ptrdiff_t stop = ds_str_find(text, DS_STR(". "), beg);
        uint32_t end = stop >= 0 && (uint32_t)stop < span.end ? (uint32_t)stop + 1 : span.end;
        ds_sentence *s = &sents[r->sents_len];
        *s = (ds_sentence){
            .span = {beg, end}, .block = block, .number = (uint32_t)r->sents_len, .part = part};
        r->sents_len++;
        beg = end < span.end ? end + 1 : end;
    }
}

static void add_blocks(ds_arena *a, ds_reading *r, ds_article *art)
{
    ds_block *blocks = ds_arena_calloc(a, LEN(parts), sizeof *blocks);
    ds_sentence *sents = ds_arena_calloc(a, 2 * LEN(parts), sizeof *sents);
    ds_buf text = ds_buf_new(a);
    assert_true(blocks && sents);
    for (uint32_t i = 0; i < LEN(parts); i++) {
        ds_buf_puts(&text, i ? "\n" : "");
        uint32_t beg = (uint32_t)text.len;
        ds_buf_puts(&text, parts[i][1]);
        blocks[i] =
            (ds_block){part_of(parts[i][0][0]), DS_BLOCK_PARAGRAPH, {beg, (uint32_t)text.len}};
        if (parts[i][0][0] == 'h')
            blocks[i].kind = DS_BLOCK_HEADING;
        if (blocks[i].part == DS_PART_BODY) {
            art->body.beg = art->body.beg ? art->body.beg : beg;
            art->body.end = (uint32_t)text.len;
        }
    }
    art->text = ds_buf_str(&text);
    art->blocks = blocks;
    art->blocks_len = LEN(parts);
    for (uint32_t i = 0; i < LEN(parts); i++)
        add_sentences(r, sents, i, art->text, blocks[i].span, blocks[i].part);
    r->sents = sents;
}

/* The claims of page D, moved to where their sentences stand here. */
static void add_claims(ds_arena *a, ds_reading *r, const ds_article *art)
{
    ds_dossier d = fx_story(a);
    ds_claim *own = ds_arena_calloc(a, d.rows_len, sizeof *own);
    assert_non_null(own);
    for (size_t i = 0; i < d.rows_len; i++) {
        ptrdiff_t at = ds_str_find(art->text, d.rows[i].claim.sentence, 0);
        if (d.rows[i].member != 3)
            continue;
        assert_true(at >= 0);
        ds_claim *c = &own[r->claims.len++];
        *c = d.rows[i].claim;
        c->span = (ds_span){(uint32_t)at, (uint32_t)at + (uint32_t)c->sentence.len};
        c->delta_of = c->delta_of >= 0 ? (int32_t)r->claims.len - 2 : -1;
        for (size_t s = 0; s < r->sents_len; s++)
            if (r->sents[s].span.beg == c->span.beg)
                c->number = r->sents[s].number;
    }
    r->claims.at = own;
}

static const ds_comment comments[] = {
    {{NULL, 0}, DS_STR_INIT("My brother was on that train.")},
    {DS_STR_INIT("tunnelrat"), DS_STR_INIT("They said \"never again\" in 2019.\n118 died then.")},
};
static const ds_related related[] = {
    {DS_STR_INIT("Trains to the coast run again"), DS_STR_INIT("From Monday"),
     DS_STR_INIT("https://radio.example/1")},
    {DS_STR_INIT("What we know about the fire of 2019"), {NULL, 0}, {NULL, 0}},
};
static const ds_str keywords[] = {DS_STR_INIT("Vask"), DS_STR_INIT("rail")};

ds_reading fx_reading(ds_arena *a)
{
    ds_reading r = {0};
    ds_article *art = ds_arena_calloc(a, 1, sizeof *art);
    ds_page *page = ds_arena_calloc(a, 1, sizeof *page);
    assert_true(art && page);
    *page = (ds_page){.name = DS_STR("radio.html"),
                      .sha256 = DS_STR("0123456789abcdef0123456789abcdef")};
    *art = (ds_article){.doc = DS_STR("radio.html"), .n = 1, .main = true};
    add_blocks(a, &r, art);
    art->title = ds_str_of(parts[0][1]);
    art->standfirst = ds_str_of(parts[1][1]);
    art->publisher = DS_STR("Vask Radio");
    art->published = art->window.lo = art->window.hi = DAY(5);
    art->published_from = DS_STR("time");
    art->modified = DS_DAY_NONE;
    art->section = DS_STR("News");
    art->keywords = (ds_strs){keywords, LEN(keywords)};
    art->comments = comments;
    art->comments_len = LEN(comments);
    art->related = related;
    art->related_len = LEN(related);
    r.page = page;
    r.article = art;
    add_claims(a, &r, art);
    return r;
}

/* ---- who says what on it --------------------------------------------------------------------------------------------- */

#define LUND(cue_)                                                                                 \
    {                                                                                              \
        DS_STR_INIT("Mr Lund"), DS_STR_INIT(cue_), DS_STR_INIT("Ansgar Lund"), DS_HOLDER_NAMED     \
    }
#define UNNAMED(name_, cue_, kind_)                                                                \
    {                                                                                              \
        DS_STR_INIT(name_), DS_STR_INIT(cue_), {NULL, 0}, kind_                                    \
    }

static const struct {
    const char *source, *cue, *content[2];
    ds_certainty cue_says;
    ds_link by[3];
} heard[] = {
    {"Lund", ":", {"43 dead, evacuation possible"}, DS_CERT_REPORTED, {LUND(":")}},
    {"The minister",
     "speaks of",
     {"the fire service’s “finest hour”"},
     DS_CERT_REPORTED,
     {LUND("speaks of")}},
    {"Mr Lund",
     "told",
     {"Forty-three people died in the Vask tunnel"},
     DS_CERT_REPORTED,
     {LUND("told"),
      {DS_STR_INIT("Vask Radio"), DS_STR_INIT("told"), DS_STR_INIT("Vask Radio"),
       DS_HOLDER_NAMED}}},
    {"the minister",
     "added",
     {"Up to 300 villagers may have to leave their homes", "Nobody knows for how long."},
     DS_CERT_REPORTED,
     {LUND("added")}},
    {"Unconfirmed reports",
     "speak of",
     {"5,000 people aboard on some nights"},
     DS_CERT_REPORTED,
     {UNNAMED("unconfirmed reports", "speak of", DS_HOLDER_ANONYMOUS)}},
    {"The railway",
     "denies",
     {"that the doors were locked"},
     DS_CERT_DENIED,
     {UNNAMED("railway", "denies", DS_HOLDER_ROLE), UNNAMED("two guards", "citing", DS_HOLDER_ROLE),
      UNNAMED("agency", "reported", DS_HOLDER_ROLE)}},
    {"two guards",
     "citing",
     {"The railway denies that the doors were locked"},
     DS_CERT_REPORTED,
     {UNNAMED("two guards", "citing", DS_HOLDER_ROLE),
      UNNAMED("agency", "reported", DS_HOLDER_ROLE)}},
    {"an agency",
     "reported",
     {"The railway denies that the doors were locked", "citing two guards"},
     DS_CERT_REPORTED,
     {UNNAMED("agency", "reported", DS_HOLDER_ROLE)}},
    {"It",
     "added",
     {"that the rails were cut in three places and that the guards complain of the smoke"},
     DS_CERT_REPORTED,
     {UNNAMED("agency", "added", DS_HOLDER_ROLE)}},
    {"the guards",
     "complain of",
     {"the smoke"},
     DS_CERT_REPORTED,
     {UNNAMED("guards", "complain of", DS_HOLDER_ROLE),
      UNNAMED("agency", "added", DS_HOLDER_ROLE)}},
};

static const struct {
    const char *words;
    ds_certainty certainty;
    bool whole;
} hedges[] = {{"may", DS_CERT_POSSIBLE, false},
              {"Unconfirmed", DS_CERT_UNVERIFIED, false},
              {"could not be verified", DS_CERT_UNVERIFIED, true},
              {"might", DS_CERT_POSSIBLE, false}};

/* The words where they first stand behind a byte; NULL: nowhere. */
static ds_span find(ds_str text, const char *words, uint32_t from)
{
    if (!words)
        return (ds_span){0, 0};
    ptrdiff_t at = ds_str_find(text, ds_str_of(words), from);
    assert_true(at >= 0);
    return (ds_span){(uint32_t)at, (uint32_t)(at + (ptrdiff_t)strlen(words))};
}

static ds_span sentence_with(const ds_reading *r, uint32_t byte)
{
    for (size_t i = 0; i < r->sents_len; i++)
        if (r->sents[i].span.beg <= byte && byte < r->sents[i].span.end)
            return r->sents[i].span;
    fail();
    return (ds_span){0, 0};
}

static ds_voice voice(const ds_reading *r, size_t i)
{
    ds_str text = r->article->text;
    ds_voice v = {.cue_says = heard[i].cue_says};
    v.content[0] = find(text, heard[i].content[0], 0);
    v.content[1] = find(text, heard[i].content[1], 0);
    v.content_len = heard[i].content[1] ? 2 : 1;
    v.sentence = sentence_with(r, v.content[0].beg);
    v.source = find(text, heard[i].source, v.sentence.beg);
    v.cue = find(text, heard[i].cue, v.sentence.beg);
    v.said = (ds_said){.by = heard[i].by, .certainty = heard[i].cue_says};
    while (v.said.by_len < 3 && heard[i].by[v.said.by_len].name.at)
        v.said.by_len++;
    return v;
}

ds_voices fx_voices(ds_arena *a, const ds_reading *r)
{
    ds_voice *voices = ds_arena_calloc(a, LEN(heard), sizeof *voices);
    ds_hedge *at = ds_arena_calloc(a, LEN(hedges), sizeof *at);
    assert_true(voices && at);
    for (size_t i = 0; i < LEN(heard); i++)
        voices[i] = voice(r, i);
    for (size_t i = 0; i < LEN(hedges); i++)
        at[i] = (ds_hedge){find(r->article->text, hedges[i].words, 0), hedges[i].certainty,
                           hedges[i].whole};
    return (ds_voices){.at = voices, .len = LEN(heard), .hedges = at, .hedges_len = LEN(hedges)};
}
