/* BELUM LAPOR: who has not told a form in which months. What is told per posyandu lists posyandu,
 * all else desa. */
#include <stdlib.h>
#include <string.h>

#include "flows/measure/query_number.h"
#include "flows/query/query_answers.h"
#include "flows/query/query_by.h"
#include "flows/query/query_page.h"
#include "store/report/tally.h"

#define GAPS_MAX   4096 /* of one area and month; more is no list for an SMS */
#define MONTHS_MAX 12

struct gap {
	const char *code;
	unsigned months; /* one bit each, from the first of the period */
};

struct gaps {
	struct gap *list;
	size_t count, room;
	struct date first;
	int months;
};

static int compare_codes(const void *a, const void *b)
{
	return strcmp(((const struct gap *)a)->code, ((const struct gap *)b)->code);
}

static void gap_add(struct gaps *gaps, const char *code, int month)
{
	if (gaps->count == gaps->room) {
		gaps->room = gaps->room > 0 ? 2 * gaps->room : 256;
		gaps->list = xrealloc(gaps->list, gaps->room, sizeof(*gaps->list));
	}
	gaps->list[gaps->count++] = (struct gap){code, 1u << month};
}

/* One row per place, with all its months. */
static void gaps_join(struct gaps *gaps)
{
	size_t kept = 0;

	if (gaps->count > 0)
		qsort(gaps->list, gaps->count, sizeof(*gaps->list), compare_codes);
	for (size_t i = 0; i < gaps->count; i++) {
		if (kept > 0 && strcmp(gaps->list[kept - 1].code, gaps->list[i].code) == 0)
			gaps->list[kept - 1].months |= gaps->list[i].months;
		else
			gaps->list[kept++] = gaps->list[i];
	}
	gaps->count = kept;
}

static int gaps_load(const struct turn *turn, const struct query *query, const char *form,
	bool posyandu, struct gaps *out)
{
	size_t count, total;
	const char **codes = arena_alloc(turn->flow->arena, GAPS_MAX * sizeof(*codes));
	struct date month;
	int error = OK;

	out->first = (struct date){query->period.from.year, query->period.from.month, 1};
	month = out->first;
	for (; error == OK && out->months < MONTHS_MAX &&
		date_compare(month, query->period.to) <= 0 &&
		date_compare(month, turn->now.date) <= 0;
		month = date_add_months(month, 1), out->months++) {
		for (size_t i = 0; error == OK && i < query_parts(query); i++) {
			error = store_coverage_gaps(turn->flow->store, turn->flow->arena,
				query_part(query, i)->code, form, month, posyandu, 0, codes,
				GAPS_MAX, &count, &total);
			for (size_t k = 0; error == OK && k < count; k++)
				gap_add(out, codes[k], out->months);
		}
	}
	gaps_join(out);
	return error;
}

/* Also of a place that is closed by now. */
static const char *place_name(const struct turn *turn, const char *code)
{
	const char *name = reply_place(&turn->reply, code), *closed;

	if (strcmp(name, code) != 0 ||
		store_closed_name(turn->flow->store, turn->flow->arena, code, &closed) != OK)
		return name;
	return reply_title_case(turn->flow->arena, closed);
}

/* "Melati (Nglebeng)", "Nglebeng Jun, Agt" */
static const char *gap_text(const struct turn *turn, const struct query *query,
	const struct gaps *gaps, const struct gap *gap)
{
	struct arena *arena = turn->flow->arena;
	const struct posyandu *posyandu = gazetteer_posyandu(turn->flow->places, gap->code);
	const char *text = place_name(turn, gap->code);
	bool all = true;

	if (posyandu != NULL && (query->area == NULL || query->area->level != LEVEL_DESA))
		text = arena_printf(
			arena, "%s (%s)", text, reply_title_case(arena, posyandu->area->name));
	for (int i = 0; i < gaps->months; i++)
		all = all && (gap->months >> i & 1) != 0;
	for (int i = 0; i < gaps->months && !all; i++) {
		struct date month = date_add_months(gaps->first, i);
		char *name;

		if ((gap->months >> i & 1) == 0)
			continue;
		name = reply_month(&turn->reply, month);
		text = arena_printf(arena, "%s %.*s", text, (int)strcspn(name, " "), name);
	}
	return text;
}

/* The form that is asked for; bare, the first that is told per posyandu and has stocks. */
const struct form *query_gaps_form(const struct turn *turn, const struct query *query)
{
	const struct form *form, *first = NULL;

	if (query->form != NULL)
		return reader_form(turn->flow->reader, query->form);
	for (size_t i = 0; (form = reader_form_at(turn->flow->reader, i)) != NULL; i++) {
		if (form_by_posyandu(form) && form->nindicator > 0 &&
			form->indicators[0].of != NULL && !form->line_only)
			first = form;
	}
	return first;
}

static const char *share_text(const struct turn *turn, const char *part, int64_t of, bool posyandu)
{
	return arena_printf(turn->flow->arena, "%s%s %s", part,
		query_number_text(turn->flow->arena, of),
		reply_word(&turn->reply, "unit", posyandu ? "posyandu" : "desa", "desa/kel"));
}

static bool is_asked(const struct query *query, const struct area *area)
{
	for (size_t i = 0; i < query_parts(query); i++)
		if (area_within(area, query_part(query, i)))
			return true;
	return false;
}

static bool is_gap(const struct gaps *gaps, const char *code)
{
	struct gap wanted = {.code = code};

	return gaps->count > 0 && bsearch(&wanted, gaps->list, gaps->count, sizeof(*gaps->list),
					  compare_codes) != NULL;
}

/* Of what is open now, all that is no gap. */
static void told_list(const struct turn *turn, const struct query *query, const struct gaps *gaps,
	bool posyandu, struct query_list *list)
{
	const struct gazetteer *places = turn->flow->places;
	struct gap one = {0};
	const struct area *area = NULL;

	list->items = arena_alloc(turn->flow->arena, GAPS_MAX * sizeof(*list->items));
	for (size_t i = 0; list->count < GAPS_MAX; i++) {
		const struct posyandu *at = posyandu ? gazetteer_posyandu_at(places, i) : NULL;

		area = posyandu ? (at != NULL ? at->area : NULL) : gazetteer_area_at(places, i);
		if (area == NULL)
			return;
		one.code = posyandu ? at->id : area->code;
		if (area->level == LEVEL_DESA && is_asked(query, area) && !is_gap(gaps, one.code))
			list->items[list->count++] = gap_text(turn, query, gaps, &one);
	}
}

const char *query_gaps_title(const struct turn *turn, const struct query *query)
{
	const struct form *form = query_gaps_form(turn, query);

	if (!query->without)
		return reply_word(&turn->reply, "gaps", form->name, query->title);
	return arena_printf(turn->flow->arena, "%s %s",
		reply_word(&turn->reply, "query", "has_told", "Sudah lapor"),
		reply_word(&turn->reply, "told", form->name, form->title));
}

/* "Sudah lapor kelahiran: 1 dari 28 desa/kel (3,6%). Nglebeng" */
static int told_page(struct turn *turn, struct query *query, const struct form *form,
	const struct gaps *gaps, int64_t of, size_t offset)
{
	struct arena *arena = turn->flow->arena;
	bool posyandu = form_by_posyandu(form) &&
		(query->by == NULL || strcmp(query->by, "desa") != 0);
	int64_t told = of - (int64_t)gaps->count;
	struct query_list list = {0};

	if (told > 0 && told <= GAPS_MAX)
		told_list(turn, query, gaps, posyandu, &list);
	query->title = query_gaps_title(turn, query);
	return query_page(turn, query, &list, offset, MESSAGE_QUERY_LIST,
		arena_printf(arena, "%s (%s)",
			share_text(turn,
				arena_printf(arena, "%s %s ", query_number_text(arena, told),
					reply_word(&turn->reply, "of", "all", "dari")),
				of, posyandu),
			percent_text(arena, told, of)));
}

int query_gaps_page(struct turn *turn, struct query *query, size_t offset)
{
	struct arena *arena = turn->flow->arena;
	const struct form *form = query_gaps_form(turn, query);
	bool posyandu = form != NULL && form_by_posyandu(form) &&
		(query->by == NULL || strcmp(query->by, "desa") != 0);
	struct query_list list = {0};
	struct gaps gaps = {0};
	int64_t units;
	int error;

	if (form != NULL && form->weekly != NULL)
		return query_week_gaps(turn, query, offset);
	error =
		form == NULL ? ERR_NOT_FOUND : gaps_load(turn, query, form->name, posyandu, &gaps);

	if (error == OK)
		error = query_units_then(turn, query, posyandu, &units);
	if (error != OK)
		goto out;
	query->title = reply_word(&turn->reply, "gaps", form->name, form->title);
	list.items = arena_alloc(arena, (gaps.count + 1) * sizeof(*list.items));
	for (; list.count < gaps.count; list.count++)
		list.items[list.count] = gap_text(turn, query, &gaps, &gaps.list[list.count]);
	if (units == 0)
		turn_say(turn, MESSAGE_QUERY_LIST, "title", query->title, "area", query->area_name,
			"period", query->period_name, "places", "", "complete",
			reply_word(
				&turn->reply, "complete", "none", "belum ada posyandu terdaftar"));
	else if (query->without)
		error = told_page(turn, query, form, &gaps, units, offset);
	else if (gaps.count == 0)
		turn_say(turn, MESSAGE_QUERY_GAPS_NONE, "title",
			reply_word(&turn->reply, "told", form->name, form->title), "area",
			query->area_name, "period", query->period_name, "share",
			share_text(turn, "", units, posyandu));
	else
		error = query_page(turn, query, &list, offset, MESSAGE_QUERY_GAPS,
			share_text(turn,
				arena_printf(arena, "%s %s ",
					query_number_text(arena, (int64_t)gaps.count),
					reply_word(&turn->reply, "of", "all", "dari")),
				units, posyandu));
out:
	free(gaps.list);
	return error;
}

/* "Posyandu Melati Agt 24: belum lapor", "...: belum lapor Posyandu ILP" */
static int one_told(struct turn *turn, struct query *query, const struct form *form)
{
	struct complete complete;
	int error = query_complete(turn, query, form, NULL, &complete);
	bool whole = strstr(query->area_name, form->title) != NULL;
	const char *told;

	if (error != OK)
		return error;
	told = complete.told < complete.of || complete.of == 0
		? reply_word(&turn->reply, "query", "silent", "belum lapor")
		: reply_word(&turn->reply, "query", "came", "sudah lapor");
	turn_say(turn, MESSAGE_QUERY_ITEMS, "area", query->area_name, "period", query->period_name,
		"value", whole ? told
			       : arena_printf(turn->flow->arena, "%s %s", told, form->title));
	return OK;
}

int query_gaps(struct turn *turn, struct query *query)
{
	const struct form *form = query_gaps_form(turn, query);

	if (query->posyandu != NULL && form != NULL && form_by_posyandu(form))
		return one_told(turn, query, form);
	query->posyandu = NULL; /* of its desa */
	query_name(turn, query);
	return query_gaps_page(turn, query, 0);
}
