/* Deaths by kind: of everybody who died, how many were mothers, infants, children. */
#include <string.h>

#include "flows/measure/query_value.h"
#include "flows/query/query.h"
#include "flows/query/query_answers.h"

int query_deaths(struct turn *turn, struct query *query)
{
	struct arena *arena = turn->flow->arena;
	struct measured measured;
	const struct form *form;
	const char *list, *text;
	bool said = false, untold = false;
	int error;

	if (query_indicator(turn->flow->reader, query->indicator, &form) == NULL)
		return ERR_NOT_FOUND;
	error = query_measure(turn, query, query->indicator, &measured);
	if (error == OK)
		error = query_untold(turn, query, &measured, &untold);
	if (error == OK)
		error = query_value(turn, query, query->indicator, &list, &text);
	said = error == OK && measured.waiting > 0;
	for (size_t i = 0; error == OK && !untold && i < form->nindicator; i++) {
		const char *name = form->indicators[i].name,
			   *word = reply_word(&turn->reply, "recap", name, NULL);

		word = reply_word(&turn->reply, "among", name, word);
		if (strcmp(name, query->indicator) == 0 || word == NULL)
			continue; /* a part of another has no word of its own there */
		error = query_measure(turn, query, name, &measured);
		if (error == OK)
			list = arena_printf(arena, "%s, %s %s", list, word,
				query_count_beside(turn, &turn->reply, &measured, &said));
	}
	return error != OK ? error : query_say_list(turn, query, form, list);
}
