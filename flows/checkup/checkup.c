/* Questionnaires as data: see checkup.h. */
#include "flows/checkup/checkup.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "parsers/text/util.h"

void checkups_free(struct checkups *checkups)
{
	if (checkups == NULL)
		return;
	arena_free(checkups->arena);
	free(checkups);
}

const struct checkup *checkup_by_name(const struct checkups *checkups, const char *name)
{
	for (size_t i = 0; checkups != NULL && name != NULL && i < checkups->count; i++) {
		if (strcmp(checkups->list[i].name, name) == 0)
			return &checkups->list[i];
	}
	return NULL;
}

static bool has_word(const struct checkup *checkup, const char *word, size_t length)
{
	for (size_t i = 0; i < checkup->nword; i++) {
		if (strlen(checkup->words[i]) == length &&
			strncasecmp(checkup->words[i], word, length) == 0)
			return true;
	}
	return false;
}

const struct checkup *checkup_by_word(const struct checkups *checkups, const char *text)
{
	static const char between[] = " ,.;:#*\n";

	while (checkups != NULL && *text != '\0') {
		size_t length = strcspn(text, between);

		for (size_t i = 0; length > 0 && i < checkups->count; i++) {
			if (has_word(&checkups->list[i], text, length))
				return &checkups->list[i];
		}
		text += length;
		text += strspn(text, between);
	}
	return NULL;
}

const struct checkup_result *checkup_result(const struct checkup *checkup, int points)
{
	for (size_t i = 0; i < checkup->nresult; i++) {
		if (points >= checkup->results[i].from)
			return &checkup->results[i];
	}
	return &checkup->results[checkup->nresult - 1];
}
