/* USSD in the open batch: one step of a session, the same screen again, a PIN that is not written
 * down. */
#include <string.h>

#include "gateway/work/worker_state.h"

#define SCREENS_MAX 4

static struct ussd_step step_of(const struct item *item)
{
	const struct ussd_arrival *ussd = &item->u.message.ussd_arrival;

	return (struct ussd_step){
		.event = ussd->event,
		.session = ussd->session,
		.echo = ussd->echo,
		.code = ussd->code,
		.digest = item->digest,
		.septets = ussd->septets,
		.user_seconds = ussd->user_seconds,
		.session_seconds = ussd->session_seconds,
	};
}

/* The dialled code may be the address that was dialled. */
static const char *text_of(const struct item *item, const struct flow_message *message)
{
	const struct ussd_arrival *ussd = &item->u.message.ussd_arrival;

	return ussd->code_in_address && ussd->event == USSD_BEGIN ? item->u.message.destination
								  : message->text;
}

int worker_run_ussd(struct worker *worker, const struct item *item, struct flow_message *message)
{
	struct ussd_step step = step_of(item);

	message->text = text_of(item, message);
	return flow_ussd(&worker->flow, message, &step);
}

int worker_apologise_ussd(
	struct worker *worker, const struct item *item, struct flow_message *message)
{
	struct ussd_step step = step_of(item);

	return flow_ussd_apologise(&worker->flow, message, &step);
}

int worker_mask_ussd(struct worker *worker, const struct item *item, struct inbound *inbound)
{
	const struct flow_message message = {.link = inbound->link, .from = inbound->source};
	struct ussd_step step = step_of(item);
	bool secret;
	int rc = flow_ussd_secret(&worker->flow, &message, &step, &secret);

	if (rc == OK && secret) {
		inbound->octets = NULL;
		inbound->length = 0;
		inbound->text = "******";
	}
	return rc;
}

int worker_again_ussd(struct worker *worker, const struct item *item, int64_t known)
{
	struct outbox rows[SCREENS_MAX];
	size_t count;
	int rc = store_outbox_of_inbound(
		worker->store, worker->arena, known, rows, COUNT_OF(rows), &count);

	for (size_t i = 0; rc == OK && i < count; i++) {
		if (strncmp(rows[i].kind, "ussd", 4) == 0)
			worker_send(worker, &rows[i])->generation = item->generation;
	}
	return rc;
}

int worker_lost_ussd(struct worker *worker, int64_t id)
{
	struct outbox row;
	int rc = store_outbox_get(worker->store, worker->arena, id, &row);

	if (rc == ERR_NOT_FOUND)
		return OK;
	if (rc != OK || strncmp(row.kind, "ussd", 4) != 0)
		return rc;
	return flow_ussd_lost(&worker->flow, &row);
}
