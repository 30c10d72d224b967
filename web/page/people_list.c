/* Many people from a CSV list: read and compared first, shown, and put on file when somebody has
 * said yes. kabard does the writing, some rows at a time, with the rights of the account; nobody is
 * taken off by a list. */
#include <stdlib.h>
#include <string.h>

#include "flows/desk/desk.h"
#include "flows/lists/import.h"
#include "flows/people/approve.h"
#include "web/page/pages.h"
#include "web/view/flash.h"
#include "web/view/layout.h"
#include "web/view/table.h"

#define PATH        "/pendaftaran/daftar"
#define ROWS_MOST   5000
#define OCTETS_MOST 12000 /* of one request to kabard */
#define COLUMNS     6

struct plan_row {
	enum import_status status;
	const char *values[COLUMNS]; /* phone, name, role, areas, posyandu, language */
	const char *before;
	bool allowed;
};

struct plan {
	struct request *request;
	struct plan_row *rows; /* new and changed ones */
	size_t count, refused;
	struct import_result result;
	const char *complaints; /* a line each; "" */
	int error;
	/* while it is carried out */
	size_t next;
	json_int_t changed;
};

static struct person person_of(const struct plan_row *row)
{
	return (struct person){.phone = row->values[0],
		.name = row->values[1],
		.role = row->values[2],
		.areas = row->values[3],
		.posyandu = *row->values[4] ? row->values[4] : NULL,
		.language = *row->values[5] ? row->values[5] : "id",
		.state = "active"};
}

static void on_row(
	void *context, enum import_status status, const char *const *values, const char *before)
{
	struct plan *plan = context;
	struct arena *arena = plan->request->arena;
	struct plan_row *row = &plan->rows[plan->count];
	struct person person;
	int error;

	if (status == IMPORT_SAME || plan->count == ROWS_MOST)
		return;
	row->status = status;
	row->before = before ? arena_strdup(arena, before) : NULL;
	for (size_t i = 0; i < COLUMNS; i++)
		row->values[i] = arena_strdup(arena, values[i]);
	person = person_of(row);
	error = desk_may_put(&plan->request->turn, &person, &row->allowed);
	if (error != OK)
		plan->error = error;
	plan->refused += !row->allowed;
	plan->count++;
}

/* What the list that came would do. NULL: the store does not answer. */
static struct plan *make_plan(struct request *request)
{
	struct plan *plan = arena_alloc(request->arena, sizeof(*plan));
	char *errors = NULL;
	size_t length = 0;
	FILE *out = open_memstream(&errors, &length);
	struct import_options options = {.what = "people",
		.path = request->upload.name,
		.data = request->upload.data,
		.length = request->upload.length,
		.dry_run = true,
		.indonesian = !request->english,
		.errors = out,
		.plan = on_row,
		.context = plan};
	int error;

	if (!out)
		abort();
	*plan = (struct plan){.request = request,
		.rows = arena_alloc(request->arena, ROWS_MOST * sizeof(*plan->rows))};
	error = import_file(request->web->store, &options, &plan->result);
	fclose(out);
	plan->complaints = arena_strdup(request->arena, errors);
	free(errors);
	if (plan->error != OK)
		return NULL;
	return error == OK || *plan->complaints ? plan : NULL;
}

static void file_form(struct request *request)
{
	html_print(request->out,
		"<section class=\"k-card k-6\"><h2>%s</h2><form class=\"k-form\" method=\"post\" "
		"action=\"" PATH "\" enctype=\"multipart/form-data\">",
		say(request, "Pilih berkasnya", "Choose the file"));
	layout_csrf(request);
	html_print(request->out,
		"<label for=\"berkas\">%s</label><input class=\"form-control\" type=\"file\" "
		"id=\"berkas\" name=\"berkas\" accept=\".csv,text/csv,text/plain\" required>"
		"<div class=\"k-acts\"><button class=\"btn btn-primary btn-sm\">%s</button></div>"
		"</form></section>",
		say(request, "Berkas CSV dari Excel, paling besar 1 MB",
			"A CSV file, at most 1 MB"),
		say(request, "Periksa dulu", "Check it first"));
}

static void column_help(struct request *request)
{
	static const char *const columns[][3] = {
		{"nomor", "nomor HP, misalnya 0812 3456 7890",
			"phone number, such as 0812 3456 7890"},
		{"nama", "nama lengkap", "full name"},
		{"peran", "kader, bidan, desa, puskesmas atau dinkes",
			"kader, bidan, desa, puskesmas or dinkes"},
		{"wilayah",
			"kode desa; untuk puskesmas kode puskesmas; bidan boleh beberapa, "
			"dipisah titik koma",
			"code of the desa; of the puskesmas for its staff; several with ; between"},
		{"posyandu", "kode posyandu, boleh kosong", "code of the posyandu, may be empty"},
		{"bahasa", "id, jv atau su, boleh kosong", "id, jv or su, may be empty"},
	};

	html_print(request->out, "<section class=\"k-card k-6\"><h2>%s</h2><dl class=\"k-dl\">",
		say(request, "Kolom dalam berkas", "Columns of the file"));
	for (size_t i = 0; i < COUNT_OF(columns); i++)
		html_print(request->out, "<dt>%s</dt><dd>%s</dd>", columns[i][0],
			say(request, columns[i][1], columns[i][2]));
	html_print(request->out, "</dl><p class=\"k-note\">%s</p></section>",
		say(request,
			"Baris pertama berisi nama kolom. Orang yang tidak ada dalam berkas tetap "
			"terdaftar.",
			"The first line names the columns. Who is not on the list stays on file."));
}

void page_people_list(struct request *request)
{
	layout_begin(request, say(request, "Daftarkan dari berkas", "People from a list"),
		say(request,
			"Isi berkas diperiksa dan ditunjukkan dulu. Baru disimpan setelah Anda "
			"setuju.",
			"The list is checked and shown first, and put on file when you agree."));
	html_put(request->out, "<div class=\"k-grid\">");
	file_form(request);
	column_help(request);
	html_put(request->out, "</div>");
	layout_end(request);
	request_page(request);
}

static struct table *plan_table(struct request *request, const struct plan *plan)
{
	struct table *table = table_new(
		request, NULL, say(request, "Yang akan berubah", "What would change"));

	table_column(table, COLUMN_TEXT, say(request, "Akan", "Would be"), false);
	table_column(table, COLUMN_TEXT, say(request, "Nama", "Name"), false);
	table_column(table, COLUMN_TEXT, say(request, "Peran", "Role"), false);
	table_column(table, COLUMN_TEXT, say(request, "Tempat", "Place"), false);
	table_column(table, COLUMN_TEXT, say(request, "Nomor", "Number"), false);
	table_column(table, COLUMN_TEXT, say(request, "Sekarang tercatat", "Now on file"), true);
	for (size_t i = 0; i < plan->count; i++) {
		const struct plan_row *row = &plan->rows[i];
		struct person person = person_of(row);

		table_row(table);
		table_tag(table, row->allowed ? "good" : "alarm",
			!row->allowed ? say(request, "bukan wilayah Anda", "not in your area")
				: row->status == IMPORT_NEW ? say(request, "baru", "new")
							    : say(request, "diubah", "changed"));
		table_text(table, format_name(request, person.name));
		table_text(table, format_role(request, person.role));
		table_text(table, person_place(&request->turn.reply, &person));
		table_text(table, person.phone);
		table_text(table, row->before && row->allowed ? row->before : "–");
	}
	return table;
}

static void complaints(struct request *request, const struct plan *plan)
{
	html_print(request->out,
		"<section class=\"k-card is-long\"><h2>%s</h2><p>%s</p>"
		"<pre class=\"k-pre\">%s</pre></section>",
		say(request, "Perbaiki dulu berkasnya", "Mend the file first"),
		say(request, "Belum ada yang disimpan. Nama berkas, baris dan kolom:",
			"Nothing was stored. File, line and column:"),
		plan->complaints);
}

/* A cell of CSV: quotes twice. */
static const char *cell(struct arena *arena, const char *text)
{
	char *out = arena_alloc(arena, 2 * strlen(text) + 1), *to = out;

	for (; *text; text++) {
		*to++ = *text;
		if (*text == '"')
			*to++ = '"';
	}
	*to = '\0';
	return out;
}

static void confirm_form(struct request *request, const struct plan *plan)
{
	html_put(request->out,
		"<form method=\"post\" action=\"" PATH "\" enctype=\"multipart/form-data\">");
	layout_csrf(request);
	html_put(request->out,
		"<input type=\"hidden\" name=\"simpan\" value=\"ya\">"
		"<textarea name=\"daftar\" hidden>\n"
		"\"phone\",\"name\",\"role\",\"area\",\"posyandu\",\"language\"\n");
	for (size_t i = 0; i < plan->count; i++) {
		for (size_t k = 0; k < COLUMNS; k++)
			html_print(request->out, k + 1 < COLUMNS ? "\"%s\"," : "\"%s\"\n",
				cell(request->arena, plan->rows[i].values[k]));
	}
	html_print(request->out, "</textarea><button class=\"btn btn-primary\">%s</button></form>",
		arena_printf(request->arena,
			request->english ? "Store %zu people" : "Simpan %zu orang", plan->count));
}

static void show_plan(struct request *request, struct plan *plan)
{
	const struct import_result *result = &plan->result;
	bool good = !*plan->complaints && !plan->refused;

	layout_begin(request, say(request, "Periksa daftar", "Check the list"),
		*plan->complaints
			? NULL
			: arena_printf(request->arena,
				  request->english ? "%zu new, %zu changed, %zu as they are."
						   : "%zu orang baru, %zu diubah, %zu tetap.",
				  result->fresh, result->changed, result->unchanged));
	if (*plan->complaints)
		complaints(request, plan);
	if (plan->count) {
		html_put(request->out, "<section class=\"k-card is-long\">");
		table_show(plan_table(request, plan));
		html_put(request->out, "</section>");
	}
	html_put(request->out, "<div class=\"k-acts\">");
	if (good && plan->count)
		confirm_form(request, plan);
	html_print(request->out,
		"<a class=\"btn btn-outline-secondary\" href=\"" PATH "\">%s</a></div>",
		say(request, "Pilih berkas lain", "Choose another file"));
	layout_end(request);
	request_shows_names(request, PATH);
	request_page(request);
}

/* As many rows as one request to kabard may hold. */
static json_t *next_rows(struct plan *plan)
{
	json_t *rows = json_array();
	size_t octets = 0;

	while (plan->next < plan->count && json_array_size(rows) < DESK_LIST_ROWS) {
		const struct plan_row *from = &plan->rows[plan->next];
		json_t *row = json_array();

		for (size_t k = 0; k < COLUMNS; k++) {
			json_array_append_new(row, json_string(from->values[k]));
			octets += 2 * strlen(from->values[k]) + 4;
		}
		if (octets > OCTETS_MOST && json_array_size(rows)) {
			json_decref(row);
			break;
		}
		json_array_append_new(rows, row);
		plan->next++;
	}
	return rows;
}

static void carry_on(struct request *request);

static void on_stored(struct request *request, const json_t *answer)
{
	struct plan *plan = request->context;

	if (!answer || !json_is_true(json_object_get(answer, "ok"))) {
		flash_redirect(request, PATH,
			arena_printf(request->arena,
				request->english ? "%lld people are on file, the rest is not. Send "
						   "the same file "
						   "once more."
						 : "%lld orang tersimpan, sisanya belum. Kirim "
						   "berkas yang sama "
						   "sekali lagi.",
				(long long)plan->changed));
		return;
	}
	plan->changed += json_integer_value(json_object_get(answer, "changed"));
	carry_on(request);
}

static void carry_on(struct request *request)
{
	struct plan *plan = request->context;

	if (plan->next < plan->count)
		request_ask(request, "people put", json_pack("{s:o}", "rows", next_rows(plan)),
			on_stored);
	else
		flash_redirect(request, "/pendaftaran",
			arena_printf(request->arena,
				request->english ? "%lld people are on file."
						 : "%lld orang sudah tersimpan.",
				(long long)plan->changed));
}

void page_people_list_post(struct request *request)
{
	struct plan *plan;

	if (!request->upload.data) {
		flash_redirect(request, PATH,
			say(request, "Pilih berkasnya dulu.", "Choose a file first."));
		return;
	}
	plan = make_plan(request);
	if (!plan) {
		request_fail(request, 503);
	} else if (!request_form(request, "simpan") || *plan->complaints || plan->refused) {
		show_plan(request, plan);
	} else {
		request->context = plan;
		carry_on(request);
	}
}
