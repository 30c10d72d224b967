/* DAFTAR / REG: role, name, posyandu and desa, between separators or as plain words. */
#include <string.h>

#include "parsers/intent/intent.h"
#include "parsers/intent/intent_each.h"
#include "parsers/text/error.h"
#include "parsers/text/utf8.h"

struct parts {
	char *name, *posyandu, *area; /* folded, as written; NULL: not told */
};

static enum area_level level_of_role(enum role role)
{
	switch (role) {
	case ROLE_PUSKESMAS:
		return LEVEL_KECAMATAN;
	case ROLE_DINKES:
		return LEVEL_KABUPATEN;
	case ROLE_PROVINSI:
		return LEVEL_PROVINSI;
	default:
		return LEVEL_DESA;
	}
}

#define EXPLICIT "#*;|\n"
#define PLACE_WORDS 8 /* no name of a place has more */

/* What separates parts in this text: an explicit separator, else commas where there are several. */
static const char *separators(const char *text)
{
	const char *comma = strchr(text, ',');

	if (!strpbrk(text, EXPLICIT) && comma && strchr(comma + 1, ','))
		return ",";
	return EXPLICIT;
}

/* The parts between explicit separators from offset on; false when there are none. An empty part is
 * one not told. */
static bool split(const struct words *words, size_t offset, struct parts *parts, bool posyandu)
{
	const char *text = words->call->text + offset, *breaks = separators(words->call->text);
	char **slots[] = {&parts->name, posyandu ? &parts->posyandu : &parts->area, &parts->area};
	size_t count = posyandu ? 3 : 2, slot = 0;
	bool separated = false;

	while (*text && slot < count) {
		size_t length = 0;

		text += strspn(text, *breaks == ',' ? " :" : " ,:");
		while (text[length] && !(strchr(breaks, text[length]) && slot + 1 < count))
			length++;
		separated = separated || text[length];
		if (length)
			*slots[slot] = arena_strndup(words->call->arena, text, length);
		slot++;
		text += length + (text[length] != '\0');
	}
	return separated;
}

/* "DESA NGLEBENG" where the posyandu stands is the desa: the posyandu was left out. */
static void swap_area(const struct words *words, struct parts *parts)
{
	const char *word = parts->posyandu;
	const struct lexicon_entry *entry;

	if (!word || parts->area)
		return;
	entry = lexicon_find(words->call->lexicon, word, strcspn(word, " ."));
	while (entry && !same_name(entry->class_name, "tingkat"))
		entry = entry->next;
	if (entry) {
		parts->area = parts->posyandu;
		parts->posyandu = NULL;
	}
}

/* Where a marker of the class stands (or a code, for areas); words->count when nowhere. */
static size_t marker(const struct words *words, size_t first, const char *class_name, bool code)
{
	size_t length;

	while (first < words->count && !words_phrase(words, class_name, first, &length) &&
		!(code && words->list[first].kind == WORD_CODE))
		first++;
	return first;
}

/* The longest end of a name that is a posyandu of one of the areas; where it starts, else the end.
 */
static size_t posyandu_at_end(
	const struct words *words, size_t first, size_t end, const struct area_matches *areas)
{
	struct posyandu_matches found;

	for (size_t i = first + 1; i < end; i++)
		for (size_t k = 0; k < areas->count; k++)
			if (gazetteer_find_posyandu(words->call->context->places,
				    words_raw(words, i, end), areas->list[k],
				    &found) != ERR_NOT_FOUND)
				return i;
	return end;
}

/* The same where the area is not settled yet: the last word, when some posyandu has that name. */
static size_t posyandu_anywhere(const struct words *words, size_t first, size_t end)
{
	struct posyandu_matches found;

	return end > first + 1 &&
			gazetteer_find_posyandu_exact(words->call->context->places,
				words_raw(words, end - 1, end), NULL, &found) != ERR_NOT_FOUND
		? end - 1
		: end;
}

/* "SUMINI POSYANDU MELATI DESA NGLEBENG": words say what is what. */
static void split_marked(
	const struct words *words, size_t first, enum area_level level, struct parts *parts)
{
	size_t posyandu = marker(words, first, "posyandu", false);
	size_t area = marker(words, posyandu < words->count ? posyandu : first, "tingkat", true);
	size_t name_end = posyandu < area ? posyandu : area;
	struct area_matches areas;

	if (area < words->count)
		parts->area = words_raw(words, area, words->count);
	if (posyandu == words->count && parts->area &&
		gazetteer_find_area(words->call->context->places, parts->area, NULL, level,
			&areas) != ERR_NOT_FOUND)
		posyandu = name_end = posyandu_at_end(words, first, area, &areas);
	if (name_end > first)
		parts->name = words_raw(words, first, name_end);
	if (posyandu < area)
		parts->posyandu = words_raw(words, posyandu, area);
}

/* "SUMINI MELATI NGLEBENG": the longest end that is a place, then the longest end before it that is
 * a posyandu. */
static void split_plain(
	const struct words *words, size_t first, enum area_level level, struct parts *parts)
{
	const struct gazetteer *places = words->call->context->places;
	size_t end = words->count, start = first + 1;
	struct area_matches areas;

	if (words->count > first + 1 + PLACE_WORDS)
		start = words->count - PLACE_WORDS;
	for (size_t i = start; i < words->count && !parts->area; i++) {
		char *text = words_raw(words, i, words->count);

		if (gazetteer_find_area(places, text, NULL, level, &areas) == ERR_NOT_FOUND)
			continue;
		parts->area = text;
		end = i;
	}
	if (parts->area) {
		size_t posyandu = posyandu_at_end(words, first, end, &areas);

		if (posyandu == end && areas.count > 1)
			posyandu = posyandu_anywhere(words, first, end);

		if (posyandu < end)
			parts->posyandu = words_raw(words, posyandu, end);
		end = posyandu;
	}
	if (end > first)
		parts->name = words_raw(words, first, end);
}

/* The area's name without its level word, but with a code kept: what follows the marker. */
static const struct area *read_area(const struct intent_call *call, const char *text,
	enum area_level level, struct reading *out)
{
	struct area_matches found;
	int rc;

	if (!text) {
		intent_problem(out, "area", PROBLEM_MISSING, NULL);
		return NULL;
	}
	rc = gazetteer_find_area(call->context->places, text, NULL, level, &found);
	if (rc == OK && !found.fuzzy)
		return found.list[0];
	if (rc == OK) /* nobody knows yet where the sender is: one that is near is asked */
		intent_area_options(
			call, intent_problem(out, "area", PROBLEM_PLACE, text), &found);
	else if (rc == ERR_AMBIGUOUS)
		intent_area_options(
			call, intent_problem(out, "area", PROBLEM_AMBIGUOUS, text), &found);
	else
		intent_problem(out, "area", PROBLEM_PLACE, text);
	return NULL;
}

static void read_posyandu(const struct intent_call *call, const char *text, const struct area *area,
	struct reading *out)
{
	struct posyandu_matches found;
	struct problem *problem;
	int rc;

	if (!text) {
		intent_problem(out, "posyandu", PROBLEM_MISSING, NULL);
		return;
	}
	rc = gazetteer_find_posyandu(call->context->places, text, area, &found);
	if (rc == OK) {
		out->registration.posyandu = found.list[0]->id;
		return;
	}
	problem = intent_problem(
		out, "posyandu", rc == ERR_AMBIGUOUS ? PROBLEM_AMBIGUOUS : PROBLEM_PLACE, text);
	for (size_t i = 0; rc == ERR_AMBIGUOUS && i < found.count && i < OPTIONS_MAX; i++)
		problem->options[problem->noption++] =
			(struct option){found.list[i]->id, found.list[i]->name};
}

/* A puskesmas user belongs to a puskesmas, or to a kecamatan when that is written. */
static bool read_puskesmas(const struct intent_call *call, const char *text, struct reading *out)
{
	const struct puskesmas *puskesmas;

	if (!text || gazetteer_find_puskesmas(call->context->places, text, NULL, &puskesmas) != OK)
		return false;
	out->registration.area = puskesmas->id;
	return true;
}

/* Upper case, without a title in front. */
static const char *read_name(const struct words *words, const char *text)
{
	const struct intent_call *call = words->call;
	const char *space = strchr(text, ' ');
	const struct lexicon_entry *entry =
		space ? lexicon_find(call->lexicon, text, (size_t)(space - text)) : NULL;
	size_t length = strlen(text);

	while (entry && !same_name(entry->class_name, "gelar"))
		entry = entry->next;
	if (entry)
		text = space + 1 + strspn(space + 1, " .");
	length = strlen(text);
	while (length > 0 && strchr(" ,.:-", text[length - 1]))
		length--;
	return text_upper(call->arena, arena_strndup(call->arena, text, length));
}

static void fill(
	const struct words *words, enum role role, const struct parts *parts, struct reading *out)
{
	const struct intent_call *call = words->call;
	const struct area *area = NULL;

	out->registration.role = role_name(role);
	if (parts->name)
		out->registration.name = read_name(words, parts->name);
	if (!out->registration.name || !*out->registration.name)
		intent_problem(out, "name", PROBLEM_MISSING, NULL);
	if (role == ROLE_PUSKESMAS && read_puskesmas(call, parts->area, out))
		return;
	area = read_area(call, parts->area, level_of_role(role), out);
	if (area)
		out->registration.area = area->code;
	if (role == ROLE_KADER && !area)
		out->registration.unit = parts->posyandu;
	if (role == ROLE_KADER && (area || !parts->posyandu))
		read_posyandu(call, parts->posyandu, area, out);
}

bool intent_register(struct words *words, size_t first, const char *keyword, struct reading *out)
{
	size_t asked;
	const struct intent_call *call = words->call;
	struct parts parts = {NULL, NULL, NULL};
	size_t length = 0;
	const char *role_text = words_phrase(words, "peran", first, &length);
	int role = role_text ? role_by_name(role_text) : -1;
	for (size_t i = first; i < words->count; i++) { /* DAFTAR DESA BELUM LAPOR: a list */
		const char *counted = words_phrase(words, "indikator", i, &asked);

		if (counted && (same_name(counted, "belum_lapor") ||
				       (intent_is_office(call->context->sender) &&
					       words_phrase(words, "indikator_kuat", i, &asked))))
			return false; /* "daftar desa yg d/s < 80" */
	}

	(void)keyword;
	out->intent = INTENT_REGISTER;
	if (role < 0) {
		intent_problem(out, "role", PROBLEM_MISSING, NULL);
		return first == words->count || strpbrk(call->text, "#*") != NULL;
	}
	first += length;
	if (first < words->count &&
		!split(words, words->list[first].raw, &parts, role == ROLE_KADER)) {
		parts = (struct parts){NULL, NULL, NULL};
		if (marker(words, first, "posyandu", false) < words->count ||
			marker(words, first, "tingkat", true) < words->count)
			split_marked(words, first, level_of_role((enum role)role), &parts);
		else
			split_plain(words, first, level_of_role((enum role)role), &parts);
	}
	swap_area(words, &parts);
	fill(words, (enum role)role, &parts, out);
	return true;
}
