/* Sealing the gazetteer: items sorted by code, names indexed, desa counted: see gazetteer_index.h.
 */
#include <stdlib.h>
#include <string.h>

#include "parsers/place/gazetteer.h"
#include "parsers/place/gazetteer_index.h"
#include "parsers/words/fuzzy.h"

static int by_code(const void *a, const void *b)
{
	return strcmp((*(struct area_node *const *)a)->area.code,
		(*(struct area_node *const *)b)->area.code);
}

static int by_puskesmas_id(const void *a, const void *b)
{
	return strcmp((*(struct puskesmas *const *)a)->id, (*(struct puskesmas *const *)b)->id);
}

static int by_posyandu_area(const void *a, const void *b)
{
	const struct posyandu *first = *(struct posyandu *const *)a,
			      *second = *(struct posyandu *const *)b;
	int order = strcmp(first->area->code, second->area->code);

	return order ? order : strcmp(first->id, second->id);
}

static void sort(struct list *list, int (*order)(const void *, const void *))
{
	if (list->count)
		qsort(list->items, list->count, sizeof(*list->items), order);
}

static int by_hash(const void *a, const void *b)
{
	uint64_t first = ((const struct hashed *)a)->hash,
		 second = ((const struct hashed *)b)->hash;

	return first < second ? -1 : first > second;
}

static const char *area_name(const void *item)
{
	return ((const struct area_node *)item)->area.folded;
}

/* The name without the word for its kind, which some lists write and some do not. */
static const char *short_name(const char *folded, const char *kind)
{
	size_t length = strlen(kind);

	return strncmp(folded, kind, length) == 0 && folded[length] ? folded + length : folded;
}

static const char *puskesmas_name(const void *item)
{
	return short_name(((const struct puskesmas *)item)->folded, "puskesmas ");
}

static const char *posyandu_name(const void *item)
{
	return short_name(((const struct posyandu *)item)->folded, "posyandu ");
}

static void index_starts(struct name_index *index)
{
	size_t at = 0;

	index->bits = 1;
	while (((size_t)1 << index->bits) < index->count)
		index->bits++;
	index->starts = xcalloc(((size_t)1 << index->bits) + 1, sizeof(*index->starts));
	for (size_t start = 0; start <= (size_t)1 << index->bits; start++) {
		while (at < index->count && index->by_hash[at].hash >> (64 - index->bits) < start)
			at++;
		index->starts[start] = (uint32_t)at;
	}
}

static void index_names(struct arena *arena, const struct list *list,
	const char *(*name)(const void *), struct name_index *index)
{
	index->count = list->count;
	index->keys = xcalloc(list->count, sizeof(*index->keys));
	index->by_hash = xcalloc(list->count, sizeof(*index->by_hash));
	for (size_t i = 0; i < list->count; i++) {
		const char *text = name(list->items[i]);
		struct name_key *key = &index->keys[i];
		struct name_room room;

		name_key_make(text, strlen(text), &room, key);
		key->letters = arena_strdup(arena, room.letters);
		key->number = arena_strdup(arena, room.number);
		key->mask = fuzzy_letters(key->letters, key->length);
		name_begins(index, key);
		index->by_hash[i] = (struct hashed){index->keys[i].hash, i};
	}
	qsort(index->by_hash, index->count, sizeof(*index->by_hash), by_hash);
	index_starts(index);
}

/* A puskesmas given by a larger area serves every desa of it. */
static void serve(struct gazetteer *g, const struct puskesmas *puskesmas)
{
	for (size_t i = 0; i < puskesmas->narea; i++) {
		size_t first, last;

		gazetteer_area_range(g, puskesmas->areas[i], &first, &last);
		for (size_t k = first; k < last; k++) {
			struct area_node *node = g->areas.items[k];

			if (node->area.level == LEVEL_DESA)
				node->serving = puskesmas;
		}
	}
}

/* Those of an area stand together. */
static void units_find(const struct list *posyandu)
{
	for (size_t i = 0; i < posyandu->count; i++) {
		const struct area *area = ((const struct posyandu *)posyandu->items[i])->area;

		for (; area; area = area->parent) {
			struct area_node *node = (struct area_node *)area;

			if (node->unit_last == 0)
				node->unit_first = i;
			node->unit_last = i + 1;
		}
	}
}

/* <0, 0, >0: a code before, inside, or after an area and all below it. */
static int code_place(const char *code, const char *within)
{
	size_t length = strlen(within);
	int order = strncmp(code, within, length);

	return order || code[length] == '\0' || code[length] == '.' ? order : 1;
}

/* The first area at or after (after: behind) everything inside one. */
static size_t bound(const struct list *areas, const char *within, bool after)
{
	size_t low = 0, high = areas->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		const struct area_node *node = areas->items[middle];
		int order = code_place(node->area.code, within);

		if (order < 0 || (after && order == 0))
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* Where the areas inside each stand. */
static void ranges_find(const struct list *areas)
{
	for (size_t i = 0; i < areas->count; i++) {
		struct area_node *node = areas->items[i];

		node->area_first = bound(areas, node->area.code, false);
		node->area_last = bound(areas, node->area.code, true);
	}
}

void gazetteer_seal(struct gazetteer *g)
{
	sort(&g->areas, by_code);
	sort(&g->puskesmas, by_puskesmas_id);
	sort(&g->posyandu, by_posyandu_area);
	index_names(g->arena, &g->areas, area_name, &g->area_names);
	index_names(g->arena, &g->puskesmas, puskesmas_name, &g->puskesmas_names);
	index_names(g->arena, &g->posyandu, posyandu_name, &g->posyandu_names);
	for (size_t i = 0; i < g->areas.count; i++) {
		struct area_node *node = g->areas.items[i];

		if (node->area.level == LEVEL_DESA)
			for (struct area *area = &node->area; area;
				area = (struct area *)area->parent)
				area->desa_count++;
	}
	ranges_find(&g->areas);
	units_find(&g->posyandu);
	for (size_t i = 0; i < g->puskesmas.count; i++)
		serve(g, g->puskesmas.items[i]);
	g->sealed = true;
}

void gazetteer_area_range(
	const struct gazetteer *g, const struct area *within, size_t *first, size_t *last)
{
	const struct area_node *node = (const struct area_node *)within;

	*first = node ? node->area_first : 0;
	*last = node ? node->area_last : g->areas.count;
}

void gazetteer_posyandu_range(
	const struct gazetteer *g, const struct area *within, size_t *first, size_t *last)
{
	const struct area_node *node = (const struct area_node *)within;

	*first = node ? node->unit_first : 0;
	*last = node ? node->unit_last : g->posyandu.count;
}
