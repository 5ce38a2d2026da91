/* SPDX-License-Identifier: Apache-2.0 */
/* options.c - the options of all commands, read by getopt_long. */
#include "cli/internal.h"

#include <errno.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>

#define JOBS_MAX 64
#define WIDTH_LOW 60
#define WIDTH_HIGH 140

typedef struct option_row {
    unsigned bit; /* enum cli_option */
    const char *name, *argument, *about;
} option_row;

static const option_row rows[] = {
    {OPT_DB, "db", "PATH", "the store (default: $XDG_DATA_HOME/dossier/dossier.db)"},
    {OPT_FORMAT, "format", "FORM", "how to print"},
    {OPT_AS, "as", "FORM", "what to write: csv, json"},
    {OPT_OUTPUT, "output", "FOLDER", "write files there, instead of to standard output; -o too"},
    {OPT_JOBS, "jobs", "N", "reader threads (default: one a core); the output is the same"},
    {OPT_LEXICON, "lexicon", "FOLDER",
     "word lists that replace the built-in ones of the same name"},
    {OPT_PROFILE, "profile", "FILE", "what the pages of sites repeat (made by dossier profile)"},
    {OPT_RULE, "rule", "NAME", "for low, best, high: " DOSSIER_RULES},
    {OPT_AS_OF, "as-of", "YYYY-MM-DD", "the day on which the files were fetched"},
    {OPT_WIDTH, "width", "N",
     "columns of text, 60 to 140 (default: the terminal's, 80 when piped)"},
    {OPT_MEASURE, "measure", "NAME", "only claims of this measure (killed, deployed, ...)"},
    {OPT_HOLDER, "holder", "WORDS", "only claims of a holder whose name has these words"},
    {OPT_PAGE, "page", "PAGE", "only claims of this page: its letter or its name"},
    {OPT_FLAGGED, "flagged", NULL, "only claims that do not fit"},
    {OPT_ONLY, "only", "MEASURE", "only questions on this measure, with all answers"},
    {OPT_FIGURES, "figures", NULL, "only sentences with figures"},
    {OPT_ARTICLES, "articles", NULL, "a line an article, with its story and why it is there"},
    {OPT_VERSIONS, "versions", NULL, "what changed from version to version of the page"},
    {OPT_LAYERS, "layers", "LIST",
     "of times, quantities, attributions, entities, coref (default: all)"},
    {OPT_OFFSETS, "offsets", "UNIT", "bytes or chars (default: bytes)"},
    {OPT_INPUT, "input", "FORM", "what the files hold: text, jsonl, conllu (default: text)"},
    {OPT_TAGS_ONLY, "tags-only", NULL, "tags and lemmas, no heads: faster"},
    {OPT_DIGEST, "digest", NULL, "print the SHA-256 over what the store says"},
    {OPT_SERVING, "listen", "HOST:PORT",
     "where to listen (default: 127.0.0.1:8080); port 0: a free one"},
    {OPT_SERVING, "token-file", "FILE",
     "whose first line is the token for adding, and for all others than loopback"},
    {OPT_SERVING, "private", NULL, "the token for reading too"},
    {OPT_SERVING, "host", "NAMES",
     "further names of this server, with commas: those under which a proxy asks"},
    {OPT_SERVING, "base-url", "URL", "what links in feeds begin with"},
    {OPT_SERVING, "cors", "ORIGIN", "a site whose pages may ask, or *"},
    {OPT_SERVING, "assets", "FOLDER", "pages instead of the built-in ones"},
    {OPT_SERVING, "rate", "N",
     "requests a second of one address (default: 100, none for loopback)"},
    {OPT_SERVING, "connections", "N", "at once (default: 1024)"},
    {OPT_SERVING, "threads", "N", "that speak HTTP (default: 2)"},
    {OPT_SERVING, "cache", "MB", "of answers kept ready (default: 64)"},
    {OPT_SERVING, "quiet", NULL, "no access log"},
    {OPT_SEARCHING, "order", "ORDER",
     "rank (best first, the default) or newest (last arrived first)"},
    {OPT_SEARCHING, "limit", "N", "hits, 1 to 100 (default: 20)"},
    {OPT_SEARCHING, "cursor", "NEXT", "go on where a page of --format json ended: its “next”"},
    {OPT_HELP, "help", NULL, "this help"},
    {OPT_VERSION, "version", NULL, "the version"},
};
#define ROWS (sizeof rows / sizeof *rows)

static const char *const format_names[] = {"text", "json", "jsonl", "csv", "tsv"};

/* ---- values -------------------------------------------------------------------------------------------- */

static int read_number(const char *name, const char *value, long low, long high, unsigned *out)
{
    char *end;
    errno = 0;
    long v = strtol(value, &end, 10);
    if (errno || end == value || *end || v < low || v > high) {
        cli_say("--%s %s: a number from %ld to %ld", name, value, low, high);
        return CLI_USAGE;
    }
    *out = (unsigned)v;
    return CLI_DONE;
}

static int read_layers(const char *value, unsigned *out)
{
    static const char *const names[] = {"times", "quantities", "attributions", "entities", "coref"};
    const size_t n = sizeof names / sizeof *names;
    unsigned layers = 0;
    for (const char *at = value; !layers || *at;) {
        size_t len = strcspn(at, ","), i = 0;
        while (i < n && (strlen(names[i]) != len || strncmp(names[i], at, len) != 0))
            i++;
        if (i == n || !len) {
            cli_say("--layers %s: times, quantities, attributions, entities, coref, with commas",
                    value);
            return CLI_USAGE;
        }
        layers |= 1u << i;
        at += len + (at[len] == ',');
    }
    *out = layers;
    return CLI_DONE;
}

static int read_choice(const char *name, const char *value, const char *first, const char *second,
                       bool *is_second)
{
    if (strcmp(value, first) != 0 && strcmp(value, second) != 0) {
        cli_say("--%s %s: one of %s, %s", name, value, first, second);
        return CLI_USAGE;
    }
    *is_second = strcmp(value, second) == 0;
    return CLI_DONE;
}

static int read_rule(const char *value, const char **out)
{
    if (!dossier_knows_rule(value)) {
        cli_say("--rule %s: one of %s", value, DOSSIER_RULES);
        return CLI_USAGE;
    }
    *out = value;
    return CLI_DONE;
}

static int read_folder(const char *value, const char **out)
{
    if (!*value) {
        cli_say("--output: the name of a folder is missing");
        return CLI_USAGE;
    }
    *out = value;
    return CLI_DONE;
}

static int read_input(const char *value, dossier_input *out)
{
    static const char *const names[] = {"text", "jsonl", "conllu"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(names[i], value) == 0) {
            *out = (dossier_input)i;
            return CLI_DONE;
        }
    cli_say("--input %s: one of text, jsonl, conllu", value);
    return CLI_USAGE;
}

/* Options that only one command takes are told apart by name. */
static int take_serving(cli_options *o, const char *name, const char *value)
{
    const struct {
        const char *name;
        const char **text;
        unsigned *number;
        long low, high;
        bool *yes;
    } all[] = {
        {"listen", &o->listen, NULL, 0, 0, NULL},
        {"token-file", &o->token_file, NULL, 0, 0, NULL},
        {"private", NULL, NULL, 0, 0, &o->private},
        {"host", &o->hosts, NULL, 0, 0, NULL},
        {"base-url", &o->base_url, NULL, 0, 0, NULL},
        {"cors", &o->cors, NULL, 0, 0, NULL},
        {"assets", &o->assets, NULL, 0, 0, NULL},
        {"rate", NULL, &o->rate, 1, 1000000, NULL},
        {"connections", NULL, &o->connections, 4, 60000, NULL},
        {"threads", NULL, &o->threads, 1, JOBS_MAX, NULL},
        {"cache", NULL, &o->cache_mb, 1, 65536, NULL},
        {"quiet", NULL, NULL, 0, 0, &o->quiet},
    };
    size_t i = 0;
    while (strcmp(all[i].name, name) != 0)
        i++;
    if (all[i].text)
        *all[i].text = value;
    if (all[i].yes)
        *all[i].yes = true;
    return all[i].number ? read_number(name, value, all[i].low, all[i].high, all[i].number)
                         : CLI_DONE;
}

static int take_searching(cli_options *o, const char *name, const char *value)
{
    if (strcmp(name, "order") == 0)
        return read_choice(name, value, "rank", "newest", &o->newest);
    if (strcmp(name, "limit") == 0)
        return read_number(name, value, 1, 100, &o->limit);
    o->cursor = value;
    return CLI_DONE;
}

static int take(cli_options *o, const option_row *row, const char *value)
{
    unsigned bit = row->bit;
    o->given |= bit;
    switch (bit) {
    case OPT_DB:
        o->db = value;
        break;
    case OPT_FORMAT:
    case OPT_AS:
        o->format_name = value;
        break;
    case OPT_OUTPUT:
        return read_folder(value, &o->output);
    case OPT_JOBS:
        return read_number("jobs", value, 1, JOBS_MAX, &o->jobs);
    case OPT_LEXICON:
        o->lexicon = value;
        break;
    case OPT_PROFILE:
        o->profile = value;
        break;
    case OPT_RULE:
        return read_rule(value, &o->rule);
    case OPT_AS_OF:
        o->as_of = value;
        break;
    case OPT_WIDTH:
        return read_number("width", value, WIDTH_LOW, WIDTH_HIGH, &o->width);
    case OPT_MEASURE:
        o->measure = value;
        break;
    case OPT_HOLDER:
        o->holder = value;
        break;
    case OPT_PAGE:
        o->page = value;
        break;
    case OPT_FLAGGED:
        o->flagged = true;
        break;
    case OPT_ONLY:
        o->only = value;
        break;
    case OPT_ARTICLES:
        o->articles = true;
        break;
    case OPT_FIGURES:
        o->figures = true;
        break;
    case OPT_VERSIONS:
        o->versions = true;
        break;
    case OPT_LAYERS:
        return read_layers(value, &o->layers);
    case OPT_OFFSETS:
        return read_choice("offsets", value, "bytes", "chars", &o->chars);
    case OPT_INPUT:
        return read_input(value, &o->input);
    case OPT_TAGS_ONLY:
        o->tags_only = true;
        break;
    case OPT_DIGEST:
        o->digest = true;
        break;
    case OPT_SERVING:
        return take_serving(o, row->name, value);
    case OPT_SEARCHING:
        return take_searching(o, row->name, value);
    default: /* OPT_HELP, OPT_VERSION: `given` says it */
        break;
    }
    return CLI_DONE;
}

/* ---- reading argv ----------------------------------------------------------------------------------------- */

static int say_unknown(const char *arg)
{
    const char *names[ROWS];
    char word[64];
    for (size_t i = 0; i < ROWS; i++)
        names[i] = rows[i].name;
    const char *bare = arg + strspn(arg, "-");
    snprintf(word, sizeof word, "%.*s", (int)strcspn(bare, "="), bare);
    const char *near = cli_nearest(word, names, ROWS);
    if (near)
        cli_say("dossier: no option “%s”; did you mean “--%s”?", arg, near);
    else
        cli_say("dossier: no option “%s” (dossier --help)", arg);
    return CLI_USAGE;
}

static void fill_long(struct option *at)
{
    for (size_t i = 0; i < ROWS; i++)
        at[i] = (struct option){rows[i].name, rows[i].argument ? required_argument : no_argument,
                                NULL, (int)i + 256};
    at[ROWS] = (struct option){NULL, 0, NULL, 0};
}

static const option_row *option_of(int c)
{
    unsigned bit = c == 'h' ? OPT_HELP : OPT_OUTPUT;
    size_t i = 0;
    if (c >= 256)
        return &rows[c - 256];
    while (rows[i].bit != bit)
        i++;
    return &rows[i];
}

int cli_parse(int argc, char **argv, cli_options *out)
{
    struct option longs[ROWS + 1];
    fill_long(longs);
    opterr = 0;
    for (;;) {
        int at = optind, c = getopt_long(argc, argv, ":ho:", longs, NULL);
        int status = CLI_DONE;
        if (c == -1)
            break;
        const char *arg = argv[optind > at ? optind - 1 : at];
        if (c == ':') {
            cli_say("%s: what follows it is missing (dossier --help)", arg);
            status = CLI_USAGE;
        } else if (c == '?') {
            status = say_unknown(arg);
        } else {
            status = take(out, option_of(c), optarg);
        }
        if (status != CLI_DONE)
            return status;
    }
    out->args = (const char *const *)argv + optind;
    out->args_len = (size_t)(argc - optind);
    return CLI_DONE;
}

/* ---- against a command -------------------------------------------------------------------------------------- */

/* Is `word` one of the words of `list`? */
static bool listed(const char *list, const char *word)
{
    size_t len = strlen(word);
    for (const char *at = list; *at;) {
        size_t n = strcspn(at, " ");
        if (n == len && strncmp(at, word, n) == 0)
            return true;
        at += n + (at[n] == ' ');
    }
    return false;
}

static int say_formats(const cli_command *c, const char *given)
{
    char list[64];
    size_t k = 0;
    for (const char *at = c->formats; *at && k + 3 < sizeof list; at++) {
        if (*at == ' ')
            list[k++] = ',';
        list[k++] = *at;
    }
    list[k] = 0;
    cli_say("--%s %s: one of %s", c->options & OPT_AS ? "as" : "format", given, list);
    return CLI_USAGE;
}

static int set_format(const cli_command *c, cli_options *o)
{
    char first[16];
    if (!c->formats)
        return CLI_DONE;
    snprintf(first, sizeof first, "%.*s", (int)strcspn(c->formats, " "), c->formats);
    const char *name = o->format_name ? o->format_name : first;
    if (!listed(c->formats, name))
        return say_formats(c, name);
    for (size_t i = 0; i < sizeof format_names / sizeof *format_names; i++)
        if (strcmp(format_names[i], name) == 0)
            o->format = (dossier_format)i;
    return CLI_DONE;
}

int cli_check_options(const cli_command *c, cli_options *o)
{
    for (size_t i = 0; i < ROWS; i++) {
        if (!(o->given & rows[i].bit) || (c->options & rows[i].bit))
            continue;
        cli_say("dossier %s: it takes no --%s (dossier %s --help)", c->name, rows[i].name, c->name);
        return CLI_USAGE;
    }
    return set_format(c, o);
}

void cli_print_options(FILE *f, unsigned mask)
{
    for (size_t i = 0; i < ROWS; i++) {
        char left[32];
        if (!(mask & rows[i].bit))
            continue;
        snprintf(left, sizeof left, "--%s %s", rows[i].name,
                 rows[i].argument ? rows[i].argument : "");
        fprintf(f, "  %-20s  %s\n", left, rows[i].about);
    }
}

char *cli_default_db(void)
{
    const char *data = getenv("XDG_DATA_HOME"), *home = getenv("HOME");
    char *path = NULL;
    int len = -1;
    if (data && *data == '/')
        len = asprintf(&path, "%s/dossier/dossier.db", data);
    else if (home && *home)
        len = asprintf(&path, "%s/.local/share/dossier/dossier.db", home);
    return len < 0 ? NULL : path;
}
