/* Pages of a list: see query_page.h. */
#include "flows/query/query_page.h"

#include <jansson.h>
#include <string.h>

#include "flows/query/query_answers.h"
#include "flows/record/report_json.h"
#include "flows/turn/handlers.h"
#include "parsers/text/gsm7.h"
#include "store/message/deadline.h"

#define KEEP_SECONDS (24 * 3600)
#define HINT_SEPTETS 22 /* ". 12 lagi, ketik LAGI" */
#define REST_SEPTETS 10 /* "…. 123 " in front of the hint */

static size_t septets(const char *text)
{
	ssize_t length = gsm7_septets(text);

	return length < 0 ? strlen(text) : (size_t)length;
}

/* As many items as fit into `room` septets, at least one; *used says how many. The last ones may
 * have the room of the hint, too. */
static const char *items_fit(const struct turn *turn, const struct query_list *list, size_t offset,
	size_t room, size_t hint, size_t *used)
{
	const char *text = "";
	size_t length = 0, all = 0;

	for (size_t i = offset; i < list->count; i++)
		all += (i > offset ? 2 : 0) + septets(list->items[i]);
	if (all <= room + hint)
		room += hint;

	for (*used = 0; offset + *used < list->count; ++*used) {
		const char *item = list->items[offset + *used];

		if (*used > 0 && length + 2 + septets(item) > room)
			break;
		text = arena_printf(turn->flow->arena, "%s%s%s", text, *used > 0 ? ", " : "", item);
		length += (*used > 0 ? 2 : 0) + septets(item);
	}
	return text;
}

static const char *place_code(const struct query *query)
{
	return query->puskesmas != NULL      ? query->puskesmas->id
		: query->posyandu != NULL ? query->posyandu->id
					  : query->area->code;
}

char *query_page_data(const struct turn *turn, const struct query *query, size_t offset)
{
	char period[PERIOD_TEXT];
	json_t *data, *beside = json_array(), *also = json_array();
	char against[PERIOD_TEXT] = "";

	for (size_t i = 0; i < query->nbeside; i++)
		json_array_append_new(beside, json_string(place_code(&query->beside[i])));
	for (size_t i = 0; i < query->nalso; i++)
		json_array_append_new(also, json_string(query->also[i]));
	if (query->against.from.year != 0)
		period_format(query->against, against);
	period_format(query->period, period);
	data = json_pack("{s:o,s:o,s:s,s:b,s:b,s:b,s:i,s:s,s:s,s:s,s:I,s:s*,s:s*,s:s*,s:s*,s:s*}",
		"beside", beside, "also", also, "against", against, "lowest", query->lowest,
		"without", query->without, "limit_too", query->limit_too,
		"limit", query->limit, "indicator", query->indicator, "area",
		place_code(query), "period", period, "offset", (json_int_t)offset, "by", query->by,
		"form", query->form, "which", query->which, "split", query->split,
		"kind", query->kind);
	return json_to_arena(turn->flow->arena, data);
}

static int more_put(struct turn *turn, const struct query *query, size_t offset)
{
	return store_session_put(turn->flow->store, "more", turn->sender.phone,
		query_page_data(turn, query, offset), turn->flow->now + KEEP_SECONDS);
}

static const char *text_of(const struct turn *turn, const json_t *more, const char *key)
{
	const char *text = json_string_value(json_object_get(more, key));

	return text == NULL ? NULL : arena_strdup(turn->flow->arena, text);
}

/* The texts of a list, in the arena. */
static const char *const *texts_of(
	const struct turn *turn, const json_t *more, const char *key, size_t *count)
{
	const char **texts = arena_alloc(turn->flow->arena, QUERY_TEXTS * sizeof(*texts));
	const json_t *list = json_object_get(more, key);

	for (*count = 0; *count < json_array_size(list) && *count < QUERY_TEXTS; ++*count)
		texts[*count] = arena_strdup(turn->flow->arena,
			json_string_value(json_array_get(list, *count)));
	return texts;
}

const char *query_page_load(const struct turn *turn, const char *data, struct query *query,
	const char *const **places, size_t *offset)
{
	json_t *more = json_loads(data, 0, NULL);
	const char *area = text_of(turn, more, "area"), *period = text_of(turn, more, "period"),
		*against = text_of(turn, more, "against");

	*query = (struct query){.which = text_of(turn, more, "which"),
		.lowest = json_is_true(json_object_get(more, "lowest")),
		.without = json_is_true(json_object_get(more, "without")),
		.limit = (int)json_integer_value(json_object_get(more, "limit")),
		.limit_too = json_is_true(json_object_get(more, "limit_too")),
		.by = text_of(turn, more, "by"),
		.form = text_of(turn, more, "form"),
		.kind = text_of(turn, more, "kind"),
		.split = text_of(turn, more, "split"),
		.indicator = text_of(turn, more, "indicator")};
	*offset = (size_t)json_integer_value(json_object_get(more, "offset"));
	if (period == NULL || !period_parse(period, &query->period))
		query->indicator = NULL;
	if (against == NULL || !period_parse(against, &query->against))
		query->against = (struct period){0};
	query->also = texts_of(turn, more, "also", &query->nalso);
	*places = texts_of(turn, more, "beside", &query->nbeside);
	json_decref(more);
	return area == NULL ? "" : area;
}

static void say(struct turn *turn, const struct query *query, enum message_id id, const char *share,
	const char *places)
{
	turn_say(turn, id, "title", query->title, "area", query->area_name, "period",
		query->period_name, "share", share, "complete", share, "places",
		places, "value", places);
}

/* What is said behind the answer. */
static size_t remark_room(const struct query *query)
{
	return query->remark == NULL ? 0 : septets(query->remark) + 1;
}

/* The head of the list leaves no room for its first item: what the list stands on is the last item
 * then, so that nothing is cut. */
static bool crowds(struct turn *turn, const struct query *query, const struct query_list *list,
	enum message_id id, const char *share)
{
	if (*share == '\0' || list->count == 0)
		return false;
	say(turn, query, id, share, "");
	return septets(turn->answer) + septets(list->items[0]) +
		(list->count > 1 ? HINT_SEPTETS : 0) > SMS_SEPTETS;
}

/* The list with what it stands on behind it, in front of which all else stands. */
static void share_last(const struct turn *turn, struct query *query, struct query_list *list,
	enum message_id id, const char *share)
{
	const char **items = arena_alloc(turn->flow->arena, (list->count + 1) * sizeof(*items));

	memcpy(items, list->items, list->count * sizeof(*items));
	items[list->count] = share;
	list->items = items;
	list->count++;
	if (id != MESSAGE_QUERY_SEVERAL)
		query->area_name = arena_printf(
			turn->flow->arena, "%s %s", query->title, query->area_name);
}

int query_page(struct turn *turn, const struct query *asked, const struct query_list *all,
	size_t offset, enum message_id id, const char *share)
{
	const char *more = reply_word(&turn->reply, "more", "hint", "LAGI"), *text;
	size_t used, room = SMS_SEPTETS - strlen(more) - REST_SEPTETS - remark_room(asked);
	struct query query = *asked;
	struct query_list list = *all;
	int error;

	if (crowds(turn, &query, &list, id, share)) {
		share_last(turn, &query, &list, id, share);
		id = MESSAGE_QUERY_ITEMS;
		share = "";
	}
	if (offset == 0) {
		say(turn, &query, id, share, "");
		room -= septets(turn->answer) < room ? septets(turn->answer) : room;
	}
	text = items_fit(turn, &list, offset, room, strlen(more) + REST_SEPTETS, &used);
	if (offset + used < list.count) {
		text = arena_printf(
			turn->flow->arena, "%s. %zu %s", text, list.count - offset - used, more);
		error = more_put(turn, asked, offset + used);
	} else {
		error = store_session_drop(turn->flow->store, "more", turn->sender.phone);
	}
	if (offset > 0)
		turn_say(turn, MESSAGE_QUERY_MORE, "list", text);
	else
		say(turn, &query, id, share, text);
	return error;
}
