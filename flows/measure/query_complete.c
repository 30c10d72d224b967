/* How complete what is counted is: desa-months, or posyandu-months, that told the form. */
#include <string.h>

#include "flows/measure/measure.h"
#include "flows/measure/query_number.h"
#include "flows/measure/query_posyandu.h"
#include "store/report/tally.h"

#define THIN_PERCENT 80

bool form_by_posyandu(const struct form *form)
{
	const struct form_field *place = form_field(form, form->place);

	return place != NULL && place->type == FIELD_POSYANDU;
}

int64_t query_units(const struct turn *turn, const struct query *query, bool posyandu)
{
	const struct posyandu *one;
	int64_t count = 0;

	for (size_t i = 0; i < query_parts(query); i++) {
		if (!posyandu)
			count += (int64_t)query_part(query, i)->desa_count;
		for (size_t k = 0;
			posyandu && (one = gazetteer_posyandu_at(turn->flow->places, k)) != NULL;
			k++)
			count += area_within(one->area, query_part(query, i));
	}
	return count;
}

int query_units_then(
	const struct turn *turn, const struct query *query, bool posyandu, int64_t *units)
{
	int error = OK;

	*units = query_units(turn, query, posyandu);
	for (size_t i = 0; error == OK && i < query_parts(query); i++) {
		struct closed_places closed = {0};

		error = store_closed_places(turn->flow->store, query_part(query, i)->code,
			query->period, posyandu, &closed);
		*units += closed.places;
	}
	return error;
}

/* The month that says which places there are: the period's last that has begun. */
static struct period last_month(const struct turn *turn, struct period period)
{
	struct date today = turn->now.date,
		    to = date_compare(period.to, today) > 0 ? today : period.to;

	return (struct period){{to.year, to.month, 1},
		{to.year, to.month, date_month_days(to.year, to.month)}};
}

int query_coverage(const struct turn *turn, const struct query *query, const char *form,
	int64_t *with, int64_t *of)
{
	int error = OK;

	*with = 0;
	*of = query_units(turn, query, false);
	for (size_t i = 0; error == OK && i < query_parts(query); i++) {
		struct closed_places closed = {0};
		int64_t desa = 0;

		error = store_coverage_count(
			turn->flow->store, query_part(query, i)->code, form, query->period, &desa);
		if (error == OK)
			error = store_closed_places(turn->flow->store, query_part(query, i)->code,
				last_month(turn, query->period), false, &closed);
		*with += desa;
		*of += closed.places;
	}
	return error;
}

/* Months of the period that have begun, and the period cut there. */
static int64_t months_begun(const struct turn *turn, struct period *period)
{
	struct date today = turn->now.date;
	int64_t months;

	if (date_compare(period->to, today) > 0)
		period->to = (struct date){
			today.year, today.month, date_month_days(today.year, today.month)};
	months = (period->to.year - period->from.year) * 12 + period->to.month -
		period->from.month + 1;
	return months > 0 ? months : 0;
}

/* The form that tells by names what the indicator's own tells as a number; NULL: none. */
static const struct form *form_naming(const struct turn *turn, const struct form *own,
	const struct form_indicator *indicator)
{
	const struct form *form;

	if (indicator == NULL || !indicator->stock)
		return NULL;
	for (size_t i = 0; (form = reader_form_at(turn->flow->reader, i)) != NULL; i++) {
		for (size_t k = 0; form != own && k < form->ncount; k++) {
			if (form->counts[k].named != NULL &&
				strcmp(form->counts[k].name, indicator->count) == 0)
				return form;
		}
	}
	return NULL;
}

/* Months told by names and not as numbers; numbers: of how many months there are those. */
static int months_named(struct store *store, const char *code, const struct complete *complete,
	struct period period, int64_t numbers, int64_t *months)
{
	const char *form = complete->form->name, *naming = complete->naming->name;
	int64_t all, both = 0;
	int error = store_coverage_months(
		store, code, naming, period, complete->posyandu, &all, months);

	if (error == OK && numbers > 0 && *months > 0)
		error = store_coverage_both(store, code, numbers < *months ? form : naming,
			numbers < *months ? naming : form, period, complete->posyandu, &both);
	*months -= both;
	return error;
}

int query_complete(const struct turn *turn, const struct query *query, const struct form *form,
	const struct form_indicator *indicator, struct complete *out)
{
	struct period period = query->period;
	int64_t months = months_begun(turn, &period), outside = 0, closed = 0;
	int error = OK;

	*out = (struct complete){.form = form,
		.naming = form_naming(turn, form, indicator),
		.posyandu = form_by_posyandu(form),
		.monthly = months > 1};
	if (query->posyandu != NULL) {
		out->of = months;
		return query_posyandu_months(turn, query, out, period);
	}
	for (size_t i = 0; error == OK && months > 0 && i < query_parts(query); i++) {
		struct closed_places gone = {0};
		const char *code = query_part(query, i)->code;
		int64_t all = 0, listed = 0, named = 0;

		error = store_coverage_months(turn->flow->store, code, form->name, period,
			out->posyandu, &all, &listed);
		if (error == OK && out->naming != NULL)
			error = months_named(turn->flow->store, code, out, period, listed, &named);
		if (error == OK)
			error = store_closed_places(
				turn->flow->store, code, period, out->posyandu, &gone);
		out->told += all + named;
		outside += all - listed;
		closed += gone.months;
	}
	/* what is closed today counts for the months before, and for others in which it told */
	out->of = query_units(turn, query, out->posyandu) * months + closed + outside;
	return error;
}

bool complete_is_thin(const struct complete *complete)
{
	return complete->told * 100 < complete->of * THIN_PERCENT;
}

static const char *noun_of(const struct reply_context *reply, const struct complete *complete)
{
	return reply_word(reply, "told", complete->form->name, complete->form->title);
}

const char *complete_text(
	const struct reply_context *reply, const struct complete *list, size_t count)
{
	const char *unit = list[0].posyandu ? "posyandu" : "desa", *told, *text;
	struct arena *arena = reply->arena;

	if (list[0].posyandu && list[0].of == 0)
		return reply_word(reply, "complete", "none", "belum ada posyandu terdaftar");
	if (list[0].monthly)
		unit = list[0].posyandu ? "posyandu_month" : "desa_month";
	told = reply_word(reply, "complete", "told", "lapor");
	text = arena_printf(arena, "%s %s %s %s %s", query_number_text(arena, list[0].told),
		reply_word(reply, "of", "all", "dari"), query_number_text(arena, list[0].of),
		reply_word(reply, "unit", unit, unit), told);
	if (count < 2)
		return text;
	if (list[0].told == list[1].told && list[0].of == list[1].of)
		return arena_printf(arena, "%s %s %s %s", text, noun_of(reply, &list[0]),
			reply_word(reply, "and", "all", "dan"), noun_of(reply, &list[1]));
	return arena_printf(arena, "%s %s, %s %s %s", text, noun_of(reply, &list[0]),
		query_number_text(arena, list[1].told), told, noun_of(reply, &list[1]));
}

int query_untold(const struct turn *turn, const struct query *query,
	const struct measured *measured, bool *untold)
{
	struct query all = *query;
	struct measured waits;
	struct complete told;
	int error;

	*untold = false;
	if (measured->count != 0 || measured->of > 0 || measured->waiting != 0)
		return OK;
	error = query_complete(turn, query, measured->form, measured->indicator, &told);
	if (error != OK || told.told > 0)
		return error;
	all.counted = false; /* what waits was told */
	error = query_measure(turn, &all, measured->indicator->name, &waits);
	*untold = error == OK && waits.waiting == 0;
	return error;
}
