/* Names of people: behind a title, behind a key, or where a name is due. */
#include <ctype.h>
#include <string.h>

#include "parsers/dying/death.h"
#include "parsers/field/field.h"
#include "parsers/parse/clause.h"
#include "parsers/parse/due.h"
#include "parsers/parse/keyword.h"
#include "parsers/place/gazetteer.h"
#include "parsers/text/error.h"

#define NAME_TOKENS 5
#define VERB_END    3 /* letters of "-kan" */
#define AREA_NAME 160 /* octets */

/* Words that tell something together begin here: "tilar donya", "tidak tertolong". */
static bool begins_phrase(const struct parse *parse, size_t i)
{
	return !token_is(&parse->tokens[i], parse_class(parse, CLASS_DEATH)) &&
		phrase_at(parse, i, parse_class(parse, CLASS_DEATH), NULL);
}

/* "ketabrak", "hampir", "ternyata": what befell somebody, not a name. */
static bool tells_fate(const struct parse *parse, size_t i)
{
	static const char *const kinds[] = {"kena", "hampir", "kira", "ternyata"};
	const char *kind = token_meaning(&parse->tokens[i], parse_class(parse, CLASS_NO_DEATH));

	for (size_t k = 0; kind && k < COUNT_OF(kinds); k++) {
		if (same_name(kind, kinds[k]))
			return true;
	}
	return false;
}

/* "bb 6,2" in a form without weights, "hpl 10/8": another form's key of a number, and number. */
static bool measure(const struct parse *parse, size_t i)
{
	const struct lexicon_entry *e = parse->tokens[i].keys;
	bool number = i + 1 < parse->last && parse->tokens[i + 1].digits &&
		!parse_crosses(parse, i + 1);

	for (; e && number; e = e->next) {
		for (size_t f = 0; f < parse->reader->nform; f++) {
			const struct form_index *index = &parse->reader->index[f];

			enum field_type type;

			if (e->words != 1 || e->class_id != index->key_class)
				continue;
			type = index->form->fields[e->number].type;
			if (field_is_number(type) || type == FIELD_DATE)
				return true;
		}
	}
	return false;
}

/* "ijin melaporkan", "mau mengabarkan": what somebody does who tells; nobody is called so. */
static bool announces(const struct parse *parse, size_t i)
{
	const struct token *token = &parse->tokens[i];
	size_t left = i + 1 < parse->last && parse->tokens[i + 1].before == BOUND_SOFT
		? parse->tokens[i + 1].length : 0;

	if (token->length > 2 * VERB_END && strncmp(token->text, "me", 2) == 0 &&
		same_name(token->text + token->length - VERB_END, "kan"))
		return true;
	return left > 0 && token_is(token, parse_class(parse, CLASS_GREETING)) &&
		!phrase_at(parse, i, parse_class(parse, CLASS_TITLE), NULL) &&
		announces(parse, i + 1);
}

/* "kec munjungan", "kec watu limo": a place that there is. */
static bool names_area(const struct parse *parse, size_t i)
{
	struct area_matches found;
	char name[AREA_NAME];
	size_t length;

	if (!gazetteer_level_word(parse->tokens[i].text) || !parse->context->places)
		return false; /* nearly always */
	for (size_t end = i + 2; end <= i + 3 && end <= parse->last; end++)
		if (tokens_phrase(parse->tokens, i, end, name, sizeof(name), &length) &&
			parse_step(parse, 20) &&
			gazetteer_find_area_exact(parse->context->places, name, NULL, LEVEL_ANY,
				&found) == OK)
			return true;
	return false;
}

/* A word that means nothing else here. */
static bool strange_word(const struct parse *parse, size_t i)
{
	long number;

	return !measure(parse, i) && !parse->tokens[i].digits &&
		!names_area(parse, i) && !token_means(parse, i) &&
		!token_is(&parse->tokens[i], parse_class(parse, CLASS_ALSO)) &&
		!token_is(&parse->tokens[i], parse_class(parse, CLASS_PREDICATE)) &&
		!token_is(&parse->tokens[i], parse_class(parse, CLASS_BEFORE)) &&
		!announces(parse, i) && !number_at(parse, i, &number) && !begins_phrase(parse, i) &&
		!tells_fate(parse, i) &&
		!phrase_at(parse, i, parse_class(parse, CLASS_ASIDE), NULL);
}

/* A key or a choice word of the form, or a day: no name begins with it. */
static bool form_word(const struct parse *parse, size_t i)
{
	const struct token *token = &parse->tokens[i];

	for (const struct lexicon_entry *e = token->keys; e; e = e->next) {
		if (e->class_id == parse->index->key_class)
			return true;
	}
	for (size_t f = 0;
		class_meets(&token->classes, &parse->index->meanings) &&
		f < parse->index->form->nfield; f++) {
		if (parse->index->words[f] >= 0 && token_is(token, parse->index->words[f]))
			return true;
	}
	return token_is(token, parse_class(parse, CLASS_WEEKDAY));
}

/* A word that can be a name although it means something ("Juli", "Wulan"): not the commonest ones.
 */
static bool possible_name(const struct parse *parse, size_t i)
{
	const struct token *token = &parse->tokens[i];
	bool titled = i > parse->first && !parse_crosses(parse, i) &&
		token_is(token - 1, parse_class(parse, CLASS_TITLE)) && !unit_at(parse, i + 1);

	if (token_is(token, parse_class(parse, CLASS_ALSO_NAME)) ||
		(parse->practice && token_is(token, parse_class(parse, CLASS_EXAMPLE))) ||
		(titled && !token->digits && whole_field(parse, i - 1, i + 1) &&
			!token_is(token, parse_class(parse, CLASS_NOT_NAME))))
		return true; /* "#BU SLAMET#" */
	if (token_is(token, parse_class(parse, CLASS_OUTCOME)) && i + 1 < parse->last &&
		token_is(token + 1, lexicon_class(parse->reader->lexicon, "keliru")))
		return false; /* "ibu selamat tapi bayinya …" */
	return !token->digits && token->length > 1 &&
		!token_is(token, parse_class(parse, CLASS_NOT_NAME)) &&
		!token_is(token, parse_class(parse, CLASS_FILLER)) &&
		!token_is(token, parse_class(parse, CLASS_ASIDE)) &&
		!token_is(token, parse_class(parse, CLASS_ALSO)) &&
		!token_is(token, parse_class(parse, CLASS_BEFORE)) &&
		!token_is(token, parse_class(parse, CLASS_PREDICATE)) && /* "bu, badhe lapor …" */
		!token_is(token, parse_class(parse, CLASS_DAY)) &&
		!token_is(token, parse_class(parse, CLASS_TITLE)) &&
		(titled || !token_is(token, parse_class(parse, CLASS_NUMBER))) && /* "bu enem" */
		!token_is(token, parse_class(parse, CLASS_NEGATION)) && !form_word(parse, i) &&
		!tells_fate(parse, i) &&
		!token_is(token, parse_class(parse, CLASS_DEATH));
}

/* "MATI IBU opo LAHIR": or. */
static bool or_at_word(const struct parse *parse, size_t i)
{
	const char *kind = NULL;

	return phrase_at(parse, i, parse_class(parse, CLASS_HEDGE), &kind) &&
		same_name(kind, "atau");
}

/* "sari dini hari tadi", "sari atau sariyem", "misni bar nglairke": another thing begins behind the
 * name. */
static bool name_ends(const struct parse *parse, size_t i)
{
	return own_phrase_at(parse, parse->index, i) ||
		phrase_at(parse, i, parse_class(parse, CLASS_DAY), NULL) > i + 1 ||
		phrase_at(parse, i, parse_class(parse, CLASS_HOUR), NULL) > i + 1 ||
		or_at_word(parse, i);
}

static bool name_joins(const struct parse *parse, size_t i)
{
	const struct token *token = &parse->tokens[i];

	return token->before == BOUND_SOFT &&
		(token->sep == ' ' || token->sep == '.' || token->sep == '-' || token->sep == '`' ||
			token->sep == '\'');
}

/* The end of a name that begins at a token; lenient: its first word may mean something else. */
static size_t name_end(const struct parse *parse, size_t at, bool lenient)
{
	size_t end = at;

	while (end < parse->last && end < at + NAME_TOKENS) {
		bool fits = (end > at || !or_at_word(parse, end)) &&
			(strange_word(parse, end) ||
			(lenient && end == at && possible_name(parse, end)));

		/* initials: M. YUSUF, SITI A., "#SITI B#" */
		if (!fits && parse->tokens[end].length == 1 && end > at &&
			parse->tokens[end].digits == false &&
			(end + 1 == parse->last || parse->tokens[end + 1].sep == '.' ||
				(parse->strong && parse_crosses(parse, end + 1))))
			fits = true;
		if (!fits || (end > at && (!name_joins(parse, end) || name_ends(parse, end))))
			break;
		end++;
	}
	return end;
}

/* "wati pogalan": the last word is where she lives; *end in front of it. */
static void end_at_home(struct parse *parse, size_t start, size_t *end)
{
	if (*end > start + 1 && parse->index->area >= 0 && desa_ends_name(parse, *end - 1))
		--*end;
}

const char *name_text(struct parse *parse, size_t first, size_t last)
{
	struct strbuf out = {.arena = parse->arena};

	for (size_t i = first; i < last; i++) {
		const char *c = parse->tokens[i].text;

		if (i > first)
			strbuf_putc(&out, ' ');
		else
			c += strspn(c, "'`"); /* "LAHIR'SITI" */
		for (; *c; c++)
			strbuf_putc(&out, (char)toupper((unsigned char)*c));
	}
	return out.text ? out.text : "";
}

/* "anak ke 2 bu rina", "anak pertama bu rina": behind which child it is. */
static size_t behind_which(const struct parse *parse, size_t at)
{
	size_t end = phrase_at(parse, at + 1, parse_class(parse, CLASS_ORDINAL), NULL);

	if (!end && at + 2 < parse->last && same_name(parse->tokens[at + 1].text, "ke") &&
		parse->tokens[at + 2].digits)
		end = at + 3;
	return end ? end : at + 1;
}

/* A word for a child in front of a mother's title: which kind; NULL. */
static const char *hers(const struct parse *parse, size_t at)
{
	const char *child = token_meaning(&parse->tokens[at], parse_class(parse, CLASS_CHILD));
	const char *title = NULL;
	size_t next = child ? behind_which(parse, at) : at;

	if (!child || next >= parse->last || parse->tokens[next].before > BOUND_SOFT ||
		!phrase_at(parse, next, parse_class(parse, CLASS_TITLE), &title) ||
		!same_name(title, "ibu"))
		return NULL;
	return child;
}

/* "sari istri pak mulyono": who is told of is named in front. */
static bool named_before_kin(const struct parse *parse, size_t at)
{
	return at > parse->first + 1 && parse->tokens[at - 1].before <= BOUND_SOFT &&
		strange_word(parse, at - 2);
}

/* "istri pak darno", in a form about a mother: nobody knows her own name yet. */
static bool wife_before(const struct parse *parse, size_t at)
{
	return parse->index->form->mother && !parse->index->form->self && at > parse->first &&
		parse->tokens[at].before <= BOUND_SOFT &&
		token_is(&parse->tokens[at - 1], parse_class(parse, CLASS_WIFE));
}

static bool is_no_mother(const char *title)
{
	return same_name(title, "pria") || same_name(title, "adik");
}

/* "anak pak yono" names no mother, "namanya bu yuni" no child. */
static bool wrong_parent(const struct form_index *index, int f, const char *title)
{
	if (is_no_mother(title))
		return f == index->mother;
	return same_name(title, "ibu") && f != index->name && f != index->mother;
}

/* "anaknya pak darto": the child's father, in a form about who died. */
static bool of_father(const struct parse *parse, size_t key, size_t at, const char *title)
{
	return !keyed(key, at) && same_name(title, "pria") && parse->index->mother >= 0 &&
		parse->index->story_class >= 0 && at > parse->first &&
		parse->tokens[at].before <= BOUND_SOFT &&
		token_is(&parse->tokens[at - 1], parse_class(parse, CLASS_CHILD));
}

/* The mother's field of a form that is told of a child: who has a title is she ("TIMBANG#ANAK BU
 * SITI", whose keyword took "ANAK"); -1. */
static int mother_of_told(const struct form_index *index, int f)
{
	const struct form *form = index->form;

	return f == index->name && form->self && form->mother && !form->kind
		? form_field_index(form, form->mother)
		: -1;
}

/* A value of the field stands behind a key in front. */
static bool keyed_before(const struct parse *parse, int f)
{
	parse_step(parse, parse->ncandidate / 8);
	for (size_t i = 0; i < parse->ncandidate; i++) {
		if (parse->candidates[i].field == f && parse->candidates[i].kind == KIND_KEYED)
			return true;
	}
	return false;
}

/* "mati bayi, nama rizki, …, ibu halimah": the child has a name of its own, a clause names her. */
static bool beside_child(const struct parse *parse, int f, size_t at)
{
	if (at == parse->first || !(clause_ends_before(&parse->tokens[at]) ||
		parse_starts_segment(parse, at)) || !keyed_before(parse, f))
		return false;
	for (size_t i = parse->first; i < at; i++) {
		if (token_is(&parse->tokens[i], parse_class(parse, CLASS_CHILD)))
			return true;
	}
	return false;
}

/* A title in front: "ny darmi", "by ny lastri". The whole of the latter is the child's name. */
static void titled(struct parse *parse, int f, size_t key, size_t at)
{
	const struct form_index *index = parse->index;
	const char *title = NULL, *first;
	size_t start = phrase_at(parse, at, parse_class(parse, CLASS_TITLE), &title), end, next;
	struct candidate *c;
	const char *child = hers(parse, at);
	bool bayi;

	if (child) {
		title = "bayi"; /* "orok teh iis" */
		start = behind_which(parse, at);
	}
	if (!start || start >= parse->last || parse_crosses(parse, start) ||
		(kin_before(parse, start) && is_no_mother(title) &&
			phrase_at(parse, start, parse_class(parse, CLASS_TITLE), NULL)))
		return; /* "adik pak slamet": by his title */
	first = title;
	bayi = same_name(title, "bayi");
	/* "almh bu sarmi", "by. ny. lastri": titles in a row */
	while ((next = phrase_at(parse, start, parse_class(parse, CLASS_TITLE), NULL)) &&
		next < parse->last && !parse_crosses(parse, next)) {
		phrase_at(parse, start, parse_class(parse, CLASS_TITLE), &title);
		bayi |= same_name(title, "bayi");
		start = next;
	}
	if (bayi && same_name(first, "ibu"))
		/* "bu, bayi ny ratna": somebody is spoken to; the name begins behind that */
		return;
	if (keyed(key, at) && (wrong_parent(index, f, title) ||
		(at == key + 1 && f == index->mother && her_mother(parse, at))))
		return;
	end = name_end(parse, start, true);
	end_at_home(parse, start, &end);
	if (!keyed(key, at) && index->mother < 0 && f == index->name && index->form->mother &&
		same_name(title, "ibu") && kin_in_front(parse, at))
		return; /* "adiknya bu tini": who she is nobody says */
	if (end > start && same_name(title, "pria") && f == index->name &&
		!named_before_kin(parse, at) && wife_before(parse, at)) {
		c = candidate_add(parse, at - 1, end, f, WORTH_TITLE + 1,
			name_text(parse, at - 1, end), "a wife by her husband's name");
		return;
	}
	if (end == start || (same_name(title, "pria") && !keyed(key, at) && (index->mother < 0 ||
		(kin_before(parse, at) && named_before_kin(parse, at)))))
		return;
	if (f == index->name && index->mother >= 0 &&
		(kin_in_front(parse, at) || of_father(parse, key, at, first))) {
		c = candidate_add(parse, at - 1, end, f, WORTH_TITLE + 4,
			name_text(parse, at - 1, end), "somebody by whose kin it is");
		c->flags |= FLAG_KIN;
	} else if (f == index->name && index->mother >= 0 && child && child[0] == '2') {
		c = candidate_add(parse, key, end, index->mother,
			keyed_worth(key, at, end, WORTH_TITLE + 2), name_text(parse, start, end),
			"a mother by her child");
	} else if (!keyed(key, at) && !bayi && same_name(title, "ibu") &&
		mother_of_told(index, f) >= 0) {
		c = candidate_add(parse, at, end, mother_of_told(index, f), WORTH_TITLE + 1,
			name_text(parse, start, end), "a mother by her title");
	} else if (f == index->name && index->mother >= 0 && bayi) {
		c = candidate_add(parse, key, end, f, keyed_worth(key, at, end, WORTH_TITLE + 2),
			name_text(parse, at, end), "a child by its mother's name");
		c->flags |= FLAG_TITLE_BAYI;
		c->offer.or_null = name_text(parse, start, end);
	} else {
		bool child_key = keyed(key, at) && same_name(title, "ibu") &&
			token_is(&parse->tokens[key], parse_class(parse, CLASS_CHILD));
		bool own = (bayi || child_key) && f == index->name && index->form->self;

		c = candidate_add(parse, key, end, f,
			keyed_worth(key, at, end, WORTH_TITLE) + (f == index->name),
			name_text(parse, own ? (child_key ? key : at) : start, end),
			own ? "a child by its mother's name" : "a name behind a title");
		c->flags |= same_name(title, "ibu") ? FLAG_TITLE_IBU : 0;
	}
	if (!keyed(key, at) && c->flags & FLAG_TITLE_IBU && index->mother >= 0 &&
		beside_child(parse, f, at))
		c->field = (signed char)index->mother;
	c->kind = keyed(key, at) ? KIND_KEYED : KIND_TYPED;
}

/* Where a name may stand without a title: first, at the start of a field, behind a date, behind
 * words of twins. */
static bool name_due(const struct parse *parse, size_t at)
{
	return parse_starts_segment(parse, at) || opening_ends_at(parse, at) ||
		(behind_twins(parse, at) && strange_word(parse, at));
}

/* "anak dimas nama …", of a form about a child: nothing but the name stands up to the next key.
 * "anak rewel" at the end is a remark, or a second name behind one that was told by its key. */
static bool between_keys(const struct parse *parse, int f, size_t at, size_t end)
{
	return parse->index->form->line_only && f == parse->index->name &&
		strange_word(parse, at) &&
		(end < parse->last
				? token_is_key(&parse->tokens[end], 1, parse->index->key_class)
				: keyed_before(parse, f));
}

/* The name of whom a report of children tells, which begins with no name: "dpt 3 anak dimas", but
 * not "dimas dpt 3 anak bungsu". */
static bool names_child(const struct parse *parse, int f, size_t at)
{
	const struct form *form = parse->index->form;

	return !form->kind && form->mother && form_role_is(form->self, form->fields[f].name) &&
		!strange_word(parse, parse->first) &&
		!token_may_mean(&parse->tokens[at], parse_class(parse, CLASS_ORDINAL));
}

/* "bayi" is a key where it is written as one: "bayi: arsyad", "#bayi arsyad#"; before a child's
 * name in a report of children. */
static bool plainly_keyed(const struct parse *parse, int f, size_t key, size_t at, size_t end)
{
	return between_keys(parse, f, at, end) || at != key + 1 ||
		names_child(parse, f, at) ||
		!token_is(&parse->tokens[key], parse_class(parse, CLASS_CHILD)) ||
		parse->tokens[at].sep == ':' || parse->tokens[at].sep == '=' ||
		whole_field(parse, key, end);
}

void field_name(struct parse *parse, int f, size_t key, size_t at)
{
	struct candidate *c;
	size_t end;
	bool first;

	if (at >= parse->last || (keyed(key, at) && parse_crosses(parse, at)))
		return;
	if (f != parse->index->name && !keyed(key, at))
		return;
	titled(parse, f, key, at);
	if (keyed(key, at)) {
		end = name_end(parse, at, true);
		end_at_home(parse, at, &end);
		if (!plainly_keyed(parse, f, key, at, end))
			return;
		if (f == parse->index->mother &&
			token_is(&parse->tokens[at], parse_class(parse, CLASS_OUTCOME)))
			return; /* "bayinya selamat" */
		if (token_is(&parse->tokens[key], parse_class(parse, CLASS_MOTHER)) &&
			token_is(&parse->tokens[at], parse_class(parse, CLASS_KIN)))
			return; /* "ibunya kembaran rina" */
		if (end > at) {
			first = f == parse->index->mother && at == key + 1 && her_mother(parse, at);
			c = candidate_add(parse, key, end, first ? parse->index->name : f,
				keyed_worth(key, at, end, 0),
				name_text(parse, first ? key : at, end), "a name behind its key");
			c->kind = KIND_KEYED;
			c->flags |= FLAG_SURE;
		}
		return;
	}
	if (parse->index->order[f] < 0 || !name_due(parse, at))
		return;
	first = at == parse->first || (parse->strong && at > parse->first &&
		parse_segment_end(parse, parse->first) == at && parse->index->order[f] > 0);
	end = name_end(parse, at, first && possible_name(parse, at) &&
		(parse->strong || parse->commas || strange_word(parse, at)));
	end_at_home(parse, at, &end);
	if (end == at || (end == at + 1 && parse->tokens[at].length == 1))
		return;
	c = candidate_add(parse, at, end, f, WORTH_NAME + WORTH_TOKEN * (int)(end - at),
		name_text(parse, at, end), "words where a name is due");
	c->kind = KIND_BARE;
	if (parse->strong && end < parse_segment_end(parse, at) && parse->tokens[end].digits)
		c->worth -= WORTH_SLIP; /* "mur 18 th#": rather a slip of a key */
}
