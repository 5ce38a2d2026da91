/* SPDX-License-Identifier: Apache-2.0 */
/* progress.c - one line on a terminal, rewritten in place, and Ctrl-C. */
#include "cli/internal.h"

#include <signal.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define PROGRESS_BAR 28    /* cells of the bar */
#define PROGRESS_AFTER 0.5 /* seconds: what is quicker needs no bar */
#define PROGRESS_EVERY 0.1 /* seconds between two pictures */

static volatile sig_atomic_t interrupted;

static void on_interrupt(int signal_number)
{
    (void)signal_number;
    interrupted = 1;
}

bool cli_interrupted(void)
{
    return interrupted != 0;
}

/* The first Ctrl-C stops after what is in hand; a second one ends the program at once. */
static void catch_interrupts(void)
{
    struct sigaction act = {.sa_handler = on_interrupt, .sa_flags = (int)SA_RESETHAND};
    sigemptyset(&act.sa_mask);
    sigaction(SIGINT, &act, NULL);
}

static double seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

void cli_progress_begin(cli_progress *p)
{
    *p = (cli_progress){.on = isatty(STDERR_FILENO), .began = seconds()};
    catch_interrupts();
}

static void wipe(cli_progress *p)
{
    if (p->shown)
        fputs("\r\033[K", stderr);
    p->shown = false;
}

static void draw_bar(size_t done, size_t total)
{
    size_t full = total ? done * PROGRESS_BAR / total : 0;
    for (size_t i = 0; i < PROGRESS_BAR; i++)
        fputs(cli_utf8() ? (i < full ? "━" : "─") : (i < full ? "#" : "-"), stderr);
}

/* reading  ━━━━━━━━━━━━━━────────────── 51,204 of 98,771   1,630 a second   29 s */
static void draw(cli_progress *p, double now)
{
    char done[CLI_COUNT], total[CLI_COUNT], rate[CLI_COUNT];
    double per_second = (double)p->done / (now - p->began);
    fputs("\r\033[Kreading  ", stderr);
    draw_bar(p->done, p->total);
    fprintf(stderr, " %s of %s   %s a second", cli_count(done, p->done), cli_count(total, p->total),
            cli_count(rate, (size_t)per_second));
    if (per_second > 0 && p->total >= p->done)
        fprintf(stderr, "   %.0f s", (double)(p->total - p->done) / per_second);
    fflush(stderr);
    p->shown = true;
}

int cli_progress_tell(const dossier_progress *now, void *progress)
{
    cli_progress *p = progress;
    p->done = now->done;
    p->total = now->total;
    if (now->name) {
        wipe(p);
        cli_say("%s: %s", now->name, now->what);
    }
    if (p->on) {
        double t = seconds();
        if (t - p->began > PROGRESS_AFTER && t - p->last > PROGRESS_EVERY) {
            draw(p, t);
            p->last = t;
        }
    }
    return interrupted != 0;
}

void cli_progress_end(cli_progress *p)
{
    wipe(p);
    signal(SIGINT, SIG_DFL);
}
