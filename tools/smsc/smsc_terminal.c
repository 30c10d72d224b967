/* kabar-smsc on a terminal: type "+62812…: text" and see what comes back. */
#include <event2/event.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "gateway/smpp/smpp_codes.h"
#include "parsers/text/show.h"
#include "tools/smsc/smsc_modes.h"

static struct simulation *simulation;
static struct event *input;
static struct strbuf typed;
static char *last_from; /* a line without a number is from the same phone again */

static void terminal_command(const char *line)
{
	int error = smsc_command(simulation, line);

	if (error == ERR_NOT_FOUND && strncmp(line, "again", 5) != 0)
		printf("%s", smsc_command_help());
	else if (error != OK)
		printf("! %s: %s\n", line, error_text(error));
}

static void terminal_message(const char *line)
{
	char *from = NULL, *again = NULL;
	/* an answer in the same session */
	bool again_ussd = last_from != NULL && strncmp(last_from, "ussd ", 5) == 0;
	int error = smsc_write_line(simulation, line, &from);

	if (error == ERR_SYNTAX && last_from != NULL) {
		again = xasprintf("%s: %s", last_from, line);
		error = smsc_write_line(simulation, again, &from);
	}
	free(again);
	if (error == ERR_NOT_FOUND)
		printf("! no USSD dialect is loaded: start with --dialect NAME or FILE\n");
	else if (error != OK)
		printf("! type +62812…: text   ussd +62812…: *355#   or !help\n");
	if (error != OK)
		return;
	if (strncmp(line, "ussd ", 5) == 0 || (again_ussd && strchr(line, ':') == NULL)) {
		again = from;
		from = xasprintf("ussd %s", again);
		free(again);
	}
	free(last_from);
	last_from = from;
}

static void terminal_line(char *line)
{
	line[strcspn(line, "\r")] = '\0';
	if (*line == '!')
		terminal_command(line + 1);
	else if (*line != '\0')
		terminal_message(line);
	fflush(stdout);
}

static void terminal_on_input(evutil_socket_t fd, short what, void *context)
{
	char octets[4096];
	ssize_t got = read(fd, octets, sizeof(octets));
	char *end;

	(void)what;
	(void)context;
	if (got < 0 && (errno == EAGAIN || errno == EINTR))
		return;
	if (got <= 0) {
		event_del(input);
		simulation_end(simulation, 0);
		return;
	}
	strbuf_add(&typed, octets, (size_t)got);
	while ((end = memchr(typed.text, '\n', typed.length)) != NULL) {
		size_t used = (size_t)(end - typed.text) + 1;

		*end = '\0';
		terminal_line(typed.text);
		memmove(typed.text, typed.text + used, typed.length - used);
		typed.length -= used;
	}
}

static int terminal_start(struct simulation *s)
{
	simulation = s;
	printf("Phones are ready on port %d. Type  +6281200000001: LAHIR ?   ussd +6281200000001: "
	       "*355#   or !help\n",
		smsc_port(s->smsc));
	fflush(stdout);
	input = event_new(s->base, STDIN_FILENO, EV_READ | EV_PERSIST, terminal_on_input, NULL);
	if (input == NULL || event_add(input, NULL) != 0) {
		fprintf(stderr, "kabar-smsc: the input cannot be watched (a file? use --script)\n");
		return ERR_SYSTEM;
	}
	return OK;
}

static void terminal_stop(void)
{
	if (input != NULL)
		event_free(input);
	strbuf_free(&typed);
	free(last_from);
	last_from = NULL;
}

static void terminal_on_event(const char *text)
{
	printf("* %s\n", text);
	fflush(stdout);
}

static void terminal_on_message(const char *to, const char *text)
{
	struct strbuf shown = {0};

	show_text(&shown, text, SHOW_LINES);
	printf("%s < %s\n", to, shown.text);
	fflush(stdout);
	strbuf_free(&shown);
}

static void terminal_on_answer(uint64_t cookie, uint32_t status, int64_t latency_us)
{
	if (cookie == 0)
		return;
	if (status == ESME_ROK)
		printf("  (acknowledged after %.1f ms)\n", (double)latency_us / 1000);
	else
		printf("  (%s)\n", smpp_status_name(status));
	fflush(stdout);
}

static void terminal_on_receivers(size_t count)
{
	(void)count;
}

const struct smsc_mode smsc_terminal = {
	.start = terminal_start,
	.stop = terminal_stop,
	.on_event = terminal_on_event,
	.on_receivers = terminal_on_receivers,
	.on_message = terminal_on_message,
	.on_answer = terminal_on_answer,
};
