/* An earlier message is handled again, once what it lacked was chosen: see answer_again.h. */
#include "flows/answer/answer_again.h"

#include <string.h>

#include "flows/turn/handlers.h"

/* A registration whose area is settled now: its posyandu is looked for there. */
static void answer_area(struct turn *turn, struct reading *reading, const char *area)
{
	reading->registration.area = area;
	if (reading->registration.unit == NULL || reading->registration.name == NULL)
		return;
	turn->again = arena_printf(turn->flow->arena, "DAFTAR#%s#%s#%s#%s",
		reading->registration.role, reading->registration.name,
		reading->registration.unit, area);
	reader_read(turn->flow->reader, turn->flow->scratch, turn->flow->arena, &turn->read,
		turn->again, reading);
}

bool offers_place(const struct pending *pending)
{
	return strcmp(pending->kind, "again") == 0 && pending->noption == 1 &&
		strcmp(pending->slot, "area") == 0;
}

int refuse_place(struct turn *turn, const struct pending *pending)
{
	turn_say(turn, MESSAGE_REGISTER_PLACE, "label",
		reply_label(&turn->reply, NULL, pending->slot));
	return pending_drop(turn, turn->sender.phone, "again", pending->id);
}

/* Which place was meant: of several the one that was in question. */
static void answer_place(struct reading *reading, const char *value)
{
	bool filled = reading->query.nbeside > 0 && reading->query.area != NULL;

	for (size_t i = 0; filled && i < reading->query.nbeside; i++) {
		if (reading->query.beside[i] != NULL)
			continue;
		reading->query.beside[i] = value;
		return;
	}
	reading->query.area = value;
	if (filled)
		reading->query.nbeside = 0; /* it can only be about one */
}

int answer_again(struct turn *turn, const struct pending *pending, size_t number)
{
	struct reading *reading = arena_alloc(turn->flow->arena, sizeof(*reading));
	const char *value = pending->options[number - 1];
	int error = pending_drop(turn, turn->sender.phone, "again", pending->id);

	if (error != OK)
		return error;
	reader_read(turn->flow->reader, turn->flow->scratch, turn->flow->arena, &turn->read,
		pending->text, reading);
	reading->nproblem = 0;
	turn->again = pending->text;
	if (strcmp(pending->slot, "ref") == 0)
		reading->ref = value;
	else if (strcmp(pending->slot, "argument") == 0)
		reading->argument = value;
	else if (strcmp(pending->slot, "query") == 0)
		answer_place(reading, value);
	else if (strcmp(pending->slot, "area") == 0)
		answer_area(turn, reading, value);
	else
		reading->registration.posyandu = value;
	turn->reading = reading;
	return flow_dispatch(turn);
}
