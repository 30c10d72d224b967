/* Building the gazetteer, and look-ups by code: see gazetteer.h. */
#include "parsers/place/gazetteer.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "parsers/place/gazetteer_index.h"
#include "parsers/text/error.h"
#include "parsers/text/text.h"

static uint64_t hash_text(const char *text)
{
	/* FNV-1a; codes are our own data, not an attacker's */
	uint64_t hash = 14695981039346656037u;

	for (; *text; text++)
		hash = (hash ^ (unsigned char)*text) * 1099511628211u;
	return hash;
}

static struct slot *table_slot(const struct code_table *table, const char *key)
{
	size_t i = hash_text(key) & (table->room - 1);

	while (table->slots[i].key && !same_name(table->slots[i].key, key))
		i = (i + 1) & (table->room - 1);
	return &table->slots[i];
}

static void *table_get(const struct code_table *table, const char *key)
{
	return key && table->room && table->begins[(unsigned char)*key]
		? table_slot(table, key)->item
		: NULL;
}

static void table_put(struct code_table *table, const char *key, void *item)
{
	if (table->count * 2 >= table->room) {
		struct code_table larger = {
			.room = table->room ? table->room * 2 : 256, .count = table->count};

		memcpy(larger.begins, table->begins, sizeof(larger.begins));
		larger.slots = xcalloc(larger.room, sizeof(*larger.slots));
		for (size_t i = 0; i < table->room; i++)
			if (table->slots[i].key)
				*table_slot(&larger, table->slots[i].key) = table->slots[i];
		free(table->slots);
		*table = larger;
	}
	*table_slot(table, key) = (struct slot){key, item};
	table->begins[(unsigned char)*key] = true;
	table->count++;
}

static void list_add(struct list *list, void *item)
{
	if (list->count == list->room) {
		list->room = list->room ? list->room * 2 : 64;
		list->items = xrealloc(list->items, list->room, sizeof(*list->items));
	}
	list->items[list->count++] = item;
}

struct gazetteer *gazetteer_new(void)
{
	struct gazetteer *g = xcalloc(1, sizeof(*g));

	g->arena = arena_new();
	return g;
}

static void name_index_free(struct name_index *index)
{
	free(index->keys);
	free(index->by_hash);
	free(index->starts);
}

void gazetteer_free(struct gazetteer *g)
{
	if (!g)
		return;
	name_index_free(&g->area_names);
	name_index_free(&g->puskesmas_names);
	name_index_free(&g->posyandu_names);
	free(g->area_codes.slots);
	free(g->puskesmas_ids.slots);
	free(g->posyandu_ids.slots);
	free(g->areas.items);
	free(g->puskesmas.items);
	free(g->posyandu.items);
	arena_free(g->arena);
	free(g);
}

/* The level that a code's shape says: 36, 36.04, 36.04.05, 36.04.05.2001. */
static enum area_level code_level(const char *code)
{
	static const char shape[] = "dd.dd.dd.dddd";
	size_t length = strlen(code);

	if (length >= sizeof(shape))
		return LEVEL_ANY;
	for (size_t i = 0; i < length; i++)
		if (shape[i] == '.' ? code[i] != '.' : !isdigit((unsigned char)code[i]))
			return LEVEL_ANY;
	switch (length) {
	case 2:
		return LEVEL_PROVINSI;
	case 5:
		return LEVEL_KABUPATEN;
	case 8:
		return LEVEL_KECAMATAN;
	case 13:
		return LEVEL_DESA;
	default:
		return LEVEL_ANY;
	}
}

static const struct {
	const char *name;
	enum area_level level;
	bool urban;
} levels[] = {
	{"provinsi", LEVEL_PROVINSI, false},
	{"kabupaten", LEVEL_KABUPATEN, false},
	{"kota", LEVEL_KABUPATEN, true},
	{"kecamatan", LEVEL_KECAMATAN, false},
	{"desa", LEVEL_DESA, false},
	{"kelurahan", LEVEL_DESA, true},
};

/* "Kabupaten Trenggalek" → "trenggalek". */
static const char *without_level(const char *folded, enum area_level level)
{
	for (size_t i = 0; i < COUNT_OF(levels); i++) {
		size_t length = strlen(levels[i].name);

		if (levels[i].level == level && level <= LEVEL_KABUPATEN &&
			strncmp(folded, levels[i].name, length) == 0 && folded[length] == ' ' &&
			folded[length + 1])
			return folded + length + 1;
	}
	return folded;
}

int gazetteer_add_area(struct gazetteer *g, const char *code, const char *parent, const char *level,
	const char *name)
{
	const struct area *above = NULL;
	struct area_node *node;
	size_t kind = 0;

	while (kind < COUNT_OF(levels) && !same_name(levels[kind].name, level))
		kind++;
	if (kind == COUNT_OF(levels) || code_level(code) != levels[kind].level || !*name)
		return ERR_SYNTAX;
	if (levels[kind].level > LEVEL_PROVINSI) {
		above = gazetteer_area(g, parent);
		if (!above)
			return ERR_NOT_FOUND;
		if (above->level + 1 != levels[kind].level ||
			strncmp(code, above->code, strlen(above->code)) != 0)
			return ERR_SYNTAX;
	}
	if (gazetteer_area(g, code))
		return ERR_EXISTS;
	node = arena_alloc(g->arena, sizeof(*node));
	(void)copy_string(node->area.code, sizeof(node->area.code), code);
	node->area.name = arena_strdup(g->arena, name);
	node->area.level = levels[kind].level;
	node->area.urban = levels[kind].urban;
	node->area.parent = above;
	node->area.folded = without_level(text_fold(g->arena, name), node->area.level);
	list_add(&g->areas, node);
	table_put(&g->area_codes, node->area.code, node);
	return OK;
}

/* The codes between semicolons, as areas. */
static int read_areas(struct gazetteer *g, const char *codes, struct puskesmas *puskesmas)
{
	struct list found = {0};
	int rc = OK;

	while (*codes && rc == OK) {
		size_t length = strcspn(codes, "; ");
		char code[AREA_CODE];
		const struct area *area;

		(void)copy_string(code, length < sizeof(code) ? length + 1 : sizeof(code), codes);
		codes += length + strspn(codes + length, "; ");
		if (length == 0)
			continue;
		area = length < sizeof(code) ? gazetteer_area(g, code) : NULL;
		if (area)
			list_add(&found, (void *)area);
		else
			rc = ERR_NOT_FOUND;
	}
	puskesmas->areas = arena_alloc(g->arena, (found.count + 1) * sizeof(*puskesmas->areas));
	puskesmas->narea = found.count;
	if (found.count)
		memcpy(puskesmas->areas, found.items, found.count * sizeof(*puskesmas->areas));
	free(found.items);
	return rc;
}

int gazetteer_add_puskesmas(
	struct gazetteer *g, const char *id, const char *name, const char *areas)
{
	struct puskesmas *puskesmas;
	int rc;

	if (!*id || !*name)
		return ERR_SYNTAX;
	if (gazetteer_puskesmas(g, id))
		return ERR_EXISTS;
	puskesmas = arena_alloc(g->arena, sizeof(*puskesmas));
	rc = read_areas(g, areas, puskesmas);
	if (rc != OK)
		return rc;
	puskesmas->id = arena_strdup(g->arena, id);
	puskesmas->name = arena_strdup(g->arena, name);
	puskesmas->folded = text_fold(g->arena, name);
	list_add(&g->puskesmas, puskesmas);
	table_put(&g->puskesmas_ids, puskesmas->id, puskesmas);
	return OK;
}

int gazetteer_add_posyandu(struct gazetteer *g, const char *id, const char *name, const char *area)
{
	const struct area *desa = gazetteer_area(g, area);
	struct posyandu *posyandu;

	if (!*id || !*name)
		return ERR_SYNTAX;
	if (!desa)
		return ERR_NOT_FOUND;
	if (gazetteer_posyandu(g, id))
		return ERR_EXISTS;
	posyandu = arena_alloc(g->arena, sizeof(*posyandu));
	posyandu->id = arena_strdup(g->arena, id);
	posyandu->name = arena_strdup(g->arena, name);
	posyandu->folded = text_fold(g->arena, name);
	posyandu->area = desa;
	list_add(&g->posyandu, posyandu);
	table_put(&g->posyandu_ids, posyandu->id, posyandu);
	return OK;
}

const struct area *gazetteer_area(const struct gazetteer *g, const char *code)
{
	struct area_node *node = table_get(&g->area_codes, code);

	return node ? &node->area : NULL;
}

const struct posyandu *gazetteer_posyandu(const struct gazetteer *g, const char *id)
{
	return table_get(&g->posyandu_ids, id);
}

const struct puskesmas *gazetteer_puskesmas(const struct gazetteer *g, const char *id)
{
	return table_get(&g->puskesmas_ids, id);
}

const struct puskesmas *gazetteer_serving(const struct gazetteer *g, const struct area *desa)
{
	struct area_node *node = table_get(&g->area_codes, desa->code);

	return node ? node->serving : NULL;
}

const char *area_label(struct arena *arena, const struct area *area)
{
	if (!area->parent || area->level <= LEVEL_KABUPATEN)
		return area->name;
	return arena_printf(arena, "%s (%s)", area->name, area->parent->name);
}

bool area_within(const struct area *area, const struct area *ancestor)
{
	while (area && area != ancestor)
		area = area->parent;
	return area != NULL;
}

const struct area *gazetteer_area_at(const struct gazetteer *g, size_t index)
{
	return index < g->areas.count ? &((struct area_node *)g->areas.items[index])->area : NULL;
}

const struct posyandu *gazetteer_posyandu_at(const struct gazetteer *g, size_t index)
{
	return index < g->posyandu.count ? g->posyandu.items[index] : NULL;
}

const struct puskesmas *gazetteer_puskesmas_at(const struct gazetteer *g, size_t index)
{
	return index < g->puskesmas.count ? g->puskesmas.items[index] : NULL;
}
