/* Rules that change the folded text: see rewrite.h. */
#include "parsers/words/rewrite.h"

#include <stdlib.h>

#include "parsers/words/pattern.h"

#define RULES_MAX 200

struct rule {
	char *name, *text, *with;
	struct pattern *pattern;
	bool again; /* the one in front once more: where that matched nothing, nor does this one */
};

struct rewrites {
	struct rule list[RULES_MAX];
	size_t count;
	struct sieve *sieve; /* nearly none of them can match a text ... */
	size_t first; /* ... where they stand from here on */
};

struct rewrites *rewrites_new(struct sieve *sieve)
{
	struct rewrites *rewrites = xcalloc(1, sizeof(*rewrites));

	rewrites->sieve = sieve;
	return rewrites;
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
	size_t number;
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
	rule->again = rewrites->count > 0 && same_name(rule[-1].text, pattern) &&
		same_name(rule[-1].with, rule->with);
	number = sieve_add(rewrites->sieve, pattern);
	rewrites->first = number - rewrites->count++;
	return OK;
}

const char *rewrites_try(const struct rewrites *rewrites, struct arena *arena, const char *folded)
{
	const struct rule *rule = &rewrites->list[rewrites->count - 1];
	const char *made = NULL;
	struct wants wants;

	wants_of(rule->text, arena, &wants);
	if (wants_met(&wants, folded))
		made = pattern_replace(rule->pattern, rule->with, arena, folded);
	return made ? made : folded;
}

char *rewrites_apply(const struct rewrites *rewrites, struct arena *arena, char *folded,
	struct rule_set *rules, struct strbuf *why)
{
	size_t i = rewrites ? rewrites->first : 0, end = rewrites ? i + rewrites->count : 0;

	bool made_last = false;

	if (rewrites)
		*rules = sieve_rules(rewrites->sieve, folded);
	for (; (i = sieve_next(rules, i, end)) < end; i++) {
		const struct rule *rule = &rewrites->list[i - rewrites->first];
		char *made = rule->again && !made_last
			? NULL : pattern_replace(rule->pattern, rule->with, arena, folded);

		made_last = made != NULL;
		if (!made)
			continue;
		folded = made;
		*rules = sieve_rules(rewrites->sieve, folded);
		if (why)
			strbuf_printf(why, "The rule \"%s\" makes of the text: \"%s\".\n",
				rule->name, made);
	}
	return folded;
}
