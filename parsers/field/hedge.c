/* Amounts that are told as no sure ones: see hedge.h. */
#include "parsers/field/hedge.h"

#include <stdlib.h>
#include <string.h>

#include "parsers/dying/death.h"
#include "parsers/field/field.h"

#define HEDGE_WORDS 3
#define WORTH_HEDGE 4 /* so that a hedged number is rather read with its hedge */

/* What the class says: "kira" about so much, "tak_pasti" nearly or more than it, "lebih", "kurang"
 * behind it, "atau" between two. */
static const char *hedge_at(const struct parse *parse, size_t at, size_t *end)
{
	const char *kind = "";

	*end = at < parse->last ? phrase_at(parse, at, parse_class(parse, CLASS_HEDGE), &kind) : 0;
	return *end ? kind : "";
}

size_t hedge_before(const struct parse *parse, size_t at)
{
	size_t end;
	const char *kind = hedge_at(parse, at, &end);

	if (!end || same_name(kind, "atau") || same_name(kind, "akhiran") ||
		same_name(kind, "ragu") || same_name(kind, "entah") ||
		end >= parse->last || parse_crosses(parse, end) ||
		clause_ends_before(&parse->tokens[end]))
		return 0;
	return end;
}

/* The hedge that ends at a number: where it begins; at: none. */
static size_t hedge_start(const struct parse *parse, size_t at, const char **kind)
{
	for (size_t back = HEDGE_WORDS; back > 0; back--) {
		size_t end;

		if (back > at - parse->first)
			continue;
		*kind = hedge_at(parse, at - back, &end);
		if (end == at && hedge_before(parse, at - back))
			return at - back;
	}
	return at;
}

static bool is_amount(enum field_type type)
{
	return field_is_number(type) || type == FIELD_AGE;
}

static size_t number_in(const struct parse *parse, const struct candidate *c)
{
	size_t i = c->first, end;

	while (i < c->last) {
		hedge_at(parse, i, &end);
		if (!end && (parse->tokens[i].digits || parse->tokens[i].begun.said ||
				    token_is(&parse->tokens[i], parse_class(parse, CLASS_HALF))))
			return i;
		i = end ? end : i + 1;
	}
	return c->last;
}

static void make_unsure(struct candidate *c)
{
	c->value.or_null = NULL;
	c->problem = PROBLEM_AMBIGUOUS;
	if (c->kind == KIND_BARE)
		c->kind = KIND_TYPED; /* nothing explains it away */
	c->why = "an amount that is not sure";
}

/* "bu sarmi hampir 2 hari di rs": a time, nobody's age; a keyword in front is no story. */
static bool in_prose(const struct parse *parse, const struct candidate *c)
{
	return !parse->strong && parse->first == 0 && c->kind != KIND_KEYED &&
		c->type == FIELD_AGE;
}

/* The sign in front of a number: '>' for ">2500", "< 2 kg", "≥ 2500"; '~' for some; 0: none. "->"
 * and "=>" only point. */
static char sign_before(const struct parse *parse, size_t number)
{
	const char *at = parse->text + parse->tokens[number].start;

	while (at > parse->text && at[-1] == ' ')
		at--;
	if (at == parse->text || (!(at[-1] & 0x80) && !strchr("<>~=", at[-1])))
		return 0; /* nearly always */
	if (ages_behind(parse, number) != number)
		return 0; /* "lansia >60 th 15" */
	if (at > parse->text + 2 && (memcmp(at - 3, "≤", 3) == 0 || memcmp(at - 3, "≥", 3) == 0))
		return '>';
	if (at > parse->text && at[-1] == '=' && !(at > parse->text + 1 && strchr("<>", at[-2])))
		return 0;
	at -= at > parse->text && at[-1] == '=';
	if (at == parse->text || !strchr("<>~", at[-1]))
		return 0;
	if (at[-1] == '~')
		return '~';
	return at > parse->text + 1 && strchr("-=>", at[-2]) ? 0 : '>';
}

/* "kira2 3", "hampir 3": the hedge is taken with the number. */
static void look_before(struct parse *parse, struct candidate *c, size_t number)
{
	const char *kind = "";
	size_t start = hedge_start(parse, number, &kind);
	char sign = sign_before(parse, number);

	if (sign == '>') {
		make_unsure(c);
		return;
	}
	if (sign == '~')
		c->flags |= FLAG_APPROX;
	if (start == number || (in_prose(parse, c) && !same_name(kind, "kira")))
		return;
	if (start < c->first)
		c->first = (unsigned short)start;
	if (!same_name(kind, "kira")) {
		make_unsure(c);
		return;
	}
	c->flags |= FLAG_APPROX;
	c->worth = (short)(c->worth + WORTH_HEDGE);
}

/* "3000? 49", "N36?": the sender asks himself; a row by position is asked about as a row. */
static bool questioned(const struct parse *parse, const struct candidate *c)
{
	return parse->text[parse->tokens[c->last - 1].end] == '?';
}

/* "3000 kurang jelas panjangnya", "N30 kurang 2 anak sakit": it goes with what stands behind it. */
static bool of_what_follows(const struct parse *parse, size_t at)
{
	struct decimal number;

	if (at >= parse->last || parse_crosses(parse, at) ||
		clause_ends_before(&parse->tokens[at]))
		return false;
	number = decimal_at(parse, at, false);
	if (number.end)
		return number.end < parse->last && !parse_crosses(parse, number.end) &&
			!parse->tokens[number.end].digits && !unit_at(parse, number.end) &&
			!token_is_key(&parse->tokens[number.end], 1, parse->index->key_class);
	return !token_means(parse, at) || token_is(&parse->tokens[at],
		parse_class(parse, CLASS_ASIDE));
}

/* Nothing follows that it could be about: "bgm 1 blm pasti stunting 2", but not "3000 kurang tahu
 * panjangnya". */
static bool ends_there(const struct parse *parse, size_t at)
{
	return at >= parse->last || clause_ends_before(&parse->tokens[at]) ||
		(at + 1 < parse->last && parse->tokens[at + 1].digits &&
			token_is_key(&parse->tokens[at], 1, parse->index->key_class));
}

/* "3 kg lebih", "3 kg lebih 2 ons"; "3 kg kurang 2 ons" was computed. "33an": some 33. */
static void look_behind(struct parse *parse, struct candidate *c)
{
	size_t end;
	const char *kind = hedge_at(parse, c->last, &end);
	struct decimal more;

	if (end && same_name(kind, "akhiran") &&
		(parse->tokens[c->last].before == BOUND_NONE ||
			parse->tokens[c->last].sep == '-') &&
		parse->tokens[c->last - 1].digits) {
		c->last = (unsigned short)end;
		make_unsure(c);
		return;
	}
	if (!end || clause_ends_before(&parse->tokens[c->last]) ||
		(!same_name(kind, "lebih") && !same_name(kind, "kurang") &&
			!same_name(kind, "ragu")) ||
		(same_name(kind, "kurang") && of_what_follows(parse, end)) ||
		(same_name(kind, "ragu") && !ends_there(parse, end)))
		return;
	more = end < parse->last && !parse_crosses(parse, end) ? decimal_at(parse, end, false)
							       : (struct decimal){0};
	if (more.end && unit_at(parse, more.end))
		end = more.end + 1;
	c->last = (unsigned short)end;
	make_unsure(c);
}

/* "L-P#2400-2300": what each child has. */
static bool told_in_pairs(const struct parse *parse, size_t count)
{
	for (size_t i = 0; i + 1 < count; i++) {
		const struct candidate *a = &parse->candidates[i];

		if (!parse_step(parse, 1))
			return true;
		if (parse->index->repeat[a->field] < 0 || a->last >= parse->last ||
			parse->tokens[a->last].sep != '-' ||
			a->type != FIELD_CHOICE)
			continue;
		for (size_t j = i + 1; j < count; j++) {
			if (parse->candidates[j].field == a->field &&
				parse->candidates[j].first == a->last &&
				!maybe_same(parse->candidates[j].value, a->value))
				return true; /* not "laki-laki" */
		}
	}
	return false;
}

/* "antara 2,6 dan 2,7 kg" */
static bool between(const struct parse *parse, const struct candidate *c)
{
	const char *kind = "";
	size_t number = number_in(parse, c);

	return number < c->last && hedge_start(parse, number, &kind) < number &&
		same_name(kind, "antara");
}

/* A number of the same field that begins behind "atau" or a sign of from and to; NULL. *end: behind
 * it, also of a number that could be no value of the field by its place; 0: none. */
static const struct candidate *other_amount(
	const struct parse *parse, const struct candidate *c, size_t count, size_t *end)
{
	const struct token *token = &parse->tokens[c->last];
	enum field_type type = c->type;
	const struct candidate *best = NULL;
	const char *kind;
	size_t next = c->last;
	bool or = false, amount = type == FIELD_AMOUNT;

	*end = 0;
	if (next >= parse->last || parse_crosses(parse, next))
		return NULL;
	kind = hedge_at(parse, next, &next);
	if (same_name(kind, "atau") || same_name(kind, "duga"))
		or = true; /* "1 mungkin 2" */
	else if (between(parse, c) && token_is(token, parse_class(parse, CLASS_AND)))
		or = (next = c->last + 1u) < parse->last;
	else
		next = c->last;
	if (!or && (token->sep != '-' ||
			   (!amount && type != FIELD_WEIGHT && type != FIELD_LENGTH) ||
			   told_in_pairs(parse, count)))
		return NULL;
	if (!parse_step(parse, count / 8))
		return NULL;
	for (size_t i = 0; i < count; i++) {
		const struct candidate *other = &parse->candidates[i];

		if (other->field == c->field && other->first == next && other->problem < 0 &&
			!(other->kind == KIND_KEYED && !or) &&
			(!amount || or || unit_at(parse, other->last - 1u) ||
				(c->last > c->first + 2u && other->last > other->first + 1u)))
			best = best && best->worth >= other->worth ? best : other;
	}
	if (best)
		*end = best->last;
	else if (or)
		*end = decimal_at(parse, next, false).end;
	return best;
}

/* "2-3 hari", "25-26 th", "30-3l th", "2-3 orang": two numbers before one unit. */
static size_t span_end(const struct parse *parse, size_t at)
{
	long from = 0, to = 0;
	size_t second = at + number_at(parse, at, &from), end;
	const char *unit;

	if (second == at || second >= parse->last || parse->tokens[second].sep != '-')
		return 0;
	end = second + number_at(parse, second, &to);
	unit = end > second && end < parse->last && from < to ? unit_at(parse, end) : NULL;
	if (!unit)
		return 0;
	return same_name(unit, "HARI") || same_name(unit, "BULAN") ||
			same_name(unit, "TAHUN") || same_name(unit, "MINGGU") ||
			same_name(unit, "ORANG")
		? end + 1
		: 0;
}

static void add_pair(struct parse *parse, const struct candidate *c, size_t end, int worth)
{
	int most = worth > c->worth ? worth : c->worth;
	struct candidate *pair = candidate_wrong(parse, c->first, end, c->field,
		most + WORTH_HEDGE + WORTH_TOKEN * (int)(end - c->last), PROBLEM_AMBIGUOUS,
		"one of two amounts");

	pair->kind = c->kind == KIND_KEYED ? KIND_KEYED : KIND_TYPED;
}

/* "kembar?", "L ?", "kembar ya?": the sender asks himself. */
static bool word_questioned(const struct parse *parse, const struct candidate *c)
{
	size_t at = parse->tokens[c->last - 1].end;

	at += strspn(parse->text + at, " ");
	return parse->text[at] == '?';
}

/* "mungkin kembar", "diduga sungsang", "tidak tahu kembar" */
static bool guessed(const struct parse *parse, size_t at)
{
	const char *kind = "";
	size_t end;

	if (at == parse->first || parse->tokens[at].before > BOUND_SOFT)
		return false;
	if (parse->index->story_class < 0 &&
		phrase_at(parse, at - 1, parse_class(parse, CLASS_NEAR_DEATH), &kind) == at &&
		same_name(kind, "apakah"))
		return true;
	for (size_t back = 1; back <= HEDGE_WORDS && back <= at - parse->first; back++) {
		kind = hedge_at(parse, at - back, &end);
		if (end == at && (same_name(kind, "duga") || same_name(kind, "ragu")))
			return true;
	}
	return false;
}

/* "kembar belum tahu", of which "kembar belum" was read, "kembar atau tidak" */
static bool unknown_behind(const struct parse *parse, size_t at)
{
	const char *kind = "";
	size_t end;

	kind = hedge_at(parse, at - 1, &end);
	if (end > at)
		return same_name(kind, "ragu");
	kind = at < parse->last && clause_ends_before(&parse->tokens[at])
		? "" : hedge_at(parse, at, &end);
	return same_name(kind, "entah") ||
		(same_name(kind, "ragu") && ends_there(parse, end));
}

static bool is_word(enum field_type type)
{
	return type == FIELD_CHOICE || type == FIELD_DATE || type == FIELD_PATTERN ||
		type == FIELD_NAME;
}

/* "DPT3?": of a list that must be told; a danger that may be is heard. */
static bool list_asked(const struct parse *parse, const struct candidate *c)
{
	const struct form *form = parse->index->form;

	return c->type == FIELD_LIST &&
		form_requires(form, form->fields[c->field].name);
}

/* A word, a day or a code of which the sender is not sure. */
static void doubt_word(const struct parse *parse, struct candidate *c)
{
	if (word_questioned(parse, c) || guessed(parse, c->first) ||
		unknown_behind(parse, c->last))
		make_unsure(c);
}

/* A word of the class, or a sign of from and to: nearly always none. */
static bool any_hedge(const struct parse *parse)
{
	for (size_t i = parse->first; i < parse->last; i++) {
		const struct token *token = &parse->tokens[i];

		if (token_may_mean(token, parse_class(parse, CLASS_HEDGE)) ||
			(token->digits && (token->sep == '-' || sign_before(parse, i))) ||
			parse->text[token->end] == '?' ||
			(parse->text[token->end] == ' ' && parse->text[token->end + 1] == '?'))
			return true;
	}
	return false;
}

/* A unit at its end, or words that say that it is one of two. */
static bool has_unit(const struct parse *parse, const struct candidate *pair)
{
	size_t end;

	for (size_t i = pair->first; i < pair->last; i++) {
		if (same_name(hedge_at(parse, i, &end), "atau"))
			return true;
	}
	return unit_at(parse, pair->last - 1u) != NULL;
}

/* No other value is one of the two amounts. */
static void drop_within_pairs(struct parse *parse, size_t count)
{
	size_t kept = 0;

	for (size_t i = 0; i < parse->ncandidate; i++) {
		const struct candidate *c = &parse->candidates[i];
		bool within = false;

		for (size_t p = count; p < parse->ncandidate && c->kind == KIND_BARE; p++) {
			const struct candidate *pair = &parse->candidates[p];

			within |= c->field != pair->field && c->first >= pair->first &&
				c->last <= pair->last && has_unit(parse, pair);
		}
		if (!within || i >= count)
			candidate_keep(parse, &kept, c);
	}
	parse->ncandidate = kept;
}

void hedges_apply(struct parse *parse)
{
	size_t count = any_hedge(parse) ? parse->ncandidate : 0;

	for (size_t i = 0; i < count; i++) {
		struct candidate *c = &parse->candidates[i];
		enum field_type type = c->type;
		size_t number, span, end = 0;
		const struct candidate *other;

		if (c->problem < 0 && (is_word(type) || list_asked(parse, c)) &&
			parse_step(parse, 2))
			doubt_word(parse, c);
		if (!is_amount(type) || c->problem >= 0)
			continue;
		number = number_in(parse, c);
		if (number == c->last || !parse_step(parse, 2))
			continue;
		span = type == FIELD_AGE || type == FIELD_INT ? span_end(parse, number) : 0;
		other = span ? NULL : other_amount(parse, c, count, &end);
		if (span > c->last)
			add_pair(parse, c, span, WORTH_UNIT);
		else if (end > c->last)
			add_pair(parse, c, end, other ? other->worth : WORTH_NUMBER);
		look_before(parse, &parse->candidates[i], number);
		if (parse->candidates[i].problem < 0 && questioned(parse, &parse->candidates[i]))
			make_unsure(&parse->candidates[i]);
		if (parse->candidates[i].problem < 0)
			look_behind(parse, &parse->candidates[i]);
	}
	if (count && parse->ncandidate > count)
		drop_within_pairs(parse, count);
}

/* A unit of age behind a number; not the "bln" of "n 21 bln agustus". */
static bool age_unit(const struct parse *parse, size_t at, bool months)
{
	const char *unit = at < parse->last ? unit_at(parse, at) : NULL;

	return unit && (same_name(unit, "TAHUN") || (months &&
		(same_name(unit, "BULAN") || same_name(unit, "HARI") ||
			same_name(unit, "MINGGU"))));
}

size_t ages_behind(const struct parse *parse, size_t at)
{
	const struct token *token = &parse->tokens[at];
	size_t end = at, more;

	if (at + 2 < parse->last && token->digits && token[1].digits && token[1].sep == '-' &&
		token->number < token[1].number && age_unit(parse, at + 2, true))
		return at + 3;
	if (at + 1 < parse->last && token->digits && age_unit(parse, at + 1, false)) {
		end = at + 2;
		hedge_at(parse, end, &more); /* "60 th keatas 26" */
		end = more ? more : end;
	} else if (at > parse->first && token[-1].digits && age_unit(parse, at, true)) {
		return at + 1; /* the key has the ages itself: "bayi 6-11" */
	}
	if (end == at || end >= parse->last || parse_crosses(parse, end) ||
		!parse->tokens[end].digits || parse->tokens[end].length > 3)
		return at;
	return end;
}
