/* kabarctl: the operator's tool. This file only finds the command; each has a file of its own. */
#include "tools/ctl/ctl.h"

#include <getopt.h>
#include <stdio.h>
#include <string.h>

#include "tools/ctl/ctl_commands.h"

static const struct ctl_command commands[] = {
	CTL_COMMANDS
};

int ctl_usage_error(const char *command, const char *format, ...)
{
	va_list args;

	fprintf(stderr, "kabarctl %s: ", command);
	va_start(args, format);
	vfprintf(stderr, format, args);
	va_end(args);
	fputc('\n', stderr);
	return 2;
}

static void print_help(FILE *out)
{
	fputs("usage: kabarctl [-c FILE] COMMAND …\n\n", out);
	for (size_t i = 0; i < COUNT_OF(commands); i++)
		fprintf(out, "  %s\n        %s\n", commands[i].usage, commands[i].help);
}

int main(int argc, char **argv)
{
	struct ctl ctl = {.config_path = KABAR_SYSCONFDIR "/kabar.conf"};
	int option;

	while ((option = getopt(argc, argv, "+c:hV")) != -1) {
		switch (option) {
		case 'c':
			ctl.config_path = optarg;
			break;
		case 'h':
			print_help(stdout);
			return 0;
		case 'V':
			puts("kabarctl " PACKAGE_VERSION);
			return 0;
		default:
			print_help(stderr);
			return 2;
		}
	}
	argc -= optind;
	argv += optind;
	optind = 0; /* the command parses its own options from the start */
	for (size_t i = 0; argc > 0 && i < COUNT_OF(commands); i++) {
		if (strcmp(argv[0], commands[i].name) == 0)
			return commands[i].run(&ctl, argc, argv);
	}
	if (argc > 0)
		fprintf(stderr, "kabarctl: unknown command \"%s\"\n", argv[0]);
	print_help(stderr);
	return 2;
}
