/* SPDX-License-Identifier: Apache-2.0 */
/* html_house.c - publisher, original publisher, canonical address and licence of an HTML page. */
#include "extract/html.h"

#define SITE_MAX_WORDS 6 /* a longer og:site_name is a slogan */

static size_t words_in(ds_str s)
{
    size_t n = s.len > 0;
    for (size_t i = 0; i < s.len; i++)
        n += s.at[i] == ' ';
    return n;
}

void html_publisher(const ext_page *p, ext_draft *d)
{
    const ext_meta *m = &p->meta;
    bool slogan = words_in(m->site.text) > SITE_MAX_WORDS && m->ld_publisher.text.len;
    const ext_said *best = m->site.text.len && !slogan ? &m->site : &m->ld_publisher;
    d->art.publisher = best->text;
    d->extra.from.publisher = best->from;
}

/* ---- addresses ----------------------------------------------------------------------------------------------- */

/* Without "www." and the like. */
static ds_str bare_host(ds_str host)
{
    static const ds_str heads[] = {DS_STR_INIT("www."), DS_STR_INIT("m."), DS_STR_INIT("amp."),
                                   DS_STR_INIT("mobile."), DS_STR_INIT("www2.")};
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
        if (ds_str_starts(host, heads[i]))
            return ds_str_cut(host, heads[i].len, host.len);
    return host;
}

/* "news.planet.example" and "planet.example" are of one house. */
static bool same_house(ds_str a, ds_str b)
{
    ds_str s = a.len < b.len ? a : b, l = a.len < b.len ? b : a;
    if (s.len == l.len)
        return ext_same_fold(s, l);
    return ext_same_fold(ds_str_cut(l, l.len - s.len, l.len), s) && l.at[l.len - s.len - 1] == '.';
}

/* The first label of a host: "planet" of "planet.co.uk". */
static ds_str label_of(ds_str host)
{
    ptrdiff_t dot = ds_str_find(host, DS_STR("."), 0);
    return dot > 0 ? ds_str_cut(host, 0, (size_t)dot) : host;
}

static void set_original(ext_draft *d, ds_str name, const char *from)
{
    if (d->art.original_publisher.len || name.len < 3 || ext_same_letters(name, d->art.publisher))
        return;
    d->art.original_publisher = name;
    d->extra.from.original_publisher = ds_str_of(from);
}

/* A canonical address on another host than the page's own names the house that the text comes from. */
static void original_by_address(const ext_page *p, ext_draft *d)
{
    const ext_meta *m = &p->meta;
    ds_str own = bare_host(html_host(p->in->url.len ? p->in->url : m->og_url));
    ds_str canonical = bare_host(html_host(m->canonical));
    if (own.len && canonical.len && !same_house(own, canonical) &&
        !ext_same_fold(label_of(own), label_of(canonical)))
        set_original(d, canonical, "canonical");
}

/* "/a/b" and "//host/a" as the page's own og:url completes them; nothing else is asked. */
static ds_str absolute(ds_arena *a, ds_str url, ds_str base)
{
    ptrdiff_t at = ds_str_find(base, DS_STR("://"), 0);
    if (at < 0 || !ds_str_starts(url, DS_STR("/")))
        return url;
    if (ds_str_starts(url, DS_STR("//")))
        return ds_arena_printf(a, "%.*s%.*s", (int)at + 1, base.at, DS_FMT(url));
    ds_str host = html_host(base);
    return ds_arena_printf(a, "%.*s%.*s%.*s", (int)at + 3, base.at, DS_FMT(host), DS_FMT(url));
}

ds_status html_addresses(const ext_page *p, ext_draft *d)
{
    const ext_meta *m = &p->meta;
    d->extra.canonical = m->canonical.len ? absolute(p->arena, m->canonical, m->og_url) : m->og_url;
    if (m->canonical.len && !d->extra.canonical.at)
        return DS_NOMEM;
    if (d->extra.canonical.len)
        d->extra.from.canonical = m->canonical.len ? DS_STR("canonical") : DS_STR("meta");
    ds_str source = m->source.text, host = bare_host(html_host(source));
    ds_str own = bare_host(html_host(m->canonical.len ? m->canonical : m->og_url));
    if (host.len ? own.len && !same_house(host, own)
                 : source.len && words_in(source) <= SITE_MAX_WORDS)
        set_original(d, host.len ? host : source, "meta");
    set_original(d, m->ld_source.text, "json-ld");
    original_by_address(p, d);
    return DS_OK;
}

/* ---- licence ------------------------------------------------------------------------------------------------------ */

/* ".../licenses/by-nc-nd/4.0/" -> "CC BY-NC-ND 4.0"; other addresses of licences as they are. */
static ds_str licence_name(ds_arena *a, ds_str url)
{
    static const ds_str paths[] = {DS_STR_INIT("creativecommons.org/licenses/"),
                                   DS_STR_INIT("creativecommons.org/publicdomain/")};
    for (size_t k = 0; k < 2; k++) {
        ptrdiff_t at = ds_str_find(url, paths[k], 0);
        if (at < 0)
            continue;
        ds_buf b = ds_buf_new(a);
        ds_buf_puts(&b, "CC ");
        size_t slashes = 0;
        for (size_t i = (size_t)at + paths[k].len; i < url.len; i++) {
            char c = url.at[i];
            slashes += c == '/';
            if (slashes == 2 || c == '?' || c == '#')
                break;
            if (c == '/' && i + 1 == url.len)
                break;
            ds_buf_putc(&b, c == '/'  ? ' '
                            : slashes ? c
                                      : (char)(c >= 'a' && c <= 'z' ? c - 32 : c));
        }
        return ds_buf_str(&b);
    }
    return url;
}

/* rel="license" of a link in the article, where the head and JSON-LD give none. */
static ds_status licence_link(const ext_page *p, const ext_draft *d, ds_str *out)
{
    const html_tree *t = p->html;
    if (!d->body.len)
        return DS_OK;
    for (uint32_t i = 0; (i = html_next_with(t, i, HTML_KEY_REL)) != 0;) {
        if (html_at(t, i)->tag != HTML_A ||
            html_at(t, i)->parts & (PART_CAPTION | PART_COMMENTS | PART_RELATED) ||
            !ds_str_starts(html_noted(t, i, HTML_KEY_REL), DS_STR("license")))
            continue;
        *out = ext_decoded(p->arena, html_noted(t, i, HTML_KEY_HREF));
        return out->at ? DS_OK : DS_NOMEM;
    }
    return DS_OK;
}

ds_status html_licence(ext_page *p, ext_draft *d)
{
    ext_said found = p->meta.licence;
    if (!found.text.len) {
        ds_str link = {0};
        DS_TRY(licence_link(p, d, &link));
        ext_say(&found, link, "rel");
    }
    if (!found.text.len)
        return DS_OK;
    d->art.licence = licence_name(p->arena, found.text);
    d->extra.from.licence = found.from;
    return d->art.licence.at ? DS_OK : DS_NOMEM;
}
