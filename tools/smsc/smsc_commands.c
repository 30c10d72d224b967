/* kabar-smsc: the commands that people and scripts give to the operator. */
#include "parsers/text/utf8.h"
#include "tools/smsc/smsc_modes.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>


static int command_again(struct simulation *simulation, const char *argument)
{
	(void)argument;
	return smsc_deliver_again(simulation->smsc, ++simulation->cookies);
}

static int argument_switch(const char *argument, bool *on)
{
	if (strcmp(argument, "on") != 0 && strcmp(argument, "off") != 0)
		return ERR_SYNTAX;
	*on = strcmp(argument, "on") == 0;
	return OK;
}

static int argument_count(const char *argument, unsigned *count)
{
	char *end;
	unsigned long value = strtoul(argument, &end, 10);

	if (end == argument || *end != '\0' || value > 1000000)
		return ERR_SYNTAX;
	*count = (unsigned)value;
	return OK;
}

static int command_receipts(struct simulation *simulation, const char *argument)
{
	bool on = false;
	int error = argument_switch(argument, &on);

	if (error == OK)
		phones_set_receipts(simulation->phones, on);
	return error;
}

static int command_duplicate(struct simulation *simulation, const char *argument)
{
	return argument_switch(argument, &smsc_faults(simulation->smsc)->duplicate);
}

static int command_throttle(struct simulation *simulation, const char *argument)
{
	return argument_count(argument, &smsc_faults(simulation->smsc)->throttle);
}

static int command_refuse(struct simulation *simulation, const char *argument)
{
	return argument_count(argument, &smsc_faults(simulation->smsc)->refuse);
}

static int command_delay(struct simulation *simulation, const char *argument)
{
	unsigned milliseconds = 0;
	int error = argument_count(argument, &milliseconds);

	if (error == OK)
		smsc_faults(simulation->smsc)->answer_delay_ms = milliseconds;
	return error;
}

static int command_drop(struct simulation *simulation, const char *argument)
{
	if (*argument != '\0')
		return argument_count(argument, &smsc_faults(simulation->smsc)->drop_after);
	smsc_drop(simulation->smsc);
	return OK;
}

static int command_unbind(struct simulation *simulation, const char *argument)
{
	(void)argument;
	smsc_unbind(simulation->smsc);
	return OK;
}

static int command_quit(struct simulation *simulation, const char *argument)
{
	(void)argument;
	simulation_end(simulation, 0);
	return OK;
}

static const struct command {
	const char *name;
	int (*run)(struct simulation *simulation, const char *argument);
	const char *help;
} commands[] = {
	{"again", command_again,
		"again          deliver the last message once more, octet for octet\n"},
	{"receipts", command_receipts, "receipts on|off  delivery receipts\n"},
	{"throttle", command_throttle,
		"throttle N     answer the next N submits with ESME_RTHROTTLED\n"},
	{"refuse", command_refuse, "refuse N       answer the next N submits with ESME_RSYSERR\n"},
	{"delay", command_delay, "delay MS       answer submits so late\n"},
	{"duplicate", command_duplicate, "duplicate on|off  deliver every message twice\n"},
	{"drop", command_drop, "drop [N]       close all connections, now or at the Nth submit\n"},
	{"unbind", command_unbind, "unbind         ask the clients to go\n"},
	{"quit", command_quit, "quit           end\n"},
};

int smsc_command(struct simulation *simulation, const char *line)
{
	size_t length = strcspn(line, " ");
	const char *argument = line + length + strspn(line + length, " ");

	for (size_t i = 0; i < COUNT_OF(commands); i++) {
		if (strlen(commands[i].name) == length &&
			strncmp(commands[i].name, line, length) == 0)
			return commands[i].run(simulation, argument);
	}
	return ERR_NOT_FOUND;
}

const char *smsc_command_help(void)
{
	static char text[1024];

	if (text[0] == '\0')
		for (size_t i = 0; i < COUNT_OF(commands); i++)
			strncat(text, commands[i].help, sizeof(text) - strlen(text) - 1);
	return text;
}

/* One escape after the backslash; returns what follows it. */
static const char *unescape_one(const char *text, struct strbuf *out)
{
	unsigned code;

	switch (*text) {
	case 'n':
		strbuf_putc(out, '\n');
		return text + 1;
	case 't':
		strbuf_putc(out, '\t');
		return text + 1;
	case 'u':
		if (sscanf(text, "u%4x", &code) == 1 && strlen(text) >= 5) {
			utf8_put(out, (int32_t)code);
			return text + 5;
		}
		/* fall through */
	default:
		strbuf_putc(out, *text == '\\' ? '\\' : *text);
		return *text == '\0' ? text : text + 1;
	}
}

static void unescape(const char *text, struct strbuf *out)
{
	strbuf_puts(out, "");
	while (*text != '\0') {
		if (*text == '\\')
			text = unescape_one(text + 1, out);
		else
			strbuf_putc(out, *text++);
	}
}

int smsc_write_line(struct simulation *simulation, const char *line, char **from)
{
	bool ussd = strncmp(line, "ussd ", 5) == 0;
	const char *colon;
	struct strbuf text = {0};
	int error;

	line += ussd ? 5 : 0;
	colon = strchr(line, ':');
	if (colon == NULL || colon == line || strcspn(line, " ") < (size_t)(colon - line))
		return ERR_SYNTAX;
	*from = xstrndup(line, (size_t)(colon - line));
	colon += colon[1] == ' ' ? 2 : 1;
	unescape(colon, &text);
	error = ussd ? ussd_phones_type(simulation->ussd, *from, text.text, ++simulation->cookies)
		: phones_write(simulation->phones, *from, text.text, ++simulation->cookies);
	strbuf_free(&text);
	if (error != OK) {
		free(*from);
		*from = NULL;
	}
	return error;
}
