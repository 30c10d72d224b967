/* Patterns that are data: PCRE2, compiled with JIT, proven when they are loaded, bounded when they
 * are matched. A pattern that reaches a limit does not match. */
#ifndef PARSERS_PATTERN_H
#define PARSERS_PATTERN_H

#include "parsers/text/error.h"
#include "parsers/text/util.h"

struct pattern;

/* ERR_SYNTAX: detail says why, *at is the octet of the text where. ERR_LIMIT: it is too costly to
 * be matched against every message. */
int pattern_new(struct pattern **out, const char *text, char *detail, size_t room, size_t *at)
	MUST_CHECK;
void pattern_free(struct pattern *pattern);

bool pattern_matches(const struct pattern *pattern, const char *text);
/* The i-th of its named groups; NULL behind the last. */
const char *pattern_name(const struct pattern *pattern, size_t i);
/* What a named group takes of a text, cut to the room; false: the pattern does not match, or not
 * with that group. */
bool pattern_group(const struct pattern *pattern, const char *text, const char *name, char *out,
	size_t room);
/* The text with each match replaced ($1 … are its groups); NULL: nothing matches. */
char *pattern_replace(const struct pattern *pattern, const char *with, struct arena *arena,
	const char *text);

#endif
