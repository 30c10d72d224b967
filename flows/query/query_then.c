/* What else was asked in the same message: each a question of its own, answered in the same SMS
 * when all fit, else with LAGI, one after another. */
#include <jansson.h>

#include "flows/query/query_answers.h"
#include "flows/query/query_then.h"
#include "flows/record/report_json.h"
#include "flows/reply/reply_asked.h"
#include "flows/turn/handlers.h"
#include "parsers/reader.h"
#include "store/message/deadline.h"

#define KEEP_SECONDS (24 * 3600)

struct parts {
	const char *texts[QUERY_THEN];
	size_t count;
	size_t told, of; /* which part was answered last, of how many */
};

/* Pages of a list wait for LAGI: their data; NULL: none do. */
static int waiting(struct turn *turn, json_t **data)
{
	const char *text;
	int error = store_session_get(turn->flow->store, turn->flow->arena, "more",
		turn->sender.phone, turn->flow->now, &text);

	*data = error == OK ? json_loads(text, 0, NULL) : NULL;
	return error == ERR_NOT_FOUND ? OK : error;
}

static int keep(struct turn *turn, json_t *data)
{
	return store_session_put(turn->flow->store, "more", turn->sender.phone,
		json_to_arena(turn->flow->arena, data), turn->flow->now + KEEP_SECONDS);
}

/* Keeps the parts beside the pages that wait, or alone. */
static int parts_put(struct turn *turn, const struct parts *parts)
{
	json_t *data, *texts = json_array();
	int error = waiting(turn, &data);

	if (error != OK)
		return error;
	for (size_t i = 0; i < parts->count; i++)
		json_array_append_new(texts, json_string(parts->texts[i]));
	if (data == NULL)
		data = json_object();
	json_object_set_new(data, "then", texts);
	json_object_set_new(data, "told", json_integer((json_int_t)parts->told));
	json_object_set_new(data, "of", json_integer((json_int_t)parts->of));
	return keep(turn, data);
}

static void parts_load(const struct turn *turn, const json_t *data, struct parts *parts)
{
	const json_t *texts = json_object_get(data, "then");

	*parts = (struct parts){.told = (size_t)json_integer_value(json_object_get(data, "told")),
		.of = (size_t)json_integer_value(json_object_get(data, "of"))};
	for (size_t i = 0; i < json_array_size(texts) && i < QUERY_THEN; i++)
		parts->texts[parts->count++] = arena_strdup(turn->flow->arena,
			json_string_value(json_array_get(texts, i)));
}

/* Answers what is read; which part of a message it is, is said in front where part is not 0. */
static int answer_part(struct turn *turn, size_t part, size_t of)
{
	const struct reading *reading = turn->reading;

	turn->answer = NULL;
	turn->reading->query.part = part;
	turn->reading->query.parts = of;
	if (reading->intent == INTENT_QUERY)
		return query_one(turn);
	turn->answer = reply_explained(&turn->reply, reading);
	if (part > 0)
		turn->answer = reply_remarked(turn->flow->arena,
			reply_left_out(&turn->reply, &reading->query), turn->answer);
	return OK;
}

static void read_part(struct turn *turn, const char *text)
{
	const struct flow *flow = turn->flow;

	turn->reading = arena_raw(flow->arena, sizeof(*turn->reading));
	reader_read(flow->reader, flow->scratch, flow->arena, &turn->read, text, turn->reading);
	turn->reading->query.nthen = 0;
}

static int drop_pages(struct turn *turn)
{
	return store_session_drop(turn->flow->store, "more", turn->sender.phone);
}

static int has_pages(struct turn *turn, bool *pages)
{
	json_t *data;
	int error = waiting(turn, &data);

	*pages = data != NULL;
	json_decref(data);
	return error;
}

/* "1 pertanyaan lagi, ketik LAGI" */
static const char *hint(const struct turn *turn, size_t left)
{
	return left == 0 ? "" : arena_printf(turn->flow->arena, " %zu %s", left,
		reply_word(&turn->reply, "more", "parts", "pertanyaan lagi, ketik LAGI"));
}

/* Joins to the answer as many of the parts as there is room for. */
static int join(struct turn *turn, struct parts *parts, size_t *used)
{
	const char *all = turn->answer, *both;
	bool pages = false;
	int error = OK;

	for (*used = 0; error == OK && *used < parts->count; ++*used) {
		read_part(turn, parts->texts[*used]);
		error = answer_part(turn, 0, 0);
		if (error == OK)
			error = has_pages(turn, &pages);
		if (error != OK || turn->answer == NULL)
			break;
		both = arena_printf(turn->flow->arena, "%s %s", all, turn->answer);
		if (pages || !template_fits(arena_printf(turn->flow->arena, "%s%s", both,
				     hint(turn, parts->count - *used - 1)))) {
			error = pages ? drop_pages(turn) : OK;
			break;
		}
		all = both;
	}
	turn->answer = all;
	return error;
}

/* The first answer stands: what is asked besides is joined to it, or waits. */
static int go_on(struct turn *turn, struct parts *parts, struct reading *first)
{
	bool pages;
	size_t used = 0;
	const char *text;
	int error = has_pages(turn, &pages);

	if (error == OK && !pages)
		error = join(turn, parts, &used);
	if (error != OK || used == parts->count)
		return error;
	text = arena_printf(turn->flow->arena, "%s%s", turn->answer,
		hint(turn, parts->count - used));
	if (!pages && template_fits(text)) {
		turn->answer = text;
	} else if (used == 0) {
		turn->reading = first; /* once more, and which part of the message it is */
		error = pages ? drop_pages(turn) : OK;
		if (error == OK)
			error = answer_part(turn, parts->told, parts->of);
	}
	parts->told += used;
	parts->count -= used;
	for (size_t i = 0; i < parts->count; i++)
		parts->texts[i] = parts->texts[i + used];
	return error != OK ? error : parts_put(turn, parts);
}

/* Behind the last page of a list: that more was asked. */
static int say_rest(struct turn *turn, const struct parts *parts)
{
	bool pages;
	int error = has_pages(turn, &pages);
	const char *text = arena_printf(
		turn->flow->arena, "%s.%s", turn->answer, hint(turn, parts->count));

	if (error == OK && !pages && template_fits(text))
		turn->answer = text;
	return error != OK ? error : parts_put(turn, parts);
}

int query_then(struct turn *turn)
{
	const struct asked *asked = &turn->reading->query;
	struct parts parts = {.count = asked->nthen, .told = 1, .of = asked->nthen + 1};

	for (size_t i = 0; i < parts.count; i++)
		parts.texts[i] = asked->then[i];
	return parts.count == 0 ? OK : go_on(turn, &parts, turn->reading);
}

int query_handle(struct turn *turn)
{
	int error = turn->reading->query.nthen > 0 ? drop_pages(turn) : OK;

	if (error == OK)
		error = query_inherit(turn);
	if (error == OK)
		error = query_one(turn);
	return error != OK ? error : query_then(turn);
}

int query_more_handle(struct turn *turn)
{
	json_t *data;
	struct parts parts;
	bool list;
	int error = waiting(turn, &data);

	if (error != OK)
		return error;
	parts_load(turn, data, &parts);
	list = json_object_get(data, "indicator") != NULL || parts.count == 0;
	json_decref(data);
	if (list) {
		error = query_more(turn);
		return error != OK || parts.count == 0 ? error : say_rest(turn, &parts);
	}
	error = drop_pages(turn);
	if (error != OK)
		return error;
	parts.told++;
	read_part(turn, parts.texts[0]);
	error = answer_part(turn, 0, 0);
	for (size_t i = 1; i < parts.count; i++)
		parts.texts[i - 1] = parts.texts[i];
	parts.count--;
	return error != OK || parts.count == 0 ? error : go_on(turn, &parts, turn->reading);
}
