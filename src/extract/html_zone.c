/* SPDX-License-Identifier: Apache-2.0 */
/* html_zone.c - the local day of a moment that a page states in Greenwich time, where its country leaves no doubt. */
#include "extract/html.h"

#define MINUTES (24 * 60)

/* Least and greatest offset from Greenwich in quarters of an hour, daylight saving included; islands far out are left to
 * their own codes. After the zone tables of IANA. */
typedef struct zone {
    char code[3];
    int8_t least, most;
} zone;

static const zone zones[] = {
    {"ae", 16, 16},   {"ar", -12, -12}, {"at", 4, 8},     {"au", 32, 44},   {"bd", 24, 24},
    {"be", 4, 8},     {"bg", 8, 12},    {"br", -20, -8},  {"ca", -32, -10}, {"ch", 4, 8},
    {"cl", -16, -12}, {"cn", 32, 32},   {"co", -20, -20}, {"cz", 4, 8},     {"de", 4, 8},
    {"dk", 4, 8},     {"eg", 8, 12},    {"es", 0, 8},     {"fi", 8, 12},    {"fr", 4, 8},
    {"gr", 8, 12},    {"hk", 32, 32},   {"hr", 4, 8},     {"hu", 4, 8},     {"id", 28, 36},
    {"ie", 0, 4},     {"il", 8, 12},    {"in", 22, 22},   {"ir", 14, 18},   {"it", 4, 8},
    {"jp", 36, 36},   {"ke", 12, 12},   {"kr", 36, 36},   {"lk", 22, 22},   {"mx", -32, -20},
    {"my", 32, 32},   {"ng", 4, 4},     {"nl", 4, 8},     {"no", 4, 8},     {"np", 23, 23},
    {"nz", 48, 52},   {"pe", -20, -20}, {"ph", 32, 32},   {"pk", 20, 20},   {"pl", 4, 8},
    {"pt", -4, 4},    {"ro", 8, 12},    {"rs", 4, 8},     {"ru", 8, 48},    {"sa", 12, 12},
    {"se", 4, 8},     {"sg", 32, 32},   {"th", 28, 28},   {"tr", 12, 12},   {"tw", 32, 32},
    {"ua", 8, 12},    {"uk", 0, 4},     {"us", -40, -16}, {"ve", -16, -16}, {"vn", 28, 28},
    {"za", 8, 8},
};

static const zone *zone_of(ds_str code)
{
    for (size_t i = 0; code.len == 2 && i < sizeof zones / sizeof *zones; i++)
        if (ext_same_fold(code, (ds_str){zones[i].code, 2}))
            return &zones[i];
    return NULL;
}

/* The country of an address: its last label. */
static const zone *zone_of_host(ds_str host)
{
    size_t i = host.len;
    while (i > 0 && host.at[i - 1] != '.')
        i--;
    return i ? zone_of(ds_str_cut(host, i, host.len)) : NULL;
}

/* Minute of the day of "...T21:10:00Z"; -1: none. */
static int minute_of(ds_str time)
{
    ptrdiff_t t = ds_str_find(time, DS_STR("T"), 0);
    if (t < 0 || (size_t)t + 6 > time.len || time.at[t + 3] != ':')
        return -1;
    const char *s = time.at + t + 1;
    for (int i = 0; i < 5; i++)
        if (i != 2 && !ext_is_digit((unsigned char)s[i]))
            return -1;
    return ((s[0] - '0') * 10 + s[1] - '0') * 60 + (s[3] - '0') * 10 + s[4] - '0';
}

/* Another statement gives another day: one of the two is no Greenwich day, whatever it says. */
static bool doubtful(const ext_meta *m, const ext_when *when)
{
    for (size_t by = 0; by < EXT_BY_COUNT; by++)
        if (m->published[by].day != DS_DAY_NONE && m->published[by].day != when->day)
            return true;
    return false;
}

ds_day html_local_day(const ext_page *p, const ext_when *when)
{
    const ext_meta *m = &p->meta;
    const zone *z = when->utc && !doubtful(m, when) ? zone_of_host(html_own_host(p)) : NULL;
    int minute = z ? minute_of(when->time) : -1;
    if (minute < 0)
        return when->day;
    int least = minute + 15 * z->least, most = minute + 15 * z->most;
    if (least < 0 && most < 0)
        return when->day - 1;
    return least >= MINUTES && most >= MINUTES ? when->day + 1 : when->day;
}
