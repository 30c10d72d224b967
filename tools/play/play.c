/* Runs transcripts line by line: one row per verb. `expect` has a file of its own. */
#include "tools/play/play.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "gateway/os/clock.h"
#include "parsers/number/date.h"
#include "parsers/text/phone.h"
#include "parsers/text/utf8.h"
#include "store/statement/query.h"

#define TYPING_SECONDS 3 /* nobody reads and answers at once, unless it is a machine: "quick" */

bool play_fail(struct play *play, const char *format, ...)
{
	va_list args;

	fprintf(play->options.out, "%s:%d: ", play->path, play->line);
	va_start(args, format);
	vfprintf(play->options.out, format, args);
	va_end(args);
	fputc('\n', play->options.out);
	play->failed = true;
	return false;
}

char *play_word(char **text)
{
	char *start = *text + strspn(*text, " \t"), *to = start, *from = start;
	bool quoted = false;

	if (*start == '\0')
		return NULL;
	for (; *from != '\0' && (quoted || (*from != ' ' && *from != '\t')); from++) {
		if (*from == '"')
			quoted = !quoted;
		else
			*to++ = *from;
	}
	*text = *from == '\0' ? from : from + 1;
	*to = '\0';
	return start;
}

static bool world_needed(struct play *play)
{
	int error;

	if (play->world != NULL)
		return true;
	error = world_new(
		&play->world, play->path, NULL, play->options.conninfo, play->options.faults);
	return error == OK || play_fail(play, "no store: %s", error_text(error));
}

static bool did(struct play *play, const char *what, int error)
{
	return error == OK ||
		play_fail(play, "%s: %s (%s)", what, error_text(error),
			store_detail(world_store(play->world)));
}

/* A path relative to the transcript. */
static char *path_beside(struct play *play, const char *path)
{
	const char *slash = strrchr(play->path, '/');

	if (*path == '/' || slash == NULL)
		return arena_strdup(play->arena, path);
	return arena_printf(play->arena, "%.*s/%s", (int)(slash - play->path), play->path, path);
}

static bool verb_clock(struct play *play, char *text)
{
	struct moment when = {0};
	char *day, *hour;

	play->clock = arena_strdup(play->arena, text);
	day = play_word(&text);
	hour = play_word(&text);
	if (!world_needed(play))
		return false;
	if (day == NULL || !date_parse(day, &when.date) ||
		(hour != NULL && sscanf(hour, "%d:%d", &when.hour, &when.minute) != 2))
		return play_fail(play, "expected clock DATE TIME");
	world_clock(play->world, moment_utc(when, world_offset(play->world)));
	return did(play, "clock", world_wait(play->world, 0));
}

/* Before anything happened it makes the world, with the clock in its time zone; later it is read as
 * by SIGHUP. */
static bool verb_conf(struct play *play, char *text)
{
	char *path = play_word(&text);
	int error;

	if (path == NULL)
		return play_fail(play, "expected conf FILE");
	if (play->begun) {
		error = world_configure(play->world, play->path, path_beside(play, path));
	} else {
		world_free(play->world);
		error = world_new(&play->world, play->path, path_beside(play, path),
			play->options.conninfo, play->options.faults);
	}
	if (error != OK)
		return play_fail(play, "conf %s: %s", path, error_text(error));
	return play->begun || play->clock == NULL || verb_clock(play, play->clock);
}

/* import KIND FILE [replace]: what the list does not name becomes inactive. */
static bool verb_import(struct play *play, char *text)
{
	char *what = play_word(&text), *path = play_word(&text), *how = play_word(&text);
	bool replace = how != NULL && strcmp(how, "replace") == 0;
	struct import_options options = {
		.what = what, .errors = play->options.out, .replace = replace, .yes = replace};

	if (!world_needed(play))
		return false;
	if (what == NULL || path == NULL)
		return play_fail(
			play, "expected import areas|puskesmas|posyandu|people FILE [replace]");
	options.path = path_beside(play, path);
	return did(play, "import", world_import(play->world, &options));
}

/* The escapes \n \t \\ \uXXXX. */
static char *unescape(struct play *play, const char *text)
{
	struct strbuf out = {0};
	char *done;

	strbuf_puts(&out, "");
	for (; *text != '\0'; text++) {
		unsigned code;

		if (*text != '\\' || text[1] == '\0') {
			strbuf_putc(&out, *text);
			continue;
		}
		text++;
		if (*text == 'n')
			strbuf_putc(&out, '\n');
		else if (*text == 't')
			strbuf_putc(&out, '\t');
		else if (*text == 'u' && sscanf(text + 1, "%4x", &code) == 1)
			utf8_put(&out, (int32_t)code), text += 4;
		else
			strbuf_putc(&out, *text);
	}
	done = arena_strdup(play->arena, out.text);
	strbuf_free(&out);
	return done;
}

/* A message that somebody sends ends his waiting for the replies to the one before. */
static void forget_replies(struct play *play, const char *from)
{
	for (struct play_message *message = world_messages(play->world); message != NULL;
		message = message->next) {
		if (strcmp(message->to, from) == 0 && strcmp(message->kind, "reply") == 0)
			message->read = true;
	}
}

static void forget_screens(struct play *play, const char *from)
{
	for (struct play_message *message = world_messages(play->world); message != NULL;
		message = message->next) {
		if (strcmp(message->to, from) == 0 && strncmp(message->kind, "ussd", 4) == 0)
			message->read = true;
	}
}

static void set_last(struct play *play, const char *from)
{
	char phone[PHONE_TEXT];

	play->last = arena_strdup(play->arena, phone_normalise(from, phone) ? phone : from);
	forget_replies(play, play->last);
}

static bool verb_sms(struct play *play, char *text)
{
	char *colon = strchr(text, ':'), *head, *from, *word;
	struct message_part part = {0};
	unsigned number, total, ref;
	bool again = false, quick = false;

	if (!world_needed(play))
		return false;
	head = arena_strndup(
		play->arena, text, colon == NULL ? strlen(text) : (size_t)(colon - text));
	from = play_word(&head);
	while (from != NULL && (word = play_word(&head)) != NULL) {
		if (strcmp(word, "again") == 0) {
			again = true;
		} else if (strcmp(word, "quick") == 0) {
			quick = true;
		} else if (strcmp(word, "part") == 0 && head != NULL &&
			sscanf(head, "%u/%u ref %u", &number, &total, &ref) == 3) {
			part = (struct message_part){.number = (uint8_t)number,
				.total = (uint8_t)total,
				.ref = (uint16_t)ref};
			break;
		} else {
			return play_fail(
				play, "expected sms FROM [part N/M ref R | again | quick]: TEXT");
		}
	}
	if (from == NULL || (colon == NULL && !again))
		return play_fail(play, "expected sms FROM: TEXT");
	if (!again && !quick && part.total == 0 &&
		!did(play, "sms", world_wait(play->world, TYPING_SECONDS)))
		return false;
	set_last(play, from);
	text = colon == NULL ? head : colon + 1;
	text += *text == ' ';
	return did(play, "sms", world_sms(play->world, from, unescape(play, text), part, again));
}

/* ussd FROM: TEXT, ussd FROM again */
static bool verb_ussd(struct play *play, char *text)
{
	char *colon = strchr(text, ':'), *head, *from, *word;

	if (!world_needed(play))
		return false;
	head = arena_strndup(
		play->arena, text, colon == NULL ? strlen(text) : (size_t)(colon - text));
	from = play_word(&head);
	word = play_word(&head);
	if (from == NULL || (colon == NULL && (word == NULL || strcmp(word, "again") != 0)))
		return play_fail(
			play, "expected ussd FROM: *CODE#, an answer or END; or ussd FROM again");
	set_last(play, from);
	forget_screens(play, play->last);
	text = colon == NULL ? head : colon + 1 + strspn(colon + 1, " ");
	return did(
		play, "ussd", world_ussd(play->world, from, unescape(play, text), colon == NULL));
}

static bool verb_wait(struct play *play, char *text)
{
	static const struct {
		char unit;
		int64_t seconds;
	} units[] = {{'s', 1}, {'m', 60}, {'h', 3600}, {'d', 86400}};
	char *end;
	long number = strtol(text, &end, 10);

	if (!world_needed(play))
		return false;
	for (size_t i = 0; end > text && i < COUNT_OF(units); i++) {
		if (*end == units[i].unit)
			return did(
				play, "wait", world_wait(play->world, number * units[i].seconds));
	}
	return play_fail(play, "expected wait 45s|20m|3h|2d");
}

static bool verb_restart(struct play *play, char *text)
{
	(void)text;
	return world_needed(play) && did(play, "restart", world_restart(play->world));
}

static bool verb_fail(struct play *play, char *text)
{
	char *what = play_word(&text);

	if (!world_needed(play))
		return false;
	if (what == NULL || strcmp(what, "next") != 0)
		return play_fail(play, "expected fail next");
	world_fail_next(play->world);
	return true;
}

static bool verb_expect(struct play *play, char *text)
{
	return world_needed(play) && play_expect(play, text);
}

static const struct {
	const char *name;
	bool (*run)(struct play *play, char *text);
	bool prepares; /* nothing happens yet */
} verbs[] = {
	{"clock", verb_clock, true},
	{"conf", verb_conf, true},
	{"import", verb_import, false},
	{"sms", verb_sms, false},
	{"ussd", verb_ussd, false},
	{"wait", verb_wait, false},
	{"restart", verb_restart, false},
	{"fail", verb_fail, false},
	{"expect", verb_expect, false},
};

/* What a line did is over: no rows of the store are looked at any more. */
static bool is_over(struct play *play)
{
	const char *sql = play->world == NULL ? NULL : statements_busy(world_store(play->world));

	return sql == NULL || play_fail(play, "left open: %s", sql);
}

static bool line_run(struct play *play, char *text)
{
	size_t length;

	text += strspn(text, " \t");
	length = strcspn(text, " \t");
	if (*text == '\0' || *text == '#')
		return true;
	for (size_t i = 0; i < COUNT_OF(verbs); i++) {
		if (strlen(verbs[i].name) != length || memcmp(verbs[i].name, text, length) != 0)
			continue;
		play->begun = play->begun || !verbs[i].prepares;
		return verbs[i].run(play, text + length + strspn(text + length, " \t")) &&
			is_over(play);
	}
	return play_fail(play, "unknown line: %s", text);
}

/* The line, and below it what reached phones: TO, a tab, the text with its line ends as \\n. */
static void show(struct play *play, const char *line)
{
	struct play_message *message = play->world == NULL ? NULL : world_messages(play->world);
	size_t count = 0;

	fprintf(play->options.out, "%s\n", line);
	for (; message != NULL; message = message->next) {
		if (count++ < play->shown)
			continue;
		fprintf(play->options.out, "\t%s\t", message->to);
		for (const char *at = message->text; *at != '\0'; at++) {
			if (*at == '\n')
				fputs("\\n", play->options.out);
			else
				fputc(*at, play->options.out);
		}
		fputc('\n', play->options.out);
	}
	play->shown = count;
	fflush(play->options.out); /* a program may read along and write what comes next */
}

bool play_file(const char *path, const struct play_options *options)
{
	struct play play = {.path = path, .options = *options, .arena = arena_new()};
	FILE *file = fopen(path, "r");
	char *line = NULL, *text;
	size_t room = 0;
	ssize_t length;
	bool done;

	if (file == NULL)
		play_fail(&play, "%m");
	while (file != NULL && (length = getline(&line, &room, file)) >= 0) {
		while (length > 0 && isspace((unsigned char)line[length - 1]))
			line[--length] = '\0';
		play.line++;
		text = arena_strdup(play.arena, line);
		done = line_run(&play, line);
		if (options->show)
			show(&play, text);
		if (!done)
			break; /* what follows would only be confused by it */
	}
	if (file != NULL)
		fclose(file);
	free(line);
	world_free(play.world);
	arena_free(play.arena);
	return !play.failed;
}
