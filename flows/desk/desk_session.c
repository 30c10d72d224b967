/* Sessions of the web front, and the audit of what was looked at. */
#include "flows/desk/desk.h"

#include <string.h>

#include "flows/record/report_json.h"
#include "store/message/deadline.h"

static const char *text_of(const json_t *request, const char *key)
{
	const char *text = json_string_value(json_object_get(request, key));

	return text != NULL ? text : "";
}

static int session_put(struct turn *turn, const json_t *request)
{
	const json_t *data = json_object_get(request, "data");
	int64_t expires = json_integer_value(json_object_get(request, "expires"));

	if (strlen(text_of(request, "key")) < 32 || !json_is_object(data) ||
		expires <= turn->flow->now)
		return ERR_SYNTAX;
	return store_session_put(turn->flow->store, DESK_SESSION, text_of(request, "key"),
		json_to_arena(turn->flow->arena, json_deep_copy(data)), expires);
}

int desk_session_open(struct turn *turn, const json_t *request, json_t *answer)
{
	int error = session_put(turn, request);

	(void)answer;
	return error != OK
		? error
		: turn_audit(turn, "login", turn->person.phone, NULL, text_of(request, "address"));
}

/* Only a session that is there: one that was closed meanwhile does not come back. */
int desk_session_touch(struct turn *turn, const json_t *request, json_t *answer)
{
	const char *data;
	int error = store_session_get(turn->flow->store, turn->flow->arena, DESK_SESSION,
		text_of(request, "key"), turn->flow->now, &data);

	(void)answer;
	return error != OK ? error : session_put(turn, request);
}

int desk_session_close(struct turn *turn, const json_t *request, json_t *answer)
{
	int error = store_session_drop(turn->flow->store, DESK_SESSION, text_of(request, "key"));

	(void)answer;
	return error != OK ? error : turn_audit(turn, "logout", turn->person.phone, NULL, NULL);
}

/* "names", "export" …: a page with people's names, or a file, is about to be shown. */
int desk_seen(struct turn *turn, const json_t *request, json_t *answer)
{
	const char *what = text_of(request, "what");

	(void)answer;
	if (*what == '\0')
		return ERR_SYNTAX;
	return turn_audit(turn, arena_printf(turn->flow->arena, "web %s", what),
		text_of(request, "subject"), NULL, text_of(request, "detail"));
}
