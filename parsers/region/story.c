/* Events told without a keyword: deaths in free text, and reports by their shape alone. */
#include "parsers/aside/aside.h"
#include "parsers/aside/trial.h"
#include "parsers/dying/death.h"
#include "parsers/field/field.h"
#include "parsers/mood/mood.h"
#include "parsers/parse/scratch.h"
#include "parsers/read/explain.h"
#include "parsers/read/judge.h"
#include "parsers/read/reports.h"
#include "parsers/region/region.h"

#define SHAPE_FIELDS 4 /* so many fields make a report without a keyword */
#define SHAPE_KEYS   3
#define SHAPE_PLAIN  6 /* so many when nothing announces or parts them ... */
#define SHAPE_CHOICES 3 /* ... of which so many are choices ... */
#define SHAPE_NUMBERS 2 /* ... beside numbers */

/* "kembar ny mundri …, bayi 1 P 1900 hidup, bayi 2 L 1600 lahir mati": children of one birth, each
 * with facts of its own, told without a keyword. */
static bool add_twins(struct parse *parse, size_t died, size_t count, struct reading *out)
{
	const struct form_index *births = NULL;
	size_t twins = 0;

	while (twins < died && !word_of(parse, twins, CLASS_TWINS))
		twins++;
	for (size_t f = 0; twins < died && f < parse->reader->nform && !births; f++) {
		const struct form_index *index = &parse->reader->index[f];

		births = index->form->nrepeat > 0 && index->form->becomes ? index : NULL;
	}
	if (!births)
		return false; /* nearly always */
	parse_region(parse, births, 0, count);
	if (parse->children < 2 || good_fields(parse) < SHAPE_FIELDS + 1)
		return false;
	explain_region(parse, "a word of twins", 0, count);
	add_reports(parse, false, false, out);
	return true;
}

/* "bu siti meninggal siapa yang lapor": both are heard. */
static void part_question(
	const struct parse *parse, size_t at, const struct mood *mood, struct reading *out)
{
	const struct token *tokens = parse->tokens;
	size_t from, end;

	if (!mood->asks)
		return; /* nearly always */
	from = tokens[mood->asks].start;
	end = tokens[mood->end - 1].end;
	out->asks = arena_printf(parse->arena, "kalau %s %.*s", tokens[at].text,
		(int)(end - from), parse->text + from);
	out->asks_besides = arena_printf(
		parse->arena, "%.*s%s", (int)from, parse->text, parse->text + end);
}

bool read_story(struct parse *parse, size_t count, struct reading *out)
{
	struct mood mood = {0};
	const struct form_index *story = story_form(parse);
	size_t at = 0;

	parse_window(parse, 0, count);
	parse->index = story;
	while (at < count && !(story && story_word_at(parse, story, at) &&
		!counted_none(parse, at, at + 1) &&
		(mood = mood_at(parse, at, count)).weight >= 0))
		at++;
	if (at == count)
		return false;
	if (!add_twins(parse, at, count, out) && !add_birth_and_death(parse, count, out))
		read_death(parse, another_begins(parse, at), count, out);
	part_question(parse, at, &mood, out);
	for (size_t i = 0; i < at && out->nreport == 1; i++)
		out->reports[0].also |=
			token_is(&parse->tokens[i], parse_class(parse, CLASS_ALSO));
	return true;
}

void read_death(struct parse *parse, size_t first, size_t end, struct reading *out)
{
	if (!reading_room(out, 1))
		return;
	parse_region(parse, story_form(parse), first, end);
	if (first == 0)
		talk_cut(parse);
	explain_region(parse, first == 0 ? "a word of dying" : "a death behind another report",
		first, end);
	add_reports(parse, true, false, out);
}

/* Words of several choice fields beside numbers: "14/8 P 2,9 48 polindes bdn hidup". */
static bool many_choices(
	const struct parse *parse, const struct form_index *index, size_t first, size_t count)
{
	bool told[REPORT_FIELDS] = {false};
	size_t fields = 0;

	if (parse_digits(parse, first, count) < SHAPE_NUMBERS)
		return false;
	for (size_t i = first; i < count; i++) {
		for (size_t f = 0; class_meets(&parse->tokens[i].classes, &index->meanings) &&
			f < index->form->nfield; f++) {
			if (told[f] || index->words[f] < 0 ||
				index->words[f] == parse->reader->yes_no ||
				!phrase_at(parse, i, index->words[f], NULL))
				continue;
			told[f] = true;
			fields++;
		}
	}
	return fields >= SHAPE_CHOICES;
}

/* Keys with a number right behind them, explicit separators, a keyword somewhere: worth a closer
 * look. */
static bool looks_like_report(
	const struct parse *parse, const struct form_index *index, size_t first, size_t count)
{
	size_t keys = 0, separators = 0, keywords = 0;

	for (size_t i = first; i < count; i++) {
		separators += i > first && parse->tokens[i].before == BOUND_STRONG;
		for (const struct lexicon_entry *e = parse->tokens[i].keys; e; e = e->next) {
			keys += e->class_id == index->key_class && i + 1 < count &&
				parse->tokens[i + 1].digits;
			keywords += e->class_id == CLASS_KEYWORD && e->words == 1 &&
				&parse->reader->index[e->number] == index;
		}
		keywords += keyword_suffixed(parse, i) == index ||
			(index->form->nrepeat > 0 && word_of(parse, i, CLASS_TWINS));
	}
	return keys >= SHAPE_KEYS || separators >= SHAPE_FIELDS ||
		(keywords && count - first >= 2 * SHAPE_FIELDS);
}

/* Nothing but fields, and enough of them: a report even without keyword, keys and separators. */
static bool shape_fits(
	struct parse *parse, const struct form_index *index, size_t first, size_t last)
{
	bool coded = looks_like_report(parse, index, first, last),
	     row = !coded && index->posyandu >= 0 && posyandu_named_at(parse, first) &&
		parse_digits(parse, first, last) >= SHAPE_FIELDS; /* "melati 45 45 38 30" */
	size_t good;

	if (!coded && !row && !many_choices(parse, index, first, last))
		return false;
	parse_region(parse, index, first, last);
	good = good_fields(parse);
	if (coded)
		return good >= SHAPE_FIELDS && parse_words_left(parse) <= good;
	return good >= (row ? SHAPE_FIELDS + 1 : SHAPE_PLAIN) && good == parse->nchosen &&
		parse_words_left(parse) == 0 && (!row || row_told_whole(parse));
}

/* Its first word taken for a name while another name waits: it may have been meant as a keyword. */
static bool opens_strangely(const struct parse *parse)
{
	const struct candidate *first;

	if (parse->taken[0] < 0)
		return !token_means(parse, 0) && !parse->tokens[0].digits;
	first = &parse->candidates[parse->taken[0]];
	for_candidates(parse, c) {
		if (first->kind == KIND_BARE && c->field == first->field && c->first > 0 &&
			parse->taken[c->first] < 0 && c->type == FIELD_NAME)
			return true;
	}
	return false;
}

/* "L Suparti 25 14/8 P 2,9 …": the form's letter for its keyword. */
static size_t behind_letter(const struct parse *parse, const struct form_index *index, size_t first)
{
	const struct token *token = &parse->tokens[first];

	return first + (token->length == 1 && (index->form->letter[0] | 0x20) == token->text[0] &&
		!token[1].digits && token[1].before <= BOUND_SOFT);
}

/* The form that a stretch has the shape of, and *from where it is told; NULL. */
static const struct form_index *shape_of(
	struct parse *parse, size_t first, size_t last, size_t *from)
{
	const struct form_index *best = NULL;
	int worth = 0;

	for (size_t f = 0; f < parse->reader->nform; f++) {
		const struct form_index *index = &parse->reader->index[f];
		size_t start = behind_letter(parse, index, first);

		if (index->form->line_only || (index->story_class >= 0 && start == first) ||
			!shape_fits(parse, index, start, last) || parse->worth <= worth)
			continue;
		worth = parse->worth;
		*from = start;
		best = index;
	}
	return best;
}

/* Where the row of the first posyandu ends, when every row has its name in front. */
static size_t row_end(struct parse *parse, size_t first, size_t count)
{
	parse->last = count;
	if (!row_told(parse, first, count))
		return count;
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
	size_t from;
	const struct form_index *index = shape_of(parse, first, end, &from);

	if (!index)
		return false;
	parse_region(parse, index, from, end);
	if (from == 0 && opens_strangely(parse))
		return false;
	talk_cut(parse);
	explain_region(parse, from > first ? "the letter of the form" : "the shape of its fields",
		first, end);
	add_reports(parse, false, false, out);
	return true;
}

bool read_shape(struct parse *parse, size_t count, struct reading *out)
{
	size_t first = 0, end;

	if (message_asks(parse, count) && !message_confirms(parse, count))
		return false;
	for (; first < count && reading_room(out, 1); first = end) {
		end = row_end(parse, first, count);
		if (!read_shaped(parse, first, end, out))
			break;
	}
	if (first == count || out->overfull)
		return true;
	out->nreport = 0; /* not every row reads: they are one report, or none */
	return read_shaped(parse, 0, count, out);
}
