/* SPDX-License-Identifier: Apache-2.0 */
/* conllu.c - CoNLL-U line by line into rows, then rows into a doc. */
#include "text/internal.h"

/* Words of one sentence at most: as in texts (SENTENCE_MAX, twice), for later stages are quadratic at worst. */
enum { WORDS_MAX = 4000 };

typedef struct reader {
    ds_arena *arena;
    ds_str text;
    size_t at, line; /* where the next line begins; the number of this one */
    DS_VEC(ds_conllu_row) rows;
    DS_VEC(ds_conllu_range) ranges;
    DS_VEC(ds_str) comments;
    ds_sentences sents; /* word, word_end are filled */
    size_t comment;     /* where the sentence's comments begin, to `comment_end` */
    size_t comment_end;
    uint32_t first; /* word of the sentence */
    ds_err *err;
} reader;

static ds_status wrong(const reader *r, const char *what)
{
    return ds_fail(r->err, DS_BAD, what, r->line);
}

static ds_status no_memory(const reader *r)
{
    return ds_fail(r->err, DS_NOMEM, "out of memory", r->line);
}

bool ds_conllu_misc(ds_str misc, ds_str item)
{
    for (size_t beg = 0; beg < misc.len;) {
        ptrdiff_t bar = ds_str_find(misc, DS_STR("|"), beg);
        size_t end = bar < 0 ? misc.len : (size_t)bar;
        if (ds_str_eq(ds_str_cut(misc, beg, end), item))
            return true;
        beg = end + 1;
    }
    return false;
}

/* ---- lines ------------------------------------------------------------------------------------------------- */

/* The columns of a line; false: not as many as there must be. */
static bool cut_cells(ds_str line, ds_conllu_row *out)
{
    size_t beg = 0;
    for (int c = 0; c < DS_CO_COLUMNS; c++) {
        ptrdiff_t tab = ds_str_find(line, DS_STR("\t"), beg);
        bool last = c + 1 == DS_CO_COLUMNS;
        if ((tab < 0) != last)
            return false;
        out->cell[c] = ds_str_cut(line, beg, tab < 0 ? line.len : (size_t)tab);
        beg = (size_t)tab + 1;
    }
    return true;
}

/* Decimal digits at *i; false: none, or too many. */
static bool digits(ds_str s, size_t *i, uint32_t *out)
{
    size_t beg = *i;
    uint32_t n = 0;
    while (*i < s.len && s.at[*i] >= '0' && s.at[*i] <= '9' && *i - beg < 9)
        n = n * 10 + (uint32_t)(s.at[(*i)++] - '0');
    *out = n;
    return *i > beg;
}

/* "7", "7-8" or "7.1": first and last number, the mark between them or 0; false: something else. */
static bool read_id(ds_str s, uint32_t *first, uint32_t *last, char *mark)
{
    size_t i = 0;
    if (!digits(s, &i, first))
        return false;
    *last = *first;
    *mark = i < s.len ? s.at[i++] : '\0';
    if (*mark && ((*mark != '-' && *mark != '.') || !digits(s, &i, last)))
        return false;
    return i == s.len;
}

static ds_status take_range(reader *r, const ds_conllu_row *row, uint32_t first, uint32_t last)
{
    uint32_t word = (uint32_t)r->rows.len, next = word - r->first + 1;
    if (first != next || last < first || last - first >= WORDS_MAX)
        return wrong(r, "a range of words that does not fit here");
    if (r->ranges.len && r->ranges.at[r->ranges.len - 1].word_end > word)
        return wrong(r, "a range of words inside another");
    ds_conllu_range range = {word, word + last - first + 1, *row};
    return DS_PUSH(r->arena, &r->ranges, range) < 0 ? no_memory(r) : DS_OK;
}

static ds_status take_row(reader *r, const ds_conllu_row *row)
{
    uint32_t first, last, next = (uint32_t)r->rows.len - r->first + 1;
    char mark;
    if (!read_id(row->cell[DS_CO_ID], &first, &last, &mark))
        return wrong(r, "its first column is no number of a word");
    if (mark == '.')
        return DS_OK;
    if (!ds_str_trim(row->cell[DS_CO_FORM]).len)
        return wrong(r, "a word without a form");
    if (mark == '-')
        return take_range(r, row, first, last);
    if (first != next)
        return wrong(r, "words are not numbered from 1 on");
    if (next > WORDS_MAX)
        return ds_fail(r->err, DS_LIMIT, "more than 4,000 words in a sentence", r->line);
    return DS_PUSH(r->arena, &r->rows, *row) < 0 ? no_memory(r) : DS_OK;
}

static ds_status end_sentence(reader *r)
{
    ds_sentence s = {.word = r->first, .word_end = (uint32_t)r->rows.len, .part = DS_PART_BODY};
    ds_str comments = ds_str_cut(r->text, r->comment, r->comment_end);
    if (r->ranges.len && r->ranges.at[r->ranges.len - 1].word_end > s.word_end)
        return wrong(r, "a range of words that goes over its sentence's end");
    if (s.word == s.word_end)
        return DS_OK; /* comments alone: of the next sentence */
    s.number = (uint32_t)r->sents.len + 1;
    r->first = s.word_end;
    r->comment = r->comment_end = r->at;
    if (DS_PUSH(r->arena, &r->sents, s) < 0 || DS_PUSH(r->arena, &r->comments, comments) < 0)
        return no_memory(r);
    return DS_OK;
}

static ds_status take_line(reader *r, ds_str line)
{
    ds_conllu_row row;
    if (!ds_str_trim(line).len)
        return end_sentence(r);
    if (ds_str_starts(line, DS_STR("#")) && r->first == r->rows.len) {
        r->comment_end = r->at;
        return DS_OK;
    }
    if (!cut_cells(line, &row))
        return wrong(r, "CoNLL-U has 10 columns with a tab between them");
    return take_row(r, &row);
}

static ds_status read_lines(reader *r)
{
    while (r->at < r->text.len) {
        ptrdiff_t nl = ds_str_find(r->text, DS_STR("\n"), r->at);
        size_t end = nl < 0 ? r->text.len : (size_t)nl;
        ds_str line = ds_str_cut(r->text, r->at, end);
        if (line.len && line.at[line.len - 1] == '\r')
            line.len--;
        r->line++;
        if (ds_utf8_check(line, &(size_t){0}) < 0)
            return wrong(r, "not UTF-8");
        r->at = end + (nl >= 0);
        DS_TRY(take_line(r, line));
    }
    return end_sentence(r);
}

/* ---- the doc --------------------------------------------------------------------------------------------------- */

typedef struct maker {
    const reader *r;
    ds_scan scan;
    ds_buf text;
    ds_word *words;
    size_t range; /* the first that does not end before the word at hand */
} maker;

/* The range that word w goes on, or NULL. */
static const ds_conllu_range *range_of(maker *m, uint32_t w)
{
    while (m->range < m->r->ranges.len && m->r->ranges.at[m->range].word_end <= w)
        m->range++;
    const ds_conllu_range *g = m->range < m->r->ranges.len ? &m->r->ranges.at[m->range] : NULL;
    return g && g->word < w ? g : NULL;
}

/* Is there a blank before word w, which is not its sentence's first? */
static bool blank_before(maker *m, uint32_t w)
{
    const ds_conllu_range *before = range_of(m, w - 1), *g = range_of(m, w);
    if (g)
        return false;
    if (m->range > 0 && m->r->ranges.at[m->range - 1].word_end == w)
        before = &m->r->ranges.at[m->range - 1];
    const ds_conllu_row *row = before ? &before->row : &m->r->rows.at[w - 1];
    return !ds_conllu_misc(row->cell[DS_CO_MISC], DS_STR("SpaceAfter=No"));
}

static ds_token_kind kind_of(ds_str form)
{
    for (size_t i = 0; i < form.len;) {
        ds_cp_class k = ds_cp_classify(ds_cp_at(form, i, &i));
        if (k == DS_CP_LETTER)
            return DS_TOK_WORD;
        if (k == DS_CP_DIGIT || k == DS_CP_NUMBER)
            return DS_TOK_NUMBER;
    }
    ds_cp_class first = ds_cp_classify(ds_cp_at(form, 0, NULL));
    return first == DS_CP_PUNCT ? DS_TOK_PUNCT : DS_TOK_SYMBOL;
}

static void place_word(maker *m, uint32_t w, bool first)
{
    ds_str form = m->r->rows.at[w].cell[DS_CO_FORM];
    bool same = range_of(m, w) != NULL, space = first || blank_before(m, w);
    if (w > 0 && space)
        ds_buf_putc(&m->text, first ? '\n' : ' ');
    uint32_t beg = (uint32_t)m->text.len;
    ds_buf_put(&m->text, form);
    m->words[w] = (ds_word){.span = {beg, (uint32_t)m->text.len}, .tok = w};
    m->words[w].flags = (uint8_t)((space ? DS_WF_SPACE : 0) | (same ? DS_WF_SAME : 0));
}

static ds_status make_token(maker *m, uint32_t w, bool *first)
{
    ds_token t = {.span = m->words[w].span};
    t.kind = (uint8_t)kind_of(ds_str_at(m->scan.text, t.span));
    t.flags = m->words[w].flags & DS_WF_SPACE ? DS_TF_SPACE : 0;
    if (*first && (t.kind == DS_TOK_WORD || t.kind == DS_TOK_NUMBER)) {
        t.flags |= DS_TF_FIRST;
        *first = false;
    }
    DS_TRY(ds_token_norm(&m->scan, &t));
    return DS_PUSH(m->r->arena, m->scan.out, t);
}

static ds_status make_tokens(maker *m, ds_sentence *s)
{
    bool first = true;
    s->tok = s->word;
    s->tok_end = s->word_end;
    s->span = (ds_span){m->words[s->word].span.beg, m->words[s->word_end - 1].span.end};
    for (uint32_t w = s->word; w < s->word_end; w++)
        DS_TRY(make_token(m, w, &first));
    return DS_OK;
}

static ds_status make_article(ds_arena *a, ds_str text, ds_doc *doc)
{
    ds_article *art = ds_arena_alloc(a, sizeof *art);
    ds_block *block = ds_arena_alloc(a, sizeof *block);
    if (!art || !block)
        return DS_NOMEM;
    *block = (ds_block){DS_PART_BODY, DS_BLOCK_PARAGRAPH, {0, (uint32_t)text.len}};
    art->text = text;
    art->body = block->span;
    art->blocks = block;
    art->blocks_len = 1;
    doc->article = art;
    doc->text = text;
    return DS_OK;
}

static ds_status make_doc(reader *r, const ds_lexicon *lex, ds_doc *out)
{
    ds_tokens toks = {0};
    maker m = {.r = r, .text = ds_buf_new(r->arena)};
    m.words = ds_arena_calloc(r->arena, r->rows.len, sizeof *m.words);
    if (!m.words)
        return DS_NOMEM;
    for (size_t i = 0; i < r->sents.len; i++)
        for (uint32_t w = r->sents.at[i].word; w < r->sents.at[i].word_end; w++)
            place_word(&m, w, w == r->sents.at[i].word);
    ds_str text = ds_buf_str(&m.text);
    char *norms = ds_arena_alloc(r->arena, text.len);
    if (!text.at || !norms)
        return DS_NOMEM;
    m.scan = (ds_scan){.arena = r->arena, .lex = lex, .text = text, .norms = norms, .out = &toks};
    for (size_t i = 0; i < r->sents.len; i++)
        DS_TRY(make_tokens(&m, &r->sents.at[i]));
    DS_TRY(make_article(r->arena, text, out));
    out->toks = toks.at;
    out->toks_len = toks.len;
    out->sents = r->sents.at;
    out->sents_len = r->sents.len;
    out->words = m.words;
    out->words_len = r->rows.len;
    return DS_OK;
}

ds_status ds_conllu_read(ds_arena *a, ds_str text, const ds_lexicon *lex, ds_conllu *out,
                         ds_err *err)
{
    reader r = {.arena = a, .text = text, .err = err};
    ds_conllu c = {0};
    if (text.len > UINT32_MAX / 4)
        return ds_fail(err, DS_LIMIT, "longer than 1 GiB", 0);
    DS_TRY(read_lines(&r));
    if (make_doc(&r, lex, &c.doc) < 0)
        return ds_fail(err, DS_NOMEM, "out of memory", 0);
    c.rows = r.rows.at;
    c.ranges = r.ranges.at;
    c.ranges_len = r.ranges.len;
    c.comments = r.comments.at;
    *out = c;
    return DS_OK;
}
