/* The journey of stored messages, printed. See explain.h. */
#include "tools/look/explain.h"

#include <stdio.h>
#include <stdlib.h>

#include "flows/report/reading_json.h"
#include "flows/turn/turn.h"
#include "parsers/text/show.h"
#include "parsers/text/text.h"
#include "parsers/text/utf8.h"
#include "store/message/deadline.h"
#include "store/message/inbound.h"
#include "store/message/outbox.h"
#include "store/report/report.h"

#define ROWS    50
#define UDH_BIT 0x40

/* What an operator, a phone or a list says, on our line. */
static const char *flat(struct ctl_world *world, const char *text)
{
	return text ? text_shown(world->arena, text, SHOW_FLAT) : "-";
}

/* Prints a labelled value on a line of its own. */
static void line_print(const char *label, const char *text)
{
	printf("  %-9s ", label);
	ctl_print_flat(text);
	putchar('\n');
}

static enum alphabet alphabet_of(const struct ctl_world *world, const char *link)
{
	const struct config_main *main = &world->config->main;

	for (size_t i = 0; i < main->nsmsc; i++) {
		if (strcmp(main->smsc[i].link.name, link) == 0)
			return (enum alphabet)main->smsc[i].alphabet;
	}
	return ALPHABET_GSM7;
}

/* The octets as they came, and how they read as text on that link. */
static void octets_print(struct ctl_world *world, const struct inbound *inbound)
{
	static const char *const codings[] = {"gsm7", "latin1", "ascii", "ucs2", "utf8"};
	size_t header =
		inbound->esm_class & UDH_BIT && inbound->length > 0 ? inbound->octets[0] + 1u : 0;
	struct text_oddities odd;
	char *text;

	printf("  %-9s ", "octets");
	for (size_t i = 0; i < inbound->length; i++)
		printf("%02x", inbound->octets[i]);
	printf("%s (esm_class 0x%02x, data_coding 0x%02x, %zu octets)\n",
		inbound->length ? "" : "purged", inbound->esm_class, inbound->data_coding,
		inbound->length);
	if (header >= inbound->length)
		return;
	text = text_decode(world->arena, inbound->octets + header, inbound->length - header,
		inbound->data_coding, alphabet_of(world, inbound->link),
		&(struct text_knows){reader_knows, world->config->reader}, &odd);
	printf("  %-9s as %s%s, %zu unreadable, %zu left out: ", "decoded", codings[odd.coding],
		odd.mislabelled ? " (not what data_coding says)" : "", odd.replaced, odd.dropped);
	ctl_print_flat(text);
	putchar('\n');
}

/* Read again by the words, forms and places of today, at the time it came. */
static int reading_print(struct ctl_world *world, const struct inbound *inbound)
{
	struct flow flow = world->flow;
	struct reading *reading;
	struct strbuf why = {0};
	struct turn turn;
	char *json;
	int error;

	flow.now = inbound->received;
	error = turn_begin(&turn, &flow, inbound->source);
	if (error)
		return error;
	reading = arena_alloc(world->arena, sizeof(*reading));
	turn.read.explain = &why;
	reader_read(flow.reader, flow.scratch, flow.arena, &turn.read, inbound->text, reading);
	json = reading_json(reading, NULL);
	line_print("reading", json);
	if (why.text)
		fputs(text_shown(world->arena, why.text, SHOW_LINES), stdout);
	free(json);
	strbuf_free(&why);
	return OK;
}

static int versions_print(struct ctl_world *world, const struct report_row *report)
{
	struct report_row *rows = arena_alloc(world->arena, ROWS * sizeof(*rows));
	size_t count;
	int error =
		store_report_versions(world->store, world->arena, report->id, rows, ROWS, &count);

	for (size_t i = 0; !error && i < count; i++) {
		const struct report_row *row = &rows[i];

		printf("  %-9s %s v%d %s %s %s%s by %s: ", "report", row->ref, row->version,
			ctl_time(world, i ? row->revised : row->received), row->form, row->status,
			row->training ? " training" : "", flat(world, row->actor));
		ctl_print_flat(row->fields);
		printf(" problems %s notes %s", row->problems, row->notes);
		if (row->original)
			printf(" of report %lld", (long long)row->original);
		putchar('\n');
	}
	return error;
}

static void outbox_print(struct ctl_world *world, const struct outbox *row)
{
	printf("  %-9s %s to %s %s, %d tries, id %s: ", row->kind, ctl_time(world, row->created),
		flat(world, row->recipient), row->state, row->tries, flat(world, row->message_id));
	ctl_print_flat(row->text);
	putchar('\n');
}

/* Together with who sent it: there is no index of what came in. */
static int message_reports(struct ctl_world *world, const struct inbound *inbound)
{
	struct report_filter filter = {
		.sender = inbound->source, .inbound = inbound->id, .with_training = true};
	struct report_row *rows = arena_alloc(world->arena, ROWS * sizeof(*rows));
	size_t count;
	int error = store_report_find(world->store, world->arena, &filter, rows, ROWS, &count);

	for (size_t i = count; !error && i > 0; i--)
		error = versions_print(world, &rows[i - 1]);
	return error;
}

static int message_print(struct ctl_world *world, const struct inbound *inbound)
{
	struct outbox *replies = arena_alloc(world->arena, ROWS * sizeof(*replies));
	size_t count;
	int error = OK;

	printf("message %lld %s %s by link %s from %s to %s: %s, intent %s\n",
		(long long)inbound->id, ctl_time(world, inbound->received), inbound->channel,
		inbound->link, flat(world, inbound->source), flat(world, inbound->destination),
		inbound->state,
		inbound->intent ? inbound->intent : "-");
	octets_print(world, inbound);
	if (inbound->text) {
		line_print("text", inbound->text);
		error = reading_print(world, inbound);
	}
	if (!error)
		error = message_reports(world, inbound);
	if (!error)
		error = store_outbox_of_inbound(
			world->store, world->arena, inbound->id, replies, ROWS, &count);
	for (size_t i = 0; !error && i < count; i++)
		outbox_print(world, &replies[i]);
	return error;
}

/* Alerts and reminders about a report, and who touched it. */
static int around_print(struct ctl_world *world, const char *ref, int64_t inbound)
{
	struct outbox *sent = arena_alloc(world->arena, ROWS * sizeof(*sent));
	struct audit_row *audit = arena_alloc(world->arena, ROWS * sizeof(*audit));
	size_t count;
	int error = store_outbox_of_ref(world->store, world->arena, ref, sent, ROWS, &count);

	for (size_t i = 0; !error && i < count; i++) {
		if (sent[i].inbound != inbound)
			outbox_print(world, &sent[i]);
	}
	if (!error)
		error = store_audit_list(world->store, world->arena, ref, audit, ROWS, &count);
	for (size_t i = 0; !error && i < count; i++) {
		printf("  %-9s %s %s by %s: ", "audit", ctl_time(world, audit[i].at),
			audit[i].action, flat(world, audit[i].actor));
		ctl_print_flat(audit[i].old_value);
		fputs(" -> ", stdout);
		ctl_print_flat(audit[i].new_value);
		putchar('\n');
	}
	return error;
}

static int report_print(struct ctl_world *world, const struct report_row *row)
{
	struct inbound inbound;
	int error = store_inbound_get(world->store, world->arena, row->inbound, &inbound);

	if (!error) {
		error = message_print(world, &inbound);
	} else if (error == ERR_NOT_FOUND) {
		printf("report %s without a message\n", row->ref);
		error = versions_print(world, row);
	}
	return error ? error : around_print(world, row->ref, row->inbound);
}

int explain_ref(struct ctl_world *world, const char *ref)
{
	struct report_filter filter = {.ref = ref, .with_training = true};
	struct report_row *rows = arena_alloc(world->arena, ROWS * sizeof(*rows));
	size_t count;
	int error = store_report_find(world->store, world->arena, &filter, rows, ROWS, &count);

	if (!error && count == 0)
		return ERR_NOT_FOUND;
	if (!error)
		error = ctl_audit(world, "explain", ref, NULL, NULL);
	for (size_t i = 0; !error && i < count; i++) {
		if (count > 1)
			printf("%s of kabupaten %s\n", ref, rows[i].kabupaten);
		error = report_print(world, &rows[i]);
	}
	return error;
}

static int person_print(struct ctl_world *world, const char *phone, bool *known)
{
	struct person person;
	int error = store_person_by_phone(world->store, world->arena, phone, &person);

	*known = !error;
	if (error == ERR_NOT_FOUND)
		printf("%s is not on file\n", phone);
	else if (!error)
		printf("%s is %s, %s of %s, posyandu %s, language %s, %s\n", phone,
			flat(world, person.name), person.role, person.areas,
			flat(world, person.posyandu),
			person.language, person.state);
	return error == ERR_NOT_FOUND ? OK : error;
}

int explain_phone(struct ctl_world *world, const char *phone)
{
	struct inbound *rows = arena_alloc(world->arena, EXPLAIN_MESSAGES * sizeof(*rows));
	size_t count;
	bool known;
	int error = ctl_audit(world, "explain", phone, NULL, NULL);

	if (!error)
		error = person_print(world, phone, &known);
	if (!error)
		error = store_inbound_from(
			world->store, world->arena, phone, rows, EXPLAIN_MESSAGES, &count);
	if (!error && !known && count == 0)
		return ERR_NOT_FOUND;
	for (size_t i = count; !error && i > 0; i--)
		error = message_print(world, &rows[i - 1]);
	return error;
}

const char *explain_ref_read(struct arena *arena, const char *text)
{
	const char *upper = text_upper(arena, text);
	size_t digits = strspn(upper + (*upper != '\0'), "0123456789");

	if (digits > 4 && upper[1 + digits] == '\0')
		return arena_printf(arena, "%.5s-%s", upper, upper + 5);
	return upper;
}
