/* SPDX-License-Identifier: Apache-2.0 */
/* jsonld.c - what the page's JSON-LD says of the article.
 *
 * Method   every script is parsed as it is, else mended (json_mend.c) and parsed; several values in a row are all read.
 *          Of the objects that are an article the best one counts: by its type, then by how like its headline is to
 *          the page's own title, then the first. What it lacks comes from an object of the page itself (WebPage).
 *          References {"@id": ...} lead to the object of that id anywhere on the page
 * Cost     depth, members, ids and scripts are capped
 */
#include "extract/html.h"

#include <jansson.h>
#include <stdlib.h>

#define LD_MAX_BYTES (1u << 20) /* longer scripts are not read */
#define LD_SCRIPTS 24
#define LD_VALUES 16 /* values in a row in one script */
#define LD_DEPTH 8   /* levels of @graph, arrays and mainEntity that are looked through */
#define LD_WIDTH 200 /* members of an array that are looked at */
#define LD_IDS 400   /* objects with an @id */
#define LD_LOOK 64   /* bytes in whose midst the first key comes */
#define LD_WORDS 64  /* keywords */
#define RANK_ARTICLE 3
#define LD_LOOKS 2000 /* references that are looked up at all */
#define LD_HOPS 4     /* references that are followed */

typedef struct reader {
    ext_page *p;
    json_t *roots[LD_SCRIPTS * LD_VALUES];
    size_t roots_len;
    const json_t *ids[LD_IDS];
    size_t ids_len;
    uint32_t looks;               /* references that were looked up */
    const json_t *article, *page; /* the best ones so far */
    int rank;
    uint32_t like;
} reader;

/* ---- values ---------------------------------------------------------------------------------------------------- */

/* Text of a member, copied into the arena; decoded: some sites put entities there. */
static ds_status text_of(ext_page *p, const json_t *v, ds_str *out)
{
    if (!json_is_string(v) || !json_string_length(v))
        return DS_OK;
    ds_str s = ds_arena_str(p->arena, (ds_str){json_string_value(v), json_string_length(v)});
    *out = s.at ? ext_decoded(p->arena, s) : (ds_str){0};
    return out->at ? DS_OK : DS_NOMEM;
}

static const json_t *first_of(const json_t *v)
{
    return json_is_array(v) ? json_array_get(v, 0) : v;
}

/* The object that {"@id": "..."} stands for, or v itself. */
static const json_t *resolved(reader *r, const json_t *v)
{
    for (int hop = 0;
         hop < LD_HOPS && r->looks < LD_LOOKS && json_is_object(v) && json_object_size(v) <= 2;
         hop++) {
        const char *id = json_string_value(json_object_get(v, "@id"));
        const json_t *to = NULL;
        if (!id || json_object_get(v, "name"))
            return v;
        r->looks++;
        for (size_t i = 0; i < r->ids_len && !to; i++)
            if (r->ids[i] != v &&
                strcmp(json_string_value(json_object_get(r->ids[i], "@id")), id) == 0)
                to = r->ids[i];
        if (!to)
            return v;
        v = to;
    }
    return v;
}

static bool type_holds(const json_t *v, const char *word)
{
    for (size_t i = 0; json_is_array(v) && i < json_array_size(v) && i < LD_WIDTH; i++)
        if (json_is_string(json_array_get(v, i)) && type_holds(json_array_get(v, i), word))
            return true;
    return json_is_string(v) && strstr(json_string_value(v), word);
}

static bool is_type(const json_t *v, const char *word)
{
    return type_holds(json_object_get(v, "@type"), word);
}

/* The name of an object, of the object a reference stands for, or a string. */
static ds_status name_of(reader *r, const json_t *v, ds_str *out)
{
    v = resolved(r, first_of(v));
    return text_of(r->p, json_is_object(v) ? first_of(json_object_get(v, "name")) : v, out);
}

static ds_status add_words(reader *r, const json_t *v, ext_strs *into)
{
    ds_str s = {0};
    ds_status st = DS_OK;
    for (size_t i = 0;
         json_is_array(v) && i < json_array_size(v) && into->len < LD_WORDS && i < LD_WIDTH; i++)
        if (!json_is_array(json_array_get(v, i)))
            DS_TRY(add_words(r, json_array_get(v, i), into));
    if (json_is_array(v))
        return DS_OK;
    DS_TRY(name_of(r, v, &s));
    for (size_t i = 0, end; i < s.len && into->len < LD_WORDS; i = end + 1) {
        for (end = i; end < s.len && s.at[end] != ',' && s.at[end] != ';';)
            end++;
        ext_strs_add(r->p->arena, into, ds_str_trim(ds_str_cut(s, i, end)), &st);
    }
    return st;
}

/* People: strings, objects, references, lists of them. */
static ds_status add_people(reader *r, const json_t *v, int depth)
{
    ext_page *p = r->p;
    ds_str name = {0}, house = {0};
    for (size_t i = 0; depth < 2 && json_is_array(v) && i < json_array_size(v) && i < LD_WIDTH; i++)
        DS_TRY(add_people(r, json_array_get(v, i), depth + 1));
    if (json_is_array(v))
        return DS_OK;
    v = resolved(r, v);
    const json_t *names = json_is_object(v) ? json_object_get(v, "name") : NULL;
    for (size_t i = 0;
         depth < 3 && json_is_array(names) && i < json_array_size(names) && i < LD_WIDTH; i++)
        DS_TRY(add_people(r, json_array_get(names, i), 3));
    DS_TRY(json_is_array(names) ? DS_OK : name_of(r, v, &name));
    ext_who kind = is_type(v, "Person")         ? EXT_WHO_PERSON
                   : is_type(v, "Organization") ? EXT_WHO_HOUSE
                                                : EXT_WHO_ANY;
    DS_TRY(html_add_person(p, EXT_BY_LD, kind, name));
    if (json_is_object(v) && !p->meta.affiliation.text.len) {
        DS_TRY(name_of(r, json_object_get(v, "affiliation"), &house));
        ext_say(&p->meta.affiliation, house, "json-ld");
    }
    return DS_OK;
}

/* ---- members ------------------------------------------------------------------------------------------------------ */

static ds_status say(reader *r, const json_t *v, ext_said *into)
{
    ds_str s = {0};
    if (into->text.len)
        return DS_OK;
    DS_TRY(name_of(r, v, &s));
    ext_say(into, s, "json-ld");
    return DS_OK;
}

static ds_status read_days(const reader *r, const json_t *v, ext_by by)
{
    ds_str s = {0};
    DS_TRY(text_of(r->p, first_of(json_object_get(v, "datePublished")), &s));
    html_say_day(r->p, by, false, s);
    s = (ds_str){0};
    DS_TRY(text_of(r->p, first_of(json_object_get(v, "dateModified")), &s));
    html_say_day(r->p, by, true, s);
    return DS_OK;
}

/* "False", false, "http://schema.org/False" */
static bool says_no(const json_t *v)
{
    ds_str s = {json_string_value(v), json_string_length(v)};
    return json_is_false(v) ||
           (s.at && s.len >= 5 && ext_same_fold(ds_str_cut(s, s.len - 5, s.len), DS_STR("false")));
}

static bool says_yes(const json_t *v)
{
    ds_str s = {json_string_value(v), json_string_length(v)};
    return json_is_true(v) ||
           (s.at && s.len >= 4 && ext_same_fold(ds_str_cut(s, s.len - 4, s.len), DS_STR("true")));
}

static void read_access(const reader *r, const json_t *v)
{
    const json_t *parts = json_object_get(v, "hasPart"),
                 *free_ = json_object_get(v, "isAccessibleForFree");
    bool shut = says_no(free_) || says_no(json_object_get(parts, "isAccessibleForFree"));
    for (size_t i = 0; json_is_array(parts) && i < json_array_size(parts) && i < LD_WIDTH; i++)
        shut |= says_no(json_object_get(json_array_get(parts, i), "isAccessibleForFree"));
    if (r->p->meta.access == DS_ACCESS_UNKNOWN && (shut || says_yes(free_))) {
        r->p->meta.access = shut ? DS_ACCESS_PAID : DS_ACCESS_FREE;
        r->p->meta.access_from = DS_STR("json-ld");
    }
}

static ds_status read_article(reader *r, const json_t *v)
{
    ext_meta *m = &r->p->meta;
    DS_TRY(text_of(r->p, first_of(json_object_get(v, "headline")), &m->ld_title));
    if (!m->ld_title.len)
        DS_TRY(text_of(r->p, first_of(json_object_get(v, "name")), &m->ld_title));
    DS_TRY(add_people(r, json_object_get(v, "author"), 0));
    if (!m->people[EXT_BY_LD].len)
        DS_TRY(add_people(r, json_object_get(v, "creator"), 0));
    DS_TRY(say(r, json_object_get(v, "publisher"), &m->ld_publisher));
    DS_TRY(say(r, json_object_get(v, "sourceOrganization"), &m->ld_source));
    DS_TRY(say(r, json_object_get(v, "articleSection"), &m->section));
    DS_TRY(say(r, json_object_get(v, "description"), &m->description));
    DS_TRY(add_words(r, json_object_get(v, "keywords"), &m->ld_keywords));
    const json_t *licence = resolved(r, first_of(json_object_get(v, "license")));
    ds_str s = {0};
    DS_TRY(text_of(r->p,
                   json_is_object(licence) ? json_object_get(licence, "url")
                                                 ? json_object_get(licence, "url")
                                                 : json_object_get(licence, "@id")
                                           : licence,
                   &s));
    ext_say(&m->licence, s, "json-ld");
    if (!m->ld_body.len)
        DS_TRY(text_of(r->p, first_of(json_object_get(v, "articleBody")), &m->ld_body));
    m->opinion |= is_type(v, "Opinion");
    m->live |= is_type(v, "LiveBlog");
    return DS_OK;
}

/* ---- the objects of a page ------------------------------------------------------------------------------------------ */

/* 3: an article; 2: other works that have authors and days; 0: anything else. */
static int rank_of(const json_t *v)
{
    static const char *const works[] = {"Article", "BlogPosting", "Report", "Posting"};
    static const char *const others[] = {"Review",   "Recipe",       "HowTo",
                                         "Question", "CreativeWork", "VideoObject"};
    const json_t *type = json_object_get(v, "@type");
    for (size_t i = 0; i < sizeof works / sizeof *works; i++)
        if (type_holds(type, works[i]))
            return RANK_ARTICLE;
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (type_holds(type, others[i]) &&
            (json_object_get(v, "author") || json_object_get(v, "datePublished")))
            return 2;
    return 0;
}

static ds_status weigh(reader *r, const json_t *v)
{
    const ext_meta *m = &r->p->meta;
    int rank = rank_of(v);
    ds_str title = {0};
    if (!r->page && is_type(v, "Page"))
        r->page = v;
    if (!rank)
        return DS_OK;
    DS_TRY(text_of(
        r->p, first_of(json_object_get(v, json_object_get(v, "headline") ? "headline" : "name")),
        &title));
    uint32_t like = title.len ? html_likeness(title, m->og_title.len ? m->og_title : m->title) : 0;
    if (rank > r->rank || (rank == r->rank && r->like < HTML_LIKE && like > r->like)) {
        r->article = v;
        r->rank = rank;
        r->like = like;
    }
    return DS_OK;
}

/* Notes what has an id; weighs what may be the article, but not what is inside of other members. */
static ds_status visit(reader *r, const json_t *v, int depth, bool own)
{
    static const char *const inside[] = {"@graph", "mainEntity", "mainEntityOfPage", "hasPart",
                                         "author", "publisher",  "creator",          "isPartOf"};
    if (depth > LD_DEPTH)
        return DS_OK;
    for (size_t i = 0; json_is_array(v) && i < json_array_size(v) && i < LD_WIDTH; i++)
        DS_TRY(visit(r, json_array_get(v, i), depth + 1, own));
    if (!json_is_object(v))
        return DS_OK;
    if (json_is_string(json_object_get(v, "@id")) && json_object_size(v) > 1 && r->ids_len < LD_IDS)
        r->ids[r->ids_len++] = v;
    if (own)
        DS_TRY(weigh(r, v));
    for (size_t i = 0; i < sizeof inside / sizeof *inside; i++)
        DS_TRY(visit(r, json_object_get(v, inside[i]), depth + 1, own && i < 3));
    return DS_OK;
}

/* Parses all values of a text; false: it is no JSON as a whole. */
static bool parse_all(reader *r, ds_str s)
{
    size_t from = r->roots_len;
    for (size_t n = 0; n < LD_VALUES && r->roots_len < sizeof r->roots / sizeof *r->roots; n++) {
        json_error_t e;
        while (s.len && (unsigned char)s.at[0] <= ' ')
            s = ds_str_cut(s, 1, s.len);
        if (!s.len || s.at[0] == ';')
            return r->roots_len > from;
        json_t *v = json_loadb(s.at, s.len, JSON_DISABLE_EOF_CHECK, &e);
        if (!v)
            return false;
        r->roots[r->roots_len++] = v;
        s = ds_str_cut(s, (size_t)e.position, s.len);
    }
    return true;
}

static void drop_from(reader *r, size_t from)
{
    while (r->roots_len > from)
        json_decref(r->roots[--r->roots_len]);
}

/* Scripts about menus, the site and its pictures are not parsed. */
static bool of_interest(ds_str s)
{
    static const ds_str words[] = {DS_STR_INIT("Article"),
                                   DS_STR_INIT("Posting"),
                                   DS_STR_INIT("datePublished"),
                                   DS_STR_INIT("author"),
                                   DS_STR_INIT("Report"),
                                   DS_STR_INIT("\"Person\""),
                                   DS_STR_INIT("isAccessibleForFree"),
                                   DS_STR_INIT("dateModified")};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (memmem(s.at, s.len, words[i].at, words[i].len))
            return true;
    return false;
}

static ds_status parse_script(reader *r, ds_str s)
{
    size_t from = r->roots_len;
    if (parse_all(r, s))
        return DS_OK;
    drop_from(r, from);
    if (ds_str_find(ds_str_cut(s, 0, LD_LOOK), DS_STR("{&quot;"), 0) >=
        0) { /* written as an attribute's value */
        s = ext_decoded(r->p->arena, s);
        if (!s.at)
            return DS_NOMEM;
    }
    s = html_json_mended(r->p->arena, s);
    if (!s.at)
        return DS_NOMEM;
    (void)parse_all(r, s); /* what was read before an error stays */
    return DS_OK;
}

static ds_status read_roots(reader *r)
{
    for (size_t i = 0; i < r->roots_len; i++)
        DS_TRY(visit(r, r->roots[i], 0, true));
    if (r->article) {
        DS_TRY(read_article(r, r->article));
        DS_TRY(read_days(r, r->article, EXT_BY_LD));
        read_access(r, r->article);
        r->p->meta.article |= r->rank == RANK_ARTICLE;
    }
    if (!r->page)
        return DS_OK;
    DS_TRY(read_days(r, r->page, EXT_BY_LD));
    read_access(r, r->page);
    if (!r->p->meta.people[EXT_BY_LD].len)
        DS_TRY(add_people(r, json_object_get(r->page, "author"), 0));
    DS_TRY(say(r, json_object_get(r->page, "publisher"), &r->p->meta.ld_publisher));
    return say(r, json_object_get(r->page, "description"), &r->p->meta.description);
}

ds_status html_jsonld(ext_page *p, const ds_str *scripts, size_t n)
{
    reader *r = ds_arena_calloc(p->arena, 1, sizeof *r);
    ds_status st = r ? DS_OK : DS_NOMEM;
    if (r)
        r->p = p;
    for (size_t i = 0; i < n && i < LD_SCRIPTS && st == DS_OK; i++)
        if (scripts[i].len <= LD_MAX_BYTES && of_interest(scripts[i]))
            st = parse_script(r, scripts[i]);
    if (st == DS_OK)
        st = read_roots(r);
    if (r)
        drop_from(r, 0);
    return st;
}
