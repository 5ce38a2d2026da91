/* SPDX-License-Identifier: Apache-2.0 */
#include "extract/html.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

/* "p(b('x') 'y')" */
static void print_node(ds_buf *b, const html_tree *t, uint32_t i)
{
    static const char *const names[] = {"?", "#",
#define X(id, name, flags) name,
                                        HTML_TAGS(X)
#undef X
    };
    const html_node *n = html_at(t, i);
    if (n->tag == HTML_TEXT) {
        ds_buf_printf(b, "'%.*s'", (int)n->len, t->s.at + n->at);
        return;
    }
    ds_buf_puts(b, i ? names[n->tag] : "");
    if (n->end == i + 1)
        return;
    ds_buf_puts(b, "(");
    for (uint32_t k = i + 1; k < n->end; k = html_at(t, k)->end) {
        if (k > i + 1)
            ds_buf_puts(b, " ");
        print_node(b, t, k);
    }
    ds_buf_puts(b, ")");
}

static void builds_trees(void **state)
{
    (void)state;
    static const char *const rows[][2] = {
        {"<p>one<p>two", "(p('one') p('two'))"},
        {"<p>a<b>c</b>d</p>e", "(p('a' b('c') 'd') 'e')"},
        {"<ul><li>a<li>b<ul><li>c</ul></ul>", "(ul(li('a') li('b' ul(li('c')))))"},
        {"<table><tr><td>a<td>b<tr><td>c</table>d", "(table(tr(td('a') td('b')) tr(td('c'))) 'd')"},
        {"<div><p>a<table><tr><td></div>x</td></table></div>b",
         "(div(p('a') table(tr(td('x')))) 'b')"},
        {"a < b <3 <p>c", "('a < b <3 ' p('c'))"},
        {"<!-- <p>no --><p>yes", "(p('yes'))"},
        {"<!doctype html><?php x ?><p>a", "(p('a'))"},
        {"<script>if (a</b>c) '<p>'</script><p>a", "(script('if (a</b>c) '<p>'') p('a'))"},
        {"<style>p{}</style><p>a", "(style p('a'))"},
        {"<textarea><p>x</textarea>y", "(textarea('<p>x') 'y')"},
        {"<svg><title>t</title></svg><p>a", "(svg p('a'))"},
        {"<svg><p>a", "(svg(p('a')))"},
        {"<br/>a<img src='>'>b</br>", "(br 'a' img 'b')"},
        {"<a title=\"x>y\" href=z>t</a>", "(a('t'))"},
        {"<a href='1'>x<a href='2'>y", "(a('x') a('y'))"},
        {"<i>a<div>b</i>c</div>d", "(i('a' div('b' 'c') 'd'))"},
        {"</p></div>a", "('a')"},
        {"<x-card>a<x-y/>b</x-card>", "(?('a' ? 'b'))"},
        {"<dl><dt>a<dd>b<dt>c</dl>", "(dl(dt('a') dd('b') dt('c')))"},
        {"<select><option>a<option>b</select>", "(select(option('a') option('b')))"},
        {"<p", "(p)"},
        {"<p a='", "(p)"},
        {"<", "('<')"},
        {"<script>a", "(script('a'))"},
        {"", ""},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, 1u << 20);
        html_tree t;
        assert_int_equal(html_parse(a, ds_str_of(rows[i][0]), &t), DS_OK);
        ds_buf b = ds_buf_new(a);
        print_node(&b, &t, 0);
        assert_string_equal(ds_buf_str(&b).at, rows[i][1]);
    }
}

static void reads_attributes(void **state)
{
    (void)state;
    static const struct {
        const char *tag, *name, *value; /* NULL: absent */
    } rows[] = {
        {"<p class=a>", "class", "a"},
        {"<p Class = \"a b\" id='c'>", "class", "a b"},
        {"<p Class = \"a b\" id='c'>", "id", "c"},
        {"<p hidden>", "hidden", ""},
        {"<p data-id=x>", "id", NULL},
        {"<a href=/x/y/ rel=me>", "href", "/x/y/"},
        {"<p a=1 a=2>", "a", "1"},
        {"<p =x>", "x", NULL},
        {"<p title='it=\"z\"'>", "title", "it=\"z\""},
        {"<p", "x", NULL},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, 1u << 20);
        html_tree t;
        assert_int_equal(html_parse(a, ds_str_of(rows[i].tag), &t), DS_OK);
        assert_true(ds_str_eq(html_attr(&t, 1, ds_str_of(rows[i].name)), ds_str_of(rows[i].value)));
    }
}

static void tags_are_sorted(void **state)
{
    (void)state;
#define X(id, name, flags) assert_int_equal(html_tag_of(DS_STR(name)), HTML_##id);
    HTML_TAGS(X)
#undef X
    assert_int_equal(html_tag_of(DS_STR("DIV")), HTML_DIV);
    assert_int_equal(html_tag_of(DS_STR("x")), HTML_OTHER);
    assert_int_equal(html_tag_of(DS_STR("a-very-long-custom-element")), HTML_OTHER);
}

static void decodes_entities(void **state)
{
    (void)state;
    static const char *const rows[][2] = {
        {"a &amp; b", "a & b"},
        {"&lt;p&gt;", "<p>"},
        {"&eacute;t&eacute", "\xC3\xA9t\xC3\xA9"},
        {"&#8217;&#x2019;", "\xE2\x80\x99\xE2\x80\x99"},
        {"&#146;", "\xE2\x80\x99"},
        {"&nosuch; &amp", "&nosuch; &"},
        {"?a=1&copy=2", "?a=1&copy=2"},
        {"a&nbsp;&nbsp;b", "a b"},
        {"&#0;&#xD800;", "\xEF\xBF\xBD\xEF\xBF\xBD"},
        {"&#;&#x;&", "&#;&#x;&"},
        {"&#99999999999;", "\xEF\xBF\xBD"},
        {"x&#128512;", "x\xF0\x9F\x98\x80"},
        {"&mdash;&hellip;&euro;", "\xE2\x80\x94\xE2\x80\xA6\xE2\x82\xAC"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, 1u << 20);
        assert_string_equal(ext_decoded(a, ds_str_of(rows[i][0])).at, rows[i][1]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(builds_trees),
        cmocka_unit_test(reads_attributes),
        cmocka_unit_test(tags_are_sorted),
        cmocka_unit_test(decodes_entities),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
