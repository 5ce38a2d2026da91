/* SPDX-License-Identifier: Apache-2.0 */
/* versions.h - what changed between two versions of an article, sentence by sentence.
 *
 * Layer    digest; uses base, text, claim
 * Method   sentences that stand word for word in both, in order (longest common subsequence); what lies between them is paired where
 *          half of the words are shared (changed), else removed and added; figures of one measure and unit in a changed pair that
 *          differ are told on their own
 * Memory   all results live in `a`; indices count in the readings
 * Errors   DS_NOMEM; *out untouched on error
 * Cost     O(words) where little changed; the square of the sentences that changed, up to a bound
 */
#ifndef DS_VERSIONS_H
#define DS_VERSIONS_H

#include "claim/claim.h"

typedef enum ds_edit_kind { DS_EDIT_CHANGED, DS_EDIT_ADDED, DS_EDIT_REMOVED } ds_edit_kind;
const char *ds_edit_kind_name(ds_edit_kind k); /* "changed", "added", "removed" */

typedef struct ds_edit {
    ds_edit_kind kind;
    int32_t was, is; /* indices into the sentences; -1: there is none */
} ds_edit;

typedef struct ds_figure_edit { /* a figure that is another now */
    uint32_t was, is;           /* indices into the claims */
    uint32_t edit;
} ds_figure_edit;

typedef struct ds_versions_diff {
    const ds_edit *edits; /* in the order of the text */
    size_t edits_len;
    const ds_figure_edit *figures;
    size_t figures_len;
    bool says_so; /* the newer one gives a date of change that the older one does not */
} ds_versions_diff;

ds_status ds_diff_versions(ds_arena *a, const ds_reading *was, const ds_reading *is,
                           ds_versions_diff *out, ds_err *err);

#endif
