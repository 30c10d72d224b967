/* What one answer cannot hold is answered with the questions that can be asked one by one. */
#include "flows/query/query_answers.h"

#include <string.h>

#include "flows/query/query.h"
#include "flows/reply/reply_asked.h"

/* Two periods of what is no number: each by itself. */
int query_say_apart(struct turn *turn, const struct asked *asked)
{
	const char *first =
		reply_asked(&turn->reply, asked->indicator, asked->area, asked->against);

	turn_say(turn, MESSAGE_QUERY_APART, "title",
		reply_word(&turn->reply, "title", asked->indicator, asked->indicator), "question",
		arena_printf(turn->flow->arena, "%s, %s %s", first,
			reply_word(&turn->reply, "query", "then", "lalu"),
			reply_asked(&turn->reply, asked->indicator, NULL, asked->period)));
	return OK;
}

/* A place of the list that is asked for. */
static const char *one_place(const struct turn *turn, const struct query *query)
{
	const struct gazetteer *places = turn->flow->places;
	const struct puskesmas *puskesmas = gazetteer_puskesmas_at(places, 0);
	const struct area *area, *parent = query_part(query, 0);
	const char *code = NULL;

	for (size_t i = 0; code == NULL && (area = gazetteer_area_at(places, i)) != NULL; i++)
		if (area_within(area, parent) && area != parent &&
			(strcmp(query->by, "desa") != 0 || area->level == LEVEL_DESA))
			code = area->code;
	return strcmp(query->by, "puskesmas") == 0 && puskesmas != NULL ? puskesmas->id : code;
}

/* What has no list by places or times: one of them, as it is asked. */
int query_say_each(struct turn *turn, const struct query *query)
{
	const char *level = reply_word(&turn->reply, "level", query->by, query->by);
	char period[PERIOD_TEXT];

	period_format(query_by_time(query) ? period_unit_of(query->by, query->period.from)
					   : query->period, period);
	turn_say(turn, MESSAGE_QUERY_APART, "title",
		arena_printf(turn->flow->arena, "%s %s %s", query->title,
			reply_word(&turn->reply, "query", "per", "per"), level),
		"question",
		reply_asked(&turn->reply, query->indicator,
			query_by_time(query) ? turn->reading->query.area : one_place(turn, query),
			period));
	return OK;
}

/* Is something asked beside numbers that is none? */
bool query_mixed(const struct turn *turn, const struct query *query)
{
	const struct form *form;

	for (size_t i = 0; i < query->nalso; i++)
		if (query_indicator(turn->flow->reader, query->also[i], &form) == NULL)
			return true;
	return false;
}

/* Each by itself. */
int query_say_mixed(struct turn *turn, const struct asked *asked)
{
	turn_say(turn, MESSAGE_QUERY_APART, "title",
		reply_word(&turn->reply, "title", asked->indicator, asked->indicator), "question",
		arena_printf(turn->flow->arena, "%s, %s %s",
			reply_asked(&turn->reply, asked->indicator, asked->area, asked->period),
			reply_word(&turn->reply, "query", "then", "lalu"),
			reply_asked(&turn->reply, asked->also[0], NULL, asked->period)));
	return OK;
}
