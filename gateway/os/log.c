/* Lines to stderr: see log.h. */
#include "gateway/os/log.h"

#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "gateway/os/clock.h"
#include "parsers/text/show.h"

#define LINE_ROOM 1024

static _Atomic int threshold = LOG_LEVEL_INFO;
static atomic_bool quiet_stderr;
static _Atomic uint64_t counts[LOG_LEVEL_DEBUG + 1];
static _Atomic uint64_t dropped, lost_lines; /* since the last line; since the start */
static pthread_mutex_t sink_lock = PTHREAD_MUTEX_INITIALIZER;
static void (*sink_function)(enum log_level level, const char *line, void *context);
static void *sink_context;

static const struct {
	const char *name;
	enum log_level level;
} names[] = {
	{"error", LOG_LEVEL_ERROR},
	{"warn", LOG_LEVEL_WARN},
	{"info", LOG_LEVEL_INFO},
	{"debug", LOG_LEVEL_DEBUG},
};

void log_set_level(enum log_level level)
{
	atomic_store(&threshold, level);
}

enum log_level log_get_level(void)
{
	return (enum log_level)atomic_load(&threshold);
}

bool log_level_by_name(const char *name, enum log_level *level)
{
	for (size_t i = 0; i < COUNT_OF(names); i++) {
		if (strcmp(names[i].name, name) == 0) {
			*level = names[i].level;
			return true;
		}
	}
	return false;
}

void log_set_sink(
	void (*sink)(enum log_level level, const char *line, void *context), void *context)
{
	pthread_mutex_lock(&sink_lock);
	sink_function = sink;
	sink_context = context;
	pthread_mutex_unlock(&sink_lock);
}

void log_set_quiet(bool quiet)
{
	atomic_store(&quiet_stderr, quiet);
}

uint64_t log_count(enum log_level level)
{
	return atomic_load(&counts[level]);
}

uint64_t log_dropped(void)
{
	return atomic_load(&lost_lines) + atomic_load(&dropped);
}

/* "<6>" and, when journald is not our reader, the UTC time. */
static size_t write_prefix(char *line, size_t room, enum log_level level)
{
	time_t now = (time_t)clock_utc();
	struct tm tm;
	int length = snprintf(line, room, "<%d>", (int)level);

	if (getenv("JOURNAL_STREAM"))
		return (size_t)length;
	gmtime_r(&now, &tm);
	return (size_t)length +
		strftime(line + length, room - (size_t)length, "%Y-%m-%dT%H:%M:%SZ ", &tm);
}

/* A line end inside a line would let a sender forge log lines, other signs move the cursor of who
 * reads them. */
static void tame(char *text, size_t room)
{
	struct strbuf shown = {0};

	if (text_is_plain(text))
		return;
	show_text(&shown, text, SHOW_FLAT);
	copy_string(text, room, shown.text);
	strbuf_free(&shown);
}

/* A reader that does not read must not stop us: without room the line is dropped and counted. A
 * pipe is ready when it takes a whole line. */
static bool has_room(void)
{
	struct pollfd out = {.fd = STDERR_FILENO, .events = POLLOUT};

	return poll(&out, 1, 0) > 0 && (out.revents & POLLOUT);
}

static void write_line(char *line, size_t length)
{
	char note[80];
	uint64_t lost;

	if (!has_room()) {
		atomic_fetch_add(&dropped, 1);
		return;
	}
	lost = atomic_exchange(&dropped, 0);
	if (lost > 0) {
		int said = snprintf(note, sizeof(note), "<%d>log: %llu lines were dropped\n",
			LOG_LEVEL_WARN, (unsigned long long)lost);

		atomic_fetch_add(&lost_lines, lost);
		if (write(STDERR_FILENO, note, (size_t)said) < 0)
			return;
	}
	line[length++] = '\n';
	while (length > 0) {
		ssize_t written = write(STDERR_FILENO, line, length);

		if (written <= 0)
			return; /* nobody reads the log: nothing to be done about it here */
		line += written;
		length -= (size_t)written;
	}
}

static bool heard(void)
{
	bool answer;

	pthread_mutex_lock(&sink_lock);
	answer = sink_function != NULL;
	pthread_mutex_unlock(&sink_lock);
	return answer;
}

static void PRINTF(4, 0) log_line(
	enum log_level level, bool traffic, const char *subject, const char *format, va_list args)
{
	bool loud = (int)level <= atomic_load(&threshold);
	char line[LINE_ROOM];
	char *text;
	size_t prefix, length;

	atomic_fetch_add(&counts[level], 1);
	if (!loud && !(traffic && heard()))
		return;
	prefix = write_prefix(line, sizeof(line), level);
	text = line + prefix;
	length = (size_t)snprintf(text, sizeof(line) - prefix - 1, "%s: ", subject);
	if (length < sizeof(line) - prefix - 1)
		vsnprintf(text + length, sizeof(line) - prefix - 1 - length, format, args);
	tame(text, sizeof(line) - prefix - 1);
	pthread_mutex_lock(&sink_lock);
	if (sink_function)
		sink_function(level, text, sink_context);
	pthread_mutex_unlock(&sink_lock);
	if (loud && !atomic_load(&quiet_stderr))
		write_line(line, prefix + strlen(text));
}

#define LOG_WITH(level)                                  \
	do {                                             \
		va_list args;                            \
		va_start(args, format);                  \
		log_line(level, false, subject, format, args);  \
		va_end(args);                            \
	} while (0)

void log_debug(const char *subject, const char *format, ...)
{
	LOG_WITH(LOG_LEVEL_DEBUG);
}

void log_traffic(const char *subject, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	log_line(LOG_LEVEL_DEBUG, true, subject, format, args);
	va_end(args);
}

void log_info(const char *subject, const char *format, ...)
{
	LOG_WITH(LOG_LEVEL_INFO);
}

void log_warn(const char *subject, const char *format, ...)
{
	LOG_WITH(LOG_LEVEL_WARN);
}

void log_error(const char *subject, const char *format, ...)
{
	LOG_WITH(LOG_LEVEL_ERROR);
}

void log_fatal(const char *subject, const char *format, ...)
{
	LOG_WITH(LOG_LEVEL_FATAL);
	exit(1);
}

#define KEEP_HEAD 6
#define KEEP_TAIL 3

const char *log_mask_phone(const char *phone, char out[LOG_PHONE])
{
	size_t length;

	if (!phone)
		phone = "-";
	copy_string(out, LOG_PHONE, phone);
	length = strlen(out);
	if (length < 9 || strspn(phone, "+0123456789") != strlen(phone))
		return out; /* a short code or an alphanumeric sender: a service, not a person */
	for (size_t i = KEEP_HEAD; i + KEEP_TAIL < length; i++)
		out[i] = '*';
	return out;
}
