/* SPDX-License-Identifier: Apache-2.0 */
/* names_read.c - names of a document, by the sections "names" and "gazetteer". */
#include "language/internal.h"
#include "language/names_roles.h"

#define SCRATCH_MOST ((size_t)1 << 30) /* bytes; about 90 a word of the document */

typedef DS_VEC(ds_name) names;

static ds_status text_of(ds_arena *a, const ds_doc *doc, nm_text *t)
{
    nm_word *words = ds_arena_calloc(a, doc->words_len, sizeof *words);
    nm_range *sents = ds_arena_calloc(a, doc->sents_len, sizeof *sents);
    if (!words || !sents)
        return DS_NOMEM;
    for (size_t i = 0; i < doc->words_len; i++) {
        words[i].text = ds_str_at(doc->text, doc->words[i].span);
        words[i].flags = doc->words[i].flags & DS_WF_SPACE ? NM_SPACE : 0;
    }
    for (size_t i = 0; i < doc->sents_len; i++)
        sents[i] = (nm_range){doc->sents[i].word, doc->sents[i].word_end};
    *t = (nm_text){
        .words = words, .len = doc->words_len, .sents = sents, .sents_len = doc->sents_len};
    return DS_OK;
}

/* The name that begins at word i of sentence n. */
static ds_name name_at(const ds_doc *doc, const nm_text *t, uint32_t n, const uint8_t *labels,
                       uint32_t i)
{
    uint32_t end = i + 1;
    while (end < t->sents[n].end && nm_inside(labels[end]))
        end++;
    return (ds_name){.span = {doc->words[i].span.beg, doc->words[end - 1].span.end},
                     .sent = n,
                     .word = i,
                     .word_end = end,
                     .type = nm_type(labels[i])};
}

static ds_status gather(ds_arena *a, const ds_doc *doc, const ds_node *nodes, const nm_text *t,
                        const uint8_t *labels, names *out)
{
    for (uint32_t n = 0; n < t->sents_len; n++)
        for (uint32_t i = t->sents[n].beg; i < t->sents[n].end; i++) {
            if (!labels[i])
                continue;
            ds_name name = name_at(doc, t, n, labels, i);
            if (name.type == DS_NAME_PERSON)
                nm_give_role(doc, nodes, t, labels, &name);
            DS_TRY(DS_PUSH(a, out, name));
            i = name.word_end - 1;
        }
    return DS_OK;
}

static ds_status find(ds_arena *a, const ds_doc *doc, const ds_language *l, ds_parse *io)
{
    /* Many times what stays: gone before the next stage. */
    DS_AUTO(ds_arena_freep) ds_arena *own = ds_arena_new(0, SCRATCH_MOST);
    nm_text t;
    names out = {0};
    uint8_t *labels = own ? ds_arena_calloc(own, doc->words_len, 1) : NULL;
    if (!labels)
        return DS_NOMEM;
    DS_TRY(text_of(own, doc, &t));
    DS_TRY(nm_look(own, &l->gazetteer, &l->names.classes, &t));
    DS_TRY(nm_label_words(own, &l->names, &t, labels));
    DS_TRY(gather(a, doc, io->nodes, &t, labels, &out));
    io->names = out.at;
    io->names_len = out.len;
    return DS_OK;
}

ds_status ds_language_names(ds_arena *a, const ds_doc *doc, const ds_language *l, ds_parse *io,
                            ds_err *err)
{
    if (!l->has_names)
        return ds_fail(err, DS_BAD, "the language pack has no section names or none gazetteer", 0);
    return find(a, doc, l, io) < 0 ? ds_fail(err, DS_NOMEM, "out of memory", 0) : DS_OK;
}
