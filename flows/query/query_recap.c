/* REKAP: the month of an area in one line; also what the monthly summary tells. */
#include <string.h>

#include "flows/query/query.h"

static const char *const counts[] = {"lahir", "bblr", "lahir_mati", "aki", "akb", "akaba"};

int query_recap_list(const struct turn *turn, const struct reply_context *reply,
	const struct query *query, const char **list)
{
	struct arena *arena = turn->flow->arena;
	int64_t number, d = 0, s = 0;
	int error = OK;

	*list = "";
	for (size_t i = 0; error == OK && i < COUNT_OF(counts); i++) {
		error = query_sum(turn, query, counts[i], query->period, &number);
		*list = arena_printf(arena, "%s%s%s %s", *list, i > 0 ? ", " : "",
			reply_word(reply, "recap", counts[i], counts[i]),
			query_number_text(arena, number));
	}
	if (error == OK)
		error = query_sum(turn, query, "d", query->period, &d);
	if (error == OK)
		error = query_stock_months(turn, query, "s", &s);
	if (error == OK && s > 0)
		*list = arena_printf(arena, "%s, D/S %s/%s", *list, query_number_text(arena, d),
			query_number_text(arena, s));
	return error;
}

int query_recap(struct turn *turn, struct query *query, const struct query_command *command)
{
	const char *list, *complete;
	int error = query_recap_list(turn, &turn->reply, query, &list);

	if (error == OK)
		error = query_complete(turn, query, command->form, &complete);
	if (error != OK)
		return error;
	turn_say(turn, MESSAGE_QUERY_SUMMARY, "area", query->area_name, "period",
		query->period_name, "list", list, "complete", complete);
	return OK;
}
