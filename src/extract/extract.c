/* SPDX-License-Identifier: Apache-2.0 */
#include "extract/blocks.h"
#include "extract/lines.h"

#define SNIFF_HTML 65536 /* bytes in whose midst end tags are counted */
#define HTML_TAGS_SEEN 3 /* so many make a page HTML */

static ds_status refuse(ds_arena *a, ds_err *err, const char *kind)
{
    ds_str what = ds_arena_printf(a, "not text (%s); kept out", kind);
    return what.at ? ds_fail(err, DS_BAD, what.at, 0) : DS_NOMEM;
}

static bool only_white(ds_str s)
{
    for (size_t i = 0; i < s.len; i++)
        if (s.at[i] != ' ' && (s.at[i] < '\t' || s.at[i] > '\r'))
            return false;
    return true;
}

/* "100,000 nested tags; read flat" */
static ds_str depth_note(ds_arena *a, uint32_t n)
{
    if (n < 1000)
        return ds_arena_printf(a, "%u nested tags; read flat", n);
    if (n < 1000000)
        return ds_arena_printf(a, "%u,%03u nested tags; read flat", n / 1000, n % 1000);
    return ds_arena_printf(a, "%u,%03u,%03u nested tags; read flat", n / 1000000, n / 1000 % 1000,
                           n % 1000);
}

static uint32_t page_words(const ext_page *p)
{
    uint32_t n = 0;
    for (size_t i = 0; i < p->blocks.len; i++)
        n += p->blocks.at[i].words;
    return n;
}

static ds_status none(ext_page *p, ds_err *err)
{
    uint32_t words = page_words(p);
    ds_str what = p->links ? ds_arena_printf(p->arena, "no article (%u links, %u words of text)",
                                             p->links, words)
                           : ds_arena_printf(p->arena, "no article (%u words of text)", words);
    if (!what.at)
        return DS_NOMEM;
    return ds_fail(err, DS_NONE, what.at, 0);
}

/* What the input itself states wins over what was found. */
static void take_stated(const ds_page *in, ext_draft *d)
{
    if (in->title.len) {
        if (!ext_same_fold(in->title, d->art.title))
            d->title_block = -1;
        d->art.title = d->title_block < 0 ? in->title : d->art.title;
        d->extra.from.title = DS_STR("input");
    }
    if (in->publisher.len)
        ext_set(&d->art.publisher, &d->extra.from.publisher, in->publisher, "input");
}

static ds_status read_draft(ext_page *p, ext_draft *d)
{
    DS_TRY(ext_tail(p, d));
    DS_TRY(ext_notices(p, d));
    DS_TRY(ext_tags(p, d));
    return ext_dates(p, d);
}

static ds_status hand_out(ext_page *p, ext_drafts *drafts, ds_articles *out)
{
    ds_article *arts = ds_arena_calloc(p->arena, drafts->len, sizeof *arts);
    if (!arts)
        return DS_NOMEM;
    for (size_t i = 0; i < drafts->len; i++) {
        ext_draft *d = &drafts->at[i];
        if (i == 0)
            take_stated(p->in, d);
        DS_TRY(ext_finish(p, d, &arts[i]));
        arts[i].n = (uint32_t)i + 1;
        arts[i].main = i == 0;
        arts[i].doc = drafts->len == 1
                          ? p->in->name
                          : ds_arena_printf(p->arena, "%.*s#%zu", DS_FMT(p->in->name), i + 1);
        if (drafts->len > 1 && !arts[i].doc.at)
            return DS_NOMEM;
    }
    *out = (ds_articles){arts, drafts->len};
    return DS_OK;
}

static ds_status read_plain(ext_page *p, ext_drafts *drafts)
{
    DS_TRY(ext_plain_blocks(p));
    ext_label_blocks(p);
    bool given = p->in->came != DS_CAME_FILE; /* standard input gives JSON lines too */
    DS_TRY(given ? ext_given(p, drafts) : ext_segment(p, drafts));
    if (!given)
        DS_TRY(ext_choose_lines(p, drafts));
    for (size_t i = 0; i < drafts->len; i++)
        DS_TRY(read_draft(p, &drafts->at[i]));
    return DS_OK;
}

/* ---- HTML -------------------------------------------------------------------------------------------- */

/* Does the text begin with a tag or a doctype, or hold end tags of blocks near its start? */
static bool looks_html(ds_str s)
{
    static const ds_str ends[] = {DS_STR_INIT("</p>"),      DS_STR_INIT("</div>"),
                                  DS_STR_INIT("</h1>"),     DS_STR_INIT("</a>"),
                                  DS_STR_INIT("</li>"),     DS_STR_INIT("</title>"),
                                  DS_STR_INIT("</article>")};
    size_t seen = 0, i = 0, name;
    while (i < s.len && (unsigned char)s.at[i] <= 0x20)
        i++;
    for (name = i + 1; name < s.len && ext_is_alnum((unsigned char)s.at[name]);)
        name++;
    if (i < s.len && s.at[i] == '<' &&
        (html_tag_of(ds_str_cut(s, i + 1, name)) != HTML_OTHER ||
         ext_same_fold(ds_str_cut(s, i, i + 9), DS_STR("<!doctype"))))
        return true;
    for (size_t end = s.len < SNIFF_HTML ? s.len : SNIFF_HTML; i < end; i++)
        for (size_t k = 0; s.at[i] == '<' && k < sizeof ends / sizeof *ends; k++)
            seen += ext_same_fold(ds_str_cut(s, i, i + ends[k].len), ends[k]);
    return seen >= HTML_TAGS_SEEN;
}

ds_status html_prepare(ext_page *p, ds_str *note)
{
    html_tree *t = ds_arena_alloc(p->arena, sizeof *t);
    if (!t)
        return DS_NOMEM;
    DS_TRY(html_parse(p->arena, p->src.text, t));
    p->html = t;
    p->links = t->links;
    if (t->deepest > DS_EXTRACT_DEPTH) {
        *note = depth_note(p->arena, t->deepest);
        if (!note->at)
            return DS_NOMEM;
    }
    DS_TRY(html_blocks(p));
    ext_label_blocks(p);
    DS_TRY(html_parts(p));
    DS_TRY(html_meta(p));
    p->headline = html_headline(p);
    return html_root(p);
}

static ds_status read_html(ext_page *p, ext_drafts *drafts, ds_str *note)
{
    DS_TRY(html_prepare(p, note));
    DS_TRY(html_drafts(p, drafts));
    for (size_t i = 0; i < drafts->len; i++)
        DS_TRY(read_draft(p, &drafts->at[i]));
    return DS_OK;
}

/* The page's text, out of its MHTML part where it is one. */
ds_status ext_open(ext_page *p, bool *html, ds_str *note, ds_err *err)
{
    ds_str bytes = p->in->bytes, damage = {0};
    ext_part *part = NULL;
    const ext_charset *cs = NULL;
    if (p->in->came == DS_CAME_FILE && ext_is_mhtml(bytes)) {
        part = ds_arena_alloc(p->arena, sizeof *part);
        if (!part)
            return DS_NOMEM;
        DS_TRY(ext_mhtml_open(p->arena, bytes, part, &damage, err));
        bytes = part->bytes;
        cs = ext_charset_of(part->charset);
        *html = ext_same_fold(part->type, DS_STR("text/html")) ||
                ext_same_fold(part->type, DS_STR("application/xhtml+xml"));
    }
    DS_TRY(ext_source_open(p->arena, bytes, cs ? cs : ext_charset_declared(bytes), &p->src, note));
    p->src.part = part;
    *html = *html || looks_html(p->src.text); /* decoded: tags in UTF-16 are tags */
    if (damage.at)
        *note = damage;
    return DS_OK;
}

ds_status ext_check(const ext_page *p, ds_err *err)
{
    ds_str bytes = p->in->bytes;
    if (bytes.len > DS_EXTRACT_MAX_BYTES)
        return ds_fail(err, DS_LIMIT, "larger than 64 MB", bytes.len);
    if (only_white(bytes))
        return ds_fail(err, DS_BAD, "empty", 0);
    const char *kind = ext_not_text(bytes);
    return kind ? refuse(p->arena, err, kind) : DS_OK;
}

ds_status ds_extractor_open(ds_arena *a, const ds_lexicon *lex, ds_extractor **out, ds_err *err)
{
    ds_extractor *x = ds_arena_calloc(a, 1, sizeof *x);
    if (!x)
        return ds_fail(err, DS_NOMEM, "no memory left", 0);
    DS_TRY(ext_words_open(a, lex, &x->words, err));
    DS_TRY(block_model_open(a, lex, &x->model, err));
    DS_TRY(ext_model_open(a, lex, &line_features, &x->lines, err));
    *out = x;
    return DS_OK;
}

ds_status ds_extract(ds_arena *a, const ds_page *page, const ds_extractor *x,
                     const ds_host_profile *host, ds_articles *out, ds_extract_notes *notes,
                     ds_err *err)
{
    ext_page p = {.arena = a,
                  .in = page,
                  .words = x->words,
                  .model = x->model,
                  .lines = x->lines,
                  .host = host};
    ext_drafts drafts = {0};
    ds_str note = {0};
    DS_TRY(ext_check(&p, err));
    bool html = ext_same_fold(page->media, DS_STR("text/html"));
    DS_TRY(ext_open(&p, &html, &note, err));
    DS_TRY(html ? read_html(&p, &drafts, &note) : read_plain(&p, &drafts));
    if (!drafts.len) {
        ds_status st = none(&p, err);
        if (st < 0)
            return st;
        *out = (ds_articles){0};
        if (notes)
            notes->text = note;
        return DS_NONE;
    }
    ds_articles got;
    DS_TRY(hand_out(&p, &drafts, &got));
    *out = got;
    if (notes)
        notes->text = note;
    return DS_OK;
}
