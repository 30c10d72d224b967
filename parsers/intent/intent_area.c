/* Places named in a question or a registration, and what the sender may see: see intent_words.h. */
#include <string.h>

#include "parsers/intent/intent_words.h"
#include "parsers/intent/intent.h"
#include "parsers/text/error.h"

bool intent_is_office(const struct sender *sender)
{
	return sender->role == ROLE_PUSKESMAS || sender->role == ROLE_DINKES ||
		sender->role == ROLE_PROVINSI;
}

bool intent_in_scope(const struct sender *sender, const struct area *area)
{
	for (size_t i = 0; i < sender->narea; i++)
		if (area_within(area, sender->areas[i]))
			return true;
	for (size_t i = 0; sender->puskesmas && i < sender->puskesmas->narea; i++)
		if (area_within(area, sender->puskesmas->areas[i]))
			return true;
	return false;
}

void intent_area_options(
	const struct intent_call *call, struct problem *problem, const struct area_matches *matches)
{
	for (size_t i = 0; i < matches->count && problem->noption < OPTIONS_MAX; i++) {
		const struct area *area = matches->list[i];

		problem->options[problem->noption++] =
			(struct option){area->code, area_label(call->arena, area)};
	}
}

/* Everything of that name inside the sender's areas. */
static void find_inside(
	const struct intent_call *call, const char *name, struct area_matches *inside)
{
	const struct sender *sender = call->context->sender;
	const struct area *const *scopes[2] = {sender->areas,
		sender->puskesmas ? sender->puskesmas->areas : NULL};
	size_t counts[2] = {sender->narea, sender->puskesmas ? sender->puskesmas->narea : 0};

	*inside = (struct area_matches){.count = 0};
	for (size_t s = 0; s < 2; s++) {
		for (size_t i = 0; i < counts[s]; i++) {
			struct area_matches some;

			if (gazetteer_find_area(call->context->places, name, scopes[s][i],
				    LEVEL_ANY, &some) == ERR_NOT_FOUND)
				continue;
			if (inside->count && inside->fuzzy && !some.fuzzy)
				inside->count = 0;
			else if (inside->count && !inside->fuzzy && some.fuzzy)
				continue;
			inside->fuzzy = some.fuzzy;
			for (size_t k = 0; k < some.count && inside->count < PLACES_MAX; k++) {
				size_t known = 0;

				while (known < inside->count && inside->list[known] != some.list[k])
					known++;
				if (known == inside->count)
					inside->list[inside->count++] = some.list[k];
			}
		}
	}
}

static bool find_puskesmas(const struct intent_call *call, const char *name, struct reading *out,
	struct place_found *found)
{
	const struct sender *sender = call->context->sender;
	int rc = gazetteer_find_puskesmas(call->context->places, name,
		sender->narea == 1 ? sender->areas[0] : NULL, &found->puskesmas);

	if (rc == ERR_NOT_FOUND)
		rc = gazetteer_find_puskesmas(call->context->places, name, NULL, &found->puskesmas);
	if (rc != OK) {
		found->puskesmas = NULL;
		intent_problem(
			out, "area", rc == ERR_AMBIGUOUS ? PROBLEM_AMBIGUOUS : PROBLEM_PLACE, name);
		return false;
	}
	for (size_t i = 0; i < found->puskesmas->narea; i++)
		if (intent_in_scope(sender, found->puskesmas->areas[i]))
			return true;
	intent_problem(out, "", PROBLEM_SCOPE, name);
	return false;
}

static bool names_puskesmas(const struct intent_call *call, const char *name)
{
	size_t length = strcspn(name, " .");
	const struct lexicon_entry *entry = lexicon_find(call->lexicon, name, length);

	while (entry && !same_name(entry->class_name, "puskesmas"))
		entry = entry->next;
	return entry && name[length];
}

bool intent_place(const struct intent_call *call, const char *name, struct reading *out,
	struct place_found *found)
{
	struct area_matches inside, any;
	int rc;

	*found = (struct place_found){NULL, NULL};
	if (names_puskesmas(call, name))
		return find_puskesmas(call, name, out, found);
	find_inside(call, name, &inside);
	if (inside.count == 0 || inside.fuzzy) {
		rc = gazetteer_find_area(call->context->places, name, NULL, LEVEL_ANY, &any);
		if (rc != ERR_NOT_FOUND && !any.fuzzy) {
			intent_problem(out, "", PROBLEM_SCOPE, name);
			return false;
		}
	}
	if (inside.count == 0) {
		intent_problem(out, "area", PROBLEM_PLACE, name);
		return false;
	}
	if (inside.count > 1) {
		intent_area_options(
			call, intent_problem(out, "area", PROBLEM_AMBIGUOUS, name), &inside);
		return false;
	}
	found->area = inside.list[0];
	return true;
}
