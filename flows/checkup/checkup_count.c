/* Anonymous counts of questionnaires: see checkup_count.h. A counter's key is "DESA:NAME:red". */
#include "flows/checkup/checkup_count.h"

#include <string.h>

#include "store/message/deadline.h"

#define ROWS_MOST 4000 /* desa, questionnaires and results of a month */

const char *checkup_hash(const struct turn *turn)
{
	char *hash = arena_alloc(turn->flow->arena, STORE_BLIND);

	store_counter_blind(turn->flow->store,
		arena_printf(turn->flow->arena, "%s %s", turn_today(turn), turn->sender.phone),
		hash);
	return hash;
}

static const char *month_text(const struct turn *turn, struct date day)
{
	return arena_printf(turn->flow->arena, "%04d-%02d", day.year, day.month);
}

int checkup_count(const struct turn *turn, const char *checkup, bool red, const char *desa)
{
	int64_t count;

	return store_counter_add(turn->flow->store, CHECKUP_COUNTS,
		arena_printf(turn->flow->arena, "%s:%s:%d", desa, checkup, red),
		month_text(turn, turn->now.date), &count);
}

static void row_take(const struct counter_row *row, const char *checkup, checkup_inside *inside,
	const void *context, struct arena *arena, struct checkup_sum *out)
{
	size_t desa = strcspn(row->key, ":"), name;
	const char *rest = row->key + desa + (row->key[desa] == ':');

	name = strcspn(rest, ":");
	if (checkup != NULL && (strlen(checkup) != name || strncmp(checkup, rest, name) != 0))
		return;
	if (!inside(arena_strndup(arena, row->key, desa), context))
		return;
	out->all += row->count;
	out->red += strcmp(rest + name, ":1") == 0 ? row->count : 0;
}

int checkup_sums(const struct turn *turn, const char *checkup, struct period period,
	checkup_inside *inside, const void *context, struct checkup_sum *out)
{
	struct arena *arena = turn->flow->arena;
	struct counter_row *rows = arena_alloc(arena, ROWS_MOST * sizeof(*rows));
	struct date month = {period.from.year, period.from.month, 1};
	int error = OK;

	*out = (struct checkup_sum){0};
	for (; error == OK && date_compare(month, period.to) <= 0 &&
		date_compare(month, turn->now.date) <= 0;
		month = date_add_months(month, 1)) {
		size_t count;

		error = store_counter_top(turn->flow->store, arena, CHECKUP_COUNTS,
			month_text(turn, month), rows, ROWS_MOST, &count);
		for (size_t i = 0; error == OK && i < count; i++)
			row_take(&rows[i], checkup, inside, context, arena, out);
	}
	return error;
}
