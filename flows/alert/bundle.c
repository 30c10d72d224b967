/* Further alarms of one phone as one SMS an hour at most. See bundle.h. */
#include "flows/alert/bundle.h"

#include <stdlib.h>
#include <string.h>

#include "flows/record/report_json.h"
#include "flows/rules/scope.h"

#define KIND	      "bundle"
#define SENT	      "bundle-sent" /* when the last one of a phone left */
#define HOUR	      3600
#define GATHER_SECONDS 600 /* what comes behind the first is told with it */
#define KEEP_SECONDS  (30 * 86400) /* the gateway may have been down when they were due */
#define SHOWN	      4 /* the latest of them */

/* So many times what goes out at once: who supervises may have a whole day of examinations to tell,
 * and of what registered people tell so many are not left to the bundle alone. */
#define OFFICER_TIMES  4
#define ESCALATE_TIMES 2
#define DEATHS_TIMES   4

int bundle_begin_grave(const struct turn *turn, const char *kind, bool *now, bool *escalates)
{
	int64_t alarms, times, most = turn->flow->settings->alarms_at_once;
	int error;

	*now = *escalates = true;
	if (turn->sender.phone == NULL)
		return OK;
	error = store_counter_add(
		turn->flow->store, kind, turn->sender.phone, turn_today(turn), &alarms);
	if (scope_supervises(&turn->sender))
		most *= OFFICER_TIMES;
	*now = error == OK && alarms <= most;
	times = strncmp(kind, "deaths", 6) == 0 ? DEATHS_TIMES : ESCALATE_TIMES;
	*escalates = *now || (error == OK && turn->sender.role != ROLE_NONE &&
		alarms <= times * turn->flow->settings->alarms_at_once);
	return error;
}

int bundle_begin(const struct turn *turn, const char *kind, bool *now)
{
	bool escalates;

	return bundle_begin_grave(turn, kind, now, &escalates);
}

/* {"+628…": ["M2408-0004", …]}, by reader. */
static int load(const struct turn *turn, const char *phone, json_t **out)
{
	const char *data;
	int error = store_session_get(
		turn->flow->store, turn->flow->arena, KIND, phone, turn->flow->now, &data);

	*out = error == OK ? json_loads(data, 0, NULL) : NULL;
	if (*out == NULL)
		*out = json_object();
	return error == ERR_NOT_FOUND ? OK : error;
}

/* Nobody waits longer than it takes to gather the others, nor gets two within the hour. */
static int due_plan(const struct turn *turn)
{
	struct deadline deadline = {.kind = KIND, .subject = turn->sender.phone,
		.due = turn->flow->now + GATHER_SECONDS};
	struct deadline old;
	const char *sent;
	int error = store_deadline_get(
		turn->flow->store, turn->flow->arena, KIND, turn->sender.phone, &old);

	if (error != ERR_NOT_FOUND)
		return error;
	error = store_session_get(turn->flow->store, turn->flow->arena, SENT, turn->sender.phone,
		turn->flow->now, &sent);
	if (error == OK && strtoll(sent, NULL, 10) + HOUR > deadline.due)
		deadline.due = strtoll(sent, NULL, 10) + HOUR;
	return error != OK && error != ERR_NOT_FOUND
		? error
		: store_deadline_put(turn->flow->store, &deadline);
}

int bundle_add(const struct turn *turn, const char *reader, const char *what)
{
	json_t *bundle;
	int error = load(turn, turn->sender.phone, &bundle);

	if (json_object_get(bundle, reader) == NULL)
		json_object_set_new(bundle, reader, json_array());
	json_array_append_new(json_object_get(bundle, reader), json_string(what));
	if (error == OK)
		error = store_session_put(turn->flow->store, KIND, turn->sender.phone,
			json_to_arena(turn->flow->arena, json_incref(bundle)),
			turn->flow->now + KEEP_SECONDS);
	json_decref(bundle);
	return error == OK ? due_plan(turn) : error;
}

int bundle_holds(const struct turn *turn, const char *reader, const char *ref, bool *holds)
{
	size_t i;
	json_t *bundle, *what;
	int error = OK;

	*holds = false;
	if (turn->sender.phone == NULL)
		return OK;
	error = load(turn, turn->sender.phone, &bundle);
	json_array_foreach(json_object_get(bundle, reader), i, what)
		*holds |= strncmp(json_string_value(what), ref, strlen(ref)) == 0 &&
			json_string_value(what)[strlen(ref)] == ' ';
	json_decref(bundle);
	return error;
}

/* "M2408-0005, M2408-0004 …": the latest first, for the end is cut off when it is long. */
static const char *list_of(const struct turn *turn, json_t *what)
{
	struct strbuf list = {0};
	size_t count = json_array_size(what), last = count > SHOWN ? count - SHOWN : 0;
	char *text;

	for (size_t i = count; i-- > last;)
		strbuf_printf(&list, "%s%s", i + 1 < count ? ", " : "",
			json_string_value(json_array_get(what, i)));
	text = arena_strdup(turn->flow->arena, list.text == NULL ? "" : list.text);
	strbuf_free(&list);
	return text;
}

int bundle_on_due(const struct turn *turn, const struct deadline *deadline)
{
	const char *key;
	json_t *bundle, *what;
	int error = load(turn, deadline->subject, &bundle);

	json_object_foreach(bundle, key, what) {
		const char *reader = arena_strdup(turn->flow->arena, key);
		struct person person = {.phone = reader, .language = "id"};
		struct sender sender;
		struct reply_context reply;
		int found = error != OK ? error
					: store_person_by_phone(turn->flow->store,
						  turn->flow->arena, reader, &person);

		if (found != OK && found != ERR_NOT_FOUND) {
			error = found;
			break;
		}
		turn_towards(turn, &person, &sender, &reply);
		error = turn_send(turn, "alert", reader,
			message_text(turn->flow->catalogue, turn->flow->arena,
				reply_language(&reply), MESSAGE_ALERT_BUNDLE, "count",
				arena_printf(turn->flow->arena, "%zu", json_array_size(what)),
				"phone", deadline->subject, "list", list_of(turn, what), NULL),
			NULL);
		if (error != OK)
			break;
	}
	json_decref(bundle);
	if (error == OK)
		error = store_session_put(turn->flow->store, SENT, deadline->subject,
			arena_printf(turn->flow->arena, "%lld", (long long)turn->flow->now),
			turn->flow->now + HOUR);
	return error != OK ? error
			   : store_session_drop(turn->flow->store, KIND, deadline->subject);
}
