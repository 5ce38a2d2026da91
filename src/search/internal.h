/* SPDX-License-Identifier: Apache-2.0 */
/* internal.h - what the files of search share. */
#ifndef DS_SEARCH_INTERNAL_H
#define DS_SEARCH_INTERNAL_H

#include "search/search.h"

/* The words of `text` with a blank between two, folded and stemmed, side by side. */
ds_status ds_words_fold(ds_words *w, ds_str text, ds_buf *folded, ds_buf *stems);

#endif
