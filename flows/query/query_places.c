/* How many places there are: "jumlah posyandu kec panggul". Those that are registered, of whatever
 * month; how many of them have told is another question. */
#include <string.h>

#include "flows/measure/query_number.h"
#include "flows/query/query.h"
#include "flows/query/query_by.h"

static int64_t areas(const struct turn *turn, const struct query *query, enum area_level level)
{
	const struct area *area;
	int64_t count = 0;

	for (size_t i = 0; (area = gazetteer_area_at(turn->flow->places, i)) != NULL; i++)
		count += area->level == level && query_covers(query, area);
	return count;
}

static int64_t puskesmas(const struct turn *turn, const struct query *query)
{
	const struct puskesmas *one;
	int64_t count = 0;

	for (size_t i = 0; (one = gazetteer_puskesmas_at(turn->flow->places, i)) != NULL; i++)
		count += one->narea > 0 && query_covers(query, one->areas[0]);
	return count;
}

static int64_t posyandu(const struct turn *turn, const struct query *query)
{
	const struct posyandu *one;
	int64_t count = 0;

	for (size_t i = 0; (one = gazetteer_posyandu_at(turn->flow->places, i)) != NULL; i++)
		count += query_covers(query, one->area);
	return count;
}

/* "17 desa" of what there is any below the place itself. */
static void add(const struct turn *turn, const char **list, int64_t count, const char *unit)
{
	if (count > 0)
		*list = arena_printf(turn->flow->arena, "%s%s%s %s", *list,
			**list != '\0' ? ", " : "", query_number_text(turn->flow->arena, count),
			reply_word(&turn->reply, "level", unit, unit));
}

int query_places_count(struct turn *turn, struct query *query)
{
	static const char *const levels[] = {"kabupaten", "kecamatan", "desa"};
	const char *list = "";

	for (size_t i = 0; i < COUNT_OF(levels); i++)
		if (query->puskesmas != NULL ||
			query_part(query, 0)->level < query_by_level(levels[i]))
			add(turn, &list, areas(turn, query, query_by_level(levels[i])), levels[i]);
	if (query->puskesmas == NULL)
		add(turn, &list, puskesmas(turn, query), "puskesmas");
	add(turn, &list, posyandu(turn, query), "posyandu");
	turn_say(turn, MESSAGE_QUERY_UNITS, "area", query->area_name, "list",
		*list != '\0' ? list : "0");
	return OK;
}

/* With its level: "Kec. Panggul" is not "Desa Panggul". */
const char *query_area_name(struct turn *turn, const struct area *area)
{
	const char *name = reply_place(&turn->reply, area->code);
	const char *level = area->level == LEVEL_KECAMATAN
		? reply_word(&turn->reply, "short", "kecamatan", "Kec.")
		: area->level == LEVEL_DESA ? reply_word(&turn->reply, "short", "desa", "Desa")
					    : NULL;

	return level == NULL ? name : arena_printf(turn->flow->arena, "%s %s", level, name);
}
