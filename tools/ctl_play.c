/* kabarctl play: runs transcripts and counts. */
#include <stdio.h>
#include <string.h>

#include "gateway/log.h"
#include "tools/ctl_commands.h"
#include "tools/play.h"

int ctl_play(struct ctl *ctl, int argc, char **argv)
{
	const char *conninfo = NULL;
	size_t passed = 0, failed = 0;
	int first = 1;

	(void)ctl;
	if (argc > 2 && strcmp(argv[1], "--store") == 0) { /* by hand: a struct option is something else here */
		conninfo = argv[2];
		first = 3;
	}
	if (first >= argc)
		return ctl_usage_error(argv[0], "which transcripts?");
	log_set_quiet(true);
	for (int i = first; i < argc; i++) {
		if (play_file(argv[i], conninfo, stdout))
			passed++;
		else
			failed++;
	}
	printf("%zu passed, %zu failed\n", passed, failed);
	return failed > 0 ? 1 : 0;
}
