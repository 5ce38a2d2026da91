/* SPDX-License-Identifier: Apache-2.0 */
#include "extract/internal.h"

#include <unicode/ucnv.h>

#define PAIR_LOOK 64       /* pairs of bytes looked at for UTF-16 without its mark ... */
#define PAIR_PERCENT 90    /* ... and the share of them that holds a zero */
#define SNIFF_BYTES 4096   /* control characters are counted in so many first bytes */
#define CONTROL_SHARE 10   /* more than one control character in so many bytes: no text */
#define PRESCAN_BYTES 8192 /* a <meta> that names the charset stands in so many first bytes */
#define CHUNK_UNITS 512    /* UTF-16 units converted at a time */
#define LABEL_BYTES 40     /* longest charset name that is tried */

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

const char *ext_not_text(ds_str bytes)
{
    for (size_t i = 0; i < sizeof magics / sizeof *magics; i++)
        if (ds_str_starts(bytes, magics[i].bytes))
            return magics[i].name;
    const char *boxed = boxed_kind(bytes);
    if (boxed || utf16_mark(bytes) || utf16_bare(bytes))
        return boxed;
    size_t seen = bytes.len < SNIFF_BYTES ? bytes.len : SNIFF_BYTES, control = 0;
    for (size_t i = 0; i < seen; i++) {
        unsigned char c = (unsigned char)bytes.at[i];
        control += (c < 0x20 && c != '\n' && c != '\r' && c != '\t' && c != '\f' && c != 0x1B) ||
                   c == 0x7F;
    }
    return control * CONTROL_SHARE > seen ? "binary data" : NULL;
}

/* ---- declaration --------------------------------------------------------------------------------- */

static bool label_char(char c)
{
    return ext_is_alnum((unsigned char)c) || c == '-' || c == '_' || c == ':' || c == '.';
}

/* The name behind "charset" at i, if an equals sign is between. */
static ds_str label_after(ds_str s, size_t i)
{
    while (i < s.len && (s.at[i] == ' ' || s.at[i] == '=' || s.at[i] == '"' || s.at[i] == '\''))
        i++;
    size_t end = i;
    while (end < s.len && label_char(s.at[end]))
        end++;
    return ds_str_cut(s, i, end);
}

ds_str ext_declared_charset(ds_str bytes)
{
    ds_str s = ds_str_cut(bytes, 0, PRESCAN_BYTES);
    bool meta = false;
    for (size_t i = 0; i + 8 < s.len; i++) {
        if (s.at[i] == '<')
            meta = ext_same_fold(ds_str_cut(s, i + 1, i + 5), DS_STR("meta"));
        else if (meta && ext_lower(s.at[i]) == 'c' &&
                 ext_same_fold(ds_str_cut(s, i, i + 7), DS_STR("charset")) &&
                 (s.at[i + 7] == '=' || s.at[i + 7] == ' '))
            return label_after(s, i + 7);
    }
    return (ds_str){0};
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

uint32_t ext_source_page(const ext_source *src, uint32_t at)
{
    if (!src->width)
        return at + (uint32_t)src->shift;
    uint32_t page = src->mark[at / EXT_MARK_BYTES];
    for (uint32_t i = at - at % EXT_MARK_BYTES; i < at; i++)
        page += src->width[i];
    return page;
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

/* Does the declared name mean anything that plain reading does not already do? */
static bool own_reading(ds_str label)
{
    static const ds_str same[] = {
        DS_STR_INIT("utf-8"),    DS_STR_INIT("utf8"),       DS_STR_INIT("us-ascii"),
        DS_STR_INIT("ascii"),    DS_STR_INIT("iso-8859-1"), DS_STR_INIT("windows-1252"),
        DS_STR_INIT("latin1"),   DS_STR_INIT("cp1252"),     DS_STR_INIT("utf-16"),
        DS_STR_INIT("utf-16le"), DS_STR_INIT("utf-16be"),
    };
    for (size_t i = 0; i < sizeof same / sizeof *same; i++)
        if (ext_same_fold(label, same[i]))
            return true;
    return false;
}

static ds_status read_other(ds_arena *a, ds_str bytes, ds_str label, size_t shift, size_t wrong,
                            ext_source *out, ds_str *note)
{
    char name[LABEL_BYTES];
    if (label.len && label.len < sizeof name && !own_reading(label)) {
        memcpy(name, label.at, label.len);
        name[label.len] = '\0';
        ds_status st = read_icu(a, bytes, name, out);
        if (st != DS_BAD)
            return st;
    }
    DS_TRY(read_mixed(a, bytes, shift, out));
    if (wrong >= bytes.len)
        return DS_OK;
    *note = ds_arena_printf(a, "byte 0x%02X at %zu is not UTF-8; read as windows-1252",
                            (unsigned)(unsigned char)bytes.at[wrong], wrong);
    return note->at ? DS_OK : DS_NOMEM;
}

/* Charsets that shift in and out of ASCII, and so pass for UTF-8. */
static bool seven_bit(ds_str label)
{
    return label.len > 9 && ext_same_fold(ds_str_cut(label, 0, 9), DS_STR("iso-2022-"));
}

ds_status ext_source_open(ds_arena *a, ds_str bytes, ds_str label, ext_source *out, ds_str *note)
{
    size_t shift = ds_str_starts(bytes, DS_STR("\xEF\xBB\xBF")) ? 3 : 0, wrong = bytes.len;
    *note = (ds_str){0};
    if (utf16_mark(bytes) || utf16_bare(bytes)) {
        const char *name = utf16_mark(bytes) ? "UTF-16" : utf16_bare(bytes);
        return read_icu(a, bytes, name, out);
    }
    if (ds_utf8_check(bytes, &wrong) != DS_OK || seven_bit(label))
        return read_other(a, bytes, label, shift, wrong, out, note);
    *out = (ext_source){.text = ds_str_cut(bytes, shift, bytes.len), .shift = shift};
    return DS_OK;
}
