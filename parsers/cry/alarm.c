/* Whether any word of a message can alarm, before its words are cut for the model of cries. */
#include "parsers/cry/cry.h"
#include "parsers/parse/scratch.h"
#include "parsers/words/word_class.h"

static bool alarms(const struct lexicon_entry *e)
{
	for (; e; e = e->next)
		if ((e->class_id == CLASS_CRY || e->class_id == CLASS_CRY_AROUND) &&
			sign_of(e->canonical) & ALARMING_SIGNS)
			return true;
	return false;
}

/* A word, as a slip too, or it and those behind it, whatever parts them. */
static bool word_may_alarm(const struct lexicon *lexicon, const struct token *token, size_t left)
{
	const struct lexicon_entry *e = token->words;
	char text[LEXICON_WORDS * TOKEN_TEXT];
	size_t length;

	if (!e)
		return lexicon_nearest(lexicon, CLASS_CRY, token->text) != NULL;
	if ((class_in(&e->classes, CLASS_CRY) || class_in(&e->classes, CLASS_CRY_AROUND)) &&
		alarms(e))
		return true;
	if (left < 2 || lexicon_longest_with(e, token[1].text) < 2 ||
		(!class_in(&e->opens, CLASS_CRY) && !class_in(&e->opens, CLASS_CRY_AROUND)))
		return false;
	for (size_t n = 2; n <= e->longest && n <= left; n++)
		if (tokens_phrase(token, 0, n, text, sizeof(text), &length) &&
			alarms(lexicon_find(lexicon, text, length)))
			return true;
	return false;
}

bool cry_may_alarm(const struct intent_call *call, size_t count)
{
	const struct token *tokens = call->scratch->tokens;

	if (count > TOKENS_MAX)
		return true;
	for (size_t i = 0; i < count; i++)
		if (tokens[i].digits ? call->text[tokens[i].end] == '/' &&
				tokens[i].number >= PRESSURE_UPPER
			: word_may_alarm(call->lexicon, &tokens[i], count - i))
			return true;
	return false;
}
