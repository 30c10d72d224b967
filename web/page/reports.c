/* Laporan: the newest reports, searched and filtered. */
#include <stdlib.h>

#include "parsers/text/phone.h"
#include "store/report/overview.h"
#include "web/page/pages.h"
#include "web/view/layout.h"
#include "web/view/reports.h"
#include "web/view/table.h"

#define SHOWN     50
#define FILE_MOST 5000

static const char *const form_names[] = {"lahir", "mati", "pos", "ilp"};
static const char *const status_names[] = {"accepted", "verified", "incomplete", "question",
	"suspect", "held", "duplicate", "refused", "cancelled", "superseded"};

struct search {
	struct request *request;
	struct unit unit;
	struct latest latest;
	const char *word;
	struct report_row *rows;
	size_t count;
	bool more;
};

static const char *known(const char *text, const char *const *list, size_t count)
{
	for (size_t i = 0; text && i < count; i++) {
		if (strcmp(list[i], text) == 0)
			return list[i];
	}
	return NULL;
}

/* A number of a phone in any spelling, or NULL. */
static const char *phone_of(struct request *request, const char *word)
{
	char phone[PHONE_TEXT];

	return word && *word && phone_normalise(word, phone) ? arena_strdup(request->arena, phone)
							     : NULL;
}

static int load_puskesmas(struct search *search, size_t room)
{
	const struct puskesmas *puskesmas = search->unit.puskesmas;
	int error = OK;

	for (size_t i = 0; error == OK && i < puskesmas->narea && search->count < room; i++) {
		size_t count = 0;

		search->latest.area = puskesmas->areas[i]->code;
		error = store_report_latest(search->request->web->store, search->request->arena,
			&search->latest, search->rows + search->count,
			(room - search->count) / (puskesmas->narea - i) + 1, &count);
		search->count += count;
	}
	return error;
}

static int by_number(const void *a, const void *b)
{
	const struct report_row *x = a, *y = b;

	return x->id > y->id ? -1 : x->id < y->id;
}

static int load(struct search *search, size_t room)
{
	struct request *request = search->request;
	const char *before = request_query(request, "sebelum");
	struct record record;
	int error;

	search->rows = arena_alloc(request->arena, (room + 64) * sizeof(*search->rows));
	search->latest.before = before ? strtoll(before, NULL, 10) : 0;
	if (search->word && *search->word && reports_find(request, search->word, &record) == OK) {
		search->rows[search->count++] = record.row;
		return OK;
	}
	search->latest.sender = phone_of(request, search->word);
	if (search->unit.puskesmas)
		error = load_puskesmas(search, room);
	else
		error = store_report_latest(request->web->store, request->arena, &search->latest,
			search->rows, room, &search->count);
	qsort(search->rows, search->count, sizeof(*search->rows), by_number);
	search->more = search->count >= room;
	return error;
}

static struct table *make(struct search *search)
{
	struct request *request = search->request;
	struct table *table = table_new(request, "laporan",
		arena_printf(request->arena, "%s, %s", say(request, "Laporan", "Reports"),
			search->unit.name));

	table_column(table, COLUMN_TEXT, say(request, "Nomor", "Reference"), false);
	table_column(table, COLUMN_TEXT, say(request, "Masuk", "Received"), false);
	table_column(table, COLUMN_TEXT, say(request, "Isi", "Content"), false);
	table_column(table, COLUMN_TEXT, say(request, "Tempat", "Place"), true);
	table_column(table, COLUMN_TEXT, say(request, "Pelapor", "Reporter"), true);
	table_column(table, COLUMN_TEXT, "Status", false);
	for (size_t i = 0; i < search->count; i++) {
		const struct report_row *row = &search->rows[i];

		if (!reports_visible(request, row))
			continue;
		table_row(table);
		table_link(table, reports_url(request, row->ref), row->ref);
		table_text(table, format_time(request, row->received));
		table_text(table, reports_form(request, row->form));
		table_sub(table, reports_echo(request, row));
		table_text(table, reports_place(request, row));
		table_text(table, format_person(request, row->sender));
		table_tag(table, row->training ? NULL : reports_status_colour(row->status),
			row->training ? say(request, "Latihan", "Training")
				      : reports_status(request, row->status));
	}
	return table;
}

static void choice(struct request *request, const char *name, const char *label,
	const char *const *values, size_t count, const char *chosen, bool forms)
{
	html_print(request->out,
		"<div><label for=\"%s\">%s</label><select class=\"form-select\" id=\"%s\" "
		"name=\"%s\" data-submit><option value=\"\">%s</option>",
		name, label, name, name, say(request, "Semua", "All"));
	for (size_t i = 0; i < count; i++)
		html_print(request->out,
			chosen && strcmp(chosen, values[i]) == 0
				? "<option value=\"%s\" selected>%s</option>"
				: "<option value=\"%s\">%s</option>",
			values[i],
			forms ? reports_form(request, values[i])
			      : reports_status(request, values[i]));
	html_put(request->out, "</select></div>");
}

static void filter(struct search *search)
{
	struct request *request = search->request;

	html_put(request->out, "<form class=\"k-filter\" method=\"get\" action=\"/laporan\">");
	html_print(request->out,
		"<div><label for=\"cari\">%s</label><input class=\"form-control\" id=\"cari\" "
		"name=\"cari\" value=\"%s\"></div>",
		say(request, "Nomor laporan atau telepon", "Reference or phone"),
		search->word ? search->word : "");
	choice(request, "form", say(request, "Jenis", "Kind"), form_names, COUNT_OF(form_names),
		search->latest.form, true);
	choice(request, "status", "Status", status_names, COUNT_OF(status_names),
		search->latest.status, false);
	html_print(request->out, "<input type=\"hidden\" name=\"wilayah\" value=\"%s\">",
		search->unit.code);
	view_filter_end(request);
}

static void more_link(struct search *search)
{
	struct request *request = search->request;

	if (!search->more || search->count == 0)
		return;
	html_print(request->out, "<p class=\"k-tools\"><a href=\"%s\">%s</a></p>",
		url_make(request->arena, "/laporan", "wilayah", search->unit.code, "form",
			search->latest.form, "status", search->latest.status, "cari", search->word,
			"sebelum",
			arena_printf(request->arena, "%lld",
				(long long)search->rows[search->count - 1].id),
			NULL),
		say(request, "Yang lebih lama", "Older ones"));
}

void page_reports(struct request *request)
{
	struct search search = {.request = request, .word = request_query(request, "cari")};
	struct view view;
	struct table *table;

	if (!view_read(request, &view))
		return;
	search.unit = view.unit;
	search.latest = (struct latest){
		.form = known(request_query(request, "form"), form_names, COUNT_OF(form_names)),
		.status = known(
			request_query(request, "status"), status_names, COUNT_OF(status_names)),
		.training = true};
	if (view.unit.area) {
		search.latest.area = view.unit.area->code;
		search.latest.large = view.unit.area->level <= LEVEL_KECAMATAN;
	}
	if (load(&search, request_query(request, "unduh") ? FILE_MOST : SHOWN) != OK) {
		request_fail(request, 503);
		return;
	}
	table = make(&search);
	if (table_given(table, true))
		return;
	layout_begin(request,
		arena_printf(request->arena, "%s %s", say(request, "Laporan", "Reports"),
			view.unit.name),
		say(request, "Yang terbaru di atas. Buka nomornya untuk melihat pesan aslinya.",
			"The newest first. Open a reference to see its message."));
	filter(&search);
	html_put(request->out, "<section class=\"k-card is-long\">");
	table_show(table);
	more_link(&search);
	html_put(request->out, "</section>");
	layout_end(request);
	request_shows_names(request, "/laporan");
	request_page(request);
}
