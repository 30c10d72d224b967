/* kabarctl play: runs transcripts and counts. */
#include <getopt.h>
#include <stdio.h>

#include "gateway/log.h"
#include "tools/ctl_commands.h"
#include "tools/play.h"

int ctl_play(struct ctl *ctl, int argc, char **argv)
{
	static const struct option options[] = {{"store", required_argument, NULL, 's'}, {NULL, 0, NULL, 0}};
	const char *conninfo = NULL;
	size_t passed = 0, failed = 0;
	int option;

	(void)ctl;
	while ((option = getopt_long(argc, argv, "s:", options, NULL)) != -1) {
		if (option != 's')
			return 2;
		conninfo = optarg;
	}
	if (optind == argc)
		return ctl_usage_error(argv[0], "which transcripts?");
	log_set_quiet(true);
	for (int i = optind; i < argc; i++) {
		if (play_file(argv[i], conninfo, stdout))
			passed++;
		else
			failed++;
	}
	printf("%zu passed, %zu failed\n", passed, failed);
	return failed > 0 ? 1 : 0;
}
