/* Several of a set of words: "riwayat sesar, keguguran", "kejang pusing". */
#include <string.h>
#include <strings.h>

#include "parsers/dying/death.h"
#include "parsers/field/field.h"

/* The choice that a token says behind the field's key: a word of its class, or its very name. */
static size_t choice_at(
	const struct parse *parse, int f, size_t at, bool named, const char **meaning)
{
	const struct form_field *field = &parse->index->form->fields[f];
	size_t end = phrase_at(parse, at, parse->index->words[f], meaning);
	const char *own = NULL;

	for (size_t i = 0; end && i < field->nchoice; i++) {
		if (same_name(field->choices[i], *meaning))
			own = field->choices[i];
	}
	if (own) {
		*meaning = own;
		return end;
	}
	*meaning = NULL;
	for (size_t i = 0; named && at < parse->last && i < field->nchoice; i++) {
		if (strcasecmp(field->choices[i], parse->tokens[at].text) == 0)
			*meaning = field->choices[i];
	}
	return *meaning ? at + 1 : 0;
}

/* "perdarahan tidak ada", "hiv negatif", "bcg belum", "kejang (-)": denied behind the word; "bcg
 * bulan depan": not yet. */
static bool denied_behind(const struct parse *parse, size_t end)
{
	const char *sign = parse->text + parse->tokens[end - 1].end;

	if (absent(parse, end) || phrase_at(parse, end, parse_class(parse, CLASS_NEGATIVE), NULL) ||
		phrase_at(parse, end, parse_class(parse, CLASS_NEXT_MONTH), NULL) ||
		(end < parse->last && parse->tokens[end].before <= BOUND_MEDIUM &&
			token_is(&parse->tokens[end], parse_class(parse, CLASS_NEGATION)) &&
			(end + 1 == parse->last || clause_ends_before(&parse->tokens[end + 1]) ||
				token_is_key(&parse->tokens[end + 1], 1,
					parse->index->key_class))))
		return true;
	sign += strspn(sign, " :=(");
	return *sign == '-' && strchr(" ),;#\n.", sign[1]) && (sign[1] != ' ' ||
		end == parse->last || !parse->tokens[end].digits);
}

/* "tidak bengkak", "tdk ada riwayat sc", "tdk pernah sesar": denied in front of the word or key. */
static bool denied_before(const struct parse *parse, int f, size_t at)
{
	const struct lexicon_entry *e = at > parse->first ? parse->tokens[at - 1].keys : NULL;

	while (e && !(e->words == 1 && e->class_id == parse->index->key_class && e->number == f))
		e = e->next;
	at -= e != NULL;
	return at > parse->first && (negated(parse, at) || never(parse, at));
}

/* "dan", "+", "/" and commas stand between two of them. */
static size_t next_value(const struct parse *parse, size_t at)
{
	if (at < parse->last && !parse_crosses(parse, at) &&
		token_is(&parse->tokens[at], parse_class(parse, CLASS_AND)))
		at++;
	return at < parse->last && !parse_crosses(parse, at) ? at : parse->last;
}

/* more: so many behind the first; each is worth something, lest it be of another field. */
static void add(struct parse *parse, int f, size_t key, size_t at, size_t end, const char *value,
	int more)
{
	struct candidate *c = candidate_add(parse, key, end, f,
		keyed_worth(key, at, end, WORTH_WORD) + more * (WORTH_WORD + WORTH_PARTED), value,
		"among its words");

	c->kind = keyed(key, at) ? KIND_KEYED : KIND_TYPED;
}

void field_list(struct parse *parse, int f, size_t key, size_t at)
{
	const char *meaning, *more;
	char *value;
	size_t end;

	if (at >= parse->last || (keyed(key, at) && parse_crosses(parse, at)))
		return;
	if (keyed(key, at)) { /* "riwayat tidak ada": told, and none */
		end = phrase_at(parse, at, parse_class(parse, CLASS_NIHIL), NULL);
		if (end)
			add(parse, f, key, at, end, LIST_NONE, 0);
	}
	end = choice_at(parse, f, at, keyed(key, at), &meaning);
	if (!end || denied_behind(parse, end) || denied_before(parse, f, key))
		return;
	value = arena_strdup(parse->arena, meaning);
	add(parse, f, key, at, end, value, 0);
	for (int behind = 1; keyed(key, at); behind++) {
		size_t next = next_value(parse, end);
		size_t last = choice_at(parse, f, next, true, &more);

		if (!last)
			return;
		if (!list_has(value, more)) /* said again it is no other one, and takes no room */
			value = arena_printf(parse->arena, "%s,%s", value, more);
		end = last;
		add(parse, f, key, at, end, value, behind);
	}
}
