/* kabarctl read: its options. The work is in read_lines.c. */
#include <getopt.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "parsers/text/date.h"
#include "tools/ctl/ctl_commands.h"
#include "tools/common/read_lines.h"

/* 2024-08-15T10:00+07:00, or with Z; without an offset in UTC. */
static bool time_parse(const char *text, int64_t *out)
{
	int year, month, day, hour, minute, offset_hour = 0, offset_minute = 0, used = 0;
	char sign = '+';

	if (sscanf(text, "%d-%d-%dT%d:%d%n", &year, &month, &day, &hour, &minute, &used) != 5)
		return false;
	text += used;
	if (*text == ':' && sscanf(text, ":%*2d%n", &used) >= 0)
		text += used;
	if (*text && strcmp(text, "Z") != 0 &&
		sscanf(text, "%c%2d:%2d", &sign, &offset_hour, &offset_minute) != 3)
		return false;
	if (!date_valid(year, month, day) || hour > 23 || minute > 59)
		return false;
	*out = moment_utc((struct moment){{year, month, day}, hour, minute},
		(sign == '-' ? -1 : 1) * (offset_hour * 60 + offset_minute));
	return true;
}

int ctl_read(struct ctl *ctl, int argc, char **argv)
{
	static const struct option options[] = {{"from", required_argument, NULL, 'f'},
		{"now", required_argument, NULL, 'n'}, {"explain", no_argument, NULL, 'e'},
		{NULL, 0, NULL, 0}};
	struct read_request request = {.now = time(NULL)};
	int option;

	while ((option = getopt_long(argc, argv, "", options, NULL)) != -1) {
		switch (option) {
		case 'f':
			request.from = optarg;
			break;
		case 'n':
			if (!time_parse(optarg, &request.now))
				return ctl_usage_error(argv[0],
					"\"%s\" is no time like 2024-08-15T10:00+07:00", optarg);
			break;
		case 'e':
			request.explain = true;
			break;
		default:
			return 2;
		}
	}
	return read_lines(ctl, &request);
}
