/* SPDX-License-Identifier: Apache-2.0 */
/* test_seeds.c QUANTITIES TIMES SHARED: every number and date of the five seed pages, against the rows that were read by
 * hand, both ways: each row has its one mark, and each mark its row. QUANTITIES and TIMES are lexicon/en/seeds.*.examples.tsv;
 * the pages lie in SHARED/data/seeds (DOSSIER_SHARED names another folder) and need not be there. */
#include "annotate/test_marks.h"
#include "extract/extract.h"

#include <dirent.h>
#include <stdlib.h>

enum { PAGES = 5, FIELDS_MAX = 7, PAGE_BUDGET = 256 << 20 };
static const char *files[2]; /* quantities, times */
static char folder[2048];

/* ---- rows --------------------------------------------------------------------------------------------- */

typedef struct row {
    unsigned line, page;
    ds_span span;       /* bytes of the page */
    ds_str words, want; /* want: absent where there must be none */
    bool known;         /* a known failure */
} row;
typedef DS_VEC(row) rows;

static ds_str read_file(ds_arena *a, const char *path)
{
    ds_buf b = ds_buf_new(a);
    char part[4096];
    FILE *f = fopen(path, "rb");
    if (!f)
        return (ds_str){NULL, 0};
    for (size_t n; (n = fread(part, 1, sizeof part, f)) > 0;)
        ds_buf_put(&b, (ds_str){part, n});
    fclose(f);
    return ds_buf_str(&b);
}

/* The next piece of *rest up to `stop`. */
static ds_str next_piece(ds_str *rest, char stop)
{
    size_t n = 0;
    while (n < rest->len && rest->at[n] != stop)
        n++;
    ds_str piece = ds_str_cut(*rest, 0, n);
    *rest = ds_str_cut(*rest, n + 1, rest->len);
    return piece;
}

static int32_t whole_number(ds_str s)
{
    ds_frac f;
    assert_int_equal(ds_frac_parse(s, &f), DS_OK);
    assert_true(f.den == 1 && f.num >= 0 && f.num < INT32_MAX);
    return (int32_t)f.num;
}

static rows read_rows(ds_arena *a, const char *path)
{
    ds_str rest = read_file(a, path);
    rows all = {0};
    if (!rest.at)
        fail_msg("%s cannot be read", path);
    for (unsigned line = 1; rest.len; line++) {
        ds_str left = next_piece(&rest, '\n'), field[FIELDS_MAX];
        size_t n = 0;
        if (!left.len || left.at[0] == '#')
            continue;
        while (left.len && n < FIELDS_MAX)
            field[n++] = next_piece(&left, '\t');
        if (n < 5)
            fail_msg("%s:%u: %zu columns", path, line, n);
        uint32_t at = (uint32_t)whole_number(field[3]);
        row r = {line,
                 (unsigned)whole_number(field[1]),
                 {at, at + (uint32_t)field[4].len},
                 field[4],
                 {NULL, 0},
                 field[0].at[0] == '!'};
        if (n > 5) /* the rest of the line, its tabs as spaces */
            r.want = n > 6 ? ds_arena_printf(a, "%.*s %.*s", DS_FMT(field[5]), DS_FMT(field[6]))
                           : field[5];
        assert_true(r.page < PAGES && ds_str_ends(field[0], DS_STR("*")) == !r.want.at);
        assert_int_equal(DS_PUSH(a, &all, r), DS_OK);
    }
    return all;
}

/* ---- marks -------------------------------------------------------------------------------------------- */

typedef struct found {
    unsigned page;
    ds_span span, number; /* bytes of the page */
    ds_str got;
    bool time;
    bool listed; /* a row lies here */
} found;
typedef DS_VEC(found) founds;

/* A text of a page: an article with its runs, or one that lies in one piece at `at`. */
typedef struct text {
    unsigned page;
    const ds_article *art;
    bool one_piece;
    uint32_t at;
} text;

static ds_span in_page(const text *t, ds_span s)
{
    return t->one_piece ? (ds_span){s.beg + t->at, s.end + t->at} : ds_article_source(t->art, s);
}

static void keep(ds_arena *a, founds *to, const text *t, ds_span span, ds_span number, ds_buf *b)
{
    found f = {.page = t->page,
               .span = in_page(t, span),
               .number = in_page(t, number),
               .got = ds_buf_str(b)};
    assert_int_equal(b->status, DS_OK);
    assert_int_equal(DS_PUSH(a, to, f), DS_OK);
}

static void read_marks_of(ds_arena *a, const text *t, founds out[2])
{
    ds_doc doc;
    ds_parse parse;
    ds_marks m = {0};
    assert_int_equal(ds_text_read(a, t->art, words, &doc, NULL), DS_OK);
    assert_int_equal(ds_language_read(a, &doc, grammar, DS_DEPTH_NEEDED, &parse, NULL), DS_OK);
    assert_int_equal(ds_annotate(a, &doc, &parse, words, &m, NULL), DS_OK);
    for (size_t i = 0; i < m.quantities_len; i++) {
        const ds_quantity *q = &m.quantities[i];
        ds_buf b = ds_buf_new(a);
        ds_buf_printf(&b, "%s ", ds_quantity_kind_name(q->kind));
        ds_quantity_print(&b, doc.text, q);
        keep(a, &out[0], t, q->span, q->number, &b);
    }
    for (size_t i = 0; i < m.times_len; i++) {
        ds_buf b = ds_buf_new(a);
        ds_time_print(&b, &m.times[i]);
        keep(a, &out[1], t, m.times[i].span, m.times[i].span, &b);
        out[1].at[out[1].len - 1].time = true;
    }
}

/* A comment or an item of a rail: a text of its own, of the day of its page, that lies in the page's bytes as it is. */
static void read_beside(ds_arena *a, unsigned page, ds_str bytes, const ds_article *beside,
                        ds_str s, uint32_t *from, founds out[2])
{
    ptrdiff_t at = s.len ? ds_str_find(bytes, s, *from) : -1;
    if (at < 0)
        return;
    ds_block block = {DS_PART_BODY, DS_BLOCK_PARAGRAPH, {0, (uint32_t)s.len}};
    ds_article art = {.doc = DS_STR("beside"), .text = s, .body = block.span, .blocks = &block};
    art.n = 1;
    art.blocks_len = 1;
    art.published = beside->published;
    art.window = beside->window;
    read_marks_of(a, &(text){page, &art, true, (uint32_t)at}, out);
    *from = (uint32_t)at + (uint32_t)s.len;
}

static void read_article(ds_arena *a, unsigned page, ds_str bytes, const ds_article *art,
                         founds out[2])
{
    uint32_t from = 0;
    read_marks_of(a, &(text){page, art, false, 0}, out);
    for (size_t i = 0; i < art->comments_len; i++)
        read_beside(a, page, bytes, art, art->comments[i].text, &from, out);
    for (size_t i = 0; i < art->related_len; i++) {
        read_beside(a, page, bytes, art, art->related[i].title, &from, out);
        read_beside(a, page, bytes, art, art->related[i].blurb, &from, out);
    }
}

/* The page whose name begins with its number; absent: there is none. */
static ds_str page_bytes(ds_arena *a, unsigned page)
{
    char begins[8], path[4096];
    ds_str bytes = {NULL, 0};
    snprintf(begins, sizeof begins, "%03u_", page);
    DIR *d = opendir(folder);
    for (const struct dirent *e; d && !bytes.at && (e = readdir(d));)
        if (strncmp(e->d_name, begins, strlen(begins)) == 0) {
            snprintf(path, sizeof path, "%s/%s", folder, e->d_name);
            bytes = read_file(a, path);
        }
    if (d)
        closedir(d);
    return bytes;
}

/* False: a page is not there. */
static bool read_pages(ds_arena *a, founds out[2])
{
    const ds_extractor *x = NULL;
    assert_int_equal(ds_extractor_open(a, words, (ds_extractor **)&x, NULL), DS_OK);
    for (unsigned page = 0; page < PAGES; page++) {
        ds_articles articles = {0};
        ds_extract_notes notes = {{NULL, 0}};
        ds_page p = {.name = DS_STR("seed"),
                     .bytes = page_bytes(a, page),
                     .fetched = DS_DAY_NONE,
                     .published = DS_DAY_NONE};
        if (!p.bytes.at)
            return false;
        assert_int_equal(ds_extract(a, &p, x, NULL, &articles, &notes, NULL), DS_OK);
        for (size_t i = 0; i < articles.len; i++)
            read_article(a, page, p.bytes, &articles.at[i], out);
    }
    return true;
}

/* ---- comparison --------------------------------------------------------------------------------------- */

/* Does the mark begin where the row does, but for one word without digits ("the", "a lot")? */
static bool begins_at(ds_str page, const row *r, const found *f)
{
    uint32_t lo = r->span.beg < f->span.beg ? r->span.beg : f->span.beg;
    uint32_t hi = r->span.beg < f->span.beg ? f->span.beg : r->span.beg;
    ds_str between = ds_str_trim(ds_str_at(page, (ds_span){lo, hi}));
    for (size_t i = 0; i < between.len; i++)
        if (between.at[i] == ' ' || (between.at[i] >= '0' && between.at[i] <= '9'))
            return false;
    return true;
}

static void say(ds_buf *b, const char *what, ds_str s)
{
    ds_buf_printf(b, "%s%s%.*s", b->len ? "; " : "", what, DS_FMT(s));
}

/* What is wrong with a row; absent: it holds. */
static ds_str wrong_row(ds_arena *a, ds_str page, row *r, founds *all)
{
    ds_buf b = ds_buf_new(a);
    unsigned met = 0;
    for (size_t i = 0; i < all->len; i++) {
        found *f = &all->at[i];
        if (f->page != r->page || !ds_span_meets(f->number, r->span))
            continue;
        f->listed = true;
        met++;
        if (!r->want.at || !reads_as(r->want, f->got))
            say(&b, "", f->got);
        if (r->want.at && (!begins_at(page, r, f) || (f->time && f->span.end != r->span.end)))
            say(&b, "its words: ", ds_str_at(page, f->span));
    }
    if (r->want.at && met != 1)
        say(&b, met ? "more than one" : "none", DS_STR(""));
    return b.len ? ds_buf_str(&b) : (ds_str){NULL, 0};
}

/* Prints what differs; the number of differences. */
static unsigned compare(ds_arena *a, const char *path, rows *want, founds *got, const ds_str *pages)
{
    const char *name = strrchr(path, '/') ? strrchr(path, '/') + 1 : path;
    unsigned failed = 0, known = 0;
    for (size_t i = 0; i < want->len; i++) {
        row *r = &want->at[i];
        ds_str wrong = wrong_row(a, pages[r->page], r, got);
        known += r->known;
        if (!wrong.at == !r->known)
            continue;
        failed++;
        if (r->known)
            print_error("%s:%u: \"%.*s\" holds: take its ! away\n", name, r->line,
                        DS_FMT(r->words));
        else
            print_error("%s:%u: %03u %u \"%.*s\"\n  want %.*s\n  got  %.*s\n", name, r->line,
                        r->page, r->span.beg, DS_FMT(r->words), r->want.at ? (int)r->want.len : 4,
                        r->want.at ? r->want.at : "none", DS_FMT(wrong));
    }
    for (size_t i = 0; i < got->len; i++) {
        const found *f = &got->at[i];
        if (f->listed)
            continue;
        failed++;
        print_error("%s: no row for %03u %u \"%.*s\": %.*s\n", name, f->page, f->span.beg,
                    DS_FMT(ds_str_at(pages[f->page], f->span)), DS_FMT(f->got));
    }
    print_message("%s: %zu rows, %u known failures\n", name, want->len, known);
    return failed;
}

static void test_seeds(void **state)
{
    (void)state;
    ds_arena *a = ds_arena_new(0, PAGE_BUDGET);
    ds_str pages[PAGES];
    founds got[2] = {0};
    unsigned failed = 0;
    if (!read_pages(a, got)) {
        print_message("skipped: no seed pages in %s\n", folder);
        ds_arena_free(a);
        skip();
    }
    for (unsigned i = 0; i < PAGES; i++)
        pages[i] = page_bytes(a, i);
    for (int i = 0; i < 2; i++) {
        rows want = read_rows(a, files[i]);
        failed += compare(a, files[i], &want, &got[i], pages);
    }
    ds_arena_free(a);
    assert_int_equal(failed, 0);
}

int main(int argc, char **argv)
{
    if (argc != 4)
        return 2;
    files[0] = argv[1];
    files[1] = argv[2];
    const char *shared = getenv("DOSSIER_SHARED");
    snprintf(folder, sizeof folder, "%s/data/seeds", shared ? shared : argv[3]);
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_seeds)};
    return cmocka_run_group_tests(tests, open_grammar, close_words);
}
