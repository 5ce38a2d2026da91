/* SPDX-License-Identifier: Apache-2.0 */
/* Replays corpus files through a fuzz target: the other use of every fuzz_*.c.
 *
 * usage: fuzz_X FILE-OR-FOLDER...   exit 1 when no file was found */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static unsigned replayed;

static void replay_file(const char *path)
{
    FILE *f = fopen(path, "rb");
    if (!f) {
        fprintf(stderr, "%s: cannot be read\n", path);
        exit(1);
    }
    size_t cap = 1u << 16, len = 0, n;
    uint8_t *bytes = malloc(cap);
    while (bytes && (n = fread(bytes + len, 1, cap - len, f)) > 0) {
        len += n;
        if (len == cap)
            bytes = realloc(bytes, cap *= 2);
    }
    fclose(f);
    if (!bytes)
        exit(1);
    LLVMFuzzerTestOneInput(bytes, len);
    free(bytes);
    replayed++;
}

static void replay(const char *path)
{
    struct stat st;
    if (stat(path, &st) == 0 && S_ISDIR(st.st_mode)) {
        struct dirent **names;
        int n = scandir(path, &names, NULL, alphasort);
        for (int i = 0; i < n; i++) {
            char file[4096];
            if (names[i]->d_name[0] != '.' &&
                snprintf(file, sizeof file, "%s/%s", path, names[i]->d_name) < (int)sizeof file)
                replay(file);
            free(names[i]);
        }
        if (n >= 0)
            free(names);
        return;
    }
    replay_file(path);
}

int main(int argc, char **argv)
{
    for (int i = 1; i < argc; i++)
        replay(argv[i]);
    printf("%u corpus files replayed\n", replayed);
    return replayed ? 0 : 1;
}
