/* All active places as a sealed gazetteer. See person.h. */
#include <stdlib.h>
#include <string.h>

#include "store/people/person.h"
#include "store/statement/query.h"

struct load {
	struct store *store;
	struct gazetteer *gazetteer;
	struct arena *arena;
	const char **codes; /* of the areas that were loaded, in order */
	size_t count, room;
};

static int compare_code(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static bool is_loaded(const struct load *load, const char *code)
{
	return bsearch(&code, load->codes, load->count, sizeof(*load->codes), compare_code) != NULL;
}

static void remember(struct load *load, const char *code)
{
	if (load->count == load->room) {
		load->room = load->room ? 2 * load->room : 1024;
		load->codes = xrealloc(load->codes, load->room, sizeof(*load->codes));
	}
	load->codes[load->count++] = arena_strdup(load->arena, code);
}

/* In code order a parent comes first; below an inactive area nothing is loaded. */
static int load_areas(struct load *load)
{
	struct cursor cursor;
	int result;

	cursor_open(&cursor, load->store,
		"SELECT code, coalesce(parent, ''), level, name FROM areas WHERE active = 1 ORDER "
		"BY code",
		NULL, 0);
	while ((result = cursor_next(&cursor)) > 0) {
		const char *code = cursor_peek(&cursor, 0), *parent = cursor_peek(&cursor, 1);

		if (*parent && !is_loaded(load, parent))
			continue;
		result = gazetteer_add_area(load->gazetteer, code, parent, cursor_peek(&cursor, 2),
			cursor_peek(&cursor, 3));
		if (result)
			break;
		remember(load, code);
	}
	cursor_close(&cursor);
	return result;
}

static const char *loaded_only(const struct load *load, const char *areas)
{
	char *rest = arena_strdup(load->arena, areas), *area;
	struct strbuf kept = {0};
	const char *copy;

	while ((area = strsep(&rest, ";"))) {
		if (!is_loaded(load, area))
			continue;
		if (kept.length)
			strbuf_putc(&kept, ';');
		strbuf_puts(&kept, area);
	}
	copy = arena_strdup(load->arena, kept.text ? kept.text : "");
	strbuf_free(&kept);
	return copy;
}

static int load_puskesmas(struct load *load)
{
	struct cursor cursor;
	int result;

	cursor_open(&cursor, load->store,
		"SELECT id, name, areas FROM puskesmas WHERE active = 1 ORDER BY id", NULL, 0);
	while ((result = cursor_next(&cursor)) > 0) {
		const char *areas = loaded_only(load, cursor_peek(&cursor, 2));

		result = gazetteer_add_puskesmas(
			load->gazetteer, cursor_peek(&cursor, 0), cursor_peek(&cursor, 1), areas);
		if (result)
			break;
	}
	cursor_close(&cursor);
	return result;
}

static int load_posyandu(struct load *load)
{
	struct cursor cursor;
	int result;

	cursor_open(&cursor, load->store,
		"SELECT id, name, area FROM posyandu WHERE active = 1 ORDER BY id", NULL, 0);
	while ((result = cursor_next(&cursor)) > 0) {
		if (!is_loaded(load, cursor_peek(&cursor, 2)))
			continue;
		result = gazetteer_add_posyandu(load->gazetteer, cursor_peek(&cursor, 0),
			cursor_peek(&cursor, 1), cursor_peek(&cursor, 2));
		if (result)
			break;
	}
	cursor_close(&cursor);
	return result;
}

int store_gazetteer_load(struct store *store, struct gazetteer **out)
{
	struct load load = {.store = store, .gazetteer = gazetteer_new(), .arena = arena_new()};
	int error = load_areas(&load);

	*out = NULL;
	if (!error)
		error = load_puskesmas(&load);
	if (!error)
		error = load_posyandu(&load);
	free(load.codes);
	arena_free(load.arena);
	if (error) {
		gazetteer_free(load.gazetteer);
		return error;
	}
	gazetteer_seal(load.gazetteer);
	*out = load.gazetteer;
	return OK;
}
