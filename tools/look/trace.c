/* Lives of messages: see trace.h. */
#include "tools/look/trace.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "parsers/text/show.h"
#include "store/message/deadline.h"
#include "store/message/inbound.h"
#include "store/message/outbox.h"
#include "store/report/report.h"
#include "tools/common/ctl_json.h"

#define ROWS     100
#define MESSAGES 10 /* of a phone */

static void add(struct trace *trace, int64_t at, const char *kind, const char *text)
{
	if (trace->count == trace->room) {
		trace->room = trace->room ? trace->room * 2 : 64;
		trace->events = xrealloc(trace->events, trace->room, sizeof(*trace->events));
	}
	trace->events[trace->count] = (struct trace_event){
		at, trace->count, kind, text_shown(trace->world->arena, text, SHOW_FLAT)};
	trace->count++;
}

static const char *or_dash(const char *text)
{
	return text && *text ? text : "-";
}

static void add_inbound(struct trace *trace, const struct inbound *row)
{
	struct arena *arena = trace->world->arena;

	add(trace, row->received, "in",
		arena_printf(arena, "message %lld by %s link %s from %s: %s", (long long)row->id,
			row->channel, row->link, row->source, or_dash(row->text)));
	add(trace, row->received, "read",
		arena_printf(arena, "message %lld is %s, as %s", (long long)row->id, row->state,
			or_dash(row->intent)));
}

static void add_outbox(struct trace *trace, const struct outbox *row)
{
	struct arena *arena = trace->world->arena;
	bool ends = strcmp(row->state, "sent") != 0 && row->ended > 0;

	add(trace, row->created, "queued",
		arena_printf(arena, "%s %lld to %s: %s", row->kind, (long long)row->id,
			row->recipient, or_dash(row->text)));
	if (row->sent > 0)
		add(trace, row->sent, "sent",
			arena_printf(arena, "%s %lld over %s, id %s, try %d, after %lld s",
				row->kind, (long long)row->id, or_dash(row->link),
				or_dash(row->message_id), row->tries,
				(long long)(row->sent - row->created)));
	if (ends)
		add(trace, row->ended, row->state,
			arena_printf(arena, "%s %lld, after %lld s", row->kind, (long long)row->id,
				(long long)(row->ended - row->created)));
	else if (row->sent == 0)
		add(trace, row->due > row->created ? row->due : row->created, row->state,
			arena_printf(arena, "%s %lld, %d tries%s", row->kind, (long long)row->id,
				row->tries,
				strcmp(row->state, "waiting") == 0 ? ", due then" : ""));
}

static int add_versions(struct trace *trace, int64_t report)
{
	struct ctl_world *world = trace->world;
	struct report_row *rows = arena_alloc(world->arena, ROWS * sizeof(*rows));
	size_t count;
	int error = store_report_versions(world->store, world->arena, report, rows, ROWS, &count);

	for (size_t i = 0; !error && i < count; i++)
		add(trace, i ? rows[i].revised : rows[i].received, "report",
			arena_printf(world->arena, "%s v%d %s%s by %s: %s", rows[i].ref,
				rows[i].version, rows[i].status,
				rows[i].training ? " (training)" : "", or_dash(rows[i].actor),
				rows[i].fields));
	return error;
}

static int add_audit(struct trace *trace, const char *subject)
{
	struct ctl_world *world = trace->world;
	struct audit_row *rows = arena_alloc(world->arena, ROWS * sizeof(*rows));
	size_t count;
	int error = store_audit_list(world->store, world->arena, subject, rows, ROWS, &count);

	for (size_t i = 0; !error && i < count; i++)
		add(trace, rows[i].at, "audit",
			arena_printf(world->arena, "%s by %s: %s -> %s", rows[i].action,
				or_dash(rows[i].actor), or_dash(rows[i].old_value),
				or_dash(rows[i].new_value)));
	return error;
}

/* What went out about a report but did not answer its message: alarms, requests, reminders. */
static int add_others(struct trace *trace, const struct report_row *report)
{
	struct ctl_world *world = trace->world;
	struct outbox *rows = arena_alloc(world->arena, ROWS * sizeof(*rows));
	size_t count;
	int error =
		store_outbox_of_ref(world->store, world->arena, report->ref, rows, ROWS, &count);

	for (size_t i = 0; !error && i < count; i++) {
		if (rows[i].inbound == 0 || rows[i].inbound != report->inbound)
			add_outbox(trace, &rows[i]);
	}
	return error;
}

static int add_report(struct trace *trace, const struct report_row *report)
{
	int error = add_versions(trace, report->id);

	if (!error)
		error = add_others(trace, report);
	return error ? error : add_audit(trace, report->ref);
}

static int add_replies(struct trace *trace, int64_t inbound)
{
	struct ctl_world *world = trace->world;
	struct outbox *rows = arena_alloc(world->arena, ROWS * sizeof(*rows));
	size_t count;
	int error =
		store_outbox_of_inbound(world->store, world->arena, inbound, rows, ROWS, &count);

	for (size_t i = 0; !error && i < count; i++)
		add_outbox(trace, &rows[i]);
	return error;
}

static int add_message(struct trace *trace, const struct inbound *row)
{
	struct ctl_world *world = trace->world;
	const struct report_filter filter = {.inbound = row->id, .with_training = true};
	struct report_row *rows = arena_alloc(world->arena, ROWS * sizeof(*rows));
	size_t count = 0;
	int error;

	add_inbound(trace, row);
	error = store_report_find(world->store, world->arena, &filter, rows, ROWS, &count);
	for (size_t i = count; !error && i > 0; i--)
		error = add_report(trace, &rows[i - 1]);
	return error ? error : add_replies(trace, row->id);
}

int trace_phone(struct trace *trace, const char *phone)
{
	struct ctl_world *world = trace->world;
	struct inbound *rows = arena_alloc(world->arena, MESSAGES * sizeof(*rows));
	size_t count = 0;
	int error = ctl_audit(world, "trace", phone, NULL, NULL);

	if (!error)
		error = store_inbound_from(
			world->store, world->arena, phone, rows, MESSAGES, &count);
	if (!error && count == 0)
		return ERR_NOT_FOUND;
	for (size_t i = count; !error && i > 0; i--)
		error = add_message(trace, &rows[i - 1]);
	return error;
}

static int add_origin(struct trace *trace, const struct report_row *report)
{
	struct inbound inbound;
	int error = store_inbound_get(
		trace->world->store, trace->world->arena, report->inbound, &inbound);

	if (error == ERR_NOT_FOUND) /* told on a page, or long ago */
		return add_report(trace, report);
	return error ? error : add_message(trace, &inbound);
}

int trace_ref(struct trace *trace, const char *ref)
{
	struct ctl_world *world = trace->world;
	const struct report_filter filter = {.ref = ref, .with_training = true};
	struct report_row *rows = arena_alloc(world->arena, ROWS * sizeof(*rows));
	size_t count = 0;
	int error = store_report_find(world->store, world->arena, &filter, rows, ROWS, &count);

	if (!error && count == 0)
		return ERR_NOT_FOUND;
	if (!error)
		error = ctl_audit(world, "trace", ref, NULL, NULL);
	for (size_t i = 0; !error && i < count; i++)
		error = add_origin(trace, &rows[i]);
	return error;
}

static int by_time(const void *left, const void *right)
{
	const struct trace_event *a = left, *b = right;

	if (a->at != b->at)
		return a->at < b->at ? -1 : 1;
	return a->order < b->order ? -1 : a->order > b->order;
}

static void sort(struct trace *trace)
{
	if (trace->count > 0)
		qsort(trace->events, trace->count, sizeof(*trace->events), by_time);
}

/* "+75 s", "+12 min", "+3 h", "+2 d" behind the event before. */
static const char *delay(int64_t seconds, char *room, size_t size)
{
	if (seconds < 120)
		snprintf(room, size, "+%lld s", (long long)seconds);
	else if (seconds < 7200)
		snprintf(room, size, "+%lld min", (long long)seconds / 60);
	else if (seconds < 172800)
		snprintf(room, size, "+%lld h", (long long)seconds / 3600);
	else
		snprintf(room, size, "+%lld d", (long long)seconds / 86400);
	return room;
}

void trace_print(struct trace *trace)
{
	int64_t before = 0;
	char room[32];

	sort(trace);
	for (size_t i = 0; i < trace->count; i++) {
		const struct trace_event *event = &trace->events[i];

		printf("%s:%02lld %8s  %-9s %s\n", ctl_time(trace->world, event->at),
			(long long)event->at % 60,
			i ? delay(event->at - before, room, sizeof(room)) : "", event->kind,
			event->text);
		before = event->at;
	}
}

json_t *trace_json(struct trace *trace)
{
	json_t *rows = json_array();

	sort(trace);
	for (size_t i = 0; i < trace->count; i++)
		json_array_append_new(rows,
			json_pack("{s:I, s:s, s:o}", "at", (json_int_t)trace->events[i].at, "kind",
				trace->events[i].kind, "text",
				ctl_json_text(trace->events[i].text)));
	return rows;
}

void trace_free(struct trace *trace)
{
	free(trace->events);
}
