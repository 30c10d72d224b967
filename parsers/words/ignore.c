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

static int match(const struct ignores *ignores, const pcre2_code *code, const char *text)
{
	pcre2_match_data *data = pcre2_match_data_create(1, NULL);
	int found;

	if (!data)
		abort();
	found = pcre2_match(
		code, (PCRE2_SPTR)text, PCRE2_ZERO_TERMINATED, 0, 0, data, ignores->limits);
	pcre2_match_data_free(data);
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
	for (size_t i = 0; ignores && i < ignores->count; i++)
		if (match(ignores, ignores->list[i].code, folded) >= 0)
			return ignores->list[i].name;
	return NULL;
}
