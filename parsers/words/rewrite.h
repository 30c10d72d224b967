/* Rules that change the folded text before it is cut into words: marks of forwarding, footers,
 * counters of parts, notations that are no value. Data (conf/lexicon/rewrite*.ini), in order. */
#ifndef PARSERS_REWRITE_H
#define PARSERS_REWRITE_H

#include "parsers/text/error.h"
#include "parsers/text/util.h"
#include "parsers/words/needs.h"

struct rewrites;

struct rewrites *rewrites_new(struct sieve *sieve); /* which outlives them */
void rewrites_free(struct rewrites *rewrites);
/* As ignores_add; with: what stands for a match, $1 … are its groups. */
int rewrites_add(struct rewrites *rewrites, const char *name, const char *pattern, const char *with,
	char *detail, size_t room, size_t *at) MUST_CHECK;
/* What the rule that was added last makes of a text. */
const char *rewrites_try(
	const struct rewrites *rewrites, struct arena *arena, const char *folded);
/* All rules, one behind the other; *rules: what the sieve says of what came of it; why (NULL: not
 * asked) tells which rules changed something. */
char *rewrites_apply(const struct rewrites *rewrites, struct arena *arena, char *folded,
	struct rule_set *rules, struct strbuf *why);

#endif
