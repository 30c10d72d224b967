/* Moving cases to another desa: see move.h. What waits is a session by kabupaten and reference. */
#include "flows/correct/move.h"

#include <jansson.h>
#include <string.h>
#include <strings.h>

#include "flows/alert/alert.h"
#include "flows/alert/recipients.h"
#include "flows/case/handed.h"
#include "flows/change/case_keep.h"
#include "flows/record/find_ref.h"
#include "flows/record/home.h"
#include "flows/record/record_scope.h"
#include "flows/record/report_json.h"
#include "flows/rules/scope.h"
#include "parsers/form/form.h"
#include "parsers/form/form_case.h"

#define KIND	     "handover"
#define KEEP_SECONDS (14 * 86400)
#define WAIT_SECONDS (48 * 3600)
#define CASES_MOST   8
#define KEYS_MOST    512 /* moves that wait anywhere, and are looked at */

struct moving {
	struct case_row cases[CASES_MOST]; /* of one person, of several forms */
	size_t count;
	const struct area *from, *to;
};

/* References are of a kabupaten. */
static const char *key_of(const struct turn *turn, const struct area *area, const char *ref)
{
	const struct area *kabupaten = home_kabupaten(area);

	return arena_printf(turn->flow->arena, "%s/%s", kabupaten == NULL ? "" : kabupaten->code,
		reply_upper(arena_strdup(turn->flow->arena, ref)));
}

/* All that is open of this person: a child is weighed and gets doses. */
static int cases_of(const struct turn *turn, const char *area, const char *name,
	struct moving *out)
{
	struct case_row *rows = arena_alloc(turn->flow->arena, CASES_MOST * sizeof(*rows));
	const struct form *form;
	int error = OK;

	for (size_t i = 0; error == OK &&
		(form = reader_form_with_cases(turn->flow->reader, &i)) != NULL;) {
		size_t count = 0;

		error = store_case_named(turn->flow->store, turn->flow->arena, form->name, area,
			name, rows, CASES_MOST, &count);
		for (size_t k = 0; error == OK && k < count; k++) {
			if (rows[k].closed == NULL && out->count < CASES_MOST)
				out->cases[out->count++] = rows[k];
		}
	}
	return error;
}

static int by_ref(struct turn *turn, struct moving *out)
{
	struct record *record = arena_alloc(turn->flow->arena, sizeof(*record));
	struct case_row row;
	int64_t id = 0;
	int error = find_ref(turn, turn->reading->ref, record);

	if (error != OK)
		return error;
	error = store_case_of(turn->flow->store, record->row.id, &id);
	if (error == OK && id != 0)
		error = store_case_get(turn->flow->store, turn->flow->arena, id, &row);
	if (error != OK || id == 0 ||
		!scope_verifies(&turn->sender, gazetteer_area(turn->flow->places, row.area)))
		return error;
	error = cases_of(turn, row.area, row.name, out);
	for (size_t i = 1; i < out->count; i++) { /* the one that was named comes first */
		if (out->cases[i].id == id) {
			out->cases[i] = out->cases[0];
			out->cases[0] = row;
		}
	}
	return error;
}

static int by_name(const struct turn *turn, const char *name, struct moving *out)
{
	int error = OK;

	for (size_t i = 0; error == OK && i < turn->sender.narea && out->count == 0; i++)
		error = cases_of(turn, turn->sender.areas[i]->code,
			reply_upper(arena_strdup(turn->flow->arena, name)), out);
	return error;
}

/* Without the words, in their order, that stand in front. */
static const char *behind(const char *const *words, size_t count, const char *text)
{
	for (size_t i = 0; i < count; i++) {
		if (strncasecmp(text, words[i], strlen(words[i])) == 0)
			text += strlen(words[i]);
	}
	return text;
}

/* "bumil bu siti aminah ke desa terbis": the name, and the desa without what is said in front. */
static const char *split(const struct turn *turn, const char *text, const char **name)
{
	static const char *const before[] = {"ke ", "di ", "desa ", "ds ", "kel ", "kelurahan "};
	static const char *const titles[] = {"ibu hamil ", "bumil ", "anak ", "balita ", "bayi ",
		"bu ", "bu. ", "ibu ", "ny ", "ny. ", "mbak ", "mba "};
	const char *to = NULL;

	*name = "";
	text = behind(titles, COUNT_OF(titles), text);
	for (const char *at = text; (at = strcasestr(at, " ke ")) != NULL; at++)
		to = at + 1;
	if (to != NULL)
		*name = arena_strndup(turn->flow->arena, text, (size_t)(to - 1 - text));
	else
		to = text;
	return behind(before, COUNT_OF(before), to);
}

static const char *ask_text(const struct turn *turn, const struct reply_context *reply,
	const struct move_wait *wait)
{
	return message_text(turn->flow->catalogue, turn->flow->arena, reply_language(reply),
		MESSAGE_HANDOVER_ASK, "ref", wait->ref, "name",
		reply_title_case(turn->flow->arena, wait->name), "place",
		reply_place(reply, wait->from), "area", reply_place(reply, wait->to), "who",
		alert_who(turn, reply, wait->by), NULL);
}

/* What became of it. */
static const char *told_text(const struct turn *turn, const struct reply_context *reply,
	enum message_id id, const struct move_wait *wait)
{
	return message_text(turn->flow->catalogue, turn->flow->arena, reply_language(reply), id,
		"ref", wait->ref, "name", reply_title_case(turn->flow->arena, wait->name), "place",
		reply_place(reply, wait->to), NULL);
}

static int tell_bidan(
	const struct turn *turn, const struct area *area, const struct move_wait *wait)
{
	struct recipients to;
	int error = recipients_find(turn, area, TO_BIDAN, &to);

	for (size_t i = 0; error == OK && i < to.count; i++) {
		struct sender sender;
		struct reply_context reply;

		turn_towards(turn, &to.list[i].person, &sender, &reply);
		error = turn_send(turn, "notice", to.list[i].person.phone,
			ask_text(turn, &reply, wait), wait->ref);
	}
	return error;
}

static int move_all(struct turn *turn, struct moving *moving)
{
	int error = OK;

	for (size_t i = 0; error == OK && i < moving->count; i++)
		error = handed_put(turn, &moving->cases[i], moving->cases[i].area);
	for (size_t i = 0; error == OK && i < moving->count; i++)
		error = case_move(turn, &moving->cases[i], moving->to->code);
	turn_say(turn, MESSAGE_HANDOVER_DONE, "ref", moving->cases[0].ref, "name",
		reply_title_case(turn->flow->arena, moving->cases[0].name), "place",
		reply_place(&turn->reply, moving->to->code));
	return error;
}

static const char *text_of(const struct turn *turn, json_t *data, const char *key)
{
	const char *text = json_string_value(json_object_get(data, key));

	return text == NULL ? "" : arena_strdup(turn->flow->arena, text);
}

static void wait_read(const struct turn *turn, const char *data, struct move_wait *out)
{
	json_t *json = json_loads(data, 0, NULL);

	*out = (struct move_wait){.ref = text_of(turn, json, "ref"),
		.name = text_of(turn, json, "name"),
		.from = text_of(turn, json, "from"),
		.to = text_of(turn, json, "to"),
		.by = text_of(turn, json, "by")};
	json_decref(json);
}

static int load(const struct turn *turn, const char *key, struct move_wait *out, bool *found)
{
	const char *data;
	int error = store_session_get(
		turn->flow->store, turn->flow->arena, KIND, key, turn->flow->now, &data);

	*found = error == OK;
	if (*found)
		wait_read(turn, data, out);
	return error == ERR_NOT_FOUND ? OK : error;
}

/* Who was asked about another desa, and has not answered, decides nothing any more. */
static int tell_before(const struct turn *turn, const struct move_wait *before)
{
	struct recipients to;
	int error = recipients_find(
		turn, gazetteer_area(turn->flow->places, before->to), TO_BIDAN, &to);

	for (size_t i = 0; error == OK && i < to.count; i++) {
		struct sender sender;
		struct reply_context reply;

		turn_towards(turn, &to.list[i].person, &sender, &reply);
		error = turn_send(turn, "notice", to.list[i].person.phone,
			told_text(turn, &reply, MESSAGE_HANDOVER_REFUSED, before), before->ref);
	}
	return error;
}

/* Has he asked for the same already, and the bidan there has read it? Another desa's hears that it
 * is off. */
static int asked_before(
	const struct turn *turn, const struct move_wait *wait, const char *key, bool *asked)
{
	struct move_wait before;
	bool found;
	int error = load(turn, key, &before, &found);

	*asked = error == OK && found && strcmp(before.to, wait->to) == 0 &&
		strcmp(before.by, wait->by) == 0;
	return error == OK && found && strcmp(before.to, wait->to) != 0
		? tell_before(turn, &before)
		: error;
}

static int ask(struct turn *turn, struct moving *moving)
{
	const struct move_wait wait = {.ref = moving->cases[0].ref,
		.name = moving->cases[0].name,
		.from = moving->from->code,
		.to = moving->to->code,
		.by = turn->sender.phone};
	const char *key = key_of(turn, moving->from, wait.ref);
	struct deadline deadline = {
		.kind = KIND, .subject = key, .due = turn->flow->now + WAIT_SECONDS};
	bool asked;
	int error = asked_before(turn, &wait, key, &asked);

	turn_say(turn, MESSAGE_HANDOVER_SENT, "ref", wait.ref, "name",
		reply_title_case(turn->flow->arena, wait.name), "place",
		reply_place(&turn->reply, wait.to));
	if (error != OK || asked)
		return error;
	error = store_session_put(turn->flow->store, KIND, key,
		json_to_arena(turn->flow->arena,
			json_pack("{s:s,s:s,s:s,s:s,s:s}", "ref", wait.ref, "name", wait.name,
				"from", wait.from, "to", wait.to, "by", wait.by)),
		turn->flow->now + KEEP_SECONDS);
	if (error == OK)
		error = turn_audit(turn, "move", wait.ref, wait.from, wait.to);
	if (error == OK)
		error = store_deadline_put(turn->flow->store, &deadline);
	return error != OK ? error : tell_bidan(turn, moving->to, &wait);
}

int move_handle(struct turn *turn)
{
	const char *text = turn->reading->argument == NULL ? "" : turn->reading->argument, *name;
	const char *place = split(turn, text, &name);
	const struct area *to = NULL;
	struct moving *moving = arena_alloc(turn->flow->arena, sizeof(*moving));
	struct problem problem = {0};
	bool named = turn->reading->ref != NULL && *turn->reading->ref != '\0';
	int error;

	if (*place == '\0' || home_find(turn, place, &to, &problem) != OK) {
		turn_say_plain(turn, MESSAGE_HANDOVER_HOW);
		return OK;
	}
	error = named ? by_ref(turn, moving) : by_name(turn, name, moving);
	if (error != OK)
		return error == ERR_NOT_FOUND || error == ERR_AMBIGUOUS ? OK : error;
	if (moving->count == 0) {
		turn_say_plain(turn, MESSAGE_HANDOVER_NONE);
		return OK;
	}
	moving->from = gazetteer_area(turn->flow->places, moving->cases[0].area);
	moving->to = to;
	if (moving->from == NULL || moving->from == to) {
		turn_say_plain(turn, MESSAGE_HANDOVER_NONE);
		return OK;
	}
	return scope_verifies(&turn->sender, to) ? move_all(turn, moving) : ask(turn, moving);
}

static int tell_asker(
	const struct turn *turn, enum message_id id, const struct move_wait *wait)
{
	struct person person;
	struct sender sender;
	struct reply_context reply;
	int error = store_person_by_phone(turn->flow->store, turn->flow->arena, wait->by, &person);

	if (error != OK)
		return error == ERR_NOT_FOUND ? OK : error;
	turn_towards(turn, &person, &sender, &reply);
	return turn_send(turn, "notice", wait->by,
		told_text(turn, &reply, id, wait), wait->ref);
}

static int decide(struct turn *turn, const char *key, const struct move_wait *wait, bool yes)
{
	struct moving *moving = arena_alloc(turn->flow->arena, sizeof(*moving));
	int error = store_session_drop(turn->flow->store, KIND, key);

	if (error == OK)
		error = store_deadline_drop(turn->flow->store, KIND, key);
	if (error == OK && yes)
		error = cases_of(turn, wait->from, wait->name, moving);
	if (error != OK)
		return error;
	moving->to = gazetteer_area(turn->flow->places, wait->to);
	if (yes && (moving->count == 0 || moving->to == NULL)) {
		turn_say_plain(turn, MESSAGE_HANDOVER_NONE);
		return OK;
	}
	if (yes)
		error = move_all(turn, moving);
	else
		turn_say(turn, MESSAGE_HANDOVER_REFUSED, "ref", wait->ref, "name",
			reply_title_case(turn->flow->arena, wait->name), "place",
			reply_place(&turn->reply, wait->to));
	return error != OK
		? error
		: tell_asker(turn, yes ? MESSAGE_HANDOVER_DONE : MESSAGE_HANDOVER_REFUSED, wait);
}

static bool may_decide(const struct turn *turn, const struct move_wait *wait)
{
	const struct area *to = gazetteer_area(turn->flow->places, wait->to);

	return to != NULL && scope_verifies(&turn->sender, to);
}

int move_decide(struct turn *turn, const char *ref, bool yes, bool *done)
{
	const struct area *here = turn->sender.narea > 0 ? turn->sender.areas[0] : NULL;
	const char *key = here == NULL ? NULL : key_of(turn, here, ref);
	struct move_wait wait;
	bool found = false;
	int error = key == NULL ? OK : load(turn, key, &wait, &found);

	*done = error == OK && found && may_decide(turn, &wait);
	if (!*done)
		return error;
	turn->ref = wait.ref;
	return decide(turn, key, &wait, yes);
}

struct keys {
	const struct turn *turn;
	const char *list[KEYS_MOST];
	size_t count;
};

static void key_take(const char *key, const char *data, int64_t expires, void *context)
{
	struct keys *keys = context;

	(void)data;
	(void)expires;
	if (keys->count < KEYS_MOST)
		keys->list[keys->count++] = arena_strdup(keys->turn->flow->arena, key);
}

int move_each(struct turn *turn, move_each_fn *each, void *context)
{
	struct keys *keys = arena_alloc(turn->flow->arena, sizeof(*keys));
	struct move_wait wait;
	bool found;
	int error;

	*keys = (struct keys){.turn = turn};
	error = store_session_each(turn->flow->store, KIND, key_take, keys);
	for (size_t i = 0; error == OK && i < keys->count; i++) {
		error = load(turn, keys->list[i], &wait, &found);
		if (error == OK && found && may_decide(turn, &wait))
			error = each(turn, &wait, ask_text(turn, &turn->reply, &wait), context);
	}
	return error;
}

int move_on_due(const struct turn *turn, const struct deadline *deadline)
{
	struct move_wait wait;
	bool found;
	int error = load(turn, deadline->subject, &wait, &found);

	return error == OK && found ? tell_asker(turn, MESSAGE_HANDOVER_WAITS, &wait) : error;
}
