/* Rules for what no person wrote to us: reactions of smartphones, auto-replies, operators' notices.
 * Patterns are data (conf/lexicon/ignore*.ini); their matching is bounded. */
#ifndef PARSERS_IGNORE_H
#define PARSERS_IGNORE_H

#include "parsers/text/error.h"
#include "parsers/text/util.h"
#include "parsers/words/needs.h"

struct ignores;

struct ignores *ignores_new(struct sieve *sieve); /* which outlives them */
void ignores_free(struct ignores *ignores);
/* A PCRE2 pattern over folded text. ERR_SYNTAX: detail says why, *at is the octet of the pattern
 * where. ERR_LIMIT: it is too costly to be matched against every message. */
int ignores_add(struct ignores *ignores, const char *name, const char *pattern, char *detail,
	size_t room, size_t *at) MUST_CHECK;
/* The name of the first rule that a folded text, of which the sieve says so much, falls under;
 * NULL: none. */
const char *ignores_match(
	const struct ignores *ignores, const char *folded, const struct rule_set *rules);

#endif
