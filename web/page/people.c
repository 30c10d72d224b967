/* Pendaftaran: who waits for approval, and who is on file. */
#include "flows/desk/desk.h"
#include "flows/rules/scope.h"
#include "flows/people/approve.h"
#include "web/page/pages.h"
#include "web/view/flash.h"
#include "web/view/layout.h"
#include "web/view/reports.h"
#include "web/view/slice.h"
#include "web/view/table.h"

#define PEOPLE_MOST 3000
#define SHOWN       100 /* on a page */

struct gather {
	struct request *request;
	const char *state, *role;
	struct person *list;
	size_t count;
	bool approvable;
};

static int each(const struct person *person, void *context)
{
	struct gather *gather = context;
	struct arena *arena = gather->request->arena;
	const struct turn *turn = &gather->request->turn;
	struct person *copy = &gather->list[gather->count];
	struct sender target;

	if (gather->count == PEOPLE_MOST ||
		(gather->state && strcmp(person->state, gather->state) != 0) ||
		(gather->role && strcmp(person->role, gather->role) != 0))
		return 0;
	person_to_sender(&gather->request->flow, person, &target);
	if (target.narea == 0 || !scope_area(&turn->sender, target.areas[0]) ||
		(gather->approvable &&
			!scope_approves(&turn->sender, person->role, target.areas[0])))
		return 0;
	*copy = *person;
	copy->phone = arena_strdup(arena, person->phone);
	copy->name = arena_strdup(arena, person->name);
	copy->role = arena_strdup(arena, person->role);
	copy->areas = arena_strdup(arena, person->areas);
	copy->posyandu = person->posyandu ? arena_strdup(arena, person->posyandu) : NULL;
	copy->state = arena_strdup(arena, person->state);
	gather->count++;
	return 0;
}

struct person *people_waiting(struct request *request, size_t *count)
{
	struct gather gather = {.request = request,
		.state = "waiting",
		.approvable = true,
		.list = arena_alloc(request->arena, (PEOPLE_MOST + 1) * sizeof(*gather.list))};

	*count = store_person_each(request->web->store, each, &gather) == OK ? gather.count : 0;
	return gather.list;
}

static void decide_form(struct request *request, const struct person *person, const char *word,
	const char *label, const char *back)
{
	struct html *out = request->out;

	html_put(out, "<form method=\"post\" action=\"/perintah\">");
	layout_csrf(request);
	html_print(out,
		"<input type=\"hidden\" name=\"ke\" value=\"%s\"><input type=\"hidden\" "
		"name=\"tentang\" value=\"%s\">",
		back, person->phone);
	html_print(out,
		strcmp(word, "SETUJU") == 0 ? "<button class=\"btn btn-primary btn-sm\" "
					      "name=\"perintah\" value=\"%s\">%s</button></form>"
					    : "<button class=\"btn btn-outline-secondary btn-sm\" "
					      "name=\"perintah\" value=\"%s\">%s</button></form>",
		word, label);
}

void people_item(struct request *request, const struct person *person, const char *back)
{
	struct html *out = request->out;

	html_print(out,
		"<li><div class=\"what\"><b>%s</b> %s, %s<div class=\"when\">%s</div></div><div "
		"class=\"k-acts\">",
		format_name(request, person->name), format_role(request, person->role),
		person_place(&request->turn.reply, person), format_phone(request, person->phone));
	decide_form(request, person, "SETUJU", say(request, "Setujui", "Approve"), back);
	decide_form(request, person, "TOLAK", say(request, "Tolak", "Refuse"), back);
	html_put(out, "</div></li>");
}

const char *people_state(const struct request *request, const char *state)
{
	static const struct {
		const char *state, *id, *en;
	} names[] = {{"active", "Aktif", "Active"}, {"waiting", "Menunggu", "Waiting"},
		{"stopped", "Berhenti", "Stopped"}, {"blocked", "Diblokir", "Blocked"},
		{"inactive", "Tidak lagi terdaftar", "Off the list"},
		{"refused", "Ditolak", "Refused"}};

	for (size_t i = 0; i < COUNT_OF(names); i++) {
		if (strcmp(names[i].state, state) == 0)
			return say(request, names[i].id, names[i].en);
	}
	return state;
}

static struct table *make(struct request *request, const struct gather *gather, struct slice *slice)
{
	struct table *table =
		table_new(request, "petugas", say(request, "Petugas terdaftar", "People on file"));

	table_column(table, COLUMN_TEXT, say(request, "Nama", "Name"), false);
	table_column(table, COLUMN_TEXT, say(request, "Peran", "Role"), false);
	table_column(table, COLUMN_TEXT, say(request, "Tempat", "Place"), false);
	table_column(table, COLUMN_TEXT, say(request, "Nomor", "Number"), false);
	table_column(table, COLUMN_TEXT, "Status", true);
	for (size_t i = 0; i < gather->count; i++) {
		const struct person *person = &gather->list[i];

		if (!slice_takes(slice))
			continue;
		table_row(table);
		table_link(table,
			url_make(
				request->arena, "/pendaftaran/orang", "nomor", person->phone, NULL),
			format_name(request, person->name));
		table_text(table, format_role(request, person->role));
		table_text(table, person_place(&request->turn.reply, person));
		table_text(table, format_phone(request, person->phone));
		table_tag(table,
			strcmp(person->state, "active") == 0            ? "good"
				: strcmp(person->state, "blocked") == 0 ? "alarm"
									: "warn",
			people_state(request, person->state));
	}
	return table;
}

static void role_select(struct request *request, const char *role)
{
	static const char *const roles[] = {"kader", "bidan", "desa", "puskesmas", "dinkes"};

	html_print(request->out,
		"<form class=\"k-filter\" method=\"get\" action=\"/pendaftaran\"><div><label "
		"for=\"peran\">%s</label><select class=\"form-select\" id=\"peran\" name=\"peran\" "
		"data-submit><option value=\"\">%s</option>",
		say(request, "Peran", "Role"), say(request, "Semua", "All"));
	for (size_t i = 0; i < COUNT_OF(roles); i++)
		html_print(request->out,
			role && strcmp(role, roles[i]) == 0
				? "<option value=\"%s\" selected>%s</option>"
				: "<option value=\"%s\">%s</option>",
			roles[i], format_role(request, roles[i]));
	html_print(request->out,
		"</select></div><button class=\"btn btn-outline-primary "
		"btn-sm\">%s</button></form>",
		say(request, "Tampilkan", "Show"));
}

void page_people(struct request *request)
{
	const char *role = request_query(request, "peran");
	struct gather gather = {.request = request,
		.role = role && *role ? role : NULL,
		.list = arena_alloc(request->arena, (PEOPLE_MOST + 1) * sizeof(*gather.list))};
	/* a file holds everybody */
	struct slice slice =
		slice_read(request, request_query(request, "unduh") ? PEOPLE_MOST : SHOWN);
	struct table *table;
	struct person *waiting;
	size_t count;

	if (store_person_each(request->web->store, each, &gather) != OK) {
		request_fail(request, 503);
		return;
	}
	table = make(request, &gather, &slice);
	if (table_given(table, true))
		return;
	waiting = people_waiting(request, &count);
	layout_begin(request, say(request, "Pendaftaran", "People"),
		say(request, "Siapa yang menunggu persetujuan, dan siapa yang sudah terdaftar.",
			"Who waits for approval, and who is on file."));
	html_print(request->out, "<section class=\"k-card\"><h2>%s</h2><ul class=\"k-tasks\">",
		say(request, "Menunggu persetujuan", "To be approved"));
	for (size_t i = 0; i < count && i < SHOWN; i++) /* the next follow when these are decided */
		people_item(request, &waiting[i], "/pendaftaran");
	html_put(request->out, "</ul>");
	if (count == 0)
		html_print(request->out, "<p class=\"k-empty\">%s</p>",
			say(request, "Tidak ada pendaftaran yang menunggu.", "Nobody waits."));
	html_print(request->out, "</section><section class=\"k-card is-long\"><h2>%s</h2>",
		say(request, "Sudah terdaftar", "On file"));
	html_print(request->out, "<p class=\"k-tools\"><a href=\"/pendaftaran/daftar\">%s</a></p>",
		say(request, "Daftarkan banyak orang dari berkas",
			"Put many people on file from a list"));
	role_select(request, role);
	table_show(table);
	slice_links(request, &slice, "peran", role);
	html_put(request->out, "</section>");
	layout_end(request);
	request_shows_names(request, "/pendaftaran");
	request_page(request);
}
