/* kabarctl key init|rotate|show: the key of the store. A store of before gets one and is sealed; a
 * rotation seals everything again with a new one. Both go on where they were killed. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "gateway/os/clock.h"
#include "store/message/deadline.h"
#include "store/rekey.h"
#include "store/secret/keys.h"
#include "tools/common/ctl_store.h"
#include "tools/ctl/ctl_commands.h"
#include "flows/lists/chunk.h"

#define WALKS_MOST 10 /* a gateway that was late with the new key may have written in between */

static int fail(struct store *store, int error)
{
	fprintf(stderr, "kabarctl key: %s: %s\n", error_text(error), store_detail(store));
	return 1;
}

static void progress(const struct rekey *rekey, bool end)
{
	int64_t last = rekey->last > 0 ? rekey->last : 1;
	int percent = (int)(100 * (rekey->after < last ? rekey->after : last) / last);

	if (isatty(STDERR_FILENO))
		fprintf(stderr, "\r%-16s %3d %%, %lld rows sealed%s", store_rekey_table(rekey),
			end ? 100 : percent, (long long)rekey->sealed, end ? "\n" : "");
}

static int walk(struct store *store, bool again, struct rekey *rekey)
{
	struct chunk chunk = CHUNK_INIT;
	int error = store_rekey_begin(store, again, rekey);

	for (int busy = 0; !error && !rekey->done;) {
		chunk_begin(&chunk);
		error = store_rekey_step(store, chunk.rows, rekey);
		chunk_end(&chunk);
		busy = error == ERR_STORE_BUSY ? busy + 1 : 0;
		if (busy > 0 && busy < WALKS_MOST)
			error = OK;
		progress(rekey, false);
	}
	return error;
}

/* Walks until a whole walk finds nothing. */
static int seal(struct store *store)
{
	struct rekey rekey;
	int error = walk(store, false, &rekey);
	int64_t sealed = rekey.sealed;

	for (int i = 0; !error && i < WALKS_MOST; i++) {
		error = walk(store, true, &rekey);
		sealed += rekey.sealed;
		if (rekey.sealed == 0)
			break;
	}
	progress(&rekey, true);
	if (!error)
		error = store_rekey_finish(store);
	if (!error)
		printf("%lld rows sealed, of %lld\n", (long long)sealed, (long long)rekey.looked);
	return error;
}

static int note(struct store *store, const char *action, int generation)
{
	struct arena *arena = arena_new();
	int error = store_audit_put(store, clock_utc(), ctl_actor(arena), action, "store", NULL,
		arena_printf(arena, "generation %d", generation));

	arena_free(arena);
	return error;
}

/* A store of before has no key: the file is made, and opening the store again takes it. */
static int key_make(const struct ctl *ctl, const char *command, struct store **store)
{
	char detail[KEYS_DETAIL] = "";
	struct key_state state;
	int error = store_key_state(*store, &state);

	if (error || state.keyed)
		return error ? fail(*store, error) : 0;
	error = keys_make(state.path, detail);
	if (error && error != ERR_EXISTS) {
		fprintf(stderr, "kabarctl key: %s\n", detail);
		return 1;
	}
	store_close(*store);
	return ctl_store_open(ctl, command, CTL_WRITE, store) ? 1 : 0;
}

static int init(const struct ctl *ctl, const char *command, struct store **store)
{
	struct key_state state;
	int error, status = key_make(ctl, command, store);

	if (status)
		return status;
	error = store_key_state(*store, &state);
	if (!error && (!state.sealed || state.rotating)) {
		error = note(*store, "key init", state.generation);
		if (!error)
			error = seal(*store);
	}
	if (error)
		return fail(*store, error);
	printf("sealed with key %d in %s: keep a copy of this file, never beside a backup\n",
		state.generation, state.path);
	return 0;
}

static int rotate(struct store *store)
{
	struct key_state state;
	int generation, error = store_key_state(store, &state);

	if (!error && !state.keyed) {
		fputs("kabarctl key: the store has no key yet: kabarctl key init\n", stderr);
		return 1;
	}
	if (error)
		return fail(store, error);
	error = store_key_renew(store, &generation);
	if (error == ERR_EXISTS)
		printf("going on with the rotation to key %d\n", generation);
	else if (!error)
		error = note(store, "key rotate", generation);
	if (!error || error == ERR_EXISTS)
		error = seal(store);
	if (!error)
		error = note(store, "key rotated", generation);
	if (error)
		return fail(store, error);
	printf("sealed with key %d in %s: copy it to where you keep it. Backups of before need "
	       "%s.%d: keep it as long as them, then destroy it\n",
		generation, state.path, state.path, generation - 1);
	return 0;
}

static int show(struct store *store)
{
	struct key_state state;
	int error = store_key_state(store, &state);

	if (error)
		return fail(store, error);
	if (!state.keyed)
		printf("no key: NIK and phone numbers of people are stored as they came. "
		       "kabarctl key init\n");
	else
		printf("key %d in %s, %s\n", state.generation, state.path,
			state.rotating ? "being rotated: kabarctl key rotate goes on"
			: state.sealed ? "everything is sealed"
				       : "not everything is sealed: kabarctl key init");
	return state.keyed && state.sealed && !state.rotating ? 0 : 1;
}

int ctl_key(struct ctl *ctl, int argc, char **argv)
{
	const char *verb = argc == 2 ? argv[1] : "";
	bool shows = strcmp(verb, "show") == 0;
	struct store *store;
	int status;

	if (!shows && strcmp(verb, "init") != 0 && strcmp(verb, "rotate") != 0)
		return ctl_usage_error(argv[0], "give init, rotate or show");
	if (ctl_store_open(ctl, argv[0], shows ? CTL_READ : CTL_WRITE, &store))
		return 1;
	status = shows			       ? show(store)
		: strcmp(verb, "init") == 0 ? init(ctl, argv[0], &store)
					       : rotate(store);
	store_close(store);
	return status;
}
