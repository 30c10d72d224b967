/* kabarctl trace: its argument. The work is in trace.c. */
#include <stdio.h>

#include "parsers/text/phone.h"
#include "tools/common/ctl_json.h"
#include "tools/common/ctl_options.h"
#include "tools/ctl/ctl_commands.h"
#include "tools/look/explain.h"
#include "tools/look/trace.h"

static int show(struct trace *trace, const char *word, bool as_json)
{
	char phone[PHONE_TEXT];
	int error = phone_normalise(word, phone)
		? trace_phone(trace, phone)
		: trace_ref(trace, explain_ref_read(trace->world->arena, word));

	if (error == ERR_NOT_FOUND)
		fprintf(stderr, "kabarctl trace: nothing is known of \"%s\"\n", word);
	else if (error)
		return ctl_world_status(trace->world, error);
	else if (as_json)
		return ctl_json_print(trace_json(trace));
	else
		trace_print(trace);
	return error ? 1 : 0;
}

int ctl_trace(struct ctl *ctl, int argc, char **argv)
{
	bool as_json = false;
	const struct ctl_option options[] = {{"json", NULL, &as_json}, {0}};
	int first = ctl_options(argc, argv, options), status;
	struct ctl_world world;
	struct trace trace = {.world = &world};

	if (first < 0)
		return 2;
	if (argc - first != 1)
		return ctl_usage_error(argv[0], "give a reference or a number");
	status = ctl_world_open(&world, ctl, argv[0], false) ? 1
							     : show(&trace, argv[first], as_json);
	trace_free(&trace);
	ctl_world_close(&world);
	return status;
}
