/* SPDX-License-Identifier: Apache-2.0 */
/* likeness.c - what two articles have in common, as numbers. */
#include <math.h>

#include "cluster_internal.h"

enum feature {
    F_COS,                       /* of each part but the last */
    F_TITLE_IN = F_COS + CL_SUM, /* how much of the title stands in the other article */
    F_TITLE_OF,
    F_NAMES,
    F_NAME_MOST,
    F_NAME_SUM,
    F_KEYS,
    F_KEY_MOST,
    F_RARE, /* of the rarest words in common */
    F_HELD = F_RARE + 8,
    F_JACCARD,
    F_REGION_SAME,
    F_REGION_OTHER,
    F_COUNTRY_SAME,
    F_COUNTRY_OTHER,
    F_STREET_SAME,
    F_STREET_OTHER,
    F_AGE_SAME,
    F_AGE_OTHER,
    F_KILLED_SAME,
    F_KILLED_OTHER,
    F_INJURED_SAME,
    F_INJURED_OTHER,
    F_DAY_SAME,
    F_DAY_OTHER,
    F_CLOCK_SAME,
    F_CLOCK_OTHER,
    F_FIRST_DAY,
    F_FIRST_GAP,
    F_GAP,
    F_NEXT_DAY,
    F_LONG_AFTER,
    F_NO_DATE,
    F_SOURCE,
    F_YEAR_SAME,
    F_YEAR_OTHER,
    F_LENGTHS,
    F_RANK,
    F_DOT,
    F_LEAP,
    F_CROWD,
    F_BODY_NAMES,
    F_BODY_GAP,
    F_NAMES_GAP,
    F_TITLE_BODY,
    F_CAPS_BODY,
    F_NO_BODY,
    F_NO_TITLE,
    F_NUMBERS,
    F_PLACE_MOST,
    F_MAIN_SAME,
    F_MAIN_OTHER,
    F_SPOT_SAME,
    F_SPOT_OTHER,
    F_LATEST_GAP, /* of the days that the texts name, where that of publication is not known */
    F_LATEST,
    F_LEN
};
_Static_assert((int)F_LEN == (int)CL_FEATURES, "the section says how many there are");

const uint8_t cl_of_title[] = {F_COS + CL_TITLE, F_TITLE_IN, F_TITLE_OF, F_TITLE_BODY};
const size_t cl_of_title_len = sizeof cl_of_title;
const uint8_t cl_no_title = F_NO_TITLE;

enum { RAREST = 8 };
#define COPIED 0.8f /* cosine of texts that were written from one another */

static float tf(uint8_t n)
{
    static const float small[] = {0, 1, 2, 2.585f, 3, 3.322f, 3.585f, 3.807f, 4};
    return (size_t)n < sizeof small / sizeof *small ? small[n] : 4 + ((float)n - 8) / 64;
}

static bool plain(uint8_t flags)
{
    return !(flags & (DS_MARK_KEY | DS_MARK_BIGRAM));
}

/* Weight of a term in a part, before idf. */
static float share(enum cl_part p, uint8_t body, uint8_t flags)
{
    switch (p) {
    case CL_BODY:
        return plain(flags) ? tf(body) : 0;
    case CL_TITLE:
        return plain(flags) && flags & DS_MARK_TITLE ? 1 : 0;
    case CL_LEAD:
        return plain(flags) && flags & DS_MARK_LEAD ? 1 : 0;
    case CL_CAPS:
        return plain(flags) && flags & DS_MARK_CAP ? tf(body ? body : 1) : 0;
    case CL_NAMES:
        return plain(flags) && flags & DS_MARK_NAME ? 1 : 0;
    case CL_KEYS:
        return flags & DS_MARK_KEY ? 1 : 0;
    case CL_BIGRAMS:
        return flags & DS_MARK_BIGRAM ? 1 : 0;
    case CL_PLACES:
        return flags & DS_MARK_PLACE ? 1 : 0;
    default:
        return flags & DS_MARK_BIGRAM ? 0 : 1;
    }
}

static void make_norms(cl_query *q)
{
    for (int p = 0; p < CL_SUM; p++) {
        float sum = 0;
        for (uint32_t i = 0; i < q->r.len; i++) {
            float w = share((enum cl_part)p, q->body[i], q->flags[i]) * q->idf[i];
            sum += w * w;
        }
        q->r.norm[p] = sqrtf(sum);
    }
    q->r.norm[CL_SUM] = 0;
    for (uint32_t i = 0; i < q->r.len; i++)
        if (!(q->flags[i] & DS_MARK_BIGRAM))
            q->r.norm[CL_SUM] += q->idf[i];
}

/* The word with this flag that weighs most; in the lead it weighs twice. */
static uint32_t outstanding(const cl_query *q, unsigned flag)
{
    uint32_t best = 0;
    float most = 0;
    for (uint32_t i = 0; i < q->r.len; i++) {
        if (!(q->flags[i] & flag) || !plain(q->flags[i]))
            continue;
        float w =
            q->idf[i] * tf(q->body[i] ? q->body[i] : 1) * (q->flags[i] & DS_MARK_LEAD ? 2 : 1);
        best = w > most ? q->hash[i] : best;
        most = w > most ? w : most;
    }
    return best;
}

static void make_heavy(cl_query *q)
{
    static const struct {
        enum cl_part part;
        float weight;
    } parts[] = {
        {CL_BODY, 0.6f}, {CL_TITLE, 0.45f}, {CL_CAPS, 0.45f}, {CL_NAMES, 0.3f}, {CL_KEYS, 0.3f}};
    for (uint32_t i = 0; i < q->r.len; i++) {
        q->heavy[i] = 0;
        for (size_t k = 0; k < sizeof parts / sizeof *parts; k++) {
            float norm = q->r.norm[parts[k].part];
            if (norm > 0)
                q->heavy[i] += parts[k].weight * share(parts[k].part, q->body[i], q->flags[i]) *
                               q->idf[i] / norm;
        }
    }
}

void cl_query_ready(cl_query *q)
{
    make_norms(q);
    make_heavy(q);
    q->r.main = outstanding(q, DS_MARK_NAME);
    q->r.spot = outstanding(q, DS_MARK_PLACE);
    memset(q->at, 0, sizeof q->at);
    for (uint32_t i = 0; i < q->r.len; i++) {
        uint32_t k = q->hash[i] & (CL_PROBES - 1);
        while (q->at[k])
            k = (k + 1) & (CL_PROBES - 1);
        q->at[k] = (uint16_t)(i + 1);
    }
}

/* ---- words in common ----------------------------------------------------------------------------------------- */

typedef struct common {
    float dot[CL_SUM];
    unsigned main, spot; /* how many of both articles' stand in the other */
    float title_q, title_c, names, name_most, name_sum, keys, key_most, numbers, place_most, sum;
    float rare[RAREST]; /* largest first */
} common;

static void take_rare(common *m, float idf)
{
    int i = RAREST - 1;
    if (idf <= m->rare[i])
        return;
    for (; i > 0 && m->rare[i - 1] < idf; i--)
        m->rare[i] = m->rare[i - 1];
    m->rare[i] = idf;
}

static float larger(float a, float b)
{
    return a > b ? a : b;
}

static void take_special(common *m, unsigned both, float idf)
{
    if (both & DS_MARK_NAME && !(both & DS_MARK_KEY)) {
        m->names++;
        m->name_sum += idf;
        m->name_most = larger(m->name_most, idf);
    }
    if (both & DS_MARK_KEY) {
        m->keys++;
        m->key_most = larger(m->key_most, idf);
    }
    if (both & DS_MARK_NUMBER)
        m->numbers += idf;
    if (both & DS_MARK_PLACE)
        m->place_most = larger(m->place_most, idf);
}

static void take_common(common *m, const cl_query *q, const cl_record *c, uint32_t i, uint8_t body,
                        uint8_t flags)
{
    float idf = q->idf[i], square = idf * idf;
    unsigned both = q->flags[i] & flags;
    if (both & DS_MARK_BIGRAM) {
        m->dot[CL_BIGRAMS] += square;
        return;
    }
    m->sum += idf;
    m->main += (q->hash[i] == q->r.main) + (q->hash[i] == c->main);
    m->spot += (q->hash[i] == q->r.spot) + (q->hash[i] == c->spot);
    take_rare(m, idf);
    take_special(m, both, idf);
    if (both & DS_MARK_PLACE)
        m->dot[CL_PLACES] += square;
    if (both & DS_MARK_KEY) {
        m->dot[CL_KEYS] += square;
        return;
    }
    m->dot[CL_BODY] += square * tf(q->body[i]) * tf(body);
    if (both & DS_MARK_TITLE)
        m->dot[CL_TITLE] += square;
    if (both & DS_MARK_LEAD)
        m->dot[CL_LEAD] += square;
    if (both & DS_MARK_CAP)
        m->dot[CL_CAPS] += square * tf(q->body[i] ? q->body[i] : 1) * tf(body ? body : 1);
    if (both & DS_MARK_NAME)
        m->dot[CL_NAMES] += square;
    if (q->flags[i] & DS_MARK_TITLE)
        m->title_q += square;
    if (flags & DS_MARK_TITLE)
        m->title_c += square;
}

static void find_common(const cl_query *q, const cl_record *c, common *m)
{
    for (uint32_t j = 0; j < c->len; j++) {
        uint32_t k = c->hash[j] & (CL_PROBES - 1);
        for (; q->at[k]; k = (k + 1) & (CL_PROBES - 1))
            if (q->hash[q->at[k] - 1] == c->hash[j]) {
                take_common(m, q, c, q->at[k] - 1u, c->body[j], c->flags[j]);
                break;
            }
    }
}

static float ratio(float x, float y)
{
    float r = y > 0 ? x / y : 0;
    return r > 1 ? 1 : r;
}

/* Both say something: is any of it the same? */
static void agree(float *f, int same, int other, bool both, unsigned shared)
{
    f[same] = both && shared ? 1 : 0;
    f[other] = both && !shared ? 1 : 0;
}

static void put_common(const cl_query *q, const cl_record *c, const common *m, float *f)
{
    for (int p = 0; p < CL_SUM; p++)
        f[F_COS + p] = ratio(m->dot[p], q->r.norm[p] * c->norm[p]);
    f[F_TITLE_IN] = ratio(m->title_q, q->r.norm[CL_TITLE] * q->r.norm[CL_TITLE]);
    f[F_TITLE_OF] = ratio(m->title_c, c->norm[CL_TITLE] * c->norm[CL_TITLE]);
    f[F_NAMES] = cl_log2(1 + m->names);
    f[F_NAME_MOST] = m->name_most;
    f[F_NAME_SUM] = m->name_sum;
    f[F_KEYS] = cl_log2(1 + m->keys);
    f[F_KEY_MOST] = m->key_most;
    memcpy(f + F_RARE, m->rare, sizeof m->rare);
    float less = q->r.norm[CL_SUM] < c->norm[CL_SUM] ? q->r.norm[CL_SUM] : c->norm[CL_SUM];
    f[F_HELD] = ratio(m->sum, less);
    f[F_JACCARD] = ratio(m->sum, q->r.norm[CL_SUM] + c->norm[CL_SUM] - m->sum);
    agree(f, F_MAIN_SAME, F_MAIN_OTHER, q->r.main && c->main, m->main);
    agree(f, F_SPOT_SAME, F_SPOT_OTHER, q->r.spot && c->spot, m->spot);
    f[F_NUMBERS] = m->numbers;
    f[F_PLACE_MOST] = m->place_most;
}

/* ---- facts ------------------------------------------------------------------------------------------------------- */

static unsigned shared16(const uint16_t *a, const uint16_t *b, size_t n)
{
    unsigned found = 0;
    for (size_t i = 0; i < n && a[i]; i++)
        for (size_t j = 0; j < n && b[j]; j++)
            found += a[i] == b[j];
    return found;
}

static unsigned shared8(const uint8_t *a, const uint8_t *b, size_t n)
{
    unsigned found = 0;
    for (size_t i = 0; i < n && a[i]; i++)
        for (size_t j = 0; j < n && b[j]; j++)
            found += a[i] == b[j];
    return found;
}

static bool holds_day(const ds_mark_facts *f, ds_day d)
{
    for (int i = 0; i < DS_MARK_DAYS && f->days[i] != DS_DAY_NONE; i++)
        if (f->days[i] == d)
            return true;
    return false;
}

static void put_days(const ds_mark_facts *a, const ds_mark_facts *b, float *f)
{
    unsigned shared = 0;
    bool both = a->days[0] != DS_DAY_NONE && b->days[0] != DS_DAY_NONE;
    for (int i = 0; i < DS_MARK_DAYS && a->days[i] != DS_DAY_NONE; i++)
        shared += holds_day(b, a->days[i]);
    agree(f, F_DAY_SAME, F_DAY_OTHER, both, shared);
    f[F_FIRST_DAY] = both && (holds_day(b, a->days[0]) || holds_day(a, b->days[0])) ? 1 : 0;
    f[F_FIRST_GAP] = both ? cl_log2(1 + fabsf((float)a->days[0] - (float)b->days[0])) : 0;
}

static void put_clocks(const ds_mark_facts *a, const ds_mark_facts *b, float *f)
{
    enum { NEAR_MINUTES = 15 };
    unsigned shared = 0;
    for (int i = 0; i < DS_MARK_CLOCKS && a->clocks[i]; i++)
        for (int j = 0; j < DS_MARK_CLOCKS && b->clocks[j]; j++) {
            int apart = (int)a->clocks[i] - (int)b->clocks[j];
            shared += apart >= -NEAR_MINUTES && apart <= NEAR_MINUTES;
        }
    agree(f, F_CLOCK_SAME, F_CLOCK_OTHER, a->clocks[0] && b->clocks[0], shared);
}

static void put_latest(const ds_mark_facts *a, const ds_mark_facts *b, float *f)
{
    ds_day x = a->day != DS_DAY_NONE ? a->day : a->latest,
           y = b->day != DS_DAY_NONE ? b->day : b->latest;
    bool needed = a->day == DS_DAY_NONE || b->day == DS_DAY_NONE;
    bool both = needed && x != DS_DAY_NONE && y != DS_DAY_NONE;
    f[F_LATEST] = both ? 1 : 0;
    f[F_LATEST_GAP] = both ? cl_log2(1 + fabsf((float)x - (float)y)) : 0;
}

static void put_gap(const ds_mark_facts *a, const ds_mark_facts *b, float *f)
{
    bool known = a->day != DS_DAY_NONE && b->day != DS_DAY_NONE;
    float gap = known ? fabsf((float)a->day - (float)b->day) : 0;
    f[F_GAP] = cl_log2(1 + gap);
    f[F_NEXT_DAY] = known && gap <= 1 ? 1 : 0;
    f[F_LONG_AFTER] = gap > 10 ? 1 : 0;
    f[F_NO_DATE] = known ? 0 : 1;
    f[F_SOURCE] = a->source && a->source == b->source ? 1 : 0;
    f[F_LENGTHS] = fabsf(cl_log2(((float)a->words + 10) / ((float)b->words + 10)));
    f[F_NO_BODY] = a->words && b->words ? 0 : 1;
}

static void put_facts(const ds_mark_facts *a, const ds_mark_facts *b, float *f)
{
    agree(f, F_REGION_SAME, F_REGION_OTHER, a->regions[0] && b->regions[0],
          shared16(a->regions, b->regions, DS_MARK_REGIONS));
    agree(f, F_COUNTRY_SAME, F_COUNTRY_OTHER, a->countries[0] && b->countries[0],
          shared16(a->countries, b->countries, DS_MARK_COUNTRIES));
    agree(f, F_STREET_SAME, F_STREET_OTHER, a->streets[0] && b->streets[0],
          shared16(a->streets, b->streets, DS_MARK_STREETS));
    unsigned ages = shared8(a->ages, b->ages, DS_MARK_AGES);
    agree(f, F_AGE_SAME, F_AGE_OTHER, a->ages[0] && b->ages[0], ages);
    f[F_AGE_SAME] = ages ? cl_log2(1 + (float)ages) : 0;
    agree(f, F_KILLED_SAME, F_KILLED_OTHER, a->killed[0] && b->killed[0],
          shared8(a->killed, b->killed, DS_MARK_COUNTS));
    agree(f, F_INJURED_SAME, F_INJURED_OTHER, a->injured[0] && b->injured[0],
          shared8(a->injured, b->injured, DS_MARK_COUNTS));
    agree(f, F_YEAR_SAME, F_YEAR_OTHER, a->years[0] && b->years[0],
          shared16(a->years, b->years, DS_MARK_YEARS));
    put_days(a, b, f);
    put_clocks(a, b, f);
    put_gap(a, b, f);
    put_latest(a, b, f);
}

static uint32_t reasons(const float *f)
{
    static const struct {
        int feature;
        float least;
        uint32_t why;
    } rows[] = {{F_NAMES, 1, DS_SAME_NAMES},
                {F_REGION_SAME, 1, DS_SAME_REGION},
                {F_STREET_SAME, 1, DS_SAME_STREET},
                {F_AGE_SAME, 1, DS_SAME_AGE},
                {F_KILLED_SAME, 1, DS_SAME_KILLED},
                {F_INJURED_SAME, 1, DS_SAME_INJURED},
                {F_DAY_SAME, 1, DS_SAME_DAY},
                {F_CLOCK_SAME, 1, DS_SAME_CLOCK},
                {F_REGION_OTHER, 1, DS_OTHER_REGION},
                {F_STREET_OTHER, 1, DS_OTHER_STREET},
                {F_AGE_OTHER, 1, DS_OTHER_AGE},
                {F_KILLED_OTHER, 1, DS_OTHER_KILLED},
                {F_INJURED_OTHER, 1, DS_OTHER_INJURED},
                {F_DAY_OTHER, 1, DS_OTHER_DAY},
                {F_COS + CL_TITLE, 0.5f, DS_SAME_TITLE}};
    uint32_t why = 0;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        why |= f[rows[i].feature] >= rows[i].least ? rows[i].why : 0;
    return why;
}

void cl_pair(const cl_query *q, const cl_record *c, const cl_rank *k, float f[CL_FEATURES],
             uint32_t *why)
{
    common m = {0};
    find_common(q, c, &m);
    put_common(q, c, &m, f);
    put_facts(&q->r.facts, &c->facts, f);
    f[F_RANK] = (float)k->rank;
    f[F_DOT] = k->dot;
    f[F_LEAP] = k->dot - k->mean;
    f[F_CROWD] = k->mean;
    f[F_BODY_NAMES] = f[F_COS + CL_BODY] * f[F_NAME_SUM];
    f[F_BODY_GAP] = f[F_COS + CL_BODY] * f[F_GAP];
    f[F_NAMES_GAP] = f[F_NAME_SUM] * f[F_GAP];
    f[F_TITLE_BODY] = f[F_COS + CL_TITLE] * f[F_COS + CL_BODY];
    f[F_CAPS_BODY] = f[F_COS + CL_CAPS] * f[F_COS + CL_BODY];
    f[F_NO_TITLE] = q->r.norm[CL_TITLE] > 0 && c->norm[CL_TITLE] > 0 ? 0 : 1;
    *why = reasons(f);
}

float cl_like(const float f[CL_FEATURES])
{
    return (f[F_COS + CL_BODY] + f[F_COS + CL_LEAD] + f[F_COS + CL_CAPS]) / 3;
}

/* Nobody writes so much alike of two events that have one place, one age and one week. */
bool cl_is_copy(const float f[CL_FEATURES])
{
    static const uint8_t against[] = {F_REGION_OTHER, F_STREET_OTHER, F_AGE_OTHER,
                                      F_DAY_OTHER,    F_YEAR_OTHER,   F_MAIN_OTHER,
                                      F_SPOT_OTHER,   F_LONG_AFTER,   F_NO_BODY};
    if (f[F_COS + CL_BODY] < COPIED || cl_like(f) < COPIED)
        return false;
    for (size_t i = 0; i < sizeof against; i++)
        if (f[against[i]] > 0)
            return false;
    return true;
}
