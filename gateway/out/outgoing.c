/* Replies in memory: see outgoing.h. */
#include "gateway/out/outgoing.h"

#include <stdlib.h>
#include <string.h>

#include "gateway/os/clock.h"

struct outgoing *outgoing_new(const struct outbox *row)
{
	struct outgoing *reply = xcalloc(1, sizeof(*reply));

	reply->id = row->id;
	reply->kind = xstrdup(row->kind);
	reply->class = store_outbox_class(row->kind);
	reply->created = row->created;
	reply->link = row->link ? xstrdup(row->link) : NULL;
	reply->recipient = xstrdup(row->recipient);
	reply->text = xstrdup(row->text);
	reply->ref = row->ref ? xstrdup(row->ref) : NULL;
	reply->session = xstrdup(row->session ? row->session : "");
	reply->tries = row->tries;
	reply->made = clock_now();
	reply->unsure = row->state && strcmp(row->state, "unsure") == 0;
	return reply;
}

void outgoing_free(struct outgoing *reply)
{
	if (!reply)
		return;
	free(reply->kind);
	free(reply->link);
	free(reply->recipient);
	free(reply->text);
	free(reply->ref);
	free(reply->session);
	free(reply->parts);
	free(reply);
}

void outgoing_free_list(struct outgoing *replies)
{
	while (replies) {
		struct outgoing *next = replies->next;

		outgoing_free(replies);
		replies = next;
	}
}

bool outgoing_is_ussd(const struct outgoing *reply)
{
	return reply->class == OUTBOX_SCREEN;
}
