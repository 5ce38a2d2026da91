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
        {"<ul><li><div>a<li>b</ul>", "(ul(li(div('a')) li('b')))"},
        {"<table><tr><td>a<td>b<tr><td>c</table>d",
         "(table(tbody(tr(td('a') td('b')) tr(td('c')))) 'd')"},
        {"<table><td>a<tbody><td>b</table>", "(table(tbody(tr(td('a'))) tbody(tr(td('b')))))"},
        {"<table><col><caption>a</caption><tr>", "(table(colgroup(col) caption('a') tbody(tr)))"},
        {"<div><p>a<table><tr><td></div>x</td></table></div>b",
         "(div(p('a' table(tbody(tr(td('x')))))) 'b')"},
        {"<table>a<tr>b<td>c</table>d", "('a' 'b' table(tbody(tr(td('c')))) 'd')"},
        {"<table><tr><p>a<td>b</table>", "(p('a') table(tbody(tr(td('b')))))"},
        {"<table><tr><td><table><tr><td>a</table>b</table>c",
         "(table(tbody(tr(td(table(tbody(tr(td('a')))) 'b')))) 'c')"},
        {"<tr><td>a", "('a')"},
        {"a < b <3 <p>c", "('a < b <3 ' p('c'))"},
        {"<!-- <p>no --><p>yes", "(p('yes'))"},
        {"<!--><p>yes<!--->a<!-- - -- > --!>b<!-- x", "(p('yes' 'a' 'b'))"},
        {"<!doctype html><?php x ?><p>a</ x>b</>c", "(p('a' 'b' 'c'))"},
        {"<script>if (a</b>c) '<p>'</script><p>a", "(script('if (a</b>c) '<p>'') p('a'))"},
        {"<script><!-- <script>a</script>b --></script>c",
         "(script('<!-- <script>a</script>b -->') 'c')"},
        {"<script><!-- a</script>b --></script>c", "(script('<!-- a') 'b -->' 'c')"},
        {"<style>p{}</style><p>a", "(style p('a'))"},
        {"<textarea><p>x</textarea>y", "(textarea('<p>x') 'y')"},
        {"<textarea><p>x", "(textarea(p('x')))"},
        {"<xmp><b>x</xmp>y", "(xmp('<b>x') 'y')"},
        {"a<plaintext>b</plaintext><p>", "('a' plaintext('b</plaintext><p>'))"},
        {"<noscript><p>a</noscript>b", "(noscript(p('a' 'b')))"},
        {"<template><tr><td>a</template>b", "(template(tr(td('a'))) 'b')"},
        {"<svg><title>t</title></svg><p>a", "(svg(?('t')) p('a'))"},
        {"<svg><p>a", "(svg p('a'))"},
        {"<svg><path/><g>a<![CDATA[<b>]]></svg>b", "(svg(? ?('a' '<b>')) 'b')"},
        {"<svg><foreignObject><p>a</svg>b", "(svg(?(p('a' 'b'))))"},
        {"<math><mi>a<b>c</b></mi></math>d", "(math(?('a' b('c'))) 'd')"},
        {"<br/>a<img src='>'>b</br>c", "(br 'a' img 'b' br 'c')"},
        {"<a title=\"x>y\" href=z>t</a>", "(a('t'))"},
        {"<a href='1'>x<a href='2'>y", "(a('x') a('y'))"},
        {"<i>a<div>b</i>c</div>d", "(i('a') div(i('b') 'c') 'd')"},
        {"<a>x<p>y</a>z</p>w", "(a('x') p(a('y') 'z') 'w')"},
        {"<p><b>a<p>c</b>d", "(p(b('a')) p(b('c') 'd'))"},
        {"<b>1<p>2<div>3</b>4", "(b('1' p('2')) div(b('3') '4'))"},
        {"<b><table><td>a</b>c</table>d", "(b(table(tbody(tr(td('a' 'c')))) 'd'))"},
        {"</p></div>a", "('a')"},
        {"x</p></div>a", "('x' p 'a')"},
        {"<x-card>a<x-y>b</x-card>c", "(?('a' ?('b')) 'c')"},
        {"<dl><dt>a<dd>b<dt>c</dl>", "(dl(dt('a') dd('b') dt('c')))"},
        {"<select><option>a<option>b</select>", "(select(option('a') option('b')))"},
        {"<select>a<div>b</select>c", "(select('a' div('b')) 'c')"},
        {"<button>a<p>b<button>c", "(button('a' p('b')) button('c'))"},
        {"<form>a<form>b</form>c<div></form>d", "(form('a' 'b') 'c' div('d'))"},
        {"<h1>a<h2>b</h1>c", "(h1('a') h2('b') 'c')"},
        {"<head><title>a</title><div>b</head>c", "(head(title('a')) div('b' 'c'))"},
        {"<html><head><meta></head><body>a</body></html>b", "(html(head(meta) body('a' 'b')))"},
        {"<frameset><frame>a</frameset>", ""},
        {"<p", ""},
        {"<p a='", ""},
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
