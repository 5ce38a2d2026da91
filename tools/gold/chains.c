/* SPDX-License-Identifier: Apache-2.0 */
/* chains GOLD.tsv SHARED [--errors] [--held-errors] - reads the pages that the rows of GOLD.tsv stand in (docs/formats/chain-gold.md;
 * the pages lie in SHARED/data) and prints for both sets how many chains and links the reader gets right. --errors also lists what is
 * wrong in the set dev, --held-errors in held: who looks at those must choose other pages for it.
 * Exit status: 0 measured, 1 the rows do not fit the pages, 2 bad usage, 77 the pages are not there. */
#include "../train/files.h"
#include "claim/claim.h"
#include "extract/extract.h"
#include "intake/intake.h"
#include "language/language.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum {
    ARENA_MOST = 1 << 30,
    LINKS_MOST = 8,
    WORDS_MOST = 32, /* of a name */
    MORE_WORDS =
        6,        /* that a name may have beside those of the gold: titles, where somebody works */
    SKIPPED = 77, /* for meson */
};

typedef struct gold_link {
    ds_str name, kind,
        cue; /* the name's variants stand between " / ", those of kind and cue between "/" */
} gold_link;

/* As the table has them. */
enum {
    COL_SET,
    COL_FILE,
    COL_DOC,
    COL_START,
    COL_END,
    COL_CHECK,
    COL_CHAIN,
    COL_CERTAINTY,
    COLUMNS
};

typedef struct row {
    ds_str cell[COLUMNS];
    ds_span words; /* bytes of the page */
    ds_str text;   /* what stands there */
    gold_link link[LINKS_MOST];
    size_t links;
    bool met; /* an article holds it */
} row;

enum { NO_LINK, ONE_LINK, MORE_LINKS, SHAPES };

typedef struct totals {
    unsigned rows[SHAPES], whole[SHAPES];
    unsigned links, given, right,
        cues; /* of gold, of the reader, right ones, right ones with the right cue */
    unsigned sure, sure_right; /* rows that give a certainty */
    unsigned unread;           /* rows in no article */
} totals;

typedef struct scorer {
    ds_arena *kept, *page_arena;
    ds_lexicon *lex;
    ds_language *grammar;
    ds_extractor *extractor;
    DS_VEC(row) rows;
    totals sum[2];  /* dev, held */
    bool errors[2]; /* to be listed */
    bool misfit;
} scorer;

/* ---- rows --------------------------------------------------------------------------------------------- */

enum { DEV, HELD };
static int set_of(const row *r)
{
    return ds_str_eq(r->cell[COL_SET], DS_STR("held")) ? HELD : DEV;
}

static int refuse(const row *r, const char *why)
{
    fprintf(stderr, "chains: %.*s %.*s %.*s: %s\n", DS_FMT(r->cell[COL_FILE]),
            DS_FMT(r->cell[COL_DOC]), DS_FMT(r->cell[COL_START]), why);
    return 1;
}

/* What stands before `stop`, which is skipped; all of *rest where it is not in it. */
static ds_str next_piece(ds_str *rest, const char *stop)
{
    ptrdiff_t at = ds_str_find(*rest, ds_str_of(stop), 0);
    size_t n = at < 0 ? rest->len : (size_t)at;
    ds_str piece = ds_str_cut(*rest, 0, n);
    *rest = ds_str_cut(*rest, at < 0 ? n : n + strlen(stop), rest->len);
    return piece;
}

static uint32_t offset_of(ds_str s)
{
    ds_frac f = {0, 1};
    return ds_frac_parse(s, &f) == DS_OK && f.num >= 0 ? (uint32_t)f.num : UINT32_MAX;
}

static int read_row(row *r)
{
    r->words = (ds_span){offset_of(r->cell[COL_START]), offset_of(r->cell[COL_END])};
    if (r->words.beg >= r->words.end || r->words.end == UINT32_MAX)
        return refuse(r, "the offsets span nothing");
    ds_str rest = r->cell[COL_CHAIN];
    if (ds_str_eq(rest, DS_STR("-")))
        return 0;
    while (rest.len && r->links < LINKS_MOST) {
        ds_str piece = next_piece(&rest, " > ");
        gold_link *l = &r->link[r->links++];
        l->name = next_piece(&piece, "|");
        l->kind = next_piece(&piece, "|");
        l->cue = piece;
        if (!l->name.len || !l->kind.len || !l->cue.len)
            return refuse(r, "a link is NAME|KIND|CUE");
    }
    return 0;
}

static int read_gold(scorer *s, const char *path)
{
    ds_table t;
    ds_err err = {0};
    ds_str text = train_slurp(s->kept, path);
    if (!text.at || ds_table_read(s->kept, DS_STR("chains"), text, &t, &err) < 0 ||
        t.columns != COLUMNS) {
        fprintf(stderr, "chains: %s:%zu: %s\n", path, err.at,
                err.what ? err.what : "cannot be read");
        return 1;
    }
    for (uint32_t i = 0; i < t.rows; i++) {
        row r = {.links = 0};
        for (uint32_t c = 0; c < COLUMNS; c++)
            r.cell[c] = ds_table_cell(&t, i, c);
        if (read_row(&r) || DS_PUSH(s->kept, &s->rows, r) != DS_OK)
            return 1;
    }
    return 0;
}

/* ---- do names agree? ---------------------------------------------------------------------------------- */

typedef struct name_words {
    ds_str at[WORDS_MOST];
    size_t len;
} name_words;

static bool in_word(ds_str s, size_t i)
{
    unsigned char c = (unsigned char)s.at[i];
    /* U+2000..U+203F: dashes and quotation marks */
    bool mark = (c == 0xE2 && i + 1 < s.len && (unsigned char)s.at[i + 1] == 0x80) ||
                (c == 0x80 && i > 0 && (unsigned char)s.at[i - 1] == 0xE2) ||
                (i > 1 && (unsigned char)s.at[i - 1] == 0x80 && (unsigned char)s.at[i - 2] == 0xE2);
    return !mark &&
           ((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c > 127);
}

static bool is_small(ds_str w)
{
    static const char *const small[] = {"the", "a",  "an", "of", "in",  "for", "from",
                                        "by",  "to", "at", "on", "and", "s",   "its"};
    for (size_t i = 0; i < sizeof small / sizeof *small; i++)
        if (ds_str_eq(w, ds_str_of(small[i])))
            return true;
    return false;
}

/* In lower case; without small words, unless there are no others. */
static name_words words_of(ds_arena *a, ds_str s, bool all)
{
    name_words w = {.len = 0};
    for (size_t i = 0; i < s.len && w.len < WORDS_MOST;) {
        size_t end = i;
        while (end < s.len && in_word(s, end))
            end++;
        ds_str word = ds_ascii_lower(a, ds_str_cut(s, i, end));
        if (word.len && (all || !is_small(word)))
            w.at[w.len++] = word;
        i = end + 1;
    }
    return w.len || all ? w : words_of(a, s, true);
}

static bool within(const name_words *few, const name_words *many)
{
    for (size_t i = 0; i < few->len; i++) {
        bool found = false;
        for (size_t k = 0; k < many->len && !found; k++)
            found = ds_str_eq(few->at[i], many->at[k]);
        if (!found)
            return false;
    }
    return few->len > 0;
}

/* "un" and "united nations" */
static bool initials(const name_words *acronym, const name_words *words)
{
    if (acronym->len != 1 || words->len < 2 || acronym->at[0].len != words->len)
        return false;
    for (size_t i = 0; i < words->len; i++)
        if (acronym->at[0].at[i] != words->at[i].at[0])
            return false;
    return true;
}

/* A last name alone is not the full name: more than half of the gold's words must be there. */
static bool same_name(ds_arena *a, ds_str gold, ds_str got)
{
    name_words g = words_of(a, gold, false), p = words_of(a, got, false);
    return (within(&g, &p) && p.len <= g.len + MORE_WORDS) ||
           (within(&p, &g) && 2 * p.len > g.len) || initials(&g, &p) || initials(&p, &g);
}

static bool one_of(ds_str variants, const char *stop, ds_str got)
{
    while (variants.len)
        if (ds_str_eq(next_piece(&variants, stop), got))
            return true;
    return false;
}

static bool link_agrees(ds_arena *a, const gold_link *g, const ds_link *p)
{
    ds_str variants = g->name;
    bool name = false;
    while (variants.len && !name) {
        ds_str v = next_piece(&variants, " / ");
        name = same_name(a, v, p->name) || (p->holder.at && same_name(a, v, p->holder));
    }
    return name && one_of(g->kind, "/", ds_str_of(ds_holder_kind_name(p->kind)));
}

static bool cue_agrees(ds_arena *a, ds_str variants, ds_str got)
{
    name_words p = words_of(a, got, true);
    while (variants.len) {
        name_words g = words_of(a, next_piece(&variants, "/"), true);
        if (within(&g, &p) || within(&p, &g))
            return true;
    }
    return false;
}

/* ---- one row ------------------------------------------------------------------------------------------ */

typedef struct match {
    unsigned right, cues;
} match;

static match better(match a, match b)
{
    return b.right > a.right || (b.right == a.right && b.cues > a.cues) ? b : a;
}

/* The most links that agree, both chains read in order. */
static match match_links(ds_arena *a, const row *r, const ds_said *said)
{
    match best[LINKS_MOST + 1][LINKS_MOST + 1] = {{{0, 0}}};
    size_t n = said->by_len < LINKS_MOST ? said->by_len : LINKS_MOST;
    for (size_t i = 1; i <= r->links; i++)
        for (size_t k = 1; k <= n; k++) {
            const ds_link *p = &said->by[k - 1];
            match both = best[i - 1][k - 1];
            if (link_agrees(a, &r->link[i - 1], p)) {
                both.right++;
                both.cues += cue_agrees(a, r->link[i - 1].cue, p->cue);
            }
            best[i][k] = better(both, better(best[i - 1][k], best[i][k - 1]));
        }
    return best[r->links][n];
}

static void list_error(const row *r, const ds_said *said)
{
    printf("%.*s %.*s %.*s %u \"%.*s\"\n  want %.*s  %.*s\n  got  ", DS_FMT(r->cell[COL_SET]),
           DS_FMT(r->cell[COL_FILE]), DS_FMT(r->cell[COL_DOC]), r->words.beg, DS_FMT(r->text),
           DS_FMT(r->cell[COL_CHAIN]), DS_FMT(r->cell[COL_CERTAINTY]));
    for (size_t i = 0; i < said->by_len; i++)
        printf("%s%.*s|%s|%.*s", i ? " > " : "", DS_FMT(said->by[i].name),
               ds_holder_kind_name(said->by[i].kind), DS_FMT(said->by[i].cue));
    printf("%s  %s\n", said->by_len ? "" : "-", ds_certainty_name(said->certainty));
}

static void count(scorer *s, ds_arena *a, const row *r, const ds_said *said)
{
    int set = set_of(r), shape = r->links == 0 ? NO_LINK : r->links == 1 ? ONE_LINK : MORE_LINKS;
    totals *t = &s->sum[set];
    match m = match_links(a, r, said);
    bool whole = m.right == r->links && said->by_len == r->links;
    bool asks = !ds_str_eq(r->cell[COL_CERTAINTY], DS_STR("?"));
    bool sure = one_of(r->cell[COL_CERTAINTY], "/", ds_str_of(ds_certainty_name(said->certainty)));
    t->rows[shape]++;
    t->whole[shape] += whole;
    t->links += (unsigned)r->links;
    t->given += (unsigned)said->by_len;
    t->right += m.right;
    t->cues += m.cues;
    t->sure += asks;
    t->sure_right += asks && sure;
    if (s->errors[set] && (!whole || (asks && !sure)))
        list_error(r, said);
}

/* ---- pages -------------------------------------------------------------------------------------------- */

/* The words of a row in the article; false: it does not hold them. */
static bool in_article(const ds_article *art, const row *r, ds_span *out)
{
    for (size_t i = 0; i < art->runs_len; i++) {
        const ds_run *run = &art->runs[i];
        if (run->page.beg > r->words.beg || run->page.end <= r->words.beg)
            continue;
        uint32_t at = run->text.beg + (r->words.beg - run->page.beg);
        ds_span same = {at, at + ds_span_len(r->words)};
        if (same.end <= art->text.len && ds_str_eq(ds_str_at(art->text, same), r->text)) {
            *out = same;
            return true;
        }
        ptrdiff_t found = ds_str_find(ds_str_at(art->text, run->text), r->text, 0);
        if (found < 0)
            continue;
        out->beg = run->text.beg + (uint32_t)found;
        out->end = out->beg + (uint32_t)r->text.len;
        return true;
    }
    return false;
}

static ds_status score_article(scorer *s, const ds_article *art, row **rows, size_t n, ds_err *err)
{
    ds_arena *a = s->page_arena;
    ds_doc doc;
    ds_parse parse;
    ds_marks marks = {0};
    DS_TRY(ds_text_read(a, art, s->lex, &doc, err));
    DS_TRY(ds_language_read(a, &doc, s->grammar, DS_DEPTH_NEEDED, &parse, err));
    DS_TRY(ds_language_names(a, &doc, s->grammar, &parse, err));
    DS_TRY(ds_annotate(a, &doc, &parse, s->lex, &marks, err));
    for (size_t i = 0; i < n; i++) {
        ds_span words;
        ds_said said = {NULL, 0, DS_CERT_ASSERTED};
        if (rows[i]->met || !in_article(art, rows[i], &words))
            continue;
        DS_TRY(ds_claim_said(a, &doc, &parse, &marks, s->lex, words, &said, err));
        rows[i]->met = true;
        count(s, a, rows[i], &said);
    }
    return DS_OK;
}

/* FNV-1a of the words, 32 bits in hex: says that they are the ones that were read, and keeps them out of the table. */
static bool stands_there(const ds_page *page, row *r)
{
    char hex[9];
    uint32_t h = 0x811C9DC5u;
    if (r->words.end > page->bytes.len)
        return false;
    r->text = ds_str_at(page->bytes, r->words);
    for (size_t i = 0; i < r->text.len; i++)
        h = (h ^ (unsigned char)r->text.at[i]) * 0x01000193u;
    snprintf(hex, sizeof hex, "%08x", h);
    return ds_str_eq(r->cell[COL_CHECK], ds_str_of(hex));
}

static ds_status score_page(scorer *s, const ds_page *page, row **rows, size_t n, ds_err *err)
{
    ds_articles articles = {0};
    ds_extract_notes notes = {{NULL, 0}};
    for (size_t i = 0; i < n; i++)
        if (!stands_there(page, rows[i]))
            s->misfit = refuse(rows[i], "other words stand there");
    DS_TRY(ds_extract(s->page_arena, page, s->extractor, NULL, &articles, &notes, err));
    for (size_t i = 0; i < articles.len; i++)
        DS_TRY(score_article(s, &articles.at[i], rows, n, err));
    for (size_t i = 0; i < n; i++)
        if (!rows[i]->met) { /* counts as a statement that nobody makes */
            ds_said none = {NULL, 0, DS_CERT_ASSERTED};
            s->sum[set_of(rows[i])].unread++;
            count(s, s->page_arena, rows[i], &none);
            rows[i]->met = true;
        }
    return DS_OK;
}

/* The rows [from, to) are of one file. */
static ds_status score_file(scorer *s, size_t from, size_t to, const char *path, ds_err *err)
{
    ds_intake *in;
    ds_page page;
    ds_str name;
    row **of_page = ds_arena_calloc(s->kept, to - from, sizeof(row *));
    DS_TRY(ds_intake_open(s->kept, &path, 1, DS_DAY_NONE, &in, err));
    ds_status st = of_page ? DS_OK : DS_NOMEM;
    while (st == DS_OK) {
        size_t n = 0;
        ds_arena_reset(s->page_arena);
        st = ds_intake_next(in, s->page_arena, &page, &name, err);
        if (st == DS_NONE)
            break;
        if (st < 0) { /* a line without text: no row stands there */
            st = DS_OK;
            continue;
        }
        for (size_t i = from; i < to; i++) {
            row *r = &s->rows.at[i];
            if (!r->met && (ds_str_eq(r->cell[COL_DOC], DS_STR("-")) ||
                            ds_str_eq(r->cell[COL_DOC], page.name)))
                of_page[n++] = r;
        }
        if (n)
            st = score_page(s, &page, of_page, n, err);
    }
    ds_intake_close(in);
    for (size_t i = from; i < to; i++)
        if (st == DS_NONE && !s->rows.at[i].met)
            s->misfit = refuse(&s->rows.at[i], "no such document");
    return st == DS_NONE ? DS_OK : st;
}

static int score_all(scorer *s, const char *shared)
{
    for (size_t i = 0, k; i < s->rows.len; i = k) {
        ds_err err = {0};
        ds_str file = s->rows.at[i].cell[COL_FILE];
        for (k = i; k < s->rows.len && ds_str_eq(s->rows.at[k].cell[COL_FILE], file); k++)
            ;
        ds_str path = ds_arena_printf(s->kept, "%s/data/%.*s", shared, DS_FMT(file));
        if (!path.at || access(path.at, R_OK) != 0) {
            fprintf(stderr, "skipped: no data/%.*s in %s\n", DS_FMT(file), shared);
            return SKIPPED;
        }
        if (score_file(s, i, k, path.at, &err) < 0) {
            fprintf(stderr, "chains: %.*s: %s\n", DS_FMT(path), err.what ? err.what : "failed");
            return 1;
        }
    }
    return s->misfit;
}

/* ---- the report --------------------------------------------------------------------------------------- */

static void line(const char *set, const char *what, unsigned part, unsigned of)
{
    printf("%-5s %-22s %4u/%-4u = %.3f\n", set, what, part, of, of ? (double)part / of : 0.0);
}

static void report(const char *set, const totals *t)
{
    static const char *const shapes[] = {"chains without source", "chains of one link",
                                         "chains of more links"};
    unsigned rows = 0, whole = 0;
    for (int i = 0; i < SHAPES; i++) {
        rows += t->rows[i];
        whole += t->whole[i];
    }
    line(set, "chains whole", whole, rows);
    for (int i = 0; i < SHAPES; i++)
        line(set, shapes[i], t->whole[i], t->rows[i]);
    line(set, "links found", t->right, t->links);
    line(set, "links given", t->right, t->given);
    line(set, "cues of right links", t->cues, t->right);
    line(set, "certainty", t->sure_right, t->sure);
    line(set, "in no article", t->unread, rows);
}

static bool open_reader(scorer *s, ds_err *err)
{
    s->kept = ds_arena_new(0, ARENA_MOST);
    s->page_arena = ds_arena_new(0, ARENA_MOST);
    return s->kept && s->page_arena &&
           ds_lexicon_open(s->kept, (ds_str){NULL, 0}, &s->lex, err) == DS_OK &&
           ds_language_open(s->kept, s->lex, &s->grammar, err) == DS_OK &&
           ds_extractor_open(s->kept, s->lex, &s->extractor, err) == DS_OK;
}

int main(int argc, char **argv)
{
    scorer s = {.kept = NULL};
    ds_err err = {0};
    const char *shared = getenv("DOSSIER_SHARED");
    bool bad = argc < 3;
    for (int i = 3; i < argc; i++) {
        s.errors[DEV] |= strcmp(argv[i], "--errors") == 0;
        s.errors[HELD] |= strcmp(argv[i], "--held-errors") == 0;
        bad |= strcmp(argv[i], "--errors") != 0 && strcmp(argv[i], "--held-errors") != 0;
    }
    if (bad) {
        fprintf(stderr, "usage: chains GOLD.tsv SHARED [--errors] [--held-errors]\n");
        return 2;
    }
    int st = 1;
    if (open_reader(&s, &err))
        st = read_gold(&s, argv[1]) ? 1 : score_all(&s, shared ? shared : argv[2]);
    else
        fprintf(stderr, "chains: %s\n", err.what ? err.what : "out of memory");
    if (st == 0) {
        report("dev", &s.sum[DEV]);
        report("held", &s.sum[HELD]);
    }
    ds_lexicon_close(s.lex);
    ds_arena_free(s.page_arena);
    ds_arena_free(s.kept);
    return st;
}
