/* EVALUASI: a quarter of an area beside the one before, then each of its puskesmas. */
#include "flows/query/query_evaluate.h"

#include <stdlib.h>
#include <string.h>

#include "flows/measure/query_number.h"
#include "flows/measure/query_value.h"
#include "flows/query/query_answers.h"
#include "flows/query/query_page.h"
#include "flows/query/query_recap.h"
#include "flows/rules/scope.h"

static const char *const rows[] = {"lahir", "lahir_mati", "aki", "akn", "akb", "akaba", "ds", "nd",
	"stunting", "k6", "risti"};
/* Of each puskesmas, where there are many. */
static const char *const short_rows[] = {"lahir", "aki", "akb", "ds", "nd", "k6"};

#define TENTHS 1000 /* of a percent in a whole */

const char *evaluation_row(const struct reader *reader, size_t index)
{
	const struct form *form;

	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		if (query_indicator(reader, rows[i], &form) != NULL && index-- == 0)
			return rows[i];
	}
	return NULL;
}

int evaluation_measure(const struct turn *turn, const struct query *query, const char *indicator,
	struct evaluated *out)
{
	struct query now = *query, before;
	bool untold = false;
	int error;

	*out = (struct evaluated){0};
	now.counted = true;
	before = now;
	before.period = query_period_before(query->period);
	error = query_measure(turn, &now, indicator, &out->now);
	if (error == OK)
		error = query_measure(turn, &before, indicator, &out->before);
	if (error == OK)
		error = query_untold(turn, &now, &out->now, &untold);
	if (error == OK && !untold)
		error = query_untold(turn, &before, &out->before, &untold);
	out->compared = !untold && date_compare(query->period.to, turn->now.date) < 0;
	return error;
}

static bool is_share(const struct measured *measured)
{
	return measured->indicator->of != NULL && measured->indicator->per == 0;
}

/* Tenths of a percent, rounded half up. */
static int64_t share_of(const struct measured *measured)
{
	return (2 * measured->count * TENTHS + measured->of) / (2 * measured->of);
}

const char *evaluation_change(const struct turn *turn, const struct evaluated *evaluated)
{
	const struct measured *now = &evaluated->now, *before = &evaluated->before;
	struct arena *arena = turn->flow->arena;
	int64_t change;
	bool share = is_share(now);

	if (!evaluated->compared || (share && (now->of <= 0 || before->of <= 0)))
		return NULL;
	change = share ? share_of(now) - share_of(before) : now->count - before->count;
	if (change == 0)
		return "0";
	if (!share)
		return arena_printf(arena, "%s%s", change > 0 ? "+" : "",
			query_number_text(arena, change));
	return arena_printf(arena, "%s%lld,%lld", change > 0 ? "+" : "-",
		(long long)(llabs(change) / 10), (long long)(llabs(change) % 10));
}

/* "D/S 84,4%", "ibu 6 = 109 (47-215)/100.000" */
static const char *amount_text(const struct turn *turn, const struct query *query,
	const struct measured *measured, bool rate)
{
	const struct form_indicator *indicator = measured->indicator;
	struct arena *arena = turn->flow->arena;
	struct complete told;
	bool untold;

	if (query_untold(turn, query, measured, &untold) == OK && untold)
		return "-";
	if (is_share(measured))
		return measured->of <= 0 ? "-" : percent_text(arena, measured->count, measured->of);
	if (!rate || indicator->per == 0 || measured->of <= 0 ||
		measured->count < turn->flow->settings->small_number ||
		query_complete(turn, query, measured->form, indicator, &told) != OK ||
		complete_is_thin(&told))
		return query_number_text(arena, measured->count);
	return arena_printf(arena, "%s = %s", query_number_text(arena, measured->count),
		rate_text(arena, measured->count, measured->of, indicator->per,
			indicator->decimals));
}

static const char *name_of(const struct turn *turn, const char *indicator)
{
	return reply_word(&turn->reply, "recap", indicator,
		reply_word(&turn->reply, "title", indicator, indicator));
}

/* "lahir 12 (10)": in brackets the other quarter that was asked for. */
static int row_both(const struct turn *turn, const struct query *query, const char *indicator,
	const struct measured *now, const char **out)
{
	struct query other = *query;
	struct measured then;
	int error;

	other.period = query->against;
	other.counted = true;
	error = query_measure(turn, &other, indicator, &then);
	if (error == OK)
		*out = arena_printf(turn->flow->arena, "%s %s (%s)", name_of(turn, indicator),
			amount_text(turn, query, now, false),
			amount_text(turn, &other, &then, false));
	return error;
}

static int row_text(const struct turn *turn, const struct query *query, const char *indicator,
	const char **out)
{
	struct evaluated evaluated;
	const char *change;
	int error = evaluation_measure(turn, query, indicator, &evaluated);

	if (error == OK && query->against.from.year != 0)
		return row_both(turn, query, indicator, &evaluated.now, out);

	if (error != OK)
		return error;
	change = evaluation_change(turn, &evaluated);
	*out = arena_printf(turn->flow->arena, "%s %s%s%s%s", name_of(turn, indicator),
		amount_text(turn, query, &evaluated.now, true), change == NULL ? "" : " (",
		change == NULL ? "" : change, change == NULL ? "" : ")");
	return OK;
}

/* "PKM Panggul: lahir 12, ibu 0, D/S 84%" */
static int puskesmas_text(const struct turn *turn, const struct query *query,
	const struct puskesmas *puskesmas, const char **out)
{
	struct query one = {.puskesmas = puskesmas, .period = query->period, .counted = true};
	struct arena *arena = turn->flow->arena;
	const struct form *form;
	struct measured measured;
	int error = OK;
	bool first = true;

	*out = arena_printf(arena, "%s:", reply_place(&turn->reply, puskesmas->id));
	for (size_t i = 0; error == OK && i < COUNT_OF(short_rows); i++) {
		if (query_indicator(turn->flow->reader, short_rows[i], &form) == NULL)
			continue;
		error = query_measure(turn, &one, short_rows[i], &measured);
		if (error == OK)
			*out = arena_printf(arena, "%s%s %s %s", *out, first ? "" : ",",
				name_of(turn, short_rows[i]),
				amount_text(turn, &one, &measured, false));
		first = false;
	}
	return error;
}

static int list_fill(const struct turn *turn, const struct query *query, struct query_list *list)
{
	const struct gazetteer *places = turn->flow->places;
	const struct puskesmas *puskesmas;
	const char *row;
	size_t room = COUNT_OF(rows), count = 0;
	int error = OK;

	while (gazetteer_puskesmas_at(places, count) != NULL)
		count++;
	list->items = arena_alloc(turn->flow->arena, (room + count) * sizeof(*list->items));
	for (size_t i = 0; error == OK && query->by == NULL &&
		(row = evaluation_row(turn->flow->reader, i)) != NULL; i++)
		error = row_text(turn, query, row, &list->items[list->count++]);
	for (size_t i = 0; error == OK && query->area != NULL &&
		(puskesmas = gazetteer_puskesmas_at(places, i)) != NULL; i++) {
		if (puskesmas->narea > 0 && query->area->level != LEVEL_DESA &&
			area_within(puskesmas->areas[0], query->area))
			error = puskesmas_text(
				turn, query, puskesmas, &list->items[list->count++]);
	}
	return error;
}

int query_evaluate_page(struct turn *turn, struct query *query, size_t offset)
{
	struct query_list list = {0};
	const char *told = "";
	int error = list_fill(turn, query, &list);

	if (error == OK && query->by != NULL)
		told = arena_printf(turn->flow->arena, "%s %s",
			reply_word(&turn->reply, "query", "per", "per"),
			reply_word(&turn->reply, "level", query->by, query->by));
	else if (error == OK)
		error = query_recap_complete(turn, query, true, &told);
	if (error != OK)
		return error;
	query->title = reply_word(&turn->reply, "title", query->indicator, "Evaluasi");
	if (query->against.from.year != 0) {
		char period[PERIOD_TEXT];

		period_format(query->against, period);
		query->period_name = arena_printf(turn->flow->arena, "%s (%s)",
			query->period_name, reply_period(&turn->reply, period));
	}
	return query_page(turn, query, &list, offset, MESSAGE_QUERY_LIST, told);
}

int query_evaluate(struct turn *turn, struct query *query)
{
	if (!scope_decides(turn->sender.role)) {
		turn_say_plain(turn, MESSAGE_DECIDE_ROLE);
		return OK;
	}
	if (query->by != NULL && strcmp(query->by, "puskesmas") != 0)
		query->by = "puskesmas"; /* whom it evaluates */
	return query_evaluate_page(turn, query, 0);
}
