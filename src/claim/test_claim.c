/* SPDX-License-Identifier: Apache-2.0 */
#include "annotate/test_marks.h"
#include "claim/claim.h"

#include <time.h>

/* "measure|subject|bound low/best/high unit|certainty|holders" of each, joined by "; " */
static const test_row rows[] = {
    /* which measure */
    {"At least 40 people were killed.", "killed|people|at_least 40/40/- person|asserted|"},
    {"A guard was killed and four other miners were wounded.",
     "killed|guards|exact 1/1/1 person|asserted|; injured|miners|exact 4/4/4 person|asserted|"},
    {"Four victims were taken to a hospital.", "taken|victims|exact 4/4/4 person|asserted|"},
    {"The blast killed 12 miners and wounded 30.",
     "killed|miners|exact 12/12/12 person|asserted|; injured|miners|exact 30/30/30 "
     "person|asserted|"},
    {"Canada sent about 500 soldiers to the valley.",
     "deployed|Canadian soldiers|about 500/500/500 person|asserted|"},
    {"Some 20 Canadian soldiers are dead or wounded.",
     "casualties|Canadian soldiers|about 20/20/20 person|asserted|"},
    {"More than 60 miners were killed, injured or missing.",
     "losses|miners|more_than 60/60/- person|asserted|"},
    /* who acts is not counted among those that it is done to */
    {"Three gunmen killed a man in Osterby.",
     "kill|gunmen|exact 3/3/3 person|asserted|; killed|men|exact 1/1/1 person|asserted|"},
    {"Petro Varensky was shot dead by two officers.",
     "shoot|officers|exact 2/2/2 person|asserted|"},
    {"The death toll rose by 40 people.", "killed|people|exact 40/40/40 person|asserted|"},
    {"They mourned the young woman who lost her life there.", /* "who" is no organization */
     "losses|people|exact 1/1/1 person|asserted|"},
    {"Two captured Canadian soldiers spoke.",
     "captured|Canadian soldiers|exact 2/2/2 person|asserted|"},
    {"The road was closed for nearly six months.", "duration|road|almost -/6/6 month|asserted|"},
    {"Three hundred guests attended.", "protesters|guests|exact 300/300/300 person|asserted|"},
    {"The plant employs 80 engineers.", "jobs|engineers|exact 80/80/80 person|asserted|"},
    {"The firm makes 900 lamps.", "make|lamps|exact 900/900/900 lamp|asserted|"},
    {"Five people lost their lives in the fire.", "killed|people|exact 5/5/5 person|asserted|"},
    {"In all, 300 gave their lives.", "killed|people|exact 300/300/300 person|asserted|"},
    {"They carried home their bodies: 30 in all.", "killed|people|exact 30/30/30 person|asserted|"},
    {"They ran for their lives, 12 in all.", ""},
    {"The raid ended.12 people were killed.", "killed|people|exact 12/12/12 person|asserted|"},
    {"They counted 16 tugs, and 10 are sunk.", "count|tugs|exact 16/16/16 tug|reported|They; "
                                               "equipment_lost|tugs|exact 10/10/10 tug|asserted|"},
    {"Attackers killed themselves and two guards.", "killed|guards|exact 2/2/2 person|asserted|"},
    {"A miner killed three men before taking his own life.",
     "killed|men|exact 3/3/3 person|asserted|; killed|people|exact 1/1/1 person|asserted|"},
    {"He killed his sons, ages 3 and 4, in May.", "killed|sons|exact 2/2/2 person|asserted|"},
    {"The murder of her brother, Jan Orrel, 15, shook Varn.",
     "killed|brothers|exact 1/1/1 person|asserted|"},
    {"His parents were killed in the fire.", "killed|parents|exact 2/2/2 person|asserted|"},
    {"The parents were killed in the fire.", ""},
    {"A boy died after shooting himself.", "killed|boys|exact 1/1/1 person|asserted|"},
    {"Four miners, including a cook, were killed on the road.",
     "killed|miners|exact 4/4/4 person|asserted|"},
    {"She was there with 10 friends, including the boy who was killed.",
     "friend|friends|exact 10/10/10 person|asserted|"},
    {"The blast left one man dead and seven guards at work.",
     "killed|men|exact 1/1/1 person|asserted|; guard|guards|exact 7/7/7 person|asserted|"},
    {"The blast left 4 dead, wounded 3 others.",
     "killed|people|exact 4/4/4 person|asserted|; injured|people|exact 3/3/3 other|asserted|"},
    {"The guard was shot and killed while inside with two miners.",
     "miner|miners|exact 2/2/2 person|asserted|"},
    {"Police released the names of two boys who were killed.",
     "killed|boys|exact 2/2/2 person|asserted|"},
    {"Early reports said that one person had died, but that proved to be incorrect.",
     "killed|people|exact 1/1/1 person|denied|Early reports"},
    {"Ten sailors killed themselves and a guard.",
     "killed|sailors|exact 10/10/10 person|asserted|"},
    {"A sailor and a guard killed themselves.", "killed|people|exact 2/2/2 person|asserted|"},
    {"The company killed itself and a man died.", "killed|men|exact 1/1/1 person|asserted|"},
    {"According to a guard, she and a man were killed.",
     "killed|people|exact 2/2/2 person|reported|guard"},
    {"In Varn, a sailor and a cook were killed.", "killed|people|exact 2/2/2 person|asserted|"},
    {"Ahead of a march, a man, a woman and a boy were killed.",
     "killed|people|exact 3/3/3 person|asserted|"},
    {"A man killed himself and two guards.",
     "killed|men|exact 1/1/1 person|asserted|; killed|guards|exact 2/2/2 person|asserted|"},
    {"The murders of Anna Holm, 52, and a guard shook Varn.",
     "killed|people|exact 2/2/2 person|asserted|"},
    {"Killed in Norway, 45; in Sweden, 30.", "killed|people|exact 45/45/45 person|asserted|"},
    {"The crash left five miners killed and nine hurt.",
     "killed|miners|exact 5/5/5 person|asserted|; injured|miners|exact 9/9/9 person|asserted|"},
    {"Four miners were shot and one died.",
     "shot|miners|exact 4/4/4 person|asserted|; killed|miners|exact 1/1/1 person|asserted|"},
    {"Guards shot four men and one was killed.",
     "shoot|men|exact 4/4/4 person|asserted|; killed|men|exact 1/1/1 person|asserted|"},
    {"Nine miners, including three boys hit by stones, have been killed.",
     "killed|miners|exact 9/9/9 person|asserted|; killed|boys|exact 3/3/3 person|asserted|"},
    {"It is not clear which of the three guards was later declared dead.", ""},
    {"One of the three guards has died.", "killed|people|exact 1/1/1 person|asserted|"},
    {"Holm was one of the guards killed in the fire.", ""},
    {"Holm was one of the people who died.", ""},
    {"One of the guards was killed.", "killed|guards|exact 1/1/1 person|asserted|"},
    {"A man killed his wife's two sons, then turned the gun on himself.",
     "killed|sons|exact 2/2/2 person|asserted|; killed|people|exact 1/1/1 person|asserted|"},
    {"The man who shot two guards is dead.", "shoot|guards|exact 2/2/2 person|asserted|"},
    {"The two guards who shot the man are dead.", "killed|guards|exact 2/2/2 person|asserted|"},
    {"His son has been declared brain dead.", ""},
    {"Police described a quadruple homicide as the worst in years.",
     "killed|people|exact 4/4/4 person|reported|police"},
    {"The town has had three murders in a week.", "killed|people|exact 3/3/3 person|asserted|"},
    {"Three were dead at 6.", "killed|people|exact 3/3/3 person|asserted|"},
    /* who says it, how surely */
    {"Officials said 40 people had died.",
     "killed|people|exact 40/40/40 person|reported|officials"},
    {"Two miners accused of killing a guard will be tried.",
     "accused|miners|exact 2/2/2 person|planned|; killed|guards|exact 1/1/1 person|asserted|"},
    {"They will meet the families of 12 miners who died.",
     "killed|miners|exact 12/12/12 person|asserted|"},
    {"They could find the man who killed two guards.",
     "killed|guards|exact 2/2/2 person|asserted|"},
    {"A miner could be charged in the death of a guard.",
     "charged|miners|exact 1/1/1 person|possible|; killed|guards|exact 1/1/1 person|asserted|"},
    {"The fire could lead to the death of a guard.", "killed|guards|exact 1/1/1 person|possible|"},
    {"According to the regional hospital, up to a third of the miners were hurt.",
     "injured|miners|at_most -/0.3333/0.3333 ratio|reported|regional hospital"},
    {"An estimated 300 people fled, the mayor said.",
     "displaced|people|about 300/300/300 person|estimated|mayor"},
    {"Canada could send 900 more soldiers.",
     "reinforcement|Canadian soldiers|exact 900/900/900 person|possible|"},
    {"Canada will send 900 soldiers.",
     "deployed|Canadian soldiers|exact 900/900/900 person|planned|"},
    {"Reports say 90 people died, but this could not be verified.",
     "killed|people|exact 90/90/90 person|unverified|reports"},
    {"Reports say 90 people died, though confirmation from the army and both hospitals is pending.",
     "killed|people|exact 90/90/90 person|unverified|reports"},
    {"Police said 90 people died and the case is pending.",
     "killed|people|exact 90/90/90 person|reported|police"},
    {"The army denied that 90 people died.", "killed|people|exact 90/90/90 person|denied|army"},
    {"Two thirds of the 600 miners were hurt.",
     "injured|miners|exact 0.6667/0.6667/0.6667 ratio|asserted|"},
    {"Officials said 61 remain missing.",
     "missing|people|exact 61/61/61 person|reported|officials"},
    /* no claims */
    {"She is 45 and she lives in Room 12.", ""},
    {"Several reasons were given.", ""},
};

static ds_status read_claims(ds_arena *a, const char *text, marked *m, ds_claims *out)
{
    ds_page page = {.name = DS_STR("test"), .sha256 = DS_STR("00")};
    DS_TRY(read_marks(a, text, m, NULL));
    return ds_claim_read(a, &page, &m->doc, &m->parse, &m->marks, words, out, NULL);
}

static void put_claim(ds_buf *b, const ds_claim *k)
{
    if (b->len)
        ds_buf_puts(b, "; ");
    ds_buf_printf(b, "%.*s|%.*s|", DS_FMT(k->measure), DS_FMT(k->subject));
    put_value(b, &k->value);
    ds_buf_printf(b, " %.*s|%s|", DS_FMT(k->unit), ds_certainty_name(k->certainty));
    for (size_t i = 0; i < k->said_by_len; i++)
        ds_buf_printf(b, "%s%.*s", i ? "," : "", DS_FMT(k->said_by[i].name));
}

static void put_claims(ds_arena *a, const char *text, ds_buf *b)
{
    marked m = {0};
    ds_claims claims = {0};
    assert_int_equal(read_claims(a, text, &m, &claims), DS_OK);
    for (size_t k = 0; k < claims.len; k++)
        put_claim(b, &claims.at[k]);
}

static void test_rows(void **state)
{
    (void)state;
    assert_int_equal(run_rows(rows, sizeof rows / sizeof *rows, put_claims), 0);
}

static void test_links(void **state)
{
    (void)state;
    ds_arena *a = ds_arena_new(0, TEST_BUDGET);
    marked m = {0};
    ds_claims k = {0};
    assert_int_equal(
        read_claims(
            a,
            "Canada sent 1,500 soldiers. They were joined by another 10,000 soldiers. "
            "Half of the Canadian soldiers were killed. Roughly a third of that number were hurt.",
            &m, &k),
        DS_OK);
    assert_int_equal(k.len, 4);
    assert_true(k.at[1].delta && k.at[1].delta_of == 0);
    assert_true(k.at[1].has_derived && k.at[1].derived.num == 11500);
    assert_int_equal(k.at[2].of, 1);
    assert_true(k.at[2].has_derived && k.at[2].derived.num == 5750 &&
                ds_str_eq(k.at[2].of_id, k.at[1].id));
    assert_int_equal(k.at[3].of, 1);
    ds_arena_free(a);
}

static void test_who_kills_himself_is_one_more(void **state)
{
    (void)state;
    ds_arena *a = ds_arena_new(0, TEST_BUDGET);
    marked m = {0};
    ds_claims k = {0};
    assert_int_equal(read_claims(a, "A miner killed three men before taking his own life.", &m, &k),
                     DS_OK);
    assert_int_equal(k.len, 2);
    assert_true(k.at[1].delta && k.at[1].delta_of == 0 && k.at[1].has_derived);
    assert_int_equal(k.at[1].derived.num, 4);
    ds_arena_free(a);
}

static void test_a_share_and_its_count_are_equated(void **state)
{
    (void)state;
    ds_arena *a = ds_arena_new(0, TEST_BUDGET);
    marked m = {0};
    ds_claims k = {0};
    assert_int_equal(
        read_claims(a,
                    "Canada sent 1,000 soldiers. Up to half of the soldiers sent\xE2\x80\x94"
                    "around 30 soldiers\xE2\x80\x94were killed.",
                    &m, &k),
        DS_OK);
    assert_int_equal(k.len, 3);
    assert_int_equal(k.at[1].of, 0);
    assert_int_equal(k.at[2].equals, 1);
    assert_true(ds_str_eq(k.at[1].measure, DS_STR("killed")) &&
                ds_str_eq(k.at[2].measure, DS_STR("killed")));
    ds_arena_free(a);
}

static void test_ids_are_stable_and_distinct(void **state)
{
    (void)state;
    const char *text = "The blast killed 12 miners and wounded 12.";
    ds_arena *a = ds_arena_new(0, TEST_BUDGET);
    marked m = {0};
    ds_claims k = {0}, again = {0};
    assert_int_equal(read_claims(a, text, &m, &k), DS_OK);
    assert_int_equal(read_claims(a, text, &m, &again), DS_OK);
    assert_int_equal(k.len, 2);
    assert_true(ds_str_eq(k.at[0].id, again.at[0].id) && k.at[0].id.len == 16);
    assert_false(ds_str_eq(k.at[0].id, k.at[1].id));
    assert_true(ds_str_eq(ds_str_at(k.at[0].sentence, k.at[0].figure), DS_STR("12 miners")));
    ds_arena_free(a);
}

/* Words with a figure and without: chain and certainty. */
static void test_said(void **state)
{
    static const struct {
        const char *text, *words, *want;
    } said[] = {
        {"The bridge is closed.", "closed", "asserted"},
        {"Officials said that the bridge was closed.", "was closed", "reported officials"},
        {"Officials said that the bridge was closed.", "Officials", "asserted"},
        {"The army denied that it shelled the bridge.", "shelled the bridge", "denied army"},
        {"The bridge is believed to be safe.", "safe", "estimated"},
        {"Anna Holm told The Courier that 300 people had left.", "people had left",
         "reported Anna Holm, The Courier"},
        {"Police said 12 people died, AFP reported.", "died", "reported police, AFP"},
        {"AFP reported, citing police, that 12 people died.", "died", "reported police, AFP"},
        {"Twelve people died, the agency said, quoting a hospital doctor.", "died",
         "reported hospital doctor, agency"},
        {"The army, quoted by Interfax, said 12 people died.", "died", "reported army, Interfax"},
        {"State media quoted the governor as saying 12 people died.", "died",
         "reported governor, State media"},
        {"The interior minister told state television that 12 people died.", "died",
         "reported interior minister, state television"},
        {"Twelve people have died, the Halvet Agency reported on Sunday, citing a statement by the "
         "army.",
         "have died", "reported army, Halvet Agency"},
        {"A spokesman for the mission, Karl Ode, said 12 people died.", "died",
         "reported Karl Ode"},
        {"The ministry's figures show 12 people died.", "died", "reported ministry"},
        {"Ukrainian President Pavlo Hrim arrived. The Ukrainian president said that 12 people "
         "died.",
         "died", "reported Pavlo Hrim"},
        {"The company said it could not confirm that 12 people died.", "died",
         "unverified company"},
    };
    int wrong = 0;
    (void)state;
    for (size_t i = 0; i < sizeof said / sizeof *said; i++) {
        ds_arena *a = ds_arena_new(0, TEST_BUDGET);
        marked m = {0};
        ds_said got = {NULL, 0, DS_CERT_ASSERTED};
        assert_int_equal(read_marks(a, said[i].text, &m, NULL), DS_OK);
        ptrdiff_t at = ds_str_find(m.doc.text, ds_str_of(said[i].words), 0);
        ds_span span = {(uint32_t)at, (uint32_t)(at + (ptrdiff_t)strlen(said[i].words))};
        assert_true(at >= 0);
        assert_int_equal(ds_claim_said(a, &m.doc, &m.parse, &m.marks, words, span, &got, NULL),
                         DS_OK);
        ds_buf b = ds_buf_new(a);
        ds_buf_puts(&b, ds_certainty_name(got.certainty));
        for (size_t k = 0; k < got.by_len; k++)
            ds_buf_printf(&b, "%s%.*s", k ? ", " : " ", DS_FMT(got.by[k].name));
        wrong += differs(said[i].text, said[i].want, ds_buf_str(&b).at);
        span = (ds_span){(uint32_t)m.doc.text.len, (uint32_t)m.doc.text.len};
        assert_int_equal(ds_claim_said(a, &m.doc, &m.parse, &m.marks, words, span, &got, NULL),
                         DS_NONE);
        ds_arena_free(a);
    }
    assert_int_equal(wrong, 0);
}

static void put_voice(ds_buf *b, ds_str text, const ds_voice *v)
{
    ds_str source = ds_str_at(text, v->source), cue = ds_str_at(text, v->cue);
    ds_buf_printf(b, "%s%.*s|%.*s|%s|", b->len ? "; " : "", DS_FMT(source), DS_FMT(cue),
                  ds_certainty_name(v->cue_says));
    for (size_t i = 0; i < v->said.by_len; i++)
        ds_buf_printf(b, "%s%.*s", i ? ", " : "", DS_FMT(v->said.by[i].name));
}

static void put_voices(ds_buf *b, ds_str text, const ds_voices *v)
{
    for (size_t i = 0; i < v->len; i++)
        put_voice(b, text, &v->at[i]);
    for (size_t i = 0; i < v->hedges_len; i++) {
        const ds_hedge *h = &v->hedges[i];
        ds_buf_printf(b, "%s<%.*s> %s%s", b->len ? "; " : "", DS_FMT(ds_str_at(text, h->span)),
                      ds_certainty_name(h->certainty), h->whole ? " whole" : "");
    }
}

static ds_status read_voices(ds_arena *a, const char *text, marked *m, ds_voices *out)
{
    DS_TRY(read_marks(a, text, m, NULL));
    return ds_claim_voices(a, &m->doc, &m->parse, &m->marks, words, out, NULL);
}

/* Each day with its certainty where it is not asserted, "heads" where it heads the sentence. */
static void put_days(ds_buf *b, const ds_told_days *days)
{
    for (size_t i = 0; i < days->len; i++) {
        const ds_told_day *t = &days->at[i];
        int year, month, day;
        ds_day_split(t->day, &year, &month, &day);
        ds_buf_printf(b, "%s%u: %04d-%02d-%02d", i ? "; " : "", t->sentence, year, month, day);
        if (t->heads)
            ds_buf_puts(b, " heads");
        if (t->certainty != DS_CERT_ASSERTED)
            ds_buf_printf(b, " %s", ds_certainty_name(t->certainty));
    }
}

static void test_days(void **state)
{
    static const struct {
        const char *text, *want;
    } told[] = {
        {"The dam broke on Sunday.", "0: 2031-05-18"},
        {"The dam broke on 3 May 2031.", "0: 2031-05-03"},
        {"The dam broke last night. Two villages were flooded on Monday.",
         "0: 2031-05-19; 1: 2031-05-19"},
        {"3 May 2031 The dam breaks above Osterby.", "0: 2031-05-03 heads"},
        {"Anna Holm said the dam broke on Sunday.", "0: 2031-05-18 reported"},
        {"The court will meet on Friday.", "0: 2031-05-23 planned"},
        {"The dam broke on Sunday and Osterby was flooded on Sunday.", "0: 2031-05-18"},
        {"The dam broke on 3 May and was mended on 6 May.", "0: 2031-05-03; 0: 2031-05-06"},
        {"The road has been closed since Sunday.", ""}, /* no day of its own */
        {"The dam broke in May.", ""},
        {"The villages are under water now.", ""},
        {"The dam broke recently.", ""},
        {"Last updated at 11:50 on 20 May 2031.", ""}, /* the page's stamp */
        {"Last updated at 11:50 on 21 May 2031.", ""},
        {"Osterby was flooded on 19 May 2031.", "0: 2031-05-19"},
        {"\"They were here yesterday,\" she said.", ""}, /* her words */
        {"I was there yesterday.", ""},
        {"Today those fears seem quaint.", ""}, /* how things are */
        {"Today the council closed the road.", "0: 2031-05-20"},
    };
    int wrong = 0;
    (void)state;
    for (size_t i = 0; i < sizeof told / sizeof *told; i++) {
        ds_arena *a = ds_arena_new(0, TEST_BUDGET);
        marked m = {0};
        ds_told_days days = {0};
        assert_int_equal(read_marks(a, told[i].text, &m, NULL), DS_OK);
        assert_int_equal(ds_claim_days(a, &m.doc, &m.parse, &m.marks, words, &days, NULL), DS_OK);
        ds_buf b = ds_buf_new(a);
        ds_buf_puts(&b, "");
        put_days(&b, &days);
        ds_str got = ds_buf_str(&b);
        wrong += differs(told[i].text, told[i].want, got.len ? got.at : "");
        ds_arena_free(a);
    }
    assert_int_equal(wrong, 0);
}

/* When the first figure of a text was so; the page is of 20 May 2031, a Tuesday. */
static void test_when(void **state)
{
    static const struct {
        const char *text, *lo, *hi; /* "-": open */
    } told[] = {
        {"Two men were killed on 3 May.", "2031-05-03", "2031-05-03"},
        {"Two men were killed Friday night in Osterby.", "2031-05-16", "2031-05-16"},
        {"Two men were killed at 11 p.m. on Sunday.", "2031-05-18", "2031-05-18"},
        {"Just after 11 p.m. Sunday, two men were killed.", "2031-05-18", "2031-05-18"},
        {"Two men were killed shortly before midnight Sunday.", "2031-05-18", "2031-05-18"},
        {"Two men were killed last night.", "2031-05-19", "2031-05-19"},
        {"Two men were killed at 11 p.m.", "", ""}, /* of no day that it names */
        {"At least 46 people have died since the dam broke on Sunday.", "2031-05-18", "-"},
        {"At least 46 people died as the dam broke on Sunday.", "2031-05-18", "2031-05-18"},
    };
    int wrong = 0;
    (void)state;
    for (size_t i = 0; i < sizeof told / sizeof *told; i++) {
        ds_arena *a = ds_arena_new(0, TEST_BUDGET);
        marked m = {0};
        ds_claims k = {0};
        ds_day lo = DS_DAY_NONE, hi = DS_DAY_NONE;
        (void)ds_day_parse(ds_str_of(told[i].lo), &lo);
        (void)ds_day_parse(ds_str_of(told[i].hi), &hi);
        assert_int_equal(read_claims(a, told[i].text, &m, &k), DS_OK);
        assert_true(k.len > 0);
        bool same = k.at[0].has_when == (told[i].lo[0] != 0) &&
                    (!k.at[0].has_when || (k.at[0].when.lo == lo && k.at[0].when.hi == hi));
        wrong += differs(told[i].text, "right", same ? "right" : "wrong");
        ds_arena_free(a);
    }
    assert_int_equal(wrong, 0);
}

/* SOURCE|CUE|what the cue says|chain, then hedges in angle brackets. */
static void test_voices(void **state)
{
    static const struct {
        const char *text, *want;
    } heard[] = {
        {"The bridge is closed.", ""},
        {"Mayor Anna Holm said the bridge may fall.",
         "Mayor Anna Holm|said|reported|Anna Holm; <may> possible"},
        {"The army denied that it shelled the bridge.", "The army|denied|denied|army"},
        {"Holm ordered officers to close the bridge.", ""},
        {"The report could not be independently verified.",
         "<could not be independently verified> unverified whole"},
        {"Twelve people died in May.", ""},
        {"Twelve people might have died in May.", "<might> possible"},
        {"Police said May Britt had left.", "Police|said|reported|police"},
        {"The company denied it. Police said 12 people died, AFP reported.",
         "The company|denied|denied|company; Police|said|reported|police, AFP; "
         "AFP|reported|reported|AFP"},
        {"Confirmation from the ministry is still pending.", "<is still pending> unverified whole"},
        {"The vote is still pending.", ""},
    };
    int wrong = 0;
    (void)state;
    for (size_t i = 0; i < sizeof heard / sizeof *heard; i++) {
        ds_arena *a = ds_arena_new(0, TEST_BUDGET);
        marked m = {0};
        ds_voices v = {0};
        assert_int_equal(read_voices(a, heard[i].text, &m, &v), DS_OK);
        ds_buf b = ds_buf_new(a);
        ds_buf_puts(&b, "");
        put_voices(&b, m.doc.text, &v);
        ds_str got = ds_buf_str(&b);
        wrong += differs(heard[i].text, heard[i].want, got.len ? got.at : "");
        ds_arena_free(a);
    }
    assert_int_equal(wrong, 0);
}

static void test_starved_voices(void **state)
{
    (void)state;
    bool done = false;
    for (size_t budget = 0; !done && budget < 1u << 20; budget += 101) {
        ds_arena *a = ds_arena_new(256, budget);
        marked m = {0};
        ds_voices v = {0};
        ds_status st = read_voices(a, "Officials said that it may rain, AFP reported.", &m, &v);
        done = st == DS_OK;
        assert_true(done ? v.len == 2 && v.hedges_len == 1 : st == DS_NOMEM && !v.at && !v.hedges);
        ds_arena_free(a);
    }
    assert_true(done);
}

static void test_starved(void **state)
{
    (void)state;
    bool done = false;
    for (size_t budget = 0; !done && budget < 1u << 20; budget += 101) {
        ds_arena *a = ds_arena_new(256, budget);
        marked m = {0};
        ds_claims k = {0};
        ds_status st = read_claims(
            a, "Officials said half of the 1,200 miners, another 40 people and $2,000 were lost.",
            &m, &k);
        if (st == DS_OK) {
            assert_true(k.len > 0);
            done = true;
        } else {
            assert_int_equal(st, DS_NOMEM);
            assert_null(k.at);
        }
        ds_arena_free(a);
    }
    assert_true(done);
}

/* ---- growth -------------------------------------------------------------------------------------------- */

/* What a page could repeat to have each of its figures compared with all the others. */
static const char *const repeats[] = {
    "At least 12 soldiers were killed and 30 wounded in Osterby. ",
    "About 40% of the soldiers were killed. ",
    "In May another 300 soldiers were sent. ",
    "They ran 7 km. ",
    "12 soldiers were killed a day, ",
    "Half of the 40 guests\xE2\x80\x94"
    "20 guests\xE2\x80\x94"
    "were hurt. ",
};
enum {
    FEW = 200,       /* repeats */
    GROWTH = 16,     /* a page with so many times as many ... */
    GROWTH_MAX = 40, /* ... may take so many times as long; quadratic growth takes 256 */
    RUNS = 3,        /* the fastest counts */
};

static int64_t thread_ns(void)
{
    struct timespec t;
    assert_int_equal(clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t), 0);
    return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

/* Nanoseconds that the claims of a page take, without its marks. */
static int64_t claims_ns(const char *piece, size_t times)
{
    ds_arena *a = ds_arena_new(0, (size_t)16 * TEST_BUDGET);
    ds_page page = {.name = DS_STR("test"), .sha256 = DS_STR("00")};
    marked m = {0};
    int64_t best = INT64_MAX;
    ds_buf b = ds_buf_new(a);
    for (size_t i = 0; i < times; i++)
        ds_buf_puts(&b, piece);
    assert_int_equal(read_marks(a, ds_buf_str(&b).at, &m, NULL), DS_OK);
    for (int run = 0; run < RUNS; run++) {
        ds_claims k = {0};
        int64_t beg = thread_ns();
        assert_int_equal(ds_claim_read(a, &page, &m.doc, &m.parse, &m.marks, words, &k, NULL),
                         DS_OK);
        int64_t ns = thread_ns() - beg;
        best = ns < best ? ns : best;
        assert_true(k.len >= times);
    }
    ds_arena_free(a);
    return best;
}

static void test_time_grows_with_the_page(void **state)
{
    (void)state;
    unsigned worse = 0;
    for (size_t i = 0; i < sizeof repeats / sizeof *repeats; i++) {
        int64_t few = claims_ns(repeats[i], FEW);
        int64_t many = claims_ns(repeats[i], (size_t)FEW * GROWTH);
        if (many / GROWTH_MAX <= few)
            continue;
        print_error("\"%s\": %d times take %lld ns, %d times %lld\n", repeats[i], FEW,
                    (long long)few, FEW * GROWTH, (long long)many);
        worse++;
    }
    assert_int_equal(worse, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rows),
        cmocka_unit_test(test_links),
        cmocka_unit_test(test_who_kills_himself_is_one_more),
        cmocka_unit_test(test_a_share_and_its_count_are_equated),
        cmocka_unit_test(test_ids_are_stable_and_distinct),
        cmocka_unit_test(test_said),
        cmocka_unit_test(test_voices),
        cmocka_unit_test(test_days),
        cmocka_unit_test(test_when),
        cmocka_unit_test(test_starved_voices),
        cmocka_unit_test(test_starved),
        cmocka_unit_test(test_time_grows_with_the_page),
    };
    return cmocka_run_group_tests(tests, open_grammar, close_words);
}
