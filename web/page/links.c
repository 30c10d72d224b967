/* Sambungan: the links to the operators, queues, and the log as it is written. */
#include <stdlib.h>

#include "web/link/kabard.h"
#include "web/link/pulse.h"
#include "web/page/pages.h"
#include "web/view/chart.h"
#include "web/view/layout.h"
#include "web/view/table.h"

static const char *state_text(const struct request *request, const char *state)
{
	static const struct {
		const char *state, *id, *en;
	} names[] = {{"bound", "Tersambung", "Up"}, {"connecting", "Menyambung", "Connecting"},
		{"binding", "Menyambung", "Binding"},
		{"waiting", "Putus, akan dicoba lagi", "Down"},
		{"stopped", "Dihentikan", "Stopped"}};

	for (size_t i = 0; state && i < COUNT_OF(names); i++) {
		if (strcmp(names[i].state, state) == 0)
			return say(request, names[i].id, names[i].en);
	}
	return state ? state : "–";
}

static void age_cell(struct request *request, struct table *table, const json_t *age)
{
	double seconds = json_number_value(age);

	table_text(table, seconds < 0 ? "–" : format_age(request, (int64_t)seconds));
}

static struct table *make(struct request *request, const json_t *status)
{
	struct table *table =
		table_new(request, "sambungan", say(request, "Sambungan ke operator", "Links"));
	const json_t *link;
	size_t i;

	table_column(table, COLUMN_TEXT, say(request, "Operator", "Operator"), false);
	table_column(table, COLUMN_TEXT, say(request, "Keadaan", "State"), false);
	table_column(table, COLUMN_TEXT, say(request, "Terakhir masuk", "Last in"), false);
	table_column(table, COLUMN_TEXT, say(request, "Terakhir keluar", "Last out"), true);
	table_column(table, COLUMN_SHARE, say(request, "Jendela", "Window"), false);
	table_column(table, COLUMN_NUMBER, say(request, "Diterima", "Received"), false);
	table_column(table, COLUMN_NUMBER, say(request, "Terkirim", "Sent"), false);
	table_column(table, COLUMN_NUMBER, say(request, "Gagal", "Failed"), true);
	table_column(table, COLUMN_NUMBER, say(request, "Putus", "Broken off"), true);
	json_array_foreach(json_object_get(status, "links"), i, link)
	{
		const char *state = json_string_value(json_object_get(link, "state"));
		const char *name = json_string_value(json_object_get(link, "name"));

		table_row(table);
		table_text(table, arena_strdup(request->arena, name ? name : "–"));
		table_tag(table, state && strcmp(state, "bound") == 0 ? "good" : "alarm",
			state_text(request, arena_strdup(request->arena, state ? state : "")));
		age_cell(request, table, json_object_get(link, "last_in_age"));
		age_cell(request, table, json_object_get(link, "last_out_age"));
		table_share(table, json_integer_value(json_object_get(link, "window_used")),
			json_integer_value(json_object_get(link, "window")));
		table_number(table, json_integer_value(json_object_get(link, "received")));
		table_number(table, json_integer_value(json_object_get(link, "sent")));
		table_number(table, json_integer_value(json_object_get(link, "failed")));
		table_number(table, json_integer_value(json_object_get(link, "disconnects")));
	}
	return table;
}

static void figures(struct request *request, const json_t *status)
{
	static const struct {
		const char *key, *id, *en;
	} list[] = {{"inbox_waiting", "pesan menunggu dibaca", "messages wait to be read"},
		{"outbox_waiting", "SMS menunggu dikirim", "SMS wait to leave"},
		{"messages_handled", "pesan selesai sejak mulai", "messages since the start"},
		{"replies_sent", "SMS terkirim sejak mulai", "SMS sent since the start"},
		{"messages_quarantined", "pesan disisihkan", "messages set aside"},
		{"log_errors", "galat dalam catatan", "errors in the log"}};

	html_put(request->out, "<ul class=\"k-figures\">");
	for (size_t i = 0; i < COUNT_OF(list); i++)
		html_print(request->out, "<li><b>%s</b><span>%s</span></li>",
			format_number(
				request, json_integer_value(json_object_get(status, list[i].key))),
			say(request, list[i].id, list[i].en));
	html_put(request->out, "</ul>");
}

static const struct {
	enum pulse_figure figure;
	const char *id, *en;
	const char *unit_id, *unit_en;
} pictures[] = {
	{PULSE_READ, "Pesan masuk", "Messages in", "per menit", "a minute"},
	{PULSE_SENT, "SMS terkirim", "SMS sent", "per menit", "a minute"},
	{PULSE_WAITING, "SMS menunggu dikirim", "SMS waiting to leave", "SMS", "SMS"},
	{PULSE_OLDEST, "Kabar atau jawaban tertua yang menunggu", "Oldest alarm or answer waiting",
		"detik", "seconds"},
};

/* The mean of a stretch, -1 when kabard never answered in it. */
static double mean(const double *values, size_t count)
{
	double sum = 0;
	size_t known = 0;

	for (size_t i = 0; i < count; i++) {
		sum += values[i] >= 0 ? values[i] : 0;
		known += values[i] >= 0;
	}
	return known ? sum / (double)known : -1;
}

#define STRETCH (300 / PULSE_SECONDS) /* a row of the table: five minutes */

/* The same numbers as the pictures, by five minutes, the last ones first. */
static struct table *hour_table(struct request *request)
{
	struct table *table =
		table_new(request, "sejam", say(request, "Satu jam terakhir", "The last hour"));
	double values[COUNT_OF(pictures)][PULSE_COUNT];
	size_t count = 0;
	int64_t end = 0;

	table_column(table, COLUMN_TEXT, say(request, "Sampai", "Until"), false);
	for (size_t k = 0; k < COUNT_OF(pictures); k++) {
		table_column(
			table, COLUMN_NUMBER, say(request, pictures[k].id, pictures[k].en), false);
		count = pulse_values(request->web->pulse, pictures[k].figure, values[k], &end);
	}
	for (size_t till = count; till > 0; till -= till < STRETCH ? till : STRETCH) {
		size_t from = till < STRETCH ? 0 : till - STRETCH;

		table_row(table);
		table_text(
			table, format_time(request, end - (int64_t)(count - till) * PULSE_SECONDS));
		for (size_t k = 0; k < COUNT_OF(pictures); k++) {
			double value = mean(values[k] + from, till - from);

			if (value < 0)
				table_nothing(table);
			else
				table_number(table, (int64_t)(value + 0.5));
		}
	}
	return table;
}

static void show_pictures(struct request *request)
{
	struct html *out = request->out;
	double values[PULSE_COUNT];
	int64_t end;

	html_put(out, "<div class=\"k-grid\">");
	for (size_t k = 0; k < COUNT_OF(pictures); k++) {
		const char *title = say(request, pictures[k].id, pictures[k].en);
		size_t count = pulse_values(request->web->pulse, pictures[k].figure, values, &end);
		double now = count ? values[count - 1] : -1;

		html_print(out,
			"<section class=\"k-card k-6\"><h2>%s</h2><p class=\"k-now\">%s "
			"<small>%s</small></p>",
			title, now < 0 ? "–" : format_number(request, (int64_t)now),
			say(request, pictures[k].unit_id, pictures[k].unit_en));
		chart_line(request, values, count, title,
			count ? format_time(request, end - (int64_t)(count - 1) * PULSE_SECONDS)
			      : "",
			say(request, "sekarang", "now"));
		html_put(out, "</section>");
	}
	html_put(out, "</div>");
}

static void show(struct request *request, const json_t *status)
{
	struct table *table = make(request, status);

	struct table *hour = hour_table(request);

	if (table_given(table, false) || table_given(hour, false))
		return;
	layout_begin(request, say(request, "Sambungan", "Links"),
		arena_printf(request->arena, "%s %s, %s %s",
			say(request, "Kabar berjalan", "Kabar has run for"),
			format_age(request,
				(int64_t)json_number_value(json_object_get(status, "uptime"))),
			say(request, "versi", "version"),
			json_string_value(json_object_get(status, "version"))));
	figures(request, status);
	html_print(request->out, "<section class=\"k-card is-long\"><h2>%s</h2>",
		say(request, "Sambungan ke operator", "Links to operators"));
	table_show(table);
	html_put(request->out, "</section>");
	show_pictures(request);
	html_print(request->out, "<section class=\"k-card is-long\"><details><summary>%s</summary>",
		say(request, "Satu jam terakhir dalam angka", "The last hour in numbers"));
	table_show(hour);
	html_print(request->out,
		"</details></section><section class=\"k-card is-long\"><h2>%s</h2><p "
		"class=\"k-hint "
		"mb-2\">%s</p><pre class=\"k-pre\" id=\"ekor\" data-tail=\"/sambungan/ekor\" "
		"tabindex=\"0\" aria-live=\"off\"></pre></section>",
		say(request, "Yang sedang terjadi", "As it happens"),
		say(request, "Catatan kabard, baris demi baris. Nomor telepon disamarkan.",
			"kabard's log, line by line. Numbers are masked."));
	layout_end(request);
	request_page(request);
}

static void on_status(void *context, const char *text)
{
	struct request *request = context;
	json_t *status = text ? json_loads(text, 0, NULL) : NULL;

	if (status)
		show(request, status);
	else
		request_fail(request, 503);
	json_decref(status);
}

void page_links(struct request *request)
{
	kabard_ask(request->web->kabard, "status", on_status, request);
}
