/* SPDX-License-Identifier: Apache-2.0 */
#include "extract/lines.h"

#define GOOD_WORDS 12          /* prose this long, of whole sentences, is probably text */
#define NEAR 4                 /* lines on each side that count as near */
#define FAR 20                 /* lines on each side in which good text is looked for */
#define KEYS 8                 /* a long line is looked up in so many keys */
#define P_ONE 1024             /* probability 1 */
#define STEPS 64               /* thresholds that are tried ... */
#define LOWEST 13              /* ... from .2 */
#define HIGHEST 38             /* ... to .6 */
#define LEAST_WORDS 30         /* fewer words are no text: what the rules took stays */
#define REPEAT_BYTES 40        /* longer lines are text once */
#define GAP_LINES 3            /* between two lines of the text that plain sentences may fill */
#define LISTED_LINES 4         /* lines that make a list ... */
#define LISTED_WORDS 24        /* ... and the most words of one */
#define HASHES_MOST (1u << 20) /* slots for lines seen before */

/* ---- features ---------------------------------------------------------------------------------------------- */

typedef struct sums { /* before block i */
    uint32_t words, good;
} sums;

static bool good(const ext_block *b)
{
    return b->label == EXT_PROSE && b->words >= GOOD_WORDS && b->flags & EXT_BF_STOP;
}

static int16_t clip(int64_t v, int lo, int hi)
{
    return (int16_t)(v < lo ? lo : v > hi ? hi : v);
}

static int16_t percent(uint64_t part, uint64_t all)
{
    return all ? clip((int64_t)(part * 100 / all), 0, 100) : 0;
}

static bool has(ds_str s, const char *what)
{
    return ds_str_find(s, ds_str_of(what), 0) >= 0;
}

/* Letters, digits and the like of the line itself. */
static void measure_line(const ext_page *p, const ext_block *b, int16_t *f)
{
    ds_str s = ext_text(p, b);
    uint32_t commas = 0, quotes = 0;
    for (size_t i = 0; i < s.len; i++) {
        commas += s.at[i] == ',';
        quotes += s.at[i] == '"' || (s.at[i] == '\x9C' && i > 1 && s.at[i - 1] == '\x80');
    }
    f[LF_WORDS] = clip(b->words, 0, 400);
    f[LF_LABEL] = b->label;
    f[LF_CLASS] = b->cls;
    f[LF_STOP] = (b->flags & EXT_BF_STOP) != 0;
    f[LF_COLON] = (b->flags & EXT_BF_COLON) != 0;
    f[LF_CAPS] = percent(b->caps, b->words);
    f[LF_COMMAS] = clip(commas, 0, 20);
    f[LF_QUOTES] = clip(quotes, 0, 4);
    f[LF_BAR] = has(s, "|");
    f[LF_ADDRESS] = has(s, "@") || has(s, ".com") || has(s, "www.") || has(s, "http");
    f[LF_RIGHTS] = has(s, "\xC2\xA9") || has(s, "(c)") || has(s, "ights reserved");
    f[LF_CUT] = ds_str_ends(s, DS_STR("...")) || ds_str_ends(s, DS_STR("\xE2\x80\xA6"));
    f[LF_QUESTION] = ds_str_ends(s, DS_STR("?"));
}

/* What its words say, wherever they stand. */
static void read_line(const ext_page *p, const ext_block *b, int16_t *f)
{
    ds_str s = ext_text(p, b);
    char buf[EXT_KEY_BYTES];
    uint64_t said = 0;
    int hints = 0;
    for (size_t i = 0, n = 0; i < s.len && n < KEYS; n++) { /* in keys: a line may be longer */
        size_t end = i + EXT_KEY_MAX - 8 < s.len ? i + EXT_KEY_MAX - 8 : s.len;
        while (end < s.len && end > i + 1 && s.at[end] != ' ')
            end--;
        ds_str key = ext_key(ds_str_cut(s, i, end), buf);
        said |= ext_words_all(&p->words, key) | ext_words_hints(&p->words, key);
        i = end;
    }
    static const struct {
        line_feature f;
        ext_class cls;
    } rows[] = {
        {LF_V_AD, EXT_C_AD},
        {LF_V_BIO, EXT_C_BIO},
        {LF_V_COOKIE, EXT_C_COOKIE},
        {LF_V_END, EXT_C_END},
        {LF_V_IMAGE, EXT_C_IMAGE},
        {LF_V_LEGAL, EXT_C_LEGAL},
        {LF_V_READER, EXT_C_READER},
        {LF_V_SUBSCRIBE, EXT_C_SUBSCRIBE},
        {LF_V_COMMENTS, EXT_C_COMMENTS},
        {LF_V_RELATED, EXT_C_RELATED},
        {LF_V_WE, EXT_C_OUTLET},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        f[rows[i].f] = (said >> rows[i].cls & 1) != 0;
        hints += f[rows[i].f] && rows[i].f != LF_V_READER && rows[i].f != LF_V_WE;
    }
    f[LF_HINTS] = (int16_t)hints;
}

static void look_around(const ext_page *p, uint32_t i, const sums *at, int16_t *f)
{
    uint32_t n = (uint32_t)p->blocks.len, k;
    const ext_block *all = p->blocks.at;
    f[LF_LABEL_1B] = i ? all[i - 1].label : -1;
    f[LF_LABEL_1A] = i + 1 < n ? all[i + 1].label : -1;
    f[LF_LABEL_2B] = i > 1 ? all[i - 2].label : -1;
    f[LF_LABEL_2A] = i + 2 < n ? all[i + 2].label : -1;
    f[LF_STOP_1B] = i ? (all[i - 1].flags & EXT_BF_STOP) != 0 : -1;
    f[LF_STOP_1A] = i + 1 < n ? (all[i + 1].flags & EXT_BF_STOP) != 0 : -1;
    for (k = 0; k < FAR && k < i && !good(&all[i - 1 - k]);)
        k++;
    f[LF_GAP_B] = k == i ? FAR + 1 : (int16_t)k;
    for (k = 0; k < FAR && i + 1 + k < n && !good(&all[i + 1 + k]);)
        k++;
    f[LF_GAP_A] = i + 1 + k == n ? FAR + 1 : (int16_t)k;
    f[LF_GOOD_B] = percent(at[i].good, at[n].good);
    f[LF_GOOD_A] = percent(at[n].good - at[i + 1].good, at[n].good);
    f[LF_PLACE] = percent(at[i].words, at[n].words);
}

/* The same line before or behind: 1 once more, 2 often. */
static ds_status count_repeats(ext_page *p, line_row *rows)
{
    uint32_t slots = 64;
    while (slots < 2 * p->blocks.len && slots < HASHES_MOST)
        slots *= 2;
    uint32_t *seen = ds_arena_calloc(p->arena, slots, sizeof *seen);
    if (!seen)
        return DS_NOMEM;
    for (size_t i = 0; i < p->blocks.len; i++)
        seen[ds_hash(ext_text(p, &p->blocks.at[i]), 0) & (slots - 1)]++;
    for (size_t i = 0; i < p->blocks.len; i++) {
        uint64_t h = ds_hash(ext_text(p, &p->blocks.at[i]), 0);
        rows[i].f[LF_REPEAT] = clip((int64_t)seen[h & (slots - 1)] - 1, 0, 2);
    }
    return DS_OK;
}

/* What the rules took for body and saw around it. */
static ds_status follow_rules(ext_page *p, const ext_drafts *drafts, line_row *rows)
{
    uint32_t n = (uint32_t)p->blocks.len;
    uint8_t *kept = ds_arena_calloc(p->arena, n + 1, sizeof *kept);
    if (!kept)
        return DS_NOMEM;
    for (size_t k = 0; k < drafts->len; k++)
        for (size_t j = 0; j < drafts->at[k].body.len; j++)
            kept[drafts->at[k].body.at[j]] = 1;
    for (uint32_t i = 0; i < n; i++) {
        uint32_t lo = i > NEAR ? i - NEAR : 0, hi = i + NEAR + 1 < n ? i + NEAR + 1 : n;
        int16_t *f = rows[i].f;
        int near = 0, hints = 0;
        for (uint32_t k = lo; k < hi; k++) {
            near += k != i && kept[k];
            hints += k != i ? rows[k].f[LF_HINTS] : 0;
        }
        f[LF_STATE] = p->states[i];
        f[LF_STATE_1B] = i ? p->states[i - 1] : -1;
        f[LF_NEAR_KEPT] = (int16_t)near;
        f[LF_HINTS_NEAR] = (int16_t)hints;
    }
    return DS_OK;
}

ds_status line_features(ext_page *p, const ext_drafts *drafts, line_row **out)
{
    uint32_t n = (uint32_t)p->blocks.len;
    line_row *rows = ds_arena_calloc(p->arena, n + 1, sizeof *rows);
    sums *at = ds_arena_calloc(p->arena, n + 1, sizeof *at);
    if (!rows || !at)
        return DS_NOMEM;
    for (uint32_t i = 0; i < n; i++) {
        const ext_block *b = &p->blocks.at[i];
        at[i + 1] = at[i];
        at[i + 1].words += b->words;
        at[i + 1].good += good(b) ? b->words : 0;
    }
    for (uint32_t i = 0; i < n; i++) {
        measure_line(p, &p->blocks.at[i], rows[i].f);
        read_line(p, &p->blocks.at[i], rows[i].f);
        look_around(p, i, at, rows[i].f);
    }
    DS_TRY(count_repeats(p, rows));
    DS_TRY(follow_rules(p, drafts, rows));
    *out = rows;
    return DS_OK;
}

/* ---- weights ----------------------------------------------------------------------------------------------- */

/* In tenths of a logit, for values from `lo` to `hi` of a feature. */
typedef struct weight {
    uint8_t f;
    int16_t lo, hi;
    int16_t tenths;
} weight;

#define MOST INT16_MAX
#define BIAS (-11)

// clang-format off
static const weight weights[] = {
    {LF_WORDS, -2, 0, -2}, {LF_WORDS, 1, 1, 1}, {LF_WORDS, 2, 4, -2}, {LF_WORDS, 10, 26, -2}, {LF_WORDS, 27, 46, 3},
    {LF_WORDS, 47, 68, 7}, {LF_WORDS, 69, 105, 5}, {LF_WORDS, 106, MOST, 1},
    {LF_LABEL, EXT_PROSE, EXT_PROSE, 1}, {LF_LABEL, EXT_SENTENCE, EXT_SENTENCE, -3},
    {LF_LABEL, EXT_BULLET, EXT_BULLET, 1}, {LF_LABEL, EXT_RULE, EXT_RULE, -6},
    {LF_LABEL, EXT_BYLINE, EXT_BYLINE, -7}, {LF_LABEL, EXT_DATELINE, EXT_DATELINE, -3},
    {LF_LABEL, EXT_NOTICE, EXT_NOTICE, -4}, {LF_LABEL, EXT_FURNITURE, EXT_FURNITURE, -2},
    {LF_LABEL, EXT_RELATED, EXT_RELATED, -3}, {LF_LABEL, EXT_COMMENTS, EXT_COMMENTS, -3},
    {LF_LABEL, EXT_CREDIT, EXT_CREDIT, -4}, {LF_LABEL, EXT_TAGS, EXT_TAGS, -9},
    {LF_LABEL, EXT_POINTS, EXT_POINTS, 3},
    {LF_CLASS, EXT_C_AD, EXT_C_AD, -7}, {LF_CLASS, EXT_C_AGO, EXT_C_AGO, -4},
    {LF_CLASS, EXT_C_COMMENTS, EXT_C_COMMENTS, -3}, {LF_CLASS, EXT_C_COOKIE, EXT_C_COOKIE, 1},
    {LF_CLASS, EXT_C_CREDIT, EXT_C_CREDIT, -4}, {LF_CLASS, EXT_C_END, EXT_C_END, 1},
    {LF_CLASS, EXT_C_FURNITURE, EXT_C_FURNITURE, -3}, {LF_CLASS, EXT_C_IMAGE, EXT_C_IMAGE, -9},
    {LF_CLASS, EXT_C_KEYPOINTS, EXT_C_KEYPOINTS, 3}, {LF_CLASS, EXT_C_LIVE, EXT_C_LIVE, -7},
    {LF_CLASS, EXT_C_MORE, EXT_C_MORE, -4}, {LF_CLASS, EXT_C_OPINION, EXT_C_OPINION, -6},
    {LF_CLASS, EXT_C_RELATED, EXT_C_RELATED, -3}, {LF_CLASS, EXT_C_RELEASE, EXT_C_RELEASE, -1},
    {LF_CLASS, EXT_C_SHARE, EXT_C_SHARE, -3}, {LF_CLASS, EXT_C_SUBSCRIBE, EXT_C_SUBSCRIBE, -6},
    {LF_CLASS, EXT_C_TAGS, EXT_C_TAGS, -9},
    {LF_STOP, -2, 0, -2}, {LF_STOP, 1, MOST, 6},
    {LF_COLON, 1, MOST, 10},
    {LF_CAPS, -2, 9, 5}, {LF_CAPS, 10, 22, 2}, {LF_CAPS, 50, 99, -2}, {LF_CAPS, 100, MOST, -1},
    {LF_COMMAS, 2, MOST, 2},
    {LF_QUOTES, 1, 1, 1}, {LF_QUOTES, 2, 2, 2}, {LF_QUOTES, 3, 3, -6}, {LF_QUOTES, 4, MOST, 6},
    {LF_BAR, 1, MOST, -7},
    {LF_ADDRESS, 1, MOST, -6},
    {LF_RIGHTS, 1, MOST, -8},
    {LF_CUT, 1, MOST, -16},
    {LF_QUESTION, 1, MOST, -5},
    {LF_REPEAT, 1, 1, -3}, {LF_REPEAT, 2, MOST, 1},
    {LF_V_AD, 1, MOST, -4},
    {LF_V_BIO, 1, MOST, -16},
    {LF_V_COOKIE, 1, MOST, -13},
    {LF_V_END, 1, MOST, -2},
    {LF_V_IMAGE, 1, MOST, -13},
    {LF_V_LEGAL, 1, MOST, -9},
    {LF_V_READER, 1, MOST, -2},
    {LF_V_SUBSCRIBE, 1, MOST, -4},
    {LF_V_COMMENTS, 1, MOST, -3},
    {LF_V_RELATED, 1, MOST, -2},
    {LF_LABEL_1B, -1, -1, -3}, {LF_LABEL_1B, EXT_SHORT, EXT_SHORT, -1},
    {LF_LABEL_1B, EXT_SENTENCE, EXT_SENTENCE, -5}, {LF_LABEL_1B, EXT_HEADLINE, EXT_HEADLINE, 1},
    {LF_LABEL_1B, EXT_BULLET, EXT_BULLET, 2}, {LF_LABEL_1B, EXT_RULE, EXT_RULE, 4},
    {LF_LABEL_1B, EXT_BYLINE, EXT_BYLINE, -2}, {LF_LABEL_1B, EXT_DATELINE, EXT_DATELINE, -1},
    {LF_LABEL_1B, EXT_SECTION, EXT_SECTION, -3}, {LF_LABEL_1B, EXT_FURNITURE, EXT_FURNITURE, -1},
    {LF_LABEL_1B, EXT_RELATED, EXT_RELATED, -7}, {LF_LABEL_1B, EXT_COMMENTS, EXT_COMMENTS, 2},
    {LF_LABEL_1B, EXT_CREDIT, EXT_CREDIT, 4}, {LF_LABEL_1B, EXT_POINTS, EXT_POINTS, 8},
    {LF_LABEL_1A, -1, -1, -5}, {LF_LABEL_1A, EXT_SHORT, EXT_SHORT, -1},
    {LF_LABEL_1A, EXT_SENTENCE, EXT_SENTENCE, -4}, {LF_LABEL_1A, EXT_BULLET, EXT_BULLET, 2},
    {LF_LABEL_1A, EXT_RULE, EXT_RULE, 10}, {LF_LABEL_1A, EXT_BYLINE, EXT_BYLINE, 1},
    {LF_LABEL_1A, EXT_DATELINE, EXT_DATELINE, -4}, {LF_LABEL_1A, EXT_SECTION, EXT_SECTION, -3},
    {LF_LABEL_1A, EXT_NOTICE, EXT_NOTICE, -1}, {LF_LABEL_1A, EXT_FURNITURE, EXT_FURNITURE, -3},
    {LF_LABEL_1A, EXT_CREDIT, EXT_CREDIT, 7}, {LF_LABEL_1A, EXT_TAGS, EXT_TAGS, 1},
    {LF_LABEL_1A, EXT_POINTS, EXT_POINTS, 4},
    {LF_LABEL_2B, -1, -1, -3}, {LF_LABEL_2B, EXT_SENTENCE, EXT_SENTENCE, 2},
    {LF_LABEL_2B, EXT_HEADLINE, EXT_HEADLINE, 1}, {LF_LABEL_2B, EXT_BULLET, EXT_BULLET, 2},
    {LF_LABEL_2B, EXT_BYLINE, EXT_BYLINE, 2}, {LF_LABEL_2B, EXT_DATELINE, EXT_DATELINE, -1},
    {LF_LABEL_2B, EXT_SECTION, EXT_SECTION, -4}, {LF_LABEL_2B, EXT_NOTICE, EXT_NOTICE, -4},
    {LF_LABEL_2B, EXT_FURNITURE, EXT_FURNITURE, -4}, {LF_LABEL_2B, EXT_RELATED, EXT_RELATED, -7},
    {LF_LABEL_2B, EXT_COMMENTS, EXT_COMMENTS, 1}, {LF_LABEL_2B, EXT_CREDIT, EXT_CREDIT, 5},
    {LF_LABEL_2B, EXT_TAGS, EXT_TAGS, -1}, {LF_LABEL_2B, EXT_POINTS, EXT_POINTS, 8},
    {LF_LABEL_2A, -1, -1, -4}, {LF_LABEL_2A, EXT_PROSE, EXT_PROSE, 1}, {LF_LABEL_2A, EXT_SENTENCE, EXT_SENTENCE, 2},
    {LF_LABEL_2A, EXT_BULLET, EXT_BULLET, 2}, {LF_LABEL_2A, EXT_RULE, EXT_RULE, 2},
    {LF_LABEL_2A, EXT_BYLINE, EXT_BYLINE, -4}, {LF_LABEL_2A, EXT_DATELINE, EXT_DATELINE, -1},
    {LF_LABEL_2A, EXT_SECTION, EXT_SECTION, -3}, {LF_LABEL_2A, EXT_FURNITURE, EXT_FURNITURE, -3},
    {LF_LABEL_2A, EXT_COMMENTS, EXT_COMMENTS, -3}, {LF_LABEL_2A, EXT_POINTS, EXT_POINTS, 6},
    {LF_STOP_1B, -2, 0, -1}, {LF_STOP_1B, 1, MOST, 2},
    {LF_STOP_1A, -2, 0, -1}, {LF_STOP_1A, 1, MOST, 3},
    {LF_GAP_B, -2, 0, 3}, {LF_GAP_B, 1, 4, 1}, {LF_GAP_B, 11, 19, -1}, {LF_GAP_B, 20, 20, -2},
    {LF_GAP_A, -2, 0, 2}, {LF_GAP_A, 1, 10, 1}, {LF_GAP_A, 20, MOST, -2},
    {LF_GOOD_B, 14, 38, 2}, {LF_GOOD_B, 39, 61, 1}, {LF_GOOD_B, 84, 94, -1}, {LF_GOOD_B, 95, MOST, -3},
    {LF_GOOD_A, -2, 2, -1}, {LF_GOOD_A, 3, 13, -2}, {LF_GOOD_A, 14, 35, 2}, {LF_GOOD_A, 36, 58, 1},
    {LF_GOOD_A, 59, 97, 4}, {LF_GOOD_A, 100, MOST, -3},
    {LF_PLACE, -2, 1, -1}, {LF_PLACE, 7, 14, 1}, {LF_PLACE, 15, 41, 2}, {LF_PLACE, 42, 58, 1},
    {LF_PLACE, 74, 86, -2}, {LF_PLACE, 87, 94, -4}, {LF_PLACE, 95, 96, -5}, {LF_PLACE, 97, 98, -4},
    {LF_PLACE, 99, MOST, -1},
    {LF_STATE, EXT_HEAD, EXT_HEAD, -3}, {LF_STATE, EXT_TEXT, EXT_TEXT, 3}, {LF_STATE, EXT_RAIL, EXT_RAIL, -4},
    {LF_STATE, EXT_AFTER, EXT_AFTER, -2}, {LF_STATE, EXT_READERS, EXT_READERS, -6},
    {LF_STATE_1B, -1, -1, -3}, {LF_STATE_1B, EXT_HEAD, EXT_HEAD, -1}, {LF_STATE_1B, EXT_TEXT, EXT_TEXT, 2},
    {LF_STATE_1B, EXT_RAIL, EXT_RAIL, -4}, {LF_STATE_1B, EXT_AFTER, EXT_AFTER, -5},
    {LF_STATE_1B, EXT_READERS, EXT_READERS, -6},
    {LF_NEAR_KEPT, -2, 1, -2}, {LF_NEAR_KEPT, 2, 4, 4}, {LF_NEAR_KEPT, 5, 6, 5}, {LF_NEAR_KEPT, 7, 7, 6},
    {LF_NEAR_KEPT, 8, MOST, 3},
    {LF_V_WE, 1, MOST, -5},
    {LF_HINTS, 1, 1, -2}, {LF_HINTS, 2, MOST, -4},
    {LF_HINTS_NEAR, 4, 6, -2}, {LF_HINTS_NEAR, 7, MOST, -11},
};
// clang-format on

/* The logistic function at 0.0, 0.1, ... 6.0 in units of P_ONE. */
static const uint16_t curve[] = {
    512,  538,  563,  588,  613,  637,  661,  684,  707,  728,  749,  768,  787,  805,  821,  837,
    852,  866,  879,  891,  902,  912,  922,  931,  939,  946,  953,  960,  965,  971,  975,  980,
    984,  988,  991,  994,  997,  999,  1002, 1004, 1006, 1007, 1009, 1010, 1012, 1013, 1014, 1015,
    1016, 1016, 1017, 1018, 1018, 1019, 1019, 1020, 1020, 1021, 1021, 1021, 1021,
};

static uint16_t probability(const line_row *row)
{
    int z = BIAS, most = (int)(sizeof curve / sizeof *curve) - 1;
    for (size_t i = 0; i < sizeof weights / sizeof *weights; i++) {
        int16_t v = row->f[weights[i].f];
        z += v >= weights[i].lo && v <= weights[i].hi ? weights[i].tenths : 0;
    }
    int size = z < 0 ? -z : z;
    uint16_t p = curve[size < most ? size : most];
    return z < 0 ? (uint16_t)(P_ONE - p) : p;
}

/* ---- the page ---------------------------------------------------------------------------------------------- */

/* The threshold that promises the best F1 of lines [beg, end): 2 S(t) / (W(t) + S(0)), S the sum of p * words over the
 * lines at or above t, W that of their words. */
static uint16_t threshold(const ext_page *p, const uint16_t *prob, uint32_t beg, uint32_t end)
{
    uint64_t hit[STEPS + 1] = {0}, taken[STEPS + 1] = {0}, all = 0, h = 0, w = 0;
    for (uint32_t i = beg; i < end; i++) {
        uint32_t at = prob[i] * STEPS / P_ONE, words = p->blocks.at[i].words;
        hit[at] += (uint64_t)prob[i] * words;
        taken[at] += (uint64_t)P_ONE * words;
        all += (uint64_t)prob[i] * words;
    }
    double best = -1;
    uint32_t best_at = STEPS / 2;
    for (uint32_t at = STEPS + 1; at-- > LOWEST;) {
        h += hit[at];
        w += taken[at];
        double f1 = w + all ? 2.0 * (double)h / (double)(w + all) : 0;
        if (at <= HIGHEST && f1 > best) {
            best = f1;
            best_at = at;
        }
    }
    return (uint16_t)(best_at * P_ONE / STEPS);
}

/* What is never body, whatever stands around it. */
static bool apart(const ext_page *p, const ext_draft *d, uint32_t i)
{
    const ext_block *b = &p->blocks.at[i];
    switch (b->label) {
    case EXT_RULE:
    case EXT_BYLINE:
    case EXT_RELATED:
    case EXT_COMMENTS:
    case EXT_CREDIT:
    case EXT_TAGS:
    case EXT_POINTS:
    case EXT_SECTION:
    case EXT_NOTICE:
    case EXT_FURNITURE:
        return true;
    default:
        break;
    }
    if (p->states[i] == EXT_READERS || (p->states[i] == EXT_RAIL && b->flags & EXT_BF_GLUED))
        return true;
    return d->title_block >= 0 &&
           ext_same_fold(ext_text(p, b), ext_text(p, &p->blocks.at[d->title_block]));
}

static bool among(const ext_ids *ids, uint32_t i)
{
    for (size_t k = 0; k < ids->len; k++)
        if (ids->at[k] == i)
            return true;
    return false;
}

/* What is said of line i on the way. */
enum { BY_RULES = 1, TAKEN = 2 };

typedef struct choice {
    ext_page *p;
    const line_row *rows;
    uint16_t *prob;
    uint8_t *marks;
} choice;

static void drop_taken(ext_ids *from, const uint8_t *marks)
{
    size_t n = 0;
    for (size_t k = 0; k < from->len; k++)
        if (!(marks[from->at[k]] & TAKEN))
            from->at[n++] = from->at[k];
    from->len = n;
}

static uint32_t words_in(const ext_page *p, const ext_ids *ids)
{
    uint32_t n = 0;
    for (size_t k = 0; k < ids->len; k++)
        n += p->blocks.at[ids->at[k]].words;
    return n;
}

/* A heading with no text below it ends nothing. */
static void trim_headings(const ext_page *p, ext_ids *body)
{
    while (body->len > 1 && p->blocks.at[body->at[body->len - 1]].kind == DS_BLOCK_HEADING)
        body->len--;
}

/* Whole sentences that the rules took and whose words hint at nothing. */
static bool bridges(const choice *c, uint32_t i)
{
    const ext_block *b = &c->p->blocks.at[i];
    if (!(c->marks[i] & BY_RULES) || c->rows[i].f[LF_HINTS])
        return false;
    bool said = b->label == EXT_PROSE || b->label == EXT_SENTENCE || b->label == EXT_BULLET;
    return (said && b->flags & EXT_BF_STOP) || ds_str_ends(ext_text(c->p, b), DS_STR("\""));
}

/* Takes lines [beg, end) if every one of them bridges. */
static void take_run(const choice *c, const ext_draft *d, uint32_t beg, uint32_t end)
{
    uint32_t n = 0;
    for (uint32_t k = beg; k < end; k++)
        n += bridges(c, k) && !apart(c->p, d, k);
    for (uint32_t k = beg; k < end && n == end - beg; k++)
        c->marks[k] |= TAKEN;
}

/* "3. Detroit (10-4)", "June 9 - Coral Park": a line of a list that lost its bullets. */
static bool enumerates(const choice *c, uint32_t i)
{
    const ext_block *b = &c->p->blocks.at[i];
    ds_str s = ext_text(c->p, b);
    size_t at = 0;
    ext_date date;
    if (b->words < 2 || b->words > LISTED_WORDS || c->rows[i].f[LF_HINTS])
        return false;
    if (ext_is_digit((unsigned char)*s.at))
        return true;
    return ext_date_next(s, &at, &date) && date.at.beg == 0 && date.month;
}

static bool heads_list(const choice *c, const ext_draft *d, uint32_t i)
{
    uint8_t label = c->p->blocks.at[i].label;
    return i + 1 < d->end && (label == EXT_HEADLINE || label == EXT_SHORT) && enumerates(c, i + 1);
}

/* Takes the list that begins at `beg`, with its heading; returns where it ends. */
static uint32_t take_list(const choice *c, const ext_draft *d, uint32_t beg)
{
    uint32_t n = 0, end = beg + heads_list(c, d, beg), from = end;
    for (; end < d->end && (c->marks[end] & TAKEN || enumerates(c, end)); end++)
        n += enumerates(c, end);
    if (n < LISTED_LINES)
        return beg;
    for (uint32_t k = beg; k < end; k++) {
        if (c->marks[k] & TAKEN || c->p->states[k] == EXT_READERS)
            continue;
        c->marks[k] |= TAKEN;
        if (k >= from)
            c->p->blocks.at[k].kind = DS_BLOCK_LIST_ITEM;
    }
    return end;
}

/* Lists right below a line of the text. */
static void take_lists(const choice *c, const ext_draft *d)
{
    for (uint32_t i = d->beg; i + 1 < d->end; i++)
        if (c->marks[i] & TAKEN && !(c->marks[i + 1] & TAKEN)) {
            uint32_t end = take_list(c, d, i + 1);
            i = end > i + 1 ? end - 1 : i;
        }
}

/* A few plain sentences in the midst of the text are text, however short, and so are those between it and the page's
 * beginning or end: nothing that counts may be lost there. */
static void fill_gaps(const choice *c, const ext_draft *d)
{
    uint32_t last = d->beg, gap = 0;
    for (uint32_t i = d->beg; i < d->end; i++, gap++) {
        if (!(c->marks[i] & TAKEN))
            continue;
        if (gap <= GAP_LINES)
            take_run(c, d, last, i);
        last = i + 1;
        gap = UINT32_MAX; /* 0 for the next line */
    }
    if (gap <= GAP_LINES)
        take_run(c, d, last, d->end);
}

static ds_status collect(const choice *c, const ext_draft *d, ext_ids *body)
{
    ds_map *seen = ds_map_new(c->p->arena, 0);
    if (!seen)
        return DS_NOMEM;
    for (uint32_t i = d->beg; i < d->end; i++) {
        ext_block *b = &c->p->blocks.at[i];
        ds_str s = ext_text(c->p, b);
        uint64_t twice;
        if (!(c->marks[i] & TAKEN))
            continue;
        if (s.len > REPEAT_BYTES) {
            if (ds_map_get(seen, s, &twice) == DS_OK)
                continue;
            DS_TRY(ds_map_put(seen, s, 1));
        }
        if (b->kind == DS_BLOCK_PARAGRAPH && (b->label == EXT_HEADLINE || b->label == EXT_SHORT))
            b->kind = DS_BLOCK_HEADING;
        DS_TRY(DS_PUSH(c->p->arena, body, i));
    }
    trim_headings(c->p, body);
    return DS_OK;
}

static ds_status choose(const choice *c, ext_draft *d)
{
    ext_ids body = {0};
    uint16_t t = threshold(c->p, c->prob, d->beg, d->end);
    for (size_t k = 0; k < d->body.len; k++)
        c->marks[d->body.at[k]] |= BY_RULES;
    for (uint32_t i = d->beg; i < d->end; i++)
        if (c->prob[i] >= t && !apart(c->p, d, i) && !among(&d->points, i))
            c->marks[i] |= TAKEN;
    take_lists(c, d);
    fill_gaps(c, d);
    DS_TRY(collect(c, d, &body));
    if (words_in(c->p, &body) < LEAST_WORDS)
        return DS_OK;
    d->body = body;
    d->body_beg = body.at[0];
    d->body_end = body.at[body.len - 1] + 1;
    drop_taken(&d->related, c->marks);
    return DS_OK;
}

ds_status ext_choose_lines(ext_page *p, ext_drafts *drafts)
{
    uint32_t n = (uint32_t)p->blocks.len;
    line_row *rows;
    choice c = {.p = p,
                .prob = ds_arena_calloc(p->arena, n + 1, sizeof *c.prob),
                .marks = ds_arena_calloc(p->arena, n + 1, sizeof *c.marks)};
    if (!c.prob || !c.marks)
        return DS_NOMEM;
    DS_TRY(line_features(p, drafts, &rows));
    c.rows = rows;
    for (uint32_t i = 0; i < n; i++)
        c.prob[i] = probability(&rows[i]);
    for (size_t k = 0; k < drafts->len; k++) {
        DS_TRY(choose(&c, &drafts->at[k]));
        DS_TRY(ext_headline(p, &drafts->at[k]));
        DS_TRY(ext_bylines(p, &drafts->at[k]));
    }
    return DS_OK;
}
