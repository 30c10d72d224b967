/* Rules of what is ignored: see ignore.h. */
#include "parsers/words/ignore.h"

#include <stdlib.h>

#include "parsers/words/pattern.h"

#define RULES_MAX 400

struct rule {
	char *name;
	struct pattern *pattern;
};

struct ignores {
	struct rule list[RULES_MAX];
	size_t count;
	struct sieve *sieve; /* nearly none of them can match a text ... */
	size_t first; /* ... where they stand from here on */
};

struct ignores *ignores_new(struct sieve *sieve)
{
	struct ignores *ignores = xcalloc(1, sizeof(*ignores));

	ignores->sieve = sieve;
	return ignores;
}

void ignores_free(struct ignores *ignores)
{
	if (!ignores)
		return;
	for (size_t i = 0; i < ignores->count; i++) {
		free(ignores->list[i].name);
		pattern_free(ignores->list[i].pattern);
	}
	free(ignores);
}

int ignores_add(struct ignores *ignores, const char *name, const char *pattern, char *detail,
	size_t room, size_t *at)
{
	struct rule *rule = &ignores->list[ignores->count];
	size_t number;
	int error;

	*at = 0;
	if (ignores->count == RULES_MAX) {
		(void)copy_string(detail, room, "there are too many rules");
		return ERR_LIMIT;
	}
	error = pattern_new(&rule->pattern, pattern, detail, room, at);
	if (error != OK)
		return error;
	rule->name = xstrdup(name);
	number = sieve_add(ignores->sieve, pattern);
	ignores->first = number - ignores->count++;
	return OK;
}

const char *ignores_match(
	const struct ignores *ignores, const char *folded, const struct rule_set *rules)
{
	size_t i = ignores ? ignores->first : 0, end = ignores ? i + ignores->count : 0;

	for (; (i = sieve_next(rules, i, end)) < end; i++) {
		const struct rule *rule = &ignores->list[i - ignores->first];

		if (pattern_matches(rule->pattern, folded))
			return rule->name;
	}
	return NULL;
}
