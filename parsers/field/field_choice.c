/* Choices by their words, with one slip in long words, and with the names that may follow a word.
 */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "parsers/dying/death.h"
#include "parsers/field/field.h"
#include "parsers/parse/clause.h"

#define TAIL_TOKENS 4
#define SLIP_LETTERS 5
#define PHRASE_WORTH 4 /* of each further word that says what the report is about */

/* Text that nothing else means: it may belong to the place or person named in front of it. */
static bool plain_word(const struct parse *parse, size_t i)
{
	return !parse->tokens[i].digits && !token_means(parse, i);
}

static size_t tail_end(const struct parse *parse, size_t end)
{
	size_t first = end;

	while (end < parse->last && end < first + TAIL_TOKENS &&
		!parse_starts_segment(parse, end) &&
		!token_is(&parse->tokens[end], parse_class(parse, CLASS_PREDICATE)) &&
		(plain_word(parse, end) ||
			((parse->strong || end == first) &&
				token_is(&parse->tokens[end], parse_class(parse, CLASS_TITLE)))))
		end++;
	return end;
}

/* A word alone between its separators may be short: H, M, L, P. */
static bool stands_alone(const struct parse *parse, size_t first, size_t end)
{
	return parse_starts_segment(parse, first) &&
		(end == parse->last || parse_starts_segment(parse, end));
}

/* The choice is written as a letter of its own: L, P. */
static bool is_letter_choice(const struct form_field *field, char letter)
{
	for (size_t i = 0; i < field->nchoice; i++) {
		if (tolower((unsigned char)field->choices[i][0]) == letter &&
			field->choices[i][1] == '\0')
			return true;
	}
	return false;
}

static int word_worth(
	const struct parse *parse, const struct form_field *field, size_t at, size_t end)
{
	const struct token *token = &parse->tokens[at];
	bool single = token->length == 1 && end == at + 1;

	if (single && stands_alone(parse, at, end))
		return WORTH_WORD;
	if (single)
		return is_letter_choice(field, token->text[0]) ? WORTH_LETTER : 0;
	if (end == at + 1 && token_is(token, parse_class(parse, CLASS_FILLER)) &&
		!stands_alone(parse, at, field->tail ? tail_end(parse, end) : end))
		return WORTH_LETTER; /* "dr" is from, or with a name a doctor */
	return WORTH_WORD;
}

/* tail: it may be followed by a name, as the "dr." of "#dr. Budi bidan#". */
static bool sure_word(const struct parse *parse, size_t at, size_t end, bool tail)
{
	if (tail && end == at + 1 && end < parse->last && parse->tokens[end].sep == '.' &&
		tail_end(parse, end) > end &&
		(at == parse->first || !parse->tokens[at - 1].phrases[0]))
		return true; /* with its point a title: "rumah dr. ani", but "rsud dr. Soedomo" */
	if (parse->strong && (stands_alone(parse, at, end) || (tail &&
		parse_starts_segment(parse, at) && tail_end(parse, end) > end)))
		return true;
	return end > at + 1 || (parse->tokens[at].length > 1 &&
		!token_is(&parse->tokens[at], parse_class(parse, CLASS_FILLER)));
}

static const char *own_choice(const struct form_field *field, const char *meaning)
{
	for (size_t i = 0; i < field->nchoice; i++) {
		if (same_name(field->choices[i], meaning))
			return field->choices[i];
	}
	return NULL;
}

static void choice_add(struct parse *parse, int f, size_t key, size_t at, size_t end,
	const char *value, int worth, const char *why, unsigned flags)
{
	const struct form_field *field = &parse->index->form->fields[f];
	size_t last = field->tail ? tail_end(parse, end) : end;
	struct candidate *c;

	if (keyed(key, at))
		worth = WORTH_KEYED;
	worth += WORTH_TOKEN * (int)(end - key);
	for (size_t stop = end; stop <= last; stop = stop < last ? last : last + 1) {
		c = candidate_add(parse, key, stop, f, worth, value, why);
		c->kind = keyed(key, at) ? KIND_KEYED : KIND_TYPED;
		c->flags |= (unsigned char)flags;
	}
}

/* "di rumah-bidan", "rumah sakit-dr. Budi": a sign within a phrase may part two fields. */
static void add_first_words(struct parse *parse, int f, size_t key, size_t at, size_t end)
{
	for (size_t stop = at + 1; stop < end; stop++) {
		const struct token *token = &parse->tokens[at];
		const struct lexicon_entry *e =
			stop > at + 1 ? token->phrases[stop - at - 2] : token->words;

		if (parse->tokens[stop].sep != '-' && parse->tokens[stop].sep != '_')
			continue;
		while (e && (e->class_id != parse->index->words[f] || e->words != stop - at))
			e = e->next;
		if (e)
			choice_add(parse, f, key, at, stop, e->canonical, WORTH_WORD,
				"its first words, when the sign parts fields", 0);
	}
}

/* A form without words of its own for a field: the choices themselves. */
static void field_choice_bare(struct parse *parse, int f, size_t key, size_t at)
{
	const struct token *token = &parse->tokens[at];
	const char *choice = choice_spelt(&parse->index->form->fields[f], token);

	if (choice)
		choice_add(parse, f, key, at, at + 1, choice, WORTH_WORD, "one of its choices",
			token->length > 1 ? FLAG_SURE : 0);
}

/* "ibu" is a title in front of a name in a story, and somebody's mother in "ibu saya". */
static bool addressed(const struct parse *parse, size_t at, size_t end)
{
	const char *title = NULL;

	if (end != at + 1 || end >= parse->last || parse->tokens[end].before > BOUND_SOFT ||
		(parse->first > 0 && at == parse->first) ||
		!phrase_at(parse, at, parse_class(parse, CLASS_TITLE), &title) ||
		!same_name(title, "ibu"))
		return false;
	return token_is(&parse->tokens[end], parse_class(parse, CLASS_MINE)) ||
		plain_word(parse, end);
}

/* "katmi istri pak slamet": his is a title, and it is not he who died. */
static bool relative_titled(const struct parse *parse, size_t at, size_t end)
{
	const char *title = NULL;

	return at > parse->first && kin_before(parse, at) &&
		phrase_at(parse, at, parse_class(parse, CLASS_TITLE), &title) == end &&
		same_name(title, "pria");
}

/* ", bayi selamat": the child lives. */
static bool lives(const struct parse *parse, size_t at, size_t end)
{
	const char *outcome = NULL;

	return end < parse->last && parse->tokens[end].before <= BOUND_SOFT &&
		token_is(&parse->tokens[at], parse_class(parse, CLASS_CHILD)) &&
		!negated(parse, end) &&
		phrase_at(parse, end, parse_class(parse, CLASS_OUTCOME), &outcome) &&
		same_name(outcome, "HIDUP");
}

/* "… bayi meninggal": whoever stands right in front of the word of dying. */
static int dies_next(const struct parse *parse, size_t end)
{
	return end < parse->last && parse->tokens[end].before <= BOUND_SOFT &&
			story_word_at(parse, parse->index, end)
		? WORTH_LETTER
		: 0;
}

/* The value of a yes-or-no field: "imd tidak hidup" is IMD TIDAK, HIDUP. */
static bool answers_key(const struct parse *parse, size_t at)
{
	const struct lexicon_entry *e = at > parse->first ? parse->tokens[at - 1].keys : NULL;

	while (e && !(e->words == 1 && e->class_id == parse->index->key_class &&
		parse->index->words[e->number] == parse->reader->yes_no))
		e = e->next;
	return e != NULL;
}

/* "tidak sehat", "bukan laki": says what is not so. "hampir mati", "hp mati": nor does that;
 * "ibunya meninggal" is not said of the child, nor is "bu siti meninggal suaminya menangis" of a
 * man. */
static bool denied(const struct parse *parse, size_t at, size_t end)
{
	bool both;

	if (absent(parse, end) ||
		(at > parse->first && negated(parse, at) && !answers_key(parse, at - 1)) ||
		never(parse, at))
		return true;
	if (parse->index->story_class >= 0 &&
		token_is(&parse->tokens[at], parse_class(parse, CLASS_KIN))) {
		size_t died = death_told_in(parse, parse->first, at);

		return died < at && woman_in_front(parse, died);
	}
	if (!phrase_at(parse, at, parse_class(parse, CLASS_DEATH), NULL) ||
		(at > parse->first && !parse_crosses(parse, at) &&
			token_is(&parse->tokens[at - 1], parse_class(parse, CLASS_OUTCOME))))
		return false; /* "hidup mati": both were told */
	return nobody_dies(parse, at) ||
		(parse->index->form->becomes && counted_none(parse, at, end)) ||
		(parse->index->story_class < 0 &&
		((mother_dies(parse, at, &both) < at && !both) || kin_dies(parse, at)));
}

/* "ibunya sehat" says nothing of the child. */
static bool of_mother(const struct parse *parse, size_t at)
{
	const struct token *token = &parse->tokens[at];

	return at > parse->first && token->before <= BOUND_SOFT &&
		token_is(token - 1, parse_class(parse, CLASS_MOTHER)) &&
		(at < parse->first + 2 || !token_is(token - 2, parse_class(parse, CLASS_AND)));
}

bool choice_may_slip(const struct parse *parse, size_t at)
{
	return parse->tokens[at].length >= SLIP_LETTERS - 1 && plain_word(parse, at) &&
		!token_is(&parse->tokens[at], parse_class(parse, CLASS_NO_SLIP));
}

/* A key of a yes-or-no field. */
static bool yes_no_key(const struct parse *parse, size_t at)
{
	for (size_t words = 1; words <= LEXICON_WORDS && at < parse->last; words++) {
		const struct lexicon_entry *e = token_keys(&parse->tokens[at], words);

		for (; e; e = e->next) {
			if (e->class_id == parse->index->key_class && e->words == words &&
				parse->index->words[e->number] == parse->reader->yes_no)
				return true;
		}
	}
	return false;
}

/* What is told begins at a token: behind a value or another key, at the start of a clause. */
static bool opens_clause(const struct parse *parse, size_t at)
{
	const struct token *token = &parse->tokens[at];

	return at == parse->first || clause_ends_before(token) || token[-1].digits ||
		parse->text[token->start - 1] == '(' || token_means(parse, at - 1) ||
		(unit_at(parse, at - 1) && at > parse->first + 1 && token[-2].digits);
}

static struct decimal number_whole(const struct parse *parse, size_t at)
{
	struct decimal parted = decimal_at(parse, at, true);

	return parted.end ? parted : decimal_at(parse, at, false);
}

/* "kakinya bengkak 6,5 kg", "edema bb 6,5": what is measured behind it is another field's. */
static bool measure_behind(const struct parse *parse, size_t at)
{
	struct decimal number = {0};
	const char *unit;

	for (const struct lexicon_entry *e = parse->tokens[at].keys; e; e = e->next) {
		if (e->class_id == parse->index->key_class && e->words == 1 &&
			field_is_number(parse->index->form->fields[e->number].type))
			return at + 1 < parse->last && parse->tokens[at + 1].digits;
	}
	if (parse->tokens[at].digits)
		number = number_whole(parse, at);
	unit = number.end ? unit_at(parse, number.end) : NULL;
	return unit && (same_name(unit, "KG") || same_name(unit, "CM"));
}

/* And ends behind it: nothing says more of it. */
static bool ends_clause(const struct parse *parse, size_t at)
{
	const char *behind = parse->text + parse->tokens[at - 1].end;

	if (at >= parse->last)
		return !*behind || strchr(",;)#*. \n", *behind);
	if (parse->tokens[at].newline || token_is(&parse->tokens[at], parse->reader->yes_no) ||
		*behind == '?' || *behind == ':' || *behind == '=')
		return false;
	return clause_ends_before(&parse->tokens[at]) || *behind == ')' ||
		yes_no_key(parse, at) || measure_behind(parse, at);
}

/* "ttd 90": how many she got. */
static size_t number_given(const struct parse *parse, size_t at)
{
	struct decimal number = number_whole(parse, at);

	if (!number.end || parse_crosses(parse, at) || parse->tokens[at].begun.matched ||
		(unit_at(parse, number.end) && !same_name(unit_at(parse, number.end), "ORANG")))
		return 0;
	return number.end;
}

/* What a yes-or-no field says by its key. "(edema)", "vit a, asi": what is named is there; "tidak
 * edema", "edema (-)": or it is not. A template's "Edema:" tells nothing yet, and the value of
 * "#edema\nya" is on the next line. */
static void choice_by_key(struct parse *parse, int f, size_t key, size_t at)
{
	const char *sign = parse->text + parse->tokens[at - 1].end;
	size_t number = number_given(parse, at);

	sign += strspn(sign, " (");
	if ((*sign == '+' || *sign == '-') && strchr(" )/,;#*\n", sign[1]))
		choice_add(parse, f, key, at, at, *sign == '+' ? "YA" : "TIDAK", WORTH_WORD,
			"a sign behind its key", 0);
	else if (*sign == '?')
		candidate_wrong(parse, key, at, f, keyed_worth(key, at, at, 0),
			PROBLEM_AMBIGUOUS, "its key, as a question")->kind = KIND_KEYED;
	else if (number)
		candidate_wrong(parse, key, number, f, keyed_worth(key, at, number, 0),
			PROBLEM_AMBIGUOUS, "a number behind its key")->kind = KIND_KEYED;
	else if (ends_clause(parse, at) && negated(parse, key))
		choice_add(parse, f, key, at, at, "TIDAK", WORTH_WORD, "its key, denied", 0);
	else if (ends_clause(parse, at) && (at > key + 1 || opens_clause(parse, key)))
		choice_add(parse, f, key, at, at, "YA", WORTH_WORD, "its key alone", 0);
}

/* "sudah imd, belum hb0": the words stand in front of their keys. */
static bool told_in_front(const struct parse *parse, size_t key, size_t at)
{
	int yes_no = parse->reader->yes_no;

	return key > parse->first && at + 1 < parse->last &&
		token_is(&parse->tokens[at], yes_no) && yes_no_key(parse, at + 1) &&
		token_is(&parse->tokens[key - 1], yes_no) &&
		!(key > parse->first + 1 && yes_no_key(parse, key - 2)) &&
		!(key > parse->first + 2 && yes_no_key(parse, key - 3)); /* "vit k belum" */
}

void field_choice(struct parse *parse, int f, size_t key, size_t at)
{
	const struct form_field *field = &parse->index->form->fields[f];
	int class_id = parse->index->words[f], worth;
	const struct lexicon_entry *near;
	const char *meaning = NULL;
	size_t end;

	if (keyed(key, at) && class_id == parse->reader->yes_no)
		choice_by_key(parse, f, key, at);
	if (at >= parse->last || (keyed(key, at) && parse_crosses(parse, at)))
		return;
	if (class_id < 0) {
		field_choice_bare(parse, f, key, at);
		return;
	}
	end = phrase_at(parse, at, class_id, &meaning);
	if (end && !keyed(key, at) && class_id == parse_class(parse, CLASS_OUTCOME) &&
		of_mother(parse, at))
		return;
	if (end && !keyed(key, at) && denied(parse, at, end))
		return;
	if (!end && keyed(key, at) && parse->reader->yes_no != class_id)
		end = phrase_at(parse, at, parse->reader->yes_no, &meaning); /* "diadakan=tidak" */
	if (end && keyed(key, at) && class_id == parse->reader->yes_no &&
		told_in_front(parse, key, at)) {
		choice_add(parse, f, key - 1, at, at,
			token_meaning(&parse->tokens[key - 1], class_id), WORTH_WORD,
			"the word in front of its key", 0);
		return;
	}
	if (end) {
		meaning = own_choice(field, meaning);
		worth = word_worth(parse, field, at, end);
		if (worth > 0 && parse->index->order[f] == 0 &&
			(addressed(parse, at, end) || lives(parse, at, end) ||
				relative_titled(parse, at, end) ||
				(parse->first == 0 &&
					(woman_died(parse, at) || was_born(parse, at) ||
						(word_of(parse, at, CLASS_CHILD) &&
							woman_dies(parse, at))))))
			worth = 0;
		if (worth > 0 && parse->index->order[f] == 0)
			worth += 1 + PHRASE_WORTH * (int)(end - at - 1) +
				dies_next(parse, end); /* who died, rather than when */
		if (class_id == parse->reader->yes_no && !keyed(key, at))
			return; /* yes and no mean nothing without their field */
		add_first_words(parse, f, key, at, end);
		if (meaning && (worth || keyed(key, at)))
			choice_add(parse, f, key, at, end, meaning, worth, "one of its words",
				sure_word(parse, at, end, field->tail) ? FLAG_SURE : 0);
		return;
	}
	if (parse->tokens[at].length < SLIP_LETTERS - whole_field(parse, at, at + 1) ||
		!(parse->tokens[at].begun.begins & BEGINS_SLIP) || !parse_step(parse, 4))
		return;
	near = lexicon_nearest(parse->reader->lexicon, class_id, parse->tokens[at].text);
	meaning = near ? own_choice(field, near->canonical) : NULL;
	if (meaning && (keyed(key, at) || parse_starts_segment(parse, at) || !parse->strong))
		choice_add(parse, f, key, at, at + 1, meaning, WORTH_SLIP,
			"one slip from one of its words", 0);
}
