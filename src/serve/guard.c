/* SPDX-License-Identifier: Apache-2.0 */
/* guard.c - who may ask: the token, the name of the host, and how often. */
#include "serve/internal.h"

#include <errno.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <stdio.h>
#include <strings.h>
#include <sys/stat.h>

/* ---- the token --------------------------------------------------------------------------------------------------- */

static bool digest(ds_str s, unsigned char out[32])
{
    unsigned len = 0;
    return EVP_Digest(s.at, s.len, out, &len, EVP_sha256(), NULL) == 1 && len == 32;
}

ds_status sv_guard_token(sv_guard *g, const char *path, ds_serve_why *why)
{
    char line[1024] = "";
    struct stat st;
    errno = 0;
    FILE *f = fopen(path, "re");
    if (!f || fstat(fileno(f), &st) != 0 || !fgets(line, sizeof line, f)) {
        snprintf(why->text, sizeof why->text, "--token-file %s: cannot be read: %s", path,
                 errno ? strerror(errno) : "it is empty");
        if (f)
            fclose(f);
        return DS_IO;
    }
    fclose(f);
    ds_str token = ds_str_trim(ds_str_of(line));
    bool open = (st.st_mode & (S_IRWXG | S_IRWXO)) != 0;
    if (open || token.len < SV_TOKEN_MIN || !digest(token, g->token)) {
        if (open)
            snprintf(why->text, sizeof why->text,
                     "--token-file %s: others may read it (chmod 600 %s)", path, path);
        else
            snprintf(why->text, sizeof why->text,
                     "--token-file %s: a token has %d letters or more (openssl rand -hex 16)", path,
                     SV_TOKEN_MIN);
        return DS_BAD;
    }
    OPENSSL_cleanse(line, sizeof line);
    g->has_token = true;
    return DS_OK;
}

/* Digests are compared, so that neither the time nor the length tells anything of the token. */
static bool same(const sv_guard *g, ds_str token)
{
    unsigned char got[32];
    return token.at && digest(token, got) && CRYPTO_memcmp(got, g->token, sizeof got) == 0;
}

/* "name:password" in Base64: the password. */
static ds_str password(ds_str coded, unsigned char room[768])
{
    if (!coded.len || coded.len % 4 || coded.len > 1024)
        return (ds_str){NULL, 0};
    int len = EVP_DecodeBlock(room, (const unsigned char *)coded.at, (int)coded.len);
    if (len < 0)
        return (ds_str){NULL, 0};
    for (size_t i = 1; i <= 2 && coded.at[coded.len - i] == '='; i++)
        len--;
    ds_str pair = {(const char *)room, (size_t)len};
    ptrdiff_t colon = ds_str_find(pair, DS_STR(":"), 0);
    return colon < 0 ? (ds_str){NULL, 0} : ds_str_cut(pair, (size_t)colon + 1, pair.len);
}

bool sv_token_right(const sv_guard *g, const char *header, bool bearer)
{
    unsigned char room[768];
    if (!g->has_token || !header)
        return false;
    if (strncasecmp(header, "Bearer ", 7) == 0)
        return same(g, ds_str_trim(ds_str_of(header + 7)));
    if (!bearer && strncasecmp(header, "Basic ", 6) == 0)
        return same(g, password(ds_str_trim(ds_str_of(header + 6)), room));
    return false;
}

/* ---- the name of the host: a page of another site may have its own name point here ----------------------------------- */

/* Without the port. */
static ds_str host_name(const char *host)
{
    const char *end = *host == '[' ? strchr(host, ']') : NULL;
    size_t len = end ? (size_t)(end + 1 - host) : strcspn(host, ":");
    return (ds_str){host, len};
}

static bool same_name(ds_str a, ds_str b)
{
    return a.len == b.len && a.len && strncasecmp(a.at, b.at, a.len) == 0;
}

bool sv_host_right(const sv_guard *g, const char *host)
{
    static const char *const own[] = {"localhost", "127.0.0.1", "[::1]"};
    if (!host || (!g->loopback && !g->hosts))
        return true;
    ds_str name = host_name(host);
    for (size_t i = 0; g->loopback && i < sizeof own / sizeof *own; i++)
        if (same_name(name, ds_str_of(own[i])))
            return true;
    if (same_name(name, ds_str_of(g->host)))
        return true;
    for (const char *at = g->hosts; at && *at;) {
        size_t n = strcspn(at, ",");
        if (same_name(name, (ds_str){at, n}))
            return true;
        at += n + (at[n] == ',');
    }
    return false;
}

/* ---- how often ----------------------------------------------------------------------------------------------------------- */

bool sv_is_loopback(const struct sockaddr *who)
{
    if (who->sa_family == AF_INET)
        return ntohl(((const struct sockaddr_in *)(const void *)who)->sin_addr.s_addr) >> 24 == 127;
    const struct in6_addr *six = &((const struct sockaddr_in6 *)(const void *)who)->sin6_addr;
    return who->sa_family == AF_INET6 &&
           (IN6_IS_ADDR_LOOPBACK(six) || (IN6_IS_ADDR_V4MAPPED(six) && six->s6_addr[12] == 127));
}

/* Of IPv6 the network: one line has as many addresses as it likes. */
uint64_t sv_guard_who(const sv_guard *g, const struct sockaddr *who)
{
    if (!who || (sv_is_loopback(who) && !g->rate_given))
        return 0;
    const struct sockaddr_in6 *six = (const void *)who;
    ds_str bytes = {(const char *)&six->sin6_addr, 8};
    if (who->sa_family == AF_INET)
        bytes =
            (ds_str){(const char *)&((const struct sockaddr_in *)(const void *)who)->sin_addr, 4};
    else if (IN6_IS_ADDR_V4MAPPED(&six->sin6_addr))
        bytes = (ds_str){(const char *)&six->sin6_addr + 12, 4};
    return ds_hash(bytes, g->seed) | 1;
}

bool sv_rate_take(sv_guard *g, const struct sockaddr *who, float cost)
{
    uint64_t name = sv_guard_who(g, who);
    if (!name)
        return true;
    int64_t now = sv_now_ms();
    float most = (float)g->rate * SV_BURST_S;
    sv_bucket *b = &g->buckets[(name >> 1) % SV_BUCKETS];
    pthread_mutex_lock(&g->lock);
    b->left = b->at_ms ? b->left + (float)(now - b->at_ms) * (float)g->rate / 1000 : most;
    b->left = b->left > most ? most : b->left;
    b->at_ms = now;
    bool enough = b->left >= 1;
    if (enough)
        b->left -= cost;
    pthread_mutex_unlock(&g->lock);
    return enough;
}
