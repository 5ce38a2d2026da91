/* SPDX-License-Identifier: Apache-2.0 */
/* conllu.c - parsed sentences in CoNLL-U. */
#include "export/internal.h"

#include "language/language.h"

/* Of output, but for its form: most words need no more. */
enum { BYTES_A_WORD = 40 };

typedef struct printer {
    ds_arena *a;
    const ds_doc *doc;
    const ds_parse *parse;
    const ds_conllu *given; /* NULL: raw text */
    ds_buf *out;
    ds_offsets *numbers;
    size_t range; /* of given->ranges: the first that begins at or behind the word at hand */
    ds_status status;
} printer;

/* ---- forms -------------------------------------------------------------------------------------------------- */

static bool blank(char c)
{
    return (unsigned char)c <= ' ';
}

/* A stretch of text as one form; line ends and tabs, and in raw text (torn words) blanks, are left out. */
static void put_form(printer *p, ds_span span)
{
    ds_str s = ds_str_at(p->doc->text, span);
    size_t beg = 0;
    for (size_t i = 0; i <= s.len; i++) {
        if (i < s.len && (!blank(s.at[i]) || (p->given && s.at[i] == ' ')))
            continue;
        ds_buf_put(p->out, ds_str_cut(s, beg, i));
        beg = i + 1;
    }
}

/* Is there white space behind word w? At the end of a block, too. */
static bool space_behind(const printer *p, uint32_t w)
{
    return w + 1 >= p->doc->words_len || (p->doc->words[w + 1].flags & DS_WF_SPACE);
}

/* ---- comments ------------------------------------------------------------------------------------------------- */

static bool is_comment(ds_str line, const char *key)
{
    line = ds_str_trim(ds_str_cut(line, 1, line.len));
    ds_str k = ds_str_of(key);
    return ds_str_starts(line, k) &&
           ds_str_starts(ds_str_trim(ds_str_cut(line, k.len, line.len)), DS_STR("="));
}

static void put_comments(printer *p, ds_str lines, bool *id, bool *text)
{
    for (size_t beg = 0; beg < lines.len;) {
        ptrdiff_t nl = ds_str_find(lines, DS_STR("\n"), beg);
        size_t end = nl < 0 ? lines.len : (size_t)nl;
        ds_str line = ds_str_trim(ds_str_cut(lines, beg, end));
        beg = end + 1;
        if (!line.len)
            continue;
        *id = *id || is_comment(line, "sent_id");
        *text = *text || is_comment(line, "text");
        ds_buf_put(p->out, line);
        ds_buf_putc(p->out, '\n');
    }
}

static void put_text(printer *p, const ds_sentence *s)
{
    ds_buf_puts(p->out, "# text = ");
    for (uint32_t w = s->word; w < s->word_end; w++) {
        put_form(p, p->doc->words[w].span);
        if (w + 1 < s->word_end && space_behind(p, w))
            ds_buf_putc(p->out, ' ');
    }
    ds_buf_putc(p->out, '\n');
}

static void put_doc(printer *p)
{
    ds_buf_puts(p->out, "# newdoc");
    if (p->doc->article->doc.at) {
        ds_buf_puts(p->out, " id = ");
        ds_str name = p->doc->article->doc;
        for (size_t i = 0; i < name.len; i++)
            ds_buf_putc(p->out, blank(name.at[i]) ? ' ' : name.at[i]);
    }
    ds_buf_putc(p->out, '\n');
}

static void put_head(printer *p, size_t i, bool new_doc)
{
    const ds_sentence *s = &p->doc->sents[i];
    bool id = false, text = false;
    if (p->given) {
        put_comments(p, p->given->comments[i], &id, &text);
    } else {
        if (i == 0 && new_doc)
            put_doc(p);
        if (i == 0 || p->doc->sents[i - 1].block != s->block)
            ds_buf_puts(p->out, "# newpar\n");
    }
    if (!id) {
        ds_buf_puts(p->out, "# sent_id = ");
        if (DS_PUSH(p->a, p->numbers, p->out->len) < 0)
            p->status = DS_NOMEM;
        ds_buf_putc(p->out, '\n');
    }
    if (!text)
        put_text(p, s);
}

/* ---- rows -------------------------------------------------------------------------------------------------------- */

static void put_number(ds_buf *out, uint32_t n)
{
    char digits[16];
    size_t i = sizeof digits;
    do
        digits[--i] = (char)('0' + n % 10);
    while ((n /= 10) > 0);
    ds_buf_put(out, (ds_str){digits + i, sizeof digits - i});
}

static void put_cell(ds_buf *out, ds_str s)
{
    ds_buf_putc(out, '\t');
    ds_buf_put(out, s.len ? s : DS_STR("_"));
}

/* Lemmas are our own words, but a form may be one. */
static void put_lemma(printer *p, uint32_t w)
{
    ds_str lemma = p->parse->lemma_of[w];
    ds_buf_putc(p->out, '\t');
    size_t before = p->out->len;
    for (size_t i = 0; i < lemma.len; i++)
        if (!blank(lemma.at[i]) || (p->given && lemma.at[i] == ' '))
            ds_buf_putc(p->out, lemma.at[i]);
    if (p->out->len == before)
        ds_buf_putc(p->out, '_');
}

static void put_relation(printer *p, const ds_sentence *s, const ds_node *n)
{
    if (n->head == DS_UNPARSED) {
        ds_buf_puts(p->out, "\t_\t_");
        return;
    }
    ds_buf_putc(p->out, '\t');
    put_number(p->out, n->head == DS_NO_HEAD ? 0 : n->head - s->word + 1);
    put_cell(p->out, ds_str_of(n->head == DS_NO_HEAD ? "root" : ds_rel_name(n->rel)));
}

static void put_misc(printer *p, uint32_t w, bool inside)
{
    if (p->given)
        put_cell(p->out, p->given->rows[w].cell[DS_CO_MISC]);
    else
        put_cell(p->out, inside || space_behind(p, w) ? DS_STR("_") : DS_STR("SpaceAfter=No"));
}

static void put_word(printer *p, const ds_sentence *s, uint32_t w, bool inside)
{
    const ds_node *n = &p->parse->nodes[w];
    put_number(p->out, w - s->word + 1);
    ds_buf_putc(p->out, '\t');
    put_form(p, p->doc->words[w].span);
    put_lemma(p, w);
    put_cell(p->out, ds_str_of(ds_upos_name(n->upos)));
    put_cell(p->out, ds_str_of(ds_xpos_name(n->xpos)));
    ds_buf_puts(p->out, "\t_");
    put_relation(p, s, n);
    ds_buf_puts(p->out, "\t_");
    put_misc(p, w, inside);
    ds_buf_putc(p->out, '\n');
}

static void put_range_ids(printer *p, const ds_sentence *s, uint32_t beg, uint32_t end)
{
    put_number(p->out, beg - s->word + 1);
    ds_buf_putc(p->out, '-');
    put_number(p->out, end - s->word);
    ds_buf_putc(p->out, '\t');
}

/* The words [w, result) are one token: its range line where there are several. */
static uint32_t put_own_range(printer *p, const ds_sentence *s, uint32_t w)
{
    uint32_t end = w + 1;
    while (end < s->word_end && (p->doc->words[end].flags & DS_WF_SAME))
        end++;
    if (end == w + 1)
        return end;
    put_range_ids(p, s, w, end);
    put_form(p, (ds_span){p->doc->words[w].span.beg, p->doc->words[end - 1].span.end});
    ds_buf_puts(p->out, "\t_\t_\t_\t_\t_\t_\t_\t");
    ds_buf_puts(p->out, space_behind(p, end - 1) ? "_\n" : "SpaceAfter=No\n");
    return end;
}

static uint32_t put_given_range(printer *p, const ds_sentence *s, uint32_t w)
{
    const ds_conllu *g = p->given;
    if (p->range >= g->ranges_len || g->ranges[p->range].word != w)
        return w + 1;
    const ds_conllu_range *r = &g->ranges[p->range++];
    put_range_ids(p, s, r->word, r->word_end);
    ds_buf_put(p->out, r->row.cell[DS_CO_FORM]);
    ds_buf_puts(p->out, "\t_\t_\t_\t_\t_\t_\t_");
    put_cell(p->out, r->row.cell[DS_CO_MISC]);
    ds_buf_putc(p->out, '\n');
    return r->word_end;
}

static void put_sentence(printer *p, const ds_sentence *s)
{
    for (uint32_t w = s->word; w < s->word_end;) {
        uint32_t end = p->given ? put_given_range(p, s, w) : put_own_range(p, s, w);
        for (bool inside = end > w + 1; w < end; w++)
            put_word(p, s, w, inside);
    }
    ds_buf_putc(p->out, '\n');
}

ds_status ds_export_conllu(ds_arena *a, const ds_doc *doc, const ds_parse *parse,
                           const ds_conllu *given, bool new_doc, ds_buf *out, ds_offsets *numbers)
{
    size_t mark = out->len;
    ds_buf_reserve(out, doc->words_len * BYTES_A_WORD + doc->text.len);
    DS_RESERVE(a, numbers, doc->sents_len);
    printer p = {a, doc, parse, given, out, numbers};
    for (size_t i = 0; i < doc->sents_len; i++) {
        put_head(&p, i, new_doc);
        put_sentence(&p, &doc->sents[i]);
    }
    return ex_done(out, mark, p.status);
}
