/* Inside the reader: where the reports of a message begin and end. */
#ifndef PARSERS_SPLIT_H
#define PARSERS_SPLIT_H

#include "parsers/field/keyword.h"

/* The first token that is no greeting. */
size_t skip_leading(const struct parse *parse, size_t count);
/* Chosen values without a problem. */
size_t good_fields(const struct parse *parse);
/* The first token of a report's fields: behind its keyword, or the keyword where it is a value. */
size_t region_start(const struct parse *parse, const struct keyword *keyword, size_t at);
/* A report behind chat with explicit separators between its fields: its keyword, and *at its
 * place. */
struct keyword coded_keyword(const struct parse *parse, size_t count, size_t *at);
/* A sentence begins: behind a full stop, a question, on a line of its own. */
bool sentence_begins(const struct parse *parse, size_t at);
/* "MATI BAYI": the choice that the form's order begins with stands behind the keyword. */
bool keyword_with_choice(const struct parse *parse, const struct keyword *keyword);
/* "MATI BAYI", "MATI#", "POS …": what follows is more than a word in a sentence. */
bool keyword_coded(const struct parse *parse, const struct keyword *keyword);
/* Where the report behind a keyword ends. */
size_t region_end(struct parse *parse, const struct keyword *keyword, size_t count);
/* The keyword of the report at a token, behind another. */
struct keyword next_keyword(
	const struct parse *parse, const struct keyword *last, size_t at, size_t count);
/* Where, in front of end, a death is told that is no part of the report behind a keyword, or of
 * "none this month" (index NULL); end: nowhere. */
size_t story_behind(struct parse *parse, const struct keyword *keyword, size_t end);

#endif
