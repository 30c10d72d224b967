/* kabarctl: the operator's tool. This file only finds the command; each has a file of its own. */
#include "tools/common/ctl.h"

#include <stdio.h>
#include <string.h>

#include "flows/record/report_json.h"
#include "tools/common/ctl_usage.h"
#include "tools/ctl/ctl_commands.h"

static const struct ctl_command commands[] = {CTL_COMMANDS};

const struct ctl_command *ctl_command_at(size_t index)
{
	return index < COUNT_OF(commands) ? &commands[index] : NULL;
}

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
	fputs("\n"
	      "  -c FILE    the configuration (default " KABAR_SYSCONFDIR "/kabar.conf)\n"
	      "  --help     this; behind a command: what it takes\n"
	      "  --version\n\n"
	      "Exit status: 0 done, 1 failed or not as it should be, 2 wrong usage.\n",
		out);
}

static const struct ctl_command *command_find(const char *name)
{
	for (size_t i = 0; name && i < COUNT_OF(commands); i++) {
		if (strcmp(commands[i].name, name) == 0)
			return &commands[i];
	}
	return NULL;
}

/* Options that every command knows, in front of it and behind: they are taken out of argv. */
struct common {
	const char *config_path;
	bool help, version;
};

static bool is_option(const char *arg, const char *letter, const char *word)
{
	return strcmp(arg, letter) == 0 || strcmp(arg, word) == 0;
}

/* "-cFILE" and "--config=FILE" */
static const char *joined_path(const char *arg)
{
	static const char word[] = "--config=";

	if (strncmp(arg, word, sizeof(word) - 1) == 0)
		return arg + sizeof(word) - 1;
	return strncmp(arg, "-c", 2) == 0 && arg[2] ? arg + 2 : NULL;
}

/* The number of arguments left; -1: -c without its file. */
static int take_common(int argc, char **argv, struct common *out)
{
	int kept = 1, i = 1;

	for (; i < argc && strcmp(argv[i], "--") != 0; i++) {
		if (is_option(argv[i], "-h", "--help")) {
			out->help = true;
		} else if (is_option(argv[i], "-V", "--version")) {
			out->version = true;
		} else if (is_option(argv[i], "-c", "--config")) {
			if (i + 1 == argc)
				return -1;
			out->config_path = argv[++i];
		} else if (joined_path(argv[i])) {
			out->config_path = joined_path(argv[i]);
		} else {
			argv[kept++] = argv[i];
		}
	}
	while (i < argc)
		argv[kept++] = argv[i++];
	argv[kept] = NULL;
	return kept;
}

/* Does what stands before argv[at] fit as options of the command there? */
static bool options_fit(char **argv, int at, const struct ctl_command *command)
{
	bool value = false;

	for (int i = 1; i < at; i += value ? 2 : 1) {
		if (!usage_has(command->usage, argv[i], &value) || (value && i + 1 == at))
			return false;
	}
	return true;
}

/* Options of a command may stand in front of it too: the command is put first. */
static const struct ctl_command *command_first(int argc, char **argv)
{
	for (int i = 1; i < argc && (i == 1 || strncmp(argv[1], "--", 2) == 0); i++) {
		const struct ctl_command *command = command_find(argv[i]);
		char *name = argv[i];

		if (!command || !options_fit(argv, i, command))
			continue;
		memmove(argv + 2, argv + 1, (size_t)(i - 1) * sizeof(*argv));
		argv[1] = name;
		return command;
	}
	return NULL;
}

static int unknown(const char *name)
{
	fprintf(stderr, "kabarctl: unknown %s \"%s\"; the list: kabarctl --help\n",
		*name == '-' ? "option" : "command", name);
	return 2;
}

static int help(const char *name)
{
	const struct ctl_command *command = command_find(name);

	if (name && !command)
		return unknown(name);
	if (command)
		printf("usage: kabarctl [-c FILE] %s\n        %s\n", command->usage, command->help);
	else
		print_help(stdout);
	return 0;
}

int main(int argc, char **argv)
{
	struct common common = {.config_path = KABAR_SYSCONFDIR "/kabar.conf"};
	const struct ctl_command *command;
	struct ctl ctl;

	argc = take_common(argc, argv, &common);
	if (argc < 0) {
		fputs("kabarctl: -c: give the configuration file\n", stderr);
		return 2;
	}
	if (common.version) {
		puts("kabarctl " PACKAGE_VERSION);
		return 0;
	}
	if (argc > 1 && strcmp(argv[1], "help") == 0)
		return help(argv[2]);
	command = command_first(argc, argv);
	if (common.help)
		return help(argv[1]);
	if (command) {
		json_memory();
		ctl = (struct ctl){.config_path = common.config_path};
		return command->run(&ctl, argc - 1, argv + 1);
	}
	if (argc > 1)
		return unknown(argv[1]);
	print_help(stderr);
	return 2;
}
