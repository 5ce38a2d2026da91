/* SPDX-License-Identifier: Apache-2.0 */
/* main.c - the program `dossier`: finds the command, checks its words, runs it. */
#include "cli/internal.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int say_no_command(const char *word)
{
    const char *names[32];
    size_t n = 0;
    for (; n < cli_commands_len; n++)
        names[n] = cli_commands[n].name;
    const char *near = cli_nearest(word, names, n);
    if (near)
        cli_say("dossier: no command “%s”; did you mean “%s”?", word, near);
    else
        cli_say("dossier: no command “%s” (dossier --help)", word);
    return CLI_USAGE;
}

static int run_command(const cli_command *c, cli_options *o)
{
    if (o->given & OPT_HELP) {
        cli_help_command(stdout, c);
        return cli_flush();
    }
    int status = cli_check_options(c, o);
    if (status != CLI_DONE)
        return status;
    if (o->args_len < c->least || o->args_len > c->most) {
        cli_say("usage: dossier %s %s%s[OPTION...]", c->name, c->usage, *c->usage ? " " : "");
        return CLI_USAGE;
    }
    status = c->run(o);
    int flushed = cli_flush();
    return flushed == CLI_DONE ? status : flushed;
}

/* "dossier help show" is "dossier show --help". */
static void turn_help(cli_options *o)
{
    if (!o->args_len || strcmp(o->args[0], "help") != 0)
        return;
    o->given |= OPT_HELP;
    o->args++;
    o->args_len--;
}

int main(int argc, char **argv)
{
    cli_options o = {.layers = DOSSIER_LAYERS_ALL};
    cli_terminal_init();
    int status = cli_parse(argc, argv, &o);
    if (status != CLI_DONE)
        return status;
    turn_help(&o);
    if (o.given & OPT_VERSION) {
        cli_putf("dossier %s\n", dossier_version());
        return cli_flush();
    }
    if (!o.args_len) {
        cli_help(o.given & OPT_HELP ? stdout : stderr);
        return o.given & OPT_HELP ? cli_flush() : CLI_USAGE;
    }
    const cli_command *c = cli_command_named(o.args[0]);
    if (!c)
        return say_no_command(o.args[0]);
    o.args++;
    o.args_len--;
    return run_command(c, &o);
}
