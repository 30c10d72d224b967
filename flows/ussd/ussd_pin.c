/* The PIN of roles that need one: made on the first dial, five tries, then locked for a day. Only
 * its argon2id hash is kept, under the same key as that of PIN by SMS.
 */
#include <sodium.h>
#include <string.h>

#include "flows/people/pin.h"
#include "flows/ussd/ussd_kinds.h"
#include "store/message/deadline.h"

#define TRIES	     5
#define LOCK_SECONDS 86400

static int hash_load(const struct ussd *ussd, const char **hash)
{
	const struct turn *turn = ussd->turn;

	return store_session_get(turn->flow->store, turn->flow->arena, "pin", turn->sender.phone,
		turn->flow->now, hash);
}

/* How many wrong PINs there were lately. */
static int tries_load(const struct ussd *ussd, int64_t *tries)
{
	const struct turn *turn = ussd->turn;
	const char *text;
	int error = store_session_get(turn->flow->store, turn->flow->arena, "pin-tries",
		turn->sender.phone, turn->flow->now, &text);

	*tries = error == OK ? text[0] - '0' : 0;
	return error == ERR_NOT_FOUND ? OK : error;
}

static int tries_save(const struct ussd *ussd, int64_t tries)
{
	const struct turn *turn = ussd->turn;

	if (tries == 0)
		return store_session_drop(turn->flow->store, "pin-tries", turn->sender.phone);
	return store_session_put(turn->flow->store, "pin-tries", turn->sender.phone,
		arena_printf(ussd->arena, "%d", (int)tries), turn->flow->now + LOCK_SECONDS);
}

bool ussd_pin_wanted(const struct ussd *ussd)
{
	const char *hash;

	if ((ussd->turn->flow->settings->pin_roles & (1u << ussd->turn->sender.role)) == 0)
		return false;
	json_object_set_new(ussd->json, "at",
		json_string(hash_load(ussd, &hash) == ERR_NOT_FOUND ? "pin_new" : "pin"));
	return true;
}

static void say_locked(struct ussd *ussd)
{
	ussd_put(ussd, "text", ussd_word(ussd, "locked"));
	ussd_go(ussd, "done");
}

int pin_show(struct ussd *ussd)
{
	int64_t tries;
	int error = tries_load(ussd, &tries);

	if (error == OK && tries >= TRIES)
		say_locked(ussd);
	else
		ussd_say(ussd, ussd_word(ussd, "pin"), "");
	return error;
}

int pin_take(struct ussd *ussd, const char *text)
{
	const char *hash;
	int64_t tries;
	int error = tries_load(ussd, &tries);

	if (error == OK)
		error = hash_load(ussd, &hash);
	if (error != OK)
		return error;
	if (tries < TRIES && sodium_init() >= 0 &&
		crypto_pwhash_str_verify(hash, text, strlen(text)) == 0) {
		error = tries_save(ussd, 0);
		return error == OK ? ussd_open(ussd) : error;
	}
	error = tries_save(ussd, ++tries < TRIES ? tries : TRIES);
	if (error == OK && tries == TRIES)
		error = turn_audit(ussd->turn, "pin-locked", ussd->turn->sender.phone, NULL, NULL);
	ussd_wrong(ussd, arena_printf(ussd->arena, "%s %d %s", ussd_word(ussd, "pin_wrong"),
		(int)(tries < TRIES ? TRIES - tries : 0), ussd_word(ussd, "tries")));
	return error;
}

int pin_new_show(struct ussd *ussd)
{
	ussd_say(ussd, ussd_word(ussd, "pin_new"), "");
	return OK;
}

int pin_new_take(struct ussd *ussd, const char *text)
{
	const char *hash;
	int error;

	if (!pin_good(text))
		return ussd_wrong(ussd, ussd_word(ussd, "pin_bad"));
	error = pin_hash(ussd->arena, text, &hash);
	ussd_put(ussd, "pin", error == OK ? hash : NULL);
	ussd_go(ussd, "pin_again");
	return error;
}

int pin_again_show(struct ussd *ussd)
{
	ussd_say(ussd, ussd_word(ussd, "pin_again"), "");
	return OK;
}

int pin_again_take(struct ussd *ussd, const char *text)
{
	const char *hash = ussd_get(ussd, "pin");
	int error;

	ussd_put(ussd, "pin", NULL);
	if (hash == NULL || sodium_init() < 0 ||
		crypto_pwhash_str_verify(hash, text, strlen(text)) != 0) {
		ussd_go(ussd, "pin_new");
		return ussd_wrong(ussd, ussd_word(ussd, "pin_differs"));
	}
	error = pin_put(ussd->turn, hash);
	return error == OK ? ussd_open(ussd) : error;
}
