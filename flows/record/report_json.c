/* Stored JSON fields ↔ struct report. */
#include "flows/record/report_json.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "parsers/form/form.h"

static void *json_room(size_t size)
{
	return xrealloc(NULL, 1, size);
}

void json_memory(void)
{
	json_set_alloc_funcs(json_room, free);
}

char *json_to_arena(struct arena *arena, json_t *json)
{
	char *dumped = json_dumps(json, JSON_COMPACT | JSON_REAL_PRECISION(10));
	char *text;

	json_decref(json);
	if (dumped == NULL)
		/* only when memory is out or text is not UTF-8, which decoding rules out */
		abort();
	text = arena_strdup(arena, dumped);
	free(dumped);
	return text;
}

static json_t *problem_object(const struct problem *problem)
{
	json_t *object = json_pack(
		"{s:s,s:s}", "field", problem->field, "code", problem_name(problem->code));
	json_t *options;

	if (problem->raw != NULL)
		json_object_set_new(object, "raw", json_string(problem->raw));
	if (problem->offer != NULL)
		json_object_set_new(object, "offer", json_string(problem->offer));
	if (problem->noption == 0)
		return object;
	options = json_array();
	for (size_t i = 0; i < problem->noption; i++)
		json_array_append_new(options,
			json_pack("[s,s]", problem->options[i].value, problem->options[i].label));
	json_object_set_new(object, "options", options);
	return object;
}

static json_t *report_problems_array(const struct report *report)
{
	json_t *array = json_array();

	for (size_t i = 0; i < report->nproblem; i++)
		json_array_append_new(array, problem_object(&report->problems[i]));
	return array;
}

static json_t *report_notes_array(const struct report *report)
{
	json_t *array = json_array();

	for (size_t i = 0; i < report->nnote; i++)
		json_array_append_new(array, json_string(report->notes[i]));
	return array;
}

/* JSON as it is stored, written into a piece of the arena that is surely large enough: a report is
 * written with each message, and a tree of its values would only be walked once. */
struct writer {
	char *at;
};

#define ESCAPED 6 /* octets of a character at most */

static void put(struct writer *writer, const char *text)
{
	writer->at = stpcpy(writer->at, text);
}

static void put_string(struct writer *writer, const char *text)
{
	static const char plain[] = "\b\f\n\r\t\"\\", letters[] = "bfnrt\"\\";
	char *to = writer->at;

	*to++ = '"';
	for (; *text != '\0'; text++) {
		const char *known;

		if ((unsigned char)*text >= 0x20 && *text != '"' && *text != '\\') {
			*to++ = *text;
			continue;
		}
		known = strchr(plain, *text);
		if (known != NULL) {
			*to++ = '\\';
			*to++ = letters[known - plain];
		} else {
			to += sprintf(to, "\\u%04X", (unsigned char)*text);
		}
	}
	*to++ = '"';
	*to = '\0';
	writer->at = to;
}

static void put_comma(struct writer *writer)
{
	if (writer->at[-1] != '{' && writer->at[-1] != '[')
		put(writer, ",");
}

static void put_key(struct writer *writer, const char *key)
{
	put_comma(writer);
	put_string(writer, key);
	put(writer, ":");
}

static void put_item(struct writer *writer, const char *text)
{
	put_comma(writer);
	put_string(writer, text);
}

#define PLAIN_DIGITS   10 /* so many of a double come back as they are ... */
#define PLAIN_FRACTION 4  /* ... where no exponent is written */

/* "-1.37", "8.4", "2500": a number that says itself. */
static bool says_itself(const char *text)
{
	const char *first = text + (*text == '-');
	size_t whole = strspn(first, "0123456789"), part;

	if (whole == 0 || (whole > 1 && *first == '0'))
		return false;
	if (first[whole] == '\0')
		return whole <= PLAIN_DIGITS && (first == text || *first != '0');
	if (first[whole] != '.')
		return false;
	part = strspn(first + whole + 1, "0123456789");
	return part > 0 && part <= PLAIN_FRACTION && whole + part <= PLAIN_DIGITS &&
		first[whole + 1 + part] == '\0' && first[whole + part] != '0';
}

/* As jansson writes them. */
static void put_number(struct writer *writer, const char *text)
{
	if (says_itself(text)) {
		put(writer, text);
		return;
	}
	if (strchr(text, '.') == NULL) {
		writer->at += sprintf(writer->at, "%lld", strtoll(text, NULL, 10));
		return;
	}
	char *from = writer->at;

	writer->at += sprintf(writer->at, "%.10g", strtod(text, NULL));
	if (strpbrk(from, ".e") == NULL)
		put(writer, ".0");
}

static size_t room_of(const struct report *report, const char *const *confirmed)
{
	size_t room = 64;

	for (size_t i = 0; i < report->nvalue; i++)
		room += 2 * strlen(report->values[i].field) +
			ESCAPED * strlen(report->values[i].text) + 64;
	for (size_t i = 0; confirmed != NULL && confirmed[i] != NULL; i++)
		room += ESCAPED * strlen(confirmed[i]) + 4;
	return room;
}

static const char *fields_write(
	struct arena *arena, const struct report *report, const char *const *confirmed)
{
	size_t defaulted = 0, room = room_of(report, confirmed);
	char *text = arena_raw(arena, room);
	struct writer writer = {text};

	put(&writer, "{");
	for (size_t i = 0; i < report->nvalue; i++) {
		const struct value *value = &report->values[i];

		put_key(&writer, value->field);
		if (value->number)
			put_number(&writer, value->text);
		else
			put_string(&writer, value->text);
		defaulted += value->defaulted;
	}
	if (defaulted > 0) {
		put_key(&writer, "_auto");
		put(&writer, "[");
		for (size_t i = 0; i < report->nvalue; i++) {
			if (report->values[i].defaulted)
				put_item(&writer, report->values[i].field);
		}
		put(&writer, "]");
	}
	if (confirmed != NULL && confirmed[0] != NULL) {
		put_key(&writer, "_ok");
		put(&writer, "[");
		for (size_t i = 0; confirmed[i] != NULL; i++)
			put_item(&writer, confirmed[i]);
		put(&writer, "]");
	}
	if (report->story) {
		put_key(&writer, "_story");
		put(&writer, "true");
	}
	put(&writer, "}");
	return text;
}

void report_to_row(struct arena *arena, const struct report *report, const char *const *confirmed,
	struct report_row *row)
{
	row->fields = fields_write(arena, report, confirmed);
	row->problems =
		report->nproblem == 0 ? "[]" : json_to_arena(arena, report_problems_array(report));
	row->notes = report->nnote == 0 ? "[]" : json_to_arena(arena, report_notes_array(report));
	row->form = report->form->name;
	row->status = status_name(report->status);
	row->training = report->training;
}

/* Values that nobody wrote (derived, the sender's own desa, today) are found anew when it is judged
 * again. */
static bool is_listed(const json_t *list, const char *field)
{
	for (size_t i = 0; i < json_array_size(list); i++) {
		const char *name = json_string_value(json_array_get(list, i));

		if (name != NULL && strcmp(name, field) == 0)
			return true;
	}
	return false;
}

static void fields_load(struct arena *arena, const json_t *fields, struct report *report)
{
	const char *name;
	json_t *item;

	json_object_foreach((json_t *)fields, name, item) {
		struct value value = {.field = name, .number = json_is_number(item)};

		if (name[0] == '_' || json_is_array(item))
			continue;
		if (json_is_string(item))
			value.text = json_string_value(item);
		else if (json_is_integer(item))
			value.text = arena_printf(
				arena, "%" JSON_INTEGER_FORMAT, json_integer_value(item));
		else
			value.text = arena_printf(arena, "%.10g", json_number_value(item));
		value.raw = value.text;
		value.defaulted = is_listed(json_object_get(fields, "_auto"), name);
		report_set(report, arena, &value);
	}
}

static const char *string_copy(struct arena *arena, const json_t *json)
{
	return json_is_string(json) ? arena_strdup(arena, json_string_value(json)) : NULL;
}

static void problems_load(struct arena *arena, const json_t *array, struct report *report)
{
	for (size_t i = 0; i < json_array_size(array) && report->nproblem < REPORT_PROBLEMS; i++) {
		const json_t *item = json_array_get(array, i),
			     *options = json_object_get(item, "options");
		struct problem *problem = &report->problems[report->nproblem];
		const char *code = json_string_value(json_object_get(item, "code"));
		int number = code == NULL ? -1 : problem_by_name(code);

		if (number < 0)
			continue;
		problem->noption = 0;
		problem->code = (enum problem_code)number;
		problem->field = string_copy(arena, json_object_get(item, "field"));
		if (problem->field == NULL)
			problem->field = "";
		problem->raw = string_copy(arena, json_object_get(item, "raw"));
		problem->offer = string_copy(arena, json_object_get(item, "offer"));
		for (size_t k = 0; k < json_array_size(options) && k < OPTIONS_MAX; k++) {
			const json_t *pair = json_array_get(options, k);

			problem->options[problem->noption].value =
				string_copy(arena, json_array_get(pair, 0));
			problem->options[problem->noption++].label =
				string_copy(arena, json_array_get(pair, 1));
		}
		report->nproblem++;
	}
}

static const char *const *confirmed_load(struct arena *arena, const json_t *list)
{
	size_t count = json_array_size(list);
	const char **out = arena_alloc(arena, (count + 1) * sizeof(*out));

	for (size_t i = 0; i < count; i++)
		out[i] = string_copy(arena, json_array_get(list, i));
	return out;
}

int report_from_row(const struct reader *reader, struct arena *arena, const struct report_row *row,
	struct report *report, const char *const **confirmed)
{
	json_t *fields = json_loads(row->fields == NULL ? "{}" : row->fields, 0, NULL);
	json_t *problems = json_loads(row->problems == NULL ? "[]" : row->problems, 0, NULL);
	json_t *notes = json_loads(row->notes == NULL ? "[]" : row->notes, 0, NULL);
	int status = status_by_name(row->status), error = ERR_SYNTAX;

	report_begin(report, reader_form(reader, row->form));
	report->training = row->training;
	if (report->form == NULL) {
		error = ERR_NOT_FOUND;
		goto out;
	}
	if (!json_is_object(fields) || !json_is_array(problems) || !json_is_array(notes) ||
		status < 0)
		goto out;
	report->status = (enum report_status)status;
	report->story = json_is_true(json_object_get(fields, "_story"));
	fields_load(arena, fields, report);
	problems_load(arena, problems, report);
	for (size_t i = 0; i < json_array_size(notes) && report->nnote < REPORT_NOTES; i++)
		report->notes[report->nnote++] = string_copy(arena, json_array_get(notes, i));
	if (confirmed != NULL)
		*confirmed = confirmed_load(arena, json_object_get(fields, "_ok"));
	error = OK;
out:
	json_decref(fields);
	json_decref(problems);
	json_decref(notes);
	return error;
}
