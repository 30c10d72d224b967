/* What we offered to type, typed as it stands: see offered.h. */
#include "flows/talk/offered.h"

#include <string.h>

#include "parsers/reader.h"

/* All is known of it, or only which of several places. */
static bool asks(const struct reading *reading)
{
	return reading->intent == INTENT_QUERY &&
		(reading->nproblem == 0 || reading->problems[0].code == PROBLEM_AMBIGUOUS);
}

/* Of the orders of officers those that change no report. */
static bool orders(const struct reading *reading)
{
	return reading->intent == INTENT_SUPERVISE && reading->command != NULL &&
		(strcmp(reading->command, "jawab") == 0 || strcmp(reading->command, "pindah") == 0);
}

static bool is_command(const struct reading *reading)
{
	return asks(reading) || orders(reading) || reading->intent == INTENT_REGISTER ||
		reading->intent == INTENT_PROFILE || reading->intent == INTENT_HELP ||
		reading->intent == INTENT_CHECKUP ||
		(reading->intent == INTENT_REPORT && reading->training);
}

static bool is_example(const struct reading *reading)
{
	return reading->intent == INTENT_REPORT && reading->nreport > 0 &&
		reading->reports[0].coded && !reading->reports[0].story;
}

void offered_look(struct turn *turn)
{
	const struct flow *flow = turn->flow;
	struct reading *reading;
	bool part = turn->loop.part;
	/* "WASPADA TERBUKA KAB. TRENGGALEK" again: most of a short answer, which has a colon */
	bool again = turn->loop.repeats && strchr(turn->message->text, ':') == NULL;

	if ((!part && !again) || turn->loop.quick)
		return; /* nearly always */
	reading = arena_raw(flow->arena, sizeof(*reading));
	reader_read(flow->reader, flow->scratch, flow->arena, &turn->read, turn->message->text,
		reading);
	turn->loop.example = part && is_example(reading) && !reading->training;
	if (!turn->loop.example && !(part ? is_command(reading) : asks(reading)))
		return;
	turn->loop.repeats = false;
	if (!turn->loop.example)
		turn->loop.from = turn->loop.to = 0;
}
