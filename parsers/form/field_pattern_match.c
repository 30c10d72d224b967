/* Patterns of fields, by PCRE2: see pattern.h. */
#define PCRE2_CODE_UNIT_WIDTH 8
#include "parsers/form/field_pattern_match.h"

#include <ctype.h>
#include <pcre2.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What a field's value needs is far below; a pattern that needs more finds nothing. */
#define MATCH_LIMIT 5000
#define DEPTH_LIMIT 200
#define HEAP_LIMIT  64 /* KB */
#define NUMERAL_MOST 9 /* characters */

struct field_pattern {
	pcre2_code *code;
	pcre2_match_context *limits;
	uint32_t groups, entry;
	PCRE2_SPTR names;
};

struct field_pattern *field_pattern_new(const char *text, char *why, size_t room, size_t *at)
{
	struct field_pattern *pattern;
	int number;
	PCRE2_SIZE offset;
	pcre2_code *code = pcre2_compile((PCRE2_SPTR)text, PCRE2_ZERO_TERMINATED,
		PCRE2_CASELESS | PCRE2_UTF | PCRE2_DUPNAMES | PCRE2_ANCHORED, &number, &offset,
		NULL);

	if (!code) {
		*at = offset;
		if (pcre2_get_error_message(number, (PCRE2_UCHAR *)why, room) < 0)
			copy_string(why, room, "no pattern");
		return NULL;
	}
	pattern = xcalloc(1, sizeof(*pattern));
	pattern->code = code;
	if (pcre2_jit_compile(code, PCRE2_JIT_COMPLETE) != 0) {
		/* without it the same matches are found, more slowly */
	}
	pcre2_pattern_info(code, PCRE2_INFO_NAMECOUNT, &pattern->groups);
	pcre2_pattern_info(code, PCRE2_INFO_NAMEENTRYSIZE, &pattern->entry);
	pcre2_pattern_info(code, PCRE2_INFO_NAMETABLE, &pattern->names);
	pattern->limits = pcre2_match_context_create(NULL);
	if (!pattern->limits)
		abort();
	pcre2_set_match_limit(pattern->limits, MATCH_LIMIT);
	pcre2_set_depth_limit(pattern->limits, DEPTH_LIMIT);
	pcre2_set_heap_limit(pattern->limits, HEAP_LIMIT);
	return pattern;
}

void field_pattern_free(const struct field_pattern *pattern)
{
	if (!pattern)
		return;
	pcre2_code_free(pattern->code);
	pcre2_match_context_free(pattern->limits);
	free((void *)(uintptr_t)pattern);
}

/* A row of the table of names: the number of the group, then its name. */
static PCRE2_SPTR name_row(const struct field_pattern *pattern, size_t i)
{
	return pattern->names + i * pattern->entry;
}

const char *field_pattern_group(const struct field_pattern *pattern, size_t i)
{
	return i < pattern->groups ? (const char *)name_row(pattern, i) + 2 : NULL;
}

static pcre2_match_data *match_at(
	const struct field_pattern *pattern, const char *text, size_t from, bool whole)
{
	pcre2_match_data *data = pcre2_match_data_create_from_pattern(pattern->code, NULL);
	int found = PCRE2_ERROR_NOMEMORY;

	if (data)
		found = pcre2_match(pattern->code, (PCRE2_SPTR)text, PCRE2_ZERO_TERMINATED, from,
			whole ? PCRE2_ENDANCHORED : 0, data, pattern->limits);
	if (found == PCRE2_ERROR_NOMEMORY)
		abort(); /* as no match the text would be read otherwise */
	if (found > 0)
		return data;
	pcre2_match_data_free(data);
	return NULL;
}

size_t field_pattern_match(const struct field_pattern *pattern, const char *text, size_t from)
{
	pcre2_match_data *data = match_at(pattern, text, from, false);
	size_t end = data ? pcre2_get_ovector_pointer(data)[1] : 0;

	pcre2_match_data_free(data);
	return end > from ? end : 0;
}

bool field_pattern_each(const struct field_pattern *pattern, const char *text,
	void (*each)(const char *group, const char *value, size_t length, void *context),
	void *context)
{
	pcre2_match_data *data = match_at(pattern, text, 0, true);
	const PCRE2_SIZE *ends = data ? pcre2_get_ovector_pointer(data) : NULL;

	for (size_t i = 0; data && i < pattern->groups; i++) {
		PCRE2_SPTR row = name_row(pattern, i);
		size_t number = (size_t)row[0] << 8 | row[1];

		if (ends[2 * number] != PCRE2_UNSET)
			each((const char *)row + 2, text + ends[2 * number],
				ends[2 * number + 1] - ends[2 * number], context);
	}
	pcre2_match_data_free(data);
	return data != NULL;
}

static long roman(const char *text, size_t length)
{
	static const struct {
		const char *letters;
		int value;
	} numerals[] = {{"x", 10}, {"ix", 9}, {"v", 5}, {"iv", 4}, {"i", 1}};
	long sum = 0;
	size_t at = 0;

	for (size_t i = 0; i < COUNT_OF(numerals); i++) {
		size_t size = strlen(numerals[i].letters);

		while (at + size <= length) {
			size_t same = 0;

			while (same < size && tolower((unsigned char)text[at + same]) ==
							numerals[i].letters[same])
				same++;
			if (same < size)
				break;
			sum += numerals[i].value;
			at += size;
		}
	}
	return at == length && length > 0 ? sum : -1;
}

long field_pattern_number(const char *text, size_t length)
{
	long value = 0;

	if (length > NUMERAL_MOST)
		return -1;
	for (size_t i = 0; i < length; i++) {
		int digit = tolower((unsigned char)text[i]) == 'o' ? '0' : text[i];

		if (!isdigit(digit))
			return roman(text, length);
		value = value * 10 + (digit - '0');
	}
	return length ? value : -1;
}
