/* What a question's words leave: names of places as they are written, one by one, and what nothing
 * explains. */
#include <string.h>

#include "parsers/intent/intent_question.h"
#include "parsers/text/error.h"

#define NAME_WORDS 4

/* Whether a place that may be asked about is written exactly so. */
static bool is_place(const struct intent_call *call, const char *name)
{
	const struct sender *sender = call->context->sender;
	const struct puskesmas *served;
	struct area_matches matches;
	const struct lexicon_entry *entry = lexicon_find(call->lexicon, name, strcspn(name, " "));

	for (; entry; entry = entry->next)
		if (entry->class_id >= 0 && strcmp(entry->class_name, "puskesmas") == 0 &&
			strchr(name, ' '))
			return gazetteer_find_puskesmas(call->context->places, name, NULL,
				       &served) == OK;
	for (size_t i = 0; i < sender->narea; i++)
		if (gazetteer_find_area_exact(call->context->places, name, sender->areas[i],
			    LEVEL_ANY, &matches) != ERR_NOT_FOUND)
			return true;
	for (size_t i = 0; sender->puskesmas && i < sender->puskesmas->narea; i++)
		if (gazetteer_find_area_exact(call->context->places, name,
			    sender->puskesmas->areas[i], LEVEL_ANY, &matches) != ERR_NOT_FOUND)
			return true;
	return false;
}

/* The longest name at word i: how many words; 0. */
static size_t place_at(const struct words *words, size_t i, const char **name)
{
	for (size_t n = NAME_WORDS; n > 0; n--) {
		const struct word *first = &words->list[i], *last = &words->list[i + n - 1];
		bool free = i + n <= words->count;

		for (size_t k = i; free && k < i + n; k++)
			free = !words->list[k].used && words->list[k].kind != WORD_DIGITS;
		if (!free)
			continue;
		*name = arena_strndup(words->call->arena, words->joined + first->at,
			(size_t)(last->at + last->length - first->at));
		if (is_place(words->call, *name))
			return n;
	}
	return 0;
}

static const char *join(const struct words *words, const char *text, size_t i)
{
	const struct word *word = &words->list[i];

	return arena_printf(words->call->arena, "%s%s%.*s", text ? text : "", text ? " " : "",
		(int)word->length, words->call->text + word->raw);
}

size_t question_bare_places(
	const struct question *question, const char *names[1 + QUERY_PLACES], const char **unknown)
{
	const struct words *words = question->words;
	size_t count = 0, length, n;
	const char *name;

	*unknown = NULL;
	for (size_t i = 0; i < words->count; i += n) {
		n = 1;
		if (words->list[i].used || words_phrase(words, "dan_juga", i, &length))
			continue;
		length = i + 1 == question->strange ? 0 : place_at(words, i, &name);
		if (length > 0 && count < 1 + QUERY_PLACES) {
			names[count++] = name;
			n = length;
		} else {
			*unknown = join(words, *unknown, i);
		}
	}
	return count;
}
