/* Looks for "ds NAME", "desa NAME", "kel NAME", "kec NAME" in a message: a death must reach somebody. */
#include "flows/story_place.h"

#include <string.h>

#include "parsers/text.h"

#define NAME_WORDS 2

static const char *const levels[] = {"ds", "desa", "kel", "kelurahan", "kec", "kecamatan"};

static bool is_level(const char *word, size_t length)
{
	for (size_t i = 0; i < COUNT_OF(levels); i++) {
		if (strlen(levels[i]) == length && memcmp(levels[i], word, length) == 0)
			return true;
	}
	return false;
}

/* The end of the next `words` words. */
static const char *words_end(const char *text, int words)
{
	while (words-- > 0 && *text != '\0') {
		text += strspn(text, " .");
		text += strcspn(text, " ,.;\n");
	}
	return text;
}

static const struct area *place_at(const struct turn *turn, const char *level)
{
	const char *name = level + strcspn(level, " ."), *end;

	for (int words = NAME_WORDS; words > 0; words--) {
		struct area_matches matches;

		end = words_end(name, words);
		if (gazetteer_find_area(turn->flow->places, arena_strndup(turn->flow->arena, level, (size_t)(end - level)),
			NULL, LEVEL_ANY, &matches) == OK)
			return matches.list[0];
	}
	return NULL;
}

const struct area *story_place(const struct turn *turn)
{
	const char *text = text_fold(turn->flow->arena, turn->message->text);

	while (*text != '\0') {
		size_t length = strcspn(text, " .,;\n");
		const struct area *found = is_level(text, length) && text[length] != '\0' ? place_at(turn, text) : NULL;

		if (found != NULL)
			return found;
		text += length;
		text += strspn(text, " .,;\n");
	}
	return NULL;
}
