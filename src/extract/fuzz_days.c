/* SPDX-License-Identifier: Apache-2.0 */
/* fuzz_days.c - dates in any text are days, in order and inside it; the first byte chooses the locale. */
#include "extract/html.h"
#include "extract/test_help.h"

#include <stdio.h>
#include <stdlib.h>

#define DAYS 16

int LLVMFuzzerTestOneInput(const uint8_t *at, size_t len);

static void check_days(ds_str s, const ext_locale *loc)
{
    ext_day days[DAYS];
    size_t n = ext_days(s, loc, days, DAYS);
    uint32_t last = 0;
    require(n <= DAYS, "too many days");
    for (size_t i = 0; i < n; i++) {
        require(days[i].day != DS_DAY_NONE, "a date without a day");
        require(days[i].at.beg < days[i].at.end && days[i].at.end <= s.len,
                "a date leaves its text");
        require(days[i].at.end > last, "dates are out of order");
        last = days[i].at.end;
    }
}

/* The older scanner, which plain text is read with. */
static void check_dates(ds_str s)
{
    ext_date d;
    size_t i = 0, before = 0;
    while (ext_date_next(s, &i, &d)) {
        require(i > before && i <= s.len, "the scanner stands still");
        require(d.at.beg < d.at.end && d.at.end <= s.len, "a date leaves its text");
        (void)ext_date_first(&d);
        (void)ext_date_full(&d);
        before = i;
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *at, size_t len)
{
    ds_str s = {(const char *)at, len};
    size_t bad;
    if (!len || ds_utf8_check(s, &bad) != DS_OK)
        return 0;
    ext_locale loc = {.month_first = at[0] & 1, .croatian = (at[0] & 2) != 0};
    check_days(s, &loc);
    check_dates(s);
    (void)html_day_in_url(s, at[0] & 4);
    return 0;
}
