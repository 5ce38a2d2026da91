/* SPDX-License-Identifier: Apache-2.0 */
/* internal.h - the program: options, commands, and how it speaks. Everything it does goes through dossier.h. */
#ifndef DS_CLI_INTERNAL_H
#define DS_CLI_INTERNAL_H

#include "dossier/dossier.h"

#include <stdio.h>

enum cli_exit {
    CLI_DONE = 0,
    CLI_NOTHING = 1,
    CLI_USAGE = 2,
    CLI_SOME_FAILED = 3,
    CLI_STORE = 4, /* the store, or standard output, failed */
    CLI_STOPPED = 130,
};

/* ---- options ----------------------------------------------------------------------------------------- */

enum cli_option { /* bits: which options a command takes */
                  OPT_DB = 1 << 0,
                  OPT_FORMAT = 1 << 1,
                  OPT_JOBS = 1 << 2,
                  OPT_LEXICON = 1 << 3,
                  OPT_RULE = 1 << 4,
                  OPT_AS_OF = 1 << 5,
                  OPT_WIDTH = 1 << 6,
                  OPT_MEASURE = 1 << 7,
                  OPT_HOLDER = 1 << 8,
                  OPT_PAGE = 1 << 9,
                  OPT_FLAGGED = 1 << 10,
                  OPT_ONLY = 1 << 11,
                  OPT_FIGURES = 1 << 12,
                  OPT_LAYERS = 1 << 13,
                  OPT_OFFSETS = 1 << 14,
                  OPT_DIGEST = 1 << 15,
                  OPT_HELP = 1 << 16,
                  OPT_VERSION = 1 << 17,
                  OPT_PROFILE = 1 << 18,
                  OPT_INPUT = 1 << 19,
                  OPT_TAGS_ONLY = 1 << 20,
                  OPT_AS = 1 << 21,
                  OPT_OUTPUT = 1 << 22,
                  OPT_ARTICLES = 1 << 25,
                  OPT_SERVING = 1 << 23, /* all that only `serve` takes */
                  OPT_SEARCHING = 1 << 24,
                  OPT_VERSIONS = 1 << 26,
};

typedef struct cli_options {
    unsigned given; /* enum cli_option */
    const char *db, *lexicon, *profile, *rule, *as_of, *measure, *holder, *page, *only;
    const char *format_name;                                            /* of --format or --as */
    const char *output;                                                 /* of -o */
    const char *listen, *token_file, *assets, *cors, *base_url, *hosts; /* of serve */
    unsigned threads, rate, connections, cache_mb;
    bool private, quiet;
    const char *cursor; /* of search */
    bool newest;
    unsigned limit;
    dossier_format format;
    unsigned jobs, width, layers;
    bool flagged, figures, versions, digest, chars, tags_only, articles;
    dossier_input input;
    const char *const *args; /* what is left: the command first */
    size_t args_len;
} cli_options;

/* Reads argv; on a mistake says which and returns CLI_USAGE. args point into argv, in order. */
int cli_parse(int argc, char **argv, cli_options *out);
/* Are the options given, and the format, among those that the command takes? Says which is not. */
struct cli_command;
int cli_check_options(const struct cli_command *c, cli_options *o);
void cli_print_options(FILE *f, unsigned mask);
/* "$XDG_DATA_HOME/dossier/dossier.db" or "~/.local/share/dossier/dossier.db"; NULL: no home. malloc. */
char *cli_default_db(void);

/* ---- commands ----------------------------------------------------------------------------------------- */

typedef struct cli_command {
    const char *name;
    const char *usage; /* what follows the name */
    const char *about; /* one line */
    const char *help;  /* paragraphs */
    unsigned options;
    const char *formats; /* "text json", the first is the default; NULL: no --format */
    size_t least, most;  /* arguments after the name */
    int (*run)(const cli_options *o);
} cli_command;

extern const cli_command cli_commands[];
extern const size_t cli_commands_len;
const cli_command *cli_command_named(const char *name);
void cli_help(FILE *f);
void cli_help_command(FILE *f, const cli_command *c);
/* The nearest of the names that is near enough, or NULL. */
const char *cli_nearest(const char *word, const char *const *names, size_t n);

int cli_add(const cli_options *o);
int cli_stories(const cli_options *o);
int cli_show(const cli_options *o);
int cli_timeline(const cli_options *o);
int cli_sources(const cli_options *o);
int cli_similar(const cli_options *o);
int cli_export(const cli_options *o);
int cli_claims(const cli_options *o);
int cli_questions(const cli_options *o);
int cli_article(const cli_options *o);
int cli_read(const cli_options *o);
int cli_profile(const cli_options *o);
int cli_annotate(const cli_options *o);
int cli_parse_texts(const cli_options *o);
int cli_verify(const cli_options *o);
int cli_remove(const cli_options *o);
int cli_reread(const cli_options *o);
int cli_serve(const cli_options *o);
int cli_search(const cli_options *o);

/* Opens; on failure says why, closes, and returns the exit status (CLI_DONE: *out is open). */
int cli_open(const cli_options *o, dossier_mode mode, dossier **out);
/* The story in the first argument; 0 where there is none. CLI_USAGE (said): it is no number. */
int cli_read_story(const cli_options *o, int64_t *out);
/* Says what dossier_error has; the exit status for st. */
int cli_fail(const dossier *d, dossier_status st);

/* ---- speech ------------------------------------------------------------------------------------------- */

/* Sets the locale and looks at the terminal; first of all. */
void cli_terminal_init(void);
bool cli_utf8(void);
dossier_view cli_view(const cli_options *o);
/* A line on standard error; curly quotes and the like become ASCII where the locale has no UTF-8. */
void cli_say(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
/* To standard output. 0, or -1 when it cannot be written. */
int cli_put(const char *at, size_t len);
int cli_putf(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
/* After the last word: CLI_DONE, or CLI_STORE (said) when standard output took less than all. */
int cli_flush(void);
/* "51,204", in a buffer of the caller. */
#define CLI_COUNT 32
const char *cli_count(char at[CLI_COUNT], size_t n);
const char *cli_red(const char *word); /* red on a terminal; static buffer */

/* ---- progress and Ctrl-C ---------------------------------------------------------------------------------- */

typedef struct cli_progress {
    bool shown, on; /* on: standard error is a terminal */
    double began, last;
    size_t done, total;
} cli_progress;

void cli_progress_begin(cli_progress *p);
int cli_progress_tell(const dossier_progress *now, void *progress); /* a dossier_on_progress */
void cli_progress_end(cli_progress *p);
bool cli_interrupted(void);

#endif
