/* Long options through getopt_long(3). See ctl_options.h. */
#include "tools/common/ctl_options.h"

#include <getopt.h>
#include <stddef.h>

#include "tools/common/ctl.h"

#define OPTIONS_MAX 16

int ctl_options(int argc, char **argv, const struct ctl_option *options)
{
	struct option longs[OPTIONS_MAX + 1] = {{0}};
	int index, found;

	for (int i = 0; i < OPTIONS_MAX && options[i].name; i++)
		longs[i] = (struct option){options[i].name,
			options[i].value ? required_argument : no_argument, NULL, 0};
	opterr = 0;
	optind = 0; /* from the start, whoever parsed before */
	while ((found = getopt_long(argc, argv, ":", longs, &index)) != -1) {
		if (found == ':') {
			ctl_usage_error(argv[0], "%s needs a value", argv[optind - 1]);
			return -1;
		}
		if (found != 0) {
			ctl_usage_error(argv[0], "unknown option %s", argv[optind - 1]);
			return -1;
		}
		if (options[index].value)
			*options[index].value = optarg;
		else
			*options[index].flag = true;
	}
	return optind;
}
