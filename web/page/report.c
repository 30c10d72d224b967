/* One report: its values, every version, the message it came from, how that was read, what went
 * out. */
#include "flows/alert/alert.h"
#include "flows/desk/desk.h"
#include "flows/rules/scope.h"
#include "flows/turn/turn.h"
#include "parsers/form/form.h"
#include "store/message/deadline.h"
#include "store/message/inbound.h"
#include "store/message/outbox.h"
#include "web/page/pages.h"
#include "web/view/layout.h"
#include "web/view/reports.h"
#include "web/view/table.h"

#define ROWS 60

static void fact(struct request *request, const char *name, const char *value)
{
	html_print(request->out, "<dt>%s</dt><dd>%s</dd>", name, value ? value : "–");
}

static const char *label_of(struct request *request, const struct record *record, const char *field)
{
	return reply_capital(arena_strdup(
		request->arena, reply_label(&request->turn.reply, record->report.form, field)));
}

static void facts(struct request *request, const struct record *record)
{
	const struct report_row *row = &record->row;
	struct html *out = request->out;
	const char *last = "", *line;

	html_print(out, "<section class=\"k-card k-6\"><h2>%s</h2><dl class=\"k-dl\">",
		say(request, "Isi laporan", "What it says"));
	fact(request, "Status", reports_status(request, row->status));
	fact(request, say(request, "Tempat", "Place"), reports_place(request, row));
	if (record_is_death(record))
		fact(request, say(request, "Golongan", "Class"),
			reply_capital(arena_strdup(request->arena,
				alert_class(&request->turn.reply, &record->report))));
	for (size_t i = 0; record->report.form && i < record->report.form->nfield; i++) {
		const struct form_field *field = &record->report.form->fields[i];
		const char *text = report_text(&record->report, field->name);

		if (!text || field->type == FIELD_AREA ||
			form_role_is(record->report.form->class, field->name))
			continue; /* told above */
		text = field->type == FIELD_NIK ? desk_mask_text(request->arena, text)
						: reply_value_text(&request->turn.reply,
							  record->report.form, field->name, text);
		line = arena_printf(
			request->arena, "%s: %s", label_of(request, record, field->name), text);
		if (strcmp(line, last) == 0)
			continue; /* a cause and its code are one to the reader */
		last = line;
		fact(request, label_of(request, record, field->name), text);
	}
	fact(request, say(request, "Pelapor", "Reporter"),
		arena_printf(request->arena, "%s, %s", format_person(request, row->sender),
			format_phone(request, row->sender)));
	fact(request, say(request, "Masuk", "Received"), format_time(request, row->received));
	html_put(out, "</dl></section>");
}

/* Read again with the words and places of today; changes nothing. */
static void explain(struct request *request, const struct inbound *inbound, const char *phone)
{
	struct reading *reading = arena_alloc(request->arena, sizeof(*reading));
	struct strbuf text = {0};
	struct turn turn;

	if (!inbound->text || !*inbound->text || turn_begin(&turn, &request->flow, phone) != OK)
		return;
	turn.read.explain = &text;
	reader_read(request->flow.reader, request->flow.scratch, request->arena, &turn.read,
		inbound->text, reading);
	html_print(request->out,
		"<details><summary>%s</summary><pre class=\"k-pre\">%s</pre></details>",
		say(request, "Bagaimana pesan ini dibaca", "How this message was read"),
		desk_mask_text(request->arena, text.text));
	strbuf_free(&text);
}

static void message(struct request *request, const struct record *record)
{
	struct html *out = request->out;
	struct inbound inbound;

	html_print(out, "<section class=\"k-card k-6\"><h2>%s</h2>",
		say(request, "Pesan asli", "The message"));
	if (store_inbound_get(request->web->store, request->arena, record->row.inbound, &inbound) !=
		OK) {
		html_print(out, "<p class=\"k-empty\">%s</p></section>",
			say(request, "Tidak disimpan lagi.", "Not kept any more."));
		return;
	}
	html_print(out, "<p class=\"k-pre mb-2\">%s</p><p class=\"k-hint\">%s · %s · %s</p>",
		desk_mask_text(request->arena, inbound.text), inbound.channel, inbound.link,
		format_time(request, inbound.received));
	explain(request, &inbound, record->row.sender);
	html_put(out, "</section>");
}

static const char *outbox_state(const struct request *request, const char *state)
{
	static const struct {
		const char *state, *id, *en;
	} names[] = {{"waiting", "menunggu", "waiting"}, {"claimed", "sedang dikirim", "under way"},
		{"sent", "terkirim ke operator", "taken by the operator"},
		{"delivered", "sampai di telepon", "delivered"}, {"failed", "gagal", "failed"},
		{"unsure", "belum pasti", "unsure"}, {"dropped", "tidak dikirim", "dropped"}};

	for (size_t i = 0; i < COUNT_OF(names); i++) {
		if (strcmp(names[i].state, state) == 0)
			return say(request, names[i].id, names[i].en);
	}
	return state;
}

static void replies(struct request *request, const struct record *record)
{
	struct outbox rows[ROWS];
	size_t count = 0;
	struct table *table =
		table_new(request, "sms", say(request, "SMS yang dikirim", "SMS that went out"));

	table_column(table, COLUMN_TEXT, say(request, "Kepada", "To"), false);
	table_column(table, COLUMN_TEXT, say(request, "Isi", "Text"), false);
	table_column(table, COLUMN_TEXT, "Status", false);
	if (store_outbox_of_ref(
		    request->web->store, request->arena, record->row.ref, rows, ROWS, &count) != OK)
		count = 0;
	for (size_t i = 0; i < count; i++) {
		table_row(table);
		table_text(table, format_person(request, rows[i].recipient));
		table_sub(table, format_phone(request, rows[i].recipient));
		table_text(table, rows[i].text);
		table_text(table, outbox_state(request, rows[i].state));
		table_sub(table, format_time(request, rows[i].created));
	}
	html_print(request->out, "<section class=\"k-card is-long\"><h2>%s</h2>",
		say(request, "SMS yang dikirim", "SMS that went out"));
	table_show(table);
	html_put(request->out, "</section>");
}

static const char *action_text(const struct request *request, const char *action)
{
	static const struct {
		const char *action, *id, *en;
	} names[] = {{"take", "Kabar diterima", "Confirmed"},
		{"verify", "Diverifikasi", "Verified"}, {"reject", "Ditolak", "Refused"},
		{"reason", "Alasan", "Reason"}, {"correct", "Diperbaiki", "Corrected"},
		{"cancel", "Dibatalkan", "Cancelled"}, {"answer", "Dilengkapi", "Completed"},
		{"web names", "Dilihat di Kabar", "Looked at"},
		{"explain", "Dilihat dengan kabarctl", "Looked at with kabarctl"}};

	for (size_t i = 0; i < COUNT_OF(names); i++) {
		if (strcmp(names[i].action, action) == 0)
			return say(request, names[i].id, names[i].en);
	}
	return action;
}

static void history(struct request *request, const struct record *record)
{
	struct report_row rows[ROWS];
	struct audit_row audit[ROWS];
	size_t count = 0, naudit = 0;
	struct html *out = request->out;

	if (store_report_versions(request->web->store, request->arena, record->row.id, rows, ROWS,
		    &count) != OK ||
		store_audit_list(request->web->store, request->arena, record->row.ref, audit, ROWS,
			&naudit) != OK)
		return;
	html_print(out, "<section class=\"k-card is-long\"><h2>%s</h2><ul class=\"k-tasks\">",
		say(request, "Riwayat", "History"));
	for (size_t i = 0; i < count; i++)
		html_print(out,
			"<li><div class=\"what\"><b>%s %d</b> %s<div>%s</div><div "
			"class=\"when\">%s · %s</div></div></li>",
			say(request, "Versi", "Version"), rows[i].version,
			reports_status(request, rows[i].status), reports_echo(request, &rows[i]),
			format_time(request, rows[i].revised),
			reports_actor(request, rows[i].actor));
	for (size_t i = 0; i < naudit; i++)
		html_print(out,
			"<li><div class=\"what\">%s<div class=\"when\">%s · %s</div></div></li>",
			action_text(request, audit[i].action), format_time(request, audit[i].at),
			reports_actor(request, audit[i].actor));
	html_put(out, "</ul></section>");
}

static void button(struct request *request, const struct record *record, const char *word,
	const char *label, const char *ask)
{
	struct html *out = request->out;

	html_put(out, "<form class=\"k-filter\" method=\"post\" action=\"/perintah\">");
	layout_csrf(request);
	html_print(out,
		"<input type=\"hidden\" name=\"ke\" value=\"%s\"><input type=\"hidden\" "
		"name=\"tentang\" value=\"%s\">",
		reports_url(request, record->row.ref), record->row.ref);
	if (ask)
		html_print(out,
			"<div><label for=\"isi-%s\">%s</label><input class=\"form-control\" "
			"id=\"isi-%s\" name=\"isi\" maxlength=\"100\" required></div>",
			word, ask, word);
	html_print(out,
		"<button class=\"btn btn-outline-primary btn-sm\" name=\"perintah\" "
		"value=\"%s\">%s</button></form>",
		word, label);
}

static void decisions(struct request *request, const struct record *record)
{
	const char *by;
	int64_t at = 0;

	if (record_gone(record) || record->row.training || !scope_supervises(&request->turn.sender))
		return;
	html_print(request->out, "<section class=\"k-card k-acts\">");
	if (record_is_death(record) && reports_taken(request, record->row.ref, &by, &at) == OK &&
		at == 0)
		button(request, record, "TERIMA", say(request, "Terima kabar ini", "Confirm"),
			NULL);
	if (scope_decides(request->turn.sender.role)) {
		button(request, record, "VERIFIKASI", say(request, "Verifikasi", "Verify"), NULL);
		button(request, record, "TOLAK", say(request, "Tolak", "Refuse"),
			say(request, "Alasan penolakan", "Reason"));
	}
	html_put(request->out, "</section>");
}

void page_report(struct request *request)
{
	const char *ref = request_query(request, "ref");
	struct record record;
	int error = reports_find(request, ref, &record);

	if (error != OK) {
		request_fail(request, error == ERR_NOT_FOUND ? 404 : 503);
		return;
	}
	layout_begin(request,
		arena_printf(request->arena, "%s %s", reports_form(request, record.row.form),
			record.row.ref),
		reports_echo(request, &record.row));
	decisions(request, &record);
	html_put(request->out, "<div class=\"k-grid\">");
	facts(request, &record);
	message(request, &record);
	html_put(request->out, "</div>");
	replies(request, &record);
	history(request, &record);
	layout_end(request);
	request_shows_names(request, record.row.ref);
	request_page(request);
}
