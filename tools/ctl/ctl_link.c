/* kabarctl link, kabarctl log: orders to the running gateway that hold until the next one or a
 * restart. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tools/common/ctl_control.h"
#include "tools/ctl/ctl_commands.h"

static void gather(const char *data, size_t length, void *context)
{
	strbuf_add(context, data, length);
}

/* "ok" or "ok debug" is what was wanted; else it says why not. */
static int order(const struct ctl *ctl, const char *name, const char *text)
{
	struct strbuf answer = {0};
	int status = ctl_control(ctl, name, text, gather, &answer);
	const char *said = answer.text ? answer.text : "kabard says nothing\n";

	if (status == 0 && strncmp(said, "ok", 2) != 0) {
		fprintf(stderr, "kabarctl %s: %s", name, said);
		status = 1;
	} else if (status == 0) {
		fputs(strncmp(said, "ok ", 3) == 0 ? said + 3 : said, stdout);
	}
	strbuf_free(&answer);
	return status;
}

int ctl_link(struct ctl *ctl, int argc, char **argv)
{
	char *text;
	int status;

	if (argc != 3 ||
		(strcmp(argv[1], "up") != 0 && strcmp(argv[1], "down") != 0 &&
			strcmp(argv[1], "pause") != 0))
		return ctl_usage_error(argv[0], "give up, down or pause, and the name of a link");
	if (strpbrk(argv[2], "\r\n"))
		return ctl_usage_error(argv[0], "a name stands on one line");
	text = xasprintf("link %s %s\n", argv[2], argv[1]);
	status = order(ctl, argv[0], text);
	free(text);
	return status;
}

int ctl_log(struct ctl *ctl, int argc, char **argv)
{
	char *text;
	int status;

	if (argc < 2 || argc > 3 || strcmp(argv[1], "level") != 0)
		return ctl_usage_error(argv[0], "give level, and error, warn, info or debug");
	if (argc == 3 && strpbrk(argv[2], "\r\n"))
		return ctl_usage_error(argv[0], "a level is one word");
	text = xasprintf("log level%s%s\n", argc == 3 ? " " : "", argc == 3 ? argv[2] : "");
	status = order(ctl, argv[0], text);
	free(text);
	return status;
}
