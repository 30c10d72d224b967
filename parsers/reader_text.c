/* One text as one message: "none this month", commands, reports by keyword, deaths in free text,
 * reports by shape, chat. */
#include "parsers/reader_text.h"

#include <string.h>

#include "parsers/besides.h"
#include "parsers/dying/death.h"
#include "parsers/field/field.h"
#include "parsers/intent/intent.h"
#include "parsers/intent/intent_words.h"
#include "parsers/mood/mood.h"
#include "parsers/parse/clause.h"
#include "parsers/reader_list.h"
#include "parsers/reader_nihil.h"
#include "parsers/reader_prose.h"
#include "parsers/region/region.h"
#include "parsers/text/text.h"
#include "parsers/words/rewrite.h"

#define UTF8_MOST 4 /* octets of a character */
#define COUNT_DIGITS 3 /* of a number of people */
#define DAY_NUMBERS 6 /* of a date, or of two */
#define LISTING_MOST 2000 /* octets of a list of reports; it grows by its heading in each line */

char *text_trimmed(
	const struct intent_call *call, const char *text, bool *cut, struct rule_set *rules)
{
	char *folded = text_fold(call->arena, text);
	size_t length;

	*cut = strnlen(text, TEXT_FOLDED_MAX + 1) > TEXT_FOLDED_MAX ||
		strlen(folded) + UTF8_MOST > TEXT_FOLDED_MAX;
	folded = rewrites_apply(lexicon_rewrites(call->lexicon), call->arena, folded, rules,
		call->context->explain);
	text_drop_parts(folded);
	if (strlen(folded) < LISTING_MOST)
		folded = listing_spread(call->reader, call->arena, folded);
	while (*folded == ' ' || *folded == '\n')
		folded++;
	length = strlen(folded);
	while (length && (folded[length - 1] == ' ' || folded[length - 1] == '\n'))
		folded[--length] = '\0';
	return folded;
}

size_t text_cut(struct parse *parse, char *text, const char **with)
{
	const struct reader *reader = parse->reader;
	size_t count = tokens_cut(text, parse->tokens, reader->lexicon, reader->keys);
	const char *kept;
	bool opens = false;

	*with = NULL;
	parse->first = 0;
	parse->last = count > TOKENS_MAX ? 0 : count;
	for (size_t i = 0; i < parse->last; i++) {
		struct keyword keyword = keyword_at(parse, i);

		if (!keyword.end && i == 0)
			keyword = keyword_slip(parse, i);
		if (keyword.end && keyword.index->patterns)
			return count;
		opens |= keyword.end > 0;
	}
	if (!opens && prose_notes(parse))
		return count;
	kept = arena_strdup(parse->arena, text);
	if (!text_drop_gravida(text))
		return count;
	*with = kept;
	if (!text[strspn(text, " \n")]) /* nothing else is said: an answer */
		memcpy(text, kept, strlen(kept));
	return tokens_cut(text, parse->tokens, reader->lexicon, reader->keys);
}

/* No numbers of a report, and nobody has died: somebody may need help now. */
static bool cries_for_help(const struct intent_call *call, size_t count)
{
	struct parse *parse = &call->scratch->parse;
	struct keyword slip;

	parse->first = 0;
	parse->last = count > TOKENS_MAX ? 0 : count;
	if (!parse->last || parse_digits(parse, 0, count) >= 2 ||
		(has_strong(parse, 0, count) &&
			(keyword_at(parse, 0).end || keyword_slip(parse, 0).end)))
		return false;
	slip = keyword_slip(parse, 0);
	if (death_told_in(parse, 0, count) < count || (slip.end && slip.index->form->story))
		return false;
	return !intent_tells_illness(call);
}

/* "posyandu harusnya besok": words of a mistake and a field: no report of its own. */
static bool corrects(const struct intent_call *call, size_t count)
{
	return call->scratch->other_text && !has_strong(&call->scratch->parse, 0, count);
}

bool text_has_word(const struct parse *parse, size_t count, enum word_class which)
{
	struct class_set classes = tokens_mean(parse->tokens, 0, count);

	return class_in(&classes, parse_class(parse, which));
}

/* "nihil lahir agt boleh dikirim skrg?", "lahir nihil juli ?", NIHIL LAHIR ? tell nothing yet. */
static bool asks_how(const struct intent_call *call, size_t count)
{
	struct parse *parse = &call->scratch->parse;

	if (!strchr(call->text, '?'))
		return false; /* nearly always */
	parse_window(parse, 0, count);
	if (nihil_bare(parse, count))
		return true;
	for (size_t i = 0; i < count; i++)
		if (phrase_at(parse, i, parse_class(parse, CLASS_MAY), NULL) ||
			(phrase_at(parse, i, parse_class(parse, CLASS_NIHIL), NULL) &&
				mood_asks(parse, i, count)))
			return true;
	return false;
}

/* "desa yg tidak ada kelahiran juli" of those who count asks for a list, and tells no NIHIL. */
static bool nihil_told(const struct intent_call *call, size_t count, struct reading *out)
{
	struct parse *parse = &call->scratch->parse;

	if (count < 2 || count > TOKENS_MAX || call->context->sender->role == ROLE_NONE ||
		asks_how(call, count) || !read_nihil(parse, count, out))
		return false;
	if (!intent_is_office(call->context->sender))
		return true;
	if (intent_read(call, INTENT_FIRST, out) && out->intent == INTENT_QUERY &&
		out->query.limit > 0)
		return true;
	reading_clear(out, out->training);
	return read_nihil(parse, tokens_again(call), out);
}

/* "formatnya gini ya? contoh: LAHIR#…", "apa begini: LAHIR#… ini cuma contoh": a word that shows
 * how, in front of the first keyword or as the last. Who asks so tells nothing of anybody; a death
 * is heard all the same. */
static bool shows_example(
	const struct intent_call *call, size_t count, const struct class_set *classes)
{
	struct parse *parse = &call->scratch->parse;
	bool shown = false;

	if (count < 2 || count > TOKENS_MAX || !class_in(classes, CLASS_EXAMPLE))
		return false; /* nearly always */
	parse_window(parse, 0, count);
	shown = !parse_crosses(parse, count - 1) && !parse->tokens[count - 2].keys &&
		phrase_at(parse, count - 1, parse_class(parse, CLASS_EXAMPLE), NULL) > 0;
	for (size_t i = 0; i < count; i++) {
		struct keyword keyword = keyword_at(parse, i);

		if (keyword.end)
			return shown && !keyword.index->form->story;
		shown |= phrase_at(parse, i, parse_class(parse, CLASS_EXAMPLE), NULL) > 0;
	}
	return false;
}

/* "KEMATIAN BAYI DESA SOBO 14/8/24" of those who count: a question may have these, too. */
static bool told_plainly(const struct intent_call *call, size_t count)
{
	struct parse *parse = &call->scratch->parse;

	return plainly_report(parse, count) &&
		!(parse->index->form->story && intent_is_office(call->context->sender) &&
			parse_digits(parse, 0, count) <= DAY_NUMBERS);
}

/* Behind a keyword nothing but "belum ya bu", "apa durung", "kapan", to the end of the clause. */
static bool or_not_yet(const struct parse *parse, size_t at, size_t end)
{
	bool asked = false;

	for (; at < end; at++) {
		const struct token *token = &parse->tokens[at];
		const char *asks = token_meaning(token, parse_class(parse, CLASS_NO_DEATH));

		if (token_is(token, parse_class(parse, CLASS_NEGATION)) ||
			(asks && strncmp(asks, "tanya", 5) == 0))
			asked = true;
		else if (!token_is(token, parse_class(parse, CLASS_FILLER)) &&
			!token_is(token, parse_class(parse, CLASS_GREETING)))
			return false;
	}
	return asked;
}

/* "bu tini sudah lahiran belum ya bu? kmrn kontrol kok 2,9 kg": whether it has happened is asked,
 * and nothing else is told. */
static bool asks_whether(struct parse *parse, size_t count, const struct class_set *classes)
{
	size_t first = 0, end;
	struct keyword keyword = {0};

	if (class_in(classes, CLASS_DEATH) ||
		!(class_in(classes, CLASS_NEGATION) || class_in(classes, CLASS_NO_DEATH)))
		return false; /* nearly always */
	parse_window(parse, 0, count);
	while (first < count && !(parse->tokens[first].keys &&
		(keyword = keyword_at(parse, first)).end))
		first++;
	end = keyword.end;
	while (end && end < count && !clause_ends_before(&parse->tokens[end]))
		end++;
	if (!end || keyword.index->form->held || has_strong(parse, 0, count) ||
		!or_not_yet(parse, keyword.end, end))
		return false;
	while (first > 0 && !clause_ends_before(&parse->tokens[first]))
		first--;
	if (parse_digits(parse, first, end) > 0)
		return false;
	while (end < count && !(parse->tokens[end].keys && keyword_at(parse, end).end))
		end++;
	return end == count;
}

/* A number of people right behind a word: no day, no age, and no part of one. */
static bool counted_behind(const struct parse *parse, size_t at)
{
	const struct token *token = &parse->tokens[at];
	const char *unit = at + 1 < parse->last ? unit_at(parse, at + 1) : NULL;

	return at < parse->last && token->digits && token->length <= COUNT_DIGITS &&
		token->before <= BOUND_SOFT && (!unit || same_name(unit, "ORANG")) &&
		!(at + 1 < parse->last && token[1].digits && token[1].sep &&
			strchr("/-.,", token[1].sep) && !token[1].spaced);
}

/* "6 anak", "anak 6", "bocah ada 6": so many children, and no dose's number, nor which child of
 * its mother. */
static bool children_counted(const struct parse *parse, size_t at)
{
	const struct token *token = &parse->tokens[at];
	bool behind = at + 1 < parse->last && token[1].before <= BOUND_SOFT &&
		token_is(&token[1], parse_class(parse, CLASS_CHILD));
	size_t front = at;

	while (front > 0 && at - front < 2 && token_is(&parse->tokens[front - 1],
		parse_class(parse, CLASS_GREETING)))
		front--; /* "anak ada 6" */
	return token->digits && token->length <= COUNT_DIGITS && token->number > 1 &&
		token->before <= BOUND_SOFT && (behind || (front > 0 &&
			token_is(&parse->tokens[front - 1], parse_class(parse, CLASS_CHILD)) &&
			(at + 1 == parse->last || (!token[1].digits && !unit_at(parse, at + 1)))));
}

/* "Imunisasi Agustus: BCG 4, DPT1 6", "imunisasi campak 6 anak": how many got each, where the form
 * tells of one child. */
static bool counts_children(const struct intent_call *call, size_t count)
{
	struct parse *parse = &call->scratch->parse;
	const struct form_index *index;
	struct keyword keyword;
	size_t counted = 0, dose;

	parse_window(parse, 0, count);
	keyword = keyword_at(parse, skip_leading(parse, count));
	index = keyword.index;
	dose = keyword.end;
	if (!index || !index->form->self || !index->form->mother)
		return false; /* nearly always */
	for (size_t f = 0; f < index->form->nfield; f++) {
		if (index->form->fields[f].type != FIELD_LIST)
			continue;
		for (size_t i = 0; i < count; i++) {
			size_t end = phrase_at(parse, i, index->words[f], NULL);

			dose = end > dose ? end : dose;
			counted += end > i && counted_behind(parse, end);
			if (i >= dose && children_counted(parse, i))
				return true;
		}
	}
	return counted > 1;
}

void read_text(const struct intent_call *call, size_t count, struct reading *out)
{
	struct parse *parse = &call->scratch->parse;
	const struct class_set classes = tokens_mean(parse->tokens, 0, count);

	call->scratch->other_text = false;
	parse_forget(parse);
	parse->text = call->text;
	parse->first = 0;
	parse->last = count;
	if (session_to_come(call, count, &classes)) {
		out->intent = INTENT_HUMAN;
		out->text = call->text;
		return;
	}
	if (nihil_told(call, count, out)) {
		out->text = call->text;
		return;
	}
	if (!told_plainly(call, count) && (intent_read(call, INTENT_FIRST, out) ||
	    (cries_for_help(call, count) && intent_read(call, INTENT_URGENT, out)))) {
		if (out->intent != INTENT_EMERGENCY || !read_prose(call, count, true, out))
			besides_command(call, count, class_in(&classes, CLASS_DEATH), out);
		return;
	}
	if (call->scratch->other_text) { /* a command read a value, and was none after all */
		count = tokens_cut(call->text, parse->tokens, call->lexicon, call->reader->keys);
		parse->text = call->text;
		parse->index = NULL;
	}
	if (count > 0 && count <= TOKENS_MAX &&
		(shows_example(call, count, &classes) || asks_whether(parse, count, &classes))) {
		out->intent = INTENT_HUMAN;
		out->command = "tanya";
		out->text = call->text;
		return;
	}
	if (count > 0 && count <= TOKENS_MAX && counts_children(call, count)) {
		out->intent = INTENT_HUMAN;
		out->text = call->text;
		return;
	}
	if (count > 0 && count <= TOKENS_MAX && !corrects(call, count) &&
		class_in(&classes, CLASS_DEATH) && read_cases(call, count, out)) {
		out->text = call->text;
		return;
	}
	if (count > 0 && count <= TOKENS_MAX && !corrects(call, count) &&
		read_any(parse, count, out)) {
		out->text = call->text;
		return;
	}
	reading_clear(out, out->training);
	if (!intent_read(call, INTENT_LAST, out))
		out->intent = INTENT_HUMAN;
	if (!call->scratch->other_text)
		(void)read_prose(call, count, out->intent == INTENT_EMERGENCY, out);
}
