/* Two deaths told in one clause: see reader_two.h. */
#include "parsers/reader_two.h"

#include <string.h>

#include "parsers/aside/trial.h"
#include "parsers/dying/death.h"
#include "parsers/parse/scratch.h"
#include "parsers/read/judge.h"
#include "parsers/reader_parts.h"

#define NAME_WORDS  3 /* of somebody */
#define GROUP_WORDS 9 /* title, name and age of the first of them */
#define BESIDE_WORDS 4 /* between them and the word of dying */

enum who { WHO_NOBODY, WHO_MOTHER, WHO_CHILD, WHO_KIN, WHO_NAMED };

/* Somebody among the tokens [first, last): "bu sarmi 30 th", "bayinya", "bayi ny sarmi". */
struct person {
	enum who who;
	size_t first, last, name, name_last; /* no name: both 0 */
};

/* The words of a name. */
static size_t name_ends(const struct parse *parse, size_t at)
{
	size_t end = at;

	while (end < parse->last && end < at + NAME_WORDS && !parse->tokens[end].digits &&
		(end == at || parse->tokens[end].before <= BOUND_SOFT) &&
		!parse->tokens[end].words && !parse->tokens[end].keys)
		end++;
	return end;
}

/* "30 th", "umur 2 hr". */
static size_t age_ends(const struct parse *parse, size_t at)
{
	size_t end = at;

	if (end < parse->last && !parse->tokens[end].digits && parse->tokens[end].keys)
		end++;
	while (end + 1 < parse->last && parse->tokens[end].digits &&
		!clause_ends_before(&parse->tokens[end]) && word_of(parse, end + 1, CLASS_UNIT))
		end += 2;
	return end > at + 1 ? end : at;
}

/* "bayi", "bayi dlm kandungan": the words that say what the child is. */
static size_t child_ends(const struct parse *parse, size_t at)
{
	const struct form_index *story = story_form(parse);
	size_t end = story ? phrase_at(parse, at, story->words[story->by_order[0]], NULL) : 0;
	size_t word = phrase_of(parse, at, CLASS_CHILD);

	return end > word ? end : word;
}

static void take_name(const struct parse *parse, struct person *person)
{
	size_t end = name_ends(parse, person->last);

	if (end == person->last)
		return;
	person->name = person->last;
	person->name_last = person->last = end;
}

/* Who begins at a token. */
static struct person person_at(const struct parse *parse, size_t at)
{
	struct person person = {.first = at, .last = at + 1};
	const char *title = NULL;
	size_t end = phrase_at(parse, at, parse_class(parse, CLASS_TITLE), &title), behind;

	if (word_of(parse, at, CLASS_KIN) && !(end && name_ends(parse, end) > end)) {
		person.who = WHO_KIN; /* "suaminya", "suami bu sri" */
		end = phrase_at(parse, at + 1, parse_class(parse, CLASS_TITLE), NULL);
		person.last = end && name_ends(parse, end) > end ? end : at + 1;
		end = person.last > at + 1 ? end : 0;
	} else if (end && same_name(title, "bayi")) {
		person.who = WHO_CHILD;
		person.last = end;
	} else if (phrase_of(parse, at, CLASS_CHILD)) {
		person.who = WHO_CHILD;
		person.last = child_ends(parse, at);
		end = phrase_at(parse, person.last, parse_class(parse, CLASS_TITLE), &title);
		if (end && same_name(title, "ibu"))
			person.last = end;
	} else if (end && (behind = name_ends(parse, end)) > end) {
		person.who = same_name(title, "ibu") ? WHO_MOTHER : WHO_NAMED;
		person.last = end;
	} else {
		person.who = word_of(parse, at, CLASS_MOTHER) ? WHO_MOTHER : WHO_NOBODY;
		return person;
	}
	if (end)
		take_name(parse, &person);
	person.last = age_ends(parse, person.last);
	return person;
}

/* "ibu hamil dan …": what she is, behind a word for her without a name. */
static size_t state_ends(const struct parse *parse, const struct person *person)
{
	const struct token *token = &parse->tokens[person->last];

	return person->last + 1 < parse->last && person->who == WHO_MOTHER && !person->name &&
		token->before <= BOUND_SOFT && !token->digits && token->words &&
		!word_of(parse, person->last, CLASS_AND) &&
		!word_of(parse, person->last, CLASS_DELIVERY) &&
		!death_told_at(parse, person->last) ? person->last + 1 : person->last;
}

static bool joins_two(const struct parse *parse, size_t at)
{
	char sep = parse->tokens[at].sep;

	return word_of(parse, at, CLASS_AND) || sep == '&' || sep == '+';
}

/* Somebody else, or how somebody is: what dies behind it is not said of those in front. */
static bool turns_away(const struct parse *parse, size_t at)
{
	static const enum word_class others[] = {
		CLASS_TITLE, CLASS_CHILD, CLASS_MOTHER, CLASS_KIN, CLASS_OUTCOME, CLASS_NEAR_DEATH};

	for (size_t i = 0; i < COUNT_OF(others); i++)
		if (phrase_of(parse, at, others[i]))
			return true;
	return clause_ends_before(&parse->tokens[at]);
}

/* "MATI IBU SARMI 30 TH 12/8 RS NIFAS DAN BAYI …": right behind the word of dying, with nobody else
 * and no end of a sentence up to the token at. */
static struct person reported_before(const struct parse *parse, size_t at)
{
	size_t died = phrase_of(parse, 0, CLASS_DEATH);
	struct person person = died && died < at ? person_at(parse, died)
						  : (struct person){.who = WHO_NOBODY};

	for (size_t i = person.last; person.who != WHO_NOBODY && i < at; i++)
		if (sentence_begins(parse, i) || phrase_of(parse, i, CLASS_TITLE) ||
			word_of(parse, i, CLASS_CHILD) || word_of(parse, i, CLASS_MOTHER) ||
			word_of(parse, i, CLASS_KIN) || death_told_at(parse, i))
			person.who = WHO_NOBODY;
	person.last = at;
	return person;
}

/* The one who is joined to the next by the token at; WHO_NOBODY: none. */
static struct person person_before(const struct parse *parse, size_t at)
{
	struct person coded = reported_before(parse, at);
	size_t from = at > GROUP_WORDS ? at - GROUP_WORDS : 0;

	for (size_t i = from; i < at; i++) {
		struct person person = person_at(parse, i);

		if (person.who != WHO_NOBODY &&
			(person.last == at || state_ends(parse, &person) == at)) {
			person.last = at;
			return person;
		}
	}
	return coded;
}

/* The word of dying that is said of both: behind them in their clause, or a few words in front. */
static bool both_die(const struct parse *parse, const struct person *a, const struct person *b)
{
	size_t from = a->first > BESIDE_WORDS ? a->first - BESIDE_WORDS : 0;

	if (b->last < parse->last && phrase_of(parse, b->last, CLASS_OUTCOME) &&
		!death_told_at(parse, b->last))
		return false; /* "mati bu ratna dan bayinya selamat" */

	for (size_t i = b->last; i < parse->last && i <= b->last + BESIDE_WORDS; i++) {
		if (death_told_at(parse, i))
			return !clause_ends_before(&parse->tokens[i]);
		if (turns_away(parse, i))
			break;
	}
	for (size_t i = a->first; i-- > from && !sentence_begins(parse, i + 1);)
		if (death_told_at(parse, i))
			return true;
	return false;
}

/* Mother and child, her and her husband, or two by their names. */
static bool are_two(const struct person *a, const struct person *b)
{
	if (a->who == WHO_KIN || b->who == WHO_KIN)
		return (a->who == WHO_CHILD) != (b->who == WHO_CHILD) ||
			(a->who == WHO_MOTHER && a->name) || (b->who == WHO_MOTHER && b->name);
	return a->who != WHO_NOBODY && b->who != WHO_NOBODY &&
		((a->who == WHO_CHILD) != (b->who == WHO_CHILD) || (a->name && b->name));
}

static const char *words_of_text(
	const struct intent_call *call, const struct parse *parse, size_t first, size_t last)
{
	size_t start = parse->tokens[first].start;

	return arena_strndup(call->arena, call->text + start, parse->tokens[last - 1].end - start);
}

/* How one of them is told alone: a mother and her child without a name by the other's. */
static const char *person_told(const struct intent_call *call, const struct parse *parse,
	const struct person *own, const struct person *other)
{
	const char *words = words_of_text(call, parse, own->first, own->last), *name;

	if (own->name || !other->name || own->who == WHO_NAMED || other->who == WHO_NAMED)
		return words;
	name = words_of_text(call, parse, other->name, other->name_last);
	if (own->who == WHO_MOTHER && other->who == WHO_KIN)
		return words;
	if (own->who == WHO_MOTHER)
		return arena_printf(call->arena, "ibu %s", name);
	return arena_printf(call->arena, "%s bu %s", words, name);
}

static const char *text_of(const struct intent_call *call, const struct parse *parse,
	const struct person *own, const struct person *other)
{
	const struct person *left = own->first < other->first ? own : other;
	const struct person *right = left == own ? other : own;

	return arena_printf(call->arena, "%.*s%s%s", (int)parse->tokens[left->first].start,
		call->text, person_told(call, parse, own, other),
		call->text + parse->tokens[right->last - 1].end);
}

/* She died with her baby, or nothing but who she is to the child was told of her. */
static bool mother_of(
	const struct parse *parse, const struct person *own, const struct person *other)
{
	const char *kind = token_meaning(
		&parse->tokens[other->first], parse_class(parse, CLASS_CHILD));

	if (own->name && other->name && !same_name(parse->tokens[own->name].text,
			parse->tokens[other->name].text))
		return false; /* "bayi ny sri dan ny tini" */
	return own->who == WHO_MOTHER && other->who == WHO_CHILD &&
		((kind && *kind == '1') || (!own->name && !other->name));
}

struct two_dead two_dead_find(const struct intent_call *call, size_t count)
{
	struct parse *parse = &call->scratch->parse;
	struct two_dead two = {.texts = {NULL, NULL}};

	if (count > TOKENS_MAX)
		return two;
	parse->text = call->text;
	parse_window(parse, 0, count);
	for (size_t i = 1; i < count; i++) {
		bool word = word_of(parse, i, CLASS_AND);
		struct person a, b;

		if (!joins_two(parse, i) || i + word >= count ||
			clause_ends_before(&parse->tokens[i]))
			continue;
		b = person_at(parse, i + word + word_of(parse, i + word, CLASS_ORDINAL));
		a = b.who == WHO_NOBODY ? b : person_before(parse, i);
		if (!are_two(&a, &b) || !both_die(parse, &a, &b))
			continue;
		if (b.who == WHO_CHILD) { /* what is told of a birth is the child's */
			const struct person mother = a;

			a = b;
			b = mother;
		}
		two.texts[0] = text_of(call, parse, &a, &b);
		two.texts[1] = text_of(call, parse, &b, &a);
		two.mother = mother_of(parse, &b, &a);
		break;
	}
	return two;
}

/* A death among the reports. */
static bool tells_death(const struct reading *reading)
{
	for (size_t i = 0; i < reading->nreport; i++)
		if (reading->reports[i].form->story &&
			reading->reports[i].status != STATUS_REFUSED &&
			!report_is_nihil(&reading->reports[i]))
			return true;
	return false;
}

static bool same_value(const struct report *a, const struct report *b, const char *field)
{
	const char *left = field ? report_text(a, field) : NULL,
		   *right = field ? report_text(b, field) : NULL;

	return left == right || (left && right && same_name(left, right));
}

/* One death, told twice: of who is named or said to be something. */
static bool same_death(const struct report *a, const struct report *b)
{
	return a->form == b->form &&
		(report_text(a, a->form->kind) || report_text(a, a->form->self)) &&
		same_value(a, b, a->form->kind) && same_value(a, b, a->form->self) &&
		same_value(a, b, a->form->mother);
}

/* The mother's is a mother's death, where nothing else was said of it, and a story as her
 * child's. */
static void mother_judged(
	const struct intent_call *call, const struct reading *child, struct reading *own)
{
	for (size_t i = 0; i < own->nreport; i++) {
		struct report *report = &own->reports[i];
		const char *kind = report->form->story ? report->form->kind : NULL;

		if (!kind)
			continue;
		for (size_t k = 0; k < child->nreport; k++)
			report->story |= child->reports[k].story;
		if (!report_value(report, kind)) {
			report_forget(report, kind, true);
			report_set(report, call->arena,
				&(struct value){.field = kind, .text = "IBU"});
		}
		judge_after_reading(call->reader, call->arena, call->context, NULL, report);
	}
}

/* Adds the deaths that the first text does not tell; what they are linked to it has, too. */
static void add_others(struct reading *all, const struct reading *other)
{
	for (size_t i = 0; i < other->nreport; i++) {
		const struct report *report = &other->reports[i];
		const struct form *cause =
			report->linked >= 0 ? other->reports[report->linked].form : NULL;
		bool again = !report->form->story;

		for (size_t k = 0; k < all->nreport && !again; k++)
			again = same_death(&all->reports[k], report);
		if (again || !reading_room(all, 1))
			continue;
		part_add(all, report, 0);
		all->reports[all->nreport - 1].linked = -1;
		for (size_t k = 0; cause && k + 1 < all->nreport; k++)
			if (all->reports[k].form == cause)
				all->reports[all->nreport - 1].linked = (int)k;
	}
}

bool read_two_dead(const struct intent_call *call, const struct two_dead *two, struct reading *out)
{
	struct reading *each;

	if (!two->texts[0] || out->intent != INTENT_REPORT || !tells_death(out))
		return false;
	each = arena_raw(call->arena, 2 * sizeof(*each));
	for (size_t i = 0; i < 2; i++) {
		each[i].training = out->training;
		part_read(call, two->texts[i], 0, strlen(two->texts[i]), &each[i]);
		if (each[i].intent != INTENT_REPORT || !tells_death(&each[i]) ||
			!parse_step(&call->scratch->parse, 0))
			return false;
	}
	if (two->mother)
		mother_judged(call, &each[0], &each[1]);
	add_others(&each[0], &each[1]);
	if (each[0].nreport < 2 || each[0].nreport < out->nreport)
		return false;
	each[0].text = call->text;
	reading_copy(out, &each[0]);
	return true;
}
