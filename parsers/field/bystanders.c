/* What a telling of a death says of somebody else: "bu sari meninggal, anaknya umur 3 th", "suami
 * bu sari meninggal, bu sari hamil 7 bln", "MATI BAYI … RS, IBU 30 TH". Ages, phases, kinds and
 * names of a clause about another person are not the dead one's.
 */
#include <string.h>

#include "parsers/dying/death.h"
#include "parsers/field/field.h"

#define TWINS_MOST 4 /* no child of a birth has this number */

static bool person_at(const struct parse *parse, size_t at)
{
	return at < parse->last && token_is(&parse->tokens[at], parse_class(parse, CLASS_PERSON));
}

/* The word of a name behind a mother's title at a token; last: none. */
static size_t titled_name(const struct parse *parse, size_t at)
{
	const char *title = NULL;
	size_t end = phrase_at(parse, at, parse_class(parse, CLASS_TITLE), &title);

	if (!end && at + 1 < parse->last && /* "bayinya mbak lestari" */
		token_is(&parse->tokens[at], parse_class(parse, CLASS_CHILD)))
		end = phrase_at(parse, at + 1, parse_class(parse, CLASS_TITLE), &title);
	return end && end < parse->last && !token_means(parse, end) &&
			!parse->tokens[end].digits && !parse_crosses(parse, end)
		? end : parse->last;
}

/* A clause ends in front of a token, and not within a day or an amount: "14/8". */
static bool clause_ends(const struct parse *parse, size_t at)
{
	return clause_ends_before(&parse->tokens[at]) &&
		!(parse->tokens[at].digits && parse->tokens[at - 1].digits);
}

static size_t clause_start(const struct parse *parse, size_t at)
{
	while (at > parse->first && !clause_ends(parse, at))
		at--;
	return at;
}

static size_t clause_end(const struct parse *parse, size_t at)
{
	do {
		at++;
	} while (at < parse->last && !clause_ends(parse, at));
	return at;
}

/* Somebody is named or meant in the words [first, last). */
static bool somebody(const struct parse *parse, size_t first, size_t last)
{
	for (; first < last; first++) {
		if (person_at(parse, first) || titled_name(parse, first) < last)
			return true;
	}
	return false;
}

/* Where the clause begins that says who died: the word's own, or the one in front of it. */
static size_t subject_start(const struct parse *parse, size_t died)
{
	size_t start = clause_start(parse, died);

	return !somebody(parse, start, died) && start > parse->first
		? clause_start(parse, start - 1) : start;
}

/* The clause begins with somebody, and it is not who died: "ibu" may be named in another clause. */
static bool of_another(const struct parse *parse, size_t subject, size_t start)
{
	size_t name = titled_name(parse, start), dead = titled_name(parse, subject);
	bool mother = token_is(&parse->tokens[subject], parse_class(parse, CLASS_MOTHER));

	if (name == parse->last)
		return person_at(parse, start);
	if (person_at(parse, subject) && !mother)
		return true;
	return dead < parse->last &&
		!same_name(parse->tokens[name].text, parse->tokens[dead].text);
}

struct bystander {
	size_t first, last;
	bool name; /* is the dead one's mother perhaps, whose name is wanted */
};

/* What is said there of somebody else is no value of the report; days, places and causes are. */
static void drop_within(struct parse *parse, const struct bystander *other)
{
	size_t kept = 0;

	for (size_t i = 0; i < parse->ncandidate; i++) {
		const struct candidate *c = &parse->candidates[i];
		const struct form_field *field = &parse->index->form->fields[c->field];
		bool personal = field->type == FIELD_AGE || field->type == FIELD_INT ||
			field->type == FIELD_WEIGHT || field->type == FIELD_LENGTH ||
			(field->type == FIELD_NAME && !other->name) ||
			(field->type == FIELD_CHOICE && !field->tail && !field->written);

		if (!personal || c->first < other->first || c->last > other->last)
			candidate_keep(parse, &kept, c);
	}
	parse->ncandidate = kept;
}

/* Told as a story: clause by clause. */
static void drop_clauses(struct parse *parse, size_t died)
{
	size_t subject = subject_start(parse, died), own = clause_start(parse, died);
	bool child = token_is(&parse->tokens[subject], parse_class(parse, CLASS_CHILD));

	for (size_t start = parse->first; start < parse->last; start = clause_end(parse, start)) {
		struct bystander other = {start, clause_end(parse, start), child};

		if (start != subject && start != own && of_another(parse, subject, start))
			drop_within(parse, &other);
	}
}

/* "ibu 30 th", "bapak joko umur 35 th": the end of somebody's age; 0: none. */
static size_t aged_end(const struct parse *parse, size_t at)
{
	size_t end = at + 1;

	while (end < parse->last && end < at + 4 && !parse->tokens[end].digits &&
		!parse_crosses(parse, end) && !person_at(parse, end))
		end++;
	if (end >= parse->last || !parse->tokens[end].digits || parse_crosses(parse, end))
		return 0;
	return unit_at(parse, end + 1) && same_name(unit_at(parse, end + 1), "TAHUN") ? end + 2
											: 0;
}

/* "NY PUTRI", "nama PUTRI": a word for a child that is her name. */
static bool within_name(const struct parse *parse, size_t at)
{
	for (size_t i = 0; i < parse->ncandidate; i++) {
		const struct candidate *c = &parse->candidates[i];

		if (c->type == FIELD_NAME && c->last > at &&
			(c->first < at || (c->first == at && c->kind != KIND_KEYED)))
			return true;
	}
	return false;
}

/* "bayinya", "bayine", "orokna": somebody's. */
static bool possessed(const struct token *token)
{
	return token->length > 4 && (same_name(token->text + token->length - 2, "ya") ||
		same_name(token->text + token->length - 2, "ne") ||
		same_name(token->text + token->length - 2, "na"));
}

/* "MATI IBU RINA …, suaminya juga sakit": who died was told by the first word; a relative
 * further on is no second kind. */
static void drop_other_kinds(struct parse *parse, size_t end)
{
	int kind = parse->index->by_order[0];
	size_t kept = 0;

	for (size_t i = 0; i < parse->ncandidate; i++) {
		const struct candidate *c = &parse->candidates[i];

		if (c->field != kind || c->first < end || c->kind == KIND_KEYED ||
			!(token_is(&parse->tokens[c->first], parse_class(parse, CLASS_KIN)) ||
				possessed(&parse->tokens[c->first])))
			candidate_keep(parse, &kept, c);
	}
	parse->ncandidate = kept;
}

/* "hamil anak ke 3", "anak pertama": which one she bears. */
static bool which_child(const struct parse *parse, size_t at)
{
	return phrase_at(parse, at, parse_class(parse, CLASS_OWNER), NULL) > at + 1 ||
		phrase_at(parse, at + 1, parse_class(parse, CLASS_ORDINAL), NULL);
}

/* Told by the form: whose years are told behind it is somebody else; a child's or not, the mother
 * may be the one who died, and then her child's facts are its own: "bayinya selamat L 3000". */
static void drop_aged(struct parse *parse)
{
	const char *kind = NULL;
	size_t end = phrase_at(parse, parse->first,
		parse->index->words[parse->index->by_order[0]], &kind);
	bool mother = token_is(&parse->tokens[parse->first], parse_class(parse, CLASS_MOTHER));

	for (size_t at = end + 1; end && at < parse->last; at++) {
		const struct token *token = &parse->tokens[at];
		bool other = person_at(parse, at) &&
			!token_is(token, parse_class(parse, CLASS_CHILD)) &&
			!(mother && token_is(token, parse_class(parse, CLASS_MOTHER)));
		size_t aged = other ? aged_end(parse, at)
			: mother && token_is(token, parse_class(parse, CLASS_CHILD)) &&
				!within_name(parse, at) && !which_child(parse, at)
			? clause_end(parse, at) : 0;

		if (aged)
			drop_within(parse, &(struct bystander){at, aged, true});
	}
}

/* Words of dying outside of the words [first, last). */
static bool died_outside(const struct parse *parse, size_t first, size_t last)
{
	const char *kind = "";

	for (size_t i = parse->first; i < parse->last; i++) {
		if ((i < first || i >= last) &&
			phrase_at(parse, i, parse->index->story_class, &kind) &&
			(*kind == '1' || *kind == '3') && story_word_at(parse, parse->index, i))
			return true;
	}
	return false;
}

/* "wafat kemarin, dimakamkan tadi pagi jam 8": when somebody is buried is not when he died. */
static void drop_burial(struct parse *parse)
{
	const char *kind = "";
	size_t first = parse->first, last, kept = 0;

	while (first < parse->last &&
		!(phrase_at(parse, first, parse_class(parse, CLASS_PREDICATE), &kind) &&
			same_name(kind, "makam")))
		first++;
	last = first < parse->last ? clause_end(parse, first) : first;
	if (first == last || !died_outside(parse, first, last))
		return;
	for (size_t i = 0; i < parse->ncandidate; i++) {
		const struct candidate *c = &parse->candidates[i];
		enum field_type type = c->type;

		if (c->first < first || c->first >= last ||
			(type != FIELD_DATE && type != FIELD_TIME && type != FIELD_AGE &&
				!field_is_number(type)))
			candidate_keep(parse, &kept, c);
	}
	parse->ncandidate = kept;
}

/* "pak rt bilang bu rina meninggal": between a man and the word of dying a woman is named. */
static void drop_men(struct parse *parse, size_t died)
{
	int kind = parse->index->by_order[0];
	size_t woman = 0, kept = 0;

	for_candidates(parse, c) {
		if (c->flags & FLAG_TITLE_IBU && c->last <= died && !(c->flags & FLAG_KIN))
			woman = c->first;
	}
	for (size_t i = 0; woman && i < parse->ncandidate; i++) {
		const struct candidate *c = &parse->candidates[i];
		const char *title = NULL;

		if (c->field == kind && c->last < woman &&
			phrase_at(parse, c->first, parse_class(parse, CLASS_TITLE), &title) &&
			same_name(title, "pria"))
			continue;
		candidate_keep(parse, &kept, c);
	}
	parse->ncandidate = woman ? kept : parse->ncandidate;
}

/* "satu meninggal", "yang kedua lahir mati", behind a word of twins: the word for which one; died:
 * another word stands there. */
static size_t twin_dies(const struct parse *parse, size_t died)
{
	size_t which = died, twins = parse->first;
	long number;

	while (which > parse->first && died - which < 2 && !clause_ends(parse, which) &&
		token_is(&parse->tokens[which - 1], parse_class(parse, CLASS_FILLER)))
		which--;
	if (which == parse->first || clause_ends(parse, which))
		return died;
	which--;
	while (twins < which && !phrase_at(parse, twins, parse_class(parse, CLASS_TWINS), NULL))
		twins++;
	if (twins < which && ((number_at(parse, which, &number) == 1 && number < TWINS_MOST) ||
		token_is(&parse->tokens[which], parse_class(parse, CLASS_ORDINAL)) ||
		phrase_at(parse, which - 1, parse_class(parse, CLASS_ORDINAL), NULL) > which))
		return which;
	return died;
}

/* "bu siti melahirkan kembar, satunya meninggal": it is not her child that gave birth. */
static void drop_twins_mother(struct parse *parse, size_t died)
{
	size_t which, kept = 0;

	if (!parse_may_mean(parse, CLASS_TWINS))
		return; /* nearly always */
	which = twin_dies(parse, died);
	for (size_t i = 0; which < died && i < parse->ncandidate; i++) {
		const struct candidate *c = &parse->candidates[i];
		const struct form_field *field = &parse->index->form->fields[c->field];

		if (c->last > which || field->type != FIELD_CHOICE ||
			!token_is(&parse->tokens[c->last - 1], parse_class(parse, CLASS_DELIVERY)))
			candidate_keep(parse, &kept, c);
	}
	parse->ncandidate = which < died ? kept : parse->ncandidate;
}

void bystanders_drop(struct parse *parse)
{
	size_t died = parse->first, kind;

	if (parse->index->story_class < 0)
		return;
	kind = parse->first == 0 ? 0 /* "ibu, bayinya meninggal": no keyword */
		: phrase_at(parse, parse->first,
			parse->index->words[parse->index->by_order[0]], NULL);
	if (kind)
		drop_other_kinds(parse, kind);
	drop_burial(parse);
	while (died < parse->last && !story_word_at(parse, parse->index, died))
		died++;
	if (died < parse->last && parse->first == 0)
		drop_men(parse, died), drop_twins_mother(parse, died);
	if (died < parse->last && !parse->strong)
		drop_clauses(parse, died);
	else
		drop_aged(parse);
}
