/* kabar-smsc with a script: a conversation that is played and checked, for the demo and for tests.
 *
 *     note A birth with one thing missing       printed as a heading
 *     wait bind [within SECONDS]                 until a client takes messages
 *     wait answered [within SECONDS]             until every message has its deliver_sm_resp
 *     sms +6281200000001: LAHIR#SITI#25          an SMS is written
 *     ussd +6281200000001: *355#                 a USSD phone dials, answers, or is cut off (END)
 *     expect reply [TO] ~ REGEX [within SECONDS] the oldest unread message to TO (or the last
 * writer) expect no reply [TO]                       none unread A screen of USSD reads "[screen]
 * …", the last one of a session "[end] …". and the commands of the terminal ("again", "throttle 2"
 * …). A new "sms" drops the writer's unread messages.
 */
#define PCRE2_CODE_UNIT_WIDTH 8
#include <errno.h>
#include <pcre2.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/queue.h>

#include "gateway/os/timer.h"
#include "gateway/smpp/smpp_codes.h"
#include "tools/smsc/smsc_modes.h"

#define WAIT_SECONDS 10

enum wanting { WANT_NOTHING, WANT_BIND, WANT_ANSWERED, WANT_REPLY };

struct unread {
	TAILQ_ENTRY(unread) entry;
	char *to, *text;
};

static struct {
	struct simulation *simulation;
	FILE *file;
	int line;
	enum wanting wanting;
	char *to, *regex; /* what WANT_REPLY looks for */
	char *last_from;
	struct timer deadline, next;
	TAILQ_HEAD(, unread) inbox;
	unsigned good, bad;
} script;

static void script_go_on(void)
{
	script.wanting = WANT_NOTHING;
	timer_cancel(&script.deadline);
	timer_arm(&script.next, 0);
}

static void script_fail(const char *what, const char *came)
{
	printf("%s:%d: expected %s", script.simulation->script, script.line, what);
	printf(came != NULL ? "\n    came: %s\n" : ", nothing came%s\n", came != NULL ? came : "");
	script.bad++;
}

static void unread_drop(struct unread *unread)
{
	TAILQ_REMOVE(&script.inbox, unread, entry);
	free(unread->to);
	free(unread->text);
	free(unread);
}

static struct unread *unread_first(const char *to)
{
	struct unread *unread;

	TAILQ_FOREACH(unread, &script.inbox, entry)
		if (to == NULL || strcmp(unread->to, to) == 0)
			return unread;
	return NULL;
}

static bool regex_matches(const char *regex, const char *text)
{
	int error;
	PCRE2_SIZE at;
	pcre2_code *code = pcre2_compile((PCRE2_SPTR)regex, PCRE2_ZERO_TERMINATED,
		PCRE2_CASELESS | PCRE2_UTF | PCRE2_DOTALL, &error, &at, NULL);
	pcre2_match_data *data;
	bool matches;

	if (code == NULL) {
		printf("%s:%d: bad regular expression at %zu\n", script.simulation->script,
			script.line, (size_t)at);
		return false;
	}
	data = pcre2_match_data_create_from_pattern(code, NULL);
	matches = pcre2_match(code, (PCRE2_SPTR)text, PCRE2_ZERO_TERMINATED, 0, 0, data, NULL) >= 0;
	pcre2_match_data_free(data);
	pcre2_code_free(code);
	return matches;
}

/* Judges the reply that is wanted, when it is there. */
static void script_look(void)
{
	struct unread *unread;

	if (script.wanting != WANT_REPLY || (unread = unread_first(script.to)) == NULL)
		return;
	if (regex_matches(script.regex, unread->text))
		script.good++;
	else
		script_fail(script.regex, unread->text);
	unread_drop(unread);
	script_go_on();
}

static void script_on_deadline(void *context)
{
	(void)context;
	if (script.wanting == WANT_BIND) {
		script_fail("a client that binds", NULL);
		simulation_end(script.simulation, 1);
		return;
	}
	script_fail(script.wanting == WANT_ANSWERED ? "an answer to every message" : script.regex,
		NULL);
	script_go_on();
}

static void script_want(enum wanting wanting, long seconds)
{
	script.wanting = wanting;
	timer_arm(&script.deadline, seconds * 1000);
}

/* Cuts "… within SECONDS" off. */
static long script_within(char *text)
{
	char *at = strstr(text, " within ");

	if (at == NULL)
		return WAIT_SECONDS;
	*at = '\0';
	return strtol(at + strlen(" within "), NULL, 10);
}

static int script_wait(char *argument)
{
	long seconds = script_within(argument);

	if (strcmp(argument, "bind") == 0) {
		if (smsc_receivers(script.simulation->smsc) == 0)
			script_want(WANT_BIND, seconds);
		return OK;
	}
	if (strcmp(argument, "answered") == 0) {
		if (smsc_undelivered(script.simulation->smsc) > 0)
			script_want(WANT_ANSWERED, seconds);
		return OK;
	}
	return ERR_SYNTAX;
}

/* "reply [TO] ~ REGEX", "no reply [TO]" */
static int script_expect(char *argument)
{
	long seconds = script_within(argument);
	bool none = strncmp(argument, "no ", 3) == 0;
	char *to, *tilde;

	argument += none ? 3 : 0;
	if (strncmp(argument, "reply", 5) != 0)
		return ERR_SYNTAX;
	to = argument + 5 + strspn(argument + 5, " ");
	tilde = strchr(to, '~');
	if (none == (tilde != NULL))
		return ERR_SYNTAX;
	free(script.to);
	to[strcspn(to, " ~")] = '\0';
	script.to = *to != '\0'            ? xstrdup(to)
		: script.last_from != NULL ? xstrdup(script.last_from)
					   : NULL;
	if (none) {
		struct unread *unread = unread_first(script.to);

		if (unread == NULL)
			script.good++;
		else
			script_fail("no reply", unread->text);
		return OK;
	}
	free(script.regex);
	script.regex = xstrdup(tilde + 1 + strspn(tilde + 1, " "));
	script_want(WANT_REPLY, seconds);
	script_look();
	return OK;
}

static int script_sms(const char *argument, bool ussd)
{
	char *from, *line = xasprintf("%s%s", ussd ? "ussd " : "", argument);
	struct unread *unread;
	int error = smsc_write_line(script.simulation, line, &from);

	free(line);
	if (error != OK)
		return error;
	while ((unread = unread_first(from)) != NULL)
		unread_drop(unread);
	printf("%s > %s\n", from,
		strchr(argument, ':') + 1 + strspn(strchr(argument, ':') + 1, " "));
	free(script.last_from);
	script.last_from = from;
	return OK;
}

static int script_run(char *line)
{
	size_t length = strcspn(line, " ");
	char *argument = line + length + strspn(line + length, " ");

	if (*line == '\0' || *line == '#')
		return OK;
	line[length] = '\0';
	if (strcmp(line, "note") == 0)
		return printf("\n%s\n", argument) < 0 ? ERR_SYSTEM : OK;
	if (strcmp(line, "wait") == 0)
		return script_wait(argument);
	if (strcmp(line, "expect") == 0)
		return script_expect(argument);
	if (strcmp(line, "sms") == 0 || strcmp(line, "ussd") == 0)
		return script_sms(argument, *line == 'u');
	if (*argument != '\0')
		line[length] = ' ';
	return smsc_command(script.simulation, line);
}

static void script_end(void)
{
	printf("\n%u answered as expected, %u not\n", script.good, script.bad);
	simulation_end(script.simulation, script.bad == 0 ? 0 : 1);
}

/* Runs lines until one has to wait. */
static void script_on_next(void *context)
{
	char *line = NULL;
	size_t room = 0;
	int error;

	(void)context;
	while (script.wanting == WANT_NOTHING && !timer_armed(&script.next)) {
		if (getline(&line, &room, script.file) < 0) {
			script_end();
			break;
		}
		script.line++;
		line[strcspn(line, "\r\n")] = '\0';
		error = script_run(line);
		if (error != OK) {
			printf("%s:%d: %s\n", script.simulation->script, script.line,
				error_text(error));
			simulation_end(script.simulation, 2);
			break;
		}
	}
	fflush(stdout);
	free(line);
}

static int script_start(struct simulation *simulation)
{
	script.simulation = simulation;
	TAILQ_INIT(&script.inbox);
	timer_init(&script.deadline, script_on_deadline, NULL);
	timer_init(&script.next, script_on_next, NULL);
	script.file =
		strcmp(simulation->script, "-") == 0 ? stdin : fopen(simulation->script, "re");
	if (script.file == NULL) {
		fprintf(stderr, "kabar-smsc: %s: %s\n", simulation->script, strerror(errno));
		return ERR_SYSTEM;
	}
	timer_arm(&script.next, 0);
	return OK;
}

static void script_stop(void)
{
	struct unread *unread;

	while ((unread = TAILQ_FIRST(&script.inbox)) != NULL)
		unread_drop(unread);
	timer_cancel(&script.deadline);
	timer_cancel(&script.next);
	free(script.to);
	free(script.regex);
	free(script.last_from);
	if (script.file != NULL && script.file != stdin)
		fclose(script.file);
}

static void script_on_event(const char *text)
{
	fprintf(stderr, "kabar-smsc: %s\n", text);
}

static void script_on_receivers(size_t count)
{
	if (script.wanting == WANT_BIND && count > 0)
		script_go_on();
}

static void script_on_message(const char *to, const char *text)
{
	struct unread *unread = xcalloc(1, sizeof(*unread));

	unread->to = xstrdup(to);
	unread->text = xstrdup(text);
	TAILQ_INSERT_TAIL(&script.inbox, unread, entry);
	printf("%s < %s\n", to, text);
	script_look();
	fflush(stdout);
}

static void script_on_answer(uint64_t cookie, uint32_t status, int64_t latency_us)
{
	(void)cookie;
	(void)latency_us;
	if (status != ESME_ROK)
		fprintf(stderr, "kabar-smsc: %s\n", smpp_status_name(status));
	if (script.wanting == WANT_ANSWERED && smsc_undelivered(script.simulation->smsc) == 0)
		script_go_on();
}

const struct smsc_mode smsc_script = {
	.start = script_start,
	.stop = script_stop,
	.on_event = script_on_event,
	.on_receivers = script_on_receivers,
	.on_message = script_on_message,
	.on_answer = script_on_answer,
};
