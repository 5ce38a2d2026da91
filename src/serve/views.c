/* SPDX-License-Identifier: Apache-2.0 */
/* views.c - the routes of the API, and what each asks of the library. src/serve/openapi.json says the same to the world; a test holds
 * one against the other. */
#include "serve/internal.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

/* ---- outcomes --------------------------------------------------------------------------------------------------- */

/* What the library said, as an answer. Paths of files stay here. */
static void outcome(sv_cook *k, dossier_status st, sv_made *out)
{
    switch (st) {
    case DOSSIER_OK:
        return;
    case DOSSIER_NOTHING:
        sv_fail(out, 404, "not_found", "%s", k->d ? dossier_error(k->d) : "the store is empty");
        return;
    case DOSSIER_BAD:
        sv_fail(out, 400, "bad_request", "%s", dossier_error(k->d));
        return;
    default:
        sv_say("%s", dossier_error(k->d));
        sv_fail(out, 503, "store_failed", "the store cannot be read just now");
    }
}

static void put_text(sv_made *out, const char *text)
{
    out->body = (dossier_text){strdup(text), strlen(text)};
}

/* `before` what was printed, without its line end, `after`. */
static void wrap(sv_made *out, ds_str before, ds_str at, ds_str after)
{
    while (at.len && at.at[at.len - 1] == '\n')
        at.len--;
    char *z = malloc(before.len + at.len + after.len + 1);
    if (!z) {
        sv_fail(out, 503, "busy", "no memory left");
        return;
    }
    memcpy(z, before.at, before.len);
    if (at.len)
        memcpy(z + before.len, at.at, at.len);
    memcpy(z + before.len + at.len, after.at, after.len);
    size_t len = before.len + at.len + after.len;
    z[len] = 0;
    dossier_text_free(&out->body);
    out->body = (dossier_text){z, len};
}

/* The story of the path: there, moved, or not. Its stamp is taken before it is read. */
static bool find_story(sv_cook *k, const sv_request *r, sv_made *out)
{
    int64_t to;
    if (!k->d) {
        outcome(k, DOSSIER_NOTHING, out);
        return false;
    }
    out->story = r->id;
    dossier_status st = dossier_stamp(k->d, r->id, out->stamp);
    if (st == DOSSIER_OK)
        return true;
    out->story = 0;
    if (st == DOSSIER_NOTHING && dossier_moved(k->d, r->id, &to) == DOSSIER_OK) {
        const char *rest = strstr(r->route->pattern, "{id}");
        out->location =
            ds_arena_printf(k->arena, "%.*s%" PRId64 "%s%s", (int)(rest - r->route->pattern),
                            r->route->pattern, to, rest + 4, k->query)
                .at;
        if (out->location)
            out->status = 301;
        else
            sv_fail(out, 503, "busy", "no memory left");
        return false;
    }
    if (st == DOSSIER_NOTHING)
        sv_fail(out, 404, "not_found", "no story %" PRId64, r->id);
    else
        outcome(k, st, out);
    return false;
}

static const char *given(const sv_request *r, int rule)
{
    return r->value[rule].at;
}

static bool is_true(const sv_request *r, int rule)
{
    return given(r, rule) && strcmp(given(r, rule), "true") == 0;
}

/* ---- lists of a story in other forms than JSON ------------------------------------------------------------------ */

static const struct {
    const char *name, *type, *ending;
    dossier_format format;
} forms[] = {
    {"json", NULL, NULL, DOSSIER_JSON},
    {"jsonl", "application/x-ndjson", NULL, DOSSIER_JSONL},
    {"csv", "text/csv; charset=utf-8", "csv", DOSSIER_CSV},
    {"tsv", "text/tab-separated-values; charset=utf-8", "tsv", DOSSIER_TSV},
};
#define FORMS "json jsonl csv tsv"

static size_t form_of(const char *name)
{
    for (size_t i = 0; name && i < sizeof forms / sizeof *forms; i++)
        if (strcmp(forms[i].name, name) == 0)
            return i;
    return 0;
}

typedef dossier_status (*story_list)(dossier *d, int64_t story, const dossier_view *v,
                                     dossier_text *out);

/* {"story":1,"NAME":[...]}, or the list in the form asked for; an empty one is no fault. */
static void list_of_story(sv_cook *k, const sv_request *r, story_list print, const char *name,
                          const char *form, dossier_view v, sv_made *out)
{
    size_t f = form_of(form);
    if (!find_story(k, r, out))
        return;
    v.format = forms[f].format;
    dossier_status st = print(k->d, r->id, &v, &out->body);
    if (st == DOSSIER_NOTHING && f)
        put_text(out, "");
    else if (st == DOSSIER_NOTHING)
        put_text(out, "[]");
    else
        outcome(k, st, out);
    if (out->code)
        return;
    if (f) {
        out->type = forms[f].type;
        out->file = forms[f].ending ? ds_arena_printf(k->arena, "story-%" PRId64 "-%s.%s", r->id,
                                                      name, forms[f].ending)
                                          .at
                                    : NULL;
        return;
    }
    ds_str before = ds_arena_printf(k->arena, "{\"story\":%" PRId64 ",\"%s\":", r->id, name);
    dossier_text body = out->body;
    out->body = (dossier_text){NULL, 0};
    wrap(out, before, (ds_str){body.at, body.len}, DS_STR("}\n"));
    dossier_text_free(&body);
}

/* ---- the routes --------------------------------------------------------------------------------------------------- */

enum {
    LIST_LIMIT,
    LIST_CURSOR,
    LIST_FROM,
    LIST_TO,
    LIST_MEASURE,
    LIST_STATE,
    LIST_FLAGGED,
    LIST_PAGES,
    LIST_ORDER
};

static void make_list(sv_cook *k, const sv_request *r, sv_made *out)
{
    const dossier_listing l = {.from = given(r, LIST_FROM),
                               .to = given(r, LIST_TO),
                               .measure = given(r, LIST_MEASURE),
                               .state = given(r, LIST_STATE),
                               .cursor = given(r, LIST_CURSOR),
                               .flagged = is_true(r, LIST_FLAGGED),
                               .by_id =
                                   given(r, LIST_ORDER) && strcmp(given(r, LIST_ORDER), "id") == 0,
                               .min_pages = (unsigned)r->number[LIST_PAGES],
                               .limit = (unsigned)r->number[LIST_LIMIT]};
    if (k->d)
        outcome(k, dossier_list(k->d, &l, &out->body), out);
    else
        put_text(out, "{\"stories\":[],\"next\":null}\n");
}

enum { STORY_RULE, STORY_PARTS };

static void make_story(sv_cook *k, const sv_request *r, sv_made *out)
{
    const dossier_view v = {
        .format = DOSSIER_JSON, .rule = given(r, STORY_RULE), .parts = given(r, STORY_PARTS)};
    if (find_story(k, r, out))
        outcome(k, dossier_show(k->d, r->id, &v, &out->body), out);
}

enum { QUESTIONS_RULE, QUESTIONS_MEASURE };

static void make_questions(sv_cook *k, const sv_request *r, sv_made *out)
{
    const dossier_view v = {.rule = given(r, QUESTIONS_RULE),
                            .measure = given(r, QUESTIONS_MEASURE)};
    list_of_story(k, r, dossier_questions, "questions", NULL, v, out);
}

enum {
    CLAIMS_LIMIT,
    CLAIMS_CURSOR,
    CLAIMS_MEASURE,
    CLAIMS_HOLDER,
    CLAIMS_PAGE,
    CLAIMS_FLAGGED,
    CLAIMS_FORMAT
};
#define CLAIMS_MOST 1000

/* Of JSON lines those from `skip`, `most` of them, with commas; *more: there are others behind them. */
static ds_str pick_lines(ds_arena *a, ds_str lines, size_t skip, size_t most, bool *more)
{
    ds_buf b = ds_buf_new(a);
    size_t line = 0;
    ds_buf_reserve(&b, lines.len + 2);
    ds_buf_putc(&b, '[');
    for (size_t beg = 0; beg < lines.len && line < skip + most; line++) {
        ptrdiff_t found = ds_str_find(lines, DS_STR("\n"), beg);
        size_t end = found < 0 ? lines.len : (size_t)found;
        if (line > skip)
            ds_buf_putc(&b, ',');
        if (line >= skip)
            ds_buf_put(&b, ds_str_cut(lines, beg, end));
        beg = end + 1;
        *more = beg < lines.len;
    }
    ds_buf_putc(&b, ']');
    return ds_buf_str(&b);
}

static void page_of_claims(sv_cook *k, const sv_request *r, dossier_view v, sv_made *out)
{
    DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, (size_t)1 << 30);
    size_t most = r->number[CLAIMS_LIMIT] ? (size_t)r->number[CLAIMS_LIMIT] : CLAIMS_MOST, skip = 0;
    bool more = false;
    if (given(r, CLAIMS_CURSOR)) {
        char *end;
        skip = strtoul(given(r, CLAIMS_CURSOR), &end, 10);
        if (*end || skip > UINT32_MAX) {
            sv_fail(out, 400, "bad_request", "cursor: not one that was given");
            return;
        }
    }
    if (!find_story(k, r, out))
        return;
    v.format = DOSSIER_JSONL;
    dossier_text lines = {NULL, 0};
    dossier_status st = dossier_claims(k->d, r->id, &v, &lines);
    if (st != DOSSIER_NOTHING)
        outcome(k, st, out);
    ds_str list =
        a ? pick_lines(a, (ds_str){lines.at ? lines.at : "", lines.len}, skip, most, &more)
          : (ds_str){NULL, 0};
    dossier_text_free(&lines);
    if (out->code)
        return;
    if (!list.at) {
        sv_fail(out, 503, "busy", "no memory left");
        return;
    }
    wrap(out, ds_arena_printf(k->arena, "{\"story\":%" PRId64 ",\"claims\":", r->id), list,
         more ? ds_arena_printf(k->arena, ",\"next\":\"%zu\"}\n", skip + most)
              : DS_STR(",\"next\":null}\n"));
}

static void make_claims(sv_cook *k, const sv_request *r, sv_made *out)
{
    const dossier_view v = {.measure = given(r, CLAIMS_MEASURE),
                            .holder = given(r, CLAIMS_HOLDER),
                            .page = given(r, CLAIMS_PAGE),
                            .flagged = is_true(r, CLAIMS_FLAGGED)};
    if (form_of(given(r, CLAIMS_FORMAT)))
        list_of_story(k, r, dossier_claims, "claims", given(r, CLAIMS_FORMAT), v, out);
    else
        page_of_claims(k, r, v, out);
}

static void make_timeline(sv_cook *k, const sv_request *r, sv_made *out)
{
    list_of_story(k, r, dossier_timeline, "timeline", given(r, 0), (dossier_view){0}, out);
}

static void make_sources(sv_cook *k, const sv_request *r, sv_made *out)
{
    list_of_story(k, r, dossier_sources, "sources", given(r, 0), (dossier_view){0}, out);
}

static void make_similar(sv_cook *k, const sv_request *r, sv_made *out)
{
    if (find_story(k, r, out))
        outcome(k, dossier_similar_page(k->d, r->id, &out->body), out);
}

/* "1:B" stays as it is while story 1 does. */
static void make_article(sv_cook *k, const sv_request *r, sv_made *out)
{
    char *end;
    if (!k->d) {
        outcome(k, DOSSIER_NOTHING, out);
        return;
    }
    long long story = strtoll(r->ref.at, &end, 10);
    if (*end == ':' && story > 0 && dossier_stamp(k->d, story, out->stamp) == DOSSIER_OK)
        out->story = story;
    outcome(k, dossier_article_page(k->d, r->ref.at, &out->body), out);
}

enum { SEARCH_Q, SEARCH_LIMIT, SEARCH_CURSOR, SEARCH_ORDER };

static void make_search(sv_cook *k, const sv_request *r, sv_made *out)
{
    const dossier_query q = {.query = given(r, SEARCH_Q),
                             .cursor = given(r, SEARCH_CURSOR),
                             .newest = given(r, SEARCH_ORDER) &&
                                       strcmp(given(r, SEARCH_ORDER), "newest") == 0,
                             .limit = (unsigned)r->number[SEARCH_LIMIT]};
    const dossier_view v = {.format = DOSSIER_JSON};
    if (k->d)
        outcome(k, dossier_search(k->d, &q, &v, &out->body), out);
    else
        outcome(k, DOSSIER_NOTHING, out);
}

/* ---- feeds ------------------------------------------------------------------------------------------------------------ */

static void feed(sv_cook *k, const sv_request *r, bool json, sv_made *out)
{
    out->type = json ? "application/feed+json" : "application/atom+xml; charset=utf-8";
    if (r->id && !find_story(k, r, out))
        return;
    if (k->d)
        outcome(k, dossier_feed(k->d, r->id, k->server->base_url, json, &out->body), out);
    else
        outcome(k, DOSSIER_NOTHING, out);
}

static void make_atom(sv_cook *k, const sv_request *r, sv_made *out)
{
    feed(k, r, false, out);
}

static void make_json_feed(sv_cook *k, const sv_request *r, sv_made *out)
{
    feed(k, r, true, out);
}

/* ---- adding ------------------------------------------------------------------------------------------------------------ */

static bool open_inbox(sv_cook *k, sv_made *out)
{
    if (k->inbox || dossier_inbox_open(k->server->options->db, true, &k->inbox) == DOSSIER_OK)
        return true;
    sv_say("%s: %s", k->server->options->db, dossier_inbox_error(k->inbox));
    sv_fail(out, 503, "store_failed", "the inbox cannot be opened");
    dossier_inbox_close(k->inbox);
    k->inbox = NULL;
    return false;
}

static void make_posted(sv_cook *k, const sv_request *r, sv_made *out)
{
    dossier_accepted n;
    char text[160];
    (void)r;
    if (!open_inbox(k, out))
        return;
    bool lines = strcmp(k->body_type, "application/x-ndjson") == 0;
    dossier_status st = dossier_inbox_put(k->inbox, k->body, k->body_len, lines, &n);
    if (st == DOSSIER_OK) {
        snprintf(text, sizeof text, "{\"accepted\":%zu,\"known\":%zu,\"waiting\":%lld}\n",
                 n.accepted, n.known, (long long)n.waiting);
        put_text(out, text);
        out->status = 202;
        atomic_store(&k->server->waiting, n.waiting);
    } else if (st == DOSSIER_BAD) {
        sv_fail(out, 400, "bad_request", "%s", dossier_inbox_error(k->inbox));
    } else if (st == DOSSIER_LIMIT) {
        sv_fail(out, 413, "too_large", "%s", dossier_inbox_error(k->inbox));
    } else {
        sv_say("%s: inbox: %s", k->server->options->db, dossier_inbox_error(k->inbox));
        sv_fail(out, 503, "store_failed", "the inbox cannot be written just now");
    }
}

#define ANY_STORY ((int64_t)1 << 53)
#define RULE                                                                                       \
    {                                                                                              \
        "rule", SV_WORD, 0, 0, "range median-origin latest conservative ucdp", false               \
    }
#define PARTS                                                                                      \
    "key_points flags disputes questions forces timeline sources copies overlaps similar "         \
    "regroupings holders claims"
#define READ "GET HEAD"

// clang-format off
const sv_route sv_routes[] = {
    {"stories", "/api/v1/stories", READ,
     {{"limit", SV_INT, 1, 200, NULL, false}, {"cursor", SV_CURSOR, 0, 0, NULL, false},
      {"from", SV_DAY, 0, 0, NULL, false}, {"to", SV_DAY, 0, 0, NULL, false},
      {"measure", SV_TEXT, 0, 100, NULL, false},
      {"state", SV_WORD, 0, 0, "conflict apart disagree agree", false},
      {"flagged", SV_BOOL, 0, 0, NULL, false}, {"min_pages", SV_INT, 1, 100000, NULL, false},
      {"order", SV_WORD, 0, 0, "published id", false}}, SV_MADE, make_list},
    {"story", "/api/v1/stories/{id}", READ, {RULE, {"parts", SV_LIST, 0, 0, PARTS, false}}, SV_MADE, make_story},
    {"questions", "/api/v1/stories/{id}/questions", READ, {RULE, {"measure", SV_TEXT, 0, 100, NULL, false}}, SV_MADE, make_questions},
    {"claims", "/api/v1/stories/{id}/claims", READ,
     {{"limit", SV_INT, 1, CLAIMS_MOST, NULL, false}, {"cursor", SV_CURSOR, 0, 0, NULL, false},
      {"measure", SV_TEXT, 0, 100, NULL, false}, {"holder", SV_TEXT, 0, 200, NULL, false},
      {"page", SV_TEXT, 0, 1024, NULL, false}, {"flagged", SV_BOOL, 0, 0, NULL, false},
      {"format", SV_WORD, 0, 0, FORMS, false}}, SV_MADE, make_claims},
    {"timeline", "/api/v1/stories/{id}/timeline", READ, {{"format", SV_WORD, 0, 0, FORMS, false}}, SV_MADE, make_timeline},
    {"sources", "/api/v1/stories/{id}/sources", READ, {{"format", SV_WORD, 0, 0, FORMS, false}}, SV_MADE, make_sources},
    {"similar", "/api/v1/stories/{id}/similar", READ, {{0}}, SV_MADE, make_similar},
    {"article", "/api/v1/articles/{ref}", READ, {{0}}, SV_MADE, make_article},
    {"search", "/api/v1/search", READ,
     {{"q", SV_TEXT, 0, 1000, NULL, true}, {"limit", SV_INT, 1, 100, NULL, false},
      {"cursor", SV_CURSOR, 0, 0, NULL, false}, {"order", SV_WORD, 0, 0, "rank newest", false}}, SV_MADE, make_search},
    {"feed", "/feeds/stories.atom", READ, {{0}}, SV_MADE, make_atom},
    {"feed", "/feeds/stories.json", READ, {{0}}, SV_MADE, make_json_feed},
    {"feed", "/feeds/stories/{id}.atom", READ, {{0}}, SV_MADE, make_atom},
    {"feed", "/feeds/stories/{id}.json", READ, {{0}}, SV_MADE, make_json_feed},
    {"add", "/api/v1/articles", "POST", {{0}}, SV_POSTED, make_posted},
    {"events", "/api/v1/events", "GET", {{"story", SV_INT, 1, ANY_STORY, NULL, false}}, SV_STREAM, NULL},
    {"health", "/health", READ, {{0}}, SV_HEALTH, NULL},
    {"metrics", "/metrics", READ, {{0}}, SV_METRICS, NULL},
    {"openapi", "/api/openapi.json", READ, {{0}}, SV_ASSET, NULL},
};
// clang-format on
const size_t sv_routes_len = sizeof sv_routes / sizeof *sv_routes;
_Static_assert(sizeof sv_routes / sizeof *sv_routes <= SV_ROUTES_MAX, "counters for all routes");
