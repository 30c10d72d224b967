/* Outbreaks that are open: see outbreak_open.h. */
#include "flows/record/outbreak_open.h"

#include <string.h>

#include "flows/record/report_json.h"
#include "store/message/deadline.h"

int outbreak_open_load(const struct turn *turn, const char *key, json_t **out)
{
	const char *data;
	int error = store_session_get(turn->flow->store, turn->flow->arena, OUTBREAK_KIND, key,
		turn->flow->now, &data);

	*out = error == OK ? json_loads(data, 0, NULL) : NULL;
	return error == ERR_NOT_FOUND ? OK : error;
}

int outbreak_open_save(const struct turn *turn, const char *key, json_t *open, int64_t expires)
{
	return store_session_put(turn->flow->store, OUTBREAK_KIND, key,
		json_to_arena(turn->flow->arena, open), expires);
}

int outbreak_open_drop(const struct turn *turn, const char *key)
{
	return store_session_drop(turn->flow->store, OUTBREAK_KIND, key);
}

struct walking {
	const struct turn *turn;
	outbreak_each *each;
	void *context;
};

/* The key is FORM:PLACE:DISEASE. */
static void row_take(const char *key, const char *data, int64_t expires, void *context)
{
	struct walking *walking = context;
	struct arena *arena = walking->turn->flow->arena;
	size_t form = strcspn(key, ":"),
	       place = key[form] == ':' ? strcspn(key + form + 1, ":") : 0;
	struct outbreak_row row;
	json_t *open;

	if (expires <= walking->turn->flow->now || key[form] != ':' || key[form + 1 + place] != ':')
		return;
	open = json_loads(data, 0, NULL);
	row = (struct outbreak_row){.form = arena_strndup(arena, key, form),
		.place = arena_strndup(arena, key + form + 1, place),
		.kind = arena_strdup(arena, key + form + 1 + place + 1),
		.sum = (long)json_integer_value(json_object_get(open, "sum"))};
	row.ref = json_string_value(json_object_get(open, "ref"));
	row.ref = row.ref == NULL ? "?" : arena_strdup(arena, row.ref);
	json_decref(open);
	walking->each(&row, walking->context);
}

int outbreak_open_each(const struct turn *turn, outbreak_each *each, void *context)
{
	struct walking walking = {turn, each, context};

	return store_session_each(turn->flow->store, OUTBREAK_KIND, row_take, &walking);
}
