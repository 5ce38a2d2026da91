/* SPDX-License-Identifier: Apache-2.0 */
#include "extract/lines.h"

#define GOOD_WORDS 12          /* prose this long, of whole sentences, is probably text */
#define NEAR 4                 /* lines on each side that count as near */
#define FAR 20                 /* lines on each side in which good text is looked for */
#define KEYS 8                 /* a long line is looked up in so many keys */
#define LEAST_WORDS 30         /* fewer words are no text: what the rules took stays */
#define REPEAT_BYTES 40        /* longer lines are text once */
#define QUESTION_WORDS 16      /* of a question that is a title */
#define GAP_LINES 3            /* between two lines of the text that plain sentences may fill */
#define LISTED_LINES 4         /* lines that make a list ... */
#define LISTED_WORDS 24        /* ... and the most words of one */
#define HASHES_MOST (1u << 20) /* slots for lines seen before */

static const char *const names[LF_COUNT] = {
#define X(id, name) name,
    LINE_FEATURES(X)
#undef X
};

const ext_features line_features = {"lines", names, LF_COUNT};

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

/* What the rules set apart, whatever stands around it. */
static bool behind_gate(const ext_page *p, uint32_t i)
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
        return false;
    default:
        break;
    }
    return p->states[i] != EXT_READERS && !(p->states[i] == EXT_RAIL && b->flags & EXT_BF_GLUED);
}

ds_status line_rows(ext_page *p, const ext_drafts *drafts, line_row **out)
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
        rows[i].gate = behind_gate(p, i);
    }
    DS_TRY(count_repeats(p, rows));
    DS_TRY(follow_rules(p, drafts, rows));
    *out = rows;
    return DS_OK;
}

/* ---- the page ---------------------------------------------------------------------------------------------- */

/* What is said of line i on the way. */
enum { BY_RULES = 1, TAKEN = 2 };

typedef struct choice {
    ext_page *p;
    const line_row *rows;
    uint16_t *prob;
    uint32_t *words;
    uint8_t *marks;
} choice;

/* The title again is no body either. */
static bool apart(const choice *c, const ext_draft *d, uint32_t i)
{
    const ext_page *p = c->p;
    return !c->rows[i].gate ||
           (d->title_block >= 0 && ext_same_fold(ext_text(p, &p->blocks.at[i]),
                                                 ext_text(p, &p->blocks.at[d->title_block])));
}

static bool among(const ext_ids *ids, uint32_t i)
{
    for (size_t k = 0; k < ids->len; k++)
        if (ids->at[k] == i)
            return true;
    return false;
}

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

/* Above the first paragraph a heading, or a short question where nothing else is the title, is no text. */
static bool heads(const ext_page *p, const ext_draft *d, uint32_t i)
{
    const ext_block *b = &p->blocks.at[i];
    return b->kind == DS_BLOCK_HEADING || (d->title_block < 0 && b->words <= QUESTION_WORDS &&
                                           ds_str_ends(ext_text(p, b), DS_STR("?")));
}

/* A heading with no text below it ends nothing. */
static void trim_headings(const ext_page *p, const ext_draft *d, ext_ids *body)
{
    size_t n = 0;
    while (n + 1 < body->len && heads(p, d, body->at[n]))
        n++;
    if (n) {
        memmove(body->at, body->at + n, (body->len - n) * sizeof *body->at);
        body->len -= n;
    }
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
        n += bridges(c, k) && !apart(c, d, k);
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
    trim_headings(c->p, d, body);
    return DS_OK;
}

static ds_status choose(const choice *c, ext_draft *d)
{
    ext_ids body = {0};
    uint16_t t = ext_threshold(c->prob + d->beg, c->words + d->beg, d->end - d->beg);
    for (size_t k = 0; k < d->body.len; k++)
        c->marks[d->body.at[k]] |= BY_RULES;
    for (uint32_t i = d->beg; i < d->end; i++)
        if (c->prob[i] >= t && !apart(c, d, i) && !among(&d->points, i))
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
                .words = ds_arena_calloc(p->arena, n + 1, sizeof *c.words),
                .marks = ds_arena_calloc(p->arena, n + 1, sizeof *c.marks)};
    if (!c.prob || !c.words || !c.marks)
        return DS_NOMEM;
    DS_TRY(line_rows(p, drafts, &rows));
    c.rows = rows;
    for (uint32_t i = 0; i < n; i++) {
        c.prob[i] = rows[i].gate ? ext_model_p(p->lines, rows[i].f) : 0;
        c.words[i] = p->blocks.at[i].words;
    }
    for (size_t k = 0; k < drafts->len; k++) {
        DS_TRY(choose(&c, &drafts->at[k]));
        DS_TRY(ext_headline(p, &drafts->at[k]));
        DS_TRY(ext_bylines(p, &drafts->at[k]));
    }
    return DS_OK;
}
