/* SPDX-License-Identifier: Apache-2.0 */
/* train-net [OPTION VALUE]... OUT BANK.conllu... - teaches the sentence reader on treebanks and writes its weights to OUT.
 *
 * --news FILE       plain news, a paragraph a line, for the teachers to parse and the net to learn from (tools/train/news)
 * --lexicon DIR     cuts the news into sentences and words; else what is built in
 * --classes FILE    word classes: word, tab, number
 * --dev FILE        a treebank to measure on; twice at most
 * --teachers N      large nets, each with its own seed (3 with --news, else none)
 * --size, --teacher-size IN,H1,H2,ARC,REL   --passes, --teacher-passes, --news-passes N   --seed N
 * --keep DIR        nets and what teachers said are kept there, and taken from there: for experiments */
#include <stdlib.h>

#include "bank.h"
#include "learn.h"
#include "save.h"
#include "teach.h"
#include "write.h"

enum { DEVS_MOST = 2, BANKS_MOST = 8, TEACHERS_MOST = 8, NEWS_LEAST = 4, NEWS_MOST = 80 };

typedef struct options {
    const char *out, *news, *classes, *keep, *lexicon;
    const char *banks[BANKS_MOST], *devs[DEVS_MOST];
    size_t banks_len, devs_len;
    net_size size, teacher_size;
    uint32_t teachers;
    double passes, teacher_passes, news_passes;
    float rate, teacher_rate, drop, teacher_drop;
    uint64_t seed;
} options;

/* ---- how good it is -------------------------------------------------------------------------------- */

typedef struct trial {
    const net *n;
    const char *name[DEVS_MOST];
    net_sentence *dev[DEVS_MOST];
    size_t dev_len[DEVS_MOST], devs;
    const bank_names *tags, *rels;
} trial;

/* Equal up to the first `mark`: "nsubj:pass" and "nsubj", "NOUN NN" and "NOUN NNS". */
static bool alike(const bank_names *names, const char *mark, size_t a, size_t b)
{
    if (a == b || a >= names->all.len || b >= names->all.len)
        return a == b;
    ds_str x = names->all.at[a], y = names->all.at[b];
    ptrdiff_t i = ds_str_find(x, ds_str_of(mark), 0), j = ds_str_find(y, ds_str_of(mark), 0);
    return ds_str_eq(ds_str_cut(x, 0, i < 0 ? x.len : (size_t)i),
                     ds_str_cut(y, 0, j < 0 ? y.len : (size_t)j));
}

static size_t best_of(const float *x, size_t n)
{
    size_t best = 0;
    for (size_t i = 1; i < n; i++)
        best = x[i] > x[best] ? i : best;
    return best;
}

typedef struct score {
    size_t words, tags, heads, rels;
} score;

static void score_word(const trial *t, net_work *w, const net_sentence *s, uint32_t i, score *sum)
{
    float p[256] __attribute__((aligned(64)));
    size_t head = best_of(net_heads(t->n, w, 0, i), s->len + 1), gold = s->words[i].head.what[0];
    sum->words++;
    sum->tags += alike(t->tags, " ", s->words[i].tag.what[0],
                       best_of(net_tags(t->n, w, 0, i), t->n->size.tags));
    if (head != (gold == ROOT ? s->len : gold))
        return;
    sum->heads++;
    net_rels(t->n, w, 0, i, head == s->len ? ROOT : head, p);
    sum->rels += alike(t->rels, ":", s->words[i].rel.what[0], best_of(p, t->n->size.rels));
}

static void report(void *ctx, double done)
{
    const trial *t = ctx;
    (void)done;
    net_work *w = net_work_new();
    for (size_t d = 0; d < t->devs; d++) {
        score sum = {0};
        for (size_t k = 0; k < t->dev_len[d]; k++) {
            const net_sentence *s = &t->dev[d][k];
            net_think(t->n, w, &s, 1);
            for (uint32_t i = 0; i < s->len; i++)
                score_word(t, w, s, i, &sum);
        }
        double all = sum.words ? (double)sum.words : 1;
        fprintf(stderr, "  %s: UPOS %.2f, UAS %.2f, LAS %.2f\n", t->name[d],
                100 * (double)sum.tags / all, 100 * (double)sum.heads / all,
                100 * (double)sum.rels / all);
    }
    net_work_free(w);
}

/* ---- what there is to learn ------------------------------------------------------------------------- */

typedef struct school {
    ds_arena *arena;
    const options *o;
    bank_names tags, rels;
    bank gold, news, dev[DEVS_MOST];
    ds_lexicon *lex;
} school;

static bool open_school(school *s)
{
    const options *o = s->o;
    s->tags.ids = ds_map_new(s->arena, 0);
    s->rels.ids = ds_map_new(s->arena, 0);
    for (size_t i = 0; i < o->banks_len; i++)
        if (!bank_read(s->arena, o->banks[i], true, &s->tags, &s->rels, &s->gold))
            return false;
    for (size_t i = 0; i < o->devs_len; i++)
        if (!bank_read(s->arena, o->devs[i], false, &s->tags, &s->rels, &s->dev[i]))
            return false;
    return !o->news ||
           (ds_lexicon_open(s->arena, ds_str_of(o->lexicon), &s->lex, NULL) == DS_OK &&
            bank_read_plain(s->arena, s->lex, o->news, NEWS_LEAST, NEWS_MOST, &s->news));
}

static net_sentence *lay_all(ds_arena *a, const bank_rows *rows, const bank *b)
{
    net_sentence *s = ds_arena_calloc(a, b->all.len + 1, sizeof *s);
    for (size_t i = 0; i < b->all.len; i++)
        bank_lay(a, rows, &b->all.at[i], &s[i]);
    return s;
}

static void count_words(uint32_t *seen, const net_sentence *s, size_t n)
{
    for (size_t i = 0; i < n; i++)
        for (uint32_t k = 0; k < s[i].len; k++)
            seen[s[i].words[k].row[0]]++;
}

static net_size sized(const school *s, net_size z, const bank_rows *rows)
{
    z.rows = rows->len;
    z.tags = (uint32_t)(s->tags.all.len + 15) / 16 * 16;
    z.rels = (uint32_t)(s->rels.all.len + 15) / 16 * 16;
    return z;
}

static void open_trial(const school *s, const bank_rows *rows, const net *n, trial *t)
{
    *t = (trial){.n = n, .devs = s->o->devs_len, .tags = &s->tags, .rels = &s->rels};
    for (size_t i = 0; i < t->devs; i++) {
        t->name[i] = s->o->devs[i];
        t->dev[i] = lay_all(s->arena, rows, &s->dev[i]);
        t->dev_len[i] = s->dev[i].all.len;
    }
}

static void run(const school *s, const bank_rows *rows, net *n, const learn_set *sets,
                size_t sets_len, float rate, float drop, uint64_t seed, const char *name)
{
    uint32_t *seen = calloc(rows->len, sizeof *seen);
    trial t;
    if (!seen)
        abort();
    for (size_t i = 0; i < sets_len; i++)
        count_words(seen, sets[i].all, sets[i].len);
    net_init(n, &n->size, seed);
    open_trial(s, rows, n, &t);
    learn_plan plan = {.rates = {drop, drop, 0.1f},
                       .rate = rate,
                       .batch = 16,
                       .warm = 200,
                       .unknown = rows->unknown,
                       .seen = seen,
                       .seed = seed,
                       .name = name,
                       .report = report,
                       .ctx = &t};
    learn(n, sets, sets_len, &plan);
    free(seen);
}

static void ask_teachers(school *s, net_sentence *student)
{
    char name[32];
    net teacher[TEACHERS_MOST];
    bank_rows rows;
    bank_source from = {&s->gold, 2, 3};
    if (!bank_rows_make(s->arena, &from, 1, s->o->classes, &rows))
        exit(1);
    if (s->o->keep && targets_load(s->o->keep, student, s->news.all.len))
        return;
    learn_set gold = {lay_all(s->arena, &rows, &s->gold), s->gold.all.len, s->o->teacher_passes};
    for (uint32_t i = 0; i < s->o->teachers; i++) {
        teacher[i] = (net){.size = sized(s, s->o->teacher_size, &rows)};
        snprintf(name, sizeof name, "teacher %u", i + 1);
        if (s->o->keep && net_load(&teacher[i], s->o->keep, name))
            continue;
        run(s, &rows, &teacher[i], &gold, 1, s->o->teacher_rate, s->o->teacher_drop,
            s->o->seed + i + 1, name);
        if (s->o->keep)
            net_save(&teacher[i], s->o->keep, name);
    }
    net_sentence *seen = lay_all(s->arena, &rows, &s->news);
    teach(teacher, s->o->teachers, seen, student, s->news.all.len);
    if (s->o->keep)
        targets_save(s->o->keep, student, s->news.all.len);
    for (uint32_t i = 0; i < s->o->teachers; i++)
        net_free(&teacher[i]);
}

static int finish(school *s, const bank_rows *rows, net *n, const learn_set *gold)
{
    ds_str bytes = net_write(s->arena, n, rows, &s->tags, &s->rels, gold->all, gold->len);
    bool ok = true;
    for (size_t i = 0; i < s->o->devs_len; i++)
        ok = net_check(bytes, &s->dev[i], &s->tags, &s->rels, s->o->devs[i]) && ok;
    FILE *f = fopen(s->o->out, "wb");
    ok = f && fwrite(bytes.at, 1, bytes.len, f) == bytes.len && ok;
    if ((f && fclose(f)) || !ok)
        fprintf(stderr, "train-net: %s: not written\n", s->o->out);
    net_free(n);
    return !ok;
}

static int learn_all(school *s)
{
    const options *o = s->o;
    bank_rows rows;
    bank_source from[] = {{&s->gold, 2, 3}, {&s->news, 4, 8}};
    fprintf(stderr,
            "train-net: %zu sentences with %zu words of gold, %zu with %zu of news, %zu tags, %zu "
            "relations\n",
            s->gold.all.len, s->gold.words, s->news.all.len, s->news.words, s->tags.all.len,
            s->rels.all.len);
    if (!bank_rows_make(s->arena, from, o->news ? 2 : 1, o->classes, &rows))
        return 1;
    learn_set sets[2] = {{lay_all(s->arena, &rows, &s->gold), s->gold.all.len, o->passes}};
    if (o->news) {
        sets[1] = (learn_set){lay_all(s->arena, &rows, &s->news), s->news.all.len, o->news_passes};
        ask_teachers(s, sets[1].all);
    }
    net n = {.size = sized(s, o->size, &rows)};
    if (!o->keep || !net_load(&n, o->keep, "net"))
        run(s, &rows, &n, sets, o->news ? 2 : 1, o->rate, o->drop, o->seed, "net");
    if (o->keep)
        net_save(&n, o->keep, "net");
    return finish(s, &rows, &n, &sets[0]);
}

/* ---- the command line ------------------------------------------------------------------------------------- */

static bool size_of(const char *s, net_size *z)
{
    uint32_t *const to[] = {&z->in, &z->h1, &z->h2, &z->arc, &z->rel};
    for (size_t i = 0; i < sizeof to / sizeof *to; i++) {
        char *end;
        unsigned long n = strtoul(s, &end, 10);
        bool last = i + 1 == sizeof to / sizeof *to;
        if (end == s || *end != (last ? '\0' : ',') || n > NET_WIDTH_MOST || n % 16)
            return false;
        *to[i] = (uint32_t)n;
        s = end + 1;
    }
    return true;
}

static bool take_option(options *o, const char *name, const char *value)
{
    if (!strcmp(name, "--news"))
        return o->news = value, true;
    if (!strcmp(name, "--classes"))
        return o->classes = value, true;
    if (!strcmp(name, "--lexicon"))
        return o->lexicon = value, true;
    if (!strcmp(name, "--keep"))
        return o->keep = value, true;
    if (!strcmp(name, "--dev"))
        return o->devs_len < DEVS_MOST && (o->devs[o->devs_len++] = value, true);
    if (!strcmp(name, "--size"))
        return size_of(value, &o->size);
    if (!strcmp(name, "--teacher-size"))
        return size_of(value, &o->teacher_size);
    static const char *const doubles[] = {"--passes", "--teacher-passes", "--news-passes"};
    double *to[] = {&o->passes, &o->teacher_passes, &o->news_passes};
    for (size_t i = 0; i < 3; i++)
        if (!strcmp(name, doubles[i]))
            return (*to[i] = strtod(value, NULL)) > 0;
    static const char *const floats[] = {"--rate", "--teacher-rate", "--drop", "--teacher-drop"};
    float *into[] = {&o->rate, &o->teacher_rate, &o->drop, &o->teacher_drop};
    for (size_t i = 0; i < 4; i++)
        if (!strcmp(name, floats[i]))
            return (*into[i] = strtof(value, NULL)) >= 0;
    if (!strcmp(name, "--seed"))
        return (o->seed = strtoull(value, NULL, 10)) > 0;
    if (!strcmp(name, "--teachers"))
        return (o->teachers = (uint32_t)strtoul(value, NULL, 10)) <= TEACHERS_MOST;
    return false;
}

int main(int argc, char **argv)
{
    options o = {.size = {0, 64, 48, 64, 64, 48, 0, 0},
                 .teacher_size = {0, 128, 160, 160, 128, 64, 0, 0},
                 .teachers = 3,
                 .passes = 12,
                 .teacher_passes = 15,
                 .news_passes = 3,
                 .rate = 0.003f,
                 .teacher_rate = 0.002f,
                 .drop = 0.25f,
                 .teacher_drop = 0.33f,
                 .seed = 1};
    int at = 1;
    for (; at + 1 < argc && argv[at][0] == '-'; at += 2)
        if (!take_option(&o, argv[at], argv[at + 1])) {
            fprintf(stderr, "train-net: %s %s: not understood\n", argv[at], argv[at + 1]);
            return 2;
        }
    if (at + 2 > argc || argc - at - 1 > BANKS_MOST) {
        fputs("usage: train-net [OPTION VALUE]... OUT BANK.conllu...\n", stderr);
        return 2;
    }
    o.out = argv[at++];
    for (; at < argc; at++)
        o.banks[o.banks_len++] = argv[at];
    DS_AUTO(ds_arena_freep) ds_arena *a = ds_arena_new(0, (size_t)16 << 30);
    school s = {.arena = a, .o = &o};
    return !a || !open_school(&s) ? 1 : learn_all(&s);
}
