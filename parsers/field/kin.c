/* What a report of somebody says of a relative: "kakaknya dulu lahir di dukun", "bb suami 60",
 * "suaminya umur 45". No value of it is the report's own.
 */
#include <string.h>

#include "parsers/parse/clause.h"
#include "parsers/dying/death.h"
#include "parsers/field/field.h"
#include "parsers/field/place_words.h"
#include "parsers/parse/look.h"

#define SPOKEN_WORDS 3 /* "bu bidan desa" */

/* "kemarin sempat ke bidan": a word of talk stands in front of it. */
static bool talk_between(const struct parse *parse, size_t at, size_t end)
{
	for (; at < end; at++) {
		if (token_is(&parse->tokens[at], parse_class(parse, CLASS_ASIDE)))
			return true;
	}
	return false;
}

/* "anak pertama perempuan umur 3 th": another child, whose years are told. */
static bool elder_child(const struct parse *parse, size_t start)
{
	if (!token_is(&parse->tokens[start], parse_class(parse, CLASS_CHILD)))
		return false;
	for (size_t i = start + 2; i < parse->last && !parse_starts_segment(parse, i); i++) {
		const char *unit = parse->tokens[i - 1].digits ? unit_at(parse, i) : NULL;

		if (unit && same_name(unit, "TAHUN"))
			return true;
	}
	return false;
}

/* "mbah dukun & bidan": the segment begins with one of the words of a choice. */
static bool value_opens(const struct parse *parse, size_t start, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const struct candidate *c = &parse->candidates[i];

		if (c->first == start && c->last > start + 1 && c->flags & FLAG_SURE &&
			c->type == FIELD_CHOICE)
			return true;
	}
	return false;
}

/* "kakaknya dulu lahir di dukun": between separators what is told of somebody else is nothing. */
static void drop_kin(struct parse *parse)
{
	size_t kept = 0;
	size_t asked = SIZE_MAX;
	bool elder = false; /* of the segment that was asked about last */

	if (!parse_may_mean(parse, CLASS_KIN) && !parse_may_mean(parse, CLASS_CHILD) &&
		!parse_may_mean(parse, CLASS_BEFORE) && !parse_may_mean(parse, CLASS_ASIDE))
		return; /* nearly always */

	for (size_t i = 0; i < parse->ncandidate; i++) {
		const struct candidate *c = &parse->candidates[i];
		enum field_type type = c->type;
		size_t start = c->first;

		while (start > parse->first && !parse_starts_segment(parse, start))
			start--;
		if (start == c->first && type == FIELD_CHOICE && start + 2 < parse->last &&
			parse->tokens[start + 1].before <= BOUND_SOFT &&
			parse->tokens[start + 2].before <= BOUND_SOFT &&
			token_is(&parse->tokens[start], parse_class(parse, CLASS_KIN)) &&
			!parse->tokens[start + 1].digits && !token_means(parse, start + 1))
			continue; /* "suami kerja di pasar" */
		if (start == c->first && type == FIELD_CHOICE && start + 2 < parse->last &&
			parse->index->story_class < 0 && parse->tokens[start + 1].digits &&
			unit_at(parse, start + 2) &&
			same_name(unit_at(parse, start + 2), "TAHUN") &&
			token_is(&parse->tokens[start], parse_class(parse, CLASS_KIN)))
			continue; /* "suami 45 th" */
		if (start != asked)
			elder = parse->index->form->nrepeat > 0 && elder_child(parse, start);
		asked = start;
		if (start < c->first && elder)
			continue;
		if (start < c->first && field_is_number(type) &&
			token_is(&parse->tokens[start], parse_class(parse, CLASS_KIN)) &&
			!value_opens(parse, start, kept))
			continue; /* "kakaknya dulu 3 kg" */
		if (start < c->first && (type == FIELD_CHOICE || type == FIELD_DATE) &&
			(token_is(&parse->tokens[start], parse_class(parse, CLASS_BEFORE)) ||
				(token_is(&parse->tokens[start], parse_class(parse, CLASS_KIN)) &&
				 !value_opens(parse, start, kept)) ||
				talk_between(parse, start + 1, c->first)))
			continue;
		candidate_keep(parse, &kept, c);
	}
	parse->ncandidate = kept;
}

/* A word of where, or of who helped: "rumah mertua". */
static bool tail_word(const struct parse *parse, size_t at)
{
	const struct form *form = parse->index->form;

	for (size_t f = 0; f < form->nfield; f++) {
		if (form->fields[f].type == FIELD_CHOICE && form->fields[f].tail &&
			token_may_mean(&parse->tokens[at], parse->index->words[f]) &&
			token_is(&parse->tokens[at], parse->index->words[f]))
			return true;
	}
	return false;
}

/* "ibunya bu siti meninggal": no child is told of, so it is hers who died. */
bool her_mother(const struct parse *parse, size_t at)
{
	if (!token_is(&parse->tokens[at - 1], parse_class(parse, CLASS_MOTHER)) ||
		token_is(&parse->tokens[at - 1], parse_class(parse, CLASS_TITLE)) ||
		parse->index->story_class < 0 || parse->strong)
		return false;
	for (size_t i = 0; i < parse->last; i++) {
		if (token_is(&parse->tokens[i], parse_class(parse, CLASS_CHILD)))
			return false;
	}
	return death_told_in(parse, at > 1 ? at - 2 : at, parse->last) < parse->last;
}

bool kin_in_front(const struct parse *parse, size_t at)
{
	return at > parse->first && parse->tokens[at].before <= BOUND_SOFT &&
		(token_is(&parse->tokens[at - 1], parse_class(parse, CLASS_KIN)) ||
			token_is(&parse->tokens[at - 1], parse_class(parse, CLASS_WIFE)) ||
			her_mother(parse, at));
}

bool kin_before(const struct parse *parse, size_t at)
{
	return kin_in_front(parse, at) || (at > parse->first &&
		parse->tokens[at].before <= BOUND_SOFT &&
		token_is(&parse->tokens[at - 1], parse_class(parse, CLASS_CHILD)));
}

/* Of whom a value is that a word for a relative stands in front of: "kakaknya perempuan", "bb suami
 * 60", "suaminya dulu 45 th"; years also by his name, "suami joko 45 th"; or of another time: "dulu
 * lahir kembar". "di rumah mertua" is where. */
static bool kin_told_before(const struct parse *parse, const struct candidate *c)
{
	bool years = form_role_is(parse->index->form->age,
		     parse->index->form->fields[c->field].name),
	     named = false, before = false;
	size_t at = c->first;

	before = c->type == FIELD_CHOICE && parse->tokens[at].length > 1 &&
		c->last < parse->last && !clause_ends_before(&parse->tokens[c->last]) &&
		token_is(&parse->tokens[c->last], parse_class(parse, CLASS_BEFORE)) &&
		(c->last + 1u == parse->last || clause_ends_before(&parse->tokens[c->last + 1u]));
	while (at > parse->first && !clause_ends_before(&parse->tokens[at])) {
		at--;
		before |= c->type == FIELD_CHOICE && parse->tokens[c->first].length > 1 &&
			token_is(&parse->tokens[at], parse_class(parse, CLASS_BEFORE));
		if (token_is(&parse->tokens[at], parse_class(parse, CLASS_KIN)))
			return !(at > parse->first &&
				(token_is(&parse->tokens[at - 1],
					 parse_class(parse, CLASS_IN)) ||
					tail_word(parse, at - 1)));
		if (token_is(&parse->tokens[at], parse_class(parse, CLASS_FILLER)) ||
			token_is(&parse->tokens[at], parse_class(parse, CLASS_BEFORE)) ||
			token_is(&parse->tokens[at], parse_class(parse, CLASS_ALSO)) ||
			(years && token_is(&parse->tokens[at], parse_class(parse, CLASS_TITLE))))
			continue;
		if (!years || named || parse->tokens[at].digits || token_means(parse, at))
			return before;
		named = true;
	}
	return before;
}

/* The clause in which a relative dies: "mertuanya meninggal senin kmrn"; its end, 0: none. */
static size_t kin_death_end(const struct parse *parse, size_t first)
{
	bool died = false;
	size_t end = first;

	while (end < parse->last && (end == first || !clause_ends_before(&parse->tokens[end]))) {
		died |= death_told_at(parse, end) && kin_dies(parse, end);
		end++;
	}
	return died ? end : 0;
}

/* Nothing of it is told of anybody else. */
static void drop_kin_death(struct parse *parse)
{
	for (size_t i = parse->first + 1; i < parse->last; i++) {
		size_t end = token_is(&parse->tokens[i], parse_class(parse, CLASS_KIN)) &&
				clause_ends_before(&parse->tokens[i])
			? kin_death_end(parse, i) : 0, kept = 0;

		for (size_t k = 0; end && k < parse->ncandidate; k++) {
			const struct candidate *c = &parse->candidates[k];

			if (c->first < i || c->last > end)
				candidate_keep(parse, &kept, c);
		}
		parse->ncandidate = end ? kept : parse->ncandidate;
	}
}

/* The same without separators: only what stands right behind the word is theirs. */
static void drop_kin_told(struct parse *parse)
{
	size_t kept = 0;

	for (size_t i = 0; i < parse->ncandidate; i++) {
		const struct candidate *c = &parse->candidates[i];
		const struct form_field *field = &parse->index->form->fields[c->field];
		bool own = field->type == FIELD_NAME || field->type == FIELD_DATE ||
			field->type == FIELD_TEXT || field->type == FIELD_AREA ||
			field->type == FIELD_POSYANDU || field->type == FIELD_TIME ||
			(field->type == FIELD_CHOICE && field->tail);

		if (own || !kin_told_before(parse, c))
			candidate_keep(parse, &kept, c);
	}
	parse->ncandidate = kept;
}

/* Somebody's office behind a title: "bu bidan desa", "pak mantri"; its end, 0: none. */
static size_t office_at(const struct parse *parse, size_t at)
{
	const struct form_index *index = parse->index;
	size_t end = 0;

	for (size_t f = 0; f < index->form->nfield && at > 0; f++) {
		if (index->form->fields[f].type == FIELD_CHOICE && index->form->fields[f].tail &&
			!end)
			end = phrase_at(parse, at, index->words[f], NULL);
	}
	return end && end < parse->last && clause_ends_before(&parse->tokens[end]) ? end : 0;
}

/* Behind the greeting in front of it all: "lapor bu bidan, tadi pagi …"; 0: none. */
static size_t greeting_end(const struct parse *parse)
{
	size_t end = 0, next = 0;

	while (next < parse->last && end < parse->last) {
		if (token_is(&parse->tokens[end], parse_class(parse, CLASS_GREETING)) ||
			token_is(&parse->tokens[end], parse_class(parse, CLASS_CHAT)) ||
			phrase_at(parse, end, parse_class(parse, CLASS_TITLE), NULL) == end + 1)
			next = end + 1;
		else
			next = office_at(parse, end);
		if (!next)
			break;
		end = next;
	}
	return end == 1 && !clause_ends_before(&parse->tokens[end]) ? 0 : end;
}

/* "mohon dicatat bu bidan", "nggih bu bidan": who is spoken to ends it all. */
static bool spoken_to(const struct parse *parse, const struct candidate *c)
{
	size_t title = c->first;

	if (c->last != parse->last)
		return false;
	if (!phrase_at(parse, title, parse_class(parse, CLASS_TITLE), NULL) && title > parse->first)
		title--;
	if (!phrase_at(parse, title, parse_class(parse, CLASS_TITLE), NULL))
		return false;
	for (size_t i = title; i > parse->first && !clause_ends_before(&parse->tokens[i]);) {
		i--;
		if (phrase_at(parse, i, parse_class(parse, CLASS_ASIDE), NULL) ||
			(i + 1 == title &&
				token_is(&parse->tokens[i], parse_class(parse, CLASS_CHAT))))
			return true;
	}
	return false;
}

/* Who is spoken to helps nobody. */
static void drop_addressed(struct parse *parse)
{
	size_t kept = 0, end = 0;

	if (!parse_found(parse, FIELD_CHOICE))
		return;
	end = greeting_end(parse);
	if (parse->ncandidate == 0 ||
		(end == 0 && !class_meets(&parse->tokens[parse->last - 1].classes,
			&parse->index->meanings)))
		return; /* nearly always */
	for (size_t i = 0; i < parse->ncandidate; i++) {
		const struct candidate *c = &parse->candidates[i];
		const struct form_field *field = &parse->index->form->fields[c->field];

		if (c->kind == KIND_KEYED || field->type != FIELD_CHOICE || !field->tail ||
			!(c->first < end || spoken_to(parse, c)))
			candidate_keep(parse, &kept, c);
	}
	parse->ncandidate = kept;
}

/* "ds wonocoyo melati": the key of a place of some form. */
static bool place_key(const struct parse *parse, size_t at)
{
	for (const struct lexicon_entry *e = parse->tokens[at].keys; e; e = e->next) {
		for (size_t f = 0; e->words == 1 && f < parse->reader->nform; f++) {
			const struct form_index *index = &parse->reader->index[f];

			if (index->key_class == e->class_id && index->area == e->number)
				return true;
		}
	}
	return false;
}

/* "bu sri warga terbis", "warga rt 9", "sy kader wonocoyo": whose people somebody is of; nobody who
 * helped by that. */
static bool lives_there(struct parse *parse, const struct candidate *c)
{
	const struct form_field *field = &parse->index->form->fields[c->field];
	const char *value, *kind = NULL;
	size_t place = c->first + 1u;

	if (c->kind == KIND_KEYED || field->type != FIELD_CHOICE || !field->tail ||
		field->nchoice == 0 || !maybe_text(c->value, &value) ||
		strcmp(value, field->choices[field->nchoice - 1]) != 0 ||
		place >= parse->last || parse->tokens[place].before > BOUND_SOFT)
		return false; /* nearly always */
	kind = token_meaning(&parse->tokens[place], parse_class(parse, CLASS_NOT_NAME));
	return (kind && strcmp(kind, "2") == 0 && parse->tokens[place + 1].digits) ||
		place_key(parse, place) || desa_ends_name(parse, place);
}

/* "bu bidan sdh tau", "dukun juga sdh tahu", beside who helped: who knows of it. */
static bool knows(const struct parse *parse, const struct candidate *c)
{
	size_t at = c->last;
	bool other = false;

	if (c->kind == KIND_KEYED || parse->index->form->fields[c->field].type != FIELD_CHOICE ||
		!parse->index->form->fields[c->field].tail || parse_crosses(parse, at))
		return false;
	for_candidates(parse, o)
		other |= o->field == c->field && (o->last <= c->first || o->first >= c->last);
	at += token_is(&parse->tokens[at], parse_class(parse, CLASS_ALSO));
	return other && at + 1 < parse->last && !parse_crosses(parse, at + 1) &&
		token_is(&parse->tokens[at], parse_class(parse, CLASS_PREDICATE)) &&
		token_is(&parse->tokens[at + 1], parse_class(parse, CLASS_ASIDE)) &&
		(at + 2 == parse->last || clause_ends_before(&parse->tokens[at + 2]));
}

static void drop_residents(struct parse *parse)
{
	size_t kept = 0;

	for (size_t i = 0; i < parse->ncandidate; i++) {
		const struct candidate *c = &parse->candidates[i];

		if (!knows(parse, c) && (parse->strong || !lives_there(parse, c)))
			candidate_keep(parse, &kept, c);
	}
	parse->ncandidate = kept;
}

/* "dirujuk RS", "dirujuk ke rsud": sent there. */
static bool sent_to(const struct parse *parse, const struct candidate *c)
{
	const char *kind = "";

	for (size_t back = 1; back <= 2 && back <= c->first - parse->first; back++) {
		if (phrase_at(parse, c->first - back, parse_class(parse, CLASS_PREDICATE), &kind) ==
			c->first && same_name(kind, "rujuk"))
			return true;
	}
	return false;
}

static bool told_otherwise(const struct parse *parse, const struct candidate *sent)
{
	for (size_t i = 0; i < parse->ncandidate; i++) {
		const struct candidate *c = &parse->candidates[i];

		if (c->field == sent->field && c->last <= sent->first && !sent_to(parse, c))
			return true;
	}
	return false;
}

/* Where a child was sent to is no second place of its birth; when no other is told it is asked. */
static void drop_sent(struct parse *parse)
{
	size_t kept = 0;

	if (!parse_may_mean(parse, CLASS_PREDICATE))
		return; /* nearly always */
	for (size_t i = 0; i < parse->ncandidate; i++) {
		struct candidate c = parse->candidates[i];
		const struct form_field *field = &parse->index->form->fields[c.field];
		bool sent = field->type == FIELD_CHOICE && field->tail && sent_to(parse, &c);

		if (sent && told_otherwise(parse, &c))
			continue;
		if (sent) {
			c.value.or_null = NULL;
			c.problem = PROBLEM_AMBIGUOUS;
		}
		candidate_keep(parse, &kept, &c);
	}
	parse->ncandidate = kept;
}

/* Words at the beginning, up to a title that ends its clause: said to somebody. */
static bool spoken_words(const struct parse *parse, const struct candidate *c)
{
	size_t clause = c->last;

	if (c->first > 0 || clause >= parse->last ||
		!phrase_at(parse, clause, parse_class(parse, CLASS_TITLE), NULL))
		return false;
	do {
		clause++;
	} while (clause < parse->last && !clause_ends_before(&parse->tokens[clause]));
	return clause < parse->last && clause - c->last <= SPOKEN_WORDS &&
		death_told_in(parse, 0, clause) == clause &&
		death_told_in(parse, clause, parse->last) < parse->last &&
		(phrase_at(parse, clause, parse_class(parse, CLASS_TITLE), NULL) ||
			token_is(&parse->tokens[clause], parse_class(parse, CLASS_KIN)));
}

/* "nyuwun pangapunten bu bidan, mbah karso seda", "timbang ds wonocoyo melati: …": no name of whom
 * is told. */
static void drop_no_names(struct parse *parse)
{
	bool story = parse->index->story_class >= 0 && parse->first == 0;
	size_t kept = 0;

	for (size_t i = 0; i < parse->ncandidate; i++) {
		const struct candidate *c = &parse->candidates[i];

		if (c->kind != KIND_BARE || c->field != parse->index->name ||
			!(place_key(parse, c->first) || (story && spoken_words(parse, c))))
			candidate_keep(parse, &kept, c);
	}
	parse->ncandidate = kept;
}

void kin_drop(struct parse *parse)
{
	if (parse->index->name >= 0)
		drop_no_names(parse);
	drop_addressed(parse);
	if (parse_found(parse, FIELD_CHOICE) && (!parse->strong ||
			parse_may_mean(parse, CLASS_PREDICATE)))
		drop_residents(parse);
	if (parse->index->form->nrepeat > 0)
		drop_sent(parse);
	if (parse->strong)
		drop_kin(parse);
	else if ((parse_may_mean(parse, CLASS_KIN) || parse_may_mean(parse, CLASS_BEFORE)) &&
		parse->index->name >= 0 &&
		parse->index->story_class < 0 && !parse->index->form->outbreak) {
		drop_kin_death(parse);
		drop_kin_told(parse);
	}
}
