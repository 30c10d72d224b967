/* Calendar arithmetic: see date.h. Days are counted from 1970-01-01 in 400-year eras. */
#include "parsers/number/date.h"

#include <ctype.h>
#include <string.h>

int date_month_days(int year, int month)
{
	static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

	if (month < 1 || month > 12)
		return 0;
	return days[month - 1] + (month == 2 && leap);
}

bool date_valid(int year, int month, int day)
{
	return year >= 1 && year <= 9999 && day >= 1 && day <= date_month_days(year, month);
}

int32_t date_to_days(struct date date)
{
	/* years start in March: the leap day is the last */
	int year = date.year - (date.month <= 2);
	int era = (year >= 0 ? year : year - 399) / 400;
	int of_era = year - era * 400;
	int of_year = (153 * (date.month + (date.month > 2 ? -3 : 9)) + 2) / 5 + date.day - 1;

	return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

struct date date_from_days(int32_t days)
{
	int32_t shifted = days + 719468;
	int32_t era = (shifted >= 0 ? shifted : shifted - 146096) / 146097;
	int32_t of_era = shifted - era * 146097;
	int32_t year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
	int32_t of_year = of_era - (365 * year + year / 4 - year / 100);
	int32_t month = (5 * of_year + 2) / 153;
	struct date date = {.day = of_year - (153 * month + 2) / 5 + 1,
		.month = month < 10 ? month + 3 : month - 9};

	date.year = year + era * 400 + (date.month <= 2);
	return date;
}

struct date date_add_days(struct date date, int days)
{
	return date_from_days(date_to_days(date) + days);
}

struct date date_add_months(struct date date, int months)
{
	int count = date.year * 12 + date.month - 1 + months;
	struct date sum = {.year = count / 12, .month = count % 12 + 1, .day = date.day};

	if (sum.day > date_month_days(sum.year, sum.month))
		sum.day = date_month_days(sum.year, sum.month);
	return sum;
}

int date_compare(struct date a, struct date b)
{
	if (a.year != b.year)
		return a.year - b.year;
	return a.month != b.month ? a.month - b.month : a.day - b.day;
}

int date_diff_days(struct date a, struct date b)
{
	return date_to_days(a) - date_to_days(b);
}

int date_weekday(struct date date)
{
	int day = (date_to_days(date) + 4) % 7; /* 1970-01-01 was a Thursday */

	return day < 0 ? day + 7 : day;
}

int date_years_between(struct date birth, struct date then)
{
	bool had = then.month > birth.month || (then.month == birth.month && then.day >= birth.day);

	return then.year - birth.year - !had;
}

/* width digits at text; -1 when one is missing. */
static int digits(const char *text, int width)
{
	int value = 0;

	for (int i = 0; i < width; i++) {
		if (!isdigit((unsigned char)text[i]))
			return -1;
		value = value * 10 + (text[i] - '0');
	}
	return value;
}

bool date_parse(const char *text, struct date *out)
{
	if (strlen(text) != DATE_TEXT - 1 || text[4] != '-' || text[7] != '-')
		return false;
	*out = (struct date){digits(text, 4), digits(text + 5, 2), digits(text + 8, 2)};
	return date_valid(out->year, out->month, out->day);
}

static void put_digits(char *out, int value, int count)
{
	for (; count-- > 0; value /= 10)
		out[count] = (char)('0' + value % 10);
}

/* A date of this module always has years of at most four digits. */
void date_format(struct date date, char out[DATE_TEXT])
{
	put_digits(out, date.year, 4);
	out[4] = out[7] = '-';
	put_digits(out + 5, date.month, 2);
	put_digits(out + 8, date.day, 2);
	out[DATE_TEXT - 1] = '\0';
}

struct moment moment_local(int64_t utc, int offset_minutes)
{
	int64_t local = utc + (int64_t)offset_minutes * 60;
	int64_t days = local / 86400, rest = local % 86400;

	if (rest < 0) {
		rest += 86400;
		days--;
	}
	return (struct moment){
		date_from_days((int32_t)days), (int)(rest / 3600), (int)(rest % 3600 / 60)};
}

int64_t moment_utc(struct moment local, int offset_minutes)
{
	int64_t days = date_to_days(local.date);

	return days * 86400 + local.hour * 3600 + (local.minute - offset_minutes) * 60;
}

static const struct {
	const char *name;
	int offset;
} zones[] = {
	{"WIB", 420}, {"WITA", 480}, {"WIT", 540}, {"Asia/Jakarta", 420}, {"Asia/Pontianak", 420},
	{"Asia/Makassar", 480}, {"Asia/Jayapura", 540}, {"UTC", 0},
};

bool timezone_offset(const char *name, int *offset_minutes)
{
	for (size_t i = 0; i < COUNT_OF(zones); i++) {
		if (same_name(zones[i].name, name)) {
			*offset_minutes = zones[i].offset;
			return true;
		}
	}
	return false;
}

const char *timezone_short(int offset_minutes)
{
	for (size_t i = 0; i < COUNT_OF(zones); i++)
		if (zones[i].offset == offset_minutes)
			return zones[i].name;
	return "UTC";
}

int date_year_of_month(struct date today, int month)
{
	struct date first = {today.year, month, 1};

	return today.year - (date_diff_days(first, today) > DATE_SOON_DAYS);
}
