/* kabarctl completion bash|zsh|fish: what a shell may complete, made from the command table. */
#include <stdio.h>
#include <string.h>

#include "tools/common/ctl_usage.h"
#include "tools/ctl/ctl_commands.h"

#define COMMON "-c --config --help --version"

static void print_word(const char *word, size_t length, void *context)
{
	(void)context;
	printf(" %.*s", (int)length, word);
}

static void print_option(const char *option, size_t length, bool value, void *context)
{
	(void)value;
	print_word(option, length, context);
}

static void print_names(void)
{
	const struct ctl_command *command;

	for (size_t i = 0; (command = ctl_command_at(i)); i++)
		printf(" %s", command->name);
	fputs(" help", stdout);
}

/* One line of a shell's "case" for each command: its words and its options. */
static void print_cases(void)
{
	const struct ctl_command *command;

	fputs("\t'') words='", stdout);
	print_names();
	fputs(" " COMMON "' ;;\n\thelp) words='", stdout);
	print_names();
	puts("' ;;");
	for (size_t i = 0; (command = ctl_command_at(i)); i++) {
		printf("\t%s) words='", command->name);
		usage_words(command->usage, print_word, NULL);
		usage_options(command->usage, print_option, NULL);
		puts(" " COMMON "' ;;");
	}
}

/* The command is the first word that is no option nor the file behind -c. */
static void print_bash(void)
{
	puts("# bash completion for kabarctl; made by: kabarctl completion bash\n"
	     "_kabarctl() {\n"
	     "\tlocal current=${COMP_WORDS[COMP_CWORD]} command='' words i\n"
	     "\tfor ((i = 1; i < COMP_CWORD; i++)); do\n"
	     "\t\tcase ${COMP_WORDS[i]} in\n"
	     "\t\t-c | --config) i=$((i + 1)) ;;\n"
	     "\t\t-*) ;;\n"
	     "\t\t*) command=${COMP_WORDS[i]}; break ;;\n"
	     "\t\tesac\n"
	     "\tdone\n"
	     "\tcase $command in");
	print_cases();
	puts("\t*) words='' ;;\n"
	     "\tesac\n"
	     "\tcase ${COMP_WORDS[COMP_CWORD - 1]} in -c | --config) words='' ;; esac\n"
	     "\tmapfile -t COMPREPLY < <(compgen -W \"$words\" -- \"$current\")\n"
	     "}\n"
	     "complete -o default -F _kabarctl kabarctl");
}

static void print_zsh(void)
{
	puts("#compdef kabarctl\n"
	     "# zsh completion for kabarctl; made by: kabarctl completion zsh\n"
	     "_kabarctl() {\n"
	     "\tlocal command='' words_now=(\"${words[@]}\") words i\n"
	     "\tfor ((i = 2; i < CURRENT; i++)); do\n"
	     "\t\tcase ${words_now[i]} in\n"
	     "\t\t-c | --config) i=$((i + 1)) ;;\n"
	     "\t\t-*) ;;\n"
	     "\t\t*) command=${words_now[i]}; break ;;\n"
	     "\t\tesac\n"
	     "\tdone\n"
	     "\tcase $command in");
	print_cases();
	puts("\t*) words='' ;;\n"
	     "\tesac\n"
	     "\tcase ${words_now[CURRENT - 1]} in -c | --config) words='' ;; esac\n"
	     "\tcompadd -- ${=words}\n"
	     "\t_files\n"
	     "}\n"
	     "_kabarctl \"$@\"");
}

struct fish {
	const char *command;
};

static void fish_word(const char *word, size_t length, void *context)
{
	const struct fish *fish = context;

	printf("complete -c kabarctl -n '__fish_seen_subcommand_from %s' -a %.*s\n", fish->command,
		(int)length, word);
}

static void fish_option(const char *option, size_t length, bool value, void *context)
{
	const struct fish *fish = context;

	printf("complete -c kabarctl -n '__fish_seen_subcommand_from %s' -l %.*s%s\n",
		fish->command, (int)length - 2, option + 2, value ? " -r" : "");
}

/* A quoted text of fish knows \\ and \' only. */
static void print_quoted(const char *text)
{
	putchar('\'');
	for (; *text; text++) {
		if (*text == '\'' || *text == '\\')
			putchar('\\');
		putchar(*text);
	}
	putchar('\'');
}

static void print_fish(void)
{
	const struct ctl_command *command;

	puts("# fish completion for kabarctl; made by: kabarctl completion fish\n"
	     "complete -c kabarctl -s c -l config -r -d 'the configuration'\n"
	     "complete -c kabarctl -s h -l help\n"
	     "complete -c kabarctl -s V -l version");
	for (size_t i = 0; (command = ctl_command_at(i)); i++) {
		struct fish fish = {command->name};

		printf("complete -c kabarctl -n __fish_use_subcommand -f -a %s -d ", command->name);
		print_quoted(command->help);
		putchar('\n');
		usage_words(command->usage, fish_word, &fish);
		usage_options(command->usage, fish_option, &fish);
	}
}

int ctl_completion(struct ctl *ctl, int argc, char **argv)
{
	static const struct {
		const char *name;
		void (*print)(void);
	} shells[] = {{"bash", print_bash}, {"zsh", print_zsh}, {"fish", print_fish}};

	(void)ctl;
	for (size_t i = 0; argc == 2 && i < COUNT_OF(shells); i++) {
		if (strcmp(argv[1], shells[i].name) != 0)
			continue;
		shells[i].print();
		return 0;
	}
	return ctl_usage_error(argv[0], "give bash, zsh or fish");
}
