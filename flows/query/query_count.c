/* One indicator or several of an area and period. */
#include <ctype.h>
#include <string.h>

#include "flows/measure/query_value.h"
#include "flows/query/query.h"
#include "flows/query/query_answers.h"
#include "flows/query/query_page.h"

#define ITEM_MOST 100 /* septets of what is said once of several */

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

/* What of all of them nobody told is said once: "KF1, KN1 belum ada yang melaporkan", as far as an
 * SMS has room for it. */
static bool joins(const struct turn *turn, const char *last, const char *text)
{
	const char *untold =
		reply_word(&turn->reply, "query", "untold", "belum ada yang melaporkan");
	size_t length = strlen(last), end = strlen(untold);

	return strcmp(text, untold) == 0 && length > end && length < ITEM_MOST &&
		strcmp(last + length - end, untold) == 0;
}

/* "kematian ibu 1", into the list. */
static void item_add(const struct turn *turn, struct query_list *list, const char *indicator,
	const char *text)
{
	struct arena *arena = turn->flow->arena;
	const char *title = query_inner_title(turn, indicator), **last;

	last = list->count == 0 ? NULL : &list->items[list->count - 1];
	if (last != NULL && joins(turn, *last, text)) {
		*last = arena_printf(arena, "%.*s, %s %s",
			(int)(strlen(*last) - strlen(text) - 1), *last, title, text);
		return;
	}
	list->items[list->count++] = arena_printf(arena, "%s %s", title, text);
}

static const char *items_text(const struct turn *turn, const struct query_list *list)
{
	const char *all = "";

	for (size_t k = 0; k < list->count; k++)
		all = arena_printf(
			turn->flow->arena, "%s%s%s", all, k > 0 ? ", " : "", list->items[k]);
	return all;
}

int query_several_page(struct turn *turn, struct query *query, size_t offset)
{
	struct query_list list = {0};
	const char *all, *note = "", *text;
	int error = OK;

	list.items = arena_alloc(turn->flow->arena, (query->nalso + 1) * sizeof(*list.items));
	for (size_t i = 0; error == OK && i <= query->nalso; i++) {
		const char *name = i == 0 ? query->indicator : query->also[i - 1];

		error = query_value(turn, query, name, &text, &note);
		if (error != OK)
			break;
		if (list.count > 0)
			list.items[list.count - 1] =
				without_tail(turn, list.items[list.count - 1], text);
		all = items_text(turn, &list);
		text = without_told(turn, all, text);
		if (!ends_with(all, arena_printf(turn->flow->arena, "%s %s",
				    query_inner_title(turn, name), text)))
			item_add(turn, &list, name, text);
	}
	return error != OK ? error
			   : query_page(turn, query, &list, offset, MESSAGE_QUERY_SEVERAL, note);
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
		return query_several_page(turn, query, 0);
	error = query_value(turn, query, query->indicator, &text, &note);
	if (error == OK)
		query_say(turn, query, text, note);
	return error;
}

/* "BGM ... : 3 dari 40. BGM: balita di bawah garis merah", or where to ask for it. */
void query_add_meaning(struct turn *turn)
{
	struct arena *arena = turn->flow->arena;
	const char *topic = turn->reading->query.indicator, *both;

	if (!turn->reading->query.meant || turn->answer == NULL || topic == NULL)
		return;
	both = arena_printf(
		arena, "%s %s", turn->answer, reply_help(&turn->reply, topic, false));
	if (!template_fits(both))
		both = arena_printf(arena, "%s %s %s", turn->answer,
			reply_word(&turn->reply, "query", "meaning", "Artinya: ketik KODE"),
			reply_upper(arena_strdup(arena, topic)));
	if (template_fits(both))
		turn->answer = both;
}
