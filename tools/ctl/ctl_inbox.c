/* kabarctl inbox: the messages that a human must answer. The answer leaves through the outbox of
 * the running kabard. */
#include <stdio.h>
#include <stdlib.h>

#include "parsers/text/gsm7.h"
#include "store/message/deadline.h"
#include "store/message/inbound.h"
#include "store/message/outbox.h"
#include "tools/ctl/ctl_commands.h"
#include "tools/common/ctl_json.h"
#include "tools/common/ctl_options.h"
#include "tools/common/ctl_world.h"

#define LIST_MOST   1000
#define SMS_SEPTETS 160

static void row_print(struct ctl_world *world, const struct human_row *row)
{
	printf("%lld\t%s\t", (long long)row->id, ctl_time(world, row->received));
	ctl_print_flat(row->phone);
	putchar('\t');
	ctl_print_flat(row->text);
	putchar('\n');
}

static json_t *row_json(const struct human_row *row)
{
	return json_pack("{s:I, s:I, s:o, s:o, s:s}", "id", (json_int_t)row->id, "received",
		(json_int_t)row->received, "phone", ctl_json_text(row->phone), "text",
		ctl_json_text(row->text), "state", row->state);
}

static int inbox_list(struct ctl_world *world, const char *state, bool as_json)
{
	struct human_row *rows = xcalloc(LIST_MOST, sizeof(*rows));
	json_t *list = as_json ? json_array() : NULL;
	size_t count;
	int error = store_human_list(world->store, world->arena, state, rows, LIST_MOST, &count);

	if (!error)
		error = ctl_audit(world, "inbox list", "human", NULL, state);
	for (size_t i = 0; !error && i < count; i++) {
		if (list)
			json_array_append_new(list, row_json(&rows[i]));
		else
			row_print(world, &rows[i]);
	}
	if (list && !error && ctl_json_print(json_incref(list)))
		error = ERR_SYSTEM;
	json_decref(list);
	if (!error && count == LIST_MOST)
		fprintf(stderr, "kabarctl inbox: only the oldest %d are shown\n", LIST_MOST);
	free(rows);
	return error;
}

/* The way back is the link that it came by; "" where that is not known any more. */
static int link_of(struct ctl_world *world, int64_t inbound, const char **link)
{
	struct inbound row;
	int error = store_inbound_get(world->store, world->arena, inbound, &row);

	*link = error ? NULL : row.link;
	return error == ERR_NOT_FOUND ? OK : error;
}

static int answer_put(struct ctl_world *world, const struct human_row *human, const char *text)
{
	struct outbox out = {.inbound = human->inbound,
		.kind = "human",
		.recipient = human->phone,
		.text = text,
		.state = "waiting",
		.created = world->flow.now,
		.due = world->flow.now};
	int error = link_of(world, human->inbound, &out.link);

	if (!error)
		error = store_outbox_put(world->store, &out, NULL);
	if (!error)
		error = store_human_answered(world->store, human->id);
	if (!error)
		error = ctl_audit(world, "inbox answer", human->phone, "waiting",
			arena_printf(world->arena, "message %lld answered", (long long)human->id));
	return error;
}

static int inbox_answer(struct ctl_world *world, int64_t id, const char *text)
{
	struct human_row human;
	int error = store_batch_begin(world->store);

	if (error)
		return ctl_world_status(world, error);
	error = store_human_get(world->store, world->arena, id, &human);
	if (error == ERR_NOT_FOUND) {
		fprintf(stderr, "kabarctl inbox: there is no message %lld\n", (long long)id);
		goto undo;
	}
	if (!error && strcmp(human.state, "waiting") != 0) {
		fprintf(stderr, "kabarctl inbox: message %lld is answered already\n",
			(long long)id);
		goto undo;
	}
	if (!error)
		error = answer_put(world, &human, text);
	if (!error)
		error = store_batch_commit(world->store);
	else
		store_batch_rollback(world->store);
	if (!error)
		printf("answer to %s waits to be sent\n", human.phone);
	return ctl_world_status(world, error);
undo:
	store_batch_rollback(world->store);
	return 1;
}

static int answer_wrong(char **argv, const char *id, const char *text, int64_t *out)
{
	ssize_t septets = gsm7_septets(text);
	char *end;

	*out = strtoll(id, &end, 10);
	if (*end || *out <= 0)
		return ctl_usage_error(argv[0], "\"%s\" is not the number of a message", id);
	if (text[strspn(text, " \t\r\n")] == '\0')
		return ctl_usage_error(argv[0], "the answer is empty");
	if (septets < 0)
		return ctl_usage_error(
			argv[0], "the answer has characters that no SMS of %d has", SMS_SEPTETS);
	if (septets > SMS_SEPTETS)
		return ctl_usage_error(argv[0], "the answer is %zd characters, one SMS holds %d",
			septets, SMS_SEPTETS);
	return 0;
}

int ctl_inbox(struct ctl *ctl, int argc, char **argv)
{
	bool answered = false, as_json = false;
	bool answer = argc == 4 && strcmp(argv[1], "answer") == 0;
	const struct ctl_option options[] = {
		{"answered", NULL, &answered}, {"json", NULL, &as_json}, {0}};
	struct ctl_world world;
	int64_t id = 0;
	int status, first = answer ? 1 : ctl_options(argc, argv, options);

	if (first < 0)
		return 2;
	if (!answer && (argc - first != 1 || strcmp(argv[first], "list") != 0))
		return ctl_usage_error(
			argv[0], "give list [--answered] [--json], or answer ID TEXT");
	if (answer && (status = answer_wrong(argv, argv[2], argv[3], &id)))
		return status;
	if (ctl_world_open(&world, ctl, argv[0], false))
		status = 1;
	else if (answer)
		status = inbox_answer(&world, id, argv[3]);
	else
		status = ctl_world_status(
			&world, inbox_list(&world, answered ? "answered" : "waiting", as_json));
	ctl_world_close(&world);
	return status;
}
