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

struct counting {
	const struct turn *turn;
	const char *form;
	outbreak_inside *inside;
	const void *context;
	int64_t count;
	const char *ref;
};

/* The key is FORM:PLACE:DISEASE. */
static void one_count(const char *key, const char *data, int64_t expires, void *context)
{
	struct counting *counting = context;
	size_t form = strlen(counting->form);
	const char *ref;
	json_t *open;

	if (expires <= counting->turn->flow->now || strncmp(key, counting->form, form) != 0 ||
		key[form] != ':')
		return;
	key += form + 1;
	if (!counting->inside(
		    arena_strndup(counting->turn->flow->arena, key, strcspn(key, ":")),
		    counting->context))
		return;
	counting->count++;
	open = json_loads(data, 0, NULL);
	ref = json_string_value(json_object_get(open, "ref"));
	counting->ref = ref == NULL ? NULL : arena_strdup(counting->turn->flow->arena, ref);
	json_decref(open);
}

int outbreak_open_count(const struct turn *turn, const char *form, outbreak_inside *inside,
	const void *context, int64_t *count, const char **ref)
{
	struct counting counting = {turn, form, inside, context, 0, NULL};
	int error = store_session_each(turn->flow->store, OUTBREAK_KIND, one_count, &counting);

	*count = counting.count;
	*ref = counting.ref;
	return error;
}
