/* Reports in words: see reports.h. */
#include "web/view/reports.h"

#include <stdlib.h>

#include "flows/alert/alert.h"
#include "flows/record/record_scope.h"
#include "flows/rules/scope.h"
#include "store/people/account.h"
#include "store/message/deadline.h"
#include "store/report/overview.h"

#define AUDIT_ROWS 40

static int newest_first(const void *a, const void *b)
{
	const struct report_row *x = a, *y = b;

	return x->received > y->received ? -1 : x->received < y->received;
}

static int add(struct request *request, const char *area, const char *form, struct period period,
	struct report_row *rows, size_t room, size_t *count)
{
	char from[DATE_TEXT], to[DATE_TEXT];
	size_t more = 0;
	int error;

	date_format(period.from, from);
	date_format(period.to, to);
	error = store_report_days(request->web->store, request->arena, area, form, from, to,
		rows + *count, room - *count, &more);
	*count += more;
	return error;
}

/* Desa by desa: each is a short walk in the index of area and day. */
int reports_of(struct request *request, const struct unit *unit, const char *form,
	struct period period, struct report_row *rows, size_t room, size_t *count)
{
	const struct area *area;
	int error = OK;

	*count = 0;
	for (size_t i = 0; unit->puskesmas && error == OK && i < unit->puskesmas->narea; i++)
		error = add(
			request, unit->puskesmas->areas[i]->code, form, period, rows, room, count);
	for (size_t i = 0; unit->area && error == OK && *count < room &&
		(area = gazetteer_area_at(request->web->places, i));
		i++) {
		if (area->level == LEVEL_DESA && area_within(area, unit->area))
			error = add(request, area->code, form, period, rows, room, count);
	}
	qsort(rows, *count, sizeof(*rows), newest_first);
	return error;
}

bool reports_visible(const struct request *request, const struct report_row *row)
{
	const struct area *area =
		row->area ? gazetteer_area(request->web->places, row->area) : NULL;
	struct person person;
	struct sender sender;

	if (area)
		return scope_area(&request->turn.sender, area);
	/* nobody knows where yet: those who know the teller, and the dinkes */
	if (request->turn.sender.role >= ROLE_DINKES)
		return true;
	if (store_person_by_phone(request->web->store, request->arena, row->sender, &person) != OK)
		return false;
	person_to_sender(&request->flow, &person, &sender);
	return sender.narea > 0 && scope_area(&request->turn.sender, sender.areas[0]);
}

int reports_find(struct request *request, const char *ref, struct record *out)
{
	struct report_filter filter = {.ref = ref, .with_training = true};
	struct report_row rows[8];
	size_t count;
	int error;

	if (!ref || !*ref || strlen(ref) > 24)
		return ERR_NOT_FOUND;
	error = store_report_find(
		request->web->store, request->arena, &filter, rows, COUNT_OF(rows), &count);
	for (size_t i = 0; error == OK && i < count; i++) {
		if (reports_visible(request, &rows[i]))
			return record_of_row(&request->turn, &rows[i], out);
	}
	return error == OK ? ERR_NOT_FOUND : error;
}

static const struct {
	const char *status, *colour, *id, *en;
} states[] = {
	{"accepted", "good", "Tercatat", "Counted"},
	{"verified", "good", "Terverifikasi", "Verified"},
	{"incomplete", "warn", "Belum lengkap", "Incomplete"},
	{"question", "warn", "Menunggu jawaban", "Question open"},
	{"suspect", "alarm", "Perlu dicek", "To be checked"},
	{"duplicate", NULL, "Ganda", "Duplicate"},
	{"refused", NULL, "Ditolak", "Refused"},
	{"cancelled", NULL, "Dibatalkan", "Cancelled"},
	{"superseded", NULL, "Diganti", "Replaced"},
	{"held", "warn", "Ditahan", "Held"},
};

const char *reports_status(const struct request *request, const char *status)
{
	for (size_t i = 0; i < COUNT_OF(states); i++) {
		if (strcmp(states[i].status, status) == 0)
			return say(request, states[i].id, states[i].en);
	}
	return status;
}

const char *reports_status_colour(const char *status)
{
	for (size_t i = 0; i < COUNT_OF(states); i++) {
		if (strcmp(states[i].status, status) == 0)
			return states[i].colour;
	}
	return NULL;
}

const char *reports_form(const struct request *request, const char *form)
{
	static const struct {
		const char *form, *id, *en;
	} names[] = {{"lahir", "Kelahiran", "Birth"}, {"mati", "Kematian", "Death"},
		{"pos", "Posyandu", "Posyandu"}, {"ilp", "Posyandu ILP", "ILP posyandu"},
		{"hamil", "Kehamilan", "Pregnancy"}};

	for (size_t i = 0; i < COUNT_OF(names); i++) {
		if (strcmp(names[i].form, form) == 0)
			return say(request, names[i].id, names[i].en);
	}
	return form;
}

const char *reports_place(struct request *request, const struct report_row *row)
{
	const struct area *area =
		row->area ? gazetteer_area(request->web->places, row->area) : NULL;
	const struct posyandu *posyandu =
		row->posyandu ? gazetteer_posyandu(request->web->places, row->posyandu) : NULL;
	const char *name = area ? area_label(request->arena, area)
				: say(request, "Belum diketahui", "Not known yet");

	return posyandu
		? arena_printf(request->arena, "%s, %s", format_name(request, posyandu->name), name)
		: name;
}

const char *reports_echo(struct request *request, const struct report_row *row)
{
	struct record record;

	if (record_of_row(&request->turn, row, &record) != OK)
		return "–";
	return reply_echo(&request->turn.reply, &record.report);
}

const char *reports_url(struct request *request, const char *ref)
{
	return url_make(request->arena, "/laporan/rinci", "ref", ref, NULL);
}

const char *reports_actor(struct request *request, const char *actor)
{
	struct account account;

	if (!actor)
		return "–";
	if (strncmp(actor, "web:", 4) == 0 &&
		store_account_get(request->web->store, request->arena, actor + 4, &account) == OK)
		return account.full_name;
	return *actor == '+' ? format_person(request, actor) : actor;
}

int reports_taken(struct request *request, const char *ref, const char **by, int64_t *at)
{
	struct audit_row rows[AUDIT_ROWS];
	size_t count;
	int error = store_audit_list(
		request->web->store, request->arena, ref, rows, AUDIT_ROWS, &count);

	*at = 0;
	*by = NULL;
	for (size_t i = 0; error == OK && i < count && !*at; i++) {
		if (strcmp(rows[i].action, "take") != 0 && strcmp(rows[i].action, "verify") != 0)
			continue;
		*at = rows[i].at;
		*by = reports_actor(request, rows[i].actor);
	}
	return error;
}
