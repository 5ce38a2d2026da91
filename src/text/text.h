/* SPDX-License-Identifier: Apache-2.0 */
/* text.h - the plain structs that travel from stage to stage, lexicons, tokens and sentences.
 *
 * Layer    text; uses base, ICU, cld2
 * Method   own scanner over ICU's character properties, after the word and sentence rules of UAX #29; differs in:
 *          hyphenated words and numbers with group commas are one token; lexicon/en/abbreviations.tsv says which stops
 *          end no sentence, edges.tsv what tells; glued sentences ("troops.Continued"), closing quotes after the stop
 *          and words that a scraper tore ("South Africa n") are mended
 * Memory   every result lives in the arena that was passed; structs are read-only after their stage
 * Errors   DS_NOMEM, DS_LIMIT, DS_BAD (not valid UTF-8); outputs untouched on error
 * Threads  safe with one arena per thread; a ds_lexicon is read-only after ds_lexicon_open
 */
#ifndef DS_TEXT_H
#define DS_TEXT_H

#include "base/base.h"

/* ---- page: what intake hands over -------------------------------------------------------------- */

typedef enum ds_page_came { DS_CAME_FILE, DS_CAME_JSON_LINE, DS_CAME_STDIN } ds_page_came;

struct ds_lexicon;

typedef struct ds_page {
    ds_str name;    /* as given: path, or the id of a JSON line */
    ds_str url;     /* absent unless the input says so */
    ds_str bytes;   /* raw; for a JSON line the line's text field */
    ds_str sha256;  /* 64 lower-case hex digits over `bytes` */
    ds_str media;   /* text/plain, text/html, multipart/related: by content alone */
    ds_day fetched; /* DS_DAY_NONE unless the input or --as-of says so */
    ds_page_came came;
    /* What the input itself states (JSON lines); absent in files. Wins over what extraction finds. */
    ds_str title, publisher;
    ds_day published;
    uint32_t line; /* 0: the whole input; else `bytes` is a piece of it that begins on this line */
} ds_page;

/* ---- article: what extraction hands over --------------------------------------------------------- */

typedef enum ds_part {
    DS_PART_TITLE,
    DS_PART_STANDFIRST,
    DS_PART_KEY_POINT,
    DS_PART_BODY,
    DS_PART_CAPTION,
} ds_part;

typedef enum ds_block_kind {
    DS_BLOCK_PARAGRAPH,
    DS_BLOCK_HEADING,
    DS_BLOCK_LIST_ITEM,
    DS_BLOCK_QUOTE,
    DS_BLOCK_TABLE_ROW,
} ds_block_kind;

typedef struct ds_block {
    ds_part part;
    ds_block_kind kind; /* DS_BLOCK_PARAGRAPH outside the body */
    ds_span span;       /* in ds_article.text */
} ds_block;

/* text[text.beg, text.end) was decoded from page bytes [page.beg, page.end). Where both lengths are equal the bytes
 * are the same, offset for offset; else (an entity, another charset, folded white space) only the ends correspond.
 * Runs are in text order; separators between blocks have no run. */
typedef struct ds_run {
    ds_span text, page;
} ds_run;

typedef enum ds_article_kind {
    DS_KIND_NEWS,
    DS_KIND_OPINION,
    DS_KIND_DIGEST,
    DS_KIND_LIVE,
    DS_KIND_RELEASE,
} ds_article_kind;

typedef enum ds_access { DS_ACCESS_UNKNOWN, DS_ACCESS_FREE, DS_ACCESS_PAID } ds_access;

typedef struct ds_comment {
    ds_str author, text; /* author may be absent */
} ds_comment;

typedef struct ds_related {
    ds_str title, blurb, url; /* blurb, url may be absent */
} ds_related;

typedef struct ds_strs { /* list of strings */
    const ds_str *at;
    size_t len;
} ds_strs;

/* What `dossier read` prints and no later stage needs; it is not stored. */
typedef struct ds_extra {
    ds_str published_time, modified_time; /* as stated, with its offset: "2024-05-03T21:10-04:00" */
    ds_str canonical;                     /* the page's own address, as it states it */
    ds_access access;                     /* whether readers must pay */
    /* Where each was found: docs/formats/article.md lists the words; absent where the field is. */
    struct {
        ds_str title, authors, affiliation, publisher, original_publisher, licence, modified;
        ds_str section, keywords, standfirst, key_points, credited, kind, canonical, access;
    } from;
} ds_extra;

/* A list whose elements were pushed with DS_VEC may be copied into {at, len}. */
typedef struct ds_article {
    ds_str doc; /* page name; "#n" appended for the n-th article of a page that has several */
    uint32_t n; /* 1, 2, ... on its page */
    bool main;  /* the page's main article */
    /* One text, UTF-8, in this order, blocks separated by "\n": title, standfirst, key points, body, captions.
     * A part that the page lacks is not there. */
    ds_str text;
    ds_span body; /* all body blocks, one stretch of `text`; `dossier read` prints it as "text" */
    const ds_block *blocks;
    size_t blocks_len;
    const ds_run *runs;
    size_t runs_len;

    ds_str title; /* absent where the page gives none (never guessed from the first sentence) */
    ds_strs authors;
    ds_str affiliation, publisher, original_publisher, licence, section, standfirst;
    ds_strs keywords, credited; /* credited: sources that a digest names */
    ds_day published;           /* DS_DAY_NONE where the page gives none */
    ds_str published_from; /* where: "byline weekday", "json-ld", "meta", "time", "url", "input" */
    ds_days
        window; /* published_window; both ends DS_DAY_NONE when nothing bounds it; equals the day where known */
    ds_str window_from; /* its evidence, e.g. the words of the latest explicit date */
    ds_day modified;
    ds_article_kind kind;
    const ds_comment *comments;
    size_t comments_len;
    const ds_related *related;
    size_t related_len;
    uint32_t teasers;      /* items of trending lists and the like that were left out */
    ds_str language;       /* BCP 47: "en"; "und" when unsure */
    const ds_extra *extra; /* NULL where the article comes from a store */
} ds_article;

typedef struct ds_articles {
    const ds_article *at;
    size_t len;
} ds_articles;

/* The page bytes behind a stretch of article text (the hull of its runs). {0,0} when no run meets it. */
ds_span ds_article_source(const ds_article *art, ds_span text);
const char *ds_part_name(ds_part p); /* "title", "standfirst", "key_point", "body", "caption" */
const char *
ds_kind_name(ds_article_kind k); /* "news", "opinion", "digest", "live", "press release" */

/* ---- doc: sentences and tokens ------------------------------------------------------------------- */

typedef enum ds_token_kind {
    DS_TOK_WORD, /* letters, with inner apostrophes and hyphens: "co-operate", "U.S.", "don't" is one token here */
    DS_TOK_NUMBER, /* digits with group commas and decimals: "12,000", "1.28", "70"; "350K", "40th" carry a tail */
    DS_TOK_SYMBOL, /* % $ € £ and other symbols, one code point each */
    DS_TOK_PUNCT,  /* one code point each; "..." and dashes of several code points are one */
} ds_token_kind;

enum ds_token_flag {
    DS_TF_CAP = 1,         /* first letter upper case */
    DS_TF_ALLCAP = 2,      /* two letters or more, all upper case ("U.S." too) */
    DS_TF_SPACE = 4,       /* white space (or the text's start) before it */
    DS_TF_FIRST = 8,       /* first word of its sentence (after opening quotes) */
    DS_TF_POSSESSIVE = 16, /* ends in 's or s'; `norm` has it cut off, `span` keeps it */
    DS_TF_JOINED =
        32, /* scraper damage repaired: "South Africa n" is the tokens North, "Korea n" with norm "korean" */
    DS_TF_DIGIT =
        64, /* a digit stands among the last three bytes of `norm`: "12", "40th", "usd10m" */
};

typedef struct ds_token {
    ds_span span; /* in doc->text */
    ds_str
        norm; /* lower case, straight apostrophes, plain hyphens, without a possessive ending; the phrase key */
    uint8_t kind;  /* ds_token_kind */
    uint8_t flags; /* ds_token_flag */
    uint16_t
        quote; /* 0 outside quotation marks, else the number (from 1) of the outermost quotation in the doc that it
                     * is inside; the marks themselves count as inside */
    uint32_t hash; /* of norm, for ds_phrase_at (0: not computed; in a ds_doc it is) */
    uint64_t
        starts; /* ds_phrases_bit of the tables in which a phrase may begin with it or with a part of it between
                      * hyphens: a bit too many now and then, never one too few */
} ds_token;

enum ds_word_flag {
    DS_WF_SPACE = 1, /* white space (or the text's start) before it */
    DS_WF_SAME = 2,  /* goes on a multiword token, as "n't" does in "don't" */
};

/* A word as Universal Dependencies cut them: "don't" is do + n't, "state-run" is state, - and run; "!!!" and "me@a.org" are
 * one. A token may have several words, and a word several tokens. */
typedef struct ds_word {
    ds_span span; /* in doc->text */
    uint32_t
        tok; /* the first token that it has part in; of a bullet, which is no token: one beside it */
    uint8_t flags; /* ds_word_flag */
} ds_word;

typedef struct ds_sentence {
    ds_span span;          /* trimmed; decoding gives the sentence as a reader would quote it */
    uint32_t tok, tok_end; /* tokens [tok, tok_end) */
    uint32_t dateline; /* so many of them, the first, are one: "OSTERBY, Norland (HP) -"; 0: none */
    uint32_t word,
        word_end;    /* words [word, word_end): all but the white space; bullets before them too */
    uint32_t block;  /* index into article blocks */
    uint32_t number; /* the title is 0; then from 1 through the article */
    ds_part part;
} ds_sentence;

typedef struct ds_doc {
    const ds_article *article;
    ds_str text; /* article->text */
    const ds_token *toks;
    size_t toks_len;
    const ds_sentence *sents;
    size_t sents_len;
    const ds_word *words; /* in text order */
    size_t words_len;
} ds_doc;

/* The first word of the sentence that ends behind a byte of doc->text; s->word_end: none. */
uint32_t ds_doc_word_at(const ds_doc *doc, const ds_sentence *s, uint32_t byte);

/* Valid UTF-8 wanted. lex may be NULL: no abbreviation is known then. Sentences never cross a block; a run of more than 2,000 tokens is cut at white space. */
ds_status ds_text_read(ds_arena *a, const ds_article *art, const struct ds_lexicon *lex,
                       ds_doc *out, ds_err *err);
/* Plain text as an article of paragraphs, for ds_text_read: a block for each line, or, where the text was broken into
 * lines of some width, for the lines up to a blank or short one. *out is all body and has no name. */
ds_status ds_text_paragraphs(ds_arena *a, ds_str text, ds_article *out, ds_err *err);
/* Language of plain text: "en" by its commonest words, others by cld2, "und". Static string. */
ds_str ds_text_language(ds_str text);
/* Lower case, NFC, straight apostrophes, plain hyphens: the key under which phrases are looked up. */
ds_str ds_text_norm(ds_arena *a, ds_str s);
/* English noun or verb form to a lemma by rule and lexicon/en/lemmas.tsv ("soldiers" -> "soldier", "killed" -> "kill",
 * "men" -> "man"). Result in `a` or static. verb: treat as a verb form. */
ds_str ds_text_lemma(ds_arena *a, const struct ds_lexicon *lex, ds_str norm, bool verb);

/* ---- languages: a folder in lexicon/ and models/ each (docs/formats/language-pack.md) ---------------- */

/* Whether texts in a language (as ds_text_language gives it) are read; those of "und" are, in English. Others are stored
 * and grouped, no more. */
bool ds_language_known(ds_str language);
/* Its name in English: "German". The code itself where there is none; absent: no memory. */
ds_str ds_language_english(ds_arena *a, ds_str language);

/* ---- pack: trained weights, read in place (docs/formats/pack.md) ----------------------------------- */

typedef struct ds_pack {
    ds_str bytes;
    uint32_t sections;
    uint64_t hash; /* over all behind the header */
} ds_pack;

typedef struct ds_section {
    ds_str name; /* 1 to 16 of a-z and "-" */
    ds_str bytes;
} ds_section;

/* Every offset is checked, and unless `trusted` the sum over all bytes; what a section holds is up to its reader. Sections
 * lie at multiples of 64 from the first byte. */
ds_status ds_pack_read(ds_str bytes, bool trusted, ds_pack *out, ds_err *err);
ds_str ds_pack_section(const ds_pack *p, ds_str name); /* absent: there is none */
/* `at`: in the order of their names. */
ds_status ds_pack_write(ds_arena *a, const ds_section *at, size_t n, ds_str *out);

/* ---- lexicon: all word lists and weights, explicit input of every reader stage --------------------- */
/* ---- given words: CoNLL-U (docs/formats/conllu.md) ------------------------------------------------- */

enum { /* the columns */
       DS_CO_ID,
       DS_CO_FORM,
       DS_CO_LEMMA,
       DS_CO_UPOS,
       DS_CO_XPOS,
       DS_CO_FEATS,
       DS_CO_HEAD,
       DS_CO_DEPREL,
       DS_CO_DEPS,
       DS_CO_MISC,
       DS_CO_COLUMNS
};

typedef struct ds_conllu_row {
    ds_str cell[DS_CO_COLUMNS];
} ds_conllu_row;

typedef struct ds_conllu_range { /* "1-2  don't" */
    uint32_t word, word_end;     /* in doc->words */
    ds_conllu_row row;
} ds_conllu_range;

typedef struct ds_conllu {
    ds_doc doc;
    const ds_conllu_row *rows; /* parallel to doc.words */
    const ds_conllu_range *ranges;
    size_t ranges_len;
    const ds_str
        *comments; /* parallel to doc.sents: the lines before each, "# ...", with their line ends */
} ds_conllu;

/* Any bytes as sentences whose words are given: a doc of one block and one token a word, whose text is made of the forms,
 * with a blank between words unless SpaceAfter=No and a line end between sentences. Empty nodes (8.1) are passed over.
 * Cells, forms and comments point into `text`. DS_BAD: err->what says what is wrong, err->at in which line (from 1);
 * DS_LIMIT: more than 4,000 words in a sentence. */
ds_status ds_conllu_read(ds_arena *a, ds_str text, const struct ds_lexicon *lex, ds_conllu *out,
                         ds_err *err);
/* Does a MISC cell hold this item ("SpaceAfter=No") among its items with | between them? */
bool ds_conllu_misc(ds_str misc, ds_str item);

/* ---- lexicon: all word lists, explicit input of every reader stage -------------------------------- */

typedef struct ds_lexicon ds_lexicon;

/* The tables and the pack that the build compiled in; a file `NAME.tsv` in `dir` (may be absent) replaces the table of that
 * name, `language.pack` the pack: it is mapped into memory until ds_lexicon_close.
 * DS_BAD: err->what is "dir/NAME.tsv:LINE: reason" in `a`. DS_IO: dir cannot be read. */
ds_status ds_lexicon_open(ds_arena *a, ds_str dir, ds_lexicon **out, ds_err *err);
/* NULL is fine. Needed only where `dir` has a pack; what ds_lexicon_section gave is dead then. */
void ds_lexicon_close(ds_lexicon *lex);
/* The lexicon of this set that texts in a language are read with; NULL: there is none (ds_language_known). */
const ds_lexicon *ds_lexicon_for(const ds_lexicon *lex, ds_str language);
/* Weights by name; absent: the pack has none of this name. At a multiple of 64 bytes in memory. */
ds_str ds_lexicon_section(const ds_lexicon *lex, const char *name);
const ds_table *ds_lexicon_table(const ds_lexicon *lex, const char *name); /* NULL: no such table */
ds_str ds_lexicon_hash(
    const ds_lexicon
        *lex); /* 16 hex digits over all tables and the pack: part of the reader version */

/* A set of phrases (first column of one table), matched over token norms. */
typedef struct ds_phrases ds_phrases;
/* First-column cells are split at spaces; norms must be equal token by token ("as many as", "killed or injured"); a
 * cell may hold `*` for one arbitrary token. */
const ds_phrases *ds_lexicon_phrases(const ds_lexicon *lex,
                                     const char *table); /* NULL: no such table */
const ds_table *ds_phrases_table(const ds_phrases *p);   /* the table of the rows */
/* Longest phrase that begins at token i and ends before `end`: number of tokens (0: none), *row = first row of that
 * phrase in its table (rows with the same first column follow each other). */
uint32_t ds_phrase_at(const ds_phrases *p, const ds_token *toks, uint32_t i, uint32_t end,
                      uint32_t *row);
/* The table's bit in ds_token.starts: what tells a token that begins none of its phrases without a look-up. */
uint64_t ds_phrases_bit(const ds_phrases *p);
/* Row of a one-string look-up ("south africa"), or -1. */
int64_t ds_phrase_find(const ds_phrases *p, ds_str norm);
/* As ds_token.hash: never 0. */
uint32_t ds_norm_hash(ds_str norm);
/* As ds_token.starts; lex may be NULL. */
uint64_t ds_norm_starts(const ds_lexicon *lex, ds_str norm, uint32_t hash);

/* The words of the table's column `class` or `tag` as numbers: 0 is the first of them bytewise. */
typedef struct ds_classes {
    const ds_str *names;
    uint32_t len;         /* 0: there is no such column, or it holds more than 64 words */
    const uint8_t *codes; /* [row] */
    const uint64_t *sets; /* [row] bit per class that the row's phrase has in any of its rows */
} ds_classes;
const ds_classes *ds_phrase_classes(const ds_phrases *p);

/* Which hashes words may have, so that other tokens cost no look-up. */
enum { DS_STARTS_BITS = 4096 };
typedef struct ds_starts {
    uint64_t bits[DS_STARTS_BITS / 64];
} ds_starts;
/* Of the phrases of one word that have one of the classes in `set`. */
void ds_phrase_starts(const ds_phrases *p, uint64_t set, ds_starts *out);
static inline bool ds_starts_may(const ds_starts *s, uint32_t hash)
{
    return s->bits[hash % DS_STARTS_BITS / 64] >> (hash % 64) & 1;
}

/* ---- units of measure and money (lexicon/en/units.codes.tsv, currencies.tsv) ----------------------------- */

typedef struct ds_unit {
    ds_str code;      /* "km", "GW", "USD" */
    ds_str dimension; /* "length", "money", ... */
    ds_str name;      /* spelled out, singular, British: "gigawatt", "canadian dollar" */
    bool prefixable;  /* takes decimal prefixes */
    bool wordlike;    /* such a code is mostly a word or a name: "TV" */
    bool has_factor;
    ds_frac factor; /* to the unit of its dimension whose factor is 1; exact */
} ds_unit;

typedef struct ds_unit_prefix {
    const char *name, *symbol;
    int power; /* of ten */
} ds_unit_prefix;
extern const ds_unit_prefix ds_unit_prefixes[]; /* up to a NULL name */

/* What a code means, by its case too ("mW", "MW"); false: it is the code of no unit (a counted noun). Strings in `a` or in
 * the lexicon; out->code has the micro sign for either letter that stands for it, and of money it is `code` itself. */
bool ds_unit_of(ds_arena *a, const struct ds_lexicon *lex, ds_str code, ds_unit *out);

/* ---- parse: what the language stage hands over --------------------------------------------------- */

typedef enum ds_upos { /* Universal Dependencies */
                       DS_X,
                       DS_ADJ,
                       DS_ADP,
                       DS_ADV,
                       DS_AUX,
                       DS_CCONJ,
                       DS_DET,
                       DS_NOUN,
                       DS_NUM,
                       DS_PART,
                       DS_PRON,
                       DS_PROPN,
                       DS_PUNCT,
                       DS_SCONJ,
                       DS_SYM,
                       DS_VERB,
                       DS_INTJ,
} ds_upos;

typedef enum ds_form { /* of verbs; DS_FORM_REL marks relative and wh-words, DS_FORM_MODAL modal auxiliaries */
                       DS_FORM_NONE,
                       DS_FORM_PRES, /* says, say */
                       DS_FORM_PAST, /* said, deployed: finite, or a participle without an auxiliary */
                       DS_FORM_PART, /* participle after an auxiliary: were deployed, has said */
                       DS_FORM_GER,  /* saying */
                       DS_FORM_INF,  /* to say, would say */
                       DS_FORM_MODAL,
                       DS_FORM_REL,
} ds_form;

#define DS_NO_HEAD UINT32_MAX /* the root of its sentence */
#define DS_UNPARSED (UINT32_MAX - 1)

typedef struct ds_node { /* of one word */
    uint32_t head; /* index of a word of the same sentence in doc->words; DS_NO_HEAD, DS_UNPARSED */
    uint8_t upos;  /* ds_upos */
    uint8_t xpos;  /* ds_xpos_name; 0: not known */
    uint8_t rel;   /* to the head: ds_rel_name; 0: not known */
    uint8_t flags;
} ds_node;

typedef enum ds_name_type {
    DS_NAME_PERSON,
    DS_NAME_ORG,
    DS_NAME_PLACE,
    DS_NAME_GROUP, /* nationality, religion, party: "Norwegian", "Kurds" */
    DS_NAME_OTHER,
} ds_name_type;

typedef struct ds_name {
    ds_span span;
    uint32_t sent;
    uint32_t word, word_end; /* words [word, word_end) */
    ds_name_type type;
    ds_span role; /* "President", "a senior lecturer at ..."; {0,0}: none */
} ds_name;

typedef struct ds_parse {
    /* Parallel to doc->toks. */
    const uint8_t *upos; /* ds_upos */
    const uint8_t *form; /* ds_form */
    const ds_token *
        lemmas; /* copies of the tokens with norm = lemma (of verbs and nouns): for ds_phrase_at over lemmas */
    /* Parallel to doc->sents: `starts` of the lemmas of its verbs and adverbs, of these, its nouns and adjectives as written: tells
     * sentences without any of a table's. */
    const uint64_t *event_starts;
    /* Parallel to doc->words. */
    const ds_node *nodes;
    const ds_str *lemma_of;
    const ds_name *names; /* in text order, not overlapping */
    size_t names_len;
} ds_parse;

/* ---- marks: what annotation hands over ------------------------------------------------------------ */

typedef enum ds_bound {
    DS_BOUND_EXACT,
    DS_BOUND_ABOUT,
    DS_BOUND_AT_LEAST,
    DS_BOUND_AT_MOST,
    DS_BOUND_MORE_THAN,
    DS_BOUND_LESS_THAN,
    DS_BOUND_ALMOST,
    DS_BOUND_RANGE,
    DS_BOUND_VAGUE,
} ds_bound;
/* "exact", "about", "at_least", ... as in docs/formats/claim.md. */
const char *ds_bound_name(ds_bound b);

/* An interval; which ends are known is in the has_ flags (docs/formats/claim.md). */
typedef struct ds_value {
    ds_frac low, best, high;
    bool has_low, has_best, has_high;
    ds_bound bound;
} ds_value;

typedef enum ds_time_type {
    DS_TIME_DATE,
    DS_TIME_TIME,
    DS_TIME_DURATION,
    DS_TIME_SET
} ds_time_type;
typedef enum ds_time_role {                /* by the words before it */
                            DS_WHEN_AT,    /* in, on, during, bare: it held within the days */
                            DS_WHEN_SINCE, /* since, from, after: [lo, open] */
                            DS_WHEN_UNTIL, /* until, before: [open, hi] */
                            DS_WHEN_BY,    /* by: the state at hi; days stay as they are */
} ds_time_role;
typedef enum ds_time_anchor {
    DS_ANCHOR_NONE,
    DS_ANCHOR_ABSOLUTE,
    DS_ANCHOR_PUBLICATION,
    DS_ANCHOR_REFERENCE,
    DS_ANCHOR_EVENT
} ds_time_anchor;

typedef enum ds_time_grain { /* finest first */
                             DS_GRAIN_NONE,
                             DS_GRAIN_MINUTE,
                             DS_GRAIN_DAYPART,
                             DS_GRAIN_DAY,
                             DS_GRAIN_WEEKEND,
                             DS_GRAIN_WEEK,
                             DS_GRAIN_MONTH,
                             DS_GRAIN_QUARTER,
                             DS_GRAIN_SEASON,
                             DS_GRAIN_HALF,
                             DS_GRAIN_YEAR,
                             DS_GRAIN_DECADE,
                             DS_GRAIN_CENTURY,
} ds_time_grain;

const char *ds_time_type_name(ds_time_type t);     /* "DATE", ... as in TIMEX3 */
const char *ds_time_role_name(ds_time_role r);     /* "at", "since", "until", "by" */
const char *ds_time_anchor_name(ds_time_anchor a); /* "absolute", "publication", ... "none" */
const char *ds_time_grain_name(ds_time_grain g);   /* "day", "weekend", ... "none" */

typedef struct ds_time {
    ds_span span; /* the expression, without its preposition */
    uint32_t sent;
    uint32_t tok, tok_end;
    ds_time_type type;
    ds_str value,
        mod;      /* TIMEX3 "2025-01", "P6M", "XXXX-WXX-5"; mod "MID", "APPROX", ... or absent */
    ds_days days; /* resolved; both DS_DAY_NONE where it is not (durations, sets, unanchored) */
    ds_time_role role;
    ds_time_anchor anchor;
    ds_time_grain grain; /* of the words: "two weeks ago" says a week */
    ds_span event;       /* DS_ANCHOR_EVENT: the words for it ("the raid"); {0,0}: none */
    ds_days offset;      /* from that event, in days; before it they are negative */
    ds_str zone;         /* of a clock time: "-05:00", "local"; absent: not said */
    bool inferred;       /* rests on a published_window, not on a known day */
    bool vague;          /* "recently", "in recent days" */
} ds_time;

typedef enum ds_quantity_kind {
    DS_Q_COUNT,    /* 300 soldiers */
    DS_Q_MEASURE,  /* 7,000 kilometres: SI or customary unit */
    DS_Q_MONEY,    /* $2,000 */
    DS_Q_RATIO,    /* half, 40%, a third, one in five */
    DS_Q_DURATION, /* nearly six months */
    DS_Q_MULTIPLE, /* three times */
    DS_Q_AGE,      /* 14-year-old */
} ds_quantity_kind;

typedef enum ds_noun_class { /* of the counted noun's head, by lexicon/en/nouns.tsv */
                             DS_NC_NONE,
                             DS_NC_PERSON,
                             DS_NC_SOLDIER,
                             DS_NC_EVENT,
                             DS_NC_ITEM,
                             DS_NC_PLACE,
                             DS_NC_ANIMAL,
                             DS_NC_BODY,
                             DS_NC_NUMBER, /* "the number", "the toll" */
                             DS_NC_GROUP,
} ds_noun_class;

typedef enum ds_trend { DS_TREND_NONE, DS_TREND_UP, DS_TREND_DOWN } ds_trend;

typedef struct ds_quantity {
    ds_span span;   /* modifiers, number, unit or counted noun phrase */
    ds_span number; /* the numeral alone */
    uint32_t sent;
    uint32_t tok, tok_end; /* tokens of `span` */
    ds_quantity_kind kind;
    ds_value value;
    ds_str unit;       /* "person", "ratio", "USD", "km", "month", or the head noun's lemma */
    ds_span noun;      /* counted noun phrase right of the number, {0,0} if none */
    ds_str head;       /* lemma of its head, absent if none */
    ds_noun_class cls; /* of that head; of a ratio: of its base */
    ds_span base; /* of a ratio: "the initial South African troops", "that number"; {0,0} if none */
    bool has_of_count; /* the base says how many: "two thirds of the 600 soldiers" */
    ds_frac of_count;
    ds_str per[2]; /* "soldier", "month", "day" */
    uint32_t per_len;
    bool percent;     /* a ratio written with % or a word for it; `value` is the share, 0.4 */
    ds_trend trend;   /* "rose 5%", "fell to 3", "a drop of 5%" */
    bool trend_named; /* by a noun or a comparison, not by a verb: "a drop of 5%", "5% higher" */
    int32_t was;      /* "from A to B" under a change: index of A, or -1 */
    bool rough;       /* a range or vague word with "about" before it */
    bool attribute; /* a measure that describes what follows: "a 6-inch pipe", "170mm howitzers" */
    bool implicit;  /* no numeral: "a baby", "her sister and a neighbour" */
    bool delta;     /* another, additional, a further, more */
    bool estimated; /* "an estimated", "believed": for certainty */
    bool anaphor;   /* the counted thing is "the number", "that number", "them": refers back */
    int32_t
        equals; /* index of a quantity that the text equates with it by apposition ("half ... - around 300 -"), or -1 */
} ds_quantity;

typedef enum ds_holder_kind {
    DS_HOLDER_NONE,
    DS_HOLDER_NAMED,
    DS_HOLDER_ROLE,
    DS_HOLDER_ANONYMOUS
} ds_holder_kind;
const char *ds_holder_kind_name(ds_holder_kind k);

typedef enum ds_certainty { /* weakest last */
                            DS_CERT_ASSERTED,
                            DS_CERT_REPORTED,
                            DS_CERT_ESTIMATED,
                            DS_CERT_PLANNED,
                            DS_CERT_POSSIBLE,
                            DS_CERT_UNVERIFIED,
                            DS_CERT_DENIED,
} ds_certainty;
const char *ds_certainty_name(ds_certainty c);
/* The one with this name, or `other`. */
ds_certainty ds_certainty_of(ds_str name, ds_certainty other);

typedef struct ds_attribution {
    ds_span source; /* {0,0}: none named ("is believed to") */
    ds_span cue;
    ds_span content[2]; /* split content has two parts */
    uint32_t content_len;
    uint32_t sent;
    ds_str
        cls; /* cue class: "speech", "report", "evidence", "factive", "hedge", "denial", ... (lexicon) */
    bool
        reportive; /* its class says that something is so; wishes, plans and names for things do not */
    bool clause; /* `content` is a clause or a quotation, not just a noun phrase */
    ds_holder_kind kind;
    ds_certainty certainty; /* what the cue alone says: reported, estimated, denied, ... */
    ds_str name; /* source as the page names it in full, resolved inside the page; absent: none */
    ds_str
        holder; /* normal name from lexicon/en/actors.tsv, else `name` for named ones, else absent */
    ds_str outlet; /* "told Newsweek": Newsweek; absent otherwise */
    /* Index of the attribution of its sentence whose content holds this one, or -1; no circles. */
    int32_t inside;
} ds_attribution;

typedef enum ds_mention_form {
    DS_MENTION_NAME,
    DS_MENTION_NOMINAL,
    DS_MENTION_PRONOUN
} ds_mention_form;
typedef enum ds_gender { DS_GENDER_NONE, DS_GENDER_MALE, DS_GENDER_FEMALE } ds_gender;
typedef enum ds_number { DS_NUMBER_NONE, DS_NUMBER_ONE, DS_NUMBER_MANY } ds_number;
const char *ds_mention_form_name(ds_mention_form f); /* "name", "nominal", "pronoun" */
const char *ds_gender_name(ds_gender g);             /* "male", "female", "none" */

/* A phrase that stands for somebody or something: "Mayor Anna Holm", "the mayor", "she". */
typedef struct ds_mention {
    ds_span span; /* with the title or article before it, with nothing behind its head */
    ds_span head; /* its head; of a name: the name */
    uint32_t sent;
    uint32_t word, word_end; /* words of `span`: [word, word_end) */
    uint32_t head_word;      /* the word that the phrase hangs on */
    ds_mention_form form;
    ds_gender gender;
    ds_number number;
    uint32_t entity; /* index into ds_marks.entities */
} ds_mention;

/* What all mentions with its index stand for. */
typedef struct ds_entity {
    ds_name_type type;
    ds_gender gender;
    ds_number number;
    ds_str name;       /* the fullest name that the page gives it; absent: none */
    uint32_t mentions; /* how many there are */
    uint32_t first;    /* the first of them */
    uint32_t best;     /* the one with the name; without a name: the first */
} ds_entity;

typedef struct ds_marks {
    const ds_time *times;
    size_t times_len;
    const ds_quantity *quantities;
    size_t quantities_len;
    const ds_attribution *attributions;
    size_t attributions_len;
    const ds_mention *mentions; /* by begin, the longer first */
    size_t mentions_len;
    const ds_entity *entities; /* by first mention */
    size_t entities_len;
} ds_marks;

/* The attributions that may hold words of a sentence: [*beg, *end) of marks->attributions, those of sentences up to
 * DS_ATTRIBUTIONS_BEHIND behind it (a quotation names its speaker so late at most) and no more than DS_ATTRIBUTIONS_NEAR in all,
 * which keeps hostile pages linear. */
enum { DS_ATTRIBUTIONS_NEAR = 256, DS_ATTRIBUTIONS_BEHIND = 2 };
static inline void ds_attributions_near(const ds_marks *marks, uint32_t sent, size_t *beg,
                                        size_t *end)
{
    size_t lo = 0, hi = marks->attributions_len;
    while (lo < hi) {
        size_t mid = (lo + hi) / 2;
        if (marks->attributions[mid].sent <= sent + DS_ATTRIBUTIONS_BEHIND)
            lo = mid + 1;
        else
            hi = mid;
    }
    *end = lo;
    *beg = lo > DS_ATTRIBUTIONS_NEAR ? lo - DS_ATTRIBUTIONS_NEAR : 0;
}

#endif
