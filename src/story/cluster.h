/* SPDX-License-Identifier: Apache-2.0 */
/* cluster.h - which articles tell one story, one article after the other (docs/clustering.md).
 *
 * Layer    story; uses base, text
 * Method   for each term the newest DS_CLUSTER_RING articles that weigh it heavily; the DS_CLUSTER_NEAR articles with the largest
 *          dot product are compared by a small trained net over features of the pair; the article joins the story with the
 *          best odds (cl_story_odds) if they reach the model's threshold, else it opens one. No window of time; what is common is counted anew all along
 * Input    marks (marks.h), cut by ds_story_marks_cut; articles in order of arrival
 * Output   a pure function of the model and the marks so far, whatever was put aside and put back between
 * Memory   a ds_cluster owns what it keeps: some 1.2 KB an article
 * Errors   DS_NOMEM, DS_LIMIT; reading bytes: DS_BAD; the cluster is as before on error
 * Cost     bounded for an article, whatever is stored
 * Threads  one at a time; a model is read-only
 */
#ifndef DS_STORY_CLUSTER_H
#define DS_STORY_CLUSTER_H

#include "story/marks.h"

enum {
    DS_CLUSTER_RING = 48,  /* newest articles that a term remembers */
    DS_CLUSTER_HEAVY = 60, /* terms of an article that remember it */
    DS_CLUSTER_NEAR = 10,  /* articles that an article is compared with */
    DS_CLUSTER_BONDS = 3,  /* articles that make two stories one, where none alone does */
    DS_CLUSTER_WORDS = 112,
    DS_CLUSTER_KEYS = 24,
    DS_CLUSTER_BIGRAMS = 40,
    DS_CLUSTER_TERMS = DS_CLUSTER_WORDS + DS_CLUSTER_KEYS + DS_CLUSTER_BIGRAMS,
};

/* ---- model: what was learned ------------------------------------------------------------------------------ */

typedef struct ds_cluster_model ds_cluster_model;
/* `section`: of a pack, "stories"; must outlive the model. DS_BAD: not such a section. */
ds_status ds_cluster_model_open(ds_arena *a, ds_str section, ds_cluster_model **out, ds_err *err);

/* Keeps the terms that tell most: those of the title, then by how rare they are in other news. */
ds_status ds_story_marks_cut(ds_arena *a, const ds_cluster_model *m, ds_story_marks *io,
                             ds_err *err);

/* ---- the cluster --------------------------------------------------------------------------------------------- */

typedef struct ds_cluster ds_cluster;
ds_status ds_cluster_new(const ds_cluster_model *m, ds_cluster **out, ds_err *err);
void ds_cluster_free(ds_cluster *c); /* NULL is fine */

enum { /* what speaks for and against one story, of an article and the one it was compared with */
       DS_SAME_NAMES = 1,
       DS_SAME_REGION = 2,
       DS_SAME_STREET = 4,
       DS_SAME_AGE = 8,
       DS_SAME_KILLED = 16,
       DS_SAME_INJURED = 32,
       DS_SAME_DAY = 64,
       DS_SAME_CLOCK = 128,
       DS_OTHER_REGION = 256,
       DS_OTHER_STREET = 512,
       DS_OTHER_AGE = 1024,
       DS_OTHER_KILLED = 2048,
       DS_OTHER_INJURED = 4096,
       DS_OTHER_DAY = 8192,
       DS_SAME_TITLE = 16384, /* half of its words */
};

typedef struct ds_near { /* an article that another was compared with */
    uint32_t article;
    uint32_t story;
    float odds;   /* log odds that both tell one story */
    float like;   /* how much they are about the same, 0 to 1 */
    uint32_t why; /* DS_SAME_..., DS_OTHER_... */
    int32_t days; /* between them; -1: a date is missing */
} ds_near;

typedef struct ds_joined {
    uint32_t story; /* number of the article that opened it */
    bool opened;    /* it is new */
    float odds;     /* log odds that it is told here; opened: `least` */
    float least;    /* log odds that it takes to join */
    uint32_t
        also; /* another story that the article fairly surely belongs to as well; else == story */
    bool one; /* so surely that both are one; else they are when DS_CLUSTER_BONDS articles say so */
    uint32_t near_len;
    ds_near near[DS_CLUSTER_NEAR]; /* the surest first */
} ds_joined;

/* article: its number; must grow from call to call. */
ds_status ds_cluster_add(ds_cluster *c, uint32_t article, const ds_story_marks *marks,
                         ds_joined *out, ds_err *err);
/* The same comparison, without adding it. Articles with numbers below `article` may be near. */
ds_status ds_cluster_find(ds_cluster *c, uint32_t article, const ds_story_marks *marks,
                          ds_joined *out, ds_err *err);

/* ---- pieces, so that a store can hold it ------------------------------------------------------------------
 * A cluster may hold just what one article needs: the state, a row for each of its terms that has one, and after
 * ds_cluster_wants the records of the articles that those name as near. After ds_cluster_add the state, the rows of the
 * article's terms and its record have changed. */

void ds_cluster_state_put(const ds_cluster *c, ds_buf *b);
ds_status ds_cluster_state_get(ds_cluster *c, ds_str bytes, ds_err *err);
/* Of a term that has a row: DS_NONE if it has none. */
ds_status ds_cluster_term_put(const ds_cluster *c, uint32_t hash, ds_buf *b);
ds_status ds_cluster_term_get(ds_cluster *c, uint32_t hash, ds_str bytes, ds_err *err);
ds_status ds_cluster_record_put(const ds_cluster *c, uint32_t article, ds_buf *b);
ds_status ds_cluster_record_get(ds_cluster *c, uint32_t article, ds_str bytes, ds_err *err);
/* The marks that a record keeps: those of ds_cluster_add. */
ds_status ds_cluster_record_marks(ds_arena *a, ds_str bytes, ds_story_marks *out, ds_err *err);
/* Numbers of the articles whose records ds_cluster_add will read, given the rows of its terms. */
ds_status ds_cluster_wants(ds_cluster *c, uint32_t article, const ds_story_marks *marks,
                           uint32_t out[DS_CLUSTER_NEAR], uint32_t *len, ds_err *err);

size_t ds_cluster_bytes(const ds_cluster *c); /* of memory that it holds */

uint32_t ds_cluster_next(const ds_cluster *c); /* the least number that ds_cluster_add takes */
bool ds_cluster_has_term(const ds_cluster *c, uint32_t hash);
bool ds_cluster_has_record(const ds_cluster *c, uint32_t article);
/* Hands out the hashes of terms whose rows changed since they were got or last handed out, in any order; a negative status of `fn` ends it. */
typedef ds_status ds_cluster_on_term(void *ctx, uint32_t hash);
ds_status ds_cluster_changed(ds_cluster *c, ds_cluster_on_term *fn, void *ctx);

/* ---- what is decided elsewhere ----------------------------------------------------------------------------- */

/* The story of an article whose record is here; of all articles here that are in `from`. */
void ds_cluster_assign(ds_cluster *c, uint32_t article, uint32_t story);
void ds_cluster_rename(ds_cluster *c, uint32_t from, uint32_t to);
/* An article that went: its record does too, so that it is near nobody any more. */
void ds_cluster_forget(ds_cluster *c, uint32_t article);
/* Articles that are near nobody, by number, ascending; must outlive what follows. NULL: none. */
void ds_cluster_leave_out(ds_cluster *c, const uint32_t *numbers, size_t n);

#endif
