/* What belongs to a word in front and is no value of this report: "anak ke 3", "lahir 11/8" of who
 * died, and values of an earlier day: "bb sebelum hamil 45", "hb bln lalu 9", "td dulu 150/90". And
 * what cannot be a value of one field where it is surely another's.
 */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "parsers/field/date_parts.h"
#include "parsers/field/field.h"
#include "parsers/field/hedge.h"
#include "parsers/parse/keyword.h"

#define SPANS_MOST 4 /* in one report */
#define OWNER_WORDS 3
#define KEY_LETTERS 2 /* of a day, at least */
#define WORTH_OTHER_DAY 12 /* so much less than the event's own */

bool day_owner_ends(const struct parse *parse, size_t end)
{
	const char *form = NULL;

	if (end < parse->last && parse_crosses(parse, end))
		return false;
	for (size_t back = 1; back <= OWNER_WORDS && back <= end - parse->first; back++) {
		if (phrase_at(parse, end - back, parse_class(parse, CLASS_OWNER), &form) == end &&
			same_name(parse->index->form->name, form))
			return true;
	}
	return false;
}

/* The first token of the digits that a token belongs to: of "11/8/24" the 11. */
static size_t digits_start(const struct parse *parse, size_t at)
{
	while (at > parse->first && parse->tokens[at].digits && parse->tokens[at - 1].digits &&
		!parse->tokens[at].spaced && !parse_crosses(parse, at) &&
		parse->tokens[at].sep != ' ')
		at--;
	return at;
}

bool other_day(const struct parse *parse, size_t at)
{
	size_t first = digits_start(parse, at);

	return first > parse->first && !parse_crosses(parse, first) &&
		day_owner_ends(parse, first) &&
		(!unit_at(parse, at + 1) ||
			phrase_at(parse, at + 2, parse_class(parse, CLASS_AGO), NULL));
}

/* Between separators another event's day is none of this one's; in prose it is, when no other is
 * told. */
void days_demote(struct parse *parse)
{
	size_t kept = 0;

	for (size_t i = 0; i < parse->ncandidate; i++) {
		struct candidate *c = &parse->candidates[i];

		if (c->type == FIELD_DATE &&
			(day_owner_ends(parse, digits_start(parse, c->first)) ||
				(c->kind == KIND_KEYED && day_owner_ends(parse, c->first + 1u)))) {
			if (parse->strong)
				continue;
			c->worth = c->problem == PROBLEM_AMBIGUOUS ? WORTH_WRONG
				: (short)(c->worth - WORTH_OTHER_DAY);
			c->kind = KIND_TYPED;
			c->flags &= (unsigned char)~FLAG_SURE;
		}
		candidate_keep(parse, &kept, c);
	}
	parse->ncandidate = kept;
}

/* "lk 33", but not "lk, 33 ons" */
static bool in_range_of(const struct parse *parse, size_t at, long least, long most)
{
	const struct token *token = &parse->tokens[at];
	const char *unit = unit_at(parse, at + 1);

	return token->digits && token->before <= BOUND_SOFT && token->number >= least &&
		token->number <= most && (!unit || same_name(unit, "CM"));
}

/* "POS MELATI jam 08.00 52 50 44 36": the hour of a session, no count. */
static bool hour_of_session(const struct parse *parse, size_t first)
{
	const char *unit = parse->index->posyandu < 0 ? NULL
		: token_meaning(&parse->tokens[first - 1], parse_class(parse, CLASS_UNIT));

	return unit && same_name(unit, "JAM");
}

/* The key of a day in a report, "hpht ibu 12/11/23" too, in front of the day. */
static size_t key_of_day(const struct parse *parse, size_t first)
{
	return first - (first > parse->first + 1 && !parse_crosses(parse, first - 1) &&
		token_is(&parse->tokens[first - 1], parse_class(parse, CLASS_MOTHER)) ? 2u : 1u);
}

/* "hpht 12/11/23" in the report of a birth or a death: behind the key of a day that only another
 * form has. */
static bool day_of_other_form(const struct parse *parse, size_t first)
{
	const struct reader *reader = parse->reader;
	size_t key = key_of_day(parse, first);
	bool other = false;

	if (parse->tokens[key].length < KEY_LETTERS)
		return false;
	for (const struct lexicon_entry *e = parse->tokens[key].keys; e; e = e->next) {
		if (e->words != 1 || e->class_id == parse->index->key_class ||
			e->class_id == CLASS_KEYWORD)
			return false;
		for (size_t f = 0; f < reader->nform && !other; f++)
			other = reader->index[f].key_class == e->class_id &&
				reader->index[f].form->fields[e->number].type == FIELD_DATE;
	}
	return other && !token_is(&parse->tokens[key], parse_class(parse, CLASS_UNIT)) &&
		!token_is(&parse->tokens[key], parse_class(parse, CLASS_FILLER)) &&
		!token_is(&parse->tokens[key], parse_class(parse, CLASS_SINCE));
}

/* "ibu hamil 7 bulan" in the report of a child: not how old that is. */
static bool mothers_months(const struct parse *parse, size_t first)
{
	const char *kind = !parse->index->form->line_only || !tells_child(parse->index) ? NULL
		: token_meaning(&parse->tokens[first - 1], parse_class(parse, CLASS_NOT_NAME));

	return kind && same_name(kind, "2") && unit_at(parse, first + 1);
}

/* "ada 1 bayi meninggal": how many, in the telling of a death. */
static bool counts_dead(const struct parse *parse, size_t at)
{
	const struct token *token = &parse->tokens[at];

	return parse->index->story_class >= 0 && token->digits && token->length == 1 &&
		at + 1 < parse->last && token[1].before == BOUND_SOFT && !token[1].newline &&
		token_is(&token[1], parse_class(parse, CLASS_CHILD));
}

/* The number belongs to the word in front: "hb 10", "anak ke 3", "apgar 7-8", "lk 33". */
bool number_owned(const struct parse *parse, size_t at)
{
	size_t first = digits_start(parse, at);

	if (date_behind_month(parse, at) || counts_dead(parse, at))
		return true;
	if (first == parse->first || parse->tokens[first].before > BOUND_MEDIUM)
		return false;
	if (hour_of_session(parse, first) || day_of_other_form(parse, first) ||
		mothers_months(parse, first) ||
		(parse->index->story_class < 0 && first > parse->first + 1 &&
			key_of(parse, parse->index, first - 1) && day_owner_ends(parse, first - 1)))
		return true;
	for (size_t back = 1; back <= OWNER_WORDS && back <= first - parse->first; back++) {
		const char *range = NULL, *to;

		if (phrase_at(parse, first - back, parse_class(parse, CLASS_OWNER), &range) !=
			first)
			continue;
		if (isalpha((unsigned char)*range) && parse->index->story_class < 0 &&
			same_name(parse->index->form->name, range))
			return true; /* "pulang 14/8", "masuk rs 10/8" */
		if (isalpha((unsigned char)*range))
			continue; /* the day of another event */
		to = strchr(range, '-');
		return !to || in_range_of(parse, first, atoi(range), atoi(to + 1));
	}
	return false;
}

/* The key of a number ends right in front of a token. */
static bool key_ends(const struct parse *parse, size_t end)
{
	for (size_t words = 1; words <= LEXICON_WORDS && words <= end - parse->first; words++) {
		const struct lexicon_entry *e = token_keys(&parse->tokens[end - words], words);

		for (; e; e = e->next) {
			enum field_type type;

			if (e->class_id != parse->index->key_class || e->words != words)
				continue;
			type = parse->index->form->fields[e->number].type;
			if (type == FIELD_PATTERN || type == FIELD_INT || type == FIELD_AMOUNT ||
				type == FIELD_WEIGHT || type == FIELD_LENGTH)
				return true;
		}
	}
	return false;
}

/* "bb lahir 3200" of a birth: both words are the key. */
static bool within_key(const struct parse *parse, size_t at)
{
	for (size_t words = 2; words <= LEXICON_WORDS; words++) {
		if (at > parse->first &&
			token_is_key(&parse->tokens[at - 1], words, parse->index->key_class))
			return true;
	}
	return false;
}

/* Behind the number, its fraction and its unit: "12,1 kg", "150/90". */
static size_t number_end(const struct parse *parse, size_t at)
{
	size_t end = at + 1;

	while (end < parse->last && parse->tokens[end].digits && !parse->tokens[end].spaced &&
		!parse_crosses(parse, end))
		end++;
	return unit_at(parse, end) ? end + 1 : end;
}

/* The words of an earlier day that begin at a token with their number: where that ends, 0. */
static size_t earlier_end(const struct parse *parse, size_t at)
{
	size_t number = phrase_at(parse, at, parse_class(parse, CLASS_EARLIER), NULL);

	if (!number || number >= parse->last || at == parse->first || parse_crosses(parse, at) ||
		parse_crosses(parse, number) || !parse->tokens[number].digits ||
		!key_ends(parse, at) || within_key(parse, at))
		return 0;
	return number_end(parse, number);
}

void earlier_drop(struct parse *parse)
{
	size_t firsts[SPANS_MOST], ends[SPANS_MOST], count = 0, kept = 0;

	if (!parse_may_mean(parse, CLASS_EARLIER))
		return; /* nearly always */
	for (size_t i = parse->first; i < parse->last && count < SPANS_MOST; i++) {
		size_t end = token_may_mean(&parse->tokens[i], parse_class(parse, CLASS_EARLIER))
			? earlier_end(parse, i) : 0;

		if (end) {
			firsts[count] = i - 1;
			ends[count++] = end;
		}
	}
	for (size_t i = 0; i < parse->ncandidate && count; i++) {
		const struct candidate *c = &parse->candidates[i];
		bool within = false;

		for (size_t s = 0; s < count; s++)
			within |= c->first < ends[s] && c->last > firsts[s];
		if (!within)
			candidate_keep(parse, &kept, c);
	}
	parse->ncandidate = count ? kept : parse->ncandidate;
}

/* A number that is surely something else is not an impossible value of another field; nor is what
 * a unit says there, when the same is another's good value: an age of 3 weeks. */
static bool explained(const struct parse *parse, const struct candidate *wrong)
{
	if (!parse_step(parse, parse->ncandidate / 8))
		return true;
	for (size_t i = 0; i < parse->ncandidate; i++) {
		const struct candidate *c = &parse->candidates[i];

		if (wrong->kind == KIND_TYPED) {
			if (c->problem < 0 && c->first == wrong->first && c->last == wrong->last)
				return true;
		} else if (c->problem < 0 && c->first < wrong->last && wrong->first < c->last &&
		    (c->kind == KIND_KEYED || c->last - c->first > wrong->last - wrong->first ||
		     c->type == FIELD_DATE ||
		     c->type == FIELD_WEIGHT))
			return true;
	}
	return false;
}

void explained_drop(struct parse *parse)
{
	size_t kept = 0;

	for (size_t i = 0; i < parse->ncandidate; i++) {
		const struct candidate *c = &parse->candidates[i];

		if ((c->kind == KIND_BARE ? c->problem >= 0 : c->problem == PROBLEM_RANGE) &&
			c->kind != KIND_KEYED && explained(parse, c))
			continue;
		candidate_keep(parse, &kept, c);
	}
	parse->ncandidate = kept;
}
