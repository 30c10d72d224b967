/* How the gateway is doing, as JSON for kabarctl and as Prometheus text: one table of figures for
 * both. */
#include "gateway/status.h"

#include <jansson.h>
#include <stdlib.h>

#include "gateway/health.h"
#include "gateway/metrics.h"
#include "gateway/link/smpp_link_status.h"
#include "gateway/os/clock.h"
#include "gateway/os/log.h"
#include "store/message/gateway.h"

struct figures {
	struct inbox_status inbox;
	struct outbox_status outbox;
	struct worker_status worker;
	struct survey survey;
	int64_t utc;
};

enum kind { GAUGE, COUNTER };
struct figure {
	const char *name, *help;
	enum kind kind;
	long long value;
};

#define FIGURES_MAX 64

static struct figures gather(struct gateway *gateway)
{
	struct figures f;

	inbox_status(gateway->inbox, &f.inbox);
	outbox_status(gateway->outbox, &f.outbox);
	workers_status(gateway->workers, &f.worker);
	workers_survey(gateway->workers, &f.survey);
	f.utc = clock_utc();
	return f;
}

/* Seconds since; -1: never. */
static double age(int64_t then)
{
	return then > 0 ? (double)(clock_now() - then) / 1000.0 : -1;
}

static int64_t stored(const struct figures *f)
{
	int64_t sum = 0;

	for (size_t i = 0; i < OUTBOX_CLASSES; i++)
		sum += f->survey.figures.waiting[i].count;
	return sum;
}

/* Seconds that the oldest of a class waits; 0: none does. */
static int64_t oldest(const struct figures *f, size_t class)
{
	int64_t memory = f->outbox.oldest[class], store = f->survey.figures.waiting[class].oldest;
	int64_t first = memory && (!store || memory < store) ? memory : store;

	return first && first < f->utc ? f->utc - first : 0;
}

static size_t list_figures(const struct figures *f, struct figure list[FIGURES_MAX])
{
	size_t n = 0;

#define ADD(name, kind, value, help)                                                               \
	list[n++] = (struct figure){name, help, kind, (long long)(value)}
	ADD("inbox_waiting", GAUGE, f->inbox.waiting, "messages that wait for the store");
	ADD("inbox_at_work", GAUGE, f->inbox.at_work, "messages in the batch at work");
	ADD("outbox_waiting", GAUGE, f->outbox.waiting, "replies that wait for a window");
	ADD("outbox_under_way", GAUGE, f->outbox.under_way,
		"replies submitted, not yet answered");
	ADD("store_waiting", GAUGE, stored(f), "messages that wait in the store");
	ADD("deadlines_overdue", GAUGE, f->survey.figures.overdue,
		"deadlines due for over 5 minutes");
	ADD("human_waiting", GAUGE, f->survey.figures.human, "messages for a person");
	ADD("answers_today", GAUGE, f->survey.figures.answers,
		"answers to registered people today");
	ADD("answers_strangers_today", GAUGE, f->survey.figures.stranger_answers,
		"answers to strangers today");
	ADD("disk_free_octets", GAUGE, f->survey.disk.room, "room on the disk of the store");
	ADD("store_octets", GAUGE, f->survey.disk.store, "size of the store");
	ADD("wal_octets", GAUGE, f->survey.disk.wal, "size of its journal");
	ADD("messages_accepted", COUNTER, f->inbox.accepted, "messages read from links");
	ADD("messages_acknowledged", COUNTER, f->inbox.acknowledged,
		"ESME_ROK sent after a commit");
	ADD("messages_refused", COUNTER, f->inbox.refused,
		"ESME_RX_T_APPN sent: store busy or full");
	ADD("answers_dropped", COUNTER, f->inbox.dropped, "answers whose session was gone");
	ADD("messages_handled", COUNTER, f->worker.handled, "messages handled by a flow");
	ADD("messages_redelivered", COUNTER, f->worker.redelivered, "redeliveries recognised");
	ADD("messages_quarantined", COUNTER, f->worker.quarantined, "messages set aside");
	ADD("messages_held", COUNTER, f->worker.held,
		"messages kept unread after deaths of the program");
	ADD("deaths_hour", GAUGE, f->worker.holds.deaths,
		"deaths of the program by its own fault within the hour");
	ADD("phones_unread", GAUGE, f->worker.holds.phones,
		"phones kept unread: their messages ended the program");
	ADD("messages_mislabelled", COUNTER, f->worker.mislabelled,
		"texts in another coding than data_coding says");
	ADD("message_parts", COUNTER, f->worker.parts, "parts of long messages");
	ADD("batches", COUNTER, f->worker.batches, "transactions committed");
	ADD("receipts_early", COUNTER, f->worker.early_receipts,
		"receipts that came before their submit_sm_resp");
	ADD("receipts_unreadable", COUNTER, f->worker.lost_receipts,
		"receipts without a readable id");
	ADD("replies_sent", COUNTER, f->outbox.sent, "messages that an SMSC took");
	ADD("replies_retried", COUNTER, f->outbox.retried, "temporary refusals, tried again later");
	ADD("replies_unsure", COUNTER, f->outbox.unsure, "submits without a response");
	ADD("replies_resent", COUNTER, f->outbox.resent, "... sent once more");
	ADD("replies_dropped", COUNTER, f->outbox.dropped, "refused for good");
	ADD("replies_expired", COUNTER, f->outbox.expired + f->worker.expired,
		"too late to be of use, not sent");
	ADD("alarms_moved", COUNTER, f->outbox.moved, "alarms that went over another link");
	ADD("phones_muted", GAUGE, f->worker.loops.muted_phones,
		"phones that nothing is sent back to: a loop");
	ADD("links_muted", GAUGE, f->worker.loops.muted_links,
		"links whose chat is not answered: a loop");
	ADD("phone_mutes", COUNTER, f->worker.loops.phones, "phones muted since the start");
	ADD("link_mutes", COUNTER, f->worker.loops.links, "links muted since the start");
	ADD("answers_silenced", COUNTER, f->worker.loops.silenced,
		"answers not given: a loop, or more chat than is answered");
	ADD("own_texts_back", COUNTER, f->worker.loops.repeated,
		"messages that were what we had sent");
	ADD("log_errors", COUNTER, log_count(LOG_LEVEL_ERROR), "error lines in the log");
	ADD("log_dropped", COUNTER, log_dropped(), "log lines that nobody took");
	ADD("log_warnings", COUNTER, log_count(LOG_LEVEL_WARN), "warnings in the log");
#undef ADD
	return n;
}

static json_t *link_json(const struct link *link, enum link_order order)
{
	static const char *const orders[] = {"up", "pause", "down"};
	struct link_status s;

	link_status(link, &s);
	return json_pack("{s:s, s:s, s:s, s:I, s:I, s:I, s:f, s:I, s:f, s:f, s:f, s:i, s:b, "
			 "s:I, s:I, "
			 "s:I, s:I, s:I, s:I, s:I, "
			 "s:I, s:I}",
		"name", link_name(link), "state", link_state_name(s.state), "order",
		orders[order], "window_used",
		(json_int_t)s.window_used, "window", (json_int_t)s.window_size, "unacknowledged",
		(json_int_t)s.unacknowledged, "rate", s.rate, "hold_ms", (json_int_t)s.hold_ms,
		"bound_age", age(s.bound_ms), "last_in_age", age(s.last_in_ms), "last_out_age",
		age(s.last_out_ms), "bind_status", (int)s.bind_status, "bad_credentials",
		(int)s.bad_credentials, "received", (json_int_t)s.received, "receipts",
		(json_int_t)s.receipts, "submitted", (json_int_t)s.submitted, "sent",
		(json_int_t)s.sent, "failed", (json_int_t)s.failed, "throttled",
		(json_int_t)s.throttled, "unsure", (json_int_t)s.unsure, "malformed",
		(json_int_t)s.malformed, "disconnects", (json_int_t)s.disconnects);
}

static json_t *conditions_json(struct gateway *gateway)
{
	struct condition_now list[CONDITIONS_MAX];
	size_t count = health_list(&gateway->health, list);
	json_t *all = json_array();

	for (size_t i = 0; i < count; i++) {
		if (list[i].holds)
			json_array_append_new(all,
				json_pack("{s:s, s:s, s:s, s:s, s:s, s:f}", "name", list[i].name,
					"weight",
					list[i].weight == CONDITION_BAD ? "bad" : "warn", "text",
					list[i].text, "help", list[i].help, "remedy",
					health_remedy(list[i].name), "age",
					age(list[i].since)));
	}
	return all;
}

/* Those that share the store; empty: nobody can. */
static json_t *gateways_json(const struct survey *survey)
{
	json_t *all = json_array();

	for (size_t i = 0; i < survey->ngateway; i++)
		json_array_append_new(all,
			json_pack("{s:s, s:s, s:I, s:b}", "name", survey->gateways[i].name,
				"holder", survey->gateways[i].holder, "silent",
				(json_int_t)survey->gateways[i].silent, "lives",
				survey->gateways[i].silent < GATEWAY_SILENT));
	return all;
}

static json_t *classes_json(const struct figures *f)
{
	json_t *all = json_array();

	for (size_t i = 0; i < OUTBOX_CLASSES; i++)
		json_array_append_new(all,
			json_pack("{s:s, s:I, s:I, s:I}", "name",
				store_outbox_class_name((enum outbox_class)i), "waiting",
				(json_int_t)f->outbox.in_class[i], "stored",
				(json_int_t)f->survey.figures.waiting[i].count, "oldest",
				(json_int_t)oldest(f, i)));
	return all;
}

char *gateway_status(struct gateway *gateway)
{
	const struct figures f = gather(gateway);
	struct figure list[FIGURES_MAX];
	size_t count = list_figures(&f, list);
	json_t *root = json_object(), *links = json_array();
	char *text;

	json_object_set_new(root, "name", json_string(gateway->config->main.name));
	json_object_set_new(root, "version", json_string(PACKAGE_VERSION));
	json_object_set_new(root, "healthy", json_boolean(health_good(&gateway->health)));
	json_object_set_new(root, "uptime", json_real(age(gateway->started)));
	json_object_set_new(root, "store", json_string(error_text(f.worker.last_error)));
	json_object_set_new(root, "last_message_age", json_real(age(f.inbox.last_message)));
	json_object_set_new(root, "last_commit_age", json_real(age(f.worker.last_commit)));
	json_object_set_new(root, "last_sent_age", json_real(age(f.outbox.last_sent)));
	json_object_set_new(root, "reading_paused", json_boolean(gateway->links.holds != 0));
	for (size_t i = 0; i < count; i++)
		json_object_set_new(root, list[i].name, json_integer(list[i].value));
	for (size_t i = 0; i < gateway->links.count; i++)
		json_array_append_new(links,
			link_json(gateway->links.list[i], gateway->links.orders[i]));
	json_object_set_new(root, "links", links);
	json_object_set_new(root, "classes", classes_json(&f));
	json_object_set_new(root, "conditions", conditions_json(gateway));
	json_object_set_new(root, "gateways", gateways_json(&f.survey));
	text = json_dumps(root, JSON_COMPACT | JSON_PRESERVE_ORDER | JSON_REAL_PRECISION(6));
	json_decref(root);
	if (!text)
		abort();
	return text;
}

static void classes_metrics(const struct figures *f, struct strbuf *out)
{
	strbuf_puts(out, "# HELP kabar_class_waiting messages that wait, by class\n"
			 "# TYPE kabar_class_waiting gauge\n");
	for (size_t i = 0; i < OUTBOX_CLASSES; i++)
		strbuf_printf(out, "kabar_class_waiting{class=\"%s\"} %lld\n",
			store_outbox_class_name((enum outbox_class)i),
			(long long)(f->survey.figures.waiting[i].count +
				(int64_t)f->outbox.in_class[i]));
	strbuf_puts(out, "# HELP kabar_class_oldest_seconds how long the oldest of them waits\n"
			 "# TYPE kabar_class_oldest_seconds gauge\n");
	for (size_t i = 0; i < OUTBOX_CLASSES; i++)
		strbuf_printf(out, "kabar_class_oldest_seconds{class=\"%s\"} %lld\n",
			store_outbox_class_name((enum outbox_class)i), (long long)oldest(f, i));
}

static void conditions_metrics(struct gateway *gateway, struct strbuf *out)
{
	struct condition_now list[CONDITIONS_MAX];
	size_t count = health_list(&gateway->health, list);

	strbuf_puts(out, "# HELP kabar_condition 1 while it holds; weight bad: not healthy\n"
			 "# TYPE kabar_condition gauge\n");
	for (size_t i = 0; i < count; i++)
		strbuf_printf(out, "kabar_condition{name=\"%s\",weight=\"%s\"} %d\n",
			list[i].name, list[i].weight == CONDITION_BAD ? "bad" : "warn",
			list[i].holds);
}

void gateway_metrics(struct gateway *gateway, struct strbuf *out)
{
	const struct figures f = gather(gateway);
	struct figure list[FIGURES_MAX];
	size_t count = list_figures(&f, list);

	for (size_t i = 0; i < count; i++) {
		const char *suffix = list[i].kind == COUNTER ? "_total" : "";

		strbuf_printf(out, "# HELP kabar_%s%s %s\n# TYPE kabar_%s%s %s\nkabar_%s%s %lld\n",
			list[i].name, suffix, list[i].help, list[i].name, suffix,
			list[i].kind == COUNTER ? "counter" : "gauge", list[i].name, suffix,
			list[i].value);
	}
	classes_metrics(&f, out);
	conditions_metrics(gateway, out);
	metrics_links(&gateway->links, out);
	metrics_program(gateway, f.survey.figures.backup, out);
}
