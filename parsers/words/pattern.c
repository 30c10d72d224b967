/* Patterns that are data: see pattern.h. */
#define PCRE2_CODE_UNIT_WIDTH 8
#include "parsers/words/pattern.h"

#include <pcre2.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

/* A text is at most TEXT_FOLDED_MAX octets: a pattern that needs more is wrong. */
#define MATCH_LIMIT 50000
#define DEPTH_LIMIT 1000
#define HEAP_LIMIT  256 /* KB */
#define REPLACED_MORE 200 /* octets that replacing may add */

struct pattern {
	pcre2_code *code;
	pcre2_match_context *limits;
	bool compiled; /* to machine code */
};

static struct pattern *wrap(pcre2_code *code)
{
	struct pattern *pattern = xcalloc(1, sizeof(*pattern));

	pattern->compiled = pcre2_jit_compile(code, PCRE2_JIT_COMPLETE) == 0; /* else slower */
	pattern->code = code;
	pattern->limits = pcre2_match_context_create(NULL);
	if (!pattern->limits)
		abort();
	pcre2_set_match_limit(pattern->limits, MATCH_LIMIT);
	pcre2_set_depth_limit(pattern->limits, DEPTH_LIMIT);
	pcre2_set_heap_limit(pattern->limits, HEAP_LIMIT);
	return pattern;
}

void pattern_free(struct pattern *pattern)
{
	if (!pattern)
		return;
	pcre2_code_free(pattern->code);
	pcre2_match_context_free(pattern->limits);
	free(pattern);
}

/* Nearly every text is, and needs no look at its UTF-8 then. */
static bool is_ascii(const char *text, size_t length)
{
	uint64_t high = 0, eight;
	size_t i = 0;

	for (; i + sizeof(eight) <= length; i += sizeof(eight)) {
		memcpy(&eight, text + i, sizeof(eight));
		high |= eight;
	}
	for (; i < length; i++)
		high |= (uint64_t)(unsigned char)text[i];
	return (high & 0x8080808080808080u) == 0;
}

/* Room for what a match tells: whoever comes first takes the one that is kept. */
static _Atomic(pcre2_match_data *) spare_room;

static int match(const struct pattern *pattern, const char *text)
{
	pcre2_match_data *room = atomic_exchange(&spare_room, NULL), *none = NULL;
	size_t length = strlen(text);
	int found;

	if (!room)
		room = pcre2_match_data_create(1, NULL);
	if (!room)
		abort();
	if (pattern->compiled && is_ascii(text, length))
		found = pcre2_jit_match(pattern->code, (PCRE2_SPTR)text, length, 0, 0, room,
			pattern->limits);
	else
		found = pcre2_match(pattern->code, (PCRE2_SPTR)text, length, 0, 0, room,
			pattern->limits);
	if (found == PCRE2_ERROR_NOMEMORY)
		abort(); /* as no match the text would be read otherwise */
	if (!atomic_compare_exchange_strong(&spare_room, &none, room))
		pcre2_match_data_free(room);
	return found;
}

bool pattern_matches(const struct pattern *pattern, const char *text)
{
	return match(pattern, text) >= 0;
}

/* Texts that patterns with nested repetitions choke on; also an empty one, which none takes. */
static int prove(const struct pattern *pattern, char *detail, size_t room)
{
	static const char *const units[] = {"a", "ab ", "1", "1 ", "lahir ", "\" ", ". "};
	char text[1200];

	if (match(pattern, "") >= 0) {
		(void)copy_string(detail, room, "it takes every text, also an empty one");
		return ERR_SYNTAX;
	}
	for (size_t i = 0; i < COUNT_OF(units); i++) {
		size_t width = strlen(units[i]), length = 0;

		for (; length + width + 1 < sizeof(text); length += width)
			memcpy(text + length, units[i], width);
		memcpy(text + length, "~", 2); /* no end that would suit it */
		switch (match(pattern, text)) {
		case PCRE2_ERROR_MATCHLIMIT:
		case PCRE2_ERROR_DEPTHLIMIT:
		case PCRE2_ERROR_HEAPLIMIT:
		case PCRE2_ERROR_JIT_STACKLIMIT:
			(void)copy_string(detail, room, "it takes too long on a long text");
			return ERR_LIMIT;
		default:
			break;
		}
	}
	return OK;
}

static pcre2_code *compile(const char *text, uint32_t more, int *number, PCRE2_SIZE *offset)
{
	return pcre2_compile((PCRE2_SPTR)text, PCRE2_ZERO_TERMINATED,
		PCRE2_UTF | PCRE2_NEVER_BACKSLASH_C | more, number, offset, NULL);
}

int pattern_new(struct pattern **out, const char *text, char *detail, size_t room, size_t *at)
{
	PCRE2_SIZE offset = 0;
	int number, error;
	pcre2_code *code = compile(text, 0, &number, &offset);

	*out = NULL;
	*at = offset;
	if (!code) {
		pcre2_get_error_message(number, (PCRE2_UCHAR *)detail, room);
		return ERR_SYNTAX;
	}
	*out = wrap(code);
	error = prove(*out, detail, room);
	if (error != OK) {
		*at = 0;
		pattern_free(*out);
		*out = NULL;
	}
	return error;
}

/* A row of the table of names: the number of the group in two octets, then its name. */
static PCRE2_SPTR name_row(const struct pattern *pattern, size_t i)
{
	uint32_t count = 0, size = 0;
	PCRE2_SPTR table = NULL;

	if (pcre2_pattern_info(pattern->code, PCRE2_INFO_NAMECOUNT, &count) != 0 || i >= count ||
		pcre2_pattern_info(pattern->code, PCRE2_INFO_NAMEENTRYSIZE, &size) != 0 ||
		pcre2_pattern_info(pattern->code, PCRE2_INFO_NAMETABLE, &table) != 0)
		return NULL;
	return table + i * size;
}

const char *pattern_name(const struct pattern *pattern, size_t i)
{
	PCRE2_SPTR row = name_row(pattern, i);

	return row ? (const char *)row + 2 : NULL;
}

bool pattern_group(const struct pattern *pattern, const char *text, const char *name, char *out,
	size_t room)
{
	pcre2_match_data *data = pcre2_match_data_create_from_pattern(pattern->code, NULL);
	const PCRE2_SIZE *ends;
	PCRE2_SPTR row;
	int groups = PCRE2_ERROR_NOMEMORY;
	bool found = false;

	if (data)
		groups = pcre2_match(pattern->code, (PCRE2_SPTR)text, PCRE2_ZERO_TERMINATED, 0, 0,
			data, pattern->limits);
	if (groups == PCRE2_ERROR_NOMEMORY)
		abort();
	if (groups > 0) {
		ends = pcre2_get_ovector_pointer(data);
		for (size_t i = 0; !found && (row = name_row(pattern, i)) != NULL; i++) {
			size_t number = (size_t)row[0] << 8 | row[1], length;

			if (!same_name((const char *)row + 2, name) ||
				ends[2 * number] == PCRE2_UNSET)
				continue;
			length = ends[2 * number + 1] - ends[2 * number];
			length = length < room ? length : room - 1;
			memcpy(out, text + ends[2 * number], length);
			out[length] = '\0';
			found = true;
		}
	}
	pcre2_match_data_free(data);
	return found;
}

char *pattern_replace(const struct pattern *pattern, const char *with, struct arena *arena,
	const char *text)
{
	size_t room = strlen(text) + REPLACED_MORE;
	char *out;
	int done;

	if (!pattern_matches(pattern, text))
		return NULL;
	out = arena_alloc(arena, room);
	done = pcre2_substitute(pattern->code, (PCRE2_SPTR)text, PCRE2_ZERO_TERMINATED, 0,
		PCRE2_SUBSTITUTE_GLOBAL | PCRE2_SUBSTITUTE_OVERFLOW_LENGTH, NULL, pattern->limits,
		(PCRE2_SPTR)with, PCRE2_ZERO_TERMINATED, (PCRE2_UCHAR *)out, &room);
	if (done == PCRE2_ERROR_NOMEMORY && room == PCRE2_UNSET)
		abort(); /* else the result is longer than its room */
	return done < 0 ? NULL : out;
}
