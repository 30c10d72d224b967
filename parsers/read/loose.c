/* Numbers beside a key, a word or another number that were not told apart from it, and counts in
 * parts of which nobody knows whether they add up: asked.
 */
#include "parsers/read/doubts.h"

#include <stdlib.h>
#include <string.h>

#include "parsers/field/field.h"
#include "parsers/field/hedge.h"
#include "parsers/form/form.h"
#include "parsers/parse/keyword.h"
#include "parsers/parse/look.h"
#include "parsers/read/judge.h"
#include "parsers/read/names.h"

#define CHILD_YEARS 10
#define DAYS_MOST 31
#define ROW_LEAST 4 /* S K D N */
#define WORDS_BETWEEN 2 /* a key and its number */

/* A field of counts (else of other numbers) whose key, of so many words, stands at a token that no
 * value took; NULL. */
static const struct form_field *number_key(
	const struct parse *parse, size_t at, size_t words, bool counts)
{
	const struct form_field *fields = parse->index->form->fields;
	const struct lexicon_entry *e = token_keys(&parse->tokens[at], words);

	while (e && (e->class_id != parse->index->key_class || e->words != words ||
		!field_is_number(fields[e->number].type) ||
		(fields[e->number].type == FIELD_COUNT) != counts))
		e = e->next;
	for (size_t i = 0; e && i < words; i++)
		e = at + i < parse->last && parse->taken[at + i] == -1 ? e : NULL;
	return e ? &fields[e->number] : NULL;
}

/* Nothing but values stands beside a key: no word of which it may be a part: "bidan datang". */
static bool key_apart(const struct parse *parse, size_t at, size_t end)
{
	const struct token *next = &parse->tokens[end];

	return (at == parse->first || parse_starts_segment(parse, at) ||
			parse->taken[at - 1] >= 0) &&
		(end >= parse->last || parse_starts_segment(parse, end) || next->newline ||
			parse->taken[end] >= 0 || next->digits || next->length == 1);
}

/* "vitamin a bayi 6 balita 30", "stunting laki 2": a number behind a key and a word or two. */
static bool number_behind(const struct parse *parse, size_t at, size_t end)
{
	static const enum word_class other[] = {
		CLASS_ASIDE, CLASS_DAY, CLASS_HOUR, CLASS_UNIT, CLASS_PREDICATE};
	size_t words = 0;

	if (!(at == parse->first || parse_starts_segment(parse, at) || parse->taken[at - 1] >= 0))
		return false;
	for (; end < parse->last && words <= WORDS_BETWEEN; end++, words++) {
		if (parse->taken[end] != -1 || parse_starts_segment(parse, end) ||
			parse->tokens[end].newline)
			return false;
		if (parse->tokens[end].digits)
			return words > 0 && !unit_at(parse, end + 1);
		for (size_t i = 0; i < COUNT_OF(other); i++) {
			if (word_of(parse, end, other[i]))
				return false;
		}
	}
	return false;
}

/* "W2 A l5 X100": of a form where what is not told is 0, a key without its number. "bgm O 2",
 * "stunting 1/2": of a session, where the key stands alone. */
static void find_empty(struct parse *parse, struct report *report)
{
	const struct form *form = parse->index->form;

	if (!form->weekly && (parse->index->posyandu < 0 || form->line_only))
		return;
	for (size_t i = parse->first; i < parse->last; i++) {
		const struct form_field *field = NULL;
		size_t words = form->weekly ? 1 : LEXICON_WORDS;

		if (parse->taken[i] != -1 || keyword_at(parse, i).end) /* not of "nihil w2" */
			continue;
		for (; words > 0 && !field; words--)
			field = number_key(parse, i, words, true);
		if (!field || (!form->weekly && (form_requires(form, field->name) ||
			report_value(report, field->name) ||
			!(key_apart(parse, i, i + words + 1) ||
				number_behind(parse, i, i + words + 1)))))
			continue;
		report_ambiguous(report, field);
		i += words;
	}
}

/* "uk 9 bulan": a key with a number behind it that is none of its values. */
static void find_keys(struct parse *parse, struct report *report)
{
	for (size_t i = parse->first; parse->index->story_class < 0 && i + 1 < parse->last; i++) {
		const struct form_field *field = NULL;
		size_t words = LEXICON_WORDS;

		if (parse->taken[i] != -1 || !parse->tokens[i].keys ||
			keyword_at(parse, i).end || phrase_of(parse, i, CLASS_OWNER) ||
			within_phrase(parse, i))
			continue;
		for (; words > 0 && !field; words--)
			field = number_key(parse, i, words, false);
		words++;
		if (!field || report_value(report, field->name) || i + words >= parse->last ||
			parse->taken[i + words] != -1 || !parse->tokens[i + words].digits ||
			fraction_whole(parse, i + words) || /* "uk 20.5" is no week */
			unit_of_child(field, unit_at(parse, i + words + 1)) ||
			parse_crosses(parse, i + words))
			continue;
		report_ambiguous(report, field);
		i += words;
	}
}

bool plain_number(const struct parse *parse, const struct candidate *c)
{
	enum field_type type = candidate_field(parse, c)->type;

	return c->problem < 0 &&
		(type == FIELD_INT || type == FIELD_AMOUNT || type == FIELD_LENGTH);
}

/* A number that is usual for the field, or possible where nothing is usual. */
static bool is_usual(const struct form_field *field, double value)
{
	double least = field->usual_max > 0 ? field->usual_min : field->min,
	       most = field->usual_max > 0 ? field->usual_max : field->max;

	return value >= least && value <= most;
}

/* "kf 2-3", "lila 24/25", "uk 20-21", "28/30 th": a second number of the same kind touches it. What
 * it was taken for by its place alone is none. */
static void find_joined(struct parse *parse, struct report *report)
{
	for (size_t i = 0; i < parse->nchosen; i++) {
		const struct candidate *c = chosen_at(parse, i), *other;
		const struct form_field *field = candidate_field(parse, c);
		const struct token *next = &parse->tokens[c->last];

		if (!plain_number(parse, c) || c->last >= parse->last || !next->digits ||
			next->spaced || !next->sep || !strchr("/-", next->sep) ||
			!next[-1].digits || !is_usual(field, (double)next->number) ||
			!(c->kind == KIND_KEYED ||
				form_role_is(parse->index->form->age, field->name)))
			continue;
		other = parse->taken[c->last] < 0 ? NULL
			: &parse->candidates[parse->taken[c->last]];
		if (other && (other->kind != KIND_BARE || !plain_number(parse, other)))
			continue;
		report_ambiguous(report, field);
		if (other)
			report_set(report, parse->arena,
				&(struct value){.field = candidate_field(parse, other)->name});
	}
}

/* A key of another field that has no value of its own: "umur 5" of sick people; not the last key of
 * a row, "BB/TB 8.2/70.5". */
static bool other_key(const struct parse *parse, size_t at, const struct candidate *c)
{
	const struct lexicon_entry *e = parse->tokens[at].keys;

	while (e && !(e->words == 1 && e->class_id == parse->index->key_class &&
		e->number != c->field))
		e = e->next;
	return e != NULL && !(at > parse->first && key_of(parse, parse->index, at - 1));
}

/* "hamil … td 90": by its place another field's, and it stands behind a key of its own. */
static void find_of_key(struct parse *parse, struct report *report)
{
	for (size_t i = 0; !parse->strong && i < parse->nchosen; i++) {
		const struct candidate *c = chosen_at(parse, i);
		size_t key = c->first - 1u;
		const struct form_field *own;
		const struct lexicon_entry *e;

		if (!plain_number(parse, c) || c->kind != KIND_BARE || c->first == parse->first ||
			parse->tokens[key].length < 2 ||
			(parse->taken[key] != -1 && !(parse->taken[key] >= 0 && /* "td": tadi */
				parse->candidates[parse->taken[key]].type ==
					FIELD_DATE)) ||
			parse->tokens[c->first].before > BOUND_SOFT ||
			parse->tokens[c->first].newline || !other_key(parse, key, c))
			continue;
		for (e = parse->tokens[key].keys; e->class_id != parse->index->key_class ||
			e->words != 1;)
			e = e->next;
		own = &parse->index->form->fields[e->number];
		if ((!field_is_number(own->type) && own->type != FIELD_PATTERN) ||
			report_value(report, own->name))
			continue;
		report_set(report, parse->arena,
			&(struct value){.field = candidate_field(parse, c)->name});
		report_ambiguous(report, own);
	}
}

/* "bcg belum dpt 1 sudah": a word that says no, behind one of a list and in front of another. */
static void find_denied(struct parse *parse, struct report *report)
{
	for (size_t i = 0; i < parse->nchosen; i++) {
		const struct candidate *c = chosen_at(parse, i);
		const struct form_field *field = candidate_field(parse, c);
		const struct token *next = &parse->tokens[c->last];

		if (field->type == FIELD_LIST && c->last < parse->last &&
			form_requires(parse->index->form, field->name) &&
			next->before <= BOUND_SOFT && parse->taken[c->last] == -1 &&
			token_is(next, parse_class(parse, CLASS_NEGATION)))
			report_ambiguous(report, field);
	}
}

/* "laporan lahir bulan juli: … 12/8": the month that is told is not the day's. */
static void find_month(struct parse *parse, struct report *report)
{
	const char *date = report_text(report, parse->index->form->date);
	struct date day;

	if (!date || parse->index->posyandu >= 0 || parse->index->form->weekly ||
		!date_parse(date, &day))
		return;
	for (size_t i = parse->first; i < parse->last; i++) {
		const char *month = parse->taken[i] == -1
			? token_meaning(&parse->tokens[i], parse_class(parse, CLASS_MONTH)) : NULL;

		if (month && parse->tokens[i].length > 3 && atoi(month) != day.month &&
			!(i > parse->first &&
				token_is(&parse->tokens[i - 1], parse_class(parse, CLASS_TITLE))))
			report_ambiguous(report, form_field(parse->index->form,
				parse->index->form->date));
	}
}

/* "djj 140", "tfu 20" in a form about a person: by its place a value, and yet another word's. */
static void find_of_word(struct parse *parse, struct report *report)
{
	bool person = parse->index->form->line_only && !parse->index->form->outbreak;

	for (size_t i = 0; parse->index->form->line_only && !parse->strong &&
		i < parse->nchosen; i++) {
		const struct candidate *c = chosen_at(parse, i);
		const struct token *before = &parse->tokens[c->first - 1u];

		if (plain_number(parse, c) && c->kind == KIND_BARE && c->first > parse->first &&
			parse->taken[c->first - 1] == -1 && !before->digits &&
			before->length > 1 && before[1].before <= BOUND_SOFT &&
			!before[1].newline && ((person && !token_means(parse, c->first - 1u)) ||
				other_key(parse, c->first - 1u, c)))
			report_ambiguous(report, candidate_field(parse, c));
	}
}

/* "dpt 1 2 3": behind a word that ends in a number another one that nothing took. */
static void find_numbered(struct parse *parse, struct report *report)
{
	for (size_t i = 0; i < parse->nchosen; i++) {
		const struct candidate *c = chosen_at(parse, i);
		const struct token *next = &parse->tokens[c->last];

		if (c->type == FIELD_LIST && c->last < parse->last &&
			next[-1].digits && next->digits && parse->taken[c->last] == -1 &&
			next->before <= BOUND_MEDIUM && !next->newline)
			report_ambiguous(report, candidate_field(parse, c));
	}
}

/* "by ny rina lahir 9/8 umur 3 hari": of who lived for a while, the day of birth alone. */
static void find_birth(struct parse *parse, struct report *report)
{
	const char *age = parse->index->story_class >= 0 && parse->index->form->age
		? report_text(report, parse->index->form->age) : NULL;

	if (age && (same_name(age, "P0D") || (strchr(age, 'Y') && atoi(age + 1) >= CHILD_YEARS)))
		age = NULL; /* "melahirkan tgl 13/8" of a mother */
	for (size_t i = 0; age && i < parse->nchosen; i++) {
		const struct candidate *c = chosen_at(parse, i);
		size_t day = c->first; /* "lahir tgl 9/8" */

		while (day + 1u < c->last && !parse->tokens[day].digits)
			day++;
		if (c->type == FIELD_DATE && c->problem < 0 &&
			parse->tokens[day].digits && other_day(parse, day))
			report_ambiguous(report, candidate_field(parse, c));
	}
}

/* The values beside it stand where the order of the form has them. */
static bool in_order(const struct parse *parse, const struct candidate *c)
{
	int own = parse->index->order[c->field];

	for (size_t i = 0; i < parse->nchosen; i++) {
		const struct candidate *other = &parse->candidates[parse->chosen[i]];
		int order = parse->index->order[other->field];

		if (order >= 0 && ((other->last <= c->first && order > own) ||
			(other->first >= c->last && order < own)))
			return false;
	}
	return true;
}

/* The usual bare reading of a field at a token, or of any field (-1) but one; NULL. */
static const struct candidate *bare_at(
	const struct parse *parse, size_t at, int field, int but)
{
	for (size_t k = 0; k < parse->ncandidate; k++) {
		const struct candidate *c = &parse->candidates[k];
		enum field_type type = candidate_field(parse, c)->type;

		if (c->first == at && c->problem < 0 && c->kind == KIND_BARE &&
			c->worth >= WORTH_NUMBER && c->field != but &&
			(field < 0 || c->field == field) &&
			(type == FIELD_INT || type == FIELD_LENGTH))
			return c;
	}
	return NULL;
}

/* "bu kasmi 38": the age of who is named. */
static bool behind_name(const struct parse *parse, const struct candidate *c)
{
	short before = c->first > parse->first ? parse->taken[c->first - 1] : -1;

	return before >= 0 && !parse_starts_segment(parse, c->first) &&
		candidate_field(parse, &parse->candidates[before])->type == FIELD_NAME;
}

/* One stands in front of the other, and the form has them the other way round. */
static bool crossed(
	const struct parse *parse, const struct candidate *a, const struct candidate *b)
{
	return (a->first < b->first) !=
		(parse->index->order[a->field] < parse->index->order[b->field]);
}

/* What else a number is that fills a field whose place it does not stand in: a value of the field
 * that is due there, usual or not; NULL. */
static const struct candidate *due_there(const struct parse *parse, const struct candidate *c)
{
	for_candidates(parse, o) {
		if (o->first == c->first && o->last == c->last && o->field != c->field &&
			o->kind == KIND_BARE && o->problem < 0 &&
			parse->index->order[o->field] >= 0 && !chosen_of(parse, o->field) &&
			in_order(parse, o))
			return o;
	}
	return NULL;
}

/* "#44#" behind the sex may be the mother's years or the child's length, when it is the only such
 * number; two of them may be each other's. */
void misplaced_find(struct parse *parse, struct report *report)
{
	for (size_t i = 0; i < parse->nchosen; i++) {
		const struct candidate *c = &parse->candidates[parse->chosen[i]], *other, *told;

		if (c->kind != KIND_BARE || in_order(parse, c))
			continue; /* nearly always */
		other = c->problem < 0 && !behind_name(parse, c) &&
				bare_at(parse, c->first, c->field, -1)
			? bare_at(parse, c->first, -1, c->field) : NULL;
		if (!other && plain_number(parse, c) && due_there(parse, c))
			report_ambiguous(report, candidate_field(parse, c)); /* "siti 48 12/8" */
		if (!other)
			continue;
		told = chosen_of(parse, other->field);
		if (!told) {
			report_ambiguous(report, candidate_field(parse, c));
		} else if (told->kind == KIND_BARE && bare_at(parse, told->first, c->field, -1) &&
			crossed(parse, told, c)) {
			report_ambiguous(report, candidate_field(parse, c));
			report_ambiguous(report, candidate_field(parse, told));
		}
	}
}

void loose_find(struct parse *parse, struct report *report)
{
	find_empty(parse, report);
	find_keys(parse, report);
	find_joined(parse, report);
	find_of_key(parse, report);
	find_of_word(parse, report);
	find_numbered(parse, report);
	find_denied(parse, report);
	find_month(parse, report);
	find_birth(parse, report);
}

/* How many words the key of a count has, and where it begins: behind its number or in front of it,
 * which may be "21" or "2l". */
static size_t key_words(const struct parse *parse, const struct candidate *c, size_t *from)
{
	long value;
	size_t number = number_at(parse, c->first, &value);

	*from = c->first + number < c->last ? c->first + number : c->first;
	if (*from > c->first)
		return c->last - *from;
	for (size_t i = c->first; i < c->last; i++) {
		if (i + number_at(parse, i, &value) == c->last)
			return i - c->first;
	}
	return c->last - c->first;
}

/* Both are told by the same words: "lansia 12", "3 lansia". */
static bool same_key(
	const struct parse *parse, const struct candidate *a, const struct candidate *b)
{
	size_t first_a, first_b, words = key_words(parse, a, &first_a);

	if (words != key_words(parse, b, &first_b))
		return false;
	for (size_t i = 0; i < words; i++) {
		if (!same_name(parse->tokens[first_a + i].text, parse->tokens[first_b + i].text))
			return false;
	}
	return true;
}

/* "bayi 7 (0-6 bln 3, 6-11 bln 4)": the sum stands beside its parts. */
static bool sum_told(const struct parse *parse, const struct form_field *field)
{
	double sum = 0, most = 0;
	size_t count = 0;

	for (size_t i = 0; i < parse->nchosen; i++) {
		const struct candidate *c = &parse->candidates[parse->chosen[i]];
		const char *text;
		double value;

		if (candidate_field(parse, c) != field || !maybe_text(c->value, &text))
			continue;
		value = strtod(text, NULL);
		most = value > most ? value : most;
		sum += value;
		count++;
	}
	return count > 2 && most > 0 && sum <= 2 * most && sum >= 2 * most;
}

/* Parts add up when each has a key of its own; the same key twice is a contradiction or, when both
 * say the same, perhaps said again: nobody knows whether they add up. */
void doubled_find(struct parse *parse, struct report *report)
{
	for (size_t i = 0; i < parse->nchosen; i++) {
		const struct candidate *a = &parse->candidates[parse->chosen[i]];

		for (size_t j = 0; j < i && candidate_field(parse, a)->adds; j++) {
			const struct candidate *b = &parse->candidates[parse->chosen[j]];

			if (a->field == b->field && (same_key(parse, a, b) ||
				sum_told(parse, candidate_field(parse, a))))
				report_ambiguous(report, candidate_field(parse, a));
		}
	}
}

bool day_opens_row(const struct parse *parse, const struct report *report)
{
	const struct form *form = parse->index->form;
	long day = 0;
	size_t row = 0;

	if (!form->jumps || !form->date || report_value(report, form->date))
		return false;
	for (size_t i = parse->first; i < parse->last; i++) {
		const struct candidate *c = parse->taken[i] >= 0
			? &parse->candidates[parse->taken[i]] : NULL;

		if (!c || c->kind != KIND_BARE || candidate_field(parse, c)->type != FIELD_COUNT)
			continue;
		if (row++ == 0)
			day = parse->tokens[i].number;
		else if (row <= ROW_LEAST && (parse->tokens[i].number <= day ||
			(parse->tokens[i].sep == '/' && !parse->tokens[i].spaced)))
			return false;
	}
	return row > ROW_LEAST && day >= 1 && day <= DAYS_MOST;
}
