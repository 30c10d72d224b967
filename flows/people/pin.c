/* PINs by SMS: made, changed, reset. See pin.h. */
#include "flows/people/pin.h"

#include <sodium.h>
#include <string.h>

#include "flows/alert/alert.h"
#include "flows/rules/scope.h"
#include "parsers/text/phone.h"
#include "store/message/deadline.h"

#define KEEP_SECONDS (10LL * 366 * 86400)
#define TRIES_SECONDS 86400
#define TRIES	      5
#define PIN_DIGITS 6
#define PIN_PASSES 2
#define PIN_MEMORY (4 << 20) /* octets: some milliseconds, no more, inside a batch */

/* Six digits, not one repeated and not a run. */
bool pin_good(const char *pin)
{
	bool same = true, up = true, down = true;

	if (pin == NULL || strlen(pin) != PIN_DIGITS || strspn(pin, "0123456789") != PIN_DIGITS)
		return false;
	for (size_t i = 1; i < PIN_DIGITS; i++) {
		same = same && pin[i] == pin[0];
		up = up && pin[i] == pin[i - 1] + 1;
		down = down && pin[i] == pin[i - 1] - 1;
	}
	return !same && !up && !down;
}

int pin_hash(struct arena *arena, const char *pin, const char **hash)
{
	char *out = arena_alloc(arena, crypto_pwhash_STRBYTES);

	*hash = out;
	return sodium_init() < 0 ||
			crypto_pwhash_str(out, pin, strlen(pin), PIN_PASSES, PIN_MEMORY) != 0
		? ERR_SYSTEM
		: OK;
}

int pin_put(struct turn *turn, const char *hash)
{
	int error = store_session_put(
		turn->flow->store, "pin", turn->sender.phone, hash, turn->flow->now + KEEP_SECONDS);

	return error != OK ? error : turn_audit(turn, "pin", turn->sender.phone, NULL, NULL);
}

static int tries_count(const struct turn *turn, int64_t *tries, bool one_more)
{
	const char *text;
	int error = store_session_get(turn->flow->store, turn->flow->arena, "pin-tries",
		turn->sender.phone, turn->flow->now, &text);

	*tries = error == OK ? text[0] - '0' : 0;
	if (error != OK && error != ERR_NOT_FOUND)
		return error;
	if (!one_more || *tries >= TRIES)
		return OK;
	++*tries;
	return store_session_put(turn->flow->store, "pin-tries", turn->sender.phone,
		arena_printf(turn->flow->arena, "%d", (int)*tries),
		turn->flow->now + TRIES_SECONDS);
}

static int pin_set(struct turn *turn, const char *pin)
{
	const char *hash;
	int error;

	if (!pin_good(pin)) {
		turn_say_plain(turn, MESSAGE_PIN_HOW);
		return OK;
	}
	error = pin_hash(turn->flow->arena, pin, &hash);
	turn_say_plain(turn, MESSAGE_PIN_SET);
	return error != OK ? error : pin_put(turn, hash);
}

/* "493817 264951": the old one first, five tries a day together with those at the screen. */
static int pin_change(struct turn *turn, const char *hash)
{
	const char *both = turn->reading->argument;
	int64_t tries;
	int error = tries_count(turn, &tries, false);

	if (error != OK)
		return error;
	if (both == NULL || strlen(both) != 2 * PIN_DIGITS || tries >= TRIES) {
		turn_say_plain(turn, MESSAGE_PIN_CHANGE_HOW);
		return OK;
	}
	if (sodium_init() < 0 || crypto_pwhash_str_verify(hash, both, PIN_DIGITS) != 0) {
		turn_say_plain(turn, MESSAGE_PIN_CHANGE_HOW);
		return tries_count(turn, &tries, true);
	}
	return pin_set(turn, both + PIN_DIGITS);
}

int pin_handle(struct turn *turn)
{
	const char *hash;
	int error = store_session_get(turn->flow->store, turn->flow->arena, "pin",
		turn->sender.phone, turn->flow->now, &hash);

	if (error == OK)
		return pin_change(turn, hash);
	return error == ERR_NOT_FOUND ? pin_set(turn, turn->reading->argument) : error;
}

static int pin_drop(struct turn *turn, const struct person *person)
{
	struct sender sender;
	struct reply_context reply;
	int error = store_session_drop(turn->flow->store, "pin", person->phone);

	if (error == OK)
		error = store_session_drop(turn->flow->store, "pin-tries", person->phone);
	if (error == OK)
		error = turn_audit(turn, "pin-reset", person->phone, NULL, NULL);
	if (error != OK)
		return error;
	turn_towards(turn, person, &sender, &reply);
	turn_say(turn, MESSAGE_PIN_RESET, "phone", person->phone);
	return turn_send(turn, "notice", person->phone,
		message_text(turn->flow->catalogue, turn->flow->arena, reply_language(&reply),
			MESSAGE_PIN_RESET_TELL, "who",
			alert_who(turn, &reply, turn->sender.phone), NULL),
		NULL);
}

int pin_reset(struct turn *turn, const char *argument)
{
	char phone[PHONE_TEXT];
	struct person person;
	struct sender target = {0};
	int error = argument != NULL && phone_normalise(argument, phone)
		? store_person_by_phone(turn->flow->store, turn->flow->arena, phone, &person)
		: ERR_NOT_FOUND;

	if (error == OK)
		person_to_sender(turn->flow, &person, &target);
	else if (error != ERR_NOT_FOUND)
		return error;
	if (error == OK && target.narea > 0 &&
		scope_approves(&turn->sender, person.role, target.areas[0]))
		return pin_drop(turn, &person);
	turn_say(turn, MESSAGE_PERSON_UNKNOWN, "phone", argument == NULL ? "-" : argument);
	return OK;
}
