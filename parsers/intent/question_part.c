/* Questions of which only a part is understood. */
#include <string.h>

#include "parsers/form/form.h"
#include "parsers/intent/intent.h"
#include "parsers/intent/intent_question.h"

#define MONTH_DAYS   27
#define DIGITS_MOST 2 /* more are those of a report */
#define STRANGE_MOST 6 /* more words are talk */

/* "bu sari belum melahirkan, hpl 20/8": somebody is told of. */
bool question_names_somebody(const struct words *words)
{
	size_t length;

	for (size_t i = 0; i < words->count; i++)
		if (words_phrase(words, "gelar", i, &length) && i + length < words->count &&
			words->list[i + length].kind == WORD_LETTERS &&
			!words->list[i + length].used)
			return true;
	return false;
}

/* A month or more. */
bool question_is_long(const struct question *question)
{
	return question->period_told &&
		date_diff_days(question->period.to, question->period.from) >= MONTH_DAYS;
}

/* "brp bumil yg sesar": asked beyond doubt, and not all of it is understood. A person reads it, and
 * the answer says what could be told. Nothing that may be a report, a death or a cry. */
bool question_in_part(struct question *question, struct reading *out)
{
	struct words *words = question->words;
	const struct intent_call *call = words->call;
	const char *names[1 + QUERY_PLACES];
	size_t digits = 0, strange = 0;
	struct words all = *words;

	for (size_t i = 0; i < words->count; i++) {
		digits += !words->list[i].used && words->list[i].kind == WORD_DIGITS;
		strange += !words->list[i].used;
		all.list[i].used = false;
	}
	if (question->head < HEAD_ASKS || question->nindicator == 0 || words->cut ||
		digits > DIGITS_MOST || strange > STRANGE_MOST || strange == 0 ||
		call->context->sender->role == ROLE_NONE || question_names_somebody(words) ||
		(!question->office && (question->head != HEAD_ASKS || question->asks_who ||
					       digits > 0 || !question_is_long(question))))
		return false;
	if (words_tell_death(words) && !question_is_long(question))
		return false;
	if (intent_emergency(&all, out) && out->intent == INTENT_EMERGENCY)
		return false;
	reading_clear(out, out->training);
	out->text = call->text;
	question_fill(question, out);
	(void)question_bare_places(question, names, &out->query.unknown);
	if (question->strange && !out->query.unknown)
		out->query.unknown = words_raw(words, question->strange - 1, question->strange);
	question_area_told(question, out);
	question_period_fill(question, out);
	out->intent = INTENT_HUMAN;
	out->command = "tanya";
	return true;
}
