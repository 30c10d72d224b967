/* Rules that change the folded text: see rewrite.h. */
#include "parsers/words/rewrite.h"

#include <stdlib.h>

#include "parsers/words/pattern.h"

#define RULES_MAX 200

struct rule {
	char *name, *text, *with;
	struct pattern *pattern;
	struct needs *needs;
};

struct rewrites {
	struct rule list[RULES_MAX];
	size_t count;
	struct sieve sieve; /* nearly none of them can match a text */
};

struct rewrites *rewrites_new(void)
{
	return xcalloc(1, sizeof(struct rewrites));
}

void rewrites_free(struct rewrites *rewrites)
{
	if (!rewrites)
		return;
	for (size_t i = 0; i < rewrites->count; i++) {
		free(rewrites->list[i].name);
		free(rewrites->list[i].text);
		free(rewrites->list[i].with);
		pattern_free(rewrites->list[i].pattern);
		needs_free(rewrites->list[i].needs);
	}
	free(rewrites);
}

/* The end of a line is written \\n in a file of lines. */
static char *with_lines(const char *with)
{
	char *out = xstrdup(with), *to = out;

	for (const char *c = with; *c; c++) {
		bool line = c[0] == '\\' && c[1] == 'n';

		*to++ = line ? '\n' : *c;
		c += line;
	}
	*to = '\0';
	return out;
}

int rewrites_add(struct rewrites *rewrites, const char *name, const char *pattern, const char *with,
	char *detail, size_t room, size_t *at)
{
	struct rule *rule = &rewrites->list[rewrites->count];
	int error;

	*at = 0;
	if (rewrites->count == RULES_MAX) {
		(void)copy_string(detail, room, "there are too many rules");
		return ERR_LIMIT;
	}
	error = pattern_new(&rule->pattern, pattern, detail, room, at);
	if (error != OK)
		return error;
	rule->name = xstrdup(name);
	rule->text = xstrdup(pattern);
	rule->with = with_lines(with);
	rule->needs = needs_of(pattern);
	sieve_add(&rewrites->sieve, rewrites->count++, rule->needs);
	return OK;
}

static char *apply(
	const struct rule *rule, struct arena *arena, const char *folded, const struct grams *grams)
{
	if (!needs_met(rule->needs, grams))
		return NULL;
	return pattern_replace(rule->pattern, rule->with, arena, folded);
}

const char *rewrites_try(const struct rewrites *rewrites, struct arena *arena, const char *folded)
{
	const char *made;
	struct grams grams;

	grams_find(&grams, folded);
	made = apply(&rewrites->list[rewrites->count - 1], arena, folded, &grams);
	return made ? made : folded;
}

char *rewrites_apply(const struct rewrites *rewrites, struct arena *arena, char *folded,
	struct grams *grams, struct strbuf *why)
{
	size_t count = rewrites ? rewrites->count : 0;
	struct sieved rules = {0};

	grams_find(grams, folded);
	if (rewrites)
		rules = sieve_rules(&rewrites->sieve, grams);
	for (size_t i = 0; (i = sieve_next(&rules, i, count)) < count; i++) {
		const struct rule *rule = &rewrites->list[i];
		char *made = apply(rule, arena, folded, grams);

		if (!made)
			continue;
		folded = made;
		grams_find(grams, folded);
		rules = sieve_rules(&rewrites->sieve, grams);
		if (why)
			strbuf_printf(why, "The rule \"%s\" makes of the text: \"%s\".\n",
				rule->name, made);
	}
	return folded;
}
