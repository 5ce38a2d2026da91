/* SPDX-License-Identifier: Apache-2.0 */
/* internal.h - what the files of extract share: the decoded page, its folded text, blocks, word lists, drafts.
 *
 * Method   bytes -> source (UTF-8, charset.c) -> blocks (plain.c: lines; html_blocks.c: runs of inline text)
 *          -> labels (label.c) -> drafts, one per article (segment.c, html_root.c) -> ds_article (article.c)
 * Memory   everything lives in the arena of the call
 */
#ifndef DS_EXTRACT_INTERNAL_H
#define DS_EXTRACT_INTERNAL_H

#include "extract/extract.h"

/* ---- source: the page as UTF-8, with the way back to its bytes (charset.c) ------------------------- */

#define EXT_MARK_BYTES 256 /* one checkpoint of the way back for so many bytes of converted text */

typedef struct ext_source {
    ds_str text;  /* valid UTF-8 apart from NUL bytes, which folding drops */
    size_t shift; /* identity: page offset = text offset + shift (a byte order mark) */
    const uint8_t *
        width; /* converted: page bytes behind the code point that begins here, else 0; NULL: identity */
    const uint32_t *mark;        /* page offset of text offset i * EXT_MARK_BYTES */
    const struct ext_part *part; /* the bytes come out of an MHTML page; NULL: the page itself */
} ext_source;

typedef enum ext_charset_kind {
    EXT_CS_UTF8,
    EXT_CS_1252,  /* read where bytes are no UTF-8: needs no converter */
    EXT_CS_BYTE,  /* a byte a character */
    EXT_CS_WIDE,  /* one to four bytes */
    EXT_CS_SHIFT, /* seven bits, with escapes */
    EXT_CS_UTF16,
} ext_charset_kind;

typedef struct ext_charset {
    const char *name, *icu; /* as browsers call it; converter, NULL: none needed */
    ext_charset_kind kind;
    const char *labels; /* lower case, between blanks */
} ext_charset;

const ext_charset *ext_charset_of(ds_str label); /* NULL: no such name (charset_label.c) */
/* What a <meta> or <?xml?> near the start declares; NULL: nothing that is known. (charset_label.c) */
const ext_charset *ext_charset_declared(ds_str bytes);

/* Names the kind of bytes that are no text ("JPEG", "binary data"); NULL for text. */
const char *ext_not_text(ds_str bytes);
/* `cs`: as declared by HTTP, MIME or the page, NULL if none. *note: what a person should hear, or absent. */
ds_status ext_source_open(ds_arena *a, ds_str bytes, const ext_charset *cs, ext_source *out,
                          ds_str *note);
/* Text span -> span of the page's bytes, transfer encoding included. */
ds_span ext_source_span(const ext_source *src, ds_span text);
/* End of the longest stretch from text.beg that has the page's own bytes, else of one character; *page: its bytes. */
uint32_t ext_source_step(const ext_source *src, ds_span text, ds_span *page);

/* ---- MHTML: the part that holds the page (mhtml.c) ---------------------------------------------------- */

typedef struct ext_piece ext_piece;

typedef struct ext_part { /* bytes of one part, its transfer encoding undone, with the way back */
    ds_str bytes;
    const ext_piece *pieces;
    size_t pieces_len;
    ds_str charset, type; /* of its Content-Type; absent if it names none */
} ext_part;

bool ext_is_mhtml(ds_str bytes);
/* DS_BAD: no part that could hold the article (err->what says so). *note: damage that was read over, or absent. */
ds_status ext_mhtml_open(ds_arena *a, ds_str bytes, ext_part *out, ds_str *note, ds_err *err);
ds_span ext_part_span(const ext_part *part, ds_span at); /* span of the part -> span of the page */
uint32_t ext_part_same(const ext_part *part,
                       uint32_t at); /* bytes from `at` that stand so in the page */

/* ---- folded text: white space folded, entities decoded, one buffer for the page (fold.c) ------------ */

typedef DS_VEC(ds_run) ext_runs;

typedef struct ext_fold {
    ds_arena *arena;
    char *at;
    uint32_t len, cap, open; /* `open`: where the current block began */
    ext_runs runs;           /* .page holds source offsets until the article is put together */
    uint32_t space_at;       /* source offset of a lone pending blank, or UINT32_MAX */
    bool space;              /* white space is pending inside the block */
} ext_fold;

ds_status ext_fold_new(ds_arena *a, size_t cap, ext_fold *out);
void ext_fold_begin(ext_fold *f);
/* Appends source[beg, end). */
ds_status ext_fold_add(ext_fold *f, ds_str source, uint32_t beg, uint32_t end, bool entities);
void ext_fold_gap(
    ext_fold *f); /* white space that no source byte stands for: between two cells, at <br> */
ds_span ext_fold_end(ext_fold *f); /* the block's text; empty: nothing was written */

/* The code point of the character reference at s[i] ('&'); *len: its bytes; 0: none there. (entity.c) */
uint32_t ext_entity(ds_str s, size_t i, size_t *len);
/* A small decoded copy: attribute values, titles. White space folded and trimmed. */
ds_str ext_decoded(ds_arena *a, ds_str raw);

/* ---- blocks ------------------------------------------------------------------------------------------ */

/* what a block looks like on its own */
typedef enum ext_label {
    EXT_SHORT,    /* a few words that say nothing by themselves: menu entries, names, stray lines */
    EXT_PROSE,    /* running text */
    EXT_SENTENCE, /* a short sentence: body only next to prose */
    EXT_HEADLINE, /* could be a title, a sub-heading, a teaser */
    EXT_BULLET,   /* list item with text */
    EXT_RULE,     /* "-", "* * *" */
    EXT_BYLINE,
    EXT_DATELINE, /* short line with a date */
    EXT_SECTION,
    EXT_NOTICE, /* opinion, licence, origin: see notice.c */
    EXT_FURNITURE,
    EXT_RELATED,  /* heading of a rail */
    EXT_COMMENTS, /* heading of reader comments */
    EXT_CREDIT,   /* "Credited from: X" */
    EXT_TAGS,     /* keywords */
    EXT_POINTS,   /* heading of key points */
} ext_label;

enum ext_block_flag {
    EXT_BF_BLANK = 1,     /* blank line before (plain text) */
    EXT_BF_STOP = 2,      /* ends like a sentence */
    EXT_BF_GLUED = 4,     /* two texts without a space between: "armyThis" */
    EXT_BF_DATE = 8,      /* holds a date */
    EXT_BF_COLON = 16,    /* ends with a colon */
    EXT_BF_PRUNED = 32,   /* inside a part of the page that is no article text (HTML) */
    EXT_BF_COMMENT = 64,  /* inside a comments container (HTML) */
    EXT_BF_CAPTION = 128, /* figcaption and the like (HTML) */
    EXT_BF_RELATED = 256, /* inside a rail (HTML) */
    EXT_BF_STANDFIRST = 512,
    EXT_BF_SAID = 1024,   /* holds several sentences */
    EXT_BF_AUTHOR = 2048, /* inside a byline element (HTML) */
    EXT_BF_QUOTE = 4096,
    EXT_BF_POINTS = 8192, /* inside a key points container (HTML) */
};

typedef struct ext_block {
    ds_span text;         /* in ext_page.fold */
    uint32_t run;         /* first run; its last one is before the next block's first */
    uint32_t node;        /* HTML: the block element around it */
    uint32_t first;       /* HTML: its first text node */
    uint32_t words, caps; /* words; of these, with a capital first letter */
    uint32_t link_bytes;  /* text inside links */
    uint16_t flags;
    uint8_t label, kind, level; /* ext_label, ds_block_kind, heading level (0: none) */
    uint8_t cls;                /* ext_class of the phrase that gave the label, 0: none */
} ext_block;

typedef DS_VEC(ext_block) ext_blocks;
typedef DS_VEC(uint32_t) ext_ids;
typedef DS_VEC(ds_str) ext_strs;

/* ---- word lists: lexicon/en/furniture.tsv (words.c) -------------------------------------------------- */

/* The class column, in the order of class_names. */
typedef enum ext_class {
    EXT_C_NONE,
    EXT_C_AD,
    EXT_C_AGENCY,
    EXT_C_AGO,
    EXT_C_BIO,
    EXT_C_BODY,
    EXT_C_BYLINE,
    EXT_C_CAPTION,
    EXT_C_COMMENTS,
    EXT_C_COOKIE,
    EXT_C_CREDIT,
    EXT_C_END,
    EXT_C_FURNITURE,
    EXT_C_FUTURE,
    EXT_C_HIDDEN,
    EXT_C_IMAGE,
    EXT_C_KEYPOINTS,
    EXT_C_LEGAL,
    EXT_C_LIVE,
    EXT_C_MORE,
    EXT_C_NAV,
    EXT_C_OPINION,
    EXT_C_OUTLET,
    EXT_C_PLAIN,
    EXT_C_READER,
    EXT_C_RELATED,
    EXT_C_RELEASE,
    EXT_C_ROLE,
    EXT_C_SECTION,
    EXT_C_SHARE,
    EXT_C_STANDFIRST,
    EXT_C_SUBSCRIBE,
    EXT_C_TAGS,
    EXT_C_UPDATED,
    EXT_C_COUNT
} ext_class;

typedef enum ext_where {              /* the where column */
                         EXT_W_LINE,  /* the whole block */
                         EXT_W_START, /* its first words */
                         EXT_W_END,   /* its last words */
                         EXT_W_IN,    /* words anywhere in it */
                         EXT_W_WORD,  /* one word, in blocks of any length (block_model.c) */
                         EXT_W_CLASS, /* a whole class or id token of an element */
                         EXT_W_PART,  /* a part of such a token between hyphens */
                         EXT_W_HINT, /* words anywhere in a line of plain text, which weigh in only */
                         EXT_W_NAME, /* a word of a byline (people.c) */
                         EXT_W_COUNT
} ext_where;

#define EXT_KEY_MAX 160                  /* longest block that is looked up, in its folded form */
#define EXT_KEY_BYTES (EXT_KEY_MAX + 16) /* its room: words are read sixteen bytes at a time */

typedef struct ext_index ext_index;
typedef struct ext_words {
    const ext_index *index; /* phrases by where and first word (words.c) */
} ext_words;

ds_status ext_words_open(ds_arena *a, const ds_lexicon *lex, ext_words *out, ds_err *err);
/* Lower case, digits as one `0`, straight apostrophes, no punctuation but - & ' and +; absent when longer than
 * EXT_KEY_MAX. */
ds_str ext_key(ds_str text, char buf[EXT_KEY_BYTES]);
ext_class ext_class_of(ds_str name); /* "cookie" -> EXT_C_COOKIE; EXT_C_NONE: no such class */
ext_class ext_words_find(const ext_words *w, ds_str key, ext_where where);
ext_class ext_words_start(const ext_words *w, ds_str key); /* longest phrase wins */
ext_class ext_words_end(const ext_words *w, ds_str key);
ext_class ext_words_in(const ext_words *w, ds_str key);
/* EXT_W_IN: all classes, as bits 1 << ext_class. */
uint64_t ext_words_all(const ext_words *w, ds_str key);
uint64_t ext_words_hints(const ext_words *w, ds_str key);            /* the same of EXT_W_HINT */
bool ext_words_holds(const ext_words *w, ds_str key, ext_class cls); /* EXT_W_IN, that class */

struct ds_extractor {
    ext_words words;
    const struct block_model *model; /* of HTML (blocks.h) */
    const struct ext_model *lines;   /* of plain text (lines.h) */
};

/* ---- what an HTML page says of itself ------------------------------------------------------------------ */

/* Which reading a page gives to numbers and words in dates. */
typedef struct ext_locale {
    bool month_first; /* "6/4/2020" is 4 June */
    bool croatian;    /* where five names of months differ from its neighbours' */
} ext_locale;

/* Where a statement stands, the most trusted first. */
typedef enum ext_by {
    EXT_BY_META,  /* <meta> of the common vocabularies */
    EXT_BY_LD,    /* JSON-LD */
    EXT_BY_MICRO, /* microdata */
    EXT_BY_OTHER, /* <meta> of analytics and library vocabularies */
    EXT_BY_TIME,  /* <time> */
    EXT_BY_REL,   /* link to an author's page */
    EXT_BY_LINE,  /* byline or date line that readers see */
    EXT_BY_COUNT
} ext_by;

typedef enum ext_who { EXT_WHO_ANY, EXT_WHO_PERSON, EXT_WHO_HOUSE } ext_who;

typedef struct ext_said {
    ds_str text, from;
} ext_said;

typedef struct ext_person {
    ds_str name;
    ext_who who;
} ext_person;

typedef struct ext_when {
    ds_day day;
    ds_str time; /* as given, with its offset: "2024-05-03T21:10:00Z"; absent: a day alone */
    bool utc;    /* the day is that of Greenwich: the local one may be a neighbour */
} ext_when;

typedef struct ext_time { /* a <time> */
    uint32_t node;
    ext_when when;
    bool changed; /* its class says that it is a day of change */
} ext_time;

typedef DS_VEC(ext_person) ext_people;

typedef struct ext_meta {
    ds_str title, og_title, ld_title; /* <title>, og:title, JSON-LD headline */
    int64_t title_block, og_block;    /* blocks that hold the first two, -1: none */
    ext_said site, ld_publisher, ld_source, source, affiliation, section, description, licence;
    ds_str canonical, og_url, image, lang;
    ds_str ld_body; /* JSON-LD articleBody: to compare blocks with, never taken as text */
    ext_people people[EXT_BY_COUNT];
    ext_strs keywords, ld_keywords;
    ext_when published[EXT_BY_COUNT], modified[EXT_BY_COUNT];
    DS_VEC(ext_time) times;
    ds_access access;
    ds_str access_from;
    ext_locale locale;
    bool opinion, live;
    bool article; /* the page says that it is one: og:type, JSON-LD */
} ext_meta;

/* Keeps the first that says anything. */
static inline void ext_say(ext_said *into, ds_str s, const char *from)
{
    if (!into->text.len && s.len)
        *into = (ext_said){s, ds_str_of(from)};
}

/* ---- the page ---------------------------------------------------------------------------------------- */

typedef struct ext_page {
    ds_arena *arena;
    const ds_page *in;
    ext_words words;
    const ds_host_profile *host;     /* NULL: none */
    const struct block_model *model; /* HTML */
    const struct ext_model *lines;   /* plain text */
    ext_source src;
    ext_fold fold;
    ext_blocks blocks;
    uint32_t links;             /* links on the page */
    struct html_tree *html;     /* NULL: plain text */
    struct class_memo *classes; /* HTML: class attributes that were looked up (html_parts.c) */
    uint32_t content;         /* HTML: blocks from here on hold <title> and the like, no content */
    uint32_t *prose;          /* HTML: words of running text in the blocks before block i */
    int64_t headline;         /* HTML: block of the h1 that is the title, -1: none */
    const uint32_t *block_at; /* HTML: first block at or behind a node */
    uint16_t *chance;         /* HTML: P(block is text), see blocks.h */
    uint32_t root_named;      /* HTML: container that tags or classes announce, 0: none */
    uint32_t root_scored;     /* HTML: container with the best paragraphs, 0: none */
    ext_meta meta;
    uint8_t *states; /* plain text: ext_state of each block (segment.c) */
} ext_page;

static inline ds_str ext_text(const ext_page *p, const ext_block *b)
{
    return ds_str_at((ds_str){p->fold.at, p->fold.len}, b->text);
}

/* Refuses what is too large, empty or no text. (extract.c) */
ds_status ext_check(const ext_page *p, ds_err *err);
/* The page's text, out of its MHTML part where it is one; *html: whether it is HTML. (extract.c) */
ds_status ext_open(ext_page *p, bool *html, ds_str *note, ds_err *err);
/* Reads the lines of plain text into p->blocks. (plain.c) */
ds_status ext_plain_blocks(ext_page *p);
/* Measures and labels every block. (label.c) */
void ext_label_blocks(ext_page *p);
void ext_measure(const ext_page *p, ext_block *b);
bool ext_title_case(const ext_block *b);
bool ext_glue_at(ds_str s, size_t i); /* two texts meet at s[i] without a space */

/* ---- drafts: articles as lists of blocks --------------------------------------------------------------- */

typedef struct ext_draft {
    uint32_t beg, body_beg, body_end,
        end;             /* blocks: head [beg, body_beg), body, tail [body_end, end) */
    int64_t title_block; /* -1: none */
    ds_str title_tail;   /* what stood after the title: "PRESS" of "TITLE - PRESS" */
    ext_ids points, body, captions, standfirst;
    ext_ids comments, related; /* blocks of the readers' part and of rails */
    ds_article art;            /* metadata as it is found */
    ds_extra extra;
    ext_strs authors, credited, keywords;
    bool settled; /* authors and days are: what lines say adds nothing */
    bool named;   /* plain text: the byline below the title was read (byline.c) */
    DS_VEC(ds_related) rail;
    DS_VEC(ds_comment) said;
} ext_draft;

typedef DS_VEC(ext_draft) ext_drafts;

/* Sets a field and where it was found. */
static inline void ext_set(ds_str *field, ds_str *from_field, ds_str s, const char *from)
{
    *field = s;
    *from_field = ds_str_of(from);
}
/* Plain text: what a block lies in by the order of headings, notices and prose. */
typedef enum ext_state { EXT_HEAD, EXT_TEXT, EXT_RAIL, EXT_AFTER, EXT_READERS } ext_state;

ds_status ext_segment(ext_page *p, ext_drafts *out); /* plain text: blocks -> drafts (segment.c) */
ds_status ext_headline(ext_page *p,
                       ext_draft *d);             /* plain text: the title of a body (headline.c) */
ds_status ext_bylines(ext_page *p, ext_draft *d); /* plain text: names below the title (byline.c) */
ds_status ext_choose_lines(ext_page *p, ext_drafts *drafts); /* which lines are body (lines.c) */
ds_status ext_given(ext_page *p, ext_drafts *out); /* a JSON line's text: all body (given.c) */
ds_status ext_tail(ext_page *p, ext_draft *d);     /* rails and comments (rail.c) */

/* ---- people (people.c) ---- */

typedef struct ext_names {
    ext_strs people;
    ds_str agency;
    bool stated; /* by the page's own data: titles and degrees are cut, no house is a person */
    bool alone;  /* one word may be a name */
    bool by;     /* a byline says "by": the name may be the site's too */
    bool line;   /* from a line that readers see */
} ext_names;

bool ext_capital(ds_str w);
/* Length of the run of capitalised words (with links between them) at the start of s. */
size_t ext_name_run(ds_str s, size_t max_words);
bool ext_person_like(ds_str s);
bool ext_same_letters(ds_str a, ds_str b); /* "IslandTimes" is "Island Times" */
bool ext_in_host(const ext_page *p,
                 ds_str name); /* the page's host is called so: "Live Science" of livescience.com */
/* The names of "By Ann Lee and Raj Patel | 3 May". house: the publisher, which is nobody's name. */
ds_status ext_names_in(ext_page *p, ds_str s, ext_who who, ds_str house, ext_names *out);
ds_status ext_add_people(ext_page *p, ext_draft *d, ds_str s); /* "By A and B": authors */
ds_status ext_notices(ext_page *p,
                      ext_draft *d); /* bylines, opinion, licence, credits (notice.c) */
ds_status ext_add_tags(ext_page *p, ext_draft *d, ds_str s); /* "a, b; c": keywords (tags.c) */
ds_status ext_tags(ext_page *p, ext_draft *d);               /* keywords, section (tags.c) */
ds_status ext_dates(ext_page *p, ext_draft *d); /* published, window, modified (published.c) */
ds_status ext_finish(ext_page *p, ext_draft *d,
                     ds_article *out);                /* text, blocks, runs (article.c) */
void ext_pick_title(const ext_page *p, ext_draft *d); /* title_block, title, title_tail (title.c) */
size_t ext_title_tail(ds_str s,
                      ds_str *tail); /* length of TITLE in "TITLE - SITE", 0: no tail (title.c) */
bool ext_reader_voice(const ext_page *p, uint32_t beg,
                      uint32_t end); /* blocks sound like reader comments */

/* ---- dates in text (dates.c) ---------------------------------------------------------------------------- */

typedef struct ext_date {
    int year, month, day, weekday; /* 0: not given (weekday: -1) */
    ds_span at;
} ext_date;

/* The next date expression at or after *i; moves *i past it. */
bool ext_date_next(ds_str s, size_t *i, ext_date *out);
ds_day ext_date_first(const ext_date *d); /* earliest day it can mean, DS_DAY_NONE without a year */
ds_day ext_date_full(const ext_date *d);  /* DS_DAY_NONE unless year, month and day are given */

typedef struct ext_day {
    ds_day day, other; /* other: the second reading of "6/4/2020", DS_DAY_NONE: there is none */
    ds_span at;
} ext_day;

/* The full dates in a short text of any language, at most `max`. (days.c) */
size_t ext_days(ds_str s, const ext_locale *loc, ext_day *out, size_t max);
/* 1..12 by name in lower case, 0: no month. (months.c) */
int ext_month(ds_str lower, bool in_croatian);

/* ---- small things ------------------------------------------------------------------------------------------ */

bool ext_same_fold_all(ds_str a, ds_str b);
ds_str ext_trim_punct(
    ds_str s); /* without white space, bullets, bars, colons, stops and quotes at both ends */
bool ext_strs_add(ds_arena *a, ext_strs *v, ds_str s,
                  ds_status *st); /* once; a mixed-case form replaces capitals */
static inline bool ext_is_upper(unsigned char c)
{
    return c >= 'A' && c <= 'Z';
}
static inline bool ext_is_lower(unsigned char c)
{
    return c >= 'a' && c <= 'z';
}
static inline bool ext_is_digit(unsigned char c)
{
    return c >= '0' && c <= '9';
}
static inline bool ext_is_alnum(unsigned char c)
{
    return ext_is_upper(c) || ext_is_lower(c) || ext_is_digit(c) || c >= 0x80;
}
static inline char ext_lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}
/* Equal apart from ASCII case and curly quotes? Most differ in their first byte. */
static inline bool ext_same_fold(ds_str a, ds_str b)
{
    if (a.len && b.len && ext_lower(a.at[0]) != ext_lower(b.at[0]) && a.at[0] != '\xE2' &&
        b.at[0] != '\xE2')
        return false;
    return ext_same_fold_all(a, b);
}
/* Of the first and last eight bytes and the length: words are short. */
static inline uint32_t ext_word_hash(ds_str s)
{
    const char *at = s.at;
    size_t len = s.len;
    uint64_t x = 0, y = 0;
    if (len >= 8) {
        memcpy(&x, at, 8);
        memcpy(&y, at + len - 8, 8);
    } else if (len >= 4) {
        uint32_t u, v;
        memcpy(&u, at, 4);
        memcpy(&v, at + len - 4, 4);
        x = u;
        y = v;
    } else if (len) {
        x = (unsigned char)at[0] | (uint64_t)(unsigned char)at[len / 2] << 8 |
            (uint64_t)(unsigned char)at[len - 1] << 16;
    }
    x = (x ^ len) * 0x9E3779B97F4A7C15u + (y ^ y >> 29) * 0xC2B2AE3D27D4EB4Fu;
    return (uint32_t)(x >> 32 ^ x);
}

#endif
