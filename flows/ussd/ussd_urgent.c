/* TOLONG or a death typed on any screen: it comes before what the screen asked; what was begun is
 * kept. */
#include <ctype.h>
#include <string.h>

#include "flows/turn/handlers.h"
#include "flows/ussd/ussd_form.h"

#define LETTERS 3

static size_t letters(const char *text)
{
	size_t count = 0;

	for (; *text != '\0'; text++)
		count += isalpha((unsigned char)*text) != 0;
	return count;
}

/* Perdarahan on a page may be just what was asked, a death in the report of a death too. */
static bool is_urgent(const struct ussd *ussd, const struct reading *reading)
{
	const struct form *form = ussd_draft(ussd) == NULL ? NULL : draft_form(ussd);

	if (reading->intent == INTENT_EMERGENCY)
		return reading->command == NULL || strcmp(reading->command, "nilai") != 0;
	return reading->intent == INTENT_REPORT && reading->nreport > 0 &&
		reading->reports[0].story && !(form != NULL && form->story != NULL);
}

int ussd_urgent(struct ussd *ussd, const char *text, bool *done)
{
	struct turn *turn = ussd->turn;
	struct reading *reading;
	int error = OK;

	*done = false;
	if (letters(text) < LETTERS)
		return OK;
	reading = arena_alloc(ussd->arena, sizeof(*reading));
	reader_read(turn->flow->reader, turn->flow->scratch, ussd->arena, &turn->read, text,
		reading);
	if (!is_urgent(ussd, reading))
		return OK;
	*done = true;
	if (ussd_draft_begun(ussd))
		error = ussd_draft_keep(ussd);
	turn->reading = reading;
	turn->answer = NULL;
	turn->ref = NULL;
	turn->nstored = 0;
	turn->confirmed = NULL;
	if (error == OK)
		error = reading->intent == INTENT_EMERGENCY ? emergency_handle(turn)
							    : report_handle(turn);
	ussd_put(ussd, "text", turn->answer);
	ussd->copy = true; /* the numbers to call stay on the phone */
	ussd_go(ussd, "done");
	return error;
}
