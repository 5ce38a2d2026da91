/* SPDX-License-Identifier: Apache-2.0 */
#include "extract/html.h"

#include <jansson.h>

#define LD_MAX_BYTES (1u << 20) /* longer scripts are not read */
#define LD_DEPTH 6   /* levels of @graph, arrays and mainEntity that are looked through */
#define LD_WIDTH 200 /* members of an array that are looked at */

static void drop_json(json_t **j)
{
    json_decref(*j);
}

/* A copy that a strict parser takes: control characters as blanks, no comma before a closing bracket. */
static ds_str tidy(ds_arena *a, ds_str s)
{
    char *to = ds_arena_alloc(a, s.len + 1);
    size_t n = 0, comma = SIZE_MAX;
    bool quoted = false;
    for (size_t i = 0; to && i < s.len; i++) {
        char c = (unsigned char)s.at[i] < 0x20 ? ' ' : s.at[i];
        if (quoted && c == '\\' && i + 1 < s.len) {
            to[n++] = c;
            to[n++] = (unsigned char)s.at[++i] < 0x20 ? ' ' : s.at[i];
            continue;
        }
        if (c == '"')
            quoted = !quoted;
        if (!quoted && (c == ']' || c == '}') && comma != SIZE_MAX)
            to[comma] = ' ';
        if (c != ' ')
            comma = !quoted && c == ',' ? n : SIZE_MAX;
        to[n++] = c;
    }
    return to ? (ds_str){to, n} : (ds_str){0};
}

/* Text of a member, copied into the arena; decoded: some sites put entities there. */
static ds_status text_of(ext_page *p, const json_t *v, ds_str *out)
{
    if (!json_is_string(v) || !json_string_length(v))
        return DS_OK;
    ds_str s = ds_arena_str(p->arena, (ds_str){json_string_value(v), json_string_length(v)});
    *out = s.at ? ext_decoded(p->arena, s) : (ds_str){0};
    return out->at ? DS_OK : DS_NOMEM;
}

/* A name: a string, or the "name" of an object. */
static ds_status name_of(ext_page *p, const json_t *v, ds_str *out)
{
    return text_of(p, json_is_object(v) ? json_object_get(v, "name") : v, out);
}

static ds_status add_names(ext_page *p, const json_t *v, ext_strs *into)
{
    ds_status st = DS_OK;
    for (size_t i = 0; json_is_array(v) && i < json_array_size(v) && i < LD_WIDTH; i++)
        DS_TRY(
            add_names(p,
                      json_is_string(json_array_get(v, i)) || json_is_object(json_array_get(v, i))
                          ? json_array_get(v, i)
                          : NULL,
                      into));
    ds_str s = {0};
    DS_TRY(name_of(p, v, &s));
    for (size_t i = 0; i < s.len && st == DS_OK;) {
        size_t end = i;
        while (end < s.len && s.at[end] != ',' && s.at[end] != ';')
            end++;
        ext_strs_add(p->arena, into, ds_str_trim(ds_str_cut(s, i, end)), &st);
        i = end + 1;
    }
    return st;
}

static bool type_holds(const json_t *v, const char *word)
{
    for (size_t i = 0; json_is_array(v) && i < json_array_size(v) && i < LD_WIDTH; i++)
        if (json_is_string(json_array_get(v, i)) && type_holds(json_array_get(v, i), word))
            return true;
    return json_is_string(v) && strstr(json_string_value(v), word);
}

static ds_status read_day(ext_page *p, const json_t *v, ds_day *into)
{
    ds_str s = {0};
    ds_day day = DS_DAY_NONE;
    DS_TRY(text_of(p, v, &s));
    if (*into == DS_DAY_NONE && s.len && ds_day_parse(ds_str_trim(s), &day) == DS_OK)
        *into = day;
    return DS_OK;
}

static ds_status read_article(ext_page *p, const json_t *v, const json_t *type)
{
    ext_meta *m = &p->meta;
    ds_str section = {0}, publisher = {0};
    if (!m->ld_title.at)
        DS_TRY(text_of(p, json_object_get(v, "headline"), &m->ld_title));
    DS_TRY(read_day(p, json_object_get(v, "datePublished"), &m->ld_published));
    DS_TRY(read_day(p, json_object_get(v, "dateModified"), &m->modified));
    if (!m->ld_authors.len)
        DS_TRY(add_names(p, json_object_get(v, "author"), &m->ld_authors));
    if (!m->ld_authors.len)
        DS_TRY(add_names(p, json_object_get(v, "creator"), &m->ld_authors));
    DS_TRY(name_of(p, json_object_get(v, "publisher"), &publisher));
    const json_t *sections = json_object_get(v, "articleSection");
    DS_TRY(text_of(p, json_is_array(sections) ? json_array_get(sections, 0) : sections, &section));
    if (!m->keywords.len)
        DS_TRY(add_names(p, json_object_get(v, "keywords"), &m->keywords));
    if (!m->publisher.len)
        m->publisher = publisher;
    if (!m->section.len)
        m->section = section;
    m->opinion |= type_holds(type, "Opinion");
    m->live |= type_holds(type, "LiveBlog");
    return DS_OK;
}

static ds_status visit(ext_page *p, const json_t *v, int depth)
{
    if (depth > LD_DEPTH)
        return DS_OK;
    for (size_t i = 0; json_is_array(v) && i < json_array_size(v) && i < LD_WIDTH; i++)
        DS_TRY(visit(p, json_array_get(v, i), depth + 1));
    if (!json_is_object(v))
        return DS_OK;
    const json_t *type = json_object_get(v, "@type");
    if (type_holds(type, "Article") || type_holds(type, "BlogPosting") ||
        type_holds(type, "Report"))
        return read_article(p, v, type);
    DS_TRY(visit(p, json_object_get(v, "@graph"), depth + 1));
    DS_TRY(visit(p, json_object_get(v, "mainEntity"), depth + 1));
    return visit(p, json_object_get(v, "mainEntityOfPage"), depth + 1);
}

ds_status html_jsonld(ext_page *p, uint32_t script)
{
    const html_node *n = html_at(p->html, script);
    ds_str type = html_attr(p->html, script, DS_STR("type"));
    if (!ext_same_fold(ds_str_trim(type), DS_STR("application/ld+json")) || script + 1 >= n->end)
        return DS_OK;
    const html_node *text = html_at(p->html, script + 1);
    if (text->tag != HTML_TEXT || text->len > LD_MAX_BYTES)
        return DS_OK;
    ds_str s = tidy(p->arena, ds_str_cut(p->src.text, text->at, (size_t)text->at + text->len));
    if (!s.at)
        return DS_NOMEM;
    while (s.len && s.at[0] != '{' && s.at[0] != '[')
        s = ds_str_cut(s, 1, s.len);
    DS_AUTO(drop_json) json_t *root = json_loadb(s.at, s.len, JSON_DISABLE_EOF_CHECK, NULL);
    return root ? visit(p, root, 0) : DS_OK; /* what is no JSON is passed over */
}
