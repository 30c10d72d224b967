/* Alarms of questionnaires: see consent.h. What is known of one is the data of its deadline, which
 * the store seals. */
#include "flows/alert/consent.h"

#include <string.h>

#include "flows/alert/alert_told.h"
#include "flows/alert/bundle.h"
#include "flows/alert/recipients.h"
#include "flows/record/report_json.h"
#include "flows/rules/scope.h"
#include "parsers/form/form.h"

#define AGAIN	     "consent"
#define OVER	     "consent-over"
#define KEEP_SECONDS (30 * 86400)
#define OPEN_MOST    200 /* of a gateway, at one time */
#define STEPS	     2 /* so often it is told again */

static const char *text_at(const json_t *json, const char *key)
{
	const char *text = json_string_value(json_object_get(json, key));

	return text == NULL ? "" : text;
}

static void consent_read(const struct turn *turn, const char *ref, const json_t *json,
	struct consent *out)
{
	struct arena *arena = turn->flow->arena;

	*out = (struct consent){.ref = arena_strdup(arena, ref),
		.title = arena_strdup(arena, text_at(json, "title")),
		.phone = arena_strdup(arena, text_at(json, "phone")),
		.desa = gazetteer_area(turn->flow->places, text_at(json, "desa"))};
}

static int load(const struct turn *turn, const char *ref, struct consent *out, json_t **told,
	int64_t *until)
{
	struct deadline over;
	int error = store_deadline_get(turn->flow->store, turn->flow->arena, OVER, ref, &over);
	json_t *json = error == OK ? json_loads(over.data, 0, NULL) : NULL;

	*told = NULL;
	if (json == NULL)
		return error != OK ? error : ERR_NOT_FOUND;
	consent_read(turn, ref, json, out);
	*until = over.due;
	*told = json_incref(json_object_get(json, "told"));
	json_decref(json);
	return OK;
}

/* told is stolen. */
static int save(const struct turn *turn, const struct consent *consent, int64_t due, json_t *told)
{
	json_t *json = json_pack("{s:s,s:s,s:s,s:o}", "title", consent->title, "phone",
		consent->phone, "desa", consent->desa == NULL ? "" : consent->desa->code, "told",
		told);
	struct deadline over = {.kind = OVER, .subject = consent->ref, .due = due,
		.data = json_to_arena(turn->flow->arena, json)};

	return store_deadline_put(turn->flow->store, &over);
}

static int send_one(const struct turn *turn, const struct consent *consent,
	const struct recipient *to, bool again)
{
	struct sender sender;
	struct reply_context reply;

	turn_towards(turn, &to->person, &sender, &reply);
	return turn_send(turn, "alert", to->person.phone,
		message_text(turn->flow->catalogue, turn->flow->arena, reply_language(&reply),
			again ? MESSAGE_CHECKUP_AGAIN : MESSAGE_CHECKUP_ALERT, "ref", consent->ref,
			"title", consent->title, "place",
			consent->desa == NULL ? reply_word(&reply, "no", "place", "?")
					      : reply_place(&reply, consent->desa->code),
			"phone", consent->phone, NULL),
		consent->ref);
}

/* In a bundle: "S2408-0004 Ibu hamil +6281…". */
static int send_later(
	const struct turn *turn, const struct consent *consent, const struct recipient *to)
{
	return bundle_add(turn, to->person.phone,
		arena_printf(turn->flow->arena, "%s %s %s", consent->ref, consent->title,
			consent->phone));
}

enum how { AT_ONCE, LATER, ONCE_MORE };

static int send_all(const struct turn *turn, const struct consent *consent, unsigned levels,
	enum how how, json_t *told)
{
	struct recipients *to = arena_alloc(turn->flow->arena, sizeof(*to));
	int error = recipients_find(turn, consent->desa, levels, to);

	for (size_t i = 0; error == OK && i < to->count; i++) {
		error = how == LATER ? send_later(turn, consent, &to->list[i])
				     : send_one(turn, consent, &to->list[i], how == ONCE_MORE);
		told_add(told, to->list[i].person.phone);
	}
	return error;
}

static int reference_new(const struct turn *turn, struct consent *consent)
{
	const struct area *area = consent->desa;
	const char *letter = arena_printf(turn->flow->arena, "%s%02d%02d", REF_CONSENT,
		turn->now.date.year % 100, turn->now.date.month);
	int serial, error;

	while (area != NULL && area->level != LEVEL_KABUPATEN)
		area = area->parent;
	error = store_serial_next(
		turn->flow->store, area == NULL ? "" : area->code, letter, &serial);
	consent->ref = arena_printf(turn->flow->arena, "%s-%04d", letter, error ? 0 : serial);
	return error;
}

static int again_at(const struct turn *turn, const char *ref, int64_t due, int step)
{
	const struct deadline again = {.kind = AGAIN, .subject = ref, .due = due, .step = step};

	return store_deadline_put(turn->flow->store, &again);
}

int consent_raise(const struct turn *turn, struct consent *consent, bool *told)
{
	json_t *phones = json_array();
	bool now, escalates;
	int error = reference_new(turn, consent);

	if (error == OK)
		error = bundle_begin_grave(turn, "checkups", &now, &escalates);
	if (error == OK)
		error = send_all(turn, consent, TO_BIDAN | TO_PUSKESMAS, now ? AT_ONCE : LATER,
			phones);
	*told = json_array_size(phones) > 0;
	if (error != OK || !*told) {
		json_decref(phones);
		return error; /* nobody is on file: no number is kept */
	}
	error = save(turn, consent, turn->flow->now + KEEP_SECONDS, phones);
	return error != OK || !escalates
		? error
		: again_at(turn, consent->ref,
			  turn->flow->now + turn->flow->settings->alert_minutes * 60, 1);
}

int consent_on_due(const struct turn *turn, const struct deadline *deadline)
{
	const struct flow_settings *settings = turn->flow->settings;
	struct consent consent;
	json_t *told;
	int64_t until;
	int error = load(turn, deadline->subject, &consent, &told, &until);

	if (error == OK)
		error = send_all(turn, &consent, TO_BIDAN | TO_PUSKESMAS | TO_DINKES,
			ONCE_MORE, told);
	if (error != OK) {
		json_decref(told);
		return error == ERR_NOT_FOUND ? OK : error;
	}
	error = save(turn, &consent, until, told);
	if (error != OK || deadline->step >= STEPS)
		return error;
	return again_at(turn, consent.ref,
		until - KEEP_SECONDS + settings->alert_again_minutes * 60, deadline->step + 1);
}

int consent_on_over(const struct turn *turn, const struct deadline *deadline)
{
	return store_deadline_drop(turn->flow->store, AGAIN, deadline->subject);
}

/* Somebody took it before: who was told then, nobody knows any more. */
static int taken_before(const struct turn *turn, const char *ref, bool *taken)
{
	struct audit_row audit[4];
	size_t count = 0;
	int error = store_audit_list(
		turn->flow->store, turn->flow->arena, ref, audit, COUNT_OF(audit), &count);

	*taken = false;
	for (size_t i = 0; error == OK && i < count; i++)
		*taken |= strcmp(audit[i].action, "take") == 0;
	return error;
}

static bool may_take(const struct turn *turn, const struct consent *consent, json_t *told)
{
	return !told_add(told, turn->sender.phone) ||
		(scope_supervises(&turn->sender) && consent->desa != NULL &&
			scope_area(&turn->sender, consent->desa));
}

int consent_take(struct turn *turn, const char *ref)
{
	struct consent consent;
	json_t *told;
	int64_t until;
	bool taken = false;
	int error;

	if (ref == NULL || strncmp(ref, REF_CONSENT, strlen(REF_CONSENT)) != 0)
		return ERR_NOT_FOUND;
	error = load(turn, ref, &consent, &told, &until);
	if (error == ERR_NOT_FOUND) {
		error = scope_supervises(&turn->sender) ? taken_before(turn, ref, &taken) : OK;
		if (error == OK && taken)
			turn_say(turn, MESSAGE_TAKEN_BY_BIDAN, "ref", ref);
		return error != OK || taken ? error : ERR_NOT_FOUND;
	}
	if (error == OK && !may_take(turn, &consent, told))
		error = ERR_NOT_FOUND;
	json_decref(told);
	if (error == OK)
		error = store_deadline_drop(turn->flow->store, AGAIN, ref);
	if (error == OK)
		error = store_deadline_drop(turn->flow->store, OVER, ref);
	if (error == OK)
		error = turn_audit(turn, "take", ref, NULL, turn->sender.phone);
	if (error == OK)
		turn_say(turn, MESSAGE_TAKEN_BY_BIDAN, "ref", ref);
	return error;
}

int consent_untaken(const struct turn *turn, struct consent *list, size_t room, size_t *count)
{
	struct deadline *rows = arena_alloc(turn->flow->arena, OPEN_MOST * sizeof(*rows));
	size_t open = 0;
	int error = store_deadline_of_kind(
		turn->flow->store, turn->flow->arena, OVER, rows, OPEN_MOST, &open);

	for (size_t i = 0; error == OK && i < open && *count < room; i++) {
		json_t *json = json_loads(rows[i].data, 0, NULL);
		json_t *told = json_object_get(json, "told");

		if (told != NULL && !told_add(told, turn->sender.phone))
			consent_read(turn, rows[i].subject, json, &list[(*count)++]);
		json_decref(json);
	}
	return error;
}
