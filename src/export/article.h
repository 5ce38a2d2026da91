/* SPDX-License-Identifier: Apache-2.0 */
/* article.h - what the files of dossier article share: who says what in one sentence.
 *
 * Layer    export; never leaves this folder
 * Method   voices and hedges near a stored sentence are found by their bytes, so that they fit it also where another version of
 *          the program cut the sentences; its text gets ink, and a line under it for each chain of holders
 */
#ifndef DS_EXPORT_ARTICLE_H
#define DS_EXPORT_ARTICLE_H

#include "export/words.h"

typedef struct ex_reader { /* an article while it is printed */
    ex_page *p;
    const ds_reading *r;
    const ds_voices *v; /* NULL: not read */
    ds_str letter;
} ex_reader;

#define EX_TEXT_AT 7 /* column of sentences and of what stands under them */

#define EX_HEARD_MOST 16 /* voices of one sentence; what has more is no prose */

/* Of one sentence. */
typedef struct ex_heard {
    ds_span span;
    const ds_voice *voices[EX_HEARD_MOST];
    size_t voices_len;
    const ds_hedge *hedges;
    size_t hedges_len;
} ex_heard;

/* Of n things of `size` bytes with a span at offset `at`, in the order of those spans: how many begin before a byte. */
size_t ex_before(const void *things, size_t n, size_t size, size_t at, uint32_t byte);
ex_heard ex_hear(const ds_reading *r, const ds_voices *v, const ds_sentence *s);
/* Has the sentence an ink or a line, figures aside? */
bool ex_hears(const ex_heard *h);
/* Sentence text with ink: sources bold, cues dim, what lowers certainty red; `base` elsewhere. */
ds_str ex_inked(const ex_reader *rd, const ex_heard *h, const char *base);
/* "● Halvet (“said”), via ● Orpress (“reported”), possible (“may”)": a line for each chain; figures: the claims of the sentence. */
void ex_put_voices(const ex_reader *rd, const ex_heard *h, const ds_claim *const *figures,
                   size_t n);

#endif
