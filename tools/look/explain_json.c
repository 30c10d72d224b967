/* What became of messages, as JSON: see explain.h. */
#include <stdlib.h>

#include "flows/report/reading_json.h"
#include "flows/turn/turn.h"
#include "store/message/deadline.h"
#include "store/message/inbound.h"
#include "store/message/outbox.h"
#include "store/report/report.h"
#include "tools/common/ctl_json.h"
#include "tools/look/explain.h"

#define ROWS 50

static json_t *octets_json(const struct inbound *inbound)
{
	struct strbuf hex = {0};
	json_t *out;

	for (size_t i = 0; i < inbound->length; i++)
		strbuf_printf(&hex, "%02x", inbound->octets[i]);
	out = ctl_json_text(hex.text ? hex.text : "");
	strbuf_free(&hex);
	return out;
}

/* By the words, forms and places of today, at the time it came. */
static json_t *reading_of(struct ctl_world *world, const struct inbound *inbound)
{
	struct flow flow = world->flow;
	struct reading *reading = arena_alloc(world->arena, sizeof(*reading));
	struct turn turn;
	json_t *out;
	char *json;

	flow.now = inbound->received;
	if (!inbound->text || turn_begin(&turn, &flow, inbound->source) != OK)
		return json_null();
	reader_read(flow.reader, flow.scratch, flow.arena, &turn.read, inbound->text, reading);
	json = reading_json(reading, NULL);
	out = json_loads(json, 0, NULL);
	free(json);
	return out ? out : json_null();
}

static json_t *version_json(const struct report_row *row, bool first)
{
	return json_pack("{s:s, s:i, s:I, s:s, s:s, s:b, s:o, s:o}", "ref", row->ref, "version",
		row->version, "at", (json_int_t)(first ? row->received : row->revised), "form",
		row->form, "status", row->status, "training", (int)row->training, "actor",
		ctl_json_text(row->actor), "fields", json_loads(row->fields, 0, NULL));
}

static json_t *outbox_json(const struct outbox *row)
{
	return json_pack("{s:I, s:s, s:s, s:o, s:o, s:s, s:i, s:I, s:I, s:I, s:o}", "id",
		(json_int_t)row->id, "kind", row->kind, "to", row->recipient, "text",
		ctl_json_text(row->text), "link", ctl_json_text(row->link), "state", row->state,
		"tries", row->tries, "created", (json_int_t)row->created, "sent",
		(json_int_t)row->sent, "ended", (json_int_t)row->ended, "message_id",
		ctl_json_text(row->message_id));
}

static void add_outbox(json_t *list, const struct outbox *rows, size_t count, int64_t but)
{
	for (size_t i = 0; i < count; i++) {
		if (but == 0 || rows[i].inbound != but)
			json_array_append_new(list, outbox_json(&rows[i]));
	}
}

static int add_report(struct ctl_world *world, json_t *message, const struct report_row *report)
{
	struct report_row *rows = arena_alloc(world->arena, ROWS * sizeof(*rows));
	struct outbox *sent = arena_alloc(world->arena, ROWS * sizeof(*sent));
	size_t count;
	int error =
		store_report_versions(world->store, world->arena, report->id, rows, ROWS, &count);

	for (size_t i = 0; !error && i < count; i++)
		json_array_append_new(
			json_object_get(message, "reports"), version_json(&rows[i], i == 0));
	if (!error)
		error = store_outbox_of_ref(
			world->store, world->arena, report->ref, sent, ROWS, &count);
	if (!error)
		add_outbox(json_object_get(message, "sent"), sent, count, report->inbound);
	return error;
}

static int add_message(struct ctl_world *world, const struct inbound *inbound, json_t *list)
{
	const struct report_filter filter = {.inbound = inbound->id, .with_training = true};
	struct report_row *reports = arena_alloc(world->arena, ROWS * sizeof(*reports));
	struct outbox *sent = arena_alloc(world->arena, ROWS * sizeof(*sent));
	size_t count = 0;
	json_t *message = json_pack(
		"{s:I, s:I, s:s, s:s, s:o, s:o, s:s, s:o, s:i, s:i, s:o, s:o, s:o, s:[], s:[]}",
		"id", (json_int_t)inbound->id, "received", (json_int_t)inbound->received, "channel",
		inbound->channel, "link", inbound->link, "from", ctl_json_text(inbound->source),
		"to", ctl_json_text(inbound->destination), "state", inbound->state, "intent",
		ctl_json_text(inbound->intent), "esm_class", inbound->esm_class, "data_coding",
		inbound->data_coding, "octets", octets_json(inbound), "text",
		ctl_json_text(inbound->text), "reading", reading_of(world, inbound), "reports",
		"sent");
	int error = store_outbox_of_inbound(
		world->store, world->arena, inbound->id, sent, ROWS, &count);

	json_array_append_new(list, message);
	if (!error)
		add_outbox(json_object_get(message, "sent"), sent, count, 0);
	if (!error)
		error = store_report_find(
			world->store, world->arena, &filter, reports, ROWS, &count);
	for (size_t i = count; !error && i > 0; i--)
		error = add_report(world, message, &reports[i - 1]);
	return error;
}

int explain_json_phone(struct ctl_world *world, const char *phone, json_t *list)
{
	struct inbound *rows = arena_alloc(world->arena, EXPLAIN_MESSAGES * sizeof(*rows));
	size_t count = 0;
	int error = ctl_audit(world, "explain", phone, NULL, NULL);

	if (!error)
		error = store_inbound_from(
			world->store, world->arena, phone, rows, EXPLAIN_MESSAGES, &count);
	if (!error && count == 0)
		return ERR_NOT_FOUND;
	for (size_t i = count; !error && i > 0; i--)
		error = add_message(world, &rows[i - 1], list);
	return error;
}

int explain_json_ref(struct ctl_world *world, const char *ref, json_t *list)
{
	const struct report_filter filter = {.ref = ref, .with_training = true};
	struct report_row *rows = arena_alloc(world->arena, ROWS * sizeof(*rows));
	struct inbound inbound;
	size_t count = 0;
	int error = store_report_find(world->store, world->arena, &filter, rows, ROWS, &count);

	if (!error && count == 0)
		return ERR_NOT_FOUND;
	if (!error)
		error = ctl_audit(world, "explain", ref, NULL, NULL);
	for (size_t i = 0; !error && i < count; i++) {
		error = store_inbound_get(world->store, world->arena, rows[i].inbound, &inbound);
		if (!error)
			error = add_message(world, &inbound, list);
		else if (error == ERR_NOT_FOUND)
			error = OK; /* told on a page, or long ago */
	}
	return error;
}
