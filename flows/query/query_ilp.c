/* Coverage: desa (or puskesmas) with a session that was held, of all there are. */
#include <string.h>

#include "flows/change/count.h"
#include "flows/measure/query_number.h"
#include "flows/query/query.h"

static bool inside(const struct query *query, const struct puskesmas *puskesmas)
{
	return query->puskesmas == puskesmas ||
		(query->area != NULL && puskesmas->narea > 0 &&
			area_within(puskesmas->areas[0], query->area));
}

static int count_puskesmas(const struct turn *turn, const struct query *query, const char *held,
	int64_t *with, int64_t *of)
{
	const struct puskesmas *puskesmas;
	int error = OK;

	*with = *of = 0;
	for (size_t i = 0;
		error == OK && (puskesmas = gazetteer_puskesmas_at(turn->flow->places, i)) != NULL;
		i++) {
		struct query one = {.puskesmas = puskesmas, .period = query->period};
		int64_t desa = 0, all;

		if (!inside(query, puskesmas))
			continue;
		++*of;
		error = query_coverage(turn, &one, held, &desa, &all);
		*with += desa > 0;
	}
	return error;
}

/* "84 dari 157 desa/kel (53,5%)" */
static int share_text(const struct turn *turn, const struct query *query, bool puskesmas,
	const char **text)
{
	struct arena *arena = turn->flow->arena;
	const char *held = arena_printf(arena, COVERAGE_HELD, query->indicator);
	int64_t with = 0, of = 0;
	int error = puskesmas ? count_puskesmas(turn, query, held, &with, &of)
			      : query_coverage(turn, query, held, &with, &of);

	if (error == OK)
		*text = arena_printf(arena, "%s %s %s %s (%s)", query_number_text(arena, with),
			reply_word(&turn->reply, "of", "all", "dari"), query_number_text(arena, of),
			reply_word(
				&turn->reply, "unit", puskesmas ? "puskesmas" : "desa", "desa/kel"),
			percent_text(arena, with, of));
	return error;
}

int query_ilp(struct turn *turn, struct query *query)
{
	bool both = query->by != NULL && strcmp(query->by, "desa_puskesmas") == 0;
	const char *text, *more;
	int error = share_text(turn, query,
		query->by != NULL && strcmp(query->by, "puskesmas") == 0, &text);

	if (error == OK && both)
		error = share_text(turn, query, true, &more);
	if (error != OK)
		return error;
	if (both)
		text = arena_printf(turn->flow->arena, "%s, %s", text, more);
	turn_say(turn, MESSAGE_QUERY_COVER, "area", query->area_name, "period", query->period_name,
		"share", text);
	return OK;
}
