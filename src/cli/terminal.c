/* SPDX-License-Identifier: Apache-2.0 */
/* terminal.c - what the terminal can show, and what goes where. */
#include "cli/internal.h"

#include <errno.h>
#include <langinfo.h>
#include <locale.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#define WIDTH_PIPED 80
#define WIDTH_MIN 60
#define WIDTH_MAX 140

static struct {
    bool utf8, colour, out_tty;
    int out_errno; /* of the first write to standard output that failed */
} terminal;

void cli_terminal_init(void)
{
    const char *no_colour = getenv("NO_COLOR"), *term = getenv("TERM");
    setlocale(LC_CTYPE, "");
    terminal.utf8 = strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
    terminal.out_tty = isatty(STDOUT_FILENO);
    terminal.colour =
        terminal.out_tty && !(no_colour && *no_colour) && !(term && strcmp(term, "dumb") == 0);
}

bool cli_utf8(void)
{
    return terminal.utf8;
}

static unsigned clamp(long width)
{
    return width < WIDTH_MIN ? WIDTH_MIN : width > WIDTH_MAX ? WIDTH_MAX : (unsigned)width;
}

static unsigned terminal_width(void)
{
    struct winsize size;
    const char *columns = getenv("COLUMNS");
    if (!terminal.out_tty)
        return WIDTH_PIPED;
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
        return clamp(size.ws_col);
    long stated = columns ? strtol(columns, NULL, 10) : 0;
    return stated > 0 ? clamp(stated) : WIDTH_PIPED;
}

dossier_view cli_view(const cli_options *o)
{
    return (dossier_view){.format = o->format,
                          .width = o->width ? o->width : terminal_width(),
                          .colour = terminal.colour,
                          .ascii = !terminal.utf8,
                          .measure = o->measure,
                          .holder = o->holder,
                          .page = o->page,
                          .flagged = o->flagged,
                          .figures = o->figures,
                          .versions = o->versions,
                          .rule = o->rule};
}

/* ---- messages ------------------------------------------------------------------------------------------ */

static const struct {
    const char *utf8, *ascii;
} plain[] = {{"“", "\""},  {"”", "\""}, {"‘", "'"}, {"’", "'"},
             {"…", "..."}, {"–", "-"},  {"—", "-"}, {"×", "x"}};

/* One character of a message, plain where it has to be; bytes of file names pass as they are. */
static const char *put_plain(FILE *f, const char *at)
{
    for (size_t i = 0; i < sizeof plain / sizeof *plain; i++) {
        size_t len = strlen(plain[i].utf8);
        if (strncmp(at, plain[i].utf8, len) == 0) {
            fputs(plain[i].ascii, f);
            return at + len;
        }
    }
    fputc(*at, f);
    return at + 1;
}

void cli_say(const char *fmt, ...)
{
    char *line = NULL;
    va_list args;
    va_start(args, fmt);
    int len = vasprintf(&line, fmt, args);
    va_end(args);
    if (len < 0)
        return;
    if (terminal.utf8)
        fputs(line, stderr);
    else
        for (const char *at = line; *at;)
            at = put_plain(stderr, at);
    fputc('\n', stderr);
    free(line);
}

/* ---- results ------------------------------------------------------------------------------------------- */

static int wrote(bool all)
{
    if (!all && !terminal.out_errno)
        terminal.out_errno = errno;
    return all ? 0 : -1;
}

int cli_put(const char *at, size_t len)
{
    return wrote(fwrite(at, 1, len, stdout) == len);
}

int cli_putf(const char *fmt, ...)
{
    va_list args;
    va_start(args, fmt);
    int len = vfprintf(stdout, fmt, args);
    va_end(args);
    return wrote(len >= 0);
}

int cli_flush(void)
{
    bool failed = ferror(stdout) != 0;
    if (wrote(fflush(stdout) == 0) == 0 && !failed)
        return CLI_DONE;
    cli_say("dossier: the output cannot be written (%s)",
            strerror(terminal.out_errno ? terminal.out_errno : EIO));
    return CLI_STORE;
}

const char *cli_count(char at[CLI_COUNT], size_t n)
{
    char digits[CLI_COUNT];
    int len = snprintf(digits, sizeof digits, "%zu", n);
    size_t k = 0;
    for (int i = 0; i < len; i++) {
        if (i && (len - i) % 3 == 0)
            at[k++] = ',';
        at[k++] = digits[i];
    }
    at[k] = 0;
    return at;
}

const char *cli_red(const char *word)
{
    static char at[64];
    snprintf(at, sizeof at, "%s%s%s", terminal.colour ? "\033[31m" : "", word,
             terminal.colour ? "\033[0m" : "");
    return at;
}
