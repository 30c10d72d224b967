/* Events told without a keyword: deaths in free text, and reports by their shape alone. */
#include <string.h>

#include "parsers/field.h"
#include "parsers/judge.h"
#include "parsers/scratch.h"

#define THING_BEFORE 3 /* words between a thing and "mati" */
#define SHAPE_FIELDS 4 /* so many fields make a report without a keyword */
#define SHAPE_KEYS   3

static bool is_thing(const struct parse *parse, size_t i)
{
	const char *meaning = NULL;

	return phrase_at(parse, i, parse_class(parse, CLASS_NO_DEATH), &meaning) &&
		strcmp(meaning, "benda") == 0;
}

static bool thing_beside(const struct parse *parse, size_t at, size_t end, size_t count)
{
	if (end < count && is_thing(parse, end))
		return true;
	for (size_t back = 1; back <= THING_BEFORE && back <= at; back++) {
		if (is_thing(parse, at - back))
			return true;
	}
	return false;
}

/* "hampir mati", "mati rasa": a phrase that covers the word. */
static bool phrase_covers(const struct parse *parse, size_t at, size_t count)
{
	struct parse wide = *parse;

	wide.first = 0;
	wide.last = count;
	for (size_t start = at > LEXICON_WORDS ? at - LEXICON_WORDS : 0; start <= at; start++) {
		const char *meaning = NULL;
		size_t end = phrase_at(&wide, start, parse_class(parse, CLASS_NO_DEATH), &meaning);

		if (end > at && strcmp(meaning, "frasa") == 0)
			return true;
	}
	return false;
}

bool story_word_at(const struct parse *parse, const struct form_index *index, size_t at)
{
	const char *meaning = NULL;
	size_t end =
		index->story_class >= 0 ? phrase_at(parse, at, index->story_class, &meaning) : 0;

	if (!end || phrase_covers(parse, at, parse->last))
		return false;
	return strcmp(meaning, "3") != 0 || !thing_beside(parse, at, end, parse->last);
}

/* Asked, not told. */
static bool is_question(const struct parse *parse, size_t count)
{
	if (strchr(parse->text, '?'))
		return true;
	for (size_t i = 0; i < count; i++) {
		const char *meaning =
			token_meaning(&parse->tokens[i], parse_class(parse, CLASS_NO_DEATH));

		if (meaning && strcmp(meaning, "tanya") == 0)
			return true;
	}
	return false;
}

bool read_story(struct parse *parse, size_t count, struct reading *out)
{
	parse->first = 0;
	parse->last = count;
	if (is_question(parse, count))
		return false;
	for (size_t f = 0; f < parse->reader->nform; f++) {
		const struct form_index *index = &parse->reader->index[f];

		parse->index = index;
		for (size_t i = 0; i < count && index->story_class >= 0; i++) {
			if (!story_word_at(parse, index, i))
				continue;
			parse_region(parse, index, 0, count);
			add_reports(parse, true, false, out);
			return true;
		}
	}
	return false;
}

/* Keys with a number right behind them, or explicit separators: worth a closer look. */
static bool looks_like_report(
	const struct parse *parse, const struct form_index *index, size_t first, size_t count)
{
	size_t keys = 0, separators = 0, keywords = 0;

	for (size_t i = first; i < count; i++) {
		separators += i > first && parse->tokens[i].before == BOUND_STRONG;
		for (const struct lexicon_entry *e = parse->tokens[i].keys; e; e = e->next) {
			keys += e->class_id == index->key_class && i + 1 < count &&
				parse->tokens[i + 1].digits;
			keywords += e->class_id == parse->reader->keyword_class;
		}
	}
	return keys >= SHAPE_KEYS || separators >= SHAPE_FIELDS ||
		(keywords && count - first >= 2 * SHAPE_FIELDS);
}

static size_t good_fields(const struct parse *parse)
{
	size_t good = 0;

	for (size_t i = 0; i < parse->nchosen; i++)
		good += parse->candidates[parse->chosen[i]].problem < 0;
	return good;
}

/* Its first word taken for a name while another name waits: it may have been meant as a keyword. */
static bool opens_strangely(const struct parse *parse)
{
	const struct candidate *first =
		parse->taken[0] < 0 ? NULL : &parse->candidates[parse->taken[0]];

	if (parse->taken[0] < 0)
		return !token_means(parse, 0) && !parse->tokens[0].digits;
	for (size_t i = 0; i < parse->ncandidate && first->kind == KIND_BARE; i++) {
		const struct candidate *c = &parse->candidates[i];

		if (c->field == first->field && c->first > 0 && parse->taken[c->first] < 0 &&
		    parse->index->form->fields[c->field].type == FIELD_NAME)
			return true;
	}
	return false;
}

/* The form that a stretch has the shape of; NULL. */
static const struct form_index *shape_of(struct parse *parse, size_t first, size_t last)
{
	const struct form_index *best = NULL;
	int worth = 0;

	for (size_t f = 0; f < parse->reader->nform; f++) {
		const struct form_index *index = &parse->reader->index[f];

		if (index->story_class >= 0 || !looks_like_report(parse, index, first, last))
			continue;
		parse_region(parse, index, first, last);
		if (good_fields(parse) < SHAPE_FIELDS ||
			parse_words_left(parse) > good_fields(parse) || parse->worth <= worth)
			continue;
		worth = parse->worth;
		best = index;
	}
	return best;
}

/* Where the row of the first posyandu ends, when every row has its name in front. */
static size_t row_end(struct parse *parse, size_t first, size_t count)
{
	parse->last = count;
	for (size_t f = 0; f < parse->reader->nform; f++) {
		const struct form_index *index = &parse->reader->index[f];

		for (size_t i = first + 1; index->posyandu >= 0 && i < count; i++) {
			if (posyandu_row_at(parse, index, first, i))
				return i;
		}
	}
	return count;
}

static bool read_shaped(struct parse *parse, size_t first, size_t end, struct reading *out)
{
	const struct form_index *index = shape_of(parse, first, end);

	if (!index)
		return false;
	parse_region(parse, index, first, end);
	if (first == 0 && opens_strangely(parse))
		return false;
	add_reports(parse, false, false, out);
	return true;
}

bool read_shape(struct parse *parse, size_t count, struct reading *out)
{
	size_t first = 0, end;

	if (is_question(parse, count))
		return false;
	for (; first < count && out->nreport < COUNT_OF(out->reports); first = end) {
		end = row_end(parse, first, count);
		if (!read_shaped(parse, first, end, out))
			break;
	}
	if (first == count || (first > 0 && out->nreport == COUNT_OF(out->reports)))
		return true;
	out->nreport = 0; /* not every row reads: they are one report, or none */
	return read_shaped(parse, 0, count, out);
}
