/* SPDX-License-Identifier: Apache-2.0 */
#include "extract/internal.h"

#include <stdlib.h>

#define EXT_BARE 0x80000000u /* also without its semicolon */
#define NAME_BYTES 9         /* longest name in the table, with its NUL */

typedef struct entity {
    char name[NAME_BYTES];
    uint32_t code;
} entity;

/* The names of HTML 4 and the commoner ones of HTML 5, sorted bytewise. None stands for more bytes of UTF-8 than it
 * takes to write, so decoding never makes a page longer. */
// clang-format off
static const entity names[] = {
    {"AElig", EXT_BARE | 0xC6}, {"AMP", EXT_BARE | 0x26}, {"Aacute", EXT_BARE | 0xC1},
    {"Abreve", 0x102}, {"Acirc", EXT_BARE | 0xC2}, {"Agrave", EXT_BARE | 0xC0}, {"Alpha", 0x391},
    {"Amacr", 0x100}, {"Aogon", 0x104}, {"Aring", EXT_BARE | 0xC5}, {"Atilde", EXT_BARE | 0xC3},
    {"Auml", EXT_BARE | 0xC4}, {"Beta", 0x392}, {"COPY", EXT_BARE | 0xA9}, {"Cacute", 0x106},
    {"Ccaron", 0x10C}, {"Ccedil", EXT_BARE | 0xC7}, {"Chi", 0x3A7}, {"Dagger", 0x2021},
    {"Dcaron", 0x10E}, {"Delta", 0x394}, {"Dstrok", 0x110}, {"ETH", EXT_BARE | 0xD0},
    {"Eacute", EXT_BARE | 0xC9}, {"Ecaron", 0x11A}, {"Ecirc", EXT_BARE | 0xCA},
    {"Egrave", EXT_BARE | 0xC8}, {"Emacr", 0x112}, {"Eogon", 0x118}, {"Epsilon", 0x395}, {"Eta", 0x397},
    {"Euml", EXT_BARE | 0xCB}, {"GT", EXT_BARE | 0x3E}, {"Gamma", 0x393}, {"Gbreve", 0x11E},
    {"Hat", 0x5E}, {"Iacute", EXT_BARE | 0xCD}, {"Icirc", EXT_BARE | 0xCE}, {"Idot", 0x130},
    {"Igrave", EXT_BARE | 0xCC}, {"Imacr", 0x12A}, {"Iota", 0x399}, {"Iuml", EXT_BARE | 0xCF},
    {"Kappa", 0x39A}, {"LT", EXT_BARE | 0x3C}, {"Lambda", 0x39B}, {"Lstrok", 0x141}, {"Mu", 0x39C},
    {"Nacute", 0x143}, {"Ncaron", 0x147}, {"NewLine", 0xA}, {"Ntilde", EXT_BARE | 0xD1}, {"Nu", 0x39D},
    {"OElig", 0x152}, {"Oacute", EXT_BARE | 0xD3}, {"Ocirc", EXT_BARE | 0xD4}, {"Odblac", 0x150},
    {"Ograve", EXT_BARE | 0xD2}, {"Omacr", 0x14C}, {"Omega", 0x3A9}, {"Omicron", 0x39F},
    {"Oslash", EXT_BARE | 0xD8}, {"Otilde", EXT_BARE | 0xD5}, {"Ouml", EXT_BARE | 0xD6}, {"Phi", 0x3A6},
    {"Pi", 0x3A0}, {"Prime", 0x2033}, {"Psi", 0x3A8}, {"QUOT", EXT_BARE | 0x22},
    {"REG", EXT_BARE | 0xAE}, {"Rcaron", 0x158}, {"Rho", 0x3A1}, {"Sacute", 0x15A}, {"Scaron", 0x160},
    {"Scedil", 0x15E}, {"Sigma", 0x3A3}, {"THORN", EXT_BARE | 0xDE}, {"TRADE", 0x2122}, {"Tab", 0x9},
    {"Tau", 0x3A4}, {"Tcaron", 0x164}, {"Theta", 0x398}, {"Uacute", EXT_BARE | 0xDA},
    {"Ucirc", EXT_BARE | 0xDB}, {"Udblac", 0x170}, {"Ugrave", EXT_BARE | 0xD9}, {"Umacr", 0x16A},
    {"Upsilon", 0x3A5}, {"Uring", 0x16E}, {"Uuml", EXT_BARE | 0xDC}, {"Xi", 0x39E},
    {"Yacute", EXT_BARE | 0xDD}, {"Yuml", 0x178}, {"Zacute", 0x179}, {"Zcaron", 0x17D}, {"Zdot", 0x17B},
    {"Zeta", 0x396}, {"aacute", EXT_BARE | 0xE1}, {"abreve", 0x103}, {"acirc", EXT_BARE | 0xE2},
    {"acute", EXT_BARE | 0xB4}, {"aelig", EXT_BARE | 0xE6}, {"agrave", EXT_BARE | 0xE0},
    {"alefsym", 0x2135}, {"alpha", 0x3B1}, {"amacr", 0x101}, {"amp", EXT_BARE | 0x26}, {"and", 0x2227},
    {"ang", 0x2220}, {"aogon", 0x105}, {"apos", 0x27}, {"aring", EXT_BARE | 0xE5}, {"ast", 0x2A},
    {"asymp", 0x2248}, {"atilde", EXT_BARE | 0xE3}, {"auml", EXT_BARE | 0xE4}, {"bdquo", 0x201E},
    {"beta", 0x3B2}, {"brvbar", EXT_BARE | 0xA6}, {"bsol", 0x5C}, {"bull", 0x2022}, {"cacute", 0x107},
    {"cap", 0x2229}, {"ccaron", 0x10D}, {"ccedil", EXT_BARE | 0xE7}, {"cedil", EXT_BARE | 0xB8},
    {"cent", EXT_BARE | 0xA2}, {"check", 0x2713}, {"chi", 0x3C7}, {"circ", 0x2C6}, {"clubs", 0x2663},
    {"colon", 0x3A}, {"comma", 0x2C}, {"commat", 0x40}, {"cong", 0x2245}, {"copy", EXT_BARE | 0xA9},
    {"copysr", 0x2117}, {"crarr", 0x21B5}, {"cross", 0x2717}, {"cup", 0x222A},
    {"curren", EXT_BARE | 0xA4}, {"dArr", 0x21D3}, {"dagger", 0x2020}, {"darr", 0x2193},
    {"dash", 0x2010}, {"dcaron", 0x10F}, {"deg", EXT_BARE | 0xB0}, {"delta", 0x3B4}, {"diams", 0x2666},
    {"divide", EXT_BARE | 0xF7}, {"dollar", 0x24}, {"dstrok", 0x111}, {"eacute", EXT_BARE | 0xE9},
    {"ecaron", 0x11B}, {"ecirc", EXT_BARE | 0xEA}, {"egrave", EXT_BARE | 0xE8}, {"emacr", 0x113},
    {"empty", 0x2205}, {"emsp", 0x2003}, {"ensp", 0x2002}, {"eogon", 0x119}, {"epsilon", 0x3B5},
    {"equals", 0x3D}, {"equiv", 0x2261}, {"eta", 0x3B7}, {"eth", EXT_BARE | 0xF0},
    {"euml", EXT_BARE | 0xEB}, {"euro", 0x20AC}, {"excl", 0x21}, {"exist", 0x2203}, {"fnof", 0x192},
    {"forall", 0x2200}, {"frac12", EXT_BARE | 0xBD}, {"frac14", EXT_BARE | 0xBC},
    {"frac34", EXT_BARE | 0xBE}, {"frasl", 0x2044}, {"gamma", 0x3B3}, {"gbreve", 0x11F}, {"ge", 0x2265},
    {"grave", 0x60}, {"gt", EXT_BARE | 0x3E}, {"hArr", 0x21D4}, {"hairsp", 0x200A}, {"half", 0xBD},
    {"harr", 0x2194}, {"hearts", 0x2665}, {"hellip", 0x2026}, {"horbar", 0x2015}, {"hyphen", 0x2010},
    {"iacute", EXT_BARE | 0xED}, {"icirc", EXT_BARE | 0xEE}, {"iexcl", EXT_BARE | 0xA1},
    {"igrave", EXT_BARE | 0xEC}, {"imacr", 0x12B}, {"image", 0x2111}, {"imath", 0x131},
    {"infin", 0x221E}, {"int", 0x222B}, {"iota", 0x3B9}, {"iquest", EXT_BARE | 0xBF}, {"isin", 0x2208},
    {"iuml", EXT_BARE | 0xEF}, {"kappa", 0x3BA}, {"lArr", 0x21D0}, {"lambda", 0x3BB}, {"lang", 0x27E8},
    {"laquo", EXT_BARE | 0xAB}, {"larr", 0x2190}, {"lbrace", 0x7B}, {"lbrack", 0x5B}, {"lceil", 0x2308},
    {"lcub", 0x7B}, {"ldquo", 0x201C}, {"ldquor", 0x201E}, {"le", 0x2264}, {"lfloor", 0x230A},
    {"lowast", 0x2217}, {"lowbar", 0x5F}, {"loz", 0x25CA}, {"lpar", 0x28}, {"lrm", 0x200E},
    {"lsaquo", 0x2039}, {"lsqb", 0x5B}, {"lsquo", 0x2018}, {"lstrok", 0x142}, {"lt", EXT_BARE | 0x3C},
    {"macr", EXT_BARE | 0xAF}, {"mdash", 0x2014}, {"micro", EXT_BARE | 0xB5},
    {"middot", EXT_BARE | 0xB7}, {"minus", 0x2212}, {"mu", 0x3BC}, {"nabla", 0x2207}, {"nacute", 0x144},
    {"nbsp", EXT_BARE | 0xA0}, {"ncaron", 0x148}, {"ndash", 0x2013}, {"ne", 0x2260}, {"ni", 0x220B},
    {"nldr", 0x2025}, {"not", EXT_BARE | 0xAC}, {"notin", 0x2209}, {"nsub", 0x2284},
    {"ntilde", EXT_BARE | 0xF1}, {"nu", 0x3BD}, {"num", 0x23}, {"numero", 0x2116}, {"numsp", 0x2007},
    {"oacute", EXT_BARE | 0xF3}, {"ocirc", EXT_BARE | 0xF4}, {"odblac", 0x151}, {"oelig", 0x153},
    {"ograve", EXT_BARE | 0xF2}, {"oline", 0x203E}, {"omacr", 0x14D}, {"omega", 0x3C9},
    {"omicron", 0x3BF}, {"oplus", 0x2295}, {"or", 0x2228}, {"ordf", EXT_BARE | 0xAA},
    {"ordm", EXT_BARE | 0xBA}, {"oslash", EXT_BARE | 0xF8}, {"otilde", EXT_BARE | 0xF5},
    {"otimes", 0x2297}, {"ouml", EXT_BARE | 0xF6}, {"para", EXT_BARE | 0xB6}, {"part", 0x2202},
    {"percnt", 0x25}, {"period", 0x2E}, {"permil", 0x2030}, {"perp", 0x22A5}, {"phi", 0x3C6},
    {"phone", 0x260E}, {"pi", 0x3C0}, {"piv", 0x3D6}, {"plus", 0x2B}, {"plusmn", EXT_BARE | 0xB1},
    {"pound", EXT_BARE | 0xA3}, {"prime", 0x2032}, {"prod", 0x220F}, {"prop", 0x221D}, {"psi", 0x3C8},
    {"puncsp", 0x2008}, {"quest", 0x3F}, {"quot", EXT_BARE | 0x22}, {"rArr", 0x21D2}, {"radic", 0x221A},
    {"rang", 0x27E9}, {"raquo", EXT_BARE | 0xBB}, {"rarr", 0x2192}, {"rbrace", 0x7D}, {"rbrack", 0x5D},
    {"rcaron", 0x159}, {"rceil", 0x2309}, {"rcub", 0x7D}, {"rdquo", 0x201D}, {"rdquor", 0x201D},
    {"real", 0x211C}, {"reg", EXT_BARE | 0xAE}, {"rfloor", 0x230B}, {"rho", 0x3C1}, {"rlm", 0x200F},
    {"rpar", 0x29}, {"rsaquo", 0x203A}, {"rsqb", 0x5D}, {"rsquo", 0x2019}, {"rsquor", 0x2019},
    {"sacute", 0x15B}, {"sbquo", 0x201A}, {"scaron", 0x161}, {"scedil", 0x15F}, {"sdot", 0x22C5},
    {"sect", EXT_BARE | 0xA7}, {"semi", 0x3B}, {"shy", EXT_BARE | 0xAD}, {"sigma", 0x3C3},
    {"sigmaf", 0x3C2}, {"sim", 0x223C}, {"sol", 0x2F}, {"spades", 0x2660}, {"star", 0x2606},
    {"starf", 0x2605}, {"sub", 0x2282}, {"sube", 0x2286}, {"sum", 0x2211}, {"sup", 0x2283},
    {"sup1", EXT_BARE | 0xB9}, {"sup2", EXT_BARE | 0xB2}, {"sup3", EXT_BARE | 0xB3}, {"supe", 0x2287},
    {"szlig", EXT_BARE | 0xDF}, {"tau", 0x3C4}, {"tcaron", 0x165}, {"there4", 0x2234}, {"theta", 0x3B8},
    {"thetasym", 0x3D1}, {"thinsp", 0x2009}, {"thorn", EXT_BARE | 0xFE}, {"tilde", 0x2DC},
    {"times", EXT_BARE | 0xD7}, {"trade", 0x2122}, {"uArr", 0x21D1}, {"uacute", EXT_BARE | 0xFA},
    {"uarr", 0x2191}, {"ucirc", EXT_BARE | 0xFB}, {"udblac", 0x171}, {"ugrave", EXT_BARE | 0xF9},
    {"umacr", 0x16B}, {"uml", EXT_BARE | 0xA8}, {"upsih", 0x3D2}, {"upsilon", 0x3C5}, {"uring", 0x16F},
    {"uuml", EXT_BARE | 0xFC}, {"verbar", 0x7C}, {"vert", 0x7C}, {"weierp", 0x2118}, {"xi", 0x3BE},
    {"yacute", EXT_BARE | 0xFD}, {"yen", EXT_BARE | 0xA5}, {"yuml", EXT_BARE | 0xFF}, {"zacute", 0x17A},
    {"zcaron", 0x17E}, {"zdot", 0x17C}, {"zeta", 0x3B6}, {"zwj", 0x200D}, {"zwnj", 0x200C},
};

/* What windows-1252 has where numeric references point at C1 controls (as browsers read them). */
static const uint16_t c1[32] = {
    0x20AC, 0x81, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8D, 0x017D, 0x8F,
    0x90, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D, 0x017E, 0x0178,
};
// clang-format on

static int by_name(const void *key, const void *row)
{
    return strcmp(key, ((const entity *)row)->name);
}

static uint32_t digit_value(char c)
{
    if (c >= '0' && c <= '9')
        return (uint32_t)(c - '0');
    c = ext_lower(c);
    return c >= 'a' && c <= 'f' ? (uint32_t)(c - 'a' + 10) : UINT32_MAX;
}

static uint32_t numeric(ds_str s, size_t i, size_t *len)
{
    size_t at = i + 2;
    uint32_t base = at < s.len && ext_lower(s.at[at]) == 'x' ? 16 : 10;
    at += base == 16;
    uint32_t code = 0;
    size_t from = at;
    for (; at < s.len && digit_value(s.at[at]) < base; at++)
        code = code > 0x10FFFF ? code : code * base + digit_value(s.at[at]);
    if (at == from)
        return 0;
    *len = at - i + (at < s.len && s.at[at] == ';');
    if (code >= 0x80 && code < 0xA0)
        return c1[code - 0x80];
    return code == 0 || code > 0x10FFFF || (code >= 0xD800 && code < 0xE000) ? 0xFFFD : code;
}

uint32_t ext_entity(ds_str s, size_t i, size_t *len)
{
    char name[NAME_BYTES];
    size_t n = 0;
    if (i + 2 >= s.len)
        return 0;
    if (s.at[i + 1] == '#')
        return numeric(s, i, len);
    while (n + 1 < sizeof name && i + 1 + n < s.len &&
           ext_is_alnum((unsigned char)s.at[i + 1 + n])) {
        name[n] = s.at[i + 1 + n];
        n++;
    }
    name[n] = '\0';
    const entity *e = bsearch(name, names, sizeof names / sizeof *names, sizeof *names, by_name);
    if (!e)
        return 0;
    size_t after = i + 1 + n;
    bool closed = after < s.len && s.at[after] == ';';
    bool goes_on =
        after < s.len && (s.at[after] == '=' || ext_is_alnum((unsigned char)s.at[after]));
    if (!closed && (!(e->code & EXT_BARE) || goes_on))
        return 0;
    *len = 1 + n + closed;
    return e->code & ~EXT_BARE;
}
