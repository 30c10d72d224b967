/* Read before its turn: see early.h. */
#include "flows/turn/early.h"

#include <string.h>

#include "flows/turn/secret.h"

int early_begin(
	struct early *early, const struct flow *flow, struct arena *arena, const char *from)
{
	struct flow mine = *flow;
	struct turn *turn = arena_alloc(arena, sizeof(*turn));
	int error;

	mine.arena = arena;
	error = turn_begin(turn, &mine, arena_strdup(arena, from));
	if (error != OK)
		return error;
	*early = (struct early){.reader = flow->reader,
		.places = flow->places,
		.said = flow->settings->said,
		.people = store_people(flow->store),
		.sender = turn->sender,
		.now = turn->now};
	return OK;
}

void early_read(
	struct early *early, struct scratch *scratch, struct arena *arena, const char *text)
{
	const struct read_context context = {
		.places = early->places, .sender = &early->sender, .now = early->now};

	if (flow_secret(arena, text) != NULL)
		return;
	early->folded = text_fold(arena, text);
	early->echo = (struct said_match){.rest = text};
	if (early->said != NULL)
		said_find(early->said, arena, early->folded, &early->echo);
	early->reading = arena_raw(arena, sizeof(*early->reading));
	reader_read(early->reader, scratch, arena, &context,
		early->echo.name == NULL ? text : early->echo.rest, early->reading);
	early->text = text;
}

struct early *early_of(const struct turn *turn)
{
	const struct flow *flow = turn->flow;
	struct early *early = flow->early;

	if (early == NULL || early->text == NULL || early->people != store_people(flow->store) ||
		early->reader != flow->reader || early->places != flow->places ||
		early->said != flow->settings->said ||
		strcmp(early->text, turn->message->text) != 0)
		return NULL;
	return early;
}
