/* SPDX-License-Identifier: Apache-2.0 */
/* overlaps [--room MARKS] INPUT.jsonl - what each text of INPUT shares with earlier ones, as the index of src/story/overlap.h finds it: a line
 * for each pair with something to tell: ID, ID of the earlier text, containment, kind, words of the longest passage, words of both
 * that are shared, words of both, passages as BEG:END=BEG:END (bytes of the earlier and of the later text). Tabs between them.
 * --room: marks that the index has room for (default: a million). How long it took goes to standard error.
 * Exit status: 0 done, 1 the input cannot be read, 2 bad usage. */
#include "intake/intake.h"
#include "story/overlap.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static const size_t arena_most = (size_t)8 << 30;

typedef struct text {
    ds_str id;
    ds_wording words;
} text;

typedef struct program {
    ds_arena *kept, *arena; /* of all texts, of one */
    ds_overlap_index *index;
    DS_VEC(text) texts;
    double seconds; /* in the index and in what pairs share */
} program;

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void print(const text *earlier, const text *later, const ds_shared *s)
{
    printf("%.*s\t%.*s\t%.4f\t%s\t%u\t%u\t%u\t%u\t%u\t", DS_FMT(later->id), DS_FMT(earlier->id),
           ds_shared_containment(s), ds_overlap_kind_name(s->kind), s->longest, s->words[0],
           s->words[1], s->of[0], s->of[1]);
    for (size_t i = 0; i < s->passages_len; i++) {
        const ds_span *at = s->passages[i].at;
        printf("%s%u:%u=%u:%u", i ? " " : "", at[0].beg, at[0].end, at[1].beg, at[1].end);
    }
    putchar('\n');
}

static ds_status take(program *p, const ds_page *page)
{
    const ds_overlap_near *near;
    size_t len;
    ds_overlap_marks marks;
    text t = {.id = ds_arena_str(p->kept, page->name)};
    DS_TRY(
        ds_wording_read(p->kept, page->bytes, (ds_span){0, (uint32_t)page->bytes.len}, &t.words));
    DS_TRY(ds_overlap_mark(p->arena, &t.words, &marks));
    DS_TRY(ds_overlap_find(p->arena, p->index, &marks, &near, &len));
    for (size_t i = 0; i < len; i++) {
        ds_shared s;
        const text *earlier = &p->texts.at[near[i].text];
        DS_TRY(ds_overlap_measure(p->arena, &earlier->words, &t.words, &s));
        if (s.kind != DS_OVERLAP_NONE)
            print(earlier, &t, &s);
    }
    ds_overlap_add(p->index, &marks, (uint32_t)p->texts.len);
    return DS_PUSH(p->kept, &p->texts, t);
}

static ds_status all(program *p, const char *input, size_t room, ds_err *err)
{
    ds_intake *in;
    ds_str name;
    ds_status st = DS_OK;
    DS_TRY(ds_overlap_open(p->kept, room, &p->index));
    DS_TRY(ds_intake_open(p->kept, &input, 1, DS_DAY_NONE, &in, err));
    while (st >= 0) {
        ds_page page;
        ds_arena_reset(p->arena);
        st = ds_intake_next(in, p->arena, &page, &name, err);
        if (st == DS_NONE)
            break;
        double began = now();
        if (st >= 0)
            st = take(p, &page);
        p->seconds += now() - began;
    }
    ds_intake_close(in);
    return st < 0 ? st : DS_OK;
}

int main(int argc, char **argv)
{
    size_t room = 1000000;
    int first = 1;
    if (argc > 2 && strcmp(argv[1], "--room") == 0) {
        room = strtoul(argv[2], NULL, 10);
        first = 3;
    }
    if (argc != first + 1 || argv[first][0] == '-') {
        fprintf(stderr, "usage: overlaps [--room MARKS] INPUT.jsonl\n");
        return 2;
    }
    program p = {.kept = ds_arena_new(0, arena_most), .arena = ds_arena_new(0, arena_most)};
    ds_err err = {0};
    ds_status st = p.kept && p.arena ? all(&p, argv[first], room, &err) : DS_NOMEM;
    if (st < 0)
        fprintf(stderr, "overlaps: %s: %s\n", argv[first], err.what ? err.what : "failed");
    else
        fprintf(stderr, "%zu texts, %.2f s\n", p.texts.len, p.seconds);
    ds_arena_free(p.arena);
    ds_arena_free(p.kept);
    return st < 0;
}
