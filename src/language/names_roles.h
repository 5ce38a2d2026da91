/* SPDX-License-Identifier: Apache-2.0 */
/* names_roles.h - what a text says a person is, beside the name.
 *
 * Layer    language; uses base, text
 * Method   words of titles and roles (the gazetteer's, lexicon/en/namewords.tsv) right before the name, before a comma, or in
 *          an apposition behind it, as far as word classes say that the noun phrase goes
 * Input    a person's name; the text that nm_look has seen, labels and nodes of its words
 * Output   name->role: "President", "the group's leader", "Senior Lecturer at Varn College"; {0,0}: none
 * Cost     a few words to each side
 * Threads  safe
 */
#ifndef DS_LANGUAGE_NAMES_ROLES_H
#define DS_LANGUAGE_NAMES_ROLES_H

#include "language/names.h"

void nm_give_role(const ds_doc *doc, const ds_node *nodes, const nm_text *t, const uint8_t *labels,
                  ds_name *name);

#endif
