/* Periods as ISO 8601, the shortest text that is exact: declared in date.h. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "parsers/number/date.h"

static bool first_day(struct date date)
{
	return date.day == 1;
}

static bool last_day(struct date date)
{
	return date.day == date_month_days(date.year, date.month);
}

void period_format(struct period period, char out[PERIOD_TEXT])
{
	struct date from = period.from, to = period.to;
	bool months = first_day(from) && last_day(to);
	char room[80], first[DATE_TEXT], last[DATE_TEXT];

	date_format(from, first);
	date_format(to, last);
	if (months && from.month == 1 && to.month == 12 && from.year == to.year)
		snprintf(room, sizeof(room), "%04d", from.year);
	else if (months && from.month == to.month && from.year == to.year)
		snprintf(room, sizeof(room), "%04d-%02d", from.year, from.month);
	else if (months)
		snprintf(room, sizeof(room), "%04d-%02d/%04d-%02d", from.year, from.month, to.year,
			to.month);
	else if (date_compare(from, to) == 0)
		snprintf(room, sizeof(room), "%s", first);
	else
		snprintf(room, sizeof(room), "%s/%s", first, last);
	(void)copy_string(out, PERIOD_TEXT, room);
}

/* 2024, 2024-07 or 2024-07-15: the days that it spans. */
static bool span(const char *text, struct period *out)
{
	static const char rest[] = "-01-01";
	size_t length = strlen(text);
	char full[DATE_TEXT];

	if (length != 4 && length != 7 && length != 10)
		return false;
	(void)copy_string(full, sizeof(full), text);
	(void)copy_string(full + length, sizeof(full) - length, rest + (length - 4));
	if (!date_parse(full, &out->from))
		return false;
	out->to = out->from;
	if (length == 4)
		out->to.month = 12;
	if (length < 10)
		out->to.day = date_month_days(out->to.year, out->to.month);
	return true;
}

bool period_parse(const char *text, struct period *out)
{
	char part[PERIOD_TEXT];
	struct period last;
	char *slash;

	if (!copy_string(part, sizeof(part), text))
		return false;
	slash = strchr(part, '/');
	if (!slash)
		return span(part, out);
	*slash = '\0';
	if (!span(part, out) || !span(slash + 1, &last))
		return false;
	out->to = last.to;
	return date_compare(out->from, out->to) <= 0;
}

/* months 0: weeks. */
static const struct {
	const char *name;
	int months;
} units[] = {{"pekan", 0}, {"bulan", 1}, {"triwulan", 3}, {"semester", 6}, {"tahun", 12}};

bool period_is_unit(const char *unit)
{
	for (size_t i = 0; i < COUNT_OF(units); i++)
		if (same_name(units[i].name, unit))
			return true;
	return false;
}

struct period period_unit_of(const char *unit, struct date day)
{
	struct period period = {day, day};
	int months = 0;

	for (size_t i = 0; i < COUNT_OF(units); i++)
		if (same_name(units[i].name, unit))
			months = units[i].months;
	if (months == 0) {
		period.from = date_add_days(day, -((date_weekday(day) + 6) % 7));
		period.to = date_add_days(period.from, 6);
		return period;
	}
	period.from = (struct date){day.year, (day.month - 1) / months * months + 1, 1};
	period.to = date_add_days(date_add_months(period.from, months), -1);
	return period;
}

bool period_years(struct period period)
{
	return period.from.month == 1 && period.from.day == 1 && period.to.month == 12 &&
		period.to.day == 31;
}
