/* Inside the reader: one report of a message while it is read.
 *
 * Recognisers (one per field type, field*.c) look at every token and add candidates: "tokens 3 to 5
 * may be berat = 3200, worth 24". assign.c then takes the set of candidates that do not overlap,
 * use each field once and are worth most together. What is worth what stands in candidate.h.
 */
#ifndef PARSERS_PARSE_H
#define PARSERS_PARSE_H

#include "parsers/parse/scratch.h"

/* Steps are counted, not timed; false: the limit is reached. From then on no word means anything
 * (phrase_at, keyword_at), so that all loops find their ends; what was read is thrown away. */
static inline bool parse_step(const struct parse *parse, size_t steps)
{
	*parse->steps += steps;
	return *parse->steps <= STEPS_MAX;
}

/* Takes the best candidates: fills taken, chosen, unclear. */
void parse_assign(struct parse *parse);
/* Keeps the reading as it is now, in place of the one that was kept of the same stretch. */
void parse_keep(struct parse *parse);
/* The tokens were cut anew: nothing that was read of them holds. */
static inline void parse_forget(struct parse *parse)
{
	parse->read = NULL;
	parse->scratch->nkept = 0;
	parse->scratch->region.index = NULL;
}
/* From here on these tokens are looked at. */
static inline void parse_window(struct parse *parse, size_t first, size_t last)
{
	parse->first = first;
	parse->last = last;
}
/* Reads the tokens [first, last) as a report of a form. */
void parse_region(struct parse *parse, const struct form_index *index, size_t first, size_t last);
/* The report of one child out of what was chosen, with its problems, not judged yet. */
void parse_report(struct parse *parse, unsigned child, struct report *report);
/* Whether a story of this form is told at a token: a word of dying that is nobody's lamp. */
bool story_word_told(const struct parse *parse, const struct form_index *index, size_t at);
/* How much was read: fields, and words that nothing explains. */
size_t parse_words_left(const struct parse *parse),
	parse_tokens_left(const struct parse *parse); /* fillers too */

struct candidate *candidate_add(struct parse *parse, size_t first, size_t last, int field,
	int worth, const char *value, const char *why);
/* As candidate_add, for a value that cannot be accepted. */
struct candidate *candidate_wrong(struct parse *parse, size_t first, size_t last, int field,
	int worth, enum problem_code problem, const char *why);

/* The choice that a token spells; NULL. */
const char *choice_spelt(const struct form_field *field, const struct token *token);
/* Whether a word means anything in reports; a key of the form or a form's keyword. */
bool token_means(const struct parse *parse, size_t i);
/* The longest phrase of a class that begins at a token: its end, 0 when there is none. */
size_t phrase_find(const struct parse *parse, size_t first, int class_id, const char **meaning);
/* "rumah sakit": one of several words that mean something together. */
bool within_phrase(const struct parse *parse, size_t at);
static inline size_t phrase_at(
	const struct parse *parse, size_t first, int class_id, const char **meaning)
{
	++*parse->steps;
	if (first >= parse->last || !token_may_mean(&parse->tokens[first], class_id))
		return 0; /* nearly always */
	return phrase_find(parse, first, class_id, meaning);
}
static inline bool story_word_at(
	const struct parse *parse, const struct form_index *index, size_t at)
{
	return token_may_mean(&parse->tokens[at], index->story_class) &&
		story_word_told(parse, index, at);
}
static inline int parse_class(const struct parse *parse, enum word_class which)
{
	return (void)parse, (int)which;
}
/* An explicit separator stands in front of it. */
static inline bool parse_crosses(const struct parse *parse, size_t token)
{
	return parse->tokens[token].before == BOUND_STRONG;
}
/* Twins: every candidate of a repeated field once more for a further child. */
void candidates_twin(struct parse *parse, unsigned child);
/* Numbers in digits or words among the tokens [first, last); separators behind the first. */
size_t parse_digits(const struct parse *parse, size_t first, size_t last);
bool has_strong(const struct parse *parse, size_t first, size_t count);
size_t parse_segment_end(const struct parse *parse, size_t first);
static inline bool parse_starts_segment(const struct parse *parse, size_t token)
{
	const struct token *at = &parse->tokens[token];

	return token == parse->first || at->before == BOUND_STRONG ||
		(parse->commas && at->before == BOUND_MEDIUM && at->sep != '/' && at->sep != ':');
}
#endif
