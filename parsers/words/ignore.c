/* Rules of what is ignored: see ignore.h. */
#include "parsers/words/ignore.h"

#include <stdlib.h>

#include "parsers/words/pattern.h"

#define RULES_MAX 400

struct rule {
	char *name;
	struct pattern *pattern;
	struct needs *needs;
};

struct ignores {
	struct rule list[RULES_MAX];
	size_t count;
	struct sieve sieve; /* nearly none of them can match a text */
};

struct ignores *ignores_new(void)
{
	return xcalloc(1, sizeof(struct ignores));
}

void ignores_free(struct ignores *ignores)
{
	if (!ignores)
		return;
	for (size_t i = 0; i < ignores->count; i++) {
		free(ignores->list[i].name);
		pattern_free(ignores->list[i].pattern);
		needs_free(ignores->list[i].needs);
	}
	free(ignores);
}

int ignores_add(struct ignores *ignores, const char *name, const char *pattern, char *detail,
	size_t room, size_t *at)
{
	struct rule *rule = &ignores->list[ignores->count];
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
	rule->needs = needs_of(pattern);
	sieve_add(&ignores->sieve, ignores->count++, rule->needs);
	return OK;
}

const char *ignores_match(
	const struct ignores *ignores, const char *folded, const struct grams *grams)
{
	struct sieved rules;

	if (!ignores)
		return NULL;
	rules = sieve_rules(&ignores->sieve, grams);
	for (size_t i = 0; (i = sieve_next(&rules, i, ignores->count)) < ignores->count; i++) {
		const struct rule *rule = &ignores->list[i];

		if (needs_met(rule->needs, grams) &&
			pattern_matches(rule->pattern, folded))
			return rule->name;
	}
	return NULL;
}
