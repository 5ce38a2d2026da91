/* SPDX-License-Identifier: Apache-2.0 */
/* mhtml.c - the page inside an MHTML file (.mhtml, .mht), as browsers save it, and the way back from its bytes.
 *
 * Method   RFC 2557 over RFC 2045 and 2046: header fields (folded lines, parameters), multiparts by their delimiter lines,
 *          nested to MAX_NESTING; of the leaves the one that `start` or Snapshot-Content-Location names, else the first of HTML,
 *          else the first of plain text. Transfer encodings: quoted-printable, base64, all others as they stand
 *          Differs in: wrong escapes stay as they are, digits that are none are passed over, a boundary that never
 *          comes is replaced by the first delimiter-like line, a last part may lack its end
 * Output   the part's bytes; pieces that lead from them to the bytes of the file. A byte of quoted-printable stands for its
 *          three characters; a byte of base64 for the whole group of four digits that it lies in, so that a span can be
 *          decoded by itself
 * Cost     linear, times the nesting
 */
#include "extract/internal.h"

#define MAX_NESTING 5          /* multiparts inside multiparts */
#define MAX_FIELDS_BYTES 65536 /* of the fields of one part */
#define MAX_BOUNDARY 200       /* bytes; RFC 2046 allows 70 */
#define BAD_DIGITS_SHARE                                                                           \
    10 /* more than one character in so many that is no base64 digit: no base64 */

enum piece_kind {
    PIECE_SAME,   /* a byte a byte */
    PIECE_QUOTED, /* "=E9": three characters a byte */
    PIECE_GROUPS, /* base64, whole groups: four digits, three bytes */
    PIECE_BROKEN, /* one group with a line end inside, up to where the next piece begins */
};

struct ext_piece {
    uint32_t part;      /* first byte in the part */
    uint32_t page : 30; /* ... and in the file */
    uint32_t kind : 2;
};

typedef DS_VEC(ext_piece) pieces;

/* ---- header fields ------------------------------------------------------------------------------------ */

static bool blank(char c)
{
    return c == ' ' || c == '\t';
}

/* The byte behind the line that holds i. */
static size_t next_line(ds_str s, size_t i)
{
    const char *end = i < s.len ? memchr(s.at + i, '\n', s.len - i) : NULL;
    return end ? (size_t)(end - s.at) + 1 : s.len;
}

static bool empty_line(ds_str s, size_t i)
{
    return i < s.len &&
           (s.at[i] == '\n' || (s.at[i] == '\r' && i + 1 < s.len && s.at[i + 1] == '\n'));
}

/* Length of the field name at i with its colon; 0: no field. */
static size_t field_name(ds_str s, size_t i)
{
    size_t end = i;
    while (end < s.len && end - i < 64 &&
           (ext_is_alnum((unsigned char)s.at[end]) || s.at[end] == '-'))
        end++;
    return end > i && end < s.len && s.at[end] == ':' ? end - i + 1 : 0;
}

/* The fields at the start of s, up to the empty line; *body: where what follows begins. */
static ds_str fields_of(ds_str s, size_t *body)
{
    size_t i = 0;
    while (i < s.len && i < MAX_FIELDS_BYTES && !empty_line(s, i) &&
           (field_name(s, i) || (i && blank(s.at[i]))))
        i = next_line(s, i);
    *body = empty_line(s, i) ? next_line(s, i) : i;
    return ds_str_cut(s, 0, i);
}

/* The value of the first field of that name, its folds still in it; absent: no such field. */
static ds_str field(ds_str fields, ds_str name)
{
    for (size_t i = 0; i < fields.len;) {
        size_t n = field_name(fields, i), end = next_line(fields, i);
        while (end < fields.len && blank(fields.at[end]))
            end = next_line(fields, end);
        if (n && ext_same_fold(ds_str_cut(fields, i, i + n - 1), name))
            return ds_str_trim(ds_str_cut(fields, i + n, end));
        i = end;
    }
    return (ds_str){0};
}

static size_t skip_folds(ds_str s, size_t i)
{
    while (i < s.len && (unsigned char)s.at[i] <= ' ')
        i++;
    return i;
}

/* A parameter of a field: "multipart/related; boundary="----x"": ----x. */
static ds_str parameter(ds_str value, ds_str name)
{
    size_t i = 0;
    for (;;) {
        while (i < value.len && value.at[i] != ';')
            i++;
        i = skip_folds(value, i + 1);
        size_t beg = i;
        while (i < value.len && value.at[i] != '=' && value.at[i] != ';')
            i++;
        if (i >= value.len)
            return (ds_str){0};
        if (value.at[i] == ';')
            continue;
        bool found = ext_same_fold(ds_str_trim(ds_str_cut(value, beg, i)), name);
        i = skip_folds(value, i + 1);
        char shut = i < value.len && value.at[i] == '"' ? value.at[i++] : ';';
        for (beg = i; i < value.len && value.at[i] != shut;)
            i++;
        if (found)
            return ds_str_trim(ds_str_cut(value, beg, i));
    }
}

static ds_str type_of(ds_str fields)
{
    ds_str value = field(fields, DS_STR("content-type"));
    size_t end = 0;
    while (end < value.len && value.at[end] != ';' && (unsigned char)value.at[end] > ' ')
        end++;
    return ds_str_cut(value, 0, end);
}

static bool type_begins(ds_str type, ds_str with)
{
    return ext_same_fold(ds_str_cut(type, 0, with.len), with);
}

bool ext_is_mhtml(ds_str bytes)
{
    size_t body;
    if (!field_name(bytes, 0))
        return false;
    ds_str fields = fields_of(bytes, &body), type = type_of(fields);
    if (type_begins(type, DS_STR("multipart/")))
        return true;
    return field(fields, DS_STR("mime-version")).len && type_begins(type, DS_STR("text/"));
}

/* ---- parts --------------------------------------------------------------------------------------------- */

typedef struct leaf {
    ds_str fields, body; /* at == NULL: none yet */
    int rank;
    bool open; /* the file ends before the part does */
} leaf;

typedef struct walk {
    ds_str start, location; /* what the file names as its root */
    leaf best;
    bool guessed; /* a boundary was not the one that was named */
} walk;

enum rank { RANK_PLAIN = 1, RANK_HTML, RANK_LOCATION, RANK_START };

/* "<frame@x>" and "frame@x" name the same part. */
static ds_str bare_id(ds_str s)
{
    s = ds_str_trim(s);
    bool angles = s.len > 2 && *s.at == '<' && s.at[s.len - 1] == '>';
    return angles ? ds_str_cut(s, 1, s.len - 1) : s;
}

static bool same_id(ds_str a, ds_str b)
{
    a = bare_id(a);
    return a.len && ds_str_eq(a, bare_id(b));
}

static int rank_of(const walk *w, ds_str fields)
{
    ds_str type = type_of(fields);
    bool html = ext_same_fold(type, DS_STR("text/html")) ||
                ext_same_fold(type, DS_STR("application/xhtml+xml"));
    if (type_begins(field(fields, DS_STR("content-disposition")), DS_STR("attachment")))
        return 0;
    if (!html)
        return !type.len || ext_same_fold(type, DS_STR("text/plain")) ? RANK_PLAIN : 0;
    if (same_id(field(fields, DS_STR("content-id")), w->start))
        return RANK_START;
    return same_id(field(fields, DS_STR("content-location")), w->location) ? RANK_LOCATION
                                                                           : RANK_HTML;
}

/* The next line "--boundary" at or after i, which stands at the start of a line; s.len: none. */
static size_t delimiter(ds_str s, size_t i, ds_str boundary)
{
    for (; i < s.len; i = next_line(s, i))
        if (s.at[i] == '-' && ds_str_starts(ds_str_cut(s, i, i + 2), DS_STR("--")) &&
            ds_str_eq(ds_str_cut(s, i + 2, i + 2 + boundary.len), boundary))
            return i;
    return s.len;
}

/* What stands behind "--" on the first line that has a field below. */
static ds_str guess_boundary(ds_str s)
{
    for (size_t i = 0, next; i < s.len; i = next) {
        next = next_line(s, i);
        ds_str line = ds_str_trim(ds_str_cut(s, i, next));
        if (ds_str_starts(line, DS_STR("--")) && line.len > 2 && line.len < MAX_BOUNDARY &&
            type_begins(ds_str_cut(s, next, s.len), DS_STR("content-")))
            return ds_str_cut(line, 2, line.len);
    }
    return (ds_str){0};
}

static void look_at(walk *w, ds_str s, bool open, int nesting);

static void look_inside(walk *w, ds_str s, ds_str boundary, bool open, int nesting)
{
    size_t at = boundary.len && boundary.len < MAX_BOUNDARY ? delimiter(s, 0, boundary) : s.len;
    if (at == s.len) {
        boundary = guess_boundary(s);
        if (!boundary.len)
            return;
        w->guessed = true;
        at = delimiter(s, 0, boundary);
    }
    while (at < s.len) {
        size_t beg = next_line(s, at);
        if (ds_str_starts(ds_str_cut(s, at + 2 + boundary.len, s.len), DS_STR("--")))
            break;
        at = delimiter(s, beg, boundary);
        look_at(w, ds_str_cut(s, beg, at), open && at == s.len, nesting + 1);
    }
}

static void look_at(walk *w, ds_str s, bool open, int nesting)
{
    size_t body;
    ds_str fields = fields_of(s, &body);
    ds_str rest = ds_str_cut(s, body, s.len);
    if (type_begins(type_of(fields), DS_STR("multipart/"))) {
        ds_str boundary = parameter(field(fields, DS_STR("content-type")), DS_STR("boundary"));
        if (nesting < MAX_NESTING)
            look_inside(w, rest, boundary, open, nesting);
        return;
    }
    int rank = rank_of(w, fields);
    if (rank > w->best.rank && ds_str_trim(rest).len)
        w->best = (leaf){fields, rest, rank, open};
}

/* ---- transfer encodings ----------------------------------------------------------------------------------- */

typedef struct decoder {
    ds_arena *arena;
    ds_str s;    /* the encoded part */
    size_t page; /* its offset in the file */
    char *out;
    uint32_t len;
    pieces pieces;
} decoder;

static ds_status put_piece(decoder *d, size_t i, uint32_t kind)
{
    ext_piece piece = {
        .part = d->len, .page = (uint32_t)(d->page + i) & 0x3FFFFFFF, .kind = kind & 3};
    return DS_PUSH(d->arena, &d->pieces, piece);
}

static ds_status put_same(decoder *d, size_t beg, size_t end)
{
    if (beg >= end)
        return DS_OK;
    DS_TRY(put_piece(d, beg, PIECE_SAME));
    memcpy(d->out + d->len, d->s.at + beg, end - beg);
    d->len += (uint32_t)(end - beg);
    return DS_OK;
}

static int hex(char c)
{
    if (ext_is_digit((unsigned char)c))
        return c - '0';
    c = ext_lower(c);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* The byte behind the soft line break "=", blanks, line end at i; 0: none. */
static size_t soft_break(ds_str s, size_t i)
{
    for (i++; i < s.len && (blank(s.at[i]) || s.at[i] == '\r');)
        i++;
    return i == s.len || s.at[i] == '\n' ? i + (i < s.len) : 0;
}

static ds_status from_quoted(decoder *d)
{
    ds_str s = d->s;
    size_t from = 0, i = 0, escape_end = SIZE_MAX;
    while (i < s.len) {
        const char *next = memchr(s.at + i, '=', s.len - i);
        i = next ? (size_t)(next - s.at) : s.len;
        if (i == s.len)
            break;
        int high = i + 2 < s.len ? hex(s.at[i + 1]) : -1, low = high < 0 ? -1 : hex(s.at[i + 2]);
        size_t behind = low < 0 ? soft_break(s, i) : i + 3;
        if (!behind) { /* "=" that means itself */
            i++;
            continue;
        }
        DS_TRY(put_same(d, from, i));
        if (low >= 0) {
            if (escape_end != i)
                DS_TRY(put_piece(d, i, PIECE_QUOTED));
            d->out[d->len++] = (char)(high << 4 | low);
            escape_end = behind;
        }
        i = from = behind;
    }
    return put_same(d, from, s.len);
}

static int digit64(char c)
{
    return ext_is_upper((unsigned char)c)   ? c - 'A'
           : ext_is_lower((unsigned char)c) ? c - 'a' + 26
           : ext_is_digit((unsigned char)c) ? c - '0' + 52
           : c == '+' || c == '-'           ? 62
           : c == '/' || c == '_'           ? 63
                                            : -1;
}

/* A group of up to four digits that began at `first` and ends before `end`. */
static ds_status put_group(decoder *d, uint32_t bits, int digits, size_t first, size_t end)
{
    bool whole = digits == 4 && end - first == 4;
    const ext_piece *last = d->pieces.len ? &d->pieces.at[d->pieces.len - 1] : NULL;
    bool goes_on = whole && last && last->kind == PIECE_GROUPS &&
                   last->page + (d->len - last->part) / 3 * 4 == d->page + first;
    if (digits < 2)
        return DS_OK;
    if (!goes_on)
        DS_TRY(put_piece(d, first, whole ? PIECE_GROUPS : PIECE_BROKEN));
    bits <<= 6 * (4 - digits);
    for (int k = 0; k + 1 < digits; k++)
        d->out[d->len++] = (char)(bits >> (16 - 8 * k));
    return DS_OK;
}

static ds_status from_base64(decoder *d, size_t *bad)
{
    uint32_t bits = 0;
    int digits = 0;
    size_t first = 0;
    for (size_t i = 0; i < d->s.len; i++) {
        char c = d->s.at[i];
        int v = digit64(c);
        if (v < 0 && c != '=') {
            *bad += (unsigned char)c > ' ';
            continue;
        }
        if (v >= 0) {
            first = digits ? first : i;
            bits = bits << 6 | (uint32_t)v;
            digits++;
        }
        if (digits == 4 || c == '=') {
            DS_TRY(put_group(d, bits, digits, first, i + 1));
            bits = 0;
            digits = 0;
        }
    }
    return put_group(d, bits, digits, first, d->s.len);
}

static ds_status decode(decoder *d, ds_str encoding, ext_part *out, ds_str *note, ds_err *err)
{
    size_t bad = 0;
    d->out = ds_arena_alloc(d->arena, d->s.len + 1);
    if (!d->out)
        return DS_NOMEM;
    if (type_begins(encoding, DS_STR("quoted-printable")))
        DS_TRY(from_quoted(d));
    else if (type_begins(encoding, DS_STR("base64")))
        DS_TRY(from_base64(d, &bad));
    else
        DS_TRY(put_same(d, 0, d->s.len));
    DS_TRY(put_piece(d, d->s.len, PIECE_SAME)); /* the end */
    if (bad * BAD_DIGITS_SHARE > d->s.len)
        return ds_fail(err, DS_BAD, "MHTML whose page is not the base64 that it says; kept out",
                       d->page);
    if (bad)
        *note = DS_STR("MHTML whose base64 is damaged; read over the damage");
    out->bytes = (ds_str){d->out, d->len};
    out->pieces = d->pieces.at;
    out->pieces_len = d->pieces.len;
    return DS_OK;
}

ds_status ext_mhtml_open(ds_arena *a, ds_str bytes, ext_part *out, ds_str *note, ds_err *err)
{
    size_t body;
    ds_str fields = fields_of(bytes, &body);
    walk w = {.start = parameter(field(fields, DS_STR("content-type")), DS_STR("start")),
              .location = field(fields, DS_STR("snapshot-content-location"))};
    if (!w.location.len)
        w.location = field(fields, DS_STR("content-location"));
    look_at(&w, bytes, true, 0);
    if (!w.best.rank)
        return ds_fail(err, DS_BAD, "MHTML without a page in it; kept out", 0);
    if (w.guessed)
        *note = DS_STR("MHTML whose parts have another boundary than it says");
    else if (w.best.open && type_begins(type_of(fields), DS_STR("multipart/")))
        *note = DS_STR("MHTML that was cut off inside its page");
    decoder d = {.arena = a, .s = w.best.body, .page = (size_t)(w.best.body.at - bytes.at)};
    ext_part part = {.type = type_of(w.best.fields)};
    part.charset = parameter(field(w.best.fields, DS_STR("content-type")), DS_STR("charset"));
    DS_TRY(decode(&d, field(w.best.fields, DS_STR("content-transfer-encoding")), &part, note, err));
    if (!ds_str_trim(part.bytes).len)
        return ds_fail(err, DS_BAD, "MHTML whose page is empty; kept out", d.page);
    *out = part;
    return DS_OK;
}

/* ---- the way back ------------------------------------------------------------------------------------------ */

/* The last piece that begins at or before byte `at` of the part. */
static size_t piece_of(const ext_part *part, uint32_t at)
{
    size_t lo = 0, hi = part->pieces_len;
    while (hi - lo > 1) {
        size_t mid = lo + (hi - lo) / 2;
        if (part->pieces[mid].part <= at)
            lo = mid;
        else
            hi = mid;
    }
    return lo;
}

/* The bytes of the page that byte `at` of the part came from. */
static ds_span byte_span(const ext_part *part, uint32_t at)
{
    const ext_piece *p = &part->pieces[piece_of(part, at)];
    uint32_t n = at - p->part;
    switch (p->kind) {
    case PIECE_QUOTED:
        return (ds_span){p->page + 3 * n, p->page + 3 * n + 3};
    case PIECE_GROUPS:
        return (ds_span){p->page + n / 3 * 4, p->page + n / 3 * 4 + 4};
    case PIECE_BROKEN:
        return (ds_span){p->page, p[1].page};
    default:
        return (ds_span){p->page + n, p->page + n + 1};
    }
}

ds_span ext_part_span(const ext_part *part, ds_span at)
{
    uint32_t beg = byte_span(part, at.beg).beg;
    return (ds_span){beg, at.end > at.beg ? byte_span(part, at.end - 1).end : beg};
}

uint32_t ext_part_same(const ext_part *part, uint32_t at)
{
    size_t i = piece_of(part, at);
    if (i + 1 >= part->pieces_len || part->pieces[i].kind != PIECE_SAME)
        return 0;
    return part->pieces[i + 1].part - at;
}
