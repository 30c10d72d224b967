/* INI files through inih: lines counted, limits checked, nothing silently lost.
 *
 * inih stops naming errors after the first, cuts long lines and never mentions an empty section. So
 * it gets its lines from a reader that sees each first: a line that should have reached the handler
 * and did not is an error.
 */
#include "gateway/ini/config_file.h"

#include <ctype.h>
#include <errno.h>
#include <ini.h>
#include <stdlib.h>
#include <string.h>

#define LINE_MAX_LENGTH 190
#define NAME_MAX_LENGTH 48 /* inih cuts longer section names and continued keys */
#define FILE_MAX	(8u << 20)

struct parse {
	struct config_file *file;
	struct config_errors *errors;
	size_t next; /* index of the line that the reader hands out next */
	size_t room;
	bool owed; /* the current line must reach the handler */
	bool after_header; /* no key yet in this section: an indented line starts one */
	const char *section;
};

static struct config_entry *add_entry(struct parse *parse, const char *key, const char *value)
{
	struct config_file *file = parse->file;
	struct config_entry *entry;

	if (file->count == parse->room) {
		parse->room = parse->room ? parse->room * 2 : 64;
		file->entries = xrealloc(file->entries, parse->room, sizeof(*file->entries));
	}
	entry = &file->entries[file->count++];
	*entry = (struct config_entry){
		.section = parse->section,
		.key = key ? arena_strdup(file->arena, key) : NULL,
		.value = value ? arena_strdup(file->arena, value) : NULL,
		.line = (int)parse->next,
	};
	return entry;
}

static void take_header(struct parse *parse, const char *line)
{
	const char *end = strchr(line, ']');
	int number = (int)parse->next;

	if (!end) {
		config_error(parse->errors, parse->file, number, line,
			"a section header needs its closing ]");
		return;
	}
	if (end - line - 1 > NAME_MAX_LENGTH || end == line + 1) {
		config_error(parse->errors, parse->file, number, line + 1,
			"a section's name has 1 to %d characters", NAME_MAX_LENGTH);
		return;
	}
	parse->section = arena_strndup(parse->file->arena, line + 1, (size_t)(end - line - 1));
	parse->after_header = true;
	add_entry(parse, NULL, NULL);
}

/* inih 55 leaves comments on continuation lines. */
static void cut_comment(char *line)
{
	for (char *at = line; *at; at++) {
		if (*at == ';' && at > line && isspace((unsigned char)at[-1])) {
			*at = '\0';
			return;
		}
	}
}

static void check_owed(struct parse *parse)
{
	if (parse->owed)
		config_error(parse->errors, parse->file, (int)parse->next, NULL,
			"expected \"key = value\"");
	parse->owed = false;
}

/* inih's fgets: the next line, or an empty one in place of a line that it would not understand. */
static char *read_line(char *room, int size, void *context)
{
	struct parse *parse = context;
	const char *line, *start;

	check_owed(parse);
	if (parse->next == parse->file->nline)
		return NULL;
	line = parse->file->lines[parse->next++];
	if (parse->next == 1 && strncmp(line, "\xef\xbb\xbf", 3) == 0)
		line += 3;
	room[0] = '\0';
	start = line + strspn(line, " \t\r\f\v");
	if (!*start || *start == ';' || *start == '#')
		return room;
	if (strlen(line) > LINE_MAX_LENGTH || strlen(line) >= (size_t)size) {
		config_error(parse->errors, parse->file, (int)parse->next, NULL,
			"this line has %zu octets, the limit is %d: continue it on an indented "
			"line",
			strlen(line), LINE_MAX_LENGTH);
		return room;
	}
	copy_string(room, (size_t)size, line);
	if (line[0] == '[') {
		take_header(parse, line);
		return room;
	}
	parse->owed = true;
	if (start > line)
		cut_comment(room);
	return room;
}

static void join(struct parse *parse, struct config_entry *entry, const char *more)
{
	size_t length = strlen(entry->value);
	bool comma = length > 0 && entry->value[length - 1] == ',';

	entry->value = arena_printf(parse->file->arena, "%s%s%s", entry->value,
		length == 0 ? "" : comma ? " " : ", ", more);
	entry->continued = true;
}

static int on_entry(void *context, const char *section, const char *name, const char *value)
{
	struct parse *parse = context;
	struct config_file *file = parse->file;
	const char *line = file->lines[parse->next - 1];
	bool indented = line[0] == ' ' || line[0] == '\t';

	(void)section; /* the reader saw the header first, and never cuts it */
	parse->owed = false;
	if (!parse->section) {
		config_error(parse->errors, file, (int)parse->next, name,
			"\"%s\" stands before any [section]", name);
		parse->section = "";
	}
	if (indented && !parse->after_header && file->count > 0 &&
		file->entries[file->count - 1].key) {
		join(parse, &file->entries[file->count - 1], value);
		return 1;
	}
	if (!*name || strlen(name) > NAME_MAX_LENGTH)
		config_error(parse->errors, file, (int)parse->next, name,
			"a key has 1 to %d characters", NAME_MAX_LENGTH);
	parse->after_header = false;
	add_entry(parse, name, value);
	return 1;
}

/* Splits in place; lines keep no line end. */
static void split_lines(struct config_file *file, char *text)
{
	size_t room = 0;

	while (*text) {
		char *end = strchrnul(text, '\n');
		char *next = *end ? end + 1 : end;

		while (end > text && end[-1] == '\r')
			end--;
		*end = '\0';
		if (file->nline == room) {
			room = room ? room * 2 : 128;
			file->lines = xrealloc(file->lines, room, sizeof(*file->lines));
		}
		file->lines[file->nline++] = text;
		text = next;
	}
}

static int read_text(struct config_file *file, struct config_errors *errors)
{
	FILE *in = fopen(file->path, "re");
	struct strbuf buf = {0};
	char block[4096];
	size_t got;
	int rc = OK;

	if (!in) {
		config_error(errors, file, 0, NULL, "cannot be opened: %s", strerror(errno));
		return ERR_CONFIG;
	}
	while ((got = fread(block, 1, sizeof(block), in)) > 0 && buf.length <= FILE_MAX)
		strbuf_add(&buf, block, got);
	if (ferror(in)) {
		config_error(errors, file, 0, NULL, "cannot be read: %s", strerror(errno));
		rc = ERR_CONFIG;
	} else if (buf.length > FILE_MAX) {
		config_error(errors, file, 0, NULL, "is larger than %u MB", FILE_MAX >> 20);
		rc = ERR_CONFIG;
	} else if (buf.length > 0 && memchr(buf.text, '\0', buf.length)) {
		config_error(errors, file, 0, NULL, "holds a NUL octet: not a text file");
		rc = ERR_CONFIG;
	}
	if (rc == OK && buf.length > 0)
		split_lines(file, arena_strndup(file->arena, buf.text, buf.length));
	strbuf_free(&buf);
	fclose(in);
	return rc;
}

int config_file_read(struct config_file **out, const char *path, struct config_errors *errors)
{
	struct config_file *file = xcalloc(1, sizeof(*file));
	struct parse parse = {.file = file, .errors = errors};
	size_t before = config_errors_count(errors);
	int rc;

	file->arena = arena_new();
	file->path = arena_strdup(file->arena, path);
	*out = file;
	rc = read_text(file, errors);
	if (rc == OK) {
		/* Its result is the first line that failed; the reader has reported all of them. */
		(void)ini_parse_stream(read_line, &parse, on_entry, &parse);
		check_owed(&parse);
		if (config_errors_count(errors) > before)
			rc = ERR_CONFIG;
	}
	return rc;
}

void config_file_free(struct config_file *file)
{
	if (!file)
		return;
	arena_free(file->arena);
	free(file->entries);
	free(file->lines);
	free(file);
}

const struct config_entry *config_find(
	const struct config_file *file, const char *section, const char *key)
{
	for (size_t i = 0; i < file->count; i++) {
		const struct config_entry *entry = &file->entries[i];

		if (entry->key && strcmp(entry->key, key) == 0 &&
			strcmp(entry->section, section) == 0)
			return entry;
	}
	return NULL;
}

const struct config_entry *config_next_section(
	const struct config_file *file, const struct config_entry *previous)
{
	size_t i = previous ? (size_t)(previous - file->entries) + 1 : 0;

	while (i < file->count && file->entries[i].key)
		i++;
	return i < file->count ? &file->entries[i] : NULL;
}
