/* Questions that go on with the one before. What is told is read as a part of a whole question,
 * behind what was counted last; only when nothing of it stays unexplained, it takes the place of
 * what was asked before. The answer names what is counted, where and when. */
#include "flows/query/query_then.h"

#include <ctype.h>
#include <string.h>

#include "flows/query/query.h"
#include "flows/query/query_answers.h"
#include "flows/reply/reply_asked.h"
#include "parsers/reader.h"
#include "store/message/deadline.h"

#define KEEP_SECONDS (30 * 60)
#define PART_OCTETS 80 /* of a part of a question; a longer text tells something */
#define PART_WORDS 3 /* ... which neither asks nor begins like one */

int query_keep(struct turn *turn, const struct query *query)
{
	if (query->area == NULL && query->puskesmas == NULL)
		return store_session_drop(turn->flow->store, "asked", turn->sender.phone);
	return store_session_put(turn->flow->store, "asked", turn->sender.phone,
		query_page_data(turn, query, 0), turn->flow->now + KEEP_SECONDS);
}

/* What was asked last; *found: it is there still. */
static int kept_load(struct turn *turn, struct asked *kept, bool *found)
{
	const char *data, *const *places;
	struct query query;
	size_t offset;
	char period[PERIOD_TEXT];
	int error = store_session_get(turn->flow->store, turn->flow->arena, "asked",
		turn->sender.phone, turn->flow->now, &data);

	*found = false;
	if (error != OK)
		return error == ERR_NOT_FOUND ? OK : error;
	*kept = (struct asked){.area = query_page_load(turn, data, &query, &places, &offset)};
	if (query.indicator == NULL)
		return OK;
	*found = true;
	kept->indicator = query.indicator;
	for (size_t i = 0; i < query.nalso && i < QUERY_ALSO; i++)
		kept->also[kept->nalso++] = query.also[i];
	for (size_t i = 0; i < query.nbeside && i < QUERY_PLACES; i++)
		kept->beside[kept->nbeside++] = places[i];
	period_format(query.period, period);
	kept->period = arena_strdup(turn->flow->arena, period);
	if (query.against.from.year != 0) {
		period_format(query.against, period);
		kept->against = arena_strdup(turn->flow->arena, period);
	}
	kept->by = query.by;
	kept->form = query.form;
	kept->kind = query.kind;
	kept->which = query.which;
	kept->split = query.split;
	kept->without = query.without;
	kept->limit = query.limit;
	kept->limit_too = query.limit_too;
	kept->lowest = query.lowest;
	return OK;
}

/* Where and when, as before where they are not told now. */
static void take_scope(const struct turn *turn, struct asked *asked, const struct asked *kept)
{
	struct period period;

	if (!asked->area_told) {
		asked->area = kept->area;
		asked->nbeside = kept->nbeside;
		memcpy(asked->beside, kept->beside, sizeof(asked->beside));
	}
	if (asked->against != NULL) { /* "dibanding juni?", of July */
		if (period_parse(asked->period, &period) &&
			date_compare(period.to, turn->now.date) >= 0 &&
			strcmp(asked->against, kept->period) < 0)
			asked->period = kept->period;
		return;
	}
	if (asked->period_told || (asked->by != NULL && period_is_unit(asked->by)))
		return;
	asked->period = kept->period;
	asked->against = kept->against;
}

static bool tells_list(const struct asked *asked)
{
	return asked->by != NULL || asked->limit != 0 || asked->lowest || asked->ends;
}

/* What of it is counted, and how it is listed: as before where nothing of that is told. */
static void take_rest(struct asked *asked, const struct asked *kept)
{
	asked->form = kept->form;
	asked->kind = kept->kind;
	asked->without |= kept->without;
	if (asked->which == NULL)
		asked->which = kept->which;
	if (!tells_list(asked)) {
		asked->by = kept->by;
		asked->limit = kept->limit;
		asked->limit_too = kept->limit_too;
		asked->lowest = kept->lowest;
	}
	if (asked->split == NULL)
		asked->split = kept->split;
}

int query_inherit(struct turn *turn)
{
	struct reading *reading = turn->reading;
	struct asked kept;
	bool found;
	int error;

	if (reading->query.led != 1 || reading->nproblem > 0 ||
		(reading->query.area_told && reading->query.period_told))
		return OK;
	error = kept_load(turn, &kept, &found);
	if (error == OK && found)
		take_scope(turn, &reading->query, &kept);
	return error;
}

static size_t words_in(const char *text)
{
	size_t words = 0;

	for (const char *at = text; *at != '\0'; at++)
		words += isgraph((unsigned char)*at) &&
			(at == text || isspace((unsigned char)at[-1]));
	return words;
}

/* Does it tell a part of a question, and no more? */
static bool tells_part(const struct asked *asked, const struct asked *kept)
{
	return asked->area_told || asked->period_told || asked->against != NULL ||
		tells_list(asked) || asked->which != NULL ||
		(asked->split != NULL && kept->split == NULL);
}

static bool is_ahead(const struct turn *turn, const struct asked *asked)
{
	struct period period;

	return asked->period_told && period_parse(asked->period, &period) &&
		date_compare(period.from, turn->now.date) > 0 &&
		query_due_form(turn->flow->reader, asked->indicator) == NULL;
}

/* Is it understood, all of it, as a question about what was counted last? */
static bool goes_on(const struct turn *turn, const struct reading *reading, const char *text,
	const struct asked *kept)
{
	const struct asked *asked = &reading->query;

	if (reading->intent != INTENT_QUERY || asked->indicator == NULL || asked->unknown != NULL ||
		asked->who || asked->nthen > 0 || reading->besides != NULL ||
		strcmp(asked->indicator, kept->indicator) != 0 || asked->nalso != kept->nalso ||
		is_ahead(turn, asked))
		return false;
	if (reading->nproblem > 0)
		return reading->problems[0].code == PROBLEM_AMBIGUOUS ||
			reading->problems[0].code == PROBLEM_SCOPE;
	if (!tells_part(asked, kept)) /* "totalnya?" of a list */
		return words_in(text) == 1 && (kept->by != NULL || kept->split != NULL);
	return asked->led > 0 || strchr(text, '?') != NULL || words_in(text) <= PART_WORDS;
}

/* Reads the part behind what was counted: "JML LAHIR HIDUP JUL 24 kalau di desa besuki". */
static struct reading *read_part(struct turn *turn, const struct asked *kept, bool timed,
	const char **text)
{
	const struct flow *flow = turn->flow;
	struct reading *reading = arena_raw(flow->arena, sizeof(*reading));

	*text = arena_printf(flow->arena, "%s %s %s",
		reply_word(&turn->reply, "query", "count", "JML"),
		reply_asked_again(&turn->reply, kept, timed), turn_text(turn));
	reader_read(flow->reader, flow->scratch, flow->arena, &turn->read, *text, reading);
	return reading;
}

int query_follow(struct turn *turn, bool *done)
{
	const char *told = turn_text(turn), *text;
	struct reading *reading;
	struct asked kept;
	bool found = false;
	int error = OK;

	*done = false;
	if (turn->sender.role != ROLE_NONE && strlen(told) <= PART_OCTETS &&
		!turn->reading->training && turn->reading->besides == NULL &&
		turn->reading->query.indicator == NULL)
		error = kept_load(turn, &kept, &found);
	if (error != OK || !found)
		return error;
	reading = read_part(turn, &kept, false, &text);
	if (!goes_on(turn, reading, told, &kept))
		return OK;
	*done = true;
	if (reading->nproblem > 0) { /* which place is asked with all that is known */
		if (!reading->query.period_told)
			reading = read_part(turn, &kept, true, &text);
		turn->again = text;
	} else if (tells_part(&reading->query, &kept)) {
		take_scope(turn, &reading->query, &kept);
		take_rest(&reading->query, &kept);
	} else {
		take_scope(turn, &reading->query, &kept);
		reading->query.form = kept.form;
		reading->query.kind = kept.kind;
		reading->query.which = kept.which;
	}
	turn->reading = reading;
	turn->followed = true;
	return query_one(turn);
}
