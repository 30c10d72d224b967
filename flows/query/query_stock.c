/* Stocks by themselves: stunting, each posyandu's last month. */
#include "flows/query/query.h"

int query_stock(struct turn *turn, struct query *query, const struct query_command *command)
{
	const char *complete;
	int64_t sum;
	int error = query_stock_sum(turn, query, query->indicator, query->period, &sum);

	if (error == OK)
		error = query_complete(turn, query, command->form, &complete);
	turn_say(turn, MESSAGE_QUERY_COUNT, "title", query->title, "area", query->area_name,
		"period", query->period_name, "count", query_number_text(turn->flow->arena, sum),
		"complete", complete);
	return error;
}
