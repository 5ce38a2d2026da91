/* SPDX-License-Identifier: Apache-2.0 */
/* What the files of sources share: sources.c who a source phrase is, persons.c the persons whom the page names. */
#ifndef DS_ANNOTATE_SOURCES_INTERNAL_H
#define DS_ANNOTATE_SOURCES_INTERNAL_H

#include "annotate/internal.h"

/* The first name that begins at or behind a byte: index into parse->names. */
size_t name_from(const scan *s, uint32_t byte);
/* The first name of this type that begins in [beg, end) tokens, or NULL. */
const ds_name *name_in(const scan *s, uint32_t beg, uint32_t end, ds_name_type type);
ds_str text_of_name(const scan *s, const ds_name *n);
/* Is the token the first of a name of a person, a body or a place? */
bool is_named(const scan *s, uint32_t i);
/* A last name alone stands for the person of that last name whom the page names most in full; in the longest form. "President Holm",
 * before any Holm is named in full, is none of those with other roles. `name` itself: no such person. */
ds_str whole_person(const scan *s, ds_str name, uint32_t byte);
/* "the president", "the Ukrainian president", tokens [beg, head]: the one person on the page whose role has these words. Absent: none,
 * or several. */
ds_str person_of_role(const scan *s, uint32_t beg, uint32_t head);

#endif
