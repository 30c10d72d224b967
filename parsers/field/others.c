/* Candidates that are none: what is told of something to come, and numbers that are a part of a
 * date.
 */
#include <string.h>

#include "parsers/field/field.h"
#include "parsers/field/hedge.h"
#include "parsers/parse/look.h"

#define APPOINTED_BEHIND 1 /* so many numbers are told in front of what is to come */
#define DATES_MOST  8 /* in one report */
#define DATE_SHIFT  5 /* bits for the length of one, in tokens */

/* "besok ada rapat jam 9", behind values: nothing in it is one, up to the end of the segment. */
static void drop_appointments(struct parse *parse)
{
	size_t kept = 0, start = parse->last, end = parse->last, numbers = 0;
	const char *kind = NULL;

	if (!parse_may_mean(parse, CLASS_ASIDE))
		return; /* nearly always */
	for (size_t i = parse->first; i < parse->last && start == parse->last; i++) {
		numbers += parse->tokens[i].digits || parse->tokens[i].begun.said;
		if (numbers >= APPOINTED_BEHIND &&
			phrase_at(parse, i, parse_class(parse, CLASS_ASIDE), &kind) &&
			same_name(kind, "lain") && !parse->tokens[i].keys)
			start = i;
	}
	if (start == parse->last)
		return;
	for (end = start + 1; end < parse->last && !parse_starts_segment(parse, end) &&
		!parse->tokens[end].newline; end++)
		;
	for (size_t i = 0; i < parse->ncandidate; i++) {
		const struct candidate *c = &parse->candidates[i];
		enum field_type type = c->type;

		if (c->first <= start || c->first >= end || (c->kind == KIND_KEYED &&
			type != FIELD_DATE && type != FIELD_TIME &&
			!token_is(&parse->tokens[c->first], parse_class(parse, CLASS_IN))))
			candidate_keep(parse, &kept, c);
	}
	parse->ncandidate = kept;
}

/* A day behind the key of another field is that one's, whatever else is left for it: "lahir=12/8,
 * lahir=13/8" of a form that has a day of its own besides. */
static bool of_other_key(const struct parse *parse, const struct candidate *day)
{
	for (size_t i = 0; i < parse->ncandidate; i++) {
		const struct candidate *c = &parse->candidates[i];

		if (c->kind == KIND_KEYED && c->field != day->field && c->problem < 0 &&
			c->first < day->first && c->last == day->last &&
			c->type == FIELD_DATE)
			return true;
	}
	return false;
}

/* "S28 K28 D24 N17 lahir 12/8 siti": in a session's report the day of somebody's birth or death. */
static bool of_event(const struct parse *parse, const struct candidate *day)
{
	return day->first > parse->first && parse->index->form->held && day->kind != KIND_KEYED &&
		!parse_crosses(parse, day->first) && event_word(parse, day->first - 1u);
}

/* "kakinya bengkak dari kemarin": since when, not the day on which she was seen; "skrg di pkm" says
 * no other day than today, which is meant where none is told. */
static bool since_when(const struct parse *parse, const struct candidate *day)
{
	const char *kind = "";

	if (!parse->index->form->mother || !parse->index->form->date_default)
		return false;
	if (phrase_at(parse, day->first, parse_class(parse, CLASS_NEAR_DEATH), &kind) &&
		same_name(kind, "kini"))
		return true;
	return day->first > parse->first && !parse_crosses(parse, day->first) &&
		token_is(&parse->tokens[day->first - 1u], parse_class(parse, CLASS_SINCE));
}

/* "pulang tgl 14/8": of another event, in a report that tells no story. */
static bool of_another_event(const struct parse *parse, const struct candidate *day)
{
	size_t at = day->first;

	if (at > parse->first && key_of(parse, parse->index, at - 1))
		at--; /* its own key */
	return parse->index->story_class < 0 && at > parse->first && !parse_crosses(parse, at) &&
		day_owner_ends(parse, at);
}

static void drop_other_days(struct parse *parse)
{
	const struct form *form = parse->index->form;
	bool several = parse->index->days > 1 || form->held;
	size_t kept = 0;

	if (!parse_found(parse, FIELD_DATE))
		return;
	for (size_t i = 0; i < parse->ncandidate; i++) {
		const struct candidate *c = &parse->candidates[i];

		if (c->type == FIELD_DATE && (of_another_event(parse, c) ||
			(several && c->kind == KIND_KEYED && of_other_key(parse, c))))
			continue; /* "hpht tgl 20/5" */
		if (c->type != FIELD_DATE || c->kind == KIND_KEYED ||
			!several || !(of_other_key(parse, c) || of_event(parse, c) ||
				since_when(parse, c)))
			candidate_keep(parse, &kept, c);
	}
	parse->ncandidate = kept;
}

/* "20-1 atau 19/1", "15-8 1/8/24" */
static bool or_behind(const struct parse *parse, size_t end)
{
	const char *kind = NULL;

	if (end < parse->last && phrase_at(parse, end, parse_class(parse, CLASS_HEDGE), &kind) &&
		same_name(kind, "atau"))
		return true;
	for (size_t i = 0; i < parse->ncandidate && parse->tokens[end].digits; i++) {
		const struct candidate *c = &parse->candidates[i];

		if (c->first == end && c->last == end + 3 && c->problem < 0 &&
			c->type == FIELD_DATE)
			return true;
	}
	return false;
}

/* "19/7 - BUMIL 8 busui": nothing is counted in front of it. */
static bool digits_before(const struct parse *parse, size_t at)
{
	for (size_t i = parse->first; i < at; i++) {
		if (parse->tokens[i].digits)
			return true;
	}
	return false;
}

/* "2/8 MELATI 46 39 16" */
static bool posyandu_behind(const struct parse *parse, size_t at)
{
	for (size_t i = 0; i < parse->ncandidate; i++) {
		const struct candidate *c = &parse->candidates[i];

		if (c->first == at &&
			c->type == FIELD_POSYANDU)
			return true;
	}
	return false;
}

/* Of a day: the three numbers of "14/8/24" by themselves, behind its key or alone between
 * separators. */
static bool whole_date(const struct parse *parse, const struct candidate *c)
{
	const struct token *first = &parse->tokens[c->first], *last = &parse->tokens[c->last - 1];
	size_t count = c->last - c->first;
	bool ends = c->last == parse->last;

	if (c->problem >= 0 && c->problem != PROBLEM_FUTURE &&
		c->problem != PROBLEM_RANGE) /* a mother's day of birth is one too */
		return false;
	if (c->kind == KIND_KEYED)
		return true;
	if (whole_field(parse, c->first, c->last) &&
		(!last->digits || (last->sep != '.' && last->sep != ',')))
		return true;
	if (!first->digits || !last->digits || count < 2 || last->spaced || !last->sep ||
		(first->sep == last->sep && !first->spaced) ||
		(!ends && last[1].sep == last->sep && !last[1].spaced))
		return false;
	if (count == 2 && or_behind(parse, c->last))
		return strchr("/-", last->sep) != NULL;
	if (count == 2 && parse->index->posyandu >= 0)
		return strchr("/-", last->sep) && !key_span(parse, parse->index, c->first) &&
			(ends || last[1].digits || posyandu_behind(parse, c->last) ||
				(parse->counts_first && !digits_before(parse, c->first)));
	if (count == 2)
		return last->sep == '/' && !key_span(parse, parse->index, c->first) &&
			c->first > parse->first && (parse_crosses(parse, c->first) ||
				(first->spaced && !first[-1].digits)) &&
			!unit_at(parse, c->last);
	return count == 3 && strchr("/-.", last->sep) && first[1].sep == last->sep &&
		!first[1].spaced;
}

/* A number by its place alone. */
static bool bare_number(const struct parse *parse, const struct candidate *c)
{
	enum field_type type = c->type;

	return c->kind == KIND_BARE && parse->tokens[c->first].digits && type != FIELD_NAME &&
		type != FIELD_DATE;
}

/* "19/7 - BUMIL": the day's month is no count of what stands behind it. */
static bool counted_from(const struct parse *parse, const struct candidate *c)
{
	return c->type == FIELD_COUNT &&
		parse->tokens[c->first].digits;
}

/* Where a day that names its month ends, 0: it names none. In a row of counts the year may be one
 * of them; "12 agt 28/7": it may be another day's. */
static size_t month_end(const struct parse *parse, const struct candidate *c)
{
	const struct token *month = &parse->tokens[c->first + 1];

	if (!parse->tokens[c->first].digits || c->last < c->first + 2u ||
		!token_is(month, parse_class(parse, CLASS_MONTH)))
		return 0;
	return c->problem < 0 && parse->index->posyandu < 0 ? c->last : c->first + 2u;
}

/* "jam 17:45" */
static bool hour_named(const struct parse *parse, const struct candidate *c)
{
	const struct token *minute = &parse->tokens[c->last - 1];

	return c->type == FIELD_TIME && c->problem < 0 &&
		c->last == c->first + 3u && !parse->tokens[c->first].digits && minute->digits &&
		!minute->spaced && minute->sep && strchr(":.", minute->sep);
}

/* No other value is a part of it. */
void dates_keep_whole(struct parse *parse)
{
	size_t kept = 0, ndate = 0;
	unsigned short dates[DATES_MOST];

	if (!parse_found(parse, FIELD_DATE))
		return;
	for (size_t i = 0; i < parse->ncandidate && ndate < DATES_MOST; i++) {
		const struct candidate *c = &parse->candidates[i];
		size_t end;

		if (hour_named(parse, c))
			end = c->last;
		else if (c->type == FIELD_DATE)
			end = whole_date(parse, c) ? c->last : month_end(parse, c);
		else
			continue;
		if (end) /* their places: candidates move */
			dates[ndate++] = (unsigned short)(c->first << DATE_SHIFT |
				(end - c->first));
	}
	if (!ndate)
		return;
	for (size_t i = 0; i < parse->ncandidate; i++) {
		const struct candidate *c = &parse->candidates[i];
		bool within = false;

		for (size_t d = 0; d < ndate && !within; d++) {
			size_t first = dates[d] >> DATE_SHIFT;
			size_t end = first + (dates[d] & ((1u << DATE_SHIFT) - 1));

			within = c->first >= first && c->first < end &&
				(c->last <= end ? bare_number(parse, c)
						: counted_from(parse, c));
		}
		if (!within)
			candidate_keep(parse, &kept, c);
	}
	parse->ncandidate = kept;
}

/* The day of birth told in front of "umur": by a field that "lahir|umur" asks for as well. */
static bool day_instead(const struct parse *parse, int field, struct date *day)
{
	const struct form *form = parse->index->form;
	const char *name = form->fields[field].name;

	for (size_t i = 0; i < parse->ncandidate; i++) {
		const struct candidate *c = &parse->candidates[i];
		const char *date = form->fields[c->field].name, *text;
		bool instead = false;

		for (size_t r = 0; r < form->nrequire; r++) {
			for (size_t f = 0; f < form->requires[r].nfield; f++) {
				const char *either = form->requires[r].fields[f];
				const char *bar = strchr(either, '|');

				instead |= bar && same_name(bar + 1, name) &&
					strncmp(either, date, (size_t)(bar - either)) == 0 &&
					date[bar - either] == '\0';
			}
		}
		if (instead && c->problem < 0 && c->worth >= WORTH_SHORT_DATE &&
			maybe_text(c->value, &text) && date_parse(text, day))
			return true;
	}
	return false;
}

/* "lahir 11/2/21, 99": no child of three is 99 months old. */
static void drop_other_ages(struct parse *parse)
{
	const struct form *form = parse->index->form;
	struct date today = parse->context->now.date, day;
	size_t kept = 0;

	for (size_t i = 0; i < parse->ncandidate; i++) {
		const struct candidate *c = &parse->candidates[i];
		const struct form_field *field = &form->fields[c->field];
		const struct token *token = &parse->tokens[c->first];

		if (field->type != FIELD_INT || c->kind != KIND_BARE || !field->unit ||
			!same_name(field->unit, "BULAN") || !token->digits ||
			!day_instead(parse, c->field, &day) ||
			(date_compare(date_add_months(day, (int)token->number - 1), today) <= 0 &&
				date_compare(date_add_months(day, (int)token->number + 2),
					today) > 0))
			candidate_keep(parse, &kept, c);
	}
	parse->ncandidate = kept;
}

/* "7.4 65": an amount of the form, no day of a month. */
static bool amount_instead(const struct parse *parse, const struct candidate *day)
{
	if (day->type != FIELD_DATE ||
		day->last != day->first + 2u || parse->tokens[day->first + 1u].sep != '.')
		return false;
	for (size_t i = 0; i < parse->ncandidate; i++) {
		const struct candidate *c = &parse->candidates[i];

		if (c->first == day->first && c->last == day->last && c->problem < 0 &&
			c->type == FIELD_AMOUNT)
			return true;
	}
	return false;
}

/* "uk 20.5": a number with a fraction behind the key of another one, which is whole. */
static bool of_whole_number(const struct parse *parse, const struct candidate *c)
{
	const struct form_index *index = parse->index;
	const struct token *next = &parse->tokens[c->first + 1u];

	if (!next->digits || next->spaced || !(next->sep == '.' || next->sep == ',') ||
		c->kind == KIND_KEYED || c->first + 1u >= parse->last || !next[-1].digits ||
		c->first == parse->first || parse_crosses(parse, c->first))
		return false;
	for (const struct lexicon_entry *e = parse->tokens[c->first - 1u].keys; e; e = e->next) {
		if (e->words == 1 && e->class_id == index->key_class && e->number != c->field &&
			index->form->fields[e->number].type == FIELD_INT)
			return true;
	}
	return false;
}

/* "lahir nov 23": a year, in a form about one person. */
static bool behind_month(const struct parse *parse, const struct candidate *c)
{
	return parse->index->form->line_only && c->kind != KIND_KEYED &&
		parse->tokens[c->first].digits && c->last == c->first + 1u &&
		c->type != FIELD_DATE &&
		c->first > parse->first && !parse_crosses(parse, c->first) &&
		token_is(&parse->tokens[c->first - 1u], parse_class(parse, CLASS_MONTH)) &&
		(c->first < parse->first + 2u || !parse->tokens[c->first - 2u].digits);
}

/* "kelahiran 1: bu asri", "mati 1 bayi": how many are told of, in front of the first of them. */
static bool counts_told(const struct parse *parse, const struct candidate *c)
{
	static const enum word_class classes[] = {CLASS_TITLE, CLASS_CHILD};
	const struct token *number = &parse->tokens[c->first], *next = number + 1;

	if (c->first != parse->first || c->last != c->first + 1u || c->kind != KIND_BARE ||
		!number->digits || number->length > 2 || c->last >= parse->last ||
		!parse->index->form->where)
		return false;
	for (size_t i = 0; i < COUNT_OF(classes); i++) {
		if (token_is(next, parse_class(parse, classes[i])))
			return true;
	}
	return next->sep == ':';
}

/* "12/8 13/8": half of a day, in a form whose day must be told, is no age. */
static bool half_of_day(const struct parse *parse, const struct candidate *c)
{
	const struct token *next = &parse->tokens[c->first + 1u];

	if (c->kind != KIND_BARE || c->last != c->first + 1u || c->last >= parse->last ||
		parse->index->form->date_default || next->sep != '/' || next->spaced ||
		!next->digits)
		return false;
	for_candidates(parse, day) {
		if (day->first == c->first && day->last == c->first + 2u && day->problem < 0 &&
			day->type == FIELD_DATE)
			return true;
	}
	return false;
}

/* "nifas 6 minggu", "nifas lebih dari 7 hari": the time behind a key of another number is nobody's
 * age, and no other's. */
static bool counted_by_key(const struct parse *parse, const struct candidate *time)
{
	enum field_type type = time->type;

	if ((type != FIELD_AGE && type != FIELD_INT) || time->kind != KIND_TYPED ||
		time->first == parse->first || parse->tokens[time->first - 1u].digits)
		return false;
	for_candidates(parse, c) {
		if (c->kind == KIND_KEYED && c->problem < 0 && c->first < time->first &&
			c->last == time->last && c->field != time->field &&
			c->type == FIELD_INT)
			return true;
	}
	return false;
}

/* "2 suro": a day of another calendar, whose month nobody counts with; "… hidup 2. lahir …": the
 * next report's number in a list. */
static bool of_what_follows(const struct parse *parse, const struct candidate *c)
{
	const struct token *last = &parse->tokens[c->last - 1u], *next = last + 1;

	if (c->kind != KIND_BARE || !last->digits || last->length > 2)
		return false;
	if (c->last == parse->last)
		return c->last == c->first + 1u && last->length == 1 && next->sep == '.' &&
			parse->index->form->where &&
			token_is_key(next, 1, CLASS_KEYWORD);
	return next->before == BOUND_SOFT &&
		token_is(next, parse_class(parse, CLASS_OTHER_MONTH));
}

/* What stands behind its key is none. */
static bool part_of_other(const struct parse *parse, const struct candidate *c)
{
	if (c->kind == KIND_KEYED)
		return false;
	if (of_whole_number(parse, c) || behind_month(parse, c))
		return true;
	if (c->kind == KIND_BARE)
		return counts_told(parse, c) || half_of_day(parse, c) ||
			of_what_follows(parse, c);
	return counted_by_key(parse, c) || amount_instead(parse, c);
}

static void drop_parts(struct parse *parse)
{
	size_t kept = 0;

	for (size_t i = 0; i < parse->ncandidate; i++) {
		const struct candidate *c = &parse->candidates[i];

		if (!part_of_other(parse, c))
			candidate_keep(parse, &kept, c);
	}
	parse->ncandidate = kept;
}

void others_drop(struct parse *parse)
{
	drop_parts(parse);
	ages_place(parse);
	if (parse->index->months)
		drop_other_ages(parse);
	drop_other_days(parse);
	drop_appointments(parse);
	kin_drop(parse);
	earlier_drop(parse);
}
