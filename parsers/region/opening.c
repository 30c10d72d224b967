/* Where a report may begin: see region.h. */
#include "parsers/region/region.h"

#include "parsers/aside/trial.h"
#include "parsers/dying/death.h"
#include "parsers/mood/mood.h"

#define LEADING_WORDS 8 /* greetings in front of a keyword */
#define PARTED_FIELDS 3 /* separators of a coded report */
#define PARTED_NEAR   2 /* words between its keyword and the first of them */
#define CLAUSE_FIELDS  3 /* so many behind a keyword that begins a clause are a report ... */
#define PROSE_FIELDS   4 /* ... and so many in the middle of one */
#define ASKING_NUMBERS 2 /* fewer in a question tell nothing */

/* Greetings and fillers may stand in front of the keyword: the first token that is none of them. */
size_t skip_leading(const struct parse *parse, size_t count)
{
	size_t i = 0;

	while (i < count && i < LEADING_WORDS && word_of(parse, i, CLASS_GREETING) &&
		!keyword_at(parse, i).end)
		i++;
	return i < count ? i : 0;
}

/* The keyword itself may be a value: IUFD is a kind of death. */
size_t region_start(const struct parse *parse, const struct keyword *keyword, size_t at)
{
	const struct form_index *index = keyword->index;

	if (keyword->within)
		return at;
	if (!class_meets(&parse->tokens[at].classes, &index->meanings))
		return keyword->end; /* nearly always */
	for (size_t f = 0; f < index->form->nfield; f++) {
		if (phrase_at(parse, at, index->words[f], NULL) >= keyword->end)
			return at;
	}
	return keyword->end;
}

/* Explicit separators behind a keyword, the first within a few words, and no other keyword before
 * it. */
static bool parted_behind(const struct parse *parse, const struct keyword *keyword, size_t count)
{
	size_t parted = 0, first = count;

	for (size_t i = count; i-- > keyword->end;) {
		if (!parse_crosses(parse, i))
			continue;
		first = i;
		parted++;
	}
	if (parted < PARTED_FIELDS || (first > keyword->end + PARTED_NEAR &&
		!key_of(parse, keyword->index, keyword->end)))
		return false;
	for (size_t i = keyword->end; i < first; i++) {
		struct keyword next = keyword_at(parse, i);

		if (next.end && next.index != keyword->index)
			return false;
	}
	return true;
}

/* "LUARAN=MATI", "#LUARAN MATI": a value. */
static bool behind_key(const struct parse *parse, size_t at)
{
	const struct token *token = &parse->tokens[at];

	if (value_of_some_key(parse, at))
		return true;
	if (at == 0 || (token->sep != '=' && token->sep != ':' &&
			(at == 1 || token->newline || !parse_crosses(parse, at - 1))))
		return false;
	for (const struct lexicon_entry *e = token[-1].keys; e; e = e->next) {
		if (e->class_id >= 0 && e->class_id != CLASS_KEYWORD)
			return true;
	}
	return false;
}

struct keyword coded_keyword(const struct parse *parse, size_t count, size_t *at)
{
	for (size_t i = 0; i + 1 < count; i++) {
		struct keyword keyword = keyword_at(parse, i);

		if (!keyword.end || keyword.end >= count || behind_key(parse, i) ||
			within_phrase(parse, i) || (nobody_dies(parse, i) && /* no lamp's */
				!parse_crosses(parse, keyword.end) &&
				!keyword_choice(parse, &keyword)) ||
			!parted_behind(parse, &keyword, count))
			continue;
		*at = i;
		return keyword;
	}
	return (struct keyword){0};
}

/* The token that the clause of another begins with. */
static size_t clause_start(const struct parse *parse, size_t at)
{
	while (at > 0 && !clause_ends_before(&parse->tokens[at]))
		at--;
	return at;
}

/* Where a report begins that has its keyword at a token: behind it, or with what its clause, or the
 * whole message, says in front of it. */
struct beginning {
	struct keyword keyword;
	size_t at, open;
};

/* A name in a sentence that neither a title nor a key goes with may be any words. */
static bool named_loosely(const struct parse *parse)
{
	for (size_t i = 0; i < parse->nchosen; i++) {
		if (chosen_at(parse, i)->type == FIELD_NAME &&
			chosen_at(parse, i)->kind == KIND_BARE)
			return true;
	}
	return false;
}

static void try_beginning(struct parse *parse, size_t at, size_t end,
	const struct keyword *keyword, size_t least, struct beginning *best)
{
	size_t start = keyword->within ? at : keyword->end, open;
	struct report report;

	if (!trial_may(parse))
		return;
	parse_region(parse, keyword->index, start, end);
	if (good_fields(parse) < least || (least == PROSE_FIELDS && named_loosely(parse)))
		return;
	open = trial_judge(parse, keyword->index, start, end, &report);
	if (open < best->open)
		*best = (struct beginning){*keyword, at, open};
}

/* Nothing but greetings from a token to another: "lapor kelahiran: …" */
static bool greeted(const struct parse *parse, size_t first, size_t last)
{
	for (size_t i = first; i < last; i++) {
		if (!word_of(parse, i, CLASS_GREETING))
			return false;
	}
	return true;
}

/* "berikut LAHIR#…", "lapor 1 kelahiran: …" */
static void try_keyword(struct parse *parse, size_t start, size_t at, size_t count,
	struct keyword keyword, struct beginning *best)
{
	struct keyword within = keyword;
	size_t end = region_end(parse, &keyword, count), clause = clause_start(parse, at);

	within.within = true;
	if (parse_crosses(parse, keyword.end) || parse->tokens[keyword.end].sep == ':' ||
		greeted(parse, clause, at)) {
		try_beginning(parse, at, end, &keyword, CLAUSE_FIELDS, best);
		if (best->open == 0 || parse_crosses(parse, keyword.end))
			return; /* or else: "bayi bu titik, 2,9 kilo, lahir 7 agt" */
	}
	if ((parse_digits(parse, start, end) < ASKING_NUMBERS && message_asks(parse, count)) ||
		death_told_in(parse, start, end) < end)
		return;
	if (clause > start)
		try_beginning(parse, clause, end, &within, PROSE_FIELDS, best);
	try_beginning(parse, start, end, &within, PROSE_FIELDS, best);
	try_beginning(parse, at, end, &keyword, PROSE_FIELDS, best);
}

struct keyword keyword_ahead(struct parse *parse, size_t count, size_t *at)
{
	struct beginning best = {.open = SIZE_MAX};

	for (size_t i = *at + 1; i + 1 < count && best.open > 0 && trial_may(parse); i++) {
		struct keyword keyword;

		parse->last = count;
		keyword = keyword_at(parse, i);
		if (!keyword.end && (parse_crosses(parse, i + 1) ||
					    clause_ends_before(&parse->tokens[i])))
			keyword = keyword_slip(parse, i);
		if (keyword.end && keyword.end < count && keyword_coded(parse, &keyword))
			try_keyword(parse, *at, i, count, keyword, &best);
	}
	parse->last = count;
	if (best.keyword.end)
		*at = best.at;
	return best.keyword;
}

/* A day's words end in front of a token; where they begin, or the token. */
static size_t day_words(const struct parse *parse, size_t first, size_t end)
{
	for (size_t back = LEXICON_WORDS; back > 0; back--) {
		if (end >= first + back && phrase_of(parse, end - back, CLASS_DAY) == end)
			return end - back;
	}
	return end;
}

size_t day_in_front(const struct parse *parse, const struct form_index *own, size_t first,
	size_t person)
{
	size_t day = day_words(parse, first, person);

	if (day == person || parse->tokens[person].before > BOUND_SOFT ||
		(day > first && key_of(parse, own, day - 1)))
		return person; /* nearly always; "tgl kemarin" is the session's */
	for (size_t i = person; i < parse->last; i++) {
		if (phrase_of(parse, i, CLASS_DAY) || (parse->tokens[i].digits &&
			parse->tokens[i - 1].digits && !parse->tokens[i].spaced))
			return person; /* the event has its own: "14/8" */
	}
	return day;
}
