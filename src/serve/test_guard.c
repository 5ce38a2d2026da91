/* SPDX-License-Identifier: Apache-2.0 */
/* test_guard.c - tokens, names of hosts, rates. */
#include "serve/internal.h"

#include <arpa/inet.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static sv_guard *new_guard(const char *token)
{
    char path[] = "/tmp/dossier-token-XXXXXX";
    ds_serve_why why;
    sv_guard *g = calloc(1, sizeof *g);
    int fd = mkstemp(path);
    assert_true(g && fd >= 0);
    assert_true(write(fd, token, strlen(token)) == (ssize_t)strlen(token));
    close(fd);
    pthread_mutex_init(&g->lock, NULL);
    assert_int_equal(sv_guard_token(g, path, &why), DS_OK);
    assert_int_equal(chmod(path, 0640), 0);
    assert_int_equal(sv_guard_token(g, path, &why), DS_BAD); /* others may read it */
    unlink(path);
    return g;
}

static void tokens(void **state)
{
    static const struct {
        const char *header;
        bool bearer, right;
    } rows[] = {
        {"Bearer tomato-0123456789", true, true},
        {"bearer   tomato-0123456789  ", true, true},
        {"Bearer tomato-012345678", true, false},
        {"Bearer tomato-01234567890", true, false},
        {"Bearer ", true, false},
        {"tomato-0123456789", true, false},
        {"Basic eDp0b21hdG8tMDEyMzQ1Njc4OQ==", false, true}, /* x:tomato-0123456789 */
        {"Basic eDp0b21hdG8tMDEyMzQ1Njc4OQ==", true, false},
        {"Basic dG9tYXRvLTAxMjM0NTY3ODk=", false, false}, /* no colon */
        {"Basic !!!!", false, false},
        {"Basic ", false, false},
        {NULL, false, false},
    };
    sv_guard *g = new_guard("tomato-0123456789\nmore\n");
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_int_equal(sv_token_right(g, rows[i].header, rows[i].bearer), rows[i].right);
    g->has_token = false;
    assert_false(sv_token_right(g, rows[0].header, true));
    free(g);
}

static void hosts(void **state)
{
    static const struct {
        const char *host;
        bool right;
    } rows[] = {
        {"localhost", true},
        {"LocalHost:8080", true},
        {"127.0.0.1:80", true},
        {"[::1]:80", true},
        {"news.example", true},
        {"news.example:443", true},
        {"evil.example", false},
        {"localhost.evil.example", false},
        {"", false},
        {"[::1", false},
        {":80", false},
        {NULL, true},
    };
    sv_guard *g = calloc(1, sizeof *g);
    (void)state;
    assert_non_null(g);
    g->loopback = true;
    g->hosts = "a.example,news.example";
    snprintf(g->host, sizeof g->host, "127.0.0.1");
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_int_equal(sv_host_right(g, rows[i].host), rows[i].right);
    free(g);
}

static void rates(void **state)
{
    struct sockaddr_in one = {.sin_family = AF_INET}, local = {.sin_family = AF_INET};
    struct sockaddr_in6 six = {.sin6_family = AF_INET6}, neighbour = {.sin6_family = AF_INET6};
    sv_guard *g = calloc(1, sizeof *g);
    unsigned passed = 0;
    (void)state;
    assert_non_null(g);
    pthread_mutex_init(&g->lock, NULL);
    g->rate = 10;
    inet_pton(AF_INET, "192.0.2.7", &one.sin_addr);
    inet_pton(AF_INET, "127.0.0.1", &local.sin_addr);
    inet_pton(AF_INET6, "2001:db8::1", &six.sin6_addr);
    inet_pton(AF_INET6, "2001:db8::2", &neighbour.sin6_addr);
    for (int i = 0; i < 100; i++)
        passed += sv_rate_take(g, (struct sockaddr *)&one, 1);
    assert_in_range(passed, 10 * SV_BURST_S, 10 * SV_BURST_S + 2);
    for (int i = 0; i < 100; i++)
        assert_true(sv_rate_take(g, (struct sockaddr *)&local, 1));
    for (int i = 0; i < 100; i++)
        sv_rate_take(g, (struct sockaddr *)&six, 1);
    assert_false(sv_rate_take(g, (struct sockaddr *)&neighbour, 1)); /* one network, one line */
    /* Two addresses in one bucket do not fill it again for each other. */
    struct sockaddr_in other = one;
    do
        other.sin_addr.s_addr++;
    while ((sv_guard_who(g, (struct sockaddr *)&other) >> 1) % SV_BUCKETS !=
           (sv_guard_who(g, (struct sockaddr *)&one) >> 1) % SV_BUCKETS);
    for (int i = 0; i < 100; i++)
        sv_rate_take(g, (struct sockaddr *)(i % 2 ? &one : &other), 1);
    assert_false(sv_rate_take(g, (struct sockaddr *)&other, 1));
    free(g);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(tokens), cmocka_unit_test(hosts),
                                       cmocka_unit_test(rates)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
