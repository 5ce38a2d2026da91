/* SPDX-License-Identifier: Apache-2.0 */
/* words.c - plain paragraphs as sentences of words, the way the program cuts them. */
#include "train.h"

static bool put_sentence(const ds_doc *doc, const ds_sentence *s, FILE *out)
{
    for (uint32_t w = s->word; w < s->word_end; w++)
        if (fprintf(out, "%s%.*s", w > s->word ? " " : "",
                    DS_FMT(ds_str_at(doc->text, doc->words[w].span))) < 0)
            return false;
    return s->word == s->word_end || fputc('\n', out) >= 0;
}

static bool put_paragraph(const ds_lexicon *lex, ds_str line, FILE *out)
{
    DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, (size_t)1 << 30);
    ds_block block = {DS_PART_BODY, DS_BLOCK_PARAGRAPH, {0, (uint32_t)line.len}};
    ds_article art = {.text = line, .blocks = &block, .blocks_len = 1};
    ds_doc doc;
    if (!a || ds_text_read(a, &art, lex, &doc, NULL) != DS_OK)
        return false;
    for (size_t i = 0; i < doc.sents_len; i++)
        if (!put_sentence(&doc, &doc.sents[i], out))
            return false;
    return true;
}

int train_words(const char *to, const char *from, const char *lexicon)
{
    DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, (size_t)2 << 30);
    ds_str text = a ? train_slurp(a, from) : (ds_str){0};
    ds_lexicon *lex;
    FILE *out = text.at && ds_lexicon_open(a, ds_str_of(lexicon), &lex, NULL) == DS_OK
                    ? fopen(to, "w")
                    : NULL;
    bool ok = out;
    for (size_t i = 0, beg = 0; ok && i < text.len; i++)
        if (text.at[i] == '\n') {
            ok = put_paragraph(lex, ds_str_cut(text, beg, i), out);
            beg = i + 1;
        }
    if (out && fclose(out))
        ok = false;
    if (!ok)
        fprintf(stderr, "train: %s: cannot be made from %s\n", to, from);
    return !ok;
}
