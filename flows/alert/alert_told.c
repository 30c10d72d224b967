/* Who was told of an alarm, and who told it. See alert_told.h. */
#include "flows/alert/alert_told.h"

#include <stdlib.h>
#include <string.h>

#include "flows/alert/alert_words.h"
#include "flows/record/report_json.h"
#include "flows/rules/scope.h"
#include "store/message/deadline.h"

#define KEEP_SECONDS (90 * 86400)
#define ROWS	     8 /* of one number: a kabupaten has one */
#define TELLINGS     16 /* of one event that are looked at */

/* The smallest place that two lie in, from the kecamatan down; NULL. */
static const struct area *common(const struct area *a, const struct area *b)
{
	for (; a != NULL && a->level >= LEVEL_KECAMATAN; a = a->parent) {
		for (const struct area *up = b; up != NULL; up = up->parent) {
			if (up == a)
				return a;
		}
	}
	return NULL;
}

int alert_area(const struct turn *turn, const struct record *record, const struct area **area)
{
	struct person person;
	struct sender teller;
	int error;

	*area = record->row.area == NULL || *record->row.area == '\0'
		? NULL
		: gazetteer_area(turn->flow->places, record->row.area);
	if (*area != NULL || record->row.sender == NULL)
		return OK;
	error = store_person_by_phone(
		turn->flow->store, turn->flow->arena, record->row.sender, &person);
	if (error != OK || !person_vouched(&person))
		return error == ERR_NOT_FOUND ? OK : error;
	person_to_sender(turn->flow, &person, &teller);
	if (teller.role == ROLE_NONE || teller.narea == 0)
		return OK;
	*area = teller.areas[0];
	for (size_t i = 0; i < teller.narea; i++)
		*area = common(*area, teller.areas[i]);
	return OK;
}

int told_load(const struct turn *turn, const struct record *record, json_t **phones)
{
	const char *key = arena_printf(turn->flow->arena, "%lld", (long long)record->row.id), *data;
	int error = store_session_get(
		turn->flow->store, turn->flow->arena, "alert", key, turn->flow->now, &data);

	*phones = error == OK ? json_loads(data, 0, NULL) : NULL;
	if (*phones == NULL)
		*phones = json_array();
	return error == ERR_NOT_FOUND ? OK : error;
}

int told_save(const struct turn *turn, const struct record *record, json_t *phones)
{
	return store_session_put(turn->flow->store, "alert",
		arena_printf(turn->flow->arena, "%lld", (long long)record->row.id),
		json_to_arena(turn->flow->arena, phones), turn->flow->now + KEEP_SECONDS);
}

bool told_add(json_t *phones, const char *phone)
{
	size_t i;
	json_t *item;

	json_array_foreach(phones, i, item) {
		if (strcmp(json_string_value(item), phone) == 0)
			return false;
	}
	json_array_append_new(phones, json_string(phone));
	return true;
}

int alert_told(const struct turn *turn, const struct record *record, bool *told)
{
	json_t *phones;
	int error = told_load(turn, record, &phones);

	*told = json_array_size(phones) > 0;
	json_decref(phones);
	return error;
}

int alert_told_to(
	const struct turn *turn, const struct record *record, const char *phone, bool *told)
{
	json_t *phones;
	int error = told_load(turn, record, &phones);

	*told = error == OK && !told_add(phones, phone);
	json_decref(phones);
	return error;
}

static int told_me(const struct turn *turn, const struct record *record, bool *told)
{
	json_t *phones;
	int error = told_load(turn, record, &phones);

	*told = error == OK && turn->sender.phone != NULL && !told_add(phones, turn->sender.phone);
	json_decref(phones);
	return error;
}

int alert_find(const struct turn *turn, const char *ref, struct record *out)
{
	struct report_filter filter = {.ref = ref};
	struct report_row rows[ROWS];
	size_t count = 0;
	int error = store_report_find(
		turn->flow->store, turn->flow->arena, &filter, rows, ROWS, &count);

	for (size_t i = 0; error == OK && i < count; i++) {
		bool told = false;

		error = record_of_row(turn, &rows[i], out);
		if (error == OK)
			error = told_me(turn, out, &told);
		if (error == OK && told)
			return OK;
		error = error == ERR_NOT_FOUND ? OK : error;
	}
	return error != OK ? error : ERR_NOT_FOUND;
}

static bool among(const struct recipients *list, const char *phone)
{
	for (size_t i = 0; list != NULL && i < list->count; i++) {
		if (strcmp(list->list[i].person.phone, phone) == 0)
			return true;
	}
	return false;
}

int told_write(const struct turn *turn, const struct record *record, enum message_id deciders,
	enum message_id others, const struct recipients *but)
{
	json_t *phones, *item;
	size_t i;
	int error = told_load(turn, record, &phones);

	json_array_foreach(phones, i, item) {
		const char *phone = arena_strdup(turn->flow->arena, json_string_value(item));
		struct person person = {.phone = phone, .language = "id"};
		struct sender sender;
		struct reply_context reply;
		int found = error == OK ? store_person_by_phone(turn->flow->store,
						  turn->flow->arena, phone, &person)
					: error;

		if (found != OK && found != ERR_NOT_FOUND) {
			error = found;
			break;
		}
		if ((turn->sender.phone != NULL && strcmp(phone, turn->sender.phone) == 0) ||
			among(but, phone))
			continue;
		turn_towards(turn, &person, &sender, &reply);
		error = turn_send(turn, "notice", phone,
			message_text(turn->flow->catalogue, turn->flow->arena,
				reply_language(&reply),
				scope_decides(sender.role) ? deciders : others, "ref",
				record->row.ref, "class",
				alert_class(&reply, &record->report), "initials",
				alert_initials(turn->flow->arena, &record->report), "age",
				alert_age(&reply, &record->report), "place",
				alert_place(&reply, record), "who",
				alert_who(turn, &reply, turn->sender.phone), "year",
				alert_year(turn, record), NULL),
			record->row.ref);
		if (error != OK)
			break;
	}
	json_decref(phones);
	return error;
}

/* Who told that version. */
static int teller_of(
	const struct turn *turn, const struct record *record, const char *version, const char **by)
{
	struct report_row *rows =
		arena_alloc(turn->flow->arena, TELLINGS * sizeof(*rows));
	size_t count = 0;
	int error = OK;

	*by = record->row.sender;
	if (version != NULL)
		error = store_report_versions(turn->flow->store, turn->flow->arena, record->row.id,
			rows, TELLINGS, &count);
	for (size_t i = 0; i < count; i++) {
		if (rows[i].version == atoi(version) && rows[i].actor != NULL)
			*by = rows[i].actor;
	}
	return error;
}

/* Somebody else who told it: the last that told it again, else whoever told it first. */
static int other_teller(
	const struct turn *turn, const struct record *record, const char *by, const char **also)
{
	struct report_filter filter = {.original = record->row.id};
	struct report_row *rows =
		arena_alloc(turn->flow->arena, TELLINGS * sizeof(*rows));
	size_t count = 0;
	int error = store_report_find(turn->flow->store, turn->flow->arena, &filter, rows,
		TELLINGS, &count);

	*also = NULL;
	for (size_t i = 0; error == OK && i < count && *also == NULL; i++) {
		if (rows[i].sender != NULL && strcmp(rows[i].sender, by) != 0 &&
			strcmp(rows[i].status, status_name(STATUS_DUPLICATE)) == 0)
			*also = rows[i].sender;
	}
	if (*also == NULL && record->row.sender != NULL && strcmp(record->row.sender, by) != 0)
		*also = record->row.sender;
	return error;
}

int alert_tellers(const struct turn *turn, const struct record *record, const char *version,
	const char **by, const char **also)
{
	int error = teller_of(turn, record, version, by);

	*also = NULL;
	return error != OK || *by == NULL ? error : other_teller(turn, record, *by, also);
}
