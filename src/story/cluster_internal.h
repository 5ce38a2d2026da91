/* SPDX-License-Identifier: Apache-2.0 */
/* cluster_internal.h - what the index, the features and the net share. */
#ifndef DS_STORY_CLUSTER_INTERNAL_H
#define DS_STORY_CLUSTER_INTERNAL_H

#include "story/cluster.h"

/* Logarithm to base 2 of x > 0, and tanh: by basic arithmetic alone, so that every machine gives the same bits. */
float cl_log2(float x);
float cl_tanh(float x);

/* ---- model.c ------------------------------------------------------------------------------------------------ */

enum { CL_FEATURES = 70, CL_HIDDEN = 16, CL_NETS = 4 };
#define CL_MAGIC 0x31545344u /* "DST1" */

typedef struct cl_net {
    float in[CL_FEATURES][CL_HIDDEN], bias[CL_HIDDEN], out[CL_HIDDEN], out_bias;
} cl_net;

typedef struct cl_weights {
    float mean[CL_FEATURES], scale[CL_FEATURES]; /* features become (x - mean) * scale */
    cl_net nets[CL_NETS];
    float join; /* least log odds of a story: cl_story_odds */
} cl_weights;

struct ds_cluster_model {
    uint32_t docs;        /* of other news, in which terms were counted */
    uint32_t slots;       /* a power of two */
    const uint32_t *hash; /* [slots], 0: free */
    const uint16_t *docs_of;
    cl_weights w;
};

uint32_t cl_known_docs(const ds_cluster_model *m,
                       uint32_t hash); /* 0: it stands in none, or in one */
/* Mean of the nets; of copies no less than CL_COPY_ODDS. */
#define CL_COPY_ODDS 6.0f
float cl_odds(const cl_weights *w, const float features[CL_FEATURES]);
/* Log odds of the story of near[i]: those of its surest member, drawn towards the mean of its members that are near, so that one
 * chance likeness against the word of several does not join. odds, story: [n]. text: the article has one; headlines of one
 * story are often as unlike as those of two, so that of a headline alone only the surest member counts. */
float cl_story_odds(const float *odds, const uint32_t *story, uint32_t n, uint32_t i, bool text);
typedef struct cl_choice {
    bool opened; /* none is sure enough: the rest but odds means nothing */
    bool one;    /* it and `also` are so sure that they are one */
    uint32_t
        story; /* that the articles near speak for most; of equals the one with the surest member */
    uint32_t also; /* another one that they speak for as well; else == story */
    float odds;
} cl_choice;
cl_choice cl_choose(const float *odds, const uint32_t *story, uint32_t n, float join, bool text);
void cl_section_put(ds_buf *b, uint32_t docs, const uint32_t *hash, const uint16_t *docs_of,
                    uint32_t n, const cl_weights *w);

/* ---- likeness.c ------------------------------------------------------------------------------------------------- */

enum cl_part {
    CL_BODY,
    CL_TITLE,
    CL_LEAD,
    CL_CAPS,
    CL_NAMES,
    CL_KEYS,
    CL_BIGRAMS,
    CL_PLACES,
    CL_SUM,
    CL_PARTS
};

typedef struct cl_record { /* an article that is stored */
    ds_mark_facts facts;
    float norm[CL_PARTS]; /* lengths of its parts; CL_SUM: sum of idf */
    uint32_t article, story;
    uint32_t main, spot; /* hashes of the person's and the place's name that stand out; 0: none */
    uint32_t len;
    const uint32_t *hash; /* [len] */
    const uint8_t *body, *flags;
} cl_record;

enum { CL_PROBES = 1024 };
typedef struct cl_query { /* the article at hand, made ready for comparing */
    cl_record r;
    float idf[DS_CLUSTER_TERMS];
    float heavy[DS_CLUSTER_TERMS]; /* weight in the index */
    uint16_t at[CL_PROBES];        /* index + 1 by hash */
    uint32_t hash[DS_CLUSTER_TERMS];
    uint8_t body[DS_CLUSTER_TERMS], flags[DS_CLUSTER_TERMS];
} cl_query;

typedef struct cl_rank { /* how an article came to be near */
    float dot, mean;     /* of its own, of the nearest 20 */
    uint32_t rank;
} cl_rank;

void cl_query_ready(cl_query *q); /* from q->idf and the record's terms: norms, weights, probes */
void cl_pair(const cl_query *q, const cl_record *c, const cl_rank *k, float f[CL_FEATURES],
             uint32_t *why);

/* Mean of the cosines of all words, of those of title and lead, and of names. */
float cl_like(const float f[CL_FEATURES]);
/* The two were written from one another, and nothing tells them apart but counts. */
bool cl_is_copy(const float f[CL_FEATURES]);

/* What hides with the title; to be set where it is hidden. */
extern const uint8_t cl_of_title[];
extern const size_t cl_of_title_len;
extern const uint8_t cl_no_title;

/* The features of all articles near, for training; as ds_cluster_add, which joins by them. */
typedef void cl_watch(void *ctx, const cl_query *q, const cl_record *near, const cl_rank *k,
                      const float f[CL_FEATURES]);
void cl_watch_pairs(ds_cluster *c, cl_watch *fn, void *ctx);

#endif
