/* SPDX-License-Identifier: Apache-2.0 */
/* show.h - the sections of dossier show, in their order.
 *
 * Layer    export; never leaves this folder
 * Method   each writes its section, heading included, or nothing where the story has nothing for it
 */
#ifndef DS_EXPORT_SHOW_H
#define DS_EXPORT_SHOW_H

#include "export/figures.h"

void ex_show_head(ex_page *p);
void ex_show_key_points(ex_page *p);
void ex_show_flags(ex_page *p);
void ex_show_figures(ex_page *p);
void ex_show_single_page(ex_page *p); /* "One page each" */
void ex_show_forces(ex_page *p);
void ex_show_timeline(ex_page *p);
void ex_show_sources(ex_page *p);
void ex_show_holders(ex_page *p); /* "Who stands behind the figures" */
void ex_show_related(ex_page *p);
void ex_show_regroupings(ex_page *p); /* which stories became this one, or left it, and why */
void ex_show_similar(ex_page *p);     /* the first of them */
void ex_all_similar(ex_page *p);
void ex_show_left_out(ex_page *p);

/* Several answers or several origins: shown in full; one origin, one page: in brief. */
static inline bool ex_in_full(const ds_question *q)
{
    return q->state != DS_S_ONE_ORIGIN && q->state != DS_S_ONE_PAGE;
}

#endif
