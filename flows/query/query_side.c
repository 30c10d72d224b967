/* What is asked of several places, of two periods or month by month stands side by side, each with
 * how complete it is: "Lahir hidup Jul 24: Kec. Panggul 12 (lapor 9/17), Kec. Pule belum lapor". */
#include "flows/query/query_answers.h"

#include <string.h>

#include "flows/measure/query_number.h"
#include "flows/measure/query_value.h"
#include "flows/query/query_page.h"

#define SIDES_MAX 60 /* of all places, periods and indicators together */

/* Month by month, year by year. */
bool query_by_time(const struct query *query)
{
	return query->by != NULL && period_is_unit(query->by);
}

bool query_is_side(const struct query *query)
{
	return query->nbeside > 0 || query->against.from.year != 0 ||
		query_by_time(query);
}

static bool is_number(const struct turn *turn, const struct query *query, const char *indicator)
{
	struct query one = *query;
	const struct form *form;

	if (query_is_cases(turn->flow->reader, indicator))
		return true;
	one.indicator = indicator;
	one.by = "desa";
	if (query_indicator(turn->flow->reader, indicator, &form) != NULL)
		return true;
	form = query_by_form(turn->flow->reader, &one);
	return form != NULL && form->nindicator > 0 && form->indicators[0].of != NULL;
}

bool query_side_carries(const struct turn *turn, const struct query *query)
{
	bool all = is_number(turn, query, query->indicator) &&
		(query->by == NULL || query_by_time(query));

	for (size_t i = 0; i < query->nalso; i++)
		all = all && is_number(turn, query, query->also[i]);
	return all;
}

/* For what is no number of its own the first share of its form stands: SKDN, D/S. */
static const char *number_of(const struct turn *turn, const char *indicator)
{
	const struct form *form;

	if (query_indicator(turn->flow->reader, indicator, &form) != NULL)
		return indicator;
	form = reader_form(turn->flow->reader, indicator);
	return form == NULL || form->nindicator == 0 ? indicator : form->indicators[0].name;
}

static const char *value_text(const struct turn *turn, const struct measured *measured)
{
	const char *count = query_count_text(turn, measured);

	return measured->indicator->of == NULL || measured->indicator->per > 0
		? count
		: arena_printf(turn->flow->arena, "%s/%s", count,
			  query_number_text(turn->flow->arena, measured->of));
}

/* What units tell of diseases week by week, or a number of a form; how complete that is. */
static int side_measure(const struct turn *turn, const struct query *one, const char *indicator,
	struct measured *measured, struct complete *complete)
{
	static const struct form_indicator number = {0};
	int error;

	if (query_is_cases(turn->flow->reader, indicator)) {
		*measured = (struct measured){
			.indicator = &number, .form = query_cases_form(turn)};
		error = query_cases_sum(turn, one, &measured->count);
	} else {
		error = query_measure(turn, one, indicator, measured);
	}
	if (error == OK)
		error = query_complete(turn, one, measured->form,
			measured->indicator == &number ? NULL : measured->indicator, complete);
	if (measured->indicator == &number)
		complete->of = 0; /* of units and weeks, not of desa and months */
	return error;
}

/* One place and period: "Kec. Panggul Jun 24 12 (lapor 9/17)"; *known: anything was told. */
static int side_text(const struct turn *turn, const struct query *one, const char *indicator,
	const char *name, const char **text, bool *known)
{
	struct arena *arena = turn->flow->arena;
	struct measured measured;
	struct complete complete;
	int error = side_measure(turn, one, indicator, &measured, &complete);

	if (error != OK)
		return error;
	*known = measured.count > 0 || measured.waiting > 0 || complete.told > 0;
	if (!*known)
		*text = arena_printf(arena, "%s %s", name,
			reply_word(&turn->reply, "query", "silent", "belum lapor"));
	else if (complete.of == 0)
		*text = arena_printf(arena, "%s %s", name, value_text(turn, &measured));
	else
		*text = arena_printf(arena, "%s %s (%s %s/%s)", name, value_text(turn, &measured),
			reply_word(&turn->reply, "complete", "told", "lapor"),
			query_number_text(arena, complete.told),
			query_number_text(arena, complete.of));
	return OK;
}

/* The periods of the list, in their order. */
static size_t periods(const struct turn *turn, const struct query *query, struct period *list)
{
	struct date day = query->period.from;
	size_t count = 0;

	if (query->against.from.year != 0) {
		list[0] = query->against;
		list[1] = query->period;
		return 2;
	}
	list[0] = query->period;
	if (!query_by_time(query))
		return 1;
	for (; count < SIDES_MAX && date_compare(day, query->period.to) <= 0 &&
		date_compare(day, turn->now.date) <= 0;
		day = date_add_days(list[count++].to, 1))
		list[count] = period_unit_of(query->by, day);
	return count;
}

/* "Kec. Panggul", "Jun 24", or both: what the other items do not have in common with this one. */
static const char *side_name(const struct turn *turn, const struct query *query,
	const struct query *one, const char *before, bool timed)
{
	const char *name = before;

	if (query->nbeside > 0)
		name = arena_printf(turn->flow->arena, "%s%s%s", name, *name != '\0' ? " " : "",
			one->area_name);
	if (timed)
		name = arena_printf(turn->flow->arena, "%s%s%s", name, *name != '\0' ? " " : "",
			one->period_name);
	return name;
}

/* Months in which nobody told anything are one item: "Jan 24-Apr 24 belum lapor"; title: in front
 * of it, where it is the indicator's first. */
static int silent_from(struct turn *turn, const struct query *query, struct query *one,
	const char *indicator, const char *title, struct query_list *list, struct date *since)
{
	const char *text;
	bool known;
	int error;

	if (query->by == NULL || query->nbeside > 0 || since->year == 0)
		return OK;
	one->period.from = *since;
	query_name(turn, one);
	error = side_text(
		turn, one, indicator, side_name(turn, query, one, title, true), &text, &known);
	if (error == OK && list->count > 0)
		list->items[list->count - 1] = text;
	return error;
}

/* All places in one period, or one place in all. */
static int indicator_fill(struct turn *turn, const struct query *query, const char *indicator,
	const struct period *times, size_t ntime, struct query_list *list)
{
	const char *title = query->nalso > 0
		? query_inner_title(turn, indicator) : "";
	struct date silent = {0};
	int error = OK;

	for (size_t i = 0; error == OK && i < (1 + query->nbeside) * ntime; i++) {
		struct query one = i / ntime == 0 ? *query : query->beside[i / ntime - 1];
		bool known, joins;

		if (list->count == SIDES_MAX)
			break;
		one.period = times[i % ntime];
		query_name(turn, &one);
		error = side_text(turn, &one, indicator,
			side_name(turn, query, &one, i == 0 ? title : "", ntime > 1),
			&list->items[list->count], &known);
		joins = !known && silent.year != 0 && query->by != NULL && query->nbeside == 0;
		list->count += error == OK && !joins;
		if (error == OK && joins)
			error = silent_from(turn, query, &one, indicator,
				date_compare(silent, times[0].from) == 0 ? title : "", list,
				&silent);
		if (known)
			silent.year = 0;
		else if (silent.year == 0)
			silent = times[i % ntime].from;
	}
	return error;
}

/* Of several indicators one behind the other. */
static int list_fill(struct turn *turn, const struct query *query, const struct period *times,
	size_t ntime, struct query_list *list)
{
	int error = OK;

	list->items = arena_alloc(turn->flow->arena, SIDES_MAX * sizeof(*list->items));
	for (size_t n = 0; error == OK && n <= query->nalso; n++)
		error = indicator_fill(turn, query,
			number_of(turn, n == 0 ? query->indicator : query->also[n - 1]), times,
			ntime, list);
	return error;
}

/* What is counted, as a list is called by it. */
static const char *side_title(struct turn *turn, const struct query *query)
{
	const char *number = number_of(turn, query->indicator);
	struct query named = *query;

	if (!query_is_cases(turn->flow->reader, query->indicator))
		return arena_printf(turn->flow->arena, "%s%s", query_inner_title(turn, number),
			query_which_text(turn, number, query->which));
	query_cases_name(turn, &named);
	return named.title;
}

/* What all of the list have in common. */
static void head(struct turn *turn, struct query *query, size_t ntime)
{
	const char *parts[] = {query->nalso == 0 ? side_title(turn, query) : "",
		query->nbeside == 0 ? query->area_name : "",
		ntime < 2 || query->by != NULL ? query->period_name : ""};
	const char *text = "";

	for (size_t i = 0; i < COUNT_OF(parts); i++)
		if (*parts[i] != '\0')
			text = arena_printf(turn->flow->arena, "%s%s%s", text,
				*text != '\0' ? " " : "", parts[i]);
	query->title = text;
}

int query_side_page(struct turn *turn, struct query *query, size_t offset)
{
	struct period times[SIDES_MAX];
	struct query_list list = {0};
	size_t count = periods(turn, query, times);
	int error = list_fill(turn, query, times, count, &list);

	head(turn, query, count);
	return error != OK ? error
			   : query_page(turn, query, &list, offset, MESSAGE_QUERY_SIDE, "");
}

int query_side(struct turn *turn, struct query *query)
{
	return query_side_page(turn, query, 0);
}
