/* "None this month" as a whole message: NIHIL, words that say so, several events at once. */
#include "parsers/reader_nihil.h"

#include <string.h>

#include "parsers/aside/trial.h"
#include "parsers/dying/death.h"
#include "parsers/field/date_parts.h"
#include "parsers/field/field.h"
#include "parsers/field/none.h"
#include "parsers/read/nihil.h"
#include "parsers/read/reports.h"
#include "parsers/region/region.h"

#define NIHIL_EVENTS  5
#define EXCEPT_LETTERS 4 /* "cuma", "hny" is said of many things */
#define NIHIL_TOKENS 16 /* of a message that tells nothing else */
#define TOLD_NUMBERS  3  /* so many behind a keyword are a report ... */
#define TOLD_FIELDS   2  /* ... or so many fields, where NIHIL stands in front */

/* "lahir dan mati nihil": the second keyword, when "nihil" is for both; 0. */
static size_t nihil_shared(const struct parse *parse, const struct keyword *keyword)
{
	size_t next = keyword->end;
	struct keyword other;

	if (next < parse->last && word_of(parse, next, CLASS_AND))
		next++;
	if (next >= parse->last || form_says_none(keyword->index->form))
		return 0;
	other = keyword_at(parse, next);
	return other.end && other.index != keyword->index && nihil_at(parse, other.end) ? next : 0;
}

/* "bulan juli", "juli 2024": the token behind a month that is named at one. */
static size_t months_end(const struct parse *parse, size_t at)
{
	const char *unit = unit_at(parse, at);
	size_t month = at + (unit && same_name(unit, "BULAN"));

	if (month >= parse->last ||
		!token_is(&parse->tokens[month], parse_class(parse, CLASS_MONTH)))
		return at;
	month++;
	if (month < parse->last && parse->tokens[month].digits && parse->tokens[month].length == 4)
		month++;
	return month;
}

/* "NIHIL maot": of deaths in any word for them. */
static struct keyword dying_keyword(const struct parse *parse, size_t at)
{
	const struct form_index *story = story_form(parse);
	size_t end = story ? phrase_at(parse, at, story->story_class, NULL) : 0;

	return end ? (struct keyword){.index = story, .end = end} : (struct keyword){0};
}

/* "nihil lahir", "lahir nihil": the token behind both, 0: neither. */
static size_t nihil_of(const struct parse *parse, size_t at, struct keyword *keyword)
{
	size_t end = phrase_of(parse, at, CLASS_NIHIL);

	*keyword = end >= parse->last ? (struct keyword){0} : keyword_at(parse, end ? end : at);
	if (end && end < parse->last && !keyword->end)
		*keyword = dying_keyword(parse, end);
	if (!keyword->end || end)
		return keyword->end;
	end = months_end(parse, keyword->end); /* "lahir juli nihil" */
	if (!nihil_at(parse, end))
		return nihil_shared(parse, keyword);
	return phrase_of(parse, end, CLASS_NIHIL);
}

/* "… dan mati", "… juli, mati agustus", but "… maaf hp mati" */
static bool also_none(const struct parse *parse, size_t at)
{
	struct keyword next = keyword_at(parse, at);
	const struct token *before = &parse->tokens[at - 1];

	if (!next.end || phrase_of(parse, next.end, CLASS_NO_DEATH) ||
		(next.end < parse->last &&
			parse_digits(parse, next.end, parse->last) >= TOLD_NUMBERS))
		return false; /* a thing's, or a report of its own */
	return clause_ends_before(&parse->tokens[at]) || before->digits ||
		token_is(before, parse_class(parse, CLASS_FILLER)) ||
		token_is(before, parse_class(parse, CLASS_MONTH)) ||
		keyword_at(parse, at - 1).end == at;
}

/* Where the next NIHIL begins; behind one that leads, a keyword alone: "nihil lahir dan mati". */
static size_t nihil_end(const struct parse *parse, size_t at, size_t count, bool leads)
{
	struct keyword next;

	while (at < count && !nihil_of(parse, at, &next) && !(leads && also_none(parse, at)))
		at++;
	return at;
}

/* A word that says nothing against it: months, "yang", "di desa kami", the year. */
static size_t said_beside(const struct parse *parse, size_t at)
{
	static const enum word_class classes[] = {CLASS_NIHIL_WORDS, CLASS_VAGUE_DAY, CLASS_FILLER,
		CLASS_GREETING, CLASS_MONTH, CLASS_UNIT, CLASS_AND, CLASS_CHAT};
	const struct token *token = &parse->tokens[at];
	struct area_matches desa;
	size_t end = 0;

	for (size_t i = 0; i < COUNT_OF(classes) && !end; i++)
		end = phrase_at(parse, at, parse_class(parse, classes[i]), NULL);
	if (!end && token->digits && token->length == 4 && token->number / 100 == 20)
		end = at + 1;
	if (!end)
		end = date_month_number(parse, at).end;
	if (!end && (meaningless(parse, at) || token->keys) && parse->context->places)
		end = desa_behind(parse, at, at + 1, &desa); /* "nglebeng", "ds nglebeng" */
	return end;
}

/* A keyword of events, or a word of dying: the form, and *end behind it. */
static const struct form_index *event_at(const struct parse *parse, size_t at, size_t *end)
{
	struct keyword keyword = keyword_at(parse, at);

	*end = keyword.end;
	for (size_t f = 0; class_meets(&parse->tokens[at].classes, &parse->reader->stories) &&
		f < parse->reader->nform && !keyword.end; f++) {
		const struct form_index *index = &parse->reader->index[f];

		*end = phrase_at(parse, at, index->story_class, NULL);
		if (*end)
			return index;
	}
	return keyword.end && !form_says_none(keyword.index->form) ? keyword.index : NULL;
}

/* "kematian ibu 0 bayi 0": a kind of the event, of which there was none; the token behind it. */
static size_t kind_end(const struct parse *parse, const struct form_index *event, size_t at)
{
	return event ? phrase_at(parse, at, event->words[(int)event->by_order[0]], NULL) : 0;
}

/* "nihil lahir mati": two events, not one of those born dead; the first one's keyword. */
static struct keyword event_pair(struct parse *parse, const struct keyword *both)
{
	size_t second = both->end ? both->end - 1 : 0;
	struct keyword first;

	if (second == 0 || keyword_at(parse, second).end != both->end)
		return (struct keyword){0};
	first = keyword_upto(parse, second - 1, second);
	return first.end == second && first.index != keyword_at(parse, second).index
		? first
		: (struct keyword){0};
}

/* "bulan juli tidak ada yang lahir maupun meninggal", "kematian ibu 0 bayi 0": every word has its
 * part in it. */
static bool read_none_told(struct parse *parse, size_t count, struct reading *out)
{
	const struct form_index *events[NIHIL_EVENTS];
	size_t nevent = 0, event_end = 0, end;
	bool none = false;

	if (count > NIHIL_TOKENS || strchr(parse->text, '?'))
		return false;
	for (size_t at = 0; at < count; at = end) {
		const struct token *token = &parse->tokens[at];
		const struct form_index *event = event_at(parse, at, &end);

		if (event) {
			struct keyword both = keyword_at(parse, at);
			struct keyword pair = event_pair(parse, &both);

			if (nevent + 2 > NIHIL_EVENTS)
				return false;
			if (pair.end)
				events[nevent++] = pair.index;
			events[nevent++] = event;
			event_end = end;
			continue;
		}
		end = phrase_of(parse, at, CLASS_NIHIL);
		if (!end && at > 0 && at == event_end && !parse_crosses(parse, at) &&
			token->digits && token->number == 0)
			end = at + 1; /* "lahir 0" */
		none |= end > 0;
		if (!end && kind_end(parse, nevent ? events[nevent - 1] : NULL, at))
			end = event_end = kind_end(parse, events[nevent - 1], at);
		if (!end)
			end = said_beside(parse, at);
		if (!end)
			return false;
	}
	for (size_t i = 0; none && i < nevent; i++) {
		bool again = false;

		for (size_t j = 0; j < i; j++)
			again |= events[j] == events[i];
		parse->index = events[i];
		if (!again && reading_room(out, 1))
			nihil_add(parse, 0, count, count, out);
	}
	return none && nevent > 0;
}

/* Where NIHIL leads: behind a greeting or a sentence that tells nothing; count: nowhere. */
static size_t nihil_start(struct parse *parse, size_t count)
{
	size_t start = months_end(parse, skip_leading(parse, count));
	struct keyword keyword;

	for (size_t i = start; i < count; i++) {
		if ((i == start || clause_ends_before(&parse->tokens[i])) &&
			nihil_of(parse, i, &keyword))
			return i;
		keyword = keyword_at(parse, i);
		if (keyword.end && !nobody_dies(parse, i))
			break;
	}
	return count;
}

static void read_none(
	struct parse *parse, size_t at, size_t count, bool leads, struct reading *out)
{
	struct keyword keyword, first;
	size_t end, behind;

	for (; at < count && reading_room(out, 1); at = end) {
		parse->last = count;
		behind = nihil_of(parse, at, &keyword);
		if (!behind) {
			keyword = keyword_at(parse, at);
			behind = keyword.end;
		}
		if (!behind)
			return; /* too many steps were taken: no word means anything any more */
		end = nihil_end(parse, behind, count, leads);
		first = nihil_at(parse, at) ? event_pair(parse, &keyword) : (struct keyword){0};
		if (first.end && reading_room(out, 2)) {
			parse->index = first.index;
			nihil_add(parse, at, end, count, out);
		}
		parse->index = keyword.index;
		if (form_says_none(keyword.index->form)) {
			/* the session was not held: an ordinary report of the form that says so */
			parse_region(
				parse, keyword.index, nihil_at(parse, at) ? at : keyword.end, end);
			add_reports(parse, false, false, out);
		} else {
			nihil_add(parse, at, end, count, out);
		}
	}
}

static bool may_tell_none(const struct parse *parse, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (token_may_mean(&parse->tokens[i], parse_class(parse, CLASS_NIHIL)) ||
			parse->tokens[i].number == 0)
			return true;
	}
	return false;
}

/* "nihil mati, lahir 1: bu asri …", "nihil lahir. mati ibu sarti …": where a keyword stands with a
 * report behind it; count: nowhere. */
static size_t report_behind(struct parse *parse, size_t from, size_t count)
{
	for (size_t i = from; i < count; i++) {
		struct keyword keyword = parse->tokens[i].keys ? keyword_at(parse, i)
							       : (struct keyword){0}, none;

		if (!keyword.end || keyword.index->patterns || nihil_of(parse, i, &none) ||
			(keyword.index->story_class >= 0 && !keyword_choice(parse, &keyword) &&
				!(keyword.end < count && parse->tokens[keyword.end].digits)))
			continue; /* a death that is told as a story is found as one */
		parse_region(parse, keyword.index, keyword.end, count);
		if (good_fields(parse) >= TOLD_FIELDS)
			return i;
		parse_window(parse, 0, count);
	}
	return count;
}

/* "kematian 0 …", no "0 hari" and no row of counts */
static bool zero_events(const struct parse *parse, const struct keyword *keyword)
{
	const struct token *zero = &parse->tokens[keyword->end];

	return keyword->end < parse->last && zero->digits && zero->number == 0 &&
		zero->before <= BOUND_MEDIUM && !form_says_none(keyword->index->form) &&
		keyword->index->form->where && !unit_at(parse, keyword->end + 1) &&
		!(keyword->end + 1 < parse->last && zero[1].digits);
}

/* "kematian 0, kelahiran 1: bu asri …": none, and a report behind it. */
static bool read_zero(struct parse *parse, size_t count, struct reading *out)
{
	size_t at = skip_leading(parse, count), report;
	struct keyword keyword = keyword_at(parse, at);

	if (!keyword.end || !zero_events(parse, &keyword))
		return false;
	report = report_behind(parse, keyword.end + 1, count);
	if (report == count)
		return false;
	parse_window(parse, 0, count);
	parse->index = keyword.index;
	nihil_add(parse, at, report, report, out);
	read_behind(parse, report, count, out);
	return true;
}

/* The token behind a keyword's NIHIL; of "nihil lahir. mati …" that where the clause ends. */
static size_t nihil_behind(const struct parse *parse, size_t at)
{
	struct keyword keyword;
	size_t end = nihil_of(parse, at, &keyword);

	for (size_t i = at + 1; i < end; i++) {
		if (clause_ends_before(&parse->tokens[i]))
			return i;
	}
	return end;
}

/* "kematian nihil, kelahiran 1": how many there were of the other, and no more: for a person. */
static void keep_counted(
	const struct parse *parse, size_t from, size_t count, struct reading *out)
{
	for (size_t i = from; i < count && !out->overfull; i++) {
		struct keyword keyword = parse->tokens[i].keys ? keyword_at(parse, i)
							       : (struct keyword){0};
		const struct token *number = &parse->tokens[keyword.end];

		if (keyword.end && keyword.end < count && keyword.index->form->where &&
			number->digits && number->number > 0 && number->length <= 2 &&
			(!unit_at(parse, keyword.end + 1) ||
				months_end(parse, keyword.end + 1) > keyword.end + 2) &&
			!number[1].digits &&
			!word_of(parse, keyword.end + 1, CLASS_MONTH)) {
			out->overfull = true;
			out->rest = parse->tokens[i].start;
		}
	}
}

/* "nihil lahir juli kecuali bu siti": not none; behind the word, count: nothing is excepted. */
static size_t excepted(const struct parse *parse, size_t count)
{
	const char *kind = "";

	for (size_t i = 0; i + 1 < count; i++)
		if (phrase_at(parse, i, parse_class(parse, CLASS_NEAR_DEATH), &kind) &&
			same_name(kind, "kecuali") && parse->tokens[i].length > EXCEPT_LETTERS)
			return i + 1;
	return count;
}

/* "nihil mati kecuali mbah parto kmrn": who is excepted died. */
static bool read_excepted(struct parse *parse, size_t except, size_t count, struct reading *out)
{
	struct keyword keyword;
	size_t at = nihil_start(parse, count);

	if (at >= count || !nihil_of(parse, at, &keyword) || keyword.index->story_class < 0)
		return false;
	read_death(parse, except, count, out);
	return out->nreport > 0;
}

bool nihil_bare(struct parse *parse, size_t count)
{
	struct keyword keyword;

	parse_window(parse, 0, count);
	return nihil_of(parse, 0, &keyword) == count;
}

bool read_nihil(struct parse *parse, size_t count, struct reading *out)
{
	struct keyword keyword = {0};
	size_t at, death, report;

	if (!may_tell_none(parse, count))
		return false; /* nearly always */
	parse_window(parse, 0, count);
	if (excepted(parse, count) < count)
		return read_excepted(parse, excepted(parse, count), count, out);
	at = nihil_start(parse, count);
	if (at >= count)
		return read_none_told(parse, count, out) || read_zero(parse, count, out);
	keyword.end = nihil_of(parse, at, &keyword);
	keyword.index = NULL;
	report = report_behind(parse, nihil_behind(parse, at), count);
	parse_window(parse, 0, report);
	death = story_behind(parse, &keyword, report);
	if (death - at < 2 || death - at > NIHIL_TOKENS)
		return false;
	read_none(parse, at, death, nihil_at(parse, at), out);
	parse_window(parse, 0, report);
	keep_counted(parse, at, death, out);
	if (death < report)
		read_death(parse, death, report, out);
	if (report < count)
		read_behind(parse, report, count, out);
	return true;
}
