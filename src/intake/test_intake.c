/* SPDX-License-Identifier: Apache-2.0 */
#include "intake/internal.h"

#include "intake/test_files.h"

#include <sys/stat.h>

#define BUDGET ((size_t)512 << 20)

static int enter(void **state)
{
    *state = ds_arena_new(0, BUDGET);
    return *state ? enter_folder() : -1;
}

static int leave(void **state)
{
    ds_arena_free(*state);
    return leave_folder();
}

static ds_intake *open_paths(ds_arena *a, const char *const *paths, size_t n)
{
    ds_intake *in = NULL;
    assert_int_equal(ds_intake_open(a, paths, n, DS_DAY_NONE, &in, NULL), DS_OK);
    return in;
}

/* All that comes out, one a line: "name" or "name: why". */
static ds_str drain(ds_arena *a, const char *const *paths, size_t n)
{
    ds_intake *in = open_paths(a, paths, n);
    ds_buf b = ds_buf_new(a);
    for (;;) {
        ds_page page;
        ds_str name;
        ds_err err = {0};
        ds_status got = ds_intake_next(in, a, &page, &name, &err);
        if (got == DS_NONE)
            break;
        if (got == DS_OK)
            ds_buf_printf(&b, "%.*s\n", DS_FMT(page.name));
        else
            ds_buf_printf(&b, "%.*s: %s\n", DS_FMT(name), err.what);
    }
    ds_intake_close(in);
    return ds_buf_str(&b);
}

#define DRAIN(a, ...)                                                                              \
    drain((a), (const char *const[]){__VA_ARGS__},                                                 \
          sizeof((const char *const[]){__VA_ARGS__}) / sizeof(const char *))

static void folders_are_walked_in_order(void **state)
{
    mkdir("p", 0700);
    mkdir("p/b", 0700);
    write_text("p/c.txt", "c");
    write_text("p/b/x.html", "<p>x");
    write_text("p/Z", "z");
    write_text("p/.hidden", "h");
    assert_string_equal(DRAIN(*state, "p").at, "p/Z\np/b/x.html\np/c.txt\n");
    assert_string_equal(DRAIN(*state, "p/", "p/Z").at, "p/Z\np/b/x.html\np/c.txt\np/Z\n");
}

static void failures_are_named_and_the_rest_is_read(void **state)
{
    mkdir("empty", 0700);
    write_text("void.html", "");
    write_text("a.txt", "a page");
    assert_int_equal(mkfifo("pipe", 0600), 0);
    assert_string_equal(DRAIN(*state, "missing.html", "empty", "void.html", "pipe", "a.txt").at,
                        "missing.html: no such file\nempty: no pages in it\nvoid.html: empty\n"
                        "pipe: not a file or folder; kept out\na.txt\n");
}

static void the_empty_folder_can_be_told(void **state)
{
    mkdir("empty", 0700);
    ds_intake *in = open_paths(*state, (const char *const[]){"empty"}, 1);
    ds_page page;
    ds_str name;
    ds_err err = {0};
    assert_int_equal(ds_intake_next(in, *state, &page, &name, &err), DS_BAD);
    assert_ptr_equal(err.what, ds_intake_no_pages);
}

static void loops_of_links_end(void **state)
{
    mkdir("p", 0700);
    write_text("p/a.txt", "a");
    assert_int_equal(symlink("..", "p/up"), 0);
    assert_int_equal(symlink("self", "p/self"), 0);
    assert_string_equal(DRAIN(*state, "p").at, "p/a.txt\np/self: a loop of links\n");
}

static void folders_are_bounded_in_depth(void **state)
{
    char path[4 * DS_INTAKE_DEPTH] = "d";
    for (unsigned i = 0; i <= DS_INTAKE_DEPTH; i++) {
        assert_int_equal(mkdir(path, 0700), 0);
        memcpy(path + strlen(path), "/d", 3);
    }
    assert_int_equal(mkdir(path, 0700), 0);
    ds_str got = DRAIN(*state, "d");
    assert_true(ds_str_ends(got, DS_STR(": nested more than 64 folders deep; kept out\n")));
}

static void a_large_file_is_refused(void **state)
{
    write_text("large.html", "x");
    assert_int_equal(truncate("large.html", (off_t)DS_INTAKE_MAX_BYTES + 1), 0);
    assert_string_equal(DRAIN(*state, "large.html").at,
                        "large.html: larger than 64 MB; kept out\n");
}

static void bad_lines_fail_alone(void **state)
{
    write_text("in.jsonl", "{\"id\":\"a\",\"text\":\"one\"}\n"
                           "\n"
                           "{\"id\":\n"
                           "[1]\n"
                           "{\"id\":7,\"text\":\"two\"}\r\n"
                           "{\"id\":\"x\"}\n"
                           "{\"id\":\"x\",\"text\":3}\n"
                           "{\"text\":\"three\"}\n"
                           "{\"text\":\"four\",\"url\":\"https://example.org/4\"}");
    assert_string_equal(DRAIN(*state, "in.jsonl").at,
                        "a\n"
                        "in.jsonl:3: not JSON: unexpected token near end of file\n"
                        "in.jsonl:4: not a JSON object\n"
                        "7\n"
                        "in.jsonl:6: no “text” in it\n"
                        "in.jsonl:7: its “text” is not a string\n"
                        "in.jsonl:8\n"
                        "https://example.org/4\n");
}

static void long_lines_are_bounded(void **state)
{
    size_t len = (size_t)DS_INTAKE_MAX_BYTES + 10;
    char *line = malloc(len);
    assert_non_null(line);
    memset(line, ' ', len);
    FILE *f = fopen("long.jsonl", "wb");
    assert_non_null(f);
    assert_int_equal(fwrite(line, 1, len, f), len);
    fputs("\n{\"id\":\"next\",\"text\":\"t\"}\n", f);
    assert_int_equal(fwrite(line, 1, len / 64, f), len / 64);
    fputs("{\"id\":\"wide\",\"text\":\"t\"}\n", f);
    fclose(f);
    free(line);
    assert_string_equal(DRAIN(*state, "long.jsonl").at,
                        "long.jsonl:1: a line longer than 64 MB; kept out\nnext\nwide\n");
}

static void a_line_may_be_cut_by_a_block_anywhere(void **state)
{
    static const char line[] = "{\"id\":\"n\",\"text\":\"0123456789\"}\n";
    FILE *f = fopen("many.jsonl", "wb");
    assert_non_null(f);
    size_t lines = 3 * DS_INTAKE_BLOCK / (sizeof line - 1);
    for (size_t i = 0; i < lines; i++)
        fputs(line, f);
    fclose(f);
    assert_int_equal(DRAIN(*state, "many.jsonl").len, 2 * lines);
}

static void a_json_page_has_what_the_line_says(void **state)
{
    static const struct {
        const char *line, *name, *url, *title, *publisher, *published;
    } rows[] = {
        {"{\"id\":\"a\",\"text\":\"t\",\"title\":\"T\",\"source\":\"S\",\"url\":\"u\","
         "\"published\":\"2025-"
         "02-07T10:00:00Z\"}",
         "a", "u", "T", "S", "2025-02-07"},
        {"{\"doc_id\":\"b\",\"text\":\"t\",\"dct\":\"19980220\"}", "b", NULL, NULL, NULL,
         "1998-02-20"},
        {"{\"id\":\"c\",\"text\":\"t\",\"pub_date\":20240131,\"title\":\"  \"}", "c", NULL, NULL,
         NULL, "2024-01-31"},
        {"{\"id\":\"d\",\"text\":\"t\",\"date\":\"some day\",\"title\":null}", "d", NULL, NULL,
         NULL, NULL},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        ds_page page;
        ds_buf day = ds_buf_new(*state);
        assert_int_equal(ds_line_parse(*state, ds_str_of(rows[i].line), &page, NULL), DS_OK);
        assert_true(ds_str_eq(page.name, ds_str_of(rows[i].name)));
        assert_true(ds_str_eq(page.url, ds_str_of(rows[i].url)));
        assert_true(ds_str_eq(page.title, ds_str_of(rows[i].title)));
        assert_true(ds_str_eq(page.publisher, ds_str_of(rows[i].publisher)));
        if (!rows[i].published) {
            assert_int_equal(page.published, DS_DAY_NONE);
            continue;
        }
        ds_day_print(&day, page.published);
        assert_string_equal(ds_buf_str(&day).at, rows[i].published);
    }
}

static void media_is_told_by_content(void **state)
{
    static const struct {
        ds_str bytes;
        const char *media;
    } rows[] = {
        {DS_STR_INIT("<!DOCTYPE html><p>x"), "text/html"},
        {DS_STR_INIT("\xEF\xBB\xBF\n  <html>"), "text/html"},
        {DS_STR_INIT("\xFF\xFE<\0h\0t\0m\0l\0>\0"), "text/html"},
        {DS_STR_INIT("Words first <b>one</b> <i>two</i> <p>three</p>"), "text/html"},
        {DS_STR_INIT("Troops <b>moved</b> on Friday."), "text/plain"},
        {DS_STR_INIT("<3 and < 4 soldiers"), "text/plain"},
        {DS_STR_INIT("Plain words."), "text/plain"},
        {DS_STR_INIT("From: <x>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n"),
         "multipart/related"},
        {DS_STR_INIT("mime-version: 1.0\ncontent-type: text/html\n\n<p>x</p>"),
         "multipart/related"},
        {DS_STR_INIT("Water: it rose.\n\nContent-Type: multipart/related"), "text/plain"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_string_equal(ds_media_of(rows[i].bytes).at, rows[i].media);
}

static void saved_pages_name_their_address(void **state)
{
    static const struct {
        ds_str bytes;
        const char *url;
    } rows[] = {
        {DS_STR_INIT("From: <x>\r\nSnapshot-Content-Location: https://a.example/b?c=d\r\n\r\n"),
         "https://a.example/b?c=d"},
        {DS_STR_INIT("snapshot-content-location:http://a.example/ x\n"), "http://a.example/"},
        {DS_STR_INIT("Snapshot-Content-Location: file:///saved/x\n"), ""},
        {DS_STR_INIT("From: <x>\n\nSnapshot-Content-Location: https://a.example/\n"), ""},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        ds_str got = ds_media_url(rows[i].bytes);
        assert_int_equal(got.len, strlen(rows[i].url));
        assert_memory_equal(got.len ? got.at : "", rows[i].url, got.len);
    }
}

static void digests_are_sha256(void **state)
{
    assert_string_equal(ds_sha256_hex(*state, DS_STR("abc")).at,
                        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    assert_string_equal(ds_sha256_hex(*state, (ds_str){NULL, 0}).at,
                        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

static void as_of_is_the_fetch_day(void **state)
{
    write_text("a.txt", "a");
    ds_intake *in = NULL;
    ds_page page;
    ds_str name;
    ds_day day = ds_day_of(2025, 2, 8);
    assert_int_equal(ds_intake_open(*state, (const char *const[]){"a.txt"}, 1, day, &in, NULL),
                     DS_OK);
    assert_int_equal(ds_intake_total(in), 1);
    assert_int_equal(ds_intake_next(in, *state, &page, &name, NULL), DS_OK);
    assert_int_equal(page.fetched, day);
    assert_int_equal(page.came, DS_CAME_FILE);
    assert_int_equal(ds_intake_next(in, *state, &page, &name, NULL), DS_NONE);
}

/* Every budget gives the right page or an error, never anything between. */
static void starved_inputs_fail_whole(void **state)
{
    static const ds_str line =
        DS_STR_INIT("{\"id\":\"a\",\"text\":\"one\",\"title\":\"T\",\"url\":\"u\"}");
    bool done = false;
    (void)state;
    for (size_t budget = 1; budget < 1024; budget++) {
        ds_arena *a = ds_arena_new(budget, budget);
        ds_page page = {.name = DS_STR("untouched")};
        ds_status got = ds_line_parse(a, line, &page, NULL);
        assert_true(got == DS_OK || got == DS_NOMEM);
        assert_string_equal(page.name.at, got == DS_OK ? "a" : "untouched");
        done = got == DS_OK;
        ds_arena_free(a);
    }
    assert_true(done);
}

/* ---- pieces ------------------------------------------------------------------------------------------------ */

static void pieces_end_where_something_ends(void **state)
{
    // clang-format off
    static const struct { const char *text; bool conllu; size_t end; } rows[] = {
        {"one two\n\nthree four", false, 9}, {"one two\n \r\nthree", false, 11}, {"one two\nthree", false, 8},
        {"It is. He was no", false, 7}, {"one two three", false, 8}, {"onetwo", false, 6},
        {"one tw\xC3", false, 4}, {"onetw\xC3", false, 5}, {"\xC3\xA9", false, 2},
        {"1\ta\n\n1\tb\n", true, 5}, {"1\ta\n1\tb\n", true, 0}, {"", true, 0},
    };
    // clang-format on
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_int_equal(ds_piece_end(rows[i].text, strlen(rows[i].text), rows[i].conllu),
                         rows[i].end);
}

/* A file of several pieces: nothing is lost, lines are right, and none is longer than it may be. */
static void texts_come_in_pieces(void **state)
{
    ds_arena *a = *state;
    ds_buf b = ds_buf_new(a), again = ds_buf_new(a);
    ds_intake *in;
    ds_page page;
    ds_str name;
    ds_err err = {0};
    for (int i = 0; i < 9000; i++)
        ds_buf_printf(&b, "Boat %d sailed.\n%s", i, i % 7 ? "" : "\n");
    write_file("long.txt", b.at, b.len);
    in = open_paths(a, (const char *const[]){"long.txt"}, 1);
    ds_intake_as(in, DS_INTAKE_TEXTS);
    uint32_t line = 1, pieces = 0;
    while (ds_intake_next(in, a, &page, &name, &err) == DS_OK) {
        assert_int_equal(page.line, line);
        assert_true(page.bytes.len <= DS_PIECE_TEXT);
        for (size_t i = 0; i < page.bytes.len; i++)
            line += page.bytes.at[i] == '\n';
        ds_buf_put(&again, page.bytes);
        pieces++;
    }
    ds_intake_close(in);
    assert_true(ds_str_eq(ds_buf_str(&b), ds_buf_str(&again)));
    assert_in_range(pieces, 2, 5);
}

static void marks_of_byte_order_go(void **state)
{
    ds_page page;
    ds_str name;
    write_text("mark.conllu", "\xEF\xBB\xBF"
                              "1\ta\n");
    write_text("only.conllu", "\xEF\xBB\xBF");
    ds_intake *in = open_paths(*state, (const char *const[]){"mark.conllu", "only.conllu"}, 2);
    ds_err err = {0};
    ds_intake_as(in, DS_INTAKE_CONLLU);
    assert_int_equal(ds_intake_next(in, *state, &page, &name, &err), DS_OK);
    assert_string_equal(page.bytes.at, "1\ta\n");
    assert_int_equal(ds_intake_next(in, *state, &page, &name, &err), DS_BAD);
    assert_string_equal(err.what, "empty");
    assert_int_equal(ds_intake_next(in, *state, &page, &name, &err), DS_NONE);
    ds_intake_close(in);
}

static void endless_sentences_are_refused(void **state)
{
    ds_buf b = ds_buf_new(*state);
    ds_page page;
    ds_str name;
    ds_err err = {0};
    for (int i = 0; i < 30000; i++)
        ds_buf_printf(&b, "%d\tword\t_\t_\t_\t_\t_\t_\t_\t_\n", i);
    write_file("long.conllu", b.at, b.len);
    ds_intake *in = open_paths(*state, (const char *const[]){"long.conllu"}, 1);
    ds_intake_as(in, DS_INTAKE_CONLLU);
    assert_int_equal(ds_intake_next(in, *state, &page, &name, &err), DS_LIMIT);
    assert_int_equal(ds_intake_next(in, *state, &page, &name, &err), DS_NONE);
    ds_intake_close(in);
}

static void starved_openings_fail_whole(void **state)
{
    bool done = false;
    (void)state;
    mkdir("p", 0700);
    write_text("p/a.txt", "a");
    for (size_t budget = 1; budget < 4096; budget += 3) {
        ds_arena *a = ds_arena_new(budget, budget);
        ds_intake *in = NULL;
        ds_status got = ds_intake_open(a, (const char *const[]){"p"}, 1, DS_DAY_NONE, &in, NULL);
        assert_true(got == DS_OK ? in != NULL : got == DS_NOMEM && !in);
        done = got == DS_OK;
        ds_arena_free(a);
    }
    assert_true(done);
}

int main(void)
{
#define IN_FOLDER(f) cmocka_unit_test_setup_teardown(f, enter, leave)
    const struct CMUnitTest tests[] = {
        IN_FOLDER(folders_are_walked_in_order),
        IN_FOLDER(failures_are_named_and_the_rest_is_read),
        IN_FOLDER(the_empty_folder_can_be_told),
        IN_FOLDER(loops_of_links_end),
        IN_FOLDER(folders_are_bounded_in_depth),
        IN_FOLDER(a_large_file_is_refused),
        IN_FOLDER(bad_lines_fail_alone),
        IN_FOLDER(long_lines_are_bounded),
        IN_FOLDER(a_line_may_be_cut_by_a_block_anywhere),
        IN_FOLDER(a_json_page_has_what_the_line_says),
        IN_FOLDER(media_is_told_by_content),
        IN_FOLDER(saved_pages_name_their_address),
        IN_FOLDER(digests_are_sha256),
        IN_FOLDER(as_of_is_the_fetch_day),
        IN_FOLDER(starved_inputs_fail_whole),
        IN_FOLDER(starved_openings_fail_whole),
        cmocka_unit_test(pieces_end_where_something_ends),
        IN_FOLDER(texts_come_in_pieces),
        IN_FOLDER(marks_of_byte_order_go),
        IN_FOLDER(endless_sentences_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
