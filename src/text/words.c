/* SPDX-License-Identifier: Apache-2.0 */
/* words.c - sentences cut into the words of Universal Dependencies.
 *
 * A stretch without blanks is cut at its tokens, and some of them further: endings behind an apostrophe, "cannot", units
 * glued to numbers, hyphens unless what precedes is a prefix. Others are joined: addresses, names of files, telephone
 * numbers, runs of one mark, faces. lexicon/en/cuts.tsv has the lists. Bullets are no tokens, but words: nothing that is
 * written is lost. */
#include "text/internal.h"

#include <strings.h>

/* Marks in a stretch, that tell what it may be. */
enum {
    HAS_AT = 1,
    HAS_COLON = 2,
    HAS_POINT = 4,
    HAS_HYPHEN = 8, /* or what is not ASCII */
    HAS_DIGIT = 16,
    HAS_QUOTE = 32, /* or what is not ASCII */
    HAS_OTHER = 64,
};

typedef DS_VEC(ds_word) ds_words;

typedef struct cutter {
    ds_arena *arena;
    const ds_lexicon *lex;
    const ds_doc *doc;
    ds_str text;
    ds_words out;
    ds_status status;
    /* The stretch at hand. */
    uint32_t tok, tok_end;
    size_t beg, end, at; /* at: where the next word begins */
    unsigned flags;      /* of the next word */
    unsigned has;
    bool last; /* its sentence ends with it */
} cutter;

/* ---- small questions ---------------------------------------------------------------------------------------- */

static char byte(const cutter *c, size_t i)
{
    return i < c->end ? c->text.at[i] : '\0';
}

static bool digit(char b)
{
    return b >= '0' && b <= '9';
}

static bool letter(char b)
{
    return (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z');
}

static bool alnum(char b)
{
    return digit(b) || letter(b) || (unsigned char)b >= 0x80;
}

/* Is [beg, end) listed under that class? */
static bool listed(const cutter *c, size_t beg, size_t end, ds_str cls)
{
    return ds_cut_is(c->lex, ds_str_cut(c->text, beg, end), cls);
}

/* ---- giving words ------------------------------------------------------------------------------------------- */

static void push(cutter *c, uint32_t tok, size_t beg, size_t end, unsigned flags)
{
    ds_word w = {{(uint32_t)beg, (uint32_t)end}, tok, (uint8_t)flags};
    if (DS_PUSH(c->arena, &c->out, w) < 0)
        c->status = DS_NOMEM;
}

/* The next word of the stretch ends at `end`, or behind the marks without width that follow. */
static void give(cutter *c, size_t end, unsigned flags)
{
    while (c->tok + 1 < c->tok_end && c->doc->toks[c->tok].span.end <= c->at)
        c->tok++;
    bool whole = end == c->doc->toks[c->tok].span.end && c->tok + 1 < c->tok_end;
    if (whole)
        end = c->doc->toks[c->tok + 1].span.beg;
    push(c, c->tok, c->at, end, c->flags | flags);
    c->flags = 0;
    c->at = end;
}

/* ---- what joins tokens ----------------------------------------------------------------------------------------- */

static bool closing(char b)
{
    return b != '\0' && strchr(".,;:!?)]}>\"'|*", b) != NULL;
}

/* The end of the stretch without the marks that close it. */
static size_t core_end(const cutter *c, size_t from)
{
    size_t end = c->end;
    while (end > from + 1) {
        uint32_t p = ds_cp_before(c->text, end);
        if (p == 0x2019 || p == 0x201D || p == 0x2026 || p == 0x00BB)
            end = ds_utf8_prev(c->text, end);
        else if (p < 0x80 && closing((char)p))
            end--;
        else
            break;
    }
    return end;
}

static bool starts(const cutter *c, size_t at, const char *words)
{
    size_t n = strlen(words);
    return at + n <= c->end && strncasecmp(c->text.at + at, words, n) == 0;
}

static size_t host_end(const cutter *c, size_t i)
{
    while (alnum(byte(c, i)) || byte(c, i) == '.' || byte(c, i) == '-' || byte(c, i) == '_')
        i++;
    return i;
}

/* "https://a.example/b", "www.a.example", "a.example/b": as far as it goes. */
static size_t web_address(const cutter *c)
{
    size_t i = c->at;
    while (letter(byte(c, i)))
        i++;
    bool scheme = i > c->at && starts(c, i, "://"), www = starts(c, c->at, "www.");
    if (!scheme && !www) {
        size_t end = host_end(c, c->at), dot;
        while (end > c->at && !alnum(byte(c, end - 1)))
            end--;
        for (dot = end; dot > c->at && byte(c, dot - 1) != '.';)
            dot--;
        if (dot == c->at || !listed(c, dot, end, DS_STR("site")))
            return 0;
        if (byte(c, end) != '/')
            return end;
    }
    size_t end = c->at;
    while (end < c->end && !strchr("<>\"", byte(c, end)))
        end++;
    size_t core = core_end(c, c->at);
    return core < end ? core : end;
}

static bool in_mailbox(char b)
{
    return alnum(b) || (b != '\0' && strchr("._%+-/=", b) != NULL);
}

static size_t mail_address(const cutter *c)
{
    size_t beg = c->at + (starts(c, c->at, "mailto:") ? strlen("mailto:") : 0), i = beg;
    while (in_mailbox(byte(c, i)))
        i++;
    if (i == beg || byte(c, i) != '@' || !alnum(byte(c, i + 1)))
        return 0;
    size_t end = host_end(c, i + 1);
    while (byte(c, end - 1) == '.' || byte(c, end - 1) == '-')
        end--;
    return end;
}

/* "#Ferry", "@harbour" */
static size_t tag(const cutter *c)
{
    size_t i = c->at + 1;
    if ((byte(c, c->at) != '#' && byte(c, c->at) != '@') || !letter(byte(c, i)))
        return 0;
    while (alnum(byte(c, i)) || byte(c, i) == '_')
        i++;
    return i;
}

/* "plan-2_b.doc" */
static size_t file_name(const cutter *c)
{
    size_t i = c->at;
    while (alnum(byte(c, i)) || (byte(c, i) != '\0' && strchr("._#-", byte(c, i))))
        i++;
    while (i > c->at && !alnum(byte(c, i - 1)))
        i--;
    size_t dot = i;
    while (dot > c->at && byte(c, dot - 1) != '.')
        dot--;
    return dot > c->at && dot < i && listed(c, dot, i, DS_STR("file")) ? i : 0;
}

/* Digits in groups with marks between them: those of telephone numbers, postal codes and days. */
static size_t dashed_number(const cutter *c)
{
    static const char *const shapes[] = {"3-3-4", "3/3-4", "3-4",   "1-3-3-4", "5-4",
                                         "2-2-4", "2-2-2", "4-2-2", "1-1-4"};
    char shape[16];
    size_t n = 0, i = c->at;
    for (;;) {
        size_t beg = i;
        while (digit(byte(c, i)))
            i++;
        if (i == beg || i - beg > 9 || n + 3 > sizeof shape)
            return 0;
        shape[n++] = (char)('0' + (i - beg));
        if ((byte(c, i) != '-' && byte(c, i) != '/') || !digit(byte(c, i + 1)))
            break;
        shape[n++] = byte(c, i++);
    }
    shape[n] = '\0';
    if (alnum(byte(c, i)) || byte(c, i) == '-' || (byte(c, i) == '.' && digit(byte(c, i + 1))))
        return 0;
    for (size_t k = 0; k < sizeof shapes / sizeof *shapes; k++)
        if (strcmp(shape, shapes[k]) == 0)
            return i;
    return 0;
}

/* "+44", "+1-555-0100" */
static size_t calling_code(const cutter *c)
{
    size_t i = c->at + 1;
    if (byte(c, c->at) != '+')
        return 0;
    while (digit(byte(c, i)) || (byte(c, i) == '-' && digit(byte(c, i + 1))))
        i++;
    return i > c->at + 1 && i == core_end(c, c->at) ? i : 0;
}

/* What only stands before other things: brackets, quotation marks. */
static bool opens(const cutter *c, size_t at)
{
    return at == c->beg || !alnum(byte(c, at - 1));
}

static size_t joined_name(const cutter *c)
{
    size_t end = 0;
    if (c->has & HAS_AT)
        end = mail_address(c);
    if (!end && c->has & (HAS_COLON | HAS_POINT))
        end = web_address(c);
    if (!end && c->has & HAS_POINT)
        end = file_name(c);
    if (!end && c->has & HAS_DIGIT && c->has & HAS_HYPHEN && digit(byte(c, c->at)))
        end = dashed_number(c);
    return end;
}

/* ---- runs of marks --------------------------------------------------------------------------------------------- */

static size_t run_of(const cutter *c, const char *marks)
{
    size_t i = c->at;
    while (byte(c, i) != '\0' && strchr(marks, byte(c, i)))
        i++;
    return i;
}

/* Runs of stops, of one mark, of quotation marks of one stroke: "?!", "***", "’’". */
static size_t run(const cutter *c)
{
    char b = byte(c, c->at);
    if (b != '\0' && strchr(".!?", b)) {
        size_t dots = run_of(c, "."), all = run_of(c, ".!?");
        return dots > c->at + 1 && byte(c, dots) == '?' && dots + 1 == all ? dots : all;
    }
    if (b != '\0' && strchr("-_=*+~#<>$`'|", b)) {
        size_t drawn = run_of(c, "-_=*+~<>|{}");
        return drawn >= c->at + 5 ? drawn : run_of(c, (const char[]){b, '\0'});
    }
    size_t next, after;
    uint32_t p = ds_cp_at(c->text, c->at, &next);
    if (p == 0x2026) {
        while (next < c->end && (byte(c, next) == '.' || ds_cp_at(c->text, next, NULL) == 0x2026))
            ds_cp_at(c->text, next, &next);
        return next;
    }
    if ((p == 0x2018 || p == 0x2019) && next < c->end) {
        uint32_t q = ds_cp_at(c->text, next, &after);
        return q == 0x2018 || q == 0x2019 ? after : 0;
    }
    return 0;
}

/* "'90s", "’72" */
static size_t short_year(const cutter *c)
{
    size_t i;
    if (!ds_cp_apostrophe(ds_cp_at(c->text, c->at, &i)) || !digit(byte(c, i)) ||
        !digit(byte(c, i + 1)))
        return 0;
    i += byte(c, i + 2) == 's' ? 3 : 2;
    return alnum(byte(c, i)) ? 0 : i;
}

/* The longest face, or another thing of marks that is listed as whole. */
static size_t face(const cutter *c)
{
    for (size_t end = c->end < c->at + 5 ? c->end : c->at + 5; end > c->at + 1; end--)
        if (!(alnum(byte(c, end - 1)) && alnum(byte(c, end))) &&
            listed(c, c->at, end, DS_STR("whole")))
            return end;
    return 0;
}

static size_t joined_marks(const cutter *c)
{
    size_t end = opens(c, c->at) ? tag(c) : 0;
    if (!end && c->at == c->beg)
        end = calling_code(c);
    if (!end && opens(c, c->at))
        end = short_year(c);
    end = end ? end : face(c);
    return end ? end : run(c);
}

/* ---- inside a token ----------------------------------------------------------------------------------------------- */

/* Where the ending of a word [at, end) begins; end: it has none. "don't" gives "do|n't". */
static size_t ending_at(const cutter *c, size_t end)
{
    size_t i = end;
    if (!(c->has & HAS_QUOTE))
        return end;
    while (i > c->at && !ds_cp_apostrophe(ds_cp_before(c->text, i)))
        i = ds_utf8_prev(c->text, i);
    if (i == c->at)
        return end;
    size_t mark = ds_utf8_prev(c->text, i);
    if (mark == c->at)
        return end;
    if (listed(c, mark, end, DS_STR("ending")))
        return mark;
    return mark > c->at + 1 && listed(c, mark - 1, end, DS_STR("ending")) ? mark - 1 : end;
}

/* The words of a row with class cut, which spell [at, end). */
static bool give_cut(cutter *c, size_t end)
{
    int64_t row = ds_cut_row(c->lex, ds_str_cut(c->text, c->at, end));
    if (row < 0 || !ds_str_eq(ds_cut_cell(c->lex, row, DS_CUT_CLASS), DS_STR("cut")))
        return false;
    ds_str words = ds_cut_cell(c->lex, row, DS_CUT_WORDS);
    unsigned same = 0;
    for (size_t i = 0; i < words.len; i++) {
        size_t len = 0, to = c->at;
        for (; i < words.len && words.at[i] != ' '; i++)
            len++;
        for (; len > 0 && to < end; len--)
            ds_cp_at(c->text, to, &to);
        give(c, i >= words.len ? end : to, same);
        same = DS_WF_SAME;
    }
    return true;
}

static size_t hyphen_at(const cutter *c, size_t from, size_t end, size_t *next)
{
    for (size_t i = from; i < end; i = *next)
        if (ds_cp_hyphen(ds_cp_at(c->text, i, next)) && i > from && *next < end)
            return i;
    return end;
}

/* Is [at, end) a prefix, but no acronym like "UN"? */
static bool is_prefix(const cutter *c, size_t end)
{
    bool capitals = end > c->at + 1 && ds_cp_upper((unsigned char)byte(c, end - 1));
    return !capitals && listed(c, c->at, end, DS_STR("prefix"));
}

/* Pieces between hyphens, and the hyphens, but for one behind a prefix. */
static void give_pieces(cutter *c, size_t end)
{
    size_t beg = c->at, from = beg, next;
    while (from < end && c->has & HAS_HYPHEN) {
        size_t i = hyphen_at(c, from, end, &next);
        if (i == end)
            break;
        from = next;
        if (c->at == beg && is_prefix(c, i))
            continue;
        give(c, i, 0);
        give(c, next, 0);
    }
    if (c->at < end)
        give(c, end, 0);
}

/* A sound broken off: "th- the boat". */
static size_t broken_off(const cutter *c, size_t end)
{
    bool hyphen = byte(c, end) == '-' && !alnum(byte(c, end + 1)) && byte(c, end + 1) != '-';
    if (!hyphen || end - c->at > 2 || !letter(byte(c, c->at)) || !c->lex)
        return end;
    const ds_phrases *words = ds_lexicon_phrases(c->lex, "words");
    ds_str norm = c->doc->toks[c->tok].norm;
    return words && ds_phrase_find(words, norm) < 0 ? end + 1 : end;
}

static size_t whole_with_next(const cutter *c, size_t end)
{
    char b = byte(c, end);
    if (b == '$')
        return listed(c, c->at, end + 1, DS_STR("whole")) ? end + 1 : end;
    if (b != '/')
        return broken_off(c, end);
    size_t i = end + 1;
    while (letter(byte(c, i)))
        i++;
    return listed(c, c->at, i, DS_STR("whole")) ? i : end;
}

/* Can [at, end) stand in cuts.tsv? Most words that cannot are told by the hash of their token. */
static bool may_be_listed(const cutter *c, size_t end)
{
    const ds_token *t = &c->doc->toks[c->tok];
    return t->span.beg != c->at || t->span.end != end || ds_cut_may_be(c->lex, t->hash);
}

static void give_word(cutter *c, size_t end)
{
    size_t whole = end < c->end ? whole_with_next(c, end) : end;
    bool maybe = may_be_listed(c, end);
    if (whole > end || (maybe && listed(c, c->at, end, DS_STR("whole")))) {
        give(c, whole, 0);
        return;
    }
    if (maybe && give_cut(c, end))
        return;
    size_t ending = ending_at(c, end);
    if (c->last && ending == end && byte(c, end - 1) == '.' && end == core_end(c, c->at) + 1 &&
        listed(c, c->at, end - 1, DS_STR("stop")))
        ending = end - 1;
    if (ending > c->at && (ending == end || !give_cut(c, ending)))
        give_pieces(c, ending);
    if (c->at < end)
        give(c, end, byte(c, c->at) == '.' ? 0 : DS_WF_SAME);
}

static bool decade(const cutter *c, size_t mark)
{
    return mark - c->at == 2 || byte(c, mark - 1) == '0';
}

static void give_number(cutter *c, size_t end)
{
    size_t ending = ending_at(c, end), tail = ending;
    if (ending < end && decade(c, ending))
        ending = tail = end;
    while (tail > c->at && letter(byte(c, tail - 1)))
        tail--;
    size_t dotted = ending + strlen(".m."); /* "8p.m." */
    if (tail > c->at && tail < ending && dotted <= c->end &&
        listed(c, tail, dotted, DS_STR("unit")))
        ending = dotted;
    if (tail > c->at && tail < ending && listed(c, tail, ending, DS_STR("unit")))
        give(c, tail, 0);
    give(c, ending, 0);
    if (c->at < end)
        give(c, end, DS_WF_SAME);
}

/* ---- stretches ---------------------------------------------------------------------------------------------------- */

static void give_next(cutter *c)
{
    const ds_token *t = &c->doc->toks[c->tok];
    bool marks = t->kind == DS_TOK_PUNCT || t->kind == DS_TOK_SYMBOL ||
                 (c->at != t->span.beg && !alnum(byte(c, c->at)));
    size_t end = opens(c, c->at) ? joined_name(c) : 0;
    if (!end && marks)
        end = joined_marks(c);
    size_t stop = t->span.end > c->at ? t->span.end : c->end;
    if (end)
        give(c, end, 0);
    else if (t->kind == DS_TOK_WORD)
        give_word(c, stop);
    else if (t->kind == DS_TOK_NUMBER)
        give_number(c, stop);
    else
        give(c, stop, 0);
}

static unsigned marks_of(const cutter *c)
{
    unsigned has = 0;
    for (size_t i = c->beg; i < c->end; i++) {
        char b = c->text.at[i];
        if (letter(b))
            continue;
        has |= digit(b)                   ? HAS_DIGIT
               : (unsigned char)b >= 0x80 ? HAS_HYPHEN | HAS_QUOTE
               : b == '@'                 ? HAS_AT
               : b == '.'                 ? HAS_POINT
               : b == '-'                 ? HAS_HYPHEN
               : b == ':'                 ? HAS_COLON
               : b == '\''                ? HAS_QUOTE
                                          : HAS_OTHER;
    }
    return has;
}

/* The stretch of tokens [tok, tok_end). */
static void cut_stretch(cutter *c)
{
    c->has = marks_of(c);
    while (c->at < c->end && c->status == DS_OK) {
        while (c->tok + 1 < c->tok_end && c->doc->toks[c->tok].span.end <= c->at)
            c->tok++;
        give_next(c);
    }
}

/* A torn word that was mended is one word, and its possessive ending. */
static void cut_mended(cutter *c)
{
    size_t ending = ending_at(c, c->end), stem = ending;
    while (stem > c->at && ds_cp_space(ds_cp_before(c->text, stem)))
        stem = ds_utf8_prev(c->text, stem);
    give(c, stem, 0);
    if (ending == c->end)
        return;
    c->at = ending;
    give(c, c->end, stem < ending ? DS_WF_SPACE : DS_WF_SAME);
}

static bool mended(const cutter *c, uint32_t tok)
{
    return (c->doc->toks[tok].flags & DS_TF_JOINED) != 0;
}

static uint32_t stretch_end(const cutter *c, uint32_t tok, uint32_t end)
{
    uint32_t i = tok + 1;
    while (i < end && !(c->doc->toks[i].flags & DS_TF_SPACE) && !mended(c, tok) && !mended(c, i))
        i++;
    return i;
}

/* What lies between the words and a token: bullets, and marks without width, which go with the word that they follow. */
static void push_gap(cutter *c, uint32_t tok, size_t beg, size_t end)
{
    for (size_t i = beg, next; i < end; i = next) {
        ds_cp_class k = ds_cp_classify(ds_cp_at(c->text, i, &next));
        ds_word *last = c->out.len ? &c->out.at[c->out.len - 1] : NULL;
        if (k == DS_CP_IGNORE && last && last->span.end == i)
            last->span.end = (uint32_t)next;
        else if (k != DS_CP_SPACE && k != DS_CP_IGNORE)
            push(c, tok, i, next,
                 i == 0 || ds_cp_space(ds_cp_before(c->text, i)) ? DS_WF_SPACE : 0);
    }
}

/* A word of letters alone, and perhaps one mark behind it, as most are: nothing to cut. */
static bool plain(cutter *c)
{
    const ds_token *t = &c->doc->toks[c->tok], *mark = t + 1;
    uint32_t toks = c->tok_end - c->tok;
    if (toks > 2 || t->kind != DS_TOK_WORD || ds_cut_may_be(c->lex, t->hash))
        return false;
    if (toks == 2 && (mark->kind != DS_TOK_PUNCT || mark->span.beg != t->span.end ||
                      ds_span_len(mark->span) != 1 || c->text.at[mark->span.beg] == '-'))
        return false;
    for (uint32_t i = t->span.beg; i < t->span.end; i++)
        if (!letter(c->text.at[i]))
            return false;
    give(c, t->span.end, 0);
    if (toks == 2)
        give(c, mark->span.end, 0);
    return true;
}

static void cut_sentence(cutter *c, const ds_sentence *s, size_t *done)
{
    for (uint32_t k = s->tok, next; k < s->tok_end && c->status == DS_OK; k = next) {
        next = stretch_end(c, k, s->tok_end);
        c->tok = k;
        c->tok_end = next;
        c->beg = c->at = c->doc->toks[k].span.beg;
        c->end = c->doc->toks[next - 1].span.end;
        c->flags = c->doc->toks[k].flags & DS_TF_SPACE ? DS_WF_SPACE : 0;
        c->last = next == s->tok_end;
        push_gap(c, k, *done, c->beg);
        if (mended(c, k))
            cut_mended(c);
        else if (!plain(c))
            cut_stretch(c);
        *done = c->end;
    }
}

ds_status ds_words_cut(ds_arena *a, const ds_lexicon *lex, ds_doc *doc, ds_sentence *sents)
{
    cutter c = {.arena = a, .lex = lex, .doc = doc, .text = doc->text};
    size_t done = 0;
    DS_RESERVE(a, &c.out, doc->toks_len + doc->toks_len / 16);
    for (size_t i = 0; i < doc->sents_len; i++) {
        ds_sentence *s = &sents[i];
        bool last = i + 1 == doc->sents_len;
        s->word = (uint32_t)c.out.len;
        cut_sentence(&c, s, &done);
        if (last || sents[i + 1].block != s->block) {
            size_t block = last ? doc->article->blocks_len - 1 : s->block;
            push_gap(&c, s->tok_end - 1, done, doc->article->blocks[block].span.end);
            done = doc->article->blocks[block].span.end;
        }
        s->word_end = (uint32_t)c.out.len;
        if (c.status < 0)
            return c.status;
    }
    doc->words = c.out.at;
    doc->words_len = c.out.len;
    return DS_OK;
}

uint32_t ds_doc_word_at(const ds_doc *doc, const ds_sentence *s, uint32_t byte)
{
    uint32_t lo = s->word, hi = s->word_end;
    while (lo < hi) {
        uint32_t mid = lo + (hi - lo) / 2;
        if (doc->words[mid].span.end <= byte)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo;
}
