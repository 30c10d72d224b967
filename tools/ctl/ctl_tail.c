/* kabarctl tail, kabarctl reload: the log of the running gateway as it is written; read the
 * configuration again. */
#include <stdio.h>
#include <string.h>

#include "tools/ctl/ctl_commands.h"
#include "tools/common/ctl_control.h"

static void show(const char *data, size_t length, void *context)
{
	(void)context;
	fwrite(data, 1, length, stdout);
	fflush(stdout);
}

int ctl_tail(struct ctl *ctl, int argc, char **argv)
{
	if (argc > 1)
		return ctl_usage_error(argv[0], "unexpected argument \"%s\"", argv[1]);
	return ctl_control(ctl, argv[0], "tail\n", show, NULL);
}

static void judge(const char *data, size_t length, void *context)
{
	bool *good = context;

	*good = length == 3 && memcmp(data, "ok\n", 3) == 0;
	fwrite(data, 1, length, *good ? stdout : stderr);
}

int ctl_reload(struct ctl *ctl, int argc, char **argv)
{
	bool good = false;
	int status;

	if (argc > 1)
		return ctl_usage_error(argv[0], "unexpected argument \"%s\"", argv[1]);
	status = ctl_control(ctl, argv[0], "reload\n", judge, &good);
	return status == 0 && good ? 0 : 1;
}
