/* Values that stand among strange words between separators: "#sdh pulang ke rumah#", "#dimakamkan
 * kemarin#". They may be told of something else, so they are asked about. Behind a complete report
 * such a segment is a remark, and none of this is looked at.
 */
#include "parsers/read/doubts.h"

#include <stdlib.h>
#include <string.h>

#include "parsers/field/field.h"
#include "parsers/form/form.h"
#include "parsers/parse/keyword.h"
#include "parsers/read/names.h"

/* What the report itself is about: "lahir", "telah meninggal". */
static bool of_report(const struct parse *parse, size_t at)
{
	struct keyword keyword = keyword_at(parse, at);

	return (keyword.end > at && keyword.index == parse->index) ||
		phrase_at(parse, at, parse_class(parse, CLASS_DEATH), NULL) > at ||
		phrase_at(parse, at, parse_class(parse, CLASS_DELIVERY), NULL) > at;
}

/* "praktek" of "praktek bidan": told as well, and left for another reason. */
static bool of_choice(const struct parse *parse, size_t at)
{
	for (size_t i = 0; i < parse->ncandidate; i++) {
		const struct candidate *c = &parse->candidates[i];

		if (c->first <= at && c->last > at && c->kind == KIND_TYPED &&
			candidate_field(parse, c)->type == FIELD_CHOICE)
			return true;
	}
	return false;
}

/* Nothing explains it, and it is no word that may stand anywhere. */
static bool strange(const struct parse *parse, size_t at)
{
	static const enum word_class plain[] = {CLASS_FILLER, CLASS_CHAT, CLASS_WEEKDAY, CLASS_DAY,
		CLASS_DAY_WORD, CLASS_HOUR, CLASS_TIME_ZONE, CLASS_MONTH, CLASS_UNIT};
	const struct token *token = &parse->tokens[at];

	const char *kind = token_meaning(token, parse_class(parse, CLASS_PREDICATE));

	if (parse->taken[at] != -1 || token->digits || token->length < 2)
		return false;
	if (kind && strcmp(kind, "makam") == 0)
		return true; /* on another day than the death, perhaps */
	if (of_report(parse, at))
		return false;
	if (token_is(token, parse_class(parse, CLASS_ASIDE)))
		return true;
	for (size_t i = 0; i < COUNT_OF(plain); i++) {
		if (token_is(token, parse_class(parse, plain[i])))
			return false;
	}
	return !of_choice(parse, at);
}

static bool any_strange(const struct parse *parse, size_t at, size_t end)
{
	for (; at < end; at++) {
		if (strange(parse, at))
			return true;
	}
	return false;
}

/* Where talk begins behind a value, or its segment ends. */
static size_t talk_start(const struct parse *parse, size_t at)
{
	size_t end = at < parse->last && !parse_crosses(parse, at)
		? parse_segment_end(parse, at) : at;

	while (at < end && !phrase_at(parse, at, parse_class(parse, CLASS_ASIDE), NULL))
		at++;
	return at;
}

static bool own_key_at(const struct parse *parse, const struct candidate *c, size_t at)
{
	for (size_t words = 1; words <= LEXICON_WORDS; words++) {
		const struct lexicon_entry *e = token_keys(&parse->tokens[at], words);

		for (; e; e = e->next) {
			if (e->class_id == parse->index->key_class && e->words == words &&
				atoi(e->canonical) == c->field)
				return true;
		}
	}
	return false;
}

/* "#tempat: di rumah#", "MATI BAYI: TEMPAT=di pkm" */
static bool own_key(const struct parse *parse, const struct candidate *c, size_t at)
{
	for (; at < c->first; at++) {
		if (own_key_at(parse, c, at))
			return true;
	}
	return false;
}

/* The field's own key, or another word that says the same: "#dr. Budi SpOG#". */
static bool opens_value(const struct parse *parse, const struct candidate *c, size_t at)
{
	for (size_t i = 0; i < parse->ncandidate; i++) {
		const struct candidate *other = &parse->candidates[i];

		if (other->first == at && other->field == c->field &&
			maybe_same(other->value, c->value))
			return true;
	}
	return own_key(parse, c, at);
}

/* "#bu bidan sdh tahu#", "#rs belum lapor#": the word is the subject of a sentence. */
static bool subject(const struct parse *parse, const struct candidate *c)
{
	size_t at = c->last;

	return !parse_crosses(parse, at) &&
		token_is(&parse->tokens[at], parse_class(parse, CLASS_PREDICATE)) &&
		*parse->tokens[at + 1].text && !parse_crosses(parse, at + 1);
}

/* "di rumah" is no field behind its key. */
static bool by_key(const struct parse *parse, const struct candidate *c)
{
	return c->kind == KIND_KEYED &&
		!token_is(&parse->tokens[c->first], parse_class(parse, CLASS_IN));
}

static bool told_of_other(const struct parse *parse, const struct candidate *c)
{
	const struct form_field *field = candidate_field(parse, c);
	size_t start = c->first;

	while (start > parse->first && !parse_starts_segment(parse, start))
		start--;
	switch (field->type) {
	case FIELD_DATE:
		return (any_strange(parse, start, c->first) && !own_key(parse, c, start)) ||
			subject(parse, c) ||
			any_strange(parse, c->last, talk_start(parse, c->last));
	case FIELD_CHOICE:
		return !by_key(parse, c) && !field->written &&
			((field->tail && subject(parse, c)) ||
				(any_strange(parse, start, c->first) &&
					!opens_value(parse, c, start)));
	case FIELD_WEIGHT:
	case FIELD_LENGTH:
	case FIELD_INT:
	case FIELD_AGE:
		return !by_key(parse, c) && any_strange(parse, start, c->first);
	default:
		return false;
	}
}

void strange_find(struct parse *parse, struct report *report)
{
	for (size_t i = 0; i < parse->nchosen && parse->strong; i++) {
		const struct candidate *c = &parse->candidates[parse->chosen[i]];

		if (c->problem < 0 && told_of_other(parse, c))
			report_ambiguous(report, candidate_field(parse, c));
	}
}
