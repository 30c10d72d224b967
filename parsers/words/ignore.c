/* Rules of what is ignored: see ignore.h. */
#include "parsers/words/ignore.h"

#include <stdlib.h>

#include "parsers/words/pattern.h"

#define RULES_MAX 400

struct rule {
	char *name, *text;
	struct pattern *pattern;
};

struct ignores {
	struct rule list[RULES_MAX];
	size_t count;
	struct pattern *any; /* all of them, asked first; NULL: each is asked */
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
		free(ignores->list[i].text);
		pattern_free(ignores->list[i].pattern);
	}
	pattern_free(ignores->any);
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
	rule->text = xstrdup(pattern);
	ignores->count++;
	return OK;
}

void ignores_seal(struct ignores *ignores)
{
	const char *texts[RULES_MAX];

	for (size_t i = 0; i < ignores->count; i++)
		texts[i] = ignores->list[i].text;
	ignores->any = pattern_join(texts, ignores->count);
}

const char *ignores_match(const struct ignores *ignores, const char *folded)
{
	if (!ignores || (ignores->any && !pattern_matches(ignores->any, folded)))
		return NULL; /* nearly always */
	for (size_t i = 0; i < ignores->count; i++)
		if (pattern_matches(ignores->list[i].pattern, folded))
			return ignores->list[i].name;
	return NULL;
}
