/* SPDX-License-Identifier: Apache-2.0 */
/* sentences.c - where sentences end inside a block, and ds_text_read, which puts tokens and sentences together.
 *
 * The rules of UAX #29 (SB6 to SB11) read over tokens, whose abbreviations already hold their stops; differs in: a stop
 * glued to a capitalised word ends a sentence ("troops.Continued"), closing marks stay with it, abbreviations that may
 * end a sentence ("U.S.", "Inc.", "p.m.") are told by the word behind them, and bullets separate sentences. */
#include "text/internal.h"

#include <unicode/uchar.h>

/* Longest sentence in tokens: beyond it the text is no prose, and later stages are quadratic at worst. */
enum { SENTENCE_MAX = 2000 };
/* Of text, at least: more than that most texts have. */
enum { BYTES_A_TOKEN = 4 };

static uint32_t first_point(const ds_splitter *s, const ds_token *t)
{
    return ds_cp_at(s->text, t->span.beg, NULL);
}

static uint32_t last_point(const ds_splitter *s, const ds_token *t)
{
    return ds_cp_before(s->text, t->span.end);
}

static bool is_closing_mark(const ds_splitter *s, const ds_token *t)
{
    if (t->kind != DS_TOK_PUNCT)
        return false;
    uint32_t c = first_point(s, t);
    if (c == ')' || c == ']' || c == '}')
        return true;
    return t->quote != 0 && s->quotes->at[t->quote - 1].close.beg == t->span.beg;
}

static bool is_opening_mark(const ds_splitter *s, const ds_token *t)
{
    if (t->kind != DS_TOK_PUNCT)
        return false;
    uint32_t c = first_point(s, t);
    if (c == '(' || c == '[' || c == '{' || c == 0x201C || c == 0x2018 || c == 0x00AB)
        return true;
    return t->quote != 0 && s->quotes->at[t->quote - 1].open.beg == t->span.beg;
}

/* A quotation mark right behind a stop, of a quotation whose opening mark was lost ("moment.'Next"). */
static bool is_glued_mark(const ds_splitter *s, const ds_token *t)
{
    if (t->kind != DS_TOK_PUNCT || (t->flags & DS_TF_SPACE) || is_opening_mark(s, t))
        return false;
    uint32_t c = first_point(s, t);
    return ds_cp_apostrophe(c) || c == '"' || c == 0x201D;
}

static bool is_terminator(const ds_splitter *s, const ds_token *t)
{
    if (t->kind != DS_TOK_PUNCT)
        return false;
    uint32_t c = first_point(s, t);
    if (c < 0x80)
        return c == '.' || c == '!' || c == '?';
    return c == 0x2026 || (bool)u_hasBinaryProperty((UChar32)c, UCHAR_S_TERM);
}

/* The word behind the end: first word or number at or after i, over opening marks; NULL if something else comes first. */
static const ds_token *word_behind(const ds_splitter *s, uint32_t i, uint32_t end)
{
    while (i < end && is_opening_mark(s, &s->toks->at[i]))
        i++;
    if (i >= end)
        return NULL;
    const ds_token *t = &s->toks->at[i];
    return t->kind == DS_TOK_WORD || t->kind == DS_TOK_NUMBER ? t : NULL;
}

/* An abbreviation with its stop, at the end of a sentence? "in the U.S. The", "at 5 p.m. Officials". */
static bool abbreviation_ends(const ds_splitter *s, const ds_token *t, const ds_token *n)
{
    if (!(n->flags & DS_TF_CAP))
        return false;
    bool starter = ds_edge_is(s->lex, n->norm, DS_STR("starter"));
    ds_str bare = ds_str_cut(t->norm, 0, t->norm.len - 1);
    int64_t row = ds_abbreviation(s->lex, bare);
    if (row < 0)
        return starter && ds_utf8_length(bare) > 1; /* acronyms; initials never */
    ds_str cls = ds_abbreviation_cell(s->lex, row, DS_ABBR_CLASS);
    if (ds_str_eq(cls, DS_STR("clock")) || ds_str_eq(cls, DS_STR("latin")))
        return starter ||
               !((n->flags & DS_TF_ALLCAP) || ds_edge_is(s->lex, n->norm, DS_STR("day")));
    return starter && !ds_str_eq(cls, DS_STR("title"));
}

static bool space_between(const ds_splitter *s, uint32_t i, uint32_t j)
{
    for (uint32_t k = i + 1; k <= j; k++)
        if (s->toks->at[k].flags & DS_TF_SPACE)
            return true;
    return false;
}

/* Tokens [beg, i] end with a terminator (and what closes behind it); does the sentence end there? */
static bool stop_ends(const ds_splitter *s, uint32_t beg, uint32_t stop, uint32_t i, uint32_t end)
{
    if (i + 1 >= end)
        return true;
    const ds_token *t = &s->toks->at[stop], *next = &s->toks->at[i + 1];
    uint32_t c = first_point(s, t);
    const ds_token *n = word_behind(s, i + 1, end);
    if (!n) /* a comma, a dash: the sentence goes on; another opening mark or symbol begins a new one */
        return next->kind != DS_TOK_PUNCT ? (next->flags & DS_TF_SPACE) != 0
                                          : is_opening_mark(s, next);
    uint32_t w = first_point(s, n);
    if (ds_cp_lower(w))
        return false;
    if (!space_between(s, stop, (uint32_t)(n - s->toks->at))) {
        if (stop == beg || c == 0x2026 || ds_span_len(t->span) > 1)
            return c > 0x80 && c != 0x2026;
        const ds_token *prev = &s->toks->at[stop - 1];
        return c > 0x80 || (n->kind == DS_TOK_WORD && ds_span_len(prev->span) > 1 &&
                            (ds_cp_lower(ds_cp_at(s->text, n->span.beg + 1, NULL)) || i > stop ||
                             (n->flags & DS_TF_CAP)));
    }
    /* "1. The first point": a list number alone is no sentence. */
    if (c == '.' && stop == beg + 1 && s->toks->at[beg].kind == DS_TOK_NUMBER)
        return false;
    return true;
}

/* A bullet (no token) stands between token i and i + 1. */
static bool bullet_between(const ds_splitter *s, uint32_t i)
{
    for (size_t k = s->toks->at[i].span.end; k < s->toks->at[i + 1].span.beg;) {
        uint32_t c = ds_cp_at(s->text, k, &k);
        if (c > 0x80 && ds_cp_classify(c) != DS_CP_SPACE && ds_cp_classify(c) != DS_CP_IGNORE)
            return true;
    }
    return false;
}

/* Marks that belong to the stop before them: brackets and quotation marks that close, glued ones. */
static bool goes_with_stop(const ds_splitter *s, const ds_token *t)
{
    return is_closing_mark(s, t) || is_glued_mark(s, t);
}

static bool glued_terminator(const ds_splitter *s, const ds_token *t)
{
    return is_terminator(s, t) && !(t->flags & DS_TF_SPACE);
}

/* What the rules say of the place behind token i of a sentence that began at beg. */
static bool rule_ends(const ds_splitter *s, uint32_t beg, uint32_t i, uint32_t end)
{
    const ds_token *toks = s->toks->at;
    uint32_t last = i;
    if (is_closing_mark(s, &toks[i + 1]))
        return false;
    while (last > beg && goes_with_stop(s, &toks[last]))
        last--;
    if (is_terminator(s, &toks[last])) {
        if (glued_terminator(s, &toks[i + 1]) || is_glued_mark(s, &toks[i + 1]))
            return false;
        while (last > beg && glued_terminator(s, &toks[last]) && is_terminator(s, &toks[last - 1]))
            last--;
        return stop_ends(s, beg, last, i, end);
    }
    if (toks[last].kind != DS_TOK_WORD || last_point(s, &toks[last]) != '.')
        return false;
    const ds_token *n = word_behind(s, i + 1, end);
    return n && abbreviation_ends(s, &toks[last], n);
}

static bool ends_at(const ds_splitter *s, uint32_t beg, uint32_t i, uint32_t end)
{
    if (i + 1 >= end || bullet_between(s, i))
        return true;
    ds_split_place p = {.tok = i, .at = s->toks->at[i].span.end};
    p.rule = rule_ends(s, beg, i, end);
    bool spaced = (s->toks->at[i + 1].flags & DS_TF_SPACE) != 0;
    if (!spaced || (!s->teacher && !s->model->weights))
        return p.rule;
    if (!ds_split_candidate(s, beg, i))
        return p.rule;
    ds_split_describe(s, beg, i, &p);
    return s->teacher ? s->teacher->ends(s->teacher->ctx, &p) : ds_split_ends(s->model, &p);
}

static ds_status push_sentence(ds_splitter *s, uint32_t block, ds_part part, uint32_t beg,
                               uint32_t end)
{
    ds_sentence one = {
        .span = {s->toks->at[beg].span.beg, s->toks->at[end - 1].span.end},
        .tok = beg,
        .tok_end = end,
        .block = block,
        .number = s->number++,
        .part = part,
    };
    if (beg == s->first && part != DS_PART_TITLE)
        one.dateline = ds_dateline(s->toks->at, beg, end);
    for (uint32_t i = beg; i < end; i++) {
        ds_token *t = &s->toks->at[i];
        if (t->kind == DS_TOK_WORD || t->kind == DS_TOK_NUMBER) {
            t->flags |= DS_TF_FIRST;
            break;
        }
    }
    return DS_PUSH(s->arena, s->out, one);
}

ds_status ds_sentences_split(ds_splitter *s, uint32_t block, ds_part part, uint32_t tok,
                             uint32_t tok_end)
{
    uint32_t beg = tok;
    DS_TRY(ds_split_block(s, tok, tok_end));
    s->before = tok_end;
    for (uint32_t i = tok; i < tok_end; i++) {
        bool end = part == DS_PART_TITLE ? i + 1 == tok_end : ends_at(s, beg, i, tok_end);
        if (!end && i + 1 - beg >= SENTENCE_MAX && (s->toks->at[i + 1].flags & DS_TF_SPACE))
            end = true;
        if (!end && i + 1 - beg >= 2 * SENTENCE_MAX) /* no white space at all */
            end = true;
        if (!end)
            continue;
        DS_TRY(push_sentence(s, block, part, beg, i + 1));
        s->before = beg;
        beg = i + 1;
    }
    return DS_OK;
}

static ds_status read_block(ds_scan *scan, ds_splitter *split, ds_quotations *quotes, uint32_t b,
                            const ds_block *block)
{
    uint32_t tok = (uint32_t)scan->out->len;
    scan->block = block->span;
    size_t had = quotes->len;
    DS_TRY(ds_quotes_find(scan->arena, scan->text, block->span, quotes));
    bool goes_on = had > 0 && quotes->at[had - 1].close.end > block->span.beg;
    scan->quote = had - goes_on;
    DS_TRY(ds_tokens_scan(scan));
    return ds_sentences_split(split, b, block->part, tok, (uint32_t)scan->out->len);
}

ds_status ds_text_read_taught(ds_arena *a, const ds_article *art, const ds_lexicon *lex,
                              const ds_split_teacher *teacher, ds_doc *out, ds_err *err)
{
    size_t wrong = 0;
    if (art->text.len > UINT32_MAX / 2)
        return ds_fail(err, DS_LIMIT, "text is longer than 2 GiB", 0);
    if (ds_utf8_check(art->text, &wrong) < 0)
        return ds_fail(err, DS_BAD, "text is not valid UTF-8", wrong);
    ds_quotations quotes = {0};
    ds_tokens toks = {0};
    ds_sentences sents = {0};
    DS_RESERVE(a, &toks, art->text.len / BYTES_A_TOKEN);
    ds_scan scan = {.arena = a, .lex = lex, .text = art->text, .quotes = &quotes, .out = &toks};
    static const ds_split_model none;
    ds_splitter split = {.arena = a,
                         .lex = lex,
                         .text = art->text,
                         .quotes = &quotes,
                         .toks = &toks,
                         .out = &sents,
                         .model = teacher ? &teacher->model
                                  : lex   ? &lex->split
                                          : &none,
                         .teacher = teacher};
    split.number = art->blocks_len > 0 && art->blocks[0].part == DS_PART_TITLE ? 0 : 1;
    for (size_t b = 0; b < art->blocks_len; b++) {
        ds_span sp = art->blocks[b].span;
        if (sp.beg > sp.end || sp.end > art->text.len ||
            (b > 0 && sp.beg < art->blocks[b - 1].span.end))
            return ds_fail(err, DS_BAD, "blocks are out of order", sp.beg);
        if (read_block(&scan, &split, &quotes, (uint32_t)b, &art->blocks[b]) < 0)
            return ds_fail(err, DS_NOMEM, "out of memory", sp.beg);
    }
    ds_doc doc = {art, art->text, toks.at, toks.len, sents.at, sents.len};
    if (ds_words_cut(a, lex, &doc, sents.at) < 0)
        return ds_fail(err, DS_NOMEM, "out of memory", 0);
    *out = doc;
    return DS_OK;
}

ds_status ds_text_read(ds_arena *a, const ds_article *art, const ds_lexicon *lex, ds_doc *out,
                       ds_err *err)
{
    return ds_text_read_taught(a, art, lex, NULL, out, err);
}
