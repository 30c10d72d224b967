/* A value that a report that counts is asked for later on. See answer_later.h. */
#include "flows/answer/answer_later.h"

#include <string.h>

#include "flows/alert/alarm.h"
#include "flows/alert/alert.h"
#include "flows/answer/answer_several.h"
#include "flows/correct/correct.h"
#include "flows/record/record.h"
#include "parsers/form/form.h"

/* Several reports were asked for the same later on: for which of them is it? 0, 1: it is clear. */
static int later_several(struct turn *turn, const struct pendings *pendings, const char *text,
	struct record *fits, size_t *count)
{
	const struct pending *newest = &pendings->list[pendings->count - 1];
	struct problem problem;
	struct value value;
	int error = OK;

	*count = 0;
	if (strcmp(newest->kind, "correct") != 0 || newest->text == NULL ||
		strcmp(newest->text, "{}") != 0)
		return OK;
	for (size_t i = pendings->count; error == OK && i-- > 0;) {
		const struct pending *pending = &pendings->list[i];

		if (strcmp(pending->kind, "correct") != 0 || pending->text == NULL ||
			strcmp(pending->text, "{}") != 0 ||
			strcmp(pending->slot, newest->slot) != 0)
			continue;
		error = record_load(turn, pending->id, &fits[*count]);
		if (error == OK && !record_gone(&fits[*count]) &&
			reader_read_value(turn->flow->reader, turn->flow->scratch,
				turn->flow->arena, &turn->read, &fits[*count].report,
				pending->slot, text, &value, &problem) == OK)
			(*count)++;
	}
	return error;
}

/* The value tells that somebody died. */
static bool tells_death(
	const struct turn *turn, const struct record *record, const char *field, const char *text)
{
	struct record after = *record;
	struct problem problem;
	struct value value;

	if (reader_read_value(turn->flow->reader, turn->flow->scratch, turn->flow->arena,
		    &turn->read, &record->report, field, text, &value, &problem) != OK)
		return false;
	report_set(&after.report, turn->flow->arena, &value);
	return alarm_of_death(turn, &after) && !alarm_of_death(turn, record);
}

/* "MENINGGAL", of one of several: whoever is near hears it before it is known whose death it is. */
static int alarm_first(struct turn *turn, const struct pendings *pendings,
	const struct record *fits, size_t count, const char *text)
{
	const struct pending *newest = &pendings->list[pendings->count - 1];
	const struct area *desa = record_desa(turn, &fits[0]);
	const char *phones;
	struct strbuf words = {0};
	bool now;
	int error;

	if (fits[0].row.training || !tells_death(turn, &fits[0], newest->slot, text))
		return OK;
	strbuf_puts(&words, text);
	for (size_t i = 0; i < count; i++)
		strbuf_printf(&words, "%s %s %s", i > 0 ? " /" : ":", fits[i].row.ref,
			reply_title_case(turn->flow->arena, form_who(&fits[i].report)));
	turn->reading->cry = arena_strdup(turn->flow->arena, words.text);
	strbuf_free(&words);
	error = alert_emergency(turn, desa, desa, &phones, &now);
	turn->reading->cry = NULL;
	return error;
}

/* The value of what is asked later, for the only report that waits for it, or asked which. */
int answer_later(
	struct turn *turn, const struct pendings *pendings, const char *text, bool *done)
{
	struct record *fits = arena_alloc(turn->flow->arena, PENDING_MAX * sizeof(*fits));
	size_t count;
	int error = later_several(turn, pendings, text, fits, &count);

	if (error != OK || count < 2)
		return error != OK ? error
				   : correct_answer(turn, &pendings->list[pendings->count - 1],
					     text, done);
	*done = true;
	error = alarm_first(turn, pendings, fits, count, text);
	return error != OK ? error : answer_which(turn, fits, count, text);
}
