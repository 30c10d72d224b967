/* CEK ref: what became of a report. CEK SAYA: this month's own reports. */
#include <stdio.h>
#include <string.h>

#include "flows/record/find_ref.h"
#include "flows/record/own.h"
#include "flows/turn/handlers.h"

#define ROWS 60

static int status_mine(struct turn *turn)
{
	struct date first = {turn->now.date.year, turn->now.date.month, 1};
	struct moment start = {.date = first};
	struct report_filter filter = {.sender = turn->sender.phone,
		.received_from = moment_utc(start, turn->flow->settings->timezone)};
	struct report_row *rows = arena_alloc(turn->flow->arena, ROWS * sizeof(*rows));
	struct strbuf list = {0};
	char number[16];
	size_t count;
	int error = store_report_find(
		turn->flow->store, turn->flow->arena, &filter, rows, ROWS, &count);

	if (error != OK)
		return error;
	if (count == 0) {
		turn_say(turn, MESSAGE_STATUS_NONE, "month", reply_month(&turn->reply, first));
		return OK;
	}
	for (size_t i = 0; i < count && i < 4; i++)
		strbuf_printf(&list, "%s%s %s", i > 0 ? ", " : "", rows[i].ref,
			reply_word(&turn->reply, "state", rows[i].status, rows[i].status));
	snprintf(number, sizeof(number), "%zu%s", count, count == ROWS ? "+" : "");
	turn_say(turn, MESSAGE_STATUS_MINE, "month", reply_month(&turn->reply, first), "count",
		number, "list", list.text);
	strbuf_free(&list);
	return OK;
}

int status_handle(struct turn *turn)
{
	const char *echo, *state, *ask;
	const struct record *seen;
	struct record record;
	int error;

	if (turn->reading->ref == NULL || *turn->reading->ref == '\0')
		return status_mine(turn);
	error = find_ref(turn, turn->reading->ref, &record);
	if (error != OK)
		return error == ERR_NOT_FOUND || error == ERR_AMBIGUOUS ? OK : error;
	record_about(turn, &record);
	error = own_seen(turn, &record, &seen);
	if (error != OK)
		return error;
	echo = reply_echo(&turn->reply, &seen->report);
	state = reply_word(&turn->reply, "state", record.row.status, record.row.status);
	ask = record_open(&record) ? reply_question(&turn->reply, &record.report) : NULL;
	if (ask != NULL)
		turn_say(turn, MESSAGE_STATUS_ASKED, "ref", turn->ref, "echo", echo, "state", state,
			"ask", ask);
	else if (record_open(&record))
		turn_say(turn, MESSAGE_STATUS_OPEN, "ref", turn->ref, "echo", echo, "state", state,
			"fields", reply_fields(&turn->reply, &record.report));
	else
		turn_say(turn, MESSAGE_STATUS, "ref", turn->ref, "echo", echo, "state", state);
	if (turn->sender.phone != NULL && record.row.sender != NULL &&
		strcmp(record.row.sender, turn->sender.phone) != 0)
		/* another's report, with names in it */
		return turn_audit(turn, "read", record.row.ref, NULL, NULL);
	return OK;
}
