/* An indicator of each desa, kecamatan or puskesmas of an area, the largest first. */
#include <stdlib.h>
#include <string.h>

#include "flows/query/query_number.h"
#include "flows/query/query_page.h"

#define PLACES_LIST 1024 /* a longer list is no answer by SMS */

struct part {
	const char *code; /* of an area, or a puskesmas id */
	struct measured measured;
};

struct parts {
	struct part *list;
	size_t count, room;
};

static const struct {
	const char *name;
	enum area_level level;
} levels[] = {
	{"desa", LEVEL_DESA},
	{"kecamatan", LEVEL_KECAMATAN},
	{"kabupaten", LEVEL_KABUPATEN},
};

static enum area_level level_of(const char *by)
{
	for (size_t i = 0; i < COUNT_OF(levels); i++) {
		if (strcmp(levels[i].name, by) == 0)
			return levels[i].level;
	}
	return LEVEL_ANY;
}

static bool is_inside(const struct query *query, const struct area *area)
{
	for (size_t i = 0; i < query_parts(query); i++) {
		if (area_within(area, query_part(query, i)))
			return true;
	}
	return false;
}

static int part_add(const struct turn *turn, const struct query *query, struct parts *parts,
	const struct area *area, const struct puskesmas *puskesmas)
{
	struct query one = *query;
	struct part *part;
	int error;

	if (parts->count == PLACES_LIST)
		return ERR_LIMIT;
	one.area = area;
	one.puskesmas = puskesmas;
	if (parts->count == parts->room) {
		parts->room = parts->room > 0 ? 2 * parts->room : 64;
		parts->list = xrealloc(parts->list, parts->room, sizeof(*parts->list));
	}
	part = &parts->list[parts->count];
	part->code = area != NULL ? area->code : puskesmas->id;
	error = query_measure(turn, &one, query->indicator, &part->measured);
	parts->count += error == OK;
	return error;
}

static int parts_load(const struct turn *turn, const struct query *query, struct parts *parts)
{
	const struct gazetteer *places = turn->flow->places;
	enum area_level level = level_of(query->by);
	const struct puskesmas *puskesmas;
	const struct area *area;
	int error = OK;

	if (strcmp(query->by, "puskesmas") == 0) {
		for (size_t i = 0;
			error == OK && (puskesmas = gazetteer_puskesmas_at(places, i)) != NULL;
			i++) {
			if (puskesmas->narea > 0 && is_inside(query, puskesmas->areas[0]))
				error = part_add(turn, query, parts, NULL, puskesmas);
		}
		return error;
	}
	for (size_t i = 0; error == OK && (area = gazetteer_area_at(places, i)) != NULL; i++) {
		if (area->level == level && is_inside(query, area))
			error = part_add(turn, query, parts, area, NULL);
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

static const char *part_text(const struct turn *turn, const struct part *part)
{
	struct arena *arena = turn->flow->arena;
	const struct measured *measured = &part->measured;
	const char *name = reply_place(&turn->reply, part->code);

	if (measured->indicator->of == NULL || measured->indicator->per > 0)
		return arena_printf(
			arena, "%s %s", name, query_number_text(arena, measured->count));
	return arena_printf(arena, "%s %s/%s", name, query_number_text(arena, measured->count),
		query_number_text(arena, measured->of));
}

/* "15 lainnya 0": what has nothing is one item. */
static void list_fill(const struct turn *turn, const struct parts *parts, struct query_list *list)
{
	struct arena *arena = turn->flow->arena;
	size_t empty = 0;

	list->items = arena_alloc(arena, (parts->count + 1) * sizeof(*list->items));
	for (size_t i = 0; i < parts->count; i++) {
		if (parts->list[i].measured.count == 0 && parts->list[i].measured.of == 0)
			empty++;
		else if (parts->list[i].measured.count == 0 &&
			(parts->list[i].measured.indicator->of == NULL ||
				parts->list[i].measured.indicator->per > 0))
			empty++;
		else
			list->items[list->count++] = part_text(turn, &parts->list[i]);
	}
	if (empty > 0)
		list->items[list->count] = arena_printf(arena, "%s %s 0",
			query_number_text(arena, (int64_t)empty),
			list->count > 0 ? reply_word(&turn->reply, "query", "others", "lainnya")
					: reply_word(&turn->reply, "unit", "all", "semua"));
	list->count += empty > 0;
}

/* How much the whole list stands on. */
static int complete_of(const struct turn *turn, const struct query *query, const char **text)
{
	const struct form *form;
	struct complete complete;
	int error;

	if (query_indicator(turn->flow->reader, query->indicator, &form) == NULL)
		return ERR_NOT_FOUND;
	error = query_complete(turn, query, form, &complete);
	if (error == OK)
		*text = complete_text(&turn->reply, &complete, 1);
	return error;
}

int query_by_page(struct turn *turn, struct query *query, size_t offset)
{
	struct query_list list = {0};
	struct parts parts = {0};
	const char *told = "";
	int error = parts_load(turn, query, &parts);

	if (error == ERR_LIMIT || (error == OK && parts.count == 0)) {
		turn_say(turn, MESSAGE_QUERY_NARROW, "area", query->area_name);
		error = OK;
	} else if (error == OK) {
		qsort(parts.list, parts.count, sizeof(*parts.list), compare_parts);
		list_fill(turn, &parts, &list);
		error = complete_of(turn, query, &told);
		query->title = arena_printf(turn->flow->arena, "%s %s %s", query->title,
			reply_word(&turn->reply, "query", "per", "per"),
			reply_word(&turn->reply, "level", query->by, query->by));
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
