/* SPDX-License-Identifier: Apache-2.0 */
/* split.c - learns where sentences end (src/text/split.h).
 *
 * Method   the text of each document of a treebank, once by paragraphs and once in one stretch; logistic regression over the
 *          features of all places that come into question, by AdaGrad (Duchi and others 2011), in an order that a fixed
 *          generator shuffles. Plain paragraphs of news, where the rules of sentences.c are right, keep it from ending
 *          sentences at capitals. Nothing depends on the weights that the program was built with
 */
#include "text/split.h"

#include <math.h>
#include <stdlib.h>

#include "train.h"

#define WEIGHTS (1 << DS_SPLIT_BITS)
#define EPOCHS 12
#define RATE 0.06 /* more learns the treebanks by heart, less does not get there in twelve rounds */
#define L2 2e-6
#define ONE 512.0           /* a weight of 1 in the section */
#define WORDS_MARGIN 0.5    /* between two words without a mark: in news they seldom part, */
#define PROSE_MARGIN 2.0    /* and in paragraphs that end in a stop hardly ever */
#define AGAINST 2.0         /* so sure it must be that no sentence ends where the rules end one */
#define STRETCH_WEIGHT 0.5f /* of a place in documents that are one stretch */
#define PLAIN_WEIGHT 0.3f   /* of a place in plain paragraphs; between two words: PLAIN_UNMARKED */
#define PLAIN_UNMARKED 1.0f
#define PLAIN_BYTES                                                                                \
    ((size_t)1                                                                                     \
     << 20) /* so much of the plain text gives places; all of it says how words are written */
#define USUAL_TIMES                                                                                \
    4 /* so many times as often in lower case as with a capital, or the reverse, is usual */
#define PIECE ((size_t)64 << 10)

typedef struct example {
    uint32_t n, feature[DS_SPLIT_FEATURES];
    float weight;
    bool ends;
} example;

typedef struct usage { /* a word inside a sentence */
    uint32_t hash;
    bool upper;
} usage;

typedef struct learner {
    ds_arena *arena, *doc; /* doc: of the text at hand */
    const ds_lexicon *lex;
    DS_VEC(example) examples;
    DS_VEC(usage) usages;
    uint8_t usual[DS_SPLIT_USUAL / 4];
    /* The text at hand. */
    ds_buf text;
    DS_VEC(ds_block) blocks;
    DS_VEC(uint32_t) ends; /* where sentences end */
    size_t next;
    float weight;
    bool ok;
} learner;

static void check(learner *l, ds_status st)
{
    l->ok = l->ok && st == DS_OK;
}

/* ---- how words are written ------------------------------------------------------------------------------------ */

static bool by_the_rules(void *ctx, const ds_split_place *p)
{
    (void)ctx;
    return p->rule;
}

static void count_piece(learner *l, ds_str text)
{
    const ds_split_teacher teacher = {.ends = by_the_rules};
    ds_article art;
    ds_doc doc = {0};
    ds_arena_reset(l->doc);
    check(l, ds_text_paragraphs(l->doc, text, &art, NULL));
    if (l->ok)
        check(l, ds_text_read_taught(l->doc, &art, l->lex, &teacher, &doc, NULL));
    for (size_t i = 0; i < doc.toks_len; i++) {
        const ds_token *t = &doc.toks[i];
        const usage u = {t->hash, (t->flags & DS_TF_CAP) != 0};
        if (t->kind == DS_TOK_WORD && !(t->flags & (DS_TF_FIRST | DS_TF_ALLCAP)))
            check(l, DS_PUSH(l->arena, &l->usages, u));
    }
}

static void count_text(learner *l, ds_str text)
{
    for (size_t beg = 0, end; beg < text.len; beg = end) {
        end = beg + PIECE < text.len ? beg + PIECE : text.len;
        while (end < text.len && text.at[end - 1] != '\n')
            end++;
        count_piece(l, ds_str_cut(text, beg, end));
    }
}

static int by_hash(const void *a, const void *b)
{
    uint32_t x = ((const usage *)a)->hash, y = ((const usage *)b)->hash;
    return x < y ? -1 : x > y;
}

static void set_usual(learner *l)
{
    if (l->usages.len)
        qsort(l->usages.at, l->usages.len, sizeof *l->usages.at, by_hash);
    for (size_t i = 0, k; i < l->usages.len; i = k) {
        uint32_t lower = 0, upper = 0, hash = l->usages.at[i].hash;
        for (k = i; k < l->usages.len && l->usages.at[k].hash == hash; k++) {
            upper += l->usages.at[k].upper;
            lower += !l->usages.at[k].upper;
        }
        unsigned v = lower >= USUAL_TIMES * upper ? 1 : upper >= USUAL_TIMES * lower ? 3 : 2;
        if (lower + upper > 1)
            l->usual[hash % DS_SPLIT_USUAL / 4] |= (uint8_t)(v << hash % 4 * 2);
    }
}

/* ---- places ---------------------------------------------------------------------------------------------------- */

static void clear(learner *l)
{
    ds_arena_reset(l->doc);
    l->text = ds_buf_new(l->doc);
    memset(&l->blocks, 0, sizeof l->blocks);
    memset(&l->ends, 0, sizeof l->ends);
    l->next = 0;
}

static void put_block(learner *l, uint32_t beg)
{
    const ds_block b = {DS_PART_BODY, DS_BLOCK_PARAGRAPH, {beg, (uint32_t)l->text.len}};
    check(l, DS_PUSH(l->doc, &l->blocks, b));
}

static void keep(learner *l, const ds_split_place *p, bool ends, float weight)
{
    example e = {.n = p->n, .weight = weight, .ends = ends};
    memcpy(e.feature, p->feature, p->n * sizeof *p->feature);
    check(l, DS_PUSH(l->arena, &l->examples, e));
}

static bool by_the_treebank(void *ctx, const ds_split_place *p)
{
    learner *l = ctx;
    while (l->next < l->ends.len && l->ends.at[l->next] < p->at)
        l->next++;
    bool ends = l->next < l->ends.len && l->ends.at[l->next] == p->at;
    keep(l, p, ends, l->weight);
    return ends;
}

static bool by_the_rules_kept(void *ctx, const ds_split_place *p)
{
    keep(ctx, p, p->rule, p->between ? PLAIN_UNMARKED : PLAIN_WEIGHT);
    return p->rule;
}

static void read_text(learner *l, bool (*ends)(void *ctx, const ds_split_place *place))
{
    ds_str text = ds_buf_str(&l->text);
    ds_article art = {.text = text, .blocks = l->blocks.at, .blocks_len = l->blocks.len};
    const ds_split_teacher teacher = {ends, l, {.usual = l->usual}};
    ds_doc doc;
    check(l, l->text.status);
    if (l->ok && text.len)
        check(l, ds_text_read_taught(l->doc, &art, l->lex, &teacher, &doc, NULL));
}

/* ---- treebanks ------------------------------------------------------------------------------------------------- */

static bool begins(const ds_conllu *c, size_t s, const char *what)
{
    ptrdiff_t at = ds_str_find(c->comments[s], ds_str_of(what), 0);
    return at == 0 || (at > 0 && c->comments[s].at[at - 1] == '\n');
}

static void put_sentence(learner *l, const ds_conllu *c, size_t s)
{
    const ds_sentence *sent = &c->doc.sents[s];
    for (uint32_t w = sent->word; w < sent->word_end; w++) {
        if (w > sent->word && c->doc.words[w].flags & DS_WF_SPACE)
            ds_buf_putc(&l->text, ' ');
        ds_buf_put(&l->text, c->rows[w].cell[DS_CO_FORM]);
    }
    check(l, DS_PUSH(l->doc, &l->ends, (uint32_t)l->text.len));
}

static bool glued(const ds_conllu *c, size_t s)
{
    uint32_t last = c->doc.sents[s].word_end - 1;
    return ds_conllu_misc(c->rows[last].cell[DS_CO_MISC], DS_STR("SpaceAfter=No"));
}

/* Sentences [beg, end) as one text; blocks are paragraphs, or all of it is one. */
static void read_document(learner *l, const ds_conllu *c, size_t beg, size_t end, bool paragraphs)
{
    uint32_t block = 0;
    clear(l);
    l->weight = paragraphs ? 1 : STRETCH_WEIGHT;
    for (size_t s = beg; s < end; s++) {
        bool fresh = begins(c, s, "# newpar");
        if (s > beg && paragraphs && fresh) {
            put_block(l, block);
            ds_buf_putc(&l->text, '\n');
            block = (uint32_t)l->text.len;
        } else if (s > beg && (fresh || !glued(c, s - 1))) {
            ds_buf_putc(&l->text, ' ');
        }
        put_sentence(l, c, s);
    }
    put_block(l, block);
    read_text(l, by_the_treebank);
}

static void read_treebank(learner *l, const ds_conllu *c)
{
    for (size_t beg = 0, s = 1; s <= c->doc.sents_len; s++)
        if (s == c->doc.sents_len || begins(c, s, "# newdoc")) {
            read_document(l, c, beg, s, true);
            read_document(l, c, beg, s, false);
            beg = s;
        }
}

static void read_plain(learner *l, ds_str text)
{
    for (size_t beg = 0, i = 0; i < text.len && i < PLAIN_BYTES; i++)
        if (text.at[i] == '\n') {
            clear(l);
            ds_buf_put(&l->text, ds_str_cut(text, beg, i));
            put_block(l, 0);
            read_text(l, by_the_rules_kept);
            beg = i + 1;
        }
}

/* ---- fitting ---------------------------------------------------------------------------------------------------- */

typedef struct model {
    double w[WEIGHTS], g[WEIGHTS], bias, bias_g;
} model;

static double margin(const model *m, const example *e)
{
    double sum = m->bias;
    for (uint32_t k = 0; k < e->n; k++)
        sum += m->w[e->feature[k]];
    return sum;
}

static void step(model *m, const example *e, double rate)
{
    double d = e->weight * ((e->ends ? 1 : 0) - 1 / (1 + exp(-margin(m, e))));
    for (uint32_t k = 0; k < e->n; k++) {
        uint32_t f = e->feature[k];
        double g = d - L2 * m->w[f];
        m->g[f] += g * g;
        m->w[f] += rate * g / (sqrt(m->g[f]) + 1e-6);
    }
    m->bias_g += d * d;
    m->bias += rate * d / (sqrt(m->bias_g) + 1e-6);
}

static void shuffle(uint32_t *order, size_t n, uint64_t *seed)
{
    for (size_t i = n; i > 1; i--) {
        *seed = *seed * 6364136223846793005u + 1442695040888963407u;
        size_t k = (size_t)((*seed >> 33) % i);
        uint32_t x = order[i - 1];
        order[i - 1] = order[k];
        order[k] = x;
    }
}

static void fit(learner *l, model *m)
{
    uint32_t *order = ds_arena_calloc(l->arena, l->examples.len, sizeof *order);
    uint64_t seed = 1;
    l->ok = l->ok && order && l->examples.len;
    for (size_t i = 0; l->ok && i < l->examples.len; i++)
        order[i] = (uint32_t)i;
    for (int epoch = 0; l->ok && epoch < EPOCHS; epoch++) {
        size_t wrong = 0;
        shuffle(order, l->examples.len, &seed);
        for (size_t i = 0; i < l->examples.len; i++)
            step(m, &l->examples.at[order[i]], RATE * (EPOCHS - epoch) / EPOCHS);
        for (size_t i = 0; i < l->examples.len; i++)
            wrong += (margin(m, &l->examples.at[i]) > 0) != l->examples.at[i].ends;
        fprintf(stderr, "train: split: %d of %d: %zu of %zu places wrong\n", epoch + 1, EPOCHS,
                wrong, l->examples.len);
    }
}

static int16_t whole(double w)
{
    double v = round(w * ONE);
    return (int16_t)(v > INT16_MAX ? INT16_MAX : v < -INT16_MAX ? -INT16_MAX : v);
}

static bool put(const learner *l, const model *m, const char *path)
{
    FILE *f = fopen(path, "wb");
    const ds_split_head head = {.bits = DS_SPLIT_BITS,
                                .bias = whole(m->bias),
                                .margin = {0, whole(WORDS_MARGIN), whole(PROSE_MARGIN)},
                                .against = whole(AGAINST)};
    bool ok =
        f && fwrite(&head, sizeof head, 1, f) == 1 && fwrite(l->usual, sizeof l->usual, 1, f) == 1;
    for (int i = 0; ok && i < WEIGHTS; i++) {
        int16_t w = whole(m->w[i]);
        ok = fwrite(&w, sizeof w, 1, f) == 1;
    }
    if (f && fclose(f))
        ok = false;
    return ok;
}

/* ---- all of it ----------------------------------------------------------------------------------------------------- */

/* One file, to count its words or for its places. */
static void read_file(learner *l, const char *path, bool plain, bool count)
{
    DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, (size_t)4 << 30);
    ds_str text = a ? train_slurp(a, path) : (ds_str){0};
    ds_conllu c = {0};
    if (!text.at || (!plain && ds_conllu_read(a, text, l->lex, &c, NULL) < 0))
        l->ok = false;
    else if (count)
        count_text(l, plain ? text : c.doc.text);
    else if (plain)
        read_plain(l, text);
    else
        read_treebank(l, &c);
}

static void read_files(learner *l, char **args, int args_n, bool count)
{
    bool plain = false;
    for (int i = 0; l->ok && i < args_n; i++)
        if (strcmp(args[i], "--") == 0)
            plain = true;
        else
            read_file(l, args[i], plain, count);
}

int train_split(const char *out, char **args, int args_n)
{
    DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, (size_t)8 << 30);
    DS_AUTO(ds_arena_freep) ds_arena *doc = ds_arena_new(0, (size_t)1 << 30);
    ds_lexicon *lex = NULL;
    learner *l = a ? ds_arena_calloc(a, 1, sizeof *l) : NULL;
    model *m = a ? ds_arena_calloc(a, 1, sizeof *m) : NULL;
    bool ok = l && m && doc && ds_lexicon_open(a, (ds_str){0}, &lex, NULL) == DS_OK;
    if (ok) {
        *l = (learner){.arena = a, .doc = doc, .lex = lex, .ok = true};
        read_files(l, args, args_n, true);
        set_usual(l);
        read_files(l, args, args_n, false);
        fit(l, m);
        ok = l->ok && put(l, m, out);
    }
    if (!ok)
        fprintf(stderr, "train: %s: cannot be learned\n", out);
    return !ok;
}
