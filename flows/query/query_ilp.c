/* Coverage: desa (or puskesmas) with an ILP session of all there are. */
#include <string.h>

#include "flows/query/query.h"
#include "store/tally.h"

#define HELD "ilp held"

static bool inside(const struct query *query, const struct puskesmas *puskesmas)
{
	return query->puskesmas == puskesmas ||
		(query->area != NULL && puskesmas->narea > 0 &&
			area_within(puskesmas->areas[0], query->area));
}

static int count_puskesmas(struct turn *turn, const struct query *query, int64_t *with, int64_t *of)
{
	const struct puskesmas *puskesmas;
	int error = OK;

	*with = *of = 0;
	for (size_t i = 0;
		error == OK && (puskesmas = gazetteer_puskesmas_at(turn->flow->places, i)) != NULL;
		i++) {
		int64_t desa = 0;

		if (!inside(query, puskesmas))
			continue;
		++*of;
		for (size_t k = 0; error == OK && desa == 0 && k < puskesmas->narea; k++)
			error = store_coverage_count(turn->flow->store, puskesmas->areas[k]->code,
				HELD, query->period, &desa);
		*with += desa > 0;
	}
	return error;
}

int query_ilp(struct turn *turn, struct query *query, const struct query_command *command)
{
	struct arena *arena = turn->flow->arena;
	bool puskesmas = query->by != NULL && strcmp(query->by, "puskesmas") == 0;
	int64_t with, of;
	int error = puskesmas ? count_puskesmas(turn, query, &with, &of)
		: query_coverage(turn, query, HELD, &with, &of);

	(void)command;
	if (error != OK)
		return error;
	turn_say(turn, MESSAGE_QUERY_COVER, "area", query->area_name, "period", query->period_name,
		"share",
		arena_printf(arena, "%s %s %s %s (%s)", query_number_text(arena, with),
			reply_word(&turn->reply, "of", "all", "dari"), query_number_text(arena, of),
			reply_word(
				&turn->reply, "unit", puskesmas ? "puskesmas" : "desa", "desa/kel"),
			percent_text(arena, with, of)));
	return OK;
}
