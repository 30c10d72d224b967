/* Inside the reader: the recognisers of field types.
 *
 * A recogniser looks at tokens from `at` on and adds candidates for a field; `key` is the first
 * token of the field's key in front of it, or `at` when there is none.
 */
#ifndef PARSERS_FIELD_H
#define PARSERS_FIELD_H

#include "parsers/field/place_words.h"
#include "parsers/parse/date_reading.h"
#include "parsers/parse/look.h"

typedef void field_recognise(struct parse *parse, int field, size_t key, size_t at);

field_recognise field_name, field_nik, field_int, field_count, field_date, field_time, field_choice,
	field_weight, field_length, field_age, field_posyandu, field_area, field_text, field_amount,
	field_list, field_pattern;

/* Marks the tokens that a pattern of the form matches: what begins there is nothing else. */
void patterns_find(struct parse *parse);

const char *name_text(struct parse *parse, size_t first, size_t last); /* words as it is stored */
void candidates_index(struct form_index *index); /* what is recognised without its key */
void candidates_find(struct parse *parse); /* all of the report's tokens */
/* others.c: drops what is still to come, of somebody else (kin.c), a part of a date. */
void others_drop(struct parse *parse), kin_drop(struct parse *parse),
	explained_drop(struct parse *parse);
void earlier_drop(struct parse *parse), /* numbers of an earlier day: "bb sebelum hamil 45" */
	days_demote(struct parse *parse); /* days of another event */
/* bystanders.c: drops what a telling of a death says of somebody else. */
void bystanders_drop(struct parse *parse);
void dates_keep_whole(struct parse *parse);
/* kin.c: "suami bu siti", "istri pak slamet": the dead is not Siti; also "anak pak slamet". */
bool her_mother(const struct parse *parse, size_t at), /* "ibunya bu siti" */
	kin_in_front(const struct parse *parse, size_t at),
	kin_before(const struct parse *parse, size_t at);

void numbers_find(struct parse *parse); /* the whole ones of the report's tokens */
/* "4 bumil, 2 busui": every key of a count has its number in front, and the last none behind it. */
bool counts_first(const struct parse *parse);
/* "POS … N36 bumil 4 busui 3 bayi 9 …": so many keys of another session's counts, each with its number,
 * are that one's report; NULL. */
const struct form_index *counts_begin(
	const struct parse *parse, const struct form_index *own, size_t at);
/* Grams behind whole kilograms, at `at`: "4 ons", "setengah", "kurang 1 ons"; 0: none. */
double weight_behind(const struct parse *parse, size_t at, size_t *end);

struct decimal {
	double value;
	int places; /* digits after the sign; 0: a whole number */
	size_t end; /* first token after it; 0: no number there */
	bool words;
};
/* "3", "3,2", "3.200"; digits stand close to the sign. */
struct decimal decimal_at(const struct parse *parse, size_t at, bool with_fraction);
/* "2 1/2", "1/2": a whole number or none and a half or quarters. */
struct decimal mixed_at(const struct parse *parse, size_t at);
/* "43,5", "43.5 cm" by itself: no number begins or ends at its sign. "5.2.8.30" is a row. */
bool fraction_whole(const struct parse *parse, size_t at);
/* The canonical unit at a token ("KG"), not across an explicit separator; NULL. */
const char *unit_told(const struct parse *parse, size_t at);
static inline const char *unit_at(const struct parse *parse, size_t at)
{
	if (at >= parse->last ||
		!token_may_mean(&parse->tokens[at], parse_class(parse, CLASS_UNIT)))
		return NULL; /* nearly always */
	return unit_told(parse, at);
}
/* "umur 2": the key of such a field stands right in front. */
bool key_before(const struct parse *parse, size_t at, enum field_type type);
/* Canonical text of a number: no decimals when it has none. */
const char *number_text(struct arena *arena, double value);
/* "bayi 1 …, bayi 2 …": how many children are told by their number; 0: none. */
unsigned children_numbered(const struct parse *parse);
const char *decimal_text(struct arena *arena, double value); /* with three decimals at most */
int keyed_worth(size_t key, size_t at, size_t end, int unkeyed); /* of its kind, its tokens */
/* 1: one digit too many or too few, 0: further from the field's range than that. */
int nearly(const struct form_field *field, double value);
int usual_worth(const struct form_field *field, double value);
/* Its value when it is out of range, but one that may be affirmed; NULL. */
const char *candidate_rare(const struct form_field *field, const struct candidate *c);
void number_add(struct parse *parse, int field, size_t key, size_t at, size_t end, double value,
	bool unit); /* the end may include its unit */
/* "28s0", "tiga satu": no number can be read, and none of its digits is one; asked, or left. */
bool number_torn(struct parse *parse, int field, size_t key, size_t at);
/* "umur 2 hari" where years are asked for: a child's age, and nobody's that the form is about. */
bool unit_of_child(const struct form_field *field, const char *unit);
/* What cannot be a mother's age where it stands is none: "P 30", "3000 49 33". */
void ages_place(struct parse *parse);
bool choice_may_slip(const struct parse *parse, size_t at); /* long, and means nothing else */
/* A number in front of nothing, another number, or talk: no word of its own goes with it. */
bool number_alone_at(const struct parse *parse, size_t at, size_t end);
/* Nothing else stands between its explicit separators. */
bool whole_field(const struct parse *parse, size_t at, size_t end);
/* A bare age as days, months or years, to choose from. */
void age_units_offer(struct arena *arena, const char *number, struct problem *problem);

#endif
