/* REKAP: an area and period in one line; also what the monthly summary tells. */
#include "flows/query/query_recap.h"

#include <string.h>

#include "flows/measure/query_number.h"
#include "flows/measure/query_value.h"
#include "flows/query/query_page.h"

/* Of each form what a recap shows, in the order of the forms' files. */
static const char *const shown[] = {"lahir", "bblr", "lahir_mati", "aki", "akb", "akaba"};

#define SHARE "ds"

int query_recap_list(const struct turn *turn, const struct reply_context *reply,
	const struct query *query, bool share, bool waits, const char **list)
{
	struct arena *arena = turn->flow->arena;
	struct measured measured;
	bool said = false;
	int error = OK;

	*list = "";
	for (size_t i = 0; error == OK && i < COUNT_OF(shown); i++) {
		error = query_measure(turn, query, shown[i], &measured);
		if (error != OK)
			break;
		*list = arena_printf(arena, "%s%s%s %s", *list, i > 0 ? ", " : "",
			reply_word(reply, "recap", shown[i], shown[i]),
			waits && measured.form->story != NULL
				? query_count_beside(turn, reply, &measured, &said)
				: query_number_text(arena, measured.count));
	}
	if (error == OK && share)
		error = query_measure(turn, query, SHARE, &measured);
	if (error == OK && share && measured.of > 0)
		*list = arena_printf(arena, "%s, %s %s/%s", *list,
			reply_word(reply, "title", SHARE, SHARE),
			query_number_text(arena, measured.count),
			query_number_text(arena, measured.of));
	return error;
}

/* "lapor: kelahiran 84, kematian 120, posyandu 60 dari 157": each form's own, since one says
 * nothing of another. */
int query_recap_complete(
	struct turn *turn, const struct query *query, bool share, const char **text)
{
	struct arena *arena = turn->flow->arena;
	const struct form *form;
	struct complete one;
	int error = OK;

	*text = "";
	for (size_t i = 0; error == OK && (form = reader_form_at(turn->flow->reader, i)) != NULL;
		i++) {
		bool used = false;

		for (size_t k = 0; k < COUNT_OF(shown) + share; k++)
			used = used ||
				form_indicator(form, k < COUNT_OF(shown) ? shown[k] : SHARE) !=
					NULL;
		if (!used)
			continue;
		error = query_complete(turn, query, form, NULL, &one);
		*text = arena_printf(arena, "%s%s%s %s/%s", *text, **text != '\0' ? ", " : "",
			reply_word(&turn->reply, "told", form->name, form->title),
			query_number_text(arena, one.told), query_number_text(arena, one.of));
	}
	*text = reply_capital(arena_printf(
		arena, "%s: %s", reply_word(&turn->reply, "complete", "told", "lapor"), *text));
	return error;
}

/* "lahir 2", "BBLR 1": each an item. */
static void items_split(const struct turn *turn, const char *text, struct query_list *list)
{
	const char *end;

	list->items = arena_alloc(
		turn->flow->arena, (COUNT_OF(shown) + 3) * sizeof(*list->items));
	for (; (end = strstr(text, ", ")) != NULL; text = end + 2)
		list->items[list->count++] = arena_strndup(
			turn->flow->arena, text, (size_t)(end - text));
	list->items[list->count++] = text;
}

int query_recap_page(struct turn *turn, struct query *query, size_t offset)
{
	struct query_list list = {0};
	const char *text, *complete;
	int error = query_recap_list(turn, &turn->reply, query, true, true, &text);

	if (error == OK)
		error = query_recap_complete(turn, query, true, &complete);
	if (error != OK)
		return error;
	items_split(turn, text, &list);
	return query_page(turn, query, &list, offset, MESSAGE_QUERY_SEVERAL, complete);
}

int query_recap(struct turn *turn, struct query *query)
{
	return query_recap_page(turn, query, 0);
}
