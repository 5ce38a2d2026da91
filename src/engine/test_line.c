/* SPDX-License-Identifier: Apache-2.0 */
/* test_line.c - the ring of jobs: every page is read once and taken in order, however many are passed over and however
 * late the readers wake. */
#include "engine/internal.h"

#include <pthread.h>
#include <sched.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

enum { PAGES = 400, JOBS = 2, READ_MICROSECONDS = 500 };

typedef struct seen {
    size_t every; /* one page of so many is wanted, and the first JOBS */
    size_t asked, taken;
    pthread_barrier_t all_readers;
    atomic_int reads[PAGES];
} seen;

/* Pages are files of one number each: their place. */
static size_t place_of(const ds_job *job)
{
    size_t n = 0;
    for (size_t i = 0; i < job->page.bytes.len; i++)
        n = n * 10 + (size_t)(job->page.bytes.at[i] - '0');
    return n;
}

static bool is_wanted(const seen *s, size_t i)
{
    return i < JOBS || i % s->every == 0;
}

static bool ask(ds_job *job, void *ctx)
{
    seen *s = ctx;
    assert_int_equal(place_of(job), s->asked);
    return is_wanted(s, s->asked++);
}

/* From its first page on a reader only runs when the calling thread has nothing to do. */
static void count(ds_job *job, void *ctx)
{
    seen *s = ctx;
    size_t i = place_of(job);
    if (i < JOBS) {
        sched_setscheduler(0, SCHED_IDLE, &(struct sched_param){0});
        pthread_barrier_wait(&s->all_readers);
    }
    atomic_fetch_add(&s->reads[i], 1);
    usleep(READ_MICROSECONDS);
}

static ds_status in_order(ds_job *job, size_t total, void *ctx)
{
    seen *s = ctx;
    assert_int_equal(total, PAGES);
    assert_int_equal(place_of(job), s->taken++);
    return DS_OK;
}

static void write_pages(const char *folder)
{
    char path[128];
    for (int i = 0; i < PAGES; i++) {
        snprintf(path, sizeof path, "%s/%03d.txt", folder, i);
        FILE *f = fopen(path, "wb");
        assert_non_null(f);
        fprintf(f, "%d", i);
        assert_int_equal(fclose(f), 0);
    }
}

static void run(const char *folder, seen *s)
{
    static const ds_work work = {ask, count, in_order};
    ds_arena *a = ds_arena_new(0, (size_t)1 << 30);
    ds_intake *in;
    ds_err err;
    assert_non_null(a);
    assert_int_equal(ds_intake_open(a, &folder, 1, DS_DAY_NONE, &in, &err), DS_OK);
    assert_int_equal(pthread_barrier_init(&s->all_readers, NULL, JOBS), 0);
    assert_int_equal(ds_line_run(in, JOBS, &work, s), DS_OK);
    pthread_barrier_destroy(&s->all_readers);
    ds_intake_close(in);
    ds_arena_free(a);
}

/* One core for all threads: idle readers then wake late. */
static void share_a_core(void)
{
    cpu_set_t one;
    CPU_ZERO(&one);
    CPU_SET((size_t)sched_getcpu(), &one);
    assert_int_equal(sched_setaffinity(0, sizeof one, &one), 0);
}

static void every_wanted_page_is_read_once(void **state)
{
    static const size_t every[] = {1, 2, 7, 15, 16, 17, 40, 41, 42, 43, PAGES};
    char folder[] = "/tmp/dossier-line-XXXXXX", command[64];
    (void)state;
    assert_non_null(mkdtemp(folder));
    write_pages(folder);
    share_a_core();
    for (size_t k = 0; k < sizeof every / sizeof *every; k++) {
        seen s = {.every = every[k]};
        run(folder, &s);
        assert_int_equal(s.taken, PAGES);
        for (size_t i = 0; i < PAGES; i++)
            assert_int_equal(s.reads[i], is_wanted(&s, i));
    }
    snprintf(command, sizeof command, "rm -rf '%s'", folder);
    assert_int_equal(system(command), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_wanted_page_is_read_once)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
