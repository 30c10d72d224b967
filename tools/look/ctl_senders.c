/* The top senders of the day for kabarctl status. See ctl_senders.h. */
#include "tools/look/ctl_senders.h"

#include <stdio.h>

#include "parsers/number/date.h"
#include "store/message/deadline.h"
#include "tools/common/ctl_world.h"

#define TOP_SENDERS 5

void ctl_senders(struct ctl *ctl, const char *command)
{
	struct counter_row rows[TOP_SENDERS];
	struct ctl_world world;
	char day[DATE_TEXT];
	size_t count = 0;

	if (ctl_world_open(&world, ctl, command, true) == OK) {
		date_format(moment_local(world.flow.now, world.flow.settings->timezone).date, day);
		if (store_counter_top(world.store, world.arena, "caused", day, rows, TOP_SENDERS,
			    &count) == OK &&
			count > 0)
			printf("today   SMS to others caused by");
		for (size_t i = 0; i < count; i++)
			printf("%s %s %lld", i > 0 ? "," : "", rows[i].key,
				(long long)rows[i].count);
		if (count > 0)
			putchar('\n');
	}
	ctl_world_close(&world);
}
