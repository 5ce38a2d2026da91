/* SPDX-License-Identifier: Apache-2.0 */
/* The text of a JSON line is an article already: every line of it is body, none is furniture. */
#include "extract/internal.h"

/* A first line that says the stated title once more is the title. */
static bool is_stated_title(const ext_page *p)
{
    return p->in->title.len && ds_str_eq(ds_str_trim(p->in->title), ext_text(p, &p->blocks.at[0]));
}

ds_status ext_given(ext_page *p, ext_drafts *out)
{
    uint32_t n = (uint32_t)p->blocks.len;
    if (!n)
        return DS_OK;
    bool titled = n > 1 && is_stated_title(p);
    ext_draft d = {.body_beg = titled, .body_end = n, .end = n, .title_block = titled ? 0 : -1};
    d.art.published = d.art.modified = DS_DAY_NONE;
    for (uint32_t i = titled; i < n; i++)
        DS_TRY(DS_PUSH(p->arena, &d.body, i));
    return DS_PUSH(p->arena, out, d);
}
