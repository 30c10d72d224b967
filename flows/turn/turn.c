/* One message being handled: the sender's file, the contexts for reading and answering, the way
 * out. */
#include "flows/turn/turn.h"

#include <string.h>

#include "store/message/deadline.h"
#include "store/message/outbox.h"

#define OFFICER_TIMES 10 /* what who looks after an area may cause more than others */

static void areas_read(const struct flow *flow, const char *areas, struct sender *out)
{
	while (areas != NULL && *areas != '\0') {
		size_t length = strcspn(areas, ";");
		const char *code = arena_strndup(flow->arena, areas, length);
		const struct area *area = gazetteer_area(flow->places, code);

		if (area != NULL && out->narea < SENDER_AREAS)
			out->areas[out->narea++] = area;
		else if (area == NULL)
			out->puskesmas = gazetteer_puskesmas(flow->places, code);
		areas += length;
		areas += strspn(areas, "; ");
	}
	if (out->puskesmas == NULL)
		return;
	for (size_t i = 0; i < out->puskesmas->narea && out->narea < SENDER_AREAS; i++)
		out->areas[out->narea++] = out->puskesmas->areas[i];
}

void person_to_sender(const struct flow *flow, const struct person *person, struct sender *out)
{
	int role = person->role == NULL ? -1 : role_by_name(person->role);

	*out = (struct sender){.phone = person->phone,
		.name = person->name,
		.language = person->language,
		.role = role < 0 ? ROLE_NONE : (enum role)role};
	areas_read(flow, person->areas, out);
	if (person->posyandu != NULL)
		out->posyandu = gazetteer_posyandu(flow->places, person->posyandu);
}

bool person_vouched(const struct person *person)
{
	return person->state == NULL || (strcmp(person->state, "waiting") != 0 &&
						strcmp(person->state, "refused") != 0);
}

const char *turn_text(const struct turn *turn)
{
	return turn->again != NULL ? turn->again : turn->message->text;
}

bool turn_state_is(const struct turn *turn, const char *state)
{
	return turn->known &&
		strcmp(turn->person.state == NULL ? "active" : turn->person.state, state) == 0;
}

const struct area *turn_place(const struct turn *turn)
{
	struct sender sender;

	if (!turn->known)
		return NULL;
	person_to_sender(turn->flow, &turn->person, &sender);
	if (sender.posyandu != NULL)
		return sender.posyandu->area;
	return sender.narea > 0 ? sender.areas[0] : NULL;
}

void turn_towards(const struct turn *turn, const struct person *person, struct sender *sender,
	struct reply_context *reply)
{
	person_to_sender(turn->flow, person, sender);
	*reply = turn->reply;
	reply->sender = sender;
}

int turn_begin(struct turn *turn, struct flow *flow, const char *from)
{
	int error = OK;

	*turn = (struct turn){
		.flow = flow, .now = moment_local(flow->now, flow->settings->timezone)};
	turn->sender.phone = from;
	turn->looked = arena_alloc(flow->arena, sizeof(*turn->looked));
	if (from != NULL) {
		error = store_person_by_phone(flow->store, flow->arena, from, &turn->person);
		turn->known = error == OK;
		if (error != OK && error != ERR_NOT_FOUND)
			return error;
	}
	if (turn->known &&
		(turn->person.state == NULL || strcmp(turn->person.state, "active") == 0))
		person_to_sender(flow, &turn->person, &turn->sender);
	turn->sender.phone = from;
	turn->read = (struct read_context){
		.places = flow->places, .sender = &turn->sender, .now = turn->now};
	turn->reply = (struct reply_context){.catalogue = flow->catalogue,
		.places = flow->places,
		.reader = flow->reader,
		.sender = &turn->sender,
		.arena = flow->arena,
		.now = turn->now};
	return OK;
}

/* An SMS to somebody else is charged to the phone that caused it. Alarms are bundled instead, so
 * that the last one still goes out. */
static int charge(const struct turn *turn, const char *kind, const char *phone, bool *paid)
{
	const struct flow_settings *settings = turn->flow->settings;
	int64_t caused, received;
	int64_t most = turn->sender.role == ROLE_NONE ? settings->caused_by_strangers
						      : settings->caused_per_day;
	int error;

	*paid = true;
	if (turn->sender.phone == NULL || strcmp(turn->sender.phone, phone) == 0)
		return OK;
	if (turn->sender.role >= ROLE_BIDAN && turn->sender.role != ROLE_DESA)
		most *= OFFICER_TIMES;
	error = store_counter_add(
		turn->flow->store, "caused", turn->sender.phone, turn_today(turn), &caused);
	if (error == OK)
		error = store_counter_add(
			turn->flow->store, "reached", phone, turn_today(turn), &received);
	*paid = caused <= most || strcmp(kind, "alert") == 0;
	return error;
}

int turn_send(const struct turn *turn, const char *kind, const char *phone, const char *text,
	const char *ref)
{
	struct outbox row = {.kind = kind,
		.recipient = phone,
		.text = text,
		.ref = ref,
		.state = "waiting",
		.created = turn->flow->now,
		.due = turn->flow->now};
	int64_t id;
	bool paid;
	int error = charge(turn, kind, phone, &paid);

	return error != OK || !paid ? error : store_outbox_put(turn->flow->store, &row, &id);
}

const char *turn_share(const struct turn *turn)
{
	return turn->sender.role == ROLE_NONE ? "stranger" : "known";
}

int turn_answer(struct turn *turn)
{
	const struct flow_message *message = turn->message;
	bool gathered = message->inbound != 0; /* by the worker, together with its message */
	struct outbox row = {.inbound = message->inbound,
		.kind = "reply",
		.link = message->link,
		.recipient = message->from,
		.text = turn->answer,
		.ref = turn->ref,
		.state = gathered ? "claimed" : "waiting",
		.owner = gathered ? turn->flow->settings->name : NULL,
		.created = turn->flow->now,
		.due = turn->flow->now};
	int64_t id, count;
	int error;

	if (turn->answer == NULL || *turn->answer == '\0')
		return OK;
	error = store_counter_add(
		turn->flow->store, "replies", turn_share(turn), turn_today(turn), &count);
	return error != OK ? error : store_outbox_put(turn->flow->store, &row, &id);
}

int turn_audit(const struct turn *turn, const char *action, const char *subject,
	const char *old_value, const char *new_value)
{
	const char *actor = turn->sender.phone == NULL ? "kabar" : turn->sender.phone;

	return store_audit_put(
		turn->flow->store, turn->flow->now, actor, action, subject, old_value, new_value);
}

const char *turn_today(const struct turn *turn)
{
	char *text = arena_alloc(turn->flow->arena, DATE_TEXT);

	date_format(turn->now.date, text);
	return text;
}
