/* Hari ini: what needs somebody, the most urgent first. */
#include <stdlib.h>

#include "flows/alert/alert.h"
#include "flows/desk/desk.h"
#include "flows/rules/scope.h"
#include "store/message/deadline.h"
#include "store/report/overview.h"
#include "web/link/kabard.h"
#include "web/page/pages.h"
#include "web/view/figure.h"
#include "web/view/layout.h"
#include "web/view/reports.h"

#define DEATH_DAYS  14
#define OPEN_DAYS   7
#define ROWS        200
#define SHOWN       6

struct today {
	struct view view;
	json_t *status;        /* kabard's; NULL: it does not answer */
	struct record *deaths; /* not confirmed */
	size_t ndeath;
	struct human_row *inbox;
	size_t ninbox;
	struct person *people; /* who wait */
	size_t nperson;
	struct report_row *open;
	size_t nopen;
};

static int find_deaths(struct request *request, struct today *today)
{
	struct report_row *rows = arena_alloc(request->arena, ROWS * sizeof(*rows));
	struct date now = request->turn.now.date;
	const struct period period = {date_add_days(now, -DEATH_DAYS), now};
	size_t count;
	int error = reports_of(request, &today->view.unit, "mati", period, rows, ROWS, &count);

	today->deaths = arena_alloc(request->arena, ROWS * sizeof(*today->deaths));
	for (size_t i = 0; error == OK && i < count; i++) {
		struct record *record = &today->deaths[today->ndeath];
		const char *by;
		int64_t at = 0;

		if (record_of_row(&request->turn, &rows[i], record) != OK || record_gone(record) ||
			record_is_nihil(record) ||
			record->report.status == STATUS_DUPLICATE)
			continue;
		error = reports_taken(request, rows[i].ref, &by, &at);
		today->ndeath += at == 0;
	}
	return error;
}

static void find_open(struct request *request, struct today *today)
{
	struct report_filter filter = {.waiting = true,
		.received_from = request->flow.now - OPEN_DAYS * 86400 + 1};
	struct report_row *rows = arena_alloc(request->arena, ROWS * sizeof(*rows));
	size_t count = 0;

	filter.area_prefix = today->view.unit.area ? today->view.unit.area->code
		: today->view.unit.puskesmas->narea > 0
		? today->view.unit.puskesmas->areas[0]->parent->code
		: "-";
	if (store_report_find(request->web->store, request->arena, &filter, rows, ROWS, &count) !=
		OK)
		return;
	today->open = rows;
	for (size_t i = 0; i < count; i++) {
		if (reports_visible(request, &rows[i]))
			rows[today->nopen++] = rows[i];
	}
}

static void figure(
	struct request *request, const char *url, size_t count, bool alarm, const char *label)
{
	html_print(request->out,
		alarm ? "<li class=\"is-alarm\"><a href=\"%s\"><b>%s</b><span>%s</span></a></li>"
		      : "<li><a href=\"%s\"><b>%s</b><span>%s</span></a></li>",
		url, format_number(request, (int64_t)count), label);
}

static size_t links_down(const struct today *today)
{
	const json_t *links = json_object_get(today->status, "links"), *link;
	size_t i, down = 0;

	json_array_foreach(links, i, link)
	{
		const char *state = json_string_value(json_object_get(link, "state"));

		down += !state || strcmp(state, "bound") != 0;
	}
	return down;
}

static void figures(struct request *request, const struct today *today)
{
	bool supervises = scope_supervises(&request->turn.sender);

	html_put(request->out, "<ul class=\"k-figures\">");
	figure(request, "#kematian", today->ndeath, today->ndeath > 0,
		say(request, "kematian belum diterima", "deaths not confirmed"));
	if (supervises) {
		figure(request, "/kotak-masuk", today->ninbox, false,
			say(request, "pesan menunggu jawaban", "messages to answer"));
		figure(request, "/pendaftaran", today->nperson, false,
			say(request, "pendaftaran menunggu", "registrations waiting"));
		figure(request, "#terbuka", today->nopen, false,
			say(request, "laporan belum lengkap", "reports not complete"));
	}
	if (request->turn.sender.role >= ROLE_DINKES)
		figure(request, "/sambungan", links_down(today),
			!today->status || links_down(today) > 0,
			today->status ? say(request, "sambungan putus", "links down")
				      : say(request, "Kabar tidak menjawab", "Kabar is silent"));
	html_put(request->out, "</ul>");
}

static void death(struct request *request, const struct record *record)
{
	struct html *out = request->out;
	const char *class = alert_class(&request->turn.reply, &record->report);

	html_print(out,
		"<li><div class=\"what\"><a href=\"%s\"><b>%s</b></a> <span class=\"k-tag "
		"is-alarm\">%s</span> %s",
		reports_url(request, record->row.ref), record->row.ref, class,
		reports_place(request, &record->row));
	html_print(out, "<div>%s</div><div class=\"when\">%s %s · %s</div></div>",
		reports_echo(request, &record->row),
		say(request, "Belum diterima sejak", "Not confirmed for"),
		format_age(request, request->flow.now - record->row.received),
		format_person(request, record->row.sender));
	html_put(out, "<div class=\"k-acts\"><form method=\"post\" action=\"/perintah\">");
	layout_csrf(request);
	html_print(out,
		"<input type=\"hidden\" name=\"ke\" value=\"/\"><input type=\"hidden\" "
		"name=\"tentang\" value=\"%s\"><button class=\"btn btn-primary btn-sm\" "
		"name=\"perintah\" value=\"TERIMA\">%s</button></form></div></li>",
		record->row.ref, say(request, "Terima kabar ini", "Confirm"));
}

static void deaths(struct request *request, const struct today *today)
{
	struct html *out = request->out;

	html_print(out, "<section class=\"k-card\" id=\"kematian\"><h2>%s</h2>",
		say(request, "Kematian yang belum diterima", "Deaths not confirmed yet"));
	if (today->ndeath == 0)
		html_print(out, "<p class=\"k-empty\">%s</p>",
			say(request, "Tidak ada. Semua kabar kematian sudah diterima petugas.",
				"None. Every death was confirmed."));
	html_put(out, "<ul class=\"k-tasks\">");
	for (size_t i = 0; i < today->ndeath; i++)
		death(request, &today->deaths[i]);
	html_put(out, "</ul></section>");
}

/* Nobody's message is an emergency for long: they stand first until somebody has answered. */
static void emergencies(struct request *request, const struct today *today)
{
	size_t count = 0;

	for (size_t i = today->ninbox; i-- > 0;) {
		if (!inbox_is_emergency(request, &today->inbox[i]))
			continue;
		if (count++ == 0)
			html_print(request->out,
				"<section class=\"k-card\"><div class=\"k-cardhead\"><h2>%s</h2><a "
				"href=\"/kotak-masuk\">%s</a></div><ul class=\"k-tasks\">",
				say(request, "Keadaan darurat", "Emergencies"),
				say(request, "Balas", "Answer"));
		inbox_item(request, &today->inbox[i], false);
	}
	if (count > 0)
		html_put(request->out, "</ul></section>");
}

static void waiting(struct request *request, const struct today *today)
{
	struct html *out = request->out;

	html_print(out,
		"<div class=\"k-grid\"><section class=\"k-card k-6\"><div class=\"k-cardhead\">"
		"<h2>%s</h2><a href=\"/kotak-masuk\">%s</a></div><ul class=\"k-tasks\">",
		say(request, "Pesan untuk dibaca", "Messages to read"),
		say(request, "Semua", "All"));
	for (size_t i = 0; i < today->ninbox && i < SHOWN; i++)
		inbox_item(request, &today->inbox[today->ninbox - 1 - i], false);
	html_put(out, "</ul>");
	if (today->ninbox == 0)
		html_print(out, "<p class=\"k-empty\">%s</p>",
			say(request, "Tidak ada pesan.", "No messages."));
	html_print(out,
		"</section><section class=\"k-card k-6\" id=\"terbuka\"><div class=\"k-cardhead\">"
		"<h2>%s</h2><a href=\"/laporan\">%s</a></div><ul class=\"k-tasks\">",
		say(request, "Laporan belum lengkap", "Reports not complete"),
		say(request, "Semua", "All"));
	for (size_t i = 0; i < today->nopen && i < SHOWN; i++)
		html_print(out,
			"<li><div class=\"what\"><a href=\"%s\">%s</a> %s<div>%s</div><div "
			"class=\"when\">%s · %s</div></div></li>",
			reports_url(request, today->open[i].ref), today->open[i].ref,
			reports_status(request, today->open[i].status),
			reports_echo(request, &today->open[i]),
			format_person(request, today->open[i].sender),
			reports_place(request, &today->open[i]));
	html_put(out, "</ul>");
	if (today->nopen == 0)
		html_print(out, "<p class=\"k-empty\">%s</p>", say(request, "Tidak ada.", "None."));
	html_put(out, "</section></div>");
}

static void people(struct request *request, const struct today *today)
{
	struct html *out = request->out;

	if (today->nperson == 0)
		return;
	html_print(out,
		"<section class=\"k-card\"><div class=\"k-cardhead\"><h2>%s</h2><a "
		"href=\"/pendaftaran\">%s</a></div><ul class=\"k-tasks\">",
		say(request, "Pendaftaran menunggu persetujuan", "Registrations to approve"),
		say(request, "Semua", "All"));
	for (size_t i = 0; i < today->nperson && i < SHOWN; i++)
		people_item(request, &today->people[i], "/");
	html_put(out, "</ul></section>");
}

/* A desa that the account sees: did it tell anything before, and lately? */
struct told {
	const struct area *area;
	bool before, lately;
};

struct silent {
	struct told *told; /* by code */
	size_t count;
	const char *recent; /* the month from which a report is recent */
};

static int by_code(const void *code, const void *told)
{
	return strcmp(code, ((const struct told *)told)->area->code);
}

static int each_month(const char *code, const char *month, int64_t count, void *context)
{
	struct silent *silent = context;
	struct told *told =
		bsearch(code, silent->told, silent->count, sizeof(*silent->told), by_code);

	(void)count;
	if (told != NULL && strcmp(month, silent->recent) >= 0)
		told->lately = true;
	else if (told != NULL)
		told->before = true;
	return 0;
}

static void desa_seen(struct request *request, struct silent *silent)
{
	const struct area *area;
	size_t all = 0;

	while (gazetteer_area_at(request->web->places, all) != NULL)
		all++;
	silent->told = arena_alloc(request->arena, (all + 1) * sizeof(*silent->told));
	for (size_t i = 0; (area = gazetteer_area_at(request->web->places, i)); i++) {
		if (area->level == LEVEL_DESA && scope_area(&request->turn.sender, area))
			silent->told[silent->count++] = (struct told){.area = area};
	}
}

/* Desa that reported in the months before, and not at all in this one and the last. */
static void silent_desa(struct request *request, const struct today *today)
{
	static const char *const forms[] = {"pos", "lahir", "ilp", "mati"};
	struct date now = request->turn.now.date, first = {now.year, now.month, 1};
	char from[DATE_TEXT], recent[DATE_TEXT];
	struct silent silent = {.recent = recent};
	const struct unit *unit = &today->view.unit;
	const char *top = unit->area         ? unit->area->code
		: unit->puskesmas->narea > 0 ? unit->puskesmas->areas[0]->parent->code
					     : "-";
	size_t count = 0;

	date_format(date_add_months(first, -4), from);
	date_format(date_add_months(first, -1), recent);
	from[7] = recent[7] = '\0';
	desa_seen(request, &silent);
	for (size_t i = 0; i < COUNT_OF(forms); i++) {
		if (store_coverage_each(request->web->store, top, forms[i], false, from, "9999-12",
			    each_month, &silent) != OK)
			break;
	}
	html_print(request->out, "<section class=\"k-card\"><h2>%s</h2>",
		say(request, "Desa yang berhenti melapor", "Villages that fell silent"));
	for (size_t i = 0; i < silent.count; i++) {
		const struct area *area = silent.told[i].area;

		if (!silent.told[i].before || silent.told[i].lately)
			continue;
		html_print(request->out,
			count++ ? ", <a href=\"%s\">%s</a>" : "<p><a href=\"%s\">%s</a>",
			url_make(request->arena, "/kelengkapan", "wilayah", area->code, NULL),
			area_label(request->arena, area));
	}
	if (count > 0)
		html_put(request->out, "</p>");
	else
		html_print(request->out, "<p class=\"k-empty\">%s</p>",
			say(request, "Tidak ada. Semua desa yang biasa melapor masih melapor.",
				"None. All villages that used to report still do."));
	html_put(request->out, "</section>");
}

static void show(struct request *request, struct today *today)
{
	bool supervises = scope_supervises(&request->turn.sender);

	layout_begin(request, say(request, "Hari ini", "Today"),
		arena_printf(request->arena, "%s, %s", today->view.unit.name,
			format_long_day(request, request->turn.now.date)));
	figures(request, today);
	if (supervises) {
		deaths(request, today);
		emergencies(request, today);
		waiting(request, today);
		people(request, today);
	}
	silent_desa(request, today);
	layout_end(request);
	json_decref(today->status);
	if (supervises)
		request_shows_names(request, "/");
	request_page(request);
}

static void on_status(void *context, const char *text)
{
	struct request *request = context;
	struct today *today = request->context;

	today->status = text ? json_loads(text, 0, NULL) : NULL;
	today->inbox = arena_alloc(request->arena, ROWS * sizeof(*today->inbox));
	if (scope_supervises(&request->turn.sender)) {
		today->ninbox = inbox_rows(request, "waiting", today->inbox, ROWS);
		today->people = people_waiting(request, &today->nperson);
		find_open(request, today);
	}
	if (find_deaths(request, today) == OK) {
		show(request, today);
		return;
	}
	json_decref(today->status);
	request_fail(request, 503);
}

void page_today(struct request *request)
{
	struct today *today = arena_alloc(request->arena, sizeof(*today));

	request->context = today;
	if (view_read(request, &today->view))
		kabard_ask(request->web->kabard, "status", on_status, request);
}
