/* Inside the reader: short looks at tokens and at what a stretch was read as. */
#ifndef PARSERS_PARSE_LOOK_H
#define PARSERS_PARSE_LOOK_H

#include "parsers/parse/parse.h"

/* A word or phrase of a class begins at a token: the token behind it, 0: none. */
static inline size_t phrase_of(const struct parse *parse, size_t first, enum word_class which)
{
	return phrase_at(parse, first, parse_class(parse, which), NULL);
}
/* A token alone is a word of a class. */
static inline bool word_of(const struct parse *parse, size_t token, enum word_class which)
{
	return token_is(&parse->tokens[token], parse_class(parse, which));
}
/* One token alone is a key of a form. */
static inline bool key_of(
	const struct parse *parse, const struct form_index *index, size_t token)
{
	return token_is_key(&parse->tokens[token], 1, index->key_class);
}
/* The words of the longest key of a form that begins at a token; 0: none. */
static inline size_t key_span(
	const struct parse *parse, const struct form_index *index, size_t token)
{
	size_t words = parse->tokens[token].keys ? LEXICON_WORDS : 0;

	while (words > 0 && !token_is_key(&parse->tokens[token], words, index->key_class))
		words--;
	return words;
}
/* The form of an event, which happens somewhere, whose keyword of one word a token is; NULL. */
static inline const struct form_index *event_word(const struct parse *parse, size_t token)
{
	for (const struct lexicon_entry *e = parse->tokens[token].keys; e; e = e->next)
		if (e->class_id == CLASS_KEYWORD && e->words == 1 &&
			parse->reader->index[e->number].form->where)
			return &parse->reader->index[e->number];
	return NULL;
}
/* Each report is of one child, and a session's list tells several. */
static inline bool tells_child(const struct form_index *index)
{
	return index->form->self && index->form->mother;
}
/* "=" or ":" does: what is behind it is the value of what stands in front. */
static inline bool parse_signs(const struct parse *parse, size_t token)
{
	return parse->tokens[token].sep == '=' || parse->tokens[token].sep == ':';
}

/* Where candidates were found: a word may mean something in a class, a type has candidates. */
static inline bool parse_may_mean(const struct parse *parse, enum word_class which)
{
	return class_in(&parse->classes, (int)which);
}
static inline bool parse_found(const struct parse *parse, enum field_type type)
{
	return (parse->types >> type & 1) != 0;
}
/* Of the candidates that were found ... */
#define for_candidates(parse, c)                                                                  \
	for (const struct candidate *c = (parse)->candidates;                                     \
		c < (parse)->candidates + (parse)->ncandidate; c++)
/* ... those that were chosen. */
static inline const struct candidate *chosen_at(const struct parse *parse, size_t i)
{
	return &parse->candidates[parse->chosen[i]];
}

/* Of the candidates that are looked through from the first one on, this one stays. */
static inline void candidate_keep(struct parse *parse, size_t *kept, const struct candidate *c)
{
	struct candidate *to = &parse->candidates[(*kept)++];

	if (to != c)
		*to = *c;
}

/* The whole number in digits or words at a token: the tokens it takes, 0: none. */
static inline size_t number_at(const struct parse *parse, size_t at, long *value)
{
	if (at >= parse->last)
		return 0;
	*value = parse->tokens[at].begun.number;
	return parse->tokens[at].begun.said;
}
/* Behind its key, which begins at key; or it has none. */
static inline bool keyed(size_t key, size_t at)
{
	return key < at;
}
/* A value may stand there: behind its key, and no explicit separator between. */
static inline bool value_reachable(const struct parse *parse, size_t key, size_t at)
{
	return at < parse->last && (!keyed(key, at) || !parse_crosses(parse, at));
}

#endif
