/* INI files as entries with line numbers, and the list of everything that is wrong with them.
 *
 * The only file that knows inih. Continuation lines (indented) are joined with the separator ", "
 * when the line before does not end in one; the entry's line is the first's. Comments start with ;
 * or # (at a line's start, or ; after white space). Errors are collected, never thrown: loading
 * goes on to find them all.
 */
#ifndef GATEWAY_CONFIG_FILE_H
#define GATEWAY_CONFIG_FILE_H

#include <stdio.h>

#include "parsers/text/error.h"
#include "parsers/text/util.h"

struct config_entry {
	const char *section; /* "smsc telkomsel", "field berat" */
	const char *key; /* NULL: the section's header itself */
	const char *value;
	int line;
	bool continued; /* on indented lines */
};

struct config_file {
	const char *path;
	struct config_entry *entries; /* in the file's order; a header comes before its keys */
	size_t count;
	char **lines; /* the file's text, for error messages */
	size_t nline;
	struct arena *arena;
};

/* Collects errors of many files; prints each as "file:line: text", the line, and a caret under
 * `at`. */
struct config_errors;
struct config_errors *config_errors_new(void);
void config_errors_free(struct config_errors *errors);
size_t config_errors_count(const struct config_errors *errors);
void config_errors_print(const struct config_errors *errors, FILE *out);
/* at: the text that the caret marks (after the "=" if it is there, else anywhere in the line;
 * continuation lines are searched too), NULL: the line's start; line 0: the file as a whole. */
void config_error(struct config_errors *errors, const struct config_file *file, int line,
	const char *at, const char *format, ...) PRINTF(5, 6);
/* The same for what is worth knowing and no error: shown behind the errors, not counted. */
void config_note(struct config_errors *errors, const struct config_file *file, int line,
	const char *at, const char *format, ...) PRINTF(5, 6);
void config_errors_each(const struct config_errors *errors,
	void (*take)(const char *path, int line, bool note, const char *text, void *context),
	void *context);

/* ERR_CONFIG when the file cannot be read or parsed (reported to errors). Free with
 * config_file_free. */
int config_file_read(
	struct config_file **out, const char *path, struct config_errors *errors) MUST_CHECK;
void config_file_free(struct config_file *file);

/* One table per file kind: which sections and keys there are. Reports unknown and duplicate
 * sections and keys, each with the nearest known name, and values that do not fit the type. */
enum config_type {
	CONFIG_TEXT,
	CONFIG_INT,
	CONFIG_BOOL,
	CONFIG_ENUM,
	CONFIG_LIST,
	CONFIG_DURATION
};
struct config_option {
	/* "gateway"; "smsc *" is a named section that may come several times */
	const char *section;
	const char *key; /* "*": any key (word lists) */
	enum config_type type;
	const char *standard; /* default as text; NULL: none */
	long min, max; /* CONFIG_INT, CONFIG_DURATION (seconds) */
	const char *values; /* CONFIG_ENUM: "gsm7|latin1|ascii" */
	bool reloadable; /* a SIGHUP may change it */
	bool required;
	const char *help; /* one line */
};
void config_check(const struct config_file *file, const struct config_option *table, size_t count,
	struct config_errors *errors);

/* The entry of a key; NULL when it is not written. */
const struct config_entry *config_find(
	const struct config_file *file, const char *section, const char *key);
/* Section headers in order: previous NULL gives the first; NULL after the last. */
const struct config_entry *config_next_section(
	const struct config_file *file, const struct config_entry *previous);
/* An option as it stands in a section, or its default; NULL when there is neither. */
const char *config_value(
	const struct config_file *file, const char *section, const struct config_option *option);
/* The same as a number: INT, DURATION in seconds, BOOL 0 or 1, ENUM the index; what does not fit
 * counts as the default. */
long config_number(
	const struct config_file *file, const char *section, const struct config_option *option);
/* "90", "90s", "5m", "24h", "7d" as seconds. */
bool config_duration(const char *text, long *seconds);
/* The nearest of a list of names within two slips, for "did you mean"; NULL. */
const char *config_nearest(const char *name, const char *const *names, size_t count);

#endif
