/* What nothing explains goes to the fields that take other words: a remark, a cause, a reason; and
 * makes a part of a number. */
#include <string.h>

#include "parsers/field/field.h"
#include "parsers/parse/clause.h"
#include "parsers/parse/keyword.h"
#include "parsers/parse/look.h"
#include "parsers/parse/scratch.h"
#include "parsers/read/doubts.h"
#include "parsers/read/judge.h"
#include "parsers/read/names.h"
#include "parsers/read/reports.h"

static void rest_put(struct parse *parse, struct report *report, const char *text, bool segment)
{
	struct value value;

	for (size_t f = 0; f < parse->index->form->nfield; f++) {
		const struct form_field *field = &parse->index->form->fields[f];

		if (!field->rest || report_value(report, field->name) ||
			(field->rest_segment && !segment) ||
			!condition_holds(&field->rest_when, report, parse->context->now.date))
			continue;
		value = (struct value){.field = field->name, .text = text, .raw = text};
		report_set(report, parse->arena, &value);
		return;
	}
}

/* "hp mati": a thing's. */
static bool thing_at(const struct parse *parse, size_t t)
{
	const char *kind = "";

	return t + 1 < parse->last &&
		phrase_at(parse, t, parse_class(parse, CLASS_NO_DEATH), &kind) &&
		same_name(kind, "benda") &&
		phrase_at(parse, t + 1, parse_class(parse, CLASS_DEATH), NULL);
}

/* Fillers and polite words say nothing. */
static bool empty_word(const struct parse *parse, size_t t)
{
	static const enum word_class classes[] = {
		CLASS_FILLER, CLASS_CHAT, CLASS_GREETING, CLASS_ASIDE};

	for (size_t i = 0; i < COUNT_OF(classes); i++) {
		if (phrase_at(parse, t, parse_class(parse, classes[i]), NULL) ||
			(t > parse->first &&
				phrase_at(parse, t - 1, parse_class(parse, classes[i]), NULL) > t))
			return true;
	}
	return false;
}

/* Part of what tells the event itself, a death, or that there are twins. */
static bool spent_word(const struct parse *parse, size_t t)
{
	size_t back = t - parse->first < LEXICON_WORDS ? t - parse->first : LEXICON_WORDS - 1;
	bool story = parse->index->story_class >= 0;

	if (token_is_key(&parse->tokens[t], 1, parse->index->key_class) &&
		parse_starts_segment(parse, t) &&
		(t + 1 == parse->last || parse_starts_segment(parse, t + 1)))
		return true; /* its value is on the next line */

	for (size_t start = t - back; start <= t; start++) {
		struct keyword keyword = keyword_at(parse, start);

		if ((keyword.end > t && keyword.index == parse->index) ||
			phrase_at(parse, start, parse_class(parse, CLASS_DEATH), NULL) > t ||
			(story && phrase_at(parse, start, parse_class(parse, CLASS_OWNER),
				NULL) > t) ||
			(parse->children > 1 &&
				phrase_at(parse, start, parse_class(parse, CLASS_TWINS), NULL) > t))
			return true;
	}
	return false;
}

/* "sy lg di rumah", "rapat tgl 20": talk of something else, up to the end of the segment. */
static bool turns_aside(const struct parse *parse, size_t t)
{
	const char *kind = "";

	return phrase_at(parse, t, parse_class(parse, CLASS_ASIDE), &kind) &&
		same_name(kind, "lain");
}

/* Somebody is told by name: without one, a segment that nothing explains may be just that. */
static bool names_somebody(const struct parse *parse, const struct report *report)
{
	const struct form_index *index = parse->index;

	if (index->name < 0 || report_value(report, index->form->fields[index->name].name))
		return true;
	return index->mother >= 0 &&
		report_value(report, index->form->fields[index->mother].name);
}

/* The end of what says nothing at a token, and whom that is said to: "matur nuwun bu"; 0. */
static size_t courtesy_end(const struct parse *parse, size_t t)
{
	static const enum word_class classes[] = {
		CLASS_CHAT, CLASS_GREETING, CLASS_FILLER, CLASS_ASIDE};
	size_t end = 0;

	for (size_t i = 0; i < COUNT_OF(classes) && !end; i++)
		end = phrase_of(parse, t, classes[i]);
	while (end && end < parse->last && word_of(parse, end, CLASS_TITLE))
		end++;
	return end;
}

/* What people say behind the report is kept up to where they turn to something else, but for
 * courtesy at its end and numbers of telephones. */
static void put_talk(struct parse *parse, struct strbuf *rest)
{
	size_t first = parse->last, own = parse->last, kept = first;

	parse->last = parse->behind;
	for (size_t t = first, end; t < parse->last && !turns_aside(parse, t); t = end) {
		end = courtesy_end(parse, t);
		if (!end)
			kept = end = t + 1;
	}
	for (; first < kept; first++) {
		const struct token *token = &parse->tokens[first];

		if (!token->digits || token->length < PHONE_DIGITS)
			strbuf_printf(rest, "%s%s", rest->length ? " " : "", token->text);
	}
	parse->last = own;
}

/* What nothing explains: a whole segment by itself, the rest together. */
void place_rest(struct parse *parse, struct report *report)
{
	struct strbuf rest = {.arena = parse->arena};

	for (size_t i = parse->first; i < parse->last;) {
		size_t end = parse_segment_end(parse, i);
		bool whole = parse_starts_segment(parse, i) && (parse->strong || parse->commas),
		     words = false, aside = false;

		for (size_t t = i; t < end; t++) {
			whole &= parse->taken[t] < 0;
			aside |= turns_aside(parse, t);
			words |= !aside && parse->taken[t] < 0 && !parse->tokens[t].digits &&
				!empty_word(parse, t) && !thing_at(parse, t) &&
				!token_is(&parse->tokens[t], parse_class(parse, CLASS_UNIT)) &&
				!spent_word(parse, t);
		}
		for (size_t t = i; t < end && words; t++) {
			if (parse->taken[t] < 0 && !spent_word(parse, t))
				strbuf_printf(&rest, "%s%s", rest.length ? " " : "",
					parse->tokens[t].text);
		}
		whole &= phrase_of(parse, i, CLASS_DAY) != end; /* "#kemarin#", told twice */
		if (whole && words && !empty_word(parse, i)) {
			rest_put(parse, report, text_upper_ascii(parse->arena, rest.text),
				names_somebody(parse, report));
			strbuf_clear(&rest);
		}
		i = end;
	}
	put_talk(parse, &rest);
	if (rest.length)
		rest_put(parse, report, rest.text, false);
}

void part_find(struct parse *parse, struct report *report)
{
	const struct form_outbreak *outbreak = parse->index->form->outbreak;

	for (size_t i = 0; outbreak && parse_may_mean(parse, CLASS_DEATH) && i < parse->nchosen;
		i++) {
		const struct candidate *c = chosen_at(parse, i);
		const struct token *next = &parse->tokens[c->last];

		if (same_name(candidate_field(parse, c)->name, outbreak->sum) &&
			c->kind == KIND_BARE && c->last < parse->last &&
			!clause_ends_before(next) && !next->digits && !next->keys &&
			parse->taken[c->last] < 0)
			report_ambiguous(report, candidate_field(parse, c));
	}
}

void numberless_find(struct parse *parse, struct report *report)
{
	const struct form *form = parse->index->form;

	for (size_t f = 0; f < form->nfield; f++) {
		const struct form_field *field = &form->fields[f];

		if (field->type != FIELD_LIST || !form_requires(form, field->name) ||
			!report_value(report, field->name))
			continue;
		for (size_t i = parse->first; i < parse->last; i++) {
			const struct token *token = &parse->tokens[i];
			const struct lexicon_entry *e = parse->taken[i] >= 0 || token->digits
				? NULL
				: lexicon_find(parse->reader->lexicon,
					arena_printf(parse->arena, "%s 1", token->text),
					token->length + 2u);

			while (e && e->class_id != parse->index->words[f])
				e = e->next;
			if (e) {
				report_ambiguous(report, field);
				break;
			}
		}
	}
}
