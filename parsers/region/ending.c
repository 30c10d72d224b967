/* Where reports end: at the next keyword, row or event, and where a death is told behind one. */
#include "parsers/region/region.h"

#include <string.h>

#include "parsers/aside/trial.h"
#include "parsers/dying/death.h"
#include "parsers/field/field.h"
#include "parsers/field/none.h"
#include "parsers/form/names.h"

#define LINE_NUMBERS  2 /* so many make a line look like a report ... */
#define LINE_FIELDS   3 /* ... or so many separators */
#define CODED_NUMBERS 3 /* so many numbers ... */
#define DAY_NUMBERS   3 /* of a day: 13/8/24 ... */
#define DAY_TALK      4 /* ... and fewer words of talk behind it */
#define CODED_FIELDS  4 /* ... and so many good values make a report */
#define EVENT_FIELDS  2 /* ... and so many of a birth, with a name */
#define FEW_FIELDS    3 /* of a report in front of one that says a little more */

static size_t line_end(const struct parse *parse, size_t first, size_t count)
{
	size_t end = first + 1;

	while (end < count && !parse->tokens[end].newline)
		end++;
	return end;
}

/* Numbers, or separators between fields: the line may be a report. */
static bool line_reports(const struct parse *parse, size_t first, size_t count)
{
	size_t end = line_end(parse, first, count), parted = 0;

	for (size_t i = first + 1; i < end; i++)
		parted += parse->tokens[i].before >= BOUND_MEDIUM;
	return parse_digits(parse, first, end) >= LINE_NUMBERS || parted >= LINE_FIELDS;
}

/* "MATI WUS ROSIDAH lapor kelahiran ibu teti …", "… DIARE, posyandu tgl 20/7 s29 …": what
 * is told behind a joining word or a clause's end is whole, and of somebody or of a session. */
static bool joined_report(struct parse *parse, const struct keyword *own,
	const struct keyword *next, size_t at, size_t count)
{
	size_t mine, other;

	if (!(clause_ends_before(&parse->tokens[at]) || parse->tokens[at].sep == '+' ||
		parse->tokens[at].sep == '&' || word_of(parse, at - 1, CLASS_JOINING)))
		return false;
	mine = trial_good(parse, own->index, own->end, at);
	other = mine > 0
		? trial_good(parse, next->index, region_start(parse, next, at), count) : 0;
	return other >= CODED_FIELDS + (mine < FEW_FIELDS ? 2u : 0u) &&
		(good_of(parse, FIELD_NAME) || good_of(parse, FIELD_COUNT));
}

/* "POS … N30 ILP …": the keyword of another form between two reports that read by themselves. */
static bool other_report(struct parse *parse, const struct keyword *own, const struct keyword *next,
	size_t at, size_t count)
{
	if (next->index == own->index || own_value_at(parse, own->index, at) ||
		nobody_dies(parse, at))
		return false; /* nearly always */
	return joined_report(parse, own, next, at, count) ||
		(parse_digits(parse, own->end, at) >= CODED_NUMBERS &&
			parse_digits(parse, next->end, count) >= CODED_NUMBERS &&
			trial_good(parse, own->index, own->end, at) >= CODED_FIELDS &&
			trial_good(parse, next->index, region_start(parse, next, at), count) >=
				CODED_FIELDS);
}

bool only_a_day(const struct parse *parse, const struct form_index *own,
	const struct keyword *next, size_t at, size_t talk)
{
	size_t day = next->end, count = parse->last, end;

	if (own->story_class < 0 &&
		!token_is_key(&parse->tokens[at], next->end - at, own->key_class))
		return false;
	while (talk > 0 && day < count && !parse_crosses(parse, day) && key_of(parse, own, day))
		day++;
	end = day;
	while (end < count && !parse_crosses(parse, end) &&
		(parse->tokens[end].digits || word_of(parse, end, CLASS_MONTH)))
		end++;
	if (end == day || end - day > DAY_NUMBERS)
		return false;
	for (size_t i = end; i < count && !parse_crosses(parse, i); i++) {
		if (keyword_at(parse, i).end || phrase_of(parse, i, CLASS_ASIDE))
			return true;
		if (parse->tokens[i].digits || i >= end + talk)
			return false;
	}
	return true;
}

/* "#lahir 2900 skrg 2800#48#": between separators, what was measured then. */
static bool tells_measure(const struct parse *parse, const struct keyword *own,
	const struct keyword *next, size_t at)
{
	const struct token *token = &parse->tokens[at], *behind = &parse->tokens[next->end];

	return next->index == own->index && token->before == BOUND_STRONG && !token->newline &&
		next->end < parse->last && behind->digits && behind->before <= BOUND_SOFT &&
		(behind->length > 2 ||
			(next->end + 1 < parse->last && behind[1].sep == ','));
}

/* "tgl mati 13/8", "#lahir 11/8#", "kakaknya dulu lahir di dukun": behind a key of the report, or
 * with nothing but a day of its own behind it, a keyword tells when, and opens nothing. */
static bool tells_when(const struct parse *parse, const struct keyword *own,
	const struct keyword *next, size_t at)
{
	size_t start = at;

	while (start > own->end && !parse_crosses(parse, start))
		start--;
	return (start < at && word_of(parse, start, CLASS_KIN)) ||
		tells_measure(parse, own, next, at) ||
		(parse->tokens[at].before <= BOUND_SOFT && !parse->tokens[at].newline &&
			!(parse->tokens[at].sep == '.' && parse->tokens[at].spaced) &&
			key_of(parse, own->index, at - 1)) ||
		only_a_day(parse, own->index, next, at, DAY_TALK);
}

/* "lahir mati": of the child. "#HAMIL#sepsis": a word of the report's own, and too little behind it
 * for one of another form. */
static bool only_value(struct parse *parse, const struct keyword *own, const struct keyword *next,
	size_t at)
{
	size_t end = line_end(parse, at, parse->last);

	if (key_span(parse, own->index, at) > 1)
		return true; /* "NIFAS hari ke 7" */
	if (!own_value_at(parse, own->index, at))
		return false;
	return parse_digits(parse, at, end) < 2 ||
		(next->index != own->index && next->end < end && parse_crosses(parse, next->end) &&
			trial_good(parse, next->index, next->end, end) < CODED_FIELDS);
}

static bool named_between(const struct parse *parse, size_t first, size_t end, const char *name)
{
	while (first < end && !same_name(parse->tokens[first].text, name))
		first++;
	return first < end;
}

/* What the word behind a death's keyword says of who died; NULL. *end: behind it. */
static const char *kind_behind(
	const struct parse *parse, const struct keyword *keyword, size_t *end)
{
	const struct form_index *index = keyword->index;
	const char *kind = NULL;

	*end = index->story_class < 0 ? 0 : phrase_at(parse, keyword->end,
		index->words[index->by_order[0]], &kind);
	return *end ? kind : NULL;
}

/* "MATI IBU SARMI; MATI BAYI NY SARMI", "MATI IBU SARMI. MATI IBU TINI": the same word of dying
 * again, of another kind, or of somebody of another name in a clause of its own. */
static bool another_dead(const struct parse *parse, const struct keyword *own,
	const struct keyword *next, size_t at)
{
	size_t end, name;
	const char *first = next->index == own->index ? kind_behind(parse, own, &end) : NULL,
		   *second = first ? kind_behind(parse, next, &end) : NULL;

	if (!second || !story_word_at(parse, next->index, at) || next->end != at + 1)
		return false; /* nearly always */
	if (!same_name(first, second))
		return true;
	name = phrase_of(parse, end, CLASS_TITLE);
	name = name ? name : end;
	return name < parse->last && !parse->tokens[name].digits && !token_means(parse, name) &&
		!named_between(parse, own->end, at, parse->tokens[name].text);
}

/* The keyword of the next report: on a new line, among numbers, or of none. */
static bool opens_next(struct parse *parse, const struct keyword *own, const struct keyword *next,
	size_t at, size_t count)
{
	bool other = next->index != own->index, none = none_told(parse, next->index, next->end);
	size_t before = parse_digits(parse, own->end, at),
	       behind = parse_digits(parse, next->end, count);

	if (another_dead(parse, own, next, at))
		return true;
	if (next->end + 2 >= count && !none)
		return false;
	return (none && (other || before >= 2 || none_told(parse, own->index, own->end))) ||
		((parse->tokens[at].newline || parse->tokens[at].sep == ';') &&
			(behind > 0 || other) && !only_value(parse, own, next, at)) ||
		(!other && before >= 2 && behind >= 2);
}

static bool one_clause(const struct parse *parse, size_t first, size_t at)
{
	while (first <= at && !clause_ends_before(&parse->tokens[first]))
		first++;
	return first > at;
}

/* "MATI IBU RINA … masuk rs 10/8 mati 12/8 nifas 3", "lapor kelahiran ibu rina 27 th melahirkan
 * hari selasa …": the same keyword once more with a day behind it or in one clause, and no name
 * behind it, while the report in front lacks something: when it was. */
static bool same_event(struct parse *parse, const struct keyword *own, const struct keyword *next,
	size_t at, size_t count)
{
	size_t day = next->end;
	struct report report;

	if (next->index != own->index || own->index->name < 0 || own->index->posyandu >= 0 ||
		parse->tokens[at].before > BOUND_MEDIUM || parse->tokens[at].newline ||
		another_dead(parse, own, next, at))
		return false;
	while (day < count && key_of(parse, own->index, day))
		day++;
	if (day >= count || parse_crosses(parse, day) ||
		(!parse->tokens[day].digits && !one_clause(parse, own->end, at)))
		return false;
	for (size_t i = day; i < count; i++) {
		if (phrase_of(parse, i, CLASS_TITLE) ||
			(!parse->tokens[i].digits && parse->tokens[i].length > 2 &&
				!token_means(parse, i)))
			return false;
	}
	return trial_judge(parse, own->index, own->end, at, &report) > 0;
}

/* Where the sentence begins that stands behind a report without a sign between: "… N30 bu warni
 * meninggal", by the title of somebody. */
static size_t person_before(const struct parse *parse, const struct form_index *own,
	size_t first, size_t at)
{
	size_t start = at;

	for (size_t i = at; i-- > first && !parse->tokens[i].digits;)
		start = phrase_of(parse, i, CLASS_TITLE) ? i : start;
	if (start > first && start < at && parse->tokens[start].before <= BOUND_SOFT &&
		(word_of(parse, start - 1, CLASS_KIN) || word_of(parse, start - 1, CLASS_WIFE)))
		start--; /* "suami bu tini meninggal" */
	return own && own->row ? day_in_front(parse, own, first, start) : start;
}

/* "… D38 N30 bu ani melahirkan kemarin": behind a session a birth that is told of somebody by name
 * and says more than that. */
static bool birth_told(struct parse *parse, const struct form_index *own,
	const struct form_index *births, size_t start, size_t at, size_t count)
{
	return own->row && births->form->nrepeat > 0 && start < at &&
		!parse->tokens[at].newline && death_told_in(parse, start, count) == count &&
		trial_good(parse, births, start, count) >= EVENT_FIELDS &&
		good_of(parse, FIELD_NAME);
}

/* Where the next report of the message begins: its keyword, or a posyandu's row. */
static size_t keyword_end(struct parse *parse, const struct keyword *keyword, size_t count)
{
	bool rows = keyword->index->posyandu >= 0 && row_told(parse, keyword->end, count);

	for (size_t i = keyword->end + 1; i < count; i++) {
		struct keyword next = keyword_at(parse, i);
		size_t start;

		if (next.end && (tells_when(parse, keyword, &next, i) ||
			same_event(parse, keyword, &next, i, count)))
			continue;
		start = next.end ? person_before(parse, keyword->index, keyword->end, i) : i;
		if (next.end && birth_told(parse, keyword->index, next.index, start, i, count))
			return start;
		if (next.end ? other_report(parse, keyword, &next, i, count)
			     : (rows && posyandu_row_at(parse, keyword->index, keyword->end, i)) ||
				counts_begin(parse, keyword->index, i))
			return i;
		if (!next.end && parse->tokens[i].newline && line_reports(parse, i, count))
			next = keyword_behind(parse, i, count);
		if (next.end && opens_next(parse, keyword, &next, i, count))
			return i;
	}
	return count;
}

/* The first token of a good value of a type that the reading did not take, on tokens that nothing
 * else took; the stretch's end: none. */
static size_t left_over(const struct parse *parse, enum field_type type)
{
	for_candidates(parse, c) {
		bool taken = c->problem >= 0 || c->child > 0 || c->type != type;

		for (size_t t = c->first; t < c->last && !taken; t++)
			taken = parse->taken[t] >= 0 &&
				parse->candidates[parse->taken[t]].problem < 0;
		if (!taken)
			return c->first;
	}
	return parse->last;
}

/* A stretch that tells somebody's event by itself. */
static bool whole_event(
	struct parse *parse, const struct form_index *index, size_t first, size_t last)
{
	return first < last && trial_good(parse, index, first, last) >= CODED_FIELDS &&
		good_of(parse, FIELD_NAME) &&
		(good_of(parse, FIELD_DATE) ||
			(tells_child(index) && good_of(parse, FIELD_AMOUNT)));
}

/* "MATI BAYI#… SEPSIS & LHR#NY WARNI#…": the keyword of another form right in front of a name; the
 * name: there is none. */
static size_t keyword_before(const struct parse *parse, const struct form_index *own, size_t name)
{
	for (size_t back = 1; back <= LEXICON_WORDS && back < name - parse->first; back++) {
		struct keyword other = keyword_at(parse, name - back);

		if (other.end == name && other.index != own)
			return name - back;
	}
	return name;
}

/* "LAHIR#WATI#…#HIDUP; WARNI#30#…": a second name and a second date are another event, told without
 * its keyword. */
static size_t second_event(struct parse *parse, const struct keyword *keyword, size_t end)
{
	const struct form_index *index = keyword->index;
	size_t name;

	if (index->name < 0 || (index->posyandu >= 0 && !tells_child(index)) ||
		parse_digits(parse, keyword->end, end) < 2 * CODED_NUMBERS)
		return end;
	trial_good(parse, index, keyword->end, end);
	name = left_over(parse, FIELD_NAME);
	return name > keyword->end + CODED_FIELDS && name < end &&
			(left_over(parse, FIELD_DATE) < end ||
				(tells_child(index) && left_over(parse, FIELD_AMOUNT) < end)) &&
			whole_event(parse, index, keyword->end, name) &&
			whole_event(parse, index, name, end)
		? keyword_before(parse, index, name) : end;
}

size_t region_end(struct parse *parse, const struct keyword *keyword, size_t count)
{
	struct kept_region *kept = &parse->scratch->region; /* it is asked for twice */

	if (kept->index != keyword->index || kept->from != keyword->end || kept->count != count)
		*kept = (struct kept_region){keyword->index, keyword->end, count,
			second_event(parse, keyword, keyword_end(parse, keyword, count))};
	return kept->end;
}

/* The keyword of the next report; that of the last one goes on for another posyandu's row. */
struct keyword next_keyword(
	const struct parse *parse, const struct keyword *last, size_t at, size_t count)
{
	struct keyword own = keyword_at(parse, at);
	const struct form_index *groups = own.end ? NULL : counts_begin(parse, last->index, at);

	if (groups)
		return (struct keyword){.index = groups, .end = at};
	for (size_t i = at + 1; i < count && last->index->row &&
		(phrase_of(parse, at, CLASS_TITLE) || phrase_of(parse, at, CLASS_DAY)); i++) {
		struct keyword birth = keyword_at(parse, i);

		birth.within = true;
		if (birth.end)
			return birth;
	}
	if (own.end || !posyandu_row_at(parse, last->index, parse->first, at)) {
		own = keyword_behind(parse, at, count);
		if (own.end || (last->index->posyandu >= 0 && !tells_child(last->index)))
			return own;
	}
	return (struct keyword){.index = last->index, .end = at, .slip = last->slip};
}

/* "… hidup, bu tini meninggal": where its clause begins with a title; at: it does not. */
static size_t clause_titled(const struct parse *parse, size_t first, size_t at)
{
	size_t start = at;

	while (start > first && !clause_ends_before(&parse->tokens[start]))
		start--;
	return start > first && phrase_of(parse, start, CLASS_TITLE) ? start : at;
}

/* The person of the stretch that was read, by a title only where so told; NULL. */
static const char *person_named(const struct parse *parse, bool titled)
{
	for (size_t i = 0; i < parse->nchosen; i++) {
		const struct candidate *c = chosen_at(parse, i);
		const char *name;

		if (c->type == FIELD_NAME && !(titled && c->kind != KIND_TYPED) &&
			((c->flags & FLAG_TITLE_BAYI && maybe_text(c->offer, &name)) ||
				maybe_text(c->value, &name)))
			return name;
	}
	return NULL;
}

/* Whether the sentence from a token on tells the death of somebody whom the birth in front does not
 * name. */
static bool of_another(struct parse *parse, const struct keyword *keyword,
	const struct form_index *story, size_t start, size_t end)
{
	const char *mother, *dead;
	size_t stop = start + 1;

	while (stop < end && !parse_crosses(parse, stop))
		stop++;
	trial_good(parse, keyword->index, keyword->end, start);
	mother = person_named(parse, false);
	trial_good(parse, story, start, stop);
	dead = person_named(parse, true);
	return mother && dead && !names_alike(dead, mother);
}

/* "lahir nihil mati 1 juli", "kematian 1 orang": so many died, beside what there was none of. */
static bool counted_behind(
	const struct parse *parse, const struct form_index *story, size_t at)
{
	struct keyword keyword = keyword_at(parse, at);
	size_t end = keyword.end ? keyword.end : phrase_at(parse, at, story->story_class, NULL);

	return end && (!keyword.end || keyword.index == story) && end < parse->last &&
		parse->tokens[end].digits && parse->tokens[end].length <= 2 &&
		parse->tokens[end].number > 0 && !phrase_of(parse, at, CLASS_NO_DEATH);
}

/* A death that is nobody's of the report's: not counted there ("meninggal 0", "kematian nihil",
 * "meninggal 2"), and no value of it. */
static bool dies_apart(const struct parse *parse, const struct form_index *own,
	const struct form_index *story, size_t at)
{
	const char *kind = "";

	if (!own && counted_behind(parse, story, at))
		return true;
	if (!story_word_at(parse, story, at) ||
		(own && own->form->becomes && kin_dies(parse, at)) || /* "ket suami meninggal" */
		none_died(parse, at) || value_of_key(parse, own, at))
		return false;
	phrase_at(parse, at, story->story_class, &kind);
	return !own || *kind == '4' || /* the first word of "sudah tidak ada" is none of its own */
		!(dead_counted_at(parse, own, at) ||
			(own->form->line_only && own_value_at(parse, own, at)));
}

bool death_keyword(const struct parse *parse, size_t at)
{
	struct keyword keyword = keyword_at(parse, at);

	return keyword.end && keyword_whose(parse, &keyword);
}

size_t story_behind(struct parse *parse, const struct keyword *keyword, size_t end)
{
	const struct form_index *own = keyword->index, *story = story_form(parse);
	bool followed = own && own->form->follows, both;
	size_t first = keyword->end + (own != NULL); /* "lahir nihil, mati 1" */

	for (size_t i = first; story && own != story && i < end; i++) {
		size_t start = i;

		if (!dies_apart(parse, own, story, i))
			continue;
		if (followed && mother_dies(parse, i, &both) < i)
			return end;
		if (death_keyword(parse, i))
			return i; /* "td 134/75, lapor juga MATI IBU" */
		while (start > first && !sentence_begins(parse, start) &&
			!parse_crosses(parse, start))
			start--;
		if (!own && nihil_at(parse, start))
			continue; /* one more that is none */
		if (!sentence_begins(parse, start))
			start = followed ? clause_titled(parse, first, i)
					 : person_before(parse, own, first,
						   own ? relative_dies(parse, own, i) : i);
		if (!followed || of_another(parse, keyword, story, start, end))
			return start;
	}
	return end;
}
