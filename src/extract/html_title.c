/* SPDX-License-Identifier: Apache-2.0 */
#include "extract/html.h"

#define TITLE_WORDS 64 /* words of a title that are compared */
#define LEAD_TITLE 12  /* bytes of a title that may follow a label or a date */
#define TITLE_H1 40    /* h1 elements that are compared */

/* The words of a title as hashes. */
static size_t word_hashes(ds_str s, uint64_t out[TITLE_WORDS])
{
    size_t n = 0;
    for (size_t i = 0; i < s.len && n < TITLE_WORDS;) {
        while (i < s.len && !ext_is_alnum((unsigned char)s.at[i]))
            i++;
        uint64_t h = 14695981039346656037ull;
        size_t from = i;
        for (; i < s.len && ext_is_alnum((unsigned char)s.at[i]); i++)
            h = (h ^ (unsigned char)ext_lower(s.at[i])) * 1099511628211ull;
        if (i > from)
            out[n++] = h;
    }
    return n;
}

/* F1 of the words of two titles, in percent. */
uint32_t html_likeness(ds_str a, ds_str b)
{
    uint64_t x[TITLE_WORDS], y[TITLE_WORDS];
    size_t n = word_hashes(a, x), m = word_hashes(b, y), same = 0;
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < m; j++)
            if (y[j] && x[i] == y[j]) {
                y[j] = 0;
                same++;
                break;
            }
    return n + m ? (uint32_t)(200 * same / (n + m)) : 0;
}

static uint32_t best_likeness(const ext_meta *m, ds_str s)
{
    const ds_str others[] = {m->og_title, m->ld_title, m->title};
    uint32_t best = 0;
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        uint32_t like = others[i].len ? html_likeness(s, others[i]) : 0;
        best = like > best ? like : best;
    }
    return best;
}

/* A heading of another level, or a plain block, that says what og:title says. */
static int64_t title_like(const ext_page *p, ds_str title)
{
    for (uint32_t i = 0; title.len && i < p->content; i++) {
        const ext_block *b = &p->blocks.at[i];
        if (b->words > 2 && b->words < TITLE_WORDS && b->level &&
            !(b->flags & (EXT_BF_COMMENT | EXT_BF_RELATED)) && ext_same_fold(ext_text(p, b), title))
            return i;
    }
    return -1;
}

/* An h1 that holds the site's name: the page's title has it behind the headline. */
static bool names_site(const ext_page *p, ds_str s)
{
    const ext_meta *m = &p->meta;
    const ds_str titles[] = {m->og_title, m->title};
    for (size_t i = 0; i < sizeof titles / sizeof *titles; i++) {
        ds_str tail = {0};
        size_t n = ext_title_tail(titles[i], &tail);
        if (!n || !ext_same_fold(tail, s))
            continue;
        bool behind = n > tail.len || title_like(p, ds_str_cut(titles[i], 0, n)) >= 0;
        if (behind && html_likeness(ds_str_cut(titles[i], 0, n), s) < HTML_LIKE)
            return true;
    }
    return m->og_title.len && ext_same_fold(s, m->site.text) &&
           html_likeness(m->og_title, s) < HTML_LIKE;
}

/* The h1 most like what the page says of itself; a lone h1 where it says nothing. -1: none. */
int64_t html_headline(const ext_page *p)
{
    const ext_meta *m = &p->meta;
    int64_t best = -1;
    uint32_t most = 0, seen = 0;
    for (uint32_t i = 0; i < p->content && seen < TITLE_H1; i++) {
        const ext_block *b = &p->blocks.at[i];
        if (b->level != 1 || b->flags & EXT_BF_COMMENT)
            continue;
        uint32_t like = names_site(p, ext_text(p, b)) ? 0 : best_likeness(m, ext_text(p, b));
        if (like > most || (best < 0 && like >= HTML_LIKE)) {
            best = i;
            most = like;
        }
        seen++;
    }
    if (most >= HTML_LIKE)
        return best;
    bool silent = !m->og_title.len && !m->ld_title.len && !m->title.len;
    for (uint32_t i = 0; silent && i < p->content; i++)
        if (p->blocks.at[i].level == 1 && p->blocks.at[i].words > 2)
            return i;
    return -1;
}

/* "3 May 2024 HEADLINE", "Title: HEADLINE": the part that the page calls its title elsewhere. */
static ds_str without_lead(const ext_meta *m, ds_str s, ds_str bare)
{
    const ds_str others[] = {m->ld_title, bare};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        size_t n = others[i].len;
        char before = n < s.len ? s.at[s.len - n - 1] : 'x';
        if (n < LEAD_TITLE || (before != ' ' && before != ':' && before != '\t'))
            continue;
        if (ext_same_fold(ds_str_cut(s, s.len - n, s.len), others[i]))
            return ds_str_cut(s, s.len - n, s.len);
    }
    return s;
}

/* "HEADLINE (video)", "HEADLINE [Watch]": without the mark of what else the page has. */
static ds_str without_media(ds_str s)
{
    static const ds_str words[] = {DS_STR_INIT("video"),   DS_STR_INIT("videos"),
                                   DS_STR_INIT("watch"),   DS_STR_INIT("photos"),
                                   DS_STR_INIT("audio"),   DS_STR_INIT("listen"),
                                   DS_STR_INIT("gallery"), DS_STR_INIT("podcast")};
    char last = s.len ? s.at[s.len - 1] : 0;
    size_t i = s.len;
    while ((last == ')' || last == ']') && i > 0 && s.at[i - 1] != '(' && s.at[i - 1] != '[')
        i--;
    for (size_t k = 0; i > 2 && i < s.len && k < sizeof words / sizeof *words; k++)
        if (ext_same_fold(ds_str_cut(s, i, s.len - 1), words[k]))
            return ds_str_trim(ds_str_cut(s, 0, i - 1));
    return s;
}

void html_title(const ext_page *p, ext_draft *d)
{
    const ext_meta *m = &p->meta;
    ds_str stated = m->og_title.len ? m->og_title : m->title;
    ds_str bare = html_without_tail(stated, m->site.text);
    d->title_block = p->headline;
    if (d->title_block < 0 && m->ld_title.len)
        d->title_block = title_like(p, m->ld_title);
    if (d->title_block < 0)
        d->title_block = title_like(p, bare);
    if (d->title_block >= 0) {
        d->art.title =
            without_media(without_lead(m, ext_text(p, &p->blocks.at[d->title_block]), bare));
        d->extra.from.title =
            p->blocks.at[d->title_block].level == 1 ? DS_STR("h1") : DS_STR("heading");
    } else if (m->ld_title.len && html_likeness(m->ld_title, stated) >= HTML_LIKE) {
        d->art.title = m->ld_title;
        d->extra.from.title = DS_STR("json-ld");
    } else if (stated.len) {
        d->title_block = m->og_title.len ? m->og_block : m->title_block;
        d->art.title = bare;
        d->extra.from.title = m->og_title.len ? DS_STR("meta") : DS_STR("title");
    }
    if (!m->site.text.len && m->title.len)
        (void)ext_title_tail(m->title, &d->title_tail);
}
