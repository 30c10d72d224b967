/* An indicator of each desa, kecamatan or puskesmas of an area, the largest first. */
#include <stdlib.h>
#include <string.h>

#include "flows/measure/query_number.h"
#include "flows/measure/query_value.h"
#include "flows/query/query_answers.h"
#include "flows/query/query_by.h"
#include "flows/query/query_page.h"

#define PLACES_LIST 1024 /* a longer list is no answer by SMS */
#define TITLES_MOST 3    /* of indicators in front of a list; more stand in each item of it */
#define ITEM_MOST   80   /* letters of one place; what has more has a second item */
#define NAME_LETTERS 12  /* of a place, most of them */

struct part {
	const char *code; /* of an area, or a puskesmas id */
	struct measured measured;
	bool untold; /* nothing is known of it, which is not 0 */
	struct measured before; /* the same in the period that it is compared with ... */
	bool silent; /* ... of which nothing was told */
	/* " K6 3": what else is asked of it, a line for each item; NULL: nothing of that either */
	const char *more;
};

struct parts {
	struct part *list;
	size_t count, room;
};

static bool is_share(const struct measured *measured)
{
	return measured->indicator->of != NULL && measured->indicator->per == 0;
}

/* Of a share that is 0 the number is of interest. */
static bool has_nothing(const struct measured *measured)
{
	if (measured->count > 0)
		return false;
	return measured->of == 0 || !is_share(measured) ||
		(measured->indicator == &query_share_of_desa && measured->of == 1);
}

/* "12", "30/45" */
static const char *amount_text(const struct turn *turn, const struct measured *measured)
{
	struct arena *arena = turn->flow->arena;

	if (measured->indicator->of == NULL || measured->indicator->per > 0)
		return query_number_text(arena, measured->count);
	return arena_printf(arena, "%s/%s", query_number_text(arena, measured->count),
		query_number_text(arena, measured->of));
}

/* " (2)": what a further one was in the other period; "" where none is. */
static int also_before(const struct turn *turn, const struct query *query, const char *name,
	const struct part *part, const char **text)
{
	struct query before = *query;
	struct measured then;
	int error;

	*text = "";
	if (query->against.from.year == 0)
		return OK;
	before.period = query->against;
	error = query_measure(turn, &before, name, &then);
	if (error == OK)
		*text = arena_printf(turn->flow->arena, " (%s)",
			part->silent && has_nothing(&then) ? "-" : amount_text(turn, &then));
	return error;
}

/* " K6 3, anemia 2": further indicators of the same place. */
static int part_more(const struct turn *turn, const struct query *query, struct part *part)
{
	const char *text = "", *names, *next, *then;
	size_t length = NAME_LETTERS;
	bool any;
	int error = query_by_people(turn, query, &text);

	any = *text != '\0';

	if (error == OK && query->split != NULL && !has_nothing(&part->measured)) {
		error = query_split_values(turn, query, &text, &names);
		text = arena_printf(turn->flow->arena, " (%s)", text);
	}

	for (size_t i = 0; error == OK && i < query->nalso; i++) {
		struct measured one;

		error = query_measure(turn, query, query->also[i], &one);
		if (error == OK)
			error = also_before(turn, query, query->also[i], part, &then);
		if (error != OK)
			return error == ERR_NOT_FOUND ? OK : error;
		any = any || one.count > 0;
		next = arena_printf(turn->flow->arena, " %s %s%s",
			query_inner_title(turn, query->also[i]), amount_text(turn, &one), then);
		length += strlen(next);
		text = arena_printf(turn->flow->arena, "%s%s%s", text,
			length > ITEM_MOST ? "\n" : "", next);
		length = length > ITEM_MOST ? NAME_LETTERS + strlen(next) : length;
	}
	any = any || (query->against.from.year != 0 && !has_nothing(&part->before));
	part->more = any || !has_nothing(&part->measured) ? text : NULL;
	return error;
}

static int part_untold(const struct turn *turn, const struct query *query, struct part *part)
{
	struct complete complete;
	int error;

	part->untold = false;
	if (part->more != NULL || part->measured.waiting > 0)
		return OK;
	error = query_by_complete(turn, query, &complete);
	part->untold = error == OK && complete.told == 0;
	return error == ERR_NOT_FOUND ? OK : error;
}

/* What it was in the other period. */
static int part_before(const struct turn *turn, const struct query *query, struct part *part)
{
	struct query before = *query;
	struct complete complete = {0};
	int error;

	before.period = query->against;
	error = query_by_measure(turn, &before, &part->before);
	if (error == OK)
		error = query_by_complete(turn, &before, &complete);
	part->silent = complete.told == 0 && has_nothing(&part->before);
	return error == ERR_NOT_FOUND ? OK : error;
}

static bool is_inside(const struct query *query, const struct area *area)
{
	if (query_covers(query, area))
		return true;
	for (size_t i = 0; i < query->nbeside; i++) {
		if (is_inside(&query->beside[i], area))
			return true;
	}
	return false;
}

static int part_add(const struct turn *turn, const struct query *query, struct parts *parts,
	const struct area *area, const struct puskesmas *puskesmas,
	const struct posyandu *posyandu)
{
	struct query one = *query;
	struct part *part;
	int error;

	if (parts->count == PLACES_LIST)
		return ERR_LIMIT;
	one.area = area;
	one.puskesmas = puskesmas;
	one.posyandu = posyandu;
	if (parts->count == parts->room) {
		parts->room = parts->room > 0 ? 2 * parts->room : 64;
		parts->list = xrealloc(parts->list, parts->room, sizeof(*parts->list));
	}
	part = &parts->list[parts->count];
	part->code = posyandu != NULL ? posyandu->id
		: area != NULL        ? area->code
				      : puskesmas->id;
	error = query_by_measure(turn, &one, &part->measured);
	if (error == OK && query->against.from.year != 0)
		error = part_before(turn, &one, part);
	if (error == OK)
		error = part_more(turn, &one, part);
	if (error == OK)
		error = part_untold(turn, &one, part);
	parts->count += error == OK;
	return error;
}

static int parts_load(const struct turn *turn, const struct query *query, struct parts *parts)
{
	const struct gazetteer *places = turn->flow->places;
	enum area_level level = query_by_level(query->by);
	const struct puskesmas *puskesmas;
	const struct posyandu *posyandu;
	const struct area *area;
	int error = OK;

	if (strcmp(query->by, "puskesmas") == 0) {
		for (size_t i = 0;
			error == OK && (puskesmas = gazetteer_puskesmas_at(places, i)) != NULL;
			i++) {
			if (puskesmas->narea > 0 && is_inside(query, puskesmas->areas[0]))
				error = part_add(turn, query, parts, NULL, puskesmas, NULL);
		}
		return error;
	}
	if (strcmp(query->by, "posyandu") == 0) {
		for (size_t i = 0;
			error == OK && (posyandu = gazetteer_posyandu_at(places, i)) != NULL; i++) {
			if (is_inside(query, posyandu->area))
				error = part_add(
					turn, query, parts, posyandu->area, NULL, posyandu);
		}
		return error;
	}
	for (size_t i = 0; error == OK && (area = gazetteer_area_at(places, i)) != NULL; i++) {
		if (area->level == level && is_inside(query, area))
			error = part_add(turn, query, parts, area, NULL, NULL);
	}
	return error;
}

/* Shares by their size, all else by its number; then by code. */
static int compare_parts(const void *a, const void *b)
{
	const struct part *x = a, *y = b;
	bool share = x->measured.indicator->of != NULL && x->measured.indicator->per == 0;
	double left = (double)x->measured.count, right = (double)y->measured.count;

	if (share && x->measured.of > 0)
		left /= (double)x->measured.of;
	if (share && y->measured.of > 0)
		right /= (double)y->measured.of;
	return left != right ? (left < right) - (left > right) : strcmp(x->code, y->code);
}

/* Names of posyandu come again in many desa. */
static const char *part_name(
	const struct turn *turn, const struct query *query, const struct part *part)
{
	const struct posyandu *posyandu = gazetteer_posyandu(turn->flow->places, part->code);
	const char *name = reply_place(&turn->reply, part->code);

	if (posyandu == NULL || (query->area != NULL && query->area->level == LEVEL_DESA))
		return name;
	return arena_printf(turn->flow->arena, "%s (%s)", name,
		reply_title_case(turn->flow->arena, posyandu->area->name));
}

/* "Wonocoyo 30/45 (28/44)": in brackets what it was. */
static const char *part_text(
	const struct turn *turn, const struct query *query, const struct part *part)
{
	struct arena *arena = turn->flow->arena;
	const struct measured *measured = &part->measured;
	const char *name = part_name(turn, query, part);

	if (query->against.from.year != 0)
		return arena_printf(arena, "%s %s (%s)", name, amount_text(turn, measured),
			part->silent ? "-" : amount_text(turn, &part->before));
	if (measured->indicator == &query_share_of_desa && measured->of == 1)
		return name; /* that it is there says all */
	return arena_printf(arena, "%s %s%s%s", name,
		query->nalso < TITLES_MOST ? "" : query_inner_title(turn, query->indicator),
		query->nalso < TITLES_MOST ? "" : " ",
		query->split != NULL ? query_number_text(arena, measured->count)
				     : amount_text(turn, measured));
}

/* One place, or more than one item of it. */
static void part_items(const struct turn *turn, const struct query *query,
	const struct part *part, const char *more, struct query_list *list)
{
	struct arena *arena = turn->flow->arena;
	const char *text = part_text(turn, query, part), *end;

	for (; (end = strchr(more, '\n')) != NULL; more = end + 1) {
		list->items[list->count++] =
			arena_printf(arena, "%s%.*s", text, (int)(end - more), more);
		text = part_name(turn, query, part);
	}
	list->items[list->count++] = arena_printf(arena, "%s%s", text, more);
}

#define SHARE_TENTHS 1000 /* of a percent in a whole */

/* "di bawah 80%": a share of its limit, or a number. */
static bool is_wanted(const struct query *query, const struct part *part)
{
	const struct measured *measured = &part->measured;
	int64_t value = is_share(measured) ? SHARE_TENTHS * measured->count : 10 * measured->count,
		limit = is_share(measured) ? query->limit * measured->of : query->limit;

	if (query->limit == 0)
		return true;
	return (query->lowest ? value < limit : value > limit) ||
		(query->limit_too && value == limit);
}

/* A number of 0 in a list of those under a limit: "desa tanpa kelahiran". */
static bool is_none(const struct query *query, const struct part *part)
{
	return query->limit > 0 && query->lowest && !is_share(&part->measured) &&
		part->more == NULL && !part->untold;
}

/* "<80%", what those that are listed are compared with, or the others; "" */
static const char *limit_text(const struct turn *turn, const struct query *query,
	const struct parts *parts, bool listed)
{
	const char *sign = query->lowest == listed ? query->limit_too == listed ? "<=" : "<"
						   : query->limit_too == listed ? ">=" : ">";
	bool share = parts->count > 0 && is_share(&parts->list[0].measured);

	if (query->limit == 0)
		return "";
	return query->limit % 10 == 0
		? arena_printf(turn->flow->arena, "%s%d%s", sign, query->limit / 10,
			  share ? "%" : "")
		: arena_printf(turn->flow->arena, "%s%d,%d%s", sign, query->limit / 10,
			  query->limit % 10, share ? "%" : "");
}

/* "15 lainnya 0", "3 belum lapor"; "17 desa belum lapor": what has nothing, and what told nothing,
 * is one item each. */
static const char *rest_text(const struct turn *turn, size_t count, const char *which,
	const char *text)
{
	return arena_printf(turn->flow->arena, "%s %s%s%s",
		query_number_text(turn->flow->arena, (int64_t)count), which,
		*which != '\0' ? " " : "", text);
}

/* "tertinggi Pule 31/40, terendah Panggul 38/70": of those that have told. */
static void ends_fill(const struct turn *turn, const struct query *query,
	const struct parts *parts, struct query_list *list)
{
	static const char *const words[][2] = {{"highest", "tertinggi"}, {"lowest", "terendah"},
		{"ends", "tertinggi dan terendah"}};
	const struct part *ends[2] = {NULL, NULL};
	size_t n;

	list->items = arena_alloc(turn->flow->arena, 2 * sizeof(*list->items));
	for (size_t i = 0; i < parts->count; i++) {
		if (parts->list[i].untold)
			continue;
		ends[0] = ends[0] == NULL ? &parts->list[i] : ends[0];
		ends[1] = &parts->list[i];
	}
	for (size_t i = 0; i < 2 && ends[i] != NULL && (i == 0 || ends[1] != ends[0]); i++) {
		n = ends[0] == ends[1] ? 2 : i;
		list->items[list->count++] = arena_printf(turn->flow->arena, "%s %s",
			reply_word(&turn->reply, "query", words[n][0], words[n][1]),
			part_text(turn, query, ends[i]));
	}
}

static void list_fill(const struct turn *turn, const struct query *query,
	const struct parts *parts, struct query_list *list)
{
	struct arena *arena = turn->flow->arena;
	const char *level = reply_word(&turn->reply, "level", query->by, query->by);
	size_t empty = 0, untold = 0, beyond = 0;

	list->items = arena_alloc(arena,
		(parts->count * (1 + query->nalso) + 3) * sizeof(*list->items));
	for (size_t i = 0; i < parts->count; i++) {
		const struct part *part = &parts->list[i];
		bool none = is_none(query, part);

		untold += part->untold;
		empty += part->more == NULL && !part->untold && !none;
		beyond += part->more != NULL && !is_wanted(query, part);
		if (none || (part->more != NULL && is_wanted(query, part)))
			part_items(turn, query, part, none ? "" : part->more, list);
	}
	if (beyond > 0)
		list->items[list->count] = rest_text(turn, beyond,
			list->count > 0 ? reply_word(&turn->reply, "query", "others", "lainnya")
					: level,
			limit_text(turn, query, parts, false));
	list->count += beyond > 0;
	if (empty > 0)
		list->items[list->count] = rest_text(turn, empty,
			list->count > 0 ? reply_word(&turn->reply, "query", "others", "lainnya")
					: level,
			"0");
	list->count += empty > 0;
	if (untold > 0)
		list->items[list->count] = rest_text(turn, untold, list->count > 0 ? "" : level,
			reply_word(&turn->reply, "query", "silent", "belum lapor"));
	list->count += untold > 0;
}

/* "Kec. Dongko, Kec. Tugu" */
static void name_all(struct turn *turn, struct query *query)
{
	for (size_t i = 0; i < query->nbeside; i++) {
		struct query beside = query->beside[i];

		query_name(turn, &beside);
		query->area_name = arena_printf(
			turn->flow->arena, "%s, %s", query->area_name, beside.area_name);
	}
}

/* "Jul 24 (Jun 24)" */
static void name_both(struct turn *turn, struct query *query)
{
	char period[PERIOD_TEXT];

	if (query->against.from.year == 0)
		return;
	period_format(query->against, period);
	query->period_name = arena_printf(turn->flow->arena, "%s (%s)", query->period_name,
		reply_period(&turn->reply, period));
}

/* "menurut jenis kelamin" */
static void name_split(const struct turn *turn, struct query *query)
{
	struct query none = *query;
	const char *list, *names = "";

	none.period.to = date_add_days(none.period.from, -1); /* only the names are wanted */
	if (query_split_values(turn, &none, &list, &names) == OK)
		query->title = query_split_title(turn, query, names);
}

int query_by_page(struct turn *turn, struct query *query, size_t offset)
{
	struct query_list list = {0};
	struct parts parts = {0};
	const struct form *form;
	const char *told = "";
	int error = parts_load(turn, query, &parts);

	if (error == ERR_LIMIT || (error == OK && parts.count == 0)) {
		turn_say(turn, MESSAGE_QUERY_NARROW, "area", query->area_name);
		error = OK;
	} else if (error == OK) {
		qsort(parts.list, parts.count, sizeof(*parts.list), compare_parts);
		for (size_t i = 0; query->lowest && i < parts.count / 2; i++) {
			struct part part = parts.list[i];

			parts.list[i] = parts.list[parts.count - 1 - i];
			parts.list[parts.count - 1 - i] = part;
		}
		if (query->ends)
			ends_fill(turn, query, &parts, &list);
		if (list.count == 0)
			list_fill(turn, query, &parts, &list);
		name_both(turn, query);
		name_all(turn, query);
		error = query_by_complete_text(turn, query, &told);
		form = query_by_gaps(query) ? NULL : query_by_form(turn->flow->reader, query);
		if (query_by_cases(turn, query))
			query_cases_name(turn, query);
		if (query_by_gaps(query))
			query->title = query_gaps_title(turn, query);
		if (form != NULL && query_by_has_share(form))
			query->title = reply_word(&turn->reply, "title", form->indicators[0].name,
				form->indicators[0].name);
		for (size_t i = 0; i < query->nalso; i++)
			query->title = arena_printf(turn->flow->arena, "%s, %s", query->title,
				query_inner_title(turn, query->also[i]));
		if (query->nalso >= TITLES_MOST)
			query->title = "";
		if (query->split != NULL)
			name_split(turn, query);
		query->title = reply_capital(arena_printf(turn->flow->arena, "%s%s%s %s",
			query->title, *query->title != '\0' ? " " : "",
			reply_word(&turn->reply, "query", "per", "per"),
			reply_word(&turn->reply, "level", query->by, query->by)));
		if (query->limit > 0)
			query->title = arena_printf(turn->flow->arena, "%s %s", query->title,
				limit_text(turn, query, &parts, true));
		if (error == OK)
			error = query_page(turn, query, &list, offset, MESSAGE_QUERY_LIST, told);
	}
	free(parts.list);
	return error;
}

int query_by(struct turn *turn, struct query *query)
{
	return query_by_page(turn, query, 0);
}
