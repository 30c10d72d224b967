/* Events and what they are of the live births. A rate only from the configured number of events on.
 */
#include <math.h>
#include <string.h>

#include "flows/query/query.h"

/* Deaths of mothers are few: a shorter question is answered over the twelve months to its end. */
static void rolling_year(struct turn *turn, struct query *query)
{
	struct date last = {query->period.to.year, query->period.to.month,
		date_month_days(query->period.to.year, query->period.to.month)};
	struct date first = date_add_months((struct date){last.year, last.month, 1}, -11);
	char text[PERIOD_TEXT];

	if (strcmp(query->indicator, "aki") != 0 || date_compare(query->period.from, first) <= 0)
		return;
	query->period = (struct period){first, last};
	period_format(query->period, text);
	query->period_name = reply_period(&turn->reply, text);
}

static const char *rate_text(struct arena *arena, int64_t count, int64_t births, long per)
{
	if (per == 100)
		return percent_text(arena, count, births);
	return arena_printf(arena, "%s/%s",
		query_number_text(arena, llround((double)count * (double)per / (double)births)),
		query_number_text(arena, per));
}

int query_count(struct turn *turn, struct query *query, const struct query_command *command)
{
	struct arena *arena = turn->flow->arena;
	const char *complete;
	int64_t count, births = 0;
	int error;

	rolling_year(turn, query);
	error = query_sum(turn, query, query->indicator, query->period, &count);
	if (error == OK && command->per > 0)
		error = query_sum(turn, query, "lahir", query->period, &births);
	if (error == OK)
		error = query_complete(turn, query, command->form, &complete);
	if (error != OK)
		return error;
	if (command->per == 0)
		turn_say(turn, MESSAGE_QUERY_COUNT, "title", query->title, "area", query->area_name,
			"period", query->period_name, "count", query_number_text(arena, count),
			"complete", complete);
	else if (count < turn->flow->settings->small_number || births == 0)
		turn_say(turn, MESSAGE_QUERY_SMALL, "title", query->title, "area", query->area_name,
			"period", query->period_name, "count", query_number_text(arena, count),
			"births", query_number_text(arena, births), "complete", complete);
	else
		turn_say(turn, MESSAGE_QUERY_RATE, "title", query->title, "area", query->area_name,
			"period", query->period_name, "count", query_number_text(arena, count),
			"births", query_number_text(arena, births), "rate",
			rate_text(arena, count, births, command->per), "complete", complete);
	return OK;
}
