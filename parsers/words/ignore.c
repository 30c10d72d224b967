/* Patterns of what is ignored: see ignore.h. */
#define PCRE2_CODE_UNIT_WIDTH 8
#include "parsers/words/ignore.h"

#include <pcre2.h>
#include <stdlib.h>
#include <string.h>

/* A text is at most TEXT_FOLDED_MAX octets: a rule that needs more is wrong. */
#define MATCH_LIMIT 50000
#define DEPTH_LIMIT 1000
#define HEAP_LIMIT  256 /* KB */

struct rule {
	char *name;
	pcre2_code *code;
};

struct ignores {
	struct rule *list;
	size_t count;
	pcre2_match_context *limits;
};

struct ignores *ignores_new(void)
{
	struct ignores *ignores = xcalloc(1, sizeof(*ignores));

	ignores->limits = pcre2_match_context_create(NULL);
	if (!ignores->limits)
		abort();
	pcre2_set_match_limit(ignores->limits, MATCH_LIMIT);
	pcre2_set_depth_limit(ignores->limits, DEPTH_LIMIT);
	pcre2_set_heap_limit(ignores->limits, HEAP_LIMIT);
	return ignores;
}

void ignores_free(struct ignores *ignores)
{
	if (!ignores)
		return;
	for (size_t i = 0; i < ignores->count; i++) {
		free(ignores->list[i].name);
		pcre2_code_free(ignores->list[i].code);
	}
	pcre2_match_context_free(ignores->limits);
	free(ignores->list);
	free(ignores);
}

static pcre2_match_data *room_new(void)
{
	pcre2_match_data *room = pcre2_match_data_create(1, NULL);

	if (!room)
		abort();
	return room;
}

static int match(const struct ignores *ignores, const pcre2_code *code, const char *text)
{
	pcre2_match_data *room = room_new();
	int found = pcre2_match(
		code, (PCRE2_SPTR)text, PCRE2_ZERO_TERMINATED, 0, 0, room, ignores->limits);

	pcre2_match_data_free(room);
	return found;
}

/* Texts that patterns with nested repetitions choke on; also an empty one, which no rule takes. */
static int prove(
	const struct ignores *ignores, const pcre2_code *code, char *detail, size_t room)
{
	static const char *const units[] = {"a", "ab ", "1", "1 ", "lahir ", "\" ", ". "};
	char text[1200];

	if (match(ignores, code, "") >= 0) {
		(void)copy_string(detail, room, "it takes every text, also an empty one");
		return ERR_SYNTAX;
	}
	for (size_t i = 0; i < COUNT_OF(units); i++) {
		size_t width = strlen(units[i]), length = 0;

		for (; length + width + 1 < sizeof(text); length += width)
			memcpy(text + length, units[i], width);
		memcpy(text + length, "~", 2); /* no end that would suit it */
		switch (match(ignores, code, text)) {
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

int ignores_add(struct ignores *ignores, const char *name, const char *pattern, char *detail,
	size_t room, size_t *at)
{
	PCRE2_SIZE offset = 0;
	int number, error;
	pcre2_code *code = pcre2_compile((PCRE2_SPTR)pattern, PCRE2_ZERO_TERMINATED,
		PCRE2_UTF | PCRE2_NEVER_BACKSLASH_C, &number, &offset, NULL);

	*at = offset;
	if (!code) {
		pcre2_get_error_message(number, (PCRE2_UCHAR *)detail, room);
		return ERR_SYNTAX;
	}
	(void)pcre2_jit_compile(code, PCRE2_JIT_COMPLETE); /* without it, only slower */
	error = prove(ignores, code, detail, room);
	if (error != OK) {
		*at = 0;
		pcre2_code_free(code);
		return error;
	}
	ignores->list = xrealloc(
		ignores->list, ignores->count + 1, sizeof(*ignores->list));
	ignores->list[ignores->count++] = (struct rule){xstrdup(name), code};
	return OK;
}

const char *ignores_match(const struct ignores *ignores, const char *folded)
{
	size_t length = strlen(folded);
	pcre2_match_data *room;
	const char *name = NULL;
	uint32_t checked = 0; /* what the first rule has found to be UTF-8 is so for all */

	if (!ignores || ignores->count == 0)
		return NULL;
	room = room_new();
	for (size_t i = 0; i < ignores->count && !name; i++) {
		int found = pcre2_match(ignores->list[i].code, (PCRE2_SPTR)folded, length, 0,
			checked, room, ignores->limits);

		if (found >= 0)
			name = ignores->list[i].name;
		if (found <= PCRE2_ERROR_UTF8_ERR1 && found >= PCRE2_ERROR_UTF8_ERR21)
			break;
		checked = PCRE2_NO_UTF_CHECK;
	}
	pcre2_match_data_free(room);
	return name;
}
