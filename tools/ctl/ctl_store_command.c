/* kabarctl store init|accept|show|copy: making the store, and saying that it is the right one. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "gateway/os/clock.h"
#include "gateway/os/identity.h"
#include "store/message/deadline.h"
#include "tools/ctl/ctl_commands.h"
#include "tools/common/ctl_json.h"
#include "tools/common/ctl_options.h"
#include "tools/common/ctl_store.h"

static int show(struct store *store, bool as_json)
{
	char id[STORE_ID];
	int64_t last;
	int error = store_id(store, id, &last);

	if (error == OK && as_json)
		return ctl_json_print(json_pack("{s:s, s:I}", "store", id, "last",
			       (json_int_t)last))
			? ERR_SYSTEM
			: OK;
	if (error == OK)
		printf("store %s, messages up to %" PRId64 "\n", id, last);
	return error;
}

static int note(struct store *store, const char *verb)
{
	struct arena *arena = arena_new();
	int error = store_audit_put(store, clock_utc(), ctl_actor(arena),
		arena_printf(arena, "store %s", verb), "store", NULL, NULL);

	arena_free(arena);
	return error;
}

int ctl_store_command(struct ctl *ctl, int argc, char **argv)
{
	bool as_json = false;
	const struct ctl_option options[] = {{"json", NULL, &as_json}, {0}};
	bool copy = argc > 1 && strcmp(argv[1], "copy") == 0;
	int first = copy ? 0 : ctl_options(argc, argv, options);
	const char *verb = first > 0 && argc - first == 1 ? argv[first] : "";
	bool init = strcmp(verb, "init") == 0, accept = strcmp(verb, "accept") == 0;
	char path[4096];
	struct store *store;
	int error;

	if (copy)
		return ctl_store_copy(argc - 1, argv + 1);
	if (first < 0)
		return 2;
	if (!init && !accept && strcmp(verb, "show") != 0)
		return ctl_usage_error(argv[0], "give init, accept, show or copy");
	if (ctl_store_path(ctl, argv[0], path, sizeof(path)))
		return 1;
	if (ctl_store_open(ctl, argv[0], init ? CTL_CREATE : accept ? CTL_WRITE : CTL_READ, &store))
		return 1;
	error = accept ? identity_accept(store, path) : OK;
	if (error == OK && (init || accept))
		error = note(store, verb);
	if (error == OK)
		error = show(store, as_json);
	if (error == ERR_EXISTS)
		fputs("kabarctl store: kabard runs: it has accepted its store\n", stderr);
	else if (error)
		fprintf(stderr, "kabarctl store: %s %s\n", error_text(error), store_detail(store));
	store_close(store);
	return error ? 1 : 0;
}
