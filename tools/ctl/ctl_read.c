/* kabarctl read: its options. The work is in read_lines.c. */
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "parsers/number/date.h"
#include "tools/common/ctl_options.h"
#include "tools/ctl/ctl_commands.h"
#include "tools/look/read_lines.h"

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
	struct read_request request = {.now = time(NULL)};
	const char *now = NULL;
	const struct ctl_option options[] = {{"from", &request.from, NULL}, {"now", &now, NULL},
		{"explain", NULL, &request.explain}, {0}};
	int first = ctl_options(argc, argv, options);

	if (first < 0)
		return 2;
	if (first < argc)
		return ctl_usage_error(argv[0], "unexpected argument \"%s\"", argv[first]);
	if (now && !time_parse(now, &request.now))
		return ctl_usage_error(
			argv[0], "\"%s\" is no time like 2024-08-15T10:00+07:00", now);
	return read_lines(ctl, &request);
}
