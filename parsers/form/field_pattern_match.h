/* A field's pattern: a regular expression with named groups, compiled once when the form is loaded.
 *
 * The names of its groups are fields of the form: "td = (?<sistol>\d+)/(?<diastol>\d+)". A name may
 * stand several times; what its groups matched adds up.
 */
#ifndef PARSERS_FIELD_PATTERN_MATCH_H
#define PARSERS_FIELD_PATTERN_MATCH_H

#include "parsers/text/util.h"

struct field_pattern;

/* NULL: it is none; why (room octets) says what is wrong, *at where in the text. */
struct field_pattern *field_pattern_new(const char *text, char *why, size_t room, size_t *at);
void field_pattern_free(const struct field_pattern *pattern);

/* The name of a group, by number from 0 on; NULL behind the last. */
const char *field_pattern_group(const struct field_pattern *pattern, size_t i);

/* Where a match ends that begins at an octet of the text; 0: none, or too much work. */
size_t field_pattern_match(const struct field_pattern *pattern, const char *text, size_t from);
/* Of a text that it matches as a whole: each group that took part, in order. */
bool field_pattern_each(const struct field_pattern *pattern, const char *text,
	void (*each)(const char *group, const char *value, size_t length, void *context),
	void *context);

/* What a group says as a number: digits, a Roman numeral, o for 0; -1: none. */
long field_pattern_number(const char *text, size_t length);

#endif
