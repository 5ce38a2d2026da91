/* SPDX-License-Identifier: Apache-2.0 */
/* commands.c - the commands, and the help that is made of them. */
#include "cli/internal.h"

#include <string.h>

#define ANY SIZE_MAX
#define COMMON (OPT_HELP | OPT_VERSION)
#define VIEWING (COMMON | OPT_DB | OPT_FORMAT | OPT_WIDTH)
#define READING (COMMON | OPT_JOBS | OPT_LEXICON)

const cli_command cli_commands[] = {
    {"add", "[PATH...]", "read pages into the store and finish their stories",
     "A PATH is a file (HTML or plain text, told apart by its content), a folder of such files, a\n"
     "file of JSON lines whose name ends in .jsonl, or - for JSON lines on standard input. A JSON\n"
     "line has id and text, and may have title, published, source and url. A page that is there\n"
     "already, with the same bytes, is passed over. Ctrl-C keeps what was read so far.\n"
     "Articles that wait in the inbox (dossier serve) are read first; without PATH only they.\n"
     "\n"
     "  dossier add saved-pages/\n",
     READING | OPT_DB | OPT_PROFILE | OPT_AS_OF, NULL, 0, ANY, cli_add},
    {"stories", "", "list the stories",
     "One line a story: its number, title, pages, figures, and what does not fit. With --articles, "
     "one\n"
     "line an article: its name, its story, and beside which other it was put and why.\n"
     "\n"
     "  dossier stories --articles --format tsv\n",
     VIEWING | OPT_ARTICLES, "text json jsonl csv tsv", 0, 0, cli_stories},
    {"show", "[STORY]", "print the finished story",
     "Key points, what does not fit, the figures by question with their range, the forces of "
     "those who\n"
     "sent some and lost some, the timeline, the sources, and who stands behind the figures. "
     "Every\n"
     "line ends in its sentences: B9 is sentence 9 of page B (dossier article 1:B9).\n"
     "STORY may be left out where the store has one. With --rule the figures are reckoned again; "
     "the\n"
     "key points stay those that were stored.\n"
     "\n"
     "  dossier show 1\n"
     "  dossier show 1 --format json\n",
     VIEWING | OPT_RULE, "text json", 0, 1, cli_show},
    {"timeline", "[STORY]", "print what happened when",
     "One line an event, in order of time; what has no date comes last. Every line ends in its "
     "sentences.\n"
     "\n"
     "  dossier timeline 1\n"
     "  dossier timeline 1 --format tsv\n",
     VIEWING, "text json jsonl csv tsv", 0, 1, cli_timeline},
    {"sources", "[STORY]", "print the pages, and who stands behind the figures",
     "Each page with its publisher, date and what it adds; then the holders of the figures, and "
     "on\n"
     "which pages they speak. As data: the pages.\n"
     "\n"
     "  dossier sources 1\n",
     VIEWING, "text json jsonl csv tsv", 0, 1, cli_sources},
    {"similar", "[STORY]", "list other stories about much the same",
     "The likest first, each with its title, first sentence, date and source. None of their pages "
     "is\n"
     "in the story.\n"
     "\n"
     "  dossier similar 1\n",
     VIEWING, "text json jsonl csv tsv", 0, 1, cli_similar},
    {"export", "[STORY]", "write all of a story for spreadsheets and programs",
     "csv: tables of claims, questions, answers, verdicts, origins, holders, flags, timeline and\n"
     "sources; with -o a file each, else one after the other, each behind a line with its name.\n"
     "json: one object, with -o in story.json. STORY may be left out where the store has one.\n"
     "\n"
     "  dossier export 1 --as csv -o flood/\n"
     "  dossier export 1 --as json > flood.json\n",
     COMMON | OPT_DB | OPT_AS | OPT_OUTPUT | OPT_RULE, "csv json", 0, 1, cli_export},
    {"claims", "[STORY]", "print the ledger: who says which figure, when, where",
     "One line a claim. Without STORY, of all stories.\n"
     "\n"
     "  dossier claims 1 --measure killed\n"
     "  dossier claims --format jsonl\n",
     VIEWING | OPT_MEASURE | OPT_HOLDER | OPT_PAGE | OPT_FLAGGED, "text json jsonl csv tsv", 0, 1,
     cli_claims},
    {"questions", "[STORY]", "print the questions, their answers and origins",
     "What is asked, its state, how many origins answer, and low, best and high. STORY may be "
     "left\n"
     "out where the store has one. With --only, or as JSON, also why claims stand together and "
     "why\n"
     "others do not.\n"
     "\n"
     "  dossier questions 1 --only killed\n",
     VIEWING | OPT_RULE | OPT_ONLY, "text json", 0, 1, cli_questions},
    {"article", "REFERENCE", "print an article: its sentences, and who says each how surely",
     "REFERENCE is STORY:PAGE (1:B), a sentence of it (1:B9), or the name under which the page "
     "was\n"
     "added. Figures are underlined. Below a sentence stands who says it, the one nearest to the "
     "fact\n"
     "first, and the words that make it less certain; nothing there: the page says it itself. On "
     "a\n"
     "terminal holders are bold, the words that lead to them dim, those that lower certainty "
     "red.\n"
     "\n"
     "With --versions: what changed from one version of the page (other bytes under one address "
     "or\n"
     "name) to the next, figures first.\n",
     VIEWING | OPT_FIGURES | OPT_VERSIONS | OPT_LEXICON, "text json", 1, 1, cli_article},
    {"read", "PATH...", "only extract: print the articles of pages; no store",
     "Inputs as for add.\n"
     "\n"
     "  dossier read page.html --format jsonl\n",
     READING | OPT_PROFILE | OPT_FORMAT | OPT_WIDTH | OPT_AS_OF, "text jsonl", 1, ANY, cli_read},
    {"profile", "PATH...", "print what the pages of each site repeat; no store",
     "Menus, cookie texts, appeals and teasers stand on many pages of a site; text seldom does. "
     "Inputs\n"
     "as for add. Give the result to add or read with --profile: what it lists is left out of "
     "articles,\n"
     "but never more than half of one.\n"
     "\n"
     "  dossier profile saved-pages/ > sites.tsv\n"
     "  dossier add --profile sites.tsv saved-pages/\n",
     READING, NULL, 1, ANY, cli_profile},
    {"annotate", "[PATH...]", "only read: JSON lines in, JSON lines with marks out; no store",
     "In: {id|doc_id, text, published|dct|date|pub_date}. Out: the same id with timex, "
     "quantities,\n"
     "attributions, quotes, entities, mentions and chains of them. Without PATH, from standard "
     "input.\n"
     "\n"
     "  dossier annotate --layers times,quantities < texts.jsonl > marks.jsonl\n",
     READING | OPT_LAYERS | OPT_OFFSETS, NULL, 0, ANY, cli_annotate},
    {"parse", "FILE...", "print sentences with tags, lemmas and heads, in CoNLL-U; no store",
     "A FILE is plain text as it stands (no page is looked for in it), a .jsonl file of texts as "
     "for\n"
     "annotate, or, with --input conllu, words and sentences that are kept as they are given.\n"
     "- is standard input. Files of any size are read in pieces; after a mistake in one, which is\n"
     "named with its line, the rest of it is left out.\n"
     "\n"
     "  dossier parse story.txt > story.conllu\n"
     "  dossier parse --input conllu --tags-only - < words.conllu\n",
     READING | OPT_FORMAT | OPT_INPUT | OPT_TAGS_ONLY, "conllu", 1, ANY, cli_parse_texts},
    {"search", "WORDS...", "find articles by their words",
     "All words are wanted, in whatever form (\"kill\" finds \"killed\"); 'a OR b' either; -word "
     "none;\n"
     "\"words in quotes\" as a phrase; source:, author:, place:, measure: only there; "
     "from:2024-10-13 and\n"
     "to:2024-10-20 by day of publication, both included. Put -- before words that begin with a "
     "dash.\n"
     "\n"
     "  dossier search dam \"wall of water\"\n"
     "  dossier search measure:killed place:Mirefold from:2024-10-15\n",
     VIEWING | OPT_SEARCHING, "text json jsonl", 1, ANY, cli_search},
    {"serve", "", "answer over HTTP: the pages and the JSON API",
     "Serves what the store holds finished, also while add runs, until Ctrl-C or SIGTERM. Only "
     "this machine\n"
     "can reach it unless --listen names another address; then every request needs the token. The "
     "API\n"
     "is described at /api/openapi.json. A line a request goes to standard error. Articles sent to "
     "it "
     "wait in\n"
     "the inbox for dossier add.\n"
     "\n"
     "  dossier serve\n"
     "  dossier serve --listen 0.0.0.0:8080 --token-file token\n",
     COMMON | OPT_DB | OPT_LEXICON | OPT_SERVING, NULL, 0, 0, cli_serve},
    {"verify", "", "check the store",
     "The file itself, every span, every page against its SHA-256, every row against its claim.\n",
     COMMON | OPT_DB | OPT_DIGEST, NULL, 0, 0, cli_verify},
    {"reread", "", "read all pages of the store anew",
     "With this program and these word lists; stories are grouped and reckoned anew. A story keeps "
     "its\n"
     "number where most of its pages stay; other numbers lead on. Ctrl-C keeps what was read; run "
     "it\n"
     "again to go on. Until it is through, what is printed is as it was.\n"
     "\n"
     "  dossier reread\n",
     READING | OPT_DB | OPT_PROFILE, NULL, 0, 0, cli_reread},
    {"remove", "NAME", "take a page out of the store",
     "NAME is the page's name as it was added, or its URL. Its story is finished anew.\n",
     COMMON | OPT_DB | OPT_LEXICON, NULL, 1, 1, cli_remove},
};
const size_t cli_commands_len = sizeof cli_commands / sizeof *cli_commands;

const cli_command *cli_command_named(const char *name)
{
    for (size_t i = 0; i < cli_commands_len; i++)
        if (strcmp(cli_commands[i].name, name) == 0)
            return &cli_commands[i];
    return NULL;
}

void cli_help(FILE *f)
{
    fputs("dossier reads news pages and hands back one file on the story.\n\nusage: dossier "
          "COMMAND [OPTION...]\n\n",
          f);
    for (size_t i = 0; i < cli_commands_len; i++) {
        char left[40];
        snprintf(left, sizeof left, "%s %s", cli_commands[i].name, cli_commands[i].usage);
        fprintf(f, "  %-20s  %s\n", left, cli_commands[i].about);
    }
    fputs("\nOptions of several commands:\n", f);
    cli_print_options(f, VIEWING | OPT_JOBS | OPT_LEXICON | OPT_AS_OF | OPT_RULE);
    fputs("\nResults go to standard output, messages to standard error. Exit status: 0 done, 1 "
          "nothing\n"
          "found, 2 bad usage, 3 some inputs failed (each was named), 4 the store or the output "
          "failed,\n"
          "130 interrupted.\n"
          "\n"
          "Try: dossier add FOLDER && dossier show        More: dossier COMMAND --help, man "
          "dossier\n",
          f);
}

void cli_help_command(FILE *f, const cli_command *c)
{
    fprintf(f, "usage: dossier %s %s%s[OPTION...]\n\n%s.\n\n%s\n", c->name, c->usage,
            *c->usage ? " " : "", c->about, c->help);
    if (c->formats)
        fprintf(f, "Forms (--%s): %s\n\n", c->options & OPT_AS ? "as" : "format", c->formats);
    fputs("Options:\n", f);
    cli_print_options(f, c->options);
}
