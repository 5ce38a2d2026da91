/* SPDX-License-Identifier: Apache-2.0 */
#include "extract/internal.h"

/* Plain text carries no marks of where an article begins and ends. One pass over the labelled blocks keeps a state:
 * head (before any prose), body, rail (related items), after (behind an end notice), readers (comments). */

#define HEAD_SKIP 6      /* lines of byline, date and furniture between a headline and its text */
#define ARTICLE_PROSE 2  /* blocks of prose that make an article of a headline ... */
#define ARTICLE_WORDS 80 /* ... or words in them */
#define RAIL_PROSE 3     /* the same inside a rail, where blurbs are prose too */
#define RAIL_WORDS 150
#define RESUME_WORDS 25 /* two blocks this long in a row end a rail inside the body */
#define NOTICE_AFTER_WORDS                                                                         \
    80 /* an end notice before so much text stands at the top, not at the end */
#define SCRAP_WORDS                                                                                \
    25 /* a group of body blocks smaller than this, cut off from the rest, is a teaser */
#define SCRAP_GAP 2   /* blocks between two groups that cut one off */
#define CLUSTER_GAP 4 /* blocks without prose that still lie inside one stretch of text */
#define STRAY_WORDS                                                                                \
    60 /* a stretch with fewer words, before a longer one, is not where the text begins */
#define STRAY_SHARE 4       /* ... if the longest stretch has so many times its words */
#define LONG_TITLE_WORDS 7  /* a headline this long in title case is no sub-heading by itself */
#define PROSE_COLON_WORDS 3 /* a line that ends in a colon and opens a list */

typedef struct scan {
    ext_page *p;
    ext_drafts *out;
    ext_draft d;
    ext_state at;
    uint32_t body_words;
    const uint32_t *stretch; /* per block of prose: words of the stretch of text that it lies in */
    uint32_t longest;        /* words of the longest stretch */
} scan;

static const ext_block *block(const ext_page *p, size_t i)
{
    return &p->blocks.at[i];
}

static bool is(const ext_page *p, size_t i, ext_label label)
{
    return i < p->blocks.len && block(p, i)->label == label;
}

static bool same_line(const ext_page *p, uint32_t a, uint32_t b)
{
    return ext_same_fold(ext_text(p, block(p, a)), ext_text(p, block(p, b)));
}

/* Prose from block i on, up to the next headline or heading of a rail; sub-headings are not looked through. */
static uint32_t prose_from(const ext_page *p, size_t i, uint32_t *words)
{
    uint32_t n = 0, skipped = 0;
    *words = 0;
    for (; i < p->blocks.len; i++) {
        const ext_block *b = block(p, i);
        if (b->label == EXT_PROSE || b->label == EXT_SENTENCE) {
            n += b->label == EXT_PROSE;
            *words += b->words;
        } else if (b->label != EXT_BULLET && (b->label != EXT_FURNITURE || ++skipped > 2)) {
            break;
        }
    }
    return n;
}

/* Words of the stretches of text: prose with at most CLUSTER_GAP other blocks between. */
static ds_status measure_stretches(scan *s)
{
    size_t n = s->p->blocks.len, last = 0;
    uint32_t *words = ds_arena_calloc(s->p->arena, n + 1, sizeof *words), sum = 0;
    if (!words)
        return DS_NOMEM;
    for (size_t i = 0; i < n; i++) { /* forwards: running sums */
        if (!is(s->p, i, EXT_PROSE))
            continue;
        sum = sum && i - last <= CLUSTER_GAP ? sum + block(s->p, i)->words : block(s->p, i)->words;
        words[i] = sum;
        last = i;
        s->longest = sum > s->longest ? sum : s->longest;
    }
    for (size_t i = n, next = n;
         i-- > 0;) { /* backwards: the whole sum for every block of the stretch */
        if (!words[i])
            continue;
        if (next < n && next - i <= CLUSTER_GAP)
            words[i] = words[next];
        next = i;
    }
    s->stretch = words;
    return DS_OK;
}

/* A notice or blurb before the text proper. */
static bool stray(const scan *s, uint32_t i)
{
    return s->stretch[i] < STRAY_WORDS && s->stretch[i] * (uint64_t)STRAY_SHARE < s->longest;
}

/* Text with a date below is a post or a date line as well as a headline: "... pic.example/x1 / 5 May 2031". */
static bool stamped_text(const ext_page *p, uint32_t i)
{
    static const ds_str marks[] = {DS_STR_INIT("://"), DS_STR_INIT(".com/"), DS_STR_INIT("@"),
                                   DS_STR_INIT("#")};
    ds_str s = ext_text(p, block(p, i));
    for (size_t k = 0; k < sizeof marks / sizeof *marks; k++)
        if (ds_str_find(s, marks[k], 0) >= 0)
            return true;
    return block(p, i)->flags & EXT_BF_DATE;
}

/* First block after headline i that is neither byline, date nor furniture. */
static size_t below_headline(const ext_page *p, uint32_t i, bool *signed_)
{
    size_t j = i + 1;
    *signed_ = false;
    for (; j < p->blocks.len && j <= i + HEAD_SKIP; j++) {
        uint8_t l = block(p, j)->label;
        bool again = l == EXT_HEADLINE && same_line(p, i, (uint32_t)j);
        if (l != EXT_BYLINE && l != EXT_DATELINE && l != EXT_FURNITURE && l != EXT_CREDIT &&
            l != EXT_SECTION && !again)
            break;
        *signed_ |= l == EXT_BYLINE || (l == EXT_DATELINE && !stamped_text(p, i));
    }
    return j;
}

/* Does headline i open an article of its own? */
static bool opens_article(const scan *s, uint32_t i)
{
    const ext_block *b = block(s->p, i);
    bool byline = false;
    uint32_t words = 0, need = s->at == EXT_RAIL ? RAIL_PROSE : ARTICLE_PROSE;
    size_t j = below_headline(s->p, i, &byline);
    if (!is(s->p, j, EXT_PROSE) || (s->at == EXT_RAIL && block(s->p, j)->flags & EXT_BF_GLUED))
        return false;
    uint32_t n = prose_from(s->p, j, &words);
    if (words < (s->at == EXT_RAIL ? RAIL_WORDS : ARTICLE_WORDS) || (n < need && s->at != EXT_TEXT))
        return false;
    bool section = i > 0 && is(s->p, i - 1, EXT_SECTION);
    bool cut = section || (i > 0 && is(s->p, i - 1, EXT_RULE));
    bool titled = ext_title_case(b) || b->words >= LONG_TITLE_WORDS;
    if (s->at == EXT_READERS)
        return cut && byline;
    if (s->at == EXT_TEXT || s->at == EXT_RAIL)
        return titled && (byline || section);
    return titled;
}

/* ---- body -------------------------------------------------------------------------------------------------- */

/* Is block i a sub-heading: a short headline with text right below it? */
static bool sub_heading(const ext_page *p, const ext_draft *d, uint32_t i)
{
    size_t j = i + 1;
    while (j < d->body_end && block(p, j)->label == EXT_FURNITURE)
        j++;
    return j < d->body_end && (is(p, j, EXT_PROSE) || is(p, j, EXT_BULLET)) &&
           !(d->title_block >= 0 && same_line(p, i, (uint32_t)d->title_block));
}

/* A list without bullets below a line that ends in a colon. */
static bool listed_below(const ext_page *p, const ext_draft *d, uint32_t i)
{
    uint32_t k = i;
    while (k > d->body_beg &&
           (is(p, k, EXT_SHORT) || is(p, k, EXT_HEADLINE) || is(p, k, EXT_SENTENCE)) && i - k < 12)
        k--;
    return k < i && block(p, k)->flags & EXT_BF_COLON && block(p, k)->words >= PROSE_COLON_WORDS;
}

static bool in_body(const ext_page *p, const ext_draft *d, uint32_t i, bool after_body)
{
    const ext_block *b = block(p, i);
    switch (b->label) {
    case EXT_PROSE:
    case EXT_BULLET:
        return true;
    case EXT_SENTENCE:
        return after_body || is(p, i + 1, EXT_PROSE);
    case EXT_HEADLINE:
        return b->flags & EXT_BF_COLON || sub_heading(p, d, i) || listed_below(p, d, i);
    case EXT_SHORT:
        return listed_below(p, d, i) ||
               (b->words >= 2 && ext_title_case(b) == false && sub_heading(p, d, i));
    default:
        return false;
    }
}

static ds_status collect_body(ext_page *p, ext_draft *d)
{
    bool after_body = false;
    for (uint32_t i = d->body_beg; i < d->body_end; i++) {
        after_body = in_body(p, d, i, after_body);
        if (!after_body)
            continue;
        ext_block *b = &p->blocks.at[i];
        if (b->label == EXT_HEADLINE || b->label == EXT_SHORT)
            b->kind = listed_below(p, d, i) ? DS_BLOCK_LIST_ITEM : DS_BLOCK_HEADING;
        DS_TRY(DS_PUSH(p->arena, &d->body, i));
    }
    return DS_OK;
}

static uint32_t words_of(const ext_page *p, const ext_ids *ids, size_t beg, size_t end)
{
    uint32_t n = 0;
    for (size_t i = beg; i < end; i++)
        n += block(p, ids->at[i])->words;
    return n;
}

/* Cuts scraps off the end: a few words behind a gap of other lines are teasers. */
static void trim_scraps(const ext_page *p, ext_draft *d)
{
    size_t end = d->body.len;
    while (end > 1) {
        size_t k = end - 1;
        while (k > 0 && d->body.at[k] - d->body.at[k - 1] <= SCRAP_GAP)
            k--;
        if (k == 0 || words_of(p, &d->body, k, end) >= SCRAP_WORDS)
            break;
        end = k;
    }
    while (end > 1 && block(p, d->body.at[end - 1])->kind == DS_BLOCK_HEADING)
        end--;
    d->body.len = end;
}

/* Bullets of the head are the key points; where nothing follows them they are the text. */
static ds_status collect_points(ext_page *p, ext_draft *d)
{
    uint32_t first = d->body_beg, n = 0;
    for (uint32_t i = d->body_beg; i-- > d->beg && d->body_beg - i < 64;)
        if (block(p, i)->kind == DS_BLOCK_LIST_ITEM && block(p, i)->label == EXT_BULLET) {
            first = i;
            n++;
        }
    for (uint32_t i = first; n >= 2 && i < d->body_beg; i++)
        if (block(p, i)->label == EXT_BULLET)
            DS_TRY(DS_PUSH(p->arena, &d->points, i));
    return DS_OK;
}

static ds_status close_draft(scan *s, uint32_t end)
{
    ext_draft *d = &s->d;
    d->end = end;
    if (s->at == EXT_HEAD) /* no text of its own */
        return DS_OK;
    if (s->at == EXT_TEXT)
        d->body_end = end;
    ext_pick_title(s->p, d);
    DS_TRY(collect_points(s->p, d));
    DS_TRY(collect_body(s->p, d));
    trim_scraps(s->p, d);
    if (d->body.len)
        d->body_end = d->body.at[d->body.len - 1] + 1;
    return d->body.len ? DS_PUSH(s->p->arena, s->out, *d) : DS_OK;
}

static ds_status open_draft(scan *s, uint32_t i)
{
    if (s->at == EXT_TEXT && s->body_words < STRAY_WORDS && i - s->d.body_beg <= CLUSTER_GAP * 2) {
        s->at =
            EXT_HEAD; /* a standfirst or a caption: the article goes on below its real headline */
        s->body_words = 0;
        return DS_OK;
    }
    uint32_t head = i;
    while (head > s->d.body_beg + 1 && head + 2 > i && is(s->p, head - 1, EXT_SECTION))
        head--;
    DS_TRY(close_draft(s, head));
    s->d = (ext_draft){
        .beg = head, .title_block = -1, .art.published = DS_DAY_NONE, .art.modified = DS_DAY_NONE};
    s->at = EXT_HEAD;
    s->body_words = 0;
    return DS_OK;
}

/* ---- steps ---------------------------------------------------------------------------------------------------- */

static void leave_body(scan *s, uint32_t i, ext_state next)
{
    if (s->at == EXT_TEXT)
        s->d.body_end = i;
    s->at = next;
}

/* Do two long blocks in a row say that the rail is over and the text goes on? */
static bool resumes(const ext_page *p, uint32_t i)
{
    const ext_block *b = block(p, i), *c = i + 1 < p->blocks.len ? block(p, i + 1) : NULL;
    if (!c || b->label != EXT_PROSE || c->label != EXT_PROSE ||
        (b->flags | c->flags) & EXT_BF_GLUED)
        return false;
    if (is(p, i - 1, EXT_HEADLINE) && !is(p, i + 2, EXT_PROSE)) /* a title with its blurb */
        return false;
    return b->words >= RESUME_WORDS && c->words >= RESUME_WORDS;
}

static ds_status in_head(scan *s, uint32_t i)
{
    const ext_block *b = block(s->p, i);
    bool bullets_only = b->label == EXT_BULLET;
    for (size_t j = i; bullets_only && j < s->p->blocks.len; j++)
        bullets_only = !is(s->p, j, EXT_PROSE);
    if (b->label == EXT_PROSE && stray(s, i))
        return DS_OK;
    if (b->label == EXT_PROSE || (b->label == EXT_SENTENCE && i + 1 == s->p->blocks.len) ||
        bullets_only) {
        s->at = EXT_TEXT;
        s->d.body_beg = i;
        s->body_words = b->words;
    }
    return DS_OK;
}

static ds_status in_text(scan *s, uint32_t i)
{
    const ext_block *b = block(s->p, i);
    uint32_t n = (uint32_t)s->p->blocks.len;
    if (b->label == EXT_HEADLINE && opens_article(s, i))
        return open_draft(s, i);
    if (b->label == EXT_RELATED) {
        leave_body(s, i, EXT_RAIL);
    } else if (b->label == EXT_COMMENTS &&
               (s->body_words >= NOTICE_AFTER_WORDS || ext_reader_voice(s->p, i + 1, n))) {
        leave_body(s, i, EXT_READERS);
    } else if (b->label == EXT_NOTICE && b->cls == EXT_C_END &&
               s->body_words >= NOTICE_AFTER_WORDS) {
        leave_body(s, i, ext_reader_voice(s->p, i + 1, n) ? EXT_READERS : EXT_AFTER);
    } else {
        s->body_words += b->label == EXT_PROSE ? b->words : 0;
    }
    return DS_OK;
}

static ds_status in_rail(scan *s, uint32_t i)
{
    const ext_block *b = block(s->p, i);
    if (b->label == EXT_HEADLINE && opens_article(s, i))
        return open_draft(s, i);
    if (b->label == EXT_COMMENTS)
        s->at = EXT_READERS;
    else if (resumes(s->p, i))
        s->at = EXT_TEXT;
    else
        return DS_PUSH(s->p->arena, &s->d.related, i);
    return DS_OK;
}

static ds_status in_after(scan *s, uint32_t i)
{
    const ext_block *b = block(s->p, i);
    uint32_t words = 0;
    if (b->label == EXT_HEADLINE && opens_article(s, i))
        return open_draft(s, i);
    if (b->label == EXT_RELATED)
        s->at = EXT_RAIL;
    else if (b->label == EXT_COMMENTS)
        s->at = EXT_READERS;
    else if (prose_from(s->p, i, &words) > 1 && words > s->body_words)
        s->at = EXT_TEXT;
    return DS_OK;
}

static ds_status in_readers(scan *s, uint32_t i)
{
    const ext_block *b = block(s->p, i);
    if (b->label == EXT_HEADLINE && opens_article(s, i))
        return open_draft(s, i);
    if (b->label == EXT_RELATED) {
        s->at = EXT_RAIL;
        return DS_OK;
    }
    return DS_PUSH(s->p->arena, &s->d.comments, i);
}

ds_status ext_segment(ext_page *p, ext_drafts *out)
{
    scan s = {.p = p, .out = out};
    s.d = (ext_draft){.title_block = -1, .art.published = DS_DAY_NONE, .art.modified = DS_DAY_NONE};
    static ds_status (*const step[])(scan *, uint32_t) = {in_head, in_text, in_rail, in_after,
                                                          in_readers};
    DS_TRY(measure_stretches(&s));
    p->states = ds_arena_calloc(p->arena, p->blocks.len + 1, sizeof *p->states);
    if (!p->states)
        return DS_NOMEM;
    for (uint32_t i = 0; i < p->blocks.len; i++) {
        DS_TRY(step[s.at](&s, i));
        p->states[i] = (uint8_t)s.at;
    }
    return close_draft(&s, (uint32_t)p->blocks.len);
}
