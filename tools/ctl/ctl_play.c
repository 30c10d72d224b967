/* kabarctl play: runs transcripts and counts. */
#include <stdio.h>
#include <string.h>

#include "gateway/os/log.h"
#include "tools/ctl/ctl_commands.h"
#include "tools/play/play.h"

int ctl_play(struct ctl *ctl, int argc, char **argv)
{
	struct play_options options = {.out = stdout};
	size_t passed = 0, failed = 0;
	int first = 1;

	(void)ctl;
	for (; first < argc; first++) { /* by hand: a struct option is something else here */
		if (strcmp(argv[first], "--show") == 0)
			options.show = true;
		else if (strcmp(argv[first], "--store") == 0 && first + 1 < argc)
			options.conninfo = argv[++first];
		else
			break;
	}
	if (first >= argc)
		return ctl_usage_error(argv[0], "which transcripts?");
	log_set_quiet(true);
	for (int i = first; i < argc; i++) {
		if (play_file(argv[i], &options))
			passed++;
		else
			failed++;
	}
	printf("%zu passed, %zu failed\n", passed, failed);
	return failed > 0 ? 1 : 0;
}
