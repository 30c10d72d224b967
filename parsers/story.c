/* Events told without a keyword: deaths in free text, and reports by their shape alone. */
#include <string.h>

#include "parsers/death.h"
#include "parsers/field.h"
#include "parsers/judge.h"
#include "parsers/scratch.h"

#define SHAPE_FIELDS 4 /* so many fields make a report without a keyword */
#define SHAPE_KEYS   3

static bool asks_at(const struct parse *parse, size_t i)
{
	const char *meaning =
		token_meaning(&parse->tokens[i], parse_class(parse, CLASS_NO_DEATH));

	return meaning && strcmp(meaning, "tanya") == 0;
}

/* Asked, not told. */
static bool is_question(const struct parse *parse, size_t count)
{
	if (strchr(parse->text, '?'))
		return true;
	for (size_t i = 0; i < count; i++) {
		if (asks_at(parse, i))
			return true;
	}
	return false;
}

/* The clause of the word asks whether, or when: "apa bu sarmi meninggal", "meninggal kapan". What
 * is asked in another clause, or behind the day of it, is about a death that is told. */
static bool asks_about(const struct parse *parse, size_t at, size_t count)
{
	size_t first = at, end = at + 1;

	while (first > 0 && !clause_ends_before(&parse->tokens[first])) {
		first--;
		if (asks_at(parse, first))
			return true;
	}
	for (; end < count && !clause_ends_before(&parse->tokens[end]); end++) {
		if (asks_at(parse, end))
			return !says_past_day(parse, first, end);
	}
	return !says_past_day(parse, first, end) &&
		parse->text[parse->tokens[end - 1].end + strspn(parse->text +
			parse->tokens[end - 1].end, " !.")] == '?';
}

bool read_story(struct parse *parse, size_t count, struct reading *out)
{
	parse->first = 0;
	parse->last = count;
	for (size_t f = 0; f < parse->reader->nform; f++) {
		const struct form_index *index = &parse->reader->index[f];

		parse->index = index;
		for (size_t i = 0; i < count && index->story_class >= 0; i++) {
			if (!story_word_at(parse, index, i) || asks_about(parse, i, count))
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
