/* Our own words that come back: see echo.h. */
#include "flows/talk/echo.h"

#include <stdio.h>
#include <string.h>

#include "parsers/form/form.h"
#include "parsers/text/text.h"
#include "store/message/deadline.h"

#define LIST_COMMAS 3
#define TOLD "told" /* a report told back: "L2408-0001 Siti, …" */
#define SENT "sent" /* told of what was sent to that phone, whichever message it was */

/* Without the run of words that we sent to that phone. */
static const char *without_sent(struct turn *turn, const char *folded)
{
	const struct turn_loop *loop = &turn->loop;

	if (loop->to == 0 || loop->to > strlen(folded))
		return folded;
	return arena_printf(turn->flow->arena, "%.*s\n%s", (int)loop->from, folded,
		folded + loop->to);
}

static size_t words_of(const char *text)
{
	size_t words = 0;

	for (bool inside = false; *text; text++) {
		bool letter = strchr(" \n\t.,:;!?\"'()[]<>*#/-_", *text) == NULL;

		words += letter && !inside;
		inside = letter;
	}
	return words;
}

const char *echo_own_words(struct turn *turn, struct said_match *echo)
{
	const struct said *said = turn->flow->settings->said;
	const char *folded, *mine;

	*echo = (struct said_match){.rest = turn->message->text};
	if (said == NULL || turn->message->text == NULL)
		return turn->message->text;
	folded = text_fold(turn->flow->arena, turn->message->text);
	mine = without_sent(turn, folded);
	said_find(said, turn->flow->arena, mine, echo);
	if (echo->name == NULL && mine != folded) {
		echo->name = SENT;
		echo->words = words_of(mine);
	}
	return echo->name == NULL ? turn->message->text : echo->rest;
}

bool echo_is_all(const struct turn *turn, const struct said_match *echo)
{
	enum intent intent = turn->reading->intent;

	return echo->name != NULL &&
		(echo->words == 0 || intent == INTENT_HUMAN || intent == INTENT_IGNORE);
}

/* Values parted by commas, a day as we write it among them: "…, 34 th, 14/8/24, nifas, …". */
static bool is_list(const char *text)
{
	int commas = 0, used, day, month, year;
	bool dated = false;

	for (const char *at = text; (at = strchr(at, ',')) != NULL; commas++) {
		at += 1 + strspn(at + 1, " ");
		used = 0;
		dated |= sscanf(at, "%2d/%2d/%2d%n", &day, &month, &year, &used) == 3 && used > 0;
	}
	return commas >= LIST_COMMAS && dated;
}

/* RUJUK K2408-0001 RS: a report about another one names it, and begins as nothing of ours does. */
static bool is_about(const struct reading *reading)
{
	const struct report *first = &reading->reports[0];

	return reading->intent == INTENT_REPORT && reading->nreport == 1 && !first->story &&
		first->form->about != NULL && report_value(first, first->form->about) != NULL;
}

bool echo_tells_back(const struct turn *turn, struct said_match *echo)
{
	enum intent intent = turn->reading->intent;

	if (is_about(turn->reading))
		return false;
	/* a cause of death among its values sounds like a cry, but nobody cries in that order */
	if (!echo->refers || (intent != INTENT_REPORT && intent != INTENT_EMERGENCY &&
				     intent != INTENT_HUMAN) ||
		(intent != INTENT_REPORT && !is_list(turn->message->text)))
		return false;
	echo->name = TOLD;
	return true;
}

int echo_handle(struct turn *turn, const struct said_match *echo)
{
	struct human_row row = {.inbound = turn->message->inbound,
		.received = turn->flow->now,
		.phone = turn->sender.phone,
		.state = "waiting"};

	if (echo->words == 0 && turn->loop.example)
		turn_say_plain(turn, MESSAGE_EXAMPLE);
	if (echo->words == 0 && (turn->loop.repeats || turn->loop.to > 0))
		return OK; /* it comes from where it went */
	if (turn->repeats > 1 || turn->loop.muted || turn->reading->intent == INTENT_IGNORE)
		return OK;
	row.text = arena_printf(turn->flow->arena, "%s [%s]: %s",
		reply_word(&turn->reply, "inbox", "echo", "Terusan pesan kami"), echo->name,
		turn->message->text);
	return store_human_put(turn->flow->store, &row);
}
