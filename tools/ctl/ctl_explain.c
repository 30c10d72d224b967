/* kabarctl explain: its argument. The work is in explain.c. */
#include <stdio.h>

#include "parsers/text/phone.h"
#include "parsers/text/utf8.h"
#include "tools/ctl/ctl_commands.h"
#include "tools/common/explain.h"

/* "l24080007" as "L2408-0007"; anything else in capitals as it is. */
static const char *ref_read(struct arena *arena, const char *text)
{
	const char *upper = text_upper(arena, text);
	size_t digits = strspn(upper + (*upper != '\0'), "0123456789");

	if (digits > 4 && upper[1 + digits] == '\0')
		return arena_printf(arena, "%.5s-%s", upper, upper + 5);
	return upper;
}

int ctl_explain(struct ctl *ctl, int argc, char **argv)
{
	char phone[PHONE_TEXT];
	struct ctl_world world;
	int error;

	if (argc != 2)
		return ctl_usage_error(argv[0], "give a reference or a number");
	error = ctl_world_open(&world, ctl, argv[0], false);
	if (!error) {
		error = phone_normalise(argv[1], phone)
				? explain_phone(&world, phone)
				: explain_ref(&world, ref_read(world.arena, argv[1]));
		if (error == ERR_NOT_FOUND)
			fprintf(stderr, "kabarctl explain: nothing is known of \"%s\"\n", argv[1]);
		else
			(void)ctl_world_status(&world, error);
	}
	ctl_world_close(&world);
	return error ? 1 : 0;
}
