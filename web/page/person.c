/* One person on file: what is known of him, and what this account may change. */
#include "flows/desk/desk.h"
#include "flows/rules/scope.h"
#include "flows/people/approve.h"
#include "parsers/text/phone.h"
#include "store/message/deadline.h"
#include "web/page/pages.h"
#include "web/view/flash.h"
#include "web/view/layout.h"
#include "web/view/reports.h"

#define PATH "/pendaftaran/orang"
#define ROWS 40

/* In this account's area; false: the request was answered. */
static bool find(struct request *request, const char *text, struct person *person)
{
	char phone[PHONE_TEXT];
	struct sender target;

	if (!text || !phone_normalise(text, phone) ||
		store_person_by_phone(request->web->store, request->arena,
			arena_strdup(request->arena, phone), person) != OK) {
		request_fail(request, 404);
		return false;
	}
	person_to_sender(&request->flow, person, &target);
	if (target.narea > 0 && scope_area(&request->turn.sender, target.areas[0]))
		return true;
	request_fail(request, 404);
	return false;
}

static void form_begin(struct request *request, const struct person *person, const char *what)
{
	html_put(request->out, "<form class=\"k-filter\" method=\"post\" action=\"" PATH "\">");
	layout_csrf(request);
	html_print(request->out,
		"<input type=\"hidden\" name=\"nomor\" value=\"%s\"><input type=\"hidden\" "
		"name=\"buat\" value=\"%s\">",
		person->phone, what);
}

static void state_button(
	struct request *request, const struct person *person, const char *state, const char *label)
{
	if (strcmp(person->state, state) == 0)
		return;
	form_begin(request, person, "keadaan");
	html_print(request->out,
		"<button class=\"btn btn-outline-primary btn-sm\" name=\"keadaan\" "
		"value=\"%s\">%s</button></form>",
		state, label);
}

static void desa_options(struct request *request, const struct area *now)
{
	const struct area *area;

	for (size_t i = 0; (area = gazetteer_area_at(request->web->places, i)); i++) {
		if (area->level != LEVEL_DESA || !scope_area(&request->turn.sender, area))
			continue;
		html_print(request->out,
			area == now ? "<option value=\"%s\" selected>%s</option>"
				    : "<option value=\"%s\">%s</option>",
			area->code, area_label(request->arena, area));
	}
}

/* The posyandu of the desa where the person is now; another desa first, then its posyandu. */
static void posyandu_options(
	struct request *request, const struct area *desa, const struct posyandu *now)
{
	const struct posyandu *posyandu;

	html_print(request->out, "<option value=\"\">%s</option>", say(request, "tanpa", "none"));
	for (size_t i = 0; (posyandu = gazetteer_posyandu_at(request->web->places, i)); i++) {
		if (posyandu->area != desa)
			continue;
		html_print(request->out,
			posyandu == now ? "<option value=\"%s\" selected>%s</option>"
					: "<option value=\"%s\">%s</option>",
			posyandu->id, format_name(request, posyandu->name));
	}
}

static void move_form(struct request *request, const struct person *person)
{
	struct sender target;
	const struct area *desa;

	person_to_sender(&request->flow, person, &target);
	desa = target.posyandu ? target.posyandu->area : target.areas[0];
	if (target.role != ROLE_KADER && target.role != ROLE_BIDAN && target.role != ROLE_DESA)
		return;
	form_begin(request, person, "pindah");
	html_print(request->out,
		"<div><label for=\"desa\">%s</label><select class=\"form-select\" id=\"desa\" "
		"name=\"desa\">",
		say(request, "Desa", "Village"));
	desa_options(request, desa);
	html_put(request->out, "</select></div>");
	if (target.role == ROLE_KADER) {
		html_put(request->out,
			"<div><label for=\"posyandu\">Posyandu</label><select "
			"class=\"form-select\" id=\"posyandu\" name=\"posyandu\">");
		posyandu_options(request, desa, target.posyandu);
		html_put(request->out, "</select></div>");
	}
	html_print(request->out,
		"<button class=\"btn btn-outline-primary btn-sm\">%s</button></form>",
		say(request, "Pindahkan", "Move"));
}

static void actions(struct request *request, const struct person *person)
{
	struct sender target;

	person_to_sender(&request->flow, person, &target);
	if (!scope_approves(&request->turn.sender, person->role, target.areas[0]))
		return;
	html_print(request->out, "<section class=\"k-card k-6\"><h2>%s</h2>",
		say(request, "Ubah", "Change"));
	if (strcmp(person->state, "waiting") == 0) {
		html_put(request->out, "<ul class=\"k-tasks\">");
		people_item(request, person, "/pendaftaran");
		html_put(request->out, "</ul></section>");
		return;
	}
	html_put(request->out, "<div class=\"k-acts\">");
	state_button(request, person, "active", say(request, "Aktifkan", "Activate"));
	state_button(request, person, "stopped", say(request, "Berhentikan", "Stop"));
	state_button(request, person, "blocked", say(request, "Blokir nomornya", "Block"));
	html_put(request->out, "</div>");
	move_form(request, person);
	html_put(request->out, "</section>");
}

static void fact(struct request *request, const char *name, const char *value)
{
	html_print(request->out, "<dt>%s</dt><dd>%s</dd>", name, value);
}

static void history(struct request *request, const struct person *person)
{
	struct audit_row rows[ROWS];
	size_t count = 0;

	if (store_audit_list(
		    request->web->store, request->arena, person->phone, rows, ROWS, &count) != OK ||
		count == 0)
		return;
	html_print(request->out,
		"<section class=\"k-card is-long\"><h2>%s</h2><ul class=\"k-tasks\">",
		say(request, "Riwayat", "History"));
	for (size_t i = count; i-- > 0;)
		html_print(request->out,
			"<li><div class=\"what\">%s: %s → %s<div class=\"when\">%s · "
			"%s</div></div></li>",
			rows[i].action, rows[i].old_value ? rows[i].old_value : "–",
			rows[i].new_value ? rows[i].new_value : "–",
			format_time(request, rows[i].at), reports_actor(request, rows[i].actor));
	html_put(request->out, "</ul></section>");
}

void page_person(struct request *request)
{
	struct person person;

	if (!find(request, request_query(request, "nomor"), &person))
		return;
	layout_begin(request, format_name(request, person.name),
		arena_printf(request->arena, "%s, %s", format_role(request, person.role),
			person_place(&request->turn.reply, &person)));
	html_print(request->out,
		"<div class=\"k-grid\"><section class=\"k-card k-6\"><h2>%s</h2><dl "
		"class=\"k-dl\">",
		say(request, "Yang tercatat", "On file"));
	fact(request, say(request, "Nomor", "Number"), format_phone(request, person.phone));
	fact(request, say(request, "Peran", "Role"), format_role(request, person.role));
	fact(request, say(request, "Tempat", "Place"), person_place(&request->turn.reply, &person));
	fact(request, say(request, "Keadaan", "State"), people_state(request, person.state));
	fact(request, say(request, "Bahasa", "Language"), person.language);
	html_print(request->out, "</dl><p class=\"k-tools\"><a href=\"%s\">%s</a></p></section>",
		url_make(request->arena, "/laporan", "cari", person.phone, NULL),
		say(request, "Laporan dari nomor ini", "Reports of this number"));
	actions(request, &person);
	html_put(request->out, "</div>");
	history(request, &person);
	layout_end(request);
	request_shows_names(request, person.phone);
	request_page(request);
}

static void on_done(struct request *request, const json_t *answer)
{
	const char *url =
		url_make(request->arena, PATH, "nomor", request_form(request, "nomor"), NULL);

	if (!answer)
		request_fail(request, 503);
	else if (json_is_true(json_object_get(answer, "ok")))
		flash_redirect(request, url, say(request, "Sudah diubah.", "Changed."));
	else
		request_fail(request, 422);
}

void page_person_post(struct request *request)
{
	const char *what = request_form(request, "buat"), *state = request_form(request, "keadaan");
	const char *desa = request_form(request, "desa"), *unit = request_form(request, "posyandu");
	const struct posyandu *posyandu =
		unit ? gazetteer_posyandu(request->web->places, unit) : NULL;
	struct person person;

	if (!find(request, request_form(request, "nomor"), &person))
		return;
	/* a posyandu of another desa than the one chosen is left behind */
	if (posyandu && desa && strcmp(posyandu->area->code, desa) != 0)
		posyandu = NULL;
	if (what && strcmp(what, "keadaan") == 0 && state)
		request_ask(request, "person state",
			json_pack("{s:s,s:s}", "phone", person.phone, "state", state), on_done);
	else if (what && strcmp(what, "pindah") == 0 && desa)
		request_ask(request, "person move",
			json_pack("{s:s,s:s,s:s}", "phone", person.phone, "area", desa, "posyandu",
				posyandu ? posyandu->id : ""),
			on_done);
	else
		request_fail(request, 422);
}
