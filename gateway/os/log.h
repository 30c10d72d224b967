/* The log: one line per event on stderr, the subject and its id first, then what happened, then
 * key=value.
 *
 *     <6>link telkomsel: state old=binding new=bound window=10
 *
 * Each line carries journald's level prefix; the time is added when journald is not there to do it.
 * No message text, NIK or full phone number at any level but debug. Any thread may log; a line is
 * one write(2), and none waits for a reader.
 */
#ifndef GATEWAY_LOG_H
#define GATEWAY_LOG_H

#include <stdint.h>

#include "parsers/text/util.h"

/* Values are journald's. */
enum log_level {
	LOG_LEVEL_FATAL = 2,
	LOG_LEVEL_ERROR = 3,
	LOG_LEVEL_WARN = 4,
	LOG_LEVEL_INFO = 6,
	LOG_LEVEL_DEBUG = 7
};

void log_set_level(enum log_level level); /* what is logged at most; LOG_LEVEL_INFO at the start */
enum log_level log_get_level(void);
bool log_level_by_name(const char *name, enum log_level *level); /* "error" "warn" "info" "debug" */

/* What happens to each message: for `kabarctl tail`, on stderr with level debug only. Costs nothing
 * unheard. */
void log_traffic(const char *subject, const char *format, ...) PRINTF(2, 3);

/* subject: "link telkomsel", "worker", "outbox 4711". */
void log_debug(const char *subject, const char *format, ...) PRINTF(2, 3);
void log_info(const char *subject, const char *format, ...) PRINTF(2, 3);
void log_warn(const char *subject, const char *format, ...)
	PRINTF(2, 3); /* the world misbehaved and we go on */
void log_error(const char *subject, const char *format, ...)
	PRINTF(2, 3); /* somebody must look at it */
/* Our bug, or a start that cannot go on: logs and exits with status 1. */
void log_fatal(const char *subject, const char *format, ...) PRINTF(2, 3) __attribute__((noreturn));

/* "+6281234567890" becomes "+62812*****890"; short codes and names stay. Returns out. */
#define LOG_PHONE 24
const char *log_mask_phone(const char *phone, char out[LOG_PHONE]);

/* Tests, `kabarctl tail`: gets each line too, without prefix and line end. NULL: nobody. Called by
 * the logging thread. */
void log_set_sink(
	void (*sink)(enum log_level level, const char *line, void *context), void *context);
void log_set_quiet(bool quiet); /* nothing to stderr, only to the sink */
uint64_t log_dropped(void); /* lines that nobody took: the log never waits for its reader */
uint64_t log_count(enum log_level level); /* lines of a level since the start, logged or not */

#endif
