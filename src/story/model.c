/* SPDX-License-Identifier: Apache-2.0 */
#include "cluster_internal.h"

float cl_log2(float x)
{
    uint32_t bits;
    memcpy(&bits, &x, sizeof bits);
    float whole = (float)((int)(bits >> 23) - 127);
    bits = (bits & 0x7fffffu) | 0x3f800000u;
    memcpy(&x, &bits, sizeof x);
    /* Between 1 and 2 by the quotient's odd powers: 2 / ln 2 * (z + z^3/3 + z^5/5 + ...), z = (x - 1) / (x + 1). */
    float z = (x - 1) / (x + 1), q = z * z;
    return whole + 2.88539008f * z *
                       (1 + q * (0.33333333f + q * (0.2f + q * (0.14285714f + q * 0.1111111f))));
}

/* A continued fraction, cut where it reaches 1. */
float cl_tanh(float x)
{
    float q = x * x;
    if (q > 24.0f)
        return x > 0 ? 1 : -1;
    float y =
        x * (135135 + q * (17325 + q * (378 + q))) / (135135 + q * (62370 + q * (3150 + q * 28)));
    return y > 1 ? 1 : y < -1 ? -1 : y;
}

float cl_odds(const cl_weights *w, const float features[CL_FEATURES])
{
    float x[CL_FEATURES], sum = 0;
    for (int i = 0; i < CL_FEATURES; i++) {
        x[i] = (features[i] - w->mean[i]) * w->scale[i];
        x[i] = x[i] > 5 ? 5 : x[i] < -5 ? -5 : x[i];
    }
    for (int n = 0; n < CL_NETS; n++) {
        const cl_net *net = &w->nets[n];
        float h[CL_HIDDEN], y = net->out_bias;
        memcpy(h, net->bias, sizeof h);
        for (int i = 0; i < CL_FEATURES; i++)
            for (int k = 0; k < CL_HIDDEN; k++)
                h[k] += x[i] * net->in[i][k];
        for (int k = 0; k < CL_HIDDEN; k++)
            h[k] = cl_tanh(h[k]) * net->out[k];
        for (int k = 0; k < CL_HIDDEN; k++)
            y += h[k];
        sum += y;
    }
    sum /= CL_NETS;
    return sum < CL_COPY_ODDS && cl_is_copy(features) ? CL_COPY_ODDS : sum;
}

#define SUREST 0.75f /* share of the surest member; from .7 to .8 nothing changes */
#define SURE 6.0f    /* log odds that are no surer in the mean than these */

float cl_story_odds(const float *odds, const uint32_t *story, uint32_t n, uint32_t i, bool text)
{
    float most = odds[i], sum = 0;
    uint32_t members = 0;
    for (uint32_t k = 0; k < n; k++) {
        if (story[k] != story[i])
            continue;
        most = odds[k] > most ? odds[k] : most;
        sum += odds[k] > SURE ? SURE : odds[k] < -SURE ? -SURE : odds[k];
        members++;
    }
    return text ? SUREST * most + (1 - SUREST) * sum / (float)members : most;
}

/* Least log odds of both stories that one article makes one (149 in 150 are; at 3 more were wrong than right), and
 * that DS_CLUSTER_BONDS articles make one together. */
#define MERGE 5.0f
#define BOND 3.5f

/* The surest of the other stories that the article speaks for as well. Headlines bind no stories. */
static void find_also(cl_choice *to, const float *odds, const uint32_t *story, uint32_t n)
{
    float most = BOND;
    for (uint32_t i = 0; i < n && to->odds >= BOND; i++) {
        float x = story[i] == to->story ? 0 : cl_story_odds(odds, story, n, i, true);
        if (x < most)
            continue;
        most = x;
        to->also = story[i];
    }
    to->one = to->also != to->story && most >= MERGE && to->odds >= MERGE;
}

cl_choice cl_choose(const float *odds, const uint32_t *story, uint32_t n, float join, bool text)
{
    cl_choice to = {.opened = true, .odds = join};
    for (uint32_t i = 0; i < n; i++) {
        float x = cl_story_odds(odds, story, n, i, text);
        if (x < to.odds || (x <= to.odds && !to.opened))
            continue;
        to = (cl_choice){.story = story[i], .also = story[i], .odds = x};
    }
    if (!to.opened && text)
        find_also(&to, odds, story, n);
    return to;
}

/* ---- the section -------------------------------------------------------------------------------------------- */

enum { HEAD = 24 }; /* magic, features, hidden, nets, docs, terms: 4 bytes each */

static uint32_t get32(ds_str s, size_t at)
{
    const unsigned char *b = (const unsigned char *)s.at + at;
    return b[0] | (uint32_t)b[1] << 8 | (uint32_t)b[2] << 16 | (uint32_t)b[3] << 24;
}

static void put(ds_buf *b, uint32_t v, int width)
{
    for (int i = 0; i < width; i++)
        ds_buf_putc(b, (char)(v >> (8 * i)));
}

void cl_section_put(ds_buf *b, uint32_t docs, const uint32_t *hash, const uint16_t *docs_of,
                    uint32_t n, const cl_weights *w)
{
    put(b, CL_MAGIC, 4);
    put(b, CL_FEATURES, 4);
    put(b, CL_HIDDEN, 4);
    put(b, CL_NETS, 4);
    put(b, docs, 4);
    put(b, n, 4);
    const unsigned char *at = (const unsigned char *)w;
    for (size_t i = 0; i < sizeof *w; i += 4) {
        uint32_t bits;
        memcpy(&bits, at + i, 4);
        put(b, bits, 4);
    }
    for (uint32_t i = 0; i < n; i++)
        put(b, hash[i], 4);
    for (uint32_t i = 0; i < n; i++)
        put(b, docs_of[i], 2);
}

static ds_status make_table(ds_arena *a, ds_str section, uint32_t n, ds_cluster_model *m)
{
    size_t hashes = HEAD + sizeof(cl_weights), counts = hashes + (size_t)n * 4;
    m->slots = 1024;
    while (m->slots < n * 2)
        m->slots *= 2;
    uint32_t *hash = ds_arena_calloc(a, m->slots, sizeof *hash);
    uint16_t *docs_of = ds_arena_calloc(a, m->slots, sizeof *docs_of);
    if (!hash || !docs_of)
        return DS_NOMEM;
    for (uint32_t i = 0; i < n; i++) {
        uint32_t h = get32(section, hashes + (size_t)i * 4), k = h & (m->slots - 1);
        const unsigned char *c = (const unsigned char *)section.at + counts + (size_t)i * 2;
        if (!h)
            return DS_BAD;
        while (hash[k])
            k = (k + 1) & (m->slots - 1);
        hash[k] = h;
        docs_of[k] = (uint16_t)(c[0] | c[1] << 8);
    }
    m->hash = hash;
    m->docs_of = docs_of;
    return DS_OK;
}

ds_status ds_cluster_model_open(ds_arena *a, ds_str section, ds_cluster_model **out, ds_err *err)
{
    enum { TERMS_MOST = 1 << 22 };
    if (section.len < HEAD + sizeof(cl_weights) || get32(section, 0) != CL_MAGIC ||
        get32(section, 4) != CL_FEATURES || get32(section, 8) != CL_HIDDEN ||
        get32(section, 12) != CL_NETS)
        return ds_fail(err, DS_BAD, "no weights of stories", 0);
    uint32_t n = get32(section, 20);
    if (n > TERMS_MOST || section.len != HEAD + sizeof(cl_weights) + (size_t)n * 6)
        return ds_fail(err, DS_BAD, "weights of stories are cut off", 20);
    ds_cluster_model *m = ds_arena_calloc(a, 1, sizeof *m);
    if (!m)
        return ds_fail(err, DS_NOMEM, "out of memory", 0);
    m->docs = get32(section, 16);
    unsigned char *to = (unsigned char *)&m->w;
    for (size_t i = 0; i < sizeof m->w; i += 4) {
        uint32_t bits = get32(section, HEAD + i);
        memcpy(to + i, &bits, 4);
    }
    ds_status st = make_table(a, section, n, m);
    if (st < 0)
        return ds_fail(
            err, st, st == DS_BAD ? "weights of stories have a term without hash" : "out of memory",
            0);
    *out = m;
    return DS_OK;
}

uint32_t cl_known_docs(const ds_cluster_model *m, uint32_t hash)
{
    uint32_t k = hash & (m->slots - 1);
    while (m->hash[k] && m->hash[k] != hash)
        k = (k + 1) & (m->slots - 1);
    return m->hash[k] ? m->docs_of[k] : 0;
}
