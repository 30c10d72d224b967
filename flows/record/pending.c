/* Open questions as one JSON list per phone. */
#include "flows/record/pending.h"

#include <string.h>

#include "flows/record/record.h"
#include "flows/record/report_json.h"
#include "store/message/deadline.h"
#include "store/message/foresee.h"

#define KIND "pending" /* of the session row */

static const char *text_at(const struct turn *turn, const json_t *item, const char *key)
{
	const char *text = json_string_value(json_object_get(item, key));

	return text == NULL ? NULL : arena_strdup(turn->flow->arena, text);
}

void pendings_foresee(const struct flow *flow, const char *phone)
{
	store_session_foresee(flow->store, KIND, phone);
}

int pendings_load(const struct turn *turn, const char *phone, struct pendings *out)
{
	const char *data;
	json_t *list, *item;
	size_t i;
	int error;

	out->count = 0;
	error = store_session_get(
		turn->flow->store, turn->flow->arena, KIND, phone, turn->flow->now, &data);
	if (error != OK)
		return error == ERR_NOT_FOUND ? OK : error;
	list = json_loads(data, 0, NULL);
	json_array_foreach(list, i, item) {
		struct pending *pending = &out->list[out->count];
		const json_t *options = json_object_get(item, "options");

		*pending = (struct pending){.kind = text_at(turn, item, "kind"),
			.text = text_at(turn, item, "text"),
			.slot = text_at(turn, item, "slot"),
			.id = json_integer_value(json_object_get(item, "id")),
			.other = json_integer_value(json_object_get(item, "other")),
			.version = (int)json_integer_value(json_object_get(item, "version")),
			.until = json_integer_value(json_object_get(item, "until"))};
		if (pending->kind == NULL || pending->until <= turn->flow->now ||
			out->count + 1 == PENDING_MAX)
			continue;
		for (size_t k = 0; k < json_array_size(options) && k < OPTIONS_MAX; k++)
			pending->options[pending->noption++] = arena_strdup(turn->flow->arena,
				json_string_value(json_array_get(options, k)));
		out->count++;
	}
	json_decref(list);
	return OK;
}

static json_t *pending_object(const struct pending *pending)
{
	json_t *object =
		json_pack("{s:s,s:I,s:I,s:I}", "kind", pending->kind, "id", (json_int_t)pending->id,
			"other", (json_int_t)pending->other, "until", (json_int_t)pending->until);
	json_t *options = json_array();

	if (pending->version != 0)
		json_object_set_new(object, "version", json_integer(pending->version));
	if (pending->text != NULL)
		json_object_set_new(object, "text", json_string(pending->text));
	if (pending->slot != NULL)
		json_object_set_new(object, "slot", json_string(pending->slot));
	for (size_t i = 0; i < pending->noption; i++)
		json_array_append_new(options, json_string(pending->options[i]));
	json_object_set_new(object, "options", options);
	return object;
}

int pendings_save(const struct turn *turn, const char *phone, const struct pendings *pendings)
{
	json_t *list = json_array();
	int64_t until = 0;

	for (size_t i = 0; i < pendings->count; i++) {
		json_array_append_new(list, pending_object(&pendings->list[i]));
		if (pendings->list[i].until > until)
			until = pendings->list[i].until;
	}
	if (pendings->count == 0) {
		json_decref(list);
		return store_session_drop(turn->flow->store, KIND, phone);
	}
	return store_session_put(
		turn->flow->store, KIND, phone, json_to_arena(turn->flow->arena, list), until);
}

static void remove_at(struct pendings *pendings, size_t index)
{
	memmove(&pendings->list[index], &pendings->list[index + 1],
		(pendings->count - index - 1) * sizeof(pendings->list[0]));
	pendings->count--;
}

static size_t find_same(const struct pendings *pendings, const char *kind, int64_t id)
{
	size_t at = 0;

	while (at < pendings->count && (strcmp(pendings->list[at].kind, kind) != 0 ||
					       pendings->list[at].id != id))
		at++;
	return at;
}

static bool remove_same(struct pendings *pendings, const char *kind, int64_t id)
{
	size_t at = find_same(pendings, kind, id);

	if (at == pendings->count)
		return false;
	remove_at(pendings, at);
	return true;
}

/* What somebody else does to a report makes no question of it the last that its owner was asked. */
static bool by_another(const struct turn *turn, const char *phone)
{
	return turn->sender.phone == NULL || strcmp(turn->sender.phone, phone) != 0;
}

int pending_add(const struct turn *turn, const char *phone, const struct pending *pending)
{
	struct pendings pendings;
	int64_t until;
	size_t at;
	int error = pendings_load(turn, phone, &pendings);

	if (error != OK)
		return error;
	at = find_same(&pendings, pending->kind, pending->id);
	if (at < pendings.count && by_another(turn, phone)) {
		until = pendings.list[at].until;
	} else {
		remove_same(&pendings, pending->kind, pending->id);
		if (pendings.count + 2 >= PENDING_MAX)
			remove_at(&pendings, 0);
		at = pendings.count++;
		until = turn->flow->now + turn->flow->settings->question_hours * 3600;
	}
	pendings.list[at] = *pending;
	if (pending->until == 0)
		pendings.list[at].until = until;
	return pendings_save(turn, phone, &pendings);
}

int pending_drop(const struct turn *turn, const char *phone, const char *kind, int64_t id)
{
	struct pendings pendings;
	int error = pendings_load(turn, phone, &pendings);

	if (error != OK || !remove_same(&pendings, kind, id))
		return error;
	return pendings_save(turn, phone, &pendings);
}

int pending_find(const struct turn *turn, const char *phone, const char *kind, int64_t id,
	struct pending *out, bool *found)
{
	struct pendings pendings;
	int error = pendings_load(turn, phone, &pendings);

	*found = false;
	for (size_t i = 0; error == OK && i < pendings.count; i++) {
		if (strcmp(pendings.list[i].kind, kind) != 0 || pendings.list[i].id != id)
			continue;
		*out = pendings.list[i];
		*found = true;
	}
	return error;
}

bool pending_asks_value(const struct pending *pending)
{
	return strcmp(pending->kind, "report") == 0 || strcmp(pending->kind, "verify") == 0;
}

bool pending_is_over(const struct turn *turn, const struct pending *pending)
{
	struct record record;

	return pending_asks_value(pending) && record_load(turn, pending->id, &record) == OK &&
		!record_open(&record);
}
