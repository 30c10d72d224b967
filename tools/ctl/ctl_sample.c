/* kabarctl sample fill: months of plausible reports for a store that has people and no reports. */
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

#include "store/report/report.h"
#include "tools/ctl/ctl_commands.h"
#include "tools/common/ctl_options.h"
#include "tools/common/ctl_world.h"
#include "tools/play/fill.h"

#define MONTHS 3

/* A running kabard would send the answers to real phones. */
static bool kabard_runs(const char *path)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	bool runs = fd >= 0 && copy_string(address.sun_path, sizeof(address.sun_path), path) &&
		connect(fd, (const struct sockaddr *)&address, sizeof(address)) == 0;

	if (fd >= 0)
		close(fd);
	return runs;
}

static int fill(struct ctl_world *world, const struct fill_options *options)
{
	const struct report_filter any = {.with_training = true};
	struct fill_result result;
	struct report_row row;
	size_t count;
	int error = store_report_find(world->store, world->arena, &any, &row, 1, &count);

	if (!error && count > 0) {
		fprintf(stderr, "kabarctl sample: there are reports in this store already\n");
		return 1;
	}
	if (kabard_runs(world->config->main.control)) {
		fprintf(stderr, "kabarctl sample: kabard is running; stop it first\n");
		return 1;
	}
	if (!error)
		error = fill_store(world->config, world->store, options, &result);
	if (error == ERR_NOT_FOUND) {
		fprintf(stderr, "kabarctl sample: no kader or bidan of a desa is on file\n");
		return 1;
	}
	if (!error)
		printf("%zu messages handled\n", result.messages);
	return ctl_world_status(world, error);
}

int ctl_sample(struct ctl *ctl, int argc, char **argv)
{
	const char *months = NULL, *seed = NULL;
	char none[] = "", *end = none;
	const struct ctl_option table[] = {{"months", &months, NULL}, {"seed", &seed, NULL}, {0}};
	struct fill_options options = {.months = MONTHS, .seed = 1, .now = time(NULL)};
	struct ctl_world world;
	int status, first = ctl_options(argc, argv, table);

	if (first < 0)
		return 2;
	if (argc - first != 1 || strcmp(argv[first], "fill") != 0)
		return ctl_usage_error(argv[0], "give fill [--months N] [--seed N]");
	if (months)
		options.months = (int)strtol(months, &end, 10);
	if (seed)
		options.seed = (uint32_t)strtoul(seed, NULL, 10);
	if (*end || options.months < 0 || options.months > 36)
		return ctl_usage_error(argv[0], "--months is 0 to 36");
	status = ctl_world_open(&world, ctl, argv[0], false) ? 1 : fill(&world, &options);
	ctl_world_close(&world);
	return status;
}
