/* SPDX-License-Identifier: Apache-2.0 */
/* uri.h - path and query of a request as it came, and what they ask for. */
#ifndef DS_SERVE_URI_H
#define DS_SERVE_URI_H

#include "base/base.h"
#include "serve/limits.h"

typedef struct sv_param {
    ds_str name, value;
} sv_param;

typedef struct sv_uri {
    ds_str path; /* decoded, UTF-8 without control characters, begins with / */
    sv_param at[SV_PARAMS_MAX];
    size_t len;
} sv_uri;

/* NULL: *out is it; else what is wrong with it, for people. */
const char *sv_uri_parse(ds_arena *a, ds_str target, sv_uri *out);

typedef enum sv_param_kind {
    SV_INT,    /* low .. high */
    SV_DAY,    /* YYYY-MM-DD */
    SV_WORD,   /* one of `words` */
    SV_BOOL,   /* true, false */
    SV_TEXT,   /* 1 .. high bytes */
    SV_CURSOR, /* letters, digits, -._ */
    SV_LIST,   /* words of `words`, with commas */
} sv_param_kind;

typedef struct sv_rule {
    const char *name;
    sv_param_kind kind;
    int64_t low, high;
    const char *words; /* with blanks between them */
    bool needed;
} sv_rule;

#define SV_RULES_MAX 9
typedef struct sv_request {
    const struct sv_route *route;
    int64_t id;                   /* {id} of the path, else 0 */
    ds_str ref;                   /* {ref} of the path, else absent */
    ds_str value[SV_RULES_MAX];   /* by rule; absent: not given. NUL-terminated */
    int64_t number[SV_RULES_MAX]; /* of SV_INT */
    ds_str key; /* names the answer: the same for the same question, however written */
} sv_request;

struct sv_cook;
struct sv_made;
typedef struct sv_route {
    const char *name;    /* of metrics */
    const char *pattern; /* /api/v1/stories/{id}; {ref} takes the rest */
    const char *methods; /* "GET HEAD", "POST" */
    sv_rule rules[SV_RULES_MAX];
    enum { SV_MADE, SV_POSTED, SV_STREAM, SV_HEALTH, SV_METRICS, SV_ASSET } how;
    void (*make)(struct sv_cook *k, const sv_request *r,
                 struct sv_made *out); /* SV_MADE, SV_POSTED */
} sv_route;

extern const sv_route sv_routes[];
extern const size_t sv_routes_len;

typedef struct sv_refusal {
    int status;
    const char *code;
    char message[320];
    const char *allow; /* of 405 */
} sv_refusal;

/* The route of a path that is not one of the pages, by method; false: *no says why. *out lives in a. */
bool sv_route_find(ds_arena *a, const char *method, const sv_uri *uri, sv_request *out,
                   sv_refusal *no);
/* Does the path belong to the API and the like, not to the pages? */
bool sv_is_api(ds_str path);

#endif
