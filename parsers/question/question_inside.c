/* A place that says where another one lies: "karangan ds karangan", "sawahan, yg watulimo". */
#include "parsers/question/question_inside.h"

#include <string.h>

#include "parsers/text/error.h"

/* "karangan ds karangan": one place inside another, the larger first; NULL. */
const char *question_desa_inside(const struct intent_call *call, const char *name)
{
	const struct sender *sender = call->context->sender;
	struct area_matches larger, inside;

	for (const char *at = strchr(name, ' '); at; at = strchr(at + 1, ' ')) {
		const struct lexicon_entry *entry =
			lexicon_find(call->lexicon, at + 1, strcspn(at + 1, " "));

		while (entry && (entry->class_id < 0 || !same_name(entry->class_name, "tingkat")))
			entry = entry->next;
		for (size_t i = 0; entry && i < sender->narea; i++)
			if (gazetteer_find_area_exact(call->context->places,
				    arena_strndup(call->arena, name, (size_t)(at - name)),
				    sender->areas[i], LEVEL_ANY, &larger) == OK &&
				larger.count == 1 &&
				gazetteer_find_area_exact(call->context->places, at + 1,
					larger.list[0], LEVEL_ANY, &inside) == OK &&
				inside.count == 1 && inside.list[0] != larger.list[0])
				return inside.list[0]->code;
	}
	return NULL;
}

/* The only place of that name in an area; NULL. */
static const struct area *only_one(
	const struct intent_call *call, const char *name, const struct area *area)
{
	struct area_matches found;

	return gazetteer_find_area_exact(call->context->places, name, area, LEVEL_ANY, &found) ==
				OK && found.count == 1
		? found.list[0] : NULL;
}

/* Of several of that name in an area the one inside the larger place; NULL. */
static const struct area *settled(const struct intent_call *call, const char *name,
	const char *larger, const struct area *area)
{
	const struct area *whole = only_one(call, larger, area),
			  *inside = whole ? only_one(call, name, whole) : NULL;

	return inside != whole && !only_one(call, name, area) ? inside : NULL;
}

const char *question_settled_by(const struct question *question)
{
	const struct intent_call *call = question->words->call;
	const struct sender *sender = call->context->sender;
	const char *names[1 + QUERY_PLACES], *unknown;
	size_t count = question_bare_places(question, names, &unknown);
	const struct area *inside = NULL;

	for (size_t i = 0; count == 2 && !unknown && !inside && i < sender->narea; i++) {
		inside = settled(call, names[0], names[1], sender->areas[i]);
		if (!inside)
			inside = settled(call, names[1], names[0], sender->areas[i]);
	}
	return inside ? inside->code : NULL;
}
