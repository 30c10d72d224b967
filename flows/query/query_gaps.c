/* BELUM LAPOR: who has not reported, page by page. A desa lists its posyandu, larger areas their
 * desa. */
#include <string.h>

#include "flows/query/query.h"
#include "flows/record/report_json.h"
#include "flows/turn/handlers.h"
#include "parsers/text/gsm7.h"
#include "store/deadline.h"
#include "store/tally.h"

#define PAGE 60
#define KEEP_SECONDS (24 * 3600)

struct gaps {
	const char *codes[PAGE];
	size_t count; /* of the codes of this page */
	size_t gaps; /* how many there are in all */
	size_t units; /* desa or posyandu in all */
};

static bool by_posyandu(const struct query *query)
{
	return query->puskesmas == NULL && query->area->level == LEVEL_DESA;
}

/* The gaps of one area from offset on, appended. */
static int gaps_of(const struct turn *turn, const struct query *query, const char *area,
	size_t offset, struct gaps *out)
{
	const char *codes[PAGE];
	size_t count = 0, gaps = 0;
	int error = store_coverage_gaps(turn->flow->store, turn->flow->arena, area, "pos",
		query->period.to, by_posyandu(query), offset, codes, PAGE, &count, &gaps);

	for (size_t i = 0; error == OK && i < count && out->count < PAGE; i++)
		out->codes[out->count++] = codes[i];
	out->gaps += gaps;
	return error;
}

static size_t units_of(const struct turn *turn, const struct query *query)
{
	const struct posyandu *posyandu;
	size_t count = 0;

	if (query->puskesmas != NULL)
		return query->puskesmas->narea;
	if (!by_posyandu(query))
		return query->area->desa_count;
	for (size_t i = 0; (posyandu = gazetteer_posyandu_at(turn->flow->places, i)) != NULL; i++)
		count += posyandu->area == query->area;
	return count;
}

static int gaps_load(
	const struct turn *turn, const struct query *query, size_t offset, struct gaps *out)
{
	int error = OK;

	*out = (struct gaps){.units = units_of(turn, query)};
	if (query->puskesmas == NULL)
		return gaps_of(turn, query, query->area->code, offset, out);
	for (size_t i = 0; error == OK && i < query->puskesmas->narea; i++) {
		size_t before = out->gaps;

		error = gaps_of(turn, query, query->puskesmas->areas[i]->code, 0, out);
		if (out->gaps <= offset && out->gaps > before)
			out->count--; /* on an earlier page */
	}
	return error;
}

/* As many names as fit into `room` septets; *used says how many. */
static const char *names_fit(
	const struct turn *turn, const struct gaps *gaps, size_t room, size_t *used)
{
	struct strbuf out = {0};
	const char *text;

	strbuf_puts(&out, "");
	for (*used = 0; *used < gaps->count; ++*used) {
		const char *name = reply_place(&turn->reply, gaps->codes[*used]);
		ssize_t length = gsm7_septets(name);

		if (*used > 0 &&
			out.length + (length < 0 ? strlen(name) : (size_t)length) + 2 > room)
			break;
		strbuf_printf(&out, "%s%s", *used > 0 ? ", " : "", name);
	}
	text = arena_strdup(turn->flow->arena, out.text);
	strbuf_free(&out);
	return text;
}

static int more_put(struct turn *turn, const struct query *query, size_t offset)
{
	char period[PERIOD_TEXT];
	json_t *data;

	period_format(query->period, period);
	data = json_pack("{s:s,s:s,s:I}", "area",
		query->puskesmas != NULL ? query->puskesmas->id : query->area->code, "period",
		period, "offset", (json_int_t)offset);
	return store_session_put(turn->flow->store, "more", turn->sender.phone,
		json_to_arena(turn->flow->arena, data), turn->flow->now + KEEP_SECONDS);
}

static int page_say(struct turn *turn, const struct query *query, size_t offset)
{
	struct arena *arena = turn->flow->arena;
	const char *more = reply_word(&turn->reply, "more", "hint", "LAGI"), *list, *share, *base;
	struct gaps gaps;
	size_t used, room;
	int error = gaps_load(turn, query, offset, &gaps);

	if (error != OK)
		return error;
	share = arena_printf(arena, "%zu %s %zu %s", gaps.gaps,
		reply_word(&turn->reply, "of", "all", "dari"), gaps.units,
		reply_word(&turn->reply, "unit", by_posyandu(query) ? "posyandu" : "desa",
			"desa/kel"));
	if (gaps.gaps == 0) {
		turn_say(turn, MESSAGE_QUERY_GAPS_NONE, "area", query->area_name, "period",
			query->period_name, "share",
			arena_printf(arena, "%zu %s", gaps.units,
				reply_word(&turn->reply, "unit",
					by_posyandu(query) ? "posyandu" : "desa", "desa/kel")));
		return OK;
	}
	base = offset > 0 ? "" : turn_say(turn, MESSAGE_QUERY_GAPS, "area", query->area_name,
		"period", query->period_name, "share", share, "list", "");
	room = SMS_SEPTETS - (size_t)gsm7_septets(base) - strlen(more) - 10;
	list = names_fit(turn, &gaps, room, &used);
	if (offset + used < gaps.gaps) {
		list = arena_printf(arena, "%s. %zu %s", list, gaps.gaps - offset - used, more);
		error = more_put(turn, query, offset + used);
	} else {
		error = store_session_drop(turn->flow->store, "more", turn->sender.phone);
	}
	if (offset > 0)
		turn_say(turn, MESSAGE_QUERY_MORE, "list", list);
	else
		turn_say(turn, MESSAGE_QUERY_GAPS, "area", query->area_name, "period",
			query->period_name, "share", share, "list", list);
	return error;
}

int query_gaps(struct turn *turn, struct query *query, const struct query_command *command)
{
	(void)command;
	return page_say(turn, query, 0);
}

int query_more_handle(struct turn *turn)
{
	const char *data, *area;
	struct query query = {.indicator = "belum_lapor"};
	json_t *more;
	size_t offset;
	int error = store_session_get(turn->flow->store, turn->flow->arena, "more",
		turn->sender.phone, turn->flow->now, &data);

	if (error == ERR_NOT_FOUND) {
		turn_say_plain(turn, MESSAGE_QUERY_END);
		return OK;
	}
	if (error != OK)
		return error;
	more = json_loads(data, 0, NULL);
	area = json_string_value(json_object_get(more, "area"));
	area = arena_strdup(turn->flow->arena, area == NULL ? "" : area);
	offset = (size_t)json_integer_value(json_object_get(more, "offset"));
	query.area = gazetteer_area(turn->flow->places, area);
	query.puskesmas = query.area == NULL ? gazetteer_puskesmas(turn->flow->places, area) : NULL;
	error = json_is_string(json_object_get(more, "period"))
		&& period_parse(json_string_value(json_object_get(more, "period")), &query.period)
		&& (query.area != NULL || query.puskesmas != NULL) ? OK : ERR_SYNTAX;
	json_decref(more);
	return error != OK ? error : page_say(turn, &query, offset);
}
