/* Sends chunks, tries again, splits what stays unclear, reads summaries. See push.h. */
#include "tools/exchange/push.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tools/exchange/http_post.h"
#include "tools/exchange/journal.h"
#include "tools/exchange/summary.h"

#define WAIT_MOST   300 /* seconds between two tries */
#define COMPLAINTS  20  /* refused items that are named */

struct sending {
	const struct push *push;
	struct push_result *result;
	struct http_post *post;
	struct journal *journal;
	const struct item **items; /* those to send */
	size_t count;
	bool dry;
	size_t named;
};

static const struct {
	const char *list, *dry, *real;
} kinds[] = {
	[PUSH_VALUES] = {"dataValues",
		"/api/dataValueSets?importStrategy=CREATE_AND_UPDATE&dryRun=true",
		"/api/dataValueSets?importStrategy=CREATE_AND_UPDATE"},
	[PUSH_EVENTS] = {"events",
		"/api/tracker?async=false&importStrategy=CREATE_AND_UPDATE&atomicMode=OBJECT"
		"&importMode=VALIDATE",
		"/api/tracker?async=false&importStrategy=CREATE_AND_UPDATE&atomicMode=OBJECT"},
};

static json_t *body_of(const struct sending *sending, size_t from, size_t count)
{
	json_t *list = json_array();

	for (size_t i = 0; i < count; i++)
		json_array_append(list, sending->items[from + i]->body);
	return json_pack("{s:o}", kinds[sending->push->kind].list, list);
}

/* Of what may be well the next time. */
static bool is_passing(long status)
{
	return status == 0 || status == 408 || status == 425 || status == 429 || status >= 500;
}

/* A summary, or that the chunk is too large. */
static bool is_answer(long status, const json_t *answer)
{
	return status == 413 || (answer && (status / 100 == 2 || status == 409));
}

static int complain(long status, const char *detail)
{
	if (status)
		fprintf(stderr, "kabarctl export: the server says HTTP %ld%s\n", status,
			status == 401 || status == 403
				? ": look at user, password_file or token_file in the mapping"
			: status == 404 ? ": look at url in the mapping"
					: "");
	else
		fprintf(stderr, "kabarctl export: no answer: %s\n", detail);
	return ERR_SYSTEM;
}

/* Until there is an answer that is no passing trouble, or the tries are used up. */
static int send_chunk(
	struct sending *sending, size_t from, size_t count, long *status, json_t **answer)
{
	const struct mapping *mapping = sending->push->mapping;
	const char *path = sending->dry ? kinds[sending->push->kind].dry
					: kinds[sending->push->kind].real;
	json_t *body = body_of(sending, from, count);
	const char *detail = "";
	int wait = mapping->retry;
	bool good = false;

	for (int tries = 1; !good; tries++) {
		sending->result->requests++;
		http_post_send(sending->post, path, body, status, answer, &detail);
		good = is_answer(*status, *answer);
		if (good)
			break;
		json_decref(*answer);
		*answer = NULL;
		if (tries == mapping->tries || (!is_passing(*status) && *status / 100 != 2))
			break;
		(void)poll(NULL, 0, wait * 1000);
		wait = 2 * wait < WAIT_MOST ? 2 * wait : WAIT_MOST;
	}
	json_decref(body);
	return good ? OK : complain(*status, detail);
}

static void settle(struct sending *sending, const struct item *item, const char *refusal)
{
	struct push_result *result = sending->result;

	if (refusal && sending->named++ < COMPLAINTS)
		fprintf(stderr, "kabarctl export: refused: %s = %s: %s\n", item->key, item->state,
			refusal);
	if (refusal)
		result->refused++;
	else
		result->taken++;
	if (!sending->dry)
		journal_add(sending->journal, item, !refusal);
}

/* All of a chunk by its summary; UNCLEAR when the summary does not say which were refused. */
static bool settle_all(struct sending *sending, size_t from, size_t count, json_t *answer)
{
	const char **refusals = xcalloc(count, sizeof(*refusals));
	bool clear = summary_read(sending->push->kind == PUSH_EVENTS, answer,
		sending->items + from, count, refusals);

	for (size_t i = 0; clear && i < count; i++)
		settle(sending, sending->items[from + i], refusals[i]);
	free(refusals);
	return clear;
}

static int send_range(struct sending *sending, size_t from, size_t count)
{
	json_t *answer = NULL;
	long status = 0;
	int error = send_chunk(sending, from, count, &status, &answer);
	bool clear = false;

	if (error)
		return error;
	if (answer && status != 413)
		clear = settle_all(sending, from, count, answer);
	json_decref(answer);
	if (clear)
		return sending->dry ? OK : journal_sync(sending->journal);
	if (count == 1) { /* alone, and not said to be taken */
		settle(sending, sending->items[from],
			status == 413 ? "too large for the server" : "not taken, without a reason");
		return sending->dry ? OK : journal_sync(sending->journal);
	}
	error = send_range(sending, from, count / 2);
	return error ? error : send_range(sending, from + count / 2, count - count / 2);
}

static int send_all(struct sending *sending, bool dry)
{
	size_t chunk = (size_t)sending->push->mapping->chunk;
	struct push_result *result = sending->result;
	int error = OK;

	sending->dry = dry;
	sending->named = 0;
	result->taken = result->refused = 0;
	for (size_t from = 0; !error && from < sending->count; from += chunk)
		error = send_range(sending, from,
			sending->count - from < chunk ? sending->count - from : chunk);
	result->open = sending->count - result->taken - result->refused;
	return error;
}

static void pick(struct sending *sending)
{
	const struct items *items = sending->push->items;

	sending->items = xcalloc(items->count + 1, sizeof(*sending->items));
	for (size_t i = 0; i < items->count; i++) {
		if (journal_taken(sending->journal, &items->list[i]))
			sending->result->known++;
		else
			sending->items[sending->count++] = &items->list[i];
	}
}

static int open_journal(struct sending *sending)
{
	const struct push *push = sending->push;
	int error = journal_open(&sending->journal, push->journal, push->mapping->url);

	if (error == ERR_EXISTS)
		fprintf(stderr, "kabarctl export: another push is under way (%s)\n", push->journal);
	else if (error == ERR_SYNTAX)
		fprintf(stderr,
			"kabarctl export: %s is of another server: name another --journal\n",
			push->journal);
	else if (error)
		fprintf(stderr, "kabarctl export: %s: %s\n", push->journal, strerror(errno));
	return error ? ERR_SYSTEM : OK;
}

int push_run(const struct push *push, struct push_result *result)
{
	struct sending sending = {.push = push, .result = result};
	int error;

	*result = (struct push_result){0};
	error = open_journal(&sending);
	if (error)
		return error;
	pick(&sending);
	sending.post = http_post_new(push->mapping);
	error = sending.post ? send_all(&sending, true) : ERR_SYSTEM;
	if (!error && result->refused && !push->anyway)
		error = ERR_STATE;
	if (!error && !push->dry_only) {
		error = send_all(&sending, false);
		if (!error && result->refused)
			error = ERR_STATE;
	}
	http_post_free(sending.post);
	journal_close(sending.journal);
	free(sending.items);
	return error;
}
