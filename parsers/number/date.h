/* Calendar arithmetic without a clock: days, months, local time from UTC.
 *
 * Stamps are UTC seconds since 1970; a time zone is an offset in minutes (WIB +420, WITA +480,
 * WIT +540: Indonesia has no daylight saving). Dates are proleptic Gregorian.
 */
#ifndef PARSERS_NUMBER_DATE_H
#define PARSERS_NUMBER_DATE_H

#include <stdbool.h>
#include <stdint.h>

#include "parsers/text/util.h"

struct date {
	int year; /* 0 = no date */
	int month; /* 1..12 */
	int day; /* 1..31 */
};

/* A point in local time, to the minute. */
struct moment {
	struct date date;
	int hour; /* 0..23 */
	int minute;
};

/* From and to are both inside. */
struct period {
	struct date from, to;
};

#define DATE_TEXT   11 /* "2024-08-15" and NUL */
#define PERIOD_TEXT 22 /* "2024-08-12/2024-08-18" and NUL */

bool date_valid(int year, int month, int day);
int date_month_days(int year, int month);
int32_t date_to_days(struct date date); /* days since 1970-01-01 */
struct date date_from_days(int32_t days);
struct date date_add_days(struct date date, int days);
struct date date_add_months(struct date date, int months); /* the day is cut to the month's last */
int date_compare(struct date a, struct date b); /* <0, 0, >0 */
int date_diff_days(struct date a, struct date b); /* a - b */
int date_weekday(struct date date); /* 0 = Sunday */
int date_years_between(struct date birth, struct date then); /* completed years */
bool date_parse(const char *text, struct date *out); /* exactly YYYY-MM-DD */
void date_format(struct date date, char out[DATE_TEXT]);

/* Epidemiological weeks, Sunday to Saturday: 1..53 of a year, which need not be the day's own. */
struct date week_first_day(int year, int week);
int week_of(struct date day, int *year);
int weeks_in_year(int year);

struct moment moment_local(int64_t utc, int offset_minutes);
int64_t moment_utc(struct moment local, int offset_minutes);

/* Asia/Jakarta, Asia/Pontianak, Asia/Makassar, Asia/Jayapura, WIB, WITA, WIT, UTC. */
bool timezone_offset(const char *name, int *offset_minutes);
const char *timezone_short(int offset_minutes); /* "WIB", "WITA", "WIT", else "UTC" */

/* ISO 8601: 2024, 2024-07, 2024-01/2024-06, 2024-08-15, 2024-08-12/2024-08-18: the shortest that is
 * exact. */
void period_format(struct period period, char out[PERIOD_TEXT]);
bool period_parse(const char *text, struct period *out);

/* Units that a list by time is told in: "pekan", "bulan", "triwulan", "semester", "tahun". */
bool period_is_unit(const char *unit);
struct period period_unit_of(const char *unit, struct date day); /* the one with that day in it */
bool period_years(struct period period); /* whole years */

/* A day without its year that comes within so many days is asked about, not taken as last year's. */
#define DATE_SOON_DAYS 60
/* The year that a month without one is told for: this one's, the last one's when it is far ahead. */
int date_year_of_month(struct date today, int month);

#endif
