/* What one place of a list has: a number, a share, who has not told, cases. */
#include "flows/query/query_by.h"

#include <string.h>

#include "flows/change/count.h"
#include "flows/measure/query_number.h"
#include "flows/query/query.h"
#include "flows/query/query_answers.h"

const struct form_indicator query_share_of_desa = {.of = ""};
static const struct form_indicator number = {0};

static const struct {
	const char *name;
	enum area_level level;
} levels[] = {
	{"desa", LEVEL_DESA},
	{"kecamatan", LEVEL_KECAMATAN},
	{"kabupaten", LEVEL_KABUPATEN},
};

enum area_level query_by_level(const char *by)
{
	for (size_t i = 0; i < COUNT_OF(levels); i++) {
		if (strcmp(levels[i].name, by) == 0)
			return levels[i].level;
	}
	return LEVEL_ANY;
}

bool query_by_cases(const struct turn *turn, const struct query *query)
{
	return query_is_cases(turn->flow->reader, query->indicator);
}

/* Its sessions stand for by their first share. */
bool query_by_has_share(const struct form *form)
{
	return form->nindicator > 0 && form->indicators[0].of != NULL;
}

const struct form *query_by_form(const struct reader *reader, const struct query *query)
{
	const struct form *form = reader_form(reader, query->indicator);
	bool by_puskesmas = strcmp(query->by, "puskesmas") == 0;

	if (form == NULL || !form_by_posyandu(form) ||
		(query_by_level(query->by) == LEVEL_ANY && !by_puskesmas &&
			strcmp(query->by, "posyandu") != 0))
		return NULL;
	return query_by_has_share(form) || !by_puskesmas ? form : NULL;
}

/* The desa of one place with a session that was held, of all it has. */
static int measure_coverage(
	const struct turn *turn, const struct query *query, struct measured *out)
{
	*out = (struct measured){.indicator = &query_share_of_desa};
	return query_coverage(turn, query,
		arena_printf(turn->flow->arena, COVERAGE_HELD, query->indicator), &out->count,
		&out->of);
}

/* Who has not told, by the table of questions. */
bool query_by_gaps(const struct query *query)
{
	return strcmp(query->indicator, "belum_lapor") == 0;
}

/* Of one place those who have not told, or who have, of all it has. */
static int measure_gaps(const struct turn *turn, const struct query *query, struct measured *out)
{
	const struct form *form = query_gaps_form(turn, query);
	struct complete complete;
	int error = form == NULL ? ERR_NOT_FOUND
				 : query_complete(turn, query, form, NULL, &complete);

	*out = (struct measured){.indicator = &query_share_of_desa};
	if (error == OK) {
		out->of = complete.of;
		out->count = query->without ? complete.told : complete.of - complete.told;
	}
	return error;
}

/* Cases that units tell by week: of a desa what people tell is listed. */
static bool by_units(const struct turn *turn, const struct query *query)
{
	return query_by_cases(turn, query) && query_by_level(query->by) != LEVEL_DESA;
}

int query_by_people(const struct turn *turn, const struct query *query, const char **text)
{
	int64_t sum = 0;
	int error = by_units(turn, query) ? query_cases_people(turn, query, &sum) : OK;

	if (sum > 0)
		*text = arena_printf(turn->flow->arena, " (%s %s)",
			reply_word(&turn->reply, "week", "people", "Kabar warga"),
			query_number_text(turn->flow->arena, sum));
	return error;
}

int query_by_measure(const struct turn *turn, const struct query *query, struct measured *out)
{
	const struct form *form;

	if (query_by_gaps(query))
		return measure_gaps(turn, query, out);
	if (query_by_cases(turn, query)) {
		*out = (struct measured){.indicator = &number};
		return query_cases_sum(turn, query, &out->count);
	}
	form = query_by_form(turn->flow->reader, query);
	if (form == NULL)
		return query_measure(turn, query, query->indicator, out);
	return query_by_has_share(form) ? query_measure(turn, query, form->indicators[0].name, out)
			       : measure_coverage(turn, query, out);
}

/* The form whose reports say whether anything is known. */
int query_by_complete(
	const struct turn *turn, const struct query *query, struct complete *complete)
{
	const struct form_indicator *indicator = NULL;
	const struct form *form = query_by_gaps(query) ? query_gaps_form(turn, query)
		: query_by_cases(turn, query)          ? query_cases_form(turn)
						 : query_by_form(turn->flow->reader, query);

	*complete = (struct complete){.form = form};
	if (by_units(turn, query))
		return query_cases_units(turn, query, &complete->told);
	if (form == NULL)
		indicator = query_indicator(turn->flow->reader, query->indicator, &form);
	return form == NULL ? ERR_NOT_FOUND
			    : query_complete(turn, query, form, indicator, complete);
}

int query_by_complete_text(
	const struct turn *turn, const struct query *query, const char **text)
{
	struct complete complete;
	int error;

	if (by_units(turn, query))
		return query_cases_complete(turn, query, text);
	error = query_by_complete(turn, query, &complete);
	for (size_t i = 0; error == OK && i < query->nbeside; i++) {
		struct complete more;

		error = query_by_complete(turn, &query->beside[i], &more);
		complete.told += error == OK ? more.told : 0;
		complete.of += error == OK ? more.of : 0;
	}
	if (error == OK)
		*text = complete_text(&turn->reply, &complete, 1);
	return error;
}

/* S, K, D, N by places: the shares of one of its numbers in another, beside each other. */
static void shares_of(struct query *query, const struct form *form, struct arena *arena)
{
	const char **also = arena_alloc(arena, form->nindicator * sizeof(*also));

	query->indicator = form->indicators[0].name;
	for (size_t i = 1; i < form->nindicator; i++) {
		const struct form_indicator *one = &form->indicators[i];

		if (one->count != NULL && one->of != NULL && one->nless == 0 &&
			one->count[1] == '\0' && one->of[1] == '\0')
			also[query->nalso++] = one->name;
	}
	query->also = also;
}

/* Inside a kecamatan there is no list by kecamatan; what is told of a desa has none by posyandu. */
void query_by_fit(const struct turn *turn, struct query *query)
{
	const struct form *form = NULL;
	enum area_level level = query->by == NULL ? LEVEL_ANY : query_by_level(query->by);

	if (level != LEVEL_ANY && query->area != NULL && query->nbeside == 0 &&
		query->area->level >= level)
		query->by = query->area->level >= LEVEL_DESA ? "posyandu" : "desa";
	else if (query->by != NULL && query->puskesmas != NULL &&
		(strcmp(query->by, "puskesmas") == 0 || level == LEVEL_KECAMATAN))
		query->by = "desa";

	if (query->by != NULL && strcmp(query->by, "posyandu") == 0 &&
		query_indicator(turn->flow->reader, query->indicator, &form) != NULL &&
		!form_by_posyandu(form))
		query->by = "desa";
	form = query->by == NULL || query->nalso > 0 || query->nbeside > 0
		? NULL : reader_form(turn->flow->reader, query->indicator);
	if (form != NULL && query_by_has_share(form) && query->against.from.year == 0)
		shares_of(query, form, turn->flow->arena);
}
