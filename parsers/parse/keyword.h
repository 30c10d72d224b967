/* Inside the reader: keywords of forms. */
#ifndef PARSERS_KEYWORD_H
#define PARSERS_KEYWORD_H

#include "parsers/parse/look.h"

/* A form by its keyword at a token; end: the first token after it, 0: none. */
struct keyword {
	const struct form_index *index;
	size_t end;
	bool slip; /* not written exactly so: it counts only when fields read */
	bool within; /* its report begins in front of it */
};
struct keyword keyword_read(const struct parse *parse, size_t at);
/* The same where its form opens no report with it: an everyday word in a sentence. */
struct keyword keyword_look(const struct parse *parse, size_t at);
static inline struct keyword keyword_anywhere(const struct parse *parse, size_t at)
{
	if (class_in(&parse->tokens[at].key_classes, CLASS_KEYWORD))
		return keyword_look(parse, at);
	return (struct keyword){0}; /* nearly always */
}
static inline struct keyword keyword_at(const struct parse *parse, size_t at)
{
	if (class_in(&parse->tokens[at].key_classes, CLASS_KEYWORD))
		return keyword_read(parse, at);
	return (struct keyword){0}; /* nearly always */
}
/* The keyword that the tokens up to end spell, though more of them would be a longer one. */
static inline struct keyword keyword_upto(struct parse *parse, size_t at, size_t end)
{
	size_t last = parse->last;
	struct keyword keyword;

	parse->last = end;
	keyword = keyword_at(parse, at);
	parse->last = last;
	return keyword;
}
struct keyword keyword_slip(const struct parse *parse, size_t at);
/* "MATI BAYI": the choice that the form's order begins with stands behind the keyword: its end, 0:
 * none. coded: it or separators, "MATI#", or a form that tells no story: more than a word in a
 * sentence. whose: the kind of who died, where no separator is in front; NULL. */
size_t keyword_choice(const struct parse *parse, const struct keyword *keyword);
bool keyword_coded(const struct parse *parse, const struct keyword *keyword);
const char *keyword_whose(const struct parse *parse, const struct keyword *keyword);
/* Behind the greetings of a line, with a slip perhaps. */
struct keyword keyword_behind(const struct parse *parse, size_t at, size_t count);
struct keyword keyword_near(struct parse *parse, size_t *count, size_t at);

/* "meninggal 2", "mati 1 orang", "5 orang 2 meninggal" of a form that counts the dead: a key and its
 * number; not a day, how long ago, or a person. */
enum dead_side { DEAD_NONE, DEAD_BEFORE, DEAD_BEHIND, DEAD_BOTH };
enum dead_side dead_side(const struct parse *parse, const struct form_index *own, size_t at);
static inline bool dead_counted_at(
	const struct parse *parse, const struct form_index *own, size_t at)
{
	return dead_side(parse, own, at) != DEAD_NONE;
}
/* "SAKIT DBD 3 ANAK umur 2 tahun meninggal": how many are sick stands in front of a death. */
bool sick_counted(const struct parse *parse, size_t first, size_t last);
/* A word that one of the form's fields has among its values. */
bool own_value_at(const struct parse *parse, const struct form_index *index, size_t at);
/* Several words that are one of them begin there: "bar nglairke". */
bool own_phrase_at(const struct parse *parse, const struct form_index *index, size_t at);
/* A key of so many words and one of its field's values: the end, 0; such a value behind its key. */
size_t key_and_value(
	const struct parse *parse, const struct form_index *own, size_t at, size_t words);
bool value_of_key(const struct parse *parse, const struct form_index *own, size_t at);
bool value_of_some_key(const struct parse *parse, size_t at); /* of any form's */

/* The form whose keyword a token is with an ending: "lahirnya", "laire"; NULL. */
const struct form_index *keyword_suffixed(const struct parse *parse, size_t at);

/* "ibunya sudah meninggal" in the report of a child, "adiknya meninggal", "anaknya yg pertama
 * meninggal" in that of a mother: the word for somebody who is not who is told of, in front of a
 * word of dying; at: none is there. */
size_t relative_dies(const struct parse *parse, const struct form_index *index, size_t at);

#endif
