/* kabarctl explain: its argument. The work is in explain.c. */
#include <stdio.h>

#include "parsers/text/phone.h"
#include "tools/ctl/ctl_commands.h"
#include "tools/common/ctl_json.h"
#include "tools/common/ctl_options.h"
#include "tools/look/explain.h"

/* list: NULL prints lines. */
static int explain(struct ctl_world *world, const char *word, json_t *list)
{
	char phone[PHONE_TEXT];
	bool is_phone = phone_normalise(word, phone);
	const char *ref = is_phone ? NULL : explain_ref_read(world->arena, word);

	if (list)
		return is_phone ? explain_json_phone(world, phone, list)
				: explain_json_ref(world, ref, list);
	return is_phone ? explain_phone(world, phone) : explain_ref(world, ref);
}

int ctl_explain(struct ctl *ctl, int argc, char **argv)
{
	bool as_json = false;
	const struct ctl_option options[] = {{"json", NULL, &as_json}, {0}};
	int first = ctl_options(argc, argv, options), error;
	struct ctl_world world;
	json_t *list;

	if (first < 0)
		return 2;
	if (argc - first != 1)
		return ctl_usage_error(argv[0], "give a reference or a number");
	list = as_json ? json_array() : NULL;
	error = ctl_world_open(&world, ctl, argv[0], false);
	if (!error) {
		error = explain(&world, argv[first], list);
		if (error == ERR_NOT_FOUND)
			fprintf(stderr, "kabarctl explain: nothing is known of \"%s\"\n",
				argv[first]);
		else
			(void)ctl_world_status(&world, error);
	}
	if (list && !error && ctl_json_print(json_incref(list)))
		error = ERR_SYSTEM;
	json_decref(list);
	ctl_world_close(&world);
	return error ? 1 : 0;
}
