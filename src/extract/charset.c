/* SPDX-License-Identifier: Apache-2.0 */
#include "extract/internal.h"

#include <unicode/ucnv.h>

#define PAIR_LOOK 64     /* pairs of bytes looked at for UTF-16 without its mark ... */
#define PAIR_PERCENT 90  /* ... and the share of them that holds a zero */
#define SNIFF_BYTES 4096 /* control characters are counted in so many first bytes */
#define CONTROL_SHARE 10 /* more than one control character in so many bytes: no text */
#define CHUNK_UNITS 512  /* UTF-16 units converted at a time */
#define FEW_SEQUENCES 3  /* so few UTF-8 sequences may be an accident of double-byte text */
#define UTF8_TIMES                                                                                 \
    10 /* so many times more UTF-8 sequences than other bytes: UTF-8, whatever is declared */

typedef struct magic {
    ds_str bytes;
    const char *name;
} magic;

static const magic magics[] = {
    {DS_STR_INIT("\xFF\xD8\xFF"), "JPEG"},
    {DS_STR_INIT("\x89PNG\r\n\x1A\n"), "PNG"},
    {DS_STR_INIT("GIF87a"), "GIF"},
    {DS_STR_INIT("GIF89a"), "GIF"},
    {DS_STR_INIT("%PDF-"), "PDF"},
    {DS_STR_INIT("PK\x03\x04"), "ZIP"},
    {DS_STR_INIT("PK\x05\x06"), "ZIP"},
    {DS_STR_INIT("\x1F\x8B"), "gzip"},
    {DS_STR_INIT("BZh"), "bzip2"},
    {DS_STR_INIT("\xFD\x37zXZ"), "xz"},
    {DS_STR_INIT("\x28\xB5\x2F\xFD"), "zstd"},
    {DS_STR_INIT("7z\xBC\xAF\x27\x1C"), "7z"},
    {DS_STR_INIT("\x7F"
                 "ELF"),
     "ELF"},
    {DS_STR_INIT("MZ\x90"), "Windows program"},
    {DS_STR_INIT("II*\x00"), "TIFF"},
    {DS_STR_INIT("MM\x00*"), "TIFF"},
    {DS_STR_INIT("OggS"), "Ogg"},
    {DS_STR_INIT("ID3"), "MP3"},
    {DS_STR_INIT("\x1A\x45\xDF\xA3"), "Matroska"},
    {DS_STR_INIT("SQLite format 3"), "SQLite"},
    {DS_STR_INIT("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"), "Office document"},
    {DS_STR_INIT("{\\rtf"), "RTF"},
    {DS_STR_INIT("wOFF"), "WOFF"},
    {DS_STR_INIT("wOF2"), "WOFF2"},
};

/* "RIFF....WEBP" and "....ftypmp42" carry their name after a length. */
static const char *boxed_kind(ds_str b)
{
    if (ds_str_starts(b, DS_STR("RIFF")) && b.len >= 12)
        return memcmp(b.at + 8, "WEBP", 4) == 0 ? "WebP" : "RIFF";
    if (b.len >= 12 && memcmp(b.at + 4, "ftyp", 4) == 0)
        return "MP4";
    return NULL;
}

static bool utf16_mark(ds_str b)
{
    return ds_str_starts(b, DS_STR("\xFF\xFE")) || ds_str_starts(b, DS_STR("\xFE\xFF"));
}

/* Pairs of a zero and a printable byte: UTF-16 without its mark. `zero`: which byte of a pair is zero. */
static bool zero_pairs(ds_str b, size_t zero)
{
    size_t n = b.len / 2 < PAIR_LOOK ? b.len / 2 : PAIR_LOOK, hits = 0;
    for (size_t i = 0; i < n; i++)
        hits += !b.at[2 * i + zero] && (unsigned char)b.at[2 * i + 1 - zero] >= '\t';
    return n > 1 && hits * 100 >= n * PAIR_PERCENT;
}

static const char *utf16_bare(ds_str b)
{
    return zero_pairs(b, 1) ? "UTF-16LE" : zero_pairs(b, 0) ? "UTF-16BE" : NULL;
}

/* Control characters that text seldom holds: not \t, \n, \f, \r, nor the escape of some charsets. */
static const uint8_t controls[256] = {
    [0x00 ... 0x08] = 1, [0x0B] = 1, [0x0E ... 0x1A] = 1, [0x1C ... 0x1F] = 1, [0x7F] = 1,
};

const char *ext_not_text(ds_str bytes)
{
    for (size_t i = 0; i < sizeof magics / sizeof *magics; i++)
        if (ds_str_starts(bytes, magics[i].bytes))
            return magics[i].name;
    const char *boxed = boxed_kind(bytes);
    if (boxed || utf16_mark(bytes) || utf16_bare(bytes))
        return boxed;
    size_t seen = bytes.len < SNIFF_BYTES ? bytes.len : SNIFF_BYTES, control = 0;
    for (size_t i = 0; i < seen; i++)
        control += controls[(unsigned char)bytes.at[i]];
    return control * CONTROL_SHARE > seen ? "binary data" : NULL;
}

/* ---- conversion ------------------------------------------------------------------------------------ */

typedef struct sink {
    ds_arena *arena;
    char *text;
    uint8_t *width;
    size_t len, cap;
    size_t first; /* page offset of the first code point (a byte order mark is skipped) */
} sink;

static ds_status sink_room(sink *k, size_t more)
{
    if (k->len + more <= k->cap)
        return DS_OK;
    size_t cap = k->cap + k->cap / 2 + more;
    char *text = ds_arena_grow(k->arena, k->text, k->cap, cap);
    if (text)
        k->text = text;
    uint8_t *width = text ? ds_arena_grow(k->arena, k->width, k->cap, cap) : NULL;
    if (!width)
        return DS_NOMEM;
    k->width = width;
    k->cap = cap;
    return DS_OK;
}

/* `source`: bytes of the page that the code point stands for; 0 where it shares them with the one before. */
static ds_status sink_put(sink *k, uint32_t c, size_t source)
{
    DS_TRY(sink_room(k, 4));
    size_t at = k->len;
    if (c < 0x80) {
        k->text[k->len++] = (char)c;
    } else if (c < 0x800) {
        k->text[k->len++] = (char)(0xC0 | c >> 6);
        k->text[k->len++] = (char)(0x80 | (c & 63));
    } else if (c < 0x10000) {
        k->text[k->len++] = (char)(0xE0 | c >> 12);
        k->text[k->len++] = (char)(0x80 | (c >> 6 & 63));
        k->text[k->len++] = (char)(0x80 | (c & 63));
    } else {
        k->text[k->len++] = (char)(0xF0 | c >> 18);
        k->text[k->len++] = (char)(0x80 | (c >> 12 & 63));
        k->text[k->len++] = (char)(0x80 | (c >> 6 & 63));
        k->text[k->len++] = (char)(0x80 | (c & 63));
    }
    k->width[at] = (uint8_t)(source < 255 ? source : 255);
    for (size_t i = at + 1; i < k->len; i++)
        k->width[i] = 0;
    return DS_OK;
}

static ds_status sink_close(sink *k, size_t shift, ext_source *out)
{
    size_t marks = k->len / EXT_MARK_BYTES + 1;
    uint32_t *mark = ds_arena_calloc(k->arena, marks, sizeof *mark);
    if (!mark)
        return DS_NOMEM;
    size_t page = shift;
    for (size_t i = 0; i < k->len; i++) {
        if (i % EXT_MARK_BYTES == 0)
            mark[i / EXT_MARK_BYTES] = (uint32_t)page;
        page += k->width[i];
    }
    if (k->len % EXT_MARK_BYTES == 0)
        mark[k->len / EXT_MARK_BYTES] = (uint32_t)page;
    *out = (ext_source){.text = {k->text, k->len}, .width = k->width, .mark = mark};
    return DS_OK;
}

/* Text offset -> offset in the bytes that were converted: the page, or the part of an MHTML page. */
static uint32_t source_offset(const ext_source *src, uint32_t at)
{
    if (!src->width)
        return at + (uint32_t)src->shift;
    uint32_t page = src->mark[at / EXT_MARK_BYTES];
    for (uint32_t i = at - at % EXT_MARK_BYTES; i < at; i++)
        page += src->width[i];
    return page;
}

ds_span ext_source_span(const ext_source *src, ds_span text)
{
    ds_span got = {source_offset(src, text.beg), source_offset(src, text.end)};
    return src->part ? ext_part_span(src->part, got) : got;
}

uint32_t ext_source_step(const ext_source *src, ds_span text, ds_span *page)
{
    uint32_t from = source_offset(src, text.beg), to = from, end = text.beg;
    uint32_t same = src->part ? ext_part_same(src->part, from) : UINT32_MAX;
    if (!src->width) {
        end += ds_span_len(text) < same ? ds_span_len(text) : same;
        to += end - text.beg;
    }
    while (src->width && end < text.end && to - from < same && src->width[end] == 1 &&
           (unsigned char)src->text.at[end] < 0x80) {
        end++;
        to++;
    }
    if (end == text.beg) { /* a character of other bytes */
        to += src->width ? src->width[end] : 1;
        end++;
        while (end < text.end && ((unsigned char)src->text.at[end] & 0xC0) == 0x80) {
            to += !src->width;
            end++;
        }
    }
    ds_span got = {from, to};
    *page = src->part ? ext_part_span(src->part, got) : got;
    return end;
}

/* windows-1252 where a byte is not UTF-8; the rest stays UTF-8: pages glued from both are common. */
static const uint16_t cp1252[32] = {
    0x20AC, 0xFFFD, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0xFFFD, 0x017D, 0xFFFD, 0xFFFD, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0xFFFD, 0x017E, 0x0178,
};

static ds_status read_mixed(ds_arena *a, ds_str bytes, size_t shift, ext_source *out)
{
    sink k = {.arena = a};
    DS_TRY(sink_room(&k, bytes.len + bytes.len / 4 + 16));
    for (size_t i = shift; i < bytes.len;) {
        size_t from = i;
        uint32_t c = ds_utf8_next(bytes, &i);
        if (c == DS_UTF8_BAD) {
            i = from + 1;
            c = (unsigned char)bytes.at[from];
            c = c >= 0x80 && c < 0xA0 ? cp1252[c - 0x80] : c;
        }
        DS_TRY(sink_put(&k, c, i - from));
    }
    return sink_close(&k, shift, out);
}

static void close_converter(UConverter **cnv)
{
    if (*cnv)
        ucnv_close(*cnv);
}

/* One chunk of UTF-16 with the page offset of each unit. */
static ds_status put_units(sink *k, const UChar *units, const int32_t *at, int32_t n, size_t base,
                           size_t *last)
{
    for (int32_t i = 0; i < n; i++) {
        // NOLINTNEXTLINE(clang-analyzer-core.uninitialized.Assign): ucnv filled n of them
        uint32_t c = units[i];
        size_t from = base + (at[i] >= 0 ? (size_t)at[i] : 0);
        if (c >= 0xD800 && c < 0xDC00 && i + 1 < n && units[i + 1] >= 0xDC00 &&
            units[i + 1] < 0xE000)
            c = 0x10000 + ((c - 0xD800) << 10) + (units[++i] - 0xDC00u);
        else if (c >= 0xD800 && c < 0xE000)
            c = 0xFFFD;
        if (k->len && from > *last) { /* the code point before ends here */
            size_t prev = ds_utf8_prev((ds_str){k->text, k->len}, k->len);
            size_t width = from - *last;
            k->width[prev] = (uint8_t)(width < 255 ? width : 255);
        }
        if (!k->len)
            k->first = from;
        *last = from;
        DS_TRY(sink_put(k, c, 0));
    }
    return DS_OK;
}

static ds_status read_icu(ds_arena *a, ds_str bytes, const char *name, ext_source *out)
{
    UErrorCode bad = U_ZERO_ERROR;
    DS_AUTO(close_converter) UConverter *cnv = ucnv_open(name, &bad);
    if (U_FAILURE(bad))
        return DS_BAD;
    sink k = {.arena = a};
    DS_TRY(sink_room(&k, bytes.len + bytes.len / 2 + 16));
    const char *in = bytes.at, *end = bytes.at + bytes.len;
    size_t last = 0;
    for (bool done = false; !done;) {
        UChar units[CHUNK_UNITS];
        int32_t at[CHUNK_UNITS];
        UChar *to = units;
        const char *from = in;
        bad = U_ZERO_ERROR;
        ucnv_toUnicode(cnv, &to, units + CHUNK_UNITS, &in, end, at, true, &bad);
        done = bad != U_BUFFER_OVERFLOW_ERROR;
        if (done && U_FAILURE(bad))
            return DS_BAD;
        DS_TRY(put_units(&k, units, at, (int32_t)(to - units), (size_t)(from - bytes.at), &last));
    }
    if (k.len) {
        size_t prev = ds_utf8_prev((ds_str){k.text, k.len}, k.len), width = bytes.len - last;
        k.width[prev] = (uint8_t)(width < 255 ? width : 255);
    }
    return sink_close(&k, k.first, out);
}

static ds_status read_other(ds_arena *a, ds_str bytes, size_t shift, size_t wrong, ext_source *out,
                            ds_str *note)
{
    DS_TRY(read_mixed(a, bytes, shift, out));
    *note = ds_arena_printf(a, "byte 0x%02X at %zu is not UTF-8; read as windows-1252",
                            (unsigned)(unsigned char)bytes.at[wrong], wrong);
    return note->at ? DS_OK : DS_NOMEM;
}

typedef struct utf8_count {
    size_t sequences, longer; /* of two bytes or more; of three or more */
    size_t other;             /* bytes that belong to none */
} utf8_count;

static utf8_count count_utf8(ds_str s)
{
    utf8_count n = {0};
    for (size_t i = 0; i < s.len;) {
        uint32_t c = ds_utf8_next(s, &i);
        n.other += c == DS_UTF8_BAD;
        n.sequences += c >= 0x80 && c != DS_UTF8_BAD;
        n.longer += c >= 0x800 && c != DS_UTF8_BAD;
    }
    return n;
}

/* Is the declared charset right about these bytes, which UTF-8 would read differently?
 *
 * Text in another charset is valid UTF-8 by accident only when it is short: a letter of a single-byte charset would
 * have to be followed by a sign (0x80 to 0xBF) every time, and a double-byte one has a small chance for each character.
 * So UTF-8 wins over a declaration, but for a few two-byte sequences in a page that is declared double-byte. And where
 * nearly all of the page is UTF-8, a few broken bytes (a cut-off title, an advertisement) make no other charset of it. */
static bool declared_reads_right(const ext_charset *cs, ds_str bytes, bool valid)
{
    switch (cs->kind) {
    case EXT_CS_SHIFT: /* these shift in and out of ASCII, and so pass for it */
        return memchr(bytes.at, 0x1B, bytes.len) || ds_str_find(bytes, DS_STR("~{"), 0) >= 0;
    case EXT_CS_BYTE:
    case EXT_CS_WIDE:
        break;
    default:
        return false;
    }
    if (valid && cs->kind == EXT_CS_BYTE)
        return false;
    utf8_count n = count_utf8(bytes);
    if (valid)
        return n.sequences && n.sequences <= FEW_SEQUENCES && !n.longer;
    return n.sequences <= FEW_SEQUENCES || n.sequences < n.other * UTF8_TIMES;
}

ds_status ext_source_open(ds_arena *a, ds_str bytes, const ext_charset *cs, ext_source *out,
                          ds_str *note)
{
    size_t shift = ds_str_starts(bytes, DS_STR("\xEF\xBB\xBF")) ? 3 : 0, wrong = bytes.len;
    *note = (ds_str){0};
    if (utf16_mark(bytes) || utf16_bare(bytes)) {
        const char *name = utf16_mark(bytes) ? "UTF-16" : utf16_bare(bytes);
        return read_icu(a, bytes, name, out);
    }
    bool valid = ds_utf8_check(bytes, &wrong) == DS_OK;
    if (cs && !shift && declared_reads_right(cs, bytes, valid)) {
        ds_status st = read_icu(a, bytes, cs->icu, out);
        if (st != DS_BAD)
            return st;
    }
    if (!valid && cs && cs->kind == EXT_CS_1252)
        return read_mixed(a, bytes, shift, out);
    if (!valid)
        return read_other(a, bytes, shift, wrong, out, note);
    *out = (ext_source){.text = ds_str_cut(bytes, shift, bytes.len), .shift = shift};
    return DS_OK;
}
