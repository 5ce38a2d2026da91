/* SPDX-License-Identifier: Apache-2.0 */
/* test_regroup.c - whatever came and went, and in how many batches, the store has what one built in one go has; and only the stories
 * that changed were reckoned. */
#include "dossier/dossier.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>
#include <sqlite3.h>

#define PAGES 12
#define STEPS 14
#define RUNS 3
#define NAME 32
#define STORED 512 /* bytes of a statement */

static char folder[64];

static int enter(void **state)
{
    (void)state;
    snprintf(folder, sizeof folder, "/tmp/dossier-regroup-XXXXXX");
    return mkdtemp(folder) && chdir(folder) == 0 && mkdir("pages", 0700) == 0 ? 0 : -1;
}

static int leave(void **state)
{
    char command[128];
    (void)state;
    snprintf(command, sizeof command, "rm -rf '%s'", folder);
    return chdir("/") == 0 && system(command) == 0 ? 0 : -1;
}

static unsigned next(uint64_t *seed, unsigned below)
{
    *seed = *seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (unsigned)(*seed >> 33) % below;
}

/* ---- invented pages: four events, so that a page of one leaves the others alone ------------------------------- */

static const struct {
    const char *place, *what, *said_by, *more;
} events[] = {
    {"Osterby", "flood", "Anna Holm",
     "The river Varn had broken the old Lindmark dike during the night, and boats took families "
     "from the roofs of Mill Street to the Saint Orsen school."},
    {"Halvet", "mine fire", "Petro Varensky",
     "Miners of the Dorrit shaft were trapped below the third gallery when cables burned, and "
     "relatives waited at the gate of the Karsk colliery."},
    {"Kestria Bay", "ferry collision", "the Orpress agency",
     "The ferry Marigold had left Port Ambry in fog and struck the tanker Hollis off Cape Wren, "
     "and fishermen pulled passengers from the water."},
    {"Tolbeck", "factory blast", "the Orsenian army",
     "Fireworks stored in the Brandt works had caught fire, windows broke as far away as Quarry "
     "Lane, and the nearby Temmel bridge was closed."},
};

#define PAGE_TEXT(end)                                                                             \
    "%s mourns after the %s" end end                                                               \
    "At least %u people were killed in the %s at %s, %s said on Monday." end end                   \
    "About %u others were injured in %s, while %s was still closed to all traffic." end end        \
    "%s" end
#define PAGE_WORDS(e, page, version)                                                               \
    events[e].place, events[e].what, 10 + (page) / 4 + 20 * (version), events[e].what,             \
        events[e].place, events[e].said_by, 40 + (page), events[e].place, events[e].place,         \
        events[e].more

static void page_name(unsigned page, char out[NAME])
{
    snprintf(out, NAME, "pages/%c.txt", (int)('a' + page));
}

static void write_page(unsigned page, unsigned version)
{
    char name[NAME];
    const unsigned e = page % 4;
    page_name(page, name);
    FILE *f = fopen(name, "w");
    assert_non_null(f);
    fprintf(f, PAGE_TEXT("\n"), PAGE_WORDS(e, page, version));
    assert_int_equal(fclose(f), 0);
}

/* ---- what a store says, story by story, without ids -------------------------------------------------------------- */

typedef struct dump {
    char *at;
    size_t len, cap;
} dump;

static void put(dump *d, const char *z)
{
    size_t n = strlen(z);
    while (d->len + n + 1 > d->cap) {
        d->cap = d->cap ? d->cap * 2 : 65536;
        d->at = realloc(d->at, d->cap);
        assert_non_null(d->at);
    }
    memcpy(d->at + d->len, z, n + 1);
    d->len += n;
}

static bool is_id(const char *table, const char *column)
{
    return strcmp(column, "story") == 0 || strcmp(column, "article") == 0 ||
           (strcmp(table, "story") == 0 && strcmp(column, "id") == 0);
}

static void put_rows(sqlite3 *db, const char *table, int64_t story, dump *out)
{
    char sql[STORED];
    sqlite3_stmt *st;
    snprintf(sql, sizeof sql, "SELECT * FROM %s WHERE %s = %lld ORDER BY 1, 2, 3", table,
             strcmp(table, "story") == 0 ? "id" : "story", (long long)story);
    assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &st, NULL), SQLITE_OK);
    while (sqlite3_step(st) == SQLITE_ROW) {
        put(out, table);
        for (int c = 0; c < sqlite3_column_count(st); c++) {
            const char *z = (const char *)sqlite3_column_text(st, c);
            if (is_id(table, sqlite3_column_name(st, c)))
                continue;
            put(out, "|");
            put(out, z ? z : "NULL");
        }
        put(out, "\n");
    }
    sqlite3_finalize(st);
}

static dump dump_of(const char *path)
{
    static const char *const tables[] = {
        "story", "source",      "story_row", "question", "answer", "origin",
        "pair",  "tie",         "step",      "flag",     "force",  "key_point",
        "event", "holder_join", "holder",    "place",    "copy",   "unsure"};
    static const char by_doc[] =
        "SELECT id FROM story ORDER BY (SELECT min(doc) FROM source WHERE story = story.id)";
    dump out = {NULL, 0, 0};
    sqlite3 *db;
    sqlite3_stmt *st;
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(db, by_doc, -1, &st, NULL), SQLITE_OK);
    put(&out, "");
    while (sqlite3_step(st) == SQLITE_ROW)
        for (size_t i = 0; i < sizeof tables / sizeof *tables; i++)
            put_rows(db, tables[i], sqlite3_column_int64(st, 0), &out);
    sqlite3_finalize(st);
    sqlite3_close(db);
    return out;
}

static void run_sql(const char *path, const char *sql)
{
    sqlite3 *db;
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(db);
}

/* ---- two stores ---------------------------------------------------------------------------------------------------- */

static dossier *open_db(const char *db, const char *lexicon)
{
    const dossier_options o = {.db = db, .jobs = 1, .lexicon = lexicon};
    dossier *d = NULL;
    if (dossier_open(&o, DOSSIER_WRITE, &d) != DOSSIER_OK)
        fail_msg("%s", dossier_error(d));
    return d;
}

static void add(const char *db, const char *lexicon, const char *const *names, size_t n)
{
    dossier *d = open_db(db, lexicon);
    dossier_report r;
    if (dossier_add(d, names, n, NULL, NULL, &r) != DOSSIER_OK)
        fail_msg("%s", dossier_error(d));
    dossier_close(d);
}

static void add_one(const char *db, unsigned page)
{
    char name[NAME];
    const char *const names[] = {name};
    page_name(page, name);
    add(db, NULL, names, 1);
}

/* The pages of `from`, in its order, into a new store. */
static void build_again(const char *from, const char *to)
{
    char names[PAGES][NAME];
    const char *at[PAGES];
    size_t n = 0;
    sqlite3 *db;
    sqlite3_stmt *st;
    unlink(to);
    assert_int_equal(sqlite3_open(from, &db), SQLITE_OK);
    assert_int_equal(
        sqlite3_prepare_v2(db, "SELECT name FROM page WHERE newest ORDER BY id", -1, &st, NULL),
        SQLITE_OK);
    for (; sqlite3_step(st) == SQLITE_ROW; n++) {
        snprintf(names[n], NAME, "%s", (const char *)sqlite3_column_text(st, 0));
        at[n] = names[n];
    }
    sqlite3_finalize(st);
    sqlite3_close(db);
    if (n)
        add(to, NULL, at, n);
}

static size_t line_len(const char *z)
{
    return strcspn(z, "\n");
}

static void same(const char *one, const char *other)
{
    dump x = dump_of(one), y = dump_of(other);
    size_t beg = 0;
    for (size_t i = 0; x.at[i] && x.at[i] == y.at[i]; i++)
        beg = x.at[i] == '\n' ? i + 1 : beg;
    if (strcmp(x.at, y.at) != 0)
        fail_msg("%.*s\nand\n%.*s", (int)line_len(x.at + beg), x.at + beg,
                 (int)line_len(y.at + beg), y.at + beg);
    free(x.at);
    free(y.at);
}

/* A page comes, comes in other words, comes back in those of before, or goes. */
static void step(uint64_t *seed, unsigned versions[PAGES])
{
    unsigned page = next(seed, PAGES);
    char name[NAME];
    page_name(page, name);
    if (versions[page] && next(seed, 3) == 0) {
        dossier *d = open_db("n.db", NULL);
        assert_int_equal(dossier_remove(d, name), DOSSIER_OK);
        dossier_close(d);
        versions[page] = 0;
        return;
    }
    versions[page] = 1 + next(seed, 2);
    write_page(page, versions[page]);
    add_one("n.db", page);
}

static void batches_do_not_show(void **state)
{
    (void)state;
    for (uint64_t run = 1; run <= RUNS; run++) {
        uint64_t seed = run;
        unsigned versions[PAGES] = {0}, there = 0;
        unlink("n.db");
        for (int i = 0; i < STEPS; i++) {
            step(&seed, versions);
            there = 0;
            for (unsigned p = 0; p < PAGES; p++)
                there += versions[p] != 0;
            if (!there)
                continue;
            build_again("n.db", "all.db");
            same("n.db", "all.db");
        }
    }
}

/* ---- what was left alone ------------------------------------------------------------------------------------------- */

static int count(const char *db, const char *sql)
{
    sqlite3 *c;
    sqlite3_stmt *st;
    assert_int_equal(sqlite3_open(db, &c), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(c, sql, -1, &st, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(st), SQLITE_ROW);
    int n = sqlite3_column_int(st, 0);
    sqlite3_finalize(st);
    sqlite3_close(c);
    return n;
}

#define MARK "UPDATE story SET title = 'as it stood'"
#define MARKED "SELECT count(*) FROM story WHERE title = 'as it stood'"
#define STORIES "SELECT count(*) FROM story"

static void mark_all(void)
{
    unlink("n.db");
    for (unsigned p = 0; p < 8; p++) {
        write_page(p, 0);
        add_one("n.db", p);
    }
    assert_int_equal(count("n.db", STORIES), 4);
    run_sql("n.db", MARK);
}

static void only_what_changed_is_reckoned(void **state)
{
    (void)state;
    mark_all();
    write_page(8, 0);
    add_one("n.db", 8);
    assert_int_equal(count("n.db", STORIES), 4);
    assert_int_equal(count("n.db", MARKED), 3);
    dossier *d = open_db("n.db", NULL);
    assert_int_equal(dossier_remove(d, "pages/b.txt"), DOSSIER_OK);
    dossier_close(d);
    assert_int_equal(count("n.db", MARKED), 2);
}

/* Other word lists, or a store of an older version. */
static void another_reckoner_reckons_all(void **state)
{
    static const char *const names[] = {"pages/i.txt"};
    (void)state;
    mark_all();
    mkdir("lists", 0700);
    FILE *f = fopen("lists/certainty.tsv", "w");
    assert_non_null(f);
    fputs("#: phrase certainty:reported|possible scope:clause|sentence with? note?\n"
          "closed\tpossible\tclause\n",
          f);
    fclose(f);
    write_page(8, 0);
    add("n.db", "lists", names, 1);
    assert_int_equal(count("n.db", MARKED), 0);
    mark_all();
    run_sql("n.db", "UPDATE grouping SET reckoner = NULL");
    add_one("n.db", 8);
    assert_int_equal(count("n.db", MARKED), 0);
}

/* ---- read anew ------------------------------------------------------------------------------------------------------ */

static void digest_of(const char *db, char out[65])
{
    const dossier_options o = {.db = db};
    dossier *d = NULL;
    dossier_text problems;
    assert_int_equal(dossier_open(&o, DOSSIER_READ, &d), DOSSIER_OK);
    if (dossier_verify(d, out, &problems) != DOSSIER_OK)
        fail_msg("%s", problems.at);
    dossier_text_free(&problems);
    dossier_close(d);
}

static int stop_at(const dossier_progress *p, void *ctx)
{
    return p->done >= *(const size_t *)ctx;
}

static dossier_report reread(const char *db, size_t stop)
{
    dossier *d = open_db(db, NULL);
    dossier_report r;
    if (dossier_reread(d, stop_at, &stop, &r) != DOSSIER_OK)
        fail_msg("%s", dossier_error(d));
    dossier_close(d);
    return r;
}

/* The same program: all is as it was, ids too, whether it was read in one go or in two. */
static void the_same_reader_changes_nothing(void **state)
{
    char before[65], after[65];
    (void)state;
    mark_all();
    assert_int_equal(reread("n.db", SIZE_MAX).pages, 8);
    digest_of("n.db", before);
    dossier_report r = reread("n.db", SIZE_MAX);
    assert_int_equal(r.stories, 4);
    assert_int_equal(r.articles, 8);
    assert_false(r.stopped);
    digest_of("n.db", after);
    assert_string_equal(before, after);
    run_sql("n.db", MARK);
    r = reread("n.db", 3);
    assert_true(r.stopped);
    assert_int_equal(count("n.db", MARKED), 4); /* as it was, until it is through */
    digest_of("n.db", after);                   /* and nothing wrong with it */
    add_one("n.db", 0);                         /* which goes on with it first */
    assert_int_equal(count("n.db", MARKED), 0);
    digest_of("n.db", after);
    assert_string_equal(before, after);
}

/* A story that was in two parts before: the older id stays, the other leads there; new stories get ids that nobody had. */
static void ids_go_on_by_what_they_hold(void **state)
{
    (void)state;
    mark_all();
    const int story = count("n.db", "SELECT story FROM member WHERE number = 4");
    run_sql("n.db", "UPDATE member SET story = 9 WHERE number = 4");
    assert_int_equal(reread("n.db", SIZE_MAX).stories, 4);
    assert_int_equal(count("n.db", "SELECT to_story FROM redirect WHERE story = 9"), story);
    assert_int_equal(count("n.db", "SELECT max(id) FROM story"), 4);
    run_sql("n.db", "UPDATE member SET story = 1");
    assert_int_equal(reread("n.db", SIZE_MAX).stories, 4);
    assert_int_equal(count("n.db", "SELECT count(*) FROM story WHERE id > 9"), 3);
    dossier *d = open_db("n.db", NULL);
    int64_t to = 0;
    dossier_text t;
    assert_int_equal(dossier_moved(d, 9, &to), DOSSIER_OK);
    assert_int_equal(dossier_show(d, 9, &(dossier_view){.format = DOSSIER_JSON}, &t), DOSSIER_OK);
    dossier_text_free(&t);
    dossier_close(d);
}

/* What would join it opens a story, and the next one joins that. */
static void a_full_story_takes_nobody(void **state)
{
    (void)state;
    mark_all();
    run_sql("n.db", "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 4000)"
                    " INSERT INTO member(number, article, story, odds, why, days) SELECT -i, -i, "
                    "1, 0, 0, -1 FROM n");
    for (unsigned p = 8; p < 12; p++) {
        write_page(p, 0);
        add_one("n.db", p);
    }
    assert_int_equal(count("n.db", STORIES), 5);
    assert_int_equal(count("n.db", "SELECT count(*) FROM member WHERE story = 1 AND number >= 0"),
                     2);
    assert_int_equal(count("n.db", "SELECT count(*) FROM member WHERE story = 5"), 1);
}

/* A page twice in one batch: nobody joins its first version, whose story has become that of the second. */
static void what_went_draws_nobody(void **state)
{
    static const char *const names[] = {"n.jsonl"};
    static const struct {
        const char *at;
        unsigned page;
    } lines[] = {{"zero", 1}, {"one", 0}, {"one", 5}, {"two", 4}};
    (void)state;
    FILE *f = fopen(names[0], "w");
    assert_non_null(f);
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        fprintf(f, "{\"url\": \"https://news.test/%s\", \"text\": \"", lines[i].at);
        fprintf(f, PAGE_TEXT("\\n"), PAGE_WORDS(lines[i].page % 4, lines[i].page, 0));
        fprintf(f, "\"}\n");
    }
    assert_int_equal(fclose(f), 0);
    add("n.db", NULL, names, 1);
    assert_int_equal(count("n.db", STORIES), 2);
    assert_int_equal(count("n.db", "SELECT count(*) FROM redirect WHERE story = 2"), 1);
    assert_int_equal(count("n.db", "SELECT count(*) FROM story WHERE id = 2"), 0);
}

/* Two stories that a third article made one stay so when another of its pages changes. */
static void what_was_merged_stays_together(void **state)
{
    (void)state;
    for (unsigned p = 0; p < 8; p += 4) {
        write_page(p, 0);
        add_one("n.db", p);
    }
    run_sql("n.db", "UPDATE member SET story = 2, near = NULL WHERE number = 1;"
                    "UPDATE grouping SET next_story = 3; INSERT INTO dirty VALUES(1), (2)");
    write_page(8, 0);
    add_one("n.db", 8);
    assert_int_equal(count("n.db", "SELECT count(*) FROM regrouping WHERE kind = 'merge'"), 1);
    assert_int_equal(count("n.db", "SELECT to_story FROM redirect WHERE story = 2"), 1);
    write_page(3, 0);
    add_one("n.db", 3);
    run_sql("n.db", "UPDATE member SET story = 1, near = 2 WHERE number = 3;"
                    "INSERT INTO dirty VALUES(1)");
    write_page(3, 1);
    add_one("n.db", 3);
    assert_int_equal(count("n.db", "SELECT count(*) FROM regrouping WHERE kind = 'split'"), 0);
    assert_int_equal(count("n.db", "SELECT count(*) FROM member WHERE story = 1"), 3);
}

/* Bytes of grouping that are not its own: the page is refused, and the store stays as it was. */
static void hostile_bytes_are_damage(void **state)
{
    static const struct {
        const char *damage, *says;
    } rows[] = {
        {"UPDATE member SET record = x'00'", "bad record in member"},
        {"UPDATE member SET record = zeroblob(4096)", "bad record in member"},
        {"UPDATE member SET record = CAST(record || x'00' AS BLOB)", "bad record in member"},
        {"UPDATE member SET record = CAST(x'0000000000000000000000000000C07F' || substr(record, "
         "17) AS BLOB)",
         "bad record in member"},
        {"UPDATE term SET row = x'00'", "bad row in term"},
        {"UPDATE term SET row = x'0000000000000100FFFFFFFF0100'", "bad row in term"},
        {"UPDATE term SET row = CAST(x'000000000000FFFF' || zeroblob(1530) AS BLOB)",
         "bad row in term"},
        {"UPDATE term SET row = CAST(row || x'00' AS BLOB)", "bad row in term"},
        {"UPDATE grouping SET state = x'00'", "bad state in grouping"},
        {"UPDATE grouping SET state = x'FFFFFFFFFFFFFFFFFFFFFFFF'", "bad state in grouping"},
    };
    static const char *const names[] = {"pages/e.txt"};
    (void)state;
    write_page(4, 0);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        unlink("n.db");
        write_page(0, 0);
        add_one("n.db", 0);
        run_sql("n.db", rows[i].damage);
        dossier *d = open_db("n.db", NULL);
        dossier_report r;
        const dossier_status st = dossier_add(d, names, 1, NULL, NULL, &r);
        if (st != DOSSIER_IO || !strstr(dossier_error(d), rows[i].says))
            fail_msg("%s: %d, %s", rows[i].damage, (int)st, dossier_error(d));
        dossier_close(d);
        assert_int_equal(count("n.db", "SELECT count(*) FROM page"), 1);
    }
}

int main(void)
{
#define IN_FOLDER(f) cmocka_unit_test_setup_teardown(f, enter, leave)
    const struct CMUnitTest tests[] = {
        IN_FOLDER(batches_do_not_show),          IN_FOLDER(only_what_changed_is_reckoned),
        IN_FOLDER(another_reckoner_reckons_all), IN_FOLDER(the_same_reader_changes_nothing),
        IN_FOLDER(ids_go_on_by_what_they_hold),  IN_FOLDER(a_full_story_takes_nobody),
        IN_FOLDER(what_went_draws_nobody),       IN_FOLDER(what_was_merged_stays_together),
        IN_FOLDER(hostile_bytes_are_damage),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
