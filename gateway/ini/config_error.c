/* The list of everything that is wrong with configuration files, and how it is shown. See
 * config_file.h. */
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "gateway/ini/config_file.h"
#include "parsers/words/fuzzy.h"

struct message {
	char *path;
	int line; /* 0: the file as a whole */
	char *shown; /* the line; NULL with line 0 */
	size_t column; /* octets before the caret */
	size_t file_order, order;
	char *text;
	bool note; /* worth knowing, no error */
};

struct config_errors {
	struct message *list;
	size_t count, room, notes;
};

struct config_errors *config_errors_new(void)
{
	return xcalloc(1, sizeof(struct config_errors));
}

void config_errors_free(struct config_errors *errors)
{
	if (!errors)
		return;
	for (size_t i = 0; i < errors->count; i++) {
		free(errors->list[i].path);
		free(errors->list[i].shown);
		free(errors->list[i].text);
	}
	free(errors->list);
	free(errors);
}

size_t config_errors_count(const struct config_errors *errors)
{
	return errors->count - errors->notes;
}

static const char *mark_in(const char *line, const char *at)
{
	const char *equals = strchr(line, '=');
	const char *mark = equals && *at ? strstr(equals, at) : NULL;

	return mark ? mark : strstr(line, at);
}

/* Finds what the caret marks in the entry's line or the lines that continue it. */
static void place_caret(
	struct message *message, const struct config_file *file, int line, const char *at)
{
	const char *first, *mark = NULL;

	if (line < 1 || (size_t)line > file->nline)
		return;
	first = file->lines[line - 1];
	for (size_t i = (size_t)line - 1; at && *at && i < file->nline; i++) {
		const char *text = file->lines[i];

		if (i >= (size_t)line && text[0] != ' ' && text[0] != '\t')
			break;
		mark = mark_in(text, at);
		if (mark) {
			first = text;
			line = (int)i + 1;
			break;
		}
	}
	message->line = line;
	message->shown = xstrdup(first);
	message->column = mark ? (size_t)(mark - first) : strspn(first, " \t");
}

static size_t file_order(const struct config_errors *errors, const char *path)
{
	for (size_t i = 0; i < errors->count; i++) {
		if (strcmp(errors->list[i].path, path) == 0)
			return errors->list[i].file_order;
	}
	return errors->count;
}

static char *formatted(const char *format, va_list args)
{
	char *text;

	if (vasprintf(&text, format, args) < 0)
		abort();
	return text;
}

/* Takes the text. */
static void add(struct config_errors *errors, const struct config_file *file, int line,
	const char *at, bool note, char *text)
{
	struct message message = {.order = errors->count,
		.file_order = file_order(errors, file->path),
		.text = text,
		.note = note,
		.path = xstrdup(file->path)};

	place_caret(&message, file, line, at);
	errors->notes += note;
	if (errors->count == errors->room) {
		errors->room = errors->room ? errors->room * 2 : 16;
		errors->list = xrealloc(errors->list, errors->room, sizeof(*errors->list));
	}
	errors->list[errors->count++] = message;
}

void config_error(struct config_errors *errors, const struct config_file *file, int line,
	const char *at, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	add(errors, file, line, at, false, formatted(format, args));
	va_end(args);
}

void config_note(struct config_errors *errors, const struct config_file *file, int line,
	const char *at, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	add(errors, file, line, at, true, formatted(format, args));
	va_end(args);
}

static int compare(const void *left, const void *right)
{
	const struct message *a = left, *b = right;

	if (a->note != b->note)
		return a->note ? 1 : -1;
	if (a->file_order != b->file_order)
		return a->file_order < b->file_order ? -1 : 1;
	if (a->line != b->line)
		return a->line < b->line ? -1 : 1;
	return a->order < b->order ? -1 : a->order > b->order;
}

/* The caret stands below its character: tabs stay tabs, the later octets of a UTF-8 character take
 * no room. */
static void print_caret(FILE *out, const struct message *message)
{
	fputs("    ", out);
	for (size_t i = 0; i < message->column; i++) {
		unsigned char c = (unsigned char)message->shown[i];

		if (c == '\t')
			fputc('\t', out);
		else if ((c & 0xC0) != 0x80)
			fputc(' ', out);
	}
	fputs("^\n", out);
}

static struct message *in_order(const struct config_errors *errors)
{
	struct message *sorted = xcalloc(errors->count, sizeof(*sorted));

	if (errors->count > 0)
		memcpy(sorted, errors->list, errors->count * sizeof(*sorted));
	qsort(sorted, errors->count, sizeof(*sorted), compare);
	return sorted;
}

void config_errors_each(const struct config_errors *errors,
	void (*take)(const char *path, int line, bool note, const char *text, void *context),
	void *context)
{
	struct message *sorted = in_order(errors);

	for (size_t i = 0; i < errors->count; i++)
		take(sorted[i].path, sorted[i].line, sorted[i].note, sorted[i].text, context);
	free(sorted);
}

void config_errors_print(const struct config_errors *errors, FILE *out)
{
	struct message *sorted = in_order(errors);

	for (size_t i = 0; i < errors->count; i++) {
		const struct message *message = &sorted[i];

		fputs(message->path, out);
		if (message->line > 0)
			fprintf(out, ":%d", message->line);
		fprintf(out, ": %s%s\n", message->note ? "note: " : "", message->text);
		if (message->line > 0) {
			fprintf(out, "    %s\n", message->shown);
			print_caret(out, message);
		}
	}
	free(sorted);
}

const char *config_nearest(const char *name, const char *const *names, size_t count)
{
	const char *nearest = NULL;
	int best = 3;

	for (size_t i = 0; i < count; i++) {
		int distance = fuzzy_distance(name, strlen(name), names[i], strlen(names[i]), 2);

		/* Two slips in a word of three letters make any other word. */
		if (distance < best && (size_t)distance * 2 < strlen(name) + 1) {
			best = distance;
			nearest = names[i];
		}
	}
	return nearest;
}
