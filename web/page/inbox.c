/* Kotak masuk: what a human must answer; the answer leaves as an SMS. */
#include <stdlib.h>

#include "flows/desk/desk.h"
#include "store/message/deadline.h"
#include "store/message/inbound.h"
#include "web/page/pages.h"
#include "web/view/flash.h"
#include "web/view/layout.h"
#include "web/view/reports.h"
#include "web/view/slice.h"

#define ROWS  300
#define SHOWN 50 /* on a page */

static const char *intent_of(struct request *request, const struct human_row *row)
{
	struct inbound inbound;

	return store_inbound_get(request->web->store, request->arena, row->inbound, &inbound) == OK
		? inbound.intent
		: NULL;
}

static void answer_form(struct request *request, const struct human_row *row)
{
	struct html *out = request->out;

	html_print(out,
		"<details><summary>%s</summary><form class=\"k-form\" method=\"post\" "
		"action=\"/kotak-masuk\">",
		say(request, "Balas", "Answer"));
	layout_csrf(request);
	html_print(out,
		"<input type=\"hidden\" name=\"id\" value=\"%lld\"><label "
		"for=\"balas%lld\">%s</label>"
		"<textarea class=\"form-control\" id=\"balas%lld\" name=\"teks\" rows=\"3\" "
		"maxlength=\"160\" required></textarea>",
		(long long)row->id, (long long)row->id,
		say(request, "Isi SMS, paling banyak 160 huruf", "Text of the SMS, at most 160"),
		(long long)row->id);
	html_print(out,
		"<div class=\"k-acts\"><button class=\"btn btn-primary btn-sm\" name=\"buat\" "
		"value=\"balas\">%s</button></div></form></details>",
		say(request, "Kirim SMS", "Send SMS"));
}

static void close_form(struct request *request, const struct human_row *row)
{
	struct html *out = request->out;

	html_put(out, "<form method=\"post\" action=\"/kotak-masuk\">");
	layout_csrf(request);
	html_print(out,
		"<input type=\"hidden\" name=\"id\" value=\"%lld\"><button class=\"btn "
		"btn-outline-secondary btn-sm\" name=\"buat\" value=\"tutup\">%s</button></form>",
		(long long)row->id, say(request, "Selesai tanpa balasan", "Close without answer"));
}

bool inbox_is_emergency(struct request *request, const struct human_row *row)
{
	const char *intent = intent_of(request, row);

	return intent && strcmp(intent, "emergency") == 0;
}

void inbox_item(struct request *request, const struct human_row *row, bool forms)
{
	struct html *out = request->out;
	html_put(out, "<li><div class=\"what\">");
	if (inbox_is_emergency(request, row))
		html_print(out, "<span class=\"k-tag is-alarm\">%s</span> ",
			say(request, "Darurat", "Emergency"));
	html_print(out,
		"<b>%s</b> <span class=\"when\">%s · %s</span><p class=\"k-text mb-1 mt-1\">%s</p>",
		format_person(request, row->phone), format_phone(request, row->phone),
		format_time(request, row->received), desk_mask_text(request->arena, row->text));
	if (forms && strcmp(row->state, "waiting") == 0)
		answer_form(request, row);
	html_put(out, "</div>");
	if (forms && strcmp(row->state, "waiting") == 0) {
		html_put(out, "<div class=\"k-acts\">");
		close_form(request, row);
		html_put(out, "</div>");
	}
	html_put(out, "</li>");
}

size_t inbox_rows(struct request *request, const char *state, struct human_row *rows, size_t room)
{
	size_t count = 0, kept = 0;

	if (store_human_list(request->web->store, request->arena, state, rows, room, &count) != OK)
		return 0;
	for (size_t i = 0; i < count; i++) {
		bool sees;

		if (desk_sees_phone(&request->turn, rows[i].phone, &sees) == OK && sees)
			rows[kept++] = rows[i];
	}
	return kept;
}

static void tabs(struct request *request, bool answered)
{
	html_print(request->out,
		answered ? "<ul class=\"k-tabs\"><li><a href=\"/kotak-masuk\">%s</a></li><li><a "
			   "href=\"/kotak-masuk?sudah=1\" aria-current=\"page\">%s</a></li></ul>"
			 : "<ul class=\"k-tabs\"><li><a href=\"/kotak-masuk\" "
			   "aria-current=\"page\">%s</a></li><li><a "
			   "href=\"/kotak-masuk?sudah=1\">%s</a></li></ul>",
		say(request, "Menunggu", "Waiting"), say(request, "Sudah dijawab", "Answered"));
}

void page_inbox(struct request *request)
{
	struct human_row *rows = arena_alloc(request->arena, ROWS * sizeof(*rows));
	bool answered = request_query(request, "sudah") != NULL;
	size_t count = inbox_rows(request, answered ? "answered" : "waiting", rows, ROWS);
	struct slice slice = slice_read(request, SHOWN);

	layout_begin(request, say(request, "Kotak masuk", "Inbox"),
		say(request,
			"Pertanyaan dan pesan yang perlu dibaca orang. Balasan dikirim sebagai "
			"SMS.",
			"Questions and messages that a person must read. Answers leave as SMS."));
	tabs(request, answered);
	html_put(request->out, "<section class=\"k-card is-long\">");
	if (count == 0)
		html_print(request->out, "<p class=\"k-empty\">%s</p>",
			say(request, "Tidak ada pesan. Semua sudah dijawab.",
				"No messages. All are answered."));
	html_put(request->out, "<ul class=\"k-tasks\">");
	for (size_t i = 0; i < count; i++) {
		if (slice_takes(&slice))
			inbox_item(request, &rows[answered ? count - 1 - i : i], true);
	}
	html_put(request->out, "</ul>");
	slice_links(request, &slice, "sudah", answered ? "1" : NULL);
	html_put(request->out, "</section>");
	layout_end(request);
	request_shows_names(request, "/kotak-masuk");
	request_page(request);
}

static void on_done(struct request *request, const json_t *answer)
{
	const char *error = json_string_value(json_object_get(answer, "error"));

	if (!answer)
		request_fail(request, 503);
	else if (!error)
		flash_redirect(request, "/kotak-masuk",
			request_form(request, "teks")
				? say(request, "SMS balasan dikirim.", "The answer is on its way.")
				: say(request, "Pesan ditutup.", "The message is closed."));
	else if (strcmp(error, error_text(ERR_STATE)) == 0)
		request_fail(request, 409);
	else if (strcmp(error, error_text(ERR_RANGE)) == 0)
		request_fail(request, 422);
	else
		request_fail(request, 404);
}

void page_inbox_post(struct request *request)
{
	const char *id = request_form(request, "id"), *what = request_form(request, "buat");
	const char *text = request_form(request, "teks");
	json_int_t number = id ? strtoll(id, NULL, 10) : 0;

	if (what && strcmp(what, "tutup") == 0)
		request_ask(request, "human close", json_pack("{s:I}", "id", number), on_done);
	else if (text)
		request_ask(request, "human answer",
			json_pack("{s:I,s:s}", "id", number, "text", text), on_done);
	else
		request_fail(request, 422);
}
