/* kabarctl play: runs transcripts and counts. */
#include <stdio.h>

#include "gateway/os/log.h"
#include "tools/common/ctl_options.h"
#include "tools/ctl/ctl_commands.h"
#include "tools/play/play.h"

int ctl_play(struct ctl *ctl, int argc, char **argv)
{
	struct play_options options = {.out = stdout};
	size_t passed = 0, failed = 0;
	const struct ctl_option table[] = {
		{"show", NULL, &options.show}, {"store", &options.conninfo, NULL}, {0}};
	int first = ctl_options(argc, argv, table);

	(void)ctl;
	if (first < 0)
		return 2;
	if (first >= argc)
		return ctl_usage_error(argv[0], "which transcripts?");
	log_set_quiet(true);
	for (int i = first; i < argc; i++) {
		if (options.show && argc - first > 1)
			printf("== %s\n", argv[i]);
		if (play_file(argv[i], &options))
			passed++;
		else
			failed++;
	}
	printf("%zu passed, %zu failed\n", passed, failed);
	return failed > 0 ? 1 : 0;
}
