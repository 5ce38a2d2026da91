/* SPDX-License-Identifier: Apache-2.0 */
/* test_html5lib - our tree against the tree-construction files of html5lib-tests, where they are at hand.
 *
 * Compared: the names of elements, how they nest and follow each other, and the text in them. Left out on both sides:
 * html, head, body and the frames' elements themselves (not what is in them), attributes, comments, doctypes,
 * namespaces, white space and NULs, the content of style, iframe, noembed and noframes, and cases for a fragment or
 * with scripting on. Prints how many cases of each file agree and
 * fails when fewer do than the table says: docs/html-tree.md tells why the others differ. */
#include "extract/html.h"

#include <stdio.h>
#include <stdlib.h>

#define SKIP 77
#define DEPTH_MAX 1024
#define VERBOSE "DOSSIER_HTML5LIB" /* set: print the cases that differ */

typedef struct agreement { /* how many cases of a file agree at least */
    const char *file;
    unsigned least;
} agreement;

static const agreement table[] = {
    {"domjs-unsafe.dat", 49},
    {"entities01.dat", 73},
    {"entities02.dat", 24},
    {"html5test-com.dat", 20},
    {"inbody01.dat", 4},
    {"isindex.dat", 4},
    {"menuitem-element.dat", 20},
    {"namespace-sensitivity.dat", 1},
    {"noscript01.dat", 17},
    {"pending-spec-changes-plain-text-unsafe.dat", 1},
    {"plain-text-unsafe.dat", 29},
    {"quirks01.dat", 1},
    {"ruby.dat", 21},
    {"search-element.dat", 3},
    {"tables01.dat", 19},
    {"tests1.dat", 112},
    {"tests11.dat", 13},
    {"tests12.dat", 2},
    {"tests14.dat", 7},
    {"tests15.dat", 13},
    {"tests16.dat", 187},
    {"tests19.dat", 96},
    {"tests2.dat", 62},
    {"tests22.dat", 5},
    {"tests23.dat", 5},
    {"tests24.dat", 0},
    {"tests25.dat", 26},
    {"tests26.dat", 20},
    {"tests5.dat", 16},
    {"tests6.dat", 36},
    {"tests9.dat", 27},
    {"tricky01.dat", 9},
    {"webkit01.dat", 50},
    {"webkit02.dat", 40},
};

/* ---- a tree as text: "<p>one<b>two</b></p>", without white space ------------------------------------------ */

static bool left_out(ds_str name)
{
    static const ds_str names[] = {DS_STR_INIT("html"),  DS_STR_INIT("head"),
                                   DS_STR_INIT("body"),  DS_STR_INIT("frameset"),
                                   DS_STR_INIT("frame"), DS_STR_INIT("content")};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (ext_same_fold(name, names[i]))
            return true;
    return false;
}

/* Elements whose content the tree does not keep. */
static bool unread(ds_str name)
{
    static const ds_str names[] = {DS_STR_INIT("style"), DS_STR_INIT("iframe"),
                                   DS_STR_INIT("noembed"), DS_STR_INIT("noframes")};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (ds_str_eq(name, names[i]))
            return true;
    return false;
}

static void put_name(ds_buf *b, const char *open, ds_str name)
{
    ds_buf_puts(b, open);
    for (size_t i = 0; i < name.len; i++)
        ds_buf_putc(b, ext_lower(name.at[i]));
    ds_buf_putc(b, '>');
}

static void put_text(ds_buf *b, ds_str s)
{
    for (size_t i = 0; i < s.len;) {
        size_t at = i;
        uint32_t c = ds_utf8_next(s, &i);
        if (c > 0x20 && (c < 0x7F || c > 0xA0) && c != 0xFFFD)
            ds_buf_put(b, ds_str_cut(s, at, i));
    }
}

static ds_str node_name(const html_tree *t, uint32_t i)
{
    const html_node *n = html_at(t, i);
    if (n->tag != HTML_OTHER)
        return html_tag_name((html_tag)n->tag);
    size_t beg = n->at;
    while (beg > 0 && t->s.at[beg - 1] != '<')
        beg--;
    return ds_str_cut(t->s, beg, n->at);
}

static bool holds_markup_text(html_tag tag)
{
    return tag == HTML_SCRIPT || tag == HTML_PLAINTEXT || tag == HTML_XMP;
}

static void put_node(ds_buf *b, const html_tree *t, uint32_t i, ds_arena *a)
{
    const html_node *n = html_at(t, i);
    if (n->tag == HTML_TEXT) {
        ds_str s = ds_str_cut(t->s, n->at, n->at + n->len);
        bool raw = holds_markup_text((html_tag)html_at(t, n->parent)->tag);
        put_text(b, raw ? s : ext_decoded(a, s));
        return;
    }
    ds_str name = node_name(t, i);
    bool shown = i && !left_out(name);
    if (shown)
        put_name(b, "<", name);
    for (uint32_t k = i + 1; k < n->end; k = html_at(t, k)->end)
        put_node(b, t, k, a);
    if (shown)
        put_name(b, "</", name);
}

/* ---- the files --------------------------------------------------------------------------------------------- */

typedef struct test_case {
    ds_str input, tree; /* lines of #data and of #document */
    bool fragment, scripting;
} test_case;

static ds_str next_line(ds_str s, size_t *i)
{
    const char *nl = *i < s.len ? memchr(s.at + *i, '\n', s.len - *i) : NULL;
    size_t beg = *i, end = nl ? (size_t)(nl - s.at) : s.len;
    *i = end + 1;
    return ds_str_cut(s, beg, end);
}

static bool next_case(ds_str s, size_t *i, test_case *out)
{
    enum { NONE, DATA, DOCUMENT, OTHER } part = NONE;
    size_t data = 0, data_end = 0, tree = 0, tree_end = 0;
    *out = (test_case){0};
    while (*i < s.len) {
        size_t at = *i;
        ds_str line = next_line(s, i);
        if (ds_str_eq(line, DS_STR("#data")) && part != NONE) {
            *i = at;
            break;
        }
        if (ds_str_eq(line, DS_STR("#data"))) {
            part = DATA;
            data = data_end = *i;
        } else if (ds_str_eq(line, DS_STR("#errors")) && part == DATA) {
            part = OTHER;
            data_end = at;
        } else if (ds_str_eq(line, DS_STR("#document"))) {
            part = DOCUMENT;
            tree = *i;
        } else if (ds_str_starts(line, DS_STR("#document-fragment"))) {
            out->fragment = true;
        } else if (ds_str_eq(line, DS_STR("#script-on"))) {
            out->scripting = true;
        }
        if (part == DOCUMENT)
            tree_end = *i < s.len ? *i : s.len;
    }
    out->input = ds_str_cut(s, data, data_end ? data_end - 1 : 0);
    out->tree = ds_str_cut(s, tree, tree_end);
    return part != NONE;
}

/* Reads "| <div>" lines into the form that put_node writes. */
static void put_expected(ds_buf *b, ds_str tree)
{
    static ds_str open[DEPTH_MAX];
    static size_t level[DEPTH_MAX];
    size_t n = 0, i = 0;
    bool in_text = false;
    while (i < tree.len) {
        ds_str line = next_line(tree, &i);
        if (!ds_str_starts(line, DS_STR("| "))) { /* text goes on, or the case ends */
            if (in_text) {
                in_text = !ds_str_ends(line, DS_STR("\""));
                if (!n || !unread(open[n - 1]))
                    put_text(b, ds_str_cut(line, 0, line.len - (in_text ? 0 : 1)));
            }
            continue;
        }
        size_t at = 2;
        while (at < line.len && line.at[at] == ' ')
            at++;
        while (n && level[n - 1] >= at) {
            n--;
            if (!left_out(open[n]))
                put_name(b, "</", open[n]);
        }
        ds_str rest = ds_str_cut(line, at, line.len);
        in_text = false;
        if (ds_str_starts(rest, DS_STR("\""))) {
            in_text = rest.len < 2 || !ds_str_ends(rest, DS_STR("\""));
            if (!n || !unread(open[n - 1]))
                put_text(b, ds_str_cut(rest, 1, rest.len - (in_text ? 0 : 1)));
        } else if (ds_str_starts(rest, DS_STR("<")) && !ds_str_starts(rest, DS_STR("<!")) &&
                   !ds_str_starts(rest, DS_STR("<?")) && n < DEPTH_MAX) {
            ds_str name = ds_str_cut(rest, 1, rest.len - 1);
            ptrdiff_t blank = ds_str_find(name, DS_STR(" "), 0); /* "svg path" */
            name = blank >= 0 ? ds_str_cut(name, (size_t)blank + 1, name.len) : name;
            if (!left_out(name))
                put_name(b, "<", name);
            open[n] = name;
            level[n++] = at;
        } else if (ds_str_eq(rest, DS_STR("content")) && n < DEPTH_MAX) {
            open[n] = rest;
            level[n++] = at;
        }
    }
    while (n-- > 0)
        if (!left_out(open[n]))
            put_name(b, "</", open[n]);
}

static bool agrees(const test_case *c)
{
    DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, (size_t)64 << 20);
    html_tree t;
    if (!a || html_parse(a, c->input, &t) != DS_OK)
        return false;
    ds_buf ours = ds_buf_new(a), theirs = ds_buf_new(a);
    put_node(&ours, &t, 0, a);
    put_expected(&theirs, c->tree);
    bool same = ds_str_eq(ds_buf_str(&ours), ds_buf_str(&theirs));
    if (!same && getenv(VERBOSE))
        printf("  input  %.*s\n  theirs %s\n  ours   %s\n", DS_FMT(c->input),
               ds_buf_str(&theirs).at, ds_buf_str(&ours).at);
    return same;
}

static ds_str read_file(ds_arena *a, const char *path)
{
    FILE *f = fopen(path, "rb");
    if (!f)
        return (ds_str){0};
    size_t cap = (size_t)1 << 20;
    char *at = ds_arena_alloc(a, cap);
    size_t len = at ? fread(at, 1, cap, f) : 0;
    fclose(f);
    return (ds_str){at, len};
}

/* Adds the cases of a file to agree and all; false: the file is not there. */
static bool run_file(const char *folder, const char *name, unsigned *agree, unsigned *all)
{
    DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, (size_t)8 << 20);
    ds_str s = read_file(a, ds_arena_printf(a, "%s/%s", folder, name).at);
    test_case c;
    if (!s.at)
        return false;
    for (size_t i = 0; next_case(s, &i, &c);) {
        if (c.fragment || c.scripting)
            continue;
        ++*all;
        *agree += agrees(&c);
    }
    return true;
}

int main(int argc, char **argv)
{
    const char *shared = getenv("DOSSIER_SHARED");
    char folder[4096];
    unsigned agree_all = 0, all_all = 0, failed = 0, files = 0;
    snprintf(folder, sizeof folder, "%s/data/malformed/html5lib/tree-construction",
             shared     ? shared
             : argc > 1 ? argv[1]
                        : "../shared");
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        unsigned agree = 0, all = 0;
        if (!run_file(folder, table[i].file, &agree, &all))
            continue;
        files++;
        bool fewer = agree < table[i].least;
        printf("%s %s: %u of %u cases agree%s\n", fewer ? "not ok" : "ok", table[i].file, agree,
               all, fewer ? ", fewer than before" : "");
        failed += fewer;
        agree_all += agree;
        all_all += all;
    }
    if (!files) {
        printf("skipped: no html5lib files in %s\n", folder);
        return SKIP;
    }
    printf("%u of %u cases agree\n", agree_all, all_all);
    return failed ? 1 : 0;
}
