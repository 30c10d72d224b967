/* Links and the program as Prometheus text: see metrics.h. */
#include "gateway/metrics.h"

#include "gateway/link/smpp_link_status.h"
#include "gateway/os/clock.h"
#include "gateway/os/histogram.h"
#include "gateway/smpp/smpp_codes.h"

/* A number of each link, by its place in struct link_status. */
struct column {
	const char *name, *type, *help;
	double (*value)(const struct link_status *status);
};

#define COLUMN(name, expression)                                                                   \
	static double name(const struct link_status *s)                                            \
	{                                                                                          \
		return (double)(expression);                                                       \
	}

static double age(int64_t then)
{
	return then > 0 ? (double)(clock_now() - then) / 1000.0 : -1;
}

COLUMN(is_up, s->state == LINK_BOUND)
COLUMN(window_used, s->window_used)
COLUMN(window_size, s->window_size)
COLUMN(unacknowledged, s->unacknowledged)
COLUMN(hold, (double)s->hold_ms / 1000.0)
COLUMN(refused, s->bad_credentials)
COLUMN(heard, age(s->last_in_ms))
COLUMN(received, s->received)
COLUMN(submitted, s->submitted)
COLUMN(sent, s->sent)
COLUMN(throttled, s->throttled)
COLUMN(unsure, s->unsure)
COLUMN(malformed, s->malformed)
COLUMN(disconnects, s->disconnects)
COLUMN(binds, s->binds)

static const struct column columns[] = {
	{"up", "gauge", "1 while the link is bound", is_up},
	{"window_used", "gauge", "submits outstanding", window_used},
	{"window_size", "gauge", "submits that may be outstanding", window_size},
	{"unacknowledged", "gauge", "messages read and not acknowledged yet", unacknowledged},
	{"hold_seconds", "gauge", "pause by throttling that is left", hold},
	{"account_refused", "gauge", "1 while the operator refuses system_id or password", refused},
	{"heard_age_seconds", "gauge", "since the operator sent anything; -1: never", heard},
	{"received_total", "counter", "messages that came in", received},
	{"submitted_total", "counter", "submits", submitted},
	{"sent_total", "counter", "submits that the operator took", sent},
	{"throttled_total", "counter", "submits that the operator throttled", throttled},
	{"unsure_total", "counter", "submits without a response", unsure},
	{"malformed_total", "counter", "PDUs that could not be read", malformed},
	{"disconnects_total", "counter", "connections lost", disconnects},
	{"binds_total", "counter", "binds that succeeded", binds},
};

static void header(struct strbuf *out, const char *name, const char *type, const char *help)
{
	strbuf_printf(out, "# HELP kabar_%s %s\n# TYPE kabar_%s %s\n", name, help, name, type);
}

static void errors_metrics(const struct links *links, struct strbuf *out)
{
	header(out, "link_errors_total", "counter", "submits refused, by command_status");
	for (size_t i = 0; i < links->count; i++) {
		struct link_status status;

		link_status(links->list[i], &status);
		for (size_t k = 0; k < LINK_ERRORS && status.errors[k].count > 0; k++)
			strbuf_printf(out,
				"kabar_link_errors_total{link=\"%s\",status=\"0x%08x\"} %lu\n",
				link_name(links->list[i]), status.errors[k].status,
				status.errors[k].count);
	}
}

static void receipts_metrics(const struct links *links, struct strbuf *out)
{
	header(out, "link_receipts_total", "counter", "delivery receipts, by what they say");
	for (size_t i = 0; i < links->count; i++) {
		struct link_status status;

		link_status(links->list[i], &status);
		for (size_t k = 0; k < RECEIPT_STATES; k++)
			strbuf_printf(out,
				"kabar_link_receipts_total{link=\"%s\",state=\"%s\"} %lu\n",
				link_name(links->list[i]),
				receipt_state_name((enum receipt_state)k),
				status.receipt_states[k]);
	}
}

void metrics_links(const struct links *links, struct strbuf *out)
{
	for (size_t k = 0; k < COUNT_OF(columns); k++) {
		strbuf_printf(out, "# HELP kabar_link_%s %s\n# TYPE kabar_link_%s %s\n",
			columns[k].name, columns[k].help, columns[k].name, columns[k].type);
		for (size_t i = 0; i < links->count; i++) {
			struct link_status status;

			link_status(links->list[i], &status);
			strbuf_printf(out, "kabar_link_%s{link=\"%s\"} %g\n", columns[k].name,
				link_name(links->list[i]), columns[k].value(&status));
		}
	}
	errors_metrics(links, out);
	receipts_metrics(links, out);
}

void metrics_program(const struct gateway *gateway, int64_t backup, struct strbuf *out)
{
	header(out, "build_info", "gauge", "1; which program this is");
	strbuf_printf(out, "kabar_build_info{version=\"" PACKAGE_VERSION "\",gateway=\"%s\"} 1\n",
		gateway->config->main.name);
	header(out, "uptime_seconds", "gauge", "since the start");
	strbuf_printf(out, "kabar_uptime_seconds %.0f\n", age(gateway->started));
	header(out, "backup_age_seconds", "gauge",
		"age of the last backup; -1: none was ever made");
	strbuf_printf(out, "kabar_backup_age_seconds %lld\n",
		backup ? (long long)(clock_utc() - backup) : -1);
	histogram_print(out);
}
