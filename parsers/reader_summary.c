/* A birth and the child's death, announced in one sentence and then told: see reader_summary.h. */
#include "parsers/reader_summary.h"

#include "parsers/dying/death.h"
#include "parsers/parse/keyword.h"
#include "parsers/aside/trial.h"

#define SUMMARY_WORDS 8

/* Words around "lahir" and "meninggal" that name nobody. */
static bool says_nothing(const struct parse *parse, size_t at)
{
	static const enum word_class classes[] = {CLASS_FILLER, CLASS_GREETING, CLASS_TITLE,
		CLASS_AND, CLASS_CHILD, CLASS_JOINING, CLASS_CHAT, CLASS_OUTCOME, CLASS_PREDICATE};

	for (size_t i = 0; i < COUNT_OF(classes); i++) {
		if (word_of(parse, at, classes[i]))
			return true;
	}
	return false;
}

/* A keyword of births, that of deaths or a word of dying; its end, 0: neither. */
static size_t event_at(const struct parse *parse, size_t at, bool *born, bool *died)
{
	struct keyword keyword = keyword_at(parse, at);
	size_t end = keyword.end ? keyword.end
		: phrase_at(parse, at, parse_class(parse, CLASS_DEATH), NULL);

	*born |= keyword.end && keyword.index->form->follows;
	*died |= end && (!keyword.end || keyword.index->story_class >= 0);
	return end;
}

/* Both are told behind it, and it is the child that dies there. */
static bool told_again(const struct parse *parse, size_t first, size_t count)
{
	const struct form_index *story = story_form(parse);
	bool born = false, died = false;

	for (size_t i = first; story && i < count; i++) {
		bool word = false, both;

		(void)event_at(parse, i, &born, &word);
		died |= word && story_word_at(parse, story, i) &&
			(mother_dies(parse, i, &both) == i || both);
	}
	return born && died;
}

size_t summary_end(struct parse *parse, size_t count)
{
	bool born = false, died = false;
	size_t at = 0, end;

	parse_window(parse, 0, count);
	while (at < count && at < SUMMARY_WORDS && (at == 0 ||
		!clause_ends_before(&parse->tokens[at]))) {
		end = event_at(parse, at, &born, &died);
		if (!end && (parse->tokens[at].digits || !says_nothing(parse, at)))
			return 0;
		at = end ? end : at + 1;
	}
	return born && died && at < count && clause_ends_before(&parse->tokens[at]) &&
		told_again(parse, at, count) ? at : 0;
}
