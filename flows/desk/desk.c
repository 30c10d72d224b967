/* The table of verbs, and the account that speaks: see desk.h. */
#include "flows/desk/desk.h"

#include <string.h>

#include "flows/record/report_json.h"
#include "store/message/deadline.h"

static const struct {
	const char *name;
	desk_verb *run;
} verbs[] = {
	{"session open", desk_session_open},
	{"session touch", desk_session_touch},
	{"session close", desk_session_close},
	{"seen", desk_seen},
	{"command", desk_command},
	{"human answer", desk_human_answer},
	{"human close", desk_human_close},
	{"person state", desk_person_state},
	{"person move", desk_person_move},
	{"people put", desk_people_put},
};

int desk_turn(struct turn *turn, struct flow *flow, const struct account *account)
{
	int error = turn_begin(turn, flow, NULL);

	if (error != OK)
		return error;
	if (strcmp(account->state, "active") != 0)
		return ERR_STATE;
	turn->known = true;
	turn->person = (struct person){.phone = arena_printf(flow->arena, "web:%s", account->name),
		.name = account->full_name,
		.role = account->role,
		.areas = account->areas,
		.language = "id",
		.state = "active"};
	person_to_sender(flow, &turn->person, &turn->sender);
	return turn->sender.role == ROLE_NONE ? ERR_STATE : OK;
}

/* A login that was refused: nobody speaks, the name is only noted. */
static int refused_login(struct flow *flow, const json_t *request, json_t *answer)
{
	const char *account = json_string_value(json_object_get(request, "account"));
	const char *address = json_string_value(json_object_get(request, "address"));

	json_object_set_new(answer, "ok", json_true());
	return store_audit_put(flow->store, flow->now, "kabar-web", "login refused",
		arena_strndup(flow->arena, account ? account : "-", 40), NULL,
		arena_strndup(flow->arena, address ? address : "-", 64));
}

/* What somebody ordered the gateway itself (reload, a link down): an officer of the machine, no
 * account. */
static int gateway_order(struct flow *flow, const json_t *request, json_t *answer)
{
	const char *who = json_string_value(json_object_get(request, "account"));
	const char *action = json_string_value(json_object_get(request, "action"));
	const char *subject = json_string_value(json_object_get(request, "subject"));
	const char *value = json_string_value(json_object_get(request, "value"));

	if (action == NULL || subject == NULL)
		return ERR_SYNTAX;
	json_object_set_new(answer, "ok", json_true());
	return store_audit_put(flow->store, flow->now, arena_strndup(flow->arena, who, 64),
		arena_strdup(flow->arena, action), arena_strdup(flow->arena, subject), NULL,
		value ? arena_strdup(flow->arena, value) : NULL);
}

static int run(struct flow *flow, const json_t *request, json_t *answer)
{
	const char *verb = json_string_value(json_object_get(request, "verb"));
	const char *name = json_string_value(json_object_get(request, "account"));
	struct turn *turn = arena_alloc(flow->arena, sizeof(*turn));
	struct account account;
	int error;

	if (verb == NULL || name == NULL)
		return ERR_SYNTAX;
	if (strcmp(verb, "login refused") == 0)
		return refused_login(flow, request, answer);
	if (strcmp(verb, "gateway") == 0)
		return gateway_order(flow, request, answer);
	error = store_account_get(flow->store, flow->arena, name, &account);
	if (error == OK)
		error = desk_turn(turn, flow, &account);
	if (error != OK)
		return error == ERR_NOT_FOUND ? ERR_STATE : error;
	for (size_t i = 0; i < COUNT_OF(verbs); i++) {
		if (strcmp(verbs[i].name, verb) != 0)
			continue;
		json_object_set_new(answer, "ok", json_true());
		return verbs[i].run(turn, request, answer);
	}
	return ERR_NOT_FOUND;
}

static bool is_trouble(int error)
{
	return error == ERR_STORE_BUSY || error == ERR_STORE_FULL || error == ERR_STORE_IO ||
		error == ERR_STORE;
}

int desk_run(struct flow *flow, const char *request, const char **answer)
{
	json_t *parsed = json_loads(request, 0, NULL), *out = json_object();
	int error = json_is_object(parsed) ? run(flow, parsed, out) : ERR_SYNTAX;

	if (error != OK && !is_trouble(error)) {
		json_object_clear(out);
		json_object_set_new(out, "ok", json_false());
		json_object_set_new(out, "error", json_string(error_text(error)));
		error = OK;
	}
	*answer = json_to_arena(flow->arena, out);
	json_decref(parsed);
	return error;
}
