/* S K D N of an area: S and K of each posyandu's last month, D and N added up. */
#include "flows/query/query.h"

int query_pos(struct turn *turn, struct query *query, const struct query_command *command)
{
	struct arena *arena = turn->flow->arena;
	int64_t s, k, d, n, months;
	const char *complete, *list;
	int error = query_stock_sum(turn, query, "s", query->period, &s);

	if (error == OK)
		error = query_stock_sum(turn, query, "k", query->period, &k);
	if (error == OK)
		error = query_sum(turn, query, "d", query->period, &d);
	if (error == OK)
		error = query_sum(turn, query, "n", query->period, &n);
	if (error == OK)
		error = query_stock_months(turn, query, "s", &months);
	if (error == OK)
		error = query_complete(turn, query, command->form, &complete);
	if (error != OK)
		return error;
	list = arena_printf(arena, "S %s K %s D %s N %s", query_number_text(arena, s),
		query_number_text(arena, k), query_number_text(arena, d),
		query_number_text(arena, n));
	if (d >= turn->flow->settings->small_number && months > 0)
		list = arena_printf(arena, "%s, D/S %s", list, percent_text(arena, d, months));
	if (n >= turn->flow->settings->small_number && d > 0)
		list = arena_printf(arena, "%s, N/D %s", list, percent_text(arena, n, d));
	turn_say(turn, MESSAGE_QUERY_SKDN, "area", query->area_name, "period", query->period_name,
		"list", list, "complete", complete);
	return OK;
}
