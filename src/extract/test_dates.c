/* SPDX-License-Identifier: Apache-2.0 */
#include "extract/internal.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static void finds_dates(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int year, month, day, weekday;
        const char *words;
    } rows[] = {
        {"Published May 3, 2024 at noon", 2024, 5, 3, -1, "May 3, 2024"},
        {"3 May 2024", 2024, 5, 3, -1, "3 May 2024"},
        {"Friday, February 07", 0, 2, 7, 4, "Friday, February 07"},
        {"calendar-iconFriday, February 07 comment", 0, 2, 7, 4, "Friday, February 07"},
        {"on Tue. 4th of June 2019.", 2019, 6, 4, 1, "Tue. 4th of June 2019"},
        {"Sept. 9, 2001", 2001, 9, 9, -1, "Sept. 9, 2001"},
        {"in March 2023 the", 2023, 3, 0, -1, "March 2023"},
        {"2022-11-30T08:00", 2022, 11, 30, -1, "2022-11-30"},
        {"Headlines: 1/28/25", 2025, 1, 28, -1, "1/28/25"},
        {"28.01.2025", 2025, 1, 28, -1, "28.01.2025"},
        {"31/12/1999", 1999, 12, 31, -1, "31/12/1999"},
        {"late 2024", 2024, 0, 0, -1, "2024"},
        {"JANUARY 5 2020", 2020, 1, 5, -1, "JANUARY 5 2020"},
        {"5-Jan-2020", 2020, 1, 5, -1, "5-Jan-2020"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        ds_str s = ds_str_of(rows[i].text);
        size_t at = 0;
        ext_date d;
        assert_true(ext_date_next(s, &at, &d));
        assert_int_equal(d.year, rows[i].year);
        assert_int_equal(d.month, rows[i].month);
        assert_int_equal(d.day, rows[i].day);
        assert_int_equal(d.weekday, rows[i].weekday);
        assert_true(ds_str_eq(ds_str_at(s, d.at), ds_str_of(rows[i].words)));
    }
}

static void finds_no_dates(void **state)
{
    (void)state;
    static const char *const rows[] = {
        "may be 12 of them",
        "they march on 3",
        "Some 12,000 people",
        "1.2024.5",
        "call 555-0100",
        "version 10.99.3",
        "Mayor 5",
        "",
        "99/99/99",
        "2024x",
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        size_t at = 0;
        ext_date d;
        bool got = ext_date_next(ds_str_of(rows[i]), &at, &d);
        assert_true(!got || !d.month);
        assert_true(!got || i == 9);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(finds_dates),
                                       cmocka_unit_test(finds_no_dates)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
