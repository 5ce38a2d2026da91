/* SPDX-License-Identifier: Apache-2.0 */
/* article_text.c - dossier read for the eye: the article as prose. */
#include "export/words.h"

static void put_byline(ds_buf *b, const ds_article *art)
{
    for (size_t i = 0; i < art->authors.len; i++) {
        ds_buf_puts(b, i ? ", " : "by ");
        ex_put(b, art->authors.at[i]);
    }
    if (art->publisher.at) {
        ds_buf_puts(b, b->len ? "; " : "");
        ex_put(b, art->publisher);
    }
    ds_buf_puts(b, b->len ? "; " : "");
    if (art->published != DS_DAY_NONE)
        ex_put_days(b, (ds_days){art->published, art->published}, 0);
    else
        ds_buf_puts(b, "undated");
}

/* "title from h1, authors from json-ld, day from byline date": where the head was found. */
static void put_found(ds_buf *b, const ds_article *art)
{
    if (!art->extra)
        return;
    const ds_extra *x = art->extra;
    const struct {
        const char *what;
        ds_str from;
    } rows[] = {{"title", x->from.title},
                {"authors", x->from.authors},
                {"publisher", x->from.publisher},
                {"day", art->published_from},
                {"original publisher", x->from.original_publisher},
                {"licence", x->from.licence},
                {"section", x->from.section},
                {"keywords", x->from.keywords},
                {"standfirst", x->from.standfirst},
                {"kind", x->from.kind}};
    size_t before = b->len;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        if (!rows[i].from.len)
            continue;
        ds_buf_puts(b, b->len > before ? ", " : "");
        ds_buf_puts(b, rows[i].what);
        ds_buf_puts(b, " from ");
        ex_put(b, rows[i].from);
    }
}

static void block(ex_page *p, const ds_article *art, const ds_block *bl, bool follows)
{
    bool item = bl->kind == DS_BLOCK_LIST_ITEM || bl->part == DS_PART_KEY_POINT;
    ds_buf b = ex_words(p);
    if (bl->kind == DS_BLOCK_HEADING)
        ds_buf_puts(&b, EX_BOLD);
    else if (bl->part == DS_PART_CAPTION)
        ds_buf_puts(&b, EX_DIM);
    ex_put(&b, ds_str_at(art->text, bl->span));
    if (!(item && follows))
        ex_blank(p);
    ex_box boxes[] = {{2, 1, item ? DS_STR("–") : DS_STR(""), false},
                      {item ? 4 : 0, ex_prose_width(p) - (item ? 4 : 0), ex_take(p, &b), false}};
    if (item)
        ex_row(p, boxes, 2);
    else
        ex_row(p, boxes + 1, 1);
}

ds_status ex_article_text(ds_arena *a, const ds_article *art, ds_style style, ds_buf *out)
{
    ex_page p = ex_page_new(a, NULL, style, out);
    ds_buf title = ex_words(&p), byline = ex_words(&p), found = ex_words(&p), unread = ex_words(&p);
    bool follows = false;
    ds_buf_puts(&title, EX_BOLD);
    ex_put(&title, art->title.at ? art->title : DS_STR("(no title)"));
    put_byline(&byline, art);
    ex_prose(&p, 0, ex_take(&p, &title));
    ex_prose(&p, 0, ex_take(&p, &byline));
    ds_buf_puts(&found, EX_DIM);
    size_t dim = found.len;
    put_found(&found, art);
    if (found.len > dim)
        ex_prose(&p, 0, ex_take(&p, &found));
    if (ex_put_unread(&p, &unread, art->language))
        ex_prose(&p, 0, ex_take(&p, &unread));
    for (size_t i = 0; i < art->blocks_len && p.status == DS_OK; i++) {
        const ds_block *bl = &art->blocks[i];
        if (bl->part == DS_PART_TITLE)
            continue;
        block(&p, art, bl, follows);
        follows = bl->kind == DS_BLOCK_LIST_ITEM || bl->part == DS_PART_KEY_POINT;
    }
    return ex_page_end(&p);
}
