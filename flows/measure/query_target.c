/* Target populations: see query_target.h. A desa's own goes before that of its puskesmas. */
#include "flows/measure/query_target.h"

#include <string.h>

#include "store/report/target.h"

#define MONTHS 12

struct targets {
	const struct turn *turn;
	const struct query *query;
	int64_t sum;
	int64_t desa; /* of the area that are covered */
	/* puskesmas of which a desa has its own */
	const struct puskesmas **parted;
	size_t nparted;
};

static bool inside(const struct query *query, const struct area *area)
{
	for (size_t i = 0; i < query_parts(query); i++) {
		if (area_within(area, query_part(query, i)))
			return true;
	}
	return false;
}

static bool is_parted(const struct targets *targets, const struct puskesmas *puskesmas)
{
	for (size_t i = 0; i < targets->nparted; i++) {
		if (targets->parted[i] == puskesmas)
			return true;
	}
	return false;
}

static int desa_row(const struct target_row *row, void *context)
{
	struct targets *targets = context;
	const struct gazetteer *places = targets->turn->flow->places;
	const struct area *area = gazetteer_area(places, row->place);
	const struct puskesmas *puskesmas;

	if (area == NULL || !inside(targets->query, area))
		return OK;
	targets->sum += row->value;
	targets->desa += (int64_t)area->desa_count;
	puskesmas = gazetteer_serving(places, area);
	if (puskesmas != NULL && !is_parted(targets, puskesmas))
		targets->parted[targets->nparted++] = puskesmas;
	return OK;
}

/* The whole of a puskesmas, where none of its desa has its own. */
static int puskesmas_row(const struct target_row *row, void *context)
{
	struct targets *targets = context;
	const struct puskesmas *puskesmas =
		gazetteer_puskesmas(targets->turn->flow->places, row->place);

	if (puskesmas == NULL || is_parted(targets, puskesmas))
		return OK;
	for (size_t i = 0; i < puskesmas->narea; i++) {
		if (!inside(targets->query, puskesmas->areas[i]))
			return OK;
	}
	targets->sum += row->value;
	for (size_t i = 0; i < puskesmas->narea; i++)
		targets->desa += (int64_t)puskesmas->areas[i]->desa_count;
	return OK;
}

static int months_of(struct period period)
{
	return (period.to.year - period.from.year) * MONTHS + period.to.month - period.from.month +
		1;
}

int query_target(const struct turn *turn, const struct query *query,
	const struct form_indicator *indicator, int64_t *target, enum target_known *known)
{
	struct targets targets = {.turn = turn, .query = query};
	int months = months_of(query->period), year = query->period.from.year, error;
	size_t count = 0;

	*target = 0;
	*known = TARGET_NONE;
	if (indicator->target == NULL || query->period.to.year != year)
		return OK;
	while (gazetteer_puskesmas_at(turn->flow->places, count) != NULL)
		count++;
	targets.parted = arena_alloc(turn->flow->arena, (count + 1) * sizeof(*targets.parted));
	error = store_target_each(turn->flow->store, indicator->target, year, desa_row, &targets);
	if (error == OK)
		error = store_target_each(
			turn->flow->store, indicator->target, year, puskesmas_row, &targets);
	if (error != OK || targets.desa == 0)
		return error;
	*known = targets.desa >= query_units(turn, query, false) ? TARGET_WHOLE : TARGET_PARTLY;
	*target = indicator->target_stock ? targets.sum
					  : (targets.sum * months + MONTHS / 2) / MONTHS;
	return OK;
}
