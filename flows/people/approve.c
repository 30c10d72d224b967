/* SETUJU and TOLAK of registrations; both sides are told. */
#include "flows/people/approve.h"

#include <string.h>

#include "flows/rules/scope.h"
#include "parsers/text/phone.h"
#include "store/message/deadline.h"

#define WAITING	     9
#define CHANGED	     "wish" /* to whom a wish that was changed has been shown: "+628… +628…" */
#define KEEP_SECONDS (90 * 86400)

struct waiting {
	struct turn *turn;
	struct person list[WAITING];
	size_t count;
};

const char *person_place(const struct reply_context *reply, const struct person *person)
{
	char *area = arena_strdup(reply->arena, person->areas == NULL ? "" : person->areas);

	area[strcspn(area, ";")] = '\0';
	if (person->posyandu != NULL && *person->posyandu != '\0')
		return arena_printf(reply->arena, "%s, %s", reply_place(reply, person->posyandu),
			reply_place(reply, area));
	return reply_place(reply, area);
}

static bool approvable(const struct turn *turn, const struct person *person)
{
	struct sender target;

	if (person->state == NULL || strcmp(person->state, "waiting") != 0)
		return false;
	person_to_sender(turn->flow, person, &target);
	return target.narea > 0 && scope_approves(&turn->sender, person->role, target.areas[0]);
}

static int waiting_each(const struct person *person, void *context)
{
	struct waiting *waiting = context;
	struct arena *arena = waiting->turn->flow->arena;
	struct person *copy = &waiting->list[waiting->count];

	if (waiting->count == WAITING || !approvable(waiting->turn, person))
		return 0;
	*copy = *person;
	copy->phone = arena_strdup(arena, person->phone);
	copy->name = arena_strdup(arena, person->name);
	copy->role = arena_strdup(arena, person->role);
	copy->areas = arena_strdup(arena, person->areas);
	copy->posyandu = person->posyandu == NULL ? NULL : arena_strdup(arena, person->posyandu);
	copy->language = person->language == NULL ? NULL : arena_strdup(arena, person->language);
	copy->state = "waiting";
	waiting->count++;
	return 0;
}

int approve_changed(const struct turn *turn, const char *phone, bool changed)
{
	return changed ? store_session_put(turn->flow->store, CHANGED, phone, "",
				 turn->flow->now + KEEP_SECONDS)
		       : store_session_drop(turn->flow->store, CHANGED, phone);
}

/* What he read may have been another role, or another place. */
static int show_changed(struct turn *turn, const struct person *person, bool *shown)
{
	const char *readers;
	int error = store_session_get(turn->flow->store, turn->flow->arena, CHANGED, person->phone,
		turn->flow->now, &readers);

	*shown = error == OK && strstr(readers, turn->sender.phone) == NULL;
	if (!*shown)
		return error == ERR_NOT_FOUND ? OK : error;
	turn_say(turn, MESSAGE_REGISTER_ASK, "name",
		reply_title_case(turn->flow->arena, person->name), "role",
		reply_word(&turn->reply, "role", person->role, person->role), "place",
		person_place(&turn->reply, person), "phone", person->phone);
	return store_session_put(turn->flow->store, CHANGED, person->phone,
		arena_printf(turn->flow->arena, "%s %s", readers, turn->sender.phone),
		turn->flow->now + KEEP_SECONDS);
}

static int decide(struct turn *turn, const struct person *person, bool yes, const char *reason)
{
	struct sender sender;
	struct reply_context reply;
	const char *text, *name = reply_title_case(turn->flow->arena, person->name);
	bool shown = false;
	int error = yes ? show_changed(turn, person, &shown) : OK;

	if (error != OK || shown)
		return error;
	error = approve_changed(turn, person->phone, false);
	if (error == OK)
		error = store_person_set_state(
			turn->flow->store, person->phone, yes ? "active" : "refused");
	if (error == OK)
		error = turn_audit(turn, yes ? "approve" : "refuse", person->phone, "waiting",
			yes ? "active" : "refused");
	if (error != OK)
		return error;
	turn_towards(turn, person, &sender, &reply);
	if (yes) {
		text = message_text(turn->flow->catalogue, turn->flow->arena,
			reply_language(&reply), MESSAGE_REGISTERED, "name", name, "role",
			reply_word(&reply, "role", person->role, person->role), "place",
			person_place(&reply, person), NULL);
		turn_say(turn, MESSAGE_APPROVED, "name", name,
			"role", reply_word(&turn->reply, "role", person->role, person->role),
			"place", person_place(&turn->reply, person));
	} else {
		text = message_text(turn->flow->catalogue, turn->flow->arena,
			reply_language(&reply), MESSAGE_REGISTER_REFUSED, "reason",
			reason == NULL || *reason == '\0' ? "-" : reason, NULL);
		turn_say(turn, MESSAGE_APPROVE_REFUSED, "name", name);
	}
	return turn_send(turn, "notice", person->phone, text, NULL);
}

/* "Siti 0812…, Rini 0813…" */
static const char *waiting_text(const struct turn *turn, const struct waiting *waiting)
{
	const char *list = "";

	for (size_t i = 0; i < waiting->count; i++)
		list = arena_printf(turn->flow->arena, "%s%s%s %s", list, i > 0 ? ", " : "",
			reply_title_case(turn->flow->arena, waiting->list[i].name),
			waiting->list[i].phone);
	return list;
}

int approve_waiting(struct turn *turn, const char **list)
{
	struct waiting waiting = {.turn = turn};
	int error = store_person_each(turn->flow->store, waiting_each, &waiting);

	*list = waiting_text(turn, &waiting);
	return error;
}

static int approve_only(struct turn *turn, bool yes)
{
	struct waiting waiting = {.turn = turn};
	int error = store_person_each(turn->flow->store, waiting_each, &waiting);

	if (error != OK)
		return error;
	if (waiting.count == 1)
		return decide(turn, &waiting.list[0], yes, NULL);
	if (waiting.count == 0)
		turn_say_plain(turn, MESSAGE_APPROVE_NONE);
	else
		turn_say(turn, MESSAGE_APPROVE_LIST, "list", waiting_text(turn, &waiting));
	return OK;
}

/* What stands behind the number in the message as it was written. */
static const char *reason_of(const struct turn *turn)
{
	const char *text = turn->message->text + strspn(turn->message->text, " ");

	text += strcspn(text, " #*");
	text += strspn(text, " #*");
	return text + strspn(text, "+0123456789- #*");
}

int approve(struct turn *turn, bool yes, const char *argument)
{
	size_t length = argument == NULL ? 0 : strcspn(argument, " ");
	char phone[PHONE_TEXT];
	struct person person;
	const char *reason;
	int error;

	if (length == 0)
		return approve_only(turn, yes);
	if (!phone_normalise(arena_strndup(turn->flow->arena, argument, length), phone)) {
		turn_say_plain(turn, MESSAGE_APPROVE_NONE);
		return OK;
	}
	reason = reason_of(turn);
	error = store_person_by_phone(turn->flow->store, turn->flow->arena, phone, &person);
	if (error != OK && error != ERR_NOT_FOUND)
		return error;
	if (error == ERR_NOT_FOUND || !approvable(turn, &person)) {
		turn_say_plain(turn, MESSAGE_APPROVE_NONE);
		return OK;
	}
	return decide(turn, &person, yes, reason);
}
