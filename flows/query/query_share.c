/* D/S, N/D, K/S: shares of the sessions; a percentage only from the configured number on. */
#include <string.h>

#include "flows/query/query.h"

static const struct {
	const char *indicator, *part, *whole;
	bool part_stock, whole_stock;
} shares[] = {
	{"ds", "d", "s", false, true},
	{"nd", "n", "d", false, false},
	{"ks", "k", "s", true, true},
};

static int amount(const struct turn *turn, const struct query *query, const char *name, bool stock,
	int64_t *sum)
{
	return stock ? query_stock_months(turn, query, name, sum)
		     : query_sum(turn, query, name, query->period, sum);
}

int query_share(struct turn *turn, struct query *query, const struct query_command *command)
{
	struct arena *arena = turn->flow->arena;
	const char *complete;
	int64_t part = 0, whole = 0;
	int error = query_complete(turn, query, command->form, &complete);

	for (size_t i = 0; error == OK && i < COUNT_OF(shares); i++) {
		if (strcmp(shares[i].indicator, query->indicator) != 0)
			continue;
		error = amount(turn, query, shares[i].part, shares[i].part_stock, &part);
		if (error == OK)
			error = amount(turn, query, shares[i].whole, shares[i].whole_stock, &whole);
	}
	if (error != OK)
		return error;
	if (part < turn->flow->settings->small_number || whole == 0)
		turn_say(turn, MESSAGE_QUERY_PART, "title", query->title, "area", query->area_name,
			"period", query->period_name, "count", query_number_text(arena, part),
			"births", query_number_text(arena, whole), "complete", complete);
	else
		turn_say(turn, MESSAGE_QUERY_SHARE, "title", query->title, "area", query->area_name,
			"period", query->period_name, "count", query_number_text(arena, part),
			"births", query_number_text(arena, whole), "rate",
			percent_text(arena, part, whole), "complete", complete);
	return OK;
}
