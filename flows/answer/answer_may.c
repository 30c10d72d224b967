/* Which messages may be the answer to an open question: see answer_may.h. */
#include "flows/answer/answer_may.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "parsers/form/form.h"

#define FEW_VALUES 3

const char *answer_text_of(const struct turn *turn)
{
	return turn->reading->text != NULL ? turn->reading->text : turn->message->text;
}

/* 119, perdarahan: an emergency, unless that is just what was asked for. */
bool answer_cry(const struct turn *turn)
{
	return turn->reading->intent == INTENT_EMERGENCY && turn->reading->command != NULL &&
		strcmp(turn->reading->command, "nilai") == 0;
}

/* "NIHIL W2": the total as a word. */
static bool total_is_none(const struct report *report)
{
	const struct value *total = report->form->weekly == NULL
		? NULL
		: report_value(report, report->form->weekly->total);

	return total != NULL && !total->defaulted && total->raw != NULL &&
		strcmp(total->text, "0") == 0 && strpbrk(total->raw, "0123456789") == NULL;
}

/* "NIHIL POS JULI": not held, and the form is named. */
static bool names_unheld(const struct report *report, const char *text)
{
	const char *held = report_text(report, report->form->held);

	if (held == NULL || strcmp(held, "TIDAK") != 0)
		return false;
	for (size_t i = 0; i < report->form->nkeyword; i++) {
		const char *at = text;
		size_t length = strlen(report->form->keywords[i]);

		while ((at = strcasestr(at, report->form->keywords[i])) != NULL) {
			if ((at == text || !isalnum((unsigned char)at[-1])) &&
				!isalnum((unsigned char)at[length]))
				return true;
			at += length;
		}
	}
	return false;
}

/* "NIHIL MATI": a report of its own, whose words are no value of another. */
bool answer_tells_none(const struct reading *reading)
{
	return reading->intent == INTENT_REPORT && reading->nreport > 0 &&
		(report_is_nihil(&reading->reports[0]) ||
			total_is_none(&reading->reports[0]) ||
			(reading->text != NULL &&
				names_unheld(&reading->reports[0], reading->text)));
}

/* PINDAH POSYANDU MAWAR: a command, or meant as one, whatever is asked for. */
static bool is_order(const struct turn *turn)
{
	return reader_is_order(turn->flow->reader, turn->flow->scratch, turn->flow->arena,
		&turn->read, answer_text_of(turn));
}

static bool is_question(const struct turn *turn)
{
	return reader_is_question(turn->flow->reader, turn->flow->scratch, turn->flow->arena,
		&turn->read, answer_text_of(turn));
}

/* With a keyword or three fields it is a new report; anything shorter may be an answer, and so may
 * values of nobody: without a name they make no report. */
bool answer_may(const struct turn *turn)
{
	const struct reading *reading = turn->reading;
	size_t written = 0;
	bool named = false, keyed = false; /* "posyandu mawar": the keyword is the field's key */

	if (reading->intent == INTENT_ANSWER || answer_cry(turn))
		return true;
	if (is_order(turn))
		return false;
	if (reading->intent == INTENT_HUMAN)
		return !is_question(turn);
	if (reading->intent != INTENT_REPORT || reading->nreport != 1 ||
		reading->reports[0].story || answer_tells_none(reading))
		return false;
	for (size_t i = 0; i < reading->reports[0].nvalue; i++) {
		const struct value *value = &reading->reports[0].values[i];
		const struct form_field *field =
			form_field(reading->reports[0].form, value->field);

		written += !value->defaulted;
		keyed = keyed || (!value->defaulted && field != NULL &&
					 reply_key(field, answer_text_of(turn)) > 0);
		named = named || (field != NULL && field->type == FIELD_NAME);
	}
	for (size_t i = 0; i < reading->reports[0].form->nkeyword; i++) {
		size_t length = strlen(reading->reports[0].form->keywords[i]);

		if (strncasecmp(answer_text_of(turn), reading->reports[0].form->keywords[i],
			    length) == 0)
			return keyed && written == 1;
	}
	return written < FEW_VALUES ||
		(!named && reading->reports[0].status == STATUS_INCOMPLETE);
}
