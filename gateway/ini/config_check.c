/* A configuration file against the table of its kind: names, duplicates, types, ranges. See
 * config_file.h. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "gateway/ini/config_file.h"

#define NAMES_MAX 128

/* "smsc *" stands for "smsc telkomsel"; a name must follow. */
static bool section_fits(const char *pattern, const char *section)
{
	size_t length = strlen(pattern);

	if (length < 2 || strcmp(pattern + length - 2, " *") != 0)
		return strcmp(pattern, section) == 0;
	return strncmp(pattern, section, length - 1) == 0 && section[length - 1] != '\0' &&
		section[length - 1] != ' ';
}

static bool section_known(const struct config_option *table, size_t count, const char *section)
{
	for (size_t i = 0; i < count; i++) {
		if (section_fits(table[i].section, section))
			return true;
	}
	return false;
}

static const struct config_option *find_option(const struct config_option *table, size_t count,
	const struct config_entry *entry)
{
	for (size_t i = 0; i < count; i++) {
		if (section_fits(table[i].section, entry->section) &&
			(strcmp(table[i].key, "*") == 0 || strcmp(table[i].key, entry->key) == 0))
			return &table[i];
	}
	return NULL;
}

static size_t add_name(const char **names, size_t count, const char *name)
{
	for (size_t i = 0; i < count; i++) {
		if (strcmp(names[i], name) == 0)
			return count;
	}
	if (count < NAMES_MAX)
		names[count++] = name;
	return count;
}

/* "smcs telkomsel" is near "smsc *": only the first word counts for a named section. */
static const char *nearest_section(
	const struct config_option *table, size_t count, const char *section, struct arena *arena)
{
	const char *names[NAMES_MAX];
	const char *space = strchr(section, ' ');
	size_t used = 0;

	for (size_t i = 0; i < count; i++) {
		const char *pattern = table[i].section;
		const char *star = strstr(pattern, " *");

		if (!star)
			used = add_name(names, used, pattern);
		else if (space)
			used = add_name(names, used,
				arena_printf(
					arena, "%.*s%s", (int)(star - pattern), pattern, space));
		else
			used = add_name(names, used,
				arena_printf(arena, "%.*s NAME", (int)(star - pattern), pattern));
	}
	if (!space) {
		/* "[smsc]" without a name. */
		const char *with = arena_printf(arena, "%s NAME", section);

		for (size_t i = 0; i < used; i++) {
			if (strcmp(names[i], with) == 0)
				return names[i];
		}
	}
	return config_nearest(section, names, used);
}

static void check_section(const struct config_file *file, const struct config_entry *entry,
	const struct config_option *table, size_t count, struct config_errors *errors)
{
	const char *nearest;

	if (section_known(table, count, entry->section))
		return;
	nearest = nearest_section(table, count, entry->section, file->arena);
	config_error(errors, file, entry->line, entry->section,
		nearest ? "unknown section [%s]; did you mean [%s]?" : "unknown section [%s]",
		entry->section, nearest);
}

static void report_unknown_key(const struct config_file *file, const struct config_entry *entry,
	const struct config_option *table, size_t count, struct config_errors *errors)
{
	const char *names[NAMES_MAX];
	const char *nearest;
	size_t used = 0;

	for (size_t i = 0; i < count; i++) {
		if (section_fits(table[i].section, entry->section))
			used = add_name(names, used, table[i].key);
	}
	nearest = config_nearest(entry->key, names, used);
	if (nearest)
		config_error(errors, file, entry->line, entry->key,
			"unknown key \"%s\" in [%s]; did you mean \"%s\"?", entry->key,
			entry->section, nearest);
	else
		config_error(errors, file, entry->line, entry->key, "unknown key \"%s\" in [%s]",
			entry->key, entry->section);
}

static bool read_long(const char *text, long *value)
{
	char *end;

	errno = 0;
	*value = strtol(text, &end, 10);
	return end != text && *end == '\0' && errno == 0;
}

bool config_duration(const char *text, long *seconds)
{
	static const struct {
		const char *unit;
		long seconds;
	} units[] = {{"", 1}, {"s", 1}, {"m", 60}, {"h", 3600}, {"d", 86400}};
	char *end;

	errno = 0;
	*seconds = strtol(text, &end, 10);
	if (end == text || errno || *seconds > 1000000000 || *seconds < 0)
		return false;
	for (size_t i = 0; i < COUNT_OF(units); i++) {
		if (strcmp(end, units[i].unit) == 0) {
			*seconds *= units[i].seconds;
			return true;
		}
	}
	return false;
}

static bool read_bool(const char *text, long *value)
{
	static const char *const words[] = {"no", "yes", "false", "true", "off", "on", "0", "1"};

	for (size_t i = 0; i < COUNT_OF(words); i++) {
		if (strcmp(text, words[i]) == 0) {
			*value = (long)(i % 2);
			return true;
		}
	}
	return false;
}

/* values: "gsm7|latin1|ascii" */
static size_t split_values(const char *values, struct arena *arena, const char **names)
{
	char *save, *copy = arena_strdup(arena, values);
	size_t used = 0;

	for (char *name = strtok_r(copy, "|", &save); name; name = strtok_r(NULL, "|", &save))
		used = add_name(names, used, name);
	return used;
}

static bool read_enum(const char *values, const char *text, long *value)
{
	size_t length = strlen(text);
	long index = 0;

	for (const char *at = values; *at; index++) {
		size_t one = strcspn(at, "|");

		if (one == length && strncmp(at, text, one) == 0) {
			*value = index;
			return true;
		}
		at += one + (at[one] == '|');
	}
	return false;
}

static bool read_value(const struct config_option *option, const char *text, long *value)
{
	*value = 0;
	switch (option->type) {
	case CONFIG_TEXT:
	case CONFIG_LIST:
		return true;
	case CONFIG_INT:
		return read_long(text, value);
	case CONFIG_DURATION:
		return config_duration(text, value);
	case CONFIG_BOOL:
		return read_bool(text, value);
	case CONFIG_ENUM:
		return read_enum(option->values, text, value);
	}
	return false;
}

static void report_enum(const struct config_file *file, const struct config_entry *entry,
	const struct config_option *option, struct config_errors *errors)
{
	const char *names[NAMES_MAX];
	size_t used = split_values(option->values, file->arena, names);
	const char *nearest = config_nearest(entry->value, names, used);

	if (nearest)
		config_error(errors, file, entry->line, entry->value,
			"\"%s\" is none of %s; did you mean \"%s\"?", entry->value, option->values,
			nearest);
	else
		config_error(errors, file, entry->line, entry->value, "\"%s\" is none of %s",
			entry->value, option->values);
}

static void check_value(const struct config_file *file, const struct config_entry *entry,
	const struct config_option *option, struct config_errors *errors)
{
	static const char *const wanted[] = {
		[CONFIG_INT] = "a whole number", [CONFIG_BOOL] = "yes or no",
		[CONFIG_DURATION] = "a time: 90, 90s, 5m, 24h, 7d",
	};
	bool ranged = option->type == CONFIG_INT || option->type == CONFIG_DURATION;
	long value;

	if (option->type == CONFIG_TEXT && entry->continued)
		config_error(errors, file, entry->line, entry->key, "\"%s\" stands on one line",
			entry->key);
	else if (option->required && !*entry->value)
		config_error(
			errors, file, entry->line, entry->key, "\"%s\" needs a value", entry->key);
	else if (!read_value(option, entry->value, &value) && option->type == CONFIG_ENUM)
		report_enum(file, entry, option, errors);
	else if (!read_value(option, entry->value, &value))
		config_error(errors, file, entry->line, entry->value, "\"%s\" should be %s",
			entry->key, wanted[option->type]);
	else if (ranged && (value < option->min || value > option->max))
		config_error(errors, file, entry->line, entry->value,
			"\"%s\" must be between %ld and %ld%s", entry->key, option->min,
			option->max, option->type == CONFIG_DURATION ? " seconds" : "");
}

static int by_name(const void *left, const void *right)
{
	const struct config_entry *a = *(const struct config_entry *const *)left;
	const struct config_entry *b = *(const struct config_entry *const *)right;
	int order = strcmp(a->section, b->section);

	if (order == 0)
		order = strcmp(a->key ? a->key : "", b->key ? b->key : "");
	return order ? order : a->line - b->line;
}

static void check_duplicates(const struct config_file *file, struct config_errors *errors)
{
	const struct config_entry **sorted = xcalloc(file->count, sizeof(*sorted));

	for (size_t i = 0; i < file->count; i++)
		sorted[i] = &file->entries[i];
	qsort(sorted, file->count, sizeof(*sorted), by_name);
	for (size_t i = 1; i < file->count; i++) {
		const struct config_entry *a = sorted[i - 1], *b = sorted[i];

		if (!a->key != !b->key || strcmp(a->section, b->section) != 0)
			continue;
		if (!a->key)
			config_error(errors, file, b->line, b->section,
				"section [%s] stands in line %d already", b->section, a->line);
		else if (strcmp(a->key, b->key) == 0)
			config_error(errors, file, b->line, b->key,
				"key \"%s\" stands in line %d already", b->key, a->line);
	}
	free(sorted);
}

static void check_required(const struct config_file *file, const struct config_option *option,
	struct config_errors *errors)
{
	const struct config_entry *section = NULL;
	bool seen = false;

	while ((section = config_next_section(file, section))) {
		if (!section_fits(option->section, section->section))
			continue;
		seen = true;
		if (!config_find(file, section->section, option->key))
			config_error(errors, file, section->line, section->section,
				"[%s] needs \"%s\" (%s)", section->section, option->key,
				option->help);
	}
	if (!seen && !strchr(option->section, '*'))
		config_error(errors, file, 0, NULL, "section [%s] with \"%s\" is missing",
			option->section, option->key);
}

void config_check(const struct config_file *file, const struct config_option *table, size_t count,
	struct config_errors *errors)
{
	for (size_t i = 0; i < file->count; i++) {
		const struct config_entry *entry = &file->entries[i];
		const struct config_option *option;

		if (!entry->key) {
			check_section(file, entry, table, count, errors);
			continue;
		}
		option = find_option(table, count, entry);
		if (option)
			check_value(file, entry, option, errors);
		else if (section_known(table, count, entry->section))
			report_unknown_key(file, entry, table, count, errors);
	}
	check_duplicates(file, errors);
	for (size_t i = 0; i < count; i++) {
		if (table[i].required)
			check_required(file, &table[i], errors);
	}
}

const char *config_value(
	const struct config_file *file, const char *section, const struct config_option *option)
{
	const struct config_entry *entry = config_find(file, section, option->key);

	return entry ? entry->value : option->standard;
}

long config_number(
	const struct config_file *file, const char *section, const struct config_option *option)
{
	const char *text = config_value(file, section, option);
	long value = 0;

	if (text && read_value(option, text, &value) &&
		((option->type != CONFIG_INT && option->type != CONFIG_DURATION) ||
			(value >= option->min && value <= option->max)))
		return value;
	if (option->standard)
		(void)read_value(option, option->standard, &value);
	return value;
}
