/* One indicator or several of an area and period. */
#include <ctype.h>
#include <string.h>

#include "flows/measure/query_value.h"
#include "flows/query/query.h"
#include "flows/query/query_answers.h"

/* "Kematian ibu" inside a list: "kematian ibu"; "BBLR" stays. */
const char *query_inner_title(const struct turn *turn, const char *indicator)
{
	char *title = arena_strdup(
		turn->flow->arena, reply_word(&turn->reply, "title", indicator, indicator));

	if (islower((unsigned char)title[0] ? (unsigned char)title[1] : 0))
		title[0] = (char)tolower((unsigned char)title[0]);
	return title;
}

/* "kematian ibu 9, lahir hidup 207" and "8, lahir hidup 207": what both are of is said once. */
static const char *without_tail(const struct turn *turn, const char *list, const char *text)
{
	const char *tail = strstr(text, ", ");
	size_t length = strlen(list), end = tail == NULL ? 0 : strlen(tail);

	return end > 0 && length > end && strcmp(list + length - end, tail) == 0
		? arena_strndup(turn->flow->arena, list, length - end)
		: list;
}

/* "BBLR 0, lahir hidup 12" beside "lahir hidup 12": the latter stands there already. */
static const char *without_told(const struct turn *turn, const char *list, const char *text)
{
	const char *tail = strstr(text, ", ");
	size_t length = tail == NULL ? 0 : strlen(tail) - 2;

	if (tail == NULL || (strncmp(list, tail + 2, length) != 0 && strstr(list, tail) == NULL))
		return text;
	return arena_strndup(turn->flow->arena, text, (size_t)(tail - text));
}

/* "kematian ibu 0, lahir hidup 4" has told of births. */
static bool ends_with(const char *list, const char *item)
{
	size_t length = strlen(list), end = strlen(item);

	return length > end + 2 && strcmp(list + length - end, item) == 0 &&
		strncmp(list + length - end - 2, ", ", 2) == 0;
}

static int several(struct turn *turn, struct query *query)
{
	struct arena *arena = turn->flow->arena;
	const char *list = "", *note = "", *text;
	int error = OK;

	for (size_t i = 0; error == OK && i <= query->nalso; i++) {
		const char *name = i == 0 ? query->indicator : query->also[i - 1];

		error = query_value(turn, query, name, &text, &note);
		if (error == OK)
			list = without_tail(turn, list, text);
		if (error == OK)
			text = without_told(turn, list, text);
		if (error == OK)
			text = arena_printf(arena, "%s %s", query_inner_title(turn, name), text);
		if (error == OK && !ends_with(list, text))
			list = arena_printf(arena, "%s%s%s", list, i > 0 ? ", " : "", text);
	}
	if (error == OK)
		turn_say(turn, MESSAGE_QUERY_SEVERAL, "area", query->area_name, "period",
			query->period_name, "value", list, "complete", note);
	return error;
}

void query_say(
	struct turn *turn, const struct query *query, const char *value, const char *complete)
{
	turn_say(turn, MESSAGE_QUERY_VALUE, "title", query->title, "area", query->area_name,
		"period", query->period_name, "value", value, "complete", complete);
}

int query_say_list(struct turn *turn, const struct query *query, const struct form *form,
	const char *value)
{
	struct complete complete;
	int error = query_complete(turn, query, form, NULL, &complete);

	if (error == OK)
		query_say(turn, query, value, complete_text(&turn->reply, &complete, 1));
	return error;
}

int query_count(struct turn *turn, struct query *query)
{
	const char *text, *note;
	int error;

	if (query->nalso > 0)
		return several(turn, query);
	error = query_value(turn, query, query->indicator, &text, &note);
	if (error == OK)
		query_say(turn, query, text, note);
	return error;
}
