/* Told or asked: the signs of a clause and what they weigh. See mood.h. */
#include "parsers/mood/mood.h"

#include <string.h>

#include "parsers/parse/clause.h"
#include "parsers/parse/look.h"

#define CONFIRM_WORDS 5
#define PEOPLE_DIGITS 3 /* of a number of people */
#define NAME_WORDS    3
#define STATE_WORDS   4 /* "sudah diverifikasi bidan apa belum" */

static const struct {
	unsigned sign;
	int weight;
	const char *what;
} weights[] = {
	{MOOD_NAMED, 5, "somebody by name"},
	{MOOD_DAY, 7, "a day"},
	{MOOD_COUNTED, 3, "people counted"},
	{MOOD_OPENS, -20, "a word that asks in front"},
	{MOOD_TRUE, -2, "whether it is true"},
	{MOOD_DETAIL, -6, "when, where, who or how many"},
	{MOOD_CAUSE, -5, "why"},
	{MOOD_BEYOND, -2, "something else is asked"},
	{MOOD_RULE, 0, "what the rule is"},
	{MOOD_WHETHER, -20, "or not"},
	{MOOD_CAME, -20, "whether its report came"},
	{MOOD_STATE, 0, "whether something was done then"},
	{MOOD_MARK, -2, "a question mark"},
	{MOOD_COUNTS, -1, "by who counts"},
	{MOOD_DIES, 3, "a verb of dying"},
	{MOOD_TELLS, 4, "a word of telling"},
	{MOOD_CRIES, 5, "a call"},
	{MOOD_ASKS, -20, "a word that asks"},
	{MOOD_SPAN, -20, "a time that no event takes"},
	{MOOD_WHICH, -6, "which of them"},
	{MOOD_BARE, -1, "nothing else"},
	{MOOD_OFFICE, -2, "by an office"},
	{MOOD_ABOVE, -4, "by one above them"},
};

/* The clause of the word. */
struct look {
	const struct parse *parse;
	size_t first, at, behind, end;
};

static const char *asking_at(const struct parse *parse, size_t i)
{
	const char *meaning =
		token_meaning(&parse->tokens[i], parse_class(parse, CLASS_NO_DEATH));

	return meaning && strncmp(meaning, "tanya", 5) == 0 ? meaning : NULL;
}

/* "apa", "apakah": whether, of what stands behind. */
static bool whether_at(const struct parse *parse, size_t i)
{
	const char *kind = NULL;

	return phrase_at(parse, i, parse_class(parse, CLASS_NEAR_DEATH), &kind) &&
		same_name(kind, "apakah");
}

static bool of_class(const struct parse *parse, size_t i, const char *name)
{
	return phrase_at(parse, i, lexicon_class(parse->reader->lexicon, name), NULL) > 0;
}

static bool no_at(const struct parse *parse, size_t i)
{
	return word_of(parse, i, CLASS_NEGATION);
}

/* "keguguran", "lahir mati": a kind of death by itself, her child's and not hers. */
static bool tells_kind(const struct parse *parse, size_t at)
{
	for (size_t f = 0; f < parse->reader->nform; f++) {
		const struct form_index *index = &parse->reader->index[f];

		if (index->story_class >= 0 &&
			phrase_at(parse, at, index->words[(int)index->by_order[0]], NULL))
			return true;
	}
	return false;
}

/* "siti rohmah sudah meninggal siapa yang lapor": nothing but a name, of whom only people do. */
static bool opens_with_name(const struct look *look, size_t *person)
{
	const struct parse *parse = look->parse;
	const char *kind = NULL;
	size_t end = look->at;

	while (end > look->first && word_of(parse, end - 1, CLASS_PREDICATE))
		end--;
	if (end == look->first || end - look->first > NAME_WORDS ||
		!phrase_at(parse, look->at, parse_class(parse, CLASS_DEATH), &kind) || *kind != '1')
		return false;
	for (size_t i = look->first; i < end; i++)
		if (parse->tokens[i].words || parse->tokens[i].keys || parse->tokens[i].digits)
			return false;
	*person = look->first;
	return true;
}

/* Somebody has a name in front of the word. *person: where. */
static unsigned names_person(const struct look *look, size_t *person)
{
	const struct parse *parse = look->parse;

	*person = look->at;
	if (tells_kind(parse, look->at))
		return 0;
	for (size_t i = look->at; i > look->first; i--) {
		size_t name = phrase_at(parse, i - 1, parse_class(parse, CLASS_TITLE), NULL);

		if (!name || name >= look->at || parse->tokens[name].digits ||
			token_means(parse, name))
			continue;
		*person = i - 1;
		return MOOD_NAMED;
	}
	return opens_with_name(look, person) ? MOOD_NAMED : 0;
}

static bool unit_is(const struct token *token, const char *unit)
{
	const char *meaning = token_meaning(token, CLASS_UNIT);

	return meaning && same_name(meaning, unit);
}

/* "3 anak", "20 orang" */
static bool counts_people(const struct look *look)
{
	const struct parse *parse = look->parse;

	for (size_t i = look->first; i + 1 < look->end; i++) {
		const struct token *token = &parse->tokens[i];

		if (token->digits && token->length <= PEOPLE_DIGITS && token->number > 1 &&
			token[1].before <= BOUND_SOFT &&
			(word_of(parse, i + 1, CLASS_CHILD) || unit_is(&token[1], "ORANG")))
			return true;
	}
	return false;
}

/* The last word of the clause but for "ya bu", and whatever stands in front of it. */
static size_t last_word(const struct look *look)
{
	size_t last = look->end;

	while (last > look->behind && !no_at(look->parse, last - 1) &&
		word_of(look->parse, last - 1, CLASS_CHAT))
		last--;
	return last;
}

/* "meninggal belum ya", "meninggal apa tidak", "lapor kematian bu siti belum": the word is open. */
static bool left_open(const struct look *look)
{
	const struct parse *parse = look->parse;
	size_t last = last_word(look);
	bool already = false;

	if (last <= look->behind || !no_at(parse, last - 1))
		return false;
	for (size_t i = look->first; i < look->at; i++)
		already |= of_class(parse, i, "sudah_kata");
	for (size_t i = look->behind; i + 1 < last; i++)
		if (token_means(parse, i) && !whether_at(parse, i) && !of_class(parse, i,
			"masuk_antara") && !phrase_of(parse, i, CLASS_TITLE))
			return false;
	return already || last == look->behind + 1 || whether_at(parse, last - 2);
}

/* "kematian bu siti sudah diverifikasi belum": what became of the report of it; "bu siti meninggal
 * sudah dilaporkan belum": of her, who is told of. */
static unsigned state_asked(const struct look *look)
{
	const struct parse *parse = look->parse;
	size_t last = last_word(look);
	bool noun = false;

	if (last <= look->behind || !no_at(parse, last - 1))
		return 0; /* nearly always */
	for (size_t i = look->at; i < look->behind; i++)
		noun |= of_class(parse, i, "kata_kematian");
	for (size_t i = last - 1; i > look->behind && last - i <= STATE_WORDS; i--)
		if (of_class(parse, i - 1, "sudah_kata"))
			return noun ? MOOD_CAME : MOOD_STATE;
	return 0;
}

/* "apa masih hidup", "apa sehat" */
static bool lives_at(const struct parse *parse, size_t at, size_t end)
{
	while (at < end && word_of(parse, at, CLASS_PREDICATE))
		at++;
	return at < end && word_of(parse, at, CLASS_OUTCOME);
}

/* "siapa yang lapor", "apa harus dilaporkan", "gimana": not of what is told itself. */
static unsigned behind_kind(const struct look *look, size_t i, const char *asks)
{
	const struct parse *parse = look->parse;
	bool more = i + 1 < last_word(look);

	if (same_name(asks, "tanya_sebab"))
		return MOOD_CAUSE;
	if (same_name(asks, "tanya_rinci"))
		return MOOD_DETAIL;
	if (whether_at(parse, i) && !more && i > look->behind)
		return MOOD_CAUSE; /* "karena apa", "sakit apa" */
	if (whether_at(parse, i))
		return more && !no_at(parse, i + 1) && !lives_at(parse, i + 1, look->end)
			? MOOD_BEYOND : MOOD_WHETHER;
	return same_name(asks, "tanya_siapa") && !more ? MOOD_DETAIL : MOOD_BEYOND;
}

static bool ends_asking(const struct look *look)
{
	const struct parse *parse = look->parse;
	const char *behind = parse->text + parse->tokens[look->end - 1].end;

	return behind[strspn(behind, " !.")] == '?';
}

/* "harus lapor ke mana", "masuk aki" */
static bool rule_at(const struct look *look, size_t i)
{
	const struct parse *parse = look->parse;

	return (of_class(parse, i, "aturan") && last_word(look) > i + 1) ||
		(i + 1 < look->end && of_class(parse, i, "masuk_kerja") &&
			of_class(parse, i + 1, "indikator"));
}

/* What asks in front of the word and behind it, and where. */
static unsigned asking_signs(const struct look *look, size_t person, size_t *asks)
{
	const struct parse *parse = look->parse;
	unsigned signs = 0;
	size_t rule = 0;
	const char *asking;

	for (size_t i = look->first; i < look->at; i++)
		if (asking_at(parse, i))
			signs |= i < person && person < look->at && whether_at(parse, i)
				? MOOD_TRUE : MOOD_OPENS;
	for (*asks = look->at + 1; *asks < look->end; ++*asks) {
		if ((asking = asking_at(parse, *asks)))
			return signs | behind_kind(look, *asks, asking);
		if (!rule && rule_at(look, *asks))
			rule = *asks;
	}
	signs |= (ends_asking(look) ? MOOD_MARK : 0) | (rule ? MOOD_RULE : 0);
	*asks = rule ? rule : look->end;
	return signs;
}

int mood_weigh(unsigned signs)
{
	int weight = 0;

	for (size_t i = 0; i < COUNT_OF(weights); i++)
		if (signs & weights[i].sign)
			weight += weights[i].weight;
	return weight;
}

void mood_explain(struct strbuf *out, const char *what, unsigned signs, bool told)
{
	struct strbuf line = {0};

	if (!out)
		return; /* nearly always */
	strbuf_printf(&line, "%s is %s:", what, told ? "told" : "asked");
	for (size_t i = 0; i < COUNT_OF(weights); i++)
		if (signs & weights[i].sign)
			strbuf_printf(&line, " %s %+d;", weights[i].what, weights[i].weight);
	strbuf_printf(&line, " together %d.\n", mood_weigh(signs));
	if (!out->text || !strstr(out->text, line.text))
		strbuf_puts(out, line.text); /* it is looked at more than once */
	strbuf_free(&line);
}

struct mood mood_at(const struct parse *parse, size_t at, size_t count)
{
	struct look look = {parse, at, at, at + 1, at + 1};
	struct mood mood = {0};
	size_t person, story = phrase_of(parse, at, CLASS_DEATH);

	while (look.first > 0 && !clause_ends_before(&parse->tokens[look.first]))
		look.first--;
	while (look.end < count && !clause_ends_before(&parse->tokens[look.end]))
		look.end++;
	look.behind = story > at && story <= look.end ? story : at + 1;
	mood.signs = names_person(&look, &person);
	mood.signs |= asking_signs(&look, person, &mood.asks);
	mood.signs |= left_open(&look) ? MOOD_WHETHER : state_asked(&look);
	if (!(mood.signs & ~(unsigned)MOOD_NAMED))
		return (struct mood){.signs = mood.signs}; /* nearly always: nothing asks */
	if (says_past_day(parse, look.first, mood.asks))
		mood.signs |= MOOD_DAY;
	if (counts_people(&look))
		mood.signs |= MOOD_COUNTED;
	if (mood.signs & MOOD_DETAIL && at > look.first && of_class(parse, at - 1, "yang"))
		mood.signs |= MOOD_WHICH; /* "yang meninggal kemarin namanya siapa" */
	if (parse->context->sender->role >= ROLE_DINKES)
		mood.signs |= MOOD_COUNTS;
	mood.weight = mood_weigh(mood.signs);
	if (mood.asks >= look.end || of_class(parse, mood.asks, "bagaimana_kata") ||
		!(mood.signs & (MOOD_NAMED | MOOD_DAY)) ||
		!(mood.signs & (MOOD_BEYOND | MOOD_CAUSE | MOOD_RULE)))
		mood.asks = 0;
	mood.end = look.end;
	mood_explain(parse->context->explain, parse->tokens[at].text, mood.signs, mood.weight >= 0);
	return mood;
}

bool message_asks(const struct parse *parse, size_t count)
{
	if (strchr(parse->text, '?'))
		return true;
	for (size_t i = 0; i < count; i++) {
		if (asking_at(parse, i))
			return true;
	}
	return false;
}

bool message_confirms(const struct parse *parse, size_t count)
{
	int meaning = lexicon_class(parse->reader->lexicon, "arti");
	size_t behind = count;

	while (behind > 0 && !parse->tokens[behind - 1].digits)
		behind--;
	if (behind == 0 || count - behind > CONFIRM_WORDS)
		return false;
	for (size_t i = 0; i < count; i++)
		if ((i < behind && (asking_at(parse, i) || parse->tokens[i].sep == '?')) ||
			(i >= behind && phrase_at(parse, i, meaning, NULL)))
			return false;
	return true;
}
