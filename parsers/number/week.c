/* Epidemiological weeks: Sunday to Saturday; week 1 is the first with at least four days in
 * January, so the one that holds the 4th. Declared in date.h. */
#include "parsers/number/date.h"

#define WEEKS_MOST 9999

struct date week_first_day(int year, int week)
{
	struct date fourth = {year, 1, 4};

	week = week < 0 || week > WEEKS_MOST ? WEEKS_MOST : week; /* of nobody's year */
	return date_add_days(fourth, 7 * (week - 1) - date_weekday(fourth));
}

int week_of(struct date day, int *year)
{
	*year = day.year + 1;
	while (date_compare(day, week_first_day(*year, 1)) < 0)
		--*year;
	return date_diff_days(day, week_first_day(*year, 1)) / 7 + 1;
}

int weeks_in_year(int year)
{
	return date_diff_days(week_first_day(year + 1, 1), week_first_day(year, 1)) / 7;
}
