/* SPDX-License-Identifier: Apache-2.0 */
#include "extract/internal.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

/* In words, if nothing else is said. Running text of news has sentences of 20 words; headlines have 4 to 18. */
#define PROSE_WORDS 20     /* so many are prose even where the last stop is missing */
#define PROSE_STOP_WORDS 8 /* so many are prose when they end like a sentence */
#define SENTENCE_WORDS 2   /* so many, with a stop, are a short sentence */
#define HEADLINE_MIN_WORDS 3
#define HEADLINE_MAX_WORDS 28
#define FURNITURE_WORDS 40 /* longer blocks are not thrown out for a phrase inside */
#define DATELINE_WORDS 14
#define RAIL_HEADING_WORDS 12 /* longer blocks are no heading of a rail, whatever they begin with */
#define COLON_BYTES 48        /* room for the words before the colon of "Filed under: ..." */
#define AGE_WORDS 5           /* "Travel 9 months ago"; longer lines may be headlines */
#define NOTICE_WORDS 90
#define TITLE_CASE_PERCENT 62 /* share of capitals from which a line is in title case */

/* Letters with a capital form outside ASCII: Latin-1, Greek, Cyrillic; enough for first letters of names. */
static bool upper_at(ds_str s, size_t i)
{
    unsigned char c = (unsigned char)s.at[i], d = i + 1 < s.len ? (unsigned char)s.at[i + 1] : 0;
    if (c < 0x80)
        return ext_is_upper(c);
    return (c == 0xC3 && d >= 0x80 && d <= 0x9E) || (c == 0xCE && d >= 0x91) ||
           (c == 0xD0 && d >= 0x80 && d <= 0xAF) || (c == 0xC5 && (d & 1) == 0);
}

/* Bytes of a closing quote or bracket that ends at `end`. */
static size_t closer_before(ds_str s, size_t end)
{
    char c = s.at[end - 1];
    if (c == '"' || c == '\'' || c == ')' || c == ']')
        return 1;
    if (end < 3 || s.at[end - 3] != '\xE2' || s.at[end - 2] != '\x80')
        return 0;
    return c == '\x99' || c == '\x9D' ? 3 : 0;
}

static bool ends_sentence(ds_str s)
{
    size_t end = s.len, n;
    while (end && (n = closer_before(s, end)) > 0)
        end -= n;
    if (!end)
        return false;
    char c = s.at[end - 1];
    if (c == '.' || c == '!' || c == '?')
        return true;
    static const char wide[][4] = {"\xE2\x80\xA6", "\xE3\x80\x82", "\xEF\xBC\x81", "\xEF\xBC\x9F",
                                   "\xE0\xA5\xA4"};
    for (size_t i = 0; end >= 3 && i < sizeof wide / sizeof *wide; i++)
        if (memcmp(s.at + end - 3, wide[i], 3) == 0)
            return true;
    return false;
}

static bool stop_char(char c)
{
    return c == '.' || c == '!' || c == '?';
}

/* Do two texts meet at s[i] without a space: "armyThis", "BirthdayA tour"? */
bool ext_glue_at(ds_str s, size_t i)
{
    if (i < 2 || i + 1 >= s.len || !ext_is_upper((unsigned char)s.at[i]))
        return false;
    if (!ext_is_lower((unsigned char)s.at[i - 1]) || !ext_is_lower((unsigned char)s.at[i - 2]))
        return false;
    return ext_is_lower((unsigned char)s.at[i + 1]) || (s.at[i] == 'A' && s.at[i + 1] == ' ');
}

/* Han and kana are written without blanks: about two of them are a word. */
static uint32_t wide_words(ds_str s)
{
    uint32_t n = 0;
    for (size_t i = 0; i < s.len; i++)
        n += (unsigned char)s.at[i] >= 0xE3 && (unsigned char)s.at[i] <= 0xE9;
    return n / 2;
}

/* Bits of 64 bytes, the first the lowest. */
typedef struct masks {
    uint64_t blank, word, upper, lower, digit, stop;
} masks;

#ifdef __SSE2__
/* Bytes from lo to hi; x: the bytes with their top bit turned, so that signed comparison orders them. */
static __m128i within(__m128i x, unsigned char lo, unsigned char hi)
{
    __m128i below = _mm_cmpgt_epi8(_mm_set1_epi8((char)(lo ^ 0x80)), x);
    __m128i above = _mm_cmpgt_epi8(x, _mm_set1_epi8((char)(hi ^ 0x80)));
    return _mm_andnot_si128(_mm_or_si128(below, above), _mm_set1_epi8((char)0xFF));
}

static uint64_t bits(__m128i x, unsigned at)
{
    return (uint64_t)(unsigned)_mm_movemask_epi8(x) << at;
}

static void look(const char *at, masks *m)
{
    *m = (masks){0};
    for (unsigned k = 0; k < 64; k += 16) {
        __m128i v = _mm_loadu_si128((const __m128i *)(const void *)(at + k));
        __m128i x = _mm_xor_si128(v, _mm_set1_epi8((char)0x80));
        __m128i upper = within(x, 'A', 'Z'), lower = within(x, 'a', 'z'),
                digit = within(x, '0', '9');
        __m128i stop = _mm_or_si128(_mm_cmpeq_epi8(v, _mm_set1_epi8('.')),
                                    _mm_or_si128(_mm_cmpeq_epi8(v, _mm_set1_epi8('!')),
                                                 _mm_cmpeq_epi8(v, _mm_set1_epi8('?'))));
        m->upper |= bits(upper, k);
        m->lower |= bits(lower, k);
        m->digit |= bits(digit, k);
        m->word |= bits(v, k); /* beyond ASCII */
        m->stop |= bits(stop, k);
        m->blank |= bits(_mm_cmpeq_epi8(v, _mm_set1_epi8(' ')), k);
    }
    m->word |= m->upper | m->lower | m->digit;
}
#else
static void look(const char *at, masks *m)
{
    *m = (masks){0};
    for (unsigned k = 0; k < 64; k++) {
        unsigned char c = (unsigned char)at[k];
        m->blank |= (uint64_t)(c == ' ') << k;
        m->word |= (uint64_t)ext_is_alnum(c) << k;
        m->upper |= (uint64_t)ext_is_upper(c) << k;
        m->lower |= (uint64_t)ext_is_lower(c) << k;
        m->digit |= (uint64_t)ext_is_digit(c) << k;
        m->stop |= (uint64_t)stop_char((char)c) << k;
    }
}
#endif

#define STEP 56 /* bytes of 64 that are counted; the three before and the one behind are seen too */
#define BEFORE 4

/* Words and capitals of the bits in `counted`: a word begins at the first letter or digit behind a blank. */
static void count_words(ds_str s, size_t at, const masks *m, uint64_t counted, bool *open,
                        ext_block *b)
{
    uint64_t begins = m->word & ~(m->word << 1); /* of letters and digits in a row */
    for (uint64_t left = (begins | m->blank) & counted; left; left &= left - 1) {
        uint64_t bit = left & -left;
        bool word = (m->word & bit) != 0, first = word && !*open;
        b->words += first;
        b->caps += first && (m->upper | m->digit) & bit;
        if (first && !((m->upper | m->lower | m->digit) & bit))
            b->caps += upper_at(s, at + (size_t)__builtin_ctzll(bit));
        *open = word;
    }
}

/* Two sentences, or two texts without a space between, in the bits of `counted`. */
static void find_joints(ds_str s, size_t at, const masks *m, uint64_t counted, ext_block *b)
{
    uint64_t ends = m->blank & m->stop << 1 & m->lower << 2 & counted;
    for (; ends && !(b->flags & EXT_BF_SAID); ends &= ends - 1)
        if (upper_at(s, at + (size_t)__builtin_ctzll(ends) + 1))
            b->flags |= EXT_BF_SAID;
    uint64_t glued = m->upper & m->lower << 1 & m->lower << 2 & counted & (~m->blank << 3);
    for (; glued && !(b->flags & EXT_BF_GLUED); glued &= glued - 1)
        if (ext_glue_at(s, at + (size_t)__builtin_ctzll(glued)))
            b->flags |= EXT_BF_GLUED;
}

/* Counts words and capitals; several sentences; glued texts ("armyThis", "icon2 hours"). */
void ext_measure(const ext_page *p, ext_block *b)
{
    ds_str s = ext_text(p, b);
    bool open = false;
    b->words = b->caps = 0;
    for (size_t i = 0; i < s.len; i += STEP) { /* s[i] is bit BEFORE, but at the start */
        char window[64] = {0};
        size_t from = i ? i - BEFORE : 0, n = s.len - from < 64 ? s.len - from : 64;
        const char *at = s.at + from;
        masks m;
        if (n < 64)
            at = memcpy(window, at, n);
        look(at, &m);
        unsigned beg = (unsigned)(i - from),
                 end = s.len - i < STEP ? (unsigned)(s.len - from) : beg + STEP;
        uint64_t counted = (end < 64 ? (1ull << end) - 1 : UINT64_MAX) & ~((1ull << beg) - 1);
        find_joints(s, from, &m, counted, b);
        count_words(s, from, &m, counted, &open, b);
    }
    b->words += wide_words(s);
    if (ends_sentence(s))
        b->flags |= EXT_BF_STOP;
    if (s.len && s.at[s.len - 1] == ':')
        b->flags |= EXT_BF_COLON;
}

bool ext_title_case(const ext_block *b)
{
    return b->caps * 100 >= b->words * TITLE_CASE_PERCENT;
}

/* "-", "* * *", "•": nothing that is read. */
static bool is_rule(ds_str s)
{
    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.at[i];
        if ((ext_is_alnum(c) && c < 0x80) || (c >= 0xC3 && c != 0xE2))
            return false;
    }
    return s.len <= 12;
}

/* "World News", "Latest Headlines, City News": title case, each part ends in a word for a section. (A whole line that is
 * listed was found before.) */
static bool is_section(const ext_page *p, const ext_block *b, ds_str key)
{
    ds_str s = ext_text(p, b);
    if (!key.len || b->words > 8 || !ext_title_case(b))
        return false;
    char buf[EXT_KEY_BYTES];
    size_t parts = 0;
    for (size_t i = 0; i < s.len; parts++) {
        const char *comma = memchr(s.at + i, ',', s.len - i);
        size_t end = comma ? (size_t)(comma - s.at) : s.len;
        ds_str part = i == 0 && !comma ? key : ext_key(ds_str_cut(s, i, end), buf);
        if (ext_words_end(&p->words, part) != EXT_C_SECTION)
            return false;
        i = end + 1;
    }
    return parts > 1 || b->words <= 3;
}

/* "By Ann Lee", "By Ann Lee and Raj Patel | 3 May 2024": the rest begins with a capital, no sentence. */
static bool is_byline(const ext_page *p, const ext_block *b, ds_str key)
{
    ds_str s = ext_text(p, b);
    if (b->words < 2 || b->words > 16 || b->caps < 2 || b->caps * 2 < b->words || s.len >= 120)
        return false;
    if (b->flags & EXT_BF_STOP && b->words > 6)
        return false;
    return ext_words_start(&p->words, key) == EXT_C_BYLINE;
}

static uint8_t label_of_class(ext_class cls)
{
    switch (cls) {
    case EXT_C_RELATED:
        return EXT_RELATED;
    case EXT_C_COMMENTS:
        return EXT_COMMENTS;
    case EXT_C_CREDIT:
        return EXT_CREDIT;
    case EXT_C_KEYPOINTS:
        return EXT_POINTS;
    case EXT_C_TAGS:
        return EXT_TAGS;
    case EXT_C_SECTION:
        return EXT_SECTION;
    case EXT_C_END:
    case EXT_C_OPINION:
        return EXT_NOTICE;
    default:
        return EXT_FURNITURE;
    }
}

/* "Sources: A, B" is a credit, "Sources said ..." is text: a colon must follow the first words. */
static bool colon_soon(ds_str s)
{
    if (!s.len)
        return false;
    const char *at = memchr(s.at, ':', s.len < COLON_BYTES ? s.len : COLON_BYTES);
    return at && at > s.at;
}

static ext_class listed_start(const ext_page *p, const ext_block *b, ds_str s, ds_str key)
{
    ext_class cls = ext_words_start(&p->words, key);
    bool brief = b->words <= RAIL_HEADING_WORDS;
    if (cls == EXT_C_CREDIT || cls == EXT_C_TAGS)
        return colon_soon(s) ? cls : EXT_C_NONE;
    if (cls == EXT_C_RELATED || cls == EXT_C_MORE || cls == EXT_C_COMMENTS)
        return brief || colon_soon(s) ? cls : EXT_C_NONE;
    return b->words <= FURNITURE_WORDS ? cls : EXT_C_NONE;
}

/* What the word lists say of the whole block; EXT_C_NONE: nothing. *bare: no phrase stands anywhere in it. */
static ext_class listed(const ext_page *p, const ext_block *b, ds_str s, ds_str key, bool *bare)
{
    ext_class cls = ext_words_find(&p->words, key, EXT_W_LINE);
    if (cls == EXT_C_NONE)
        cls = listed_start(p, b, s, key);
    if (cls == EXT_C_NONE && b->words <= AGE_WORDS && ext_words_end(&p->words, key) == EXT_C_AGO)
        cls = EXT_C_AGO;
    *bare = false;
    if (cls == EXT_C_NONE && b->words <= FURNITURE_WORDS) {
        cls = ext_words_in(&p->words, key);
        *bare = key.at && cls == EXT_C_NONE;
    }
    switch (cls) { /* these say something of words, not of blocks */
    case EXT_C_BYLINE:
    case EXT_C_AGENCY:
    case EXT_C_FUTURE:
    case EXT_C_OUTLET:
    case EXT_C_READER:
    case EXT_C_ROLE:
    case EXT_C_UPDATED:
    case EXT_C_PLAIN:
        return EXT_C_NONE;
    case EXT_C_END: /* looked at sentence by sentence */
        return b->words > RAIL_HEADING_WORDS ? EXT_C_NONE : cls;
    default:
        return cls;
    }
}

/* "This article first appeared in ...", not "The virus first appeared in ...". */
static bool about_itself(ds_str key)
{
    static const ds_str starts[] = {
        DS_STR_INIT("originally "), DS_STR_INIT("first "),      DS_STR_INIT("republished "),
        DS_STR_INIT("reprinted "),  DS_STR_INIT("reproduced "), DS_STR_INIT("syndicated "),
        DS_STR_INIT("read the "),   DS_STR_INIT("this "),       DS_STR_INIT("published ")};
    static const ds_str selves[] = {DS_STR_INIT("article "), DS_STR_INIT("story "),
                                    DS_STR_INIT("piece "),   DS_STR_INIT("post "),
                                    DS_STR_INIT("essay "),   DS_STR_INIT("column "),
                                    DS_STR_INIT("report "),  DS_STR_INIT("interview ")};
    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++)
        if (ds_str_starts(key, starts[i]))
            return true;
    for (size_t i = 0; i < sizeof selves / sizeof *selves; i++)
        if (ds_str_find(key, selves[i], 0) >= 0)
            return true;
    return false;
}

/* The first stop at or behind i that a blank follows, or the end. */
static size_t sentence_end(ds_str s, size_t i)
{
    for (const char *blank; i + 1 < s.len; i = (size_t)(blank - s.at) + 1) {
        blank = memchr(s.at + i + 1, ' ', s.len - i - 1);
        if (!blank)
            break;
        if (stop_char(blank[-1]))
            return (size_t)(blank - s.at) - 1;
    }
    return s.len;
}

/* Notices may be longer than a key: their first words and their words inside count. */
static ext_class notice_in(const ext_page *p, const ext_block *b)
{
    char buf[EXT_KEY_BYTES];
    ds_str s = ext_text(p, b);
    if (b->words > NOTICE_WORDS)
        return EXT_C_NONE;
    for (size_t i = 0; i < s.len;) { /* sentence by sentence */
        size_t end = sentence_end(s, i);
        size_t cut = end - i > EXT_KEY_MAX - 2 ? i + EXT_KEY_MAX - 2 : end;
        ds_str key = ext_key(ds_str_cut(s, i, cut), buf);
        uint64_t all = ext_words_all(&p->words, key);
        if (all >> EXT_C_END & 1 && about_itself(key))
            return EXT_C_END;
        if (all >> EXT_C_OPINION & 1)
            return EXT_C_OPINION;
        i = end + 1;
    }
    return EXT_C_NONE;
}

static bool has_digit(ds_str s)
{
    uint32_t n = 0;
    for (size_t i = 0; i < s.len; i++)
        n += ext_is_digit((unsigned char)s.at[i]);
    return n > 0;
}

static bool has_date(ds_str s)
{
    size_t i = 0;
    ext_date d;
    if (!has_digit(s)) /* the day is written with digits */
        return false;
    while (ext_date_next(s, &i, &d))
        if (d.day && d.month)
            return true;
    return false;
}

static uint8_t label_by_shape(const ext_block *b)
{
    bool stop = (b->flags & EXT_BF_STOP) != 0, titled = ext_title_case(b);
    if (b->words >= PROSE_WORDS && (!titled || b->flags & EXT_BF_SAID))
        return EXT_PROSE;
    if (stop && b->words >= PROSE_STOP_WORDS && (!titled || b->flags & EXT_BF_SAID))
        return EXT_PROSE;
    if (b->words >= HEADLINE_MIN_WORDS && b->words <= HEADLINE_MAX_WORDS && (!stop || titled))
        return EXT_HEADLINE;
    if (stop && b->words >= SENTENCE_WORDS)
        return EXT_SENTENCE;
    return EXT_SHORT;
}

static void label_block(const ext_page *p, ext_block *b)
{
    char buf[EXT_KEY_BYTES];
    bool bare;
    ds_str s = ext_text(p, b), key = ext_key(s, buf);
    ext_measure(p, b);
    b->cls = (uint8_t)listed(p, b, s, key, &bare);
    if (b->words <= DATELINE_WORDS && has_date(s))
        b->flags |= EXT_BF_DATE;
    if (is_rule(s)) {
        b->label = EXT_RULE;
    } else if (is_byline(p, b, key)) {
        b->label = EXT_BYLINE;
    } else if (b->cls) {
        b->label = label_of_class((ext_class)b->cls);
    } else if (is_section(p, b, key)) {
        b->label = EXT_SECTION;
    } else if (!bare && (b->cls = (uint8_t)notice_in(p, b)) != 0) {
        b->label = EXT_NOTICE;
    } else {
        b->label = label_by_shape(b);
        bool plain_line =
            b->label == EXT_SHORT || (b->label == EXT_HEADLINE && b->words <= DATELINE_WORDS);
        if (plain_line && b->flags & EXT_BF_DATE)
            b->label = EXT_DATELINE;
    }
    if (b->kind == DS_BLOCK_LIST_ITEM &&
        (b->label == EXT_PROSE || b->label == EXT_HEADLINE || b->label == EXT_SENTENCE))
        b->label = EXT_BULLET;
}

void ext_label_blocks(ext_page *p)
{
    for (size_t i = 0; i < p->blocks.len; i++)
        label_block(p, &p->blocks.at[i]);
}
