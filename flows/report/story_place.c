/* Looks for "ds NAME", "desa NAME", "kel NAME", "kec NAME" in a message: a death must reach
 * somebody. */
#include "flows/report/story_place.h"

#include <string.h>

#include "parsers/text/text.h"

#define NAME_WORDS 2
#define SEPARATORS " .,;#*\n"

static const char *const levels[] = {
	"ds", "desa", "kel", "kelurahan", "kec", "kecamatan", "kab", "kabupaten"};

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
		text += strcspn(text, SEPARATORS);
	}
	return text;
}

static const struct area *place_at(
	const struct turn *turn, const char *level, const struct area *within)
{
	const char *name = level + strcspn(level, " ."), *end;

	for (int words = NAME_WORDS; words > 0; words--) {
		struct area_matches matches;

		end = words_end(name, words);
		if (gazetteer_find_area(turn->flow->places,
			    arena_strndup(turn->flow->arena, level, (size_t)(end - level)), within,
			    LEVEL_ANY, &matches) == OK)
			return matches.list[0];
	}
	return NULL;
}

/* The smallest place named inside `within`; of two as small the first. */
static const struct area *smallest(
	const struct turn *turn, const char *text, const struct area *within)
{
	const struct area *best = NULL;

	while (*text != '\0') {
		size_t length = strcspn(text, SEPARATORS);
		const struct area *found = is_level(text, length) && text[length] != '\0'
			? place_at(turn, text, within) : NULL;

		if (found != NULL && (best == NULL || found->level > best->level))
			best = found;
		text += length;
		text += strspn(text, SEPARATORS);
	}
	return best;
}

/* "desa wonocoyo kec panggul": the desa's name may occur elsewhere too, what is around it settles
 * it. */
const struct area *story_place(const struct turn *turn)
{
	const char *text = text_fold(turn->flow->arena, turn->message->text);
	const struct area *around = smallest(turn, text, NULL), *inside;

	while (around != NULL && around->level < LEVEL_DESA) {
		inside = smallest(turn, text, around);
		if (inside == NULL || inside->level <= around->level)
			break;
		around = inside;
	}
	return around;
}
