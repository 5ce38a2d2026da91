/* SPDX-License-Identifier: Apache-2.0 */
/* check_spans.c - does every sentence lead back to the bytes of its page?
 *
 * usage: check_spans [-n SAMPLE] [-l LEAST] [-s SHOW] FILE-OR-FOLDER...
 *
 * Reads the pages, cuts their articles into sentences, and decodes the page bytes at each sentence's source span again,
 * by its own plain means: transfer encoding of MHTML, charset through ICU, tags and what lies in script and style taken
 * out, character references replaced. The result must be the sentence, white space apart (docs/formats/claim.md, source_span).
 * Sampled are the SAMPLE sentences (2,000; 0: all) whose name and number have the smallest hashes: the same ones in
 * every run. Prints the share, -s SHOW misses; exit 1 when less than LEAST per mille agree, 2 for bad usage. */
#include "extract/internal.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unicode/ucnv.h>

#define SAMPLE 2000
#define HEAD_BYTES 4096 /* an MHTML file says what it is in so many first bytes */
#define BUDGET ((size_t)1 << 30)

typedef struct verdict {
    uint64_t order;
    bool right;
    ds_str file, want, got; /* of misses */
} verdict;

typedef struct check {
    ds_arena *kept; /* lexicon, verdicts */
    ds_lexicon *lex;
    ds_extractor *extractor;
    DS_VEC(verdict) all;
    size_t pages, articles;
} check;

static _Noreturn void stop(const char *what)
{
    fprintf(stderr, "check_spans: %s\n", what);
    exit(2);
}

/* ---- decoding, step by step -------------------------------------------------------------------------- */

static bool holds(ds_str s, const char *word)
{
    ds_str w = ds_str_of(word);
    for (size_t i = 0; i + w.len <= s.len; i++)
        if (ext_same_fold(ds_str_cut(s, i, i + w.len), w))
            return true;
    return false;
}

static int hex(char c)
{
    return c >= '0' && c <= '9'                         ? c - '0'
           : ext_lower(c) >= 'a' && ext_lower(c) <= 'f' ? ext_lower(c) - 'a' + 10
                                                        : -1;
}

/* "=E9" is a byte, "=" at the end of a line nothing; any other "=" itself. */
static ds_str from_quoted(ds_arena *a, ds_str s)
{
    ds_buf b = ds_buf_new(a);
    for (size_t i = 0; i < s.len; i++) {
        size_t end = i + 1;
        while (end < s.len && strchr(" \t\r", s.at[end]))
            end++;
        if (s.at[i] == '=' && i + 2 < s.len && hex(s.at[i + 1]) >= 0 && hex(s.at[i + 2]) >= 0) {
            ds_buf_putc(&b, (char)(hex(s.at[i + 1]) * 16 + hex(s.at[i + 2])));
            i += 2;
        } else if (s.at[i] == '=' && end < s.len && s.at[end] == '\n') {
            i = end;
        } else {
            ds_buf_putc(&b, s.at[i]);
        }
    }
    return ds_buf_str(&b);
}

static ds_str from_base64(ds_arena *a, ds_str s)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    ds_buf b = ds_buf_new(a);
    unsigned n = 0, have = 0;
    for (size_t i = 0; i < s.len; i++) {
        const char *d = s.at[i] ? strchr(digits, s.at[i]) : NULL;
        if (!d)
            continue;
        n = n << 6 | (unsigned)(d - digits);
        have += 6;
        if (have >= 8) {
            have -= 8;
            ds_buf_putc(&b, (char)(n >> have));
        }
    }
    return ds_buf_str(&b);
}

/* By the nearest Content-Transfer-Encoding before the span. */
static ds_str transfer_decoded(ds_arena *a, ds_str page, ds_span at, bool *base64)
{
    ds_str s = ds_str_at(page, at), mark = DS_STR("content-transfer-encoding:");
    *base64 = false;
    if (!holds(ds_str_cut(page, 0, HEAD_BYTES), "mime-version:"))
        return s;
    for (size_t i = at.beg; i-- > 0;) {
        if (!ext_same_fold(ds_str_cut(page, i, i + mark.len), mark))
            continue;
        ds_str line = ds_str_cut(page, i, i + 60);
        if (holds(line, "quoted-printable"))
            return from_quoted(a, s);
        *base64 = holds(line, "base64");
        return *base64 ? from_base64(a, s) : s;
    }
    return s;
}

static void put_icu(ds_buf *b, ds_str s, const char *name)
{
    UErrorCode bad = U_ZERO_ERROR;
    UConverter *from = ucnv_open(name, &bad);
    if (U_FAILURE(bad))
        stop(name);
    for (const char *in = s.at, *end = s.at + s.len; in < end;) {
        UChar32 c = ucnv_getNextUChar(from, &in, end, &bad);
        if (bad == U_INDEX_OUTOFBOUNDS_ERROR)
            break;
        bad = U_ZERO_ERROR;
        ds_buf_utf8(b, (uint32_t)c);
    }
    ucnv_close(from);
}

/* Bytes that are not UTF-8 one by one as windows-1252. */
static void put_mixed(ds_buf *b, ds_str s)
{
    for (size_t i = 0; i < s.len;) {
        size_t from = i;
        uint32_t c = ds_utf8_next(s, &i);
        if (c == DS_UTF8_BAD)
            put_icu(b, ds_str_cut(s, from, i), "windows-1252");
        else
            ds_buf_utf8(b, c);
    }
}

/* The first charset=NAME of the page that ICU knows. */
static const char *declared(ds_arena *a, ds_str page)
{
    ds_str mark = DS_STR("charset=");
    for (size_t i = 0; i + mark.len < page.len; i++) {
        if (!ext_same_fold(ds_str_cut(page, i, i + mark.len), mark))
            continue;
        size_t beg = i + mark.len + (page.at[i + mark.len] == '"' || page.at[i + mark.len] == '\'');
        size_t end = beg;
        while (end < page.len && (ext_is_alnum((unsigned char)page.at[end]) ||
                                  page.at[end] == '-' || page.at[end] == '_'))
            end++;
        UErrorCode bad = U_ZERO_ERROR;
        ds_str name = ds_arena_str(a, ds_str_cut(page, beg, end));
        UConverter *cnv = name.len ? ucnv_open(name.at, &bad) : NULL;
        if (cnv) {
            ucnv_close(cnv);
            return holds(name, "gb") ? "gb18030" : name.at; /* which holds them all */
        }
    }
    return "windows-1252";
}

static ds_str charset_decoded(ds_arena *a, ds_str page, ds_str s)
{
    ds_buf b = ds_buf_new(a);
    size_t bad;
    const char *name = holds(ds_str_cut(page, 0, 2), "\xFF\xFE") ? "UTF-16LE" : declared(a, page);
    bool wide = ds_str_starts(page, DS_STR("\xFF\xFE"));
    if (wide || ds_str_starts(page, DS_STR("\xFE\xFF")))
        put_icu(&b, s, wide ? "UTF-16LE" : "UTF-16BE");
    else if (ds_utf8_check(s, &bad) == DS_OK && ds_utf8_check(page, &bad) == DS_OK &&
             !holds(ds_str_of(name), "iso-2022"))
        return s;
    else if (holds(ds_str_of(name), "utf") || holds(ds_str_of(name), "8859-1") ||
             holds(ds_str_of(name), "1252"))
        put_mixed(&b, s);
    else
        put_icu(&b, s, name);
    return ds_buf_str(&b);
}

static bool tag_at(ds_str s, size_t i)
{
    char c = i + 1 < s.len ? s.at[i + 1] : ' ';
    return s.at[i] == '<' &&
           (ext_is_upper((unsigned char)ext_lower(c)) ||
            ext_is_lower((unsigned char)ext_lower(c)) || c == '/' || c == '!' || c == '?');
}

static size_t find_from(ds_str s, const char *word, size_t i)
{
    ds_str w = ds_str_of(word);
    while (i < s.len && !ext_same_fold(ds_str_cut(s, i, i + w.len), w))
        i++;
    return i;
}

/* The byte behind the tag, comment or raw-text element at s[i]. */
static size_t behind_tag(ds_str s, size_t i)
{
    static const char *const raw[] = {"script", "style", "svg", "iframe", "noscript", "template"};
    size_t from = i;
    if (ds_str_starts(ds_str_cut(s, i, s.len), DS_STR("<!--")))
        return find_from(s, "-->", i) + 3;
    char quote = 0;
    for (i++; i < s.len && (quote || s.at[i] != '>'); i++) {
        if (quote)
            quote = s.at[i] == quote ? 0 : quote;
        else if ((s.at[i] == '"' || s.at[i] == '\'') && s.at[i - 1] == '=')
            quote = s.at[i];
    }
    for (size_t k = 0; k < sizeof raw / sizeof *raw; k++) {
        size_t n = strlen(raw[k]);
        if (ext_same_fold(ds_str_cut(s, from + 1, from + 1 + n), ds_str_of(raw[k])) &&
            !ext_is_alnum((unsigned char)(from + 1 + n < s.len ? s.at[from + 1 + n] : ' '))) {
            char shut[16];
            snprintf(shut, sizeof shut, "</%s", raw[k]);
            i = find_from(s, shut, i);
            while (i < s.len && s.at[i] != '>')
                i++;
            break;
        }
    }
    return i < s.len ? i + 1 : s.len;
}

static ds_str markup_decoded(ds_arena *a, ds_str s)
{
    ds_buf b = ds_buf_new(a);
    for (size_t i = 0; i < s.len;) {
        size_t len = 0;
        uint32_t c = s.at[i] == '&' ? ext_entity(s, i, &len) : 0;
        if (c) {
            ds_buf_utf8(&b, c);
            i += len;
        } else if (tag_at(s, i)) {
            i = behind_tag(s, i);
        } else {
            ds_buf_putc(&b, s.at[i++]);
        }
    }
    return ds_buf_str(&b);
}

/* Without white space and control characters. */
static ds_str squeezed(ds_arena *a, ds_str s)
{
    ds_buf b = ds_buf_new(a);
    for (size_t i = 0; i < s.len;) {
        uint32_t c = ds_utf8_next(s, &i);
        bool white = c <= 0x20 || (c >= 0x7F && c <= 0xA0) || (c >= 0x2000 && c <= 0x200A) ||
                     c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x3000;
        if (!white)
            ds_buf_utf8(&b, c);
    }
    return ds_buf_str(&b);
}

/* Base64 spans are whole groups of four digits: up to two bytes more at either end. */
static bool same(ds_str want, ds_str got, bool base64)
{
    if (!base64)
        return ds_str_eq(want, got);
    return ds_str_find(got, want, 0) >= 0 && got.len <= want.len + 8;
}

/* ---- pages ------------------------------------------------------------------------------------------- */

static ds_status check_sentence(check *k, ds_arena *a, ds_str file, ds_str page, bool html,
                                const ds_doc *doc, const ds_sentence *s)
{
    ds_span at = ds_article_source(doc->article, s->span);
    bool base64;
    if (at.beg == at.end) /* a title out of <meta> */
        return DS_OK;
    ds_str got = charset_decoded(a, page, transfer_decoded(a, page, at, &base64));
    if (html)
        got = markup_decoded(a, got);
    got = squeezed(a, got);
    ds_str want = squeezed(a, ds_str_at(doc->text, s->span));
    char key[64];
    snprintf(key, sizeof key, "%u %u", doc->article->n, s->number);
    verdict v = {.order = ds_hash(ds_str_of(key), ds_hash(file, 0)),
                 .right = same(want, got, base64),
                 .file = file};
    if (!v.right) {
        v.want = ds_arena_str(k->kept, want);
        v.got = ds_arena_str(k->kept, ds_str_cut(got, 0, 2000));
    }
    return DS_PUSH(k->kept, &k->all, v);
}

static ds_status check_page(check *k, ds_arena *a, ds_str file, ds_str bytes)
{
    ds_page page = {.name = file, .bytes = bytes, .fetched = DS_DAY_NONE, .published = DS_DAY_NONE};
    ds_articles arts = {0};
    ds_status st = ds_extract(a, &page, k->extractor, NULL, &arts, NULL, NULL);
    if (st == DS_NOMEM)
        return st;
    size_t tags = 0;
    for (size_t i = 0; i + 1 < bytes.len; i++)
        tags += (bytes.at[i] == '<' && (bytes.at[i + 1] == '/' || !bytes.at[i + 1]));
    if (holds(ds_str_cut(bytes, 0, HEAD_BYTES), "content-type: text/html"))
        tags = 3;
    k->pages++;
    for (size_t i = 0; i < arts.len; i++) {
        ds_doc doc;
        DS_TRY(ds_text_read(a, &arts.at[i], k->lex, &doc, NULL));
        k->articles++;
        for (size_t j = 0; j < doc.sents_len; j++)
            DS_TRY(check_sentence(k, a, file, bytes, tags >= 3, &doc, &doc.sents[j]));
    }
    return DS_OK;
}

static void check_file(check *k, const char *path)
{
    FILE *f = fopen(path, "rb");
    if (!f || fseek(f, 0, SEEK_END) != 0)
        stop(path);
    long size = ftell(f);
    rewind(f);
    ds_arena *a = ds_arena_new(0, BUDGET);
    char *at = a && size >= 0 ? ds_arena_alloc(a, (size_t)size + 1) : NULL;
    if (!at || fread(at, 1, (size_t)size, f) != (size_t)size)
        stop(path);
    fclose(f);
    const char *base = strrchr(path, '/');
    ds_str file = ds_arena_str(k->kept, ds_str_of(base ? base + 1 : path));
    if (!file.at || check_page(k, a, file, (ds_str){at, (size_t)size}) != DS_OK)
        stop("out of memory");
    ds_arena_free(a);
}

static void check_path(check *k, const char *path)
{
    struct stat st;
    struct dirent **names;
    if (stat(path, &st) != 0)
        stop(path);
    if (!S_ISDIR(st.st_mode)) {
        check_file(k, path);
        return;
    }
    int n = scandir(path, &names, NULL, alphasort);
    for (int i = 0; i < n; i++) {
        char inner[4096];
        if (names[i]->d_name[0] != '.' &&
            snprintf(inner, sizeof inner, "%s/%s", path, names[i]->d_name) < (int)sizeof inner)
            check_path(k, inner);
        free(names[i]);
    }
    if (n >= 0)
        free(names);
}

static int by_order(const void *a, const void *b)
{
    uint64_t x = ((const verdict *)a)->order, y = ((const verdict *)b)->order;
    return x < y ? -1 : x > y;
}

static long number(const char *s)
{
    char *end;
    long n = strtol(s, &end, 10);
    if (*end || n < 0)
        stop("a whole number is expected");
    return n;
}

int main(int argc, char **argv)
{
    long sample = SAMPLE, least = 0, show = 0;
    check k = {.kept = ds_arena_new(0, BUDGET)};
    if (!k.kept || ds_lexicon_open(k.kept, (ds_str){0}, &k.lex, NULL) != DS_OK ||
        ds_extractor_open(k.kept, k.lex, &k.extractor, NULL) != DS_OK)
        stop("no lexicon");
    for (int i = 1; i < argc; i++) {
        long *option = strcmp(argv[i], "-n") == 0   ? &sample
                       : strcmp(argv[i], "-l") == 0 ? &least
                       : strcmp(argv[i], "-s") == 0 ? &show
                                                    : NULL;
        if (!option)
            check_path(&k, argv[i]);
        else if (++i < argc)
            *option = number(argv[i]);
    }
    if (!k.all.len)
        stop("no sentences; usage: check_spans [-n SAMPLE] [-l LEAST] [-s SHOW] FILE-OR-FOLDER...");
    qsort(k.all.at, k.all.len, sizeof *k.all.at, by_order);
    size_t n = sample && (size_t)sample < k.all.len ? (size_t)sample : k.all.len, right = 0;
    for (size_t i = 0; i < n; i++) {
        const verdict *v = &k.all.at[i];
        right += v->right;
        if (v->right || show-- <= 0)
            continue;
        printf("%.*s\n  want %.*s\n  got  %.*s\n", DS_FMT(v->file), DS_FMT(v->want),
               DS_FMT(v->got));
    }
    printf("%zu of %zu sentences = %.4f  (%zu pages, %zu articles, %zu sentences)\n", right, n,
           (double)right / (double)n, k.pages, k.articles, k.all.len);
    ds_arena_free(k.kept);
    return right * 1000 < n * (size_t)least;
}
