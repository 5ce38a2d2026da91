/* SPDX-License-Identifier: Apache-2.0 */
/* charset_label.c - which charset a page declares.
 *
 * Method   names by the WHATWG Encoding Standard (what browsers understand, not what the names once meant:
 *          "iso-8859-1" is windows-1252, "gb2312" is GBK), each with the ICU converter that reads it; the declaration
 *          by the prescan of the HTML Standard (13.2.3.2), <?xml encoding?> where no <meta> says anything; differs in:
 *          the first PRESCAN_BYTES instead of 1,024 bytes are looked at, since browsers honour late ones too when
 *          their parser comes to them. docs/charsets.md
 */
#include "extract/internal.h"

#define PRESCAN_BYTES 65536 /* a <meta> that names the charset stands in so many first bytes */
#define LABEL_BYTES 32      /* longest name there is, with room */

// clang-format off
static const ext_charset charsets[] = {
    {"utf-8", NULL, EXT_CS_UTF8, "unicode-1-1-utf-8 unicode11utf8 unicode20utf8 utf-8 utf8 x-unicode20utf8"},
    {"windows-1252", NULL, EXT_CS_1252, "ansi_x3.4-1968 ascii cp1252 cp819 csisolatin1 ibm819 iso-8859-1 iso-ir-100 "
     "iso8859-1 iso88591 iso_8859-1 iso_8859-1:1987 l1 latin1 us-ascii windows-1252 x-cp1252"},
    {"ibm866", "ibm866", EXT_CS_BYTE, "866 cp866 csibm866 ibm866"},
    {"iso-8859-2", "iso-8859-2", EXT_CS_BYTE, "csisolatin2 iso-8859-2 iso-ir-101 iso8859-2 iso88592 iso_8859-2 "
     "iso_8859-2:1987 l2 latin2"},
    {"iso-8859-3", "iso-8859-3", EXT_CS_BYTE, "csisolatin3 iso-8859-3 iso-ir-109 iso8859-3 iso88593 iso_8859-3 "
     "iso_8859-3:1988 l3 latin3"},
    {"iso-8859-4", "iso-8859-4", EXT_CS_BYTE, "csisolatin4 iso-8859-4 iso-ir-110 iso8859-4 iso88594 iso_8859-4 "
     "iso_8859-4:1988 l4 latin4"},
    {"iso-8859-5", "iso-8859-5", EXT_CS_BYTE, "csisolatincyrillic cyrillic iso-8859-5 iso-ir-144 iso8859-5 iso88595 "
     "iso_8859-5 iso_8859-5:1988"},
    {"iso-8859-6", "iso-8859-6", EXT_CS_BYTE, "arabic asmo-708 csiso88596e csiso88596i csisolatinarabic ecma-114 "
     "iso-8859-6 iso-8859-6-e iso-8859-6-i iso-ir-127 iso8859-6 iso88596 iso_8859-6 iso_8859-6:1987"},
    {"iso-8859-7", "iso-8859-7", EXT_CS_BYTE, "csisolatingreek ecma-118 elot_928 greek greek8 iso-8859-7 iso-ir-126 "
     "iso8859-7 iso88597 iso_8859-7 iso_8859-7:1987 sun_eu_greek"},
    {"iso-8859-8", "iso-8859-8", EXT_CS_BYTE, "csiso88598e csisolatinhebrew hebrew iso-8859-8 iso-8859-8-e iso-ir-138 "
     "iso8859-8 iso88598 iso_8859-8 iso_8859-8:1988 visual"},
    {"iso-8859-8-i", "iso-8859-8", EXT_CS_BYTE, "csiso88598i iso-8859-8-i logical"},
    {"iso-8859-10", "iso-8859-10", EXT_CS_BYTE, "csisolatin6 iso-8859-10 iso-ir-157 iso8859-10 iso885910 l6 latin6"},
    {"iso-8859-13", "iso-8859-13", EXT_CS_BYTE, "iso-8859-13 iso8859-13 iso885913"},
    {"iso-8859-14", "iso-8859-14", EXT_CS_BYTE, "iso-8859-14 iso8859-14 iso885914"},
    {"iso-8859-15", "iso-8859-15", EXT_CS_BYTE, "csisolatin9 iso-8859-15 iso8859-15 iso885915 iso_8859-15 l9"},
    /* ICU has no iso-8859-16; its Romanian letters stand at the same places of iso-8859-2, with cedillas for commas. */
    {"iso-8859-16", "iso-8859-2", EXT_CS_BYTE, "iso-8859-16"},
    {"koi8-r", "koi8-r", EXT_CS_BYTE, "cskoi8r koi koi8 koi8-r koi8_r"},
    {"koi8-u", "koi8-u", EXT_CS_BYTE, "koi8-ru koi8-u"},
    {"macintosh", "macintosh", EXT_CS_BYTE, "csmacintosh mac macintosh x-mac-roman"},
    {"windows-874", "windows-874", EXT_CS_BYTE, "dos-874 iso-8859-11 iso8859-11 iso885911 tis-620 windows-874"},
    {"windows-1250", "windows-1250", EXT_CS_BYTE, "cp1250 windows-1250 x-cp1250"},
    {"windows-1251", "windows-1251", EXT_CS_BYTE, "cp1251 windows-1251 x-cp1251"},
    {"windows-1253", "windows-1253", EXT_CS_BYTE, "cp1253 windows-1253 x-cp1253"},
    {"windows-1254", "windows-1254", EXT_CS_BYTE, "cp1254 csisolatin5 iso-8859-9 iso-ir-148 iso8859-9 iso88599 "
     "iso_8859-9 iso_8859-9:1989 l5 latin5 windows-1254 x-cp1254"},
    {"windows-1255", "windows-1255", EXT_CS_BYTE, "cp1255 windows-1255 x-cp1255"},
    {"windows-1256", "windows-1256", EXT_CS_BYTE, "cp1256 windows-1256 x-cp1256"},
    {"windows-1257", "windows-1257", EXT_CS_BYTE, "cp1257 windows-1257 x-cp1257"},
    {"windows-1258", "windows-1258", EXT_CS_BYTE, "cp1258 windows-1258 x-cp1258"},
    {"x-mac-cyrillic", "x-mac-cyrillic", EXT_CS_BYTE, "x-mac-cyrillic x-mac-ukrainian"},
    {"gbk", "gb18030", EXT_CS_WIDE, "chinese csgb2312 csiso58gb231280 gb2312 gb_2312 gb_2312-80 gbk iso-ir-58 x-gbk"},
    {"gb18030", "gb18030", EXT_CS_WIDE, "gb18030"},
    {"big5", "Big5-HKSCS", EXT_CS_WIDE, "big5 big5-hkscs cn-big5 csbig5 x-x-big5"},
    {"euc-jp", "euc-jp", EXT_CS_WIDE, "cseucpkdfmtjapanese euc-jp x-euc-jp"},
    {"iso-2022-jp", "iso-2022-jp", EXT_CS_SHIFT, "csiso2022jp iso-2022-jp"},
    {"shift_jis", "ibm-943_P15A-2003", EXT_CS_WIDE, "csshiftjis ms932 ms_kanji shift-jis shift_jis sjis windows-31j "
     "x-sjis"},
    {"euc-kr", "windows-949", EXT_CS_WIDE, "cseuckr csksc56011987 euc-kr iso-ir-149 korean ks_c_5601-1987 "
     "ks_c_5601-1989 ksc5601 ksc_5601 windows-949"},
    /* Browsers show nothing of these three (a guard for scripts); text is all that is wanted here. */
    {"hz-gb-2312", "hz-gb-2312", EXT_CS_SHIFT, "hz-gb-2312"},
    {"iso-2022-kr", "iso-2022-kr", EXT_CS_SHIFT, "csiso2022kr iso-2022-kr"},
    {"iso-2022-cn", "iso-2022-cn", EXT_CS_SHIFT, "iso-2022-cn iso-2022-cn-ext"},
    {"utf-16be", "UTF-16BE", EXT_CS_UTF16, "unicodefffe utf-16be"},
    {"utf-16le", "UTF-16LE", EXT_CS_UTF16, "csunicode iso-10646-ucs-2 ucs-2 unicode unicodefeff utf-16 utf-16le"},
    {"x-user-defined", NULL, EXT_CS_1252, "x-user-defined"},
};
// clang-format on

static bool lists(const char *labels, ds_str name)
{
    ds_str all = ds_str_of(labels);
    for (size_t i = 0; i < all.len;) {
        size_t end = i;
        while (end < all.len && all.at[end] != ' ')
            end++;
        if (ext_same_fold(ds_str_cut(all, i, end), name))
            return true;
        i = end + 1;
    }
    return false;
}

const ext_charset *ext_charset_of(ds_str label)
{
    ds_str name = ds_str_trim(label);
    if (!name.len || name.len > LABEL_BYTES)
        return NULL;
    for (size_t i = 0; i < sizeof charsets / sizeof *charsets; i++)
        if (lists(charsets[i].labels, name))
            return &charsets[i];
    return NULL;
}

/* ---- prescan ------------------------------------------------------------------------------------------ */

static bool white(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\f' || c == '\r';
}

static bool letter(char c)
{
    return ext_is_lower((unsigned char)ext_lower(c));
}

static size_t skip_white(ds_str s, size_t i)
{
    while (i < s.len && white(s.at[i]))
        i++;
    return i;
}

/* "text/html; charset=NAME": NAME, absent if there is none. */
static ds_str charset_in(ds_str s)
{
    for (size_t i = 0; i + 7 < s.len; i++) {
        if (!ext_same_fold(ds_str_cut(s, i, i + 7), DS_STR("charset")))
            continue;
        size_t at = skip_white(s, i + 7);
        if (at >= s.len || s.at[at] != '=')
            continue;
        size_t beg = skip_white(s, at + 1), end;
        char quote = beg < s.len && (s.at[beg] == '"' || s.at[beg] == '\'') ? s.at[beg++] : 0;
        for (end = beg;
             end < s.len && (quote ? s.at[end] != quote : !white(s.at[end]) && s.at[end] != ';');)
            end++;
        return quote && end == s.len ? (ds_str){0} : ds_str_cut(s, beg, end);
    }
    return (ds_str){0};
}

/* The attribute at *i; false: the tag ends there. */
static bool next_attribute(ds_str s, size_t *i, ds_str *name, ds_str *value)
{
    size_t at = *i;
    while (at < s.len && (white(s.at[at]) || s.at[at] == '/'))
        at++;
    *i = at;
    *value = (ds_str){0};
    if (at >= s.len || s.at[at] == '>')
        return false;
    while (*i < s.len && !white(s.at[*i]) && s.at[*i] != '/' && s.at[*i] != '>' &&
           (s.at[*i] != '=' || *i == at))
        ++*i;
    *name = ds_str_cut(s, at, *i);
    at = skip_white(s, *i);
    if (at >= s.len || s.at[at] != '=')
        return true;
    at = skip_white(s, at + 1);
    char quote = at < s.len && (s.at[at] == '"' || s.at[at] == '\'') ? s.at[at++] : 0;
    const char *closed = quote ? memchr(s.at + at, quote, s.len - at) : NULL;
    *i = closed ? (size_t)(closed - s.at) : quote ? s.len : at;
    while (!quote && *i < s.len && !white(s.at[*i]) && s.at[*i] != '>')
        ++*i;
    *value = ds_str_cut(s, at, *i);
    *i += quote && *i < s.len;
    return true;
}

/* What the <meta> whose attributes begin at *i declares; NULL: nothing. */
static const ext_charset *meta_at(ds_str s, size_t *i)
{
    ds_str name, value, charset = {0}, content = {0};
    bool pragma = false;
    while (next_attribute(s, i, &name, &value)) {
        if (ext_same_fold(name, DS_STR("charset")) && !charset.at)
            charset = value;
        else if (ext_same_fold(name, DS_STR("content")) && !content.at)
            content = charset_in(value);
        else if (ext_same_fold(name, DS_STR("http-equiv")))
            pragma |= ext_same_fold(value, DS_STR("content-type"));
    }
    if (*i >= s.len) /* a tag without its end */
        return NULL;
    if (!charset.at && pragma)
        charset = content;
    const ext_charset *cs = ext_charset_of(charset);
    /* The declaration was read as ASCII, so the page is no UTF-16. */
    return cs && cs->kind == EXT_CS_UTF16 ? ext_charset_of(DS_STR("utf-8")) : cs;
}

/* <?xml version="1.0" encoding="NAME"?> */
static const ext_charset *xml_declaration(ds_str s)
{
    if (!ds_str_starts(s, DS_STR("<?xml")))
        return NULL;
    ptrdiff_t end = ds_str_find(s, DS_STR(">"), 0);
    ds_str decl = ds_str_cut(s, 0, end < 0 ? 0 : (size_t)end);
    ptrdiff_t at = ds_str_find(decl, DS_STR("encoding"), 0);
    if (at < 0)
        return NULL;
    size_t i = (size_t)at;
    ds_str name, value;
    if (!next_attribute(decl, &i, &name, &value))
        return NULL;
    const ext_charset *cs = ext_charset_of(value);
    return cs && cs->kind == EXT_CS_UTF16 ? ext_charset_of(DS_STR("utf-8")) : cs;
}

static size_t behind(ds_str s, size_t i, ds_str mark)
{
    ptrdiff_t at = ds_str_find(s, mark, i);
    return at < 0 ? s.len : (size_t)at + mark.len;
}

const ext_charset *ext_charset_declared(ds_str bytes)
{
    ds_str s = ds_str_cut(bytes, 0, PRESCAN_BYTES), name, value;
    for (size_t i = 0; i + 1 < s.len;) {
        const char *lt = memchr(s.at + i, '<', s.len - 1 - i);
        if (!lt)
            break;
        i = (size_t)(lt - s.at);
        char c = s.at[i + 1];
        if (ds_str_starts(ds_str_cut(s, i, i + 4), DS_STR("<!--"))) {
            i = behind(s, i + 2, DS_STR("-->"));
        } else if (ext_same_fold(ds_str_cut(s, i + 1, i + 5), DS_STR("meta")) && i + 5 < s.len &&
                   (white(s.at[i + 5]) || s.at[i + 5] == '/')) {
            i += 5;
            const ext_charset *cs = meta_at(s, &i);
            if (cs)
                return cs;
        } else if (letter(c) || (c == '/' && i + 2 < s.len && letter(s.at[i + 2]))) {
            while (i < s.len && !white(s.at[i]) && s.at[i] != '>')
                i++;
            while (next_attribute(s, &i, &name, &value))
                ;
        } else {
            i = c == '!' || c == '/' || c == '?' ? behind(s, i, DS_STR(">")) : i + 1;
        }
    }
    return xml_declaration(s);
}
