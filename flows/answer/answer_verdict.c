/* YA, TIDAK and what people say for them: see answer_verdict.h. */
#include "flows/answer/answer_verdict.h"

#include <ctype.h>
#include <string.h>

#include "flows/report/answer_value.h"

bool verdict_is_yes(const char *command)
{
	return strcmp(command, "ya") == 0 || strcmp(command, "tepat") == 0;
}

bool verdict_is_no(const char *command)
{
	return strcmp(command, "tidak") == 0 || strcmp(command, "keliru") == 0;
}

const char *verdict_read(struct turn *turn, const char *word)
{
	struct reading *reading = arena_raw(turn->flow->arena, sizeof(*reading));

	reader_read(turn->flow->reader, turn->flow->scratch, turn->flow->arena, &turn->read, word,
		reading);
	return reading->intent == INTENT_ANSWER && reading->command != NULL ? reading->command
									    : "";
}

const char *verdict_behind(struct turn *turn, const char *text, bool *denied)
{
	size_t first = strcspn(text, " ,.");
	const char *rest = text + first + strspn(text + first, " ,.");
	const char *verdict;

	*denied = false;
	if (!isdigit((unsigned char)*rest) || isdigit((unsigned char)*text))
		return text;
	verdict = verdict_read(turn, arena_strndup(turn->flow->arena, text, first));
	*denied = verdict_is_no(verdict);
	return *denied || verdict_is_yes(verdict) ? rest : text;
}

/* "bukan 50", where 50 is doubted: a TIDAK. */
bool verdict_repeats(const struct record *before, const struct record *after)
{
	const struct problem *asked = answer_asked(before);
	const char *was = report_text(&before->report, asked->field),
		   *is = report_text(&after->report, asked->field);

	return asked->code == PROBLEM_SUM && was != NULL && is != NULL && strcmp(was, is) == 0;
}

bool verdict_acts(const struct pending *pending)
{
	return strcmp(pending->kind, "cancel") == 0 || strcmp(pending->kind, "replace") == 0;
}

bool verdict_decides(const char *verdict, const struct pending *pending)
{
	return !verdict_acts(pending) || strcmp(verdict, "ya") == 0 ||
		strcmp(verdict, "tidak") == 0;
}
