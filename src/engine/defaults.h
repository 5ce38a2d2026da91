/* SPDX-License-Identifier: Apache-2.0 */
/* defaults.h - the numbers of the engine: unit, value and reason. */
#ifndef DS_ENGINE_DEFAULTS_H
#define DS_ENGINE_DEFAULTS_H

/* Bytes for one page and all that is read from it. A 64 MB page (the largest taken in) with its text, tokens and marks
 * needs some eight times its size; what needs more is hostile and fails alone. */
#define DS_PAGE_BUDGET ((size_t)512 << 20)
/* Bytes of text that one article may have: more than any book, and no news; longer ones would only use up the budget. */
#define DS_TEXT_MAX ((size_t)8 << 20)
#define DS_TEXT_MAX_WORDS "more than 8 MB of text in one article; kept out"
/* First block of a page's arena, kept from page to page: an ordinary article fits. */
#define DS_PAGE_BLOCK ((size_t)1 << 20)
/* Bytes for the names of the inputs: ten million files. */
#define DS_LIST_BUDGET ((size_t)1 << 30)
/* Bytes for all readings and the stories made of them. */
#define DS_BATCH_BUDGET ((size_t)16 << 30)
/* Bytes for one answer to one command. */
#define DS_VIEW_BUDGET ((size_t)4 << 30)
/* Bytes for lexicons, options and messages. */
#define DS_OBJECT_BUDGET ((size_t)256 << 20)
/* Pages between two commits: a second or so of work that an interruption may cost. */
#define DS_COMMIT_PAGES 1000
/* Stories between two commits: a second or so of work. */
#define DS_COMMIT_STORIES 500
/* Bytes that the cluster may hold before it is emptied at a commit: some fifty thousand articles. */
#define DS_CLUSTER_BUDGET ((size_t)96 << 20)
/* Bytes for what putting one article into its story needs beside it, and their first block: an ordinary article fits. */
#define DS_GROUPING_BUDGET ((size_t)64 << 20)
#define DS_GROUPING_BLOCK ((size_t)1 << 18)
/* Articles that a story may have: so many are reckoned in some seconds; later ones open another. */
#define DS_STORY_MOST 4000
/* Members whose neighbours are looked at for similar stories: first, last and middle. */
#define DS_SIMILAR_PROBES 3
/* Least likeness of a similar story: of 106 above it that were judged by eye 83 were alike (docs/clustering.md). */
#define DS_SIMILAR_LEAST 0.18
/* Pages in flight for each reader: enough that no reader waits while the writer commits one. */
#define DS_QUEUE_PER_JOB 8
/* Bytes of pages in flight for each reader, beyond which no more are made ready: what comes of one needs some forty times
 * its size. */
#define DS_QUEUE_BYTES ((size_t)256 << 10)
/* Readers at most, whatever is asked for. */
#define DS_JOBS_MAX 64

#endif
