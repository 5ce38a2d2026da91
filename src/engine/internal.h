/* SPDX-License-Identifier: Apache-2.0 */
/* internal.h - the object behind the public API, and the line of readers. */
#ifndef DS_ENGINE_INTERNAL_H
#define DS_ENGINE_INTERNAL_H

#include "engine/defaults.h"
#include "engine/engine.h"
#include "engine/grouping.h"
#include "intake/intake.h"

struct dossier {
    ds_arena *arena;       /* lives as long as the object */
    ds_str folder;         /* of word lists; absent: the built-in ones */
    ds_lexicon *lexicon;   /* NULL in DOSSIER_READ until ds_need_words */
    ds_language *language; /* of the lexicon's pack */
    ds_extractor *extractor;
    ds_cluster_model *model;        /* of the lexicon's pack; NULL in DOSSIER_READ */
    const ds_host_profile *profile; /* NULL: none */
    ds_store *store;                /* NULL in DOSSIER_NO_STORE */
    ds_str db;
    ds_str
        reckoner; /* program version and lexicon hash: whoever has them makes the same story of the same readings */
    ds_str
        reader; /* the same and the hash of the profile: makes the same readings of the same page */
    ds_day as_of;
    unsigned jobs;
    dossier_mode mode;
    char error[1024];
};

/* ---- errors: all return the status given ----------------------------------------------------------- */

dossier_status ds_say(dossier *d, dossier_status st, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));
/* What the store said, behind the path of the file. */
dossier_status ds_say_store(dossier *d, ds_status st, const ds_err *err);
dossier_status ds_say_nomem(dossier *d);
/* err->what, or what the status alone tells. Static text or err's. */
const char *ds_reason(ds_status st, const ds_err *err);

/* ---- the line: pages are read by several threads and handed on in the order in which they came ------ */

typedef struct ds_job {
    ds_arena *arena; /* of this page; reset before the next */
    ds_page page;
    ds_str name;
    ds_status status; /* of the input, then of the reading */
    ds_err err;
    ds_str note;            /* deserves a word, absent: none */
    ds_readings readings;   /* of `add` */
    ds_buf out;             /* of `read` and `annotate` */
    size_t articles;        /* in `out` */
    ds_host_profile blocks; /* of `profile` */
    ds_offsets numbers;     /* of `parse`: where numbers of sentences go into `out` */
    bool failed_input;      /* it never was a page */
    bool passed_over;       /* `wanted` said no */
    bool done;
    int64_t stored; /* of `reread`: id of the page */
    bool newest;    /* of `reread` */
} ds_job;

typedef struct ds_work {
    bool (*wanted)(ds_job *job, void *ctx); /* on the calling thread, as pages come; NULL: all */
    void (*read)(ds_job *job, void *ctx);   /* on any thread; touches the job and constants alone */
    /* On the calling thread, in input order. DS_OK goes on; DS_NONE stops taking new pages (those in flight are still
     * handed on); negative stops at once. */
    ds_status (*take)(ds_job *job, size_t total, void *ctx);
} ds_work;

/* Where pages come from, on the calling thread. next: fills page and name; DS_NONE: no more; negative: this input failed. */
typedef struct ds_feed {
    ds_status (*next)(void *from, ds_job *job);
    size_t (*total)(const void *from); /* inputs known so far */
    void *from;
} ds_feed;
ds_status ds_line_feed(const ds_feed *in, unsigned jobs, const ds_work *work, void *ctx);
ds_status ds_line_run(ds_intake *in, unsigned jobs, const ds_work *work, void *ctx);
/* jobs == 0: one per core, bounded. */
unsigned ds_jobs(unsigned asked);

/* ---- stream.c: pages in, lines out, no store -------------------------------------------------------- */

typedef struct ds_streaming {
    dossier *d;
    ds_style style;      /* of `read` */
    unsigned layers;     /* of `annotate` */
    bool chars;          /* of `annotate` */
    ds_intake_kind kind; /* how inputs are taken */
    bool tags_only;      /* of `parse` */
    size_t sentences;    /* of `parse`, printed so far */
    ds_str failed;       /* of `parse`: the input whose rest is left out */
    dossier_sink sink;
    dossier_on_progress cb;
    void *ctx;
    dossier_report *report;
    size_t done;
    ds_arena *kept; /* of `profile` and `parse` */
    DS_VEC(ds_host_block) blocks;
    bool sink_failed;
} ds_streaming;

dossier_status ds_stream_run(ds_streaming *s, const char *const *paths, size_t n,
                             const ds_work *work);
/* ds_work.take of all streams. */
ds_status ds_stream_take(ds_job *job, size_t total, void *streaming);
/* To the sink; DS_IO: it takes no more. */
ds_status ds_stream_put(ds_streaming *s, const char *at, size_t len);

/* ---- profile.c: what sites repeat ---------------------------------------------------------------------- */

dossier_status ds_open_profile(dossier *d, const char *path);

/* Opens lexicon and language where they are not. */
dossier_status ds_need_words(dossier *d);

/* ---- the rest --------------------------------------------------------------------------------------- */

/* Finishes the stories that changed; the others stay. Commits now and then; a batch is open before and after. */
ds_status ds_regroup(dossier *d, ds_grouper *g, ds_err *err);
/* Reads all pages of the store anew. *out counts on. */
ds_status ds_reread(dossier *d, dossier_on_progress cb, void *ctx, dossier_report *out,
                    ds_err *err);
/* Is a rereading under way, cut off before its end? DS_NONE: no. */
ds_status ds_rereading(dossier *d, ds_err *err);
/* Inputs as typed; "-" where there are none. */
dossier_status ds_open_inputs(dossier *d, ds_arena *a, const char *const *paths, size_t n,
                              ds_intake **out);
/* Copies what was printed; nothing printed is DOSSIER_NOTHING. */
dossier_status ds_hand_out(dossier *d, ds_buf *b, dossier_text *out);
/* Width clamped to 60 .. 140. */
ds_style ds_style_of(const dossier_view *v);
bool ds_wants_stop(dossier_on_progress cb, void *ctx, const dossier_progress *p);

#endif
