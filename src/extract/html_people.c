/* SPDX-License-Identifier: Apache-2.0 */
/* html_people.c - the authors of an HTML page.
 *
 * Method   every source that names people (JSON-LD, meta, microdata, links to authors' pages, bylines) gives a set of
 *          names; the set that most sources give wins, the more trusted source on ties. A house is no author unless
 *          nobody else is named
 */
#include "extract/html.h"

#define ABOVE 5       /* blocks above the headline that may hold the byline */
#define BELOW 12      /* ... and below */
#define NEIGHBOURS 2  /* lines below a name in which the date comes */
#define DATE_WORDS 10 /* of that line */
#define LINE_NODES 60 /* nodes of one line that are looked at */
#define LINE_BYTES 400
#define LINK_WORDS 6   /* a link to an author's page has no more words */
#define BYLINE_MOST 24 /* words of a line that says "by" */

/* The most trusted first. */
static const ext_by order[] = {EXT_BY_LD,   EXT_BY_META, EXT_BY_OTHER,
                               EXT_BY_LINE, EXT_BY_REL,  EXT_BY_MICRO};

typedef struct finder {
    ext_page *p;
    ext_draft *d;
    ds_str house;
    ext_names found[EXT_BY_COUNT];
    bool joined; /* the byline is "By A and B" */
} finder;

/* ---- around the headline ------------------------------------------------------------------------------------- */

void html_near_title(const ext_page *p, const ext_draft *d, uint32_t *beg, uint32_t *end)
{
    int64_t at = d->title_block >= 0 && d->title_block < p->content ? d->title_block : p->headline;
    uint32_t above = at < 0 ? BELOW : ABOVE;
    if (at < 0)
        at = d->body.len ? d->body.at[0] : 0;
    *beg = at > above ? (uint32_t)at - above : 0;
    *end = at + BELOW < p->content ? (uint32_t)at + BELOW : p->content;
}

ds_status html_line(ext_page *p, uint32_t block, ds_str between, ds_str *out)
{
    const html_tree *t = p->html;
    const ext_block *b = &p->blocks.at[block];
    uint32_t end =
        block + 1 < p->content ? p->blocks.at[block + 1].first : html_at(t, b->node)->end;
    ds_buf buf = ds_buf_new(p->arena);
    size_t pieces = 0;
    for (uint32_t i = b->first; i < end && i < b->first + LINE_NODES; i++) {
        const html_node *n = html_at(t, i);
        if (n->tag == HTML_SCRIPT || n->tag == HTML_STYLE)
            i = n->end - 1;
        if (n->tag != HTML_TEXT)
            continue;
        ds_str s = ds_str_trim(ds_str_cut(p->src.text, n->at, (size_t)n->at + n->len));
        if (!s.len || buf.len + s.len > LINE_BYTES)
            continue;
        if (pieces++)
            ds_buf_put(&buf, between);
        ds_buf_put(&buf, s);
    }
    *out = ext_text(p, b);
    if (pieces < 2)
        return DS_OK;
    ds_str raw = ds_buf_str(&buf);
    *out = raw.at ? ext_decoded(p->arena, raw) : (ds_str){0};
    return out->at ? DS_OK : DS_NOMEM;
}

/* "/author/ann-lee": one of these between two slashes. */
static bool author_address(ds_str href)
{
    static const ds_str parts[] = {
        DS_STR_INIT("author"),       DS_STR_INIT("authors"),    DS_STR_INIT("contributor"),
        DS_STR_INIT("contributors"), DS_STR_INIT("profile"),    DS_STR_INIT("profiles"),
        DS_STR_INIT("staff"),        DS_STR_INIT("by"),         DS_STR_INIT("columnist"),
        DS_STR_INIT("columnists"),   DS_STR_INIT("journalist"), DS_STR_INIT("writer"),
        DS_STR_INIT("writers"),      DS_STR_INIT("reporter"),   DS_STR_INIT("people"),
        DS_STR_INIT("person"),       DS_STR_INIT("byline")};
    if (!href.len)
        return false;
    const char *end = href.at + href.len;
    for (const char *at = memchr(href.at, '/', href.len), *next; at; at = next) {
        next = memchr(at + 1, '/', (size_t)(end - at) - 1);
        ds_str part = {at + 1, next ? (size_t)(next - at) - 1 : 0};
        for (size_t i = 0; part.len && i < sizeof parts / sizeof *parts; i++)
            if (ds_str_eq(part, parts[i]))
                return true;
    }
    return false;
}

static ds_status take_links(finder *f, uint32_t beg, uint32_t end)
{
    const html_tree *t = f->p->html;
    if (beg >= end)
        return DS_OK;
    uint32_t from = f->p->blocks.at[beg].first, to = f->p->blocks.at[end - 1].first;
    for (uint32_t i = from > 8 ? from - 8 : 1; i <= to; i++) {
        if (html_at(t, i)->tag != HTML_A || html_at(t, i)->parts & (PART_COMMENTS | PART_RELATED))
            continue;
        ds_str rel = html_noted(t, i, HTML_KEY_REL), name = {0};
        if ((!rel.len || ds_str_find(rel, DS_STR("author"), 0) < 0) &&
            !author_address(html_noted(t, i, HTML_KEY_HREF)))
            continue;
        DS_TRY(html_text_of(f->p, i, &name));
        size_t words = 1;
        for (size_t k = 0; k < name.len; k++)
            words += name.at[k] == ' ';
        if (words <= LINK_WORDS)
            DS_TRY(ext_names_in(f->p, name, EXT_WHO_ANY, f->house, &f->found[EXT_BY_REL]));
    }
    return DS_OK;
}

static bool by_alone(ds_str s)
{
    static const ds_str words[] = {DS_STR_INIT("by"),         DS_STR_INIT("by:"),
                                   DS_STR_INIT("written by"), DS_STR_INIT("written by:"),
                                   DS_STR_INIT("author"),     DS_STR_INIT("author:"),
                                   DS_STR_INIT("posted by"),  DS_STR_INIT("words by")};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (ext_same_fold(s, words[i]))
            return true;
    return false;
}

/* Without "Por", "Von", "Par" before the name; *by: there was such a word, or "By". */
static ds_str after_foreign_by(ds_str s, bool *by)
{
    static const ds_str words[] = {DS_STR_INIT("por "), DS_STR_INIT("von "),  DS_STR_INIT("par "),
                                   DS_STR_INIT("di "),  DS_STR_INIT("door "), DS_STR_INIT("av "),
                                   DS_STR_INIT("af "),  DS_STR_INIT("de ")};
    static const ds_str english[] = {DS_STR_INIT("by "), DS_STR_INIT("by: "),
                                     DS_STR_INIT("written by "), DS_STR_INIT("posted by "),
                                     DS_STR_INIT("written by: ")};
    for (size_t i = 0; i < sizeof english / sizeof *english; i++)
        *by |=
            s.len > english[i].len && ext_same_fold(ds_str_cut(s, 0, english[i].len), english[i]);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (s.len > words[i].len && ext_same_fold(ds_str_cut(s, 0, words[i].len), words[i])) {
            *by = true;
            return ds_str_cut(s, words[i].len, s.len);
        }
    return s;
}

/* Can the line say "by" at all? Most lines around a headline cannot: they are not decoded again. */
static bool may_say_by(ds_str s)
{
    static const char heads[][3] = {"by", "wr", "po", "vo", "pa", "di", "do", "av", "af", "de"};
    for (size_t i = 0; s.len > 2 && i < sizeof heads / sizeof *heads; i++)
        if (ext_lower(s.at[0]) == heads[i][0] && ext_lower(s.at[1]) == heads[i][1])
            return true;
    return ds_str_find(s, DS_STR("written by"), 0) >= 0;
}

/* The title or the first paragraph says the name: it is a place or a matter of the story, not who wrote it. */
static bool in_story(const finder *f, ds_str name)
{
    const ext_draft *d = f->d;
    if (ds_str_find(d->art.title, name, 0) >= 0)
        return true;
    return d->body.len &&
           ds_str_find(ext_text(f->p, &f->p->blocks.at[d->body.at[0]]), name, 0) >= 0;
}

/* Lines that no "by" and no element makes a byline name nobody whom the story names. */
static void drop_story_names(const finder *f, ext_strs *names)
{
    size_t n = 0;
    for (size_t i = 0; i < names->len; i++)
        if (!in_story(f, names->at[i]))
            names->at[n++] = names->at[i];
    names->len = n;
}

/* The names of one line. *by: it says "by", so that it is a byline whatever its element. */
static ds_status read_line(finder *f, uint32_t i, ext_names *out, bool *by)
{
    const ext_block *b = &f->p->blocks.at[i];
    ds_str s = ext_text(f->p, b), spaced = {0};
    bool marked = b->flags & EXT_BF_AUTHOR || b->label == EXT_BYLINE || b->label == EXT_DATELINE;
    *by = i > 0 && by_alone(ext_text(f->p, b - 1));
    if (!*by && !marked && !may_say_by(s))
        return DS_OK;
    DS_TRY(html_line(f->p, i, DS_STR(" "), &spaced));
    (void)after_foreign_by(spaced, by);
    ptrdiff_t at = ds_str_find(spaced, DS_STR("written by "), 0);
    *by |= at >= 0 || (b->label == EXT_DATELINE && ds_str_find(spaced, DS_STR(" By "), 0) >= 0);
    if (!*by && (!marked || b->words > HTML_BYLINE_WORDS))
        return DS_OK;
    if (*by)
        s = spaced;
    else if (b->flags & EXT_BF_GLUED || b->label == EXT_DATELINE)
        DS_TRY(html_line(f->p, i, DS_STR(" | "), &s));
    s = after_foreign_by(at > 0 ? ds_str_cut(spaced, (size_t)at + 11, spaced.len) : s, by);
    out->stated = out->line = true;
    out->alone = out->by = *by;
    DS_TRY(ext_names_in(f->p, s, EXT_WHO_ANY, f->house, out));
    if (!*by && b->label == EXT_DATELINE && !(b->flags & EXT_BF_AUTHOR))
        drop_story_names(f, &out->people);
    return DS_OK;
}

/* A name in a line of its own beside the date line, where nothing says who wrote the text. */
static ds_status take_neighbours(finder *f, uint32_t beg, uint32_t end)
{
    ext_names *out = &f->found[EXT_BY_LINE];
    for (uint32_t i = beg + 1; i + 1 < end && !out->people.len; i++) {
        const ext_block *b = &f->p->blocks.at[i];
        bool date = false;
        for (uint32_t k = i - 1; k <= i + NEIGHBOURS && k < end; k++)
            date |= k != i && f->p->blocks.at[k].flags & EXT_BF_DATE &&
                    f->p->blocks.at[k].words <= DATE_WORDS;
        ds_str s = ext_text(f->p, b);
        if (date && b->label == EXT_SHORT && b->words >= 2 && b->words <= 3 && !b->level &&
            ext_person_like(s))
            DS_TRY(ext_names_in(f->p, s, EXT_WHO_ANY, f->house, out));
        drop_story_names(f, &out->people);
    }
    return DS_OK;
}

/* The first byline, with the lines right below it in an author's element. */
static ds_status take_lines(finder *f, uint32_t beg, uint32_t end)
{
    ext_names found = {.stated = true};
    uint16_t out = EXT_BF_COMMENT | EXT_BF_RELATED;
    if (f->p->headline >= 0)
        out &= (uint16_t)~f->p->blocks.at[f->p->headline].flags;
    for (uint32_t i = beg; i < end; i++) {
        const ext_block *b = &f->p->blocks.at[i];
        ext_names here = {0};
        bool by = false;
        if (b->words > BYLINE_MOST || b->flags & out)
            continue;
        DS_TRY(read_line(f, i, &here, &by));
        if (here.agency.at && !found.agency.at)
            found.agency = here.agency;
        if (!here.people.len && found.people.len)
            break;
        ds_status st = DS_OK;
        for (size_t k = 0; k < here.people.len; k++)
            ext_strs_add(f->p->arena, &found.people, here.people.at[k], &st);
        DS_TRY(st);
        found.by = by && here.people.len;
        f->joined = found.by && ds_str_find(ext_text(f->p, b), DS_STR(" and "), 0) > 0;
        if (found.by)
            break;
    }
    f->found[EXT_BY_LINE] = found;
    return DS_OK;
}

/* ---- the vote -------------------------------------------------------------------------------------------------------- */

static bool has_name(const ext_strs *v, ds_str name)
{
    for (size_t i = 0; i < v->len; i++)
        if (ext_same_fold(v->at[i], name))
            return true;
    return false;
}

static bool same_names(const ext_strs *a, const ext_strs *b)
{
    bool same = a->len == b->len;
    for (size_t i = 0; i < a->len && same; i++)
        same = has_name(b, a->at[i]);
    return same;
}

static bool all_in(const ext_strs *a, const ext_strs *b)
{
    for (size_t i = 0; i < a->len; i++)
        if (!has_name(b, a->at[i]))
            return false;
    return a->len > 0;
}

static void settle(finder *f, ext_by by)
{
    f->d->authors = f->found[by].people;
    f->d->extra.from.authors = ds_str_of(html_by_name(by));
}

/* A byline in words that names some of the winners only, or all of them and more ("By A and B"), has the last word. */
static void vote(finder *f)
{
    const ext_names *line = &f->found[EXT_BY_LINE];
    uint32_t most = 0, line_votes = 0;
    for (size_t k = 0; k < sizeof order / sizeof *order; k++) {
        const ext_strs *names = &f->found[order[k]].people;
        uint32_t votes = 0;
        for (size_t j = 0; j < sizeof order / sizeof *order; j++)
            votes += names->len && same_names(names, &f->found[order[j]].people);
        if (order[k] == EXT_BY_LINE)
            line_votes = votes;
        if (votes > most) {
            most = votes;
            settle(f, order[k]);
        }
    }
    bool fewer = line->by && line->people.len < f->d->authors.len && line_votes == most &&
                 all_in(&line->people, &f->d->authors);
    bool more =
        f->joined && line->people.len > f->d->authors.len && all_in(&f->d->authors, &line->people);
    if (fewer || more)
        settle(f, EXT_BY_LINE);
}

/* What a source's people give; houses only where asked for. */
static ds_status take_stated(finder *f, ext_by by, bool houses)
{
    const ext_people *v = &f->p->meta.people[by];
    for (size_t i = 0; i < v->len; i++)
        if ((v->at[i].who == EXT_WHO_HOUSE) == houses)
            DS_TRY(ext_names_in(f->p, v->at[i].name, v->at[i].who, f->house, &f->found[by]));
    return DS_OK;
}

static void take_agency(finder *f)
{
    ds_article *art = &f->d->art;
    for (size_t k = 0; k < sizeof order / sizeof *order && !art->original_publisher.at; k++)
        if (f->found[order[k]].agency.at) {
            art->original_publisher = f->found[order[k]].agency;
            f->d->extra.from.original_publisher = ds_str_of(html_by_name(order[k]));
        }
}

static bool stated_any(const ext_page *p)
{
    size_t n = 0;
    for (size_t by = 0; by < EXT_BY_COUNT; by++)
        n += p->meta.people[by].len;
    return n > 0;
}

ds_status html_people(ext_page *p, ext_draft *d)
{
    finder f = {.p = p, .d = d, .house = d->art.publisher.len ? d->art.publisher : d->title_tail};
    uint32_t beg, end;
    for (size_t k = 0; k < EXT_BY_COUNT; k++)
        f.found[k].stated = f.found[k].alone = true;
    html_near_title(p, d, &beg, &end);
    for (size_t k = 0; k < sizeof order / sizeof *order; k++)
        DS_TRY(take_stated(&f, order[k], false));
    DS_TRY(take_links(&f, beg, end));
    DS_TRY(take_lines(&f, beg, end));
    vote(&f);
    if (!d->authors.len) {
        if (!stated_any(p))
            DS_TRY(take_lines(&f, d->beg, d->end));
        if (!f.found[EXT_BY_LINE].people.len && p->headline >= 0)
            DS_TRY(take_neighbours(&f, (uint32_t)p->headline, end));
        vote(&f);
    }
    for (size_t k = 0; k < sizeof order / sizeof *order && !d->authors.len; k++) {
        DS_TRY(take_stated(&f, order[k], true));
        vote(&f);
    }
    take_agency(&f);
    d->settled = true;
    return DS_OK;
}
