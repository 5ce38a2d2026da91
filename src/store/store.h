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

#define DS_STORE_VERSION 7

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
/* All newest readings, in order of arrival: what a new reconciliation starts from. ids[i] is the article id of at[i].
 * Here and below, loaded pages come without their bytes. */
typedef struct ds_stored {
    const ds_reading *at;
    const int64_t *ids;
    size_t len;
} ds_stored;
ds_status ds_store_readings(ds_store *s, ds_arena *a, ds_stored *out, ds_err *err);

/* The finished story that was put under this stamp, and whose sources are these articles in this order: it stands as it would be
 * put again. DS_NONE: there is none. */
ds_status ds_store_story_kept(ds_store *s, ds_str stamp, const int64_t *article_ids, size_t n,
                              int64_t *story, ds_err *err);
typedef struct ds_batch {              /* all finished stories that the store is to have */
    ds_dossier *stories;               /* reckoned in this batch */
    const int64_t *const *article_ids; /* of each, its sources in order */
    const ds_str *
        stamps; /* of each: names all that it was reckoned from; absent: it is reckoned again next time */
    size_t len;
    const int64_t *kept; /* ids of stories that stay as they are */
    size_t kept_len;
} ds_batch;
/* Stories that are neither in it nor kept go. stories[i].story is set: the id of the old story, of those that are not kept, with most
 * articles in common, else new. */
ds_status ds_store_put_stories(ds_store *s, ds_arena *a, ds_batch *batch, ds_err *err);
/* DS_OK: articles came or went since the stories were last put (a batch was cut off before its end); DS_NONE: none did. */
ds_status ds_store_stale(ds_store *s, ds_err *err);
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

/* One article with its sentences: by story and letter, or by doc name. DS_NONE: no such article. */
ds_status ds_store_article(ds_store *s, ds_arena *a, int64_t story, ds_str letter, ds_reading *out,
                           ds_err *err);
ds_status ds_store_article_of(ds_store *s, ds_arena *a, ds_str doc, ds_reading *out, ds_err *err);

/* Removes the page of that name or URL in all versions, its articles and claims; the stories that had them are put anew by the caller.
 * DS_NONE: no such page. */
ds_status ds_store_remove(ds_store *s, ds_str name, ds_err *err);

/* Integrity: SQLite's own check, every span inside its text, page bytes against their SHA-256, every story row's claim
 * there. *problems counts them, the texts are in *what. digest: SHA-256 hex over logical rows in key order without clock
 * fields. */
ds_status ds_store_verify(ds_store *s, ds_arena *a, uint32_t *problems, ds_strs *what,
                          ds_str *digest, ds_err *err);

#endif
