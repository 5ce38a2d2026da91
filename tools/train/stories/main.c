/* SPDX-License-Identifier: Apache-2.0 */
#include "stories.h"

static const char usage[] =
    "usage: train-stories read OUT SET=FILE.jsonl...\n"
    "       train-stories make OUT BACKGROUND LEARNED...\n"
    "       train-stories crossed | shipped BACKGROUND DOCUMENTS OTHERS LEARNED...\n";

int main(int argc, char **argv)
{
    if (argc > 3 && strcmp(argv[1], "read") == 0)
        return st_read(argv[2], argv + 3, argc - 3);
    if (argc > 5 && (strcmp(argv[1], "crossed") == 0 || strcmp(argv[1], "shipped") == 0))
        return st_cross(argv[1], argv + 2, argc - 2);
    if (argc > 4 && strcmp(argv[1], "make") == 0)
        return st_make(argv[2], argv + 3, argc - 3);
    fputs(usage, stderr);
    return 2;
}
