/* SPDX-License-Identifier: Apache-2.0 */
#include "save.h"

#include <stdio.h>
#include <string.h>

static FILE *open_file(const char *dir, const char *name, const char *mode)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/%s.net", dir, name);
    return fopen(path, mode);
}

void net_save(const net *n, const char *dir, const char *name)
{
    FILE *f = open_file(dir, name, "wb");
    if (!f)
        return;
    fwrite(&n->size, sizeof n->size, 1, f);
    fwrite(n->dense, sizeof *n->dense, n->at.len, f);
    fwrite(n->rows, sizeof *n->rows, (size_t)n->size.rows * n->size.in, f);
    fclose(f);
}

bool net_load(net *n, const char *dir, const char *name)
{
    net_size size;
    FILE *f = open_file(dir, name, "rb");
    if (!f)
        return false;
    bool same = fread(&size, sizeof size, 1, f) == 1 && memcmp(&size, &n->size, sizeof size) == 0;
    if (same) {
        net_init(n, &size, 1);
        same = fread(n->dense, sizeof *n->dense, n->at.len, f) == n->at.len &&
               fread(n->rows, sizeof *n->rows, (size_t)size.rows * size.in, f) ==
                   (size_t)size.rows * size.in;
        net_flip(n);
    }
    fclose(f);
    return same;
}

void targets_save(const char *dir, const net_sentence *s, size_t n)
{
    FILE *f = open_file(dir, "targets", "wb");
    if (!f)
        return;
    fwrite(&n, sizeof n, 1, f);
    for (size_t i = 0; i < n; i++)
        for (uint32_t k = 0; k < s[i].len; k++) {
            fwrite(&s[i].words[k].tag, 3 * sizeof(net_target), 1, f);
            fwrite(&s[i].words[k].rel_head, sizeof s[i].words[k].rel_head, 1, f);
        }
    fclose(f);
}

bool targets_load(const char *dir, net_sentence *s, size_t n)
{
    size_t len = 0;
    FILE *f = open_file(dir, "targets", "rb");
    if (!f)
        return false;
    bool ok = fread(&len, sizeof len, 1, f) == 1 && len == n;
    for (size_t i = 0; ok && i < n; i++)
        for (uint32_t k = 0; ok && k < s[i].len; k++)
            ok = fread(&s[i].words[k].tag, 3 * sizeof(net_target), 1, f) == 1 &&
                 fread(&s[i].words[k].rel_head, sizeof s[i].words[k].rel_head, 1, f) == 1;
    fclose(f);
    return ok;
}
