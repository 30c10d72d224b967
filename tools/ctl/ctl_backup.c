/* kabarctl backup: a consistent copy of the store while the gateway goes on. */
#include <stdio.h>

#include "gateway/os/clock.h"
#include "store/figures.h"
#include "tools/ctl/ctl_commands.h"
#include "tools/ctl/ctl_store.h"

static void note_backup(const struct ctl *ctl, const char *command)
{
	struct store *store;

	if (ctl_store_open(ctl, command, CTL_WRITE, &store))
		return;
	if (store_backup_note(store, clock_utc()) != OK)
		fprintf(stderr, "kabarctl %s: not noted: %s\n", command, store_detail(store));
	store_close(store);
}

int ctl_backup(struct ctl *ctl, int argc, char **argv)
{
	struct store *store;
	int error;

	if (argc != 2)
		return ctl_usage_error(argv[0], "give the file to write");
	if (ctl_store_open(ctl, argv[0], CTL_READ, &store))
		return 1;
	error = store_backup(store, argv[1]);
	if (error)
		fprintf(stderr, "kabarctl backup: %s: %s\n", error_text(error),
			store_detail(store));
	store_close(store);
	if (!error) /* the gateway's health watches how old the last one is */
		note_backup(ctl, argv[0]);
	return error ? 1 : 0;
}
