/* SPDX-License-Identifier: Apache-2.0 */
/* test_engine.c - the library through its public header: invented pages in, the same story out, whatever the threads. */
#include "dossier/dossier.h"

#include "intake/test_files.h"
#include "reconcile/reconcile.h" /* the rules there are */

#include <sqlite3.h>
#include <sys/stat.h>

static int enter(void **state)
{
    (void)state;
    return enter_folder();
}

static int leave(void **state)
{
    (void)state;
    return leave_folder();
}

/* ---- invented pages ------------------------------------------------------------------------------------- */

static void write_page(const char *name, const char *title, const char *said)
{
    char page[2048];
    int len = snprintf(page, sizeof page,
                       "<html><head><title>%s</title></head><body><article><h1>%s</h1>\n"
                       "<p>%s The river Varn reached the village of Osterby on Monday, and the "
                       "road to Kestria Bay "
                       "was closed for the whole day.</p>\n"
                       "<p>Anna Holm, the mayor of Osterby, said that about 1,200 people had left "
                       "their homes, while 40 "
                       "houses "
                       "stood under water until the evening.</p>\n</article></body></html>\n",
                       title, title, said);
    assert_true(len > 0 && (size_t)len < sizeof page);
    write_file(name, page, (size_t)len);
}

static void write_story(void)
{
    mkdir("pages", 0700);
    write_page("pages/a.html", "Flood in Osterby",
               "Police said that 12 people were killed in Osterby.");
    write_page("pages/b.html", "Osterby under water",
               "At least 15 people were killed, rescue workers said.");
    write_page("pages/c.html", "Homes lost in Osterby",
               "Up to 30 people were injured, the hospital reported.");
    write_page("pages/d.html", "Osterby counts its dead",
               "The ministry said that more than 20 people were killed.");
    for (int i = 0; i < 40; i++) {
        char name[32], said[96];
        snprintf(name, sizeof name, "pages/m%02d.html", i);
        snprintf(said, sizeof said, "Officials said that about %d people were injured in Osterby.",
                 10 + i % 7);
        write_page(name, "Osterby after the flood", said);
    }
}

/* ---- helpers ---------------------------------------------------------------------------------------------- */

typedef struct told {
    char text[4096]; /* "name: why" or "name (note)" a line */
    size_t len;
    size_t calls, stop_after;
} told;

static int listen(const dossier_progress *p, void *ctx)
{
    told *t = ctx;
    t->calls++;
    if (p->name && t->len < sizeof t->text)
        t->len += (size_t)snprintf(t->text + t->len, sizeof t->text - t->len,
                                   p->failed ? "%s: %s\n" : "%s (%s)\n", p->name, p->what);
    assert_true(p->done <= p->total);
    return t->stop_after && p->done >= t->stop_after;
}

static dossier *open_db(const char *db, dossier_mode mode, unsigned jobs)
{
    const dossier_options o = {.db = db, .jobs = jobs};
    dossier *d = NULL;
    if (dossier_open(&o, mode, &d) != DOSSIER_OK)
        fail_msg("%s", dossier_error(d));
    return d;
}

static dossier_report add(const char *db, unsigned jobs, const char *const *paths, size_t n,
                          told *t)
{
    dossier *d = open_db(db, DOSSIER_WRITE, jobs);
    dossier_report r;
    if (dossier_add(d, paths, n, listen, t, &r) != DOSSIER_OK)
        fail_msg("%s", dossier_error(d));
    dossier_close(d);
    return r;
}

#define ADD(db, jobs, t, ...)                                                                      \
    add(db, jobs, (const char *const[]){__VA_ARGS__},                                              \
        sizeof((const char *const[]){__VA_ARGS__}) / sizeof(const char *), t)

static void digest_of(const char *db, char out[65])
{
    dossier *d = open_db(db, DOSSIER_READ, 1);
    dossier_text t;
    if (dossier_verify(d, out, &t) != DOSSIER_OK)
        fail_msg("%s", t.at);
    dossier_text_free(&t);
    dossier_close(d);
}

static dossier_text show(const char *db, int64_t story, dossier_format format)
{
    dossier *d = open_db(db, DOSSIER_READ, 1);
    const dossier_view v = {.format = format};
    dossier_text t = {NULL, 0};
    if (dossier_show(d, story, &v, &t) != DOSSIER_OK)
        fail_msg("%s", dossier_error(d));
    dossier_close(d);
    return t;
}

/* ---- tests ------------------------------------------------------------------------------------------------ */

static void threads_do_not_show(void **state)
{
    char one[65], many[65];
    told t = {.len = 0};
    (void)state;
    write_story();
    /* The same page twice, and an older version behind a newer one. */
    mkdir("other", 0700);
    write_text(
        "lines.jsonl",
        "{\"id\":\"x\",\"text\":\"The first text says that 3 people were killed in Osterby.\"}\n"
        "{\"id\":\"x\",\"text\":\"The second text says that 4 people were killed in Osterby.\"}\n"
        "{\"id\":\"x\",\"text\":\"The first text says that 3 people were killed in Osterby.\"}\n");
    dossier_report r = ADD("one.db", 1, &t, "pages", "pages/a.html", "lines.jsonl"),
                   s = ADD("many.db", 4, &t, "pages", "pages/a.html", "lines.jsonl");
    assert_memory_equal(&r, &s, sizeof r);
    assert_int_equal(r.known, 1);
    assert_int_equal(r.failed, 0);
    digest_of("one.db", one);
    digest_of("many.db", many);
    assert_string_equal(one, many);
    dossier_text a = show("one.db", 1, DOSSIER_JSON), b = show("many.db", 1, DOSSIER_JSON);
    assert_string_equal(a.at, b.at);
    dossier_text_free(&a);
    dossier_text_free(&b);
}

static void a_second_add_finds_nothing_new(void **state)
{
    char before[65], after[65];
    told t = {.len = 0};
    (void)state;
    write_story();
    dossier_report r = ADD("n.db", 2, &t, "pages");
    assert_int_equal(r.pages, 44);
    assert_int_equal(r.articles, 44);
    assert_true(r.figures > 44);
    assert_true(r.stories_new >= 1 && r.stories_new == r.stories);
    digest_of("n.db", before);
    r = ADD("n.db", 2, &t, "pages");
    assert_int_equal(r.pages, 0);
    assert_int_equal(r.known, 44);
    assert_int_equal(r.stories_new, 0);
    digest_of("n.db", after);
    assert_string_equal(before, after);
}

static void bad_inputs_fail_alone(void **state)
{
    told t = {.len = 0};
    (void)state;
    mkdir("empty", 0700);
    write_text("void.html", "");
    write_file("photo.jpg", "\xff\xd8\xff\xe0\0\x10JFIF", 10);
    write_text("bad.jsonl",
               "{\"id\":\n{\"id\":\"ok\",\"text\":\"Police said that 12 people were killed in "
               "Osterby on Monday, and that 40 houses stood under water.\"}\n");
    write_page("latin.html", "Flood in \xd8sterby", "Police said that 12 people were killed.");
    write_page("good.html", "Flood in Osterby", "Police said that 12 people were killed.");
    dossier_report r = ADD("n.db", 2, &t, "missing.html", "empty", "void.html", "photo.jpg",
                           "bad.jsonl", "latin.html", "good.html");
    assert_string_equal(t.text,
                        "missing.html: no such file\n"
                        "empty: no pages in it\n"
                        "void.html: empty\n"
                        "photo.jpg: not text (JPEG); kept out\n"
                        "bad.jsonl:1: not JSON: unexpected token near end of file\n"
                        "latin.html (byte 0xD8 at 28 is not UTF-8; read as windows-1252)\n");
    assert_int_equal(r.failed, 5);
    assert_int_equal(r.no_pages, 1);
    assert_int_equal(r.pages, 3);
    assert_true(r.figures >= 5);
}

/* A line of 50 MB, all one text, and the line after it. */
static void a_line_of_fifty_megabytes_fails_alone(void **state)
{
    static const char head[] = "{\"id\":\"long\",\"text\":\"";
    static const char tail[] =
        "\"}\n{\"id\":\"next\",\"text\":\"Police said that 12 people were killed in Osterby on "
        "Monday, and that 40 houses stood under water.\"}\n";
    const size_t len = (size_t)50 << 20;
    told t = {.len = 0};
    (void)state;
    char *words = malloc(len);
    assert_non_null(words);
    for (size_t i = 0; i < len; i++)
        words[i] = "word "[i % 5];
    FILE *f = fopen("long.jsonl", "wb");
    assert_non_null(f);
    fputs(head, f);
    assert_int_equal(fwrite(words, 1, len, f), len);
    fputs(tail, f);
    fclose(f);
    free(words);
    dossier_report r = ADD("n.db", 1, &t, "long.jsonl");
    assert_int_equal(r.failed, 1);
    assert_int_equal(r.pages, 1);
    assert_string_equal(t.text, "long: more than 8 MB of text in one article; kept out\n");
}

static void a_hundred_thousand_tags_are_read_flat(void **state)
{
    enum { DEEP = 100000 };
    told t = {.len = 0};
    (void)state;
    FILE *f = fopen("deep.html", "wb");
    assert_non_null(f);
    fputs("<html><body>", f);
    for (int i = 0; i < DEEP; i++)
        fputs("<div>", f);
    fputs("<p>The ministry said on Friday that about 300 people were killed near the village, and "
          "that 40 others were "
          "missing after the flood.</p><p>More than 1,200 people had fled their homes since "
          "Monday, according to the "
          "officials of the region.</p>",
          f);
    fclose(f);
    dossier_report r = ADD("n.db", 1, &t, "deep.html");
    assert_int_equal(r.failed, 0);
    assert_int_equal(r.articles, 1);
    assert_non_null(strstr(t.text, "nested tags; read flat"));
}

static void stopping_keeps_what_is_done(void **state)
{
    char stopped[65];
    told t = {.stop_after = 5};
    (void)state;
    write_story();
    dossier_report r = ADD("n.db", 1, &t, "pages");
    assert_true(r.stopped);
    assert_true(r.pages >= 5 && r.pages < 44);
    assert_true(r.stories >= 1);
    digest_of("n.db", stopped);
    told again = {.len = 0};
    r = ADD("n.db", 1, &again, "pages");
    assert_false(r.stopped);
    assert_int_equal(r.pages + r.known, 44);
}

/* DOSSIER_RULES names all rules; each is named by what it gave. */
typedef dossier_status (*view)(dossier *d, int64_t story, const dossier_view *v, dossier_text *out);

static int tells(const char *name, const char *at, size_t len, void *wanted)
{
    (void)name;
    (void)len;
    assert_non_null(strstr(at, wanted));
    return 0;
}

/* Every view of figures says by which rule it reckoned. */
static void told_by(dossier *d, const char *rule)
{
    static const view views[] = {dossier_show, dossier_questions};
    const dossier_view v = {.format = DOSSIER_JSON, .rule = rule};
    char wanted[64];
    snprintf(wanted, sizeof wanted, "\"rule\":\"%s\"", rule);
    assert_true(dossier_knows_rule(rule));
    for (size_t i = 0; i < sizeof views / sizeof *views; i++) {
        dossier_text t = {NULL, 0};
        assert_int_equal(views[i](d, 1, &v, &t), DOSSIER_OK);
        assert_non_null(strstr(t.at, wanted));
        dossier_text_free(&t);
    }
    assert_int_equal(dossier_export(d, 1, &v, tells, wanted), DOSSIER_OK);
}

/* What DOSSIER_RULES says are the rules there are, in their order. */
static void each_rule_is_taken_and_told(void **state)
{
    told listened = {.len = 0};
    size_t n = 0;
    (void)state;
    write_story();
    ADD("r.db", 1, &listened, "pages");
    dossier *d = open_db("r.db", DOSSIER_READ, 1);
    for (const char *at = DOSSIER_RULES; *at; n++) {
        char name[32];
        size_t len = strcspn(at, ",");
        snprintf(name, sizeof name, "%.*s", (int)len, at);
        assert_non_null(ds_rule_at(n));
        assert_true(ds_str_eq(ds_rule_at(n)->name, ds_str_of(name)));
        told_by(d, name);
        at += len + strspn(at + len, ", ");
    }
    assert_null(ds_rule_at(n));
    dossier_close(d);
}

static void what_is_not_there_is_told(void **state)
{
    dossier *d = NULL;
    dossier_text t = {NULL, 0};
    const dossier_view v = {.format = DOSSIER_TEXT}, csv = {.format = DOSSIER_CSV},
                       rule = {.rule = "best"};
    told listened = {.len = 0};
    (void)state;
    assert_int_equal(dossier_open(&(dossier_options){.db = "n.db"}, DOSSIER_READ, &d),
                     DOSSIER_NOTHING);
    assert_string_equal(dossier_error(d),
                        "the store is empty: add pages first (dossier add FOLDER)");
    dossier_close(d);
    write_story();
    ADD("n.db", 1, &listened, "pages");
    d = open_db("n.db", DOSSIER_READ, 1);
    assert_int_equal(dossier_show(d, 7, &v, &t), DOSSIER_NOTHING);
    assert_string_equal(dossier_error(d), "no story 7; the store has 1 (dossier stories)");
    assert_int_equal(dossier_article(d, "1:ZZZ", &v, &t), DOSSIER_NOTHING);
    assert_string_equal(dossier_error(d), "no page ZZZ in story 1; it has A to AR");
    assert_int_equal(dossier_article(d, "1:A99", &v, &t), DOSSIER_NOTHING);
    assert_int_equal(dossier_article(d, "elsewhere.html", &v, &t), DOSSIER_NOTHING);
    assert_int_equal(dossier_show(d, 1, &csv, &t), DOSSIER_BAD);
    assert_int_equal(dossier_show(d, 1, &rule, &t), DOSSIER_BAD);
    assert_string_equal(dossier_error(d), "--rule best: one of " DOSSIER_RULES);
    dossier_report r;
    assert_int_equal(dossier_add(d, NULL, 0, NULL, NULL, &r), DOSSIER_BAD);
    assert_int_equal(dossier_remove(d, "pages/a.html"), DOSSIER_BAD);
    dossier_close(d);
    dossier_close(NULL);
    dossier_text_free(NULL);
}

static void views_print_what_was_found(void **state)
{
    told listened = {.len = 0};
    dossier_text t;
    (void)state;
    write_story();
    ADD("n.db", 2, &listened, "pages");
    dossier *d = open_db("n.db", DOSSIER_READ, 1);
    for (int format = DOSSIER_TEXT; format <= DOSSIER_TSV; format++) {
        const dossier_view v = {.format = (dossier_format)format};
        assert_int_equal(dossier_stories(d, &v, &t), DOSSIER_OK);
        dossier_text_free(&t);
        assert_int_equal(dossier_claims(d, 0, &v, &t), DOSSIER_OK);
        assert_non_null(strstr(t.at, "killed"));
        dossier_text_free(&t);
    }
    const dossier_view v = {.format = DOSSIER_TEXT}, none = {.measure = "no such measure"};
    assert_int_equal(dossier_questions(d, 1, &v, &t), DOSSIER_OK);
    dossier_text_free(&t);
    assert_int_equal(dossier_article(d, "1:A1", &v, &t), DOSSIER_OK);
    dossier_text_free(&t);
    assert_int_equal(dossier_article(d, "pages/b.html", &v, &t), DOSSIER_OK);
    assert_non_null(strstr(t.at, "15 people"));
    dossier_text_free(&t);
    assert_int_equal(dossier_claims(d, 1, &none, &t), DOSSIER_NOTHING);
    dossier_close(d);
}

static void has(dossier *d, const char *ref, dossier_format format, const char *words, bool wanted)
{
    const dossier_view v = {.format = format};
    dossier_text t;
    if (dossier_article(d, ref, &v, &t) != DOSSIER_OK)
        fail_msg("%s", dossier_error(d));
    if ((strstr(t.at, words) != NULL) != wanted)
        fail_msg("%s: %s", words, t.at);
    dossier_text_free(&t);
}

static int nowhere(const char *at, size_t len, void *ctx)
{
    (void)at;
    (void)ctx;
    return len != 0;
}

/* Read once more from the stored text, by the word lists of whoever asks. */
static void an_article_says_who_says_what(void **state)
{
    static const char *const other = "read by another version";
    told listened = {.len = 0};
    dossier *d = NULL;
    dossier_report r;
    const dossier_view v = {.format = DOSSIER_TEXT};
    const char *page = "pages/a.html";
    dossier_text t;
    (void)state;
    write_story();
    mkdir("lists", 0700);
    write_text("lists/certainty.tsv",
               "#: phrase certainty:reported|possible scope:clause|sentence with? note?\n"
               "closed\tpossible\tclause\n");
    ADD("n.db", 1, &listened, "pages/a.html");
    d = open_db("n.db", DOSSIER_READ, 1);
    has(d, "1:A", DOSSIER_TEXT, "police (“said”)", true);
    has(d, "1:A", DOSSIER_TEXT, "(“closed”)", false);
    has(d, "1:A", DOSSIER_TEXT, other, false);
    has(d, "1:A", DOSSIER_JSON, "\"attributions\":[{\"sentence\":1,", true);
    assert_int_equal(dossier_read(d, &page, 1, &v, nowhere, NULL, NULL, &r), DOSSIER_BAD);
    dossier_close(d);
    const dossier_options own = {.db = "n.db", .lexicon = "lists"};
    assert_int_equal(dossier_open(&own, DOSSIER_READ, &d), DOSSIER_OK);
    has(d, "1:A", DOSSIER_TEXT, "○ own voice, possible (“closed”)", true);
    has(d, "1:A", DOSSIER_TEXT, other, true);
    dossier_close(d);
    const dossier_options none = {.db = "n.db", .lexicon = "no such folder"};
    assert_int_equal(dossier_open(&none, DOSSIER_READ, &d), DOSSIER_OK);
    assert_true(dossier_article(d, "1:A", &v, &t) < 0);
    assert_true(dossier_article(d, "1:A", &v, &t) < 0);
    assert_int_equal(dossier_claims(d, 1, &v, &t), DOSSIER_OK);
    dossier_text_free(&t);
    dossier_close(d);
}

static void removing_finishes_the_story_anew(void **state)
{
    told listened = {.len = 0};
    dossier_text t;
    char digest[65];
    (void)state;
    write_story();
    ADD("n.db", 1, &listened, "pages/a.html", "pages/b.html");
    dossier *d = open_db("n.db", DOSSIER_WRITE, 1);
    assert_int_equal(dossier_remove(d, "pages/x.html"), DOSSIER_NOTHING);
    assert_string_equal(dossier_error(d), "no page pages/x.html in the store");
    assert_int_equal(dossier_remove(d, "pages/b.html"), DOSSIER_OK);
    const dossier_view v = {.format = DOSSIER_TEXT};
    assert_int_equal(dossier_claims(d, 0, &v, &t), DOSSIER_OK);
    assert_null(strstr(t.at, "15"));
    dossier_text_free(&t);
    assert_int_equal(dossier_remove(d, "pages/a.html"), DOSSIER_OK);
    assert_int_equal(dossier_stories(d, &v, &t), DOSSIER_NOTHING);
    dossier_close(d);
    digest_of("n.db", digest);
}

/* Pages a to d in the order of `names`, into a new store. */
static void add_pages(const char *db, const char *names)
{
    told listened = {.len = 0};
    for (const char *n = names; *n; n++) {
        char page[32];
        snprintf(page, sizeof page, "pages/%c.html", *n);
        ADD(db, 1, &listened, page);
    }
}

static dossier_text look(const char *db, view see, dossier_format format)
{
    const dossier_view v = {.format = format};
    dossier_text t;
    dossier *d = open_db(db, DOSSIER_READ, 1);
    assert_int_equal(see(d, 1, &v, &t), DOSSIER_OK);
    dossier_close(d);
    return t;
}

static void a_removed_page_leaves_no_trace(void **state)
{
    (void)state;
    write_story();
    add_pages("all.db", "abcd");
    add_pages("less.db", "abd");
    dossier *d = open_db("all.db", DOSSIER_WRITE, 1);
    assert_int_equal(dossier_remove(d, "pages/c.html"), DOSSIER_OK);
    dossier_close(d);
    dossier_text x = look("all.db", dossier_show, DOSSIER_JSON);
    dossier_text y = look("less.db", dossier_show, DOSSIER_JSON);
    assert_string_equal(x.at, y.at);
    dossier_text_free(&x);
    dossier_text_free(&y);
}

static bool letter_at(const char *at, size_t i)
{
    bool word = (at[i + 1] >= 'a' && at[i + 1] <= 'z') || (at[i + 1] >= 'A' && at[i + 1] <= 'Z');
    bool inside = i && ((at[i - 1] >= 'a' && at[i - 1] <= 'z') || at[i - 1] == '<');
    return at[i] >= 'A' && at[i] <= 'D' && !word && !inside;
}

#define ID 16         /* hex digits of a claim's id */
#define NEXT (ID + 3) /* to the next one: quotes and comma */

/* Claims of an answer are listed in order of letter: here by id. */
static void sort_ids(char *at)
{
    static const char list[] = "\"claims\":[\"";
    for (char *beg = at; (beg = strstr(beg, list)) != NULL;) {
        beg += strlen(list);
        for (char *i = beg; i[ID] == '"'; i += NEXT) {
            for (char *k = i; k > beg && memcmp(k, k - NEXT, ID) < 0; k -= NEXT) {
                char kept[ID];
                memcpy(kept, k, ID);
                memcpy(k, k - NEXT, ID);
                memcpy(k - NEXT, kept, ID);
            }
            if (i[ID + 1] != ',')
                break;
        }
    }
}

/* Letters become the names of the pages that have them: A is names[0]. */
static void unletter(dossier_text *t, const char *names)
{
    sort_ids(t->at);
    for (size_t i = 0; i < t->len; i++)
        if (letter_at(t->at, i))
            t->at[i] = names[t->at[i] - 'A'];
}

static void the_order_of_adding_changes_letters_alone(void **state)
{
    static const char *const orders[] = {"abcd", "dcba", "cadb", "bdac"};
    (void)state;
    write_story();
    add_pages("0.db", orders[0]);
    dossier_text first = look("0.db", dossier_questions, DOSSIER_JSON);
    unletter(&first, orders[0]);
    for (int i = 1; i < 4; i++) {
        char db[16];
        snprintf(db, sizeof db, "%d.db", i);
        add_pages(db, orders[i]);
        dossier_text other = look(db, dossier_questions, DOSSIER_JSON);
        unletter(&other, orders[i]);
        assert_string_equal(other.at, first.at);
        dossier_text_free(&other);
    }
    dossier_text_free(&first);
}

/* What show prints was worked out by add: a store whose words were changed by hand says the changed ones. */
static void show_reads_what_add_has_finished(void **state)
{
    sqlite3 *db;
    (void)state;
    write_story();
    add_pages("s.db", "ab");
    assert_int_equal(sqlite3_open("s.db", &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db,
                                  "UPDATE question SET text = 'What was stored?';"
                                  "DELETE FROM claim; DELETE FROM page_bytes",
                                  NULL, NULL, NULL),
                     SQLITE_OK);
    sqlite3_close(db);
    dossier_text t = look("s.db", dossier_show, DOSSIER_TEXT);
    assert_non_null(strstr(t.at, "What was stored?"));
    dossier_text_free(&t);
}

typedef struct tables {
    char names[256];
    size_t stop_after;
} tables;

static int take_table(const char *name, const char *at, size_t len, void *ctx)
{
    tables *t = ctx;
    size_t used = strlen(t->names);
    assert_int_equal(strlen(at), len);
    snprintf(t->names + used, sizeof t->names - used, "%s ", name);
    return t->stop_after && --t->stop_after == 0;
}

static void export_hands_out_tables(void **state)
{
    dossier_view v = {.format = DOSSIER_CSV};
    tables t = {.names = ""}, cut = {.names = "", .stop_after = 2}, one = {.names = ""};
    (void)state;
    write_story();
    add_pages("e.db", "ab");
    dossier *d = open_db("e.db", DOSSIER_READ, 1);
    assert_int_equal(dossier_export(d, 1, &v, take_table, &t), DOSSIER_OK);
    assert_string_equal(t.names, "claims questions answers verdicts origins holders flags timeline "
                                 "similar sources key_points ");
    assert_int_equal(dossier_export(d, 1, &v, take_table, &cut), DOSSIER_IO);
    assert_string_equal(cut.names, "claims questions ");
    v.format = DOSSIER_JSON;
    assert_int_equal(dossier_export(d, 0, &v, take_table, &one), DOSSIER_OK);
    assert_string_equal(one.names, "story ");
    v.format = DOSSIER_TEXT;
    assert_int_equal(dossier_export(d, 1, &v, take_table, &one), DOSSIER_BAD);
    assert_int_equal(dossier_export(d, 9, &v, take_table, &one), DOSSIER_BAD);
    dossier_close(d);
}

/* ---- without a store ----------------------------------------------------------------------------------------- */

typedef struct lines {
    char text[65536];
    size_t len, calls;
    bool refuse;
} lines;

static int sink(const char *at, size_t len, void *ctx)
{
    lines *l = ctx;
    l->calls++;
    assert_true(l->len + len < sizeof l->text);
    memcpy(l->text + l->len, at, len);
    l->len += len;
    return l->refuse;
}

static void read_prints_articles_in_order(void **state)
{
    lines l = {.len = 0};
    dossier_report r;
    const dossier_view v = {.format = DOSSIER_JSONL};
    const char *const paths[] = {"pages/b.html", "pages/a.html", "pages/none.html"};
    (void)state;
    write_story();
    dossier *d = open_db(NULL, DOSSIER_NO_STORE, 4);
    assert_int_equal(dossier_read(d, paths, 3, &v, sink, NULL, &l, &r), DOSSIER_OK);
    assert_int_equal(r.articles, 2);
    assert_int_equal(r.failed, 1);
    const char *b = strstr(l.text, "pages/b.html"), *a = strstr(l.text, "pages/a.html");
    assert_true(b && a && b < a);
    l.refuse = true;
    assert_int_equal(dossier_read(d, paths, 3, &v, sink, NULL, &l, &r), DOSSIER_IO);
    dossier_close(d);
}

static void annotate_gives_ids_and_marks_back(void **state)
{
    lines l = {.len = 0};
    dossier_report r;
    const char *const paths[] = {"in.jsonl"};
    (void)state;
    write_text("in.jsonl",
               "{\"id\":\"one\",\"text\":\"Police said that 12 people were killed on 3 May "
               "2024.\",\"dct\":"
               "\"20240504\"}\n{\"doc_id\":2,\"text\":\"Nothing.\"}\n{\"id\":\"bad\"}\n");
    dossier *d = open_db(NULL, DOSSIER_NO_STORE, 2);
    assert_int_equal(dossier_annotate(d, paths, 1, 7, false, sink, NULL, &l, &r), DOSSIER_OK);
    dossier_close(d);
    l.text[l.len] = 0;
    assert_int_equal(r.articles, 2);
    assert_int_equal(r.failed, 1);
    const char *two = strchr(l.text, '\n') + 1;
    assert_non_null(strstr(l.text, "\"2024-05-03\""));
    assert_non_null(strstr(l.text, "\"one\""));
    assert_non_null(strstr(two, "\"2\""));
    assert_int_equal(two[strlen(two) - 1], '\n');
}

/* Sentences are numbered through, in input order; after a mistake the rest of its file is left out. */
static void parse_numbers_sentences(void **state)
{
    lines l = {.len = 0};
    dossier_report r;
    const char *const texts[] = {"a.txt", "b.txt", "none.txt"};
    const char *const words[] = {"bad.conllu"};
    (void)state;
    write_text("a.txt", "The boat sank. Nobody died.\n");
    write_text("b.txt", "It was late.\n");
    write_text("bad.conllu", "1\tIt\t_\t_\t_\t_\t_\t_\t_\t_\n\n1\tIt\n");
    dossier *d = open_db(NULL, DOSSIER_NO_STORE, 2);
    const dossier_parsing how = {.tags_only = true}, given = {.input = DOSSIER_FROM_CONLLU};
    assert_int_equal(dossier_parse(d, texts, 3, &how, sink, NULL, &l, &r), DOSSIER_OK);
    l.text[l.len] = 0;
    assert_int_equal(r.articles, 2);
    assert_int_equal(r.failed, 1);
    const char *b = strstr(l.text, "# newdoc id = b.txt\n# newpar\n# sent_id = 3\n");
    assert_non_null(b);
    assert_non_null(strstr(l.text, "# newdoc id = a.txt\n# newpar\n# sent_id = 1\n"));
    assert_non_null(strstr(b, "\n3\tlate\t"));
    l.len = 0;
    assert_int_equal(dossier_parse(d, words, 1, &given, sink, NULL, &l, &r), DOSSIER_OK);
    assert_int_equal(l.len, 0);
    assert_int_equal(r.failed, 1);
    dossier_close(d);
}

int main(void)
{
#define IN_FOLDER(f) cmocka_unit_test_setup_teardown(f, enter, leave)
    const struct CMUnitTest tests[] = {
        IN_FOLDER(threads_do_not_show),
        IN_FOLDER(a_second_add_finds_nothing_new),
        IN_FOLDER(bad_inputs_fail_alone),
        IN_FOLDER(a_line_of_fifty_megabytes_fails_alone),
        IN_FOLDER(a_hundred_thousand_tags_are_read_flat),
        IN_FOLDER(stopping_keeps_what_is_done),
        IN_FOLDER(each_rule_is_taken_and_told),
        IN_FOLDER(what_is_not_there_is_told),
        IN_FOLDER(views_print_what_was_found),
        IN_FOLDER(an_article_says_who_says_what),
        IN_FOLDER(removing_finishes_the_story_anew),
        IN_FOLDER(a_removed_page_leaves_no_trace),
        IN_FOLDER(the_order_of_adding_changes_letters_alone),
        IN_FOLDER(show_reads_what_add_has_finished),
        IN_FOLDER(export_hands_out_tables),
        IN_FOLDER(read_prints_articles_in_order),
        IN_FOLDER(annotate_gives_ids_and_marks_back),
        IN_FOLDER(parse_numbers_sentences),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
