/* Telepon latihan: a phone to practise with, what it causes on other phones, and how it was read.
 */
#include "web/practice/practice.h"
#include "flows/desk/desk.h"
#include "flows/rules/scope.h"
#include "parsers/text/phone.h"
#include "web/page/pages.h"
#include "web/view/layout.h"
#include "web/view/view.h"

#define STRANGER    "+6281399990000"
#define PEOPLE_MOST 400
#define TEXT_MOST   480
#define OTHERS_MOST 8

struct choice {
	struct request *request;
	const char *chosen;
	size_t count;
};

static int option(const struct person *person, void *context)
{
	struct choice *choice = context;
	struct request *request = choice->request;
	struct sender sender;

	if (strcmp(person->state, "active") != 0 || choice->count >= PEOPLE_MOST)
		return 0;
	person_to_sender(&request->flow, person, &sender);
	if (sender.narea == 0 || !scope_area(&request->turn.sender, sender.areas[0]))
		return 0;
	choice->count++;
	html_print(request->out,
		strcmp(person->phone, choice->chosen) == 0
			? "<option value=\"%s\" selected>%s %s, %s</option>"
			: "<option value=\"%s\">%s %s, %s</option>",
		person->phone, format_role(request, person->role),
		format_name(request, person->name),
		sender.posyandu ? format_name(request, sender.posyandu->name)
				: format_name(request, sender.areas[0]->name));
	return 0;
}

static void who(struct request *request, const char *phone)
{
	struct choice choice = {.request = request, .chosen = phone};
	struct html *out = request->out;

	html_print(out,
		"<form class=\"k-filter\" method=\"get\" action=\"/latihan\"><div><label "
		"for=\"nomor\">%s</label><select class=\"form-select\" id=\"nomor\" name=\"nomor\" "
		"data-submit>",
		say(request, "Telepon siapa", "Whose phone"));
	html_print(out, "<option value=\"" STRANGER "\">%s</option>",
		say(request, "Orang yang belum terdaftar", "Somebody not registered"));
	if (store_person_each(request->web->store, option, &choice) != OK)
		choice.count = 0;
	html_print(out,
		"</select></div><button class=\"btn btn-outline-primary "
		"btn-sm\">%s</button></form>",
		say(request, "Pakai telepon ini", "Use this phone"));
}

static void bubble(struct html *out, const struct practice_line *line)
{
	if (strcmp(line->kind, "in") == 0)
		html_print(out, "<li class=\"mine\">%s</li>", line->text);
	else if (strncmp(line->kind, "ussd", 4) == 0)
		html_print(out, "<li class=\"screen\">%s</li>", line->text);
	else
		html_print(out, "<li class=\"theirs\">%s</li>", line->text);
}

static void send_form(struct request *request, const char *phone, bool session)
{
	struct html *out = request->out;

	html_put(out, "<form method=\"post\" action=\"/latihan\">");
	layout_csrf(request);
	html_print(out,
		"<input type=\"hidden\" name=\"nomor\" value=\"%s\"><label "
		"class=\"visually-hidden\" "
		"for=\"teks\">%s</label><div class=\"k-send\"><input class=\"form-control\" "
		"id=\"teks\" name=\"teks\" maxlength=\"480\" autocomplete=\"off\" autofocus "
		"placeholder=\"%s\">",
		phone, say(request, "Pesan", "Message"),
		session ? say(request, "Jawaban Anda", "Your answer")
			: say(request, "Tulis SMS, atau *355#", "Write an SMS, or *355#"));
	html_print(out, "<button class=\"btn btn-primary\">%s</button></div>",
		say(request, "Kirim", "Send"));
	html_print(out,
		"<div class=\"k-acts mt-2\"><button class=\"btn btn-outline-secondary btn-sm\" "
		"name=\"tombol\" value=\"dial\" formnovalidate>%s %s</button>",
		say(request, "Dial", "Dial"), request->web->settings->ussd_code);
	if (session)
		html_print(out,
			"<button class=\"btn btn-outline-secondary btn-sm\" name=\"tombol\" "
			"value=\"putus\" formnovalidate>%s</button>",
			say(request, "Putuskan", "Hang up"));
	html_print(out,
		"<button class=\"btn btn-outline-secondary btn-sm\" name=\"tombol\" "
		"value=\"ulang\" "
		"formnovalidate>%s</button></div></form>",
		say(request, "Mulai dari awal", "Start anew"));
}

static void phone_of(struct request *request, const struct practice *practice, const char *phone)
{
	struct html *out = request->out;

	html_print(out,
		"<section class=\"k-phone\" aria-label=\"%s\"><ol class=\"k-talk\" "
		"aria-live=\"polite\" data-end tabindex=\"0\">",
		say(request, "Telepon", "Phone"));
	for (const struct practice_line *line = practice_lines(practice); line; line = line->next) {
		if (strcmp(line->phone, phone) == 0)
			bubble(out, line);
	}
	html_put(out, "</ol>");
	send_form(request, phone, practice_in_session(practice, phone));
	html_put(out, "</section>");
}

/* What reached other phones, the newest first. */
static void others(struct request *request, const struct practice *practice, const char *phone)
{
	const struct practice_line *list[OTHERS_MOST];
	struct html *out = request->out;
	size_t count = 0;

	for (const struct practice_line *line = practice_lines(practice); line; line = line->next) {
		if (strcmp(line->phone, phone) == 0 || strcmp(line->kind, "in") == 0)
			continue;
		list[count++ % OTHERS_MOST] = line;
	}
	html_print(out, "<h2>%s</h2>", say(request, "SMS ke telepon lain", "SMS to other phones"));
	if (count == 0)
		html_print(out, "<p class=\"k-empty\">%s</p>",
			say(request, "Belum ada.", "None yet."));
	html_print(out, "<ol class=\"k-talk\" tabindex=\"0\" aria-label=\"%s\">",
		say(request, "SMS ke telepon lain", "SMS to other phones"));
	for (size_t i = 0; i < count && i < OTHERS_MOST; i++) {
		const struct practice_line *line = list[(count - 1 - i) % OTHERS_MOST];

		html_print(out, "<li class=\"other\"><b>%s</b><br>%s</li>",
			format_person(request, line->phone), line->text);
	}
	html_put(out, "</ol>");
}

static const char *chosen_phone(struct request *request, const char *text)
{
	char phone[PHONE_TEXT];
	struct person person;
	struct sender sender;

	if (!text || !phone_normalise(text, phone) || strcmp(phone, STRANGER) == 0 ||
		store_person_by_phone(request->web->store, request->arena, phone, &person) != OK)
		return STRANGER;
	person_to_sender(&request->flow, &person, &sender);
	return sender.narea > 0 && scope_area(&request->turn.sender, sender.areas[0])
		? arena_strdup(request->arena, phone)
		: STRANGER;
}

static struct practice *world(struct request *request)
{
	const struct sender *sender = &request->turn.sender;
	const struct area *area = sender->narea > 0 ? sender->areas[0] : NULL;

	return area ? practice_of(request->web->practices, request->web->store,
			      request->session.account, area->code, request->flow.now)
		    : NULL;
}

void page_practice(struct request *request)
{
	const char *phone = chosen_phone(request, request_query(request, "nomor"));
	const struct practice *practice = world(request);
	struct html *out = request->out;

	if (!practice) {
		request_fail(request, 503);
		return;
	}
	layout_begin(request, say(request, "Telepon latihan", "Practice phone"),
		say(request,
			"Coba SMS dan USSD dengan mesin yang sebenarnya. Semua di sini hanya "
			"latihan: "
			"tidak dihitung, dan tidak ada SMS yang dikirim.",
			"Try SMS and USSD with the real engine. All of it is practice: nothing is "
			"counted, no SMS is sent."));
	who(request, phone);
	html_put(out, "<div class=\"k-grid\"><div class=\"k-5\">");
	phone_of(request, practice, phone);
	html_put(out, "</div><div class=\"k-7\"><section class=\"k-card\">");
	others(request, practice, phone);
	html_print(out, "</section><section class=\"k-card\"><h2>%s</h2>",
		say(request, "Bagaimana SMS terakhir dibaca", "How the last SMS was read"));
	html_print(out, "<pre class=\"k-pre\" tabindex=\"0\">%s</pre></section></div></div>",
		*practice_explained(practice)
			? desk_mask_text(request->arena, practice_explained(practice))
			: say(request, "Belum ada SMS.", "No SMS yet."));
	layout_end(request);
	request_shows_names(request, "/latihan");
	request_page(request);
}

void page_practice_post(struct request *request)
{
	const char *phone = chosen_phone(request, request_form(request, "nomor"));
	const char *button = request_form(request, "tombol"), *text = request_form(request, "teks");
	struct practice *practice = world(request);
	bool ussd;
	int error = OK;

	if (!practice) {
		request_fail(request, 503);
		return;
	}
	ussd = practice_in_session(practice, phone);
	if (button && strcmp(button, "ulang") == 0) {
		practice_reset(request->web->practices, request->session.account);
	} else if (button && strcmp(button, "dial") == 0) {
		error = practice_send(practice, phone, request->web->settings->ussd_code, true,
			request->flow.now);
	} else if (button && strcmp(button, "putus") == 0) {
		error = practice_send(practice, phone, "END", true, request->flow.now);
	} else if (text && *text && strlen(text) <= TEXT_MOST) {
		ussd = ussd || (*text == '*' && strchr(text, '#'));
		error = practice_send(practice, phone, text, ussd, request->flow.now);
	}
	if (error != OK)
		web_log(WEB_WARN, "practice: %s", error_text(error));
	request_redirect(request, url_make(request->arena, "/latihan", "nomor", phone, NULL));
}
