/* SPDX-License-Identifier: Apache-2.0 */
/* store.h - the SQLite store: pages, articles, claims, finished stories.
 *
 * Layer    store; uses base, text, claim, story, reconcile, digest
 * Method   SQLite, WAL, STRICT tables, schema version in user_version, migrations in order; page bytes kept as they
 *          came; a finished story is written in the same transaction as the claims that it rests on, so that reading
 *          commands never compute. Columns and struct fields are bound by tables of descriptors, both ways
 * Output   loads give the same structs that the stages made; docs/formats/store.md has the schema
 * Memory   loads live in the arena given; the store object owns its connection
 * Errors   DS_IO (err->what static, in the arena, or in the store until its next failure: "cannot write (permission denied)", "written by a newer dossier
 *          (store N; this one reads up to DS_STORE_VERSION)"), DS_NOMEM. A failed batch leaves the store as it was
 * Threads  one store object per thread; many readers and one writer per file
 */
#ifndef DS_STORE_H
#define DS_STORE_H

#include "digest/digest.h"
#include "search/search.h"

#define DS_STORE_VERSION 10

typedef struct ds_store ds_store;

typedef enum ds_store_mode {
    DS_STORE_READ,
    DS_STORE_WRITE
} ds_store_mode; /* WRITE creates file and folders */

/* DS_NONE (only READ): there is no store, or nothing was ever put in. */
ds_status ds_store_open(ds_arena *a, ds_str path, ds_store_mode mode, ds_store **out, ds_err *err);
void ds_store_close(ds_store *s);
void ds_store_closep(ds_store **s);

/* One batch: begin, any number of puts, commit. Abort (or close) undoes all. */
ds_status ds_store_begin(ds_store *s, ds_err *err);
ds_status ds_store_commit(ds_store *s, ds_err *err);
void ds_store_abort(ds_store *s);

/* DS_NONE: this URL (or name, where the page has no URL) with these bytes, stated facts and reader version is already
 * there as the newest version. *page_id is set either way. Other bytes under the same URL or name replace the older ones as
 * the newest version; the older ones are kept. The same bytes with another reader keep their id and lose their articles. */
ds_status ds_store_put_page(ds_store *s, const ds_page *page, ds_str reader, int64_t *page_id,
                            ds_err *err);
/* DS_OK where ds_store_put_page would say DS_NONE, else DS_NONE; changes nothing. */
ds_status ds_store_known(ds_store *s, const ds_page *page, ds_str reader, ds_err *err);
/* The reading's article (all of it: text, blocks, runs, metadata, sentences) and claims. */
ds_status ds_store_put_reading(ds_store *s, int64_t page_id, const ds_reading *r,
                               int64_t *article_id, ds_err *err);
/* Readings and the ids of their articles. Here and below, loaded pages come without their bytes. */
typedef struct ds_stored {
    const ds_reading *at;
    const int64_t *ids;
    size_t len;
} ds_stored;

/* The newest readings of one story's members, in order of arrival. */
ds_status ds_store_story_readings(ds_store *s, ds_arena *a, int64_t story, ds_stored *out,
                                  ds_err *err);

/* ---- grouping: what story/cluster.h keeps, and who is in which story. Changes only inside a batch. ------- */

typedef struct ds_grouping {
    ds_str state;       /* ds_cluster_state_put; absent: none yet */
    int64_t next_story; /* id of the next new story: none is ever given twice */
    ds_str reckoner;    /* program version and word lists that finished stories were made with */
    int64_t
        reread; /* all pages up to this one were read anew, the others are to be; -1: no rereading is under way */
} ds_grouping;
ds_status ds_store_grouping(ds_store *s, ds_arena *a, ds_grouping *out,
                            ds_err *err); /* DS_NONE: none yet, *out is that of an empty store */
ds_status ds_store_put_grouping(ds_store *s, const ds_grouping *g, ds_err *err);
/* Rows of terms. DS_NONE: it has none. */
ds_status ds_store_term(ds_store *s, ds_arena *a, uint32_t hash, ds_str *out, ds_err *err);
ds_status ds_store_put_term(ds_store *s, uint32_t hash, ds_str row, ds_err *err);

#define DS_NEAR_NONE INT64_MIN
typedef struct ds_membership {
    int64_t
        number; /* in the cluster: place in the order of arrival; below 0: from before there were clusters */
    int64_t article, story;
    int64_t
        near; /* number of the article beside which it was put, or that bound the story that it opened to another;
               * DS_NEAR_NONE: it opened the story */
    double odds;   /* log odds that both tell one story; near nobody: 0 */
    uint32_t why;  /* DS_SAME_..., DS_OTHER_... */
    int32_t days;  /* between the two; -1: not known */
    ds_str record; /* ds_cluster_record_put; absent: none */
} ds_membership;
typedef struct ds_memberships {
    const ds_membership *at;
    size_t len;
} ds_memberships;
ds_status ds_store_member(ds_store *s, ds_arena *a, int64_t number, ds_membership *out,
                          ds_err *err); /* DS_NONE: it went */
ds_status ds_store_members(ds_store *s, ds_arena *a, int64_t story, ds_memberships *out,
                           ds_err *err); /* by number */
/* How many a story has, counted up to `most`. */
ds_status ds_store_count_members(ds_store *s, int64_t story, int64_t most, int64_t *out,
                                 ds_err *err);
/* The name of the article of that number. DS_NONE: it went. */
ds_status ds_store_doc_of(ds_store *s, ds_arena *a, int64_t number, ds_str *out, ds_err *err);
/* Puts the article into its story, and marks the story to be reckoned. */
ds_status ds_store_put_member(ds_store *s, const ds_membership *m, ds_err *err);
/* Numbers of articles that left a story since stories were last finished, others fields 0. */
ds_status ds_store_lost(ds_store *s, ds_arena *a, int64_t story, ds_memberships *out, ds_err *err);
/* The story that the n-th article of this page's version before was alone in. DS_NONE: there is none. */
ds_status ds_store_former(ds_store *s, int64_t page_id, uint32_t n, int64_t *story, ds_err *err);
ds_status ds_store_forget_former(ds_store *s, ds_err *err);

/* All members of `from` become members of `to`; nothing leads there. */
ds_status ds_store_rename(ds_store *s, int64_t from, int64_t to, ds_err *err);
/* All members of `from` become members of `into`; `from` leads there for ever. */
ds_status ds_store_merge(ds_store *s, int64_t from, int64_t into, ds_err *err);
/* Who opened m->story stands beside m->near from now on, and so with all of its story: that article made it one with another. */
ds_status ds_store_bind_openers(ds_store *s, const ds_membership *m, ds_err *err);
/* One more article that speaks for both stories. *n: how many do. */
ds_status ds_store_put_bond(ds_store *s, int64_t story, int64_t other, int64_t *n, ds_err *err);
/* DS_NONE: the id leads nowhere else. */
ds_status ds_store_moved_to(ds_store *s, int64_t story, int64_t *to, ds_err *err);
ds_status ds_store_put_regrouping(ds_store *s, const ds_regrouping *r, ds_err *err);

/* Rereading: all members leave their stories, pages are read anew in order of arrival and grouped as new ones are; at its end each
 * story takes the id of the one before with which it has most articles in common; ids that do not go on lead to the story
 * that has most of theirs. In between, finished stories stay as they were. */
ds_status ds_store_reread_begin(ds_store *s, ds_err *err);
ds_status ds_store_reread_end(ds_store *s, ds_arena *a, ds_err *err);
typedef struct ds_stored_page {
    int64_t id;
    bool newest;
    ds_page page; /* with its bytes */
} ds_stored_page;
/* The first page after that id. DS_NONE: there is none. */
ds_status ds_store_next_page(ds_store *s, ds_arena *a, int64_t after, ds_stored_page *out,
                             ds_err *err);
ds_status ds_store_count_pages(ds_store *s, int64_t after, int64_t *out, ds_err *err);
/* An older version: search does not find it. */
ds_status ds_store_hide_page(ds_store *s, int64_t page, ds_err *err);
/* Its articles go; new ones of this reader are to be put. */
ds_status ds_store_forget_articles(ds_store *s, int64_t page, ds_str reader, ds_err *err);

/* Stories to be reckoned: one whose members changed, or all. */
ds_status ds_store_touch(ds_store *s, int64_t story, ds_err *err);
ds_status ds_store_touch_all(ds_store *s, ds_err *err);
ds_status ds_store_dirty(ds_store *s, int64_t *story,
                         ds_err *err); /* the least id; DS_NONE: all are finished */

/* ---- finished stories -------------------------------------------------------------------------------------- */

/* d->story is its id; article_ids: of its sources in order; stamp: names all that it was reckoned from. What was there under the
 * id goes; it is no longer to be reckoned. */
ds_status ds_store_put_story(ds_store *s, ds_dossier *d, const int64_t *article_ids, ds_str stamp,
                             ds_err *err);
ds_status ds_store_drop_story(ds_store *s, int64_t story, ds_err *err); /* it has no members */
#define DS_SIMILAR_MOST 10
/* Stories about much the same, at most DS_SIMILAR_MOST, for it and for each of them. */
ds_status ds_store_put_similar(ds_store *s, int64_t story, const ds_similar *at, size_t n,
                               ds_err *err);
typedef struct ds_story_count {
    int64_t stories, last; /* how many there are; largest id */
} ds_story_count;
ds_status ds_store_count_stories(ds_store *s, int64_t above, ds_story_count *out,
                                 ds_err *err); /* of ids above it */
ds_status ds_store_story(ds_store *s, ds_arena *a, int64_t id, ds_dossier *out,
                         ds_err *err); /* DS_NONE: no such story */
typedef struct ds_story_line {         /* one line of `dossier stories` */
    int64_t id;
    ds_str title;
    uint32_t pages, figures, questions, flags;
    ds_days days; /* of publication, where known */
} ds_story_line;
typedef struct ds_story_list {
    const ds_story_line *at;
    size_t len;
} ds_story_list;
ds_status ds_store_stories(ds_store *s, ds_arena *a, ds_story_list *out, ds_err *err);

typedef struct ds_article_line { /* one line of `dossier stories --articles` */
    ds_str doc, title;
    ds_day published;
    int64_t story;
    ds_str
        near; /* the article beside which it was put; absent: it opened the story, or that one went */
    double odds;
    uint32_t why; /* DS_SAME_..., DS_OTHER_... */
    int32_t days;
} ds_article_line;
typedef struct ds_article_list {
    const ds_article_line *at;
    size_t len;
} ds_article_list;
/* All newest articles in order of arrival. */
ds_status ds_store_articles(ds_store *s, ds_arena *a, ds_article_list *out, ds_err *err);
/* ---- lists a page at a time, and what tells whether anything changed (browse.c) ---- */

/* Another number after every commit of another connection to the file. */
ds_status ds_store_revision(ds_store *s, int64_t *out, ds_err *err);
/* What the finished story was put under: while it is the same, so is the story. Absent: not known. DS_NONE: no such story. */
ds_status ds_store_stamp(ds_store *s, ds_arena *a, int64_t story, ds_str *out, ds_err *err);
typedef struct ds_store_sizes {
    int64_t articles, stories; /* of finished stories, and those */
    int64_t last_article;      /* the id given last */
} ds_store_sizes;
ds_status ds_store_counts(ds_store *s, ds_store_sizes *out, ds_err *err);

typedef struct ds_browse {
    ds_days days;   /* of publication: stories that reach into them */
    ds_str measure; /* with a question on it */
    ds_str state;   /* with a question in it; "disagree": conflict or apart */
    bool flagged;   /* with something that does not fit */
    bool by_id;     /* newest number first; else newest day first, undated last */
    uint32_t min_pages;
    uint32_t limit;     /* stories at most */
    uint32_t questions; /* of each, at most */
    struct {
        int64_t day, id;
    } after; /* the story before the first: its last day (INT32_MIN: none) and number; both INT64_MAX: from the start */
} ds_browse;
typedef struct ds_question_line { /* its answers and the like are not loaded */
    ds_question question;
    uint32_t origins;
} ds_question_line;
typedef struct ds_question_lines {
    const ds_question_line *at;
    size_t len;
} ds_question_lines;
typedef struct ds_card {
    ds_story_line line;
    uint32_t publishers, origins, conflicts, apart;
    ds_question_lines top;
} ds_card;
typedef struct ds_cards {
    const ds_card *at;
    size_t len;
} ds_cards;
ds_status ds_store_browse(ds_store *s, ds_arena *a, const ds_browse *b, ds_cards *out, ds_err *err);
ds_status ds_store_question_lines(ds_store *s, ds_arena *a, int64_t story, uint32_t limit,
                                  ds_question_lines *out, ds_err *err);
/* All stories by number, with their stamps; all questions, as they stand. A callback that returns not DS_OK ends it. */
ds_status ds_store_each_stamp(ds_store *s, ds_status (*cb)(int64_t story, ds_str stamp, void *ctx),
                              void *ctx, ds_err *err);
ds_status ds_store_each_question(ds_store *s, ds_arena *scratch,
                                 ds_status (*cb)(int64_t story, const ds_question *q, void *ctx),
                                 void *ctx, ds_err *err);
ds_status ds_store_line(ds_store *s, ds_arena *a, int64_t story, ds_story_line *out, ds_err *err);
/* Sources of a story whose article came after that one. */
typedef struct ds_sources {
    const ds_source *at;
    size_t len;
} ds_sources;
ds_status ds_store_sources_after(ds_store *s, ds_arena *a, int64_t story, int64_t article,
                                 ds_sources *out, ds_err *err);
typedef struct ds_article_place {
    int64_t story;
    ds_str letter;
} ds_article_place;
/* The story that has the document. DS_NONE: none has. */
ds_status ds_store_place_of(ds_store *s, ds_arena *a, ds_str doc, ds_article_place *out,
                            ds_err *err);

/* ---- search: articles by their words (search.c); src/search has the language of queries ---- */

typedef struct ds_search {
    const ds_query *query;
    bool newest;    /* order of arrival, last first; else best first */
    uint32_t limit; /* hits at most */
    uint32_t skip;  /* ranked: so many hits before them */
    int64_t before; /* newest first: only with a doc_number below it; 0: all */
    int64_t window; /* 0: the usual one */
} ds_search;
typedef struct ds_hit {
    int64_t story; /* 0: in none */
    ds_str letter, doc, title, publisher;
    ds_strs authors;
    ds_day published;
    ds_str text; /* the body, of which the snippet is */
    ds_snippet snippet;
    double score;
    int64_t doc_number; /* counts up with arrival */
} ds_hit;
typedef struct ds_found {
    const ds_hit *at;
    size_t len;
    bool newest;    /* the order they are in */
    bool more;      /* there are hits behind them */
    int64_t last;   /* doc_number of the last one */
    int64_t window; /* only the newest so many that match were ranked; 0: all were */
    int64_t articles;
} ds_found;
ds_status ds_store_parse_query(ds_store *s, ds_arena *a, ds_str text, ds_query *out, ds_err *err);
ds_status ds_store_search(ds_store *s, ds_arena *a, const ds_search *q, ds_found *out, ds_err *err);

/* ---- the inbox: JSON lines that wait beside the store (inbox.c); closed by ds_store_close ---- */

ds_str ds_inbox_path(ds_arena *a, ds_str store); /* "PATH-inbox" */
/* DS_NONE (only without `create`): there is none. */
ds_status ds_inbox_open(ds_arena *a, ds_str store, bool create, ds_store **out, ds_err *err);
/* All or none, on disk when it returns. *known: so many wait there already, byte for byte. */
ds_status ds_inbox_put(ds_store *s, const ds_str *lines, size_t n, size_t *known, ds_err *err);
ds_status ds_inbox_waiting(ds_store *s, int64_t *out, ds_err *err);
/* The first line with a number above `after`. DS_NONE: there is none. */
ds_status ds_inbox_next(ds_store *s, ds_arena *a, int64_t after, int64_t *id, ds_str *line,
                        ds_err *err);
/* The store has all up to this one. */
ds_status ds_inbox_done(ds_store *s, int64_t last, ds_err *err);

/* One article with its sentences: by story and letter, or by doc name. DS_NONE: no such article. */
ds_status ds_store_article(ds_store *s, ds_arena *a, int64_t story, ds_str letter, ds_reading *out,
                           ds_err *err);
ds_status ds_store_article_of(ds_store *s, ds_arena *a, ds_str doc, ds_reading *out, ds_err *err);

/* That article of all versions of its page, in order of arrival, each as it was read when it came. DS_NONE: none. */
ds_status ds_store_versions(ds_store *s, ds_arena *a, const ds_reading *of, ds_stored *out,
                            ds_err *err);

/* Removes the page of that name or URL in all versions, its articles and claims; the stories that had them are put anew by the caller.
 * DS_NONE: no such page. */
ds_status ds_store_remove(ds_store *s, ds_str name, ds_err *err);

/* Integrity: SQLite's own check, every span inside its text, page bytes against their SHA-256, every story row's claim
 * there. *problems counts them, the texts are in *what. digest: SHA-256 hex over logical rows in key order without clock
 * fields. */
ds_status ds_store_verify(ds_store *s, ds_arena *a, uint32_t *problems, ds_strs *what,
                          ds_str *digest, ds_err *err);

#endif
