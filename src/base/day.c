/* SPDX-License-Identifier: Apache-2.0 */
/* Civil days. Method: H. Hinnant, "chrono-compatible low-level date algorithms": years begin in March. */
#include "base/base.h"

static bool leap(int y)
{
    return (y % 4 == 0 && y % 100 != 0) || y % 400 == 0;
}

int ds_month_days(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (month < 1 || month > 12)
        return 0;
    return days[month - 1] + (month == 2 && leap(year));
}

ds_day ds_day_of(int year, int month, int day)
{
    if (year < -9999 || year > 9999 || day < 1 || day > ds_month_days(year, month))
        return DS_DAY_NONE;
    int y = year - (month <= 2);
    int era = (y >= 0 ? y : y - 399) / 400;
    int yoe = y - era * 400;
    int doy = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    int doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;
    return era * 146097 + doe - 719468;
}

void ds_day_split(ds_day d, int *year, int *month, int *day)
{
    int64_t z = (int64_t)d + 719468;
    int era = (int)((z >= 0 ? z : z - 146096) / 146097);
    int doe = (int)(z - (int64_t)era * 146097);
    int yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    int doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    int mp = (5 * doy + 2) / 153;
    *day = doy - (153 * mp + 2) / 5 + 1;
    *month = mp + (mp < 10 ? 3 : -9);
    *year = yoe + era * 400 + (*month <= 2);
}

int ds_day_weekday(ds_day d)
{
    return (int)(((int64_t)d % 7 + 7 + 3) % 7); /* 1970-01-01 was a Thursday */
}

void ds_day_print(ds_buf *b, ds_day d)
{
    if (d == DS_DAY_NONE)
        return;
    int y, m, day;
    ds_day_split(d, &y, &m, &day);
    ds_buf_printf(b, "%s%04d-%02d-%02d", y < 0 ? "-" : "", y < 0 ? -y : y, m, day);
}

static bool digits(ds_str s, size_t at, size_t n, int *out)
{
    int v = 0;
    if (at + n > s.len)
        return false;
    for (size_t i = at; i < at + n; i++) {
        if (s.at[i] < '0' || s.at[i] > '9')
            return false;
        v = v * 10 + (s.at[i] - '0');
    }
    *out = v;
    return true;
}

ds_status ds_day_parse(ds_str s, ds_day *out)
{
    int y, m, d;
    bool dashed = s.len >= 10 && s.at[4] == '-' && s.at[7] == '-';
    size_t mm = dashed ? 5 : 4, dd = dashed ? 8 : 6, end = dashed ? 10 : 8;
    if (!digits(s, 0, 4, &y) || !digits(s, mm, 2, &m) || !digits(s, dd, 2, &d))
        return DS_BAD;
    if (s.len > end && s.at[end] >= '0' && s.at[end] <= '9')
        return DS_BAD;
    ds_day day = ds_day_of(y, m, d);
    if (day == DS_DAY_NONE)
        return DS_BAD;
    *out = day;
    return DS_OK;
}
